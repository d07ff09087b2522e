"""Writes what `init` makes: the configuration, the NetSuite project, systemd units. Never over anything that
is there.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from nsquilio.app import actor, home, read_settings
from nsquilio.cli.init_answers import Given, answers_from, checked_text
from nsquilio.cli.init_config import Answers
from nsquilio.cli.init_questions import Conversation
from nsquilio.cli.session import Session
from nsquilio.errors import BadConfig, DiskFailed, WrongUsage


def write_files(session: Session, given: Given, netsuite_project: Path | None, systemd: Path | None) -> None:
    if session.sandbox:
        raise WrongUsage("The sandbox has a configuration of its own.", "Leave --sandbox out.")
    file = _place(session)
    answers = None
    if not os.path.lexists(file):
        if netsuite_project is None or given != Given():  # the project is the same whatever is configured
            answers = _write_config(session, given, file)
    elif netsuite_project is None and systemd is None:
        raise _stands_already(file)
    if netsuite_project is not None:
        _write_project(session, netsuite_project)
    if systemd is not None:
        _write_units(session, file, systemd)
    if answers is not None:
        session.tell(_next_commands(session, answers, file))


def _place(session: Session) -> Path:
    """Where the other commands would look first; a new file goes to the user's own folder."""
    named = session.config or os.environ.get("NSQUILIO_CONFIG")
    if named:
        return Path(os.path.abspath(Path(named).expanduser()))
    here = Path(os.path.abspath("config.yaml"))
    return here if os.path.lexists(here) else home() / ".config" / "nsquilio" / "config.yaml"


def _stands_already(file: Path) -> BadConfig:
    return BadConfig(
        f"There is a configuration at {file} already, and it is never overwritten.",
        "Edit it, or name another place: nsquilio --config FILE init",
        code="config_exists",
    )


def _write_config(session: Session, given: Given, file: Path) -> Answers:
    from nsquilio.credentials.secure_files import create_private

    is_terminal = sys.stdin is not None and sys.stdin.isatty()
    answers, why = answers_from(given, Conversation(is_terminal, session.say, []), file, home())
    text = checked_text(answers, file, home())
    if not create_private(file, text.encode()):
        raise _stands_already(file)
    session.tell(f"Wrote {file}.")
    if why and not is_terminal:
        session.tell(why)
    return answers


def _write_project(session: Session, folder: Path) -> None:
    from nsquilio.netsuite_project import write_project

    write_project(folder)
    session.tell(f"Wrote the NetSuite project to {folder}; its README says how to deploy it.")


def _write_units(session: Session, file: Path, folder: Path) -> None:
    from nsquilio.cli.subject import program
    from nsquilio.cli.systemd_units import units

    texts = units(read_settings(file), file, program(), actor())
    there = [name for name in texts if os.path.lexists(folder / name)]
    if there:
        raise WrongUsage(
            f"{folder} holds {', '.join(there)} already; nothing there is overwritten.",
            "Name an empty directory, and copy what you want.",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            with (folder / name).open("x", encoding="utf-8") as unit:
                os.fchmod(unit.fileno(), 0o644)
                unit.write(text)
    except OSError as problem:
        raise DiskFailed(
            f"The units could not be written to {folder}: {problem.strerror}.",
            "Name another directory; copy the units to /etc/systemd/system as root.",
            service="disk",
        ) from None
    session.tell(f"Wrote {len(texts)} units to {folder}; {next(iter(texts))} says how to install them.")


def _next_commands(session: Session, answers: Answers, file: Path) -> str:
    command = session.command
    if answers.store == "file" and answers.key_file is None:
        first = "Make the key first: the comments in nsquilio-remind.service say how.\n"
    else:
        first = ""
    return (
        f"{first}Next:\n"
        f"  {command} credentials create-certificate   # NetSuite's key pair, and what to click there\n"
        f"  {command} credentials set                  # asks for the other secrets, one by one\n"
        f"  {command} doctor                           # checks everything and says what is still to be done"
    )
