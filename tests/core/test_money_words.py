"""Amounts and days as customers read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nsquilio.core.model import Money
from nsquilio.core.money_words import day_words, money_words, total_words


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        ("1250", "USD", "USD 1,250.00"),
        ("1250.5", "JPY", "JPY 1,251"),
        ("0.005", "EUR", "EUR 0.01"),
        ("1234567.8901", "KWD", "KWD 1,234,567.890"),
        ("-3", "USD", "USD -3.00"),
        ("1E+6", "USD", "USD 1,000,000.00"),
        ("9" * 36, "USD", "USD " + ",".join(["999"] * 12) + ".00"),
    ],
)
def test_money_is_currency_thousands_and_the_currencys_digits(amount, currency, words):
    assert money_words(Money(Decimal(amount), currency)) == words


def test_day_is_unambiguous_everywhere():
    assert day_words(date(2026, 3, 7)) == "7 Mar 2026"


def test_totals_are_by_currency():
    amounts = [
        Money(Decimal(n), c) for n, c in (("1000", "USD"), ("20", "EUR"), ("250", "USD"), ("3", "JPY"))
    ]

    assert total_words(amounts[:1]) == "USD 1,000.00"
    assert total_words(amounts[:3]) == "USD 1,250.00 and EUR 20.00"
    assert total_words(amounts) == "USD 1,250.00, EUR 20.00 and JPY 3"
    assert total_words([]) == ""
