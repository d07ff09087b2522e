"""A message and its reminders as rows and back, and the digest that binds a row to its last audit event.

Only conversions and the two SELECTs behind them; what is asked and written stands in `messages` and
`history`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from hashlib import sha256
from operator import itemgetter

from nsquilio.core.chain import canonical
from nsquilio.core.model import Channel, Money, Outcome, Reminder
from nsquilio.store.columns import (
    day,
    instant,
    list_text,
    maybe_amount,
    maybe_day,
    maybe_instant,
    numbers_text,
    texts,
)
from nsquilio.store.database import Database
from nsquilio.store.rows import StoredMessage

PERSONAL = ("recipient", "customer", "subject", "body", "html")

# Every column but personal ones (bound by the commitment) and the row's own book-keeping. The order is part
# of the digest: a column added later starts a digest "2:", rows bound by "1:" are checked as they were
# written.
DIGESTED = [
    "key",
    "attempt",
    "run_id",
    "channel",
    "recipient_tag",
    "customer_id",
    "step",
    "language",
    "segments",
    "encoding",
    "estimated_cost",
    "cost_currency",
    "price",
    "price_currency",
    "local_day",
    "zones",
    "send_at",
    "validity_s",
    "outcome",
    "sid",
    "status",
    "status_at",
    "final",
    "error_code",
    "detail",
    "intent_at",
    "outcome_at",
    "looks",
    "looked_at",
    "settle_not_before",
    "cancel_wanted_at",
    "canceled_reason",
    "settled_by",
    "failed_for_good",
    "foreign_origin",
]

WRITTEN_TO = (
    "(recipient_tag = :tag OR channel = 'email' AND instr(recipient, ', ') > 0"
    " AND instr(', ' || recipient || ', ', ', ' || :address || ', ') > 0)"
)
"""Messages to one address: a mail to several ("a@x.example, b@x.example") is one to each of them."""

ROW_COLUMNS = ", ".join(["id", *DIGESTED, "event_seq"])
FULL_COLUMNS = ", ".join(["id", *DIGESTED, *PERSONAL, "erased"])
REMINDER_COLUMNS = (
    "id, message_id, key, invoice_id, document_number, customer_id, step, slot, occurrence, due_date,"
    " days_past_due, balance, currency"
)


def subject(key: str, attempt: int) -> str:
    """The name of one attempt in the audit trail."""
    return f"message:{key}" if attempt == 1 else f"message:{key}#{attempt}"


def digest(row: Mapping[str, object] | sqlite3.Row) -> str:
    """What an event keeps of the row as it stood after it."""
    return "1:" + sha256(canonical([row[name] for name in DIGESTED]).encode()).hexdigest()[:32]


def personal_fields(row: Mapping[str, object] | sqlite3.Row) -> list[object]:
    return [row[name] for name in PERSONAL]


def salt_of(row: Mapping[str, object] | sqlite3.Row) -> bytes:
    """Empty once erased: then nothing can be compared with the commitment any more."""
    salt = row["salt"]
    return salt if isinstance(salt, bytes) else b""


def stored_messages(database: Database, where: str, /, **parameters: object) -> tuple[StoredMessage, ...]:
    """Messages with their reminders, oldest first. `where`: words of ours after WHERE, never a stranger's."""
    found = database.rows(f"SELECT {FULL_COLUMNS} FROM messages WHERE {where}", **parameters)
    reminders = reminders_of(database, [row["id"] for row in found])
    oldest_first = sorted(found, key=itemgetter(0))
    return tuple(_stored(row, tuple(reminders.get(row["id"], ()))) for row in oldest_first)


def reminders_of(database: Database, message_ids: Sequence[int]) -> dict[int, list[Reminder]]:
    found = database.rows(
        f"SELECT {REMINDER_COLUMNS} FROM reminders WHERE message_id IN (SELECT value FROM json_each(:ids))",
        ids=numbers_text(message_ids),
    )
    grouped: dict[int, list[Reminder]] = {}
    for row in sorted(found, key=itemgetter(0)):
        grouped.setdefault(row["message_id"], []).append(reminder(row))
    return grouped


def reminder(row: sqlite3.Row) -> Reminder:
    return Reminder(
        key=row["key"],
        invoice_id=row["invoice_id"],
        document_number=row["document_number"],
        customer_id=row["customer_id"],
        step=row["step"],
        slot=row["slot"],
        occurrence=row["occurrence"],
        due_date=maybe_day(row["due_date"]),
        days_past_due=row["days_past_due"],
        balance=Money(Decimal(row["balance"]), row["currency"]),
    )


def _stored(row: sqlite3.Row, reminders: tuple[Reminder, ...]) -> StoredMessage:
    return StoredMessage(
        key=row["key"],
        attempt=row["attempt"],
        run_id=row["run_id"],
        channel=Channel(row["channel"]),
        to=row["recipient"] or "",
        customer_id=row["customer_id"],
        customer=row["customer"] or "",
        step=row["step"],
        subject=row["subject"],
        body=row["body"] or "",
        html=row["html"],
        language=row["language"],
        segments=row["segments"],
        encoding=row["encoding"],
        estimated_cost=maybe_amount(row["estimated_cost"]),
        cost_currency=row["cost_currency"],
        price=maybe_amount(row["price"]),
        price_currency=row["price_currency"],
        local_day=day(row["local_day"]),
        zones=texts(row["zones"]),
        send_at=maybe_instant(row["send_at"]),
        validity_s=row["validity_s"],
        outcome=Outcome(row["outcome"]),
        sid=row["sid"],
        status=row["status"],
        status_at=maybe_instant(row["status_at"]),
        final=bool(row["final"]),
        error_code=row["error_code"],
        detail=row["detail"],
        intent_at=instant(row["intent_at"]),
        outcome_at=maybe_instant(row["outcome_at"]),
        looks=row["looks"],
        looked_at=maybe_instant(row["looked_at"]),
        settle_not_before=maybe_instant(row["settle_not_before"]),
        cancel_wanted_at=maybe_instant(row["cancel_wanted_at"]),
        canceled_reason=row["canceled_reason"],
        settled_by=row["settled_by"],
        failed_for_good=bool(row["failed_for_good"]),
        foreign_origin=row["foreign_origin"],
        erased=bool(row["erased"]),
        reminders=reminders,
    )


def rows_by_key(database: Database, keys: Iterable[str]) -> dict[str, sqlite3.Row]:
    """The newest attempt of each message key, without its personal columns."""
    found = database.rows(
        f"SELECT {ROW_COLUMNS} FROM messages"
        " WHERE newest = 1 AND key IN (SELECT value FROM json_each(:keys))",
        keys=list_text(keys),
    )
    return {row["key"]: row for row in found}
