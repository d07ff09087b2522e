"""A server that answers from memory what the sandbox answered before, so that only the client's work is measured.

`recorder` puts itself between a client and the sandbox and keeps every exchange; `serve_forever` gives the same answers
again. A token request matches by its path, a text is accepted, everything else matches to the letter. Texts and all
other requests have a latency each.
"""

from __future__ import annotations

import json
import pickle
import re
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path

Exchange = tuple[int, dict[str, str], bytes]
SPAN = "/span"
"""A question of the benchmark's own: seconds from the first text to the last, and most texts in flight."""

_SIDS = count(1)


def key_of(method: str, path: str, body: bytes) -> str:
    path = re.sub(r"start_time=\d+", "start_time=…", path)  # seconds of the clock
    return f"{method} {path}" if "oauth2" in path else f"{method} {path} {body.decode('utf-8', 'replace')}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        status, headers, answer = self.server.answer(self.command, self.path, body, dict(self.headers))
        lines = [f"HTTP/1.1 {status} OK", f"Content-Length: {len(answer)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.wfile.write(("\r\n".join(lines) + "\r\n\r\n").encode() + answer)
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    disable_nagle_algorithm = True

    def __init__(
        self, upstream: str, known: dict[str, Exchange], latency_s: float = 0.0, text_latency_s: float = 0.0
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.upstream = upstream
        self.known = known
        self.latency_s = latency_s
        self.text_latency_s = text_latency_s
        self.order: list[tuple[str, str, bytes]] = []
        self.in_flight = 0
        self.most_in_flight = 0
        self.texts_at: list[float] = []
        self._lock = threading.Lock()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def answer(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Exchange:
        if method == "POST" and path.endswith("/Messages.json"):
            return self._accepted(body)
        if path == SPAN:
            return 200, {}, f"{self.texts_at[-1] - self.texts_at[0]} {self.most_in_flight}".encode()
        key = key_of(method, path, body)
        if key in self.known:
            time.sleep(self.latency_s)
            return self.known[key]
        if not self.upstream:
            return 599, {"Content-Type": "text/plain"}, f"not recorded: {key[:400]}".encode()
        found = self._asked(method, path, body, headers)
        with self._lock:
            self.known[key] = found
            self.order.append((method, path, body))
        return found

    def _accepted(self, body: bytes) -> Exchange:
        with self._lock:
            self.texts_at.append(time.monotonic())
            self.in_flight += 1
            self.most_in_flight = max(self.most_in_flight, self.in_flight)
        time.sleep(self.text_latency_s)
        with self._lock:
            self.in_flight -= 1
        status = "scheduled" if b"SendAt=" in body else "queued"
        fields = {"sid": f"SM{next(_SIDS):032x}", "status": status, "error_code": None, "price": None}
        return 201, {"Content-Type": "application/json"}, json.dumps(fields).encode()

    def _asked(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Exchange:
        kept = {n: v for n, v in headers.items() if n.lower() not in ("content-length", "connection")}
        request = urllib.request.Request(self.upstream + path, data=body or None, headers=kept, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.status, _kept(response.headers), response.read()
        except urllib.error.HTTPError as refused:
            return refused.code, _kept(refused.headers), refused.read()


def _kept(headers: object) -> dict[str, str]:
    return {name: headers[name] for name in ("Content-Type",) if headers[name]}  # type: ignore[index]


def recorder(upstream: str) -> _Server:
    server = _Server(upstream, {})
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def save(server: _Server, file: Path) -> None:
    file.write_bytes(pickle.dumps((server.known, server.order)))


def serve_forever(file: Path, latency_s: float, text_latency_s: float) -> None:
    known, _order = pickle.loads(file.read_bytes())
    server = _Server("", known, latency_s, text_latency_s)
    sys.stdout.write(server.base_url + "\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    serve_forever(Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]))
