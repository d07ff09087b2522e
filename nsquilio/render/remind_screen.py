"""The screen of `remind`: what goes to whom, what waits, what is held, what is skipped, and totals that add up.

100 columns, readable without colour, largest amounts first. Numbers and addresses are masked unless `full`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from nsquilio.core.model import Action, Decision, Money, Reason
from nsquilio.core.money_words import money_words
from nsquilio.core.phones import masked
from nsquilio.core.rules import Rules
from nsquilio.core.steps import due_words
from nsquilio.jobs.results import MessageRow, RemindResult
from nsquilio.render.safe import one_line

if TYPE_CHECKING:
    from rich.console import Console

_SHOWN = 30
_NAMED_HOLDS = 8


def print_remind(result: RemindResult, rules: Rules, console: Console, *, full: bool) -> None:
    from rich.text import Text

    def line(text: str = "", style: str = "") -> None:
        console.print(Text(one_line(text, 400) if text else "", style=style))

    zone = ZoneInfo(rules.company.time_zone)
    line(*_headline(result, rules, zone))
    if result.read_at:
        line(
            f"NetSuite read at {_clock(result.read_at, zone)}; {result.fetched} invoices of {result.customers_read} customers"
        )
    line()
    _messages(result, console, line, full=full)
    for action in (Action.WAIT, Action.HOLD, Action.SKIP):
        _action(result, action, zone, line, full=full)
    line()
    _totals(result, rules, line)
    if full:
        line()
        _every_row(result, console)


def _headline(result: RemindResult, rules: Rules, zone: ZoneInfo) -> tuple[str, str]:
    what = "DRY RUN - nothing is sent." if result.dry_run else "DONE."
    at = result.as_of.astimezone(zone)
    words = f"{what}   As of {at:%a %Y-%m-%d %H:%M} {rules.company.time_zone}   plan {result.plan_hash[:6]}"
    return words, "bold yellow" if result.dry_run else "bold"


def _clock(instant: datetime, zone: ZoneInfo) -> str:
    return f"{instant.astimezone(zone):%H:%M:%S}"


def _messages(result: RemindResult, console: Console, line, *, full: bool) -> None:  # type: ignore[no-untyped-def]
    from rich.table import Table
    from rich.text import Text

    texts = sum(row.message.channel == "sms" for row in result.messages)
    mails = len(result.messages) - texts
    customers = len({row.message.customer_id for row in result.messages})
    verb = "SEND" if result.dry_run else "MESSAGES"
    line(
        f"{verb} {_count(texts, 'text')}, {_count(mails, 'e-mail')} to {_count(customers, 'customer')}",
        "bold green",
    )
    if not result.messages:
        return
    rows = sorted(result.messages, key=_largest_first)
    shown = rows if full else rows[:_SHOWN]
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 1, 0, 0))
    columns = ["  CUSTOMER", "TO", "CH", "STEP", "INV", "OLDEST", "AMOUNT", "THERE", "SEG", "COST"]
    for name in columns + ([] if result.dry_run else ["STATUS"]):
        right = name in ("INV", "AMOUNT", "SEG", "COST")
        table.add_column(name, justify="right" if right else "left", no_wrap=True, overflow="ellipsis")
    for row in shown:
        table.add_row(*(Text(cell) for cell in _cells(row, result, full=full)))
    console.print(table)
    if len(rows) > len(shown):
        line(f"  and {len(rows) - len(shown)} more; --full shows them")


def _largest_first(row: MessageRow) -> tuple[Decimal, str]:
    return -sum((r.balance.amount for r in row.message.reminders), Decimal(0)), row.message.customer


def _cells(row: MessageRow, result: RemindResult, *, full: bool) -> list[str]:
    message = row.message
    oldest = max(reminder.days_past_due for reminder in message.reminders)
    cells = [
        f"  {one_line(message.customer, 22)}",
        message.to if full else masked(message.to),
        message.channel,
        one_line(message.step, 10),
        str(len(message.reminders)),
        due_words(oldest).replace(" past due", " late").replace(" days", " d").replace(" day", " d"),
        _amounts(reminder.balance for reminder in message.reminders),
        _there(row, result),
        str(message.segments) if message.segments else "-",
        f"{message.estimated_cost:.3f}"
        if message.estimated_cost is not None
        else "?"
        if message.segments
        else "-",
    ]
    return cells if result.dry_run else [*cells, row.status]


def _there(row: MessageRow, result: RemindResult) -> str:
    """The recipient's time on arrival: their first zone's, marked when it is another day."""
    message = row.message
    instant = message.send_at or result.as_of
    local = instant.astimezone(ZoneInfo(message.zones[0])) if message.zones else instant
    return (
        f"{local:%H:%M}" if local.date() == message.local_day and not message.send_at else f"{local:%a %H:%M}"
    )


def _amounts(amounts: Iterable[Money]) -> str:
    sums: dict[str, Decimal] = {}
    for money in amounts:
        sums[money.currency] = sums.get(money.currency, Decimal(0)) + money.amount
    return " + ".join(money_words(Money(amount, currency)) for currency, amount in sorted(sums.items()))


_HINTS = {
    Reason.ABOVE_LARGEST_BALANCE: "a person decides: hold release",
    Reason.UNAPPLIED_CASH: "apply it in NetSuite, or hold release",
    Reason.UNKNOWN_OUTCOME: "see status",
    Reason.UNREADABLE: "see why",
}


def _action(result: RemindResult, action: Action, zone: ZoneInfo, line, *, full: bool) -> None:  # type: ignore[no-untyped-def]
    decisions = [decision for decision in result.decisions if decision.action is action]
    reasons = Counter(decision.reason for decision in decisions).most_common()
    words = ", ".join(f"{_plain(reason)} {count}" for reason, count in reasons)
    line(f"{action.upper():<5} {len(decisions):<5} {words}", "bold" if decisions else "dim")
    if action is Action.SKIP or full:
        return
    for decision in sorted(decisions, key=lambda d: -d.open_balance.amount)[:_NAMED_HOLDS]:
        line(f"      {_named(decision, zone)}")
    if len(decisions) > _NAMED_HOLDS:
        line(f"      and {len(decisions) - _NAMED_HOLDS} more; --full shows them")


def _plain(reason: Reason) -> str:
    return reason.value.replace("_", " ")


def _named(decision: Decision, zone: ZoneInfo) -> str:
    later = ""
    if decision.not_before:
        later = f"; not before {decision.not_before.astimezone(zone):%a %m-%d %H:%M}"
    hint = f" ({_HINTS[decision.reason]})" if decision.reason in _HINTS else ""
    who = f"{one_line(decision.customer, 24)} {one_line(decision.document_number, 16)}"
    return f"{who} {money_words(decision.open_balance)}: {one_line(decision.detail, 120)}{later}{hint}"


def _totals(result: RemindResult, rules: Rules, line) -> None:  # type: ignore[no-untyped-def]
    counts = result.by_action
    in_messages = counts[Action.SEND]
    line(
        f"Invoices read {result.fetched} = in messages {in_messages} + wait {counts[Action.WAIT]}"
        f" + hold {counts[Action.HOLD]} + skip {counts[Action.SKIP]}     Customers {result.customers_read}",
        "bold",
    )
    written = [r.balance for row in result.messages for r in row.message.reminders]
    cost = result.estimated_cost
    about = f"about USD {cost:.2f}" if cost is not None else "unknown"
    line(f"By currency  {_by_currency(written)}     Cost {about} of cap {rules.limits.cost_per_run}")
    usual = (
        f"{result.usual[1]} on {result.usual[0]}" if result.usual else "nothing sent in the last five weeks"
    )
    line(
        f"Busiest day of the last five weeks: {usual}. This run: {len(result.messages)}.       Why one row: nsquilio why TARGET"
    )
    for row in result.messages:
        if row.message.breaker:
            line(
                f"Note: {row.message.breaker!r} makes the text to {one_line(row.message.customer, 30)} UCS-2 (70 characters a part)."
            )
    for names in result.not_in_plan:
        line(f"Not sent, because it is no longer due as planned: {names}", "yellow")
    if result.plan_file:
        line(f"Plan saved: {result.plan_file}   Send it: nsquilio remind --plan {result.plan_file}")


def _by_currency(amounts: Sequence[Money]) -> str:
    return _amounts(amounts).replace(" + ", " | ") or "-"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _every_row(result: RemindResult, console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 1, 0, 0))
    for name in ("INVOICE", "CUSTOMER", "DUE", "OPEN", "STEP", "ACTION", "REASON", "DETAIL"):
        table.add_column(
            name, no_wrap=name != "DETAIL", justify="right" if name == "OPEN" else "left", overflow="fold"
        )
    order = {action: n for n, action in enumerate(Action)}
    for d in sorted(result.decisions, key=lambda d: (order[d.action], -d.open_balance.amount)):
        cells = (
            one_line(d.document_number, 14),
            one_line(d.customer, 18),
            str(d.due_date or "-"),
            money_words(d.open_balance),
            d.step or "-",
            d.action,
            d.reason,
            one_line(d.detail, 160),
        )
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
