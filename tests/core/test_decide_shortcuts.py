"""What the decision leaves out for speed changes no answer: every plan is the one that asks everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from nsquilio.core import decide
from nsquilio.core.case import Context
from nsquilio.core.decide import look_ups, make_plan
from nsquilio.core.inputs import Inputs, Narrowing
from nsquilio.core.model import Blocks, History, HoldKind, Invoice, KeyState, Money, Outcome, Told
from nsquilio.core.rules import StepKind
from tests.core.builders import TODAY, a_customer, a_hold, a_payment, a_step, an_invoice, some_rules

NOW = datetime(2026, 3, 10, 15, tzinfo=UTC)
DATED = (a_step("upcoming"), a_step("late-1", StepKind.AFTER, 1), a_step("late-7", StepKind.AFTER, 7))
EVENTS = (
    a_step("new", StepKind.CREATED, 0),
    a_step("moved", StepKind.CHANGED, 0, good_for_days=4),
    a_step("thanks", StepKind.PAID, 0),
)
IDS = ("1", "2", "3", "4")

days = st.integers(-20, 10).map(lambda n: TODAY + timedelta(n))
moments = st.integers(-9 * 24, 24).map(lambda n: NOW + timedelta(hours=n))
invoices = st.builds(
    an_invoice,
    st.sampled_from(IDS),
    st.none() | days,
    customer_id=st.sampled_from(["88", "89"]),
    balance=st.sampled_from([Decimal(0), Decimal(3), Decimal(250), Decimal(60000)]),
    created_at=st.none() | moments,
    modified_at=st.none() | moments,
    problem=st.sampled_from([None, None, None, "no total"]),
)
holds = st.builds(
    lambda kind, invoice_id, until, ended: replace(
        a_hold(kind), invoice_id=invoice_id, until=until, ended_at=ended
    ),
    st.sampled_from(list(HoldKind)),
    st.none() | st.sampled_from(IDS),
    st.none() | days,
    st.none() | moments,
)
told = st.builds(Told, moments, days, st.just(Money(Decimal(250), "USD")))
pasts = st.builds(
    History,
    told=st.dictionaries(st.sampled_from(IDS), told, max_size=2),
    first_run=st.none() | moments,
    released=st.frozensets(st.sampled_from(IDS), max_size=1),
    payments=st.dictionaries(
        st.sampled_from(IDS), moments.map(lambda moment: (a_payment(created_at=moment),)), max_size=2
    ),
)
narrowings = st.builds(
    Narrowing,
    customers=st.none() | st.just(frozenset({"88"})),
    invoices=st.none() | st.just(frozenset({"1", "2"})),
    steps=st.none() | st.sampled_from([frozenset({"late-1"}), frozenset({"upcoming", "new"})]),
)


@st.composite
def scenes(draw: st.DrawFn) -> tuple[list[Invoice], Inputs]:
    bills = list({i.id: i for i in draw(st.lists(invoices, max_size=4))}.values())
    people = {"88": a_customer("88", channel=draw(st.sampled_from(["", "email", "none"])))}
    rules = some_rules(*DATED, *draw(st.sampled_from([(), EVENTS, EVENTS[1:], EVENTS[:1]])))
    inputs = Inputs(
        people,
        rules,
        NOW,
        draw(pasts),
        Blocks(holds=tuple(draw(st.lists(holds, max_size=2)))),
        draw(narrowings),
    )
    keys = {key for key in look_ups(bills, inputs).keys if draw(st.integers(0, 3)) == 0}
    states = {key: KeyState(draw(st.sampled_from(list(Outcome))), at=NOW) for key in sorted(keys)}
    return bills, replace(inputs, history=replace(inputs.history, keys=states))


@settings(max_examples=300, deadline=None)
@given(scenes())
def test_shortcuts_change_no_answer(scene: tuple[list[Invoice], Inputs]) -> None:
    bills, inputs = scene
    short, asked = make_plan(bills, inputs), look_ups(bills, inputs)
    with (
        patch.object(Context, "is_by_due_date_alone", lambda context, invoice: False),
        patch.object(Context, "may_have_event", lambda context, invoice: True),
        patch.object(decide, "checks_of", lambda rules, context: tuple(rule.check for rule in rules)),
    ):
        assert make_plan(bills, inputs) == short
        assert look_ups(bills, inputs) == asked
