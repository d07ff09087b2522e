"""A message as tokens: known codes, phones, dates, times, money, numbers (typed or said), words and marks.

The first thing that fits at a place takes it, known document and PO numbers before all else: `2026-17` would
be a date. What a number is about is decided later, from the words around it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from .match_foreign_numbers import foreign_run
from .match_numbers import folded, shape_of, without_zeros
from .match_words import MONEY_WORDS, SIGN_CURRENCIES
from .spoken_numbers import NUMBER_WORDS, is_run_start, readings

Kind = Literal["word", "mark", "number", "money", "code", "skip"]
Codes = Mapping[str, frozenset[int]]
"""Known codes without separators, and the offsets at which each may be parted."""
Shape = tuple[tuple[int, bool], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What a scanner must know of the numbers that may come.

    `labels`: words that may be written onto a number without a space ("inv2051"). `shapes`: how document
    numbers are built, so that "2026/99" is taken for one and "3051/3064" for two.
    """

    codes: Codes
    labels: frozenset[str] = frozenset()
    shapes: frozenset[Shape] = frozenset()


_LONGEST_TEXT = 2_500
_MOST_TOKENS = 600
"""A transcript of three minutes; what comes after it names no invoice that was not named before."""


@dataclass(frozen=True, slots=True)
class Token:
    """`digits` and `values`: the readings of a number. `glued`: nothing stands before it.

    `grouped`: written with a thousands separator; `parts`: the typed or spoken pieces it was joined from.
    `is_known`: a known number in its own form, parted as only that number is ("2026/58", "INV-2051").
    """

    kind: Kind
    text: str
    glued: bool = False
    digits: tuple[str, ...] = ()
    values: tuple[Decimal, ...] = ()
    currencies: frozenset[str] = frozenset()
    grouped: bool = False
    is_known: bool = False
    spoken: bool = False
    parts: tuple[str, ...] = field(default=())


_SIGN = r"(?:us\$|ca\$|au\$|nz\$|a\$|c\$|[$£€¥])"
_CODE = r"(?:usd|eur|gbp|cad|aud|nzd|chf|sek|nok|dkk|jpy|mxn|sgd|inr|zar)"
_UNIT = rf"(?:{_CODE}|dollars?|bucks?|quid|pounds?|euros?|sterling)"
_THOUSANDS = r"\d{1,3}(?:[,.' ]\d{3})+(?:[.,]\d{1,2}(?!\d))?(?!\d)"
_AMOUNT = rf"(?:{_THOUSANDS}|\d+[.,]\d{{1,2}}(?!\d)|\d+(?:[.,]\d{{1,3}}(?=\s?k\b))?)"
_HALF_DAY = r"\s?[ap]\.?m\b\.?"

