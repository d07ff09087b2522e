"""What holds for every store alike, and which one the configuration opens."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from credential_builders import CANARY, NOW, a_keyring

from nsquilio.config.settings import CredentialSettings
from nsquilio.credentials import NAMES, CredentialStore, Row, check_name, open_store
from nsquilio.errors import BadCredentials, WrongUsage

NAME = "twilio.auth_token"


def settings(store: str = "os", **given: object) -> CredentialSettings:
    values = {"backend": None, "file": None, "key_file": None, "command": ()} | given
    return CredentialSettings(store=store, **values)  # type: ignore[arg-type]


def file_store(folder: Path) -> CredentialStore:
    return open_store(settings("file", key_file=folder / "key"), "test", folder / "state", {})


def os_store(folder: Path) -> CredentialStore:
    env = a_keyring(folder)
    return open_store(settings("os", backend="fake_keyring.Keyring"), "test", folder / "state", env)


@pytest.mark.parametrize("opened", [file_store, os_store])
def test_a_store_gives_back_what_was_set_and_forgets_what_was_deleted(
    tmp_path: Path, opened: Callable[[Path], CredentialStore]
) -> None:
    store = opened(tmp_path)
    assert store.find(NAME) is None
    store.set(NAME, CANARY, NOW)
    store.set("netsuite.private_key", "line\nline\n", NOW)
    again = opened(tmp_path)
    assert (again.get(NAME), again.find("netsuite.private_key")) == (CANARY, "line\nline\n")
    assert [row for row in again.listing() if row.present] == [
        Row("netsuite.private_key", True, NOW),
        Row(NAME, True, NOW),
    ]
    assert [row.name for row in again.listing()] == list(NAMES)
    assert (again.delete(NAME), again.delete(NAME), again.find(NAME)) == (True, False, None)
    assert Row(NAME, False, None) in again.listing()


@pytest.mark.parametrize("opened", [file_store, os_store])
def test_a_missing_credential_says_where_it_is_missing_and_how_to_set_it(
    tmp_path: Path, opened: Callable[[Path], CredentialStore]
) -> None:
    store = opened(tmp_path)
    with pytest.raises(BadCredentials) as caught:
        store.get(NAME)
    assert caught.value.message == f"{NAME} is not set in {store.place}."
    assert caught.value.next == f"Run: nsquilio credentials set {NAME}"
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("opened", [file_store, os_store])
def test_nothing_that_is_shown_or_logged_holds_a_secret(
    tmp_path: Path, opened: Callable[[Path], CredentialStore], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    store = opened(tmp_path)
    store.set(NAME, CANARY, NOW)
    store.get(NAME)
    assert CANARY not in repr(store) + str(store) + repr(store.listing()) + store.place + caplog.text
    state = tmp_path / "state"
    assert [file.name for file in state.iterdir() if CANARY.encode() in file.read_bytes()] == []


def test_unknown_names_get_the_nearest_one_and_are_not_repeated_when_they_look_secret() -> None:
    with pytest.raises(WrongUsage) as caught:
        check_name("netsuite.privatekey")
    assert caught.value.message == "netsuite.privatekey is not the name of a credential."
    assert caught.value.next == "Did you mean netsuite.private_key?"
    with pytest.raises(WrongUsage) as caught:
        check_name(CANARY)
    assert caught.value.message == "That is not the name of a credential."
    assert caught.value.next.startswith("It is one of netsuite.client_id, ")
    assert check_name(NAME) == NAME


def test_the_configuration_chooses_the_store(tmp_path: Path) -> None:
    kinds = [
        open_store(each, "test", tmp_path, {}).kind
        for each in (settings(), settings("file"), settings("command", command=("cat", "{name}")))
    ]
    assert kinds == ["os", "file", "command"]
    place = open_store(settings("file"), "test", tmp_path, {}).place
    assert place == f"the encrypted file {tmp_path / 'credentials.enc'}"
    assert open_store(settings(), "test", tmp_path, {}).place.endswith("under nsquilio:test")


def test_opening_a_store_loads_neither_keyring_nor_cryptography() -> None:
    code = """
import sys, pathlib, nsquilio.credentials as c
from nsquilio.config.settings import CredentialSettings
for store in ("os", "file", "command"):
    c.open_store(CredentialSettings(store, None, None, None, ("x",)), "p", pathlib.Path("/nowhere"), {})
import nsquilio.credentials.certificate, nsquilio.credentials.shapes, nsquilio.credentials.rotation
print(*sys.modules)
"""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", code]
    printed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    assert {"keyring", "cryptography", "yaml", "requests"} & set(printed.stdout.split()) == set()
