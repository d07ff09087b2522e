"""What a genuine captured request tells: a text, a call, a voicemail, its words, a status, an invoice to look
at.

Written within the caller's transaction. The same SID by polling and by capture is one message: what is known
is not stored again. What is none of these has no effect and is taken all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nsquilio.core.phones import canonical
from nsquilio.jobs.captured import Request, Unusable
from nsquilio.jobs.captured_proof import Origin
from nsquilio.jobs.delivery import follow
from nsquilio.jobs.inbound_calls import ANSWERED, MISSED, TRANSCRIPT_WITHIN, VOICEMAIL, store_calls
from nsquilio.jobs.inbound_texts import is_our_number
from nsquilio.jobs.opt_words import apply_no
from nsquilio.jobs.services import Services
from nsquilio.jobs.transcripts import set_words
from nsquilio.remote.twilio_rows import MessageRow
from nsquilio.store import InboundSeen

_MESSAGE, _CALL, _RECORDING = (re.compile(rf"({kinds})[0-9a-fA-F]{{32}}") for kinds in ("SM|MM", "CA", "RE"))
_ID = re.compile(r"[1-9][0-9]{0,18}")
_OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
_INBOUND = frozenset({"received", "receiving"})
_OF_EVERY_TEXT = ("From", "To", "Body")
_CLOCK_DIFFERENCE = timedelta(minutes=5)


@dataclass(slots=True)
class Effects:
    """What captured requests brought so far; `sids`: everything they named."""

    sms: int = 0
    calls: int = 0
    voicemails: int = 0
    duplicates: int = 0
    statuses: int = 0
    invoices: int = 0
    opt_outs: list[str] = field(default_factory=list)


def apply_request(
    request: Request, origin: Origin, services: Services, now: datetime, effects: Effects
) -> str:
    """Returns what it was about: a SID, `invoice:1042`, or nothing. Raises `Unusable`."""
    if origin is Origin.NETSUITE:
        return _name_invoice(request, services, now, effects)
    fields = request.fields or {name: str(value) for name, value in request.said.items()}
    at = _moment(request, now)
    for name, take in _BY_FIELD.items():
        if fields.get(name):
            return take(fields, services, at, now, effects)
    return ""


def _moment(request: Request, now: datetime) -> datetime:
    """When it was captured; nothing comes from the future."""
    at = request.received_at or now
    return at if at <= now + _CLOCK_DIFFERENCE else now


def _name_invoice(request: Request, services: Services, now: datetime, effects: Effects) -> str:
    """`{"type": "invoice", "id": "1042", "event": "edit"}`; other types change no invoice that we could
    tell.
    """
    said = request.said
    if str(said.get("type", "")).casefold() != "invoice":
        return ""
    invoice_id = str(said.get("id", ""))
    if not _ID.fullmatch(invoice_id):
        raise Unusable("its event names no invoice: its id is no number")
    services.store.runs.name_invoices([invoice_id], "event", now)
    effects.invoices += 1
    return f"invoice:{invoice_id}"


Fields = Mapping[str, str]


def _sid(fields: Fields, names: tuple[str, ...], shape: re.Pattern[str]) -> str:
    sid = next((fields[name] for name in names if fields.get(name)), "")
    if not shape.fullmatch(sid):
        raise Unusable(f"its {names[0]} is no SID")
    return sid


def _take_message(fields: Fields, services: Services, at: datetime, now: datetime, effects: Effects) -> str:
    sid = _sid(fields, ("MessageSid", "SmsSid", "SmsMessageSid"), _MESSAGE)
    status = fields.get("MessageStatus") or fields.get("SmsStatus", "")
    if status in _INBOUND or (not status and "Body" in fields):
        _take_text(sid, status, fields, services, at, now, effects)
    else:
        raw = {"sid": sid, "status": status, "error_code": fields.get("ErrorCode"), "to": fields.get("To")}
        effects.statuses += follow([MessageRow(raw)], services, now)[0]
    return sid


def _take_text(
    sid: str, status: str, fields: Fields, services: Services, at: datetime, now: datetime, effects: Effects
) -> None:
    for name in _OF_EVERY_TEXT:
        if name not in fields:
            # Twilio signs names and values without a mark between them: `Body=hi` may have become `Bodyh=i`.
            raise Unusable(f"its {name} is missing, which every text has")
    if not is_our_number(fields["To"], services):
        return
    seen = InboundSeen(
        sid=sid,
        channel="sms",
        sender=canonical(fields["From"], country=services.rules.company.country),
        recipient=fields["To"],
        received_at=at,
        body=fields["Body"],
        media=_media(fields),
        status=status or "received",
        details={"num_media": len(_media(fields))} if _media(fields) else {},
    )
    if _store(seen, services, now, effects):
        effects.sms += 1
        effects.opt_outs += apply_no([seen], services, now)


def _media(fields: Fields) -> tuple[str, ...]:
    """Up to ten; the links are Twilio's own, proven by the signature."""
    return tuple(link for number in range(10) if (link := fields.get(f"MediaUrl{number}")))


