"""Erases personal data beside the audit chain, which stays valid; opt-outs live on as keyed tags.

What is still under way is kept and named: an unknown outcome, a scheduled text, an open reply.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nsquilio.store import inbound_rows, message_rows
from nsquilio.store.columns import instant_text, list_text, maybe_instant
from nsquilio.store.database import Database
from nsquilio.store.tags import Tags
from nsquilio.store.trail import Entry, Trail

_PER_EVENT = 1000


@dataclass(frozen=True, slots=True)
class Erased:
    """`kept`: what is still under way and stays. `copies`: backups that hold the data as it was."""

    messages: int
    inbound: int
    others: int
    kept: tuple[str, ...]
    copies: tuple[Path, ...]


def erase_address(
    database: Database, trail: Trail, tags: Tags, address: str, actor: str, now: datetime
) -> Erased:
    """Everything to and from one number or e-mail address."""
    tag = tags.of(address)
    with database.transaction():
        numbers = [row["id"] for row in database.rows("SELECT id FROM optouts WHERE tag = :tag", tag=tag)]
        subjects = [name for number in numbers for name in (f"optout:{number}", f"optout:{number}:end")]
        _forget_address(database, tag)
        to, sender = message_rows.WRITTEN_TO, "sender_tag = :tag"
        return _erase(database, trail, to, sender, subjects, actor, now, tag=tag, address=address)


def _forget_address(database: Database, tag: str) -> None:
    database.write("UPDATE optouts SET address = NULL, source = 'erased' WHERE tag = :tag", tag=tag)
    database.write("UPDATE undeliverable SET address = NULL WHERE tag = :tag", tag=tag)


def erase_before(database: Database, trail: Trail, before: datetime, actor: str, now: datetime) -> Erased:
    """Everything older than that; opt-outs and holds still in force keep what they need."""
    at = instant_text(before)
    with database.transaction():
        subjects = [
            *_ended(database, "optout", "SELECT id FROM optouts WHERE ended_at < :at", at),
            *_ended(database, "hold", "SELECT id FROM holds WHERE ended_at < :at", at),
        ]
        database.write("UPDATE optouts SET address = NULL, source = 'erased' WHERE ended_at < :at", at=at)
        database.write("UPDATE undeliverable SET address = NULL WHERE last_at < :at", at=at)
        database.write("UPDATE holds SET reason = 'erased' WHERE ended_at < :at", at=at)
        database.write("UPDATE runs SET error = NULL WHERE started_at < :at", at=at)
        database.write("DELETE FROM waiting WHERE expired_at < :at", at=at)
        return _erase(database, trail, "intent_at < :at", "received_at < :at", subjects, actor, now, at=at)


def oldest_personal(database: Database) -> datetime | None:
    at = database.value(
        "SELECT min(at) FROM (SELECT min(intent_at) AS at FROM messages WHERE erased = 0"
        " UNION ALL SELECT min(received_at) FROM inbound WHERE erased = 0)"
    )
    return maybe_instant(at)


def _ended(database: Database, kind: str, words: str, at: str) -> Iterator[str]:
    for row in database.rows(words, at=at):
        yield f"{kind}:{row['id']}"
        if kind == "optout":
            yield f"{kind}:{row['id']}:end"


def _erase(
    database: Database,
    trail: Trail,
    messages: str,
    inbound: str,
    subjects: Sequence[str],
    actor: str,
    now: datetime,
    **chosen: str,
) -> Erased:
    sent, kept_messages = _erase_messages(database, messages, **chosen)
    received, kept_inbound = _erase_inbound(database, inbound, **chosen)
    others = _erase_personal(database, [*subjects, *_holds_made_by(database, received)])
    names = [*sent, *received, *others]
    parts = [names[start : start + _PER_EVENT] for start in range(0, len(names), _PER_EVENT)]
    trail.append_all([Entry("erased", ids={"subjects": part}, actor=actor) for part in parts], now)
    return Erased(len(sent), len(received), len(others), (*kept_messages, *kept_inbound), _copies(database))


def _erase_messages(database: Database, words: str, **chosen: str) -> tuple[list[str], list[str]]:
    rows = database.rows(
        f"SELECT id, key, attempt, outcome IN ('intent', 'unknown', 'scheduled') AS open FROM messages"
        f" WHERE erased = 0 AND {words} ORDER BY id",
        **chosen,
    )
    database.write(
        "UPDATE messages SET recipient = NULL, customer = NULL, subject = NULL, body = NULL, html = NULL,"
        " salt = NULL, erased = 1 WHERE id IN (SELECT value FROM json_each(:ids))",
        ids=f"[{','.join(str(row['id']) for row in rows if not row['open'])}]",
    )
    names = [(message_rows.subject(row["key"], row["attempt"]), row["open"]) for row in rows]
    return [name for name, is_open in names if not is_open], [name for name, is_open in names if is_open]


def _erase_inbound(database: Database, words: str, **chosen: str) -> tuple[list[str], list[str]]:
    rows = database.rows(
        "SELECT sid, (inbox IS 'open' OR transcript_state = 'awaited' OR effects_at IS NULL) AS open"
        f" FROM inbound WHERE erased = 0 AND {words} ORDER BY received_at, sid",
        **chosen,
    )
    database.write(
        "UPDATE inbound SET sender = NULL, body = NULL, details = NULL, media = '[]', words = NULL,"
        " salt = NULL, erased = 1 WHERE sid IN (SELECT value FROM json_each(:sids))",
        sids=list_text(row["sid"] for row in rows if not row["open"]),
    )
    names = [(inbound_rows.subject(row["sid"]), row["open"]) for row in rows]
    return [name for name, is_open in names if not is_open], [name for name, is_open in names if is_open]


def _holds_made_by(database: Database, received: Iterable[str]) -> list[str]:
    """A hold that a reply made may quote it."""
    sids = list_text(name.partition(":")[2] for name in received)
    words = "inbound_sid IN (SELECT value FROM json_each(:sids))"
    rows = database.rows(f"SELECT id FROM holds WHERE {words}", sids=sids)
    database.write(f"UPDATE holds SET reason = 'erased' WHERE {words}", sids=sids)
    return [f"hold:{row['id']}" for row in rows]


def _erase_personal(database: Database, subjects: Iterable[str]) -> list[str]:
    words = "erased = 0 AND subject IN (SELECT value FROM json_each(:subjects))"
    wanted = list_text(subjects)
    rows = database.rows(f"SELECT subject FROM personal WHERE {words}", subjects=wanted)
    database.write(
        f"UPDATE personal SET salt = NULL, fields = NULL, erased = 1 WHERE {words}",
        subjects=wanted,
    )
    return [row["subject"] for row in rows]


def _copies(database: Database) -> tuple[Path, ...]:
    if database.path is None:
        return ()
    return tuple(sorted((database.path.parent / "backups").glob("*.db")))
