"""What cron runs: remind, pull-inbound, log-replies."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nsquilio.cli.groups import EVERY_NIGHT
from nsquilio.cli.options import Format, FormatOption, RowFormat, RowFormatOption, day, moment
from nsquilio.cli.session import Session
from nsquilio.cli.signals import stop_requests
from nsquilio.cli.watched_run import watched_run
from nsquilio.errors import WrongUsage, worst_exit_code

if TYPE_CHECKING:
    from nsquilio.app import App
    from nsquilio.core.rules import Rules
    from nsquilio.jobs.captured_proof import Captured
    from nsquilio.jobs.remind import Options
    from nsquilio.jobs.results import RemindResult
    from nsquilio.jobs.services import Services


def add_to(app: typer.Typer) -> None:
    app.command("remind", rich_help_panel=EVERY_NIGHT)(remind)
    app.command("pull-inbound", rich_help_panel=EVERY_NIGHT)(pull_inbound)
    app.command("log-replies", rich_help_panel=EVERY_NIGHT)(log_replies)


def remind(
    context: typer.Context,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would go out now; change nothing.")
    ] = False,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE-OR-TIME", help="With --dry-run: as if it were then."),
    ] = None,
    customer: Annotated[
        list[str] | None,
        typer.Option("--customer", metavar="TARGET", help="Only this customer (repeatable)."),
    ] = None,
    invoice: Annotated[
        list[str] | None, typer.Option("--invoice", metavar="TARGET", help="Only this invoice (repeatable).")
    ] = None,
    step: Annotated[
        list[str] | None, typer.Option("--step", metavar="ID", help="Only this reminder step (repeatable).")
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=1, help="At most N messages, most overdue first."),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Every invoice as a row, whole numbers and addresses.")
    ] = False,
    days: Annotated[
        int | None,
        typer.Option(
            "--days",
            metavar="N",
            min=1,
            max=60,
            help="With --dry-run: each of the next N days, if nobody pays.",
        ),
    ] = None,
    save_plan: Annotated[
        Path | None,
        typer.Option(
            "--save-plan", metavar="FILE", help="With --dry-run: write the messages to a plan file."
        ),
    ] = None,
    plan: Annotated[
        Path | None,
        typer.Option("--plan", metavar="FILE", help="Send the messages of that plan, and no more."),
    ] = None,
    format: RowFormatOption = RowFormat.TABLE,
) -> None:
    """Decide about every open invoice, then text or e-mail the customers who are due."""
    session: Session = context.obj
    _check_remind_options(dry_run, as_of, days, save_plan, plan, format)
    _refuse_empty({"--customer": customer, "--invoice": invoice, "--step": step})
    session.format = format
    from nsquilio.jobs.remind import Options
    from nsquilio.jobs.remind import remind as run

    with session.app(checks_texts=True) as app:
        options = Options(
            dry_run=dry_run,
            as_of=moment(as_of, app.rules.company.time_zone) if as_of is not None else None,
            customers=tuple(customer or ()),
            invoices=tuple(invoice or ()),
            steps=tuple(step or ()),
            limit=limit,
            save_plan=save_plan,
            plan=plan,
        )
        if not dry_run:
            app.lock("remind")
        stop = stop_requests(app.directory)
        services = app.services(dry_run=dry_run, sends=not dry_run, asked_to_stop=stop)
        if days is not None:
            _show_days(session, services, options, days)
            return
        if dry_run:
            result = run(services, options)
        else:
            with watched_run(session, app, "remind", services.store) as watch:
                result = run(services, options)
                watch.ended(result, services.store, _log_lines(result), read=result.fetched)
        _show(session, replace(result, problems=session.as_called(result.problems)), app.rules, full)
    raise typer.Exit(worst_exit_code(result.exit_codes))


def _log_lines(result: RemindResult) -> Iterator[dict[str, object]]:
    for row in result.messages:
        message = row.message
        sent = {"status": row.status, "sid": row.sid, "error_code": row.error_code}
        yield {"key": message.key, "channel": str(message.channel), "to": message.to, **sent}


def _show_days(session: Session, services: Services, options: Options, days: int) -> None:
    from nsquilio.jobs.forecast import forecast
    from nsquilio.render.forecast import forecast_object, print_forecast

    result = forecast(services, options, days)
    if session.format == "json":
        session.show_json(forecast_object(result))
    else:
        print_forecast(result, services.rules, session.console())


def _show(session: Session, result: RemindResult, rules: Rules, full: bool) -> None:
    """A dry run is a question, so its answer is always shown; a real run from cron is silent when all went well."""
    if session.format == "json":
        from nsquilio.render.remind import write_json

        write_json(result, sys.stdout)
    elif session.format == "csv":
        from nsquilio.render.remind import write_csv

        write_csv(result, sys.stdout)
    elif not session.quiet and (result.dry_run or not session.is_silent_on_success):
        from nsquilio.render.remind_screen import print_remind

        print_remind(result, rules, session.console(), full=full, command=session.command)
    session.tell_problems(result.problems)


def _check_remind_options(
    dry_run: bool,
    as_of: str | None,
    days: int | None,
    save_plan: Path | None,
    plan: Path | None,
    format: RowFormat,
) -> None:
    for name, given in (("--as-of", as_of), ("--days", days), ("--save-plan", save_plan)):
        if given is not None and not dry_run:
            raise WrongUsage(f"{name} only goes with --dry-run.", f"Add --dry-run, or leave {name} out.")
    if plan is not None and dry_run:
        raise WrongUsage("--plan sends a plan, so it does not go with --dry-run.", "Leave one of them out.")
    if days is not None and save_plan is not None:
        raise WrongUsage("--save-plan holds one run, --days shows many.", "Leave one of them out.")
    if days is not None and format is RowFormat.CSV:
        raise WrongUsage("--days has no CSV.", "Ask for one day with --as-of, or for --format json.")


def _refuse_empty(given: Mapping[str, list[str] | None]) -> None:
    """An empty name comes from an empty variable of a script, which meant something else than everything or nothing."""
    for name, values in given.items():
        if any(not value.strip() for value in values or ()):
            raise WrongUsage(f"{name} is empty.", f"Name something, or leave {name} out.")


def pull_inbound(
    context: typer.Context,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Read again from that day on.")
    ] = None,
    from_spool: Annotated[
        Path | None,
        typer.Option("--from-spool", metavar="DIR", help="Take captured webhooks from this directory too."),
    ] = None,
    format: FormatOption = Format.TABLE,
) -> None:
    """Bring texts, calls, voicemail and delivery statuses home from Twilio; apply opt-outs at once."""
    session: Session = context.obj
    session.format = format
    first_day = day(since) if since is not None else None
    from nsquilio.jobs.pull_inbound import pull_inbound as run
    from nsquilio.render.inbound import print_pull, pull_object

    with session.app() as app:
        app.lock("pull-inbound")
        services = app.services(asked_to_stop=stop_requests(app.directory))
        captured = _captured(app, from_spool) if from_spool else None
        with watched_run(session, app, "pull-inbound", services.store) as watch:
            result = run(services, since=first_day, captured=captured)
            watch.ended(
                result, services.store, sms=result.sms, calls=result.calls, voicemails=result.voicemails
            )
        result = replace(result, problems=session.as_called(result.problems))
        if session.format == "json":
            session.show_json(pull_object(result))
        elif not session.is_silent_on_success:
            print_pull(result, session.console(), session.command)
        session.tell_problems(result.problems)
    raise typer.Exit(worst_exit_code(result.exit_codes))


def _captured(app: App, directory: Path) -> Captured:
    """The secrets that prove captured requests; one that is not stored leaves its requests where they are."""
    from nsquilio.jobs.captured_proof import Captured

    secrets = app.credentials()
    tokens, event_secrets = secrets.find("twilio.auth_token"), secrets.find("netsuite.event_secret")
    return Captured(
        directory,
        twilio_tokens=(tokens,) if tokens else (),
        netsuite_secrets=(event_secrets,) if event_secrets else (),
        netsuite_addresses=app.settings.netsuite.event_addresses,
    )


def log_replies(
    context: typer.Context,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be written; change nothing.")
    ] = False,
    format: FormatOption = Format.TABLE,
) -> None:
    """Match what came in to customers and invoices; write every communication to NetSuite."""
    session: Session = context.obj
    session.format = format
    from nsquilio.jobs.log_replies import log_replies as run
    from nsquilio.render.inbound import log_object, print_log

    with session.app() as app:
        if not dry_run:
            app.lock("log-replies")
        services = app.services(dry_run=dry_run, asked_to_stop=stop_requests(app.directory))
        if dry_run:
            result = run(services)
        else:
            with watched_run(session, app, "log-replies", services.store) as watch:
                result = run(services)
                watch.ended(
                    result,
                    services.store,
                    logged=result.logged,
                    unmatched=result.unmatched,
                    failed=result.failed,
                )
        result = replace(result, problems=session.as_called(result.problems))
        if session.format == "json":
            session.show_json(log_object(result))
        elif not session.quiet and (dry_run or not session.is_silent_on_success):
            print_log(result, session.console(), session.command)
        session.tell_problems(result.problems)
    raise typer.Exit(worst_exit_code(result.exit_codes))
