"""Which reminder step an invoice is at today (spec section 6, "Steps").

Knows days and events, nothing of customers, addresses or what was sent before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from nsquilio.core.model import Invoice, Payment, Reason, Told
from nsquilio.core.rules import Step, StepKind

LAST_STEP_DAYS = 7  # how long the last step after the due date lives
EVENT_DAYS = 2  # how long an event step lives
AFTER_HOLD_DAYS = 7  # how long a passed step lives after a hold, where it does not say


@dataclass(frozen=True, slots=True)
class StepNow:
    """A step that may go out today. `occurrence`: which event it answers, "" for dated steps."""

    step: Step
    occurrence: str
    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class NoStep:
    reason: Reason
    detail: str


class DatedSteps:
    """The steps before and after the due date with their windows in days past due."""

    def __init__(self, steps: Sequence[Step]) -> None:
        dated = sorted((s for s in steps if s.due_offset is not None), key=lambda s: s.due_offset or 0)
        self._windows = [(step, *_window(step, dated[i + 1 :])) for i, step in enumerate(dated)]
        self._known: dict[tuple[date, date, date | None], StepNow | NoStep] = {}

    @property
    def first_day(self) -> int:
        """The smallest days past due at which any step begins; 0 without dated steps."""
        return self._windows[0][1] if self._windows else 0

    @property
    def last_day(self) -> int:
        """The largest days past due at which a step that was never on hold still lives."""
        return max((last for _, _, last in self._windows), default=0)

    def today(self, due: date, today: date, hold_ended: date | None = None) -> StepNow | NoStep:
        """The newest live step. `hold_ended`: the day the invoice's last hold ended, if any."""
        known = self._known.get((due, today, hold_ended))
        if known is None:
            known = self._known[(due, today, hold_ended)] = self._find(due, today, hold_ended)
        return known

    def _find(self, due: date, today: date, hold_ended: date | None) -> StepNow | NoStep:
        late = (today - due).days
        passed = [window for window in self._windows if window[1] <= late]
        if not passed:
            return NoStep(Reason.NOT_DUE, self._first_step_words(due))
        for step, _first, last in reversed(passed):
            if late <= last:
                return StepNow(step, "", Reason.DUE_WINDOW, due_words(late))
        step, _first, last = passed[-1]
        if step.kind is StepKind.AFTER and hold_ended is not None:
            lives = step.good_for_days or AFTER_HOLD_DAYS
            if hold_ended <= today < hold_ended + timedelta(lives):
                return StepNow(step, "", Reason.DUE_WINDOW, f"{due_words(late)}; on hold until {hold_ended}")
        return NoStep(
            Reason.EXPIRED,
            f"{due_words(late)}; the last step, {step.id}, was good until {due + timedelta(last)}",
        )

    def _first_step_words(self, due: date) -> str:
        if not self._windows:
            return "no step before or after the due date"
        step, first, _last = self._windows[0]
        return f"the first step, {step.id}, is on {due + timedelta(first)}"

    def passed(self, due: date, today: date) -> list[str]:
        """Ids of the steps whose day has come, oldest first."""
        return [step.id for step, first, _last in self._windows if first <= (today - due).days]

    def began_after(self, day: date, due: date, today: date) -> bool:
        """Whether the last step whose day has come had not come yet on `day`."""
        begun = [first for _step, first, _last in self._windows if first <= (today - due).days]
        return bool(begun) and due + timedelta(begun[-1]) > day

    def is_live(self, step_id: str, due: date, today: date) -> bool:
        late = (today - due).days
        return any(step.id == step_id and first <= late <= last for step, first, last in self._windows)


def _window(step: Step, later: Sequence[Step]) -> tuple[int, int]:
    """First and last day past due on which the step lives."""
    first = step.due_offset or 0
    if step.good_for_days is not None:
        last = first + step.good_for_days - 1
        return first, min(last, 0) if step.kind is StepKind.BEFORE else last
    if step.kind is StepKind.BEFORE:
        return first, 0
    next_day = next((s.due_offset for s in later if s.due_offset is not None and s.due_offset > first), None)
    return first, next_day - 1 if next_day is not None else first + LAST_STEP_DAYS - 1


def due_words(late: int) -> str:
    """`due in 5 days`, `due today`, `7 days past due`."""
    if late == 0:
        return "due today"
    days = "day" if abs(late) == 1 else "days"
    return f"{late} {days} past due" if late > 0 else f"due in {-late} {days}"


