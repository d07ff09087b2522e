"""One run of `remind`: fresh opt-outs, settled outcomes, one decision, brakes, then message after message.

The dry run is the same function on a copy of the state in memory; it stops where the sending would begin. What is
decided stands in `core.decide`, what is read in `reading`, how batches go out in `batches`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from nsquilio.core.inputs import Inputs, Narrowing
from nsquilio.core.keys import plan_hash
from nsquilio.core.model import Decision, Message, Plan, Reason
from nsquilio.core.plans import PlanFile, only_planned, plan_text, read_plan
from nsquilio.core.steps import DatedSteps
from nsquilio.errors import Braked, NotReady, NsquilioError, worst_exit_code
from nsquilio.jobs.adopt import first_unjudged_day, plan_with_past
from nsquilio.jobs.batches import send_in_batches
from nsquilio.jobs.brakes import Brake, brake_for, usual_most
from nsquilio.jobs.clock_check import check_not_back, check_skew
from nsquilio.jobs.prices import with_costs
from nsquilio.jobs.pull_inbound import pull
from nsquilio.jobs.reading import Read, company_day, inputs_for, read_netsuite
from nsquilio.jobs.refused_texts import Gate
from nsquilio.jobs.results import MessageRow, Problem, RemindResult, Tally
from nsquilio.jobs.services import Services
from nsquilio.jobs.settle import settle
from nsquilio.jobs.targets import narrowing_of
from nsquilio.jobs.understand import understand
from nsquilio.jobs.usual import usual_messages
from nsquilio.remote.netsuite_report import newest_payment

COMMAND = "remind"
NOT_SENT = "not_sent"


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for. `as_of` and `save_plan` only with `dry_run`; `plan` only without."""

    dry_run: bool = False
    as_of: datetime | None = None
    customers: tuple[str, ...] = ()
    invoices: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    limit: int | None = None
    save_plan: Path | None = None
    plan: Path | None = None


def remind(services: Services, options: Options) -> RemindResult:
    """Runs once. Raises what stopped it before the first send; later trouble stands in the result."""
    check_not_back(services)
    if options.dry_run:
        result, _, inputs = _decide(services, options, Tally(), "")
        stop = _would_stop(result, services) or _would_hold(result, inputs, services)
        return replace(result, stopped=stop, problems=(*result.problems, *filter(None, [stop])))
    if options.plan is not None:
        _plan_file(options.plan, services)  # a file that cannot be used is no run
    now = services.clock()
    run_id = services.store.runs.begin(COMMAND, now, live=True, actor=services.actor)
    try:
        result = _live(services, options, run_id)
    except NsquilioError as problem:
        services.store.runs.finish(run_id, services.clock(), problem.exit_code, {}, error=_error(problem))
        raise
    except BaseException:
        services.store.runs.finish(run_id, services.clock(), 70, {}, error={"code": "interrupted"})
        raise
    code = worst_exit_code(result.exit_codes)
    why = None
    if result.stopped is not None:
        why = {"code": result.stopped.code, "message": result.stopped.what, "next": result.stopped.next}
    services.store.runs.finish(run_id, services.clock(), code, _counts(result), error=why)
    return replace(result, audit_head=_head(services))


def _error(problem: NsquilioError) -> dict[str, str]:
    return {"code": problem.code, "message": problem.message, "next": problem.next}


def _would_stop(result: RemindResult, services: Services) -> Problem | None:
    """What a real run would stop for before its first send: a dry run must not promise what would not go out."""
    messages = [row.message for row in result.messages]
    halted = services.asked_to_stop() if messages else None
    if halted is not None:
        return Problem(
            "halted", f"A real run would send nothing now: {halted}.", "Remove it when all is well.", 0
        )
    brake = brake_for(messages, result.fetched, services, result.usual)
    if brake is None:
        return None
    return Problem(
        brake.code,
        f"A real run would stop before the first message: {brake.saw}.",
        "To send just this: `nsquilio remind --dry-run --save-plan FILE`, then `nsquilio remind --plan FILE`.",
        0,
    )


