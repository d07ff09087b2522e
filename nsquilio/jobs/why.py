"""Every rule for one invoice, or each open invoice of one customer: the decision of `remind`, shown from inside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from nsquilio.core.decide import Seen, explain, make_plan
from nsquilio.core.model import Customer, Decision, Message
from nsquilio.errors import WrongUsage
from nsquilio.jobs.find import find_target
from nsquilio.jobs.pull_inbound import pull
from nsquilio.jobs.reading import Read, inputs_for, payments_by_invoice
from nsquilio.jobs.services import Services


@dataclass(frozen=True, slots=True)
class Explained:
    decision: Decision
    rules: tuple[Seen, ...]
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class WhyResult:
    """`as_of`: the moment the decision is for. One row per invoice of the target."""

    as_of: datetime
    customer: Customer
    rows: tuple[Explained, ...]


def why(services: Services, target: str, as_of: datetime | None) -> WhyResult:
    """Reads the whole customer, because its invoices share messages and limits. `services` works on a copy."""
    pull(services, services.clock())
    now = as_of or services.clock()
    found = find_target(services, target)
    customers = {c.id: c for c in services.netsuite.customers([found.customer_id])}
    customer = customers.get(found.customer_id)
    if customer is None:
        raise WrongUsage(
            f"Customer {found.customer_id} of {found.words} cannot be read.",
            "Check the role's permissions: doctor.",
        )
    since = (now - timedelta(days=2)).date()
    invoices = {i.id: i for i in services.netsuite.recent_invoices([customer.id], since) if i.status == "A"}
    if found.invoice is not None:
        invoices.setdefault(found.invoice.id, found.invoice)
    payments = payments_by_invoice(services, [i for i in invoices.values() if i.balance == 0])
    read = Read(tuple(invoices.values()), customers, payments, now)
    inputs = inputs_for(read, services, now)
    plan = make_plan(read.invoices, inputs)
    wanted = {found.invoice.id} if found.invoice else invoices.keys()
    rows = tuple(
        Explained(
            decision,
            explain(invoices[decision.invoice_id], inputs, decision),
            tuple(message for message in plan.messages if message.key in decision.message_keys),
        )
        for decision in plan.decisions
        if decision.invoice_id in wanted
    )
    return WhyResult(now, customer, rows)
