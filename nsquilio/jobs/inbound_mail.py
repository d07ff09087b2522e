"""What SendGrid knows of our mails since: who cannot be reached, who complained, who left, what arrived.

Mails themselves are answered to the company's own mailbox; nobody can poll those from SendGrid. The account
may serve others too: their addresses are kept from being written to, but only addresses we wrote to become
communications.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nsquilio.core.model import Channel
from nsquilio.errors import Refused, ServiceFailed
from nsquilio.jobs.inbound_texts import FURTHEST, OVERLAP
from nsquilio.jobs.results import Problem
from nsquilio.jobs.services import Services
from nsquilio.remote.sendgrid import SUPPRESSIONS, MailLog, SendGrid, Suppression
from nsquilio.store import InboundSeen, Reading, StatusSeen

GROUPS = "groups"
LISTS = (*SUPPRESSIONS, GROUPS)

_MOST_LOGS = 1000
_REMEMBERED = timedelta(days=45)
_OPT_OUTS = {"unsubscribes": "unsubscribe", "spam_reports": "spam"}
_DEAD = frozenset({"bounces", "invalid_emails"})
_FINAL = frozenset({"delivered", "dropped", "bounced", "blocked"})
_LOST = frozenset({"dropped", "bounced"})
_TEXT_SID = re.compile(r"[A-Z]{2}[0-9a-f]{32}")


@dataclass(slots=True)
class Mailed:
    """`opt_outs`: addresses that are newly opted out."""

    events: int = 0
    duplicates: int = 0
    statuses: int = 0
    opt_outs: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def awaited_mails(services: Services, now: datetime) -> list[str]:
    """Ids of our mails of the last days that may still bounce or arrive."""
    if services.sendgrid is None:
        return []
    return [sid for sid in services.store.messages.not_final(now - OVERLAP) if not _TEXT_SID.fullmatch(sid)]


def lists_due(services: Services) -> tuple[str, ...]:
    """The list that was not read for longest; all that were never read."""
    read_at = {name: services.store.runs.cursor(_read_at(name)) or "" for name in LISTS}
    never = tuple(name for name, at in read_at.items() if not at)
    return never or (min(LISTS, key=lambda name: read_at[name]),)


def read_mail(services: Services, now: datetime, lists: Iterable[str], awaited: Sequence[str]) -> Mailed:
    """Reads these lists, and the logs when mails are awaited. Never raises: texts matter more."""
    mailed = Mailed()
    if services.sendgrid is None:
        return mailed
    for name in lists:
        try:
            _read_list(services.sendgrid, name, services, now, mailed)
        except ServiceFailed as problem:
            mailed.problems.append(_not_read(name.replace("_", " "), problem))
    if awaited:
        try:
            _read_logs(services.sendgrid, awaited, services, now, mailed)
        except Refused:
            pass  # the account's plan has no logs; bounces come by their list
        except ServiceFailed as problem:
            mailed.problems.append(_not_read("logs", problem))
    return mailed


def _not_read(what: str, problem: ServiceFailed) -> Problem:
    code = 1 if isinstance(problem, Refused) else problem.exit_code
    words = f"SendGrid's {what} could not be read: {problem.message}"
    return Problem("mail_not_read", words, problem.next or "Nothing is lost: the next run reads on.", code)


def _read_at(name: str) -> str:
    return f"sendgrid.{name}.read"


def _read_list(sendgrid: SendGrid, name: str, services: Services, now: datetime, mailed: Mailed) -> None:
    if name == GROUPS:
        for addresses in sendgrid.unsubscribed_addresses():
            _take(_unknown(addresses, services), services, now, mailed)
    else:
        for page in sendgrid.suppressions(name, _since(name, services, now)):
            _take(page, services, now, mailed)
    services.store.runs.set_cursor(_read_at(name), now.isoformat())


def _since(name: str, services: Services, now: datetime) -> datetime:
    read_at = services.store.runs.cursor(_read_at(name))
    since = datetime.fromisoformat(read_at) - OVERLAP if read_at else now - FURTHEST
    return max(min(since, now - OVERLAP), now - FURTHEST)


def _unknown(addresses: Sequence[str], services: Services) -> list[Suppression]:
    """The list of the groups has no times, so it is told by what is opted out already."""
    opted_out = services.store.blocks.opted_out()
    return [Suppression("unsubscribes", one, "", None) for one in addresses if one.lower() not in opted_out]


def _take(page: Sequence[Suppression], services: Services, now: datetime, mailed: Mailed) -> None:
    """One page in one transaction; each entry has its effect once, however often it is listed."""
    seen = {_sid(one): one for one in page}
    known = services.store.inbound.known(seen)
    fresh = {sid: one for sid, one in seen.items() if sid not in known}
    mailed.duplicates += len(known)
    if not fresh:
        return
    ours = mailed_to(services, now)
    with services.store.transaction():
        events = [_event(sid, one, now) for sid, one in fresh.items() if one.email.lower() in ours]
        mailed.events += len(services.store.inbound.store_page(events, now, "poll")[0])
        for one in fresh.values():
            if _apply(one, services, now):
                mailed.opt_outs.append(one.email.lower())


def mailed_to(services: Services, now: datetime) -> dict[str, set[str]]:
    """Each address that was written to lately, with the recipients its mails are stored under: a mail to
    several addresses is one message to all of them.
    """
    recent = services.store.messages.contacts((now - _REMEMBERED).date())
    mailed: dict[str, set[str]] = {}
    for contact in recent:
        if contact.channel is Channel.EMAIL:
            for address in addresses_in(contact.recipient):
                mailed.setdefault(address, set()).add(contact.recipient)
    return mailed


def addresses_in(recipients: str) -> list[str]:
    return [address.strip().lower() for address in recipients.split(",")]


def _apply(one: Suppression, services: Services, now: datetime) -> bool:
    """Whether the address is newly opted out."""
    address, blocks = one.email.lower(), services.store.blocks
    kind = _OPT_OUTS.get(one.kind)
    if kind is not None:
        source = f"SendGrid {one.kind.replace('_', ' ')}"
        return blocks.opt_out(address, Channel.EMAIL, kind, source, now)
    if one.kind in _DEAD and address not in blocks.undeliverable():
        why = f"{one.kind.replace('_', ' ')}: {one.reason or 'no reason given'}"
        blocks.add_undeliverable(address, Channel.EMAIL, why, now)
    return False


def _sid(one: Suppression) -> str:
    """SendGrid gives these no id: the list, the address and the time are one."""
    at = one.at.isoformat() if one.at else ""
    digest = hashlib.sha256(f"{one.kind}|{one.email.lower()}|{at}".encode("utf-8", "replace")).hexdigest()
    return f"sg-{one.kind.replace('_', '-')}-{digest[:24]}"


def _event(sid: str, one: Suppression, now: datetime) -> InboundSeen:
    is_no = one.kind in _OPT_OUTS
    return InboundSeen(
        sid=sid,
        channel="email_event",
        sender=one.email.lower(),
        recipient="",
        received_at=one.at or now,
        body=one.reason,
        status=one.kind,
        reading=Reading("opt_out" if is_no else "other", f"sendgrid.{one.kind}"),
    )


def _read_logs(
    sendgrid: SendGrid, awaited: Sequence[str], services: Services, now: datetime, mailed: Mailed
) -> None:
    rows = sendgrid.logs(since=now - OVERLAP - timedelta(hours=1))
    if len(rows) >= _MOST_LOGS:  # they cannot be paged, so the rest is asked for by recipient
        by_sid = services.store.messages.by_sids(awaited)
        for address in sorted({address for one in by_sid.values() for address in one.to.split(", ")}):
            rows += sendgrid.logs(to=address, since=now - OVERLAP)
    seen = [status for sid in awaited if (status := _status(sid, rows, now)) is not None]
    mailed.statuses += services.store.messages.update_statuses(seen, now)


def _status(sid: str, rows: Sequence[MailLog], now: datetime) -> StatusSeen | None:
    """A mail to several addresses is a row each: the worst of them is the mail's."""
    own = [row for row in rows if row.message_id.startswith(sid)]
    if not own:
        return None
    row = max(own, key=lambda one: (one.status in _LOST, one.status in _FINAL, one.status))
    is_final = all(one.status in _FINAL for one in own)
    is_lost = is_final and all(one.status in _LOST for one in own)
    at = row.at or now
    return StatusSeen(sid=sid, status=row.status, at=at, final=is_final, failed_for_good=is_lost)
