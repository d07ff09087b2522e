"""What Twilio's lists hold, as values: messages, calls, recordings, transcripts.

A value keeps the row as it came and reads a field when asked: a hundred thousand messages pass in one poll
and most are looked at once. A row without a usable SID is no value; it is kept apart (`Page.unreadable`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any, Generic, TypeVar

from nsquilio.remote.transport import clean

SID = re.compile(r"[A-Z]{2}[0-9a-fA-F]{32}")
YEARS = range(2000, 9000)
"""Others are garbage, and some reckoning from them would leave the calendar."""

INBOUND = "inbound"
_ARRIVED = frozenset({"received", "receiving"})
FINAL = frozenset(
    {"delivered", "undelivered", "failed", "canceled", "read", "received", "partially_delivered"}
)


def moment_of(text: object) -> datetime | None:
    """UTC from `Thu, 24 Aug 2023 05:01:45 +0000` or ISO 8601; None when empty or unreadable."""
    if not isinstance(text, str) or not text:
        return None
    try:
        moment = _moment(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year in YEARS else None


def _moment(text: str) -> datetime:
    if text[25:] == " +0000" and text[16] == " ":  # a tenth of the library's time
        return datetime.fromisoformat(f"{_day(text[:16])}T{text[17:25]}+00:00")
    moment = datetime.fromisoformat(text) if text[:4].isdigit() else parsedate_to_datetime(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


@lru_cache(maxsize=1024)
def _day(text: str) -> str:
    return parsedate_to_datetime(f"{text} 00:00:00 +0000").date().isoformat()


def _amount(text: object) -> Decimal | None:
    try:
        return None if text in (None, "") else Decimal(str(text))
    except InvalidOperation:
        return None


def _count(text: object) -> int:
    try:
        return int(str(text))
    except ValueError:
        return 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list, as it came in `raw`."""

    raw: Mapping[str, Any]

    def text(self, name: str) -> str:
        """The field as text, empty when it is absent or null."""
        value = self.raw.get(name)
        return value if type(value) is str else "" if value is None else str(value)

    @property
    def sid(self) -> str:
        return str(self.raw["sid"])

    @property
    def status(self) -> str:
        return self.text("status")

    @property
    def created_at(self) -> datetime | None:
        return moment_of(self.raw.get("date_created"))


@dataclass(frozen=True, slots=True)
class MessageRow(Row):
    """`sender` is empty right after a send with a Messaging Service: no number is chosen yet."""

    @property
    def is_inbound(self) -> bool:
        """By the status where the direction says nothing: a STOP must not pass for somebody else's text."""
        if self.raw.get("direction") == INBOUND:  # asked of a hundred thousand in a catch-up
            return True
        said = self.direction.casefold()
        return said == INBOUND or (not said.startswith("outbound") and self.status.casefold() in _ARRIVED)

    @property
    def direction(self) -> str:
        return self.text("direction")

    @property
    def sender(self) -> str:
        return self.text("from")

    @property
    def to(self) -> str:
        return self.text("to")

    @property
    def body(self) -> str:
        return self.text("body")

    @property
    def messaging_service_sid(self) -> str:
        return self.text("messaging_service_sid")

    @property
    def error_code(self) -> str:
        return self.text("error_code")

    @property
    def error_message(self) -> str:
        return clean(self.text("error_message"))

    @property
    def segments(self) -> int:
        return _count(self.raw.get("num_segments"))

    @property
    def media(self) -> int:
        return _count(self.raw.get("num_media"))

    @property
    def price(self) -> Decimal | None:
        """What it cost, positive; None until Twilio knows."""
        amount = _amount(self.raw.get("price"))
        return None if amount is None else abs(amount)

    @property
    def price_unit(self) -> str:
        return self.text("price_unit").upper()

    @property
    def sent_at(self) -> datetime | None:
        """None for scheduled and queued messages."""
        return moment_of(self.raw.get("date_sent"))

    @property
    def updated_at(self) -> datetime | None:
        return moment_of(self.raw.get("date_updated"))

    @property
    def is_final(self) -> bool:
        return self.status in FINAL


@dataclass(frozen=True, slots=True)
class CallRow(Row):
    @property
    def is_inbound(self) -> bool:
        return self.direction.casefold() == INBOUND

    @property
    def direction(self) -> str:
        return self.text("direction")

    @property
    def sender(self) -> str:
        return self.text("from")

    @property
    def to(self) -> str:
        return self.text("to")

    @property
    def caller_name(self) -> str:
        return self.text("caller_name")

    @property
    def started_at(self) -> datetime | None:
        return moment_of(self.raw.get("start_time"))

    @property
    def duration_s(self) -> int:
        return _count(self.raw.get("duration"))

    @property
    def parent_sid(self) -> str:
        return self.text("parent_call_sid")


@dataclass(frozen=True, slots=True)
class RecordingRow(Row):
    """`source` RecordVerb is a voicemail; others record a conversation."""

    @property
    def call_sid(self) -> str:
        return self.text("call_sid")

    @property
    def source(self) -> str:
        return self.text("source")

    @property
    def duration_s(self) -> int:
        return _count(self.raw.get("duration"))


@dataclass(frozen=True, slots=True)
class TranscriptionRow(Row):
    """`status`: in-progress, completed or failed."""

    @property
    def recording_sid(self) -> str:
        return self.text("recording_sid")

    @property
    def words(self) -> str:
        return self.text("transcription_text")


@dataclass(frozen=True, slots=True)
class TranscriptRow(Row):
    """A transcript of Voice Intelligence. `status`: queued, in-progress, completed, failed, error …"""

    @property
    def recording_sid(self) -> str:
        """Of what it is the transcript; empty when it is not of a recording."""
        channel = self.raw.get("channel")
        properties = channel.get("media_properties") if isinstance(channel, dict) else None
        return str(properties.get("source_sid") or "") if isinstance(properties, dict) else ""


@dataclass(frozen=True, slots=True)
class NumberRow(Row):
    """One of the account's own numbers."""

    @property
    def number(self) -> str:
        return self.text("phone_number")


R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """`unreadable`: what stood among the rows and is none, as harmless text."""

    rows: list[R]
    unreadable: tuple[str, ...] = field(default=())


def page_of(made: Callable[[Mapping[str, Any]], R], raw_rows: Iterable[Any]) -> Page[R]:
    rows: list[R] = []
    unreadable: list[str] = []
    is_sid = SID.fullmatch
    for raw in raw_rows:
        sid = raw.get("sid") if type(raw) is dict else None
        if type(sid) is str and is_sid(sid):
            rows.append(made(raw))
        else:
            unreadable.append(clean(raw))
    return Page(rows, tuple(unreadable))
