"""The AR desk's inbox: replies that need a person. Takes no run lock, so it works while a run is going on."""

from __future__ import annotations

import sys
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from nsquilio.cli.groups import AR_DESK
from nsquilio.cli.options import Format, FormatOption, RowFormat, RowFormatOption
from nsquilio.cli.session import Session

inbox_app = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="Replies that need a person.")

Id = Annotated[
    str, typer.Argument(metavar="ID", help="As `inbox list` shows it, or the SID; a unique start will do.")
]


def add_to(app: typer.Typer) -> None:
    app.add_typer(inbox_app, name="inbox", rich_help_panel=AR_DESK)


@inbox_app.command("list")
def inbox_list(context: typer.Context, format: RowFormatOption = RowFormat.TABLE) -> None:
    """The morning list, most urgent first."""
    session: Session = context.obj
    session.format = format
    from nsquilio.jobs.inbox import list_inbox
    from nsquilio.render import inbox_rows

    with session.app() as app:
        result = list_inbox(app.services(dry_run=True))
        if format is RowFormat.JSON:
            session.show_json(inbox_rows.list_object(result))
        elif format is RowFormat.CSV:
            inbox_rows.write_csv(result, sys.stdout)
        else:
            from nsquilio.render.inbox import print_list

            print_list(result, ZoneInfo(app.rules.company.time_zone), session.console(), session.command)
    _tell_not_asked(session, result.not_asked)


@inbox_app.command("show")
def inbox_show(context: typer.Context, id: Id, format: FormatOption = Format.TABLE) -> None:
    """One reply: all of it, why, candidates, what to do."""
    session: Session = context.obj
    session.format = format
    from nsquilio.jobs.inbox import show_reply

    with session.app() as app:
        result = show_reply(app.services(dry_run=True), id)
        if format is Format.JSON:
            from nsquilio.render.inbox_rows import reply_object

            session.show_json(reply_object(result))
        else:
            from nsquilio.render.inbox import print_reply

            print_reply(result, ZoneInfo(app.rules.company.time_zone), session.console(), session.command)
    _tell_not_asked(session, result.not_asked)


def _tell_not_asked(session: Session, why: str) -> None:
    if why:
        from nsquilio.render.safe import one_line

        session.say(f"nsquilio: Balances are as we last wrote them. {one_line(why)}")


@inbox_app.command("assign")
def inbox_assign(
    context: typer.Context,
    id: Id,
    invoice: Annotated[str, typer.Argument(metavar="INVOICE", help="Document number or invoice:ID.")],
    format: FormatOption = Format.TABLE,
) -> None:
    """Say which invoice it is about; its hold moves there."""
    session: Session = context.obj
    session.format = format
    from nsquilio.jobs.inbox_decisions import assign

    with session.app() as app:
        done = assign(app.services(), id, invoice)
    raise typer.Exit(session.show_done("inbox-assign", done))


@inbox_app.command("accept")
def inbox_accept(context: typer.Context, id: Id, format: FormatOption = Format.TABLE) -> None:
    """Accept a promise: no reminder until its day is over."""
    session: Session = context.obj
    session.format = format
    from nsquilio.jobs.inbox_decisions import accept

    with session.app() as app:
        done = accept(app.services(), id)
    raise typer.Exit(session.show_done("inbox-accept", done))


@inbox_app.command("close")
def inbox_close(context: typer.Context, id: Id, format: FormatOption = Format.TABLE) -> None:
    """Done with it; what it holds goes on."""
    session: Session = context.obj
    session.format = format
    from nsquilio.jobs.inbox_decisions import close

    with session.app() as app:
        done = close(app.store(), id, session.actor, app.clock())
    raise typer.Exit(session.show_done("inbox-close", done))
