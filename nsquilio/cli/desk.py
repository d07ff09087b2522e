"""The AR desk: why, hold, optout, status, resolve. All but `why` work on the state file alone, also during a run."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from nsquilio.cli.groups import AR_DESK
from nsquilio.cli.options import Format, FormatOption, day, moment
from nsquilio.cli.session import Session
from nsquilio.errors import WrongUsage

hold_app = typer.Typer(
    rich_markup_mode=None, no_args_is_help=True, help="Stop reminders of an invoice or a customer."
)
optout_app = typer.Typer(
    rich_markup_mode=None, no_args_is_help=True, help="Who must not be texted or mailed."
)

Target = Annotated[
    str,
    typer.Argument(
        metavar="TARGET", help="Document number, internal id or customer name; invoice:ID, customer:ID."
    ),
]


def add_to(app: typer.Typer) -> None:
    app.command("status", rich_help_panel=AR_DESK)(status)
    app.command("why", rich_help_panel=AR_DESK)(why)
    app.add_typer(hold_app, name="hold", rich_help_panel=AR_DESK)
    app.add_typer(optout_app, name="optout", rich_help_panel=AR_DESK)
    app.command("resolve", rich_help_panel=AR_DESK)(resolve)


def why(
    context: typer.Context,
    target: Target,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE-OR-TIME", help="As if it were then.")
    ] = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Every rule for one invoice, or each open invoice of one customer, with the value it saw."""
    session: Session = context.obj
    session.format = format
    from nsquilio.jobs.why import why as run
    from nsquilio.render.why import print_why, why_object

    with session.app(checks_texts=True) as app:
        at = moment(as_of, app.rules.company.time_zone) if as_of is not None else None
        result = run(app.services(dry_run=True), target, at)
        if format is Format.JSON:
            session.show_json(why_object(result))
        else:
            print_why(result, app.rules, session.console(), session.command)


def status(
    context: typer.Context,
    max_age: Annotated[
        str | None,
        typer.Option("--max-age", metavar="SPAN", help="Exit 1 when the last good run is older: 26h, 2d."),
    ] = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """The morning screen: last runs, what waits, unknown outcomes, failures, certificate days left."""
    session: Session = context.obj
    session.format = format
    from nsquilio.jobs.status import status as run
    from nsquilio.render.status import print_status, status_object

    oldest = _span(max_age) if max_age else None
    with session.app() as app:
        result = run(
            app.store_copy(),
            app.rules,
            app.clock(),
            oldest,
            app.certificate_end(),
            is_logged=app.settings.netsuite.log_to != "nothing",
        )
        if format is Format.JSON:
            session.show_json(status_object(result))
        elif not session.quiet:
            print_status(result, app.rules, session.console(), session.command)
    raise typer.Exit(1 if result.is_too_old else 0)


def _span(text: str) -> timedelta:
    number, unit = text[:-1], text[-1:]
    units = {"m": "minutes", "h": "hours", "d": "days"}
    if not number.isdigit() or unit not in units:
        raise WrongUsage(f"{text!r} is not a span of time.", "Write it as 90m, 26h or 2d.")
    return timedelta(**{units[unit]: int(number)})


def resolve(
    context: typer.Context,
    message_key: Annotated[str, typer.Argument(metavar="MESSAGE-KEY", help="As `status` shows it.")],
    sent: Annotated[bool, typer.Option("--sent", help="It went out; never send it again.")] = False,
    resend: Annotated[bool, typer.Option("--resend", help="It did not; the next run may send it.")] = False,
    format: FormatOption = Format.TABLE,
) -> None:
    """Settle an unknown outcome by hand."""
    session: Session = context.obj
    session.format = format
    if sent == resend:
        raise WrongUsage(
            "Say what became of the message: --sent or --resend.", "Look for it in the Twilio console first."
        )
    from nsquilio.jobs.resolve import resolve as run

    with session.app() as app:
        app.lock("resolve", is_silent=False)  # the answer of a run that goes on may still come
        done = run(app.store(), message_key, was_sent=sent, actor=session.actor, now=app.clock())
    raise typer.Exit(session.show_done("resolve", done))


@hold_app.command("add")
def hold_add(
    context: typer.Context,
    target: Target,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Shown wherever the hold decides.")],
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="First day on which it no longer holds.")
    ] = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Hold an invoice, or all of a customer; texts already scheduled are canceled."""
    session: Session = context.obj
    session.format = format
    from nsquilio.jobs.holds import add_hold

    with session.app() as app:
        done = add_hold(app.services(), target, reason, day(until) if until else None)
    raise typer.Exit(session.show_done("hold-add", done))


@hold_app.command("list")
def hold_list(context: typer.Context, format: FormatOption = Format.TABLE) -> None:
    """Every hold in force."""
    session: Session = context.obj
    session.format = format
    from nsquilio.render.blocks import holds_object, print_holds

    with session.app() as app:
        holds = app.store_copy().blocks.holds()
        if format is Format.JSON:
            session.show_json(holds_object(holds))
        else:
            print_holds(holds, session.console())


@hold_app.command("release")
def hold_release(
    context: typer.Context,
    target: Annotated[str, typer.Argument(metavar="ID-OR-TARGET", help="A hold's number, or what it holds.")],
    format: FormatOption = Format.TABLE,
) -> None:
    """End a hold; also lets an invoice above the largest balance, or with unapplied cash, through once."""
    session: Session = context.obj
    session.format = format
    from nsquilio.jobs.holds import release_hold

    with session.app() as app:
        done = release_hold(app.services(), target)
    raise typer.Exit(session.show_done("hold-release", done))


@hold_app.command("import")
def hold_import(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE.csv", help="Columns: target, reason, until (may be empty).")
    ],
    format: FormatOption = Format.TABLE,
) -> None:
    """Add holds from a CSV file: all of them, or none when a row is wrong."""
    session: Session = context.obj
    session.format = format
    from nsquilio.jobs.holds import import_holds

    with session.app() as app:
        done = import_holds(app.services(), file)
    raise typer.Exit(session.show_done("hold-import", done))


Address = Annotated[str, typer.Argument(metavar="NUMBER-OR-EMAIL", help="As the customer writes it.")]
Source = Annotated[
    str, typer.Option("--source", metavar="TEXT", help="How we know: phone call of 3 March, letter …")
]


@optout_app.command("list")
def optout_list(context: typer.Context, format: FormatOption = Format.TABLE) -> None:
    """Every number and address that opted out."""
    session: Session = context.obj
    session.format = format
    from nsquilio.render.blocks import optouts_object, print_optouts

    with session.app() as app:
        rows = app.store_copy().blocks.opt_outs()
        if format is Format.JSON:
            session.show_json(optouts_object(rows))
        else:
            print_optouts(rows, session.console())


@optout_app.command("add")
def optout_add(
    context: typer.Context, address: Address, source: Source, format: FormatOption = Format.TABLE
) -> None:
    """Nothing more goes to this number by text (or this address by mail), whichever customer has it."""
    session: Session = context.obj
    session.format = format
    from nsquilio.jobs.optouts import add_optout

    with session.app() as app:
        done = add_optout(app.services(), address, source)
    raise typer.Exit(session.show_done("optout-add", done))


@optout_app.command("remove")
def optout_remove(
    context: typer.Context, address: Address, source: Source, format: FormatOption = Format.TABLE
) -> None:
    """Take an opt-out back, because the person asked for it."""
    session: Session = context.obj
    session.format = format
    from nsquilio.jobs.optouts import remove_optout

    with session.app() as app:
        done = remove_optout(app.services(), address, source)
    raise typer.Exit(session.show_done("optout-remove", done))
