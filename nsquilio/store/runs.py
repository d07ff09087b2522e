"""Runs, what they left waiting, where reading goes on, and holds lifted once. Decides nothing."""

from __future__ import annotations

import os
import socket
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from nsquilio.core.model import Action, Decision, Reason
from nsquilio.store.columns import (
    instant,
    instant_text,
    list_text,
    maybe_instant,
    maybe_instant_text,
    object_or_none,
    object_text,
)
from nsquilio.store.database import Database
from nsquilio.store.rows import RunRow, WaitingRow
from nsquilio.store.trail import Trail

_RUN = "id, seq, command, started_at, finished_at, exit_code, counts, error, live, actor, host, pid"
_WAITING = (
    "invoice_id, step, document_number, customer_id, customer, reason, detail, since, last_seen_at, not_before,"
    " run_id, expired_at"
)


class Runs:
    def __init__(self, database: Database, trail: Trail) -> None:
        self._database = database
        self._trail = trail

    def begin(self, command: str, now: datetime, *, live: bool, actor: str) -> str:
        """The id of the new run; it and the actor stand in every event from here on."""
        database = self._database
        with database.transaction():
            seq = int(self._meta("run_seq") or 0) + 1
            run_id = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{token_hex(2)}{seq:04x}"
            self._set_meta("run_seq", str(seq))
            if live and command == "remind" and self._meta("first_run") is None:
                self._set_meta("first_run", instant_text(now))
            database.write(
                "INSERT INTO runs (id, seq, command, started_at, live, actor, host, pid)"
                " VALUES (:id, :seq, :command, :started_at, :live, :actor, :host, :pid)",
                id=run_id,
                seq=seq,
                command=command,
                started_at=instant_text(now),
                live=int(live),
                actor=actor,
                host=socket.gethostname(),
                pid=os.getpid(),
            )
            self._trail.run_id, self._trail.actor = run_id, actor
            self._trail.append("run.began", now, details={"command": command, "live": live})
        return run_id

    def finish(
        self,
        run_id: str,
        now: datetime,
        exit_code: int,
        counts: Mapping[str, Any],
        error: Mapping[str, Any] | None = None,
    ) -> None:
        """`error`: code, message, next; it holds no personal data."""
        with self._database.transaction():
            self._database.write(
                "UPDATE runs SET finished_at = :at, exit_code = :exit_code, counts = :counts, error = :error"
                " WHERE id = :id",
                at=instant_text(now),
                exit_code=exit_code,
                counts=object_text(counts),
                error=None if error is None else object_text(error),
                id=run_id,
            )
            told = {"exit_code": exit_code, "counts": object_or_none(object_text(counts))}
            self._trail.append("run.finished", now, ids={"run": run_id}, details=told)

    def last(self, command: str, *, live: bool | None = None) -> RunRow | None:
        found = self._database.row(
            f"SELECT {_RUN} FROM runs WHERE command = :command AND (:live IS NULL OR live = :live)"  # noqa: S608
            " ORDER BY seq DESC LIMIT 1",
            command=command,
            live=None if live is None else int(live),
        )
        return _run(found) if found else None

    def last_good(self, command: str) -> RunRow | None:
        """The newest run that ended with 0 or 1."""
        found = self._database.row(
            f"SELECT {_RUN} FROM runs WHERE command = :command AND exit_code IN (0, 1) AND live = 1"  # noqa: S608
            " ORDER BY seq DESC LIMIT 1",
            command=command,
        )
        return _run(found) if found else None

    def recent(self, count: int) -> tuple[RunRow, ...]:
        found = self._database.rows(
            f"SELECT {_RUN} FROM runs ORDER BY seq DESC LIMIT :count",  # noqa: S608
            count=count,
        )
        return tuple(_run(row) for row in found)

    def previous_invoice_count(self) -> int | None:
        """What the last live `remind` that ended well read (`counts["fetched"]`); None before the first."""
        last = self.last_good("remind")
        return None if last is None else int(last.counts.get("fetched", 0))

    def first_run(self) -> datetime | None:
        """When the first live `remind` of the profile began."""
        return maybe_instant(self._meta("first_run"))

    def run_seq(self) -> int:
        """How many runs this file has seen."""
        return int(self._meta("run_seq") or 0)

    def cursor(self, name: str) -> str | None:
        found = self._database.value("SELECT value FROM cursors WHERE name = :name", name=name)
        return None if found is None else str(found)

    def set_cursor(self, name: str, value: str) -> None:
        self._database.write(
            "INSERT INTO cursors (name, value) VALUES (:name, :value)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            name=name,
            value=value,
        )

    def _meta(self, name: str) -> str | None:
        found = self._database.value("SELECT value FROM meta WHERE name = :name", name=name)
        return None if found is None else str(found)

    def _set_meta(self, name: str, value: str) -> None:
        self._database.write(
            "INSERT INTO meta (name, value) VALUES (:name, :value)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            name=name,
            value=value,
        )

    def replace_waiting(
        self, decisions: Iterable[Decision], run_id: str, now: datetime
    ) -> tuple[WaitingRow, ...]:
        """Given all decisions of a run: keeps those that wait or are held, drops what no longer waits.

        What had waited and is `expired` now stays, marked (`expired()`); what narrowing left out is not
        touched. Returns those dropped because their invoice was not read at all: paid, or out of every step's
        reach.
        """
        decisions = list(decisions)
        keep = [each for each in decisions if each.action in (Action.WAIT, Action.HOLD)]
        expired = [each.invoice_id for each in decisions if each.reason is Reason.EXPIRED]
        untouched = {each.invoice_id for each in decisions if each.reason is Reason.FILTERED}
        read = {each.invoice_id for each in decisions}
        with self._database.transaction():
            self._mark_expired(expired, now)
            before = self.waiting()
            stay = untouched | {each.invoice_id for each in keep}
            self._drop([row.invoice_id for row in before if row.invoice_id not in stay])
            self._database.write_many(_KEEP_WAITING, [_waiting_columns(each, run_id, now) for each in keep])
        return tuple(row for row in before if row.invoice_id not in read)

    def _mark_expired(self, invoice_ids: list[str], now: datetime) -> None:
        self._database.write(
            "UPDATE waiting SET expired_at = :now"
            " WHERE expired_at IS NULL AND invoice_id IN (SELECT value FROM json_each(:invoice_ids))",
            now=instant_text(now),
            invoice_ids=list_text(invoice_ids),
        )

    def _drop(self, invoice_ids: list[str]) -> None:
        self._database.write(
            "DELETE FROM waiting WHERE invoice_id IN (SELECT value FROM json_each(:invoice_ids))",
            invoice_ids=list_text(invoice_ids),
        )

    def waiting(self) -> tuple[WaitingRow, ...]:
        found = self._database.rows(
            f"SELECT {_WAITING} FROM waiting WHERE expired_at IS NULL ORDER BY since, invoice_id"  # noqa: S608
        )
        return tuple(_waiting(row) for row in found)

    def expired(self, since: datetime) -> tuple[WaitingRow, ...]:
        """What waited until it was too late, noticed since then."""
        found = self._database.rows(
            f"SELECT {_WAITING} FROM waiting WHERE expired_at >= :since ORDER BY expired_at, invoice_id",  # noqa: S608
            since=instant_text(since),
        )
        return tuple(_waiting(row) for row in found)

    def release(self, invoice_id: str, actor: str, now: datetime) -> bool:
        """Lets an invoice through a balance hold once; False when it is let through already."""
        with self._database.transaction():
            if invoice_id in self.released():
                return False
            self._database.write(
                "INSERT INTO released (invoice_id, at, actor) VALUES (:invoice_id, :at, :actor)",
                invoice_id=invoice_id,
                at=instant_text(now),
                actor=actor,
            )
            ids, refs = {"invoice": invoice_id}, [f"invoice:{invoice_id}"]
            self._trail.append("invoice.released", now, ids=ids, refs=refs, actor=actor)
        return True

    def released(self) -> frozenset[str]:
        found = self._database.rows("SELECT invoice_id FROM released WHERE used_at IS NULL")
        return frozenset(row["invoice_id"] for row in found)

    def use_release(self, invoice_ids: Iterable[str], now: datetime) -> None:
        """Together with the intent that goes through it."""
        with self._database.transaction():
            used = sorted(self.released() & set(invoice_ids))
            if not used:
                return
            self._database.write(
                "UPDATE released SET used_at = :at"
                " WHERE used_at IS NULL AND invoice_id IN (SELECT value FROM json_each(:used))",
                at=instant_text(now),
                used=list_text(used),
            )
            refs = [f"invoice:{invoice_id}" for invoice_id in used]
            self._trail.append("invoice.release_used", now, ids={"invoices": used}, refs=refs)


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


def _waiting_columns(decision: Decision, run_id: str, now: datetime) -> dict[str, object]:
    return {
        "invoice_id": decision.invoice_id,
        "step": decision.step or "",
        "document_number": decision.document_number,
        "customer_id": decision.customer_id,
        "customer": decision.customer,
        "reason": str(decision.reason),
        "detail": decision.detail,
        "now": instant_text(now),
        "not_before": maybe_instant_text(decision.not_before),
        "run_id": run_id,
    }


def _run(row: sqlite3.Row) -> RunRow:
    return RunRow(
        id=row["id"],
        seq=row["seq"],
        command=row["command"],
        started_at=instant(row["started_at"]),
        finished_at=maybe_instant(row["finished_at"]),
        exit_code=row["exit_code"],
        counts=object_or_none(row["counts"]),
        error=object_or_none(row["error"]),
        live=bool(row["live"]),
        actor=row["actor"],
        host=row["host"],
        pid=row["pid"],
    )


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
