"""Whether the state file is the one that the last run left: a deleted or restored one is noticed here.

Beside the state file stands `head.json`: the head of the trail when `remind` last knew all of its past. A
state file that does not hold that event is older, or another one. Where the whole folder was put back from a
copy this knows nothing; then the services' own lists tell (see `adopt`). Never decides what is to be done.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from nsquilio.core.chain import parse_head
from nsquilio.jobs.services import Services

FILE = "head.json"


class Continuity(StrEnum):
    WHOLE = "whole"
    NEW = "new"  # never sent anything, as far as it and the folder know
    LOST = "lost"  # the folder has seen more than the file knows


def look_back(services: Services) -> Continuity:
    kept = _kept_head(services.directory)
    if kept is not None and not _holds(services, kept):
        return Continuity.LOST
    is_new = services.store.runs.last_good("remind") is None and not services.store.messages.has_sent()
    return Continuity.NEW if is_new else Continuity.WHOLE


def _kept_head(directory: Path) -> tuple[int, str] | None:
    """None when there is none, or none that can be read: then it proves nothing."""
    try:
        found = json.loads((directory / FILE).read_text(encoding="utf-8"))
        return parse_head(str(found["head"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _holds(services: Services, head: tuple[int, str]) -> bool:
    seq, digest = head
    if services.store.trail.head()[0] < seq:
        return False
    event = next(services.store.trail.events(after=seq - 1), None)
    return event is not None and event.hash == digest


def keep_head(services: Services) -> None:
    """Once the past is known. A disk that refuses is found by the state file; this is only a second look."""
    if services.dry_run:
        return
    seq, digest = services.store.trail.head()
    text = json.dumps({"head": f"{seq}:{digest}", "at": services.clock().isoformat()})
    path = services.directory / FILE
    temporary = path.with_suffix(".tmp")
    with suppress(OSError):
        descriptor = os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        temporary.replace(path)
