"""What the next run must look at again: invoices that wait, holds lifted once, invoices that NetSuite named.

Says what stands there and why; what becomes of it is decided in the run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime

from nsquilio.core.model import Action, Decision, Reason
from nsquilio.store.columns import instant, instant_text, list_text, maybe_instant, maybe_instant_text
from nsquilio.store.database import Database
from nsquilio.store.rows import WaitingRow
from nsquilio.store.trail import Trail

KeptBack = tuple[str, str]
"""A stable name and the words for people."""

_NOTHING: Mapping[str, KeptBack] = {}
_WAITING = (
    "invoice_id, step, document_number, customer_id, customer, reason, detail, since, last_seen_at,"
    " not_before, run_id, expired_at"
)
_KEEP_WAITING = """
INSERT INTO waiting (
    invoice_id, step, document_number, customer_id, customer, reason, detail, since, last_seen_at, not_before,
    run_id ) VALUES ( :invoice_id, :step, :document_number, :customer_id, :customer, :reason, :detail, :now,
    :now, :not_before, :run_id ) ON CONFLICT (invoice_id) DO UPDATE SET step = excluded.step, document_number
    = excluded.document_number, customer_id = excluded.customer_id, customer = excluded.customer, reason =
    excluded.reason, detail = excluded.detail, since = CASE WHEN expired_at IS NULL THEN since ELSE
    excluded.since END, last_seen_at = excluded.last_seen_at, not_before = excluded.not_before, run_id =
    excluded.run_id, expired_at = NULL
