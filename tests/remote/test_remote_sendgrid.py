from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

import pytest
import responses
from remote_builders import BASE, DATE, NOW, Cut, answer_bytes, clock, no_pause, wire

from nsquilio.core.model import Channel, Message, Outcome
from nsquilio.errors import BadCredentials, Refused, ServiceFailed, Unreachable
from nsquilio.remote.sendgrid import SUPPRESSIONS, MailLog, SendGrid, Suppression
from nsquilio.remote.twilio_errors import ErrorClass
from nsquilio.remote.twilio_sending import Sent
from nsquilio.sandbox import control, outside
from nsquilio.sandbox.sendgrid_events import suppress
from nsquilio.sandbox.world import World

SEND = f"{BASE}/v3/mail/send"


def a_mail(**changes: Any) -> Message:
    known: dict[str, Any] = {
        "key": "1042:late-7:preferred",
        "channel": Channel.EMAIL,
        "to": "ap@acme.example, billing@acme.example",
        "subject": "Invoice INV-1042",
        "body": "Please pay.",
        "html": "<p>Please pay.</p>",
        "customer_id": "88",
        "customer": "Acme Corp",
        "step": "late-7",
        "reminders": (),
        "local_day": date(2026, 3, 2),
    }
    return Message(**{**known, **changes})


def a_sendgrid(base_url: str = BASE, **given: Any) -> SendGrid:
    return SendGrid(base_url, "SG.key", clock, from_email="ar@example.com", http=no_pause(), **given)


def outcome(**answer: Any) -> Sent:
    with responses.RequestsMock() as served:
        served.post(SEND, **{"headers": {"Date": DATE}, **answer})
        return a_sendgrid().send_mail(a_mail())


def test_mail_goes_to_all_addresses_with_its_key(world: World, sendgrid: SendGrid) -> None:
    sent = sendgrid.send_mail(a_mail())

    mails = outside.outbox(world)
    assert (sent.outcome, sent.status) == (Outcome.SENT, "accepted")
    assert {mail.to for mail in mails} == {"ap@acme.example", "billing@acme.example"}
    assert {(mail.subject, mail.custom_args["nsq_key"]) for mail in mails} == {
        ("Invoice INV-1042", "1042:late-7:preferred")
    }
    assert all(mail.sid.startswith(sent.sid) for mail in mails)


def test_mail_goes_out_as_documented() -> None:
    with responses.RequestsMock() as served:
        served.post(SEND, status=202, headers={"X-Message-Id": "m1"})
        a_sendgrid(from_name="Example AR", reply_to="replies@example.com").send_mail(a_mail())
        request = served.calls[0].request

    assert request.headers["Authorization"] == "Bearer SG.key"
    assert json.loads(request.body or b"") == {
        "personalizations": [
            {
                "to": [{"email": "ap@acme.example"}, {"email": "billing@acme.example"}],
                "custom_args": {"nsq_key": "1042:late-7:preferred"},
            }
        ],
        "from": {"email": "ar@example.com", "name": "Example AR"},
        "reply_to": {"email": "replies@example.com"},
        "subject": "Invoice INV-1042",
        "content": [
            {"type": "text/plain", "value": "Please pay."},
            {"type": "text/html", "value": "<p>Please pay.</p>"},
        ],
    }


def test_plain_mail_has_no_empty_parts() -> None:
    with responses.RequestsMock() as served:
        served.post(SEND, status=202, headers={"X-Message-Id": "m1"})
        a_sendgrid().send_mail(a_mail(html=None, subject=None, body=""))
        body = json.loads(served.calls[0].request.body or b"")

    assert body["content"] == [{"type": "text/plain", "value": " "}]
    assert (body["from"], body["subject"], "reply_to" in body) == ({"email": "ar@example.com"}, "", False)


def test_refused_mail_is_told_in_sendgrids_words() -> None:
    body = {
        "errors": [{"message": "Does not contain a valid address.", "field": "personalizations.0.to.0.email"}]
    }

    assert outcome(status=400, json=body) == Sent(
        Outcome.REJECTED,
        error_code="400",
        detail="SendGrid refused it (Does not contain a valid address at personalizations.0.to.0.email).",
        kind=ErrorClass.BAD_REQUEST,
        at=NOW,
    )


@pytest.mark.parametrize("status", [401, 403])
def test_refused_key_or_sender_stops_the_run(status: int) -> None:
    sent = outcome(status=status, json={"errors": [{"message": "access forbidden", "field": None}]})

    assert (sent.outcome, sent.kind, sent.stop) == (Outcome.REJECTED, ErrorClass.ACCOUNT, "run")
    assert sent.detail == (
        "SendGrid refused it (access forbidden). "
        "Check the key, its scope mail.send and the sender's verification in SendGrid."
    )


