"""How Twilio counts a text: its encoding and its billed segments, and what Smart Encoding makes of it.

Rules and vectors: facts/twilio.md section 10. Written for the sandbox alone; the program's own count is
checked against this one, so the two must never share code.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

# GSM 03.38, the default alphabet, and the letters that need an escape before them.
_PLAIN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ESCAPED = frozenset("|^€{}[]~\\\f")
_JOINER = "\u200d"

_SMART = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u2035\u00b4\u02bc\u0060\u02bb", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad\ufe58", "-"),
        **dict.fromkeys(
            "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t", " "
        ),
        **dict.fromkeys("\u200b\u2060\ufeff", ""),
        **dict.fromkeys("\u2022\u00b7\u2219", "*"),
        "\u2026": "...",
        "\u2044": "/",
        "\u00a9": "(c)",
        "\u00ae": "(r)",
        "\u2122": "(tm)",
    }
)


def smart_encoded(text: str) -> str:
    """Look-alikes replaced by GSM-7 letters. Accents stay: the real map does not fold them."""
    return text.translate(_SMART)


def is_gsm7(text: str) -> bool:
    return all(char in _PLAIN or char in _ESCAPED for char in text)


def segments(text: str) -> int:
    """Billed parts; a text without a body (media only) is one."""
    if is_gsm7(text):
        return _parts([2 if char in _ESCAPED else 1 for char in text], single=160, part=153)
    return _parts([_utf16(cluster) for cluster in _clusters(text)], single=70, part=67)


def _parts(lengths: list[int], *, single: int, part: int) -> int:
    """Nothing of more than one unit is split over two parts, so parts may stay short of full."""
    if sum(lengths) <= single:
        return 1
    parts, used = 1, 0
    for length in lengths:
        if used + length > part:
            parts, used = parts + 1, 0
        used += length
    return parts


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _clusters(text: str) -> Iterator[str]:
    """What a reader takes for one letter: marks, joined emoji and pairs of flag letters stay together."""
    cluster = ""
    for char in text:
        if cluster and not _continues(cluster, char):
            yield cluster
            cluster = ""
        cluster += char
    if cluster:
        yield cluster


def _continues(cluster: str, char: str) -> bool:
    if char == _JOINER or cluster[-1] == _JOINER or cluster[-1] + char == "\r\n":
        return True
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Mc"):
        return True
    if "\U0001f3fb" <= char <= "\U0001f3ff":  # skin tones
        return True
    return len(cluster) == 1 and _is_flag_letter(cluster) and _is_flag_letter(char)


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
