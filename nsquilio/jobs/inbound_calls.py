"""Calls and voicemails: who rang, whether somebody answered, and what was said on the recording.

A voicemail is a communication of its own beside its call. Its words may come hours later, so it waits for
them a day and is then left to a person's ears. Nothing here can stop a run: opt-outs come by text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nsquilio.core.phones import canonical
from nsquilio.jobs.inbound_texts import first_day, is_our_number
from nsquilio.jobs.services import Services
from nsquilio.remote.twilio_rows import CallRow, RecordingRow
from nsquilio.store import InboundRow, InboundSeen

CALLS, RECORDINGS = "twilio.calls", "twilio.recordings"
TRANSCRIPT_WITHIN = timedelta(hours=24)
"""Transcripts were seen to come up to eight hours late (facts/twilio.md, section 7)."""

ANSWERED, MISSED, VOICEMAIL = "answered", "missed", "voicemail"

_OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
_LOST_CALL = timedelta(hours=48)
_VOICEMAIL_SOURCE = "RecordVerb"


@dataclass(slots=True)
class Rung:
    """`may_be_recorded`: inbound calls of the list that were taken by something and have no voicemail yet."""

    calls: int = 0
    voicemails: int = 0
    duplicates: int = 0
    may_be_recorded: int = 0


def read_calls(services: Services, now: datetime, since: date | None, rung: Rung) -> None:
    start = first_day(services, CALLS, now, since)
    for page in services.twilio.calls(start):
        ended = [row for row in page.rows if _is_for_us(row, services) and row.status in _OVER]
        new, known = services.store.inbound.store_page([_call(row, services) for row in ended], now, "poll")
        rung.calls += len(new)
        rung.duplicates += known
        rung.may_be_recorded += _without_voicemail([row.sid for row in ended], services)
    services.store.runs.set_cursor(CALLS, now.date().isoformat())


def _without_voicemail(sids: Sequence[str], services: Services) -> int:
    return sum(row.status == ANSWERED for row in services.store.inbound.by_sids(sids).values())


def _is_for_us(row: CallRow, services: Services) -> bool:
    return row.is_inbound and is_our_number(row.to, services)


def _call(row: CallRow, services: Services) -> InboundSeen:
    """Completed without a voicemail is answered; a voicemail that is found later makes it missed."""
    return InboundSeen(
        sid=row.sid,
        channel="call",
        sender=canonical(row.sender, country=services.rules.company.country),
        recipient=row.to,
        received_at=row.started_at or row.created_at or services.clock(),
        status=ANSWERED if row.status == "completed" else MISSED,
        details={"call_status": row.status, "duration_s": row.duration_s, "caller_name": row.caller_name},
    )


def read_recordings(services: Services, now: datetime, since: date | None, rung: Rung) -> None:
    start = first_day(services, RECORDINGS, now, since)
    for page in services.twilio.recordings(start):
        ready = [row for row in page.rows if row.source == _VOICEMAIL_SOURCE and row.status == "completed"]
        known = services.store.inbound.known([row.sid for row in ready])
        fresh = [row for row in ready if row.sid not in known]
        _store_voicemails(fresh, _calls_of(fresh, services, now), services, now, rung)
        rung.duplicates += len(known)
    services.store.runs.set_cursor(RECORDINGS, now.date().isoformat())


def _store_voicemails(
    rows: Sequence[RecordingRow],
    calls: dict[str, InboundRow | InboundSeen],
    services: Services,
    now: datetime,
    rung: Rung,
) -> None:
    """One whose call is not listed yet waits: the overlap brings it again."""
    left = [_voicemail(row, calls[row.call_sid], services, now) for row in rows if row.call_sid in calls]
    with services.store.transaction():
        new, _known = services.store.inbound.store_page(left, now, "poll")
        for row in rows:
            call = calls.get(row.call_sid)
            if isinstance(call, InboundRow) and call.status == ANSWERED:
                services.store.inbound.set_status(call.sid, MISSED, now)
    rung.voicemails += len(new)


def _calls_of(
    rows: Sequence[RecordingRow], services: Services, now: datetime
) -> dict[str, InboundRow | InboundSeen]:
    """By call SID. A call that its own list has not shown for two days is asked for once more, by its SID."""
    found: dict[str, InboundRow | InboundSeen] = {
        **services.store.inbound.by_sids(row.call_sid for row in rows)
    }
    for row in rows:
        late = now - (row.created_at or now) > _LOST_CALL
        if late and row.call_sid and row.call_sid not in found:
            call = services.twilio.call(row.call_sid)
            if call is not None and _is_for_us(call, services):
                found[row.call_sid] = _call(call, services)
    return found


def _voicemail(
    row: RecordingRow, call: InboundRow | InboundSeen, services: Services, now: datetime
) -> InboundSeen:
    at = row.created_at or call.received_at
    return InboundSeen(
        sid=row.sid,
        channel="voicemail",
        sender=call.sender,
        recipient=call.recipient,
        received_at=at,
        media=(services.twilio.recording_link(row.sid),),
        status=VOICEMAIL,
        details={"call_sid": row.call_sid, "duration_s": row.duration_s},
        transcript_due_until=at + TRANSCRIPT_WITHIN if services.voicemail else None,
    )
