"""A run of `remind`, planned or done, as JSON and CSV (spec section 3).

The screen stands in `remind_screen`.
"""

from __future__ import annotations

import csv
from typing import Any, TextIO

from nsquilio.core.model import Action, Decision
from nsquilio.core.money_words import minor_digits
from nsquilio.jobs.results import MessageRow, RemindResult
from nsquilio.render.json_out import cost, day, money, utc
from nsquilio.render.safe import csv_cell

SCHEMA = "nsquilio.remind.v1"

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


def remind_object(result: RemindResult) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "run_id": result.run_id,
        "as_of": utc(result.as_of),
        "dry_run": result.dry_run,
        "plan_hash": result.plan_hash,
        "plan_file": result.plan_file,
        "totals": _totals(result),
        "decisions": [_decision(decision) for decision in result.decisions],
        "messages": [_message(row) for row in result.messages],
        "not_in_plan": list(result.not_in_plan),
        "problems": [
            {"code": p.code, "message": p.what, "next": p.next, "exit_code": p.exit_code}
            for p in result.problems
        ],
        "audit_head": result.audit_head or None,
    }


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


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "invoice_id": decision.invoice_id,
        "document_number": decision.document_number,
        "customer_id": decision.customer_id,
        "customer": decision.customer,
        "due_date": day(decision.due_date),
        "days_past_due": decision.days_past_due,
        "open_balance": money(decision.open_balance),
        "step": decision.step,
        "action": str(decision.action),
        "reason": str(decision.reason),
        "detail": decision.detail,
        "not_before": utc(decision.not_before),
        "message_keys": list(decision.message_keys),
    }


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
        "sid": row.sid,
        "error_code": row.error_code,
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
    numbers = (decision.days_past_due, f"{balance.amount:.{minor_digits(balance.currency)}f}")
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
