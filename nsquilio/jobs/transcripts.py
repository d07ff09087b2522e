"""The words of voicemails that wait for them, from Twilio's recording transcriptions and from Voice
Intelligence.

Asks only while something is awaited. A request that fails costs the voicemails it was about, never the words
of others: one of those may be a no. A voicemail whose words never come is let go without text, for a person to
hear:

- at its limit, or before when every source says that it has none. A source that refuses (a right that is not
  given: facts/twilio.md, section 0) does not put this off, nor does it hasten it: the right may be given within
  the day;
- a day later at the latest when a source gives no answer. An outage at the limit is usually short and the words
  are there after it; one that goes on must not keep the voicemail from the people who could hear it. The day
  runs from the first look past the limit, so that a late run that meets an outage does not give up unasked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

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
_REFUSALS = frozenset({401, 403, 404})
"""The source or the right to it is not there. A key that is wrong for everything has failed at the messages."""

_OUTAGE = timedelta(hours=24)
_LATE = "transcripts.late"

T = TypeVar("T")


@dataclass(slots=True)
class _Heard:
    """What one source said.

    `words`: recording SID to what was said; None: this source will never have it; absent: not yet.
    `unanswered`: recordings of which it could not be asked, or not all of it.
    """

    words: dict[str, str | None] = field(default_factory=dict)
    unanswered: set[str] = field(default_factory=set)
    problems: list[ServiceFailed] = field(default_factory=list)

    def read(self, rows: Iterable[T], about: Iterable[str]) -> Iterator[T]:
        """The rows as far as they can be read."""
        try:
            yield from rows
        except ServiceFailed as problem:
            self.fail(problem, about)

    def fail(self, problem: ServiceFailed, about: Iterable[str]) -> None:
        self.problems.append(problem)
        if not _is_refusal(problem):
            self.unanswered.update(about)

    def note(self, recording_sid: str, status: str, words: str) -> None:
        if status in _FAILED or (status == "completed" and words.strip() in _NO_WORDS):
            self.words[recording_sid] = None
        elif status == "completed":
            self.words[recording_sid] = words.strip()


def read_transcripts(services: Services, now: datetime) -> tuple[list[Problem], list[str]]:
    """What came is stored to be read, and a no in it is heard at once. Returns what kept a source from being
    asked, and the numbers that are newly opted out.
    """
    awaited = services.store.inbound.awaited_transcripts()
    if not awaited:
        return [], []
    sources = {source: _SOURCES[source](awaited, services) for source in services.voicemail}
    heard = list(sources.values())
    opted_out: list[str] = []
    with services.store.transaction():
        over = _over(awaited, heard, services, now)
        for row in awaited:
            words = next((text for each in heard if (text := each.words.get(row.sid))), None)
            if words is not None or row.sid in over:
                opted_out += set_words(row, words, services, now)
    return [_told(source, each.problems) for source, each in sources.items() if each.problems], opted_out


def _told(source: str, problems: Sequence[ServiceFailed]) -> Problem:
    """One for a source, however many of its requests failed: the first of the gravest."""
    problem = min(problems, key=_is_refusal)
    what_next = "They are asked for again at the next run; `nsquilio doctor` checks the right to read them."
    if not _is_refusal(problem):
        return Problem("transcripts_not_read", problem.message, what_next, problem.exit_code)
    what_next = (
        f"Give the key the right to read them (`nsquilio doctor` shows which), or take {source} out of"
        " twilio.voicemail. A voicemail without words is left to be heard after a day."
    )
    return Problem("transcripts_not_read", problem.message, what_next, 1)


def _is_refusal(problem: ServiceFailed) -> bool:
    return isinstance(problem, Refused) and problem.status in _REFUSALS


def set_words(row: InboundRow, words: str | None, services: Services, now: datetime) -> list[str]:
    """`words`: None when none will come. Returns the numbers that are newly opted out by them."""
    with services.store.transaction():
        services.store.inbound.set_transcript(row.sid, words, now)
        return apply_no([replace(row, body=words)], services, now) if words else []


def _over(
    awaited: Sequence[InboundRow], heard: Sequence[_Heard], services: Services, now: datetime
) -> set[str]:
    """SIDs that wait no longer, with words or without. Notes since when the late ones get no answer."""
    unanswered = {sid for each in heard for sid in each.unanswered}
    due = {row.sid for row in awaited if row.transcript_due_until is None or now >= row.transcript_due_until}
    without_words = {row.sid for row in awaited if all(each.words.get(row.sid, "") is None for each in heard)}
    late = _late_since(due & unanswered, services, now)
    given_up = {sid for sid, since in late.items() if now - since >= _OUTAGE}
    return given_up | ((due | without_words) - unanswered)


def _late_since(sids: set[str], services: Services, now: datetime) -> dict[str, datetime]:
    runs = services.store.runs
    noted = json.loads(runs.cursor(_LATE) or "{}")
    # A clock that was ahead for a while must not have the wait begin in the future.
    late = {sid: min(now, datetime.fromisoformat(noted.get(sid, now.isoformat()))) for sid in sorted(sids)}
    if late or noted:
        runs.set_cursor(_LATE, json.dumps({sid: since.isoformat() for sid, since in late.items()}))
    return late


def _of_recordings(awaited: Sequence[InboundRow], services: Services) -> _Heard:
    heard, wanted = _Heard(), {row.sid for row in awaited}
    for row in _transcriptions(awaited, heard, services):
        if row.recording_sid in wanted and not heard.words.get(row.recording_sid):
            heard.note(row.recording_sid, row.status, row.words)
    return heard


def _transcriptions(
    awaited: Sequence[InboundRow], heard: _Heard, services: Services
) -> Iterator[TranscriptionRow]:
    if len(awaited) <= _ONE_BY_ONE:
        for row in awaited:
            yield from heard.read(_of_one(row.sid, services), [row.sid])
        return
    oldest = min(row.received_at for row in awaited) - timedelta(days=1)
    for page in heard.read(services.twilio.transcriptions(), [row.sid for row in awaited]):
        yield from page.rows
        # The list knows no filter and is newest first as a rule: a whole page of older ones ends it.
        if page.rows and all((row.created_at or oldest) < oldest for row in page.rows):
            return


def _of_one(recording_sid: str, services: Services) -> Iterator[TranscriptionRow]:
    try:
        yield from services.twilio.transcriptions_of(recording_sid)
    except Refused as problem:
        if problem.status != 404:  # the recording was deleted; its time runs out like any other's
            raise


def _of_intelligence(awaited: Sequence[InboundRow], services: Services) -> _Heard:
    heard, wanted = _Heard(), {row.sid for row in awaited}
    for row in _transcripts(awaited, heard, services):
        if row.recording_sid in wanted and not heard.words.get(row.recording_sid):
            _note_transcript(row, heard, services)
    return heard


def _note_transcript(row: TranscriptRow, heard: _Heard, services: Services) -> None:
    status, words = row.status, ""
    try:
        if status == "completed":
            words = " ".join(services.twilio.sentences(row.sid))
    except ServiceFailed as problem:
        if not (isinstance(problem, Refused) and problem.status == 404):
            heard.fail(problem, [row.recording_sid])
            return
        status = "failed"  # it was deleted after it was listed
    heard.note(row.recording_sid, status, words)


def _transcripts(awaited: Sequence[InboundRow], heard: _Heard, services: Services) -> Iterator[TranscriptRow]:
    if len(awaited) <= _ONE_BY_ONE:
        for row in awaited:
            for page in heard.read(services.twilio.transcripts(recording_sid=row.sid), [row.sid]):
                yield from page.rows
        return
    oldest = min(row.received_at for row in awaited) - timedelta(days=1)
    for page in heard.read(services.twilio.transcripts(oldest.date()), [row.sid for row in awaited]):
        yield from page.rows


_SOURCES: Mapping[str, Callable[[Sequence[InboundRow], Services], _Heard]] = {
    "recordings": _of_recordings,
    "intelligence": _of_intelligence,
}
