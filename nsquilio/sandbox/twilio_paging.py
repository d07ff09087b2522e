"""Twilio's lists: filters to SQL, pages by keyset, and the envelopes of the 2010 API and of the newer ones.

A page token is `PA` (what comes after) or `PB` (what comes before) and the SID at the page's edge, so rows
that arrive between two requests never shift a page. Knows no resource.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from nsquilio.sandbox.exchange import Request
from nsquilio.sandbox.twilio_rules import Refusal
from nsquilio.sandbox.twilio_times import DAY_S, day_start
from nsquilio.sandbox.world import World

_LARGEST_PAGE = 1000


@dataclass(frozen=True)
class Listing:
    """Rows of a table with `seq` and `sid`, newest first: by `order` (a column that is never null in these
    rows), then by `seq`. `where` and `values` are ours; what the client sent is only ever bound."""

    table: str
    where: tuple[str, ...] = ()
    values: dict[str, Any] = field(default_factory=dict)
    order: str = ""
    oldest_first: bool = False

    def that(self, condition: str, **values: Any) -> Listing:
        return replace(self, where=(*self.where, condition), values={**self.values, **values})


@dataclass(frozen=True)
class Page:
    rows: Sequence[sqlite3.Row]
    number: int
    size: int
    more: bool
    repeat: bool = False  # the next page is this one again (fault duplicate-page)


def day_filters(
    listing: Listing, request: Request, name: str, column: str, *, before_includes_day: bool = False
) -> Listing:
    """`Name=`, `Name>=` and `Name<=`: on, on or after, and before a day; for Messages on and before it."""
    exact, after, before = request.arg(name), request.arg(name + ">"), request.arg(name + "<")
    if exact:
        start = day_start(exact)
        day = f"{column} >= :{column}_on AND {column} < :{column}_next"
        listing = listing.that(day, **{f"{column}_on": start, f"{column}_next": start + DAY_S})
    if after:
        listing = listing.that(f"{column} >= :{column}_after", **{f"{column}_after": day_start(after)})
    if before:
        end = day_start(before) + (DAY_S if before_includes_day else 0)
        listing = listing.that(f"{column} < :{column}_before", **{f"{column}_before": end})
    return listing


def equal_filters(listing: Listing, request: Request, columns: dict[str, str]) -> Listing:
    """`columns`: parameter -> column."""
    for index, (name, column) in enumerate(columns.items()):
        value = request.arg(name)
        if value:
            listing = listing.that(f"{column} = :equal{index}", **{f"equal{index}": value})
    return listing


def read_page(world: World, listing: Listing, request: Request, largest: int = _LARGEST_PAGE) -> Page:
    size, number = _size(request, largest), _number(request.arg("Page") or "0")
    token = request.arg("PageToken") or ""
    backwards = token.startswith("PB")
    if token:
        listing = _beyond_edge(world, listing, token)
    rows = world.rows(_sql(listing, backwards), {**listing.values, "limit": size + 1})
    more = len(rows) > size or (backwards and bool(rows))
    rows = rows[:size]
    return Page(rows[::-1] if backwards else rows, number, size, more)


def _size(request: Request, largest: int) -> int:
    given = _number(request.arg("PageSize") or "50")
    return min(max(given, 1), largest)


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal():
        raise Refusal(20001, value=text)
    return int(text)


def _beyond_edge(world: World, listing: Listing, token: str) -> Listing:
    columns = f"{listing.order}, seq" if listing.order else "seq"
    sid = token[2:]
    edge = world.row(f"SELECT {columns} FROM {listing.table} WHERE sid = ?", (sid,))
    if edge is None or token[:2] not in ("PA", "PB"):
        raise Refusal(20001, value=token)
    sign = "<" if token.startswith("PA") != listing.oldest_first else ">"
    if not listing.order:
        return listing.that(f"seq {sign} :edge_seq", edge_seq=edge["seq"])
    condition = f"({columns}) {sign} (:edge, :edge_seq)"
    return listing.that(condition, edge=edge[0], edge_seq=edge["seq"])


def _sql(listing: Listing, backwards: bool) -> str:
    way = "ASC" if backwards != listing.oldest_first else "DESC"
    order = f"{listing.order} {way}, seq {way}" if listing.order else f"seq {way}"
    where = " AND ".join(listing.where) or "1"
    return f"SELECT * FROM {listing.table} WHERE {where} ORDER BY {order} LIMIT :limit"


def envelope(
    request: Request, key: str, page: Page, render: Callable[[sqlite3.Row], Any], filters: Sequence[str]
) -> dict[str, Any]:
    """A page of the 2010 API; its links are relative."""
    links = _links(request, page, filters, request.path)
    start = page.number * page.size
    return {
        key: [render(row) for row in page.rows],
        "page": page.number,
        "page_size": page.size,
        "start": start,
        "end": start + max(len(page.rows) - 1, 0),
        "uri": links["this"],
        "first_page_uri": links["first"],
        "next_page_uri": links["next"],
        "previous_page_uri": links["previous"],
    }


def meta_envelope(
    request: Request, key: str, page: Page, render: Callable[[sqlite3.Row], Any], filters: Sequence[str]
) -> dict[str, Any]:
    """A page of the newer APIs: absolute links inside `meta`."""
    links = _links(request, page, filters, request.base_url + request.path)
    meta = {
        "key": key,
        "page": page.number,
        "page_size": page.size,
        "url": links["this"],
        "first_page_url": links["first"],
        "next_page_url": links["next"],
        "previous_page_url": links["previous"],
    }
    return {key: [render(row) for row in page.rows], "meta": meta}


def _links(request: Request, page: Page, filters: Sequence[str], path: str) -> dict[str, str | None]:
    kept = [(name, value) for name, value in request.query if name in filters]

    def link(number: int, token: str | None) -> str:
        paging = [("PageSize", str(page.size)), ("Page", str(number))]
        return f"{path}?{urlencode([*kept, *paging, *([('PageToken', token)] if token else [])])}"

    this = link(page.number, request.arg("PageToken"))
    following = link(page.number + 1, f"PA{page.rows[-1]['sid']}") if page.rows and page.more else None
    before = link(page.number - 1, f"PB{page.rows[0]['sid']}") if page.rows and page.number else None
    return {
        "this": this,
        "first": link(0, None),
        "next": this if page.repeat else following,
        "previous": before,
    }
