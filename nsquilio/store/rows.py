"""What goes into the state file and what comes out of it, where `core.model` has no word for it yet.

Only values. Instants are aware UTC `datetime`s, days are `date`s, money is a `Decimal` with its currency
beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from nsquilio.core.model import Channel, Outcome, Reminder
from nsquilio.errors import NsquilioError


class KeyTaken(NsquilioError):
    """A reminder key of the messages is taken; nothing was written. `keys`: which."""

    code = "key_taken"

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(
            f"Already written to the state file and never used twice: {', '.join(keys)}.",
            "Nothing was sent for these; `nsquilio audit show KEY` shows what was.",
        )
        self.keys = keys


@dataclass(frozen=True, slots=True)
class RunRow:
    id: str
    seq: int
    command: str
    started_at: datetime
    finished_at: datetime | None
    exit_code: int | None
    counts: Mapping[str, Any]
    error: Mapping[str, Any] | None
    live: bool
    actor: str
    host: str
    pid: int


@dataclass(frozen=True, slots=True)
class WaitingRow:
    invoice_id: str
    step: str
    document_number: str
    customer_id: str
    customer: str
    reason: str
    detail: str
    since: datetime
    last_seen_at: datetime
    not_before: datetime | None
    run_id: str
    expired_at: datetime | None


@dataclass(frozen=True, slots=True)
class OutcomeSeen:
    """What became of a message just handed over. None: nothing new is known about it."""

    key: str
    outcome: Outcome
    at: datetime
    sid: str | None = None
    status: str | None = None
    error_code: str | None = None
    detail: str = ""
    segments: int | None = None
    price: Decimal | None = None
    price_currency: str | None = None
    failed_for_good: bool = False
    settle_not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class StatusSeen:
    """What the service says about a message later. `outcome`: only when that changes too."""

    sid: str
    status: str
    at: datetime
    error_code: str | None = None
    price: Decimal | None = None
    price_currency: str | None = None
    segments: int | None = None
    final: bool = False
    failed_for_good: bool = False
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """A message as the state file knows it. `to`, `customer`, `body`… are "" once erased."""

    key: str
    attempt: int
    run_id: str
    channel: Channel
    to: str
    customer_id: str
    customer: str
    step: str
    subject: str | None
    body: str
    html: str | None
    language: str
    segments: int
    encoding: str
    estimated_cost: Decimal | None
    cost_currency: str | None
    price: Decimal | None
    price_currency: str | None
    local_day: date
    zones: tuple[str, ...]
    send_at: datetime | None
    validity_s: int | None
    outcome: Outcome
    sid: str | None
    status: str | None
    status_at: datetime | None
    final: bool
    error_code: str | None
    detail: str
    intent_at: datetime
    outcome_at: datetime | None
    looks: int
    looked_at: datetime | None
    settle_not_before: datetime | None
    cancel_wanted_at: datetime | None
    canceled_reason: str | None
    failed_for_good: bool
    foreign_origin: str | None
    erased: bool
    reminders: tuple[Reminder, ...]
    settled_by: str | None = None  # who said what became of it, when no list could tell

    @property
    def invoice_ids(self) -> tuple[str, ...]:
        return tuple(reminder.invoice_id for reminder in self.reminders)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a message of ours stands, for long lists of which most tell nothing new. `to` is "" once erased.

    `ended`: the status that is final and whose price is known; "" while anything may still come.
    """

    to: str
    outcome: Outcome
    final: bool
    ended: str = ""


@dataclass(frozen=True, slots=True)
class ForeignMessage:
    """A message found at the service or in NetSuite that this file does not know."""

    key: str
    channel: Channel
    to: str
    body: str
    customer_id: str
    customer: str
    step: str
    reminders: tuple[Reminder, ...]
    local_day: date
    sid: str
    outcome: Outcome
    at: datetime  # when it was written, as far as the service tells
    status: str | None = None
    subject: str | None = None
    segments: int = 0
    error_code: str | None = None
    price: Decimal | None = None
    price_currency: str | None = None
    send_at: datetime | None = None
    final: bool = False
    failed_for_good: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """One reminder that reached or will reach somebody: for events, and to find the invoice of a reply."""

    message_key: str
    invoice_id: str
    document_number: str
    customer_id: str
    step: str
    channel: Channel
    to: str
    at: datetime
    outcome: Outcome
    status: str | None
    failed_for_good: bool


