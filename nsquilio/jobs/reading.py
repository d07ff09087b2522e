"""Reads what one decision needs: invoices and customers from NetSuite, the past from the state file.

Requests are pages and a constant, never one per invoice or customer. Reads only; decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from nsquilio.core.decide import look_ups
from nsquilio.core.inputs import Inputs, Narrowing
from nsquilio.core.model import Blocks, Customer, History, Invoice, Payment
from nsquilio.core.recipients import numbers_opted_out_by_record
from nsquilio.core.rules import Rules, StepKind
from nsquilio.core.steps import AFTER_HOLD_DAYS, EVENT_DAYS, DatedSteps
from nsquilio.jobs.services import Services
from nsquilio.remote.twilio_errors import error_of


@dataclass(frozen=True, slots=True)
class Read:
    """What NetSuite said. `named`: invoices that captured events named, read whatever their dates."""

    invoices: tuple[Invoice, ...]
    customers: Mapping[str, Customer]
    payments: Mapping[str, tuple[Payment, ...]]
    read_at: datetime
    named: frozenset[str] = frozenset()


def read_netsuite(services: Services, now: datetime) -> Read:
    """Every invoice a step may ask for, each once, with its customer."""
    rules = services.rules
    today = company_day(rules, now)
    dated = DatedSteps(rules.reminders.steps)
    first = _first_unattended_day(services, today) - timedelta(max(dated.last_day, 0))
    last = today + timedelta(rules.reminders.look_ahead_days)
    found: dict[str, Invoice] = {}
    # Two more dates a row cost a third of the reading, and thanks for a payment need neither.
    wants_moments = any(step.kind in (StepKind.CREATED, StepKind.CHANGED) for step in rules.reminders.steps)
    for page in services.netsuite.open_invoices(first, last, moments=wants_moments):
        found.update((invoice.id, invoice) for invoice in page)
        services.progress("invoices", len(found), 0)
    named = services.store.runs.named_invoices()
    payments = _read_further(services, found, named, now)
    customers = _customers(services, found.values())
    return Read(tuple(found.values()), customers, payments, services.clock(), named)


def _first_unattended_day(services: Services, today: date) -> date:
    """Today, or the day after the last run that came through: what expired since then must be told."""
    good = services.store.runs.last_good("remind")
    if good is None:
        return today
    return min(today, company_day(services.rules, good.started_at) + timedelta(days=1))


def company_day(rules: Rules, now: datetime) -> date:
    return now.astimezone(ZoneInfo(rules.company.time_zone)).date()


def _read_further(
    services: Services, found: dict[str, Invoice], named: frozenset[str], now: datetime
) -> dict[str, tuple[Payment, ...]]:
    """Invoices outside the due dates: named by events, waiting (so that what expires is told), after a hold,
    and those event steps ask for.
    """
    payments = _news_of_written_about(services, found, now)
    waiting = (row.invoice_id for row in services.store.runs.waiting())
    wanted = {*named, *waiting, *_after_holds(services, now), *payments}
    further = sorted(wanted - found.keys())
    for invoice in services.netsuite.invoices_by_id(further) if further else ():
        if invoice.status == "A" or (invoice.status == "B" and invoice.id in payments):
            found[invoice.id] = invoice
    return payments


def _news_of_written_about(
    services: Services, found: dict[str, Invoice], now: datetime
) -> dict[str, tuple[Payment, ...]]:
    """What was created, changed or paid while an event step lives; the payments of what customers were told about.

    Asked by when it happened: one question for each invoice of the past would grow with the state file.
    """
    kinds = {step.kind for step in services.rules.reminders.steps}
    first_run = services.store.runs.first_run()
    if first_run is None:
        return {}
    since = max(first_run, now - timedelta(days=_event_days(services.rules)))
    if kinds & {StepKind.CREATED, StepKind.CHANGED}:
        for page in services.netsuite.modified_since(since):
            told = None if StepKind.CREATED in kinds else services.store.messages.told(i.id for i in page)
            found.update((i.id, i) for i in page if told is None or i.id in told)
    if StepKind.PAID not in kinds:
        return {}
    # Entering or applying a payment touches it; the day that stands on it may be any.
    lately = services.netsuite.payments_since(since)
    told_of = services.store.messages.told({payment.invoice_id for payment in lately})
    return _payments_of(told_of, services)


def payments_by_invoice(services: Services, settled: Sequence[Invoice]) -> dict[str, tuple[Payment, ...]]:
    """What settled these invoices; read only where a step asks for payments."""
    if not settled or all(step.kind is not StepKind.PAID for step in services.rules.reminders.steps):
        return {}
    return _payments_of((invoice.id for invoice in settled), services)


def _payments_of(invoice_ids: Iterable[str], services: Services) -> dict[str, tuple[Payment, ...]]:
    """All that was applied to each, also long ago: a part of it would tell another last payment."""
    return _grouped(services.netsuite.payments_of(sorted(invoice_ids), moments=True))


def _grouped(payments: Iterable[Payment]) -> dict[str, tuple[Payment, ...]]:
    grouped: dict[str, list[Payment]] = {}
    for payment in payments:
        grouped.setdefault(payment.invoice_id, []).append(payment)
    return {invoice_id: tuple(of_one) for invoice_id, of_one in grouped.items()}


def _event_days(rules: Rules) -> int:
    lives = (step.good_for_days or EVENT_DAYS for step in rules.reminders.steps if step.due_offset is None)
    return max(lives, default=EVENT_DAYS) + 1


def _after_holds(services: Services, now: datetime) -> set[str]:
    """Invoices whose hold ended lately: their step lives on although its days are over."""
    longest = max((s.good_for_days or AFTER_HOLD_DAYS for s in services.rules.reminders.steps), default=0)
    since = now - timedelta(days=longest + 1)
    return {hold.invoice_id for hold in services.store.blocks.holds_ended_since(since) if hold.invoice_id}


def _customers(services: Services, invoices: Iterable[Invoice]) -> dict[str, Customer]:
    wanted = {invoice.customer_id for invoice in invoices if invoice.customer_id}
    return {customer.id: customer for customer in services.netsuite.customers(wanted)} if wanted else {}


def inputs_for(
    read: Read,
    services: Services,
    now: datetime,
    narrowing: Narrowing | None = None,
    prices: Mapping[str, Decimal] | None = None,
) -> Inputs:
    """What was read and what the state file knows, as the decision wants it."""
    bare = Inputs(
        customers=read.customers,
        rules=services.rules,
        now=now,
        blocks=blocks_for(read, services, now),
        narrowing=narrowing or Narrowing(),
        prices={**services.rules.price_per_segment, **(prices or {})},
        history=_events_past(read, services),
    )
    return replace(bare, history=_full_past(read.invoices, bare, services, now))


def _events_past(read: Read, services: Services) -> History:
    """What decides which event steps live: what was told, when the profile began, what was paid."""
    has_events = any(step.due_offset is None for step in services.rules.reminders.steps)
    ids = [invoice.id for invoice in read.invoices] if has_events else []
    return History(
        told=services.store.messages.told(ids) if ids else {},
        first_run=services.store.runs.first_run(),
        released=services.store.runs.released(),
        payments=read.payments,
    )


def _full_past(invoices: Sequence[Invoice], bare: Inputs, services: Services, now: datetime) -> History:
    asked = look_ups(invoices, bare)
    messages = services.store.messages
    # A day more than the rule on both sides: recipients' days are not the company's.
    since = (now - timedelta(days=services.rules.contact.customer_days + 2)).date()
    keys = messages.key_states(asked.keys)
    codes = {state.error_code for state in keys.values() if state.error_code}
    return replace(
        bare.history,
        keys=keys,
        meanings={code: error_of(code).meaning for code in codes},
        contacts=messages.contacts(since),
        texted=messages.texted(asked.numbers),
    )


def blocks_for(read: Read, services: Services, now: datetime) -> Blocks:
    """Holds, opt-outs and dead addresses as the state file and the customers' boxes have them now."""
    blocks = services.store.blocks
    by_record = numbers_opted_out_by_record(read.customers.values(), services.rules.company.country)
    further = services.netsuite.opted_out_numbers()
    return Blocks(
        holds=blocks.holds_for_decision(now),
        # Not `**`: the state file knows erased numbers too, which it can recognise but not list.
        opted_out={**by_record, **further} | blocks.opted_out(),
        undeliverable=blocks.undeliverable(),
    )
