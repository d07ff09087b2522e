"""What to do when Twilio takes texts and refuses them afterwards for the whole account or its sender.

With a Messaging Service such a refusal comes as the delivery status, when the run is over (facts/twilio.md, section 3).
From then on a run keeps its texts planned, but for one that finds out whether all is well again: once a day, or when
a person narrows the run. Whatever gets through ends it. Decides only about texts; sends and writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from nsquilio.core.inputs import Inputs, Narrowing
from nsquilio.core.model import Channel, Message
from nsquilio.jobs.results import Problem
from nsquilio.remote.twilio_errors import ErrorClass, TwilioError, codes_of, error_of
from nsquilio.store import Store, StoredMessage

LOOK_BACK = timedelta(days=14)
TRY_EVERY = timedelta(hours=20)  # a nightly run is not always a whole day after the last
NO_RECEIPT = timedelta(hours=1)
"""A carrier without receipts leaves a text at `sent`; after so long nothing worse came."""

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Refusal:
    """The newest text that was refused so, with none that got through since. `tried_at`: of the last text at all."""

    text: StoredMessage
    error: TwilioError
    tried_at: datetime

    @property
    def words(self) -> str:
        numbers = ", ".join(reminder.document_number for reminder in self.text.reminders) or self.text.key
        return (
            f"Twilio refused the last texts afterwards: {self.error.meaning} ({self.error.code}; {numbers} on"
            f" {self.text.intent_at:%Y-%m-%d})"
        )


def refusal_now(store: Store, now: datetime) -> Refusal | None:
    refused = store.messages.lost_texts(codes_of(ErrorClass.ACCOUNT), now - LOOK_BACK)
    if not refused:
        return None
    newest = max(refused, key=lambda text: text.intent_at)
    if store.messages.got_through(newest, now - NO_RECEIPT):
        return None
    tried_at = store.messages.last_text_at(newest.intent_at) or newest.intent_at
    return Refusal(newest, error_of(newest.error_code), tried_at)


@dataclass(slots=True)
class Gate:
    """Of one run. `trial`: the message key of the text that finds out; "" while there is none."""

    store: Store
    inputs: Inputs
    trial: str = ""

    def held(self, messages: Sequence[Message], now: datetime) -> Mapping[str, Refusal]:
        """The texts that stay planned, by message key."""
        texts = [message for message in messages if message.channel is Channel.SMS]
        refusal = refusal_now(self.store, now) if texts else None
        if refusal is None:
            return {}
        if not self.trial and (_is_by_hand(self.inputs.narrowing) or now - refusal.tried_at >= TRY_EVERY):
            self.trial = self._best_trial(texts).key
        return {text.key: refusal for text in texts if text.key != self.trial}

    def _best_trial(self, texts: Sequence[Message]) -> Message:
        """One that leaves at once, so that its end is soon known, and that a mail can make good; else any."""
        return min(texts, key=lambda text: (text.send_at is not None, not self._has_mail(text)))

    def _has_mail(self, text: Message) -> bool:
        customer = self.inputs.customers.get(text.customer_id)
        return self.inputs.rules.reminders.fallback_to_email and bool(customer and customer.emails)

    def way_on(self, held: Sequence[Message]) -> str:
        number = self._best_trial(held).reminders[0].document_number
        return (
            "Put it right in the Twilio console. All texts go out again once one is delivered: a run tries one a"
            f" day, `nsquilio remind --invoice {number}` tries that one now."
        )


def _is_by_hand(narrowing: Narrowing) -> bool:
    return narrowing.invoices is not None or narrowing.customers is not None


# --- what a run learns from delivery statuses ---


def problems_of(texts: Sequence[StoredMessage]) -> list[Problem]:
    """Of texts whose end a person must know of; what was refused for the same reason is one problem."""
    by_code: dict[str, list[StoredMessage]] = {}
    for text in texts:
        by_code.setdefault(text.error_code or "", []).append(text)
    found: list[Problem] = []
    for code, of_one in by_code.items():
        error = error_of(code)
        if error.kind is ErrorClass.ACCOUNT:
            found.append(_refused(error, of_one))
        else:
            found += [_in_doubt(error, text) for text in of_one]
    return found


def _refused(error: TwilioError, texts: Sequence[StoredMessage]) -> Problem:
    numbers = [reminder.document_number for text in texts for reminder in text.reminders]
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    what = (
        f"Twilio took {len(texts)} text(s) and refused them afterwards for the whole account or its sender:"
        f" {error.meaning} ({error.code}): {', '.join(numbers[:_SHOWN])}{more}."
    )
    next = (
        "Put it right in the Twilio console. Until a text gets through, `nsquilio remind` keeps texts planned and"
        " tries one a day."
    )
    return Problem("account_refused", what, next, 4)


def _in_doubt(error: TwilioError, text: StoredMessage) -> Problem:
    numbers = ", ".join(reminder.document_number for reminder in text.reminders)
    what = f"{numbers} ({text.customer}, {text.channel}): {error.meaning} ({error.code})."
    return Problem("may_have_arrived", what, error.advice, 1)
