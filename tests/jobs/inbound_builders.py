"""A served sandbox world with a real state file, and what happens there while the inbound jobs run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from nsquilio.app import App
from nsquilio.jobs.pull_inbound import PullResult, pull
from nsquilio.jobs.services import Services
from nsquilio.sandbox import control, outside
from nsquilio.sandbox.server import Server, serve
from nsquilio.sandbox.world import World
from nsquilio.sandbox_profile import settings_for

HARBOR = "+14155550142"


@dataclass
class Desk:
    """`services` is what a job is given; `world` is the other side."""

    world: World
    server: Server
    app: App
    services: Services

    @property
    def store(self):
        return self.services.store

    def now(self) -> datetime:
        return self.world.now()

    def advance(self, **step: float) -> datetime:
        return control.advance(self.world, timedelta(**step))

    def pull(self, **given) -> PullResult:
        return pull(self.services, self.now(), **given)

    def text(self, from_: str, words: str, **given) -> str:
        return outside.reply(self.world, from_, None, words, **given)

    def requests(self) -> list[str]:
        """What was asked of the services so far."""
        return [f"{one['method']} {one['path']}" for one in self.world.history()]

    def with_services(self, **changes) -> Services:
        return replace(self.services, **changes)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The small world of seed 1 on its first Monday."""
    with ExitStack() as stack:
        world = control.reset(tmp_path / "world.db")
        stack.callback(world.close)
        server = serve(world).start()
        stack.callback(server.stop)
        settings = settings_for(tmp_path, world, server.base_url)
        app = App(settings, world.now, stack)
        yield Desk(world, server, app, app.services())
