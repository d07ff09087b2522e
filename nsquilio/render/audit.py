"""The audit trail for people and scripts: the conversation, one message in full, what `verify` found.

On a screen numbers are masked in the list; JSON, CSV and `audit show` hold them as they are.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TextIO
from zoneinfo import ZoneInfo

from nsquilio.core.chain import Break
from nsquilio.core.phones import masked
from nsquilio.jobs.audit import Conversation
from nsquilio.jobs.audit_lines import Line
from nsquilio.jobs.patterns import Pattern
from nsquilio.render.json_out import utc
from nsquilio.render.layout import Screen
from nsquilio.render.patterns import pattern_lines, pattern_object
from nsquilio.render.safe import csv_cell

if TYPE_CHECKING:
    from rich.console import Console

MOST_LINES = 300
_CHANNELS = {"sms": "text", "email": "e-mail", "email_event": "e-mail event"}
_CLOSER = re.compile(r"[ \t\r]*\n\s*")  # empty lines of a mail say nothing in a list
_BAD = {"undelivered", "failed", "rejected", "unknown"}
CSV_COLUMNS = (
    "at", "direction", "channel", "kind", "party", "customer_id", "customer", "invoice_ids",
    "document_numbers", "status", "error_code", "sid", "message_key", "actor", "words",
)  # fmt: skip


class VerifiedLike(Protocol):
    """What the check of the trail found. `head`: number and hash of the last event."""

    @property
    def ok(self) -> bool: ...
    @property
    def events(self) -> int: ...
    @property
    def head(self) -> tuple[int, str]: ...
    @property
    def first_bad(self) -> Break | None: ...
    @property
    def breaks(self) -> tuple[Break, ...]: ...


def list_object(talk: Conversation, pattern: Pattern | None, not_asked: str) -> dict[str, Any]:
    """`pattern`: null when it is not about one customer, or NetSuite could not be asked (`not_asked`)."""
    return {
        "schema": "nsquilio.audit-list.v1",
        "run_id": None,
        "since": utc(talk.asked.since),
        "until": utc(talk.asked.until),
        "customer_id": talk.customer_id,
        "pattern": pattern_object(pattern) if pattern else None,
        "pattern_not_asked": not_asked or None,
        "head": talk.head,
        "entries": [_entry(line, talk) for line in talk.lines],
    }


def _entry(line: Line, talk: Conversation) -> dict[str, Any]:
    return {
        "at": utc(line.at),
        "direction": line.direction,
        "channel": line.channel,
        "kind": line.kind,
        "party": line.party or None,
        "customer_id": line.customer_id or None,
        "customer": talk.names.get(line.customer_id),
        "invoice_ids": list(line.invoice_ids),
        "document_numbers": _numbers(line, talk),
        "status": line.status or None,
        "error_code": line.error_code or None,
        "sid": line.sid or None,
        "message_key": line.key or None,
        "actor": line.actor or None,
        "words": line.words,
    }


def _numbers(line: Line, talk: Conversation) -> list[str]:
    return [talk.numbers.get(id_, f"invoice:{id_}") for id_ in line.invoice_ids]


def write_list_csv(talk: Conversation, stream: TextIO) -> None:
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerow(CSV_COLUMNS)
    for line in talk.lines:
        entry = _entry(line, talk)
        rows.writerow([csv_cell(_flat(entry[name])) for name in CSV_COLUMNS])


def _flat(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def print_list(
    talk: Conversation, pattern: Pattern | None, not_asked: str, zone: str, console: Console
) -> None:
    """As one reads a conversation: who, when, what became of it, and below it the words."""
    screen, here = Screen(console), ZoneInfo(zone)
    if talk.customer_id:
        name = talk.names.get(talk.customer_id)
        number = f"customer:{talk.customer_id}"
        screen.line(f"{name} ({number})" if name else number, "bold")
    for text in pattern_lines(pattern) if pattern else []:
        screen.line(text, hanging=2)
    if not_asked:
        screen.line(f"Payment pattern: not read. {not_asked}", "dim", hanging=2)
    if talk.customer_id:
        screen.line()
    if not talk.lines:
        screen.line("Nothing was written or heard in that time, as far as this state file knows.")
    left_out = len(talk.lines) - MOST_LINES
    if left_out > 0:
        screen.line(
            f"{left_out} earlier entries are not shown; narrow with --since, or take all with --format csv.",
            "dim",
        )
    for line in talk.lines[-MOST_LINES:]:
        _print_line(line, talk, here, screen)
    screen.line(f"Audit head {talk.head}", "dim")


def _print_line(line: Line, talk: Conversation, zone: ZoneInfo, screen: Screen) -> None:
    screen.line(f"{_when(line.at, zone)}  {'   '.join(_heading(line, talk))}", _style(line), hanging=20)
    if line.words:
        screen.line(f"    {_CLOSER.sub(chr(10), line.words.strip())}", hanging=4)
    if line.sid:
        screen.line(f"    {line.sid}", "dim", hanging=4)


def _heading(line: Line, talk: Conversation) -> list[str]:
    who = masked(line.party) if line.party else ""
    invoices = ", ".join(_numbers(line, talk))
    by = f"by {line.actor}" if line.actor else ""
    name = talk.names.get(line.customer_id, "") if talk.customer_id is None else ""
    status = " ".join(part for part in (line.status, line.error_code) if part)
    if line.direction == "note":
        parts = [f"*  {line.kind}", name, invoices, by, line.error_code]
    else:
        channel = _CHANNELS.get(line.channel, line.channel)
        way = "→  " if line.direction == "out" else "←  "
        to = ("to" if line.direction == "out" else "from") + f" {who}" if who else ""
        parts = [
            f"{way}{channel} {to}".rstrip(),
            name,
            line.kind.replace("_", " "),
            invoices,
            status,
        ]
    return [part for part in parts if part]


def _style(line: Line) -> str:
    if line.status in _BAD or line.kind.startswith("not delivered"):
        return "red"
    return {"in": "cyan", "note": "yellow"}.get(line.direction, "")


def _when(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def head_words(head: tuple[int, str]) -> str:
    """As it is kept elsewhere and given back to `verify --head`."""
    return f"{head[0]}:{head[1]}"


def verify_object(found: VerifiedLike) -> dict[str, Any]:
    return {
        "schema": "nsquilio.audit-verify.v1",
        "run_id": None,
        "ok": found.ok,
        "events": found.events,
        "head": head_words(found.head),
        "first_bad": _break(found.first_bad) if found.first_bad else None,
        "breaks": [_break(each) for each in found.breaks],
    }


def _break(each: Break) -> dict[str, Any]:
    return {"seq": each.seq, "why": each.why, "detail": each.detail}


def print_verify(found: VerifiedLike, console: Console, *, against_head: bool) -> None:
    screen = Screen(console)
    if found.first_bad is None:
        kept = ", and it goes on from the head you kept" if against_head else ""
        screen.line(f"The trail is whole: {found.events} events{kept}.", "green")
        screen.line(f"Head {head_words(found.head)}")
        if not against_head:
            screen.line(
                "Keep the head elsewhere: only `audit verify --head` sees a trail cut short or written anew.",
                "dim",
                hanging=2,
            )
        return
    screen.line(
        f"The trail was changed. First at event {found.first_bad.seq}: {found.first_bad.why}.", "bold red"
    )
    _print_breaks(found.breaks, screen)
    screen.line(f"{found.events} events, head {head_words(found.head)}")


def _print_breaks(breaks: Sequence[Break], screen: Screen) -> None:
    most = 20
    for each in sorted(breaks, key=lambda one: one.seq)[:most]:
        screen.line(f"  {each.why}: {each.detail}", hanging=4)
    if len(breaks) > most:
        screen.line(f"  and {len(breaks) - most} more; --format json names them all")
