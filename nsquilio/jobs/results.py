"""What jobs return: frozen values with counts, rows and stable codes, no prose and no secret."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from nsquilio.core.model import Action, Decision, Message, Outcome, Reason
from nsquilio.errors import worst_exit_code


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message and what became of it. `status`: planned, sent, scheduled, rejected, unknown or dropped."""

    message: Message
    status: str = "planned"
    sid: str | None = None
    error_code: str | None = None
    detail: str = ""


STATUS_OF = {
    Outcome.SENT: "sent",
    Outcome.SCHEDULED: "scheduled",
    Outcome.REJECTED: "rejected",
    Outcome.UNKNOWN: "unknown",
    Outcome.INTENT: "unknown",
    Outcome.CANCELED: "dropped",
    Outcome.NOT_SENT: "planned",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know of. `exit_code`: what it makes of the run's."""

    code: str
    what: str
    next: str
    exit_code: int


@dataclass(frozen=True, slots=True)
class Done:
    """What a person's command did. `words`: for that person; `facts`: the same for scripts, as JSON has them."""

    words: str
    facts: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def exit_code(self) -> int:
        return worst_exit_code([problem.exit_code for problem in self.problems])


@dataclass(frozen=True, slots=True)
class RemindResult:
    """`usual`: (busiest day, its messages) of the last five weeks; `usual_today`: median on this weekday.

    `stopped`: what ended the run before its last message, or in a dry run what would end it before the first.
    `payments_until`: when the newest payment was entered in NetSuite.
    """

    run_id: str
    as_of: datetime
    dry_run: bool
    plan_hash: str
    decisions: tuple[Decision, ...]
    messages: tuple[MessageRow, ...]
    plan_file: str | None = None
    brake: str | None = None
    problems: tuple[Problem, ...] = ()
    stopped: Problem | None = None
    not_in_plan: tuple[str, ...] = ()  # what a plan file holds and the decision no longer yields
    usual: tuple[str, int] | None = None
    read_at: datetime | None = None
    usual_today: int | None = None
    payments_until: datetime | None = None
    customers_read: int = 0
    audit_head: str = ""

    @property
    def fetched(self) -> int:
        return len(self.decisions)

    @property
    def by_action(self) -> dict[Action, int]:
        counts = Counter(decision.action for decision in self.decisions)
        return {action: counts.get(action, 0) for action in Action}

    @property
    def by_reason(self) -> dict[Reason, int]:
        """Most frequent first."""
        return dict(Counter(decision.reason for decision in self.decisions).most_common())

    @property
    def segments(self) -> int:
        return sum(row.message.segments for row in self.messages)

    @property
    def estimated_cost(self) -> Decimal | None:
        """US dollars of the texts with a known price; None when none has one."""
        known = [
            row.message.estimated_cost for row in self.messages if row.message.estimated_cost is not None
        ]
        return sum(known, Decimal(0)) if known or not self.messages else None

    @property
    def exit_codes(self) -> list[int]:
        return [problem.exit_code for problem in self.problems]


@dataclass(slots=True)
class Tally:
    """Problems collected while a job goes on."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, what: str, next: str, exit_code: int) -> None:
        self.problems.append(Problem(code, what, next, exit_code))
