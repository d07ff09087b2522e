"""The `reminders` section: steps, their days, channels and texts, and what cannot be true of them at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from collections.abc import Mapping as ReadOnly
from decimal import Decimal
from typing import cast

from nsquilio.config import fields
from nsquilio.config.problems import shown
from nsquilio.config.section import Section
from nsquilio.config.yaml_source import Mapping, Scalar
from nsquilio.core.rules import BalanceLimits, MailText, ReminderRules, Slot, Step, StepKind

_STEP_ID = fields.form(
    r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", "a step id: up to 40 letters, digits, '-' and '_', no blanks"
)
_DAY_KEYS = {"days_before_due": StepKind.BEFORE, "days_after_due": StepKind.AFTER, "on": StepKind.CREATED}
_LONGEST_DAYS = 3650


CheckStep = Callable[[Step], list[str]]


def read_reminders(section: Section, can_mail: bool, check_step: CheckStep) -> ReminderRules:
    """`can_mail`: a mail service is configured, so "preferred" may mean e-mail. `check_step`: see `build`."""
    look_ahead = section.get("look_ahead_days", fields.whole(0, 365), 7)
    smallest = read_balance(section, "smallest_balance", Decimal("5.00"))
    largest = read_balance(section, "largest_balance", Decimal("50000.00"))
    _check_balances(section, smallest, largest)
    if not section.has("steps"):
        section.problem("", "needs steps: a list of at least one reminder step")
    listed = section.subs("steps")
    steps = [read_step(step, look_ahead, can_mail, check_step) for step in listed]
    _check_together(listed, steps)
    rules = ReminderRules(
        look_ahead_days=look_ahead,
        smallest_balance=smallest,
        largest_balance=largest,
        fallback_to_email=section.get("fallback_to_email", fields.boolean, True),
        steps=tuple(steps),
    )
    section.done()
    return rules


def read_balance(section: Section, key: str, default: Decimal) -> BalanceLimits:
    """One amount for all currencies, or a mapping of currency to amount; `none`: no limit."""
    found = section.node(key)
    if found is None:
        if section.has(key):
            section.problem(key, "has no value; write an amount, or none for no limit")
        return BalanceLimits(default, {})
    if isinstance(found[1], Mapping):
        return BalanceLimits(None, _by_currency(section.sub(key)))
    if isinstance(found[1], Scalar) and found[1].text == "none":
        return BalanceLimits(None, {})
    return BalanceLimits(section.value(key, found[1], fields.decimal), {})


def _by_currency(amounts: Section) -> ReadOnly[str, Decimal]:
    limits = {}
    for key, node in amounts.open_keys():
        amount = amounts.value(key, node, fields.decimal)
        try:
            limits[fields.currency(key)] = amount or Decimal(0)
        except ValueError as error:
            amounts.problem(key, str(error))
    return limits


def _check_balances(section: Section, smallest: BalanceLimits, largest: BalanceLimits) -> None:
    for currency in sorted({"", *smallest.by_currency, *largest.by_currency}):
        low, high = smallest.for_currency(currency), largest.for_currency(currency)
        if low is not None and high is not None and low > high:
            name = f" {currency}" if currency else ""
            text = f"{low}{name} is above largest_balance {high}{name}; no invoice would ever be sent"
            section.problem("smallest_balance", text)


def read_step(section: Section, look_ahead: int, can_mail: bool, check_step: CheckStep) -> Step:
    problems_before = len(section.known.problems.found)
    step_id = section.need("id", _STEP_ID, "")
    kind, days = _read_day(section, look_ahead)
    step = Step(
        id=step_id,
        kind=kind,
        days=days,
        channels=_read_channels(section, can_mail),
        good_for_days=section.maybe("good_for_days", fields.whole(1, _LONGEST_DAYS)),
        sms=_read_sms(section),
        email=_read_email(section),
    )
    _check_texts(section, step, can_mail)
    if len(section.known.problems.found) == problems_before:
        for text in check_step(step):
            _report_text(section, text)
    section.done()
    return step


def _read_day(section: Section, look_ahead: int) -> tuple[StepKind, int]:
    """When the step begins: exactly one of three keys says so."""
    before = section.maybe("days_before_due", fields.whole(0, _LONGEST_DAYS))
    after = section.maybe("days_after_due", fields.whole(0, _LONGEST_DAYS))
    event = section.maybe("on", fields.one_of("created", "changed", "paid"))
    written = [key for key in _DAY_KEYS if section.has(key)]
    if len(written) != 1:
        both = f"; it has {' and '.join(written)}" if written else ""
        section.problem("", f"a step needs one of days_before_due, days_after_due and on{both}")
    if before == 0:
        section.problem("days_before_due", "0 is the due date itself; write days_after_due: 0")
    elif before is not None and before > look_ahead:
        text = f"{before} is more than look_ahead_days ({look_ahead}), so its invoices would be read too late"
        section.problem("days_before_due", text)
    if before is not None:
        return StepKind.BEFORE, before
    return (StepKind(event), 0) if event else (StepKind.AFTER, after or 0)


def _read_channels(section: Section, can_mail: bool) -> tuple[Slot, ...]:
    channels = section.many("channels", fields.one_of("preferred", "sms", "email"), ("preferred",))
    if not channels and section.has("channels"):
        section.problem("channels", "names no channel; it is preferred, sms, email, or sms and email")
    if "preferred" in channels and len(channels) > 1:
        section.problem("channels", "preferred stands alone: it is the customer's choice of one channel")
    repeated = [channel for channel, times in Counter(channels).items() if times > 1]
    if repeated:
        section.problem("channels", f"{repeated[0]} is named twice")
    if "email" in channels and not can_mail:
        section.problem("channels", "e-mail needs a mail service; fill in email.sendgrid")
    return cast("tuple[Slot, ...]", channels)


def _check_texts(section: Section, step: Step, can_mail: bool) -> None:
    wanted = set(step.channels)
    if "preferred" in wanted:
        wanted |= {"sms", "email"} if can_mail else {"sms"}
    for channel, texts in (("sms", step.sms), ("email", step.email)):
        if channel in wanted and not texts and not section.has(channel):
            uses = ", ".join(step.channels)
            section.problem(channel, f"is missing, and the step may use {channel} (channels: {uses})")


def _report_text(section: Section, text: str) -> None:
    """Put "email.subject (de): words" on the line and path of that text, however its keys are spelt."""
    match = re.fullmatch(r"(sms|email)(?:\.(\w+))?(?: \((\w+)\))?: (.+)", text, re.DOTALL)
    if not match:
        section.problem("", text)
        return
    channel, part, language, words = match.groups()
    below = [name for name in (language, part) if name]
    section.problem_below(channel, below, lambda key: key.lower().replace("-", "_"), words)


def _language(key: str) -> str:
    lower = key.lower().replace("-", "_")
    if lower != "default" and not re.fullmatch(r"[a-z]{2,3}(_[a-z]{2,4}|_[0-9]{3})?", lower):
        raise ValueError(f"{shown(key)} is not a language, like en, de or fr_CA")
    return "" if lower == "default" else lower


def _with_default(texts: dict[str, fields._Value]) -> dict[str, fields._Value]:
    """The first language also serves customers without one, unless `default` is written."""
    if texts and "" not in texts:
        return {"": next(iter(texts.values())), **texts}
    return texts


def _read_sms(section: Section) -> ReadOnly[str, str]:
    found = section.node("sms")
    if found is None:
        if section.has("sms"):
            section.problem("sms", "has no value; write the text, or leave the line out")
        return {}
    if not isinstance(found[1], Mapping):
        text = section.value("sms", found[1], fields.text)
        return {} if text is None else {"": text}
    languages = section.sub("sms")
    texts = {}
    for key, node in languages.open_keys():
        text = languages.value(key, node, fields.text)
        try:
            texts[_language(key)] = text or ""
        except ValueError as error:
            languages.problem(key, str(error))
    return _with_default(texts)


def _read_email(section: Section) -> ReadOnly[str, MailText]:
    found = section.node("email")
    if found is None:
        if section.has("email"):
            section.problem("email", "has no value; write {subject: …, text: …}, or leave the line out")
        return {}
    if not isinstance(found[1], Mapping):
        section.problem("email", "must be {subject: …, text: …}, or that for each language")
        return {}
    mail = section.sub("email")
    if not all(isinstance(node, Mapping) for _line, node in found[1].entries.values()):
        return {"": _read_mail(mail)}
    texts = {}
    for key, _node in mail.open_keys():
        try:
            texts[_language(key)] = _read_mail(mail.sub(key))
        except ValueError as error:
            mail.problem(key, str(error))
    return _with_default(texts)


def _read_mail(mail: Section) -> MailText:
    text = MailText(
        subject=mail.need("subject", fields.line, ""),
        text=mail.need("text", fields.text, ""),
        html=mail.maybe("html", fields.text),
    )
    mail.done()
    return text


def _check_together(sections: list[Section], steps: list[Step]) -> None:
    """No id and no day twice: a reminder key and "the newest live step" must each mean one step."""
    ids: dict[str, int] = {}
    days: dict[tuple[str, int], str] = {}
    for section, step in zip(sections, steps, strict=True):
        if step.id and step.id.lower() in ids:
            section.problem("id", f"{step.id!r} is the id of the step on line {ids[step.id.lower()]} too")
        ids.setdefault(step.id.lower(), section.line)
        day = (step.kind.value, step.days)
        if day in days and step.id:
            section.problem(
                "", f"step {step.id!r} begins on the same day as {days[day]!r}; only one could be sent"
            )
        days.setdefault(day, step.id)
