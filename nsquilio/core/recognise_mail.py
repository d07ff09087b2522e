"""Which reminders a mail was for that the state file does not know.

SendGrid's logs show its subject, its time and the message key it carried, never its words. The key is a hash of
the reminder keys, so a set of reminders that makes the same key is the mail's for certain. Where none does, the
subject decides as far as it names invoices; what is left open is for a person. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations

from nsquilio.core.keys import message_key
from nsquilio.core.mail_wording import mail_for
from nsquilio.core.message_words import TextItem
from nsquilio.core.messages import OVERDUE, UPCOMING
from nsquilio.core.model import Invoice, Reminder
from nsquilio.core.recognise import Recogniser, reminder_of
from nsquilio.core.rules import Slot, Step, StepKind
from nsquilio.core.same_text import is_alike, is_named, says_more
from nsquilio.core.wording import WordingFailed

_MOST_TRIED = 12
"""Of so many reminders every selection is tried: 4096 hashes, a few milliseconds."""

_WHOLE_SUBJECT = 120
"""A longer subject may have been cut before its last document number."""

_ANOTHER = "NSQ-0000001"


@dataclass(frozen=True, slots=True)
class MailAbout:
    """`told`: what it was for, planned or not. `unclear`: planned reminders that it may have been for too."""

    told: tuple[Reminder, ...] = ()
    unclear: tuple[Reminder, ...] = ()


def mail_about(
    key: str, subject: str, at: datetime, planned: Sequence[Reminder], recogniser: Recogniser
) -> MailAbout:
    """`key`: of the mail; `planned`: reminders of that customer and kind which are to go out now."""
    possible = [reminder for reminder in planned if recogniser.could_tell(reminder, at)]
    customer_id, _, rest = key.partition(":")
    kind = rest.rpartition(":")[0]
    others = _others(customer_id, kind, at, {reminder.invoice_id for reminder in planned}, recogniser)
    proven = _that_makes(key, customer_id, kind, [*possible, *others])
    if proven:
        return MailAbout(proven)
    if not possible:
        return MailAbout()
    names_all = _names_all(subject, kind, possible[0], recogniser)
    told = [r for r in possible if is_named(r.document_number, subject)]
    unclear = [r for r in told if recogniser.can_come_again(r)]
    unclear += [r for r in possible if r not in told and not names_all]
    return MailAbout(tuple(r for r in told if r not in unclear), tuple(unclear))


def _that_makes(key: str, customer_id: str, kind: str, pool: Sequence[Reminder]) -> tuple[Reminder, ...]:
    """The reminders whose keys make this message key; empty where none of the selections tried does."""
    for chosen in _selections(pool):
        if message_key(customer_id, kind, (reminder.key for reminder in chosen), None) == key:
            return chosen
    return ()


def _selections(pool: Sequence[Reminder]) -> Iterator[tuple[Reminder, ...]]:
    """All of them where they are few; else the whole, all but one, and each alone."""
    many = len(pool) > _MOST_TRIED
    sizes = {len(pool), len(pool) - 1, 1} - {0} if many else range(len(pool), 0, -1)
    for size in sizes:
        yield from combinations(pool, size)


def _others(
    customer_id: str, kind: str, at: datetime, besides: set[str], recogniser: Recogniser
) -> Iterator[Reminder]:
    """What the mail may have told besides: the customer's other invoices, as they stood that day."""
    _customer, invoices = recogniser.of_customer(customer_id)
    for invoice in invoices:
        step, occurrence = _then(invoice, kind, at, recogniser)
        slot = _mail_slot(step) if step else None
        if step and slot and kind == _kind(step) and invoice.id not in besides:
            late = (recogniser.day(at) - invoice.due_date).days if invoice.due_date else 0
            yield reminder_of(invoice, step, slot, occurrence, late)


def _then(invoice: Invoice, kind: str, at: datetime, recogniser: Recogniser) -> tuple[Step | None, str]:
    """The step that a mail of this kind was for, with the occurrence; of later events nothing is known."""
    step = recogniser.steps.get(kind)
    if step is None or step.due_offset is not None:
        return recogniser.newest_step(invoice, at), ""
    if step.kind is not StepKind.CREATED or invoice.created_at is None:
        return None, ""
    return step, str(recogniser.day(invoice.created_at))


def _mail_slot(step: Step) -> Slot | None:
    if not step.email:
        return None
    return next((slot for slot in ("email", "preferred") if slot in step.channels), None)


def _kind(step: Step) -> str:
    """What may share a message, as `core.messages` names it."""
    if step.due_offset is None:
        return step.id
    return OVERDUE if step.kind is StepKind.AFTER else UPCOMING


def _names_all(subject: str, kind: str, reminder: Reminder, recogniser: Recogniser) -> bool:
    """Whether the subject, had it been this reminder's too, would name its invoice or say that there are more.

    Told by today's templates, so the subject must be one of theirs.
    """
    invoice = recogniser.invoice(reminder.invoice_id)
    if invoice is None or says_more(subject) or len(subject) > _WHOLE_SUBJECT:
        return False
    steps = [step for step in recogniser.steps.values() if step.email and _kind(step) == kind]
    another = replace(invoice, id="", number=_ANOTHER)
    both = [_subject(step, [invoice, another], recogniser) for step in steps]
    alike = any(is_alike(_subject(step, [invoice], recogniser), subject) for step in steps)
    return alike and all(
        is_named(invoice.number, words) and (is_named(_ANOTHER, words) or says_more(words)) for words in both
    )


def _subject(step: Step, invoices: Sequence[Invoice], recogniser: Recogniser) -> str:
    customer, _invoices = recogniser.of_customer(invoices[0].customer_id)
    if customer is None:
        return ""
    items = [TextItem(invoice, 0) for invoice in invoices]
    try:
        return mail_for(step, items, customer, recogniser.company, customer.language).subject
    except WordingFailed:
        return ""
