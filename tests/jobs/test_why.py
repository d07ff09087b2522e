"""`why` against the sandbox: the same answer as the run, also where other customers matter."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from nsquilio.core.model import Decision
from nsquilio.errors import Unreachable, WrongUsage
from nsquilio.jobs.why import WhyResult, why
from tests.jobs.night import Night


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


def test_paid_invoice_is_explained_too(night: Night) -> None:
    night.pay("INV-1057")

    assert decision(night, "INV-1057").reason == "expired"


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
