"""The customers, invoices and messages that a reply may belong to, indexed once for many replies.

A customer may have 2,000 open invoices and a night 5,000 replies: everything a reply asks for is a look-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from .match_description import vocabulary
from .match_numbers import all_digits, folded, forms_of, groups_of, shape_of
from .match_phrases import phrases_of
from .phones import canonical, is_anonymous, numbers_in


@dataclass(frozen=True, slots=True)
class KnownCustomer:
    """`phones`: every phone column as it stands there. `contacts`: (name, phone columns)."""

    id: str
    name: str
    country: str
    phones: tuple[str, ...] = ()
    contacts: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class KnownInvoice:
    id: str
    number: str
    customer_id: str
    balance: Decimal
    total: Decimal
    currency: str
    due_date: date | None = None
    is_open: bool = True
    po: str | None = None
    description: str | None = None
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """One message we sent."""

    sent_at: datetime
    to: str
    invoice_ids: tuple[str, ...]
    customer_id: str | None = None


RECENTLY_PAID = timedelta(days=90)

_Index = dict[str, list[KnownInvoice]]


@dataclass(frozen=True, slots=True)
class Ledger:
    """One customer's candidates on one day, by everything a message may say of them.

    Candidates are the open invoices and those paid in the 90 days before. `wholes`: all digits of a number;
    `shapes`, `beginnings`: what numbers of theirs look like, to tell a slip from a part payment. `about`: the
    open ones by whole balance. `phrases`: as `match_phrases` makes them.
    """

    customer: KnownCustomer
    candidates: dict[str, KnownInvoice]
    open_ids: frozenset[str]
    codes: _Index = field(default_factory=dict)
    digits: _Index = field(default_factory=dict)
    tails: _Index = field(default_factory=dict)
    wholes: _Index = field(default_factory=dict)
    po_codes: _Index = field(default_factory=dict)
    po_digits: _Index = field(default_factory=dict)
    amounts: dict[Decimal, list[KnownInvoice]] = field(default_factory=dict)
    settled: dict[Decimal, list[KnownInvoice]] = field(default_factory=dict)
    about: dict[int, list[KnownInvoice]] = field(default_factory=dict)
    by_currency: _Index = field(default_factory=dict)
    sums: dict[str, Decimal] = field(default_factory=dict)
    memos: dict[str, str] = field(default_factory=dict)
    words: dict[str, set[str]] = field(default_factory=dict)
    phrases: dict[str, set[str]] = field(default_factory=dict)
    prefixes: set[str] = field(default_factory=set)
    shapes: set[tuple[tuple[int, bool], ...]] = field(default_factory=set)
    beginnings: set[tuple[int, str]] = field(default_factory=set)
    offsets: dict[str, frozenset[int]] = field(default_factory=dict)


def ledger_of(customer: KnownCustomer, invoices: Sequence[KnownInvoice], day: date) -> Ledger:
    candidates = {i.id: i for i in invoices if i.is_open or _is_recently_paid(i, day)}
    ledger = Ledger(customer, candidates, frozenset(i.id for i in candidates.values() if i.is_open))
    for invoice in candidates.values():
        _add_number(ledger, invoice)
        _add_po(ledger, invoice)
        _add_amounts(ledger, invoice)
    ledger.memos.update({i.id: i.description for i in candidates.values() if i.description})
    ledger.words.update(vocabulary(ledger.memos))
    for invoice in candidates.values():
        for phrase in phrases_of(invoice.description or "", invoice.po or ""):
            ledger.phrases.setdefault(phrase, set()).add(invoice.id)
    return ledger


def _is_recently_paid(invoice: KnownInvoice, day: date) -> bool:
    return invoice.paid_on is not None and invoice.paid_on >= day - RECENTLY_PAID


def _add_number(ledger: Ledger, invoice: KnownInvoice) -> None:
    forms = forms_of(invoice.number)
    if forms.prefix:
        ledger.prefixes.add(forms.prefix)
    _add_codes(ledger.codes, ledger.offsets, invoice, (*forms.codes, *_long(forms.digits)))
    for text in forms.digits:
        ledger.digits.setdefault(text, []).append(invoice)
    if forms.tail:
        ledger.tails.setdefault(forms.tail, []).append(invoice)
    whole = all_digits(invoice.number)
    ledger.wholes.setdefault(whole, []).append(invoice)
    ledger.beginnings.add((len(whole), whole[: len(whole) // 2]))
    ledger.shapes.add(shape_of(invoice.number))


def _add_po(ledger: Ledger, invoice: KnownInvoice) -> None:
    if not invoice.po:
        return
    forms = forms_of(invoice.po)
    _add_codes(ledger.po_codes, ledger.offsets, invoice, (*forms.codes, *_long(forms.digits)))
    for text in forms.digits | ({forms.tail} if forms.tail else set()):
        ledger.po_digits.setdefault(text, []).append(invoice)


def _add_amounts(ledger: Ledger, invoice: KnownInvoice) -> None:
    if not invoice.is_open:
        ledger.settled.setdefault(invoice.total, []).append(invoice)
        return
    for amount in {invoice.balance, invoice.total}:
        ledger.amounts.setdefault(amount, []).append(invoice)
    ledger.about.setdefault(int(invoice.balance), []).append(invoice)
    ledger.by_currency.setdefault(invoice.currency, []).append(invoice)
    ledger.sums[invoice.currency] = ledger.sums.get(invoice.currency, Decimal(0)) + invoice.balance


def _add_codes(
    index: _Index,
    offsets: dict[str, frozenset[int]],
    invoice: KnownInvoice,
    codes: Iterable[tuple[str, frozenset[int]]],
) -> None:
    for code, allowed in codes:
        for spelling in {code, folded(code)}:
            if spelling == code or not spelling.isdigit():  # "I-17" must not turn 117 into a code
                index.setdefault(spelling, []).append(invoice)
                offsets[spelling] = offsets.get(spelling, frozenset()) | allowed


def _long(digits: Iterable[str]) -> tuple[tuple[str, frozenset[int]], ...]:
    """Numbers as long as a phone's are codes of their own: nothing else may take them for a phone."""
    return tuple((text, frozenset[int]()) for text in digits if len(text) >= 7)


