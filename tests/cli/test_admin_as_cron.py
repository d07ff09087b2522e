"""`doctor --as-cron` sees what a job of cron would see."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nsquilio.cli.as_cron import cron_environment, run_as_cron
from tests.cli.admin_side import Setup
from tests.credentials.credential_builders import a_keyring


def test_cron_gives_few_variables() -> None:
    shell = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/bus", "PATH": "/opt/bin", "NSQUILIO_KEY": "secret"}
    assert cron_environment(shell, Path("/home/ar"), "ar") == {
        "HOME": "/home/ar",
        "LOGNAME": "ar",
        "USER": "ar",
        "SHELL": "/bin/sh",
        "PATH": "/usr/bin:/bin",
    }


def test_good_setup_is_well_as_cron_sees_it(setup: Setup) -> None:
    answer = setup.json("doctor", "--as-cron")
    assert answer["as_cron"] is True
    assert [row["name"] for row in answer["checks"] if row["level"] != "ok"] == []
    here = [row["name"] for row in setup.json("doctor")["checks"]]
    assert [row["name"] for row in answer["checks"]] == here
    assert setup.run("doctor", "--as-cron") == 0
    assert "in cron's surroundings: all well." in setup.out


def test_configuration_of_the_shells_directory_is_not_found_by_cron(
    setup: Setup, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from nsquilio.__main__ import main

    (tmp_path / "config.yaml").write_bytes(setup.config.read_bytes())
    setup.config.unlink()
    monkeypatch.chdir(tmp_path)
    assert main(["doctor"]) == 0
    assert main(["doctor", "--as-cron"]) == 3
    assert setup.capture is not None
    assert "There is no configuration: neither" in setup.capture.readouterr().out


def test_key_of_the_shell_is_missing_under_cron(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    key = setup.config.parent / "trial.key"
    monkeypatch.setenv("NSQUILIO_KEY", key.read_text().strip())
    setup.replace(f'key_file: "{key}"', "key_file:")
    assert setup.row("credentials")[0] == "ok"
    level, saw, _fix = setup.row("credentials", "doctor", "--as-cron")
    assert level == "failure"
    assert "there is neither a systemd credential nsquilio.key nor NSQUILIO_KEY" in saw


def test_keyring_of_a_session_is_missing_under_cron(
    setup: Setup, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The backend is found through a variable that cron does not have, as a session's bus is."""
    for name, value in a_keyring(tmp_path).items():
        if name != "HOME":
            monkeypatch.setenv(name, value)
    before = {name: setup.store().get(name) for name in setup_names()}
    text = setup.config.read_text()
    start = text.index("credentials:")
    setup.config.write_text(text[:start] + "credentials: {store: os, backend: fake_keyring.Keyring}\n")
    for name, value in before.items():
        from nsquilio.credentials import open_store

        settings = setup.settings
        store = open_store(settings.credentials, settings.profile, settings.state_directory, dict(os.environ))
        store.set(name, value, setup.world.now())
    rows = setup.rows()
    assert rows["credentials"]["level"] == "ok"
    assert rows["credentials under cron"]["level"] == "failure"
    assert (
        "a job of cron could not read them: The keyring fake_keyring.Keyring cannot be used"
        in (rows["credentials under cron"]["saw"])
    )
    assert "use credentials.store: file" in rows["credentials under cron"]["fix"]


def setup_names() -> list[str]:
    return [
        "netsuite.client_id",
        "netsuite.certificate_id",
        "netsuite.private_key",
        "twilio.api_key_sid",
        "twilio.api_key_secret",
        "sendgrid.api_key",
    ]


def test_program_that_does_not_work_there_is_one_row(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nsquilio.cli.as_cron._STARTER", "import sys; sys.exit('no such thing')")
    level, saw, fix = setup.row("cron environment", "doctor", "--as-cron")
    assert (level, saw) == ("failure", "the program did not work there: no such thing")
    assert "env -i" in fix
    assert setup.row("cron environment")[1] == "a job of cron could not start the program: no such thing"


def test_program_that_hangs_there_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nsquilio.cli.as_cron._STARTER", "import time; time.sleep(60)")
    ended = run_as_cron(["--version"], tmp_path, "ar", limit_s=0.3)
    assert (ended.code, ended.problems) == (None, "it did not end within 0.3 s")


def test_interpreter_that_is_gone_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    ended = run_as_cron(["--version"], tmp_path, "ar")
    assert (ended.code, ended.problems) == (None, "it could not be started: No such file or directory")


def test_line_for_the_crontab_names_the_configuration_where_cron_needs_it(setup: Setup) -> None:
    saw = setup.row("cron environment")[1]
    assert "in a crontab write: " in saw
    assert "--config" not in saw
    other = setup.config.with_name("other.yaml")
    setup.config.rename(other)
    setup.config = other
    assert setup.row("cron environment")[1].endswith(f"--config {other}")
