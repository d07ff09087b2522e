"""Takes scheduled texts back: paid, changed, held or opted out since they were handed to Twilio.

The wish is written down before Twilio is asked, so a cancel that fails is asked again by every later run
until the text is canceled or has left.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nsquilio.core.model import Outcome
from nsquilio.errors import ServiceFailed
from nsquilio.jobs.results import Problem
from nsquilio.jobs.services import Services
from nsquilio.remote.twilio import Canceling
from nsquilio.store import OutcomeSeen, StoredMessage


@dataclass(frozen=True, slots=True)
class Canceled:
    """`keys`: of the messages that will not leave."""

    keys: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def cancel(messages: Iterable[StoredMessage], reason: str, services: Services) -> Canceled:
    """Marks these scheduled texts as not wanted and asks Twilio to stop them. A dry run only marks."""
    mark(messages, reason, services)
    return ask_again(services)


def mark(messages: Iterable[StoredMessage], reason: str, services: Services) -> None:
    """Writes the wish down; `ask_again` asks Twilio for it."""
    keys = [message.key for message in messages]
    if keys:
        services.store.messages.mark_cancel_wanted(keys, reason, services.clock())


def ask_again(services: Services) -> Canceled:
    """Asks for every cancel that is wanted and not known to have happened."""
    wanted = services.store.messages.cancel_wanted()
    if services.dry_run:
        services.store.messages.record_outcomes([_canceled(message, services) for message in wanted])
        return Canceled(tuple(message.key for message in wanted))
    answers = [(message, _asked(message, services)) for message in wanted]
    done = [message for message, answer in answers if answer is Canceling.CANCELED]
    late = [message for message, answer in answers if answer is Canceling.TOO_LATE]
    with services.store.transaction():
        if done:
            services.store.messages.record_outcomes([_canceled(message, services) for message in done])
        if late:
            services.store.messages.record_outcomes([_left(message, services) for message in late])
    open_ones = [message for message, answer in answers if answer is Canceling.UNKNOWN]
    problems = (*_too_late(late), *_not_yet(open_ones))
    return Canceled(tuple(message.key for message in done), problems)


def _asked(message: StoredMessage, services: Services) -> Canceling:
    if not message.sid:
        return Canceling.UNKNOWN
    try:
        return services.twilio.cancel(message.sid)
    except ServiceFailed:
        return Canceling.UNKNOWN


def _canceled(message: StoredMessage, services: Services) -> OutcomeSeen:
    return OutcomeSeen(
        message.key, Outcome.CANCELED, services.clock(), status="canceled", detail=_why(message)
    )


def _left(message: StoredMessage, services: Services) -> OutcomeSeen:
    return OutcomeSeen(
        message.key, Outcome.SENT, services.clock(), sid=message.sid, detail="left before the cancel"
    )


def _why(message: StoredMessage) -> str:
    return message.canceled_reason or "canceled"


def _names(message: StoredMessage) -> str:
    return ", ".join(reminder.document_number for reminder in message.reminders)


def _too_late(messages: Sequence[StoredMessage]) -> list[Problem]:
    return [
        Problem(
            "cancel_too_late",
            f"{_names(m)} ({m.customer}): the text had left before it could be canceled ({_why(m)})",
            "Tell the customer, if it matters; nothing more will be sent for this step.",
            1,
        )
        for m in messages
    ]


def _not_yet(messages: Sequence[StoredMessage]) -> list[Problem]:
    return [
        Problem(
            "cancel_open",
            f"{_names(m)} ({m.customer}): Twilio did not confirm that the text is canceled ({_why(m)})",
            "Every remind and pull-inbound asks again until it leaves.",
            1,
        )
        for m in messages
    ]


def scheduled_for(
    services: Services, *, invoice_id: str | None = None, customer_id: str | None = None
) -> list[StoredMessage]:
    """Scheduled texts about that invoice, or to that customer."""
    return [
        message
        for message in services.store.messages.scheduled()
        if (invoice_id is not None and invoice_id in message.invoice_ids)
        or (customer_id is not None and customer_id == message.customer_id)
    ]
