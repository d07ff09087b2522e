from __future__ import annotations

import ssl
import threading
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from socket import create_server, gaierror
from typing import Any

import pytest
import responses
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.x509.oid import NameOID
from remote_builders import BASE, DATE, NOW, Cut, Pauses, a_key, a_transport, answer_bytes, clock, wire

from nsquilio.errors import Unreachable
from nsquilio.remote import transport as transport_module
from nsquilio.remote.transport import Answer, Http, Transport, clean, own_path

GOOD = answer_bytes(200, "{}")


def problem_of(transport: Transport, ask: str = "read", method: str = "GET") -> Unreachable:
    with pytest.raises(Unreachable) as caught:
        getattr(transport, ask)(method, "/x")
    return caught.value


@pytest.mark.parametrize("first", ["drop", "reset", answer_bytes(503), answer_bytes(429), answer_bytes(500)])
def test_read_is_repeated_until_it_works(first: bytes | str) -> None:
    pauses = Pauses()
    with wire(first, first, GOOD) as served:
        answer = a_transport(served.base_url, pauses).read("GET", "/x")

    assert (answer.status, served.hits, pauses) == (200, 3, [0.5, 1.0])


def test_read_gives_up_after_four_tries_with_the_last_answer() -> None:
    pauses = Pauses()
    with wire(answer_bytes(503, "<html>upkeep</html>")) as served:
        answer = a_transport(served.base_url, pauses).read("POST", "/x", body={"a": 1})

    assert (answer.status, served.hits, pauses) == (503, 4, [0.5, 1.0, 2.0])


def test_refusal_is_not_asked_for_again() -> None:
    with wire(answer_bytes(400, "{}")) as served:
        answer = a_transport(served.base_url).read("GET", "/x")

    assert (answer.status, served.hits) == (400, 1)


def test_pause_gets_longer_by_chance_up_to_half() -> None:
    pauses = Pauses()
    http = Http(pause=pauses.append, chance=lambda: 1.0)
    with wire(answer_bytes(503), GOOD) as served:
        a_transport(served.base_url, http=http).read("GET", "/x")

    assert pauses == [0.75]


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("7", 7.0),
        ("0", 0.0),
        ("99999", 60.0),
        ("Mon, 02 Mar 2026 14:00:20 GMT", 20.0),
        ("Mon, 02 Mar 2026 13:00:00 GMT", 0.0),
        ("soon", 0.5),
        ("²", 0.5),
    ],
)
def test_service_may_say_how_long_to_wait(header: str, pause: float) -> None:
    pauses = Pauses()
    with responses.RequestsMock() as served:
        served.get(f"{BASE}/x", status=429, headers={"Retry-After": header, "Date": DATE})
        served.get(f"{BASE}/x", json={})
        a_transport(pauses=pauses).read("GET", "/x")

    assert pauses == [pause]


@pytest.mark.parametrize("ending", ["drop", "reset", Cut(GOOD[:-1]), Cut(b"nonsense")])
def test_send_whose_answer_is_lost_is_made_once_and_counts_as_sent(ending: bytes | str) -> None:
    with wire(ending) as served:
        problem = problem_of(a_transport(served.base_url), "once", "POST")

    assert (problem.sent, served.hits) == (True, 1)


def test_send_that_hangs_is_made_once_and_counts_as_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport_module, "READ_S", 0.2)
    with wire("hang") as served:
        problem = problem_of(a_transport(served.base_url), "once", "POST")

    assert (problem.sent, served.hits) == (True, 1)
    assert "took longer than 35 s to answer" in problem.message


def test_lost_connection_is_told_in_words() -> None:
    with wire("drop") as served:
        problem = problem_of(a_transport(served.base_url), "once", "POST")

    assert problem.message.endswith("ended the connection before its answer was complete.")
    assert problem.next == "Nothing to do if it happens once; run again."


def test_server_error_on_a_send_is_not_repeated() -> None:
    with wire(answer_bytes(500)) as served:
        answer = a_transport(served.base_url).once("POST", "/x", form={"a": "b"})

    assert (answer.status, served.hits) == (500, 1)


def test_send_refused_for_too_many_requests_is_repeated() -> None:
    pauses = Pauses()
    with wire(answer_bytes(429), answer_bytes(201, "{}")) as served:
        answer = a_transport(served.base_url, pauses).once("POST", "/x", form={})

    assert (answer.status, served.hits, pauses) == (201, 2, [0.5])


