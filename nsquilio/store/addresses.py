"""Addresses nothing may go to: opt-outs, and those that a service says it can never reach.

An opt-out outlives the erasure of its address as a keyed tag. Whether it stops a reminder is decided
elsewhere.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from nsquilio.core.model import Channel
from nsquilio.store.columns import instant, instant_text, list_text, maybe_instant, texts
from nsquilio.store.database import Database
from nsquilio.store.rows import OptOut, UndeliverableRow
from nsquilio.store.tags import Tags
from nsquilio.store.trail import Trail

_OPT_OUT = "id, address, channel, kind, source, since, active, ended_at, ended_source, customer_ids"
_UNDELIVERABLE = "address, channel, why, error_code, since, last_at, count"


class ByAddress(Mapping[str, str]):
    """Address to why it is blocked; answers for erased addresses too, but cannot list those."""

    def __init__(self, known: Mapping[str, str], erased: Mapping[str, str], tags: Tags) -> None:
        self._known = known
        self._erased = erased
        self._tags = tags

    def __getitem__(self, address: str) -> str:
        if address in self._known or not self._erased:
            return self._known[address]
        return self._erased[self._tags.of(address)]

    def __ror__(self, further: Mapping[str, str]) -> ByAddress:
        """`further | these`: with a plain mapping, which `{**these}` would reduce to what can be listed."""
        return ByAddress({**further, **self._known}, self._erased, self._tags)

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def opt_out(
    database: Database,
    trail: Trail,
    tags: Tags,
    address: str,
    channel: Channel,
    kind: str,
    source: str,
    now: datetime,
    *,
    customer_ids: Iterable[str] = (),
    actor: str = "",
) -> bool:
    """False when an opt-out of that kind is in force already. `source`: a SID, a person's words…"""
    tag = tags.of(address)
    with database.transaction():
        if _active(database, tag, channel, kind):
            return False
        number = int(database.value("SELECT coalesce(max(id), 0) + 1 FROM optouts"))
        customers = sorted(customer_ids)
        database.write(
            "INSERT INTO optouts (id, address, tag, channel, kind, source, since, active, customer_ids)"
            " VALUES (:id, :address, :tag, :channel, :kind, :source, :since, 1, :customer_ids)",
            id=number,
            address=address,
            tag=tag,
            channel=channel,
            kind=kind,
            source=source,
            since=instant_text(now),
            customer_ids=list_text(customers),
        )
        trail.append(
            "optout.added",
            now,
            ids={"optout": number, "tag": tag, "customers": customers},
            details={"channel": channel, "kind": kind},
            personal={f"optout:{number}": {"address": address, "source": source}},
            refs=[f"address:{tag}", *(f"customer:{each}" for each in customers)],
            actor=actor,
        )
    return True


def _active(database: Database, tag: str, channel: Channel, kind: str | None) -> list[sqlite3.Row]:
    return database.rows(
        "SELECT id, kind FROM optouts WHERE active = 1 AND tag = :tag AND channel = :channel"
        " AND (:kind IS NULL OR kind = :kind)",
        tag=tag,
        channel=channel,
        kind=kind,
    )


def opt_in(
    database: Database,
    trail: Trail,
    tags: Tags,
    address: str,
    channel: Channel,
    source: str,
    now: datetime,
    *,
    keyword_only: bool = True,
    actor: str = "",
) -> bool:
    """Ends opt-outs, only those by keyword unless a person asks; False when there was none to end."""
    tag = tags.of(address)
    with database.transaction():
        ended = _active(database, tag, channel, "keyword" if keyword_only else None)
        for row in ended:
            _end_opt_out(database, trail, row["id"], tag, source, now, actor)
    return bool(ended)


def _end_opt_out(
    database: Database, trail: Trail, number: int, tag: str, source: str, now: datetime, actor: str
) -> None:
    database.write(
        "UPDATE optouts SET active = 0, ended_at = :at, ended_source = :source WHERE id = :id",
        at=instant_text(now),
        source=source,
        id=number,
    )
    trail.append(
        "optout.ended",
        now,
        ids={"optout": number, "tag": tag},
        personal={f"optout:{number}:end": {"source": source}},
        refs=[f"address:{tag}"],
        actor=actor,
    )


