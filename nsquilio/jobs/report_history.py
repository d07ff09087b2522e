"""The month's conversation, invoice by invoice and in time order, each line with its SID.

The messages are those of the figures, so that both agree; only their words are read anew, in pieces.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from nsquilio.core.phones import masked
from nsquilio.jobs.report_facts import Facts
from nsquilio.jobs.report_messages import fate
from nsquilio.store import InboundRow, Store, reporting
from nsquilio.store.reporting import ReportedMessage

_PIECE = 1_000
NO_INVOICE = ""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """`kind`: a message's step, what an answer says. `party`: the customer's number or address, masked."""

    number: str
    invoice_id: str
    customer: str
    at: datetime
    direction: str
    channel: str
    kind: str
    party: str
    status: str
    sid: str
    words: str


@dataclass(frozen=True, slots=True)
class _Line:
    number: str
    invoice_id: str
    at: datetime
    message: ReportedMessage | None = None
    inbound: InboundRow | None = None


def history(store: Store, facts: Facts) -> Iterator[HistoryRow]:
    """A message about several invoices, or an answer, has a line under each of them."""
    lines = [*_sent_lines(facts), *_received_lines(facts)]
    lines.sort(key=lambda line: (line.number == NO_INVOICE, line.number, line.invoice_id, line.at))
    ordered = iter(lines)
    while piece := list(islice(ordered, _PIECE)):
        words = reporting.words_of(store, sorted({line.message.id for line in piece if line.message}))
        for line in piece:
            if line.message is not None:
                yield _sent(line, line.message, words.get(line.message.id, ""), facts)
            elif line.inbound is not None:
                yield _received(line, line.inbound, facts)


def _sent_lines(facts: Facts) -> Iterator[_Line]:
    for message in facts.messages:
        for reminder in facts.reminders.get(message.id, ()):
            yield _Line(reminder.document_number, reminder.invoice_id, message.written_at, message)


def _received_lines(facts: Facts) -> Iterator[_Line]:
    for row in facts.inbound:
        for invoice_id in row.invoice_ids or ([row.invoice_id] if row.invoice_id else [NO_INVOICE]):
            number = facts.number(invoice_id) if invoice_id else NO_INVOICE
            yield _Line(number, invoice_id, row.received_at, inbound=row)


def _sent(line: _Line, message: ReportedMessage, words: str, facts: Facts) -> HistoryRow:
    return HistoryRow(
        line.number,
        line.invoice_id,
        message.customer or facts.name(message.customer_id),
        line.at,
        "to customer",
        message.channel,
        message.step,
        masked(message.to) if message.to else "",
        fate(message),
        message.sid,
        words or "(erased)",
    )


def _received(line: _Line, row: InboundRow, facts: Facts) -> HistoryRow:
    return HistoryRow(
        line.number,
        line.invoice_id,
        facts.name(row.customer_id or ""),
        line.at,
        "from customer",
        row.channel,
        row.reading.kind if row.reading else "",
        masked(row.sender) if row.sender else "",
        row.status,
        row.sid,
        "(erased)" if row.erased else row.body,
    )
