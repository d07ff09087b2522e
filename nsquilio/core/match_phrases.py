"""Two things side by side that tell an invoice though neither does alone: "phase 2", "30 yd", "key cards".

A phrase is kept as one text, made alike from memos and messages: "phase>2" (a part of something), "30<yd" (a
size), "key_card" (two everyday words) and "@salazar" (an order without a number, by its name).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from .match_numbers import without_zeros
from .match_stems import is_generic, is_paying, stem
from .match_tokens import Token
from .match_words import MONTHS, ORDERS, PO, words_of

_PIECE = re.compile(r"[^\W\d_]+|\d+|['\"]")
_UNIT_NAMES = {
    "yd": "yard yarder",
    "ft": "foot feet footer",
    "t": "ton tonne tonner",
    "hr": "hour",
    "wk": "week woche",
    "lb": "pound",
    "gal": "gallon",
    "l": "litre liter",
    "kg": "kilo kilogram",
    "in": "inch",
    "m": "meter metre",
    "mi": "mile",
    "ga": "gauge",
    "pt": "part teil partie",
    "ph": "phase",
    "q": "quarter quartal trimestre",
}
_UNITS = {name: unit for unit, names in _UNIT_NAMES.items() for name in names.split()}
_MARKS = {"'": "ft", '"': "in"}
_ROMAN = {"ii": "2", "iii": "3", "iv": "4"}
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_ORDINALS = {
    word: str(n)
    for n, words in enumerate(
        (
            "first erste ersten",
            "second zweite zweiten deuxième",
            "third dritte dritten troisième",
            "fourth vierte",
        ),
        start=1,
    )
    for word in words.split()
}
_TIMES = words_of(
    "day wk mo month hr min minute sec second year yr am pm uhr tag tage stunde std monat jahr jour heure "
    "mois an "
    "dia hora mes x net due kw q semana semaine settimana sem"
)
"""A number before these says when or how long; "day 2" may be a part of the work."""
_WHEN = words_of("in by within on until till end of after before every per im bis ende innerhalb pay paid")
_LITTLE = words_of(
    "the a an and or of for to at with by from is was are we you it our your und der die das für von mit le la "
    "les de et pour el los y con not no"
)
_NO_THINGS = _LITTLE | MONTHS.keys()
_ORDERS = ORDERS | PO
_VAGUE = words_of(
    "new old last next first second third final full half late due open close other same all more extra total "
    "day date week month year time today end start"
)
"""Words of messages that make no name with the word behind them: "new order", "last month"."""


@lru_cache(maxsize=65_536)
def phrases_of(memo: str, po: str) -> frozenset[str]:
    """Those of an invoice. `po`: the PO "number", which may be a name."""
    pieces = _PIECE.findall(memo.casefold())
    words = [stem(piece) for piece in pieces if not piece.isdigit() and piece not in _LITTLE]
    beside = (
        *pairwise(words),
        *zip(words, words[2:], strict=False),
    )  # "Phone system support": "phone support"
    return frozenset((*_counted(pieces), *_pairs(beside), *_named_orders(po)))


def phrases_said(tokens: Sequence[Token]) -> frozenset[str]:
    pieces = [piece for token in tokens for piece in _pieces(token)]
    words = [stem(piece.removesuffix("'s")) for piece in pieces]
    return frozenset((*_counted(pieces), *_pairs(pairwise(words)), *_orders_said(words)))


def other_part(said: frozenset[str], memo: str, known: Mapping[str, object]) -> bool:
    """Whether "phase 3" was said, the memo has another phase, and no memo has that one."""
    parts = {p.partition(">")[0] for p in phrases_of(memo, "") if ">" in p} - (_TIMES - {"day"})
    spoken = [p for p in said if ">" in p and p.partition(">")[0] in parts]
    return bool(spoken) and not any(p in known for p in spoken)


def _pieces(token: Token) -> Sequence[str]:
    if token.kind == "word":
        return (token.text,)
    if token.kind == "number" and token.digits:
        return (token.digits[0],)
    if token.kind == "code" and len(token.text) <= 8:
        return _PIECE.findall(token.text)
    if token.kind == "skip" and _ORDINAL.fullmatch(token.text):
        return (token.text,)
    return () if token.text == "-" else (token.text,)


def _counted(pieces: Sequence[str]) -> Iterator[str]:
    for at, piece in enumerate(pieces):
        nth, thing = _nth(piece), _thing(pieces, at + 1)
        if nth and thing and thing not in _TIMES:
            yield f"{thing}>{nth}"
        piece = _ROMAN.get(piece, piece)
        if piece == "one" and _is_one(pieces, at):
            piece = "1"
        if not piece.isdecimal() or len(piece) > 4:
            continue
        number = without_zeros(piece)
        before, after = _thing(pieces, at - 1), _thing(pieces, at + 1)
        if before and not (at > 1 and pieces[at - 2] in _WHEN and before in _TIMES):
            yield f"{before}>{number}"
        if after and after not in _TIMES:
            yield f"{number}<{after}"


def _is_one(pieces: Sequence[str], at: int) -> bool:
    """ "day one", "phase one"; but "the unit one"."""
    return (
        at > 0 and pieces[at - 1] in _IN_PARTS and not (at > 1 and pieces[at - 2] in ("the", "that", "this"))
    )


_IN_PARTS = words_of(
    "day phase part stage step visit round section floor level lot week milestone tranche instalment"
)


def _nth(piece: str) -> str:
    """ "2nd" and "second" are 2."""
    found = _ORDINAL.fullmatch(piece)
    return without_zeros(found[1]) if found else _ORDINALS.get(piece, "")


def _thing(pieces: Sequence[str], at: int) -> str:
    if 0 < at < len(pieces) and pieces[at] in _MARKS:
        return _MARKS[pieces[at]]
    if not 0 <= at < len(pieces) or not pieces[at].isalpha() or pieces[at] in _NO_THINGS:
        return ""
    word = stem(pieces[at])
    return _UNITS.get(word, word)


def _pairs(pairs: Iterator[tuple[str, str]] | Sequence[tuple[str, str]]) -> Iterator[str]:
    """Two words of every day in a row; one that tells needs no other beside it."""
    for first, second in pairs:
        is_everyday = is_generic(first) and is_generic(second) and first.isalpha() and second.isalpha()
        if is_everyday and not (is_paying(first) and is_paying(second)) and not {first, second} & _VAGUE:
            yield f"{first}_{second}"


def _named_orders(po: str) -> Iterator[str]:
    if not any(c.isdigit() for c in po):
        words = [stem(word) for word in _PIECE.findall(po.casefold())]
        yield from (f"@{word}" for word in words if len(word) > 3 and not is_generic(word))
        yield from (f"@{a} {b}" for a, b in pairwise(words))


def _orders_said(words: Sequence[str]) -> Iterator[str]:
    """ "the Salazar job", "PO Salazar"."""
    for first, second in pairwise(words):
        yield f"@{first} {second}"
        if second in _ORDERS:
            yield f"@{first}"
        if first in _ORDERS:
            yield f"@{second}"
