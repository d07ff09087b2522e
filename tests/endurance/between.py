"""A server between the program and the sandbox: it sees every request, and can end the program or the connection
before the request has its effect, after it, or in the middle of the answer.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

BEFORE, AFTER, DURING = "before", "after", "during"
"""`during`: half of the answer has been written."""


@dataclass(frozen=True, slots=True)
class Passed:
    """One request, as it arrived. `number`: from 1, in the order of arrival since the last `begin`."""

    number: int
    method: str
    path: str
    body: bytes
    pid: int

    @property
    def is_send(self) -> bool:
        path = urlsplit(self.path).path
        return self.method == "POST" and (path.endswith("/Messages.json") or path == "/v3/mail/send")


Act = Callable[[Passed, str], str | None]
"""Asked at each of the three moments. None: go on. "reset": nothing more but a RST."""


def nothing(_passed: Passed, _when: str) -> str | None:
    return None


@dataclass(slots=True)
class Between:
    """`act` decides; `seen` remembers; `watch` sees each send before its effect; `rewrite` changes what is asked for.
    The program's id is known once it has started.
    """

    url: str = ""
    act: Act = nothing
    watch: Callable[[Passed], None] = lambda passed: None
    rewrite: Callable[[str], str] = lambda path: path
    seen: list[Passed] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _started: threading.Event = field(default_factory=threading.Event)
    _pid: int = 0

    def begin(self, act: Act = nothing) -> None:
        """Before a program starts: forgets the one before."""
        self.act, self._pid, self.seen = act, 0, []
        self._started.clear()

    def started(self, pid: int) -> None:
        self._pid = pid
        self._started.set()

    def note(self, method: str, path: str, body: bytes) -> Passed:
        self._started.wait(10)
        with self._lock:
            passed = Passed(len(self.seen) + 1, method, path, body, self._pid)
            self.seen.append(passed)
        return passed


def kill_at(number: int, when: str) -> Act:
    """Ends the program for good around its n-th request."""

    def act(passed: Passed, now: str) -> str | None:
        if passed.number == number and now == when:
            with suppress(ProcessLookupError):
                os.kill(passed.pid, signal.SIGKILL)
            return "reset"
        return None

    return act


def _raw(answer: http.client.HTTPResponse, content: bytes) -> bytes:
    """The whole answer as it goes over the wire."""
    dropped = ("content-length", "connection", "transfer-encoding")
    headers = [f"{name}: {value}" for name, value in answer.getheaders() if name.lower() not in dropped]
    lines = [f"HTTP/1.1 {answer.status} {answer.reason}", *headers, f"Content-Length: {len(content)}", "", ""]
    return "\r\n".join(lines).encode("latin-1") + content


@contextmanager
def between(sandbox_url: str) -> Iterator[Between]:
    there = urlsplit(sandbox_url)
    state = Between()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def __getattr__(self, name: str) -> Any:
            if name.startswith("do_"):
                return self._pass_on
            raise AttributeError(name)

        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            passed = state.note(self.command, self.path, body)
            if passed.is_send:
                state.watch(passed)
            if state.act(passed, BEFORE) == "reset":
                return self._reset()
            connection = http.client.HTTPConnection(there.hostname or "", there.port, timeout=60)
            connection.request(self.command, state.rewrite(self.path), body, dict(self.headers))
            answer = connection.getresponse()
            content = answer.read()
            connection.close()
            if state.act(passed, AFTER) == "reset":
                return self._reset()
            said = _raw(answer, content)
            self.wfile.write(said[: len(said) // 2])
            self.wfile.flush()
            if state.act(passed, DURING) == "reset":
                return self._reset()
            self.wfile.write(said[len(said) // 2 :])
            self.wfile.flush()
            return None

        def _reset(self) -> None:
            self.close_connection = True
            with suppress(OSError):
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()

        def finish(self) -> None:
            with suppress(OSError, ValueError):
                super().finish()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A program that was killed leaves its connections behind."""

    server = Server(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
