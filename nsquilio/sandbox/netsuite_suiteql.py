"""SuiteQL over REST: checks the request as the real service does, runs the query, pages the answer.

Facts: facts/netsuite.md 2.1 and 2.3. Every value is text, nulls are absent, dates are in the user's format,
moments lose their time unless the query asks for them with TO_CHAR.
"""

from __future__ import annotations

import json
import logging
import re
import sqlite3
from collections.abc import Callable
from re import Match
from typing import Any

from nsquilio.sandbox.exchange import Reply, Request, Routes
from nsquilio.sandbox.netsuite_dialect import UNSUPPORTED, InvalidQuery
from nsquilio.sandbox.netsuite_functions import DEFAULT_DATE_FORMAT, Session, session_of
from nsquilio.sandbox.netsuite_token import forbidden, unauthorized
from nsquilio.sandbox.netsuite_translate import Statement, View, translate
from nsquilio.sandbox.refusals import netsuite_error
from nsquilio.sandbox.world import World

_PATH = "/services/rest/query/v1/suiteql"
_LARGEST_PAGE = 1000
_MOST_ROWS = 100_000  # what one query can reach at all, whatever its total
_LOG = logging.getLogger("nsquilio.sandbox")


class _Refused(Exception):
    def __init__(self, reply: Reply) -> None:
        self.reply = reply


def _suiteql(world: World, request: Request, match: Match[str]) -> Reply:
    refused = unauthorized(world, request) or forbidden(world, "suiteql")
    if refused is not None:
        return refused
    try:
        query, params = _asked(world, request)
        limit, offset = _page(request)
        statement = _translated(query, view_of(world))
        if len(params) != statement.parameters:
            raise _Refused(_invalid_query(UNSUPPORTED))
        rows, total = _run(world, statement, params, limit, offset)
    except _Refused as refusal:
        return refusal.reply
    return _answer(request, statement, rows, total, limit, offset)


def view_of(world: World) -> View:
    """The account's tables and columns as this role sees them."""
    return View(
        frozenset(world.setting("hidden_tables", ())),
        frozenset(world.setting("hidden_columns", ())),
        frozenset(world.setting("empty_tables", ())),
    )


def _asked(world: World, request: Request) -> tuple[str, list[str]]:
    preferences = re.split(r"\s*,\s*", request.headers.get("prefer", "").casefold())
    if "transient" not in preferences:
        detail = "The required request header 'Prefer' is missing or invalid. Use 'Prefer: transient'."
        raise _Refused(netsuite_error(400, "INVALID_HEADER", detail, where={"o:errorHeader": "Prefer"}))
    if "accept-language" in request.headers:
        detail = "REST web services currently only support the default company language."
        raise _Refused(
            netsuite_error(400, "INVALID_HEADER", detail, where={"o:errorHeader": "Accept-Language"})
        )
    try:
        body = json.loads(request.body)
    except ValueError as error:
        raise _Refused(
            netsuite_error(400, "INVALID_CONTENT", "Invalid content in the request body.")
        ) from error
    if not isinstance(body, dict) or not isinstance(body.get("q"), str) or not body["q"].strip():
        raise _Refused(_invalid_query("Provide a valid search query."))
    params = body.get("params", [])
    if "params" in body and not world.setting("params_supported", True):
        where = {"o:errorPath": "params"}
        raise _Refused(netsuite_error(400, "INVALID_CONTENT", "Unknown property 'params'.", where=where))
    if not isinstance(params, list) or not all(isinstance(value, str) for value in params):
        where = {"o:errorPath": "params"}
        raise _Refused(netsuite_error(400, "INVALID_CONTENT", "Invalid value of 'params'.", where=where))
    return body["q"], params


def _page(request: Request) -> tuple[int, int]:
    limit = _whole(request, "limit", _LARGEST_PAGE)
    offset = _whole(request, "offset", 0)
    if not 1 <= limit <= _LARGEST_PAGE:
        raise _Refused(_invalid_parameter("limit", f"The limit must be between 1 and {_LARGEST_PAGE}."))
    if offset % limit or offset // limit >= 1000:
        detail = "The offset must be divisible by the limit, and at most 1000 pages can be read."
        raise _Refused(_invalid_parameter("offset", detail))
    return limit, offset


