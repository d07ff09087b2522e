"""The checker of requests and answers catches what the real services would let pass without a word."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.openapi import check_request, check_response, needs_openapi

pytestmark = needs_openapi

MESSAGES = f"/2010-04-01/Accounts/AC{'a' * 32}/Messages.json"


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({"query": {"DateCreated>": "2026-01-01"}}, "unknown names"),
        ({"query": [("PageSize", "5000")]}, "PageSize"),
        ({"query": {"PageSize": "many"}}, "PageSize"),
        ({"query": [("To", "+1"), ("To", "+2")]}, "given 2 times"),
        ({"form": {"To": "+1"}}, "takes no body"),
    ],
)
def test_a_wrong_list_is_caught(named: dict[str, Any], said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        check_request("GET", MESSAGES, **named)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"Body": "x"}, "missing"),
        ({"To": "+1", "Text": "x"}, "unknown names"),
        ({"To": "+1", "SmartEncoded": "True"}, "SmartEncoded"),
        ({"To": "+1", "MessagingServiceSid": "MG1"}, "MessagingServiceSid"),
        ({"To": "+1", "ScheduleType": "soon"}, "ScheduleType"),
    ],
)
def test_a_wrong_form_is_caught(form: dict[str, str], said: str) -> None:
    with pytest.raises(AssertionError, match=said):
        check_request("POST", MESSAGES, form=form)


def test_good_requests_pass() -> None:
    check_request("GET", MESSAGES, query={"To": "+1", "DateSent>": "2026-01-01", "PageSize": 1000})
    check_request("POST", MESSAGES, form={"To": "+1", "MediaUrl": ["a", "b"], "SmartEncoded": "true"})


def test_wrong_answers_are_caught() -> None:
    with pytest.raises(AssertionError, match="surprise"):
        check_response("POST", MESSAGES, 201, {"surprise": 1})
    with pytest.raises(AssertionError, match="num_media"):
        check_response("POST", MESSAGES, 201, {"num_media": 0})
    with pytest.raises(AssertionError, match="date_sent"):
        check_response("POST", MESSAGES, 201, {"date_sent": "2026-01-01T00:00:00Z"})
    with pytest.raises(AssertionError, match="never answers 200"):
        check_response("POST", MESSAGES, 200, {})
    with pytest.raises(AssertionError, match="no OpenAPI file has"):
        check_response("PUT", MESSAGES, 200, {})
