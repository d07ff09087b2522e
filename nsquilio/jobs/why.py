"""Every rule for one invoice, or each open invoice of one customer: the decision of `remind`, from inside.

Reads the whole customer, because its invoices share messages and limits, and whoever has the same number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from nsquilio.core.decide import Seen, explain, make_plan
from nsquilio.core.inputs import Inputs
from nsquilio.core.model import Channel, Customer, Decision, Invoice, Message, Plan
from nsquilio.errors import ServiceFailed
from nsquilio.jobs.find import find_target
from nsquilio.jobs.pull_inbound import pull
from nsquilio.jobs.reading import Read, inputs_for, payments_by_invoice
from nsquilio.jobs.results import Problem
from nsquilio.jobs.services import Services
from nsquilio.jobs.settle import settle
from nsquilio.jobs.understand import understand

_PAID_LATELY = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Explained:
    decision: Decision
    rules: tuple[Seen, ...]
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class WhyResult:
    """`as_of`: the moment the decision is for. One row per invoice of the target, largest first.

    `customer`: without a name where NetSuite does not show it, and without an id where the invoice has none.
    """

    as_of: datetime
    customer: Customer
    rows: tuple[Explained, ...]
    problems: tuple[Problem, ...] = ()


def why(services: Services, target: str, as_of: datetime | None) -> WhyResult:
    """`services` works on a copy of the state, so that looking changes nothing."""
    problems = _fresh_opt_outs(services)
    now = as_of or services.clock()
    services.store.runs.mark_first_run(now)
    found = find_target(services, target)
    customers = {each.id: each for each in services.netsuite.customers([found.customer_id])}
    invoices = _invoices_of(customers, services, now)
    if found.invoice is not None:
        invoices.setdefault(found.invoice.id, found.invoice)
    invoices, inputs, plan = _planned(customers, invoices, services, now)
    wanted = {found.invoice.id} if found.invoice else _of(found.customer_id, invoices.values())
    rows = [_explained(d, invoices, inputs, plan) for d in plan.decisions if d.invoice_id in wanted]
    rows.sort(key=lambda row: (-row.decision.open_balance.amount, row.decision.document_number))
    customer = customers.get(found.customer_id) or Customer(found.customer_id, "")
    return WhyResult(now, customer, tuple(rows), problems)


def _fresh_opt_outs(services: Services) -> tuple[Problem, ...]:
    """A run would not send without them; an answer is better than none, if it says what it does not know."""
    try:
        pulled = pull(services, services.clock())
        return (*pulled.problems, *settle(services).problems, *understand(services).problems)
    except ServiceFailed as problem:
        what = f"The answers of the last minutes could not be read: {problem.message}"
        return (Problem("pull_failed", what, "An opt-out among them is not in this answer.", 1),)


def _invoices_of(customer_ids: Iterable[str], services: Services, now: datetime) -> dict[str, Invoice]:
    """What is open, whatever its due date."""
    found = services.netsuite.recent_invoices(customer_ids, (now - _PAID_LATELY).date())
    return {invoice.id: invoice for invoice in found if invoice.status == "A"}


def _planned(
    customers: Mapping[str, Customer], invoices: dict[str, Invoice], services: Services, now: datetime
) -> tuple[dict[str, Invoice], Inputs, Plan]:
    """As a run would plan it: a number takes one text a day, whichever customer's turn comes first."""
    inputs = _inputs(customers, invoices.values(), services, now)
    plan = make_plan(invoices.values(), inputs)
    numbers = {message.to for message in plan.messages if message.channel is Channel.SMS}
    others = _others_with(numbers, customers, services) if numbers else {}
    if not others:
        return invoices, inputs, plan
    invoices = {**_invoices_of(others, services, now), **invoices}
    inputs = _inputs({**others, **customers}, invoices.values(), services, now)
    return invoices, inputs, make_plan(invoices.values(), inputs)


def _others_with(
    numbers: set[str], customers: Mapping[str, Customer], services: Services
) -> dict[str, Customer]:
    owners = services.netsuite.customers_by_phone(numbers).values()
    return {o.customer.id: o.customer for each in owners for o in each if o.customer.id not in customers}


def _inputs(
    customers: Mapping[str, Customer], invoices: Iterable[Invoice], services: Services, now: datetime
) -> Inputs:
    read = tuple(invoices)
    payments = payments_by_invoice(services, [invoice for invoice in read if invoice.balance == 0])
    return inputs_for(Read(read, customers, payments, now), services, now)


def _of(customer_id: str, invoices: Iterable[Invoice]) -> set[str]:
    return {invoice.id for invoice in invoices if invoice.customer_id == customer_id}


def _explained(decision: Decision, invoices: Mapping[str, Invoice], inputs: Inputs, plan: Plan) -> Explained:
    rules = explain(invoices[decision.invoice_id], inputs, decision)
    return Explained(decision, rules, _messages_of(decision, plan.messages))


def _messages_of(decision: Decision, messages: Sequence[Message]) -> tuple[Message, ...]:
    return tuple(message for message in messages if message.key in decision.message_keys)
