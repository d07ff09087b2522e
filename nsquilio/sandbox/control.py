"""What a person or a test does to a world: reset it, move its clock, pay, enter invoices, order faults.

Called by `nsquilio sandbox …` and by tests, also while another process serves the same world. What arrives on
the phone side (answers, calls) is done by the Twilio modules.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from nsquilio.errors import WrongUsage
from nsquilio.sandbox import faults
from nsquilio.sandbox import netsuite_ledger as ledger
from nsquilio.sandbox.fill import fill as fill
from nsquilio.sandbox.netsuite_tables import SCHEMA
from nsquilio.sandbox.seed import START, add_settlement, seed_world
from nsquilio.sandbox.services import create_tables
from nsquilio.sandbox.world import World

_SMALLEST, _LARGEST = Decimal("0.0001"), Decimal("1e12")


def reset(path: Path, seed: int = 1, start: datetime | None = None) -> World:
    """A new small world in place of the one at `path`; `start` is what its clock shows.

    In one transaction of the same file, so that a server of the old world goes on with the new one.
    """
    world = _opened(path)
    with world.change():
        world.forget_everything()
        create_tables(world)
        seed_world(world, seed, start or START)
    return world


def _opened(path: Path) -> World:
    try:
        return World(path)
    except sqlite3.DatabaseError:  # not a world, or a damaged one: nothing in it is worth keeping
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return World(path)


def open_world(path: Path) -> World:
    """The world at `path`; without rows when it is new."""
    world = World(path)
    create_tables(world)
    return world


def advance(world: World, step: timedelta) -> datetime:
    """Moves the world's clock on; returns the new time."""
    if step < timedelta(0):
        raise WrongUsage("The sandbox's clock can't go back.", "Give a time to go on, or reset the sandbox.")
    return world.advance(step)


def set_fault(world: World, name: str, times: int = 1) -> None:
    """The next `times` requests that the fault is about fail; 0 takes it back."""
    faults.order(world, name, times)


def find_invoice(world: World, target: str) -> int:
    """The internal id for a document number, internal id or `invoice:ID`."""
    return _find(world, target, "invoice", "ns_transaction", "tranid", "AND type = 'CustInvc'")


def find_customer(world: World, target: str) -> int:
    """The internal id for a customer's name, entity id, internal id or `customer:ID`."""
    return _find(world, target, "customer", "ns_customer", "altname", "OR entityid = :named COLLATE NOCASE")


def _find(world: World, target: str, word: str, table: str, name: str, more: str) -> int:
    by_name = f"SELECT id FROM {table} WHERE {name} = :named COLLATE NOCASE {more}"
    by_id = f"SELECT id FROM {table} WHERE id = :named"
    prefix, _, given = target.rpartition(":")
    found = [] if prefix == word else world.rows(by_name, {"named": target})
    if not found and prefix in ("", word):
        found = world.rows(by_id, {"named": given})
    if len(found) == 1:
        return int(found[0]["id"])
    if not found:
        raise WrongUsage(
            f"The sandbox has no {word} {target!r}.", "Look the numbers up in `remind --dry-run`."
        )
    ids = ", ".join(f"{word}:{row['id']}" for row in found)
    raise WrongUsage(f"The sandbox has {len(found)} {word}s called {target!r}.", f"Take one of {ids}.")


def pay(
    world: World,
    target: str,
    amount: Decimal | None = None,
    *,
    unapplied: bool = False,
    on: date | None = None,
    how: str = "payment",
) -> str:
    """Pays an invoice (all that is open, or `amount`) and returns the internal id of the payment.

    `how`: payment, credit or writeoff. `unapplied`: the money arrives and is not matched to the invoice yet.
    """
    if how not in ("payment", "credit", "writeoff"):
        raise WrongUsage(f"An invoice can't be settled by {how!r}.", "Take payment, credit or writeoff.")
    invoice = find_invoice(world, target)
    with world.change() as db:
        row = db.execute("SELECT * FROM ns_transaction WHERE id = ?", (invoice,)).fetchone()
        owed = ledger.money(row["foreignamountunpaid"])
        amount = _checked_amount(row, owed, amount, unapplied)
        moment = world.now()
        settlement = ledger.add_settlement(
            world,
            row["entity"],
            row["currency"],
            amount,
            {"payment": "CustPymt", "credit": "CustCred", "writeoff": "Journal"}[how],
            on or moment.date(),
            moment,
        )
        if not unapplied:
            ledger.apply(world, settlement, invoice, amount, moment)
    return str(settlement)


def _checked_amount(row: sqlite3.Row, owed: Decimal, amount: Decimal | None, unapplied: bool) -> Decimal:
    if amount is not None and not _can_be_paid(amount):
        raise WrongUsage(f"{amount} is no amount to pay.", "Give more than 0, like 1250.00.")
    if owed <= 0 and not unapplied:
        raise WrongUsage(f"Nothing is open on {row['tranid']}.", "Take an invoice that is open.")
    if amount is not None and amount > owed and not unapplied:
        detail = f"{row['tranid']} has only {owed.normalize():f} open, less than {amount}."
        raise WrongUsage(detail, "Give less, or let the money arrive unapplied.")
    return owed if amount is None else amount


def _can_be_paid(amount: Decimal) -> bool:
    """Whether the ledger keeps it: four digits behind the point, and few enough in front of it for SQLite."""
    return amount.is_finite() and _SMALLEST <= amount < _LARGEST


