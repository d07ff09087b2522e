"""Steps and contact rules read back in words."""

from __future__ import annotations

from datetime import time

from nsquilio.core.rules import END_OF_DAY, Hours, StepKind
from nsquilio.render.cadence import cadence, contact_words, hours_words
from tests.core.builders import WEEK, a_step, some_rules

DAY = (time(9), time(20))


def words_of(*steps: object) -> list[str]:
    return [words.partition(";")[0] for _step, words in cadence(some_rules(*steps))]  # type: ignore[arg-type]


def test_days_before_and_after_are_spelled_out() -> None:
    how = "; by text or e-mail as the customer prefers"

    assert cadence(some_rules()) == [
        ("upcoming", f"5 days before the due date, at the latest on the due date{how}"),
        ("late-1", f"1 day after the due date, until late-7 takes its place{how}"),
        ("late-7", f"7 days after the due date, good for 7 days{how}"),
    ]


def test_steps_stand_in_the_order_of_their_days() -> None:
    steps = (a_step("b", StepKind.AFTER, 3), a_step("a", StepKind.BEFORE, 2), a_step("c", StepKind.PAID, 0))

    assert [step for step, _words in cadence(some_rules(*steps))] == ["a", "b", "c"]


def test_step_on_the_due_date_and_its_own_life_are_said() -> None:
    assert words_of(a_step("due", StepKind.AFTER, 0, good_for_days=1)) == ["on the due date, good for 1 day"]


def test_event_steps_say_what_they_wait_for() -> None:
    steps = [a_step(kind, kind, 0) for kind in (StepKind.CREATED, StepKind.CHANGED, StepKind.PAID)]

    assert words_of(*steps) == [
        "when the invoice is created, for 2 days",
        "when the due date changes or the balance grows after we wrote about it, for 2 days",
        "when an invoice we wrote about is paid, for 2 days",
    ]


def test_both_channels_are_named() -> None:
    step = a_step("late", StepKind.AFTER, 1, channels=("sms", "email"))

    assert cadence(some_rules(step))[0][1].endswith("; by text and by e-mail")


def test_hours_name_the_days_the_times_and_the_place() -> None:
    assert contact_words(some_rules()) == [
        "Texts arrive Mon to Sat between 09:00 and 20:00 where the customer is, never on Sun,"
        " never on public holidays there.",
        "E-mails arrive at any hour.",
        "At most 1 text to a number a day, and 2 contacts with a customer in 7 days."
        " Texts outside the hours are handed over at once and leave when the hours begin.",
    ]


def test_without_scheduling_texts_wait_for_a_run() -> None:
    last = contact_words(some_rules(schedule_ahead=False, holidays=False, per_number_per_day=2))

    assert "holidays" not in last[0]
    assert last[2] == (
        "At most 2 texts to a number a day, and 2 contacts with a customer in 7 days."
        " Texts outside the hours wait for a run inside them."
    )


def test_days_with_the_same_hours_are_grouped() -> None:
    late = (time(12), END_OF_DAY)

    assert hours_words(Hours((DAY, DAY, None, DAY, late, None, None))) == (
        "Mon to Tue between 09:00 and 20:00, Thu between 09:00 and 20:00, Fri between 12:00 and 24:00,"
        " never on Wed or Sat or Sun"
    )
    assert hours_words(Hours((None,) * 7)) == "never"
    assert hours_words(None) == "at any hour"
    assert hours_words(WEEK).endswith("never on Sun")
