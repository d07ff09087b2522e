"""Public holidays of the recipient's places."""

from __future__ import annotations

from datetime import date

import pytest

from nsquilio.core.holidays_of import holiday_name, holiday_places


def test_number_and_address_both_count():
    places = holiday_places(number_country="CA", country="US", subdivision="California")

    assert places == (("CA", ""), ("US", "CA"))
    assert holiday_name(date(2026, 7, 1), places) == "Canada Day, CA"
    assert holiday_name(date(2026, 5, 25), places) == "Memorial Day, US"
    assert holiday_name(date(2026, 3, 31), places) == "Cesar Chavez Day, US-CA"
    assert holiday_name(date(2026, 3, 30), places) is None


def test_national_holiday_counts_where_the_state_drops_it():
    assert holiday_name(date(2026, 10, 12), (("US", "CA"),)) == "Columbus Day, US"


def test_observed_day_counts_too():
    assert holiday_name(date(2026, 7, 3), (("US", ""),)) == "Independence Day (observed), US"


def test_company_country_counts_only_where_nothing_else_tells():
    assert holiday_places(company_country="de") == (("DE", ""),)
    assert holiday_places(number_country="001", company_country="DE") == (("DE", ""),)
    assert holiday_places(number_country="GB", company_country="DE") == (("GB", ""),)
    assert holiday_places(subdivision="TX", company_country="US") == (("US", "TX"),)
    assert holiday_places() == ()


@pytest.mark.parametrize("place", [("XX", ""), ("US", "ZZ"), ("..", ""), ("US", "x' OR 1")])
def test_unknown_place_has_only_the_holidays_that_are_known(place):
    assert holiday_name(date(2026, 3, 4), (place,)) is None


def test_bank_and_optional_days_do_not_count():
    assert holiday_name(date(2026, 2, 14), (("US", ""),)) is None
    assert holiday_name(date(2026, 12, 24), (("SE", ""),)) is None
    assert holiday_name(date(2026, 12, 31), (("DE", ""),)) is None


def test_name_is_english_where_the_calendar_has_one():
    assert holiday_name(date(2026, 10, 3), (("DE", "BE"),)) == "German Unity Day, DE"
