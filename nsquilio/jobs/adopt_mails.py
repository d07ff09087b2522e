"""Recognises planned mails that went out already, by the key each mail carries in SendGrid's logs.

One request finds what is new there; each mail to a planned address that is not known is then asked for its
key. Where the account has no logs and the state file has forgotten something, the planned mails are left to a
person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from nsquilio.core.model import TAKEN, Channel, Decision, Message, Outcome, Plan, Reason, Reminder
from nsquilio.core.recognise import Recogniser
from nsquilio.core.recognise_mail import MailAbout, mail_about
from nsquilio.errors import BadCredentials, NsquilioError, Refused, ServiceFailed
from nsquilio.jobs.foreign import arrival_day
from nsquilio.jobs.results import Tally
from nsquilio.jobs.services import Services
from nsquilio.jobs.settle import mail_id
from nsquilio.jobs.taken_over import TakenOver, leave_to_a_person
from nsquilio.remote.sendgrid import MailLog
from nsquilio.store import ForeignMessage
from nsquilio.store.past import COUNTS

CURSOR = "sendgrid.adopted"
DOUBT = "sendgrid.in_doubt"
FOREIGN = "sendgrid.foreign_seen"
REFUSED = "sendgrid.logs_refused"
OVERLAP = timedelta(hours=72)
FURTHEST = timedelta(days=60)
"""Longer than SendGrid keeps logs."""
PATIENCE = timedelta(hours=72)
"""Logs that were readable and are refused for longer are gone with the account's plan."""

_MOST_LOGS = 1000
_NO_LOGS = frozenset({403, 404, 405})


def adopt_mails(
    services: Services, plan: Plan, recogniser: Recogniser, past: TakenOver, now: datetime
) -> bool:
    """True when a planned mail was found or is left to a person, so that the plan is another one."""
    _remember(services, past, now)
    planned = [message for message in plan.messages if message.channel is Channel.EMAIL]
    if not planned or services.sendgrid is None or past.mails_wait is not None:
        return False
    try:
        seen = list(_with_keys(_logs(services, planned, now), services))
    except (ServiceFailed, BadCredentials) as problem:
        return _not_readable(problem, planned, services, recogniser, past, now)
    services.store.runs.set_cursor(REFUSED, "")
    changed = False
    for log, key in seen:
        changed |= _take(log, key, planned, services, recogniser, past, now)
    if not changed:  # else the next plan is looked at against the same logs
        services.store.runs.set_cursor(CURSOR, now.isoformat())
    return changed


def _remember(services: Services, past: TakenOver, now: datetime) -> None:
    """What this file has forgotten may be planned weeks from now: the look back stays long meanwhile."""
    if past.in_doubt:
        services.store.runs.set_cursor(DOUBT, now.isoformat())
    if past.in_doubt or past.sids or past.rebuilt.sids:
        services.store.runs.set_cursor(FOREIGN, now.isoformat())


def _at(services: Services, cursor: str) -> datetime | None:
    reached = services.store.runs.cursor(cursor)
    return datetime.fromisoformat(reached) if reached else None


# --- logs that cannot be read ---


def _not_readable(
    problem: ServiceFailed | BadCredentials,
    planned: Sequence[Message],
    services: Services,
    recogniser: Recogniser,
    past: TakenOver,
    now: datetime,
) -> bool:
    """Where they were readable before, the mails wait; where the account has none, what is in doubt goes to a
    person.
    """
    if _at(services, CURSOR) and not _are_gone(problem, services, now):
        past.mails_wait = problem
        return False
    doubtful = planned if past.in_doubt else _in_doubt(planned, services, recogniser, now)
    if not doubtful:
        return False
    if not isinstance(problem, Refused | BadCredentials):
        raise problem
    why = "it may have gone out before the state file was lost, and SendGrid's logs cannot be read"
    return leave_to_a_person(services, doubtful, why, now)


def _are_gone(problem: ServiceFailed | BadCredentials, services: Services, now: datetime) -> bool:
    """Refused for days on end: the account's plan has no logs any more, and mails cannot wait for ever."""
    if not (isinstance(problem, Refused) and problem.status in _NO_LOGS):
        return False
    since = _at(services, REFUSED)
    if since is None:
        services.store.runs.set_cursor(REFUSED, now.isoformat())
    return since is not None and now - since > PATIENCE


def _in_doubt(
    planned: Sequence[Message], services: Services, recogniser: Recogniser, now: datetime
) -> list[Message]:
    """What waited behind a limit, or is an event (a rebuilt file reads those only from the next run on), may
    have gone out before the file was lost just as well. What was tried since is known.
    """
    noticed = _at(services, DOUBT)
    if noticed is None or now - noticed > FURTHEST:
        return []
    tried = services.store.messages.key_states(r.key for message in planned for r in message.reminders)

    def is_doubtful(reminder: Reminder) -> bool:
        if reminder.key in tried:
            return False
        if reminder.occurrence and now - noticed > OVERLAP:
            return False
        return recogniser.could_tell(reminder, noticed)

    return [message for message in planned if any(map(is_doubtful, message.reminders))]


