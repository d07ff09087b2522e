"""Whom a reminder goes to and by which channel, or why nobody can be reached (spec section 6, rules 3 and 6).

Decides about addresses only; hours, limits and what was sent before stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from nsquilio.core.model import Blocks, Channel, Customer, Invoice, Reason
from nsquilio.core.phones import Phone, masked, numbers_in, parse_phone, zones_of_number
from nsquilio.core.plain_text import one_line
from nsquilio.core.rules import Rules, Step
from nsquilio.core.zones import recipient_zones


@dataclass(frozen=True, slots=True)
class Recipient:
    """`to`: an E.164 number, or one or more addresses joined by ", ". `zones`: all the recipient may be in.

    `country`: the number's, which sets the price; `address_country` and `subdivision`: where holidays count too.
    `in_place_of`: why the text must not or cannot go out that this e-mail stands for.
    """

    channel: Channel
    to: str
    zones: tuple[str, ...]
    country: str
    address_country: str = ""
    subdivision: str = ""
    in_place_of: Nobody | None = None

    @property
    def is_fallback(self) -> bool:
        return self.in_place_of is not None


@dataclass(frozen=True, slots=True)
class Nobody:
    reason: Reason
    detail: str


class Recipients:
    """Finds recipients for one run; remembers each customer's number, for it is the same for all invoices."""

    def __init__(self, rules: Rules, blocks: Blocks) -> None:
        self._rules = rules
        self._blocks = blocks
        self._texts: dict[str, Recipient | Nobody] = {}

    def for_slot(self, invoice: Invoice, customer: Customer, step: Step, slot: str) -> Recipient | Nobody:
        """The recipient for one slot of a step ("preferred", "sms" or "email")."""
        wanted = slot if slot != "preferred" else customer.channel
        if wanted == Channel.EMAIL:
            return self._by_email(invoice, customer)
        by_text = self._by_text(customer)
        if isinstance(by_text, Recipient):
            return by_text
        if wanted != Channel.SMS and by_text.reason in (Reason.NO_CONTACT, Reason.INVALID_NUMBER):
            by_mail = self._by_email(invoice, customer)
            has_none = isinstance(by_mail, Nobody) and by_mail.reason is Reason.NO_CONTACT
            return by_text if has_none else by_mail
        return self._instead_of_text(by_text, invoice, customer, step)

    def after_lost_text(
        self, words: str, invoice: Invoice, customer: Customer, step: Step
    ) -> Recipient | Nobody:
        """The e-mail that follows a text that could not be delivered. `words`: what became of the text."""
        lost = Nobody(Reason.UNDELIVERABLE, words)
        return self._instead_of_text(lost, invoice, customer, step)

    def _instead_of_text(
        self, why_not: Nobody, invoice: Invoice, customer: Customer, step: Step
    ) -> Recipient | Nobody:
        """An e-mail where the rules allow one, else the reason why there is no text."""
        if why_not.reason not in (Reason.OPTED_OUT, Reason.UNDELIVERABLE):
            return why_not
        if not (self._rules.reminders.fallback_to_email and self._rules.email and step.email):
            return why_not
        if Channel.EMAIL in step.channels:  # the step writes by e-mail anyway
            return why_not
        by_mail = self._by_email(invoice, customer)
        if isinstance(by_mail, Nobody):
            return replace(why_not, detail=f"{why_not.detail}; no e-mail instead: {by_mail.detail}")
        return replace(by_mail, in_place_of=why_not)

    def _by_text(self, customer: Customer) -> Recipient | Nobody:
        found = self._texts.get(customer.id)
        if found is None:
            found = self._texts[customer.id] = _by_text(customer, self._rules, self._blocks)
        return found

    def _by_email(self, invoice: Invoice, customer: Customer) -> Recipient | Nobody:
        return _by_email(invoice, customer, self._rules, self._blocks)