def opted_out(database: Database, tags: Tags) -> ByAddress:
    """Addresses nothing may go to by their channel: numbers for texts, e-mail addresses for mail."""
    found = database.rows("SELECT address, tag, kind, source FROM optouts WHERE active = 1 ORDER BY id DESC")
    known = {row["address"]: f"{row['kind']}: {row['source']}" for row in found if row["address"] is not None}
    erased = {row["tag"]: f"{row['kind']}: erased" for row in found if row["address"] is None}
    return ByAddress(known, erased, tags)


def opt_outs(database: Database, *, active_only: bool = True) -> tuple[OptOut, ...]:
    found = database.rows(
        f"SELECT {_OPT_OUT} FROM optouts WHERE active >= :least ORDER BY id",
        least=int(active_only),
    )
    return tuple(_opt_out(row) for row in found)


def add_undeliverable(
    database: Database,
    trail: Trail,
    tags: Tags,
    address: str,
    channel: Channel,
    why: str,
    now: datetime,
    error_code: str | None = None,
) -> None:
    """An address that a service says can never be reached; counts how often it said so."""
    tag = tags.of(address)
    with database.transaction():
        database.write(
            "INSERT INTO undeliverable"
            " (address, tag, channel, why, error_code, since, last_at, count, active)"
            " VALUES (:address, :tag, :channel, :why, :error_code, :at, :at, 1, 1)"
            " ON CONFLICT (tag, channel) DO UPDATE SET address = excluded.address, why = excluded.why,"
            " error_code = excluded.error_code, last_at = excluded.last_at, count = count + 1, active = 1",
            address=address,
            tag=tag,
            channel=channel,
            why=why,
            error_code=error_code,
            at=instant_text(now),
        )
        told = {"channel": channel, "why": why, "error_code": error_code}
        trail.append("undeliverable.added", now, ids={"tag": tag}, details=told, refs=[f"address:{tag}"])


def forgive_undeliverable(
    database: Database, trail: Trail, tags: Tags, address: str, channel: Channel, now: datetime
) -> bool:
    """A person or a later delivery says it can be reached again; False when it was not listed."""
    tag = tags.of(address)
    with database.transaction():
        listed = database.value(
            "SELECT 1 FROM undeliverable WHERE tag = :tag AND channel = :channel AND active = 1",
            tag=tag,
            channel=channel,
        )
        if not listed:
            return False
        database.write(
            "UPDATE undeliverable SET active = 0 WHERE tag = :tag AND channel = :channel",
            tag=tag,
            channel=channel,
        )
        trail.append("undeliverable.ended", now, ids={"tag": tag}, refs=[f"address:{tag}"])
    return True


def undeliverable(database: Database, tags: Tags) -> ByAddress:
    """Address to why nothing reaches it."""
    found = database.rows("SELECT address, tag, why FROM undeliverable WHERE active = 1 ORDER BY since")
    known = {row["address"]: row["why"] for row in found if row["address"] is not None}
    erased = {row["tag"]: row["why"] for row in found if row["address"] is None}
    return ByAddress(known, erased, tags)


def undeliverable_rows(database: Database) -> tuple[UndeliverableRow, ...]:
    found = database.rows(f"SELECT {_UNDELIVERABLE} FROM undeliverable WHERE active = 1 ORDER BY since, tag")
    return tuple(_undeliverable(row) for row in found)


def _opt_out(row: sqlite3.Row) -> OptOut:
    return OptOut(
        id=row["id"],
        address=row["address"],
        channel=Channel(row["channel"]),
        kind=row["kind"],
        source=row["source"],
        since=instant(row["since"]),
        active=bool(row["active"]),
        ended_at=maybe_instant(row["ended_at"]),
        ended_source=row["ended_source"],
        customer_ids=texts(row["customer_ids"]),
    )


def _undeliverable(row: sqlite3.Row) -> UndeliverableRow:
    return UndeliverableRow(
        address=row["address"],
        channel=Channel(row["channel"]),
        why=row["why"],
        error_code=row["error_code"],
        since=instant(row["since"]),
        last_at=instant(row["last_at"]),
        count=row["count"],
    )
