"""On which day an invoice is at which step."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nsquilio.core.model import Reason
from nsquilio.core.rules import StepKind
from nsquilio.core.steps import DatedSteps, NoStep, StepNow, due_words
from tests.core.builders import a_step

DUE = date(2026, 3, 10)
STEPS = DatedSteps(
    [
        a_step("before-5", StepKind.BEFORE, 5),
        a_step("before-1", StepKind.BEFORE, 1),
        a_step("due", StepKind.AFTER, 0),
        a_step("late-7", StepKind.AFTER, 7),
        a_step("late-14", StepKind.AFTER, 14),
    ]
)


def step_on(late: int, steps: DatedSteps = STEPS, hold_ended: int | None = None) -> str:
    ended = DUE + timedelta(hold_ended) if hold_ended is not None else None
    found = steps.today(DUE, DUE + timedelta(late), ended)
    return found.step.id if isinstance(found, StepNow) else found.reason


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        (-30, "not_due"),
        (-6, "not_due"),
        (-5, "before-5"),
        (-2, "before-5"),
        (-1, "before-1"),
        (0, "due"),
        (6, "due"),
        (7, "late-7"),
        (13, "late-7"),
        (14, "late-14"),
        (20, "late-14"),
        (21, "expired"),
        (400, "expired"),
    ],
)
def test_step_of_the_day(late: int, expected: str) -> None:
    assert step_on(late) == expected


def test_step_before_the_due_date_lives_until_it_and_no_longer() -> None:
    steps = DatedSteps([a_step("before-5", StepKind.BEFORE, 5), a_step("late-7", StepKind.AFTER, 7)])

    assert [step_on(late, steps) for late in (-5, 0, 1, 6, 7)] == [
        "before-5",
        "before-5",
        "expired",
        "expired",
        "late-7",
    ]


@pytest.mark.parametrize(
    ("days", "late", "expected"),
    [(2, 8, "late-7"), (2, 9, "expired"), (30, 36, "late-7"), (30, 37, "expired")],
)
def test_good_for_days_changes_how_long_a_step_lives(days: int, late: int, expected: str) -> None:
    steps = DatedSteps([a_step("late-7", StepKind.AFTER, 7, good_for_days=days)])

    assert step_on(late, steps) == expected


def test_good_for_days_never_takes_an_upcoming_text_past_the_due_date() -> None:
    steps = DatedSteps([a_step("before-5", StepKind.BEFORE, 5, good_for_days=20)])

    assert [step_on(late, steps) for late in (0, 1)] == ["before-5", "expired"]


@pytest.mark.parametrize(("late", "expected"), [(40, "late-14"), (46, "late-14"), (47, "expired")])
def test_newest_passed_step_lives_on_after_a_hold(late: int, expected: str) -> None:
    assert step_on(late, hold_ended=40) == expected


@given(late=st.integers(-60, 400), hold=st.none() | st.integers(-60, 400))
def test_a_live_step_has_always_come(late: int, hold: int | None) -> None:
    found = STEPS.today(DUE, DUE + timedelta(late), DUE + timedelta(hold) if hold is not None else None)

    if isinstance(found, StepNow):
        assert (found.step.due_offset or 0) <= late
    else:
        assert isinstance(found, NoStep)
        assert (found.reason is Reason.NOT_DUE) == (late < -5)


@pytest.mark.parametrize(
    ("late", "words"),
    [
        (-5, "due in 5 days"),
        (-1, "due in 1 day"),
        (0, "due today"),
        (1, "1 day past due"),
        (7, "7 days past due"),
    ],
)
def test_days_are_told_with_their_direction(late: int, words: str) -> None:
    assert due_words(late) == words
