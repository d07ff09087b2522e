"""What a job is given: state file, services, rules and clock. Opened by `app`, closed by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nsquilio.core.rules import Rules
from nsquilio.jobs.sending import Pace

if TYPE_CHECKING:
    from nsquilio.remote.netsuite import NetSuite
    from nsquilio.remote.sendgrid import SendGrid
    from nsquilio.remote.twilio import Twilio
    from nsquilio.store import Store


def _nothing(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


CAREFUL = Pace(1.0, 4)


@dataclass(frozen=True, slots=True)
class Services:
    """`asked_to_stop`: why the run should end between two messages (a signal), or None.

    `progress`: told what is under way, how much is done and of how much (0: unknown).
    """

    store: Store
    netsuite: NetSuite
    twilio: Twilio
    sendgrid: SendGrid | None
    rules: Rules
    clock: Callable[[], datetime]
    directory: Path
    netsuite_account: str
    dry_run: bool = False  # the state is a copy, and nothing may be changed at any service
    pace: Pace = CAREFUL
    actor: str = "cron"
    voicemail: tuple[str, ...] = ("recordings",)
    inbound_numbers: tuple[str, ...] = ()
    netsuite_in_flight: int = 2
    log_to: str = "custom_record"  # or "nothing"
    asked_to_stop: Callable[[], str | None] = lambda: None
    progress: Callable[[str, int, int], None] = _nothing
