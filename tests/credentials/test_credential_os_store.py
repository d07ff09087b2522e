"""The system's keyring: one backend by name, in a child process, with a time limit."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from credential_builders import CANARY, NOW, a_keyring

from nsquilio.credentials.os_store import OsStore, default_backend
from nsquilio.errors import BadCredentials

NAME = "twilio.auth_token"


def a_store(folder: Path, backend: str = "fake_keyring.Keyring", limit_s: float = 5.0, **env: str) -> OsStore:
    return OsStore(backend, "test", folder / "state", a_keyring(folder) | env, limit_s)


def failure(store: OsStore) -> BadCredentials:
    with pytest.raises(BadCredentials) as caught:
        store.get(NAME)
    assert caught.value.exit_code == 3
    return caught.value


@pytest.mark.parametrize(
    "backend",
    [
        "keyring.backends.null.Keyring",
        "keyring.backends.fail.Keyring",
        "keyring.backends.chainer.ChainerBackend",
        "keyrings.alt.file.PlaintextKeyring",
        "keyrings.alt.file.EncryptedKeyring",
        "keyrings.cryptfile.cryptfile.CryptFileKeyring",
    ],
)
def test_backends_that_keep_no_secrets_are_refused_by_name(tmp_path: Path, backend: str) -> None:
    error = failure(a_store(tmp_path, backend))
    assert error.message == (
        f"credentials.backend {backend} is refused: {backend} does not keep secrets safe."
    )
    assert error.next == (f"Use the system's keyring ({default_backend()}) or credentials.store: file.")


def test_a_refused_backend_under_another_name_is_refused_too(tmp_path: Path) -> None:
    assert failure(a_store(tmp_path, "fake_keyring.Disguised")).message == (
        "credentials.backend fake_keyring.Disguised is refused: keyring.backends.null.Keyring "
        "does not keep secrets safe."
    )


def test_a_locked_keyring_is_named_at_once(tmp_path: Path) -> None:
    error = failure(a_store(tmp_path, "fake_keyring.Locked"))
    assert error.message == "The keyring fake_keyring.Locked is locked."
    assert error.next == (
        "Unlock it, or use credentials.store: file, which works under cron without a session."
    )


def test_a_keyring_that_waits_for_a_password_is_ended_in_time(tmp_path: Path) -> None:
    error = failure(a_store(tmp_path, "fake_keyring.Waiting", limit_s=1.0))
    assert error.message == (
        "The keyring fake_keyring.Waiting did not answer within 1 s, so it is probably locked."
    )


@pytest.mark.parametrize(
    ("backend", "why"),
    [
        ("fake_keyring.Absent", "RuntimeError: no session"),
        ("fake_keyring.Silent", "it gave no answer"),
        ("no_such_module.Keyring", "it cannot be imported (No module named 'no_such_module')"),
    ],
)
def test_a_keyring_that_is_not_there_says_why_and_what_works(tmp_path: Path, backend: str, why: str) -> None:
    error = failure(a_store(tmp_path, backend))
    assert error.message == f"The keyring {backend} cannot be used: {why}."
    assert error.next.startswith("Under cron there is usually no keyring: use credentials.store: file")


def test_a_backend_that_repeats_the_secret_in_its_error_is_not_quoted(tmp_path: Path) -> None:
    with pytest.raises(BadCredentials) as caught:
        a_store(tmp_path, "fake_keyring.Telling").set(NAME, CANARY, NOW)
    assert caught.value.message == "The keyring fake_keyring.Telling cannot be used: RuntimeError."


def test_a_keyring_that_forgets_is_noticed_when_setting(tmp_path: Path) -> None:
    store = a_store(tmp_path, "fake_keyring.Forgetful")
    with pytest.raises(BadCredentials) as caught:
        store.set(NAME, CANARY, NOW)
    assert caught.value.message == f"{store.place} took {NAME} but gives something else back."
    assert caught.value.next == "Use another store: credentials.store: file."


def test_surroundings_cannot_choose_another_backend(tmp_path: Path) -> None:
    rc = tmp_path / ".config/python_keyring/keyringrc.cfg"
    rc.parent.mkdir(parents=True)
    rc.write_text("[backend]\ndefault-keyring=keyring.backends.null.Keyring\n")
    store = a_store(tmp_path, PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring")
    store.set(NAME, CANARY, NOW)
    assert store.get(NAME) == CANARY


def test_each_profile_has_its_own_entries(tmp_path: Path) -> None:
    a_store(tmp_path).set(NAME, CANARY, NOW)
    other = OsStore("fake_keyring.Keyring", "other", tmp_path / "state", a_keyring(tmp_path))
    assert other.find(NAME) is None


def test_all_credentials_cost_one_child_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = a_store(tmp_path)
    store.set(NAME, CANARY, NOW)
    started: list[object] = []
    original = subprocess.Popen.__init__

    def counted(self: subprocess.Popen[bytes], *arguments: object, **options: object) -> None:
        started.append(arguments)
        original(self, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(subprocess.Popen, "__init__", counted)
    assert (store.get(NAME), store.find("sendgrid.api_key"), store.find("netsuite.client_id")) == (
        CANARY,
        None,
        None,
    )
    assert len(started) == 1


def test_without_processes_the_keyring_is_absent_and_nothing_crashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    error = failure(a_store(tmp_path))
    assert error.message == "The keyring fake_keyring.Keyring cannot be used: it gave no answer."


def test_damaged_dates_cost_only_the_dates(tmp_path: Path) -> None:
    store = a_store(tmp_path)
    store.set(NAME, CANARY, NOW)
    (tmp_path / "state/credentials.json").write_text("{")
    assert [row.set_at for row in store.listing() if row.present] == [None]


SECRET_SERVICE = """
import os, sys, pathlib
from datetime import datetime, UTC
from nsquilio.credentials.os_store import OsStore, default_backend
from nsquilio.errors import BadCredentials
store = OsStore(default_backend(), "test", pathlib.Path(sys.argv[1]), os.environ)
try:
    store.set("twilio.auth_token", sys.stdin.read(), datetime(2026, 1, 1, tzinfo=UTC))
    print(store.get("twilio.auth_token"), [row.name for row in store.listing() if row.present])
    print(store.delete("twilio.auth_token"), store.find("twilio.auth_token"))
    store.probe(as_cron=True)
