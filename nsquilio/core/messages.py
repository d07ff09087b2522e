"""Messages out of the reminders of one run: grouped by customer, limited, timed and worded (spec section 6).

The most overdue come first, so that they are the ones the limits let through. Decides nothing about invoices.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from nsquilio.core.case import Context, Stop
from nsquilio.core.contact_hours import Arrival, At, Now, Wait, arrival, local_day
from nsquilio.core.drafts import quick
from nsquilio.core.holidays_of import Places, holiday_places
from nsquilio.core.keys import message_key
from nsquilio.core.mail_wording import Mail, mail_for
from nsquilio.core.message_words import TextItem
from nsquilio.core.model import Channel, Contact, Customer, Invoice, Message, Reason, Reminder
from nsquilio.core.recipients import Recipient
from nsquilio.core.rules import Step, StepKind
from nsquilio.core.segments import segments
from nsquilio.core.steps import StepNow
from nsquilio.core.templates import WordingFailed
from nsquilio.core.wording import text_for

OVERDUE = "overdue"
UPCOMING = "upcoming"
_reminder_of = quick(Reminder)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reminder that every rule but limits and hours lets go. `freed_at`: when its last attempt failed."""

    invoice: Invoice
    customer: Customer
    now: StepNow
    slot: str
    key: str
    freed_at: datetime | None
    recipient: Recipient
    days_past_due: int

    @property
    def kind(self) -> str:
        """What may share a message: everything overdue, everything upcoming, each event by itself."""
        if self.now.step.kind is StepKind.AFTER:
            return OVERDUE
        return UPCOMING if self.now.step.kind is StepKind.BEFORE else self.now.step.id


@dataclass(slots=True)
class Outcomes:
    """By reminder key: why it goes or not, and the message it stands in."""

    stops: dict[str, Stop] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    messages: tuple[Message, ...] = ()


def messages_of(candidates: Sequence[Candidate], context: Context) -> Outcomes:
    """Every candidate gets a `Stop`: with a reason to send, to wait or, where no text can be made, to hold."""
    outcomes = Outcomes()
    made: list[Message] = []
    limits, arrivals = _Limits(context), _Arrivals(context)
    goes: dict[tuple[Reason, str, bool, datetime | None], Stop] = {}
    for group in _groups(candidates):
        answer = _message(group, context, limits, arrivals, len(made))
        if isinstance(answer, Stop):
            outcomes.stops.update({c.key: answer for c in group})
            continue
        made.append(answer)
        for c in group:
            how = (c.now.reason, c.now.detail, c.recipient.is_fallback, answer.send_at)
            if how not in goes:
                goes[how] = _goes(*how)
            outcomes.stops[c.key] = goes[how]
            outcomes.keys[c.key] = answer.key
    outcomes.messages = tuple(made)
    return outcomes


def _goes(reason: Reason, detail: str, is_fallback: bool, send_at: datetime | None) -> Stop:
    instead = "; by e-mail, in place of a text" if is_fallback else ""
    later = f"; leaves at {send_at:%Y-%m-%d %H:%M} UTC" if send_at else ""
    return Stop(reason, f"{detail}{instead}{later}", send_at)


