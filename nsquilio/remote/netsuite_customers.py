"""Rows of the customer table to values: which column speaks for what, and what its text means.

Nothing raises and nobody is dropped: a column that is empty or makes no sense counts as empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from nsquilio.core.model import Customer
from nsquilio.remote.netsuite_columns import CONTACT, CUSTOMER, CUSTOMER_PHONES, Columns, split_name
from nsquilio.remote.netsuite_queries import Shape, contact_columns, shown_columns
from nsquilio.remote.netsuite_rows import first_addresses, is_ticked
from nsquilio.remote.netsuite_suiteql import Row

_NO_CASH: Mapping[str, Decimal] = {}


@dataclass(frozen=True, slots=True)
class Person:
    """A contact of a customer with the numbers it can be told by, as they are written."""

    id: str
    customer_id: str
    name: str
    phones: tuple[str, ...]


class CustomerReader:
    def __init__(self, columns: Columns, shape: Shape) -> None:
        self._contact_keys = {name: f"ct_{n}" for n, name in enumerate(contact_columns(columns, shape))}
        shown = {name: f"shown_{n}" for n, name in enumerate(shown_columns(columns, shape))}
        self._names = self._keys(columns.name)
        self._mobiles = self._keys(columns.mobile)
        self._emails = self._keys(columns.email)
        self._phones = tuple(dict.fromkeys((*self._mobiles, *CUSTOMER_PHONES)))
        self._excluded = tuple(zip(self._keys(columns.excluded), columns.excluded, strict=False))
        self._opt_out = self._key(columns.sms_opt_out)
        self._language = self._key(columns.language)
        self._zone = self._key(columns.time_zone)
        self._zone_shown = shown.get(self._zone, "")
        self._channel = self._key(columns.channel)
        self._channel_shown = shown.get(self._channel, "")
        self._channels = {
            **{meaning: meaning for meaning in ("sms", "email", "none")},
            **{" ".join(text.casefold().split()): kind for text, kind in columns.channel_values.items()},
        }

    def _keys(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(key for name in names if (key := self._key(name)))

    def _key(self, name: str | None) -> str:
        """Under which key of the row the column's text stands; empty when it is not the customer's."""
        if not name:
            return ""
        place, bare = split_name(name)
        return bare if place == CUSTOMER else self._contact_keys.get(bare, "") if place == CONTACT else ""

    def read(self, rows: Iterable[Row], unapplied: Mapping[str, Mapping[str, Decimal]]) -> list[Customer]:
        return [self._customer(row, unapplied.get(str(row["id"]), _NO_CASH)) for row in rows if "id" in row]

    def _customer(self, row: Row, cash: Mapping[str, Decimal]) -> Customer:
        number = str(row["id"])
        get = row.get
        return Customer(
            id=number,
            name=next((str(text) for key in self._names if (text := get(key))), f"customer {number}"),
            mobiles=_texts(row, self._mobiles),
            emails=first_addresses(map(get, self._emails)),
            channel=self._wanted(row) if self._channel else "",
            inactive=is_ticked(get("isinactive")),
            excluded_by=next((name for key, name in self._excluded if is_ticked(get(key))), None),
            sms_opt_out=is_ticked(get(self._opt_out)),
            time_zone=self._zone_of(row) if self._zone else "",
            language=str(get(self._language) or ""),
            country=str(get("country") or ""),
            subdivision=str(get("state") or ""),
            postal_code=str(get("zip") or ""),
            unapplied=cash,
            all_phones=_texts(row, self._phones),
        )

    def _wanted(self, row: Row) -> str:
        """What the channel column says. A text nobody gave a meaning to is no leave to write: "none"."""
        said = [str(row.get(key) or "") for key in (self._channel_shown, self._channel) if key]
        meanings = [self._channels.get(" ".join(text.casefold().split())) for text in said if text]
        if not meanings:
            return ""
        return next((meaning for meaning in meanings if meaning), "none")

    def _zone_of(self, row: Row) -> str:
        """The stored text where it is a zone's name (`America/New_York`), else what people see."""
        stored, shown = str(row.get(self._zone) or ""), str(row.get(self._zone_shown) or "")
        return stored if "/" in stored else shown or stored


def _texts(row: Row, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(str(text) for key in keys if (text := row.get(key)))


def person(row: Row, phones: Iterable[str]) -> Person:
    name = " ".join(str(row[key]) for key in ("firstname", "lastname") if row.get(key))
    return Person(
        id=str(row.get("id", "")),
        customer_id=str(row.get("company") or ""),
        name=name or str(row.get("entityid") or ""),
        phones=_texts(row, phones),
    )
