"""What an analyst and a monitor want to know in the morning, from the state file alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from nsquilio.core.model import NOT_DELIVERED, Hold
from nsquilio.core.rules import Rules
from nsquilio.remote.twilio_errors import error_of
from nsquilio.store import (
    InboundRow,
    PromiseRow,
    RunRow,
    Store,
    StoredMessage,
    UndeliverableRow,
    WaitingRow,
    reporting,
)
from nsquilio.store.communications import LOG_CURSOR

# What results hold; renderers know them by these names and never reach the store.
MessageSeen = StoredMessage
WaitingSeen = WaitingRow
PromiseSeen = PromiseRow
InboxSeen = InboundRow
AddressSeen = UndeliverableRow
RunSeen = RunRow

RECENT_RUNS = 8
LOOK_BACK = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class StatusResult:
    """`failed`: refused or undeliverable messages of the last two weeks. `notes`: what runs found out.

    `unlogged`: records that `log-replies` has to write, or to look at. `certificate_days_left`: None when no
    certificate is kept here. `newest_good`: start of the last good `remind`. `numbers`, `names`: document
    numbers and customers of the promises and the inbox, by id.
    """

    now: datetime
    runs: tuple[RunRow, ...]
    waiting: tuple[WaitingRow, ...]
    expired: tuple[WaitingRow, ...]
    unknown: tuple[StoredMessage, ...]
    scheduled: tuple[StoredMessage, ...]
    failed: tuple[StoredMessage, ...]
    inbox: tuple[InboundRow, ...]
    holds: tuple[Hold, ...]
    promises_due: tuple[PromiseRow, ...]
    promises_broken: tuple[PromiseRow, ...]
    undeliverable: tuple[UndeliverableRow, ...]
    parked: int
    unlogged: int
    certificate_days_left: int | None
    audit_head: str
    newest_good: datetime | None
    notes: tuple[str, ...]
    is_too_old: bool
    last_remind: RunRow | None = None
    numbers: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def status(
    store: Store,
    rules: Rules,
    now: datetime,
    max_age: timedelta | None,
    certificate_end: datetime | None,
    *,
    is_logged: bool = True,
) -> StatusResult:
    """`is_logged`: whether communications go to NetSuite at all (`netsuite.log.to`)."""
    today = now.astimezone(ZoneInfo(rules.company.time_zone)).date()
    good = store.runs.last_good("remind")
    seq, digest = store.trail.head()
    promises = store.blocks.promises(("draft", "accepted", "broken"))
    due = tuple(p for p in promises if p.state != "broken" and p.promised_on == today)
    broken = tuple(p for p in promises if p.state == "broken")
    inbox = store.inbound.open_inbox()
    since = now - LOOK_BACK
    logged = store.communications.counts() if is_logged else {}
    return StatusResult(
        now=now,
        runs=store.runs.recent(RECENT_RUNS),
        waiting=store.runs.waiting(),
        expired=store.runs.expired(since),
        unknown=store.messages.open_outcomes(),
        scheduled=store.messages.scheduled(),
        failed=tuple(_with_reason(message) for message in store.messages.failures(since)),
        inbox=inbox,
        holds=store.blocks.holds(today),
        promises_due=due,
        promises_broken=broken,
        undeliverable=store.blocks.undeliverable_rows(),
        parked=logged.get("parked", 0),
        unlogged=logged.get("waiting", 0) + (_to_look_at(store) if is_logged else 0),
        certificate_days_left=(certificate_end - now).days if certificate_end else None,
        audit_head=f"{seq}:{digest}",
        newest_good=good.started_at if good else None,
        notes=_notes(store, since),
        is_too_old=max_age is not None and (good is None or now - good.started_at > max_age),
        last_remind=store.runs.last("remind", live=True),
        numbers=_numbers(store, (*due, *broken)),
        names=_names(store, (*due, *broken), inbox),
    )


def _with_reason(message: StoredMessage) -> StoredMessage:
    """A refusal came with its words; of a text that failed later only the code is known."""
    if message.status not in NOT_DELIVERED or not message.error_code:
        return message
    return replace(message, detail=f"{message.status}: {error_of(message.error_code).meaning}")


def _to_look_at(store: Store) -> int:
    return store.communications.to_look_at(int(store.runs.cursor(LOG_CURSOR) or 0))


def _notes(store: Store, since: datetime) -> tuple[str, ...]:
    """What runs found out about the past, and texts that a person has to judge before the next run."""
    asked = (
        f"{sid} may be a reminder that went to a strange number:"
        f" `nsquilio resolve {sid} --sent` (it was) or `--resend` (it was not)"
        for sid in store.past.open_ones(since)
    )
    told = (f"{note.at:%Y-%m-%d %H:%M} UTC: {note.text}" for note in store.past.notes(since))
    return (*asked, *told)


def _numbers(store: Store, promises: Sequence[PromiseRow]) -> dict[str, str]:
    ids = sorted({promise.invoice_id for promise in promises if promise.invoice_id})
    return reporting.document_numbers(store, ids) if ids else {}


def _names(store: Store, promises: Sequence[PromiseRow], inbox: Sequence[InboundRow]) -> dict[str, str]:
    ids = {promise.customer_id for promise in promises} | {
        row.customer_id for row in inbox if row.customer_id
    }
    return reporting.customer_names(store, sorted(ids)) if ids else {}
