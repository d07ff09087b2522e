"""The command itself, every few minutes, when nothing is scheduled or awaited: three requests, also with SendGrid."""

from __future__ import annotations

from nsquilio.jobs.pull_inbound import pull_inbound
from nsquilio.jobs.remind import Options, remind
from tests.jobs.inbound_builders import Desk


def asked_by_a_run(desk: Desk) -> list[str]:
    before = len(desk.requests())
    pull_inbound(desk.services)
    desk.advance(minutes=5)
    return desk.requests()[before:]


def test_idle_command_asks_three_times_at_most(desk: Desk) -> None:
    assert desk.services.sendgrid is not None
    asked_by_a_run(desk)
    asked = [asked_by_a_run(desk) for _ in range(8)]
    assert max(map(len, asked)) == 3
    assert any("/v3/" in one for run in asked for one in run)


def test_command_is_idle_again_when_what_was_sent_has_arrived(desk: Desk) -> None:
    remind(desk.services, Options())
    desk.advance(minutes=5 * 24 * 60)
    asked_by_a_run(desk)
    asked_by_a_run(desk)
    assert len(asked_by_a_run(desk)) <= 3
