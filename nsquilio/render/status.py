"""`status` as the morning screen and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from nsquilio.core.phones import masked
from nsquilio.core.rules import Rules
from nsquilio.jobs.status import MessageSeen, StatusResult, WaitingSeen
from nsquilio.render.blocks import hold_row, print_rows
from nsquilio.render.json_out import day, utc
from nsquilio.render.safe import one_line

if TYPE_CHECKING:
    from rich.console import Console

_SHOWN = 12
CERTIFICATE_DAYS = 60


def status_object(result: StatusResult) -> dict[str, Any]:
    return {
        "schema": "nsquilio.status.v1",
        "run_id": None,
        "as_of": utc(result.now),
        "runs": [
            {
                "run_id": run.id,
                "command": run.command,
                "started_at": utc(run.started_at),
                "finished_at": utc(run.finished_at),
                "exit_code": run.exit_code,
                "counts": dict(run.counts),
                "error": dict(run.error) if run.error else None,
            }
            for run in result.runs
        ],
        "waiting": [_waiting(row) for row in result.waiting],
        "expired": [_waiting(row) for row in result.expired],
        "scheduled": [_message(message) for message in result.scheduled],
        "unknown": [_message(message) for message in result.unknown],
        "failed": [_message(message) for message in result.failed],
        "inbox": [
            {"sid": row.sid, "reason": row.inbox_reason, "received_at": utc(row.received_at)}
            for row in result.inbox
        ],
        "holds": [hold_row(hold) for hold in result.holds],
        "promises_due": [_promise(row) for row in result.promises_due],
        "promises_broken": [_promise(row) for row in result.promises_broken],
        "undeliverable": [
            {"address": row.address, "channel": str(row.channel), "why": row.why}
            for row in result.undeliverable
        ],
        "not_logged": result.unlogged,
        "parked": result.parked,
        "certificate_days_left": result.certificate_days_left,
        "notes": list(result.notes),
        "audit_head": result.audit_head,
        "last_good_remind": utc(result.newest_good),
        "too_old": result.is_too_old,
    }


def _waiting(row: WaitingSeen) -> dict[str, Any]:
    return {
        "invoice_id": row.invoice_id,
        "document_number": row.document_number,
        "customer_id": row.customer_id,
        "customer": row.customer,
        "step": row.step or None,
        "reason": row.reason,
        "detail": row.detail,
        "since": utc(row.since),
        "not_before": utc(row.not_before),
    }


def _message(message: MessageSeen) -> dict[str, Any]:
    return {
        "message_key": message.key,
        "channel": str(message.channel),
        "to": message.to,
        "customer_id": message.customer_id,
        "customer": message.customer,
        "document_numbers": [reminder.document_number for reminder in message.reminders],
        "step": message.step,
        "outcome": str(message.outcome),
        "status": message.status,
        "sid": message.sid,
        "error_code": message.error_code,
        "detail": message.detail,
        "looks": message.looks,
        "at": utc(message.intent_at),
        "send_at": utc(message.send_at),
    }


def _promise(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "invoice_id": row.invoice_id,
        "customer_id": row.customer_id,
        "promised_on": day(row.promised_on),
        "state": row.state,
    }


def print_status(result: StatusResult, rules: Rules, console: Console) -> None:
    from rich.text import Text

    zone = ZoneInfo(rules.company.time_zone)

    def heading(text: str, style: str = "bold") -> None:
        console.print(Text(text, style=style))

    heading(f"{rules.profile}   {result.now.astimezone(zone):%a %Y-%m-%d %H:%M} {rules.company.time_zone}")
    _runs(result, zone, console)
    sections: Sequence[tuple[str, Sequence[Any], Callable[[Any], tuple[str, ...]], str]] = (
        (
            "UNKNOWN OUTCOME: look in the Twilio console, then nsquilio resolve KEY --sent or --resend",
            result.unknown,
            _unknown_row,
            "bold red",
        ),
        ("FAILED in the last two weeks", result.failed, _failed_row, "bold red"),
        (
            "EXPIRED before the limits let them go",
            result.expired,
            lambda row: _waiting_row(row, zone),
            "bold red",
        ),
        ("WAITING", result.waiting, lambda row: _waiting_row(row, zone), "bold yellow"),
        ("SCHEDULED at Twilio", result.scheduled, lambda row: _scheduled_row(row, zone), "bold"),
        ("NUMBERS AND ADDRESSES that cannot be reached", result.undeliverable, _dead_row, "bold"),
    )
    for words, rows, cells, style in sections:
        if rows:
            heading(f"\n{words} ({len(rows)})", style)
            print_rows(("",) * len(cells(rows[0])), [cells(row) for row in rows[:_SHOWN]], console)
            if len(rows) > _SHOWN:
                console.print(Text(f"  and {len(rows) - _SHOWN} more; --format json shows them"))
    _promises(result, heading)
    _tail(result, heading)


def _runs(result: StatusResult, zone: ZoneInfo, console: Console) -> None:
    rows = []
    for run in result.runs:
        ended = "running or died" if run.exit_code is None else f"exit {run.exit_code}"
        counts = ", ".join(f"{name} {value}" for name, value in run.counts.items() if value) or "-"
        why = f"; {run.error.get('message', '')}" if run.error else ""
        rows.append((f"{run.started_at.astimezone(zone):%a %m-%d %H:%M}", run.command, ended, counts + why))
    print_rows(("LAST RUNS", "COMMAND", "ENDED", "COUNTS"), rows, console)
    if not rows:
        console.print("No run yet.")


def _names(message: MessageSeen) -> str:
    return ", ".join(reminder.document_number for reminder in message.reminders)


def _unknown_row(message: MessageSeen) -> tuple[str, ...]:
    return message.key, masked(message.to), one_line(message.customer, 24), _names(message), message.detail


def _failed_row(message: MessageSeen) -> tuple[str, ...]:
    return (
        _names(message),
        one_line(message.customer, 24),
        masked(message.to),
        message.error_code or "",
        message.detail,
    )


def _waiting_row(row: WaitingSeen, zone: ZoneInfo) -> tuple[str, ...]:
    until = f"{row.not_before.astimezone(zone):%a %m-%d %H:%M}" if row.not_before else "-"
    return (
        row.document_number,
        one_line(row.customer, 24),
        row.step,
        until,
        f"{row.reason.replace('_', ' ')}: {row.detail}",
    )


def _scheduled_row(message: MessageSeen, zone: ZoneInfo) -> tuple[str, ...]:
    leaves = f"{message.send_at.astimezone(zone):%a %m-%d %H:%M}" if message.send_at else "-"
    cancel = "cancel asked for" if message.cancel_wanted_at else ""
    return leaves, one_line(message.customer, 24), masked(message.to), _names(message), cancel


def _dead_row(row: Any) -> tuple[str, ...]:
    return masked(row.address or ""), str(row.channel), row.why


def _promises(result: StatusResult, heading: Callable[..., None]) -> None:
    for words, rows in (
        ("Promises due today", result.promises_due),
        ("Broken promises", result.promises_broken),
    ):
        if rows:
            heading(f"\n{words}: {len(rows)}")
            for row in rows[:_SHOWN]:
                about = f"invoice:{row.invoice_id}" if row.invoice_id else f"customer:{row.customer_id}"
                heading(f"  {about}, promised for {row.promised_on} ({row.state})", "")


def _tail(result: StatusResult, heading: Callable[..., None]) -> None:
    heading("")
    for note in result.notes:
        heading(f"Note: {one_line(note, 300)}", "yellow")
    days = result.certificate_days_left
    if days is not None:
        style = "bold red" if days <= CERTIFICATE_DAYS else ""
        heading(f"NetSuite certificate: {_date_left(days)}", style)
    parts = (
        f"Inbox {len(result.inbox)}",
        f"holds {len(result.holds)}",
        f"not yet logged in NetSuite {result.unlogged}",
        f"refused there {result.parked}",
    )
    heading("   ".join(parts))
    heading(f"Audit head {result.audit_head}", "dim")


def _date_left(days: int) -> str:
    return f"{days} days left" if days >= 0 else f"ran out {-days} days ago"
