"""Texts that Twilio keeps for later or has just taken: the poll does not list what has no date of sending.

Another machine may have handed them over, or a state file that is lost. The list without dates is read from
its newest row back to what cannot be waiting any more; where it is not newest first, to its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from nsquilio.jobs.foreign import when
from nsquilio.jobs.services import Services
from nsquilio.remote.twilio_rows import MessageRow

WAITS = timedelta(days=10)
"""Texts leave at the next opening of the contact hours; holidays and a week-end are behind them by then."""


def undated_texts(services: Services, now: datetime) -> Iterator[MessageRow]:
    """Outbound rows without a date of sending."""
    oldest = now + min(services.twilio.skew or timedelta(), timedelta()) - WAITS
    newest: datetime | None = None
    for page in services.twilio.messages():
        yield from (row for row in page.rows if not row.is_inbound and row.sent_at is None)
        times = [at for row in page.rows if (at := when(row))]
        if not times:
            continue
        newest = newest or times[0]
        comes_newest_first = newest >= times[0] >= times[-1]
        if comes_newest_first and max(times) < oldest:
            return
