"""A new certificate beside the old one, tested, then promoted: no run without a key that NetSuite knows.

Also where the certificates lie: they are no secrets and stay files, next to the state.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from nsquilio.credentials.names import NEXT, ROTATED
from nsquilio.credentials.secure_files import write_private
from nsquilio.credentials.store import CredentialStore
from nsquilio.errors import BadCredentials, DiskFailed

_PUBLIC = 0o644


def certificate_file(state_directory: Path, following: bool = False) -> Path:
    """`following`: the one that waits to be promoted."""
    return state_directory / f"netsuite-certificate{NEXT if following else ''}.pem"


def read_certificate(state_directory: Path, following: bool = False) -> str | None:
    """The certificate as PEM; None when none was made here."""
    try:
        return certificate_file(state_directory, following).read_text("ascii")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        path = certificate_file(state_directory, following)
        text = f"The certificate {path} cannot be read."
        raise BadCredentials(text, "Make it readable, or create a new certificate.") from None


def write_certificate(state_directory: Path, pem: str, following: bool = False) -> Path:
    path = certificate_file(state_directory, following)
    write_private(path, pem.encode("ascii"), _PUBLIC)
    return path


def promote(store: CredentialStore, state_directory: Path, now: datetime) -> None:
    """Put the waiting key and certificate id in the place of the old ones.

    The waiting ones are deleted last, so a promotion that was interrupted can be run again from the start.
    """
    waiting = {name: store.find(name + NEXT) for name in ROTATED}
    if _only_left_to_clear(store, waiting):
        store.delete(ROTATED[1] + NEXT)
        return
    lacking = [name + NEXT for name, value in waiting.items() if value is None]
    if lacking:
        verb = "is" if len(lacking) == 1 else "are"
        raise BadCredentials(
            f"Nothing can be promoted: {' and '.join(lacking)} {verb} not set.",
            "Run `nsquilio credentials create-certificate --next` and upload the certificate, then "
            f"`nsquilio credentials set netsuite.certificate_id{NEXT}`.",
        )
    for name, value in waiting.items():
        store.set(name, value or "", now)
    _move_certificate(state_directory)
    for name in waiting:
        store.delete(name + NEXT)


def _only_left_to_clear(store: CredentialStore, waiting: dict[str, str | None]) -> bool:
    """An earlier promotion was interrupted between its two deletions."""
    key, certificate_id = (waiting[name] for name in ROTATED)
    return key is None and certificate_id is not None and store.find(ROTATED[1]) == certificate_id


def _move_certificate(state_directory: Path) -> None:
    following = certificate_file(state_directory, following=True)
    try:
        os.replace(following, certificate_file(state_directory))
    except FileNotFoundError:
        pass  # made elsewhere, or moved by a promotion that was interrupted
    except OSError as error:
        text = f"{following} could not be moved: {error.strerror}."
        raise DiskFailed(text, "Make room, then promote again.", service="disk") from None
