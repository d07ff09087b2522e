"""How SendGrid lets a request in and how it says no: the API key, its scopes, error bodies, rate headers.

Facts: facts/twilio.md section 9. Settings of the world: `sendgrid.scopes` (list), `sendgrid.html_errors`
(list of statuses that come as the proxy's HTML page).
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import replace
from re import Match, Pattern
from typing import Any

from nsquilio.sandbox.exchange import Endpoint, Reply, Request, Route
from nsquilio.sandbox.world import World

SCOPES = (
    "mail.send",
    "messages.read",
    "asm.groups.read",
    "suppression.read",
    "suppression.bounces.read",
    "suppression.blocks.read",
    "suppression.invalid_emails.read",
    "suppression.spam_reports.read",
    "suppression.unsubscribes.read",
    "2fa_required",
    "sender_verification_eligible",
)

ScopedRoute = tuple[str, Pattern[str], Endpoint, str]  # the last: a scope that the key must have, or ''

_TITLES = {403: "403 Forbidden", 413: "413 Request Entity Too Large", 401: "401 Authorization Required"}


class MailRefusal(Exception):
    """An answer that is an error: the status and (message, field) of each thing wrong."""

    def __init__(self, status: int, *errors: tuple[str, str | None]) -> None:
        super().__init__(status)
        self.status = status
        self.errors = errors

    def reply(self, world: World, path: str) -> Reply:
        """The newer logs leave out what mail/send calls null."""
        if self.status in world.setting("sendgrid.html_errors", [413]):
            return _html(self.status)
        said = [{"message": message, "field": field, "help": None} for message, field in self.errors]
        if path.startswith(("/v3/logs", "/v3/messages")):
            said = [{name: value for name, value in error.items() if value is not None} for error in said]
        return Reply.of_json(self.status, {"errors": said})


def behind_key(*routes: ScopedRoute) -> list[Route]:
    """The same routes, each behind the check of the key and of its scope."""
    return [(method, pattern, _checked(endpoint, scope)) for method, pattern, endpoint, scope in routes]


def scopes(world: World) -> list[str]:
    return list(world.setting("sendgrid.scopes", SCOPES))


def _checked(endpoint: Endpoint, scope: str) -> Endpoint:
    def answer(world: World, request: Request, match: Match[str]) -> Reply:
        try:
            _check_key(world, request.headers)
            if scope and scope not in scopes(world):
                raise MailRefusal(403, ("access forbidden", None))
            reply = endpoint(world, request, match)
        except MailRefusal as refusal:
            reply = refusal.reply(world, request.path)
        return replace(reply, headers={**_rate_headers(world), **reply.headers})

    return answer


def _check_key(world: World, headers: Mapping[str, str]) -> None:
    kind, _, key = headers.get("authorization", "").partition(" ")
    expected = str(world.setting("sendgrid.api_key", ""))
    if kind != "Bearer" or not key:
        raise MailRefusal(401, ("Permission denied, wrong credentials", None))
    if not expected or not hmac.compare_digest(key.strip().encode(), expected.encode()):
        words = "The provided authorization grant is invalid, expired, or revoked"
        raise MailRefusal(401, (words, None))


def _rate_headers(world: World) -> dict[str, str]:
    reset = int(world.now().timestamp()) // 60 * 60 + 60
    return {"X-RateLimit-Limit": "600", "X-RateLimit-Remaining": "599", "X-RateLimit-Reset": str(reset)}


def _html(status: int) -> Reply:
    title = _TITLES.get(status, str(status))
    page = (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n"
        "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    )
    return Reply(status, page.encode(), {"Content-Type": "text/html"})


def whole_number(text: str | None, default: int, field: str) -> int:
    if text is None or text == "":
        return default
    if not (text.isascii() and text.isdecimal()):
        raise MailRefusal(400, (f"{field} must be an integer", field))
    return int(text)


def as_object(value: Any, field: str | None) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise MailRefusal(400, ("Bad Request", field))
    return value
