"""NetSuite's record API for what nsquilio writes: its communications, and a few columns of a customer.

Facts: facts/netsuite.md 4.1 to 4.3. Invoices cannot be read or written here, on purpose: the real service
loads a record in edit mode even for GET, and a locked one fails.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from re import Match
from typing import Any

from nsquilio.sandbox.exchange import Reply, Request, Routes
from nsquilio.sandbox.netsuite_fields import (
    GIVE_AN_ID,
    RECORDS,
    Refused,
    external_id,
    self_link,
    shown,
    written,
)
from nsquilio.sandbox.netsuite_token import forbidden, unauthorized
from nsquilio.sandbox.refusals import netsuite_error
from nsquilio.sandbox.world import World

_COMM = "customrecord_nsq_comm"
Work = Callable[[World, Request, Match[str]], Reply]


def _guarded(record: str, work: Work) -> Work:
    """The endpoint behind the token, the role's permission and the record type's existence."""

    def endpoint(world: World, request: Request, match: Match[str]) -> Reply:
        refused = unauthorized(world, request) or forbidden(world, record)
        if refused is not None:
            return refused
        if record in (*world.setting("hidden_tables", ()), *world.setting("records_not_found", ())):
            return netsuite_error(404, "NOT_FOUND", f"Record '{record}' was not found.")
        try:
            return work(world, request, match)
        except Refused as refusal:
            return refusal.reply

    return endpoint


def _moment(world: World) -> str:
    return world.now().strftime("%Y-%m-%d %H:%M:%S")


def _id_of(world: World, instance: str) -> int:
    """The internal id that the last part of a path names. Raises the 404 or 400."""
    if instance.startswith("eid:"):
        external = external_id(instance[4:])
        found = world.value("SELECT id FROM ns_comm WHERE externalid = ?", (external,))
        detail = f"The record instance for external ID '{external}' does not exist. {GIVE_AN_ID}"
    elif re.fullmatch(r"[1-9][0-9]{0,15}", instance):
        found = world.value("SELECT id FROM ns_comm WHERE id = ?", (instance,))
        detail = f"The record instance does not exist. {GIVE_AN_ID}"
    else:
        detail = f"Invalid record instance identifier '{instance}'. {GIVE_AN_ID}"
        raise Refused(400, "INVALID_ID", detail)
    if found is None:
        raise Refused(404, "NONEXISTENT_ID", detail)
    return int(found)


def _done(request: Request, record: str, internal_id: int | str) -> Reply:
    return Reply(204, b"", {"Location": f"{request.base_url}{RECORDS}/{record}/{internal_id}"})


def _create(world: World, values: dict[str, Any]) -> int:
    if world.setting("comm_name_mandatory", False) and not values.get("name"):
        raise Refused(400, "USER_ERROR", "Error while accessing a resource. Please enter value(s) for: Name.")
    now = _moment(world)
    values = {"isinactive": "F", **values, "created": now, "lastmodified": now}
    names = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    with world.change() as db:
        cursor = db.execute(f"INSERT INTO ns_comm ({names}) VALUES ({places})", values)
        return int(cursor.lastrowid or 0)


def _update(world: World, stored: str, changed: str, internal_id: int, values: dict[str, Any]) -> None:
    values = {**values, changed: _moment(world)}
    assigned = ", ".join(f"{name} = :{name}" for name in values)
    with world.change() as db:
        db.execute(f"UPDATE {stored} SET {assigned} WHERE id = :key_", {**values, "key_": internal_id})


def _post_comm(world: World, request: Request, match: Match[str]) -> Reply:
    values = written(world, request, _COMM)
    with world.change() as db:
        taken = db.execute(
            "SELECT 1 FROM ns_comm WHERE externalid = ?", (values.get("externalid"),)
        ).fetchone()
        if taken:
            raise Refused(400, "USER_ERROR", "Error while accessing a resource. This record already exists.")
        return _done(request, _COMM, _create(world, values))


def _put_comm(world: World, request: Request, match: Match[str]) -> Reply:
    external = external_id(match["external"])
    values = {**written(world, request, _COMM), "externalid": external}
    with world.change() as db:
        found = db.execute("SELECT id FROM ns_comm WHERE externalid = ?", (external,)).fetchone()
        if found is None:
            return _done(request, _COMM, _create(world, values))
        _update(world, "ns_comm", "lastmodified", found["id"], values)
        return _done(request, _COMM, found["id"])


def _patch_comm(world: World, request: Request, match: Match[str]) -> Reply:
    internal_id = _id_of(world, match["instance"])
    _update(world, "ns_comm", "lastmodified", internal_id, written(world, request, _COMM))
    return _done(request, _COMM, internal_id)


def _get_comm(world: World, request: Request, match: Match[str]) -> Reply:
    internal_id = _id_of(world, match["instance"])
    row = world.row("SELECT * FROM ns_comm WHERE id = ?", (internal_id,))
    return Reply.of_json(200, shown(world, request, _COMM, dict(row or {})))


def _list_comm(world: World, request: Request, match: Match[str]) -> Reply:
    limit, offset = request.arg("limit") or "1000", request.arg("offset") or "0"
    if not limit.isdecimal() or not offset.isdecimal():
        raise Refused(400, "INVALID_PARAMETER", "The limit and the offset must be whole numbers.")
    rows = world.rows("SELECT id FROM ns_comm ORDER BY id LIMIT ? OFFSET ?", (int(limit), int(offset)))
    total = world.value("SELECT COUNT(*) FROM ns_comm")
    items = [{"links": [self_link(request, _COMM, row["id"])], "id": str(row["id"])} for row in rows]
    more = int(offset) + len(items) < total
    envelope = {"links": [], "count": len(items), "hasMore": more, "items": items, "offset": int(offset)}
    return Reply.of_json(200, {**envelope, "totalResults": total})


def _delete_comm(world: World, request: Request, match: Match[str]) -> Reply:
    internal_id = _id_of(world, match["instance"])
    with world.change() as db:
        name = db.execute("DELETE FROM ns_comm WHERE id = ? RETURNING name", (internal_id,)).fetchone()[
            "name"
        ]
        db.execute(
            "INSERT INTO ns_deleted (recordid, type, name, deleteddate, context, iscustomrecord, scriptid)"
            " VALUES (?, 'CUSTOMRECORD', ?, ?, 'RESTWebServices', 'T', ?)",
            (internal_id, name, _moment(world), _COMM),
        )
    return Reply(204)


def _get_customer(world: World, request: Request, match: Match[str]) -> Reply:
    row = world.row("SELECT * FROM ns_customer WHERE id = ?", (match["instance"],))
    if row is None:
        raise Refused(404, "NONEXISTENT_ID", f"The record instance does not exist. {GIVE_AN_ID}")
    return Reply.of_json(200, shown(world, request, "customer", dict(row)))


def _patch_customer(world: World, request: Request, match: Match[str]) -> Reply:
    values = written(world, request, "customer")
    internal_id = int(match["instance"])
    if world.value("SELECT 1 FROM ns_customer WHERE id = ?", (internal_id,)) is None:
        raise Refused(404, "NONEXISTENT_ID", f"The record instance does not exist. {GIVE_AN_ID}")
    _update(world, "ns_customer", "lastmodifieddate", internal_id, values)
    return _done(request, "customer", internal_id)


_ONE = re.compile(rf"{RECORDS}/{_COMM}/(?P<instance>[^/]+)")
_CUSTOMER = re.compile(RECORDS + r"/customer/(?P<instance>[1-9][0-9]{0,15})")
ROUTES: Routes = (
    ("PUT", re.compile(rf"{RECORDS}/{_COMM}/eid:(?P<external>[^/]*)"), _guarded(_COMM, _put_comm)),
    ("GET", _ONE, _guarded(_COMM, _get_comm)),
    ("PATCH", _ONE, _guarded(_COMM, _patch_comm)),
    ("DELETE", _ONE, _guarded(_COMM, _delete_comm)),
    ("POST", re.compile(f"{RECORDS}/{_COMM}"), _guarded(_COMM, _post_comm)),
    ("GET", re.compile(f"{RECORDS}/{_COMM}"), _guarded(_COMM, _list_comm)),
    ("GET", _CUSTOMER, _guarded("customer", _get_customer)),
    ("PATCH", _CUSTOMER, _guarded("customer", _patch_customer)),
)
