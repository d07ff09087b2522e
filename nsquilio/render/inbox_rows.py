"""The inbox for scripts and spreadsheets: JSON objects, and CSV rows that no spreadsheet runs."""

from __future__ import annotations

import csv
from typing import Any, TextIO

from nsquilio.core.model import Money
from nsquilio.jobs.inbox import InboxList, InboxReply
from nsquilio.jobs.inbox_entries import Entry, Named
from nsquilio.render.blocks import hold_row
from nsquilio.render.inbox_words import stake
from nsquilio.render.json_out import day, money, utc
from nsquilio.render.safe import csv_cell

COLUMNS = (
    "id sid received_at channel sender customer_id customer kind reasons words rule unsure promise_date"
    " promise_amount promise_currency held_until invoices at_stake days_past_due score signals candidates"
    " body"
).split()


def list_object(result: InboxList) -> dict[str, Any]:
    return {
        "schema": "nsquilio.inbox-list.v1",
        "as_of": utc(result.now),
        "netsuite_not_asked": result.not_asked or None,
        "replies": [_entry(entry) for entry in result.entries],
    }


def reply_object(result: InboxReply) -> dict[str, Any]:
    last = result.last_text
    return {
        "schema": "nsquilio.inbox-show.v1",
        "as_of": utc(result.now),
        "netsuite_not_asked": result.not_asked or None,
        "reply": _entry(result.entry),
        "last_text": {"at": utc(last[0]), "body": last[1]} if last else None,
        "before": [
            {"sid": row.sid, "channel": row.channel, "received_at": utc(row.received_at), "body": row.body}
            for row in result.before
        ],
        "opt_outs": [{"kind": one.kind, "since": utc(one.since)} for one in result.opt_outs],
        "communications": [
            {"external_id": one.eid, "invoice_id": one.invoice_id, "state": one.state}
            for one in result.logged
        ],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    row, said = entry.row, entry.row.reading
    amount = Money(said.promise_amount, said.promise_currency or "") if said and said.promise_amount else None
    return {
        "id": entry.id,
        "sid": row.sid,
        "channel": row.channel,
        "received_at": utc(row.received_at),
        "sender": row.sender or None,
        "body": row.body,
        "media": list(row.media),
        "urgency": int(entry.urgency),
        "state": row.inbox,
        "reasons": list(entry.reasons),
        "kind": said.kind if said else None,
        "rule": said.rule if said else None,
        "words": list(said.words) if said else [],
        "unsure": bool(said and said.unsure),
        "stops_texts": bool(said and said.stops_texts),
        "promise_date": day(said.promise_date) if said else None,
        "promise_amount": money(amount),
        "customer_id": row.customer_id,
        "customer": entry.customer or None,
        "invoices": [_named(one) for one in entry.invoices],
        "at_stake": [money(one) for one in entry.at_stake],
        "score": row.score,
        "signals": list(row.signals),
        "candidates": [{**_named(one), "score": one.score} for one in entry.candidates],
        "holds": [hold_row(hold) for hold in entry.holds],
        "promises": [
            {"id": one.id, "invoice_id": one.invoice_id, "date": day(one.promised_on), "state": one.state}
            for one in entry.promises
        ],
    }


def _named(one: Named) -> dict[str, Any]:
    return {
        "invoice_id": one.id,
        "document_number": one.number,
        "open_balance": money(one.balance),
        "due_date": day(one.due_date),
    }


def write_csv(result: InboxList, stream: TextIO) -> None:
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in result.entries:
        writer.writerow([csv_cell(value) for value in _cells(entry, result)])


def _cells(entry: Entry, result: InboxList) -> list[object]:
    row, said = entry.row, entry.row.reading
    late = entry.days_past_due(result.today)
    amount = said.promise_amount if said else None
    ends = [hold.until for hold in entry.holds if hold.until is not None]
    return [
        entry.id,
        row.sid,
        utc(row.received_at),
        row.channel,
        row.sender,
        row.customer_id or "",
        entry.customer,
        entry.kind,
        "; ".join(entry.reasons),
        " | ".join(said.words) if said else "",
        said.rule if said else "",
        "yes" if said and said.unsure else "",
        said.promise_date or "" if said else "",
        "" if amount is None else amount,
        said.promise_currency or "" if said else "",
        max(ends) if ends else "",
        "; ".join(one.number for one in entry.invoices),
        stake(entry.at_stake),
        "" if late is None else late,
        "" if row.score is None else row.score,
        "; ".join(row.signals),
        "; ".join(
            f"{one.number} {one.score if one.score is not None else ''}".strip() for one in entry.candidates
        ),
        row.body,
    ]
