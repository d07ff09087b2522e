"""Calls and voicemails: answered, missed, recorded, and their words hours later or never."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from nsquilio.errors import Refused, Unreachable
from nsquilio.jobs.pull_inbound import pull
from nsquilio.remote.twilio_rows import Page, RecordingRow, TranscriptionRow, page_of
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


_BOTH = ("recordings", "intelligence")


def _voicemail(desk: Desk, call: str) -> InboundRow:
    row = desk.store.inbound.stored(_recording_of(desk, call))
    assert row is not None
    return row


def _transcript_of(desk: Desk, call: str) -> str:
    of_one = "SELECT sid FROM twilio_transcript WHERE recording_sid = ?"
    return str(desk.world.value(of_one, (_recording_of(desk, call),)))


def _is_left_to_be_heard(desk: Desk, call: str) -> bool:
    row = _voicemail(desk, call)
    return row.transcript_state == "never" and row.sid in {one.sid for one in desk.store.inbound.unread()}


def test_a_transcript_that_is_gone_silences_no_other_voicemail(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.world.set_setting("twilio.transcription_delay_s", 10**7)
    gone = _ring(desk, voicemail_text="whatever")
    heard = _ring(desk, from_="+14155550143", voicemail_text="please stop texting me")
    desk.services = replace(desk.services, voicemail=_BOTH)
    desk.pull()
    desk.advance(minutes=5)
    sid, rows = _transcript_of(desk, gone), list(desk.services.twilio.transcripts())
    desk.world.db.execute("DELETE FROM twilio_transcript WHERE sid = ?", (sid,))
    monkeypatch.setattr(desk.services.twilio, "transcripts", lambda *_given, **_named: iter(rows))
    result = desk.pull()
    assert (result.opt_outs, result.problems) == (("+14155550143",), ())
    assert _voicemail(desk, heard).body == "please stop texting me"
    assert _voicemail(desk, gone).transcript_state == "awaited"  # the recording's own may still come
    desk.advance(hours=24)
    assert desk.pull().problems == ()
    assert _is_left_to_be_heard(desk, gone)


@pytest.mark.parametrize("what_fails", ["an answer of 500", "no answer"])
def test_a_transcript_that_cannot_be_read_silences_no_other_voicemail(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, what_fails: str
) -> None:
    broken = _ring(desk, voicemail_text="whatever")
    _ring(desk, from_="+14155550143", voicemail_text="please stop texting me")
    desk.services = replace(desk.services, voicemail=("intelligence",))
    desk.pull()
    desk.advance(minutes=5)
    sid, sentences = _transcript_of(desk, broken), desk.services.twilio.sentences

    def some(transcript: str) -> list[str]:
        if transcript == sid and what_fails == "no answer":
            raise Unreachable("Twilio took longer than 35 s to answer.", service="Twilio")
        if transcript == sid:
            raise Refused("Twilio refused to list sentences (20500).", status=500, service="Twilio")
        return sentences(transcript)

    monkeypatch.setattr(desk.services.twilio, "sentences", some)
    result = desk.pull()
    assert result.opt_outs == ("+14155550143",)
    assert [(problem.code, problem.exit_code) for problem in result.problems] == [("transcripts_not_read", 4)]
    desk.advance(hours=24)
    desk.pull()
    assert _voicemail(desk, broken).transcript_state == "awaited"
    desk.advance(hours=24)
    desk.pull()
    assert _is_left_to_be_heard(desk, broken)


@pytest.mark.parametrize(
    ("denied", "sources", "said"),
    [
        ("Transcriptions", ("recordings",), "Twilio refused to list transcriptions (20003): Authenticate."),
        ("/v2/", _BOTH, "Twilio refused to list transcripts (20003): Authenticate."),
        ("Sentences", _BOTH, "Twilio refused to list sentences (20003): Authenticate."),
    ],
)
@pytest.mark.parametrize("how_many", [1, 5])
def test_a_transcript_source_that_is_not_allowed_is_told_once_a_run_and_ends_the_wait_with_the_day(
    desk: Desk, denied: str, sources: tuple[str, ...], said: str, how_many: int
) -> None:
    desk.world.set_setting("twilio.transcription_delay_s", 10**7)
    desk.world.set_setting("twilio.denied", [denied])
    desk.services = replace(desk.services, voicemail=sources)
    calls = [_ring(desk, voicemail_text="please call me") for _ in range(how_many)]
    desk.pull()
    desk.advance(hours=23)
    (problem,) = desk.pull().problems
    assert (problem.code, problem.what, problem.exit_code) == ("transcripts_not_read", said, 1)
    assert problem.next.startswith("Give the key the right to read them")
    assert len(desk.store.inbound.awaited_transcripts()) == how_many  # the right may be given within the day
    desk.advance(hours=1)
    desk.pull()
    assert all(_is_left_to_be_heard(desk, call) for call in calls)
    assert desk.pull().problems == ()


def test_a_source_that_is_not_allowed_keeps_no_words_of_the_other_one(desk: Desk) -> None:
    desk.world.set_setting("twilio.denied", ["/v2/"])
    desk.services = replace(desk.services, voicemail=_BOTH)
    call = _ring(desk, voicemail_text="please call me")
    desk.pull()
    desk.advance(hours=3)
    desk.pull()
    assert _voicemail(desk, call).body == "please call me"


def _without_answers(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(_sid: str) -> list:
        raise Unreachable("Twilio can't be reached.", service="Twilio")

    monkeypatch.setattr(desk.services.twilio, "transcriptions_of", nothing)


def test_a_short_outage_when_the_day_is_over_gives_no_voicemail_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = _ring(desk, voicemail_text="please stop texting me")
    desk.pull()
    desk.advance(days=3)
    with monkeypatch.context() as patched:
        _without_answers(desk, patched)
        for _ in range(3):
            (problem,) = desk.pull().problems
            assert (problem.what, problem.exit_code) == ("Twilio can't be reached.", 4)
            desk.advance(hours=7)
    assert _voicemail(desk, call).transcript_state == "awaited"
    assert desk.pull().opt_outs == (ANNA,)


def test_an_outage_that_goes_on_ends_the_wait_a_day_after_the_first_look_past_the_limit(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = _ring(desk, voicemail_text="please call me")
    desk.pull()
    _without_answers(desk, monkeypatch)
    states = []
    for _ in range(9):
        desk.pull()
        states.append(_voicemail(desk, call).transcript_state)
        desk.advance(hours=6)
    assert states == ["awaited"] * 8 + ["never"]
    assert _is_left_to_be_heard(desk, call)


def test_a_clock_that_was_far_ahead_does_not_prolong_the_wait(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = _ring(desk, voicemail_text="please call me")
    desk.pull()
    _without_answers(desk, monkeypatch)
    pull(desk.services, desk.now() + timedelta(days=9000))
    desk.advance(hours=25)
    desk.pull()
    desk.advance(hours=25)
    desk.pull()
    assert _is_left_to_be_heard(desk, call)


def test_a_recording_dated_in_the_future_waits_no_longer_than_others(desk: Desk) -> None:
    desk.world.set_setting("twilio.transcription_delay_s", 10**7)
    call = _ring(desk, voicemail_text="please call me")
    desk.world.db.execute("UPDATE twilio_recording SET created = created + 864000000")
    desk.pull()
    desk.advance(hours=25)
    desk.pull()
    assert _is_left_to_be_heard(desk, call)


def test_words_from_the_first_page_count_when_the_list_breaks_off(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        _ring(desk, voicemail_text=f"Message number {number}.")
    desk.pull()
    desk.advance(minutes=5)
    (page,) = desk.services.twilio.transcriptions()

    def broken() -> Iterator[Page[TranscriptionRow]]:
        yield Page(page.rows[:3])
        raise Unreachable("Twilio ended the connection.", service="Twilio")

    monkeypatch.setattr(desk.services.twilio, "transcriptions", broken)
    (problem,) = desk.pull().problems
    assert (problem.code, problem.exit_code) == ("transcripts_not_read", 4)
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


def test_calls_and_recordings_without_a_sid_are_told_once_and_hold_up_nothing(desk: Desk) -> None:
    _ring(desk, voicemail_text="first")
    desk.world.db.execute("UPDATE twilio_call SET sid = 'CA1'")
    desk.world.db.execute("UPDATE twilio_recording SET sid = 'RE1'")
    good = _ring(desk, voicemail_text="second")
    result = desk.pull()
    assert (result.calls, result.voicemails) == (1, 1)
    assert desk.store.inbound.stored(good) is not None
    assert [(problem.code, problem.exit_code) for problem in result.problems] == [("row_unreadable", 1)] * 2
    for problem, what in zip(result.problems, ("calls", "recordings"), strict=True):
        assert problem.what.startswith(
            f"1 row(s) of Twilio's list of {what} have no SID and could not be stored"
        )
    assert desk.pull().problems == ()
