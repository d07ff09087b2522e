"""One listing of Twilio's messages: stores inbound texts, applies opt-outs, and follows what was sent.

Polled with 72 hours of overlap and deduplicated by SID; the cursor moves only after the last page is stored.
Opt-outs are applied in the transaction that stores the text, so no crash can lose one. A text that Twilio has not
received in full is left while it says nothing, and completed when it was stored before. What texts mean is read in
`understand`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial

from nsquilio.core.drafts import quick
from nsquilio.core.phones import canonical
from nsquilio.errors import ServiceFailed
from nsquilio.jobs.delivery import awaited_texts, follow, follow_each
from nsquilio.jobs.opt_words import apply_no
from nsquilio.jobs.services import Services
from nsquilio.remote.twilio_rows import MessageRow, Page
from nsquilio.store import InboundSeen

OVERLAP = timedelta(hours=72)
FURTHEST = timedelta(days=399)
CURSOR = "twilio.messages"

_RECEIVING = "receiving"
_LEFT_FOR = timedelta(days=1)
"""So long an empty text may become a whole one; the overlap lists it again for two days more."""
_STORED_AT_ONCE = 25_000
"""Twenty-five pages of a catch-up: each transaction rewrites most of the index of SIDs, which have no order."""
_MOST_UNREADABLE = 20
_inbound_seen = quick(InboundSeen)


@dataclass(slots=True)
class Listed:
    """`foreign`: messages in our company's name, sent from this account, that the state file does not know.

    `unreadable`: the first rows without a SID, harmless to show.
    """

    new: int = 0
    duplicates: int = 0
    statuses: int = 0
    opt_outs: list[str] = field(default_factory=list)
    foreign: list[MessageRow] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    unreadable_count: int = 0


@dataclass(frozen=True, slots=True)
class _Page:
    """`with_media`: inbound texts whose links must be asked for."""

    texts: Sequence[InboundSeen]
    with_media: Sequence[MessageRow]
    outbound: Sequence[MessageRow]
    unreadable: Sequence[str]


@dataclass(slots=True)
class _Read:
    """Pages that are not stored yet."""

    texts: list[InboundSeen] = field(default_factory=list)
    outbound: list[MessageRow] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.texts) + len(self.outbound)


def read_messages(services: Services, now: datetime, since: date | None = None) -> Listed:
    """Reads from the cursor less the overlap on; a new state file reads as far back as Twilio keeps."""
    listed = Listed()
    missing = awaited_texts(services, now)
    start = first_day(services, CURSOR, now, since)
    read = _Read()
    prepared = partial(_prepared, services=services, now=now)
    try:
        for page in services.twilio.prepared_messages(prepared, start):
            _take(page, read, services, listed)
            missing.difference_update(row.sid for row in page.outbound if missing)
            if read.count >= _STORED_AT_ONCE:
                read = _store(read, services, now, listed)
    finally:
        _store(read, services, now, listed)  # also of a listing that breaks off: there may be a STOP in it
    services.store.runs.set_cursor(CURSOR, now.date().isoformat())
    listed.statuses += follow_each(missing, services, now)
    return listed


def first_day(services: Services, cursor: str, now: datetime, since: date | None) -> date:
    """`since` can only widen what is read, never leave a gap. A cursor ahead of the clock counts as today."""
    reached = services.store.runs.cursor(cursor)
    day = datetime.fromisoformat(reached).replace(tzinfo=UTC) - OVERLAP if reached else now - FURTHEST
    wanted = min(day, now - OVERLAP).date()
    return max(min(wanted, since or wanted), (now - FURTHEST).date())


def _prepared(page: Page[MessageRow], services: Services, now: datetime) -> _Page:
    """Done by the thread that fetches: everything about a page that needs no state file."""
    inbound = [row for row in page.rows if row.is_inbound]
    outbound = [row for row in page.rows if not row.is_inbound] if len(inbound) < len(page.rows) else []
    if services.inbound_numbers:
        inbound = [row for row in inbound if is_our_number(row.to, services)]
    if any(row.status == _RECEIVING for row in inbound):
        inbound = [row for row in inbound if not _says_nothing_yet(row, now)]
    with_media = [row for row in inbound if row.media]
    plain = [row for row in inbound if not row.media] if with_media else inbound
    return _Page(list(_seen(plain, None, services)), with_media, outbound, page.unreadable)


def _says_nothing_yet(row: MessageRow, now: datetime) -> bool:
    """Words are taken at once: they may be a STOP. So is what has no date: nobody can tell how long it has stood."""
    at = row.sent_at or row.created_at
    return row.status == _RECEIVING and not row.body and at is not None and now - at < _LEFT_FOR


def _take(page: _Page, read: _Read, services: Services, listed: Listed) -> None:
    read.texts += page.texts
    if page.with_media:
        read.texts += _seen(page.with_media, _links(page.with_media, services), services)
    read.outbound += page.outbound
    listed.unreadable += page.unreadable[: _MOST_UNREADABLE - len(listed.unreadable)]
    listed.unreadable_count += len(page.unreadable)


def _store(read: _Read, services: Services, now: datetime, listed: Listed) -> _Read:
    """In one transaction with what follows at once; returns an empty buffer."""
    if not read.count:
        return read
    with services.store.transaction():
        new, known = services.store.inbound.store_new(read.texts, now, "poll")
        completed = services.store.inbound.complete(_known(read.texts, new), now) if known else []
        changed, foreign = follow(read.outbound, services, now)
        listed.opt_outs += apply_no([*new, *completed], services, now)
    listed.new += len(new)
    listed.duplicates += known
    listed.statuses += changed
    listed.foreign += [row for row in foreign if _is_in_our_name(row, services)]
    services.progress("messages read", listed.new + listed.duplicates, 0)
    return _Read()


def _known(texts: Sequence[InboundSeen], new: Sequence[InboundSeen]) -> Sequence[InboundSeen]:
    sids = {each.sid for each in new}
    return [each for each in texts if each.sid not in sids]


def is_our_number(number: str, services: Services) -> bool:
    return not services.inbound_numbers or number in services.inbound_numbers


def _is_in_our_name(row: MessageRow, services: Services) -> bool:
    """Others may use the account too; what does not name the company is none of our reminders (spec section
    7). What was redacted names nobody any more.
    """
    return not row.body.strip() or services.rules.company.name.casefold() in row.body.casefold()


def _seen(
    rows: Sequence[MessageRow], links: Mapping[str, tuple[str, ...]] | None, services: Services
) -> Iterator[InboundSeen]:
    """`links`: None where no row has media. Written for speed: a hundred thousand of these pass in a catch-up."""
    country = services.rules.company.country
    for row in rows:
        media = row.media if links is not None else 0
        yield _inbound_seen(
            row.sid,
            "sms",
            canonical(row.sender, country=country),
            row.to,
            row.sent_at or row.created_at or row.updated_at or services.clock(),
            row.body,
            links.get(row.sid, ()) if links else (),
            row.status,
            _metadata(row, media),
            None,
            None,
            False,
        )


def _metadata(row: MessageRow, media: int) -> dict[str, object]:
    """What the record in NetSuite tells of Twilio's own besides body, status and time."""
    told: dict[str, object] = {"num_segments": row.segments}
    if media:
        told["num_media"] = media
    if row.messaging_service_sid:
        told["messaging_service_sid"] = row.messaging_service_sid
    if ":" in row.sender:  # "messenger:123" is stored without the channel's name
        told["from"] = row.sender
    return told


def _links(rows: Sequence[MessageRow], services: Services) -> dict[str, tuple[str, ...]]:
    """Links to pictures and files that are not stored yet; asked for before anything is written."""
    lacking = services.store.inbound.without_files({row.sid: row.media for row in rows})
    return {sid: _links_of(sid, services) for sid in sorted(lacking)}


def _links_of(sid: str, services: Services) -> tuple[str, ...]:
    """A list that cannot be read must not hold up the text, which may be a STOP: its own address is a link
    too.
    """
    try:
        return tuple(services.twilio.media_links(sid))
    except ServiceFailed:
        return (services.twilio.media_list_url(sid),)
