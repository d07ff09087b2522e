"""What becomes of messages whose outcome nobody knows: found in the services' lists, or left to a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from nsquilio.core.model import Channel, Outcome
from nsquilio.core.rules import Rules
from nsquilio.errors import ServiceFailed, WrongUsage
from nsquilio.jobs.pull_inbound import pull_inbound
from nsquilio.jobs.resolve import resolve
from nsquilio.jobs.settle import mail_id, settle
from nsquilio.store import StoredMessage
from tests.jobs.night import Night

HANDED_OVER_BUT_NO_ANSWER = (
    "500-after-accept",
    "reset-after-accept",
    "truncated-after-accept",
    "html-after-accept",
)
NEVER_TAKEN = ("500-before", "503-before", "reset-before")
NUMBER = "+16175550153"  # Maria O'Brien in Boston, open at the start of the world
SCHEDULED = "+18505550122"  # Tallahassee, closed at the start: its text is handed over for later


def one_text(night: Night, fault: str, to: str = NUMBER, rules: Rules | None = None) -> StoredMessage:
    """Sends one text to `to` while the fault is on; the state file's row of it."""
    _only(night, to)
    night.fault(fault)
    night.remind(services=night.impatient(rules=rules))
    return the_text(night, to)


def _only(night: Night, to: str) -> None:
    """Everybody else wants no messages."""
    digits = to[-10:]
    with night.world.change() as db:
        db.execute(
            "UPDATE ns_customer SET isinactive = 'T' WHERE replace(replace(replace(replace(replace("
            "coalesce(mobilephone, phone, ''), '(', ''), ')', ''), ' ', ''), '-', ''), '.', '') NOT LIKE ?",
            (f"%{digits}",),
        )


def the_text(night: Night, to: str) -> StoredMessage:
    services = night.services()
    found = services.store.messages.last_written_to([to])
    stored = services.store.messages.stored(found[0].message_key)
    assert stored is not None
    return stored


def outcomes(night: Night) -> list[tuple[str, Outcome]]:
    return [(m.to, m.outcome) for m in night.services().store.messages.open_outcomes()]


@pytest.mark.parametrize("fault", HANDED_OVER_BUT_NO_ANSWER)
@pytest.mark.parametrize(("to", "outcome"), [(NUMBER, Outcome.SENT), (SCHEDULED, Outcome.SCHEDULED)])
def test_text_that_twilio_took_is_found_and_not_sent_again(
    night: Night, fault: str, to: str, outcome: Outcome
) -> None:
    assert one_text(night, fault, to).outcome is Outcome.UNKNOWN
    night.clock.move(minutes=1)
    result = night.remind()
    stored = the_text(night, to)
    assert (stored.outcome, stored.sid, len(night.texts())) == (outcome, night.texts()[0].sid, 1)
    assert [row for row in result.messages if row.message.to == to] == []
    assert night.services().store.verify().ok


def test_text_that_twilio_took_is_found_by_pull_inbound(night: Night) -> None:
    key = one_text(night, "reset-after-accept").key
    night.clock.move(minutes=1)
    assert pull_inbound(night.services()).settled == (key,)
    assert the_text(night, NUMBER).outcome is Outcome.SENT


@pytest.mark.parametrize("fault", NEVER_TAKEN)
def test_text_that_is_in_no_list_is_left_to_a_person_after_two_looks(night: Night, fault: str) -> None:
    key = one_text(night, fault).key
    night.clock.move(minutes=1)
    first = night.remind()
    night.clock.move(minutes=5)
    too_soon = night.remind()
    night.clock.move(minutes=5)
    second = night.remind()
    assert [p.code for p in first.problems] == ["unknown_outcome"]
    assert "every run looks it up" in first.problems[0].next
    assert "every run looks it up" in too_soon.problems[0].next
    assert f"nsquilio resolve {key} --sent" in second.problems[0].next
    assert "looked for twice" in second.problems[0].what
    night.clock.move(days=1)
    night.remind()
    assert (night.texts(), the_text(night, NUMBER).outcome) == ([], Outcome.UNKNOWN)


