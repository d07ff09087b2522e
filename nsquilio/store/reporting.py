"""What the month's report and the patterns ask of the past: many rows, few columns, bodies only on demand.

Only questions, and cheap ones: fifty thousand messages of a month pass here. Nothing is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import TypeVar

from nsquilio.core.model import Channel, Money, Outcome
from nsquilio.store.columns import instant, instant_text, list_text, maybe_amount, maybe_instant
from nsquilio.store.database import Database
from nsquilio.store.state_file import Store

_PIECE = 2_000
_Value = TypeVar("_Value", int, str)


@dataclass(frozen=True, slots=True)
class ReportedMessage:
    """One attempt to write, without its words. `to` and `customer` are "" once erased."""

    id: int
    key: str
    attempt: int
    channel: Channel
    to: str
    customer_id: str
    customer: str
    step: str
    outcome: Outcome
    status: str
    error_code: str
    segments: int
    estimated: Decimal | None
    estimate_currency: str
    price: Decimal | None
    price_currency: str
    written_at: datetime
    send_at: datetime | None
    sid: str

    @property
    def arrives_at(self) -> datetime:
        """When it left, or is to leave."""
        return self.send_at or self.written_at


@dataclass(frozen=True, slots=True)
class ReportedReminder:
    message_id: int
    invoice_id: str
    document_number: str
    balance: Money


@dataclass(frozen=True, slots=True)
class Reminded:
    """One time an invoice with an open balance was written about, or may have been."""

    invoice_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Priced:
    """What a text really cost. `to`: "" once erased."""

    to: str
    segments: int
    price: Decimal
    estimated: Decimal | None


_MESSAGES = (
    "SELECT id, key, attempt, channel, coalesce(recipient, ''), customer_id, coalesce(customer, ''), step,"
    " outcome, coalesce(status, ''), coalesce(error_code, ''), segments, estimated_cost,"
    " coalesce(cost_currency, ''), price, coalesce(price_currency, ''), intent_at, send_at, coalesce(sid, '')"
    " FROM messages"
)


def messages_between(store: Store, since: datetime, until: datetime) -> list[ReportedMessage]:
    """Every attempt written from `since` on and before `until`, oldest first."""
    found: list[ReportedMessage] = []
    after = (instant_text(since), 0)
    while True:
        rows = _database(store).rows(
            f"{_MESSAGES} WHERE (intent_at > :at OR (intent_at = :at AND id > :id)) AND intent_at < :until"
            " ORDER BY intent_at, id LIMIT :piece",
            at=after[0],
            id=after[1],
            until=instant_text(until),
            piece=_PIECE,
        )
        found += (_message(*row) for row in rows)
        if len(rows) < _PIECE:
            return found
        after = (rows[-1]["intent_at"], rows[-1]["id"])


def _message(
    id: int,
    key: str,
    attempt: int,
    channel: str,
    to: str,
    customer_id: str,
    customer: str,
    step: str,
    outcome: str,
    status: str,
    error_code: str,
    segments: int,
    estimated: str | None,
    estimate_currency: str,
    price: str | None,
    price_currency: str,
    written_at: str,
    send_at: str | None,
    sid: str,
) -> ReportedMessage:
    return ReportedMessage(
        id,
        key,
        attempt,
        Channel(channel),
        to,
        customer_id,
        customer,
        step,
        Outcome(outcome),
        status,
        error_code,
        segments,
        maybe_amount(estimated),
        estimate_currency,
        maybe_amount(price),
        price_currency.upper(),
        instant(written_at),
        maybe_instant(send_at),
        sid,
    )


def reminders_of(store: Store, message_ids: Sequence[int]) -> dict[int, tuple[ReportedReminder, ...]]:
    """The invoices of these messages, in their order."""
    found: dict[int, tuple[ReportedReminder, ...]] = {}
    for ids in _pieces(message_ids):
        for row in _database(store).rows(
            "SELECT message_id, invoice_id, document_number, balance, currency FROM reminders"
            " WHERE message_id IN (SELECT value FROM json_each(:ids)) ORDER BY id",
            ids=_numbers(ids),
        ):
            message_id, invoice_id, number, balance, currency = row
            reminder = ReportedReminder(message_id, invoice_id, number, Money(Decimal(balance), currency))
            found[message_id] = (*found.get(message_id, ()), reminder)
    return found


def words_of(store: Store, message_ids: Sequence[int]) -> dict[int, str]:
    """Subject and body of messages, "" once erased."""
    rows = _database(store).rows(
        "SELECT id, subject, coalesce(body, '') AS body FROM messages"
        " WHERE id IN (SELECT value FROM json_each(:ids))",
        ids=_numbers(message_ids),
    )
    return {id_: f"{subject}: {body}" if subject else body for id_, subject, body in rows}


def reminded(store: Store, invoice_ids: Iterable[str]) -> list[Reminded]:
    """When each of the invoices was written about while something was open, oldest first."""
    found: list[Reminded] = []
    for ids in _pieces(sorted(set(invoice_ids))):
        rows = _database(store).rows(
            "SELECT r.invoice_id, coalesce(m.send_at, m.intent_at) AS at FROM reminders r"
            " JOIN messages m ON m.id = r.message_id"
            " WHERE r.live = 1 AND m.outcome IN ('intent', 'sent', 'unknown') AND CAST(r.balance AS REAL) > 0"
            " AND r.invoice_id IN (SELECT value FROM json_each(:ids)) ORDER BY at",
            ids=list_text(ids),
        )
        found += (Reminded(invoice_id, instant(at)) for invoice_id, at in rows)
    return found


def written_to_customers(
    store: Store, customer_ids: Iterable[str], since: datetime
) -> dict[str, list[datetime]]:
    """When each customer was written to since then, oldest first."""
    found: dict[str, list[datetime]] = {}
    for ids in _pieces(sorted(set(customer_ids))):
        for customer_id, at in _database(store).rows(
            "SELECT customer_id, coalesce(send_at, intent_at) AS at FROM messages"
            " WHERE customer_id IN (SELECT value FROM json_each(:ids)) AND intent_at >= :since"
            " AND outcome = 'sent' ORDER BY at",
            ids=list_text(ids),
            since=instant_text(since),
        ):
            found.setdefault(customer_id, []).append(instant(at))
    return found


def answers_of(store: Store, since: datetime, customer_id: str | None = None) -> dict[str, list[datetime]]:
    """When customers texted, called or left a voicemail since then, oldest first; of one or of all."""
    found: dict[str, list[datetime]] = {}
    only = "customer_id = :customer_id" if customer_id else "customer_id IS NOT NULL"
    for who, at in _database(store).rows(
        f"SELECT customer_id, received_at FROM inbound WHERE {only}"
        " AND received_at >= :since AND channel IN ('sms', 'call', 'voicemail') ORDER BY received_at",
        customer_id=customer_id,
        since=instant_text(since),
    ):
        found.setdefault(who, []).append(instant(at))
    return found


def priced_texts(store: Store, since: datetime) -> list[Priced]:
    """The newest texts written since then whose price in US dollars is known: enough for a mean."""
    rows = _database(store).rows(
        "SELECT coalesce(recipient, ''), segments, price, estimated_cost FROM messages"
        " WHERE intent_at >= :since AND channel = 'sms' AND price IS NOT NULL AND segments > 0"
        " AND upper(coalesce(price_currency, '')) = 'USD' ORDER BY intent_at DESC LIMIT :piece",
        since=instant_text(since),
        piece=_PIECE,
    )
    return [Priced(to, segments, abs(Decimal(price)), maybe_amount(est)) for to, segments, price, est in rows]


def document_numbers(store: Store, invoice_ids: Iterable[str]) -> dict[str, str]:
    """As we last wrote them."""
    rows = _database(store).rows(
        "SELECT invoice_id, document_number FROM reminders"
        " WHERE invoice_id IN (SELECT value FROM json_each(:ids)) ORDER BY id",
        ids=list_text(invoice_ids),
    )
    return {row["invoice_id"]: row["document_number"] for row in rows}


def customer_names(store: Store, customer_ids: Iterable[str]) -> dict[str, str]:
    """As we last wrote them; customers who were erased or never written to are absent."""
    rows = _database(store).rows(
        "SELECT asked.value AS customer_id, (SELECT m.customer FROM messages m"
        " WHERE m.customer_id = asked.value AND m.customer IS NOT NULL"
        " ORDER BY m.intent_at DESC LIMIT 1) AS name FROM json_each(:ids) asked",
        ids=list_text(customer_ids),
    )
    return {customer_id: name for customer_id, name in rows if name}


def _database(store: Store) -> Database:
    return store._database  # of the same room: every query stands here, not in the jobs


def _numbers(numbers: Iterable[int]) -> str:
    return "[" + ",".join(str(number) for number in numbers) + "]"


def _pieces(values: Sequence[_Value]) -> Iterable[Sequence[_Value]]:
    for start in range(0, len(values), _PIECE):
        yield values[start : start + _PIECE]


def messages_by_day(store: Store, since: datetime, zone: tzinfo) -> Counter[date]:
    """How many messages went out, or may have, on each day (in `zone`) since then."""
    rows = _database(store).rows(
        "SELECT substr(intent_at, 1, 16) || 'Z' AS minute, count(*) AS messages FROM messages"
        " WHERE intent_at >= :since AND +outcome IN ('intent', 'sent', 'scheduled', 'unknown')"
        " GROUP BY minute",
        since=instant_text(since),
    )
    days: Counter[date] = Counter()
    for minute, messages in rows:
        days[instant(minute).astimezone(zone).date()] += messages
    return days
