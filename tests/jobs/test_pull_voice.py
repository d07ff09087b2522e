"""Calls and voicemails: answered, missed, recorded, and their words hours later or never."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from nsquilio.errors import Refused
from nsquilio.remote.twilio_rows import Page, RecordingRow, page_of
from nsquilio.sandbox import outside
from nsquilio.store import InboundRow
from tests.jobs.inbound_builders import Desk

ANNA = "+14155550142"


def _ring(desk: Desk, **given) -> str:
    return outside.call(desk.world, given.pop("from_", ANNA), None, **given)


def _recording_of(desk: Desk, call: str) -> str:
    return str(desk.world.value("SELECT sid FROM twilio_recording WHERE call_sid = ?", (call,)))


def _stored(desk: Desk) -> list[InboundRow]:
    return list(desk.store.inbound.received(desk.now().replace(year=2020)))


def test_an_answered_and_a_missed_call_are_stored_once(desk: Desk) -> None:
    answered, missed = _ring(desk, answered=True), _ring(desk)
    assert (desk.pull().calls, desk.pull().calls) == (2, 0)
    stored = {row.sid: (row.channel, row.sender, row.status) for row in _stored(desk)}
    assert stored == {answered: ("call", ANNA, "answered"), missed: ("call", ANNA, "missed")}


def test_a_voicemail_stands_beside_its_missed_call_and_its_words_come_later(desk: Desk) -> None:
    call = _ring(desk, voicemail_text="Hi, this is Anna. We mailed the check on Monday.")
    first = desk.pull()
    assert (first.calls, first.voicemails) == (1, 1)
    by_channel = {row.channel: row for row in _stored(desk)}
    assert (by_channel["call"].sid, by_channel["call"].status) == (call, "missed")
    voicemail = by_channel["voicemail"]
    assert (voicemail.sender, voicemail.transcript_state, voicemail.body) == (ANNA, "awaited", "")
    assert voicemail.media[0].endswith(f"/Recordings/{voicemail.sid}.mp3")
    assert voicemail not in desk.store.inbound.unread()
    desk.advance(hours=3)
    desk.pull()
    words = desk.store.inbound.stored(voicemail.sid)
    assert words is not None
    assert (words.transcript_state, words.body) == (
        "done",
        "Hi, this is Anna. We mailed the check on Monday.",
    )
    assert desk.store.inbound.unread()[-1].sid == voicemail.sid


@pytest.mark.parametrize("how_many", [1, 5])
@pytest.mark.parametrize("source", ["recordings", "intelligence"])
def test_words_come_from_either_source_by_list_or_one_by_one(desk: Desk, source: str, how_many: int) -> None:
    for number in range(how_many):
        _ring(desk, voicemail_text=f"Message number {number}. Please call me back.")
    desk.services = replace(desk.services, voicemail=(source,))
    desk.pull()
    desk.advance(minutes=5)
    desk.pull()
    said = sorted(row.body for row in _stored(desk) if row.channel == "voicemail")
    assert said == [f"Message number {number}. Please call me back." for number in range(how_many)]


def test_words_that_never_come_are_let_go_after_a_day(desk: Desk) -> None:
    desk.world.set_setting("twilio.transcription_delay_s", 10**7)
    _ring(desk, voicemail_text="mumble mumble")
    desk.pull()
    desk.advance(hours=23)
    desk.pull()
    assert [row.transcript_state for row in desk.store.inbound.awaited_transcripts()] == ["awaited"]
    desk.advance(hours=2)
    desk.pull()
    voicemail = next(row for row in _stored(desk) if row.channel == "voicemail")
    assert (voicemail.transcript_state, voicemail.body) == ("never", "")
    assert voicemail.sid in {row.sid for row in desk.store.inbound.unread()}


def test_a_failed_transcription_is_not_awaited(desk: Desk) -> None:
    _ring(desk, voicemail_text="word " * 400)  # longer than the two minutes Twilio transcribes
    desk.pull()
    desk.advance(minutes=5)
    desk.pull()
    assert desk.store.inbound.awaited_transcripts() == ()


def test_a_transcript_source_that_is_refused_is_told_and_nothing_is_given_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ring(desk, voicemail_text="please call me")
    desk.pull()
    desk.advance(days=3)

    def refused(_sid: str) -> list:
        raise Refused("Twilio refused to list transcriptions (20003).", status=403, service="Twilio")

    monkeypatch.setattr(desk.services.twilio, "transcriptions_of", refused)
    result = desk.pull()
    assert [problem.code for problem in result.problems] == ["transcripts_not_read"]
    assert len(desk.store.inbound.awaited_transcripts()) == 1


def test_a_recording_listed_before_its_call_waits_for_it(desk: Desk) -> None:
    _ring(desk, voicemail_text="first")
    later = _ring(desk, voicemail_text="second")
    desk.world.db.execute("UPDATE twilio_call SET start_time = start_time + 864000 WHERE sid = ?", (later,))
    desk.world.db.execute("UPDATE twilio_call SET status = 'in-progress' WHERE sid = ?", (later,))
    assert (desk.pull().voicemails, len(_stored(desk))) == (1, 2)
    desk.world.db.execute("UPDATE twilio_call SET status = 'completed' WHERE sid = ?", (later,))
    assert desk.pull().voicemails == 1


def test_a_call_seen_before_its_recording_turns_from_answered_to_missed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = _ring(desk, voicemail_text="hello")
    monkeypatch.setattr(desk.services.twilio, "recordings", lambda _since: iter(()))
    desk.pull()
    assert desk.store.inbound.stored(call).status == "answered"
    monkeypatch.undo()
    desk.pull()
    assert desk.store.inbound.stored(call).status == "missed"


def test_a_second_recording_of_a_call_that_is_ready_later_is_stored_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    call, other = (_ring(desk, voicemail_text=part) for part in ("first part", "second part"))
    late = _recording_of(desk, other)
    desk.world.db.execute("UPDATE twilio_recording SET call_sid = ? WHERE sid = ?", (call, late))
    desk.world.db.execute("DELETE FROM twilio_call WHERE sid = ?", (other,))
    listed = desk.services.twilio.recordings

    def not_ready(since: date) -> Iterator[Page[RecordingRow]]:
        for page in listed(since):
            rows = [{**row.raw, "status": "processing"} if row.sid == late else row.raw for row in page.rows]
            yield page_of(RecordingRow, rows)

    with monkeypatch.context() as patched:
        patched.setattr(desk.services.twilio, "recordings", not_ready)
        assert sum(desk.pull(is_frugal=True).voicemails for _ in range(3)) == 1
    desk.advance(hours=30)
    assert sum(desk.pull(is_frugal=True).voicemails for _ in range(3)) == 1
    stored = desk.store.inbound.stored(late)
    assert stored is not None
    assert (stored.channel, stored.sender, stored.details["call_sid"]) == ("voicemail", ANNA, call)


def test_a_recording_of_a_call_that_nobody_took_is_stored(desk: Desk) -> None:
    call = _ring(desk, voicemail_text="hello?")
    desk.world.db.execute("UPDATE twilio_call SET status = 'no-answer' WHERE sid = ?", (call,))
    assert (desk.pull(is_frugal=True).voicemails, desk.store.inbound.stored(call).status) == (1, "missed")


def test_a_call_of_somebody_elses_recording_is_asked_for_once(desk: Desk) -> None:
    call = _ring(desk, voicemail_text="for another team")
    desk.services = replace(desk.services, inbound_numbers=("+14155559999",))
    desk.advance(hours=49)
    before = len(desk.requests())
    for _ in range(4):
        desk.pull()
    assert sum(f"/Calls/{call}.json" in one for one in desk.requests()[before:]) == 1
    assert _stored(desk) == []


def test_a_key_without_the_right_to_read_calls_still_reads_texts(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_since):
        raise Refused("Twilio refused to list calls (20003).", status=403, service="Twilio")

    monkeypatch.setattr(desk.services.twilio, "calls", refused)
    desk.text(ANNA, "hello")
    result = desk.pull()
    assert (result.sms, [problem.code for problem in result.problems]) == (1, ["not_read"])
    assert result.problems[0].what == "The calls could not be read: Twilio refused to list calls (20003)."
    assert result.exit_codes == [1]


def test_callers_who_hide_their_number_are_kept_apart(desk: Desk) -> None:
    _ring(desk)
    desk.world.db.execute("UPDATE twilio_call SET from_number = 'anonymous'")
    desk.pull()
    assert [row.sender for row in _stored(desk)] == ["anonymous"]


def test_an_idle_run_with_calls_of_the_last_days_asks_three_times_at_most(desk: Desk) -> None:
    _ring(desk, answered=True)
    desk.pull(is_frugal=True)
    asked: list[str] = []
    for _ in range(16):
        before = len(desk.requests())
        desk.pull(is_frugal=True)
        mine = desk.requests()[before:]
        assert len(mine) <= 3
        asked += [one.rpartition("/")[2] for one in mine]
        desk.advance(minutes=5)
    assert {"Recordings.json", "bounces", "blocks", "spam_reports", "unsubscribes", "invalid_emails"} <= set(
        asked
    )
