"""`audit export`: the events of the trail as JSON lines or CSV, in a new file that is whole or not there.

Personal data stands in no event, so none is in the file. JSON lines can be checked without this program:
`core.chain` says how.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TextIO

from nsquilio.core import chain
from nsquilio.core.chain import Event
from nsquilio.errors import Damaged, DiskFailed, WrongUsage
from nsquilio.render.safe import csv_cell, one_line

_JSON = frozenset({"ids", "details", "commitments"})
COLUMNS = ("seq", "at", "run", "actor", "type", "ids", "details", "commitments", "prev", "hash")


def writer_for(file: Path) -> Callable[[Iterable[Event], TextIO], int]:
    """By the suffix of the file; raises `WrongUsage` for any other."""
    writers = {".csv": _write_csv, ".jsonl": _write_jsonl}
    try:
        return writers[file.suffix.lower()]
    except KeyError:
        raise WrongUsage(
            f"{file.name!r} ends neither in .csv nor in .jsonl.",
            "Name the file trail.csv for a spreadsheet, or trail.jsonl to check it elsewhere.",
        ) from None


def write_export(events: Iterable[Event], file: Path) -> int:
    """The number of events written. Never overwrites; what fails leaves no file behind."""
    write = writer_for(file)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise WrongUsage(
            f"{file} exists already; an export overwrites nothing.", "Name a new file."
        ) from None
    except OSError as problem:
        raise _refused(file, problem) from None
    try:
        with open(handle, "w", encoding="utf-8", newline="") as stream:
            return write(events, stream)
    except OSError as problem:
        file.unlink(missing_ok=True)
        raise _refused(file, problem) from None
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _refused(file: Path, problem: OSError) -> DiskFailed:
    return DiskFailed(
        f"{file} could not be written: {problem.strerror or problem}. Nothing was exported.",
        "Name a file in a folder that exists, on a disk with room.",
        service="disk",
    )


def _write_jsonl(events: Iterable[Event], stream: TextIO) -> int:
    return sum(stream.write(_json_line(event) + "\n") > 0 for event in events)


def _json_line(event: Event) -> str:
    try:
        return chain.canonical(event.read())
    except (ValueError, RecursionError):
        raise Damaged(
            f"Event {event.seq} cannot be read: it was changed after it was written. Nothing was exported.",
            "`nsquilio audit verify` names all that was changed; an export to .csv holds it as it stands.",
        ) from None


def _write_csv(events: Iterable[Event], stream: TextIO) -> int:
    rows = csv.writer(stream)
    rows.writerow(COLUMNS)
    return sum(rows.writerow([_cell(name, getattr(event, name)) for name in COLUMNS]) > 0 for event in events)


def _cell(name: str, value: object) -> str:
    """JSON begins with a brace, so no spreadsheet runs it; and it may be longer than a cell that is cut."""
    text = str(value)
    return one_line(text, 8 * len(text) + 1) if name in _JSON and text.startswith("{") else csv_cell(text)
