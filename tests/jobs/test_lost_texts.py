"""Texts that Twilio took and that never arrived: one mail follows, and the words say so (spec sections 6 and 7)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nsquilio.core.model import Reason
from nsquilio.jobs.pull_inbound import pull_inbound
from nsquilio.jobs.why import why
from nsquilio.sandbox.twilio_rules import set_number
from tests.jobs.night import Night, by_number

MARIA = "+16175550153"  # in Boston, where it is nine o'clock
LOST = "30001 30002 30003 30005 30006 30007 30008 30022 30034 30036 30047 30500 30610 63038 21408 21610 21617 12345"


def mails_about(night: Night, number: str) -> list[str]:
    return [mail.to for mail in night.mails() if number in (mail.subject or "")]


def a_lost_text(night: Night, code: str) -> None:
    """Maria's text about INV-1051 fails with this code, an hour ago."""
    set_number(night.world, MARIA, f"error:{code}")
    night.remind()
    night.clock.move(hours=1)


@pytest.mark.parametrize("code", LOST.split())
def test_text_that_ends_failed_or_undelivered_is_followed_by_one_mail_and_no_text(
    night: Night, code: str
) -> None:
    a_lost_text(night, code)

    night.remind()
    night.clock.move(hours=1)
    third = night.remind()

    assert mails_about(night, "INV-1051") == ["maria@obrien.example"]
    assert len([text for text in night.texts() if "INV-1051" in text.body]) == 1
    assert by_number(third)["INV-1051"].reason is Reason.ALREADY_SENT


def test_text_that_may_have_arrived_is_left_to_a_person_and_told_once(night: Night) -> None:
    a_lost_text(night, "30410")

    learnt = pull_inbound(night.services())
    again = pull_inbound(night.services())
    result = night.remind()

    assert mails_about(night, "INV-1051") == []
    assert [(p.code, p.exit_code) for p in learnt.problems] == [("may_have_arrived", 1)]
    assert "INV-1051 (Maria O'Brien, sms)" in learnt.problems[0].what
    assert "the message may have arrived (30410)" in learnt.problems[0].what
    assert again.problems == ()
    assert "the message may have arrived (30410)" in by_number(result)["INV-1051"].detail


def test_lost_text_without_a_mail_after_it_says_that_it_was_sent_and_failed(night: Night) -> None:
    a_lost_text(night, "30036")
    rules = night.change_rules(reminders={"fallback_to_email": False})

    decision = by_number(night.remind(rules=rules))["INV-1051"]

    words = (
        "the text was sent on 2026-03-02 and failed: the message waited longer than it was allowed to (30036)"
    )
    assert (decision.reason, decision.detail) == (Reason.ALREADY_SENT, words)
    explained = why(night.services(dry_run=True, rules=rules), "INV-1051", None).rows[0]
    assert words in [row.value for row in explained.rules if row.rule == "sent before"]


def test_mail_after_a_lost_text_does_not_double_the_one_that_the_step_sends_anyway(night: Night) -> None:
    steps = tuple(replace(step, channels=("sms", "email")) for step in night.app.rules.reminders.steps)
    rules = night.change_rules(reminders={"steps": steps}, contact={"customer_contacts": 9})
    set_number(night.world, MARIA, "error:30008")
    night.remind(rules=rules)
    night.clock.move(hours=1)

    night.remind(rules=rules)

    assert len(mails_about(night, "INV-1051")) == 1
