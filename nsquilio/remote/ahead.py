"""Fetches the next page while the caller works on this one. Knows nothing of what is on it.

Its threads never hold up the end of the program: whoever interrupts a run does not wait for a service to
answer.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

Key = TypeVar("Key")
T = TypeVar("T")

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
