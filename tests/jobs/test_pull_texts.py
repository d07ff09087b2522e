"""Texts from customers: stored once each, STOP and START applied at once, whatever the lists do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nsquilio.core.model import Channel
from nsquilio.errors import ServiceFailed
from nsquilio.jobs.inbound_texts import CURSOR
from nsquilio.jobs.remind import Options, remind
from nsquilio.jobs.understand import understand
from nsquilio.sandbox import control, outside
from tests.jobs.inbound_builders import Desk

ANNA = "+14155550142"
BEN = "+12125550176"


def test_a_text_is_stored_once_however_often_it_is_listed(desk: Desk) -> None:
    sid = desk.text(ANNA, "Will pay on Friday")
    first, again = desk.pull(), desk.pull()
    assert (first.sms, first.duplicates) == (1, 0)
    assert (again.sms, again.duplicates) == (0, 1)
    stored = desk.store.inbound.stored(sid)
    assert stored is not None
    assert (stored.sender, stored.body, stored.channel) == (ANNA, "Will pay on Friday", "sms")


def test_an_idle_run_asks_three_times_at_most(desk: Desk) -> None:
    desk.pull(is_frugal=True)
    for _ in range(8):
        before = len(desk.requests())
        desk.pull(is_frugal=True)
        assert len(desk.requests()) - before <= 3
        desk.advance(minutes=5)


def test_stop_opts_the_number_out_in_the_run_that_brings_it(desk: Desk) -> None:
    desk.text(ANNA, "Stop!")
    assert desk.pull().opt_outs == (ANNA,)
    assert ANNA in desk.store.blocks.opted_out()
    assert desk.pull().opt_outs == ()


@pytest.mark.parametrize(
    ("words", "kind"),
    [("stpo texting me please", "wording"), ("Sorry, wrong number. I'm not Anna", "wrong_number")],
)
def test_a_no_in_other_words_is_heard_in_the_run_that_brings_it(desk: Desk, words: str, kind: str) -> None:
    desk.text(ANNA, words)
    assert desk.pull().opt_outs == (ANNA,)
    assert [one.kind for one in desk.store.blocks.opt_outs()] == [kind]


def test_our_own_words_sent_back_are_no_opt_out(desk: Desk) -> None:
    remind(desk.services, Options())
    sent = next(m for m in desk.store.messages.changed_after(0) if "Reply STOP to opt out" in m.body)
    desk.advance(minutes=1)
    desk.text(sent.to, sent.body)
    assert desk.pull().opt_outs == ()


@pytest.mark.parametrize(("words", "is_out"), [(("STOP", "START"), False), (("START", "STOP"), True)])
def test_the_last_word_of_a_sender_counts(desk: Desk, words: tuple[str, ...], is_out: bool) -> None:
    for word in words:
        desk.text(ANNA, word)
        desk.advance(minutes=1)
    desk.pull()
    assert (ANNA in desk.store.blocks.opted_out()) is is_out


def test_an_older_stop_that_is_listed_late_does_not_undo_a_newer_start(desk: Desk) -> None:
    hidden = desk.text(ANNA, "STOP")
    desk.advance(minutes=1)
    desk.text(ANNA, "START")
    desk.world.db.execute("UPDATE twilio_message SET sid = 'x' || sid WHERE sid = ?", (hidden,))
    desk.pull()
    desk.world.db.execute("UPDATE twilio_message SET sid = ? WHERE sid = 'x' || ?", (hidden, hidden))
    desk.pull()
    assert desk.store.inbound.stored(hidden) is not None
    assert ANNA not in desk.store.blocks.opted_out()


def test_start_lifts_no_opt_out_that_a_person_entered(desk: Desk) -> None:
    desk.store.blocks.opt_out(ANNA, Channel.SMS, "person", "by phone", desk.now())
    desk.text(ANNA, "START")
    desk.pull()
    assert ANNA in desk.store.blocks.opted_out()


def test_pictures_are_kept_as_links(desk: Desk) -> None:
    sid = desk.text(ANNA, "the check", media=[("image/jpeg", b"\xff\xd8")])
    desk.pull()
    stored = desk.store.inbound.stored(sid)
    assert stored is not None and len(stored.media) == 1
    assert f"/Messages/{sid}/Media/ME" in stored.media[0]


def _at_twilio(desk: Desk, sid: str, **columns: object) -> None:
    """What Twilio says of it from now on."""
    words = ", ".join(f"{name} = :{name}" for name in columns)
    desk.world.db.execute(f"UPDATE twilio_message SET {words} WHERE sid = :sid", {**columns, "sid": sid})


def test_a_text_that_twilio_still_receives_is_left_until_it_says_something(desk: Desk) -> None:
    sid = desk.text(ANNA, "")
    _at_twilio(desk, sid, final_status="receiving")
    assert (desk.pull().sms, desk.store.inbound.stored(sid)) == (0, None)
    desk.advance(minutes=5)
    _at_twilio(desk, sid, final_status="received", body="STOP")
    result = desk.pull()
    assert (result.sms, result.opt_outs) == (1, (ANNA,))


def test_a_text_that_stays_receiving_is_taken_as_it_is_after_a_day_and_completed_later(desk: Desk) -> None:
    sid = desk.text(ANNA, "")
    _at_twilio(desk, sid, final_status="receiving")
    desk.pull()
    desk.advance(hours=25)
    assert desk.pull().sms == 1
    understand(desk.services)
    desk.advance(hours=40)
    _at_twilio(desk, sid, final_status="received", body="STOP")
    result = desk.pull()
    assert (result.sms, result.duplicates, result.opt_outs) == (0, 1, (ANNA,))
    understand(desk.services)
    stored = desk.store.inbound.stored(sid)
    assert stored is not None and stored.reading is not None
    assert (stored.body, stored.status, stored.reading.kind) == ("STOP", "received", "opt_out")
    assert desk.store.verify().ok


def test_a_no_is_heard_though_its_picture_is_still_on_its_way(desk: Desk) -> None:
    sid = desk.text(ANNA, "STOP", media=[("image/jpeg", b"\xff\xd8")])
    _at_twilio(desk, sid, final_status="receiving", media=0)
    assert desk.pull().opt_outs == (ANNA,)
    desk.store.blocks.opt_in(ANNA, Channel.SMS, "by phone", desk.now())
    _at_twilio(desk, sid, final_status="received", media=1)
    assert desk.pull().opt_outs == ()
    stored = desk.store.inbound.stored(sid)
    assert stored is not None
    assert (stored.body, stored.status, len(stored.media)) == ("STOP", "received", 1)
    before = len(desk.requests())
    desk.pull(is_frugal=True)
    assert len(desk.requests()) - before <= 3


def test_a_text_that_was_whole_stays_as_it_was_read(desk: Desk) -> None:
    sid = desk.text(ANNA, "Will pay on Friday")
    desk.pull()
    _at_twilio(desk, sid, body="something else")
    desk.pull()
    stored = desk.store.inbound.stored(sid)
    assert stored is not None and stored.body == "Will pay on Friday"


def test_pages_that_repeat_rows_store_them_once(desk: Desk) -> None:
    texts = [(ANNA, _our_number(desk), f"text {n}", desk.now() - timedelta(minutes=n)) for n in range(2500)]
    sids = outside.replies(desk.world, texts)
    control.set_fault(desk.world, "duplicate-page")
    result = desk.pull()
    assert result.sms == len(sids) == len(set(sids))
    assert result.duplicates == 1000


def _our_number(desk: Desk) -> str:
    from nsquilio.sandbox.twilio_access import own_numbers

    return own_numbers(desk.world)[0]


def test_the_cursor_stays_when_a_page_fails_and_the_next_run_misses_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [(ANNA, _our_number(desk), f"text {n}", desk.now() - timedelta(minutes=n)) for n in range(1500)]
    outside.replies(desk.world, texts)
    listed = desk.services.twilio.prepared_messages

    def broken(*given, **named):
        pages = listed(*given, **named)
        yield next(pages)
        raise ServiceFailed("Twilio went away.", service="Twilio")

    monkeypatch.setattr(desk.services.twilio, "prepared_messages", broken)
    with pytest.raises(ServiceFailed):
        desk.pull()
    assert desk.store.runs.cursor(CURSOR) is None
    monkeypatch.undo()
    result = desk.pull()
    assert (result.sms, result.duplicates) == (500, 1000)
    assert desk.store.runs.cursor(CURSOR) == "2026-03-02"


def _asked_from(desk: Desk) -> list[str]:
    queries = [one["query"] for one in desk.world.history() if one["path"].endswith("/Messages.json")]
    return [query.split("DateSent>=")[1][:10] for query in queries]


def test_the_first_run_reads_399_days_and_the_next_ones_three(desk: Desk) -> None:
    desk.pull()
    desk.advance(days=1)
    desk.pull()
    assert _asked_from(desk) == ["2025-01-27", "2026-02-27"]


def test_a_machine_that_slept_for_two_years_asks_for_399_days(desk: Desk) -> None:
    desk.pull()
    desk.advance(days=800)
    desk.pull()
    assert _asked_from(desk)[1] == (desk.now() - timedelta(days=399)).date().isoformat()


def test_since_reads_further_back_but_never_leaves_a_gap(desk: Desk) -> None:
    desk.pull()
    desk.advance(days=10)
    desk.pull(since=date(2026, 3, 11))
    desk.pull(since=date(2025, 12, 1))
    assert _asked_from(desk)[1:] == ["2026-02-27", "2025-12-01"]


def test_a_cursor_ahead_of_the_clock_still_reads_three_days(desk: Desk) -> None:
    desk.store.runs.set_cursor(CURSOR, "2027-01-01")
    desk.pull()
    assert _asked_from(desk) == ["2026-02-27"]


def test_rows_without_a_sid_are_told_and_hold_up_nothing(desk: Desk) -> None:
    desk.text(ANNA, "first")
    desk.world.db.execute("UPDATE twilio_message SET sid = ''")
    good = desk.text(BEN, "second")
    result = desk.pull()
    assert result.sms == 1 and desk.store.inbound.stored(good) is not None
    assert [problem.code for problem in result.problems] == ["row_unreadable"]
    assert "1 row(s) of Twilio's list of messages have no SID" in result.problems[0].what
    assert desk.pull().problems == ()


def test_senders_that_are_no_numbers_and_bodies_that_are_no_prose_are_stored_as_they_are(desk: Desk) -> None:
    bodies = [
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "a\x00b\x1b[2J",
        "😀" * 1600,
        "",
        "\u202eevil",
    ]
    texts = [("72975", _our_number(desk), body, desk.now()) for body in bodies]
    sids = outside.replies(desk.world, texts)
    assert desk.pull().sms == len(bodies)
    stored = desk.store.inbound.by_sids(sids)
    assert [stored[sid].body for sid in sids] == bodies
    assert {row.sender for row in stored.values()} == {"72975"}
