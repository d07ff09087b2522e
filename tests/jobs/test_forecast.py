"""The next days, simulated against the sandbox: what is forecast is what the nights then do."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from nsquilio.core.model import Action, Reason
from nsquilio.jobs.forecast import ForecastResult, forecast
from nsquilio.jobs.holds import add_hold
from nsquilio.jobs.remind import Options
from nsquilio.sandbox import control
from tests.jobs.night import Night


def the_next(night: Night, days: int, **options: Any) -> ForecastResult:
    return forecast(night.services(dry_run=True), replace(Options(dry_run=True), **options), days)


def sent_invoices(result: ForecastResult) -> dict[date, set[str]]:
    return {
        day.day: {r.document_number for message in day.messages for r in message.reminders}
        for day in result.days
    }


def days_of(result: ForecastResult, number: str) -> list[date]:
    return [day for day, numbers in sent_invoices(result).items() if number in numbers]


def a_customer_with_failures(night: Night) -> set[str]:
    """Customers one of whose texts did not arrive: what follows of it, no forecast can know."""
    state = night.services(dry_run=True).store
    lost = {sent.sid for sent in night.texts() if sent.status in ("failed", "undelivered")}
    return {m.customer_id for m in state.messages.by_sids(lost).values()}


def keys(messages: Iterable[object], without: set[str]) -> list[tuple[str, str]]:
    return sorted((m.key, m.body) for m in messages if m.customer_id not in without)  # type: ignore[attr-defined]


def test_the_nights_then_send_what_was_forecast(night: Night) -> None:
    ahead = the_next(night, 6)
    nights = []
    for _ in range(6):
        nights.append([row.message for row in night.remind().messages])
        night.clock.move(days=1)

    failed = a_customer_with_failures(night)
    assert [keys(n, failed) for n in nights] == [keys(day.messages, failed) for day in ahead.days]
    assert sum(len(keys(n, failed)) for n in nights) > 40


def test_the_first_day_is_the_dry_run(night: Night) -> None:
    today = the_next(night, 3).days[0]
    dry = night.remind(dry_run=True)

    assert today.messages == tuple(row.message for row in dry.messages)
    assert today.reasons == dry.by_reason
    assert today.fetched == dry.fetched


def test_every_day_explains_every_invoice_it_would_read(night: Night) -> None:
    for day in the_next(night, 10).days:
        assert day.fetched == sum(day.actions.values()) == sum(day.reasons.values())
        assert day.actions[Action.SEND] == len({i for m in day.messages for i in m.invoice_ids})


def test_no_reminder_is_forecast_twice(night: Night) -> None:
    found = [r.key for day in the_next(night, 20).days for m in day.messages for r in m.reminders]

    assert len(found) == len(set(found))


def test_invoices_due_beyond_tonights_look_ahead_come_in_their_turn(night: Night) -> None:
    control.new_invoice(
        night.world, "Kona Coffee Traders", Decimal(700), date(2026, 3, 16), number="INV-9001"
    )

    result = the_next(night, 12)

    assert days_of(result, "INV-9001")[0] == date(2026, 3, 11)


def test_held_invoice_is_forecast_from_the_day_its_hold_ends(night: Night) -> None:
    control.new_invoice(night.world, "Kona Coffee Traders", Decimal(90), date(2026, 1, 20), number="INV-9002")
    add_hold(night.services(), "INV-9002", "asked for time", date(2026, 3, 5))

    result = the_next(night, 6)

    assert days_of(result, "INV-9002") == [date(2026, 3, 5)]


def test_runs_are_at_the_same_time_of_the_companys_day_across_its_clock_change(night: Night) -> None:
    times = [f"{day.at:%m-%d %H:%M}" for day in the_next(night, 8).days]

    assert times[0] == "03-02 14:00"
    assert times[5:] == [
        "03-07 14:00",
        "03-08 13:00",
        "03-09 13:00",
    ]  # New York's clocks go forward on the 8th


def test_a_price_is_asked_for_once_a_country_not_once_a_day(night: Night) -> None:
    result = the_next(night, 6)

    asked = [
        row["path"]
        for row in night.world.rows("SELECT path FROM history")
        if "Messaging/Countries" in row["path"]
    ]
    assert max(Counter(asked).values()) <= 2  # today, and all other days together where there is none
    assert sum(day.cost for day in result.days) > 0
    assert sum(day.unpriced for day in result.days) > 0


def test_a_day_that_a_brake_would_stop_says_so(night: Night) -> None:
    rules = night.change_rules(limits={"messages_per_run": 2, "first_run": 1})
    result = forecast(night.services(dry_run=True, rules=rules), Options(dry_run=True), 2)

    today, tomorrow = result.days
    words = f"This profile has never sent anything, and {len(today.messages)} messages would go out"
    assert today.brake == f"{words} (first_run: 1)"
    assert tomorrow.brake == f"{len(tomorrow.messages)} messages would go out (messages_per_run: 2)"


def test_a_day_that_costs_more_than_the_cap_says_so(night: Night) -> None:
    rules = night.change_rules(limits={"cost_per_run": Decimal("0.01")})

    tomorrow = forecast(night.services(dry_run=True, rules=rules), Options(dry_run=True), 2).days[1]

    assert tomorrow.brake == f"they would cost about USD {tomorrow.cost:.2f} (cost_per_run: 0.01)"


def test_narrowing_and_the_starting_day_hold_for_every_day(night: Night) -> None:
    start = night.clock.now + timedelta(days=2)

    result = the_next(night, 4, customers=("Acme Corp",), as_of=start)

    assert [day.day for day in result.days] == [date(2026, 3, 4) + timedelta(n) for n in range(4)]
    assert {m.customer for day in result.days for m in day.messages} == {"Acme Corp"}
    assert all(Reason.FILTERED in day.reasons for day in result.days)


def test_forecast_changes_nothing_on_disk_and_sends_nothing(night: Night) -> None:
    night.remind(limit=2)
    before = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files(night.app.directory)}
    sent = len(night.texts()) + len(night.mails())

    the_next(night, 5)

    assert {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files(night.app.directory)} == before
    assert len(night.texts()) + len(night.mails()) == sent


def files(directory: Path) -> list[Path]:
    return [path for path in sorted(directory.rglob("*")) if path.is_file()]
