"""Steps `on: created`, `changed` and `paid` from NetSuite to the text: what counts as news, and what does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest

from nsquilio.core.model import Invoice, Reason
from nsquilio.core.rules import MailText, Rules, Step, StepKind
from nsquilio.jobs.holds import release_hold
from nsquilio.jobs.results import RemindResult
from nsquilio.sandbox import control
from nsquilio.sandbox import netsuite_ledger as ledger
from tests.jobs.night import Night, by_number

MARIA = "Maria O'Brien"
RULES_OFF: dict[str, Any] = {"hours": None, "customer_contacts": 20, "per_number_per_day": 20}


def event(kind: StepKind, name: str) -> Step:
    words = name + " {{ invoice.number }} {{ invoice.balance }} {{ invoice.due_date }}"
    return Step(name, kind, 0, ("preferred",), None, {"": words}, {"": MailText(name, words)})


def rules_with_events(night: Night, **more: Any) -> Rules:
    dated = [step for step in night.app.rules.reminders.steps if step.due_offset is not None]
    events = (
        event(StepKind.CREATED, "new"),
        event(StepKind.CHANGED, "moved"),
        event(StepKind.PAID, "thanks"),
    )
    return night.change_rules(reminders={"steps": (*dated, *events), **more}, contact=RULES_OFF)


def said(result: RemindResult, number: str) -> list[str]:
    """The steps of the messages that went out about an invoice."""
    return [
        r.step
        for row in result.messages
        if row.status in ("sent", "scheduled")
        for r in row.message.reminders
        if r.document_number == number
    ]


def new_invoice(night: Night, number: str = "NEW-1", due_in: int = 40, **more: Any) -> str:
    due = night.clock().date() + timedelta(days=due_in)
    return control.new_invoice(night.world, MARIA, Decimal("120.00"), due, number=number, **more)


def test_new_invoice_is_announced_once_however_far_its_due_date(night: Night) -> None:
    rules = rules_with_events(night)
    night.remind(rules=rules)
    night.clock.move(hours=2)
    new_invoice(night)
    night.clock.move(hours=2)

    first = night.remind(rules=rules)
    second = night.remind(rules=rules)

    assert said(first, "NEW-1") == ["new"]
    assert by_number(first)["NEW-1"].reason is Reason.CREATED
    assert said(second, "NEW-1") == []


def test_new_invoice_is_no_news_after_two_days(night: Night) -> None:
    rules = rules_with_events(night)
    night.remind(rules=rules)
    new_invoice(night)
    night.clock.move(days=3)

    assert said(night.remind(rules=rules), "NEW-1") == []


def test_invoices_entered_before_the_first_run_are_not_announced(night: Night) -> None:
    """Also not those of the same morning: a company that begins at noon does not announce what it billed at nine."""
    rules = rules_with_events(night)
    new_invoice(night, "NEW-0", due_in=6)
    night.clock.move(hours=1)

    first = night.remind(rules=rules)
    night.clock.move(hours=1)
    new_invoice(night, "NEW-1", due_in=6)
    night.clock.move(hours=1)
    second = night.remind(rules=rules)

    assert [row.message.step for row in first.messages if row.message.step == "new"] == []
    assert said(second, "NEW-0") == []
    assert said(second, "NEW-1") == ["new"]


def told_about(night: Night, rules: Rules, number: str = "INV-1051") -> None:
    assert said(night.remind(rules=rules), number) != []
    night.clock.move(hours=3)


def test_later_due_date_is_told_once_to_who_was_told_the_old_one(night: Night) -> None:
    rules = rules_with_events(night)
    told_about(night, rules)
    control.change_invoice(night.world, "INV-1051", duedate=(night.clock() + timedelta(days=30)).date())
    night.clock.move(hours=1)

    first = night.remind(rules=rules)
    second = night.remind(rules=rules)

    assert said(first, "INV-1051") == ["moved"]
    assert said(second, "INV-1051") == []


def test_higher_balance_is_told_and_a_part_payment_is_not(night: Night) -> None:
    rules = rules_with_events(night)
    told_about(night, rules)
    night.pay("INV-1051", amount=Decimal("75.00"))
    assert said(night.remind(rules=rules), "INV-1051") == []

    control.change_invoice(night.world, "INV-1051", foreigntotal=Decimal("900.00"))
    night.clock.move(hours=1)

    assert said(night.remind(rules=rules), "INV-1051") == ["moved"]


def test_change_of_an_invoice_we_never_wrote_about_is_nobodys_news(night: Night) -> None:
    rules = rules_with_events(night)
    night.remind(rules=rules)
    night.clock.move(hours=1)
    control.change_invoice(night.world, "INV-1067", duedate=(night.clock() + timedelta(days=60)).date())

    assert said(night.remind(rules=rules), "INV-1067") == []


def test_payment_is_thanked_for_once(night: Night) -> None:
    rules = rules_with_events(night)
    told_about(night, rules)
    night.pay("INV-1051")

    first = night.remind(rules=rules)
    second = night.remind(rules=rules)

    assert said(first, "INV-1051") == ["thanks"]
    assert by_number(first)["INV-1051"].reason is Reason.PAID
    assert said(second, "INV-1051") == []


def test_two_part_payments_are_thanked_for_when_the_last_one_settles_the_invoice(night: Night) -> None:
    rules = rules_with_events(night)
    told_about(night, rules)
    night.pay("INV-1051", amount=Decimal("100.00"))
    assert said(night.remind(rules=rules), "INV-1051") == []
    night.clock.move(days=1)
    night.pay("INV-1051", amount=Decimal("175.00"))

    assert said(night.remind(rules=rules), "INV-1051") == ["thanks"]


@pytest.mark.parametrize("how", ["credit", "writeoff"])
def test_credit_memo_or_write_off_is_not_thanked_for(night: Night, how: str) -> None:
    rules = rules_with_events(night)
    told_about(night, rules)
    night.pay("INV-1051", how=how)

    again = night.remind(rules=rules)

    assert said(again, "INV-1051") == []
    assert [m for m in night.mails() + night.texts() if m.body.startswith("thanks")] == []


def test_payment_of_an_invoice_nobody_was_written_about_is_not_thanked_for(night: Night) -> None:
    rules = rules_with_events(night)
    night.remind(rules=rules)
    night.pay("INV-1067")

    assert said(night.remind(rules=rules), "INV-1067") == []


def test_payment_that_bounced_before_the_run_is_not_thanked_for(night: Night) -> None:
    rules = rules_with_events(night)
    told_about(night, rules)
    control.take_back(night.world, control.pay(night.world, "INV-1051"))

    assert said(night.remind(rules=rules), "INV-1051") == []


def test_payment_taken_back_at_the_last_look_is_not_thanked_for(night: Night) -> None:
    rules = rules_with_events(night)
    told_about(night, rules)
    payment = control.pay(night.world, "INV-1051")
    services = night.services(rules=rules)
    balances = services.netsuite.balances

    def bouncing(ids: list[str]) -> Any:
        if "1051" in ids:
            services.netsuite.balances = balances  # type: ignore[method-assign]
            control.take_back(night.world, payment)
        return balances(ids)

    services.netsuite.balances = bouncing  # type: ignore[method-assign]
    night.remind(services=services)

    assert [m for m in night.mails() + night.texts() if m.body.startswith("thanks")] == []


def test_dry_run_of_events_is_the_real_run(night: Night) -> None:
    rules = rules_with_events(night)
    told_about(night, rules)
    night.pay("INV-1051")
    new_invoice(night)
    control.change_invoice(night.world, "INV-1052", duedate=(night.clock() + timedelta(days=30)).date())
    night.clock.move(minutes=10)

    dry = night.remind(rules=rules, dry_run=True)
    real = night.remind(rules=rules)

    assert [(r.message.key, r.message.body) for r in real.messages] == [
        (r.message.key, r.message.body) for r in dry.messages
    ]
    assert sorted(step for n in ("INV-1051", "NEW-1", "INV-1052") for step in said(real, n)) == [
        "moved",
        "new",
        "thanks",
    ]


def test_event_step_asked_for_by_name_goes_out_although_a_dated_one_is_due(night: Night) -> None:
    rules = rules_with_events(night)
    night.remind(rules=rules)
    night.clock.move(hours=1)
    new_invoice(night, due_in=3)
    night.clock.move(hours=1)

    narrowed = night.remind(rules=rules, steps=("new",))
    rest = night.remind(rules=rules)

    assert said(narrowed, "NEW-1") == ["new"]
    assert said(rest, "NEW-1") == ["upcoming"]


def test_events_wait_for_the_limits_like_everything_else(night: Night) -> None:
    rules = rules_with_events(night)
    rules = replace(rules, contact=replace(rules.contact, per_number_per_day=1, customer_contacts=1))
    told_about(night, rules)
    night.pay("INV-1051")

    again = by_number(night.remind(rules=rules))["INV-1051"]

    assert again.reason is Reason.PER_NUMBER_LIMIT
    assert again.step == "thanks"


def test_what_was_written_about_long_ago_is_not_asked_for(night: Night) -> None:
    """Else every run would read each invoice of the past again, one request for a thousand of them."""
    rules = rules_with_events(night)
    first = night.remind(rules=rules)
    told = {r.invoice_id for row in first.messages if row.status == "sent" for r in row.message.reminders}
    night.clock.move(days=60)
    asked: set[str] = set()
    services = night.services(rules=rules)
    by_id = services.netsuite.invoices_by_id

    def noted(ids: Iterable[str]) -> list[Invoice]:
        asked.update(wanted := list(ids))
        return by_id(wanted)

    with patch.object(services.netsuite, "invoices_by_id", noted):
        night.remind(rules=rules, services=services)

    assert told
    assert told & asked == set()


def thanked(result: RemindResult, number: str) -> bool:
    return said(result, number) == ["thanks"]


def test_check_entered_days_after_its_date_is_thanked_for_once(night: Night) -> None:
    rules = rules_with_events(night)
    told_about(night, rules)
    night.clock.move(days=1)
    night.pay("INV-1051", on=night.clock().date() - timedelta(days=4))

    assert thanked(night.remind(rules=rules), "INV-1051")
    night.clock.move(days=1)
    assert not thanked(night.remind(rules=rules), "INV-1051")


def test_check_dated_ahead_is_thanked_for_when_it_has_settled_the_invoice(night: Night) -> None:
    rules = rules_with_events(night)
    told_about(night, rules)
    night.pay("INV-1051", on=night.clock().date() + timedelta(days=3))

    assert thanked(night.remind(rules=rules), "INV-1051")
    night.clock.move(days=3)
    assert not thanked(night.remind(rules=rules), "INV-1051")


def old_money(night: Night, *parts: str) -> list[str]:
    """Payments of Maria's that came in long ago and are not applied to anything; the holds for them released."""
    now, night.clock.now = night.clock.now, night.clock.now - timedelta(days=10)
    ids = [control.receive(night.world, MARIA, Decimal(part)) for part in parts]
    night.clock.now = now
    release_hold(night.services(), "INV-1051")
    return ids


