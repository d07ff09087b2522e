"""One run at a time: an `flock` on `<state>/lock`, which the kernel frees when its holder dies, SIGKILL
included.

The file's content (pid, start, command) is for people and never decides who holds the lock; a PID file would
be stale
after a crash, and people lost weeks to such (facts, delivery-and-storage §7).
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from nsquilio.errors import AlreadyRunning, DiskFailed

YOUNG = timedelta(minutes=30)
"""A run younger than this is no news: the later one leaves silently (spec, exit code 5)."""


@contextmanager
def run_lock(directory: Path, command: str, now: datetime) -> Iterator[None]:
    """Held while the block runs; `AlreadyRunning` at once when another run has it."""
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
        descriptor = os.open(directory / "lock", flags, 0o600)
    except OSError as problem:
        raise DiskFailed(
            f"The lock {directory / 'lock'} cannot be opened: {problem.strerror}.",
            "Let the user of the crontab own the state directory and be able to write there.",
            service="disk",
        ) from None
    try:
        _take(descriptor, now)
        _write_holder(descriptor, command, now)
        yield
    finally:
        os.close(descriptor)


def lock_holder(directory: Path) -> dict[str, str] | None:
    """Who holds the lock (`pid`, `started`, `command`, as far as known); None: nobody. Only looks."""
    try:
        descriptor = os.open(directory / "lock", os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        # Shared: two who look at once do not see each other, and a run that starts just now is not turned
        # away for long.
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return None
    except BlockingIOError:
        return _holder(descriptor)
    finally:
        os.close(descriptor)


def _take(descriptor: int, now: datetime) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise _already_running(descriptor, now) from None


def _already_running(descriptor: int, now: datetime) -> AlreadyRunning:
    holder = _holder(descriptor)
    started = holder.get("started", "")
    what = f"`{holder.get('command', 'another run')}`, process {holder.get('pid', 'unknown')}"
    problem = AlreadyRunning(
        f"Another run holds the lock: {what}, since {started or 'an unknown time'}.",
        "Nothing to do while it works. If it hangs, end that process; the next run carries on.",
    )
    problem.silent = _is_young(started, now)
    return problem


def _is_young(started: str, now: datetime) -> bool:
    try:
        return now - datetime.fromisoformat(started) < YOUNG
    except ValueError:
        return True  # the holder is just starting and has not written yet


def _holder(descriptor: int) -> dict[str, str]:
    try:
        found = json.loads(os.pread(descriptor, 4096, 0) or b"{}")
    except (OSError, ValueError):
        return {}
    return {name: str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _write_holder(descriptor: int, command: str, now: datetime) -> None:
    holder = {"pid": os.getpid(), "started": now.isoformat(), "command": command}
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(holder).encode(), 0)
    except OSError:
        return  # a full disk is found, and named, when the state file is opened
