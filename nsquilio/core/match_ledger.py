"""The customers, invoices and messages that a reply may belong to, indexed once for many replies.

A customer may have 2,000 open invoices and a night 5,000 replies: everything a reply asks for is a look-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from .match_description import vocabulary
from .match_numbers import folded, forms_of, groups_of, without_zeros
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


_Index = dict[str, list[KnownInvoice]]


@dataclass(frozen=True, slots=True)
class Ledger:
    """One customer's invoices by everything a message may say of them."""

    customer: KnownCustomer
    invoices: tuple[KnownInvoice, ...]
    codes: _Index
    digits: _Index
    tails: _Index
    po_codes: _Index
    po_digits: _Index
    memos: dict[str, str]
    words: dict[str, set[str]]
    prefixes: frozenset[str]
    offsets: dict[str, frozenset[int]]


def ledger_of(customer: KnownCustomer, invoices: Sequence[KnownInvoice]) -> Ledger:
    codes, digits, tails, po_codes, po_digits = _Index(), _Index(), _Index(), _Index(), _Index()
    prefixes, offsets = set[str](), dict[str, frozenset[int]]()
    for invoice in invoices:
        forms = forms_of(invoice.number)
        prefixes.add(forms.prefix)
        _add_codes(codes, offsets, invoice, (*forms.codes, *_long(forms.digits)))
        for text in forms.digits:
            digits.setdefault(text, []).append(invoice)
        if forms.tail:
            tails.setdefault(forms.tail, []).append(invoice)
        if invoice.po:
            po = forms_of(invoice.po)
            _add_codes(po_codes, offsets, invoice, (*po.codes, *_long(po.digits)))
            for text in _po_digits(invoice.po):
                po_digits.setdefault(text, []).append(invoice)
    memos = {i.id: i.description for i in invoices if i.description}
    return Ledger(
        customer,
        tuple(invoices),
        codes,
        digits,
        tails,
        po_codes,
        po_digits,
        memos,
        vocabulary(memos),
        frozenset(prefixes - {""}),
        offsets,
    )


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


def _po_digits(po: str) -> set[str]:
    forms = forms_of(po)
    return set(forms.digits) | ({forms.tail} if forms.tail else set())


@dataclass(frozen=True)
class Book:
    """Everything replies are matched with. Ledgers are made when a customer is first met."""

    customers: Mapping[str, KnownCustomer]
    by_phone: Mapping[str, tuple[str, ...]]
    written: Mapping[str, tuple[Written, ...]]
    invoices: Mapping[str, tuple[KnownInvoice, ...]]
    owner: Mapping[str, str]
    owners: Mapping[str, frozenset[str]]
    offsets: Mapping[str, frozenset[int]]
    country: str
    _ledgers: dict[str, Ledger] = field(default_factory=dict)

    def ledger(self, customer_id: str) -> Ledger:
        if customer_id not in self._ledgers:
            invoices = self.invoices.get(customer_id, ())
            self._ledgers[customer_id] = ledger_of(self.customers[customer_id], invoices)
        return self._ledgers[customer_id]


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
            for number in numbers_in(column, country=customer.country or country):
                found.setdefault(number, {})[customer.id] = None
    return {number: tuple(ids) for number, ids in found.items()}


def _by_recipient(history: Sequence[Written], country: str) -> dict[str, tuple[Written, ...]]:
    found: dict[str, list[Written]] = {}
    for written in history:
        if not is_anonymous(written.to):
            found.setdefault(canonical(written.to, country=country), []).append(written)
    return {to: tuple(sorted(them, key=lambda w: w.sent_at)) for to, them in found.items()}


def known_prefix(code: str, prefixes: frozenset[str]) -> bool:
    """Whether a code looks like one of our document numbers: our letters and nothing but digits."""
    groups = groups_of(code)
    if len(groups) < 2 or groups[0] not in prefixes or not all(g.isdigit() for g in groups[1:]):
        return False
    return len(groups[0]) > 1 or sum(len(g) for g in groups[1:]) >= 3


def same_shape(code: str, number: str) -> bool:
    """Groups of the same lengths: "2026-99" and "2026-17"."""
    a, b = groups_of(code), groups_of(number)
    return len(a) > 1 and [(len(g), g.isdigit()) for g in a] == [(len(g), g.isdigit()) for g in b]


__all__ = [
    "Book",
    "KnownCustomer",
    "KnownInvoice",
    "Ledger",
    "Written",
    "book_of",
    "known_prefix",
    "ledger_of",
    "same_shape",
    "without_zeros",
]
