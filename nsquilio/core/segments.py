"""How many billed parts a text has, in which encoding, and which character made it dear.

A GSM-7 text holds 160 characters, or 153 a part; one character outside that alphabet turns the whole text
into UCS-2 with 70, or 67 a part (facts/twilio.md, section 10). Characters of two units, emoji and letters
with combining marks are never torn over two parts, as Twilio counts them.

Never sends, shortens or cuts anything; amounts and names are changed only by the two functions that say so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")

_ALL_PLAIN = re.compile(f"[{re.escape(''.join(filter(str.isascii, _BASIC)))}]*")
_ALL_BASIC = re.compile(f"[{re.escape(''.join(_BASIC))}]*")

_GSM_WHOLE, _GSM_PART = 160, 153
_UCS_WHOLE, _UCS_PART = 70, 67

_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
_FOLDED = {
    "'": "`´ʹʻʼʽˈˊˋ‗‘’‛❛❜",
    '"': "«»ʺˮ“”„‟❝❞〝〞",
    ",": "‚、︐︑﹐﹑､",
    "-": "‐–—―•⁃⎼⎽﹣",
    "...": "…",
    ".": "。﹒｡",
    "*": "⁎∗✱✲✳﹡",
    "/": "÷⁄∕⧸",
    "|": "∣⎸⎹⏐",
    ":": "ː˸︓",
    ";": "⁏﹔",
    "!": "ǃ︕﹗",
    "!!": "‼",
    "?": "︖﹖",
    "<": "›﹤",
    ">": "‹﹥",
    "~": "˜˷∼",
    "^": "ˆ",
    "1/4": "¼",
    "1/2": "½",
    "3/4": "¾",
    " ": "\t\u2028\u2029",
}
"""What Twilio's smart encoding replaces and people really type. A look-alike that Twilio leaves alone (©, the
no-break hyphen, the minus sign) must not be added: the estimate would be too low."""

_ZERO_WIDTH_JOINER = 0x200D


@dataclass(frozen=True, slots=True)
class Segments:
    """`units`: septets or UTF-16 units in all; `breaker`: the first character that is not GSM-7."""

    count: int
    encoding: Literal["GSM-7", "UCS-2"]
    units: int
    breaker: str | None


def segments(text: str, *, smart: bool = False) -> Segments:
    """The parts that will be billed (none for no text); `smart`: the sender folds look-alikes first."""
    written = smart_encoded(text) if smart else text
    # Nearly every text, in the order of what it costs: the loops below take a hundred times as long.
    if _ALL_PLAIN.fullmatch(written) or _ALL_BASIC.fullmatch(written):
        size = len(written)
        count = -(-size // _GSM_PART) if size > _GSM_WHOLE else min(size, 1)
        return Segments(count, "GSM-7", size, None)
    breaker = next((c for c in written if c not in _BASIC and c not in _EXTENDED), None)
    if breaker is None:
        sizes = [1 + (c in _EXTENDED) for c in written]
        return Segments(_parts(sizes, _GSM_WHOLE, _GSM_PART), "GSM-7", sum(sizes), None)
    sizes = [_utf16_units(cluster) for cluster in _clusters(written)]
    return Segments(_parts(sizes, _UCS_WHOLE, _UCS_PART), "UCS-2", sum(sizes), breaker)


def _parts(sizes: list[int], whole: int, part: int) -> int:
    """Greedy, as phones are sent them: what does not fit begins the next part."""
    if sum(sizes) <= whole:
        return 1 if sizes else 0
    count, used = 1, 0
    for size in _torn_only_if_larger(sizes, part):
        if used + size > part:
            count, used = count + 1, 0
        used += size
    return count


def _torn_only_if_larger(sizes: Iterable[int], part: int) -> Iterator[int]:
    """Nobody writes a letter with 70 accents, but somebody will send one."""
    for size in sizes:
        yield from [part] * (size // part)
        yield size % part


def _utf16_units(text: str) -> int:
    return sum(1 + (ord(c) > 0xFFFF) for c in text)


def _clusters(text: str) -> Iterator[str]:
    """Characters with what belongs to them: marks, skin tones, joined emoji, the two letters of a flag."""
    cluster = ""
    for c in text:
        if cluster and not _continues(cluster, c):
            yield cluster
            cluster = ""
        cluster += c
    if cluster:
        yield cluster


def _continues(cluster: str, c: str) -> bool:
    if ord(c) == _ZERO_WIDTH_JOINER or _is_extending(c):
        return cluster not in ("\r", "\n")
    if ord(cluster[-1]) == _ZERO_WIDTH_JOINER:
        return ord(c) > 0x2000
    return _is_flag_letter(c) and len(cluster) == 1 and _is_flag_letter(cluster)


def _is_extending(c: str) -> bool:
    if c < "\u0300":
        return False
    return unicodedata.category(c) in ("Mn", "Me", "Mc") or "\U0001f3fb" <= c <= "\U0001f3ff"


def _is_flag_letter(c: str) -> bool:
    return "\U0001f1e6" <= c <= "\U0001f1ff"


def _plain_spaces() -> dict[int, str]:
    return {ord(c): " " for c in _SPACES} | {ord(c): "" for c in _INVISIBLE}


def _full_width() -> dict[int, str]:
    return {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


_HARMLESS = _plain_spaces() | {ord("’"): "'"}
_SMART = (
    _plain_spaces()
    | _full_width()
    | {ord(c): plain for plain, look_alikes in _FOLDED.items() for c in look_alikes}
)


def smart_encoded(text: str) -> str:
    """Quotes, dashes, spaces and full-width letters as GSM-7. Accents and emoji stay, as at Twilio."""
    return text.translate(_SMART)


def harmless_gsm(text: str) -> str:
    """Invisible and no-break spaces, and the apostrophe of Swiss thousands, as plain ones.

    Formatted amounts and pasted names bring them in, nobody sees them, and each more than halves what
    fits a part.
    """
    return text.translate(_HARMLESS)
