"""Inbound texts, calls, voicemails and e-mail events: stored once each, then read, matched and closed.

What a listing brings is one transaction and few audit events with all its SIDs. What a reply means and whose it
is are decided elsewhere; here it is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter

from nsquilio.store.columns import instant_text, list_text
from nsquilio.store.database import Database
from nsquilio.store.inbound_pages import ARRIVED, ARRIVED_MORE, Packed, has_more, more_columns, packed
from nsquilio.store.inbound_rows import (
    COMMITTED,
    RECEIVING,
    STATE_COLUMNS,
    committed,
    completion,
    digest,
    files_of,
    inbound_rows,
    reading_columns,
    reading_values,
    subject,
)
from nsquilio.store.rows import InboundRow, InboundSeen, MatchSeen, Reading
from nsquilio.store.tags import Tags
from nsquilio.store.trail import Trail

_PER_EVENT = 2500
_RECOMMITTED = frozenset(COMMITTED)
_PROVISIONAL = f"channel = 'sms' AND (source = 'spool' OR status = '{RECEIVING}') AND NOT erased"
_IN_SIDS = "sid IN (SELECT value FROM json_each(:sids))"


class Inbound:
    def __init__(self, database: Database, trail: Trail, tags: Tags) -> None:
        self._database = database
        self._trail = trail
        self._tags = tags

    def store_page(
        self, seen: Iterable[InboundSeen], now: datetime, source: str
    ) -> tuple[tuple[str, ...], int]:
        """The SIDs that are new, in their order, and how many were known. `source`: "poll" or "spool"."""
        new, known = self.store_new(list(seen), now, source)
        return tuple(each.sid for each in new), known

    def store_new(
        self, seen: Sequence[InboundSeen], now: datetime, source: str
    ) -> tuple[list[InboundSeen], int]:
        """The same, for many at once: those that are new, and how many were known."""
        by_sid = {each.sid: each for each in seen}
        with self._database.transaction():
            for sid in self.known(by_sid):
                del by_sid[sid]
            new = list(by_sid.values())
            # SIDs come without any order: sorted, they change each page of their index once.
            by_index = sorted(new, key=attrgetter("sid"))
            for start in range(0, len(new), _PER_EVENT):
                page = packed(by_index[start : start + _PER_EVENT], self._tags)
                self._insert(page, now, source, self._tell(page, now, source))
        return new, len(seen) - len(new)

    def _tell(self, new: Packed, now: datetime, source: str) -> int:
        """The number of the event."""
        read = {each.sid: reading_values(each.reading)[0] for each in new.seen if each.reading is not None}
        details = {"source": source, "count": len(new.seen), "read": read}
        subjects = [subject(each.sid) for each in new.seen]
        bound = dict(zip(subjects, new.bound, strict=True))
        return self._trail.append("inbound.stored", now, details=details, commitments=bound)

    def _insert(self, new: Packed, now: datetime, source: str, seq: int) -> None:
        shared = {"source": source, "stored_at": instant_text(now), "event_seq": seq}
        plain, more = new.rows, []
        if any(map(has_more, new.seen)):
            both = list(zip(new.seen, new.rows, strict=True))
            plain = [row for seen, row in both if not has_more(seen)]
            more = [(*row, *more_columns(seen, now)) for seen, row in both if has_more(seen)]
        self._database.insert_rows("inbound", ARRIVED, plain, shared)
        self._database.insert_rows("inbound", ARRIVED_MORE, more, shared)

    def known(self, sids: Iterable[str]) -> frozenset[str]:
        """Those of the SIDs that are stored already."""
        words = f"SELECT sid FROM inbound WHERE {_IN_SIDS}"
        found = self._database.rows(words, sids=list_text(sids))
        return frozenset(row[0] for row in found)

    def complete(self, listed: Sequence[InboundSeen], now: datetime) -> list[InboundSeen]:
        """Texts that are stored as they were captured, or while Twilio still received them, become what the listing
        says now. Those of which the words changed are to be read again, and are returned.
        """
        by_sid = {each.sid: each for each in listed}
        rows = inbound_rows(self._database, f"{_PROVISIONAL} AND {_IN_SIDS}", sids=list_text(by_sid))
        changes = {row.sid: completion(row, by_sid[row.sid]) for row in rows}
        self._change("inbound.completed", {sid: change for sid, change in changes.items() if change}, now)
        return [by_sid[sid] for sid, change in changes.items() if "body" in change]

    def without_files(self, listed: Mapping[str, int]) -> frozenset[str]:
        """Those whose links are not stored, or may be incomplete. `listed`: SID to the number of files."""
        rows = inbound_rows(self._database, f"{_PROVISIONAL} AND {_IN_SIDS}", sids=list_text(listed))
        lacking = {row.sid for row in rows if files_of(row.details) != listed[row.sid]}
        return frozenset(listed) - (self.known(listed) - lacking)

    def record_readings(
        self, readings: Mapping[str, Reading], now: datetime, *, effects_pending: bool
    ) -> None:
        """What messages say; once more when a transcript came."""
        at = instant_text(now)
        done = {"read_at": at, "effects_at": None if effects_pending else at}
        changes = {sid: {**reading_columns(reading), **done} for sid, reading in readings.items()}
        self._change("inbound.read", changes, now, told=("kind", "rule"))

    def mark_effects(self, sids: Iterable[str], now: datetime) -> None:
        """The opt-outs and holds that follow from these are written."""
        self._change("inbound.effects", {sid: {"effects_at": instant_text(now)} for sid in sids}, now)

    def record_matches(self, matches: Sequence[MatchSeen], now: datetime) -> None:
        changes = {match.sid: _match_columns(match, now) for match in matches}
        told = ("customer_id", "invoice_ids", "score", "signals", "inbox_reason")
        self._change("inbound.matched", changes, now, told=told)

    def open_in_inbox(self, sid: str, reason: str, now: datetime) -> None:
        change = {"inbox": "open", "inbox_reason": reason, "closed_at": None, "closed_by": None}
        self._change("inbound.opened", {sid: change}, now, told=("inbox_reason",))

    def close(self, sid: str, actor: str, now: datetime) -> bool:
        """False when it is not open in the inbox."""
        row = self.stored(sid)
        if row is None or row.inbox != "open":
            return False
        change = {"inbox": "closed", "closed_at": instant_text(now), "closed_by": actor}
        self._change("inbound.closed", {sid: change}, now, actor=actor)
        return True

    def assign(self, sid: str, customer_id: str | None, invoice_id: str, actor: str, now: datetime) -> bool:
        """A person says which invoice it is about. False when there is no such message."""
        if self.stored(sid) is None:
            return False
        match = MatchSeen(sid, customer_id, invoice_id, (invoice_id,), signals=(f"assigned by {actor}",))
        told = ("customer_id", "invoice_id")
        self._change("inbound.assigned", {sid: _match_columns(match, now)}, now, told=told, actor=actor)
        return True

    def set_transcript(self, sid: str, text: str | None, now: datetime) -> None:
        """`text`: what was said, to be read now; None: no transcript will ever come."""
        if text is None:
            self._change("inbound.transcript", {sid: {"transcript_state": "never"}}, now)
            return
        change = {"transcript_state": "done", "body": text, "read_at": None, "effects_at": None}
        self._change("inbound.transcript", {sid: change}, now)

    def set_status(self, sid: str, status: str, now: datetime) -> None:
        """It turned out otherwise, as a call does whose voicemail is listed later."""
        self._change("inbound.status", {sid: {"status": status}}, now, told=("status",))

    def _change(
        self,
        type: str,
        changes: Mapping[str, Mapping[str, object]],
        now: datetime,
        *,
        told: Iterable[str] = (),
        actor: str = "",
    ) -> None:
        """Writes the changes and one event with the digests of the rows as they stand after it."""
        with self._database.transaction():
            before = self._database.rows(
                f"SELECT {STATE_COLUMNS}, {', '.join(COMMITTED[1:])}, salt FROM inbound WHERE {_IN_SIDS}",
                sids=list_text(changes),
            )
            after = [{**dict(row), **changes[row["sid"]]} for row in before]
            if not after:
                return
            seq = self._trail.append(
                type,
                now,
                ids={"inbound": [row["sid"] for row in after]},
                details={
                    "rows": {subject(row["sid"]): digest(row) for row in after},
                    "told": {row["sid"]: {name: row[name] for name in told} for row in after} if told else {},
                },
                commitments={
                    subject(row["sid"]): committed(_salt(row), row)
                    for row in after
                    if not _RECOMMITTED.isdisjoint(changes[row["sid"]])
                },
                refs=[subject(row["sid"]) for row in after],
                actor=actor,
            )
            for row in after:
                self._update(str(row["sid"]), changes[str(row["sid"])], seq)

    def _update(self, sid: str, change: Mapping[str, object], seq: int) -> None:
        bound = [] if _RECOMMITTED.isdisjoint(change) else ["event_seq"]
        columns = [*change, "state_seq", *bound]
        words = ", ".join(f"{name} = :{name}" for name in columns)
        self._database.write(
            f"UPDATE inbound SET {words} WHERE sid = :sid",
            **{**change, "state_seq": seq, "event_seq": seq, "sid": sid},
        )

    def stored(self, sid: str) -> InboundRow | None:
        found = inbound_rows(self._database, "sid = :sid", sid=sid)
        return found[0] if found else None

    def by_sids(self, sids: Iterable[str]) -> dict[str, InboundRow]:
        found = inbound_rows(self._database, _IN_SIDS, sids=list_text(sids))
        return {row.sid: row for row in found}

    def starting(self, start: str) -> tuple[str, ...]:
        """SIDs that begin so, with or without the two letters of their type; a few at most."""
        found = self._database.rows(
            "SELECT sid FROM inbound WHERE lower(substr(sid, 3, :length)) = :start"
            " OR lower(substr(sid, 1, :length)) = :start ORDER BY sid LIMIT 9",
            start=start.lower(),
            length=len(start),
        )
        return tuple(row[0] for row in found)

    def unread(
        self, limit: int | None = None, *, after: tuple[datetime, str] | None = None
    ) -> tuple[InboundRow, ...]:
        """Not read yet, oldest first; voicemails whose transcript is awaited are left out. `after`: the time and
        SID of the last one that is not wanted any more.
        """
        words = "read_at IS NULL AND transcript_state <> 'awaited' ORDER BY received_at, sid"
        if after is None:
            return inbound_rows(self._database, words, limit)
        later = f"(received_at, sid) > (:at, :sid) AND {words}"
        return inbound_rows(self._database, later, limit, at=instant_text(after[0]), sid=after[1])

    def without_effects(self, limit: int | None = None) -> tuple[InboundRow, ...]:
        words = "effects_at IS NULL AND read_at IS NOT NULL ORDER BY received_at, sid"
        return inbound_rows(self._database, words, limit)

    def unmatched(self, limit: int | None = None) -> tuple[InboundRow, ...]:
        """Nobody has looked yet whose these are, oldest first."""
        return inbound_rows(self._database, "matched_at IS NULL ORDER BY received_at, sid", limit)

    def open_inbox(self) -> tuple[InboundRow, ...]:
        """What needs a person, oldest first."""
        return inbound_rows(self._database, "inbox = 'open' ORDER BY received_at, sid")

    def awaited_transcripts(self) -> tuple[InboundRow, ...]:
        words = "transcript_state = 'awaited' ORDER BY transcript_due_until, sid"
        return inbound_rows(self._database, words)

    def received(self, since: datetime, until: datetime | None = None) -> tuple[InboundRow, ...]:
        words = "received_at >= :since AND received_at < :until ORDER BY received_at, sid"
        end = instant_text(until) if until else "~"
        return inbound_rows(self._database, words, since=instant_text(since), until=end)

    def sent_by(self, address: str) -> tuple[InboundRow, ...]:
        """Everything from one address, newest first."""
        found = inbound_rows(self._database, "sender_tag = :tag", tag=self._tags.of(address))
        return tuple(sorted(found, key=lambda row: row.received_at, reverse=True))

    def changed_after(self, seq: int) -> tuple[InboundRow, ...]:
        """Stored or changed by an audit event after number `seq`: what NetSuite does not know yet."""
        found = inbound_rows(self._database, "event_seq > :seq OR state_seq > :seq", seq=seq)
        return tuple(sorted(found, key=lambda row: (row.received_at, row.sid)))


def _match_columns(match: MatchSeen, now: datetime) -> dict[str, object]:
    columns: dict[str, object] = {
        "customer_id": match.customer_id,
        "invoice_id": match.invoice_id,
        "invoice_ids": list_text(match.invoice_ids),
        "score": match.score,
        "signals": list_text(match.signals),
        "candidates": list_text(match.candidates),
        "matched_at": instant_text(now),
    }
    if match.inbox_reason is not None:
        columns |= {"inbox": "open", "inbox_reason": match.inbox_reason, "closed_at": None, "closed_by": None}
    return columns


def _salt(row: Mapping[str, object]) -> bytes:
    salt = row["salt"]
    return salt if isinstance(salt, bytes) else b""
