"""What becomes of a message after its form was found good: accepted or refused by the account's rules, queued
behind others, sent, delivered or not.

A message's whole fate is decided when it enters the queue and stored as instants; its status is read off the
world's clock. Only a scheduled message waits for its decision, until `send_scheduled` finds its time come.

Settings of the world, each `twilio.` and: `trial`, `verified` (numbers a trial may write to), `no_permission`
(beginnings of numbers), `later_codes` (refusals that a Messaging Service turns into failures),
`smart_encoding`, `link_domain` (of its link shortening), `segments_per_second` (0: no queue), `delivery_s`,
`scheduled_after_stop`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from zlib import crc32

from nsquilio.sandbox import twilio_rules as rules
from nsquilio.sandbox.twilio_access import new_sid
from nsquilio.sandbox.twilio_drafts import Draft
from nsquilio.sandbox.twilio_prices import charge
from nsquilio.sandbox.twilio_rules import Refusal
from nsquilio.sandbox.twilio_segments import segments, smart_encoded
from nsquilio.sandbox.world import World

TABLES = """
CREATE TABLE IF NOT EXISTS twilio_message (
    seq INTEGER PRIMARY KEY,
    sid TEXT NOT NULL UNIQUE,
    direction TEXT NOT NULL,
    from_number TEXT,           -- with a Messaging Service unknown until it is queued
    to_number TEXT NOT NULL,
    body TEXT NOT NULL,
    service_sid TEXT,
    media INTEGER NOT NULL DEFAULT 0,
    segments INTEGER NOT NULL,
    created REAL NOT NULL,
    changed REAL NOT NULL,      -- by a request
    send_at REAL,               -- scheduled for
    validity_s INTEGER NOT NULL DEFAULT 36000,
    waiting INTEGER NOT NULL DEFAULT 0,  -- scheduled and its time has not come
    canceled INTEGER NOT NULL DEFAULT 0,
    queued_at REAL,
    leaves_at REAL,
    sent_at REAL,               -- NULL when it never leaves
    final_at REAL,
    final_status TEXT,
    error_code INTEGER,
    price TEXT,
    deleted INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS twilio_message_sent ON twilio_message (sent_at);
CREATE INDEX IF NOT EXISTS twilio_message_to ON twilio_message (to_number, sent_at);
CREATE INDEX IF NOT EXISTS twilio_message_to_any ON twilio_message (to_number);
CREATE INDEX IF NOT EXISTS twilio_message_from ON twilio_message (from_number, sent_at);
CREATE INDEX IF NOT EXISTS twilio_message_waiting ON twilio_message (send_at) WHERE waiting;
"""

_INSERT_OUTBOUND = """
INSERT INTO twilio_message (
    sid, direction, from_number, to_number, body, service_sid, media, segments, created, changed, send_at,
    validity_s, waiting
) VALUES (
    :sid, 'outbound-api', :from_number, :to_number, :body, :service_sid, :media, :segments, :now, :now,
    :send_at, :validity_s, :waiting
)"""
_INSERT_INBOUND = """
INSERT INTO twilio_message (
    sid, direction, from_number, to_number, body, service_sid, media, segments, created, changed, queued_at,
    leaves_at, sent_at, final_at, final_status, price
) VALUES (
    :sid, 'inbound', :from_number, :to_number, :body, :service_sid, :media, :segments, :at, :at, :at,
    :at, :at, :at, 'received', :price
)"""
_UPDATE_DEPARTED = """
UPDATE twilio_message
SET waiting = 0, from_number = :from_number, queued_at = :queued_at, leaves_at = :leaves_at,
    sent_at = :sent_at, final_at = :final_at, final_status = :final_status, error_code = :error_code,
    price = :price
WHERE seq = :seq"""
_DUE = """
SELECT sid, send_at, to_number, service_sid FROM twilio_message
WHERE waiting AND send_at <= ? ORDER BY send_at, seq"""
_TRIAL_PREFIX = "Sent from your Twilio trial account - "
_LONGEST_QUEUE_S = 36_000
_RATE = {"local": 1, "toll-free": 3}  # segments a second (facts/twilio.md section 4)
_LINK = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True)
class Departure:
    """When and how a message leaves; `sent_at` None when it never does."""

    from_number: str
    queued_at: float
    leaves_at: float
    sent_at: float | None
    final_at: float
    final_status: str
    error_code: int | None
    price: str | None


def accept(world: World, draft: Draft, now: float) -> str:
    """Stores the message and returns its SID, or raises Refusal. Inside one transaction: two requests never
    take the same place in a queue."""
    with world.change() as db:
        _check_sender(world, draft)
        code = _refused(world, draft, now)
        if code and not _comes_later(world, draft, code):
            raise Refusal(code, to=draft.to, from_=draft.from_)
        body = _as_sent(world, draft)
        stored = {
            "sid": new_sid("MM" if draft.media else "SM"),
            "from_number": draft.from_ or None,
            "to_number": draft.to,
            "body": body,
            "service_sid": draft.service_sid or world.setting("twilio.default_service_sid"),
            "media": len(draft.media),
            "segments": segments(body),
            "now": now,
            "send_at": draft.send_at,
            "validity_s": draft.validity_s,
            "waiting": draft.send_at is not None,
        }
        db.execute(_INSERT_OUTBOUND, stored)
        sid = str(stored["sid"])
        if draft.send_at is None:
            _enter_queue(world, db, sid, now, bool(draft.service_sid), {21611: 30001}.get(code, code))
        return sid


def _check_sender(world: World, draft: Draft) -> None:
    if draft.service_sid:
        senders = _pool(world, draft.service_sid)
        known = world.value("SELECT 1 FROM twilio_service WHERE sid = ?", (draft.service_sid,))
        if known is None:
            raise Refusal(21701)
        if not senders:
            raise Refusal(21704)
        if draft.from_ and draft.from_ not in [row["phone_number"] for row in senders]:
            raise Refusal(21606, from_=draft.from_)
    elif world.value("SELECT 1 FROM twilio_number WHERE phone_number = ?", (draft.from_,)) is None:
        raise Refusal(21606, from_=draft.from_)


def _pool(world: World, service_sid: str) -> list[sqlite3.Row]:
    return world.rows(
        "SELECT phone_number, kind, free_at FROM twilio_number WHERE service_sid = ? ORDER BY seq",
        (service_sid,),
    )


def _refused(world: World, draft: Draft, now: float) -> int:
    """The code of the first rule of the account or the number that stops the message, or 0."""
    if world.setting("twilio.trial", False) and draft.to not in world.setting("twilio.verified", []):
        return 21608
    if any(draft.to.startswith(prefix) for prefix in world.setting("twilio.no_permission", [])):
        return 21408
    scope = draft.service_sid or rules.scope_of(world, draft.from_)
    if rules.is_opted_out(world, scope, draft.to):
        return 21610
    code = rules.behaviour_of(world, draft.to).refused
    if code:
        return code
    return 21611 if _queue_s(world, draft, now) > _LONGEST_QUEUE_S else 0


def _queue_s(world: World, draft: Draft, now: float) -> float:
    senders = (
        [draft.from_] if draft.from_ else [row["phone_number"] for row in _pool(world, draft.service_sid)]
    )
    marks = ", ".join("?" * len(senders))
    sql = f"SELECT min(free_at) FROM twilio_number WHERE phone_number IN ({marks})"
    return _busy_until(float(world.value(sql, senders) or 0), now) - now


def _busy_until(free_at: float, now: float) -> float:
    """A queue that reaches past anything it could hold is left from before the world's clock was put back."""
    return now if free_at > now + 2 * _LONGEST_QUEUE_S else free_at


def _comes_later(world: World, draft: Draft, code: int) -> bool:
    """With a Messaging Service some refusals become failures of the message. Which ones is known for the full
    queue only; `twilio.later_codes` names others (facts/twilio.md section 13 leaves 21610 open)."""
    return bool(draft.service_sid) and (code == 21611 or code in world.setting("twilio.later_codes", []))


def _as_sent(world: World, draft: Draft) -> str:
    """What the account and the Messaging Service make of the body."""
    body = draft.body
    in_service = bool(draft.service_sid)
    if draft.smart_encoded or (in_service and world.setting("twilio.smart_encoding", False)):
        body = smart_encoded(body)
    domain = world.setting("twilio.link_domain", "")
    if in_service and domain:
        body = _LINK.sub(lambda link: f"https://{domain}/{crc32(link[0].encode()) & 0xFFFFFF:06x}", body)
    return _TRIAL_PREFIX + body if world.setting("twilio.trial", False) else body


def send_scheduled(world: World, now: float) -> None:
    """Puts every scheduled message whose time has come into its queue, in the order of their times."""
    if world.row(_DUE, (now,)) is None:
        return
    with world.change() as db:
        for row in db.execute(_DUE, (now,)).fetchall():
            _enter_queue(world, db, row["sid"], row["send_at"], True, _stopped_meanwhile(world, row))


def _stopped_meanwhile(world: World, row: sqlite3.Row) -> int:
    """Twilio says it does not cancel scheduled messages when the recipient sends STOP, and the client must
    (support.twilio.com 4412165297947). With `twilio.scheduled_after_stop` false they fail instead."""
    if world.setting("twilio.scheduled_after_stop", True):
        return 0
    return 21610 if rules.is_opted_out(world, row["service_sid"], row["to_number"]) else 0


def _enter_queue(
    world: World, db: sqlite3.Connection, sid: str, start: float, in_service: bool, code: int
) -> None:
    row = db.execute("SELECT * FROM twilio_message WHERE sid = ?", (sid,)).fetchone()
    sender = _sender(world, row)
    left = _departure(world, row, sender, start, in_service, code)
    if left.sent_at is not None:
        rate = world.setting("twilio.segments_per_second", _RATE[sender["kind"]])
        busy_s = row["segments"] / rate if rate else 0.0
        db.execute(
            "UPDATE twilio_number SET free_at = ? WHERE phone_number = ?",
            (left.leaves_at + busy_s, left.from_number),
        )
    db.execute(_UPDATE_DEPARTED, {**asdict(left), "seq": row["seq"]})


def _sender(world: World, row: sqlite3.Row) -> sqlite3.Row:
    """The sender named, else the service's for this recipient: always the same one (sticky sender)."""
    pool = _pool(world, row["service_sid"])
    if row["from_number"]:
        pool = world.rows(
            "SELECT phone_number, kind, free_at FROM twilio_number WHERE phone_number = ?",
            (row["from_number"],),
        )
    return pool[crc32(row["to_number"].encode()) % len(pool)]


def _departure(
    world: World, row: sqlite3.Row, sender: sqlite3.Row, start: float, in_service: bool, code: int
) -> Departure:
    queued_at = start + 1 if in_service else start
    leaves_at = max(queued_at + 1, _busy_until(sender["free_at"], start))
    behaviour = rules.behaviour_of(world, row["to_number"])
    late = leaves_at > start + row["validity_s"]
    if code == 0 and late:
        code, leaves_at = 30036, start + row["validity_s"]
    if code == 0 and world.setting("twilio.account_status", "active") != "active":
        code = 30002
    code = code or behaviour.refused or behaviour.code
    number = sender["phone_number"]
    if code and rules.Behaviour(code=code).final_status == "failed":
        return Departure(number, queued_at, leaves_at, None, leaves_at, "failed", code, None)
    usual_s = float(world.setting("twilio.delivery_s", 4))
    delivery_s = usual_s if behaviour.delivery_s is None else behaviour.delivery_s
    sent_at = leaves_at + 1
    return Departure(
        from_number=number,
        queued_at=queued_at,
        leaves_at=leaves_at,
        sent_at=sent_at,
        final_at=sent_at + delivery_s,
        final_status="undelivered" if code else behaviour.ends,
        error_code=code or None,
        price=charge(row["to_number"], row["segments"]),
    )


def receive(world: World, messages: Iterable[tuple[str, str, str, float, int]]) -> list[str]:
    """Stores inbound messages: (from, to, body, seconds since 1970, number of media). Returns their SIDs."""
    services = {
        row["phone_number"]: row["service_sid"]
        for row in world.rows("SELECT phone_number, service_sid FROM twilio_number")
    }
    rows = []
    for from_number, to_number, body, at, media in messages:
        count = segments(body)
        rows.append(
            {
                "sid": new_sid("MM" if media else "SM"),
                "from_number": from_number,
                "to_number": to_number,
                "body": body,
                "service_sid": services.get(to_number),
                "media": media,
                "segments": count,
                "at": at,
                "price": charge(to_number, count, inbound=True),
            }
        )
    with world.change() as db:
        db.executemany(_INSERT_INBOUND, rows)
    return [str(row["sid"]) for row in rows]


def status_at(row: sqlite3.Row, now: float) -> str:
    """The status that the API shows at this instant."""
    if row["canceled"]:
        return "canceled"
    if row["queued_at"] is None:
        return "scheduled"
    if now >= row["final_at"]:
        return str(row["final_status"])
    if now < row["queued_at"]:
        return "accepted"
    if now < row["leaves_at"] or row["sent_at"] is None:
        return "queued"
    return "sending" if now < row["sent_at"] else "sent"


def is_final(row: sqlite3.Row, now: float) -> bool:
    return bool(row["canceled"]) or (row["final_at"] is not None and now >= row["final_at"])