def test_old_money_applied_today_is_thanked_for_once(night: Night) -> None:
    rules = rules_with_events(night)
    (money,) = old_money(night, "275")
    told_about(night, rules)
    night.clock.move(days=3)
    control.apply(night.world, money, "INV-1051", Decimal(275))

    assert thanked(night.remind(rules=rules), "INV-1051")
    night.clock.move(days=1)
    assert not thanked(night.remind(rules=rules), "INV-1051")


def test_old_money_is_not_thanked_for_where_applying_it_leaves_the_invoice_untouched(night: Night) -> None:
    """Then nothing tells when it was applied: the payment alone is touched by much else, its bank deposit too."""
    night.world.set_setting("payment_touches_invoice", False)
    rules = rules_with_events(night)
    (money,) = old_money(night, "275")
    told_about(night, rules)
    night.clock.move(days=3)
    control.apply(night.world, money, "INV-1051", Decimal(275))

    assert not thanked(night.remind(rules=rules), "INV-1051")


def test_payment_is_not_thanked_for_again_when_it_is_deposited_and_the_invoice_edited(night: Night) -> None:
    rules = rules_with_events(night)
    told_about(night, rules)
    first = control.pay(night.world, "INV-1051", Decimal(100))
    night.clock.move(hours=1)
    control.pay(night.world, "INV-1051", Decimal(175))
    assert thanked(night.remind(rules=rules), "INV-1051")
    night.clock.move(days=5)
    with night.world.change() as db:
        ledger.set_columns(
            db, "ns_transaction", int(first), {"lastmodifieddate": ledger.stamp(night.clock())}
        )
    control.change_invoice(night.world, "INV-1051", memo="settled")

    assert not thanked(night.remind(rules=rules), "INV-1051")


def test_invoice_whose_payment_is_exchanged_for_another_is_not_thanked_for_again(night: Night) -> None:
    """Somebody takes the payment off and applies older money: the customer has been told that it is paid."""
    rules = rules_with_events(night)
    (money,) = old_money(night, "275")
    told_about(night, rules)
    payment = control.pay(night.world, "INV-1051")
    assert thanked(night.remind(rules=rules), "INV-1051")
    night.clock.move(hours=2)
    control.take_back(night.world, payment)
    control.apply(night.world, money, "INV-1051", Decimal(275))

    again = night.remind(rules=rules)

    assert not thanked(again, "INV-1051")
    assert by_number(again)["INV-1051"].reason is Reason.ALREADY_SENT
