"""Checks requests and answers against the services' published OpenAPI files, for sandbox and clients alike.

The files stand beside the repository (`../shared/openapi`); where they do not, `needs_openapi` skips with a
reason. The relaxations are those of that folder's README, and each says so.

    check_request("POST", "/2010-04-01/Accounts/AC…/Messages.json", form=[("To", "+1…")])
    check_response("GET", "/2010-04-01/Accounts/AC…/Messages.json", 200, response.json())

Both raise AssertionError. `path` is without the query. A `form` or `query` may be a dict or pairs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "openapi"
needs_openapi = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"the OpenAPI files are not beside the repository ({FOLDER.name})"
)

Pairs = Mapping[str, Any] | Iterable[tuple[str, Any]]

# Properties whose real values are text though the file says number (README "Prices"; the pricing file's own
# examples are text too).
_PRICES = frozenset({"price", "base_price", "current_price"})
_MAY_BE_EMPTY = re.compile(r"\w+_application_sid")  # README "Relative URIs"

TWILIO_ERROR = {
    "type": "object",
    "properties": {
        "code": {"type": "integer"},
        "message": {"type": "string", "minLength": 1},
        "more_info": {"type": "string", "pattern": r"^https://www\.twilio\.com/docs/errors/\d{5,6}$"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
    },
    "required": ["code", "message", "more_info", "status"],
    "additionalProperties": False,
}

_formats = FormatChecker(formats=())


@_formats.checks("date-time-rfc-2822", raises=(ValueError, TypeError))
def _is_rfc2822(value: object) -> bool:
    return not isinstance(value, str) or parsedate_to_datetime(value).tzinfo is not None


@_formats.checks("date-time", raises=ValueError)
def _is_iso(value: object) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


def check_request(method: str, path: str, *, query: Pairs = (), form: Pairs = (), body: Any = None) -> None:
    """Names must be in the file's list (the real service ignores others without a word), values of its types.
    Dates in a query may be days (README "`DateSent>` naming")."""
    spec, operation, item = _operation(method, path)
    parameters = [
        _resolved(spec, each) for each in [*item.get("parameters", []), *operation.get("parameters", [])]
    ]
    named = {each["name"]: each["schema"] for each in parameters if each["in"] == "query"}
    _check_pairs(spec, f"{method} {path} query", query, named, required=_required(parameters))
    content = _resolved(spec, operation.get("requestBody", {})).get("content", {})
    for kind, media in content.items():
        schema = _resolved(spec, media["schema"])
        if kind == "application/x-www-form-urlencoded":
            names = schema["properties"]
            _check_pairs(spec, f"{method} {path} form", form, names, required=schema.get("required", []))
        else:
            _validate(spec, schema, body, f"{method} {path} body")
    assert content or (not _pairs(form) and body is None), f"{method} {path} takes no body"


def check_response(method: str, path: str, status: int, body: Any, *, strict: bool = True) -> None:
    """`strict`: no property may appear that the file does not name; errors may say more."""
    spec, operation, _ = _operation(method, path)
    answers = operation["responses"]
    if status >= 400 and str(status) not in answers and "default" not in answers:
        Draft202012Validator(TWILIO_ERROR).validate(body)
        assert body["status"] == status
        return
    described = answers.get(str(status)) or answers.get("default")
    assert described is not None, (
        f"{method} {path} never answers {status}; it may answer {', '.join(answers)}"
    )
    content = _resolved(spec, described).get("content", {})
    if "application/json" not in content:
        assert body in (None, "", b""), f"{method} {path} {status} has no body"
        return
    schema = content["application/json"]["schema"]
    _validate(spec, schema, body, f"{method} {path} {status}", strict=strict and status < 400)


def _required(parameters: list[Any]) -> list[str]:
    return [each["name"] for each in parameters if each["in"] == "query" and each.get("required")]


def _check_pairs(
    spec: str, where: str, pairs: Pairs, schemas: Mapping[str, Any], *, required: Iterable[str]
) -> None:
    values: dict[str, list[str]] = {}
    for name, value in _pairs(pairs):
        values.setdefault(name, []).append(str(value))
    unknown = sorted(set(values) - set(schemas))
    assert not unknown, f"{where}: unknown names {unknown}; known: {sorted(schemas)}"
    missing = [name for name in required if name not in values]
    assert not missing, f"{where}: missing {missing}"
    for name, given in values.items():
        schema = _resolved(spec, schemas[name])
        is_list = schema.get("type") == "array"
        assert is_list or len(given) == 1, f"{where}: {name} given {len(given)} times"
        typed = [_typed(text, schema.get("items", {}) if is_list else schema) for text in given]
        date_free = {key: value for key, value in schema.items() if key != "format"}
        _validate(spec, date_free, typed if is_list else typed[0], f"{where} {name}")


def _pairs(pairs: Pairs) -> list[tuple[str, Any]]:
    items = pairs.items() if isinstance(pairs, Mapping) else pairs
    return [
        (name, each)
        for name, value in items
        for each in (value if isinstance(value, list | tuple) else [value])
    ]


def _typed(text: str, schema: Mapping[str, Any]) -> Any:
    """The value that the text on the wire stands for; the text itself where it stands for none."""
    kind = schema.get("type")
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    try:
        return {"integer": int, "number": float}[str(kind)](text)
    except (KeyError, ValueError):
        return text


def _validate(spec: str, schema: Any, value: Any, where: str, *, strict: bool = False) -> None:
    components = {"components": _relaxed(_spec(spec).get("components", {}), strict)}
    validator = Draft202012Validator({**_relaxed(schema, strict), **components}, format_checker=_formats)
    problems = [
        f"{where}: {'.'.join(str(part) for part in error.absolute_path)}: {error.message}"
        for error in validator.iter_errors(value)
    ]
    assert not problems, "\n".join(problems[:10])


@cache
def _spec(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / name).read_text("utf-8"))
    return loaded


@cache
def _operations() -> list[tuple[str, re.Pattern[str], str]]:
    """(file, pattern, template), those without placeholders first."""
    found = []
    for file in sorted(FOLDER.glob("*.reduced.json")):
        for template in _spec(file.name)["paths"]:
            parts = re.split(r"\{[^}]+\}", template)
            found.append((file.name, re.compile("[^/]+".join(map(re.escape, parts))), template))
    return sorted(found, key=lambda each: each[2].count("{"))


def _operation(method: str, path: str) -> tuple[str, dict[str, Any], dict[str, Any]]:
    for name, pattern, template in _operations():
        item = _spec(name)["paths"][template]
        if pattern.fullmatch(path) and method.lower() in item:
            return name, item[method.lower()], item
    raise AssertionError(f"no OpenAPI file has {method} {path}")


def _resolved(spec: str, value: Any) -> Any:
    while isinstance(value, dict) and "$ref" in value:
        found: Any = _spec(spec)
        for part in value["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        value = found
    return value


def _relaxed(schema: Any, strict: bool, name: str = "") -> Any:
    """OpenAPI 3.0's `nullable` as JSON Schema has it, and the README's relaxations."""
    if isinstance(schema, list):
        return [_relaxed(each, strict) for each in schema]
    if not isinstance(schema, dict):
        return schema
    relaxed = {
        key: {each: _relaxed(sub, strict, each) for each, sub in value.items()}
        if key == "properties"
        else _relaxed(value, strict)
        for key, value in schema.items()
        if key not in ("example", "examples", "default", "discriminator", "description")
    }
    _relax_property(relaxed, name)
    if strict and relaxed.get("type") == "object" and relaxed.get("properties"):
        relaxed.setdefault("additionalProperties", False)
    if relaxed.pop("nullable", False) or name == "help":  # real SendGrid errors say "help": null
        if "type" in relaxed:
            relaxed["type"] = [relaxed["type"], "null"]
        if "enum" in relaxed:
            relaxed["enum"] = [*relaxed["enum"], None]
    return relaxed


def _relax_property(schema: dict[str, Any], name: str) -> None:
    if name in _PRICES and schema.get("type") == "number":
        schema["type"] = "string"
    if _MAY_BE_EMPTY.fullmatch(name):
        schema.pop("pattern", None)
        schema.pop("minLength", None)
