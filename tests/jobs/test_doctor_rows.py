"""Rows of the check-up that the served world cannot play: what real accounts answer in their own ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import responses

from nsquilio.errors import BadCredentials, Refused, ServiceFailed
from nsquilio.jobs.checkup import CheckResult, Findings, Level, failed, failure, ok, warning
from nsquilio.jobs.doctor_local import certificate_row
from nsquilio.jobs.doctor_netsuite import clock_row
from nsquilio.jobs.doctor_tables import _addresses_row, _zone_row
from nsquilio.jobs.doctor_twilio import sender_row
from nsquilio.remote.transport import Http
from nsquilio.remote.twilio_access import TwilioAccess

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
ACCOUNT = "AC" + "0" * 32
SERVICE = "MG" + "0" * 32
API = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}"
MESSAGING = "https://messaging.twilio.com/v1"


@dataclass(frozen=True)
class Queries:
    """As much of a NetSuite client as the rows use; `answer` may raise."""

    answer: Callable[[str], Any]

    @property
    def suiteql(self) -> Queries:
        return self

    def value(self, sql: str) -> Any:
        return self.answer(sql)

    def rows(self, sql: str) -> Any:
        return self.answer(sql)


def refusing(status: int) -> Queries:
    def answer(sql: str) -> Any:
        raise Refused("NetSuite refused a query.", service="NetSuite", status=status)

    return Queries(answer)


def test_offset_is_a_zone_too() -> None:
    row = _zone_row(Queries(lambda sql: "-08:00"))  # type: ignore[arg-type]
    assert row == CheckResult("session time zone", Level.OK, "-08:00")


@pytest.mark.parametrize("text", ["GMT+bad", None, "x" * 100])
def test_unreadable_session_zone_is_a_warning(text: str | None) -> None:
    row = _zone_row(Queries(lambda sql: text))  # type: ignore[arg-type]
    assert row.level is Level.WARNING
    assert row.saw == f"NetSuite says {(text or '')[:40]!r}, which is no zone; America/Los_Angeles is assumed"


def test_account_without_a_table_of_addresses_is_a_warning() -> None:
    row = _addresses_row(refusing(400))  # type: ignore[arg-type]
    assert row.level is Level.WARNING
    assert "time zones follow from phone numbers alone" in row.saw


def test_service_that_fails_meanwhile_is_exit_four() -> None:
    row = _addresses_row(refusing(503))  # type: ignore[arg-type]
    assert (row.level, row.exit_code) == (Level.FAILURE, 4)


@pytest.mark.parametrize(
    ("skew", "level"),
    [(1, Level.OK), (-29, Level.OK), (31, Level.WARNING), (-120, Level.WARNING), (121, Level.FAILURE)],
)
def test_clock_is_judged_by_the_worst_service(skew: int, level: Level) -> None:
    row = clock_row({"NetSuite": timedelta(seconds=0), "Twilio": timedelta(seconds=skew)})
    assert row.level is level
    if level is not Level.OK:
        assert "Twilio's" in row.saw


def test_wrong_clock_is_said_in_fitting_units() -> None:
    days = clock_row({"NetSuite": timedelta(days=-2), "Twilio": None})
    assert days.saw == "this machine's clock is 48 hours ahead of NetSuite's; nothing is sent like that"


@pytest.mark.parametrize(
    ("days", "level", "words"),
    [
        (61, Level.OK, "61 days left, until"),
        (60, Level.WARNING, "60 days left, until"),
        (0, Level.WARNING, "0 days left, until"),
        (-1, Level.FAILURE, "expired on"),
    ],
)
def test_certificate_is_judged_by_its_days(days: int, level: Level, words: str) -> None:
    ends = NOW + timedelta(days=days, hours=1)
    row = certificate_row("key", (NOW - timedelta(days=600), ends), NOW)
    assert row.level is level
    assert words in row.saw


@pytest.mark.parametrize(
    ("problem", "code"),
    [(BadCredentials("x"), 3), (Refused("x"), 4), (ServiceFailed("x"), 4)],
)
def test_exit_code_tells_set_up_from_service(problem: Any, code: int) -> None:
    assert failed("row", problem).exit_code == code


def test_worst_row_decides_the_exit_code() -> None:
    rows = (ok("a", ""), warning("b", ""), failure("c", "", "", 4), failure("d", "", ""))
    assert Findings(rows).exit_code == 3
    assert Findings(rows[:2]).exit_code == 0
    assert [Findings(rows).count(level) for level in Level] == [1, 1, 2]


# --- senders ---


@pytest.fixture
def access() -> Iterator[TwilioAccess]:
    hosts = ("api", "messaging", "intelligence", "pricing")
    made = TwilioAccess(
        ACCOUNT,
        ACCOUNT,
        "token",
        lambda: NOW,
        urls={host: f"https://{host}.twilio.com" for host in hosts},
        http=Http(pause=lambda seconds: None),
    )
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        made.mock = mock  # type: ignore[attr-defined]
        yield made
    made.close()


@dataclass(frozen=True)
class Sender:
    messaging_service_sid: str | None = None
    from_number: str | None = None


def answers(access: TwilioAccess, url: str, body: dict[str, Any], status: int = 200) -> None:
    access.mock.get(url, json=body, status=status)  # type: ignore[attr-defined]


def test_short_code_has_a_list_of_its_own(access: TwilioAccess) -> None:
    answers(access, f"{API}/SMS/ShortCodes.json", {"short_codes": [{"short_code": "12345"}]})
    row = sender_row(Sender(from_number="12345"), access)  # type: ignore[arg-type]
    assert row == CheckResult("sender", Level.OK, "12345 is the account's")


def test_short_code_that_may_not_be_read_is_a_warning(access: TwilioAccess) -> None:
    answers(access, f"{API}/SMS/ShortCodes.json", {"code": 20404, "message": "not found"}, 404)
    row = sender_row(Sender(from_number="12345"), access)  # type: ignore[arg-type]
    assert row.level is Level.WARNING


def test_service_of_short_codes_alone_has_a_sender(access: TwilioAccess) -> None:
    answers(access, f"{MESSAGING}/Services/{SERVICE}", {"friendly_name": "AR"})
    answers(access, f"{MESSAGING}/Services/{SERVICE}/PhoneNumbers", {"phone_numbers": []})
    answers(access, f"{MESSAGING}/Services/{SERVICE}/ShortCodes", {"short_codes": [{"short_code": "12345"}]})
    answers(access, f"{MESSAGING}/Services/{SERVICE}/AlphaSenders", {"alpha_senders": []})
    row = sender_row(Sender(messaging_service_sid=SERVICE), access)  # type: ignore[arg-type]
    assert row == CheckResult("sender", Level.OK, "Messaging Service AR: 1 short codes or names")


def test_service_that_does_not_tell_its_registration_is_well(access: TwilioAccess) -> None:
    answers(access, f"{MESSAGING}/Services/{SERVICE}", {"friendly_name": "AR"})
    numbers = {"phone_numbers": [{"phone_number": "+14155550100"}]}
    answers(access, f"{MESSAGING}/Services/{SERVICE}/PhoneNumbers", numbers)
    row = sender_row(Sender(messaging_service_sid=SERVICE), access)  # type: ignore[arg-type]
    assert (row.level, row.saw) == (Level.OK, "Messaging Service AR: +14155550100")


def test_senders_that_may_not_be_listed_are_a_warning(access: TwilioAccess) -> None:
    answers(access, f"{MESSAGING}/Services/{SERVICE}", {"friendly_name": "AR"})
    answers(access, f"{MESSAGING}/Services/{SERVICE}/PhoneNumbers", {"code": 20003, "message": "No"}, 403)
    row = sender_row(Sender(messaging_service_sid=SERVICE), access)  # type: ignore[arg-type]
    assert row.level is Level.WARNING
    assert row.saw == "Twilio refused to list the Messaging Service's senders (20003): No."


def test_page_of_a_proxy_is_shown_in_its_words(access: TwilioAccess) -> None:
    access.mock.get(f"{MESSAGING}/Services", body="<html>Sign in</html>", status=403)  # type: ignore[attr-defined]
    assert access.refusal_to_read_services() == "403, a web page: Sign in"
