"""Values with defaults, and a state file in a folder of the test's own."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from nsquilio.core.model import TAKEN, Channel, Message, Money, Outcome, Reminder
from nsquilio.store import InboundSeen, OutcomeSeen, Store, open_copy, open_state

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
NAMES = {"profile": "production", "netsuite_account": "1234567", "twilio_account": "AC1"}


def a_state(folder: Path, now: datetime = NOW, **changes: Any) -> Store:
    return open_state(folder / "state", **{**NAMES, "now": now, **changes})


def a_copy(folder: Path, now: datetime = NOW, **changes: Any) -> Store:
    return open_copy(folder / "state", **{**NAMES, "now": now, **changes})


def state_path(folder: Path) -> Path:
    return folder / "state" / "state.db"


def a_reminder(key: str = "1042:late-7:preferred", **changes: Any) -> Reminder:
    invoice_id, step, slot = (*key.split(":"), "", "")[:3]
    facts: dict[str, Any] = {
        "invoice_id": invoice_id,
        "document_number": f"INV-{invoice_id}",
        "customer_id": "88",
        "step": step,
        "slot": slot,
        "occurrence": "",
        "due_date": date(2026, 2, 23),
        "days_past_due": 7,
        "balance": Money(Decimal("9400.00"), "USD"),
    }
    return Reminder(key=key, **{**facts, **changes})


def a_message(key: str = "1042:late-7:preferred", **changes: Any) -> Message:
    facts: dict[str, Any] = {
        "channel": Channel.SMS,
        "to": "+14155550100",
        "body": "Example SaaS Inc.: invoice INV-1042 is due.",
        "customer_id": "88",
        "customer": "Acme Corp",
        "step": "late-7",
        "reminders": (a_reminder(key),),
        "local_day": date(2026, 3, 2),
        "segments": 1,
        "encoding": "GSM-7",
        "estimated_cost": Decimal("0.0079"),
        "zones": ("America/Los_Angeles",),
    }
    return Message(key=key, **{**facts, **changes})


def an_outcome(
    key: str = "1042:late-7:preferred", outcome: Outcome = Outcome.SENT, **changes: Any
) -> OutcomeSeen:
    has_sid = outcome in (Outcome.SENT, Outcome.SCHEDULED)
    facts: dict[str, Any] = {"at": NOW, "sid": f"SM-{key}" if has_sid else None}
    return OutcomeSeen(key=key, outcome=outcome, **{**facts, **changes})


def an_inbound(sid: str = "SM01", **changes: Any) -> InboundSeen:
    facts: dict[str, Any] = {
        "channel": "sms",
        "sender": "+14155550100",
        "recipient": "+14155550199",
        "received_at": NOW,
        "body": "When can I pay INV-1042?",
    }
    return InboundSeen(sid=sid, **{**facts, **changes})


def sent(store: Store, *messages: Message, at: datetime = NOW) -> None:
    """The messages as they stand after a run that went well."""
    store.messages.commit_intents(messages, at)
    store.messages.record_outcomes([an_outcome(message.key, at=at) for message in messages])


def edit(folder: Path, *statements: str) -> None:
    """What somebody with another program might do to the file."""
    connection = sqlite3.connect(state_path(folder), isolation_level=None)
    try:
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()


def sent_total(store: Store) -> int:
    """Messages that went out or may have."""
    taken = ", ".join(f"'{outcome}'" for outcome in sorted(TAKEN))
    return int(store._database.value(f"SELECT count(*) FROM messages WHERE outcome IN ({taken})"))