def waiting_mails(plan: Plan, problem: NsquilioError, tally: Tally) -> Plan:
    """The plan without its mails, and what a person should know about that."""
    mails = {message.key for message in plan.messages if message.channel is Channel.EMAIL}
    tally.add(
        "mails_wait",
        f"{len(mails)} mails wait: SendGrid's logs, which tell what another machine or a lost state file has sent,"
        f" cannot be read. {problem.message}",
        f"The next run looks again. {problem.next}".strip(),
        ServiceFailed.exit_code,
    )
    decisions = tuple(_without(decision, mails) for decision in plan.decisions)
    return Plan(decisions, tuple(message for message in plan.messages if message.key not in mails))


def _without(decision: Decision, mails: set[str]) -> Decision:
    kept = tuple(key for key in decision.message_keys if key not in mails)
    if kept or not decision.message_keys:
        return replace(decision, message_keys=kept)
    why = "whether the mail went out already is not known: SendGrid's logs cannot be read now"
    return replace(decision, reason=Reason.UNKNOWN_OUTCOME, detail=why, message_keys=(), not_before=None)


# --- what the logs show ---


def _logs(services: Services, planned: Sequence[Message], now: datetime) -> list[MailLog]:
    """What went to planned addresses since the last look."""
    assert services.sendgrid is not None  # noqa: S101  # the caller saw to it
    since = _since(services, now)
    wanted = {address for message in planned for address in _addresses(message.to)}
    logs = services.sendgrid.logs(since=since)
    if len(logs) >= _MOST_LOGS:
        logs = [log for address in sorted(wanted) for log in services.sendgrid.logs(to=address, since=since)]
    return [log for log in logs if log.to.strip().lower() in wanted]


def _since(services: Services, now: datetime) -> datetime:
    """The cursor says up to where planned addresses were looked at; what another file sent to those that were
    not planned that day is older.
    """
    reached, foreign = _at(services, CURSOR), _at(services, FOREIGN)
    if reached is None or (foreign is not None and now - foreign <= FURTHEST):
        return now - FURTHEST
    return min(reached, now) - OVERLAP


def _addresses(to: str) -> Iterable[str]:
    return (address.strip().lower() for address in to.split(","))


def _with_keys(logs: Sequence[MailLog], services: Services) -> Iterable[tuple[MailLog, str]]:
    """The first log of each mail that the state file does not know, and the key the mail was sent with."""
    assert services.sendgrid is not None  # noqa: S101  # the caller saw to it
    by_id = {mail_id(log.message_id): log for log in reversed(logs)}
    known = services.store.messages.by_sids(by_id)
    for sid, log in by_id.items():
        key = "" if sid in known else services.sendgrid.key_of(log.message_id)
        if key:
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
    """The reminders that the mail was for; where that is not certain, a person decides about the planned ones."""
    at, group = log.at or now, key.rpartition(":")[0]
    messages = [m for m in planned if m.key.rpartition(":")[0] == group]
    if not messages or _is_taken(key, services):
        return False
    about = _about(log, key, at, messages, services, recogniser)
    if about.unclear:
        return _ask(log, at, about, messages, services, now)
    if not about.told:
        return False
    found = _foreign(log, key, messages[0], about.told, at, services)
    if not services.store.messages.adopt(found, "adopted", now):
        return False
    past.sids.append(found.sid)
    past.numbers.update(reminder.document_number for reminder in about.told)
    return True


def _about(
    log: MailLog,
    key: str,
    at: datetime,
    messages: Sequence[Message],
    services: Services,
    recogniser: Recogniser,
) -> MailAbout:
    exact = next((message for message in messages if message.key == key), None)
    if exact is not None:
        return MailAbout(exact.reminders)
    reminders = [reminder for message in messages for reminder in message.reminders]
    if mail_id(log.message_id) in services.store.past.judgements():
        # A person was asked about this mail; what they have freed since is none of its.
        tried = services.store.messages.key_states(reminder.key for reminder in reminders)
        reminders = [reminder for reminder in reminders if reminder.key not in tried]
    return mail_about(key, log.subject, at, reminders, recogniser)


def _ask(
    log: MailLog,
    at: datetime,
    about: MailAbout,
    messages: Sequence[Message],
    services: Services,
    now: datetime,
) -> bool:
    """The mail stays unknown, as it may be about what is planned later too."""
    keys = {reminder.key for reminder in (*about.told, *about.unclear)}
    doubtful = [message for message in messages if any(r.key in keys for r in message.reminders)]
    why = f"a mail that went to this customer on {at:%Y-%m-%d at %H:%M} UTC, not from this state file, may have been it"
    with services.store.transaction():
        services.store.past.judge([(mail_id(log.message_id), log.to)], COUNTS, now)
        return leave_to_a_person(services, doubtful, why, now)


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
