"""How values stand in columns: instants, days, money, lists. Never a query, never a connection.

Instants are written with microseconds and "Z" always, so that comparing texts compares times.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any


def instant_text(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("an instant without a time zone does not belong into the state file")
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def maybe_instant_text(at: datetime | None) -> str | None:
    return None if at is None else instant_text(at)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def maybe_instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def maybe_day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def day(text: str) -> date:
    return date.fromisoformat(text)


def maybe_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def amount_text(amount: Decimal) -> str:
    return format(amount, "f")


def maybe_amount_text(amount: Decimal | None) -> str | None:
    return None if amount is None else format(amount, "f")


def maybe_amount(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def list_text(values: Iterable[str]) -> str:
    """A JSON list; also how many values are given to one query: `IN (SELECT value FROM json_each(:keys))`."""
    return json.dumps(list(values), ensure_ascii=False)


def texts(text: str | None) -> tuple[str, ...]:
    return () if not text else tuple(json.loads(text))


def object_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def object_or_none(text: str | None) -> Any:
    return None if text is None else json.loads(text)
