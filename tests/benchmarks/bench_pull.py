"""`pull-inbound` of 100,000 new texts against fetching and parsing the same pages with a bare loop.

Run as `python -m tests.benchmarks.bench_pull [pages]`. A server in a process of its own gives the pages from memory, so
that its work is on the other core. Budget: 1.5 times the bare loop, and memory that does not grow with the pages.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import resource
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
from tests.core.builders import some_rules

ACCOUNT = "AC" + "0" * 32
NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
WORDS = (
    "Will pay on Friday, thanks",
    "Which invoice is this about?",
    "ok",
    "We mailed the check yesterday",
    "STOP",
)


def _page(number: int, last: bool) -> bytes:
    dice = random.Random(number)
    rows = [_row(number * 1000 + n, dice) for n in range(1000)]
    following = None if last else f"{PATH}?PageSize=1000&Page={number + 1}&PageToken=PA{number + 1}"
    envelope = {"page": number, "page_size": 1000, "next_page_uri": following, "messages": rows}
    return json.dumps(envelope).encode()


def _row(number: int, dice: random.Random) -> dict[str, object]:
    at = format_datetime(NOW - timedelta(seconds=number * 20))
    sid = f"SM{md5(b'%d' % number).hexdigest()}"  # as Twilio's: without any order
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


def _serve(pages: int, told: Connection) -> None:
    bodies = [_page(number, number == pages - 1) for number in range(pages)]
    empty = json.dumps({"calls": [], "recordings": [], "next_page_uri": None}).encode()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            number = int(self.path.partition("&Page=")[2].partition("&")[0] or 0)
            body = bodies[number] if "/Messages.json" in self.path else empty
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


def ours(url: str, directory: Path) -> int:
    twilio = Twilio(ACCOUNT, ACCOUNT, "token", lambda: NOW, urls={"api": url}, from_number="+14155550001")
    store = open_state(directory, profile="bench", netsuite_account="1", twilio_account=ACCOUNT, now=NOW)
    services = Services(
        store=store, netsuite=None, twilio=twilio, sendgrid=None, rules=some_rules(), clock=lambda: NOW,
        directory=directory, netsuite_account="1",
    )  # type: ignore[arg-type]  # fmt: skip
    result = pull(services, NOW)
    twilio.close()
    store.close()
    return result.sms + result.duplicates


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _once(what: str, url: str, told: Connection) -> None:
    start, used = time.perf_counter(), time.process_time()
    count = bare(url) if what == "bare" else ours(url, Path(tempfile.mkdtemp()))
    told.send((time.perf_counter() - start, _peak_mb(), count, time.process_time() - used))


def timed(what: str, url: str) -> tuple[float, float, int, float]:
    """Seconds, peak memory, messages and seconds of processor time, in a process of its own."""
    here, there = multiprocessing.Pipe()
    child = multiprocessing.get_context("spawn").Process(target=_once, args=(what, url, there))
    child.start()
    answer: tuple[float, float, int, float] = here.recv()
    child.join()
    return answer


def main(pages: int = 100, rounds: int = 3) -> None:
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(pages, there), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{here.recv()}"
    spent: dict[str, list[tuple[float, float, int, float]]] = {"bare": [], "ours": []}
    for _ in range(rounds):
        for what, each in spent.items():
            each.append(timed(what, url))
    seconds = {what: statistics.median(one[0] for one in each) for what, each in spent.items()}
    used = {what: statistics.median(one[3] for one in each) for what, each in spent.items()}
    memory = {what: max(one[1] for one in each) for what, each in spent.items()}
    assert {one[2] for each in spent.values() for one in each} == {pages * 1000}
    print(
        f"{pages * 1000} messages: bare {seconds['bare']:.2f} s, pull {seconds['ours']:.2f} s,"
        f" ratio {seconds['ours'] / seconds['bare']:.2f} (budget 1.5); processor {used['bare']:.2f} s and"
        f" {used['ours']:.2f} s; peak {memory['ours']:.0f} MB, bare {memory['bare']:.0f} MB"
    )
    server.terminate()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
