"""What becomes of a text, by what came back: the table of facts/delivery-and-storage.md, section 2.2."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from socket import create_server
from typing import Any

import pytest
from remote_builders import DATE, Cut, a_twilio, answer_bytes, wire

from nsquilio.core.model import Outcome
from nsquilio.remote import transport as transport_module
from nsquilio.remote.transport import Answer
from nsquilio.remote.twilio_errors import ERRORS, ErrorClass, error_of
from nsquilio.remote.twilio_sending import Sent, outcome_of, refusal_in

SID = "SM" + "0" * 32
AT = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


def an_answer(status: int, body: Any) -> Answer:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer("Twilio", status, {"Date": DATE}, raw)


def accepted(**changes: Any) -> dict[str, Any]:
    known = {"sid": SID, "status": "accepted", "num_segments": "0", "price": None, "price_unit": "USD"}
    return {**known, "error_code": None, **changes}


def a_refusal(code: Any, message: str = "No.") -> dict[str, Any]:
    return {
        "code": code,
        "message": message,
        "more_info": "https://www.twilio.com/docs/errors/1",
        "status": 400,
    }


def test_accepted_text_is_sent() -> None:
    assert outcome_of(an_answer(201, accepted())) == Sent(
        Outcome.SENT, sid=SID, status="accepted", at=AT, price_currency="USD"
    )


def test_segments_and_price_are_read_where_they_are_known() -> None:
    sent = outcome_of(an_answer(201, accepted(num_segments="3", price="-0.02250", price_unit="usd")))

    assert (sent.segments, sent.price, sent.price_currency) == (3, Decimal("0.02250"), "USD")


def test_text_for_later_is_scheduled() -> None:
    assert outcome_of(an_answer(201, accepted(status="scheduled"))).outcome is Outcome.SCHEDULED


def test_text_that_failed_at_once_was_accepted_all_the_same() -> None:
    sent = outcome_of(an_answer(201, accepted(status="failed", error_code=21610)))

    assert (sent.outcome, sent.error_code, sent.kind, sent.failed_for_good) == (
        Outcome.SENT,
        "21610",
        ErrorClass.OPT_OUT,
        True,
    )


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (201, b""),
        (201, b"<html>"),
        (201, {"status": "accepted"}),
        (201, {"sid": "x"}),
        (201, {"sid": None}),
        (201, [1]),
        (200, b'{"sid": "SM'),
        (500, a_refusal(20500)),
        (500, b"<html>"),
        (502, b""),
        (503, a_refusal(20503)),
    ],
)
def test_answer_that_proves_nothing_leaves_the_outcome_unknown(status: int, body: Any) -> None:
    sent = outcome_of(an_answer(status, body))

    assert (sent.outcome, sent.stop) == (Outcome.UNKNOWN, None)
    assert sent.detail.startswith(f"Twilio answered {status}: ")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (302, b""),
        (307, a_refusal(21211)),
        (400, b"<html>Blocked by policy</html>"),
        (401, b""),
        (403, b"{}"),
        (407, b""),
        (408, a_refusal(21211)),
        (409, a_refusal(21211)),
        (425, a_refusal(21211)),
    ],
)
def test_words_of_something_in_between_stop_the_run(status: int, body: Any) -> None:
    sent = outcome_of(an_answer(status, body))

    assert (sent.outcome, sent.stop) == (Outcome.UNKNOWN, "run")


@pytest.mark.parametrize(
    ("code", "kind", "for_good", "stop"),
    [
        (21610, ErrorClass.OPT_OUT, True, "number"),
        (21211, ErrorClass.BAD_NUMBER, True, "number"),
        (21614, ErrorClass.BAD_NUMBER, True, "number"),
        (21635, ErrorClass.BAD_NUMBER, True, "number"),
        (30007, ErrorClass.CONTENT, True, "number"),
        (21408, ErrorClass.COUNTRY, False, "country"),
        (21606, ErrorClass.ACCOUNT, False, "run"),
        (30034, ErrorClass.ACCOUNT, False, "run"),
        (572002, ErrorClass.ACCOUNT, False, "run"),
        (35118, ErrorClass.ACCOUNT, False, "run"),
        (21617, ErrorClass.BAD_REQUEST, False, None),
        (21602, ErrorClass.BAD_REQUEST, False, None),
        (21611, ErrorClass.LATER, False, "run"),
        (14107, ErrorClass.LATER, False, None),
        (35114, ErrorClass.LATER, False, None),
        (35117, ErrorClass.LATER, False, None),
        (99999, ErrorClass.UNKNOWN, False, None),
    ],
)
def test_refusal_is_classed_by_its_code(
    code: int, kind: ErrorClass, for_good: bool, stop: str | None
) -> None:
    sent = outcome_of(an_answer(400, a_refusal(code)))

    assert sent == Sent(
        Outcome.REJECTED,
        error_code=str(code),
        detail=sent.detail,
        kind=kind,
        failed_for_good=for_good,
        stop=stop,
        at=AT,
    )


@pytest.mark.parametrize("status", [401, 403, 404])
def test_refusal_of_the_account_stops_the_run_whatever_its_code(status: int) -> None:
    sent = outcome_of(an_answer(status, a_refusal(12345)))

    assert (sent.outcome, sent.kind, sent.stop) == (Outcome.REJECTED, ErrorClass.ACCOUNT, "run")


def test_refusal_of_one_country_stops_that_country_alone_whatever_its_status() -> None:
    sent = outcome_of(an_answer(403, a_refusal(21408)))

    assert (sent.outcome, sent.kind, sent.stop) == (Outcome.REJECTED, ErrorClass.COUNTRY, "country")


def test_refusal_is_told_with_meaning_words_and_advice() -> None:
    sent = outcome_of(an_answer(400, a_refusal(21614, "'To' number is not a mobile number.")))

    assert sent.detail == (
        "this is not a mobile number ('To' number is not a mobile number). "
        "Correct the number in NetSuite; until then the customer is written to by e-mail."
    )


def test_unknown_refusal_is_told_in_twilios_words() -> None:
    sent = outcome_of(an_answer(400, a_refusal(98765, "Something\x1b[31m new.")))

    assert sent.detail == (
        "Twilio refused it (Something [31m new). Look it up at https://www.twilio.com/docs/api/errors."
    )


def test_refusal_without_a_code_keeps_its_status() -> None:
    sent = outcome_of(an_answer(400, {"message": "Bad.", "status": 400}))

    assert (sent.outcome, sent.error_code, sent.kind) == (Outcome.REJECTED, "400", ErrorClass.UNKNOWN)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        (a_refusal(21211, "No."), ("21211", "No.")),
        (a_refusal("21211", "No."), ("21211", "No.")),
        (a_refusal("x", "No."), ("", "No.")),
        (
            {"type": "…", "title": "Bad", "status": 400, "code": 20001, "detail": "Wrong."},
            ("20001", "Wrong."),
        ),
        ({"errors": [{"code": 20404, "message": "None."}]}, ("20404", "None.")),
        ({"errors": []}, ("", "")),
        ({"errors": ["x"]}, ("", "")),
        ({}, ("", "")),
    ],
)
def test_error_bodies_of_all_three_shapes_are_read(fields: dict[str, Any], found: tuple[str, str]) -> None:
    assert refusal_in(fields) == found


def test_too_many_requests_are_waited_out_and_then_not_sent() -> None:
    with wire(answer_bytes(429, json.dumps(a_refusal(20429)))) as served:
        sent = a_twilio(served.base_url).send_text("+14155550100", "Hi")

    assert (sent.outcome, sent.detail, served.hits) == (
        Outcome.NOT_SENT,
        "Twilio: too many requests at once.",
        3,
    )


@pytest.mark.parametrize(
    "ending", ["drop", "reset", Cut(b"HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n{")]
)
def test_text_whose_answer_is_lost_leaves_once_and_is_unknown(ending: bytes | str) -> None:
    with wire(ending) as served:
        sent = a_twilio(served.base_url).send_text("+14155550100", "Hi")

    assert (sent.outcome, sent.stop, served.hits) == (Outcome.UNKNOWN, None, 1)
    assert sent.detail.endswith("ended the connection before its answer was complete.")


def test_text_that_is_never_answered_leaves_once_and_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport_module, "READ_S", 0.2)
    with wire("hang") as served:
        sent = a_twilio(served.base_url).send_text("+14155550100", "Hi")

    assert (sent.outcome, served.hits) == (Outcome.UNKNOWN, 1)


def test_text_that_never_left_may_be_sent_again_and_stops_the_run() -> None:
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    sent = a_twilio(f"http://127.0.0.1:{port}").send_text("+14155550100", "Hi")

    assert (sent.outcome, sent.stop) == (Outcome.NOT_SENT, "run")
    assert "the connection was refused" in sent.detail


def test_text_goes_out_as_documented() -> None:
    with wire(answer_bytes(201, json.dumps(accepted()))) as served:
        later = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
        a_twilio(served.base_url, messaging_service_sid="MG" + "1" * 32).send_text(
            "+14155550100", "Grüße & +1\ud800", send_at=later, validity_s=3600
        )

    head, _, form = served.requests[0].decode().partition("\r\n\r\n")
    assert head.startswith(f"POST /2010-04-01/Accounts/AC{'0' * 32}/Messages.json HTTP/1.1")
    assert "Content-Type: application/x-www-form-urlencoded" in head
    assert form.split("&") == [
        "To=%2B14155550100",
        "Body=Gr%C3%BC%C3%9Fe+%26+%2B1%3F",
        f"MessagingServiceSid=MG{'1' * 32}",
        "ScheduleType=fixed",
        "SendAt=2026-03-02T09%3A30%3A00Z",
        "ValidityPeriod=3600",
    ]


def test_secret_stands_in_no_message() -> None:
    with wire(answer_bytes(401, json.dumps(a_refusal(20003, "Authenticate")))) as served:
        sent = a_twilio(served.base_url).send_text("+14155550100", "Hi")

    assert "secret-of-the-key" not in repr(sent)
    assert (sent.kind, sent.stop) == (ErrorClass.ACCOUNT, "run")


EVERY_CODE = """
    21610 21211 21614 21635 21217 30005 30006 21612 63003 63024 63033 63032 20003 20404 20005 90010
    20006 21603 21606 21212 21659 21660 21616 21408 21608 21607 572002 572005 21701 21702 21703 21704
    21705 30002 30032 30034 30033 30035 30024 30018 35118 35111 35114 63007 21602 21617 21604 21605
    21620 21623 21624 21654 21655 21656 21658 30007 30004 63013 30019 30450 30863 30610 30047 30001
    21611 30022 30023 30027 30017 30036 30500 63018 63017 63038 14107 30410 30003 30008 30009 20429
"""


@pytest.mark.parametrize("code", EVERY_CODE.split())
def test_every_code_of_the_facts_has_a_class_and_words(code: str) -> None:
    error = error_of(int(code))

    assert error is ERRORS[code]
    assert error.kind is not ErrorClass.UNKNOWN
    assert error.meaning[0].islower() or error.meaning.startswith("Twilio")
    assert error.advice.endswith(".")


@pytest.mark.parametrize("code", [None, "", "abc", 12, "1" * 100])
def test_code_that_nobody_knows_has_a_class_of_its_own(code: object) -> None:
    assert (error_of(code).kind, error_of(code).for_good) == (ErrorClass.UNKNOWN, False)
