"""The one place that speaks to SQLite: queries, transactions, and what its errors mean in plain words.

Nothing outside this room sees an exception of `sqlite3`. Writers take the write lock when they begin
(`BEGIN IMMEDIATE`): a transaction that starts by reading fails at once, whatever the busy timeout, when it
wants to write after somebody else did.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn

from nsquilio.errors import Damaged, DiskFailed, NsquilioError, ServiceFailed

_MOST_VALUES = 30_000  # SQLite takes 32,766 in one statement

_LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT)
_NOT_WRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH)
_DISK = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOLFS)

Parameters = Mapping[str, object] | tuple[object, ...]

RESTORE = (
    "Move it aside and put the newest copy there as state.db, mode 0600: one from `backups` beside it, or "
    "one made with `nsquilio audit backup`. Then `nsquilio audit verify` and `nsquilio remind --dry-run`: "
    "what was sent since that copy is read back from Twilio and NetSuite before anything is sent."
)


class Database:
    """One connection, used by one thread. `path`: None for a state file in memory.

    `copy_of`: the file that this memory is laid over, which must not be locked for writing even where it could be.
    `era`: another number whenever what was read in a transaction may not be so any more.
    """

    def __init__(
        self, connection: sqlite3.Connection, path: Path | None, *, copy_of: Path | None = None
    ) -> None:
        connection.row_factory = sqlite3.Row
        self.connection = connection
        self.path = path
        self.copy_of = copy_of
        self.era = 0
        self._level = 0
        self._spoilt = False

    def rows(self, sql: str, /, **parameters: object) -> list[sqlite3.Row]:
        return self._execute(sql, parameters).fetchall()

    def row(self, sql: str, /, **parameters: object) -> sqlite3.Row | None:
        found = self.rows(sql, **parameters)
        return found[0] if found else None

    def value(self, sql: str, /, **parameters: object) -> Any:
        """The first column of the first row, or None."""
        found = self.rows(sql, **parameters)
        return found[0][0] if found else None

    def write(self, sql: str, /, **parameters: object) -> None:
        self._execute(sql, parameters)

    def write_many(self, sql: str, rows: Sequence[Mapping[str, object]]) -> None:
        if len(rows) <= 1:
            for row in rows:
                self._execute(sql, row)
            return
        with self.transaction():
            self._refuse_half_a_transaction()
            try:
                # One letter no file can hold would fail in the middle, with half of the rows written.
                self.connection.executemany(
                    sql, [row if _is_ascii(row) else _encodable_row(row) for row in rows]
                )
            except (sqlite3.Error, OverflowError) as error:
                self._explain(error)

    def insert_rows(
        self,
        table: str,
        columns: Sequence[str],
        rows: Sequence[tuple[object, ...]],
        shared: Mapping[str, object],
    ) -> None:
        """Where a hundred thousand rows come at once. `shared`: columns that are the same in all of them.

        Many rows go into one statement: other threads may work during a statement, not between rows. OR FAIL
        spares SQLite a second journal for the case that a row is refused; the transaction is undone then.
        """
        first, names, start = tuple(shared.values()), (*shared, *columns), 0
        with self.transaction():
            for count in _rows_at_once(len(rows), len(names)):
                values = (*first, *chain.from_iterable(rows[start : start + count]))
                self._execute(_insert_words(table, names, len(first), count), values)
                start += count

    def _execute(self, sql: str, parameters: Parameters) -> sqlite3.Cursor:
        self._refuse_half_a_transaction()
        try:
            return self.connection.execute(sql, parameters)
        except UnicodeEncodeError:
            return self._execute(sql, _encodable(parameters))
        except (sqlite3.Error, OverflowError) as error:
            self._explain(error)

    def _refuse_half_a_transaction(self) -> None:
        """SQLite rolls back by itself when the disk fails; what follows must not be written alone then."""
        if self._level and not self.connection.in_transaction:
            raise DiskFailed(
                f"The state file {self._name()} took back what was being written.", service="disk"
            )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing; joins the one that is open already, whose fate it then shares."""
        if self._level:
            with self._joined():
                yield
        else:
            with self._level_of("BEGIN" if self.copy_of else "BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",)):
                yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several questions to one state of the file; others wait with writing, so be short."""
        if self._level:
            yield
            return
        with self._level_of("BEGIN", "COMMIT", ("ROLLBACK",)):
            yield

    @contextmanager
    def part(self) -> Iterator[None]:
        """A transaction, or a part of one that may fail alone."""
        if not self._level:
            with self.transaction():
                yield
        else:
            name = f"part_{self._level}"
            with self._level_of(
                f"SAVEPOINT {name}", f"RELEASE {name}", (f"ROLLBACK TO {name}", f"RELEASE {name}")
            ):
                yield

    @contextmanager
    def _joined(self) -> Iterator[None]:
        """A savepoint would cost as much as a statement; half a change that failed is never committed."""
        written = self.connection.total_changes
        try:
            yield
        except BaseException:
            self._spoilt = self._spoilt or self.connection.total_changes != written
            raise

    @contextmanager
    def _level_of(self, begin: str, end: str, undo: Sequence[str]) -> Iterator[None]:
        spoilt_before = self._spoilt
        self._execute(begin, {})
        self.era += 1
        self._level += 1
        try:
            yield
            if self._spoilt:
                raise NsquilioError(f"Half a change of the state file {self._name()} failed; all was undone.")
            self._execute(end, {})
        except BaseException:
            self._undo(undo)
            self._spoilt = spoilt_before
            raise
        finally:
            self._level -= 1

    def _undo(self, words: Sequence[str]) -> None:
        self.era += 1
        if self.connection.in_transaction:
            with suppress(sqlite3.Error):
                for word in words:
                    self.connection.execute(word)

    def _name(self) -> str:
        return str(self.path or self.copy_of or "in memory")

    def _explain(self, error: Exception) -> NoReturn:
        raise explained(error, self._name()) from error


def explained(error: Exception, name: str) -> NsquilioError:
    """The error of ours that tells what an exception of SQLite means for the state file `name`."""
    full_code = getattr(error, "sqlite_errorcode", None)
    code = full_code & 0xFF if isinstance(full_code, int) else None
    if code in _LOCKED:
        return ServiceFailed(
            f"The state file {name} is locked: another program is writing to it and did not finish in time.",
            "Wait until that run has ended and try again; nothing was changed.",
            service="disk",
            code="state_locked",
        )
    if code in _BROKEN or (code is None and "not a database" in str(error)):
        return Damaged(f"The state file {name} is damaged ({error}). Nothing was sent.", RESTORE)
    if code == sqlite3.SQLITE_FULL:
        return DiskFailed(
            f"The disk is full: the state file {name} cannot be written. What is not recorded is not sent.",
            "Free some space on that disk and run again.",
            service="disk",
            code="disk_full",
        )
    if code in _NOT_WRITABLE:
        return DiskFailed(
            f"The state file {name} cannot be written ({error}).",
            "Mount that disk for writing, and let the file and its folder belong to the user who runs this.",
            service="disk",
            code="state_read_only",
        )
    if code in _DISK:
        return DiskFailed(
            f"The disk failed on the state file {name} ({error}). What is not recorded is not sent.",
            "Check the disk and its free space, then run again.",
            service="disk",
        )
    return NsquilioError(f"The state file {name} refused what it was given: {error}", "Please report this.")


def _encodable(parameters: Parameters) -> Parameters:
    """Strangers' JSON may hold half a surrogate pair, which no UTF-8 file can: "?" stands for it."""
    if isinstance(parameters, tuple):
        return tuple(map(_encodable_value, parameters))
    return _encodable_row(parameters)


def _is_ascii(row: Mapping[str, object]) -> bool:
    return all(value.isascii() for value in row.values() if isinstance(value, str))


def _encodable_row(row: Mapping[str, object]) -> dict[str, object]:
    return {name: _encodable_value(value) for name, value in row.items()}


def _encodable_value(value: object) -> object:
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def _rows_at_once(count: int, width: int) -> Iterator[int]:
    """Of three sizes only, because SQLite keeps every statement that it has read."""
    for size in (_MOST_VALUES // width, 100, 1):
        while count >= size:
            yield size
            count -= size


@lru_cache(maxsize=8)
def _insert_words(table: str, names: tuple[str, ...], shared: int, count: int) -> str:
    """A number makes a place that the rows share; a bare question mark is the next value."""
    first = [f"?{number + 1}" for number in range(shared)]
    row = f"({', '.join([*first, *'?' * (len(names) - shared)])})"
    return f"INSERT OR FAIL INTO {table} ({', '.join(names)}) VALUES {', '.join([row] * count)}"
