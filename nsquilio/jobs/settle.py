"""Finds out what became of messages whose outcome nobody knows. They are never sent again without that."""

from __future__ import annotations

from dataclasses import dataclass

from nsquilio.core.model import Outcome
from nsquilio.jobs.results import Problem
from nsquilio.jobs.services import Services
from nsquilio.store import OutcomeSeen


@dataclass(frozen=True, slots=True)
class Settled:
    keys: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def settle(services: Services) -> Settled:
    """The intents of a run that died become unknown."""
    now = services.clock()
    dead = [m for m in services.store.messages.open_outcomes() if m.outcome is Outcome.INTENT]
    if dead:
        why = "the run ended before its answer"
        services.store.messages.record_outcomes(
            [OutcomeSeen(m.key, Outcome.UNKNOWN, now, detail=why) for m in dead]
        )
    return Settled()
