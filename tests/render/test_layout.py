"""Tables and lines that fit their window, whatever is written into them."""

from __future__ import annotations

import pytest
from rich.console import Console

from nsquilio.render.layout import Column, Screen, cells, cut, wrapped
from tests.render.screens import ESCAPES, screen

COLUMNS = (
    Column("WHO", 6, 20, keep=9),
    Column("AMOUNT", 9, 12, keep=8, right=True),
    Column("NOTE", 10, 40, keep=5, wraps=True),
    Column("EXTRA", 8, 8, keep=1),
)


def table(width: int, *rows: tuple[str | tuple[str, ...], ...]) -> list[str]:
    return screen(lambda console: Screen(console).table(COLUMNS, rows), width)


def test_wide_window_shows_every_column_as_wide_as_its_text() -> None:
    assert table(60, ("Acme", "1.00", "fine", "x")) == [
        "  WHO  AMOUNT NOTE EXTRA",
        "  Acme   1.00 fine x",
        "",
    ]


def test_least_important_column_goes_when_the_window_is_narrow() -> None:
    assert table(34, ("Acme Corporation", "12,400.00", "due in five days", "extra"))[0].split() == [
        "WHO",
        "AMOUNT",
        "NOTE",
    ]


def test_long_cell_goes_on_below_itself() -> None:
    lines = table(40, ("Acme", "1.00", "a text to this number was sent on that day already", ""))

    assert lines[1:4] == [
        "  Acme   1.00 a text to this number was",
        "              sent on that day already",
        "",
    ]


def test_cell_that_may_not_wrap_is_cut_with_an_ellipsis() -> None:
    assert cut("Müller Maschinenbau GmbH", 10) == "Müller Ma…"
    assert cut("Acme", 4) == "Acme"


def test_cell_with_several_lines_stands_in_its_column() -> None:
    lines = table(60, ("Acme", ("EUR 1.00", "USD 22.00"), "-", ""))

    assert lines[1:3] == ["  Acme  EUR 1.00 -", "       USD 22.00"]


@pytest.mark.parametrize("width", [30, 45, 80, 100, 200])
def test_no_line_is_wider_than_the_window(width: int) -> None:
    wide = "株式会社東京電気 " * 6
    rows = ((wide, "9" * 30, wide, "é" * 40), ("e\u0301" * 500, "x", "y" * 300, "z"))

    assert len(table(width, *rows)) > 2


def test_wide_letters_count_two_cells() -> None:
    assert cells("東京") == 4
    assert cut("東京電気", 5) == "東京…"


def test_endless_combining_marks_are_cut() -> None:
    assert len(cut("e" + "\u0301" * 5_000, 10)) <= 41


def test_lines_hang_below_their_beginning() -> None:
    assert wrapped("SKIP 8 not due 2, no contact 1", 16, 7) == [
        "SKIP 8 not due",
        "       2, no",
        "       contact 1",
    ]


def test_word_longer_than_the_window_is_broken() -> None:
    assert wrapped("see abcdefghijklmnop", 8, 2) == ["see", "  abcdef", "  ghijkl", "  mnop"]


def test_blanks_inside_a_line_are_kept() -> None:
    assert wrapped("a   b", 20, 0) == ["a   b"]


def test_no_rows_print_nothing() -> None:
    assert table(80) == [""]


def test_strangers_words_reach_the_terminal_only_made_harmless() -> None:
    def show(console: Console) -> None:
        out = Screen(console)
        out.line(ESCAPES)
        out.table(COLUMNS, [(ESCAPES, ESCAPES, ESCAPES, ESCAPES)])

    assert "\\u001b" in screen(show)[0]
