"""A process that is killed at any instant leaves nothing sent twice and nothing lost: the next runs settle it.

Real processes, killed with SIGKILL by the server they talk to, around each request, or by themselves around each
commit. A sample in every run; all of them behind the marker `long`, with the figures printed.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from tests import invariants
from tests.endurance.between import AFTER, BEFORE, Passed, kill_at
from tests.endurance.town import MARIA, TALLAHASSEE, Town, learn

IN_FLIGHT = 4


@dataclass(slots=True)
class Figures:
    """Of a sweep: what came of all the kills together."""

    kills: int = 0
    doubled: int = 0
    lost: int = 0
    unknown: int = 0

    def add(self, other: Figures) -> None:
        self.kills += other.kills
        self.doubled += other.doubled
        self.lost += other.lost
        self.unknown += other.unknown


def settle_down(town: Town, command: str) -> None:
    """The next runs, until everything is known or a person is asked."""
    for minutes in (1, 11, 11):
        town.later(minutes=minutes)
        ended = [town.run(each) for each in dict.fromkeys((command, "remind"))]
        assert all(each.code in (0, 1) for each in ended), ended
        if not invariants.unknown(town.state):
            break


def killed_at_requests(
    town: Town, command: str, start: str, points: Iterable[tuple[int, str]]
) -> Iterator[tuple[str, Figures, list[str]]]:
    for number, when in points:
        town.back_to(start)
        ended = town.run(command, act=kill_at(number, when))
        yield _after(town, command, f"{when} request {number}", ended.code)


def killed_at_commits(
    town: Town, command: str, start: str, points: Iterable[tuple[int, str]]
) -> Iterator[tuple[str, Figures, list[str]]]:
    for number, when in points:
        town.back_to(start)
        ended = town.run(command, die_at_commit=(number, when))
        if ended.code >= 0:
            return  # there are no more commits
        yield _after(town, command, f"{when} commit {number}", ended.code)


def _after(town: Town, command: str, where: str, code: int) -> tuple[str, Figures, list[str]]:
    assert code == -signal.SIGKILL, (where, code)
    settle_down(town, command)
    broken = town.verdict()
    figures = Figures(
        kills=1,
        doubled=sum(each.startswith("I1") for each in broken),
        lost=sum(each.startswith("I2") for each in broken),
        unknown=len(invariants.unknown(town.state)),
    )
    return where, figures, broken


def add_up(outcomes: Iterable[tuple[str, Figures, list[str]]]) -> Figures:
    total, wrong = Figures(), []
    for where, figures, broken in outcomes:
        total.add(figures)
        wrong += [f"{where}: {each}" for each in broken]
    assert wrong == []
    return total


# --- remind ---


@pytest.fixture(scope="module")
def known(town_of_module: Town) -> Town:
    learn(town_of_module, "remind")
    return town_of_module


def sends(town: Town) -> list[int]:
    return [passed.number for passed in town.requests if passed.is_send]


def test_undisturbed_run_is_what_the_kills_are_held_against(known: Town, town: Town) -> None:
    assert (len(sends(known)), sum(known.expected.values())) == (4, 4)


def test_kill_after_a_send_had_its_effect_is_settled_from_the_lists(known: Town, town: Town) -> None:
    """With every request answered by its effect, no list leaves anything open."""
    last = sends(known)[-1]
    total = add_up(killed_at_requests(town, "remind", "first", [(last, AFTER)]))
    assert (total.kills, total.unknown) == (1, 0)


@pytest.mark.parametrize("when", [BEFORE, AFTER])
def test_kill_around_each_send(known: Town, town: Town, when: str) -> None:
    points = [(number, when) for number in sends(known)]
    total = add_up(killed_at_requests(town, "remind", "first", points))
    assert total.kills == len(points)
    assert total.unknown <= IN_FLIGHT * len(points)


def test_kill_around_other_requests_of_remind(known: Town, town: Town) -> None:
    """Nothing has been sent yet, so nothing may be unknown afterwards."""
    first = sends(known)[0]
    points = [(number, AFTER if number % 2 else BEFORE) for number in range(1, first, 7)]
    assert add_up(killed_at_requests(town, "remind", "first", points)).unknown == 0


def test_kill_around_commits_of_remind(known: Town, town: Town) -> None:
    points = [(number, when) for number in range(3, 40, 8) for when in ("before", "after")]
    assert add_up(killed_at_commits(town, "remind", "first", points)).kills >= 4


# --- pull-inbound and log-replies ---


@pytest.fixture(scope="module")
def answered(town_of_module: Town) -> Town:
    """A night's messages, and what customers wrote since."""
    town = town_of_module
    town.back_to("first")
    assert town.run("remind").code == 0
    town.later(hours=2)
    town.text(MARIA, "STOP")
    town.text(TALLAHASSEE, "I will pay INV-1053 on Friday")
    town.text("+12125550142", "Which invoice is this?")
    town.later(minutes=5)
    town.keep("answered")
    assert town.run("pull-inbound").code == 0
    town.keep("pulled")
    return town


