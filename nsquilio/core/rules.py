"""What the administrator decided: the rules a decision and its wording go by, as plain values.

Filled by the configuration, read by the decision, the wording and the jobs. Nothing here reads a file, checks
a value or knows YAML: whoever builds these has checked them already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeVar

Slot = Literal["preferred", "sms", "email"]

# `datetime.time` cannot say 24:00. The last instant of the day keeps `opening <= now < closing` true all day
# but for one microsecond, and that one errs towards silence.
END_OF_DAY = time.max

_Text = TypeVar("_Text")


class StepKind(StrEnum):
    BEFORE = "before"
    AFTER = "after"
    CREATED = "created"
    CHANGED = "changed"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class MailText:
    """Templates of one e-mail. `html` None: a text mail only."""

    subject: str
    text: str
    html: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One reminder step. `days` counts from the due date in the direction of `kind`; 0 for event steps.

    `sms` and `email` map a language ("de", "fr_ca"; lower case) to its template. If there is any, one stands
    under "", for customers whose language is unknown or not listed. Empty: no text for that channel.
    `good_for_days` None: as long as the specification says for the kind.
    """

    id: str
    kind: StepKind
    days: int
    channels: tuple[Slot, ...]
    good_for_days: int | None
    sms: Mapping[str, str]
    email: Mapping[str, MailText]

    @property
    def due_offset(self) -> int | None:
        """Days past due on which the step begins (negative: before the due date); None for event steps."""
        if self.kind is StepKind.BEFORE:
            return -self.days
        return self.days if self.kind is StepKind.AFTER else None


def text_for(texts: Mapping[str, _Text], language: str) -> _Text | None:
    """The text in `language` ("fr_CA" falls back to "fr"), else the default one; None without any text."""
    wanted = language.strip().lower().replace("-", "_")
    for candidate in (wanted, wanted.partition("_")[0], ""):
        if candidate in texts:
            return texts[candidate]
    return None


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening and closing for Monday to Sunday, in the recipient's local time; None: closed that day.

    Closing is exclusive; `END_OF_DAY` stands for 24:00. "Any hour" is not an `Hours` but None in its place.
    """

    by_weekday: tuple[tuple[time, time] | None, ...]


@dataclass(frozen=True, slots=True)
class ContactRules:
    """`hours` are for texts, `email_hours` for mail; None: any hour.

    At most `customer_contacts` in `customer_days` days, all channels together.
    """

    hours: Hours | None
    email_hours: Hours | None
    holidays: bool
    per_number_per_day: int
    customer_contacts: int
    customer_days: int
    schedule_ahead: bool


@dataclass(frozen=True, slots=True)
class BalanceLimits:
    """One amount for every currency (`default`), or one for some; None and missing currencies: no limit."""

    default: Decimal | None
    by_currency: Mapping[str, Decimal]

    def for_currency(self, currency: str) -> Decimal | None:
        return self.by_currency.get(currency, self.default)


@dataclass(frozen=True, slots=True)
class ReminderRules:
    look_ahead_days: int
    smallest_balance: BalanceLimits
    largest_balance: BalanceLimits
    fallback_to_email: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class ReplyRules:
    promises: Literal["draft", "accept"]
    hold_on_dispute_days: int
    hold_on_paid_claim_days: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Brakes. `cost_per_run` is in US dollars, the currency of Twilio's price list."""

    messages_per_run: int
    cost_per_run: Decimal
    first_run: int
    times_usual: int


@dataclass(frozen=True, slots=True)
class Company:
    """`time_zone`: an IANA name; `country`: ISO 3166 alpha-2; `currency`: ISO 4217."""

    name: str
    time_zone: str
    country: str
    currency: str
    contact: str


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules of one profile.

    `allowed_recipients`: E.164 numbers and lower-case addresses that may be written to; None: everyone.
    `price_per_segment`: US dollars by ISO country; empty: ask Twilio's pricing API.
    `messaging_service`: texts go through one, so they can be scheduled. `email`: mail can be sent at all.
    """

    profile: str
    company: Company
    reminders: ReminderRules
    contact: ContactRules
    replies: ReplyRules
    limits: Limits
    allowed_recipients: frozenset[str] | None
    price_per_segment: Mapping[str, Decimal]
    messaging_service: bool
    email: bool

    @property
    def channels(self) -> frozenset[str]:
        """The channels by which the steps may reach somebody."""
        slots = {slot for step in self.reminders.steps for slot in step.channels}
        by = {channel for channel in ("sms", "email") if slots & {channel, "preferred"}}
        return frozenset(by if self.email else by - {"email"})
