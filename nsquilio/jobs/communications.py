"""What NetSuite should say of the conversation: one record for each message and invoice it is about.

Only values; written by `log_replies`. `fields` are written once and again only when they change here, because
people may correct them in NetSuite; `status` is ours alone and follows the message. `details` holds what is
needed to build the state file anew from NetSuite.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from nsquilio.core.model import Channel, Reminder
from nsquilio.remote.netsuite_records import Communication, Value
from nsquilio.store import CommunicationRow, CommunicationWanted, InboundRow, OptOut, StoredMessage

OUT, IN = "outbound", "inbound"
REMINDER, OPT_OUT = "reminder", "opt_out"
MOVED = "moved"

_NOT_IN_AN_ID = re.compile(r"[^A-Za-z0-9_-]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[\ud800-\udfff]")
_BY_TEXT = re.compile(r"(text|voicemail) (SM|MM|RE)[0-9a-fA-F]{32} of ")


@dataclass(frozen=True, slots=True)
class Record:
    """`source`: message, inbound or optout; `ref`: message key, inbound SID or opt-out id."""

    external_id: str
    source: str
    ref: str
    fields: Mapping[str, Value]
    status: Mapping[str, Value]
    score: int | None = None
    signals: tuple[str, ...] = field(default=(), compare=False)

    def text(self, name: str) -> str:
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""

    @property
    def wanted(self) -> CommunicationWanted:
        return CommunicationWanted(
            eid=self.external_id,
            kind=self.source,
            ref=self.ref,
            fields_hash=_hash(self.fields),
            status_hash=_hash(self.status),
            invoice_id=self.text("invoice") or None,
            customer_id=self.text("customer") or None,
        )


def external_ids(sid: str, invoice_ids: Sequence[str], existing: Iterable[str] = ()) -> list[str]:
    """One for each invoice, or the only one. What was written first stays that record, whatever is decided
    later.
    """
    plain, known = _plain_id(sid), set(existing)
    each = [f"{plain}-{invoice_id}" for invoice_id in invoice_ids]
    if plain in known:
        return [plain, *each[1:]]
    if len(invoice_ids) > 1 or known & set(each):
        return each
    return [plain]


def of_logged(each: Communication) -> tuple[CommunicationWanted, str] | None:
    """What came in, as it stands in NetSuite, with its id there; None for anything else. One of several
    invoices is told by the external id: that is the record of this invoice, whatever a person has put there.
    """
    plain = _plain_id(each.sid)
    is_one_of_several = each.external_id.startswith(f"{plain}-")
    is_of_ours = is_one_of_several or each.external_id == plain
    if not (each.sid and is_of_ours and each.direction.lower().startswith("in")):
        return None
    invoice_id = each.external_id.removeprefix(f"{plain}-") if is_one_of_several else each.invoice_id
    wanted = CommunicationWanted(
        eid=each.external_id,
        kind="inbound",
        ref=each.sid,
        fields_hash="",
        invoice_id=None if each.status == MOVED else invoice_id or None,
        customer_id=each.customer_id or None,
    )
    return wanted, each.id


def _plain_id(sid: str) -> str:
    return f"nsq-{_NOT_IN_AN_ID.sub('_', sid)}"


def of_message(message: StoredMessage, sender: str) -> list[Record]:
    """Nothing for what never had an id at the service: nobody knows that it went out."""
    if not message.sid:
        return []
    ids = external_ids(message.sid, message.invoice_ids)
    return [
        _sent(message, reminder, id_, sender) for reminder, id_ in zip(message.reminders, ids, strict=False)
    ]


def _sent(message: StoredMessage, reminder: Reminder, external_id: str, sender: str) -> Record:
    fields: dict[str, Value] = {
        "invoice": reminder.invoice_id,
        "customer": message.customer_id,
        "direction": OUT,
        "channel": str(message.channel),
        "from": sender,
        "to": message.to,
        "body": _plain("\n\n".join(part for part in (message.subject, message.body) if part)),
        "time": message.send_at or message.outcome_at or message.intent_at,
        "kind": REMINDER,
        "sid": message.sid,
        "key": reminder.key,
    }
    details = {
        "message_key": message.key,
        "outcome": message.outcome,
        "step": reminder.step,
        "slot": reminder.slot,
        "occurrence": reminder.occurrence,
        "document_number": reminder.document_number,
        "due_date": reminder.due_date,
        "days_past_due": reminder.days_past_due,
        "balance": reminder.balance.amount,
        "currency": reminder.balance.currency,
        "local_day": message.local_day,
        "send_at": message.send_at,
        "segments": message.segments,
        "encoding": message.encoding,
        "price": message.price,
        "price_currency": message.price_currency,
        "error_code": message.error_code,
        "failed_for_good": message.failed_for_good or None,
        "canceled_because": message.canceled_reason,
        "invoices": list(message.invoice_ids) if len(message.invoice_ids) > 1 else None,
    }
    status: dict[str, Value] = {"status": message.status or str(message.outcome), "details": _json(details)}
    return Record(external_id, "message", message.key, fields, status)


def of_inbound(row: InboundRow, existing: Sequence[CommunicationRow] = ()) -> list[Record]:
    """Nothing before somebody has looked whose it is. `existing`: what is or was wanted for it."""
    if row.matched_at is None:
        return []
    invoice_ids = row.invoice_ids or ((row.invoice_id,) if row.invoice_id else ())
    ids = external_ids(row.sid, invoice_ids, [one.eid for one in existing])
    here = [_received(row, invoice, id_) for invoice, id_ in zip(invoice_ids or (None,), ids, strict=False)]
    left = [one.eid for one in existing if one.netsuite_id is not None and one.eid not in ids]
    return [*here, *(_moved(row, invoice_ids, external_id) for external_id in left)]


def _moved(row: InboundRow, invoice_ids: Sequence[str], external_id: str) -> Record:
    """It stood on an invoice that it is not about, as a person said; NetSuite's log deletes nothing."""
    record = _received(row, None, external_id)
    status: dict[str, Value] = {"status": MOVED, "details": _json({"moved_to": list(invoice_ids) or None})}
    return replace(record, status=status, score=None, signals=())


