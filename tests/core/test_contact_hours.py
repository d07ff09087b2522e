"""When a message may arrive: hours in every zone at once, holidays, clock changes, and handing over ahead."""

from __future__ import annotations

import subprocess
import sys
import time as stopwatch
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nsquilio.core.contact_hours import At, Now, Wait, arrival, local_day, open_intervals
from nsquilio.core.model import Reason
from nsquilio.core.rules import END_OF_DAY, Hours

NEW_YORK, CHICAGO, LOS_ANGELES = "America/New_York", "America/Chicago", "America/Los_Angeles"
HONOLULU, SYDNEY, BERLIN = "Pacific/Honolulu", "Australia/Sydney", "Europe/Berlin"
NO_HOLIDAYS = ()
US = (("US", ""),)


def hours_of(opening="09:00", closing="20:00", *, closed=(6,)):
    end = END_OF_DAY if closing == "24:00" else time.fromisoformat(closing)
    window = (time.fromisoformat(opening), end)
    return Hours(tuple(None if day in closed else window for day in range(7)))


USUAL = hours_of()
ALWAYS = hours_of("00:00", "24:00", closed=())


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def local(text, zone):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def arrives(now, *zones, hours=USUAL, places=NO_HOLIDAYS, schedule_ahead=False):
    return arrival(now, zones, hours, places, schedule_ahead=schedule_ahead)


# --- inside the hours


def test_text_inside_the_hours_arrives_now_and_dies_at_closing():
    assert arrives(local("2026-03-02T18:00", NEW_YORK), NEW_YORK) == Now(2 * 3600)


def test_validity_is_never_longer_than_the_service_takes():
    assert arrives(local("2026-03-02T09:00", NEW_YORK), NEW_YORK) == Now(36_000)


def test_five_minutes_before_closing_is_still_open():
    assert arrives(local("2026-03-02T19:55", NEW_YORK), NEW_YORK) == Now(300)


def test_less_than_five_minutes_before_closing_counts_as_closed():
    found = arrives(local("2026-03-02T19:55:01", NEW_YORK), NEW_YORK)

    assert found == Wait(
        local("2026-03-03T09:00", NEW_YORK),
        Reason.CONTACT_HOURS,
        "Mon 2026-03-02 19:55 America/New_York is outside contact hours (Mon 09:00-20:00); "
        "next allowed minute: Tue 2026-03-03 09:00 America/New_York",
    )


def test_hours_hold_in_every_zone_at_once():
    nine_in_new_york = local("2026-03-02T09:00", NEW_YORK)

    found = arrives(nine_in_new_york, LOS_ANGELES, NEW_YORK)

    assert found == Wait(
        local("2026-03-02T09:00", LOS_ANGELES),
        Reason.CONTACT_HOURS,
        "Mon 2026-03-02 06:00 America/Los_Angeles is outside contact hours (Mon 09:00-20:00); next allowed "
        "minute: Mon 2026-03-02 09:00 America/Los_Angeles, allowed in all of America/Los_Angeles, "
        "America/New_York",
    )
    assert arrives(local("2026-03-02T09:00", LOS_ANGELES), LOS_ANGELES, NEW_YORK) == Now(8 * 3600)


def test_any_hour_without_holidays_asks_for_no_zone():
    assert arrives(utc("2026-03-01T03:00"), hours=None) == Now(36_000)


def test_any_hour_still_keeps_holidays():
    found = arrives(local("2026-05-25T12:00", NEW_YORK), NEW_YORK, hours=None, places=US)

    assert found == Wait(
        local("2026-05-26T00:00", NEW_YORK),
        Reason.HOLIDAY,
        "Mon 2026-05-25 12:00 America/New_York is a public holiday (Memorial Day, US); "
        "next allowed minute: Tue 2026-05-26 00:00 America/New_York",
    )


def test_without_a_zone_nothing_is_inside():
    found = arrives(utc("2026-03-02T15:00"))

    assert found == Wait(
        None,
        Reason.CONTACT_HOURS,
        "the recipient's time zone is not known; no minute of the next five weeks is allowed: "
        "see contact_rules.hours",
    )


def test_zones_that_never_overlap_ask_for_the_customers_zone():
    found = arrives(utc("2026-03-02T15:00"), "Europe/London", "Pacific/Auckland", schedule_ahead=True)

    assert found == Wait(
        None,
        Reason.CONTACT_HOURS,
        "Tue 2026-03-03 04:00 Pacific/Auckland is outside contact hours (Tue 09:00-20:00); no minute is "
        "inside the hours in all of Europe/London, Pacific/Auckland: state the customer's time zone",
    )


