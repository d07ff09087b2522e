"""The values that every room speaks in: what NetSuite says, what we decide, what we send, what came back.

Only values and the questions they answer about themselves; no rule about sending stands here (see `decide`).
Instants are aware UTC `datetime`s, calendar days are `date`s, money is a `Decimal` with its currency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from nsquilio.core.drafts import quick


class Word(StrEnum):
    """A `StrEnum` that hashes as its text does: `Enum.__hash__` is Python code, and a run asks it millions of times."""

    __hash__ = str.__hash__


class Channel(Word):
    SMS = "sms"
    EMAIL = "email"


class Action(Word):
    SEND = "send"
    WAIT = "wait"
    HOLD = "hold"
    SKIP = "skip"


class Reason(Word):
    """Why an invoice is sent, waits, is held or skipped: spec section 6, in its order."""

    FILTERED = "filtered"
    UNREADABLE = "unreadable"
    NO_DUE_DATE = "no_due_date"
    NOT_DUE = "not_due"
    EXPIRED = "expired"
    ALREADY_SENT = "already_sent"
    SUPERSEDED = "superseded"
    UNKNOWN_OUTCOME = "unknown_outcome"
    INACTIVE_CUSTOMER = "inactive_customer"
    EXCLUDED = "excluded"
    CHANNEL_NONE = "channel_none"
    BELOW_SMALLEST_BALANCE = "below_smallest_balance"
    ABOVE_LARGEST_BALANCE = "above_largest_balance"
    UNAPPLIED_CASH = "unapplied_cash"
    HELD_INVOICE = "held_invoice"
    HELD_CUSTOMER = "held_customer"
    DISPUTE = "dispute"
    PROMISE = "promise"
    PAID_CLAIM = "paid_claim"
    NO_CONTACT = "no_contact"
    INVALID_NUMBER = "invalid_number"
    UNDELIVERABLE = "undeliverable"
    OPTED_OUT = "opted_out"
    RECIPIENT_NOT_ALLOWED = "recipient_not_allowed"
    TIME_ZONE_UNKNOWN = "time_zone_unknown"
    PER_NUMBER_LIMIT = "per_number_limit"
    PER_CUSTOMER_LIMIT = "per_customer_limit"
    CONTACT_HOURS = "contact_hours"
    HOLIDAY = "holiday"
    DUE_WINDOW = "due_window"
    CREATED = "created"
    CHANGED = "changed"
    PAID = "paid"
    PAID_SINCE_PLAN = "paid_since_plan"


HOLD_REASONS = frozenset(
    {
        Reason.UNREADABLE,
        Reason.UNKNOWN_OUTCOME,
        Reason.ABOVE_LARGEST_BALANCE,
        Reason.UNAPPLIED_CASH,
        Reason.HELD_INVOICE,
        Reason.HELD_CUSTOMER,
        Reason.DISPUTE,
        Reason.PROMISE,
        Reason.PAID_CLAIM,
        Reason.TIME_ZONE_UNKNOWN,
    }
)
WAIT_REASONS = frozenset(
    {Reason.PER_NUMBER_LIMIT, Reason.PER_CUSTOMER_LIMIT, Reason.CONTACT_HOURS, Reason.HOLIDAY}
)
SEND_REASONS = frozenset({Reason.DUE_WINDOW, Reason.CREATED, Reason.CHANGED, Reason.PAID})


_ACTION_OF = {
    **dict.fromkeys(Reason, Action.SKIP),
    **dict.fromkeys(HOLD_REASONS, Action.HOLD),
    **dict.fromkeys(WAIT_REASONS, Action.WAIT),
    **dict.fromkeys(SEND_REASONS, Action.SEND),
}


def action_of(reason: Reason) -> Action:
    """Each reason belongs to exactly one action."""
    return _ACTION_OF[reason]


@dataclass(frozen=True, slots=True)
class Money:
    amount: Decimal
    currency: str  # ISO 4217


_money = quick(Money)


@dataclass(frozen=True, slots=True)
class Invoice:
    """One invoice as NetSuite shows it now. `problem`: what in the row could not be understood, else None.

    `balance` is the open balance (`foreignamountunpaid`). `payment_link`, `po`, `description`: None when empty.
    """

    id: str
    number: str
    customer_id: str
    due_date: date | None
    balance: Decimal
    total: Decimal
    currency: str
    status: str = "A"
    created_at: datetime | None = None
    modified_at: datetime | None = None
    issued: date | None = None
    po: str | None = None
    description: str | None = None
    payment_link: str | None = None
    emails: tuple[str, ...] = ()  # from invoice.X columns
    excluded: bool = False
    paid_on: date | None = None
    problem: str | None = None

    @property
    def open_balance(self) -> Money:
        return _money(self.balance, self.currency)


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer. `mobiles`: the texts of the configured phone columns in their order, empty ones left out.

    `channel`: "sms", "email", "none", or "" when nothing is stated. `channel_said`: the column's own word where
    nobody gave it a meaning; `channel` is "none" then. `time_zone`:
    the time-zone column, which decides alone. `country` and `subdivision`: of the billing address, ISO codes or "".
    """

    id: str
    name: str
    mobiles: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    channel: str = ""
    inactive: bool = False
    excluded_by: str | None = None  # the column that excludes, when one does
    sms_opt_out: bool = False
    time_zone: str = ""
    language: str = ""
    country: str = ""
    subdivision: str = ""
    postal_code: str = ""
    unapplied: Mapping[str, Decimal] = field(
        default_factory=dict
    )  # currency -> payments and credits not applied
    all_phones: tuple[str, ...] = ()  # raw text of every phone column, for opt-outs by record
    channel_said: str = ""


