"""Screens as lists of lines, and results to show on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

from rich.cells import cell_len
from rich.console import Console

from nsquilio.core.model import Channel, Decision, Message, Money, Reason, Reminder
from nsquilio.jobs.results import MessageRow, RemindResult
from tests.core.builders import TODAY

NOW = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
ESCAPES = "\x1b]0;owned\x07\x1b[31mred\x1b[0m \u202egnp.exe \x9b31m [bold]markup[/bold]"


def screen(show: Callable[[Console], None], width: int = 100) -> list[str]:
    """What stands in a window so wide, without colours; never a line wider than it."""
    stream = StringIO()
    console = Console(file=stream, width=width, markup=False, highlight=False, emoji=False)
    show(console)
    lines = stream.getvalue().split("\n")
    assert [line for line in lines if cell_len(line) > width] == []
    assert not any(letter in stream.getvalue() for letter in "\x1b\x9b\u202e\x07")
    return lines


def text(show: Callable[[Console], None], width: int = 100) -> str:
    return "\n".join(screen(show, width))


def a_decision(number: str = "INV-1042", reason: Reason = Reason.DUE_WINDOW, **more: Any) -> Decision:
    fields: dict[str, Any] = {
        "invoice_id": number.removeprefix("INV-"),
        "document_number": number,
        "customer_id": "88",
        "customer": "Acme Corp",
        "due_date": TODAY + timedelta(days=5),
        "days_past_due": -5,
        "open_balance": Money(Decimal("9400.00"), "USD"),
        "step": "upcoming",
        "reason": reason,
        "detail": "due in 5 days",
        **more,
    }
    return Decision(**fields)


def a_reminder(number: str = "INV-1042", **more: Any) -> Reminder:
    fields: dict[str, Any] = {
        "key": f"{number}:upcoming:preferred",
        "invoice_id": number.removeprefix("INV-"),
        "document_number": number,
        "customer_id": "88",
        "step": "upcoming",
        "slot": "preferred",
        "occurrence": "",
        "due_date": TODAY + timedelta(days=5),
        "days_past_due": -5,
        "balance": Money(Decimal("9400.00"), "USD"),
        **more,
    }
    return Reminder(**fields)


def a_message(*reminders: Reminder, **more: Any) -> Message:
    fields: dict[str, Any] = {
        "key": "88:upcoming:1234567890",
        "channel": Channel.SMS,
        "to": "+14155550100",
        "body": "Example SaaS Inc.: invoice INV-1042 is due.",
        "customer_id": "88",
        "customer": "Acme Corp",
        "step": "upcoming",
        "reminders": reminders or (a_reminder(),),
        "local_day": TODAY,
        "segments": 1,
        "encoding": "GSM-7",
        "country": "US",
        "estimated_cost": Decimal("0.0083"),
        "zones": ("America/Los_Angeles",),
        **more,
    }
    return Message(**fields)


def a_mail(*reminders: Reminder, **more: Any) -> Message:
    fields: dict[str, Any] = {
        "channel": Channel.EMAIL,
        "to": "ap@cato.example",
        "subject": "Invoice",
        "segments": 0,
        "estimated_cost": None,
        "country": "",
        **more,
    }
    return a_message(*reminders, **fields)


def a_result(*messages: Message, decisions: tuple[Decision, ...] = (), **more: Any) -> RemindResult:
    shown = decisions or tuple(
        a_decision(r.document_number, message_keys=(m.key,)) for m in messages for r in m.reminders
    )
    result = RemindResult(
        run_id="dry-1",
        as_of=NOW,
        dry_run=True,
        plan_hash="7f3a9c0000",
        decisions=shown,
        messages=tuple(MessageRow(message) for message in messages),
        read_at=NOW + timedelta(seconds=4),
        customers_read=len({d.customer_id for d in shown}),
    )
    return replace(result, **more)
