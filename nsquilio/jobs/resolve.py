"""Settles an unknown outcome by a person's word, when no list of the service could tell."""

from __future__ import annotations

from datetime import datetime

from nsquilio.core.model import Outcome
from nsquilio.errors import WrongUsage
from nsquilio.jobs.results import Done
from nsquilio.store import Store
from nsquilio.store.past import COUNTS, NOTHING_OF_OURS


def resolve(store: Store, key: str, *, was_sent: bool, actor: str, now: datetime) -> Done:
    """`key`: of a message, or the SID of one that stopped a run because it could be tonight's reminder.

    `was_sent` False frees the reminder keys, so the next run may send again. The caller holds the run lock: a
    run that goes on still waits for the answers to its own intents.
    """
    if key in store.past.judgements():
        store.past.judge([(key, "")], COUNTS if was_sent else NOTHING_OF_OURS, now, actor)
        return _done(key, was_sent)
    message = store.messages.stored(key)
    if message is None:
        raise WrongUsage(
            f"There is no message {key!r}.", "`nsquilio status` lists the messages with unknown outcome."
        )
    if message.outcome not in (Outcome.UNKNOWN, Outcome.INTENT):
        raise WrongUsage(
            f"The outcome of {key} is known: {message.outcome}.", "Only unknown outcomes are settled by hand."
        )
    store.messages.settle_by_hand(key, was_sent=was_sent, actor=actor, now=now)
    return _done(key, was_sent)


def _done(key: str, was_sent: bool) -> Done:
    words = "counted as sent" if was_sent else "free; the next run may send it"
    return Done(f"{key}: {words}.", {"message_key": key, "counted_as_sent": was_sent})
