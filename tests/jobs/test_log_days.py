"""Days of answers and failures, runs killed at every request: NetSuite ends up with Twilio's list, SID by SID."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from nsquilio.jobs.log_replies import log_replies
from nsquilio.jobs.pull_inbound import pull_inbound
from nsquilio.jobs.remind import Options, remind
from nsquilio.sandbox import control, outside
from tests.jobs.inbound_builders import Desk
from tests.jobs.night import transports_of

NUMBERS = ("+14155550100", "+16175550153", "+18505550121", "+18085550117", "+13105550199", "+12125550142")
WORDS = (
    "Will pay on Friday", "We already paid INV-1052", "STOP", "START", "Thanks!", "Wrong number", "?", "",
    "I dispute this invoice", "please resend INV-1057", "=cmd|' /C calc'!A0", "<b>hi</b>", "a\x00b", "😀" * 400,
)  # fmt: skip


def _at_twilio(desk: Desk) -> set[str]:
    """Every text, call and voicemail, in and out, as the services have them."""
    texts = {row["sid"] for row in desk.world.rows("SELECT sid FROM twilio_message")}
    calls = {row["sid"] for row in desk.world.rows("SELECT sid FROM twilio_call")}
    voicemails = {row["sid"] for row in desk.world.rows("SELECT sid FROM twilio_recording")}
    return texts | calls | voicemails


def _in_netsuite(desk: Desk) -> list[str]:
    """SIDs of Twilio; one that is about several invoices stands there once for each."""
    rows = desk.world.rows(
        "SELECT externalid AS e, custrecord_nsq_comm_sid AS s, custrecord_nsq_comm_invoice AS i FROM ns_comm"
    )
    assert len({(row["s"], row["i"]) for row in rows}) == len(rows)
    assert all(row["e"] in (f"nsq-{row['s']}", f"nsq-{row['s']}-{row['i']}") for row in rows if row["s"])
    return sorted({row["s"] for row in rows if row["s"] and row["s"][:2] in ("SM", "MM", "CA", "RE")})


def _never_pause(desk: Desk) -> None:
    for client in (desk.services.netsuite, desk.services.twilio, desk.services.sendgrid):
        for transport in transports_of(client):
            transport._http = replace(transport._http, pause=lambda _seconds: None)


def _something_happens(desk: Desk, dice: random.Random) -> None:
    for _ in range(dice.randint(0, 4)):
        number = dice.choice(NUMBERS)
        if dice.random() < 0.7:
            desk.text(number, dice.choice(WORDS) or " ")
        else:
            said = dice.choice([None, "Please call me back about the invoice"])
            outside.call(desk.world, number, None, answered=dice.random() < 0.5, voicemail_text=said)


@pytest.mark.parametrize("rounds", [12, pytest.param(120, marks=pytest.mark.long)])
def test_days_of_overlapping_polls_and_failing_lists_end_with_every_sid_once(desk: Desk, rounds: int) -> None:
    _never_pause(desk)
    dice = random.Random(rounds)
    desk.world.set_setting("twilio.transcription_delay_s", 5 * 3600)
    remind(desk.services, Options())
    for _ in range(rounds):
        _something_happens(desk, dice)
        for fault in ("list-lag", "duplicate-page", "netsuite-500-after-write", "netsuite-429"):
            if dice.random() < 0.3:
                control.set_fault(desk.world, fault, dice.randint(1, 2))
        pull_inbound(desk.services)
        if dice.random() < 0.6:
            log_replies(desk.services)
        desk.advance(hours=dice.choice((0.1, 1, 7)))
    for name in ("list-lag", "duplicate-page", "netsuite-500-after-write", "netsuite-429"):
        control.set_fault(desk.world, name, 0)
    desk.advance(hours=30)
    pull_inbound(desk.services)
    log_replies(desk.services)
    assert _in_netsuite(desk) == sorted(_at_twilio(desk))
    assert desk.store.communications.counts() == {"waiting": 0, "parked": 0}


CHILD = """
import os, signal, sys
from contextlib import ExitStack
from pathlib import Path
from nsquilio.app import App
from nsquilio.jobs.log_replies import log_replies
from nsquilio.jobs.pull_inbound import pull_inbound
from nsquilio.remote.transport import Transport
from nsquilio.sandbox import control
from nsquilio.sandbox_profile import settings_for

directory, url, last = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
sent = 0
ask = Transport._ask

def counted(self, *given, **named):
    global sent
    sent += 1
    before = sent == last and sys.argv[4] == "before"
    if before:
        os.kill(os.getpid(), signal.SIGKILL)
    answer = ask(self, *given, **named)
    if sent == last:
        os.kill(os.getpid(), signal.SIGKILL)
    return answer

Transport._ask = counted
world = control.open_world(directory / "world.db")
with ExitStack() as stack:
    app = App(settings_for(directory, world, url), world.now, stack)
    services = app.services()
    pull_inbound(services)
    log_replies(services)
"""


def _run(desk: Desk, directory: Path, last: int, when: str) -> int:
    """The child's exit code; negative when it was killed at its `last` request."""
    command = [sys.executable, "-c", CHILD, str(directory), desk.server.base_url, str(last), when]
    return subprocess.run(command, env={**os.environ, "PYTHONPATH": "."}, check=False, timeout=60).returncode


@pytest.mark.parametrize(
    ("when", "step"),
    [
        ("before", 9),
        ("after", 7),
        pytest.param("before", 1, marks=pytest.mark.long),
        pytest.param("after", 1, marks=pytest.mark.long),
    ],
)
def test_a_run_killed_at_any_request_loses_nothing_and_writes_nothing_twice(
    desk: Desk, tmp_path: Path, when: str, step: int
) -> None:
    for number, words in zip(NUMBERS, WORDS, strict=False):
        desk.text(number, words)
    outside.call(desk.world, NUMBERS[2], None, voicemail_text="We mailed the check for INV-1052")
    desk.store.close()
    for last in range(1, 60, step):
        ended = _run(desk, tmp_path, last, when)
        assert ended in (0, -signal.SIGKILL)
        if ended == 0:
            break
        desk.advance(minutes=10)
    else:
        pytest.fail("the run never came to its end")
    assert _run(desk, tmp_path, 10**6, when) == 0
    assert _in_netsuite(desk) == sorted(_at_twilio(desk))
    desk.services = desk.app.services()
    assert [hold.kind for hold in desk.store.blocks.holds()].count(
        "paid_claim"
    ) == 2  # Maria's and the voicemail's
