"""Promises to pay: accepting one holds its reminders until its day is over.

Shared by the reading of replies (`promises: accept`) and by the inbox, where a person accepts a draft.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from nsquilio.core.model import HoldKind
from nsquilio.jobs.services import Services
from nsquilio.store import PromiseRow


def accept_promise(number: int, services: Services, now: datetime, *, actor: str) -> bool:
    """Whether it is accepted now. One without a day, or whose day is over, stays as it is: it would hold
    nothing.
    """
    promise = next((p for p in services.store.blocks.promises() if p.id == number), None)
    if promise is None or promise.promised_on is None or _is_over(promise, services, now):
        return False
    with services.store.transaction():
        if not services.store.blocks.decide_promise(number, "accepted", actor, now):
            return False
        services.store.blocks.add_hold(
            HoldKind.PROMISE,
            f"promised for {promise.promised_on} in {promise.inbound_sid}",
            now,
            customer_id=promise.customer_id,
            invoice_id=promise.invoice_id,
            until=promise.promised_on + timedelta(days=1),  # the money may come on the day itself
            actor=actor,
            inbound_sid=promise.inbound_sid,
        )
    return True


def _is_over(promise: PromiseRow, services: Services, now: datetime) -> bool:
    today = now.astimezone(ZoneInfo(services.rules.company.time_zone)).date()
    return promise.promised_on is not None and promise.promised_on < today