_SKIPPED = [
    r"(?:https?://|www\.)\S+|[^\s@]+@[^\s@]+\.\w+",
    # Phones: international, +1, seven digits, a national zero in front.
    r"\+\d[\d\s().-]{6,}\d",
    r"(?:1[\s.-]?)?\([2-9]\d{2}\)\s?\d{3}[\s.-]?\d{4}(?!\d)",
    r"(?:1[\s.-]?)?[2-9]\d{2}[\s.-]?\d{3}[\s.-]?\d{4}(?!\d)",
    r"[2-9]\d{2}-\d{4}(?![\d-])",
    r"0\d{2,5}[\s/-]\d{3,4}[\s-]?\d{3,4}(?!\d)|0\d{9,10}(?!\d)|0\d(?:[\s.]\d{2}){4}(?!\d)",
    # Dates.
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)",
    r"\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?!\d)|\d{1,2}-\d{1,2}-(?:\d{4}|\d{2})(?!\d)",
    r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?!\d)",
    r"(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])(?![\d/])|(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d/])",
    r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?!\d)",
    r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?![\d-])",
    r"\d{1,2}(?:st|nd|rd|th)\b",
    # Times and shares.
    r"\d{1,2}:\d{2}(?::\d{2})?(?:" + _HALF_DAY + r")?(?!\d)",
    r"\d{1,2}(?:[.:]\d{2})?" + _HALF_DAY,
    r"\d{1,2}\s?(?:o'?clock|uhr)\b|\d{1,2}h(?:\d{2})?\b|\d{3,4}\s?h(?:rs|ours)?\b",
    r"\d+(?:[.,]\d+)?\s?(?:%|percent\b|prozent\b)",
]
_SKIP = re.compile("|".join(f"(?:{pattern})" for pattern in _SKIPPED))
_MONEY = re.compile(
    rf"(?P<sign>{_SIGN})\s?(?P<a>{_AMOUNT})(?P<ka>\s?k\b)?"
    rf"|(?P<code>{_CODE})\s?(?P<b>{_AMOUNT})(?P<kb>\s?k\b)?"
    rf"|(?P<c>{_AMOUNT})(?P<kc>\s?k)?\s?(?:(?P<after>{_SIGN}(?!\d)|{_UNIT}\b)|(?P<dash>[.,][-–](?!\w)))"
    rf"|(?P<d>{_AMOUNT})\s?(?P<kd>k\b|grand\b)"
    rf"|(?P<e>\d{{1,3}}(?:[,.' ]\d{{3}})+[.,]\d{{2}}(?!\d)|\d+[.,]\d{{2}}(?![\d.,]\d|\d))"
)
_GROUPED = re.compile(r"\d{1,3}(?:[,.']\d{3})+(?![\d.,]\d|\d)")
_O_FOR_ZERO = re.compile(r"(?=[oli|]*\d)(?=[\doli|]*[oli|])[\doli|]{3,}(?![^\W_])")
_GLUED_LABEL = re.compile(r"([a-zäöüéèß]+)(?=\d[\doli]*(?![^\W_]))")
_MIXED = re.compile(r"[^\W_]+(?:[-_/][^\W_]+)*")
_DIGIT_CODE = re.compile(r"\d+(?:[-_/]\d+)+(?!\w)")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_INTEGER = re.compile(r"\d+(?:[.,]\d+)?")
_PIECE = re.compile(r"[^\W_]+")
_GAP = re.compile(r"(\s?[-–—_/.#]\s?|\s)?(?=[^\W_])")


