"""Calls and voicemails: who rang, whether somebody answered, and what was said on the recording.

A voicemail is a communication of its own beside its call. Its words may come hours later, so it waits for
them a day and is then left to a person's ears. Nothing here can stop a run.
"""

from __future__ import annotations

import json
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
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
_OTHERS = "twilio.recordings.of_others"


@dataclass(slots=True)
class Rung:
    """What the two lists brought. `unreadable`: by list, rows without a SID; only of lists read to their end."""

    calls: int = 0
    voicemails: int = 0
    duplicates: int = 0
    unreadable: dict[str, list[str]] = field(default_factory=dict)


def read_calls(services: Services, now: datetime, since: date | None, rung: Rung) -> None:
    start = first_day(services, CALLS, now, since)
    unreadable: list[str] = []
    for page in services.twilio.calls(start):
        unreadable += page.unreadable
        ended = [row for row in page.rows if _is_for_us(row, services) and row.status in _OVER]
        new, known = store_calls([_call(row, services) for row in ended], services, now, "poll")
        rung.calls += new
        rung.duplicates += known
    rung.unreadable["calls"] = unreadable
    services.store.runs.set_cursor(CALLS, now.date().isoformat())


def store_calls(
    calls: Sequence[InboundSeen], services: Services, now: datetime, source: str
) -> tuple[int, int]:
    """How many are new, and how many were known. A captured voicemail may have come before its call."""
    inbound = services.store.inbound
    with services.store.transaction():
        new, known = inbound.store_new(calls, now, source)
        answered = {call.sid for call in new if call.status == ANSWERED}
        senders = {call.sender for call in new if call.sid in answered}
        said = [row for sender in senders for row in inbound.sent_by(sender) if row.channel == "voicemail"]
        for sid in sorted(answered & {str(row.details.get("call_sid")) for row in said}):
            inbound.set_status(sid, MISSED, now)
    return len(new), known


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
    """All of the last days at every look: one may be ready long after its call, or stand on a call nobody took."""
    start = first_day(services, RECORDINGS, now, since)
    others = frozenset(json.loads(services.store.runs.cursor(_OTHERS) or "[]"))
    still: set[str] = set()
    unreadable: list[str] = []
    for page in services.twilio.recordings(start):
        unreadable += page.unreadable
        ready = [row for row in page.rows if row.source == _VOICEMAIL_SOURCE and row.status == "completed"]
        known = services.store.inbound.known([row.sid for row in ready])
        fresh = [row for row in ready if row.sid not in known]
        calls = _calls_of(fresh, others, services, now)
        _store_voicemails(fresh, calls, services, now, rung)
        still |= {row.sid for row in fresh if row.call_sid not in calls and _is_late(row, now)}
        rung.duplicates += len(known)
    if still != others:
        services.store.runs.set_cursor(_OTHERS, json.dumps(sorted(still)))
    rung.unreadable["recordings"] = unreadable
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
    rows: Sequence[RecordingRow], others: Container[str], services: Services, now: datetime
) -> dict[str, InboundRow | InboundSeen]:
    """By call SID. A call that its own list has not shown for two days is asked for once more, by its SID.

    `others`: recordings of calls that were none of ours when they were asked for.
    """
    found: dict[str, InboundRow | InboundSeen] = {
        **services.store.inbound.by_sids(row.call_sid for row in rows)
    }
    for row in rows:
        if _is_late(row, now) and row.call_sid and row.call_sid not in found and row.sid not in others:
            call = services.twilio.call(row.call_sid)
            if call is not None and _is_for_us(call, services):
                found[row.call_sid] = _call(call, services)
    return found


def _is_late(row: RecordingRow, now: datetime) -> bool:
    return now - (row.created_at or now) > _LOST_CALL


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
        transcript_due_until=min(at, now) + TRANSCRIPT_WITHIN if services.voicemail else None,
    )
