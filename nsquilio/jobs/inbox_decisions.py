"""What a person decides about a reply: which invoice it is about, that a promise holds, that it is done.

Decided in the state file alone, without the run lock; scheduled texts that a new hold covers are canceled at
once. A hold or a promise moves with its reply, so that one invoice is held and not all of a customer's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from nsquilio.core.model import Hold, HoldKind, Invoice
from nsquilio.errors import WrongUsage
from nsquilio.jobs.cancel import cancel, scheduled_for
from nsquilio.jobs.communications import of_inbound
from nsquilio.jobs.find import Found, find_target
from nsquilio.jobs.inbox_ids import reply_of
from nsquilio.jobs.promises import accept_promise
from nsquilio.jobs.reply_effects import company_day
from nsquilio.jobs.results import Done
from nsquilio.jobs.services import Services
from nsquilio.store import InboundRow, PromiseRow, Store

ASSIGNABLE = frozenset(
    {
        "unknown_sender",
        "several_customers",
        "number_unknown",
        "several_invoices",
        "signals_disagree",
        "tie",
        "nothing_tells",
    }
)
"""Reasons that end when a person says which invoice it is."""

_HOLDS = {"dispute": HoldKind.DISPUTE, "paid_claim": HoldKind.PAID_CLAIM}


def assign(services: Services, typed: str, target: str) -> Done:
    """`target`: an invoice; its customer becomes the reply's."""
    row, invoice = reply_of(services.store, typed), _invoice(services, target)
    now, store = services.clock(), services.store
    with store.transaction():
        store.inbound.assign(row.sid, invoice.customer_id, invoice.id, services.actor, now)
        _move_promises(row, invoice, services, now)
        _move_holds(row, invoice, services, now)
        is_closed = _settle(row, ASSIGNABLE, services, now)
        _want_logged(row.sid, services, now)
    words = f"{row.sid} is about invoice {invoice.number} now; the next log-replies writes it there."
    if row.customer_id not in (None, invoice.customer_id):
        words += f" That invoice is customer {invoice.customer_id}'s;"
        words += f" the sender was taken for customer {row.customer_id}."
    words += " It is closed in the inbox." if is_closed else ""
    held = [hold for hold in store.blocks.holds(company_day(now, services)) if hold.inbound_sid == row.sid]
    facts = {"customer_id": invoice.customer_id, "invoice_id": invoice.id, "closed": is_closed}
    return _with_cancels(services, row.sid, held, f"{words}{_held_words(held)}", facts)


def _invoice(services: Services, target: str) -> Invoice:
    text = target.strip()
    named = text if text.casefold().startswith("invoice:") else f"invoice:{text}"
    try:
        found: Found = find_target(services, named)
    except WrongUsage as problem:
        if problem.code != "no_such_target":
            raise
        raise WrongUsage(
            f"No invoice in NetSuite fits {target!r}.",
            "Give a document number or invoice:ID.",
            code=problem.code,
        ) from None
    if found.invoice is None:
        raise WrongUsage(f"{target!r} is no invoice.", "Give a document number or invoice:ID.")
    return found.invoice


def _held_words(held: Sequence[Hold]) -> str:
    ends = [f"{hold.kind.replace('_', ' ')} until {hold.until or 'released'}" for hold in held]
    return f" Held: {', '.join(ends)}." if ends else ""


def _of_reply(store: Store, sid: str, states: Iterable[str] | None = None) -> list[PromiseRow]:
    return [promise for promise in store.blocks.promises(states) if promise.inbound_sid == sid]