except BadCredentials as error:
    print(error.message)
"""

needs_secret_service = pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="no Secret Service here: apt-get install dbus gnome-keyring",
)


def under_secret_service(folder: Path, start: str) -> list[str]:
    """What the script prints in a session of its own, with a home of its own and no display."""
    script = folder / "script.py"
    script.write_text(SECRET_SERVICE)
    root = Path(__file__).parents[2]
    command = f'{start} >/dev/null 2>&1; printf {CANARY} | "{sys.executable}" "{script}" "{folder}/state"'
    env = {
        "HOME": str(folder),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(root),
        "XDG_RUNTIME_DIR": str(folder),
    }
    session = ["dbus-run-session", "--", "sh", "-c", command]
    printed = subprocess.run(session, env=env, capture_output=True, text=True, timeout=60, check=False)
    return printed.stdout.splitlines()


@needs_secret_service
def test_a_real_secret_service_keeps_and_forgets(tmp_path: Path) -> None:
    start = "printf pw | gnome-keyring-daemon --unlock --components=secrets"
    kept, deleted, cron = under_secret_service(tmp_path, start)
    assert kept == f"{CANARY} ['twilio.auth_token']"
    assert deleted == "True None"
    assert cron.startswith("The keyring keyring.backends.SecretService.Keyring cannot be used: RuntimeError")


@needs_secret_service
def test_a_real_secret_service_that_is_locked_is_an_error_in_time(tmp_path: Path) -> None:
    under_secret_service(tmp_path, "printf pw | gnome-keyring-daemon --unlock --components=secrets")
    (locked,) = under_secret_service(tmp_path, "gnome-keyring-daemon --start --components=secrets")
    assert locked == "The keyring keyring.backends.SecretService.Keyring is locked."
