"""A no is heard as a text arrives, in the transaction that stores it: STOP and START always, other wordings mostly.

Keywords cost nothing to tell. Reading a text in full takes half a millisecond, so in a catch-up of many texts that is
left to `understand`, which every `remind` runs before it decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from unicodedata import normalize

from nsquilio.core.model import Channel
from nsquilio.core.reply_model import Kind, Reading
from nsquilio.jobs.services import Services
from nsquilio.store import InboundRow, InboundSeen

READ_IN_FULL = 300  # texts at once

_LONGEST_KEYWORD = 20
_MARKS = re.compile(r"[^\w\s]|_")
_TWO_WORDS = (["opt", "out"], ["stop", "all"], ["opt", "in"])
_QUOTED_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OptWord:
    """The whole text is a word that carriers act on themselves."""

    is_out: bool


_STOP, _START = OptWord(True), OptWord(False)


def opt_word(text: str) -> OptWord | None:
    """The keyword that the text is, if it is one. One among many signs is left to a reading in full."""
    if len(text) > _LONGEST_KEYWORD:
        return None
    return _keyword(text)


@lru_cache(maxsize=4096)
def _keyword(text: str) -> OptWord | None:
    # "ARRÊT" is a keyword too.
    letters = text.lower() if text.isascii() else normalize("NFKD", text).lower()
    words = _MARKS.sub("", letters).split()
    word = "".join(words) if words in _TWO_WORDS else words[0] if len(words) == 1 else ""
    if not word or "?" in text:
        return None
    # The rules take a moment to load, and most polls bring no text at all.
    from nsquilio.core.reply_optin import START_KEYWORDS
    from nsquilio.core.reply_optout import STOP_KEYWORDS

    return _STOP if word in STOP_KEYWORDS else _START if word in START_KEYWORDS else None


def apply_no(texts: Sequence[InboundSeen], services: Services, now: datetime) -> list[str]:
    """What new texts say about texting; returns the numbers that are newly opted out."""
    by_keyword = {text.sender for text in texts if opt_word(text.body)}
    opted_out = apply_opt_words(sorted(by_keyword), services)
    if len(texts) > READ_IN_FULL:
        return opted_out
    wordings = [text for text in texts if text.sender.startswith("+")]
    return [*opted_out, *(text.sender for text in wordings if _apply_wording(text, services, now))]


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
        if word.is_out:
            return blocks.opt_out(sender, Channel.SMS, "keyword", source_of(text), now)
        blocks.opt_in(sender, Channel.SMS, source_of(text), now)
        return False
    return False


def source_of(text: InboundRow | InboundSeen) -> str:
    """Where a no was heard. `communications` tells by it what a person entered."""
    what = "voicemail" if text.channel == "voicemail" else "text"
    return f"{what} {text.sid} of {text.received_at:%Y-%m-%d}"


def _apply_wording(text: InboundSeen, services: Services, now: datetime) -> bool:
    if opt_word(text.body):
        return False  # applied, with what the sender said after it
    kind = _kind_of_no(text.body, "")
    if not kind:
        return False
    # "Reply STOP to opt out", forwarded back to us, is our own sentence.
    sent = services.store.messages.texts_to([text.sender], text.received_at - _QUOTED_WITHIN)
    before = next((words for _number, at, words in sent if at <= text.received_at), "")
    if before and not _kind_of_no(text.body, before):
        return False
    if kind == "keyword" and has_started_since(text, services):
        return False
    return services.store.blocks.opt_out(text.sender, Channel.SMS, kind, source_of(text), now)


@lru_cache(maxsize=4096)
def _kind_of_no(text: str, sent: str) -> str:
    """`keyword` (dressed up), `wording` or `wrong_number`; empty for anything else."""
    from nsquilio.core.replies import read_reply

    # Which day it is plays no part in a no.
    reading = read_reply(text, received=datetime(2026, 1, 5), sent=sent)
    if not reading.stops_texts:
        return ""
    return kind_of_opt_out(reading)


def kind_of_opt_out(reading: Reading) -> str:
    """Of a reading that stops texts. Only what carriers hear as a keyword is lifted by START."""
    if reading.keyword:
        return "keyword"
    return "wrong_number" if reading.kind is Kind.wrong_number else "wording"


def has_started_since(text: InboundRow | InboundSeen, services: Services) -> bool:
    """Whether its sender sent START later; a list may bring both at once, and the reading in full comes last."""
    later = (one for one in services.store.inbound.sent_by(text.sender) if one.received_at > text.received_at)
    return any(one.channel == "sms" and opt_word(one.body) == _START for one in later)
