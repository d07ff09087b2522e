"""The notation in which the rules for replies are written, and the search for them in a text.

A table holds one rule a line, `name: pattern`; a name may stand on several lines, and a line without a
name goes on with the one before (after a "/" in the middle of a part). A pattern is a row of:

    stop            the word itself, in any spelling that `reply_words` reads as it
    stop/quit       either word
    @texts          any word of the class `texts` (`reply_classes`)
    please?         the word, or nothing ("?" alone, or after "/", is the question mark)
    ..3             up to three words of any kind, within the sentence and its comma
    ,,3             up to three words of any kind, within the sentence
    !by/in          the next word is none of these
    >3!by/in        none of these among the next three words
    <2!not/never    none of these among the two words before
    <2=if/when      one of these among the two words before
    -               no comma, colon or dash stands here
    ^ $             a sentence starts, ends here          ^^ $$   the message starts, ends here
    now/$           the word, or the end of the sentence
    [stop]          in a table of masks: this word is what the mask hides
    <num> <date> <money> <name> <unknown> <doc> <good>      marks that words carry

Searching is a walk over words with bounded gaps: its time grows with the length of the text, never faster.
Most rules are ruled out before the walk, because a word they need is not in the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from nsquilio.core.reply_classes import CLASSES
from nsquilio.core.reply_words import Word

HIDDEN = "<hidden>"  # the form of a word that a mask took out


@dataclass(frozen=True, slots=True)
class Element:
    """One part of a pattern. `what`: word, gap, long_gap, next_not, before_not, before_is, start, end,
    first, last, close."""

    what: str
    words: frozenset[str] = frozenset()
    reach: int = 0
    optional: bool = False
    hidden: bool = False
    or_end: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """`begins`: the words that its first part takes."""

    name: str
    elements: tuple[Element, ...]
    begins: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """A rule met in a text: where its words stand, which of them it named, which of them a mask hides."""

    name: str
    start: int
    end: int
    named: tuple[int, ...]
    hidden: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """Rules of one kind in their order, each with what it needs. `bits`: for each word the sets it is in;
    `starting`: for each word the rules that begin with it, by their place in the order; `known`, `openers`:
    the words of both, as sets (most words of a text are in neither, and a set says so fastest)."""

    by_need: tuple[tuple[int, Rule], ...]
    bits: dict[str, int]
    starting: dict[str, tuple[int, ...]]
    known: frozenset[str]
    openers: frozenset[str]

    def search(self, words: Sequence[Word]) -> Iterator[Found]:
        """Every rule that is met, at every place it begins, in the order of the table."""
        forms: set[str] = set().union(*[word.forms for word in words])
        begun = {place for form in forms & self.openers for place in self.starting[form]}
        if not begun:
            return
        has = 0
        for form in forms & self.known:
            has |= self.bits[form]
        for place in sorted(begun):
            needs, rule = self.by_need[place]
            if needs & has != needs:
                continue
            for at, word in enumerate(words):
                if not rule.begins.isdisjoint(word.forms):
                    found = _match(rule, words, at)
                    if found is not None:
                        yield found

    def first(self, words: Sequence[Word]) -> Found | None:
        """The met rule that stands highest in the table."""
        return next(self.search(words), None)


def hide(masks: Table, words: Sequence[Word]) -> Sequence[Word]:
    """The words without those that the masks say mean something else."""
    hidden = {place for found in masks.search(words) for place in found.hidden}
    if not hidden:
        return words
    taken = frozenset((HIDDEN,))
    return [replace(word, forms=taken) if place in hidden else word for place, word in enumerate(words)]


def table(text: str) -> Table:
    """Reads a table of rules; a line that is none is a ValueError."""
    rules: list[
        tuple[int, Rule]
    ] = []  # the number has one bit for each set of which the text must have a word
    bits: dict[str, int] = defaultdict(int)
    sets: dict[frozenset[str], int] = {}
    for line in _lines(text):
        name, _, pattern = line.partition(":")
        elements = tuple(_element(part) for part in pattern.split())
        needs = 0
        for element in elements:
            if element.what == "word" and not element.optional and not element.or_end:
                bit = sets.setdefault(element.words, 1 << len(sets))
                needs |= bit
        rules.append((needs, Rule(name.strip(), elements, _begins(name, elements))))
    for words, bit in sets.items():
        for word in words:
            bits[word] |= bit
    starting: dict[str, list[int]] = defaultdict(list)
    for place, (_, rule) in enumerate(rules):
        for word in rule.begins:
            starting[word].append(place)
    places = {word: tuple(found) for word, found in starting.items()}
    return Table(tuple(rules), dict(bits), places, frozenset(bits), frozenset(places))


_NEW_RULE = re.compile(r"[\w.]+:")


def _lines(text: str) -> list[str]:
    """One rule a line: comments left out, continued lines joined."""
    lines: list[str] = []
    for line in (line.strip() for line in text.splitlines()):
        if not line or line.startswith("#"):
            continue
        if _NEW_RULE.match(line) or not lines:
            lines.append(line)
        else:
            lines[-1] += line if lines[-1].endswith("/") else " " + line
    return lines


def vocabulary(tables: Iterable[Table]) -> set[str]:
    """Every word that stands in a rule."""
    return {
        word
        for one in tables
        for _, rule in one.by_need
        for element in rule.elements
        for word in element.words
    }


_ENDS = {"^": "start", "$": "end", "^^": "first", "$$": "last", "-": "close"}


def _element(part: str) -> Element:
    if part in _ENDS:
        return Element(_ENDS[part])
    if part[:2] in ("..", ",,"):
        return Element("gap" if part[0] == "." else "long_gap", reach=int(part[2:]))
    if part[0] == "!":
        return Element("next_not", _words(part[1:]), reach=1)
    if part[0] == ">" and part[2] == "!":
        return Element("next_not", _words(part[3:]), reach=int(part[1]))
    if part[0] == "<" and part[1].isdigit():
        return Element("before_not" if part[2] == "!" else "before_is", _words(part[3:]), reach=int(part[1]))
    hidden = part[0] == "["
    part = part.strip("[]") if hidden else part
    optional = part.endswith("?") and part != "?" and not part.endswith("/?")
    words = _words(part[:-1] if optional else part)
    return Element("word", words - {"$"}, optional=optional, hidden=hidden, or_end="$" in words)


def _words(part: str) -> frozenset[str]:
    words: set[str] = set()
    for word in part.split("/"):
        if not word or (word[0] == "@" and word[1:] not in CLASSES):
            raise ValueError(f"no word or class {word!r} in a rule's part {part!r}")
        words |= CLASSES[word[1:]] if word[0] == "@" else {word}
    return frozenset(words)


def _begins(name: str, elements: Sequence[Element]) -> frozenset[str]:
    """The words the first consuming element takes; a rule begins with a word, never with a gap."""
    words: frozenset[str] = frozenset()
    for element in elements:
        if element.what in ("gap", "long_gap"):
            break
        if element.what == "word":
            words |= element.words
            if not element.optional:
                return words
    raise ValueError(f"the rule {name.strip()!r} begins with no word")


def _match(rule: Rule, words: Sequence[Word], at: int) -> Found | None:
    named = _step(rule.elements, 0, words, at)
    if named is None:
        return None
    places = tuple(place for place, _ in named)
    return Found(
        rule.name, places[0], places[-1] + 1, places, tuple(place for place, hides in named if hides)
    )


_Places = tuple[tuple[int, bool], ...]


def _step(elements: tuple[Element, ...], k: int, words: Sequence[Word], at: int) -> _Places | None:
    """The places taken by elements from the k-th on, beginning at word `at`; None where they do not fit."""
    while k < len(elements):
        element = elements[k]
        if element.what == "word":
            fits = at < len(words) and not element.words.isdisjoint(words[at].forms)
            if element.optional:
                if fits:
                    rest = _step(elements, k + 1, words, at + 1)
                    if rest is not None:
                        return ((at, element.hidden), *rest)
                k += 1
                continue
            if not fits:
                if element.or_end and _ends(words, at):
                    k += 1
                    continue
                return None
            rest = _step(elements, k + 1, words, at + 1)
            return None if rest is None else ((at, element.hidden), *rest)
        if element.what in ("gap", "long_gap"):
            return _gap(elements, k, words, at)
        if not _holds(element, words, at):
            return None
        k += 1
    return ()


def _gap(elements: tuple[Element, ...], k: int, words: Sequence[Word], at: int) -> _Places | None:
    across = elements[k].what == "long_gap"
    at_end = k + 1 < len(elements) and elements[k + 1].what == "end"
    for place in range(at, at + elements[k].reach + 1):
        stopped = place < len(words) and words[place].comma and not across
        if not stopped or at_end:
            rest = _step(elements, k + 1, words, place)
            if rest is not None:
                return rest
        if stopped or place >= len(words) or not words[place].forms.isdisjoint(_BARRIERS):
            return None
    return None


_BARRIERS = frozenset((".", HIDDEN))


def _ends(words: Sequence[Word], at: int) -> bool:
    return at >= len(words) or "." in words[at].forms or words[at].comma


def _holds(element: Element, words: Sequence[Word], at: int) -> bool:
    match element.what:
        case "next_not":
            ends = "$" in element.words and _ends(words, at)
            return not ends and not _any_of(element.words, words, range(at, at + element.reach))
        case "before_not":
            return not _any_of(element.words, words, range(at - 1, at - 1 - element.reach, -1))
        case "before_is":
            return _any_of(element.words, words, range(at - 1, at - 1 - element.reach, -1))
        case "start":
            return at == 0 or "." in words[at - 1].forms or words[at].comma if at < len(words) else False
        case "end":
            return _ends(words, at)
        case "first":
            return at == 0
        case "close":
            return at >= len(words) or not words[at].comma
        case _:
            return at >= len(words) or all("." in word.forms for word in words[at:])


def _any_of(wanted: frozenset[str], words: Sequence[Word], places: Iterable[int]) -> bool:
    """Whether one of these words stands there, before the sentence ends."""
    for place in places:
        if (
            place < 0
            or place >= len(words)
            or ("." in words[place].forms and "." not in wanted and "?" not in wanted)
        ):
            return False
        if not wanted.isdisjoint(words[place].forms):
            return True
    return False
