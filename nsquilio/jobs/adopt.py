"""Takes over what went out without the state file: sent by a lost file, another machine, or by hand.

Every `remind` does it before it plans, so that nothing goes out twice. Exact is what NetSuite logged
(`rebuild`); other texts are recognised in Twilio's own lists, mails in SendGrid's logs (`adopt_mails`). What
could be one of tonight's reminders and fits none stops the run: a person decides. Nothing is sent here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from nsquilio.core.decide import make_plan
from nsquilio.core.inputs import Inputs
from nsquilio.core.model import Customer, Invoice, Payment, Plan, Reminder
from nsquilio.core.money_words import money_words
from nsquilio.core.recognise import Recognised, Recogniser, reminder_of, text_slot
from nsquilio.core.rules import Step, StepKind
from nsquilio.core.same_text import is_alike, normalised
from nsquilio.core.steps import last_payment
from nsquilio.errors import Braked
from nsquilio.jobs.adopt_mails import adopt_mails, waiting_mails
from nsquilio.jobs.continuity import Continuity, keep_head, look_back
from nsquilio.jobs.foreign import adopted_text, when
from nsquilio.jobs.reading import Read, company_day
from nsquilio.jobs.rebuild import CURSOR as NETSUITE_CURSOR
from nsquilio.jobs.rebuild import rebuild, unread_since
from nsquilio.jobs.results import Tally
from nsquilio.jobs.services import Services
from nsquilio.jobs.taken_over import TakenOver, leave_to_a_person, tell
from nsquilio.jobs.undated import undated_texts
from nsquilio.remote.twilio_rows import MessageRow
from nsquilio.store.past import COUNTS, NOTHING_OF_OURS, OPEN

CURSOR = "twilio.adopted"
OVERLAP = timedelta(hours=72)
FURTHEST = timedelta(days=399)


def first_unjudged_day(services: Services, now: datetime) -> date:
    """From when on texts are listed: `pull-inbound` moves its own cursor without judging what others sent."""
    reached = services.store.runs.cursor(CURSOR)
    if reached is None:
        return (now - FURTHEST).date()
    return max(min(datetime.fromisoformat(reached), now) - OVERLAP, now - FURTHEST).date()


def plan_with_past(
    services: Services,
    read: Read,
    foreign: Sequence[MessageRow],
    make_inputs: Callable[[], Inputs],
    tally: Tally,
) -> tuple[Plan, Inputs]:
    """The decision, once all that went out is known. Raises `Braked` when that cannot be established."""
    now = services.clock()
    past = TakenOver(look_back(services))
    rows = _rows(services, foreign, past, now)
    _rebuild(services, rows, past, now)
    recogniser = _adopt_texts(services, read, rows, past, now)
    if past.earliest is not None:
        services.store.runs.mark_first_run(past.earliest)
    try:
        plan, inputs = _without_what_went_out(services, read, make_inputs, recogniser, past, now)
    finally:
        tell(services, past, tally, now)  # mails are known only now
    if past.mails_wait is not None:
        plan = waiting_mails(plan, past.mails_wait, tally)
    unclear = [row for row, of in past.strangers if _could_be_tonights(row, of, plan, recogniser)]
    if unclear:
        _stop(services, unclear, now)
    services.store.runs.set_cursor(CURSOR, now.isoformat())
    services.store.runs.set_cursor(NETSUITE_CURSOR, now.isoformat())
    keep_head(services)
    return plan, inputs


def _without_what_went_out(
    services: Services,
    read: Read,
    make_inputs: Callable[[], Inputs],
    recogniser: Recogniser,
    past: TakenOver,
    now: datetime,
) -> tuple[Plan, Inputs]:
    """Planned again until nothing in it turns out to be settled: the next plan may hold what waited behind."""
    while True:
        inputs = make_inputs()
        plan = make_plan(read.invoices, inputs)
        if not _beside_the_plan(services, plan, recogniser, past, now):
            return plan, inputs


def _rows(
    services: Services, foreign: Sequence[MessageRow], past: TakenOver, now: datetime
) -> dict[str, MessageRow]:
    """Texts in the company's name that the file does not know, by SID; those without words go apart."""
    rows = {row.sid: row for row in (*foreign, *undated_texts(services, now))}
    known = services.store.messages.by_sids(rows)
    rows = {sid: row for sid, row in rows.items() if sid not in known}
    past.unread = [row for row in rows.values() if not row.body.strip()]
    name = normalised(services.rules.company.name)
    return {sid: row for sid, row in rows.items() if name in normalised(row.body)}


def _rebuild(services: Services, rows: dict[str, MessageRow], past: TakenOver, now: datetime) -> None:
    listed = {**rows, **{row.sid: row for row in past.unread}}
    is_whole = past.continuity is Continuity.WHOLE
    past.rebuilt = rebuild(services, unread_since(services, now), listed, now, with_opt_outs=not is_whole)
    past.earliest = past.rebuilt.earliest
    for sid in past.rebuilt.sids:
        rows.pop(sid, None)
    past.unread = [row for row in past.unread if row.sid not in past.rebuilt.sids]


