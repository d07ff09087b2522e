"""The morning screen: last night's run first, then what needs a person, then what waits.

Numbers and addresses are masked. A section without rows is left out: a quiet morning is a short screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from nsquilio.core.model import Money, Reason
from nsquilio.core.money_words import money_words
from nsquilio.core.phones import masked
from nsquilio.core.rules import Rules
from nsquilio.jobs.status import (
    AddressSeen,
    InboxSeen,
    MessageSeen,
    PromiseSeen,
    RunSeen,
    StatusResult,
    WaitingSeen,
)
from nsquilio.render.advice import as_called
from nsquilio.render.layout import Column, Row, Screen
from nsquilio.render.reasons import plain

if TYPE_CHECKING:
    from rich.console import Console

_SHOWN = 10
CERTIFICATE_DAYS = 60
_ENDS = {
    0: "ended well",
    1: "done, but something failed or needs a person",
    3: "did not start: configuration or credentials",
    4: "stopped: a service or the disk failed",
    6: "stopped by a brake before the first send",
    7: "stopped: the state file is damaged",
    70: "ended with a bug",
    130: "was interrupted",
}

_WHO = Column("CUSTOMER", 14, 26, keep=8)
_WHICH = Column("INVOICES", 9, 24, keep=7)
_WHY = Column("WHY", 24, 300, keep=6, wraps=True)


def print_status(result: StatusResult, rules: Rules, console: Console, command: str = "nsquilio") -> None:
    screen = Screen(console)
    zone = ZoneInfo(rules.company.time_zone)
    here = result.now.astimezone(zone)
    screen.line(f"{rules.profile}   {here:%a %Y-%m-%d %H:%M} {rules.company.time_zone}", "bold")
    _last_night(result, zone, screen, command)
    _to_do(result, screen)
    _unknown(result, zone, screen, command)
    _section(
        "FAILED in the last two weeks", _FAILED, [_failed(m, zone) for m in result.failed], screen, "bold red"
    )
    _inbox(result, zone, screen, command)
    _promises(result, screen)
    _section(
        "EXPIRED before they could go",
        _WAITING,
        [_waiting(row, zone) for row in result.expired],
        screen,
        "bold red",
    )
    _section(
        "WAITING OR HELD", _WAITING, [_waiting(row, zone) for row in result.waiting], screen, "bold yellow"
    )
    _section("SCHEDULED at Twilio", _SCHEDULED, [_scheduled(m, zone) for m in result.scheduled], screen)
    dead = [_dead(row, zone) for row in result.undeliverable]
    _section("NUMBERS AND ADDRESSES that cannot be reached", _DEAD, dead, screen)
    _other_runs(result, zone, screen)
    _tail(result, screen)


def _last_night(result: StatusResult, zone: ZoneInfo, screen: Screen, command: str) -> None:
    run = result.last_remind
    if run is None:
        screen.line("Last remind: never, nothing has been sent from here.", "yellow")
        return
    words = f"Last remind {_when(run.started_at, zone)}: {_ended(run)}. {_counts(run)}"
    screen.line(words, "" if run.exit_code == 0 else "bold red", hanging=2)
    if run.error:
        screen.line(f"  {run.error.get('message', '')}", "red", hanging=2)
        screen.line(f"  Next: {as_called(run.error.get('next', ''), command)}", hanging=2)


def _ended(run: RunSeen) -> str:
    if run.exit_code is None:
        return "is still running, or died"
    return _ENDS.get(run.exit_code, f"ended with {run.exit_code}")


_ORDER = (
    "fetched",
    "messages",
    "sent",
    "scheduled",
    "rejected",
    "unknown",
    "dropped",
    "wait",
    "hold",
    "skip",
)
_NAMED = {"fetched": "invoices read"}


def _counts(run: RunSeen) -> str:
    """The run's own counts, those of messages first; nothing that is zero."""
    known = [name for name in _ORDER if run.counts.get(name)]
    others = [name for name, count in run.counts.items() if name not in (*_ORDER, "send") and count]
    return (
        ", ".join(f"{_NAMED.get(name, plain(name))} {run.counts[name]}" for name in (*known, *others)) or "-"
    )


