"""A page of a listing on its way into the file: rows, commitments and readings, at a few microseconds each.

The one place where rows are positional tuples: binding names takes a third of the time of an insert (100,000
messages: 1.8 s by name, 1.3 s by place).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from os import urandom

from nsquilio.core.chain import canonical_texts, commitment_of_text
from nsquilio.store.columns import instant_text, list_text, maybe_instant_text, object_text
from nsquilio.store.inbound_rows import COMMITTED, NOT_READ, READING, reading_values
from nsquilio.store.rows import InboundSeen
from nsquilio.store.tags import Tags

_COLUMNS = (
    *COMMITTED,
    *READING,
    "words",
    "sender_tag",
    "source",
    "stored_at",
    "salt",
    "transcript_state",
    "transcript_due_until",
    "read_at",
    "effects_at",
    "event_seq",
)
INSERT = f"INSERT INTO inbound ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Page:
    """`rows`: in the order of INSERT. `commitments`, `read`: what the page's event keeps of them."""

    rows: list[tuple[object, ...]]
    commitments: dict[str, str]
    read: dict[str, list[object]]


def packed(page: Sequence[InboundSeen], tags: Tags, now: datetime, source: str, seq: int) -> Page:
    """`seq`: the number of the event that will hold the page."""
    at, salts = instant_text(now), urandom(_SALT_BYTES * len(page))
    packed_page = Page([], {}, {})
    for number, seen in enumerate(page):
        salt = salts[number * _SALT_BYTES : (number + 1) * _SALT_BYTES]
        bound = _bound(seen)
        reading, words = NOT_READ if seen.reading is None else reading_values(seen.reading)
        if seen.reading is not None:
            packed_page.read[seen.sid] = reading
        packed_page.commitments[f"inbound:{seen.sid}"] = commitment_of_text(salt, canonical_texts(bound))
        later = _later_columns(seen, at)
        row = (*bound, *reading, words, tags.of(seen.sender), source, at, salt, *later, seq)
        packed_page.rows.append(row)
    return packed_page


def _bound(seen: InboundSeen) -> list[str]:
    return [
        seen.sid,
        seen.channel,
        seen.sender,
        seen.recipient,
        instant_text(seen.received_at),
        seen.body,
        list_text(seen.media) if seen.media else "[]",
        seen.status,
        object_text(seen.details) if seen.details else "{}",
    ]


def _later_columns(seen: InboundSeen, at: str) -> tuple[object, ...]:
    """transcript_state, transcript_due_until, read_at, effects_at"""
    if seen.transcript_due_until is not None:
        transcript: tuple[object, ...] = ("awaited", maybe_instant_text(seen.transcript_due_until))
    else:
        transcript = ("none", None)
    if seen.reading is None:
        return (*transcript, None, None)
    return (*transcript, at, None if seen.effects_pending else at)
