"""What a message says about the goods: the words of an invoice's memo in it, and the names people give.

"The trencher broke down" is about "Trencher week 14". Words that every message has ("card", "order", "April")
tell nothing alone: "paid by card" is not about "Card stock".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

from .match_months import months_meant, months_named, months_of, months_perhaps
from .match_phrases import phrases_said
from .match_stems import MONTH_STEMS, PAYING, STOP, WEEKDAYS, is_generic, stem
from .match_tokens import Token
from .match_words import INVOICE, words_of

_WORD = re.compile(r"[^\W\d_]+")
_TWO_NAMES = re.compile(r"(?<![^\W\d_])([^\W\d_]{4,})-([^\W\d_]{4,})(?![^\W\d_])")


@lru_cache(maxsize=65_536)
def memo_words(memo: str) -> tuple[str, ...]:
    """The stems of a memo's words; hyphenated words as one ("X-ray" is "xray"), and long ones ("Lyon-Lille") apart."""
    joined = re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", "", memo)
    parts = " ".join(f"{a} {b}" for a, b in _TWO_NAMES.findall(memo))
    words = (stem(w) for w in _WORD.findall(f"{joined} {parts}") if w.casefold() not in STOP and len(w) > 1)
    return tuple(dict.fromkeys(words))


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
    beside = [a + b for a, b in _neighbours(tokens) if not {stem(a), stem(b)} & WEEKDAYS]
    return tuple(dict.fromkeys(stem(w) for w in (*words, *beside) if w not in STOP))


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
        elif len(word) >= 5 and word not in WEEKDAYS:  # "Montag" is no form of "Montage"
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
    """Memos by invoice id, and the invoices by the stems and the phrases in them."""

    @property
    def memos(self) -> Mapping[str, str]: ...
    @property
    def words(self) -> Mapping[str, Set[str]]: ...
    @property
    def phrases(self) -> Mapping[str, Set[str]]: ...


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
    months = months_meant(tokens, beside, telling, people, is_contrast=is_contrast)
    return _description(matched, phrases_said(tokens), goods, months, _pointed_at(tokens, goods))


def denied(tokens: Sequence[Token], places: Set[int], goods: Described) -> frozenset[str]:
    """The invoices that the words at these places describe best."""
    matched = matched_words(words_said([tokens[at] for at in sorted(places)]), goods.words)
    said = phrases_said([tokens[at] for at in sorted(places)])
    scores = _description(matched, said, goods, months_named(tokens, places)).scores
    return frozenset(i for i, score in scores.items() if score == max(scores.values()))


def _pointed_at(tokens: Sequence[Token], goods: Described) -> frozenset[str]:
    """Everyday words that do tell: "the large ones", "the labor invoice", and what "looks lovely"."""
    found = set()
    for said, following in _neighbours(tokens):
        word = stem(said)
        owners = goods.words.get(word, ())
        if len(owners) == 1 and (
            (following in _ONES and word not in _WHICH | PAYING)
            or (following in _SEEMS and _is_seen(said, word, goods.memos[next(iter(owners))]))
        ):
            found.add(word)
    return frozenset(found)


def _is_seen(said: str, word: str, memo: str) -> bool:
    """ "Cards look lovely" where the memo has cards; "the total looks wrong" is about the bill."""
    is_plural = said.endswith("s") and said in _WORD.findall(memo.casefold())
    return is_plural or word not in _WHICH | _BILLED | PAYING


_ONES = words_of("one ones") | INVOICE
_WHICH = words_of(
    "new old last next first second third final full half late due open close other same right left back whole "
    "monthly weekly"
)
_BILLED = words_of(
    "delivery shipment freight supply order job work project people team person office house home store "
    "customer "
    "total price cost rate tax number amount charge fee bill discount sum date site report name sale "
    "person thing "
)
_SEEMS = words_of(
    "look looks looked smell smells smelled taste tastes tasted feel feels fit fits broke leak leaks "
    "ripped tore torn burst cracked dented crushed bent leaked arrived came stink stinks stank"
)


def _description(
    matched: frozenset[str],
    said: frozenset[str],
    goods: Described,
    months: frozenset[int],
    pointed: frozenset[str] = frozenset(),
) -> Description:
    meant = {w for w, month in MONTH_STEMS.items() if month in months and w in goods.words}
    telling = frozenset(w for w in matched if not is_generic(w)) | meant | pointed
    generic = {w for w in matched if is_generic(w) and w not in MONTH_STEMS} - pointed
    named = {i for w in telling | generic for i in goods.words[w]}
    phrases = _by_invoice(said, goods.phrases)
    own = {i: memo_words(goods.memos.get(i, "")) for i in named | phrases.keys()}
    found = {i: _score(words, telling, generic) + 2 * len(phrases.get(i, ())) for i, words in own.items()}
    scores = {i: score for i, score in found.items() if score}
    return Description(
        scores, {i: telling.intersection(own[i]) | phrases.get(i, set()) for i in scores}, months
    )


def _by_invoice(said: Iterable[str], known: Mapping[str, Set[str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for phrase in said:
        for invoice in known.get(phrase, ()):
            found.setdefault(invoice, set()).add(phrase)
    return found


def _as_written(tokens: Sequence[Token], matched: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The message's own words that memos have, but for those of payments; and the telling ones of them."""
    pairs = [(t.text, stem(t.text.removesuffix("'s"))) for t in tokens if t.kind == "word"]
    ours = [
        (text, word) for text, word in pairs if word in matched and word not in PAYING | MONTH_STEMS.keys()
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
    generic = {w for w in matched if is_generic(w) and w not in MONTH_STEMS and w not in PAYING}
    plural = {t.text for t in tokens if t.kind == "word" and t.text.endswith("s")}
    alike = {i for w in matched for i in goods.words[w] if plural & set(goods.memos[i].casefold().split())}
    months = months_perhaps(tokens, people)
    of_months = {i for i, memo in goods.memos.items() if months & months_of(memo)} if months else set()
    return frozenset(i for w in generic for i in goods.words[w]) | alike | of_months


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
    words = [w.casefold() for w in _WORD.findall(name) if w.casefold() not in STOP]
    said = [t.text for t in tokens if t.kind == "word" and t.text not in STOP]
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
