"""What surrounds a run of cron: its log, the pings to a monitoring service, the warning of a certificate's
end.

None of it changes what the run does or how it ends.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from nsquilio.errors import NsquilioError, worst_exit_code

if TYPE_CHECKING:
    from nsquilio.app import App
    from nsquilio.cli.session import Session
    from nsquilio.jobs.results import Problem
    from nsquilio.remote.ping import Pings
    from nsquilio.runlog import RunLog
    from nsquilio.store import Store


class RunResult(Protocol):
    """What the results of all three jobs have."""

    @property
    def run_id(self) -> str: ...
    @property
    def problems(self) -> Sequence[Problem]: ...
    @property
    def exit_codes(self) -> list[int]: ...


class Watch:
    """Told by the command how its run ended."""

    def __init__(self, log: RunLog, pings: Pings) -> None:
        self._log = log
        self._pings = pings
        self._ended = False

    def ended(
        self, result: RunResult, store: Store, lines: Iterable[Mapping[str, Any]] = (), **counts: Any
    ) -> None:
        """`lines`: a line of the log for each message; `counts`: figures for the last one."""
        code = worst_exit_code(result.exit_codes)
        for line in lines:
            self._log.write("message", **line)
        self._log.run_id = result.run_id
        for problem in result.problems:
            self._log.write("problem", "warning", code=problem.code, what=problem.what, next=problem.next)
        seq, digest = store.trail.head()
        self._log.write("ended", exit_code=code, audit_head=f"{seq}:{digest}", **counts)
        self._tell(code, f"{seq}:{digest}")

    def failed(self, problem: BaseException, run_id: str) -> None:
        known = problem if isinstance(problem, NsquilioError) else None
        code = known.exit_code if known else 130 if isinstance(problem, KeyboardInterrupt) else 70
        self._log.run_id = run_id
        what = known.message if known else type(problem).__name__
        self._log.write("failed", "error", exit_code=code, code=known.code if known else "bug", what=what)
        if not self._ended:
            self._tell(code, "")

    def _tell(self, code: int, head: str) -> None:
        self._ended = True
        self._log.flush()
        if code:
            self._pings.failure(code)
        else:
            self._pings.success(head)


@contextmanager
def watched_run(session: Session, app: App, command: str, store: Store) -> Iterator[Watch]:
    """Around a real run, inside its lock. `store`: the one the run works with."""
    from nsquilio.runlog import RunLog

    log = RunLog(app.directory, command, app.clock)
    log.write("started")
    pings = app.pings()
    pings.start()
    watch = Watch(log, pings)
    try:
        yield watch
    except BaseException as problem:
        watch.failed(problem, store.trail.run_id or "")
        raise
    finally:
        log.flush()
        if log.trouble:
            session.say(f"nsquilio: {log.trouble} The run itself went on.")
    _warn_of_certificate(session, app)


def _warn_of_certificate(session: Session, app: App) -> None:
    from nsquilio.jobs.certificate_watch import certificate_warning

    words = certificate_warning(app.directory, app.clock())
    if words:
        session.say(f"nsquilio: {words}")
        sys.stderr.flush()
