"""The screen of `remind`: what goes to whom, what waits, is held or skipped, and totals that add up.

100 columns, 80 with the less important ones left out; readable without colour, largest amounts first.
Numbers and addresses are masked unless `full`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from nsquilio.core.model import Action, Channel, Decision, Money, action_of
from nsquilio.core.money_words import money_words
from nsquilio.core.phones import masked
from nsquilio.core.rules import Rules
from nsquilio.jobs.results import MessageRow, RemindResult
from nsquilio.render.layout import Column, Screen
from nsquilio.render.reasons import HINTS, hint, plain

if TYPE_CHECKING:
    from rich.console import Console

_SHOWN = 30
_NAMED = 8

_STYLES = {"rejected": "bold red", "unknown": "bold red", "dropped": "dim", "planned": ""}


def print_remind(
    result: RemindResult, rules: Rules, console: Console, *, full: bool, command: str = "nsquilio"
) -> None:
    screen = Screen(console)
    zone = ZoneInfo(rules.company.time_zone)
    _headline(result, rules, zone, screen)
    screen.line()
    _messages(result, screen, full=full)
    for action in (Action.WAIT, Action.HOLD, Action.SKIP):
        _action(result, action, zone, screen, full=full)
        if action is Action.HOLD:
            _hints(result, screen, command)
    screen.line()
    _totals(result, rules, screen, command)
    if full:
        screen.line()
        _every_row(result, screen)


def _headline(result: RemindResult, rules: Rules, zone: ZoneInfo, screen: Screen) -> None:
    what = "DRY RUN - nothing is sent." if result.dry_run else "DONE."
    at = result.as_of.astimezone(zone)
    words = f"{what}   As of {at:%a %Y-%m-%d %H:%M} {rules.company.time_zone}"
    screen.line(words, "bold yellow" if result.dry_run else "bold", hanging=2)
    read = f"   NetSuite read {result.read_at.astimezone(zone):%H:%M:%S}" if result.read_at else ""
    screen.line(f"Plan {result.plan_hash[:6]}{read}{_newest_payment(result, zone)}", hanging=2)


def _newest_payment(result: RemindResult, zone: ZoneInfo) -> str:
    """How fresh the payments are: a customer who paid after that may still be reminded."""
    if result.payments_until is None:
        return ", no payment there yet" if result.read_at else ""
    age = (result.read_at or result.as_of) - result.payments_until
    hours, minutes = divmod(max(0, round(age.total_seconds() / 60)), 60)
    ago = f"{hours // 24} days" if hours >= 48 else f"{hours} h {minutes} min"
    return f", newest payment there {result.payments_until.astimezone(zone):%a %m-%d %H:%M} ({ago} ago)"


def _messages(result: RemindResult, screen: Screen, *, full: bool) -> None:
    texts = sum(row.message.channel is Channel.SMS for row in result.messages)
    mails = len(result.messages) - texts
    customers = len({row.message.customer_id for row in result.messages})
    words = f"{counted(texts, 'text')}, {counted(mails, 'e-mail')} to {counted(customers, 'customer')}"
    screen.line(f"{'SEND' if result.dry_run else 'MESSAGES'} {words}", "bold green")
    rows = sorted(result.messages, key=_largest_first)
    shown = rows if full else rows[:_SHOWN]
    screen.table(
        _columns(dry_run=result.dry_run, full=full),
        [_cells(row, result, full=full) for row in shown],
        styles=[_STYLES.get(row.status, "") for row in shown],
    )
    if len(rows) > len(shown):
        screen.line(f"  and {len(rows) - len(shown)} more; --full shows them")


def _columns(*, dry_run: bool, full: bool) -> list[Column]:
    """Their budgets fill 100 cells; at 80 the segments and the (masked) number go, then the channel."""
    last = () if dry_run else (Column("STATUS", 9, 9, keep=9),)
    return [
        Column("CUSTOMER", 18, 32, keep=9),
        Column("TO", 13, 34, keep=8 if full else 3),
        Column("CH", 5, 5, keep=5),
        Column("STEP", 8, 16, keep=8),
        Column("INV", 3, 4, keep=5, right=True),
        Column("OLDEST", 8, 9, keep=7),
        Column("AMOUNT", 14, 20, keep=9, right=True),
        Column("THERE", 9, 9, keep=7),
        Column("SEG", 3, 3, keep=2 if dry_run else 1, right=True),
        Column("COST", 5, 6, keep=4 if dry_run else 2, right=True),
        *last,
    ]


def _largest_first(row: MessageRow) -> tuple[Decimal, str]:
    return -sum((r.balance.amount for r in row.message.reminders), Decimal(0)), row.message.customer


def _cells(row: MessageRow, result: RemindResult, *, full: bool) -> list[str | tuple[str, ...]]:
    message = row.message
    cells: list[str | tuple[str, ...]] = [
        message.customer,
        message.to if full else masked(message.to),
        message.channel,
        message.step,
        str(len(message.reminders)),
        late_words(max(reminder.days_past_due for reminder in message.reminders)),
        amounts(reminder.balance for reminder in message.reminders),
        _there(row, result.as_of),
        str(message.segments) if message.channel is Channel.SMS else "-",
        _cost(row),
    ]
    return cells if result.dry_run else [*cells, row.status]


def late_words(days_past_due: int) -> str:
    """`due in 5`, `today`, `7 late`: days, as short as a column needs."""
    if days_past_due == 0:
        return "today"
    return f"{days_past_due} late" if days_past_due > 0 else f"due in {-days_past_due}"


def _cost(row: MessageRow) -> str:
    """`?` for a text whose price nobody tells; mails have no price of their own."""
    if row.message.estimated_cost is not None:
        return f"{row.message.estimated_cost:.3f}"
    return "?" if row.message.channel is Channel.SMS else "-"


def _there(row: MessageRow, as_of: datetime) -> str:
    """The recipient's time on arrival: their first zone's, with the day when it is handed over for later."""
    message = row.message
    instant = message.send_at or as_of
    local = instant.astimezone(ZoneInfo(message.zones[0])) if message.zones else instant
    is_now = local.date() == message.local_day and not message.send_at
    return f"{local:%H:%M}" if is_now else f"{local:%a %H:%M}"


def amounts(moneys: Iterable[Money]) -> tuple[str, ...]:
    """One line per currency; currencies are never added."""
    sums: dict[str, Decimal] = {}
    for money in moneys:
        sums[money.currency] = sums.get(money.currency, Decimal(0)) + money.amount
    return tuple(money_words(Money(amount, currency)) for currency, amount in sorted(sums.items())) or ("-",)


def _action(result: RemindResult, action: Action, zone: ZoneInfo, screen: Screen, *, full: bool) -> None:
    decisions = [decision for decision in result.decisions if decision.action is action]
    reasons = Counter(decision.reason for decision in decisions).most_common()
    words = ", ".join(f"{plain(reason)} {count}" for reason, count in reasons)
    screen.line(
        f"{action.upper():<4} {len(decisions):<4} {words}", "bold" if decisions else "dim", hanging=10
    )
    if action is Action.SKIP or full:
        return
    largest = sorted(decisions, key=lambda d: (-d.open_balance.amount, d.document_number))
    screen.table(_NAMED_COLUMNS, [_named(d, zone) for d in largest[:_NAMED]], titled=False)
    if len(decisions) > _NAMED:
        screen.line(f"  and {len(decisions) - _NAMED} more; --full shows them")


def _hints(result: RemindResult, screen: Screen, command: str) -> None:
    reasons = Counter(row.reason for row in result.decisions if row.action is Action.HOLD)
    for reason, _count in reasons.most_common():
        if reason in HINTS:
            screen.line(f"  {plain(reason).capitalize()}: {hint(reason, command)}", "dim", hanging=4)


_NAMED_COLUMNS = (
    Column("", 16, 24, keep=8),
    Column("", 9, 14, keep=9),
    Column("", 13, 18, keep=7, right=True),
    Column("", 30, 200, keep=6, wraps=True),
)


def _named(decision: Decision, zone: ZoneInfo) -> list[str | tuple[str, ...]]:
    why = decision.detail or plain(decision.reason)
    if decision.not_before:
        why += f"; not before {decision.not_before.astimezone(zone):%a %m-%d %H:%M %Z}"
    return [decision.customer, decision.document_number, money_words(decision.open_balance), why]


def _totals(result: RemindResult, rules: Rules, screen: Screen, command: str) -> None:
    counts = result.by_action
    screen.line(
        f"Invoices read {result.fetched} = in messages {counts[Action.SEND]} + wait {counts[Action.WAIT]}"
        f" + hold {counts[Action.HOLD]} + skip {counts[Action.SKIP]}     Customers {result.customers_read}",
        "bold",
        hanging=2,
    )
    written = amounts(r.balance for row in result.messages for r in row.message.reminders)
    screen.line(f"By currency  {' | '.join(written)}", hanging=13)
    screen.line(cost_words(result.messages, rules.limits.cost_per_run), hanging=2)
    _usual(result, ZoneInfo(rules.company.time_zone), screen)
    for line in _encodings(result.messages):
        screen.line(line, hanging=2)
    for names in result.not_in_plan:
        screen.line(f"Not sent, because it is no longer due as planned: {names}", "yellow", hanging=2)
    if result.plan_file:
        screen.line(f"Plan saved: {result.plan_file}", hanging=2)
        screen.line(f"Send it: {command} remind --plan {result.plan_file}", hanging=2)
    screen.line(f"Why one row: {command} why INVOICE-OR-CUSTOMER", "dim")


def _usual(result: RemindResult, zone: ZoneInfo, screen: Screen) -> None:
    now = f"This run: {len(result.messages)}."
    if result.usual is None:
        screen.line(f"Usual: nothing was sent in the last five weeks. {now}", hanging=2)
        return
    busiest, most = result.usual
    usual = (
        f"Usual for a {result.as_of.astimezone(zone):%A}: {result.usual_today}. "
        if result.usual_today is not None
        else ""
    )
    screen.line(f"{usual}{now} Busiest day of the last five weeks: {most} on {busiest}.", hanging=2)


def cost_words(rows: Sequence[MessageRow], cap: Decimal) -> str:
    """What the texts cost, and how many have a price that nobody tells: those are not in the sum."""
    texts = [row.message for row in rows if row.message.channel is Channel.SMS]
    known = [message.estimated_cost for message in texts if message.estimated_cost is not None]
    unknown = len(texts) - len(known)
    if unknown and not known:
        return f"Cost unknown: nobody tells the price of {counted(unknown, 'text')} (cap {cap})"
    without = f", without {counted(unknown, 'text')} whose price nobody tells" if unknown else ""
    return f"Cost about USD {sum(known, Decimal(0)):.2f} of cap {cap}{without}"


def _encodings(rows: Sequence[MessageRow]) -> list[str]:
    """Which letter makes texts dearer, and for whom: one line per letter."""
    whom: dict[str, list[str]] = {}
    for row in rows:
        if row.message.breaker:
            whom.setdefault(row.message.breaker, []).append(row.message.customer)
    return [
        f"Note: {letter!r} makes {counted(len(names), 'text')} UCS-2, 70 letters a segment: "
        + ", ".join(names[:3])
        + (" …" if len(names) > 3 else "")
        for letter, names in whom.items()
    ]


def counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


_ROW_COLUMNS = (
    Column("", 10, 14, keep=9),
    Column("", 14, 22, keep=8),
    Column("", 8, 9, keep=5),
    Column("", 13, 18, keep=7, right=True),
    Column("", 8, 12, keep=3),
    Column("", 24, 400, keep=6, wraps=True),
)


def _every_row(result: RemindResult, screen: Screen) -> None:
    """By action, by reason, then by amount: invoice, customer, due, open, step, why."""
    screen.line("EVERY INVOICE READ", "bold")
    for action in Action:
        for reason, count in result.by_reason.items():
            if action_of(reason) is action:
                screen.line(f"{action.upper()} {plain(reason)} {count}", "bold")
                rows = [d for d in result.decisions if d.reason is reason]
                rows.sort(key=lambda d: (-d.open_balance.amount, d.document_number))
                screen.table(_ROW_COLUMNS, [_row(d) for d in rows], titled=False)


def _row(d: Decision) -> list[str | tuple[str, ...]]:
    due = late_words(d.days_past_due) if d.days_past_due is not None else "-"
    return [d.document_number, d.customer, due, money_words(d.open_balance), d.step or "-", d.detail]
