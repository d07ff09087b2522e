"""The words of voicemails that wait for them, from Twilio's recording transcriptions and from Voice
Intelligence.

Asks only while something is awaited. A voicemail whose words never come is let go without text, for a person
to hear; one look is always made after its time is over, so that a late run does not give up unasked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from nsquilio.errors import Refused, ServiceFailed
from nsquilio.jobs.opt_words import apply_no
from nsquilio.jobs.results import Problem
from nsquilio.jobs.services import Services
from nsquilio.remote.twilio_rows import TranscriptionRow, TranscriptRow
from nsquilio.store import InboundRow

_ONE_BY_ONE = 3
"""Up to here one request for each costs less than reading the list of all transcripts."""

_FAILED = frozenset({"failed", "canceled", "error"})
_NO_WORDS = frozenset({"", "(blank)"})

Words = Mapping[str, str | None]
"""Recording SID to what was said; None: this source will never have it. Absent: not yet."""


def read_transcripts(services: Services, now: datetime) -> tuple[list[Problem], list[str]]:
    """What came is stored to be read, and a no in it is heard at once. Returns what kept a source from being
    asked, and the numbers that are newly opted out.
    """
    awaited = services.store.inbound.awaited_transcripts()
    problems: list[Problem] = []
    found: list[Words] = []
    for source in services.voicemail if awaited else ():
        try:
            found.append(_SOURCES[source](awaited, services))
        except ServiceFailed as problem:
            what_next = (
                "They are asked for again at the next run; `nsquilio doctor` checks the right to read them."
            )
            problems.append(Problem("transcripts_not_read", problem.message, what_next, problem.exit_code))
    opted_out: list[str] = []
    with services.store.transaction():
        for row in awaited:
            said = [words.get(row.sid, "") for words in found]
            is_over = not problems and (_is_over(row, now) or all(text is None for text in said))
            words = next((text for text in said if text), None)
            if words is not None or is_over:
                opted_out += set_words(row, words, services, now)
    return problems, opted_out


def set_words(row: InboundRow, words: str | None, services: Services, now: datetime) -> list[str]:
    """`words`: None when none will come. Returns the numbers that are newly opted out by them."""
    with services.store.transaction():
        services.store.inbound.set_transcript(row.sid, words, now)
        return apply_no([replace(row, body=words)], services, now) if words else []


def _is_over(row: InboundRow, now: datetime) -> bool:
    return row.transcript_due_until is None or now >= row.transcript_due_until


def _of_recordings(awaited: Sequence[InboundRow], services: Services) -> Words:
    wanted = {row.sid for row in awaited}
    found: dict[str, str | None] = {}
    for row in _transcriptions(awaited, services):
        if row.recording_sid in wanted and not found.get(row.recording_sid):
            _note(found, row.recording_sid, row.status, row.words)
    return found


def _note(found: dict[str, str | None], recording_sid: str, status: str, words: str) -> None:
    if status in _FAILED or (status == "completed" and words.strip() in _NO_WORDS):
        found[recording_sid] = None
    elif status == "completed":
        found[recording_sid] = words.strip()


def _transcriptions(awaited: Sequence[InboundRow], services: Services) -> Iterator[TranscriptionRow]:
    if len(awaited) <= _ONE_BY_ONE:
        for row in awaited:
            yield from _of_one(row.sid, services)
        return
    oldest = min(row.received_at for row in awaited) - timedelta(days=1)
    for page in services.twilio.transcriptions():
        yield from page.rows
        # The list knows no filter and is newest first as a rule: a whole page of older ones ends it.
        if page.rows and all((row.created_at or oldest) < oldest for row in page.rows):
            return


def _of_one(recording_sid: str, services: Services) -> Sequence[TranscriptionRow]:
    try:
        return services.twilio.transcriptions_of(recording_sid)
    except Refused as problem:
        if problem.status == 404:  # the recording was deleted; its time runs out like any other's
            return ()
        raise


def _of_intelligence(awaited: Sequence[InboundRow], services: Services) -> Words:
    wanted = {row.sid for row in awaited}
    found: dict[str, str | None] = {}
    for row in _transcripts(awaited, services):
        if row.recording_sid in wanted and not found.get(row.recording_sid):
            is_done = row.status == "completed"
            words = " ".join(services.twilio.sentences(row.sid)) if is_done else ""
            _note(found, row.recording_sid, row.status, words)
    return found


def _transcripts(awaited: Sequence[InboundRow], services: Services) -> Iterator[TranscriptRow]:
    if len(awaited) <= _ONE_BY_ONE:
        for row in awaited:
            for page in services.twilio.transcripts(recording_sid=row.sid):
                yield from page.rows
        return
    oldest = min(row.received_at for row in awaited) - timedelta(days=1)
    for page in services.twilio.transcripts(oldest.date()):
        yield from page.rows


_SOURCES: Mapping[str, Callable[[Sequence[InboundRow], Services], Words]] = {
    "recordings": _of_recordings,
    "intelligence": _of_intelligence,
}
