"""What is usual on such a day of the week, so that an unusual plan is seen before it is sent."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from nsquilio.core.rules import Rules
from nsquilio.jobs.patterns import median
from nsquilio.jobs.reading import company_day
from nsquilio.store import Store, reporting

WEEKS = 5


def usual_messages(store: Store, rules: Rules, now: datetime) -> int | None:
    """Median number of messages on this weekday in the last five weeks; None before the first of them.

    A weekday on which nothing went out counts as none, since the profile's first message.
    """
    today = company_day(rules, now)
    zone = ZoneInfo(rules.company.time_zone)
    by_day = reporting.messages_by_day(store, now - timedelta(weeks=WEEKS, days=1), zone)
    before = [day for day in by_day if day < today]
    if not before:
        return None
    counts = [by_day[day] for day in _same_weekdays(today) if day >= min(before)]
    return int(median(counts)) if counts else None


def _same_weekdays(today: date) -> list[date]:
    return [today - timedelta(weeks=n) for n in range(1, WEEKS + 1)]
