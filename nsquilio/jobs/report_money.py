"""The month's money in figures: what was open, what came in, how soon after a reminder, and what it cost.

Pure: facts in, figures out. Nothing is ever added across currencies.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from nsquilio.core.model import Channel, Money, Outcome, Payment
from nsquilio.jobs.patterns import median
from nsquilio.jobs.report_facts import Facts, Receivable
from nsquilio.jobs.report_messages import Figure
from nsquilio.store.reporting import ReportedMessage

BUCKETS = ("current", "1-30", "31-60", "61-90", "90+", "no due date")
_ENDS = (0, 30, 60, 90)
_MAY_COST = frozenset({Outcome.SENT, Outcome.UNKNOWN, Outcome.INTENT})
_FINE = Decimal("0.00001")  # Twilio's own prices have five digits


@dataclass(frozen=True, slots=True)
class AgeingRow:
    currency: str
    bucket: str
    invoices: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A payment of the month on an invoice. `reminded`: reminders before it; `days`: since the last one."""

    payment: Payment
    number: str
    customer_id: str
    currency: str
    reminded: int
    days: int | None


@dataclass(frozen=True, slots=True)
class CostRow:
    """By the currency of the invoices written about. `cost`: billed and estimated, in `cost_currency`.

    `unpriced`: texts whose price nobody tells; they stand in no sum.
    """

    currency: str
    cost_currency: str
    messages: int
    cost: Decimal
    unpriced: int
    collected: Decimal
    per_thousand: Decimal | None


def bucket(due: date | None, day: date) -> str:
    """The ageing bucket on that day; due on the day itself is current."""
    if due is None:
        return BUCKETS[-1]
    return BUCKETS[bisect_left(_ENDS, (day - due).days)]


def open_then(facts: Facts) -> list[Receivable]:
    """Invoices with something open at the end of the month."""
    day = facts.month.day
    return [
        r for r in facts.receivables.values() if r.open_then > 0 and (r.issued is None or r.issued <= day)
    ]


def ageing_rows(facts: Facts) -> list[AgeingRow]:
    """Every bucket of every currency, also the empty ones."""
    found: dict[str, dict[str, list[Decimal]]] = {}
    for receivable in open_then(facts):
        rows = found.setdefault(receivable.currency, {name: [] for name in BUCKETS})
        rows[bucket(receivable.due, facts.month.day)].append(receivable.open_then)
    return [
        AgeingRow(currency, name, len(amounts), sum(amounts, Decimal(0)))
        for currency, rows in sorted(found.items())
        for name, amounts in rows.items()
    ]


def payment_rows(facts: Facts) -> list[PaymentRow]:
    """Payments of the month, applied to invoices, oldest first; credits and write-offs are no payments."""
    rows = [
        _payment(payment, payment.paid_on, facts)
        for payment in facts.payments
        if payment.kind == "payment"
        and payment.paid_on is not None
        and facts.month.has(payment.paid_on)
        and payment.invoice_id in facts.receivables
    ]
    return sorted(rows, key=lambda row: (row.payment.paid_on or date.min, row.payment.payment_id))


def _payment(payment: Payment, paid_on: date, facts: Facts) -> PaymentRow:
    receivable = facts.receivables[payment.invoice_id]
    days = [d for d in _reminded_days(payment.invoice_id, facts) if d <= paid_on]
    since = (paid_on - days[-1]).days if days else None
    return PaymentRow(
        payment, receivable.number, receivable.customer_id, receivable.currency, len(days), since
    )


def _reminded_days(invoice_id: str, facts: Facts) -> list[date]:
    """The company's days on which it was written about, oldest first."""
    return [facts.month.day_of(at) for at in facts.reminded.get(invoice_id, ())]


def receivable_figures(facts: Facts) -> list[Figure]:
    month = facts.month
    owed = _by_currency((r.currency, r.open_then) for r in open_then(facts))
    sold = _by_currency((r.currency, r.total) for r in facts.receivables.values() if month.has(r.issued))
    late = [(month.day - r.due).days for r in open_then(facts) if r.due is not None and r.due < month.day]
    figures = []
    for currency in sorted({*owed, *sold}):
        figures += [
            Figure("receivables", owed.get(currency, Decimal(0)), currency),
            Figure("sales", sold.get(currency, Decimal(0)), currency),
            Figure("dso", _dso(owed, sold, currency, month.days), currency),
        ]
    figures.append(Figure("days_late", _mean(late), of=len(late)))
    return figures


def _dso(
    owed: Mapping[str, Decimal], sold: Mapping[str, Decimal], currency: str, days: int
) -> Decimal | None:
    """None in a month without sales: it would be endless."""
    sales = sold.get(currency, Decimal(0))
    return owed.get(currency, Decimal(0)) / sales * days if sales > 0 else None


def _mean(values: list[int]) -> Decimal | None:
    return Decimal(sum(values)) / len(values) if values else None


