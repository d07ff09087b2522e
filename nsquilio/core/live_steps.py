"""At which steps an invoice is today, dated ones and those of events, or why at none.

Knows nothing of customers' addresses or of what was sent before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from nsquilio.core.case import Context, Stop
from nsquilio.core.model import Invoice, Reason
from nsquilio.core.steps import NoStep, StepNow, due_words, event_steps


def steps_today(context: Context, invoice: Invoice, due: date) -> Sequence[StepNow] | Stop:
    """The steps that may go out today: the newest live dated one, then those of events; or why there is none.

    Worked out once a due date for all invoices that nothing else has a say in.
    """
    if not context.is_by_due_date_alone(invoice):
        return _worked_out(context, invoice, due)
    known = context.steps_by_due.get(due)
    if known is None:
        known = context.steps_by_due[due] = _worked_out(context, invoice, due)
    return known


def _worked_out(context: Context, invoice: Invoice, due: date) -> Sequence[StepNow] | Stop:
    dated = _dated_step(context, invoice, due)
    events = _events(context, invoice) if context.may_have_event(invoice) else []
    if isinstance(dated, StepNow):
        return [dated, *events]
    return events or Stop(dated.reason, dated.detail)


def _events(context: Context, invoice: Invoice) -> list[StepNow]:
    events = event_steps(invoice, context.reminders.steps, context.event_inputs(invoice), context.today)
    chosen = context.inputs.narrowing.steps
    return [event for event in events if chosen is None or event.step.id in chosen]


def _dated_step(context: Context, invoice: Invoice, due: date) -> StepNow | NoStep:
    if invoice.balance <= 0:
        return NoStep(Reason.EXPIRED, "nothing is open any more")
    found = context.dated.today(due, context.today, context.hold_ended(invoice))
    chosen = context.inputs.narrowing.steps
    if chosen is None or (isinstance(found, StepNow) and found.step.id in chosen):
        return found
    if any(context.dated.is_live(step, due, context.today) for step in chosen) and isinstance(found, StepNow):
        return NoStep(
            Reason.SUPERSEDED,
            f"{found.step.id} has taken its place ({due_words((context.today - due).days)})",
        )
    return NoStep(Reason.FILTERED, "not at a step asked for")
