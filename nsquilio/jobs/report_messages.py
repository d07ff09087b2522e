"""The month's messages and answers in figures: what was sent, what arrived, who answered, who said no.

Pure: facts in, figures out. What a figure means, and its rule, is said where it is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from nsquilio.core.model import Channel, Outcome
from nsquilio.jobs.patterns import answer_times, median
from nsquilio.jobs.report_facts import CLAIMED_BEFORE, Facts
from nsquilio.store import InboundRow, OptOut, PromiseRow
from nsquilio.store.reporting import ReportedMessage

FATES = ("delivered", "no_receipt", "undelivered", "scheduled", "rejected", "unknown", "canceled", "not_sent")
_ARRIVED = frozenset({"delivered", "read", "opened", "clicked"})
_LOST = frozenset({"undelivered", "failed", "bounced", "bounce", "dropped", "blocked"})
_BY_OUTCOME = {
    Outcome.INTENT: "unknown",
    Outcome.UNKNOWN: "unknown",
    Outcome.SCHEDULED: "scheduled",
    Outcome.REJECTED: "rejected",
    Outcome.CANCELED: "canceled",
    Outcome.NOT_SENT: "not_sent",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """`name`: stable. `value` None: nothing to make it of. `of`: the number behind a rate or median."""

    name: str
    value: Decimal | int | None
    currency: str = ""
    of: int | None = None


@dataclass(frozen=True, slots=True)
class StepRow:
    step: str
    channel: Channel
    fate: str
    messages: int
    reminders: int
    segments: int


@dataclass(frozen=True, slots=True)
class FailureRow:
    channel: Channel
    error_code: str
    messages: int


@dataclass(frozen=True, slots=True)
class DayRow:
    day: date
    texts: int
    mails: int
    answers: int


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """`confirmed_on`: the day of the payment that confirms it; None while none does."""

    at: datetime
    customer_id: str
    invoice_ids: tuple[str, ...]
    confirmed_on: date | None
    sid: str


def fate(message: ReportedMessage) -> str:
    """What became of it, in one of `FATES`: our outcome, and for what was sent the service's status."""
    if message.outcome is not Outcome.SENT:
        return _BY_OUTCOME[message.outcome]
    status = message.status.lower()
    if status in _ARRIVED:
        return "delivered"
    return "undelivered" if status in _LOST else "no_receipt"


def message_figures(facts: Facts) -> list[Figure]:
    messages = facts.messages
    counts = Counter(fate(message) for message in messages)
    sent = [message for message in messages if message.outcome is Outcome.SENT]
    figures = [Figure("messages", len(messages))]
    figures += [Figure(f"messages_{name}", counts[name]) for name in FATES]
    figures += [
        Figure("reminders", sum(len(facts.reminders.get(message.id, ())) for message in messages)),
        Figure("segments", sum(message.segments for message in sent)),
        _rate("delivery_rate_texts", _arrived(sent, Channel.SMS), _count(sent, Channel.SMS)),
        _rate("delivery_rate_mails", _arrived(sent, Channel.EMAIL), _count(sent, Channel.EMAIL)),
    ]
    return [*figures, *_response(facts, sent)]


def _count(messages: Iterable[ReportedMessage], channel: Channel) -> int:
    return sum(message.channel is channel for message in messages)


def _arrived(messages: Iterable[ReportedMessage], channel: Channel) -> int:
    return sum(message.channel is channel and fate(message) == "delivered" for message in messages)


def _rate(name: str, part: int, whole: int, currency: str = "") -> Figure:
    """In per cent, None of nothing."""
    return Figure(name, Decimal(part) * 100 / whole if whole else None, currency, whole)


def _response(facts: Facts, sent: Iterable[ReportedMessage]) -> list[Figure]:
    written: dict[str, list[datetime]] = {}
    for message in sent:
        written.setdefault(message.customer_id, []).append(message.arrives_at)
    times = {
        customer_id: answer_times(sorted(at), facts.answers.get(customer_id, ()))
        for customer_id, at in written.items()
    }
    hours = [Decimal(round(t.total_seconds())) / 3600 for each in times.values() for t in each]
    return [
        Figure("customers_written", len(written)),
        Figure("customers_answered", sum(bool(each) for each in times.values())),
        _rate("response_rate", sum(bool(each) for each in times.values()), len(written)),
        Figure("answer_hours", median(hours) if hours else None, of=len(hours)),
        Figure("inbound", sum(row.channel != "email_event" for row in facts.inbound)),
    ]


