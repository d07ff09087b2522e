"""Guards that fail loudly: no host but loopback, no real home, no keyring of the machine, no convenient time zone."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.endurance import figures

# Sockets to any host but loopback are refused by pytest-socket: see addopts in pyproject.toml.


@pytest.fixture(autouse=True)
def guarded_surroundings(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """A home of its own for every test, and nothing in the environment that could reach past it."""
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
    for name in (
        "NSQUILIO_CONFIG",
        "NSQUILIO_NOW",
        "NSQUILIO_SANDBOX",
        "NSQUILIO_KEY",
        "CREDENTIALS_DIRECTORY",
    ):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.setenv(
        "TZ", "Asia/Kathmandu"
    )  # neither UTC nor anybody's in the tests, and 45 minutes off the hour
    monkeypatch.setenv("COLUMNS", "100")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def here() -> Path:
    """The checkout."""
    return Path(__file__).parent.parent


def clean_environment(**more: str) -> dict[str, str]:
    """What cron gives a child process, and what the test adds."""
    return {"PATH": os.environ.get("PATH", ""), "HOME": os.environ["HOME"], "LANG": "C.UTF-8", **more}


# --- the figures of tests/endurance, at the end of the run; with several processes each has its own ---


def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["figures"] = figures.packed()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    figures.take(getattr(node, "workeroutput", {}).get("figures", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in figures.table():
        terminalreporter.write_line(line)
