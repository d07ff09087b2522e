"""Checks the audit trail against itself, against a head kept elsewhere, and against the rows it speaks of.

One pass over the events in batches; of each row, the event that describes it last must agree with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nsquilio.core import chain
from nsquilio.core.chain import Break, Event
from nsquilio.store.database import Database
from nsquilio.store.row_checks import RowCheck
from nsquilio.store.trail import COLUMNS, event_of

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Verified:
    """`head`: the last event. `first_bad`: the break with the lowest number, None when all is well.

    `breaks`: all that were found, the chain's own first one and every row that does not agree.
    """

    events: int
    head: tuple[int, str]
    first_bad: Break | None
    breaks: tuple[Break, ...] = ()

    @property
    def ok(self) -> bool:
        return self.first_bad is None


@dataclass(slots=True)
class _Walk:
    """How far the chain has been followed."""

    seq: int = 0
    hash: str = chain.GENESIS
    count: int = 0
    ended: bool = False
    breaks: list[Break] = field(default_factory=list)


def verify(database: Database, head: tuple[int, str] | None) -> Verified:
    """Follows the whole chain even after a break, so that every row that was changed is named.

    Each batch is compared within one snapshot; what is written meanwhile has events of its own, further on.
    """
    walk, rows = _Walk(), RowCheck(database)
    while not walk.ended:
        with database.snapshot():
            batch = _next_batch(database, walk.seq)
            for event in batch:
                _follow(walk, event, head)
            walk.breaks += rows.compare([(event, *_read(event)) for event in batch])
            if len(batch) < _BATCH:
                _finish(walk, rows, head)
    first = min(walk.breaks, key=lambda found: found.seq, default=None)
    return Verified(walk.count, (walk.seq, walk.hash), first, tuple(walk.breaks))


def _next_batch(database: Database, after: int) -> list[Event]:
    found = database.rows(
        f"SELECT {COLUMNS} FROM events WHERE seq > :after ORDER BY seq LIMIT :count",
        after=after,
        count=_BATCH,
    )
    return [event_of(row) for row in found]


def _finish(walk: _Walk, rows: RowCheck, head: tuple[int, str] | None) -> None:
    end = chain.truncated(walk.seq, head)
    walk.breaks += [end] if end else []
    walk.breaks += rows.rest(walk.seq)
    walk.ended = True


def _follow(walk: _Walk, event: Event, head: tuple[int, str] | None) -> None:
    found = chain.broken_link(event, walk.seq, walk.hash) or chain.off_head(event, head)
    if found and not walk.breaks:
        walk.breaks.append(found)
    walk.seq, walk.hash, walk.count = event.seq, event.hash, walk.count + 1


def _read(event: Event) -> tuple[Mapping[str, Any], Mapping[str, Any], Mapping[str, Any]]:
    """ids, details and commitments; empty when somebody made them unreadable, which the chain has noticed."""
    try:
        parts = [json.loads(text) for text in (event.ids, event.details, event.commitments)]
    except (ValueError, RecursionError):
        return {}, {}, {}
    ids, details, commitments = (part if isinstance(part, dict) else {} for part in parts)
    return ids, details, commitments
