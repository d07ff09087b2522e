"""A bug of ours: the traceback goes to a file, never to the screen, and without any local variable."""

from __future__ import annotations

import os
import tempfile
import traceback

from nsquilio.errors import NsquilioError


def report_bug(problem: Exception) -> NsquilioError:
    """Writes the traceback (code lines and messages only) to a private file and says where it is."""
    lines = traceback.format_exception(type(problem), problem, problem.__traceback__)
    try:
        descriptor, path = tempfile.mkstemp(prefix="nsquilio-bug-", suffix=".log")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.writelines(lines)
    except OSError:
        path = "nowhere: the disk refused it"
    return NsquilioError(
        f"A bug in nsquilio: {type(problem).__name__}. The traceback is in {path}.",
        "Please report it with that file; `nsquilio status` shows what was done before it.",
    )
