"""Pages of a long list, fetched a few ahead of a reader who works in large steps."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from nsquilio.errors import ServiceFailed
from nsquilio.remote.ahead import FURTHEST, following_pages


def _numbers(last: int, seen: list[int] | None = None) -> Callable[[int], tuple[int, int | None]]:
    def fetch(number: int) -> tuple[int, int | None]:
        if seen is not None:
            seen.append(number)
        return number, number + 1 if number < last else None

    return fetch


def _threads() -> int:
    return sum(thread.name == "ahead" and thread.is_alive() for thread in threading.enumerate())


def test_pages_come_in_their_order() -> None:
    assert list(following_pages(_numbers(30), 1)) == list(range(1, 31))


def test_a_single_page_needs_no_thread() -> None:
    before = _threads()
    assert list(following_pages(_numbers(1), 1)) == [1]
    assert _threads() == before


def test_only_a_few_pages_are_fetched_before_they_are_wanted() -> None:
    fetched: list[int] = []
    reached = threading.Event()
    numbers = _numbers(100, fetched)

    def fetch(number: int) -> tuple[int, int | None]:
        if number == 1 + FURTHEST:
            reached.set()
        return numbers(number)

    pages = following_pages(fetch, 1)
    assert next(pages) == 1
    assert reached.wait(10)
    assert len(fetched) <= 1 + FURTHEST
    pages.close()  # type: ignore[attr-defined]


def test_an_error_is_raised_where_its_page_is_asked_for() -> None:
    def fetch(number: int) -> tuple[int, int | None]:
        if number == 3:
            raise ServiceFailed("Twilio went away.", service="Twilio")
        return number, number + 1

    pages = following_pages(fetch, 1)
    assert [next(pages), next(pages)] == [1, 2]
    with pytest.raises(ServiceFailed, match="Twilio went away"):
        next(pages)


def test_the_thread_ends_when_the_reader_stops_early() -> None:
    before = {thread for thread in threading.enumerate() if thread.name == "ahead"}
    pages = following_pages(_numbers(10**6), 1)
    assert next(pages) == 1
    assert next(pages) == 2
    mine = {thread for thread in threading.enumerate() if thread.name == "ahead"} - before
    pages.close()  # type: ignore[attr-defined]
    for thread in mine:
        thread.join(10)
        assert not thread.is_alive()


def test_a_reader_may_read_another_list_meanwhile() -> None:
    assert [(page, list(following_pages(_numbers(3), 1))) for page in following_pages(_numbers(20), 1)] == [
        (page, [1, 2, 3]) for page in range(1, 21)
    ]
