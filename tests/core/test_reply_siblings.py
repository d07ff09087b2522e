"""Sentences that mean the same in other words: each cause of a wrong reading was mended by a rule over classes of
words, and `reply_siblings.txt` holds its siblings, most of which no rule was written from.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.reply_builders import read

_LINES = Path(__file__).with_name("reply_siblings.txt").read_text(encoding="utf-8").splitlines()
SIBLINGS = [tuple(line.split("|", 1)) for line in _LINES if not line.startswith("#")]


@pytest.mark.parametrize(("kinds", "text"), SIBLINGS)
def test_siblings_are_read_alike(kinds: str, text: str) -> None:
    reading = read(text)
    if kinds == "!stop":
        assert not reading.stops_texts
    else:
        assert reading.kind.value in kinds.split("/")


def test_of_two_parts_the_first_is_promised() -> None:
    for text in ("500 on the 25th and the rest on the 30th", "500 on the 25th, the remainder on april 10"):
        reading = read(text)
        assert (str(reading.promise_date), str(reading.promise_amount)) == ("2026-03-25", "500.00")


def test_a_day_set_right_and_a_day_beside_an_absence_are_told_apart() -> None:
    days = {
        "sat, i'll bring cash": "2026-03-21",
        "I meant the 22nd not the 20th": "2026-03-22",
        "I'm at my sister's til sunday so it'll be tuesday before you get that": "2026-03-24",
        "out of town until monday, will pay wed": "2026-03-25",
        "no I said friday not monday": "2026-03-20",
    }
    assert {text: str(read(text).promise_date) for text in days} == days


def test_a_fraction_is_no_day_and_christmas_eve_is_one() -> None:
    assert read("1/2 the tile showed up cracked").promise_date is None
    assert str(read("xmas eve at the latest").promise_date) == "2026-12-24"


def test_a_stopped_payments_number_is_no_sum() -> None:
    assert read("We put a stop payment on 4471. New check goes out Monday").promise_amount is None


@pytest.mark.parametrize("text", ["(STOP)", ">> STOP <<", "* stop *"])
def test_a_keyword_in_brackets_is_no_stage_direction(text: str) -> None:
    reading = read(text)
    assert reading.stops_texts
