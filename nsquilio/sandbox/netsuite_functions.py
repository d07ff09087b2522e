"""The functions that translated SuiteQL calls inside SQLite: Oracle's dates, formats and a few others.

Inside a statement a date is text: `YYYY-MM-DD`, or `YYYY-MM-DD HH:MM:SS` when it has a time, in the session's
zone. Columns of moments stand in UTC (`netsuite_tables`) and are turned by `nsq_local` and `nsq_utc`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from nsquilio.sandbox.netsuite_tables import STATUSES, TYPES
from nsquilio.sandbox.world import World

_DATABASE_ZONE = ZoneInfo("America/Los_Angeles")  # SYSDATE is the servers' time, whatever the session's zone
DEFAULT_DATE_FORMAT = "M/D/YYYY"

_ORACLE_WORDS = {
    "YYYY": "%Y",
    "YY": "%y",
    "MONTH": "%B",
    "MON": "%b",
    "MM": "%m",
    "DDD": "%j",
    "DD": "%d",
    "DAY": "%A",
    "DY": "%a",
    "HH24": "%H",
    "HH12": "%I",
    "HH": "%I",
    "MI": "%M",
    "SS": "%S",
    "AM": "%p",
    "PM": "%p",
}
_ORACLE_TOKEN = re.compile(
    r'"([^"]*)"|(' + "|".join(sorted(_ORACLE_WORDS, key=len, reverse=True)) + r")|([-/.,:; ])", re.I
)


@lru_cache(256)
def strftime_of(oracle: str) -> str:
    """Python's format for an Oracle one; ValueError for what is not known here."""
    made, at = "", 0
    while at < len(oracle):
        token = _ORACLE_TOKEN.match(oracle, at)
        if token is None:
            raise ValueError(f"date format {oracle!r} not recognized")
        quoted, word, mark = token.groups()
        made += _ORACLE_WORDS[word.upper()] if word else (quoted or mark or "").replace("%", "%%")
        at = token.end()
    return made


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _date_text(moment: datetime) -> str:
    """Midnight is a bare date, so that it equals a date column and sorts before its day's times."""
    text = moment.isoformat(" ", "seconds")[:19]
    return text[:10] if text.endswith("00:00:00") else text


class Session:
    """What the functions know of the query's session; set before each query, under the world's lock."""

    def __init__(self) -> None:
        self.zone = _DATABASE_ZONE
        self.now = datetime.now(UTC)
        self.date_format = DEFAULT_DATE_FORMAT
        self.offsets: dict[str, timedelta] = {}

    def set(self, zone: str, now: datetime, date_format: str) -> None:
        if zone != self.zone.key:
            self.zone = ZoneInfo(zone)
            self.offsets.clear()
        self.now, self.date_format = now, date_format

    def local(self, utc: str) -> str:
        """Session-local text, always with its time."""
        hour = utc[:13]
        offset = self.offsets.get(hour)
        moment = _moment(utc)
        if offset is None:
            offset = moment.replace(tzinfo=UTC).astimezone(self.zone).utcoffset() or timedelta()
            self.offsets[hour] = offset
        return (moment + offset).isoformat(" ")

    def utc(self, local: str) -> str:
        return _moment(local).replace(tzinfo=self.zone).astimezone(UTC).isoformat(" ")[:19]

    def shown(self, local: str) -> str:
        """A date as the user's preference writes it: without the time, whatever the column."""
        year, month, day = local[:10].split("-")
        words = {"YYYY": year, "MM": month, "DD": day, "M": str(int(month)), "D": str(int(day))}
        return re.sub("YYYY|MM|DD|M|D", lambda word: words[word.group()], self.date_format)

    def clock(self, name: str) -> str:
        zone = _DATABASE_ZONE if name == "sysdate" else self.zone
        return _date_text(self.now.astimezone(zone).replace(tzinfo=None))

    def from_preference(self, text: str) -> str:
        """Text compared with a date is read in the user's format; other text is an error."""
        order = re.findall("YYYY|M+|D+", self.date_format)
        found = re.fullmatch(r"(\d+)[/.-](\d+)[/.-](\d+)", text.strip())
        if found is None:
            raise ValueError(f"{text!r} is no date in the format {self.date_format}")
        parts = dict(zip((word[0] for word in order), map(int, found.groups()), strict=True))
        return _date_text(datetime(parts["Y"], parts["M"], parts["D"]))


