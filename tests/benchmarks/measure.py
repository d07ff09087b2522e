"""Times whole processes in turns and gives ratios of medians; times drift with the machine, ratios much less."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Spent:
    seconds: float
    peak_mb: float
    used_s: float = 0.0  # of the processor


def run_once(
    command: Sequence[str], env: dict[str, str] | None = None, codes: tuple[int, ...] = (0,)
) -> Spent:
    """Wall time and peak memory of one process; its output is thrown away, its exit code must be one of `codes`."""
    start = time.perf_counter()
    with (
        open(os.devnull, "w") as nowhere,
        subprocess.Popen(
            command, stdout=nowhere, stderr=subprocess.PIPE, env={**os.environ, **(env or {})}, cwd=TOP
        ) as child,
    ):
        assert child.stderr is not None
        errors = child.stderr.read()
        _pid, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if child.returncode not in codes:
        raise AssertionError(f"{command} ended with {child.returncode}: {errors.decode()[-2000:]}")
    return Spent(seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)


def in_turns(
    rounds: int, *, codes: tuple[int, ...] = (0,), **commands: Sequence[str]
) -> dict[str, list[Spent]]:
    """Each round runs every command once, so that a busy minute hits all of them."""
    spent: dict[str, list[Spent]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            spent[name].append(run_once(command, codes=codes))
    return spent


def median_s(spent: Sequence[Spent]) -> float:
    return statistics.median(each.seconds for each in spent)


def ratio(spent: dict[str, list[Spent]], name: str, base: str) -> float:
    return median_s(spent[name]) / median_s(spent[base])


def nsquilio(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "nsquilio", *arguments]


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