def _would_hold(result: RemindResult, inputs: Inputs, services: Services) -> Problem | None:
    """The texts that a real run would keep planned, because Twilio refused the last ones."""
    messages = [row.message for row in result.messages]
    gate = Gate(services.store, inputs)
    held = gate.held(messages, services.clock())
    if not held:
        return None
    kept = [message for message in messages if message.key in held]
    words = f"A real run would keep {len(kept)} of {len(messages)} messages planned"
    return Problem("account_refused", f"{words}. {held[kept[0].key].words}.", gate.way_on(kept), 0)


def _head(services: Services) -> str:
    seq, digest = services.store.trail.head()
    return f"{seq}:{digest}"


def _counts(result: RemindResult) -> dict[str, int]:
    counts = {str(action): count for action, count in result.by_action.items()}
    by_status: dict[str, int] = {}
    for row in result.messages:
        by_status[row.status] = by_status.get(row.status, 0) + 1
    return {"fetched": result.fetched, **counts, "messages": len(result.messages), **by_status}


def _live(services: Services, options: Options, run_id: str) -> RemindResult:
    tally = Tally()
    decided, read, inputs = _decide(services, options, tally, run_id)
    messages = [row.message for row in decided.messages]
    brake = brake_for(messages, decided.fetched, services, decided.usual)
    allowed = _allowed(options, services)
    if brake is not None and not _lifts(allowed, brake):
        if decided.fetched:
            _remember(decided, (brake.code, "planned, but a brake stopped the run"), run_id, services)
        _brake(brake, messages, services, decided.plan_hash)
    sent = send_in_batches(services, decided, read, inputs, allowed)
    code = sent.stopped.code if sent.stopped else NOT_SENT
    _remember(sent, (code, "planned, but the run ended before it"), run_id, services)
    services.store.runs.forget_named(read.named)
    return replace(sent, problems=(*tally.problems, *sent.problems))


def _remember(result: RemindResult, why: tuple[str, str], run_id: str, services: Services) -> None:
    """What waits, and what should have gone out and did not: `status` must not forget it. `why`: where a message
    has no reason of its own.
    """
    planned = {
        id_: (NOT_SENT, row.detail) if row.detail else why
        for row in result.messages
        if row.status == "planned"
        for id_ in row.message.invoice_ids
    }
    kept_back = {**_missed(result.decisions, services), **planned}
    services.store.runs.replace_waiting(result.decisions, run_id, services.clock(), kept_back)


def _missed(decisions: Sequence[Decision], services: Services) -> dict[str, tuple[str, str]]:
    """Invoices whose last step began and ended while no run came through."""
    last = services.store.runs.last_good(COMMAND)
    if last is None:
        return {}
    steps, today = DatedSteps(services.rules.reminders.steps), company_day(services.rules, services.clock())
    since = company_day(services.rules, last.started_at)
    why = ("no_run", f"no run came through from {since} to {today}")
    return {
        decision.invoice_id: why
        for decision in decisions
        if decision.reason is Reason.EXPIRED
        and decision.due_date is not None
        and steps.began_after(since, decision.due_date, today)
    }


def _decide(
    services: Services, options: Options, tally: Tally, run_id: str
) -> tuple[RemindResult, Read, Inputs]:
    """Everything up to the first send, the same for a dry run and a real one."""
    try:
        pulled = pull(services, services.clock(), first_unjudged_day(services, services.clock()))
    finally:
        check_skew(services)  # else the services only say that they refuse the dates or the login
    tally.problems += pulled.problems
    now = options.as_of or services.clock()
    tally.problems += settle(services).problems
    tally.problems += understand(services).problems
    read = read_netsuite(services, now)
    check_skew(services)
    tally.problems += _check_read(read, services)

    def make_inputs() -> Inputs:
        services.store.runs.mark_first_run(now)
        return inputs_for(read, services, now, _narrowing(read, services, options))

    plan, inputs = plan_with_past(services, read, pulled.foreign, make_inputs, tally)
    messages = with_costs(plan.messages, inputs.prices, services)
    plan = replace(plan, messages=messages)
    missing: tuple[str, ...] = ()
    if options.plan is not None:
        plan, missing = only_planned(plan, _plan_file(options.plan, services))
    tally.problems += _fits_nothing(inputs.narrowing, options)
    return _result(services, read, plan, now, run_id, tally, options, missing), read, inputs


