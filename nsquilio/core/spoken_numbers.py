"""Numbers as people say them: "twenty fifty one", "two oh five one", "two thousand and fifty-one" are 2051.

A run of number words has several readings, because nobody says where one number group ends. All of them are
given; who asks compares them with the numbers he knows. Nothing here decides what a number is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

UNITS = {
    w: n
    for n, names in enumerate(
        ("zero oh o nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    )
    for w in names.split()
}
TEENS = {
    w: n + 10
    for n, w in enumerate(
        (
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        )
    )
}
TENS = {
    w: 10 * n + 20
    for n, w in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"))
}
TENS["fourty"] = 40
REPEATS = {"double": 2, "triple": 3}
NUMBER_WORDS = frozenset(UNITS) | frozenset(TEENS) | frozenset(TENS) | {"hundred", "thousand"}

_MOST_WORDS = 14
"""A longer run is somebody reading out a card or an account; it is no number of ours."""
_MOST_READINGS = 400

_Below = Callable[[tuple[str, ...], int], Iterator[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Spoken:
    """`digits`: the groups written one after the other. `last`: width of the last group, for cents."""

    digits: str
    groups: int
    last: int

    def values(self) -> Iterator[Decimal]:
        """As a whole amount, and with the last two digits as cents ("three eighteen forty" is 318.40)."""
        yield Decimal(self.digits)
        if self.groups > 1 and self.last == 2 and len(self.digits) > 2:
            yield Decimal(f"{self.digits[:-2]}.{self.digits[-2:]}")


def readings(words: Sequence[str]) -> tuple[Spoken, ...]:
    """Every reading of the whole run, fewest groups first; digits among the words stand for themselves."""
    if not words or len(words) > _MOST_WORDS:
        return ()
    found: dict[str, Spoken] = {}
    for spoken in _from(tuple(words), 0, "", 0, 0):
        found.setdefault(f"{spoken.digits}/{spoken.last}", spoken)
        if len(found) >= _MOST_READINGS:
            break
    return tuple(sorted(found.values(), key=lambda s: s.groups))


def is_run_start(word: str, following: str | None) -> bool:
    """Whether a number may begin here; "oh well", "a check" and "o.k." are no numbers."""
    if word in ("oh", "o"):
        return following in NUMBER_WORDS and following not in ("hundred", "thousand")
    if word in REPEATS:
        return following in UNITS
    if word == "a":
        return following in ("hundred", "thousand")
    return word in NUMBER_WORDS


def _from(words: tuple[str, ...], at: int, digits: str, groups: int, last: int) -> Iterator[Spoken]:
    if at == len(words):
        yield Spoken(digits, groups, last)
        return
    for group, after in _group(words, at):
        yield from _from(words, after, digits + group, groups + 1, len(group))


def _group(words: tuple[str, ...], at: int) -> Iterator[tuple[str, int]]:
    """The ways to read the group that begins here: its digits, and where the next one begins."""
    word = words[at]
    if word.isdigit() and not _is_multiplied(words, at):
        yield word, at + 1
    elif word in REPEATS and at + 1 < len(words):
        yield str(UNITS.get(words[at + 1], 0)) * REPEATS[word], at + 2
    else:
        if word in ("oh", "o", "zero") and at + 1 < len(words) and UNITS.get(words[at + 1], 0) > 0:
            yield f"0{UNITS[words[at + 1]]}", at + 2
        for value, after in _below_a_million(words, at):
            if after > at and words[after - 1] != "a":
                yield str(value), after


def _below_a_million(words: tuple[str, ...], at: int) -> Iterator[tuple[int, int]]:
    for value, after in _below_a_thousand(words, at):
        yield value, after
        if after < len(words) and words[after] == "thousand" and value:
            yield from _with_rest(words, after + 1, value * 1000, _below_a_thousand)


def _below_a_thousand(words: tuple[str, ...], at: int) -> Iterator[tuple[int, int]]:
    for value, after in _below_a_hundred(words, at):
        if after < len(words) and words[after] == "hundred" and value:
            yield from _with_rest(words, after + 1, value * 100, _below_a_hundred)
        else:
            yield value, after


def _below_a_hundred(words: tuple[str, ...], at: int) -> Iterator[tuple[int, int]]:
    word = words[at]
    if word == "a" or (word in ("hundred", "thousand") and at == 0):
        yield 1, at + (word == "a")
    elif word in TENS:
        following = UNITS.get(words[at + 1], 0) if at + 1 < len(words) else 0
        yield TENS[word] + following, at + 1 + (following > 0)
    elif word in TEENS:
        yield TEENS[word], at + 1
    elif word in UNITS:
        yield UNITS[word], at + 1
    elif word.isdigit() and len(word) <= 3:
        yield int(word), at + 1


def _is_multiplied(words: tuple[str, ...], at: int) -> bool:
    """As in "14 hundred"."""
    return at + 1 < len(words) and words[at + 1] in ("hundred", "thousand")


def _with_rest(words: tuple[str, ...], at: int, value: int, below: _Below) -> Iterator[tuple[int, int]]:
    """As in "two thousand", "two thousand fifty", "two thousand and fifty"."""
    rest_at = at + 1 if at < len(words) and words[at] == "and" else at
    rest = [r for r in below(words, rest_at) if r[0]] if rest_at < len(words) else []
    for more, after in rest:
        yield value + more, after
    if not rest:
        yield value, at