def test_send_that_was_refused_too_often_returns_the_refusal() -> None:
    with wire(answer_bytes(429)) as served:
        answer = a_transport(served.base_url).once("POST", "/x", form={})

    assert (answer.status, served.hits) == (429, 3)


def test_refused_connection_was_provably_not_sent() -> None:
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    pauses = Pauses()

    problem = problem_of(a_transport(f"http://127.0.0.1:{port}", pauses), "once", "POST")

    assert (problem.sent, pauses) == (False, [0.5, 1.0])
    assert problem.message == f"Twilio (127.0.0.1:{port}) can't be reached: the connection was refused."


def test_unknown_host_was_provably_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_such_name(*_: Any, **__: Any) -> None:
        raise gaierror(-2, "Name or service not known")

    monkeypatch.setattr("urllib3.util.connection.socket.getaddrinfo", no_such_name)

    problem = problem_of(a_transport("http://nowhere.invalid"), "once", "POST")

    assert not problem.sent
    assert problem.message == "Twilio (nowhere.invalid) can't be reached: its name can't be resolved."


def test_connection_that_takes_too_long_was_provably_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_slow(*_: Any, **__: Any) -> None:
        raise TimeoutError

    monkeypatch.setattr("urllib3.util.connection.create_connection", too_slow)

    problem = problem_of(a_transport("http://127.0.0.1:9"), "once", "POST")

    assert not problem.sent
    assert problem.message.endswith("can't be reached: no connection within 5 s.")


def test_absent_proxy_means_not_sent() -> None:
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    http = Http(proxy=f"http://127.0.0.1:{port}", pause=lambda _: None)

    problem = problem_of(Transport("Twilio", "https://api.example", None, clock, http), "once", "POST")

    assert not problem.sent
    assert problem.message == "Twilio (api.example) can't be reached through the proxy."
    assert problem.next == "Check http.proxy, then run again."


def a_certificate(folder: Path) -> Path:
    """A self-signed one with its key, in one file."""
    key: Any = load_pem_private_key(a_key().encode(), None)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(NOW - timedelta(days=4000)).not_valid_after(NOW + timedelta(days=4000))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    path = folder / "server.pem"
    path.write_bytes(a_key().encode() + made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    return path


def test_certificate_that_cannot_be_verified_means_not_sent(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(a_certificate(tmp_path))
    with create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(5)

        def shake_hands() -> None:
            for _ in range(3):
                try:
                    context.wrap_socket(listener.accept()[0], server_side=True).close()
                except OSError:
                    continue

        threading.Thread(target=shake_hands, daemon=True).start()
        problem = problem_of(a_transport(f"https://localhost:{listener.getsockname()[1]}"), "once", "POST")

    assert not problem.sent
    assert problem.message.endswith("shows a certificate that can't be verified.")
    assert "http.ca_file" in problem.next


def test_malformed_address_is_told() -> None:
    problem = problem_of(a_transport("http://*.example"), "once", "POST")

    assert (problem.sent, problem.next) == (False, "Check both.")
    assert "its address or a credential is malformed" in problem.message


def test_redirect_is_not_followed() -> None:
    with wire(answer_bytes(307, headers="Location: http://127.0.0.1:9/steal\r\n")) as served:
        answer = a_transport(served.base_url).read("GET", "/x")

    assert (answer.status, answer.said(), served.hits) == (307, "a redirect, which is never followed", 1)


def test_cookies_are_not_kept() -> None:
    with wire(answer_bytes(200, "{}", "Set-Cookie: JSESSIONID=1; Path=/\r\n")) as served:
        transport = a_transport(served.base_url)
        transport.read("GET", "/x")
        transport.read("GET", "/x")

    assert b"cookie" not in served.requests[1].lower()


def test_environment_and_netrc_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login someone password else")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none.pem"))
    with wire(GOOD) as served:
        answer = a_transport(served.base_url).read("GET", "/x")

    assert answer.ok
    assert b"authorization" not in served.requests[0].lower()


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/a/b?c=d", "/a/b?c=d"),
        ("https://evil.example/a?b=c", "/a?b=c"),
        ("https://evil.example", "/"),
        ("//evil.example/a", "//evil.example/a"),
    ],
)
def test_address_of_a_service_leads_to_its_own_host(address: str, path: str) -> None:
    assert own_path(address) == path
    with wire(GOOD) as served:
        assert a_transport(served.base_url).read("GET", own_path(address)).ok


