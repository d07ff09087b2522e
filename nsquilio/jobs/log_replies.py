"""Writes the conversation to NetSuite: first reads and matches what came in, then logs what is not logged
yet.

Each record has an external id of its own, so writing it again is harmless: a crash costs a repetition and
never a second record. What a run did not get to write waits for the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from nsquilio.core.model import Channel
from nsquilio.errors import NsquilioError, Refused, code_of_stop, worst_exit_code
from nsquilio.jobs.communications import IN, OPT_OUT, Record, of_inbound, of_message, of_opt_out
from nsquilio.jobs.log_writing import REFUSES_ALL, Fate, Pair, Told, Writer
from nsquilio.jobs.results import Problem
from nsquilio.jobs.services import Services
from nsquilio.jobs.understand import understand
from nsquilio.remote.netsuite_errors import is_refused_for_good
from nsquilio.store import CommunicationRow, InboundRow, OptOut, StoredMessage
from nsquilio.store.communications import LOG_CURSOR

COMMAND = "log-replies"
NOTHING = "nothing"

_CHUNK = 500
_TRY_PARKED_AGAIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LogItem:
    """One communication of this run, as it was written: without what NetSuite no longer has. `written`:
    NetSuite has it as it is now.
    """

    sid: str
    external_id: str
    direction: str
    channel: str
    customer_id: str | None
    invoice_id: str | None
    kind: str
    score: int | None = None
    signals: tuple[str, ...] = ()
    written: bool = True


@dataclass(frozen=True, slots=True)
class LogResult:
    """`logged`: records written, or in a dry run to be written; `unmatched`: messages of nobody we know."""

    run_id: str = ""
    dry_run: bool = False
    logged: int = 0
    unmatched: int = 0
    failed: int = 0
    items: tuple[LogItem, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def exit_codes(self) -> list[int]:
        return [problem.exit_code for problem in self.problems]


def log_replies(services: Services) -> LogResult:
    if services.dry_run:
        return _log(services)
    run_id = services.store.runs.begin(COMMAND, services.clock(), live=True, actor=services.actor)
    try:
        result = replace(_log(services), run_id=run_id)
    except NsquilioError as problem:
        error = {"code": problem.code, "message": problem.message, "next": problem.next}
        services.store.runs.finish(run_id, services.clock(), problem.exit_code, {}, error=error)
        raise
    counts = {"logged": result.logged, "unmatched": result.unmatched, "failed": result.failed}
    services.store.runs.finish(run_id, services.clock(), worst_exit_code(result.exit_codes), counts)
    return result


def _log(services: Services) -> LogResult:
    understood = understand(services)
    if services.log_to == NOTHING:
        return LogResult(dry_run=services.dry_run, problems=tuple(understood.problems))
    communications, now = services.store.communications, services.clock()
    _want_what_changed(services, now)
    old = [row.eid for row in communications.parked() if now - row.changed_at >= _TRY_PARKED_AGAIN]
    if old:
        communications.retry(now, old)
    waiting = communications.waiting()
    if services.dry_run:
        items = [_item(record) for _row, record in _with_records(waiting, services)]
        problems = tuple(understood.problems)
        return LogResult("", True, len(items), _unmatched(items), 0, tuple(items), problems)
    writer = Writer(services)
    writer.write(_with_records(waiting, services))
    return _result(writer, understood.problems, len(waiting))


def _want_what_changed(services: Services, now: datetime) -> None:
    """What happened since the last look, told by the audit trail's numbers; in one transaction with the
    cursor.
    """
    store = services.store
    head, since = store.trail.head()[0], int(store.runs.cursor(LOG_CURSOR) or 0)
    records = [
        *(one for message in store.messages.changed_after(since) for one in _of_message(message, services)),
        *(one for row in store.inbound.changed_after(since) for one in _of_inbound(row, services)),
        *(one for opt_out in store.blocks.opt_outs(active_only=False) for one in of_opt_out(opt_out)),
    ]
    with store.transaction():
        store.communications.want((record.wanted for record in records), now)
        store.runs.set_cursor(LOG_CURSOR, str(head))


def _of_message(message: StoredMessage, services: Services) -> list[Record]:
    is_text = message.channel is Channel.SMS
    mail_from = services.sendgrid.sender if services.sendgrid is not None else ""
    return of_message(message, services.twilio.sender if is_text else mail_from)


def _of_inbound(row: InboundRow, services: Services) -> list[Record]:
    return of_inbound(row, services.store.communications.about(row.sid))


def _with_records(waiting: Sequence[CommunicationRow], services: Services) -> Iterator[Pair]:
    """Each row with what it should say, read a few at a time."""
    opt_outs = {str(one.id): one for one in services.store.blocks.opt_outs(active_only=False)}
    for start in range(0, len(waiting), _CHUNK):
        rows = waiting[start : start + _CHUNK]
        received = services.store.inbound.by_sids([row.ref for row in rows if row.kind == "inbound"])
        for row in rows:
            records = _records_of(row, received, opt_outs, services)
            record = next((one for one in records if one.external_id == row.eid), None)
            if record is not None:
                yield row, record
            else:  # its person was erased, or it is about something else by now
                services.store.communications.mark_written([(row, None)], services.clock())


def _records_of(
    row: CommunicationRow,
    received: Mapping[str, InboundRow],
    opt_outs: Mapping[str, OptOut],
    services: Services,
) -> list[Record]:
    if row.kind == "inbound":
        return _of_inbound(received[row.ref], services) if row.ref in received else []
    if row.kind == "optout":
        return of_opt_out(opt_outs[row.ref]) if row.ref in opt_outs else []
    message = services.store.messages.stored(row.ref)
    return _of_message(message, services) if message is not None else []


def _item(record: Record, told: Told | None = None) -> LogItem:
    left_out = told.left_out if told is not None else frozenset()
    return LogItem(
        sid=record.text("sid"),
        external_id=record.external_id,
        direction=record.text("direction"),
        channel=record.text("channel"),
        customer_id=None if "customer" in left_out else record.text("customer") or None,
        invoice_id=None if "invoice" in left_out else record.text("invoice") or None,
        kind=record.text("kind"),
        score=record.score,
        signals=record.signals,
        written=told is not None and told.fate is Fate.WRITTEN,
    )


def _unmatched(items: Iterable[LogItem]) -> int:
    return sum(item.direction == IN and item.customer_id is None and item.kind != OPT_OUT for item in items)


def _result(writer: Writer, problems: Iterable[Problem], waiting: int) -> LogResult:
    items = tuple(_item(record, told) for record, told in writer.results)
    written = sum(item.written for item in items)
    return LogResult(
        logged=written,
        unmatched=_unmatched(items),
        failed=len(items) - written,
        items=items,
        problems=(*problems, *_problems(writer, waiting)),
    )


def _problems(writer: Writer, waiting: int) -> list[Problem]:
    found: list[Problem] = []
    parked = [(record, told) for record, told in writer.results if told.fate is Fate.PARKED]
    late = [(record, told) for record, told in writer.results if told.fate is Fate.WAITS]
    if parked:
        record, told = parked[0]
        what = f"NetSuite refused {len(parked)} communication(s) for good; {_named(record, told)}"
        advice = "`nsquilio status` counts them; they are tried again once a day. Correct what it names."
        found.append(Problem("log_parked", what, advice, 1))
    if late and not writer.stopped:
        record, told = late[0]
        what = f"{len(late)} communication(s) were not written; {_named(record, told)}"
        found.append(Problem("log_failed", what, "They wait for the next log-replies.", 4))
    if writer.stopped:
        left = waiting - sum(told.fate in (Fate.WRITTEN, Fate.PARKED) for _record, told in writer.results)
        found.append(_stopped(writer, left))
    return found


def _named(record: Record, told: Told) -> str:
    return f"{record.external_id}: {told.problem}"


def _stopped(writer: Writer, left: int) -> Problem:
    what = f"Logging stopped: {writer.stopped} {left} communication(s) wait for the next run."
    cause = writer.stop_problem
    if cause is None:
        return Problem("log_interrupted", what, "Run log-replies again.", code_of_stop(writer.stopped))
    advice = cause.next or "Run log-replies again."
    if isinstance(cause, Refused) and (cause.status in REFUSES_ALL or is_refused_for_good(cause)):
        advice = (
            "The record type customrecord_nsq_comm must be deployed, and the role allowed to create and edit"
            " it: `nsquilio init --netsuite-project DIR`, then `nsquilio doctor`."
        )
    return Problem("log_stopped", what, advice, 4)
