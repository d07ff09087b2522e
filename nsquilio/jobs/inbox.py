"""The inbox: the morning list of replies that need a person, and one reply with all around it.

Changes nothing: that is `inbox_decisions`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nsquilio.jobs.inbox_entries import Entry, entries_of, place
from nsquilio.jobs.inbox_ids import reply_of
from nsquilio.jobs.reply_effects import company_day
from nsquilio.jobs.services import Services
from nsquilio.store import CommunicationRow, InboundRow, OptOut

_SAID_BEFORE = 5
_WROTE_WITHIN = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class InboxList:
    """Most urgent first. `not_asked`: why NetSuite's balances are missing, or ""."""

    now: datetime
    today: date
    entries: tuple[Entry, ...]
    not_asked: str = ""


@dataclass(frozen=True, slots=True)
class InboxReply:
    """One reply with all around it. `last_text`: what we wrote before it came, and when."""

    now: datetime
    today: date
    entry: Entry
    last_text: tuple[datetime, str] | None = None
    before: tuple[InboundRow, ...] = ()
    opt_outs: tuple[OptOut, ...] = ()
    logged: tuple[CommunicationRow, ...] = ()
    not_asked: str = ""


def list_inbox(services: Services) -> InboxList:
    now = services.clock()
    entries, not_asked = entries_of(services.store.inbound.open_inbox(), services)
    return InboxList(now, company_day(now, services), tuple(sorted(entries, key=place)), not_asked)


def show_reply(services: Services, typed: str) -> InboxReply:
    now, store = services.clock(), services.store
    row = reply_of(store, typed)
    (entry,), not_asked = entries_of([row], services)
    said = store.inbound.sent_by(row.sender) if row.sender else ()
    return InboxReply(
        now,
        company_day(now, services),
        entry,
        last_text=_last_text(row, services),
        before=tuple(one for one in said if _is_before(one, row))[:_SAID_BEFORE],
        opt_outs=tuple(one for one in store.blocks.opt_outs() if row.sender and one.address == row.sender),
        logged=store.communications.about(row.sid),
        not_asked=not_asked,
    )


def _last_text(row: InboundRow, services: Services) -> tuple[datetime, str] | None:
    """To that number or about that invoice, whichever channel."""
    messages, since = services.store.messages, row.received_at - _WROTE_WITHIN
    about = row.invoice_ids or ((row.invoice_id,) if row.invoice_id else ())
    found = list(messages.last_written_to([row.sender], since)) if row.sender else []
    found += messages.written(about, since) if about else ()
    earlier = [one for one in found if one.at <= row.received_at]
    last = max(earlier, key=lambda one: one.at, default=None)
    message = messages.stored(last.message_key) if last is not None else None
    return (last.at, message.body) if last is not None and message is not None else None


def _is_before(one: InboundRow, row: InboundRow) -> bool:
    return one.sid != row.sid and one.received_at <= row.received_at and one.channel != "email_event"
