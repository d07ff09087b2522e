"""Canaries, keys of every kind, and a keyring that tests may have."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
CANARY = "c4n4ry-8f1b-do-not-show"

# A keyring backend as a child process sees it; what it does is chosen by its file of entries.
BACKEND = """
import json, os, pathlib, sys, time
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

FILE = pathlib.Path(__file__).with_name("entries.json")

class Keyring(KeyringBackend):
    priority = 1
    def _entries(self):
        return json.loads(FILE.read_text()) if FILE.exists() else {}
    def get_password(self, service, name):
        print("chatter on standard output")
        return self._entries().get(service + "|" + name)
    def set_password(self, service, name, value):
        FILE.write_text(json.dumps(self._entries() | {service + "|" + name: value}))
    def delete_password(self, service, name):
        entries = self._entries()
        if entries.pop(service + "|" + name, None) is None:
            raise PasswordDeleteError("none")
        FILE.write_text(json.dumps(entries))

class Locked(Keyring):
    def get_password(self, service, name):
        raise KeyringLocked("no")
    set_password = delete_password = get_password

class Waiting(Keyring):
    def get_password(self, service, name):
        time.sleep(60)

class Silent(Keyring):
    def get_password(self, service, name):
        os._exit(0)

class Telling(Keyring):
    def set_password(self, service, name, value):
        raise RuntimeError("cannot keep " + value)

class Forgetful(Keyring):
    def set_password(self, service, name, value):
        pass

class Absent(Keyring):
    @property
    def priority(self):
        raise RuntimeError("never here")
    priority = property(lambda self: 1)
    def __init__(self):
        raise RuntimeError("no session")

from keyring.backends.null import Keyring as Null

class Disguised(Null):
    pass
"""


def a_keyring(folder: Path) -> dict[str, str]:
    """Makes the backends importable as `fake_keyring.…`; the environment to open the store with."""
    (folder / "fake_keyring.py").write_text(BACKEND)
    return {"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", "HOME": str(folder)}


def pem(key: object, encryption: KeySerializationEncryption | None = None) -> str:
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption())  # type: ignore[attr-defined]
    return str(private.decode("ascii"))


def p256() -> str:
    return pem(ec.generate_private_key(ec.SECP256R1()))


def public(private_key: object) -> str:
    key = private_key.public_key()  # type: ignore[attr-defined]
    return str(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii"))


def with_passphrase() -> str:
    return pem(ec.generate_private_key(ec.SECP256R1()), BestAvailableEncryption(b"pass"))


def rsa_key(bits: int) -> str:
    return pem(rsa.generate_private_key(65537, bits))


def edwards() -> str:
    return pem(ed25519.Ed25519PrivateKey.generate())


def bitcoin_curve() -> str:
    return pem(ec.generate_private_key(ec.SECP256K1()))
