"""The Twilio account of the world: its throwaway credentials, its numbers and its Messaging Service, and the
check that every request of Twilio's paths passes. Answers no request by itself.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from dataclasses import replace
from hashlib import sha256
from re import Match

from nsquilio.sandbox.exchange import Endpoint, Reply, Request, Route
from nsquilio.sandbox.twilio_rules import Refusal
from nsquilio.sandbox.world import World

TABLES = """
CREATE TABLE IF NOT EXISTS twilio_service (
    seq INTEGER PRIMARY KEY,
    sid TEXT NOT NULL UNIQUE,
    friendly_name TEXT NOT NULL,
    created REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS twilio_number (
    seq INTEGER PRIMARY KEY,
    sid TEXT NOT NULL UNIQUE,
    phone_number TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('local', 'toll-free')),
    service_sid TEXT,           -- of the Messaging Service it is a sender of
    created REAL NOT NULL,
    free_at REAL NOT NULL DEFAULT 0  -- when what waits in its queue will have left
);
"""

_NUMBERS = (
    ("+14155550180", "local", True),
    ("+12125550181", "local", True),
    ("+18885550182", "toll-free", False),
)
_KEPT = (
    "account_sid", "auth_token", "api_key_sid", "api_key_secret", "messaging_service_sid",
    "default_service_sid", "intelligence_service_sid",
)  # fmt: skip
_PREFIXES = {
    "account_sid": "AC",
    "api_key_sid": "SK",
    "messaging_service_sid": "MG",
    "default_service_sid": "MG",
    "intelligence_service_sid": "GA",
}


def open_account(world: World, seed: str = "") -> None:
    """Makes the account where there is none: credentials (the same for the same seed; random without one),
    three numbers, two of them in a Messaging Service."""
    with world.change() as db:
        if world.setting("twilio.account_sid"):
            return
        salt = seed or secrets.token_hex(16)
        made = {name: _PREFIXES.get(name, "") + _derived(salt, name) for name in _KEPT}
        for name, value in made.items():
            world.set_setting(f"twilio.{name}", value)
        world.set_setting("sendgrid.api_key", f"SG.{_derived(salt, 'id')[:22]}.{_derived(salt, 'key', 43)}")
        now = world.now().timestamp()
        db.execute(
            "INSERT INTO twilio_service (sid, friendly_name, created) VALUES (?, ?, ?)",
            (made["messaging_service_sid"], "Accounts receivable", now),
        )
        for number, kind, in_service in _NUMBERS:
            add_number(world, number, kind, made["messaging_service_sid"] if in_service else None)


def _derived(salt: str, name: str, length: int = 32) -> str:
    return sha256(f"{salt}/{name}".encode()).hexdigest()[:length]


def add_number(world: World, number: str, kind: str = "local", service_sid: str | None = None) -> None:
    """Buys a number for the account."""
    with world.change() as db:
        db.execute(
            "INSERT OR IGNORE INTO twilio_number (sid, phone_number, kind, service_sid, created)"
            " VALUES (?, ?, ?, ?, ?)",
            (new_sid("PN"), number, kind, service_sid, world.now().timestamp()),
        )


def credentials(world: World) -> dict[str, str]:
    """What a client of this world needs; `numbers` holds the account's numbers with commas between."""
    open_account(world)
    numbers = world.rows("SELECT phone_number FROM twilio_number ORDER BY seq")
    return {
        "twilio.api_key_sid": world.setting("twilio.api_key_sid"),
        "twilio.api_key_secret": world.setting("twilio.api_key_secret"),
        "twilio.auth_token": world.setting("twilio.auth_token"),
        "sendgrid.api_key": world.setting("sendgrid.api_key"),
        "account_sid": world.setting("twilio.account_sid"),
        "messaging_service_sid": world.setting("twilio.messaging_service_sid"),
        "numbers": ",".join(row["phone_number"] for row in numbers),
    }


def new_sid(prefix: str) -> str:
    return prefix + secrets.token_hex(16)


def account_sid(world: World) -> str:
    return str(world.setting("twilio.account_sid", ""))


def behind_login(*routes: Route) -> list[Route]:
    """The same routes, each behind the check of the credentials, with refusals and headers as Twilio's."""
    return [(method, pattern, _checked(endpoint)) for method, pattern, endpoint in routes]


def _checked(endpoint: Endpoint) -> Endpoint:
    def answer(world: World, request: Request, match: Match[str]) -> Reply:
        try:
            _check_login(world, request, match.groupdict().get("account"))
            reply = endpoint(world, request, match)
        except Refusal as refusal:
            reply = refusal.reply()
        return with_twilio_headers(reply)

    return answer


def with_twilio_headers(reply: Reply) -> Reply:
    headers = {
        "Twilio-Concurrent-Requests": "1",
        "Twilio-Request-Id": new_sid("RQ"),
        "Twilio-Request-Duration": "0.020",
        "X-Home-Region": "us1",
        "X-API-Domain": "api.twilio.com",
    }
    if reply.status == 401:
        headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
    return replace(reply, headers={**headers, **reply.headers})


def _check_login(world: World, request: Request, account_in_path: str | None) -> None:
    """Raises Refusal. `twilio.key_kind` (standard, main) and `twilio.denied` (parts of paths the API key has
    no right to) are settings of the world."""
    user, password = _basic(request.headers.get("authorization", ""))
    own = account_sid(world)
    by_key = user != own
    name, secret = ("api_key_sid", "api_key_secret") if by_key else ("account_sid", "auth_token")
    expected = str(world.setting(f"twilio.{name}", "")), str(world.setting(f"twilio.{secret}", ""))
    if not expected[1] or not (_same(user, expected[0]) and _same(password, expected[1])):
        raise Refusal(20003)
    if account_in_path is not None and account_in_path != own:
        if account_in_path.startswith("SK"):
            raise Refusal(21470, value=account_in_path)
        raise Refusal(20404, path=request.path)
    if world.setting("twilio.account_status", "active") != "active":
        raise Refusal(20005, account=own)
    if by_key:
        _check_rights(world, request.path)


def _check_rights(world: World, path: str) -> None:
    if world.setting("twilio.key_kind", "standard") == "standard":
        parts = path.split("/")
        if path.startswith("/2010-04-01/Accounts") and (len(parts) < 5 or parts[4].startswith("Keys")):
            raise Refusal(20003)
    if any(part in path for part in world.setting("twilio.denied", [])):
        raise Refusal(20003, 403)


def _basic(header: str) -> tuple[str, str]:
    kind, _, coded = header.partition(" ")
    if kind.lower() != "basic":
        return "", ""
    try:
        user, _, password = base64.b64decode(coded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return user, password


def _same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())


def own_numbers(world: World) -> list[str]:
    return [row["phone_number"] for row in world.rows("SELECT phone_number FROM twilio_number ORDER BY seq")]
