"""The decision: one answer with one reason for every invoice read, and the messages that follow from it.

Pure: the same inputs always give the same plan. The nightly run, the dry run, `--as-of`, `--days` and `why` all
come through `make_plan`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nsquilio.core.case import Case, Context, Stop
from nsquilio.core.drafts import quick
from nsquilio.core.inputs import Inputs
from nsquilio.core.keys import fallback_key, reminder_key
from nsquilio.core.live_steps import steps_today
from nsquilio.core.messages import Candidate, Outcomes, messages_of
from nsquilio.core.model import Action, Decision, Invoice, Plan, Reason, action_of
from nsquilio.core.recipients import Recipient, first_numbers
from nsquilio.core.rule_order import (
    AFTER_STEP,
    BEFORE_STEP,
    SENT_BEFORE,
    Check,
    Rule,
    checks_of,
    first_stop,
)
from nsquilio.core.steps import StepNow

_BEST_FIRST = (Action.SEND, Action.WAIT, Action.HOLD, Action.SKIP)
_decision_of = quick(Decision)
_candidate_of = quick(Candidate)


def make_plan(invoices: Iterable[Invoice], inputs: Inputs) -> Plan:
    """Exactly one decision per invoice, in the order read, and the messages, most overdue first."""
    context = Context(inputs)
    before, after = checks_of(BEFORE_STEP, context), checks_of(AFTER_STEP, context)
    if inputs.narrowing.planned is not None:
        after = (*after, _unplanned)
    settled = [_settle(context, invoice, before, after) for invoice in invoices]
    candidates = [c for answer in settled if isinstance(answer, _Answer) for c in answer.candidates]
    outcomes = messages_of(candidates, context)
    decisions = tuple(
        [_best(answer, outcomes) if isinstance(answer, _Answer) else answer for answer in settled]
    )
    return Plan(decisions, outcomes.messages)


@dataclass(slots=True)
class _Answer:
    """What the rules before limits and hours say of an invoice at a step: candidates, and stops of its slots."""

    case: Case
    stops: Sequence[tuple[str | None, Stop]]  # (step id, why)
    candidates: Sequence[Candidate]


def _settle(
    context: Context, invoice: Invoice, before: Sequence[Check], after: Sequence[Check]
) -> _Answer | Decision:
    case = Case(context, invoice, context.inputs.customers.get(invoice.customer_id))
    stop = first_stop(case, before)
    due = invoice.due_date
    steps = stop or (steps_today(context, invoice, due) if due else ())
    if isinstance(steps, Stop):
        return _decision(case, None, steps, steps.detail)
    stops: list[tuple[str | None, Stop]] = []
    candidates = []
    for each in _cases(case, steps):
        assert each.now is not None  # noqa: S101  # made by _cases only
        stop = first_stop(each, after)
        if stop is not None:
            stops.append((each.now.step.id, stop))
        else:
            candidates.append(_candidate(each, each.now))
    return _Answer(case, stops, candidates)


def _cases(case: Case, steps: Sequence[StepNow]) -> list[Case]:
    """The slots of the first step that was not sent yet; an event waits for the dated step before it."""
    for now in steps:
        cases = [case.at(now, slot) for slot in now.step.channels]
        if now is steps[-1] or any(not _is_sent(each) for each in cases):
            return cases
    return []


def _is_sent(case: Case) -> bool:
    stop = SENT_BEFORE.check(case)
    return stop is not None and stop.reason is Reason.ALREADY_SENT


def _unplanned(case: Case) -> Stop | None:
    """At the last look: what has taken the place of a planned reminder goes with the next run."""
    who, planned = case.who, case.context.inputs.narrowing.planned
    assert case.now is not None and isinstance(who, Recipient) and planned is not None  # noqa: S101  # the rules saw to it
    if _key(case, who) in planned:
        return None
    if who.in_place_of is not None:
        why = who.in_place_of
        return Stop(why.reason, f"{why.detail}; the e-mail in its place goes with the next run")
    step = case.now.step.id
    words = f"{step} has taken the place of what was planned and goes with the next run"
    return Stop(Reason.SUPERSEDED, words)


def _key(case: Case, who: Recipient) -> str:
    return fallback_key(case.key) if who.is_fallback else case.key


def _candidate(case: Case, now: StepNow) -> Candidate:
    who = case.who
    assert case.customer is not None and isinstance(who, Recipient)  # noqa: S101  # the rules saw to it
    key = _key(case, who)
    state = case.state(key)
    return _candidate_of(
        case.invoice, case.customer, now, case.slot, key, state.at if state else None, who, case.days_past_due
    )


def _best(answer: _Answer, outcomes: Outcomes) -> Decision:
    """The best of what the slots gave: any that sends makes it a send, else wait, then hold, then skip."""
    if len(answer.candidates) == 1 and not answer.stops:  # nearly always
        (only,) = answer.candidates
        stop, key = outcomes.stops[only.key], outcomes.keys.get(only.key)
        return _decision(answer.case, only.now.step.id, stop, stop.detail, (key,) if key else ())
    found = [*((c.now.step.id, outcomes.stops[c.key]) for c in answer.candidates), *answer.stops]
    step, best = found[0]
    detail = best.detail
    if len(found) > 1:
        step, best = min(found, key=lambda each: _BEST_FIRST.index(action_of(each[1].reason)))
        others = (f"; {stop.reason}: {stop.detail}" for _step, stop in found if stop is not best)
        detail = "".join((best.detail, *others))
    keys = tuple([outcomes.keys[c.key] for c in answer.candidates if c.key in outcomes.keys])
    return _decision(answer.case, step, best, detail, keys)


def _decision(
    case: Case, step: str | None, stop: Stop, detail: str, message_keys: tuple[str, ...] = ()
) -> Decision:
    invoice, customer = case.invoice, case.customer
    return _decision_of(
        invoice.id,
        invoice.number,
        invoice.customer_id,
        customer.name if customer else "",
        invoice.due_date,
        case.days_past_due,
        invoice.open_balance,
        step,
        stop.reason,
        detail,
        stop.not_before,
        message_keys,
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
        due = invoice.due_date
        steps = steps_today(context, invoice, due) if due and not invoice.problem else ()
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
    case = Case(context, invoice, inputs.customers.get(invoice.customer_id))
    seen = [_seen(rule, case, decision) for rule in BEFORE_STEP]
    due = invoice.due_date
    if due is None or any(each.result != "goes on" for each in seen):
        return _marked([*seen, *_not_reached(AFTER_STEP, "step")], decision)
    steps = steps_today(context, invoice, due)
    if isinstance(steps, Stop):
        step_row = Seen("step", f"{steps.reason}: {steps.detail}", _result(steps, decision))
        return _marked([*seen, step_row, *_not_reached(AFTER_STEP)], decision)
    for each in _cases(case, steps):
        assert each.now is not None  # noqa: S101  # made by _cases only
        words = f"{each.now.step.id} by {each.slot}: {each.now.detail}"
        seen.append(Seen("step", words, "goes on"))
        seen += [_seen(rule, each, decision) for rule in AFTER_STEP]
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
