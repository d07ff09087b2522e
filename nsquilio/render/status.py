"""`status` as JSON; the morning screen stands in `status_screen`."""

from __future__ import annotations

from typing import Any

from nsquilio.core.model import Money
from nsquilio.jobs.status import MessageSeen, PromiseSeen, StatusResult, WaitingSeen
from nsquilio.render.blocks import hold_row
from nsquilio.render.json_out import day, money, utc
from nsquilio.render.status_screen import print_status as print_status


def status_object(result: StatusResult) -> dict[str, Any]:
    return {
        "schema": "nsquilio.status.v1",
        "run_id": None,
        "as_of": utc(result.now),
        "runs": [
            {
                "run_id": run.id,
                "command": run.command,
                "started_at": utc(run.started_at),
                "finished_at": utc(run.finished_at),
                "exit_code": run.exit_code,
                "counts": dict(run.counts),
                "error": dict(run.error) if run.error else None,
            }
            for run in result.runs
        ],
        "waiting": [_waiting(row) for row in result.waiting],
        "expired": [_waiting(row) for row in result.expired],
        "scheduled": [_message(message) for message in result.scheduled],
        "unknown": [_message(message) for message in result.unknown],
        "failed": [_message(message) for message in result.failed],
        "inbox": [
            {"sid": row.sid, "reason": row.inbox_reason, "received_at": utc(row.received_at)}
            for row in result.inbox
        ],
        "holds": [hold_row(hold) for hold in result.holds],
        "promises_due": [_promise(row, result) for row in result.promises_due],
        "promises_broken": [_promise(row, result) for row in result.promises_broken],
        "undeliverable": [
            {"address": row.address, "channel": str(row.channel), "why": row.why}
            for row in result.undeliverable
        ],
        "not_logged": result.unlogged,
        "parked": result.parked,
        "certificate_days_left": result.certificate_days_left,
        "notes": list(result.notes),
        "audit_head": result.audit_head,
        "last_good_remind": utc(result.newest_good),
        "too_old": result.is_too_old,
    }


def _waiting(row: WaitingSeen) -> dict[str, Any]:
    return {
        "invoice_id": row.invoice_id,
        "document_number": row.document_number,
        "customer_id": row.customer_id,
        "customer": row.customer,
        "step": row.step or None,
        "reason": row.reason,
        "detail": row.detail,
        "since": utc(row.since),
        "not_before": utc(row.not_before),
    }


def _message(message: MessageSeen) -> dict[str, Any]:
    return {
        "message_key": message.key,
        "channel": str(message.channel),
        "to": message.to,
        "customer_id": message.customer_id,
        "customer": message.customer,
        "document_numbers": [reminder.document_number for reminder in message.reminders],
        "step": message.step,
        "outcome": str(message.outcome),
        "status": message.status,
        "sid": message.sid,
        "error_code": message.error_code,
        "detail": message.detail,
        "looks": message.looks,
        "at": utc(message.intent_at),
        "send_at": utc(message.send_at),
        "cancel_wanted": message.cancel_wanted_at is not None,
    }


def _promise(row: PromiseSeen, result: StatusResult) -> dict[str, Any]:
    return {
        "id": row.id,
        "invoice_id": row.invoice_id,
        "document_number": result.numbers.get(row.invoice_id or ""),
        "customer_id": row.customer_id,
        "customer": result.names.get(row.customer_id),
        "promised_on": day(row.promised_on),
        "amount": money(Money(row.amount, row.currency)) if row.amount and row.currency else None,
        "state": row.state,
    }
