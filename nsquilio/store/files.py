"""What the state folder and file must be on disk before anybody trusts them: ours, private, local, with room.

Reads and makes folders and empty files; opens no database.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from nsquilio.errors import DiskFailed, NotReady

FREE_BYTES_NEEDED = 50_000_000

# Locks on these are unreliable (sqlite.org/howtocorrupt.html, 2.1): two runs could both believe they are
# alone.
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre", "9p", "davfs"}
)
_NETWORK_FUSE = (
    "fuse.sshfs",
    "fuse.glusterfs",
    "fuse.ceph",
    "fuse.s3",
    "fuse.rclone",
    "fuse.goofys",
    "fuse.dav",
)


def prepare_folder(folder: Path) -> None:
    """Makes the folder (0700) when it is missing; refuses one that others can read or that is not ours."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _disk(folder, "cannot be made", error) from error
    check_private(folder, 0o700)
    refuse_network(folder)


def check_private(path: Path, mode: int) -> None:
    """Refuses a symlink, what belongs to somebody else, and what others may read."""
    try:
        found = path.lstat()
    except OSError as error:
        raise _disk(path, "cannot be read", error) from error
    if stat.S_ISLNK(found.st_mode):
        raise _unsafe(
            f"{path} is a symbolic link; the state must stand where it says.", "Name the real place."
        )
    kind_fits = stat.S_ISDIR(found.st_mode) if mode & 0o100 else stat.S_ISREG(found.st_mode)
    if not kind_fits:
        raise _unsafe(f"{path} is not a plain {'folder' if mode & 0o100 else 'file'}.", "Move it aside.")
    if found.st_uid != os.geteuid():
        raise _unsafe(
            f"{path} belongs to user {found.st_uid}, not to the user who runs this ({os.geteuid()}).",
            f"Run as that user, or: chown {os.geteuid()} {path}",
        )
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise _unsafe(
            f"{path} holds customers' data and can be read or changed by other users of this machine.",
            f"chmod {mode:o} {path}",
        )


def create_empty(path: Path) -> None:
    """An empty file of mode 0600 that did not exist before, never through a link. FileExistsError passes."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW, 0o600))
    except FileExistsError:
        raise
    except OSError as error:
        raise _disk(path, "cannot be made", error) from error


def refuse_full_disk(folder: Path) -> None:
    """A run that cannot record what it sends must not begin."""
    room = os.statvfs(folder)
    free = room.f_bavail * room.f_frsize
    if free < FREE_BYTES_NEEDED:
        raise DiskFailed(
            f"Only {free // 100_000 / 10:.1f} MB are free on the disk of {folder}; "
            f"{FREE_BYTES_NEEDED / 1e6:.0f} MB are needed.",
            "Free some space on that disk and run again; nothing was sent.",
            service="disk",
            code="disk_full",
        )


def refuse_network(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> None:
    kind = file_system(folder, mounts)
    if kind in _NETWORK or kind.startswith(_NETWORK_FUSE):
        raise _unsafe(
            f"{folder} is on a network file system ({kind}), where file locks cannot be relied on.",
            "Set state.directory to a folder on a disk of this machine.",
        )


def file_system(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """The type of the mount that holds the folder; "" where the system does not tell (macOS)."""
    try:
        lines = mounts.read_text(errors="replace").splitlines()
    except OSError:
        return ""
    place = folder.resolve()
    best, kind = -1, ""
    for line in lines:
        _, point, found, *_ = line.split(" ")
        point = point.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        if place.is_relative_to(point) and len(point) >= best:
            best, kind = len(point), found
    return kind


def _unsafe(message: str, next: str) -> NotReady:
    return NotReady(message + " Nothing was sent.", next, code="unsafe_state")


def _disk(path: Path, what: str, error: OSError) -> DiskFailed:
    return DiskFailed(
        f"{path} {what}: {error.strerror}.",
        "Check state.directory, the disk and the rights of the user who runs this.",
        service="disk",
    )
