from __future__ import annotations

import threading
from concurrent.futures import CancelledError

import pytest

from nsquilio.remote.ahead import Ahead


def numbers_to(last: int, threads: set[str] | None = None):  # type: ignore[no-untyped-def]
    def fetch(number: int) -> tuple[int, int | None]:
        if threads is not None:
            threads.add(threading.current_thread().name)
        return number, number + 1 if number < last else None

    return fetch


def test_pages_come_in_order() -> None:
    ahead = Ahead(2)

    assert list(ahead.pages(numbers_to(5), 1)) == [1, 2, 3, 4, 5]
    ahead.close()


def test_single_page_needs_no_thread() -> None:
    names: set[str] = set()

    assert list(Ahead(2).pages(numbers_to(1, names), 1)) == [1]
    assert names == {threading.current_thread().name}


def test_next_page_is_fetched_while_the_caller_works() -> None:
    fetched = threading.Event()

    def fetch(number: int) -> tuple[int, int | None]:
        if number == 2:
            fetched.set()
        return number, number + 1 if number < 2 else None

    ahead = Ahead(1)
    pages = ahead.pages(fetch, 1)

    assert next(pages) == 1
    assert fetched.wait(5)  # before the caller asked for it
    assert next(pages) == 2
    ahead.close()


def test_what_has_not_begun_is_dropped_at_the_end() -> None:
    begun, finish = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        finish.wait(5)
        return "done"

    ahead = Ahead(1)
    first, second = ahead.submit(slow), ahead.submit(slow)
    assert begun.wait(5)

    ahead.close()

    with pytest.raises(CancelledError):
        second.result(5)
    finish.set()
    assert first.result(5) == "done"


def test_threads_start_again_after_the_end() -> None:
    ahead = Ahead(1)
    ahead.submit(int, "1").result(5)
    ahead.close()

    assert ahead.submit(int, "2").result(5) == 2
    ahead.close()


def test_failure_is_raised_where_the_result_is_asked_for() -> None:
    ahead = Ahead(1)
    future = ahead.submit(int, "x")

    with pytest.raises(ValueError, match="invalid literal"):
        future.result(5)
    assert ahead.submit(int, "3").result(5) == 3
    ahead.close()
