"""A sandbox world with everything a job needs, and the questions tests ask of it afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nsquilio.app import App
from nsquilio.core.rules import Rules
from nsquilio.jobs.remind import Options, remind
from nsquilio.jobs.results import RemindResult
from nsquilio.jobs.services import Services
from nsquilio.remote.transport import Transport
from nsquilio.sandbox import control, outside
from nsquilio.sandbox.server import serve
from nsquilio.sandbox.world import World
from nsquilio.sandbox_profile import settings_for

START = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


class Clock:
    """Shows the world's time, which stands still until somebody moves it."""

    def __init__(self, world: World, start: datetime) -> None:
        self.world = world
        self.now = start
        world.now = lambda: self.now  # type: ignore[method-assign]

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        self.now += timedelta(**span)


class Night:
    def __init__(self, directory: Path, world: World, app: App, clock: Clock) -> None:
        self.directory = directory
        self.world = world
        self.app = app
        self.clock = clock
        self.asked_to_stop: Callable[[], str | None] = lambda: None

    def services(self, *, dry_run: bool = False, rules: Rules | None = None, **more: Any) -> Services:
        opened = self.app.services(dry_run=dry_run, asked_to_stop=self.asked_to_stop)
        return replace(opened, rules=rules or opened.rules, **more)

    def impatient(self, **more: Any) -> Services:
        """Services whose clients repeat without pausing."""
        opened = self.services(**more)
        for client in (opened.netsuite, opened.twilio, opened.sendgrid):
            for transport in transports_of(client):
                transport._http = replace(transport._http, pause=lambda _s: None)
        return opened

    def remind(
        self, *, rules: Rules | None = None, services: Services | None = None, **options: Any
    ) -> RemindResult:
        chosen = Options(**options)
        return remind(services or self.services(dry_run=chosen.dry_run, rules=rules), chosen)

    def change_rules(self, **parts: Any) -> Rules:
        """The sandbox's rules with fields of its parts changed: `limits={"first_run": 1}`."""
        rules = self.app.rules
        changed = {name: replace(getattr(rules, name), **fields) for name, fields in parts.items()}
        return replace(rules, **changed)

    def texts(self) -> list[outside.Sent]:
        return [sent for sent in outside.outbox(self.world) if sent.channel == "sms"]

    def mails(self) -> list[outside.Sent]:
        return [sent for sent in outside.outbox(self.world) if sent.channel == "email"]

    def pay(self, target: str, **more: Any) -> None:
        control.pay(self.world, target, **more)

    def reply(self, sender: str, text: str) -> str:
        return outside.reply(self.world, sender, None, text)

    def fault(self, name: str, times: int = 1) -> None:
        control.set_fault(self.world, name, times)

    @property
    def state_file(self) -> Path:
        return self.app.directory / "state.db"


@contextmanager
def open_night(
    directory: Path, start: datetime = START, config: Callable[[str], str] | None = None
) -> Iterator[Night]:
    with ExitStack() as stack:
        world = control.reset(directory / "world.db", 1, start)
        stack.callback(world.close)
        clock = Clock(world, start)
        server = serve(world)
        server.start()
        stack.callback(server.stop)
        settings = settings_for(directory, world, server.base_url)
        app = App(settings, clock, stack)
        yield Night(directory, world, app, clock)


def transports_of(client: Any) -> list[Transport]:
    """Every transport that a client holds, however deep."""
    found: list[Transport] = []
    waiting, seen = [client], set()
    while waiting:
        each = waiting.pop()
        if id(each) in seen or not hasattr(each, "__dict__"):
            continue
        seen.add(id(each))
        if isinstance(each, Transport):
            found.append(each)
        else:
            waiting += [v for v in vars(each).values() if type(v).__module__.startswith("nsquilio.remote")]
    return found


def by_number(result: RemindResult) -> dict[str, Any]:
    """The decisions by document number."""
    return {decision.document_number: decision for decision in result.decisions}


def as_text(value: Any) -> str:
    return json.dumps(value, default=str, sort_keys=True)
