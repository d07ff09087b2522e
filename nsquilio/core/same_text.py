"""Whether a text in a service's list is one of ours: same words, or at least about the same invoice.

What Twilio lists is not letter by letter what was handed over: trial accounts put words before it, smart
encoding replaces letters, link shortening replaces links, and redaction leaves nothing. Pure; decides nothing
about sending.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from nsquilio.core.phrases import every_and_more
from nsquilio.core.segments import smart_encoded

_TRIAL = re.compile(r"^\s*sent from your twilio trial account\s*-\s*", re.IGNORECASE)
_LINK = re.compile(r"\b(?:https?://|www\.)[^\s]*[^\s.,;:!?)\]'\"]", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")
_ALIKE = 0.75
_MORE = [re.compile(pattern, re.IGNORECASE) for pattern in every_and_more(r"\d+")]


def normalised(text: str) -> str:
    """What is left of a text when everything is taken away that Twilio may change."""
    text = _TRIAL.sub("", text)
    text = _LINK.sub("<link>", smart_encoded(text))
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def is_same_text(ours: str, theirs: str) -> bool:
    return normalised(ours) == normalised(theirs)


def is_alike(ours: str, theirs: str) -> bool:
    """Whether both may come from one template, whatever the amounts, dates and numbers in them."""
    return likeness(ours, theirs) >= _ALIKE


def _words(text: str) -> list[str]:
    return _WORD.findall(_DIGITS.sub("0", normalised(text)))


def is_named(document_number: str, text: str) -> bool:
    """Whether the number stands in the text as a word of its own: INV-10 does not stand in "INV-104"."""
    number, words = normalised(document_number), normalised(text)
    at = words.find(number) if number else -1
    while at >= 0:
        around = words[at - 1 : at] + words[at + len(number) : at + len(number) + 1]
        if not any(letter.isalnum() for letter in around):
            return True
        at = words.find(number, at + 1)
    return False


def are_all_named(document_numbers: Iterable[str], text: str) -> bool:
    """Whether every one of them stands in the text; no number at all proves nothing."""
    numbers = list(document_numbers)
    return bool(numbers) and all(is_named(number, text) for number in numbers)


def says_more(text: str) -> bool:
    """Whether the text tells of invoices that it does not name: "and 37 more"."""
    return any(pattern.search(text) for pattern in _MORE)


def likeness(ours: str, theirs: str) -> float:
    """From 0 to 1, whatever the amounts, dates and numbers in both."""
    one, other = _words(ours), _words(theirs)
    return SequenceMatcher(None, one, other, autojunk=False).ratio() if one and other else 0.0


def number_like_words(text: str) -> dict[str, str]:
    """Words of the text that may be document numbers, all with a digit: normalised to as written."""
    words = (word.strip(".,;:!?()[]'\"#") for word in re.split(r"[\s:]+", _LINK.sub(" ", text)))
    return {normalised(word): word for word in words if any(letter.isdigit() for letter in word)}
