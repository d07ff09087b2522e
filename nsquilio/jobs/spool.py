"""Takes requests that a gateway, proxy or function captured for us: one JSON file each, in one directory.

Good ones have their effect and go to `done/`, bad ones to `rejected/` with the reason in a file beside them;
both are audited. The effect is committed before the file moves and is harmless twice, so a crash between the
two costs nothing. Nothing here listens: whoever captures requests does so elsewhere.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from nsquilio.errors import DiskFailed, WrongUsage
from nsquilio.jobs.captured import Request, Unfinished, Unusable, read_request
from nsquilio.jobs.captured_events import Effects, apply_request
from nsquilio.jobs.captured_proof import TWILIO_HEADER, Captured, Origin, claimed_origin, prove
from nsquilio.jobs.results import Problem
from nsquilio.jobs.services import Services

DONE, REJECTED = "done", "rejected"
WAITS = timedelta(days=1)
"""So long a request waits for the secret that proves it: time to store it, and not for ever, since anybody can post."""

_SECRET = {Origin.TWILIO: "twilio.auth_token", Origin.NETSUITE: "netsuite.event_secret"}
_UNFINISHED = "spool.unfinished"
_PLAIN_NAME = re.compile(r"[A-Za-z0-9._-]{1,80}")
_LONG_NUMBER = re.compile(r"\d{7}")


@dataclass(slots=True)
class Taken(Effects):
    """`done`, `replayed`, `rejected`: files by what became of them."""

    done: int = 0
    replayed: int = 0
    rejected: int = 0
    problems: list[Problem] = field(default_factory=list)


def take_captured(services: Services, captured: Captured, now: datetime) -> Taken:
    """Every whole file of the directory once. Raises `WrongUsage` or `DiskFailed` when there is none to
    read.
    """
    taken = Taken()
    unfinished: dict[str, int] = {}
    unjudged: set[Origin] = set()
    for path in _files(captured.directory):
        try:
            request = read_request(path)
            origin = claimed_origin(request)
            if captured.can_judge(request, origin):
                _take(path, request, origin, captured, services, now, taken)
            elif now - (request.received_at or now - WAITS) >= WAITS:
                raise Unusable(f"{_SECRET[origin]} is not stored, so nobody can tell whether it is genuine")
            else:
                unjudged.add(origin)
        except Unfinished:
            unfinished[path.name] = path.stat().st_size
        except Unusable as problem:
            _reject(path, "", str(problem), services, now, taken)
        except FileNotFoundError:
            continue  # moved away meanwhile
        except OSError as problem:
            raise _disk(captured.directory, problem) from None
    taken.problems += [_without_secret(origin, captured.directory) for origin in sorted(unjudged)]
    taken.problems += _still_unfinished(unfinished, services, captured.directory)
    return taken


def _files(directory: Path) -> list[Path]:
    """Regular files named `*.json`; a link could lead anywhere."""
    try:
        listed = sorted(os.scandir(directory), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        raise WrongUsage(
            f"There is no directory {directory} with captured requests.",
            "Create it, or correct --from-spool.",
        ) from None
    except OSError as problem:
        raise _disk(directory, problem) from None
    return [
        Path(entry.path)
        for entry in listed
        if entry.name.endswith(".json")
        and not entry.name.startswith(".")
        and entry.is_file(follow_symlinks=False)
    ]


def _disk(directory: Path, problem: OSError) -> DiskFailed:
    return DiskFailed(
        f"Captured requests in {directory} could not be read or moved: {problem.strerror or problem}.",
        "Give this user the right to read the files and to create `done` and `rejected` there; run again.",
        service="disk",
    )


def _take(
    path: Path,
    request: Request,
    origin: Origin,
    captured: Captured,
    services: Services,
    now: datetime,
    taken: Taken,
) -> None:
    prove(request, origin, captured)
    digest = _digest(request, origin)
    before = _taken_before(digest, services)
    if before and before != _shown(path.name):
        # Twilio signs no time. The message is known by its SID, so nothing is lost and nothing comes twice.
        _reject(path, digest, "it is a replay: the same request was taken before", services, now, taken)
        return
    if not before:
        with services.store.transaction():
            about = apply_request(request, origin, services, now, taken)
            services.store.trail.append(
                "captured.taken",
                now,
                ids={"about": about} if about else {},
                details={"from": origin, "file": _shown(path.name), "digest": digest},
                refs=[_ref(digest)],
            )
    _move(path, DONE, None)
    taken.done += 1


def _digest(request: Request, origin: Origin) -> str:
    """Twilio's is what was signed and what it says: a port, an order or an escape more or less makes no other request
    of it. The signature alone would let a useless variant of a request take its place. NetSuite may send the same
    words for two changes of an invoice: there the time tells them apart.
    """
    if origin is Origin.TWILIO:
        fields = sorted((name, sorted(set(values))) for name, values in request.form.items())
        told = [request.method == "GET", request.header(TWILIO_HEADER), fields]
        return sha256(json.dumps(told).encode()).hexdigest()
    return sha256(f"{request.digest}|{request.received_at}".encode()).hexdigest()


def _ref(digest: str) -> str:
    return f"captured:{digest[:40]}"


def _taken_before(digest: str, services: Services) -> str:
    """The file it was taken from: the same one when a run died before it moved it. Empty: never taken."""
    for event in services.store.trail.events(refs=[_ref(digest)]):
        return str(json.loads(event.details).get("file") or "?")
    return ""


def _shown(name: str) -> str:
    """The file's name for the audit trail, or its hash where a number of somebody could stand in it."""
    if _PLAIN_NAME.fullmatch(name) and not _LONG_NUMBER.search(name):
        return name
    return sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _reject(path: Path, digest: str, reason: str, services: Services, now: datetime, taken: Taken) -> None:
    services.store.trail.append(
        "captured.rejected", now, details={"file": _shown(path.name), "reason": reason, "digest": digest}
    )
    moved = _move(path, REJECTED, reason)
    if digest:  # a genuine request that came twice is nobody's fault
        taken.replayed += 1
        return
    taken.rejected += 1
    what = f"The captured request {path.name} was rejected: {reason}."
    advice = f"It is kept as {moved}. If it should be good, check the secret and the gateway's public URL."
    taken.problems.append(Problem("captured_rejected", what, advice, 1))


