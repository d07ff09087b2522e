"""Commands as real processes: started, killed, stopped, waited for; never by polling, never by sleeping."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import IO

from tests.conftest import clean_environment

CHECKOUT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Ended:
    """`code`: the exit code, or minus the signal that ended it."""

    code: int
    out: str
    err: str


@dataclass(slots=True)
class Child:
    pid: int
    _pipe: IO[str]
    _paths: tuple[Path, Path]

    def wait(self) -> Ended:
        line = self._pipe.readline()
        self._pipe.close()
        out, err = (path.read_text(errors="replace") if path.exists() else "" for path in self._paths)
        return Ended(int(line), out, err)

    def kill(self, number: int = signal.SIGKILL) -> None:
        os.kill(self.pid, number)


@dataclass(slots=True)
class Children:
    """A fork server and the folder its processes write to."""

    folder: Path
    _server: subprocess.Popen[str]
    _numbers: Iterator[int] = field(default_factory=count)

    def start(
        self,
        config: Path,
        command: str,
        now: datetime,
        *more: str,
        die_at_commit: tuple[int, str] | None = None,
        disk: tuple[int, str] | None = None,
        largest_file: int | None = None,
        warm_up: bool = False,
        out: str = "",
        **environment: str,
    ) -> Child:
        base = self.folder / str(next(self._numbers))
        pipe, own_out, err = (base.with_suffix(suffix) for suffix in (".pipe", ".out", ".err"))
        os.mkfifo(pipe)
        job = {
            "arguments": ["--config", str(config), command, *more],
            "environment": clean_environment(
                NSQUILIO_NOW=now.isoformat(), TZ="Asia/Kathmandu", **environment
            ),
            "pipe": str(pipe),
            "stdout": out or str(own_out),
            "stderr": str(err),
            "die_at_commit": die_at_commit,
            "disk": disk,
            "largest_file": largest_file,
            "warm_up": warm_up,
        }
        assert self._server.stdin is not None
        self._server.stdin.write(json.dumps(job) + "\n")
        self._server.stdin.flush()
        opened = pipe.open()
        return Child(int(opened.readline()), opened, (own_out, err))


@contextmanager
def fork_server(folder: Path) -> Iterator[Children]:
    folder.mkdir(parents=True, exist_ok=True)
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.endurance.fork_server"],
        cwd=CHECKOUT,
        env=clean_environment(PYTHONPATH=str(CHECKOUT)),
        stdin=subprocess.PIPE,
        text=True,
    )
    try:
        yield Children(folder, server)
    finally:
        assert server.stdin is not None
        server.stdin.close()
        server.wait()
