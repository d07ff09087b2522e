"""The rules of the decision in their order (spec section 6), each as a check and the value it looks at.

A check answers None ("goes on") or the `Stop` that decides. The same checks serve the nightly run, the dry run and
the explanation; there is no second path. Limits and hours come later, once messages are made (see `messages`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from nsquilio.core.case import Case, Context, Stop
from nsquilio.core.keys import fallback_key
from nsquilio.core.model import (
    TAKEN,
    Channel,
    Hold,
    HoldKind,
    KeyState,
    Money,
    Outcome,
    Reason,
)
from nsquilio.core.money_words import day_words, money_words
from nsquilio.core.plain_text import one_line
from nsquilio.core.recipients import Nobody
from nsquilio.core.rules import StepKind

_NOTHING = Decimal(0)


Check = Callable[[Case], Stop | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """`name`: for people. `check`: decides. `value`: what it saw, in words.

    `is_idle`: whether nothing in a run can make it stop anything, so that no invoice needs to ask.
    """

    name: str
    check: Check
    value: Callable[[Case], str]
    is_idle: Callable[[Context], bool] = lambda context: False


def first_stop(case: Case, checks: Sequence[Check]) -> Stop | None:
    for check in checks:
        stop = check(case)
        if stop is not None:
            return stop
    return None


def checks_of(rules: Sequence[Rule], context: Context) -> tuple[Check, ...]:
    """In their order, without those that have nothing to say in this run."""
    return tuple(rule.check for rule in rules if not rule.is_idle(context))


def _is_whole(context: Context) -> bool:
    narrowing = context.inputs.narrowing
    return narrowing.invoices is None and narrowing.customers is None


def _narrowed(case: Case) -> Stop | None:
    narrowing = case.context.inputs.narrowing
    if narrowing.invoices is not None and case.invoice.id not in narrowing.invoices:
        return Stop(Reason.FILTERED, "not among the invoices asked for")
    if narrowing.customers is not None and case.invoice.customer_id not in narrowing.customers:
        return Stop(Reason.FILTERED, "not of the customers asked for")
    return None


def _unreadable(case: Case) -> Stop | None:
    if case.invoice.problem:
        return Stop(Reason.UNREADABLE, case.invoice.problem)
    if case.customer is None:
        return Stop(Reason.UNREADABLE, f"customer {case.invoice.customer_id or '(none)'} cannot be read")
    return None


def _no_due_date(case: Case) -> Stop | None:
    if case.invoice.due_date is None:
        return Stop(Reason.NO_DUE_DATE, "the invoice has no due date in NetSuite")
    return None


def _inactive(case: Case) -> Stop | None:
    return (
        Stop(Reason.INACTIVE_CUSTOMER, "inactive in NetSuite")
        if case.customer and case.customer.inactive
        else None
    )


def _excluded(case: Case) -> Stop | None:
    if case.invoice.excluded:
        return Stop(Reason.EXCLUDED, "the invoice is excluded in NetSuite")
    if case.customer and case.customer.excluded_by:
        return Stop(Reason.EXCLUDED, f"{case.customer.excluded_by} is ticked")
    return None


def _excluded_value(case: Case) -> str:
    stop = _excluded(case)
    return stop.detail if stop else "no excluding box is ticked"


def _channel_none(case: Case) -> Stop | None:
    customer = case.customer
    if customer is None or customer.channel != "none":
        return None
    if not customer.channel_said:
        return Stop(Reason.CHANNEL_NONE, "the customer wants no messages")
    said = one_line(customer.channel_said, 40)
    words = f"the channel column says {said!r}, to which netsuite.customer.channel_values gives no meaning"
    return Stop(Reason.CHANNEL_NONE, words)


def _channel_value(case: Case) -> str:
    customer = case.customer
    return (customer and (customer.channel_said or customer.channel)) or "not stated"


def _is_paid_step(case: Case) -> bool:
    return case.step_is is StepKind.PAID


def _too_small(case: Case) -> Stop | None:
    smallest = case.context.reminders.smallest_balance.for_currency(case.invoice.currency)
    if smallest is None or case.invoice.balance >= smallest or _is_paid_step(case):
        return None
    balance, limit = case.invoice.open_balance, Money(smallest, case.invoice.currency)
    return Stop(Reason.BELOW_SMALLEST_BALANCE, f"{money_words(balance)} is below {money_words(limit)}")


def _too_large(case: Case) -> Stop | None:
    largest = case.context.reminders.largest_balance.for_currency(case.invoice.currency)
    if largest is None or case.invoice.balance <= largest or _is_paid_step(case):
        return None
    if case.invoice.id in case.context.history.released:
        return None
    balance, limit = case.invoice.open_balance, Money(largest, case.invoice.currency)
    words = f"{money_words(balance)} is above {money_words(limit)}: a person decides"
    return Stop(Reason.ABOVE_LARGEST_BALANCE, words)


def _balance_value(case: Case) -> str:
    released = " (released once)" if case.invoice.id in case.context.history.released else ""
    return money_words(case.invoice.open_balance) + released


def _unapplied(case: Case) -> Stop | None:
    if not (case.customer and case.customer.unapplied):
        return None
    cash = case.customer.unapplied.get(case.invoice.currency, _NOTHING)
    if cash <= 0 or _is_paid_step(case) or case.invoice.id in case.context.history.released:
        return None
    smallest = case.context.reminders.smallest_balance.for_currency(case.invoice.currency) or _NOTHING
    if cash < min(case.invoice.balance, smallest):
        return None
    words = money_words(Money(cash, case.invoice.currency))
    return Stop(Reason.UNAPPLIED_CASH, f"{words} of the customer is not applied yet")


def _unapplied_value(case: Case) -> str:
    cash = case.customer.unapplied.get(case.invoice.currency) if case.customer else None
    return f"{money_words(Money(cash, case.invoice.currency))} not applied" if cash else "none"


_HELD_BY = {
    HoldKind.DISPUTE: Reason.DISPUTE,
    HoldKind.PROMISE: Reason.PROMISE,
    HoldKind.PAID_CLAIM: Reason.PAID_CLAIM,
}
_HELD_ORDER = (Reason.HELD_INVOICE, Reason.HELD_CUSTOMER, Reason.DISPUTE, Reason.PROMISE, Reason.PAID_CLAIM)


def _hold_reason(hold: Hold) -> Reason:
    by_person = Reason.HELD_INVOICE if hold.invoice_id is not None else Reason.HELD_CUSTOMER
    return _HELD_BY.get(hold.kind, by_person)


def _has_no_holds(context: Context) -> bool:
    return not (context.holds_of_invoice or context.holds_of_customer)


def _held(case: Case) -> Stop | None:
    context = case.context
    active = [hold for hold in context.holds(case.invoice) if context.is_active(hold)]
    if not active:
        return None
    hold = min(active, key=lambda h: (_HELD_ORDER.index(_hold_reason(h)), h.id))
    return Stop(_hold_reason(hold), hold_words(hold))


def hold_words(hold: Hold) -> str:
    until = f" until {day_words(hold.until)}" if hold.until else ""
    by = f" by {hold.actor}" if hold.actor else ""
    return f"hold {hold.id}{by}{until}: {hold.reason}"


def _held_value(case: Case) -> str:
    stop = _held(case)
    return stop.detail if stop else "no hold"


def _nobody(case: Case) -> Stop | None:
    who = case.who
    return Stop(who.reason, who.detail) if isinstance(who, Nobody) else None


def _recipient_value(case: Case) -> str:
    from nsquilio.core.phones import masked

    if isinstance(case.who, Nobody):
        return case.who.detail
    instead = " instead of a text" if case.who.is_fallback else ""
    return f"{case.who.channel} to {masked(case.who.to)}{instead} ({', '.join(case.who.zones)})"


def _used_key(case: Case) -> Stop | None:
    """`already_sent` and `unknown_outcome`: what became of this key, or of the e-mail after it."""
    keys = case.context.history.keys
    key = case.key
    sent, after = keys.get(key), keys.get(fallback_key(key))
    for state in (after, sent):
        if state is not None and state.outcome in (Outcome.UNKNOWN, Outcome.INTENT):
            return Stop(
                Reason.UNKNOWN_OUTCOME, f"nobody knows yet whether the message of {_at(state)} went out"
            )
    if after is not None and after.outcome in TAKEN:
        return Stop(Reason.ALREADY_SENT, f"sent by e-mail {_at(after)}")
    if sent is None or sent.outcome not in TAKEN:
        return None
    if not sent.failed_for_good or sent.channel is not Channel.SMS:
        return Stop(Reason.ALREADY_SENT, case.fate(sent))
    return Stop(Reason.ALREADY_SENT, case.who.detail) if isinstance(case.who, Nobody) else None


def _at(state: KeyState) -> str:
    return f"on {state.at:%Y-%m-%d}" if state.at else "earlier"


BEFORE_STEP = (
    Rule(
        "narrowing",
        _narrowed,
        lambda case: "asked for" if _narrowed(case) is None else "left out",
        is_idle=_is_whole,
    ),
    Rule("readable", _unreadable, lambda case: stop.detail if (stop := _unreadable(case)) else "yes"),
    Rule(
        "due date",
        _no_due_date,
        lambda case: day_words(case.invoice.due_date) if case.invoice.due_date else "none",
    ),
)
SENT_BEFORE = Rule(
    "sent before",
    _used_key,
    lambda case: stop.detail if (stop := _used_key(case)) else "no",
    is_idle=lambda context: not context.history.keys,
)
AFTER_STEP = (
    SENT_BEFORE,
    Rule("active customer", _inactive, lambda case: "inactive" if _inactive(case) else "active"),
    Rule("excluded", _excluded, _excluded_value),
    Rule(
        "wanted channel",
        _channel_none,
        _channel_value,
    ),
    Rule("smallest balance", _too_small, _balance_value),
    Rule("largest balance", _too_large, _balance_value),
    Rule("unapplied cash", _unapplied, _unapplied_value),
    Rule("holds", _held, _held_value, is_idle=_has_no_holds),
    Rule("recipient", _nobody, _recipient_value),
)
