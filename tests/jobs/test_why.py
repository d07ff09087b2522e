"""`why` against the sandbox: the same answer as the run, also where other customers matter."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from nsquilio.core.model import Decision
from nsquilio.errors import Unreachable, WrongUsage
from nsquilio.jobs.why import WhyResult, why
from nsquilio.render.why import print_why, why_object
from nsquilio.sandbox import control
from tests.jobs.night import Night, by_number
from tests.render.screens import screen


def asked(night: Night, target: str, as_of: datetime | None = None) -> WhyResult:
    return why(night.services(dry_run=True), target, as_of)


def decision(night: Night, target: str) -> Decision:
    return asked(night, target).rows[0].decision


def test_why_agrees_with_the_run_about_every_invoice_it_reads(night: Night) -> None:
    run = night.remind(dry_run=True)
    services = night.services(dry_run=True)
    for expected in run.decisions:
        found = why(services, f"invoice:{expected.invoice_id}", None).rows[0].decision
        assert (found.reason, found.step, found.not_before, found.detail) == (
            expected.reason,
            expected.step,
            expected.not_before,
            expected.detail,
        )


def test_customer_with_the_same_number_as_another_waits_as_in_the_run(night: Night) -> None:
    found = asked(night, "Twin Peaks Lodge").rows[0]

    assert found.decision.reason == "per_number_limit"
    assert next(seen.rule for seen in found.rules if seen.result == "decides") == "limits"


def test_exactly_one_rule_decides(night: Night) -> None:
    for number in ("INV-1042", "INV-1057", "INV-1075", "INV-1080"):
        results = [seen.result for seen in asked(night, number).rows[0].rules]
        assert results.count("decides") == 1


def test_customer_is_explained_invoice_by_invoice_largest_first(night: Night) -> None:
    rows = asked(night, "Acme Corp").rows

    assert rows[0].decision.document_number == "INV-1042"
    assert {row.decision.customer for row in rows} == {"Acme Corp"}
    assert len(rows) == 3


def test_another_day_can_be_asked_about(night: Night) -> None:
    found = asked(night, "INV-1042", datetime(2026, 3, 8, 15, tzinfo=UTC)).rows[0].decision

    assert (found.step, found.days_past_due) == ("late-1", 1)


def test_unknown_target_is_an_error_with_what_to_do(night: Night) -> None:
    with pytest.raises(WrongUsage, match="Nothing in NetSuite fits 'INV-99999'") as told:
        asked(night, "INV-99999")
    assert told.value.next == "Give a document number, an internal id or a customer's name."


def test_part_of_a_name_is_enough_where_it_fits_one(night: Night) -> None:
    assert asked(night, "acme").rows == asked(night, "Acme Corp").rows
    with pytest.raises(WrongUsage, match="'co' fits") as told:
        asked(night, "co")
    assert "customer:88 (customer Acme Corp)" in told.value.next


def words(night: Night, target: str) -> str:
    """The screen as one line."""
    result, rules = asked(night, target), night.app.rules
    return " ".join(" ".join(screen(lambda console: print_why(result, rules, console), 400)).split())


@pytest.mark.parametrize(
    ("columns", "customer_id", "why_not"),
    [
        ({"entity": None}, "", "it has no customer"),
        ({"entity": 777}, "777", "customer 777 cannot be read"),
    ],
)
def test_invoice_without_a_readable_customer_is_explained_as_the_run_decides(
    night: Night, columns: dict[str, object], customer_id: str, why_not: str
) -> None:
    control.change_invoice(night.world, "INV-1057", **columns)

    result = asked(night, "INV-1057")

    found = result.rows[0].decision
    assert found == by_number(night.remind(dry_run=True))["INV-1057"]
    assert (found.reason, found.detail) == ("unreadable", why_not)
    decides = next(seen for seen in result.rows[0].rules if seen.result == "decides")
    assert (decides.rule, decides.value) == ("readable", why_not)
    assert (why_object(result)["customer_id"], why_object(result)["customer"]) == (customer_id, "")


def test_what_cannot_be_read_is_said_without_gaps_and_without_sending_people_in_a_circle(
    night: Night,
) -> None:
    control.change_invoice(night.world, "INV-1057", entity=None, currency=99)

    assert words(night, "INV-1057").startswith(
        "INV-1057 (500.00, due 23 Feb 2026, 7 days past due) is on hold: something about it in NetSuite"
        " cannot be understood (it has no customer; its currency '99' is not known)."
        " To change it: correct it in NetSuite; does it look right there? Then the role may not see it:"
        " nsquilio doctor RULE"
    )


def test_paid_invoice_is_explained_too(night: Night) -> None:
    night.pay("INV-1057")

    assert decision(night, "INV-1057").reason == "expired"
    assert " gets no reminder: nothing is open on it any more. RULE" in words(night, "INV-1057")


def test_answer_is_given_although_twilio_is_down_and_says_what_it_does_not_know(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_arguments: object) -> None:
        raise Unreachable("Twilio did not answer.", service="Twilio")

    monkeypatch.setattr("nsquilio.jobs.why.pull", down)
    result = asked(night, "INV-1042")

    assert result.rows[0].decision.reason == "per_number_limit"
    assert [(p.code, p.what, p.next) for p in result.problems] == [
        (
            "pull_failed",
            "The answers of the last minutes could not be read: Twilio did not answer.",
            "An opt-out among them is not in this answer.",
        )
    ]


def test_asking_changes_nothing(night: Night) -> None:
    asked(night, "INV-1042")

    assert not night.app.directory.exists() or not list(night.app.directory.iterdir())
