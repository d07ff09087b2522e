"""What the three stores have in common, and the choice of one by the configuration, with no fallback."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from nsquilio.config.settings import CredentialSettings


@dataclass(frozen=True, slots=True)
class Row:
    """One credential without its value. `present` None: the store was not asked. `set_at` None: not known."""

    name: str
    present: bool | None
    set_at: datetime | None


class CredentialStore(Protocol):
    """Every method raises `BadCredentials` with the fix when the store cannot be used."""

    @property
    def kind(self) -> str:
        """ "os", "file" or "command"."""
        ...

    @property
    def place(self) -> str:
        """Where the credentials are, in words."""
        ...

    def find(self, name: str) -> str | None:
        """The value, or None when it is not set."""
        ...

    def get(self, name: str) -> str:
        """The value, or `BadCredentials` saying how to set it."""
        ...

    def set(self, name: str, value: str, now: datetime) -> None: ...

    def delete(self, name: str) -> bool:
        """False when it was not set."""
        ...

    def listing(self) -> tuple[Row, ...]:
        """A row for every name there is, set or not."""
        ...


def open_store(
    settings: CredentialSettings, profile: str, state_directory: Path, env: Mapping[str, str]
) -> CredentialStore:
    """The store that the configuration names. `env` may hold NSQUILIO_KEY and CREDENTIALS_DIRECTORY."""
    if settings.store == "file":
        from nsquilio.credentials.file_store import FileStore
        from nsquilio.credentials.keys import KeySource

        file = settings.file or state_directory / "credentials.enc"
        return FileStore(file, profile, KeySource.of(settings.key_file, env))
    if settings.store == "command":
        from nsquilio.credentials.command_store import CommandStore

        return CommandStore(settings.command, env)
    from nsquilio.credentials.os_store import OsStore, default_backend

    return OsStore(settings.backend or default_backend(), profile, state_directory, env)


def missing(name: str, place: str) -> tuple[str, str]:
    """Message and advice for a credential that is not set."""
    return f"{name} is not set in {place}.", f"Run: nsquilio credentials set {name}"
