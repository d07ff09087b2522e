"""What NetSuite should hold of the conversation: wanted, written, refused. Speaks to nobody itself.

A record is wanted again when what it should say has changed since it was written. Its `eid` makes writing it
twice harmless, so nothing here needs to be exactly once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from nsquilio.store.columns import instant, instant_text, list_text, maybe_instant, numbers_text
from nsquilio.store.database import Database
from nsquilio.store.rows import CommunicationRow, CommunicationWanted
from nsquilio.store.tags import masked
from nsquilio.store.trail import Trail

LOG_CURSOR = "log.seq"
"""Up to which audit event the messages and what came in have been looked at for NetSuite."""

_COLUMNS = (
    "eid, kind, ref, invoice_id, customer_id, state, fields_hash, status_hash, attempts, last_error,"
    " changed_at, written_at, written_fields, netsuite_id"
)
_INSERT = """
INSERT INTO communications (
    eid, kind, ref, invoice_id, customer_id, state, fields_hash, status_hash, changed_at
) VALUES (
    :eid, :kind, :ref, :invoice_id, :customer_id, 'waiting', :fields_hash, :status_hash, :at
)
"""
_ADOPTED = ""
"""The hashes of a record that another state file wrote: what it says is NetSuite's."""
_ADOPT = """
INSERT INTO communications (
    eid, kind, ref, invoice_id, customer_id, state, fields_hash, status_hash, changed_at, written_at,
    written_fields, netsuite_id
) VALUES (
    :eid, :kind, :ref, :invoice_id, :customer_id, 'written', :fields_hash, :status_hash, :at, :at,
    :fields_hash, :netsuite_id
)
"""
_SETTLE = """
UPDATE communications
SET fields_hash = :fields_hash, status_hash = :status_hash, written_fields = :fields_hash WHERE eid = :eid
"""
_CHANGE = """
UPDATE communications
SET invoice_id = :invoice_id, customer_id = :customer_id, fields_hash = :fields_hash, status_hash =
:status_hash, state = 'waiting', attempts = 0, last_error = NULL, changed_at = :at WHERE eid = :eid
"""
# Records, not messages: one for each invoice. What waits already is counted as waiting.
_NOT_WAITING = (
    "NOT EXISTS (SELECT 1 FROM communications c WHERE c.ref = {ref} AND c.kind = '{kind}'"
    " AND c.state = 'waiting')"
)
_MESSAGES_SINCE = f"""
SELECT m.id FROM messages m
WHERE m.event_seq > :seq AND m.sid IS NOT NULL AND {_NOT_WAITING.format(ref="m.key", kind="message")}
"""
_REMINDERS_OF = "SELECT message_id FROM reminders WHERE message_id IN (SELECT value FROM json_each(:ids))"
# A voicemail waits for its words; who closes an entry of the inbox changes nothing that NetSuite is told.
_INBOUND_SINCE = f"""
SELECT coalesce(sum(max(1, coalesce(json_array_length(i.invoice_ids), 0))), 0) FROM inbound i
WHERE (i.event_seq > :seq OR i.state_seq > :seq)
    AND (i.transcript_state <> 'awaited' OR i.matched_at IS NOT NULL)
    AND (i.event_seq > :seq OR EXISTS (
        SELECT 1 FROM event_refs e JOIN events v ON v.seq = e.seq
        WHERE e.ref = 'inbound:' || i.sid AND e.seq > :seq AND v.type LIKE 'inbound.%'
            AND v.type NOT IN ('inbound.opened', 'inbound.closed', 'inbound.effects')
    ))
    AND {_NOT_WAITING.format(ref="i.sid", kind="inbound")}
"""
_OPT_OUTS_BY_HAND = """
SELECT count(*) FROM optouts o WHERE o.kind = 'person' AND o.address IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM communications c WHERE c.ref = CAST(o.id AS TEXT) AND c.kind = 'optout')
"""


