"""The few words we add to a template ourselves, by language: lists that grew, totals, and how to opt out.

Every phrase for texts stays within GSM-7: one á or ç would more than halve what fits a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """`more`: of how many invoices no more is said; `due`, `headings`, `pay`: for lists and tables."""

    opt_out: str
    also: str
    one_more: str
    more: str
    total: str
    due: str
    and_word: str
    headings: tuple[str, str, str]
    pay: str


_ENGLISH = Phrases(
    opt_out="Reply STOP to opt out.",
    also="Also",
    one_more="and 1 more",
    more="and {} more",
    total="Total",
    due="due",
    and_word="and",
    headings=("Invoice", "Due date", "Amount"),
    pay="Pay",
)

_BY_LANGUAGE = {
    "en": _ENGLISH,
    "es": Phrases(
        opt_out="Responda STOP para darse de baja.",
        also="También",
        one_more="y otra",
        more="y otras {}",
        total="Total",
        due="vencimiento",
        and_word="y",
        headings=("Factura", "Vencimiento", "Importe"),
        pay="Pagar",
    ),
    "fr": Phrases(
        opt_out="Répondez STOP pour vous désabonner.",
        also="Aussi",
        one_more="et 1 autre",
        more="et {} autres",
        total="Total",
        due="échéance",
        and_word="et",
        headings=("Facture", "Échéance", "Montant"),
        pay="Payer",
    ),
    "de": Phrases(
        opt_out="Antworten Sie STOP, um keine SMS mehr zu erhalten.",
        also="Außerdem",
        one_more="und 1 weitere",
        more="und {} weitere",
        total="Gesamt",
        due="fällig",
        and_word="und",
        headings=("Rechnung", "Fällig am", "Betrag"),
        pay="Bezahlen",
    ),
    "pt": Phrases(
        opt_out="Responda STOP para cancelar.",
        also="Também",
        one_more="e mais 1",
        more="e mais {}",
        total="Total",
        due="vencimento",
        and_word="e",
        headings=("Fatura", "Vencimento", "Valor"),
        pay="Pagar",
    ),
    "it": Phrases(
        opt_out="Rispondi STOP per non ricevere altri SMS.",
        also="Inoltre",
        one_more="e un'altra",
        more="e altre {}",
        total="Totale",
        due="scadenza",
        and_word="e",
        headings=("Fattura", "Scadenza", "Importo"),
        pay="Paga",
    ),
    "nl": Phrases(
        opt_out="Antwoord STOP om u af te melden.",
        also="Ook",
        one_more="en nog 1",
        more="en nog {}",
        total="Totaal",
        due="vervaldatum",
        and_word="en",
        headings=("Factuur", "Vervaldatum", "Bedrag"),
        pay="Betalen",
    ),
}


def phrases(language: str) -> Phrases:
    """Those of "fr" for "fr_ca"; English where we have none."""
    return _BY_LANGUAGE.get(language.replace("-", "_").partition("_")[0].lower(), _ENGLISH)


def and_more(speak: Phrases, hidden: int) -> str:
    """`and 37 more`."""
    return speak.one_more if hidden == 1 else speak.more.format(hidden)


def every_and_more(number: str) -> Iterator[str]:
    """Patterns of `and 37 more` in all our languages; `number`: the pattern that stands for 37."""
    for speak in _BY_LANGUAGE.values():
        yield rf"\b{re.escape(speak.one_more)}\b"
        yield r"\b" + re.escape(speak.more).replace(r"\{\}", number)