def step_rows(facts: Facts) -> list[StepRow]:
    """Messages by step, channel and what became of them; the sums are those of the figures."""
    counts: Counter[tuple[str, Channel, str]] = Counter()
    reminders: Counter[tuple[str, Channel, str]] = Counter()
    segments: Counter[tuple[str, Channel, str]] = Counter()
    for message in facts.messages:
        key = (message.step, message.channel, fate(message))
        counts[key] += 1
        reminders[key] += len(facts.reminders.get(message.id, ()))
        segments[key] += message.segments
    ordered = sorted(counts, key=lambda key: (key[0], key[1], FATES.index(key[2])))
    return [StepRow(*key, counts[key], reminders[key], segments[key]) for key in ordered]


def failure_rows(facts: Facts) -> list[FailureRow]:
    """Undelivered and refused messages by the service's error code, most frequent first."""
    codes = Counter(
        (message.channel, message.error_code or "none given")
        for message in facts.messages
        if fate(message) in ("undelivered", "rejected")
    )
    return [FailureRow(channel, code, count) for (channel, code), count in codes.most_common()]


def day_rows(facts: Facts) -> list[DayRow]:
    """One row per day of the month, also for days without anything."""
    month = facts.month
    written = Counter((month.day_of(m.written_at), m.channel) for m in facts.messages)
    answers = Counter(month.day_of(row.received_at) for row in facts.inbound if row.channel != "email_event")
    days = [date.fromordinal(month.first.toordinal() + n) for n in range(month.days)]
    return [DayRow(d, written[d, Channel.SMS], written[d, Channel.EMAIL], answers[d]) for d in days]


def of_kind(facts: Facts, kind: str) -> list[InboundRow]:
    return [row for row in facts.inbound if row.reading is not None and row.reading.kind == kind]


def claim_rows(facts: Facts) -> list[ClaimRow]:
    """Everybody who said it is paid, with the payment that shows it."""
    paid: dict[str, list[date]] = {}
    for payment in facts.payments:
        if payment.kind == "payment" and payment.paid_on is not None:
            paid.setdefault(payment.invoice_id, []).append(payment.paid_on)
    return [_claim(row, paid, facts) for row in of_kind(facts, "paid_claim")]


def _claim(row: InboundRow, paid: dict[str, list[date]], facts: Facts) -> ClaimRow:
    said = facts.month.day_of(row.received_at)
    days = [day for id_ in row.invoice_ids for day in paid.get(id_, ()) if day >= said - CLAIMED_BEFORE]
    return ClaimRow(row.received_at, row.customer_id or "", row.invoice_ids, min(days, default=None), row.sid)


def promises_due(facts: Facts) -> list[PromiseRow]:
    """Promises for a day of the month, whenever they were made."""
    return [promise for promise in facts.promises if facts.month.has(promise.promised_on)]


def answer_figures(facts: Facts) -> list[Figure]:
    """Promises, claims, disputes and people who said no."""
    states = Counter(promise.state for promise in promises_due(facts))
    kept, broken = states["kept"], states["broken"]
    claims = claim_rows(facts)
    disputed = {id_ for row in of_kind(facts, "dispute") for id_ in row.invoice_ids}
    due = sum(facts.month.has(receivable.due) for receivable in facts.receivables.values())
    texts = _count([m for m in facts.messages if m.outcome is Outcome.SENT], Channel.SMS)
    by_text = [o for o in facts.opt_outs if o.channel is Channel.SMS]
    return [
        Figure("promises_kept", kept),
        Figure("promises_broken", broken),
        Figure("promises_pending", states["accepted"] + states["draft"]),
        _rate("promises_kept_rate", kept, kept + broken),
        Figure("claims", len(claims)),
        Figure("claims_confirmed", sum(claim.confirmed_on is not None for claim in claims)),
        Figure("claims_without_invoice", sum(not claim.invoice_ids for claim in claims)),
        Figure("disputes", len(of_kind(facts, "dispute"))),
        Figure("invoices_disputed", len(disputed)),
        _rate("dispute_rate", len(disputed), due),
        Figure("opt_outs_texts", len(by_text)),
        Figure("opt_outs_mails", len(facts.opt_outs) - len(by_text)),
        _rate("opt_out_rate", len(by_text), texts),
        _rate("wrong_number_rate", sum(_is_wrong_number(o) for o in by_text), texts),
    ]


def _is_wrong_number(opt_out: OptOut) -> bool:
    return opt_out.kind == "wrong_number"
