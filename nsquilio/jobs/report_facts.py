"""What the month's report is made of: our messages and their answers, NetSuite's receivables and payments.

Reads only, and keeps small values: fifty thousand messages and a hundred thousand invoices fit into memory.
"""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from nsquilio.core.model import Invoice, Outcome, Payment
from nsquilio.errors import WrongUsage
from nsquilio.jobs.patterns import ANSWERED_WITHIN, LOOK_BACK, Pattern, answer_times, pattern
from nsquilio.jobs.services import Services
from nsquilio.remote.netsuite_report import payments_from, receivables, settled_since
from nsquilio.store import InboundRow, OptOut, PromiseRow, reporting
from nsquilio.store.reporting import ReportedMessage, ReportedReminder

CLAIMED_BEFORE = timedelta(days=30)
"""A payment up to so long before "I have paid" may be the one that was meant."""


@dataclass(frozen=True, slots=True)
class Month:
    """`day`: the last day counted, the month's last or today."""

    first: date
    last: date
    day: date
    zone: ZoneInfo

    @property
    def since(self) -> datetime:
        return self._midnight(self.first)

    @property
    def until(self) -> datetime:
        """The first instant after the month."""
        return self._midnight(self.last + timedelta(1))

    @property
    def is_over(self) -> bool:
        return self.day == self.last

    @property
    def days(self) -> int:
        return (self.day - self.first).days + 1

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self.zone).astimezone(UTC)

    def has(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.day

    def day_of(self, at: datetime) -> date:
        """The company's day."""
        return at.astimezone(self.zone).date()


def month_of(text: str, zone: str, now: datetime) -> Month:
    """`2026-03`. Raises WrongUsage for anything else, and for a month that has not begun."""
    found = re.fullmatch(r"(\d{4})-(\d\d)", text.strip())
    if not found or not 1 <= int(found[2]) <= 12 or not 1970 <= int(found[1]) <= 9998:
        raise WrongUsage(f"{text!r} is not a month.", "Write it as 2026-03.")
    year, month = int(found[1]), int(found[2])
    first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    today = now.astimezone(ZoneInfo(zone)).date()
    if first > today:
        raise WrongUsage(f"{text} has not begun yet.", f"Today is {today}; name an earlier month.")
    return Month(first, last, min(last, today), ZoneInfo(zone))


@dataclass(frozen=True, slots=True)
class Receivable:
    """An invoice at the end of the month. `open_then`: what was open; `closed`: the day it was paid up."""

    invoice_id: str
    number: str
    customer_id: str
    currency: str
    issued: date | None
    due: date | None
    closed: date | None
    total: Decimal
    open_then: Decimal
    is_open_now: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """`reminders`: by message; `payments`: from thirty days before the month on; `reminded`: by invoice."""

    month: Month
    now: datetime
    messages: tuple[ReportedMessage, ...]
    reminders: Mapping[int, tuple[ReportedReminder, ...]]
    inbound: tuple[InboundRow, ...]
    answers: Mapping[str, list[datetime]]
    promises: tuple[PromiseRow, ...]
    opt_outs: tuple[OptOut, ...]
    receivables: Mapping[str, Receivable]
    payments: tuple[Payment, ...]
    reminded: Mapping[str, list[datetime]]
    patterns: tuple[Pattern, ...]
    names: Mapping[str, str]
    numbers: Mapping[str, str]
    head: tuple[int, str]

    def number(self, invoice_id: str) -> str:
        """The document number, or what stands for it."""
        receivable = self.receivables.get(invoice_id)
        return receivable.number if receivable else self.numbers.get(invoice_id, f"invoice:{invoice_id}")

    def name(self, customer_id: str) -> str:
        return self.names.get(customer_id, f"customer:{customer_id}" if customer_id else "")


def gather(services: Services, month: Month) -> Facts:
    store, now = services.store, services.clock()
    messages = tuple(reporting.messages_between(store, month.since, month.until))
    services.progress("messages", len(messages), 0)
    reminders = reporting.reminders_of(store, [message.id for message in messages])
    payments = tuple(_payments(services, month))
    open_then = _receivables(services, month, payments)
    inbound = store.inbound.received(month.since, month.until)
    answers = reporting.answers_of(store, month.since - LOOK_BACK)
    promises = store.blocks.promises()
    opt_outs = tuple(o for o in store.blocks.opt_outs(active_only=False) if month.has(month.day_of(o.since)))
    ids = _invoice_ids(reminders.values(), inbound, promises)
    return Facts(
        month=month,
        now=now,
        messages=messages,
        reminders=reminders,
        inbound=inbound,
        answers=answers,
        promises=promises,
        opt_outs=opt_outs,
        receivables=open_then,
        payments=payments,
        reminded=_reminded(services, open_then.keys()),
        patterns=_patterns(services, month, messages, answers),
        names=_names(services, messages, inbound, promises),
        numbers=reporting.document_numbers(store, sorted(ids - open_then.keys())),
        head=store.trail.head(),
    )


def _payments(services: Services, month: Month) -> Iterable[Payment]:
    home = services.rules.company.currency
    today = month.day_of(services.clock())
    return payments_from(services.netsuite, month.first - CLAIMED_BEFORE, today, home)


def _receivables(services: Services, month: Month, payments: Iterable[Payment]) -> dict[str, Receivable]:
    """What was applied after the month's end is added back: that much was open then."""
    later: dict[str, Decimal] = defaultdict(Decimal)
    last: dict[str, date] = {}
    for payment in payments:
        if payment.paid_on is None:
            continue
        last[payment.invoice_id] = max(payment.paid_on, last.get(payment.invoice_id, date.min))
        if payment.paid_on > month.day:
            later[payment.invoice_id] += payment.amount
    found: dict[str, Receivable] = {}
    home = services.rules.company.currency
    for page in receivables(services.netsuite, month.first, month.day, home):
        found.update(
            (i.id, _receivable(i, later.get(i.id, Decimal(0)), last.get(i.id))) for i in page if not i.problem
        )
        services.progress("invoices", len(found), 0)
    return found


def _receivable(invoice: Invoice, later: Decimal, last: date | None) -> Receivable:
    """`last`: day of its last payment, where it is known; else the closing day, when somebody applied it."""
    is_open = invoice.status == "A"
    return Receivable(
        invoice.id,
        invoice.number,
        invoice.customer_id,
        invoice.currency,
        invoice.issued,
        invoice.due_date,
        None if is_open else last or invoice.paid_on,
        invoice.total,
        (invoice.balance if is_open else Decimal(0)) + later,
        is_open,
    )


def _invoice_ids(
    reminders: Iterable[tuple[ReportedReminder, ...]],
    inbound: Iterable[InboundRow],
    promises: Iterable[PromiseRow],
) -> set[str]:
    ids = {reminder.invoice_id for each in reminders for reminder in each}
    ids |= {invoice_id for row in inbound for invoice_id in row.invoice_ids}
    return ids | {promise.invoice_id for promise in promises if promise.invoice_id}


def _reminded(services: Services, invoice_ids: Iterable[str]) -> dict[str, list[datetime]]:
    found: dict[str, list[datetime]] = {}
    for one in reporting.reminded(services.store, invoice_ids):
        found.setdefault(one.invoice_id, []).append(one.at)
    return found


def _patterns(
    services: Services,
    month: Month,
    messages: Iterable[ReportedMessage],
    answers: Mapping[str, list[datetime]],
) -> tuple[Pattern, ...]:
    """Of the customers written to in the month, over the year before its end."""
    customers = sorted({m.customer_id for m in messages if m.outcome is Outcome.SENT})
    first = month.day - LOOK_BACK
    late: dict[str, list[int]] = {customer_id: [] for customer_id in customers}
    for page in settled_since(services.netsuite, first) if customers else ():
        for paid in page:
            if paid.customer_id in late and paid.closed <= month.day:
                late[paid.customer_id].append((paid.closed - paid.due).days)
    since = month.since - LOOK_BACK
    answered = [customer_id for customer_id in customers if customer_id in answers]
    written = reporting.written_to_customers(services.store, answered, since - ANSWERED_WITHIN)
    return tuple(
        pattern(id_, late[id_], answer_times(written.get(id_, []), _until(answers.get(id_, []), month)))
        for id_ in customers
    )


def _until(answers: Iterable[datetime], month: Month) -> list[datetime]:
    return [answer for answer in answers if answer < month.until]


def _names(
    services: Services,
    messages: Iterable[ReportedMessage],
    inbound: Iterable[InboundRow],
    promises: Iterable[PromiseRow],
) -> dict[str, str]:
    names = {message.customer_id: message.customer for message in messages if message.customer}
    others = {row.customer_id for row in inbound if row.customer_id}
    others |= {promise.customer_id for promise in promises}
    missing = sorted(others - names.keys())
    return {**reporting.customer_names(services.store, missing), **names}
