"""Writes communications to NetSuite, several at a time, and keeps what became of each.

Threads speak to NetSuite; the state file belongs to the thread that calls. A refusal of one record parks that
one; a refusal that would meet every record (no such record type or field, no right to write it) ends the run
before it parks them. What could not be written moves behind the others, and is given up like a refused one
when NetSuite fails over it again and again while it takes the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial

from nsquilio.errors import NotReady, NsquilioError, Refused, ServiceFailed
from nsquilio.jobs.communications import Record
from nsquilio.jobs.services import Services
from nsquilio.remote.netsuite_errors import is_refused_for_good
from nsquilio.remote.netsuite_records import Value
from nsquilio.store import CommunicationRow

FAILURES_IN_A_ROW = 5
GIVEN_UP_AFTER = 5
"""Runs in which NetSuite failed over one record; in the first of them it took others."""
_WRITTEN_AT_ONCE = 50
"""Rows marked in one transaction: each costs a few milliseconds of disk, and writing again is harmless."""

REFUSES_ALL = frozenset({401, 403, 404})
_NOT_DEPLOYED = re.compile(
    r"unknown (?:field|property|record type)|invalid (?:(?:field|property) name|record type)"
    r"|(?:field|property|record type) '?cust\w+'? (?:does not exist|is not (?:known|defined|found))",
    re.IGNORECASE,
)
_OURS = re.compile(r"\bcust(?:om)?record_nsq_comm", re.IGNORECASE)
_BAD_REFERENCE = "INVALID_KEY_OR_REF"
_REFERENCES = ("invoice", "customer")
_NAMED = re.compile(r"\bcustrecord_nsq_comm_(invoice|customer)\b", re.IGNORECASE)

Pair = tuple[CommunicationRow, Record]


class Fate(StrEnum):
    WRITTEN = "written"
    PARKED = "parked"  # refused for good
    WAITS = "waits"  # not reached; the next run tries again
    STOPS = "stops"  # the same would meet every record


@dataclass(frozen=True, slots=True)
class Told:
    """What NetSuite said to one record. `left_out`: references it was written without."""

    fate: Fate
    netsuite_id: str | None = None
    problem: NsquilioError | None = None
    left_out: frozenset[str] = frozenset()


@dataclass(slots=True)
class Writer:
    """`results`: every record that was tried, in order; what was not written has its last fate after the run.
    `stopped`: why the rest was not tried.
    """

    services: Services
    results: list[tuple[Record, Told]] = field(default_factory=list)
    stopped: str = ""
    stop_problem: NsquilioError | None = None
    _unmarked: list[tuple[CommunicationRow, str | None]] = field(default_factory=list)
    _left: list[tuple[int, CommunicationRow]] = field(default_factory=list)
    _failures: int = 0
    _is_same_for_all: bool = False

    def write(self, pairs: Iterable[Pair]) -> None:
        """All of them, or until something stops it; what came back is marked whatever happens."""
        waiting = iter(pairs)
        running: dict[Future[Told], Pair] = {}
        in_flight = max(1, self.services.netsuite_in_flight)
        with ThreadPoolExecutor(in_flight) as pool:
            try:
                # Twice as many as work at once, so that nobody waits while this thread marks.
                self._fill(running, waiting, pool, 2 * in_flight)
                while running:
                    self._collect(running)
                    self._fill(running, waiting, pool, 2 * in_flight)
            finally:
                for future in running:
                    future.cancel()
                self._take([future for future in running if not future.cancelled()], running)
                self._mark()
                self._mark_left()

    def _fill(
        self, running: dict[Future[Told], Pair], waiting: Iterable[Pair], pool: ThreadPoolExecutor, most: int
    ) -> None:
        while len(running) < most and not self._should_stop():
            pair = next(iter(waiting), None)
            if pair is None:
                return
            running[pool.submit(self._tell, *pair)] = pair

    def _should_stop(self) -> bool:
        if not self.stopped:
            self.stopped = self.services.asked_to_stop() or ""
        return bool(self.stopped)

    def _collect(self, running: dict[Future[Told], Pair]) -> None:
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        self._take(list(done), running)
        if len(self._unmarked) >= _WRITTEN_AT_ONCE:
            self._mark()

    def _take(self, done: Iterable[Future[Told]], running: dict[Future[Told], Pair]) -> None:
        for future in done:
            row, record = running.pop(future)
            told = future.result()
            if told.fate is Fate.WRITTEN:
                self._unmarked.append((row, told.netsuite_id))
            else:
                self._left.append((len(self.results), row))
            self.results.append((record, told))
            self._judge(told)

    def _judge(self, told: Told) -> None:
        self._failures = self._failures + 1 if told.fate is Fate.WAITS else 0
        is_same = self._is_one_refusal_of_all()
        is_over = is_same or told.fate is Fate.STOPS or self._failures >= FAILURES_IN_A_ROW
        if is_over and not self.stopped and told.problem is not None:
            self.stopped, self.stop_problem = told.problem.message, told.problem
            self._is_same_for_all = is_same

    def _is_one_refusal_of_all(self) -> bool:
        """The first that were tried were all refused, in the same words: that is not about any of them.
        Unless NetSuite refused one of them on an earlier day while it took others.
        """
        if len(self.results) != FAILURES_IN_A_ROW or any(row.attempts for _at, row in self._left):
            return False
        return len({_refusal(*one) for one in self.results}) == 1 and _refusal(*self.results[0]) is not None

    def _mark(self) -> None:
        self.services.store.communications.mark_written(self._unmarked, self.services.clock())
        self._unmarked.clear()
        self.services.progress("communications", len(self.results), 0)

    def _mark_left(self) -> None:
        """Only now is it known whether others passed: what meets every record speaks against none."""
        communications, now = self.services.store.communications, self.services.clock()
        others_pass = any(told.fate is Fate.WRITTEN for _record, told in self.results)
        with self.services.store.transaction():
            for at, row in self._left:
                record, told = self.results[at]
                counts = others_pass or _is_failed_over_again(row, told)
                told = replace(told, fate=self._last_fate(told, row.attempts + counts))
                self.results[at] = record, told
                error = told.problem.message if told.problem is not None else ""
                if told.fate is Fate.PARKED:
                    communications.park(row.eid, error, now)
                else:
                    communications.mark_failed(row.eid, error, now, counts=counts)

    def _last_fate(self, told: Told, failures: int) -> Fate:
        if told.fate is Fate.PARKED and self._is_same_for_all:
            return Fate.WAITS
        is_failing = isinstance(told.problem, Refused) and told.problem.status >= 500
        if told.fate is Fate.WAITS and is_failing and failures >= GIVEN_UP_AFTER:
            return Fate.PARKED
        return told.fate

    # --- in a thread of its own ---

    def _tell(self, row: CommunicationRow, record: Record) -> Told:
        try:
            return self._write_one(row, record)
        except Refused as problem:
            return Told(_fate(problem), problem=problem)
        except NotReady as problem:
            return Told(Fate.STOPS, problem=problem)
        except ServiceFailed as problem:
            return Told(Fate.WAITS, problem=problem)

    def _write_one(self, row: CommunicationRow, record: Record) -> Told:
        if row.written_fields is None:
            return self._put(record)
        is_new = row.written_fields != row.fields_hash
        changed = {**record.fields, **record.status} if is_new else record.status
        patch = partial(self.services.netsuite.patch_communication, record.external_id)
        try:
            _none, left_out = _written(patch, changed)
        except Refused as problem:
            if problem.status in (404, 405):  # somebody deleted it, or only whole records are taken
                return self._put(record)
            raise
        return Told(Fate.WRITTEN, row.netsuite_id, left_out=left_out)

    def _put(self, record: Record) -> Told:
        put = partial(self.services.netsuite.put_communication, record.external_id)
        netsuite_id, left_out = _written(put, {**record.fields, **record.status})
        return Told(Fate.WRITTEN, netsuite_id, left_out=left_out)


def _written(
    write: Callable[[Mapping[str, Value]], str | None], fields: Mapping[str, Value]
) -> tuple[str | None, frozenset[str]]:
    """What writing returned, and the references left out. The message is worth more than its link: it is
    logged all the same, with the number in its key or details. NetSuite may name one at a time.
    """
    left_out: frozenset[str] = frozenset()
    while True:
        try:
            return write({name: None if name in left_out else fields[name] for name in fields}), left_out
        except Refused as problem:
            bad = {name for name in _bad_references(problem) if fields.get(name)} - left_out
            if not bad:
                raise
            left_out |= bad


def _fate(problem: Refused) -> Fate:
    """Too many requests at once, or a record that is being changed, is nothing against this one."""
    if problem.status in REFUSES_ALL or _is_not_deployed(problem):
        return Fate.STOPS
    return Fate.PARKED if is_refused_for_good(problem) else Fate.WAITS


def _is_failed_over_again(row: CommunicationRow, told: Told) -> bool:
    """Others passed when it failed before, and NetSuite names an error of its own: it is not just down."""
    problem = told.problem
    is_named = isinstance(problem, Refused) and problem.status == 500 and problem.error_code != ""
    return row.attempts > 0 and is_named


def _is_not_deployed(problem: Refused) -> bool:
    """The record type or one of its fields is missing: deployed by hand, or before the field was added."""
    is_named = _OURS.search(problem.message) and _NOT_DEPLOYED.search(problem.message)
    return problem.status == 400 and bool(is_named)


def _refusal(record: Record, told: Told) -> str | None:
    """NetSuite's words without the record's own id; None if it was not refused for good."""
    if told.fate is not Fate.PARKED or told.problem is None:
        return None
    return told.problem.message.rpartition(record.external_id)[2]


def _bad_references(problem: Refused) -> set[str]:
    """Which of the invoice and the customer NetSuite does not know: deleted meanwhile, or hidden from the
    role. Codes differ (facts/netsuite.md, section 5.1), so the field that is named decides; where the code is
    the one for references and names none, it may be either.
    """
    if problem.status != 400 or _is_not_deployed(problem):
        return set()
    named = {name.lower() for name in _NAMED.findall(problem.message)}
    if not named and problem.error_code == _BAD_REFERENCE:
        return set(_REFERENCES)
    return named
