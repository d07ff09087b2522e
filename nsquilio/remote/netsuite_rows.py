"""Rows of SuiteQL to values. A row that can't be understood becomes a value that says so; nothing raises.

A hundred thousand invoices pass here, at the cost of about their parsing: no function is called per value
where a look into a dictionary does, and an exception is the way of broken rows only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal, InvalidOperation
from operator import itemgetter
from typing import Any

from nsquilio.core.drafts import quick
from nsquilio.core.model import Invoice, Payment
from nsquilio.remote.netsuite_columns import INVOICE, Columns, split_name
from nsquilio.remote.netsuite_suiteql import Row
from nsquilio.remote.transport import clean

_KINDS = {"CustPymt": "payment", "CustDep": "payment", "DepAppl": "payment", "Journal": "write_off"}
_LONGEST = 14
"""The power of ten of the first digit: nobody owes more than 999,999,999,999,999."""

_LONGEST_TEXT = 4_000
_TICKED = ("T", True, "true", "t", "Yes")
_ONE_ADDRESS = re.compile(r"[^@\s;,<>]+@[^@\s;,<>]+\.[^@\s;,<>]+")
_invoice = quick(Invoice)
_always_there = itemgetter("id", "tranid", "entity", "unpaid", "total")


class Days(dict[str | None, date | None]):
    """`YYYY-MM-DD` to dates, each text read once. Raises ValueError for anything else."""

    def __init__(self) -> None:
        super().__init__({None: None, "": None})

    def __missing__(self, text: str | None) -> date:
        if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            raise ValueError(text)
        day = self[text] = date.fromisoformat(text)
        return day


class Amounts(dict[str, Decimal]):
    """Texts to Decimals, each read once. Raises ValueError for what is no amount of money."""

    def __missing__(self, text: object) -> Decimal:
        try:
            amount = Decimal(str(text))
        except InvalidOperation:
            raise ValueError(text) from None
        if not amount.is_finite() or amount.adjusted() > _LONGEST:
            raise ValueError(text)
        self[str(text)] = amount
        return amount


class Moments:
    """`YYYY-MM-DD HH:MM:SS` in the session's zone to UTC.

    The doubled hour in autumn is taken as the first one.
    """

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._offsets: dict[str, timedelta] = {}

    def __call__(self, text: str | None) -> datetime | None:
        if not text:
            return None
        local = datetime.fromisoformat(text)
        offset = self._offsets.get(text[:13])
        if offset is None:
            offset = self._offsets[text[:13]] = local.replace(tzinfo=self._zone).utcoffset() or timedelta()
        return (local - offset).replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Balance:
    """What an invoice is at now. `status`: A open, B paid, D pending, E rejected, V voided."""

    invoice_id: str
    status: str
    unpaid: Decimal
    total: Decimal
    currency: str
    due_date: date | None


class InvoiceReader:
    """`currencies`: internal id to ISO code; `home`: the currency where the account has only one."""

    def __init__(self, columns: Columns, currencies: Mapping[str, str], home: str, zone: tzinfo) -> None:
        self._currencies: dict[str | None, str] = {None: home} if not currencies else {}
        self._currencies.update(currencies)
        self._days, self._amounts, self._moment = Days(), Amounts(), Moments(zone)
        self._names: dict[str, str] = {}
        self._po, self._description = columns.po or "-", columns.description or "-"
        self._link = columns.payment_link or "-"
        self._emails = _of_invoice(columns.email)
        self._excluded = _of_invoice(columns.excluded)

    def read(self, rows: Iterable[Row]) -> list[Invoice]:
        """One invoice per row, whatever is in it. Long, because a call per value would double its time."""
        days, moment, currencies = self._days, self._moment, self._currencies
        one_text = self._names.setdefault
        po, description, link = self._po, self._description, self._link
        emails, excluded = self._emails, self._excluded
        invoices: list[Invoice] = []
        for row in rows:
            get = row.get
            try:
                invoice_id, number, customer_id, unpaid_text, total_text = _always_there(row)
                if not number or not customer_id:
                    raise KeyError
                unpaid = Decimal(unpaid_text)
                total = unpaid if total_text == unpaid_text else Decimal(total_text)
                if not (unpaid.is_finite() and total.is_finite()) or unpaid.adjusted() > _LONGEST:
                    raise ValueError
                invoice = _invoice(
                    str(invoice_id),
                    number,
                    one_text(customer_id, customer_id),
                    days[get("duedate")],
                    unpaid,
                    total,
                    currencies[get("currency")],
                    _status(row) if "status" in row else "A",
                    moment(row["created"]) if "created" in row else None,
                    moment(row["modified"]) if "modified" in row else None,
                    days[row["issued"]] if "issued" in row else None,
                    get(po) or None,
                    get(description) or None,
                    get(link) or None,
                    first_addresses([get(name) for name in emails]) if emails else (),
                    any(is_ticked(get(name)) for name in excluded) if excluded else False,
                    days[row["closed"]] if "closed" in row else None,
                    None,
                )
                invoices.append(invoice)
            except (KeyError, ValueError, TypeError, InvalidOperation):
                invoices.append(self._broken(row))
        return invoices

    def balances(self, rows: Iterable[Row]) -> Iterable[Balance]:
        """Rows that can't be understood are left out: to the caller the invoice is gone, and nothing is
        sent.
        """
        for row in rows:
            try:
                yield Balance(
                    str(row["id"]),
                    _status(row),
                    self._amounts[row["unpaid"]],
                    self._amounts[row["total"]],
                    self._currencies[row.get("currency")],
                    self._days[row.get("duedate")],
                )
            except (KeyError, ValueError, TypeError):
                continue

    def unapplied(self, rows: Iterable[Row], into: dict[str, dict[str, Decimal]]) -> None:
        """Adds up customer -> currency -> amount.

        What can't be read is no cash: it would hold every invoice.
        """
        for row in rows:
            try:
                amount, currency = self._amounts[row["unused"]], self._currencies[row.get("currency")]
                cash = into.setdefault(str(row["entity"]), {})
            except (KeyError, ValueError, TypeError):
                continue
            cash[currency] = cash.get(currency, Decimal(0)) + amount

    def payments(self, rows: Iterable[Row]) -> list[Payment]:
        """One per invoice and payment, its lines added up."""
        found: dict[tuple[str, str], Payment] = {}
        for row in rows:
            try:
                payment = self._payment(row)
            except (KeyError, ValueError, TypeError):
                continue
            key = (payment.invoice_id, payment.payment_id)
            before = found.get(key)
            found[key] = replace(before, amount=before.amount + payment.amount) if before else payment
        return list(found.values())

    def _payment(self, row: Row) -> Payment:
        kind = _KINDS.get(row["type"], "credit")
        amount = abs(self._amounts[row["amount"]])
        return Payment(
            str(row["invoice_id"]),
            str(row["payment_id"]),
            kind,
            self._days[row.get("paid_on")],
            amount,
            self._moment(row.get("created")),
            self._moment(row.get("modified")),
        )

    def _broken(self, row: Row) -> Invoice:
        problems = list(self._problems(row))
        return Invoice(
            id=str(row.get("id", "")),
            number=clean(row.get("tranid") or row.get("id") or ""),
            customer_id=str(row.get("entity") or ""),
            due_date=self._readable(self._days, row.get("duedate")),
            balance=self._readable(self._amounts, row.get("unpaid")) or Decimal(0),
            total=self._readable(self._amounts, row.get("total")) or Decimal(0),
            currency=self._currencies.get(row.get("currency"), ""),
            status=_status(row) if "status" in row else "A",
            problem="; ".join(problems) or "its columns can't be read",
        )

    def _problems(self, row: Row) -> Iterable[str]:
        names = {
            "tranid": "document number",
            "entity": "customer",
            "unpaid": "open balance",
            "total": "total",
        }
        yield from (f"it has no {words}" for name, words in names.items() if row.get(name) in (None, ""))
        if row.get("currency") not in self._currencies:
            yield f"its currency {clean(row.get('currency'), 40)!r} is not known"
        for name, known in (("unpaid", self._amounts), ("total", self._amounts), ("duedate", self._days)):
            if row.get(name) and self._readable(known, row[name]) is None:
                yield f"{names.get(name, 'due date')} {clean(row[name], 40)!r} can't be read"

    @staticmethod
    def _readable(known: Mapping[Any, Any], text: object) -> Any:
        try:
            return known[text]
        except (KeyError, ValueError, TypeError):
            return None


def _status(row: Row) -> str:
    """The letter of `CustInvc:A`; V when the row says it is voided."""
    return "V" if row.get("void") == "T" else str(row.get("status", "")).rpartition(":")[2]


def _of_invoice(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for place, name in map(split_name, names) if place == INVOICE)


def is_ticked(value: object) -> bool:
    """A checkbox: T or F as text; true from accounts that send JSON's own."""
    return value in _TICKED


def first_addresses(texts: Iterable[object]) -> tuple[str, ...]:
    """All e-mail addresses of the first column that holds any; one column may hold several."""
    for text in texts:
        if text:
            found = _addresses_in(str(text)[:_LONGEST_TEXT])
            if found:
                return found
    return ()


def _addresses_in(text: str) -> tuple[str, ...]:
    if _ONE_ADDRESS.fullmatch(text):  # nearly always, and five times as fast
        return (text,)
    words = re.split(r"[;,\s<>]+", text)
    return tuple(dict.fromkeys(word for word in words if _ONE_ADDRESS.fullmatch(word)))
