"""A fresh world, served on a free loopback port in a thread, for every test of the sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nsquilio.sandbox import control
from nsquilio.sandbox.server import Server, serve
from nsquilio.sandbox.world import World
from tests.sandbox.netsuite_side import NetSuiteClient, logged_in


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Empty: tables, no rows, no clock."""
    opened = control.open_world(tmp_path / "world.db")
    yield opened
    opened.close()


@pytest.fixture
def server(world: World) -> Iterator[Server]:
    served = serve(world).start()
    yield served
    served.stop()


@pytest.fixture
def seeded(tmp_path: Path) -> Iterator[World]:
    """The small world of seed 1, on its first Monday."""
    opened = control.reset(tmp_path / "seeded.db")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NetSuiteClient]:
    """One world for the many tests that only read."""
    world = control.reset(tmp_path_factory.mktemp("reading") / "world.db")
    with logged_in(world) as client:
        yield client
    world.close()
