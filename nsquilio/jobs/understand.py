"""Reads what came in: what each message says, whose it is, which invoice it is about, and what follows from
that.

Reading, match and effects of a batch are one transaction, so a crash leaves each message either untouched or
done. Only the customer's opt-out box in NetSuite is written afterwards, and asked for again until it is.
Polling (`pull_inbound`) has applied STOP and START before; here every wording counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nsquilio.core import replies
from nsquilio.core.matching import Match, match_in
from nsquilio.jobs.follow_up import follow_up
from nsquilio.jobs.known import Known, known_of, senders_day
from nsquilio.jobs.opt_out_box import write_boxes
from nsquilio.jobs.reply_effects import Heard, apply_effects, inbox_reason
from nsquilio.jobs.results import Problem
from nsquilio.jobs.scheduled import check_scheduled
from nsquilio.jobs.services import Services
from nsquilio.store import InboundRow, MatchSeen, Reading

BATCH = 5_000
"""Rows whose senders are looked up together: large enough for few queries, small enough for memory."""

A_LITTLE = timedelta(seconds=5)
"""The services tell whole seconds of their own clocks: an answer may seem older than what it answers."""


@dataclass(slots=True)
class Understood:
    """`read`: messages looked at. `canceled`: keys of scheduled texts that must not leave now."""

    read: int = 0
    holds: int = 0
    opt_outs: list[str] = field(default_factory=list)
    canceled: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def understand(services: Services) -> Understood:
    """Everything not read or matched yet. Raises when NetSuite cannot be asked; nothing is half done then."""
    understood = Understood()
    while rows := _waiting(services):
        _read_batch(rows, services, understood)
        services.progress("messages understood", understood.read, 0)
    understood.problems += write_boxes(services)
    follow_up(services)
    if understood.holds or understood.opt_outs:
        canceled = check_scheduled(services)
        understood.canceled = canceled.keys
        understood.problems += canceled.problems
    return understood


def _waiting(services: Services) -> list[InboundRow]:
    """Not read, or read elsewhere and not matched; a voicemail waits for its words."""
    inbound = services.store.inbound
    rows = {row.sid: row for row in (*inbound.unread(BATCH), *inbound.unmatched(BATCH))}
    return [row for row in rows.values() if row.transcript_state != "awaited"]


def _read_batch(rows: Sequence[InboundRow], services: Services, understood: Understood) -> None:
    known = known_of(rows, services)
    now = services.clock()
    heard = [_heard(row, known, services) for row in rows]
    with services.store.transaction():
        fresh = {each.row.sid: _stored(each, known, services) for each in heard if each.row.read_at is None}
        services.store.inbound.record_readings(fresh, now, effects_pending=True)
        services.store.inbound.record_matches(_matches(heard, services, now), now)
        for each in heard:
            if each.row.sid in fresh:
                applied = apply_effects(each, known, services, now)
                understood.holds += applied.holds
                understood.opt_outs += applied.opt_outs
        services.store.inbound.mark_effects([e.row.sid for e in heard if not e.needs_box], now)
    understood.read += len(rows)


def _heard(row: InboundRow, known: Known, services: Services) -> Heard:
    match = _match(row, known)
    if row.reading is not None and row.read_at is not None:
        said = replies.Reading(replies.Kind(row.reading.kind), rule=row.reading.rule)
        return Heard(row, said, match, row.received_at)
    at = senders_day(row, known.customers.get(match.customer_id or ""), services)
    return Heard(row, read_row(row, known.open_items(match.customer_id), known, at), match, at)


def _is_assigned(row: InboundRow) -> bool:
    return any(signal.startswith("assigned by") for signal in row.signals)


def _match(row: InboundRow, known: Known) -> Match:
    if _is_assigned(row):  # before its words came, as with a voicemail
        return Match(row.customer_id, row.invoice_id, row.invoice_ids)
    channel = "voicemail" if row.channel == "voicemail" else "sms"
    body = "" if row.channel == "email_event" else row.body
    return match_in(known.book, body, sender=row.sender, received=row.received_at + A_LITTLE, channel=channel)


def read_row(
    row: InboundRow, open_items: Sequence[replies.OpenItem], known: Known, at: datetime
) -> replies.Reading:
    """A call says nothing; a voicemail without words is for a person's ears."""
    if row.channel == "call":
        return replies.Reading(replies.Kind.other, rule=f"call.{row.status}")
    if row.channel == "voicemail" and not row.body:
        return replies.Reading(replies.Kind.other, rule="voicemail.no_words", unsure=True)
    channel = "voicemail" if row.channel == "voicemail" else "sms"
    sent = known.last_text_before(row.sender, row.received_at + A_LITTLE)
    return replies.read_reply(row.body, received=at, invoices=open_items, channel=channel, sent=sent)


def _stored(heard: Heard, known: Known, services: Services) -> Reading:
    said = heard.reading
    return Reading(
        kind=str(said.kind),
        rule=said.rule,
        words=said.words,
        promise_date=said.promise_date,
        promise_amount=said.promise_amount,
        promise_currency=_currency(heard.match, known, services) if said.promise_amount is not None else None,
        stops_texts=said.stops_texts,
        unsure=said.unsure,
    )


def _currency(match: Match, known: Known, services: Services) -> str:
    """The invoice's; of several currencies without an invoice, the company's."""
    invoice = known.invoices.get(match.invoice_id or "")
    if invoice is not None:
        return invoice.currency
    used = {one.currency for one in known.open_invoices.get(match.customer_id or "", ())}
    return used.pop() if len(used) == 1 else services.rules.company.currency


def _matches(heard: Iterable[Heard], services: Services, now: datetime) -> list[MatchSeen]:
    """Where a person has said whose it is, that stays."""
    return [
        MatchSeen(
            sid=each.row.sid,
            customer_id=each.match.customer_id,
            invoice_id=each.match.invoice_id,
            invoice_ids=each.invoice_ids,
            score=each.match.score,
            signals=tuple(f"{signal.name}: {signal.value}" for signal in each.match.signals),
            candidates=tuple(invoice_id for invoice_id, _score in each.match.candidates),
            inbox_reason=inbox_reason(each, services, now),
        )
        for each in heard
        if not _is_assigned(each.row)
    ]
