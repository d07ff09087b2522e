"""One listing of Twilio's messages: stores inbound texts, applies opt-outs, and follows what was sent.

Polled with 72 hours of overlap and deduplicated by SID; the cursor moves only after the last page is stored. Opt-outs are
applied in the transaction that stores the text, so no crash can lose one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from nsquilio.core.model import Channel, Outcome
from nsquilio.core.phones import canonical
from nsquilio.core.replies import opt_word
from nsquilio.jobs.services import Services
from nsquilio.remote.twilio_errors import error_of
from nsquilio.remote.twilio_rows import MessageRow
from nsquilio.store import InboundSeen, StatusSeen

OVERLAP = timedelta(hours=72)
FURTHEST = timedelta(days=399)
CURSOR = "twilio.messages"

_OUTCOME_OF = {"canceled": Outcome.CANCELED, "scheduled": Outcome.SCHEDULED}
_MINUS = frozenset({"failed", "undelivered"})


@dataclass(slots=True)
class Listed:
    """`foreign`: messages sent from this account that the state file does not know."""

    new: list[str] = field(default_factory=list)
    duplicates: int = 0
    statuses: int = 0
    opt_outs: list[str] = field(default_factory=list)
    foreign: list[MessageRow] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)


def read_messages(services: Services, now: datetime, since: date | None = None) -> Listed:
    """Reads from the cursor less the overlap on; a new state file reads as far back as Twilio keeps."""
    listed = Listed()
    start = since or first_day(services, now)
    for page in services.twilio.messages(start):
        listed.unreadable += page.unreadable
        _take_page(page.rows, services, now, listed)
        services.progress("messages read", len(listed.new) + listed.duplicates, 0)
    services.store.runs.set_cursor(CURSOR, now.date().isoformat())
    return listed


def first_day(services: Services, now: datetime) -> date:
    cursor = services.store.runs.cursor(CURSOR)
    reached = datetime.fromisoformat(cursor).replace(tzinfo=UTC) - OVERLAP if cursor else now - FURTHEST
    return max(reached, now - FURTHEST).date()


def _take_page(rows: Sequence[MessageRow], services: Services, now: datetime, listed: Listed) -> None:
    inbound = [row for row in rows if row.is_inbound and _is_ours(row, services)]
    with services.store.transaction():
        new, known = services.store.inbound.store_page([_seen(row, services) for row in inbound], now, "poll")
        listed.new += new
        listed.duplicates += known
        listed.opt_outs += apply_opt_words([row for row in inbound if row.sid in set(new)], services, now)
        _follow([row for row in rows if not row.is_inbound], services, now, listed)


def _is_ours(row: MessageRow, services: Services) -> bool:
    return not services.inbound_numbers or row.to in services.inbound_numbers


def _seen(row: MessageRow, services: Services) -> InboundSeen:
    at = row.sent_at or row.created_at or row.updated_at
    return InboundSeen(
        sid=row.sid,
        channel="sms",
        sender=canonical(row.sender, country=services.rules.company.country),
        recipient=row.to,
        received_at=at or services.clock(),
        body=row.body,
        status=row.status,
        details={"num_media": row.media, "num_segments": row.segments} if row.media else {},
    )


def apply_opt_words(rows: Iterable[MessageRow], services: Services, now: datetime) -> list[str]:
    """Applies STOP and START of the senders; returns the numbers that are newly opted out."""
    country = services.rules.company.country
    senders = {canonical(row.sender, country=country) for row in rows if opt_word(row.body)}
    return [sender for sender in sorted(senders) if _replayed(sender, services, now)]


def _replayed(sender: str, services: Services, now: datetime) -> bool:
    """The last word counts, whatever the order in which pages bring a sender's texts."""
    texts = services.store.inbound.sent_by(sender)
    for text in texts:
        word = opt_word(text.body)
        if word is None:
            continue
        source = f"text {text.sid} of {text.received_at:%Y-%m-%d}"
        if word.is_out:
            kind = "keyword" if word.keyword else "wording"
            return services.store.blocks.opt_out(sender, Channel.SMS, kind, source, now)
        services.store.blocks.opt_in(sender, Channel.SMS, source, now)
        return False
    return False


def _follow(rows: Sequence[MessageRow], services: Services, now: datetime, listed: Listed) -> None:
    """Delivery statuses of what was sent, and what somebody else sent."""
    known = services.store.messages.by_sids([row.sid for row in rows])
    listed.foreign += [row for row in rows if row.sid not in known]
    ours = [row for row in rows if row.sid in known]
    listed.statuses += services.store.messages.update_statuses([_status(row, now) for row in ours], now)
    for row in ours:
        if row.status in _MINUS and row.error_code:
            learn_from_error(row.to, row.error_code, services, now)


def _status(row: MessageRow, now: datetime) -> StatusSeen:
    failed = row.status in _MINUS
    return StatusSeen(
        sid=row.sid,
        status=row.status,
        at=row.updated_at or now,
        error_code=row.error_code or None,
        price=abs(row.price) if row.price is not None else None,
        price_currency=row.price_unit.upper() or None,
        segments=row.segments or None,
        final=row.is_final,
        failed_for_good=failed and error_of(row.error_code).for_good,
        outcome=_OUTCOME_OF.get(row.status),
    )


def learn_from_error(number: str, code: str, services: Services, now: datetime) -> None:
    """What an error code teaches about a number: it opted out, or it cannot be reached by text."""
    error = error_of(code)
    if code == "21610":
        services.store.blocks.opt_out(number, Channel.SMS, "twilio_21610", "Twilio error 21610", now)
    elif error.for_good:
        services.store.blocks.add_undeliverable(number, Channel.SMS, f"{code}: {error.meaning}", now, code)
