"""The report's arithmetic by hand: small facts, known answers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nsquilio.core.model import Channel, Money, Outcome, Payment
from nsquilio.jobs.patterns import answer_times, median, pattern
from nsquilio.jobs.report_facts import Facts, Month, Receivable
from nsquilio.jobs.report_messages import Figure, answer_figures, failure_rows, fate, message_figures
from nsquilio.jobs.report_money import (
    ageing_rows,
    bucket,
    cost_figures,
    cost_rows,
    payment_figures,
    payment_rows,
    receivable_figures,
)
from nsquilio.store.reporting import ReportedMessage, ReportedReminder

MARCH = Month(date(2026, 3, 1), date(2026, 3, 31), date(2026, 3, 31), ZoneInfo("America/New_York"))


def at(day: int, hour: int = 15) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def a_message(id: int = 1, **more: Any) -> ReportedMessage:
    fields: dict[str, Any] = {
        "key": f"88:overdue:{id}",
        "attempt": 1,
        "channel": Channel.SMS,
        "to": "+14155550100",
        "customer_id": "88",
        "customer": "Acme Corp",
        "step": "late-7",
        "outcome": Outcome.SENT,
        "status": "delivered",
        "error_code": "",
        "segments": 1,
        "estimated": Decimal("0.0083"),
        "estimate_currency": "USD",
        "price": None,
        "price_currency": "",
        "written_at": at(10),
        "send_at": None,
        "sid": f"SM{id}",
        **more,
    }
    return ReportedMessage(id=id, **fields)


def billed(id: int, price: str, **more: Any) -> ReportedMessage:
    return a_message(id, price=Decimal(price), price_currency="USD", **more)


def about(id: int, *invoices: tuple[str, str]) -> tuple[int, tuple[ReportedReminder, ...]]:
    """A message's reminders: (invoice, currency)."""
    return id, tuple(ReportedReminder(id, n, f"INV-{n}", Money(Decimal(100), c)) for n, c in invoices)


def owed(id: str = "1", **more: Any) -> Receivable:
    fields: dict[str, Any] = {
        "number": f"INV-{id}",
        "customer_id": "88",
        "currency": "USD",
        "issued": date(2026, 2, 1),
        "due": date(2026, 3, 3),
        "closed": None,
        "total": Decimal(100),
        "open_then": Decimal(100),
        "is_open_now": True,
        **more,
    }
    return Receivable(invoice_id=id, **fields)


def paid(id: str = "1", day: int = 20, amount: str = "100", kind: str = "payment") -> Payment:
    return Payment(id, f"P{id}{day}", kind, date(2026, 3, day), Decimal(amount))


def facts(**more: Any) -> Facts:
    fields: dict[str, Any] = {
        "month": MARCH,
        "now": at(31),
        "messages": (),
        "reminders": {},
        "inbound": (),
        "answers": {},
        "promises": (),
        "opt_outs": (),
        "payments": (),
        "reminded": {},
        "patterns": (),
        "names": {},
        "numbers": {},
        "head": (1, "ab"),
        **more,
        "receivables": {r.invoice_id: r for r in more.get("receivables", ())},
    }
    return Facts(**fields)


def values(figures: list[Figure], *names: str) -> dict[str, object]:
    """`collected USD` to its value."""
    return {f"{f.name} {f.currency}".strip(): f.value for f in figures if not names or f.name in names}


@pytest.mark.parametrize(
    ("late", "name"),
    [
        (-1, "current"),
        (0, "current"),
        (1, "1-30"),
        (30, "1-30"),
        (31, "31-60"),
        (60, "31-60"),
        (61, "61-90"),
        (90, "61-90"),
        (91, "90+"),
    ],
)
def test_ageing_buckets_end_on_their_last_day(late: int, name: str) -> None:
    assert bucket(MARCH.day - timedelta(days=late), MARCH.day) == name


def test_invoices_without_due_date_have_a_bucket_of_their_own() -> None:
    rows = ageing_rows(facts(receivables=(owed(due=None),)))

    assert [(row.bucket, row.invoices) for row in rows if row.invoices] == [("no due date", 1)]


