"""JSON objects as scripts read them: spec section 3, "Output"."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from nsquilio.core.model import Money
from nsquilio.errors import NsquilioError


def utc(instant: datetime | None) -> str | None:
    """ISO 8601, UTC, whole seconds, with a Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if instant else None


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def money(value: Money | None) -> dict[str, str] | None:
    return None if value is None else {"amount": amount(value.amount), "currency": value.currency}


def amount(value: Decimal) -> str:
    """Plain digits, at least two after the point where there are any."""
    text = f"{value:f}"
    whole, point, fraction = text.partition(".")
    return f"{whole}.{fraction.ljust(2, '0')}" if point else f"{whole}.00"


def error_object(problem: NsquilioError) -> dict[str, Any]:
    return {
        "schema": "nsquilio.error.v1",
        "code": problem.code,
        "message": problem.message,
        "next": problem.next,
        "exit_code": problem.exit_code,
    }
