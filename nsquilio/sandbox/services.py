"""The services behind the sandbox's paths, in one list: their tables, and which of them answers a request."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator

from nsquilio.sandbox import (
    faults,
    netsuite_records,
    netsuite_suiteql,
    netsuite_tables,
    netsuite_token,
    sendgrid,
    twilio_account,
    twilio_intelligence,
    twilio_messages,
    twilio_voice,
)
from nsquilio.sandbox.exchange import Reply, Request, Route
from nsquilio.sandbox.refusals import refusal
from nsquilio.sandbox.world import World

_TABLES = (
    faults.TABLES,
    netsuite_tables.TABLES,
    netsuite_token.TABLES,
    twilio_messages.TABLES,
    twilio_voice.TABLES,
    twilio_intelligence.TABLES,
    twilio_account.TABLES,
    sendgrid.TABLES,
)
ROUTES: tuple[Route, ...] = (
    *netsuite_suiteql.ROUTES,
    *netsuite_records.ROUTES,
    *netsuite_token.ROUTES,
    *twilio_messages.ROUTES,
    *twilio_voice.ROUTES,
    *twilio_intelligence.ROUTES,
    *twilio_account.ROUTES,
    *sendgrid.ROUTES,
)
_LOG = logging.getLogger("nsquilio.sandbox")


def create_tables(world: World) -> None:
    """Every service's tables, where they do not stand yet."""
    with world.change() as db:
        for statement in _statements("".join(_TABLES)):
            db.execute(statement)


def _statements(script: str) -> Iterator[str]:
    """One at a time, because `executescript` would end the transaction that a reset is in."""
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if sqlite3.complete_statement(gathered):
            yield gathered
            gathered = ""


def answer(world: World, request: Request) -> Reply:
    """The service's answer, no faults, no history. A service that raises is a bug of the sandbox: 500."""
    other_method = False
    for method, pattern, endpoint in ROUTES:
        match = pattern.fullmatch(request.path)
        if match is None:
            continue
        if method != request.method:
            other_method = True
            continue
        try:
            return endpoint(world, request, match)
        except Exception:  # noqa: BLE001 - a bug in one service must not look like a network failure
            _LOG.exception("the sandbox failed on %s %s", request.method, request.path)
            return refusal(world, request.path, 500)
    return refusal(world, request.path, 405 if other_method else 404)
