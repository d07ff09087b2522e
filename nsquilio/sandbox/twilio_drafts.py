"""Reads the form of a message to be created and refuses what is wrong with it by itself: missing or
malformed fields, whatever the account and the world look like. Stores nothing.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from nsquilio.sandbox.exchange import Request
from nsquilio.sandbox.twilio_rules import Refusal
from nsquilio.sandbox.twilio_times import DAY_S, instant

LONGEST_VALIDITY_S = 36_000
_LONGEST_BODY = 1600
_MOST_MEDIA = 10
_SOONEST_S = 300
_LATEST_S = 35 * DAY_S
_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_NORTH_AMERICAN = re.compile(r"\+1[2-9]\d{2}[2-9]\d{6}")
_ALPHANUMERIC = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}")
_SHORT_CODE = re.compile(r"\d{3,6}")
_SERVICE = re.compile(r"MG[0-9a-fA-F]{32}")
_CONTENT = re.compile(r"HX[0-9a-fA-F]{32}")


@dataclass(frozen=True)
class Draft:
    to: str
    from_: str  # '' when the service chooses
    service_sid: str  # '' without one
    body: str
    media: tuple[str, ...]
    validity_s: int
    send_at: float | None
    smart_encoded: bool


def is_number(text: str) -> bool:
    """E.164; North American numbers must have their ten digits in order."""
    return bool((_NORTH_AMERICAN if text.startswith("+1") else _NUMBER).fullmatch(text))


def read_draft(request: Request, now: float) -> Draft:
    """Raises Refusal with the code facts/twilio.md section 3 gives."""
    fields: dict[str, list[str]] = {}
    for name, value in request.form():
        fields.setdefault(name, []).append(value)

    def field(name: str) -> str:
        return fields.get(name, [""])[-1]

    to, from_, service = field("To"), field("From"), field("MessagingServiceSid")
    if not to.strip():
        raise Refusal(21604)
    if not from_ and not service:
        raise Refusal(21603)
    if service and not _SERVICE.fullmatch(service):
        raise Refusal(21705)
    media = tuple(url for url in fields.get("MediaUrl", []) if url)
    _check_content(field("Body"), media, field("ContentSid"), field("ContentVariables"))
    _check_addresses(to, from_)
    return Draft(
        to=to,
        from_=from_,
        service_sid=service,
        body=field("Body"),
        media=media,
        validity_s=_validity(field("ValidityPeriod")),
        send_at=_send_at(field("ScheduleType"), field("SendAt"), service, now),
        smart_encoded=field("SmartEncoded").lower() == "true",
    )


def _check_content(body: str, media: tuple[str, ...], content_sid: str, variables: str) -> None:
    if variables and not content_sid:
        raise Refusal(21654)
    if variables and not _is_json_object(variables):
        raise Refusal(21656)
    if content_sid:
        # This world has no content templates, so a well-formed one does not exist either.
        raise Refusal(21655, 404 if _CONTENT.fullmatch(content_sid) else 400)
    if not body and not media:
        raise Refusal(21602)
    if len(body) > _LONGEST_BODY:
        raise Refusal(21617)
    if len(media) > _MOST_MEDIA:
        raise Refusal(21623)
    if not all(_is_web_address(url) for url in media):
        raise Refusal(21620)


def _is_json_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _is_web_address(text: str) -> bool:
    try:
        url = urlsplit(text)
    except ValueError:
        return False
    return url.scheme in ("http", "https") and bool(url.netloc)


def _check_addresses(to: str, from_: str) -> None:
    if to.partition(":")[0] in ("whatsapp", "messenger", "rcs"):
        raise Refusal(63007)
    if not is_number(to):
        raise Refusal(21211, to=to)
    known_forms = is_number(from_) or _SHORT_CODE.fullmatch(from_) or _ALPHANUMERIC.fullmatch(from_)
    if from_ and not known_forms:
        raise Refusal(21212, from_=from_)
    if to == from_:
        raise Refusal(21266, to=to)


def _validity(text: str) -> int:
    if not text:
        return LONGEST_VALIDITY_S
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= LONGEST_VALIDITY_S):
        raise Refusal(21624)
    return int(text)


def _send_at(schedule_type: str, send_at: str, service: str, now: float) -> float | None:
    """`SendAt` without `ScheduleType` is ignored: such a message leaves at once."""
    if not schedule_type:
        return None
    if schedule_type != "fixed":
        raise Refusal(20422, value=f"ScheduleType {schedule_type}")
    if not service:
        raise Refusal(35118)
    if not send_at:
        raise Refusal(35111)
    at = instant(send_at)
    if at is None or at < now + _SOONEST_S:
        raise Refusal(35114)
    if at > now + _LATEST_S:
        raise Refusal(35117)
    return at
