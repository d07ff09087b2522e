"""The inbox for a person: the morning list, most urgent first, and one reply with all around it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from nsquilio.core.money_words import money_words
from nsquilio.jobs.inbox import InboxList, InboxReply
from nsquilio.jobs.inbox_entries import Entry, Named, Urgency
from nsquilio.render.inbox_words import (
    HEADINGS,
    about,
    age,
    because,
    came_back,
    candidates,
    effects,
    lateness,
    short_day,
    stake,
    understood,
    why_unclear,
)
from nsquilio.render.layout import Column, Row, Screen, cells, cut
from nsquilio.render.reasons import plain
from nsquilio.render.safe import one_line, printable_lines

if TYPE_CHECKING:
    from rich.console import Console

_LISTED = (("ID", 12), ("AGE", 6), ("CUSTOMER", 19), ("INVOICE", 13), ("OPEN", 16), ("DUE", 9))
_WORDS_AT = 9
_STYLES = {Urgency.STOPS: "bold red", Urgency.DISPUTE: "bold red", Urgency.PROMISE: "bold yellow"}
_SHOWN_CANDIDATES = 3
_LONGEST_BODY = 20_000

_CANDIDATES = (
    Column("CANDIDATE", 10, 20, keep=9),
    Column("OPEN", 10, 18, keep=8, right=True),
    Column("DUE", 10, 14, keep=7),
    Column("SCORE", 5, 5, keep=6, right=True),
    Column("TO CHOOSE IT", 20, 60, keep=5),
)


def print_list(result: InboxList, zone: ZoneInfo, console: Console, command: str) -> None:
    """Two lines a reply: what was understood, and the customer's own words below it."""
    screen = Screen(console)
    if not result.entries:
        screen.line("The inbox is empty.")
        return
    screen.line(f"INBOX {_counted(result)}   {result.now.astimezone(zone):%a %d %b %H:%M}")
    rows = {entry.row.sid: _row(entry, result) for entry in result.entries}
    columns = _columns(list(rows.values()))
    for n, (urgency, entries) in enumerate(groupby(result.entries, lambda entry: entry.urgency)):
        group = list(entries)
        screen.line(f"{HEADINGS[urgency]} {len(group)}", _STYLES.get(urgency, "bold"))
        for m, entry in enumerate(group):
            screen.table(columns, [_padded(rows[entry.row.sid], columns)], gap=2, titled=n == m == 0)
            _below(screen, entry)
    screen.line(
        f"Next: {command} inbox show ID, assign ID INVOICE, accept ID (a promise), close ID.", hanging=6
    )


def _counted(result: InboxList) -> str:
    count = len(result.entries)
    return f"{count} {'reply needs' if count == 1 else 'replies need'} a person"


def _row(entry: Entry, result: InboxList) -> tuple[str, ...]:
    return (
        entry.id,
        age(entry.row.received_at, result.now),
        entry.customer or entry.row.sender or "(erased)",
        about(entry),
        stake(entry.at_stake) or "-",
        lateness(entry.days_past_due(result.today)),
        ", ".join([understood(entry), *effects(entry, result.today)]),
    )


