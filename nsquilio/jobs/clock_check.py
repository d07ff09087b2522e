"""Refuses to send on a wrong clock: hours, deadlines and the order of events all hang on it.

Limits: facts, delivery-and-storage §2.4 (120 s off, 5 minutes back).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from nsquilio.errors import Braked
from nsquilio.jobs.services import Services

MOST_OFF = timedelta(seconds=120)
MOST_BACK = timedelta(minutes=5)


_GOOD = "clock.good"


def check_not_back(services: Services) -> None:
    """Before the run writes its first event. Raises `Braked` when the clock stood further once and was right.

    An event of the future alone proves nothing: a run may have begun on a clock that was far ahead, and must not
    keep every later one from sending until that day comes.
    """
    now = services.clock()
    good = services.store.runs.cursor(_GOOD)
    last = datetime.fromisoformat(good) if good else None
    if last is not None and now < last - MOST_BACK:
        raise Braked(
            f"This machine's clock says {now:%Y-%m-%d %H:%M} UTC, but it agreed with the services at"
            f" {last:%Y-%m-%d %H:%M} UTC. Nothing was sent.",
            "Set the clock (timedatectl set-ntp true), then run again.",
            code="clock_back",
        )


def check_skew(services: Services) -> None:
    """Compares with the Date of every service heard so far. Raises `Braked`."""
    for name, skew in _skews(services):
        if skew is not None and abs(skew) > MOST_OFF:
            ahead = "behind" if skew > timedelta() else "ahead of"
            raise Braked(
                f"This machine's clock is {_words(abs(skew))} {ahead} {name}'s. Nothing was sent.",
                "Set the clock (timedatectl set-ntp true), then run again.",
                code="clock_off",
            )
    note_good_clock(services)


def note_good_clock(services: Services) -> None:
    """Remembers the latest time at which this clock agreed with a service."""
    skews = [skew for _name, skew in _skews(services) if skew is not None]
    if not skews or any(abs(skew) > MOST_OFF for skew in skews):
        return
    good, now = services.store.runs.cursor(_GOOD), services.clock()
    if good is None or datetime.fromisoformat(good) < now:
        services.store.runs.set_cursor(_GOOD, now.isoformat())


def _skews(services: Services) -> list[tuple[str, timedelta | None]]:
    return [("NetSuite", services.netsuite.skew), ("Twilio", services.twilio.skew)]


def _words(off: timedelta) -> str:
    minutes = int(off.total_seconds() // 60)
    return f"{minutes} minutes" if minutes < 180 else f"{minutes // 60} hours"