# --- days and holidays


def test_sunday_waits_for_monday():
    found = arrives(local("2026-03-01T12:00", NEW_YORK), NEW_YORK)

    assert found == Wait(
        local("2026-03-02T09:00", NEW_YORK),
        Reason.CONTACT_HOURS,
        "Sun 2026-03-01 12:00 America/New_York is outside contact hours (Sun none); "
        "next allowed minute: Mon 2026-03-02 09:00 America/New_York",
    )


def test_sunday_is_over_when_it_is_over_there():
    sunday_in_honolulu = utc("2026-03-02T08:00")

    assert isinstance(arrives(sunday_in_honolulu, HONOLULU), Wait)
    assert isinstance(arrives(sunday_in_honolulu, BERLIN), Now)


def test_holiday_is_the_reason_only_inside_the_hours():
    at_noon = arrives(local("2026-05-25T12:00", NEW_YORK), NEW_YORK, places=US)
    at_night = arrives(local("2026-05-25T05:00", NEW_YORK), NEW_YORK, places=US)

    assert (at_noon.reason, at_night.reason) == (Reason.HOLIDAY, Reason.CONTACT_HOURS)
    assert at_noon.not_before == at_night.not_before == local("2026-05-26T09:00", NEW_YORK)


def test_holiday_after_a_closed_sunday_is_skipped_too():
    found = arrives(local("2026-05-24T12:00", NEW_YORK), NEW_YORK, places=US)

    assert found.not_before == local("2026-05-26T09:00", NEW_YORK)


# --- handed over ahead


def ahead(now, *zones, **rules):
    return arrives(now, *zones, schedule_ahead=True, **rules)


def test_text_before_opening_is_handed_over_to_leave_at_opening():
    found = ahead(local("2026-03-02T06:00", NEW_YORK), NEW_YORK)

    assert found == At(
        local("2026-03-02T09:00", NEW_YORK),
        36_000,
        Reason.CONTACT_HOURS,
        "Mon 2026-03-02 06:00 America/New_York is outside contact hours (Mon 09:00-20:00); "
        "next allowed minute: Mon 2026-03-02 09:00 America/New_York",
    )


def test_text_inside_the_hours_is_never_scheduled():
    assert ahead(local("2026-03-02T10:00", NEW_YORK), NEW_YORK) == Now(36_000)


def test_text_just_before_opening_leaves_six_minutes_from_now():
    found = ahead(local("2026-03-02T08:58", NEW_YORK), NEW_YORK)

    assert (found.send_at, found.validity_s) == (local("2026-03-02T09:04", NEW_YORK), 36_000)


def test_send_at_is_a_whole_second():
    found = ahead(local("2026-03-02T08:58:00.250", NEW_YORK), NEW_YORK)

    assert found.send_at == local("2026-03-02T09:04:01", NEW_YORK)


def test_short_window_that_six_minutes_miss_is_left_for_the_next_day():
    just_before = local("2026-03-02T08:59:30", NEW_YORK)

    found = ahead(just_before, NEW_YORK, hours=hours_of("09:00", "09:12"))
    missed = ahead(just_before, NEW_YORK, hours=hours_of("09:00", "09:10"))

    assert (found.send_at, found.validity_s) == (local("2026-03-02T09:05:30", NEW_YORK), 390)
    assert (missed.send_at, missed.validity_s) == (local("2026-03-03T09:00", NEW_YORK), 600)


def test_validity_of_a_scheduled_text_ends_at_closing():
    found = ahead(local("2026-03-02T06:00", NEW_YORK), NEW_YORK, hours=hours_of("09:00", "12:30"))

    assert found.validity_s == 3.5 * 3600


def test_hours_that_never_open_wait_without_an_end():
    never = hours_of(closed=(0, 1, 2, 3, 4, 5, 6))

    assert ahead(local("2026-03-02T06:00", NEW_YORK), NEW_YORK, hours=never) == Wait(
        None,
        Reason.CONTACT_HOURS,
        "Mon 2026-03-02 06:00 America/New_York is outside contact hours (Mon none); "
        "no minute of the next five weeks is allowed: see contact_rules.hours",
    )


# --- clock changes


