"""Fills a state file with years of messages, straight into its tables: for measuring what size costs.

The rows are whole and found by every index, but nobody's audit trail: the hashes of their events are made up.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from nsquilio.store.communications import LOG_CURSOR as CURSOR

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)"
_OLD = "strftime('%Y-%m-%dT%H:%M:%S.000000Z', '2026-02-20', '-' || (i * 120) || ' seconds')"
_OLD_DAY = f"substr({_OLD}, 1, 10)"
_SID = "'SM' || lower(hex(randomblob(16)))"
_TAG = "substr(lower(hex(randomblob(12))), 1, 24)"

_FILL = (
    f"INSERT INTO messages (id, key, attempt, newest, run_id, channel, recipient, recipient_tag, customer_id, customer,"
    f" step, body, language, segments, encoding, local_day, zones, outcome, sid, status, status_at, final, intent_at,"
    f" outcome_at, salt, event_seq) {_NUMBERS}"
    f" SELECT i + 1000000, 'old-' || i || ':late-7:preferred', 1, 1, 'old', 'sms', '+1415' || (2000000 + i % 50000),"
    f" {_TAG}, 'old-' || (i % 20000), 'Customer ' || (i % 20000), 'late-7',"
    f" 'Example SaaS Inc.: invoice INV-' || i || ' for USD 1,250.00 was due 7 Mar 2024. Questions? +1 415 555 0100.',"
    f" 'en', 1, 'GSM-7', {_OLD_DAY}, '[]', 'sent', {_SID}, 'delivered', {_OLD}, 1, {_OLD}, {_OLD}, randomblob(16),"
    f" i + :first FROM n",
    f"INSERT INTO reminders (message_id, key, invoice_id, document_number, customer_id, step, slot, occurrence,"
    f" due_date, days_past_due, balance, currency, written_at, live) {_NUMBERS}"
    f" SELECT i + 1000000, 'old-' || i || ':late-7:preferred', 'old-' || i, 'INV-' || i, 'old-' || (i % 20000),"
    f" 'late-7', 'preferred', '', {_OLD_DAY}, 7, '1250.00', 'USD', {_OLD}, 1 FROM n",
    f"INSERT INTO communications (eid, kind, ref, invoice_id, customer_id, state, fields_hash, attempts, changed_at,"
    f" written_at) {_NUMBERS} SELECT 'nsq-' || {_SID}, 'message', 'old-' || i, 'old-' || i, 'old-' || (i % 20000),"
    f" 'written', 'x', 1, {_OLD}, {_OLD} FROM n",
    f"INSERT INTO events (seq, at, run_id, actor, type, ids, details, commitments, prev, hash) {_NUMBERS}"
    f" SELECT i + :first, '2026-02-27T00:00:00.000000Z', 'old', 'cron', 'message.sent', '{{}}', '{{}}', '{{}}',"
    f" '{'0' * 64}', '{'1' * 64}' FROM n",
    f"INSERT INTO event_refs (ref, seq) {_NUMBERS} SELECT 'message:old-' || i, i + :first FROM n",
    f"INSERT INTO inbound (sid, channel, sender, sender_tag, recipient, received_at, body, media, status, details,"
    f" source, stored_at, event_seq, salt, kind, rule, words, read_at, customer_id, matched_at, effects_at) {_NUMBERS}"
    f" SELECT {_SID}, 'sms', '+1415' || (2000000 + i % 50000), {_TAG}, '+14155550001', {_OLD}, 'Will pay on Friday, '"
    f" || i, '[]', 'received', '{{}}', 'poll', {_OLD}, i + :first, randomblob(16), 'promise', 'bench', '[]', {_OLD},"
    f" 'old-' || (i % 20000), {_OLD}, {_OLD} FROM n",
)  # fmt: skip


def fill(path: Path, count: int) -> None:
    """So many messages sent and logged, and so many answers that are read and matched."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -1000000")
        first = connection.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()[0]
        connection.execute("BEGIN")
        for words in _FILL:
            connection.execute(
                words, {"count": count, "first": first} if ":first" in words else {"count": count}
            )
        # All of it is logged in NetSuite already, as the rows of `communications` say.
        logged = {"name": CURSOR, "value": str(first + count)}
        connection.execute(
            "INSERT INTO cursors (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = :value",
            logged,
        )
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
