"""The key of the encrypted file: from a key file, a systemd credential or NSQUILIO_KEY, in that order.

It protects copies and backups of the state directory, not against root or the same user.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nsquilio.credentials.secure_files import create_private, open_distrustfully, read_private
from nsquilio.errors import BadCredentials

KEY_BYTES = 32
SYSTEMD_NAME = "nsquilio.key"


@dataclass(frozen=True, slots=True)
class KeySource:
    """Exactly one of these is set, or none."""

    key_file: Path | None = None
    systemd_file: Path | None = None
    variable: str | None = field(default=None, repr=False)

    @staticmethod
    def of(key_file: Path | None, env: Mapping[str, str]) -> KeySource:
        """What the configuration names; else what the surroundings offer."""
        if key_file is not None:
            return KeySource(key_file=key_file)
        directory = env.get("CREDENTIALS_DIRECTORY")
        if directory and os.path.exists(Path(directory) / SYSTEMD_NAME):
            return KeySource(systemd_file=Path(directory) / SYSTEMD_NAME)
        return KeySource(variable=env.get("NSQUILIO_KEY") or None)

    def read(self) -> bytes | None:
        """The key; None when its file does not exist yet."""
        if self.key_file:
            content = read_private(self.key_file, "The key file")
            return None if content is None else _decoded(content, f"The key file {self.key_file}")
        if self.systemd_file:
            return _decoded(_read_systemd(self.systemd_file), f"The systemd credential {SYSTEMD_NAME}")
        if self.variable is not None:
            return _decoded(self.variable.encode(), "NSQUILIO_KEY")
        raise BadCredentials(
            "The encrypted credentials have no key: credentials.key_file is empty, and there is neither a "
            f"systemd credential {SYSTEMD_NAME} nor NSQUILIO_KEY.",
            "Set credentials.key_file to a path outside the state directory, like ~/.config/nsquilio/key; "
            "the first `nsquilio credentials set` makes it.",
        )

    def create(self) -> bytes:
        """A new random key in the key file, which must not exist."""
        if self.key_file is None:
            raise BadCredentials("Only a key file can be made.", "Set credentials.key_file.")
        key = os.urandom(KEY_BYTES)
        if not create_private(self.key_file, base64.b64encode(key) + b"\n"):
            raise BadCredentials(f"The key file {self.key_file} has just been made.", "Try again.")
        return key


def _read_systemd(path: Path) -> bytes:
    """systemd gives the file to the unit's user by owner or by access list, so group bits say nothing."""
    opened = open_distrustfully(path, f"The systemd credential {SYSTEMD_NAME}")
    if opened is None:
        raise BadCredentials(f"The systemd credential {SYSTEMD_NAME} is gone.", "Restart the unit.")
    with os.fdopen(opened, "rb") as file:
        if os.fstat(file.fileno()).st_mode & 0o007:
            raise BadCredentials(
                f"The systemd credential {path} can be read by every user.",
                "Give it to the unit with LoadCredentialEncrypted= instead of making the directory by hand.",
            )
        return file.read(4096)


def _decoded(content: bytes, what: str) -> bytes:
    """32 bytes, given as they are, in hexadecimal or in base64."""
    if len(content) == KEY_BYTES:
        return content
    text = content.strip()
    try:
        key = (
            bytes.fromhex(text.decode("ascii")) if re.fullmatch(rb"[0-9a-fA-F]{64}", text) else _base64(text)
        )
    except (ValueError, binascii.Error):
        key = b""
    if len(key) != KEY_BYTES:
        raise BadCredentials(
            f"{what} is not a key of {KEY_BYTES} bytes in base64 or hexadecimal.",
            "Make one with: openssl rand -base64 32. Credentials set with another key must be set again.",
        )
    return key


def _base64(text: bytes) -> bytes:
    return base64.b64decode(text.replace(b"-", b"+").replace(b"_", b"/"), validate=True)