def cleaned(text: str) -> str:
    """One spelling of quotes, dashes, spaces and widths; lower case; nothing invisible; not endless."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST_TEXT]).replace("’", "'").replace("‘", "'").lower()
    kept = (c if unicodedata.category(c)[0] != "C" or c in "\n\r\t" else "" for c in plain)
    return re.sub(r"[ \t]+", " ", re.sub(r"\s*[\r\n]\s*", " ; ", "".join(kept))).strip()


def tokens_of(text: str, known: Known) -> tuple[Token, ...]:
    """`text`: cleaned."""
    return tuple(_dashed(tuple(_numbers_said(tuple(_scanned(text, known))))))


def _scanned(text: str, known: Known) -> Iterator[Token]:
    at = 0
    count = 0
    while at < len(text) and count < _MOST_TOKENS:
        if text[at] == " ":
            at += 1
            continue
        count += 1
        glued = at > 0 and text[at - 1] != " "
        token, at = _next(text, at, known)
        yield replace(token, glued=glued)


def _next(text: str, at: int, known: Known) -> tuple[Token, int]:
    inside_word = at > 0 and (text[at - 1].isalnum() or text[at - 1] == "_") and text[at].isalnum()
    if not inside_word:
        code, end = _known_code(text, at, known.codes)
        if code:
            if not code.isdigit():
                return Token("code", code), end
            return replace(_number(code), is_known=text[at:end] != code), end
        if (match := _SKIP.match(text, at)) and not _followed_by_letter(text, match.end()):
            return Token("skip", match[0]), match.end()
    return _amount_or_word(text, at, known, inside_word)


def _followed_by_letter(text: str, end: int) -> bool:
    return end < len(text) and text[end].isalpha() and text[end - 1].isalnum()


def _amount_or_word(text: str, at: int, known: Known, inside_word: bool) -> tuple[Token, int]:
    if (match := _MONEY.match(text, at)) and not _followed_by_letter(text, match.end()):
        return _money(match), match.end()
    if not inside_word:
        if (match := _GLUED_LABEL.match(text, at)) and match[1] in known.labels:
            return Token("word", match[1]), match.end()
        if match := _O_FOR_ZERO.match(text, at):
            return _number(folded(match[0])), match.end()
        if (match := _DIGIT_CODE.match(text, at) or _MIXED.match(text, at)) and _is_code(match[0], known):
            return Token("code", match[0]), match.end()
    if match := _GROUPED.match(text, at):
        return replace(_number(re.sub(r"\D", "", match[0])), grouped=True), match.end()
    if match := _INTEGER.match(text, at):
        return _number(match[0]) if match[0].isdigit() else _decimal(match[0]), match.end()
    if match := _WORD.match(text, at):
        return Token("word", match[0]), match.end()
    return Token("mark", text[at]), at + 1


def _is_code(text: str, known: Known) -> bool:
    """Letters and digits mixed ("cg-18"), or digits parted ("104-233"); not "paid-3051" or "invoice/3051"."""
    pieces = re.split(r"[-_/]", text)
    if not any(c.isdigit() for c in text):
        return False
    if "/" in text and "".join(pieces).isdigit():
        return shape_of(text) in known.shapes
    is_parted_number = len(pieces) > 1 and all(piece.isdigit() for piece in pieces)
    words = [piece for piece in pieces if piece.isalpha()]
    return is_parted_number or (
        any(c.isalpha() for c in text) and not any(len(word) > 3 or word in known.labels for word in words)
    )


def _number(digits: str) -> Token:
    return Token("number", digits, digits=(digits,), values=(Decimal(digits),), parts=(digits,))


def _decimal(text: str) -> Token:
    """ "880.5": an amount without its last cent, never a document number; else nothing of ours."""
    if not re.fullmatch(r"\d+[.,]\d", text):
        return Token("skip", text)
    return Token("number", text, values=(amount_of(text),), parts=(text,))


def _known_code(text: str, at: int, codes: Codes) -> tuple[str, int]:
    """The longest known number that stands here, whatever separates its parts."""
    key, offsets, best, end = "", set[int](), ("", at), at
    for _ in range(5):
        piece = _PIECE.match(text, end)
        if piece is None:
            break
        key, end = key + piece[0], piece.end()
        name = _as_known(key, offsets, codes)
        if name:
            best = (name, end)
        gap = _GAP.match(text, end)
        if gap is None or not gap[0] or (gap[0] == " " and key.isdigit()):
            break  # "since 2026 17 people came"
        offsets.add(len(key))
        end = gap.end()
    return best


def _as_known(key: str, offsets: set[int], codes: Codes) -> str:
    """Exact, or with letters typed for digits, or with zeros more or fewer in front of a group."""
    if not any(c.isdigit() for c in key):
        return ""
    for spelling in (key, folded(key), *_folded_behind(key)):
        if spelling in codes and offsets <= codes[spelling]:
            return spelling
    return _without_extra_zeros(key, offsets, codes)


def _folded_behind(key: str) -> Iterator[str]:
    """ "L-2l8" is L-218: letters for digits behind those in front, which stay."""
    for length in range(1, min(6, len(key))):
        if not key[length - 1].isalpha():
            return
        yield key[:length] + folded(key[length:])


def _without_extra_zeros(key: str, offsets: set[int], codes: Codes) -> str:
    parted = re.fullmatch(r"([^\W\d_]+)(0\d+)", key)
    if not parted:
        return ""
    short = parted[1] + without_zeros(parted[2])
    allowed = codes.get(short, frozenset())
    return short if short in codes and offsets <= {len(parted[1])} & allowed else ""


def _money(match: re.Match[str]) -> Token:
    found = match.groupdict()
    digits = next(found[name] for name in "abcde" if found[name])
    thousands = any(found[name] for name in ("ka", "kb", "kc", "kd"))
    mark = found["sign"] or found["code"] or found["after"] or ""
    value = amount_of(digits) * (1000 if thousands else 1)
    return Token("money", match[0], values=(value,), currencies=_currencies(mark))


def _currencies(mark: str) -> frozenset[str]:
    return SIGN_CURRENCIES.get(mark) or MONEY_WORDS.get(mark) or frozenset()


def amount_of(digits: str) -> Decimal:
    """`1,850.00`, `1.850,00`, `1'850`, `1.85`: the last separator is the decimal one if one or two follow."""
    match = re.fullmatch(r"(.*?)(?:[.,](\d{1,2}|\d{3}(?=$)))?", digits)
    if match is None:
        return Decimal(0)
    whole, cents = match[1], match[2]
    if cents and len(cents) == 3:
        whole, cents = whole + cents, None
    return Decimal(re.sub(r"\D", "", whole) or "0") + (Decimal(f"0.{cents}") if cents else 0)


def _numbers_said(tokens: tuple[Token, ...]) -> Iterator[Token]:
    """Number words, and digits among them, joined into numbers."""
    words = tuple(t.text for t in tokens)
    at = 0
    while at < len(tokens):
        end, translated = foreign_run(words, at)
        if translated:
            yield replace(
                _said(tuple(Token("word", word) for word in translated)), text=" ".join(words[at:end])
            )
            at = end
            continue
        end = _run_end(tokens, at)
        if end > at:
            yield _said(tokens[at:end])
            at = end
        else:
            yield tokens[at]
            at += 1


def _dashed(tokens: tuple[Token, ...]) -> Iterator[Token]:
    """ "twenty twenty six dash nineteen" is one number."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        while _is_dash_between(tokens, at + 1):
            other = tokens[at + 2]
            digits = tuple(a + b for a in token.digits for b in other.digits)
            token, at = replace(token, text=f"{token.text} {other.text}", digits=digits, parts=()), at + 2
        yield token
        at += 1


