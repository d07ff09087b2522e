"""The log of runs: JSON lines in `<state>/runs.log`, 0600, turned over by size, the run's id on every line.

Holds no message body, no whole number or address and no secret: what looks like one is made unreadable here,
whoever wrote it. A log that cannot be written never changes the outcome of a run; `trouble` says why.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nsquilio.core.phones import masked

FILE_NAME = "runs.log"
LARGEST_BYTES = 5_000_000
KEPT = 5  # older files beside the present one
_LONGEST_TEXT = 2_000

_UNSAID = frozenset({"body", "text", "html", "subject"})  # what customers read; their length must do
_SECRETS = re.compile(
    r"-----BEGIN [^-]*-----.*?(?:-----END [^-]*-----|$)"  # a key, or what was cut off one
    r"|\b(?:Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{8,}"
    r"|\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*"
    r"|\bSG\.[A-Za-z0-9_.-]{10,}"
    r"|(?<=//)[^/\s@]+:[^/\s@]+(?=@)",
    re.DOTALL,
)
_NUMBERS = re.compile(r"(?<![\w+])\+\d[\d ().-]{5,}\d|(?<![\w.:-])\d{10,15}(?![\w.:-])")
_ADDRESSES = re.compile(r"[^\s@<>\"',;:]+@[^\s@<>\"',;:]+\.[A-Za-z]{2,}")


class RunLog:
    """`run_id`: the run's id, "" while there is none yet; what is written before waits for it."""

    def __init__(self, directory: Path, command: str, clock: Callable[[], datetime]) -> None:
        self._path = directory / FILE_NAME
        self._command = command
        self._clock = clock
        self._waiting: list[dict[str, Any]] = []
        self.run_id = ""
        self.trouble: str | None = None

    def write(self, event: str, level: str = "info", **details: Any) -> None:
        line = {
            "at": _utc(self._clock()),
            "run": "",
            "command": self._command,
            "level": level,
            "event": event,
        }
        self._waiting.append({**line, **{name: _harmless(name, value) for name, value in details.items()}})
        if self.run_id:
            self.flush()

    def flush(self) -> None:
        """Writes what waits, also without a run's id: a run that failed before it had one."""
        if not self._waiting:
            return
        lines = [
            json.dumps({**line, "run": self.run_id or "none"}, ensure_ascii=True) for line in self._waiting
        ]
        self._waiting.clear()
        try:
            _turn_over(self._path)
            _append(self._path, "".join(f"{line}\n" for line in lines).encode("ascii"))
        except OSError as problem:
            self.trouble = f"The log {self._path} cannot be written: {problem.strerror or problem}."


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _harmless(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _harmless(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_harmless(name, inner) for inner in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    text = str(value)
    return f"({len(text)} characters)" if name in _UNSAID else unreadable(text)


def unreadable(text: str) -> str:
    """The text with numbers, addresses and secrets masked, and not endless."""
    hidden = _SECRETS.sub("(hidden)", text)
    without_mail = _ADDRESSES.sub(lambda found: masked(found[0]), hidden)
    return _NUMBERS.sub(lambda found: masked(found[0]), without_mail)[:_LONGEST_TEXT]


def _append(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(path, flags, 0o600)
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_uid != os.geteuid():
            raise OSError("it is not a file of this user")
        if found.st_mode & 0o077:
            os.fchmod(descriptor, 0o600)
        os.write(descriptor, content)
    finally:
        os.close(descriptor)


def _turn_over(path: Path) -> None:
    """`runs.log` becomes `runs.log.1` and so on. Only a run that holds the lock does this."""
    try:
        if path.lstat().st_size < LARGEST_BYTES:
            return
    except FileNotFoundError:
        return
    for number in range(KEPT - 1, 0, -1):
        older = path.with_name(f"{FILE_NAME}.{number}")
        if older.exists():
            older.replace(path.with_name(f"{FILE_NAME}.{number + 1}"))
    path.replace(path.with_name(f"{FILE_NAME}.1"))
