"""What the past tells a run: which keys are taken, who was told what, who was written to how often.

Only questions; many keys at once go in as one JSON list, so that a question costs one statement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from decimal import Decimal

from nsquilio.core.model import Channel, Contact, KeyState, Money, Outcome, Told
from nsquilio.store.columns import day, instant, instant_text, list_text, maybe_day
from nsquilio.store.database import Database
from nsquilio.store.rows import Written
from nsquilio.store.tags import Tags

_WRITTEN = (
    "SELECT m.key AS message_key, r.invoice_id, r.document_number, r.customer_id, r.step, m.channel,"
    " m.recipient, m.intent_at, m.outcome, m.status, m.failed_for_good"
    " FROM messages m JOIN reminders r ON r.message_id = m.id"
    " WHERE m.outcome IN ('intent', 'sent', 'scheduled', 'unknown')"
)


def key_states(database: Database, keys: Iterable[str]) -> dict[str, KeyState]:
    """What took each reminder key; else the newest attempt, although it was refused."""
    found = database.rows(
        "SELECT r.key, m.outcome, m.failed_for_good, m.intent_at, m.channel"
        " FROM reminders r JOIN messages m ON m.id = r.message_id"
        " WHERE r.key IN (SELECT value FROM json_each(:keys)) ORDER BY r.live, r.id",
        keys=list_text(keys),
    )
    return {
        key: KeyState(Outcome(outcome), bool(failed), instant(at), Channel(channel))
        for key, outcome, failed, at, channel in found
    }


def told(database: Database, invoice_ids: Iterable[str]) -> dict[str, Told]:
    """What each customer was last told about an invoice, by a message that went out or may have."""
    found = database.rows(
        "SELECT invoice_id, written_at, due_date, balance, currency FROM reminders"
        " WHERE live = 1 AND invoice_id IN (SELECT value FROM json_each(:invoice_ids))"
        " ORDER BY written_at, id",
        invoice_ids=list_text(invoice_ids),
    )
    return {
        invoice_id: Told(instant(at), maybe_day(due), Money(Decimal(balance), currency))
        for invoice_id, at, due, balance, currency in found
    }


def contacts(database: Database, since: date) -> tuple[Contact, ...]:
    """Taken messages whose day of arrival is `since` or later; `recipient` is "" once erased."""
    found = database.rows(
        "SELECT customer_id, coalesce(recipient, '') AS recipient, channel, local_day FROM messages"
        " WHERE local_day >= :since AND outcome IN ('intent', 'sent', 'scheduled', 'unknown') ORDER BY id",
        since=since.isoformat(),
    )
    return tuple(
        Contact(customer_id, recipient, Channel(channel), day(local_day))
        for customer_id, recipient, channel, local_day in found
    )


def texted(database: Database, tags: Tags, numbers: Iterable[str]) -> frozenset[str]:
    """Those of the numbers that had a text before."""
    by_tag = tags.by_tag(numbers)
    found = database.rows(
        "SELECT asked.value FROM json_each(:tags) asked WHERE EXISTS ("
        " SELECT 1 FROM messages m WHERE m.recipient_tag = asked.value AND m.channel = 'sms'"
        " AND m.outcome IN ('intent', 'sent', 'scheduled', 'unknown'))",
        tags=list_text(by_tag),
    )
    return frozenset(by_tag[row[0]] for row in found)


def written_about(database: Database, since: datetime | None) -> frozenset[str]:
    """Internal ids of the invoices that a message went out about, or may have."""
    found = database.rows(
        "SELECT DISTINCT invoice_id FROM reminders WHERE live = 1 AND written_at >= :since",
        since=instant_text(since) if since else "",
    )
    return frozenset(row[0] for row in found)


def written(
    database: Database, invoice_ids: Iterable[str] | None, since: datetime | None
) -> tuple[Written, ...]:
    """Reminders that went out or may have, oldest first; of all invoices when `invoice_ids` is None."""
    about = "" if invoice_ids is None else " AND r.invoice_id IN (SELECT value FROM json_each(:invoice_ids))"
    found = database.rows(
        f"{_WRITTEN} AND m.intent_at >= :since{about} ORDER BY m.intent_at, r.id",
        since=instant_text(since) if since else "",
        invoice_ids=list_text(invoice_ids or ()),
    )
    return tuple(_written(*row) for row in found)


def last_written_to(
    database: Database, tags: Tags, addresses: Iterable[str], since: datetime | None
) -> tuple[Written, ...]:
    """What was written to these addresses, newest first."""
    found = database.rows(
        f"{_WRITTEN} AND m.recipient_tag IN (SELECT value FROM json_each(:tags))"  # noqa: S608
        " AND m.intent_at >= :since ORDER BY m.intent_at DESC, r.id",
        tags=list_text(tags.by_tag(addresses)),
        since=instant_text(since) if since else "",
    )
    return tuple(_written(*row) for row in found)


def texts_to(
    database: Database, tags: Tags, numbers: Iterable[str], since: datetime
) -> tuple[tuple[str, datetime, str], ...]:
    """(number, when, words) of the texts that went out to these numbers or may have, newest first."""
    by_tag = tags.by_tag(numbers)
    found = database.rows(
        "SELECT recipient_tag, intent_at, body FROM messages WHERE channel = 'sms' AND body IS NOT NULL"
        " AND recipient_tag IN (SELECT value FROM json_each(:tags)) AND intent_at >= :since"
        " AND outcome IN ('intent', 'sent', 'unknown') ORDER BY intent_at DESC, id DESC",
        tags=list_text(by_tag),
        since=instant_text(since),
    )
    return tuple((by_tag[tag], instant(at), body) for tag, at, body in found)


def _written(
    message_key: str,
    invoice_id: str,
    document_number: str,
    customer_id: str,
    step: str,
    channel: str,
    recipient: str | None,
    at: str,
    outcome: str,
    status: str | None,
    failed_for_good: int,
) -> Written:
    return Written(
        message_key,
        invoice_id,
        document_number,
        customer_id,
        step,
        Channel(channel),
        recipient or "",
        instant(at),
        Outcome(outcome),
        status,
        bool(failed_for_good),
    )


def busiest_day(database: Database, since: datetime, zone: tzinfo) -> tuple[date, int] | None:
    """The day (in `zone`) on which most messages were written, with their number."""
    found = database.rows(
        "SELECT substr(intent_at, 1, 16) || 'Z' AS minute, count(*) AS messages FROM messages"
        " WHERE intent_at >= :since AND outcome IN ('intent', 'sent', 'scheduled', 'unknown')"
        " GROUP BY minute",
        since=instant_text(since),
    )
    days: Counter[date] = Counter()
    for minute, messages in found:
        days[instant(minute).astimezone(zone).date()] += messages
    return max(days.items(), key=lambda day_count: (day_count[1], day_count[0]), default=None)
