"""Writes the report: every table goes once through all the files asked for, so that they hold the same rows.

A file appears whole or not at all; what was there before stays until then.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol, TextIO

from nsquilio.errors import DiskFailed
from nsquilio.jobs.report import Report
from nsquilio.render.report_csv import CsvFolder
from nsquilio.render.report_html import HtmlPage
from nsquilio.render.report_sheet import Row, Sheet
from nsquilio.render.report_tables import sheets
from nsquilio.render.report_xlsx import Workbook


class Sink(Protocol):
    """What takes the tables: a page, a folder or a workbook."""

    def begin_file(self, sheets: Sequence[Sheet]) -> None: ...
    def begin(self, sheet: Sheet) -> None: ...
    def row(self, row: Row) -> None: ...
    def end(self) -> None: ...
    def end_file(self) -> None: ...


def write_report(report: Report, html: Path, csv: Path | None = None, xlsx: Path | None = None) -> list[Path]:
    """The files it wrote. Raises DiskFailed when one cannot be written; then none is left half done."""
    written = [html, *([xlsx] if xlsx else [])]
    try:
        with ExitStack() as files:
            sinks: list[Sink] = [HtmlPage(_text_file(html, files), report)]
            if csv is not None:
                csv.mkdir(parents=True, exist_ok=True)
                sinks.append(CsvFolder(lambda name: _text_file(csv / name, files)))
                written += [csv / f"{sheet.name}.csv" for sheet in sheets(report)]
            if xlsx is not None:
                sinks.append(Workbook(files.enter_context(_fresh(xlsx))))
            _pour(report, sinks)
    except OSError as problem:
        where = f" ({_meant(problem.filename)})" if problem.filename else ""
        raise DiskFailed(
            f"The report cannot be written: {problem.strerror or problem}{where}. No file was changed.",
            "Name another place, or make room on the disk.",
            service="disk",
        ) from None
    return written


def _pour(report: Report, sinks: Sequence[Sink]) -> None:
    tables = sheets(report)
    for sink in sinks:
        sink.begin_file(tables)
    for sheet in tables:
        for sink in sinks:
            sink.begin(sheet)
        for row in sheet.rows():
            for sink in sinks:
                sink.row(row)
        for sink in sinks:
            sink.end()
    for sink in sinks:
        sink.end_file()


def _text_file(path: Path, files: ExitStack) -> TextIO:
    """Closed before it takes its name: the stack undoes in reverse order."""
    temporary = files.enter_context(_fresh(path))
    return files.enter_context(temporary.open("w", encoding="utf-8", newline=""))


def _meant(name: str) -> Path:
    """The file asked for, when it is the one beside it that could not be made."""
    path = Path(name)
    return path.with_name(path.name[1:].rsplit(".", 2)[0]) if path.suffix == ".tmp" else path


@contextmanager
def _fresh(path: Path) -> Iterator[Path]:
    """A name beside the file for what is being written; it replaces the file when all went well."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
