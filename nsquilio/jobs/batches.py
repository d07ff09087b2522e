"""Sends a decided plan in batches, and decides each batch again just before it goes (spec section 7).

The last look is the same decision on fresh balances, fresh opt-outs and holds, and the clock as it is then: who paid
since, what was held meanwhile, and what closing time has caught up with drops out. Nothing is ever added.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from nsquilio.core.decide import make_plan
from nsquilio.core.inputs import Inputs, Narrowing
from nsquilio.core.model import TAKEN, Action, Channel, Customer, Decision, Invoice, Message, Outcome, Reason
from nsquilio.core.plans import PlanFile, only_planned
from nsquilio.errors import NsquilioError, ServiceFailed, code_of_stop
from nsquilio.jobs.delivery import learn_from_error
from nsquilio.jobs.prices import with_costs
from nsquilio.jobs.pull_inbound import pull
from nsquilio.jobs.reading import Read, inputs_for
from nsquilio.jobs.refused_texts import Gate, Refusal
from nsquilio.jobs.results import STATUS_OF, MessageRow, Problem, RemindResult
from nsquilio.jobs.sending import Sender, SendLoop
from nsquilio.jobs.services import Services
from nsquilio.jobs.understand import understand
from nsquilio.remote.twilio_errors import ErrorClass, error_of
from nsquilio.remote.twilio_sending import Sent

LARGEST_BATCH = 1000  # its balances are one query, and all of it leaves within LOOK_GOOD_FOR
LONGEST_BATCH = timedelta(minutes=1)
LOOK_GOOD_FOR = timedelta(seconds=45)
"""Then the rest of a batch is looked at again. A SendAt six minutes from the look must be five minutes away
when its request arrives, else Twilio refuses it (35114)."""
INBOUND_AGAIN = timedelta(minutes=5)


@dataclass(slots=True)
class _State:
    """What the batches so far have made of the plan. `looked_at`: when this batch was decided again.

    `held`: message keys of texts that were kept back, because Twilio refused the last ones.
    """

    looked_at: datetime
    decisions: dict[str, Decision]
    gate: Gate
    now: dict[str, Message | None] = field(default_factory=dict)  # planned key -> what goes in its place
    problems: list[Problem] = field(default_factory=list)
    failure: NsquilioError | None = None
    held: dict[str, Refusal] = field(default_factory=dict)


def send_in_batches(
    services: Services, decided: RemindResult, read: Read, inputs: Inputs, allowed: PlanFile | None
) -> RemindResult:
    """Sends what the plan holds; the result has every message's outcome and every invoice's last decision."""
    decisions = {decision.invoice_id: decision for decision in decided.decisions}
    state = _State(services.clock(), decisions, Gate(services.store, inputs))
    messages = [row.message for row in decided.messages]
    total, done = len(messages), 0

    def count(_message: Message, _sent: Sent) -> None:
        nonlocal done
        done += 1
        services.progress("messages", done, total)

    with ThreadPoolExecutor(services.pace.in_flight) as pool:
        loop = SendLoop(
            services.store,
            _sender(services, state),
            services.clock,
            services.pace,
            pool,
            services.asked_to_stop,
            count,
            _learner(services, inputs.history.released),
        )
        look = partial(
            _last_look,
            invoices={invoice.id: invoice for invoice in read.invoices},
            read=read,
            inputs=inputs,
            services=services,
            state=state,
            allowed=allowed,
            planned=frozenset(reminder.key for message in messages for reminder in message.reminders),
        )
        _batch_after_batch(messages, look, loop, services, state)
    why = services.asked_to_stop()
    if why and not loop.result.stopped:
        loop.stop(why, "halted")
    return _result(decided, loop, state)


def _batch_after_batch(
    messages: Iterable[Message],
    look: Callable[[Sequence[Message]], list[Message]],
    loop: SendLoop,
    services: Services,
    state: _State,
) -> None:
    inbound_at = services.clock()
    waiting, size = deque(messages), _batch_size(services)
    while waiting and not loop.result.stopped and not services.asked_to_stop():
        batch = [waiting.popleft() for _ in range(min(size, len(waiting)))]
        try:
            if services.clock() - inbound_at >= INBOUND_AGAIN:
                state.problems += pull(services, services.clock()).problems
                state.problems += understand(services).problems
                inbound_at = services.clock()
            going = look(batch)
            state.held.update(state.gate.held(going, services.clock()))
        except ServiceFailed as problem:
            state.failure = problem
            break
        going = [message for message in going if message.key not in state.held]
        left = {message.key for message in loop.run(going, state.looked_at + LOOK_GOOD_FOR)}
        waiting.extendleft(reversed([planned for planned in batch if _key_now(planned, state) in left]))


def _key_now(planned: Message, state: _State) -> str | None:
    instead = state.now.get(planned.key)
    return instead.key if instead else None


def _batch_size(services: Services) -> int:
    """As many as go out within a minute, so that no balance is old when its message leaves.

    What takes longer all the same is looked at again: the loop starts nothing once the minute is over.
    """
    per_minute = int(services.pace.per_second * LONGEST_BATCH.total_seconds()) or LARGEST_BATCH
    return max(1, min(LARGEST_BATCH, per_minute))


def _learner(services: Services, released: frozenset[str]) -> Callable[[Message, Sent], None]:
    """What follows from an outcome at once: a number that said no, a release that is used up."""

    def learn(message: Message, sent: Sent) -> None:
        if sent.outcome in TAKEN:
            used = released.intersection(message.invoice_ids)
            if used:
                services.store.runs.use_release(used, services.clock())
        elif sent.outcome is Outcome.REJECTED and message.channel is Channel.SMS:
            learn_from_error(message.to, sent.error_code, services, services.clock())

    return learn


def _sender(services: Services, state: _State) -> Sender:
    def send(message: Message) -> Sent:
        if message.channel is Channel.SMS:
            return services.twilio.send_text(
                message.to,
                message.body,
                send_at=message.send_at,
                validity_s=_validity_now(message, services.clock() - state.looked_at),
            )
        if services.sendgrid is None:
            return Sent(outcome=Outcome.NOT_SENT, detail="no e-mail service is set up")
        return services.sendgrid.send_mail(message)

    return send


def _validity_now(message: Message, since: timedelta) -> int | None:
    """Counted from the decision until closing; the request leaves a little later."""
    if message.validity_s is None or message.send_at is not None:
        return message.validity_s
    return max(1, message.validity_s - math.ceil(since.total_seconds()))


def _last_look(
    batch: Sequence[Message],
    invoices: dict[str, Invoice],
    read: Read,
    inputs: Inputs,
    services: Services,
    state: _State,
    allowed: PlanFile | None,
    planned: frozenset[str],
) -> list[Message]:
    """The batch's messages that still go out, word for word or with what has changed since; the rest is dropped."""
    ids = list(dict.fromkeys(id_ for message in batch for id_ in message.invoice_ids))
    fresh = _refreshed(ids, invoices, services)
    open_ones = [invoice for invoice in fresh.values() if invoice is not None]
    customers = _with_fresh_cash(read, open_ones, services)
    now = state.looked_at = services.clock()
    again = replace(read, invoices=tuple(open_ones), customers=customers)
    narrowing = Narrowing(steps=inputs.narrowing.steps, planned=planned)
    fresh_inputs = inputs_for(again, services, now, narrowing, inputs.prices)
    # A release that an earlier message of this run used up still serves the invoice's other channel.
    history = replace(fresh_inputs.history, payments=read.payments, released=inputs.history.released)
    plan = make_plan(open_ones, replace(fresh_inputs, history=history))
    if allowed is not None:
        plan, _changed = only_planned(plan, allowed)
    for decision in plan.decisions:
        state.decisions[decision.invoice_id] = decision
    for invoice_id, invoice in fresh.items():
        if invoice is None:
            state.decisions[invoice_id] = _paid_since(state.decisions[invoice_id])
    return _in_place(batch, with_costs(plan.messages, inputs.prices, services), state)


