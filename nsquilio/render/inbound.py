"""What came in and what was written to NetSuite, as JSON (spec section 3) and as lines for a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from nsquilio.jobs.results import Problem
from nsquilio.render.blocks import print_rows
from nsquilio.render.safe import one_line

if TYPE_CHECKING:
    from rich.console import Console

    from nsquilio.jobs.log_replies import LogItem, LogResult
    from nsquilio.jobs.pull_inbound import PullResult

MOST_ROWS = 40


def pull_object(result: PullResult) -> dict[str, Any]:
    return {
        "schema": "nsquilio.pull-inbound.v1",
        "run_id": result.run_id,
        "new": {"sms": result.sms, "calls": result.calls, "voicemails": result.voicemails},
        "duplicates": result.duplicates,
        "opt_outs": list(result.opt_outs),
        "statuses_updated": result.statuses_updated,
        "canceled": list(result.canceled),
        "settled": list(result.settled),
        "problems": problem_rows(result.problems),
    }


def problem_rows(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [{"code": p.code, "message": p.what, "next": p.next, "exit_code": p.exit_code} for p in problems]


def print_pull(result: PullResult, console: Console, command: str = "nsquilio") -> None:
    new = [(result.sms, "text"), (result.calls, "call"), (result.voicemails, "voicemail")]
    console.print(f"New: {', '.join(_counted(count, word) for count, word in new)}.")
    if result.statuses_updated:
        console.print(f"Delivery status changed: {_counted(result.statuses_updated, 'message')}.")
    for words, listed in (
        ("Opted out", result.opt_outs),
        ("Scheduled texts canceled", result.canceled),
        ("Outcome found", result.settled),
    ):
        if listed:
            console.print(f"{words}: {one_line(', '.join(listed))}.")
    if result.sms or result.calls or result.voicemails:
        console.print(f"Next: {command} log-replies, then {command} inbox list.")


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def log_object(result: LogResult) -> dict[str, Any]:
    return {
        "schema": "nsquilio.log-replies.v1",
        "run_id": result.run_id,
        "dry_run": result.dry_run,
        "logged": result.logged,
        "unmatched": result.unmatched,
        "failed": result.failed,
        "items": [_item(item) for item in result.items],
        "problems": problem_rows(result.problems),
    }


def _item(item: LogItem) -> dict[str, Any]:
    return {
        "sid": item.sid,
        "external_id": item.external_id,
        "direction": item.direction,
        "channel": item.channel,
        "customer_id": item.customer_id,
        "invoice_id": item.invoice_id,
        "kind": item.kind,
        "score": item.score,
        "signals": list(item.signals),
        "written": item.written,
    }


def print_log(result: LogResult, console: Console, command: str = "nsquilio") -> None:
    word = "would be written" if result.dry_run else "written"
    rows = [
        (item.channel, item.direction, item.invoice_id or "-", item.customer_id or "-", item.kind, item.sid)
        for item in result.items[:MOST_ROWS]
    ]
    print_rows(("CH", "WAY", "INVOICE", "CUSTOMER", "KIND", "SID"), rows, console)
    more = len(result.items) - len(rows)
    if more > 0:
        console.print(f"and {more} more")
    console.print(f"{_counted(result.logged, 'communication')} {word} to NetSuite.")
    if result.unmatched:
        console.print(f"{result.unmatched} from nobody we know: {command} inbox list.")
    if result.failed:
        console.print(f"{result.failed} not taken by NetSuite: {command} status.")
