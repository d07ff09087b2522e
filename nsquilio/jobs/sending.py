"""The send loop: commit the intent, send, record, for several messages at a time.

One thread owns the state file. Each turn of the loop it writes, in one transaction, the outcomes that came back and the
intents of the messages that go next, and only then hands those to the threads that talk to the services. So every
request has its intent on disk before it leaves, a crash leaves at most `in_flight` outcomes to look up, and several
messages share one sync of the disk. Never retries anything; that is the clients' knowledge.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from nsquilio.core.model import Message, Outcome
from nsquilio.remote.twilio_sending import Sent
from nsquilio.store import OutcomeSeen, Store

SWITCH_S = 0.0005
"""How long a thread may keep the interpreter. With Python's 5 ms the loop waits for the interpreter after each sync of
the disk while slots stand empty: 15 % of the throughput at 16 in flight, measured."""

FAILURES_IN_A_ROW = 5
"""So many outcomes that are no answer of a working service end a run: the service is not itself."""


class Sender(Protocol):
    def __call__(self, message: Message) -> Sent:
        """Hands one message to its service; never raises for what a service may answer."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`per_second` 0: as fast as `in_flight` requests at a time allow."""

    per_second: float
    in_flight: int


@dataclass(slots=True)
class SendResult:
    """`stopped`: why the loop ended early, in words; None when it came through."""

    outcomes: dict[str, Sent] = field(default_factory=dict)
    dropped: dict[str, str] = field(default_factory=dict)  # message key -> why it was not sent
    stopped: str | None = None
    stop_code: str | None = None


