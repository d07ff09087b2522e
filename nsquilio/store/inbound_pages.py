"""Pages of a listing on their way into the file: rows and commitments, at a few microseconds each.

The one place where rows are positional tuples: binding names takes a third of the time of an insert. Packing
needs no connection and may be done by the thread that fetches, while the one that owns the file stores.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from os import urandom

from nsquilio.core.chain import canonical_texts, commitment_of_text
from nsquilio.store.columns import instant_text, list_text, maybe_instant_text, object_text
from nsquilio.store.inbound_rows import COMMITTED, READING, reading_values
from nsquilio.store.rows import InboundSeen
from nsquilio.store.tags import Tags

ARRIVED = (*COMMITTED, "sender_tag", "salt")
"""What every row has; most come with no more than that."""
ARRIVED_MORE = (
    *ARRIVED,
    *READING,
    "words",
    "transcript_state",
    "transcript_due_until",
    "read_at",
    "effects_at",
)
"""A row that was read elsewhere, or whose words are still awaited."""

_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Packed:
    """Side by side: what was seen, its columns `ARRIVED`, and what binds it to its event."""

    seen: Sequence[InboundSeen]
    rows: Sequence[tuple[object, ...]]
    bound: Sequence[str]

    def only(self, places: Sequence[int]) -> Packed:
        if len(places) == len(self.seen):
            return self
        return Packed(
            [self.seen[n] for n in places], [self.rows[n] for n in places], [self.bound[n] for n in places]
        )

    def part(self, start: int, end: int) -> Packed:
        return Packed(self.seen[start:end], self.rows[start:end], self.bound[start:end])


def packed(seen: Iterable[InboundSeen], tags: Tags) -> Packed:
    page = list(seen)
    salts = urandom(_SALT_BYTES * len(page))
    rows: list[tuple[object, ...]] = []
    bound: list[str] = []
    for number, each in enumerate(page):
        salt = salts[number * _SALT_BYTES : (number + 1) * _SALT_BYTES]
        fields = _committed(each)
        bound.append(commitment_of_text(salt, canonical_texts(fields)))
        rows.append((*fields, tags.of(each.sender), salt))
    return Packed(page, rows, bound)


def joined(parts: Sequence[Packed]) -> Packed:
    """Several pages as one."""
    if len(parts) == 1:
        return parts[0]
    return Packed(
        [each for part in parts for each in part.seen],
        [row for part in parts for row in part.rows],
        [each for part in parts for each in part.bound],
    )


def _committed(seen: InboundSeen) -> tuple[str, ...]:
    return (
        seen.sid,
        seen.channel,
        seen.sender,
        seen.recipient,
        instant_text(seen.received_at),
        seen.body,
        list_text(seen.media) if seen.media else "[]",
        seen.status,
        object_text(seen.details) if seen.details else "{}",
    )


def has_more(seen: InboundSeen) -> bool:
    return seen.reading is not None or seen.transcript_due_until is not None


def more_columns(seen: InboundSeen, now: datetime) -> tuple[object, ...]:
    """Those of `ARRIVED_MORE` after `ARRIVED`."""
    until = seen.transcript_due_until
    transcript = ("none" if until is None else "awaited", maybe_instant_text(until))
    if seen.reading is None:
        return (*_NOT_READ, *transcript, None, None)
    at = instant_text(now)
    values, words = reading_values(seen.reading)
    return (*values, words, *transcript, at, None if seen.effects_pending else at)


_NOT_READ = (None, None, None, None, None, 0, 0, None)
