"""`audit verify`, `export`, `backup` and `erase` as typed."""

from __future__ import annotations

import csv
import json
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.admin_side import Setup
from tests.cli.audit_side import KEY, a_conversation, state_of, tamper

INSERTED = (
    "INSERT INTO events SELECT (SELECT max(seq) + 1 FROM events), at, run_id, actor, type, ids, details,"
    " commitments, prev, hash FROM events WHERE seq = 2"
)


@pytest.fixture
def trail(setup: Setup) -> Setup:
    with state_of(setup) as store:
        a_conversation(store)
    return setup


def head_of(setup: Setup) -> tuple[int, str]:
    with state_of(setup) as store:
        return store.trail.head()


def test_whole_trail_is_said_to_be_whole_with_its_head(trail: Setup) -> None:
    seq, digest = head_of(trail)
    assert trail.run("audit", "verify") == 0
    assert trail.out == (
        f"The trail is whole: {seq} events.\nHead {seq}:{digest}\n"
        "Keep the head elsewhere: only `audit verify --head` sees a trail cut short or written anew.\n"
    )
    assert trail.json("audit", "verify", "--head", f"{seq}:{digest}") == {
        "schema": "nsquilio.audit-verify.v1",
        "run_id": None,
        "ok": True,
        "events": seq,
        "head": f"{seq}:{digest}",
        "first_bad": None,
        "breaks": [],
    }


def test_trail_that_goes_on_from_a_kept_head_is_whole(trail: Setup) -> None:
    seq, digest = head_of(trail)
    with state_of(trail) as store:
        store.past.note("later", "something else", trail.world.now())
    assert trail.run("audit", "verify", "--head", f"{seq}:{digest}") == 0
    assert f"{seq + 1} events, and it goes on from the head you kept." in trail.out


@pytest.mark.parametrize(
    ("statement", "seq", "why"),
    [
        ("UPDATE events SET details = '{}' WHERE seq = 5", 5, "changed"),
        ("UPDATE events SET actor = 'nobody' WHERE seq = 3", 3, "changed"),
        ("UPDATE events SET details = 'no json' WHERE seq = 4", 4, "changed"),
        ("DELETE FROM events WHERE seq = 4", 4, "missing"),
        (INSERTED, None, "changed"),
        ("UPDATE messages SET body = 'Pay elsewhere' WHERE key = 'beta'", None, "changed"),
        ("DELETE FROM inbound WHERE sid = 'SM02'", None, "missing"),
    ],
)
def test_tampering_ends_with_7_and_names_the_first_bad_event(
    trail: Setup, statement: str, seq: int | None, why: str
) -> None:
    tamper(trail, statement)
    assert trail.run("audit", "verify") == 7
    assert "The trail was changed. First at event" in trail.out
    found = trail.json("audit", "verify")
    assert found["ok"] is False
    assert found["first_bad"]["why"] == why
    assert found["first_bad"] in found["breaks"]
    assert f"First at event {found['first_bad']['seq']}: {why}." in _printed(trail)
    if seq is not None:
        assert found["first_bad"]["seq"] == seq


def _printed(setup: Setup) -> str:
    setup.run("--quiet", "audit", "verify")
    return setup.out


def test_trail_cut_short_is_seen_against_a_kept_head(setup: Setup) -> None:
    with state_of(setup) as store:
        store.past.note("one", "first", setup.world.now())
        store.past.note("two", "second", setup.world.now())
    seq, digest = head_of(setup)
    tamper(setup, f"DELETE FROM events WHERE seq = {seq}")
    assert setup.run("audit", "verify") == 0
    assert setup.run("audit", "verify", "--head", f"{seq}:{digest}") == 7
    assert f"First at event {seq}: truncated." in setup.out
    assert f"the trail ends at event {seq - 1}, but the head that was kept is event {seq}" in setup.out


def test_trail_written_anew_is_seen_against_a_kept_head(trail: Setup) -> None:
    seq, _digest = head_of(trail)
    assert trail.run("audit", "verify", "--head", f"{seq}:{'a' * 64}") == 7
    assert f"First at event {seq}: changed." in trail.out


