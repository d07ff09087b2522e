"""What a text that somebody sent in the company's name was about: which reminders, if any.

The state file that sent it may be lost, or another machine's; the text itself, its time and its recipient
are all there is. It counts as the newest dated step that had begun for an invoice it names, if it went to a
number of that invoice's customer: so it is found whatever has happened to amounts, templates, limits or hours
since. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from nsquilio.core.keys import reminder_key
from nsquilio.core.model import Customer, Invoice, Reminder
from nsquilio.core.phones import numbers_in
from nsquilio.core.rules import Rules, Step, StepKind
from nsquilio.core.same_text import is_named, likeness, normalised, number_like_words, says_more
from nsquilio.core.steps import DatedSteps
from nsquilio.core.wording import TextItem, WordingFailed, text_for

_SURE = 0.75
CLOCKS_APART = timedelta(days=1)
"""NetSuite tells times in the zone of the session: wrong by hours where that zone is not the one set up."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """`customer`: None when nothing is recognised. `strangers`: invoices it names, although it went to a
    number that is not their customer's. `events`: those it names in the words of an event step, such as a
    thank-you, with that step.
    """

    customer: Customer | None = None
    reminders: tuple[Reminder, ...] = ()
    strangers: tuple[Invoice, ...] = ()
    events: tuple[tuple[Invoice, Step], ...] = ()


class Recogniser:
    """Reads many texts against the same invoices and customers.

    What is looked up in is made with the first text: most nights have none, and a hundred thousand invoices.
    """

    def __init__(self, invoices: Sequence[Invoice], customers: Mapping[str, Customer], rules: Rules) -> None:
        self._customers = customers
        self._rules = rules
        self.company = rules.company
        self._zone = ZoneInfo(rules.company.time_zone)
        self._dated = DatedSteps(rules.reminders.steps)
        self.steps = {step.id: step for step in rules.reminders.steps}
        self._events = [step for step in rules.reminders.steps if step.due_offset is None and step.sms]
        self._invoices = invoices
        self._numbers: dict[str, frozenset[str]] = {}

    @cached_property
    def _by_number(self) -> dict[str, list[Invoice]]:
        found: dict[str, list[Invoice]] = {}
        for invoice in self._readable():
            found.setdefault(normalised(invoice.number), []).append(invoice)
        return found

    @cached_property
    def _by_id(self) -> dict[str, Invoice]:
        return {invoice.id: invoice for invoice in self._invoices}

    @cached_property
    def _by_customer(self) -> dict[str, list[Invoice]]:
        found: dict[str, list[Invoice]] = {}
        for invoice in self._readable():
            found.setdefault(invoice.customer_id, []).append(invoice)
        return found

    @cached_property
    def _several_words(self) -> list[str]:
        """Words are looked up; only numbers of several words are searched for one by one."""
        return [number for number in self._by_number if " " in number or ":" in number]

    def _readable(self) -> Iterator[Invoice]:
        return (invoice for invoice in self._invoices if invoice.number and not invoice.problem)

    def named(self, body: str) -> list[Invoice]:
        """Every invoice whose document number stands in the text."""
        numbers = number_like_words(body).keys() & self._by_number.keys()
        numbers |= {number for number in self._several_words if is_named(number, body)}
        return [invoice for number in sorted(numbers) for invoice in self._by_number[number]]

    def unknown_numbers(self, body: str) -> set[str]:
        """Words that may be document numbers of invoices not given here."""
        words = number_like_words(body).items()
        return {written for word, written in words if word not in self._by_number and _may_be_number(word)}

    def recognise(self, body: str, to: str, at: datetime) -> Recognised:
        named = self.named(body)
        theirs = [invoice for invoice in named if to in self._numbers_of(invoice.customer_id)]
        if not theirs:
            return Recognised(strangers=tuple(named))
        customer = self._customers[theirs[0].customer_id]
        events = [(invoice, step) for invoice in theirs if (step := self._event(invoice, body, at))]
        about = {invoice.id for invoice, _step in events}
        told = [invoice for invoice in theirs if invoice.id not in about]
        reminders = [r for invoice in told if (r := self._reminder(invoice, at))]
        if says_more(body):
            reminders += self._not_named(reminders, at)
        return Recognised(customer, tuple(reminders), events=tuple(events))

    def by_a_persons_word(self, invoices: Iterable[Invoice], at: datetime) -> Recognised:
        """A person said that a text to some other number was the reminder of these invoices."""
        reminders = tuple(r for invoice in invoices if (r := self._reminder(invoice, at)))
        customer = self._customers.get(reminders[0].customer_id) if reminders else None
        return Recognised(customer, reminders)

    def begun(self, due: date | None, step_id: str, at: datetime) -> bool:
        """Whether a dated step's day had come at that time; of event steps that is not known."""
        if self.steps[step_id].due_offset is None:
            return True
        return due is not None and step_id in self._dated.passed(due, self.day(at))

    def could_tell(self, reminder: Reminder, at: datetime) -> bool:
        """Whether a message of that time may have been this reminder: its step had begun, its invoice stood."""
        invoice = self.invoice(reminder.invoice_id)
        created = invoice.created_at if invoice else None
        if created is not None and created > at + CLOCKS_APART:
            return False
        return self.begun(reminder.due_date, reminder.step, at)

    def can_come_again(self, reminder: Reminder) -> bool:
        """Whether a message about the same invoice at the same step may have answered another event."""
        return self.steps[reminder.step].kind in (StepKind.CHANGED, StepKind.PAID)

    def invoice(self, invoice_id: str) -> Invoice | None:
        return self._by_id.get(invoice_id)

    def of_customer(self, customer_id: str) -> tuple[Customer | None, Sequence[Invoice]]:
        """The customer with what was read of their invoices."""
        return self._customers.get(customer_id), self._by_customer.get(customer_id, ())

    def newest_step(self, invoice: Invoice, at: datetime) -> Step | None:
        """The newest dated step whose day had come at that time."""
        passed = self._dated.passed(invoice.due_date, self.day(at)) if invoice.due_date else []
        return self.steps[passed[-1]] if passed else None

    def day(self, at: datetime) -> date:
        """The company's day."""
        return at.astimezone(self._zone).date()

    def _numbers_of(self, customer_id: str) -> frozenset[str]:
        if customer_id not in self._numbers:
            customer = self._customers.get(customer_id)
            self._numbers[customer_id] = (
                frozenset(_numbers(customer, self._rules)) if customer else frozenset()
            )
        return self._numbers[customer_id]

    def _reminder(self, invoice: Invoice, at: datetime) -> Reminder | None:
        due = invoice.due_date
        passed = self._dated.passed(due, self.day(at)) if due else []
        if due is None or not passed:
            return None
        step = self.steps[passed[-1]]
        slot = text_slot(step)
        if slot is None:
            return None
        late = (self.day(at) - due).days
        return reminder_of(invoice, step, slot, "", late)

    def _not_named(self, named: list[Reminder], at: datetime) -> list[Reminder]:
        """The text left invoices out ("and 37 more"): which is not known, so all of the same kind count."""
        kinds = {self.steps[reminder.step].kind for reminder in named}
        known = {reminder.invoice_id for reminder in named}
        others = {id_ for r in named for id_ in (r.customer_id,)}
        found = []
        for invoice in (i for customer_id in sorted(others) for i in self._by_customer[customer_id]):
            reminder = self._reminder(invoice, at) if invoice.id not in known else None
            if reminder and self.steps[reminder.step].kind in kinds:
                found.append(reminder)
        return found

    def _event(self, invoice: Invoice, body: str, at: datetime) -> Step | None:
        """The event step whose words these are, rather than those of a dated step."""
        likely = [(self._likeness(step, invoice, body, at), step) for step in self._events]
        best, step = max(likely, key=lambda each: each[0], default=(0.0, None))
        if best < _SURE:
            return None
        dated = (each for each in self.steps.values() if each.due_offset is not None and each.sms)
        return (
            step if best > max((self._likeness(d, invoice, body, at) for d in dated), default=0.0) else None
        )

    def _likeness(self, step: Step, invoice: Invoice, body: str, at: datetime) -> float:
        customer = self._customers[invoice.customer_id]
        late = (self.day(at) - invoice.due_date).days if invoice.due_date else 0
        item = TextItem(invoice, late)
        try:
            words = text_for(step, [item], customer, self._rules.company, customer.language, False)
        except WordingFailed:
            return 0.0
        return likeness(words, body)


