"""Twilio's Message resource: create, list, fetch, cancel, redact, delete, and the media of inbound messages.

Facts: facts/twilio.md sections 1 and 2. The rules a message meets stand in `twilio_drafts` and
`twilio_sending`; here is only what goes over the wire. Settings of the world: `twilio.lag_s` (what the fault
list-lag hides), `twilio.cancel_cutoff_s`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from re import Match
from typing import Any

from nsquilio.sandbox import faults, twilio_access, twilio_rules, twilio_sending
from nsquilio.sandbox.exchange import Reply, Request
from nsquilio.sandbox.twilio_access import account_sid, behind_login
from nsquilio.sandbox.twilio_drafts import read_draft
from nsquilio.sandbox.twilio_paging import (
    Listing,
    Page,
    day_filters,
    envelope,
    equal_filters,
    read_page,
)
from nsquilio.sandbox.twilio_rules import Refusal, error_words
from nsquilio.sandbox.twilio_sending import is_final, send_scheduled, status_at
from nsquilio.sandbox.twilio_times import DAY_S, day_start, days_ago, rfc2822
from nsquilio.sandbox.world import World

TABLES = (
    twilio_access.TABLES
    + twilio_rules.TABLES
    + twilio_sending.TABLES
    + """
CREATE TABLE IF NOT EXISTS twilio_media (
    seq INTEGER PRIMARY KEY,
    sid TEXT NOT NULL UNIQUE,
    message_sid TEXT NOT NULL,
    content_type TEXT NOT NULL,
    content BLOB NOT NULL,
    created REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS twilio_media_message ON twilio_media (message_sid);
"""
)

_RETENTION_DAYS = 400
_FILTERS = ("To", "From", "DateSent", "DateSent>", "DateSent<")
_BASE = r"/2010-04-01/Accounts/(?P<account>[^/]+)/Messages"
_ONE = _BASE + r"/(?P<sid>(?:SM|MM)[0-9a-fA-F]{32})"


def create(world: World, request: Request, match: Match[str]) -> Reply:
    send_scheduled(world, world.now().timestamp())
    with world.change():
        now = world.now().timestamp()
        sid = twilio_sending.accept(world, read_draft(request, now), now)
        row = _stored(world, request, sid)
    return Reply.of_json(201, _render(account_sid(world), now)(row))


def list_messages(world: World, request: Request, match: Match[str]) -> Reply:
    now = world.now().timestamp()
    send_scheduled(world, now)
    page = _page(world, request, _listing(world, request, now))
    render = _render(account_sid(world), now)
    return Reply.of_json(200, envelope(request, "messages", page, render, _FILTERS))


def _listing(world: World, request: Request, now: float) -> Listing:
    """A DateSent filter drops what has no date_sent yet, and a From filter what has no sender yet."""
    _check_retention(request, now)
    listing = Listing("twilio_message", where=("NOT deleted",))
    listing = equal_filters(listing, request, {"To": "to_number", "From": "from_number"})
    if request.arg("From"):
        listing = listing.that("queued_at <= :now", now=now)
    if any(request.arg(name) for name in _FILTERS[2:]):
        listing = replace(listing, order="sent_at").that("sent_at <= :now", now=now)
        listing = day_filters(listing, request, "DateSent", "sent_at", before_includes_day=True)
    if not request.arg("PageToken") and faults.take(world, "list-lag"):
        newest = now - float(world.setting("twilio.lag_s", 900))
        listing = listing.that("created <= :newest", newest=newest)
    return listing


def _check_retention(request: Request, now: float) -> None:
    oldest = days_ago(now, _RETENTION_DAYS) // DAY_S * DAY_S
    for name in _FILTERS[2:]:
        value = request.arg(name)
        if value and day_start(value) < oldest:
            raise Refusal(20004)


def _page(world: World, request: Request, listing: Listing) -> Page:
    page = read_page(world, listing, request)
    if page.rows and faults.take(world, "duplicate-page"):
        return replace(page, repeat=True)
    return page


def fetch(world: World, request: Request, match: Match[str]) -> Reply:
    now = world.now().timestamp()
    send_scheduled(world, now)
    row = _stored(world, request, match["sid"])
    return Reply.of_json(200, _render(account_sid(world), now)(row))


def update(world: World, request: Request, match: Match[str]) -> Reply:
    """Two changes exist: `Status=canceled` and an empty `Body`."""
    given = dict(request.form())
    with world.change() as db:
        now = world.now().timestamp()
        send_scheduled(world, now)
        row = _stored(world, request, match["sid"])
        if "Status" in given:
            _check_cancelable(world, row, given["Status"], now)
            db.execute(
                "UPDATE twilio_message SET canceled = 1, waiting = 0, changed = ? WHERE seq = ?",
                (now, row["seq"]),
            )
        if "Body" in given:
            if given["Body"]:
                raise Refusal(20422, value="Body")
            if not is_final(row, now):
                raise Refusal(20009)
            db.execute("UPDATE twilio_message SET body = '', changed = ? WHERE seq = ?", (now, row["seq"]))
        row = _stored(world, request, match["sid"])
    return Reply.of_json(200, _render(account_sid(world), now)(row))


def _check_cancelable(world: World, row: sqlite3.Row, status: str, now: float) -> None:
    """`twilio.cancel_cutoff_s`: how long before its time a scheduled message can no longer be canceled."""
    if status != "canceled":
        raise Refusal(20422, value=f"Status {status}")
    if status_at(row, now) != "scheduled" or row["send_at"] - now < world.setting(
        "twilio.cancel_cutoff_s", 0
    ):
        raise Refusal(30409)


def delete(world: World, request: Request, match: Match[str]) -> Reply:
    """The row stays as a mark, so that a page token on its SID still finds its place."""
    with world.change() as db:
        now = world.now().timestamp()
        send_scheduled(world, now)
        row = _stored(world, request, match["sid"])
        if not is_final(row, now):
            raise Refusal(20009)
        db.execute("UPDATE twilio_message SET deleted = 1, body = '' WHERE seq = ?", (row["seq"],))
        db.execute("DELETE FROM twilio_media WHERE message_sid = ?", (row["sid"],))
    return Reply(204)


def list_media(world: World, request: Request, match: Match[str]) -> Reply:
    message = _stored(world, request, match["sid"])
    listing = Listing("twilio_media").that("message_sid = :message", message=message["sid"])
    listing = day_filters(listing, request, "DateCreated", "created")
    page = read_page(world, listing, request)
    path = f"/2010-04-01/Accounts/{match['account']}/Messages/{message['sid']}/Media"

    def render(row: sqlite3.Row) -> dict[str, Any]:
        return {
            "sid": row["sid"],
            "account_sid": match["account"],
            "parent_sid": row["message_sid"],
            "content_type": row["content_type"],
            "date_created": rfc2822(row["created"]),
            "date_updated": rfc2822(row["created"]),
            "uri": f"{path}/{row['sid']}.json",
        }

    filters = ("DateCreated", "DateCreated>", "DateCreated<")
    return Reply.of_json(200, envelope(request, "media_list", page, render, filters))


def media_content(world: World, request: Request, match: Match[str]) -> Reply:
    """The file itself. (The real service redirects to its CDN; there is no second host here.)"""
    row = world.row(
        "SELECT content_type, content FROM twilio_media WHERE sid = ? AND message_sid = ?",
        (match["media"], match["sid"]),
    )
    if row is None:
        raise Refusal(20404, path=request.path)
    return Reply(200, row["content"], {"Content-Type": row["content_type"]})


def _stored(world: World, request: Request, sid: str) -> sqlite3.Row:
    row = world.row("SELECT * FROM twilio_message WHERE sid = ? AND NOT deleted", (sid,))
    if row is None:
        raise Refusal(20404, path=request.path)
    return row


def _render(account: str, now: float) -> Callable[[sqlite3.Row], dict[str, Any]]:
    base = f"/2010-04-01/Accounts/{account}/Messages/"

    def render(row: sqlite3.Row) -> dict[str, Any]:
        queued = row["queued_at"] is not None and row["queued_at"] <= now
        sent = row["sent_at"] is not None and row["sent_at"] <= now
        final = is_final(row, now)
        code = row["error_code"] if final else None
        sid = row["sid"]
        return {
            "sid": sid,
            "account_sid": account,
            "api_version": "2010-04-01",
            "messaging_service_sid": row["service_sid"],
            "status": status_at(row, now),
            "direction": row["direction"],
            "from": row["from_number"] if queued else None,
            "to": row["to_number"],
            "body": row["body"],
            "num_segments": str(row["segments"]) if queued else "0",
            "num_media": str(row["media"]),
            "price": row["price"] if sent else None,
            "price_unit": "USD",
            "error_code": code,
            "error_message": error_words(code) if code else None,
            "date_created": rfc2822(row["created"]),
            "date_sent": rfc2822(row["sent_at"]) if sent else None,
            "date_updated": rfc2822(_updated(row, now)),
            "uri": f"{base}{sid}.json",
            "subresource_uris": {
                "media": f"{base}{sid}/Media.json",
                "feedback": f"{base}{sid}/Feedback.json",
            },
        }

    return render


def _updated(row: sqlite3.Row, now: float) -> float:
    """The last of its changes that has happened."""
    steps = (row["changed"], row["queued_at"], row["leaves_at"], row["sent_at"], row["final_at"])
    return float(max((step for step in steps if step is not None and step <= now), default=row["created"]))


ROUTES = behind_login(
    ("POST", re.compile(_BASE + r"\.json"), create),
    ("GET", re.compile(_BASE + r"\.json"), list_messages),
    ("GET", re.compile(_ONE + r"\.json"), fetch),
    ("POST", re.compile(_ONE + r"\.json"), update),
    ("DELETE", re.compile(_ONE + r"\.json"), delete),
    ("GET", re.compile(_ONE + r"/Media\.json"), list_media),
    ("GET", re.compile(_ONE + r"/Media/(?P<media>ME[0-9a-f]{32})"), media_content),
)
