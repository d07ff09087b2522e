"""The administrator's first command: init. Writes files that are not there yet and never changes one that
is.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class StoreKind(StrEnum):
    OS = "os"
    FILE = "file"
    COMMAND = "command"


def init(
    context: typer.Context,
    company: Annotated[
        str | None, typer.Option("--company", metavar="NAME", help="Stands in every message.")
    ] = None,
    contact: Annotated[
        str | None, typer.Option("--contact", metavar="TEXT", help="Number or address for questions.")
    ] = None,
    account: Annotated[
        str | None, typer.Option("--account", metavar="ID", help="NetSuite account: 1234567 or 1234567_SB1.")
    ] = None,
    twilio_account: Annotated[
        str | None, typer.Option("--twilio-account", metavar="AC…", help="Twilio account SID.")
    ] = None,
    sender: Annotated[
        str | None, typer.Option("--sender", metavar="MG…|+1…", help="Messaging Service SID, or a number.")
    ] = None,
    mail_from: Annotated[
        str | None,
        typer.Option("--mail-from", metavar="ADDRESS", help="Send mail, too (SendGrid), from here."),
    ] = None,
    time_zone: Annotated[
        str | None, typer.Option("--time-zone", metavar="ZONE", help="The company's, like America/New_York.")
    ] = None,
    country: Annotated[
        str | None, typer.Option("--country", metavar="CC", help="Else follows from the zone.")
    ] = None,
    currency: Annotated[
        str | None, typer.Option("--currency", metavar="CUR", help="Else follows from the country.")
    ] = None,
    steps: Annotated[
        str | None,
        typer.Option("--steps", metavar="DAYS", help="From the due date, and events: -5,1,7,14,paid."),
    ] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", metavar="NAME", help="production, or any name for tests.")
    ] = None,
    allow: Annotated[
        list[str] | None,
        typer.Option("--allow", metavar="RECIPIENT", help="Whom a test profile may write to."),
    ] = None,
    store: Annotated[
        StoreKind | None, typer.Option("--store", help="Where secrets are kept; else what works under cron.")
    ] = None,
    credential_command: Annotated[
        str | None,
        typer.Option("--credential-command", metavar="COMMAND", help="Prints one; {name} is replaced."),
    ] = None,
    ping_url: Annotated[
        str | None, typer.Option("--ping-url", metavar="URL", help="Told of start, success and failure.")
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option("--base-url", metavar="URL", help="A test server on this machine, for all services."),
    ] = None,
    netsuite_project: Annotated[
        Path | None, typer.Option("--netsuite-project", metavar="DIR", help="Write the SDF project there.")
    ] = None,
    systemd: Annotated[
        Path | None, typer.Option("--systemd", metavar="DIR", help="Write systemd units there.")
    ] = None,
) -> None:
    """Ask a few questions and write a configuration that works; never overwrites anything.

    --netsuite-project by itself writes the project alone; so does --systemd where a configuration stands already.
    """
    from nsquilio.cli.init_answers import Given
    from nsquilio.cli.init_files import write_files

    given = Given(
        company=company,
        contact=contact,
        account=account,
        twilio_account=twilio_account,
        sender=sender,
        mail_from=mail_from,
        time_zone=time_zone,
        country=country,
        currency=currency,
        steps=steps,
        profile=profile,
        allow=tuple(allow or ()),
        store=store.value if store else None,
        credential_command=credential_command,
        ping_url=ping_url,
        base_url=base_url,
        for_systemd=systemd is not None,
    )
    write_files(context.obj, given, netsuite_project, systemd)
