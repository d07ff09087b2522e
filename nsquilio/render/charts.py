"""Charts as inline SVG: bars with tool-tips, coloured by the page's style sheet, for light and dark.

Every chart stands beside the table it was made of; none needs a script, a font or anything from elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from nsquilio.render.safe import one_line

_WIDTH = 720


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar. `parts`: (style class, value, what it is) from the axis outwards; `label`: beside it."""

    label: str
    parts: tuple[tuple[str, Decimal | int, str], ...]

    @property
    def total(self) -> Decimal:
        return sum((Decimal(value) for _style, value, _words in self.parts), Decimal(0))


def columns(stacks: Sequence[Stack], title: str, *, height: int = 170, every: int = 1) -> str:
    """Standing bars, one per stack; each `every`-th has its label written below it."""
    most = max((stack.total for stack in stacks), default=Decimal(0))
    if not stacks or most <= 0:
        return ""
    left, low, top = 34, height - 22, 10
    step = Decimal(_WIDTH - left) / len(stacks)
    bars = []
    for n, stack in enumerate(stacks):
        x, y = left + n * step, Decimal(low)
        for style, value, words in stack.parts:
            tall = Decimal(value) / most * (low - top)
            y -= tall
            bars.append(_bar(style, x + step / 10, y, step * 8 / 10, tall, f"{stack.label}: {value} {words}"))
        if n % every == 0:
            bars.append(_text(x + step / 2, height - 6, stack.label, "middle"))
    axis = [
        _line(left, low, _WIDTH, low),
        _line(left, top, _WIDTH, top, "grid"),
        _text(left - 6, top + 4, f"{most.normalize():f}", "end"),
        _text(left - 6, low + 4, "0", "end"),
    ]
    return _svg(height, title, [*axis, *bars])


def rows(stacks: Sequence[Stack], title: str, shown: Sequence[str]) -> str:
    """Lying bars with `shown`, the value in words, behind each."""
    most = max((stack.total for stack in stacks), default=Decimal(0))
    if not stacks or most <= 0:
        return ""
    left, right, tall = 120, 170, 24
    parts = []
    for n, (stack, words) in enumerate(zip(stacks, shown, strict=True)):
        x, y = Decimal(left), n * tall + 4
        for style, value, what in stack.parts:
            wide = Decimal(value) / most * (_WIDTH - left - right)
            parts.append(_bar(style, x, Decimal(y), wide, Decimal(tall - 8), f"{stack.label}: {what}"))
            x += wide
        parts.append(_text(left - 8, y + 12, stack.label, "end"))
        parts.append(_text(x + 8, y + 12, words, "start"))
    return _svg(len(stacks) * tall + 6, title, parts)


def _svg(height: int, title: str, parts: Sequence[str]) -> str:
    name = _safe(title)
    return (
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{name}">'
        f"<title>{name}</title>{''.join(parts)}</svg>"
    )


def _bar(style: str, x: Decimal, y: Decimal, width: Decimal, height: Decimal, words: str) -> str:
    if height <= 0 or width <= 0:
        return ""
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect class="{style}" {place}><title>{_safe(words)}</title></rect>'


def _text(x: Decimal | int, y: Decimal | int, words: str, anchor: str) -> str:
    return f'<text x="{Decimal(x):.1f}" y="{Decimal(y):.1f}" text-anchor="{anchor}">{_safe(words)}</text>'


def _line(x1: int, y1: int, x2: int, y2: int, style: str = "axis") -> str:
    return f'<line class="{style}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>'


def _safe(words: str) -> str:
    return escape(one_line(words), quote=True)
