"""Which columns of NetSuite stand for what, as the administrator chose them, and how their texts are read.

Names may carry a prefix: `contact.X` is a column of the customer's primary contact, `invoice.X` one of the
invoice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from nsquilio.errors import BadConfig

_NAME = re.compile(r"(?:(contact|invoice)\.)?([a-z][a-z0-9_]{0,99})")
CUSTOMER, CONTACT, INVOICE = "customer", "contact", "invoice"

CUSTOMER_PHONES = ("mobilephone", "phone", "altphone", "homephone")
CONTACT_PHONES = ("mobilephone", "phone", "officephone", "homephone")


@dataclass(frozen=True, slots=True)
class Columns:
    """`channel_values`: what the channel column holds to "sms", "email" or "none". None: not configured.
    `presumed`: columns that nobody named, read where the account has them. `channels`: "sms" and "email", as far
    as customers are to be reached so: each needs at least one of its columns.
    """

    mobile: tuple[str, ...] = ("mobilephone", "phone", "altphone")
    email: tuple[str, ...] = ("email",)
    name: tuple[str, ...] = ("companyname", "altname", "entityid")
    channel: str | None = None
    channel_values: Mapping[str, str] = field(default_factory=dict)
    sms_opt_out: str | None = None
    excluded: tuple[str, ...] = ()
    time_zone: str | None = None
    language: str | None = None
    po: str | None = None
    description: str | None = None
    payment_link: str | None = None
    subsidiary: int | None = None
    presumed: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name in self.everywhere():
            split_name(name)

    def everywhere(self) -> tuple[str, ...]:
        """Every column of a customer or contact or invoice, with its prefix."""
        single = (self.channel, self.sms_opt_out, self.time_zone, self.language)
        of_invoice = (f"invoice.{name}" for name in (self.po, self.description, self.payment_link) if name)
        named = (*self.mobile, *self.email, *self.name, *self.excluded, *single, *of_invoice)
        return tuple(dict.fromkeys(name for name in named if name))

    def of(self, table: str) -> tuple[str, ...]:
        """The bare names of all columns of `customer`, `contact` or `invoice`."""
        return tuple(name for place, name in map(split_name, self.everywhere()) if place == table)

    def unset(self) -> frozenset[str]:
        """What no column of the invoice is named for: templates find it empty."""
        return frozenset(n for n in ("po", "description", "payment_link") if getattr(self, n) is None)

    def required(self) -> tuple[str, ...]:
        """Columns that keep somebody from being texted: without them nothing may be sent.

        Not the Dunning SuiteApp's own ones, which exist only where it is installed, nor those that nobody
        named.
        """
        named = (self.channel, self.sms_opt_out, self.time_zone, *self.excluded)
        return tuple(name for name in named if name and "_3805_" not in name and name not in self.presumed)

    def reaching(self) -> dict[str, tuple[str, ...]]:
        """The lists of which one column at least must be there, by their key; without those left empty."""
        lists = (("sms", "mobile", self.mobile), ("email", "email", self.email))
        return {key: names for channel, key, names in lists if names and channel in self.channels}


def split_name(name: str) -> tuple[str, str]:
    """`contact.email` is ("contact", "email"), `email` is ("customer", "email")."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise BadConfig(
            f"{name!r} can't be a column of NetSuite.",
            "Names are small letters, digits and _, with contact. or invoice. before them where allowed.",
        )
    return match[1] or CUSTOMER, match[2]
