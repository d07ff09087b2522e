"""A few customers of the small world, served through `between`, and the program as real processes beside it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nsquilio.sandbox import control, outside
from nsquilio.sandbox.server import serve
from nsquilio.sandbox.twilio_access import credentials
from nsquilio.sandbox.world import World
from nsquilio.sandbox_profile import settings_for
from tests import invariants
from tests.endurance.between import Act, Between, Passed, between, nothing
from tests.endurance.children import Children, Ended, fork_server

START = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
NAMES = {"profile": "sandbox", "netsuite_account": "TSTDRV1234567"}

MARIA, TALLAHASSEE, STOPFORD = "+16175550153", "+18505550122", "thread@stopford.example"
_LIVES_HERE = ("Maria O'Brien", "Tallahassee Legal Group", "Stopford Textiles", "Bright Harbor Dental")


@dataclass(slots=True)
class Town:
    folder: Path
    world: World
    between: Between
    children: Children
    config: Path
    sandbox_url: str
    now: datetime = START
    expected: invariants.Told = field(default_factory=invariants.Told)
    requests: list[Passed] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    kept: dict[str, tuple[datetime, dict[str, datetime]]] = field(default_factory=dict)
    stopped: dict[str, datetime] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    @property
    def state(self) -> Path:
        return self.folder / "state"

    def keep(self, name: str) -> None:
        """Keeps world and state as they are now, to begin there again."""
        copy = sqlite3.connect(self.folder / f"{name}.db")
        with self.world.lock:
            self.world.db.backup(copy)
        copy.close()
        shutil.rmtree(self.folder / f"{name}.state", ignore_errors=True)
        if self.state.exists():
            shutil.copytree(self.state, self.folder / f"{name}.state")
        self.kept[name] = self.now, dict(self.stopped)

    def back_to(self, name: str) -> None:
        shutil.rmtree(self.state, ignore_errors=True)
        if (self.folder / f"{name}.state").exists():
            shutil.copytree(self.folder / f"{name}.state", self.state)
        source = sqlite3.connect(self.folder / f"{name}.db")
        with self.world.lock:
            source.backup(self.world.db)
        source.close()
        self.now, stopped = self.kept[name]
        self.stopped = dict(stopped)
        self.broken.clear()

    def run(
        self,
        command: str,
        *more: str,
        act: Act = nothing,
        now: datetime | None = None,
        config: Path | None = None,
        **how: Any,
    ) -> Ended:
        """One command as a process of its own, to its end. `now`: its clock, where it is not the world's."""
        self.between.begin(act)
        child = self.children.start(config or self.config, command, now or self.now, *more, **how)
        self.between.started(child.pid)
        ended = child.wait()
        self.printed += [ended.out, ended.err]
        return ended

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def told(self) -> invariants.Told:
        return invariants.told(self.world)

    def text(self, sender: str, words: str, *, is_no: bool = False) -> str:
        """`is_no`: from now on nothing may go to that number."""
        if is_no:
            self.stopped.setdefault(sender, self.now)
        return outside.reply(self.world, sender, None, words)

    def watch(self, passed: Passed) -> None:
        """Before each send has its effect; in a thread of the server."""
        self.broken += invariants.without_intent(self.state, passed.body)

    def verdict(self) -> list[str]:
        """Everything that is broken, after the last run ended well: I1 to I11. The rest takes runs of its own, see
        `last_questions`.
        """
        names = {**NAMES, "twilio_account": _account(self.config)}
        return [
            *invariants.doubled(self.world, self.expected),
            *invariants.lost(self.world, self.state, self.expected),
            *invariants.asked_for_nothing(self.world, self.state),
            *self.broken,
            *invariants.unlinked(self.world, self.state),
            *invariants.opted_out_and_texted(self.world, self.stopped),
            *invariants.at_a_wrong_hour(self.world, self.state),
            *invariants.too_often(self.world, self.state),
            *invariants.damaged(self.state),
            *invariants.logged_twice(self.world),
            *invariants.not_taken_in(self.world, self.state),
            *invariants.untrue(self.state, names, self.now, None),
        ]

    def last_questions(self) -> list[str]:
        """I9, I12, I13, I14: everything is logged, nothing secret was shown, codes are true, a dry run only looks."""
        logged, printed = self.run("log-replies"), [*self.printed]
        before = self.state_bytes(), self.world.value("SELECT max(seq) FROM history") or 0
        dry = self.run("remind", "--dry-run")
        logs = [path.read_text() for path in sorted(self.state.glob("runs.log*"))]
        bodies = [sent.body for sent in outside.outbox(self.world)]
        return [
            *([] if logged.code in (0, 1) and dry.code in (0, 1, 6) else [f"I13: {logged} {dry}"]),
            *invariants.told_otherwise(self.state, "log-replies", logged.code),
            *invariants.not_logged(self.world, self.state),
            *invariants.logged_twice(self.world),
            *invariants.changed_something(self.world, before[1]),
            *([] if self.state_bytes() == before[0] else ["I14: the dry run changed the state file"]),
            *invariants.told_secrets([*printed, *logs], secrets(self.world)),
            *invariants.told_secrets(logs, bodies),
        ]

    def state_bytes(self) -> bytes:
        return (self.state / "state.db").read_bytes()


def secrets(world: World) -> list[str]:
    """What must be printed nowhere: keys and whole numbers."""
    given = credentials(world)
    keys = ("twilio.auth_token", "twilio.api_key_secret", "sendgrid.api_key")
    return [*(given[key] for key in keys), MARIA, TALLAHASSEE]


def _account(config: Path) -> str:
    lines = config.read_text().splitlines()
    return next(line.partition(":")[2].strip() for line in lines if "account_sid:" in line)


@contextmanager
def open_town(folder: Path, children: Children, lives_here: tuple[str, ...] = _LIVES_HERE) -> Iterator[Town]:
    with ExitStack() as stack:
        world = control.reset(folder / "world.db", 1, START)
        stack.callback(world.close)
        with world.change() as db:
            marks = ", ".join("?" * len(lives_here))
            db.execute(f"UPDATE ns_customer SET isinactive = 'T' WHERE altname NOT IN ({marks})", lives_here)
        server = serve(world)
        server.start()
        stack.callback(server.stop)
        middle = stack.enter_context(between(server.base_url))
        settings_for(folder, world, middle.url)
        config = folder / "through.yaml"
        config.write_text((folder / "config.yaml").read_text().replace("http://127.0.0.1:9", middle.url))
        town = Town(folder, world, middle, children, config, server.base_url)
        world.now = lambda: town.now  # type: ignore[method-assign]
        middle.watch = town.watch
        middle.started(0)
        town.keep("first")
        children.start(town.config, "remind", town.now, warm_up=True).wait()
        yield town


def learn(town: Town, command: str, start: str = "first") -> None:
    """What an undisturbed run does: its requests, and what it tells whom."""
    town.back_to(start)
    ended = town.run(command)
    assert ended.code == 0, ended
    town.requests, town.expected = list(town.between.seen), town.told()
    town.back_to(start)


@contextmanager
def open_children(folder: Path) -> Iterator[Children]:
    with fork_server(folder) as children:
        yield children
