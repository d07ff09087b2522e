"""The administrator's check-up: doctor."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from nsquilio.cli.options import Format, FormatOption
from nsquilio.cli.session import Session
from nsquilio.errors import NotReady

if TYPE_CHECKING:
    from nsquilio.jobs.checkup import Findings

SCHEMA = "nsquilio.doctor.v1"


def doctor(
    context: typer.Context,
    as_cron: Annotated[
        bool,
        typer.Option(
            "--as-cron", help="Check in cron's surroundings: few variables, no session, no terminal."
        ),
    ] = False,
    format: FormatOption = Format.TABLE,
) -> None:
    """Check everything and say the fix: credentials, certificate, clock, permissions, sender."""
    from nsquilio.render.doctor import findings_object, print_findings

    session: Session = context.obj
    findings = _as_cron(session) if as_cron else _here(session)
    if format is Format.JSON:
        session.show_json(findings_object(findings, SCHEMA))
    elif not (session.quiet and findings.exit_code == 0):
        print_findings(findings, session.console(), session.command)
    raise typer.Exit(findings.exit_code)


def _here(session: Session) -> Findings:
    from nsquilio.cli.subject import subject_of
    from nsquilio.jobs.doctor import configuration_failed
    from nsquilio.jobs.doctor import doctor as run

    try:
        with session.app() as app:
            subject = subject_of(app, sandbox=session.sandbox)
            with _watched(session) as progress:
                return run(subject, progress)
    except NotReady as problem:
        return configuration_failed(problem)


@contextmanager
def _watched(session: Session) -> Iterator[Callable[[str], None]]:
    """What is being checked, on a terminal; a service that does not answer takes a while."""
    if session.quiet or not sys.stderr.isatty():
        yield lambda what: None
        return
    with session.console(errors=True).status("Checking") as line:
        yield lambda what: line.update(f"Checking: {what}")


def _as_cron(session: Session) -> Findings:
    """A child process with cron's variables checks everything again, and this one shows what it saw."""
    from nsquilio.app import actor, home
    from nsquilio.cli.as_cron import run_as_cron
    from nsquilio.jobs.checkup import Findings, failure
    from nsquilio.render.doctor import findings_from

    ended = run_as_cron([*_same_configuration(session), "doctor", "--format", "json"], home(), actor())
    try:
        return findings_from(json.loads(ended.printed), as_cron=True)
    except (ValueError, KeyError, TypeError):
        lines = (ended.problems or ended.printed).strip().splitlines() or ["no reason was given"]
        fix = "Start it by hand with few variables: env -i HOME=$HOME PATH=/usr/bin:/bin nsquilio doctor"
        return Findings(
            (failure("cron environment", f"the program did not work there: {lines[-1]}", fix),), True
        )


def _same_configuration(session: Session) -> list[str]:
    """What a crontab would say: --config where one was named, nothing where cron must find it by itself."""
    if session.sandbox:
        return ["--sandbox"]
    named = session.config or os.environ.get("NSQUILIO_CONFIG")
    return ["--config", os.path.abspath(os.path.expanduser(named))] if named else []
