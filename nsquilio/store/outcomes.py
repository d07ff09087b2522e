"""What became of messages: outcomes right after the request, delivery statuses later, wishes to cancel.

Only rows that change are written. A row and the audit event that describes it are written together.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from nsquilio.core.model import TAKEN, Outcome
from nsquilio.errors import NsquilioError
from nsquilio.store.columns import (
    instant_text,
    list_text,
    maybe_amount_text,
    maybe_instant_text,
    numbers_text,
)
from nsquilio.store.database import Database
from nsquilio.store.message_rows import ROW_COLUMNS, digest, rows_by_key, subject
from nsquilio.store.rows import OutcomeSeen, StatusSeen
from nsquilio.store.tags import masked
from nsquilio.store.trail import Entry, Trail

_STATUS_COLUMNS = "sid, status, error_code, price, price_currency, segments, final, failed_for_good, outcome"

_TAKE = (
    "UPDATE reminders SET live = 1 WHERE live = 0"
    " AND NOT EXISTS (SELECT 1 FROM reminders o WHERE o.key = reminders.key AND o.live = 1)"
)


def record_outcomes(database: Database, trail: Trail, outcomes: Sequence[OutcomeSeen]) -> None:
    """One event each: an outcome is what an auditor asks for by itself."""
    if not outcomes:
        return
    now = max(seen.at for seen in outcomes)
    with database.transaction():
        rows = rows_by_key(database, [seen.key for seen in outcomes])
        changed = [(_known(rows, seen.key), _outcome_changes(seen)) for seen in outcomes]
        after = [{**dict(row), **change} for row, change in changed]
        entries = [
            _entry("message.outcome", [row], _shown(change))
            for row, (_, change) in zip(after, changed, strict=True)
        ]
        for row, (before, change), seq in zip(after, changed, trail.append_all(entries, now), strict=True):
            _update(database, before, row, change, seq)


def _known(rows: Mapping[str, sqlite3.Row], key: str) -> sqlite3.Row:
    if key not in rows:
        raise NsquilioError(f"No message {key} stands in the state file to take an outcome.")
    return rows[key]


def _outcome_changes(seen: OutcomeSeen) -> dict[str, object]:
    """What is unknown now (None) leaves what was known before."""
    at = instant_text(seen.at)
    known: dict[str, object] = {
        "sid": seen.sid,
        "status": seen.status,
        "status_at": None if seen.status is None else at,
        "error_code": seen.error_code,
        "segments": seen.segments,
        "price": maybe_amount_text(seen.price),
        "price_currency": seen.price_currency,
        "settle_not_before": maybe_instant_text(seen.settle_not_before),
        "failed_for_good": 1 if seen.failed_for_good else None,
    }
    changes = {name: value for name, value in known.items() if value is not None}
    return changes | {"outcome": str(seen.outcome), "outcome_at": at, "detail": masked(seen.detail)}


def update_statuses(database: Database, trail: Trail, statuses: Sequence[StatusSeen], now: datetime) -> int:
    """The number of rows that changed. SIDs that are not ours are passed over."""
    with database.transaction():
        changes = _status_changes(database, statuses)
        if not changes:
            return 0
        rows = database.rows(
            f"SELECT {ROW_COLUMNS} FROM messages WHERE sid IN (SELECT value FROM json_each(:sids))",
            sids=list_text(changes),
        )
        told: dict[str, object] = {"statuses": {sid: _shown(change) for sid, change in changes.items()}}
        _change(database, trail, "message.status", [(row, changes[row["sid"]]) for row in rows], now, told)
    return len(rows)


def _status_changes(database: Database, statuses: Sequence[StatusSeen]) -> dict[str, dict[str, object]]:
    by_sid = {seen.sid: seen for seen in statuses}
    found = database.rows(
        f"SELECT {_STATUS_COLUMNS} FROM messages WHERE sid IN (SELECT value FROM json_each(:sids))",
        sids=list_text(by_sid),
    )
    changes = {row["sid"]: _status_change(row, by_sid[row["sid"]]) for row in found}
    return {sid: change for sid, change in changes.items() if change}


def _status_change(row: sqlite3.Row, seen: StatusSeen) -> dict[str, object]:
    """Lists lag behind: what was final stays, and what the service no longer tells is kept."""
    if row["final"] and not seen.final:
        return {}
    told: dict[str, object] = {
        "status": seen.status,
        "error_code": seen.error_code,
        "price": maybe_amount_text(seen.price),
        "price_currency": seen.price_currency,
        "segments": seen.segments,
        "final": 1 if seen.final else None,
        "failed_for_good": 1 if seen.failed_for_good else None,
        "outcome": None if seen.outcome is None else str(seen.outcome),
    }
    change = {name: value for name, value in told.items() if value is not None and value != row[name]}
    if change:
        change["status_at"] = instant_text(seen.at)
    if "outcome" in change:
        change["outcome_at"] = instant_text(seen.at)
    return change


def _shown(change: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in change.items() if name not in ("status_at", "outcome_at")}


def mark_cancel_wanted(
    database: Database, trail: Trail, keys: Iterable[str], reason: str, now: datetime
) -> int:
    """Only texts still scheduled can be canceled; the number newly marked."""
    with database.transaction():
        rows = [
            row
            for row in rows_by_key(database, keys).values()
            if row["outcome"] == Outcome.SCHEDULED and row["cancel_wanted_at"] is None
        ]
        if rows:
            change = {"cancel_wanted_at": instant_text(now), "canceled_reason": reason}
            _change(
                database,
                trail,
                "message.cancel_wanted",
                [(row, change) for row in rows],
                now,
                {"reason": reason},
            )
    return len(rows)


def looked(
    database: Database, trail: Trail, key: str, now: datetime, settle_not_before: datetime | None
) -> int:
    """Counts one more look for a message of unknown outcome; the number of looks so far."""
    with database.transaction():
        row = _known(rows_by_key(database, [key]), key)
        change: dict[str, object] = {
            "looks": row["looks"] + 1,
            "looked_at": instant_text(now),
            "settle_not_before": maybe_instant_text(settle_not_before),
        }
        _change(database, trail, "message.looked", [(row, change)], now, {"looks": row["looks"] + 1})
    return int(row["looks"]) + 1


def settle_by_hand(
    database: Database, trail: Trail, key: str, was_sent: bool, actor: str, now: datetime
) -> None:
    """A person's word on an unknown outcome; without it going out the keys are free again."""
    with database.transaction():
        row = _known(rows_by_key(database, [key]), key)
        change: dict[str, object] = {
            "outcome": str(Outcome.SENT if was_sent else Outcome.NOT_SENT),
            "outcome_at": instant_text(now),
            "settled_by": actor,
        }
        told = {"was_sent": was_sent}
        _change(database, trail, "message.settled_by_hand", [(row, change)], now, told, actor)