@pytest.mark.parametrize(
    ("zone", "day", "utc_opening", "utc_closing"),
    [
        (NEW_YORK, "2026-03-07", "2026-03-07T14:00", "2026-03-08T01:00"),  # the day before summer time
        (NEW_YORK, "2026-03-08", "2026-03-08T13:00", "2026-03-09T00:00"),
        (NEW_YORK, "2026-10-31", "2026-10-31T13:00", "2026-11-01T00:00"),
        (NEW_YORK, "2026-11-01", "2026-11-01T14:00", "2026-11-02T01:00"),
        (SYDNEY, "2026-04-04", "2026-04-03T22:00", "2026-04-04T09:00"),
        (SYDNEY, "2026-04-05", "2026-04-04T23:00", "2026-04-05T10:00"),
        (SYDNEY, "2026-10-03", "2026-10-02T23:00", "2026-10-03T10:00"),
        (SYDNEY, "2026-10-04", "2026-10-03T22:00", "2026-10-04T09:00"),
        ("Australia/Lord_Howe", "2026-04-05", "2026-04-04T22:30", "2026-04-05T09:30"),  # by half an hour
    ],
)
def test_opening_follows_the_clock_in_both_hemispheres(zone, day, utc_opening, utc_closing):
    start, daily = utc(utc_opening) - timedelta(hours=8), hours_of(closed=())

    found = open_intervals([zone], daily, lambda day: False, start, start + timedelta(hours=20))

    assert found == [(utc(utc_opening), utc(utc_closing))]
    assert utc(utc_opening).astimezone(ZoneInfo(zone)).date() == date.fromisoformat(day)


def in_one_zone(zone, opening, closing, start, until):
    daily = hours_of(opening, closing, closed=())
    return open_intervals([zone], daily, lambda day: False, utc(start), utc(until))


def test_opening_inside_the_skipped_hour_is_the_first_minute_after_it():
    found = in_one_zone(NEW_YORK, "02:30", "05:00", "2026-03-08T05:00", "2026-03-08T12:00")

    assert found == [(utc("2026-03-08T07:00"), utc("2026-03-08T09:00"))]


def test_window_inside_the_skipped_hour_does_not_exist_that_night():
    assert in_one_zone(NEW_YORK, "02:10", "02:50", "2026-03-08T05:00", "2026-03-08T12:00") == []


def test_closing_inside_the_doubled_hour_closes_opens_and_closes_again():
    found = in_one_zone(NEW_YORK, "00:30", "01:30", "2026-11-01T04:00", "2026-11-01T12:00")

    assert found == [
        (utc("2026-11-01T04:30"), utc("2026-11-01T05:30")),
        (utc("2026-11-01T06:00"), utc("2026-11-01T06:30")),
    ]


def test_window_around_the_doubled_hour_is_an_hour_longer():
    found = in_one_zone(NEW_YORK, "00:30", "03:00", "2026-11-01T04:00", "2026-11-01T12:00")

    assert found == [(utc("2026-11-01T04:30"), utc("2026-11-01T08:00"))]


def test_closing_at_midnight_goes_on_into_the_next_day():
    found = in_one_zone(BERLIN, "00:00", "24:00", "2026-03-02T00:00", "2026-03-06T00:00")

    assert found == [(utc("2026-03-02T00:00"), utc("2026-03-06T00:00"))]


def test_day_a_country_left_out_has_no_window():
    found = in_one_zone("Pacific/Apia", "09:00", "20:00", "2011-12-29T12:00", "2011-12-31T12:00")

    assert found == [
        (utc("2011-12-29T19:00"), utc("2011-12-30T06:00")),  # Thursday the 29th
        (utc("2011-12-30T19:00"), utc("2011-12-31T06:00")),  # Saturday the 31st
    ]


def test_midnight_that_does_not_exist_opens_at_one():
    found = in_one_zone("America/Havana", "00:00", "03:00", "2026-03-08T00:00", "2026-03-08T12:00")

    assert found == [(utc("2026-03-08T05:00"), utc("2026-03-08T07:00"))]


CHANGING_ZONES = [
    NEW_YORK,
    SYDNEY,
    BERLIN,
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Africa/Casablanca",
    "America/Santiago",
    "Pacific/Chatham",
    "Asia/Kathmandu",
    "Europe/Dublin",
]
CHANGES = ["2026-03-08", "2026-03-29", "2026-04-05", "2026-09-27", "2026-10-04", "2026-10-25", "2026-11-01"]
quarter_hours = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))


