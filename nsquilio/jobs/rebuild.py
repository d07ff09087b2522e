"""Reads back from NetSuite what the state file does not know: messages logged there, opt-outs made by hand.

A communication carries the reminder key and the SID, so nothing has to be guessed: a lost state file, or
another machine's, is caught up with exactly as far as it was logged. What Twilio alone knows is recognised in
`adopt`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from nsquilio.core.keys import FALLBACK
from nsquilio.core.model import Channel, Customer, Invoice, Money, Outcome, Reminder
from nsquilio.errors import Refused
from nsquilio.jobs.foreign import arrival_day, outcome_of
from nsquilio.jobs.services import Services
from nsquilio.remote.netsuite_records import Communication
from nsquilio.remote.twilio_errors import error_of
from nsquilio.remote.twilio_rows import MessageRow
from nsquilio.store import ForeignMessage

OPT_OUT_EID = "nsq-optout-"
_ENDED = frozenset({"ended", "removed"})


@dataclass(slots=True)
class Rebuilt:
    """`sids`: of the messages taken over. `readable` False: NetSuite shows no communications at all."""

    sids: set[str] = field(default_factory=set)
    opt_outs: int = 0
    earliest: datetime | None = None
    readable: bool = True


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
    """What a person entered; the keywords customers sent come back with their texts."""
    channel = Channel.EMAIL if each.channel == Channel.EMAIL else Channel.SMS
    address = each.sender or each.to
    if not address or each.status.lower() in _ENDED:
        return 0
    source = "read back from NetSuite"
    return int(services.store.blocks.opt_out(address, channel, "person", source, each.time or now))


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
    first = logged[0]
    at = first.time or now
    reminders = tuple(_reminder(each, at, invoices, services) for each in logged)
    customer = customers.get(first.customer_id or reminders[0].customer_id)
    channel = Channel.EMAIL if first.channel == Channel.EMAIL else Channel.SMS
    number = first.to if channel is Channel.SMS else None
    return ForeignMessage(
        key=f"{first.customer_id}:found:{sid}",
        channel=channel,
        to=first.to,
        body=row.body if row else "",
        customer_id=first.customer_id or reminders[0].customer_id,
        customer=customer.name if customer else "",
        step=reminders[0].step,
        reminders=tuple({reminder.key: reminder for reminder in reminders}.values()),
        local_day=arrival_day((row and row.sent_at) or at, customer, number, services),
        sid=sid,
        outcome=outcome_of(row) if row else _logged_outcome(first.status),
        at=at,
        status=row.status if row else first.status or None,
        segments=row.segments if row else 0,
        error_code=(row.error_code or None) if row else None,
        final=row.is_final if row else False,
        failed_for_good=bool(row and row.error_code and error_of(row.error_code).for_good),
    )


def _logged_outcome(status: str) -> Outcome:
    found = {"scheduled": Outcome.SCHEDULED, "canceled": Outcome.CANCELED}
    return found.get(status.lower(), Outcome.SENT)


def _reminder(
    each: Communication, at: datetime, invoices: Mapping[str, Invoice], services: Services
) -> Reminder:
    invoice_id, step, slot, occurrence = _parts(each.key)
    invoice = invoices.get(invoice_id)
    due = invoice.due_date if invoice else None
    return Reminder(
        key=each.key,
        invoice_id=invoice_id,
        document_number=invoice.number if invoice else "",
        customer_id=each.customer_id or (invoice.customer_id if invoice else ""),
        step=step,
        slot=slot,
        occurrence=occurrence,
        due_date=due,
        days_past_due=(at.date() - due).days if due else 0,
        balance=invoice.open_balance if invoice else Money(Decimal(0), services.rules.company.currency),
    )
