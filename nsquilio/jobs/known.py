"""Who could have written, and about what: the customers behind many senders, their invoices, what we wrote to
them.

A handful of queries for thousands of senders, never one for each. Decides nothing: whose a message is stands
in `core.matching`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from nsquilio.core.match_ledger import RECENTLY_PAID, Book, KnownCustomer, KnownInvoice, Written, book_of
from nsquilio.core.model import Customer, Invoice
from nsquilio.core.phones import zones_of_number
from nsquilio.core.replies import OpenItem
from nsquilio.core.zones import recipient_zones
from nsquilio.jobs.inbound_mail import addresses_in, mailed_to
from nsquilio.jobs.services import Services
from nsquilio.remote.netsuite_customers import Person
from nsquilio.store import InboundRow
from nsquilio.store import Written as WrittenReminder

_NUMBER = re.compile(r"\+[0-9]{7,15}")
_WROTE_BEFORE = timedelta(days=400)
_QUOTED_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Known:
    """`owners`: number to the ids of the customers who have it. `texts`: number to (when, words) of our
    texts, newest first. `open_invoices`: by customer.
    """

    book: Book
    customers: Mapping[str, Customer]
    invoices: Mapping[str, Invoice]
    open_invoices: Mapping[str, Sequence[Invoice]]
    owners: Mapping[str, tuple[str, ...]]
    texts: Mapping[str, Sequence[tuple[datetime, str]]]

    def last_text_before(self, number: str, moment: datetime) -> str:
        """What a reply may quote."""
        return next((words for at, words in self.texts.get(number, ()) if at <= moment), "")

    def open_items(self, customer_id: str | None) -> list[OpenItem]:
        of_one = self.open_invoices.get(customer_id or "", ())
        return [OpenItem(i.number, i.balance, i.currency, i.due_date) for i in of_one]


def known_of(rows: Sequence[InboundRow], services: Services) -> Known:
    senders = sorted({row.sender for row in rows if row.sender})
    numbers = [sender for sender in senders if _NUMBER.fullmatch(sender)]
    oldest = min((row.received_at for row in rows), default=services.clock())
    written = _written_to(senders, oldest, services)
    having = services.netsuite.customers_by_phone(numbers) if numbers else {}
    customers = {owner.customer.id: owner.customer for owners in having.values() for owner in owners}
    people = {owner.customer.id: owner.people for owners in having.values() for owner in owners}
    others = {one.customer_id for one in written} - customers.keys()
    customers |= {one.id: one for one in services.netsuite.customers(others)} if others else {}
    invoices = _invoices(customers, oldest, services)
    return Known(
        book_of(
            [_known_customer(one, people.get(one.id, ())) for one in customers.values()],
            [_known_invoice(one) for one in invoices],
            _history(written),
            country=services.rules.company.country,
        ),
        customers,
        {one.id: one for one in invoices},
        _grouped_open(invoices),
        {number: tuple(owner.customer.id for owner in owners) for number, owners in having.items()},
        _texts(numbers, oldest, services),
    )


def _written_to(senders: Sequence[str], oldest: datetime, services: Services) -> tuple[WrittenReminder, ...]:
    """Also in mails that went to others too: those are stored under all their addresses."""
    mails = mailed_to(services, oldest) if any("@" in sender for sender in senders) else {}
    together = {recipients for sender in senders for recipients in mails.get(sender, ())}
    return services.store.messages.last_written_to({*senders, *together}, oldest - _WROTE_BEFORE)


def _invoices(customers: Iterable[str], oldest: datetime, services: Services) -> list[Invoice]:
    """Open ones, and those that had been paid lately when the oldest of the messages came."""
    ids = list(customers)
    since = (oldest - RECENTLY_PAID).date()
    return services.netsuite.recent_invoices(ids, since) if ids else []


def _grouped_open(invoices: Iterable[Invoice]) -> dict[str, list[Invoice]]:
    grouped: dict[str, list[Invoice]] = {}
    for invoice in invoices:
        if invoice.balance > 0:
            grouped.setdefault(invoice.customer_id, []).append(invoice)
    return grouped


def _texts(
    numbers: Sequence[str], oldest: datetime, services: Services
) -> dict[str, list[tuple[datetime, str]]]:
    grouped: dict[str, list[tuple[datetime, str]]] = {}
    for number, at, words in services.store.messages.texts_to(numbers, oldest - _QUOTED_WITHIN):
        grouped.setdefault(number, []).append((at, words))
    return grouped


def _known_customer(customer: Customer, people: Sequence[Person]) -> KnownCustomer:
    contacts = tuple((person.name, person.phones) for person in people)
    return KnownCustomer(customer.id, customer.name, customer.country, customer.all_phones, contacts)


def _known_invoice(invoice: Invoice) -> KnownInvoice:
    return KnownInvoice(
        id=invoice.id,
        number=invoice.number,
        customer_id=invoice.customer_id,
        balance=invoice.balance,
        total=invoice.total,
        currency=invoice.currency,
        due_date=invoice.due_date,
        is_open=invoice.balance > 0,
        po=invoice.po,
        description=invoice.description,
        paid_on=invoice.paid_on,
    )


def _history(written: Iterable[WrittenReminder]) -> list[Written]:
    """One entry for each address of a message, with all invoices it was about."""
    by_message: dict[str, list[WrittenReminder]] = {}
    for one in written:
        by_message.setdefault(one.message_key, []).append(one)
    return [
        Written(of_one[0].at, address, tuple(one.invoice_id for one in of_one), of_one[0].customer_id)
        for of_one in by_message.values()
        for address in addresses_in(of_one[0].to)
    ]


def senders_day(row: InboundRow, customer: Customer | None, services: Services) -> datetime:
    """When the message came, on the sender's own clock; the company's where that cannot be told."""
    company = services.rules.company
    names = recipient_zones(
        zones_of_number(row.sender),
        country=customer.country if customer else "",
        subdivision=customer.subdivision if customer else "",
        postal_code=customer.postal_code if customer else "",
        time_zone=customer.time_zone if customer else "",
    )
    name = company.time_zone if company.time_zone in names or not names else names[0]
    return row.received_at.astimezone(ZoneInfo(name))
