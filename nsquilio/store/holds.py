"""Holds on invoices and customers, and the promises to pay that make some of them.

A hold is never deleted: when and by whom it ended is what the decision needs to give a step its time back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from nsquilio.core.model import Hold, HoldKind
from nsquilio.store.columns import (
    instant,
    instant_text,
    list_text,
    maybe_amount,
    maybe_amount_text,
    maybe_day,
    maybe_day_text,
    maybe_instant,
)
from nsquilio.store.database import Database
from nsquilio.store.rows import PromiseRow
from nsquilio.store.trail import Trail

_HOLD = "id, kind, reason, customer_id, invoice_id, since, until, ended_at, actor, inbound_sid"
_PROMISE = (
    "id, invoice_id, customer_id, inbound_sid, promised_on, amount, currency, state, made_at, decided_at,"
    " decided_by"
)


def add_hold(
    database: Database,
    trail: Trail,
    kind: HoldKind,
    reason: str,
    now: datetime,
    *,
    customer_id: str | None,
    invoice_id: str | None,
    until: date | None,
    actor: str,
    inbound_sid: str | None,
) -> int:
    with database.transaction():
        number = int(database.value("SELECT coalesce(max(id), 0) + 1 FROM holds"))
        database.write(
            "INSERT INTO holds (id, kind, reason, customer_id, invoice_id, since, until, actor, inbound_sid)"
            " VALUES (:id, :kind, :reason, :customer_id, :invoice_id, :since, :until, :actor, :inbound_sid)",
            id=number,
            kind=kind,
            reason=reason,
            customer_id=customer_id,
            invoice_id=invoice_id,
            since=instant_text(now),
            until=maybe_day_text(until),
            actor=actor,
            inbound_sid=inbound_sid,
        )
        trail.append(
            "hold.added",
            now,
            ids={"hold": number, "customer": customer_id, "invoice": invoice_id, "inbound": inbound_sid},
            details={"kind": kind, "until": maybe_day_text(until)},
            personal={f"hold:{number}": {"reason": reason}},
            refs=_about(customer_id, invoice_id),
            actor=actor,
        )
    return number


def release_holds(database: Database, trail: Trail, numbers: Iterable[int], actor: str, now: datetime) -> int:
    """The number of holds that ended by it."""
    return _end(database, trail, _active_of(database, numbers), "hold.released", actor, now)


def expire_holds(database: Database, trail: Trail, today: date, now: datetime) -> tuple[Hold, ...]:
    """Ends the holds whose `until` has come; `today`: the company's day. Returns them as they end."""
    due = [hold for hold in active_holds(database, None) if hold.until is not None and hold.until <= today]
    _end(database, trail, due, "hold.expired", "", now)
    return tuple(holds_by_id(database, [hold.id for hold in due]))


def _end(
    database: Database, trail: Trail, holds: Sequence[Hold], type: str, actor: str, now: datetime
) -> int:
    with database.transaction():
        for hold in holds:
            database.write(
                "UPDATE holds SET ended_at = :at, ended_by = :actor WHERE id = :id AND ended_at IS NULL",
                at=instant_text(now),
                actor=actor or "until",
                id=hold.id,
            )
            ids = {"hold": hold.id, "customer": hold.customer_id, "invoice": hold.invoice_id}
            trail.append(type, now, ids=ids, refs=_about(hold.customer_id, hold.invoice_id), actor=actor)
    return len(holds)


def _about(customer_id: str | None, invoice_id: str | None) -> list[str]:
    named = {"customer": customer_id, "invoice": invoice_id}
    return [f"{kind}:{number}" for kind, number in named.items() if number is not None]


def active_holds(database: Database, today: date | None) -> tuple[Hold, ...]:
    """Holds not ended, without those whose `until` has come by `today`."""
    found = database.rows(
        f"SELECT {_HOLD} FROM holds WHERE ended_at IS NULL"
        " AND (until IS NULL OR :today IS NULL OR until > :today) ORDER BY id",
        today=maybe_day_text(today),
    )
    return tuple(_hold(row) for row in found)


