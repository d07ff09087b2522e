"""Credentials in the system's keyring, through the one backend that the configuration names.

Every access runs in a child process with a time limit (see `keyring_child`): a locked keyring asks for its
password in a window that nobody sees under cron, and waits for ever. The child gets the backend by its full
name; environment variables and keyringrc.cfg that would choose another are not passed on.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from nsquilio.credentials.bounded import run_bounded
from nsquilio.credentials.names import NAMES, check_name
from nsquilio.credentials.secure_files import only_writer, read_private, write_private
from nsquilio.credentials.store import Row, missing
from nsquilio.errors import BadCredentials

LIMIT_S = 5.0
CHILD = Path(__file__).with_name("keyring_child.py")

# They keep secrets in the clear, keep none at all, or choose among others by themselves.
REFUSED = (
    "keyrings.alt.",
    "keyrings.cryptfile.",
    "keyring.backends.null.",
    "keyring.backends.fail.",
    "keyring.backends.chainer.",
)
_OWN_BACKENDS = {
    "linux": "keyring.backends.SecretService.Keyring",
    "darwin": "keyring.backends.macOS.Keyring",
    "win32": "keyring.backends.Windows.WinVaultKeyring",
}
# What a keyring's client needs to find its service; nothing that chooses a backend or its properties.
# PYTHONPATH rules this process already, so passing it on opens no new door.
_PASSED_ON = (
    "PYTHONPATH",
    "HOME",
    "USER",
    "LOGNAME",
    "PATH",
    "LANG",
    "DBUS_SESSION_BUS_ADDRESS",
    "XDG_RUNTIME_DIR",
    "XDG_DATA_HOME",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "SYSTEMROOT",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
)
CRON_VARIABLES = ("HOME", "USER", "LOGNAME", "PATH", "LANG")
_Step = tuple[str, str, str | None]


def default_backend() -> str:
    """The operating system's own keyring."""
    return _OWN_BACKENDS.get(sys.platform, _OWN_BACKENDS["linux"])


class OsStore:
    """Asks for all credentials at the first question, with one child, and remembers the answers."""

    kind = "os"

    def __init__(
        self,
        backend: str,
        profile: str,
        state_directory: Path,
        env: Mapping[str, str],
        limit_s: float = LIMIT_S,
    ) -> None:
        self._backend = backend
        self._service = f"nsquilio:{profile}"
        self._dates = state_directory / "credentials.json"
        self._env = {name: env[name] for name in _PASSED_ON if name in env}
        self._limit_s = limit_s
        self._known: dict[str, str | None] | None = None

    @property
    def place(self) -> str:
        return f"the keyring {self._backend} under {self._service}"

    def find(self, name: str) -> str | None:
        check_name(name)
        if self._known is None:
            self._known = dict(zip(NAMES, self._ask([("get", each, None) for each in NAMES]), strict=True))
        return self._known[name] or None

    def get(self, name: str) -> str:
        value = self.find(name)
        if value is None:
            raise BadCredentials(*missing(name, self.place))
        return value

    def set(self, name: str, value: str, now: datetime) -> None:
        _done, back = self._ask([("set", check_name(name), value), ("get", name, None)])
        self._known = None
        if back != value:
            raise BadCredentials(
                f"{self.place} took {name} but gives something else back.",
                "Use another store: credentials.store: file.",
            )
        self._remember(name, now)

    def delete(self, name: str) -> bool:
        deleted = bool(self._ask([("delete", check_name(name), None)])[0])
        self._known = None
        self._remember(name, None)
        return deleted

    def listing(self) -> tuple[Row, ...]:
        dates = self._read_dates()
        return tuple(Row(name, self.find(name) is not None, dates.get(name)) for name in NAMES)

    def probe(self, as_cron: bool) -> None:
        """Ask for a credential as cron would (`as_cron`) or as this process does; raises if that fails."""
        env = (
            {name: self._env[name] for name in CRON_VARIABLES if name in self._env} if as_cron else self._env
        )
        self._ask([("get", NAMES[0], None)], env)

    def _ask(self, steps: Sequence[_Step], env: Mapping[str, str] | None = None) -> list[Any]:
        if self._backend.startswith(REFUSED):
            raise self._refused(self._backend)
        request = {"backend": self._backend, "refused": REFUSED, "service": self._service, "steps": steps}
        answer = self._answer(json.dumps(request), self._env if env is None else env)
        if "refused" in answer:
            raise self._refused(str(answer["refused"]))
        if answer.get("locked"):
            raise self._locked("is locked")
        if "values" not in answer:
            raise self._absent(str(answer.get("absent", "it gave no answer")))
        return list(answer["values"])

    def _answer(self, request: str, env: Mapping[str, str]) -> dict[str, Any]:
        arguments = [sys.executable, "-P", str(CHILD)]  # -P: no module of this folder stands in for a library
        try:
            ended = run_bounded(arguments, env, request.encode(), self._limit_s)
        except OSError:  # no memory, no processes left, no interpreter
            return {}
        if ended is None:
            raise self._locked(f"did not answer within {self._limit_s:g} s, so it is probably locked")
        try:
            answer = json.loads(ended[1])
        except ValueError:
            return {}
        return answer if isinstance(answer, dict) else {}

    def _refused(self, kind: str) -> BadCredentials:
        return BadCredentials(
            f"credentials.backend {self._backend} is refused: {kind} does not keep secrets safe.",
            f"Use the system's keyring ({default_backend()}) or credentials.store: file.",
        )

    def _locked(self, what: str) -> BadCredentials:
        return BadCredentials(
            f"The keyring {self._backend} {what}.",
            "Unlock it, or use credentials.store: file, which works under cron without a session.",
        )

    def _absent(self, why: str) -> BadCredentials:
        return BadCredentials(
            f"The keyring {self._backend} cannot be used: {why}.",
            "Under cron there is usually no keyring: use credentials.store: file, or name another in "
            "credentials.backend.",
        )

    def _remember(self, name: str, now: datetime | None) -> None:
        """Keyrings do not tell when an entry was made, so the date is kept beside the state."""
        with only_writer(self._dates.parent):
            dates = self._read_dates()
            dates.pop(name, None)
            if now is not None:
                dates[name] = now
            written = {each: date.isoformat(timespec="seconds") for each, date in dates.items()}
            write_private(self._dates, json.dumps(written, indent=1).encode() + b"\n")

    def _read_dates(self) -> dict[str, datetime]:
        content = read_private(self._dates, "The file of credential dates")
        try:
            written = json.loads(content or b"{}")
            return {name: datetime.fromisoformat(date) for name, date in written.items() if name in NAMES}
        except (ValueError, TypeError, AttributeError):
            return {}  # only dates; they are written again at the next set
