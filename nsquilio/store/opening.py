"""From a path to a connection that may be trusted: private, durable, with the schema of this program.

What makes a file ours and whole stands in `identity`; what its tables mean is not known here.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from nsquilio.errors import NotReady
from nsquilio.store import backups, files, identity, migrations
from nsquilio.store.columns import instant_text
from nsquilio.store.database import Database, explained

FILE_NAME = "state.db"
OLDEST_SQLITE = (3, 37)  # STRICT tables

_SETTINGS = {"foreign_keys": "ON", "secure_delete": "ON", "cell_size_check": "ON", "trusted_schema": "OFF"}


def refuse_old_sqlite() -> None:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise NotReady(
            f"Python's SQLite is {sqlite3.sqlite_version}; the state file needs 3.37. Nothing was sent.",
            "Use a Python with a newer SQLite.",
            code="old_sqlite",
        )


def open_for_writing(path: Path, busy_timeout_s: float) -> Database:
    """An existing file, set up for durable commits; a journal left by a crash is rolled back here."""
    connection = connect(path, "rw", busy_timeout_s)
    try:
        for name, value in {**_SETTINGS, "synchronous": "EXTRA", "journal_mode": "DELETE"}.items():
            connection.execute(f"PRAGMA {name} = {value}")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -32000")
        _read_back(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise explained(error, str(path)) from error
    except BaseException:
        connection.close()
        raise
    return Database(connection, path)


def connect(path: Path, mode: str, busy_timeout_s: float) -> sqlite3.Connection:
    """`mode`: "rw" or "ro"; never one that would make a file with everybody's rights."""
    try:
        return sqlite3.connect(
            f"file:{quote(str(path))}?mode={mode}", uri=True, isolation_level=None, timeout=busy_timeout_s
        )
    except sqlite3.Error as error:
        raise explained(error, str(path)) from error


def _read_back(connection: sqlite3.Connection, path: Path) -> None:
    """SQLite ignores settings it cannot follow; durability must not depend on luck."""
    expected = {"journal_mode": "delete", "synchronous": 3, "foreign_keys": 1, "secure_delete": 1}
    found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in expected}
    if found != expected:
        raise NotReady(
            f"SQLite does not follow its settings for {path}: {found}, not {expected}. Nothing was sent.",
            "Close other programs that have the state file open and run again.",
            code="unsafe_state",
        )


def make_schema(database: Database, names: Mapping[str, str], now: datetime) -> None:
    """Fills an empty file; another process may have done it since we looked."""
    with database.transaction():
        if not identity.is_empty(database):
            return
        _migrate(database)
        database.write(f"PRAGMA application_id = {identity.APPLICATION_ID:d}")
        first = {"created_at": instant_text(now), "checked_at": instant_text(now), "run_seq": "0"}
        keys = {"tag_key": os.urandom(32).hex()}
        for name, value in {**first, **keys, **names}.items():
            database.write("INSERT INTO meta (name, value) VALUES (:name, :value)", name=name, value=value)


def bring_up_to_date(database: Database, now: datetime) -> None:
    """Runs the steps of the schema that are missing, after a backup."""
    version = int(database.value("PRAGMA user_version"))
    if version == migrations.LATEST:
        return
    backups.before_migration(database, version, now)
    with database.transaction():
        _migrate(database)


def _migrate(database: Database) -> None:
    try:
        migrations.run_missing(database.connection)
    except sqlite3.Error as error:
        raise explained(error, str(database.path)) from error
    database.write(
        "INSERT INTO meta (name, value) VALUES ('schema_hash', :value)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        value=identity.schema_hash(database),
    )


def check_whole(database: Database, path: Path, now: datetime, thorough: bool | None) -> None:
    """Refuses a damaged file. `thorough`: read every page; None: when that is cheap or due."""
    if not (identity.is_check_due(database, path, now) if thorough is None else thorough):
        return
    identity.check_pages(database, path)
    if not identity.is_small(path):
        with database.transaction():
            database.write("UPDATE meta SET value = :at WHERE name = 'checked_at'", at=instant_text(now))


def left_by_a_crash(path: Path) -> bool:
    """Whether a journal stands beside the file: of a run that died while writing, or that writes now."""
    try:
        return os.path.getsize(f"{path}-journal") > 0
    except OSError:
        return False


def prepare_file(folder: Path) -> Path:
    """The path of the state file in its folder, both private; makes what is missing."""
    files.prepare_folder(folder)
    path = folder / FILE_NAME
    try:
        files.create_empty(path)
    except FileExistsError:
        files.check_private(path, 0o600)
    return path
