"""`log-replies` of 5,000 communications at 80 ms a request against a bare pool of threads doing the same requests.

Run as `python -m tests.benchmarks.bench_log [communications] [in flight]`. Budget: at least 80 % of what the
requests in flight allow, which is communications x 80 ms / in flight.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path

import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from nsquilio.jobs.log_replies import log_replies
from nsquilio.jobs.services import Services
from nsquilio.remote.netsuite import NetSuite
from nsquilio.remote.netsuite_auth import NetSuiteLogin
from nsquilio.remote.netsuite_columns import Columns
from nsquilio.store import InboundSeen, MatchSeen, Reading, Store, open_state
from tests.core.builders import some_rules

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
LATENCY_S = 0.08
RECORD = "/services/rest/record/v1/customrecord_nsq_comm/eid:"


def _serve(told: Connection) -> None:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self._read()
            body = json.dumps({"access_token": "t", "expires_in": "3600", "token_type": "bearer"}).encode()
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

        def do_PUT(self) -> None:
            self._read()
            time.sleep(LATENCY_S)
            self.wfile.write(b"HTTP/1.1 204 OK\r\nLocation: /record/7\r\nContent-Length: 0\r\n\r\n")

        def _read(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    told.send(server.server_address[1])
    server.serve_forever()


def bare(url: str, count: int, in_flight: int) -> float:
    sessions = [requests.Session() for _ in range(in_flight)]
    body = {
        f"custrecord_nsq_comm_{name}": "x" * 40
        for name in ("body", "from", "to", "kind", "status", "details")
    }

    def work(number: int) -> None:
        for each in range(number, count, in_flight):
            sessions[number].put(f"{url}{RECORD}nsq-{each}", json=body, timeout=30).raise_for_status()

    start = time.perf_counter()
    with ThreadPoolExecutor(in_flight) as pool:
        list(pool.map(work, range(in_flight)))
    return time.perf_counter() - start


def ours(url: str, count: int, in_flight: int) -> float:
    directory = Path(tempfile.mkdtemp())
    key = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    login = NetSuiteLogin(client_id="c", certificate_id="k", private_key_pem=key.decode())
    netsuite = NetSuite(url, login, Columns(), lambda: NOW, concurrency=in_flight)
    store = open_state(directory, profile="bench", netsuite_account="1", twilio_account="AC1", now=NOW)
    _fill(store, count)
    services = Services(
        store=store, netsuite=netsuite, twilio=None, sendgrid=None, rules=some_rules(), clock=lambda: NOW,
        directory=directory, netsuite_account="1", netsuite_in_flight=in_flight,
    )  # type: ignore[arg-type]  # fmt: skip
    start = time.perf_counter()
    result = log_replies(services)
    spent = time.perf_counter() - start
    assert (result.logged, result.failed) == (count, 0), result.problems
    netsuite.close()
    store.close()
    return spent


def _fill(store: Store, count: int) -> None:
    """Texts that are read and matched already: only the writing is measured."""
    said = Reading("question", "bench")
    texts = [
        InboundSeen(
            f"SM{n:032x}", "sms", "+14155550142", "+14155550001", NOW, f"Which invoice? {n}", reading=said
        )
        for n in range(count)
    ]
    store.inbound.store_page(texts, NOW, "poll")
    matches = [
        MatchSeen(text.sid, "88", "1042", ("1042",), 100, ("document_number: INV-1042",)) for text in texts
    ]
    store.inbound.record_matches(matches, NOW)


def main(count: int = 5_000, in_flight: int = 16) -> None:
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(there,), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{here.recv()}"
    allowed = count * LATENCY_S / in_flight
    plain, logged = bare(url, count, in_flight), ours(url, count, in_flight)
    print(
        f"{count} communications, {in_flight} in flight: allowed {allowed:.1f} s, bare {plain:.1f} s,"
        f" log-replies {logged:.1f} s = {allowed / logged:.0%} of what is allowed (budget 80 %)"
    )
    server.terminate()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