class Communications:
    def __init__(self, database: Database, trail: Trail) -> None:
        self._database = database
        self._trail = trail

    def want(self, wanted: Iterable[CommunicationWanted], now: datetime) -> int:
        """The number that must be written: new ones, and those that should say something else now."""
        by_eid = {each.eid: each for each in wanted}
        with self._database.transaction():
            known = self._known(by_eid)
            new = [each for eid, each in by_eid.items() if eid not in known]
            old = [(each, known[eid]) for eid, each in by_eid.items() if eid in known]
            settled = [each for each, row in old if _is_as_found(each, row)]
            changed = [each for each, row in old if not _is_as_found(each, row) and _is_new(each, row)]
            self._database.write_many(_INSERT, [_columns(each, now) for each in new])
            self._database.write_many(_SETTLE, [_columns(each, now) for each in settled])
            self._database.write_many(_CHANGE, [_columns(each, now) for each in changed])
        return len(new) + len(changed)

    def _known(self, eids: Iterable[str]) -> dict[str, sqlite3.Row]:
        found = self._database.rows(
            "SELECT eid, fields_hash, status_hash, invoice_id, customer_id FROM communications"
            " WHERE eid IN (SELECT value FROM json_each(:eids))",
            eids=list_text(eids),
        )
        return {row["eid"]: row for row in found}

    def adopt(self, found: Iterable[tuple[CommunicationWanted, str]], now: datetime) -> int:
        """Records that NetSuite has and this file never wrote, with their ids there. Each stays as it is until
        something else is decided about its message. Their number.
        """
        by_eid = {wanted.eid: (wanted, netsuite_id) for wanted, netsuite_id in found}
        with self._database.transaction():
            known = self._known(by_eid)
            new = [each for eid, each in by_eid.items() if eid not in known]
            adopted = {"fields_hash": _ADOPTED, "status_hash": _ADOPTED}
            rows = [{**_columns(wanted, now), **adopted, "netsuite_id": id_} for wanted, id_ in new]
            self._database.write_many(_ADOPT, rows)
            if new:
                eids = [wanted.eid for wanted, _ in new]
                refs = sorted({f"{wanted.kind}:{wanted.ref}" for wanted, _ in new})
                self._trail.append("communication.adopted", now, ids={"eids": eids}, refs=refs)
        return len(new)

    def adopted(self, refs: Iterable[str]) -> dict[str, list[CommunicationRow]]:
        """Of these inbound SIDs, by SID: what another state file wrote, and nobody has looked at since."""
        rows = self._rows(
            "ref IN (SELECT value FROM json_each(:refs)) AND kind = 'inbound' AND fields_hash = :adopted"
            " ORDER BY eid",
            refs=list_text(refs),
            adopted=_ADOPTED,
        )
        by_ref: dict[str, list[CommunicationRow]] = {}
        for row in rows:
            by_ref.setdefault(row.ref, []).append(row)
        return by_ref

    def waiting(self, limit: int | None = None) -> tuple[CommunicationRow, ...]:
        """To be written: what failed least often first, of those what was never tried, then the oldest."""
        words = "state = 'waiting' ORDER BY attempts, last_error IS NOT NULL, changed_at, eid LIMIT :limit"
        return self._rows(words, limit=-1 if limit is None else limit)

    def parked(self) -> tuple[CommunicationRow, ...]:
        """Refused by NetSuite for good."""
        return self._rows("state = 'parked' ORDER BY changed_at, eid")

    def about(self, ref: str) -> tuple[CommunicationRow, ...]:
        """Of one message key, inbound SID or opt-out id."""
        return self._rows("ref = :ref ORDER BY eid", ref=ref)

    def counts(self) -> dict[str, int]:
        """How many wait and how many are parked."""
        return {"waiting": self._count("'waiting'"), "parked": self._count("'parked'")}

    def to_look_at(self, since: int) -> int:
        """How many records follow from what happened after audit event `since`, as far as a count can tell:
        whether each says something new is known when `log-replies` looks at it.
        """
        sent = self._database.rows(_MESSAGES_SINCE, seq=since)
        ids = numbers_text(row["id"] for row in sent)
        # Counted here: over the views of a copy, SQLite's own count(*) would walk through the whole table.
        reminders = len(self._database.rows(_REMINDERS_OF, ids=ids))
        received = self._database.value(_INBOUND_SINCE, seq=since)
        return reminders + int(received) + int(self._database.value(_OPT_OUTS_BY_HAND))

    def _count(self, state: str) -> int:
        """`state` is part of the words: only so does SQLite see that the index of that state is enough."""
        return int(self._database.value(f"SELECT count(*) FROM communications WHERE state = {state}"))

    def _rows(self, words: str, /, **parameters: object) -> tuple[CommunicationRow, ...]:
        found = self._database.rows(
            f"SELECT {_COLUMNS} FROM communications WHERE {words}",
            **parameters,
        )
        return tuple(_communication(row) for row in found)

    def mark_written(self, written: Sequence[tuple[CommunicationRow, str | None]], now: datetime) -> None:
        """Rows as they were when they were written, with NetSuite's id; one changed meanwhile still waits."""
        with self._database.transaction():
            for row, netsuite_id in written:
                self._mark_written(row, netsuite_id, now)
            if written:
                eids = [row.eid for row, _ in written]
                refs = [f"{row.kind}:{row.ref}" for row, _ in written]
                self._trail.append("communication.written", now, ids={"eids": eids}, refs=refs)

    def _mark_written(self, row: CommunicationRow, netsuite_id: str | None, now: datetime) -> None:
        self._database.write(
            "UPDATE communications SET written_at = :at, written_fields = :fields_hash,"
            " netsuite_id = coalesce(:netsuite_id, netsuite_id),"
            " attempts = 0, last_error = NULL,"
            " state = CASE WHEN fields_hash IS :fields_hash AND status_hash IS :status_hash"
            " THEN 'written' ELSE 'waiting' END WHERE eid = :eid",
            at=instant_text(now),
            netsuite_id=netsuite_id,
            fields_hash=row.fields_hash,
            status_hash=row.status_hash,
            eid=row.eid,
        )

    def mark_failed(self, eid: str, error: str, now: datetime, *, counts: bool = True) -> None:
        """It goes on waiting, behind the others. `counts`: it is its own failure, not everybody's."""
        self._database.write(
            "UPDATE communications SET attempts = attempts + :counted, last_error = :error, changed_at = :at"
            " WHERE eid = :eid",
            counted=int(counts),
            error=masked(error),
            at=instant_text(now),
            eid=eid,
        )

    def park(self, eid: str, error: str, now: datetime) -> None:
        """Refused for good: it stands in `status` and holds up no other."""
        with self._database.transaction():
            self._database.write(
                "UPDATE communications SET state = 'parked', attempts = attempts + 1, last_error = :error,"
                " changed_at = :at WHERE eid = :eid",
                error=masked(error),
                at=instant_text(now),
                eid=eid,
            )
            told = {"error": masked(error)}
            self._trail.append("communication.parked", now, ids={"eid": eid}, details=told)

    def retry(self, now: datetime, eids: Iterable[str] | None = None) -> int:
        """Parked ones wait again, all of them or those named; their number."""
        parked = [row.eid for row in self.parked()]
        chosen = parked if eids is None else sorted(set(parked) & set(eids))
        with self._database.transaction():
            self._database.write(
                "UPDATE communications SET state = 'waiting', changed_at = :at"
                " WHERE eid IN (SELECT value FROM json_each(:eids))",
                at=instant_text(now),
                eids=list_text(chosen),
            )
            if chosen:
                self._trail.append("communication.retried", now, ids={"eids": chosen})
        return len(chosen)


