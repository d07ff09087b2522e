"""`why` as a screen and as JSON: every rule in order, with the value it saw and which one decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from nsquilio.core.money_words import day_words, money_words
from nsquilio.core.rules import Rules
from nsquilio.core.steps import due_words
from nsquilio.jobs.why import Explained, WhyResult
from nsquilio.render.json_out import day, money, utc
from nsquilio.render.safe import one_line

if TYPE_CHECKING:
    from rich.console import Console


def why_object(result: WhyResult) -> dict[str, Any]:
    """One invoice: its rules and decision at the top; a customer: the same per invoice under `invoices`."""
    each = [_row(row) for row in result.rows]
    body: dict[str, Any] = {"schema": "nsquilio.why.v1", "run_id": None, "as_of": utc(result.as_of)}
    body |= {"customer_id": result.customer.id, "customer": result.customer.name}
    if len(each) == 1:
        body |= {"rules": each[0]["rules"], "decision": each[0]["decision"]}
    return {**body, "invoices": each}


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


def print_why(result: WhyResult, rules: Rules, console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    zone = ZoneInfo(rules.company.time_zone)
    at = f"{result.as_of.astimezone(zone):%a %Y-%m-%d %H:%M} {rules.company.time_zone}"
    if not result.rows:
        console.print(Text(f"{one_line(result.customer.name)} has no open invoice.  As of {at}"))
    for row in result.rows:
        d = row.decision
        due = (
            f"due {day_words(d.due_date)} ({due_words(d.days_past_due or 0)})"
            if d.due_date
            else "no due date"
        )
        heading = (
            f"{one_line(d.document_number)}  {one_line(d.customer)}  {money_words(d.open_balance)}  {due}"
        )
        console.print(Text(heading, style="bold"))
        console.print(Text(_sentence(row, zone), style="green" if d.action == "send" else "yellow"))
        table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
        for name in ("  RULE", "WHAT IT SAW", "RESULT"):
            table.add_column(name, overflow="fold")
        for seen in row.rules:
            style = "bold" if seen.result == "decides" else "dim" if seen.result == "not reached" else ""
            table.add_row(
                *(Text(one_line(cell), style=style) for cell in (f"  {seen.rule}", seen.value, seen.result))
            )
        console.print(table)
        console.print(Text(""))
    console.print(Text(f"As of {at}", style="dim"))


def _sentence(row: Explained, zone: ZoneInfo) -> str:
    """What an analyst can paste into a mail."""
    d = row.decision
    verb = {
        "send": "goes out",
        "wait": "waits",
        "hold": "is on hold",
        "skip": "gets no message",
    }[d.action]
    later = f", not before {d.not_before.astimezone(zone):%a %Y-%m-%d %H:%M}" if d.not_before else ""
    step = f" (step {d.step})" if d.step else ""
    return f"{one_line(d.document_number)} {verb}{step}{later}: {d.reason.replace('_', ' ')}. {one_line(d.detail)}"