def ended_holds(database: Database, since: datetime) -> tuple[Hold, ...]:
    found = database.rows(
        f"SELECT {_HOLD} FROM holds WHERE ended_at IS NOT NULL AND ended_at >= :since ORDER BY ended_at, id",
        since=instant_text(since),
    )
    return tuple(_hold(row) for row in found)


def _active_of(database: Database, numbers: Iterable[int]) -> list[Hold]:
    return [hold for hold in holds_by_id(database, numbers) if hold.ended_at is None]


def holds_by_id(database: Database, numbers: Iterable[int]) -> list[Hold]:
    found = database.rows(
        f"SELECT {_HOLD} FROM holds WHERE id IN (SELECT value FROM json_each(:numbers)) ORDER BY id",
        numbers=f"[{','.join(str(number) for number in numbers)}]",
    )
    return [_hold(row) for row in found]


def _hold(row: sqlite3.Row) -> Hold:
    return Hold(
        id=row["id"],
        kind=HoldKind(row["kind"]),
        reason=row["reason"],
        customer_id=row["customer_id"],
        invoice_id=row["invoice_id"],
        since=instant(row["since"]),
        until=maybe_day(row["until"]),
        ended_at=maybe_instant(row["ended_at"]),
        actor=row["actor"],
        inbound_sid=row["inbound_sid"],
    )


def add_promise(
    database: Database,
    trail: Trail,
    now: datetime,
    *,
    invoice_id: str | None,
    customer_id: str,
    inbound_sid: str,
    promised_on: date | None,
    amount: Decimal | None,
    currency: str | None,
) -> int:
    with database.transaction():
        number = int(database.value("SELECT coalesce(max(id), 0) + 1 FROM promises"))
        told: dict[str, object] = {
            "promised_on": maybe_day_text(promised_on),
            "amount": maybe_amount_text(amount),
            "currency": currency,
        }
        database.write(
            "INSERT INTO promises (id, invoice_id, customer_id, inbound_sid, promised_on, amount, currency,"
            " state, made_at) VALUES (:id, :invoice_id, :customer_id, :inbound_sid, :promised_on, :amount,"
            " :currency, 'draft', :made_at)",
            id=number,
            invoice_id=invoice_id,
            customer_id=customer_id,
            inbound_sid=inbound_sid,
            made_at=instant_text(now),
            **told,
        )
        ids = {"promise": number, "customer": customer_id, "invoice": invoice_id, "inbound": inbound_sid}
        refs = [*_about(customer_id, invoice_id), f"inbound:{inbound_sid}"]
        trail.append("promise.made", now, ids=ids, details=told, refs=refs)
    return number


def decide_promise(
    database: Database, trail: Trail, number: int, state: str, actor: str, now: datetime
) -> bool:
    """False when it does not exist or stands there already."""
    found = [each for each in promises(database) if each.id == number and each.state != state]
    if not found:
        return False
    with database.transaction():
        database.write(
            "UPDATE promises SET state = :state, decided_at = :at, decided_by = :actor WHERE id = :id",
            state=state,
            at=instant_text(now),
            actor=actor,
            id=number,
        )
        ids = {"promise": number, "customer": found[0].customer_id, "invoice": found[0].invoice_id}
        refs = _about(found[0].customer_id, found[0].invoice_id)
        trail.append("promise.decided", now, ids=ids, details={"state": state}, refs=refs, actor=actor)
    return True


def promises(database: Database, states: Iterable[str] | None = None) -> tuple[PromiseRow, ...]:
    found = database.rows(
        f"SELECT {_PROMISE} FROM promises"
        " WHERE :states IS NULL OR state IN (SELECT value FROM json_each(:states)) ORDER BY id",
        states=None if states is None else list_text(states),
    )
    return tuple(_promise(row) for row in found)


def _promise(row: sqlite3.Row) -> PromiseRow:
    return PromiseRow(
        id=row["id"],
        invoice_id=row["invoice_id"],
        customer_id=row["customer_id"],
        inbound_sid=row["inbound_sid"],
        promised_on=maybe_day(row["promised_on"]),
        amount=maybe_amount(row["amount"]),
        currency=row["currency"],
        state=row["state"],
        made_at=instant(row["made_at"]),
        decided_at=maybe_instant(row["decided_at"]),
        decided_by=row["decided_by"],
    )
