"""Holds and opt-outs as tables and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from nsquilio.core.model import Hold
from nsquilio.render.json_out import day, utc
from nsquilio.render.safe import one_line

if TYPE_CHECKING:
    from rich.console import Console


class OptOutLike(Protocol):
    """An opt-out as the state file has it. `address` is "" once the person was erased."""

    @property
    def address(self) -> str | None: ...
    @property
    def channel(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def since(self) -> datetime: ...


def holds_object(holds: Sequence[Hold]) -> dict[str, Any]:
    return {"schema": "nsquilio.hold-list.v1", "holds": [hold_row(hold) for hold in holds]}


def hold_row(hold: Hold) -> dict[str, Any]:
    return {
        "id": hold.id,
        "kind": str(hold.kind),
        "reason": hold.reason,
        "customer_id": hold.customer_id,
        "invoice_id": hold.invoice_id,
        "since": utc(hold.since),
        "until": day(hold.until),
        "actor": hold.actor,
    }


def print_holds(holds: Sequence[Hold], console: Console) -> None:
    rows = [
        (
            str(hold.id),
            f"invoice:{hold.invoice_id}" if hold.invoice_id else f"customer:{hold.customer_id}",
            hold.kind,
            _date(hold.since),
            str(hold.until or "-"),
            hold.actor,
            hold.reason,
        )
        for hold in holds
    ]
    print_rows(("ID", "HOLDS", "KIND", "SINCE", "UNTIL", "BY", "REASON"), rows, console)
    if not rows:
        console.print("No holds.")


def _date(value: date | datetime) -> str:
    return f"{value:%Y-%m-%d}"


def optouts_object(rows: Sequence[OptOutLike]) -> dict[str, Any]:
    return {
        "schema": "nsquilio.optout-list.v1",
        "optouts": [
            {
                "address": row.address or None,
                "channel": str(row.channel),
                "kind": row.kind,
                "source": row.source,
                "since": utc(row.since),
            }
            for row in rows
        ],
    }


def print_optouts(rows: Sequence[OptOutLike], console: Console) -> None:
    cells = [(row.address or "(erased)", row.channel, row.kind, _date(row.since), row.source) for row in rows]
    print_rows(("ADDRESS", "CH", "KIND", "SINCE", "SOURCE"), cells, console)
    if not cells:
        console.print("No opt-outs.")


def print_rows(headings: Sequence[str], rows: Sequence[Sequence[str]], console: Console) -> None:
    """A plain table; the last column takes what room is left."""
    from rich.table import Table
    from rich.text import Text

    if not rows:
        return
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for name in headings:
        table.add_column(name, no_wrap=name != headings[-1], overflow="fold")
    for row in rows:
        table.add_row(*(Text(one_line(cell, 200)) for cell in row))
    console.print(table)
