"""Strangers' text made fit to stand in a message: one line, no hidden characters, no links, not too long.

Names, PO numbers and memos come from web forms and imports as often as from colleagues. Whoever can choose
the name on a record could otherwise have us text a link of his choice to a number of his choice.
"""

from __future__ import annotations

import re
import unicodedata

from nsquilio.core.segments import smart_encoded

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACES = frozenset({"Zs", "Zl", "Zp"})
_LINK = re.compile(
    r"(?:[a-z][a-z0-9+.-]{0,20}:)?//\S*|\bwww\.\S*|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}[/?#:]\S*",
    re.IGNORECASE,
)
# Phones make a link of any "word.word": a space after the dot keeps "Amazon. com" and "J. Smith" readable.
_DOT_IN_WORD = re.compile(r"(?<=\w)[.\u3002\uff0e\uff61\ufe52](?=[^\W\d_]{2})")
_BLANKS = re.compile(r"[ \t]+")
_MANY_LINES = re.compile(r"\n{3,}")


def one_line(text: str, longest: int) -> str:
    """Without control, hidden and line-breaking characters, normalised (NFC), single-spaced and cut to
    `longest`.
    """
    if len(text) <= longest and _is_plain(text) and "  " not in text and text == text.strip():
        return text
    text = text[: longest * 4]
    if not _is_plain(text):
        text = unicodedata.normalize("NFC", _without_hidden(text, keep=""))
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 3].rstrip() + "..."


def strangers_words(text: str, longest: int) -> str:
    """`one_line` without links."""
    if not text:
        return ""
    line = one_line(text, longest * 2)
    if line.isascii() and "." not in line and "/" not in line:
        return one_line(line, longest)
    if not line.isascii() and _LINK.search(wide := smart_encoded(unicodedata.normalize("NFKC", line))):
        line = wide
    line = _DOT_IN_WORD.sub(". ", _LINK.sub(" ", line))
    return one_line(line, longest)


def link(text: str | None) -> str:
    """A web address as it can stand in a text; "" for anything else."""
    address = (text or "").strip()
    if not re.fullmatch(r"https?://[^\s\"'`<>\\]{1,500}", address, re.IGNORECASE):
        return ""
    return address if address.isascii() and address.isprintable() else ""


def tidy(text: str) -> str:
    """A rendered text: lines stay, with one empty one at most; hidden characters and trailing blanks go."""
    if not _is_plain(text):
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        text = unicodedata.normalize("NFC", _without_hidden(lines, keep="\n"))
    if "  " in text or "\t" in text:  # else looking at every blank would cost 20 µs for nothing
        text = _BLANKS.sub(" ", text)
    if "\n" not in text:
        return text.strip()
    single = "\n".join(line.strip() for line in text.split("\n"))
    return _MANY_LINES.sub("\n\n", single).strip()


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _without_hidden(text: str, keep: str) -> str:
    return "".join(c if c in keep else _visible(c) for c in text)


def _visible(c: str) -> str:
    category = unicodedata.category(c)
    if category in _SPACES or c in "\t\n\r\v\f":
        return " "
    return "" if category in _HIDDEN else c
