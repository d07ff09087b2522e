"""What services refuse while a run sends, and what becomes of that message and the rest (spec section 7)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from nsquilio.core.model import Action, Channel, Message, Outcome, Reason
from nsquilio.core.rules import MailText
from nsquilio.errors import ServiceFailed
from nsquilio.jobs.holds import add_hold, release_hold
from nsquilio.jobs.pull_inbound import pull_inbound
from nsquilio.jobs.results import MessageRow, RemindResult
from nsquilio.jobs.sending import SendLoop
from nsquilio.jobs.services import Services
from nsquilio.remote.transport import Answer, Transport
from nsquilio.remote.twilio import Canceling
from nsquilio.sandbox import control
from nsquilio.sandbox.twilio_rules import set_number
from tests.jobs.night import Night, by_number, transports_of

MARIA = "+16175550153"  # in Boston, where it is nine o'clock


def one_at_a_time(night: Night, **more: Any) -> Services:
    services = night.impatient(**more)
    return replace(services, pace=replace(services.pace, in_flight=1))


def statuses(result: RemindResult) -> dict[str, str]:
    """By document number; of an invoice in several messages any."""
    return {r.document_number: row.status for row in result.messages for r in row.message.reminders}


def row_about(result: RemindResult, number: str) -> MessageRow:
    return next(row for row in result.messages if number in _numbers(row.message))


def _numbers(message: Message) -> list[str]:
    return [reminder.document_number for reminder in message.reminders]


def codes(result: RemindResult) -> set[str]:
    return {problem.code for problem in result.problems}


# --- SendGrid ---


def answering(
    night: Night, service: str, answer: Callable[[Mapping[str, Any]], Answer | None], path: str = ""
) -> Services:
    """Services whose sends to `service` get `answer`'s answer; None: the real one."""
    services = night.impatient()
    client = services.twilio if service == "Twilio" else services.sendgrid
    for transport in transports_of(client):
        _answered_by(transport, answer, path)
    return services


def _answered_by(
    transport: Transport, answer: Callable[[Mapping[str, Any]], Answer | None], path: str
) -> None:
    ask = transport._ask

    def _ask(method: str, at: str, params: Any, form: Any, body: Any, headers: Any) -> Answer:
        said = answer(dict(form or body or {})) if method == "POST" and path in at else None
        return said or ask(method, at, params, form, body, headers)

    transport._ask = _ask  # type: ignore[method-assign]


def a_page(status: int, words: str) -> Answer:
    body = f"<html><head><title>{status} {words}</title></head><body><center>nginx</center></body></html>"
    return Answer("SendGrid", status, {"Content-Type": "text/html"}, body.encode())


def test_mail_that_is_too_large_is_refused_alone_and_named(night: Night) -> None:
    def answer(mail: Mapping[str, Any]) -> Answer | None:
        too_large = "harbor" in str(mail.get("personalizations"))
        return a_page(413, "Request Entity Too Large") if too_large else None

    control.change_customer(night.world, "Bright Harbor Dental", phone="")
    control.delete_invoice(night.world, "INV-1043")
    result = night.remind(services=answering(night, "SendGrid", answer, "/v3/mail/send"))

    refused = [row for row in result.messages if row.status == "rejected"]
    assert {row.message.customer for row in refused} == {"Bright Harbor Dental"}
    assert refused[0].detail == "SendGrid refused it (the mail is too large)."
    assert {row.status for row in result.messages if row not in refused} <= {"sent", "scheduled"}
    assert 1 in result.exit_codes


@pytest.mark.parametrize("status", [401, 403])
def test_page_of_a_gateway_in_place_of_sendgrid_stops_the_run_and_says_so(night: Night, status: int) -> None:
    services = answering(night, "SendGrid", lambda mail: a_page(status, "Forbidden"), "/v3/mail/send")

    result = night.remind(services=services)

    assert "planned" in {row.status for row in result.messages}
    assert f"SendGrid answered {status}" in " ".join(problem.what for problem in result.problems)
    assert 4 in result.exit_codes
    assert night.mails() == []