def _refreshed(
    ids: Sequence[str], invoices: Mapping[str, Invoice], services: Services
) -> dict[str, Invoice | None]:
    """The invoices with their balance as it is now; None: nothing is open any more."""
    balances = services.netsuite.balances(ids)
    fresh: dict[str, Invoice | None] = {}
    for invoice_id in ids:
        before, now = invoices[invoice_id], balances.get(invoice_id)
        settled = now is None or now.status != before.status or (before.balance > 0 >= now.unpaid)
        if settled or now is None:
            fresh[invoice_id] = None
        else:
            fresh[invoice_id] = replace(before, balance=now.unpaid, due_date=now.due_date, total=now.total)
    return fresh


def _with_fresh_cash(read: Read, invoices: Iterable[Invoice], services: Services) -> dict[str, Customer]:
    """The customers with payments that came in but are not applied yet, as they are now."""
    ids = sorted({invoice.customer_id for invoice in invoices})
    cash = services.netsuite.unapplied_for(ids) if ids else {}
    changed = {
        id_: replace(read.customers[id_], unapplied=cash.get(id_, {})) for id_ in ids if id_ in read.customers
    }
    return {**read.customers, **changed}


def _paid_since(decision: Decision) -> Decision:
    return replace(
        decision,
        reason=Reason.PAID_SINCE_PLAN,
        detail="no longer open when it was read again just before sending",
        message_keys=(),
        not_before=None,
    )


