"""Measures the budgets; prints ratios, and never fails because of time. Run with `pytest -m benchmark -n 0 -s`."""

from __future__ import annotations

import os
import shutil
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.benchmarks import replay
from tests.benchmarks.measure import in_turns, median_s, nsquilio, ratio, run_once, tell
from tests.benchmarks.worlds import NOW, prepare, replayed

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1800)]


def test_start(tmp_path: Path) -> None:
    sandbox = {"NSQUILIO_SANDBOX": str(tmp_path)}
    os.environ.update(sandbox)
    run_once(nsquilio("--sandbox", "status"))
    config = str(tmp_path / "running.yaml")
    spent = in_turns(
        15,
        bare=[sys.executable, "-c", "pass"],
        version=nsquilio("--version"),
        help=nsquilio("--help"),
        status=nsquilio("--config", config, "status"),
    )
    for name in ("version", "help", "status"):
        tell(
            f"start: {name} takes {ratio(spent, name, 'bare'):.1f} x `python -c pass` ({median_s(spent[name]):.3f} s)"
        )


@pytest.mark.parametrize(("invoices", "customers"), [(10_000, 2_000), (100_000, 20_000)])
@pytest.mark.parametrize("due", ["all", "quarter"])
def test_dry_run(tmp_path: Path, invoices: int, customers: int, due: str) -> None:
    """`all`: every invoice is due today and stands in a message; `quarter`: all are read and decided, a quarter sends.

    Against answers at once, which no service can give, and after 50 ms, which is quick for a service.
    """
    os.environ["NSQUILIO_NOW"] = NOW
    command = [
        "remind",
        "--dry-run",
        "--format",
        "json",
        *(["--step", "upcoming"] if due == "quarter" else []),
    ]
    file = prepare(tmp_path, invoices, customers, *command)
    for latency_s in (0.0, 0.02, 0.05):
        with replayed(tmp_path, file, latency_s=latency_s) as (address, config):
            spent = in_turns(
                3,
                bare=[sys.executable, "-m", "tests.benchmarks.bare", "fetch", address, str(file)],
                ours=nsquilio("--config", str(config), *command),
            )
        peak = max(each.peak_mb for each in spent["ours"])
        ours_s = median_s(spent["ours"])
        tell(
            f"dry run of {invoices} invoices, {due} due, {latency_s * 1000:.0f} ms a request:"
            f" {ratio(spent, 'ours', 'bare'):.1f} x fetching and parsing ({ours_s:.1f} s),"
            f" {peak:.0f} MB, {ours_s / invoices * 1e6:.0f} µs each"
        )


def test_sending(tmp_path: Path) -> None:
    os.environ["NSQUILIO_NOW"] = NOW
    file = prepare(tmp_path, 2_600, 2_100, "remind", "--limit", "2000")
    shutil.rmtree(tmp_path / "state")
    with replayed(tmp_path, file, text_latency_s=0.05) as (address, config):
        bare = run_once([sys.executable, "-m", "tests.benchmarks.bare", "send", address, "2000", "16"])
    with replayed(tmp_path, file, text_latency_s=0.05) as (address, config):
        ours = run_once(nsquilio("--config", str(config), "remind", "--limit", "2000"), codes=(0, 1))
        with urllib.request.urlopen(address + replay.SPAN, timeout=60) as answer:
            span_s, most = answer.read().split()
    ideal = 2000 * 0.05 / 16
    tell(
        f"sending 2,000 texts, 16 in flight at 50 ms: {float(span_s):.1f} s from the first to the last,"
        f" {ideal / float(span_s):.0%} of what the requests in flight allow ({int(most)} at most);"
        f" {ours.seconds:.1f} s in all, {ideal / ours.seconds:.0%}; a bare loop {bare.seconds:.1f} s"
    )
