"""Names of what is sent: reminder keys, message keys and the hash of a plan.

A reminder key says which invoice at which step, never how much, to whom or in which words: none of those may make
the same reminder look like a new one (spec section 6, "Reminder key").
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

from nsquilio.core.model import Message

FALLBACK = ":fallback"


def reminder_key(invoice_id: str, step: str, slot: str, occurrence: str = "") -> str:
    """`1042:late-7:preferred`; event steps add what happened: `1042:thanks:preferred:5561`."""
    key = f"{invoice_id}:{step}:{slot}"
    return f"{key}:{occurrence}" if occurrence else key


def fallback_key(key: str) -> str:
    """The key of the one e-mail that follows a text that cannot be delivered."""
    return key + FALLBACK


def message_key(customer_id: str, kind: str, reminder_keys: Iterable[str], freed_at: datetime | None) -> str:
    """`88:overdue:7f3a9c21d0`, the same in a dry run and the real one.

    `freed_at`: when the last attempt with these reminders was refused or canceled, so that the next one has a
    name of its own.
    """
    seen = "\n".join([*sorted(reminder_keys), freed_at.isoformat() if freed_at else ""])
    return f"{customer_id}:{kind}:{hashlib.sha256(seen.encode()).hexdigest()[:10]}"


def plan_hash(messages: Iterable[Message]) -> str:
    """Says what would be sent; knows no run, no clock and no order."""
    return hash_of_lines(
        plan_line(m.channel, m.to, m.subject, m.body, m.html, (r.key for r in m.reminders)) for m in messages
    )


def plan_line(
    channel: str, to: str, subject: str | None, body: str, html: str | None, reminder_keys: Iterable[str]
) -> str:
    return json.dumps([channel, to, subject, body, html, sorted(reminder_keys)], ensure_ascii=True)


def hash_of_lines(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
