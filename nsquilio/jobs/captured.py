"""A captured request as a value: read from its file, checked for shape, told apart from others by what it
says.

Says nothing about whether it is genuine (`captured_proof`) or what it means (`captured_events`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from nsquilio.remote.twilio_rows import moment_of

LARGEST = 1_000_000
_MOST_FIELDS = 500
_FORM = "application/x-www-form-urlencoded"


class Unfinished(Exception):
    """The file is not whole yet."""


class Unusable(Exception):
    """The request can't be taken; the text says why."""


@dataclass(frozen=True, slots=True)
class Request:
    """`url` as the other side called it; `body` raw; `digest`: of all that makes it this request."""

    received_at: datetime | None
    method: str
    url: str
    headers: Mapping[str, str]
    body: str
    remote_addr: str
    digest: str

    def header(self, name: str) -> str:
        wanted = name.lower()
        return next((value.strip() for key, value in self.headers.items() if key.lower() == wanted), "")

    def has_header(self, name: str) -> bool:
        """Though it may be empty."""
        return name.lower() in map(str.lower, self.headers)

    @property
    def is_form(self) -> bool:
        return self.header("Content-Type").partition(";")[0].strip().lower() == _FORM

    @property
    def form(self) -> dict[str, list[str]]:
        """Of the body; values are not trimmed, because they are signed as they are."""
        return _fields(self.body) if self.is_form and self.method != "GET" else {}

    @property
    def fields(self) -> dict[str, str]:
        """What it says: of the form, or of the query of a GET; the first of repeated values."""
        found = self.form or (_fields(_query(self.url)) if self.method == "GET" else {})
        return {name: values[0] for name, values in found.items()}

    @property
    def said(self) -> dict[str, Any]:
        """The JSON object of the body; empty when it is anything else."""
        try:
            said = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return said if isinstance(said, dict) else {}


def _query(url: str) -> str:
    try:
        return urlsplit(url).query
    except ValueError:
        raise Unusable("its url is none") from None


def _fields(text: str) -> dict[str, list[str]]:
    try:
        return parse_qs(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="replace")
    except ValueError:
        raise Unusable(f"its form has more than {_MOST_FIELDS} fields") from None


def read_request(path: Path) -> Request:
    """Raises `Unfinished` while the JSON does not end, `Unusable` when it never will be a request."""
    raw = path.read_bytes()
    if len(raw) > LARGEST:
        raise Unusable(f"it is larger than {LARGEST} bytes")
    try:
        found = json.loads(raw)
    except RecursionError:
        raise Unusable("its JSON is nested too deeply") from None
    except ValueError:
        raise Unfinished from None
    if not isinstance(found, dict):
        raise Unusable("it is no JSON object")
    return _request(found)


def _request(found: Mapping[str, Any]) -> Request:
    texts = {name: _text(found, name) for name in ("method", "url", "body", "remote_addr")}
    headers = found.get("headers")
    if not texts["url"] or not texts["method"]:
        raise Unusable("it has no method or no url")
    if not isinstance(headers, dict) or not all(isinstance(value, str) for value in headers.values()):
        raise Unusable("its headers are no object of texts")
    received = found.get("received_at")
    said = [texts["method"], texts["url"], texts["body"]]
    digest = sha256("\n".join(said).encode("utf-8", "surrogatepass")).hexdigest()
    return Request(
        moment_of(received),
        texts["method"].upper(),
        texts["url"],
        headers,
        texts["body"],
        texts["remote_addr"],
        digest,
    )


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unusable(f"its {name} is no text")
    return value
