"""Writes messages into the state file: our own before their request leaves, found ones when they turn up.

Every message gets its event, its salt and its reminders in one transaction, or nothing of it is written.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from os import urandom

from nsquilio.core.chain import commitment
from nsquilio.core.model import TAKEN, Message, Outcome, Reminder
from nsquilio.store.columns import (
    amount_text,
    instant_text,
    list_text,
    maybe_amount_text,
    maybe_day_text,
    maybe_instant_text,
)
from nsquilio.store.database import Database
from nsquilio.store.message_rows import DIGESTED, PERSONAL, digest, personal_fields, salt_of, subject
from nsquilio.store.rows import ForeignMessage, KeyTaken
from nsquilio.store.tags import Tags
from nsquilio.store.trail import Entry, Trail

_COLUMNS = ["id", "newest", *DIGESTED, *PERSONAL, "salt", "event_seq"]
_INSERT = (
    f"INSERT INTO messages ({', '.join(_COLUMNS)}) VALUES ({', '.join(f':{name}' for name in _COLUMNS)})"
)
_INSERT_REMINDER = """
INSERT INTO reminders (
    id, message_id, key, invoice_id, document_number, customer_id, step, slot, occurrence, due_date,
    days_past_due, balance, currency, written_at, live ) VALUES ( :id, :message_id, :key, :invoice_id,
    :document_number, :customer_id, :step, :slot, :occurrence, :due_date, :days_past_due, :balance, :currency,
    :written_at, :live )
"""
_LAST_IDS = """
SELECT (SELECT id FROM messages ORDER BY id DESC LIMIT 1), (SELECT id FROM reminders ORDER BY id DESC LIMIT 1)
"""


def commit_intents(
    database: Database,
    trail: Trail,
    tags: Tags,
    messages: Sequence[Message],
    now: datetime,
    cost_currency: str | None,
) -> None:
    with database.transaction():
        before = _newest(database, [message.key for message in messages])
        _refuse_taken(database, messages, before)
        rows = [_intent_row(message, tags, trail.run_id, now, cost_currency) for message in messages]
        reminders = [message.reminders for message in messages]
        _write(database, trail, "message.intent", rows, reminders, now, before, frozenset())


def adopt(
    database: Database, trail: Trail, tags: Tags, found: ForeignMessage, origin: str, now: datetime
) -> bool:
    """False when the SID is known already. Reminders whose key is taken stay with the older message."""
    with database.transaction():
        if database.value("SELECT 1 FROM messages WHERE sid = :sid", sid=found.sid):
            return False
        row = _foreign_row(found, tags, origin, trail.run_id, now)
        before = _newest(database, [found.key])
        taken = live_keys(database, [reminder.key for reminder in found.reminders])
        _write(database, trail, f"message.{origin}", [row], [found.reminders], now, before, taken)
    return True


def _refuse_taken(database: Database, messages: Sequence[Message], before: Mapping[str, sqlite3.Row]) -> None:
    keys = [reminder.key for message in messages for reminder in message.reminders]
    twice = {key for key, count in Counter(keys).items() if count > 1}
    twice |= {key for key, count in Counter(message.key for message in messages).items() if count > 1}
    taken = {key for key, row in before.items() if row["outcome"] in TAKEN}
    refused = twice | taken | live_keys(database, keys)
    if refused:
        raise KeyTaken(tuple(sorted(refused)))


def live_keys(database: Database, keys: Iterable[str]) -> set[str]:
    found = database.rows(
        "SELECT key FROM reminders WHERE live = 1 AND key IN (SELECT value FROM json_each(:keys))",
        keys=list_text(keys),
    )
    return {row["key"] for row in found}


def _newest(database: Database, keys: Iterable[str]) -> dict[str, sqlite3.Row]:
    """The last attempt of each message key; without further conditions, so that SQLite looks it up by the key."""
    found = database.rows(
        "SELECT key, attempt, outcome FROM messages"
        " WHERE newest = 1 AND key IN (SELECT value FROM json_each(:keys))",
        keys=list_text(keys),
    )
    return {row["key"]: row for row in found}


def _write(
    database: Database,
    trail: Trail,
    type: str,
    rows: Sequence[dict[str, object]],
    reminders: Sequence[tuple[Reminder, ...]],
    now: datetime,
    before: Mapping[str, sqlite3.Row],
    taken: Collection[str],
) -> None:
    """`before`: the last attempts of the rows' keys. `taken`: reminder keys that belong to other messages."""
    first, first_reminder = _next_ids(database)
    _number(database, rows, first, before)
    entries = [_entry(type, row, each) for row, each in zip(rows, reminders, strict=True)]
    for row, seq in zip(rows, trail.append_all(entries, now), strict=True):
        row["event_seq"] = seq
    database.write_many(_INSERT, rows)
    of_all = _reminder_rows(rows, reminders, taken)
    database.write_many(
        _INSERT_REMINDER, [{**row, "id": id_} for id_, row in enumerate(of_all, first_reminder)]
    )


