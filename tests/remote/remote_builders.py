"""What the clients' tests share: a clock that stands still, keys, and a server that misbehaves on order."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from nsquilio.remote.netsuite import NetSuite
from nsquilio.remote.netsuite_auth import NetSuiteLogin
from nsquilio.remote.netsuite_columns import Columns
from nsquilio.remote.sendgrid import SendGrid
from nsquilio.remote.transport import Http, Transport
from nsquilio.remote.twilio import Twilio
from nsquilio.sandbox.netsuite_token import throwaway_credentials
from nsquilio.sandbox.twilio_access import credentials
from nsquilio.sandbox.world import World

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
DATE = "Mon, 02 Mar 2026 14:00:00 GMT"
BASE = "https://service.example"

COLUMNS = Columns(
    email=("invoice.email", "email", "contact.email"),
    channel="custentity_comm_channel",
    channel_values={"sms": "sms", "text": "sms", "email": "email", "none": "none"},
    sms_opt_out="custentity_sms_opt_out",
    excluded=("custentity_3805_dunning_paused",),
    time_zone="custentity_time_zone",
    language="language",
    po="otherrefnum",
    description="memo",
    payment_link="custbody_payment_link",
)


def clock() -> datetime:
    return NOW


class Pauses(list[float]):
    """Takes the place of sleeping and remembers for how long it would have been."""

    @property
    def http(self) -> Http:
        return Http(pause=self.append, chance=lambda: 0.0)


def no_pause() -> Http:
    return Pauses().http


def a_transport(base_url: str = BASE, pauses: Pauses | None = None, **given: Any) -> Transport:
    return Transport(
        "Twilio",
        base_url,
        None,
        clock,
        given.pop("http", None) or (Pauses() if pauses is None else pauses).http,
        **given,
    )


@cache
def a_key(kind: str = "P-256", passphrase: str = "") -> str:
    """A private key as PEM: P-256, P-384, P-521, secp256k1 or RSA with its bits."""
    curves = {"P-256": ec.SECP256R1, "P-384": ec.SECP384R1, "P-521": ec.SECP521R1, "secp256k1": ec.SECP256K1}
    key: Any = (
        ec.generate_private_key(curves[kind]())
        if kind in curves
        else rsa.generate_private_key(65537, int(kind.removeprefix("RSA-")))
    )
    locked = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    return str(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked).decode())


def a_login(key: str = "") -> NetSuiteLogin:
    return NetSuiteLogin("client-1", "certificate-1", key or a_key())


def netsuite_of(world: World, base_url: str, columns: Columns = COLUMNS, **given: Any) -> NetSuite:
    known = throwaway_credentials(world)
    login = NetSuiteLogin(
        known["netsuite.client_id"], known["netsuite.certificate_id"], known["netsuite.private_key"]
    )
    return NetSuite(base_url, login, columns, world.now, http=given.pop("http", None) or no_pause(), **given)


def twilio_of(world: World, base_url: str, **given: Any) -> Twilio:
    known = credentials(world)
    given = {"messaging_service_sid": known["messaging_service_sid"], "http": no_pause(), **given}
    urls = dict.fromkeys(("api", "intelligence", "messaging", "pricing"), base_url)
    key = (known["twilio.api_key_sid"], known["twilio.api_key_secret"])
    return Twilio(known["account_sid"], *key, world.now, urls=urls, **given)


def a_twilio(base_url: str, **given: Any) -> Twilio:
    urls = dict.fromkeys(("api", "intelligence", "messaging", "pricing"), base_url)
    given = {"from_number": "+14155550180", "http": no_pause(), **given}
    return Twilio("AC" + "0" * 32, "SK" + "0" * 32, "secret-of-the-key", clock, urls=urls, **given)


def sendgrid_of(world: World, base_url: str) -> SendGrid:
    key = credentials(world)["sendgrid.api_key"]
    return SendGrid(
        base_url,
        key,
        world.now,
        from_email="ar@example.com",
        from_name="Example AR",
        reply_to="replies@example.com",
        http=no_pause(),
    )


def answer_bytes(status: int, body: str = "", headers: str = "") -> bytes:
    head = (
        f"HTTP/1.1 {status} Status\r\nContent-Length: {len(body.encode())}\r\nDate: {DATE}\r\n{headers}\r\n"
    )
    return head.encode() + body.encode()


class Cut(bytes):
    """An answer after which, or in the middle of which, the connection ends."""


class Wire:
    """Ends each request as ordered: bytes to answer, "drop", "reset" or "hang"; the last order repeats."""

    def __init__(self, *orders: bytes | str) -> None:
        self.hits = 0
        self.requests: list[bytes] = []
        self._orders = list(orders)
        self._closing = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.base_url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._closing.set()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            while request := _read(connection):
                self.hits += 1
                self.requests.append(request)
                order = self._orders.pop(0) if len(self._orders) > 1 else self._orders[0]
                if isinstance(order, bytes):
                    connection.sendall(order)
                    if isinstance(order, Cut):
                        return
                    continue
                if order == "hang":
                    self._closing.wait(30)
                if order == "reset":
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return


def _read(connection: socket.socket) -> bytes:
    """One request, head and body; empty when the client has gone."""
    request = b""
    while b"\r\n\r\n" not in request:
        more = connection.recv(65536)
        if not more:
            return b""
        request += more
    head, _, body = request.partition(b"\r\n\r\n")
    length = next(
        (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


@contextmanager
def wire(*orders: bytes | str) -> Iterator[Wire]:
    served = Wire(*orders)
    try:
        yield served
    finally:
        served.close()
