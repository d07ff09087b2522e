"""Sentences that ask: what stands in them is neither claimed nor promised.

"Was the deposit included?" names a deposit and disputes nothing; "is there a number I can call to pay"
promises nothing. A question that complains or names a day is left as it is. Decides nothing by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from nsquilio.core.reply_rules import HIDDEN
from nsquilio.core.reply_words import Word

# A sentence that begins with one of these asks, with or without its mark.
_PRONOUNS = frozenset("who whose which what whats any hows wheres".split())
_ADVERBS = frozenset("when how where".split())
_VERBS = frozenset(
    "is are was were do does did has have can could may will would should shall am must".split()
)
_MEASURES = frozenset("much many long late soon far often".split())
_SUBJECTS = frozenset(
    """
    i we you u it this that there the my our your these those they he she anyone someone anybody somebody
    yall ya guys late any all a an <name> <doc>
    """.split()
)
_BEFORE = frozenset(
    "hi hello hey ok and so but also sorry please thanks quick question yes yeah well um".split()
)
# With these a question complains: "is this a mistake?", "did we not cancel that?"
GRIEVANCES = frozenset(
    """
    not never wrong twice double duplicate broken damaged defective missing cancel canceled cancelled
    return
    returned refund supposed incorrect short dispute overcharged overcharge error mistake instead agreed
    told promised refuse still rest authorized ordered fix fixed remove reverse void correct
    replace replacement credit why joke kidding scam fraud again without nobody adjust deduct redo
    legit off
    """.split()
)
# With these a question tells who has paid: "can you check again, we sent it", "did you not get it".
CLAIMANTS = frozenset(
    """
    i we my our he she already not never wife husband boss ap accounting <name> check again showing shows
    say says
    """.split()
)
DAYS = frozenset(("<date>", "<soon>"))


def plain_words(words: Sequence[Word], unless: frozenset[str], by_mark: bool = True) -> Sequence[Word]:
    """The words with those of asking sentences hidden, but for sentences that hold a word of `unless`.

    `by_mark`: a question mark alone makes a question; "sent it today, right?" claims all the same.
    """
    hidden: set[int] = set()
    for start, end in _sentences(words):
        inside = words[start:end]
        if _asks(words, start, end, by_mark) and all(word.forms.isdisjoint(unless) for word in inside):
            hidden.update(range(start, end))
    if not hidden:
        return words
    taken = frozenset((HIDDEN,))
    return [replace(word, forms=taken) if place in hidden else word for place, word in enumerate(words)]


def _sentences(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    start = 0
    for place, word in enumerate(words):
        if "." in word.forms:
            yield start, place
            start = place + 1
    if start < len(words):
        yield start, len(words)


def _asks(words: Sequence[Word], start: int, end: int, by_mark: bool) -> bool:
    if by_mark and end < len(words) and "?" in words[end].forms:
        return True
    place = start
    while place < end and place - start < 3 and not words[place].forms.isdisjoint(_BEFORE | {"<name>"}):
        place += 1
    if place + 1 >= end:
        return False
    first, second = words[place].forms, words[place + 1].forms
    if not first.isdisjoint(_VERBS):  # "will pay friday" leaves out who will
        return not second.isdisjoint(_SUBJECTS)
    if not first.isdisjoint(_ADVERBS):  # "when I get paid" is no question
        return not second.isdisjoint(_VERBS | _MEASURES)
    return not first.isdisjoint(_PRONOUNS)
