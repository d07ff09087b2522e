"""Crashes, full and read-only disks, with real processes: all that was committed is there, nothing half."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from nsquilio.core.model import Outcome
from nsquilio.errors import DiskFailed, ServiceFailed
from nsquilio.store import Store
from nsquilio.store.database import explained
from tests.conftest import clean_environment
from tests.store.builders import NOW, a_copy, a_message, a_reminder, a_state, sent, sent_total, state_path

TOP = Path(__file__).parent.parent.parent


def a_writer(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.child", str(folder), *arguments],
        cwd=TOP,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def said(lines: IO[str] | None) -> Iterator[list[str]]:
    assert lines is not None
    for line in lines:
        if line.endswith("\n"):
            yield line.split()


def check_whole(store: Store, committed: set[str], runs: int = 1) -> None:
    """What the process said is there; what it did not come to say is there wholly or not at all."""
    found = store.verify()
    assert found.ok, found.breaks
    states = store.messages.key_states(committed)
    assert states.keys() == committed
    assert sent_total(store) % 4 == 0
    left_open = len(store.messages.open_outcomes())
    assert left_open % 4 == 0
    assert left_open <= 4 * runs, "a crash leaves at most what was in flight"


def test_killed_process_loses_nothing_that_it_said_was_committed(tmp_path: Path) -> None:
    """SIGKILL after a random number of commits and a random moment, so also in the middle of one."""
    random.seed(20260302)
    committed: set[str] = set()
    for _ in range(8):
        process = a_writer(tmp_path)
        wanted = random.randrange(1, 30)
        try:
            for number, keys in enumerate(said(process.stdout)):
                committed.update(keys)
                if number == wanted:
                    break
        finally:
            process.kill()
        committed.update(key for keys in said(process.stdout) for key in keys)
        process.communicate()
        assert process.returncode == -9
    with a_state(tmp_path) as store:
        check_whole(store, committed, runs=8)


def torn_state(folder: Path) -> set[str]:
    """A state file as a crash between writing the pages and removing the journal leaves it."""
    with a_state(folder) as store:
        sent(store, a_message("1:a:sms", reminders=(a_reminder("1:a:sms"),)))
        path = state_path(folder)
        torn, journal = folder / "torn.db", folder / "torn.db-journal"
        store._database.connection.execute("PRAGMA cache_size = 1")
        with store.transaction():
            for number in range(2, 60):
                key = f"{number}:a:sms"
                store.messages.commit_intents([a_message(key, reminders=(a_reminder(key),))], NOW)
            shutil.copyfile(path, torn)
            shutil.copyfile(f"{path}-journal", journal)
    shutil.copyfile(torn, path)
    shutil.copyfile(journal, f"{path}-journal")
    return {"1:a:sms"}


def test_torn_state_is_made_whole_when_it_is_opened(tmp_path: Path) -> None:
    committed = torn_state(tmp_path)
    torn = sqlite3.connect(f"file:{tmp_path}/torn.db?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        torn.execute("PRAGMA user_version")  # it must be rolled back first: the test is about a real wreck
    torn.close()
    with a_state(tmp_path) as store:
        assert store.verify().ok
        assert store.messages.key_states([f"{n}:a:sms" for n in range(99)]).keys() == committed
    assert not Path(f"{state_path(tmp_path)}-journal").exists()


def test_dry_run_beside_a_torn_state_sees_it_whole_and_changes_nothing(tmp_path: Path) -> None:
    committed = torn_state(tmp_path)
    folder = state_path(tmp_path).parent
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    others = set(Path(tempfile.gettempdir()).glob("nsquilio-*"))
    with a_copy(tmp_path) as copy:
        assert copy.messages.key_states([f"{n}:a:sms" for n in range(99)]).keys() == committed
        copy.messages.commit_intents([a_message("7:a:sms", reminders=(a_reminder("7:a:sms"),))], NOW)
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before
    assert set(Path(tempfile.gettempdir()).glob("nsquilio-*")) <= others


def test_full_disk_is_told_and_what_was_committed_before_is_whole(tmp_path: Path) -> None:
    """No file may grow beyond 600 kB: a commit fails in the middle, as on a full disk."""
    process = a_writer(tmp_path, "600000")
    output, errors = process.communicate()
    exit_code, kind, message, next_step = errors.splitlines()
    assert (process.returncode, exit_code, kind) == (4, "4", "DiskFailed")
    assert f"state file {state_path(tmp_path)}" in message
    assert "What is not recorded is not sent." in message
    assert "free space" in next_step.lower() or "free some space" in next_step.lower()
    with a_state(tmp_path) as store:
        check_whole(store, {key for line in output.splitlines() for key in line.split()})


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_FULL, "The disk is full: the state file here cannot be written."),
        (sqlite3.SQLITE_IOERR | (3 << 8), "The disk failed on the state file here (x)."),
        (sqlite3.SQLITE_CANTOPEN, "The disk failed on the state file here (x)."),
        (sqlite3.SQLITE_READONLY, "The state file here cannot be written (x)."),
        (sqlite3.SQLITE_CORRUPT, "The state file here is damaged (x). Nothing was sent."),
        (sqlite3.SQLITE_BUSY, "The state file here is locked"),
        (sqlite3.SQLITE_CONSTRAINT, "The state file here refused what it was given: x"),
    ],
)
def test_each_error_of_sqlite_has_its_own_words(code: int, words: str) -> None:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    told = explained(error, "here")
    assert told.message.startswith(words)
    assert told.next


def test_number_too_large_for_sqlite_is_no_traceback_of_its(store: Store) -> None:
    from nsquilio.errors import NsquilioError

    with pytest.raises(NsquilioError, match="refused what it was given") as problem:
        store.messages.commit_intents([a_message(segments=2**70)], NOW)
    assert problem.value.exit_code == 70
    assert sent_total(store) == 0


def test_read_only_state_is_told(tmp_path: Path) -> None:
    with a_state(tmp_path) as store:
        store._database.connection.execute("PRAGMA query_only = ON")
        with pytest.raises(DiskFailed, match="cannot be written") as problem:
            store.runs.set_cursor("a", "1")
    assert (problem.value.exit_code, problem.value.code) == (4, "state_read_only")


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes through a missing right")
def test_state_without_the_right_to_write_is_told(tmp_path: Path) -> None:
    with a_state(tmp_path) as store:
        sent(store, a_message())
    state_path(tmp_path).chmod(0o400)
    with pytest.raises(ServiceFailed), a_state(tmp_path) as store:
        store.runs.set_cursor("a", "1")


def test_change_after_the_disk_failed_in_the_middle_is_not_written_alone(tmp_path: Path) -> None:
    """SQLite rolls back by itself then; the rest of the change must not commit statement by statement."""
    with a_state(tmp_path) as store:
        with pytest.raises(DiskFailed, match="took back what was being written"), store.transaction():
            store.runs.set_cursor("a", "1")
            store._database.connection.execute("ROLLBACK")
            store.runs.set_cursor("b", "2")
        assert (store.runs.cursor("a"), store.runs.cursor("b")) == (None, None)


def test_state_is_not_locked_between_two_transactions(tmp_path: Path) -> None:
    """`hold` and `optout` work while a run is going on."""
    with a_state(tmp_path) as run, a_state(tmp_path, busy_timeout_s=0.05) as desk:
        run.messages.commit_intents([a_message()], NOW)
        desk.runs.release("1042", "ar", NOW)
        run.messages.record_outcomes([])
        assert list(run.trail.events())[-1].actor == "ar"
        assert run.verify().ok
        assert run.messages.open_outcomes()[0].outcome is Outcome.INTENT


def test_several_rows_are_not_written_alone_after_sqlite_took_the_transaction_back(store: Store) -> None:
    words = "INSERT INTO cursors (name, value) VALUES (:name, :value)"
    rows = [{"name": f"row {number}", "value": "x"} for number in range(2)]
    database = store._database

    with pytest.raises(DiskFailed, match="took back what was being written"), store.transaction():
        database.connection.execute("ROLLBACK")
        database.write_many(words, rows)

    assert database.value("SELECT count(*) FROM cursors WHERE name LIKE 'row %'") == 0
