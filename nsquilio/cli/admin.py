"""The administrator: init, credentials, doctor."""

from __future__ import annotations

import typer

from nsquilio.cli.credentials import credentials_app
from nsquilio.cli.doctor import doctor
from nsquilio.cli.groups import ADMINISTRATOR
from nsquilio.cli.init import init


def add_to(app: typer.Typer) -> None:
    app.command("init", rich_help_panel=ADMINISTRATOR)(init)
    app.add_typer(credentials_app, name="credentials", rich_help_panel=ADMINISTRATOR)
    app.command("doctor", rich_help_panel=ADMINISTRATOR)(doctor)
