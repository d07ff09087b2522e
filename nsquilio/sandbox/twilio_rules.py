"""Twilio's rules about numbers: error codes and their bodies, how a recipient's number behaves, opt-outs.

The codes are those of facts/twilio.md section 3; the wording is in the manner of the real service, never a
thing to rely on. Stores rules and opt-outs, never a message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nsquilio.errors import WrongUsage
from nsquilio.sandbox.exchange import Reply
from nsquilio.sandbox.world import World

TABLES = """
CREATE TABLE IF NOT EXISTS twilio_number_rule (
    pattern TEXT PRIMARY KEY,   -- a number, or its beginning and '*'
    behaviour TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS twilio_opt_out (
    scope TEXT NOT NULL,        -- a Messaging Service, or one of our numbers outside of any
    number TEXT NOT NULL,
    since REAL NOT NULL,
    PRIMARY KEY (scope, number)
) WITHOUT ROWID;
"""

_STATUS = {
    20003: 401, 20005: 403, 20009: 409, 20404: 404, 20422: 400, 20429: 429, 21408: 403, 21610: 400,
    21701: 404, 30409: 409,
}  # fmt: skip  # everything else is a 400

_WORDS = {
    20001: "Invalid date value: {value}",
    20003: "Authenticate",
    20004: "Date range specified in query is partially or entirely outside of retention window of 400 days",
    20005: "Account {account} is not active",
    20009: "Cannot change the message because its delivery is not complete",
    20404: "The requested resource {path} was not found",
    20422: "Invalid parameter: {value}",
    20429: "Too Many Requests",
    21211: "The 'To' number {to} is not a valid phone number.",
    21212: "The 'From' number {from_} is not a valid phone number, shortcode, or alphanumeric sender ID.",
    21266: "'To' and 'From' number cannot be the same: {to}",
    21408: "Permission to send an SMS has not been enabled for the region of the 'To' number: {to}.",
    21470: "AccountSid {value} is not a valid AccountSid",
    21602: "Message body is required.",
    21603: "A 'From' phone number is required.",
    21604: "A 'To' phone number is required.",
    21606: "The 'From' phone number {from_} is not a valid, SMS-capable inbound phone number or short code "
    "for your account.",
    21608: "The number {to} is unverified. Trial accounts cannot send messages to unverified numbers.",
    21610: "Attempt to send to unsubscribed recipient",
    21611: "The 'From' number {from_} has exceeded the maximum number of queued messages",
    21612: "The 'To' phone number {to} is not reachable from the 'From' phone number {from_} via SMS.",
    21614: "'To' number {to} is not a valid mobile number",
    21617: "The concatenated message body exceeds the 1600 character limit.",
    21620: "Invalid media URL(s)",
    21623: "Number of media files exceeds allowed limit",
    21624: "The validity period must be an integer from 1 to 36000",
    21635: "'To' number {to} cannot be a landline",
    21654: "ContentSid is required with ContentVariables",
    21655: "The ContentSid is invalid",
    21656: "The ContentVariables parameter is invalid",
    21701: "The Messaging Service does not exist",
    21704: "The Messaging Service contains no phone numbers.",
    21705: "The Messaging Service is invalid",
    30001: "Queue overflow",
    30002: "Account suspended",
    30003: "Unreachable destination handset",
    30004: "Message blocked",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered",
    30008: "Unknown error",
    30022: "US A2P 10DLC - rate limits exceeded",
    30032: "Toll-free number has not been verified",
    30034: "US A2P 10DLC - message from an unregistered number",
    30036: "Validity period expired",
    30409: "This message cannot be canceled",
    35111: "SendAt timestamp is missing",
    35114: "SendAt must be an ISO 8601 time at least 300 seconds in the future",
    35117: "SendAt must be at most 35 days (3024000 seconds) in the future",
    35118: "MessagingServiceSid is required to schedule a message",
    63007: "Twilio could not find a Channel with the specified From address",
}

# Known before anything leaves Twilio: the message fails. Other codes are the carrier's: it is undelivered.
_FAILS_AT_TWILIO = frozenset({30001, 30002, 30018, 30024, 30036, 30037, 30044, 30047, 30500, 30610, 63007})


class Refusal(Exception):
    """An answer that is an error in Twilio's JSON."""

    def __init__(self, code: int, status: int = 0, **words: str) -> None:
        super().__init__(code)
        self.code = code
        self.status = status or _STATUS.get(code, 400)
        self.message = _WORDS.get(code, "Error {code}").format_map(_Words(words, code=str(code)))

    def reply(self) -> Reply:
        more = f"https://www.twilio.com/docs/errors/{self.code}"
        body = {"code": self.code, "message": self.message, "more_info": more, "status": self.status}
        return Reply.of_json(self.status, body)


class _Words(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def error_words(code: int) -> str:
    """`error_message` of a message that failed with this code."""
    return _WORDS.get(code, "Unknown error").format_map(_Words())


# --- how a recipient's number behaves ---


@dataclass(frozen=True)
class Behaviour:
    """`refused`: the error code of the create request. `code`: the message's error code later on."""

    refused: int = 0
    code: int = 0
    ends: str = "delivered"  # the final status without an error code; `sent` when no receipt ever comes
    delivery_s: float | None = None  # from sent to final; None: as usual in this world

    @property
    def final_status(self) -> str:
        if not self.code:
            return self.ends
        return "failed" if self.code < 30000 or self.code in _FAILS_AT_TWILIO else "undelivered"


BEHAVIOURS = {
    "mobile": Behaviour(),
    "slow": Behaviour(delivery_s=6 * 3600),
    "no-receipt": Behaviour(ends="sent"),
    "invalid": Behaviour(refused=21211),
    "landline": Behaviour(refused=21614),
    "landline-later": Behaviour(code=30006),
    "no-route": Behaviour(refused=21612),
    "no-permission": Behaviour(refused=21408),
    "blocked": Behaviour(refused=21610),
    "carrier-blocked": Behaviour(code=30004),
    "unreachable": Behaviour(code=30003),
    "unknown": Behaviour(code=30005),
    "filtered": Behaviour(code=30007),
}
_CODED = re.compile(r"(refuse|error):(\d{5,6})")


def set_number(world: World, pattern: str, behaviour: str) -> None:
    """`pattern`: a number, or its beginning and `*`. `behaviour`: a name of BEHAVIOURS, `refuse:CODE` (the
    create request fails) or `error:CODE` (the message fails later)."""
    _behaviour(behaviour)
    with world.change() as db:
        db.execute("INSERT OR REPLACE INTO twilio_number_rule VALUES (?, ?)", (pattern, behaviour))


def behaviour_of(world: World, number: str) -> Behaviour:
    """The rule with the longest pattern that fits."""
    patterns = [number, *(number[:length] + "*" for length in range(len(number)))]
    marks = ", ".join("?" * len(patterns))
    found = world.value(
        f"SELECT behaviour FROM twilio_number_rule WHERE pattern IN ({marks})"
        " ORDER BY length(pattern) DESC LIMIT 1",
        patterns,
    )
    return _behaviour(found) if found else BEHAVIOURS["mobile"]


def _behaviour(name: str) -> Behaviour:
    if name in BEHAVIOURS:
        return BEHAVIOURS[name]
    coded = _CODED.fullmatch(name)
    if coded is None:
        raise WrongUsage(
            f"No number behaves like {name!r}.",
            f"Known: {', '.join(BEHAVIOURS)}, refuse:CODE and error:CODE.",
        )
    code = int(coded[2])
    return Behaviour(refused=code) if coded[1] == "refuse" else Behaviour(code=code)


# --- opt-outs (facts/twilio.md section 6) ---

_STOP = frozenset({"STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"})
_START = frozenset({"START", "YES", "UNSTOP"})
_START_TOLL_FREE = frozenset({"START", "UNSTOP"})


def scope_of(world: World, own_number: str) -> str:
    """What a STOP to this number silences: its Messaging Service, or the number alone."""
    service = world.value("SELECT service_sid FROM twilio_number WHERE phone_number = ?", (own_number,))
    return service or own_number


def is_opted_out(world: World, scope: str, number: str) -> bool:
    found = world.value("SELECT 1 FROM twilio_opt_out WHERE scope = ? AND number = ?", (scope, number))
    return found is not None


def keyword(world: World, own_number: str, text: str) -> str:
    """`stop`, `start` or ''. A keyword counts only as the single word of the text."""
    word = text.strip().upper()
    if word in _STOP:
        return "stop"
    kind = world.value("SELECT kind FROM twilio_number WHERE phone_number = ?", (own_number,))
    return "start" if word in (_START_TOLL_FREE if kind == "toll-free" else _START) else ""


def obey(world: World, own_number: str, number: str, said: str) -> None:
    """Records what `keyword` heard."""
    scope = scope_of(world, own_number)
    with world.change() as db:
        if said == "stop":
            row = (scope, number, world.now().timestamp())
            db.execute("INSERT OR IGNORE INTO twilio_opt_out VALUES (?, ?, ?)", row)
        elif said == "start":
            db.execute("DELETE FROM twilio_opt_out WHERE scope = ? AND number = ?", (scope, number))
