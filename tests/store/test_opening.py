"""Opening the state file: what it must be on disk, what is refused, and with which words."""

from __future__ import annotations

import os
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from nsquilio.errors import Damaged, DiskFailed, ForeignState, NotReady, NsquilioError, ServiceFailed
from nsquilio.store import files, migrations, opening
from tests.store.builders import NOW, a_copy, a_message, a_state, edit, sent, sent_total, state_path


def refused(folder: Path, **changes: object) -> NsquilioError:
    """What `remind` and a dry run say; both must refuse the same file."""
    with pytest.raises(NsquilioError) as problem:
        a_state(folder, **changes).close()
    return problem.value


def a_closed_state(folder: Path) -> Path:
    with a_state(folder) as store:
        sent(store, a_message())
    return state_path(folder)


def test_new_state_is_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        path = a_closed_state(tmp_path)
    finally:
        os.umask(before)
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o777 == 0o600


def test_journal_is_private_while_it_stands_there(tmp_path: Path) -> None:
    path = a_closed_state(tmp_path)
    with a_state(tmp_path) as store, store.transaction():
        store.runs.set_cursor("a", "1")
        assert Path(f"{path}-journal").stat().st_mode & 0o777 == 0o600


def test_closed_state_is_one_file(tmp_path: Path) -> None:
    assert [each.name for each in a_closed_state(tmp_path).parent.iterdir()] == ["state.db"]


def test_settings_that_durability_needs_are_in_force(tmp_path: Path) -> None:
    with a_state(tmp_path) as store:
        connection = store._database.connection
        found = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "trusted_schema")
        }
    assert found == {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
    }


def test_state_is_opened_again_with_what_it_held(tmp_path: Path) -> None:
    a_closed_state(tmp_path)
    with a_state(tmp_path) as store:
        assert sent_total(store) == 1
        assert store.path == state_path(tmp_path)


def test_missing_state_is_not_made_when_nobody_asked_for_it(tmp_path: Path) -> None:
    problem = refused(tmp_path, create=False)
    assert isinstance(problem, NotReady)
    assert (problem.code, problem.message) == (
        "no_state",
        f"There is no state file in {tmp_path}/state: nothing has run yet.",
    )
    assert list(tmp_path.iterdir()) == []


def test_folder_that_others_can_read_is_refused_with_the_command_that_helps(tmp_path: Path) -> None:
    path = a_closed_state(tmp_path)
    path.parent.chmod(0o750)
    problem = refused(tmp_path)
    assert (problem.exit_code, problem.code, problem.next) == (3, "unsafe_state", f"chmod 700 {path.parent}")
    assert "can be read or changed by other users of this machine. Nothing was sent." in problem.message


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o602])
def test_file_that_others_can_read_is_refused_with_the_command_that_helps(tmp_path: Path, mode: int) -> None:
    path = a_closed_state(tmp_path)
    path.chmod(mode)
    problem = refused(tmp_path)
    assert (problem.exit_code, problem.next) == (3, f"chmod 600 {path}")
    with pytest.raises(NotReady):
        a_copy(tmp_path)


def test_symbolic_links_are_refused(tmp_path: Path) -> None:
    path = a_closed_state(tmp_path)
    path.rename(tmp_path / "elsewhere.db")
    path.symlink_to(tmp_path / "elsewhere.db")
    assert "is a symbolic link" in refused(tmp_path).message
    path.unlink()
    path.symlink_to(tmp_path / "nothing.db")
    assert "is a symbolic link" in refused(tmp_path).message
    assert not (tmp_path / "nothing.db").exists()


def test_linked_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "state").symlink_to(tmp_path / "real")
    assert "is a symbolic link" in refused(tmp_path).message


def test_somebody_elses_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_closed_state(tmp_path)
    owner = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    problem = refused(tmp_path)
    assert f"belongs to user {owner}, not to the user who runs this ({owner + 1})" in problem.message
    assert problem.next.startswith("Run as that user, or: chown")


def test_what_is_no_plain_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir(mode=0o700)
    state_path(tmp_path).mkdir(mode=0o700)
    assert "is not a plain file" in refused(tmp_path).message


