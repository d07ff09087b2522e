"""The fields of records over REST: what a body may hold, and how a record is shown.

Facts: facts/netsuite.md 4.1 and 4.3. Knows no endpoint; a refusal carries NetSuite's answer.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

from nsquilio.sandbox.exchange import Request
from nsquilio.sandbox.netsuite_tables import SCHEMA, Column
from nsquilio.sandbox.refusals import netsuite_error
from nsquilio.sandbox.world import World

RECORDS = "/services/rest/record/v1"
_LONG_TEXTS = {"custrecord_nsq_comm_body", "custrecord_nsq_comm_details"}
_LONGEST_TEXT, _LONGEST_LONG_TEXT = 300, 1_000_000
GIVE_AN_ID = "Provide a valid record instance ID."
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


class Refused(Exception):
    def __init__(self, status: int, code: str, detail: str, path: str = "") -> None:
        self.reply = netsuite_error(status, code, detail, where={"o:errorPath": path} if path else None)


def _columns(world: World, record: str) -> dict[str, Column]:
    hidden = world.setting("hidden_columns", ())
    return {name: c for name, c in SCHEMA[record].columns.items() if f"{record}.{name}" not in hidden}


def written(world: World, request: Request, record: str) -> dict[str, Any]:
    """The body as values for the columns; unknown names are left out or refused, as the header asks."""
    try:
        body = json.loads(request.body)
    except ValueError as error:
        raise Refused(400, "INVALID_CONTENT", "Invalid content in the request body.") from error
    if not isinstance(body, dict):
        raise Refused(400, "INVALID_CONTENT", "Invalid content in the request body.")
    strict = request.headers.get("x-netsuite-propertynamevalidation", "warning").casefold() == "error"
    columns, values = _columns(world, record), {}
    for shown, value in body.items():
        name = _COLUMN_NAMES.get(shown, shown)
        if name in _READ_ONLY:
            continue
        if name not in columns or (name in _JSON_NAMES and shown != _JSON_NAMES[name]):
            if strict:
                raise Refused(400, "INVALID_CONTENT", f"Invalid property name '{shown}'.", shown)
            continue
        values[name] = _value(world, name, columns[name], value)
    return values


def _value(world: World, name: str, column: Column, value: Any) -> Any:
    if value is None:
        return None
    if name == "externalid":
        return external_id(value)
    if column.kind == "ref":
        return _reference(world, name, column, value)
    if column.kind == "flag":
        if not isinstance(value, bool):
            raise Refused(400, "INVALID_CONTENT", f"Invalid value for '{name}'. Provide a boolean.", name)
        return "T" if value else "F"
    if column.kind == "datetime":
        return _utc(name, value)
    return _limited_text(name, value)


def _limited_text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise Refused(400, "INVALID_CONTENT", f"Invalid value for '{name}'. Provide a string.", name)
    longest = _LONGEST_LONG_TEXT if name in _LONG_TEXTS else _LONGEST_TEXT
    if len(value) > longest:
        detail = (
            f"Error while accessing a resource. The field {name} contained more than the maximum number"
            f" ( {longest} ) of characters allowed."
        )
        raise Refused(400, "USER_ERROR", detail, name)
    return value


def _utc(name: str, value: Any) -> str:
    """Moments need an offset; an empty text is refused, too (facts 4.1)."""
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        moment = datetime.min
    if moment.tzinfo is None:
        raise Refused(
            400, "INVALID_CONTENT", f"Invalid value for '{name}'. Provide an ISO 8601 date-time.", name
        )
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def _reference(world: World, name: str, column: Column, value: Any) -> int:
    if not isinstance(value, dict) or not ({"id", "externalId"} & set(value)):
        raise Refused(
            400, "INVALID_CONTENT", f"Invalid value for '{name}'. Provide an object with 'id'.", name
        )
    target = SCHEMA[column.to]
    key = "id" if "id" in value else "externalid"
    given = str(value["id"] if "id" in value else value["externalId"])
    found = None
    if key in target.columns:
        found = world.value(f"SELECT id FROM {target.stored} WHERE {key} = ?", (given,))
    if found is None:
        raise Refused(400, "INVALID_KEY_OR_REF", f"Invalid {name} reference key {given}.", name)
    return int(found)


def external_id(value: Any) -> str:
    if not isinstance(value, str) or not _EXTERNAL_ID.fullmatch(value):
        detail = "Invalid external ID. Only letters, digits, underscores and hyphens are allowed."
        raise Refused(400, "INVALID_ID", detail)
    return value


def self_link(request: Request, record: str, internal_id: int | str) -> dict[str, str]:
    return {"rel": "self", "href": f"{request.base_url}{RECORDS}/{record}/{internal_id}"}


def shown(world: World, request: Request, record: str, row: dict[str, Any]) -> dict[str, Any]:
    """The record as GET answers: nulls absent, references as objects, moments in ISO 8601."""
    body: dict[str, Any] = {"links": [self_link(request, record, row["id"])]}
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
