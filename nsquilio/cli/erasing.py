"""`audit erase`: personal data goes for good, beside a trail that stays valid. Asks first."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from nsquilio.cli.options import Format, FormatOption, day
from nsquilio.cli.session import Session
from nsquilio.errors import NotReady, WrongUsage

if TYPE_CHECKING:
    from nsquilio.app import App
    from nsquilio.store.erasing import Erased

_STATE_FILE = "state.db"


def erase(
    context: typer.Context,
    number: Annotated[
        str | None,
        typer.Option(
            "--number", metavar="NUMBER-OR-EMAIL", help="All to and from it; its opt-out stays in force."
        ),
    ] = None,
    before: Annotated[
        str | None, typer.Option("--before", metavar="DATE", help="All that is older than this day.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    format: FormatOption = Format.TABLE,
) -> None:
    """Erase personal data for good; the trail stays valid, opt-outs stay in force."""
    session: Session = context.obj
    session.format = format
    if (number is None) == (before is None):
        raise WrongUsage(
            "Say what to erase: --number N or --before DATE, one of them.", "Nothing was erased."
        )
    with session.app() as app:
        what, erased = _erase(app, session, number, before, yes=yes)
    if format is Format.JSON:
        session.show_json(_erased_object(erased))
    else:
        session.tell(_words(what, erased))
    raise typer.Exit(1 if erased.kept else 0)


def _erase(
    app: App, session: Session, number: str | None, before: str | None, *, yes: bool
) -> tuple[str, Erased]:
    from nsquilio.jobs.audit import address_typed

    if not (app.directory / _STATE_FILE).exists():
        raise NotReady(
            f"There is no state file in {app.directory}: nothing to erase.",
            "Look whether the configuration names the right profile and state.directory.",
            code="no_state",
        )
    now = app.clock()
    if number is not None:
        address = address_typed(number, app.rules.company.country)
        _confirm(f"Erase all personal data to and from {address}", yes=yes)
        return f"to and from {address}", app.store().erase_address(address, session.actor, now)
    zone = app.rules.company.time_zone
    first = day(before or "")
    if first > now.astimezone(ZoneInfo(zone)).date():
        raise WrongUsage(f"{first} is in the future.", "Give the first day whose data is to be kept.")
    _confirm(f"Erase all personal data older than {first}", yes=yes)
    return f"older than {first}", app.store().erase_before(_midnight(first, zone), session.actor, now)


def _midnight(first: date, zone: str) -> datetime:
    return datetime.combine(first, time.min, ZoneInfo(zone)).astimezone(UTC)


def _confirm(question: str, *, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise WrongUsage(
            "Erasing cannot be undone, and there is no terminal to ask at. Nothing was erased.",
            "Add --yes when it is meant.",
        )
    if not typer.confirm(f"{question}? It cannot be undone.", err=True):
        raise WrongUsage("Nothing was erased.", "Answer y to erase.", code="not_confirmed")


def _erased_object(erased: Erased) -> dict[str, Any]:
    return {
        "schema": "nsquilio.audit-erase.v1",
        "run_id": None,
        "messages": erased.messages,
        "replies": erased.inbound,
        "others": erased.others,
        "kept": list(erased.kept),
        "copies": [str(path) for path in erased.copies],
    }


def _words(what: str, erased: Erased) -> str:
    lines = [
        f"Erased {what}: {erased.messages} messages, {erased.inbound} replies,"
        f" {erased.others} holds and opt-outs."
    ]
    if erased.kept:
        lines.append(
            f"Kept, because it is still under way: {', '.join(erased.kept[:10])}"
            f"{f' and {len(erased.kept) - 10} more' if len(erased.kept) > 10 else ''}."
            " Settle or close it, then erase again."
        )
    if erased.copies:
        lines.append(f"Backups that still hold the data: {', '.join(map(str, erased.copies))}")
    lines.append("NetSuite and Twilio keep their own records; erase there too.")
    return "\n".join(lines)
