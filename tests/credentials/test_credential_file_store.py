"""The encrypted file, its key, and surroundings that wish it ill."""

from __future__ import annotations

import base64
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from credential_builders import CANARY, NOW

from nsquilio.credentials import secure_files
from nsquilio.credentials.file_store import FileStore
from nsquilio.credentials.keys import KeySource
from nsquilio.errors import BadCredentials, DiskFailed

NAME = "twilio.auth_token"
OTHER = "twilio.api_key_secret"


def a_store(folder: Path, profile: str = "test", key: KeySource | None = None) -> FileStore:
    return FileStore(folder / "credentials.enc", profile, key or KeySource(key_file=folder / "key"))


@contextmanager
def refused() -> Iterator[BadCredentials]:
    """The error, filled in when the block has raised it."""
    error = BadCredentials("")
    with pytest.raises(BadCredentials) as caught:
        yield error
    error.message, error.next = caught.value.message, caught.value.next
    assert CANARY not in error.message + error.next


def edit(folder: Path, change: dict[str, object]) -> None:
    file = folder / "credentials.enc"
    file.write_text(json.dumps(json.loads(file.read_text()) | change))


def entries(folder: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads((folder / "credentials.enc").read_text())["entries"]
    return found


def test_first_set_makes_the_key_and_both_files_are_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        a_store(tmp_path / "deep/state").set(NAME, CANARY, NOW)
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "deep").rglob("*")}
    assert modes == {"state": 0o700, "key": 0o600, "credentials.enc": 0o600}
    assert (tmp_path / "deep").stat().st_mode & 0o777 == 0o700
    assert len(base64.b64decode((tmp_path / "deep/state/key").read_text())) == 32


def test_the_file_shows_names_and_dates_and_nothing_of_a_secret(tmp_path: Path) -> None:
    a_store(tmp_path).set(NAME, CANARY, NOW)
    document = json.loads((tmp_path / "credentials.enc").read_text())
    assert (document["version"], document["profile"]) == (1, "test")
    assert document["entries"][NAME]["set_at"] == "2026-03-02T14:00:00+00:00"
    assert sorted(document["entries"][NAME]) == ["nonce", "sealed", "set_at"]
    assert len(base64.b64decode(document["entries"][NAME]["nonce"])) == 12
    everything = (tmp_path / "credentials.enc").read_text()
    assert CANARY not in everything
    assert base64.b64encode(CANARY.encode()).decode() not in everything


