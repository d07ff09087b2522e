"""Holds by hand: add, release, import. Texts already scheduled for what is held are canceled at once."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from nsquilio.core.model import HoldKind
from nsquilio.errors import WrongUsage
from nsquilio.jobs.cancel import cancel, scheduled_for
from nsquilio.jobs.find import Found, find_target
from nsquilio.jobs.reading import company_day
from nsquilio.jobs.results import Done
from nsquilio.jobs.services import Services


def add_hold(services: Services, target: str, reason: str, until: date | None) -> Done:
    found = find_target(services, target)
    number = _add(services, found, reason, until)
    return _with_cancels(services, [found], [number], f"Hold {number}: {found.words}{_until(until)}.")


def _add(services: Services, found: Found, reason: str, until: date | None) -> int:
    if not reason.strip():
        raise WrongUsage(
            "A hold needs a reason.", "Say it in a few words: --reason 'disputed by phone, 3 March'."
        )
    now = services.clock()
    _check_end(found, until, company_day(services.rules, now))
    return services.store.blocks.add_hold(
        HoldKind.PERSON,
        reason.strip(),
        now,
        customer_id=None if found.invoice else found.customer_id,
        invoice_id=found.invoice.id if found.invoice else None,
        until=until,
        actor=services.actor,
    )


def _check_end(found: Found, until: date | None, today: date) -> None:
    """A mistyped year would otherwise be taken, and hold nothing."""
    if until and until <= today:
        raise WrongUsage(
            f"A hold of {found.words} that ends on {until}, which is not after today ({today}), holds nothing. "
            "No hold was added.",
            "Give the first day on which it no longer holds, or leave it out.",
        )


def _until(until: date | None) -> str:
    return f" until {until}" if until else ""


def _with_cancels(services: Services, held: list[Found], numbers: list[int], words: str) -> Done:
    scheduled = [
        message
        for found in held
        for message in (
            scheduled_for(services, invoice_id=found.invoice.id)
            if found.invoice
            else scheduled_for(services, customer_id=found.customer_id)
        )
    ]
    if not scheduled:
        return Done(words, {"hold_ids": numbers, "canceled": []})
    result = cancel(scheduled, "held", services)
    words += f" {len(result.keys)} scheduled text(s) canceled."
    return Done(words, {"hold_ids": numbers, "canceled": list(result.keys)}, result.problems)


def release_hold(services: Services, target: str) -> Done:
    """Ends a hold by its number or all holds of a target; lets an invoice with a balance hold through once."""
    now, blocks = services.clock(), services.store.blocks
    if target.isdigit() and blocks.release_holds([int(target)], services.actor, now):
        return Done(f"Hold {target} is released.", {"released": 1, "passed_over_once": False})
    found = _to_release(services, target)
    held = [hold.id for hold in blocks.holds() if _is_of(hold.invoice_id, hold.customer_id, found)]
    ended = blocks.release_holds(held, services.actor, now) if held else 0
    let_through = found.invoice is not None and services.store.runs.release(
        found.invoice.id, services.actor, now
    )
    facts = {"released": ended, "passed_over_once": let_through}
    if not ended and not let_through:
        return Done(f"{found.words}: no hold in force.", facts)
    parts = [f"{ended} hold(s) released"] if ended else []
    if let_through:
        parts.append("a hold for its balance or for unapplied cash is passed over once")
    return Done(f"{found.words}: {', '.join(parts)}.", facts)


def _to_release(services: Services, target: str) -> Found:
    try:
        return find_target(services, target)
    except WrongUsage as problem:
        if problem.code != "no_such_target" or not target.isdigit():
            raise
        raise WrongUsage(
            f"No hold in force has the number {target}, and nothing in NetSuite fits it.",
            "`nsquilio hold list` shows the holds and their numbers.",
        ) from None


def _is_of(invoice_id: str | None, customer_id: str | None, found: Found) -> bool:
    if found.invoice is not None:
        return invoice_id == found.invoice.id
    return invoice_id is None and customer_id == found.customer_id


def import_holds(services: Services, file: Path) -> Done:
    """All rows or none. Columns: target, reason, until."""
    rows = _rows(file)
    found = [(_found(services, file, line, target), reason, until) for line, target, reason, until in rows]
    with services.store.transaction():
        numbers = [_add(services, each, reason, until) for each, reason, until in found]
    return _with_cancels(
        services,
        [each for each, _reason, _until in found],
        numbers,
        f"{len(found)} hold{'' if len(found) == 1 else 's'} added.",
    )


def _found(services: Services, file: Path, line: int, target: str) -> Found:
    try:
        return find_target(services, target)
    except WrongUsage as problem:
        raise WrongUsage(
            f"{file}:{line}: {problem.message} No hold was added.", problem.next, code=problem.code
        ) from None


def _rows(file: Path) -> list[tuple[int, str, str, date | None]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if not {"target", "reason"} <= set(reader.fieldnames or ()):
                raise WrongUsage(
                    f"{file} has no columns target and reason.", "First line: target,reason,until"
                )
            return [(reader.line_num, *_row(file, reader.line_num, row)) for row in reader]
    except OSError as problem:
        raise WrongUsage(
            f"{file} cannot be read: {problem.strerror}. No hold was added.",
            "Name a CSV file that you may read; first line: target,reason,until",
        ) from None
    except (UnicodeDecodeError, csv.Error):
        raise WrongUsage(
            f"{file} cannot be read: it is not CSV in UTF-8. No hold was added.", "Save it as CSV (UTF-8)."
        ) from None


def _row(file: Path, line: int, row: dict[str, str | None]) -> tuple[str, str, date | None]:
    target, reason, until = ((row.get(name) or "").strip() for name in ("target", "reason", "until"))
    if not target or not reason:
        raise WrongUsage(f"{file}:{line}: target or reason is empty. No hold was added.", "Correct the row.")
    try:
        return target, reason, date.fromisoformat(until) if until else None
    except ValueError:
        raise WrongUsage(
            f"{file}:{line}: {until!r} is not a date. No hold was added.", "Write it as 2026-03-09."
        ) from None
