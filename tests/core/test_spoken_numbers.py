"""Numbers as people say them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nsquilio.core.spoken_numbers import NUMBER_WORDS, is_run_start, readings


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("twenty fifty one", "2051"),
        ("two oh five one", "2051"),
        ("two zero five one", "2051"),
        ("two thousand fifty one", "2051"),
        ("two thousand and fifty one", "2051"),
        ("ten forty two", "1042"),
        ("one hundred four two thirty three", "104233"),
        ("a hundred and four thousand two hundred and forty one", "104241"),
        ("fourteen hundred", "1400"),
        ("twenty five hundred", "2500"),
        ("double five one", "551"),
        ("triple zero one", "0001"),
        ("oh nine eight nine", "0989"),
        ("thirty 51", "3051"),
        ("hundred", "100"),
    ],
)
def test_a_number_is_read_however_it_is_said(said: str, digits: str) -> None:
    assert digits in {reading.digits for reading in readings(said.split())}


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("fourteen hundred", "1400"),
        ("two hundred twelve thirty five", "212.35"),
        ("two twelve thirty five", "212.35"),
        ("three eighteen forty", "318.40"),
        ("five oh five oh five", "505.05"),
        ("ninety five fifty", "95.50"),
        ("six forty", "640"),
    ],
)
def test_an_amount_is_read_with_and_without_its_cents(said: str, value: str) -> None:
    assert Decimal(value) in {v for reading in readings(said.split()) for v in reading.values()}


def test_words_that_make_no_number_have_no_reading() -> None:
    assert (
        readings([])
        == readings(["and"])
        == readings(["a"])
        == readings("seven hundred one hundred".split())
        == ()
    )


def test_a_card_number_read_out_is_no_number_of_ours() -> None:
    assert readings(["four"] * 16) == ()


def test_interjections_begin_no_number() -> None:
    assert not is_run_start("oh", "well")
    assert not is_run_start("a", "check")
    assert not is_run_start("double", "check")
    assert is_run_start("oh", "five") and is_run_start("a", "hundred") and is_run_start("double", "five")


@given(st.lists(st.sampled_from(sorted(NUMBER_WORDS | {"a", "and", "double", "12"})), max_size=14))
def test_every_reading_is_digits_and_there_are_not_many(words: list[str]) -> None:
    found = readings(words)
    assert all(reading.digits.isdigit() for reading in found)
    assert len(found) <= 400
