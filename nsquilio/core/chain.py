"""The audit chain: how events are bound to each other and to personal data that may be erased later.

An event is one JSON object {actor, at, commitments, details, ids, prev, run, seq, type}. Its hash is SHA-256
over the canonical JSON of it (sorted keys, no spaces, UTF-8); `prev` is the hash of the event before, 64
zeros for the first. Anybody can check a chain with these two sentences and a JSON library. It shows later
edits to whoever kept a head elsewhere; it cannot stop somebody who rewrites everything after the last head
kept.

Personal data never stands in an event: `commitments` maps a subject to SHA-256(salt, canonical JSON of the
fields). Erasing fields and salt leaves the chain valid. Nothing here reads a file or a clock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from json.encoder import encode_basestring
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """One event as it is kept. `ids`, `details`, `commitments` are canonical JSON objects, as text."""

    seq: int
    at: str
    run: str
    actor: str
    type: str
    ids: str
    details: str
    commitments: str
    prev: str
    hash: str

    def read(self) -> dict[str, Any]:
        """The event as a JSON object with its hash: what an export holds."""
        return {
            "seq": self.seq,
            "at": self.at,
            "run": self.run,
            "actor": self.actor,
            "type": self.type,
            "ids": json.loads(self.ids),
            "details": json.loads(self.details),
            "commitments": json.loads(self.commitments),
            "prev": self.prev,
            "hash": self.hash,
        }


@dataclass(frozen=True, slots=True)
class Break:
    """The first event that does not check out. `why`: changed, missing, inserted or truncated."""

    seq: int
    why: str
    detail: str


def _plain(value: object) -> str:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} does not belong into the audit trail")


_ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain
)


def canonical(value: object) -> str:
    """Canonical JSON. Half surrogate pairs, which strangers' JSON may hold and UTF-8 cannot, become "?"."""
    text = _ENCODER.encode(value)
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def event_hash(event: Event) -> str:
    """SHA-256 of the event without its hash; its three JSON texts must be canonical."""
    text = (
        f'{{"actor":{_ENCODER.encode(event.actor)},"at":{_ENCODER.encode(event.at)},'
        f'"commitments":{event.commitments},"details":{event.details},"ids":{event.ids},'
        f'"prev":"{event.prev}","run":{_ENCODER.encode(event.run)},"seq":{event.seq},'
        f'"type":{_ENCODER.encode(event.type)}}}'
    )
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def sealed(
    seq: int,
    at: str,
    run: str,
    actor: str,
    type: str,
    ids: Mapping[str, object],
    details: Mapping[str, object],
    commitments: Mapping[str, str],
    prev: str,
) -> Event:
    """The event that follows the one whose hash is `prev`."""
    open_event = Event(
        seq, at, run, actor, type, canonical(ids), canonical(details), canonical(commitments), prev, ""
    )
    return _with_hash(open_event)


def _with_hash(event: Event) -> Event:
    return Event(
        event.seq,
        event.at,
        event.run,
        event.actor,
        event.type,
        event.ids,
        event.details,
        event.commitments,
        event.prev,
        event_hash(event),
    )


def commitment(salt: bytes, fields: object) -> str:
    """Binds `fields` without telling them; without the salt nobody can try out phone numbers against it."""
    return commitment_of_text(salt, canonical(fields))


def canonical_texts(values: Iterable[str]) -> str:
    """`canonical` of a list of texts at an eighth of its cost: a page of a listing holds a thousand."""
    kept = list(values)
    plain = '","'.join(kept)
    # Nothing to escape in any of them, as a rule: one look at all of them instead of one at each.
    if plain.isprintable() and "\\" not in plain and kept and plain.count('"') == 2 * (len(kept) - 1):
        return f'["{plain}"]'
    text = f"[{','.join(map(encode_basestring, kept))}]"
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def commitment_of_text(salt: bytes, text: str) -> str:
    """The same for fields that are canonical JSON already."""
    return sha256(salt + text.encode()).hexdigest()


def parse_head(text: str) -> tuple[int, str] | None:
    """`SEQ:HASH` as the program shows it, else None."""
    seq, colon, digest = text.strip().partition(":")
    digest = digest.lower()
    if not (colon and seq.isascii() and seq.isdigit() and len(digest) == 64):
        return None
    return (int(seq), digest) if all(letter in "0123456789abcdef" for letter in digest) else None


def verify(events: Iterable[Event], head: tuple[int, str] | None = None) -> Break | None:
    """The first break in events given in the order of their numbers, from the first one on; None: all is
    well.

    `head`: number and hash kept elsewhere; only against it can a cut or wholly rewritten chain be seen.
    """
    seq, prev = 0, GENESIS
    for event in events:
        found = broken_link(event, seq, prev) or off_head(event, head)
        if found:
            return found
        seq, prev = event.seq, event.hash
    return truncated(seq, head)


def broken_link(event: Event, last_seq: int, last_hash: str) -> Break | None:
    """What is wrong with `event` right after the event (`last_seq`, `last_hash`)."""
    if event.seq > last_seq + 1:
        return Break(
            last_seq + 1, "missing", f"event {last_seq + 1} is missing: {event.seq} follows {last_seq}"
        )
    if event.seq <= last_seq:
        return Break(event.seq, "inserted", f"event {event.seq} stands after event {last_seq}")
    if not _is_object(event.ids, event.details, event.commitments) or event_hash(event) != event.hash:
        return Break(event.seq, "changed", f"event {event.seq} was changed after it was written")
    if event.prev != last_hash:
        why = f"event {event.seq} was not written after the event {last_seq} that stands before it"
        return Break(event.seq, "inserted", why)
    return None


def off_head(event: Event, head: tuple[int, str] | None) -> Break | None:
    """A break when the event with the number of the kept head is another one."""
    if head is None or event.seq != head[0] or event.hash == head[1]:
        return None
    why = f"event {event.seq} is not the one whose head was kept: it or one before it was rewritten"
    return Break(event.seq, "changed", why)


def truncated(last_seq: int, head: tuple[int, str] | None) -> Break | None:
    """A break when the trail ends before the event whose head was kept."""
    if head is None or last_seq >= head[0]:
        return None
    why = f"the trail ends at event {last_seq}, but the head that was kept is event {head[0]}"
    return Break(last_seq + 1, "truncated", why)


def _is_object(*texts: str) -> bool:
    """Side by side in what is hashed, a text that is no object could borrow from its neighbour."""
    try:
        return all(isinstance(json.loads(text), dict) for text in texts)
    except (ValueError, RecursionError):
        return False