def _move_promises(row: InboundRow, invoice: Invoice, services: Services, now: datetime) -> None:
    """A promise of nobody's becomes a draft; one on another invoice, or on the customer, is made anew."""
    blocks = services.store.blocks
    made = _of_reply(services.store, row.sid)
    going = [promise for promise in made if promise.state in ("draft", "accepted")]
    is_new = not made and row.reading is not None and row.reading.kind == "promise"
    if not is_new and not going:
        return
    for promise in going:
        blocks.decide_promise(promise.id, "cancelled", services.actor, now)
    number = _draft(row, invoice, services, now)
    if any(promise.state == "accepted" for promise in going):
        blocks.decide_promise(number, "accepted", services.actor, now)
    elif is_new and services.rules.replies.promises == "accept":
        accept_promise(number, services, now, actor="reply")


def _draft(row: InboundRow, invoice: Invoice, services: Services, now: datetime) -> int:
    said = row.reading
    amount = said.promise_amount if said else None
    return services.store.blocks.add_promise(
        now,
        invoice_id=invoice.id,
        customer_id=invoice.customer_id,
        inbound_sid=row.sid,
        promised_on=said.promise_date if said else None,
        amount=amount,
        currency=invoice.currency if amount is not None else None,
    )


def _move_holds(row: InboundRow, invoice: Invoice, services: Services, now: datetime) -> None:
    """Those of the reply, to the same day. One that somebody ended is not set again."""
    blocks = services.store.blocks
    active = [hold for hold in blocks.holds() if hold.inbound_sid == row.sid]
    there = {hold.kind for hold in active if hold.invoice_id == invoice.id}
    elsewhere = [hold for hold in active if hold.invoice_id != invoice.id]
    blocks.release_holds([hold.id for hold in elsewhere], services.actor, now)
    for kind, hold in {hold.kind: hold for hold in elsewhere if hold.kind not in there}.items():
        blocks.add_hold(
            kind,
            hold.reason,
            now,
            customer_id=invoice.customer_id,
            invoice_id=invoice.id,
            until=hold.until,
            actor=services.actor,
            inbound_sid=row.sid,
        )
    if not active:
        _hold_first(row, invoice, services, now)


def _hold_first(row: InboundRow, invoice: Invoice, services: Services, now: datetime) -> None:
    """A dispute or claim of a sender nobody knew held nothing until now; its days count from its own day."""
    kind = _HOLDS.get(row.reading.kind if row.reading else "")
    days = services.rules.replies.hold_on_dispute_days
    if kind is HoldKind.PAID_CLAIM:
        days = services.rules.replies.hold_on_paid_claim_days
    until = company_day(row.received_at, services) + timedelta(days=days)
    ended = services.store.blocks.holds_ended_since(row.received_at)
    was_held = any(hold.inbound_sid == row.sid for hold in ended)
    if kind is None or was_held or until <= company_day(now, services):
        return
    services.store.blocks.add_hold(
        kind,
        f"{'said to be paid' if kind is HoldKind.PAID_CLAIM else 'disputed'} in {row.channel} {row.sid}",
        now,
        customer_id=invoice.customer_id,
        invoice_id=invoice.id,
        until=until,
        actor=services.actor,
        inbound_sid=row.sid,
    )


def _settle(row: InboundRow, settled: Iterable[str], services: Services, now: datetime) -> bool:
    """Takes these reasons away; the reply is closed when no other is left. Whether it is closed by that."""
    if row.inbox != "open":
        return False
    reasons = [part for part in (row.inbox_reason or "").split("; ") if part]
    left = [reason for reason in reasons if reason not in set(settled)]
    if not left:
        return services.store.inbound.close(row.sid, services.actor, now)
    if left != reasons:
        services.store.inbound.open_in_inbox(row.sid, "; ".join(left), now)
    return False


def _want_logged(sid: str, services: Services, now: datetime) -> None:
    """The record that exists is moved to the invoice, and leaves the invoices it is not about."""
    row, communications = services.store.inbound.stored(sid), services.store.communications
    if row is None or services.log_to == "nothing":
        return
    communications.want([record.wanted for record in of_inbound(row, communications.about(sid))], now)


