"""What the sandbox's services accepted from us, as rows and as JSON.

Knows the rows' fields, not the sandbox.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from nsquilio.render.json_out import utc
from nsquilio.render.layout import Column, Screen

if TYPE_CHECKING:
    from rich.console import Console


class Accepted(Protocol):
    """A message as the service has it."""

    @property
    def channel(self) -> str: ...
    @property
    def sid(self) -> str: ...
    @property
    def to(self) -> str: ...
    @property
    def subject(self) -> str | None: ...
    @property
    def body(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def accepted_at(self) -> datetime: ...


def outbox_object(rows: Sequence[Accepted]) -> dict[str, Any]:
    return {
        "schema": "nsquilio.sandbox-outbox.v1",
        "messages": [
            {
                "sid": row.sid,
                "channel": row.channel,
                "to": row.to,
                "subject": row.subject,
                "body": row.body,
                "status": row.status,
                "accepted_at": utc(row.accepted_at),
            }
            for row in rows
        ],
    }


def print_outbox(rows: Sequence[Accepted], console: Console) -> None:
    """Every message with its whole text: this is what the customer reads."""
    screen = Screen(console)
    columns = (
        Column("ACCEPTED UTC", 11, 12, keep=5),
        Column("CH", 5, 5, keep=4),
        Column("TO", 13, 26, keep=6),
        Column("STATUS", 9, 11, keep=7),
        Column("TEXT", 24, 1_600, keep=8, wraps=True),
    )
    screen.table(columns, [_cells(row) for row in rows], indent=0)
    screen.line(f"{len(rows)} message{'' if len(rows) == 1 else 's'}")


def _cells(row: Accepted) -> list[str]:
    words = f"{row.subject}: {row.body}" if row.subject else row.body
    return [f"{row.accepted_at:%m-%d %H:%M}", row.channel, row.to, row.status, words]