def test_sender_that_sendgrid_has_suspended_stops_the_run_and_the_rest_stays_planned(night: Night) -> None:
    night.world.set_setting("sendgrid.senders", ["somebody@else.example"])

    result = night.remind(services=one_at_a_time(night))

    rejected = [row for row in result.messages if row.status == "rejected"]
    assert len(rejected) == 1
    assert "verification" in rejected[0].detail
    assert "planned" in {row.status for row in result.messages}
    assert "account_refused" in codes(result)
    assert 4 in result.exit_codes

    night.world.set_setting("sendgrid.senders", [])
    again = night.remind()
    assert {row.status for row in again.messages} <= {"sent", "scheduled"}
    assert rejected[0].message.invoice_ids in {row.message.invoice_ids for row in again.messages}


# --- Twilio's account and numbers ---


def test_messaging_service_without_senders_stops_the_run_at_once(night: Night) -> None:
    with night.world.change() as db:
        db.execute("UPDATE twilio_number SET service_sid = NULL")

    result = night.remind(services=one_at_a_time(night))

    rejected = [row for row in result.messages if row.status == "rejected"]
    assert [row.error_code for row in rejected] == ["21704"]
    assert {row.status for row in result.messages if row.message.channel == "sms"} == {"rejected", "planned"}
    assert night.texts() == []
    assert 4 in result.exit_codes
    stopped = next(problem for problem in result.problems if problem.code == "account_refused")
    assert "stay planned" in stopped.what


def test_what_an_account_refused_goes_out_once_it_is_put_right(night: Night) -> None:
    night.fault("401", 1)
    first = night.remind(services=one_at_a_time(night))

    second = night.remind()

    assert [row.status for row in first.messages].count("rejected") == 1
    assert {row.status for row in second.messages} <= {"sent", "scheduled"}
    bodies = [s.body for s in night.texts()]
    assert len(bodies) == len(set(bodies))
    assert {r.key for row in first.messages for r in row.message.reminders} == {
        r.key for result in (first, second) for row in result.messages for r in row.message.reminders
    }


def refuse_schedule(night: Night, code: int) -> Services:
    def answer(form: Mapping[str, Any]) -> Answer | None:
        if not form.get("SendAt"):
            return None
        words = {"code": code, "message": "SendAt", "more_info": "", "status": 400}
        return Answer("Twilio", 400, {}, json.dumps(words).encode())

    return answering(night, "Twilio", answer, "Messages.json")


@pytest.mark.parametrize("code", [35114, 35117])
def test_time_to_send_at_that_is_refused_stops_that_text_alone_and_loses_nothing(
    night: Night, code: int
) -> None:
    services = refuse_schedule(night, code)
    result = night.remind(services=replace(services, pace=replace(services.pace, in_flight=1)))

    refused = [row for row in result.messages if row.status == "rejected"]
    assert {row.error_code for row in refused} == {str(code)}
    assert {row.message.send_at is not None for row in refused} == {True}
    assert "time to send at" in refused[0].detail
    assert {row.status for row in result.messages if row not in refused} == {"sent"}
    assert set(result.exit_codes) == {1}
    again = night.remind()
    assert {row.status for row in again.messages} == {"scheduled"}
    assert _reminder_keys(again.messages) == _reminder_keys(refused)


def _reminder_keys(rows: Iterable[MessageRow]) -> set[str]:
    return {reminder.key for row in rows for reminder in row.message.reminders}


def test_country_the_account_may_not_text_stops_further_texts_to_it_alone(night: Night) -> None:
    night.world.set_setting("twilio.no_permission", ["+1"])

    result = night.remind(services=one_at_a_time(night))

    texts: dict[str, list[str]] = {}  # "": mails
    for row in result.messages:
        texts.setdefault(row.message.country, []).append(row.status)
    refused = {country: texts[country] for country in ("US", "PR", "CA")}
    first, *others = refused.pop("US")
    assert (first, set(others)) == ("rejected", {"planned"})
    assert refused == {"PR": ["rejected"], "CA": ["rejected"]}
    rest = [status for country in texts.keys() - {"US", "PR", "CA"} for status in texts[country]]
    assert set(rest) <= {"sent", "scheduled"}


