"""The sandbox's Twilio account: who gets in, what it owns and costs (facts/twilio.md sections 0 and 1)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import requests

from nsquilio.sandbox import outside
from nsquilio.sandbox.server import Server, create_tables
from nsquilio.sandbox.twilio_access import credentials, open_account
from nsquilio.sandbox.world import World
from tests.sandbox.twilio_side import CUSTOMER, Api, official_client


@pytest.fixture
def api(server: Server) -> Api:
    return Api(server)


def main_login(api: Api) -> tuple[str, str]:
    return api.keys["account_sid"], api.keys["twilio.auth_token"]


def said(response: requests.Response) -> tuple[int, int]:
    return response.status_code, response.json()["code"]


def test_the_api_key_and_the_auth_token_both_work(api: Api) -> None:
    assert api.get(f"{api.account}/Messages.json", PageSize=1).status_code == 200
    api.session.auth = main_login(api)
    assert api.get(f"{api.account}/Messages.json", PageSize=1).status_code == 200


@pytest.mark.parametrize("login", [("AC", "x"), ("", ""), ("SK" + "0" * 32, "secret"), None])
def test_wrong_credentials_are_refused(api: Api, login: tuple[str, str] | None) -> None:
    api.session.auth = login
    response = api.get(f"{api.account}/Messages.json")
    assert said(response) == (401, 20003)
    assert response.headers["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize("header", ["Bearer x", "Basic %%%", "Basic /w=="])
def test_a_header_that_is_no_login_is_refused(api: Api, header: str) -> None:
    api.session.auth = None
    api.session.headers["Authorization"] = header
    assert said(api.get(f"{api.account}/Messages.json")) == (401, 20003)


def test_the_secret_of_another_login_is_refused(api: Api) -> None:
    api.session.auth = (api.keys["twilio.api_key_sid"], api.keys["twilio.auth_token"])
    assert said(api.get(f"{api.account}/Messages.json")) == (401, 20003)


def test_the_api_key_in_the_path_is_an_error_of_its_own(api: Api) -> None:
    path = f"/2010-04-01/Accounts/{api.keys['twilio.api_key_sid']}/Messages.json"
    assert said(api.get(path)) == (400, 21470)


def test_another_account_is_not_found(api: Api) -> None:
    assert said(api.get(f"/2010-04-01/Accounts/AC{'0' * 32}/Messages.json")) == (404, 20404)


def test_a_standard_key_may_not_read_the_account_or_its_keys(api: Api, world: World) -> None:
    for path in (f"{api.account}.json", f"{api.account}/Keys.json"):
        assert said(api.get(path, checked=False)) == (401, 20003)
    world.set_setting("twilio.key_kind", "main")
    assert api.get(f"{api.account}.json").json()["status"] == "active"
    assert api.get(f"{api.account}/Keys.json", checked=False).json()["keys"]


def test_a_restricted_key_is_refused_where_it_has_no_right(api: Api, world: World) -> None:
    world.set_setting("twilio.denied", ["/Recordings", "/v2/"])
    assert said(api.get(f"{api.account}/Recordings.json")) == (403, 20003)
    assert said(api.get("/v2/Transcripts")) == (403, 20003)
    assert api.get(f"{api.account}/Calls.json").status_code == 200


def test_a_suspended_account_is_refused(api: Api, world: World) -> None:
    world.set_setting("twilio.account_status", "suspended")
    assert said(api.send()) == (403, 20005)


def test_every_answer_carries_what_support_asks_for(api: Api) -> None:
    headers = api.get(f"{api.account}/Messages.json").headers
    assert headers["Twilio-Request-Id"].startswith("RQ")
    assert {"Twilio-Request-Duration", "Twilio-Concurrent-Requests", "X-Home-Region"} <= set(headers)


def test_paths_without_json_answer_in_xml(api: Api) -> None:
    for path in (f"{api.account}/Messages", f"{api.account}/Nothing<b>"):
        response = api.session.get(api.base_url + path)
        assert (response.status_code, response.headers["Content-Type"]) == (404, "application/xml")
        assert "<b>" not in response.text


@pytest.mark.parametrize("path", ["/v1/Nothing", "/v2/Nothing", "/2010-04-01/Nothing.json"])
def test_unknown_paths_are_not_found(api: Api, path: str) -> None:
    assert said(api.get(path, checked=False)) == (404, 20404)


def test_the_account_owns_numbers_and_a_service_with_senders(api: Api) -> None:
    numbers = api.get(f"{api.account}/IncomingPhoneNumbers.json").json()["incoming_phone_numbers"]
    assert sorted(number["phone_number"] for number in numbers) == sorted(api.keys["numbers"].split(","))
    one = api.get(f"{api.account}/IncomingPhoneNumbers.json", PhoneNumber="+18885550182").json()
    assert [each["type"] for each in one["incoming_phone_numbers"]] == ["toll-free"]
    services = api.get("/v1/Services").json()["services"]
    assert [service["sid"] for service in services] == [api.keys["messaging_service_sid"]]
    path = f"/v1/Services/{services[0]['sid']}"
    assert api.get(path).json() == services[0]
    senders = api.get(f"{path}/PhoneNumbers").json()["phone_numbers"]
    assert {sender["phone_number"] for sender in senders} == {"+14155550180", "+12125550181"}
    assert said(api.get(f"/v1/Services/MG{'0' * 32}")) == (404, 20404)


def test_prices_by_country(api: Api) -> None:
    countries = api.get("/v1/Messaging/Countries").json()["countries"]
    assert {"US", "GB", "DE"} <= {country["iso_country"] for country in countries}
    us = api.get("/v1/Messaging/Countries/US").json()
    assert us["outbound_sms_prices"][0]["prices"][0]["current_price"] == "0.0075"
    assert said(api.get("/v1/Messaging/Countries/ZZ")) == (404, 20404)
    assert api.get(f"{api.account}/Balance.json").json()["currency"] == "USD"


def test_the_official_library_reads_the_account(api: Api, server: Server) -> None:
    client = official_client(server)
    assert len(client.incoming_phone_numbers.list()) == 3
    service = client.messaging.v1.services.list()[0]
    assert len(client.messaging.v1.services(service.sid).phone_numbers.list()) == 2
    assert client.pricing.v1.messaging.countries("US").fetch().price_unit == "USD"
    assert client.balance.fetch().currency == "USD"


def test_the_same_seed_gives_the_same_account(tmp_path: Path) -> None:
    accounts = []
    for number, seed in enumerate(("7", "7", "8", "", "")):
        world = World(tmp_path / f"{number}.db")
        create_tables(world)
        open_account(world, seed)
        open_account(world, "another")
        accounts.append(credentials(world))
        world.close()
    assert accounts[0] == accounts[1]
    assert len({account["account_sid"] for account in accounts}) == 4


def test_the_outbox_shows_what_was_accepted(api: Api, world: World) -> None:
    api.send(Body="first")
    api.send(Body="later", ScheduleType="fixed", SendAt=_in_an_hour(world))
    api.send(checked=False, To="nonsense")
    outside.reply(world, CUSTOMER, None, "thanks")
    sent = outside.outbox(world)
    assert [(each.channel, each.to, each.body) for each in sent] == [
        ("sms", CUSTOMER, "first"),
        ("sms", CUSTOMER, "later"),
    ]
    assert sent[1].status == "scheduled"


def _in_an_hour(world: World) -> str:
    return (world.now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