def test_ageing_keeps_currencies_apart() -> None:
    rows = ageing_rows(
        facts(receivables=(owed("1"), owed("2", currency="EUR"), owed("3", open_then=Decimal(50))))
    )

    assert [(r.currency, r.bucket, r.invoices, r.amount) for r in rows if r.invoices] == [
        ("EUR", "1-30", 1, Decimal(100)),
        ("USD", "1-30", 2, Decimal(150)),
    ]


def test_dso_is_receivables_over_sales_times_days_per_currency() -> None:
    sold = owed("2", issued=date(2026, 3, 5), total=Decimal(400), open_then=Decimal(200))
    figures = receivable_figures(facts(receivables=(owed(), sold, owed("3", currency="EUR"))))

    assert values(figures) == {
        "receivables EUR": Decimal(100),
        "sales EUR": Decimal(0),
        "dso EUR": None,  # nothing was sold in it: endless
        "receivables USD": Decimal(300),
        "sales USD": Decimal(400),
        "dso USD": Decimal("23.25"),  # 300 / 400 x 31
        "days_late": Decimal(28),
    }


def test_only_payments_of_the_month_are_collected_and_credits_are_not() -> None:
    rows = (paid("1", 5, "60"), paid("1", 6, "10", "credit"), paid("2", 7, "30", "write_off"), paid("9", 8))
    before = Payment("1", "P0", "payment", date(2026, 2, 28), Decimal(5))
    seen = facts(payments=(*rows, before), receivables=(owed("1"), owed("2")), reminded={"1": [at(4)]})

    assert values(payment_figures(seen), "collected", "collected_after_reminder") == {
        "collected USD": Decimal(60),
        "collected_after_reminder USD": Decimal(60),
    }


def test_payment_before_the_reminder_was_not_brought_by_it() -> None:
    seen = facts(payments=(paid("1", 5),), receivables=(owed(),), reminded={"1": [at(6)]})

    assert values(payment_figures(seen), "collected_after_reminder") == {
        "collected_after_reminder USD": Decimal(0)
    }
    assert (payment_rows(seen)[0].reminded, payment_rows(seen)[0].days) == (0, None)


def test_time_to_pay_counts_from_the_first_and_the_last_reminder_before_it() -> None:
    closed = [owed(str(n), closed=date(2026, 3, 20 + n), open_then=Decimal(0)) for n in (1, 2, 3)]
    reminded = {str(n): [at(10), at(15), at(28)] for n in (1, 2, 3)}

    figures = payment_figures(facts(receivables=closed, reminded=reminded))

    assert [(f.name, f.value, f.of) for f in figures] == [
        ("days_after_first_reminder", Decimal(12), 3),
        ("days_after_last_reminder", Decimal(7), 3),
    ]


def test_invoice_paid_without_any_reminder_has_no_time_to_pay() -> None:
    figures = payment_figures(facts(receivables=(owed(closed=date(2026, 3, 9)),)))

    assert [(f.value, f.of) for f in figures] == [(None, 0), (None, 0)]


def test_reminder_of_the_evening_before_counts_by_the_companys_day() -> None:
    late_evening = datetime(2026, 3, 10, 3, tzinfo=UTC)  # 22:00 or 23:00 of the 9th in New York
    seen = facts(receivables=(owed(closed=date(2026, 3, 10)),), reminded={"1": [late_evening]})

    assert values(payment_figures(seen), "days_after_last_reminder") == {
        "days_after_last_reminder": Decimal(1)
    }


@pytest.mark.parametrize(
    ("outcome", "status", "expected"),
    [
        (Outcome.SENT, "delivered", "delivered"),
        (Outcome.SENT, "sent", "no_receipt"),
        (Outcome.SENT, "", "no_receipt"),
        (Outcome.SENT, "undelivered", "undelivered"),
        (Outcome.SENT, "bounced", "undelivered"),
        (Outcome.SCHEDULED, "scheduled", "scheduled"),
        (Outcome.REJECTED, "", "rejected"),
        (Outcome.UNKNOWN, "", "unknown"),
        (Outcome.INTENT, "", "unknown"),
        (Outcome.CANCELED, "canceled", "canceled"),
        (Outcome.NOT_SENT, "", "not_sent"),
    ],
)
def test_every_message_has_exactly_one_fate(outcome: Outcome, status: str, expected: str) -> None:
    assert fate(a_message(outcome=outcome, status=status)) == expected