def test_pull_inbound_says_only_once_that_a_person_decides(night: Night) -> None:
    one_text(night, "500-before")
    said = []
    for _ in range(4):
        night.clock.move(minutes=6)
        said.append([p.code for p in pull_inbound(night.services()).problems])
    assert said == [[], [], ["unknown_outcome"], []]


def test_text_that_appears_in_the_list_hours_later_is_found_all_the_same(night: Night) -> None:
    one_text(night, "500-after-accept")
    night.world.set_setting("twilio.lag_s", 7200)
    for minutes in (1, 11, 11):
        night.clock.move(minutes=minutes)
        night.fault("list-lag", 4)
        night.remind()
    assert the_text(night, NUMBER).outcome is Outcome.UNKNOWN
    night.fault("list-lag", 0)
    night.remind()
    assert (the_text(night, NUMBER).outcome, len(night.texts())) == (Outcome.SENT, 1)


def test_intent_of_a_run_that_died_is_looked_up(night: Night) -> None:
    _only(night, NUMBER)
    planned = night.remind(dry_run=True).messages[0].message
    services = night.services()
    services.store.messages.commit_intents([planned], night.clock())
    services.twilio.send_text(planned.to, planned.body)  # and then the process is gone
    night.clock.move(minutes=1)
    night.remind()
    assert (the_text(night, NUMBER).outcome, len(night.texts())) == (Outcome.SENT, 1)


def test_intent_whose_request_never_left_is_not_sent_by_itself(night: Night) -> None:
    _only(night, NUMBER)
    planned = night.remind(dry_run=True).messages[0].message
    night.services().store.messages.commit_intents([planned], night.clock())
    night.clock.move(minutes=1)
    assert night.remind().messages == ()
    assert (night.texts(), the_text(night, NUMBER).detail) == ([], "the run ended before its answer")


@pytest.mark.parametrize(
    "setting",
    [
        {"twilio.trial": True, "twilio.verified": [NUMBER]},
        {"twilio.smart_encoding": True},
        {"twilio.link_domain": "nsq.example"},
    ],
    ids=["trial prefix", "smart encoding", "shortened links"],
)
def test_text_whose_words_twilio_changed_is_found(night: Night, setting: dict[str, object]) -> None:
    for name, value in setting.items():
        night.world.set_setting(name, value)
    words = "{{ company.name }}: Ж «{{ invoice.number }}» – pay at https://pay.example/a?b=1. Thank you…"
    steps = tuple(replace(s, sms={"": words}) for s in night.app.rules.reminders.steps)
    one_text(night, "reset-after-accept", rules=night.change_rules(reminders={"steps": steps}))
    assert night.texts()[0].body != the_text(night, NUMBER).body
    night.clock.move(minutes=1)
    night.remind()
    assert (the_text(night, NUMBER).outcome, len(night.texts())) == (Outcome.SENT, 1)


@pytest.mark.parametrize("body", ["", "Your bill: INV-1051"])
def test_text_that_was_redacted_or_rewritten_is_found_by_time_or_document_number(
    night: Night, body: str
) -> None:
    one_text(night, "reset-after-accept")
    with night.world.change() as db:
        db.execute("UPDATE twilio_message SET body = ?", (body,))
    night.clock.move(minutes=1)
    settle(night.services())
    assert the_text(night, NUMBER).outcome is Outcome.SENT


def test_text_of_somebody_else_to_the_same_number_is_not_taken_for_ours(night: Night) -> None:
    services = night.services()
    one_text(night, "500-before")
    services.twilio.send_text(NUMBER, "Example SaaS Inc.: your code is 123456")
    night.clock.move(minutes=1)
    settle(services)
    assert the_text(night, NUMBER).outcome is Outcome.UNKNOWN


