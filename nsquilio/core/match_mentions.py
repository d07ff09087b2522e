"""What each number in a message may be: a document number, an amount, a PO number, or none of ours.

A number is read by the words around it ("check 2051", "2051 boxes", "at 2051 Oak St", "PO 2051", "inv 2051").
Only then is it compared with anything: whether an invoice 2051 exists must not change how the words are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from .match_tokens import Token
from .match_words import (
    ABBREVIATIONS,
    AFTER_A_NUMBER,
    AFTER_A_YEAR,
    AMOUNT_WORDS,
    BEFORE_A_DAY,
    BEFORE_A_NUMBER,
    BEFORE_A_YEAR,
    BETWEEN_LABEL_AND_NUMBER,
    CENTS,
    COMPASS,
    FILLERS,
    INVOICE,
    LIST_WORDS,
    MONEY_WORDS,
    MONTHS,
    NEGATIONS,
    NOT_PLURAL,
    NUMBER_SIGNS,
    OTHER_THINGS,
    PAYMENT_THINGS,
    PO,
    STREETS,
    STREETS_AFTER_A_NAME,
    UNITS,
    VERB_BEFORE_CHECK,
    VERB_OR_THING,
)

Label = Literal["invoice", "said", "hash", "po", "amount", "other", ""]
"""`invoice`: called one; `said`: "the invoice is 1850", which may be an amount as well."""


_MOST_MENTIONS = 40
"""Somebody who lists more needs a person to read it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """`digits`, `values`: readings. `code`: letters and digits, or parted digits. `letters`: said before it.

    `is_sure`: the words around it fit even a number as short as "17". `span`: how many numbers side by side
    it joins ("20 51"); they stand for themselves only if the joined one is none.
    """

    at: int
    label: Label = ""
    digits: tuple[str, ...] = ()
    values: tuple[Decimal, ...] = ()
    currencies: frozenset[str] = frozenset()
    code: str = ""
    letters: str = ""
    may_name: bool = False
    may_pay: bool = False
    is_money: bool = False
    is_sure: bool = False
    is_grouped: bool = False
    is_ending: bool = False
    is_negated: bool = False
    continues: bool = False
    span: int = 1
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Before:
    """What stands in front of a number."""

    label: Label = ""
    letters: str = ""
    is_ending: bool = False
    is_negated: bool = False


def mentions_of(tokens: Sequence[Token], prefixes: frozenset[str], *, spoken: bool) -> tuple[Mention, ...]:
    """`prefixes`: letters in front of the document numbers we know. `spoken`: a transcript."""
    found: list[Mention] = []
    for at, token in enumerate(tokens):
        if token.kind not in ("number", "money", "code"):
            continue
        if len(found) == _MOST_MENTIONS:
            break
        mention = _mention(tokens, at, prefixes, found[-1] if found else None, spoken)
        if mention is not None:
            found.append(mention)
    return (*found, *_joined(tokens, found, spoken))


def _mention(
    tokens: Sequence[Token], at: int, prefixes: frozenset[str], last: Mention | None, spoken: bool
) -> Mention | None:
    token = tokens[at]
    if token.kind == "money":
        return Mention(at, values=token.values, currencies=token.currencies, may_pay=True, is_money=True)
    before = _before(tokens, at, prefixes)
    continues = last is not None and not before.label and _is_list(tokens, last.at, at)
    if continues and last is not None:
        before = replace(before, label=last.label, is_negated=last.is_negated)
    mention = Mention(
        at,
        label=before.label,
        letters=before.letters,
        is_ending=before.is_ending,
        is_negated=before.is_negated,
        continues=continues,
        words=token.parts,
    )
    if token.kind == "code":
        return replace(mention, code=token.text, may_name=before.label not in ("other", "amount"))
    return _number_mention(tokens, token, mention, spoken)


