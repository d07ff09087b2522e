"""The administrator: credentials."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from nsquilio.cli.options import Format, FormatOption
from nsquilio.cli.session import Session
from nsquilio.errors import BadCredentials, WrongUsage

credentials_app = typer.Typer(
    rich_markup_mode=None, no_args_is_help=True, help="Secrets in the keyring, a file or a command."
)

LONGEST_SECRET = 65_536


@credentials_app.command("set")
def credentials_set(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Such as twilio.api_key_secret; `list` shows all.")
    ],
    from_file: Annotated[
        Path | None, typer.Option("--from-file", metavar="PATH", help="Read the value from a file.")
    ] = None,
) -> None:
    """Store one secret: asked for without echo, piped in, or from a file; never an argument."""
    from nsquilio.credentials.names import check_name
    from nsquilio.credentials.shapes import accepted

    session: Session = context.obj
    check_name(name)
    value = accepted(name, _secret(name, from_file))
    with session.app() as app:
        store = app.credentials()
        store.set(name, value, app.clock())
        app.record_credential_change(name, "set", store.place)
        session.tell(f"{name} is set in {store.place}.")


def _secret(name: str, from_file: Path | None) -> str:
    if from_file is not None:
        try:
            return from_file.read_text(encoding="utf-8")[:LONGEST_SECRET]
        except (OSError, UnicodeDecodeError) as problem:
            why = getattr(problem, "strerror", None) or "it is not text"
            raise BadCredentials(
                f"{from_file} cannot be read: {why}. Nothing was stored.", "Name another file."
            ) from None
    if sys.stdin is None or not sys.stdin.isatty():
        text = sys.stdin.read(LONGEST_SECRET) if sys.stdin else ""
    else:
        import getpass

        text = getpass.getpass(f"{name}: ")
    if not text.strip():
        raise WrongUsage(f"No value for {name} was given.", "Type it, pipe it in, or use --from-file PATH.")
    return text


@credentials_app.command("list")
def credentials_list(context: typer.Context, format: FormatOption = Format.TABLE) -> None:
    """Every name, where it is kept and how old it is; never a character of a secret."""
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
