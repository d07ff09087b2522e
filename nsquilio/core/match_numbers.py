"""Document and PO numbers, and the forms people give them: `INV-2051`, `inv2051`, `2051`, `17` for `2026-17`.

`forms_of` takes a number apart once; whoever reads a message compares what stands there with the forms. No
similarity, no guessing: a digit off is another number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_GROUP = re.compile(r"[^\W\d_]+|\d+")
_LOOK_ALIKES = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1"})


@dataclass(frozen=True, slots=True)
class Forms:
    """What stands for a number.

    `codes`: with letters or separators, telling by themselves; each with the offsets where it may be parted.
    `digits`: the digits without letters. `tail`: the last group of several. `prefix`: the letters in front.
    """

    codes: tuple[tuple[str, frozenset[int]], ...]
    digits: frozenset[str]
    tail: str | None
    prefix: str
    groups: tuple[str, ...]


@lru_cache(maxsize=65_536)
def forms_of(number: str) -> Forms:
    groups = groups_of(number)
    figures = tuple(g for g in groups if g.isdigit())
    prefix = groups[0] if groups and not groups[0].isdigit() else ""
    tail = without_zeros(figures[-1]) if len(figures) > 1 else None
    return Forms(_codes(groups, prefix, figures), _digits(figures), tail, prefix, groups)


def groups_of(text: str) -> tuple[str, ...]:
    return tuple(_GROUP.findall(text.casefold()))


def without_zeros(digits: str) -> str:
    return digits.lstrip("0") or "0"


def folded(text: str) -> str:
    """Letters that are typed for digits, as digits; only for comparing with a known number folded alike."""
    return text.translate(_LOOK_ALIKES)


def _digits(figures: tuple[str, ...]) -> frozenset[str]:
    joined = "".join(figures)
    stripped = "".join(without_zeros(g) for g in figures)
    short = "".join(_short_year(figures))
    return frozenset({joined, without_zeros(joined), stripped, short}) if figures else frozenset()


def _short_year(figures: tuple[str, ...]) -> tuple[str, ...]:
    """ "26-131" for 2026-131."""
    is_year = len(figures) > 1 and re.fullmatch(r"20\d\d", figures[0])
    return (figures[0][2:], *figures[1:]) if is_year else figures


def _codes(
    groups: tuple[str, ...], prefix: str, figures: tuple[str, ...]
) -> tuple[tuple[str, frozenset[int]], ...]:
    """The whole number; prefix and last group ("F964"); several groups of digits without the prefix."""
    spellings = [groups] if prefix or len(groups) > 1 else []
    if prefix and len(figures) > 1:
        spellings.append((prefix, figures[-1]))
    if prefix and len(groups) > 2:
        spellings.append(groups[1:])
    if figures and _short_year(figures) != figures:
        spellings.append(_short_year(figures))
        if prefix and groups == (prefix, *figures):
            spellings.append((prefix, *_short_year(figures)))
    stripped = [tuple(without_zeros(g) if g.isdigit() else g for g in spelling) for spelling in spellings]
    return tuple({"".join(s): _offsets(s) for s in (*stripped, *spellings)}.items())


def _offsets(groups: tuple[str, ...]) -> frozenset[int]:
    ends, at = set(), 0
    for group in groups[:-1]:
        at += len(group)
        ends.add(at)
    return frozenset(ends)


def shape_of(number: str) -> tuple[tuple[int, bool], ...]:
    """The lengths of its groups: "2026-99" has the shape of "2026-17"."""
    return tuple((len(g), g.isdigit()) for g in groups_of(number))


def all_digits(number: str) -> str:
    return "".join(g for g in groups_of(number) if g.isdigit())
