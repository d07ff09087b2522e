"""Notices a list that leads back to what it brought before, though every link to the next page is a new one.

Never keeps more than one page, however long the list is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from typing import Generic, TypeVar

from nsquilio.errors import ServiceFailed

Row = TypeVar("Row")

_MOST_EMPTY = 100
"""A service may filter rows out after it made its pages: some with none at all are no circle."""


class Circle(Generic[Row]):
    """Compares each page with one before it, which is replaced after 1, 2, 4, 8… pages (R. P. Brent, "An improved
    Monte Carlo factorization algorithm", BIT 20, 1980): circles of any length are noticed within a few rounds.
    """

    def __init__(self, name: Callable[[Row], Hashable]) -> None:
        self._name = name
        self._kept: frozenset[Hashable] = frozenset()
        self._pages = self._empty = self._again = 0
        self._keep_at = 1

    def closes(self, rows: Collection[Row]) -> bool:
        """Whether the list brings nothing new any more. A page may come once more, and new rows that push older
        ones onto the next page repeat some of it: neither is a circle.
        """
        if not rows:
            self._empty += 1
            return self._empty > _MOST_EMPTY
        self._pages += 1
        self._again += all(self._name(row) in self._kept for row in rows)
        is_closed = self._again > 1
        if self._pages == self._keep_at:
            self._kept, self._again = frozenset(map(self._name, rows)), 0
            self._keep_at *= 2
        return is_closed


def circle(service: str, what: str) -> ServiceFailed:
    return ServiceFailed(
        f"{service}'s list of {what} leads back to a page that was read before.",
        "Nothing is lost: the list is read again from the same day at the next run.",
        service=service,
    )
