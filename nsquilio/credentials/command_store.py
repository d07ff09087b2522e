"""Credentials that another program prints: `pass`, a vault's client, `systemd-creds`. Read only.

The program gets an argument list, never a shell, and what it says on standard error is shown to nobody: such
programs have been seen to put secrets there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from nsquilio.credentials.bounded import run_bounded
from nsquilio.credentials.names import NAMES, check_name
from nsquilio.credentials.store import Row, missing
from nsquilio.errors import BadCredentials

_LARGEST_BYTES = 64_000


class CommandStore:
    """Runs the command once for each credential that is asked for, and remembers what it printed."""

    kind = "command"

    def __init__(self, command: tuple[str, ...], env: Mapping[str, str], limit_s: float = 10.0) -> None:
        self._command = command
        self._env = {name: value for name, value in env.items() if name != "NSQUILIO_KEY"}
        self._limit_s = limit_s
        self._printed: dict[str, str] = {}

    @property
    def place(self) -> str:
        return f"the command {self._command[0]}"

    def find(self, name: str) -> str | None:
        """None when the command succeeds and prints nothing."""
        if check_name(name) not in self._printed:
            self._printed[name] = _text(self._run(name), name, self.place)
        return self._printed[name] or None

    def get(self, name: str) -> str:
        value = self.find(name)
        if value is None:
            message, _advice = missing(name, self.place)
            raise BadCredentials(message, f"Make credentials.command print {name}, then try again.")
        return value

    def set(self, name: str, value: str, now: datetime) -> None:
        raise self._read_only(f"{check_name(name)} cannot be set here")

    def delete(self, name: str) -> bool:
        raise self._read_only(f"{check_name(name)} cannot be deleted here")

    def listing(self) -> tuple[Row, ...]:
        """The command is not asked: it may want a password for each answer."""
        return tuple(Row(name, None, None) for name in NAMES)

    def _read_only(self, what: str) -> BadCredentials:
        return BadCredentials(
            f"{what}: the configuration says that {self.place} prints the credentials.",
            "Change it where that program keeps it.",
        )

    def _run(self, name: str) -> bytes:
        arguments = [argument.replace("{name}", name) for argument in self._command]
        try:
            ended = run_bounded(arguments, self._env, b"", self._limit_s)
        except OSError as error:
            raise BadCredentials(
                f"credentials.command could not be started: {arguments[0]}: {error.strerror}.",
                "Write the program's full path; cron's PATH is short.",
            ) from None
        if ended is None:
            raise BadCredentials(
                f"credentials.command did not print {name} within {self._limit_s:g} s.",
                "Run it by hand without a terminal; under cron nobody can answer its questions.",
            )
        if ended[0] != 0:
            raise BadCredentials(
                f"credentials.command failed for {name}: {arguments[0]} ended with status {ended[0]}.",
                "Run it by hand to see why.",
            )
        return ended[1]


def _text(printed: bytes, name: str, place: str) -> str:
    try:
        text = printed.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if len(printed) > _LARGEST_BYTES or "\0" in text:
        raise BadCredentials(f"What {place} printed for {name} is no credential.", "It must print text.")
    return text.rstrip("\r\n")
