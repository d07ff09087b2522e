"""Every reason of the decision, in the order of the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from nsquilio.core.inputs import Narrowing
from nsquilio.core.keys import fallback_key
from nsquilio.core.model import (
    Action,
    Blocks,
    Channel,
    Contact,
    History,
    HoldKind,
    Money,
    Outcome,
    Payment,
    Reason,
    Told,
    action_of,
)
from nsquilio.core.rules import BalanceLimits, StepKind
from tests.core.builders import (
    NOW,
    NUMBER,
    TODAY,
    a_customer,
    a_hold,
    a_payment,
    a_step,
    an_invoice,
    decide_one,
    due_in,
    plan,
    sent,
    some_rules,
    texted_for_good,
)

KEY = "1042:upcoming:preferred"


def test_invoice_in_its_window_is_sent_by_text() -> None:
    made = plan(an_invoice())

    assert made.decisions[0].reason is Reason.DUE_WINDOW
    assert [(m.channel, m.to, m.step) for m in made.messages] == [(Channel.SMS, NUMBER, "upcoming")]
    assert made.decisions[0].message_keys == (made.messages[0].key,)


CASES = {
    "filtered": (
        Reason.FILTERED,
        {"narrowing": Narrowing(invoices=frozenset({"7"}))},
    ),
    "filtered by customer": (Reason.FILTERED, {"narrowing": Narrowing(customers=frozenset({"7"}))}),
    "unreadable": (Reason.UNREADABLE, {"invoice": an_invoice(problem="the balance 'x' is no number")}),
    "without its customer": (Reason.UNREADABLE, {"invoice": an_invoice(customer_id="404")}),
    "no due date": (Reason.NO_DUE_DATE, {"invoice": an_invoice(due=None)}),
    "not due": (Reason.NOT_DUE, {"invoice": an_invoice(due=due_in(6))}),
    "expired": (Reason.EXPIRED, {"invoice": an_invoice(due=due_in(-14))}),
    "already sent": (Reason.ALREADY_SENT, {"history": History(keys={KEY: sent()})}),
    "unknown": (Reason.UNKNOWN_OUTCOME, {"history": History(keys={KEY: sent(Outcome.UNKNOWN)})}),
    "intent": (Reason.UNKNOWN_OUTCOME, {"history": History(keys={KEY: sent(Outcome.INTENT)})}),
    "inactive": (Reason.INACTIVE_CUSTOMER, {"customer": a_customer(inactive=True)}),
    "excluded": (Reason.EXCLUDED, {"customer": a_customer(excluded_by="custentity_3805_dunning_paused")}),
    "excluded invoice": (Reason.EXCLUDED, {"invoice": an_invoice(excluded=True)}),
    "channel none": (Reason.CHANNEL_NONE, {"customer": a_customer(channel="none")}),
    "too small": (Reason.BELOW_SMALLEST_BALANCE, {"invoice": an_invoice(balance=Decimal("4.99"))}),
    "too large": (Reason.ABOVE_LARGEST_BALANCE, {"invoice": an_invoice(balance=Decimal("50000.01"))}),
    "unapplied cash": (Reason.UNAPPLIED_CASH, {"customer": a_customer(unapplied={"USD": Decimal(5)})}),
    "held invoice": (Reason.HELD_INVOICE, {"blocks": Blocks(holds=(a_hold(),))}),
    "held customer": (Reason.HELD_CUSTOMER, {"blocks": Blocks(holds=(a_hold(of_customer=True),))}),
    "dispute": (Reason.DISPUTE, {"blocks": Blocks(holds=(a_hold(HoldKind.DISPUTE),))}),
    "promise": (Reason.PROMISE, {"blocks": Blocks(holds=(a_hold(HoldKind.PROMISE),))}),
    "paid claim": (
        Reason.PAID_CLAIM,
        {"blocks": Blocks(holds=(a_hold(HoldKind.PAID_CLAIM, of_customer=True),))},
    ),
    "no contact": (Reason.NO_CONTACT, {"customer": a_customer(mobiles=(), emails=())}),
    "wants texts, has no number": (Reason.NO_CONTACT, {"customer": a_customer(mobiles=(), channel="sms")}),
    "wants mail, has no address": (Reason.NO_CONTACT, {"customer": a_customer(emails=(), channel="email")}),
    "invalid number": (Reason.INVALID_NUMBER, {"customer": a_customer(mobiles=("call Bob",), emails=())}),
    "wants texts, number is none": (
        Reason.INVALID_NUMBER,
        {"customer": a_customer(mobiles=("12",), channel="sms")},
    ),
    "undeliverable": (
        Reason.UNDELIVERABLE,
        {"customer": a_customer(emails=()), "blocks": Blocks(undeliverable={NUMBER: "30006: landline"})},
    ),
    "opted out": (
        Reason.OPTED_OUT,
        {"customer": a_customer(emails=()), "blocks": Blocks(opted_out={NUMBER: "text SM1"})},
    ),
    "opted out by the box": (Reason.OPTED_OUT, {"customer": a_customer(emails=(), sms_opt_out=True)}),
    "not allowed": (
        Reason.RECIPIENT_NOT_ALLOWED,
        {"rules": some_rules(profile="test", allowed_recipients=frozenset({"+14155550100"}))},
    ),
    "zone unknown": (Reason.TIME_ZONE_UNKNOWN, {"customer": a_customer(time_zone="Mars/Olympus")}),
    "number limit": (
        Reason.PER_NUMBER_LIMIT,
        {"history": History(contacts=(Contact("99", NUMBER, Channel.SMS, TODAY),))},
    ),
    "customer limit": (
        Reason.PER_CUSTOMER_LIMIT,
        {
            "history": History(
                contacts=(
                    Contact("88", "x@acme.example", Channel.EMAIL, due_in(-2)),
                    Contact("88", "+12125550000", Channel.SMS, due_in(-4)),
                )
            )
        },
    ),
    "hours": (
        Reason.CONTACT_HOURS,
        {"now": datetime(2026, 3, 10, 5, 0, tzinfo=UTC), "rules": some_rules(messaging_service=False)},
    ),
    "holiday": (
        Reason.HOLIDAY,
        {
            "now": datetime(2026, 5, 25, 15, 0, tzinfo=UTC),
            "invoice": an_invoice(due=date(2026, 5, 28)),
            "rules": some_rules(schedule_ahead=False),
        },
    ),
}


@pytest.mark.parametrize(
    ("written", "shown"),
    [("Mars/Olympus", "'Mars/Olympus'"), (" GMT-5\n", "'GMT-5'"), ("x" * 90, f"'{'x' * 37}...'")],
)
def test_time_zone_that_means_nothing_is_named(written: str, shown: str) -> None:
    assert decide_one(customer=a_customer(time_zone=written)).detail == (
        f"the column of netsuite.customer.time_zone says {shown}, which is no time zone like America/New_York"
    )


def test_channel_that_nobody_gave_a_meaning_is_named() -> None:
    assert decide_one(customer=a_customer(channel="none")).detail == "the customer wants no messages"
    assert decide_one(customer=a_customer(channel="none", channel_said="Fax ")).detail == (
        "the channel column says 'Fax', to which netsuite.customer.channel_values gives no meaning"
    )


@pytest.mark.parametrize("case", CASES, ids=lambda name: name.replace(" ", "-"))
def test_reason(case: str) -> None:
    reason, more = CASES[case]

    assert decide_one(**more).reason is reason


def test_every_reason_but_the_last_look_is_produced_by_a_test() -> None:
    made_here = {reason for reason, _more in CASES.values()}
    elsewhere = {Reason.DUE_WINDOW, Reason.SUPERSEDED, Reason.CREATED, Reason.CHANGED, Reason.PAID}

    assert set(Reason) - made_here - elsewhere == {Reason.PAID_SINCE_PLAN}


def test_rules_stop_in_the_order_of_the_specification() -> None:
    order = [Reason(name) for name in CASES_IN_ORDER]
    found = []
    worst = {
        "invoice": an_invoice(problem="x", due=due_in(5), balance=Decimal(1)),
        "customer": a_customer(
            inactive=True,
            excluded_by="box",
            channel="none",
            unapplied={"USD": Decimal(9)},
            mobiles=(),
            emails=(),
        ),
        "blocks": Blocks(holds=(a_hold(), a_hold(HoldKind.DISPUTE, id=2))),
    }
    for cure in CURES:
        found.append(decide_one(**worst).reason)
        worst = {**worst, **cure(worst)}

    assert found == order


CASES_IN_ORDER = (
    "unreadable",
    "inactive_customer",
    "excluded",
    "channel_none",
    "below_smallest_balance",
    "unapplied_cash",
    "held_invoice",
    "dispute",
    "no_contact",
)
CURES = (
    lambda w: {"invoice": replace(w["invoice"], problem=None)},
    lambda w: {"customer": replace(w["customer"], inactive=False)},
    lambda w: {"customer": replace(w["customer"], excluded_by=None)},
    lambda w: {"customer": replace(w["customer"], channel="")},
    lambda w: {"invoice": replace(w["invoice"], balance=Decimal(100))},
    lambda w: {"customer": replace(w["customer"], unapplied={})},
    lambda w: {"blocks": Blocks(holds=w["blocks"].holds[1:])},
    lambda w: {"blocks": Blocks()},
    lambda w: {},
)


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_one_action(reason: Reason) -> None:
    assert action_of(reason) in Action


# --- which address ----------------------------------------


def channel_and_key(**more: object) -> tuple[str, str]:
    made = plan(an_invoice(), customers=(more.pop("customer", a_customer()),), **more)  # type: ignore[arg-type]
    assert len(made.messages) == 1, made.decisions
    return made.messages[0].channel.value, made.messages[0].reminders[0].key


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ("sms", KEY)),
        ({"customer": a_customer(channel="email")}, ("email", KEY)),
        ({"customer": a_customer(mobiles=())}, ("email", KEY)),
        ({"customer": a_customer(mobiles=("not a number",))}, ("email", KEY)),
        ({"customer": a_customer(channel="sms", sms_opt_out=True)}, ("email", fallback_key(KEY))),
        ({"blocks": Blocks(opted_out={NUMBER: "STOP"})}, ("email", fallback_key(KEY))),
        ({"blocks": Blocks(undeliverable={NUMBER: "dead"})}, ("email", fallback_key(KEY))),
        ({"history": History(keys={KEY: texted_for_good()})}, ("email", fallback_key(KEY))),
    ],
)
def test_channel(more: dict[str, object], expected: tuple[str, str]) -> None:
    assert channel_and_key(**more) == expected


def test_text_that_failed_for_good_is_never_followed_by_a_second_mail() -> None:
    past = History(keys={KEY: texted_for_good(), fallback_key(KEY): sent(channel=Channel.EMAIL)})

    assert decide_one(history=past).reason is Reason.ALREADY_SENT


def test_mail_in_place_of_a_text_uses_the_step_up_when_the_opt_out_is_lifted() -> None:
    past = History(keys={fallback_key(KEY): sent(channel=Channel.EMAIL)})

    assert decide_one(history=past).reason is Reason.ALREADY_SENT


def test_text_that_failed_for_good_stays_sent_without_fallback() -> None:
    past = History(keys={KEY: texted_for_good()})

    assert decide_one(history=past, rules=some_rules(fallback_to_email=False)).reason is Reason.ALREADY_SENT


def test_opt_out_of_a_number_holds_for_every_record_with_it() -> None:
    others = (a_customer("1", emails=()), a_customer("2", emails=(), mobiles=("+1 212-555-0123",)))
    made = plan(
        an_invoice("11", customer_id="1"),
        an_invoice("12", customer_id="2"),
        customers=others,
        blocks=Blocks(opted_out={NUMBER: "STOP"}),
    )

    assert [d.reason for d in made.decisions] == [Reason.OPTED_OUT, Reason.OPTED_OUT]


def test_refused_key_is_free_again_under_another_message_key() -> None:
    fresh = plan(an_invoice())
    again = plan(an_invoice(), history=History(keys={KEY: sent(Outcome.REJECTED)}))

    assert again.decisions[0].reason is Reason.DUE_WINDOW
    assert again.messages[0].reminders[0].key == fresh.messages[0].reminders[0].key
    assert again.messages[0].key != fresh.messages[0].key


def test_both_channels_send_one_message_each() -> None:
    made = plan(an_invoice(), rules=some_rules(a_step(channels=("sms", "email"))))

    assert sorted(m.channel for m in made.messages) == ["email", "sms"]
    assert sorted(r.key for m in made.messages for r in m.reminders) == [
        "1042:upcoming:email",
        "1042:upcoming:sms",
    ]


def test_with_two_channels_one_that_sends_makes_it_a_send_and_the_other_is_told() -> None:
    made = decide_one(
        customer=a_customer(mobiles=()),
        rules=some_rules(a_step(channels=("sms", "email")), fallback_to_email=False),
    )

    assert made.reason is Reason.DUE_WINDOW
    assert "no_contact" in made.detail


def test_with_two_channels_one_sent_before_leaves_the_other() -> None:
    made = plan(
        an_invoice(),
        rules=some_rules(a_step(channels=("sms", "email"))),
        history=History(keys={"1042:upcoming:sms": sent()}),
    )

    assert [m.channel for m in made.messages] == [Channel.EMAIL]


# --- messages ----------------------------------------


def test_customer_gets_one_message_for_what_is_overdue_with_the_most_severe_wording() -> None:
    made = plan(an_invoice("1", due_in(-2)), an_invoice("2", due_in(-8)))

    assert [(m.step, m.invoice_ids) for m in made.messages] == [("late-7", ("2", "1"))]


def test_upcoming_and_overdue_are_two_messages_and_the_limit_lets_the_overdue_one_go() -> None:
    made = plan(an_invoice("1", due_in(3)), an_invoice("2", due_in(-8)))

    assert [m.invoice_ids for m in made.messages] == [("2",)]
    assert [d.reason for d in made.decisions] == [Reason.PER_NUMBER_LIMIT, Reason.DUE_WINDOW]
    assert made.decisions[0].not_before is not None


def test_most_overdue_customer_is_first_when_the_run_is_limited() -> None:
    people = (a_customer("1", mobiles=("212 555 0101",)), a_customer("2", mobiles=("212 555 0102",)))
    made = plan(
        an_invoice("11", due_in(-2), customer_id="1"),
        an_invoice("12", due_in(-9), customer_id="2"),
        customers=people,
        narrowing=Narrowing(limit=1),
    )

    assert [m.customer_id for m in made.messages] == ["2"]
    assert [d.reason for d in made.decisions] == [Reason.FILTERED, Reason.DUE_WINDOW]


def test_limit_counts_scheduled_texts_on_the_day_they_arrive() -> None:
    tomorrow = TODAY + timedelta(days=1)
    past = History(contacts=(Contact("99", NUMBER, Channel.SMS, tomorrow),))
    late = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)  # 21:00 in New York: the next opening is tomorrow

    assert decide_one(history=past, now=late).reason is Reason.PER_NUMBER_LIMIT
    assert decide_one(history=past).reason is Reason.DUE_WINDOW


def test_second_message_on_a_day_of_contact_is_no_further_contact() -> None:
    past = History(
        contacts=(
            Contact("88", "ap@acme.example", Channel.EMAIL, TODAY),
            Contact("88", "ap@acme.example", Channel.EMAIL, due_in(-3)),
        )
    )

    assert decide_one(history=past).reason is Reason.DUE_WINDOW


def test_text_outside_hours_is_scheduled_for_the_opening_where_the_recipient_is() -> None:
    made = plan(an_invoice(), now=datetime(2026, 3, 10, 6, 30, tzinfo=UTC))

    assert made.messages[0].send_at == datetime(2026, 3, 10, 13, 0, tzinfo=UTC)
    assert made.decisions[0].not_before == made.messages[0].send_at
    assert made.decisions[0].action is Action.SEND


def test_mail_goes_at_any_hour() -> None:
    made = plan(
        an_invoice(), customers=(a_customer(channel="email"),), now=datetime(2026, 3, 10, 6, 30, tzinfo=UTC)
    )

    assert made.messages[0].send_at is None


def test_first_text_to_a_number_says_how_to_opt_out_and_the_next_does_not() -> None:
    first = plan(an_invoice()).messages[0].body
    later = plan(an_invoice(), history=History(texted=frozenset({NUMBER}))).messages[0].body

    assert "STOP" in first
    assert "STOP" not in later


def test_smallest_balance_by_currency() -> None:
    rules = some_rules(smallest_balance=BalanceLimits(None, {"JPY": Decimal(500)}))

    assert (
        decide_one(an_invoice(balance=Decimal(499), currency="JPY"), rules=rules).reason
        is Reason.BELOW_SMALLEST_BALANCE
    )
    assert decide_one(an_invoice(balance=Decimal(1), currency="USD"), rules=rules).reason is Reason.DUE_WINDOW


def test_cash_in_another_currency_is_no_unapplied_cash() -> None:
    assert decide_one(customer=a_customer(unapplied={"EUR": Decimal(900)})).reason is Reason.DUE_WINDOW


def test_released_invoice_passes_its_balance_holds_once() -> None:
    customer = a_customer(unapplied={"USD": Decimal(900)})
    past = History(released=frozenset({"1042"}))

    assert decide_one(an_invoice(balance=Decimal(90000)), customer, history=past).reason is Reason.DUE_WINDOW


@pytest.mark.parametrize(("until", "held"), [(TODAY, False), (TODAY + timedelta(days=1), True), (None, True)])
def test_hold_ends_on_its_day(until: date | None, held: bool) -> None:
    made = decide_one(blocks=Blocks(holds=(a_hold(until=until),)))

    assert (made.reason is Reason.HELD_INVOICE) is held


def test_time_on_hold_does_not_count() -> None:
    ended = a_hold(since=NOW - timedelta(days=60), ended_at=NOW - timedelta(days=1))
    invoice = an_invoice(due=due_in(-40))

    assert decide_one(invoice).reason is Reason.EXPIRED
    assert decide_one(invoice, blocks=Blocks(holds=(ended,))).step == "late-7"


# --- narrowing by step ----------------------------------------


def test_step_asked_for_is_superseded_by_a_newer_live_one() -> None:
    steps = (a_step("first", days=5), a_step("second", days=3))
    wanted = Narrowing(steps=frozenset({"first"}))

    assert (
        decide_one(an_invoice(due=due_in(2)), rules=some_rules(*steps), narrowing=wanted).reason
        is Reason.SUPERSEDED
    )


def test_invoice_at_another_step_than_asked_for_is_filtered() -> None:
    wanted = Narrowing(steps=frozenset({"late-7"}))

    assert decide_one(narrowing=wanted).reason is Reason.FILTERED
    assert decide_one(an_invoice(due=due_in(-8)), narrowing=wanted).reason is Reason.DUE_WINDOW


# --- events ----------------------------------------

LONG_AGO = NOW - timedelta(days=90)


def test_event_steps_without_a_first_run_look_at_nothing() -> None:
    created = a_step("welcome", StepKind.CREATED, 0)
    made = decide_one(an_invoice(due=due_in(30), created_at=NOW), rules=some_rules(created))

    assert made.action is Action.SKIP


def test_new_invoice_is_announced_once() -> None:
    created = a_step("welcome", StepKind.CREATED, 0)
    invoice = an_invoice(due=due_in(30), created_at=NOW - timedelta(hours=20))
    fresh = plan(invoice, rules=some_rules(created), history=History(first_run=LONG_AGO))
    key = fresh.messages[0].reminders[0].key

    assert fresh.decisions[0].reason is Reason.CREATED
    assert key == "1042:welcome:preferred:2026-03-09"
    past = History(first_run=LONG_AGO, keys={key: sent()})
    assert decide_one(invoice, rules=some_rules(created), history=past).reason is Reason.ALREADY_SENT


def told(due: date, amount: str) -> dict[str, Told]:
    return {"1042": Told(NOW - timedelta(days=4), due, Money(Decimal(amount), "USD"))}


CHANGED = some_rules(a_step("changed", StepKind.CHANGED, 0))


@pytest.mark.parametrize(
    ("due", "balance", "reason"),
    [
        (due_in(30), "1250.00", Reason.EXPIRED),  # as told
        (due_in(33), "1250.00", Reason.CHANGED),  # later
        (due_in(20), "1250.00", Reason.CHANGED),  # earlier
        (due_in(30), "1300.00", Reason.CHANGED),  # more
        (due_in(30), "800.00", Reason.EXPIRED),  # a part payment
    ],
)
def test_change_is_told_when_the_customer_was_told_otherwise(due: date, balance: str, reason: Reason) -> None:
    invoice = an_invoice(due=due, balance=Decimal(balance), modified_at=NOW - timedelta(hours=3))
    past = History(first_run=LONG_AGO, told=told(due_in(30), "1250.00"))

    found = decide_one(invoice, rules=CHANGED, history=past).reason

    assert found is (reason if reason is Reason.CHANGED else Reason.NOT_DUE)


def test_change_of_an_invoice_nobody_was_told_about_is_no_news() -> None:
    invoice = an_invoice(due=due_in(30), modified_at=NOW)

    assert decide_one(invoice, rules=CHANGED, history=History(first_run=LONG_AGO)).action is Action.SKIP


PAID = some_rules(a_step("thanks", StepKind.PAID, 0))
SETTLED = an_invoice(due=due_in(-3), balance=Decimal(0), status="B", modified_at=NOW)


@pytest.mark.parametrize(
    ("payments", "thanks"),
    [
        ((a_payment(),), True),
        ((a_payment("credit"),), False),
        ((a_payment("write_off"),), False),
        ((a_payment("credit"), a_payment(payment_id="9")), True),
        ((a_payment(paid_on=due_in(-9)),), True),  # a check entered days after its date
        ((a_payment(created_at=NOW - timedelta(days=2)),), False),
        ((a_payment(created_at=NOW - timedelta(days=9), modified_at=NOW),), True),  # applied lately
        ((a_payment(created_at=None),), False),
        ((), False),
    ],
)
def test_thanks_go_out_for_money_only(payments: tuple[Payment, ...], thanks: bool) -> None:
    past = History(first_run=LONG_AGO, told=told(due_in(-3), "1250.00"), payments={"1042": payments})

    assert (decide_one(SETTLED, rules=PAID, history=past).reason is Reason.PAID) is thanks


def test_payment_that_was_touched_lately_is_no_news_of_an_invoice_that_was_not() -> None:
    """Its bank deposit touches a payment too."""
    invoice = replace(SETTLED, modified_at=NOW - timedelta(days=9))
    payment = a_payment(created_at=NOW - timedelta(days=9), modified_at=NOW)
    past = History(first_run=LONG_AGO, told=told(due_in(-3), "1250.00"), payments={"1042": (payment,)})

    assert decide_one(invoice, rules=PAID, history=past).action is Action.SKIP


def test_thanks_keep_the_occurrence_that_the_customer_was_told_last() -> None:
    thanked = replace(told(due_in(-3), "0.00")["1042"], occurrence="17")
    past = History(first_run=LONG_AGO, told={"1042": thanked}, payments={"1042": (a_payment(),)})

    made = plan(SETTLED, rules=PAID, history=past)

    assert [r.occurrence for message in made.messages for r in message.reminders] == ["17"]


def test_thanks_need_that_we_wrote_about_the_invoice() -> None:
    past = History(first_run=LONG_AGO, payments={"1042": (a_payment(),)})

    assert decide_one(SETTLED, rules=PAID, history=past).action is Action.SKIP


def test_payment_before_the_first_run_is_no_news() -> None:
    past = History(
        first_run=NOW,
        told=told(due_in(-3), "1250.00"),
        payments={"1042": (a_payment(created_at=NOW - timedelta(minutes=1)),)},
    )

    assert decide_one(SETTLED, rules=PAID, history=past).action is Action.SKIP


def test_thanks_are_not_held_back_by_balance_rules() -> None:
    past = History(first_run=LONG_AGO, told=told(due_in(-3), "1250.00"), payments={"1042": (a_payment(),)})
    customer = a_customer(unapplied={"USD": Decimal(900)})

    assert decide_one(SETTLED, customer, rules=PAID, history=past).reason is Reason.PAID
