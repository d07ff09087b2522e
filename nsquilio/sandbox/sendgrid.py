"""SendGrid's mail/send and scopes; with `sendgrid_lists` and `sendgrid_logs` the whole of its paths.

Facts: facts/twilio.md section 9. Checks a mail as the real service does and answers 202 with `X-Message-Id`;
what becomes of it is `sendgrid_events`' work. Settings of the world: `sendgrid.senders` (verified addresses
and `@domains`; empty: any).
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from re import Match
from typing import Any

from nsquilio.sandbox import sendgrid_events, sendgrid_lists, sendgrid_logs
from nsquilio.sandbox.exchange import Reply, Request
from nsquilio.sandbox.sendgrid_access import MailRefusal, as_object, behind_key, scopes
from nsquilio.sandbox.sendgrid_events import Letter, accept, new_message_id
from nsquilio.sandbox.world import World

TABLES = sendgrid_events.TABLES

_MOST_BYTES = 30 * 1024 * 1024
_MOST_RECIPIENTS = 1000
_MOST_CATEGORIES = 10
_MOST_ARGS_BYTES = 10_000
_LATEST_S = 72 * 3600
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_KNOWN = {
    "personalizations", "from", "reply_to", "reply_to_list", "subject", "content", "attachments",
    "template_id", "headers", "categories", "custom_args", "send_at", "batch_id", "asm", "ip_pool_name",
    "mail_settings", "tracking_settings",
}  # fmt: skip
_KNOWN_INSIDE = {
    "from", "to", "cc", "bcc", "subject", "headers", "substitutions", "dynamic_template_data",
    "custom_args", "send_at",
}  # fmt: skip
_RESERVED_HEADERS = {
    "x-sg-id", "x-sg-eid", "received", "dkim-signature", "content-type", "content-transfer-encoding", "to",
    "from", "subject", "reply-to", "cc", "bcc",
}  # fmt: skip


def send(world: World, request: Request, match: Match[str]) -> Reply:
    if len(request.body) > _MOST_BYTES:
        raise MailRefusal(413, ("content too large", None))
    mail = _parsed(request)
    now = world.now().timestamp()
    letters = _letters(mail, new_message_id(), now)
    _check_sender(world, mail["from"]["email"])
    if _enabled(mail, "sandbox_mode"):
        return Reply(200)
    accept(world, letters)
    return Reply(202, b"", {"X-Message-Id": letters[0].message_id})


def _parsed(request: Request) -> dict[str, Any]:
    try:
        mail = as_object(json.loads(request.body), None)
    except ValueError:
        raise MailRefusal(400, ("Bad Request", None)) from None
    for name in mail:
        if name not in _KNOWN:
            raise MailRefusal(400, (f"Additional property {name} is not allowed", name))
    return mail


def _check_sender(world: World, address: str) -> None:
    verified = world.setting("sendgrid.senders", [])
    domain = "@" + address.rpartition("@")[2].lower()
    if verified and address.lower() not in verified and domain not in verified:
        words = "The from address does not match a verified Sender Identity."
        raise MailRefusal(403, (words, "from"))


def _letters(mail: dict[str, Any], message_id: str, now: float) -> list[Letter]:
    """One for each recipient. Raises MailRefusal for the first thing wrong."""
    _check_envelope(mail)
    text, html = _check_content(mail)
    _check_attachments(mail)
    _check_headers(mail.get("headers", {}), "headers")
    letters = [
        Letter(
            message_id=message_id,
            from_email=mail["from"]["email"],
            to_email=address,
            reply_to=mail.get("reply_to", {}).get("email", ""),
            subject=envelope.get("subject") or mail.get("subject") or "",
            text=text,
            html=html,
            custom_args=_custom_args(mail, envelope, index),
            categories=mail.get("categories", []),
            send_at=_send_at(envelope.get("send_at", mail.get("send_at")), now),
            despite_lists=_enabled(mail, "bypass_list_management"),
        )
        for index, envelope in enumerate(mail["personalizations"])
        for address in _recipients(mail, envelope, index)
    ]
    if len(letters) > _MOST_RECIPIENTS:
        raise MailRefusal(
            400, ("The total number of recipients must be no more than 1000.", "personalizations")
        )
    return letters


def _check_envelope(mail: dict[str, Any]) -> None:
    envelopes = mail.get("personalizations")
    if not isinstance(envelopes, list) or not envelopes:
        words = "The personalizations field is required and must have at least one personalization."
        raise MailRefusal(400, (words, "personalizations"))
    if len(envelopes) > _MOST_RECIPIENTS:
        raise MailRefusal(400, ("No more than 1000 personalizations are allowed.", "personalizations"))
    _check_address(mail.get("from"), "from")
    if "reply_to" in mail and "reply_to_list" in mail:
        raise MailRefusal(400, ("Use reply_to or reply_to_list, not both.", "reply_to"))
    if "reply_to" in mail:
        _check_address(mail["reply_to"], "reply_to")
    for index, address in enumerate(_as_list(mail.get("reply_to_list", []), "reply_to_list")):
        _check_address(address, f"reply_to_list.{index}")
    _check_categories(_as_list(mail.get("categories", []), "categories"))


def _check_categories(categories: list[Any]) -> None:
    if not all(isinstance(category, str) and len(category) <= 255 for category in categories):
        raise MailRefusal(400, ("categories must be strings of at most 255 characters", "categories"))
    if len(categories) > _MOST_CATEGORIES or len(set(categories)) < len(categories):
        raise MailRefusal(400, ("categories must be unique and no more than 10", "categories"))


def _as_list(value: Any, field: str) -> list[Any]:
    if not isinstance(value, list):
        raise MailRefusal(400, (f"{field} must be an array", field))
    return value


def _check_address(value: Any, field: str) -> None:
    address = value.get("email") if isinstance(value, dict) else None
    if not isinstance(address, str) or not address:
        raise MailRefusal(400, (f"The {field} object must be provided with an email.", f"{field}.email"))
    if not _ADDRESS.fullmatch(address):
        raise MailRefusal(400, (f"The {field} email does not contain a valid address.", f"{field}.email"))


def _check_content(mail: dict[str, Any]) -> tuple[str, str]:
    """The plain text and the HTML."""
    content = mail.get("content")
    if content is None and mail.get("template_id"):
        return "", ""
    if not isinstance(content, list) or not content:
        words = "Unless a valid template_id is provided, the content parameter is required."
        raise MailRefusal(400, (words, "content"))
    parts: dict[str, str] = {}
    for index, part in enumerate(content):
        kind, value = (part.get("type"), part.get("value")) if isinstance(part, dict) else (None, None)
        if not isinstance(kind, str) or not isinstance(value, str) or not kind or not value:
            words = "The content value must be a string at least one character in length."
            raise MailRefusal(400, (words, f"content.{index}.value"))
        if kind in parts or (kind == "text/plain" and parts):
            words = "If present, text/plain must come first, then text/html, each only once."
            raise MailRefusal(400, (words, f"content.{index}.type"))
        parts[kind] = value
    return parts.get("text/plain", ""), parts.get("text/html", "")


def _check_attachments(mail: dict[str, Any]) -> None:
    for index, attachment in enumerate(_as_list(mail.get("attachments", []), "attachments")):
        content = attachment.get("content") if isinstance(attachment, dict) else None
        try:
            ok = bool(base64.b64decode(content or "", validate=True)) and bool(attachment.get("filename"))
        except (binascii.Error, ValueError, TypeError):
            ok = False
        if not ok:
            words = "The attachment content must be base64 encoded, and it needs a filename."
            raise MailRefusal(400, (words, f"attachments.{index}.content"))


def _check_headers(headers: Any, field: str) -> None:
    for name, value in as_object(headers, field).items():
        if name.lower() in _RESERVED_HEADERS:
            raise MailRefusal(400, (f"The header {name} is reserved.", field))
        if not isinstance(value, str):
            raise MailRefusal(400, ("Header values must be strings.", f"{field}.{name}"))


def _recipients(mail: dict[str, Any], envelope: Any, index: int) -> list[str]:
    """`to`, `cc` and `bcc` of one personalization."""
    field = f"personalizations.{index}"
    as_object(envelope, field)
    for name in envelope:
        if name not in _KNOWN_INSIDE:
            raise MailRefusal(400, (f"Additional property {name} is not allowed", f"{field}.{name}"))
    if not isinstance(envelope.get("to"), list) or not envelope["to"]:
        words = "The to array is required for all personalization objects, and must have at least one email."
        raise MailRefusal(400, (words, f"{field}.to"))
    if not (envelope.get("subject") or mail.get("subject") or mail.get("template_id")):
        words = "The subject is required. It must be set in each personalization or for the whole mail."
        raise MailRefusal(400, (words, "subject"))
    _check_headers(envelope.get("headers", {}), f"{field}.headers")
    addresses: list[str] = []
    for kind in ("to", "cc", "bcc"):
        for place, address in enumerate(_as_list(envelope.get(kind, []), f"{field}.{kind}")):
            _check_address(address, f"{field}.{kind}.{place}")
            addresses.append(address["email"])
    if len({address.lower() for address in addresses}) < len(addresses):
        words = "Each email address in the personalization block should be unique between to, cc, and bcc."
        raise MailRefusal(400, (words, field))
    return addresses


def _custom_args(mail: dict[str, Any], envelope: dict[str, Any], index: int) -> dict[str, str]:
    """The whole mail's (an object, though the specification says string) under the personalization's."""
    whole = mail.get("custom_args", {})
    args = {**(whole if isinstance(whole, dict) else {}), **as_object(envelope.get("custom_args", {}), None)}
    field = f"personalizations.{index}.custom_args"
    if not all(isinstance(value, str) for value in args.values()):
        raise MailRefusal(400, ("Custom arguments must be strings.", field))
    if len(json.dumps(args).encode()) > _MOST_ARGS_BYTES:
        raise MailRefusal(400, ("Custom arguments may not exceed 10,000 bytes.", field))
    return args


def _send_at(value: Any, now: float) -> float:
    if value is None:
        return now
    if not isinstance(value, int) or isinstance(value, bool):
        raise MailRefusal(400, ("The send_at parameter must be a unix timestamp.", "send_at"))
    if value > now + _LATEST_S:
        raise MailRefusal(400, ("The send_at parameter is more than 72 hours in the future.", "send_at"))
    return float(value)


def _enabled(mail: dict[str, Any], name: str) -> bool:
    settings = as_object(mail.get("mail_settings", {}), "mail_settings")
    return as_object(settings.get(name, {}), f"mail_settings.{name}").get("enable") is True


def list_scopes(world: World, request: Request, match: Match[str]) -> Reply:
    return Reply.of_json(200, {"scopes": scopes(world)})


ROUTES = [
    *behind_key(
        ("POST", re.compile(r"/v3/mail/send"), send, "mail.send"),
        ("GET", re.compile(r"/v3/scopes"), list_scopes, ""),
    ),
    *sendgrid_lists.ROUTES,
    *sendgrid_logs.ROUTES,
]
