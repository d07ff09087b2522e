"""Instants as Twilio writes and reads them. Inside the sandbox they are seconds since 1970, UTC."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

from nsquilio.sandbox.twilio_rules import Refusal

DAY_S = 86_400
_ISO_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_US_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})\b.*")


def rfc2822(seconds: float | None) -> str | None:
    """`Thu, 24 Aug 2023 05:01:45 +0000`, or None. Made by hand: a page holds 3,000 of them."""
    if seconds is None:
        return None
    day, rest = divmod(int(seconds), DAY_S)
    return f"{_day(day)} {rest // 3600:02d}:{rest // 60 % 60:02d}:{rest % 60:02d} +0000"


@lru_cache(maxsize=4096)
def _day(day: int) -> str:
    at = time.gmtime(day * DAY_S)
    weekday = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[at.tm_wday]
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{weekday}, {at.tm_mday:02d} {months[at.tm_mon - 1]} {at.tm_year}"


def iso(seconds: float | None) -> str | None:
    """`2010-08-31T20:36:28Z`, or None."""
    if seconds is None:
        return None
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def day_start(text: str) -> float:
    """Midnight UTC of the day a v2010 list filter names; only the date counts, whatever else is given
    (facts/twilio.md section 2, granularity). Raises Refusal 20001."""
    given = text.strip()
    try:
        return _day_of(given).timestamp()
    except (ValueError, TypeError, IndexError, OverflowError):
        raise Refusal(20001, value=text) from None


def _day_of(given: str) -> datetime:
    if _ISO_DAY.fullmatch(given):
        year, month, day = (*(int(part) for part in given.split("-")), 1, 1)[:3]
        return datetime(year, month, day, tzinfo=UTC)
    american = _US_DAY.fullmatch(given)
    if american:
        return datetime(int(american[3]), int(american[1]), int(american[2]), tzinfo=UTC)
    at = parsedate_to_datetime(given) if given[:1].isalpha() else datetime.fromisoformat(given)
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def instant(text: str) -> float | None:
    """An ISO 8601 time with a zone, as `SendAt` and the v2 filters take it; None when it is not one."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return None if at.tzinfo is None else at.timestamp()


def days_ago(now: float, days: int) -> float:
    return now - timedelta(days=days).total_seconds()
