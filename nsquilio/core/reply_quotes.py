"""Takes our own words out of a reply: reactions that quote us, quoted and forwarded reminders.

Our reminders say "Reply STOP to opt out". A phone that sends back 'Liked "…"', or a person who pastes the
reminder above the answer, has not asked for anything of the kind. What is left is the sender's own text.
"""

from __future__ import annotations

import re

_OPEN, _CLOSE = "\"“„«‟‘'", "\"”“»’'"
_HIDDEN = "[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0f]*"

# What phones write when somebody holds a finger on our message (iMessage to Android and back, in six
# languages).
_REACTION = re.compile(
    rf"""
    ^\s*{_HIDDEN}\s*
    (?: (?:removed\s+an?\s+\w+(?:\s+\w+)?\s+from)
      | (?:reacted\s+\S+\s+(?:to|with))
      | (?:liked|loved|disliked|laughed\s+at|emphasi[sz]ed|questioned|hearted)
      | (?:\W{{1,12}}\s*(?:to|for|a|à|auf|zu|op))
      | (?:a\s+(?:aim[ée]|ador[ée]|mis\s+en\s+évidence|réagi)(?:\s+\w+){{0,4}})
      | (?:(?:le\s+)?(?:gust[óo]|encant[óo]|énfasis|enfatiz[óo]|reaccion[óo])(?:\s+\w+){{0,3}})
      | (?:(?:gefällt|hat|gelacht\s+über)(?:\s+\w+){{0,3}})
      | (?:(?:gostou|amou|curtiu|adorou)(?:\s+de)?)
      | (?:ha\s+(?:messo|amato|adorato)(?:\s+\S+){{0,4}})
    )
    \s*:?\s*{_HIDDEN}[“"„«‘'](?P<quoted>.*)$
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_REACTION_TO_PICTURE = re.compile(
    r"^\s*(?:liked|loved|disliked|laughed at|emphasi[sz]ed|questioned)\s+an?\s+"
    r"(?:image|message|attachment|link|photo)\s*$",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"[”\"“»’'](?!.*[”\"“»’'])", re.DOTALL)

_INSTRUCTION = (
    r"(?:reply|text|txt|respond|answer|send|type)\s+(?:with\s+)?[\"'“”]?(?:stop|end|quit|cancel|unsubscribe)[\"'“”]?\s+"
    r"(?:to|2|and|if|for)\s+\w+(?:[ -]\w+){0,4}"
)
_HAS_INSTRUCTION = re.compile(_INSTRUCTION, re.IGNORECASE)
# "Example Inc.: invoice INV-1 for USD 5.00 is due Apr 10, 2026. Questions? … Reply STOP to opt out."
_REMINDER = re.compile(
    r"[^\n\"“„«]{0,80}?\binvoices?\s[^\n\"”]{1,200}?\b(?:is|was|are|were)\s(?:now\s)?(?:\d+\sdays?\s)?(?:past\s)?(?:over)?due\b"
    r"[^\"”\n]{0,240}?" + _INSTRUCTION + r"\.?",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(?<!\w)[“\"„«]([^”\"“»\n]{12,600})[”\"“»](?!\w)")
_LINE_QUOTE = re.compile(r"(?m)^\s*>.*$")
_HEADER = re.compile(
    r"(?im)^\s*(?:-{2,}\s*)?(?:original message|forwarded message|begin forwarded message|on .{6,80} wrote:|"
    r"from: .*|sent: .*|to: .*|"
    r"subject: .*)\s*(?:-{2,})?\s*$"
)
_OURS = re.compile(r"\b(?:invoices?\s.*\bdue\b|past due|" + _INSTRUCTION + ")", re.IGNORECASE | re.DOTALL)


# What a machine writes where nobody spoke: "[inaudible]", "(no speech)", "no message".
_STAGE = re.compile(r"[\[(<](?:[a-z]+ ?){1,4}[\])>]", re.IGNORECASE)
_NO_SPEECH = re.compile(
    r"\W*(?:no |empty |blank |background )?"
    r"(?:speech|message|audio|transcript|transcription|voicemail|silence|noise|music)"
    r"(?: (?:detected|available|recorded|left))?\W*",
    re.IGNORECASE,
)


def is_silence(text: str) -> bool:
    """Whether a transcript says that nobody said anything."""
    return _NO_SPEECH.fullmatch(_STAGE.sub(" ", text)) is not None or not _STAGE.sub(" ", text).strip(" .-")


def is_reaction(text: str) -> bool:
    """Whether the whole message is a phone's note of a reaction to a message of ours."""
    return _reaction(text) is not None


def own_words(text: str, sent: str = "") -> str:
    """The text without what quotes us. `sent`: our last message to this phone, where it is known."""
    reaction = _reaction(text)
    if reaction is not None:
        return reaction
    left = text
    if sent.strip():
        left = left.replace(sent.strip(), " . ")
    left = _LINE_QUOTE.sub(" ", left)
    left = _HEADER.sub(" . ", left)
    left = _QUOTED.sub(lambda match: " . " if _OURS.search(match[1]) else match[0], left)
    left = _REMINDER.sub(" . ", left)
    return left


def _reaction(text: str) -> str | None:
    """What stands after the quoted message of a reaction; None for a message that is no reaction."""
    if _REACTION_TO_PICTURE.match(text):
        return ""
    match = _REACTION.match(text)
    if match is None:
        return None
    quoted = match["quoted"]
    closing = _CLOSING.search(quoted)
    if closing is None:
        return "" if len(quoted) >= 12 or quoted.rstrip().endswith(("…", "...")) else None
    inside, after = quoted[: closing.start()], quoted[closing.end() :].strip()
    if len(inside.split()) < 3 and not _HAS_INSTRUCTION.search(inside):
        return None
    return after
