"""What a customer reads: texts and mails out of the administrator's templates, about one invoice or many.

A text stays within 1,600 characters, names the company and an invoice, and the first one to a number says how
to opt out, whatever the template says. What does not fit is the least overdue. Never decides whether, when or
to whom; `WordingFailed` concerns one message.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nsquilio.core.mail_wording import LONGEST_MAIL, Mail, mail_for
from nsquilio.core.message_words import (
    Facts,
    TextItem,
    facts_of,
    lists_others,
    source,
    speech,
    with_most_shown,
)
from nsquilio.core.model import Customer
from nsquilio.core.plain_text import tidy
from nsquilio.core.rules import Company, Step
from nsquilio.core.segments import harmless_gsm, segments, smart_encoded
from nsquilio.core.templates import Template, WordingFailed, template

__all__ = ["LONGEST_MAIL", "LONGEST_TEXT", "Mail", "TextItem", "WordingFailed", "mail_for", "text_for"]

LONGEST_TEXT = 1_600
"""Twilio refuses more with 21617 (twilio.md, section 1)."""

_OPT_OUT = re.compile(r"\bSTOP\b|\bopt[ -]?out\b|\bunsubscribe\b")


def text_for(
    step: Step,
    items: Sequence[TextItem],
    customer: Customer,
    company: Company,
    language: str,
    first_to_number: bool,
) -> str:
    """The text of one message, the most overdue invoice first. Raises `WordingFailed`."""
    form = template(source(step.sms, step, "sms", language))
    facts = facts_of(step, items, customer, company, speech(step.sms, language))
    says_stop = bool(_OPT_OUT.search(form.literal))

    def compose(shown: int) -> str:
        text = tidy(form.render(facts.values(shown, form.names)))
        if not text:
            raise WordingFailed(f"the text of step {step.id} is empty")
        text = _with_others(_with_numbers(text, form, facts, shown), form, facts, shown)
        text = _with_company(text, facts)
        # A customer called "STOP" does not tell anyone how to opt out, so the template's own words must.
        if first_to_number and not (says_stop and _OPT_OUT.search(text)):
            text = _joined(text, facts.speech.opt_out)
        return _cheap(tidy(text))

    return with_most_shown(compose, _characters, facts, LONGEST_TEXT)


def _with_others(text: str, form: Template, facts: Facts, shown: int) -> str:
    """Names the invoices that a template of one invoice leaves out, and what did not fit."""
    lists_itself = "invoices" in form.names
    rest = facts.and_more(shown)
    if facts.count == 1 or (lists_others(form) and not (lists_itself and rest)):
        return text
    others = [] if lists_itself else [_line(facts, place) for place in range(1, shown)]
    if others:
        sentence = f"{facts.speech.also}: {', '.join(others)}{' ' + rest if rest else ''}."
    else:
        sentence = f"{rest[0].upper()}{rest[1:]}."
    if "total" not in form.names:
        sentence += f" {facts.speech.total}: {facts.total}."
    return _joined(text, sentence)


def _line(facts: Facts, place: int) -> str:
    due = facts.due_date(place)
    words = f"{facts.invoices[place].number} {facts.amount_words(place)}"
    return f"{words} {facts.speech.due} {due}" if due else words


def _with_numbers(text: str, form: Template, facts: Facts, shown: int) -> str:
    """A text without an invoice's number could not be recognised in Twilio's list after a crash."""
    if not lists_others(form):
        return text if facts.first_is_named_in(text) else f"{text} ({facts.invoices[0].number})"
    if facts.is_named_in(text):
        return text
    numbers = ", ".join(invoice.number for invoice in facts.invoices[:shown])
    rest = facts.and_more(shown)
    return f"{text} ({numbers}{' ' + rest if rest else ''})"


def _with_company(text: str, facts: Facts) -> str:
    name = facts.company.name
    return text if name.casefold() in text.casefold() else f"{name}: {text}"


def _joined(text: str, sentence: str) -> str:
    """A full stop between the two where none is; never one on the end of a link."""
    is_open = text[-1:].isalnum() or text.endswith(")")
    stop = "." if is_open and "://" not in text.split()[-1] else ""
    return f"{text}{stop} {sentence}"


def _cheap(text: str) -> str:
    """Typographic quotes, dashes and spaces as plain ones where that keeps the text in GSM-7."""
    if text.isascii() and "`" not in text:
        return text
    folded = smart_encoded(text)
    return folded if segments(folded).encoding == "GSM-7" else harmless_gsm(text)


def _characters(text: str) -> int:
    """As UTF-16 units: nobody says what Twilio counts an emoji as."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
