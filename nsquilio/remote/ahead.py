"""Fetches the next page while the caller works on this one. Knows nothing of what is on it.

Its threads never hold up the end of the program: whoever interrupts a run does not wait for a service to
answer.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

Key = TypeVar("Key")
T = TypeVar("T")

FURTHEST = 26
"""Pages of a list that may wait for a caller who is busy storing: a little more than are stored at once."""

_Work = tuple["Future[Any]", Callable[..., Any], tuple[Any, ...]]


class Ahead:
    """Threads that are started when first needed and kept, because each has its own connection."""

    def __init__(self, threads: int) -> None:
        self._most = max(1, threads)
        self._started = 0
        self._lock = threading.Lock()
        self._waiting: SimpleQueue[_Work | None] = SimpleQueue()

    def close(self) -> None:
        """What has not begun is dropped; what is under way is not waited for."""
        with self._lock:
            try:
                while work := self._waiting.get_nowait():
                    work[0].cancel()
            except Empty:
                pass
            for _ in range(self._started):
                self._waiting.put(None)
            self._started = 0

    def submit(self, work: Callable[..., T], *arguments: Any) -> Future[T]:
        future: Future[T] = Future()
        with self._lock:
            self._waiting.put((future, work, arguments))
            if self._started < self._most:
                self._started += 1
                threading.Thread(target=self._serve, daemon=True, name="ahead").start()
        return future

    def _serve(self) -> None:
        while (work := self._waiting.get()) is not None:
            future, call, arguments = work
            try:
                future.set_result(call(*arguments))
            except BaseException as error:  # noqa: BLE001 - it is raised where the result is asked for
                future.set_exception(error)

    def pages(self, fetch: Callable[[Key], tuple[T, Key | None]], first: Key) -> Iterator[T]:
        """`fetch(key)` gives a page and the key of the next one, None after the last.

        The first page is fetched by the calling thread: most lists have no second one, and need no thread.
        """
        page, following = fetch(first)
        while following is not None:
            coming = self.submit(fetch, following)
            yield page
            page, following = coming.result()
        yield page


def following_pages(fetch: Callable[[Key], tuple[T, Key | None]], first: Key) -> Iterator[T]:
    """As `Ahead.pages`, some pages further: for a long list whose reader works in large steps.

    Its thread is its own, so a reader may read another list meanwhile. It ends with the list, or after the page
    under way when the reader stops early.
    """
    page, following = fetch(first)
    if following is None:
        yield page
        return
    line = _Line(fetch, following)
    threading.Thread(target=line.run, daemon=True, name="ahead").start()
    try:
        yield page
        yield from line
    finally:
        line.is_wanted = False
        line.room.release()


class _Line(Generic[Key, T]):
    """Pages in their order, between the thread that fetches and the one that reads."""

    def __init__(self, fetch: Callable[[Key], tuple[T, Key | None]], key: Key | None) -> None:
        self.room = threading.Semaphore(FURTHEST)
        self.is_wanted = True
        self._fetch = fetch
        self._key = key
        self._waiting: SimpleQueue[tuple[T] | BaseException | None] = SimpleQueue()

    def run(self) -> None:
        try:
            while self._key is not None:
                self.room.acquire()
                if not self.is_wanted:
                    return
                page, self._key = self._fetch(self._key)
                self._waiting.put((page,))
            self._waiting.put(None)
        except BaseException as error:  # noqa: BLE001 - it is raised where the page is asked for
            self._waiting.put(error)

    def __iter__(self) -> Iterator[T]:
        while (arrived := self._waiting.get()) is not None:
            if isinstance(arrived, BaseException):
                raise arrived
            yield arrived[0]
            self.room.release()
