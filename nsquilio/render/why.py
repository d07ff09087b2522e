"""`why` as a screen and as JSON: a sentence to paste into a mail, then every rule with the value it saw."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from nsquilio.core.decide import Seen
from nsquilio.core.model import Channel, Decision, Message, Reason
from nsquilio.core.money_words import day_words, money_words
from nsquilio.core.phones import masked
from nsquilio.core.rules import Rules
from nsquilio.core.steps import due_words
from nsquilio.jobs.why import Explained, WhyResult
from nsquilio.render.json_out import day, money, utc
from nsquilio.render.layout import Column, Screen
from nsquilio.render.reasons import HINTS, MEANINGS, hint

if TYPE_CHECKING:
    from rich.console import Console

_VERBS = {"send": "gets its reminder", "wait": "waits", "hold": "is on hold", "skip": "gets no reminder"}
_RESULTS = {"goes on": "passes", "decides": "DECIDES"}
_NOT_REACHED = "not reached"
_UNREADABLE = (
    "correct it in NetSuite; does it look right there? Then the role may not see it: nsquilio doctor"
)


def why_object(result: WhyResult) -> dict[str, Any]:
    """One invoice: its rules and decision at the top; a customer: the same per invoice under `invoices`."""
    each = [_row(row) for row in result.rows]
    body: dict[str, Any] = {"schema": "nsquilio.why.v1", "run_id": None, "as_of": utc(result.as_of)}
    body |= {"customer_id": result.customer.id, "customer": result.customer.name}
    if len(each) == 1:
        body |= {"rules": each[0]["rules"], "decision": each[0]["decision"]}
    return {**body, "invoices": each, "problems": [problem.what for problem in result.problems]}


def _row(row: Explained) -> dict[str, Any]:
    d = row.decision
    return {
        "rules": [{"rule": seen.rule, "value": seen.value, "result": seen.result} for seen in row.rules],
        "decision": {
            "invoice_id": d.invoice_id,
            "document_number": d.document_number,
            "due_date": day(d.due_date),
            "days_past_due": d.days_past_due,
            "open_balance": money(d.open_balance),
            "step": d.step,
            "action": str(d.action),
            "reason": str(d.reason),
            "detail": d.detail,
            "not_before": utc(d.not_before),
            "message_keys": list(d.message_keys),
        },
    }


def print_why(result: WhyResult, rules: Rules, console: Console, command: str = "nsquilio") -> None:
    screen = Screen(console)
    zone = ZoneInfo(rules.company.time_zone)
    at = f"{result.as_of.astimezone(zone):%a %Y-%m-%d %H:%M} {rules.company.time_zone}"
    if not result.rows:
        name = result.customer.name or f"customer {result.customer.id}"
        screen.line(f"{name} has no open invoice.", "bold")
    for row in result.rows:
        _one(row, zone, screen, command)
    for problem in result.problems:
        screen.line(f"Note: {problem.what} {problem.next}", "yellow", hanging=2)
    screen.line(f"As of {at}", "dim", hanging=2)


_COLUMNS = (
    Column("RULE", 16, 20, keep=8),
    Column("WHAT IT SAW", 24, 400, keep=7, wraps=True),
    Column("RESULT", 7, 14, keep=9),
)


def _one(row: Explained, zone: ZoneInfo, screen: Screen, command: str) -> None:
    d = row.decision
    screen.line(sentence(row, zone), "bold green" if d.action == "send" else "bold yellow", hanging=2)
    if d.reason in HINTS and d.action != "send":
        screen.line(f"  To change it: {_hint(d, command)}", hanging=4)
    reached = [seen for seen in row.rules if seen.result != _NOT_REACHED]
    screen.table(
        _COLUMNS, [_cells(seen) for seen in reached], styles=["bold" * _decides(seen) for seen in reached]
    )
    left = [seen.rule for seen in row.rules if seen.result == _NOT_REACHED]
    if left:
        screen.line(f"  Not reached: {', '.join(left)}.", "dim", hanging=4)
    screen.line()


def _hint(decision: Decision, command: str) -> str:
    if decision.reason is Reason.UNREADABLE:  # elsewhere the hint is to ask `why`
        return _UNREADABLE.replace("nsquilio", command)
    words = hint(decision.reason, command).replace("INVOICE", decision.document_number)
    return words.replace("CUSTOMER", f"customer:{decision.customer_id}")


def _cells(seen: Seen) -> tuple[str, str, str]:
    return seen.rule, seen.value or "-", _RESULTS.get(seen.result, seen.result)


def _decides(seen: Seen) -> bool:
    return seen.result == "decides"


def sentence(row: Explained, zone: ZoneInfo) -> str:
    """What an analyst can paste into a mail."""
    d = row.decision
    who = _who(d)
    if d.action == "send":
        return f"{who} {_VERBS[d.action]} {d.step} {_how(row, zone)}: {MEANINGS[d.reason]} ({d.detail})."
    step = f" at step {d.step}" if d.step else ""
    return f"{who} {_VERBS[d.action]}{step}{_until(d, zone)}: {_reason(d)}."


def _who(decision: Decision) -> str:
    d = decision
    of_customer = f" of {d.customer}" if d.customer else ""
    due = f"due {day_words(d.due_date)}" if d.due_date else "no due date"
    late = f", {due_words(d.days_past_due or 0)}" if d.due_date and not _is_settled(d) else ""
    return f"{d.document_number}{of_customer} ({money_words(d.open_balance).strip()}, {due}{late})"


def _reason(decision: Decision) -> str:
    if _is_settled(decision):
        return "nothing is open on it any more"
    detail = f" ({decision.detail})" if decision.detail else ""
    return f"{MEANINGS[decision.reason]}{detail}"


def _is_settled(decision: Decision) -> bool:
    """Paid and credited invoices have no live step either, but not because its days are over."""
    return decision.reason is Reason.EXPIRED and decision.open_balance.amount <= 0


def _until(decision: Decision, zone: ZoneInfo) -> str:
    if decision.not_before is None:
        return ""
    return f", not before {decision.not_before.astimezone(zone):%a %Y-%m-%d %H:%M %Z}"


def _how(row: Explained, zone: ZoneInfo) -> str:
    """By which channel, to where and when, and what stands in the same message."""
    return " and ".join(_message(message, row.decision, zone) for message in row.messages) or "now"


def _message(message: Message, decision: Decision, zone: ZoneInfo) -> str:
    what = "text" if message.channel is Channel.SMS else "e-mail"
    others = [r.document_number for r in message.reminders if r.invoice_id != decision.invoice_id]
    together = f", together with {', '.join(others)}" if others else ""
    return f"by {what} to {masked(message.to)}, {_when(message.send_at, message, zone)}{together}"


def _when(send_at: datetime | None, message: Message, zone: ZoneInfo) -> str:
    if send_at is None:
        return "at once"
    there = ZoneInfo(message.zones[0]) if message.zones else zone
    return f"leaving {send_at.astimezone(there):%a %Y-%m-%d %H:%M %Z}"
