"""SendGrid's Email Logs (`/v3/logs`) and the paid Email Activity add-on (`/v3/messages`).

Query language: field, operator, value; conditions joined by AND alone (facts/twilio.md section 9). Settings
of the world: `sendgrid.logs` (does the plan have logs; default yes), `sendgrid.activity` (default no).
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from re import Match
from typing import Any

from nsquilio.sandbox.exchange import Reply, Request
from nsquilio.sandbox.sendgrid_access import MailRefusal, as_object, behind_key, whole_number
from nsquilio.sandbox.sendgrid_events import status_at
from nsquilio.sandbox.twilio_times import instant, iso
from nsquilio.sandbox.world import World

_LARGEST_LIMIT = 1000
_STATUS_SQL = "CASE WHEN :now >= final_at THEN final_status ELSE meanwhile END"
_REASON_SQL = "CASE WHEN :now >= final_at THEN reason END"
_Fields = Mapping[str, tuple[str, tuple[str, ...]]]  # field -> its column, the operators it takes
_LOG_FIELDS: _Fields = {
    "sg_message_id": ("sg_message_id", ("=",)),
    "subject": ("subject", ("=",)),
    "to_email": ("to_email", ("=",)),
    "reason": (_REASON_SQL, ("=",)),
    "status": (_STATUS_SQL, ("IN",)),
    "categories": ("categories", ("IN",)),
    "sg_message_id_created_at": ("created", (">", "<", ">=", "<=")),
}
_ACTIVITY_FIELDS: _Fields = {
    "msg_id": ("sg_message_id", ("=", "LIKE")),
    "to_email": ("to_email", ("=", "LIKE")),
    "from_email": ("from_email", ("=", "LIKE")),
    "subject": ("subject", ("=", "LIKE")),
}
_TEXT = r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\""
_CONDITION = re.compile(
    rf"\s*(?P<field>[a-z_]+)\s*(?P<operator>>=|<=|=|>|<|\bIN\b|\bLIKE\b)\s*"
    rf"(?P<value>\(\s*(?:{_TEXT})(?:\s*,\s*(?:{_TEXT}))*\s*\)|TIMESTAMP\s+(?:{_TEXT})|{_TEXT})"
    r"\s*(?P<next>\bAND\b|$)"
)


def search(world: World, request: Request, match: Match[str]) -> Reply:
    if not world.setting("sendgrid.logs", True):
        raise MailRefusal(403, ("access forbidden", None))
    asked = _asked(request)
    limit = asked.get("limit", 10)
    if not isinstance(limit, int) or isinstance(limit, bool) or not 1 <= limit <= _LARGEST_LIMIT:
        raise MailRefusal(400, ("limit must be between 1 and 1000", "limit"))
    now = world.now().timestamp()
    rows = _found(world, str(asked.get("query", "")), _LOG_FIELDS, now, limit)
    return Reply.of_json(200, {"messages": [_summary(row, now) for row in rows]})


def _asked(request: Request) -> dict[str, Any]:
    try:
        asked = as_object(json.loads(request.body or b"{}"), None)
    except ValueError:
        raise MailRefusal(400, ("Bad Request", None)) from None
    for name in asked:
        if name not in ("query", "limit", "subusers"):
            raise MailRefusal(400, (f"unknown field {name}", name))
    return asked


def _found(world: World, query: str, fields: _Fields, now: float, limit: int) -> list[sqlite3.Row]:
    bound: dict[str, Any] = {"now": now, "limit": limit}
    conditions = [_sql(condition, fields, bound) for condition in _conditions(query)]
    where = " AND ".join(["leaves_at <= :now", *conditions])
    return world.rows(
        f"SELECT * FROM sendgrid_mail WHERE {where} ORDER BY created DESC, seq DESC LIMIT :limit",
        bound,
    )


def _conditions(query: str) -> list[Match[str]]:
    """Every condition of the query, or MailRefusal: no OR, no nesting, nothing left over."""
    found: list[Match[str]] = []
    position, joined = 0, bool(query.strip())
    while joined:
        condition = _CONDITION.match(query, position)
        if condition is None:
            raise MailRefusal(400, (f"invalid query near {query[position:].strip()[:40]!r}", "query"))
        found.append(condition)
        position, joined = condition.end(), condition["next"] == "AND"
    return found


def _sql(condition: Match[str], fields: _Fields, bound: dict[str, Any]) -> str:
    """One condition with its values bound; columns and operators are from our own table."""
    field, operator, value = condition["field"], condition["operator"], condition["value"]
    column, operators = fields.get(field, ("", ()))
    in_list = value.startswith("(")
    if operator not in operators or in_list != (operator == "IN"):
        raise MailRefusal(400, (f"operator {operator} is not allowed for {field}", "query"))
    if column == "created":
        return f"created {operator} :{_bind(bound, _timestamp(value))}"
    names = [f":{_bind(bound, _unquoted(text[0]))}" for text in re.finditer(_TEXT, value)]
    if column == "categories":
        listed = f"SELECT value FROM json_each(categories) WHERE value IN ({', '.join(names)})"
        return f"EXISTS ({listed})"
    return f"{column} IN ({', '.join(names)})" if in_list else f"{column} {operator} {names[0]}"


def _bind(bound: dict[str, Any], value: Any) -> str:
    name = f"value{len(bound)}"
    bound[name] = value
    return name


def _unquoted(text: str) -> str:
    return text[1:-1].replace(text[0] * 2, text[0])


def _timestamp(value: str) -> float:
    at = instant(_unquoted(value.removeprefix("TIMESTAMP").strip()))
    if at is None or not value.startswith("TIMESTAMP"):
        raise MailRefusal(400, ("sg_message_id_created_at needs TIMESTAMP and an ISO 8601 time", "query"))
    return at


def _summary(row: sqlite3.Row, now: float) -> dict[str, Any]:
    summary = {
        "from_email": row["from_email"],
        "sg_message_id": row["sg_message_id"],
        "subject": row["subject"],
        "to_email": row["to_email"],
        "status": status_at(row, now),
        "sg_message_id_created_at": iso(row["created"]),
    }
    return summary | ({"reason": row["reason"]} if now >= row["final_at"] else {})


def fetch(world: World, request: Request, match: Match[str]) -> Reply:
    if not world.setting("sendgrid.logs", True):
        raise MailRefusal(403, ("access forbidden", None))
    now = world.now().timestamp()
    row = world.row(
        "SELECT * FROM sendgrid_mail WHERE sg_message_id = ? AND leaves_at <= ?", (match["id"], now)
    )
    if row is None:
        raise MailRefusal(404, ("message not found", None))
    body = {
        "from_email": row["from_email"],
        "sg_message_id": row["sg_message_id"],
        "subject": row["subject"],
        "to_email": row["to_email"],
        "status": status_at(row, now),
        "api_key_id": "sandbox",
        "client_ip": "192.0.2.1",
        "category": json.loads(row["categories"]),
        "custom_args": json.loads(row["custom_args"]),
        "outbound_ip": "192.0.2.25",
        "outbound_ip_type": "shared",
        "events": _events(row, now),
    }
    return Reply.of_json(200, body)


def _events(row: sqlite3.Row, now: float) -> list[dict[str, Any]]:
    """At most two: taken over, and how it ended."""
    common = {
        "email": row["to_email"],
        "sg_message_id": row["sg_message_id"],
        "smtp-id": f"<{row['message_id']}@geopod-ismtpd-1>",
        "custom_args": json.loads(row["custom_args"]),
    }
    stages: list[tuple[float, dict[str, Any]]] = [(row["leaves_at"], {"event": "processed"})]
    if row["meanwhile"] == "deferred":
        late = {"event": "deferred", "response": "451 4.7.1 Try again later", "attempt": "1"}
        stages.append((row["leaves_at"], late))
    stages.append((row["final_at"], _ending(row)))
    if row["final_status"] == "dropped":
        stages = stages[1:]
    return [
        {**common, **event, "timestamp": int(at), "sg_event_id": f"{row['seq']:022d}{index}"}
        for index, (at, event) in enumerate(stages)
        if at <= now
    ]


def _ending(row: sqlite3.Row) -> dict[str, Any]:
    status, reason = row["final_status"], row["reason"]
    if status == "dropped":
        return {"event": "dropped", "reason": reason}
    if status in ("bounced", "blocked"):
        kind = "bounce" if status == "bounced" else "blocked"
        return {"event": "bounce", "type": kind, "reason": reason, "status": row["smtp_status"]}
    return {"event": "delivered", "response": reason, "ip": "192.0.2.25", "tls": 1}


def search_activity(world: World, request: Request, match: Match[str]) -> Reply:
    _check_activity(world)
    limit = whole_number(request.arg("limit"), 10, "limit")
    if not 1 <= limit <= _LARGEST_LIMIT:
        raise MailRefusal(400, ("limit must be between 1 and 1000", "limit"))
    query = request.arg("query") or ""
    if not query:
        raise MailRefusal(400, ("query is required", "query"))
    now = world.now().timestamp()
    rows = _found(world, query, _ACTIVITY_FIELDS, now, limit)
    return Reply.of_json(200, {"messages": [_activity(row, now) for row in rows]})


def _check_activity(world: World) -> None:
    if not world.setting("sendgrid.activity", False):
        raise MailRefusal(403, ("access forbidden", None))


def _activity(row: sqlite3.Row, now: float) -> dict[str, Any]:
    return {
        "from_email": row["from_email"],
        "msg_id": row["sg_message_id"],
        "subject": row["subject"],
        "to_email": row["to_email"],
        "status": _coarse(status_at(row, now)),
        "opens_count": 0,
        "clicks_count": 0,
        "last_event_time": iso(row["final_at"] if now >= row["final_at"] else row["leaves_at"]),
    }


def _coarse(status: str) -> str:
    if status in ("processed", "deferred"):
        return "processed"
    return "delivered" if status == "delivered" else "not_delivered"


ROUTES = behind_key(
    ("POST", re.compile(r"/v3/logs"), search, "messages.read"),
    ("GET", re.compile(r"/v3/logs/(?P<id>[^/]+)"), fetch, "messages.read"),
    ("GET", re.compile(r"/v3/messages"), search_activity, "messages.read"),
)
