"""Intents, outcomes, statuses: what is written, what is refused, what the next run then knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from nsquilio.core.model import Channel, KeyState, Money, Outcome
from nsquilio.errors import NsquilioError
from nsquilio.store import ForeignMessage, KeyTaken, StatusSeen, Store, StoredMessage
from tests.store.builders import NOW, a_message, a_reminder, an_outcome, sent, sent_total

KEY = "1042:late-7:preferred"
LATER = NOW + timedelta(minutes=10)


def test_message_comes_back_as_it_was_committed(store: Store) -> None:
    run = store.runs.begin("remind", NOW, live=True, actor="cron")
    message = a_message(subject="Invoice", html="<p>x</p>", language="en", send_at=LATER, validity_s=600)
    store.messages.commit_intents([message], NOW)
    assert store.messages.stored(KEY) == StoredMessage(
        key=KEY,
        attempt=1,
        run_id=run,
        channel=Channel.SMS,
        to="+14155550100",
        customer_id="88",
        customer="Acme Corp",
        step="late-7",
        subject="Invoice",
        body=message.body,
        html="<p>x</p>",
        language="en",
        segments=1,
        encoding="GSM-7",
        estimated_cost=Decimal("0.0079"),
        cost_currency="USD",
        price=None,
        price_currency=None,
        local_day=date(2026, 3, 2),
        zones=("America/Los_Angeles",),
        send_at=LATER,
        validity_s=600,
        outcome=Outcome.INTENT,
        sid=None,
        status=None,
        status_at=None,
        final=False,
        error_code=None,
        detail="",
        intent_at=NOW,
        outcome_at=None,
        looks=0,
        looked_at=None,
        settle_not_before=None,
        cancel_wanted_at=None,
        canceled_reason=None,
        failed_for_good=False,
        foreign_origin=None,
        erased=False,
        reminders=message.reminders,
    )


def test_message_about_several_invoices_keeps_them_in_order(store: Store) -> None:
    reminders = tuple(a_reminder(f"{number}:late-7:preferred") for number in (7, 3, 5))
    store.messages.commit_intents([a_message(reminders=reminders)], NOW)
    stored = store.messages.stored(KEY)
    assert stored is not None
    assert stored.reminders == reminders
    assert stored.invoice_ids == ("7", "3", "5")


@pytest.mark.parametrize("outcome", [Outcome.INTENT, Outcome.SENT, Outcome.SCHEDULED, Outcome.UNKNOWN])
def test_taken_key_is_refused_and_nothing_of_the_batch_is_written(store: Store, outcome: Outcome) -> None:
    store.messages.commit_intents([a_message()], NOW)
    store.messages.record_outcomes([an_outcome(outcome=outcome)])
    other = a_message("7:late-7:preferred", reminders=(a_reminder("7:late-7:preferred"),))
    again = a_message("bundle", reminders=(a_reminder("8:late-7:preferred"), a_reminder(KEY)))
    with pytest.raises(KeyTaken, match="never used twice: 1042:late-7:preferred") as refused:
        store.messages.commit_intents([other, again], LATER)
    assert refused.value.keys == (KEY,)
    assert refused.value.code == "key_taken"
    assert store.messages.stored("7:late-7:preferred") is None
    assert sent_total(store) == 1


def test_two_messages_of_one_batch_cannot_share_a_reminder(store: Store) -> None:
    both = [a_message("a", reminders=(a_reminder(KEY),)), a_message("b", reminders=(a_reminder(KEY),))]
    with pytest.raises(KeyTaken):
        store.messages.commit_intents(both, NOW)
    assert store.messages.open_outcomes() == ()


@pytest.mark.parametrize("outcome", [Outcome.REJECTED, Outcome.CANCELED, Outcome.NOT_SENT])
def test_key_is_free_again_after_what_provably_never_went_out(store: Store, outcome: Outcome) -> None:
    store.messages.commit_intents([a_message()], NOW)
    store.messages.record_outcomes([an_outcome(outcome=outcome)])
    store.messages.commit_intents([a_message(body="second")], LATER)
    stored = store.messages.stored(KEY)
    assert stored is not None
    assert (stored.attempt, stored.body, stored.outcome) == (2, "second", Outcome.INTENT)
    assert store.messages.key_states([KEY])[KEY].outcome is Outcome.INTENT


def test_outcome_of_a_second_attempt_leaves_the_first_as_it_was(store: Store) -> None:
    store.messages.commit_intents([a_message()], NOW)
    store.messages.record_outcomes([an_outcome(outcome=Outcome.REJECTED, error_code="30006")])
    sent(store, a_message(), at=LATER)
    first, second = (row["error_code"] for row in store._database.rows("SELECT error_code FROM messages"))
    assert (first, second) == ("30006", None)
    assert store.messages.failures(NOW) == ()  # what was refused has gone out since
    stored = store.messages.stored(KEY)
    assert stored is not None
    assert (stored.outcome, stored.sid, stored.error_code) == (Outcome.SENT, f"SM-{KEY}", None)


def test_outcome_of_a_message_nobody_committed_is_a_bug(store: Store) -> None:
    with pytest.raises(NsquilioError, match="No message 9:x stands in the state file") as problem:
        store.messages.record_outcomes([an_outcome("9:x")])
    assert problem.value.exit_code == 70


def test_outcome_keeps_what_it_does_not_know(store: Store) -> None:
    store.messages.commit_intents([a_message(segments=2)], NOW)
    store.messages.record_outcomes(
        [an_outcome(outcome=Outcome.UNKNOWN, detail="time-out", settle_not_before=LATER)]
    )
    store.messages.record_outcomes([an_outcome(at=LATER, status="queued")])
    stored = store.messages.stored(KEY)
    assert stored is not None
    assert (stored.outcome, stored.segments, stored.status, stored.settle_not_before) == (
        Outcome.SENT,
        2,
        "queued",
        LATER,
    )
    assert (stored.outcome_at, stored.detail) == (LATER, "")


def test_outcomes_and_next_intents_are_one_transaction(store: Store) -> None:
    store.messages.commit_intents([a_message()], NOW)
    with pytest.raises(KeyTaken), store.transaction():
        store.messages.record_outcomes([an_outcome()])
        store.messages.commit_intents([a_message()], NOW)
    stored = store.messages.stored(KEY)
    assert stored is not None
    assert stored.outcome is Outcome.INTENT


def test_half_a_change_that_failed_is_never_committed_even_when_its_error_is_swallowed(store: Store) -> None:
    with (
        pytest.raises(NsquilioError, match=r"Half a change of the state file .* failed"),
        store.transaction(),
    ):
        try:
            with store.transaction():
                store.runs.set_cursor("a", "1")
                raise ValueError
        except ValueError:
            pass
        store.runs.set_cursor("b", "2")
    assert (store.runs.cursor("a"), store.runs.cursor("b")) == (None, None)
    store.runs.set_cursor("b", "3")
    assert store.runs.cursor("b") == "3"


def test_refusal_that_wrote_nothing_may_be_caught_inside_a_transaction(store: Store) -> None:
    sent(store, a_message())
    with store.transaction():
        with pytest.raises(KeyTaken):
            store.messages.commit_intents([a_message()], NOW)
        store.messages.commit_intents([a_message("7", reminders=(a_reminder("7:late-7:preferred"),))], NOW)
    assert sent_total(store) == 2


def test_phone_number_in_a_services_words_is_masked(store: Store) -> None:
    store.messages.commit_intents([a_message()], NOW)
    detail = (
        "The 'To' number +1 415-555-0100 of ap@acme.example is not valid (21211); 4155550100, SM12345678901"
    )
    store.messages.record_outcomes([an_outcome(outcome=Outcome.REJECTED, detail=detail)])
    stored = store.messages.stored(KEY)
    assert stored is not None
    assert stored.detail == (
        "The 'To' number [address] of [address] is not valid (21211); [address], SM12345678901"
    )


def test_key_state_tells_the_newest_attempt_and_whether_it_failed_for_good(store: Store) -> None:
    store.messages.commit_intents(
        [a_message(), a_message("7:a:sms", reminders=(a_reminder("7:a:sms"),))], NOW
    )
    store.messages.record_outcomes(
        [
            an_outcome(outcome=Outcome.REJECTED, error_code="21211", failed_for_good=True),
            an_outcome("7:a:sms"),
        ]
    )
    assert store.messages.key_states([KEY, "7:a:sms", "8:never:sms"]) == {
        KEY: KeyState(Outcome.REJECTED, failed_for_good=True, at=NOW, error_code="21211"),
        "7:a:sms": KeyState(Outcome.SENT, at=NOW),
    }


def test_told_is_the_last_message_that_went_out(store: Store) -> None:
    sent(store, a_message())
    later = a_reminder("1042:late-14:preferred", balance=Money(Decimal("9000.5"), "USD"), due_date=None)
    store.messages.commit_intents([a_message("1042:late-14:preferred", reminders=(later,))], LATER)
    told = store.messages.told(["1042", "7"])
    assert {key: (each.at, each.due_date, each.balance) for key, each in told.items()} == {
        "1042": (LATER, None, Money(Decimal("9000.5"), "USD"))
    }
    store.messages.record_outcomes([an_outcome("1042:late-14:preferred", Outcome.REJECTED, at=LATER)])
    assert store.messages.told(["1042"])["1042"].at == NOW


def test_contacts_are_what_went_out_or_may_have_from_that_day_on(store: Store) -> None:
    for number, outcome in enumerate(Outcome):
        key = f"{number}:a:sms"
        day = date(2026, 3, 1 + number % 2)
        message = a_message(key, reminders=(a_reminder(key),), customer_id=str(number), local_day=day)
        store.messages.commit_intents([message], NOW)
        if outcome is not Outcome.INTENT:
            store.messages.record_outcomes([an_outcome(key, outcome)])
    taken = {"0": "intent", "1": "sent", "2": "scheduled", "4": "unknown"}
    assert {contact.customer_id for contact in store.messages.contacts(date(2026, 3, 1))} == set(taken)
    assert {contact.customer_id for contact in store.messages.contacts(date(2026, 3, 2))} == {"1"}


def test_number_that_had_a_text_before_is_known_but_mail_and_refusals_do_not_count(store: Store) -> None:
    sent(store, a_message())
    mail = a_message(
        "7:a:email", reminders=(a_reminder("7:a:email"),), channel=Channel.EMAIL, to="ap@acme.example"
    )
    sent(store, mail)
    refused = a_message("8:a:sms", reminders=(a_reminder("8:a:sms"),), to="+14155550108")
    store.messages.commit_intents([refused], NOW)
    store.messages.record_outcomes([an_outcome("8:a:sms", Outcome.REJECTED)])
    asked = ["+14155550100", "ap@acme.example", "+14155550108", "+14155550109"]
    assert store.messages.texted(asked) == {"+14155550100"}


def test_written_says_what_went_out_to_whom(store: Store) -> None:
    sent(store, a_message())
    (written,) = store.messages.written(["1042"])
    assert (written.message_key, written.invoice_id, written.to, written.at) == (
        KEY,
        "1042",
        "+14155550100",
        NOW,
    )
    assert store.messages.written(["7"]) == ()
    assert store.messages.written(since=LATER) == ()
    assert store.messages.last_written_to(["+14155550100"]) == (written,)
    assert store.messages.last_written_to(["+14155550101"]) == ()


def test_status_is_written_once_and_unchanged_ones_cost_no_event(store: Store) -> None:
    sent(store, a_message())
    delivered = StatusSeen(
        f"SM-{KEY}",
        "delivered",
        LATER,
        price=Decimal("-0.0079"),
        price_currency="USD",
        segments=2,
        final=True,
    )
    assert store.messages.update_statuses([delivered, replace(delivered, sid="SM-unknown")], LATER) == 1
    head = store.trail.head()
    assert store.messages.update_statuses([delivered], LATER) == 0
    assert store.trail.head() == head
    stored = store.messages.stored(KEY)
    assert stored is not None
    assert (stored.status, stored.status_at, stored.price, stored.segments, stored.final) == (
        "delivered",
        LATER,
        Decimal("-0.0079"),
        2,
        True,
    )


def test_list_that_lags_behind_does_not_undo_a_final_status(store: Store) -> None:
    sent(store, a_message())
    store.messages.update_statuses([StatusSeen(f"SM-{KEY}", "delivered", LATER, final=True)], LATER)
    assert store.messages.update_statuses([StatusSeen(f"SM-{KEY}", "sent", LATER)], LATER) == 0
    assert store.messages.by_sids([f"SM-{KEY}"])[f"SM-{KEY}"].status == "delivered"


def test_text_that_failed_for_good_keeps_its_key(store: Store) -> None:
    sent(store, a_message())
    failed = StatusSeen(
        f"SM-{KEY}", "undelivered", LATER, error_code="30006", final=True, failed_for_good=True
    )
    store.messages.update_statuses([failed], LATER)
    assert store.messages.key_states([KEY])[KEY] == KeyState(
        Outcome.SENT, failed_for_good=True, at=NOW, status="undelivered", error_code="30006"
    )
    assert [message.key for message in store.messages.failures(NOW)] == [KEY]
    with pytest.raises(KeyTaken):
        store.messages.commit_intents([a_message()], LATER)


def test_confirmed_cancel_frees_the_key(store: Store) -> None:
    store.messages.commit_intents([a_message(send_at=LATER)], NOW)
    store.messages.record_outcomes([an_outcome(outcome=Outcome.SCHEDULED)])
    assert store.messages.mark_cancel_wanted([KEY], "paid", NOW) == 1
    assert store.messages.mark_cancel_wanted([KEY], "paid", NOW) == 0
    (wanted,) = store.messages.cancel_wanted()
    assert (wanted.key, wanted.cancel_wanted_at, wanted.canceled_reason) == (KEY, NOW, "paid")
    canceled = StatusSeen(f"SM-{KEY}", "canceled", LATER, final=True, outcome=Outcome.CANCELED)
    assert store.messages.update_statuses([canceled], LATER) == 1
    assert store.messages.cancel_wanted() == ()
    store.messages.commit_intents([a_message()], LATER)


def test_only_scheduled_texts_can_be_marked_for_cancel(store: Store) -> None:
    sent(store, a_message())
    assert store.messages.mark_cancel_wanted([KEY, "7:never"], "paid", NOW) == 0


def test_scheduled_texts_are_listed_by_when_they_leave(store: Store) -> None:
    for number, minutes in ((1, 30), (2, 10), (3, 90)):
        key = f"{number}:a:sms"
        message = a_message(key, reminders=(a_reminder(key),), send_at=NOW + timedelta(minutes=minutes))
        store.messages.commit_intents([message], NOW)
        store.messages.record_outcomes([an_outcome(key, Outcome.SCHEDULED)])
    assert [each.key for each in store.messages.scheduled()] == ["2:a:sms", "1:a:sms", "3:a:sms"]
    leaving = store.messages.scheduled(NOW + timedelta(hours=1))
    assert [each.key for each in leaving] == ["2:a:sms", "1:a:sms"]


def test_looks_for_an_unknown_outcome_are_counted(store: Store) -> None:
    store.messages.commit_intents([a_message()], NOW)
    store.messages.record_outcomes([an_outcome(outcome=Outcome.UNKNOWN)])
    assert store.messages.looked(KEY, NOW, LATER) == 1
    assert store.messages.looked(KEY, LATER) == 2
    (open_one,) = store.messages.open_outcomes()
    assert (open_one.looks, open_one.looked_at, open_one.settle_not_before) == (2, LATER, None)


@pytest.mark.parametrize(("was_sent", "outcome"), [(True, Outcome.SENT), (False, Outcome.NOT_SENT)])
def test_person_settles_an_unknown_outcome(store: Store, was_sent: bool, outcome: Outcome) -> None:
    store.messages.commit_intents([a_message()], NOW)
    store.messages.record_outcomes([an_outcome(outcome=Outcome.UNKNOWN)])
    store.messages.settle_by_hand(KEY, was_sent=was_sent, actor="ar", now=LATER)
    stored = store.messages.stored(KEY)
    assert stored is not None
    assert (stored.outcome, stored.outcome_at, stored.settled_by) == (outcome, LATER, "ar")
    assert list(store.trail.events(refs=[f"message:{KEY}"]))[-1].actor == "ar"
    assert store.verify().ok


def test_message_that_nobody_committed_cannot_be_settled_or_looked_for(store: Store) -> None:
    with pytest.raises(NsquilioError, match="No message 9:x stands in the state file"):
        store.messages.settle_by_hand("9:x", was_sent=True, actor="ar", now=NOW)
    with pytest.raises(NsquilioError, match="No message 9:x stands in the state file"):
        store.messages.looked("9:x", NOW)


def test_texts_to_a_number_are_told_newest_first(store: Store) -> None:
    sent(store, a_message(body="first"))
    sent(store, a_message("7:a:sms", body="second", reminders=(a_reminder("7:a:sms"),)), at=LATER)
    mail = a_message("8:a:email", channel=Channel.EMAIL, reminders=(a_reminder("8:a:email"),))
    sent(store, mail, at=LATER)
    assert store.messages.texts_to(["+14155550100", "+1"], NOW) == (
        ("+14155550100", LATER, "second"),
        ("+14155550100", NOW, "first"),
    )


def test_not_final_lists_what_may_still_change(store: Store) -> None:
    sent(store, a_message(), a_message("7:a:sms", reminders=(a_reminder("7:a:sms"),)))
    store.messages.update_statuses([StatusSeen(f"SM-{KEY}", "delivered", NOW, final=True)], NOW)
    assert store.messages.not_final(NOW) == ("SM-7:a:sms",)
    assert store.messages.not_final(LATER) == ()


def a_foreign_message(**changes: object) -> ForeignMessage:
    facts: dict[str, object] = {
        "key": KEY,
        "channel": Channel.SMS,
        "to": "+14155550100",
        "body": "x",
        "customer_id": "88",
        "customer": "Acme Corp",
        "step": "late-7",
        "reminders": (a_reminder(),),
        "local_day": date(2026, 3, 1),
        "sid": "SMforeign",
        "outcome": Outcome.SENT,
        "at": NOW - timedelta(days=1),
    }
    return ForeignMessage(**{**facts, **changes})  # type: ignore[arg-type]


def test_adopted_message_takes_its_key_and_is_adopted_once(store: Store) -> None:
    assert store.messages.adopt(a_foreign_message(), "adopted", NOW)
    assert not store.messages.adopt(a_foreign_message(), "adopted", NOW)
    stored = store.messages.stored(KEY)
    assert stored is not None
    assert (stored.foreign_origin, stored.sid, stored.intent_at) == (
        "adopted",
        "SMforeign",
        NOW - timedelta(days=1),
    )
    with pytest.raises(KeyTaken):
        store.messages.commit_intents([a_message()], NOW)


def test_second_message_found_for_a_taken_key_is_kept_without_taking_it_again(store: Store) -> None:
    sent(store, a_message())
    assert store.messages.adopt(a_foreign_message(), "rebuilt", NOW)
    store.messages.update_statuses(
        [StatusSeen(f"SM-{KEY}", "failed", NOW, final=True, outcome=Outcome.REJECTED)], NOW
    )
    with pytest.raises(KeyTaken):
        store.messages.commit_intents([a_message("other", reminders=(a_reminder(),))], NOW)
    assert store.messages.key_states([KEY])[KEY].outcome is Outcome.SENT
    assert store.verify().ok


def test_refused_message_found_later_does_not_hide_the_one_that_was_sent(store: Store) -> None:
    sent(store, a_message())
    store.messages.adopt(a_foreign_message(outcome=Outcome.REJECTED), "rebuilt", NOW)
    assert store.messages.key_states([KEY])[KEY].outcome is Outcome.SENT


def test_busiest_day_is_counted_in_the_companys_zone(store: Store) -> None:
    from zoneinfo import ZoneInfo

    for number, hour in enumerate((1, 2, 14)):
        key = f"{number}:a:sms"
        sent(store, a_message(key, reminders=(a_reminder(key),)), at=NOW.replace(hour=hour, minute=59))
    since = NOW - timedelta(days=35)
    assert store.messages.busiest_day(since, ZoneInfo("America/New_York")) == (date(2026, 3, 1), 2)
    assert store.messages.busiest_day(since, ZoneInfo("Asia/Kathmandu")) == (date(2026, 3, 2), 3)
    assert store.messages.busiest_day(NOW + timedelta(days=1), ZoneInfo("UTC")) is None


def test_hostile_text_comes_back_word_for_word(store: Store) -> None:
    body = "Robert'); DROP TABLE messages;-- \x00\x1b[31m \u202e \U0001f600"
    sent(store, a_message(body=body))
    stored = store.messages.stored(KEY)
    assert stored is not None
    assert stored.body == body
    assert store.verify().ok


def test_half_a_surrogate_pair_is_kept_as_a_question_mark_and_checks_out(store: Store) -> None:
    pair = [
        a_message(body="hi \ud83d"),
        a_message("7", customer="\udcff", reminders=(a_reminder("7:a:sms"),)),
    ]
    store.messages.commit_intents(pair, NOW)
    assert [each.body for each in store.messages.open_outcomes()] == ["hi ?", a_message().body]
    assert store.verify().ok


def test_what_changed_after_an_event_is_what_netsuite_does_not_know(store: Store) -> None:
    sent(store, a_message(), a_message("7:a:sms", reminders=(a_reminder("7:a:sms"),)))
    seq = store.trail.head()[0]
    assert store.messages.changed_after(seq) == ()
    store.messages.update_statuses([StatusSeen("SM-7:a:sms", "delivered", NOW, final=True)], NOW)
    assert [message.key for message in store.messages.changed_after(seq)] == ["7:a:sms"]
