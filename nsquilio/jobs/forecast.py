"""Who would get what on each of the next days, if nobody pays: one plan made for one day after the other.

What a day would send counts as sent on the days after it. Reads once; sends and writes nothing (the state is
a copy). What the future brings (payments, answers, texts that fail) nobody knows, and none of it is guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from nsquilio.core.decide import look_ups, make_plan
from nsquilio.core.inputs import Inputs
from nsquilio.core.model import (
    Action,
    Channel,
    Contact,
    Customer,
    Decision,
    History,
    Invoice,
    KeyState,
    Message,
    Outcome,
    Plan,
    Reason,
    Told,
)
from nsquilio.core.rules import Limits
from nsquilio.core.steps import AFTER_HOLD_DAYS, DatedSteps
from nsquilio.jobs.brakes import brake_for, usual_most
from nsquilio.jobs.prices import with_costs
from nsquilio.jobs.reading import Read, company_day, inputs_for, read_netsuite
from nsquilio.jobs.remind import Options, remind
from nsquilio.jobs.results import Problem
from nsquilio.jobs.services import Services
from nsquilio.jobs.targets import narrowing_of


@dataclass(frozen=True, slots=True)
class ForecastDay:
    """`at`: when that day's run would decide. `brake`: what would stop it before the first send, in words."""

    at: datetime
    day: date
    reasons: Mapping[Reason, int]
    actions: Mapping[Action, int]
    messages: tuple[Message, ...]
    brake: str | None = None

    @property
    def fetched(self) -> int:
        return sum(self.actions.values())

    @property
    def cost(self) -> Decimal:
        """US dollars of the texts whose price is known; `unpriced` says how many are not."""
        return sum((m.estimated_cost for m in self.messages if m.estimated_cost is not None), Decimal(0))

    @property
    def unpriced(self) -> int:
        return sum(m.channel is Channel.SMS and m.estimated_cost is None for m in self.messages)


@dataclass(frozen=True, slots=True)
class ForecastResult:
    as_of: datetime
    days: tuple[ForecastDay, ...]
    problems: tuple[Problem, ...] = ()


def forecast(services: Services, options: Options, days: int) -> ForecastResult:
    """The next `days` days, today first, each at the same time of the company's day. Today is the dry run."""
    today = remind(services, replace(options, dry_run=True, plan=None, save_plan=None))
    sent_today = [row.message for row in today.messages]
    read = _read(services, today.as_of, days)
    narrowing = narrowing_of(
        read.invoices,
        read.customers,
        services.rules.reminders.steps,
        wanted_customers=options.customers,
        wanted_invoices=options.invoices,
        wanted_steps=options.steps,
        limit=options.limit,
    )
    future = _Future(services, inputs_for(read, services, today.as_of, narrowing), read)
    future.count_as_sent(sent_today, today.as_of)
    planned = [(at, future.plan(at)) for at in _later_runs(services, today.as_of, days)]
    priced = _with_prices([plan for _at, plan in planned], services)
    found = [_day(today.as_of, today.decisions, sent_today, services)]
    found += [_day(at, p.decisions, m, services) for (at, p), m in zip(planned, priced, strict=True)]
    first = replace(found[0], brake=_brake_today(sent_today, today.fetched, services))
    return ForecastResult(today.as_of, (first, *found[1:]), today.problems)


def _later_runs(services: Services, start: datetime, days: int) -> list[datetime]:
    """The same time of the company's day, also when its clocks change in between."""
    local = start.astimezone(ZoneInfo(services.rules.company.time_zone))
    return [(local + timedelta(days=n)).astimezone(UTC) for n in range(1, days)]


def _read(services: Services, start: datetime, days: int) -> Read:
    """All that any of the days would read: due further ahead, and what a hold releases in between."""
    rules = services.rules
    further = replace(rules.reminders, look_ahead_days=rules.reminders.look_ahead_days + days)
    read = read_netsuite(replace(services, rules=replace(rules, reminders=further)), start)
    invoices = {invoice.id: invoice for invoice in read.invoices}
    last = company_day(rules, start) + timedelta(days)
    freed = {
        hold.invoice_id
        for hold in services.store.blocks.holds()
        if hold.invoice_id and hold.until and hold.until <= last and hold.invoice_id not in invoices
    }
    for invoice in services.netsuite.invoices_by_id(sorted(freed)) if freed else ():
        if invoice.status == "A":
            invoices[invoice.id] = invoice
    customers = {**read.customers, **_customers(services, invoices.values(), read.customers)}
    return replace(read, invoices=tuple(invoices.values()), customers=customers)


def _customers(
    services: Services, invoices: Iterable[Invoice], known: Mapping[str, Customer]
) -> dict[str, Customer]:
    missing = {invoice.customer_id for invoice in invoices if invoice.customer_id} - known.keys()
    return {customer.id: customer for customer in services.netsuite.customers(missing)} if missing else {}


