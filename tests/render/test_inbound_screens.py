"""What `pull-inbound` and `log-replies` show: the keys scripts rely on, and lines for a person."""

from __future__ import annotations

import io

from rich.console import Console

from nsquilio.jobs.log_replies import LogItem, LogResult
from nsquilio.jobs.pull_inbound import PullResult
from nsquilio.jobs.results import Problem
from nsquilio.render.inbound import log_object, print_log, print_pull, pull_object

PROBLEM = Problem("not_read", "The calls could not be read: no right.", "Give the key the right.", 1)
PULLED = PullResult(
    run_id="r1",
    sms=2,
    calls=1,
    voicemails=0,
    duplicates=7,
    opt_outs=("+14155550142",),
    statuses_updated=3,
    canceled=("88:overdue:1",),
    settled=("88:overdue:2",),
    problems=(PROBLEM,),
)
ITEM = LogItem(
    "SM1", "nsq-SM1", "inbound", "sms", "88", "1042", "promise", 120, ("document_number: INV-1042",)
)


def _shown(show, result) -> str:
    stream = io.StringIO()
    show(result, Console(file=stream, width=100))
    return stream.getvalue()


def test_pull_as_json_has_the_keys_of_the_specification() -> None:
    assert pull_object(PULLED) == {
        "schema": "nsquilio.pull-inbound.v1",
        "run_id": "r1",
        "new": {"sms": 2, "calls": 1, "voicemails": 0},
        "duplicates": 7,
        "opt_outs": ["+14155550142"],
        "statuses_updated": 3,
        "canceled": ["88:overdue:1"],
        "settled": ["88:overdue:2"],
        "problems": [
            {"code": "not_read", "message": PROBLEM.what, "next": PROBLEM.next, "exit_code": 1},
        ],
    }


def test_log_as_json_has_the_keys_of_the_specification() -> None:
    shown = log_object(LogResult("r2", False, 1, 0, 0, (ITEM,)))
    (item,) = shown.pop("items")
    assert shown == {
        "schema": "nsquilio.log-replies.v1",
        "run_id": "r2",
        "dry_run": False,
        "logged": 1,
        "unmatched": 0,
        "failed": 0,
        "problems": [],
    }
    wanted = {"sid", "direction", "channel", "customer_id", "invoice_id", "kind", "score", "signals"}
    assert wanted <= item.keys()
    assert (item["sid"], item["score"], item["signals"]) == ("SM1", 120, ["document_number: INV-1042"])


def test_pull_tells_what_is_new_and_what_to_do_next() -> None:
    assert _shown(print_pull, PULLED).splitlines() == [
        "New: 2 texts, 1 call, 0 voicemails.",
        "Delivery status changed: 3 messages.",
        "Opted out: +14155550142.",
        "Scheduled texts canceled: 88:overdue:1.",
        "Outcome found: 88:overdue:2.",
        "Next: nsquilio log-replies, then nsquilio inbox list.",
    ]
    assert _shown(print_pull, PullResult()) == "New: 0 texts, 0 calls, 0 voicemails.\n"


def test_log_tells_what_was_written_and_what_was_not() -> None:
    shown = _shown(print_log, LogResult("r", False, 1, 1, 1, (ITEM,)))
    assert "1042" in shown and "promise" in shown
    assert shown.splitlines()[-3:] == [
        "1 communication written to NetSuite.",
        "1 from nobody we know: nsquilio inbox list.",
        "1 not taken by NetSuite: nsquilio status.",
    ]
    assert "1 communication would be written to NetSuite." in _shown(
        print_log, LogResult("", True, 1, 0, 0, (ITEM,))
    )


def test_a_long_log_shows_its_first_rows_and_counts_the_rest() -> None:
    assert "and 10 more" in _shown(print_log, LogResult("r", False, 50, 0, 0, (ITEM,) * 50))


def test_strangers_cannot_write_to_the_terminal() -> None:
    hostile = LogItem("SM\x1b[2J", "e", "inbound", "sms", None, None, "x[/]\u202e")
    assert "\x1b" not in _shown(print_log, LogResult("r", False, 1, 1, 0, (hostile,)))


def test_next_commands_are_those_of_the_profile_that_was_asked_for() -> None:
    def pulled(result, console) -> None:
        print_pull(result, console, "nsquilio --sandbox")

    def logged(result, console) -> None:
        print_log(result, console, "nsquilio --sandbox")

    assert "Next: nsquilio --sandbox log-replies, then nsquilio --sandbox inbox list.\n" in _shown(
        pulled, PULLED
    )
    assert _shown(logged, LogResult("r", False, 1, 1, 1, (ITEM,))).splitlines()[-2:] == [
        "1 from nobody we know: nsquilio --sandbox inbox list.",
        "1 not taken by NetSuite: nsquilio --sandbox status.",
    ]
