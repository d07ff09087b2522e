"""Twilio's calls, recordings and recording transcriptions, for reading; the calls come from `ring`.

Facts: facts/twilio.md section 7. A call rings, is answered or leaves a voicemail, and is over at once; its
transcription is ready `twilio.transcription_delay_s` later by the world's clock. Places no calls.
"""

from __future__ import annotations

import re
import sqlite3
import struct
from collections.abc import Callable
from re import Match
from typing import Any

from nsquilio.sandbox.exchange import Reply, Request
from nsquilio.sandbox.twilio_access import behind_login, new_sid, with_twilio_headers
from nsquilio.sandbox.twilio_intelligence import transcribe
from nsquilio.sandbox.twilio_paging import Listing, day_filters, envelope, equal_filters, read_page
from nsquilio.sandbox.twilio_rules import Refusal
from nsquilio.sandbox.twilio_times import rfc2822
from nsquilio.sandbox.world import World

TABLES = """
CREATE TABLE IF NOT EXISTS twilio_call (
    seq INTEGER PRIMARY KEY,
    sid TEXT NOT NULL UNIQUE,
    from_number TEXT NOT NULL,
    to_number TEXT NOT NULL,
    status TEXT NOT NULL,
    start_time REAL NOT NULL,
    end_time REAL,              -- NULL for a call nobody took
    duration_s INTEGER,
    price TEXT
);
CREATE INDEX IF NOT EXISTS twilio_call_start ON twilio_call (start_time);
CREATE INDEX IF NOT EXISTS twilio_call_to ON twilio_call (to_number);
CREATE TABLE IF NOT EXISTS twilio_recording (
    seq INTEGER PRIMARY KEY,
    sid TEXT NOT NULL UNIQUE,
    call_sid TEXT NOT NULL,
    start_time REAL NOT NULL,
    created REAL NOT NULL,
    duration_s INTEGER NOT NULL,
    said TEXT NOT NULL          -- what a transcription will find in it
);
CREATE INDEX IF NOT EXISTS twilio_recording_call ON twilio_recording (call_sid);
CREATE INDEX IF NOT EXISTS twilio_recording_created ON twilio_recording (created);
CREATE TABLE IF NOT EXISTS twilio_transcription (
    seq INTEGER PRIMARY KEY,
    sid TEXT NOT NULL UNIQUE,
    recording_sid TEXT NOT NULL,
    created REAL NOT NULL,
    ready_at REAL NOT NULL,
    ends TEXT NOT NULL CHECK (ends IN ('completed', 'failed')),
    text TEXT NOT NULL,
    duration_s INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS twilio_transcription_recording ON twilio_transcription (recording_sid);
"""

_ACCOUNT = r"/2010-04-01/Accounts/(?P<account>[^/]+)"
_WORDS_A_SECOND = 2.5
_SHORTEST_S, _LONGEST_S = 2, 120  # of what the old transcription takes (13617)
_CALL_FILTERS = (
    "To", "From", "Status", "ParentCallSid", "StartTime", "StartTime>", "StartTime<", "EndTime", "EndTime>",
    "EndTime<",
)  # fmt: skip
_RECORDING_FILTERS = (
    "CallSid", "ConferenceSid", "DateCreated", "DateCreated>", "DateCreated<", "IncludeSoftDeleted",
)  # fmt: skip
_CALL_PARTS = (
    "notifications", "recordings", "payments", "events", "siprec", "streams", "transcriptions",
    "user_defined_message_subscriptions", "user_defined_messages",
)  # fmt: skip


def ring(world: World, from_number: str, to_number: str, *, answered: bool, voicemail: str | None) -> str:
    """A call from outside that is just over. Returns its SID."""
    now = world.now().timestamp()
    duration_s = max(3, round(len((voicemail or "").split()) / _WORDS_A_SECOND)) if voicemail else 95
    taken = answered or voicemail is not None
    row = {
        "sid": new_sid("CA"),
        "from_number": from_number,
        "to_number": to_number,
        "status": "completed" if taken else "no-answer",
        "start_time": now - duration_s if taken else now,
        "end_time": now if taken else None,
        "duration_s": duration_s if taken else None,
        "price": "-0.00850" if taken else None,
    }
    with world.change() as db:
        db.execute(
            "INSERT INTO twilio_call (sid, from_number, to_number, status, start_time, end_time, duration_s,"
            " price) VALUES (:sid, :from_number, :to_number, :status, :start_time, :end_time, :duration_s,"
            " :price)",
            row,
        )
        if voicemail is not None:
            _record(world, db, str(row["sid"]), now, duration_s, voicemail)
    return str(row["sid"])