def test_clock_of_the_service_is_compared() -> None:
    with responses.RequestsMock() as served:
        served.get(f"{BASE}/x", json={}, headers={"Date": "Mon, 02 Mar 2026 14:03:00 GMT"})
        transport = a_transport()
        transport.read("GET", "/x")

    assert transport.skew == timedelta(minutes=3)


def test_unreadable_clock_is_left_out() -> None:
    with responses.RequestsMock() as served:
        served.get(f"{BASE}/x", json={}, headers={"Date": "noon"})
        transport = a_transport()
        answer = transport.read("GET", "/x")

    assert (transport.skew, answer.date) == (None, None)


def test_date_without_a_zone_is_utc() -> None:
    answer = Answer("Twilio", 200, {"Date": "Mon, 02 Mar 2026 14:00:00 -0000"}, b"")

    assert answer.date == datetime(2026, 3, 2, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "parsed"),
    [
        (b'{"a": 1.10}', {"a": Decimal("1.10")}),
        (b"<html>", None),
        (b"", None),
        (b"\xff", None),
        (b'{"a": "\\ud83d\\ude00"}', {"a": "😀"}),
        (b'{"a": "x\\ud83dy"}', {"a": "x�y"}),
        (b'{"a": "x\\uDE00"}', {"a": "x�"}),
        (b'{"a": "\\ud83d\\ud83d\\ude00"}', {"a": "�😀"}),
        (b'{"a": "\\\\ud83d"}', {"a": "\\ud83d"}),
        (b"[" * 100_000, None),
    ],
)
def test_body_is_read_without_ever_failing(body: bytes, parsed: Any) -> None:
    assert Answer("Twilio", 200, {}, body).parsed() == parsed


@pytest.mark.parametrize("body", ["[1]", "null", "x"])
def test_body_that_is_no_object_has_no_fields(body: str) -> None:
    assert Answer("Twilio", 200, {}, body.encode()).fields() == {}


def test_words_of_a_service_are_made_harmless() -> None:
    assert clean("\x1b[31mred\r\n\u202e and   more") == "[31mred and more"
    assert clean("x" * 400) == "x" * 299 + "…"


def test_date_beyond_all_calendars_is_none() -> None:
    assert Answer("Twilio", 200, {"Date": "Fri, 31 Dec 9999 23:59:59 -1400"}, b"").date is None


def test_unreadable_answer_is_told_in_words() -> None:
    problem = a_transport().unreadable(Answer("Twilio", 502, {}, b"<html>\x00Bad gateway</html>"))

    assert problem.message == (
        "Twilio (service.example) answered 502 with something unreadable: a web page: Bad gateway."
    )
    assert "proxy or sign-in page" in problem.next


def test_connection_is_kept_between_requests_and_a_stale_one_is_not_used_to_send(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    times = iter([0.0, 1.0, 1.0, 100.0, 100.0])
    monkeypatch.setattr(transport_module.time, "monotonic", lambda: next(times, 200.0))
    with wire(GOOD) as served:
        transport = a_transport(served.base_url)
        transport.read("GET", "/x")
        session = transport._session()
        used = [len(list(session.get_adapter("http://").poolmanager.pools.keys()))]
        transport._drop_stale_connection()
        used.append(len(session.get_adapter("http://").poolmanager.pools.keys()))
        transport._drop_stale_connection()
        transport._drop_stale_connection()
        used.append(len(session.get_adapter("http://").poolmanager.pools.keys()))

    assert used == [1, 1, 0]


def test_each_thread_has_its_own_session() -> None:
    transport = a_transport()
    sessions = [transport._session()]
    thread = threading.Thread(target=lambda: sessions.append(transport._session()))
    thread.start()
    thread.join()

    assert sessions[0] is not sessions[1]
    transport.close()
    assert transport._session() not in sessions


def test_requests_in_flight_are_limited() -> None:
    at_once, most, lock = 0, 0, threading.Lock()

    def answer(_: Any) -> tuple[int, dict[str, str], str]:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        threading.Event().wait(0.02)
        with lock:
            at_once -= 1
        return 200, {}, "{}"

    with responses.RequestsMock() as served:
        served.add_callback(responses.GET, f"{BASE}/x", answer)
        transport = a_transport(in_flight=2)
        threads = [threading.Thread(target=transport.read, args=("GET", "/x")) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert most == 2