@dataclass(slots=True)
class SendLoop:
    """`halted`: asked before every request; a text means stop, and why. `done`: called after each message.

    `pool`: threads that stay for all batches, and with them their connections to the services.
    `learn`: called with each outcome in the transaction that writes it, for what else follows from it.
    """

    store: Store
    send: Sender
    clock: Callable[[], datetime]
    pace: Pace
    pool: Executor
    halted: Callable[[], str | None]
    done: Callable[[Message, Sent], None]
    learn: Callable[[Message, Sent], None] = lambda message, sent: None
    result: SendResult = field(default_factory=SendResult)
    _failures: int = 0
    _next_slot: float = 0.0
    _bad_numbers: set[str] = field(default_factory=set)
    _bad_countries: dict[str, Sent] = field(default_factory=dict)  # country -> the refusal that told
    _until: datetime | None = None
    _is_first: bool = True

    def run(self, messages: Iterable[Message], until: datetime | None = None) -> list[Message]:
        """Sends until all are through, or something stops it; may be called once per batch.

        `until`: from then on nothing starts but the first message. Returns what has not been started.
        """
        sys.setswitchinterval(SWITCH_S)
        waiting = deque(messages)
        self._until, self._is_first = until, True
        running: dict[Future[Sent], Message] = {}
        try:
            while self._may_start(waiting) or running:
                finished = self._wait(running, may_start=self._may_start(waiting))
                self._turn(finished, waiting, running)
        finally:
            self._record_rest(running)
        return list(waiting)

    def _may_start(self, waiting: deque[Message]) -> bool:
        in_time = self._until is None or self._is_first or self.clock() < self._until
        return bool(waiting) and in_time and not self.result.stopped

    def _turn(
        self,
        finished: Sequence[tuple[Message, Sent]],
        waiting: deque[Message],
        running: dict[Future[Sent], Message],
    ) -> None:
        for message, sent in finished:
            self._judge(message, sent)
        starting = self._next(waiting, running)
        if finished or starting:
            self._write(finished, starting)
        for message, sent in finished:
            self.done(message, sent)
        for message in starting:
            running[self.pool.submit(self.send, message)] = message

    def _write(self, finished: Sequence[tuple[Message, Sent]], starting: Sequence[Message]) -> None:
        now = self.clock()
        with self.store.transaction():
            if finished:
                self.store.messages.record_outcomes([_seen(m, sent, now) for m, sent in finished])
                for message, sent in finished:
                    self.learn(message, sent)
            if starting:
                self.store.messages.commit_intents(starting, now)

    def _next(self, waiting: deque[Message], running: dict[Future[Sent], Message]) -> list[Message]:
        starting: list[Message] = []
        while self._may_start(waiting) and len(running) + len(starting) < self.pace.in_flight:
            why = self.halted()
            if why is not None:
                self.stop(why, "halted")
                break
            if not self._slot_is_free():
                break
            message = waiting.popleft()
            if message.to in self._bad_numbers:
                self.result.dropped[message.key] = "an earlier message to this number was refused"
                continue
            if message.country in self._bad_countries:
                self.result.outcomes[message.key] = self._left_out(message.country)
                continue
            starting.append(message)
            self._is_first = False
            self._take_slot()
        return starting

    def _left_out(self, country: str) -> Sent:
        """Not asked for again in this run: one refusal a country is enough, and others must not wait behind it."""
        refusal = self._bad_countries[country]
        words = f"an earlier text to {country} was refused: {refusal.detail}"
        return replace(refusal, outcome=Outcome.NOT_SENT, detail=words)

    def _slot_is_free(self) -> bool:
        return not self.pace.per_second or time.monotonic() >= self._next_slot

    def _take_slot(self) -> None:
        if self.pace.per_second:
            self._next_slot = max(time.monotonic(), self._next_slot) + 1 / self.pace.per_second

    def _wait(self, running: dict[Future[Sent], Message], *, may_start: bool) -> list[tuple[Message, Sent]]:
        """What came back; waits for the next answer or the next slot, whichever is first."""
        until_slot = self._next_slot - time.monotonic() if may_start and self.pace.per_second else None
        has_room = may_start and len(running) < self.pace.in_flight
        if running:
            timeout = (max(0.0, until_slot) if until_slot is not None else 0.0) if has_room else None
            wait(running, timeout=timeout, return_when=FIRST_COMPLETED)
        elif until_slot is not None and until_slot > 0:
            time.sleep(until_slot)
        ready = [future for future in running if future.done()]
        return [(running.pop(future), future.result()) for future in ready]

    def _judge(self, message: Message, sent: Sent) -> None:
        self.result.outcomes[message.key] = sent
        worked = sent.outcome in (Outcome.SENT, Outcome.SCHEDULED, Outcome.REJECTED)
        self._failures = 0 if worked else self._failures + 1
        if sent.stop == "run":
            self.stop(sent.detail, "account_refused")
        elif sent.stop == "country":
            self._bad_countries[message.country] = sent
        elif sent.stop == "number":
            self._bad_numbers.add(message.to)
        elif self._failures >= FAILURES_IN_A_ROW:
            self.stop(
                f"{self._failures} messages in a row failed, the last with: {sent.detail}",
                "failures_in_a_row",
            )

    def stop(self, why: str, code: str) -> None:
        """Nothing new starts; what is under way is waited for and recorded."""
        if self.result.stopped is None:
            self.result.stopped, self.result.stop_code = why, code

    def _record_rest(self, running: dict[Future[Sent], Message]) -> None:
        """After an error of our own, what the threads still bring back is worth knowing."""
        if not running:
            return
        wait(running)
        finished = [
            (message, future.result()) for future, message in running.items() if not future.exception()
        ]
        self._write(finished, [])


def _seen(message: Message, sent: Sent, now: datetime) -> OutcomeSeen:
    return OutcomeSeen(
        key=message.key,
        outcome=sent.outcome,
        at=now,
        sid=sent.sid or None,
        status=sent.status or None,
        error_code=sent.error_code or None,
        detail=sent.detail,
        segments=sent.segments,
        price=sent.price,
        price_currency=sent.price_currency,
        failed_for_good=sent.failed_for_good,
    )
