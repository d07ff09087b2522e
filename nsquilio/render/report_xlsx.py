"""The report as a workbook: real dates and numbers, frozen headings, filters, one worksheet per table.

Nothing a customer wrote becomes a formula or a link: every text is written as a text. Rows go to disk as they
come, so that a large month needs no memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from nsquilio.render.report_sheet import Row, Sheet, Value, clean

MOST_ROWS = 1_048_576  # of a worksheet, with its heading
_LONGEST_TEXT = 32_000  # a cell takes 32,767
_WIDTHS = {"text": 20, "count": 11, "number": 12, "amount": 15, "date": 12, "moment": 17}
_WIDE = {
    "Rule": 90,
    "Text": 110,
    "Words": 90,
    "What was said": 60,
    "SID": 38,
    "Message key": 40,
    "Figure": 42,
}


class Workbook:
    """Takes the report's sheets one after the other."""

    def __init__(self, path: Path) -> None:
        import xlsxwriter

        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "tmpdir": str(path.parent),
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        self._formats = {
            "head": self._book.add_format(
                {"bold": True, "bg_color": "#E8ECF1", "text_wrap": True, "valign": "top"}
            ),
            "date": self._book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": self._book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            "count": self._book.add_format({"num_format": "#,##0"}),
        }
        self._page: Any = None
        self._sheet: Sheet | None = None
        self._row = self._pages = 0

    def begin_file(self, sheets: Sequence[Sheet]) -> None:
        """Nothing stands above the tables."""

    def begin(self, sheet: Sheet) -> None:
        self._sheet, self._pages = sheet, 0
        self._new_page(sheet)

    def _new_page(self, sheet: Sheet) -> None:
        """A table longer than a worksheet goes on in another one."""
        self._pages += 1
        name = sheet.name if self._pages == 1 else f"{sheet.name} {self._pages}"
        self._page = self._book.add_worksheet(name)
        self._page.freeze_panes(1, 0)
        self._page.repeat_rows(0)
        self._page.set_landscape()
        self._page.fit_to_pages(1, 0)
        for n, (title, kind) in enumerate(sheet.columns):
            self._page.set_column(n, n, _WIDE.get(title, _WIDTHS[kind]))
            self._page.write_string(0, n, title, self._formats["head"])
        self._row = 1

    def row(self, row: Row) -> None:
        if self._sheet is None:
            return
        if self._row >= MOST_ROWS:
            self._end_page(self._sheet)
            self._new_page(self._sheet)
        for n, value in enumerate(row):
            self._cell(n, value)
        self._row += 1

    def _cell(self, column: int, value: Value) -> None:
        page, row = self._page, self._row
        if value is None or value == "":
            return
        if isinstance(value, datetime):
            page.write_datetime(row, column, value.replace(tzinfo=None), self._formats["moment"])
        elif isinstance(value, date):
            page.write_datetime(row, column, value, self._formats["date"])
        elif isinstance(value, Decimal):
            page.write_number(row, column, value, self._number_format(value))
        elif isinstance(value, int):
            page.write_number(row, column, value, self._formats["count"])
        else:
            page.write_string(row, column, clean(value, _LONGEST_TEXT))

    def _number_format(self, value: Decimal) -> Any:
        """As many digits as the value was rounded to."""
        exponent = value.as_tuple().exponent
        digits = max(0, -exponent) if isinstance(exponent, int) else 0
        name = f"digits {digits}"
        if name not in self._formats:
            shape = "#,##0" + ("." + "0" * digits if digits else "")
            self._formats[name] = self._book.add_format({"num_format": shape})
        return self._formats[name]

    def end(self) -> None:
        if self._sheet is not None:
            self._end_page(self._sheet)
            self._sheet = None

    def _end_page(self, sheet: Sheet) -> None:
        self._page.autofilter(0, 0, max(self._row - 1, 0), len(sheet.columns) - 1)

    def end_file(self) -> None:
        self._book.close()