@dataclass(frozen=True, slots=True)
class OptOut:
    """`address`: None when it was erased; the opt-out goes on all the same."""

    id: int
    address: str | None
    channel: Channel
    kind: str
    source: str
    since: datetime
    active: bool
    ended_at: datetime | None
    ended_source: str | None
    customer_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UndeliverableRow:
    address: str | None
    channel: Channel
    why: str
    error_code: str | None
    since: datetime
    last_at: datetime
    count: int


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """`state`: draft, accepted, kept, broken, cancelled."""

    id: int
    invoice_id: str | None
    customer_id: str
    inbound_sid: str
    promised_on: date | None
    amount: Decimal | None
    currency: str | None
    state: str
    made_at: datetime
    decided_at: datetime | None
    decided_by: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply says, by the rules of `core.replies`."""

    kind: str
    rule: str = ""
    words: tuple[str, ...] = ()
    promise_date: date | None = None
    promise_amount: Decimal | None = None
    promise_currency: str | None = None
    stops_texts: bool = False
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class MatchSeen:
    """Whose a reply is. `invoice_id`: the one it stands on; `invoice_ids`: all it is about."""

    sid: str
    customer_id: str | None
    invoice_id: str | None = None
    invoice_ids: tuple[str, ...] = ()
    score: int = 0
    signals: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    inbox_reason: str | None = None  # opens it in the inbox when given


@dataclass(frozen=True, slots=True)
class InboundSeen:
    """One inbound message as it arrived. `channel`: sms, call, voicemail or email_event."""

    sid: str
    channel: str
    sender: str
    recipient: str
    received_at: datetime
    body: str = ""
    media: tuple[str, ...] = ()
    status: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    transcript_due_until: datetime | None = None  # given: a transcript is awaited until then
    reading: Reading | None = None
    effects_pending: bool = False  # of the reading: an opt-out, a hold… still to be applied


@dataclass(frozen=True, slots=True)
class InboundRow:
    """An inbound message as the state file knows it. `sender`, `body` are "" once erased."""

    sid: str
    channel: str
    sender: str
    recipient: str
    received_at: datetime
    body: str
    media: tuple[str, ...]
    status: str
    details: Mapping[str, Any]
    source: str
    stored_at: datetime
    transcript_state: str
    transcript_due_until: datetime | None
    reading: Reading | None
    read_at: datetime | None
    customer_id: str | None
    invoice_id: str | None
    invoice_ids: tuple[str, ...]
    score: int | None
    signals: tuple[str, ...]
    candidates: tuple[str, ...]
    matched_at: datetime | None
    inbox: str | None
    inbox_reason: str | None
    closed_at: datetime | None
    closed_by: str | None
    effects_at: datetime | None
    erased: bool


@dataclass(frozen=True, slots=True)
class CommunicationWanted:
    """A record that NetSuite should hold. The hashes tell whether what it holds is still right."""

    eid: str
    kind: str  # message, inbound or optout
    ref: str  # message key, inbound SID or opt-out id
    fields_hash: str
    status_hash: str = ""
    invoice_id: str | None = None
    customer_id: str | None = None


@dataclass(frozen=True, slots=True)
class CommunicationRow:
    """`state`: waiting (to be written, perhaps again), written or parked (refused for good).

    `fields_hash`, `status_hash`: of what is wanted now. `written_fields`: of what NetSuite has.
    """

    eid: str
    kind: str
    ref: str
    invoice_id: str | None
    customer_id: str | None
    state: str
    fields_hash: str | None
    status_hash: str | None
    attempts: int
    last_error: str | None
    changed_at: datetime
    written_at: datetime | None
    netsuite_id: str | None
    written_fields: str | None = None
