"""When what all the words of a text say (`reply_votes`) replaces what a rule read, and when the rule knows better.

The thresholds stand in `reply_votes`; here stand the rules that are never outvoted, and why. Decides for one
reading only: days and sums are read elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nsquilio.core.reply_foreign import LANGUAGES
from nsquilio.core.reply_model import Kind, Reading
from nsquilio.core.reply_stopping import ends_something_else
from nsquilio.core.reply_votes import CLEAR_STOP, STOPPING, Opinion, is_outvoted, opinion_on
from nsquilio.core.reply_words import Word

_FIRM = ("opt_out.asked", "opt_out.way_out", "opt_out.no_phone", "promise.day_asked")
CLEAR_DAY = 0.7
"""So much is a promise by its day alone: "year end stmt for 2025" has a day too, and a false promise silences us."""
_BESIDE = (Kind.paid_claim, Kind.promise, Kind.dispute, Kind.question, Kind.copy_request)  # beside an opt-out


def outvoting(reading: Reading, words: Sequence[Word]) -> Opinion | None:
    """The opinion that replaces the reading; None where the reading stands."""
    told = opinion_on(words)
    if told is None or reading.rule == "silence" or _opens_with_stop(reading, words):
        return None
    if told.kind in STOPPING and not _names_a_word(told.words):
        return None
    if told.kind is Kind.promise and told.share <= CLEAR_DAY and not _names_a_word(_plain(told.words)):
        return None
    if not is_outvoted(reading.kind, not reading.unsure, told) or _is_firm(reading, told, words):
        return None
    if told.kind in STOPPING and told.share <= CLEAR_STOP and ends_something_else(words):
        return None
    return told


def _names_a_word(names: Sequence[str]) -> bool:
    """Not by the way a sentence ends alone: "roof looks amazing!!"."""
    return any(part.isalpha() for name in names for part in name.split())


def _plain(names: Sequence[str]) -> list[str]:
    return [name for name in names if "<" not in name]


def _opens_with_stop(reading: Reading, words: Sequence[Word]) -> bool:
    """ "STOP. The check is in the mail": whatever else is said."""
    return reading.rule == "opt_out.keyword" and words[0].surface in reading.words


def _is_firm(reading: Reading, told: Opinion, words: Sequence[Word]) -> bool:
    """Read in another language, of which the votes know too few words; or by a rule that knows what they miss:
    out of office until a day is no promise, and "paid it. And quit pestering my cell" does two things."""
    if reading.unsure:
        return False
    if reading.rule in _FIRM or reading.rule.rpartition(".")[2] in LANGUAGES:
        return True
    if reading.rule == "other.away":
        return told.kind is Kind.promise
    return reading.kind in STOPPING and told.kind in _BESIDE and _stops_in_a_sentence(words)


def _stops_in_a_sentence(words: Sequence[Word]) -> bool:
    ends = [place for place, word in enumerate(words) if "." in word.forms]
    if not ends or ends[0] == len(words) - 1:
        return False
    opinions = (opinion_on(words[start:end]) for start, end in pairwise([0, *ends, len(words)]))
    return any(one is not None and one.kind in STOPPING and one.share > CLEAR_STOP for one in opinions)