def _is_as_found(wanted: CommunicationWanted, row: sqlite3.Row) -> bool:
    """About the same as NetSuite says: then a person's corrections there are left alone."""
    same = (row["invoice_id"], row["customer_id"]) == (wanted.invoice_id, wanted.customer_id)
    return row["fields_hash"] == _ADOPTED and same


def _is_new(wanted: CommunicationWanted, row: sqlite3.Row) -> bool:
    return (row["fields_hash"], row["status_hash"]) != (wanted.fields_hash, wanted.status_hash)


def _columns(wanted: CommunicationWanted, now: datetime) -> dict[str, object]:
    return {
        "eid": wanted.eid,
        "kind": wanted.kind,
        "ref": wanted.ref,
        "invoice_id": wanted.invoice_id,
        "customer_id": wanted.customer_id,
        "fields_hash": wanted.fields_hash,
        "status_hash": wanted.status_hash,
        "at": instant_text(now),
    }


def _communication(row: sqlite3.Row) -> CommunicationRow:
    return CommunicationRow(
        eid=row["eid"],
        kind=row["kind"],
        ref=row["ref"],
        invoice_id=row["invoice_id"],
        customer_id=row["customer_id"],
        state=row["state"],
        fields_hash=row["fields_hash"],
        status_hash=row["status_hash"],
        attempts=row["attempts"],
        last_error=row["last_error"],
        changed_at=instant(row["changed_at"]),
        written_at=maybe_instant(row["written_at"]),
        netsuite_id=row["netsuite_id"],
        written_fields=row["written_fields"],
    )
