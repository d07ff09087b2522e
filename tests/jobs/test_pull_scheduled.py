"""Texts that Twilio keeps for later: looked at again until they leave, and stopped when they should not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nsquilio.core.model import Channel, HoldKind, Outcome
from nsquilio.errors import Unreachable
from nsquilio.jobs import opt_words
from nsquilio.jobs.remind import Options, remind
from nsquilio.remote.twilio import Canceling
from nsquilio.sandbox import control, outside
from nsquilio.store import StoredMessage
from tests.jobs.inbound_builders import HARBOR, Desk


@pytest.fixture
def kept(desk: Desk) -> StoredMessage:
    """The first text that the evening's run hands over for tomorrow, half an hour before it leaves."""
    desk.advance(hours=10)  # 19:00 in New York
    desk.advance(hours=4)
    remind(desk.services, Options())
    message = desk.store.messages.scheduled()[0]
    assert message.send_at is not None
    desk.advance(seconds=(message.send_at - timedelta(minutes=30) - desk.now()).total_seconds())
    return message


def _outcome(desk: Desk, message: StoredMessage) -> tuple[Outcome, str | None]:
    stored = desk.store.messages.stored(message.key)
    assert stored is not None
    return stored.outcome, stored.canceled_reason


def _at_twilio(desk: Desk, message: StoredMessage) -> str:
    return next(sent.status for sent in outside.outbox(desk.world) if sent.sid == message.sid)


def test_a_text_whose_invoice_is_as_it_was_leaves(desk: Desk, kept: StoredMessage) -> None:
    assert desk.pull().canceled == ()
    desk.advance(hours=2)
    desk.pull()
    assert _outcome(desk, kept)[0] is Outcome.SENT
    assert _at_twilio(desk, kept) in ("sent", "delivered", "undelivered", "failed", "queued")


def test_why_tells_when_a_scheduled_text_leaves(desk: Desk, kept: StoredMessage) -> None:
    assert kept.send_at is not None
    decided = remind(desk.services, Options(dry_run=True)).decisions
    (told,) = {d.detail for d in decided if d.invoice_id == kept.invoice_ids[0]}
    assert told == f"scheduled on {kept.intent_at:%Y-%m-%d}, leaves at {kept.send_at:%Y-%m-%d %H:%M} UTC"


def test_who_has_paid_since_gets_no_text(desk: Desk, kept: StoredMessage) -> None:
    for reminder in kept.reminders:
        control.pay(desk.world, f"invoice:{reminder.invoice_id}")
    assert kept.key in desk.pull().canceled
    assert _outcome(desk, kept) == (Outcome.CANCELED, "paid" if len(kept.reminders) == 1 else "changed")
    assert _at_twilio(desk, kept) == "canceled"


def test_a_new_due_date_or_balance_stops_the_text(desk: Desk, kept: StoredMessage) -> None:
    control.change_invoice(desk.world, f"invoice:{kept.invoice_ids[0]}", duedate="2026-05-01")
    assert kept.key in desk.pull().canceled
    assert _outcome(desk, kept) == (Outcome.CANCELED, "changed")


def test_a_deleted_invoice_stops_the_text(desk: Desk, kept: StoredMessage) -> None:
    control.delete_invoice(desk.world, f"invoice:{kept.invoice_ids[0]}")
    assert _key_in(desk, kept)


def _key_in(desk: Desk, kept: StoredMessage) -> bool:
    return kept.key in desk.pull().canceled


def test_a_hold_stops_the_text(desk: Desk, kept: StoredMessage) -> None:
    desk.store.blocks.add_hold(HoldKind.PERSON, "by phone", desk.now(), invoice_id=kept.invoice_ids[0])
    assert _key_in(desk, kept)
    assert _outcome(desk, kept) == (Outcome.CANCELED, "held")


def test_stop_cancels_what_was_scheduled_for_the_number_at_once(desk: Desk, kept: StoredMessage) -> None:
    desk.text(kept.to, "STOP")
    result = desk.pull()
    assert kept.to in result.opt_outs and kept.key in result.canceled
    assert _outcome(desk, kept) == (Outcome.CANCELED, "opted out")