@pytest.mark.parametrize("head", ["12", "12:abc", f"x:{'a' * 64}", ""])
def test_head_that_is_none_is_refused(trail: Setup, head: str) -> None:
    assert trail.run("audit", "verify", "--head", head) == 2
    assert trail.err.startswith(f"nsquilio: {head!r} is no audit head.\n  Next: Write it as `status`")


def test_missing_state_file_is_not_called_whole_and_none_is_made(setup: Setup) -> None:
    (setup.state / "state.db").unlink(missing_ok=True)
    assert setup.run("audit", "verify") == 3
    assert f"There is no state file in {setup.state}: nothing has run yet." in setup.err
    assert setup.run("audit", "verify", "--head", f"0:{'0' * 64}") == 3
    assert setup.run("audit", "export", str(setup.state / "x.csv")) == 3
    assert setup.run("audit", "backup", str(setup.state / "x.db")) == 3
    assert setup.run("audit", "erase", "--number", "+14155550100", "--yes") == 3
    assert setup.run("audit", "list") == 0
    assert not (setup.state / "state.db").exists()


def test_state_file_that_vanished_is_damage_against_a_kept_head(setup: Setup) -> None:
    (setup.state / "state.db").unlink(missing_ok=True)
    assert setup.run("audit", "verify", "--head", f"9:{'a' * 64}") == 7
    assert "but the head that was kept is event 9" in setup.err


def test_export_as_json_lines_can_be_checked_without_the_program(trail: Setup, tmp_path: Path) -> None:
    seq, digest = head_of(trail)
    file = tmp_path / "trail.jsonl"
    assert trail.run("audit", "export", str(file)) == 0
    assert trail.out == f"{seq} events written to {file}. Audit head {seq}:{digest}\n"
    prev = "0" * 64
    for line in file.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        claimed = event.pop("hash")
        assert event["prev"] == prev
        text = json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        prev = sha256(text.encode()).hexdigest()
        assert prev == claimed
    assert prev == digest
    assert "+1415" not in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600


def test_export_as_csv_holds_the_same_events(trail: Setup, tmp_path: Path) -> None:
    seq, digest = head_of(trail)
    file = tmp_path / "trail.csv"
    made = trail.json("audit", "export", str(file))
    assert made == {
        "schema": "nsquilio.audit-export.v1",
        "run_id": None,
        "file": str(file),
        "events": seq,
        "head": f"{seq}:{digest}",
    }
    rows = list(csv.DictReader(file.open(encoding="utf-8", newline="")))
    assert [row["seq"] for row in rows] == [str(n) for n in range(1, seq + 1)]
    assert rows[-1]["hash"] == digest
    assert KEY in [json.loads(row["ids"]).get("message") for row in rows]


def test_export_overwrites_nothing_and_wants_a_suffix_it_knows(trail: Setup, tmp_path: Path) -> None:
    file = tmp_path / "trail.csv"
    file.write_text("mine")
    assert trail.run("audit", "export", str(file)) == 2
    assert (
        trail.err
        == f"nsquilio: {file} exists already; an export overwrites nothing.\n  Next: Name a new file.\n"
    )
    assert file.read_text() == "mine"
    assert trail.run("audit", "export", str(tmp_path / "trail.xml")) == 2
    assert "'trail.xml' ends neither in .csv nor in .jsonl." in trail.err
    assert trail.run("audit", "export", str(tmp_path / "no" / "trail.csv")) == 4
    assert "could not be written: No such file or directory. Nothing was exported." in trail.err


def test_export_of_an_unreadable_event_says_so_and_leaves_no_file(trail: Setup, tmp_path: Path) -> None:
    tamper(trail, "UPDATE events SET details = 'no json' WHERE seq = 4")
    assert trail.run("audit", "export", str(tmp_path / "trail.jsonl")) == 7
    assert "Event 4 cannot be read: it was changed after it was written." in trail.err
    assert list(tmp_path.glob("trail.*")) == []
    assert trail.run("audit", "export", str(tmp_path / "trail.csv")) == 0


