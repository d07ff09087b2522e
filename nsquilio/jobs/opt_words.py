"""A no is heard as it arrives, in the transaction that stores it, written or said: STOP and START, and other wordings.

Keywords cost nothing to tell. Reading a text in full takes a millisecond or two, so of a catch-up of very many texts
each pull reads a part. Nothing is sent meanwhile to who has said no: `understand`, which every `remind` runs before it
decides, reads all of them.
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

READ_IN_FULL = 1_000
"""Texts at once: about a second."""

_LEFT = "pull.unheard"

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


Said = InboundSeen | InboundRow
"""A text, or a voicemail whose words came."""


def keyword_in(said: Said) -> OptWord | None:
    """Carriers act on texts alone; who says it after the tone means it like any other wording."""
    return opt_word(said.body) if said.channel == "sms" else None


def apply_no(said: Sequence[Said], services: Services, now: datetime) -> list[str]:
    """What new words say about texting; returns the numbers that are newly opted out."""
    by_keyword = {each.sender for each in said if keyword_in(each)}
    opted_out = apply_opt_words(sorted(by_keyword), services)
    return [*opted_out, *_apply_wordings(_read_at_once(said, services), services, now)]


def _read_at_once(said: Sequence[Said], services: Services) -> Sequence[Said]:
    """Of very many those of numbers that a text is on its way to: Twilio keeps it, and asks nobody before it leaves."""
    if len(said) <= READ_IN_FULL:
        return said
    oldest = min(each.received_at for each in said)
    left = _left(services)
    _leave((oldest, "") if left is None else min(left, (oldest, "")), services)
    awaiting = {message.to for message in services.store.messages.scheduled()}
    return [each for each in said if each.sender in awaiting]


def hear_what_was_left(services: Services, now: datetime) -> list[str]:
    """What earlier pulls were too busy to read in full, oldest first, so much as one pull can."""
    left = _left(services)
    if left is None:
        return []
    rows = services.store.inbound.unread(READ_IN_FULL, after=left)
    with services.store.transaction():
        _leave((rows[-1].received_at, rows[-1].sid) if len(rows) == READ_IN_FULL else None, services)
        return _apply_wordings(rows, services, now)


def _left(services: Services) -> tuple[datetime, str] | None:
    """Later than this texts may be unheard."""
    at, _, sid = (services.store.runs.cursor(_LEFT) or "").partition(" ")
    return (datetime.fromisoformat(at), sid) if at else None


def _leave(after: tuple[datetime, str] | None, services: Services) -> None:
    services.store.runs.set_cursor(_LEFT, f"{after[0].isoformat()} {after[1]}" if after else "")


def _apply_wordings(said: Iterable[Said], services: Services, now: datetime) -> list[str]:
    wordings = [each for each in said if each.sender.startswith("+")]
    return [each.sender for each in wordings if _apply_wording(each, services, now)]


def apply_opt_words(senders: Iterable[str], services: Services) -> list[str]:
    """Applies what the last keyword of each sender says; returns the numbers that are newly opted out."""
    return [sender for sender in senders if _replayed(sender, services)]


def _replayed(sender: str, services: Services) -> bool:
    """The last word counts, in whatever order pages and captured requests bring a sender's texts."""
    blocks, now = services.store.blocks, services.clock()
    for text in services.store.inbound.sent_by(sender):
        word = keyword_in(text)
        if word is None:
            continue
        if word.is_out:
            return blocks.opt_out(sender, Channel.SMS, "keyword", source_of(text), now)
        blocks.opt_in(sender, Channel.SMS, source_of(text), now)
        return False
    return False


def source_of(said: Said) -> str:
    """Where a no was heard. `communications` tells by it what a person entered."""
    what = "voicemail" if said.channel == "voicemail" else "text"
    return f"{what} {said.sid} of {said.received_at:%Y-%m-%d}"


def _apply_wording(said: Said, services: Services, now: datetime) -> bool:
    if keyword_in(said):
        return False  # applied, with what the sender said after it
    kind = _kind_of_no(said.body, "", said.channel)
    if not kind:
        return False
    # "Reply STOP to opt out", forwarded back to us, is our own sentence.
    sent = services.store.messages.texts_to([said.sender], said.received_at - _QUOTED_WITHIN)
    before = next((words for _number, at, words in sent if at <= said.received_at), "")
    if before and not _kind_of_no(said.body, before, said.channel):
        return False
    if kind == "keyword" and has_started_since(said, services):
        return False
    return services.store.blocks.opt_out(said.sender, Channel.SMS, kind, source_of(said), now)


@lru_cache(maxsize=4096)
def _kind_of_no(text: str, sent: str, channel: str) -> str:
    """`keyword` (dressed up), `wording` or `wrong_number`; empty for anything else."""
    from nsquilio.core.replies import read_reply

    # Which day it is plays no part in a no.
    reading = read_reply(text, received=datetime(2026, 1, 5), sent=sent, channel=channel)
    if not reading.stops_texts:
        return ""
    return kind_of_opt_out(reading)


def kind_of_opt_out(reading: Reading) -> str:
    """Of a reading that stops texts. Only what carriers hear as a keyword is lifted by START."""
    if reading.keyword:
        return "keyword"
    return "wrong_number" if reading.kind is Kind.wrong_number else "wording"


def has_started_since(said: Said, services: Services) -> bool:
    """Whether its sender sent START later; a list may bring both at once, and the reading in full comes last."""
    later = (one for one in services.store.inbound.sent_by(said.sender) if one.received_at > said.received_at)
    return any(keyword_in(one) == _START for one in later)
