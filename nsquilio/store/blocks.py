"""What keeps reminders from going out, as the jobs see it: opt-outs, unreachable addresses, holds, promises.

Each change is an audit event of its own. Whether something stops a reminder is decided in `core.decide`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from nsquilio.core.model import Channel, Hold, HoldKind
from nsquilio.store import addresses, holds
from nsquilio.store.addresses import ByAddress
from nsquilio.store.database import Database
from nsquilio.store.rows import OptOut, PromiseRow, UndeliverableRow
from nsquilio.store.tags import Tags
from nsquilio.store.trail import Trail

_ENDED_HOLDS_COUNT = timedelta(days=400)  # longer than any step lives


class Blocks:
    def __init__(self, database: Database, trail: Trail, tags: Tags) -> None:
        self._database = database
        self._trail = trail
        self._tags = tags

    def opt_out(
        self,
        address: str,
        channel: Channel,
        kind: str,
        source: str,
        now: datetime,
        *,
        customer_ids: Iterable[str] = (),
        actor: str = "",
    ) -> bool:
        """False when an opt-out of that kind is in force already.

        `kind`: keyword, wording, wrong_number, person, netsuite, twilio_21610, unsubscribe or spam.
        """
        return addresses.opt_out(
            self._database,
            self._trail,
            self._tags,
            address,
            channel,
            kind,
            source,
            now,
            customer_ids=customer_ids,
            actor=actor,
        )

    def opt_in(
        self,
        address: str,
        channel: Channel,
        source: str,
        now: datetime,
        *,
        keyword_only: bool = True,
        actor: str = "",
    ) -> bool:
        """Ends opt-outs, only those by keyword unless a person asks; False when there was none to end."""
        return addresses.opt_in(
            self._database,
            self._trail,
            self._tags,
            address,
            channel,
            source,
            now,
            keyword_only=keyword_only,
            actor=actor,
        )

    def opted_out(self) -> ByAddress:
        return addresses.opted_out(self._database, self._tags)

    def opt_outs(self, *, active_only: bool = True) -> tuple[OptOut, ...]:
        return addresses.opt_outs(self._database, active_only=active_only)

    def add_undeliverable(
        self, address: str, channel: Channel, why: str, now: datetime, error_code: str | None = None
    ) -> None:
        addresses.add_undeliverable(
            self._database, self._trail, self._tags, address, channel, why, now, error_code
        )

    def forgive_undeliverable(self, address: str, channel: Channel, now: datetime) -> bool:
        return addresses.forgive_undeliverable(self._database, self._trail, self._tags, address, channel, now)

    def undeliverable(self) -> ByAddress:
        return addresses.undeliverable(self._database, self._tags)

    def undeliverable_rows(self) -> tuple[UndeliverableRow, ...]:
        return addresses.undeliverable_rows(self._database)

    def add_hold(
        self,
        kind: HoldKind,
        reason: str,
        now: datetime,
        *,
        customer_id: str | None = None,
        invoice_id: str | None = None,
        until: date | None = None,
        actor: str = "",
        inbound_sid: str | None = None,
    ) -> int:
        """The number of the new hold; without an invoice it holds all of the customer's."""
        return holds.add_hold(
            self._database,
            self._trail,
            kind,
            reason,
            now,
            customer_id=customer_id,
            invoice_id=invoice_id,
            until=until,
            actor=actor,
            inbound_sid=inbound_sid,
        )

    def release_holds(self, numbers: Iterable[int], actor: str, now: datetime) -> int:
        """The number of holds that ended by it."""
        return holds.release_holds(self._database, self._trail, numbers, actor, now)

    def expire_holds(self, today: date, now: datetime) -> tuple[Hold, ...]:
        """Ends and returns the holds whose `until` has come."""
        return holds.expire_holds(self._database, self._trail, today, now)

    def holds(self, today: date | None = None) -> tuple[Hold, ...]:
        """Holds in force on that day; None: all that nobody ended."""
        return holds.active_holds(self._database, today)

    def holds_ended_since(self, since: datetime) -> tuple[Hold, ...]:
        return holds.ended_holds(self._database, since)

    def holds_for_decision(self, now: datetime) -> tuple[Hold, ...]:
        """Those in force, and those that ended not so long ago that a step could still live by it."""
        return (*self.holds(), *self.holds_ended_since(now - _ENDED_HOLDS_COUNT))

    def add_promise(
        self,
        now: datetime,
        *,
        invoice_id: str | None,
        customer_id: str,
        inbound_sid: str,
        promised_on: date | None,
        amount: Decimal | None = None,
        currency: str | None = None,
    ) -> int:
        """A draft; its number."""
        return holds.add_promise(
            self._database,
            self._trail,
            now,
            invoice_id=invoice_id,
            customer_id=customer_id,
            inbound_sid=inbound_sid,
            promised_on=promised_on,
            amount=amount,
            currency=currency,
        )

    def decide_promise(self, number: int, state: str, actor: str, now: datetime) -> bool:
        """`state`: accepted, kept, broken or cancelled. False when there is nothing to change."""
        return holds.decide_promise(self._database, self._trail, number, state, actor, now)

    def promises(self, states: Iterable[str] | None = None) -> tuple[PromiseRow, ...]:
        return holds.promises(self._database, states)
