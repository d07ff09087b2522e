"""A fresh world, served on a free loopback port in a thread, for every test of the sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from nsquilio.sandbox.server import Server, create_tables, serve
from nsquilio.sandbox.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Empty: tables, no rows, no clock."""
    opened = World(tmp_path / "world.db")
    create_tables(opened)
    yield opened
    opened.close()


@pytest.fixture
def server(world: World) -> Iterator[Server]:
    served = serve(world).start()
    yield served
    served.stop()
