"""One fork server for all tests of a process; one town for the tests of a module, made anew for each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

pytest.register_assert_rewrite(
    "tests.endurance.faults", "tests.endurance.state_faults", "tests.endurance.sweeps"
)

from tests.endurance.children import Children  # noqa: E402
from tests.endurance.town import Town, open_children, open_town  # noqa: E402


@contextmanager
def a_folder() -> Iterator[Path]:
    """In memory where the system has a place for that: hundreds of processes sync hundreds of files."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def children() -> Iterator[Children]:
    os.environ.setdefault("HOME", "/nonexistent")
    with a_folder() as folder, open_children(folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def town_of_module(children: Children) -> Iterator[Town]:
    with a_folder() as folder, open_town(folder, children) as opened:
        yield opened


@pytest.fixture
def town(town_of_module: Town) -> Town:
    town_of_module.back_to("first")
    town_of_module.printed.clear()
    return town_of_module
