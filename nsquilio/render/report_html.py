"""The report as one page of HTML: no script, nothing loaded, charts inline; light, dark and print.

Written row by row, so that a large month needs no memory. Whatever anybody wrote is escaped here and nowhere
else; the page forbids itself scripts and remote loads too, should anything ever slip through.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import TextIO

from nsquilio.core.model import Money
from nsquilio.core.money_words import money_words
from nsquilio.jobs.report import Report
from nsquilio.jobs.report_messages import FATES, Figure
from nsquilio.render.charts import Stack, columns, rows
from nsquilio.render.report_sheet import Row, Sheet, Value, clean
from nsquilio.render.report_style import STYLE
from nsquilio.render.report_tables import figure_value
from nsquilio.render.report_words import FATES as FATE_WORDS
from nsquilio.render.report_words import FIGURES
from nsquilio.render.safe import printable_lines

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_LONGEST_WORDS = 4_000
_UNITS = {"percent": " %", "days": " days", "hours": " h"}
_FATE_STYLES = {"delivered": "good", "undelivered": "bad", "rejected": "bad", "unknown": "warn"}


class HtmlPage:
    """Takes the report's sheets one after the other."""

    def __init__(self, stream: TextIO, report: Report) -> None:
        self._out = stream
        self._report = report
        self._sheet: Sheet | None = None
        self._group: Row | None = None
        self._empty = True

    def begin_file(self, sheets: Sequence[Sheet]) -> None:
        month = self._report.month
        title = f"{self._report.company}: {month.first:%B %Y}"
        self._write(
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
            f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY, quote=True)}">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="referrer" content="no-referrer">'
            f"<title>{_text(title)}</title><style>{STYLE}</style></head><body>\n"
            f"<h1>Reminders and receivables, {month.first:%B %Y}</h1>"
            f"<p>{_text(self._report.company)}{_unfinished(self._report)}</p>"
        )
        self._write(_meta(self._report))
        self._write(_tiles(self._report))
        links = "".join(f'<a href="#{s.name}">{_text(s.title)}</a>' for s in sheets if s.in_html)
        self._write(f"<nav>{links}</nav>\n")

    def end_file(self) -> None:
        self._write(
            "<footer><p class='meta'>The rows behind these figures stand in the CSV and XLSX files written"
            f" with this page. Audit head <code>{_text(self._report.head)}</code>; check it with"
            f" <code>nsquilio audit verify --head {_text(self._report.head)}</code>.</p></footer>\n"
            "</body></html>\n"
        )

    def begin(self, sheet: Sheet) -> None:
        self._sheet = sheet if sheet.in_html else None
        self._group, self._empty = None, True
        if self._sheet is not None:
            self._write(f'<h2 id="{sheet.name}">{_text(sheet.title)}</h2>')
            self._write(f'<p class="rule">{_text(sheet.rule)}</p>' * bool(sheet.rule))
            self._write(_chart(sheet.name, self._report))

    def row(self, row: Row) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        if self._empty:
            self._write(_table_head(sheet))
            self._empty = False
        grouped = _GROUPED.get(sheet.name, 0)
        if grouped and row[:grouped] != self._group:
            self._begin_group(sheet, row[:grouped])
        self._write(_history_row(row) if sheet.name == "history" else _table_row(sheet, row, grouped))

    def _begin_group(self, sheet: Sheet, group: Row) -> None:
        is_first, self._group = self._group is None, group
        words = " · ".join(_text(str(value)) for value in group if value)
        if sheet.name == "history":
            self._write(f"{'' if is_first else _HISTORY_END}{_history_head(words)}")
        else:
            wide = len(sheet.columns) - len(group)
            self._write(f'<tr><th colspan="{wide}" scope="rowgroup">{words}</th></tr>')

    def end(self) -> None:
        if self._sheet is not None:
            none = '<p class="none">None in this month.</p>\n'
            end = _HISTORY_END if self._sheet.name == "history" else "</tbody></table></div>\n"
            self._write(none if self._empty else end)

    def _write(self, text: str) -> None:
        self._out.write(text)


_HISTORY_END = "</tbody></table></section>\n"
_GROUPED = {"figures": 1, "history": 2}
"""Sheets whose first columns stand as a heading over their rows."""


def _text(text: str) -> str:
    return escape(clean(text), quote=True)


def _unfinished(report: Report) -> str:
    return "" if report.month.is_over else f"; until {report.month.day}, the month is not over"


def _meta(report: Report) -> str:
    zone = report.month.zone
    made = f"{report.made_at.astimezone(zone):%Y-%m-%d %H:%M}"
    return (
        f'<p class="meta">Profile {_text(report.profile)}. Days are those of {_text(zone.key)}. Made {made}'
        f" from the state file and NetSuite. Audit head <code>{_text(report.head)}</code>.</p>"
    )


_TILES = (
    "messages",
    "delivery_rate_texts",
    "response_rate",
    "days_after_last_reminder",
    "promises_kept_rate",
    "collected",
    "dso",
    "cost",
)


def _tiles(report: Report) -> str:
    """What there is something to say about."""
    shown = [f for name in _TILES for f in report.figures if f.name == name and f.value is not None]
    return f'<div class="tiles">{"".join(_tile(figure) for figure in shown)}</div>'


