"""Where a recipient may be: every zone of the number and the address, or the one a person wrote down."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from nsquilio.core.phones import zones_of_number
from nsquilio.core.zone_tables import BY_POSTAL_PREFIX, BY_SUBDIVISION, SPOKEN, SUBDIVISION_NAMES
from nsquilio.core.zones import address_zones, country_zones, recipient_zones, subdivision_code, zones_named

NEW_YORK, CHICAGO, DENVER = "America/New_York", "America/Chicago", "America/Denver"
LOS_ANGELES, PHOENIX, BOISE = "America/Los_Angeles", "America/Phoenix", "America/Boise"


def zones_for(number_zones=(), **address):
    return recipient_zones(number_zones, **{"country": "", **address})


def test_number_and_address_are_taken_together():
    found = zones_for([LOS_ANGELES], country="US", subdivision="NY")

    assert found == (LOS_ANGELES, NEW_YORK)


def test_time_zone_column_decides_alone():
    found = zones_for([LOS_ANGELES], country="US", subdivision="NY", time_zone="Pacific/Honolulu")

    assert found == ("Pacific/Honolulu",)


def test_unreadable_time_zone_column_leaves_the_zone_unknown():
    assert zones_for([LOS_ANGELES], country="US", subdivision="CA", time_zone="somewhere nice") == ()


def test_nothing_known_gives_no_zone():
    assert zones_for() == ()
    assert zones_for(country="XX") == ()


@pytest.mark.parametrize(
    ("state", "zones"),
    [
        ("FL", {NEW_YORK, CHICAGO}),
        ("TX", {CHICAGO, DENVER}),
        ("KY", {NEW_YORK, CHICAGO}),
        ("TN", {NEW_YORK, CHICAGO}),
        ("IN", {"America/Indiana/Indianapolis", CHICAGO}),
        ("ID", {BOISE, LOS_ANGELES}),
        ("OR", {LOS_ANGELES, BOISE}),
        ("NE", {CHICAGO, DENVER}),
        ("ND", {CHICAGO, DENVER}),
        ("SD", {CHICAGO, DENVER}),
        ("KS", {CHICAGO, DENVER}),
        ("MI", {"America/Detroit", "America/Menominee"}),
        ("AK", {"America/Anchorage", "America/Adak"}),
        ("AZ", {PHOENIX, DENVER}),
    ],
)
def test_split_state_names_every_zone_in_it(state, zones):
    assert set(address_zones("US", state)) == zones


def test_address_with_only_its_country_does_not_widen_a_number_of_that_country():
    assert zones_for([LOS_ANGELES], country="US") == (LOS_ANGELES,)


def test_address_with_only_its_country_counts_in_full_for_a_foreign_number():
    found = zones_for(["Europe/London"], country="US")

    assert {"Europe/London", "Pacific/Honolulu", NEW_YORK} <= set(found)


def test_address_alone_with_only_its_country_may_be_anywhere_in_it():
    assert set(zones_for(country="NZ")) == {"Pacific/Auckland", "Pacific/Chatham"}
    assert zones_for(country="FR") == ("Europe/Paris",)


def test_area_code_across_two_zones_counts_for_both_whatever_the_state():
    found = zones_for(zones_of_number("+18504320100"), country="US", subdivision="GA")

    assert found == (CHICAGO, NEW_YORK)


def test_post_code_tells_the_state_where_none_is_given():
    assert address_zones("US", "", "96813") == ("Pacific/Honolulu",)
    assert address_zones("US", "", "2139") == (NEW_YORK,)
    assert address_zones("US", "", "94105-1234") == (LOS_ANGELES,)
    assert address_zones("CA", "", "h2x 1y4") == (
        "America/Blanc-Sablon",
        "America/Halifax",
        "America/Toronto",
    )
    assert address_zones("AU", "", "6000") == ("Australia/Eucla", "Australia/Perth")


def test_post_code_that_contradicts_the_state_adds_its_zones():
    assert address_zones("US", "NY", "94105") == (LOS_ANGELES, NEW_YORK)


@pytest.mark.parametrize("code", ["", "ABCDE", "1", "123456", "00000"])
def test_unreadable_post_code_tells_nothing(code):
    assert address_zones("US", "NY", code) == (NEW_YORK,)


def test_state_without_country_belongs_to_the_companys():
    assert zones_for(subdivision="WA", company_country="US") == (LOS_ANGELES,)
    assert zones_for(subdivision="WA", company_country="AU") == ("Australia/Eucla", "Australia/Perth")
    assert zones_for(company_country="US") == ()


@pytest.mark.parametrize(
    ("country", "text", "code"),
    [
        ("US", "California", "CA"),
        ("US", " new  york ", "NY"),
        ("US", "US-TX", "TX"),
        ("CA", "Québec", "QC"),
        ("AU", "Victoria", "VIC"),
        ("DE", "BY", "BY"),
        ("US", "", ""),
    ],
)
def test_state_is_read_as_a_code_or_by_its_name(country, text, code):
    assert subdivision_code(country, text) == code


@pytest.mark.parametrize(
    ("text", "zones"),
    [
        ("America/New_York", (NEW_YORK,)),
        ("america/new york", (NEW_YORK,)),
        ("US/Eastern", ("US/Eastern",)),
        ("UTC", ("UTC",)),
        ("Eastern", (NEW_YORK,)),
        ("(GMT-05:00) Eastern Time (US & Canada)", (NEW_YORK,)),
        ("(GMT-10:00) Hawaii", ("Pacific/Honolulu",)),
        ("PST", (LOS_ANGELES,)),
        ("EST", (NEW_YORK,)),
        ("MST", (DENVER, PHOENIX)),
        ("Central European Time", ()),
        ("GMT-5", ()),
        ("Etc/GMT+5", ()),
        ("America", ()),
        ("../../etc/passwd", ()),
        ("\x00", ()),
        ("x" * 100_000, ()),
    ],
)
def test_time_zone_column_is_read_as_people_fill_it(text, zones):
    assert zones_named(text) == zones


def test_abbreviations_mean_north_american_zones_only_there():
    assert zones_for(country="CN", time_zone="CST") == ()
    assert zones_for(country="US", time_zone="CST") == (CHICAGO,)


def test_every_zone_of_every_table_exists():
    named = {z for rows in BY_SUBDIVISION.values() for zones in rows.values() for z in zones}
    named |= {zone for zones in SPOKEN.values() for zone in zones}

    assert [zone for zone in sorted(named) if not ZoneInfo(zone)] == []


def test_states_of_a_country_lie_in_that_country():
    for country, rows in BY_SUBDIVISION.items():
        territories = {zone for code in ("PR", "VI", "GU", "MP", "AS") for zone in country_zones(code)}
        known = set(country_zones(country)) | territories
        assert {zone for zones in rows.values() for zone in zones} <= known


def test_post_codes_and_names_lead_to_states_that_have_zones():
    for table in (BY_POSTAL_PREFIX, SUBDIVISION_NAMES):
        for country, rows in table.items():
            assert set(rows.values()) <= set(BY_SUBDIVISION[country])


def test_every_us_state_is_in_every_table():
    states = set(BY_SUBDIVISION["US"])

    assert len(states) == 56
    assert states - set(SUBDIVISION_NAMES["US"].values()) == {"MP", "AS"}
    assert states - set(BY_POSTAL_PREFIX["US"].values()) == {"MP", "AS"}