def _change(
    database: Database,
    trail: Trail,
    type: str,
    changed: Sequence[tuple[sqlite3.Row, Mapping[str, object]]],
    now: datetime,
    told: Mapping[str, object],
    actor: str = "",
) -> None:
    """Several rows under one event."""
    after = [{**dict(row), **change} for row, change in changed]
    seq = trail.append_all([_entry(type, after, told, actor)], now)[0]
    for row, (before, change) in zip(after, changed, strict=True):
        _update(database, before, row, change, seq)


def _entry(
    type: str, after: Sequence[Mapping[str, object]], told: Mapping[str, object], actor: str = ""
) -> Entry:
    rows = {subject(str(row["key"]), int(str(row["attempt"]))): digest(row) for row in after}
    ids = {"messages": [row["key"] for row in after]}
    return Entry(type, ids=ids, details={**told, "rows": rows}, refs=tuple(rows), actor=actor)


def _update(
    database: Database,
    before: sqlite3.Row,
    row: Mapping[str, object],
    change: Mapping[str, object],
    seq: int,
) -> None:
    columns = ", ".join(f"{name} = :{name}" for name in change)
    database.write(
        f"UPDATE messages SET {columns}, event_seq = :event_seq WHERE id = :id",
        **{**change, "event_seq": seq, "id": row["id"]},
    )
    if (row["outcome"] in TAKEN) != (before["outcome"] in TAKEN):
        _free_or_take(database, row)


def _free_or_take(database: Database, row: Mapping[str, object]) -> None:
    if row["outcome"] in TAKEN:
        database.write(f"{_TAKE} AND message_id = :id", id=row["id"])
        return
    database.write("UPDATE reminders SET live = 0 WHERE message_id = :id AND live = 1", id=row["id"])
    # Another message may have gone out for the same key (found at the service): it takes the key then.
    for heir in _heirs(database, row["id"]):
        database.write(f"{_TAKE} AND id = :id", id=heir)


def _heirs(database: Database, message_id: object) -> list[int]:
    freed = database.rows("SELECT key FROM reminders WHERE message_id = :id", id=message_id)
    others = database.rows(
        "SELECT id, message_id FROM reminders WHERE live = 0 AND key IN (SELECT value FROM json_each(:keys))",
        keys=list_text(row["key"] for row in freed),
    )
    taken = database.rows(
        "SELECT id FROM messages WHERE id IN (SELECT value FROM json_each(:ids))"
        " AND +outcome IN ('intent', 'sent', 'scheduled', 'unknown')",
        ids=numbers_text({row["message_id"] for row in others}),
    )
    numbers = {row["id"] for row in taken}
    return sorted(row["id"] for row in others if row["message_id"] in numbers)