def _number_mention(tokens: Sequence[Token], token: Token, mention: Mention, spoken: bool) -> Mention:
    at = mention.at
    read = replace(mention, digits=token.digits, values=token.values, is_grouped=token.grouped)
    if read.label == "other":
        return read
    money = _money_after(tokens, at, token)
    if money is not None:
        return replace(read, values=money[0], currencies=money[1], label="", may_pay=True, is_money=True)
    if read.label == "po":
        return read
    if read.label == "amount":
        return replace(read, may_pay=not _is_none_of_ours(tokens, at, token))
    if read.label in ("invoice", "hash") and not (read.continues and _is_count(tokens, at)):
        named = read.label == "invoice" and token.grouped
        return replace(read, may_name=True, may_pay=named, is_sure=True)
    if _is_none_of_ours(tokens, at, token):
        return replace(read, label="other")
    if _text(tokens, at + 1) == "of":
        return replace(read, may_pay=True)
    may_name = spoken or not token.grouped
    return replace(
        read, may_name=may_name, may_pay=True, is_sure=_is_sure(tokens, at) or read.label == "said"
    )


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if 0 <= at < len(tokens) else ""


def _is_word(tokens: Sequence[Token], at: int) -> bool:
    return 0 <= at < len(tokens) and tokens[at].kind == "word"


# ---- in front of the number ----


def _before(tokens: Sequence[Token], at: int, prefixes: frozenset[str]) -> _Before:
    letters, at = _letters(tokens, at - 1)
    sign, linked, ending, negated = False, False, False, False
    for _ in range(6):
        text = _text(tokens, at)
        if text in NUMBER_SIGNS or text == "°":
            sign = True
        elif text in ("ending", "ends", "last", "in", "with") and _leads_to_ending(tokens, at):
            ending = True
        elif text in NEGATIONS:
            negated = True
        elif (text in BETWEEN_LABEL_AND_NUMBER and at >= 0) or _ends_abbreviation(tokens, at):
            linked = linked or text in ("is", "was", "are", "the", "our", "your", "my")
        else:
            break
        at -= 1
    label = _label(tokens, at, prefixes)
    if label == "amount" and sign:
        label = "other"
    if label == "invoice" and linked and not sign:
        label = "said"
    if not label and sign:
        label = "hash"
    if not negated and label in ("invoice", "said", "hash"):
        negated = _negated_before(tokens, at)
    return _Before(label, letters, ending, negated)


