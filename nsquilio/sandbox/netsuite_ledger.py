"""What happens in the account's books: invoices, payments, credits. Used by the seed and by `control`.

Keeps the rows of one event together (header, lines, accounting lines, links), as SuiteQL shows them. Amounts
go in as Decimal; SQLite keeps them as NUMERIC, and `money` brings them back exactly.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from nsquilio.sandbox.world import World

CURRENCIES = {"USD": 1, "GBP": 2, "EUR": 4, "JPY": 5}
_RECORD_TYPES = {
    "CustInvc": "invoice",
    "CustPymt": "customerpayment",
    "CustCred": "creditmemo",
    "Journal": "journalentry",
}
_LETTERS = {"CustInvc": "INV", "CustPymt": "PYMT", "CustCred": "CM", "Journal": "JE"}
_RECEIVABLE, _INCOME, _BANK = 119, 54, 1


@dataclass(frozen=True)
class Invoice:
    """A new invoice; `id` and `number` follow from the next free id where they are left out."""

    customer: int
    amount: Decimal
    entered: date
    due: date | None
    id: int = 0
    number: str = ""
    currency: str = ""
    status: str = "A"
    po: str | None = None
    memo: str | None = None
    email: str | None = None
    more: dict[str, Any] = field(default_factory=dict)  # further columns of the header


def money(value: Any) -> Decimal:
    """A stored amount as Decimal; four digits are more than any currency has."""
    return Decimal(str(value or 0)).quantize(Decimal("0.0001"))


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def insert(db: sqlite3.Connection, table: str, row: dict[str, Any]) -> int:
    names = ", ".join(f'"{name}"' for name in row)
    values = [str(value) if isinstance(value, Decimal | date) else value for value in row.values()]
    places = ", ".join("?" * len(values))
    return int(db.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", values).lastrowid or 0)


def free_id(db: sqlite3.Connection) -> int:
    """Above the seed's own numbers, which it gives by hand."""
    return int(db.execute("SELECT max(5000, coalesce(max(id), 0)) + 1 FROM ns_transaction").fetchone()[0])


def add_invoice(world: World, invoice: Invoice, moment: datetime) -> int:
    """The invoice's internal id. `moment` is when it was entered and last changed."""
    with world.change() as db:
        customer = _customer(db, invoice.customer)
        internal_id = invoice.id or free_id(db)
        number = invoice.number or f"INV-{internal_id}"
        currency = CURRENCIES[invoice.currency] if invoice.currency else customer["currency"]
        paid = invoice.amount if invoice.status == "B" else Decimal(0)
        owed = Decimal(0) if invoice.status in ("B", "V") else invoice.amount
        voided = "T" if invoice.status == "V" else "F"
        row = {
            **_header("CustInvc", internal_id, number, invoice.entered, moment),
            "duedate": invoice.due,
            "entity": invoice.customer,
            "status": invoice.status,
            "foreigntotal": invoice.amount,
            "foreignamountpaid": paid,
            "foreignamountunpaid": owed,
            "currency": currency,
            "memo": invoice.memo,
            "otherrefnum": invoice.po,
            "email": invoice.email,
            "terms": customer["terms"],
            "billingaddress": customer["defaultbillingaddress"],
            "approvalstatus": {"D": "1", "E": "3"}.get(invoice.status, "2"),
            "posting": "F" if invoice.status in ("D", "E") else "T",
            "voided": voided,
            "void": voided,
            "subsidiary": subsidiary_of(db, invoice.customer),
            **invoice.more,
        }
        insert(db, "ns_transaction", row)
        _add_lines(db, row, _INCOME)
    return internal_id


def _customer(db: sqlite3.Connection, customer: int) -> sqlite3.Row:
    found: sqlite3.Row = db.execute("SELECT * FROM ns_customer WHERE id = ?", (customer,)).fetchone()
    return found


def subsidiary_of(db: sqlite3.Connection, customer: int) -> int:
    """SuiteQL's customer has no subsidiary column here; it is kept beside."""
    found = db.execute("SELECT subsidiary FROM ns_customer WHERE id = ?", (customer,)).fetchone()
    return int(found[0] or 1)


def _header(kind: str, internal_id: int, number: str, entered: date, moment: datetime) -> dict[str, Any]:
    return {
        "id": internal_id,
        "tranid": number,
        "transactionnumber": f"{_LETTERS[kind]}{internal_id}",
        "type": kind,
        "recordtype": _RECORD_TYPES[kind],
        "trandate": entered,
        "createddate": stamp(moment),
        "lastmodifieddate": stamp(moment),
        "exchangerate": 1,
        "posting": "T",
        "void": "F",
        "voided": "F",
        "isreversal": "F",
    }


