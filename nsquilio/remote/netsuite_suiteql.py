"""SuiteQL over REST: one query, all its pages, many ids in batches. Knows no table; reads only.

Pages go by key, not by offset: NetSuite loses or doubles rows otherwise, and ends at 100,000
(facts/netsuite.md, 2.1). While the caller works on one page, the next one is fetched.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from itertools import islice
from operator import itemgetter, lt
from typing import Any

from nsquilio.errors import Refused, ServiceFailed, Unreachable
from nsquilio.remote.ahead import Ahead
from nsquilio.remote.netsuite_errors import refused
from nsquilio.remote.transport import Answer, clean

Row = dict[str, Any]
Param = str | int
Params = Sequence[Param]
Post = Callable[[str, dict[str, Any], dict[str, str]], Answer]

PAGE = 1000
"""Rows of a page, and values of an IN list: NetSuite's limits for both."""

_PATH = "/services/rest/query/v1/suiteql"
_TRANSIENT = {"Prefer": "transient"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def literal(param: Param) -> str:
    """The value inside the query's text, for accounts without bound parameters (before 2026.2).

    The quote is doubled; a backslash is no escape in Oracle's SQL. Ids come as numbers and need no quotes.
    """
    if isinstance(param, int):
        return str(param)
    return "'" + _CONTROL.sub("", param)[:4000].replace("'", "''") + "'"


def with_literals(sql: str, params: Params) -> str:
    *pieces, end = sql.split("?")
    return "".join(f"{piece}{literal(param)}" for piece, param in zip(pieces, params, strict=True)) + end


def marks(count: int) -> str:
    """The inside of an IN list."""
    return ", ".join("?" * count)


def only_ids(ids: Iterable[str]) -> list[int]:
    """Internal ids are digits; anything else matches nothing, whoever wrote it.

    Sorted: the same every run.
    """
    return sorted({int(text) for text in ids if text.isascii() and text.isdigit() and len(text) < 19})


class SuiteQL:
    """`post(path, body, headers)` sends one query and returns its answer, repeated and authorised as
    needed.
    """

    def __init__(self, post: Post, concurrency: int) -> None:
        self._post = post
        self._concurrency = max(1, concurrency)
        self._ahead = Ahead(self._concurrency)
        self._takes_params: bool | None = None  # None: not known yet

    def close(self) -> None:
        self._ahead.close()

    def rows(self, sql: str, params: Params = ()) -> list[Row]:
        """At most one page. Keys are lower-case; a null column is absent; `links` may stand among them."""
        return self._page(sql, params)[0]

    def value(self, sql: str) -> str | None:
        """The only column of the first row, whatever NetSuite calls it (aliases come back as `expr1`)."""
        rows = self.rows(sql)
        values = [value for key, value in rows[0].items() if key != "links"] if rows else []
        return str(values[0]) if values else None

    def pages(self, sql: str, params: Params = ()) -> Iterator[list[Row]]:
        """All rows of a query that ends in `… AND <key> > ? ORDER BY <key>` and selects the key as `id`.

        The last question mark is the key's; `params` are the others.
        """
        yield from self._ahead.pages(lambda last: self._page_after(sql, params, last), 0)

    def _page_after(self, sql: str, params: Params, last: int) -> tuple[list[Row], int | None]:
        rows, more = self._page(sql, (*params, last))
        if not rows:
            return rows, None
        newest = _last_id(rows, last)
        return rows, newest if more else None

    def pages_by_offset(self, sql: str, params: Params = ()) -> Iterator[list[Row]]:
        """For small results whose order is unique but made of several columns.

        Ends at NetSuite's 100,000 rows.
        """
        offset = 0
        while offset < 100 * PAGE:
            rows, more = self._page(sql, params, offset)
            yield rows
            if not more or not rows:
                return
            offset += len(rows)  # a page may hold less than was asked for
        raise ServiceFailed(
            "NetSuite found more than 100,000 rows for one question and shows no more than that.",
            "Run the command more often, or ask for a shorter time.",
            service="NetSuite",
        )

    def in_batches(self, sql: str, ids: Iterable[str], params: Params = ()) -> Iterator[list[Row]]:
        """One query per 1000 ids, a few at once; `{ids}` in the text becomes the list, after `params`.

        At most one row per id may come back.
        """
        waiting: deque[Future[list[Row]]] = deque()
        for batch in _batches(only_ids(ids)):
            waiting.append(self._ahead.submit(self._rows_of, sql, params, batch))
            if len(waiting) > self._concurrency:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _rows_of(self, sql: str, params: Params, ids: list[int]) -> list[Row]:
        """Asked in halves where not all fit the answer: a page may hold less than was asked for."""
        rows, more = self._page(sql.replace("{ids}", marks(len(ids))), (*params, *ids))
        if not more or len(ids) == 1:
            return rows
        middle = len(ids) // 2
        return self._rows_of(sql, params, ids[:middle]) + self._rows_of(sql, params, ids[middle:])

    def batched(self, ids: Iterable[str]) -> Iterator[list[int]]:
        return _batches(only_ids(ids))

    def _page(self, sql: str, params: Params, offset: int = 0) -> tuple[list[Row], bool]:
        """The rows and whether there are more."""
        if self._takes_params is not None or not params:
            return self._asked(sql, params, offset, bound=self._takes_params is not False)
        try:
            rows, more = self._asked(sql, params, offset, bound=True)
        except Refused as problem:
            if problem.status not in (400, 500) or self._bound_params_work():
                raise
        else:
            # No row proves nothing: an account that does not know parameters may have compared with nothing.
            if rows or self._bound_params_work():
                self._takes_params = True
                return rows, more
        return self._asked(sql, params, offset, bound=False)

    def _bound_params_work(self) -> bool:
        """Documented only since 2026.2, so asked once."""
        if self._takes_params is None:
            try:
                rows, _ = self._asked("SELECT 1 AS one FROM DUAL WHERE 1 = ?", (1,), 0, bound=True)
            except Refused as problem:
                if problem.status not in (400, 500):
                    raise
                rows = []
            self._takes_params = bool(rows)
        return self._takes_params

    def _asked(self, sql: str, params: Params, offset: int, *, bound: bool) -> tuple[list[Row], bool]:
        body: dict[str, Any] = {"q": sql if bound else with_literals(sql, params)}
        if bound and params:
            body["params"] = [str(param) for param in params]
        answer = self._post(f"{_PATH}?limit={PAGE}&offset={offset}", body, _TRANSIENT)
        if not answer.ok:
            raise refused(answer, "refused a query")
        return _rows_in(answer)


def _rows_in(answer: Answer) -> tuple[list[Row], bool]:
    page = answer.fields()
    rows, count, total = page.get("items"), page.get("count"), page.get("totalResults")
    if not isinstance(rows, list) or count != len(rows) or not {*map(type, rows)} <= {dict}:
        raise _unreadable(answer)
    if not rows and isinstance(total, int) and total > 0:
        # Seen with ORDER BY on some tables: an empty page that says there are rows (facts/netsuite.md, 2.1).
        raise _unreadable(answer)
    if rows and any(key != key.lower() for key in rows[0]):
        # The casing changes between releases, not between rows.
        rows = [{key.lower(): value for key, value in row.items()} for row in rows]
    more = bool(page.get("hasMore")) or (len(rows) >= PAGE and total != len(rows))
    return rows, more


def _unreadable(answer: Answer) -> Unreachable:
    return Unreachable(
        f"NetSuite answered a query with something that is not a page of rows: {clean(answer.said(), 120)}.",
        "Nothing was decided from it. Run again.",
        service=answer.service,
    )


def _last_id(rows: list[Row], before: int) -> int:
    """The key to go on after. Rows missing or doubled by paging show as keys that do not ascend."""
    try:
        ids = [*map(int, map(itemgetter("id"), rows))]
    except (KeyError, ValueError, TypeError):
        ids = []
    if not ids or ids[0] <= before or not all(map(lt, ids, islice(ids, 1, None))):
        raise ServiceFailed(
            f"NetSuite sent a page whose ids do not go up from {before}: rows may be missing or doubled.",
            "Nothing was decided from it. Run again.",
            service="NetSuite",
        )
    return ids[-1]


def _batches(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + PAGE] for start in range(0, len(ids), PAGE))
