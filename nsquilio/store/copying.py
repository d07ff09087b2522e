"""A copy of the state file that a dry run may change without a trace: memory laid over the file, read-only.

A whole copy of a large file would take a second and a gigabyte. So only the small tables are copied; the
large ones become views of their rows on disk and of what was written in memory, which hides the row on disk
that it replaces. The queries of the other modules run on these views unchanged. What they must not do with a
large table: upsert, delete, or ask SQLite for the id it gave.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from nsquilio.errors import DiskFailed
from nsquilio.store import identity, migrations, opening
from nsquilio.store.database import Database, explained

# Large tables and the columns that tell their rows apart. Rows of event_refs are only ever added.
_LARGE = {
    "messages": ("id",),
    "reminders": ("id",),
    "inbound": ("sid",),
    "events": ("seq",),
    "event_refs": (),
    "personal": ("subject",),
    "communications": ("eid",),
    "runs": ("id",),
}

_SETTINGS = (
    "ATTACH :source AS disk",
    "PRAGMA disk.user_version",  # the first look at the file: it tells whether a journal must be rolled back
    "PRAGMA cell_size_check = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA disk.cache_size = -32000",
    "PRAGMA temp_store = MEMORY",
)


def lay_over(path: Path, names: Mapping[str, str], busy_timeout_s: float) -> Database | None:
    """A database in memory that shows the rows of the file and keeps its own changes; None: no rows."""
    try:
        return _lay_over(path, path, names, busy_timeout_s)
    except sqlite3.Error as error:
        if not _needs_rollback(error, path):
            raise explained(error, str(path)) from error
    return _over_rolled_back_copy(path, names, busy_timeout_s)


def _needs_rollback(error: sqlite3.Error, path: Path) -> bool:
    """A run died while writing: its journal must be rolled back, which reading alone cannot do."""
    code = getattr(error, "sqlite_errorcode", 0)
    unreadable = code & 0xFF in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
    return unreadable and opening.left_by_a_crash(path)


def _over_rolled_back_copy(path: Path, names: Mapping[str, str], busy_timeout_s: float) -> Database | None:
    """Rolls back in a private copy whose name goes at once; its content lives until it is closed."""
    import shutil
    from tempfile import mkdtemp

    folder = Path(mkdtemp(prefix="nsquilio-"))
    try:
        copy = folder / path.name
        _copy_with_journal(path, copy)
        opening.open_for_writing(copy, busy_timeout_s).connection.close()
        return _lay_over(copy, path, names, busy_timeout_s)
    except sqlite3.Error as error:
        raise explained(error, str(path)) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy_with_journal(path: Path, copy: Path) -> None:
    """Both files as they belong together: another run may be rolling back right now."""
    from shutil import copyfile

    journal = Path(f"{path}-journal")
    for _ in range(5):
        try:
            before = (journal.stat().st_mtime_ns, path.stat().st_mtime_ns)
            copyfile(journal, f"{copy}-journal")
            copyfile(path, copy)
            if (journal.stat().st_mtime_ns, path.stat().st_mtime_ns) == before:
                return
        except FileNotFoundError:
            copyfile(path, copy)
            Path(f"{copy}-journal").unlink(missing_ok=True)
            return
    raise DiskFailed(
        f"{path} is being written to and repaired at the same time; it could not be copied for a dry run.",
        "Run `nsquilio status`, which repairs it, then try again.",
        service="disk",
    )


def _lay_over(source: Path, path: Path, names: Mapping[str, str], busy_timeout_s: float) -> Database | None:
    """`path`: what messages call the file, also where `source` is a copy of it."""
    connection = sqlite3.connect(":memory:", uri=True, isolation_level=None, timeout=busy_timeout_s)
    database = Database(connection, None, copy_of=path)
    try:
        for words in _SETTINGS:
            connection.execute(words, {"source": f"file:{quote(str(source))}?mode=ro"})
        if identity.is_empty(database, "disk"):
            connection.close()
            return None
        version = identity.check_identity(database, path, names, "disk")
        if identity.is_small(source):
            identity.check_pages(database, path, "disk")
        if version == migrations.LATEST:
            _fill(connection)
        else:
            _copy_whole(connection, source)
    except BaseException:
        connection.close()
        raise
    return database


def _copy_whole(connection: sqlite3.Connection, path: Path) -> None:
    """A file of an older program, until it is opened for writing: rare, so memory may be spent on it."""
    connection.execute("DETACH disk")
    source = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)
    try:
        source.backup(connection)
    finally:
        source.close()


def _fill(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN")
    migrations.run_missing(connection)
    connection.execute(f"PRAGMA application_id = {_pragma(connection, 'disk.application_id'):d}")
    tables = [
        row[0] for row in connection.execute("SELECT name FROM disk.sqlite_schema WHERE type = 'table'")
    ]
    for table in tables:
        if table in _LARGE:
            _show_both(connection, table, _LARGE[table])
        elif not table.startswith("sqlite_"):
            connection.execute(f"INSERT INTO main.{table} SELECT * FROM disk.{table}")
    connection.execute("COMMIT")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _show_both(connection: sqlite3.Connection, table: str, key: tuple[str, ...]) -> None:
    """A view in the place of the table; its triggers write to memory only."""
    own = f"own_{table}"
    for (trigger,) in connection.execute(
        "SELECT name FROM main.sqlite_schema WHERE type = 'trigger' AND tbl_name = :table", {"table": table}
    ).fetchall():
        connection.execute(f"DROP TRIGGER main.{trigger}")
    connection.execute(f"ALTER TABLE main.{table} RENAME TO {own}")
    columns = connection.execute(f"PRAGMA main.table_info({own})").fetchall()
    names = ", ".join(column[1] for column in columns)
    values = ", ".join(_new_value(column[1], column[4]) for column in columns)
    hidden = " AND ".join(f"o.{name} = d.{name}" for name in key)
    unless = f"WHERE NOT EXISTS (SELECT 1 FROM main.{own} o WHERE {hidden})" if key else ""
    connection.execute(
        f"CREATE TEMP VIEW {table} AS SELECT {names} FROM main.{own}"
        f" UNION ALL SELECT {names} FROM disk.{table} d {unless}"
    )
    connection.execute(
        f"CREATE TEMP TRIGGER insert_{table} INSTEAD OF INSERT ON {table}"
        f" BEGIN INSERT INTO {own} ({names}) VALUES ({values}); END"
    )
    if key:
        replaced = " AND ".join(f"{name} = OLD.{name}" for name in key)
        connection.execute(
            f"CREATE TEMP TRIGGER update_{table} INSTEAD OF UPDATE ON {table}"
            f" BEGIN DELETE FROM {own} WHERE {replaced}; INSERT INTO {own} ({names}) VALUES ({values}); END"
        )


def _new_value(name: str, default: str | None) -> str:
    """A view has no defaults: what an INSERT leaves out arrives as NULL."""
    return f"NEW.{name}" if default is None else f"coalesce(NEW.{name}, {default})"
