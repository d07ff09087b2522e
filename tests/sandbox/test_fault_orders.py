"""Faults hit the requests they are about, as often as ordered, before or after the service's work."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from nsquilio.errors import WrongUsage
from nsquilio.sandbox import control, faults
from nsquilio.sandbox.server import Server
from nsquilio.sandbox.world import World
from tests.sandbox.netsuite_side import COMM, NetSuiteClient, a_communication, ask_for_token, logged_in

MESSAGES = "/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json"
SPECIFIED = {
    "429",
    "500-after-accept",
    "500-before",
    "timeout-after-accept",
    "reset-after-accept",
    "token-expired",
    "list-lag",
    "duplicate-page",
    "netsuite-429",
    "netsuite-500-after-write",
}


@pytest.fixture
def netsuite(seeded: World) -> Iterator[NetSuiteClient]:
    with logged_in(seeded) as client:
        yield client


def written(world: World) -> int:
    return int(world.value("SELECT COUNT(*) FROM ns_comm"))


def test_every_fault_of_the_specification_is_known() -> None:
    assert set(faults.FAULTS) >= SPECIFIED


def test_unknown_fault_is_named_with_the_known_ones(world: World) -> None:
    with pytest.raises(WrongUsage, match="There is no fault 'boom'") as refused:
        control.set_fault(world, "boom")
    assert "500-after-accept, " in refused.value.next


def test_negative_times_are_refused(world: World) -> None:
    with pytest.raises(WrongUsage, match="can't happen -1 times"):
        control.set_fault(world, "429", -1)


def test_fault_is_used_up(world: World) -> None:
    control.set_fault(world, "list-lag", 2)
    assert [faults.take(world, "list-lag") for _ in range(3)] == [True, True, False]
    assert faults.ordered(world) == {}


def test_order_of_zero_takes_a_fault_back(world: World) -> None:
    control.set_fault(world, "429", 5)
    control.set_fault(world, "429", 0)
    assert faults.ordered(world) == {}


def test_reset_takes_all_orders_back(seeded: World) -> None:
    control.set_fault(seeded, "429", 5)
    seeded.close()
    fresh = control.reset(seeded.path)
    assert faults.ordered(fresh) == {}
    fresh.close()


@pytest.mark.parametrize(
    ("name", "status", "body"),
    [
        ("429", 429, {"code": 20429}),
        ("500-before", 500, {"code": 20500}),
        ("500-after-accept", 500, {"code": 20500}),
        ("503-before", 503, {"code": 20503}),
        ("401", 401, {"code": 20003}),
    ],
)
def test_send_gets_twilios_error_body(
    world: World, server: Server, name: str, status: int, body: dict[str, int]
) -> None:
    control.set_fault(world, name)
    answer = requests.post(server.base_url + MESSAGES, data={"To": "x"}, timeout=10)
    assert answer.status_code == status
    assert body.items() <= answer.json().items()
    assert faults.ordered(world) == {}
    assert [entry["fault"] for entry in world.history()] == [name]


def test_mail_gets_sendgrids_error_body(world: World, server: Server) -> None:
    control.set_fault(world, "429")
    answer = requests.post(server.base_url + "/v3/mail/send", json={}, timeout=10)
    assert (answer.status_code, answer.headers["X-RateLimit-Remaining"]) == (429, "0")
    assert answer.json()["errors"][0]["message"] == "too many requests"


def test_fault_of_sends_leaves_other_requests_alone(world: World, server: Server) -> None:
    control.set_fault(world, "500-before")
    assert requests.get(server.base_url + MESSAGES, timeout=10).status_code != 500
    assert faults.ordered(world) == {"500-before": 1}


def test_list_can_fail(world: World, server: Server) -> None:
    control.set_fault(world, "list-500")
    assert requests.get(server.base_url + MESSAGES, timeout=10).status_code == 500


@pytest.mark.parametrize("name", ["reset-before", "reset-after-accept"])
def test_connection_is_reset_instead_of_answered(world: World, server: Server, name: str) -> None:
    control.set_fault(world, name)
    with pytest.raises(requests.ConnectionError, match="reset"):
        requests.post(server.base_url + MESSAGES, data={"To": "x"}, timeout=10)
    assert [(entry["fault"], entry["status"]) for entry in world.history()] == [(name, 0)]


def test_late_answer_outlasts_the_client(world: World, server: Server) -> None:
    control.set_fault(world, "timeout-after-accept")
    with pytest.raises(requests.ReadTimeout):
        requests.post(server.base_url + MESSAGES, data={"To": "x"}, timeout=0.1)


def test_late_answer_comes_when_the_client_waits_long_enough(world: World, server: Server) -> None:
    world.set_setting("timeout_s", 0.1)
    control.set_fault(world, "timeout-after-accept")
    answer = requests.post(server.base_url + MESSAGES, data={"To": "x"}, timeout=10)
    assert answer.elapsed.total_seconds() >= 0.1


def test_answer_can_be_cut_short(world: World, server: Server) -> None:
    control.set_fault(world, "truncated-after-accept")
    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.ConnectionError)):
        requests.post(server.base_url + MESSAGES, data={"To": "x"}, timeout=10)


def test_answer_can_be_a_web_page(world: World, server: Server) -> None:
    control.set_fault(world, "html-after-accept")
    answer = requests.post(server.base_url + MESSAGES, data={"To": "x"}, timeout=10)
    assert (answer.status_code, answer.headers["Content-Type"]) == (201, "text/html")


def test_answer_can_point_to_another_host(world: World, server: Server) -> None:
    control.set_fault(world, "redirect")
    answer = requests.post(server.base_url + MESSAGES, data={}, timeout=10, allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (307, "https://elsewhere.invalid" + MESSAGES)


# --- NetSuite ---


def test_netsuite_429_says_concurrency(seeded: World, netsuite: NetSuiteClient) -> None:
    control.set_fault(seeded, "netsuite-429", 2)
    statuses = [netsuite.query("SELECT id FROM currency").status_code for _ in range(3)]
    assert statuses == [429, 429, 200]


def test_expired_token_is_refused_once(seeded: World, netsuite: NetSuiteClient) -> None:
    control.set_fault(seeded, "token-expired")
    refused = netsuite.query("SELECT id FROM currency")
    assert refused.status_code == 401
    assert 'error="invalid_token"' in refused.headers["WWW-Authenticate"]
    assert netsuite.query("SELECT id FROM currency").status_code == 200


def test_write_is_done_although_the_answer_is_500(seeded: World, netsuite: NetSuiteClient) -> None:
    control.set_fault(seeded, "netsuite-500-after-write")
    assert netsuite.query("SELECT id FROM currency").status_code == 200
    assert netsuite.put("nsq-SM1", a_communication()).status_code == 500
    assert written(seeded) == 1
    assert netsuite.put("nsq-SM1", a_communication()).status_code == 204
    assert written(seeded) == 1


def test_write_is_done_although_the_connection_is_reset(seeded: World, netsuite: NetSuiteClient) -> None:
    control.set_fault(seeded, "netsuite-reset-after-write")
    with pytest.raises(requests.ConnectionError):
        netsuite.put("nsq-SM1", a_communication())
    assert written(seeded) == 1


def test_write_is_done_although_the_answer_is_late(seeded: World, netsuite: NetSuiteClient) -> None:
    control.set_fault(seeded, "netsuite-timeout-after-write")
    with pytest.raises(requests.ReadTimeout):
        netsuite.session.put(f"{netsuite.base_url}{COMM}/eid:nsq-SM1", json={}, timeout=0.2)
    assert written(seeded) == 1


@pytest.mark.parametrize(("name", "status"), [("netsuite-500", 500), ("netsuite-html", 503)])
def test_query_can_fail(seeded: World, netsuite: NetSuiteClient, name: str, status: int) -> None:
    control.set_fault(seeded, name)
    assert netsuite.query("SELECT id FROM currency").status_code == status


def test_query_can_come_back_empty(seeded: World, netsuite: NetSuiteClient) -> None:
    control.set_fault(seeded, "netsuite-empty")
    assert netsuite.rows("SELECT id FROM currency") == []


def test_query_can_hang(seeded: World, netsuite: NetSuiteClient) -> None:
    control.set_fault(seeded, "netsuite-timeout")
    with pytest.raises(requests.ReadTimeout):
        netsuite.session.post(f"{netsuite.base_url}/services/rest/query/v1/suiteql", json={}, timeout=0.1)


def test_login_can_be_down(seeded: World, netsuite: NetSuiteClient) -> None:
    control.set_fault(seeded, "token-down")
    assert ask_for_token(netsuite.base_url, "x").status_code == 503
