"""A monitoring service on loopback, for tests of pings."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Monitor(ThreadingHTTPServer):
    """Answers as it is told to, and keeps (path, body, whether it was logged in)."""

    status = 200
    location = ""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, bool]] = []
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(BaseHTTPRequestHandler):
    server: Monitor

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.server.seen.append((self.path, body, "Authorization" in self.headers))
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def a_monitor() -> Iterator[Monitor]:
    server = Monitor()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def url_of(monitor: Monitor, path: str = "/check/1") -> str:
    return f"http://127.0.0.1:{monitor.server_address[1]}{path}"
