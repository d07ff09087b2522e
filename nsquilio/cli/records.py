"""The record: `audit`. All but `audit report` needs the state file alone and works when no service does."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from nsquilio.cli import erasing, report
from nsquilio.cli.groups import ADMINISTRATOR
from nsquilio.cli.options import Format, FormatOption, RowFormat, RowFormatOption, moment
from nsquilio.cli.session import Session
from nsquilio.errors import Damaged, NotReady, ServiceFailed, WrongUsage

if TYPE_CHECKING:
    from nsquilio.app import App
    from nsquilio.jobs.patterns import Pattern
    from nsquilio.store import Store

STATE_FILE = "state.db"

audit_app = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help="The trail: what was said and done, and that it is whole.",
)


def add_to(app: typer.Typer) -> None:
    """Commands of the audit trail."""
    app.add_typer(audit_app, name="audit", rich_help_panel=ADMINISTRATOR)


def _state(app: App) -> Store:
    """The state file itself; none is made by looking at it."""
    if not (app.directory / STATE_FILE).exists():
        raise NotReady(
            f"There is no state file in {app.directory}: nothing has run yet.",
            "Look whether the configuration names the right profile and state.directory.",
            code="no_state",
        )
    return app.store()


@audit_app.command("list")
def audit_list(
    context: typer.Context,
    invoice: Annotated[
        str | None, typer.Option("--invoice", metavar="NUMBER-OR-ID", help="About this invoice.")
    ] = None,
    customer: Annotated[
        str | None, typer.Option("--customer", metavar="NAME-OR-ID", help="With this customer.")
    ] = None,
    number: Annotated[
        str | None, typer.Option("--number", metavar="NUMBER-OR-EMAIL", help="With this phone or address.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE-OR-TIME", help="From then on, company's time zone.")
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DATE-OR-TIME", help="A date counts to the end of its day."),
    ] = None,
    format: RowFormatOption = RowFormat.TABLE,
) -> None:
    """The conversation in time order: texts, mails, answers, calls, statuses, holds, opt-outs, with SIDs."""
    session: Session = context.obj
    session.format = format
    from nsquilio.jobs.audit import Asked, conversation_of
    from nsquilio.render.audit import list_object, print_list, write_list_csv

    with session.app() as app:
        company = app.rules.company
        start, end = _start(since, company.time_zone), _end(until, company.time_zone)
        talk = conversation_of(
            app.store_copy(), Asked(invoice, customer, number, start, end), company.country
        )
        if format is RowFormat.CSV:
            write_list_csv(talk, sys.stdout)
            return
        pattern, not_asked = _pattern(app, talk.customer_id)
        if format is RowFormat.JSON:
            session.show_json(list_object(talk, pattern, not_asked))
        else:
            print_list(talk, pattern, not_asked, company.time_zone, session.console())


def _start(text: str | None, zone: str) -> datetime | None:
    if text is None:
        return None
    day = _day_alone(text)
    return _midnight(day, zone) if day else moment(text, zone)


def _end(text: str | None, zone: str) -> datetime | None:
    if text is None:
        return None
    day = _day_alone(text)
    return _midnight(day + timedelta(days=1), zone) if day else moment(text, zone)


def _day_alone(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)


def _pattern(app: App, customer_id: str | None) -> tuple[Pattern | None, str]:
    """How the customer pays stands in NetSuite; when that cannot be asked, the rest is shown all the same."""
    if customer_id is None:
        return None, ""
    from nsquilio.jobs.patterns import payment_pattern

    try:
        return payment_pattern(app.services(dry_run=True), customer_id), ""
    except (NotReady, ServiceFailed) as problem:
        return None, problem.message


@audit_app.command("show")
def audit_show(
    context: typer.Context,
    sid_or_key: Annotated[
        str, typer.Argument(metavar="SID-OR-KEY", help="A SID, a message or reminder key, an event's number.")
    ],
    format: FormatOption = Format.TABLE,
) -> None:
    """Everything about one message, reply or event: words, outcome, statuses, events."""
    session: Session = context.obj
    session.format = format
    from nsquilio.jobs.audit_show import show
    from nsquilio.render.audit_show import print_show, show_object

    with session.app() as app:
        shown = show(app.store_copy(), sid_or_key)
        if format is Format.JSON:
            session.show_json(show_object(shown))
        else:
            print_show(shown, app.rules.company.time_zone, session.console())


@audit_app.command("verify")
def audit_verify(
    context: typer.Context,
    head: Annotated[
        str | None,
        typer.Option("--head", metavar="SEQ:HASH", help="A head kept elsewhere: the trail must hold it."),
    ] = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Check the whole trail and every row it speaks of; exit 7 with the first bad event if it was changed."""
    session: Session = context.obj
    session.format = format
    from nsquilio.render.audit import print_verify, verify_object

    kept = _head(head)
    with session.app() as app:
        if kept and kept[0] and not (app.directory / STATE_FILE).exists():
            raise Damaged(
                f"There is no state file in {app.directory}, but the head that was kept is event {kept[0]}.",
                "Bring the state file back from a backup; `nsquilio remind` can also rebuild what was sent.",
                code="no_state",
            )
        found = _state(app).verify(kept)
        if format is Format.JSON:
            session.show_json(verify_object(found))
        elif not (found.ok and session.quiet):
            print_verify(found, session.console(), against_head=kept is not None)
    raise typer.Exit(0 if found.ok else Damaged.exit_code)


def _head(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    from nsquilio.core.chain import parse_head

    found = parse_head(text)
    if found is None:
        raise WrongUsage(
            f"{text!r} is no audit head.",
            "Write it as `status`, the report or the success ping shows it: number, colon, 64 hex digits.",
        )
    return found


@audit_app.command("export")
def audit_export(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A new file: .jsonl can be checked elsewhere, .csv.")
    ],
    format: FormatOption = Format.TABLE,
) -> None:
    """Write every event to a new file, without personal data."""
    session: Session = context.obj
    session.format = format
    from nsquilio.render.audit_files import write_export, writer_for

    writer_for(file)
    with session.app() as app:
        store = _state(app)
        last, digest = store.trail.head()
        count = write_export((event for event in store.trail.events() if event.seq <= last), file)
    head = f"{last}:{digest}"
    if format is Format.JSON:
        made = {"file": str(file.absolute()), "events": count, "head": head}
        session.show_json({"schema": "nsquilio.audit-export.v1", "run_id": None, **made})
    else:
        session.tell(f"{count} events written to {file}. Audit head {head}")


@audit_app.command("backup")
def audit_backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file; it holds personal data.")],
    format: FormatOption = Format.TABLE,
) -> None:
    """Copy the state file safely, also while a run is going on."""
    session: Session = context.obj
    session.format = format
    if not file.absolute().parent.is_dir():
        raise WrongUsage(
            f"{file} cannot be written: there is no folder {file.parent}.", "Make it, or name another."
        )
    with session.app() as app:
        store = _state(app)
        written = store.backup(file)
        last, digest = store.trail.head()
    if format is Format.JSON:
        made = {"file": str(written), "head": f"{last}:{digest}"}
        session.show_json({"schema": "nsquilio.audit-backup.v1", "run_id": None, **made})
    else:
        session.tell(f"The state was copied to {written} and the copy was checked. It holds personal data.")


audit_app.command("erase")(erasing.erase)
report.add_to(audit_app)