@dataclass(slots=True)
class _Sent:
    """What the days before would have sent, as the history of the next one has it."""

    keys: dict[str, KeyState] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)
    contacts: list[Contact] = field(default_factory=list)
    texted: set[str] = field(default_factory=set)
    invoices: set[str] = field(default_factory=set)

    def add(self, message: Message, at: datetime) -> None:
        outcome = Outcome.SCHEDULED if message.send_at else Outcome.SENT
        for reminder in message.reminders:
            self.keys[reminder.key] = KeyState(outcome, at=at, channel=message.channel)
            told = Told(at, reminder.due_date, reminder.balance, reminder.occurrence)
            self.told[reminder.invoice_id] = told
            self.invoices.add(reminder.invoice_id)
        self.contacts.append(Contact(message.customer_id, message.to, message.channel, message.local_day))
        if message.channel is Channel.SMS:
            self.texted.add(message.to)


class _Future:
    """Plans one day after the other; each call counts what it plans as sent."""

    def __init__(self, services: Services, inputs: Inputs, read: Read) -> None:
        self._services = services
        self._inputs = inputs
        self._reach = _Reach(services, inputs, read)
        self._sent = _Sent()

    def plan(self, at: datetime) -> Plan:
        invoices = self._reach.on(at)
        bare = replace(self._inputs, now=at)
        plan = make_plan(invoices, replace(bare, history=self._history(invoices, bare)))
        self.count_as_sent(plan.messages, at)
        return plan

    def count_as_sent(self, messages: Iterable[Message], at: datetime) -> None:
        for message in messages:
            self._sent.add(message, at)

    def _history(self, invoices: Iterable[Invoice], inputs: Inputs) -> History:
        asked, sent, past = look_ups(invoices, inputs), self._sent, inputs.history
        messages = self._services.store.messages
        return replace(
            past,
            keys={**messages.key_states(asked.keys), **sent.keys},
            told={**past.told, **sent.told},
            contacts=(*past.contacts, *sent.contacts),
            texted=messages.texted(asked.numbers) | sent.texted,
            released=past.released - sent.invoices,  # a release lets an invoice through once
        )


class _Reach:
    """Which of the invoices the run of a day would read."""

    def __init__(self, services: Services, inputs: Inputs, read: Read) -> None:
        self._rules = services.rules
        self._invoices = read.invoices
        steps = services.rules.reminders.steps
        self._last_step_day = max(DatedSteps(steps).last_day, 0)
        self._ahead = services.rules.reminders.look_ahead_days
        today = company_day(services.rules, inputs.now)
        # Named by an event, after a hold, or asked for by an event step: read whatever their dates.
        self._always = {i.id for i in read.invoices if self._is_far(i, today, ahead=None)}
        self._lives = max((s.good_for_days or AFTER_HOLD_DAYS for s in steps), default=0)
        self._freed: dict[str, list[date]] = {}
        for hold in inputs.blocks.holds:
            if hold.invoice_id and hold.until and hold.ended_at is None:
                self._freed.setdefault(hold.invoice_id, []).append(hold.until)
        self._always -= {id_ for id_, ends in self._freed.items() if min(ends) > today}

    def on(self, at: datetime) -> tuple[Invoice, ...]:
        today = company_day(self._rules, at)
        return tuple(invoice for invoice in self._invoices if self._is_read(invoice, today))

    def _is_read(self, invoice: Invoice, today: date) -> bool:
        if invoice.id in self._always or not self._is_far(invoice, today, ahead=self._ahead):
            return True
        ends = self._freed.get(invoice.id, ())
        return any(end <= today <= end + timedelta(self._lives + 1) for end in ends)

    def _is_far(self, invoice: Invoice, today: date, ahead: int | None) -> bool:
        """Too long past due for every step, or due later than a run looks ahead (None: however far)."""
        if invoice.due_date is None:
            return False
        late = (today - invoice.due_date).days
        return late > self._last_step_day or (ahead is not None and -late > ahead)


def _with_prices(plans: list[Plan], services: Services) -> list[tuple[Message, ...]]:
    """All days at once: a price is asked for once a country."""
    every = [message for plan in plans for message in plan.messages]
    priced = iter(with_costs(every, services.rules.price_per_segment, services))
    return [tuple(next(priced) for _message in plan.messages) for plan in plans]


def _day(
    at: datetime, decisions: Iterable[Decision], messages: Iterable[Message], services: Services
) -> ForecastDay:
    kept = tuple(decisions)
    actions = Counter(decision.action for decision in kept)
    day = ForecastDay(
        at,
        company_day(services.rules, at),
        dict(Counter(decision.reason for decision in kept).most_common()),
        {action: actions.get(action, 0) for action in Action},
        tuple(messages),
    )
    return replace(day, brake=_beyond(day, services.rules.limits))


def _brake_today(messages: list[Message], fetched: int, services: Services) -> str | None:
    """Today's brakes know the past; a later day is only weighed by what it would send."""
    brake = brake_for(messages, fetched, services, usual_most(services, services.clock()))
    return brake.saw if brake else None


def _beyond(day: ForecastDay, limits: Limits) -> str | None:
    if len(day.messages) > limits.messages_per_run:
        return f"{len(day.messages)} messages would go out (messages_per_run: {limits.messages_per_run})"
    if day.cost > limits.cost_per_run:
        return f"they would cost about USD {day.cost:.2f} (cost_per_run: {limits.cost_per_run})"
    return None
