"""One batch of what came in: what each message says, whose it is, and what follows from it, in one transaction.

Kept apart from `understand`, which most nights finds nothing that waits and then needs no word list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from nsquilio.core import replies
from nsquilio.core.matching import Match, Signal, match_in
from nsquilio.jobs.known import Known, known_of, senders_day
from nsquilio.jobs.reply_effects import Heard, apply_effects, inbox_reason
from nsquilio.jobs.services import Services
from nsquilio.store import CommunicationRow, InboundRow, MatchSeen, Reading

A_LITTLE = timedelta(seconds=5)
"""The services tell whole seconds of their own clocks: an answer may seem older than what it answers."""


def read_batch(rows: Sequence[InboundRow], services: Services) -> tuple[int, list[str]]:
    """The number of holds set, and who opted out."""
    known = known_of(rows, services)
    now = services.clock()
    logged = services.store.communications.adopted(row.sid for row in rows)
    heard = [_heard(row, known, logged.get(row.sid, ()), services) for row in rows]
    holds, opt_outs = 0, []
    with services.store.transaction():
        fresh = {each.row.sid: _stored(each, known, services) for each in heard if each.row.read_at is None}
        services.store.inbound.record_readings(fresh, now, effects_pending=True)
        services.store.inbound.record_matches(_matches(heard, services, now), now)
        for each in heard:
            if each.row.sid in fresh:
                applied = apply_effects(each, known, services, now)
                holds += applied.holds
                opt_outs += applied.opt_outs
        services.store.inbound.mark_effects([e.row.sid for e in heard if not e.needs_box], now)
    return holds, opt_outs


def _heard(row: InboundRow, known: Known, logged: Sequence[CommunicationRow], services: Services) -> Heard:
    match = _match(row, known)
    if logged and not _is_assigned(row):
        match = _as_logged(match, logged)
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


def _as_logged(match: Match, logged: Sequence[CommunicationRow]) -> Match:
    """Where NetSuite has it already, as another state file or a person has put it."""
    customer_id = next((one.customer_id for one in logged if one.customer_id), None)
    ids = tuple(one.invoice_id for one in logged if one.invoice_id)
    found = (match.invoice_id,) if match.invoice_id else match.invoice_ids
    if (customer_id, set(ids)) == (match.customer_id, set(found)):
        return replace(match, invoice_ids=ids) if len(ids) > 1 else match
    if ids:
        reason = "matched" if len(ids) == 1 else "several_invoices"
    else:
        reason = "signals_disagree" if match.reason in ("matched", "several_invoices") else match.reason
    return Match(
        customer_id,
        ids[0] if len(ids) == 1 else None,
        ids if len(ids) > 1 else (),
        signals=(Signal("logged", 0, ", ".join(ids) or "on no invoice"),),
        candidates=match.candidates,
        reason=reason,
    )


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
