"""Serves a world over HTTP on a loopback address: finds the service for a request, plays ordered faults,
writes the history. What a service answers is the service module's work.
"""

from __future__ import annotations

import ipaddress
import logging
import re
import select
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from nsquilio.errors import WrongUsage
from nsquilio.sandbox import faults
from nsquilio.sandbox.exchange import Reply, Request
from nsquilio.sandbox.refusals import refusal
from nsquilio.sandbox.services import answer, create_tables
from nsquilio.sandbox.world import World

_NETSUITE, _TOKENS = "/services/rest/", "/services/rest/auth/"
_LARGEST_BODY = 32 * 1024 * 1024
_KEPT_OF_A_BODY = 4000
_LOG = logging.getLogger("nsquilio.sandbox")


class Server:
    """A world being served; `base_url` is known before `start`."""

    def __init__(self, world: World, http: _Http) -> None:
        self.world = world
        self._http = http
        self.base_url = f"http://{_bracketed(http.server_address[0])}:{http.server_address[1]}"
        self._thread = threading.Thread(target=http.serve_forever, args=(0.05,), daemon=True, name="sandbox")

    def start(self) -> Server:
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ends waiting answers, frees the port. The world stays open."""
        self._http.stopping.set()
        if self._thread.is_alive():
            self._http.shutdown()
            self._thread.join()
        self._http.server_close()

    def wait(self) -> None:
        """Blocks until the server is stopped; for `sandbox serve`, which ends by an interrupt."""
        self._thread.join()


def serve(world: World, port: int = 0, host: str = "127.0.0.1") -> Server:
    """Binds (port 0: a free one) and returns; `start` begins to answer. Loopback addresses only."""
    if not _is_loopback(host):
        raise WrongUsage(
            f"The sandbox serves only this machine, not {host!r}: it accepts any password.",
            "Leave the host out, or give 127.0.0.1.",
        )
    create_tables(world)
    try:
        http = _Http((host, port), _Handler)
    except OSError as error:
        raise WrongUsage(
            f"The sandbox can't listen on port {port}: {error.strerror}.",
            "Give another --port, or 0 for a free one.",
        ) from error
    http.world = world
    return Server(world, http)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _bracketed(host: Any) -> str:
    return f"[{host}]" if ":" in str(host) else str(host)


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    world: World

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        if ":" in address[0]:
            self.address_family = socket.AF_INET6
        self.stopping = threading.Event()
        self.running = 0  # NetSuite requests, of the few that an account may have at once
        self.counting = threading.Lock()
        super().__init__(address, handler)

    def server_bind(self) -> None:
        # HTTPServer.server_bind looks the host's name up, which may take seconds without a network.
        socket.socket.bind(self.socket, self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    @contextmanager
    def slot(self, world: World | None) -> Iterator[bool]:
        """Whether the account has room for one more request; None: the request is not counted."""
        with self.counting:
            free = world is None or self.running < world.setting("concurrency", 5)
            self.running += free and world is not None
        try:
            yield free
        finally:
            with self.counting:
                self.running -= free and world is not None

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves early is no news; anything else is a bug of the sandbox."""
        # A connection that was cut on purpose is flushed once more by the library: ValueError.
        gone = isinstance(sys.exception(), OSError | ValueError)
        _LOG.log(logging.DEBUG if gone else logging.ERROR, "connection of %s", client_address, exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else a keep-alive answer waits 40 ms for a delayed ACK
    wbufsize = -1  # headers and body leave in one packet
    timeout = 120
    server: _Http

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._exchange
        raise AttributeError(name)

    def _exchange(self) -> None:
        request = self._read_request()
        if request is None:
            return
        world = self.server.world
        counted = request.path.startswith(_NETSUITE) and not request.path.startswith(_TOKENS)
        with self.server.slot(world if counted else None) as free:
            time.sleep(world.setting("latency_s", 0))
            fault, reply = self._reply(world, request) if free else ("", refusal(world, request.path, 429))
            ending = faults.FAULTS[fault].ending if fault else "answer"
            self._remember(world, request, fault, 0 if ending in ("reset", "late") else reply.status)
            waited = ending != "late" or self._client_waited(world.setting("timeout_s", 40))
        if not waited:
            self.close_connection = True
        elif ending == "reset":
            self._reset()
        else:
            self._write(world, reply, missing=10 if ending == "truncated" else 0)

    def _reply(self, world: World, request: Request) -> tuple[str, Reply]:
        """The fault that hit the request, and what the client gets."""
        fault = faults.hit(world, request)
        if not fault:
            return "", answer(world, request)
        real = answer(world, request) if faults.FAULTS[fault].after else Reply(0)
        return fault, faults.answer(world, fault, request, real)

    def _read_request(self) -> Request | None:
        host = urlsplit(f"//{self.headers.get('Host', '')}")
        if not _is_loopback(host.hostname or ""):
            # A page in a browser could otherwise reach the sandbox under its own name (DNS rebinding).
            self.send_error(421, "the sandbox answers to loopback names only")
            return None
        length = self.headers.get("Content-Length", "0")
        if "chunked" in self.headers.get("Transfer-Encoding", "") or not length.isdecimal():
            self.close_connection = True
            self.send_error(411)
            return None
        if int(length) > _LARGEST_BODY:
            self.close_connection = True
            self.send_error(413)
            return None
        url = urlsplit(self.path)
        return Request(
            method=self.command,
            path=unquote(url.path),
            query=tuple(parse_qsl(url.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(int(length)),
            base_url=f"http://{host.netloc}",
        )

    def _write(self, world: World, reply: Reply, missing: int = 0) -> None:
        lines = [f"HTTP/1.1 {reply.status} {self.responses.get(reply.status, ('Status', ''))[0]}"]
        lines.append(f"Date: {format_datetime(world.now(), usegmt=True)}")
        lines.extend(f"{name}: {value}" for name, value in reply.headers.items())
        lines.append(f"Content-Length: {len(reply.body) + missing}")
        if missing or self.close_connection:
            self.close_connection = True
            lines.append("Connection: close")
        head = "\r\n".join(lines) + "\r\n\r\n"
        self.wfile.write(head.encode("latin-1", "replace") + reply.body)
        self.wfile.flush()

    def _client_waited(self, seconds: float) -> bool:
        """Whether there is still somebody to answer, and a world to answer from, when the time is over."""
        end = time.monotonic() + seconds
        while time.monotonic() < end and not self.server.stopping.is_set():
            readable, _, _ = select.select(
                [self.connection], [], [], min(0.1, max(0.0, end - time.monotonic()))
            )
            if readable:  # end of file or a reset: nothing else comes before an answer
                return False
        return not self.server.stopping.is_set()

    def _reset(self) -> None:
        """A RST instead of an answer: with linger zero, closing drops the connection."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.rfile.close()
        self.wfile.close()
        self.connection.close()

    def finish(self) -> None:
        if not self.wfile.closed:
            super().finish()

    def _remember(self, world: World, request: Request, fault: str, status: int) -> None:
        if not world.setting("history", True):
            return
        query = "&".join(f"{name}={value}" for name, value in request.query)
        body = request.body[:_KEPT_OF_A_BODY].decode("utf-8", "replace")
        if "client_assertion" in body:
            body = re.sub(r"client_assertion=[^&]*", "client_assertion=...", body)
        row = (request.method, request.path, query, body, status, fault, world.now().isoformat())
        with world.change() as db:
            db.execute(
                "INSERT INTO history (method, path, query, body, status, fault, world_time, real_time)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, datetime.now(UTC).isoformat()),
            )

    def log_message(self, format: str, *args: Any) -> None:
        _LOG.debug(format, *args)