def _received(row: InboundRow, invoice_id: str | None, external_id: str) -> Record:
    said = row.reading
    fields: dict[str, Value] = {
        "invoice": invoice_id,
        "customer": row.customer_id,
        "direction": IN,
        "channel": "email" if row.channel == "email_event" else row.channel,
        "from": _plain(row.sender),
        "to": row.recipient,
        "body": _plain(row.body),
        "time": row.received_at,
        "kind": said.kind if said else None,
        "sid": row.sid,
    }
    details = {
        **row.details,
        "media": list(row.media) or None,
        "transcript": row.transcript_state if row.channel == "voicemail" else None,
        "score": row.score,
        "signals": list(row.signals) or None,
        "rule": said.rule if said else None,
        "promise_date": said.promise_date if said else None,
        "promise_amount": said.promise_amount if said else None,
        "promise_currency": said.promise_currency if said else None,
        "stops_texts": (said.stops_texts if said else None) or None,
        "invoices": list(row.invoice_ids) if len(row.invoice_ids) > 1 else None,
    }
    status: dict[str, Value] = {"status": row.status, "details": _json(details)}
    return Record(external_id, "inbound", row.sid, fields, status, row.score, row.signals)


def of_opt_out(opt_out: OptOut) -> list[Record]:
    """Those that a person entered or ended; the others follow from what came in. Nothing once the address is
    erased.
    """
    ended_by_hand = opt_out.ended_at is not None and not _BY_TEXT.match(opt_out.ended_source or "")
    if opt_out.address is None or not (opt_out.kind == "person" or ended_by_hand):
        return []
    # Numbers of rows begin anew in a new state file; the address and the moment never do.
    seen = f"{opt_out.address}|{opt_out.channel}|{opt_out.kind}|{opt_out.since.isoformat()}"
    fields: dict[str, Value] = {
        "customer": opt_out.customer_ids[0] if opt_out.customer_ids else None,
        "direction": IN,
        "channel": "sms" if opt_out.channel is Channel.SMS else "email",
        "from": opt_out.address,
        "body": _plain(opt_out.source),
        "time": opt_out.since,
        "kind": OPT_OUT,
    }
    details = {
        "opt_out_kind": opt_out.kind,
        "since": opt_out.since,
        "ended_at": opt_out.ended_at,
        "ended_source": opt_out.ended_source,
    }
    status: dict[str, Value] = {"status": "active" if opt_out.active else "ended", "details": _json(details)}
    external_id = f"nsq-optout-{sha256(seen.encode()).hexdigest()[:32]}"
    return [Record(external_id, "optout", str(opt_out.id), fields, status)]


def _plain(text: str) -> str:
    """NetSuite refuses some control characters, and one refused letter would lose the message."""
    return _CONTROLS.sub("\ufffd", text)


def _json(details: Mapping[str, Any]) -> str:
    """Twilio's metadata and ours; what is not known is left out."""
    known = {name: value for name, value in details.items() if value not in (None, "")}
    return json.dumps(known, default=_text, ensure_ascii=False, separators=(",", ":"))


def _text(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else repr(value)


def _hash(fields: Mapping[str, Value]) -> str:
    return sha256(_json(fields).encode("utf-8", "replace")).hexdigest()[:32]
