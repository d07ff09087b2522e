"""Compares rows with the audit events that describe them: what was edited, deleted or slipped in is named.

Each row knows the number of the event that described it last (`event_seq`, `state_seq`). That event must
agree with the row; no later one may speak of it; and every row must have one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nsquilio.core.chain import Break, Event, commitment, commitment_of_text
from nsquilio.store import inbound_rows, message_rows
from nsquilio.store.columns import list_text
from nsquilio.store.database import Database
from nsquilio.store.intents import reminder_facts
from nsquilio.store.message_rows import reminders_of, salt_of

Read = tuple[Event, Mapping[str, Any], Mapping[str, Any], Mapping[str, Any]]

_MESSAGE = "message:"
_INBOUND = "inbound:"
_ENDED_BY = {"optout.ended": "optout", "hold.released": "hold", "hold.expired": "hold"}


class RowCheck:
    """Feed it all events in order with `compare`, then ask for the `rest`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._described = _Numbers()  # messages, by id
        self._stored = _Numbers()  # inbound, by rowid
        self._erased: set[str] = set()
        self._erased_rows: dict[str, int] = {}
        self._blocks: dict[tuple[str, int], bool] = {}  # (optout|hold, id) -> in force

    def compare(self, batch: Sequence[Read]) -> list[Break]:
        """What is wrong with the rows that these events speak of."""
        messages = self._messages(batch)
        inbound = self._inbound(batch)
        personal = self._personal(batch)
        found: list[Break] = []
        for event, ids, details, commitments in batch:
            self._note(event, ids)
            states = details.get("rows", {})
            for name in dict.fromkeys([*states, *commitments]):
                state, bound = states.get(name), commitments.get(name)
                if name.startswith(_MESSAGE):
                    found += self._message(event, name, state, bound, messages.get(name))
                elif name.startswith(_INBOUND):
                    found += self._inbound_row(event, name, state, bound, inbound.get(name))
                else:
                    found += self._kept_apart(event, name, bound, personal.get(name))
            found += self._reminders(event, details, states, messages)
            found += _first_readings(event, details, inbound)
        return found

    def _note(self, event: Event, ids: Mapping[str, Any]) -> None:
        if event.type == "erased":
            self._erased.update(ids.get("subjects", ()))
        elif event.type in ("optout.added", "hold.added"):
            kind = event.type.partition(".")[0]
            self._blocks[(kind, ids.get(kind, 0))] = True
        elif event.type in _ENDED_BY:
            kind = _ENDED_BY[event.type]
            self._blocks[(kind, ids.get(kind, 0))] = False

    def _message(
        self, event: Event, name: str, state: str | None, bound: str | None, row: sqlite3.Row | None
    ) -> list[Break]:
        if row is None:
            return [Break(event.seq, "missing", f"the row of {name} is gone (event {event.seq})")]
        found = []
        if bound is not None and not self._is_erased(name, row["erased"], event.seq):
            fields = message_rows.personal_fields(row)
            if commitment(salt_of(row), fields) != bound:
                found.append(_changed(event, name, "recipient or text"))
        if row["event_seq"] < event.seq:
            found.append(_changed(event, name, "it is older than its last event"))
        elif row["event_seq"] == event.seq and state is not None:
            self._described.add(row["id"])
            if message_rows.digest(row) != state:
                found.append(_changed(event, name, "its outcome or other columns"))
        return found

    def _inbound_row(
        self, event: Event, name: str, state: str | None, bound: str | None, row: sqlite3.Row | None
    ) -> list[Break]:
        if row is None:
            return [Break(event.seq, "missing", f"the row of {name} is gone (event {event.seq})")]
        found = []
        if bound is not None and row["event_seq"] < event.seq:
            found.append(_changed(event, name, "it is older than its last event"))
        elif bound is not None and row["event_seq"] == event.seq:
            self._stored.add(row["rowid"])
            erased = self._is_erased(name, row["erased"], event.seq)
            if not erased and inbound_rows.committed(salt_of(row), row) != bound:
                found.append(_changed(event, name, "sender, text or time"))
        if state is not None and (row["state_seq"] or 0) < event.seq:
            found.append(_changed(event, name, "it is older than its last event"))
        elif state is not None and row["state_seq"] == event.seq and inbound_rows.digest(row) != state:
            found.append(_changed(event, name, "its reading or match"))
        return found

    def _kept_apart(self, event: Event, name: str, bound: str | None, row: sqlite3.Row | None) -> list[Break]:
        if bound is None:
            return []
        if row is None:
            return [Break(event.seq, "missing", f"the personal data of {name} is gone (event {event.seq})")]
        if self._is_erased(name, row["erased"], event.seq):
            return []
        same = commitment_of_text(salt_of(row), row["fields"]) == bound
        return [] if same else [_changed(event, name, "its personal data")]

    def _is_erased(self, name: str, erased: int, seq: int) -> bool:
        """An erased row must be named by a later `erased` event: checked at the end."""
        if erased:
            self._erased_rows[name] = seq
        return bool(erased)

    def _reminders(
        self,
        event: Event,
        details: Mapping[str, Any],
        states: Mapping[str, str],
        messages: Mapping[str, sqlite3.Row],
    ) -> list[Break]:
        name = next(iter(states), "")
        if "reminders" not in details or name not in messages:
            return []
        of_one = reminders_of(self._database, [messages[name]["id"]]).get(messages[name]["id"], [])
        same = [reminder_facts(each) for each in of_one] == details["reminders"]
        return [] if same else [_changed(event, name, "its reminders")]

    def _messages(self, batch: Sequence[Read]) -> dict[str, sqlite3.Row]:
        names = _names(batch, _MESSAGE)
        keys = {key for name in names for key in (name, name.rpartition("#")[0]) if key}
        columns = ", ".join(
            ["id", *message_rows.DIGESTED, *message_rows.PERSONAL, "salt", "erased", "event_seq"]
        )
        rows = self._database.rows(
            f"SELECT {columns} FROM messages WHERE key IN (SELECT value FROM json_each(:keys))",
            keys=list_text(key.removeprefix(_MESSAGE) for key in keys),
        )
        return {message_rows.subject(row["key"], row["attempt"]): row for row in rows}

    def _inbound(self, batch: Sequence[Read]) -> dict[str, sqlite3.Row]:
        columns = ", ".join([*inbound_rows.COMMITTED, *inbound_rows.DIGESTED[1:]])
        rows = self._database.rows(
            f"SELECT rowid, {columns}, salt, erased, event_seq, state_seq FROM inbound"
            " WHERE sid IN (SELECT value FROM json_each(:sids))",
            sids=list_text(name.removeprefix(_INBOUND) for name in _names(batch, _INBOUND)),
        )
        return {inbound_rows.subject(row["sid"]): row for row in rows}

    def _personal(self, batch: Sequence[Read]) -> dict[str, sqlite3.Row]:
        rows = self._database.rows(
            "SELECT subject, salt, fields, erased FROM personal"
            " WHERE subject IN (SELECT value FROM json_each(:names))",
            names=list_text(name for _, _, _, commitments in batch for name in commitments),
        )
        return {row["subject"]: row for row in rows}

    def rest(self, last_seq: int) -> list[Break]:
        """Rows that no event describes, after the last one."""
        return [
            *self._undescribed("messages", "id", self._described, last_seq),
            *self._undescribed("inbound", "rowid", self._stored, last_seq),
            *self._not_erased(),
            *self._wrong_live(last_seq),
            *self._wrong_blocks(last_seq),
        ]

    def _undescribed(self, table: str, number: str, seen: _Numbers, last_seq: int) -> list[Break]:
        name = "sid AS name" if table == "inbound" else "key AS name"
        if self._database.value(f"SELECT count(*) FROM {table}") == seen.count:
            return []
        rows = self._database.rows(f"SELECT {number} AS number, {name}, event_seq FROM {table}")
        return [
            Break(
                min(row["event_seq"], last_seq + 1),
                "inserted",
                f"no event describes the row of {table[:7]}:{row['name']}",
            )
            for row in rows
            if row["number"] not in seen
        ]

    def _not_erased(self) -> list[Break]:
        return [
            Break(
                seq, "changed", f"the personal data of {name} is gone, but no event says that it was erased"
            )
            for name, seq in self._erased_rows.items()
            if name not in self._erased
        ]

    def _wrong_live(self, last_seq: int) -> list[Break]:
        """A freed key could be sent twice: only what did not go out may be free."""
        rows = self._database.rows(
            "SELECT r.key, m.event_seq FROM reminders r LEFT JOIN messages m ON m.id = r.message_id"
            " WHERE m.id IS NULL"
            " OR (r.live = 1 AND m.outcome NOT IN ('intent', 'sent', 'scheduled', 'unknown'))"
            " OR (r.live = 0 AND m.outcome IN ('intent', 'sent', 'scheduled', 'unknown') AND NOT EXISTS"
            " (SELECT 1 FROM reminders o WHERE o.key = r.key AND o.live = 1))"
        )
        return [
            Break(
                row["event_seq"] or last_seq, "changed", f"reminder {row['key']} was freed or taken by hand"
            )
            for row in rows
        ]

    def _wrong_blocks(self, last_seq: int) -> list[Break]:
        rows = self._database.rows("SELECT 'optout' AS kind, id, active AS in_force FROM optouts")
        rows += self._database.rows("SELECT 'hold' AS kind, id, ended_at IS NULL AS in_force FROM holds")
        found = {(row["kind"], row["id"]): bool(row["in_force"]) for row in rows}
        return [
            Break(last_seq, "changed", f"{kind} {number} does not stand as the trail says")
            for kind, number in sorted(found.keys() | self._blocks.keys())
            if found.get((kind, number)) != self._blocks.get((kind, number))
        ]


