"""How often replies are read rightly: labelled sets, and the samples that come with the specification.

`replies_dev.jsonl` was labelled before the rules were written; each part of `replies_heldout.jsonl`
(the letter of its ids) was labelled and scored before a rule was changed for it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.reply_builders import DATA, Score, score

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "replies.jsonl"


@pytest.fixture(params=["replies_dev.jsonl", "replies_heldout.jsonl", "the samples"], scope="module")
def scored(request: pytest.FixtureRequest) -> Score:
    if request.param == "the samples" and not SAMPLES.exists():
        pytest.skip(f"the labelled samples are not beside this checkout ({SAMPLES.name})")
    return score(SAMPLES if request.param == "the samples" else DATA / request.param)


def test_hardly_an_opt_out_or_wrong_number_is_missed(scored: Score) -> None:
    assert scored.share("missed_stop") <= 0.01, scored.missed_stop


def test_hardly_anybody_who_asked_for_nothing_is_stopped(scored: Score) -> None:
    assert scored.share("false_stop") <= 0.01, scored.false_stop


def test_the_kind_is_right_in_more_than_nine_of_ten(scored: Score) -> None:
    assert scored.share("wrong_kind") <= 0.03, scored.wrong_kind


def test_promised_days_are_right(scored: Score) -> None:
    assert scored.share("wrong_date") <= 0.02, scored.wrong_date


def test_promised_sums_are_right(scored: Score) -> None:
    assert scored.share("wrong_amount") <= 0.02, scored.wrong_amount


def test_promises_are_not_invented(scored: Score) -> None:
    assert scored.share("invented_promise") <= 0.01, scored.invented_promise
