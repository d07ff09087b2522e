"""Replies as a person sees them: who wrote, about what, for how much, and what followed from it.

Balances and candidates are NetSuite's of this moment; without NetSuite they are what we last wrote. Changes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum
from typing import TypeVar

from nsquilio.core.matching import match_in
from nsquilio.core.model import Hold, Invoice, Money
from nsquilio.core.money_words import minor_digits
from nsquilio.errors import ServiceFailed
from nsquilio.jobs.follow_up import BROKEN, UNCONFIRMED
from nsquilio.jobs.inbox_ids import short_ids
from nsquilio.jobs.known import Known, known_of
from nsquilio.jobs.reply_effects import company_day
from nsquilio.jobs.services import Services
from nsquilio.store import InboundRow, PromiseRow, reporting

_MOST_OPEN = 8
BySid = TypeVar("BySid", bound=PromiseRow | Hold)


class Urgency(IntEnum):
    """The order of the morning list: what could do harm first, then money, then talk."""

    STOPS = 1
    DISPUTE = 2
    PROMISE = 3
    PAID = 4
    QUESTION = 5
    REST = 6


_URGENCY = {
    "opt_out": Urgency.STOPS,
    "wrong_number": Urgency.STOPS,
    "dispute": Urgency.DISPUTE,
    "promise": Urgency.PROMISE,
    "paid_claim": Urgency.PAID,
    "question": Urgency.QUESTION,
    "copy_request": Urgency.QUESTION,
    "help": Urgency.QUESTION,
}
_LATE = frozenset({BROKEN, UNCONFIRMED})


@dataclass(frozen=True, slots=True)
class Named:
    """An invoice as it stands now. `balance`, `due_date`: None when unknown. `score`: as a candidate."""

    id: str
    number: str
    balance: Money | None = None
    due_date: date | None = None
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One reply. `invoices`: what it is about; `at_stake`: their balances, or all that the customer owes."""

    id: str
    row: InboundRow
    customer: str = ""
    invoices: tuple[Named, ...] = ()
    candidates: tuple[Named, ...] = ()
    at_stake: tuple[Money, ...] = ()
    promises: tuple[PromiseRow, ...] = ()
    holds: tuple[Hold, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(part for part in (self.row.inbox_reason or "").split("; ") if part)

    @property
    def kind(self) -> str:
        return self.row.reading.kind if self.row.reading else "other"

    @property
    def urgency(self) -> Urgency:
        if self.row.reading is not None and self.row.reading.stops_texts:
            return Urgency.STOPS
        return _URGENCY.get(self.kind, Urgency.REST)

    def days_past_due(self, today: date) -> int | None:
        """Of the oldest of its invoices."""
        due = [one.due_date for one in self.invoices if one.due_date is not None]
        return (today - min(due)).days if due else None


def place(entry: Entry) -> tuple[int, bool, Decimal, datetime, str]:
    """Within a kind: what came back to us first, then the largest sum, then the oldest."""
    at_stake = sum((_weight(money) for money in entry.at_stake), Decimal(0))
    is_new = _LATE.isdisjoint(entry.reasons)
    return entry.urgency, is_new, -at_stake, entry.row.received_at, entry.row.sid


def _weight(money: Money) -> Decimal:
    """Roughly comparable across currencies: 100 yen count as one dollar, and nothing else depends on it."""
    return money.amount.scaleb(minor_digits(money.currency) - 2)


@dataclass(frozen=True, slots=True)
class _Ledger:
    """Names and invoices by id, from NetSuite or from what we last wrote."""

    known: Known | None
    names: Mapping[str, str]
    invoices: Mapping[str, Named]
    owed: Mapping[str, tuple[Named, ...]] = field(default_factory=dict)  # by customer


def entries_of(rows: Sequence[InboundRow], services: Services) -> tuple[list[Entry], str]:
    """In the order of the rows; and why NetSuite could not be asked, or ""."""
    if not rows:
        return [], ""
    try:
        ledger, not_asked = _from_netsuite(rows, services), ""
    except ServiceFailed as problem:
        ledger, not_asked = _from_memory(rows, services), problem.message
    blocks, ids = services.store.blocks, _ids(rows, services)
    promises = _by_sid(blocks.promises())
    holds = _by_sid(blocks.holds(company_day(services.clock(), services)))
    entries = [
        _entry(row, ids[row.sid], ledger, promises.get(row.sid, ()), holds.get(row.sid, ())) for row in rows
    ]
    return entries, not_asked


def _ids(rows: Sequence[InboundRow], services: Services) -> Mapping[str, str]:
    """Short, and told apart from everything else that is open too."""
    sids = {row.sid for row in services.store.inbound.open_inbox()} | {row.sid for row in rows}
    return short_ids(sids)


def _by_sid(rows: Iterable[BySid]) -> dict[str, tuple[BySid, ...]]:
    grouped: dict[str, tuple[BySid, ...]] = {}
    for row in rows:
        if row.inbound_sid:
            grouped[row.inbound_sid] = (*grouped.get(row.inbound_sid, ()), row)
    return grouped


def _about(row: InboundRow) -> tuple[str, ...]:
    return (row.invoice_id,) if row.invoice_id else row.invoice_ids


def _from_netsuite(rows: Sequence[InboundRow], services: Services) -> _Ledger:
    """What a person assigned may belong to none of the sender's customers, so it is asked for besides."""
    known = known_of(rows, services)
    found = dict(known.invoices)
    missing = {id_ for row in rows for id_ in (*_about(row), *row.candidates)} - found.keys()
    found |= {one.id: one for one in services.netsuite.invoices_by_id(missing)} if missing else {}
    names = {one.id: one.name for one in known.customers.values()}
    unnamed = {row.customer_id for row in rows if row.customer_id} - names.keys()
    names |= {one.id: one.name for one in services.netsuite.customers(unnamed)} if unnamed else {}
    owed = {id_: tuple(_named(one) for one in of_one) for id_, of_one in known.open_invoices.items()}
    return _Ledger(known, names, {id_: _named(one) for id_, one in found.items()}, owed)


def _named(invoice: Invoice) -> Named:
    return Named(invoice.id, invoice.number, invoice.open_balance, invoice.due_date)


def _from_memory(rows: Sequence[InboundRow], services: Services) -> _Ledger:
    ids = {id_ for row in rows for id_ in (*_about(row), *row.candidates)}
    told = services.store.messages.told(ids)
    numbers = reporting.document_numbers(services.store, ids)
    names = reporting.customer_names(services.store, {row.customer_id for row in rows if row.customer_id})
    invoices = {
        id_: Named(
            id_,
            number,
            told[id_].balance if id_ in told else None,
            told[id_].due_date if id_ in told else None,
        )
        for id_, number in numbers.items()
    }
    return _Ledger(None, names, invoices)


def _entry(
    row: InboundRow, id_: str, ledger: _Ledger, promises: Sequence[PromiseRow], holds: Sequence[Hold]
) -> Entry:
    invoices = tuple(ledger.invoices.get(each, Named(each, each)) for each in _about(row))
    stake = invoices or ledger.owed.get(row.customer_id or "", ())
    return Entry(
        id_,
        row,
        ledger.names.get(row.customer_id or "", ""),
        invoices,
        _candidates(row, ledger),
        tuple(one.balance for one in stake if one.balance is not None and one.balance.amount > 0),
        tuple(promises),
        tuple(holds),
    )


def _candidates(row: InboundRow, ledger: _Ledger) -> tuple[Named, ...]:
    """Best first, with the scores they have by today's books; what was kept, where NetSuite cannot tell.
    Where nothing points anywhere, what the customer owes.
    """
    if ledger.known is None or row.channel == "email_event":
        return tuple(ledger.invoices.get(each, Named(each, each)) for each in row.candidates)
    channel = "voicemail" if row.channel == "voicemail" else "sms"
    match = match_in(
        ledger.known.book, row.body, sender=row.sender, received=row.received_at, channel=channel
    )
    named = ((ledger.invoices.get(each, Named(each, each)), score) for each, score in match.candidates)
    found = tuple(replace(one, score=score) for one, score in named)
    return found or ledger.owed.get(row.customer_id or "", ())[:_MOST_OPEN]
