"""When a message may arrive: the hours that are allowed in every zone the recipient may be in, at once.

Everything is computed from UTC instants. A window is never built by turning a local time into an instant,
because on the days clocks change some local times do not exist and others happen twice; instead each stretch
of a constant offset is laid over the local day, which is exact in gaps, folds and on days that a country left
out.

Sends nothing, reads no clock, and never decides whether a zone is known: a recipient without zones is never
inside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain
from zoneinfo import ZoneInfo

from nsquilio.core.holidays_of import Places, holiday_name
from nsquilio.core.model import Reason
from nsquilio.core.rules import END_OF_DAY, Hours

LONGEST_VALIDITY_S = 36_000
"""Twilio's ValidityPeriod is 1 to 36,000 seconds (twilio.md, section 1)."""
CLOSING_GUARD = timedelta(minutes=5)
SOONEST_SCHEDULE = timedelta(minutes=6)
"""Twilio refuses a SendAt less than 300 seconds away (35114); a minute is for the request to get there."""
FURTHEST_SCHEDULE = timedelta(days=35)

_HORIZON_DAYS = 37
_DAY = timedelta(days=1)
_ANY_HOUR = Hours(((time.min, END_OF_DAY),) * 7)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

Interval = tuple[datetime, datetime]
"""From the first instant inside to the first one outside, both UTC."""


@dataclass(frozen=True, slots=True)
class Now:
    """May arrive now. `validity_s`: until closing, at most what Twilio takes."""

    validity_s: int


@dataclass(frozen=True, slots=True)
class At:
    """May not arrive now, but can be handed over to leave at `send_at`; it dies `validity_s` later, at
    closing.
    """

    send_at: datetime
    validity_s: int
    reason: Reason
    words: str


@dataclass(frozen=True, slots=True)
class Wait:
    """May not arrive now. `not_before`: the next allowed instant; None when none comes within five weeks."""

    not_before: datetime | None
    reason: Reason
    words: str


Arrival = Now | At | Wait


@lru_cache(maxsize=65_536)
def arrival(
    now: datetime, zones: tuple[str, ...], hours: Hours | None, places: Places, *, schedule_ahead: bool
) -> Arrival:
    """When a message to someone in `zones` may arrive (spec, sections 6 and 7).

    `hours` None: any hour. `places`: whose public holidays keep it away (`holiday_places`), () for none.
    `schedule_ahead`: the service can hold it until later. Less than five minutes before closing counts as
    closed.
    """
    if hours is None and not places:
        return Now(LONGEST_VALIDITY_S)
    window = hours or _ANY_HOUR
    usable = _usable(now, zones, window, places)
    first = next(usable, None)
    if first is not None and first[0] <= now:
        return Now(_validity_s(now, first[1]))
    reason, why = _what_keeps_it(now, zones, window, places)
    opening = first[0] if first else None
    words = f"{why}; {_next_words(opening, now, zones)}"
    if schedule_ahead and first:
        send_at, closing = _scheduled(now, chain((first,), usable))
        if send_at <= now + FURTHEST_SCHEDULE:
            return At(send_at, _validity_s(send_at, closing), reason, words)
    return Wait(opening, reason, words)


def _usable(now: datetime, zones: tuple[str, ...], hours: Hours, places: Places) -> Iterator[Interval]:
    """Intervals, from `now` on, with at least five minutes left."""
    for start, end in _coming(now, zones, hours, places):
        if end - max(start, now) >= CLOSING_GUARD:
            yield start, end


def _scheduled(now: datetime, usable: Iterable[Interval]) -> Interval:
    """(SendAt, closing): the opening or six minutes from now, at the latest five minutes before closing."""
    soonest = _whole_second(now + SOONEST_SCHEDULE)
    for start, end in usable:
        send_at = max(start, soonest)
        if send_at <= end - CLOSING_GUARD:
            return send_at, end
    never = now + FURTHEST_SCHEDULE + _DAY
    return never, never


def _whole_second(instant: datetime) -> datetime:
    rounded = instant.replace(microsecond=0)
    return rounded if rounded == instant else rounded + timedelta(seconds=1)


def _validity_s(start: datetime, closing: datetime) -> int:
    return min(LONGEST_VALIDITY_S, int((closing - start).total_seconds()))


def local_day(instant: datetime, zones: Sequence[str]) -> date:
    """The recipient's day then: the earliest one where the zones disagree; UTC's without any zone."""
    return min((_local(instant, zone).date() for zone in zones), default=instant.astimezone(UTC).date())


def open_intervals(
    zones: Sequence[str],
    hours: Hours,
    is_holiday: Callable[[date], bool],
    start: datetime,
    until: datetime,
) -> list[Interval]:
    """What is inside the hours in every zone, between `start` and `until`; nothing without zones."""
    common: list[Interval] = [(start, until)] if zones and start < until else []
    for zone in zones:
        common = _both(common, _open_in(zone, hours, is_holiday, start, until))
    return common


def _open_in(
    zone: str, hours: Hours, is_holiday: Callable[[date], bool], start: datetime, until: datetime
) -> list[Interval]:
    found: list[Interval] = []
    day = start.astimezone(UTC).date() - _DAY
    last = until.astimezone(UTC).date() + _DAY
    while day <= last:
        window = hours.by_weekday[day.weekday()]
        if window and not is_holiday(day):
            found.extend(_open_on_day(zone, day, window))
        day += _DAY
    return _merged(found)


