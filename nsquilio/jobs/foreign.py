"""Messages that a service has and the state file does not know, as rows for the state file.

Only values: what they mean for tonight is decided in `adopt`, where they come from in `adopt`, `rebuild` and
`settle`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from nsquilio.core.contact_hours import At, arrival, local_day
from nsquilio.core.holidays_of import Places, holiday_places
from nsquilio.core.model import Channel, Customer, Outcome, Reminder
from nsquilio.core.phones import parse_phone
from nsquilio.core.recipients import zones_for
from nsquilio.jobs.services import Services
from nsquilio.remote.twilio_errors import is_lost
from nsquilio.remote.twilio_rows import MessageRow
from nsquilio.store import ForeignMessage, StoredMessage


def outcome_of(row: MessageRow) -> Outcome:
    """A canceled text never left, so what it was for is free again."""
    if row.status == "scheduled":
        return Outcome.SCHEDULED
    return Outcome.CANCELED if row.status == "canceled" else Outcome.SENT


def when(row: MessageRow) -> datetime | None:
    """When Twilio took it; texts that were scheduled leave later."""
    return row.created_at or row.sent_at


def adopted_copy(message: StoredMessage, row: MessageRow) -> ForeignMessage:
    """A second text for the same reminders as one that is known."""
    return _foreign(
        row, message.customer_id, message.customer, message.reminders, message.local_day, message.intent_at
    )


def adopted_text(
    row: MessageRow, customer: Customer, reminders: Sequence[Reminder], now: datetime, services: Services
) -> ForeignMessage:
    """`reminders` may be empty: then it only counts as a contact."""
    at = when(row) or now
    return _foreign(
        row,
        customer.id,
        customer.name,
        reminders,
        _day_of(row, at, customer, services),
        at,
    )


def _day_of(row: MessageRow, at: datetime, customer: Customer, services: Services) -> date:
    """Of a text that Twilio keeps for later no list tells when it leaves; ours leave at the next opening."""
    contact, company = services.rules.contact, services.rules.company
    zones = zones_for(customer, row.to, company.country)
    if row.status == "scheduled" and zones:
        leaves = arrival(at, zones, contact.hours, _places(row.to, customer, services), schedule_ahead=True)
        at = leaves.send_at if isinstance(leaves, At) else at
    return arrival_day(row.sent_at or at, customer, row.to, services)


def _places(number: str, customer: Customer, services: Services) -> Places:
    if not services.rules.contact.holidays:
        return ()
    country = services.rules.company.country
    phone = parse_phone(number, country=country)
    return holiday_places(
        number_country=phone.region if phone else "",
        country=customer.country,
        subdivision=customer.subdivision,
        company_country=country,
    )


def arrival_day(at: datetime, customer: Customer | None, number: str | None, services: Services) -> date:
    """The recipient's day, which the limits count by."""
    company = services.rules.company
    zones = zones_for(customer, number, company.country) if customer else ()
    return local_day(at, zones or (company.time_zone,))


def _foreign(
    row: MessageRow,
    customer_id: str,
    customer: str,
    reminders: Sequence[Reminder],
    day: date,
    at: datetime,
) -> ForeignMessage:
    return ForeignMessage(
        key=f"{customer_id}:found:{row.sid}",
        channel=Channel.SMS,
        to=row.to,
        body=row.body,
        customer_id=customer_id,
        customer=customer,
        step=reminders[0].step if reminders else "",
        reminders=tuple(reminders),
        local_day=day,
        sid=row.sid,
        outcome=outcome_of(row),
        at=at,
        status=row.status,
        segments=row.segments,
        error_code=row.error_code or None,
        price=row.price,
        price_currency=row.price_unit or None,
        final=row.is_final,
        failed_for_good=is_lost(row.status, row.error_code),
    )
