"""`nsquilio demo`: the whole story against the sandbox, told by the real commands. Nothing in it is staged."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from nsquilio.cli.session import Session
from nsquilio.errors import NsquilioError

NIGHT = "2026-03-02T07:30:00+00:00"  # Monday 02:30 in New York: nobody may be texted yet
MONTH = NIGHT[:7]


@dataclass(frozen=True, slots=True)
class Scene:
    """`arguments`: of the command that is run; `also`: exit codes that belong to the story."""

    words: str
    arguments: tuple[str, ...]
    also: tuple[int, ...] = ()


CALLER = "Dana here, please send a copy of invoice 1208"

SCENES = (
    Scene(
        "A new world: a NetSuite with customers and invoices, a Twilio, a SendGrid, all on this machine.\n"
        "It is Monday, half past two at night in New York.",
        ("sandbox", "reset", "--start", NIGHT),
    ),
    Scene("What would tonight's run do? Nothing is sent.", ("--sandbox", "remind", "--dry-run")),
    Scene(
        "Now for real. Mails go out at once; texts are handed to Twilio and leave when it is day at the\n"
        "customer's.",
        ("--sandbox", "--verbose", "remind"),
    ),
    Scene("Why did Acme's largest invoice not go out?", ("--sandbox", "why", "INV-1042")),
    Scene("Before the day begins, Copper Optics pays ...", ("sandbox", "pay", "INV-1205")),
    Scene("... the night goes by ...", ("sandbox", "advance", "5h40m")),
    Scene(
        "... and the text that was waiting at Twilio is canceled before it leaves.",
        ("--sandbox", "--verbose", "pull-inbound"),
    ),
    Scene("At noon the customers answer: one pays on Friday ...", ("sandbox", "advance", "4h")),
    Scene("", ("sandbox", "reply", "+12125550142", "Sorry! we will pay on friday")),
    Scene(
        "... one disputes ...", ("sandbox", "reply", "+18505550122", "we never got the goods for INV-1053")
    ),
    Scene(
        "... one has paid ...", ("sandbox", "reply", "+18505550121", "we mailed the check for 1052 yesterday")
    ),
    Scene("... one asks ...", ("sandbox", "reply", "+16175550153", "how much is still open on INV-1051?")),
    Scene("... one never was a customer ...", ("sandbox", "reply", "+17205550128", "wrong number, sorry")),
    Scene("... one has had enough of texts ...", ("sandbox", "reply", "+13175550135", "pls stop texting me")),
    Scene("... and one leaves a voicemail.", ("sandbox", "call", "+12065550196", "--voicemail", CALLER)),
    Scene(
        "Everything comes home; the opt-out is applied at once.", ("--sandbox", "--verbose", "pull-inbound")
    ),
    Scene(
        "Matched, read, and written onto the invoices in NetSuite.", ("--sandbox", "--verbose", "log-replies")
    ),
    Scene("The AR desk's morning list.", ("--sandbox", "inbox", "list")),
    Scene("The next night ...", ("sandbox", "advance", "14h20m")),
    Scene(
        "... passes over who said stop, disputes or has paid.", ("--sandbox", "--verbose", "remind"), (0, 1)
    ),
    Scene("And says so for each of them.", ("--sandbox", "why", "INV-1052")),
    Scene("The morning screen.", ("--sandbox", "status"), (1,)),
    Scene("The record is whole.", ("--sandbox", "audit", "verify")),
)

NEXT = """\
Try next:
  nsquilio --sandbox remind --dry-run --full       every invoice with its reason
  nsquilio --sandbox why "Acme Corp"               every rule, for each invoice of a customer
  nsquilio sandbox outbox                          what the services accepted from us
  nsquilio sandbox fault timeout-after-accept      make Twilio fail as it really does, then remind
  nsquilio sandbox advance 1d                      and run the next night
The month's report, for a browser: {report}
"""


def run_demo(session: Session) -> None:
    from nsquilio.app import home
    from nsquilio.cli.program import run
    from nsquilio.sandbox_profile import sandbox_directory

    os.environ.pop("NSQUILIO_NOW", None)
    report = sandbox_directory(home(), os.environ) / f"report-{MONTH}.html"
    for scene in (*SCENES, _reporting(report)):
        _tell(shown_scene(scene))
        code = run(scene.arguments)
        if code not in (0, *scene.also):
            raise NsquilioError(
                f"The demo stopped: `nsquilio {_shown(scene.arguments)}` ended with {code}.",
                "Its message stands above; `nsquilio sandbox reset --config` starts anew.",
                code="demo_stopped",
            )
    _tell("\n" + NEXT.format(report=report))


def _reporting(file: Path) -> Scene:
    return Scene(
        "The month, for whoever signs it.",
        ("--sandbox", "audit", "report", "--month", MONTH, "--html", str(file)),
    )


def shown_scene(scene: Scene) -> str:
    """What stands above a command's own output."""
    words = f"\n{scene.words}" if scene.words else ""
    return f"{words}\n$ nsquilio {_shown(scene.arguments)}\n"


def _shown(arguments: tuple[str, ...]) -> str:
    return " ".join(f'"{part}"' if " " in part else part for part in arguments)


def _tell(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