class HoldKind(Word):
    """Who or what set a hold; each gives its own reason."""

    PERSON = "person"
    DISPUTE = "dispute"
    PROMISE = "promise"
    PAID_CLAIM = "paid_claim"


@dataclass(frozen=True, slots=True)
class Hold:
    """Stops reminders of one invoice, or of one customer when `invoice_id` is None.

    `until`: first day (company's zone) on which it no longer holds; None: until released.
    `ended_at`: when it was released or ran out; None while it may still hold.
    `inbound_sid`: of the reply that set it, if one did.
    """

    id: int
    kind: HoldKind
    reason: str
    customer_id: str | None
    invoice_id: str | None
    since: datetime
    until: date | None = None
    ended_at: datetime | None = None
    actor: str = ""
    inbound_sid: str | None = field(default=None, compare=False)


class Outcome(Word):
    """What became of a message (spec section 7). `INTENT` is on disk, its request may or may not have left."""

    INTENT = "intent"
    SENT = "sent"
    SCHEDULED = "scheduled"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    CANCELED = "canceled"
    NOT_SENT = "not_sent"  # provably never reached the service, or a person said so


TAKEN = frozenset({Outcome.INTENT, Outcome.SENT, Outcome.SCHEDULED, Outcome.UNKNOWN})
NOT_DELIVERED = frozenset({"failed", "undelivered"})
"""Twilio's last words on a text that did not arrive."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One invoice at one step, as it stands in one message, with what the customer is told."""

    key: str
    invoice_id: str
    document_number: str
    customer_id: str
    step: str
    slot: str
    occurrence: str
    due_date: date | None
    days_past_due: int
    balance: Money


@dataclass(frozen=True, slots=True)
class KeyState:
    """What is known of one reminder key. `failed_for_good`: the text can never be delivered.

    `status`, `error_code`: the service's last words; "" while there are none. `send_at`: when a scheduled one leaves.
    """

    outcome: Outcome
    failed_for_good: bool = False
    at: datetime | None = None
    channel: Channel = Channel.SMS
    status: str = ""
    error_code: str = ""
    send_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What the customer was last told about an invoice, and when. `occurrence`: the event that it was about."""

    at: datetime
    due_date: date | None
    balance: Money
    occurrence: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """One message that reached or will reach somebody: what the limits count."""

    customer_id: str
    recipient: str
    channel: Channel
    local_day: date  # recipient's day of arrival


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment or credit linked to an invoice. `kind`: "payment", "credit" or "write_off".

    `paid_on`: the day that stands on it. `created_at`, `modified_at`: when it was entered and last touched; read
    only where they are asked for.
    """

    invoice_id: str
    payment_id: str
    kind: str
    paid_on: date | None
    amount: Decimal
    created_at: datetime | None = None
    modified_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class History:
    """All that the past tells the decision; made by the state file for the invoices and customers read."""

    keys: Mapping[str, KeyState] = field(default_factory=dict)
    told: Mapping[str, Told] = field(default_factory=dict)  # by invoice id
    contacts: tuple[Contact, ...] = ()
    texted: frozenset[str] = frozenset()  # numbers that had a text before (opt-out line on the first one)
    first_run: datetime | None = None  # of the profile; event steps look at nothing older
    released: frozenset[str] = frozenset()  # invoices let through a balance hold once
    payments: Mapping[str, tuple[Payment, ...]] = field(default_factory=dict)  # by invoice id
    meanings: Mapping[str, str] = field(default_factory=dict)  # of the error codes in `keys`


@dataclass(frozen=True, slots=True)
class Blocks:
    """Holds and the addresses nothing may go to. Numbers are E.164, addresses lower-case."""

    holds: tuple[Hold, ...] = ()
    opted_out: Mapping[str, str] = field(default_factory=dict)  # address -> where it was learnt
    undeliverable: Mapping[str, str] = field(default_factory=dict)  # address -> why


@dataclass(frozen=True, slots=True)
class Decision:
    """The one answer for one invoice. `message_keys` are those of the messages it stands in."""

    invoice_id: str
    document_number: str
    customer_id: str
    customer: str
    due_date: date | None
    days_past_due: int | None
    open_balance: Money
    step: str | None
    reason: Reason
    detail: str = ""
    not_before: datetime | None = None
    message_keys: tuple[str, ...] = ()

    @property
    def action(self) -> Action:
        return action_of(self.reason)


@dataclass(frozen=True, slots=True)
class Message:
    """One text or mail for one or more reminders, ready to send. `send_at`: handed over now, leaves then.

    `validity_s`: how long a text may wait at Twilio before it must not leave any more.
    `country`: the number's, which sets the price. `estimated_cost`: US dollars; None when no price is known.
    """

    key: str
    channel: Channel
    to: str
    body: str
    customer_id: str
    customer: str
    step: str
    reminders: tuple[Reminder, ...]
    local_day: date
    subject: str | None = None
    html: str | None = None
    language: str = ""
    segments: int = 0
    encoding: str = ""
    breaker: str | None = None  # the first character that made the text UCS-2
    country: str = ""
    estimated_cost: Decimal | None = None
    send_at: datetime | None = None
    validity_s: int | None = None
    zones: tuple[str, ...] = ()

    @property
    def invoice_ids(self) -> tuple[str, ...]:
        return tuple(reminder.invoice_id for reminder in self.reminders)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do: one decision per invoice read, and the messages, most overdue first."""

    decisions: tuple[Decision, ...]
    messages: tuple[Message, ...]
