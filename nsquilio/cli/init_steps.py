"""The reminder steps that `init` offers: when they go out, and texts for each kind. Only words, no rules."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

USUAL = "-5,1,7,14,paid"

_CLOSE = "Questions? {{ company.contact }}"
_SMS = {
    "before": "{{ company.name }}: invoice {{ invoice.number }} for {{ invoice.balance }} is due"
    " {{ invoice.due_date }}. Questions? {{ company.contact }}. Reply STOP to opt out.",
    "due": "{{ company.name }}: invoice {{ invoice.number }} for {{ invoice.balance }} is due today."
    " Questions? {{ company.contact }}. Reply STOP to opt out.",
    "late": "{{ company.name }}: invoice {{ invoice.number }} for {{ invoice.balance }} was due"
    " {{ invoice.due_date }}. If you have paid, thank you. Questions? {{ company.contact }}",
    "overdue": "{{ company.name }}: {{ total }} is past due, the oldest invoice {{ invoice.number }} since"
    " {{ invoice.due_date }}. When can we expect payment? {{ company.contact }}",
    "paid": "{{ company.name }}: thank you, invoice {{ invoice.number }} is paid.",
    "created": "{{ company.name }}: your invoice {{ invoice.number }} for {{ invoice.balance }} is due"
    " {{ invoice.due_date }}. Questions? {{ company.contact }}. Reply STOP to opt out.",
    "changed": "{{ company.name }}: invoice {{ invoice.number }} has changed: {{ invoice.balance }}, due"
    " {{ invoice.due_date }}. Questions? {{ company.contact }}",
}
_MAIL = {
    "before": (
        "Invoice {{ invoice.number }} is due {{ invoice.due_date }}",
        "invoice {{ invoice.number }} for {{ invoice.balance }} is due on {{ invoice.due_date }}.",
    ),
    "due": (
        "Invoice {{ invoice.number }} is due today",
        "invoice {{ invoice.number }} for {{ invoice.balance }} is due today, {{ invoice.due_date }}.",
    ),
    "late": (
        "Invoice {{ invoice.number }} was due {{ invoice.due_date }}",
        "invoice {{ invoice.number }} for {{ invoice.balance }} was due on {{ invoice.due_date }}. If you "
        "have paid"
        " already, thank you.",
    ),
    "overdue": (
        "Past due: {{ total }}",
        "{{ total }} is past due, the oldest invoice {{ invoice.number }} since {{ invoice.due_date }}. "
        "Please tell us"
        " when we can expect your payment, or what keeps you from paying.",
    ),
    "paid": (
        "Thank you for your payment of invoice {{ invoice.number }}",
        "we have received your payment for invoice {{ invoice.number }}. Thank you!",
    ),
    "created": (
        "Your invoice {{ invoice.number }}",
        "invoice {{ invoice.number }} for {{ invoice.balance }} is due on {{ invoice.due_date }}.",
    ),
    "changed": (
        "Invoice {{ invoice.number }} has changed",
        "invoice {{ invoice.number }} now asks for {{ invoice.balance }}, due on {{ invoice.due_date }}.",
    ),
}
_EVENTS = ("created", "changed", "paid")
_FIRM_FROM = 7
"""Days past due from which the wording asks for a date."""


def read_steps(text: str) -> tuple[str, ...]:
    """`-5,0,7,paid`: days from the due date, negative before it, and events. `ValueError` in words."""
    named = [part.strip().lower() for part in text.split(",") if part.strip()]
    steps = [str(int(part)) if re.fullmatch(r"[+-]?[0-9]{1,3}", part) else part for part in named]
    wrong = [step for step in steps if step not in _EVENTS and not re.fullmatch(r"-?[0-9]{1,3}", step)]
    if wrong or not steps:
        what = f"{wrong[0]!r} is no step" if wrong else "there is no step"
        raise ValueError(f"{what}; write days from the due date and events, like {USUAL}")
    if len(set(steps)) != len(steps):
        raise ValueError("a step is named twice")
    if any(int(step) < -365 for step in steps if step not in _EVENTS):
        raise ValueError("no step can be more than 365 days before the due date")
    days = sorted((step for step in steps if step not in _EVENTS), key=int)
    return (*days, *(step for step in _EVENTS if step in steps))


def steps_lines(steps: tuple[str, ...], *, with_mail: bool) -> Iterator[str]:
    for number, step in enumerate(steps):
        kind = _kind(step)
        if number:
            yield ""
        yield f"    - id: {_id(step)}"
        yield f"      {_when(step)}"
        yield f"      sms: {json.dumps(_SMS[kind])}"
        if with_mail:
            yield from _mail(*_MAIL[kind])


def _mail(subject: str, sentence: str) -> Iterator[str]:
    yield "      email:"
    yield f"        subject: {json.dumps(subject)}"
    yield "        text: |"
    lines = ("Dear {{ customer.name }},", "", sentence, "", _CLOSE, "{{ company.name }}")
    yield from (f"          {line}".rstrip() for line in lines)


def _kind(step: str) -> str:
    if step in _EVENTS:
        return step
    days = int(step)
    if days < 0:
        return "before"
    return "due" if days == 0 else "late" if days < _FIRM_FROM else "overdue"


def _id(step: str) -> str:
    if step in _EVENTS:
        return "thanks" if step == "paid" else step
    days = int(step)
    return f"upcoming-{-days}" if days < 0 else f"late-{days}" if days else "due"


def _when(step: str) -> str:
    if step in _EVENTS:
        return f"on: {step}"
    return f"days_before_due: {-int(step)}" if step.startswith("-") else f"days_after_due: {step}"
