"""A process that is killed at any instant leaves nothing sent twice and nothing lost: the next runs settle it.

Real processes, killed with SIGKILL by the server they talk to before, after and in the middle of a request, or by
themselves around a commit and in the middle of a write. A sample with a fixed seed in every run; all of them behind
the marker `long`. The figures are printed at the end of the tests.
"""

from __future__ import annotations

import os
import random
import signal
import threading

import pytest

from nsquilio.sandbox import control
from tests import invariants
from tests.endurance import broken_disk as disk
from tests.endurance.between import AFTER, BEFORE, DURING, Act, Passed
from tests.endurance.children import Ended
from tests.endurance.sweeps import (
    FAILED,
    Undisturbed,
    at_commits,
    at_requests,
    at_sigterm,
    at_writes,
    killed_twice,
    sweep,
    undisturbed,
)
from tests.endurance.town import MARIA, TALLAHASSEE, Town

IN_FLIGHT = 4
SCHEDULED = "INV-1053"
STARTS = {
    "remind": ("remind", "first"),
    "pull-inbound": ("pull-inbound", "answered"),
    "pull-inbound that cancels": ("pull-inbound", "paid"),
    "log-replies": ("log-replies", "pulled"),
}
EVERY = range(1, 5000)


@pytest.fixture(scope="module")
def answered(town_of_module: Town) -> Town:
    """A night's messages; a payment before a scheduled one has left; and what customers wrote since."""
    town = town_of_module
    town.back_to("first")
    assert town.run("remind").code == 0
    town.later(minutes=5)
    town.keep("told")
    control.pay(town.world, SCHEDULED)
    town.later(minutes=5)
    town.keep("paid")
    town.back_to("told")
    town.later(hours=2)
    town.text(MARIA, "STOP", is_no=True)
    town.text(TALLAHASSEE, "I will pay INV-1053 on Friday")
    town.text("+12125550142", "Which invoice is this?")
    town.later(minutes=5)
    town.keep("answered")
    assert town.run("pull-inbound").code == 0
    town.keep("pulled")
    return town


@pytest.fixture
def remind(answered: Town) -> Undisturbed:
    return undisturbed(answered, "remind", "first")


@pytest.fixture(params=list(STARTS)[1:])
def other(answered: Town, request: pytest.FixtureRequest) -> Undisturbed:
    return undisturbed(answered, *STARTS[request.param])


@pytest.fixture(params=list(STARTS))
def each(answered: Town, request: pytest.FixtureRequest) -> Undisturbed:
    return undisturbed(answered, *STARTS[request.param])


def sends(known: Undisturbed) -> list[int]:
    return [passed.number for passed in known.requests if passed.is_send]


def some(known: Undisturbed, step: int) -> range:
    return range(1, len(known.requests) + 1, step)


# --- a sample ---


def test_undisturbed_run_is_what_the_kills_are_held_against(remind: Undisturbed, answered: Town) -> None:
    assert (len(sends(remind)), sum(answered.expected.values())) == (4, 4)


def test_payment_cancels_the_scheduled_text(answered: Town) -> None:
    known = undisturbed(answered, *STARTS["pull-inbound that cancels"])
    assert [passed.path for passed in known.requests if passed.body == b"Status=canceled"] != []
    assert TALLAHASSEE not in {
        to for to, words in answered.expected if SCHEDULED in words and "was due" in words
    }


@pytest.mark.parametrize("when", [BEFORE, AFTER, DURING])
def test_kill_around_a_cancel(answered: Town, when: str) -> None:
    known = undisturbed(answered, *STARTS["pull-inbound that cancels"])
    points = [passed.number for passed in known.requests if passed.body == b"Status=canceled"]
    assert sweep(answered, known, "killed at a request", at_requests(points, [when])) == 0


@pytest.mark.parametrize("when", [BEFORE, AFTER, DURING])
def test_kill_around_each_send(remind: Undisturbed, answered: Town, when: str) -> None:
    points = sends(remind)
    assert sweep(answered, remind, "killed at a request", at_requests(points, [when])) <= IN_FLIGHT * len(
        points
    )


def test_kill_after_the_last_send_had_its_effect_is_settled_from_the_lists(
    remind: Undisturbed, answered: Town
) -> None:
    """With every request answered by its effect, no list leaves anything open."""
    assert sweep(answered, remind, "killed at a request", at_requests(sends(remind)[-1:], [AFTER])) == 0


def test_kill_before_anything_was_sent_leaves_nothing_open(remind: Undisturbed, answered: Town) -> None:
    points = range(1, sends(remind)[0], 9)
    assert sweep(answered, remind, "killed at a request", at_requests(points, [BEFORE, DURING])) == 0


def test_kill_around_requests_of_the_other_commands(other: Undisturbed, answered: Town) -> None:
    points = some(other, 6)
    assert sweep(answered, other, "killed at a request", at_requests(points, [AFTER])) == 0


