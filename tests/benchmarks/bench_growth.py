"""Every nightly command with a state file of a few messages and with one of a million, in turns.

Run as `python -m tests.benchmarks.bench_growth [messages]`. Budget: no command takes more than 20 % longer. The first
command of a day also checks the pages of the file, as long as the disk needs to read it; it is told apart.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from nsquilio.sandbox import control
from nsquilio.sandbox.server import serve
from nsquilio.sandbox.world import World
from nsquilio.sandbox_profile import settings_for
from tests.benchmarks.measure import in_turns, median_s, nsquilio, run_once
from tests.benchmarks.million import fill
from tests.benchmarks.worlds import START

COMMANDS = {
    "status": ("status",),
    "why": ("why", "invoice:1042"),
    "remind": ("remind", "--dry-run"),
    "pull-inbound": ("pull-inbound",),
    "log-replies": ("log-replies",),
}


def main(messages: int = 1_000_000, rounds: int = 5) -> None:
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder, "few"), Path(folder, "many")
        world = control.reset(Path(folder, "world.db"), 1, START)
        control.fill(world, 2_000, 400)
        server = serve(world)
        server.start()
        for directory in (few, many):
            directory.mkdir()
            settings_for(directory, world, server.base_url)
        _tell_the_time(world)
        for command in (("remind", "--limit", "50"), ("pull-inbound",), ("log-replies",)):
            run_once(_typed(few, command), codes=(0, 1))
        shutil.copytree(few / "state", many / "state")
        fill(many / "state" / "state.db", messages)
        size = (many / "state" / "state.db").stat().st_size / 1e6
        _tell_the_time(world)
        checked = run_once(_typed(many, ("pull-inbound",)), codes=(0, 1))
        print(
            f"{messages} messages, {size:.0f} MB; the day's first command checks the file: {checked.seconds:.1f} s"
        )
        for name, command in COMMANDS.items():
            _tell_the_time(world)
            spent = in_turns(rounds, codes=(0, 1), few=_typed(few, command), many=_typed(many, command))
            slower = median_s(spent["many"]) / median_s(spent["few"]) - 1
            used = {which: min(each.used_s for each in spent[which]) for which in spent}
            print(
                f"{name}: {median_s(spent['few']):.2f} s with few, {median_s(spent['many']):.2f} s with many,"
                f" {slower:+.0%} (budget +20 %); processor {used['many'] / used['few'] - 1:+.0%}"
            )
        server.stop()
        world.close()


def _tell_the_time(world: World) -> None:
    """The world's clock goes on while a file is filled, and its NetSuite refuses who is late."""
    os.environ["NSQUILIO_NOW"] = world.now().isoformat()


def _typed(directory: Path, command: tuple[str, ...]) -> list[str]:
    return nsquilio("--config", str(directory / "served.yaml"), *command)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
