"""Twilio's Voice Intelligence v2: services, transcripts of recordings and their sentences.

Facts: facts/twilio.md section 7. JSON with `meta` paging and ISO times. A transcript appears in the list
`twilio.intelligence_delay_s` after its recording and is completed as much later. Recognises no speech: the
words of a recording are known to this world.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from re import Match
from typing import Any

from nsquilio.sandbox.exchange import Reply, Request
from nsquilio.sandbox.twilio_access import account_sid, behind_login, new_sid
from nsquilio.sandbox.twilio_paging import Listing, Page, equal_filters, meta_envelope, read_page
from nsquilio.sandbox.twilio_rules import Refusal
from nsquilio.sandbox.twilio_times import instant, iso
from nsquilio.sandbox.world import World

TABLES = """
CREATE TABLE IF NOT EXISTS twilio_transcript (
    seq INTEGER PRIMARY KEY,
    sid TEXT NOT NULL UNIQUE,
    service_sid TEXT NOT NULL,
    recording_sid TEXT NOT NULL,
    customer_key TEXT,
    language_code TEXT NOT NULL DEFAULT 'en-US',
    created REAL NOT NULL,
    ready_at REAL NOT NULL,
    media_start REAL NOT NULL,
    duration_s INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS twilio_transcript_recording ON twilio_transcript (recording_sid);
CREATE INDEX IF NOT EXISTS twilio_transcript_created ON twilio_transcript (created);
CREATE TABLE IF NOT EXISTS twilio_sentence (
    seq INTEGER PRIMARY KEY,
    sid TEXT NOT NULL UNIQUE,
    transcript_sid TEXT NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    start_s REAL NOT NULL,
    end_s REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS twilio_sentence_transcript ON twilio_sentence (transcript_sid);
"""

_FILTERS = (
    "ServiceSid", "BeforeStartTime", "AfterStartTime", "BeforeDateCreated", "AfterDateCreated", "Status",
    "LanguageCode", "SourceSid",
)  # fmt: skip
_SENTENCE = re.compile(r"[^.!?]+[.!?]*\s*")
_MOST_SENTENCES = 5000


def transcribe(
    world: World, recording_sid: str, said: str, now: float, duration_s: int, customer_key: str | None = None
) -> str:
    """Begins a transcript. Returns its SID."""
    delay_s = float(world.setting("twilio.intelligence_delay_s", 60))
    sid = new_sid("GT")
    with world.change() as db:
        db.execute(
            "INSERT INTO twilio_transcript (sid, service_sid, recording_sid, customer_key, created, ready_at,"
            " media_start, duration_s)"
            " VALUES (:sid, :service, :recording, :key, :created, :ready, :start, :length)",
            {
                "sid": sid,
                "service": world.setting("twilio.intelligence_service_sid", ""),
                "recording": recording_sid,
                "key": customer_key,
                "created": now + delay_s / 2,
                "ready": now + delay_s,
                "start": now - duration_s,
                "length": duration_s,
            },
        )
        db.executemany(
            "INSERT INTO twilio_sentence (sid, transcript_sid, position, text, start_s, end_s)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            _sentences(sid, said, duration_s),
        )
    return sid


def _sentences(
    transcript_sid: str, said: str, duration_s: int
) -> list[tuple[str, str, int, str, float, float]]:
    spans = [match.span() for match in _SENTENCE.finditer(said)]
    second = duration_s / max(len(said), 1)
    return [
        (new_sid("GX"), transcript_sid, index, said[start:end].strip(), start * second, end * second)
        for index, (start, end) in enumerate(spans)
        if said[start:end].strip()
    ]


def list_transcripts(world: World, request: Request, match: Match[str]) -> Reply:
    now = world.now().timestamp()
    columns = {"ServiceSid": "service_sid", "LanguageCode": "language_code", "SourceSid": "recording_sid"}
    listing = equal_filters(Listing("twilio_transcript"), request, columns).that("created <= :now", now=now)
    for name, condition in (
        ("AfterDateCreated", "created > :after_created"),
        ("BeforeDateCreated", "created < :before_created"),
        ("AfterStartTime", "media_start > :after_start"),
        ("BeforeStartTime", "media_start < :before_start"),
    ):
        listing = _instant_filter(listing, request, name, condition)
    status = request.arg("Status")
    if status:
        known = {"completed": "ready_at <= :now", "in-progress": "ready_at > :now"}
        listing = listing.that(known.get(status, "0"))
    page = read_page(world, listing, request)
    return Reply.of_json(
        200, meta_envelope(request, "transcripts", page, _transcript(world, request), _FILTERS)
    )


def _instant_filter(listing: Listing, request: Request, name: str, condition: str) -> Listing:
    text = request.arg(name)
    if not text:
        return listing
    at = instant(text)
    if at is None:
        raise Refusal(20001, value=text)
    return listing.that(condition, **{condition.partition(":")[2]: at})


def fetch_transcript(world: World, request: Request, match: Match[str]) -> Reply:
    row = _visible(world, request, match["sid"])
    return Reply.of_json(200, _transcript(world, request)(row))


def create_transcript(world: World, request: Request, match: Match[str]) -> Reply:
    """Only of a recording of this account; 202, and the work goes on."""
    given = dict(request.form())
    if given.get("ServiceSid") != world.setting("twilio.intelligence_service_sid"):
        raise Refusal(20404, path=f"/v2/Services/{given.get('ServiceSid', '')}")
    recording = world.row(
        "SELECT * FROM twilio_recording WHERE sid = ?", (_source(given.get("Channel", "")),)
    )
    if recording is None:
        raise Refusal(20422, value="Channel")
    now = world.now().timestamp()
    sid = transcribe(
        world, recording["sid"], recording["said"], now, recording["duration_s"], given.get("CustomerKey")
    )
    with world.change() as db:
        db.execute("UPDATE twilio_transcript SET created = ? WHERE sid = ?", (now, sid))
    return Reply.of_json(202, _transcript(world, request)(_visible(world, request, sid)))


def _source(channel: str) -> str:
    try:
        properties = json.loads(channel)["media_properties"]
        return str(properties["source_sid"])
    except (ValueError, KeyError, TypeError):
        return ""


def _visible(world: World, request: Request, sid: str) -> sqlite3.Row:
    now = world.now().timestamp()
    row = world.row("SELECT * FROM twilio_transcript WHERE sid = ? AND created <= ?", (sid, now))
    if row is None:
        raise Refusal(20404, path=request.path)
    return row


def _transcript(world: World, request: Request) -> Callable[[sqlite3.Row], dict[str, Any]]:
    account, now = account_sid(world), world.now().timestamp()

    def render(row: sqlite3.Row) -> dict[str, Any]:
        url = f"{request.base_url}/v2/Transcripts/{row['sid']}"
        ready = row["ready_at"] <= now
        channel = {
            "media_properties": {"source_sid": row["recording_sid"], "media_url": None},
            "participants": [],
            "type": "voice",
        }
        return {
            "sid": row["sid"],
            "account_sid": account,
            "service_sid": row["service_sid"],
            "status": "completed" if ready else "in-progress",
            "channel": channel,
            "customer_key": row["customer_key"],
            "language_code": row["language_code"],
            "media_start_time": iso(row["media_start"]),
            "duration": row["duration_s"] if ready else 0,
            "data_logging": False,
            "redaction": True,
            "encryption_credential_sid": None,
            "date_created": iso(row["created"]),
            "date_updated": iso(row["ready_at"] if ready else row["created"]),
            "url": url,
            "links": {
                "sentences": f"{url}/Sentences",
                "encrypted_sentences": f"{url}/Sentences/Encrypted",
                "media": f"{url}/Media",
                "operator_results": f"{url}/OperatorResults",
                "encrypted_operator_results": f"{url}/OperatorResults/Encrypted",
            },
        }

    return render


def list_sentences(world: World, request: Request, match: Match[str]) -> Reply:
    """In the order they were said; none before the transcript is completed."""
    row = _visible(world, request, match["sid"])
    listing = Listing("twilio_sentence").that("transcript_sid = :transcript", transcript=row["sid"])
    if row["ready_at"] > world.now().timestamp():
        listing = listing.that("0")
    page = read_page(world, replace(listing, oldest_first=True), request, largest=_MOST_SENTENCES)

    def render(sentence: sqlite3.Row) -> dict[str, Any]:
        return {
            "sid": sentence["sid"],
            "media_channel": 1,
            "sentence_index": sentence["position"],
            "start_time": f"{sentence['start_s']:.2f}",
            "end_time": f"{sentence['end_s']:.2f}",
            "transcript": sentence["text"],
            "confidence": "0.93",
            "words": [],
        }

    return Reply.of_json(
        200, meta_envelope(request, "sentences", page, render, ("Redacted", "WordTimestamps"))
    )


def transcript_media(world: World, request: Request, match: Match[str]) -> Reply:
    row = _visible(world, request, match["sid"])
    account = account_sid(world)
    recording = f"/2010-04-01/Accounts/{account}/Recordings/{row['recording_sid']}"
    url = f"{request.base_url}/v2/Transcripts/{row['sid']}/Media"
    named = {"sid": row["sid"], "account_sid": account, "service_sid": row["service_sid"]}
    return Reply.of_json(200, {**named, "media_url": request.base_url + recording, "url": url})


def _service(world: World, request: Request) -> dict[str, Any]:
    sid = world.setting("twilio.intelligence_service_sid", "")
    opened = world.value("SELECT min(created) FROM twilio_service")
    return {
        "sid": sid,
        "account_sid": account_sid(world),
        "unique_name": "voicemail",
        "friendly_name": "Voicemail",
        "auto_redaction": False,
        "media_redaction": False,
        "auto_transcribe": bool(world.setting("twilio.auto_transcribe", True)),
        "data_logging": False,
        "language_code": "en-US",
        "webhook_url": "",
        "webhook_http_method": "NULL",
        "read_only_attached_operator_sids": [],
        "encryption_credential_sid": None,
        "version": 1,
        "date_created": iso(opened),
        "date_updated": iso(opened),
        "url": f"{request.base_url}/v2/Services/{sid}",
    }


def list_services(world: World, request: Request, match: Match[str]) -> Reply:
    """This account has one service."""
    empty = meta_envelope(request, "services", Page((), 0, 50, more=False), dict, ())
    return Reply.of_json(200, {**empty, "services": [_service(world, request)]})


def fetch_service(world: World, request: Request, match: Match[str]) -> Reply:
    if match["sid"] not in (world.setting("twilio.intelligence_service_sid"), "voicemail"):
        raise Refusal(20404, path=request.path)
    return Reply.of_json(200, _service(world, request))


_ONE = r"/v2/Transcripts/(?P<sid>GT[0-9a-fA-F]{32})"
ROUTES = behind_login(
    ("GET", re.compile(r"/v2/Transcripts"), list_transcripts),
    ("POST", re.compile(r"/v2/Transcripts"), create_transcript),
    ("GET", re.compile(_ONE), fetch_transcript),
    ("GET", re.compile(_ONE + "/Sentences"), list_sentences),
    ("GET", re.compile(_ONE + "/Media"), transcript_media),
    ("GET", re.compile(r"/v2/Services"), list_services),
    ("GET", re.compile(r"/v2/Services/(?P<sid>[^/]+)"), fetch_service),
)