@pytest.mark.parametrize(
    ("answer", "stop"),
    [
        ({"status": 200}, None),
        ({"status": 500, "json": {"errors": [{"message": "x"}]}}, None),
        ({"status": 503, "body": "<html>"}, None),
        ({"status": 302}, "run"),
        ({"status": 408, "json": {"errors": [{"message": "x"}]}}, "run"),
        ({"status": 400, "json": {"errors": []}}, "run"),
        ({"status": 400, "json": {"errors": ["x"]}}, "run"),
    ],
)
def test_answer_that_proves_nothing_leaves_the_outcome_unknown(
    answer: dict[str, Any], stop: str | None
) -> None:
    sent = outcome(**answer)

    assert (sent.outcome, sent.stop) == (Outcome.UNKNOWN, stop)
    assert sent.detail.startswith(f"SendGrid answered {answer['status']}: ")


def test_mail_that_was_taken_over_without_an_id_is_sent_under_one_of_its_own() -> None:
    sent = outcome(status=202)

    assert (sent.outcome, sent.status) == (Outcome.SENT, "accepted")
    assert re.fullmatch("mail-[0-9a-f]{32}", sent.sid)
    assert sent.sid == outcome(status=202).sid


def test_page_of_the_gateway_about_a_mail_too_large_refuses_that_mail_only() -> None:
    sent = outcome(status=413, body="<html>nginx")

    assert (sent.outcome, sent.error_code, sent.stop) == (Outcome.REJECTED, "413", None)
    assert sent.detail == "SendGrid refused it (the mail is too large)."


@pytest.mark.parametrize("ending", ["drop", "reset", Cut(answer_bytes(202, "x")[:-1])])
def test_mail_whose_answer_is_lost_leaves_once_and_is_unknown(ending: bytes | str) -> None:
    with wire(ending) as served:
        sent = a_sendgrid(served.base_url).send_mail(a_mail())

    assert (sent.outcome, served.hits) == (Outcome.UNKNOWN, 1)


def test_too_many_requests_are_waited_out_and_then_not_sent() -> None:
    with wire(answer_bytes(429, '{"errors": [{"message": "too many requests"}]}')) as served:
        sent = a_sendgrid(served.base_url).send_mail(a_mail())

    assert (sent.outcome, sent.detail, served.hits) == (
        Outcome.NOT_SENT,
        "SendGrid: too many requests at once.",
        3,
    )


@pytest.mark.parametrize("kind", SUPPRESSIONS)
def test_addresses_given_up_since_a_moment_are_listed(world: World, sendgrid: SendGrid, kind: str) -> None:
    suppress(world, kind, "old@x.example", "no", (NOW - timedelta(days=9)).timestamp())
    suppress(world, kind, "new@x.example", "no", (NOW - timedelta(days=1)).timestamp())

    (page,) = sendgrid.suppressions(kind, NOW - timedelta(days=3))

    reason = "" if kind in ("unsubscribes", "spam_reports") else "no"
    assert page == [Suppression(kind, "new@x.example", reason, NOW - timedelta(days=1))]


@pytest.mark.parametrize(
    "answer", [{"json": {"errors": [{"message": "not found"}]}}, {"body": "no such page"}]
)
def test_list_that_the_account_does_not_have_is_empty(answer: dict[str, Any]) -> None:
    with responses.RequestsMock() as served:
        served.get(f"{BASE}/v3/suppression/blocks", status=404, **answer)
        served.get(f"{BASE}/v3/asm/suppressions", status=404, **answer)

        assert list(a_sendgrid().suppressions("blocks", NOW)) == [[]]
        assert list(a_sendgrid().unsubscribed_addresses()) == [[]]


@pytest.mark.parametrize("status", [403, 404, 405])
def test_logs_that_are_not_there_are_refused_whatever_the_words(status: int) -> None:
    with responses.RequestsMock() as served:
        served.post(f"{BASE}/v3/logs", status=status, body="<html>nothing here</html>")
        with pytest.raises(Refused) as caught:
            a_sendgrid().logs(to="a@x.example")

    assert caught.value.status == status
    assert caught.value.message == f"SendGrid refused to search the mail logs ({status}): no reason given."


def test_suppressions_go_over_many_pages(world: World, sendgrid: SendGrid) -> None:
    for number in range(501):
        suppress(world, "bounces", f"a{number}@x.example")

    pages = list(sendgrid.suppressions("bounces", NOW - timedelta(days=1)))

    assert [len(page) for page in pages] == [500, 1]


