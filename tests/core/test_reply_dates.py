"""The day and the sum that are promised, by the rules of the labelled samples."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from nsquilio.core.replies import Kind, OpenItem, read_reply
from tests.core.reply_builders import read


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("friday", "2026-03-20"),
        ("wednesday", "2026-03-25"),  # the next one after a Wednesday
        ("next friday", "2026-03-27"),
        ("friday next week", "2026-03-27"),
        ("a week from friday", "2026-03-27"),
        ("tuesday after next", "2026-03-31"),
        ("Tuesday the 24th", "2026-03-24"),
        ("eod friday", "2026-03-20"),
        ("today", "2026-03-18"),
        ("by close of business", "2026-03-18"),
        ("2morrow", "2026-03-19"),
        ("day after tomorrow", "2026-03-20"),
        ("in 3 weeks", "2026-04-08"),
        ("in a week", "2026-03-25"),
        ("5 business days", "2026-03-25"),
        ("within 48 hours", "2026-03-20"),
        ("the 15th", "2026-04-15"),
        ("the twenty fifth", "2026-03-25"),
        ("15th of next month", "2026-04-15"),
        ("3/25", "2026-03-25"),
        ("3rd of April", "2026-04-03"),
        ("2026-04-10", "2026-04-10"),
        ("next week", "2026-03-27"),
        ("early next week", "2026-03-24"),
        ("end of the week", "2026-03-20"),
        ("first week of April", "2026-04-03"),
        ("last friday of the month", "2026-03-27"),
        ("week of the 23rd", "2026-03-27"),
        ("this weekend", "2026-03-22"),
        ("end of month", "2026-03-31"),
        ("next month", "2026-04-30"),
        ("mid May", "2026-05-15"),
        ("start of July", "2026-07-01"),
        ("in April", "2026-04-30"),
        ("end of the quarter", "2026-03-31"),
        ("after easter", "2026-04-06"),
        ("on the due date", "2026-03-31"),
        ("won't have it before the 10th", "2026-04-10"),
        ("between the 23rd and the 25th", "2026-03-25"),
        ("not friday, monday", "2026-03-23"),
        ("I said friday but it will be monday", "2026-03-23"),
    ],
)
def test_a_promised_day(text: str, day: str) -> None:
    reading = read(text)
    assert (reading.kind, reading.promise_date) == (Kind.promise, date.fromisoformat(day))


@pytest.mark.parametrize(
    "text", ["soon", "will pay asap", "we'll pay when we can", "in a few days", "net 30, we will pay then"]
)
def test_a_promise_without_a_day(text: str) -> None:
    assert (read(text).kind, read(text).promise_date) == (Kind.promise, None)


def test_the_day_counts_in_the_senders_zone() -> None:
    assert read("tomorrow", on="2026-06-10T23:05:00-04:00").promise_date == date(2026, 6, 11)


@pytest.mark.parametrize(
    ("currency", "day"), [("USD", "2026-05-04"), ("EUR", "2026-04-05"), ("GBP", "2026-04-05")]
)
def test_the_currency_says_which_way_round_a_day_is_written(currency: str, day: str) -> None:
    assert read("will pay 5/4", currency=currency).promise_date == date.fromisoformat(day)


def test_a_day_that_has_passed_is_not_promised_again() -> None:
    reading = read("will pay, sorry about 3/10")
    assert (reading.kind, reading.promise_date) == (Kind.promise, None)


def test_the_due_date_of_several_invoices_is_not_told() -> None:
    reading = read("by the due date", others=1)
    assert (reading.promise_date, reading.unsure) == (None, True)


def test_a_weekday_against_the_day_beside_it_is_unsure() -> None:
    assert read("friday the 24th").unsure


def test_after_a_holiday_is_the_next_day_that_is_none() -> None:
    received = datetime.fromisoformat("2026-11-23T08:30:00-06:00")
    item = OpenItem("INV-1", Decimal(9), "USD")
    reading = read_reply(
        "after thanksgiving", received=received, invoices=[item], holidays={date(2026, 11, 27)}
    )
    assert reading.promise_date == date(2026, 11, 30)


@pytest.mark.parametrize(
    "text",
    [
        "may I get a copy",
        "1250 paid",
        "PO 4500012345 missing",
        "2 of 5 boxes",
        "call me at 415-555-0123",
        "paid on 3/2",
        "happy friday!",
        "10-4",
        "I sat on it",
        "see you monday",
    ],
)
def test_no_day_is_invented(text: str) -> None:
    reading = read(text)
    assert (reading.kind is Kind.promise, reading.promise_date) == (False, None)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("will send $500 friday", "500.00"),
        ("can do 2k by the 25th", "2000.00"),
        ("1.5k tomorrow", "1500.00"),
        ("paying 1,250.00 on Monday", "1250.00"),
        ("sending USD 750 tomorrow", "750.00"),
        ("will pay 620 now and 630 on april 1", "620.00"),
        ("I'll send a hundred bucks tonight", "100.00"),
        ("we're gonna send twenty five hundred on monday", "2500.00"),
        ("I can put twelve fifty on a card tomorrow", "1250.00"),
        ("we'll have eight hundred and forty dollars for you friday", "840.00"),
        ("half now, rest friday", None),
        ("will pay invoice 1042 on friday", None),
        ("we will mail check #2291 tomorrow", None),
        ("will pay in 2 payments starting friday", None),
        ("we owe 1250, will pay friday", None),
    ],
)
def test_a_promised_sum(text: str, amount: str | None) -> None:
    reading = read(text, channel="voicemail")
    assert (reading.kind, reading.promise_amount) == (Kind.promise, amount and Decimal(amount))


def test_the_other_side_of_the_ocean_writes_sums_its_own_way() -> None:
    assert read("we pay 1.250,50 EUR on friday", currency="EUR").promise_amount == Decimal("1250.50")


def test_seven_fifty_is_what_the_open_balance_says() -> None:
    assert read("I'll pay seven fifty friday", balance="7.50").promise_amount == Decimal("7.50")
    assert read("I'll pay seven fifty friday", balance="750.00").promise_amount == Decimal("750.00")