def test_same_words_sent_long_before_are_not_the_message(night: Night) -> None:
    _only(night, NUMBER)
    planned = night.remind(dry_run=True).messages[0].message
    services = night.services()
    services.twilio.send_text(NUMBER, planned.body)
    night.clock.move(hours=1)
    services.store.messages.commit_intents([planned], night.clock())
    settle(services)
    assert the_text(night, NUMBER).outcome is Outcome.UNKNOWN


def test_text_from_another_sender_of_the_account_is_not_the_message(night: Night) -> None:
    _only(night, NUMBER)
    planned = night.remind(dry_run=True).messages[0].message
    services = night.services()
    services.store.messages.commit_intents([planned], night.clock())
    services.twilio.send_text(NUMBER, planned.body)
    with night.world.change() as db:
        db.execute("UPDATE twilio_message SET service_sid = 'MG" + "0" * 32 + "'")
    settle(services)
    assert the_text(night, NUMBER).outcome is Outcome.UNKNOWN


def test_second_text_for_the_same_message_is_an_incident_and_canceled_in_time(night: Night) -> None:
    stored = one_text(night, "reset-after-accept", SCHEDULED)
    services = night.services()
    services.twilio.send_text(SCHEDULED, stored.body, send_at=stored.send_at, validity_s=stored.validity_s)
    night.clock.move(minutes=1)
    found = settle(services)
    assert [p.code for p in found.problems] == ["duplicate_detected"]
    assert "2 times; 1 canceled in time" in found.problems[0].what
    assert sorted(text.status for text in night.texts()) == ["canceled", "scheduled"]
    assert night.services().store.verify().ok


def test_two_unknown_texts_with_the_same_words_take_one_row_each(night: Night) -> None:
    _only(night, NUMBER)
    planned = night.remind(dry_run=True).messages[0].message
    services = night.services()
    other = replace(
        planned, key="other", reminders=(replace(planned.reminders[0], key="9:x:sms", invoice_id="9"),)
    )
    services.store.messages.commit_intents([planned, other], night.clock())
    services.twilio.send_text(NUMBER, planned.body)
    settle(services)
    assert [m.outcome for m in services.store.messages.open_outcomes()] == [Outcome.UNKNOWN]
    services.twilio.send_text(NUMBER, planned.body)
    settle(services)
    assert services.store.messages.open_outcomes() == ()


def test_clock_set_since_the_crash_does_not_hide_the_text(night: Night) -> None:
    one_text(night, "reset-after-accept")
    services = night.services()
    services.twilio._api._now = lambda: night.clock.now + timedelta(hours=26)
    settle(services)
    assert the_text(night, NUMBER).outcome is Outcome.SENT


def test_list_that_cannot_be_read_stops_the_run_before_anything_is_sent(night: Night) -> None:
    one_text(night, "reset-after-accept")
    with night.world.change() as db:
        db.execute("UPDATE ns_customer SET isinactive = 'F'")
    services = night.impatient()
    services.store.runs.set_cursor("twilio.messages", night.clock().date().isoformat())
    real = services.twilio.messages

    def broken(*args: object, **named: object) -> object:
        if named.get("to"):
            night.fault("list-500", 8)
        return real(*args, **named)  # type: ignore[arg-type]

    services.twilio.messages = broken  # type: ignore[method-assign,assignment]
    with pytest.raises(ServiceFailed):
        night.remind(services=services)
    assert len(night.texts()) == 1


def test_text_that_failed_meanwhile_is_followed_by_a_mail(night: Night) -> None:
    one_text(night, "reset-after-accept")
    with night.world.change() as db:
        db.execute(
            "UPDATE twilio_message SET final_status = 'undelivered', error_code = 30005, final_at = created"
        )
    night.clock.move(minutes=1)
    settle(night.services())
    stored = the_text(night, NUMBER)
    assert (stored.outcome, stored.status, stored.failed_for_good) == (Outcome.SENT, "undelivered", True)


def test_text_that_somebody_canceled_is_free_again(night: Night) -> None:
    key = one_text(night, "reset-after-accept", SCHEDULED).key
    services = night.services()
    services.twilio.cancel(night.texts()[0].sid)
    night.clock.move(minutes=1)
    settle(services)
    assert services.store.messages.stored(key).outcome is Outcome.CANCELED  # type: ignore[union-attr]


