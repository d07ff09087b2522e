"""Whether a message ends texts: the order in which the tables of opt-outs and wrong numbers are asked.

`reply_optout`, `reply_objection` and `reply_unwelcome` ask for the end, `reply_languages` and `reply_scripts` in other
languages, `reply_loose` near enough; `reply_stop_masks` hides what ends something else, `KEEP` says that
texts are welcome. Decides about stopping only: what else a message says stands in `replies`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nsquilio.core import reply_languages, reply_loose, reply_scripts
from nsquilio.core import reply_wrong_number as wrong
from nsquilio.core.reply_asks import HELP
from nsquilio.core.reply_model import Kind, Reading
from nsquilio.core.reply_objection import COMPLAINT, OBJECTION
from nsquilio.core.reply_optin import KEEP, OPT_IN
from nsquilio.core.reply_optout import OPT_OUT
from nsquilio.core.reply_rules import Found, Table, hide
from nsquilio.core.reply_stop_masks import STOP_MASKS
from nsquilio.core.reply_unwelcome import NOISE, UNWELCOME
from nsquilio.core.reply_words import Word

STOPPING_TABLES: tuple[Table, ...] = (
    STOP_MASKS,
    OPT_OUT,
    OBJECTION,
    COMPLAINT,
    UNWELCOME,
    NOISE,
    KEEP,
    OPT_IN,
    wrong.WRONG_NUMBER_MASKS,
    wrong.WRONG_NUMBER,
    wrong.SUCCESSOR,
    reply_languages.FOREIGN_STOP_MASKS,
    reply_languages.FOREIGN_OPT_OUT,
    reply_languages.FOREIGN_OPT_IN,
    reply_languages.FOREIGN_WRONG_NUMBER,
    reply_loose.LOOSE_OPT_OUT,
    reply_loose.ABOUT_TEXTS,
    reply_loose.WISH_TO_END,
    reply_loose.SPEAKS_OF_TEXTS,
    reply_loose.SAYS_NO,
    reply_loose.LOOSE_WRONG_NUMBER,
)

_MASKS = (STOP_MASKS, wrong.WRONG_NUMBER_MASKS, reply_languages.FOREIGN_STOP_MASKS)


def stopping(words: Sequence[Word], own: str) -> Reading | None:
    """opt_out and wrong_number; `own`: the text itself, for languages with letters of their own."""
    return _asked(words) or _in_other_letters(own) or _stranger(words)


def complaining(words: Sequence[Word]) -> Reading | None:
    """Grumbling about texts by somebody who neither pays nor disputes."""
    left = hide(STOP_MASKS, words)
    found = COMPLAINT.first(left) or NOISE.first(left)
    if found is None or _welcome(words):
        return None
    return replace(reading_of(Kind.opt_out, words, found), unsure=True)


def grumbling(words: Sequence[Word]) -> Reading | None:
    """Texts and a "no" in one message, where no rule knew another wish: rather silence than one text more."""
    left = hide(STOP_MASKS, words)
    if reply_loose.SPEAKS_OF_TEXTS.first(left) is None:
        return None
    found = reply_loose.SAYS_NO.first(left)
    if found is None or _welcome(words) or _wanted(words):
        return None
    return replace(reading_of(Kind.opt_out, words, found), unsure=True)


def ends_something_else(words: Sequence[Word]) -> bool:
    """Words of stopping whose sense a rule knows: they are no vote for an end of texts."""
    hidden = any(hide(masks, words) != words for masks in _MASKS)
    return hidden or _welcome(words) or _wanted(words) or wrong.SUCCESSOR.first(words) is not None


def reading_of(kind: Kind, words: Sequence[Word], found: Found) -> Reading:
    """The answer that a met rule gives, with the words it named."""
    named = dict.fromkeys((words[place].start, words[place].surface) for place in found.named)
    stops = kind in (Kind.opt_out, Kind.wrong_number)
    return Reading(
        kind, tuple(surface for _, surface in named), f"{kind.value}.{found.name}", stops_texts=stops
    )


def _asked(words: Sequence[Word]) -> Reading | None:
    left = hide(STOP_MASKS, words)
    found = OPT_OUT.first(left) or OBJECTION.first(left) or UNWELCOME.first(left) or _asked_abroad(words)
    if found is not None:
        return None if _welcome(words) else reading_of(Kind.opt_out, words, found)
    found = reply_loose.LOOSE_OPT_OUT.first(left)
    if found is None and reply_loose.ABOUT_TEXTS.first(left) is not None:
        found = reply_loose.WISH_TO_END.first(left)
    if found is None or _welcome(words) or _wanted(words):
        return None
    return replace(reading_of(Kind.opt_out, words, found), unsure=True)


def _asked_abroad(words: Sequence[Word]) -> Found | None:
    return reply_languages.FOREIGN_OPT_OUT.first(hide(reply_languages.FOREIGN_STOP_MASKS, words))


def _welcome(words: Sequence[Word]) -> bool:
    """ "The texts are fine, stop the calls": what is to stop is something else."""
    return KEEP.first(words) is not None


def _wanted(words: Sequence[Word]) -> bool:
    return OPT_IN.first(words) is not None


def _in_other_letters(own: str) -> Reading | None:
    asked = reply_scripts.asks_to_stop(own)
    if asked is not None:
        return Reading(Kind.opt_out, (asked,), "opt_out.letters", stops_texts=True, unsure=True)
    told = reply_scripts.says_wrong_number(own)
    if told is not None:
        return Reading(Kind.wrong_number, (told,), "wrong_number.letters", stops_texts=True, unsure=True)
    return None


def _stranger(words: Sequence[Word]) -> Reading | None:
    left = hide(wrong.WRONG_NUMBER_MASKS, words)
    abroad = hide(reply_languages.FOREIGN_STOP_MASKS, words)
    found = wrong.WRONG_NUMBER.first(left) or reply_languages.FOREIGN_WRONG_NUMBER.first(abroad)
    loose = reply_loose.LOOSE_WRONG_NUMBER.first(left) if found is None else None
    told = found or loose
    if told is None:
        return None
    # "Gary retired, I do the payables now": the phone is the right one
    if told.name in ("gone", "loose") and wrong.SUCCESSOR.first(words) is not None:
        return None
    # "I don't know who you are, call me" asks; it does not send us away
    if told.name == "unknown_sender" and HELP.first(words) is not None:
        return None
    return replace(reading_of(Kind.wrong_number, words, told), unsure=loose is not None)
