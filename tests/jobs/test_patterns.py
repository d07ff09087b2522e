"""How a customer pays and answers, from the sandbox's NetSuite and our own messages."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from nsquilio.jobs.patterns import Pattern, payment_pattern
from nsquilio.sandbox import control
from tests.jobs.a_month import answer
from tests.jobs.night import Night
from tests.store.builders import a_message, a_reminder, an_outcome


def seen(night: Night, customer_id: str = "88") -> Pattern:
    return payment_pattern(night.services(dry_run=True), customer_id)


def paid_late(night: Night, days: int, number: str) -> None:
    """An invoice of Acme, due on 1 February, paid in full so many days later."""
    due = date(2026, 2, 1)
    control.new_invoice(night.world, "Acme Corp", Decimal(10), due, number=number, entered=date(2026, 1, 2))
    control.pay(night.world, number, on=due + timedelta(days=days))


def written_and_answered(night: Night, n: int, hours: int) -> None:
    at = night.clock.now - timedelta(days=20 + n * 9)
    key = f"{n}:late-1:preferred"
    store = night.services().store
    store.messages.commit_intents([a_message(key, reminders=(a_reminder(key),))], at)
    store.messages.record_outcomes([an_outcome(key, at=at)])
    answer(store, f"SManswer{n}", at + timedelta(hours=hours))


def test_customer_nobody_knows_yet_has_no_pattern(night: Night) -> None:
    assert seen(night, "103").days_late is None
    assert seen(night, "103").answers == 0


def test_median_of_days_late_is_of_netsuites_paid_invoices(night: Night) -> None:
    known = seen(night).paid
    for n, days in enumerate((3, 9, 12, 14, 20)):
        paid_late(night, days, f"INV-70{n}")

    found = seen(night)

    assert found.paid == known + 5
    assert found.days_late == Decimal("10.5")  # with one paid ten days early before


def test_median_of_answers_is_of_those_within_a_week(night: Night) -> None:
    for n, hours in enumerate((1, 2, 3, 4, 5)):
        written_and_answered(night, n, hours)
    written_and_answered(night, 9, 24 * 8)

    found = seen(night)

    assert (found.answer_hours, found.answers) == (Decimal(3), 5)


def test_what_is_older_than_a_year_does_not_count(night: Night) -> None:
    for n in range(5):
        written_and_answered(night, n, 2)
    night.clock.move(days=366)

    assert seen(night).answers == 0
