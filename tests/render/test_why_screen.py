"""`why` as an analyst reads it and pastes it into a mail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from nsquilio.core.decide import Seen
from nsquilio.core.model import Decision, Message, Reason
from nsquilio.jobs.results import Problem
from nsquilio.jobs.why import Explained, WhyResult
from nsquilio.render.reasons import HINTS, MEANINGS
from nsquilio.render.why import print_why, why_object
from tests.core.builders import a_customer, some_rules
from tests.render.screens import ESCAPES, NOW, a_decision, a_message, a_reminder, screen

RULES = (
    Seen("due date", "15 Mar 2026", "goes on"),
    Seen("limits", "1 text to this number on 2026-03-10 already", "decides"),
    Seen("contact hours", "", "not reached"),
    Seen("send", "", "not reached"),
)


def explained(decision: Decision, *messages: Message, rules: tuple[Seen, ...] = RULES) -> Explained:
    return Explained(decision, rules, messages)


def shown(*rows: Explained, width: int = 100, **more: Any) -> list[str]:
    result = WhyResult(NOW, a_customer(), rows, **more)
    return screen(lambda console: print_why(result, some_rules(), console), width)


def test_waiting_invoice_is_explained_in_a_sentence_and_by_every_rule() -> None:
    waits = a_decision(
        reason=Reason.PER_NUMBER_LIMIT, detail="1 text already", not_before=NOW + timedelta(days=1)
    )

    assert shown(explained(waits)) == [
        "INV-1042 of Acme Corp (USD 9,400.00, due 15 Mar 2026, due in 5 days) waits at step upcoming, not",
        "  before Wed 2026-03-11 10:00 EDT: the number has had its text for the day (1 text already).",
        "  RULE     WHAT IT SAW                                 RESULT",
        "  due date 15 Mar 2026                                 passes",
        "  limits   1 text to this number on 2026-03-10 already DECIDES",
        "  Not reached: contact hours, send.",
        "",
        "As of Tue 2026-03-10 10:00 America/New_York",
        "",
    ]


def test_reminder_that_goes_out_says_how_when_and_with_what_else() -> None:
    message = a_message(a_reminder(), a_reminder("INV-7"), send_at=NOW + timedelta(hours=3))
    goes = a_decision(message_keys=(message.key,))

    words = " ".join(line.strip() for line in shown(explained(goes, message))[:3])

    assert words.startswith(
        "INV-1042 of Acme Corp (USD 9,400.00, due 15 Mar 2026, due in 5 days) gets its reminder upcoming"
        " by text to +1*****0100, leaving Tue 2026-03-10 10:00 PDT, together with INV-7: its reminder step is"
    )


def test_hold_says_what_to_do_about_this_very_invoice() -> None:
    held = a_decision(reason=Reason.ABOVE_LARGEST_BALANCE, detail="USD 61,000.00 is above USD 50,000.00")

    assert "  To change it: let it through once: nsquilio hold release INV-1042" in shown(explained(held))


def test_invoice_without_due_date_says_so() -> None:
    nothing = a_decision(reason=Reason.NO_DUE_DATE, due_date=None, days_past_due=None, step=None, detail="")

    assert shown(explained(nothing))[0] == (
        "INV-1042 of Acme Corp (USD 9,400.00, no due date) gets no reminder: it has no due date."
    )


def test_customer_without_open_invoice_is_told_as_such() -> None:
    assert shown()[0] == "Acme Corp has no open invoice."

    gone = WhyResult(NOW, a_customer(id="88", name=""), ())
    lines = screen(lambda console: print_why(gone, some_rules(), console), 100)
    assert lines[0] == "customer 88 has no open invoice."


def test_answers_that_could_not_be_read_are_told_beside_the_answer() -> None:
    problem = Problem("pull_failed", "Twilio did not answer.", "An opt-out may be missing.", 1)

    assert "Note: Twilio did not answer. An opt-out may be missing." in shown(problems=(problem,))


@pytest.mark.parametrize("width", [30, 80, 100])
def test_hostile_words_reach_no_terminal(width: int) -> None:
    hostile = a_decision(ESCAPES, Reason.HELD_INVOICE, customer=ESCAPES, detail=ESCAPES, step=ESCAPES)

    assert shown(explained(hostile, rules=(Seen(ESCAPES, ESCAPES, "decides"),)), width=width)


def test_every_reason_has_words_and_every_hold_a_hint() -> None:
    assert set(MEANINGS) == set(Reason)
    assert set(HINTS) >= {
        Reason.UNREADABLE,
        Reason.UNKNOWN_OUTCOME,
        Reason.ABOVE_LARGEST_BALANCE,
        Reason.UNAPPLIED_CASH,
        Reason.HELD_INVOICE,
        Reason.HELD_CUSTOMER,
    }


def test_json_of_one_invoice_has_its_rules_and_decision_at_the_top() -> None:
    waits = a_decision(reason=Reason.PER_NUMBER_LIMIT, not_before=NOW)

    body = why_object(WhyResult(NOW, a_customer(), (explained(waits),)))

    assert body["rules"][1] == {
        "rule": "limits",
        "value": "1 text to this number on 2026-03-10 already",
        "result": "decides",
    }
    assert (body["decision"]["action"], body["decision"]["reason"], body["decision"]["not_before"]) == (
        "wait",
        "per_number_limit",
        "2026-03-10T14:00:00Z",
    )


def test_json_of_several_invoices_lists_them() -> None:
    rows = (explained(a_decision("INV-1")), explained(a_decision("INV-2")))

    body = why_object(WhyResult(NOW, a_customer(), rows))

    assert [each["decision"]["document_number"] for each in body["invoices"]] == ["INV-1", "INV-2"]
    assert "decision" not in body


def test_hint_is_a_command_for_the_profile_that_was_asked_for() -> None:
    held = a_decision(reason=Reason.ABOVE_LARGEST_BALANCE)
    result = WhyResult(NOW, a_customer(), (explained(held),))
    lines = screen(lambda console: print_why(result, some_rules(), console, "nsquilio --sandbox"))
    assert "  To change it: let it through once: nsquilio --sandbox hold release INV-1042" in lines
