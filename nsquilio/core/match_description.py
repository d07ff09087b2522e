"""What a message says about the goods: the words of an invoice's memo in it, and the names people give.

"The trencher broke down" is about "Trencher week 14". Words that every message has ("card", "order", "April")
tell nothing alone: "paid by card" is not about "Card stock".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

from .match_months import months_meant, months_named, months_of, months_perhaps
from .match_tokens import Token
from .match_words import MONTHS, words_of

_STOP = words_of(
    "the a an and or of for to in on at by with from is was are were be it its this that these those we "
    "you they i our your my their his her not no yes ok all any both per as if so do did done has have "
    "had will would can could und oder der die das ein eine für von mit im am ist le la les un une des du "
    "de et ou pour par el los las y con inc llc ltd co corp gmbh sarl sa ag plc company"
)
_GENERIC = words_of(
    "air pressure safety security power light heat fire water general main heavy quick fast emergency "
    "standard premium basic regular special normal extra public private local mobile digital video red "
    "blue green black white gold silver top high low long short deep head hand foot face eye heart deal "
    "track ground spot key test card check cheque wire cash bank account deposit payment pay credit debit "
    "transfer balance fee charge mail post phone call email text message online portal statement receipt "
    "copy invoice bill month monthly week weekly year yearly annual quarter quarterly day daily date time "
    "spring summer autumn fall winter office home house store business customer client order part unit "
    "piece item good set box pack bag kit case new old final first second third last next small large big "
    "full half total price cost rate hour number line list note report support help change plan people "
    "team person thing stuff service delivery delivered shipping shipment freight supply work job project "
    "contract sale sales po tax late due open close start stop end left right back front print system "
    "product material use user return refund discount holiday weekend morning evening lieferung "
    "bestellung monat woche jahr livraison commande mois semaine party side way place site name money"
)
"""Words of messages about payments; a memo that shares one of them is not meant by it."""

_WORD = re.compile(r"[^\W\d_]+")


def stem(word: str) -> str:
    """Without accents and a plural: "chairs" and "chair", "Gerüst" and "gerust" are one."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    if len(plain) > 4 and plain.endswith("ies"):
        return plain[:-3] + "y"
    if len(plain) > 4 and plain.endswith(("ses", "xes", "ches", "shes", "zes")):
        return plain[:-2]
    if len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "us", "is")):
        return plain[:-1]
    return plain


@lru_cache(maxsize=65_536)
def memo_words(memo: str) -> tuple[str, ...]:
    """The stems of a memo's words; hyphenated words as one ("X-ray" is "xray")."""
    joined = re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", "", memo)
    words = (stem(w) for w in _WORD.findall(joined) if w.casefold() not in _STOP and len(w) > 1)
    return tuple(dict.fromkeys(words))


_MONTH_STEMS = {stem(name): month for name, month in MONTHS.items()}


def is_generic(word: str) -> bool:
    return word in _GENERIC or word in _MONTH_STEMS or len(word) < 3


def vocabulary(memos: Mapping[str, str]) -> dict[str, set[str]]:
    """Stem to the ids of the invoices whose memo has it."""
    found: dict[str, set[str]] = {}
    for invoice_id, memo in memos.items():
        for word in memo_words(memo):
            found.setdefault(word, set()).add(invoice_id)
    return found