def test_text_to_a_refused_country_says_why_it_was_not_sent(night: Night) -> None:
    night.world.set_setting("twilio.no_permission", ["+1"])

    result = night.remind(services=one_at_a_time(night))

    row = row_about(result, "INV-1051")
    assert (row.status, row.error_code) == ("planned", "21408")
    assert row.detail.startswith("an earlier text to US was refused: texts to this country are not allowed")
    assert codes(result) == {"rejected", "not_sent"}
    told = next(problem.what for problem in result.problems if "INV-1051" in problem.what)
    assert "not sent" in told
    assert set(result.exit_codes) == {1}
    waiting = {w.document_number: (w.reason, w.detail) for w in night.services().store.runs.waiting()}
    assert waiting["INV-1051"] == ("not_sent", row.detail)


def test_texts_to_a_refused_country_go_out_once_it_is_allowed(night: Night) -> None:
    night.world.set_setting("twilio.no_permission", ["+1"])
    first = night.remind(services=one_at_a_time(night))
    night.world.set_setting("twilio.no_permission", [])

    second = night.remind()

    left = [row for row in first.messages if row.status in ("planned", "rejected")]
    assert {row.status for row in second.messages} <= {"sent", "scheduled"}
    assert _reminder_keys(second.messages) == _reminder_keys(left)


def test_number_that_is_refused_for_good_gets_no_further_text_in_that_run(night: Night) -> None:
    set_number(night.world, "+15035550144", "landline")  # of two customers
    rules = night.change_rules(contact={"per_number_per_day": 2})

    result = night.remind(services=one_at_a_time(night, rules=rules))

    to_it = [row for row in result.messages if row.message.to == "+15035550144"]
    assert sorted(row.status for row in to_it) == ["dropped", "rejected"]
    assert {row.status for row in result.messages} >= {"sent", "scheduled"}


def test_number_that_is_refused_for_good_is_learnt_for_all_its_invoices(night: Night) -> None:
    set_number(night.world, MARIA, "landline")
    services = night.services()

    night.remind(services=services)

    assert MARIA in services.store.blocks.undeliverable()


def test_opt_out_that_twilio_knows_is_learnt_and_the_customer_mailed_instead_once(night: Night) -> None:
    set_number(night.world, MARIA, "blocked")
    services = night.services()

    first = night.remind(services=services)
    second = night.remind()
    third = night.remind()

    assert row_about(first, "INV-1051").error_code == "21610"
    assert services.store.blocks.opted_out()[MARIA]
    mailed = row_about(second, "INV-1051")
    assert (mailed.message.channel, mailed.status) == (Channel.EMAIL, "sent")
    assert [r.key for r in mailed.message.reminders] == ["1051:late-1:preferred:fallback"]
    assert "INV-1051" not in statuses(third)
    assert [m.to for m in night.mails() if "INV-1051" in (m.subject or "")] == ["maria@obrien.example"]


def test_text_that_failed_for_good_later_is_followed_by_one_mail(night: Night) -> None:
    set_number(night.world, MARIA, "unknown")
    first = night.remind()
    night.clock.move(hours=1)

    second = night.remind()
    night.clock.move(hours=1)
    third = night.remind()

    assert row_about(first, "INV-1051").status == "sent"
    assert row_about(second, "INV-1051").message.channel is Channel.EMAIL
    assert by_number(second)["INV-1051"].detail.endswith("by e-mail, in place of a text")
    assert by_number(third)["INV-1051"].reason is Reason.ALREADY_SENT
    assert len([m for m in night.mails() if "INV-1051" in (m.subject or "")]) == 1


def test_text_that_failed_for_good_is_not_followed_by_a_mail_where_that_is_switched_off(night: Night) -> None:
    set_number(night.world, MARIA, "unknown")
    rules = night.change_rules(reminders={"fallback_to_email": False})
    night.remind(rules=rules)
    night.clock.move(hours=1)

    again = night.remind(rules=rules)

    assert by_number(again)["INV-1051"].reason is Reason.ALREADY_SENT


