"""E-mails out of templates: subject, text and a simple HTML page with a table of the invoices.

Every mail names the company and its invoices; what does not fit is the least overdue. Everything that is not
the administrator's own HTML is escaped. The page loads nothing from anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

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
from nsquilio.core.plain_text import one_line, tidy
from nsquilio.core.rules import Company, Step, StepKind
from nsquilio.core.templates import Template, WordingFailed, template

LONGEST_MAIL = 100_000
_LONGEST_SUBJECT = 150

_PAGE = (
    '<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head>\n'
    '<body style="font-family: Arial, sans-serif; font-size: 15px; line-height: 1.5; color: #222222">\n'
    "{}\n</body></html>\n"
)
_CELL = "padding: 4px 16px 4px 0; border-bottom: 1px solid #dddddd; text-align: {}"


@dataclass(frozen=True, slots=True)
class Mail:
    """`subject` is one line; `html` says what `text` says."""

    subject: str
    text: str
    html: str


def mail_for(
    step: Step, items: Sequence[TextItem], customer: Customer, company: Company, language: str
) -> Mail:
    """The e-mail of one message, the most overdue invoice first. Raises `WordingFailed`."""
    texts = source(step.email, step, "email", language)
    facts = facts_of(step, items, customer, company, speech(step.email, language))
    subject = _subject(template(texts.subject), facts)
    form = template(texts.text)
    page = template(texts.html, is_html=True) if texts.html else None

    def compose(shown: int) -> Mail:
        text = tidy(form.render(facts.values(shown, form.names)))
        if not text:
            raise WordingFailed(f"the mail of step {step.id} is empty")
        html = _own_page(page, facts, shown) if page else _made_page(text, form, facts, shown)
        return Mail(subject, _signed(_listed(text, form, facts, shown), facts), html)

    return with_most_shown(compose, lambda mail: max(len(mail.text), len(mail.html)), facts, LONGEST_MAIL)


def _subject(form: Template, facts: Facts) -> str:
    subject = one_line(form.render(facts.values(facts.count, form.names)), _LONGEST_SUBJECT)
    if not subject:
        raise WordingFailed(f"the subject of step {facts.step.id} is empty")
    if facts.count > 1 and "invoice" in form.names and not lists_others(form):
        rest = f" ({facts.and_more(1)})"
        return one_line(subject, _LONGEST_SUBJECT - len(rest)) + rest
    return subject


def _listed(text: str, form: Template, facts: Facts, shown: int) -> str:
    """With the invoices that the text does not name, one a line, and what did not fit."""
    rest = facts.and_more(shown)
    places = _not_named(text, form, facts, shown)
    if not places and not (rest and "invoices" in form.names):
        return text
    lines = [_line(facts, place) for place in places]
    if places:
        lines.insert(0, f"{facts.speech.headings[0] if places[0] == 0 else facts.speech.also}:")
    if rest:
        lines.append(rest)
    if facts.count > 1 and "total" not in form.names:
        lines.append(f"{facts.speech.total}: {facts.total}")
    return f"{text}\n\n" + "\n".join(lines)


def _not_named(text: str, form: Template, facts: Facts, shown: int) -> range:
    """Places of the invoices to append; a template that speaks of several has said what it wants to say."""
    if lists_others(form):
        speaks = "invoices" in form.names or facts.is_named_in(text)
        return range(0) if speaks else range(shown)
    return range(1 if facts.first_is_named_in(text) else 0, shown)


def _line(facts: Facts, place: int) -> str:
    due = facts.due_date(place)
    words = f"{facts.invoices[place].number}: {facts.amount_words(place)}"
    return f"- {words}, {facts.speech.due} {due}" if due else f"- {words}"


def _signed(text: str, facts: Facts) -> str:
    name = facts.company.name
    return text if name.casefold() in text.casefold() else f"{text}\n\n{name}"


def _made_page(text: str, form: Template, facts: Facts, shown: int) -> str:
    """The text in paragraphs, and the table unless the text lists the invoices itself."""
    parts = [_paragraph(part) for part in text.split("\n\n")]
    if "invoices" not in form.names:
        parts.append(_table(facts, shown))
    elif rest := facts.and_more(shown):
        parts.append(_paragraph(f"{rest}. {facts.speech.total}: {facts.total}"))
    if facts.company.name.casefold() not in text.casefold():
        parts.append(_paragraph(facts.company.name))
    return _PAGE.format("\n".join(parts))


def _own_page(form: Template, facts: Facts, shown: int) -> str:
    """The administrator's HTML, with the table at its end where it speaks of one invoice only."""
    html = form.render(facts.values(shown, form.names))
    rest = facts.and_more(shown)
    if facts.count == 1 or (lists_others(form) and not rest):
        return html
    table = _paragraph(f"{rest}. {facts.speech.total}: {facts.total}") if rest else ""
    if not lists_others(form):
        table = _table(facts, shown)
    before, body_end, after = html.rpartition("</body>")
    return f"{before}{table}\n{body_end}{after}" if body_end else f"{html}\n{table}"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text).replace(chr(10), '<br>' + chr(10))}</p>"


def _table(facts: Facts, shown: int) -> str:
    with_links = facts.step.kind is not StepKind.PAID and any(
        invoice.payment_link for invoice in facts.invoices[:shown]
    )
    head = [*facts.speech.headings, ""] if with_links else facts.speech.headings
    rows = [_row([escape(words) for words in head], "th")]
    rows += [_row(_cells(facts, place, with_links)) for place in range(shown)]
    if rest := facts.and_more(shown):
        rows.append(_row([escape(rest), "", "", *([""] if with_links else [])]))
    if facts.count > 1:
        total = [escape(facts.speech.total), "", escape(facts.total), *([""] if with_links else [])]
        rows.append(_row(total, "th"))
    return '<table style="border-collapse: collapse">\n' + "\n".join(rows) + "\n</table>"


def _cells(facts: Facts, place: int, with_links: bool) -> list[str]:
    invoice = facts.invoices[place]
    cells = [escape(invoice.number), escape(invoice.due_date), escape(facts.amount_words(place))]
    if with_links:
        address = escape(invoice.payment_link)
        cells.append(f'<a href="{address}">{escape(facts.speech.pay)}</a>' if address else "")
    return cells


def _row(cells: Sequence[str], tag: str = "td") -> str:
    """Cells are HTML already; the third one is an amount."""
    sides = ("left", "left", "right", "left")
    styled = (
        f'<{tag} style="{_CELL.format(side)}">{c}</{tag}>' for c, side in zip(cells, sides, strict=False)
    )
    return f"<tr>{''.join(styled)}</tr>"