def _tile(figure: Figure) -> str:
    words = FIGURES[figure.name]
    behind = f", n\u00a0=\u00a0{figure.of:,}" if figure.of is not None else ""
    currency = f" {figure.currency}" if figure.currency and words.unit == "days" else ""
    label = f"{words.label}{currency}{behind}"
    return f'<div class="tile"><b>{_text(_figure_words(figure))}</b><span>{_text(label)}</span></div>'


def _figure_words(figure: Figure) -> str:
    value, words = figure_value(figure), FIGURES[figure.name]
    if value is None:
        return "–"
    if words.unit == "amount":
        return money_words(Money(Decimal(str(value)), figure.currency))
    unit = f" {figure.currency}" if words.unit == "cost" else _UNITS.get(words.unit, "")
    return f"{_shown(value)}{unit}"


def _table_head(sheet: Sheet) -> str:
    grouped = _GROUPED.get(sheet.name, 0)
    if sheet.name == "history":
        return ""  # each invoice has a table of its own
    heads = "".join(
        f'<th scope="col"{_class("n" if _is_number(kind) else "")}>{_text(title)}</th>'
        for title, kind in sheet.columns[grouped:]
    )
    return f'<div class="scroll"><table class="{sheet.name}"><thead><tr>{heads}</tr></thead><tbody>\n'


def _table_row(sheet: Sheet, row: Row, grouped: int) -> str:
    cells = []
    for (title, kind), value in list(zip(sheet.columns, row, strict=True))[grouped:]:
        style = "n" if _is_number(kind) else kind if kind != "text" else ""
        words = "" if value is None and title == "n" else _text(_shown(value))
        cells.append(f"<td{_class(style)}>{words}</td>")
    return f"<tr>{''.join(cells)}</tr>\n"


def _history_head(words: str) -> str:
    """A section per invoice: a browser lays out those in sight only, so that a large month opens at once."""
    return (
        f'<section class="inv"><h3>{words}</h3><table class="history">'
        '<colgroup><col class="at"><col class="how"><col></colgroup><tbody>\n'
    )


def _history_row(row: Row) -> str:
    """Ten columns of the other files in three: a page is narrow, and the words are what is read."""
    _number, _customer, at, direction, channel, kind, party, status, sid, words = map(_shown, row)
    how = "".join(f"<div>{_text(each)}</div>" for each in (f"{direction}, {channel}", kind, status) if each)
    is_plain = words.isascii() and words.isprintable() and len(words) <= _LONGEST_WORDS
    text = escape(words if is_plain else printable_lines(words[:_LONGEST_WORDS]), quote=True)
    return (
        f'<tr><td class="moment">{_text(at)}<div class="s">{_text(party)}</div></td><td>{how}</td>'
        f'<td class="w">{text}<div class="s">{_text(sid)}</div></td></tr>\n'
    )


def _class(style: str) -> str:
    return f' class="{style}"' if style else ""


def _is_number(kind: str) -> bool:
    return kind in ("count", "number", "amount")


def _shown(value: Value) -> str:
    """The very value of the other files, with thousands apart."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, int | Decimal):
        return f"{value:,}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _chart(name: str, report: Report) -> str:
    if name == "days":
        return _days_chart(report)
    if name == "steps":
        return _fates_chart(report)
    return _ageing_charts(report) if name == "ageing" else ""


def _key(entries: Iterable[tuple[str, str]]) -> str:
    return f'<p class="key">{"".join(f"<i class={style!r}></i>{words}" for style, words in entries)}</p>'


def _days_chart(report: Report) -> str:
    stacks = [
        Stack(f"{row.day.day}", (("texts", row.texts, "texts"), ("mails", row.mails, "e-mails")))
        for row in report.days
    ]
    chart = columns(stacks, "Messages by day", every=2 if len(stacks) > 16 else 1)
    return chart + _key((("texts", "texts"), ("mails", "e-mails"))) if chart else ""


def _fates_chart(report: Report) -> str:
    found = {name: report.figure(f"messages_{name}") for name in FATES}
    counts = {name: int(f.value or 0) for name, f in found.items() if f is not None and f.value}
    stacks = [
        Stack(FATE_WORDS[name], ((_FATE_STYLES.get(name, "plain"), count, f"{count} messages"),))
        for name, count in counts.items()
    ]
    return rows(stacks, "Messages by outcome", [f"{count:,}" for count in counts.values()])


def _ageing_charts(report: Report) -> str:
    parts = []
    for currency in sorted({row.currency for row in report.ageing}):
        mine = [row for row in report.ageing if row.currency == currency]
        words = [money_words(Money(row.amount, currency)) for row in mine]
        stacks = [
            Stack(f"{row.bucket}", ((_age_style(row.bucket), row.amount, shown),))
            for row, shown in zip(mine, words, strict=True)
        ]
        parts.append(f"<h3>{_text(currency)}</h3>{rows(stacks, f'Ageing, {currency}', words)}")
    return "".join(parts)


def _age_style(bucket: str) -> str:
    return {"current": "texts", "90+": "bad", "61-90": "warn"}.get(bucket, "plain")
