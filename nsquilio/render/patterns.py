"""How a customer pays and answers, in two lines: what opens the conversation of `audit list --customer`."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from nsquilio.jobs.patterns import ENOUGH, Pattern

NOT_ENOUGH = f"not enough data (fewer than {ENOUGH})"


def pattern_lines(pattern: Pattern) -> list[str]:
    """Of the last year; the medians with the number of cases behind them."""
    return [
        f"Pays: {_days(pattern.days_late)}, n = {pattern.paid} paid in the last year",
        f"Answers: {_hours(pattern.answer_hours)}, n = {pattern.answers} in the last year",
    ]


def pattern_object(pattern: Pattern) -> dict[str, Any]:
    """`median_*` are null when there are fewer than five cases."""
    return {
        "customer_id": pattern.customer_id,
        "median_days_late": _number(pattern.days_late),
        "invoices_paid": pattern.paid,
        "median_answer_hours": _number(pattern.answer_hours),
        "answers": pattern.answers,
    }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{_tenth(value):f}"


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _days(late: Decimal | None) -> str:
    if late is None:
        return NOT_ENOUGH
    days = f"{abs(_tenth(late)).normalize():f}"
    if late == 0:
        return "on the due date (median)"
    return f"{days} days {'after' if late > 0 else 'before'} the due date (median)"


def _hours(hours: Decimal | None) -> str:
    if hours is None:
        return NOT_ENOUGH
    if hours >= 48:
        return f"after {_tenth(hours / 24).normalize():f} days (median)"
    return f"after {_tenth(hours).normalize():f} hours (median)"