# --- mails ---

MAIL_CUSTOMER = "Stopford Textiles"


def one_mail(night: Night, fault: str) -> StoredMessage:
    with night.world.change() as db:
        db.execute("UPDATE ns_customer SET isinactive = 'T' WHERE altname <> ?", (MAIL_CUSTOMER,))
    night.fault(fault)
    result = night.remind(services=night.impatient())
    stored = night.services().store.messages.stored(result.messages[0].message.key)
    assert stored is not None and stored.channel is Channel.EMAIL
    return stored


@pytest.mark.parametrize("fault", HANDED_OVER_BUT_NO_ANSWER)
def test_mail_is_found_in_sendgrids_logs_by_its_key(night: Night, fault: str) -> None:
    stored = one_mail(night, fault)
    assert stored.outcome is Outcome.UNKNOWN
    night.clock.move(minutes=2)
    assert night.remind().messages == ()
    found = night.services().store.messages.stored(stored.key)
    assert found is not None and found.outcome is Outcome.SENT
    assert night.mails()[0].sid.startswith(f"{found.sid}.") and len(night.mails()) == 1


def test_mail_is_left_to_a_person_where_the_account_has_no_logs(night: Night) -> None:
    night.world.set_setting("sendgrid.logs", False)
    stored = one_mail(night, "500-after-accept")
    night.clock.move(minutes=1)
    night.remind()
    night.clock.move(minutes=11)
    result = night.remind()
    assert "cannot read" in result.problems[-1].what
    assert len(night.mails()) == 1
    assert night.services().store.messages.stored(stored.key).outcome is Outcome.UNKNOWN  # type: ignore[union-attr]


def test_mail_is_not_counted_as_looked_for_while_the_logs_fail(night: Night) -> None:
    stored = one_mail(night, "500-after-accept")
    services = night.impatient()

    def broken(**_named: object) -> list[object]:
        raise ServiceFailed("SendGrid is down")

    services.sendgrid.logs = broken  # type: ignore[union-attr,method-assign,assignment]
    night.clock.move(minutes=1)
    assert [p.code for p in settle(services).problems] == ["unknown_outcome"]
    assert services.store.messages.stored(stored.key).looks == 0  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("log_id", "sid"),
    [
        ("abc.recvd-5d8b-1.0", "abc"),
        ("14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0", "14c5d75ce93.dfd.64b469"),
        ("plain", "plain"),
    ],
)
def test_mail_id_is_what_the_send_was_answered_with(log_id: str, sid: str) -> None:
    assert mail_id(log_id) == sid


# --- a person's word ---


@pytest.mark.parametrize(("was_sent", "sent_again"), [(True, 0), (False, 1)])
def test_person_settles_an_unknown_outcome(night: Night, was_sent: bool, sent_again: int) -> None:
    key = one_text(night, "500-before").key
    store = night.services().store
    resolve(store, key, was_sent=was_sent, actor="ann", now=night.clock())
    night.clock.move(minutes=1)
    night.remind()
    assert len(night.texts()) == sent_again
    assert store.messages.stored(key).settled_by == "ann"  # type: ignore[union-attr]
    assert store.verify().ok


def test_only_unknown_outcomes_are_settled_by_hand(night: Night) -> None:
    _only(night, NUMBER)
    night.remind()
    key = the_text(night, NUMBER).key
    with pytest.raises(WrongUsage, match="is known: sent"):
        resolve(night.services().store, key, was_sent=False, actor="ann", now=night.clock())
    with pytest.raises(WrongUsage, match="There is no message 'x'"):
        resolve(night.services().store, "x", was_sent=False, actor="ann", now=night.clock())


def test_outcome_is_not_looked_up_when_all_is_known(night: Night) -> None:
    _only(night, NUMBER)
    night.remind()
    before = len(night.world.history())
    assert settle(night.services()).keys == []
    assert len(night.world.history()) == before
