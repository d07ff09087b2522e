"""Brakes: rules that stop a run before its first send (spec section 7). Each says what it saw and what is usual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from nsquilio.core.model import Message
from nsquilio.jobs.services import Services

USUAL_DAYS = 35
NEVER_UNUSUAL = 50  # so many messages are no brake for `times_usual`, however quiet the weeks before
MANY_INVOICES = 10  # a last run that read fewer says nothing when this one reads none

Usual = tuple[str, int] | None
"""A day and its messages."""


@dataclass(frozen=True, slots=True)
class Brake:
    """`code`: stable name. `by_plan`: any plan lifts it, because a person has looked; else only a plan of nothing.

    `look`: what to do before that.
    """

    code: str
    saw: str
    by_plan: bool = True
    look: str = "Look at it with `nsquilio remind --dry-run`; to send just that"


def brake_for(
    messages: Sequence[Message], invoices_read: int, services: Services, usual: Usual
) -> Brake | None:
    """The first brake that the run meets; None when it may go on. `usual`: what `usual_most` found."""
    return (
        _nothing_read(invoices_read, services)
        or _first_run(len(messages), services)
        or _too_many(len(messages), services, usual)
        or _too_dear(messages, services, usual)
        or _unusual(len(messages), services, usual)
    )


def _nothing_read(invoices_read: int, services: Services) -> Brake | None:
    before = services.store.runs.previous_invoice_count()
    if invoices_read or before is None or before < MANY_INVOICES:
        return None
    saw = (
        f"NetSuite returned no open invoice, while the last run read {before}. A role that lost a permission, or a"
        " subsidiary that was renamed, looks like this"
    )
    return Brake("nothing_read", saw, by_plan=False, look="Run `nsquilio doctor`; if nothing is open indeed")


def _first_run(count: int, services: Services) -> Brake | None:
    most = services.rules.limits.first_run
    if count <= most or services.store.messages.has_sent():
        return None
    return Brake(
        "first_run",
        f"This profile has never sent anything, and {count} messages would go out (first_run: {most})",
    )


def _too_many(count: int, services: Services, usual: Usual) -> Brake | None:
    most = services.rules.limits.messages_per_run
    if count <= most:
        return None
    saw = f"{count} messages would go out (messages_per_run: {most}); {_usual_words(usual)}"
    return Brake("messages_per_run", saw)


def _too_dear(messages: Sequence[Message], services: Services, usual: Usual) -> Brake | None:
    cost, most = total_cost(messages), services.rules.limits.cost_per_run
    if cost <= most:
        return None
    saw = f"{len(messages)} messages would cost about USD {cost:.2f} (cost_per_run: {most})"
    return Brake("cost_per_run", f"{saw}; {_usual_words(usual)}")


def _usual_words(usual: Usual) -> str:
    if usual is None:
        return f"nothing was sent in the last {USUAL_DAYS} days"
    return f"the busiest of the last {USUAL_DAYS} days, {usual[0]}, had {usual[1]}"


def total_cost(messages: Sequence[Message]) -> Decimal:
    """US dollars, of the texts whose price is known."""
    return sum((m.estimated_cost for m in messages if m.estimated_cost is not None), Decimal(0))


def _unusual(count: int, services: Services, usual: Usual) -> Brake | None:
    times = services.rules.limits.times_usual
    if usual is None or count <= max(NEVER_UNUSUAL, times * usual[1]):
        return None
    saw = f"{count} messages would go out; {_usual_words(usual)} (times_usual: {times})"
    return Brake("times_usual", saw)


def usual_most(services: Services, now: datetime) -> Usual:
    """The busiest day of the last five weeks and its messages; None when nothing was sent in them."""
    since = now - timedelta(days=USUAL_DAYS)
    busiest = services.store.messages.busiest_day(since, ZoneInfo(services.rules.company.time_zone))
    return (busiest[0].isoformat(), busiest[1]) if busiest else None
