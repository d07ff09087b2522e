"""Files that only their owner may see: read with distrust, written whole or not at all.

Knows nothing about what stands in them.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from nsquilio.errors import BadCredentials, DiskFailed

_LARGEST_BYTES = 1_000_000


def read_private(path: Path, what: str) -> bytes | None:
    """The content of `path`; None when there is no such file. `what`: its name in errors.

    Raises `BadCredentials` for a symbolic link, another owner, or a file that others may read or change.
    """
    opened = open_distrustfully(path, what)
    if opened is None:
        return None
    with os.fdopen(opened, "rb") as file:
        status = os.fstat(file.fileno())
        if status.st_uid != os.geteuid():
            raise BadCredentials(
                f"{what} {path} belongs to another user.",
                f"Run nsquilio as its owner, or 'chown' it to the user who runs nsquilio: {path}",
            )
        if status.st_mode & 0o077:
            others = "read" if status.st_mode & 0o044 else "changed"
            raise BadCredentials(f"{what} {path} can be {others} by other users.", f"Run: chmod 600 {path}")
        return file.read(_LARGEST_BYTES)


def open_distrustfully(path: Path, what: str) -> int | None:
    """A descriptor of an ordinary file that is no symbolic link; None when there is none."""
    try:
        # O_NONBLOCK: a named pipe must not hang a run.
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno == errno.ELOOP:
            text = f"{what} {path} is a symbolic link."
            raise BadCredentials(text, "Name the file itself in the configuration.") from None
        fix = f"Make it readable for the user who runs nsquilio: {path}"
        raise BadCredentials(f"{what} {path} cannot be read: {error.strerror}.", fix) from None
    if not stat.S_ISREG(os.fstat(opened).st_mode):
        os.close(opened)
        raise BadCredentials(f"{what} {path} is not an ordinary file.", "Name a file in the configuration.")
    return opened


def write_private(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Replace `path` at once: a crash leaves the old content or the new, never a half. Else `DiskFailed`."""
    temporary = ""
    try:
        make_private_directory(path.parent)
        # mkstemp makes 0600 files whatever the umask is.
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
        _sync_directory(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise _disk_failed(path, error) from None


def create_private(path: Path, content: bytes) -> bool:
    """Write `path` only if there is nothing; False when something is there."""
    try:
        make_private_directory(path.parent)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        return False
    except OSError as error:
        raise _disk_failed(path, error) from None
    try:
        with os.fdopen(handle, "wb") as file:
            os.fchmod(file.fileno(), 0o600)  # the umask may have taken bits away
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _sync_directory(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(path)
        raise _disk_failed(path, error) from None
    return True


def make_private_directory(path: Path) -> None:
    """Create `path` and what is missing above it as 0700, whatever the umask is."""
    if not path.exists():
        make_private_directory(path.parent)
        with contextlib.suppress(FileExistsError):
            os.mkdir(path, 0o700)


@contextlib.contextmanager
def only_writer(directory: Path) -> Iterator[None]:
    """Two `credentials set` at once must not lose one of them: read, change and write under a lock."""
    try:
        make_private_directory(directory)
        handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as error:
        raise _disk_failed(directory, error) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _sync_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _disk_failed(path: Path, error: OSError) -> DiskFailed:
    return DiskFailed(
        f"{path} could not be written: {error.strerror}.",
        f"Make room or make {path.parent} writable for the user who runs nsquilio, then try again.",
        service="disk",
    )
