"""The log: JSON lines, private, turned over, with the run's id and without anything that must not be read."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from nsquilio import runlog
from nsquilio.runlog import RunLog, unreadable

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


def a_log(folder: Path, run_id: str = "run-1") -> RunLog:
    log = RunLog(folder, "remind", lambda: NOW)
    log.run_id = run_id
    return log


def lines(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "runs.log").read_text().splitlines()]


def test_line_has_time_run_command_and_level(tmp_path: Path) -> None:
    a_log(tmp_path).write("ended", exit_code=0, read=54)
    assert lines(tmp_path) == [
        {
            "at": "2026-03-02T14:00:00Z",
            "run": "run-1",
            "command": "remind",
            "level": "info",
            "event": "ended",
            "exit_code": 0,
            "read": 54,
        }
    ]


def test_lines_wait_for_the_runs_id(tmp_path: Path) -> None:
    log = a_log(tmp_path, run_id="")
    log.write("started")
    assert not (tmp_path / "runs.log").exists()
    log.run_id = "run-7"
    log.write("ended")
    assert [(line["event"], line["run"]) for line in lines(tmp_path)] == [
        ("started", "run-7"),
        ("ended", "run-7"),
    ]


def test_run_that_never_had_an_id_is_logged_too(tmp_path: Path) -> None:
    log = a_log(tmp_path, run_id="")
    log.write("failed", "error", code="bad_credentials")
    log.flush()
    assert [line["run"] for line in lines(tmp_path)] == ["none"]


def test_log_is_private_whatever_the_umask_was(tmp_path: Path) -> None:
    (tmp_path / "runs.log").write_text("")
    (tmp_path / "runs.log").chmod(0o644)
    a_log(tmp_path).write("started")
    assert stat.S_IMODE((tmp_path / "runs.log").stat().st_mode) == 0o600


def test_log_is_turned_over_by_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runlog, "LARGEST_BYTES", 300)
    for number in range(40):
        a_log(tmp_path, f"run-{number}").write("ended")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["runs.log", *(f"runs.log.{number}" for number in range(1, 6))]
    assert all(path.stat().st_size < 600 for path in tmp_path.iterdir())
    assert "run-39" in (tmp_path / "runs.log").read_text()


def test_log_that_cannot_be_written_is_told_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "runs.log").mkdir()
    log = a_log(tmp_path)
    log.write("started")
    assert log.trouble == f"The log {tmp_path / 'runs.log'} cannot be written: Is a directory."


def test_log_is_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("mine")
    (tmp_path / "runs.log").symlink_to(tmp_path / "target")
    log = a_log(tmp_path)
    log.write("started")
    assert (tmp_path / "target").read_text() == "mine"
    assert log.trouble is not None


def test_bodies_are_never_logged(tmp_path: Path) -> None:
    a_log(tmp_path).write(
        "message", body="Dear customer", rows=[{"subject": "Overdue", "key": "1042:late-7"}]
    )
    (line,) = lines(tmp_path)
    assert (line["body"], line["rows"]) == (
        "(13 characters)",
        [{"subject": "(7 characters)", "key": "1042:late-7"}],
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("text to +14155550100 refused", "text to +1*****0100 refused"),
        ("text to +1 (415) 555-0100.", "text to +1*****0100."),
        ("from 4915112345678", "from *****5678"),
        ("mail to jane.doe@example.com bounced", "mail to j***@example.com bounced"),
        ("Authorization: Bearer abcdefgh12345", "Authorization: (hidden)"),
        ("key SG.abcdefghijklm.nop", "key (hidden)"),
        ("-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY----- rest", "(hidden) rest"),
        ("eyJhbGciOi.eyJpc3Mi.c2ln", "(hidden)"),
        ("http://user:pass@proxy:3128", "http://(hidden)@proxy:3128"),
        ("INV-1042 of run 20260302T140000Z-ab12", "INV-1042 of run 20260302T140000Z-ab12"),
        ("at 2026-03-02T14:00:00Z", "at 2026-03-02T14:00:00Z"),
    ],
)
def test_numbers_addresses_and_secrets_are_unreadable(text: str, shown: str) -> None:
    assert unreadable(text) == shown


def test_no_line_can_be_forged(tmp_path: Path) -> None:
    a_log(tmp_path).write("problem", what='x"}\n{"at": "forged"}\u2028\x1b[2J')
    assert len(lines(tmp_path)) == 1
    assert (tmp_path / "runs.log").read_bytes().isascii()


def test_endless_words_are_cut(tmp_path: Path) -> None:
    a_log(tmp_path).write("problem", what="x " * 100_000)
    assert (tmp_path / "runs.log").stat().st_size < 3_000
