"""Finds out what became of messages whose outcome nobody knows. They are never sent again without that.

Twilio has no key that makes a send safe to repeat, but it lists what it took: a text is looked up by its
recipient, without dates, because what is scheduled or queued has no date of sending (facts,
delivery-and-storage §2.3). Lists lag, so what is not there is looked for again; after two looks ten minutes
apart a person decides, and it is looked for all the same. Mails are looked up in SendGrid's logs, where the
account has them. Nothing is sent here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nsquilio.core.model import Channel, Outcome
from nsquilio.core.same_text import are_all_named, is_same_text
from nsquilio.errors import BadCredentials, Refused, ServiceFailed
from nsquilio.jobs.cancel import cancel
from nsquilio.jobs.delivery import follow, take_untold
from nsquilio.jobs.foreign import adopted_copy, outcome_of
from nsquilio.jobs.refused_texts import problems_of
from nsquilio.jobs.results import Problem
from nsquilio.jobs.services import Services
from nsquilio.remote.twilio_errors import is_lost
from nsquilio.remote.twilio_rows import MessageRow
from nsquilio.store import OutcomeSeen, StoredMessage

LOOKS = 2
APART = timedelta(minutes=10)
EARLIER = timedelta(minutes=15)
"""A text cannot have been taken before its intent was written; clocks differ by a little less than this."""


@dataclass(slots=True)
class Settled:
    """`keys`: of the messages found. `problems`: what a person should know, `news`: what was not so before
    this look.
    """

    keys: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    news: list[Problem] = field(default_factory=list)

    def tell(self, problem: Problem, *, is_new: bool = True) -> None:
        self.problems.append(problem)
        if is_new:
            self.news.append(problem)


def settle(services: Services) -> Settled:
    """Looks up every unknown outcome, and every intent of a run that died. Raises when Twilio's list cannot
    be read.

    Whoever calls it holds the run lock, so no intent is of a run that still lives.
    """
    settled = Settled()
    _end_dead_intents(services)
    open_ones = services.store.messages.open_outcomes()
    by_recipient: dict[str, list[StoredMessage]] = {}
    for message in open_ones:
        if message.channel is Channel.SMS:
            by_recipient.setdefault(message.to, []).append(message)
    for number, messages in by_recipient.items():
        _settle_texts(number, messages, services, settled)
    for message in open_ones:
        if message.channel is Channel.EMAIL:
            _settle_mail(message, services, settled)
    for problem in [] if services.dry_run else problems_of(take_untold(services)):
        settled.tell(problem)
    return settled


def _end_dead_intents(services: Services) -> None:
    now = services.clock()
    dead = [m for m in services.store.messages.open_outcomes() if m.outcome is Outcome.INTENT]
    why = "the run ended before its answer"
    services.store.messages.record_outcomes(
        [OutcomeSeen(m.key, Outcome.UNKNOWN, now, detail=why) for m in dead]
    )


# --- texts ---


def _settle_texts(
    number: str, messages: Sequence[StoredMessage], services: Services, settled: Settled
) -> None:
    """Each text takes the oldest row that fits and that no other has; a second one for the same text is an
    incident.
    """
    rows = _unknown_rows(number, services)
    taken: dict[str, MessageRow] = {}
    for message in messages:
        fitting = _fitting(message, rows, services)
        if fitting:
            taken[message.key] = fitting[0]
            rows.remove(fitting[0])
    for message in messages:
        row = taken.get(message.key)
        if row is None:
            _not_found(message, "Twilio's list", services, settled)
            continue
        _found(message, row, services)
        settled.keys.append(message.key)
        doubles = [
            double for double in _fitting(message, rows, services) if is_same_text(message.body, double.body)
        ]
        for double in doubles:
            rows.remove(double)
        if doubles:
            settled.tell(_doubled(message, doubles, services))


def _unknown_rows(number: str, services: Services) -> list[MessageRow]:
    """Everything that went to the number from this account and that the state file does not know, oldest
    first.
    """
    rows = {
        row.sid: row
        for page in services.twilio.messages(to=number)
        for row in page.rows
        if not row.is_inbound
    }
    known = services.store.messages.by_sids(rows)
    ours = [row for sid, row in rows.items() if sid not in known and services.twilio.is_from_our_sender(row)]
    return sorted(ours, key=lambda row: (row.created_at is None, row.created_at, row.sid))


def _fitting(message: StoredMessage, rows: Sequence[MessageRow], services: Services) -> list[MessageRow]:
    """The rows that may be this text: those with the same words, else those that can be no other."""
    since = _not_before(message, services)
    late_enough = [row for row in rows if row.created_at is None or row.created_at >= since]
    same = [row for row in late_enough if is_same_text(message.body, row.body)]
    return same or [row for row in late_enough if _may_be_changed(message, row)]


def _not_before(message: StoredMessage, services: Services) -> datetime:
    """The intent's time on Twilio's clock, with room. Our clock may have been set since: the earlier reading
    counts.
    """
    skew = services.twilio.skew or timedelta()
    return message.intent_at - EARLIER + min(skew, timedelta())


def _may_be_changed(message: StoredMessage, row: MessageRow) -> bool:
    """Words that were replaced on the way, or redacted: the invoices' numbers decide, or there is nothing
    left to read.
    """
    named = [reminder.document_number for reminder in message.reminders]
    shown = [number for number in named if are_all_named([number], message.body)]
    if row.body.strip():
        return are_all_named(shown, row.body)
    return row.created_at is not None and row.created_at <= message.intent_at + EARLIER


def _found(message: StoredMessage, row: MessageRow, services: Services) -> None:
    now = services.clock()
    seen = OutcomeSeen(
        message.key,
        outcome_of(row),
        now,
        sid=row.sid,
        status=row.status,
        error_code=row.error_code or None,
        detail="found in Twilio's list",
        segments=row.segments or None,
        price=row.price,
        price_currency=row.price_unit or None,
        failed_for_good=is_lost(row.status, row.error_code),
    )
    with services.store.transaction():
        services.store.messages.record_outcomes([seen])
        follow([row], services, now)


def _doubled(message: StoredMessage, doubles: Sequence[MessageRow], services: Services) -> Problem:
    """Twilio took the same text more than once. What has not left is stopped; the rest is written down."""
    now = services.clock()
    sids = [row.sid for row in doubles]
    with services.store.transaction():
        for row in doubles:
            services.store.messages.adopt(adopted_copy(message, row), "adopted", now)
        ids = {"message": message.key, "sids": sids}
        services.store.trail.append("incident.duplicate", now, ids=ids, refs=[f"message:{message.key}"])
    waiting = [m for m in services.store.messages.by_sids(sids).values() if m.outcome is Outcome.SCHEDULED]
    stopped = cancel(waiting, "a second text for the same reminder", services).keys if waiting else ()
    words = f"{_who(message)}: Twilio has the text {len(doubles) + 1} times; {len(stopped)} canceled in time"
    return Problem("duplicate_detected", words, f"`nsquilio audit show {message.key}` has all of it.", 1)


# --- mails ---


def _settle_mail(message: StoredMessage, services: Services, settled: Settled) -> None:
    try:
        sid = _mail_in_logs(message, services)
    except (Refused, BadCredentials):
        _not_found(message, "SendGrid's logs, which this account cannot read", services, settled)
        return
    except ServiceFailed as problem:
        settled.tell(_still_unknown(message, f"SendGrid's logs failed: {problem.message}"), is_new=False)
        return
    if sid is None:
        _not_found(message, "SendGrid's logs", services, settled)
        return
    now = services.clock()
    seen = OutcomeSeen(message.key, Outcome.SENT, now, sid=sid, detail="found in SendGrid's logs")
    services.store.messages.record_outcomes([seen])
    settled.keys.append(message.key)


def _mail_in_logs(message: StoredMessage, services: Services) -> str | None:
    """The id the mail would have been answered with; SendGrid's own ids begin with it."""
    if services.sendgrid is None:
        raise Refused("No e-mail service is set up any more.")
    since = _not_before(message, services)
    for address in message.to.split(","):
        for log in services.sendgrid.logs(to=address.strip(), since=since):
            if services.sendgrid.key_of(log.message_id) == message.key:
                return mail_id(log.message_id)
    return None


