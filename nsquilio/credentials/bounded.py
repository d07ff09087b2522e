"""Runs a program that must not hang a run: a time limit for it and for everything it started.

Its standard error goes nowhere, because programs that know secrets have been seen to put them there.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence


def run_bounded(
    arguments: Sequence[str], env: Mapping[str, str], asked: bytes, limit_s: float
) -> tuple[int, bytes] | None:
    """Exit status and standard output; None when the time was up. `OSError` when it could not be started."""
    child = subprocess.Popen(
        arguments,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=dict(env),
        start_new_session=True,
    )
    try:
        printed, _nothing = child.communicate(asked, timeout=limit_s)
        return child.returncode, printed
    except subprocess.TimeoutExpired:
        return None
    finally:
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    # The group, not the child alone: a grandchild may hold the pipes open. Not after a normal end, when the
    # number may be another group's already.
    if child.returncode is None:
        with contextlib.suppress(OSError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe:
            with contextlib.suppress(OSError):
                pipe.close()