def _when(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%a %m-%d %H:%M}"


def _to_do(result: StatusResult, screen: Screen) -> None:
    counts = {
        "inbox": len(result.inbox),
        "unknown outcomes": len(result.unknown),
        "failed": len(result.failed),
        "to be canceled": sum(m.cancel_wanted_at is not None for m in result.scheduled),
        "expired": len(result.expired),
        "not readable": sum(row.reason == Reason.UNREADABLE for row in result.waiting),
        "promises due today": len(result.promises_due),
        "broken promises": len(result.promises_broken),
        "refused by NetSuite": result.parked,
    }
    open_now = [f"{name} {count}" for name, count in counts.items() if count]
    if result.last_remind is not None and result.last_remind.error:
        open_now.insert(0, "the last run")
    if not open_now and result.last_remind is not None and result.last_remind.exit_code:
        open_now += ["the last run", *(["the notes below"] if result.notes else [])]
    if open_now:
        screen.line(f"To look at: {', '.join(open_now)}", "bold yellow", hanging=2)
    else:
        screen.line("Nothing needs a person.", "green")


def _section(
    title: str, columns: Sequence[Column], rows: Sequence[Row], screen: Screen, style: str = "bold"
) -> None:
    if not rows:
        return
    screen.line()
    screen.line(f"{title} ({len(rows)})", style, hanging=2)
    screen.table(columns, rows[:_SHOWN])
    if len(rows) > _SHOWN:
        screen.line(f"  and {len(rows) - _SHOWN} more; --format json shows them")


_UNKNOWN = (
    Column("MESSAGE-KEY", 40, 80, keep=9),
    _WHO,
    Column("TO", 12, 24, keep=3),
    _WHICH,
    Column("AT", 15, 15, keep=4),
    _WHY,
)


def _unknown(result: StatusResult, zone: ZoneInfo, screen: Screen, command: str) -> None:
    rows = [
        (m.key, m.customer, masked(m.to), _numbers(m), _when(m.intent_at, zone), m.detail or "no answer yet")
        for m in result.unknown
    ]
    _section("UNKNOWN OUTCOME: nobody knows whether it went out", _UNKNOWN, rows, screen, "bold red")
    if rows:
        screen.line(
            f"  Look for it at Twilio or SendGrid, then: {command} resolve MESSAGE-KEY --sent or --resend",
            hanging=4,
        )


_FAILED = (
    Column("AT", 15, 15, keep=3),
    _WHO,
    Column("TO", 12, 24, keep=4),
    _WHICH,
    Column("CODE", 5, 8, keep=9),
    _WHY,
)


def _failed(m: MessageSeen, zone: ZoneInfo) -> Row:
    why = m.detail or plain(m.status or m.outcome)
    return _when(m.intent_at, zone), m.customer, masked(m.to), _numbers(m), m.error_code or "-", why


def _numbers(message: MessageSeen) -> str:
    return " ".join(reminder.document_number for reminder in message.reminders)


_INBOX = (
    Column("RECEIVED", 15, 15, keep=7),
    Column("FROM", 13, 26, keep=8),
    Column("KIND", 8, 15, keep=6),
    Column("REASON", 10, 40, keep=5),
    Column("WORDS", 24, 70, keep=4),
)


def _inbox(result: StatusResult, zone: ZoneInfo, screen: Screen, command: str) -> None:
    rows = [_asked(row, result, zone) for row in result.inbox]
    _section(f"INBOX: {command} inbox list", _INBOX, rows, screen, "bold yellow")


def _asked(row: InboxSeen, result: StatusResult, zone: ZoneInfo) -> Row:
    who = result.names.get(row.customer_id or "") or (masked(row.sender) if row.sender else "(erased)")
    kind = plain(row.reading.kind) if row.reading and row.channel != "call" else row.channel
    return _when(row.received_at, zone), who, kind, plain(row.inbox_reason or ""), row.body


