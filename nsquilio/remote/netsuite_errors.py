"""NetSuite's error bodies in its three shapes, read and put into words (facts/netsuite.md, sections 1.5,
2.5, 5.1).

Never matches on `type` or `title`: both differ between accounts, and a 429 is titled "Bad Request".
"""

from __future__ import annotations

from typing import Any

from nsquilio.errors import Refused, ServiceFailed
from nsquilio.remote.transport import Answer, clean

LOGIN_AUDIT_TRAIL = (
    "The reason stands in NetSuite at Setup > Users/Roles > View Login Audit Trail, column Detail: "
    "AccessTokenExpired, EntityOrRoleDisabled, InvalidSignature, TokenRejected, InvalidIntegration or "
    "ScopeMismatched."
)
_FOR_GOOD = frozenset({400, 403, 404, 405, 413, 422})
_PLACES = ("o:errorPath", "o:errorUrl", "o:urlPath", "o:errorQueryParam", "o:errorHeader")


def first_detail(answer: Answer) -> dict[str, Any]:
    details = answer.fields().get("o:errorDetails")
    first = details[0] if isinstance(details, list) and details else None
    return first if isinstance(first, dict) else {}


def error_code(answer: Answer) -> str:
    """INVALID_LOGIN, INVALID_CONTENT … or OAuth's `invalid_client`; empty when the body names none."""
    fields = answer.fields()
    detail = first_detail(answer)
    return clean(detail.get("o:errorCode") or fields.get("o:errorCode") or fields.get("error") or "", 80)


def reason_in(answer: Answer) -> str:
    """NetSuite's own words: code, detail and the place it points to."""
    fields = answer.fields()
    detail = first_detail(answer)
    words = detail.get("detail") or fields.get("error_description") or fields.get("title") or ""
    place = next((f"at {detail[name]}" for name in _PLACES if detail.get(name)), "")
    parts = (error_code(answer), clean(words), clean(place, 120))
    return ": ".join(part.rstrip(".") for part in parts if part)


def refused(answer: Answer, what: str) -> ServiceFailed:
    """`what` follows "NetSuite": "refused a query". 401 and 403 get the places where the reason can be
    found.
    """
    reason = reason_in(answer) or answer.said()
    return Refused(
        f"NetSuite {what} ({answer.status}): {reason}.",
        _next_step(answer.status),
        service=answer.service,
        status=answer.status,
        error_code=error_code(answer),
    )


def _next_step(status: int) -> str:
    if status == 401:
        return (
            f"{LOGIN_AUDIT_TRAIL} Too many requests at once look the same: lower netsuite.concurrency if "
            "other integrations share this account."
        )
    if status == 403:
        return "Give the role the missing permission; `nsquilio doctor` names it."
    if status == 429:
        return "Others use up the account's request limit: run again later, or lower netsuite.concurrency."
    if status >= 500:
        return "Nothing to do if it happens once (NetSuite is down for upkeep now and then); run again."
    return "Run `nsquilio doctor`: it checks every table, column and permission that is used."


def is_refused_for_good(error: ServiceFailed) -> bool:
    """Whether writing the same record again can't succeed: it is parked instead of tried every night."""
    return isinstance(error, Refused) and error.status in _FOR_GOOD
