"""What stands in front of a number: "invoice", "check", "PO", "#", "not"; and which of them belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .match_tokens import Token
from .match_words import (
    ABBREVIATIONS,
    AMOUNT_WORDS,
    ASKED,
    ASKING,
    BETWEEN_LABEL_AND_NUMBER,
    DOCUMENTS,
    INVOICE,
    NEGATIONS,
    NUMBER_SIGNS,
    ORDERS,
    OTHER_THINGS,
    PAYMENT_THINGS,
    PO,
    VERB_OR_THING,
)

Label = Literal["invoice", "said", "hash", "strange", "po", "order", "amount", "other", ""]
"""`invoice`: called one; `said`: "the invoice is 1850", which may be an amount as well; `strange`: number of
a thing we do not know ("printer #2051"); `order`: an order or job, which may be called by its PO number."""


@dataclass(frozen=True, slots=True)
class Before:
    """What stands in front of a number; `start`: the first place before all of it."""

    label: Label = ""
    letters: str = ""
    is_ending: bool = False
    start: int = 0


def text_at(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if 0 <= at < len(tokens) else ""


def is_word_at(tokens: Sequence[Token], at: int) -> bool:
    return 0 <= at < len(tokens) and tokens[at].kind == "word"


def before_number(tokens: Sequence[Token], at: int, prefixes: frozenset[str]) -> Before:
    letters, at = _letters(tokens, at - 1)
    sign, linked, ending = False, False, False
    for _ in range(6):
        text = text_at(tokens, at)
        if text in NUMBER_SIGNS or text == "°":
            sign = True
        elif text in ("ending", "ends", "last", "in", "with") and _leads_to_ending(tokens, at):
            ending = True
        elif (text in BETWEEN_LABEL_AND_NUMBER | NEGATIONS and at >= 0) or _ends_abbreviation(tokens, at):
            linked = linked or text in ("is", "was", "are", "the", "our", "your", "my")
        else:
            break
        at -= 1
    label = _label(tokens, at, prefixes)
    if label == "amount" and sign:
        label = "other"
    if label == "invoice" and linked and not sign:
        label = "said"
    if not label and _is_prefix(letters, prefixes):
        label = "invoice"
    if not label and sign:
        label = "hash"
    return Before(label, letters, ending, at)


def _letters(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """Letters said or written one by one in front of the number ("i n v thirty fifty one")."""
    letters = ""
    while is_word_at(tokens, at) and len(tokens[at].text) == 1 and len(letters) < 5:
        letters, at = tokens[at].text + letters, at - 1
    return (letters, at) if letters else ("", at)


def _is_prefix(letters: str, prefixes: frozenset[str]) -> bool:
    """ "P 33 18", "a x two oh four"; but a single "a" is an article."""
    return any(letters.endswith(p) for p in prefixes if len(p) > 1 or (p == letters and p not in "aeiouy"))


def _ends_abbreviation(tokens: Sequence[Token], at: int) -> bool:
    return text_at(tokens, at) == "." and text_at(tokens, at - 1) in ABBREVIATIONS


def _leads_to_ending(tokens: Sequence[Token], at: int) -> bool:
    """ "ending 241", "ending in 241", "last 3 are" is no ending: the words end, not the number."""
    text = text_at(tokens, at)
    return text in ("ending", "ends") or text_at(tokens, at - 1) in ("ending", "ends")


def _label(tokens: Sequence[Token], at: int, prefixes: frozenset[str]) -> Label:
    if not is_word_at(tokens, at):
        return ""
    text = tokens[at].text
    if text == "voice" and text_at(tokens, at - 1) == "in":  # what transcripts hear
        return "invoice"
    if (
        text in INVOICE
        or (len(text) > 1 and text in prefixes)
        or _is_misspelt_invoice(text)
        or text in _SLIPS_OF_INV
    ):
        return "invoice"
    if text in PO or (text == "o" and text_at(tokens, at - 1) == ".") or _is_purchase_order(tokens, at):
        return "po"
    if text in VERB_OR_THING and _is_verb(tokens, at):
        return ""
    if text in PAYMENT_THINGS or text in AMOUNT_WORDS:
        return "amount"
    if text == "est" and text_at(tokens, at - 1) not in INVOICE | NUMBER_SIGNS:
        return "other"  # an estimate; in French it is "is"
    if text in DOCUMENTS and text_at(tokens, at - 1) not in OTHER_THINGS:
        return "said"
    if text in ORDERS:
        return "order"
    return "other" if text in OTHER_THINGS else ""


def _is_verb(tokens: Sequence[Token], at: int) -> bool:
    """ "please check", "can you check", "let me check"; but "we sent you check 2051"."""
    before, earlier = text_at(tokens, at - 1), text_at(tokens, at - 2)
    return (
        before in ASKING or (before in ASKED and earlier in ASKING) or (before == "me" and earlier == "let")
    )


def _is_purchase_order(tokens: Sequence[Token], at: int) -> bool:
    return (text_at(tokens, at - 1), text_at(tokens, at)) in (
        ("purchase", "order"),
        ("purchase", "orders"),
        ("de", "commande"),
    )


def _is_misspelt_invoice(text: str) -> bool:
    """Its letters with some swapped, doubled, left out or heard for others: "invocie", "envoice"."""
    return (
        5 <= len(text) <= 8
        and text[0] in "ie"
        and all(c in text for c in "vno")
        and all(c in "invoicesh" for c in text)
    )


_NEIGHBOURS = {"i": "uojk", "n": "bhjm", "v": "cbfg"}
_SLIPS_OF_INV = frozenset(
    {"ivn", "niv", "iinv", "innv", "invv", "iv", "nv", "invo", "invc", "invice", "onvoice", "unvoice"}
    | {near + "nv" for near in _NEIGHBOURS["i"]}
    | {"i" + near + "v" for near in _NEIGHBOURS["n"]}
    | {"in" + near for near in _NEIGHBOURS["v"]}
) - {"inc", "inf"}
"""A finger on the key beside, two letters swapped or one twice; "inc." is a company and "inf" something else."""
