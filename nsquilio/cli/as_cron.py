"""Surroundings as cron gives them: few variables, no terminal, the home directory. Starts this program in
them.

Most set-ups that work in a shell and fail at night fail for what is missing here (facts, delivery-and-storage
6 and 7).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PATH = "/usr/bin:/bin"  # Debian's and most others'; OpenBSD adds /usr/sbin:/sbin
LIMIT_S = 180.0
_STARTER = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from nsquilio.__main__ import main; sys.exit(main())"
)
# Seams of the tests and the sandbox, which a child must share with its parent to see the same world.
_SHARED = ("NSQUILIO_NOW", "NSQUILIO_SANDBOX")


@dataclass(frozen=True, slots=True)
class Ended:
    """`code` None: it did not end in time."""

    code: int | None
    printed: str
    problems: str


def cron_environment(environment: Mapping[str, str], home: Path, user: str) -> dict[str, str]:
    """The variables of a job of cron, and nothing else."""
    shared = {name: environment[name] for name in _SHARED if environment.get(name)}
    return {"HOME": str(home), "LOGNAME": user, "USER": user, "SHELL": "/bin/sh", "PATH": PATH, **shared}


def run_as_cron(arguments: Sequence[str], home: Path, user: str, limit_s: float = LIMIT_S) -> Ended:
    """This program with these arguments, as cron would start it."""
    import nsquilio

    # -P and an explicit place: a folder called nsquilio in the home directory must not stand in for the
    # program.
    place = str(Path(nsquilio.__file__).parent.parent)
    command = [sys.executable, "-P", "-c", _STARTER, place, *arguments]
    try:
        ended = subprocess.run(
            command,
            env=cron_environment(os.environ, home, user),
            cwd=home if home.is_dir() else "/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Ended(None, "", f"it did not end within {limit_s:g} s")
    except OSError as problem:
        return Ended(None, "", f"it could not be started: {problem.strerror}")
    return Ended(ended.returncode, _text(ended.stdout), _text(ended.stderr))


def _text(printed: bytes) -> str:
    return printed.decode("utf-8", "replace")
