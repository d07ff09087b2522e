"""Lists, look-ups and cancels: against the sandbox's Twilio, and against answers made wrong on purpose."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import responses
from remote_builders import BASE, NOW, a_twilio, twilio_of

from nsquilio.core.model import Outcome
from nsquilio.errors import BadCredentials, Refused, ServiceFailed, Unreachable
from nsquilio.remote.twilio import Canceling, Twilio
from nsquilio.remote.twilio_rows import MessageRow, TranscriptRow, moment_of, page_of
from nsquilio.sandbox import control, outside
from nsquilio.sandbox.server import Server
from nsquilio.sandbox.world import World

TODAY = NOW.date()
ACME = "+14155550100"
MESSAGES = f"{BASE}/2010-04-01/Accounts/AC{'0' * 32}/Messages.json"


def all_messages(twilio: Twilio, *given: Any, **named: Any) -> list[MessageRow]:
    return [row for page in twilio.messages(*given, **named) for row in page.rows]


def sid(number: int) -> str:
    return f"SM{number:032x}"


def test_text_is_sent_and_found_again(twilio: Twilio) -> None:
    sent = twilio.send_text(ACME, "Please pay INV-1042.")

    (row,) = all_messages(twilio, to=ACME)
    assert (sent.outcome, row.sid, row.body, row.direction) == (
        Outcome.SENT,
        sent.sid,
        "Please pay INV-1042.",
        "outbound-api",
    )
    assert (row.created_at, row.is_inbound, row.is_final) == (sent.at, False, False)


def test_status_price_and_segments_are_told_later(world: World, twilio: Twilio) -> None:
    sent = twilio.send_text(ACME, "é" * 200)
    control.advance(world, timedelta(hours=1))

    row = twilio.fetch(sent.sid)

    assert (row.status, row.is_final, row.error_code, row.segments) == ("delivered", True, "", 2)
    assert (row.price, row.price_unit) == (Decimal("0.015"), "USD")
    assert row.sent_at is not None
    assert row.updated_at is not None


def test_scheduled_text_can_be_canceled_twice(world: World, twilio: Twilio) -> None:
    sent = twilio.send_text(ACME, "Later", send_at=world.now() + timedelta(hours=2), validity_s=3600)

    assert sent.outcome is Outcome.SCHEDULED
    assert (twilio.cancel(sent.sid), twilio.cancel(sent.sid)) == (Canceling.CANCELED, Canceling.CANCELED)
    assert twilio.fetch(sent.sid).status == "canceled"


def test_text_that_left_can_be_canceled_no_more(world: World, twilio: Twilio) -> None:
    sent = twilio.send_text(ACME, "Now")
    control.advance(world, timedelta(hours=1))

    assert twilio.cancel(sent.sid) is Canceling.TOO_LATE


def test_cancel_without_an_answer_is_unknown(world: World, server: Server) -> None:
    twilio = twilio_of(world, server.base_url)
    sent = twilio.send_text(ACME, "Later", send_at=world.now() + timedelta(hours=2))
    twilio.close()  # else its open connection outlives the server
    server.stop()

    assert twilio.cancel(sent.sid) is Canceling.UNKNOWN
    twilio.close()


def test_text_that_still_stands_as_scheduled_is_not_canceled() -> None:
    path = MESSAGES.replace(".json", f"/{sid(1)}.json")
    with responses.RequestsMock() as served:
        served.post(path, json={"code": 20500, "message": "x"}, status=400)
        served.get(path, json={"sid": sid(1), "status": "scheduled"})

        assert a_twilio(BASE).cancel(sid(1)) is Canceling.UNKNOWN


def test_inbound_texts_are_listed_by_number(world: World, twilio: Twilio) -> None:
    outside.reply(world, ACME, "+14155550180", "STOP 😀")

    (row,) = all_messages(twilio, TODAY, to="+14155550180")

    assert (row.is_inbound, row.sender, row.to, row.body, row.media) == (
        True,
        ACME,
        "+14155550180",
        "STOP 😀",
        0,
    )


def test_list_goes_over_many_pages(world: World, twilio: Twilio) -> None:
    outside.replies(world, ((f"+1415555{n:04d}", "+14155550180", f"text {n}", NOW) for n in range(2500)))

    pages = list(twilio.messages(TODAY))

    assert [len(page.rows) for page in pages] == [1000, 1000, 500]
    assert len({row.sid for page in pages for row in page.rows}) == 2500


def test_page_that_comes_twice_does_no_harm(world: World, twilio: Twilio) -> None:
    outside.replies(world, ((f"+1415555{n:04d}", "+14155550180", f"text {n}", NOW) for n in range(1500)))
    control.set_fault(world, "duplicate-page")

    assert len({row.sid for row in all_messages(twilio, TODAY)}) == 1500


@pytest.mark.parametrize("fault", ["list-500"])
def test_list_that_fails_for_a_moment_is_read_again(world: World, twilio: Twilio, fault: str) -> None:
    control.set_fault(world, fault)

    assert all_messages(twilio, TODAY) == []


def test_nothing_older_than_twilio_keeps_is_asked_for(world: World, twilio: Twilio) -> None:
    assert all_messages(twilio, date(2020, 1, 1)) == []
    assert "2025-01-27" in world.history()[-1]["query"]


def test_calls_voicemails_and_their_words_are_listed(world: World, twilio: Twilio) -> None:
    outside.call(world, ACME, "+14155550180", voicemail_text="We pay on Friday.")
    control.advance(world, timedelta(hours=10))

    (call,) = [row for page in twilio.calls(TODAY) for row in page.rows]
    (recording,) = [row for page in twilio.recordings(TODAY) for row in page.rows]
    (words,) = [row for page in twilio.transcriptions() for row in page.rows]
    (transcript,) = [row for page in twilio.transcripts(TODAY) for row in page.rows]

    assert (call.is_inbound, call.sender, call.to, call.status) == (True, ACME, "+14155550180", "completed")
    assert call.started_at is not None
    assert (recording.call_sid, recording.source, recording.duration_s > 0) == (call.sid, "RecordVerb", True)
    assert (words.recording_sid, words.status, words.words) == (
        recording.sid,
        "completed",
        "We pay on Friday.",
    )
    assert twilio.transcriptions_of(recording.sid) == [words]
    assert (transcript.recording_sid, transcript.status) == (recording.sid, "completed")
    assert [row for page in twilio.transcripts(recording_sid=recording.sid) for row in page.rows] == [
        transcript
    ]
    assert " ".join(twilio.sentences(transcript.sid)) == "We pay on Friday."


def test_account_is_described(twilio: Twilio, world: World) -> None:
    service = twilio.messaging_service(str(world.setting("twilio.messaging_service_sid")))

    assert set(twilio.numbers()) == {"+14155550180", "+12125550181", "+18885550182"}
    assert (service.name, set(service.numbers)) == ("Accounts receivable", {"+14155550180", "+12125550181"})
    assert twilio.balance() == (Decimal("118.37"), "USD")
    assert abs(twilio.skew or timedelta(days=1)) < timedelta(seconds=2)


@pytest.mark.parametrize(
    ("country", "price"), [("us", Decimal("0.0075")), ("GB", Decimal("0.0524")), ("XX", None)]
)
def test_price_of_a_text_depends_on_the_country(twilio: Twilio, country: str, price: Decimal | None) -> None:
    assert twilio.price_per_segment(country) == price


def price_of(**fields: Any) -> Decimal | None:
    with responses.RequestsMock() as served:
        served.get(f"{BASE}/v1/Messaging/Countries/US", json=fields)
        return a_twilio(BASE).price_per_segment("US")


def carrier(*prices: Any) -> dict[str, Any]:
    return {"prices": [{"current_price": price} for price in prices]}


def test_dearest_carrier_sets_the_price() -> None:
    prices = [carrier("0.0079", "0.0083"), carrier("0.0081", "free", None), {"prices": None}, "x"]

    assert price_of(outbound_sms_prices=prices, price_unit="usd") == Decimal("0.0083")


def test_price_in_another_currency_is_none() -> None:
    assert price_of(outbound_sms_prices=[carrier("1")], price_unit="EUR") is None
    assert price_of(outbound_sms_prices=[], price_unit="USD") is None


def test_balance_that_is_no_amount_is_none() -> None:
    with responses.RequestsMock() as served:
        served.get(MESSAGES.replace("Messages", "Balance"), json={"balance": "hidden"})

        assert a_twilio(BASE).balance() is None


def test_row_that_is_none_is_kept_apart() -> None:
    rows = [{"sid": sid(1)}, {"sid": "x"}, {"body": "\x1b[31m"}, None, "text", {"sid": sid(2)}]
    with responses.RequestsMock() as served:
        served.get(MESSAGES, json={"messages": rows, "next_page_uri": None})
        (page,) = a_twilio(BASE).messages()

    assert [row.sid for row in page.rows] == [sid(1), sid(2)]
    assert page.unreadable == ("{'sid': 'x'}", "{'body': '\\x1b[31m'}", "None", "text")


@pytest.mark.parametrize(
    ("direction", "status", "is_inbound"),
    [
        ("inbound", "received", True),
        ("INBOUND", "", True),
        (None, "received", True),
        ("", "receiving", True),
        (["?"], "Received", True),
        (None, "sent", False),
        ("outbound-api", "delivered", False),
        ("Outbound-Reply", "received", False),
    ],
)
def test_message_that_was_received_is_inbound_when_its_direction_says_nothing(
    direction: object, status: str, is_inbound: bool
) -> None:
    row = {"sid": sid(1), "direction": direction, "status": status}
    with responses.RequestsMock() as served:
        served.get(MESSAGES, json={"messages": [row], "next_page_uri": None})
        (page,) = a_twilio(BASE).messages()

    assert [one.is_inbound for one in page.rows] == [is_inbound]


def test_direction_of_a_call_is_read_whatever_its_case() -> None:
    calls = [{"sid": sid(1), "direction": said} for said in ("Inbound", "outbound-dial", None)]
    with responses.RequestsMock() as served:
        served.get(MESSAGES.replace("Messages", "Calls"), json={"calls": calls, "next_page_uri": None})
        (page,) = a_twilio(BASE).calls(TODAY)

    assert [call.is_inbound for call in page.rows] == [True, False, False]


@pytest.mark.parametrize(
    ("key", "path", "link"),
    [
        ("messages", MESSAGES, {"next_page_uri": 5}),
        ("messages", MESSAGES, {"next_page_uri": False}),
        ("messages", MESSAGES, {"next_page_uri": {}}),
        ("messages", MESSAGES, {"next_page_uri": "https://[x"}),
        ("transcripts", f"{BASE}/v2/Transcripts", {"meta": {"next_page_url": ["x"]}}),
        ("transcripts", f"{BASE}/v2/Transcripts", {"meta": "last"}),
    ],
)
def test_link_to_the_next_page_that_is_none_is_unreadable(key: str, path: str, link: dict) -> None:
    with responses.RequestsMock() as served:
        served.get(path, json={key: [], **link})
        with pytest.raises(Unreachable, match="answered 200 with something unreadable"):
            list(getattr(a_twilio(BASE), key)())


def test_list_that_leads_in_a_circle_is_left() -> None:
    page = {"messages": [{"sid": sid(1)}], "next_page_uri": "/2010-04-01/x.json?PageToken=PA1"}
    with responses.RequestsMock(assert_all_requests_are_fired=False) as served:
        served.get(MESSAGES, json=page)
        served.get(f"{BASE}/2010-04-01/x.json", json=page)
        with pytest.raises(ServiceFailed) as caught:
            all_messages(a_twilio(BASE))

    assert caught.value.message == "Twilio's list of messages leads back to a page that was read before."
    assert "Nothing is lost" in caught.value.next


def _served_pages(
    served: responses.RequestsMock, page: Callable[[int], list[dict]], last: int = 0
) -> list[int]:
    """Each with a link that was never seen before, up to page `last`. Returns what will have been asked for."""
    asked: list[int] = []

    def answer(_request: object) -> tuple[int, dict, str]:
        number = len(asked)
        assert number < 300, "it never ends"
        asked.append(number)
        link = f"{MESSAGES.removeprefix(BASE)}?Page={number + 1}&PageToken=PA{number + 1}"
        body = {"messages": page(number), "next_page_uri": None if number == last - 1 else link}
        return 200, {}, json.dumps(body)

    served.add_callback("GET", MESSAGES, answer)
    return asked


@pytest.mark.parametrize(("length", "most"), [(1, 4), (2, 16), (3, 16), (10, 52)])
def test_circle_of_links_that_are_always_new_is_left(length: int, most: int) -> None:
    with responses.RequestsMock() as served:
        asked = _served_pages(
            served, lambda number: [{"sid": sid(number % length * 2 + n)} for n in range(2)]
        )
        with pytest.raises(ServiceFailed, match="list of messages leads back to a page that was read before"):
            all_messages(a_twilio(BASE))

    assert len(asked) <= most


def test_what_a_circle_brought_before_it_closed_is_given() -> None:
    with responses.RequestsMock() as served:
        _served_pages(served, lambda _number: [{"sid": sid(1)}, {"sid": sid(2)}])
        pages = a_twilio(BASE).messages()

        assert [row.sid for row in next(pages).rows] == [sid(1), sid(2)]
        with pytest.raises(ServiceFailed):
            list(pages)


def test_empty_pages_without_end_are_a_circle_and_some_are_not() -> None:
    with responses.RequestsMock() as served:
        _served_pages(served, lambda _number: [])
        with pytest.raises(ServiceFailed, match="leads back"):
            all_messages(a_twilio(BASE))
    with responses.RequestsMock() as served:
        _served_pages(served, lambda number: [] if number < 9 else [{"sid": sid(1)}], last=10)

        assert [row.sid for row in all_messages(a_twilio(BASE))] == [sid(1)]


def test_new_rows_that_push_others_onto_the_next_page_are_no_circle() -> None:
    with responses.RequestsMock() as served:
        _served_pages(served, lambda number: [{"sid": sid(number * 3 + n)} for n in range(5)], last=40)

        assert len({row.sid for row in all_messages(a_twilio(BASE))}) == 40 * 3 + 2


def test_page_that_comes_once_more_now_and_then_is_no_circle() -> None:
    with responses.RequestsMock() as served:
        _served_pages(served, lambda number: [{"sid": sid(number // 2 * 2 + n)} for n in range(2)], last=60)

        assert len({row.sid for row in all_messages(a_twilio(BASE))}) == 60


def test_link_to_another_host_is_followed_on_our_own() -> None:
    following = "https://evil.example/v2/Transcripts?PageToken=PA1"
    with responses.RequestsMock() as served:
        served.get(f"{BASE}/v2/Transcripts", json={"transcripts": [], "meta": {"next_page_url": following}})
        served.get(
            f"{BASE}/v2/Transcripts?PageToken=PA1", json={"transcripts": [], "meta": {"next_page_url": None}}
        )

        assert list(a_twilio(BASE).transcripts()) == [page_of(TranscriptRow, []), page_of(TranscriptRow, [])]


@pytest.mark.parametrize("body", ["<html>", "[]", '{"messages": null}', ""])
def test_answer_that_is_no_list_is_told(body: str) -> None:
    with responses.RequestsMock() as served:
        served.get(MESSAGES, body=body)
        with pytest.raises(Unreachable, match="answered 200 with something unreadable"):
            all_messages(a_twilio(BASE))


def test_answer_that_is_no_message_is_told() -> None:
    with responses.RequestsMock() as served:
        served.get(MESSAGES.replace(".json", "/SM1.json"), json={"sid": "x"})
        with pytest.raises(Unreachable, match="something unreadable"):
            a_twilio(BASE).fetch("SM1")


def test_service_that_is_down_is_told() -> None:
    with responses.RequestsMock() as served:
        served.get(MESSAGES, body="<html>Bad gateway", status=502)
        with pytest.raises(Unreachable) as caught:
            all_messages(a_twilio(BASE))

    assert (
        caught.value.message
        == "Twilio answered 502 to the request to list messages: a web page: Bad gateway."
    )
    assert caught.value.next == "Nothing to do if it happens once; run again."


def test_wrong_key_is_a_matter_of_the_credentials(world: World, server: Server) -> None:
    world.set_setting("twilio.api_key_secret", "another")
    client = a_twilio(server.base_url)

    with pytest.raises(BadCredentials) as caught:
        all_messages(client)

    client.close()
    assert caught.value.message == "Twilio refused to list messages (20003): Authenticate."
    assert "nsquilio credentials test" in caught.value.next


@pytest.mark.parametrize(
    ("status", "code", "advice"),
    [
        (401, 20003, "Put it right in the Twilio console"),
        (404, 20404, "Put it right in the Twilio console"),
        (400, 20001, "nsquilio doctor"),
    ],
)
def test_right_that_was_not_given_is_told(status: int, code: int, advice: str) -> None:
    with responses.RequestsMock() as served:
        served.get(MESSAGES.replace("Messages", "Calls"), json={"code": code, "message": ""}, status=status)
        with pytest.raises(Refused) as caught:
            list(a_twilio(BASE).calls(TODAY))

    assert (caught.value.status, caught.value.error_code) == (status, str(code))
    assert caught.value.message.startswith(f"Twilio refused to list calls ({code}): ")
    assert advice in caught.value.next


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Thu, 24 Aug 2023 05:01:45 +0000", datetime(2023, 8, 24, 5, 1, 45, tzinfo=UTC)),
        ("Thu, 24 Aug 2023 07:01:45 +0200", datetime(2023, 8, 24, 5, 1, 45, tzinfo=UTC)),
        ("2010-08-31T20:36:28Z", datetime(2010, 8, 31, 20, 36, 28, tzinfo=UTC)),
        ("2010-08-31T20:36:28", datetime(2010, 8, 31, 20, 36, 28, tzinfo=UTC)),
        ("Thu, 31 Feb 2023 05:01:45 +0000", None),
        ("Thu, 24 Aug 2023 25:01:45 +0000", None),
        ("yesterday", None),
        ("2010-99-31", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("Fri, 31 Dec 9999 23:59:59 -1400", None),
        ("0001-01-01T00:00:00Z", None),
        ("Mon, 02 Mar 99999999999999999999 13:00:00 +0000", None),
        ("Mon, 02 Mar 2026 13:00:00 +99999999999", None),
        ("", None),
        (None, None),
        (12, None),
    ],
)
def test_dates_of_both_kinds_are_read(text: object, moment: datetime | None) -> None:
    assert moment_of(text) == moment


def test_odd_fields_of_a_message_are_empty_or_nothing() -> None:
    row = MessageRow(
        {"sid": sid(1), "from": None, "to": 12, "num_segments": "x", "price": "?", "error_message": 3}
    )

    assert (row.sender, row.to, row.segments, row.price, row.error_message) == ("", "12", 0, None, "3")


@pytest.mark.parametrize("channel", [None, "x", {}, {"media_properties": None}, {"media_properties": {}}])
def test_transcript_without_a_recording_has_none(channel: Any) -> None:
    assert TranscriptRow({"sid": sid(1), "channel": channel}).recording_sid == ""