def _check_read(read: Read, services: Services) -> list[Problem]:
    """NetSuite answers a missing permission with no rows. Raises `NotReady` for invoices without any customer."""
    wanted = {invoice.customer_id for invoice in read.invoices if invoice.customer_id}
    if wanted and not read.customers:
        raise NotReady(
            f"NetSuite showed {len(read.invoices)} open invoices and not one of their customers. Nothing was sent.",
            "Give the role Lists > Customers (View), then run `nsquilio doctor`.",
            code="no_customers",
        )
    if read.invoices or services.store.runs.previous_invoice_count() is not None:
        return []
    what = "NetSuite returned no open invoice. A role without permission to see them looks like this, too"
    return [Problem("nothing_read", f"{what}.", "Run `nsquilio doctor`.", 0)]


def _fits_nothing(narrowing: Narrowing, options: Options) -> list[Problem]:
    """A name with nothing behind it is worth a word: it may be mistyped, paid, or not due for long."""
    asked = (
        (narrowing.invoices, "invoice", options.invoices),
        (narrowing.customers, "customer", options.customers),
    )
    return [
        Problem(
            "fits_nothing",
            f"No {kind} among those read fits {', '.join(map(repr, names))}",
            "It may be mistyped, paid, or outside every step's days: `nsquilio why TARGET` tells.",
            0,
        )
        for found, kind, names in asked
        if found is not None and not found
    ]


def _narrowing(read: Read, services: Services, options: Options) -> Narrowing:
    return narrowing_of(
        read.invoices,
        read.customers,
        services.rules.reminders.steps,
        wanted_customers=options.customers,
        wanted_invoices=options.invoices,
        wanted_steps=options.steps,
        limit=options.limit,
    )


def _result(
    services: Services,
    read: Read,
    plan: Plan,
    now: datetime,
    run_id: str,
    tally: Tally,
    options: Options,
    missing: tuple[str, ...],
) -> RemindResult:
    digest = plan_hash(plan.messages)
    saved = None
    if options.save_plan is not None:
        saved = str(_save(options.save_plan, plan.messages, services, now))
    return RemindResult(
        run_id=run_id or f"dry-{digest[:12]}",
        as_of=now,
        dry_run=options.dry_run,
        plan_hash=digest,
        decisions=plan.decisions,
        messages=tuple(MessageRow(message) for message in plan.messages),
        plan_file=saved,
        problems=tuple(tally.problems) if options.dry_run else (),
        not_in_plan=missing,
        usual=usual_most(services, now),
        usual_today=usual_messages(services.store, services.rules, now),
        payments_until=newest_payment(services.netsuite),
        read_at=read.read_at,
        customers_read=len(read.customers),
    )


def _plan_file(path: Path, services: Services) -> PlanFile:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        why = getattr(problem, "strerror", None) or "it is not UTF-8 text"
        raise NotReady(
            f"The plan file {path} cannot be read: {why}. Nothing was sent.",
            "Name a file that `remind --dry-run --save-plan FILE` wrote.",
            code="bad_plan",
        ) from None
    return read_plan(text, str(path), services.rules.profile, services.netsuite_account)


def _allowed(options: Options, services: Services) -> PlanFile | None:
    return _plan_file(options.plan, services) if options.plan is not None else None


def _save(path: Path, messages: Sequence[Message], services: Services, now: datetime) -> Path:
    text = plan_text(messages, services.rules.profile, services.netsuite_account, now)
    try:
        if path.parent == services.directory / "plans":
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise NotReady(
            f"The plan cannot be written to {path}: {problem.strerror}. Nothing was sent.",
            "Name a file in a directory that exists and that you may write to.",
            code="plan_not_written",
        ) from None
    return path.resolve()


def _lifts(plan: PlanFile | None, brake: Brake) -> bool:
    """That nothing was read is confirmed by the plan which that brake saved: of nothing."""
    return plan is not None and (brake.by_plan or not plan.names)


def _brake(brake: Brake, messages: Sequence[Message], services: Services, digest: str) -> None:
    """Saves what would have gone out and stops the run."""
    now = services.clock()
    name = f"{now:%Y%m%dT%H%M%SZ}-{digest[:8]}.json"
    saved = _save(services.directory / "plans" / name, messages, services, now)
    raise Braked(
        f"{brake.saw}. Nothing was sent; the plan is saved.",
        f"{brake.look}: `nsquilio remind --plan {saved}`.",
        code=brake.code,
    )