"""


def replace_waiting(
    database: Database,
    decisions: Iterable[Decision],
    run_id: str,
    now: datetime,
    kept_back: Mapping[str, KeptBack] = _NOTHING,
) -> tuple[WaitingRow, ...]:
    """Given all decisions of a run: keeps those that wait or are held, drops what no longer waits.

    `kept_back`: by invoice, why nothing came of a decision to send; it waits, too, or has expired. What had
    waited and is `expired` now stays, marked (`expired()`); what narrowing left out is not touched. Returns
    those dropped because their invoice was not read at all: paid, or out of every step's reach.
    """
    decisions = list(decisions)
    waits = (Action.WAIT, Action.HOLD)
    keep = [each for each in decisions if each.action in waits or each.invoice_id in kept_back]
    expired = [each.invoice_id for each in decisions if each.reason is Reason.EXPIRED]
    untouched = {each.invoice_id for each in decisions if each.reason is Reason.FILTERED}
    read = {each.invoice_id for each in decisions}
    with database.transaction():
        before = waiting(database)
        rows = [_waiting_columns(each, run_id, now, kept_back.get(each.invoice_id)) for each in keep]
        database.write_many(_KEEP_WAITING, rows)
        _mark_expired(database, expired, now)
        stay = untouched | {each.invoice_id for each in keep} | set(expired)
        _drop(database, [row.invoice_id for row in before if row.invoice_id not in stay])
    return tuple(row for row in before if row.invoice_id not in read)


def _mark_expired(database: Database, invoice_ids: list[str], now: datetime) -> None:
    database.write(
        "UPDATE waiting SET expired_at = :now"
        " WHERE expired_at IS NULL AND invoice_id IN (SELECT value FROM json_each(:invoice_ids))",
        now=instant_text(now),
        invoice_ids=list_text(invoice_ids),
    )


def _drop(database: Database, invoice_ids: list[str]) -> None:
    database.write(
        "DELETE FROM waiting WHERE invoice_id IN (SELECT value FROM json_each(:invoice_ids))",
        invoice_ids=list_text(invoice_ids),
    )


def waiting(database: Database) -> tuple[WaitingRow, ...]:
    found = database.rows(
        f"SELECT {_WAITING} FROM waiting WHERE expired_at IS NULL ORDER BY since, invoice_id"
    )
    return tuple(_waiting(row) for row in found)


def expired(database: Database, since: datetime) -> tuple[WaitingRow, ...]:
    """What waited until it was too late, noticed since then."""
    found = database.rows(
        f"SELECT {_WAITING} FROM waiting WHERE expired_at >= :since ORDER BY expired_at, invoice_id",
        since=instant_text(since),
    )
    return tuple(_waiting(row) for row in found)


def release(database: Database, trail: Trail, invoice_id: str, actor: str, now: datetime) -> bool:
    """Lets an invoice through a balance hold once; False when it is let through already."""
    with database.transaction():
        if invoice_id in released(database):
            return False
        database.write(
            "INSERT INTO released (invoice_id, at, actor) VALUES (:invoice_id, :at, :actor)",
            invoice_id=invoice_id,
            at=instant_text(now),
            actor=actor,
        )
        ids, refs = {"invoice": invoice_id}, [f"invoice:{invoice_id}"]
        trail.append("invoice.released", now, ids=ids, refs=refs, actor=actor)
    return True


def released(database: Database) -> frozenset[str]:
    found = database.rows("SELECT invoice_id FROM released WHERE used_at IS NULL")
    return frozenset(row["invoice_id"] for row in found)


def use_release(database: Database, trail: Trail, invoice_ids: Iterable[str], now: datetime) -> None:
    """Together with the intent that goes through it."""
    with database.transaction():
        used = sorted(released(database) & set(invoice_ids))
        if not used:
            return
        database.write(
            "UPDATE released SET used_at = :at"
            " WHERE used_at IS NULL AND invoice_id IN (SELECT value FROM json_each(:used))",
            at=instant_text(now),
            used=list_text(used),
        )
        refs = [f"invoice:{invoice_id}" for invoice_id in used]
        trail.append("invoice.release_used", now, ids={"invoices": used}, refs=refs)


def name_invoices(database: Database, invoice_ids: Iterable[str], source: str, now: datetime) -> None:
    database.write_many(
        "INSERT INTO named_invoices (invoice_id, named_at, source) VALUES (:invoice_id, :named_at, :source)"
        " ON CONFLICT (invoice_id) DO UPDATE SET named_at = excluded.named_at, source = excluded.source",
        [
            {"invoice_id": invoice_id, "named_at": instant_text(now), "source": source}
            for invoice_id in invoice_ids
        ],
    )


def named_invoices(database: Database) -> frozenset[str]:
    return frozenset(row[0] for row in database.rows("SELECT invoice_id FROM named_invoices"))


def forget_named(database: Database, invoice_ids: Iterable[str]) -> None:
    database.write(
        "DELETE FROM named_invoices WHERE invoice_id IN (SELECT value FROM json_each(:invoice_ids))",
        invoice_ids=list_text(invoice_ids),
    )


def _waiting_columns(
    decision: Decision, run_id: str, now: datetime, why: KeptBack | None
) -> dict[str, object]:
    reason, detail = why or (str(decision.reason), decision.detail)
    return {
        "invoice_id": decision.invoice_id,
        "step": decision.step or "",
        "document_number": decision.document_number,
        "customer_id": decision.customer_id,
        "customer": decision.customer,
        "reason": reason,
        "detail": detail,
        "now": instant_text(now),
        "not_before": maybe_instant_text(decision.not_before),
        "run_id": run_id,
    }


def _waiting(row: sqlite3.Row) -> WaitingRow:
    return WaitingRow(
        invoice_id=row["invoice_id"],
        step=row["step"],
        document_number=row["document_number"],
        customer_id=row["customer_id"],
        customer=row["customer"],
        reason=row["reason"],
        detail=row["detail"],
        since=instant(row["since"]),
        last_seen_at=instant(row["last_seen_at"]),
        not_before=maybe_instant(row["not_before"]),
        run_id=row["run_id"],
        expired_at=maybe_instant(row["expired_at"]),
    )