def test_list_of_sendgrid_that_ignores_the_offset_is_left() -> None:
    rows = [{"email": f"a{number}@x.example", "created": 1772400000} for number in range(500)]
    with responses.RequestsMock() as served:
        served.get(f"{BASE}/v3/suppression/spam_reports", json=rows)
        pages = a_sendgrid().suppressions("spam_reports", NOW)
        assert len(next(pages)) == 500
        with pytest.raises(ServiceFailed) as caught:
            list(islice(pages, 5))
    assert caught.value.message == (
        "SendGrid's list of spam reports leads back to a page that was read before."
    )


def test_row_without_an_address_is_left_out() -> None:
    rows = [{"email": "a@x.example", "created": "soon"}, {"created": 1}, "x"]
    with responses.RequestsMock() as served:
        served.get(f"{BASE}/v3/suppression/bounces", json=rows)

        assert list(a_sendgrid().suppressions("bounces", NOW)) == [
            [Suppression("bounces", "a@x.example", "", None)]
        ]


def test_addresses_that_left_a_group_are_listed() -> None:
    with responses.RequestsMock() as served:
        served.get(f"{BASE}/v3/asm/suppressions", json=[{"email": "a@x.example", "group_id": 1}, {}])

        assert list(a_sendgrid().unsubscribed_addresses()) == [["a@x.example"]]


def test_mail_of_unknown_outcome_is_found_by_address_subject_and_key(
    world: World, sendgrid: SendGrid
) -> None:
    sent = sendgrid.send_mail(a_mail(to="o'neil@acme.example", subject="It's due"))
    control.advance(world, timedelta(minutes=30))

    (log,) = sendgrid.logs(to="o'neil@acme.example", subject="It's due", since=NOW - timedelta(hours=1))

    assert log == MailLog(log.message_id, "o'neil@acme.example", "It's due", "delivered", log.reason, log.at)
    assert log.message_id.startswith(sent.sid)
    assert log.at is not None
    assert sendgrid.key_of(log.message_id) == "1042:late-7:preferred"
    assert sendgrid.logs(to="nobody@acme.example") == []


def test_mail_that_is_none_of_ours_has_no_key() -> None:
    with responses.RequestsMock() as served:
        served.get(f"{BASE}/v3/logs/m1", json={"custom_args": None})

        assert a_sendgrid().key_of("m1") == ""


def test_plan_without_logs_is_told(world: World, sendgrid: SendGrid) -> None:
    world.set_setting("sendgrid.logs", False)

    with pytest.raises(Refused) as caught:
        sendgrid.logs(to="a@x.example")

    assert (caught.value.status, caught.value.message) == (
        403,
        "SendGrid refused to search the mail logs (403): access forbidden.",
    )
    assert "scopes" in caught.value.next


def test_scopes_of_the_key_are_told(sendgrid: SendGrid) -> None:
    assert "mail.send" in sendgrid.scopes()


def test_scopes_that_are_no_list_are_none() -> None:
    with responses.RequestsMock() as served:
        served.get(f"{BASE}/v3/scopes", json={"scopes": None})

        assert a_sendgrid().scopes() == frozenset()


def test_wrong_key_is_a_matter_of_the_credentials() -> None:
    refusal = {"errors": [{"message": "authorization required", "field": None}]}
    with responses.RequestsMock() as served:
        served.get(f"{BASE}/v3/scopes", json=refusal, status=401)
        with pytest.raises(BadCredentials) as caught:
            a_sendgrid().scopes()

    assert caught.value.message == "SendGrid refused to list the key's scopes: authorization required."
    assert caught.value.next == "Store a valid key as sendgrid.api_key."


@pytest.mark.parametrize(
    ("method", "path", "ask", "status"),
    [
        ("GET", "/v3/suppression/bounces", lambda client: list(client.suppressions("bounces", NOW)), 200),
        ("GET", "/v3/suppression/bounces", lambda client: list(client.suppressions("bounces", NOW)), 502),
        ("POST", "/v3/logs", lambda client: client.logs(), 200),
        ("POST", "/v3/logs", lambda client: client.logs(), 502),
        ("GET", "/v3/scopes", lambda client: client.scopes(), 502),
    ],
)
def test_answer_that_is_none_of_sendgrids_is_told(method: str, path: str, ask: Any, status: int) -> None:
    with responses.RequestsMock() as served:
        served.add(method, f"{BASE}{path}", body="<html>", status=status)
        with pytest.raises(Unreachable, match=f"answered {status} with something unreadable: a web page"):
            ask(a_sendgrid())


def test_clock_of_sendgrid_is_compared() -> None:
    with responses.RequestsMock() as served:
        served.get(f"{BASE}/v3/scopes", json={}, headers={"Date": "Mon, 02 Mar 2026 14:01:00 GMT"})
        client = a_sendgrid()
        client.scopes()

    assert client.skew == timedelta(minutes=1)
    assert datetime(2026, 3, 2, 14, tzinfo=UTC) == NOW