def comms(town: Town) -> list[tuple[str, str | None, str | None]]:
    rows = town.world.rows(
        "SELECT externalid, custrecord_nsq_comm_invoice, custrecord_nsq_comm_kind FROM ns_comm"
    )
    return sorted((row[0], row[1], row[2]) for row in rows)


def test_kill_around_requests_of_pull_inbound(answered: Town, town: Town) -> None:
    learn(town, "pull-inbound", "answered")
    points = [(number, when) for number in range(1, len(town.requests) + 1, 2) for when in (BEFORE, AFTER)]
    assert add_up(killed_at_requests(town, "pull-inbound", "answered", points[:4])).unknown == 0


def test_kill_around_requests_of_log_replies(answered: Town, town: Town) -> None:
    learn(town, "log-replies", "pulled")
    town.run("log-replies")
    expected = comms(town)
    puts = [passed.number for passed in town.between.seen if passed.method == "PUT"]
    assert len(expected) >= 7
    for number, when in ((puts[0], AFTER), (puts[len(puts) // 2], BEFORE), (puts[-1], AFTER)):
        town.back_to("pulled")
        town.run("log-replies", act=kill_at(number, when))
        assert town.run("log-replies").code == 0
        assert (comms(town), town.verdict()) == (expected, [])


# --- the end between two messages, and several runs at once ---


def test_sigterm_ends_the_run_between_two_messages(known: Town, town: Town) -> None:
    town.expected = known.expected

    def act(passed: Passed, when: str) -> str | None:
        if passed.is_send and when == AFTER and len([p for p in town.between.seen if p.is_send]) == 1:
            os.kill(passed.pid, signal.SIGTERM)
        return None

    with one_at_a_time(town):
        ended = town.run("remind", act=act)
    sent = sum(town.told().values())
    assert (ended.code, 1 <= sent < 4, invariants.unknown(town.state)) == (1, True, [])
    assert "told to end (SIGTERM)" in ended.err
    town.later(minutes=1)
    assert town.run("remind").code == 0
    assert town.verdict() == []


@contextmanager
def one_at_a_time(town: Town) -> Iterator[None]:
    text = town.config.read_text()
    town.config.write_text(text.replace("twilio:\n", "twilio:\n  requests_in_flight: 1\n"))
    yield
    town.config.write_text(text)


@pytest.mark.parametrize("runs", [2, 4])
def test_of_several_runs_at_once_one_works_and_the_rest_leave_with_5(
    known: Town, town: Town, runs: int
) -> None:
    town.expected = known.expected
    others_left = threading.Event()

    def act(passed: Passed, when: str) -> str | None:
        if passed.number == 1 and when == BEFORE:
            others_left.wait(60)
        return None

    town.between.begin(act)
    first = town.children.start(town.config, "remind", town.now)
    town.between.started(first.pid)
    while not town.between.seen and not others_left.wait(0.01):
        pass
    others = [town.children.start(town.config, "remind", town.now) for _ in range(runs - 1)]
    codes = [other.wait() for other in others]
    others_left.set()
    assert [(each.code, each.out, each.err) for each in codes] == [(5, "", "")] * (runs - 1)
    assert first.wait().code == 0
    assert town.verdict() == []


# --- everything ---


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_kill_around_every_request_and_every_commit(
    known: Town, answered: Town, town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    for command, start in (("remind", "first"), ("pull-inbound", "answered"), ("log-replies", "pulled")):
        learn(town, command, start)
        both = (BEFORE, AFTER)
        requests = [(number, when) for number in range(1, len(town.requests) + 1) for when in both]
        total = add_up(killed_at_requests(town, command, start, requests))
        by_commit = add_up(
            killed_at_commits(town, command, start, [(n, w) for n in range(1, 200) for w in both])
        )
        with capsys.disabled():
            print(f"\n{command}: around requests {total}, around commits {by_commit}")
