"""Whether a state file is ours and whole: application, schema version, profile, accounts, tables, pages.

Works on the file itself (`schema` "main") and on one laid under a copy in memory ("disk"). Changes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from nsquilio.errors import Damaged, ForeignState
from nsquilio.store import migrations
from nsquilio.store.columns import instant
from nsquilio.store.database import RESTORE, Database

APPLICATION_ID = 0x6E737131  # "nsq1"

# quick_check reads every page: 5 s for 2.8 GB (a million messages) in the system's cache, 37 s from the disk.
# Small files are always checked, large ones once a day by whoever opens them for writing first, and after a
# crash. Each page is checked when it is read anyhow (cell_size_check); SQLite refuses a file cut short.
_SMALL_FILE_BYTES = 16_000_000
_CHECK_EVERY = timedelta(hours=24)
_NAMES = {"profile": "profile", "netsuite_account": "NetSuite account", "twilio_account": "Twilio account"}


def is_empty(database: Database, schema: str = "main") -> bool:
    return not database.value(f"SELECT count(*) FROM {schema}.sqlite_schema")


def check_identity(database: Database, path: Path, names: Mapping[str, str], schema: str = "main") -> int:
    """Refuses a file of another program, a newer program, another profile or other accounts.

    Returns its schema version.
    """
    if database.value(f"PRAGMA {schema}.application_id") != APPLICATION_ID:
        raise ForeignState(
            f"{path} was not made by nsquilio. Nothing was sent.",
            "Move it aside, or set state.directory to another folder.",
        )
    version = int(database.value(f"PRAGMA {schema}.user_version"))
    if version > migrations.LATEST:
        raise ForeignState(
            f"{path} was written by a newer nsquilio (schema {version}; this one knows "
            f"{migrations.LATEST}). Nothing was sent.",
            "Install that version again: an older program would not see everything that was sent.",
        )
    _check_tables(database, path, version, schema)
    _check_names(database, path, names, schema)
    return version


def _check_names(database: Database, path: Path, names: Mapping[str, str], schema: str) -> None:
    for name, word in _NAMES.items():
        found = meta(database, name, schema)
        if found != names[name]:
            raise ForeignState(
                f"{path} belongs to {word} {found!r}, but the configuration says {names[name]!r}. "
                "Nothing was sent.",
                "Use the configuration it belongs to, or give this one a state.directory of its own.",
            )


def _check_tables(database: Database, path: Path, version: int, schema: str) -> None:
    """A trigger or index that is gone is a guarantee that is gone."""
    has_meta = database.value(f"SELECT 1 FROM {schema}.sqlite_schema WHERE name = 'meta'")
    if not has_meta or meta(database, "schema_hash", schema) != schema_hash(database, schema):
        raise Damaged(
            f"The tables of {path} are not those of schema {version}: another program changed them. "
            "Nothing was sent.",
            RESTORE,
        )


def schema_hash(database: Database, schema: str = "main") -> str:
    found = database.rows(f"SELECT type, name, sql FROM {schema}.sqlite_schema ORDER BY type, name")
    text = "\n".join(f"{row['type']} {row['name']} {row['sql']}" for row in found)
    return sha256(text.encode()).hexdigest()


def meta(database: Database, name: str, schema: str = "main") -> str | None:
    found = database.value(f"SELECT value FROM {schema}.meta WHERE name = :name", name=name)
    return None if found is None else str(found)


def is_check_due(database: Database, path: Path, now: datetime) -> bool:
    if is_small(path):
        return True
    checked_at = instant(meta(database, "checked_at") or "1970-01-01T00:00:00Z")
    return not timedelta(0) <= now - checked_at < _CHECK_EVERY


def is_small(path: Path) -> bool:
    return os.path.getsize(path) <= _SMALL_FILE_BYTES


def check_pages(database: Database, path: Path, schema: str = "main") -> None:
    found = database.value(f"PRAGMA {schema}.quick_check(1)")
    if found != "ok":
        raise Damaged(f"The state file {path} is damaged ({found}). Nothing was sent.", RESTORE)
