"""The written report read back: its page, its CSV files and its workbook as other programs see them."""

from __future__ import annotations

import csv
import re
import zipfile
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]

_REMOTE = ("src", "href", "action", "data", "srcset", "poster", "background", "formaction", "xlink:href")


@dataclass
class Page(HTMLParser):
    """`tables`: by class, rows of texts. `reaches`: every attribute that could load or run something."""

    tables: dict[str, list[list[str]]] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)
    reaches: list[tuple[str, str]] = field(default_factory=list)
    policy: str = ""
    text: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._table: list[list[str]] | None = None
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        known = {name: value or "" for name, value in attrs}
        self.reaches += [
            (n, v) for n, v in known.items() if n in _REMOTE or n.startswith("on") or n == "style"
        ]
        if known.get("http-equiv") == "Content-Security-Policy":
            self.policy = known["content"]
        if tag == "table":
            self._table = self.tables.setdefault(known["class"], [])
        elif tag == "tr" and self._table is not None:
            self._table.append([])
        elif tag in ("td", "th"):
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None and self._table:
            self._table[-1].append("".join(self._cell))
            self._cell = None

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._cell is not None:
            self._cell.append(data)


def page(path: Path) -> Page:
    found = Page()
    found.feed(path.read_text(encoding="utf-8"))
    return found


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def sheet(path: Path, name: str) -> list[dict[str, Any]]:
    rows = list(_book(path)[name].values)
    return [dict(zip([str(title) for title in rows[0]], row, strict=True)) for row in rows[1:]]


@lru_cache(maxsize=4)
def _book(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def parts(path: Path) -> dict[str, str]:
    """The workbook's XML by name."""
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name).decode("utf-8") for name in book.namelist()}


def number(text: str) -> str:
    return re.sub(r",(?=\d{3})", "", text)
