"""What became of a text, told from the answer to its request. Pure: asks nothing, raises nothing.

The classes of facts/delivery-and-storage.md, section 2.2: only Twilio's own refusal proves that nothing
went out; whatever is not understood is UNKNOWN and is looked up before anything else happens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from nsquilio.core.model import Outcome
from nsquilio.core.phones import masked
from nsquilio.errors import Unreachable
from nsquilio.remote.transport import Answer, clean
from nsquilio.remote.twilio_errors import ErrorClass, TwilioError, error_of
from nsquilio.remote.twilio_rows import MessageRow, page_of

_NUMBER = re.compile(r"\+\d{7,15}")  # Twilio repeats the recipient in its refusals

Stop = Literal["run", "country", "number"] | None
"""What should not be tried any more: anything at all, any text to this country, or anything to this number."""

_NOT_ALLOWED = frozenset({401, 403, 404})
_IN_BETWEEN = frozenset({408, 409, 425})  # a proxy's words as often as Twilio's
_STOPS_ALL = frozenset({"21611"})  # the one sender's queue is full


@dataclass(frozen=True, slots=True)
class Sent:
    """`detail`: for people. `at`: the service's clock. `kind`: the class of `error_code`, None without one.

    `segments` and `price` are 0 and None until the service knows.
    """

    outcome: Outcome
    sid: str = ""
    status: str = ""
    error_code: str = ""
    detail: str = ""
    kind: ErrorClass | None = None
    failed_for_good: bool = False
    stop: Stop = None
    at: datetime | None = None
    segments: int = 0
    price: Decimal | None = None
    price_currency: str = ""


def no_answer(problem: Unreachable) -> Sent:
    """Nothing came back. What never left may be sent again; nothing else will get through either, so stop."""
    if not problem.sent:
        return Sent(Outcome.NOT_SENT, detail=problem.message, stop="run")
    return Sent(Outcome.UNKNOWN, detail=problem.message)


def outcome_of(answer: Answer) -> Sent:
    at = answer.date
    fields = answer.fields()
    if answer.ok:
        return _accepted(fields, at) or _unknown(answer, at)
    if answer.status == 429:
        return Sent(Outcome.NOT_SENT, error_code="20429", detail="Twilio: too many requests at once.", at=at)
    code, words = refusal_in(fields)
    is_twilio = (code or words) and answer.status >= 400 and answer.status not in _IN_BETWEEN
    if answer.status >= 500 or not is_twilio:
        return _unknown(answer, at)
    return _rejected(answer.status, error_of(code), words, at)


def refusal_in(fields: dict[str, Any]) -> tuple[str, str]:
    """Code and words of an error body in any of Twilio's three shapes; empty when it is none of them."""
    errors = fields.get("errors")
    if "code" not in fields and isinstance(errors, list) and errors and isinstance(errors[0], dict):
        fields = errors[0]
    code, words = fields.get("code"), fields.get("message") or fields.get("detail") or fields.get("title")
    is_code = isinstance(code, int) or (isinstance(code, str) and code.isdigit())
    return str(code) if is_code else "", _NUMBER.sub(lambda found: masked(found[0]), clean(words or ""))


def _accepted(fields: dict[str, Any], at: datetime | None) -> Sent | None:
    page = page_of(MessageRow, [fields])
    if not page.rows:
        return None
    row = page.rows[0]
    sent = Sent(
        Outcome.SCHEDULED if row.status == "scheduled" else Outcome.SENT,
        sid=row.sid,
        status=row.status,
        at=at,
        segments=row.segments,
        price=row.price,
        price_currency=row.price_unit,
    )
    if not row.error_code:
        return sent
    error = error_of(row.error_code)
    return replace(
        sent,
        error_code=error.code,
        detail=f"{error.meaning}. {error.advice}",
        kind=error.kind,
        failed_for_good=error.for_good,
    )


def _rejected(status: int, error: TwilioError, words: str, at: datetime | None) -> Sent:
    is_country = error.kind is ErrorClass.COUNTRY  # comes as 400 and as 403
    is_account = error.kind is ErrorClass.ACCOUNT or (status in _NOT_ALLOWED and not is_country)
    return Sent(
        Outcome.REJECTED,
        error_code=error.code or str(status),
        detail=_detail(error, words),
        kind=ErrorClass.ACCOUNT if is_account else error.kind,
        failed_for_good=error.for_good,
        stop="run" if is_account else _stop_of(error),
        at=at,
    )


def _stop_of(error: TwilioError) -> Stop:
    if error.code in _STOPS_ALL:
        return "run"
    if error.kind is ErrorClass.COUNTRY:
        return "country"
    return "number" if error.for_good else None


def _detail(error: TwilioError, words: str) -> str:
    meaning = error.meaning if error.kind is not ErrorClass.UNKNOWN else "Twilio refused it"
    said = f" ({words.rstrip('.')})" if words else ""
    return f"{meaning}{said}. {error.advice}"


def _unknown(answer: Answer, at: datetime | None) -> Sent:
    """A redirect or a 4xx that is not Twilio's comes from something in between; the next one would too."""
    stop: Stop = "run" if 300 <= answer.status < 500 else None
    return Sent(Outcome.UNKNOWN, detail=f"Twilio answered {answer.status}: {answer.said()}", stop=stop, at=at)
