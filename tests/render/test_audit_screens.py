"""The trail on a screen and in files: widths, hostile words, long lists."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from nsquilio.core import chain
from nsquilio.core.chain import Break
from nsquilio.errors import Damaged, DiskFailed, WrongUsage
from nsquilio.jobs.audit import Asked, Conversation
from nsquilio.jobs.audit_lines import Line
from nsquilio.render.audit import MOST_LINES, print_list, print_verify, verify_object, write_list_csv
from nsquilio.render.audit_files import write_export
from tests.render.screens import ESCAPES, NOW, screen, text

ZONE = "America/New_York"


def a_line(**more: Any) -> Line:
    facts: dict[str, Any] = {
        "at": NOW,
        "direction": "in",
        "channel": "sms",
        "kind": "question",
        "words": "When?",
        "party": "+14155550100",
        "customer_id": "88",
        "invoice_ids": ("1042",),
        "status": "received",
        "sid": "SM01",
    }
    return Line(**{**facts, **more})


def a_talk(*lines: Line, **more: Any) -> Conversation:
    facts: dict[str, Any] = {"numbers": {"1042": "INV-1042"}, "names": {"88": "Acme Corp"}}
    return Conversation(Asked(), lines, "7:abc", **{**facts, **more})


def shown(talk: Conversation, width: int = 100) -> list[str]:
    return screen(lambda console: print_list(talk, None, "", ZONE, console), width)


def test_line_of_the_whole_list_names_its_customer() -> None:
    assert shown(a_talk(a_line())) == [
        "2026-03-10 10:00  ←  text from +1*****0100   Acme Corp   question   INV-1042   received",
        "    When?",
        "    SM01",
        "Audit head 7:abc",
        "",
    ]


def test_call_without_a_caller_or_words_is_one_line() -> None:
    call = a_line(channel="call", kind="", words="", party="", sid="", status="missed", invoice_ids=())
    assert shown(a_talk(call, customer_id="88"))[2] == "2026-03-10 10:00  ←  call   missed"


@pytest.mark.parametrize("width", [40, 80, 100, 200])
def test_hostile_words_fit_every_window(width: int) -> None:
    hostile = a_line(words=f"{ESCAPES}\n\n\n{'long ' * 100}", party=ESCAPES, status=ESCAPES, sid=ESCAPES)
    talk = a_talk(hostile, names={"88": ESCAPES}, numbers={"1042": ESCAPES})
    assert "\\u001b]0;owned" in "".join(shown(talk, width)).replace("\n", "")


def test_empty_lines_of_a_mail_take_no_room() -> None:
    assert "    Dear ⏎ Pay ⏎ Bye" in shown(a_talk(a_line(words="Dear\n\n  \nPay\r\n\r\nBye\n")))


def test_long_list_shows_its_end_and_says_how_to_see_the_rest() -> None:
    lines = [a_line(at=NOW + timedelta(minutes=n), sid=f"SM{n}") for n in range(MOST_LINES + 5)]
    told = shown(a_talk(*lines))
    assert told[0] == ("5 earlier entries are not shown; narrow with --since, or take all with --format csv.")
    assert f"    SM{MOST_LINES + 4}" in told
    assert "    SM4" not in told


def test_unknown_invoice_and_customer_are_named_by_their_ids() -> None:
    told = shown(a_talk(a_line(), numbers={}, names={}, customer_id="88"))
    assert told[0] == "customer:88"
    assert "invoice:1042" in told[2]


@pytest.mark.parametrize(
    "words", ["=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "  =1", "＝1+1"]
)
def test_csv_runs_no_formula(words: str) -> None:
    stream = io.StringIO()
    write_list_csv(a_talk(a_line(words=words), names={"88": words}), stream)
    (row,) = csv.DictReader(io.StringIO(stream.getvalue()))
    assert row["words"].startswith("'")
    assert row["customer"].startswith("'")


@dataclass(frozen=True)
class Found:
    events: int
    head: tuple[int, str]
    breaks: tuple[Break, ...]

    @property
    def first_bad(self) -> Break | None:
        return self.breaks[0] if self.breaks else None

    @property
    def ok(self) -> bool:
        return not self.breaks


def test_many_breaks_are_counted_on_the_screen_and_all_named_as_json() -> None:
    found = Found(
        99, (99, "f" * 64), tuple(Break(n, "changed", f"event {n} {ESCAPES}") for n in range(1, 31))
    )
    told = text(lambda console: print_verify(found, console, against_head=True))
    assert told.startswith("The trail was changed. First at event 1: changed.\n")
    assert "  and 10 more; --format json names them all" in told
    assert len(verify_object(found)["breaks"]) == 30


def an_event(seq: int = 1, **more: Any) -> chain.Event:
    facts: dict[str, Any] = {
        "at": "2026-03-10T14:00:00.000000Z",
        "run": "r1",
        "actor": "cron",
        "type": "note",
        "ids": {},
        "details": {"text": "é"},
        "commitments": {},
        "prev": chain.GENESIS,
    }
    return chain.sealed(seq, **{**facts, **more})


def test_export_to_csv_keeps_long_details_whole_and_actors_harmless(tmp_path: Path) -> None:
    long = an_event(actor="=cmd()", details={"sids": ["SM" + "0" * 32] * 2_000})
    assert write_export([long], tmp_path / "x.csv") == 1
    text_of = (tmp_path / "x.csv").read_text(encoding="utf-8")
    csv.field_size_limit(10_000_000)
    (row,) = csv.DictReader(io.StringIO(text_of))
    assert row["actor"] == "'=cmd()"
    assert row["details"] == long.details


def test_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    assert write_export([an_event()], tmp_path / "X.JSONL") == 1
    assert '"text":"é"' in (tmp_path / "X.JSONL").read_text(encoding="utf-8")


def test_export_that_fails_half_way_leaves_no_file(tmp_path: Path) -> None:
    def events() -> Any:
        yield an_event()
        raise OSError(28, "No space left on device")

    with pytest.raises(DiskFailed, match="No space left on device"):
        write_export(events(), tmp_path / "x.csv")
    broken = chain.Event(1, "", "", "", "", "no json", "{}", "{}", "", "")
    with pytest.raises(Damaged, match="Event 1 cannot be read"):
        write_export([broken], tmp_path / "x.jsonl")
    with pytest.raises(WrongUsage, match="neither in"):
        write_export([], tmp_path / "x")
    assert list(tmp_path.iterdir()) == []
