"""What must hold for any customers, invoices and past: the counts add up, and nothing forbidden is planned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from nsquilio.core.decide import explain, look_ups, make_plan
from nsquilio.core.inputs import Inputs
from nsquilio.core.keys import plan_hash
from nsquilio.core.model import (
    TAKEN,
    Action,
    Blocks,
    Channel,
    Contact,
    History,
    HoldKind,
    Invoice,
    KeyState,
    Outcome,
)
from nsquilio.core.rules import StepKind
from tests.core.builders import TODAY, WEEK, a_customer, a_hold, a_step, an_invoice, some_rules

NUMBERS = ("+12125550123", "+14155550101", "+18085550177", "+442071234567", "no number", "")
STEPS = (
    a_step("upcoming", days=5, channels=("preferred",)),
    a_step("late-1", StepKind.AFTER, 1, channels=("sms", "email")),
    a_step("late-7", StepKind.AFTER, 7),
)

customers = st.builds(
    a_customer,
    st.sampled_from(["1", "2", "3"]),
    mobiles=st.lists(st.sampled_from(NUMBERS), max_size=2).map(tuple),
    emails=st.sampled_from([(), ("a@x.example",), ("a@x.example", "b@x.example")]),
    channel=st.sampled_from(["", "sms", "email", "none"]),
    inactive=st.booleans(),
    sms_opt_out=st.booleans(),
    time_zone=st.sampled_from(["", "", "Pacific/Honolulu", "nowhere"]),
)
invoices = st.builds(
    an_invoice,
    st.integers(1, 40).map(str),
    st.none() | st.integers(-20, 10).map(lambda n: TODAY + timedelta(n)),
    customer_id=st.sampled_from(["1", "2", "3", "4"]),
    balance=st.sampled_from([Decimal(0), Decimal(3), Decimal(250), Decimal(60000)]),
    currency=st.sampled_from(["USD", "EUR"]),
)
states = st.builds(
    KeyState,
    st.sampled_from(list(Outcome)),
    failed_for_good=st.booleans(),
    at=st.just(datetime(2026, 3, 1, tzinfo=UTC)),
    channel=st.sampled_from(list(Channel)),
)


@st.composite
def scenes(draw: st.DrawFn) -> tuple[list[Invoice], Inputs]:
    people = {c.id: c for c in draw(st.lists(customers, max_size=3))}
    bills = list({i.id: i for i in draw(st.lists(invoices, max_size=12))}.values())
    now = datetime(2026, 3, 10, tzinfo=UTC) + timedelta(minutes=draw(st.integers(0, 3 * 1440)))
    rules = some_rules(*STEPS, messaging_service=draw(st.booleans()), schedule_ahead=draw(st.booleans()))
    bare = Inputs(people, rules, now)
    past = {key: draw(states) for key in look_ups(bills, bare).keys if draw(st.integers(0, 3)) == 0}
    contacts = draw(
        st.lists(
            st.builds(
                Contact,
                st.sampled_from(["1", "2", "3"]),
                st.sampled_from(NUMBERS[:3]),
                st.just(Channel.SMS),
                st.integers(-6, 3).map(lambda n: TODAY + timedelta(n)),
            ),
            max_size=4,
        )
    )
    blocks = Blocks(
        holds=tuple(draw(st.lists(st.sampled_from([a_hold(HoldKind.DISPUTE)]), max_size=1))),
        opted_out=dict.fromkeys(draw(st.sets(st.sampled_from(NUMBERS[:3]))), "STOP"),
        undeliverable=dict.fromkeys(draw(st.sets(st.sampled_from(NUMBERS[:3]))), "30006"),
    )
    return bills, Inputs(people, rules, now, History(keys=past, contacts=tuple(contacts)), blocks)


@settings(max_examples=150, deadline=None)
@given(scenes())
def test_plan_keeps_every_promise(scene: tuple[list[Invoice], Inputs]) -> None:
    bills, inputs = scene
    plan = make_plan(bills, inputs)

    assert [d.invoice_id for d in plan.decisions] == [i.id for i in bills]
    planned = {key for message in plan.messages for key in (r.key for r in message.reminders)}
    assert sum(len(m.reminders) for m in plan.messages) == len(planned)
    for decision in plan.decisions:
        assert bool(decision.message_keys) == (decision.action is Action.SEND)
    for key in planned:
        state = inputs.history.keys.get(key)
        assert state is None or state.outcome not in TAKEN
    for message in plan.messages:
        if message.channel is Channel.SMS:
            assert message.to not in inputs.blocks.opted_out
            assert message.to not in inputs.blocks.undeliverable
            leaves = message.send_at or inputs.now
            for zone in message.zones:
                local = leaves.astimezone(ZoneInfo(zone))
                window = WEEK.by_weekday[local.weekday()]
                assert window is not None and window[0] <= local.time() <= window[1]
    texts = [(m.to, m.local_day) for m in plan.messages if m.channel is Channel.SMS]
    assert len(texts) == len(set(texts))


@settings(max_examples=60, deadline=None)
@given(scenes())
def test_plan_is_the_same_twice_and_whatever_the_order(scene: tuple[list[Invoice], Inputs]) -> None:
    bills, inputs = scene
    once, again, backwards = (make_plan(b, inputs) for b in (bills, bills, list(reversed(bills))))

    assert once == again
    assert plan_hash(once.messages) == plan_hash(backwards.messages)


@settings(max_examples=60, deadline=None)
@given(scenes())
def test_explanation_names_the_rule_that_decided(scene: tuple[list[Invoice], Inputs]) -> None:
    bills, inputs = scene
    plan = make_plan(bills, inputs)
    by_id = {invoice.id: invoice for invoice in bills}

    for decision in plan.decisions:
        seen = explain(by_id[decision.invoice_id], inputs, decision)
        assert any(each.result == "decides" for each in seen), (decision, seen)


@settings(max_examples=40, deadline=None)
@given(scenes())
def test_sending_the_plan_leaves_nothing_to_send_at_the_same_instant(
    scene: tuple[list[Invoice], Inputs],
) -> None:
    bills, inputs = scene
    plan = make_plan(bills, inputs)
    accepted = {
        r.key: KeyState(Outcome.SENT, at=inputs.now, channel=m.channel)
        for m in plan.messages
        for r in m.reminders
    }
    made = tuple(Contact(m.customer_id, m.to, m.channel, m.local_day) for m in plan.messages)
    after = History(keys={**inputs.history.keys, **accepted}, contacts=(*inputs.history.contacts, *made))
    again = make_plan(bills, Inputs(inputs.customers, inputs.rules, inputs.now, after, inputs.blocks))

    assert {r.key for m in again.messages for r in m.reminders} & accepted.keys() == set()
