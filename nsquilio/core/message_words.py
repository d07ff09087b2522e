"""What a message says about its invoices, as words: the values that templates and our own lists are made of.

The most overdue invoice comes first. Strangers' text is cleaned here, once, so that neither a template nor a
list can forget it. Renders nothing and knows no channel.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

from nsquilio.core.model import Customer, Invoice, Money
from nsquilio.core.money_words import money_words, total_words
from nsquilio.core.phrases import Phrases, and_more, phrases
from nsquilio.core.plain_text import one_line, strangers_words
from nsquilio.core.rules import Company, Step, StepKind
from nsquilio.core.rules import text_for as in_language
from nsquilio.core.templates import (
    CompanyWords,
    CustomerWords,
    InvoiceWords,
    Template,
    WordingFailed,
    currency_words,
)

_LONGEST_NAME = 60

_Source = TypeVar("_Source")
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class TextItem:
    """One invoice in a message. `days_past_due`: negative before the due date."""

    invoice: Invoice
    days_past_due: int


@dataclass(frozen=True)
class Facts:
    """All that one message says. `amounts`: what each invoice stands for in lists and in the total."""

    invoices: tuple[InvoiceWords, ...]
    amounts: tuple[Money, ...]
    customer: CustomerWords
    company: CompanyWords
    step: Step
    speech: Phrases

    @property
    def count(self) -> int:
        return len(self.invoices)

    @cached_property
    def total(self) -> str:
        return total_words(self.amounts, self.speech.and_word)

    def values(self, shown: int, names: Collection[str]) -> dict[str, object]:
        """For a template that asks for `names`: `invoices` holds the first `shown`; `count` and `total` are of all."""
        return {
            "invoice": self.invoices[0],
            "invoices": list(self.invoices[:shown]),
            "count": self.count,
            "total": self.total if "total" in names else "",  # adding up costs more than the rest
            "customer": self.customer,
            "company": self.company,
            "step": self.step.id,
        }

    def amount_words(self, place: int) -> str:
        return money_words(self.amounts[place])

    def due_date(self, place: int) -> str:
        """ "" for what has been paid: nothing is due any more."""
        return "" if self.step.kind is StepKind.PAID else self.invoices[place].due_date

    def first_is_named_in(self, text: str) -> bool:
        return _stands_in(self.invoices[0].number, text)

    def is_named_in(self, text: str) -> bool:
        """Whether any invoice's number stands in the text."""
        return any(_stands_in(invoice.number, text) for invoice in self.invoices)

    def and_more(self, shown: int) -> str:
        """ "and 37 more", or "" when all are shown."""
        hidden = self.count - shown
        return and_more(self.speech, hidden) if hidden else ""


def _stands_in(number: str, text: str) -> bool:
    """As a word of its own: INV-10 does not stand in "INV-104"."""
    at = text.find(number)
    while at >= 0:
        around = text[at - 1 : at] + text[at + len(number) : at + len(number) + 1]
        if not any(c.isalnum() for c in around):
            return True
        at = text.find(number, at + 1)
    return False


def lists_others(form: Template) -> bool:
    """Whether the template itself speaks of more than one invoice; where it does not, they are appended."""
    return bool(form.names & {"invoices", "count"})


def source(texts: Mapping[str, _Source], step: Step, channel: str, language: str) -> _Source:
    found = in_language(texts, language)
    if not found:
        raise WordingFailed(f"step {step.id} has no text for {channel}")
    return found


def speech(texts: Mapping[str, object], language: str) -> Phrases:
    """Our own words in the language of the template that serves; the default one may be a copy of a named
    one.
    """
    served = in_language(texts, language)
    return phrases(next((named for named, text in texts.items() if named and text == served), "en"))


def facts_of(
    step: Step, items: Sequence[TextItem], customer: Customer, company: Company, words: Phrases
) -> Facts:
    if not items:
        raise WordingFailed(f"step {step.id} has no invoice to write about")
    ordered = sorted(items, key=lambda item: -item.days_past_due)
    return Facts(
        invoices=tuple([InvoiceWords(item.invoice, item.days_past_due) for item in ordered]),
        amounts=tuple([_amount(step, item.invoice) for item in ordered]),
        customer=CustomerWords(strangers_words(customer.name, _LONGEST_NAME)),
        company=_company_words(company),
        step=step,
        speech=words,
    )


@lru_cache(maxsize=64)
def _company_words(company: Company) -> CompanyWords:
    return CompanyWords(one_line(company.name, 100), one_line(company.contact, 100))


def _amount(step: Step, invoice: Invoice) -> Money:
    amount = invoice.total if step.kind is StepKind.PAID else invoice.balance
    return Money(amount, currency_words(invoice.currency))


def with_most_shown(
    compose: Callable[[int], _Made], size: Callable[[_Made], int], facts: Facts, longest: int
) -> _Made:
    """What `compose` makes of as many invoices as fit."""
    whole = compose(facts.count)
    if size(whole) <= longest:
        return whole
    best = compose(1)
    if size(best) > longest:
        raise WordingFailed(
            f"{size(best):,} characters about invoice {facts.invoices[0].number} alone, {longest:,} at most: "
            f"shorten the template of step {facts.step.id}"
        )
    fits, too_many = 1, facts.count
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        made = compose(middle)
        if size(made) <= longest:
            fits, best = middle, made
        else:
            too_many = middle
    return best
