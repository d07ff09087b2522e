"""What `doctor` and `credentials test` examine, and the one row that each check makes of it.

A check never raises for what a user can cause: what is wrong becomes its row, with the fix. Holds no secret.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from nsquilio.core.rules import Rules
from nsquilio.errors import Damaged, NsquilioError, ServiceFailed, worst_exit_code

if TYPE_CHECKING:
    from nsquilio.credentials import CredentialStore
    from nsquilio.remote.netsuite import NetSuite
    from nsquilio.remote.netsuite_columns import Columns
    from nsquilio.remote.sendgrid import SendGrid
    from nsquilio.remote.twilio_access import TwilioAccess


class Level(StrEnum):
    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """`saw`: what was found. `fix`: what to do, or empty. `exit_code`: what it makes of the command's."""

    name: str
    level: Level
    saw: str
    fix: str = ""
    exit_code: int = 0


@dataclass(frozen=True, slots=True)
class Findings:
    """Every check that was made, in the order of the report. `as_cron`: seen with cron's variables alone."""

    checks: tuple[CheckResult, ...]
    as_cron: bool = False

    @property
    def exit_code(self) -> int:
        """0 also with warnings; else that of the worst failure."""
        return worst_exit_code([check.exit_code for check in self.checks if check.level is Level.FAILURE])

    def count(self, level: Level) -> int:
        return sum(check.level is level for check in self.checks)


Check = Callable[["Subject"], CheckResult]


class StateSeen(Protocol):
    """As much of the state file as a check looks at."""

    def oldest_personal(self) -> datetime | None: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Subject:
    """One set-up. The functions open a thing when a check needs it, and raise what is wrong with it.

    `needed`: the names of credentials that this configuration cannot do without. `command_for_cron`: how a
    crontab must call the program, "" where none should. `following`: whether the certificate that waits to be
    promoted is examined. `read_as_cron`: reads one credential with cron's few variables. `start_as_cron`:
    starts
    the program so and returns what went wrong, or None.
    """

    rules: Rules
    clock: Callable[[], datetime]
    config_file: Path
    config_warnings: tuple[str, ...]
    command_for_cron: str
    netsuite_account: str
    netsuite_url: str
    columns: Columns
    writes_to_netsuite: bool
    messaging_service_sid: str | None
    from_number: str | None
    voicemail: tuple[str, ...]
    ping_url: str | None
    state_directory: Path
    retention_years: int
    following: bool
    needed: Callable[[], tuple[str, ...]]
    credentials: Callable[[], CredentialStore]
    netsuite: Callable[[], NetSuite]
    twilio: Callable[[], TwilioAccess]
    sendgrid: Callable[[], SendGrid | None]
    state: Callable[[], StateSeen]
    read_as_cron: Callable[[], None]
    start_as_cron: Callable[[], str | None]

    @property
    def now(self) -> datetime:
        return self.clock()


def ok(name: str, saw: str) -> CheckResult:
    return CheckResult(name, Level.OK, saw)


def warning(name: str, saw: str, fix: str = "") -> CheckResult:
    return CheckResult(name, Level.WARNING, saw, fix)


def failure(name: str, saw: str, fix: str, exit_code: int = 3) -> CheckResult:
    return CheckResult(name, Level.FAILURE, saw, fix, exit_code)


def failed(name: str, problem: NsquilioError) -> CheckResult:
    """4 where a service or the disk failed, 7 where the state is damaged, else 3."""
    code = problem.exit_code if isinstance(problem, ServiceFailed | Damaged) else 3
    return failure(name, problem.message, problem.next, code)


def not_checked(name: str, why: str) -> CheckResult:
    return warning(name, f"not checked: {why}")
