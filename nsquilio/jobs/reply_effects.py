"""What follows from a reply: opt-outs, holds, promises, and a row in the inbox for what needs a person.

Everything here is written to the state file alone, within the transaction that records the reading, so it
happens once. What is long past has no effect any more: a hold whose days are over would hold nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from nsquilio.core.matching import Match
from nsquilio.core.model import Channel, HoldKind
from nsquilio.core.replies import Kind, Reading
from nsquilio.jobs.known import Known
from nsquilio.jobs.opt_words import (
    apply_opt_words,
    has_started_since,
    keyword_in,
    kind_of_opt_out,
    source_of,
)
from nsquilio.jobs.promises import accept_promise
from nsquilio.jobs.services import Services
from nsquilio.store import InboundRow

OLD = timedelta(days=45)
"""Older messages are logged, but no longer put before a person: a new state file reads 399 days of them."""

_FOR_A_PERSON = frozenset(
    {
        Kind.paid_claim,
        Kind.dispute,
        Kind.question,
        Kind.copy_request,
        Kind.wrong_number,
        Kind.help,
        Kind.other,
    }
)
_CLEAR = frozenset({"matched", "several_invoices", "nothing_tells"})
"""`nothing_tells`: the customer has no invoice it could be about, so there is nothing to decide."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One message, what it says and whose it is. `at`: when it came, on the sender's clock."""

    row: InboundRow
    reading: Reading
    match: Match
    at: datetime

    @property
    def invoice_ids(self) -> tuple[str, ...]:
        if self.match.invoice_id is not None:
            return (self.match.invoice_id,)
        return self.match.invoice_ids

    @property
    def needs_box(self) -> bool:
        """It may change the customer's opt-out box in NetSuite."""
        return self.row.read_at is None and (self.reading.stops_texts or self.reading.kind is Kind.opt_in)


@dataclass(slots=True)
class Applied:
    holds: int = 0
    opt_outs: list[str] = field(default_factory=list)


def apply_effects(heard: Heard, known: Known, services: Services, now: datetime) -> Applied:
    applied = Applied()
    if heard.reading.stops_texts or heard.reading.kind is Kind.opt_in:
        applied.opt_outs += _opt(heard, known, services, now)
    match heard.reading.kind:
        case Kind.dispute:
            applied.holds += _hold(
                heard, HoldKind.DISPUTE, services.rules.replies.hold_on_dispute_days, services, now
            )
        case Kind.paid_claim:
            days = services.rules.replies.hold_on_paid_claim_days
            applied.holds += _hold(heard, HoldKind.PAID_CLAIM, days, services, now)
        case Kind.promise:
            applied.holds += _promise(heard, known, services, now)
    return applied


def _opt(heard: Heard, known: Known, services: Services, now: datetime) -> list[str]:
    """A bare keyword was applied when the text was stored; a wording is lifted by a person alone."""
    row, reading = heard.row, heard.reading
    if not row.sender.startswith("+"):
        return []
    if keyword_in(row):
        return apply_opt_words([row.sender], services)
    if reading.kind is Kind.opt_in:
        return []
    kind = kind_of_opt_out(reading)
    if kind == "keyword" and has_started_since(row, services):
        return []
    customer_ids = known.owners.get(row.sender, ())
    new = services.store.blocks.opt_out(
        row.sender, Channel.SMS, kind, source_of(row), now, customer_ids=customer_ids
    )
    return [row.sender] if new else []


def company_day(moment: datetime, services: Services) -> date:
    return moment.astimezone(ZoneInfo(services.rules.company.time_zone)).date()


def _hold(heard: Heard, kind: HoldKind, days: int, services: Services, now: datetime) -> int:
    """On each invoice it is about, or on the customer; the days count from the day of the message."""
    until = company_day(heard.row.received_at, services) + timedelta(days=days)
    if heard.match.customer_id is None or until <= company_day(now, services):
        return 0
    words = "said to be paid" if kind is HoldKind.PAID_CLAIM else "disputed"
    for invoice_id in heard.invoice_ids or (None,):
        services.store.blocks.add_hold(
            kind,
            f"{words} in {heard.row.channel} {heard.row.sid}",
            now,
            customer_id=heard.match.customer_id,
            invoice_id=invoice_id,
            until=until,
            actor="reply",
            inbound_sid=heard.row.sid,
        )
    return len(heard.invoice_ids) or 1


def _promise(heard: Heard, known: Known, services: Services, now: datetime) -> int:
    """A draft for each invoice; accepted at once only where the rules say so and it names a day to come."""
    reading, customer_id = heard.reading, heard.match.customer_id
    if customer_id is None:
        return 0
    holds = 0
    for invoice_id in heard.invoice_ids or (None,):
        invoice = known.invoices.get(invoice_id or "")
        number = services.store.blocks.add_promise(
            now,
            invoice_id=invoice_id,
            customer_id=customer_id,
            inbound_sid=heard.row.sid,
            promised_on=reading.promise_date,
            amount=reading.promise_amount,
            currency=(invoice.currency if invoice else services.rules.company.currency)
            if reading.promise_amount is not None
            else None,
        )
        if services.rules.replies.promises == "accept":
            holds += accept_promise(number, services, now, actor="reply")
    return holds


def inbox_reason(heard: Heard, services: Services, now: datetime) -> str | None:
    """Why a person should look; None when nobody needs to."""
    reading, row = heard.reading, heard.row
    if row.channel == "email_event" or _was_heard(row) or now - row.received_at > OLD:
        return None
    says_something = row.channel != "call"
    whys = [str(reading.kind)] if says_something and _needs_a_person(reading, services, now) else []
    is_keyword = reading.keyword and reading.kind in (Kind.opt_out, Kind.opt_in)
    if heard.match.reason not in _CLEAR and not is_keyword:
        whys.append(heard.match.reason)
    return "; ".join(whys) or None


def _was_heard(row: InboundRow) -> bool:
    """A completed call: somebody took it, or its voicemail is there and says what is to be done."""
    return row.channel == "call" and row.details.get("call_status") == "completed"


def _needs_a_person(reading: Reading, services: Services, now: datetime) -> bool:
    """A promise that is accepted by itself, an opt-out and a thank-you do not."""
    if reading.kind is Kind.promise:
        will_hold = reading.promise_date is not None and reading.promise_date >= company_day(now, services)
        return services.rules.replies.promises != "accept" or not will_hold
    if reading.kind is Kind.opt_in:
        return not reading.keyword
    return reading.unsure or reading.kind in _FOR_A_PERSON
