"""Holds and opt-outs as tables and JSON."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from nsquilio.core.model import Hold
from nsquilio.render.json_out import day, utc
from nsquilio.render.layout import Column, Screen

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
    """A plain table; the last column takes what room is left and goes on below, the others are cut."""
    last = len(headings) - 1
    columns = [
        Column(
            name, 12 if n == last else 6, 400 if n == last else 34, keep=len(headings) - n, wraps=n == last
        )
        for n, name in enumerate(headings)
    ]
    Screen(console).table(columns, rows, indent=0, gap=2, titled=any(headings))