def test_backup_is_a_whole_state_and_overwrites_nothing(trail: Setup, tmp_path: Path) -> None:
    file = tmp_path / "copy.db"
    seq, digest = head_of(trail)
    assert trail.json("audit", "backup", str(file))["head"] == f"{seq}:{digest}"
    (trail.state / "state.db").write_bytes(file.read_bytes())
    assert trail.run("audit", "verify", "--head", f"{seq}:{digest}") == 0
    assert trail.run("audit", "backup", str(file)) == 2
    assert "exists already; a backup overwrites nothing." in trail.err
    assert trail.run("audit", "backup", str(tmp_path / "no" / "copy.db")) == 2
    assert f"there is no folder {tmp_path / 'no'}" in trail.err


def test_erasing_a_number_keeps_the_trail_whole_and_the_opt_out_in_force(trail: Setup) -> None:
    assert trail.run("audit", "erase", "--number", "(415) 555-0100", "--yes") == 0
    assert trail.out == (
        "Erased to and from +14155550100: 1 messages, 1 replies, 1 holds and opt-outs.\n"
        "NetSuite and Twilio keep their own records; erase there too.\n"
    )
    assert trail.run("audit", "verify") == 0
    assert trail.run("audit", "list", "--number", "+14155550100") == 0
    assert "(erased)" in trail.out
    assert "no more texts (keyword)" in trail.out
    assert "invoice INV-1042 is due" not in trail.out
    with state_of(trail) as store:
        assert "+14155550100" in store.blocks.opted_out()


def test_open_reply_is_kept_and_named_and_backups_are_too(trail: Setup) -> None:
    with state_of(trail) as store:
        store.inbound.open_in_inbox("SM02", "unknown_sender", trail.world.now())
    copy = trail.state / "backups" / "state-schema1-20260101T000000000000Z.db"
    copy.parent.mkdir(exist_ok=True)
    copy.touch()
    assert trail.run("audit", "erase", "--number", "+14155550177", "--yes") == 1
    assert "Kept, because it is still under way: inbound:SM02. Settle or close it, then erase" in trail.out
    assert f"Backups that still hold the data: {copy}" in trail.out


def test_erasing_before_a_day_takes_what_is_older(trail: Setup) -> None:
    made = trail.json("audit", "erase", "--before", "2026-03-02", "--yes")
    assert (made["schema"], made["messages"], made["replies"]) == ("nsquilio.audit-erase.v1", 0, 0)
    assert trail.run("audit", "verify") == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "Say what to erase: --number N or --before DATE, one of them."),
        (["--number", "+14155550100", "--before", "2026-01-01"], "Say what to erase"),
        (["--before", "soon"], "'soon' is not a date."),
        (["--before", "2031-01-01"], "2031-01-01 is in the future."),
        (["--number", "Acme"], "'Acme' is neither a phone number nor an e-mail address."),
    ],
)
def test_erasing_the_impossible_is_refused(trail: Setup, options: list[str], words: str) -> None:
    before = head_of(trail)
    assert trail.run("audit", "erase", *options, "--yes") == 2
    assert words in trail.err
    assert head_of(trail) == before


class Terminal:
    """Standard input with somebody at it who types one answer."""

    def __init__(self, answer: str) -> None:
        self._answer = answer

    def isatty(self) -> bool:
        return True

    def readline(self, _size: int = -1) -> str:
        return f"{self._answer}\n"


def test_without_a_terminal_erasing_needs_yes(trail: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    before = head_of(trail)
    assert trail.run("audit", "erase", "--number", "+14155550100") == 2
    assert (
        "there is no terminal to ask at. Nothing was erased.\n  Next: Add --yes when it is meant."
        in trail.err
    )
    monkeypatch.setattr(sys, "stdin", Terminal("n"))
    assert trail.run("audit", "erase", "--number", "+14155550100") == 2
    assert "Erase all personal data to and from +14155550100? It cannot be undone." in trail.err
    assert "Nothing was erased." in trail.err
    assert head_of(trail) == before
    monkeypatch.setattr(sys, "stdin", Terminal("y"))
    assert trail.run("audit", "erase", "--number", "+14155550100") == 0
    assert head_of(trail) != before


def test_damaged_state_file_ends_with_7(trail: Setup) -> None:
    file = trail.state / "state.db"
    raw = bytearray(file.read_bytes())
    raw[4096 * 2 : 4096 * 8] = b"\xff" * (4096 * 6)
    file.write_bytes(raw)
    assert trail.run("audit", "verify") == 7
    assert "damaged" in trail.err
