"""Options that several commands share, and how their texts become values."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from nsquilio.errors import WrongUsage


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"


class RowFormat(StrEnum):
    TABLE = "table"
    JSON = "json"
    CSV = "csv"


FormatOption = Annotated[Format, typer.Option("--format", help="How the result is printed.")]
RowFormatOption = Annotated[RowFormat, typer.Option("--format", help="How the result is printed.")]

_FIRST_YEAR, _LAST_YEAR = 2000, 2100
MORNING = time(9, 0)
"""What `--as-of DATE` means by a day: the morning of the company's business hours."""


def moment(text: str, zone: str) -> datetime:
    """`2026-03-02` (09:00 in the company's zone), or an ISO 8601 time (the company's zone where it names none)."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise WrongUsage(
            f"{text!r} is neither a date nor a time.", "Write 2026-03-02 or 2026-03-02T14:30."
        ) from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise WrongUsage(f"{text!r} lies too far away.", f"Name a day from {_FIRST_YEAR} to {_LAST_YEAR}.")
    if len(text.strip()) <= 10:
        found = datetime.combine(found.date(), MORNING)
    local = found if found.tzinfo else found.replace(tzinfo=ZoneInfo(zone))
    return local.astimezone(UTC)


def day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise WrongUsage(f"{text!r} is not a date.", "Write it as 2026-03-09.") from None
