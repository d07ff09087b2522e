"""That the checks see what they are for: each invariant is broken by hand once, and named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests import invariants
from tests.endurance.faults import outside_text
from tests.endurance.town import MARIA, Town, learn


@pytest.fixture(scope="module")
def good_night(town_of_module: Town) -> Town:
    learn(town_of_module, "remind")
    assert town_of_module.run("remind").code == 0
    assert (town_of_module.verdict(), town_of_module.last_questions()) == ([], [])
    town_of_module.keep("good")
    return town_of_module


def in_state(*statements: str) -> Callable[[Town], object]:
    """As somebody would who takes the file's own guards off, and puts them back."""

    def spoil(town: Town) -> None:
        with sqlite3.connect(town.state / "state.db") as db:
            guards = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            dropped = [f"DROP TRIGGER {name}" for name, _sql in guards]
            for statement in (*dropped, *statements, *(sql for _name, sql in guards)):
                db.execute(statement)
        db.close()

    return spoil


def in_world(statement: str) -> Callable[[Town], object]:
    def spoil(town: Town) -> None:
        with town.world.change() as db:
            db.execute(statement)

    return spoil


def sent_again(town: Town) -> None:
    row = town.world.rows("SELECT to_number, body FROM twilio_message WHERE direction <> 'inbound' LIMIT 1")[
        0
    ]
    outside_text(town, row["to_number"], row["body"])


def said_no_before(town: Town) -> None:
    town.stopped[MARIA] = town.now - timedelta(hours=1)


ONE_TEXT = "(SELECT min(id) FROM messages WHERE channel = 'sms')"
SPOILT: tuple[tuple[str, Callable[[Town], object]], ...] = (
    ("I1", sent_again),
    ("I2", in_world("DELETE FROM twilio_message WHERE direction <> 'inbound'")),
    ("I2", in_state("UPDATE messages SET outcome = 'unknown'")),
    ("I3", lambda town: town.broken.extend(invariants.without_intent(town.state, b"To=%2B1&Body=hello"))),
    ("I4", in_state(f"UPDATE messages SET sid = 'SM' || sid WHERE id = {ONE_TEXT}")),
    ("I5", said_no_before),
    ("I6", in_world("UPDATE twilio_message SET leaves_at = leaves_at - 12 * 3600")),
    ("I7", in_state("UPDATE messages SET recipient = '+1', local_day = '2026-03-02' WHERE channel = 'sms'")),
    ("I7", in_state("UPDATE messages SET customer_id = '1', local_day = '2026-03-0' || id")),
    ("I8", in_state("PRAGMA foreign_keys = OFF", f"DELETE FROM messages WHERE id = {ONE_TEXT}")),
    ("I9", in_world("UPDATE ns_comm SET custrecord_nsq_comm_sid = 'SM', custrecord_nsq_comm_invoice = '1'")),
    ("I10", lambda town: town.text(MARIA, "hello")),
    ("I11", in_state("DELETE FROM events WHERE seq = 9")),
)


@pytest.mark.parametrize(("name", "spoil"), SPOILT)
def test_broken_invariant_is_named(good_night: Town, name: str, spoil: Callable[[Town], object]) -> None:
    good_night.back_to("good")
    spoil(good_night)
    assert name in {each.partition(":")[0] for each in good_night.verdict()}


def test_what_only_later_runs_show_is_named(good_night: Town) -> None:
    good_night.back_to("good")
    state = good_night.state
    assert invariants.told_otherwise(state, "remind", 4) != []
    assert invariants.told_secrets(["texted +16175550153"], [MARIA]) != []
    assert invariants.strange_exit(99) != []
    assert invariants.changed_something(good_night.world, 0) != []
    assert invariants.not_logged(good_night.world, state) == []
    in_world("DELETE FROM ns_comm")(good_night)
    assert invariants.not_logged(good_night.world, state) != []
