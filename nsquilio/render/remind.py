"""A run of `remind`, planned or done, as JSON and CSV (spec section 3).

Both are written piece by piece: a hundred thousand rows are not held a second time as text. The screen stands
in `remind_screen`.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from json.encoder import encode_basestring_ascii as quoted
from typing import Any, TextIO, TypeVar

from nsquilio.core.model import Action, Decision, Reason, action_of
from nsquilio.jobs.results import MessageRow, RemindResult
from nsquilio.render.json_out import amount, cost, day, utc
from nsquilio.render.safe import csv_cell

SCHEMA = "nsquilio.remind.v1"

_AT_ONCE = 500
"""Rows that are written together."""

_WHY = {reason: f'"action": "{action_of(reason)}", "reason": "{reason}"' for reason in Reason}

_Row = TypeVar("_Row")

CSV_COLUMNS = (
    "invoice_id",
    "document_number",
    "customer_id",
    "customer",
    "due_date",
    "days_past_due",
    "open_balance",
    "currency",
    "step",
    "action",
    "reason",
    "detail",
    "not_before",
    "channel",
    "to",
    "status",
    "sid",
    "message_key",
)


def write_json(result: RemindResult, stream: TextIO) -> None:
    """One object on one line."""
    head = {
        "schema": SCHEMA,
        "run_id": result.run_id,
        "as_of": utc(result.as_of),
        "dry_run": result.dry_run,
        "plan_hash": result.plan_hash,
        "plan_file": result.plan_file,
        "totals": _totals(result),
    }
    tail = {
        "not_in_plan": list(result.not_in_plan),
        "problems": [
            {"code": p.code, "message": p.what, "next": p.next, "exit_code": p.exit_code}
            for p in result.problems
        ],
        "audit_head": result.audit_head or None,
    }
    stream.write(f'{json.dumps(head)[:-1]}, "decisions": [')
    _write_rows(result.decisions, _decisions, stream)
    stream.write('], "messages": [')
    _write_rows(result.messages, _messages, stream)
    stream.write(f"], {json.dumps(tail)[1:]}\n")


def _write_rows(rows: Iterable[_Row], text: Callable[[Sequence[_Row]], str], stream: TextIO) -> None:
    left, comma = iter(rows), ""
    while together := list(islice(left, _AT_ONCE)):
        stream.write(comma + text(together))
        comma = ", "


def _totals(result: RemindResult) -> dict[str, Any]:
    actions = result.by_action
    return {
        "fetched": result.fetched,
        **{str(action): actions[action] for action in Action},
        "messages": len(result.messages),
        "segments": result.segments,
        "estimated_cost": cost(result.estimated_cost),
        "reasons": {str(reason): count for reason, count in result.by_reason.items()},
    }


def _decisions(rows: Sequence[Decision]) -> str:
    return ", ".join(map(_decision, rows))


def _decision(d: Decision) -> str:
    """Put together by hand: an object for `json` to take apart again costs five times as much."""
    return (
        f'{{"invoice_id": {quoted(d.invoice_id)}, "document_number": {quoted(d.document_number)}, '
        f'"customer_id": {quoted(d.customer_id)}, "customer": {quoted(d.customer)}, '
        f"{_due(d.due_date, d.days_past_due)}, "
        f'"open_balance": {{"amount": "{amount(d.open_balance)}", '
        f'"currency": {quoted(d.open_balance.currency)}}}, '
        f'"step": {"null" if d.step is None else quoted(d.step)}, {_WHY[d.reason]}, '
        f'"detail": {quoted(d.detail)}, "not_before": {_instant(d.not_before)}, '
        f'"message_keys": [{", ".join(map(quoted, d.message_keys))}]}}'
    )


@lru_cache(maxsize=4_096)
def _due(due: date | None, days_past_due: int | None) -> str:
    return f'"due_date": {json.dumps(day(due))}, "days_past_due": {json.dumps(days_past_due)}'


@lru_cache(maxsize=4_096)
def _instant(instant: datetime | None) -> str:
    return json.dumps(utc(instant))


def _messages(rows: Sequence[MessageRow]) -> str:
    return json.dumps([_message(row) for row in rows])[1:-1]


def _message(row: MessageRow) -> dict[str, Any]:
    message = row.message
    return {
        "message_key": message.key,
        "channel": str(message.channel),
        "to": message.to,
        "body": message.body,
        "subject": message.subject,
        "customer_id": message.customer_id,
        "invoice_ids": list(message.invoice_ids),
        "reminder_keys": [reminder.key for reminder in message.reminders],
        "step": message.step,
        "segments": message.segments,
        "encoding": message.encoding or None,
        "estimated_cost": cost(message.estimated_cost),
        "send_at": utc(message.send_at),
        "status": row.status,
        "sid": row.sid or None,
        "error_code": row.error_code or None,
        "detail": row.detail,
    }


def write_csv(result: RemindResult, stream: TextIO) -> None:
    """One row per invoice, in the order read; an invoice in two messages has the first one's columns."""
    rows = {row.message.key: row for row in result.messages}
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for decision in result.decisions:
        row = next((rows[key] for key in decision.message_keys if key in rows), None)
        writer.writerow(_csv_row(decision, row))


def _csv_row(decision: Decision, row: MessageRow | None) -> list[str]:
    balance = decision.open_balance
    numbers = (decision.days_past_due, amount(balance))
    strangers = [
        decision.invoice_id,
        decision.document_number,
        decision.customer_id,
        decision.customer,
        day(decision.due_date) or "",
    ]
    about = [
        decision.step or "",
        decision.action,
        decision.reason,
        decision.detail,
        utc(decision.not_before) or "",
    ]
    sent = [row.message.channel, row.message.to, row.status, row.sid or ""] if row else [""] * 4
    keys = " ".join(decision.message_keys)
    plain = ["" if value is None else str(value) for value in numbers]
    return [
        *(csv_cell(text) for text in strangers),
        *plain,
        balance.currency,
        *(csv_cell(text) for text in (*about, *sent, keys)),
    ]
