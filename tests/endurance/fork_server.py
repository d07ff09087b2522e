"""Forks real processes that run one command each, without paying for the imports again and again.

`python -m tests.endurance.fork_server`: each line on standard input is a job, JSON: arguments, environment, and
the paths of a pipe for the process id and the exit status and of files for its output. `die_at_commit`: the
process kills itself before or after its n-th commit, as if the machine had been switched off there; `disk`: at or
around the n-th change SQLite makes to the disk, or the disk fails there (see `broken_disk`).
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

import nsquilio.__main__
import nsquilio.cli.program
import nsquilio.remote.transport
import nsquilio.store.state_file
from tests.endurance.broken_disk import break_disk


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        job = json.loads(line)
        if job.get("warm_up"):
            _warm_up(job)
        elif os.fork() == 0:
            _watch(job)
            os._exit(0)


def _warm_up(job: dict[str, Any]) -> None:
    """A dry run in this process: what it imports and works out once, every process after it has already."""
    os.environ.update(job["environment"])
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        nsquilio.cli.program.run([*job["arguments"], "--dry-run"])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with open(job["pipe"], "w") as pipe:
        pipe.write("0\n0\n")


def _watch(job: dict[str, Any]) -> None:
    """Starts the process, tells its id, waits for its end and tells that too."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with open(job["pipe"], "w") as pipe:
        child = os.fork()
        if child == 0:
            pipe.close()
            _run(job)
        pipe.write(f"{child}\n")
        pipe.flush()
        _, status = os.waitpid(child, 0)
        pipe.write(f"{os.waitstatus_to_exitcode(status)}\n")


def _run(job: dict[str, Any]) -> None:
    os.environ.clear()
    os.environ.update(job["environment"])
    os.setsid()
    _redirect(0, os.devnull, os.O_RDONLY)
    _redirect(1, job["stdout"], os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    _redirect(2, job["stderr"], os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - for the life of the process
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    _hurry()
    if job["largest_file"] is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (job["largest_file"],) * 2)
    if job["die_at_commit"]:
        sqlite3.connect = _dying(*job["die_at_commit"])  # type: ignore[assignment]
    if job["disk"]:
        break_disk(*job["disk"])
    os._exit(nsquilio.__main__.main(job["arguments"]))


def _hurry() -> None:
    """No pauses between repeats, and no patience with a service or a state file that does not answer."""
    nsquilio.remote.transport.READ_S = 3
    pause = nsquilio.remote.transport.Http.__dataclass_fields__["pause"].default
    made = nsquilio.remote.transport.Http.__init__
    made.__defaults__ = tuple(_no_pause if each is pause else each for each in made.__defaults__ or ())
    nsquilio.store.state_file.open_state.__kwdefaults__["busy_timeout_s"] = 0.5  # type: ignore[index]


def _no_pause(_seconds: float) -> None:
    pass


def _redirect(descriptor: int, path: str, flags: int) -> None:
    opened = os.open(path, flags, 0o600)
    os.dup2(opened, descriptor)
    os.close(opened)


def _dying(number: int, when: str) -> Any:
    """`sqlite3.connect` whose connections end the process at the n-th commit of all of them."""
    real, seen = sqlite3.connect, 0

    class Mortal(sqlite3.Connection):
        def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:  # type: ignore[override]
            with _end_of(sql, self.in_transaction):
                return super().execute(sql, *parameters)

    @contextmanager
    def _end_of(sql: str, is_inside: bool) -> Iterator[None]:
        nonlocal seen
        word = sql.split(maxsplit=1)[0].upper()
        mine = word == "COMMIT" or (word in ("INSERT", "UPDATE", "DELETE") and not is_inside)
        seen += mine
        if mine and seen == number and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        yield
        if mine and seen == number and when == "after":
            os.kill(os.getpid(), signal.SIGKILL)

    def connect(*args: Any, **named: Any) -> sqlite3.Connection:
        return real(*args, factory=Mortal, **named)

    return connect


if __name__ == "__main__":
    main()
