"""What the rules look at: one invoice, at one step and slot, in one run. Answers questions, decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from nsquilio.core.inputs import Inputs
from nsquilio.core.keys import reminder_key
from nsquilio.core.model import (
    NOT_DELIVERED,
    Channel,
    Customer,
    Hold,
    Invoice,
    KeyState,
    Outcome,
    Reason,
)
from nsquilio.core.recipients import Nobody, Recipient, Recipients
from nsquilio.core.rules import StepKind
from nsquilio.core.steps import EVENT_DAYS, DatedSteps, EventInputs, StepNow, settled_at

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Stop:
    reason: Reason
    detail: str = ""
    not_before: datetime | None = None


class Context:
    """The inputs, with what every invoice asks of them worked out once."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.rules = inputs.rules
        self.reminders = inputs.rules.reminders
        self.history = inputs.history
        self.zone = ZoneInfo(inputs.rules.company.time_zone)
        self.today = inputs.now.astimezone(self.zone).date()
        self.dated = DatedSteps(self.reminders.steps)
        kinds = {step.kind for step in self.reminders.steps}
        self.watches_old = bool(kinds & {StepKind.CHANGED, StepKind.PAID})
        self.new_since = self._new_since() if StepKind.CREATED in kinds else None
        self.watches_events = self.new_since is not None or (self.watches_old and bool(self.history.told))
        self.steps_by_due: dict[date, Sequence[StepNow] | Stop] = {}
        self.recipients = Recipients(inputs.rules, inputs.blocks)
        self.holds_of_invoice: dict[str, list[Hold]] = {}
        self.holds_of_customer: dict[str, list[Hold]] = {}
        for hold in inputs.blocks.holds:
            self._index(hold)

    def _index(self, hold: Hold) -> None:
        if hold.invoice_id is not None:
            self.holds_of_invoice.setdefault(hold.invoice_id, []).append(hold)
        elif hold.customer_id is not None:
            self.holds_of_customer.setdefault(hold.customer_id, []).append(hold)

    def holds(self, invoice: Invoice) -> list[Hold]:
        return [
            *self.holds_of_invoice.get(invoice.id, ()),
            *self.holds_of_customer.get(invoice.customer_id, ()),
        ]

    def day(self, instant: datetime | None) -> date | None:
        return instant.astimezone(self.zone).date() if instant else None

    def hold_ended(self, invoice: Invoice) -> date | None:
        """The day on which the last of the invoice's holds ended, if any has; today while one is in force.

        Time on hold does not count, so what is held is held, and not expired.
        """
        holds = self.holds(invoice)
        if any(self.is_active(hold) for hold in holds):
            return self.today
        ended = [day for hold in holds if (day := self._end_of(hold)) and day <= self.today]
        return max(ended, default=None)

    def _end_of(self, hold: Hold) -> date | None:
        return self.day(hold.ended_at) or hold.until

    def is_active(self, hold: Hold) -> bool:
        return hold.ended_at is None and (hold.until is None or self.today < hold.until)

    def _new_since(self) -> datetime | None:
        """Nothing created before that is news any more; None before the first run."""
        first_run = self.history.first_run
        lives = max(step.good_for_days or EVENT_DAYS for step in self.reminders.steps)
        return max(first_run, self.inputs.now - timedelta(lives + 1)) if first_run else None

    def may_have_event(self, invoice: Invoice) -> bool:
        """Cheap, for nearly no invoice has one: change and payment are news only to who was told something."""
        if self.watches_old and invoice.id in self.history.told:
            return True
        since, created = self.new_since, invoice.created_at
        return since is not None and created is not None and created >= since

    def is_by_due_date_alone(self, invoice: Invoice) -> bool:
        """Whether no hold and no event has a say in its step: nearly every invoice."""
        return (
            invoice.balance > _NOTHING
            and invoice.id not in self.holds_of_invoice
            and invoice.customer_id not in self.holds_of_customer
            and not (self.watches_events and self.may_have_event(invoice))
        )

    def _news(self, moment: datetime | None) -> datetime | None:
        """Nothing for what happened before the profile's first run, also on the same day."""
        first_run = self.history.first_run
        return moment if moment and first_run and moment >= first_run else None

    def event_inputs(self, invoice: Invoice) -> EventInputs:
        told, payments = self.history.told.get(invoice.id), self.history.payments.get(invoice.id, ())
        return EventInputs(
            first_day=self.day(self.history.first_run),
            created=self.day(self._news(invoice.created_at)),
            modified=self.day(self._news(invoice.modified_at)),
            settled=self.day(self._news(settled_at(payments, invoice.modified_at))),
            told=told,
            payments=payments,
        )


@dataclass(slots=True)
class Case:
    """One invoice at one step and slot. Before a step is chosen `now` is None and `slot` is ""."""

    context: Context
    invoice: Invoice
    customer: Customer | None
    now: StepNow | None = None
    slot: str = ""
    found: Recipient | Nobody | None = None
    known_key: str = ""

    @property
    def step_is(self) -> StepKind | None:
        return self.now.step.kind if self.now else None

    @property
    def days_past_due(self) -> int | None:
        due = self.invoice.due_date
        return (self.context.today - due).days if due else None

    @property
    def key(self) -> str:
        """The reminder key, without a fallback."""
        if self.now is None:
            return ""
        if not self.known_key:
            self.known_key = reminder_key(self.invoice.id, self.now.step.id, self.slot, self.now.occurrence)
        return self.known_key

    def at(self, now: StepNow, slot: str) -> Case:
        return Case(self.context, self.invoice, self.customer, now, slot)

    def state(self, key: str) -> KeyState | None:
        return self.context.history.keys.get(key)

    def fate(self, state: KeyState) -> str:
        """What became of the message of a key: "sent on 2026-03-02 and failed: the phone was off (30003)"."""
        at = f"on {state.at:%Y-%m-%d}" if state.at else "earlier"
        meaning = self.context.history.meanings.get(state.error_code, "no reason is known")
        why = f": {meaning} ({state.error_code})" if state.error_code else ""
        if state.outcome is Outcome.SCHEDULED and state.send_at:
            return f"scheduled {at}, leaves at {state.send_at:%Y-%m-%d %H:%M} UTC"
        if state.outcome is Outcome.REJECTED:
            return f"refused {at}{why}"
        has_failed = state.failed_for_good or state.status in NOT_DELIVERED
        return f"sent {at} and failed{why}" if has_failed else f"sent {at}"

    @property
    def who(self) -> Recipient | Nobody:
        """Worked out once: the recipient rules all look at the same answer."""
        if self.found is None:
            self.found = self._find()
        return self.found

    def _find(self) -> Recipient | Nobody:
        assert self.customer is not None and self.now is not None  # noqa: S101  # earlier rules stopped the others
        find, sent = self.context.recipients, self.state(self.key)
        if sent is not None and sent.failed_for_good and sent.channel is Channel.SMS:
            words = f"the text was {self.fate(sent)}"
            return find.after_lost_text(words, self.invoice, self.customer, self.now.step)
        return find.for_slot(self.invoice, self.customer, self.now.step, self.slot)
