"""What the decision makes of a text that never arrived, and never two mails for one step."""

from __future__ import annotations

import pytest

from nsquilio.core.model import Blocks, Channel, History, Outcome, Reason
from tests.core.builders import (
    NUMBER,
    a_customer,
    a_step,
    an_invoice,
    decide_one,
    plan,
    sent,
    some_rules,
    texted_for_good,
)

KEY = "1042:upcoming:preferred"


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.SENT, "the text was sent on 2026-03-09 and failed: nobody has it (30005)"),
        (Outcome.REJECTED, "the text was refused on 2026-03-09: nobody has it (30005)"),
    ],
)
def test_lost_text_tells_its_fate_where_no_mail_can_follow(outcome: Outcome, words: str) -> None:
    past = History(
        keys={KEY: sent(outcome, failed_for_good=True, error_code="30005")},
        meanings={"30005": "nobody has it"},
    )

    made = decide_one(history=past, customer=a_customer(emails=()))

    assert made.detail == f"{words}; no e-mail instead: no e-mail address"


def test_step_that_writes_by_both_channels_sends_one_mail_when_the_text_cannot_go() -> None:
    rules = some_rules(a_step(channels=("sms", "email")))

    made = plan(an_invoice(), rules=rules, blocks=Blocks(opted_out={NUMBER: "STOP"}))

    assert [[r.key for r in m.reminders] for m in made.messages] == [["1042:upcoming:email"]]


def test_step_that_wrote_by_both_channels_sends_no_second_mail_after_a_lost_text() -> None:
    past = {"1042:upcoming:sms": texted_for_good(), "1042:upcoming:email": sent(channel=Channel.EMAIL)}
    rules = some_rules(a_step(channels=("sms", "email")))

    made = plan(an_invoice(), rules=rules, history=History(keys=past))

    assert made.messages == ()
    assert made.decisions[0].reason is Reason.ALREADY_SENT
