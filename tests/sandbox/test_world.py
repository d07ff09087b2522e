"""The world's file and clock, shared by several processes."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nsquilio.errors import WrongUsage
from nsquilio.sandbox import control
from nsquilio.sandbox.world import World
from tests.sandbox.netsuite_side import logged_in

MONDAY = datetime(2026, 3, 2, 14, tzinfo=UTC)


def test_new_world_starts_at_the_real_time(world: World) -> None:
    assert abs(world.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_set_clock_ticks_on_from_there(world: World) -> None:
    world.set_clock(MONDAY)
    first = world.now()
    second = world.now()
    assert MONDAY <= first <= second < MONDAY + timedelta(seconds=5)


def test_advance_moves_the_clock_for_every_process(world: World) -> None:
    world.set_clock(MONDAY)
    other = World(world.path)
    control.advance(other, timedelta(days=3, hours=2))
    other.close()
    assert world.now() - MONDAY >= timedelta(days=3, hours=2)


def test_advance_refuses_to_go_back(world: World) -> None:
    with pytest.raises(WrongUsage, match="can't go back"):
        control.advance(world, timedelta(seconds=-1))


def test_a_change_that_fails_leaves_nothing_behind(world: World) -> None:
    with pytest.raises(ZeroDivisionError), world.change() as db:
        db.execute("INSERT INTO setting VALUES ('half', '1')")
        raise ZeroDivisionError
    assert world.setting("half") is None


def test_nested_change_is_part_of_the_outer_one(world: World) -> None:
    with pytest.raises(ZeroDivisionError), world.change():
        world.set_setting("inner", 1)
        raise ZeroDivisionError
    assert world.setting("inner") is None


def test_setting_none_forgets_a_setting(world: World) -> None:
    world.set_setting("latency_s", 0.5)
    world.set_setting("latency_s", None)
    assert world.setting("latency_s", 0) == 0


def test_world_file_is_for_its_owner_alone(world: World) -> None:
    assert world.path.stat().st_mode & 0o777 == 0o600


def test_reset_forgets_everything_and_sets_the_clock(tmp_path: Path) -> None:
    path = tmp_path / "sandbox" / "world.db"
    first = control.reset(path)
    first.set_setting("concurrency", 1)
    first.close()
    second = control.reset(path, start=MONDAY + timedelta(days=1))
    assert second.setting("concurrency") is None
    assert second.now() - MONDAY >= timedelta(days=1)
    second.close()


def test_reset_replaces_a_file_that_is_no_world(tmp_path: Path) -> None:
    path = tmp_path / "world.db"
    path.write_bytes(b"not a database, but longer than the hundred bytes of a header of SQLite" * 50)
    world = control.reset(path)
    assert world.value("SELECT COUNT(*) FROM ns_customer") > 0
    world.close()


def test_server_goes_on_with_the_new_world_after_a_reset(seeded: World) -> None:
    with logged_in(seeded):
        control.pay(seeded, "INV-1042")
        control.reset(seeded.path, start=MONDAY + timedelta(days=30)).close()
        assert seeded.value("SELECT status FROM ns_transaction WHERE id = 1042") == "A"
        assert seeded.now() >= MONDAY + timedelta(days=30)
        assert seeded.history() == []


def test_killed_process_leaves_a_sound_world(tmp_path: Path) -> None:
    """Tests kill our program on purpose, and under --sandbox the server with it."""
    path = tmp_path / "world.db"
    code = (
        "import os, signal, sys, pathlib\n"
        "from nsquilio.sandbox.world import World\n"
        "world = World(pathlib.Path(sys.argv[1]))\n"
        "world.set_setting('whole', 1)\n"
        "world.db.execute('BEGIN IMMEDIATE')\n"
        "world.db.execute(\"INSERT INTO setting VALUES ('half', '1')\")\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False, cwd=Path(__file__).parents[2])
    world = World(path)
    assert (world.setting("whole"), world.setting("half")) == (1, None)
    assert world.value("PRAGMA integrity_check") == "ok"
    world.close()


def test_rows_come_with_names(world: World) -> None:
    row = world.row("SELECT 1 AS one")
    assert isinstance(row, sqlite3.Row)
    assert row["one"] == 1
