"""Calls, recordings and transcripts of the sandbox against facts/twilio.md section 7."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nsquilio.errors import WrongUsage
from nsquilio.sandbox import outside
from nsquilio.sandbox.server import Server
from nsquilio.sandbox.world import World
from tests.sandbox.twilio_side import CUSTOMER, NOON, Api, hold_the_clock, official_client

OWN = "+14155550180"
SAID = "Hello, this is Acme. We will pay invoice 1042 on Friday."


@pytest.fixture
def api(world: World, server: Server, monkeypatch: pytest.MonkeyPatch) -> Api:
    hold_the_clock(world, monkeypatch)
    return Api(server)


def listed(api: Api, name: str, key: str, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.get(f"{api.account}/{name}.json", **query).json()[key]
    return found


def test_answered_and_missed_calls_and_voicemail_differ(api: Api, world: World) -> None:
    answered = outside.call(world, CUSTOMER, OWN, answered=True)
    missed = outside.call(world, CUSTOMER, OWN)
    voicemail = outside.call(world, CUSTOMER, OWN, voicemail_text=SAID)
    calls = {call["sid"]: call for call in listed(api, "Calls", "calls")}
    assert list(calls) == [voicemail, missed, answered]
    assert (calls[answered]["status"], calls[answered]["duration"]) == ("completed", "95")
    assert (calls[missed]["status"], calls[missed]["duration"], calls[missed]["end_time"]) == (
        "no-answer",
        "",
        None,
    )
    assert (calls[voicemail]["direction"], calls[voicemail]["from_formatted"]) == (
        "inbound",
        "(415) 555-0123",
    )
    recordings = listed(api, "Recordings", "recordings")
    assert [(each["call_sid"], each["source"]) for each in recordings] == [(voicemail, "RecordVerb")]


def test_call_filters_exclude_the_day_before_which(api: Api, world: World) -> None:
    for day in (2, 3, 4):
        world.set_clock(NOON.replace(day=day))
        outside.call(world, CUSTOMER, OWN, answered=True)

    def days(**query: str) -> list[str]:
        return [call["start_time"][5:7] for call in listed(api, "Calls", "calls", **query)]

    assert days(StartTime_after="2026-03-03") == ["04", "03"]
    assert days(StartTime_before="2026-03-03") == ["02"]
    assert days(StartTime="2026-03-03", EndTime_after="2026-03-03") == ["03"]
    assert days(EndTime_before="2026-03-04", To=OWN) == ["03", "02"]
    assert days(Status="no-answer") == []
    assert days(ParentCallSid="CA" + "0" * 32) == []


def test_a_call_and_its_recording_can_be_fetched(api: Api, world: World) -> None:
    sid = outside.call(world, CUSTOMER, OWN, voicemail_text=SAID)
    assert api.get(f"{api.account}/Calls/{sid}.json").json()["sid"] == sid
    assert api.get(f"{api.account}/Calls/CA{'0' * 32}.json").json()["code"] == 20404
    recording = listed(api, "Recordings", "recordings", CallSid=sid, DateCreated="2026-03-02")[0]
    assert api.get(f"{api.account}/Recordings/{recording['sid']}.json").json() == recording
    assert listed(api, "Recordings", "recordings", DateCreated_before="2026-03-02") == []


@pytest.mark.parametrize(
    ("form", "kind"), [("", "audio/x-wav"), (".wav", "audio/x-wav"), (".mp3", "audio/mpeg")]
)
def test_a_recording_is_sound(api: Api, world: World, form: str, kind: str) -> None:
    outside.call(world, CUSTOMER, OWN, voicemail_text=SAID)
    uri = listed(api, "Recordings", "recordings")[0]["uri"].removesuffix(".json")
    response = api.session.get(api.base_url + uri + form)
    assert (response.status_code, response.headers["Content-Type"]) == (200, kind)
    assert response.content[:4] == b"RIFF"


def test_a_missing_recording_is_xml_not_sound(api: Api) -> None:
    response = api.session.get(f"{api.base_url}{api.account}/Recordings/RE{'0' * 32}.mp3")
    assert (response.status_code, response.headers["Content-Type"]) == (404, "application/xml")
    assert "<Code>20404</Code>" in response.text


def test_a_transcription_comes_later(api: Api, world: World) -> None:
    world.set_setting("twilio.transcription_delay_s", 3600)
    outside.call(world, CUSTOMER, OWN, voicemail_text=SAID)
    early = listed(api, "Transcriptions", "transcriptions")[0]
    assert (early["status"], early["transcription_text"], early["price"]) == ("in-progress", None, None)
    world.advance(timedelta(hours=1))
    recording = early["recording_sid"]
    late = listed(api, f"Recordings/{recording}/Transcriptions", "transcriptions")[0]
    assert (late["sid"], late["status"], late["transcription_text"]) == (early["sid"], "completed", SAID)
    assert late["price"] == "-0.05000"
    assert api.get(f"{api.account}/Transcriptions/{late['sid']}.json").json() == late


def test_a_long_voicemail_is_not_transcribed_the_old_way(api: Api, world: World) -> None:
    outside.call(world, CUSTOMER, OWN, voicemail_text="word " * 400)
    world.advance(timedelta(hours=1))
    assert [each["status"] for each in listed(api, "Transcriptions", "transcriptions")] == ["failed"]


def test_intelligence_lists_transcripts_by_recording_and_gives_sentences(api: Api, world: World) -> None:
    outside.call(world, CUSTOMER, OWN, voicemail_text=SAID)
    recording = listed(api, "Recordings", "recordings")[0]["sid"]
    assert api.get("/v2/Transcripts").json()["transcripts"] == []
    world.advance(timedelta(seconds=31))
    early = api.get("/v2/Transcripts", SourceSid=recording).json()["transcripts"][0]
    assert (early["status"], early["duration"]) == ("in-progress", 0)
    assert api.get(f"/v2/Transcripts/{early['sid']}/Sentences").json()["sentences"] == []
    world.advance(timedelta(seconds=31))
    late = api.get(f"/v2/Transcripts/{early['sid']}").json()
    assert (late["status"], late["channel"]["media_properties"]["source_sid"]) == ("completed", recording)
    sentences = api.get(f"/v2/Transcripts/{early['sid']}/Sentences", PageSize=1000).json()["sentences"]
    assert [each["transcript"] for each in sentences] == [
        "Hello, this is Acme.",
        "We will pay invoice 1042 on Friday.",
    ]
    assert api.get(f"/v2/Transcripts/{early['sid']}/Media").json()["media_url"].endswith(recording)


def test_transcript_filters_and_pages(api: Api, world: World) -> None:
    for number in range(3):
        outside.call(world, CUSTOMER, OWN, voicemail_text=f"Call {number}. Good bye.")
        world.advance(timedelta(hours=1))

    def count(**query: str) -> int:
        return len(api.get("/v2/Transcripts", **query).json()["transcripts"])

    assert count(AfterDateCreated="2026-03-02T13:00:00Z") == 2
    assert count(BeforeStartTime="2026-03-02T13:00:00Z") == 2  # the second call began before 13:00
    assert count(Status="completed", LanguageCode="en-US") == 3
    assert count(Status="failed") == 0
    assert count(ServiceSid="GA" + "0" * 32) == 0
    page = api.get("/v2/Transcripts", PageSize=2).json()
    following = page["meta"]["next_page_url"]
    assert following.startswith(f"{api.base_url}/v2/Transcripts?PageSize=2&Page=1&PageToken=PA")
    assert len(api.session.get(following).json()["transcripts"]) == 1
    sid = page["transcripts"][0]["sid"]
    first = api.get(f"/v2/Transcripts/{sid}/Sentences", PageSize=1).json()
    second = api.session.get(first["meta"]["next_page_url"]).json()
    assert [each["sentence_index"] for each in first["sentences"] + second["sentences"]] == [0, 1]


def test_a_transcript_can_be_asked_for(api: Api, world: World) -> None:
    world.set_setting("twilio.auto_transcribe", False)
    outside.call(world, CUSTOMER, OWN, voicemail_text=SAID)
    recording = listed(api, "Recordings", "recordings")[0]["sid"]
    service = api.get("/v2/Services").json()["services"][0]
    channel = f'{{"media_properties":{{"source_sid":"{recording}"}}}}'
    response = api.post("/v2/Transcripts", ServiceSid=service["sid"], Channel=channel)
    assert (response.status_code, response.json()["status"]) == (202, "in-progress")
    assert not service["auto_transcribe"]
    wrong = api.post("/v2/Transcripts", ServiceSid=service["sid"], Channel="{}")
    assert (wrong.status_code, wrong.json()["code"]) == (400, 20422)


def test_the_official_library_reads_calls_and_transcripts(api: Api, server: Server, world: World) -> None:
    outside.call(world, CUSTOMER, OWN, voicemail_text=SAID)
    world.advance(timedelta(minutes=5))
    client = official_client(server)
    call = client.calls.list(start_time_after=NOON)[0]
    recording = client.recordings.list(call_sid=call.sid)[0]
    transcription = client.recordings(recording.sid).transcriptions.list()[0]
    transcript = client.intelligence.v2.transcripts.list(source_sid=recording.sid)[0]
    sentences = client.intelligence.v2.transcripts(transcript.sid).sentences.list()
    assert (call.status, transcription.transcription_text) == ("completed", SAID)
    assert " ".join(sentence.transcript for sentence in sentences) == SAID


def test_a_reply_or_call_needs_numbers_that_exist(api: Api, world: World) -> None:
    with pytest.raises(WrongUsage, match="not a number of this account") as error:
        outside.reply(world, CUSTOMER, "+14155550111", "hello")
    assert OWN in error.value.next
    with pytest.raises(WrongUsage, match="not a telephone number"):
        outside.call(world, "Acme", OWN)
    with pytest.raises(WrongUsage, match="not a telephone number"):
        outside.reply(world, "415 555 0100", OWN, "hello")


def test_an_answer_without_an_address_goes_to_whoever_wrote_last(api: Api, world: World) -> None:
    api.send(From="+12125550181")
    sid = outside.reply(world, CUSTOMER, None, "ok")
    assert api.message(sid)["to"] == "+12125550181"
