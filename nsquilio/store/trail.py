"""The audit trail: writes events into the transaction of what they record, finds them again.

Personal data goes into no event; it stands in the row it belongs to, or in `personal`, under a salted
commitment. Hashing stands in `core.chain`, checking everything in `verifying`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from os import urandom

from nsquilio.core import chain
from nsquilio.core.chain import Event
from nsquilio.store.columns import instant, instant_text, list_text
from nsquilio.store.database import Database

COLUMNS = "seq, at, run_id AS run, actor, type, ids, details, commitments, prev, hash"


class Trail:
    """`run_id` and `actor` stand in every event until they are set anew."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.run_id = ""
        self.actor = "nsquilio"

    def append(
        self,
        type: str,
        now: datetime,
        *,
        ids: Mapping[str, object] | None = None,
        details: Mapping[str, object] | None = None,
        commitments: Mapping[str, str] | None = None,
        personal: Mapping[str, Mapping[str, object]] | None = None,
        refs: Iterable[str] = (),
        actor: str = "",
    ) -> int:
        """Appends one event and returns its number.

        `personal`: subject to fields, kept apart so that they can be erased; a subject is written once.
        `refs`: what it can be found by, like "invoice:1042", "customer:88", "message:KEY", "inbound:SID".
        """
        database = self._database
        with database.transaction():
            seq, prev = self.head()
            bound = {**(commitments or {}), **self._keep(personal or {})}
            event = chain.sealed(
                seq + 1,
                instant_text(now),
                self.run_id,
                actor or self.actor,
                type,
                ids or {},
                details or {},
                bound,
                prev,
            )
            self._insert(event)
            database.write_many(
                "INSERT INTO event_refs (ref, seq) VALUES (:ref, :seq)",
                [{"ref": ref, "seq": event.seq} for ref in dict.fromkeys(refs)],
            )
        return event.seq

    def _insert(self, event: Event) -> None:
        self._database.write(
            "INSERT INTO events (seq, at, run_id, actor, type, ids, details, commitments, prev, hash)"
            " VALUES (:seq, :at, :run, :actor, :type, :ids, :details, :commitments, :prev, :hash)",
            seq=event.seq,
            at=event.at,
            run=event.run,
            actor=event.actor,
            type=event.type,
            ids=event.ids,
            details=event.details,
            commitments=event.commitments,
            prev=event.prev,
            hash=event.hash,
        )

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
        newest_first: bool = False,
    ) -> Iterator[Event]:
        """Events from `since` on, before `until`; with `refs` only those about one of them."""
        about = "" if refs is None else "AND seq IN (SELECT r.seq FROM event_refs r WHERE r.ref IN wanted)"
        found = self._database.iterate(
            "WITH wanted AS (SELECT value FROM json_each(:refs))"  # noqa: S608
            f" SELECT {COLUMNS} FROM events WHERE at >= :since AND at < :until {about}"
            f" ORDER BY seq {'DESC' if newest_first else 'ASC'}",
            refs=list_text(refs or ()),
            since=instant_text(since) if since else "",
            until=instant_text(until) if until else "~",
        )
        return map(event_of, found)


def event_of(row: sqlite3.Row) -> Event:
    return Event(*row)