def _in_place(batch: Sequence[Message], going: Sequence[Message], state: _State) -> list[Message]:
    """What goes, in the plan's order; one that lost an invoice takes the place of the one planned."""
    by_reminder = {reminder.key: message for message in going for reminder in message.reminders}
    ordered: dict[str, Message] = {}
    for planned in batch:
        found = [by_reminder[r.key] for r in planned.reminders if r.key in by_reminder]
        state.now[planned.key] = found[0] if found else None
        ordered.update((message.key, message) for message in found)
    return list(ordered.values())


def _result(decided: RemindResult, loop: SendLoop, state: _State) -> RemindResult:
    rows = [_row(row.message, loop, state) for row in decided.messages]
    stops = _stopped(loop, state, rows)
    problems = (*state.problems, *stops, *_item_problems(rows, state.held))
    decisions = tuple(state.decisions[decision.invoice_id] for decision in decided.decisions)
    stopped = stops[0] if stops else None
    return replace(decided, decisions=decisions, messages=tuple(rows), problems=problems, stopped=stopped)


def _row(planned: Message, loop: SendLoop, state: _State) -> MessageRow:
    message = state.now.get(planned.key, planned)
    if message is None:
        reasons = sorted({_why_dropped(state.decisions[id_]) for id_ in planned.invoice_ids})
        return MessageRow(planned, "dropped", detail=", ".join(reasons))
    if message.key in loop.result.dropped:
        return MessageRow(message, "dropped", detail=loop.result.dropped[message.key])
    sent = loop.result.outcomes.get(message.key)
    if message.key in state.held:
        refusal = state.held[message.key]
        return MessageRow(message, error_code=refusal.error.code, detail=refusal.words)
    if sent is None:
        return MessageRow(message)
    return MessageRow(message, STATUS_OF[sent.outcome], sent.sid, sent.error_code, sent.detail)


def _why_dropped(decision: Decision) -> str:
    """Of an invoice that goes out by another message, the detail tells about this one."""
    return decision.detail if decision.action is Action.SEND else decision.reason


def _stopped(loop: SendLoop, state: _State, rows: Sequence[MessageRow]) -> list[Problem]:
    """Why the run ended before its last message, if it did. Refused credentials are 4 once sending has begun."""
    left = sum(row.status == "planned" or _is_tried_again(row, loop) for row in rows)
    what = f"{left} of {len(rows)} messages stay planned for the next run"
    found = []
    if state.failure is not None:
        found.append(Problem(state.failure.code, f"{state.failure.message} {what}.", state.failure.next, 4))
    held = [row.message for row in rows if row.message.key in state.held]
    if held:
        words = f"{state.held[held[0].key].words}. {what}."
        found.append(Problem("account_refused", words, state.gate.way_on(held), 4))
    is_told = loop.result.stop_code == "halted"
    if loop.result.stopped is not None and (
        left or not is_told
    ):  # who stops a run that is through stops nothing
        code = loop.result.stop_code or "stopped"
        exit_code = code_of_stop(loop.result.stopped) if is_told else 4
        words = f"Sending stopped: {loop.result.stopped.rstrip('.')}. {what}."
        advice = "The next" if is_told else "Correct what it names; the next"
        found.append(
            Problem(code, words, f"{advice} `nsquilio remind` goes on where this one stopped.", exit_code)
        )
    return found


def _is_tried_again(row: MessageRow, loop: SendLoop) -> bool:
    """Refused for the whole account: nothing went out, so it goes with the next run like those not started."""
    sent = loop.result.outcomes.get(row.message.key)
    return sent is not None and sent.outcome is Outcome.REJECTED and sent.kind is ErrorClass.ACCOUNT


def _item_problems(rows: Sequence[MessageRow], held: Container[str]) -> list[Problem]:
    """One for each message that failed or whose outcome nobody knows; for all that were held there is one."""
    return [
        _item_problem(row)
        for row in rows
        if row.status in ("rejected", "unknown") or (_was_tried(row) and row.message.key not in held)
    ]


def _was_tried(row: MessageRow) -> bool:
    return row.status == "planned" and bool(row.detail)


def _is_for_a_person(row: MessageRow) -> bool:
    """No later run gets through by itself: somebody must allow the country."""
    return row.error_code is not None and error_of(row.error_code).kind is ErrorClass.COUNTRY


def _item_problem(row: MessageRow) -> Problem:
    numbers = ", ".join(reminder.document_number for reminder in row.message.reminders)
    who = f"{numbers} ({row.message.customer}, {row.message.channel})"
    if row.status == "unknown":
        what = f"{who}: nobody knows yet whether the message went out ({row.detail})"
        next = "The next runs look it up; if they cannot find it, `nsquilio status` says what to do."
        return Problem("unknown_outcome", what, next, 1)
    if row.status == "planned":
        exit_code = 1 if _is_for_a_person(row) else 4
        return Problem("not_sent", f"{who}: not sent ({row.detail})", "The next run tries again.", exit_code)
    code = f" {row.error_code}" if row.error_code else ""
    return Problem("rejected", f"{who}: refused{code} ({row.detail})", "See `nsquilio status`.", 1)
