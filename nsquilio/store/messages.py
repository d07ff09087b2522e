"""Messages of the state file as the jobs see them: commit the intent, record the outcome, ask about the past.

A reminder key that is taken is refused by an index of the file, not by a look before. Nothing here sends
anything; how rows are written stands in `intents` and `outcomes`, what the past tells in `history`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo

from nsquilio.core.keys import FALLBACK
from nsquilio.core.model import Contact, KeyState, Message, Told
from nsquilio.store import history, intents, outcomes
from nsquilio.store.columns import instant_text, list_text
from nsquilio.store.database import Database
from nsquilio.store.message_rows import stored_messages
from nsquilio.store.rows import ForeignMessage, OutcomeSeen, Standing, StatusSeen, StoredMessage, Written
from nsquilio.store.tags import Tags
from nsquilio.store.trail import Trail

_NOT_MADE_GOOD = """
EXISTS (
    SELECT 1 FROM reminders r WHERE r.message_id = messages.id
    AND NOT EXISTS (SELECT 1 FROM reminders o WHERE o.key = {key} AND o.live = 1)
)
"""
_NOT_SENT_AGAIN = _NOT_MADE_GOOD.format(key="r.key")
_NO_MAIL_INSTEAD = _NOT_MADE_GOOD.format(key=f"r.key || '{FALLBACK}'")


class Messages:
    def __init__(self, database: Database, trail: Trail, tags: Tags) -> None:
        self._database = database
        self._trail = trail
        self._tags = tags

    def commit_intents(
        self, messages: Sequence[Message], now: datetime, *, cost_currency: str | None = "USD"
    ) -> None:
        """Before the requests leave. Raises `KeyTaken` and writes nothing when any key is taken."""
        intents.commit_intents(self._database, self._trail, self._tags, messages, now, cost_currency)

    def record_outcomes(self, seen: Sequence[OutcomeSeen]) -> None:
        """After the requests; frees the keys of what provably never went out."""
        outcomes.record_outcomes(self._database, self._trail, seen)

    def update_statuses(self, seen: Sequence[StatusSeen], now: datetime) -> int:
        """What the service lists; the number of messages that changed."""
        return outcomes.update_statuses(self._database, self._trail, seen, now)

    def mark_cancel_wanted(self, keys: Iterable[str], reason: str, now: datetime) -> int:
        """For scheduled texts that must not leave any more; the number newly marked."""
        return outcomes.mark_cancel_wanted(self._database, self._trail, keys, reason, now)

    def looked(self, key: str, now: datetime, settle_not_before: datetime | None = None) -> int:
        """Counts a look for an unknown outcome at the service; how often it was looked for now."""
        return outcomes.looked(self._database, self._trail, key, now, settle_not_before)

    def settle_by_hand(self, key: str, *, was_sent: bool, actor: str, now: datetime) -> None:
        """A person's word on an unknown outcome; the keys are free again when it did not go out."""
        outcomes.settle_by_hand(self._database, self._trail, key, was_sent, actor, now)

    def adopt(self, found: ForeignMessage, origin: str, now: datetime) -> bool:
        """Takes over a message that this file did not know; `origin`: adopted or rebuilt. False: known."""
        return intents.adopt(self._database, self._trail, self._tags, found, origin, now)

    def key_states(self, keys: Iterable[str]) -> dict[str, KeyState]:
        return history.key_states(self._database, keys)

    def told(self, invoice_ids: Iterable[str]) -> dict[str, Told]:
        return history.told(self._database, invoice_ids)

    def contacts(self, since: date) -> tuple[Contact, ...]:
        return history.contacts(self._database, since)

    def texted(self, numbers: Iterable[str]) -> frozenset[str]:
        return history.texted(self._database, self._tags, numbers)

    def written(
        self, invoice_ids: Iterable[str] | None = None, since: datetime | None = None
    ) -> tuple[Written, ...]:
        return history.written(self._database, invoice_ids, since)

    def last_written_to(self, addresses: Iterable[str], since: datetime | None = None) -> tuple[Written, ...]:
        return history.last_written_to(self._database, self._tags, addresses, since)

    def standing(self, sids: Iterable[str]) -> dict[str, Standing]:
        return history.standing(self._database, sids)

    def texts_to(self, numbers: Iterable[str], since: datetime) -> tuple[tuple[str, datetime, str], ...]:
        return history.texts_to(self._database, self._tags, numbers, since)

    def busiest_day(self, since: datetime, zone: tzinfo) -> tuple[date, int] | None:
        return history.busiest_day(self._database, since, zone)

    def has_sent(self) -> bool:
        """Whether anything ever went out or may have."""
        return bool(
            self._database.rows(
                "SELECT 1 FROM messages WHERE outcome IN ('intent', 'sent', 'scheduled', 'unknown') LIMIT 1"
            )
        )

    def open_outcomes(self) -> tuple[StoredMessage, ...]:
        """Intents without an outcome and unknown outcomes, oldest first."""
        return stored_messages(self._database, "outcome IN ('intent', 'unknown')")

    def stored(self, key: str) -> StoredMessage | None:
        """The newest attempt of a message key."""
        found = stored_messages(self._database, "key = :key AND newest = 1", key=key)
        return found[0] if found else None

    def by_sids(self, sids: Iterable[str]) -> dict[str, StoredMessage]:
        where = "sid IN (SELECT value FROM json_each(:sids))"
        found = stored_messages(self._database, where, sids=list_text(sids))
        return {message.sid: message for message in found if message.sid is not None}

    def scheduled(self, leaving_before: datetime | None = None) -> tuple[StoredMessage, ...]:
        """Those that the service still keeps, by the time they leave."""
        where = "outcome = 'scheduled' AND (send_at IS NULL OR send_at < :before)"
        before = instant_text(leaving_before) if leaving_before else "~"
        return _by_send_at(stored_messages(self._database, where, before=before))

    def cancel_wanted(self) -> tuple[StoredMessage, ...]:
        where = "cancel_wanted_at IS NOT NULL AND outcome = 'scheduled'"
        return _by_send_at(stored_messages(self._database, where))

    def changed_after(self, seq: int) -> tuple[StoredMessage, ...]:
        """Written or changed by an audit event after number `seq`: what NetSuite does not know yet."""
        return stored_messages(self._database, "event_seq > :seq", seq=seq)

    def not_final(self, since: datetime) -> tuple[str, ...]:
        """SIDs whose delivery status may still change, of messages written since then."""
        found = self._database.rows(
            "SELECT sid FROM messages"
            " WHERE final = 0 AND sid IS NOT NULL AND intent_at >= :since ORDER BY intent_at",
            since=instant_text(since),
        )
        return tuple(row["sid"] for row in found)

    def failures(self, since: datetime) -> tuple[StoredMessage, ...]:
        """Refused, or not delivered, written since then, and nothing went out in their place."""
        lost = "(failed_for_good = 1 OR status IN ('failed', 'undelivered'))"
        refused = f"outcome = 'rejected' AND {_NOT_SENT_AGAIN}"
        where = f"({refused} OR {lost} AND {_NO_MAIL_INSTEAD}) AND intent_at >= :since"
        return stored_messages(self._database, where, since=instant_text(since))

    def lost_texts(self, codes: Iterable[str], since: datetime) -> tuple[StoredMessage, ...]:
        """Taken by Twilio since then and ended with one of these error codes, without arriving."""
        where = (
            "failed_for_good = 1 AND intent_at >= :since AND channel = 'sms' AND +outcome = 'sent'"
            " AND error_code IN (SELECT value FROM json_each(:codes))"
        )
        return stored_messages(
            self._database, where, since=instant_text(since), codes=list_text(sorted(codes))
        )

    def got_through(self, lost: StoredMessage, no_receipt_before: datetime) -> bool:
        return history.got_through(self._database, lost, no_receipt_before)

    def last_text_at(self, since: datetime) -> datetime | None:
        return history.last_text_at(self._database, since)


def _by_send_at(messages: tuple[StoredMessage, ...]) -> tuple[StoredMessage, ...]:
    return tuple(sorted(messages, key=lambda each: each.send_at or each.intent_at))
