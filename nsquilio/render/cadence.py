"""The reminder steps and contact rules read back in words: "5 days before the due date, …".

So that a wrong sign or a wrong hour is seen before it is sent. Says what the rules say; decides nothing.
"""

from __future__ import annotations

from datetime import time

from nsquilio.core.rules import END_OF_DAY, ContactRules, Hours, Rules, Step, StepKind
from nsquilio.core.steps import EVENT_DAYS, LAST_STEP_DAYS

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_EVENTS = {
    StepKind.CREATED: "when the invoice is created",
    StepKind.CHANGED: "when the due date changes or the balance grows after we wrote about it",
    StepKind.PAID: "when an invoice we wrote about is paid",
}
_SLOTS = {
    "preferred": "by text or e-mail as the customer prefers",
    "sms": "by text",
    "email": "by e-mail",
}


def cadence(rules: Rules) -> list[tuple[str, str]]:
    """(step id, words) in the order of the days, event steps last."""
    steps = rules.reminders.steps
    dated = sorted((s for s in steps if s.due_offset is not None), key=lambda s: s.due_offset or 0)
    events = [step for step in steps if step.due_offset is None]
    rows = [(step.id, f"{_when(step)}{_until(step, dated[n + 1 :])}") for n, step in enumerate(dated)]
    rows += [
        (step.id, f"{_EVENTS[step.kind]}, for {_days(step.good_for_days or EVENT_DAYS)}") for step in events
    ]
    channels = {step.id: " and ".join(_SLOTS[slot] for slot in step.channels) for step in steps}
    return [(step, f"{words}; {channels[step]}") for step, words in rows]


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


def _when(step: Step) -> str:
    if step.days == 0:
        return "on the due date"
    side = "before" if step.kind is StepKind.BEFORE else "after"
    return f"{_days(step.days)} {side} the due date"


def _until(step: Step, later: list[Step]) -> str:
    """How long it is made up for when a night is missed."""
    if step.good_for_days is not None:
        return f", good for {_days(step.good_for_days)}"
    if step.kind is StepKind.BEFORE:
        return ", at the latest on the due date"
    following = next((s for s in later if (s.due_offset or 0) > step.days), None)
    if following is None:
        return f", good for {_days(LAST_STEP_DAYS)}"
    return f", until {following.id} takes its place"


def contact_words(rules: Rules) -> list[str]:
    contact = rules.contact
    return [
        f"Texts arrive {hours_words(contact.hours, ' where the customer is')}"
        f"{', never on public holidays there' if contact.holidays else ''}.",
        f"E-mails arrive {hours_words(contact.email_hours, ' where the customer is')}.",
        f"{_limits(contact)}{_earlier(rules)}",
    ]


def _limits(contact: ContactRules) -> str:
    texts = f"{contact.per_number_per_day} text{'s' if contact.per_number_per_day > 1 else ''}"
    return (
        f"At most {texts} to a number a day, and {contact.customer_contacts} contacts with a customer in"
        f" {_days(contact.customer_days)}."
    )


def _earlier(rules: Rules) -> str:
    if rules.contact.schedule_ahead and rules.messaging_service:
        return " Texts outside the hours are handed over at once and leave when the hours begin."
    return " Texts outside the hours wait for a run inside them."


def hours_words(hours: Hours | None, place: str = "") -> str:
    """`Mon to Sat between 09:00 and 20:00, never on Sun`; `place` stands behind the times."""
    if hours is None:
        return "at any hour"
    groups: list[tuple[list[str], tuple[time, time]]] = []
    for name, window in zip(_DAYS, hours.by_weekday, strict=True):
        if window is None:
            continue
        if groups and groups[-1][1] == window and _follow(groups[-1][0][-1], name):
            groups[-1][0].append(name)
        else:
            groups.append(([name], window))
    parts = [f"{_span(names)} between {_clock(a)} and {_clock(b)}" for names, (a, b) in groups]
    closed = [name for name, window in zip(_DAYS, hours.by_weekday, strict=True) if window is None]
    never = f", never on {' or '.join(closed)}" if closed and parts else ""
    return f"{', '.join(parts)}{place}{never}" if parts else "never"


def _follow(before: str, name: str) -> bool:
    return _DAYS.index(name) == _DAYS.index(before) + 1


def _span(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"


def _clock(at: time) -> str:
    return "24:00" if at == END_OF_DAY else f"{at:%H:%M}"