_PROMISES = (
    Column("FOR", 10, 10, keep=8),
    Column("CUSTOMER", 14, 30, keep=8),
    Column("INVOICE", 9, 16, keep=9),
    Column("AMOUNT", 12, 18, keep=7, right=True),
    Column("STATE", 6, 10, keep=6),
)


def _promises(result: StatusResult, screen: Screen) -> None:
    due = [_promise(row, result) for row in result.promises_due]
    _section("PROMISES DUE TODAY", _PROMISES, due, screen)
    broken = [_promise(row, result) for row in result.promises_broken]
    _section("BROKEN PROMISES", _PROMISES, broken, screen, "bold red")


def _promise(row: PromiseSeen, result: StatusResult) -> Row:
    who = result.names.get(row.customer_id, f"customer:{row.customer_id}")
    number = result.numbers.get(row.invoice_id or "", f"invoice:{row.invoice_id}") if row.invoice_id else "-"
    amount = money_words(Money(row.amount, row.currency)) if row.amount and row.currency else "-"
    return str(row.promised_on or "-"), who, number, amount, row.state


_WAITING = (
    Column("INVOICE", 9, 14, keep=9),
    _WHO,
    Column("STEP", 8, 14, keep=3),
    Column("NOT BEFORE", 15, 15, keep=5),
    _WHY,
)


def _waiting(row: WaitingSeen, zone: ZoneInfo) -> Row:
    until = _when(row.not_before, zone) if row.not_before else "-"
    return row.document_number, row.customer, row.step, until, f"{plain(row.reason)}: {row.detail}"


_SCHEDULED = (
    Column("LEAVES", 15, 15, keep=9),
    _WHO,
    Column("TO", 12, 24, keep=4),
    _WHICH,
    Column("", 5, 20, keep=3),
)


def _scheduled(m: MessageSeen, zone: ZoneInfo) -> Row:
    leaves = _when(m.send_at, zone) if m.send_at else "-"
    return leaves, m.customer, masked(m.to), _numbers(m), "to be canceled" if m.cancel_wanted_at else ""


_DEAD = (
    Column("NUMBER OR ADDRESS", 14, 34, keep=9),
    Column("CH", 5, 5, keep=5),
    Column("SINCE", 15, 15, keep=4),
    Column("TIMES", 5, 5, keep=3, right=True),
    _WHY,
)


def _dead(row: AddressSeen, zone: ZoneInfo) -> Row:
    address = masked(row.address) if row.address else "(erased)"
    return address, row.channel, _when(row.since, zone), str(row.count), row.why


_RUNS = (
    Column("STARTED", 15, 15, keep=8),
    Column("COMMAND", 12, 14, keep=9),
    Column("ENDED", 7, 8, keep=7),
    Column("COUNTS", 20, 300, keep=5, wraps=True),
)


def _other_runs(result: StatusResult, zone: ZoneInfo, screen: Screen) -> None:
    rows = [
        (_when(run.started_at, zone), run.command, _exit(run.exit_code), _counts(run)) for run in result.runs
    ]
    _section("LAST RUNS", _RUNS, rows, screen, "dim")


def _exit(code: int | None) -> str:
    return "open" if code is None else f"exit {code}"


def _tail(result: StatusResult, screen: Screen) -> None:
    screen.line()
    for note in result.notes:
        screen.line(f"Note: {note}", "yellow", hanging=2)
    days = result.certificate_days_left
    if days is not None:
        words = f"{days} days left" if days >= 0 else f"ran out {-days} days ago"
        screen.line(f"NetSuite certificate: {words}", "bold red" if days <= CERTIFICATE_DAYS else "")
    parts = (
        f"Holds {len(result.holds)}",
        f"not yet logged in NetSuite {result.unlogged}",
        f"refused there {result.parked}",
    )
    screen.line("   ".join(parts), hanging=2)
    screen.line(f"Audit head {result.audit_head}", "dim", hanging=2)
