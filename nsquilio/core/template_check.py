"""What is wrong with a step's templates, found before anything is sent: when the configuration loads.

Each template is read, its names are compared with those there are, and it is rendered for one invoice, for
one whose optional columns are empty, and for several. Says what to do; never changes a template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from nsquilio.core.message_words import TextItem
from nsquilio.core.model import Customer, Invoice
from nsquilio.core.rules import Company, MailText, Step, StepKind
from nsquilio.core.templates import ATTRIBUTES, LARGEST_TEMPLATE, NAMES, Template, WordingFailed, template
from nsquilio.core.wording import mail_for, text_for

# Carriers filter links that hide where they lead (contact-rules.md, section 5).
_SHORTENERS = re.compile(
    r"\b(?:bit\.ly|tinyurl\.com|goo\.gl|ow\.ly|is\.gd|buff\.ly|cutt\.ly|rebrand\.ly|shorturl\.at|tiny\.cc"
    r"|t\.ly|rb\.gy|t\.co|lnkd\.in|bl\.ink|adf\.ly)\b",
    re.IGNORECASE,
)
_DAY = date(2026, 3, 7)
_CUSTOMER = Customer(id="1", name="Example Customer Ltd")


def template_problems(step: Step, company: Company, unset: frozenset[str] = frozenset()) -> list[str]:
    """All problems of the step's texts in every language, in words; none: all well.

    `unset`: words of an invoice that no column of NetSuite fills, such as "payment_link".
    """
    found: list[str] = []
    for language, text in step.sms.items():
        found += _text_problems(step, company, language, text, unset)
    for language, mail in step.email.items():
        found += _mail_problems(step, company, language, mail, unset)
    # The default text may be a copy of a named one: one complaint is enough.
    return list(dict.fromkeys(found))


def _text_problems(
    step: Step, company: Company, language: str, text: str, unset: frozenset[str]
) -> list[str]:
    where = _where("sms", language, step.sms)
    found = [f"{where}: {problem}" for problem in _source_problems(text, unset)]
    if shortener := _SHORTENERS.search(text):
        found.append(f"{where}: carriers filter links of {shortener[0]}: write the whole address")
    return found or _rendered(
        where, step, lambda items: text_for(step, items, _CUSTOMER, company, language, True)
    )


def _mail_problems(
    step: Step, company: Company, language: str, mail: MailText, unset: frozenset[str]
) -> list[str]:
    found = []
    parts = {"subject": mail.subject, "text": mail.text, "html": mail.html}
    for part, text in parts.items():
        if text is not None:
            where = _where(f"email.{part}", language, step.email)
            told = _source_problems(text, unset, is_html=part == "html")
            found += [f"{where}: {problem}" for problem in told]
    where = _where("email", language, step.email)
    return found or _rendered(where, step, lambda items: mail_for(step, items, _CUSTOMER, company, language))


def _where(what: str, language: str, texts: object) -> str:
    """`sms`, or `sms (de)`; a default text that is a copy of a named one goes by that one's name."""
    if not language and isinstance(texts, dict):
        language = next((named for named, text in texts.items() if named and text == texts[""]), "")
    return f"{what} ({language})" if language else what


def _source_problems(text: str, unset: frozenset[str], *, is_html: bool = False) -> Iterator[str]:
    size = len(text.encode("utf-8", "replace"))
    if size > LARGEST_TEMPLATE:
        yield f"{size:,} bytes, {LARGEST_TEMPLATE:,} at most: shorten it"
        return
    try:
        form = template(text, is_html=is_html)
    except WordingFailed as problem:
        yield str(problem)
        return
    yield from _unknown_names(form)
    yield from _never_filled(form, unset)


def _never_filled(form: Template, unset: frozenset[str]) -> Iterator[str]:
    for name in sorted(form.unguarded & unset):
        yield (
            f"{name} is empty for every invoice, for netsuite.invoice.{name} names no column: name one, or ask "
            f"first: {{% if invoice.{name} %}}…{{% endif %}}"
        )


def _unknown_names(form: Template) -> Iterator[str]:
    for name in sorted(form.names - NAMES):
        yield f"'{name}' is not known; {_nearest(name, sorted(NAMES))}"
    for name, attribute in sorted(form.attributes):
        known = ATTRIBUTES.get(name)
        if known and attribute not in known:
            yield f"'{name}.{attribute}' is not known; {_nearest(attribute, known, f'{name}.')}"


def _nearest(name: str, known: Iterable[str], prefix: str = "") -> str:
    near = get_close_matches(name, known := list(known), n=1)
    if near:
        return f"did you mean '{prefix}{near[0]}'?"
    return f"there are {', '.join(prefix + each for each in known)}"


def _rendered(where: str, step: Step, make: Callable[[list[TextItem]], object]) -> list[str]:
    for words, items in _samples(step).items():
        try:
            make(items)
        except WordingFailed as problem:
            return [f"{where}: with {words}: {problem}"]
    return []


def _samples(step: Step) -> dict[str, list[TextItem]]:
    days = step.due_offset if step.due_offset is not None else 3
    full = [TextItem(_invoice(number, step), days) for number in (1042, 1043, 1044)]
    bare = Invoice("1", "INV-1042", "1", _DAY, Decimal("1250"), Decimal("1250"), "USD")
    return {
        "one invoice": full[:1],
        "one invoice without PO number, description and payment link": [TextItem(bare, days)],
        "several invoices": full,
    }


def _invoice(number: int, step: Step) -> Invoice:
    total = Decimal(number)
    return Invoice(
        id=str(number),
        number=f"INV-{number}",
        customer_id="1",
        due_date=_DAY,
        balance=Decimal() if step.kind is StepKind.PAID else total,
        total=total,
        currency="EUR" if number % 2 else "USD",
        po="PO-77",
        description="Services in February",
        payment_link="https://pay.example.com/i/1042",
    )