def _by_text(customer: Customer, rules: Rules, blocks: Blocks) -> Recipient | Nobody:
    phones = _textable(customer, rules.company.country)
    if not phones:
        if any(text.strip() for text in customer.mobiles):
            return Nobody(Reason.INVALID_NUMBER, "no phone column holds a number that can be texted")
        return Nobody(Reason.NO_CONTACT, "no phone number")
    phone = phones[0]
    if phone.e164 in blocks.undeliverable:
        return Nobody(Reason.UNDELIVERABLE, f"{masked(phone.e164)}: {blocks.undeliverable[phone.e164]}")
    if phone.e164 in blocks.opted_out:
        return Nobody(Reason.OPTED_OUT, f"{masked(phone.e164)}: {blocks.opted_out[phone.e164]}")
    if customer.sms_opt_out:
        return Nobody(Reason.OPTED_OUT, "the opt-out box of the customer is ticked")
    if not _is_allowed(phone.e164, rules):
        return _not_allowed(phone.e164)
    zones = zones_for(customer, phone.e164, rules.company.country)
    if not zones:
        return Nobody(Reason.TIME_ZONE_UNKNOWN, _no_zone(customer, phone.e164))
    return Recipient(Channel.SMS, phone.e164, zones, phone.region, customer.country, customer.subdivision)


def _no_zone(customer: Customer, number: str) -> str:
    """The column decides alone, so a wrong word in it is what must be put right, not the address."""
    said = one_line(customer.time_zone, 40)
    if said:
        column = "the column of netsuite.customer.time_zone"
        return f"{column} says {said!r}, which is no time zone like America/New_York"
    return f"no time zone known for {masked(number)}"


def _by_email(invoice: Invoice, customer: Customer, rules: Rules, blocks: Blocks) -> Recipient | Nobody:
    stated = invoice.emails or customer.emails
    addresses = tuple(dict.fromkeys(a.strip().lower() for a in stated if "@" in a))
    if not addresses or not rules.email:
        return Nobody(
            Reason.NO_CONTACT, "no e-mail address" if rules.email else "no e-mail service is set up"
        )
    reachable = [address for address in addresses if address not in blocks.undeliverable]
    if not reachable:
        return Nobody(Reason.UNDELIVERABLE, _first_words(addresses, blocks.undeliverable))
    wanted = [address for address in reachable if address not in blocks.opted_out]
    if not wanted:
        return Nobody(Reason.OPTED_OUT, _first_words(reachable, blocks.opted_out))
    allowed = [address for address in wanted if _is_allowed(address, rules)]
    if not allowed:
        return _not_allowed(wanted[0])
    zones = zones_for(customer, None, rules.company.country) or (rules.company.time_zone,)
    return Recipient(Channel.EMAIL, ", ".join(allowed), zones, customer.country or rules.company.country)


def _first_words(addresses: Iterable[str], why: Mapping[str, str]) -> str:
    address = next(iter(addresses))
    return f"{masked(address)}: {why[address]}"


def _is_allowed(address: str, rules: Rules) -> bool:
    return rules.allowed_recipients is None or address in rules.allowed_recipients


def _not_allowed(address: str) -> Nobody:
    return Nobody(
        Reason.RECIPIENT_NOT_ALLOWED,
        f"{masked(address)} is not in allowed_recipients of this non-production profile",
    )


def zones_for(customer: Customer, number: str | None, company_country: str) -> tuple[str, ...]:
    """All zones the customer may be in, by the time-zone column alone or by number and billing address."""
    place = (customer.country, customer.subdivision, customer.postal_code)
    return _zones(number, *place, customer.time_zone, company_country)


@lru_cache(maxsize=65_536)
def _zones(
    number: str | None, country: str, subdivision: str, postal_code: str, zone: str, company_country: str
) -> tuple[str, ...]:
    return recipient_zones(
        zones_of_number(number) if number else (),
        country=country,
        subdivision=subdivision,
        postal_code=postal_code,
        time_zone=zone,
        company_country=company_country,
    )


def first_numbers(customers: Iterable[Customer], company_country: str) -> set[str]:
    """The number each customer would be texted on, where there is one."""
    return {phone.e164 for c in customers for phone in _textable(c, company_country)[:1]}


def _textable(customer: Customer, company_country: str) -> list[Phone]:
    country = customer.country or company_country
    return [phone for text in customer.mobiles if (phone := parse_phone(text, country=country))]


def numbers_opted_out_by_record(customers: Iterable[Customer], company_country: str) -> dict[str, str]:
    """Every number on a record whose opt-out box is ticked, for all records that share it."""
    return {
        number: f"the opt-out box of {customer.name} is ticked"
        for customer in customers
        if customer.sms_opt_out
        for text in customer.all_phones or customer.mobiles
        for number in numbers_in(text, country=customer.country or company_country)
    }
