"""What the sandbox's services accepted from us, as rows and as JSON. Knows the rows' fields, not the sandbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from nsquilio.render.json_out import utc
from nsquilio.render.safe import one_line

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
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("ACCEPTED (UTC)", "CH", "TO", "STATUS", "TEXT"):
        table.add_column(name, no_wrap=name != "TEXT")
    for row in rows:
        words = f"{row.subject}: {row.body}" if row.subject else row.body
        cells = (f"{row.accepted_at:%m-%d %H:%M}", row.channel, row.to, row.status, one_line(words, 160))
        table.add_row(*(Text(one_line(cell)) for cell in cells))
    console.print(table)
    console.print(Text(f"{len(rows)} message(s)"))
