"""An inbound message as a row and back, and what binds the row to its audit events.

Only conversions; what is asked and written stands in `inbound`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from os import urandom

from nsquilio.core.chain import canonical, commitment
from nsquilio.store.columns import (
    instant,
    instant_text,
    list_text,
    maybe_amount,
    maybe_amount_text,
    maybe_day,
    maybe_day_text,
    maybe_instant,
    maybe_instant_text,
    object_or_none,
    object_text,
    texts,
)
from nsquilio.store.database import Database
from nsquilio.store.rows import InboundRow, InboundSeen, Reading
from nsquilio.store.tags import Tags

# Bound by the salted commitment of the event that stored the row, or brought its transcript.
COMMITTED = ("sid", "channel", "sender", "recipient", "received_at", "body", "media", "status", "details")

READING = ("kind", "rule", "promise_date", "promise_amount", "promise_currency", "stops_texts", "unsure")

# Bound by the digest in the last event about the row (`state_seq`). The words that decided are a stranger's
# own and stand in no digest. The order is part of it: see `message_rows`.
DIGESTED = (
    "sid",
    "transcript_state",
    "transcript_due_until",
    *READING,
    "read_at",
    "customer_id",
    "invoice_id",
    "invoice_ids",
    "score",
    "signals",
    "candidates",
    "matched_at",
    "inbox",
    "inbox_reason",
    "closed_at",
    "closed_by",
    "effects_at",
)
STATE_COLUMNS = ", ".join(DIGESTED)
_FULL_COLUMNS = ", ".join([*COMMITTED, *DIGESTED[1:], "words", "source", "stored_at", "erased"])
_INSERTED = [
    *COMMITTED,
    *READING,
    "sender_tag",
    "source",
    "stored_at",
    "event_seq",
    "salt",
    "transcript_state",
    "transcript_due_until",
    "words",
    "read_at",
    "effects_at",
]
INSERT = (
    f"INSERT INTO inbound ({', '.join(_INSERTED)}) VALUES ({', '.join(f':{name}' for name in _INSERTED)})"  # noqa: S608
)


def subject(sid: str) -> str:
    return f"inbound:{sid}"


def digest(row: Mapping[str, object] | sqlite3.Row) -> str:
    return "1:" + sha256(canonical([row[name] for name in DIGESTED]).encode()).hexdigest()[:32]


def committed(salt: bytes, row: Mapping[str, object] | sqlite3.Row) -> str:
    return commitment(salt, [row[name] for name in COMMITTED])


def new_columns(seen: InboundSeen, tags: Tags, now: datetime, source: str) -> dict[str, object]:
    """The row but for its event; called once per message of a large page, so no look-ups in here."""
    awaited = seen.transcript_due_until is not None
    at = instant_text(now)
    return {
        "sid": seen.sid,
        "channel": seen.channel,
        "sender": seen.sender,
        "recipient": seen.recipient,
        "received_at": instant_text(seen.received_at),
        "body": seen.body,
        "media": list_text(seen.media) if seen.media else "[]",
        "status": seen.status,
        "details": object_text(seen.details) if seen.details else "{}",
        "sender_tag": tags.of(seen.sender),
        "source": source,
        "stored_at": at,
        "salt": urandom(16),
        "transcript_state": "awaited" if awaited else "none",
        "transcript_due_until": maybe_instant_text(seen.transcript_due_until),
        **reading_columns(seen.reading),
        "read_at": None if seen.reading is None else at,
        "effects_at": None if seen.reading is None or seen.effects_pending else at,
    }


_NOT_READ: dict[str, object] = {
    "kind": None,
    "rule": None,
    "words": None,
    "promise_date": None,
    "promise_amount": None,
    "promise_currency": None,
    "stops_texts": 0,
    "unsure": 0,
}


def reading_columns(reading: Reading | None) -> dict[str, object]:
    if reading is None:
        return _NOT_READ
    return {
        "kind": reading.kind,
        "rule": reading.rule,
        "words": list_text(reading.words) if reading.words else "[]",
        "promise_date": maybe_day_text(reading.promise_date),
        "promise_amount": maybe_amount_text(reading.promise_amount),
        "promise_currency": reading.promise_currency,
        "stops_texts": int(reading.stops_texts),
        "unsure": int(reading.unsure),
    }


def inbound_rows(
    database: Database, words: str, /, limit: int | None = None, **parameters: object
) -> tuple[InboundRow, ...]:
    """`words`: of ours after WHERE, never a stranger's."""
    found = database.rows(
        f"SELECT {_FULL_COLUMNS} FROM inbound WHERE {words} LIMIT :limit",  # noqa: S608
        limit=-1 if limit is None else limit,
        **parameters,
    )
    return tuple(_row(row) for row in found)


def _row(row: sqlite3.Row) -> InboundRow:
    return InboundRow(
        sid=row["sid"],
        channel=row["channel"],
        sender=row["sender"] or "",
        recipient=row["recipient"],
        received_at=instant(row["received_at"]),
        body=row["body"] or "",
        media=texts(row["media"]),
        status=row["status"],
        details=object_or_none(row["details"]) or {},
        source=row["source"],
        stored_at=instant(row["stored_at"]),
        transcript_state=row["transcript_state"],
        transcript_due_until=maybe_instant(row["transcript_due_until"]),
        reading=_reading(row),
        read_at=maybe_instant(row["read_at"]),
        customer_id=row["customer_id"],
        invoice_id=row["invoice_id"],
        invoice_ids=texts(row["invoice_ids"]),
        score=row["score"],
        signals=texts(row["signals"]),
        candidates=texts(row["candidates"]),
        matched_at=maybe_instant(row["matched_at"]),
        inbox=row["inbox"],
        inbox_reason=row["inbox_reason"],
        closed_at=maybe_instant(row["closed_at"]),
        closed_by=row["closed_by"],
        effects_at=maybe_instant(row["effects_at"]),
        erased=bool(row["erased"]),
    )


def _reading(row: sqlite3.Row) -> Reading | None:
    if row["kind"] is None:
        return None
    return Reading(
        kind=row["kind"],
        rule=row["rule"] or "",
        words=texts(row["words"]),
        promise_date=maybe_day(row["promise_date"]),
        promise_amount=maybe_amount(row["promise_amount"]),
        promise_currency=row["promise_currency"],
        stops_texts=bool(row["stops_texts"]),
        unsure=bool(row["unsure"]),
    )
