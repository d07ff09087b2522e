"""The sandbox's world: one SQLite file that every service of the sandbox reads and writes, and its clock.

Never imported by the clients. Each service module brings its own tables (`TABLES`) and rules.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

_OWN_TABLES = """
CREATE TABLE IF NOT EXISTS clock (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    world_time TEXT NOT NULL,   -- ISO 8601 UTC: what the world's clock showed ...
    real_time TEXT NOT NULL     -- ... at this real moment; it ticks on from there
);
CREATE TABLE IF NOT EXISTS setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL         -- JSON
);
CREATE TABLE IF NOT EXISTS history (
    seq INTEGER PRIMARY KEY,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    query TEXT NOT NULL,
    body TEXT NOT NULL,         -- the first characters; never a header
    status INTEGER NOT NULL,    -- what the service answered, 0 when the connection ended without an answer
    fault TEXT NOT NULL,        -- the fault that hit it, else ''
    world_time TEXT NOT NULL,
    real_time TEXT NOT NULL
);
"""

Bound = Sequence[Any] | Mapping[str, Any]


class World:
    """Opens (and, when new, creates) the world's file. One connection, guarded by one lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lock = threading.RLock()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        os.close(descriptor)
        self.db = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        self.db.row_factory = sqlite3.Row
        # A killed process must not damage the world (tests kill it on purpose): WAL survives that without
        # fsync. Only a power cut would not, and then the world is reset.
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = OFF")
        self.db.executescript(_OWN_TABLES)

    def close(self) -> None:
        self.db.close()

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """One write transaction; other processes wait. May be nested: the outermost commits."""
        with self.lock:
            if self.db.in_transaction:
                yield self.db
                return
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
            except BaseException:
                self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")

    def rows(self, sql: str, bound: Bound = ()) -> list[sqlite3.Row]:
        with self.lock:
            return self.db.execute(sql, bound).fetchall()

    def row(self, sql: str, bound: Bound = ()) -> sqlite3.Row | None:
        with self.lock:
            found: sqlite3.Row | None = self.db.execute(sql, bound).fetchone()
            return found

    def value(self, sql: str, bound: Bound = ()) -> Any:
        """The first column of the first row, or None."""
        found = self.row(sql, bound)
        return None if found is None else found[0]

    def forget_everything(self) -> None:
        """Drops the services' tables and empties the world's own."""
        with self.change() as db:
            found = "SELECT type, name FROM sqlite_master WHERE type <> 'index' AND name NOT LIKE 'sqlite%'"
            for kind, name in db.execute(found).fetchall():
                own = name in ("clock", "setting", "history")
                db.execute(f"DELETE FROM {name}" if own else f"DROP {kind} {name}")

    def now(self) -> datetime:
        """The world's time, UTC. A new world starts at the real time."""
        row = self.row("SELECT world_time, real_time FROM clock")
        real = datetime.now(UTC)
        if row is None:
            return real
        return datetime.fromisoformat(row["world_time"]) + (real - datetime.fromisoformat(row["real_time"]))

    def set_clock(self, world_time: datetime) -> None:
        with self.change() as db:
            db.execute(
                "INSERT OR REPLACE INTO clock VALUES (1, ?, ?)",
                (world_time.astimezone(UTC).isoformat(), datetime.now(UTC).isoformat()),
            )

    def advance(self, step: timedelta) -> datetime:
        """Moves the clock on and returns the new time. Backwards is refused by the caller, not here."""
        with self.change():
            later = self.now() + step
            self.set_clock(later)
        return later

    def setting(self, name: str, default: Any = None) -> Any:
        """How this world behaves where accounts differ; a JSON value, read at every use by every process."""
        text = self.value("SELECT value FROM setting WHERE name = ?", (name,))
        return default if text is None else json.loads(text)

    def set_setting(self, name: str, value: Any) -> None:
        """None forgets the setting."""
        with self.change() as db:
            if value is None:
                db.execute("DELETE FROM setting WHERE name = ?", (name,))
            else:
                db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, json.dumps(value)))

    def history(self) -> list[dict[str, Any]]:
        """Every request so far, oldest first, as the columns of the table name them."""
        return [dict(row) for row in self.rows("SELECT * FROM history ORDER BY seq")]