def _whole(request: Request, name: str, default: int) -> int:
    text = request.arg(name)
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise _Refused(_invalid_parameter(name, f"Invalid value '{text}'. Provide a whole number."))
    return int(text)


def _invalid_parameter(name: str, detail: str) -> Reply:
    return netsuite_error(400, "INVALID_PARAMETER", detail, where={"o:errorQueryParam": name})


def _invalid_query(detail: str) -> Reply:
    text = f"Invalid search query. Detailed unprocessed description follows. {detail}"
    return _invalid_parameter("q", text)


def _translated(query: str, view: View) -> Statement:
    try:
        return translate(query, view)
    except InvalidQuery as error:
        raise _Refused(_invalid_query(str(error))) from error


def _run(
    world: World, statement: Statement, params: list[str], limit: int, offset: int
) -> tuple[list[dict[str, Any]], int]:
    """The page's rows as they stand in the answer, and the query's total.

    Counting costs ten times the page in a large world; without `exact_totals` it is one more than was shown.
    """
    if statement.too_wide:
        return [], 0
    bound: dict[str, Any] = {f"p{number}": value for number, value in enumerate(params, 1)}
    with world.lock:
        session = session_of(world)
        zone = world.setting("session_zone", "America/Los_Angeles")
        session.set(zone, world.now(), world.setting("date_format", DEFAULT_DATE_FORMAT))
        try:
            cursor = world.db.cursor()
            cursor.row_factory = None
            found = cursor.execute(_paged(statement, limit + 1, limit, offset), bound).fetchall()
            total = offset + len(found)
            unknown = len(found) > limit and world.setting("exact_totals", True)
            if unknown or (offset and not found):
                total = cursor.execute(statement.total, bound).fetchone()[0]
        except sqlite3.Error as error:
            _LOG.warning("SuiteQL: %s in %s", error, statement.sql)
            raise _Refused(_invalid_query(UNSUPPORTED)) from error
    return _shown(statement, found[:limit], session), min(total, _MOST_ROWS)


def _paged(statement: Statement, rows: int, limit: int, offset: int) -> str:
    """A query without ORDER BY comes back in another order on every other page: rows doubled and missing."""
    reachable = max(0, min(rows, _MOST_ROWS - offset))
    shuffled = "" if statement.ordered or offset // limit % 2 == 0 else " ORDER BY 1 DESC"
    return f"{statement.sql}{shuffled} LIMIT {reachable} OFFSET {offset}"


def _shown(statement: Statement, found: list[tuple[Any, ...]], session: Session) -> list[dict[str, Any]]:
    formats = [_format(kind, session) for kind in statement.kinds]
    columns = list(zip(statement.names, formats, strict=True))
    items = []
    for row in found:
        item: dict[str, Any] = {"links": []}
        for (name, shown), value in zip(columns, row, strict=True):
            if value is not None and value != "":
                item[name] = shown(value)
        items.append(item)
    return items


def _format(kind: str, session: Session) -> Callable[[Any], str]:
    if kind == "date":
        return session.shown
    if kind == "datetime":
        return lambda utc: session.shown(session.local(utc))
    return _text


def _text(value: Any) -> str:
    """Numbers as Oracle prints them: no trailing zeros, and nothing of the double they are stored in."""
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return str(value)


def _answer(
    request: Request, statement: Statement, rows: list[dict[str, Any]], total: int, limit: int, offset: int
) -> Reply:
    more = offset + len(rows) < total and bool(rows)
    links = [{"rel": "self", "href": _link(request, limit, offset)}]
    if more:
        last = (total - 1) // limit * limit
        links.insert(0, {"rel": "last", "href": _link(request, limit, last)})
        links.insert(0, {"rel": "next", "href": _link(request, limit, offset + limit)})
    body = {
        "links": links,
        "count": len(rows),
        "hasMore": more,
        "items": rows,
        "offset": offset,
        "totalResults": total,
    }
    said = Reply.of_json(200, body).body
    return Reply(200, said, {"Content-Type": "application/vnd.oracle.resource+json; type=collection"})


def _link(request: Request, limit: int, offset: int) -> str:
    return f"{request.base_url}{_PATH}?limit={limit}&offset={offset}"


ROUTES: Routes = (("POST", re.compile(_PATH), _suiteql),)