def _record(
    world: World, db: sqlite3.Connection, call_sid: str, now: float, duration_s: int, said: str
) -> None:
    recording = new_sid("RE")
    db.execute(
        "INSERT INTO twilio_recording (sid, call_sid, start_time, created, duration_s, said)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (recording, call_sid, now - duration_s, now, duration_s, said),
    )
    in_limits = _SHORTEST_S < duration_s <= _LONGEST_S and bool(said)
    db.execute(
        "INSERT INTO twilio_transcription (sid, recording_sid, created, ready_at, ends, text, duration_s)"
        " VALUES (:sid, :recording, :now, :ready_at, :ends, :text, :duration_s)",
        {
            "sid": new_sid("TR"),
            "recording": recording,
            "now": now,
            "ready_at": now + float(world.setting("twilio.transcription_delay_s", 60)),
            "ends": "completed" if in_limits else "failed",
            "text": said if in_limits else "(blank)",
            "duration_s": duration_s,
        },
    )
    if world.setting("twilio.auto_transcribe", True):
        transcribe(world, recording, said, now, duration_s)


def list_calls(world: World, request: Request, match: Match[str]) -> Reply:
    columns = {"To": "to_number", "From": "from_number", "Status": "status"}
    listing = equal_filters(Listing("twilio_call"), request, columns)
    if request.arg("ParentCallSid"):
        listing = listing.that("0")  # no call of this world has a parent
    listing = day_filters(listing, request, "StartTime", "start_time")
    listing = day_filters(listing, request, "EndTime", "end_time")
    page = read_page(world, listing, request)
    return Reply.of_json(200, envelope(request, "calls", page, _call(world, match["account"]), _CALL_FILTERS))


def fetch_call(world: World, request: Request, match: Match[str]) -> Reply:
    row = _one(world, request, "twilio_call", match["sid"])
    return Reply.of_json(200, _call(world, match["account"])(row))


def _call(world: World, account: str) -> Callable[[sqlite3.Row], dict[str, Any]]:
    numbers = {
        row["phone_number"]: row["sid"] for row in world.rows("SELECT phone_number, sid FROM twilio_number")
    }

    def render(row: sqlite3.Row) -> dict[str, Any]:
        uri = f"/2010-04-01/Accounts/{account}/Calls/{row['sid']}"
        return {
            "sid": row["sid"],
            "account_sid": account,
            "api_version": "2010-04-01",
            "parent_call_sid": None,
            "phone_number_sid": numbers.get(row["to_number"]),
            "from": row["from_number"],
            "from_formatted": _formatted(row["from_number"]),
            "to": row["to_number"],
            "to_formatted": _formatted(row["to_number"]),
            "direction": "inbound",
            "status": row["status"],
            "start_time": rfc2822(row["start_time"]),
            "end_time": rfc2822(row["end_time"]),
            "duration": "" if row["duration_s"] is None else str(row["duration_s"]),
            "queue_time": "0",
            "price": row["price"],
            "price_unit": "USD",
            "answered_by": None,
            "forwarded_from": None,
            "caller_name": "",
            "group_sid": None,
            "trunk_sid": None,
            "date_created": rfc2822(row["start_time"]),
            "date_updated": rfc2822(row["end_time"] or row["start_time"]),
            "uri": f"{uri}.json",
            "subresource_uris": {part: f"{uri}/{_camel(part)}.json" for part in _CALL_PARTS},
        }

    return render


def _formatted(number: str) -> str:
    if not re.fullmatch(r"\+1\d{10}", number):
        return number
    return f"({number[2:5]}) {number[5:8]}-{number[8:]}"


def _camel(name: str) -> str:
    return name.title().replace("_", "")


def list_recordings(world: World, request: Request, match: Match[str]) -> Reply:
    listing = equal_filters(Listing("twilio_recording"), request, {"CallSid": "call_sid"})
    if request.arg("ConferenceSid"):
        listing = listing.that("0")
    listing = day_filters(listing, request, "DateCreated", "created")
    filters = (
        "CallSid",
        "ConferenceSid",
        "DateCreated",
        "DateCreated>",
        "DateCreated<",
        "IncludeSoftDeleted",
    )
    page = read_page(world, listing, request)
    return Reply.of_json(200, envelope(request, "recordings", page, _recording(request, match), filters))


def fetch_recording(world: World, request: Request, match: Match[str]) -> Reply:
    row = _one(world, request, "twilio_recording", match["sid"])
    return Reply.of_json(200, _recording(request, match)(row))


def _recording(request: Request, match: Match[str]) -> Callable[[sqlite3.Row], dict[str, Any]]:
    account = match["account"]

    def render(row: sqlite3.Row) -> dict[str, Any]:
        uri = f"/2010-04-01/Accounts/{account}/Recordings/{row['sid']}"
        return {
            "sid": row["sid"],
            "account_sid": account,
            "api_version": "2010-04-01",
            "call_sid": row["call_sid"],
            "conference_sid": None,
            "channels": 1,
            "source": "RecordVerb",
            "status": "completed",
            "duration": str(row["duration_s"]),
            "start_time": rfc2822(row["start_time"]),
            "date_created": rfc2822(row["created"]),
            "date_updated": rfc2822(row["created"]),
            "price": "-0.00250",
            "price_unit": "USD",
            "error_code": None,
            "encryption_details": None,
            "media_url": request.base_url + uri,
            "uri": f"{uri}.json",
            "subresource_uris": {
                "add_on_results": f"{uri}/AddOnResults.json",
                "transcriptions": f"{uri}/Transcriptions.json",
            },
        }

    return render