@dataclass(frozen=True)
class Book:
    """Everything replies are matched with. Ledgers are made when a customer is first met."""

    customers: Mapping[str, KnownCustomer]
    by_phone: Mapping[str, tuple[str, ...]]
    written: Mapping[str, tuple[Written, ...]]
    invoices: Mapping[str, tuple[KnownInvoice, ...]]
    owner: Mapping[str, str]
    owners: Mapping[str, frozenset[str]]
    offsets: dict[str, frozenset[int]]
    country: str
    _ledgers: dict[tuple[str, date], Ledger] = field(default_factory=dict)

    def ledger(self, customer_id: str, day: date) -> Ledger:
        key = (customer_id, day)
        if key not in self._ledgers:
            invoices = self.invoices.get(customer_id, ())
            self._ledgers[key] = ledger_of(self.customers[customer_id], invoices, day)
        return self._ledgers[key]


def book_of(
    customers: Sequence[KnownCustomer],
    invoices: Sequence[KnownInvoice],
    history: Sequence[Written],
    *,
    country: str = "US",
) -> Book:
    by_customer: dict[str, list[KnownInvoice]] = {}
    for invoice in invoices:
        by_customer.setdefault(invoice.customer_id, []).append(invoice)
    owners, offsets = _everybodys_numbers(invoices)
    return Book(
        customers={c.id: c for c in customers},
        by_phone=_by_phone(customers, country),
        written=_by_recipient(history, country),
        invoices={c: tuple(i) for c, i in by_customer.items()},
        owner={i.id: i.customer_id for i in invoices},
        owners=owners,
        offsets=offsets,
        country=country,
    )


def _everybodys_numbers(
    invoices: Sequence[KnownInvoice],
) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[int]]]:
    """Whose each number is; and the codes with letters, which name an invoice wherever they stand."""
    owners: dict[str, set[str]] = {}
    offsets: dict[str, frozenset[int]] = {}
    for invoice in invoices:
        forms = forms_of(invoice.number)
        for text in (*forms.digits, *(code for code, _ in forms.codes)):
            owners.setdefault(text, set()).add(invoice.customer_id)
        for code, allowed in forms.codes:
            if not code.isdigit():
                offsets[code] = offsets.get(code, frozenset()) | allowed
    return {text: frozenset(ids) for text, ids in owners.items()}, offsets


def _by_phone(customers: Sequence[KnownCustomer], country: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for customer in customers:
        columns = (*customer.phones, *(p for _, phones in customer.contacts for p in phones))
        for column in columns:
            home = numbers_in(column, country=customer.country or country)
            for number in home or numbers_in(column, country=country):
                found.setdefault(number, {})[customer.id] = None
    return {number: tuple(ids) for number, ids in found.items()}


def _by_recipient(history: Sequence[Written], country: str) -> dict[str, tuple[Written, ...]]:
    found: dict[str, list[Written]] = {}
    for written in history:
        if not is_anonymous(written.to):
            found.setdefault(canonical(written.to, country=country), []).append(written)
    return {to: tuple(sorted(them, key=lambda w: w.sent_at)) for to, them in found.items()}


def known_prefix(code: str, prefixes: Set[str]) -> bool:
    """Whether a code looks like one of our document numbers: our letters and nothing but digits."""
    groups = groups_of(code)
    if len(groups) < 2 or groups[0] not in prefixes or not all(g.isdigit() for g in groups[1:]):
        return False
    return len(groups[0]) > 1 or sum(len(g) for g in groups[1:]) >= 3