def text_slot(step: Step) -> str | None:
    """The slot in which the step sends texts; None when it sends none."""
    if not step.sms:
        return None
    return next((slot for slot in ("sms", "preferred") if slot in step.channels), None)


def reminder_of(invoice: Invoice, step: Step, slot: str, occurrence: str, days_past_due: int) -> Reminder:
    """With what the invoice says now: what the customer was told then is not known."""
    return Reminder(
        key=reminder_key(invoice.id, step.id, slot, occurrence),
        invoice_id=invoice.id,
        document_number=invoice.number,
        customer_id=invoice.customer_id,
        step=step.id,
        slot=slot,
        occurrence=occurrence,
        due_date=invoice.due_date,
        days_past_due=days_past_due,
        balance=invoice.open_balance,
    )


def _numbers(customer: Customer, rules: Rules) -> Iterable[str]:
    country = customer.country or rules.company.country
    for text in (*customer.all_phones, *customer.mobiles):
        yield from numbers_in(text, country=country)


def _may_be_number(word: str) -> bool:
    """Not every amount and year in every text is worth a question to NetSuite."""
    has_letter = any(letter.isalpha() for letter in word)
    digits = sum(letter.isdigit() for letter in word)
    return digits >= 2 and (has_letter or (digits >= 5 and word.isdigit())) and len(word) <= 45
