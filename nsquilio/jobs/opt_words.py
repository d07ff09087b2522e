"""A no is heard as a text arrives, in the transaction that stores it: STOP and START always, other wordings mostly.

Keywords cost nothing to tell. Reading a text in full takes half a millisecond, so in a catch-up of many texts that is
left to `understand`, which every `remind` runs before it decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from nsquilio.core.model import Channel
from nsquilio.jobs.services import Services
from nsquilio.store import InboundRow, InboundSeen

READ_IN_FULL = 300  # texts at once

_LONGEST_KEYWORD = 20
_TWO_WORDS = (["opt", "out"], ["stop", "all"], ["opt", "in"])
_QUOTED_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class OptWord:
    """The whole text is a word that carriers act on themselves."""

    is_out: bool


_STOP, _START = OptWord(True), OptWord(False)


def opt_word(text: str) -> OptWord | None:
    """The keyword that the text is, if it is one."""
    if len(text) > _LONGEST_KEYWORD:
        return None
    return _keyword(text)


@lru_cache(maxsize=4096)
def _keyword(text: str) -> OptWord | None:
    # The rules take a moment to load, and most polls bring no text at all.
    from nsquilio.core.reply_optin import START_KEYWORDS
    from nsquilio.core.reply_optout import STOP_KEYWORDS

    words = "".join(letter for letter in text.lower() if letter.isalnum() or letter.isspace()).split()
    word = "".join(words) if words in _TWO_WORDS else words[0] if len(words) == 1 else ""
    if not word or "?" in text:
        return None
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
    kind = _kind_of_no(text.body, "")
    if not kind:
        return False
    # "Reply STOP to opt out", forwarded back to us, is our own sentence.
    sent = services.store.messages.texts_to([text.sender], text.received_at - _QUOTED_WITHIN)
    before = next((words for _number, at, words in sent if at <= text.received_at), "")
    if before and not _kind_of_no(text.body, before):
        return False
    return services.store.blocks.opt_out(text.sender, Channel.SMS, kind, source_of(text), now)


@lru_cache(maxsize=4096)
def _kind_of_no(text: str, sent: str) -> str:
    """`wording` or `wrong_number`; empty for a keyword, which is applied apart, and for anything else."""
    from nsquilio.core.replies import Kind, read_reply

    # Which day it is plays no part in a no.
    reading = read_reply(text, received=datetime(2026, 1, 5), sent=sent)
    if not reading.stops_texts or reading.keyword:
        return ""
    return "wrong_number" if reading.kind is Kind.wrong_number else "wording"