def _move(path: Path, place: str, reason: str | None) -> Path:
    """The reason is written first, so that no file stands in `rejected` without one."""
    directory = path.parent / place
    directory.mkdir(mode=0o700, exist_ok=True)
    target = directory / path.name
    number = 1
    while target.exists():
        number += 1
        target = directory / f"{path.stem}-{number}{path.suffix}"
    if reason is not None:
        target.with_suffix(".reason.txt").write_text(reason + "\n", encoding="utf-8")
    os.replace(path, target)
    return target


def _without_secret(origin: Origin, directory: Path) -> Problem:
    name = _SECRET[origin]
    return Problem(
        "captured_without_secret",
        f"Captured requests in {directory} wait: without {name} nobody can tell whether they are genuine.",
        f"Store it with `nsquilio credentials set {name}`.",
        3,
    )


def _still_unfinished(now: dict[str, int], services: Services, directory: Path) -> list[Problem]:
    """A file that has not grown since the last run is nobody's work in progress any more."""
    runs = services.store.runs
    before = json.loads(runs.cursor(_UNFINISHED) or "{}")
    if now or before:
        runs.set_cursor(_UNFINISHED, json.dumps(now))
    stuck = [name for name, size in now.items() if before.get(name) == size]
    if not stuck:
        return []
    what = f"{len(stuck)} captured request(s) in {directory} never became whole JSON, such as {stuck[0]}."
    advice = (
        "Look why the gateway does not finish them, then remove them. Write elsewhere first, then rename."
    )
    return [Problem("captured_unfinished", what, advice, 1)]
