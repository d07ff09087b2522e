"""Credentials in one encrypted file: AES-256-GCM, each entry bound to program, version, profile and its name.

So an entry that is changed, moved to another name or copied to another profile does not open. The file holds
no secret in the clear, and its key stands elsewhere (see `keys`).
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from nsquilio.credentials.keys import KeySource
from nsquilio.credentials.names import NAMES, check_name
from nsquilio.credentials.secure_files import only_writer, read_private, write_private
from nsquilio.credentials.store import Row, missing
from nsquilio.errors import BadCredentials

VERSION = 1
_NONCE_BYTES = 12  # 96 bits, what GCM is made for; random ones are safe for 2^32 entries (NIST SP 800-38D)
_Entries = dict[str, dict[str, str]]


class FileStore:
    """Keeps nothing in memory: each call reads the file and the key again."""

    kind = "file"

    def __init__(self, file: Path, profile: str, key: KeySource) -> None:
        self._file = file
        self._profile = profile
        self._key = key

    @property
    def place(self) -> str:
        return f"the encrypted file {self._file}"

    def find(self, name: str) -> str | None:
        entries, key_id = self._read()
        entry = entries.get(check_name(name))
        return self._opened(name, entry, self._matching_key(key_id)) if entry else None

    def get(self, name: str) -> str:
        value = self.find(name)
        if value is None:
            raise BadCredentials(*missing(name, self.place))
        return value

    def set(self, name: str, value: str, now: datetime) -> None:
        check_name(name)
        with only_writer(self._file.parent):
            entries, key_id = self._read()
            key = self._matching_key(key_id) if entries else self._first_key()
            entries[name] = self._sealed(name, value, key, now)
            self._write(entries, _key_id(key))

    def delete(self, name: str) -> bool:
        check_name(name)
        with only_writer(self._file.parent):
            entries, key_id = self._read()
            if entries.pop(name, None) is None:
                return False
            self._write(entries, key_id)
            return True

    def listing(self) -> tuple[Row, ...]:
        """Needs no key: names and dates are not encrypted."""
        entries, _key_id = self._read()
        dates = {name: _date(entry.get("set_at")) for name, entry in entries.items()}
        return tuple(Row(name, name in entries, dates.get(name)) for name in NAMES)

    def _first_key(self) -> bytes:
        return self._key.read() or self._key.create()

    def _matching_key(self, key_id: str) -> bytes:
        key = self._key.read()
        if key is None:
            raise BadCredentials(
                f"The key file {self._key.key_file} is gone, so {self.place} cannot be opened.",
                f"Bring the key file back, or remove {self._file} and set every credential again.",
            )
        if _key_id(key) != key_id:
            raise BadCredentials(
                f"The key does not belong to {self.place}: it was written with another one.",
                f"Use the key it was written with, or remove {self._file} and set every credential again.",
            )
        return key

    def _sealed(self, name: str, value: str, key: bytes, now: datetime) -> dict[str, str]:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(_NONCE_BYTES)
        sealed = AESGCM(key).encrypt(nonce, value.encode(), self._bound_to(name))
        return {"nonce": _text(nonce), "sealed": _text(sealed), "set_at": now.isoformat(timespec="seconds")}

    def _opened(self, name: str, entry: dict[str, str], key: bytes) -> str:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            nonce, sealed = (base64.b64decode(entry[part], validate=True) for part in ("nonce", "sealed"))
            return AESGCM(key).decrypt(nonce, sealed, self._bound_to(name)).decode()
        except (InvalidTag, KeyError, TypeError, ValueError):
            raise BadCredentials(
                f"{name} in {self.place} was changed, or copied from another name or profile.",
                f"Run: nsquilio credentials set {name}",
            ) from None

    def _bound_to(self, name: str) -> bytes:
        return json.dumps(["nsquilio", VERSION, self._profile, name]).encode()

    def _read(self) -> tuple[_Entries, str]:
        content = read_private(self._file, "The credentials file")
        if content is None:
            return {}, ""
        try:
            document = json.loads(content)
            entries, key_id = _checked(document["entries"]), str(document["key_id"])
            version, profile = document["version"], document["profile"]
        except (ValueError, KeyError, TypeError):
            raise BadCredentials(
                f"{self.place} is damaged.",
                f"Restore it from a backup, or remove {self._file} and set every credential again.",
            ) from None
        if version != VERSION:
            text = f"{self.place} was written by another version of nsquilio."
            raise BadCredentials(text, "Use the newer version.")
        if profile != self._profile:
            text = f"{self.place} belongs to profile {profile!r:.60}, and this is {self._profile!r}."
            raise BadCredentials(text, "Give each profile a file of its own: credentials.file.")
        return entries, key_id

    def _write(self, entries: _Entries, key_id: str) -> None:
        document = {"version": VERSION, "profile": self._profile, "key_id": key_id, "entries": entries}
        write_private(self._file, json.dumps(document, indent=1).encode() + b"\n")


def _checked(entries: Any) -> _Entries:
    if not isinstance(entries, dict) or not all(isinstance(entry, dict) for entry in entries.values()):
        raise TypeError("entries")
    return entries


def _key_id(key: bytes) -> str:
    """Tells two keys apart and tells nothing about either."""
    return hashlib.sha256(b"nsquilio key id" + key).hexdigest()[:16]


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _date(written: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(written) if written else None
    except ValueError:
        return None
