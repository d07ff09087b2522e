"""How each service says no when the request never reached its own rules: error bodies by HTTP status.

Used for faults, unknown paths and NetSuite's own refusals. Knows no rule of any service.
"""

from __future__ import annotations

from nsquilio.sandbox.exchange import Reply
from nsquilio.sandbox.world import World

_TWILIO = {
    401: (20003, "Authenticate"),
    404: (20404, "The requested resource was not found"),
    405: (20004, "Method not allowed"),
    429: (20429, "Too Many Requests"),
    500: (20500, "An internal server error has occurred"),
    503: (20503, "Service unavailable"),
}
_SENDGRID = {
    401: "The provided authorization grant is invalid, expired, or revoked",
    404: "not found",
    405: "method not allowed",
    429: "too many requests",
    500: "internal server error",
    503: "service unavailable",
}
_LOGIN_AUDIT = (
    "Invalid login attempt. For more details, see the Login Audit Trail in the NetSuite UI at Setup > "
    "Users/Roles > User Management > View Login Audit Trail."
)
# status -> title, section of RFC 9110, o:errorCode, detail
_NETSUITE_WORDS = {
    401: ("Unauthorized", "15.5.2", "INVALID_LOGIN", _LOGIN_AUDIT),
    403: (
        "Forbidden",
        "15.5.4",
        "INSUFFICIENT_PERMISSION",
        "You do not have permission to access this resource.",
    ),
    404: ("Not Found", "15.5.5", "NOT_FOUND", "The requested resource does not exist."),
    405: (
        "Method Not Allowed",
        "15.5.6",
        "INVALID_METHOD",
        "The HTTP method is not supported by this resource.",
    ),
    429: (
        "Bad Request",
        "15.5.1",
        "CONCURRENCY_LIMIT_EXCEEDED",
        "Concurrent request limit exceeded. Request blocked.",
    ),
    500: (
        "Internal Server Error",
        "15.6.1",
        "UNEXPECTED_ERROR",
        "An unexpected error occurred. Error ID: k9xq0n3c",
    ),
    503: ("Service Unavailable", "15.6.4", "UNEXPECTED_ERROR", "The service is temporarily unavailable."),
}


def refusal(world: World, path: str, status: int) -> Reply:
    """The error body of whichever service the path belongs to."""
    if path.startswith("/services/rest/"):
        return netsuite_error(status, realm=str(world.setting("account", "")))
    if path.startswith("/v3/"):
        headers = {"X-RateLimit-Remaining": "0"} if status == 429 else {}
        said = {"errors": [{"field": None, "message": _SENDGRID.get(status, "error"), "help": None}]}
        return Reply.of_json(status, said, **headers)
    code, message = _TWILIO[status]
    more = f"https://www.twilio.com/docs/errors/{code}"
    return Reply.of_json(status, {"code": code, "message": message, "more_info": more, "status": status})


def netsuite_error(
    status: int, code: str = "", detail: str = "", *, realm: str = "", where: dict[str, str] | None = None
) -> Reply:
    """NetSuite's error envelope; `where` names the place, like `o:errorPath` (facts/netsuite.md 5.1)."""
    title, section, usual_code, usual_detail = _NETSUITE_WORDS.get(
        status, ("Bad Request", "15.5.1", "USER_ERROR", "Error while accessing a resource.")
    )
    entry = {"detail": detail or usual_detail, **(where or {}), "o:errorCode": code or usual_code}
    body: dict[str, object] = {
        "type": f"https://www.rfc-editor.org/rfc/rfc9110.html#section-{section}",
        "title": title,
        "status": status,
        "o:errorDetails": [entry],
    }
    headers = {"Content-Type": "application/vnd.oracle.resource+json; type=error"}
    if status == 429:
        body["o:errorCode"] = "USER_ERROR"
    if status == 401:
        headers["WWW-Authenticate"] = (
            f'Bearer realm="{realm}", error="invalid_token", error_description="Invalid login attempt."'
        )
    return Reply(status, Reply.of_json(status, body).body, headers)