def test_pause_that_a_service_asks_for_is_kept(night: Night) -> None:
    waited: list[float] = []
    asked = iter([True, True])

    def answer(form: Mapping[str, Any]) -> Answer | None:
        if form.get("To") == MARIA and next(asked, False):
            return Answer(
                "Twilio", 429, {"Retry-After": "7"}, b'{"code": 20429, "message": "Too Many Requests"}'
            )
        return None

    services = answering(night, "Twilio", answer, "Messages.json")
    for transport in transports_of(services.twilio):
        transport._http = replace(transport._http, pause=waited.append)

    result = night.remind(services=services)

    assert waited == [7.0, 7.0]
    assert row_about(result, "INV-1051").status == "sent"


def test_service_that_goes_on_saying_later_leaves_the_message_planned(night: Night) -> None:
    def answer(form: Mapping[str, Any]) -> Answer | None:
        busy = Answer("Twilio", 429, {}, b'{"code": 20429, "message": "Too Many Requests"}')
        return busy if form.get("To") == MARIA else None

    result = night.remind(services=answering(night, "Twilio", answer, "Messages.json"))

    assert row_about(result, "INV-1051").status == "planned"
    assert "not_sent" in codes(result)
    assert row_about(night.remind(), "INV-1051").status == "sent"


# --- the run ends early ---


def test_halt_that_appears_in_the_middle_stops_before_the_next_request(night: Night) -> None:
    services = one_at_a_time(night)
    sent: list[str] = []
    send = services.twilio.send_text

    def counted(to: str, body: str, **more: Any) -> Any:
        sent.append(to)
        return send(to, body, **more)

    services.twilio.send_text = counted  # type: ignore[method-assign]
    why = "HALT stands in the state directory"
    services = replace(services, asked_to_stop=lambda: why if len(sent) >= 3 else None)

    result = night.remind(services=services)

    assert len(sent) == len(night.texts()) == 3
    assert 1 in result.exit_codes
    halted = next(problem for problem in result.problems if problem.code == "halted")
    left = sum(row.status == "planned" for row in result.messages)
    assert left
    assert f"{left} of {len(result.messages)} messages stay planned" in halted.what
    assert {row.status for row in night.remind().messages} <= {"sent", "scheduled"}
    bodies = [s.body for s in night.texts()]
    assert len(bodies) == len(set(bodies))


class Unpaced(SendLoop):
    """The pace still sizes the batches; nobody sleeps for it."""

    def _slot_is_free(self) -> bool:
        return True

    def _take_slot(self) -> None:
        return


