"""Weeks of runs in virtual time, several zones, both nights on which clocks change (spec sections 1, 6 and 7)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.jobs.night import open_night
from tests.jobs.weeks import Weeks, at

IS_SMALL = os.environ.get("NSQUILIO_SWEEP") == "small"

BEFORE_US_CHANGE = "2026-03-05T07:30"  # Thursday; US clocks change on Sunday the 8th
BEFORE_EU_CHANGE = "2026-03-26T06:30"  # Thursday; European clocks change on Sunday the 29th, Easter follows


@pytest.mark.parametrize("start", [BEFORE_US_CHANGE, BEFORE_EU_CHANGE])
def test_nights_over_a_change_of_clocks_text_everybody_once_in_their_day(tmp_path: Path, start: str) -> None:
    with open_night(tmp_path, at(start)) as night:
        weeks = Weeks(night, seed=1)
        weeks.nightly(days=6)
        weeks.end()
        weeks.check()


def test_hours_over_a_change_of_clocks_text_everybody_once_in_their_day(tmp_path: Path) -> None:
    with open_night(tmp_path, at("2026-03-07T20:00")) as night:
        weeks = Weeks(night, seed=2)
        weeks.hourly(hours=22)
        weeks.end()
        weeks.check()


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(1 if IS_SMALL else 4))
@pytest.mark.parametrize("start", ["2026-03-02T07:30", "2026-03-20T06:30"])
def test_four_weeks_of_nights(tmp_path: Path, start: str, seed: int) -> None:
    with open_night(tmp_path, at(start)) as night:
        weeks = Weeks(night, seed)
        weeks.nightly(days=8 if IS_SMALL else 28, events_a_day=6)
        weeks.end()
        weeks.check()


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("start", ["2026-03-02T07:30", "2026-03-23T06:30"])
def test_two_weeks_of_hours(tmp_path: Path, start: str) -> None:
    with open_night(tmp_path, at(start)) as night:
        weeks = Weeks(night, seed=3)
        weeks.hourly(hours=30 if IS_SMALL else 14 * 24)
        weeks.end()
        weeks.check()
