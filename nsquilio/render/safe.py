"""Strangers' text made harmless for a terminal and for a CSV cell.

rich strips neither ESC nor C1 nor bidirectional controls, and reads `[/]` as markup, so nothing a customer wrote may
reach it without passing here (facts, delivery-and-storage §9).
"""

from __future__ import annotations

import unicodedata

_HIDDEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"})
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def one_line(text: str, longest: int = 2_000) -> str:
    """Printable text on one line: newlines become ` ⏎ `, other controls their code, and the end is cut with `…`."""
    flat = text.replace("\r\n", "\n").replace("\n", " ⏎ ").replace("\t", " ")
    shown = "".join(_visible(letter) for letter in flat[: longest * 2])
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def printable_lines(text: str) -> str:
    """The same text with its lines kept and every other hidden character made visible."""
    return "".join(letter if letter == "\n" else _visible(letter) for letter in text)


def _visible(letter: str) -> str:
    if letter.isascii() and letter.isprintable():
        return letter
    if unicodedata.category(letter) not in _HIDDEN:
        return letter
    return f"\\u{ord(letter):04x}"


def csv_cell(value: object) -> str:
    """A cell that no spreadsheet runs as a formula, also after leading blanks."""
    text = one_line(str(value), 32_000)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text
