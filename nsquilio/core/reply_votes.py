"""What the words of a text speak for, all together: the second opinion beside the rules of `replies`.

Rules know what they know for sure; nobody can write a rule for each way of saying a thing. Every word, and every two
words next to each other, has points for and against the kinds of a reply, in `reply_votes.tsv`: a table to be read
and corrected like any other, learned from labelled texts (tests/learning). Rare words weigh more. No day, no sum and
no keyword is ever read from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from math import exp, sqrt

from nsquilio.core.reply_model import Kind
from nsquilio.core.reply_words import Word

KINDS = tuple(Kind)
STOPPING = (Kind.opt_out, Kind.wrong_number)
_PLACES = {kind.value: place for place, kind in enumerate(KINDS)}
SURE_RULE, UNSURE_RULE = 0.55, 0.3
"""So much of all points outvotes a rule that means something else."""
NO_STOP, NO_LOOSE_STOP = 0.12, 0.5
"""Only below it a rule that heard a stop is outvoted: a missed stop is worse than a needless one."""
CLEAR_STOP = 0.9
"""So much is a stop even where words of stopping were known to mean something else."""
_MARKS = ("<date>", "<past>", "<soon>", "<money>", "<num>", "<name>")
_NAMED = 3
FEWEST = 2  # words, not pairs: one says too little


@dataclass(frozen=True, slots=True)
class Opinion:
    """The kind with most points, its share of all (0 to 1), that of ending texts, and the words with most points."""

    kind: Kind
    share: float
    stopping: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Points:
    """`weight`: how much the word counts. `points`: by place in `KINDS`."""

    weight: float
    points: tuple[tuple[int, float], ...]


def opinion_on(words: Sequence[Word]) -> Opinion | None:
    """None: too few of its words stand in the table."""
    start, table = _table()
    found = {name: table[name] for name in features_of(words) if name in table}
    if sum(" " not in name and name != "." for name in found) < FEWEST:
        return None
    length = sqrt(sum(one.weight**2 for one in found.values()))
    scores = list(start)
    for one in found.values():
        for place, points in one.points:
            scores[place] += points * one.weight / length
    shares = _shares(scores)
    best = max(range(len(KINDS)), key=shares.__getitem__)
    stopping = shares[KINDS.index(Kind.opt_out)] + shares[KINDS.index(Kind.wrong_number)]
    return Opinion(KINDS[best], shares[best], stopping, _most(found, best))


def is_outvoted(kind: Kind, is_sure: bool, told: Opinion) -> bool:
    """Whether what all the words say replaces what one rule read. Rules are met by a few words of a text."""
    if told.kind is kind:
        return False
    if kind in STOPPING:
        return told.share > SURE_RULE and told.stopping < (NO_STOP if is_sure else NO_LOOSE_STOP)
    if told.share <= (SURE_RULE if is_sure else UNSURE_RULE):
        return False
    # Who takes a stop back speaks of stopping.
    return not (is_sure and kind is Kind.opt_in and told.kind in STOPPING)


def features_of(words: Sequence[Word]) -> set[str]:
    """Every reading of every word, and each two of them in a row; a day, a sum or a name is one word of its own."""
    readings = [_readings(word) for word in words]
    chain = ["^", *(max(one, key=len) for one in readings if one), "$"]
    pairs = {f"{left} {right}" for left, right in pairwise(chain)}
    return {name for one in readings for name in one if name != "."} | pairs


def _readings(word: Word) -> list[str]:
    for mark in _MARKS:
        if mark in word.forms:
            return [mark]
    for sign in ("?", "."):
        if sign in word.forms:
            return [sign]
    return sorted(form for form in word.forms if not form.startswith("<"))


def _shares(scores: Sequence[float]) -> list[float]:
    most = max(scores)
    powers = [exp(score - most) for score in scores]
    return [power / sum(powers) for power in powers]


def _most(found: dict[str, _Points], best: int) -> tuple[str, ...]:
    for_it = {
        name: dict(one.points).get(best, 0.0) * one.weight for name, one in found.items() if "^" not in name
    }
    named = sorted(for_it, key=lambda name: (-for_it[name], name))[:_NAMED]
    return tuple(name for name in named if for_it[name] > 0)


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[float, ...], dict[str, _Points]]:
    """What each kind starts with, and the points of the words."""
    text = files("nsquilio.core").joinpath("reply_votes.tsv").read_text(encoding="utf-8")
    table = dict(map(_row, filter(_is_row, text.splitlines())))
    start = dict(table.pop("*").points)
    return tuple(start.get(place, 0.0) for place in range(len(KINDS))), table


def _is_row(line: str) -> bool:
    return bool(line) and not line.startswith("#")


def _row(line: str) -> tuple[str, _Points]:
    """`word TAB weight TAB kind+points kind-points ...`, weight and points in tenths."""
    name, weight, points = line.split("\t")
    return name, _Points(int(weight) / 10, tuple(_point(one) for one in points.split()))


def _point(text: str) -> tuple[int, float]:
    kind, sign, tenths = text.partition("+") if "+" in text else text.partition("-")
    return _PLACES[kind], int(sign + tenths) / 10


def row_of(name: str, weight: float, points: Iterable[tuple[Kind, float]]) -> str:
    """A line of the table, as `_row` reads it."""
    told = " ".join(f"{kind}{round(one * 10):+d}" for kind, one in points if round(one * 10))
    return f"{name}\t{round(weight * 10)}\t{told}"
