"""What became of the texts we sent, as Twilio's list tells it: statuses, prices, and what errors teach about
a number.

Never sends or cancels anything. What somebody else sent from the account is handed on, not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from nsquilio.core.model import NOT_DELIVERED, Channel, Outcome
from nsquilio.errors import ServiceFailed
from nsquilio.jobs.services import Services
from nsquilio.remote.twilio_errors import ErrorClass, error_of, is_lost
from nsquilio.remote.twilio_rows import MessageRow
from nsquilio.store import Standing, StatusSeen, StoredMessage

FOLLOWED = timedelta(hours=72)
"""`sent` may be final, where a carrier gives no receipts (facts/twilio.md, section 2)."""

_ON_THEIR_WAY = timedelta(minutes=10)
_MOST_FETCHED = 50
_UNTOLD = "delivery.untold"
_FOR_A_PERSON = frozenset({ErrorClass.ACCOUNT, ErrorClass.IN_DOUBT})
_SID = re.compile(r"(SM|MM)[0-9a-fA-F]{32}")
_REACHED = frozenset({"delivered", "read"})
_NOT_LEFT = frozenset({"scheduled", "canceled", ""})


def follow(rows: Sequence[MessageRow], services: Services, now: datetime) -> tuple[int, list[MessageRow]]:
    """Within the transaction of the page: how many of our messages changed, and the rows of messages not
    ours.
    """
    if not rows:
        return 0, []
    known = services.store.messages.standing([row.sid for row in rows])
    ours = [row for row in rows if row.sid in known and (known[row.sid].ended or None) != row.status]
    with services.store.transaction():
        changed = services.store.messages.update_statuses(
            [_status(row, known[row.sid], now) for row in ours], now
        )
        _learn([row for row in ours if not known[row.sid].final], known, services, now)
    return changed, [row for row in rows if row.sid not in known]


def awaited_texts(services: Services, now: datetime) -> set[str]:
    """SIDs of our texts of the last days whose status may change; those Twilio keeps for later are not asked
    for.
    """
    scheduled = services.store.messages.scheduled()
    later = {message.sid for message in scheduled if (message.send_at or now) > now}
    left = {message.sid or "" for message in scheduled} - later  # handed over before the weekend, perhaps
    messages = services.store.messages
    sids = {*messages.not_final(now - FOLLOWED), *left} - {*messages.not_final(now - _ON_THEIR_WAY)}
    return {sid for sid in sids if _SID.fullmatch(sid)} - later


def follow_each(sids: Iterable[str], services: Services, now: datetime) -> int:
    """Texts that the list does not show: without a date of sending (queued ones have none) it may leave them
    out.
    """
    rows: list[MessageRow] = []
    for sid in sorted(sids)[:_MOST_FETCHED]:
        try:
            rows.append(services.twilio.fetch(sid))
        except ServiceFailed:
            continue  # the next run asks again
    return follow(rows, services, now)[0]


def _status(row: MessageRow, known: Standing, now: datetime) -> StatusSeen:
    return StatusSeen(
        sid=row.sid,
        status=row.status,
        at=row.updated_at or now,
        error_code=row.error_code or None,
        price=row.price,
        price_currency=row.price_unit or None,
        segments=row.segments or None,
        final=row.is_final,
        failed_for_good=is_lost(row.status, row.error_code),
        outcome=_outcome(row.status, known.outcome),
    )


def _outcome(status: str, known: Outcome) -> Outcome | None:
    """Only a scheduled text can turn into another outcome by itself: it leaves, or somebody cancels it."""
    if known is not Outcome.SCHEDULED:
        return None
    if status == "canceled":
        return Outcome.CANCELED
    return None if status in _NOT_LEFT else Outcome.SENT


def _learn(
    rows: Sequence[MessageRow], known: Mapping[str, Standing], services: Services, now: datetime
) -> None:
    """From messages that were not final before, so that every failure counts once."""
    told_later = []
    for row in rows:
        if row.status in NOT_DELIVERED and error_of(row.error_code).kind in _FOR_A_PERSON:
            told_later.append(row.sid)
        if row.status in NOT_DELIVERED and row.error_code:
            learn_from_error(known[row.sid].to, row.error_code, services, now)
        elif row.status in _REACHED:
            services.store.blocks.forgive_undeliverable(known[row.sid].to, Channel.SMS, now)
    if told_later:
        services.store.runs.set_cursor(_UNTOLD, " ".join([*_untold_sids(services), *told_later]))


def _untold_sids(services: Services) -> list[str]:
    return (services.store.runs.cursor(_UNTOLD) or "").split()


def take_untold(services: Services) -> tuple[StoredMessage, ...]:
    """Texts whose end a person must know of and that no run has told yet: each is given once."""
    sids = _untold_sids(services)
    if not sids:
        return ()
    services.store.runs.set_cursor(_UNTOLD, "")
    return tuple(services.store.messages.by_sids(sids).values())


def learn_from_error(number: str, code: str, services: Services, now: datetime) -> None:
    """What an error code teaches about a number: it opted out, or it cannot be reached by text."""
    if not number:
        return
    error = error_of(code)
    if error.kind is ErrorClass.OPT_OUT:
        services.store.blocks.opt_out(number, Channel.SMS, "twilio_21610", f"Twilio error {code}", now)
    elif error.kind is ErrorClass.BAD_NUMBER:
        services.store.blocks.add_undeliverable(number, Channel.SMS, f"{code}: {error.meaning}", now, code)