def test_delivery_rate_is_of_what_the_service_accepted() -> None:
    messages = (
        a_message(1),
        a_message(2, status="undelivered", error_code="30005"),
        a_message(3, outcome=Outcome.REJECTED, error_code="21211"),
        a_message(4, channel=Channel.EMAIL, status="processed"),
    )
    figures = message_figures(facts(messages=messages))

    assert values(figures, "delivery_rate_texts", "delivery_rate_mails") == {
        "delivery_rate_texts": Decimal(50),
        "delivery_rate_mails": Decimal(0),
    }
    assert [(row.error_code, row.messages) for row in failure_rows(facts(messages=messages))] == [
        ("30005", 1),
        ("21211", 1),
    ]


def test_response_rate_counts_customers_who_answered_within_a_week() -> None:
    messages = tuple(a_message(n, customer_id=str(n)) for n in (1, 2, 3, 4))
    answers = {"1": [at(10, 17)], "2": [at(17, 16)], "3": [at(16, 15)], "9": [at(11)]}

    figures = message_figures(facts(messages=messages, answers=answers))

    assert values(figures, "customers_written", "customers_answered", "response_rate", "answer_hours") == {
        "customers_written": 4,
        "customers_answered": 2,  # the second answered after seven days and an hour
        "response_rate": Decimal(50),
        "answer_hours": Decimal(73),  # 2 h and 144 h
    }


def test_rates_of_nothing_have_no_value() -> None:
    assert values(answer_figures(facts()), "promises_kept_rate", "dispute_rate", "opt_out_rate") == {
        "promises_kept_rate": None,
        "dispute_rate": None,
        "opt_out_rate": None,
    }


def test_cost_is_what_was_billed_else_the_estimate_and_says_what_is_unknown() -> None:
    messages = (
        billed(1, "-0.0079"),
        a_message(2),
        a_message(3, estimated=None),
        a_message(4, outcome=Outcome.REJECTED),
        a_message(5, channel=Channel.EMAIL, estimated=None),
        a_message(6, outcome=Outcome.UNKNOWN, estimated=None),
    )

    assert values(cost_figures(facts(messages=messages))) == {
        "cost USD": Decimal("0.0162"),
        "cost_billed USD": Decimal("0.0079"),
        "cost_estimated USD": Decimal("0.0083"),
        "cost_per_message USD": Decimal("0.0081"),
        "texts_unpriced": 2,
        "estimate_difference USD": Decimal("-0.0004"),
    }


def test_cost_per_thousand_is_of_what_came_in_after_a_reminder() -> None:
    seen = facts(
        messages=(billed(1, "-0.50"),),
        reminders=dict([about(1, ("1", "USD"))]),
        receivables=(owed(),),
        payments=(paid("1", 20, "2000"),),
        reminded={"1": [at(10)]},
    )

    row = cost_rows(seen)[0]

    assert (row.currency, row.cost, row.collected, row.per_thousand) == (
        "USD",
        Decimal("0.50"),
        Decimal(2000),
        Decimal("0.25"),
    )


def test_message_in_two_currencies_is_shared_without_losing_a_digit() -> None:
    seen = facts(
        messages=(billed(1, "-0.01000"),),
        reminders=dict([about(1, ("1", "USD"), ("2", "EUR"), ("3", "EUR"))]),
    )

    rows = {row.currency: row.cost for row in cost_rows(seen)}

    assert rows == {"USD": Decimal("0.00333"), "EUR": Decimal("0.00667")}
    assert sum(rows.values()) == Decimal("0.01")


def test_medians_need_five_cases() -> None:
    assert pattern("88", [1, 2, 3, 4], []).days_late is None
    assert pattern("88", [9, 1, 2, 3, 4], []).days_late == Decimal(3)
    assert pattern("88", [], [timedelta(hours=2)] * 5).answer_hours == Decimal(2)
    assert median([1, 2]) == Decimal("1.5")


def test_answer_counts_from_the_last_message_before_it() -> None:
    written = [at(1), at(5), at(9)]

    assert answer_times(written, [at(1, 14), at(5, 18), at(16, 14), at(20)]) == [
        timedelta(hours=3),
        timedelta(days=6, hours=23),
    ]