@settings(max_examples=120, deadline=None)
@given(
    zones=st.lists(st.sampled_from(CHANGING_ZONES), min_size=1, max_size=3, unique=True),
    day=st.sampled_from(CHANGES),
    opening=quarter_hours,
    closing=quarter_hours | st.just(END_OF_DAY),
    closed=st.sets(st.integers(0, 6), max_size=3),
    holidays=st.sets(st.sampled_from(CHANGES)),
)
@example([NEW_YORK], "2026-11-01", time(1), END_OF_DAY, set(), set())
def test_intervals_agree_with_asking_every_quarter_of_an_hour(zones, day, opening, closing, closed, holidays):
    window = (opening, closing)
    hours = Hours(tuple(None if weekday in closed else window for weekday in range(7)))
    free = {date.fromisoformat(text) for text in holidays}
    start = utc(day) - timedelta(hours=20)
    until = start + timedelta(hours=64)

    found = open_intervals(zones, hours, free.__contains__, start, until)

    def is_open(instant, zone):
        there = instant.astimezone(ZoneInfo(zone))
        today = hours.by_weekday[there.weekday()]
        return bool(today) and today[0] <= there.time() < today[1] and there.date() not in free

    quarters = [start + timedelta(minutes=15 * n) for n in range(64 * 4)]
    by_asking = [at for at in quarters if all(is_open(at, zone) for zone in zones)]
    by_interval = [at for at in quarters if any(a <= at < b for a, b in found)]
    assert by_interval == by_asking
    assert all(a < b for a, b in found) and found == sorted(found)


minutes = st.integers(0, 366 * 24 * 60)


@settings(max_examples=200, deadline=None)
@given(
    minute=minutes,
    zones=st.lists(
        st.sampled_from([*CHANGING_ZONES, CHICAGO, HONOLULU]), min_size=1, max_size=3, unique=True
    ),
    schedule_ahead=st.booleans(),
)
def test_nothing_arrives_outside_the_hours_from_leaving_to_dying(minute, zones, schedule_ahead):
    now = utc("2026-01-01") + timedelta(minutes=minute)

    found = arrives(now, *zones, places=US, schedule_ahead=schedule_ahead)

    if isinstance(found, Wait):
        leaves, lives = found.not_before, 300
    else:
        leaves, lives = (
            (now, found.validity_s) if isinstance(found, Now) else (found.send_at, found.validity_s)
        )
    if leaves is None:
        return
    assert 1 <= lives <= 36_000
    assert isinstance(found, Now) or leaves > now
    for instant in (leaves, leaves + timedelta(seconds=lives - 1)):
        for zone in zones:
            there = instant.astimezone(ZoneInfo(zone))
            assert time(9) <= there.time() < time(20), (zone, there)
            assert there.weekday() != 6


# --- days and speed


def test_local_day_is_the_recipients():
    late_evening_in_utc = utc("2026-03-03T05:00")

    assert local_day(late_evening_in_utc, [NEW_YORK]) == date(2026, 3, 3)
    assert local_day(late_evening_in_utc, [LOS_ANGELES]) == date(2026, 3, 2)
    assert local_day(late_evening_in_utc, [NEW_YORK, LOS_ANGELES]) == date(2026, 3, 2)
    assert local_day(late_evening_in_utc, []) == date(2026, 3, 3)


def test_twenty_thousand_recipients_take_well_under_a_second():
    zone_sets = [(NEW_YORK,), (CHICAGO, NEW_YORK), (CHICAGO, "America/Denver"), (LOS_ANGELES,), (HONOLULU,)]
    states = ["NY", "FL", "TX", "CA", "HI", "WA", "OR", "IL", "GA", "MA"]
    now = local("2026-03-02T06:00", NEW_YORK)
    arrival.cache_clear()
    arrives(now, *zone_sets[0], places=US)  # the first one imports the holidays

    begun = stopwatch.perf_counter()
    for n in range(20_000):
        arrival(now, zone_sets[n % 5], USUAL, (("US", states[n // 5 % 10]),), schedule_ahead=True)

    assert stopwatch.perf_counter() - begun < 5  # it is 0.1 s; the machine may be busy


def test_rules_and_wording_load_no_heavy_library_before_they_need_it():
    code = (
        "import sys, nsquilio.core.contact_hours, nsquilio.core.wording, nsquilio.core.template_check;"
        "print({'holidays', 'jinja2', 'phonenumbers', 'tzdata'} & set(sys.modules))"
    )

    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout == "set()\n"