def test_kill_around_commits(each: Undisturbed, answered: Town) -> None:
    sweep(answered, each, "killed around a commit", at_commits(range(3, 40, 12)))


def test_kill_in_the_middle_of_a_write(each: Undisturbed, answered: Town) -> None:
    sweep(answered, each, "killed in the middle of a write", at_writes(range(5, 600, 97), disk.HALF))


@pytest.mark.parametrize("how", [disk.FULL, disk.FAILING])
def test_disk_that_fails_in_the_middle(remind: Undisturbed, answered: Town, how: str) -> None:
    """What is not recorded is not sent, and what was sent is found again."""
    sweep(answered, remind, "disk full or failing at a write", at_writes(range(60, 600, 180), how, FAILED))


def test_run_after_a_killed_one_is_killed_too(remind: Undisturbed, answered: Town) -> None:
    sweep(answered, remind, "killed, and the next run too", killed_twice(remind, answered, 20260302, 4))


def test_sigterm_at_any_request_ends_the_run_by_itself(each: Undisturbed, answered: Town) -> None:
    assert sweep(answered, each, "SIGTERM", at_sigterm(some(each, 13))) == 0


def test_sigterm_ends_the_run_between_two_messages(remind: Undisturbed, answered: Town) -> None:
    def act(passed: Passed, when: str) -> str | None:
        if passed.is_send and when == AFTER and len([p for p in answered.between.seen if p.is_send]) == 1:
            os.kill(passed.pid, signal.SIGTERM)
        return None

    text = answered.config.read_text()
    answered.config.write_text(text.replace("twilio:\n", "twilio:\n  requests_in_flight: 1\n"))
    ended = answered.run("remind", act=act)
    answered.config.write_text(text)
    sent = sum(answered.told().values())
    assert (ended.code, 1 <= sent < 4, invariants.unknown(answered.state)) == (130, True, [])
    assert "told to end (SIGTERM)" in ended.err
    answered.later(minutes=1)
    assert answered.run("remind").code == 0
    assert answered.verdict() == []


# --- several runs at once ---


@pytest.mark.parametrize(
    ("command", "others"),
    [
        ("remind", ["remind"]),
        ("remind", ["remind", "pull-inbound", "log-replies"]),
        ("pull-inbound", ["remind"]),
        ("log-replies", ["pull-inbound", "remind", "log-replies"]),
    ],
)
def test_of_several_runs_at_once_one_works_and_the_rest_leave_with_5(
    answered: Town, command: str, others: list[str]
) -> None:
    undisturbed(answered, *STARTS[command])
    gate = threading.Event()
    answered.between.begin(held_at_first_request(gate))
    first = answered.children.start(answered.config, command, answered.now)
    answered.between.started(first.pid)
    while not answered.between.seen and not gate.wait(0.01):
        pass
    started = [answered.children.start(answered.config, other, answered.now) for other in others]
    ended = [other.wait() for other in started]
    gate.set()
    assert ended == [Ended(5, "", "")] * len(others)
    assert first.wait().code == 0
    answered.later(minutes=1)
    assert answered.run("remind").code == 0
    assert answered.verdict() == []


def held_at_first_request(gate: threading.Event) -> Act:
    def act(passed: Passed, when: str) -> str | None:
        if passed.number == 1 and when == BEFORE:
            gate.wait(60)
        return None

    return act


# --- everything ---


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_kill_at_every_moment_of_every_request(each: Undisturbed, answered: Town) -> None:
    sweep(answered, each, "killed at a request", at_requests(some(each, 1)))


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_kill_around_every_commit(each: Undisturbed, answered: Town) -> None:
    sweep(answered, each, "killed around a commit", at_commits(EVERY))


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_kill_in_the_middle_of_every_third_write(each: Undisturbed, answered: Town) -> None:
    sweep(answered, each, "killed in the middle of a write", at_writes(range(1, 5000, 3), disk.HALF))


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("how", [disk.FULL, disk.FAILING])
def test_disk_that_fails_at_every_tenth_write(each: Undisturbed, answered: Town, how: str) -> None:
    sweep(answered, each, "disk full or failing at a write", at_writes(range(1, 700, 10), how, FAILED))


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_very_many_runs_killed_twice(each: Undisturbed, answered: Town) -> None:
    seed = int(os.environ.get("NSQUILIO_TEST_SEED") or random.SystemRandom().randrange(10**9))
    print(f"NSQUILIO_TEST_SEED={seed}")
    sweep(answered, each, "killed, and the next run too", killed_twice(each, answered, seed, 50))


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_sigterm_at_every_request(each: Undisturbed, answered: Town) -> None:
    sweep(answered, each, "SIGTERM", at_sigterm(some(each, 1)))