def accept(services: Services, typed: str) -> Done:
    """The promise holds its reminders until its day is over."""
    row, now = reply_of(services.store, typed), services.clock()
    drafts = _drafts(row, services, now)
    with services.store.transaction():
        for promise in drafts:
            accept_promise(promise.id, services, now, actor=services.actor)
        is_closed = _settle(row, ("promise",), services, now)
    holds = services.store.blocks.holds()
    held = [hold for hold in holds if hold.inbound_sid == row.sid and hold.kind is HoldKind.PROMISE]
    what = "each of its invoices" if len(drafts) > 1 else "its invoice"
    if drafts[0].invoice_id is None:
        what = f"all of customer {drafts[0].customer_id}"
    words = f"Promise accepted: {what} is held until {drafts[0].promised_on} is over."
    if not is_closed and row.inbox == "open":
        words += " The reply stays in the inbox: nobody has said which invoice it is about."
    facts = {"promised_on": str(drafts[0].promised_on), "closed": is_closed}
    return _with_cancels(services, row.sid, held, words, facts)


def _drafts(row: InboundRow, services: Services, now: datetime) -> list[PromiseRow]:
    """Raises `WrongUsage` when there is nothing that could be accepted."""
    made = _of_reply(services.store, row.sid)
    drafts = [promise for promise in made if promise.state == "draft"]
    if not made:
        is_nobodys = row.reading is not None and row.reading.kind == "promise" and row.customer_id is None
        advice = "Say first which invoice it is about: `inbox assign ID INVOICE`."
        by_hand = "Hold by hand: `hold add TARGET --reason TEXT --until DATE`."
        if is_nobodys:
            raise WrongUsage(
                f"The promise in {row.sid} cannot be accepted: nobody knows whose it is.", advice
            )
        raise WrongUsage(f"{row.sid} holds no promise.", by_hand)
    if not drafts:
        raise WrongUsage(
            f"The promise in {row.sid} is {made[-1].state} already.", "`inbox show ID` tells what it holds."
        )
    day = drafts[0].promised_on
    target = (
        f"invoice:{drafts[0].invoice_id}" if drafts[0].invoice_id else f"customer:{drafts[0].customer_id}"
    )
    by_hand = f"Hold by hand: `hold add {target} --reason TEXT --until DATE`."
    if day is None:
        raise WrongUsage(f"The promise in {row.sid} names no day.", by_hand)
    if day < company_day(now, services):
        raise WrongUsage(f"The promise in {row.sid} was for {day}, which is over.", by_hand)
    return drafts


def close(store: Store, typed: str, actor: str, now: datetime) -> Done:
    """Out of the list; its holds go on, and a promise that is not kept brings it back."""
    row = reply_of(store, typed)
    if not store.inbound.close(row.sid, actor, now):
        by = f" (closed by {row.closed_by})" if row.closed_by else ""
        return Done(f"{row.sid} is not open in the inbox{by}.", {"sid": row.sid, "closed": False})
    held = [hold for hold in store.blocks.holds() if hold.inbound_sid == row.sid]
    ends = "".join(f" Hold {hold.id} goes on until {hold.until}: hold release {hold.id}." for hold in held)
    return Done(f"{row.sid} is closed.{ends}", {"sid": row.sid, "closed": True})


def _with_cancels(
    services: Services, sid: str, held: Sequence[Hold], words: str, facts: Mapping[str, object]
) -> Done:
    scheduled = {
        message.key: message
        for hold in held
        for message in (
            scheduled_for(services, invoice_id=hold.invoice_id)
            if hold.invoice_id
            else scheduled_for(services, customer_id=hold.customer_id)
        )
    }
    facts = {"sid": sid, **facts, "hold_ids": [hold.id for hold in held], "canceled": []}
    if not scheduled:
        return Done(words, facts)
    result = cancel(scheduled.values(), "held", services)
    words += f" {len(result.keys)} scheduled text(s) canceled."
    return Done(words, {**facts, "canceled": list(result.keys)}, result.problems)
