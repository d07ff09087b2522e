"""What a person means by a TARGET: a document number, an internal id or a customer's name (spec section 3)."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence

from nsquilio.core.inputs import Narrowing
from nsquilio.core.model import Customer, Invoice
from nsquilio.core.rules import Step
from nsquilio.errors import WrongUsage


def narrowing_of(
    invoices: Sequence[Invoice],
    customers: Mapping[str, Customer],
    steps_known: Sequence[Step],
    *,
    wanted_customers: Sequence[str],
    wanted_invoices: Sequence[str],
    wanted_steps: Sequence[str],
    limit: int | None,
) -> Narrowing:
    """Raises `WrongUsage` for a step that does not exist or a name that fits several."""
    return Narrowing(
        customers=_all(wanted_customers, lambda text: the_customer(text, customers)),
        invoices=_all(wanted_invoices, lambda text: the_invoice(text, invoices)),
        steps=_all(wanted_steps, lambda text: _the_step(text, steps_known)),
        limit=limit,
    )


def _all(texts: Sequence[str], find: Callable[[str], tuple[str, ...]]) -> frozenset[str] | None:
    return frozenset(id_ for text in texts for id_ in find(text)) if texts else None


def the_invoice(text: str, invoices: Iterable[Invoice]) -> tuple[str, ...]:
    """The internal id; nothing when no invoice read fits (it may be paid, or not due for a long time)."""
    wanted = text.removeprefix("invoice:").strip()
    found = {i.id: i for i in invoices if wanted == i.id or wanted.casefold() == i.number.casefold()}
    chosen = [found[wanted]] if text.startswith("invoice:") and wanted in found else list(found.values())
    if len(chosen) > 1:
        choices = ", ".join(f"invoice:{i.id} ({i.number}, customer {i.customer_id})" for i in chosen[:8])
        raise WrongUsage(f"{text!r} fits {len(chosen)} invoices.", f"Say which: {choices}.")
    return tuple(i.id for i in chosen)


def the_customer(text: str, customers: Mapping[str, Customer]) -> tuple[str, ...]:
    wanted = text.removeprefix("customer:").strip()
    if wanted in customers:
        return (wanted,)
    exact = [c for c in customers.values() if c.name.casefold() == wanted.casefold()]
    chosen = exact or [c for c in customers.values() if wanted.casefold() in c.name.casefold()]
    if len(chosen) > 1:
        choices = ", ".join(f"customer:{c.id} ({c.name})" for c in chosen[:8])
        raise WrongUsage(f"{text!r} fits {len(chosen)} customers.", f"Say which: {choices}.")
    return tuple(c.id for c in chosen)


def _the_step(text: str, steps: Sequence[Step]) -> tuple[str, ...]:
    ids = [step.id for step in steps]
    if text in ids:
        return (text,)
    near = difflib.get_close_matches(text, ids, 1)
    meant = f" Did you mean {near[0]}?" if near else ""
    raise WrongUsage(f"There is no reminder step {text!r}.{meant}", f"The steps are: {', '.join(ids)}.")
