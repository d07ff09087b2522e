"""How values stand in columns: instants, days, money, lists. Never a query, never a connection.

Instants are written with microseconds and "Z" always, so that comparing texts compares times.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from nsquilio.core.chain import canonical_texts

# Made once: `json.dumps` with options makes an encoder for each call, most of its cost on short values.
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str).encode


def instant_text(at: datetime) -> str:
    if at.tzinfo is not UTC:
        at = _in_utc(at)
    text = at.isoformat()  # half of the time that it takes with `timespec`
    return f"{text[:-6]}Z" if at.microsecond else f"{text[:-6]}.000000Z"


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant without a time zone does not belong into the state file")
    return at.astimezone(UTC)


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
    return canonical_texts(values)


def numbers_text(numbers: Iterable[int]) -> str:
    """The same for numbers of rows."""
    return f"[{','.join(map(str, numbers))}]"


def texts(text: str | None) -> tuple[str, ...]:
    return () if not text else tuple(json.loads(text))


def object_text(value: object) -> str:
    return _encode(value)


def object_or_none(text: str | None) -> Any:
    return None if text is None else json.loads(text)
