"""Faults of this machine, made as those of `faults`: the state file, the disk, the lock, the clock, credentials."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.endurance.between import BEFORE, Passed, nothing
from tests.endurance.children import Ended
from tests.endurance.faults import Fault
from tests.endurance.town import Town


def spoilt_state(change: Callable[[Path], object]) -> Fault:
    """A state file of one good run, changed by somebody; put back as it was afterwards."""

    def fault(town: Town) -> Ended:
        assert town.run("remind").code == 0
        town.later(minutes=5)
        shutil.copytree(town.state, town.folder / "good", dirs_exist_ok=True)
        change(town.state / "state.db")
        ended = town.run("remind")
        for path in town.state.iterdir():
            path.unlink() if path.is_file() or path.is_symlink() else shutil.rmtree(path)
        shutil.copytree(town.folder / "good", town.state, dirs_exist_ok=True)
        return ended

    return fault


def flip_bytes(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    for place in range(len(raw) // 2, len(raw) // 2 + 4096, 7):
        raw[place] ^= 0x5A
    path.write_bytes(raw)


def be_newer(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()


def become_a_link(path: Path) -> None:
    path.rename(path.with_name("elsewhere.db"))
    path.symlink_to(path.with_name("elsewhere.db"))


def full_disk(room: int) -> Fault:
    """The state file may grow by so many bytes and no more."""

    def fault(town: Town) -> Ended:
        assert town.run("status").code == 0
        town.run("remind", "--limit", "1")  # makes the file; what is sent here is part of the night
        size = (town.state / "state.db").stat().st_size
        return town.run("remind", largest_file=size + room)

    return fault


def locked(town: Town) -> Ended:
    town.run("remind", "--limit", "1")
    other = sqlite3.connect(town.state / "state.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    ended = town.run("remind")
    other.close()
    return ended


def without_a_lock(town: Town) -> Ended:
    """Somebody removes the lock's file while a run works: the second one believes to be alone."""
    second: list[Ended] = []

    def act(passed: Passed, when: str) -> str | None:
        if passed.is_send and when == BEFORE and not second:
            second.append(Ended(0, "", ""))
            (town.state / "lock").unlink()
            other = town.children.start(town.config, "remind", town.now)
            second[0] = other.wait()
        return None

    ended = town.run("remind", act=act)
    assert second[0].code in (0, 1, 4), second
    return ended


def clock_off(**off: float) -> Fault:
    return lambda town: town.run("remind", now=town.now + timedelta(**off))


def lost_state(*, whole: bool) -> Fault:
    def fault(town: Town) -> Ended:
        assert town.run("remind").code == 0
        town.later(minutes=30)
        (town.state / "state.db").unlink()
        if whole:
            shutil.rmtree(town.state)
        return town.run("remind")

    return fault


def restored_state(town: Town) -> Ended:
    town.run("remind", "--limit", "1")
    copy = (town.state / "state.db").read_bytes()
    town.later(minutes=1)
    assert town.run("remind").code == 0
    (town.state / "state.db").write_bytes(copy)
    town.later(minutes=30)
    return town.run("remind")


def second_machine(town: Town) -> Ended:
    assert town.run("remind").code == 0
    town.state.rename(town.folder / "first machine")
    town.later(minutes=30)
    ended = town.run("remind")
    shutil.rmtree(town.state)
    (town.folder / "first machine").rename(town.state)
    return ended


def died_in_commit(town: Town) -> Ended:
    """A journal is left beside the state file."""
    for number in range(2, 30):
        town.back_to("first")
        ended = town.run("remind", die_at_commit=(number, "before"))
        if (town.state / "state.db-journal").exists():
            return ended
    raise AssertionError("no commit of the run leaves a journal")


def two_at_once(town: Town) -> Ended:
    seen: list[Ended] = []

    def act(passed: Passed, when: str) -> str | None:
        if passed.is_send and when == BEFORE and not seen:
            seen.append(Ended(0, "", ""))
            seen[0] = town.children.start(town.config, "remind", town.now).wait()
        return None

    ended = town.run("remind", act=act)
    assert seen == [Ended(5, "", "")]
    return ended


def tampered_credentials(change: Callable[[Path, Path], object]) -> Fault:
    """`change` is given the encrypted file and its key; both are put back."""

    def fault(town: Town) -> Ended:
        paths = town.folder / "credentials.enc", town.folder / "credentials.key"
        kept = [path.read_bytes() for path in paths]
        change(*paths)
        ended = town.run("remind")
        for path, content in zip(paths, kept, strict=True):
            path.unlink(missing_ok=True)
            path.write_bytes(content)
            path.chmod(0o600)
        return ended

    return fault


def swap_entries(file: Path, _key: Path) -> None:
    held = json.loads(file.read_text())
    entries = held["entries"]
    first, second = sorted(entries)[:2]
    entries[first], entries[second] = entries[second], entries[first]
    file.write_text(json.dumps(held))


def key_becomes_a_link(_file: Path, key: Path) -> None:
    key.rename(key.with_name("elsewhere.key"))
    key.symlink_to(key.with_name("elsewhere.key"))


def emptied_state(town: Town) -> Ended:
    assert town.run("remind").code == 0
    town.later(minutes=30)
    (town.state / "state.db").write_bytes(b"")
    return town.run("remind")


def broken_disk(number: int, how: str) -> Fault:
    """After a first message, so that a state file stands there."""

    def fault(town: Town) -> Ended:
        town.run("remind", "--limit", "1")
        return town.run("remind", disk=(number, how))

    return fault


def read_in_between(town: Town) -> Ended:
    """Somebody keeps the state file open for reading all through a run."""
    town.run("remind", "--limit", "1")
    other = sqlite3.connect(town.state / "state.db", isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM messages").fetchone()
    ended = town.run("remind", act=nothing)
    other.close()
    return ended
