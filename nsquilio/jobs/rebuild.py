"""Reads back from NetSuite what the state file does not know: messages logged there, opt-outs made by hand,
and where the replies stand.

A communication carries the reminder key and the SID, so nothing has to be guessed: a lost state file, or
another machine's, is caught up with exactly as far as it was logged. What Twilio alone knows is recognised in
`adopt`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from nsquilio.core.keys import FALLBACK
from nsquilio.core.model import Channel, Customer, Invoice, Money, Outcome, Reminder
from nsquilio.errors import Refused
from nsquilio.jobs.communications import of_logged
from nsquilio.jobs.continuity import Continuity, look_back
from nsquilio.jobs.foreign import arrival_day, outcome_of
from nsquilio.jobs.inbound_texts import FURTHEST, OVERLAP
from nsquilio.jobs.services import Services
from nsquilio.remote.netsuite_errors import is_refused_for_good
from nsquilio.remote.netsuite_records import Communication
from nsquilio.remote.twilio_errors import is_lost
from nsquilio.remote.twilio_rows import MessageRow
from nsquilio.store import ForeignMessage

OPT_OUT_EID = "nsq-optout-"
CURSOR = "netsuite.adopted"
"""Up to when `remind` has taken over what is logged there."""
REPLIES_CURSOR = "netsuite.replies_adopted"


@dataclass(slots=True)
class Rebuilt:
    """`sids`: of the messages taken over. `readable` False: NetSuite shows no communications at all."""

    sids: set[str] = field(default_factory=set)
    opt_outs: int = 0
    earliest: datetime | None = None
    readable: bool = True


def unread_since(services: Services, now: datetime) -> datetime:
    reached = services.store.runs.cursor(CURSOR)
    since = (datetime.fromisoformat(reached) if reached else now - FURTHEST) - OVERLAP
    return min(since, now)


def adopt_replies(services: Services) -> None:
    """Takes over where the replies stand in NetSuite, before anybody looks whose they are: else each would be
    written once more, and what a person decided about it would be overwritten. Asks for a new or lost state
    file only. Raises when NetSuite cannot be asked.
    """
    is_new = services.store.runs.cursor(REPLIES_CURSOR) is None
    if services.log_to == "nothing" or not (is_new or look_back(services) is Continuity.LOST):
        return
    now = services.clock()
    since = now - FURTHEST - OVERLAP if is_new else unread_since(services, now)
    try:
        for page in services.netsuite.communications(since):
            found = [logged for each in page if (logged := of_logged(each)) is not None]
            services.store.communications.adopt(found, now)
    except Refused as problem:
        if is_refused_for_good(problem):
            return  # no such record type, or it cannot be read: then nothing can be known
        raise
    services.store.runs.set_cursor(REPLIES_CURSOR, now.isoformat())


def rebuild(
    services: Services,
    since: datetime | None,
    rows: Mapping[str, MessageRow],
    now: datetime,
    *,
    with_opt_outs: bool,
) -> Rebuilt:
    """Takes over every message logged since then whose SID is not known. `rows`: what Twilio lists, by SID.

    `with_opt_outs`: only into a state file that lost them; elsewhere they may have been taken back since.
    """
    if services.log_to == "nothing":
        return Rebuilt()
    rebuilt = Rebuilt()
    by_sid: dict[str, list[Communication]] = {}
    try:
        for page in services.netsuite.communications(since):
            known = services.store.messages.by_sids([c.sid for c in page if c.sid])
            for each in page:
                if with_opt_outs and each.external_id.startswith(OPT_OUT_EID):
                    rebuilt.opt_outs += _opt_out(each, services, now)
                elif _is_ours(each) and each.sid not in known:
                    by_sid.setdefault(each.sid, []).append(each)
    except Refused:
        return Rebuilt(readable=False)
    invoices, customers = _facts([c for of_one in by_sid.values() for c in of_one], services)
    for sid, logged in by_sid.items():
        found = _message(sid, logged, rows.get(sid), invoices, customers, services, now)
        if services.store.messages.adopt(found, "rebuilt", now):
            rebuilt.sids.add(sid)
            rebuilt.earliest = min(rebuilt.earliest or found.at, found.at)
    return rebuilt


def _is_ours(each: Communication) -> bool:
    return bool(each.sid and each.key and ":" in each.key) and not each.direction.lower().startswith("in")


def _opt_out(each: Communication, services: Services, now: datetime) -> int:
    """What a person entered. The keywords customers sent come back with their texts, also one that a person
    has taken back since: no means no until somebody says so again.
    """
    if not each.sender or each.status != "active":
        return 0
    kind = str(_details(each).get("opt_out_kind") or "person")
    channel = Channel.EMAIL if each.channel == Channel.EMAIL else Channel.SMS
    source = "read back from NetSuite"
    return int(services.store.blocks.opt_out(each.sender, channel, kind, source, each.time or now))


def _details(each: Communication) -> dict[str, Any]:
    """What the log keeps beside its own fields; empty where somebody changed it."""
    try:
        found = json.loads(each.details)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _moment(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _facts(
    logged: Sequence[Communication], services: Services
) -> tuple[dict[str, Invoice], Mapping[str, Customer]]:
    ids = {_parts(each.key)[0] for each in logged} | {each.invoice_id for each in logged if each.invoice_id}
    invoices = (
        {invoice.id: invoice for invoice in services.netsuite.invoices_by_id(sorted(ids))} if ids else {}
    )
    wanted = {each.customer_id for each in logged if each.customer_id}
    wanted |= {invoice.customer_id for invoice in invoices.values()}
    customers = {c.id: c for c in services.netsuite.customers(sorted(wanted))} if wanted else {}
    return invoices, customers


def _parts(key: str) -> tuple[str, str, str, str]:
    """Invoice, step, slot and occurrence out of a reminder key."""
    invoice_id, _, rest = key.removesuffix(FALLBACK).partition(":")
    step, _, rest = rest.partition(":")
    slot, _, occurrence = rest.partition(":")
    return invoice_id, step, slot, occurrence


def _message(
    sid: str,
    logged: Sequence[Communication],
    row: MessageRow | None,
    invoices: Mapping[str, Invoice],
    customers: Mapping[str, Customer],
    services: Services,
    now: datetime,
) -> ForeignMessage:
    first, told = logged[0], _details(logged[0])
    at = min(first.time or now, now)
    reminders = tuple(_reminder(each, at, invoices, services) for each in logged)
    customer_id = first.customer_id or reminders[0].customer_id
    customer = customers.get(customer_id)
    channel = Channel.EMAIL if first.channel == Channel.EMAIL else Channel.SMS
    arrived = arrival_day(
        (row and row.sent_at) or at, customer, first.to if channel is Channel.SMS else None, services
    )
    return ForeignMessage(
        key=str(told.get("message_key") or f"{customer_id}:found:{sid}"),
        channel=channel,
        to=first.to,
        body=row.body if row else "",
        customer_id=customer_id,
        customer=customer.name if customer else "",
        step=reminders[0].step,
        reminders=tuple({reminder.key: reminder for reminder in reminders}.values()),
        local_day=_day(told.get("local_day")) or arrived,
        sid=sid,
        outcome=outcome_of(row) if row else _logged_outcome(str(told.get("outcome") or first.status)),
        at=at,
        status=row.status if row else first.status or None,
        segments=row.segments if row else 0,
        error_code=(row.error_code if row else str(told.get("error_code") or "")) or None,
        send_at=_moment(told.get("send_at")),
        final=row.is_final if row else False,
        failed_for_good=bool(told.get("failed_for_good"))
        or (row is not None and is_lost(row.status, row.error_code)),
    )


def _logged_outcome(status: str) -> Outcome:
    found = {"scheduled": Outcome.SCHEDULED, "canceled": Outcome.CANCELED}
    return found.get(status.lower(), Outcome.SENT)


def _reminder(
    each: Communication, at: datetime, invoices: Mapping[str, Invoice], services: Services
) -> Reminder:
    invoice_id, step, slot, occurrence = _parts(each.key)
    invoice, told = invoices.get(invoice_id), _details(each)
    due = _day(told.get("due_date")) or (invoice.due_date if invoice else None)
    return Reminder(
        key=each.key,
        invoice_id=invoice_id,
        document_number=str(told.get("document_number") or (invoice.number if invoice else "")),
        customer_id=each.customer_id or (invoice.customer_id if invoice else ""),
        step=step,
        slot=slot,
        occurrence=occurrence,
        due_date=due,
        days_past_due=(at.date() - due).days if due else 0,
        balance=_balance(told, invoice, services),
    )


def _balance(told: Mapping[str, Any], invoice: Invoice | None, services: Services) -> Money:
    """What the customer was told; what is open now where the log does not say."""
    try:
        return Money(Decimal(str(told["balance"])), str(told["currency"]))
    except (KeyError, InvalidOperation):
        return invoice.open_balance if invoice else Money(Decimal(0), services.rules.company.currency)
