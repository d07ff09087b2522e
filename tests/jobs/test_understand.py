"""What follows from replies: holds, promises, opt-outs by wording, the inbox, and whether people kept their word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from nsquilio.errors import Refused, Unreachable
from nsquilio.jobs.promises import accept_promise
from nsquilio.jobs.remind import Options, remind
from nsquilio.jobs.understand import understand
from nsquilio.sandbox import control, outside
from nsquilio.store import InboundSeen
from tests.jobs.inbound_builders import Desk

ERIN = "+14155550100"  # Acme's mobile: INV-1042, 1057 and 1058 are open
MARIA = "+16175550153"  # INV-1051 and INV-1066, both over 275.00
BOAT = "+18505550121"  # INV-1052 alone
STRANGER = "+13105550199"


def _say(desk: Desk, number: str, words: str) -> str:
    sid = desk.text(number, words)
    desk.pull()
    understand(desk.services)
    return sid


def _inbox(desk: Desk) -> dict[str, str | None]:
    return {row.sid: row.inbox_reason for row in desk.store.inbound.open_inbox()}


def _invoice(desk: Desk, number: str) -> str:
    return str(control.find_invoice(desk.world, number))


def test_a_claim_of_payment_holds_its_invoice_for_three_days_and_shows_in_the_inbox(desk: Desk) -> None:
    sid = _say(desk, BOAT, "We already paid INV-1052 last week by check")
    stored = desk.store.inbound.stored(sid)
    assert stored is not None and stored.reading is not None
    assert (stored.reading.kind, stored.customer_id, stored.invoice_id) == (
        "paid_claim",
        "104",
        _invoice(desk, "INV-1052"),
    )
    holds = [(h.kind, h.customer_id, h.invoice_id, h.until) for h in desk.store.blocks.holds()]
    assert holds == [("paid_claim", "104", _invoice(desk, "INV-1052"), date(2026, 3, 5))]
    assert _inbox(desk) == {sid: "paid_claim"}
    assert any(signal.startswith("document_number") for signal in stored.signals)


def test_a_dispute_without_a_clear_invoice_holds_the_customer(desk: Desk) -> None:
    sid = _say(desk, ERIN, "We never ordered this, the charge is wrong and we dispute it")
    holds = [(h.kind, h.customer_id, h.invoice_id, h.until) for h in desk.store.blocks.holds()]
    assert holds == [("dispute", "88", None, date(2026, 3, 7))]
    assert sid in _inbox(desk)


def test_understanding_twice_has_its_effects_once(desk: Desk) -> None:
    _say(desk, BOAT, "I dispute invoice INV-1052, the goods never arrived")
    understand(desk.services)
    understand(desk.services)
    assert len(desk.store.blocks.holds()) == 1


def test_a_promise_is_a_draft_that_holds_nothing(desk: Desk) -> None:
    sid = _say(desk, BOAT, "We will pay INV-1052 on Friday")
    promises = [(p.invoice_id, p.promised_on, p.state, p.inbound_sid) for p in desk.store.blocks.promises()]
    assert promises == [(_invoice(desk, "INV-1052"), date(2026, 3, 6), "draft", sid)]
    assert desk.store.blocks.holds() == ()
    assert _inbox(desk) == {sid: "promise"}


def test_a_promise_is_accepted_at_once_where_the_rules_say_so(desk: Desk) -> None:
    rules = desk.services.rules
    accepting = replace(rules, replies=replace(rules.replies, promises="accept"))
    desk.services = replace(desk.services, rules=accepting)
    _say(desk, BOAT, "We will pay INV-1052 on Friday")
    assert [(p.state, p.decided_by) for p in desk.store.blocks.promises()] == [("accepted", "reply")]
    assert [(h.kind, h.until) for h in desk.store.blocks.holds()] == [("promise", date(2026, 3, 7))]
    assert _inbox(desk) == {}


def test_a_kept_promise_is_seen_when_the_invoice_is_paid(desk: Desk) -> None:
    _say(desk, BOAT, "We will pay INV-1052 on Friday")
    control.pay(desk.world, "INV-1052")
    understand(desk.services)
    assert [p.state for p in desk.store.blocks.promises()] == ["kept"]
    assert _inbox(desk) == {}


def test_a_broken_promise_comes_back_to_the_inbox_on_the_day_after(desk: Desk) -> None:
    sid = _say(desk, BOAT, "We will pay INV-1052 on Friday")
    desk.store.inbound.close(sid, "ann", desk.now())
    desk.advance(days=4)  # Friday
    understand(desk.services)
    assert [p.state for p in desk.store.blocks.promises()] == ["draft"]
    desk.advance(days=1)
    understand(desk.services)
    assert [p.state for p in desk.store.blocks.promises()] == ["broken"]
    assert _inbox(desk) == {sid: "promise_broken"}


def test_a_claim_is_confirmed_when_the_payment_appears(desk: Desk) -> None:
    _say(desk, BOAT, "We already paid INV-1052")
    control.pay(desk.world, "INV-1052")
    understand(desk.services)
    assert (desk.store.blocks.holds(), _inbox(desk)) == ((), {})


def test_a_claim_is_shown_as_unconfirmed_when_its_hold_ends(desk: Desk) -> None:
    sid = _say(desk, BOAT, "We already paid INV-1052")
    desk.advance(days=3)
    understand(desk.services)
    assert desk.store.blocks.holds() == ()
    assert _inbox(desk) == {sid: "paid_claim_unconfirmed"}


@pytest.mark.parametrize(
    ("words", "kind"),
    [("please do not text me anymore", "wording"), ("Wrong number, I am not Maria", "wrong_number")],
)
def test_any_wording_of_no_stops_texts_and_start_does_not_lift_it(desk: Desk, words: str, kind: str) -> None:
    _say(desk, MARIA, words)
    assert [(o.address, o.kind) for o in desk.store.blocks.opt_outs()] == [(MARIA, kind)]
    desk.advance(minutes=1)
    _say(desk, MARIA, "START")
    assert MARIA in desk.store.blocks.opted_out()


def test_start_lifts_a_keyword_opt_out(desk: Desk) -> None:
    _say(desk, MARIA, "STOP")
    assert MARIA in desk.store.blocks.opted_out()
    desk.advance(minutes=1)
    _say(desk, MARIA, "START")
    assert MARIA not in desk.store.blocks.opted_out()


def _box(desk: Desk, customer: int) -> str:
    return str(
        desk.world.value("SELECT custentity_sms_opt_out FROM ns_customer WHERE id = ?", (customer,)) or "F"
    )


def test_the_box_in_netsuite_is_ticked_after_stop_and_cleared_after_start(desk: Desk) -> None:
    _say(desk, MARIA, "STOP")
    assert _box(desk, 102) == "T"
    desk.advance(minutes=1)
    _say(desk, MARIA, "START")
    assert _box(desk, 102) == "F"


def test_a_box_that_a_person_ticked_is_never_cleared(desk: Desk) -> None:
    control.change_customer(desk.world, "102", custentity_sms_opt_out="T")
    _say(desk, MARIA, "START")
    assert _box(desk, 102) == "T"


def test_a_box_that_may_not_be_written_is_told_once_and_fails_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_given) -> None:
        raise Refused("NetSuite did not change customer 102 (403).", service="NetSuite", status=403)

    monkeypatch.setattr(desk.services.netsuite, "update_customer", forbidden)
    desk.text(MARIA, "STOP")
    desk.pull()
    problems = understand(desk.services).problems
    assert [(p.code, p.exit_code) for p in problems] == [("opt_out_box", 0)]
    assert "give the role the right to edit customers" in problems[0].next
    assert understand(desk.services).problems == []


def test_a_box_that_could_not_be_written_is_written_by_a_later_run(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_given) -> None:
        raise Unreachable("NetSuite did not answer.", service="NetSuite")

    monkeypatch.setattr(desk.services.netsuite, "update_customer", down)
    desk.text(MARIA, "STOP")
    desk.pull()
    problems = understand(desk.services).problems
    assert [(p.code, p.exit_code) for p in problems] == [("opt_out_box", 4)]
    assert problems[0].what.startswith("The box custentity_sms_opt_out of Maria O'Brien (102) was not ticked")
    monkeypatch.undo()
    assert understand(desk.services).problems == []
    assert _box(desk, 102) == "T"


def test_nobody_we_know_stands_in_the_inbox_and_holds_nothing(desk: Desk) -> None:
    sid = _say(desk, STRANGER, "I already paid INV-1052")
    stored = desk.store.inbound.stored(sid)
    assert stored is not None and (stored.customer_id, stored.invoice_id) == (None, None)
    assert _inbox(desk) == {sid: "paid_claim; unknown_sender"}
    assert desk.store.blocks.holds() == ()


def test_old_messages_of_a_new_state_file_hold_nothing_and_bother_nobody(desk: Desk) -> None:
    from nsquilio.sandbox.twilio_access import own_numbers

    old = desk.now().replace(year=2025, month=6)
    outside.replies(desk.world, [(BOAT, own_numbers(desk.world)[0], "I dispute INV-1052", old)])
    desk.pull()
    understand(desk.services)
    assert (desk.store.blocks.holds(), _inbox(desk)) == ((), {})


def test_many_senders_cost_few_queries(desk: Desk) -> None:
    for number in (ERIN, MARIA, BOAT, STRANGER, "+18085550117", "+12125550142"):
        desk.text(number, "Thanks, got it")
    desk.pull()
    before = len(desk.requests())
    assert understand(desk.services).read == 6
    asked = [one for one in desk.requests()[before:] if one.endswith("/suiteql")]
    assert len(asked) <= 14


def test_calls_are_matched_and_need_nobody_where_the_invoice_is_clear(desk: Desk) -> None:
    sid = outside.call(desk.world, BOAT, None)
    desk.pull()
    understand(desk.services)
    stored = desk.store.inbound.stored(sid)
    assert stored is not None and stored.reading is not None
    assert (stored.customer_id, stored.reading.kind, stored.reading.rule) == ("104", "other", "call.missed")
    assert _inbox(desk) == {}


def test_a_missed_call_that_is_nobodys_or_fits_several_invoices_is_for_a_person(desk: Desk) -> None:
    """One that was answered had its person; one with a voicemail is heard there."""
    nobodys, unclear = outside.call(desk.world, STRANGER, None), outside.call(desk.world, ERIN, None)
    for number in (STRANGER, ERIN):
        outside.call(desk.world, number, None, answered=True)
        outside.call(desk.world, number, None, voicemail_text="ok thank you bye")
    desk.pull()
    understand(desk.services)
    assert _inbox(desk) == {nobodys: "unknown_sender", unclear: "tie"}
    desk.advance(minutes=10)
    desk.pull()
    understand(desk.services)
    heard = {row.channel: row.inbox_reason for row in desk.store.inbound.open_inbox() if row.sender == ERIN}
    assert heard == {"call": "tie", "voicemail": "tie"}
    assert len(_inbox(desk)) == 4


def test_a_missed_call_of_long_ago_is_for_nobody(desk: Desk) -> None:
    outside.call(desk.world, STRANGER, None)
    desk.advance(days=46)
    desk.pull(since=date(2026, 3, 1))
    understand(desk.services)
    assert [row.channel for row in desk.store.inbound.changed_after(0)] == ["call"]
    assert _inbox(desk) == {}


def test_a_voicemail_without_words_is_for_a_persons_ears(desk: Desk) -> None:
    desk.world.set_setting("twilio.transcription_delay_s", 10**7)
    outside.call(desk.world, BOAT, None, voicemail_text="mumble")
    desk.pull()
    understand(desk.services)
    assert _inbox(desk) == {}
    desk.advance(hours=25)
    desk.pull()
    understand(desk.services)
    assert list(_inbox(desk).values()) == ["other"]


def test_a_dry_run_reads_everything_and_writes_no_box(desk: Desk) -> None:
    desk.text(MARIA, "STOP")
    copy = desk.app.services(dry_run=True)
    from nsquilio.jobs.pull_inbound import pull

    pull(copy, desk.now())
    understand(copy)
    assert MARIA in copy.store.blocks.opted_out()
    assert _box(desk, 102) == "F"
    assert MARIA not in desk.store.blocks.opted_out()


def _promise_holds(desk: Desk) -> list[tuple[str, str | None, date | None]]:
    return [(str(h.kind), h.invoice_id, h.until) for h in desk.store.blocks.holds()]


def test_one_kept_promise_of_two_leaves_the_other_held_and_the_reply_open(desk: Desk) -> None:
    sid = _say(desk, ERIN, "We will pay INV-1057 and INV-1058 on Friday")
    for promise in desk.store.blocks.promises():
        accept_promise(promise.id, desk.services, desk.now(), actor="ann")
    desk.store.inbound.open_in_inbox(sid, "promise", desk.now())
    control.pay(desk.world, "INV-1057")
    understand(desk.services)
    assert _promise_holds(desk) == [("promise", _invoice(desk, "INV-1058"), date(2026, 3, 7))]
    assert sid in _inbox(desk)
    control.pay(desk.world, "INV-1058")
    understand(desk.services)
    assert (_promise_holds(desk), _inbox(desk)) == ([], {})


def test_a_voicemail_that_was_assigned_before_its_words_came_stays_there(desk: Desk) -> None:
    until = desk.now() + timedelta(hours=1)
    seen = InboundSeen("RE1", "voicemail", ERIN, "+15005550006", desk.now(), transcript_due_until=until)
    desk.store.inbound.store_page([seen], desk.now(), "poll")
    desk.store.inbound.assign("RE1", "104", _invoice(desk, "INV-1052"), "ann", desk.now())
    desk.store.inbound.set_transcript("RE1", "I dispute this invoice, it is wrong.", desk.now())
    understand(desk.services)
    assert [(h.customer_id, h.invoice_id) for h in desk.store.blocks.holds()] == [
        ("104", _invoice(desk, "INV-1052"))
    ]


def test_an_answer_in_the_very_second_of_our_text_is_about_what_we_wrote(desk: Desk) -> None:
    """Twilio tells whole seconds, so such an answer looks older than the text."""
    remind(desk.services, Options())
    sent = next(m for m in desk.store.messages.changed_after(0) if m.customer_id == "104" and m.sid)
    sid = desk.text(sent.to, "ok, thanks")
    desk.world.db.execute(
        "UPDATE twilio_message SET sent_at = ?, created = ? WHERE sid = ?",
        (int(sent.intent_at.timestamp()), int(sent.intent_at.timestamp()), sid),
    )
    desk.pull()
    understand(desk.services)
    stored = desk.store.inbound.stored(sid)
    assert stored is not None and "last_written" in " ".join(stored.signals)
