"""Failures on request: the next requests fail as the real services fail, each fault a given number of times.

The faults stand in the world, so that a command in another process can order them. What a fault does to a
connection (hanging, resetting) is the server's work; what a list looks like when it lags is the service's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from nsquilio.errors import WrongUsage
from nsquilio.sandbox.exchange import Reply, Request
from nsquilio.sandbox.refusals import refusal
from nsquilio.sandbox.world import World

TABLES = """
CREATE TABLE IF NOT EXISTS fault (
    name TEXT PRIMARY KEY,
    remaining INTEGER NOT NULL CHECK (remaining > 0)
);
"""

Ending = Literal["answer", "late", "reset", "truncated"]

_SEND = re.compile(r"POST (/2010-04-01/Accounts/[^/]+/Messages\.json|/v3/mail/send)")
_LIST = re.compile(r"GET (/2010-04-01/Accounts/[^/]+/[A-Za-z]+\.json|/v2/Transcripts|/v3/suppression/.*)")
_TOKEN = re.compile(r"POST /services/rest/auth/oauth2/v1/token")
_SUITEQL = re.compile(r"POST /services/rest/query/v1/suiteql")
_WRITE = re.compile(r"(POST|PUT|PATCH|DELETE) /services/rest/record/v1/.*")
_NETSUITE = re.compile(r"\w+ /services/rest/(query|record|system)/.*")


@dataclass(frozen=True)
class Fault:
    """`after`: the service does its work first. `status` 0 keeps the service's own answer."""

    hits: re.Pattern[str] | None  # "METHOD /path", in full; None: the service asks for it with `take`
    after: bool
    status: int = 0
    ending: Ending = "answer"
    says: str = ""


FAULTS: dict[str, Fault] = {
    "429": Fault(_SEND, after=False, status=429),
    "500-before": Fault(_SEND, after=False, status=500),
    "500-after-accept": Fault(_SEND, after=True, status=500),
    "503-before": Fault(_SEND, after=False, status=503),
    "401": Fault(_SEND, after=False, status=401),
    "reset-before": Fault(_SEND, after=False, ending="reset"),
    "reset-after-accept": Fault(_SEND, after=True, ending="reset"),
    "timeout-after-accept": Fault(_SEND, after=True, ending="late"),
    "truncated-after-accept": Fault(_SEND, after=True, ending="truncated"),
    "html-after-accept": Fault(_SEND, after=True, status=201, says="html"),
    "redirect": Fault(_SEND, after=False, status=307),
    "list-500": Fault(_LIST, after=False, status=500),
    "list-lag": Fault(None, after=False),
    "duplicate-page": Fault(None, after=False),
    "token-expired": Fault(_NETSUITE, after=False, status=401),
    "token-down": Fault(_TOKEN, after=False, status=503),
    "netsuite-429": Fault(_NETSUITE, after=False, status=429),
    "netsuite-500": Fault(_NETSUITE, after=False, status=500),
    "netsuite-html": Fault(_NETSUITE, after=False, status=503, says="html"),
    "netsuite-empty": Fault(_SUITEQL, after=False, status=200, says="empty"),
    "netsuite-timeout": Fault(_SUITEQL, after=True, ending="late"),
    "netsuite-500-after-write": Fault(_WRITE, after=True, status=500),
    "netsuite-reset-after-write": Fault(_WRITE, after=True, ending="reset"),
    "netsuite-timeout-after-write": Fault(_WRITE, after=True, ending="late"),
}


def order(world: World, name: str, times: int = 1) -> None:
    """The next `times` requests that `name` hits fail. 0 takes the order back."""
    if name not in FAULTS:
        raise WrongUsage(f"There is no fault {name!r}.", f"Known faults: {', '.join(FAULTS)}.")
    if times < 0:
        raise WrongUsage(f"A fault can't happen {times} times.", "Give 0 or more.")
    with world.change() as db:
        db.execute("DELETE FROM fault WHERE name = ?", (name,))
        if times:
            db.execute("INSERT INTO fault VALUES (?, ?)", (name, times))


def ordered(world: World) -> dict[str, int]:
    """The faults still to come, and how often."""
    return {
        row["name"]: row["remaining"] for row in world.rows("SELECT name, remaining FROM fault ORDER BY name")
    }


def take(world: World, name: str) -> bool:
    """Whether this fault was ordered and is now used up by one."""
    if world.value("SELECT 1 FROM fault WHERE name = ?", (name,)) is None:
        return False
    with world.change() as db:
        db.execute("DELETE FROM fault WHERE name = ? AND remaining = 1", (name,))
        gone = db.execute("SELECT changes()").fetchone()[0]
        db.execute("UPDATE fault SET remaining = remaining - 1 WHERE name = ?", (name,))
        return bool(gone or db.execute("SELECT changes()").fetchone()[0])


def hit(world: World, request: Request) -> str:
    """The name of the ordered fault that this request runs into, used up by one; '' for none."""
    waiting = ordered(world)
    if not waiting:
        return ""
    line = f"{request.method} {request.path}"
    for name in waiting:
        pattern = FAULTS[name].hits
        if pattern is not None and pattern.fullmatch(line) and take(world, name):
            return name
    return ""


def answer(world: World, name: str, request: Request, real: Reply) -> Reply:
    """What the client gets instead of (or, for a fault that only ends the connection, as) the real answer."""
    fault = FAULTS[name]
    if not fault.status:
        return real
    if fault.says == "html":
        page = f"<html><head><title>{fault.status}</title></head><body>nginx</body></html>"
        return Reply(fault.status, page.encode(), {"Content-Type": "text/html"})
    if fault.says == "empty":
        nothing = {"links": [], "count": 0, "hasMore": False, "items": [], "offset": 0, "totalResults": 0}
        return Reply.of_json(200, nothing)
    if fault.status == 307:
        return Reply(307, b"", {"Location": "https://elsewhere.invalid" + request.path})
    return refusal(world, request.path, fault.status)
