"""The next days on a screen and as JSON."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from nsquilio.core.model import Action, Message, Money, Reason
from nsquilio.jobs.forecast import ForecastDay, ForecastResult
from nsquilio.render.forecast import forecast_object, print_forecast
from tests.core.builders import TODAY, some_rules
from tests.render.screens import ESCAPES, NOW, a_mail, a_message, a_reminder, screen


def a_day(*messages: Message, after: int = 0, **more: Any) -> ForecastDay:
    actions = {Action.SEND: len(messages), Action.WAIT: 0, Action.HOLD: 0, Action.SKIP: 1}
    reasons = {Reason.DUE_WINDOW: len(messages), Reason.NOT_DUE: 1}
    at = NOW + timedelta(days=after)
    return replace(ForecastDay(at, TODAY + timedelta(days=after), reasons, actions, messages), **more)


def shown(*days: ForecastDay, width: int = 100) -> list[str]:
    result = ForecastResult(NOW, days)
    return screen(lambda console: print_forecast(result, some_rules(), console), width)


def test_days_are_summed_up_under_the_cadence() -> None:
    lines = shown(
        a_day(a_message(), a_mail(a_reminder("INV-2", balance=Money(Decimal(7), "EUR")))), a_day(after=1)
    )

    assert lines[0] == "THE NEXT 2 DAYS if nobody pays or answers - nothing is sent."
    assert (
        "  late-7   7 days after the due date, good for 7 days; by text or e-mail as the customer prefers"
        in lines
    )
    begin = lines.index(next(line for line in lines if line.startswith("DAY")))
    assert lines[begin : begin + 5] == [
        "DAY            MESSAGES TEXTS MAILS INVOICES  USD       AMOUNT WAIT HOLD SKIP",
        "Tue 2026-03-10        2     1     1        2 0.01     EUR 7.00    0    0    1",
        "                                                  USD 9,400.00",
        "Wed 2026-03-11        0     0     0        0 0.00            -    0    0    1",
        "2 messages in all, about USD 0.01",
    ]


def test_each_day_lists_who_would_get_what() -> None:
    lines = shown(a_day(a_message(a_reminder(), a_reminder("INV-7"))))

    begin = lines.index("Tue 2026-03-10  1 message")
    assert lines[begin + 1 : begin + 4] == [
        "  due window 1, not due 1",
        "  CUSTOMER  TO          CH  STEP     INVOICES       OLDEST          AMOUNT   USD",
        "  Acme Corp +1*****0100 sms upcoming INV-1042 INV-7 due in 5 USD 18,800.00 0.008",
    ]


def test_texts_without_a_price_are_counted_apart() -> None:
    lines = shown(a_day(a_message(estimated_cost=None), a_message()))

    assert any("0.01+?" in line for line in lines)
    assert "2 messages in all, about USD 0.01, without 1 text whose price nobody tells" in lines


def test_brake_is_told_on_its_day() -> None:
    lines = shown(a_day(a_message(), brake="500 messages would go out (messages_per_run: 2)"))

    assert "  A brake would stop this run: 500 messages would go out (messages_per_run: 2)." in lines


def test_long_day_shows_twelve_rows_and_counts_the_rest() -> None:
    lines = shown(a_day(*(a_message(customer=f"Customer {n}") for n in range(15))))

    assert "  and 3 more" in lines


@pytest.mark.parametrize("width", [40, 80, 100])
def test_hostile_words_reach_no_terminal(width: int) -> None:
    message = a_message(a_reminder(document_number=ESCAPES), customer=ESCAPES, to=ESCAPES, step=ESCAPES)

    assert shown(a_day(message), width=width)


def test_json_has_each_day_with_totals_and_messages() -> None:
    body = forecast_object(ForecastResult(NOW, (a_day(a_message()),)))

    assert body["schema"] == "nsquilio.remind-days.v1"
    assert body["days"][0]["totals"] == {
        "fetched": 2,
        "send": 1,
        "wait": 0,
        "hold": 0,
        "skip": 1,
        "messages": 1,
        "segments": 1,
        "estimated_cost": {"amount": "0.0083", "currency": "USD"},
        "messages_without_price": 0,
        "reasons": {"due_window": 1, "not_due": 1},
    }
    assert body["days"][0]["messages"][0]["reminder_keys"] == ["INV-1042:upcoming:preferred"]