def _store(seen: InboundSeen, services: Services, now: datetime, effects: Effects) -> bool:
    new, known = services.store.inbound.store_page([seen], now, "spool")
    effects.duplicates += known
    return bool(new)


def _take_call(fields: Fields, services: Services, at: datetime, now: datetime, effects: Effects) -> str:
    """A call that still rings is stored when it is over, by its next request or by polling."""
    sid = _sid(fields, ("CallSid",), _CALL)
    status, is_inbound = fields.get("CallStatus", ""), fields.get("Direction") == "inbound"
    if status in _OVER and is_inbound and is_our_number(fields.get("To", ""), services):
        seen = _called(sid, fields, services, at, ANSWERED if status == "completed" else MISSED)
        new, known = store_calls([seen], services, now, "spool")
        effects.calls += new
        effects.duplicates += known
    return sid


def _called(sid: str, fields: Fields, services: Services, at: datetime, status: str) -> InboundSeen:
    length = fields.get("CallDuration", "")
    duration_s = int(length) if length.isascii() and length.isdigit() and len(length) < 7 else 0
    return InboundSeen(
        sid=sid,
        channel="call",
        sender=canonical(fields.get("From", ""), country=services.rules.company.country),
        recipient=fields.get("To", ""),
        received_at=at - timedelta(seconds=duration_s),
        status=status,
        details={"call_status": fields.get("CallStatus", ""), "duration_s": duration_s},
    )


def _take_recording(fields: Fields, services: Services, at: datetime, now: datetime, effects: Effects) -> str:
    sid = _sid(fields, ("RecordingSid",), _RECORDING)
    is_voicemail = fields.get("RecordingSource", "RecordVerb") == "RecordVerb"
    if is_voicemail and fields.get("RecordingStatus", "completed") == "completed":
        _take_voicemail(sid, fields, services, at, now, effects)
    return sid


def _take_voicemail(
    sid: str, fields: Fields, services: Services, at: datetime, now: datetime, effects: Effects
) -> None:
    """Whose it is stands in the request or in the call; without either, polling brings both."""
    call = services.store.inbound.stored(fields.get("CallSid", ""))
    sender = canonical(fields.get("From", ""), country=services.rules.company.country) or (
        call.sender if call else ""
    )
    if not sender:
        return
    recipient = fields.get("To", "") or (call.recipient if call else "")
    seen = InboundSeen(
        sid=sid,
        channel="voicemail",
        sender=sender,
        recipient=recipient,
        received_at=at,
        media=(services.twilio.recording_link(sid),),
        status=VOICEMAIL,
        details={"call_sid": fields.get("CallSid", ""), "duration_s": fields.get("RecordingDuration", "")},
        transcript_due_until=at + TRANSCRIPT_WITHIN if services.voicemail else None,
    )
    if is_our_number(recipient, services) and _store(seen, services, now, effects):
        effects.voicemails += 1
        if call is not None and call.status == ANSWERED:
            services.store.inbound.set_status(call.sid, MISSED, now)


def _take_transcription(
    fields: Fields, services: Services, at: datetime, now: datetime, effects: Effects
) -> str:
    sid = _sid(fields, ("RecordingSid",), _RECORDING)
    words = fields.get("TranscriptionText", "").strip()
    if fields.get("TranscriptionStatus") != "completed" or not words:
        return sid
    if services.store.inbound.stored(sid) is None:
        _take_voicemail(sid, fields, services, at, now, effects)
    row = services.store.inbound.stored(sid)
    if row is not None and row.transcript_state in ("awaited", "never"):
        effects.opt_outs += set_words(row, words, services, now)
    return sid


_Take = Callable[[Fields, Services, datetime, datetime, Effects], str]

# In this order: a transcription names its recording and its call too.
_BY_FIELD: Mapping[str, _Take] = {
    "TranscriptionSid": _take_transcription,
    "RecordingSid": _take_recording,
    "MessageSid": _take_message,
    "SmsSid": _take_message,
    "CallSid": _take_call,
}
