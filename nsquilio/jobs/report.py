"""The month-end report: everything that stands in it, computed once, for any form it is written in.

Reads the state file (as a copy) and NetSuite; sends and writes nothing. `render` turns it into HTML, CSV and
XLSX, which therefore agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from nsquilio.jobs import report_messages as messages
from nsquilio.jobs import report_money as money
from nsquilio.jobs.patterns import Pattern
from nsquilio.jobs.report_facts import Facts, Month, Receivable, gather, month_of
from nsquilio.jobs.report_history import HistoryRow, history
from nsquilio.jobs.report_messages import ClaimRow, DayRow, FailureRow, Figure, StepRow
from nsquilio.jobs.report_money import AgeingRow, CostRow, PaymentRow
from nsquilio.jobs.services import Services
from nsquilio.store import InboundRow, OptOut, PromiseRow
from nsquilio.store.reporting import ReportedMessage


@dataclass(frozen=True, slots=True)
class Report:
    """`history`: read anew from the state file at each call, a line at a time; `head`: the audit head now."""

    month: Month
    made_at: datetime
    profile: str
    company: str
    head: str
    figures: tuple[Figure, ...]
    steps: tuple[StepRow, ...]
    failures: tuple[FailureRow, ...]
    days: tuple[DayRow, ...]
    ageing: tuple[AgeingRow, ...]
    costs: tuple[CostRow, ...]
    promises: tuple[PromiseRow, ...]
    claims: tuple[ClaimRow, ...]
    disputes: tuple[InboundRow, ...]
    opt_outs: tuple[OptOut, ...]
    patterns: tuple[Pattern, ...]
    payments: tuple[PaymentRow, ...]
    messages: tuple[ReportedMessage, ...]
    receivables: tuple[Receivable, ...]
    history: Callable[[], Iterator[HistoryRow]]
    number: Callable[[str], str]
    name: Callable[[str], str]

    def figure(self, name: str, currency: str = "") -> Figure | None:
        return next((f for f in self.figures if (f.name, f.currency) == (name, currency)), None)


def report(services: Services, month: str) -> Report:
    """`month`: "2026-03". Raises WrongUsage for what is no month, ServiceFailed when NetSuite fails."""
    span = month_of(month, services.rules.company.time_zone, services.clock())
    return _report(gather(services, span), services)


def _report(facts: Facts, services: Services) -> Report:
    seq, digest = facts.head
    largest = sorted(money.open_then(facts), key=lambda r: (r.currency, -r.open_then, r.number))
    return Report(
        month=facts.month,
        made_at=facts.now,
        profile=services.rules.profile,
        company=services.rules.company.name,
        head=f"{seq}:{digest}",
        figures=tuple(_figures(facts)),
        steps=tuple(messages.step_rows(facts)),
        failures=tuple(messages.failure_rows(facts)),
        days=tuple(messages.day_rows(facts)),
        ageing=tuple(money.ageing_rows(facts)),
        costs=tuple(money.cost_rows(facts)),
        promises=tuple(messages.promises_due(facts)),
        claims=tuple(messages.claim_rows(facts)),
        disputes=tuple(messages.of_kind(facts, "dispute")),
        opt_outs=facts.opt_outs,
        patterns=facts.patterns,
        payments=tuple(money.payment_rows(facts)),
        messages=facts.messages,
        receivables=tuple(largest),
        history=lambda: history(services.store, facts),
        number=facts.number,
        name=facts.name,
    )


def _figures(facts: Facts) -> list[Figure]:
    return [
        *messages.message_figures(facts),
        *messages.answer_figures(facts),
        *money.payment_figures(facts),
        *money.receivable_figures(facts),
        *money.cost_figures(facts),
    ]