def test_netsuite_that_fails_at_the_last_look_leaves_the_rest_planned(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = night.impatient()
    services = replace(services, pace=replace(services.pace, per_second=0.05))  # three a batch
    looks: list[int] = []
    balances = services.netsuite.balances

    def failing(ids: list[str]) -> Any:
        looks.append(len(ids))
        if len(looks) > 1:
            raise ServiceFailed("NetSuite answered 503.", "Run again.", service="NetSuite")
        return balances(ids)

    services.netsuite.balances = failing  # type: ignore[method-assign]
    monkeypatch.setattr("nsquilio.jobs.batches.SendLoop", Unpaced)

    result = night.remind(services=services)

    assert len(night.texts()) + len(night.mails()) == 3
    assert 4 in result.exit_codes
    assert "planned" in {row.status for row in result.messages}


@pytest.mark.parametrize("words", ["STOP", "we wont pay this, the goods were never delivered"])
def test_answer_that_comes_during_a_long_run_stops_what_has_not_left(
    night: Night, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    services = night.impatient()
    services = replace(services, pace=replace(services.pace, per_second=1 / 60))  # one a batch
    last = night.remind(dry_run=True).messages[-1].message
    sent = services.twilio.send_text

    def sending(*given: Any, **more: Any) -> Any:
        if not night.texts():
            night.reply(last.to, words)
            night.clock.move(minutes=6)
        return sent(*given, **more)

    services.twilio.send_text = sending  # type: ignore[method-assign]
    monkeypatch.setattr("nsquilio.jobs.batches.SendLoop", Unpaced)

    result = night.remind(services=services)

    assert last.channel is Channel.SMS
    assert [row.status for row in result.messages if row.message.key == last.key] == ["dropped"]
    assert last.to not in [text.to for text in night.texts()]


# --- canceling ---


def scheduled_about(night: Night, number: str) -> Any:
    store = night.services().store
    return next(m for m in store.messages.scheduled() if number in [r.document_number for r in m.reminders])


def test_cancel_that_fails_is_asked_again_by_the_next_run_and_the_text_never_leaves(night: Night) -> None:
    night.remind()
    services = night.services()
    services.twilio.cancel = lambda sid: Canceling.UNKNOWN  # type: ignore[method-assign]
    done = add_hold(services, "INV-1050", "disputed by telephone", None)
    assert [problem.code for problem in done.problems] == ["cancel_open"]
    key = scheduled_about(night, "INV-1050").key

    night.clock.move(minutes=5)
    again = pull_inbound(night.services())

    assert again.canceled == (key,)
    night.clock.move(hours=8)
    assert [s.status for s in night.texts() if "INV-1050" in s.body] == ["canceled"]


def test_cancel_that_comes_too_late_is_told(night: Night) -> None:
    night.remind()
    leaves = scheduled_about(night, "INV-1050").send_at
    night.clock.now = leaves + timedelta(seconds=20)

    done = add_hold(night.services(), "INV-1050", "disputed by telephone", None)

    assert [problem.code for problem in done.problems] == ["cancel_too_late"]
    assert done.exit_code == 1
    assert by_number(night.remind())["INV-1050"].reason is Reason.ALREADY_SENT


def test_step_of_a_canceled_text_is_free_again_after_the_hold(night: Night) -> None:
    night.remind()
    services = night.services()
    add_hold(services, "INV-1050", "disputed by telephone", None)
    night.clock.move(minutes=30)
    assert by_number(night.remind())["INV-1050"].reason is Reason.HELD_INVOICE

    release_hold(services, "INV-1050")
    again = night.remind()

    assert row_about(again, "INV-1050").status == "scheduled"
    night.clock.move(hours=8)
    assert [s.status for s in night.texts() if "INV-1050" in s.body] == ["canceled", "delivered"]


# --- texts and prices ---


def test_text_that_can_not_be_made_for_one_customer_holds_that_one_and_says_why(night: Night) -> None:
    steps = tuple(
        replace(
            step,
            sms={"": "{{ company.name }}: {{ invoice.number }} {% if customer.name.startswith('Maria') %}"
                 "{{ 'x' * 1601 }}{% endif %}"},
        )
        for step in night.app.rules.reminders.steps
    )  # fmt: skip
    rules = night.change_rules(reminders={"steps": steps})

    result = night.remind(rules=rules)

    held = by_number(result)["INV-1051"]
    assert held.reason is Reason.UNREADABLE
    assert "no text can be made" in held.detail
    assert row_about(result, "INV-1089").status in ("sent", "scheduled")


def test_country_without_a_price_is_texted_and_its_cost_unknown(night: Night) -> None:
    services = night.services()
    price = services.twilio.price_per_segment
    services.twilio.price_per_segment = (  # type: ignore[method-assign]
        lambda country: None if country == "FR" else price(country)
    )

    result = night.remind(services=services)

    assert row_about(result, "INV-1063").message.estimated_cost is None
    assert row_about(result, "INV-1063").status in ("sent", "scheduled")
    assert row_about(result, "INV-1051").message.estimated_cost is not None
    assert result.estimated_cost is not None


# --- brakes from history, releases, what waits ---


def test_run_far_above_the_busiest_day_is_stopped(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    from nsquilio.errors import Braked

    monkeypatch.setattr("nsquilio.jobs.brakes.NEVER_UNUSUAL", 2)
    night.remind(limit=2)
    night.clock.move(days=1)
    rules = night.change_rules(limits={"times_usual": 2})

    with pytest.raises(Braked) as stopped:
        night.remind(rules=rules)

    assert stopped.value.code == "times_usual"
    assert "2026-03-02, had 2" in stopped.value.message
    night.clock.move(days=36)
    night.remind(rules=rules)  # five weeks later that day says nothing any more


@pytest.mark.parametrize(
    ("number", "reason"),
    [("INV-1075", Reason.ABOVE_LARGEST_BALANCE), ("INV-1077", Reason.UNAPPLIED_CASH)],
)
def test_release_lets_an_invoice_through_once(night: Night, number: str, reason: Reason) -> None:
    services = night.services()
    assert by_number(night.remind())[number].reason is reason

    release_hold(services, number)
    second = night.remind()
    assert statuses(second)[number] in ("sent", "scheduled")

    night.clock.move(days=7)
    assert by_number(night.remind())[number].reason is reason


def test_release_is_kept_while_nothing_has_gone_out(night: Night) -> None:
    services = night.services()
    release_hold(services, "INV-1075")
    night.fault("401", 1)
    assert statuses(night.remind(services=one_at_a_time(night)))["INV-1075"] in ("rejected", "planned")

    assert statuses(night.remind())["INV-1075"] in ("sent", "scheduled")


def test_invoice_that_waited_until_no_step_reaches_it_is_listed_as_expired(night: Night) -> None:
    """INV-1060 is fifteen days late, and its customer in Anchorage was texted a few hours ago."""
    rules = night.change_rules(contact={"hours": None, "customer_contacts": 1, "customer_days": 35})
    night.remind(rules=rules, invoices=("INV-1101",))
    night.clock.move(days=1)
    waiting = night.remind(rules=rules)
    assert by_number(waiting)["INV-1060"].reason is Reason.PER_CUSTOMER_LIMIT

    night.clock.move(days=6)
    last = night.remind(rules=rules)

    assert by_number(last)["INV-1060"].reason is Reason.EXPIRED
    store = night.services().store
    assert [row.document_number for row in store.runs.expired(night.clock() - timedelta(days=1))] == [
        "INV-1060"
    ]
    assert "INV-1060" not in [row.document_number for row in store.runs.waiting()]
    assert "INV-1060" not in by_number(night.remind(rules=rules))


def test_what_waited_and_was_paid_is_forgotten(night: Night) -> None:
    night.remind()
    assert "INV-1042" in [row.document_number for row in night.services().store.runs.waiting()]
    night.pay("INV-1042")

    night.remind()

    store = night.services().store
    assert "INV-1042" not in [row.document_number for row in store.runs.waiting()]
    assert store.runs.expired(night.clock() - timedelta(days=1)) == ()


@pytest.mark.parametrize("target", ["INV-1060", "Anchorage Air Freight"])
def test_step_that_passed_during_a_hold_goes_out_after_it(night: Night, target: str) -> None:
    services = night.services()
    control.delete_invoice(night.world, "INV-1101")
    add_hold(services, target, "they asked for time", None)
    for _ in range(3):
        night.remind()
        night.clock.move(days=10)

    release_hold(services, target)
    after = night.remind()

    assert statuses(after)["INV-1060"] in ("sent", "scheduled")
    assert "INV-1060" not in statuses(night.remind())


def test_invoice_that_an_event_named_is_read_once_whatever_its_dates(night: Night) -> None:
    store = night.services().store
    store.runs.name_invoices(["1066"], "netsuite event", night.clock())

    named = night.remind()

    assert by_number(named)["INV-1066"].reason is Reason.NOT_DUE
    assert store.runs.named_invoices() == frozenset()
    assert "INV-1066" not in by_number(night.remind())


def test_unapplied_cash_that_arrives_before_the_last_look_holds_the_reminder(night: Night) -> None:
    services = night.services()
    balances = services.netsuite.balances

    def paying(ids: list[str]) -> Any:
        control.receive(night.world, "Maria O'Brien", Decimal(275))
        services.netsuite.balances = balances  # type: ignore[method-assign]
        return balances(ids)

    services.netsuite.balances = paying  # type: ignore[method-assign]
    result = night.remind(services=services)

    assert by_number(result)["INV-1051"].reason is Reason.UNAPPLIED_CASH
    assert row_about(result, "INV-1051").status == "dropped"
    assert MARIA not in [s.to for s in night.texts()]


def at_the_last_look(night: Night, happens: Callable[[], Any]) -> Services:
    """Services of a run during which something happens once, between its plan and its sending."""
    services = night.services()
    balances = services.netsuite.balances

    def looking(ids: list[str]) -> Any:
        services.netsuite.balances = balances  # type: ignore[method-assign]
        happens()
        return balances(ids)

    services.netsuite.balances = looking  # type: ignore[method-assign]
    return services


def test_opt_out_at_the_last_look_is_told_and_the_mail_in_its_place_goes_with_the_next_run(
    night: Night,
) -> None:
    services = at_the_last_look(
        night,
        lambda: control.change_customer(night.world, "Maria O'Brien", custentity_sms_opt_out="T"),
    )
    result = night.remind(services=services)

    row, decision = row_about(result, "INV-1051"), by_number(result)["INV-1051"]
    assert (row.status, row.detail) == ("dropped", "opted_out")
    assert (decision.action, decision.reason, decision.message_keys) == (Action.SKIP, Reason.OPTED_OUT, ())
    assert decision.detail.endswith("; the e-mail in its place goes with the next run")
    assert result.fetched == sum(result.by_action.values())
    keys = {row.message.key for row in result.messages if row.status != "dropped"}
    sending = [d for d in result.decisions if d.action is Action.SEND]
    assert all(keys >= set(d.message_keys) and d.message_keys for d in sending)
    assert len(sending) == len(
        {id_ for r in result.messages if r.message.key in keys for id_ in r.message.invoice_ids}
    )

    again = night.remind()
    mailed = row_about(again, "INV-1051")
    assert (mailed.message.channel, mailed.status) == (Channel.EMAIL, "sent")
    assert [m.to for m in night.mails() if "INV-1051" in (m.subject or "")] == ["maria@obrien.example"]


def test_wording_that_changed_since_the_plan_file_is_not_sent_and_told(night: Night, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    night.remind(dry_run=True, save_plan=file)
    services = at_the_last_look(night, lambda: night.pay("INV-1051", amount=Decimal(10)))

    result = night.remind(services=services, plan=file)

    row, decision = row_about(result, "INV-1051"), by_number(result)["INV-1051"]
    assert (row.status, row.detail) == ("dropped", "filtered")
    assert (decision.reason, decision.detail) == (Reason.FILTERED, "not in the plan file")
    assert MARIA not in [s.to for s in night.texts()]


def test_opt_out_at_the_last_look_stops_the_text_where_a_mail_goes_too(night: Night) -> None:
    both = tuple(replace(s, channels=("sms", "email")) for s in night.app.rules.reminders.steps)
    rules = night.change_rules(reminders={"steps": both})
    services = at_the_last_look(
        night,
        lambda: control.change_customer(night.world, "Maria O'Brien", custentity_sms_opt_out="T"),
    )
    result = night.remind(services=replace(services, rules=rules))

    rows = {r.message.channel: r for r in result.messages if "INV-1051" in _numbers(r.message)}
    decision = by_number(result)["INV-1051"]
    assert {channel: row.status for channel, row in rows.items()} == {"sms": "dropped", "email": "sent"}
    assert "opted_out" in rows[Channel.SMS].detail
    assert (decision.action, decision.message_keys) == (Action.SEND, (rows[Channel.EMAIL].message.key,))
    assert MARIA not in [text.to for text in night.texts()]
    assert len([m for m in night.mails() if "INV-1051" in (m.subject or "")]) == 1


def test_step_that_begins_between_plan_and_last_look_waits_for_the_next_run(night: Night) -> None:
    """INV-1205 is due in three days: its step before the due date is planned, and then it is a week late."""
    services = at_the_last_look(
        night,
        lambda: control.change_invoice(
            night.world, "INV-1205", duedate=night.clock().date() - timedelta(days=7)
        ),
    )
    result = night.remind(services=services)

    row, decision = row_about(result, "INV-1205"), by_number(result)["INV-1205"]
    assert (row.status, row.detail) == ("dropped", "superseded")
    assert (decision.step, decision.action, decision.message_keys) == ("late-7", Action.SKIP, ())
    assert decision.detail == "late-7 has taken the place of what was planned and goes with the next run"
    assert row_about(night.remind(), "INV-1205").status in ("sent", "scheduled")


def test_every_row_of_a_run_that_ended_early_is_explained(night: Night) -> None:
    night.fault("401", 1)

    result = night.remind(services=one_at_a_time(night))

    assert result.fetched == sum(result.by_action.values())
    stored = night.services().store.messages
    assert stored.open_outcomes() == ()
    rejected = [row for row in result.messages if row.status == "rejected"]
    assert [stored.stored(row.message.key).outcome for row in rejected] == [Outcome.REJECTED]  # type: ignore[union-attr]


def test_text_says_until_when_it_is_good_even_at_the_end_of_a_long_batch(night: Night) -> None:
    """Seven seconds pass with each text; what is still good is counted from each text's own moment."""
    night.clock.now = datetime(2026, 3, 3, 0, 50, tzinfo=UTC)  # ten minutes before New York closes
    services = one_at_a_time(night)
    send, asked = services.twilio.send_text, []

    def slow(to: str, body: str, **more: Any) -> Any:
        asked.append((night.clock(), more.get("send_at"), more.get("validity_s")))
        night.clock.move(seconds=7)
        return send(to, body, **more)

    services.twilio.send_text = slow  # type: ignore[method-assign]
    night.remind(services=services)

    now = [at + timedelta(seconds=s) for at, send_at, s in asked if send_at is None and s < 3600]
    closing = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
    assert len(now) > 3
    assert all(until <= closing for until in now)


def test_balances_are_read_again_when_sending_has_taken_a_minute(night: Night) -> None:
    services = one_at_a_time(night)
    send, read = services.twilio.send_text, []
    balances = services.netsuite.balances

    def slow(to: str, body: str, **more: Any) -> Any:
        night.clock.move(seconds=25)
        return send(to, body, **more)

    def counted(ids: list[str]) -> Any:
        read.append(night.clock())
        return balances(ids)

    services.twilio.send_text = slow  # type: ignore[method-assign]
    services.netsuite.balances = counted  # type: ignore[method-assign]
    result = night.remind(services=services)

    assert {row.status for row in result.messages} <= {"sent", "scheduled", "dropped"}
    assert max(later - before for before, later in pairwise(read)) <= timedelta(seconds=90)
    assert len(read) > 4


def test_mail_text_names_what_the_text_would(night: Night) -> None:
    steps = tuple(
        replace(step, email={"": MailText("Bill", "{{ invoice.number }}")})
        for step in night.app.rules.reminders.steps
    )
    set_number(night.world, MARIA, "blocked")
    rules = night.change_rules(reminders={"steps": steps})
    night.remind(rules=rules)

    night.remind(rules=rules)

    assert [m.custom_args["nsq_key"] for m in night.mails() if m.to == "maria@obrien.example"] != []


@pytest.mark.parametrize("code", [30036, 30003])
def test_text_that_failed_later_is_not_repeated_and_stands_in_status(night: Night, code: int) -> None:
    set_number(night.world, MARIA, f"error:{code}")
    services = night.services()
    night.remind(services=services)
    night.clock.move(hours=1)

    pull_inbound(night.services())
    failed = services.store.messages.failures(night.clock() - timedelta(days=1))
    assert [(m.to, m.error_code) for m in failed] == [(MARIA, str(code))]
    again = night.remind()

    assert services.store.messages.failures(night.clock() - timedelta(days=1)) == ()  # the mail made it good
    assert row_about(again, "INV-1051").message.channel is Channel.EMAIL