def _char(local: str, oracle: str) -> str:
    if oracle == "YYYY-MM-DD":
        return local[:10]
    if oracle == "YYYY-MM-DD HH24:MI:SS":
        return local if len(local) > 10 else local + " 00:00:00"
    text = _moment(local).strftime(strftime_of(oracle))
    return text.upper() if "MON" in oracle or "DY" in oracle else text


def _parsed(text: str, oracle: str) -> str:
    return _date_text(datetime.strptime(text, strftime_of(oracle)))


def _truncated(local: str, unit: str) -> str:
    cut = {
        "DD": "",
        "DDD": "",
        "J": "",
        "MM": "%Y-%m-01",
        "MONTH": "%Y-%m-01",
        "YYYY": "%Y-01-01",
        "YEAR": "%Y-01-01",
    }
    form = cut[unit.upper()]
    return _moment(local).strftime(form) if form else local[:10]


def _plus_days(local: str, days: float) -> str:
    return _date_text(_moment(local) + timedelta(days=days))


def _plus_months(local: str, months: int) -> str:
    moment = _moment(local)
    month = moment.year * 12 + moment.month - 1 + int(months)
    last = _last_day(f"{month // 12:04}-{month % 12 + 1:02}-01")
    day = min(moment.day, int(last[8:10]))
    return _date_text(moment.replace(year=month // 12, month=month % 12 + 1, day=day))


def _last_day(local: str) -> str:
    moment = _moment(local)
    following = (moment.replace(day=1) + timedelta(days=32)).replace(day=1)
    return _date_text(following - timedelta(days=1))


def _status_name(type_: str, status: str) -> str:
    return f"{TYPES.get(type_, type_)} : {STATUSES.get(f'{type_}:{status}', status)}"


def _number(text: Any) -> float | int:
    value = float(text)
    return int(value) if value.is_integer() else value


def _nulls_through(function: Callable[..., Any]) -> Callable[..., Any]:
    """SQL's rule for nearly every function: a null argument gives null."""
    return lambda *given: None if None in given else function(*given)


_SESSIONS: WeakKeyDictionary[World, Session] = WeakKeyDictionary()


def session_of(world: World) -> Session:
    """The session whose functions this world's connection calls; installed at the first use."""
    session = _SESSIONS.get(world)
    if session is None:
        session = _SESSIONS[world] = Session()
        _install(world.db, session)
    return session


def _install(db: sqlite3.Connection, session: Session) -> None:
    pure: dict[str, tuple[int, Callable[..., Any]]] = {
        "nsq_char": (2, _char),
        "nsq_parse": (2, _parsed),
        "nsq_trunc_date": (2, _truncated),
        "nsq_plus_days": (2, _plus_days),
        "nsq_plus_months": (2, _plus_months),
        "nsq_last_day": (1, _last_day),
        "nsq_days_between": (2, lambda a, b: (_moment(a) - _moment(b)) / timedelta(days=1)),
        "nsq_status_name": (2, _status_name),
        "nsq_type_name": (1, lambda name: TYPES.get(name, name)),
        "nsq_number": (1, _number),
        "regexp_replace": (3, lambda text, pattern, new: re.sub(pattern, new, str(text))),
        "regexp": (2, lambda pattern, text: bool(re.search(pattern, str(text)))),
    }
    bound: dict[str, tuple[int, Callable[..., Any]]] = {
        "nsq_local": (1, session.local),
        "nsq_utc": (1, session.utc),
        "nsq_shown": (1, session.shown),
        "nsq_clock": (1, session.clock),
        "nsq_zone": (0, lambda: session.zone.key),
        "nsq_from_preference": (1, session.from_preference),
    }
    for name, (arguments, function) in pure.items():
        db.create_function(name, arguments, _nulls_through(function), deterministic=True)
    for name, (arguments, function) in bound.items():
        db.create_function(name, arguments, _nulls_through(function))