def _add_lines(db: sqlite3.Connection, row: dict[str, Any], other_account: int) -> None:
    """The main line (receivables) and one line against it, with their accounting lines."""
    total, stamped = row["foreigntotal"], row["lastmodifieddate"]
    for number, (mainline, amount, account) in enumerate(
        [("T", total, _RECEIVABLE), ("F", -total, other_account)]
    ):
        line = {
            "id": number,
            "transaction": row["id"],
            "linesequencenumber": number,
            "mainline": mainline,
            "taxline": "F",
            "entity": row["entity"],
            "subsidiary": row["subsidiary"],
            "memo": row.get("memo"),
            "foreignamount": amount,
            "netamount": amount,
            "linelastmodifieddate": stamped,
        }
        insert(db, "ns_transactionline", line)
        booked = {
            "transaction": row["id"],
            "transactionline": number,
            "accountingbook": 1,
            "account": account,
            "amount": amount,
            "amountunpaid": row.get("foreignamountunpaid") if number == 0 else None,
            "posting": row["posting"],
        }
        insert(db, "ns_transactionaccountingline", booked)


def add_settlement(
    world: World, customer: int, currency: int, amount: Decimal, kind: str, on: date, moment: datetime
) -> int:
    """A payment (CustPymt), credit memo (CustCred) or write-off (Journal), not applied to anything yet."""
    with world.change() as db:
        internal_id = free_id(db)
        row = {
            **_header(kind, internal_id, f"{_LETTERS[kind]}-{internal_id}", on, moment),
            "entity": customer,
            "status": {"CustPymt": "C", "CustCred": "A", "Journal": "B"}[kind],
            "foreigntotal": amount,
            "foreignpaymentamountunused": amount,
            "foreignpaymentamountused": Decimal(0),
            "currency": currency,
            "subsidiary": subsidiary_of(db, customer),
        }
        insert(db, "ns_transaction", row)
        _add_lines(db, row, _BANK)
    return internal_id


def apply(world: World, settlement: int, invoice: int, amount: Decimal, moment: datetime) -> None:
    """Uses a payment, credit or write-off for an invoice; `-amount` takes it back."""
    with world.change() as db:
        paid, used = _transaction(db, invoice), _transaction(db, settlement)
        owed = money(paid["foreignamountunpaid"]) - amount
        left = money(used["foreignpaymentamountunused"]) - amount
        if amount > 0:
            _link(db, paid, used, amount)
        else:
            pair = (invoice, settlement)
            db.execute("DELETE FROM ns_link WHERE previousdoc = ? AND nextdoc = ?", pair)
        changes = {
            "foreignamountunpaid": owed,
            "foreignamountpaid": money(paid["foreigntotal"]) - owed,
            "status": "A" if owed else "B",
            "closedate": None if owed else moment.date(),
        }
        # Whether applying a payment touches the invoice's own date is unconfirmed: a world may say no.
        if world.setting("payment_touches_invoice", True):
            changes["lastmodifieddate"] = stamp(moment)
        set_columns(db, "ns_transaction", invoice, changes)
        used_up = {"CustCred": "B" if not left else "A"}.get(used["type"], used["status"])
        changed = {
            "foreignpaymentamountunused": left,
            "foreignpaymentamountused": money(used["foreigntotal"]) - left,
            "status": used_up,
            "lastmodifieddate": stamp(moment),
        }
        set_columns(db, "ns_transaction", settlement, changed)


def _transaction(db: sqlite3.Connection, internal_id: int) -> sqlite3.Row:
    found: sqlite3.Row = db.execute("SELECT * FROM ns_transaction WHERE id = ?", (internal_id,)).fetchone()
    return found


def _link(db: sqlite3.Connection, paid: sqlite3.Row, used: sqlite3.Row, amount: Decimal) -> None:
    link = {
        "previousdoc": paid["id"],
        "previousline": 0,
        "previoustype": paid["type"],
        "previousdate": paid["trandate"],
        "nextdoc": used["id"],
        "nextline": 1,
        "nexttype": used["type"],
        "nextdate": used["trandate"],
        "linktype": "Payment",
        "foreignamount": amount,
    }
    insert(db, "ns_link", link)


def set_columns(db: sqlite3.Connection, table: str, internal_id: int, changes: dict[str, Any]) -> None:
    assigned = ", ".join(f'"{name}" = ?' for name in changes)
    values = [str(value) if isinstance(value, Decimal | date) else value for value in changes.values()]
    db.execute(f"UPDATE {table} SET {assigned} WHERE id = ?", (*values, internal_id))