def receive(world: World, target: str, amount: Decimal, how: str = "payment") -> str:
    """Money (or a credit) of a customer that is not applied to any invoice; its internal id."""
    return str(add_settlement(world, find_customer(world, target), amount, how, world.now()))


def apply(world: World, settlement: str, target: str, amount: Decimal) -> None:
    """Applies money that came in before to an invoice."""
    ledger.apply(world, int(settlement), find_invoice(world, target), amount, world.now())


def take_back(world: World, settlement: str) -> None:
    """A payment bounces or is un-applied: its invoices are open again, and no link is left."""
    with world.change() as db:
        used = db.execute("SELECT * FROM ns_link WHERE nextdoc = ?", (settlement,)).fetchall()
        for link in used:
            amount = -ledger.money(link["foreignamount"])
            ledger.apply(world, int(settlement), link["previousdoc"], amount, world.now())


def new_invoice(
    world: World,
    customer: str,
    amount: Decimal,
    due: date | None,
    *,
    number: str = "",
    entered: date | None = None,
    **more: Any,
) -> str:
    """Enters an invoice now; returns its internal id. `more`: status, currency, po, memo, email."""
    invoice = ledger.Invoice(
        customer=find_customer(world, customer),
        amount=amount,
        entered=entered or world.now().date(),
        due=due,
        number=number,
        **more,
    )
    return str(ledger.add_invoice(world, invoice, world.now()))


def change_invoice(world: World, target: str, **columns: Any) -> None:
    """Sets columns of the header (`duedate`, `memo`, `foreigntotal` …); a new total moves what is open."""
    invoice = find_invoice(world, target)
    _check_columns("transaction", columns)
    with world.change() as db:
        if "foreigntotal" in columns:
            row = db.execute("SELECT * FROM ns_transaction WHERE id = ?", (invoice,)).fetchone()
            open_now = columns["foreigntotal"] - ledger.money(row["foreignamountpaid"])
            columns = {"foreignamountunpaid": open_now, "status": "A" if open_now else "B", **columns}
        stamped = {"lastmodifieddate": ledger.stamp(world.now())}
        ledger.set_columns(db, "ns_transaction", invoice, {**stamped, **columns})


def void_invoice(world: World, target: str) -> None:
    change_invoice(world, target, voided="T", void="T", status="V", foreignamountunpaid=Decimal(0))


def delete_invoice(world: World, target: str) -> None:
    """Gone from every table but DeletedRecord."""
    invoice = find_invoice(world, target)
    with world.change() as db:
        row = db.execute("DELETE FROM ns_transaction WHERE id = ? RETURNING tranid", (invoice,)).fetchone()
        for table in ("ns_transactionline", "ns_transactionaccountingline"):
            db.execute(f'DELETE FROM {table} WHERE "transaction" = ?', (invoice,))
        gone = {"recordid": invoice, "type": "TRANSACTION", "name": f"Invoice #{row['tranid']}"}
        ledger.insert(
            db, "ns_deleted", {**gone, "deleteddate": ledger.stamp(world.now()), "iscustomrecord": "F"}
        )


def change_customer(world: World, target: str, **columns: Any) -> None:
    """Sets columns of the customer as SuiteQL names them: `mobilephone`, `custentity_sms_opt_out` …"""
    customer = find_customer(world, target)
    _check_columns("customer", columns)
    with world.change() as db:
        stamped = {"lastmodifieddate": ledger.stamp(world.now())}
        ledger.set_columns(db, "ns_customer", customer, {**stamped, **columns})


def _check_columns(table: str, columns: Sequence[str] | dict[str, Any]) -> None:
    for name in columns:
        if name not in SCHEMA[table].columns:
            raise WrongUsage(
                f"The sandbox's {table} has no column {name!r}.", "Take a column of the SuiteQL table."
            )


def hide_table(world: World, table: str, hidden: bool = True) -> None:
    """As when a feature is off or a permission is missing: the table is not found."""
    _toggle(world, "hidden_tables", _known_table(table), hidden)


def hide_column(world: World, table: str, column: str, hidden: bool = True) -> None:
    _check_columns(_known_table(table), [column])
    _toggle(world, "hidden_columns", f"{table}.{column}", hidden)


def hide_rows(world: World, table: str, hidden: bool = True) -> None:
    """As when the role lacks the record's permission: the table is there, without a row."""
    _toggle(world, "empty_tables", _known_table(table), hidden)


def forbid(world: World, what: str, forbidden: bool = True) -> None:
    """403 for `suiteql` or a record type."""
    _toggle(world, "forbidden", what, forbidden)


def single_currency(world: World) -> None:
    """An account without Multiple Currencies: no such table, no such column."""
    hide_table(world, "currency")
    for table, declared in SCHEMA.items():
        if "currency" in declared.columns and table != "currency":
            hide_column(world, table, "currency")


def _known_table(table: str) -> str:
    if table not in SCHEMA:
        raise WrongUsage(f"The sandbox has no table {table!r}.", f"Known tables: {', '.join(SCHEMA)}.")
    return table


def _toggle(world: World, setting: str, value: str, on: bool) -> None:
    with world.change():
        others = [name for name in world.setting(setting, []) if name != value]
        world.set_setting(setting, [*others, value] if on else others)
