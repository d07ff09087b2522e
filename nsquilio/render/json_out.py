"""JSON objects as scripts read them: spec section 3, "Output"."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from nsquilio.core.model import Money
from nsquilio.core.money_words import minor_digits
from nsquilio.errors import NsquilioError


def utc(instant: datetime | None) -> str | None:
    """ISO 8601, UTC, whole seconds, with a Z."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if instant else None


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def money(value: Money | None) -> dict[str, str] | None:
    """With the digits of the currency: `1250.00` dollars, `1250` yen."""
    if value is None:
        return None
    return {"amount": amount(value), "currency": value.currency}


def amount(value: Money) -> str:
    """Without the currency. Nearly every amount has the right digits as it came, and formatting takes its time."""
    digits, written = minor_digits(value.currency), str(value.amount)
    return written if written[-digits - 1 : -digits] == "." else f"{value.amount:.{digits}f}"


def cost(value: Decimal | None) -> dict[str, str] | None:
    """US dollars; a segment costs parts of a cent, so up to four digits."""
    if value is None:
        return None
    whole, _, fraction = f"{value:.4f}".partition(".")
    return {"amount": f"{whole}.{fraction.rstrip('0').ljust(2, '0')}", "currency": "USD"}


def error_object(problem: NsquilioError) -> dict[str, Any]:
    return {
        "schema": "nsquilio.error.v1",
        "code": problem.code,
        "message": problem.message,
        "next": problem.next,
        "exit_code": problem.exit_code,
    }
