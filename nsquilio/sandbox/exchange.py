"""One HTTP request and its answer, as the services of the sandbox see them; no sockets here."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from re import Match, Pattern
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from nsquilio.sandbox.world import World


@dataclass(frozen=True)
class Request:
    """`path`: decoded, without the query. `query`: in order, repeats kept. Header names: lower-case."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: dict[str, str]
    body: bytes
    base_url: str  # scheme://host:port the client used, for absolute links

    def arg(self, name: str) -> str | None:
        """The last value of a query parameter."""
        return next((value for key, value in reversed(self.query) if key == name), None)

    def form(self) -> list[tuple[str, str]]:
        """The fields of an application/x-www-form-urlencoded body, in order, repeats kept."""
        return parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True)


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)

    @staticmethod
    def of_json(status: int, value: Any, **headers: str) -> Reply:
        names = {name.replace("_", "-"): text for name, text in headers.items()}
        return Reply(status, json.dumps(value).encode(), {"Content-Type": "application/json", **names})


Endpoint = Callable[["World", Request, Match[str]], Reply]
Route = tuple[str, Pattern[str], Endpoint]  # method, full-match pattern of the path, the function
Routes = Sequence[Route]
