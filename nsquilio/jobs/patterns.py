"""How a customer usually pays and answers: medians with the number behind them, or "not enough data".

A suggestion for people, never an input of the decision. Few cases prove nothing, so below five there is no
median at all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from nsquilio.jobs.reading import company_day
from nsquilio.jobs.services import Services
from nsquilio.store import reporting

ENOUGH = 5
LOOK_BACK = timedelta(days=365)
ANSWERED_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Pattern:
    """`days_late`: median days from due date to payment in full, negative when early, of `paid` invoices.

    `answer_hours`: median hours from our last message to an answer within a week, of `answers`. The medians
    are None when there are fewer than five.
    """

    customer_id: str
    days_late: Decimal | None
    paid: int
    answer_hours: Decimal | None
    answers: int


def payment_pattern(services: Services, customer_id: str) -> Pattern:
    """Of the last year, from NetSuite and our own messages, by two requests and a few queries."""
    now = services.clock()
    since = now - LOOK_BACK
    first = company_day(services.rules, since)
    late = [(day - due).days for day, due in _paid_and_due(services, customer_id, first)]
    answers = reporting.answers_of(services.store, since, customer_id).get(customer_id, [])
    written = reporting.written_to_customers(services.store, [customer_id], since - ANSWERED_WITHIN)
    return pattern(customer_id, late, answer_times(written.get(customer_id, []), answers))


def _paid_and_due(services: Services, customer_id: str, first: date) -> Iterator[tuple[date, date]]:
    """Day of the last payment (else the closing day) and due date of what was paid in full since then."""
    invoices = [i for i in services.netsuite.recent_invoices([customer_id], first) if i.status == "B"]
    last: dict[str, date] = {}
    for payment in services.netsuite.payments_of([invoice.id for invoice in invoices]):
        if payment.paid_on is not None:
            last[payment.invoice_id] = max(payment.paid_on, last.get(payment.invoice_id, date.min))
    for invoice in invoices:
        day = last.get(invoice.id) or invoice.paid_on
        if day is not None and invoice.due_date is not None:
            yield day, invoice.due_date


def pattern(customer_id: str, days_late: Sequence[int], answers: Sequence[timedelta]) -> Pattern:
    hours = [Decimal(round(each.total_seconds())) / 3600 for each in answers]
    return Pattern(customer_id, enough(days_late), len(days_late), enough(hours), len(hours))


def enough(values: Sequence[int] | Sequence[Decimal]) -> Decimal | None:
    """The median, when there are enough values to have one."""
    return median(values) if len(values) >= ENOUGH else None


def median(values: Iterable[int | Decimal]) -> Decimal:
    """Of at least one value."""
    ordered = sorted(Decimal(value) for value in values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def answer_times(written: Sequence[datetime], answers: Sequence[datetime]) -> list[timedelta]:
    """From the last message before each answer to it, where that is a week at most. Both oldest first."""
    found = []
    for answer in answers:
        before = bisect_right(written, answer)
        if before and answer - written[before - 1] <= ANSWERED_WITHIN:
            found.append(answer - written[before - 1])
    return found
