"""Contact hours as people write them: `{mon-fri: "09:00-20:00", sat: none}` to one window for each weekday.

Days may stand alone, as ranges and as lists ("mon,wed-fri"); a day left out is closed. Which hours the law
allows is not checked: the administrator decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from nsquilio.config.fields import clock, nearest
from nsquilio.config.problems import shown
from nsquilio.config.section import Section
from nsquilio.config.yaml_source import Mapping, Node, Scalar
from nsquilio.core.rules import END_OF_DAY, Hours

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FULL_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FULL = dict(zip(_FULL_NAMES, DAYS, strict=True))
Window = tuple[time, time] | None


def read_hours(section: Section, key: str, default: Hours | None) -> Hours | None:
    """The hours under `key`; None: any hour, written `any`."""
    found = section.node(key)
    if found is None:
        if section.has(key):
            section.problem(key, 'has no value; write any, or hours like {mon-fri: "09:00-20:00"}')
        return default
    node = found[1]
    if isinstance(node, Scalar) and node.text == "any":
        return None
    if not isinstance(node, Mapping):
        section.problem(key, 'must be any, or hours like {mon-fri: "09:00-20:00", sun: none}')
        return default
    return _from_days(section.sub(key))


def _from_days(days: Section) -> Hours:
    windows: dict[int, Window] = {}
    problems_before = len(days.known.problems.found)
    for key, node in days.open_keys():
        window = _window_of(days, key, node)
        for day in _days_of(days, key):
            if day in windows:
                days.problem(key, f"{DAYS[day]} is given twice; each day takes one window")
            windows[day] = window
    if not any(windows.values()) and len(days.known.problems.found) == problems_before:
        days.problem("", "is closed on every day, so nothing could ever be sent")
    return Hours(tuple(windows.get(day) for day in range(7)))


def _days_of(days: Section, key: str) -> list[int]:
    try:
        return [day for part in key.split(",") for day in _range(part.strip())]
    except ValueError as error:
        days.problem(key, str(error))
        return []


def _range(part: str) -> Iterator[int]:
    first, dash, last = part.partition("-")
    begin = _day(first.strip())
    end = _day(last.strip()) if dash else begin
    # sat-mon runs over the end of the week.
    yield from ((begin + offset) % 7 for offset in range((end - begin) % 7 + 1))


def _day(name: str) -> int:
    lower = name.lower()
    short = _FULL.get(lower, lower)
    if short not in DAYS:
        near = nearest(lower, [*DAYS, *_FULL])
        raise ValueError(
            f"{shown(name)} is no day{near or '; days are ' + ', '.join(DAYS) + ' and ranges like mon-fri'}"
        )
    return DAYS.index(short)


def _window_of(days: Section, key: str, node: Node) -> Window:
    return (days.value(key, node, _window) or (None,))[0]


def _window(value: str) -> tuple[Window]:
    """In a tuple, because a closed day is None and so is a value that could not be read."""
    if value == "none":
        return (None,)
    if value == "any":
        return ((time(0), END_OF_DAY),)
    opening, dash, closing = value.partition("-")
    if not dash:
        raise ValueError(f'{shown(value)} is not a window; write it like "09:00-20:00", none or any')
    begin, end = clock(opening.strip()), clock(closing.strip())
    if begin >= end:
        raise ValueError(f"{shown(value)} closes before it opens; a window lies within one day")
    return ((begin, end),)