def _groups(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    """One group a message, each and all of them most overdue first."""
    by_message: dict[tuple[str, str, str, str], list[Candidate]] = {}
    for c in candidates:
        by_message.setdefault((c.customer.id, c.recipient.channel, c.recipient.to, c.kind), []).append(c)
    groups = [sorted(group, key=_most_overdue) for group in by_message.values()]
    return sorted(groups, key=lambda group: (_most_overdue(group[0]), group[0].recipient.channel))


def _most_overdue(candidate: Candidate) -> tuple[int, Decimal, str, str]:
    invoice = candidate.invoice
    return -candidate.days_past_due, -invoice.balance, candidate.customer.id, invoice.id


def _message(
    group: list[Candidate], context: Context, limits: _Limits, arrivals: _Arrivals, made: int
) -> Message | Stop:
    first = group[0]
    limit = context.inputs.narrowing.limit
    if limit is not None and made >= limit:
        return Stop(Reason.FILTERED, f"beyond the limit of {limit} messages")
    when, day = arrivals.of(first.recipient)
    full = limits.reached(first, day)
    if full is not None:
        return full
    if isinstance(when, Wait):
        return Stop(when.reason, when.words, when.not_before)
    try:
        message = _worded(group, context, when, day, limits)
    except WordingFailed as problem:
        return Stop(Reason.UNREADABLE, f"no text can be made: {problem}")
    limits.count(first, day)
    return message


def _arrival(recipient: Recipient, context: Context, now: datetime) -> Arrival:
    contact = context.rules.contact
    if recipient.channel is Channel.EMAIL:
        return arrival(now, recipient.zones, contact.email_hours, (), schedule_ahead=False)
    ahead = contact.schedule_ahead and context.rules.messaging_service
    return arrival(now, recipient.zones, contact.hours, _places(recipient, context), schedule_ahead=ahead)


def _places(recipient: Recipient, context: Context) -> Places:
    if not context.rules.contact.holidays:
        return ()
    return holiday_places(
        number_country=recipient.country,
        country=recipient.address_country,
        subdivision=recipient.subdivision,
        company_country=context.rules.company.country,
    )


def _day_of(when: Arrival, recipient: Recipient, now: datetime) -> date:
    """The recipient's day of arrival; for what must wait, the day it could arrive on."""
    instant = now
    if isinstance(when, At):
        instant = when.send_at
    elif isinstance(when, Wait) and when.not_before:
        instant = when.not_before
    return local_day(instant, recipient.zones)


class _Arrivals:
    """When a recipient may be reached and on which of their days, worked out once a place."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._known: dict[tuple[object, ...], tuple[Arrival, date]] = {}

    def of(self, to: Recipient) -> tuple[Arrival, date]:
        place = (to.channel, to.zones, to.country, to.address_country, to.subdivision)
        known = self._known.get(place)
        if known is None:
            when = _arrival(to, self._context, self._context.inputs.now)
            known = self._known[place] = (when, _day_of(when, to, self._context.inputs.now))
        return known


class _Limits:
    """Who is contacted on which of their days, from the past and from this run so far."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._rules = context.rules.contact
        self._texts: dict[tuple[str, date], int] = {}
        self._days: dict[str, set[date]] = {}
        self._texted = set(context.history.texted)
        for contact in context.history.contacts:
            self._add(contact)

    def _add(self, contact: Contact) -> None:
        if contact.channel is Channel.SMS:
            number = (contact.recipient, contact.local_day)
            self._texts[number] = self._texts.get(number, 0) + 1
        self._days.setdefault(contact.customer_id, set()).add(contact.local_day)

    def count(self, candidate: Candidate, day: date) -> None:
        to = candidate.recipient
        self._add(Contact(candidate.customer.id, to.to, to.channel, day))
        if to.channel is Channel.SMS:
            self._texted.add(to.to)

    def is_first_text(self, number: str) -> bool:
        return number not in self._texted

    def reached(self, candidate: Candidate, day: date) -> Stop | None:
        to = candidate.recipient
        most = self._rules.per_number_per_day
        if to.channel is Channel.SMS and self._texts.get((to.to, day), 0) >= most:
            words = f"{most} text{'s' if most > 1 else ''} to this number on {day} already"
            return Stop(Reason.PER_NUMBER_LIMIT, words, self._open_after(day, to))
        return self._customer_limit(candidate, day)

    def _customer_limit(self, candidate: Candidate, day: date) -> Stop | None:
        most, span = self._rules.customer_contacts, self._rules.customer_days
        days = self._days.get(candidate.customer.id, set())
        if day in days or self._fits(days | {day}, day):
            return None
        later = next(d for n in range(1, 2 * span + 1) if self._fits(days | {(d := day + timedelta(n))}, d))
        words = f"{most} contacts in {span} days already, with {day} one more"
        return Stop(
            Reason.PER_CUSTOMER_LIMIT, words, self._open_after(later - timedelta(1), candidate.recipient)
        )

    def _fits(self, days: set[date], day: date) -> bool:
        """Whether no stretch of days around `day` holds more contacts than allowed."""
        if len(days) <= self._rules.customer_contacts:
            return True
        span = self._rules.customer_days
        starts = (day - timedelta(n) for n in range(span))
        return all(
            sum(timedelta(0) <= d - start < timedelta(span) for d in days) <= self._rules.customer_contacts
            for start in starts
        )

    def _open_after(self, day: date, recipient: Recipient) -> datetime | None:
        """The first allowed instant after the recipient's `day`."""
        zones = [ZoneInfo(zone) for zone in recipient.zones]
        midnight = max(datetime.combine(day + timedelta(1), time.min, zone).astimezone(UTC) for zone in zones)
        when = _arrival(recipient, self._context, midnight)
        if isinstance(when, At):
            return when.send_at
        return when.not_before if isinstance(when, Wait) else midnight


def _worded(group: list[Candidate], context: Context, when: Now | At, day: date, limits: _Limits) -> Message:
    first, step = group[0], _lead(group)
    to, rules = first.recipient, context.rules
    items = [TextItem(c.invoice, c.days_past_due) for c in group]
    language = first.customer.language
    mail: Mail | None = None
    if to.channel is Channel.SMS:
        first_text = limits.is_first_text(to.to)
        body = text_for(step, items, first.customer, rules.company, language, first_to_number=first_text)
    else:
        mail = mail_for(step, items, first.customer, rules.company, language)
        body = mail.text
    parts = segments(body)
    freed = max((c.freed_at for c in group if c.freed_at), default=None)
    is_text = to.channel is Channel.SMS
    price = context.inputs.prices.get(to.country) if is_text else None
    return Message(
        key=message_key(first.customer.id, first.kind, [c.key for c in group], freed),
        channel=to.channel,
        to=to.to,
        body=body,
        customer_id=first.customer.id,
        customer=first.customer.name,
        step=step.id,
        reminders=tuple([_reminder(c) for c in group]),
        local_day=day,
        subject=mail.subject if mail else None,
        html=mail.html if mail else None,
        language=language,
        segments=parts.count if is_text else 0,
        encoding=parts.encoding if is_text else "",
        breaker=parts.breaker if is_text else None,
        country=to.country if is_text else "",
        estimated_cost=price * parts.count if price is not None else None,
        send_at=when.send_at if isinstance(when, At) else None,
        validity_s=when.validity_s if is_text else None,
        zones=to.zones,
    )


def _lead(group: Sequence[Candidate]) -> Step:
    """The step whose wording serves all: the most severe overdue one, the nearest upcoming one."""
    steps = [c.now.step for c in group]
    if group[0].kind == OVERDUE:
        return max(steps, key=lambda step: step.days)
    return min(steps, key=lambda step: step.days)


def _reminder(candidate: Candidate) -> Reminder:
    invoice = candidate.invoice
    return _reminder_of(
        candidate.key,
        invoice.id,
        invoice.number,
        candidate.customer.id,
        candidate.now.step.id,
        candidate.slot,
        candidate.now.occurrence,
        invoice.due_date,
        candidate.days_past_due,
        invoice.open_balance,
    )