@lru_cache(maxsize=65_536)
def _open_on_day(zone: str, day: date, window: tuple[time, time]) -> tuple[Interval, ...]:
    """The instants of one local day inside one window; two stretches when the clock goes back out of it and
    in again.
    """
    midnight = datetime.combine(day, time.min, UTC)
    opening, closing = _since_midnight(window[0]), _since_midnight(window[1])
    stretches = (
        (max(start, midnight + opening - offset), min(end, midnight + closing - offset))
        for start, end, offset in _constant_offsets(zone, midnight)
    )
    return tuple((start, end) for start, end in stretches if start < end)


def _since_midnight(clock: time) -> timedelta:
    if clock == END_OF_DAY:
        return _DAY
    return timedelta(
        hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond
    )


def _constant_offsets(zone: str, midnight: datetime) -> list[tuple[datetime, datetime, timedelta]]:
    """The stretches of one offset that can touch the local day beginning at `midnight` (written as UTC).

    Four hours are far less than any two changes of a clock are apart.
    """
    step, place = timedelta(hours=4), ZoneInfo(zone)
    start, last = midnight - timedelta(hours=28), midnight + timedelta(hours=52)
    found = []
    at = start
    while at < last:
        offset, later = _offset(place, at), _offset(place, at + step)
        if offset != later:
            change = _change_between(place, at, at + step)
            found.append((start, change, offset))
            start = change
        at += step
    found.append((start, at, _offset(place, at)))
    return found


def _change_between(place: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first second of the new offset."""
    old = _offset(place, before)
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if _offset(place, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(place: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(place).utcoffset() or timedelta()


def _merged(intervals: list[Interval]) -> list[Interval]:
    """Without touching neighbours: a day that ends at 24:00 goes on at 00:00."""
    found: list[Interval] = []
    for start, end in sorted(intervals):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _both(left: list[Interval], right: list[Interval]) -> list[Interval]:
    overlaps = ((max(a, c), min(b, d)) for a, b in left for c, d in right)
    return [(start, end) for start, end in overlaps if start < end]


def _coming(now: datetime, zones: tuple[str, ...], hours: Hours, places: Places) -> Iterator[Interval]:
    """Open intervals that end after `now`, in order, joined over the borders of UTC days, for five weeks."""
    today = now.astimezone(UTC).date()
    pending: Interval | None = None
    for n in range(_HORIZON_DAYS):
        for start, end in _open_on_utc_day(today + n * _DAY, zones, hours, places):
            if pending and pending[1] == start:
                pending = (pending[0], end)
                continue
            if pending and pending[1] > now:
                yield pending
            pending = (start, end)
    if pending and pending[1] > now:
        yield pending


@lru_cache(maxsize=65_536)
def _open_on_utc_day(day: date, zones: tuple[str, ...], hours: Hours, places: Places) -> tuple[Interval, ...]:
    midnight = datetime.combine(day, time.min, UTC)
    return tuple(
        open_intervals(zones, hours, lambda d: bool(holiday_name(d, places)), midnight, midnight + _DAY)
    )


def _local(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone))


def _what_keeps_it(now: datetime, zones: tuple[str, ...], hours: Hours, places: Places) -> tuple[Reason, str]:
    """The reason and its words: hours come before holidays, as in the specification's order."""
    if not zones:
        return Reason.CONTACT_HOURS, "the recipient's time zone is not known"
    for zone in zones:
        if not _is_inside(now, zone, hours):
            return Reason.CONTACT_HOURS, _hours_words(now, zone, hours)
    for zone in zones:
        name = holiday_name(_local(now, zone).date(), places)
        if name:
            return Reason.HOLIDAY, f"{_day_and_time(now, zone)} is a public holiday ({name})"
    return Reason.CONTACT_HOURS, _hours_words(now, zones[0], hours)


def _is_inside(now: datetime, zone: str, hours: Hours) -> bool:
    """Inside this zone's hours with five minutes left, whatever the holidays."""
    today = now.astimezone(UTC).date()
    stretches = _open_in(zone, hours, lambda day: False, now, datetime.combine(today, time.max, UTC))
    return any(start <= now and end - now >= CLOSING_GUARD for start, end in stretches)


def _hours_words(now: datetime, zone: str, hours: Hours) -> str:
    local = _local(now, zone)
    window = hours.by_weekday[local.weekday()]
    allowed = f"{_clock(window[0])}-{_clock(window[1])}" if window else "none"
    return f"{_day_and_time(now, zone)} is outside contact hours ({_WEEKDAYS[local.weekday()]} {allowed})"


def _clock(clock: time) -> str:
    return "24:00" if clock == END_OF_DAY else clock.strftime("%H:%M")


def _day_and_time(instant: datetime, zone: str) -> str:
    local = _local(instant, zone)
    return f"{_WEEKDAYS[local.weekday()]} {local:%Y-%m-%d %H:%M} {zone}"


def _next_words(opening: datetime | None, now: datetime, zones: tuple[str, ...]) -> str:
    if opening is not None:
        others = f", allowed in all of {', '.join(zones)}" if len(zones) > 1 else ""
        return f"next allowed minute: {_day_and_time(opening, zones[0])}{others}"
    if len(zones) > 1:
        return f"no minute is inside the hours in all of {', '.join(zones)}: state the customer's time zone"
    return "no minute of the next five weeks is allowed: see contact_rules.hours"
