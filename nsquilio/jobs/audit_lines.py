"""What stands in a conversation: our messages, their answers, and what happened around them, as lines.

Only turns rows into lines; which rows belong to a conversation is asked in `audit`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from nsquilio.core.model import Channel, Hold, Money, Outcome
from nsquilio.core.money_words import money_words
from nsquilio.jobs.results import STATUS_OF
from nsquilio.store import InboundRow, OptOut, PromiseRow, StoredMessage

ERASED = "(erased)"


@dataclass(frozen=True, slots=True)
class Line:
    """`direction`: out, in or note. `kind`: a message's step, what a reply says, or what the note is about.

    `channel`: sms, email, call, voicemail, email_event; for a note status, hold, optout or promise.
    `party`: the customer's number or address, "" once erased.
    """

    at: datetime
    direction: str
    channel: str
    kind: str
    words: str
    party: str = ""
    customer_id: str = ""
    invoice_ids: tuple[str, ...] = ()
    status: str = ""
    error_code: str = ""
    sid: str = ""
    key: str = ""
    actor: str = ""


def sent(message: StoredMessage) -> Iterator[Line]:
    """The message when it left or is to leave, and what became of it where that was not to arrive."""
    left = message.send_at if message.outcome in (Outcome.SENT, Outcome.SCHEDULED) else None
    subject = f"{message.subject}: " if message.subject else ""
    delivery = message.status if message.outcome is Outcome.SENT else None
    line = Line(
        left or message.intent_at,
        "out",
        message.channel,
        message.step,
        ERASED if message.erased else f"{subject}{message.body}",
        party=message.to,
        customer_id=message.customer_id,
        invoice_ids=message.invoice_ids,
        status=delivery or STATUS_OF[message.outcome],
        error_code=message.error_code or "",
        sid=message.sid or "",
        key=message.key,
    )
    yield line
    turn = _turn(message)
    if turn:
        at, kind = turn
        by = message.settled_by or ""
        yield replace(
            line,
            at=at,
            direction="note",
            channel="status",
            kind=kind,
            words=message.detail,
            status="",
            actor=by,
        )


def _turn(message: StoredMessage) -> tuple[datetime, str] | None:
    at = message.outcome_at or message.intent_at
    if message.settled_by:
        return at, f"settled by hand: {STATUS_OF[message.outcome]}"
    if message.outcome is Outcome.CANCELED:
        return at, f"canceled before it left: {message.canceled_reason or 'reason unknown'}"
    if message.failed_for_good and message.outcome is Outcome.SENT:
        return message.status_at or at, f"not delivered: {message.status or 'failed'}"
    return None


def received(row: InboundRow) -> Line:
    return Line(
        row.received_at,
        "in",
        row.channel,
        row.reading.kind if row.reading else "",
        ERASED if row.erased else row.body,
        party=row.sender,
        customer_id=row.customer_id or "",
        invoice_ids=row.invoice_ids or ((row.invoice_id,) if row.invoice_id else ()),
        status=row.status,
        sid=row.sid,
        actor=row.closed_by or "",
    )


def hold_lines(hold: Hold) -> Iterator[Line]:
    what = "the invoice" if hold.invoice_id else "the customer"
    until = f" until {hold.until}" if hold.until else ""
    line = Line(
        hold.since,
        "note",
        "hold",
        f"hold {hold.id} on {what} ({hold.kind.replace('_', ' ')}){until}",
        hold.reason,
        customer_id=hold.customer_id or "",
        invoice_ids=(hold.invoice_id,) if hold.invoice_id else (),
        sid=hold.inbound_sid or "",
        actor=hold.actor,
    )
    yield line
    if hold.ended_at:
        yield replace(line, at=hold.ended_at, kind=f"hold {hold.id} ended", words="", actor="")


def opt_out_lines(opt_out: OptOut) -> Iterator[Line]:
    where = "texts" if opt_out.channel is Channel.SMS else "e-mail"
    line = Line(
        opt_out.since,
        "note",
        "optout",
        f"no more {where} ({opt_out.kind.replace('_', ' ')})",
        opt_out.source,
        party=opt_out.address or "",
        customer_id=opt_out.customer_ids[0] if len(opt_out.customer_ids) == 1 else "",
    )
    yield line
    if opt_out.ended_at:
        words = opt_out.ended_source or ""
        yield replace(line, at=opt_out.ended_at, kind=f"{where} allowed again", words=words)


def promise_lines(promise: PromiseRow) -> Iterator[Line]:
    amount, due = "", f" by {promise.promised_on}" if promise.promised_on else ""
    if promise.amount is not None and promise.currency:
        amount = f" {money_words(Money(promise.amount, promise.currency))}"
    line = Line(
        promise.made_at,
        "note",
        "promise",
        f"promise {promise.id}: to pay{amount}{due}",
        "",
        customer_id=promise.customer_id,
        invoice_ids=(promise.invoice_id,) if promise.invoice_id else (),
        sid=promise.inbound_sid,
    )
    yield line
    if promise.decided_at:
        by = promise.decided_by or ""
        yield replace(line, at=promise.decided_at, kind=f"promise {promise.id} {promise.state}", actor=by)
