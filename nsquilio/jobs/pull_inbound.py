"""Brings home what happened at Twilio and SendGrid: texts, calls, voicemail, delivery statuses, opt-outs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from nsquilio.errors import NsquilioError, worst_exit_code
from nsquilio.jobs.cancel import ask_again, cancel
from nsquilio.jobs.inbound_texts import read_messages
from nsquilio.jobs.results import Problem
from nsquilio.jobs.services import Services

COMMAND = "pull-inbound"


@dataclass(frozen=True, slots=True)
class PullResult:
    """Counts of what is new; `canceled` and `settled`: message keys; `opt_outs`: numbers."""

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

    @property
    def exit_codes(self) -> list[int]:
        return [problem.exit_code for problem in self.problems]


def pull_inbound(services: Services, *, since: date | None = None, spool: Path | None = None) -> PullResult:
    run_id = services.store.runs.begin(COMMAND, services.clock(), live=True, actor=services.actor)
    try:
        result = pull(services, services.clock(), since)
    except NsquilioError as problem:
        error = {"code": problem.code, "message": problem.message, "next": problem.next}
        services.store.runs.finish(run_id, services.clock(), problem.exit_code, {}, error=error)
        raise
    counts = {"sms": result.sms, "duplicates": result.duplicates, "statuses_updated": result.statuses_updated}
    services.store.runs.finish(run_id, services.clock(), worst_exit_code(result.exit_codes), counts)
    return replace(result, run_id=run_id)


def pull(services: Services, now: datetime, since: date | None = None) -> PullResult:
    """The reading itself, also at the start of every `remind`: without fresh opt-outs nothing is sent."""
    listed = read_messages(services, now, since)
    opted_out = services.store.blocks.opted_out()
    scheduled = [m for m in services.store.messages.scheduled() if m.to in opted_out]
    canceled = cancel(scheduled, "opted out", services) if scheduled else ask_again(services)
    return PullResult(
        sms=listed.new,
        duplicates=listed.duplicates,
        opt_outs=tuple(listed.opt_outs),
        statuses_updated=listed.statuses,
        canceled=canceled.keys,
        problems=canceled.problems,
    )
