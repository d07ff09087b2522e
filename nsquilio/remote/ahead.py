"""Fetches the next page while the caller works on this one. Knows nothing of what is on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

Key = TypeVar("Key")
T = TypeVar("T")


class Ahead:
    """Threads that are started when first needed and kept, because each has its own connection."""

    def __init__(self, threads: int) -> None:
        self._count = max(1, threads)
        self._threads: ThreadPoolExecutor | None = None

    def close(self) -> None:
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)
            self._threads = None

    def submit(self, work: Callable[..., T], *arguments: Any) -> Future[T]:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self._count, thread_name_prefix="ahead")
        return self._threads.submit(work, *arguments)

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