def _below(screen: Screen, entry: Entry) -> None:
    """The words as they were written, the ones that decided, and what keeps the invoice from being clear."""
    room, why = screen.width - _WORDS_AT, because(entry)
    why = cut(f"  by {why}" if why else "", room // 2)
    if entry.row.body:
        body = one_line(entry.row.body, 400)
        screen.line(
            f"{'':{_WORDS_AT}}{cut(f'“{body}”', room - cells(one_line(why)))}{why}", hanging=_WORDS_AT
        )
    if why_unclear(entry):
        best = candidates(entry.candidates[:_SHOWN_CANDIDATES])
        words = f"? {why_unclear(entry)}{f': {best}' if best else ''}"
        screen.line(f"{'':{_WORDS_AT}}{cut(one_line(words), room)}", "yellow")


def _columns(rows: Sequence[tuple[str, ...]]) -> list[Column]:
    """One width for all groups, so that the columns stand below each other."""
    keeps = (9, 3, 7, 8, 6, 4)
    columns = []
    for n, (name, most) in enumerate(_LISTED):
        width = min(most, max(len(name), *(cells(one_line(row[n])) for row in rows)))
        columns.append(Column(name, width, width, keep=keeps[n], right=name == "OPEN"))
    return [*columns, Column("UNDERSTOOD, FOLLOWED", 12, 120, keep=8, wraps=True)]


def _padded(row: tuple[str, ...], columns: Sequence[Column]) -> Row:
    """A table is as wide as its cells; these are as wide as those of all tables."""
    cut_ = [cut(one_line(text), column.most) for text, column in zip(row, columns, strict=True)]
    fill = [" " * (column.most - cells(text)) for text, column in zip(cut_, columns, strict=True)]
    pairs = list(zip(cut_, fill, columns, strict=True))[:-1]
    return [*(blank + text if column.right else text + blank for text, blank, column in pairs), cut_[-1]]


def print_reply(result: InboxReply, zone: ZoneInfo, console: Console, command: str) -> None:
    screen, entry = Screen(console), result.entry
    row = entry.row
    screen.line(f"{entry.id}   {row.channel} {row.sid}, {_state(entry)}", "bold")
    _fact(screen, "From", f"{row.sender or '(erased)'}{f', {entry.customer}' if entry.customer else ''}")
    _fact(screen, "Received", f"{_when(row.received_at, zone)} ({age(row.received_at, result.now)} ago)")
    if result.last_text is not None:
        at, words = result.last_text
        _fact(screen, "We wrote", f"{_when(at, zone)}: {words}")
    _body(screen, row.body)
    for link in row.media:
        _fact(screen, "With", link)
    _fact(screen, "Understood", understood(entry))
    if row.reading is not None:
        words = because(entry)
        _fact(screen, "By", f"{words + ', ' if words else ''}rule {row.reading.rule or '-'}")
    _fact(screen, "About", _about(entry, result))
    if row.signals:
        _fact(screen, "Because", f"{'; '.join(row.signals)}{f' (score {row.score})' if row.score else ''}")
    _effects(screen, result)
    _candidates(screen, entry, command)
    for n, one in enumerate(result.before):
        _fact(
            screen, "" if n else "Said before", f"{_when(one.received_at, zone)}: {one.body or one.channel}"
        )
    _next(screen, entry, result, command)


def _state(entry: Entry) -> str:
    row = entry.row
    if row.inbox == "open":
        return "open: " + ", ".join(plain(reason) for reason in entry.reasons)
    return f"closed by {row.closed_by}" if row.inbox == "closed" else "needs nobody"


def _fact(screen: Screen, name: str, words: str) -> None:
    screen.line(f"  {name:<12}{words}", hanging=14)


def _body(screen: Screen, body: str) -> None:
    screen.line()
    for line in printable_lines(body.replace("\r\n", "\n")[:_LONGEST_BODY]).split("\n"):
        screen.line(f"    {line}", "bold", hanging=4)
    screen.line()


def _about(entry: Entry, result: InboxReply) -> str:
    named = [_described(one, result) for one in entry.invoices]
    unclear = why_unclear(entry)
    if not named:
        named = ["no invoice is clear" if entry.row.customer_id else "nobody we know"]
        named += [f"open in all: {stake(entry.at_stake)}"] if entry.at_stake else []
    return "; ".join([*named, *([unclear] if unclear else [])])


def _described(one: Named, result: InboxReply) -> str:
    parts = [f"invoice {one.number}"]
    if one.balance is not None:
        parts.append(f"{money_words(one.balance)} open" if one.balance.amount > 0 else "paid")
    if one.due_date is not None and (one.balance is None or one.balance.amount > 0):
        parts.append(f"due {one.due_date} ({lateness((result.today - one.due_date).days)})")
    return ", ".join(parts)


def _effects(screen: Screen, result: InboxReply) -> None:
    entry = result.entry
    told = came_back(entry)
    numbers = {one.id: one.number for one in (*entry.invoices, *entry.candidates)}
    for hold in entry.holds:
        what = (
            numbers.get(hold.invoice_id or "", hold.invoice_id) if hold.invoice_id else "all of the customer"
        )
        told.append(f"hold {hold.id} ({plain(hold.kind)}) on {what} until {hold.until or 'released'}")
    for promise in entry.promises:
        told.append(f"promise for {promise.promised_on or 'no day'}: {promise.state}")
    told += [f"{plain(one.kind)} opt-out since {one.since:%Y-%m-%d}" for one in result.opt_outs]
    told += [f"in NetSuite as {one.eid}: {one.state}" for one in result.logged]
    for n, words in enumerate(told):
        _fact(screen, "" if n else "Followed", words)


def _candidates(screen: Screen, entry: Entry, command: str) -> None:
    rows = [
        (
            one.number,
            money_words(one.balance) if one.balance is not None else "-",
            short_day(one.due_date) if one.due_date else "-",
            str(one.score) if one.score is not None else "-",
            f"{command} inbox assign {entry.id} invoice:{one.id}",
        )
        for one in entry.candidates
    ]
    screen.table(_CANDIDATES, rows, gap=2)


def _next(screen: Screen, entry: Entry, result: InboxReply, command: str) -> None:
    """Commands that can be copied; only those that would do something."""
    steps: list[tuple[str, str]] = []
    drafts = [promise for promise in entry.promises if promise.state == "draft"]
    if any(p.promised_on is not None and p.promised_on >= result.today for p in drafts):
        steps.append((f"inbox accept {entry.id}", "hold until the promised day is over"))
    steps += [(f"hold release {hold.id}", "chase again") for hold in entry.holds]
    if entry.invoices:
        steps.append((f"why invoice:{entry.invoices[0].id}", "what the next run does"))
    elif entry.row.customer_id:
        steps.append((f"why customer:{entry.row.customer_id}", "what the next run does"))
    steps.append((f"inbox assign {entry.id} INVOICE", "it is about another invoice"))
    if entry.row.inbox == "open":
        steps.append((f"inbox close {entry.id}", "done"))
    screen.line("Next", "bold")
    columns = (Column("", 20, 80, keep=9), Column("", 8, 50, keep=8))
    screen.table(columns, [(f"{command} {step}", what) for step, what in steps], gap=2, titled=False)


def _when(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%a %Y-%m-%d %H:%M}"
