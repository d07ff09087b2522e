"""Recognises planned mails that went out already, by the key each mail carries in SendGrid's logs.

One request finds what is new there; each mail to a planned address that is not known is then asked for its
key. Where the account has no logs and the state file has forgotten something, the planned mails are left to a
person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from nsquilio.core.model import TAKEN, Channel, Message, Outcome, Plan, Reminder
from nsquilio.core.recognise import Recogniser
from nsquilio.errors import BadCredentials, Refused, ServiceFailed
from nsquilio.jobs.foreign import arrival_day
from nsquilio.jobs.services import Services
from nsquilio.jobs.settle import mail_id
from nsquilio.jobs.taken_over import TakenOver, leave_to_a_person
from nsquilio.remote.sendgrid import MailLog
from nsquilio.store import ForeignMessage

CURSOR = "sendgrid.adopted"
DOUBT = "sendgrid.in_doubt"
OVERLAP = timedelta(hours=72)
FURTHEST = timedelta(days=60)
"""Longer than SendGrid keeps logs."""

_MOST_LOGS = 1000


def adopt_mails(
    services: Services, plan: Plan, recogniser: Recogniser, past: TakenOver, now: datetime
) -> bool:
    """True when a planned mail was found or is left to a person, so that the plan is another one."""
    if past.in_doubt:
        services.store.runs.set_cursor(DOUBT, now.isoformat())
    planned = [message for message in plan.messages if message.channel is Channel.EMAIL]
    if not planned or services.sendgrid is None:
        return False
    try:
        logs = _logs(services, planned, now)
    except (ServiceFailed, BadCredentials) as problem:
        planned = planned if past.in_doubt else _events_in_doubt(planned, services, now)
        if not planned:
            return False
        if not isinstance(problem, Refused | BadCredentials):
            raise
        why = "it may have gone out before the state file was lost, and SendGrid's logs cannot be read"
        return leave_to_a_person(services, planned, why, now)
    changed = False
    for log, key in _with_keys(logs, services):
        changed |= _take(log, key, planned, services, recogniser, past, now)
    if not changed:  # else the next plan is looked at against the same logs
        services.store.runs.set_cursor(CURSOR, now.isoformat())
    return changed


def _events_in_doubt(planned: Sequence[Message], services: Services, now: datetime) -> list[Message]:
    """A rebuilt file reads events only from the next run on, once it knows since when it has been sending."""
    noticed = services.store.runs.cursor(DOUBT)
    if noticed is None or now - datetime.fromisoformat(noticed) > OVERLAP:
        return []
    return [m for m in planned if any(reminder.occurrence for reminder in m.reminders)]


def _logs(services: Services, planned: Sequence[Message], now: datetime) -> list[MailLog]:
    """What went to planned addresses since the last look."""
    assert services.sendgrid is not None  # noqa: S101  # the caller saw to it
    reached = services.store.runs.cursor(CURSOR)
    since = (datetime.fromisoformat(reached) if reached else now - FURTHEST) - OVERLAP
    wanted = {address for message in planned for address in _addresses(message.to)}
    logs = services.sendgrid.logs(since=min(since, now))
    if len(logs) >= _MOST_LOGS:
        logs = [log for address in sorted(wanted) for log in services.sendgrid.logs(to=address, since=since)]
    return [log for log in logs if log.to.strip().lower() in wanted]


def _addresses(to: str) -> Iterable[str]:
    return (address.strip().lower() for address in to.split(","))


def _with_keys(logs: Sequence[MailLog], services: Services) -> Iterable[tuple[MailLog, str]]:
    """The first log of each mail that the state file does not know, and the key the mail was sent with."""
    assert services.sendgrid is not None  # noqa: S101  # the caller saw to it
    by_id = {mail_id(log.message_id): log for log in reversed(logs)}
    known = services.store.messages.by_sids(by_id)
    for sid, log in by_id.items():
        key = "" if sid in known else services.sendgrid.key_of(log.message_id)
        if key and not _is_taken(key, services):
            yield log, key


def _is_taken(key: str, services: Services) -> bool:
    stored = services.store.messages.stored(key)
    return stored is not None and stored.outcome in TAKEN


def _take(
    log: MailLog,
    key: str,
    planned: Sequence[Message],
    services: Services,
    recogniser: Recogniser,
    past: TakenOver,
    now: datetime,
) -> bool:
    """The planned reminders that the mail was for; it was grouped as a run of its own day grouped them."""
    at = log.at or now
    group = key.rpartition(":")[0]
    messages = [m for m in planned if m.key == key or m.key.rpartition(":")[0] == group]
    exact = [m for m in messages if m.key == key]
    reminders = [
        reminder
        for message in exact or messages
        for reminder in message.reminders
        if exact or recogniser.begun(reminder.due_date, reminder.step, at)
    ]
    if not reminders:
        return False
    found = _foreign(log, key, messages[0], reminders, at, services)
    if not services.store.messages.adopt(found, "adopted", now):
        return False
    past.sids.append(found.sid)
    past.numbers.update(reminder.document_number for reminder in reminders)
    return True


def _foreign(
    log: MailLog,
    key: str,
    message: Message,
    reminders: Sequence[Reminder],
    at: datetime,
    services: Services,
) -> ForeignMessage:
    return ForeignMessage(
        key=key,
        channel=Channel.EMAIL,
        to=message.to,
        body="",
        subject=log.subject,
        customer_id=message.customer_id,
        customer=message.customer,
        step=reminders[0].step,
        reminders=tuple(reminders),
        local_day=arrival_day(at, None, None, services),
        sid=mail_id(log.message_id),
        outcome=Outcome.SENT,
        at=at,
        status=log.status or None,
    )
