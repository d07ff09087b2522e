"""The sandbox's world: one SQLite file that every service of the sandbox reads and writes, and its clock.

Never imported by the clients. Each service module brings its own tables (`TABLES`) and rules.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

_CLOCK = """
CREATE TABLE IF NOT EXISTS clock (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    world_time TEXT NOT NULL,   -- ISO 8601 UTC: what the world's clock showed ...
    real_time TEXT NOT NULL     -- ... at this real moment; it ticks on from there
);
"""


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
        self.db.execute("PRAGMA synchronous = OFF")
        self.db.executescript(_CLOCK)

    def close(self) -> None:
        self.db.close()

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """One write transaction; other processes on the same world wait."""
        with self.lock:
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
            except BaseException:
                self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")

    def now(self) -> datetime:
        """The world's time, UTC. A new world starts at the real time."""
        with self.lock:
            row = self.db.execute("SELECT world_time, real_time FROM clock").fetchone()
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
        later = self.now() + step
        self.set_clock(later)
        return later
