"""What can be texted, where it may be, and which spellings are one number."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers.tzdata import TIMEZONE_DATA

from nsquilio.core.phones import (
    Phone,
    canonical,
    is_anonymous,
    masked,
    numbers_in,
    parse_phone,
    read_phone,
    zones_of_number,
)

PACIFIC = ("America/Los_Angeles",)


@pytest.mark.parametrize(
    "text",
    [
        "+14155550100",
        "415-555-0100",
        "(415) 555-0100",
        "1 415 555 0100",
        "415.555.0100 x9",
        "415-555-0100 ext. 12",
        "cell 415.555.0100 (Bob)",
        "tel: +1 (415) 555-0100",
        "415-555-0100 / 503 555 0140",
        "1-800-555-0100 or 415-555-0100",
        "415\u00a0555\u00a00100",
        "４１５５５５０１００",
        "whatsapp:+14155550100",
    ],
)
def test_every_spelling_of_a_column_is_one_destination(text: str) -> None:
    assert parse_phone(text, country="US") == Phone("+14155550100", "US", PACIFIC, False)


def test_letters_on_the_keypad_are_read() -> None:
    found = parse_phone("415-555-CALL", country="US")
    assert found is not None
    assert found.e164 == "+14155552255"


@pytest.mark.parametrize(
    ("text", "country", "e164"),
    [
        ("07911 123456", "GB", "+447911123456"),
        ("+44 (0)7911 123456", "US", "+447911123456"),
        ("011 44 7911 123456", "US", "+447911123456"),
        ("0412 345 678", "AU", "+61412345678"),
        ("0170 1234567", "DE", "+491701234567"),
        ("416-555-0100", "ca", "+14165550100"),
        ("+1 415 555 0100", "GB", "+14155550100"),
    ],
)
def test_the_country_decides_how_a_national_number_is_read(text: str, country: str, e164: str) -> None:
    found = parse_phone(text, country=country)
    assert found is not None
    assert found.e164 == e164


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("", "US"),
        ("none", "US"),
        ("911", "US"),
        ("22334", "US"),
        ("555-0131", "US"),
        ("EXAMPLE", "US"),
        ("anonymous", "US"),
        ("1-800-555-0100", "US"),
        ("1-800-FLOWERS", "US"),
        ("+1 900 555 0100", "US"),
        ("+15005550006", "US"),
        ("+15551234567", "US"),
        ("07700 900222", "GB"),
        ("(02) 9876 5432", "AU"),
        ("030 1234567", "DE"),
        ("415-555-0100", "XX"),
        ("9" * 4000, "US"),
        ("\x00\u202e+", "US"),
    ],
)
def test_what_no_text_reaches_is_no_destination(text: str, country: str) -> None:
    assert parse_phone(text, country=country) is None


def test_toll_free_and_landline_numbers_can_still_be_named() -> None:
    toll_free, landline = read_phone("800-555-0100", country="US"), read_phone("020 7946 0018", country="GB")
    assert toll_free is not None and toll_free.is_toll_free
    assert landline is not None and landline.e164 == "+442079460018"
    assert read_phone("none", country="US") is None


def test_an_area_code_answers_with_all_its_zones() -> None:
    assert zones_of_number("+18505550100") == ("America/Chicago", "America/New_York")
    assert zones_of_number("+14235550100") == ("America/Chicago", "America/New_York")


def test_the_area_codes_over_several_offsets_are_those_that_are_known() -> None:
    codes = sorted({prefix[1:4] for prefix in TIMEZONE_DATA if prefix.startswith("1") and len(prefix) >= 4})
    several = [code for code in codes if _offsets(zones_of_number(f"+1{code}5550100")) > 1]
    known = (
        "208 219 250 270 308 418 423 541 574 605 606 620 701 709 775 785 807 812 850 867 879 906 907 928 986"
    )
    assert set(several) == set(known.split())


def _offsets(zones: tuple[str, ...]) -> int:
    summer, winter = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    return max(len({at.astimezone(ZoneInfo(z)).utcoffset() for z in zones}) for at in (summer, winter))


def test_a_mobile_abroad_answers_with_the_zones_of_its_country() -> None:
    assert len(zones_of_number("+61412345678")) == 8


def test_toll_free_may_be_anywhere() -> None:
    assert len(zones_of_number("+18005550100")) > 40


@pytest.mark.parametrize(
    "text", ["+447700900222", "+15551234567", "22334", "garbage", "", "+1", "+999123456"]
)
def test_nobody_knows_where_an_invalid_number_is(text: str) -> None:
    assert zones_of_number(text) == ()


def test_the_short_way_for_plus_one_agrees_with_the_numbering_plan() -> None:
    chance = random.Random(7)
    numbers = [f"+1{area}{chance.randint(0, 9_999_999):07d}" for area in range(200, 1000) for _ in range(4)]
    wrong = [n for n in numbers if (read_phone(n, country="US") is not None) != _is_valid(n)]
    assert wrong == []


def _is_valid(number: str) -> bool:
    return phonenumbers.is_valid_number(phonenumbers.parse(number))


def test_the_short_way_tells_toll_free_and_personal_numbers() -> None:
    chance = random.Random(8)
    numbers = [f"+1{area}{chance.randint(2_000_000, 9_999_999)}" for area in range(200, 1000)]
    wrong = [n for n in numbers if (parse_phone(n, country="US") is not None) != _is_textable(n)]
    assert wrong == []


def _is_textable(number: str) -> bool:
    kinds = phonenumbers.PhoneNumberType
    return phonenumbers.number_type(phonenumbers.parse(number)) in (
        kinds.MOBILE,
        kinds.FIXED_LINE_OR_MOBILE,
    )


@pytest.mark.parametrize(
    ("text", "country", "same"),
    [
        ("(503) 555-0132", "US", "+15035550132"),
        ("whatsapp:+15035550132", "US", "+15035550132"),
        ("07700 900222", "GB", "+447700900222"),
        ("22334", "US", "22334"),
        ("2 23 34", "US", "22334"),
        ("Example Co", "US", "example co"),
        ("anonymous", "US", "anonymous"),
        ("+266696687", "US", "+266696687"),
        ("", "US", ""),
    ],
)
def test_senders_are_compared_in_one_spelling(text: str, country: str, same: str) -> None:
    assert canonical(text, country=country) == same


def test_one_column_may_hold_two_numbers() -> None:
    found = numbers_in("503.555.0132 (office), cell 503-555-0133 x2", country="US")
    assert found == ("+15035550132", "+15035550133")
    assert numbers_in("call 22334", country="US") == ()
    assert numbers_in("555-0131", country="US") == ()


@pytest.mark.parametrize("address", ["anonymous", "Restricted", "+266696687", " ", ""])
def test_a_hidden_caller_is_nobody(address: str) -> None:
    assert is_anonymous(address)
    assert not is_anonymous("+15035550132")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("+14155550100", "+1*****0100"),
        ("+447700900222", "+44*****0222"),
        ("(415) 555-0100", "*****0100"),
        ("alice@example.com", "a***@example.com"),
        ("22334", "***"),
        ("EXAMPLE", "***"),
        ("", "***"),
    ],
)
def test_addresses_are_shown_masked(address: str, shown: str) -> None:
    assert masked(address) == shown


@given(st.text(max_size=60), st.sampled_from(["US", "GB", "DE", "AU", "XX", ""]))
def test_no_text_of_a_stranger_breaks_the_parser(text: str, country: str) -> None:
    found = parse_phone(text, country=country)
    assert found is None or parse_phone(found.e164, country="US") == found
    assert canonical(canonical(text, country=country), country=country) == canonical(text, country=country)
    masked(text)
    zones_of_number(text)


def test_reading_numbers_never_loads_the_geocoder() -> None:
    script = (
        "import sys; from nsquilio.core import phones; assert 'phonenumbers' not in sys.modules\n"
        "phones.parse_phone('415-555-0100', country='US')\n"
        "heavy = {'phonenumbers.geocoder', 'phonenumbers.carrier', 'phonenumbers.geodata'}\n"
        "assert not heavy & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
