"""Numbered steps of the schema, each an SQL file beside this module, run once and in order.

Every step runs in one transaction together with its `user_version`, so that a failing statement takes back
all of it. Imports nothing of ours: what is written today must run unchanged in three years.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

LATEST = 1


def schema_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def run_missing(connection: sqlite3.Connection) -> None:
    """Brings the schema to `LATEST`; the caller holds the transaction."""
    for version in range(schema_version(connection) + 1, LATEST + 1):
        for statement in statements(version):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {version:d}")


def statements(version: int) -> Iterator[str]:
    """The statements of one step; a trigger with its inner semicolons is one."""
    from importlib import resources  # only where a schema is made

    script = resources.files(__package__).joinpath(f"migration_{version:04d}.sql").read_text("utf-8")
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
