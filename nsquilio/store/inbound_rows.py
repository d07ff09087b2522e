"""An inbound message as a row and back, and what binds the row to its audit events.

Only conversions; what is asked and written stands in `inbound`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from hashlib import sha256

from nsquilio.core.chain import canonical, commitment
from nsquilio.store.columns import (
    instant,
    list_text,
    maybe_amount,
    maybe_amount_text,
    maybe_day,
    maybe_day_text,
    maybe_instant,
    object_or_none,
    object_text,
    texts,
)
from nsquilio.store.database import Database
from nsquilio.store.rows import InboundRow, InboundSeen, Reading

# Bound by the salted commitment of the event that stored the row, or brought its transcript.
COMMITTED = ("sid", "channel", "sender", "recipient", "received_at", "body", "media", "status", "details")

READING = ("kind", "rule", "promise_date", "promise_amount", "promise_currency", "stops_texts", "unsure")

RECEIVING = "receiving"
"""Twilio's status of a text that it has not got all of."""

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


def subject(sid: str) -> str:
    return f"inbound:{sid}"


def digest(row: Mapping[str, object] | sqlite3.Row) -> str:
    return "1:" + sha256(canonical([row[name] for name in DIGESTED]).encode()).hexdigest()[:32]


def committed(salt: bytes, row: Mapping[str, object] | sqlite3.Row) -> str:
    return commitment(salt, [row[name] for name in COMMITTED])


def reading_values(reading: Reading) -> tuple[list[object], str]:
    """The columns `READING`, and the words that decided."""
    values: list[object] = [
        reading.kind,
        reading.rule,
        maybe_day_text(reading.promise_date),
        maybe_amount_text(reading.promise_amount),
        reading.promise_currency,
        int(reading.stops_texts),
        int(reading.unsure),
    ]
    return values, list_text(reading.words) if reading.words else "[]"


def reading_columns(reading: Reading) -> dict[str, object]:
    values, words = reading_values(reading)
    return {**dict(zip(READING, values, strict=True)), "words": words}


def files_of(details: Mapping[str, object]) -> object:
    """The number of pictures and files that came with a text."""
    return details.get("num_media", 0)


def completion(row: InboundRow, listed: InboundSeen) -> dict[str, object]:
    """The columns to change. An empty text may be one that was redacted since, and says nothing."""
    change: dict[str, object] = {}
    if listed.body and listed.body.split() != row.body.split():
        change |= {"body": listed.body, "read_at": None, "effects_at": None}
    if listed.media and files_of(listed.details) != files_of(row.details):
        change |= {"media": list_text(listed.media), "details": object_text(listed.details)}
    if row.status == RECEIVING and listed.status:
        change |= {"status": listed.status} if listed.status != RECEIVING else {}
    return change


def inbound_rows(
    database: Database, words: str, /, limit: int | None = None, **parameters: object
) -> tuple[InboundRow, ...]:
    """`words`: of ours after WHERE, never a stranger's."""
    found = database.rows(
        f"SELECT {_FULL_COLUMNS} FROM inbound WHERE {words} LIMIT :limit",
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
