"""Finds the one invoice or customer that a TARGET names, in NetSuite; says which ones fit when there are several."""

from __future__ import annotations

from dataclasses import dataclass

from nsquilio.core.model import Customer, Invoice
from nsquilio.errors import WrongUsage
from nsquilio.jobs.services import Services

NAMES = "Give a document number, an internal id or a customer's name."
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Found:
    """One invoice, or one customer when `invoice` is None."""

    customer_id: str
    words: str
    invoice: Invoice | None = None


def find_target(services: Services, target: str) -> Found:
    """Raises `WrongUsage` when nothing or more than one thing fits."""
    text = target.strip()
    if not text:
        raise WrongUsage("The target is empty.", NAMES)
    kind, _, rest = text.partition(":")
    if kind == "invoice" and rest:
        found = _invoices(services, rest.strip())
    elif kind == "customer" and rest:
        found = _customers(services, rest.strip()) or _customers(services, rest.strip(), in_part=True)
    else:
        found = [*_invoices(services, text), *_customers(services, text)]
        found = found or _customers(services, text, in_part=True)
    if not found:
        raise WrongUsage(f"Nothing in NetSuite fits {target!r}.", NAMES, code="no_such_target")
    if len(found) > 1:
        raise WrongUsage(f"{target!r} fits {len(found)} things.", f"Say which: {_choices(found)}.")
    return found[0]


def _choices(found: list[Found]) -> str:
    named = [f"{_name(each)} ({each.words})" for each in found[:_SHOWN]]
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return ", ".join(named) + more


def _name(found: Found) -> str:
    return f"invoice:{found.invoice.id}" if found.invoice else f"customer:{found.customer_id}"


def _invoices(services: Services, text: str) -> list[Found]:
    by_number = services.netsuite.invoices_by_number([text])
    by_id = services.netsuite.invoices_by_id([text]) if text.isdigit() else []
    unique = {invoice.id: invoice for invoice in (*by_number, *by_id)}
    return [Found(i.customer_id, f"invoice {i.number}", i) for i in unique.values()]


def _customers(services: Services, text: str, *, in_part: bool = False) -> list[Found]:
    by_id = list(services.netsuite.customers([text])) if text.isdigit() else []
    named = services.netsuite.customers_named(text, in_part=in_part)
    exact = [customer for customer in named if customer.name.casefold() == text.casefold()]
    unique: dict[str, Customer] = {customer.id: customer for customer in (*by_id, *(exact or named))}
    return [Found(c.id, f"customer {c.name}") for c in unique.values()]
