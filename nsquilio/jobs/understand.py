"""Reads what came in: what each message says, whose it is, which invoice it is about, and what follows from
that.

Reading, match and effects of a batch are one transaction, so a crash leaves each message either untouched or
done. Only the customer's opt-out box in NetSuite is written afterwards, and asked for again until it is.
Polling (`pull_inbound`) has applied STOP and START before; here every wording counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from nsquilio.jobs.follow_up import follow_up
from nsquilio.jobs.opt_out_box import write_boxes
from nsquilio.jobs.results import Problem
from nsquilio.jobs.scheduled import check_scheduled
from nsquilio.jobs.services import Services
from nsquilio.store import InboundRow

BATCH = 5_000
"""Rows whose senders are looked up together: large enough for few queries, small enough for memory."""


@dataclass(slots=True)
class Understood:
    """`read`: messages looked at. `canceled`: keys of scheduled texts that must not leave now."""

    read: int = 0
    holds: int = 0
    opt_outs: list[str] = field(default_factory=list)
    canceled: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def understand(services: Services) -> Understood:
    """Everything not read or matched yet. Raises when NetSuite cannot be asked; nothing is half done then."""
    understood = Understood()
    rows = _waiting(services)
    if rows:
        from nsquilio.jobs.hearing import read_batch  # its tables of words take a tenth of a second to load
        from nsquilio.jobs.rebuild import adopt_replies

        adopt_replies(services)
    while rows:
        holds, opt_outs = read_batch(rows, services)
        understood.read += len(rows)
        understood.holds += holds
        understood.opt_outs += opt_outs
        services.progress("messages understood", understood.read, 0)
        rows = _waiting(services)
    understood.problems += write_boxes(services)
    follow_up(services)
    if understood.holds or understood.opt_outs:
        canceled = check_scheduled(services)
        understood.canceled = canceled.keys
        understood.problems += canceled.problems
    return understood


def _waiting(services: Services) -> list[InboundRow]:
    """Not read, or read elsewhere and not matched; a voicemail waits for its words."""
    inbound = services.store.inbound
    rows = {row.sid: row for row in (*inbound.unread(BATCH), *inbound.unmatched(BATCH))}
    return [row for row in rows.values() if row.transcript_state != "awaited"]
