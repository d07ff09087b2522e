"""Trials of one kind in a row: a command meets its end (or a broken disk) at one point after the other, the next runs
go on as cron would start them, and what is left is held against a night that nobody disturbed.
"""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tests import invariants
from tests.endurance import figures
from tests.endurance.between import AFTER, BEFORE, DURING, Act, Passed, kill_at
from tests.endurance.town import Town

KILLED = frozenset({-signal.SIGKILL})
FAILED = frozenset({0, 1, 4})
"""0: SQLite came around the broken write, or it was the last of all."""

Logged = frozenset[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Trial:
    """`how`: what `Town.run` is told. `codes`: it may end with. `start`: where it begins, if not where all do."""

    words: str
    how: dict[str, Any]
    codes: frozenset[int] = KILLED
    start: str = ""


@dataclass(slots=True)
class Undisturbed:
    """A command and the runs after it when nothing goes wrong. `logged`: records of NetSuite and their invoices."""

    command: str
    start: str
    requests: list[Passed] = field(default_factory=list)
    logged: Logged = frozenset()


def undisturbed(town: Town, command: str, start: str) -> Undisturbed:
    """Also tells the town what is expected of it."""
    known = Undisturbed(command, start)
    town.back_to(start)
    ended = town.run(command)
    assert ended.code == 0, ended
    known.requests = list(town.between.seen)
    _go_on(town, command)
    town.expected = town.told()
    known.logged = _logged(town)
    assert town.verdict() == []
    town.back_to(start)
    return known


def sweep(town: Town, known: Undisturbed, what: str, trials: Iterable[Trial]) -> int:
    """Plays them all and fails with everything that is broken. Returns how many outcomes were left to a person."""
    wrong, left, found = [], 0, 0
    for trial in trials:
        town.back_to(trial.start or known.start)
        ended = town.run(known.command, **trial.how)
        if ended.code == 0 and trial.codes == KILLED:
            break  # it has come through: behind this point there is none
        assert ended.code in trial.codes, (trial.words, ended)
        _go_on(town, known.command)
        broken = [*town.verdict(), *_not_logged(town, known)]
        unknown = len(invariants.unknown(town.state))
        figures.add(f"{known.command}: {what}", 1, broken, unknown)
        wrong += [f"{known.command}, {trial.words}: {each}" for each in broken]
        left += unknown
        found += 1
    # With -s a long run that is interrupted has told what it did so far.
    print(f"{known.command}: {what}: {found} times, {len(wrong)} wrong, {left} left to a person")
    assert wrong == []
    assert found, "nothing was tried"
    return left


def _go_on(town: Town, command: str) -> None:
    """The next runs, until everything is known or a person is asked."""
    for minutes in (1, 11, 11):
        town.later(minutes=minutes)
        ended = [town.run(each) for each in dict.fromkeys((command, "remind"))]
        assert all(each.code in (0, 1) for each in ended), ended
        if not invariants.unknown(town.state):
            break
    assert town.run("log-replies").code == 0


def _logged(town: Town) -> Logged:
    rows = town.world.rows(
        "SELECT externalid, custrecord_nsq_comm_invoice FROM ns_comm WHERE externalid LIKE '%-SM%'"
    )
    inbound = {
        row[0] for row in town.world.rows("SELECT sid FROM twilio_message WHERE direction = 'inbound'")
    }
    return frozenset((row[0], row[1]) for row in rows if row[0].removeprefix("nsq-")[:34] in inbound)


def _not_logged(town: Town, known: Undisturbed) -> Iterator[str]:
    """Each answer stands once in NetSuite, on the same invoice as ever; SIDs of what was sent are new each time."""
    found = _logged(town)
    yield from (f"I2: {name} of invoice {of} is not logged" for name, of in known.logged - found)
    yield from (f"I9: {name} is logged on {of} by mistake" for name, of in found - known.logged)
    yield from invariants.not_logged(town.world, town.state)


# --- where a run may end ---


def at_requests(numbers: Iterable[int], moments: Iterable[str] = (BEFORE, AFTER, DURING)) -> Iterator[Trial]:
    both = tuple(moments)
    for number in numbers:
        for when in both:
            yield Trial(f"killed {when} request {number}", {"act": kill_at(number, when)})


def at_commits(numbers: Iterable[int]) -> Iterator[Trial]:
    for number in numbers:
        for when in ("before", "after"):
            yield Trial(f"killed {when} commit {number}", {"die_at_commit": (number, when)})


def at_writes(numbers: Iterable[int], how: str, codes: frozenset[int] = KILLED) -> Iterator[Trial]:
    for number in numbers:
        yield Trial(f"disk {how} at write {number}", {"disk": (number, how)}, codes)


def killed_twice(known: Undisturbed, town: Town, seed: int, times: int) -> Iterator[Trial]:
    """The run after a killed one is killed too, and only the third comes through."""
    chosen = random.Random(seed)
    for _ in range(times):
        first, second = (chosen.randrange(1, len(known.requests) + 1) for _ in range(2))
        moments = [chosen.choice((BEFORE, AFTER, DURING)) for _ in range(2)]
        town.back_to(known.start)
        town.run(known.command, act=kill_at(first, moments[0]))
        town.later(minutes=chosen.choice((0, 1, 15)))
        town.keep("killed")
        yield Trial(
            f"seed {seed}: killed {moments[0]} request {first}, then {moments[1]} request {second}",
            {"act": kill_at(second, moments[1])},
            KILLED | {0, 1},
            "killed",
        )


def told_to_end(number: int, when: str = AFTER) -> Act:
    """SIGTERM around the n-th request, which is answered all the same."""

    def act(passed: Passed, now: str) -> str | None:
        if passed.number == number and now == when:
            with suppress(ProcessLookupError):
                os.kill(passed.pid, signal.SIGTERM)
        return None

    return act


def at_sigterm(numbers: Iterable[int]) -> Iterator[Trial]:
    """It ends by itself, with a code of its own, and what it left undone is done by the next."""
    for number in numbers:
        codes = frozenset(invariants.EXIT_CODES - {70})
        yield Trial(f"SIGTERM at request {number}", {"act": told_to_end(number)}, codes)
