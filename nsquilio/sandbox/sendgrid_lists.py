"""SendGrid's suppression lists, for reading: what bounced, was blocked, complained, is invalid or left."""

from __future__ import annotations

import re
import sqlite3
from re import Match
from typing import Any

from nsquilio.sandbox.exchange import Reply, Request
from nsquilio.sandbox.sendgrid_access import MailRefusal, behind_key, whole_number
from nsquilio.sandbox.sendgrid_events import LISTS
from nsquilio.sandbox.world import World

_LARGEST_PAGE = 500
_SHOWN = {
    "bounces": ("reason", "status"),
    "blocks": ("reason", "status"),
    "spam_reports": (),
    "invalid_emails": ("reason",),
    "unsubscribes": (),
}


def list_suppressions(world: World, request: Request, match: Match[str]) -> Reply:
    """`start_time` and `end_time` are whole seconds and both included; newest first."""
    name = match["list"]
    if name not in LISTS:
        raise MailRefusal(404, ("not found", None))
    now = world.now().timestamp()
    limit = min(whole_number(request.arg("limit"), _LARGEST_PAGE, "limit"), _LARGEST_PAGE)
    rows = world.rows(
        "SELECT email, created, reason, status FROM sendgrid_suppression"
        " WHERE list = :list AND created <= :now AND created >= :start AND created < :end"
        " AND (:email = '' OR email LIKE :email)"
        " ORDER BY created DESC, seq DESC LIMIT :limit OFFSET :offset",
        {
            "list": name,
            "now": now,
            "start": whole_number(request.arg("start_time"), 0, "start_time"),
            "end": whole_number(request.arg("end_time"), int(now) + 1, "end_time") + 1,
            "email": _pattern(request.arg("email") or ""),
            "limit": limit,
            "offset": whole_number(request.arg("offset"), 0, "offset"),
        },
    )
    return Reply.of_json(200, [_entry(name, row) for row in rows])


def _pattern(email: str) -> str:
    return email + "%" if email else ""


def _entry(name: str, row: sqlite3.Row) -> dict[str, Any]:
    entry: dict[str, Any] = {"created": int(row["created"]), "email": row["email"]}
    entry |= {column: row[column] for column in _SHOWN[name]}
    return entry | ({"ip": "192.0.2.17"} if name == "spam_reports" else {})


def list_group_suppressions(world: World, request: Request, match: Match[str]) -> Reply:
    """This account has no unsubscribe groups, so nobody is in one."""
    return Reply.of_json(200, [])


def group_suppressions_of(world: World, request: Request, match: Match[str]) -> Reply:
    return Reply.of_json(200, {"suppressions": []})


ROUTES = behind_key(
    ("GET", re.compile(r"/v3/suppression/(?P<list>[^/]+)"), list_suppressions, "suppression.read"),
    ("GET", re.compile(r"/v3/asm/suppressions"), list_group_suppressions, "asm.groups.read"),
    ("GET", re.compile(r"/v3/asm/suppressions/(?P<email>[^/]+)"), group_suppressions_of, "asm.groups.read"),
)
