"""How fast a run sends, counted by a server of our own: requests in flight, their intents, and the pace."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from nsquilio.core.model import Message, Outcome
from nsquilio.jobs.sending import Pace, SendLoop
from nsquilio.remote.twilio import Twilio
from nsquilio.remote.twilio_sending import Sent
from nsquilio.store import Store
from tests.store.builders import NOW, a_message, a_reminder, a_state, state_path

ACCOUNT = "AC" + "0" * 32


@dataclass
class Counting:
    """Takes texts as Twilio does, `latency_s` after each request came in, and writes down what it saw."""

    state: Path
    latency_s: float
    most_in_flight: int = 0
    arrived: list[float] = field(default_factory=list)
    without_intent: list[str] = field(default_factory=list)
    url: str = ""
    _in_flight: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, form: dict[str, list[str]]) -> bytes:
        with self._lock:
            self.arrived.append(time.monotonic())
            number = len(self.arrived)
            self._in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self._in_flight)
        body = form["Body"][0]
        if not self._has_intent(body):
            self.without_intent.append(body)
        time.sleep(self.latency_s)
        with self._lock:
            self._in_flight -= 1
        return _accepted(form["To"][0], body, number)

    def _has_intent(self, body: str) -> bool:
        """On disk, as another process sees it."""
        other = sqlite3.connect(f"file:{self.state}?mode=ro", uri=True, timeout=10)
        try:
            found = other.execute(
                "SELECT count(*) FROM messages WHERE body = ? AND outcome = 'intent'", (body,)
            )
            return bool(found.fetchone()[0])
        finally:
            other.close()


def _accepted(to: str, body: str, number: int) -> bytes:
    sid = f"SM{number:032x}"
    text = {"sid": sid, "to": to, "body": body, "status": "accepted", "direction": "outbound-api",
            "num_segments": "1", "price": None, "price_unit": "USD", "error_code": None, "from": None,
            "date_created": "Mon, 02 Mar 2026 14:00:00 +0000"}  # fmt: skip
    return json.dumps(text).encode()


@contextmanager
def counting(state: Path, latency_s: float) -> Iterator[Counting]:
    counts = Counting(state, latency_s)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            answer = counts.take(form)
            self.send_response(201)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    counts.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield counts
    finally:
        server.shutdown()
        server.server_close()


def texts(count: int) -> list[Message]:
    keys = [f"{n}:late-7:preferred" for n in range(1, count + 1)]
    return [
        a_message(key, to=f"+1415555{n:04d}", body=f"Example SaaS Inc.: {key}", reminders=(a_reminder(key),))
        for n, key in enumerate(keys)
    ]


def loop_for(store: Store, url: str, pace: Pace, halted: Callable[[], str | None] = lambda: None) -> SendLoop:
    now = datetime.now(UTC)
    service = "MG" + "0" * 32
    twilio = Twilio(ACCOUNT, ACCOUNT, "secret", lambda: now, urls={"api": url}, messaging_service_sid=service)

    def send(message: Message) -> Sent:
        return twilio.send_text(message.to, message.body, send_at=None, validity_s=3600)

    pool = ThreadPoolExecutor(pace.in_flight)
    return SendLoop(store, send, lambda: NOW, pace, pool, halted, lambda message, sent: None)


@pytest.mark.parametrize("in_flight", [1, 4, 16])
def test_never_more_requests_than_allowed_and_each_after_its_intent(tmp_path: Path, in_flight: int) -> None:
    store = a_state(tmp_path)
    with counting(state_path(tmp_path), 0.01) as server:
        loop = loop_for(store, server.url, Pace(0, in_flight))
        left = loop.run(texts(40))

    assert left == []
    assert server.most_in_flight <= in_flight
    assert server.without_intent == []
    assert len(server.arrived) == 40
    assert {sent.outcome for sent in loop.result.outcomes.values()} == {Outcome.SENT}
    assert store.messages.open_outcomes() == ()


def test_messages_per_second_is_kept(tmp_path: Path) -> None:
    store = a_state(tmp_path)
    with counting(state_path(tmp_path), 0.001) as server:
        loop_for(store, server.url, Pace(20, 4)).run(texts(8))

    gaps = [later - before for before, later in pairwise(sorted(server.arrived))]
    # The first message's way to the server may be the longest; without a pace it would be next to nothing.
    assert sum(gaps) >= 5 / 20
    assert len(server.arrived) == 8


def test_stop_in_the_middle_waits_for_what_is_under_way_and_starts_nothing_more(tmp_path: Path) -> None:
    store = a_state(tmp_path)
    with counting(state_path(tmp_path), 0.02) as server:
        loop = loop_for(store, server.url, Pace(0, 4), lambda: "HALT" if len(server.arrived) >= 6 else None)
        left = loop.run(texts(30))

    assert len(server.arrived) + len(left) == 30
    assert 6 <= len(server.arrived) <= 6 + 4
    assert loop.result.stop_code == "halted"
    assert len(loop.result.outcomes) == len(server.arrived)
    assert store.messages.open_outcomes() == ()
