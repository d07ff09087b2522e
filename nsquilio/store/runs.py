"""Runs as the jobs see them: when they began and ended, where reading goes on, what the next must see."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from nsquilio.core.model import Decision
from nsquilio.store import waiting
from nsquilio.store.columns import (
    amount_text,
    instant,
    instant_text,
    maybe_instant,
    object_or_none,
    object_text,
)
from nsquilio.store.database import Database
from nsquilio.store.rows import RunRow, WaitingRow
from nsquilio.store.trail import Trail

_RUN = "id, seq, command, started_at, finished_at, exit_code, counts, error, live, actor, host, pid"


class Runs:
    def __init__(self, database: Database, trail: Trail) -> None:
        self._database = database
        self._trail = trail

    def begin(self, command: str, now: datetime, *, live: bool, actor: str) -> str:
        """The id of the new run; it and the actor stand in every event from here on."""
        database = self._database
        with database.transaction():
            seq = int(self._meta("run_seq") or 0) + 1
            run_id = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{os.urandom(2).hex()}{seq:04x}"
            self._set_meta("run_seq", str(seq))
            database.write(
                "INSERT INTO runs (id, seq, command, started_at, live, actor, host, pid)"
                " VALUES (:id, :seq, :command, :started_at, :live, :actor, :host, :pid)",
                id=run_id,
                seq=seq,
                command=command,
                started_at=instant_text(now),
                live=int(live),
                actor=actor,
                host=os.uname().nodename,
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
            f"SELECT {_RUN} FROM runs WHERE command = :command AND (:live IS NULL OR live = :live)"
            " ORDER BY seq DESC LIMIT 1",
            command=command,
            live=None if live is None else int(live),
        )
        return _run(found) if found else None

    def last_good(self, command: str) -> RunRow | None:
        """The newest run that ended with 0 or 1."""
        found = self._database.row(
            f"SELECT {_RUN} FROM runs WHERE command = :command AND exit_code IN (0, 1) AND live = 1"
            " ORDER BY seq DESC LIMIT 1",
            command=command,
        )
        return _run(found) if found else None

    def recent(self, count: int) -> tuple[RunRow, ...]:
        found = self._database.rows(
            f"SELECT {_RUN} FROM runs ORDER BY seq DESC LIMIT :count",
            count=count,
        )
        return tuple(_run(row) for row in found)

    def previous_invoice_count(self) -> int | None:
        """What the last live `remind` that ended well read (`counts["fetched"]`); None before the first."""
        last = self.last_good("remind")
        return None if last is None else int(last.counts.get("fetched", 0))

    def first_run(self) -> datetime | None:
        """When the first live `remind` of the profile decided; event steps look at nothing older."""
        return maybe_instant(self._meta("first_run"))

    def mark_first_run(self, now: datetime) -> None:
        """Kept from the first call on."""
        if self.first_run() is None:
            self._set_meta("first_run", instant_text(now))

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

    def prices(self, since: datetime) -> dict[str, Decimal]:
        """Price of a segment by country, US dollars, as read from the service since then."""
        found = self._database.rows(
            "SELECT country, price FROM prices WHERE read_at >= :since", since=instant_text(since)
        )
        return {row["country"]: Decimal(row["price"]) for row in found}

    def keep_price(self, country: str, price: Decimal, now: datetime) -> None:
        self._database.write(
            "INSERT INTO prices (country, price, currency, read_at)"
            " VALUES (:country, :price, 'USD', :read_at)"
            " ON CONFLICT (country) DO UPDATE SET price = excluded.price, read_at = excluded.read_at",
            country=country,
            price=amount_text(price),
            read_at=instant_text(now),
        )

    def replace_waiting(
        self,
        decisions: Iterable[Decision],
        run_id: str,
        now: datetime,
        kept_back: Mapping[str, waiting.KeptBack] = MappingProxyType({}),
    ) -> tuple[WaitingRow, ...]:
        """Given all decisions of a run: keeps those that wait or are held, drops what no longer waits.

        `kept_back`: by invoice, the stable name and the words of what kept a decision to send from being carried out.
        Returns those dropped because their invoice was not read at all: paid, or out of every step's reach.
        """
        return waiting.replace_waiting(self._database, decisions, run_id, now, kept_back)

    def waiting(self) -> tuple[WaitingRow, ...]:
        return waiting.waiting(self._database)

    def expired(self, since: datetime) -> tuple[WaitingRow, ...]:
        """What waited until it was too late, noticed since then."""
        return waiting.expired(self._database, since)

    def release(self, invoice_id: str, actor: str, now: datetime) -> bool:
        """Lets an invoice through a balance hold once; False when it is let through already."""
        return waiting.release(self._database, self._trail, invoice_id, actor, now)

    def released(self) -> frozenset[str]:
        return waiting.released(self._database)

    def use_release(self, invoice_ids: Iterable[str], now: datetime) -> None:
        """Together with the intent that goes through it."""
        waiting.use_release(self._database, self._trail, invoice_ids, now)

    def name_invoices(self, invoice_ids: Iterable[str], source: str, now: datetime) -> None:
        """Invoices that a captured event named; the next run reads them whatever their dates."""
        waiting.name_invoices(self._database, invoice_ids, source, now)

    def named_invoices(self) -> frozenset[str]:
        return waiting.named_invoices(self._database)

    def forget_named(self, invoice_ids: Iterable[str]) -> None:
        """After a live run has decided on them."""
        waiting.forget_named(self._database, invoice_ids)


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
