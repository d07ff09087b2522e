"""The report as a folder of CSV files, one per table: UTF-8, ISO dates, plain numbers, no live formula."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, TextIO

from nsquilio.render.report_sheet import Row, Sheet, Value
from nsquilio.render.safe import csv_cell


class CsvFolder:
    """Takes the report's sheets one after the other. `opened`: a new text file by its name."""

    def __init__(self, opened: Callable[[str], TextIO]) -> None:
        self._opened = opened
        self._writer: Any = None

    def begin_file(self, sheets: Sequence[Sheet]) -> None:
        """Nothing stands above the tables."""

    def begin(self, sheet: Sheet) -> None:
        self._writer = csv.writer(self._opened(f"{sheet.name}.csv"), lineterminator="\n")
        self._writer.writerow([title for title, _kind in sheet.columns])

    def row(self, row: Row) -> None:
        self._writer.writerow([_cell(value) for value in row])

    def end(self) -> None:
        """The files are closed together."""

    def end_file(self) -> None:
        """Nothing stands below the tables."""


def _cell(value: Value) -> str:
    """Numbers as they are: a minus before a number is no formula."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if not isinstance(value, str):
        return f"{value}"
    is_plain = value[:1].isalnum() and value.isascii() and value.isprintable()
    return value if is_plain else csv_cell(value)
