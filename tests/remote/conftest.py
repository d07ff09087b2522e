"""A small world on a free loopback port for the clients' happy paths."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from remote_builders import netsuite_of, sendgrid_of, twilio_of

from nsquilio.remote.netsuite import NetSuite
from nsquilio.remote.sendgrid import SendGrid
from nsquilio.remote.twilio import Twilio
from nsquilio.sandbox import control
from nsquilio.sandbox.server import Server, serve
from nsquilio.sandbox.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The world of seed 1, on its first Monday."""
    opened = control.reset(tmp_path / "world.db")
    yield opened
    opened.close()


@pytest.fixture
def server(world: World) -> Iterator[Server]:
    served = serve(world).start()
    yield served
    served.stop()


@pytest.fixture
def netsuite(world: World, server: Server) -> Iterator[NetSuite]:
    client = netsuite_of(world, server.base_url)
    yield client
    client.close()


@pytest.fixture
def twilio(world: World, server: Server) -> Iterator[Twilio]:
    client = twilio_of(world, server.base_url)
    yield client
    client.close()


@pytest.fixture
def sendgrid(world: World, server: Server) -> Iterator[SendGrid]:
    client = sendgrid_of(world, server.base_url)
    yield client
    client.close()
