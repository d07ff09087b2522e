"""HTTP around the services: only on loopback, on the world's clock, with a history."""

from __future__ import annotations

import re
import socket
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest
import requests

from nsquilio.errors import WrongUsage
from nsquilio.sandbox import services
from nsquilio.sandbox.exchange import Reply
from nsquilio.sandbox.server import Server, serve
from nsquilio.sandbox.world import World

MONDAY = datetime(2026, 3, 2, 14, tzinfo=UTC)


def test_server_refuses_every_address_but_loopback(world: World) -> None:
    with pytest.raises(WrongUsage, match="serves only this machine"):
        serve(world, host="0.0.0.0")


def test_port_in_use_is_said_plainly(world: World, server: Server) -> None:
    port = int(server.base_url.rsplit(":", 1)[1])
    with pytest.raises(WrongUsage, match=f"can't listen on port {port}: Address already in use"):
        serve(world, port)


def test_date_header_shows_the_worlds_clock(world: World, server: Server) -> None:
    world.set_clock(MONDAY)
    answer = requests.get(server.base_url, timeout=10)
    assert abs((parsedate_to_datetime(answer.headers["Date"]) - MONDAY).total_seconds()) < 5


def test_foreign_host_name_is_refused(server: Server) -> None:
    answer = requests.get(server.base_url + "/", headers={"Host": "evil.example"}, timeout=10)
    assert answer.status_code == 421


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/nowhere", {"code": 20404}),
        ("/services/rest/nowhere", {"title": "Not Found"}),
        ("/v3/nowhere", {"errors": [{"field": None, "message": "not found", "help": None}]}),
    ],
)
def test_unknown_path_gets_its_services_own_404(server: Server, path: str, body: dict[str, object]) -> None:
    answer = requests.get(server.base_url + path, timeout=10)
    assert answer.status_code == 404
    assert body.items() <= answer.json().items()


def test_wrong_method_gets_405(server: Server) -> None:
    answer = requests.get(server.base_url + "/services/rest/query/v1/suiteql", timeout=10)
    assert answer.status_code == 405
    assert answer.json()["o:errorDetails"][0]["o:errorCode"] == "INVALID_METHOD"


def test_one_connection_serves_many_requests_without_a_stall(server: Server) -> None:
    with requests.Session() as session:
        session.trust_env = False
        times = [session.get(server.base_url).elapsed.total_seconds() for _ in range(20)]
    assert sorted(times)[10] < 0.03  # a delayed ACK would cost 40 ms each


def test_body_without_a_length_is_refused(server: Server) -> None:
    host, port = server.base_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as raw:
        raw.sendall(
            f"POST / HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".encode()
        )
        assert raw.recv(100).startswith(b"HTTP/1.1 411")


def test_body_of_a_huge_length_is_refused(server: Server) -> None:
    host, port = server.base_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as raw:
        raw.sendall(f"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 99999999999\r\n\r\n".encode())
        assert raw.recv(100).startswith(b"HTTP/1.1 413")


def test_history_tells_what_was_asked_and_never_a_header(world: World, server: Server) -> None:
    world.set_clock(MONDAY)
    requests.post(
        server.base_url + "/x?a=1", data={"b": "2"}, headers={"Authorization": "Basic s3"}, timeout=10
    )
    (entry,) = world.history()
    seen = {name: entry[name] for name in ("method", "path", "query", "body", "status", "fault")}
    assert seen == {
        "method": "POST",
        "path": "/x",
        "query": "a=1",
        "body": "b=2",
        "status": 404,
        "fault": "",
    }
    assert entry["world_time"].startswith("2026-03-02T14:00")
    assert "s3" not in str(entry)


def test_history_can_be_switched_off(world: World, server: Server) -> None:
    world.set_setting("history", False)
    requests.get(server.base_url, timeout=10)
    assert world.history() == []


def test_latency_is_added_to_every_request(world: World, server: Server) -> None:
    world.set_setting("latency_s", 0.05)
    assert requests.get(server.base_url, timeout=10).elapsed.total_seconds() >= 0.05


def test_failing_service_answers_500_and_logs_why(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> Reply:
        raise ZeroDivisionError("a bug of the sandbox")

    monkeypatch.setattr(services, "ROUTES", (("GET", re.compile("/services/rest/x"), broken),))
    answered = requests.get(server.base_url + "/services/rest/x", timeout=10)
    assert answered.status_code == 500
    assert "a bug of the sandbox" in caplog.text


def test_stopped_server_frees_its_port(world: World) -> None:
    first = serve(world).start()
    first.stop()
    port = int(first.base_url.rsplit(":", 1)[1])
    second = serve(world, port).start()
    assert second.base_url == first.base_url
    second.stop()
