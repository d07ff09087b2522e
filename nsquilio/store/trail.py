"""The audit trail: writes events into the transaction of what they record, finds them again.

Personal data goes into no event; it stands in the row it belongs to, or in `personal`, under a salted
commitment. Hashing stands in `core.chain`, checking everything in `verifying`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from os import urandom

from nsquilio.core import chain
from nsquilio.core.chain import Event
from nsquilio.store.columns import instant, instant_text, list_text
from nsquilio.store.database import Database

COLUMNS = "seq, at, run_id AS run, actor, type, ids, details, commitments, prev, hash"

_NOTHING: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class Entry:
    """An event to be written.

    `commitments`: subject to hash, for data kept in another row. `personal`: subject to fields that are kept
    apart so that they can be erased; a subject is written once. `refs`: what the event can be found by, like
    "invoice:1042", "customer:88", "message:KEY", "inbound:SID".
    """

    type: str
    ids: Mapping[str, object] = field(default_factory=dict)
    details: Mapping[str, object] = field(default_factory=dict)
    commitments: Mapping[str, str] = field(default_factory=dict)
    personal: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    refs: Sequence[str] = ()
    actor: str = ""


class Trail:
    """`run_id` and `actor` stand in every event until they are set anew."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._last = (-1, (0, chain.GENESIS))  # era of the database, head
        self.run_id = ""
        self.actor = "nsquilio"

    def append(
        self,
        type: str,
        now: datetime,
        *,
        ids: Mapping[str, object] = _NOTHING,
        details: Mapping[str, object] = _NOTHING,
        commitments: Mapping[str, str] | None = None,
        personal: Mapping[str, Mapping[str, object]] | None = None,
        refs: Iterable[str] = (),
        actor: str = "",
    ) -> int:
        """Appends one event, see `Entry`, and returns its number."""
        entry = Entry(type, ids, details, commitments or {}, personal or {}, tuple(refs), actor)
        return self.append_all([entry], now)[0]

    def append_all(self, entries: Sequence[Entry], now: datetime) -> list[int]:
        """Appends several at the cost of few statements; their numbers, in order."""
        database = self._database
        with database.transaction():
            events = self._sealed(entries, instant_text(now))
            database.write_many(_INSERT, [_columns(event) for event in events])
            database.write_many(
                "INSERT INTO event_refs (ref, seq) VALUES (:ref, :seq)",
                [
                    {"ref": ref, "seq": event.seq}
                    for entry, event in zip(entries, events, strict=True)
                    for ref in dict.fromkeys(entry.refs)
                ],
            )
        return [event.seq for event in events]

    def _sealed(self, entries: Sequence[Entry], at: str) -> list[Event]:
        database, events = self._database, []
        seq, prev = self._last[1] if self._last[0] == database.era else self.head()
        for entry in entries:
            bound = {**entry.commitments, **self._keep(entry.personal)}
            actor = entry.actor or self.actor
            event = chain.sealed(
                seq + 1, at, self.run_id, actor, entry.type, entry.ids, entry.details, bound, prev
            )
            seq, prev = event.seq, event.hash
            events.append(event)
        self._last = (database.era, (seq, prev))
        return events

    def _keep(self, personal: Mapping[str, Mapping[str, object]]) -> dict[str, str]:
        bound = {}
        for subject, fields in personal.items():
            salt, text = urandom(16), chain.canonical(fields)
            bound[subject] = chain.commitment_of_text(salt, text)
            self._database.write(
                "INSERT INTO personal (subject, salt, fields) VALUES (:subject, :salt, :fields)",
                subject=subject,
                salt=salt,
                fields=text,
            )
        return bound

    def head(self) -> tuple[int, str]:
        """Number and hash of the last event; (0, zeros) before the first. Kept elsewhere, it fixes all."""
        found = self._database.row("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1")
        return (found["seq"], found["hash"]) if found else (0, chain.GENESIS)

    def last_event_at(self) -> datetime | None:
        found = self._database.value("SELECT at FROM events ORDER BY seq DESC LIMIT 1")
        return None if found is None else instant(found)

    def events(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        refs: Iterable[str] | None = None,
        after: int = 0,
    ) -> Iterator[Event]:
        """Events from `since` on, before `until`, after number `after`, in order.

        With `refs` only those about one of them. Read in pieces: nobody else waits for whoever reads slowly.
        """
        while piece := self._piece(since, until, refs, after):
            yield from piece
            after = piece[-1].seq

    def _piece(
        self, since: datetime | None, until: datetime | None, refs: Iterable[str] | None, after: int
    ) -> list[Event]:
        about = "" if refs is None else "AND seq IN (SELECT r.seq FROM event_refs r WHERE r.ref IN wanted)"
        found = self._database.rows(
            "WITH wanted AS (SELECT value FROM json_each(:refs))"
            f" SELECT {COLUMNS} FROM events WHERE seq > :after AND +at >= :since AND +at < :until {about}"
            " ORDER BY seq LIMIT 1000",
            refs=list_text(refs or ()),
            after=max(after, self._before(since)),
            since=instant_text(since) if since else "",
            until=instant_text(until) if until else "~",
        )
        return [event_of(row) for row in found]

    def _before(self, since: datetime | None) -> int:
        """A number below all events from `since` on; `+seq`: by the index of times, not by walking there."""
        if since is None:
            return 0
        first = self._database.value(
            "SELECT min(+seq) FROM events WHERE at >= :since", since=instant_text(since)
        )
        return self.head()[0] if first is None else int(first) - 1


_INSERT = """
INSERT INTO events (seq, at, run_id, actor, type, ids, details, commitments, prev, hash)
VALUES (:seq, :at, :run, :actor, :type, :ids, :details, :commitments, :prev, :hash)
"""


def _columns(event: Event) -> dict[str, object]:
    return {
        "seq": event.seq,
        "at": event.at,
        "run": event.run,
        "actor": event.actor,
        "type": event.type,
        "ids": event.ids,
        "details": event.details,
        "commitments": event.commitments,
        "prev": event.prev,
        "hash": event.hash,
    }


def event_of(row: sqlite3.Row) -> Event:
    return Event(*row)
