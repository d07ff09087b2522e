"""What one run found out about messages that the state file did not send, and how people are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from nsquilio.core.model import Invoice, Message, Outcome
from nsquilio.errors import NsquilioError
from nsquilio.jobs.continuity import Continuity
from nsquilio.jobs.rebuild import Rebuilt
from nsquilio.jobs.results import Tally
from nsquilio.jobs.services import Services
from nsquilio.remote.twilio_rows import MessageRow
from nsquilio.store import OutcomeSeen


@dataclass(slots=True)
class TakenOver:
    """`sids`: recognised in the services' lists. `numbers`: document numbers, for people.

    `strangers`: texts that name invoices but went to no number of their customer. `unread`: without words.
    `mails_wait`: why SendGrid's logs, which were readable before, are not in this run.
    """

    continuity: Continuity
    rebuilt: Rebuilt = field(default_factory=Rebuilt)
    earliest: datetime | None = None
    sids: list[str] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    strangers: list[tuple[MessageRow, tuple[Invoice, ...]]] = field(default_factory=list)
    unread: list[MessageRow] = field(default_factory=list)
    mails_wait: NsquilioError | None = None

    @property
    def in_doubt(self) -> bool:
        """Whether this file has forgotten something that was sent, or may have."""
        if self.continuity is Continuity.LOST:
            return True
        return self.continuity is Continuity.NEW and bool(self.sids or self.rebuilt.sids)


def leave_to_a_person(services: Services, messages: Sequence[Message], why: str, now: datetime) -> bool:
    """Planned messages that may have gone out already: unknown outcomes, as after a crash. False: none."""
    chosen = list({message.key: message for message in messages}.values())
    if not chosen:
        return False
    with services.store.transaction():
        services.store.messages.commit_intents(chosen, now)
        services.store.messages.record_outcomes(
            [OutcomeSeen(message.key, Outcome.UNKNOWN, now, detail=why) for message in chosen]
        )
    return True


def tell(services: Services, past: TakenOver, tally: Tally, now: datetime) -> None:
    """A note for `status`; a state file that was lost is a problem of the run too."""
    code, text = _words(past)
    if not text:
        return
    services.store.past.note(code, text, now)
    if code == "state_rebuilt":
        what_next = (
            "Holds, accepted promises and released invoices stand in no service's list: enter them again,"
            " or put a backup of the state file in its place."
        )
        tally.add(code, text, what_next, 1)


def _words(past: TakenOver) -> tuple[str, str]:
    counts = (
        f"{len(past.sids)} from Twilio's and SendGrid's lists, {len(past.rebuilt.sids)} from NetSuite's log"
    )
    if past.rebuilt.opt_outs:
        counts += f", {past.rebuilt.opt_outs} opt-outs"
    if past.continuity is Continuity.LOST:
        return "state_rebuilt", f"The state file was lost or is an older copy. Messages read back: {counts}."
    if not (past.sids or past.rebuilt.sids or past.rebuilt.opt_outs):
        return "", ""
    if past.continuity is Continuity.NEW:
        return "state_rebuilt", f"The state file is new, but messages had gone out. Read back: {counts}."
    about = ", ".join(sorted(past.numbers)[:10])
    words = f"Messages that this state file did not send were taken over: {counts}"
    return "adopted", f"{words}{f' ({about})' if about else ''}."
