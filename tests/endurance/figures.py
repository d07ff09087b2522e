"""What all the kills and faults of one test run came to: the tests add, `tests/conftest` prints the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Figures:
    tries: int = 0
    doubled: int = 0
    lost: int = 0
    unknown: int = 0


_told: dict[str, Figures] = {}


def add(what: str, tries: int, broken: Sequence[str], unknown: int) -> None:
    """`broken`: sentences of `tests.invariants`. `unknown`: outcomes left to a person in the end."""
    of_one = _told.setdefault(what, Figures())
    of_one.tries += tries
    of_one.doubled += sum(each.startswith("I1:") for each in broken)
    of_one.lost += sum(each.startswith("I2:") for each in broken)
    of_one.unknown += unknown


def packed() -> dict[str, list[int]]:
    """For the process that prints, where several work."""
    return {what: [f.tries, f.doubled, f.lost, f.unknown] for what, f in _told.items()}


def take(others: dict[str, list[int]]) -> None:
    for what, (tries, doubled, lost, unknown) in others.items():
        of_one = _told.setdefault(what, Figures())
        of_one.tries += tries
        of_one.doubled += doubled
        of_one.lost += lost
        of_one.unknown += unknown


def table() -> Iterator[str]:
    if not _told:
        return
    yield f"{'tried':58}{'times':>8}{'doubled':>9}{'lost':>6}{'left to a person':>18}"
    for what, of_one in sorted(_told.items()):
        yield f"{what:58}{of_one.tries:8}{of_one.doubled:9}{of_one.lost:6}{of_one.unknown:18}"
