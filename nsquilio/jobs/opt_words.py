"""STOP and START as texts arrive: found without reading the whole text, applied in the transaction that
stores it.

What a text says besides stands in `understand`, which comes later and reads every text in full. Here a
hundred thousand texts pass in one poll, so a text is looked at closely only when it holds a word that could
end texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from nsquilio.core.model import Channel
from nsquilio.jobs.services import Services

_LONGEST_KEYWORD = 30
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class OptWord:
    """`keyword`: the whole text is a word that carriers act on themselves; only such a no is lifted by
    START.
    """

    is_out: bool
    keyword: bool


_STOP, _START = OptWord(True, True), OptWord(False, True)


def opt_word(text: str) -> OptWord | None:
    """The keyword that the text is, if it is one."""
    if len(text) > _LONGEST_KEYWORD:
        return None
    return _keyword(text)


@lru_cache(maxsize=4096)
def _keyword(text: str) -> OptWord | None:
    # The rules take a moment to load, and most polls bring no text at all.
    from nsquilio.core.reply_optout import START_KEYWORDS, STOP_KEYWORDS

    word = _NO_LETTER.sub("", text).casefold()
    if word in STOP_KEYWORDS:
        return _STOP
    return _START if word in START_KEYWORDS else None


def apply_opt_words(senders: Iterable[str], services: Services) -> list[str]:
    """Applies what the last keyword of each sender says; returns the numbers that are newly opted out."""
    return [sender for sender in senders if _replayed(sender, services)]


def _replayed(sender: str, services: Services) -> bool:
    """The last word counts, in whatever order pages and captured requests bring a sender's texts."""
    blocks, now = services.store.blocks, services.clock()
    for text in services.store.inbound.sent_by(sender):
        word = opt_word(text.body) if text.channel == "sms" else None
        if word is None:
            continue
        source = f"text {text.sid} of {text.received_at:%Y-%m-%d}"
        if word.is_out:
            return blocks.opt_out(sender, Channel.SMS, "keyword", source, now)
        blocks.opt_in(sender, Channel.SMS, source, now)
        return False
    return False
