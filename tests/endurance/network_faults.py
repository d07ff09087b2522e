"""Faults of the way to the services, made as those of `faults`: addresses, TLS, proxies, monitors, environment."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.endurance.children import Ended
from tests.endurance.faults import Fault, changed_config, configured
from tests.endurance.town import Town


def elsewhere(url: str) -> Fault:
    """All services at another address."""
    return lambda town: configured((town.between.url, url))(town)


def refused(town: Town) -> Ended:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return elsewhere(f"http://127.0.0.1:{port}")(town)


def without_a_name(town: Town) -> Ended:
    """The way out is a proxy that nobody can find."""
    with changed_config(town, ("state:", "http: {proxy: 'http://127.0.0.1:1'}\nstate:")) as config:
        return town.run("remind", config=config)


def not_speaking_tls(town: Town) -> Ended:
    """The other end does not know TLS: the handshake fails, and nothing is said in the clear."""
    return _instead_of_tls(town, lambda connection: connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n"))


def self_signed(town: Town) -> Ended:
    """A certificate that nobody vouches for."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_own_certificate(town.folder / "self-signed.pem"))

    def answer(connection: socket.socket) -> None:
        try:
            context.wrap_socket(connection, server_side=True).recv(1)
        except OSError:
            return
        raise AssertionError("somebody trusted the certificate")

    return _instead_of_tls(town, answer, read_first=False)


def _own_certificate(path: Path) -> Path:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
    kinds = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    certificate = made.sign(key, hashes.SHA256()).public_bytes(kinds[0])
    path.write_bytes(key.private_bytes(*kinds) + certificate)
    return path


def _instead_of_tls(
    town: Town, answer: Callable[[socket.socket], object], *, read_first: bool = True
) -> Ended:
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                heard.append(connection.recv(65_536, 0 if read_first else socket.MSG_PEEK))
                answer(connection)
                connection.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        ended = elsewhere(f"https://127.0.0.1:{server.getsockname()[1]}")(town)
        server.shutdown(socket.SHUT_RDWR)
    thread.join()
    assert heard and all(b"POST" not in words and b"Basic" not in words for words in heard)
    return ended


def hostile_surroundings(town: Town) -> Ended:
    home = town.folder / "home"
    home.mkdir(exist_ok=True)
    (home / ".netrc").write_text("machine 127.0.0.1 login evil password evil\n")
    proxy = "http://127.0.0.1:9"
    return town.run(
        "remind",
        HOME=str(home),
        HTTP_PROXY=proxy,
        http_proxy=proxy,
        ALL_PROXY=proxy,
        REQUESTS_CA_BUNDLE="/nonexistent",
        PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring",
    )


def deaf_monitor(answer: bytes | None) -> Fault:
    """`answer`: what the monitor says to each ping; None: nothing, for ever."""

    def fault(town: Town) -> Ended:
        held: list[socket.socket] = []
        with socket.create_server(("127.0.0.1", 0)) as server:

            def serve() -> None:
                while True:
                    try:
                        connection, _ = server.accept()
                    except OSError:
                        return
                    held.append(connection)
                    if answer:
                        connection.recv(65_536)
                        connection.sendall(answer)
                        connection.close()

            thread = threading.Thread(target=serve, daemon=True)
            thread.start()
            url = f"http://127.0.0.1:{server.getsockname()[1]}/ping"
            ended = configured(("state:", f"monitoring: {{ping_url: '{url}'}}\nstate:"))(town)
            server.shutdown(socket.SHUT_RDWR)
        thread.join()
        for connection in held:
            connection.close()
        return ended

    return fault