def words_said(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Stems of the message's words, and of two side by side as one ("x ray", "roll-up")."""
    words = [t.text.removesuffix("'s") for t in tokens if t.kind == "word"]
    beside = [a + b for a, b in _neighbours(tokens)]
    return tuple(dict.fromkeys(stem(w) for w in (*words, *beside) if w not in _STOP))


def _neighbours(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    plain = [t for t in tokens if not (t.kind == "mark" and t.text == "-")]
    return [(a.text, b.text) for a, b in pairwise(plain) if a.kind == b.kind == "word"]


def matched_words(said: Iterable[str], known: Mapping[str, Set[str]]) -> frozenset[str]:
    """The known stems that the message has, with other endings or one slip of the finger."""
    by_start = _by_start(tuple(known))
    found = set()
    for word in said:
        if word in known:
            found.add(word)
        elif len(word) >= 5:
            found.update(k for k in by_start.get(word[:3], ()) if _is_form_of(word, k))
    return frozenset(found)


@lru_cache(maxsize=256)
def _by_start(words: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[:3], []).append(word)
    return found


def _is_form_of(word: str, known: str) -> bool:
    """Same beginning of five letters or more and a usual ending ("sharpen", "sharpening"), or one slip."""
    if min(len(word), len(known)) < 5 or is_generic(known):
        return False
    common = _common_start(word, known)
    if common >= 5 and len(word) - common <= 4 and len(known) - common <= 4 and common * 10 >= 7 * len(known):
        return True
    return min(len(word), len(known)) >= 6 and _is_one_slip(word, known)


def _common_start(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _is_one_slip(a: str, b: str) -> bool:
    """One letter changed, left out, doubled, or two swapped."""
    if abs(len(a) - len(b)) > 1:
        return False
    at = _common_start(a, b)
    rest_a, rest_b = a[at:], b[at:]
    swapped = rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:]
    return swapped or rest_a[1:] == rest_b[1:] or rest_a[1:] == rest_b or rest_a == rest_b[1:]


class Described(Protocol):
    """Memos by invoice id, and the invoices by the stems in them."""

    @property
    def memos(self) -> Mapping[str, str]: ...
    @property
    def words(self) -> Mapping[str, Set[str]]: ...


@dataclass(frozen=True, slots=True)
class Description:
    """`scores`: invoice id to how well its memo is described, 2 a telling word, 1 a generic one that stands by.

    `own`: the telling words of each. `months`: those said of an invoice, whether a memo has them or not.
    """

    scores: dict[str, int]
    own: dict[str, frozenset[str]]
    months: frozenset[int]


def described(
    tokens: Sequence[Token],
    goods: Described,
    names: frozenset[str],
    people: frozenset[str] = frozenset(),
    *,
    is_contrast: bool = False,
) -> Description:
    """What is said of the goods. `people`: as in `months_meant`, with `is_contrast`."""
    matched = matched_words(words_said(tokens), goods.words) - names
    beside, telling = _as_written(tokens, matched)
    return _description(
        matched, goods, months_meant(tokens, beside, telling, people, is_contrast=is_contrast)
    )


def denied(tokens: Sequence[Token], places: Set[int], goods: Described) -> frozenset[str]:
    """The invoices that the words at these places describe best."""
    matched = matched_words(words_said([tokens[at] for at in sorted(places)]), goods.words)
    scores = _description(matched, goods, months_named(tokens, places)).scores
    return frozenset(i for i, score in scores.items() if score == max(scores.values()))


def _description(matched: frozenset[str], goods: Described, months: frozenset[int]) -> Description:
    meant = {w for w, month in _MONTH_STEMS.items() if month in months and w in goods.words}
    telling = frozenset(w for w in matched if not is_generic(w)) | meant
    generic = {w for w in matched if is_generic(w) and w not in _MONTH_STEMS}
    named = {i for w in telling | generic for i in goods.words[w]}
    found = {i: _score(memo_words(goods.memos[i]), telling, generic) for i in named}
    scores = {i: score for i, score in found.items() if score}
    return Description(scores, {i: telling.intersection(memo_words(goods.memos[i])) for i in scores}, months)


def _as_written(tokens: Sequence[Token], matched: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The message's own words that memos have, but for those of payments; and the telling ones of them."""
    pairs = [(t.text, stem(t.text.removesuffix("'s"))) for t in tokens if t.kind == "word"]
    ours = [
        (text, word) for text, word in pairs if word in matched and word not in _PAYING | _MONTH_STEMS.keys()
    ]
    return frozenset(t for t, _ in ours), frozenset(t for t, word in ours if not is_generic(word))


def _score(words: tuple[str, ...], telling: Set[str], generic: Set[str]) -> int:
    strong = sum(w in telling for w in words)
    weak = sum(w in generic for w in words)
    if not strong and (weak < 2 or weak < len(words)):
        return 0
    return 2 * strong + weak


def hints(
    tokens: Sequence[Token], goods: Described, names: frozenset[str], people: frozenset[str]
) -> frozenset[str]:
    """The invoices that a generic word or a month alone speaks for: too little to name one, enough to doubt another.

    A word of payments ("card") speaks for goods only in the memo's own plural ("cards").
    """
    matched = matched_words(words_said(tokens), goods.words) - names
    generic = {w for w in matched if is_generic(w) and w not in _MONTH_STEMS and w not in _PAYING}
    plural = {t.text for t in tokens if t.kind == "word" and t.text.endswith("s")}
    alike = {i for w in matched for i in goods.words[w] if plural & set(goods.memos[i].casefold().split())}
    months = months_perhaps(tokens, people)
    of_months = {i for i, memo in goods.memos.items() if months & months_of(memo)} if months else set()
    return frozenset(i for w in generic for i in goods.words[w]) | alike | of_months


_PAYING = words_of(
    "card check cheque wire cash bank account deposit payment pay credit debit transfer balance phone "
    "call email text message mail online portal copy invoice bill order date day week month number"
)


# ---- names ----

_INTRODUCTIONS = words_of("is it's its i'm im from here's this hi hello hey - –")
_AFTER_A_NAME = words_of("here speaking from at with again , . - –")


def names_customer(tokens: Sequence[Token], name: str, others: Iterable[str]) -> bool:
    """Whether a word stands there that this customer's name has and no other's."""
    theirs = {w for other in others for w in memo_words(other)}
    own = [w for w in memo_words(name) if w not in theirs]
    telling = [w for w in own if not is_generic(w)]
    said = set(words_said(tokens))
    return any(w in said for w in telling) or (len(own) > 1 and all(w in said for w in own))


def is_called(tokens: Sequence[Token], name: str) -> bool:
    """Whether the whole name stands there, of two words at least."""
    words = [w.casefold() for w in _WORD.findall(name) if w.casefold() not in _STOP]
    said = [t.text for t in tokens if t.kind == "word" and t.text not in _STOP]
    return len(words) > 1 and any(said[i : i + len(words)] == words for i in range(len(said)))


def names_person(tokens: Sequence[Token], name: str) -> bool:
    """Whether the sender introduces himself so; a first name is often a word ("will", "mark", "may")."""
    parts = [p.casefold() for p in _WORD.findall(name)]
    for at, token in enumerate(tokens):
        if token.kind == "word" and parts and token.text == parts[0]:
            following = tokens[at + 1].text if at + 1 < len(tokens) else ""
            before = tokens[at - 1].text if at else ""
            if len(parts) > 1 and following == parts[-1]:
                return True
            if len(parts[0]) > 2 and (
                before in _INTRODUCTIONS or (following in _AFTER_A_NAME and following.isalpha())
            ):
                return True
    return False
