"""Try it: the sandbox's world and the demo. No account anywhere is needed."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated

import typer

from nsquilio.cli.groups import TRY_IT
from nsquilio.cli.options import Format, FormatOption
from nsquilio.cli.session import Session, parsed_now
from nsquilio.errors import NotReady, WrongUsage

if TYPE_CHECKING:
    from pathlib import Path

    from nsquilio.sandbox.server import Server
    from nsquilio.sandbox.world import World

sandbox_app = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help="The built-in NetSuite, Twilio and SendGrid, and their world.",
)


def add_to(app: typer.Typer) -> None:
    app.add_typer(sandbox_app, name="sandbox", rich_help_panel=TRY_IT)
    app.command("demo", rich_help_panel=TRY_IT)(demo)


def demo(context: typer.Context) -> None:
    """The whole story against the sandbox in under a minute."""
    from nsquilio.cli.demo import run_demo

    run_demo(context.obj)


@contextmanager
def _world() -> Iterator[World]:
    from nsquilio.app import home
    from nsquilio.sandbox_profile import open_sandbox_world, sandbox_directory

    world = open_sandbox_world(sandbox_directory(home(), os.environ))
    try:
        yield world
    finally:
        world.close()


@sandbox_app.command("serve")
def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="0: any free one.")] = 0,
) -> None:
    """Serve the world to other programs until interrupted; says how to connect."""
    from nsquilio.app import home
    from nsquilio.sandbox.server import serve as start
    from nsquilio.sandbox.twilio_access import credentials
    from nsquilio.sandbox_profile import sandbox_directory, settings_for

    gc.enable()  # this one command runs for days
    directory = sandbox_directory(home(), os.environ)
    with _world() as world:
        if os.environ.get("NSQUILIO_NOW"):
            world.set_clock(parsed_now(os.environ["NSQUILIO_NOW"]))
        server = start(world, port)
        settings = settings_for(directory, world, server.base_url)
        known = credentials(world)
        server.start()
        lines = [
            f"Serving NetSuite, Twilio and SendGrid on {server.base_url}",
            f"  Twilio account {known['account_sid']}, Messaging Service {known['messaging_service_sid']}",
            f"  Twilio numbers {known['numbers']}",
            f"  Throwaway auth token {known['twilio.auth_token']}, SendGrid key {known['sendgrid.api_key']}",
            *connecting(settings.file, world.now(), datetime.now(UTC)),
            "Stop it with ^C.",
        ]
        sys.stdout.write("\n".join(lines) + "\n")
        sys.stdout.flush()
        _wait_for_end(server)


def connecting(file: Path, world: datetime, now: datetime) -> list[str]:
    """How another terminal uses the served world. Its NetSuite refuses logins of another hour, as the real one."""
    command = f"nsquilio --config {file} remind --dry-run"
    if abs(world - now) < timedelta(minutes=1):
        return [f"  From another terminal: {command}"]
    return [
        f"  Its clock shows {world:%Y-%m-%d %H:%M} UTC, and it refuses logins of another time. From another terminal:",
        f"  NSQUILIO_NOW={world:%Y-%m-%dT%H:%M:%SZ} {command}",
        '  For a world of today, first: nsquilio sandbox reset --start "$(date -u +%FT%TZ)"',
    ]


def _wait_for_end(server: Server) -> None:
    import signal
    import threading

    done = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: done.set())
    signal.signal(signal.SIGINT, lambda *_: done.set())
    done.wait()
    server.stop()


@sandbox_app.command("reset")
def reset(
    context: typer.Context,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Another number, another world.")] = 1,
    start: Annotated[
        str | None, typer.Option("--start", metavar="TIME", help="What the world's clock shows (ISO 8601).")
    ] = None,
    config: Annotated[
        bool, typer.Option("--config", help="Renew the sandbox's configuration file too.")
    ] = False,
) -> None:
    """A new world, new throwaway credentials, no state."""
    from nsquilio.app import home
    from nsquilio.sandbox_profile import reset_sandbox, sandbox_directory

    began = _start(start) if start else None
    directory = sandbox_directory(home(), os.environ)
    if config:
        (directory / "config.yaml").unlink(missing_ok=True)
    world = reset_sandbox(directory, seed, began)
    _say(context, f"A new world from seed {seed}; its clock shows {world.now():%Y-%m-%d %H:%M} UTC.")
    world.close()


def _start(text: str) -> datetime:
    try:
        return parsed_now(text)
    except NotReady:
        raise WrongUsage(
            f"{text[:40]!r} is not a time.", "Write it as --start 2026-03-02T07:30:00Z."
        ) from None


@sandbox_app.command("pay")
def pay(
    context: typer.Context,
    invoice: Annotated[str, typer.Argument(metavar="INVOICE", help="Document number or internal id.")],
    amount: Annotated[
        str | None, typer.Option("--amount", metavar="AMOUNT", help="A part of it; else all.")
    ] = None,
    unapplied: Annotated[
        bool, typer.Option("--unapplied", help="The money came in but is not applied yet.")
    ] = False,
    how: Annotated[str, typer.Option("--how", help="payment, credit or writeoff.")] = "payment",
) -> None:
    """A customer pays an invoice in NetSuite."""
    from nsquilio.sandbox import control

    with _world() as world:
        control.pay(world, invoice, _amount(amount), unapplied=unapplied, how=how)
    _say(
        context,
        f"{invoice}: {how} of {amount or 'all that was open'}{' (not applied)' if unapplied else ''}.",
    )


def _amount(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise WrongUsage(f"{text!r} is not an amount.", "Write it as 1250.00.") from None


@sandbox_app.command("advance")
def advance(
    context: typer.Context,
    time: Annotated[str, typer.Argument(metavar="TIME", help="How far: 15m, 6h, 2d, or 1d12h.")],
) -> None:
    """Move the world's clock on; statuses, tokens and due dates go with it."""
    from nsquilio.sandbox import control

    with _world() as world:
        now = control.advance(world, _span(time))
    _say(context, f"The world's clock shows {now:%a %Y-%m-%d %H:%M} UTC.")


