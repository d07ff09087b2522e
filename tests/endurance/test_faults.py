"""The fault table: one test, a row for each fault, real processes, real sockets. After each fault the next runs go on
as cron would start them, and everything is held to the invariants I1 to I14 (`tests/invariants.py`; which function
checks which stands in each one's first words).
"""

from __future__ import annotations

import pytest

from tests import invariants
from tests.endurance import figures
from tests.endurance.between import BEFORE, kill_at, nothing
from tests.endurance.fault_rows import ROWS, Row
from tests.endurance.town import Town, learn


@pytest.fixture(scope="module")
def known(town_of_module: Town) -> Town:
    learn(town_of_module, "remind")
    return town_of_module


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.number} {row.words}")
def test_fault(known: Town, town: Town, row: Row) -> None:
    town.expected = known.expected
    ended = row.fault(town)
    assert ended.code in row.codes, ended
    assert row.says in ended.err, ended
    if row.sent is not None:
        assert sum(town.told().values()) == row.sent
    _runs_go_on(town, row)
    broken = [each for each in town.verdict() if not (row.changes and each.startswith(("I1:", "I2:")))]
    broken += town.last_questions()
    left = len(invariants.unknown(town.state))
    figures.add("rows of the fault table", 1, broken, left)
    assert broken == []
    assert left <= row.open
    assert max(town.told().values(), default=1) == 1
    assert row.then(town)


def _runs_go_on(town: Town, row: Row) -> None:
    for minutes in (1, 11, 11):
        town.later(minutes=minutes)
        after = town.run("remind")
        assert after.code in ((0, 1, 6) if row.changes else (0, 1)), after
        assert invariants.told_otherwise(town.state, "remind", after.code) == []
        if not invariants.unknown(town.state):
            break


def test_run_that_dies_while_the_next_one_waits_for_nothing(known: Town, town: Town) -> None:
    """The lock is the kernel's: it ends with its holder."""
    town.expected = known.expected
    assert town.run("remind", act=kill_at(1, BEFORE)).code == -9
    assert (town.run("remind", act=nothing).code, town.verdict()) == (0, [])


def test_dry_run_changes_nothing_anywhere(known: Town, town: Town) -> None:
    before = town.world.value("SELECT max(seq) FROM history") or 0
    assert town.run("remind", "--dry-run").code == 0
    assert invariants.changed_something(town.world, before) == []
    assert not town.state.exists()
