"""The program: `nsquilio …` and `python -m nsquilio …`. Answers `--version` before anything slow is
imported.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    _open_streams()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--version"]:
        from nsquilio import __version__

        sys.stdout.write(f"nsquilio {__version__}\n")
        return _flushed(0)
    from nsquilio.cli.program import run

    code = _flushed(run(given))
    # At its end Python looks through everything once more: a quarter of a second after 100,000 invoices.
    gc.freeze()
    return code


def _open_streams() -> None:
    """A closed descriptor 0, 1 or 2 would go to the next file that is opened, and what is printed into that
    file:
    the state, say. And a letter that a terminal of another encoding does not have must not end a run.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w" if number else "r", encoding="utf-8"))  # noqa: SIM115 - open for as long as the process
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _flushed(code: int) -> int:
    """Python itself would flush at its end, print a traceback when the disk is full, and exit 120."""
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            stream.flush()
        except OSError as problem:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, number)
            os.close(nowhere)
            code = code or (141 if isinstance(problem, BrokenPipeError) else 4)
    return code


if __name__ == "__main__":
    sys.exit(main())
