"""The command tree, and the one place where errors become words and exit codes."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from nsquilio import __version__
from nsquilio.cli import admin, desk, inbox, nightly, records, trial
from nsquilio.cli.groups import SectionedGroup
from nsquilio.cli.session import Session, command_of
from nsquilio.errors import AlreadyRunning, Interrupted, NsquilioError

app = typer.Typer(
    cls=SectionedGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for commands in (nightly, desk, inbox, records, admin, trial):
    commands.add_to(app)


READER_LEFT = 141
"""What shells show for a program whose output nobody reads any more (`nsquilio … | head`): no error worth words. The
signal itself stays ignored: by default a service that closes its connection would end a run, too, without a word."""


def _print_version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"nsquilio {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            metavar="FILE",
            help="Configuration file (env NSQUILIO_CONFIG; else ./config.yaml, ~/.config/nsquilio/config.yaml).",
        ),
    ] = None,
    sandbox: Annotated[
        bool,
        typer.Option(
            "--sandbox", help="Run against the built-in NetSuite, Twilio and SendGrid; no account needed."
        ),
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but problems.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Print results even when not on a terminal.")
    ] = False,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    """Invoice reminders from Oracle NetSuite through Twilio, and the customers' answers back onto the invoice."""
    context.obj = Session(config=config, sandbox=sandbox, quiet=quiet, verbose=verbose)


def run(arguments: Sequence[str]) -> int:
    """Runs one command line and returns its exit code; no traceback for anything a user can cause."""
    os.umask(0o077)
    # One command, then the end: with 100,000 invoices in memory the collector takes 40 % of the time and finds
    # nothing.
    gc.disable()
    try:
        code = app(args=list(arguments), prog_name="nsquilio", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except NsquilioError as problem:
        return _told(problem, arguments)
    except KeyboardInterrupt:
        return _told(Interrupted("Interrupted.", "Run it again; it carries on where it stopped."), arguments)
    except BrokenPipeError:
        return READER_LEFT
    except SystemExit as ended:  # what typer makes of a broken pipe
        if not isinstance(ended.__context__, BrokenPipeError):
            raise
        return READER_LEFT
    except OSError as problem:
        return _told(_disk_problem(problem), arguments)
    except Exception as problem:  # noqa: BLE001  # the one catch around the whole program
        return _usage_or_bug(problem, arguments)


def _wants_json(arguments: Sequence[str]) -> bool:
    pairs = zip(arguments, [*arguments, ""][1:], strict=True)
    return any(a == "--format=json" or (a == "--format" and b == "json") for a, b in pairs)


def _command(arguments: Sequence[str]) -> str:
    """What was typed before the command, for advice that can be copied."""
    config: Path | None = None
    words = iter(arguments)
    for word in words:
        if word == "--sandbox":
            return command_of(None, sandbox=True)
        if word == "--config":
            config = Path(next(words, ""))
        elif word.startswith("--config="):
            config = Path(word.partition("=")[2])
        elif not word.startswith("-"):
            break
    return command_of(config, sandbox=False)


def _told(problem: NsquilioError, arguments: Sequence[str]) -> int:
    if isinstance(problem, AlreadyRunning) and problem.silent and not _wants_json(arguments):
        return problem.exit_code
    from nsquilio.render.advice import as_called

    problem.next = as_called(problem.next, _command(arguments))
    if _wants_json(arguments):
        import json

        from nsquilio.render.json_out import error_object

        sys.stdout.write(json.dumps(error_object(problem)) + "\n")
    else:
        from nsquilio.render.safe import printable_lines

        sys.stderr.write(printable_lines(f"nsquilio: {problem.message}\n"))
        if problem.next:
            sys.stderr.write(printable_lines(f"  Next: {problem.next}\n"))
    return problem.exit_code


def _disk_problem(problem: OSError) -> NsquilioError:
    from nsquilio.errors import DiskFailed

    where = f" ({problem.filename})" if problem.filename else ""
    return DiskFailed(
        f"The disk or a file refused: {problem.strerror or problem}{where}.",
        "Check space and permissions, then run again.",
        service="disk",
    )


def _secret_as_argument() -> NsquilioError:
    """What stands there may be the secret; cron would mail it."""
    from nsquilio.errors import WrongUsage

    return WrongUsage(
        "`credentials set` takes one NAME, and no secret is ever an argument: others can read it there.",
        "Leave it out and type it when asked, pipe it in, or use --from-file. If it was one, change it: "
        "your shell may keep it in its history.",
    )


def _usage_or_bug(problem: Exception, arguments: Sequence[str]) -> int:
    """typer's own refusals carry an exit code and words; anything else is ours to be ashamed of."""
    if hasattr(problem, "format_message") and hasattr(problem, "exit_code"):
        from nsquilio.errors import WrongUsage

        words = problem.format_message().replace(": Value error, ", ": ")
        if words.startswith("Usage:"):  # a group without a command: its help is the answer
            sys.stderr.write(f"{words}\n")
            return WrongUsage.exit_code
        context = getattr(problem, "ctx", None)
        name = context.command_path if context else "nsquilio"
        if name.endswith("credentials set") and "extra argument" in words:
            return _told(_secret_as_argument(), arguments)
        return _told(WrongUsage(words, f"`{name} --help` shows what is possible."), arguments)
    from nsquilio.cli.bugs import report_bug

    return _told(report_bug(problem), arguments)