def mail_id(log_id: str) -> str:
    """`X-Message-Id` out of `sg_message_id`: what stands before the part that SendGrid's servers add."""
    for mark in (".recvd", ".filter"):
        before, found, _after = log_id.partition(mark)
        if found:
            return before
    return log_id


# --- what nobody knows yet ---


def _not_found(message: StoredMessage, where: str, services: Services, settled: Settled) -> None:
    now = services.clock()
    looks = message.looks
    if message.looked_at is None or abs(now - message.looked_at) >= APART:
        looks = services.store.messages.looked(message.key, now)
    if looks < LOOKS:
        settled.tell(_still_unknown(message, f"not in {where} yet"), is_new=False)
        return
    settled.tell(_a_person_decides(message, where), is_new=message.looks < LOOKS)


def _still_unknown(message: StoredMessage, why: str) -> Problem:
    return Problem(
        "unknown_outcome",
        f"{_who(message)}: nobody knows yet whether it went out: {why}",
        "It is not sent again; every run looks it up, ten minutes from now a person is asked.",
        1,
    )


def _a_person_decides(message: StoredMessage, where: str) -> Problem:
    return Problem(
        "unknown_outcome",
        f"{_who(message)}: whether it went out is unknown: looked for twice, not in {where}",
        "Ask the customer or look in the service's console, then"
        f" `nsquilio resolve {message.key} --sent` or `--resend`.",
        1,
    )


def _who(message: StoredMessage) -> str:
    numbers = ", ".join(reminder.document_number for reminder in message.reminders)
    return f"{numbers} ({message.customer}, {message.channel})"
