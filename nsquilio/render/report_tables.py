"""The month's report as tables of typed values: HTML, CSV and XLSX all write these very values."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nsquilio import __version__
from nsquilio.jobs.report import Report
from nsquilio.jobs.report_messages import Figure
from nsquilio.render.report_rows import answer_sheets, history, patterns, row_sheets
from nsquilio.render.report_sheet import TENTH, Kind, Row, Sheet, Value, amount, cost, rounded
from nsquilio.render.report_words import FATES, FIGURES, GROUPS, SHEET_RULES


def sheets(report: Report) -> list[Sheet]:
    """In the order in which they stand in the report."""
    return [
        _about(report),
        _figures(report),
        *_message_sheets(report),
        *_money_sheets(report),
        *answer_sheets(report),
        patterns(report),
        *row_sheets(report),
        history(report),
    ]


def figure_value(figure: Figure) -> Value:
    """Rounded as it is shown; None when there is nothing to make it of."""
    unit = FIGURES[figure.name].unit
    if figure.value is None or unit == "count":
        return figure.value
    value = Decimal(figure.value)
    if unit == "amount":
        return amount(value, figure.currency)
    return cost(value) if unit == "cost" else rounded(value, TENTH)


def _about(report: Report) -> Sheet:
    month = report.month
    counted = "the whole month" if month.is_over else f"until {month.day}, the month is not over"
    lines: list[Row] = [
        ("Report", f"{report.company}: reminders and receivables, {month.first:%B %Y}"),
        ("Month", f"{month.first} to {month.last}, counted: {counted}"),
        ("Time zone", month.zone.key),
        ("Profile", report.profile),
        ("Made at", f"{report.made_at.astimezone(month.zone):%Y-%m-%d %H:%M %Z}"),
        ("Made by", f"nsquilio {__version__}"),
        ("Audit head", report.head),
        ("Check it", f"nsquilio audit verify --head {report.head}"),
        ("Sources", "The state file (messages, answers) and NetSuite (invoices, payments) when it was made."),
        ("Currencies", "Never added; every amount stands beside its currency."),
        *((f"Rule: {name}", rule) for name, rule in SHEET_RULES.items()),
    ]
    columns: tuple[tuple[str, Kind], ...] = (("What", "text"), ("Text", "text"))
    return Sheet("about", "Rules and run", columns, lambda: lines, in_html=False)


def _figures(report: Report) -> Sheet:
    order = list(FIGURES)
    figures = sorted(
        report.figures,
        key=lambda f: (GROUPS.index(FIGURES[f.name].group), order.index(f.name), f.currency),
    )
    return Sheet(
        "figures",
        "Figures",
        (
            ("Group", "text"),
            ("Figure", "text"),
            ("Currency", "text"),
            ("Value", "number"),
            ("Unit", "text"),
            ("n", "count"),
            ("Rule", "text"),
        ),
        lambda: (_figure_row(figure) for figure in figures),
    )


_UNITS = {"percent": "%", "per_100": "per 100", "days": "days", "hours": "hours"}


def _figure_row(figure: Figure) -> Row:
    words = FIGURES[figure.name]
    unit = _UNITS.get(words.unit, "")
    return (words.group, words.label, figure.currency, figure_value(figure), unit, figure.of, words.rule)


def _message_sheets(report: Report) -> Iterator[Sheet]:
    yield Sheet(
        "days",
        "Day by day",
        (("Day", "date"), ("Texts", "count"), ("E-mails", "count"), ("Answers", "count")),
        lambda: ((row.day, row.texts, row.mails, row.answers) for row in report.days),
    )
    yield Sheet(
        "steps",
        "By step, channel and outcome",
        (
            ("Step", "text"),
            ("Channel", "text"),
            ("Outcome", "text"),
            ("Messages", "count"),
            ("Reminders", "count"),
            ("Segments", "count"),
        ),
        lambda: (
            (row.step, row.channel, FATES[row.fate], row.messages, row.reminders, row.segments)
            for row in report.steps
        ),
    )
    yield Sheet(
        "failures",
        "Why messages failed",
        (("Channel", "text"), ("Error code", "text"), ("Messages", "count")),
        lambda: ((row.channel, row.error_code, row.messages) for row in report.failures),
    )


def _money_sheets(report: Report) -> Iterator[Sheet]:
    yield Sheet(
        "ageing",
        "Ageing",
        (("Currency", "text"), ("Days past due", "text"), ("Invoices", "count"), ("Open", "amount")),
        lambda: (
            (row.currency, row.bucket, row.invoices, amount(row.amount, row.currency))
            for row in report.ageing
        ),
    )
    yield Sheet(
        "costs",
        "Cost per 1,000 collected",
        (
            ("Invoices in", "text"),
            ("Messages with a price", "count"),
            ("Cost", "number"),
            ("Cost in", "text"),
            ("Texts without a price", "count"),
            ("Collected after a reminder", "amount"),
            ("Cost per 1,000 collected", "number"),
        ),
        lambda: (
            (
                row.currency,
                row.messages,
                cost(row.cost),
                row.cost_currency,
                row.unpriced,
                amount(row.collected, row.currency),
                cost(row.per_thousand) if row.per_thousand is not None else None,
            )
            for row in report.costs
        ),
    )
