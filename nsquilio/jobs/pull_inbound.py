"""Brings home what happened at Twilio and SendGrid: texts, calls, voicemail, delivery statuses, opt-outs.

Only the list of texts can stop it, because nothing may be sent without fresh opt-outs. Everything else that
cannot be read becomes a problem of the run and is read by the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256

from nsquilio.errors import NsquilioError, Refused, ServiceFailed, worst_exit_code
from nsquilio.jobs.captured_proof import Captured
from nsquilio.jobs.clock_check import note_good_clock
from nsquilio.jobs.inbound_calls import Rung, read_calls, read_recordings
from nsquilio.jobs.inbound_mail import LISTS, Mailed, awaited_mails, lists_due, read_mail
from nsquilio.jobs.inbound_texts import read_messages
from nsquilio.jobs.opt_words import hear_what_was_left
from nsquilio.jobs.results import Problem
from nsquilio.jobs.scheduled import check_scheduled
from nsquilio.jobs.services import Services
from nsquilio.jobs.settle import settle
from nsquilio.jobs.spool import Taken, take_captured
from nsquilio.jobs.transcripts import read_transcripts
from nsquilio.remote.twilio_rows import MessageRow

COMMAND = "pull-inbound"
_TURN = "pull.turn"
_UNREADABLE = "pull.unreadable"


@dataclass(frozen=True, slots=True)
class PullResult:
    """Counts of what is new; `canceled` and `settled`: message keys; `opt_outs`: numbers and addresses.

    `foreign`: messages in our company's name that the state file does not know; for `settle` to judge.
    """

    run_id: str = ""
    sms: int = 0
    calls: int = 0
    voicemails: int = 0
    duplicates: int = 0
    opt_outs: tuple[str, ...] = ()
    statuses_updated: int = 0
    canceled: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    foreign: tuple[MessageRow, ...] = field(default=(), repr=False)

    @property
    def exit_codes(self) -> list[int]:
        return [problem.exit_code for problem in self.problems]


def pull_inbound(
    services: Services, *, since: date | None = None, captured: Captured | None = None
) -> PullResult:
    """One run of the command: captured requests first, then the lists, then what is still unknown or
    scheduled.
    """
    run_id = services.store.runs.begin(COMMAND, services.clock(), live=True, actor=services.actor)
    try:
        taken = take_captured(services, captured, services.clock()) if captured else Taken()
        result = _with_captured(pull(services, services.clock(), since, is_frugal=True), taken)
        settled = settle(services)
        note_good_clock(services)
    except NsquilioError as problem:
        error = {"code": problem.code, "message": problem.message, "next": problem.next}
        services.store.runs.finish(run_id, services.clock(), problem.exit_code, {}, error=error)
        raise
    problems = (*result.problems, *settled.news)
    result = replace(result, run_id=run_id, settled=tuple(settled.keys), problems=problems)
    services.store.runs.finish(run_id, services.clock(), worst_exit_code(result.exit_codes), _counts(result))
    return result


def _with_captured(result: PullResult, taken: Taken) -> PullResult:
    return replace(
        result,
        sms=result.sms + taken.sms,
        calls=result.calls + taken.calls,
        voicemails=result.voicemails + taken.voicemails,
        duplicates=result.duplicates + taken.duplicates,
        statuses_updated=result.statuses_updated + taken.statuses,
        opt_outs=(*taken.opt_outs, *result.opt_outs),
        problems=(*taken.problems, *result.problems),
    )


def _counts(result: PullResult) -> dict[str, int]:
    return {
        "sms": result.sms,
        "calls": result.calls,
        "voicemails": result.voicemails,
        "duplicates": result.duplicates,
        "opt_outs": len(result.opt_outs),
        "statuses_updated": result.statuses_updated,
        "canceled": len(result.canceled),
        "settled": len(result.settled),
    }


def pull(
    services: Services, now: datetime, since: date | None = None, *, is_frugal: bool = False
) -> PullResult:
    """The reading itself, also at the start of every `remind`: without fresh opt-outs nothing is sent.

    `is_frugal`: when nothing is awaited, three requests are enough: texts, calls, and one of what else there
    is, each time another. Before sending all of it is read.
    """
    left = hear_what_was_left(services, now)
    listed = read_messages(services, now, since)
    problems = _unreadable("messages", listed.unreadable, listed.unreadable_count, services)
    rung, mailed = Rung(), Mailed()
    _try("The calls", lambda: read_calls(services, now, since, rung), problems)
    awaited = awaited_mails(services, now)
    recordings, lists = _others(services, rung, bool(awaited), is_frugal)
    if recordings:
        _try("The recordings", lambda: read_recordings(services, now, since, rung), problems)
    for what, rows in rung.unreadable.items():
        problems += _unreadable(what, rows, len(rows), services)
    untold, said = read_transcripts(services, now)
    problems += untold
    mailed = read_mail(services, now, lists, awaited)
    canceled = check_scheduled(services)
    return PullResult(
        sms=listed.new,
        calls=rung.calls,
        voicemails=rung.voicemails,
        duplicates=listed.duplicates + rung.duplicates + mailed.duplicates,
        opt_outs=(*left, *listed.opt_outs, *said, *mailed.opt_outs),
        statuses_updated=listed.statuses + mailed.statuses,
        canceled=canceled.keys,
        problems=(*problems, *mailed.problems, *canceled.problems),
        foreign=tuple(listed.foreign),
    )


def _others(
    services: Services, rung: Rung, is_awaited: bool, is_frugal: bool
) -> tuple[bool, tuple[str, ...]]:
    """Whether to read the recordings, and which of SendGrid's lists."""
    has_mail = services.sendgrid is not None
    runs = services.store.runs
    is_first = has_mail and len(lists_due(services)) > 1
    if not is_frugal or is_awaited or is_first or not has_mail:
        return True, LISTS if has_mail else ()
    was_recordings = runs.cursor(_TURN) == "recordings"
    recordings = rung.calls > 0 or not was_recordings
    runs.set_cursor(_TURN, "recordings" if recordings else "mail")
    return recordings, () if recordings else lists_due(services)


def _try(what: str, read: Callable[[], None], problems: list[Problem]) -> None:
    """A key may lack a right for one kind of list; the others are read all the same."""
    try:
        read()
    except ServiceFailed as problem:
        is_right = isinstance(problem, Refused)
        what_next = (
            "Give the key the right to read them; `nsquilio doctor` shows which."
            if is_right
            else problem.next
        )
        words = f"{what} could not be read: {problem.message}"
        problems.append(Problem("not_read", words, what_next, 1 if is_right else problem.exit_code))


def _unreadable(what: str, rows: Sequence[str], count: int, services: Services) -> list[Problem]:
    """Told once: the overlap brings the same rows for three days. `what`: the list's name."""
    runs, seen, cursor = services.store.runs, "; ".join(rows), f"{_UNREADABLE}.{what}"
    digest = sha256(seen.encode("utf-8", "replace")).hexdigest() if seen else ""
    if digest == (runs.cursor(cursor) or ""):
        return []
    runs.set_cursor(cursor, digest)
    if not digest:
        return []
    words = (
        f"{count} row(s) of Twilio's list of {what} have no SID and could not be stored; the first: {rows[0]}"
    )
    return [
        Problem("row_unreadable", words, "Look for them in Twilio's console; everything else was stored.", 1)
    ]