def recording_sound(world: World, request: Request, match: Match[str]) -> Reply:
    """A second of silence. Without the recording: 404 in XML, as everything without `.json` (section 7)."""
    row = world.row("SELECT sid FROM twilio_recording WHERE sid = ?", (match["sid"],))
    if row is None:
        return not_found_xml(request)
    kind = "audio/mpeg" if match["form"] == ".mp3" else "audio/x-wav"
    return Reply(200, _silence(), {"Content-Type": kind})


def _silence() -> bytes:
    samples = b"\x80" * 8000
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 8000, 8000, 1, 8)
    head = struct.pack("<4sI4s", b"RIFF", 4 + len(form) + 8 + len(samples), b"WAVE")
    return head + form + struct.pack("<4sI", b"data", len(samples)) + samples


def not_found_xml(request: Request) -> Reply:
    body = (
        "<?xml version='1.0' encoding='UTF-8'?>\n<TwilioResponse><RestException><Code>20404</Code>"
        f"<Message>The requested resource {_xml(request.path)} was not found</Message>"
        "<MoreInfo>https://www.twilio.com/docs/errors/20404</MoreInfo><Status>404</Status>"
        "</RestException></TwilioResponse>"
    )
    return with_twilio_headers(Reply(404, body.encode(), {"Content-Type": "application/xml"}))


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def list_transcriptions(world: World, request: Request, match: Match[str]) -> Reply:
    """No filter exists; the list under a recording holds only that recording's."""
    listing = Listing("twilio_transcription")
    recording = match.groupdict().get("recording")
    if recording:
        _one(world, request, "twilio_recording", recording)
        listing = listing.that("recording_sid = :recording", recording=recording)
    page = read_page(world, listing, request)
    render = _transcription(world, match["account"])
    return Reply.of_json(200, envelope(request, "transcriptions", page, render, ()))


def fetch_transcription(world: World, request: Request, match: Match[str]) -> Reply:
    row = _one(world, request, "twilio_transcription", match["sid"])
    return Reply.of_json(200, _transcription(world, match["account"])(row))


def _transcription(world: World, account: str) -> Callable[[sqlite3.Row], dict[str, Any]]:
    now = world.now().timestamp()

    def render(row: sqlite3.Row) -> dict[str, Any]:
        ready = row["ready_at"] <= now
        return {
            "sid": row["sid"],
            "account_sid": account,
            "api_version": "2010-04-01",
            "recording_sid": row["recording_sid"],
            "status": row["ends"] if ready else "in-progress",
            "transcription_text": row["text"] if ready else None,
            "duration": str(row["duration_s"]),
            "type": "fast",
            "price": "-0.05000" if ready else None,
            "price_unit": "USD",
            "date_created": rfc2822(row["created"]),
            "date_updated": rfc2822(row["ready_at"] if ready else row["created"]),
            "uri": f"/2010-04-01/Accounts/{account}/Transcriptions/{row['sid']}.json",
        }

    return render


def _one(world: World, request: Request, table: str, sid: str) -> sqlite3.Row:
    row = world.row(f"SELECT * FROM {table} WHERE sid = ?", (sid,))
    if row is None:
        raise Refusal(20404, path=request.path)
    return row


_SID = r"/(?P<sid>[A-Z]{2}[0-9a-fA-F]{32})"
ROUTES = behind_login(
    ("GET", re.compile(_ACCOUNT + r"/Calls\.json"), list_calls),
    ("GET", re.compile(_ACCOUNT + r"/Calls" + _SID + r"\.json"), fetch_call),
    ("GET", re.compile(_ACCOUNT + r"/Recordings\.json"), list_recordings),
    ("GET", re.compile(_ACCOUNT + r"/Recordings" + _SID + r"\.json"), fetch_recording),
    ("GET", re.compile(_ACCOUNT + r"/Recordings" + _SID + r"(?P<form>\.mp3|\.wav|)"), recording_sound),
    ("GET", re.compile(_ACCOUNT + r"/Transcriptions\.json"), list_transcriptions),
    ("GET", re.compile(_ACCOUNT + r"/Transcriptions" + _SID + r"\.json"), fetch_transcription),
    (
        "GET",
        re.compile(_ACCOUNT + r"/Recordings/(?P<recording>[^/]+)/Transcriptions\.json"),
        list_transcriptions,
    ),
)
