"""The administrator's certificate: create-certificate, test, promote. No run is ever without a key NetSuite
knows.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nsquilio.cli.options import Format, FormatOption
from nsquilio.cli.session import Session
from nsquilio.errors import BadCredentials, DiskFailed

if TYPE_CHECKING:
    from nsquilio.app import App
    from nsquilio.credentials import CredentialStore

TEST_SCHEMA = "nsquilio.credentials-test.v1"


class KeyType(StrEnum):
    P256 = "p256"
    RSA3072 = "rsa3072"
    RSA4096 = "rsa4096"


def add_to(credentials_app: typer.Typer) -> None:
    credentials_app.command("create-certificate")(create_certificate)
    credentials_app.command("test")(test)
    credentials_app.command("promote")(promote)


def create_certificate(
    context: typer.Context,
    type: Annotated[KeyType, typer.Option("--type", help="P-256 fits any keyring.")] = KeyType.P256,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Put a copy of the certificate here.")
    ] = None,
    next: Annotated[bool, typer.Option("--next", help="Beside the one in use, to take over later.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Throw away a pair that is not in use yet.")
    ] = False,
    format: FormatOption = Format.TABLE,
) -> None:
    """Make the key pair for NetSuite's login, for two years.

    The private key goes into the store, the certificate into a file to upload. Beside a pair in use it makes
    a second one, which takes over at `credentials promote`.
    """
    from nsquilio.credentials.certificate import create_certificate as create
    from nsquilio.credentials.certificate import valid_between
    from nsquilio.credentials.names import NEXT
    from nsquilio.credentials.rotation import write_certificate

    session: Session = context.obj
    with session.app() as app:
        store, now = app.credentials(), app.clock()
        following = _slot(store, wanted=next, replace=replace)
        name = f"netsuite.private_key{NEXT if following else ''}"
        key, certificate = create(type.value, f"nsquilio {app.rules.profile}", now)
        store.set(name, key, now)
        file = write_certificate(app.directory, certificate, following)
        app.record_credential_change(name, "created", store.place)
        if out is not None:
            _copy(certificate, out)
        _show_created(session, name, out or file, valid_between(certificate)[1], format, type)


def _slot(store: CredentialStore, *, wanted: bool, replace: bool) -> bool:
    """Whether the second place is to be filled. Throws no key away whose certificate may be uploaded."""
    has_key = store.find("netsuite.private_key") is not None
    in_use = has_key and store.find("netsuite.certificate_id") is not None
    if (in_use or (wanted and has_key)) and (store.find("netsuite.private_key.next") is None or replace):
        return True
    if in_use:
        raise BadCredentials(
            "A second pair is waiting to be tested and promoted already.",
            "Go on with it (`nsquilio credentials test --next`, then `promote`), or throw it away with "
            "--replace.",
        )
    if has_key and not replace:
        raise BadCredentials(
            "There is a private key already, and its certificate waits for its id: netsuite.certificate_id "
            "is not set.",
            "Upload that certificate and set its id, or throw the pair away with --replace.",
        )
    return False


def _copy(certificate: str, out: Path) -> None:
    try:
        # "x": a certificate that lies there may be the one in use.
        with out.open("x", encoding="ascii") as file:
            file.write(certificate)
    except OSError as problem:
        raise DiskFailed(
            f"The pair is made, but the certificate could not be copied to {out}: {problem.strerror}.",
            "Copy it from the state directory; `nsquilio credentials list` names its store.",
            service="disk",
        ) from None


def _show_created(
    session: Session, name: str, file: Path, until: datetime, format: Format, kind: KeyType
) -> None:
    from nsquilio.cli import netsuite_words

    if format is Format.JSON:
        from nsquilio.render.json_out import utc

        session.show_json(
            {
                "schema": "nsquilio.certificate.v1",
                "credential": name,
                "type": str(kind),
                "certificate_file": str(file),
                "valid_until": utc(until),
            }
        )
        return
    words = netsuite_words.next_certificate if name.endswith(".next") else netsuite_words.first_certificate
    session.tell(words(file, until, session.command))


def test(
    context: typer.Context,
    next: Annotated[bool, typer.Option("--next", help="The certificate that waits to be promoted.")] = False,
    format: FormatOption = Format.TABLE,
) -> None:
    """Talk to each service with the stored credentials.

    Says in plain words what is wrong with which of them, and sends no message.
    """
    from nsquilio.cli.subject import subject_of
    from nsquilio.jobs.credentials_test import try_credentials
    from nsquilio.render.doctor import findings_object, print_findings

    session: Session = context.obj
    with session.app() as app:
        findings = try_credentials(subject_of(app, sandbox=session.sandbox, following=next))
    if format is Format.JSON:
        session.show_json(findings_object(findings, TEST_SCHEMA))
    elif not (session.quiet and findings.exit_code == 0):
        print_findings(findings, session.console(), session.command)
    raise typer.Exit(findings.exit_code)


def promote(
    context: typer.Context,
    untested: Annotated[bool, typer.Option("--untested", help="Without logging in with it first.")] = False,
) -> None:
    """Let the waiting certificate take over, after a login."""
    from nsquilio.credentials.rotation import promote as put_in_place

    session: Session = context.obj
    with session.app() as app:
        store = app.credentials()
        if not untested:
            _try_next(app, store)
        put_in_place(store, app.directory, app.clock())
        app.record_credential_change("netsuite.private_key", "promoted", store.place)
        session.tell("The new certificate is in use. Revoke the old row in NetSuite when you like.")


def _try_next(app: App, store: CredentialStore) -> None:
    """Only where both are there: an interrupted promotion goes on without."""
    from nsquilio.credentials.names import NEXT, ROTATED

    if any(store.find(name + NEXT) is None for name in ROTATED):
        return
    try:
        app.netsuite(following=True).server_time()
    except BadCredentials as problem:
        raise BadCredentials(
            f"The waiting certificate does not work yet, so nothing was changed. {problem.message}",
            "See `nsquilio credentials test --next`.",
        ) from None
