"""Whether customers did what they said: promises kept or broken, claims of payment confirmed or not.

NetSuite's balances and payments answer that, with a few queries for all of them; nothing is asked while
nothing is promised or claimed. Ends the holds whose days are over. Sends nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from nsquilio.core.model import Hold, HoldKind, Invoice, Payment
from nsquilio.jobs.services import Services
from nsquilio.store import PromiseRow

ACTOR = "netsuite"
BROKEN, UNCONFIRMED = "promise_broken", "paid_claim_unconfirmed"

_FORGOTTEN = timedelta(days=120)
"""A promise without a day that nobody has decided about for so long is not looked at any more."""
_EARLIER = timedelta(days=10)
"""Who writes "we paid" may have paid some days before, and the money is entered with its own date."""


@dataclass(frozen=True, slots=True)
class _Money:
    """What NetSuite says now. `unpaid`: absent when the invoice is gone. `unapplied`: ids of customers."""

    unpaid: Mapping[str, Decimal]
    payments: Mapping[str, Sequence[Payment]]
    by_customer: Mapping[str, Sequence[Invoice]]
    unapplied: frozenset[str]

    def paid(self, invoice_id: str, since: date) -> Decimal:
        found = self.payments.get(invoice_id, ())
        return sum((p.amount for p in found if p.paid_on is not None and p.paid_on >= since), Decimal(0))

    def is_settled(self, invoice_id: str) -> bool:
        return self.unpaid.get(invoice_id, Decimal(0)) <= 0


def follow_up(services: Services) -> None:
    """Raises when NetSuite cannot be asked; everything is looked at again by the next run."""
    now = services.clock()
    today = now.astimezone(ZoneInfo(services.rules.company.time_zone)).date()
    blocks = services.store.blocks
    promises = [p for p in blocks.promises(("draft", "accepted")) if now - p.made_at < _FORGOTTEN]
    claims = [h for h in blocks.holds() if h.kind is HoldKind.PAID_CLAIM and h.inbound_sid]
    money = _read_money(promises, claims, services)
    with services.store.transaction():
        for promise in promises:
            _look_at_promise(promise, money, services, today, now)
        for claim in claims:
            _look_at_claim(claim, money, services, today, now)
        blocks.expire_holds(today, now)


def _read_money(promises: Sequence[PromiseRow], claims: Sequence[Hold], services: Services) -> _Money:
    netsuite = services.netsuite
    about: list[PromiseRow | Hold] = [*promises, *claims]
    invoice_ids = {one.invoice_id for one in about if one.invoice_id}
    customer_ids = {one.customer_id for one in about if not one.invoice_id and one.customer_id}
    balances = netsuite.balances(invoice_ids) if invoice_ids else {}
    still_open = [id_ for id_ in sorted(invoice_ids) if id_ in balances and balances[id_].unpaid > 0]
    payments = netsuite.payments_of(still_open) if still_open else []
    since = (min((_since(one) for one in about), default=services.clock()) - _EARLIER).date()
    invoices = netsuite.recent_invoices(customer_ids, since) if customer_ids else []
    return _Money(
        {id_: balance.unpaid for id_, balance in balances.items()},
        _grouped(payments),
        {id_: [i for i in invoices if i.customer_id == id_] for id_ in customer_ids},
        frozenset(netsuite.unapplied_for(customer_ids)) if customer_ids else frozenset(),
    )


def _since(one: PromiseRow | Hold) -> datetime:
    return one.made_at if isinstance(one, PromiseRow) else one.since


def _grouped(payments: Iterable[Payment]) -> dict[str, list[Payment]]:
    grouped: dict[str, list[Payment]] = {}
    for payment in payments:
        grouped.setdefault(payment.invoice_id, []).append(payment)
    return grouped


def _look_at_promise(
    promise: PromiseRow, money: _Money, services: Services, today: date, now: datetime
) -> None:
    blocks, inbound = services.store.blocks, services.store.inbound
    if _is_kept(promise, money):
        blocks.decide_promise(promise.id, "kept", ACTOR, now)
        blocks.release_holds([h.id for h in blocks.holds() if _is_of(h, promise)], ACTOR, now)
        left = [p for p in blocks.promises(("draft", "accepted")) if p.inbound_sid == promise.inbound_sid]
        if not left:  # a reply may promise several invoices
            inbound.close(promise.inbound_sid, ACTOR, now)
    elif promise.promised_on is not None and promise.promised_on < today:
        blocks.decide_promise(promise.id, "broken", ACTOR, now)
        inbound.open_in_inbox(promise.inbound_sid, BROKEN, now)


def _is_of(hold: Hold, promise: PromiseRow) -> bool:
    same = (hold.inbound_sid, hold.invoice_id) == (promise.inbound_sid, promise.invoice_id)
    return hold.kind is HoldKind.PROMISE and same


def _is_kept(promise: PromiseRow, money: _Money) -> bool:
    made_on = promise.made_at.date()
    if promise.invoice_id is None:
        due = [i for i in money.by_customer.get(promise.customer_id, ()) if i.balance > 0]
        return not any(i.due_date is None or i.due_date <= (promise.promised_on or made_on) for i in due)
    if money.is_settled(promise.invoice_id):
        return True
    return promise.amount is not None and money.paid(promise.invoice_id, made_on) >= promise.amount


def _look_at_claim(claim: Hold, money: _Money, services: Services, today: date, now: datetime) -> None:
    sid = claim.inbound_sid or ""
    if _is_confirmed(claim, money):
        services.store.blocks.release_holds([claim.id], ACTOR, now)
        services.store.inbound.close(sid, ACTOR, now)
    elif claim.until is not None and claim.until <= today:
        services.store.inbound.open_in_inbox(sid, UNCONFIRMED, now)


def _is_confirmed(claim: Hold, money: _Money) -> bool:
    since = (claim.since - _EARLIER).date()
    if claim.invoice_id is not None:
        return money.is_settled(claim.invoice_id) or money.paid(claim.invoice_id, since) > 0
    customer_id = claim.customer_id or ""
    paid = [i for i in money.by_customer.get(customer_id, ()) if i.paid_on is not None and i.paid_on >= since]
    return bool(paid) or customer_id in money.unapplied
