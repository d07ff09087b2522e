"""The usual number of messages on such a day of the week."""

from __future__ import annotations

from datetime import timedelta

from nsquilio.jobs.usual import usual_messages
from tests.core.builders import some_rules
from tests.jobs.night import Night
from tests.store.builders import a_message, a_reminder, an_outcome

RULES = some_rules()


def sent_before(night: Night, days: int, count: int) -> None:
    """So many messages that many days ago."""
    store, at = night.services().store, night.clock.now - timedelta(days=days)
    for n in range(count):
        key = f"{days}.{n}:late-1:preferred"
        store.messages.commit_intents([a_message(key, reminders=(a_reminder(key),))], at)
        store.messages.record_outcomes([an_outcome(key, at=at)])


def usual(night: Night) -> int | None:
    return usual_messages(night.services().store, RULES, night.clock.now)


def test_nothing_is_usual_before_the_first_message(night: Night) -> None:
    assert usual(night) is None


def test_messages_of_today_do_not_make_today_usual(night: Night) -> None:
    sent_before(night, 0, 3)

    assert usual(night) is None


def test_usual_is_the_median_of_the_same_weekday(night: Night) -> None:
    for weeks, count in ((1, 4), (2, 9), (3, 5)):
        sent_before(night, 7 * weeks, count)
    sent_before(night, 6, 30)

    assert usual(night) == 5


def test_quiet_weekdays_since_the_first_message_count_as_none(night: Night) -> None:
    sent_before(night, 28, 8)

    assert usual(night) == 0


def test_what_is_older_than_five_weeks_no_longer_counts(night: Night) -> None:
    sent_before(night, 49, 8)

    assert usual(night) is None
