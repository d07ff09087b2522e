"""Pings tell how a run ended and never change it."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from nsquilio.remote.ping import Pings, may_be_asked
from tests.remote.monitor import Monitor, a_monitor, url_of


@pytest.fixture
def monitor() -> Iterator[Monitor]:
    with a_monitor() as served:
        yield served


def test_start_success_and_failure_are_told_apart(monitor: Monitor) -> None:
    pings = Pings(url_of(monitor))
    assert (pings.start(), pings.success("7:abc"), pings.failure(4)) == (True, True, True)
    assert monitor.seen == [
        ("/check/1/start", "", False),
        ("/check/1", "audit head 7:abc\n", False),
        ("/check/1/4", "exit code 4\n", False),
    ]


def test_question_behind_the_address_is_kept(monitor: Monitor) -> None:
    Pings(url_of(monitor, "/check/?create=1")).failure(1)
    assert [path for path, _body, _login in monitor.seen] == ["/check/1?create=1"]


def test_nothing_configured_asks_nobody() -> None:
    pings = Pings(None)
    assert (pings.start(), pings.success("0:"), pings.failure(1)) == (False, False, False)


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://hc-ping.com/x", True),
        ("http://127.0.0.1:8000/x", True),
        ("http://localhost/x", True),
        ("http://[::1]:80/x", True),
        ("http://hc-ping.com/x", False),
        ("http://127.0.0.1.example.com/x", False),
        ("ftp://127.0.0.1/x", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_https_and_this_machine_are_asked(url: str, allowed: bool) -> None:
    assert may_be_asked(url) is allowed


def test_refused_connection_is_no_error() -> None:
    assert Pings("http://127.0.0.1:9/x").start() is False


def test_error_answer_is_no_error(monitor: Monitor) -> None:
    monitor.status = 500
    assert Pings(url_of(monitor)).start() is False


def test_redirect_is_not_followed(monitor: Monitor) -> None:
    monitor.status, monitor.location = 307, url_of(monitor, "/elsewhere")
    assert Pings(url_of(monitor)).success("7:abc") is False
    assert [path for path, _body, _login in monitor.seen] == ["/check/1"]


def test_silent_monitor_is_not_waited_for() -> None:
    """Accepts and never answers; the whole ping ends at the limit, not at a limit per read."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begun = time.monotonic()
        assert Pings(f"http://127.0.0.1:{silent.getsockname()[1]}/x", limit_s=0.3).start() is False
        assert time.monotonic() - begun < 2


def test_netrc_and_proxy_variables_are_not_read(
    monitor: Monitor, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("netrc")
    (home / ".netrc").write_text("machine 127.0.0.1 login x password y\n")
    (home / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nonexistent")
    assert Pings(url_of(monitor)).start() is True
    assert monitor.seen == [("/check/1/start", "", False)]
