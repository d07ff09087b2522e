"""What a person's commands did, as JSON for scripts: against the sandbox, through the real program."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nsquilio.__main__ import main

BOAT = "+18505550121"  # INV-1052 alone

Asked = Callable[..., dict[str, Any]]


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Asked:
    """Runs a command line with `--format json`; its object, and that its exit code is the one it names."""
    monkeypatch.setenv("NSQUILIO_SANDBOX", str(tmp_path / "world"))

    def run(*arguments: str, code: int = 0) -> dict[str, Any]:
        assert main(["--sandbox", *arguments, "--format", "json"]) == code
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    return run


def _facts(found: dict[str, Any], *names: str) -> tuple[object, ...]:
    assert found["done"] and found["problems"] == [] and found["run_id"] is None
    return (found["schema"], *(found[name] for name in names))


def test_holds_name_their_numbers(asked: Asked, tmp_path: Path) -> None:
    added = asked("hold", "add", "INV-1042", "--reason", "asked for time")
    assert _facts(added, "hold_ids", "canceled") == ("nsquilio.hold-add.v1", [1], [])
    file = tmp_path / "holds.csv"
    file.write_text("target,reason,until\nINV-1043,by post,\nINV-1044,by post,\n")
    assert _facts(asked("hold", "import", str(file)), "hold_ids") == ("nsquilio.hold-import.v1", [2, 3])
    released = asked("hold", "release", "1")
    assert _facts(released, "released", "passed_over_once") == ("nsquilio.hold-release.v1", 1, False)
    again = asked("hold", "release", "INV-1044")
    assert _facts(again, "released", "passed_over_once") == ("nsquilio.hold-release.v1", 1, True)


def test_opt_outs_tell_whether_they_are_new(asked: Asked) -> None:
    add = ("optout", "add", BOAT, "--source", "phone call")
    names = ("address", "channel", "is_new", "canceled")
    assert _facts(asked(*add), *names) == ("nsquilio.optout-add.v1", BOAT, "sms", True, [])
    assert _facts(asked(*add), *names) == ("nsquilio.optout-add.v1", BOAT, "sms", False, [])
    remove = ("optout", "remove", BOAT, "--source", "phone call")
    assert _facts(asked(*remove), "address", "removed") == ("nsquilio.optout-remove.v1", BOAT, True)
    assert _facts(asked(*remove), "address", "removed") == ("nsquilio.optout-remove.v1", BOAT, False)


def _answered(asked: Asked, capsys: pytest.CaptureFixture[str], words: str) -> dict[str, Any]:
    assert main(["sandbox", "reply", BOAT, words]) == 0
    capsys.readouterr()
    asked("pull-inbound")
    asked("log-replies")
    found: dict[str, Any] = asked("inbox", "list")["replies"][0]
    return found


def test_the_inbox_tells_what_became_of_a_reply(asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    reply = _answered(asked, capsys, "I dispute INV-1052")
    assigned = asked("inbox", "assign", reply["id"], "INV-1053")
    names = ("sid", "invoice_id", "closed", "hold_ids", "canceled")
    assert _facts(assigned, *names) == ("nsquilio.inbox-assign.v1", reply["sid"], "1053", False, [2], [])
    close = ("inbox", "close", reply["id"])
    assert _facts(asked(*close), "sid", "closed") == ("nsquilio.inbox-close.v1", reply["sid"], True)
    assert _facts(asked(*close), "sid", "closed") == ("nsquilio.inbox-close.v1", reply["sid"], False)


def test_an_accepted_promise_tells_its_day(asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    reply = _answered(asked, capsys, "We will pay INV-1052 on Friday")
    accepted = asked("inbox", "accept", reply["id"])
    names = ("sid", "promised_on", "closed", "hold_ids")
    assert _facts(accepted, *names) == ("nsquilio.inbox-accept.v1", reply["sid"], "2026-03-06", True, [1])


def test_a_settled_outcome_tells_its_message(asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sandbox", "fault", "500-after-accept", "--times", "1"]) == 0
    capsys.readouterr()
    asked("remind", "--limit", "1", code=1)
    (unknown,) = asked("status")["unknown"]
    settled = asked("resolve", unknown["message_key"], "--sent")
    names = ("message_key", "counted_as_sent")
    assert _facts(settled, *names) == ("nsquilio.resolve.v1", unknown["message_key"], True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("hold", "add", "INV-1", "--reason", "x"),
        ("hold", "release", "99"),
        ("hold", "import", "no-such.csv"),
        ("optout", "add", "12", "--source", "x"),
        ("optout", "remove", "12", "--source", "x"),
        ("inbox", "close", "zzzzz"),
        ("resolve", "nothing", "--sent"),
        ("resolve", "nothing"),
    ],
)
def test_a_refusal_is_json_too(asked: Asked, arguments: tuple[str, ...]) -> None:
    refused = asked(*arguments, code=2)
    assert (refused["schema"], refused["exit_code"]) == ("nsquilio.error.v1", 2)