@dataclass(frozen=True, slots=True)
class EventInputs:
    """What event steps look at, for one invoice. Days are the company's; `first_day`: of the profile's first run.

    `settled`: when its payments settled it; None also for what happened before the first run.
    """

    first_day: date | None
    created: date | None
    modified: date | None
    settled: date | None
    told: Told | None
    payments: tuple[Payment, ...]


def event_steps(invoice: Invoice, steps: Sequence[Step], seen: EventInputs, today: date) -> list[StepNow]:
    """The event steps that live today, in the order of the configuration."""
    found = (_event_step(invoice, step, seen, today) for step in steps if step.due_offset is None)
    return [step for step in found if step is not None]


def _event_step(invoice: Invoice, step: Step, seen: EventInputs, today: date) -> StepNow | None:
    if seen.first_day is None:
        return None
    if step.kind is StepKind.CREATED:
        return _created(invoice, step, seen, today)
    if step.kind is StepKind.CHANGED:
        return _changed(invoice, step, seen, today)
    return _paid(invoice, step, seen, today)


def _lives(day: date | None, step: Step, seen: EventInputs, today: date) -> bool:
    """Whether something of `day` is still news, and happened since the profile's first run."""
    if day is None or seen.first_day is None or day < seen.first_day:
        return False
    return timedelta(0) <= today - day < timedelta(step.good_for_days or EVENT_DAYS)


def _created(invoice: Invoice, step: Step, seen: EventInputs, today: date) -> StepNow | None:
    if invoice.balance <= 0 or not _lives(seen.created, step, seen, today):
        return None
    return StepNow(step, str(seen.created), Reason.CREATED, f"created on {seen.created}")


def _changed(invoice: Invoice, step: Step, seen: EventInputs, today: date) -> StepNow | None:
    told = seen.told
    if told is None or invoice.balance <= 0 or not _lives(seen.modified, step, seen, today):
        return None
    moved = invoice.due_date != told.due_date
    more = invoice.currency == told.balance.currency and invoice.balance > told.balance.amount
    if not (moved or more):
        return None  # a part payment lowers the balance: nothing to tell
    words = f"told {told.balance.amount} {told.balance.currency} due {told.due_date} on {told.at:%Y-%m-%d}"
    return StepNow(step, f"{invoice.due_date}/{invoice.balance.normalize():f}", Reason.CHANGED, words)


def _paid(invoice: Invoice, step: Step, seen: EventInputs, today: date) -> StepNow | None:
    last = last_payment(seen.payments)
    if invoice.balance != 0 or last is None or seen.told is None:
        return None  # a credit memo or a write-off settles an invoice too, but nobody paid
    if not _lives(seen.settled, step, seen, today):
        return None
    # Who was told last that nothing is open knows it, also when another payment has taken the place of that one.
    known = seen.told.occurrence if seen.told.balance.amount == 0 else ""
    words = f"settled on {seen.settled} by a payment of {last.paid_on}"
    return StepNow(step, known or last.payment_id, Reason.PAID, words)


def last_payment(payments: Iterable[Payment]) -> Payment | None:
    """The newest by when it was entered, which nobody can edit: its id names the occurrence."""
    paid = (payment for payment in payments if payment.kind == "payment")
    return max(paid, key=_entered, default=None)


def _entered(payment: Payment) -> tuple[float, date, str]:
    entered = payment.created_at.timestamp() if payment.created_at else 0.0
    return entered, payment.paid_on or date.min, payment.payment_id


def settled_at(payments: Iterable[Payment], invoice_modified: datetime | None) -> datetime | None:
    """When the last of the payments came to the invoice, as far as NetSuite tells; None without a payment.

    A link has no date of its own, and the day on a payment may be any. Applying a payment touches the payment, and
    the invoice in most accounts (unconfirmed: facts/netsuite.md, section 9), but either is touched by other things
    too, a bank deposit or a memo: so what touched both counts, and never a day before the payment was entered.
    Where applying leaves the invoice untouched, old money that is applied late is not thanked for.
    """
    moments = (_came(p, invoice_modified) for p in payments if p.kind == "payment")
    return max((moment for moment in moments if moment), default=None)


def _came(payment: Payment, invoice_modified: datetime | None) -> datetime | None:
    created, modified = payment.created_at, payment.modified_at
    if created is None or modified is None or invoice_modified is None:
        return created
    return max(created, min(modified, invoice_modified))
