"""Credentials as a table and as JSON: names, place and age, never a character of a secret."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from nsquilio.render.blocks import print_rows
from nsquilio.render.json_out import utc

if TYPE_CHECKING:
    from rich.console import Console


class RowLike(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def present(self) -> bool | None: ...
    @property
    def set_at(self) -> datetime | None: ...


def credentials_object(
    rows: Sequence[RowLike], store: str, certificate_end: datetime | None, now: datetime
) -> dict[str, Any]:
    return {
        "schema": "nsquilio.credentials.v1",
        "store": store,
        "credentials": [
            {"name": row.name, "set": row.present, "set_at": utc(row.set_at), "age_days": _age(row, now)}
            for row in rows
        ],
        "certificate_days_left": (certificate_end - now).days if certificate_end else None,
    }


def _age(row: RowLike, now: datetime) -> int | None:
    return (now - row.set_at).days if row.set_at else None


def print_credentials(
    rows: Sequence[RowLike], place: str, certificate_end: datetime | None, now: datetime, console: Console
) -> None:
    cells = [(row.name, _state(row), _age_words(_age(row, now))) for row in rows]
    print_rows(("NAME", "", "AGE"), cells, console)
    console.print(f"Kept in {place}.", markup=False)
    if certificate_end is not None:
        console.print(f"NetSuite certificate: {(certificate_end - now).days} days left.")


def _state(row: RowLike) -> str:
    return {True: "set", False: "not set", None: "not asked"}[row.present]


def _age_words(days: int | None) -> str:
    return "-" if days is None else f"{days} d"