def _adopt_texts(
    services: Services, read: Read, rows: dict[str, MessageRow], past: TakenOver, now: datetime
) -> Recogniser:
    recogniser = _recogniser(services, read, rows.values(), past)
    judged = services.store.past.judgements()
    found: list[tuple[MessageRow, Recognised]] = []
    for row in rows.values():
        judgement, at = judged.get(row.sid), when(row)
        if judgement == NOTHING_OF_OURS or at is None:
            continue
        recognised = recogniser.recognise(row.body, row.to, at)
        if recognised.strangers and judgement == COUNTS:
            recognised = recogniser.by_a_persons_word(recognised.strangers, at)
        if recognised.strangers:
            past.strangers.append((row, recognised.strangers))
        if recognised.reminders or recognised.events:
            found.append((row, recognised))
    payments = _payments([invoice.id for _row, each in found for invoice, _step in each.events], services)
    for row, each in found:
        events = [r for invoice, step in each.events for r in _event(invoice, step, payments, services)]
        if each.customer is not None:
            _take(services, row, each.customer, [*each.reminders, *events], past, now)
    return recogniser


def _recogniser(services: Services, read: Read, rows: Iterable[MessageRow], past: TakenOver) -> Recogniser:
    """Against tonight's invoices; a file that has forgotten also learns what was said about others."""
    plain = Recogniser(read.invoices, read.customers, services.rules)
    if past.continuity is Continuity.WHOLE:
        return plain
    wanted = sorted({word for row in rows for word in plain.unknown_numbers(row.body)})
    known = {invoice.id for invoice in read.invoices}
    further = [i for i in services.netsuite.invoices_by_number(wanted) if i.id not in known] if wanted else []
    missing = {invoice.customer_id for invoice in further} - read.customers.keys()
    more = {c.id: c for c in services.netsuite.customers(sorted(missing))} if missing else {}
    return Recogniser([*read.invoices, *further], {**read.customers, **more}, services.rules)


def _payments(invoice_ids: Sequence[str], services: Services) -> dict[str, list[Payment]]:
    grouped: dict[str, list[Payment]] = {}
    for payment in services.netsuite.payments_of(sorted(set(invoice_ids)), moments=True):
        grouped.setdefault(payment.invoice_id, []).append(payment)
    return grouped


def _event(
    invoice: Invoice, step: Step, payments: dict[str, list[Payment]], services: Services
) -> list[Reminder]:
    """Under the key that `core.steps` would give the same event tonight."""
    occurrence = _occurrence(invoice, step, payments.get(invoice.id, []), services)
    slot = text_slot(step)
    return [reminder_of(invoice, step, slot, occurrence, 0)] if occurrence and slot else []


def _occurrence(invoice: Invoice, step: Step, payments: Sequence[Payment], services: Services) -> str:
    if step.kind is StepKind.PAID:
        last = last_payment(payments)
        return last.payment_id if last else ""
    if step.kind is StepKind.CREATED:
        return str(company_day(services.rules, invoice.created_at)) if invoice.created_at else ""
    return f"{invoice.due_date}/{invoice.balance.normalize():f}"


def _take(
    services: Services,
    row: MessageRow,
    customer: Customer,
    reminders: Sequence[Reminder],
    past: TakenOver,
    now: datetime,
) -> None:
    if services.store.messages.adopt(adopted_text(row, customer, reminders, now, services), "adopted", now):
        past.sids.append(row.sid)
        past.numbers.update(reminder.document_number for reminder in reminders)
        past.earliest = min(past.earliest or now, when(row) or now)


# --- beside the plan ---


def _beside_the_plan(
    services: Services, plan: Plan, recogniser: Recogniser, past: TakenOver, now: datetime
) -> bool:
    """Whether planned messages turned out to be settled, so that the plan is another one."""
    changed = adopt_mails(services, plan, recogniser, past, now)
    return _unread_texts(services, plan, recogniser, past, now) or changed


def _unread_texts(
    services: Services, plan: Plan, recogniser: Recogniser, past: TakenOver, now: datetime
) -> bool:
    """Where something is forgotten, a text without words to the same number may be the planned one."""
    if not past.in_doubt or not past.unread:
        return False
    unread: dict[str, list[datetime]] = {}
    for row in past.unread:
        if services.twilio.is_from_our_sender(row):
            unread.setdefault(row.to, []).append(when(row) or now)
    doubtful = [
        message
        for message in plan.messages
        for at in unread.get(message.to, ())
        if any(recogniser.begun(reminder.due_date, reminder.step, at) for reminder in message.reminders)
    ]
    why = "a text whose words are gone went to this number before the state file was lost"
    return leave_to_a_person(services, doubtful, why, now)


def _could_be_tonights(
    row: MessageRow, invoices: Iterable[Invoice], plan: Plan, recogniser: Recogniser
) -> bool:
    """It went to a number that is not the customer's now, but says what a planned message says."""
    named, at = {invoice.id for invoice in invoices}, when(row)
    for message in plan.messages:
        for reminder in message.reminders:
            if at is None or reminder.invoice_id not in named:
                continue
            amount = normalised(money_words(reminder.balance))
            says_the_same = amount in normalised(row.body) or is_alike(message.body, row.body)
            if says_the_same and recogniser.begun(reminder.due_date, reminder.step, at):
                return True
    return False


def _stop(services: Services, rows: Sequence[MessageRow], now: datetime) -> None:
    services.store.past.judge([(row.sid, row.to) for row in rows], OPEN, now)
    first = rows[0]
    others = f" (and {len(rows) - 1} more)" if len(rows) > 1 else ""
    raise Braked(
        "A text in the company's name about an invoice that is due tonight went to a number that is not its"
        f" customer's: {first.sid} of {when(first):%Y-%m-%d %H:%M} UTC{others}. It may be tonight's reminder."
        " Nothing was sent.",
        f"Look at it in Twilio's console, then `nsquilio resolve {first.sid} --sent` (it was the reminder) or"
        " `--resend` (it was not).",
        code="past_unclear",
    )
