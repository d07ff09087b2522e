"""The command line as a whole: what is typed wrongly is refused in words, with exit code 2, as JSON where asked."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from nsquilio.__main__ import main


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Missing command"),
        (["remindd"], "Did you mean 'remind'?"),
        (["remind", "--format", "xml"], "'--format': 'xml' is not one of 'table', 'json', 'csv'."),
        (["remind", "--limit", "0"], "--limit"),
        (["remind", "--as-of", "2026-03-02"], "--as-of only goes with --dry-run"),
        (["--sandbox", "remind", "--dry-run", "--as-of", "9999-12-31"], "'9999-12-31' lies too far away"),
        (["--sandbox", "remind", "--dry-run", "--as-of", ""], "'' is neither a date nor a time"),
        (["--sandbox", "why", "INV-1042", "--as-of", "0001-01-01"], "'0001-01-01' lies too far away"),
        (["remind", "--days", "3"], "--days only goes with --dry-run"),
        (["remind", "--save-plan", "p.json"], "--save-plan only goes with --dry-run"),
        (["remind", "--dry-run", "--plan", "p.json"], "--plan sends a plan"),
        (["remind", "--dry-run", "--days", "3", "--save-plan", "p.json"], "--save-plan holds one run"),
        (["remind", "--dry-run", "--days", "3", "--format", "csv"], "--days has no CSV"),
        (["remind", "--dry-run", "--invoice", ""], "--invoice is empty"),
        (["remind", "--dry-run", "--customer", " "], "--customer is empty"),
        (["pull-inbound", "--since", ""], "'' is not a date."),
        (["pull-inbound", "--since", " "], "' ' is not a date."),
        (["status", "--max-age", "soon"], "not a span of time"),
        (["resolve", "88:overdue:1"], "Say what became of the message"),
    ],
)
def test_wrong_command_line_is_refused_in_words(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(arguments)

    shown = capsys.readouterr()
    assert code == 2
    assert words in shown.err
    assert shown.out == ""


def test_refusal_is_json_where_json_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["remind", "--format", "json", "--as-of", "2026-03-02"])

    told = json.loads(capsys.readouterr().out)
    assert code == 2
    assert told["schema"] == "nsquilio.error.v1"
    assert (told["code"], told["exit_code"]) == ("wrong_usage", 2)
    assert told["next"]


def test_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("nsquilio ")


def test_help_groups_the_commands_by_who_uses_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    order = [
        shown.index(f"{group}:") for group in ("Every night (cron)", "AR desk", "Administrator", "Try it")
    ]
    assert order == sorted(order)


def test_now_is_refused_for_real_services(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], here: object
) -> None:
    monkeypatch.setenv("NSQUILIO_NOW", "2026-03-02T14:00:00Z")

    code = main(["--config", f"{here}/config.example.yaml", "status"])

    assert code == 3
    assert "NSQUILIO_NOW is set" in capsys.readouterr().err


def test_now_that_is_no_time_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NSQUILIO_NOW", "yesterday")

    assert main(["status"]) == 3
    assert "'yesterday', which is no ISO 8601 time" in capsys.readouterr().err


def test_advice_repeats_what_was_typed_before_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "our config.yaml"
    config.write_text("profile: trial\nnonsense: 1\n")

    code = main(["--config", str(config), "--quiet", "status"])

    assert code == 3
    assert f"`nsquilio --config '{config}' " in capsys.readouterr().err


@pytest.mark.parametrize("group", ["inbox", "hold", "optout", "sandbox", "audit"])
def test_group_without_a_command_shows_its_help(group: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([group]) == 2
    shown = capsys.readouterr().err
    assert shown.startswith(f"Usage: nsquilio {group}")
    assert "Next:" not in shown


def test_secret_typed_as_an_argument_is_not_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["credentials", "set", "twilio.auth_token", "hunter2"]) == 2
    shown = capsys.readouterr()
    assert "no secret is ever an argument" in shown.err
    assert "hunter2" not in shown.out + shown.err


@pytest.fixture
def sandbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """Its state directory, after a first run."""
    monkeypatch.setenv("NSQUILIO_SANDBOX", str(tmp_path))
    assert main(["--sandbox", "pull-inbound"]) == 0
    capsys.readouterr()
    (state,) = tmp_path.rglob("state.db")
    return state.parent


def test_run_that_meets_another_one_is_silent_but_not_for_scripts(
    sandbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    holder = {"pid": 1, "started": "2026-03-02T14:00:00+00:00", "command": "pull-inbound"}
    lock = (sandbox / "lock").open("w")
    lock.write(json.dumps(holder))
    lock.flush()
    fcntl.flock(lock, fcntl.LOCK_EX)
    assert main(["--sandbox", "remind"]) == 5
    assert capsys.readouterr() == ("", "")
    assert main(["--sandbox", "remind", "--format", "json"]) == 5
    told = json.loads(capsys.readouterr().out)
    assert (told["schema"], told["exit_code"]) == ("nsquilio.error.v1", 5)
    assert told["message"].startswith("Another run holds the lock: `pull-inbound`")


def test_full_disk_stops_reminders_but_not_a_hold(
    sandbox: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "statvfs", lambda _: os.statvfs_result([0] * 10))
    assert main(["--sandbox", "remind"]) == 4
    assert "50 MB are needed" in capsys.readouterr().err
    assert main(["--sandbox", "hold", "add", "INV-1042", "--reason", "by phone"]) == 0
    assert main(["--sandbox", "pull-inbound"]) == 0


def test_dry_run_names_the_damaged_file(sandbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = sandbox / "state.db"
    whole = bytearray(file.read_bytes())
    whole[4096 : 4096 + 200] = bytes(200)
    file.write_bytes(whole)
    for command in (["remind", "--dry-run"], ["status"], ["hold", "list"]):
        assert main(["--sandbox", *command]) == 7
        assert str(file) in capsys.readouterr().err


def test_service_that_closes_its_connection_does_not_end_the_program_in_silence() -> None:
    """With the signal's default action a write to a closed socket killed a nightly run without a word."""
    program = (
        "import socket, sys\n"
        "from nsquilio.__main__ import main\n"
        "main(['--help'])\n"
        "ours, theirs = socket.socketpair()\n"
        "theirs.close()\n"
        "try:\n"
        "    ours.send(b'x')\n"
        "except BrokenPipeError:\n"
        "    sys.exit(42)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, timeout=60)
    assert ended.returncode == 42


@pytest.mark.parametrize(
    "command", ["remind --dry-run --full", "remind --dry-run --format json", "status", "--help"]
)
def test_reader_that_leaves_early_is_no_error(sandbox: Path, command: str) -> None:
    line = [sys.executable, "-m", "nsquilio", "--sandbox", *command.split()]
    read, write = os.pipe()
    os.close(read)
    with subprocess.Popen(line, stdout=write, stderr=subprocess.PIPE) as child:
        os.close(write)
        _out, err = child.communicate(timeout=60)
    assert (child.returncode, err) == (141, b"")
