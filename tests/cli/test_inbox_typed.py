"""The inbox as it is typed, against the sandbox: a Monday from the reply to the next decision."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from nsquilio.__main__ import main

BOAT = "+18505550121"  # INV-1052 alone

Typed = Callable[..., str]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Runs a command line that must end well; its standard output."""
    monkeypatch.setenv("NSQUILIO_SANDBOX", str(tmp_path / "world"))

    def run(*arguments: str, code: int = 0) -> str:
        assert main(list(arguments)) == code
        out, err = capsys.readouterr()
        assert code or not err
        return out + err

    return run


def _answered(typed: Typed, words: str) -> str:
    """The short ID of the reply, once it is read."""
    typed("sandbox", "reply", BOAT, words)
    typed("--sandbox", "pull-inbound")
    typed("--sandbox", "log-replies")
    found = json.loads(typed("--sandbox", "inbox", "list", "--format", "json"))
    return str(found["replies"][0]["id"])


def test_a_promise_is_accepted_and_the_next_run_respects_it(typed: Typed) -> None:
    id_ = _answered(typed, "We will pay INV-1052 on Friday")
    assert "promises Fri 6 Mar, accept?" in typed("--sandbox", "inbox", "list")
    assert f"nsquilio --sandbox inbox accept {id_}" in typed("--sandbox", "inbox", "show", id_)
    assert typed("--sandbox", "inbox", "accept", id_).startswith("Promise accepted")
    plan = json.loads(typed("--sandbox", "remind", "--dry-run", "--format", "json"))
    assert {d["reason"] for d in plan["decisions"] if d["document_number"] == "INV-1052"} == {"promise"}
    assert typed("--sandbox", "inbox", "list") == "The inbox is empty.\n"


def test_a_reply_is_assigned_and_closed_by_hand(typed: Typed) -> None:
    id_ = _answered(typed, "I dispute INV-1052")
    told = typed("--sandbox", "inbox", "assign", id_, "INV-1053")
    assert "is about invoice INV-1053 now" in told and "Held: dispute until 2026-03-07." in told
    assert "INV-1053" in typed("--sandbox", "inbox", "list")
    assert "is closed." in typed("--sandbox", "inbox", "close", id_)
    assert "is not open in the inbox" in typed("--sandbox", "inbox", "close", id_)


def test_the_list_is_a_csv_file_too(typed: Typed) -> None:
    _answered(typed, "=1+1 what is this invoice for?")
    (row,) = csv.DictReader(StringIO(typed("--sandbox", "inbox", "list", "--format", "csv")))
    assert (row["invoices"], row["body"]) == ("INV-1052", "'=1+1 what is this invoice for?")


def test_an_unknown_id_is_wrong_usage(typed: Typed) -> None:
    for command in (("show", "zzzzz"), ("accept", "zzzzz"), ("close", "zzzzz")):
        assert "No reply has the ID 'zzzzz'." in typed("--sandbox", "inbox", *command, code=2)
