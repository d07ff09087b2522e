"""`remind --dry-run --days N` as a screen and as JSON: day by day, with cost, under the cadence in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nsquilio.core.model import Action, Channel, Message
from nsquilio.core.phones import masked
from nsquilio.core.rules import Rules
from nsquilio.jobs.forecast import ForecastDay, ForecastResult
from nsquilio.render.cadence import cadence, contact_words
from nsquilio.render.json_out import cost, day, utc
from nsquilio.render.layout import Column, Screen
from nsquilio.render.reasons import plain
from nsquilio.render.remind_screen import amounts, counted, late_words

if TYPE_CHECKING:
    from rich.console import Console

_SHOWN = 12


def forecast_object(result: ForecastResult) -> dict[str, Any]:
    return {
        "schema": "nsquilio.remind-days.v1",
        "run_id": None,
        "as_of": utc(result.as_of),
        "dry_run": True,
        "days": [_day(each) for each in result.days],
        "problems": [
            {"code": p.code, "message": p.what, "next": p.next, "exit_code": p.exit_code}
            for p in result.problems
        ],
    }


def _day(each: ForecastDay) -> dict[str, Any]:
    return {
        "day": day(each.day),
        "as_of": utc(each.at),
        "totals": {
            "fetched": each.fetched,
            **{str(action): each.actions[action] for action in Action},
            "messages": len(each.messages),
            "segments": sum(message.segments for message in each.messages),
            "estimated_cost": cost(each.cost),
            "messages_without_price": each.unpriced,
            "reasons": {str(reason): count for reason, count in each.reasons.items()},
        },
        "brake": each.brake,
        "messages": [_message(message) for message in each.messages],
    }


def _message(message: Message) -> dict[str, Any]:
    return {
        "message_key": message.key,
        "channel": str(message.channel),
        "to": message.to,
        "customer_id": message.customer_id,
        "customer": message.customer,
        "invoice_ids": list(message.invoice_ids),
        "reminder_keys": [reminder.key for reminder in message.reminders],
        "step": message.step,
        "segments": message.segments,
        "estimated_cost": cost(message.estimated_cost),
        "send_at": utc(message.send_at),
        "body": message.body,
        "subject": message.subject,
    }


def print_forecast(result: ForecastResult, rules: Rules, console: Console) -> None:
    screen = Screen(console)
    days = len(result.days)
    screen.line(
        f"THE NEXT {counted(days, 'day').upper()} if nobody pays or answers - nothing is sent.", "bold yellow"
    )
    screen.line()
    screen.line("Cadence", "bold")
    screen.table(_CADENCE, cadence(rules), titled=False)
    for words in contact_words(rules):
        screen.line(f"  {words}", hanging=4)
    screen.line()
    _totals(result, screen)
    for each in result.days:
        screen.line()
        _one_day(each, screen)
    screen.line()
    screen.line("Texts, amounts and hidden rows of every day: --format json", "dim")


_CADENCE = (Column("", 8, 16, keep=9), Column("", 30, 400, keep=8, wraps=True))

_BY_DAY = (
    Column("DAY", 14, 14, keep=9),
    Column("MESSAGES", 8, 8, keep=9, right=True),
    Column("TEXTS", 5, 6, keep=4, right=True),
    Column("MAILS", 5, 6, keep=4, right=True),
    Column("INVOICES", 8, 8, keep=6, right=True),
    Column("USD", 6, 9, keep=8, right=True),
    Column("AMOUNT", 16, 20, keep=7, right=True),
    Column("WAIT", 4, 5, keep=3, right=True),
    Column("HOLD", 4, 5, keep=3, right=True),
    Column("SKIP", 4, 6, keep=2, right=True),
)


def _totals(result: ForecastResult, screen: Screen) -> None:
    screen.table(_BY_DAY, [_day_row(each) for each in result.days], indent=0)
    total = sum((each.cost for each in result.days), Decimal(0))
    unpriced = sum(each.unpriced for each in result.days)
    without = f", without {counted(unpriced, 'text')} whose price nobody tells" if unpriced else ""
    count = sum(len(each.messages) for each in result.days)
    screen.line(f"{counted(count, 'message')} in all, about USD {total:.2f}{without}", "bold", hanging=2)


def _day_row(each: ForecastDay) -> list[str | tuple[str, ...]]:
    texts = sum(message.channel is Channel.SMS for message in each.messages)
    return [
        f"{each.day:%a %Y-%m-%d}",
        str(len(each.messages)),
        str(texts),
        str(len(each.messages) - texts),
        str(each.actions[Action.SEND]),
        f"{each.cost:.2f}{'+?' if each.unpriced else ''}",
        amounts(r.balance for message in each.messages for r in message.reminders),
        str(each.actions[Action.WAIT]),
        str(each.actions[Action.HOLD]),
        str(each.actions[Action.SKIP]),
    ]


_MESSAGES = (
    Column("CUSTOMER", 18, 32, keep=9),
    Column("TO", 13, 24, keep=2),
    Column("CH", 5, 5, keep=4),
    Column("STEP", 8, 14, keep=8),
    Column("INVOICES", 10, 30, keep=6),
    Column("OLDEST", 8, 9, keep=5),
    Column("AMOUNT", 14, 20, keep=7, right=True),
    Column("USD", 5, 6, keep=3, right=True),
)


def _one_day(each: ForecastDay, screen: Screen) -> None:
    quiet = ", ".join(f"{plain(reason)} {count}" for reason, count in each.reasons.items())
    screen.line(f"{each.day:%a %Y-%m-%d}  {counted(len(each.messages), 'message')}", "bold green")
    screen.line(f"  {quiet or 'no invoice to decide about'}", "dim", hanging=4)
    if each.brake:
        screen.line(f"  A brake would stop this run: {each.brake}.", "bold red", hanging=4)
    largest = sorted(each.messages, key=lambda m: (-sum(r.balance.amount for r in m.reminders), m.customer))
    screen.table(_MESSAGES, [_message_row(message) for message in largest[:_SHOWN]])
    if len(largest) > _SHOWN:
        screen.line(f"  and {len(largest) - _SHOWN} more")


def _message_row(message: Message) -> list[str | tuple[str, ...]]:
    price = message.estimated_cost
    unknown = "?" if message.channel is Channel.SMS else "-"
    return [
        message.customer,
        masked(message.to),
        message.channel,
        message.step,
        " ".join(reminder.document_number for reminder in message.reminders),
        late_words(max(reminder.days_past_due for reminder in message.reminders)),
        amounts(reminder.balance for reminder in message.reminders),
        f"{price:.3f}" if price is not None else unknown,
    ]
