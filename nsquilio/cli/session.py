"""What was typed before the command, the clock of this run, and how its result and its errors are shown."""

from __future__ import annotations

import os
import shlex
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nsquilio.errors import NotReady

if TYPE_CHECKING:
    from rich.console import Console

    from nsquilio.app import App
    from nsquilio.jobs.results import Done, Problem

MOST_PROBLEMS = 10


def command_of(config: Path | None, sandbox: bool) -> str:
    if sandbox:
        return "nsquilio --sandbox"
    return f"nsquilio --config {shlex.quote(str(config))}" if config else "nsquilio"


@dataclass(slots=True)
class Session:
    """The options before the command. `format`: "table", "json" or "csv", set by the command."""

    config: Path | None = None
    sandbox: bool = False
    quiet: bool = False
    verbose: bool = False
    format: str = "table"
    clock: Callable[[], datetime] = field(default_factory=lambda: running_clock(os.environ))
    exit_code: int = 0

    @property
    def is_terminal(self) -> bool:
        return sys.stdout.isatty()

    @property
    def is_silent_on_success(self) -> bool:
        """From cron a good run prints nothing (spec section 3, "Output")."""
        return self.quiet or (not self.is_terminal and not self.verbose)

    @property
    def command(self) -> str:
        """How to call the program for the same profile again, for advice that can be copied."""
        return command_of(self.config, self.sandbox)

    def app(self, *, checks_texts: bool = False) -> AbstractContextManager[App]:
        """Opens configuration and clients as they are asked for. `checks_texts`: for what words messages."""
        from nsquilio.app import App

        return App.open(self.config, sandbox=self.sandbox, clock=self.clock, checks_texts=checks_texts)

    def show_json(self, result: dict[str, Any]) -> None:
        import json

        sys.stdout.write(json.dumps(result, ensure_ascii=True) + "\n")

    def console(self, *, errors: bool = False) -> Console:
        from rich.console import Console

        class Piped(Console):
            def on_broken_pipe(self) -> None:
                raise BrokenPipeError  # rich would end with 1, which means something here

        stream = sys.stderr if errors else sys.stdout
        width = None if stream.isatty() else 100
        return Piped(file=stream, markup=False, highlight=False, emoji=False, width=width, soft_wrap=False)

    def tell_problems(self, problems: Sequence[Problem]) -> None:
        """What a person should know, on standard error; at most twenty lines in cron's mail."""
        from nsquilio.render.safe import one_line

        for problem in self.as_called(problems[:MOST_PROBLEMS]):
            self.say(f"nsquilio: {one_line(problem.what)}\n  Next: {one_line(problem.next)}")
        if len(problems) > MOST_PROBLEMS:
            left = len(problems) - MOST_PROBLEMS
            self.say(f"nsquilio: and {left} more; `{self.command} status` shows them all")

    def as_called(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """The same, with advice that can be copied."""
        from nsquilio.render.advice import as_called

        return tuple(replace(problem, next=as_called(problem.next, self.command)) for problem in problems)

    def tell(self, text: str) -> None:
        """What was done, on standard output."""
        from nsquilio.render.safe import printable_lines

        if not self.quiet:
            sys.stdout.write(printable_lines(text.rstrip("\n")) + "\n")

    def show_done(self, command: str, done: Done) -> int:
        """What a person's command did, as words or JSON, and its exit code. `command`: as its schema is named."""
        if self.format == "json":
            from nsquilio.render.inbound import problem_rows

            problems = problem_rows(self.as_called(done.problems))
            what = {"done": done.words, **done.facts, "problems": problems}
            self.show_json({"schema": f"nsquilio.{command}.v1", "run_id": None, **what})
        else:
            self.tell(done.words)
            self.tell_problems(done.problems)
        return done.exit_code

    @property
    def actor(self) -> str:
        from nsquilio.app import actor

        return actor()

    def say(self, text: str) -> None:
        """A problem or a hint, on standard error."""
        sys.stderr.write(text.rstrip("\n") + "\n")


def running_clock(environment: os._Environ[str] | dict[str, str]) -> Callable[[], datetime]:
    """The time, UTC. NSQUILIO_NOW sets where it starts; from there it ticks on (spec section 13).

    Whether NSQUILIO_NOW may be used at all is decided when the configuration is known (see `app`).
    """
    given = environment.get("NSQUILIO_NOW", "")
    if not given:
        return lambda: datetime.now(UTC)
    start, real = parsed_now(given), time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - real)


def parsed_now(text: str) -> datetime:
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        raise NotReady(
            f"NSQUILIO_NOW holds {text[:40]!r}, which is no ISO 8601 time.",
            "Unset it; it is a seam for tests, such as 2026-03-02T14:00:00Z.",
            code="bad_now",
        ) from None
    return (start if start.tzinfo else start.replace(tzinfo=UTC)).astimezone(UTC)
