"""A large sandbox world behind a recorder, and a configuration that points the installed command at a server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from nsquilio.sandbox import control
from nsquilio.sandbox.server import serve
from nsquilio.sandbox_profile import settings_for
from tests.benchmarks import replay
from tests.benchmarks.measure import TOP, nsquilio, run_once

START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
NOW = "2026-03-02T15:00:00+00:00"


def prepare(directory: Path, invoices: int, customers: int, *arguments: str) -> Path:
    """Fills a world, runs the command once through the recorder, and returns the file of its exchanges."""
    world = control.reset(directory / "world.db", 1, START)
    control.fill(world, invoices, customers)
    upstream = serve(world)
    upstream.start()
    recorder = replay.recorder(upstream.base_url)
    settings_for(directory, world, recorder.base_url)
    config = directory / "served.yaml"
    config.write_text(_unbraked(config.read_text()))
    run_once(nsquilio("--config", str(config), *arguments), {"NSQUILIO_NOW": NOW}, codes=(0, 1))
    file = directory / "exchanges.pickle"
    replay.save(recorder, file)
    config.write_text(config.read_text().replace(recorder.base_url, "BASE_URL"))
    upstream.stop()
    world.close()
    return file


def _unbraked(config: str) -> str:
    """16 requests in flight, and no brake for so many messages at once."""
    limits = "limits: {first_run: 50000, messages_per_run: 50000, cost_per_run: 5000}"
    config = config.replace("limits: {first_run: 100}", limits)
    return config.replace("messages_per_second: 0", "messages_per_second: 0\n  requests_in_flight: 16")


@contextmanager
def replayed(
    directory: Path, file: Path, *, latency_s: float = 0.0, text_latency_s: float = 0.0
) -> Iterator[tuple[str, Path]]:
    """The recorded answers in a process of their own; its address and a configuration that fits."""
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks.replay",
        str(file),
        str(latency_s),
        str(text_latency_s),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=TOP) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        config = directory / "replayed.yaml"
        config.write_text((directory / "served.yaml").read_text().replace("BASE_URL", address))
        try:
            yield address, config
        finally:
            server.terminate()
