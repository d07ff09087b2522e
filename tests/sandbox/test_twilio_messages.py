"""The sandbox's messages against facts/twilio.md sections 1 and 2."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from twilio.base.exceptions import TwilioRestException

from nsquilio.sandbox import faults, outside
from nsquilio.sandbox.server import Server
from nsquilio.sandbox.twilio_rules import set_number
from nsquilio.sandbox.world import World
from tests.sandbox.twilio_side import CUSTOMER, NOON, Api, hold_the_clock, official_client

OWN = "+14155550180"


@pytest.fixture
def api(world: World, server: Server, monkeypatch: pytest.MonkeyPatch) -> Api:
    hold_the_clock(world, monkeypatch)
    return Api(server)


def pass_time(world: World, **step: float) -> None:
    world.advance(timedelta(**step))


def refused(api: Api, **form: object) -> tuple[int, int]:
    body = api.send(**form).json()
    return body["status"], body["code"]


# --- create ---


def test_a_message_of_a_service_is_accepted_before_it_has_a_sender(api: Api) -> None:
    response = api.send()
    message = response.json()
    assert response.status_code == 201
    assert {name: message[name] for name in ("status", "from", "num_segments", "date_sent", "price")} == {
        "status": "accepted",
        "from": None,
        "num_segments": "0",
        "date_sent": None,
        "price": None,
    }
    assert message["messaging_service_sid"] == api.keys["messaging_service_sid"]


def test_a_message_of_a_number_is_queued_and_still_names_a_service(api: Api) -> None:
    message = api.send(From=OWN).json()
    assert (message["status"], message["from"], message["num_segments"]) == ("queued", OWN, "1")
    assert message["messaging_service_sid"].startswith("MG")
    assert message["messaging_service_sid"] != api.keys["messaging_service_sid"]


def test_status_moves_with_the_worlds_time(api: Api, world: World) -> None:
    sid = api.send().json()["sid"]
    seen = []
    for _ in range(8):
        seen.append(api.message(sid)["status"])
        pass_time(world, seconds=1)
    assert seen == ["accepted", "queued", "sending", "sent", "sent", "sent", "sent", "delivered"]
    message = api.message(sid)
    assert (message["price"], message["price_unit"], message["num_segments"]) == ("-0.00750", "USD", "1")
    assert message["date_sent"] == "Mon, 02 Mar 2026 12:00:03 +0000"
    assert message["error_code"] is None


def test_messages_leave_one_segment_a_second_per_number(api: Api, world: World) -> None:
    sids = [api.send(From=OWN, Body="a" * 161).json()["sid"] for _ in range(3)]
    pass_time(world, seconds=3.5)
    assert [api.message(sid)["status"] for sid in sids] == ["sent", "sending", "queued"]


def test_a_service_uses_the_same_sender_for_the_same_recipient(api: Api, world: World) -> None:
    for _ in range(3):
        api.send()
    pass_time(world, minutes=1)
    senders = {message["from"] for message in api.messages(To=CUSTOMER)}
    assert len(senders) == 1


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"To": ""}, (400, 21604)),
        ({"To": "4155550123"}, (400, 21211)),
        ({"To": " 14155550123"}, (400, 21211)),
        ({"To": "+1415555012"}, (400, 21211)),
        ({"To": "whatsapp:+14155550123"}, (400, 63007)),
        ({"Body": None}, (400, 21602)),
        ({"Body": ""}, (400, 21602)),
        ({"Body": "a" * 1601}, (400, 21617)),
        ({"MessagingServiceSid": None}, (400, 21603)),
        ({"MessagingServiceSid": "MG" + "0" * 32}, (404, 21701)),
        ({"From": "+14155550199", "MessagingServiceSid": None}, (400, 21606)),
        ({"From": "not a number!", "MessagingServiceSid": None}, (400, 21212)),
        ({"From": OWN, "To": OWN}, (400, 21266)),
        ({"MediaUrl": ["https://x.example/a.png"] * 11}, (400, 21623)),
        ({"MediaUrl": "ftp://x.example/a.png"}, (400, 21620)),
        ({"ContentSid": "HX" + "0" * 32}, (404, 21655)),
        ({"ContentVariables": "{}"}, (400, 21654)),
        ({"ContentSid": "HX" + "0" * 32, "ContentVariables": "{"}, (400, 21656)),
        ({"ScheduleType": "fixed"}, (400, 35111)),
        ({"ScheduleType": "fixed", "SendAt": "2026-03-02T12:04:59Z"}, (400, 35114)),
        ({"ScheduleType": "fixed", "SendAt": "2026-03-02 13:00"}, (400, 35114)),
        ({"ScheduleType": "fixed", "SendAt": "2026-04-06T12:05:00Z"}, (400, 35117)),
        ({"ScheduleType": "fixed", "SendAt": "2026-03-02T13:00:00Z", "From": OWN}, (400, 35118)),
    ],
)
def test_a_form_that_is_wrong_by_itself_is_refused(
    api: Api, form: dict[str, object], expected: tuple[int, int]
) -> None:
    assert refused(api, **form) == expected


@pytest.mark.parametrize("period", ["0", "36001", "soon"])
def test_a_validity_period_outside_its_range_is_refused(api: Api, period: str) -> None:
    body = api.send(checked=False, ValidityPeriod=period).json()
    assert (body["status"], body["code"]) == (400, 21624)


def test_a_service_id_of_the_wrong_form_is_refused(api: Api) -> None:
    body = api.send(checked=False, MessagingServiceSid="MG1").json()
    assert (body["status"], body["code"]) == (400, 21705)


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        ("landline", (400, 21614)),
        ("invalid", (400, 21211)),
        ("no-route", (400, 21612)),
        ("no-permission", (403, 21408)),
        ("blocked", (400, 21610)),
        ("refuse:21635", (400, 21635)),
    ],
)
def test_a_number_that_is_refused_at_once(
    api: Api, world: World, behaviour: str, expected: tuple[int, int]
) -> None:
    set_number(world, CUSTOMER, behaviour)
    assert refused(api) == expected
    assert api.messages(To=CUSTOMER) == []


@pytest.mark.parametrize(
    ("behaviour", "status", "code", "left"),
    [
        ("landline-later", "undelivered", 30006, True),
        ("unreachable", "undelivered", 30003, True),
        ("unknown", "undelivered", 30005, True),
        ("filtered", "undelivered", 30007, True),
        ("carrier-blocked", "undelivered", 30004, True),
        ("error:30034", "undelivered", 30034, True),
        ("error:30001", "failed", 30001, False),
        ("error:21610", "failed", 21610, False),
        ("no-receipt", "sent", None, True),
        ("mobile", "delivered", None, True),
    ],
)
def test_a_number_that_fails_later(
    api: Api, world: World, behaviour: str, status: str, code: int | None, left: bool
) -> None:
    set_number(world, "+1415*", "filtered")
    set_number(world, CUSTOMER, behaviour)
    sid = api.send().json()["sid"]
    pass_time(world, minutes=1)
    message = api.message(sid)
    assert (message["status"], message["error_code"]) == (status, code)
    assert (message["error_message"] is not None) == (code is not None)
    assert (message["date_sent"] is not None, message["price"] is not None) == (left, left)


def test_some_refusals_come_later_with_a_service(api: Api, world: World) -> None:
    world.set_setting("twilio.later_codes", [21614])
    set_number(world, CUSTOMER, "landline")
    sid = api.send().json()["sid"]
    pass_time(world, minutes=1)
    assert (api.message(sid)["status"], api.message(sid)["error_code"]) == ("failed", 21614)
    assert refused(api, From=OWN) == (400, 21614)


def test_a_full_queue_is_refused_with_a_number_and_fails_with_a_service(api: Api, world: World) -> None:
    with world.change() as db:
        db.execute("UPDATE twilio_number SET free_at = ?", (NOON.timestamp() + 36_100,))
    assert refused(api, From=OWN) == (400, 21611)
    sid = api.send().json()["sid"]
    pass_time(world, hours=11)
    assert (api.message(sid)["status"], api.message(sid)["error_code"]) == ("failed", 30001)


def test_a_clock_put_back_leaves_no_queue_behind(api: Api, world: World) -> None:
    sid = api.send(From=OWN).json()["sid"]
    world.set_clock(NOON - timedelta(days=30))
    assert api.message(sid)["status"] == "accepted"
    assert api.send(From=OWN).status_code == 201


def test_a_message_that_waits_longer_than_its_validity_fails(api: Api, world: World) -> None:
    for _ in range(10):
        api.send(From=OWN)
    sid = api.send(From=OWN, ValidityPeriod="5").json()["sid"]
    pass_time(world, minutes=1)
    message = api.message(sid)
    assert (message["status"], message["error_code"], message["date_sent"]) == ("failed", 30036, None)


def test_a_trial_account_writes_to_verified_numbers_with_a_prefix(api: Api, world: World) -> None:
    world.set_setting("twilio.trial", True)
    assert refused(api) == (400, 21608)
    world.set_setting("twilio.verified", [CUSTOMER])
    assert api.send(Body="Hello").json()["body"] == "Sent from your Twilio trial account - Hello"


def test_a_service_may_change_the_body(api: Api, world: World) -> None:
    world.set_setting("twilio.smart_encoding", True)
    world.set_setting("twilio.link_domain", "go.example.com")
    body = api.send(Body="It\u2019s due: https://pay.example.com/1042?x=1 today").json()["body"]
    assert body.startswith("It's due: https://go.example.com/")
    assert body.endswith(" today") and "pay.example.com" not in body


def test_a_message_with_media_is_an_mms(api: Api) -> None:
    message = api.send(Body=None, MediaUrl=["https://x.example/a.png", "https://x.example/b.png"]).json()
    assert (message["sid"][:2], message["num_media"]) == ("MM", "2")


def test_a_message_accepted_before_a_500_stands_in_the_list_once(api: Api, world: World) -> None:
    faults.order(world, "500-after-accept")
    response = api.send()
    assert (response.status_code, response.json()["code"]) == (500, 20500)
    assert [message["body"] for message in api.messages(To=CUSTOMER)] == ["Invoice INV-1042 is due"]


def test_many_at_once_are_each_stored_once(api: Api, server: Server) -> None:
    def send(number: int) -> str:
        sid: str = Api(server).send(Body=f"number {number}").json()["sid"]
        return sid

    with ThreadPoolExecutor(8) as pool:
        sids = list(pool.map(send, range(40)))
    assert sorted(message["sid"] for message in api.messages(PageSize=7)) == sorted(sids)


# --- schedule, cancel, redact, delete ---


def test_a_scheduled_message_leaves_at_its_time(api: Api, world: World) -> None:
    message = api.send(ScheduleType="fixed", SendAt="2026-03-02T13:00:00Z").json()
    assert (message["status"], message["date_sent"], message["from"]) == ("scheduled", None, None)
    pass_time(world, minutes=59)
    assert api.message(message["sid"])["status"] == "scheduled"
    pass_time(world, days=3)
    after = api.message(message["sid"])
    assert (after["status"], after["date_sent"]) == ("delivered", "Mon, 02 Mar 2026 13:00:03 +0000")


def test_send_at_without_schedule_type_is_ignored(api: Api) -> None:
    assert api.send(SendAt="2026-03-02T13:00:00Z").json()["status"] == "accepted"


def test_a_scheduled_message_can_be_canceled_once(api: Api, world: World) -> None:
    sid = api.send(ScheduleType="fixed", SendAt="2026-03-02T13:00:00Z").json()["sid"]
    path = f"{api.account}/Messages/{sid}.json"
    assert api.post(path, Status="canceled").json()["status"] == "canceled"
    again = api.post(path, Status="canceled")
    assert (again.status_code, again.json()["code"]) == (409, 30409)
    pass_time(world, days=1)
    assert api.message(sid)["status"] == "canceled"


def test_what_has_left_or_is_about_to_cannot_be_canceled(api: Api, world: World) -> None:
    world.set_setting("twilio.cancel_cutoff_s", 300)
    sid = api.send(ScheduleType="fixed", SendAt="2026-03-02T13:00:00Z").json()["sid"]
    pass_time(world, minutes=56)
    for other in (sid, api.send().json()["sid"]):
        response = api.post(f"{api.account}/Messages/{other}.json", Status="canceled")
        assert response.json()["code"] == 30409


def test_only_a_finished_message_can_be_redacted_or_deleted(api: Api, world: World) -> None:
    sid = api.send().json()["sid"]
    path = f"{api.account}/Messages/{sid}.json"
    assert api.post(path, Body="").json()["code"] == 20009
    assert api.delete(path).json()["code"] == 20009
    pass_time(world, minutes=1)
    assert api.post(path, Body="").json()["body"] == ""
    assert api.delete(path).status_code == 204
    assert api.get(path).json()["code"] == 20404
    assert api.messages() == []


def test_a_body_cannot_be_rewritten(api: Api, world: World) -> None:
    sid = api.send().json()["sid"]
    pass_time(world, minutes=1)
    response = api.post(f"{api.account}/Messages/{sid}.json", Body="Something else")
    assert response.status_code == 400
    assert api.message(sid)["body"] == "Invoice INV-1042 is due"


# --- list ---


def test_pages_are_stable_while_messages_arrive(api: Api, world: World) -> None:
    sids = [outside.reply(world, CUSTOMER, OWN, f"reply {number}") for number in range(7)]
    first = api.get(f"{api.account}/Messages.json", PageSize=3).json()
    outside.reply(world, CUSTOMER, OWN, "arrives between two pages")
    second = api.session.get(api.base_url + first["next_page_uri"]).json()
    third = api.session.get(api.base_url + second["next_page_uri"]).json()
    back = api.session.get(api.base_url + third["previous_page_uri"]).json()
    listed = [message["sid"] for page in (first, second, third) for message in page["messages"]]
    assert listed == sids[::-1]
    assert [message["sid"] for message in back["messages"]] == listed[3:6]
    assert [page["page"] for page in (first, second, third)] == [0, 1, 2]
    assert (second["start"], second["end"], third["next_page_uri"]) == (3, 5, None)
    assert f"PageToken=PA{sids[4]}" in first["next_page_uri"]


def test_filters_are_kept_on_the_next_page(api: Api, world: World) -> None:
    for number in range(4):
        outside.reply(world, f"+1415555010{number}", OWN, "hello")
    page = api.get(f"{api.account}/Messages.json", To=OWN, DateSent_after="2026-03-01", PageSize=2).json()
    start = (
        f"{api.account}/Messages.json?To=%2B14155550180&DateSent%3E=2026-03-01&PageSize=2&Page=1&PageToken=PA"
    )
    assert page["next_page_uri"].startswith(start)


def test_date_filters_look_at_days_and_include_both_ends(api: Api, world: World) -> None:
    for day in (1, 2, 3):
        at = NOON.replace(day=day)
        outside.replies(world, [(CUSTOMER, OWN, f"on day {day}", at)])
    world.set_clock(NOON.replace(day=4))

    def bodies(**query: str) -> list[str]:
        return [message["body"][-1] for message in api.messages(**query)]

    assert bodies(DateSent_after="2026-03-02") == ["3", "2"]
    assert bodies(DateSent_after="2026-03-02T23:59:59Z") == ["3", "2"]
    assert bodies(DateSent_before="2026-03-02") == ["2", "1"]
    assert bodies(DateSent="2026-03-02") == ["2"]
    assert bodies(DateSent="03/02/2026 22:05:25 MST") == ["2"]
    assert bodies(DateSent="Mon, 02 Mar 2026 22:04:00 -0000") == ["2"]
    assert bodies(DateSent_after="2026-03") == ["3", "2", "1"]


def test_a_date_filter_drops_what_has_no_date(api: Api) -> None:
    api.send()
    api.send(ScheduleType="fixed", SendAt="2026-03-02T13:00:00Z")
    assert [message["status"] for message in api.messages()] == ["scheduled", "accepted"]
    assert api.messages(DateSent_after="2026-01-01") == []


def test_numbers_filter_and_unknown_names_do_not(api: Api, world: World) -> None:
    outside.reply(world, CUSTOMER, OWN, "one")
    outside.reply(world, "+14155550124", "+12125550181", "two")
    assert [message["body"] for message in api.messages(From=CUSTOMER)] == ["one"]
    assert [message["body"] for message in api.messages(To="+12125550181")] == ["two"]
    everything = api.get(f"{api.account}/Messages.json", checked=False, Direction="outbound-api", Status="x")
    assert len(everything.json()["messages"]) == 2


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("DateSent_after", "2025-01-25", 20004),
        ("DateSent_after", "yesterday", 20001),
        ("DateSent", ">=2026-01-01", 20001),
        ("PageToken", "PAnonsense", 20001),
    ],
)
def test_lists_that_are_refused(api: Api, name: str, value: str, code: int) -> None:
    response = api.get(f"{api.account}/Messages.json", **{name: value})
    assert (response.status_code, response.json()["code"]) == (400, code)


def test_399_days_back_are_still_there(api: Api) -> None:
    start = (NOON - timedelta(days=399)).date().isoformat()
    assert api.get(f"{api.account}/Messages.json", DateSent_after=start).status_code == 200


def test_a_page_holds_at_most_a_thousand(api: Api) -> None:
    page = api.get(f"{api.account}/Messages.json", checked=False, PageSize=5000).json()
    assert page["page_size"] == 1000


def test_a_lagging_list_misses_the_newest(api: Api, world: World) -> None:
    outside.reply(world, CUSTOMER, OWN, "old")
    pass_time(world, minutes=20)
    outside.reply(world, CUSTOMER, OWN, "new")
    faults.order(world, "list-lag")
    assert [message["body"] for message in api.messages()] == ["old"]
    assert [message["body"] for message in api.messages()] == ["new", "old"]


def test_a_page_may_come_twice(api: Api, world: World) -> None:
    for number in range(4):
        outside.reply(world, CUSTOMER, OWN, str(number))
    faults.order(world, "duplicate-page")
    assert [message["body"] for message in api.messages(PageSize=2)] == ["3", "2", "3", "2", "1", "0"]


def test_media_of_a_reply_can_be_fetched(api: Api, world: World) -> None:
    sid = outside.reply(world, CUSTOMER, OWN, "paid, see picture", [("image/png", b"\x89PNG")])
    media = api.get(f"{api.account}/Messages/{sid}/Media.json").json()["media_list"]
    assert (sid[:2], api.message(sid)["num_media"], media[0]["content_type"]) == ("MM", "1", "image/png")
    content = api.session.get(api.base_url + media[0]["uri"].removesuffix(".json"))
    assert (content.content, content.headers["Content-Type"]) == (b"\x89PNG", "image/png")


# --- the official library ---


def test_the_official_library_sends_lists_schedules_and_cancels(
    api: Api, server: Server, world: World
) -> None:
    client, service = official_client(server), api.keys["messaging_service_sid"]
    for number in range(5):
        client.messages.create(to=CUSTOMER, messaging_service_sid=service, body=f"number {number}")
    later = client.messages.create(
        to=CUSTOMER,
        messaging_service_sid=service,
        body="later",
        schedule_type="fixed",
        send_at=NOON + timedelta(hours=1),
    )
    pass_time(world, minutes=1)
    listed = client.messages.list(to=CUSTOMER, date_sent_after=NOON.date(), page_size=2)
    assert [message.body for message in listed] == [f"number {number}" for number in (4, 3, 2, 1, 0)]
    assert {message.status for message in listed} == {"delivered"}
    assert later.status == "scheduled"
    assert client.messages(later.sid).update(status="canceled").status == "canceled"
    with pytest.raises(TwilioRestException) as error:
        client.messages(later.sid).update(status="canceled")
    assert error.value.code == 30409