def _span(text: str) -> timedelta:
    found = re.fullmatch(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?", text.strip())
    if not found or not any(found.groups()):
        raise WrongUsage(f"{text!r} is not a span of time.", "Write it as 15m, 6h, 2d or 1d12h.")
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


@sandbox_app.command("fault")
def fault(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Such as 500-after-accept; a wrong one lists them all.")
    ],
    times: Annotated[int, typer.Option("--times", metavar="N", min=0, help="So many requests fail.")] = 1,
) -> None:
    """Make the next requests fail as real ones do."""
    from nsquilio.sandbox import control

    with _world() as world:
        control.set_fault(world, name, times)
    _say(context, f"The next {times} request(s) that {name} is about will fail.")


@sandbox_app.command("outbox")
def outbox(context: typer.Context, format: FormatOption = Format.TABLE) -> None:
    """What the services accepted from us, oldest first."""
    from nsquilio.render.outbox import outbox_object, print_outbox
    from nsquilio.sandbox.outside import outbox as sent_so_far

    session: Session = context.obj
    with _world() as world:
        rows = sent_so_far(world)
    if format is Format.JSON:
        session.show_json(outbox_object(rows))
    else:
        print_outbox(rows, session.console())


@sandbox_app.command("reply")
def reply(
    context: typer.Context,
    sender: Annotated[str, typer.Argument(metavar="FROM", help="The customer's number.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What they text.")],
    to: Annotated[
        str | None, typer.Option("--to", metavar="NUMBER", help="Ours; else the one that last wrote.")
    ] = None,
) -> None:
    """A customer texts."""
    from nsquilio.sandbox import outside

    with _world() as world:
        sid = outside.reply(world, sender, to, text)
    _say(context, f"{sid} from {sender}.")


@sandbox_app.command("call")
def call(
    context: typer.Context,
    sender: Annotated[str, typer.Argument(metavar="FROM", help="The caller's number.")],
    answered: Annotated[bool, typer.Option("--answered", help="Somebody picked up.")] = False,
    voicemail: Annotated[
        str | None, typer.Option("--voicemail", metavar="TEXT", help="What they left on tape.")
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="NUMBER", help="Ours; else the one that last wrote.")
    ] = None,
) -> None:
    """A customer calls."""
    from nsquilio.sandbox import outside

    with _world() as world:
        sid = outside.call(world, sender, to, answered=answered, voicemail_text=voicemail)
    _say(context, f"{sid} from {sender}.")


def _say(context: typer.Context, text: str) -> None:
    session: Session = context.obj
    if not session.quiet:
        sys.stdout.write(text + "\n")
