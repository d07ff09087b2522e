"""The rules of the decision in their order (spec section 6), each as a check and the value it looks at.

A check answers None ("goes on") or the `Stop` that decides. The same checks serve the nightly run, the dry run and
the explanation; there is no second path. Limits and hours come later, once messages are made (see `messages`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from nsquilio.core.keys import fallback_key, reminder_key
from nsquilio.core.model import (
    TAKEN,
    Blocks,
    Channel,
    Customer,
    History,
    Hold,
    HoldKind,
    Invoice,
    KeyState,
    Outcome,
    Reason,
)
from nsquilio.core.money_words import day_words, money_words
from nsquilio.core.recipients import Nobody, Recipient, Recipients
from nsquilio.core.rules import Rules, StepKind
from nsquilio.core.steps import DatedSteps, EventInputs, NoStep, StepNow, due_words, event_steps


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What `--customer`, `--invoice`, `--step` and `--limit` leave; None: everything."""

    customers: frozenset[str] | None = None
    invoices: frozenset[str] | None = None
    steps: frozenset[str] | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """All a decision depends on. `prices`: US dollars per segment by country."""

    customers: Mapping[str, Customer]
    rules: Rules
    now: datetime
    history: History = field(default_factory=History)
    blocks: Blocks = field(default_factory=Blocks)
    narrowing: Narrowing = field(default_factory=Narrowing)
    prices: Mapping[str, Decimal] = field(default_factory=dict)


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
        self.watches_new = StepKind.CREATED in kinds
        self.watches_old = bool(kinds & {StepKind.CHANGED, StepKind.PAID})
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
        if not (self.holds_of_invoice or self.holds_of_customer):
            return None
        holds = self.holds(invoice)
        if any(self.is_active(hold) for hold in holds):
            return self.today
        ended = [day for hold in holds if (day := self._end_of(hold)) and day <= self.today]
        return max(ended, default=None)

    def _end_of(self, hold: Hold) -> date | None:
        return self.day(hold.ended_at) or hold.until

    def is_active(self, hold: Hold) -> bool:
        return hold.ended_at is None and (hold.until is None or self.today < hold.until)

    def may_have_event(self, invoice: Invoice) -> bool:
        """Cheap, for nearly no invoice has one: change and payment are news only to who was told something."""
        return self.watches_new or (self.watches_old and invoice.id in self.history.told)

    def _news(self, moment: datetime | None) -> datetime | None:
        """Nothing for what happened before the profile's first run, also on the same day."""
        first_run = self.history.first_run
        return moment if moment and first_run and moment >= first_run else None

    def event_inputs(self, invoice: Invoice) -> EventInputs:
        told = self.history.told.get(invoice.id)
        return EventInputs(
            first_day=self.day(self.history.first_run),
            created=self.day(self._news(invoice.created_at)),
            modified=self.day(self._news(invoice.modified_at)),
            told=told,
            payments=self.history.payments.get(invoice.id, ()),
            written_about=told is not None,
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

    def state(self, key: str) -> KeyState | None:
        return self.context.history.keys.get(key)

    @property
    def who(self) -> Recipient | Nobody:
        """Worked out once: the recipient rules all look at the same answer."""
        if self.found is None:
            self.found = self._find()
        return self.found

    def _find(self) -> Recipient | Nobody:
        assert self.customer is not None and self.now is not None  # noqa: S101  # earlier rules stopped the others
        sent = self.state(self.key)
        find = self.context.recipients
        if sent is not None and sent.failed_for_good and sent.channel is Channel.SMS:
            return find.after_lost_text(self.invoice, self.customer, self.now.step)
        return find.for_slot(self.invoice, self.customer, self.now.step, self.slot)


@dataclass(frozen=True, slots=True)
class Rule:
    """`name`: for people. `check`: decides. `value`: what it saw, in words."""

    name: str
    check: Callable[[Case], Stop | None]
    value: Callable[[Case], str]


def _narrowed(case: Case) -> Stop | None:
    narrowing = case.context.inputs.narrowing
    if narrowing.invoices is not None and case.invoice.id not in narrowing.invoices:
        return Stop(Reason.FILTERED, "not among the invoices asked for")
    if narrowing.customers is not None and case.invoice.customer_id not in narrowing.customers:
        return Stop(Reason.FILTERED, "not of the customers asked for")
    return None


def _unreadable(case: Case) -> Stop | None:
    if case.invoice.problem:
        return Stop(Reason.UNREADABLE, case.invoice.problem)
    if case.customer is None:
        return Stop(Reason.UNREADABLE, f"customer {case.invoice.customer_id or '(none)'} cannot be read")
    return None


def _no_due_date(case: Case) -> Stop | None:
    if case.invoice.due_date is None:
        return Stop(Reason.NO_DUE_DATE, "the invoice has no due date in NetSuite")
    return None


def _inactive(case: Case) -> Stop | None:
    return (
        Stop(Reason.INACTIVE_CUSTOMER, "inactive in NetSuite")
        if case.customer and case.customer.inactive
        else None
    )


def _excluded(case: Case) -> Stop | None:
    if case.invoice.excluded:
        return Stop(Reason.EXCLUDED, "the invoice is excluded in NetSuite")
    if case.customer and case.customer.excluded_by:
        return Stop(Reason.EXCLUDED, f"{case.customer.excluded_by} is ticked")
    return None


def _excluded_value(case: Case) -> str:
    stop = _excluded(case)
    return stop.detail if stop else "no excluding box is ticked"


def _channel_none(case: Case) -> Stop | None:
    if case.customer and case.customer.channel == "none":
        return Stop(Reason.CHANNEL_NONE, "the customer wants no messages")
    return None


def _is_paid_step(case: Case) -> bool:
    return case.step_is is StepKind.PAID


def _too_small(case: Case) -> Stop | None:
    smallest = case.context.reminders.smallest_balance.for_currency(case.invoice.currency)
    if _is_paid_step(case) or smallest is None or case.invoice.balance >= smallest:
        return None
    return Stop(
        Reason.BELOW_SMALLEST_BALANCE, f"{money_words(case.invoice.open_balance)} is below {smallest}"
    )


def _too_large(case: Case) -> Stop | None:
    largest = case.context.reminders.largest_balance.for_currency(case.invoice.currency)
    if _is_paid_step(case) or largest is None or case.invoice.balance <= largest:
        return None
    if case.invoice.id in case.context.history.released:
        return None
    return Stop(
        Reason.ABOVE_LARGEST_BALANCE,
        f"{money_words(case.invoice.open_balance)} is above {largest}: a person decides",
    )


def _balance_value(case: Case) -> str:
    released = " (released once)" if case.invoice.id in case.context.history.released else ""
    return money_words(case.invoice.open_balance) + released


def _unapplied(case: Case) -> Stop | None:
    cash = case.customer.unapplied.get(case.invoice.currency, Decimal(0)) if case.customer else Decimal(0)
    if cash <= 0 or _is_paid_step(case) or case.invoice.id in case.context.history.released:
        return None
    smallest = case.context.reminders.smallest_balance.for_currency(case.invoice.currency) or Decimal(0)
    if cash < min(case.invoice.balance, smallest):
        return None
    return Stop(Reason.UNAPPLIED_CASH, f"{case.invoice.currency} {cash} of the customer is not applied yet")


def _unapplied_value(case: Case) -> str:
    cash = case.customer.unapplied.get(case.invoice.currency) if case.customer else None
    return f"{case.invoice.currency} {cash} not applied" if cash else "none"


_HELD_BY = {
    HoldKind.DISPUTE: Reason.DISPUTE,
    HoldKind.PROMISE: Reason.PROMISE,
    HoldKind.PAID_CLAIM: Reason.PAID_CLAIM,
}
_HELD_ORDER = (Reason.HELD_INVOICE, Reason.HELD_CUSTOMER, Reason.DISPUTE, Reason.PROMISE, Reason.PAID_CLAIM)


def _hold_reason(hold: Hold) -> Reason:
    by_person = Reason.HELD_INVOICE if hold.invoice_id is not None else Reason.HELD_CUSTOMER
    return _HELD_BY.get(hold.kind, by_person)


def _held(case: Case) -> Stop | None:
    context = case.context
    if not (context.holds_of_invoice or context.holds_of_customer):
        return None
    active = [hold for hold in context.holds(case.invoice) if context.is_active(hold)]
    if not active:
        return None
    hold = min(active, key=lambda h: (_HELD_ORDER.index(_hold_reason(h)), h.id))
    return Stop(_hold_reason(hold), hold_words(hold))


def hold_words(hold: Hold) -> str:
    until = f" until {day_words(hold.until)}" if hold.until else ""
    by = f" by {hold.actor}" if hold.actor else ""
    return f"hold {hold.id}{by}{until}: {hold.reason}"


def _held_value(case: Case) -> str:
    stop = _held(case)
    return stop.detail if stop else "no hold"


def _nobody(case: Case) -> Stop | None:
    return Stop(case.who.reason, case.who.detail) if isinstance(case.who, Nobody) else None


def _recipient_value(case: Case) -> str:
    from nsquilio.core.phones import masked

    if isinstance(case.who, Nobody):
        return case.who.detail
    instead = " instead of a text" if case.who.is_fallback else ""
    return f"{case.who.channel} to {masked(case.who.to)}{instead} ({', '.join(case.who.zones)})"


def _used_key(case: Case) -> Stop | None:
    """`already_sent` and `unknown_outcome`: what became of this key, or of the e-mail after it."""
    keys = case.context.history.keys
    if not keys:
        return None
    key = case.key
    sent, after = keys.get(key), keys.get(fallback_key(key))
    for state in (after, sent):
        if state is not None and state.outcome in (Outcome.UNKNOWN, Outcome.INTENT):
            return Stop(
                Reason.UNKNOWN_OUTCOME, f"nobody knows yet whether the message of {_at(state)} went out"
            )
    if after is not None and after.outcome in TAKEN:
        return Stop(Reason.ALREADY_SENT, f"sent by e-mail {_at(after)}")
    if sent is None or sent.outcome not in TAKEN:
        return None
    if sent.failed_for_good and isinstance(case.who, Recipient) and case.who.is_fallback:
        return None
    return Stop(Reason.ALREADY_SENT, f"sent {_at(sent)}")


def _at(state: KeyState) -> str:
    return f"on {state.at:%Y-%m-%d}" if state.at else "earlier"


BEFORE_STEP = (
    Rule("narrowing", _narrowed, lambda case: "asked for" if _narrowed(case) is None else "left out"),
    Rule("readable", _unreadable, lambda case: case.invoice.problem or "yes"),
    Rule(
        "due date",
        _no_due_date,
        lambda case: day_words(case.invoice.due_date) if case.invoice.due_date else "none",
    ),
)
SENT_BEFORE = Rule("sent before", _used_key, lambda case: stop.detail if (stop := _used_key(case)) else "no")
AFTER_STEP = (
    SENT_BEFORE,
    Rule("active customer", _inactive, lambda case: "inactive" if _inactive(case) else "active"),
    Rule("excluded", _excluded, _excluded_value),
    Rule(
        "wanted channel",
        _channel_none,
        lambda case: (case.customer and case.customer.channel) or "not stated",
    ),
    Rule("smallest balance", _too_small, _balance_value),
    Rule("largest balance", _too_large, _balance_value),
    Rule("unapplied cash", _unapplied, _unapplied_value),
    Rule("holds", _held, _held_value),
    Rule("recipient", _nobody, _recipient_value),
)


def steps_today(case: Case) -> list[StepNow] | Stop:
    """The steps that may go out today: the newest live dated one, then those of events; or why there is none."""
    context, invoice = case.context, case.invoice
    if invoice.due_date is None:
        return _no_due_date(case) or []
    dated = _dated_step(context, invoice, invoice.due_date)
    if not context.may_have_event(invoice):
        return [dated] if isinstance(dated, StepNow) else Stop(dated.reason, dated.detail)
    events = event_steps(invoice, context.reminders.steps, context.event_inputs(invoice), context.today)
    chosen = context.inputs.narrowing.steps
    if chosen is not None:
        events = [event for event in events if event.step.id in chosen]
    if isinstance(dated, StepNow):
        return [dated, *events]
    return events or Stop(dated.reason, dated.detail)


def _dated_step(context: Context, invoice: Invoice, due: date) -> StepNow | NoStep:
    if invoice.balance <= 0:
        return NoStep(Reason.EXPIRED, "nothing is open any more")
    found = context.dated.today(due, context.today, context.hold_ended(invoice))
    chosen = context.inputs.narrowing.steps
    if chosen is None or (isinstance(found, StepNow) and found.step.id in chosen):
        return found
    if any(context.dated.is_live(step, due, context.today) for step in chosen) and isinstance(found, StepNow):
        return NoStep(
            Reason.SUPERSEDED,
            f"{found.step.id} has taken its place ({due_words((context.today - due).days)})",
        )
    return NoStep(Reason.FILTERED, "not at a step asked for")
