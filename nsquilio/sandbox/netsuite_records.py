"""NetSuite's record API for what nsquilio writes: its communications, and a few columns of a customer.

Facts: facts/netsuite.md 4.1 to 4.3. Invoices cannot be read or written here, on purpose: the real service
loads a record in edit mode even for GET, and a locked one fails.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from re import Match
from typing import Any

from nsquilio.sandbox.exchange import Reply, Request, Routes
from nsquilio.sandbox.netsuite_tables import SCHEMA, Column
from nsquilio.sandbox.netsuite_token import forbidden, unauthorized
from nsquilio.sandbox.refusals import netsuite_error
from nsquilio.sandbox.world import World

_RECORDS = "/services/rest/record/v1"
_COMM = "customrecord_nsq_comm"
_LONG_TEXTS = {"custrecord_nsq_comm_body", "custrecord_nsq_comm_details"}
_LONGEST_TEXT, _LONGEST_LONG_TEXT = 300, 1_000_000
_GIVE_AN_ID = "Provide a valid record instance ID."
_EXTERNAL_ID = re.compile(r"[A-Za-z0-9_-]{1,200}")
_READ_ONLY = {"id", "created", "lastmodified", "scriptid", "datecreated", "lastmodifieddate"}
# JSON names that are not simply the column's
_JSON_NAMES = {
    "externalid": "externalId",
    "isinactive": "isInactive",
    "lastmodified": "lastModified",
    "companyname": "companyName",
    "mobilephone": "mobilePhone",
    "altphone": "altPhone",
    "homephone": "homePhone",
    "entityid": "entityId",
    "firstname": "firstName",
    "lastname": "lastName",
    "lastmodifieddate": "lastModifiedDate",
    "datecreated": "dateCreated",
    "altname": "altName",
    "isperson": "isPerson",
}
_COLUMN_NAMES = {shown: column for column, shown in _JSON_NAMES.items()}


class _Refused(Exception):
    def __init__(self, status: int, code: str, detail: str, path: str = "") -> None:
        self.reply = netsuite_error(status, code, detail, where={"o:errorPath": path} if path else None)


Work = Callable[[World, Request, Match[str]], Reply]


def _guarded(record: str, work: Work) -> Work:
    """The endpoint behind the token, the role's permission and the record type's existence."""

    def endpoint(world: World, request: Request, match: Match[str]) -> Reply:
        refused = unauthorized(world, request) or forbidden(world, record)
        if refused is not None:
            return refused
        if record in world.setting("hidden_tables", ()):
            return netsuite_error(404, "NOT_FOUND", f"Record '{record}' was not found.")
        try:
            return work(world, request, match)
        except _Refused as refusal:
            return refusal.reply

    return endpoint


def _columns(world: World, record: str) -> dict[str, Column]:
    hidden = world.setting("hidden_columns", ())
    return {name: c for name, c in SCHEMA[record].columns.items() if f"{record}.{name}" not in hidden}


def _moment(world: World) -> str:
    return world.now().strftime("%Y-%m-%d %H:%M:%S")


def _written(world: World, request: Request, record: str) -> dict[str, Any]:
    """The body as values for the columns; unknown names are left out or refused, as the header asks."""
    try:
        body = json.loads(request.body)
    except ValueError as error:
        raise _Refused(400, "INVALID_CONTENT", "Invalid content in the request body.") from error
    if not isinstance(body, dict):
        raise _Refused(400, "INVALID_CONTENT", "Invalid content in the request body.")
    strict = request.headers.get("x-netsuite-propertynamevalidation", "warning").casefold() == "error"
    columns, values = _columns(world, record), {}
    for shown, value in body.items():
        name = _COLUMN_NAMES.get(shown, shown)
        if name in _READ_ONLY:
            continue
        if name not in columns or (name in _JSON_NAMES and shown != _JSON_NAMES[name]):
            if strict:
                raise _Refused(400, "INVALID_CONTENT", f"Invalid property name '{shown}'.", shown)
            continue
        values[name] = _value(world, name, columns[name], value)
    return values


def _value(world: World, name: str, column: Column, value: Any) -> Any:
    if value is None:
        return None
    if name == "externalid":
        return _external_id(value)
    if column.kind == "ref":
        return _reference(world, name, column, value)
    if column.kind == "flag":
        if not isinstance(value, bool):
            raise _Refused(400, "INVALID_CONTENT", f"Invalid value for '{name}'. Provide a boolean.", name)
        return "T" if value else "F"
    if column.kind == "datetime":
        return _utc(name, value)
    return _limited_text(name, value)


def _limited_text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise _Refused(400, "INVALID_CONTENT", f"Invalid value for '{name}'. Provide a string.", name)
    longest = _LONGEST_LONG_TEXT if name in _LONG_TEXTS else _LONGEST_TEXT
    if len(value) > longest:
        detail = (
            f"Error while accessing a resource. The field {name} contained more than the maximum number"
            f" ( {longest} ) of characters allowed."
        )
        raise _Refused(400, "USER_ERROR", detail, name)
    return value


def _utc(name: str, value: Any) -> str:
    """Moments need an offset; an empty text is refused, too (facts 4.1)."""
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        moment = datetime.min
    if moment.tzinfo is None:
        raise _Refused(
            400, "INVALID_CONTENT", f"Invalid value for '{name}'. Provide an ISO 8601 date-time.", name
        )
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def _reference(world: World, name: str, column: Column, value: Any) -> int:
    if not isinstance(value, dict) or not ({"id", "externalId"} & set(value)):
        raise _Refused(
            400, "INVALID_CONTENT", f"Invalid value for '{name}'. Provide an object with 'id'.", name
        )
    target = SCHEMA[column.to]
    key = "id" if "id" in value else "externalid"
    given = str(value["id"] if "id" in value else value["externalId"])
    found = None
    if key in target.columns:
        found = world.value(f"SELECT id FROM {target.stored} WHERE {key} = ?", (given,))  # noqa: S608 - our names
    if found is None:
        raise _Refused(400, "INVALID_KEY_OR_REF", f"Invalid {name} reference key {given}.", name)
    return int(found)


def _external_id(value: Any) -> str:
    if not isinstance(value, str) or not _EXTERNAL_ID.fullmatch(value):
        detail = "Invalid external ID. Only letters, digits, underscores and hyphens are allowed."
        raise _Refused(400, "INVALID_ID", detail)
    return value


def _id_of(world: World, instance: str) -> int:
    """The internal id that the last part of a path names. Raises the 404 or 400."""
    if instance.startswith("eid:"):
        external = _external_id(instance[4:])
        found = world.value("SELECT id FROM ns_comm WHERE externalid = ?", (external,))
        detail = f"The record instance for external ID '{external}' does not exist. {_GIVE_AN_ID}"
    elif re.fullmatch(r"[1-9][0-9]{0,15}", instance):
        found = world.value("SELECT id FROM ns_comm WHERE id = ?", (instance,))
        detail = f"The record instance does not exist. {_GIVE_AN_ID}"
    else:
        detail = f"Invalid record instance identifier '{instance}'. {_GIVE_AN_ID}"
        raise _Refused(400, "INVALID_ID", detail)
    if found is None:
        raise _Refused(404, "NONEXISTENT_ID", detail)
    return int(found)


def _done(request: Request, record: str, internal_id: int | str) -> Reply:
    return Reply(204, b"", {"Location": f"{request.base_url}{_RECORDS}/{record}/{internal_id}"})


def _create(world: World, values: dict[str, Any]) -> int:
    if world.setting("comm_name_mandatory", False) and not values.get("name"):
        raise _Refused(
            400, "USER_ERROR", "Error while accessing a resource. Please enter value(s) for: Name."
        )
    now = _moment(world)
    values = {"isinactive": "F", **values, "created": now, "lastmodified": now}
    names = ", ".join(values)
    places = ", ".join(f":{name}" for name in values)
    with world.change() as db:
        cursor = db.execute(f"INSERT INTO ns_comm ({names}) VALUES ({places})", values)  # noqa: S608 - schema names
        return int(cursor.lastrowid or 0)


def _update(world: World, stored: str, changed: str, internal_id: int, values: dict[str, Any]) -> None:
    values = {**values, changed: _moment(world)}
    assigned = ", ".join(f"{name} = :{name}" for name in values)
    with world.change() as db:
        db.execute(f"UPDATE {stored} SET {assigned} WHERE id = :key_", {**values, "key_": internal_id})  # noqa: S608


def _post_comm(world: World, request: Request, match: Match[str]) -> Reply:
    values = _written(world, request, _COMM)
    with world.change() as db:
        taken = db.execute(
            "SELECT 1 FROM ns_comm WHERE externalid = ?", (values.get("externalid"),)
        ).fetchone()
        if taken:
            raise _Refused(400, "USER_ERROR", "Error while accessing a resource. This record already exists.")
        return _done(request, _COMM, _create(world, values))


def _put_comm(world: World, request: Request, match: Match[str]) -> Reply:
    external = _external_id(match["external"])
    values = {**_written(world, request, _COMM), "externalid": external}
    with world.change() as db:
        found = db.execute("SELECT id FROM ns_comm WHERE externalid = ?", (external,)).fetchone()
        if found is None:
            return _done(request, _COMM, _create(world, values))
        _update(world, "ns_comm", "lastmodified", found["id"], values)
        return _done(request, _COMM, found["id"])


def _patch_comm(world: World, request: Request, match: Match[str]) -> Reply:
    internal_id = _id_of(world, match["instance"])
    _update(world, "ns_comm", "lastmodified", internal_id, _written(world, request, _COMM))
    return _done(request, _COMM, internal_id)


def _get_comm(world: World, request: Request, match: Match[str]) -> Reply:
    internal_id = _id_of(world, match["instance"])
    row = world.row("SELECT * FROM ns_comm WHERE id = ?", (internal_id,))
    return Reply.of_json(200, _shown(world, request, _COMM, dict(row or {})))


def _list_comm(world: World, request: Request, match: Match[str]) -> Reply:
    limit, offset = int(request.arg("limit") or 1000), int(request.arg("offset") or 0)
    rows = world.rows("SELECT id FROM ns_comm ORDER BY id LIMIT ? OFFSET ?", (limit, offset))
    total = world.value("SELECT COUNT(*) FROM ns_comm")
    items = [{"links": [_self_link(request, _COMM, row["id"])], "id": str(row["id"])} for row in rows]
    more = offset + len(items) < total
    envelope = {"links": [], "count": len(items), "hasMore": more, "items": items, "offset": offset}
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
        raise _Refused(404, "NONEXISTENT_ID", f"The record instance does not exist. {_GIVE_AN_ID}")
    return Reply.of_json(200, _shown(world, request, "customer", dict(row)))


def _patch_customer(world: World, request: Request, match: Match[str]) -> Reply:
    values = _written(world, request, "customer")
    internal_id = int(match["instance"])
    if world.value("SELECT 1 FROM ns_customer WHERE id = ?", (internal_id,)) is None:
        raise _Refused(404, "NONEXISTENT_ID", f"The record instance does not exist. {_GIVE_AN_ID}")
    _update(world, "ns_customer", "lastmodifieddate", internal_id, values)
    return _done(request, "customer", internal_id)


def _self_link(request: Request, record: str, internal_id: int | str) -> dict[str, str]:
    return {"rel": "self", "href": f"{request.base_url}{_RECORDS}/{record}/{internal_id}"}


def _shown(world: World, request: Request, record: str, row: dict[str, Any]) -> dict[str, Any]:
    """The record as GET answers: nulls absent, references as objects, moments in ISO 8601."""
    body: dict[str, Any] = {"links": [_self_link(request, record, row["id"])]}
    for name, column in _columns(world, record).items():
        value = row[name]
        if value is None:
            continue
        body[_JSON_NAMES.get(name, name)] = _shown_value(column, value)
    return body


def _shown_value(column: Column, value: Any) -> Any:
    if column.kind == "ref":
        return {"links": [], "id": str(value)}
    if column.kind == "flag":
        return value == "T"
    if column.kind == "datetime":
        return value.replace(" ", "T") + "Z"
    return value if column.kind == "number" else str(value)


_ONE = re.compile(rf"{_RECORDS}/{_COMM}/(?P<instance>[^/]+)")
_CUSTOMER = re.compile(_RECORDS + r"/customer/(?P<instance>[1-9][0-9]{0,15})")
ROUTES: Routes = (
    ("PUT", re.compile(rf"{_RECORDS}/{_COMM}/eid:(?P<external>[^/]*)"), _guarded(_COMM, _put_comm)),
    ("GET", _ONE, _guarded(_COMM, _get_comm)),
    ("PATCH", _ONE, _guarded(_COMM, _patch_comm)),
    ("DELETE", _ONE, _guarded(_COMM, _delete_comm)),
    ("POST", re.compile(f"{_RECORDS}/{_COMM}"), _guarded(_COMM, _post_comm)),
    ("GET", re.compile(f"{_RECORDS}/{_COMM}"), _guarded(_COMM, _list_comm)),
    ("GET", _CUSTOMER, _guarded("customer", _get_customer)),
    ("PATCH", _CUSTOMER, _guarded("customer", _patch_customer)),
)