def test_the_same_secret_never_looks_the_same(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    store.set(NAME, CANARY, NOW)
    first = entries(tmp_path)[NAME]
    store.set(NAME, CANARY, NOW)
    assert entries(tmp_path)[NAME]["nonce"] != first["nonce"]
    assert entries(tmp_path)[NAME]["sealed"] != first["sealed"]


def test_an_entry_moved_to_another_name_does_not_open(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    store.set(NAME, CANARY, NOW)
    edit(tmp_path, {"entries": {OTHER: entries(tmp_path)[NAME]}})
    with refused() as error:
        store.get(OTHER)
    assert error.message == f"{OTHER} in {store.place} was changed, or copied from another name or profile."
    assert error.next == f"Run: nsquilio credentials set {OTHER}"


def test_an_entry_copied_into_another_profile_does_not_open(tmp_path: Path) -> None:
    a_store(tmp_path).set(NAME, CANARY, NOW)
    with refused() as error:
        a_store(tmp_path, profile="other").get(NAME)
    assert error.message.endswith("belongs to profile 'test', and this is 'other'.")
    assert error.next == "Give each profile a file of its own: credentials.file."
    edit(tmp_path, {"profile": "other"})
    with refused() as error:
        a_store(tmp_path, profile="other").get(NAME)
    assert error.message.endswith("was changed, or copied from another name or profile.")


@pytest.mark.parametrize(
    "damage",
    [{"sealed": "AAAA"}, {"nonce": "!"}, {"nonce": ""}, {"sealed": 5}, {"sealed": None}],
)
def test_a_changed_entry_does_not_open(tmp_path: Path, damage: dict[str, str]) -> None:
    store = a_store(tmp_path)
    store.set(NAME, CANARY, NOW)
    edit(tmp_path, {"entries": {NAME: entries(tmp_path)[NAME] | damage}})
    with refused() as error:
        store.get(NAME)
    assert error.next == f"Run: nsquilio credentials set {NAME}"


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"version": 1}', "\xff", '{"entries": {"a": 1}}'])
def test_a_damaged_file_says_what_to_do(tmp_path: Path, content: str) -> None:
    store = a_store(tmp_path)
    store.set(NAME, CANARY, NOW)
    (tmp_path / "credentials.enc").write_text(content)
    with refused() as error:
        store.get(NAME)
    file = tmp_path / "credentials.enc"
    assert error.message == f"the encrypted file {file} is damaged."
    assert error.next == f"Restore it from a backup, or remove {file} and set every credential again."


def test_a_file_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    store.set(NAME, CANARY, NOW)
    edit(tmp_path, {"version": 2})
    with refused() as error:
        store.get(NAME)
    assert error.message == f"{store.place} was written by another version of nsquilio."


def test_another_key_is_told_from_a_changed_file(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    store.set(NAME, CANARY, NOW)
    other = a_store(tmp_path, key=KeySource(variable="00" * 32))
    for use in (lambda: other.get(NAME), lambda: other.set(OTHER, CANARY, NOW)):
        with refused() as error:
            use()
        assert error.message == f"The key does not belong to {store.place}: it was written with another one."


def test_a_lost_key_is_never_replaced_by_a_new_one(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    store.set(NAME, CANARY, NOW)
    (tmp_path / "key").unlink()
    for use in (lambda: store.get(NAME), lambda: store.set(OTHER, CANARY, NOW)):
        with refused() as error:
            use()
        assert error.message == f"The key file {tmp_path}/key is gone, so {store.place} cannot be opened."
    assert not (tmp_path / "key").exists()


def test_listing_and_deleting_need_no_key(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    store.set(NAME, CANARY, NOW)
    (tmp_path / "key").unlink()
    assert [row.name for row in store.listing() if row.present] == [NAME]
    assert store.delete(NAME)


def test_two_that_set_at_once_lose_nothing(tmp_path: Path) -> None:
    a_store(tmp_path).set("netsuite.client_id", CANARY, NOW)
    names = ["netsuite.event_secret", NAME, OTHER, "sendgrid.api_key"]
    threads = [threading.Thread(target=a_store(tmp_path).set, args=(name, name, NOW)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [a_store(tmp_path).get(name) for name in names] == names


def test_without_any_key_the_error_names_all_three_ways(tmp_path: Path) -> None:
    store = a_store(tmp_path, key=KeySource.of(None, {}))
    with refused() as error:
        store.set(NAME, CANARY, NOW)
    assert error.message == (
        "The encrypted credentials have no key: credentials.key_file is empty, and there is neither a "
        "systemd credential nsquilio.key nor NSQUILIO_KEY."
    )
    assert "Set credentials.key_file" in error.next


@pytest.mark.parametrize(
    "written",
    ["ab" * 32, base64.b64encode(bytes(32)).decode(), base64.urlsafe_b64encode(b"\xff" * 32).decode() + "\n"],
)
def test_the_key_may_come_from_a_variable(tmp_path: Path, written: str) -> None:
    source = KeySource.of(None, {"NSQUILIO_KEY": written})
    assert written.strip() not in repr(source)
    a_store(tmp_path, key=source).set(NAME, CANARY, NOW)
    assert a_store(tmp_path, key=source).get(NAME) == CANARY


@pytest.mark.parametrize("written", ["c4n4ry", "ab" * 31, "é" * 32, base64.b64encode(bytes(31)).decode()])
def test_a_key_that_is_none_is_refused_without_being_shown(tmp_path: Path, written: str) -> None:
    with refused() as error:
        a_store(tmp_path, key=KeySource.of(None, {"NSQUILIO_KEY": written})).set(NAME, CANARY, NOW)
    assert error.message == "NSQUILIO_KEY is not a key of 32 bytes in base64 or hexadecimal."
    assert "openssl rand -base64 32" in error.next


def test_the_key_may_come_from_systemd_whose_files_belong_to_root_by_access_list(tmp_path: Path) -> None:
    (tmp_path / "nsquilio.key").write_bytes(bytes(range(32)))
    (tmp_path / "nsquilio.key").chmod(0o440)
    source = KeySource.of(None, {"CREDENTIALS_DIRECTORY": str(tmp_path), "NSQUILIO_KEY": "ab" * 32})
    assert source.read() == bytes(range(32))
    (tmp_path / "nsquilio.key").chmod(0o444)
    with refused() as error:
        source.read()
    assert error.message == f"The systemd credential {tmp_path}/nsquilio.key can be read by every user."
    (tmp_path / "nsquilio.key").unlink()
    with refused() as error:
        source.read()
    assert error.message == "The systemd credential nsquilio.key is gone."


def test_the_configured_key_file_wins_over_the_surroundings(tmp_path: Path) -> None:
    env = {"NSQUILIO_KEY": "ab" * 32, "CREDENTIALS_DIRECTORY": str(tmp_path)}
    assert KeySource.of(tmp_path / "key", env) == KeySource(key_file=tmp_path / "key")
    assert KeySource.of(None, env) == KeySource(variable="ab" * 32)
    with refused() as error:
        KeySource.of(None, env).create()
    assert error.message == "Only a key file can be made."


def test_a_key_file_made_in_between_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("theirs")
    with refused() as error:
        KeySource(key_file=tmp_path / "key").create()
    assert error.message == f"The key file {tmp_path}/key has just been made."
    assert (tmp_path / "key").read_text() == "theirs"


@pytest.mark.parametrize(
    ("mode", "words", "what"),
    [
        (0o640, "read", "key"),
        (0o604, "read", "key"),
        (0o620, "changed", "credentials.enc"),
        (0o644, "read", "credentials.enc"),
    ],
)
def test_files_that_others_may_use_are_refused(tmp_path: Path, mode: int, words: str, what: str) -> None:
    store = a_store(tmp_path)
    store.set(NAME, CANARY, NOW)
    (tmp_path / what).chmod(mode)
    with refused() as error:
        store.get(NAME)
    assert error.message.endswith(f"{tmp_path / what} can be {words} by other users.")
    assert error.next == f"Run: chmod 600 {tmp_path / what}"


@pytest.mark.parametrize("what", ["key", "credentials.enc"])
def test_links_pipes_and_folders_are_refused(tmp_path: Path, what: str) -> None:
    store = a_store(tmp_path)
    store.set(NAME, CANARY, NOW)
    path = tmp_path / what
    path.rename(tmp_path / "real")
    path.symlink_to(tmp_path / "real")
    with refused() as error:
        store.get(NAME)
    assert error.message.endswith(f"{path} is a symbolic link.")
    path.unlink()
    os.mkfifo(path, 0o600)
    with refused() as error:
        store.get(NAME)
    assert error.message.endswith(f"{path} is not an ordinary file.")
    path.unlink()
    path.mkdir()
    with refused() as error:
        store.get(NAME)
    assert error.message.endswith(f"{path} is not an ordinary file.")


def test_a_file_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = a_store(tmp_path)
    store.set(NAME, CANARY, NOW)
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    with refused() as error:
        store.get(NAME)
    assert error.message == f"The credentials file {tmp_path}/credentials.enc belongs to another user."


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = a_store(tmp_path)
    store.set(NAME, CANARY, NOW)

    def refuse(*_arguments: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with refused() as error:
        store.get(NAME)
    assert (
        error.message == f"The credentials file {tmp_path}/credentials.enc cannot be read: Permission denied."
    )


def test_a_full_disk_leaves_the_old_file_and_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = a_store(tmp_path)
    store.set(NAME, CANARY, NOW)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(secure_files.os, "fsync", full)
    with pytest.raises(DiskFailed) as caught:
        store.set(OTHER, CANARY, NOW)
    assert (
        caught.value.message == f"{tmp_path}/credentials.enc could not be written: No space left on device."
    )
    assert (caught.value.exit_code, caught.value.service) == (4, "disk")
    with pytest.raises(DiskFailed):
        secure_files.create_private(tmp_path / "new", b"x")
    monkeypatch.undo()
    assert (store.get(NAME), store.find(OTHER)) == (CANARY, None)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["credentials.enc", "key"]


def test_a_folder_that_cannot_be_made_is_a_failed_disk(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DiskFailed) as caught:
        a_store(tmp_path / "file/state").set(NAME, CANARY, NOW)
    assert caught.value.message == f"{tmp_path}/file/state could not be written: Not a directory."
