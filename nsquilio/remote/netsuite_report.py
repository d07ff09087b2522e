"""What NetSuite tells for the month's report: receivables and payments as they were, newest payment as it is.

Reads only, a page at a time. Voided invoices and those waiting for approval are nobody's receivable.
"""

# ruff: noqa: S608 - the pieces of a query are this room's own texts and checked column names

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from nsquilio.core.model import Invoice, Payment
from nsquilio.remote import netsuite_queries as queries
from nsquilio.remote.netsuite import NetSuite
from nsquilio.remote.netsuite_queries import DAY, Shape
from nsquilio.remote.netsuite_rows import Days, InvoiceReader, Moments


@dataclass(frozen=True, slots=True)
class Settled:
    """An invoice paid in full. `closed`: the day of its last payment."""

    invoice_id: str
    customer_id: str
    due: date
    closed: date


def receivables(netsuite: NetSuite, first: date, last: date, home: str) -> Iterator[list[Invoice]]:
    """Invoices that were open at some time from `first` on, or were issued or due from `first` to `last`.

    None issued later than `last`. Of any age, with status and closing day; `home`: the company's currency.
    """
    shape = netsuite.account.shape
    where = (
        f"{_real(shape)} AND t.trandate <= TO_DATE(?, '{DAY}') AND (BUILTIN.CF(t.status) = 'CustInvc:A'"
        f" OR {_closed(shape)} >= TO_DATE(?, '{DAY}') OR t.trandate >= TO_DATE(?, '{DAY}')"
        f" OR (t.duedate >= TO_DATE(?, '{DAY}') AND t.duedate <= TO_DATE(?, '{DAY}')))"
    )
    days = (last, first, first, first, last)
    sql = queries.invoices(netsuite.columns, shape, where, moments=False, settled=True)
    reader = _reader(netsuite, home)
    for rows in netsuite.suiteql.pages(sql, tuple(day.isoformat() for day in days)):
        yield reader.read(rows)


def payments_from(netsuite: NetSuite, first: date, today: date, home: str) -> Iterator[Payment]:
    """What was applied to invoices by payments, credits and journals dated `first` or later.

    One per invoice and payment, as `payments_of`. Asked for week by week: NetSuite shows no more than 100,000
    rows of one question.
    """
    reader = _reader(netsuite, home)
    for begin, end in _weeks(first, today):
        where = f"p.trandate >= TO_DATE(?, '{DAY}')"
        params: tuple[str, ...] = (begin.isoformat(),)
        if end is not None:
            where, params = f"{where} AND p.trandate < TO_DATE(?, '{DAY}')", (*params, end.isoformat())
        sql = queries.payments(netsuite.account.shape, where)
        rows = [row for page in netsuite.suiteql.pages_by_offset(sql, params) for row in page]
        yield from reader.payments(rows)


def _weeks(first: date, today: date) -> Iterator[tuple[date, date | None]]:
    """From each first day to the day after the last; the last week is open: payments may be dated ahead."""
    begin = first
    while (today - begin).days > 7:
        yield begin, begin + timedelta(days=7)
        begin += timedelta(days=7)
    yield begin, None


def settled_since(netsuite: NetSuite, first: date) -> Iterator[list[Settled]]:
    """Invoices paid in full, by a last payment dated `first` or later; without a due date they are left out.

    By the payment's date: the invoice's own closing day is when somebody applied it.
    """
    shape = netsuite.account.shape
    not_void = f" AND p.{shape.void} = 'F'" if shape.void else ""
    days_of = f"{queries.day_of('t.duedate', 'due')}, {queries.day_of('MAX(p.trandate)', 'closed')}"
    sql = (
        f"SELECT t.id, t.entity, {days_of} FROM nexttransactionlinelink l"
        " JOIN transaction p ON p.id = l.nextdoc JOIN transaction t ON t.id = l.previousdoc"
        f"{_subsidiary(netsuite)} WHERE l.linktype = 'Payment'{not_void} AND t.type = 'CustInvc'"
        f" AND {_real(shape)} AND BUILTIN.CF(t.status) = 'CustInvc:B' AND t.duedate IS NOT NULL"
        f" AND p.trandate >= TO_DATE(?, '{DAY}') AND t.id > ?"
        " GROUP BY t.id, t.entity, t.duedate ORDER BY t.id ASC"
    )
    days = Days()
    for rows in netsuite.suiteql.pages(sql, (first.isoformat(),)):
        yield [
            Settled(str(row["id"]), str(row["entity"]), due, closed)
            for row in rows
            if (due := days[row.get("due")]) and (closed := days[row.get("closed")])
        ]


def newest_payment(netsuite: NetSuite) -> datetime | None:
    """When a customer payment was last entered or changed; None when there is none.

    By id, because an aggregate over a large table takes NetSuite seconds: the newest payments have the
    highest ids.
    """
    sql = (
        f"SELECT t.id, {queries.moment_of('t.lastmodifieddate', 'posted')} FROM transaction t"
        " WHERE t.type = 'CustPymt' AND t.id ="
        " (SELECT MAX(p.id) FROM transaction p WHERE p.type = 'CustPymt')"
    )
    rows = netsuite.suiteql.rows(sql)
    posted = rows[0].get("posted") if rows else None
    return Moments(netsuite.account.zone)(str(posted)) if posted else None


def _real(shape: Shape) -> str:
    not_void = f" AND t.{shape.void} = 'F'" if shape.void else ""
    return f"BUILTIN.CF(t.status) IN ('CustInvc:A', 'CustInvc:B'){not_void}"


def _closed(shape: Shape) -> str:
    """Where the account keeps no closing day, the last change stands for it (as in `recent_invoices`)."""
    return "t.closedate" if "closedate" in shape.transaction else "t.lastmodifieddate"


def _subsidiary(netsuite: NetSuite) -> str:
    if netsuite.columns.subsidiary is None:
        return ""
    return (
        " JOIN transactionline tl ON tl.transaction = t.id AND tl.mainline = 'T'"
        f" AND tl.subsidiary = {netsuite.columns.subsidiary:d}"
    )


def _reader(netsuite: NetSuite, home: str) -> InvoiceReader:
    shape = netsuite.account.shape
    currencies = netsuite.account.currencies if shape.has_currency else {}
    return InvoiceReader(netsuite.columns, currencies, home, UTC)
