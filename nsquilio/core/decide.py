"""The decision: one answer with one reason for every invoice read, and the messages that follow from it.

Pure: the same inputs always give the same plan. The nightly run, the dry run, `--as-of`, `--days` and `why` all
come through `make_plan`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nsquilio.core.keys import fallback_key, reminder_key
from nsquilio.core.messages import Candidate, Outcomes, messages_of
from nsquilio.core.model import Action, Decision, Invoice, Money, Plan, Reason, action_of
from nsquilio.core.recipients import Recipient, first_numbers
from nsquilio.core.rule_order import (
    AFTER_STEP,
    BEFORE_STEP,
    SENT_BEFORE,
    Case,
    Context,
    Inputs,
    Rule,
    Stop,
    steps_today,
)
from nsquilio.core.steps import StepNow

_BEST_FIRST = (Action.SEND, Action.WAIT, Action.HOLD, Action.SKIP)


def make_plan(invoices: Iterable[Invoice], inputs: Inputs) -> Plan:
    """Exactly one decision per invoice, in the order read, and the messages, most overdue first."""
    context = Context(inputs)
    settled = [_settle(context, invoice) for invoice in invoices]
    candidates = [c for answer in settled if isinstance(answer, _Answer) for c in answer.candidates]
    outcomes = messages_of(candidates, context)
    decisions = tuple(
        _best(context, answer, outcomes) if isinstance(answer, _Answer) else answer for answer in settled
    )
    return Plan(decisions, outcomes.messages)


@dataclass(slots=True)
class _Answer:
    """What the rules before limits and hours say of an invoice at a step: candidates, and stops of its slots."""

    invoice: Invoice
    customer_name: str
    stops: list[tuple[str | None, Stop]]  # (step id, why)
    candidates: list[Candidate]


def _settle(context: Context, invoice: Invoice) -> _Answer | Decision:
    customer = context.inputs.customers.get(invoice.customer_id)
    name = customer.name if customer else ""
    case = Case(context, invoice, customer)
    stop = _first_stop(case, BEFORE_STEP)
    steps = stop or steps_today(case)
    if isinstance(steps, Stop):
        return _decision(context, invoice, name, None, steps)
    answer = _Answer(invoice, name, [], [])
    for case in _cases(context, invoice, steps):
        _weigh(case, answer)
    return answer


def _cases(context: Context, invoice: Invoice, steps: Sequence[StepNow]) -> list[Case]:
    """The slots of the first step that was not sent yet; an event waits for the dated step before it."""
    customer = context.inputs.customers.get(invoice.customer_id)
    for now in steps:
        cases = [Case(context, invoice, customer, now, slot) for slot in now.step.channels]
        if now is steps[-1] or any(not _is_sent(case) for case in cases):
            return cases
    return []


def _is_sent(case: Case) -> bool:
    stop = SENT_BEFORE.check(case)
    return stop is not None and stop.reason is Reason.ALREADY_SENT


def _weigh(case: Case, answer: _Answer) -> None:
    assert case.now is not None  # noqa: S101  # made by _cases only
    stop = _first_stop(case, AFTER_STEP)
    if stop is not None:
        answer.stops.append((case.now.step.id, stop))
    else:
        answer.candidates.append(_candidate(case, case.now))


def _first_stop(case: Case, rules: Sequence[Rule]) -> Stop | None:
    for rule in rules:
        stop = rule.check(case)
        if stop is not None:
            return stop
    return None


def _candidate(case: Case, now: StepNow) -> Candidate:
    assert case.customer is not None and isinstance(case.who, Recipient)  # noqa: S101  # the rules saw to it
    key = fallback_key(case.key) if case.who.is_fallback else case.key
    state = case.state(key)
    return Candidate(
        invoice=case.invoice,
        customer=case.customer,
        now=now,
        slot=case.slot,
        key=key,
        freed_at=state.at if state else None,
        recipient=case.who,
        days_past_due=case.days_past_due or 0,
    )


def _best(context: Context, answer: _Answer, outcomes: Outcomes) -> Decision:
    """The best of what the slots gave: any that sends makes it a send, else wait, then hold, then skip."""
    found = [*((c.now.step.id, outcomes.stops[c.key]) for c in answer.candidates), *answer.stops]
    step, best = found[0]
    others = ""
    if len(found) > 1:
        step, best = min(found, key=lambda each: _BEST_FIRST.index(action_of(each[1].reason)))
        others = "".join(f"; {stop.reason}: {stop.detail}" for _step, stop in found if stop is not best)
    keys = tuple(outcomes.keys[c.key] for c in answer.candidates if c.key in outcomes.keys)
    return _decision(context, answer.invoice, answer.customer_name, step, best, others, keys)


def _decision(
    context: Context,
    invoice: Invoice,
    customer_name: str,
    step: str | None,
    stop: Stop,
    others: str = "",
    message_keys: tuple[str, ...] = (),
) -> Decision:
    due = invoice.due_date
    return Decision(
        invoice_id=invoice.id,
        document_number=invoice.number,
        customer_id=invoice.customer_id,
        customer=customer_name,
        due_date=due,
        days_past_due=(context.today - due).days if due else None,
        open_balance=Money(invoice.balance, invoice.currency),
        step=step,
        reason=stop.reason,
        detail=stop.detail + others,
        not_before=stop.not_before,
        message_keys=message_keys,
    )


@dataclass(frozen=True, slots=True)
class LookUps:
    """What the decision will ask of the past: reminder keys, and numbers that may have had a text before."""

    keys: tuple[str, ...]
    numbers: frozenset[str]


def look_ups(invoices: Iterable[Invoice], inputs: Inputs) -> LookUps:
    """Only for invoices at a step today; `inputs.history` needs no `keys` and no `texted` yet."""
    context = Context(inputs)
    keys: list[str] = []
    customer_ids: set[str] = set()
    for invoice in invoices:
        steps = None if invoice.problem else steps_today(Case(context, invoice, None))
        if not steps or isinstance(steps, Stop):
            continue
        customer_ids.add(invoice.customer_id)
        for now in steps:
            for slot in now.step.channels:
                key = reminder_key(invoice.id, now.step.id, slot, now.occurrence)
                keys += (key, fallback_key(key))
    customers = (inputs.customers[id_] for id_ in customer_ids if id_ in inputs.customers)
    return LookUps(tuple(keys), frozenset(first_numbers(customers, inputs.rules.company.country)))


@dataclass(frozen=True, slots=True)
class Seen:
    """One rule as `why` shows it. `result`: "goes on", "decides" or "would stop too"."""

    rule: str
    value: str
    result: str


def explain(invoice: Invoice, inputs: Inputs, decision: Decision) -> tuple[Seen, ...]:
    """Every rule in order with the value it saw, for the decision that `make_plan` made of the same inputs."""
    context = Context(inputs)
    customer = inputs.customers.get(invoice.customer_id)
    case = Case(context, invoice, customer)
    seen = [_seen(rule, case, decision) for rule in BEFORE_STEP]
    if any(each.result != "goes on" for each in seen):
        return _marked([*seen, *_not_reached(AFTER_STEP, "step")], decision)
    steps = steps_today(case)
    if isinstance(steps, Stop):
        step_row = Seen("step", f"{steps.reason}: {steps.detail}", _result(steps, decision))
        return _marked([*seen, step_row, *_not_reached(AFTER_STEP)], decision)
    for case in _cases(context, invoice, steps):
        assert case.now is not None  # noqa: S101  # made by _cases only
        words = f"{case.now.step.id} by {case.slot}: {case.now.detail}"
        seen.append(Seen("step", words, "goes on"))
        seen += [_seen(rule, case, decision) for rule in AFTER_STEP]
    return _marked(seen, decision)


def _seen(rule: Rule, case: Case, decision: Decision) -> Seen:
    stop = rule.check(case)
    return Seen(rule.name, rule.value(case), "goes on" if stop is None else _result(stop, decision))


def _result(stop: Stop, decision: Decision) -> str:
    return "decides" if stop.reason is decision.reason else "would stop too"


def _not_reached(rules: Sequence[Rule], *before: str) -> list[Seen]:
    return [Seen(name, "", "not reached") for name in (*before, *(rule.name for rule in rules))]


def _marked(seen: list[Seen], decision: Decision) -> tuple[Seen, ...]:
    """The rows with the last rules, which look at whole messages, added."""
    when = f"not before {decision.not_before:%Y-%m-%d %H:%M} UTC" if decision.not_before else ""
    last = {
        Reason.PER_NUMBER_LIMIT: "limits",
        Reason.PER_CUSTOMER_LIMIT: "limits",
        Reason.CONTACT_HOURS: "contact hours",
        Reason.HOLIDAY: "contact hours",
    }
    rows = []
    reached = decision.action is Action.SEND or decision.reason in last
    for name in ("limits", "contact hours"):
        if not reached:
            rows.append(Seen(name, "", "not reached"))
        elif last.get(decision.reason) == name:
            rows.append(Seen(name, decision.detail, "decides"))
            reached = False
        else:
            rows.append(Seen(name, when if name == "contact hours" else "within them", "goes on"))
    sends = decision.action is Action.SEND
    rows.append(Seen("send", decision.detail if sends else "", "decides" if sends else "not reached"))
    return (*seen, *rows)
