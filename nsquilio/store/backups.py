"""Copies of the state file: before a migration, and where a person asks for one. Never overwrites a file."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from nsquilio.errors import Damaged, DiskFailed, WrongUsage
from nsquilio.store import files
from nsquilio.store.database import Database, explained

KEPT = 14


def before_migration(database: Database, version: int, now: datetime) -> Path | None:
    """A copy in `backups` beside the state file; the oldest beyond 14 go."""
    if database.path is None:
        return None
    folder = database.path.parent / "backups"
    files.prepare_folder(folder)
    target = folder / f"state-schema{version}-{now.astimezone(UTC):%Y%m%dT%H%M%S%f}Z.db"
    copy_to(database, target)
    for old in sorted(folder.glob("state-schema*.db"), key=lambda path: path.name.rpartition("-")[2])[:-KEPT]:
        old.unlink(missing_ok=True)
    return target


def copy_to(database: Database, target: Path) -> None:
    """A whole, checked and durable copy (0600), also while another process writes."""
    try:
        files.create_empty(target)
    except FileExistsError:
        raise WrongUsage(
            f"{target} exists already; a backup overwrites nothing.", "Name a new file."
        ) from None
    try:
        _copy(database, target)
        _sync(target)
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        raise explained(error, str(target)) from error
    except OSError as error:
        target.unlink(missing_ok=True)
        raise DiskFailed(f"{target} could not be written: {error.strerror}.", service="disk") from error
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _copy(database: Database, target: Path) -> None:
    copy = sqlite3.connect(target, isolation_level=None)
    try:
        database.connection.backup(copy)
        found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    finally:
        copy.close()
    if found != "ok":
        raise Damaged(f"The copy {target} of the state file is damaged ({found}) and was removed.")


def _sync(target: Path) -> None:
    for path in (target, target.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