def test_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("")
    problem = refused(tmp_path)
    assert (problem.exit_code, problem.message) == (4, f"{tmp_path}/state cannot be made: File exists.")


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p", "fuse.sshfs", "smb3"])
def test_network_file_system_is_refused(tmp_path: Path, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/vda / ext4 rw 0 0\nserver:/x {tmp_path}/a\\040b {kind} rw 0 0\n")
    (tmp_path / "a b").mkdir()
    with pytest.raises(NotReady, match=rf"is on a network file system \({kind}\)") as problem:
        files.refuse_network(tmp_path / "a b", mounts)
    assert problem.value.next == "Set state.directory to a folder on a disk of this machine."
    files.refuse_network(tmp_path, mounts)


def test_unknown_file_system_is_no_reason_to_refuse(tmp_path: Path) -> None:
    assert files.file_system(tmp_path, tmp_path / "no-such-file") == ""


def test_run_does_not_begin_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_closed_state(tmp_path)
    room = os.statvfs(tmp_path)
    fields = list(room)
    fields[4] = 49_000_000 // room.f_frsize  # f_bavail
    monkeypatch.setattr(os, "statvfs", lambda _: os.statvfs_result(fields))
    problem = refused(tmp_path, for_sending=True)
    assert isinstance(problem, DiskFailed)
    assert problem.message == f"Only 48.9 MB are free on the disk of {tmp_path}/state; 50 MB are needed."
    assert problem.next == "Free some space on that disk and run again; nothing was sent."


def test_what_stops_or_checks_needs_no_such_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hold, an opt-out, a cancel at Twilio, `audit verify`."""
    a_closed_state(tmp_path)
    fields = [0] * 10
    monkeypatch.setattr(os, "statvfs", lambda _: os.statvfs_result(fields))
    with a_state(tmp_path) as store:
        assert store.verify().ok


def test_old_sqlite_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.36.0")
    problem = refused(tmp_path)
    assert (problem.code, problem.message) == (
        "old_sqlite",
        "Python's SQLite is 3.36.0; the state file needs 3.37. Nothing was sent.",
    )


def test_settings_that_do_not_hold_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "_SETTINGS", {"foreign_keys": "OFF"})
    assert "SQLite does not follow its settings" in refused(tmp_path).message


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"profile": "staging"}, "belongs to profile 'production', but the configuration says 'staging'"),
        ({"netsuite_account": "1234567_SB1"}, "belongs to NetSuite account '1234567'"),
        ({"twilio_account": "AC2"}, "belongs to Twilio account 'AC1'"),
    ],
)
def test_state_of_another_profile_or_account_is_refused(
    tmp_path: Path, changes: dict[str, str], words: str
) -> None:
    a_closed_state(tmp_path)
    problem = refused(tmp_path, **changes)
    assert isinstance(problem, ForeignState)
    assert words in problem.message
    assert problem.exit_code == 3
    with pytest.raises(ForeignState, match="belongs to"):
        a_copy(tmp_path, **changes)


def test_newer_state_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = a_closed_state(tmp_path)
    edit(tmp_path, "PRAGMA user_version = 99")
    before = path.read_bytes()
    problem = refused(tmp_path)
    assert isinstance(problem, ForeignState)
    assert "was written by a newer nsquilio (schema 99; this one knows" in problem.message
    assert path.read_bytes() == before
    with pytest.raises(ForeignState, match="newer nsquilio"):
        a_copy(tmp_path)


def test_another_programs_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir(mode=0o700)
    path = state_path(tmp_path)
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()
    path.chmod(0o600)
    before = path.read_bytes()
    problem = refused(tmp_path)
    assert isinstance(problem, ForeignState)
    assert problem.message == f"{path} was not made by nsquilio. Nothing was sent."
    assert path.read_bytes() == before
    with pytest.raises(ForeignState, match="was not made by nsquilio"):
        a_copy(tmp_path)


def test_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    path = a_closed_state(tmp_path)
    path.write_bytes(b"Dear diary, " * 1000)
    problem = refused(tmp_path)
    assert isinstance(problem, Damaged)
    assert problem.exit_code == 7
    assert "is damaged (file is not a database). Nothing was sent." in problem.message
    assert "audit backup" in problem.next
    with pytest.raises(Damaged):
        a_copy(tmp_path)


def test_file_that_was_cut_short_is_damaged(tmp_path: Path) -> None:
    path = a_closed_state(tmp_path)
    os.truncate(path, path.stat().st_size - 8192)
    assert isinstance(refused(tmp_path), Damaged)
    with pytest.raises(Damaged):
        a_copy(tmp_path)


@pytest.mark.parametrize("page", range(1, 40, 3))
def test_overwritten_page_is_damage_or_harmless_but_never_a_traceback(tmp_path: Path, page: int) -> None:
    path = a_closed_state(tmp_path)
    content = bytearray(path.read_bytes())
    content[page * 4096 : page * 4096 + 512] = b"\xff" * 512
    path.write_bytes(content)
    for open_it in (a_state, a_copy):
        try:
            open_it(tmp_path).close()
        except Damaged as problem:
            assert problem.exit_code == 7


def test_file_whose_triggers_or_indexes_were_dropped_is_damaged(tmp_path: Path) -> None:
    a_closed_state(tmp_path)
    edit(tmp_path, "DROP TRIGGER events_never_change")
    problem = refused(tmp_path)
    assert isinstance(problem, Damaged)
    assert "are not those of schema 1: another program changed them" in problem.message
    with pytest.raises(Damaged):
        a_copy(tmp_path)


def test_file_without_its_names_is_damaged(tmp_path: Path) -> None:
    a_closed_state(tmp_path)
    edit(tmp_path, "DROP TABLE meta")
    assert isinstance(refused(tmp_path), Damaged)


def test_empty_file_of_a_run_that_died_at_once_is_filled(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir(mode=0o700)
    state_path(tmp_path).touch(mode=0o600)
    with a_copy(tmp_path) as copy:
        assert sent_total(copy) == 0
    assert state_path(tmp_path).stat().st_size == 0
    with a_state(tmp_path) as store:
        assert sent_total(store) == 0


def test_locked_state_is_told_after_the_wait(tmp_path: Path) -> None:
    a_closed_state(tmp_path)
    with a_state(tmp_path) as other, other.transaction():
        other.runs.set_cursor("a", "1")
        with a_state(tmp_path, busy_timeout_s=0.05) as store:
            with pytest.raises(ServiceFailed, match="is locked: another program is writing to it") as problem:
                store.runs.set_cursor("a", "2")
            assert (problem.value.exit_code, problem.value.code) == (4, "state_locked")
    with a_state(tmp_path) as store:
        assert store.runs.cursor("a") == "1"


def test_two_programs_may_make_the_file_at_the_same_time(tmp_path: Path) -> None:
    first = a_state(tmp_path)
    with a_state(tmp_path) as second:
        second.runs.set_cursor("a", "1")
        assert first.runs.cursor("a") == "1"
    first.close()


def pages_read(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    from nsquilio.store import identity

    checked: list[Path] = []
    monkeypatch.setattr(identity, "_SMALL_FILE_BYTES", 0)
    monkeypatch.setattr(identity, "check_pages", lambda database, path, schema="main": checked.append(path))
    return checked


def test_large_file_is_read_whole_once_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_closed_state(tmp_path)
    checked = pages_read(monkeypatch)
    for hours, times in ((1, 0), (23, 0), (25, 1), (26, 1), (48, 1), (50, 2)):
        a_state(tmp_path, NOW + timedelta(hours=hours)).close()
        assert checked == [path] * times, hours
    a_copy(tmp_path, NOW + timedelta(days=9)).close()
    assert len(checked) == 2, "a dry run does not wait for it"
    a_state(tmp_path, NOW, thorough=True).close()
    assert len(checked) == 3


def test_large_file_is_read_whole_after_a_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_closed_state(tmp_path)
    checked = pages_read(monkeypatch)
    Path(f"{path}-journal").write_bytes(b"\0" * 512)
    a_state(tmp_path).close()
    assert checked == [path]


def test_older_file_is_brought_up_to_date_after_a_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_closed_state(tmp_path)
    monkeypatch.setattr(migrations, "LATEST", 2)
    steps = {2: ["ALTER TABLE runs ADD COLUMN note TEXT"]}
    monkeypatch.setattr(migrations, "statements", lambda version: iter(steps[version]))
    with a_copy(tmp_path) as copy:
        assert sent_total(copy) == 1
    assert not (tmp_path / "state" / "backups").exists()
    with a_state(tmp_path) as store:
        assert store._database.value("SELECT count(note) FROM runs") == 0
        assert store._database.value("PRAGMA user_version") == 2
    (copy_path,) = (tmp_path / "state" / "backups").iterdir()
    assert copy_path.name.startswith("state-schema1-20260302T140000")
    assert copy_path.stat().st_mode & 0o777 == 0o600
    a_state(tmp_path).close()


def test_step_that_fails_takes_back_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_closed_state(tmp_path)
    steps = {2: ["CREATE TABLE half (a)", "CREATE TABLE broken ("]}
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "LATEST", 2)
        patch.setattr(migrations, "statements", lambda version: iter(steps[version]))
        assert refused(tmp_path).exit_code == 70
    with a_state(tmp_path) as store:
        assert store._database.value("SELECT count(*) FROM sqlite_schema WHERE name = 'half'") == 0
        assert store._database.value("PRAGMA user_version") == 1


def test_only_the_newest_backups_are_kept(tmp_path: Path) -> None:
    from nsquilio.store import backups

    with a_state(tmp_path) as store:
        for day in range(20):
            backups.before_migration(store._database, 1, NOW + timedelta(days=day))
    names = sorted(each.name for each in (tmp_path / "state" / "backups").iterdir())
    assert len(names) == 14
    assert names[0].startswith("state-schema1-20260308")
