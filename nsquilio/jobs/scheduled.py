"""Looks again at texts that Twilio keeps for later: who has paid since, what changed, what is held, who is not to be
written to any more.

Every `remind` and `pull-inbound` does it, so that a text handed over last night is as fresh as one sent now.
What must not leave is canceled in `cancel`; nothing is ever sent or changed here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from nsquilio.core.model import Customer, Hold, Reminder
from nsquilio.errors import ServiceFailed
from nsquilio.jobs.cancel import Canceled, ask_again, mark
from nsquilio.jobs.results import Problem
from nsquilio.jobs.services import Services
from nsquilio.remote.netsuite_rows import Balance
from nsquilio.store import StoredMessage

SOON = timedelta(hours=1)

OPTED_OUT, HELD, EXCLUDED, PAID, CHANGED = "opted out", "held", "excluded", "paid", "changed"


def check_scheduled(services: Services) -> Canceled:
    """Cancels what must not leave. NetSuite is asked only about texts that leave within the hour."""
    scheduled = services.store.messages.scheduled()
    if not scheduled:
        return Canceled()
    problems: tuple[Problem, ...] = ()
    unwanted = _by_the_state_file(scheduled, services)
    soon = [m for m in services.store.messages.scheduled(services.clock() + SOON) if m.key not in unwanted]
    try:
        unwanted |= _by_netsuite(soon, services) if soon else {}
    except ServiceFailed as problem:
        problems = (_not_looked_at(soon, problem),)
    for reason in (OPTED_OUT, HELD, EXCLUDED, PAID, CHANGED):
        mark([m for m in scheduled if unwanted.get(m.key) == reason], reason, services)
    canceled = ask_again(services)
    return Canceled(canceled.keys, (*problems, *canceled.problems))


def _by_the_state_file(scheduled: Sequence[StoredMessage], services: Services) -> dict[str, str]:
    """Message key to why it must not leave."""
    opted_out = services.store.blocks.opted_out()
    day = services.clock().astimezone(ZoneInfo(services.rules.company.time_zone)).date()
    holds = services.store.blocks.holds(day)
    unwanted = {m.key: HELD for m in scheduled if any(_holds(hold, m) for hold in holds)}
    return unwanted | {m.key: OPTED_OUT for m in scheduled if m.to in opted_out}


def _holds(hold: Hold, message: StoredMessage) -> bool:
    if hold.invoice_id is None:
        return hold.customer_id == message.customer_id
    return hold.invoice_id in message.invoice_ids


def _by_netsuite(soon: Sequence[StoredMessage], services: Services) -> dict[str, str]:
    balances = services.netsuite.balances({id_ for message in soon for id_ in message.invoice_ids})
    opted_out = services.netsuite.opted_out_numbers()
    unwanted = {m.key: why for m in soon if (why := _stale(m.reminders, balances))}
    customers = {c.id: c for c in services.netsuite.customers({m.customer_id for m in soon})}
    unwanted |= {m.key: EXCLUDED for m in soon if _is_left_out(customers.get(m.customer_id))}
    return unwanted | {m.key: OPTED_OUT for m in soon if m.to in opted_out}


def _is_left_out(customer: Customer | None) -> bool:
    """Inactive, ticked as excluded, or wanting no messages since. One that cannot be read was seen by the decision."""
    return customer is not None and (
        customer.inactive or customer.excluded_by is not None or customer.channel == "none"
    )


def _stale(reminders: Sequence[Reminder], balances: Mapping[str, Balance]) -> str | None:
    """Why the text no longer says what NetSuite says, if it does not. One paid invoice of several is a
    change.
    """
    whys = {
        why for reminder in reminders if (why := _difference(reminder, balances.get(reminder.invoice_id)))
    }
    if not whys:
        return None
    return PAID if whys == {PAID} and len(reminders) == 1 else CHANGED


def _difference(told: Reminder, balance: Balance | None) -> str | None:
    """An invoice that is gone, voided or waiting for approval again differs too."""
    if balance is None:
        return CHANGED
    was_open = told.balance.amount > 0
    if was_open and balance.unpaid <= 0:
        return PAID
    if was_open and balance.status != "A":
        return CHANGED
    same_money = (balance.unpaid, balance.currency) == (told.balance.amount, told.balance.currency)
    return None if same_money and balance.due_date == told.due_date else CHANGED


def _not_looked_at(soon: Sequence[StoredMessage], problem: ServiceFailed) -> Problem:
    numbers = ", ".join(dict.fromkeys(r.document_number for m in soon for r in m.reminders))
    return Problem(
        "scheduled_not_checked",
        f"Texts about {numbers} leave within the hour, and whether they are paid could not be read:"
        f" {problem.message}",
        "The next pull-inbound looks again; `nsquilio hold add` cancels them now.",
        problem.exit_code,
    )