def _number(
    database: Database, rows: Sequence[dict[str, object]], first: int, before: Mapping[str, sqlite3.Row]
) -> None:
    """Gives ids, attempts and salts; what was the newest attempt of a key is so no longer."""
    if before:
        database.write(
            "UPDATE messages SET newest = 0 WHERE newest = 1 AND key IN (SELECT value FROM json_each(:keys))",
            keys=list_text(before),
        )
    for number, row in enumerate(rows, first):
        last = before.get(str(row["key"]))
        row |= {"id": number, "attempt": last["attempt"] + 1 if last else 1, "salt": urandom(16)}


def _entry(type: str, row: Mapping[str, object], reminders: Sequence[Reminder]) -> Entry:
    name = subject(str(row["key"]), int(str(row["attempt"])))
    return Entry(
        type,
        ids={
            "message": row["key"],
            "attempt": row["attempt"],
            "customer": row["customer_id"],
            "invoices": [reminder.invoice_id for reminder in reminders],
        },
        details={
            **_told(row),
            "reminders": [reminder_facts(each) for each in reminders],
            "rows": {name: digest(row)},
        },
        commitments={name: commitment(salt_of(row), personal_fields(row))},
        refs=(name,),
    )


def _told(row: Mapping[str, object]) -> dict[str, object]:
    names = ("channel", "step", "outcome", "local_day", "send_at", "segments", "estimated_cost", "sid")
    return {name: row[name] for name in names if row[name] is not None}


def reminder_facts(reminder: Reminder) -> list[object]:
    """What stands in the trail of a reminder, in the order of the columns: it must equal the row for ever."""
    return list(reminder_columns(reminder).values())


def reminder_columns(reminder: Reminder) -> dict[str, object]:
    return {
        "key": reminder.key,
        "invoice_id": reminder.invoice_id,
        "document_number": reminder.document_number,
        "customer_id": reminder.customer_id,
        "step": reminder.step,
        "slot": reminder.slot,
        "occurrence": reminder.occurrence,
        "due_date": maybe_day_text(reminder.due_date),
        "days_past_due": reminder.days_past_due,
        "balance": amount_text(reminder.balance.amount),
        "currency": reminder.balance.currency,
    }


def _reminder_rows(
    rows: Sequence[Mapping[str, object]], reminders: Sequence[tuple[Reminder, ...]], taken: Collection[str]
) -> Iterator[dict[str, object]]:
    for row, of_one in zip(rows, reminders, strict=True):
        for reminder in of_one:
            yield {
                **reminder_columns(reminder),
                "message_id": row["id"],
                "written_at": row["intent_at"],
                "live": int(row["outcome"] in TAKEN and reminder.key not in taken),
            }


def _next_ids(database: Database) -> tuple[int, int]:
    """The first free numbers of messages and of reminders."""
    last = database.rows(_LAST_IDS)[0]
    return (last[0] or 0) + 1, (last[1] or 0) + 1


def _intent_row(
    message: Message, tags: Tags, run_id: str, now: datetime, cost_currency: str | None
) -> dict[str, object]:
    return {
        **_blank_row(),
        "key": message.key,
        "run_id": run_id,
        "channel": message.channel,
        "recipient": message.to,
        "recipient_tag": tags.of(message.to),
        "customer_id": message.customer_id,
        "customer": message.customer,
        "step": message.step,
        "subject": message.subject,
        "body": message.body,
        "html": message.html,
        "language": message.language,
        "segments": message.segments,
        "encoding": message.encoding,
        "estimated_cost": maybe_amount_text(message.estimated_cost),
        "cost_currency": None if message.estimated_cost is None else cost_currency,
        "local_day": message.local_day.isoformat(),
        "zones": list_text(message.zones),
        "send_at": maybe_instant_text(message.send_at),
        "validity_s": message.validity_s,
        "outcome": Outcome.INTENT,
        "intent_at": instant_text(now),
    }


def _foreign_row(
    found: ForeignMessage, tags: Tags, origin: str, run_id: str, now: datetime
) -> dict[str, object]:
    return {
        **_blank_row(),
        "key": found.key,
        "run_id": run_id,
        "channel": found.channel,
        "recipient": found.to,
        "recipient_tag": tags.of(found.to),
        "customer_id": found.customer_id,
        "customer": found.customer,
        "step": found.step,
        "subject": found.subject,
        "body": found.body,
        "segments": found.segments,
        "local_day": found.local_day.isoformat(),
        "send_at": maybe_instant_text(found.send_at),
        "outcome": found.outcome,
        "sid": found.sid,
        "status": found.status,
        "status_at": instant_text(now),
        "final": int(found.final),
        "error_code": found.error_code,
        "price": maybe_amount_text(found.price),
        "price_currency": found.price_currency,
        "intent_at": instant_text(found.at),
        "outcome_at": instant_text(found.at),
        "failed_for_good": int(found.failed_for_good),
        "foreign_origin": origin,
    }


def _blank_row() -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(_COLUMNS)
    row |= {"newest": 1, "language": "", "segments": 0, "encoding": "", "zones": "[]", "final": 0}
    return row | {"detail": "", "looks": 0, "failed_for_good": 0}
