"""The administrator's secrets: set, list, delete. A value is typed, piped or read from a file, never an
argument.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nsquilio.cli import certificates
from nsquilio.cli.options import Format, FormatOption
from nsquilio.cli.session import Session
from nsquilio.errors import BadCredentials, WrongUsage

if TYPE_CHECKING:
    from nsquilio.app import App

credentials_app = typer.Typer(
    rich_markup_mode=None, no_args_is_help=True, help="Secrets in the keyring, a file or a command."
)

LONGEST_SECRET = 65_536


@credentials_app.command("set")
def credentials_set(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="Such as twilio.api_key_secret; without: asks for all that are missing."
        ),
    ] = None,
    from_file: Annotated[
        Path | None, typer.Option("--from-file", metavar="PATH", help="Read the value from a file.")
    ] = None,
) -> None:
    """Store one secret: typed, piped in, or from a file.

    Never an argument: others can see the arguments of a running program.
    """
    session: Session = context.obj
    if name is None:
        _set_missing(session, from_file)
        return
    from nsquilio.credentials.names import check_name
    from nsquilio.credentials.shapes import accepted

    value = accepted(check_name(name), _secret(name, from_file))
    with session.app() as app:
        _keep(session, app, name, value)


def _keep(session: Session, app: App, name: str, value: str) -> None:
    store = app.credentials()
    store.set(name, value, app.clock())
    app.record_credential_change(name, "set", store.place)
    session.tell(f"{name} is set in {store.place}.")


def _set_missing(session: Session, from_file: Path | None) -> None:
    """Asks a person for each credential that this configuration needs and does not have."""
    from nsquilio.cli.subject import needed_credentials

    if from_file is not None or not _is_person_there():
        raise WrongUsage(
            "Which credential?", "Name it: nsquilio credentials set NAME; `credentials list` shows all."
        )
    with session.app() as app:
        store = app.credentials()
        missing = [name for name in needed_credentials(app) if store.find(name) is None]
        for name in missing:
            if name == "netsuite.private_key":
                session.say("netsuite.private_key is made by: nsquilio credentials create-certificate")
            else:
                _ask_until_right(session, app, name)
        if not missing:
            session.tell("Nothing is missing.")


def _ask_until_right(session: Session, app: App, name: str) -> None:
    import getpass

    from nsquilio.credentials.names import PURPOSES
    from nsquilio.credentials.shapes import accepted

    while True:
        text = getpass.getpass(f"{PURPOSES[name]} ({name}; empty: later): ")
        if not text.strip():
            return
        try:
            value = accepted(name, text)
        except BadCredentials as problem:
            session.say(f"{problem.message} Try again.")
            continue
        _keep(session, app, name, value)
        return


def _is_person_there() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _secret(name: str, from_file: Path | None) -> str:
    """As typed. An endless file or pipe is cut, and then refused for its shape."""
    if from_file is not None:
        text = _read(from_file)
    elif _is_person_there():
        import getpass

        text = getpass.getpass(f"{name}: ")
    else:
        text = _piped()
    if not text.strip():
        raise WrongUsage(f"No value for {name} was given.", "Type it, pipe it in, or use --from-file PATH.")
    return text


def _read(file: Path) -> str:
    try:
        # A named pipe would block the open for ever without O_NONBLOCK.
        with open(os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), encoding="utf-8") as opened:
            return opened.read(LONGEST_SECRET)
    except (OSError, UnicodeDecodeError) as problem:
        why = getattr(problem, "strerror", None) or "it is not text"
        raise BadCredentials(
            f"{file} cannot be read: {why}. Nothing was stored.", "Name another file."
        ) from None


def _piped() -> str:
    try:
        return sys.stdin.read(LONGEST_SECRET) if sys.stdin else ""
    except UnicodeDecodeError:
        raise BadCredentials(
            "What was piped in is not text. Nothing was stored.", "Pipe the value itself."
        ) from None


@credentials_app.command("list")
def credentials_list(context: typer.Context, format: FormatOption = Format.TABLE) -> None:
    """Names, places and ages; never a character of a secret."""
    from nsquilio.render.credentials import credentials_object, print_credentials

    session: Session = context.obj
    with session.app() as app:
        store = app.credentials()
        rows, end = store.listing(), app.certificate_end()
        if format is Format.JSON:
            session.show_json(credentials_object(rows, store.kind, end, app.clock()))
        else:
            print_credentials(rows, store.place, end, app.clock(), session.console())


@credentials_app.command("delete")
def credentials_delete(
    context: typer.Context, name: Annotated[str, typer.Argument(metavar="NAME", help="As `list` shows it.")]
) -> None:
    """Remove one secret from the store."""
    from nsquilio.credentials.names import check_name

    session: Session = context.obj
    check_name(name)
    with session.app() as app:
        store = app.credentials()
        was_set = store.delete(name)
        if was_set:
            app.record_credential_change(name, "deleted", store.place)
        session.tell(f"{name} {'is deleted from' if was_set else 'was not set in'} {store.place}.")


certificates.add_to(credentials_app)