def test_a_no_in_a_voicemail_cancels_what_was_scheduled_as_its_words_come(
    desk: Desk, kept: StoredMessage
) -> None:
    outside.call(desk.world, kept.to, None, voicemail_text="Please stop texting this phone")
    assert desk.pull().canceled == ()
    desk.advance(minutes=5)
    result = desk.pull()
    assert kept.to in result.opt_outs and kept.key in result.canceled
    assert _outcome(desk, kept) == (Outcome.CANCELED, "opted out")


def test_a_worded_no_among_very_many_texts_cancels_what_was_scheduled_at_once(
    desk: Desk, kept: StoredMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opt_words, "READ_IN_FULL", 10)
    number = outside.own_numbers(desk.world)[0]
    outside.replies(desk.world, [(HARBOR, number, f"hello {n}", desk.now()) for n in range(20)])
    desk.text(kept.to, "please do not text me any more")
    result = desk.pull()
    assert (result.opt_outs, kept.key in result.canceled) == ((kept.to,), True)


def test_a_box_ticked_in_netsuite_stops_the_text(desk: Desk, kept: StoredMessage) -> None:
    control.change_customer(desk.world, kept.customer_id, custentity_sms_opt_out="T")
    assert _key_in(desk, kept)


@pytest.mark.parametrize(
    "changed",
    [
        {"isinactive": "T"},
        {"custentity_3805_dunning_paused": "T"},
        {"custentity_comm_channel": "3"},
    ],
    ids=str,
)
def test_a_customer_left_out_since_gets_no_text(
    desk: Desk, kept: StoredMessage, changed: dict[str, str]
) -> None:
    control.change_customer(desk.world, kept.customer_id, **changed)
    assert _key_in(desk, kept)
    assert _outcome(desk, kept) == (Outcome.CANCELED, "excluded")


def test_a_cancel_that_fails_is_asked_again_by_the_next_run(
    desk: Desk, kept: StoredMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.store.blocks.opt_out(kept.to, Channel.SMS, "person", "by phone", desk.now())
    monkeypatch.setattr(desk.services.twilio, "cancel", lambda _sid: Canceling.UNKNOWN)
    result = desk.pull()
    assert kept.key not in result.canceled
    problem = next(p for p in result.problems if p.code == "cancel_open")
    assert "Twilio did not confirm that the text is canceled (opted out)" in problem.what
    monkeypatch.undo()
    assert _key_in(desk, kept)


def test_a_text_that_left_before_the_cancel_is_told(
    desk: Desk, kept: StoredMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.store.blocks.opt_out(kept.to, Channel.SMS, "person", "by phone", desk.now())
    monkeypatch.setattr(desk.services.twilio, "cancel", lambda _sid: Canceling.TOO_LATE)
    problem = next(p for p in desk.pull().problems if p.code == "cancel_too_late")
    assert "the text had left before it could be canceled (opted out)" in problem.what
    assert _outcome(desk, kept)[0] is Outcome.SENT


def test_balances_that_cannot_be_read_are_told_and_the_text_stays(
    desk: Desk, kept: StoredMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(_ids):
        raise Unreachable("NetSuite did not answer.", service="NetSuite")

    monkeypatch.setattr(desk.services.netsuite, "balances", down)
    problem = next(p for p in desk.pull().problems if p.code == "scheduled_not_checked")
    assert kept.reminders[0].document_number in problem.what and problem.exit_code == 4
    assert _outcome(desk, kept)[0] is Outcome.SCHEDULED


def test_nothing_is_asked_of_netsuite_about_texts_that_leave_later(desk: Desk) -> None:
    desk.advance(hours=14)
    remind(desk.services, Options())
    assert desk.store.messages.scheduled()
    before = len(desk.requests())
    desk.pull()
    assert not [one for one in desk.requests()[before:] if "/services/rest" in one]


def test_a_text_canceled_in_twilios_console_is_noticed_when_it_should_have_left(
    desk: Desk, kept: StoredMessage
) -> None:
    desk.services.twilio.cancel(kept.sid or "")
    desk.advance(hours=1)
    desk.pull()
    assert _outcome(desk, kept)[0] is Outcome.CANCELED
