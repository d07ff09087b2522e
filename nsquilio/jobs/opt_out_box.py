"""The opt-out box of customers in NetSuite, ticked after a customer's own no, so that the AR team sees it
there.

The state file keeps nothing from being right without it: what is written here is for people and for other
programs. Only a box that we ticked is ever unticked. A row whose box is still to be written stays pending,
over any crash.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from nsquilio.core.model import Customer
from nsquilio.core.phones import parse_phone
from nsquilio.errors import Refused, ServiceFailed
from nsquilio.jobs.results import Problem
from nsquilio.jobs.services import Services
from nsquilio.store import InboundRow


def write_boxes(services: Services) -> list[Problem]:
    pending = services.store.inbound.without_effects()
    if not pending:
        return []
    column = None if services.dry_run else services.netsuite.opt_out_column
    problems = _write(pending, column, services) if column else []
    if not any(problem.exit_code for problem in problems):
        services.store.inbound.mark_effects([row.sid for row in pending], services.clock())
    return problems


def _write(pending: Sequence[InboundRow], column: str, services: Services) -> list[Problem]:
    """Every customer whose texts go to one of these numbers; several may share it."""
    numbers = {row.sender for row in pending if row.sender.startswith("+")}
    if not numbers:
        return []
    opted_out = services.store.blocks.opted_out()
    problems: list[Problem] = []
    for number, owners in services.netsuite.customers_by_phone(numbers).items():
        for customer in (owner.customer for owner in owners):
            if _is_texted_at(customer, number, services):
                problems += _write_one(customer, number in opted_out, column, services)
    return problems


def _is_texted_at(customer: Customer, number: str, services: Services) -> bool:
    """The box stops every number of the record, so it is ticked only where texts go to this one."""
    country = customer.country or services.rules.company.country
    found = (parse_phone(text, country=country) for text in customer.mobiles)
    first = next((phone for phone in found if phone is not None), None)
    return first is not None and first.e164 == number


def _write_one(customer: Customer, is_out: bool, column: str, services: Services) -> list[Problem]:
    if customer.sms_opt_out == is_out or (not is_out and not _is_ours(customer.id, services)):
        return []
    try:
        services.netsuite.update_customer(customer.id, {column: is_out})
    except ServiceFailed as problem:
        return [_not_written(customer, is_out, column, problem)]
    services.store.trail.append(
        "customer.opt_out_box",
        services.clock(),
        ids={"customer": customer.id},
        details={"column": column, "ticked": is_out},
        refs=[f"customer:{customer.id}", _ref(customer.id)],
    )
    return []


def _ref(customer_id: str) -> str:
    return f"box:{customer_id}"


def _is_ours(customer_id: str, services: Services) -> bool:
    """Whether the last thing we did to the box was to tick it."""
    events = list(services.store.trail.events(refs=[_ref(customer_id)]))
    return bool(events) and bool(json.loads(events[-1].details).get("ticked"))


def _not_written(customer: Customer, is_out: bool, column: str, problem: ServiceFailed) -> Problem:
    """Refused for good is told once and fails nothing: the opt-out itself is in force either way."""
    is_final = isinstance(problem, Refused)
    word = "ticked" if is_out else "cleared"
    what = f"The box {column} of {customer.name} ({customer.id}) was not {word}: {problem.message}"
    next_step = (
        "Set it by hand, or give the role the right to edit customers."
        if is_final
        else "The next run tries again."
    )
    return Problem("opt_out_box", what, next_step, 0 if is_final else problem.exit_code)
