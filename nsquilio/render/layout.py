"""Lines and tables of a screen: a budget per column, and the least important one goes when there is no room.

rich's own tables shrink every column at once, until each says "…". Whatever is printed here has passed
`one_line`, so that strangers' text reaches no terminal by any other way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nsquilio.render.safe import one_line

if TYPE_CHECKING:
    from rich.console import Console

GAP = 1
_LONGEST_CELL = 2_000
_SMALLEST = 30  # a narrower window is laid out as if it were that wide


@dataclass(frozen=True, slots=True)
class Column:
    """`least`, `most`: cells it gets; `keep`: the column with the smallest one is left out first.

    `wraps`: what does not fit goes on below; else the end is cut with an ellipsis.
    """

    title: str
    least: int
    most: int
    keep: int = 9
    right: bool = False
    wraps: bool = False


Row = Sequence[str | tuple[str, ...]]
"""A cell with several lines is a tuple of them."""


class Screen:
    """Prints plain lines that are never wider than the window."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self.width = max(console.width, _SMALLEST)

    def line(self, text: str = "", style: str = "", *, hanging: int = 0) -> None:
        """One line, or several when it is long: the others begin `hanging` cells to the right."""
        for part in wrapped(one_line(text, _LONGEST_CELL), self.width, hanging) or [""]:
            self._put(part, style)

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        *,
        indent: int = 2,
        gap: int = GAP,
        styles: Sequence[str] = (),
        titled: bool = True,
    ) -> None:
        """`styles`: one per row. Prints nothing without rows."""
        if not rows:
            return
        safe = [[_lines(cell) for cell in row] for row in rows]
        widths = _widths(columns, safe, self.width - indent, gap, titled=titled)
        lay = _Layout(columns, widths, indent, gap)
        if titled:
            self._put(lay.row([[column.title] for column in columns])[0], "dim")
        for n, row in enumerate(safe):
            for text in lay.row(row):
                self._put(text, styles[n] if styles else "")

    def _put(self, text: str, style: str) -> None:
        from rich.text import Text

        self._console.print(Text(text.rstrip(), style=style), soft_wrap=True)


def _lines(cell: str | tuple[str, ...]) -> list[str]:
    parts = (cell,) if isinstance(cell, str) else cell
    return [one_line(part, _LONGEST_CELL) for part in parts]


@dataclass(frozen=True, slots=True)
class _Layout:
    """`widths`: None for a column that is left out."""

    columns: Sequence[Column]
    widths: Sequence[int | None]
    indent: int
    gap: int

    def row(self, cells: Sequence[list[str]]) -> list[str]:
        """The lines of one row, each column in its place."""
        shown = [
            (_fitted(cell, column, width), column, width)
            for cell, column, width in zip(cells, self.columns, self.widths, strict=True)
            if width is not None
        ]
        height = max((len(lines) for lines, _, _ in shown), default=0)
        return [
            " " * self.indent
            + (" " * self.gap).join(
                _padded(lines[n] if n < len(lines) else "", width, right=column.right)
                for lines, column, width in shown
            )
            for n in range(height)
        ]


def _fitted(cell: list[str], column: Column, width: int) -> list[str]:
    if column.wraps:
        return [part for text in cell for part in wrapped(text, width, 0) or [""]]
    return [cut(text, width) for text in cell]


def _widths(
    columns: Sequence[Column], rows: Sequence[Sequence[list[str]]], room: int, gap: int, *, titled: bool
) -> list[int | None]:
    """What each column gets; None: left out, as an empty one is. What is over goes to the most important."""
    natural = [
        min(
            column.most,
            max([cells(column.title) * titled, *(cells(text) for row in rows for text in row[n])]),
        )
        for n, column in enumerate(columns)
    ]
    filled = [n for n in range(len(columns)) if any(text for row in rows for text in row[n])] or [0]
    shown = sorted(filled, key=lambda n: -columns[n].keep)
    while len(shown) > 1 and _total(shown, columns, natural, gap) > room:
        shown.pop()
    widths: list[int | None] = [None] * len(columns)
    spare = room - _total(shown, columns, natural, gap)
    for n in shown:
        least = min(columns[n].least, natural[n])
        more = max(0, min(spare, natural[n] - least))
        widths[n], spare = max(1, least + more), spare - more
    return widths


def _total(shown: Sequence[int], columns: Sequence[Column], natural: Sequence[int], gap: int) -> int:
    return sum(min(columns[n].least, natural[n]) for n in shown) + gap * (len(shown) - 1)


def cells(text: str) -> int:
    """Terminal cells: two for a Chinese letter, none for a combining mark."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def cut(text: str, width: int) -> str:
    """At most `width` cells, the end marked with an ellipsis where some is missing."""
    if cells(text) <= width and len(text) <= 4 * width:
        return text
    kept, used = [], 0
    for letter in text[: 4 * width]:
        used += cells(letter)
        if used > width - 1:
            break
        kept.append(letter)
    return "".join(kept).rstrip() + "…"


def _padded(text: str, width: int, *, right: bool) -> str:
    blanks = " " * max(0, width - cells(text))
    return blanks + text if right else text + blanks


def wrapped(text: str, width: int, hanging: int) -> list[str]:
    """Lines of at most `width` cells, broken between words; a word that is too long is broken itself."""
    start = text[: len(text) - len(text.lstrip(" "))]
    lines: list[str] = []
    line = start
    for word in text[len(start) :].split(" "):
        separated = bool(line.strip())
        if cells(line) + separated + cells(word) <= width:
            line += " " * separated + word if word else " "
            continue
        if separated:
            lines.append(line)
            line = " " * hanging
        line = _break_word(line, word, width, hanging, lines)
    return [*lines, line] if line.strip() else lines


def _break_word(line: str, word: str, width: int, hanging: int, lines: list[str]) -> str:
    """The rest of the word on a line of its own; full lines are added to `lines`."""
    for letter in word:
        if cells(line) + cells(letter) > width:
            lines.append(line)
            line = " " * min(hanging, width - 1)
        line += letter
    return line