def _letters(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """Letters said or written one by one in front of the number ("i n v thirty fifty one")."""
    letters = ""
    while _is_word(tokens, at) and len(tokens[at].text) == 1 and len(letters) < 5:
        letters, at = tokens[at].text + letters, at - 1
    return (letters, at) if letters else ("", at)


def _ends_abbreviation(tokens: Sequence[Token], at: int) -> bool:
    return _text(tokens, at) == "." and _text(tokens, at - 1) in ABBREVIATIONS


def _leads_to_ending(tokens: Sequence[Token], at: int) -> bool:
    """ "ending 241", "ending in 241", "last 3 are" is no ending: the words end, not the number."""
    text = _text(tokens, at)
    return text in ("ending", "ends") or _text(tokens, at - 1) in ("ending", "ends")


def _negated_before(tokens: Sequence[Token], at: int) -> bool:
    return _text(tokens, at - 1) in NEGATIONS or (
        _text(tokens, at - 1) in ("of", "than", "for") and _text(tokens, at - 2) in NEGATIONS
    )


def _label(tokens: Sequence[Token], at: int, prefixes: frozenset[str]) -> Label:
    if not _is_word(tokens, at):
        return ""
    text = tokens[at].text
    if text in INVOICE or (len(text) > 1 and text in prefixes) or _is_misspelt_invoice(text):
        return "invoice"
    if text in PO or (text == "o" and _text(tokens, at - 1) == ".") or _is_purchase_order(tokens, at):
        return "po"
    if text in VERB_OR_THING and _text(tokens, at - 1) in VERB_BEFORE_CHECK:
        return ""
    if text in PAYMENT_THINGS or text in AMOUNT_WORDS:
        return "amount"
    return "other" if text in OTHER_THINGS else ""


def _is_purchase_order(tokens: Sequence[Token], at: int) -> bool:
    return (_text(tokens, at - 1), _text(tokens, at)) in (
        ("purchase", "order"),
        ("purchase", "orders"),
        ("de", "commande"),
    )


def _is_misspelt_invoice(text: str) -> bool:
    """The letters of the word, two of them swapped, doubled or left out: "invocie", "inovice", "invoce"."""
    if not 5 <= len(text) <= 8 or text[:2] != "in":
        return False
    missing = [c for c in "invoice" if c not in text]
    strange = [c for c in text if c not in "invoices"]
    return len(missing) <= 1 and not strange


# ---- behind the number, and what it makes of it ----


def _money_after(
    tokens: Sequence[Token], at: int, token: Token
) -> tuple[tuple[Decimal, ...], frozenset[str]] | None:
    """Said amounts: "two hundred twelve dollars and thirty five cents", "two grand"."""
    unit = _text(tokens, at + 1)
    if unit in ("grand", "k"):
        return tuple(v * 1000 for v in token.values), frozenset()
    if unit in MONEY_WORDS:
        return _with_cents(tokens, at + 2, token.values), MONEY_WORDS[unit]
    return None


def _with_cents(tokens: Sequence[Token], at: int, whole: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    if _text(tokens, at) in ("and", "und"):
        at += 1
    if 0 <= at < len(tokens) and tokens[at].kind == "number" and _text(tokens, at + 1) in CENTS | {""}:
        cents = [v for v in tokens[at].values if v < 100]
        return tuple(v + c / 100 for v in whole for c in cents) or whole
    return whole


def _is_none_of_ours(tokens: Sequence[Token], at: int, token: Token) -> bool:
    return (
        _is_date(tokens, at, token)
        or _is_year(tokens, at, token)
        or _is_count(tokens, at)
        or _is_address(tokens, at)
        or _is_time_or_place(tokens, at)
        or _text(tokens, at + 1) in CENTS
    )


def _is_date(tokens: Sequence[Token], at: int, token: Token) -> bool:
    day = token.values[0] <= 31
    before, after = _text(tokens, at - 1), _text(tokens, at + 1)
    if before == "the":
        before = _text(tokens, at - 2)
    beside_month = before in MONTHS or (after in MONTHS and after not in ("may", "march", "mar"))
    follows_month = after in ("may", "march", "mar") and before not in BEFORE_A_NUMBER - BEFORE_A_DAY
    return day and (before in BEFORE_A_DAY or beside_month or follows_month)


def _is_year(tokens: Sequence[Token], at: int, token: Token) -> bool:
    if not any(d.isdigit() and len(d) == 4 and "1950" <= d <= "2099" for d in token.digits):
        return False
    return (
        _text(tokens, at - 1) in BEFORE_A_YEAR
        or _text(tokens, at - 1) in MONTHS
        or _text(tokens, at + 1) in AFTER_A_YEAR
    )


def _is_count(tokens: Sequence[Token], at: int) -> bool:
    """Followed by a unit or a plural, or by one word and a plural ("34 empty boxes")."""
    following = _text(tokens, at + 1)
    if _text(tokens, at - 1) in ("qty", "quantity", "x", "another", "all", "these", "those", "both"):
        return _text(tokens, at - 1) in ("qty", "quantity", "x") or _is_plural(following)
    if not _is_word(tokens, at + 1):
        return False
    if following in UNITS or _is_plural(following):
        return True
    unknown = following not in AFTER_A_NUMBER and following not in INVOICE
    return unknown and _is_word(tokens, at + 2) and _is_plural(_text(tokens, at + 2))


def _is_plural(word: str) -> bool:
    return word in UNITS or (
        len(word) > 3 and word.endswith("s") and word not in NOT_PLURAL and word[-2] != "'"
    )


def _is_address(tokens: Sequence[Token], at: int) -> bool:
    before = _text(tokens, at - 1)
    if (
        before in STREETS
        or before.endswith(("strasse", "straße"))
        or (before == "." and _is_street(tokens, at - 2))
    ):
        return True
    if before in ("to", "at") and _text(tokens, at - 2) in (
        "moved",
        "located",
        "live",
        "are",
        "office",
        "address",
    ):
        return True
    if _text(tokens, at + 1) in COMPASS and _is_word(tokens, at + 2):
        return True
    return any(_ends_street(tokens, at + n, n) for n in range(1, _name_end(tokens, at)))


def _is_street(tokens: Sequence[Token], at: int) -> bool:
    return _text(tokens, at) in STREETS or _text(tokens, at).endswith("str")


def _name_end(tokens: Sequence[Token], at: int) -> int:
    """How far a street's name may reach: four words, none of them one that goes on with a sentence."""
    for n in range(1, 6):
        if not _is_word(tokens, at + n) or (_text(tokens, at + n) in AFTER_A_NUMBER - {"last"}):
            return n
    return 6


def _ends_street(tokens: Sequence[Token], at: int, words: int) -> bool:
    text = _text(tokens, at)
    return (
        text in STREETS
        or (words > 1 and text in STREETS_AFTER_A_NAME)
        or text.endswith(("strasse", "straße"))
    )


def _is_time_or_place(tokens: Sequence[Token], at: int) -> bool:
    """ "at 2051": half past eight, a house, an extension; but "look at 2051"."""
    looked = _text(tokens, at - 2) in ("look", "looking", "looked", "glance")
    return _text(tokens, at - 1) in ("at", "@", "around") and not looked


def _is_sure(tokens: Sequence[Token], at: int) -> bool:
    """Whether the neighbours fit a number as short as "17"."""
    before, after = at - 1, at + 1
    while _text(tokens, before) in FILLERS and before >= 0:
        before -= 1
    fits_before = before < 0 or _text(tokens, before) in BEFORE_A_NUMBER | LIST_WORDS | {
        ":",
        ".",
        ";",
        "(",
        "-",
    }
    fits_after = (
        after >= len(tokens)
        or tokens[after].kind == "mark"
        or _text(tokens, after) in AFTER_A_NUMBER | LIST_WORDS
    )
    return fits_before and fits_after


# ---- lists and pieces ----


def _is_list(tokens: Sequence[Token], first: int, second: int) -> bool:
    """Nothing but list words between two numbers: the second is what the first is."""
    between = [t.text for t in tokens[first + 1 : second]]
    allowed = LIST_WORDS | FILLERS | NUMBER_SIGNS | {"(", ")", ".", "-"}
    return len(between) <= 4 and all(text in allowed for text in between)


def _joined(tokens: Sequence[Token], found: Sequence[Mention], spoken: bool) -> list[Mention]:
    """Numbers side by side that may be one ("20 51"), in transcripts and behind the word invoice."""
    joined = []
    for index, first in enumerate(found):
        run = _adjacent(tokens, found, index)
        if len(run) < 2 or not (spoken or first.label == "invoice") or first.label in ("other", "po"):
            continue
        if index and found[index - 1].at == first.at - 1 and found[index - 1].digits:
            continue
        digits = "".join(m.digits[0] for m in run)
        joined.append(
            replace(first, digits=(digits,), values=(), may_name=True, may_pay=False, words=(), span=len(run))
        )
    return joined


def _adjacent(tokens: Sequence[Token], found: Sequence[Mention], index: int) -> list[Mention]:
    run = [found[index]]
    for mention in found[index + 1 :]:
        if mention.at != run[-1].at + 1 or not mention.digits or mention.is_money:
            break
        run.append(mention)
    return run if run[0].digits and not run[0].is_money and len(run) <= 8 else run[:1]
