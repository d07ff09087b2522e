"""What an auditor asks the state file: all that was said to and by one customer, about an invoice.

Only questions, each answered from one large table at a time; nothing is written and nothing decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from nsquilio.core.chain import Event
from nsquilio.core.model import Hold
from nsquilio.store.columns import instant_text, list_text
from nsquilio.store.database import Database
from nsquilio.store.inbound_rows import inbound_rows
from nsquilio.store.message_rows import WRITTEN_TO, stored_messages
from nsquilio.store.rows import InboundRow, StoredMessage
from nsquilio.store.state_file import Store
from nsquilio.store.trail import COLUMNS, event_of

EARLIEST, LATEST = "", "~"
_SCHEDULED_AHEAD = timedelta(days=36)  # Twilio keeps a text for 35 days at most
_MOST_NAMED = 200


def messages_about(store: Store, invoice_ids: Iterable[str]) -> tuple[StoredMessage, ...]:
    found = _database(store).rows(
        "SELECT DISTINCT message_id FROM reminders WHERE invoice_id IN (SELECT value FROM json_each(:ids))",
        ids=list_text(invoice_ids),
    )
    return _messages_by_id(store, [row["message_id"] for row in found])


def messages_under(store: Store, reminder_key: str) -> tuple[StoredMessage, ...]:
    """Every message that had a reminder with this key."""
    words = "SELECT DISTINCT message_id FROM reminders WHERE key = :key"
    found = _database(store).rows(words, key=reminder_key)
    return _messages_by_id(store, [row["message_id"] for row in found])


def _messages_by_id(store: Store, ids: Iterable[int]) -> tuple[StoredMessage, ...]:
    text = f"[{','.join(str(number) for number in ids)}]"
    return stored_messages(_database(store), "id IN (SELECT value FROM json_each(:ids))", ids=text)


def attempts(store: Store, message_key: str) -> tuple[StoredMessage, ...]:
    """All that were made under one message key, oldest first."""
    return stored_messages(_database(store), "key = :key", key=message_key)


def messages_for(store: Store, customer_id: str) -> tuple[StoredMessage, ...]:
    return stored_messages(_database(store), "customer_id = :customer_id", customer_id=customer_id)


def messages_to(store: Store, address: str) -> tuple[StoredMessage, ...]:
    """Also when the address itself was erased."""
    return stored_messages(_database(store), WRITTEN_TO, tag=store._tags.of(address), address=address)


def messages_between(
    store: Store, since: datetime | None, until: datetime | None
) -> tuple[StoredMessage, ...]:
    """Written in that time, or early enough to leave in it."""
    return stored_messages(
        _database(store),
        "intent_at >= :since AND intent_at < :until",
        since=instant_text(since - _SCHEDULED_AHEAD) if since else EARLIEST,
        until=instant_text(until) if until else LATEST,
    )


def inbound_about(store: Store, invoice_ids: Iterable[str]) -> tuple[InboundRow, ...]:
    """Matched to one of them, alone or among others."""
    return inbound_rows(
        _database(store),
        "invoice_ids <> '[]' AND EXISTS (SELECT 1 FROM json_each(invoice_ids) found"
        " WHERE found.value IN (SELECT value FROM json_each(:ids)))",
        ids=list_text(invoice_ids),
    )


def inbound_of(store: Store, customer_id: str) -> tuple[InboundRow, ...]:
    return inbound_rows(_database(store), "customer_id = :customer_id", customer_id=customer_id)


def inbound_from(store: Store, address: str) -> tuple[InboundRow, ...]:
    return inbound_rows(_database(store), "sender_tag = :tag", tag=store._tags.of(address))


def inbound_between(store: Store, since: datetime | None, until: datetime | None) -> tuple[InboundRow, ...]:
    return inbound_rows(
        _database(store),
        "received_at >= :since AND received_at < :until",
        since=instant_text(since) if since else EARLIEST,
        until=instant_text(until) if until else LATEST,
    )


def stored_by(store: Store, sid: str) -> Event | None:
    """The event that stored an inbound message, or its transcript: one for a whole page of a listing."""
    seq = _database(store).value("SELECT event_seq FROM inbound WHERE sid = :sid", sid=sid)
    return None if seq is None else event_numbered(store, int(seq))


def event_numbered(store: Store, seq: int) -> Event | None:
    words = f"SELECT {COLUMNS} FROM events WHERE seq = :seq"
    row = _database(store).row(words, seq=seq)
    return event_of(row) if row else None


def opt_outs_of(store: Store, address: str) -> frozenset[int]:
    """Numbers of the opt-outs of an address, also when the address itself was erased."""
    words = "SELECT id FROM optouts WHERE tag = :tag"
    return frozenset(row["id"] for row in _database(store).rows(words, tag=store._tags.of(address)))


def all_holds(store: Store) -> tuple[Hold, ...]:
    """In force or ended, by number."""
    from nsquilio.store.holds import holds_by_id

    database = _database(store)
    return tuple(holds_by_id(database, [row["id"] for row in database.rows("SELECT id FROM holds")]))


def invoices_named(store: Store, text: str) -> dict[str, str]:
    """Internal id to document number of the invoices that are called so, as far as we ever saw them."""
    found: dict[str, str] = {}
    for table in ("waiting", "reminders"):
        for row in _database(store).rows(
            f"SELECT DISTINCT invoice_id, document_number FROM {table}"
            " WHERE document_number = :text COLLATE NOCASE OR invoice_id = :text LIMIT :most",
            text=text,
            most=_MOST_NAMED,
        ):
            found[row["invoice_id"]] = row["document_number"]
    return found


def customers_named(store: Store, text: str) -> dict[str, str]:
    """Internal id to name of the customers whose id or name this is; else whose name holds it."""
    found: dict[str, str] = {}
    for table in ("waiting", "messages"):
        for row in _database(store).rows(
            f"SELECT DISTINCT customer_id, customer FROM {table}"
            " WHERE customer_id = :text OR instr(lower(customer), lower(:text)) > 0 LIMIT :most",
            text=text,
            most=_MOST_NAMED,
        ):
            found[row["customer_id"]] = row["customer"] or found.get(row["customer_id"], "")
    exact = {id_: name for id_, name in found.items() if text.casefold() in (id_, name.casefold())}
    return exact or found


def _database(store: Store) -> Database:
    return store._database  # of the same room: see `reporting`
