"""What is written to NetSuite: communications in our own record type, and a checkbox of a customer.

`PUT …/eid:` creates or updates, so writing a communication again is harmless; anything else is asked for
once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from nsquilio.errors import WrongUsage
from nsquilio.remote.netsuite_errors import error_code, refused
from nsquilio.remote.netsuite_link import NetSuiteLink
from nsquilio.remote.netsuite_queries import COMM, COMM_FIELD
from nsquilio.remote.netsuite_rows import Moments
from nsquilio.remote.netsuite_suiteql import Row
from nsquilio.remote.transport import Answer

Value = str | bool | datetime | None

_RECORDS = "/services/rest/record/v1"
# Without it NetSuite ignores names it does not know, and a field that is missing there would go unnoticed.
_STRICT = {"X-NetSuite-PropertyNameValidation": "Error"}
_REFERENCES = frozenset({"invoice", "customer"})
_LONG = frozenset({"body", "details"})
_LONGEST_TEXT, _LONGEST_LONG_TEXT = 300, 1_000_000
_EXTERNAL_ID = re.compile(r"[A-Za-z0-9_-]{1,200}")


@dataclass(frozen=True, slots=True)
class Communication:
    """One as it stands in NetSuite, without its body. Texts are empty where the field is."""

    id: str
    external_id: str
    invoice_id: str
    customer_id: str
    direction: str
    channel: str
    sender: str
    to: str
    status: str
    time: datetime | None
    kind: str
    sid: str
    key: str
    details: str


def put_communication(link: NetSuiteLink, external_id: str, fields: Mapping[str, Value]) -> str:
    """Creates or updates it; returns its internal id. Fields that are None or empty are left as they are."""
    filled = {name: value for name, value in fields.items() if value not in (None, "")}
    body = {"name": external_id, **_body(filled)}
    answer = link.read("PUT", _path(external_id), body=body, headers=_STRICT)
    if _is_doubled(answer):
        # Two writers met: the other one has created it meanwhile, so now it is an update.
        answer = link.read("PUT", _path(external_id), body=body, headers=_STRICT)
    return _id_in(_ok(answer, f"did not take the communication {external_id}"))


def patch_communication(link: NetSuiteLink, external_id: str, fields: Mapping[str, Value]) -> None:
    """Changes fields of one that exists; None empties a field."""
    answer = link.once("PATCH", _path(external_id), body=_body(fields), headers=_STRICT)
    _ok(answer, f"did not change the communication {external_id}")


def update_customer(link: NetSuiteLink, customer_id: str, columns: Mapping[str, Value]) -> None:
    if not (customer_id.isascii() and customer_id.isdigit()):
        raise WrongUsage(f"{customer_id[:40]!r} can't be the id of a customer.", "It is a number.")
    body = {name: _plain(value) for name, value in columns.items()}
    answer = link.once("PATCH", f"{_RECORDS}/customer/{customer_id}", body=body, headers=_STRICT)
    _ok(answer, f"did not change customer {customer_id}")


def _path(external_id: str) -> str:
    """Others letters are refused here: NetSuite reads a pipe as several ids."""
    if not _EXTERNAL_ID.fullmatch(external_id):
        raise WrongUsage(
            f"{external_id[:60]!r} can't be an external id in NetSuite.", "Letters, digits, _ and - alone."
        )
    return f"{_RECORDS}/{COMM}/eid:{external_id}"


def _body(fields: Mapping[str, Value]) -> dict[str, Any]:
    return {
        name if name == "name" else COMM_FIELD + name: _field(name, value) for name, value in fields.items()
    }


def _field(name: str, value: Value) -> Any:
    if name in _REFERENCES:
        return {"id": value} if value else None
    plain = _plain(value)
    if not isinstance(plain, str):
        return plain
    return plain[: _LONGEST_LONG_TEXT if name in _LONG else _LONGEST_TEXT]


def _plain(value: Value) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value or None if isinstance(value, str) else value


def _is_doubled(answer: Answer) -> bool:
    words = f"{error_code(answer)} {answer.said()}".casefold()
    return answer.status in (400, 409) and ("already exists" in words or "has_been_changed" in words)


def _ok(answer: Answer, what: str) -> Answer:
    if not answer.ok:
        raise refused(answer, what)
    return answer


def _id_in(answer: Answer) -> str:
    """The last part of the Location, which may be relative."""
    return (answer.headers.get("Location") or "").rstrip("/").rpartition("/")[2]


def communications(rows: Iterable[Row], moment: Moments) -> list[Communication]:
    return [_communication(row, moment) for row in rows]


def _communication(row: Row, moment: Moments) -> Communication:
    def text(name: str) -> str:
        return str(row.get(COMM_FIELD + name) or "")

    try:
        time = moment(row.get("time"))
    except (ValueError, TypeError):
        time = None
    return Communication(
        id=str(row.get("id", "")),
        external_id=str(row.get("externalid") or ""),
        invoice_id=text("invoice"),
        customer_id=text("customer"),
        direction=text("direction"),
        channel=text("channel"),
        sender=text("from"),
        to=text("to"),
        status=text("status"),
        time=time,
        kind=text("kind"),
        sid=text("sid"),
        key=text("key"),
        details=text("details"),
    )
