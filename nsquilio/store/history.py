"""What the past tells a run: which keys are taken, who was told what, who was written to how often.

Only questions; many keys at once go in as one JSON list, so that a question costs one statement.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from operator import itemgetter

from nsquilio.core.drafts import quick
from nsquilio.core.model import Channel, Contact, KeyState, Money, Outcome, Told
from nsquilio.store.columns import (
    day,
    instant,
    instant_text,
    list_text,
    maybe_day,
    maybe_instant,
    numbers_text,
)
from nsquilio.store.database import Database
from nsquilio.store.rows import Standing, StoredMessage, Written
from nsquilio.store.tags import Tags

# Where the index of a number, an invoice or a time is meant, `+outcome` keeps SQLite from walking through all
# that were ever sent. One large table per question, and no ORDER BY: only such questions use the indexes of
# both halves of a dry run's copy (see `copying`).
_TAKEN = "+outcome IN ('intent', 'sent', 'scheduled', 'unknown')"
_AT_ONCE = 10_000
_OUTCOMES = {str(outcome): outcome for outcome in Outcome}
_standing = quick(Standing)
_REMINDER = "id, message_id, invoice_id, document_number, customer_id, step"


def key_states(database: Database, keys: Iterable[str]) -> dict[str, KeyState]:
    """What took each reminder key; else the newest attempt, although it was refused."""
    found: dict[str, KeyState] = {}
    for part in _parts(keys):
        found |= _key_states(database, part)
    return found


def _key_states(database: Database, keys: Sequence[str]) -> dict[str, KeyState]:
    reminders = database.rows(
        "SELECT live, id, key, message_id FROM reminders WHERE key IN (SELECT value FROM json_each(:keys))",
        keys=list_text(keys),
    )
    messages = {
        number: KeyState(
            Outcome(outcome),
            bool(failed),
            instant(at),
            Channel(channel),
            status,
            code,
            maybe_instant(send_at),
        )
        for number, outcome, failed, at, channel, status, code, send_at in database.rows(
            "SELECT id, outcome, failed_for_good, intent_at, channel, coalesce(status, ''),"
            " coalesce(error_code, ''), send_at FROM messages"
            " WHERE id IN (SELECT value FROM json_each(:ids))",
            ids=numbers_text({row["message_id"] for row in reminders}),
        )
    }
    return {key: messages[message_id] for _, _, key, message_id in sorted(map(tuple, reminders))}


def told(database: Database, invoice_ids: Iterable[str]) -> dict[str, Told]:
    """What each customer was last told about an invoice, by a message that went out or may have."""
    found: dict[str, Told] = {}
    for part in _parts(invoice_ids):
        found |= _told(database, part)
    return found


def _told(database: Database, invoice_ids: Sequence[str]) -> dict[str, Told]:
    found = database.rows(
        "SELECT written_at, id, invoice_id, due_date, balance, currency, occurrence FROM reminders"
        " WHERE live = 1 AND invoice_id IN (SELECT value FROM json_each(:invoice_ids))",
        invoice_ids=list_text(invoice_ids),
    )
    newest = {row["invoice_id"]: row for row in sorted(found, key=itemgetter(0, 1))}
    return {
        invoice_id: Told(instant(at), maybe_day(due), Money(Decimal(balance), currency), occurrence)
        for at, _, invoice_id, due, balance, currency, occurrence in newest.values()
    }


def _parts(values: Iterable[str]) -> Iterator[Sequence[str]]:
    """Memory stays flat however many are asked for."""
    kept = list(values)
    for start in range(0, len(kept), _AT_ONCE):
        yield kept[start : start + _AT_ONCE]


def contacts(database: Database, since: date) -> tuple[Contact, ...]:
    """Taken messages whose day of arrival is `since` or later; `recipient` is "" once erased."""
    found = database.rows(
        "SELECT id, customer_id, recipient, channel, local_day FROM messages"
        f" WHERE local_day >= :since AND {_TAKEN}",
        since=since.isoformat(),
    )
    return tuple(
        Contact(customer_id, recipient or "", Channel(channel), day(local_day))
        for _, customer_id, recipient, channel, local_day in sorted(found, key=itemgetter(0))
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


def written(
    database: Database, invoice_ids: Iterable[str] | None, since: datetime | None
) -> tuple[Written, ...]:
    """Reminders that went out or may have, oldest first; of all invoices when `invoice_ids` is None."""
    about = "" if invoice_ids is None else "AND invoice_id IN (SELECT value FROM json_each(:invoice_ids))"
    reminders = database.rows(
        f"SELECT {_REMINDER} FROM reminders WHERE live = 1 AND written_at >= :since {about}",
        since=instant_text(since) if since else "",
        invoice_ids=list_text(invoice_ids or ()),
    )
    messages = _messages(
        database,
        "id IN (SELECT value FROM json_each(:ids))",
        ids=numbers_text({row["message_id"] for row in reminders}),
    )
    return tuple(sorted(_written(messages, reminders), key=lambda each: each.at))


def last_written_to(
    database: Database, tags: Tags, addresses: Iterable[str], since: datetime | None
) -> tuple[Written, ...]:
    """What was written to these addresses, newest first."""
    messages = _messages(
        database,
        f"{_TAKEN} AND intent_at >= :since AND recipient_tag IN (SELECT value FROM json_each(:tags))",
        tags=list_text(tags.by_tag(addresses)),
        since=instant_text(since) if since else "",
    )
    reminders = database.rows(
        f"SELECT {_REMINDER} FROM reminders WHERE message_id IN (SELECT value FROM json_each(:ids))",
        ids=numbers_text(messages),
    )
    return tuple(sorted(_written(messages, reminders), key=lambda each: each.at, reverse=True))


def _messages(database: Database, words: str, /, **parameters: object) -> dict[int, sqlite3.Row]:
    found = database.rows(
        "SELECT id, key, channel, recipient, intent_at, outcome, status, failed_for_good FROM messages"
        f" WHERE {words}",
        **parameters,
    )
    return {row["id"]: row for row in found}


def _written(messages: Mapping[int, sqlite3.Row], reminders: Sequence[sqlite3.Row]) -> Iterator[Written]:
    for reminder in sorted(reminders, key=itemgetter(0)):
        message = messages[reminder["message_id"]]
        yield Written(
            message_key=message["key"],
            invoice_id=reminder["invoice_id"],
            document_number=reminder["document_number"],
            customer_id=reminder["customer_id"],
            step=reminder["step"],
            channel=Channel(message["channel"]),
            to=message["recipient"] or "",
            at=instant(message["intent_at"]),
            outcome=Outcome(message["outcome"]),
            status=message["status"],
            failed_for_good=bool(message["failed_for_good"]),
        )


def standing(database: Database, sids: Iterable[str]) -> dict[str, Standing]:
    """Those of the SIDs that are messages of ours, and where they stand."""
    found = database.rows(
        "SELECT sid, coalesce(recipient, ''), outcome, final,"
        " CASE WHEN final = 1 AND price IS NOT NULL THEN coalesce(status, '') ELSE '' END FROM messages"
        " WHERE sid IN (SELECT value FROM json_each(:sids))",
        sids=list_text(sids),
    )
    return {
        sid: _standing(to, _OUTCOMES[outcome], final == 1, ended) for sid, to, outcome, final, ended in found
    }


def texts_to(
    database: Database, tags: Tags, numbers: Iterable[str], since: datetime
) -> tuple[tuple[str, datetime, str], ...]:
    """(number, when, words) of the texts that went out to these numbers or may have, newest first."""
    by_tag = tags.by_tag(numbers)
    found = database.rows(
        "SELECT intent_at, id, recipient_tag, body FROM messages WHERE channel = 'sms' AND body IS NOT NULL"
        " AND recipient_tag IN (SELECT value FROM json_each(:tags)) AND intent_at >= :since"
        " AND +outcome IN ('intent', 'sent', 'unknown')",
        tags=list_text(by_tag),
        since=instant_text(since),
    )
    newest_first = sorted(map(tuple, found), reverse=True)
    return tuple((by_tag[tag], instant(at), body) for at, _, tag, body in newest_first)


def busiest_day(database: Database, since: datetime, zone: tzinfo) -> tuple[date, int] | None:
    """The day (in `zone`) on which most messages were written, with their number."""
    found = database.rows(
        "SELECT substr(intent_at, 1, 16) || 'Z' AS minute, count(*) AS messages FROM messages"
        " WHERE intent_at >= :since AND +outcome IN ('intent', 'sent', 'scheduled', 'unknown')"
        " GROUP BY minute",
        since=instant_text(since),
    )
    days: Counter[date] = Counter()
    for minute, messages in found:
        days[instant(minute).astimezone(zone).date()] += messages
    return max(days.items(), key=lambda day_count: (day_count[1], day_count[0]), default=None)


_LONGEST_RUN = timedelta(days=1)


def got_through(database: Database, lost: StoredMessage, no_receipt_before: datetime) -> bool:
    """Whether a text of the same run as this lost one, or a later one, reached its phone or its carrier.

    `no_receipt_before`: what was written earlier and is still `sent` counts.
    """
    found = database.value(
        "SELECT 1 FROM messages WHERE intent_at >= :first AND channel = 'sms'"
        " AND (run_id = :run_id OR intent_at > :at)"
        " AND (status IN ('delivered', 'read') OR status = 'sent' AND intent_at < :before) LIMIT 1",
        first=instant_text(lost.intent_at - _LONGEST_RUN),
        run_id=lost.run_id,
        at=instant_text(lost.intent_at),
        before=instant_text(no_receipt_before),
    )
    return bool(found)


def last_text_at(database: Database, since: datetime) -> datetime | None:
    """When the newest text that went out, or may have, was written."""
    newest = database.value(
        f"SELECT max(intent_at) FROM messages WHERE intent_at >= :since AND channel = 'sms' AND {_TAKEN}",
        since=instant_text(since),
    )
    return maybe_instant(newest)