def _by_currency(amounts: Iterable[tuple[str, Decimal]]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for currency, amount in amounts:
        sums[currency] += amount
    return dict(sums)


def payment_figures(facts: Facts) -> list[Figure]:
    rows = payment_rows(facts)
    collected = _by_currency((row.currency, row.payment.amount) for row in rows)
    after = _by_currency((row.currency, row.payment.amount) for row in rows if row.reminded)
    figures = []
    for currency in sorted(collected):
        figures += [
            Figure("collected", collected[currency], currency),
            Figure("collected_after_reminder", after.get(currency, Decimal(0)), currency),
        ]
    first, last = _waits(facts, lambda days: days[0]), _waits(facts, lambda days: days[-1])
    return [
        *figures,
        Figure("days_after_first_reminder", median(first) if first else None, of=len(first)),
        Figure("days_after_last_reminder", median(last) if last else None, of=len(last)),
    ]


def _waits(facts: Facts, which: Callable[[list[date]], date]) -> list[int]:
    """Days from a reminder to payment in full, for the invoices closed in the month after a reminder."""
    found = []
    for receivable in facts.receivables.values():
        closed = receivable.closed
        if closed is None or not facts.month.has(closed):
            continue
        days = _reminded_days(receivable.invoice_id, facts)
        before = days[: bisect_right(days, closed)]
        if before:
            found.append((closed - which(before)).days)
    return found


def cost_of(message: ReportedMessage) -> Money | None:
    """What the service billed, else what was estimated; None when nobody tells, or nothing went out."""
    if message.price is not None:
        return Money(abs(message.price), message.price_currency or "USD")
    if message.outcome not in _MAY_COST or message.estimated is None:
        return None
    return Money(message.estimated, message.estimate_currency or "USD")


def is_unpriced(message: ReportedMessage) -> bool:
    may_cost = message.channel is Channel.SMS and message.outcome in _MAY_COST
    return may_cost and cost_of(message) is None


def cost_figures(facts: Facts) -> list[Figure]:
    billed = [m for m in facts.messages if m.price is not None]
    open_ = [m for m in facts.messages if m.price is None and cost_of(m) is not None]
    costs = _by_currency((m.currency, m.amount) for m in map(cost_of, facts.messages) if m is not None)
    paid = _by_currency((m.currency, m.amount) for m in map(cost_of, billed) if m is not None)
    guessed = _by_currency((m.currency, m.amount) for m in map(cost_of, open_) if m is not None)
    both = [m for m in billed if m.estimated is not None and m.price_currency in ("", "USD")]
    figures = []
    for currency in sorted(costs):
        priced = sum(1 for m in map(cost_of, facts.messages) if m is not None and m.currency == currency)
        figures += [
            Figure("cost", costs[currency], currency, priced),
            Figure("cost_billed", paid.get(currency, Decimal(0)), currency, len(billed)),
            Figure("cost_estimated", guessed.get(currency, Decimal(0)), currency, len(open_)),
            Figure("cost_per_message", costs[currency] / priced, currency, priced),
        ]
    estimated = sum((m.estimated for m in both if m.estimated is not None), Decimal(0))
    actual = sum((abs(m.price) for m in both if m.price is not None), Decimal(0))
    return [
        *figures,
        Figure("texts_unpriced", sum(is_unpriced(message) for message in facts.messages)),
        Figure("estimate_difference", actual - estimated if both else None, "USD", len(both)),
    ]


def cost_rows(facts: Facts) -> list[CostRow]:
    """What writing about the invoices of each currency cost, and what came in there after a reminder."""
    costs: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    messages: dict[tuple[str, str], int] = defaultdict(int)
    unpriced: dict[str, int] = defaultdict(int)
    for message in facts.messages:
        cost = cost_of(message)
        shares = _shares(message, cost.amount if cost else Decimal(0), facts)
        for currency, amount in shares.items():
            if cost is not None:
                costs[currency, cost.currency] += amount
                messages[currency, cost.currency] += 1
            unpriced[currency] += is_unpriced(message)
    after = _by_currency((row.currency, row.payment.amount) for row in payment_rows(facts) if row.reminded)
    return [
        CostRow(
            currency,
            paid_in,
            messages[currency, paid_in],
            costs[currency, paid_in],
            unpriced[currency],
            after.get(currency, Decimal(0)),
            _per_thousand(costs[currency, paid_in], after.get(currency, Decimal(0))),
        )
        for currency, paid_in in sorted(costs)
    ]


def _shares(message: ReportedMessage, cost: Decimal, facts: Facts) -> dict[str, Decimal]:
    """A message about invoices in several currencies: shared by invoice, exact to the last digit."""
    reminders = facts.reminders.get(message.id, ())
    if not reminders:
        return {"": cost}
    each = (cost / len(reminders)).quantize(_FINE, rounding=ROUND_HALF_UP)
    shares: dict[str, Decimal] = defaultdict(Decimal)
    for reminder in reminders[:-1]:
        shares[reminder.balance.currency] += each
    shares[reminders[-1].balance.currency] += cost - each * (len(reminders) - 1)
    return dict(shares)


def _per_thousand(cost: Decimal, collected: Decimal) -> Decimal | None:
    return cost * 1000 / collected if collected > 0 else None