def _is_dash_between(tokens: tuple[Token, ...], at: int) -> bool:
    return (
        at + 1 < len(tokens)
        and tokens[at].text in ("dash", "hyphen", "slash", "minus")
        and tokens[at - 1].kind == tokens[at + 1].kind == "number"
    )


def _run_end(tokens: tuple[Token, ...], at: int) -> int:
    """Where the run of number words that begins here ends; `at` itself when none does."""
    if tokens[at].kind == "number" and _text(tokens, at + 1) in ("hundred", "thousand"):
        return _end_of_run(tokens, at)
    if tokens[at].kind != "word" or not is_run_start(tokens[at].text, _text(tokens, at + 1)):
        return at
    if tokens[at].text == "one" and _is_pronoun(tokens, at):
        return at
    return _end_of_run(tokens, at)


def _end_of_run(tokens: tuple[Token, ...], at: int) -> int:
    end = at
    while end < len(tokens):
        if _is_said(tokens, end):
            end += 1
        elif _is_hyphen(tokens, end) or _is_and(tokens, end) or _text(tokens, end) in ("um", "uh", "er"):
            if not (end + 1 < len(tokens) and _is_said(tokens, end + 1)):
                break
            end += 1
        else:
            break
    return end


def _is_said(tokens: tuple[Token, ...], at: int) -> bool:
    token = tokens[at]
    if token.kind == "number":
        return not token.grouped and len(token.text) <= 2
    if token.kind != "word":
        return False
    text = token.text.removesuffix("'s")  # "seven eighty four's been done"
    return text in NUMBER_WORDS or is_run_start(text, _text(tokens, at + 1))


def _is_pronoun(tokens: tuple[Token, ...], at: int) -> bool:
    """ "the one", "one of these", "one more": no number, unless number words go on."""
    following = _text(tokens, at + 1)
    return following is None or not is_run_start(following, _text(tokens, at + 2))


def _is_hyphen(tokens: tuple[Token, ...], at: int) -> bool:
    return tokens[at].text == "-" and tokens[at].glued


def _is_and(tokens: tuple[Token, ...], at: int) -> bool:
    return tokens[at].text == "and" and _text(tokens, at - 1) in ("hundred", "thousand")


def _text(tokens: tuple[Token, ...], at: int) -> str | None:
    return tokens[at].text if 0 <= at < len(tokens) else None


def _said(run: tuple[Token, ...]) -> Token:
    words = tuple(t.text.removesuffix("'s") for t in run if t.text not in ("-", "um", "uh", "er"))
    found = readings(words)
    if words[-1] in ("oh", "o"):  # "four one oh", or "twenty fifty one. Oh, and …"
        found += readings(words[:-1])
    digits = tuple(dict.fromkeys(r.digits for r in found))
    values = tuple(dict.fromkeys(v for r in found for v in r.values()))
    kind: Kind = "number" if found else "skip"
    return Token(kind, " ".join(words), digits=digits, values=values, spoken=True, parts=words)