class _Numbers:
    """A set of row numbers at one byte each: a million rows are looked at."""

    def __init__(self) -> None:
        self._seen = bytearray()
        self.count = 0

    def add(self, number: int) -> None:
        if number >= len(self._seen):
            self._seen.extend(bytes(max(number + 1 - len(self._seen), 65_536)))
        self.count += 1 - self._seen[number]
        self._seen[number] = 1

    def __contains__(self, number: int) -> bool:
        return 0 <= number < len(self._seen) and bool(self._seen[number])


def _names(batch: Sequence[Read], prefix: str) -> list[str]:
    return [
        name
        for _, _, details, commitments in batch
        for names in (details.get("rows", {}), commitments)
        for name in names
        if name.startswith(prefix)
    ]


def _first_readings(
    event: Event, details: Mapping[str, Any], inbound: Mapping[str, sqlite3.Row]
) -> Iterable[Break]:
    """What was read when a page was stored, as long as nothing later speaks of it."""
    if event.type != "inbound.stored":
        return
    for sid, reading in details.get("read", {}).items():
        row = inbound.get(inbound_rows.subject(sid))
        if row is None or row["state_seq"] is not None:
            continue
        if [row[name] for name in inbound_rows.READING] != reading:
            yield _changed(event, inbound_rows.subject(sid), "its reading")


def _changed(event: Event, name: str, what: str) -> Break:
    return Break(event.seq, "changed", f"the row of {name} was changed: {what} (event {event.seq})")
