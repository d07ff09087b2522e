"""`pull-inbound` of 100,000 texts against fetching and parsing the same pages with a bare loop.

Texts that are all new; the same ones again, all known; and texts of our own, of which nothing changed. Run as
`python -m tests.benchmarks.bench_pull [pages] [rounds] [new|known|sent ...]`. A server in a process of its own gives
the pages from memory, so that its work is on the other core: at once, which no service can, and after 50 ms, which is
quick for a service. Budget: 1.5 times the bare loop, and memory that does not grow with the pages.
"""

from __future__ import annotations

import gc
import itertools
import json
import multiprocessing
import random
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path

import requests

from nsquilio.jobs.pull_inbound import pull
from nsquilio.jobs.services import Services
from nsquilio.remote.twilio import Twilio
from nsquilio.store import open_state
from tests.benchmarks.million import fill
from tests.core.builders import some_rules

ACCOUNT = "AC" + "0" * 32
NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
LATENCIES_S = (0.0, 0.05)
WORDS = (
    "Will pay on Friday, thanks",
    "Which invoice is this about?",
    "ok",
    "We mailed the check yesterday",
    "STOP",
)


def _page(number: int, last: bool, sent: bool = False) -> bytes:
    dice = random.Random(number)
    rows = [_row(number * 1000 + n, dice) for n in range(1000)]
    if sent:
        rows = [{**row, **_SENT} for row in rows]
    following = None if last else f"{PATH}?PageSize=1000&Page={number + 1}&PageToken=PA{number + 1}"
    envelope = {"page": number, "page_size": 1000, "next_page_uri": following, "messages": rows}
    return json.dumps(envelope).encode()


_SENT = {"direction": "outbound-api", "status": "delivered"}


def _sid(number: int) -> str:
    return f"SM{md5(b'%d' % number).hexdigest()}"  # as Twilio's: without any order


def _row(number: int, dice: random.Random) -> dict[str, object]:
    at = format_datetime(NOW - timedelta(seconds=number * 20))
    sid = _sid(number)
    words = dice.choices(WORDS, (40, 30, 20, 10, 0.05))[0]
    uri = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}"
    return {
        "sid": sid, "account_sid": ACCOUNT, "messaging_service_sid": None, "date_created": at, "date_updated": at,
        "date_sent": at, "to": "+14155550001", "from": f"+1415{dice.randint(2_000_000, 9_999_999)}",
        "body": f"{words} {number}" if words != "STOP" else words, "status": "received", "num_segments": "1",
        "num_media": "0", "direction": "inbound", "api_version": "2010-04-01", "price": "-0.00750",
        "price_unit": "USD", "error_code": None, "error_message": None, "uri": f"{uri}.json",
        "subresource_uris": {"media": f"{uri}/Media.json", "feedback": f"{uri}/Feedback.json"},
    }  # fmt: skip


def _serve(pages: int, told: Connection, sent: bool, latency_s: float) -> None:
    bodies = [_page(number, number == pages - 1, sent) for number in range(pages)]
    empty = json.dumps({"calls": [], "recordings": [], "next_page_uri": None}).encode()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            number = int(self.path.partition("&Page=")[2].partition("&")[0] or 0)
            body = bodies[number] if "/Messages.json" in self.path else empty
            time.sleep(latency_s)
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.send(server.server_address[1])
    server.serve_forever()


def bare(url: str) -> int:
    """Fetches and parses, and does nothing with it."""
    session = requests.Session()
    session.auth = (ACCOUNT, "token")
    link: str | None = f"{PATH}?PageSize=1000"
    count = 0
    while link:
        answer = session.get(url + link, timeout=30).json()
        count += len(answer["messages"])
        link = answer["next_page_uri"]
    return count


def ours(what: str, url: str, pages: int) -> tuple[float, float, int]:
    """Seconds by the clock and of the processor, and messages."""
    directory = Path(tempfile.mkdtemp())
    twilio = Twilio(ACCOUNT, ACCOUNT, "token", lambda: NOW, urls={"api": url}, from_number="+14155550001")
    store = open_state(directory, profile="bench", netsuite_account="1", twilio_account=ACCOUNT, now=NOW)
    services = Services(
        store=store, netsuite=None, twilio=twilio, sendgrid=None, rules=some_rules(), clock=lambda: NOW,
        directory=directory, netsuite_account="1",
    )  # type: ignore[arg-type]  # fmt: skip
    if what == "known":
        pull(services, NOW)
    if what == "sent":
        _keep_sent(directory, pages * 1000)
    gc.disable()  # as the program does
    start, used = time.perf_counter(), time.process_time()
    result = pull(services, NOW, (NOW - timedelta(days=300)).date())
    spent = time.perf_counter() - start, time.process_time() - used
    counts = {"new": result.sms, "known": result.duplicates, "sent": pages * 1000 - result.statuses_updated}
    twilio.close()
    store.close()
    return *spent, counts[what]


def _keep_sent(directory: Path, count: int) -> None:
    fill(directory / "state.db", count)
    with sqlite3.connect(directory / "state.db") as connection:
        connection.executemany(
            "UPDATE messages SET sid = ?, price = '0.00750', price_currency = 'USD' WHERE id = ?",
            ((_sid(number), 1_000_001 + number) for number in range(count)),
        )
    connection.close()


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _once(what: str, url: str, pages: int, told: Connection) -> None:
    start, used = time.perf_counter(), time.process_time()
    if what == "bare":
        count = bare(url)
        spent = time.perf_counter() - start, time.process_time() - used
    else:
        *spent, count = ours(what, url, pages)
    told.send((*spent, _peak_mb(), count))


def timed(what: str, url: str, pages: int) -> tuple[float, float, float, int]:
    """Seconds by the clock and of the processor, peak memory and messages, of a process of its own."""
    here, there = multiprocessing.Pipe()
    child = multiprocessing.get_context("spawn").Process(target=_once, args=(what, url, pages, there))
    child.start()
    answer: tuple[float, float, float, int] = here.recv()
    child.join()
    return answer


def main(pages: int = 100, rounds: int = 3, *only: str) -> None:
    for what, latency_s in itertools.product(only or ("new", "known", "sent"), LATENCIES_S):
        here, there = multiprocessing.Pipe()
        server = multiprocessing.get_context("spawn").Process(
            target=_serve, args=(pages, there, what == "sent", latency_s), daemon=True
        )
        server.start()
        name = f"{what}, {latency_s * 1000:.0f} ms a request"
        _compare(what, name, f"http://127.0.0.1:{here.recv()}", pages, rounds)
        server.terminate()


def _compare(what: str, name: str, url: str, pages: int, rounds: int) -> None:
    plain, pulled = [], []
    for _ in range(rounds):
        plain.append(timed("bare", url, pages))
        pulled.append(timed(what, url, pages))
    assert {one[3] for one in (*plain, *pulled)} == {pages * 1000}
    bare_s, pull_s = (statistics.median(one[0] for one in each) for each in (plain, pulled))
    bare_used, pull_used = (min(one[1] for one in each) for each in (plain, pulled))
    plain_mb, pull_mb = (max(one[2] for one in each) for each in (plain, pulled))
    print(
        f"{pages * 1000} messages, {name}: bare {bare_s:.2f} s, pull {pull_s:.2f} s, ratio {pull_s / bare_s:.2f}"
        f" (budget 1.5); processor {bare_used:.2f} s and {pull_used:.2f} s; peak {pull_mb:.0f} MB,"
        f" bare {plain_mb:.0f} MB",
        flush=True,
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]), *sys.argv[3:])
