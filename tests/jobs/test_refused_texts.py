"""Texts that Twilio takes and refuses afterwards for the whole account: told, and no more go into a dead sender."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nsquilio.core.model import Channel
from nsquilio.jobs.pull_inbound import pull_inbound
from nsquilio.jobs.results import RemindResult
from nsquilio.jobs.sending import SendLoop
from nsquilio.jobs.status import status
from nsquilio.sandbox.twilio_rules import set_number
from tests.jobs.night import Night

REFUSED = "the number is not registered for business texts (A2P 10DLC) (30034"


def refuse_all(night: Night, code: int = 30034) -> None:
    set_number(night.world, "+*", f"error:{code}")


def accept_all(night: Night) -> None:
    set_number(night.world, "+*", "mobile")


def a_refused_text(night: Night, code: int = 30034) -> None:
    """The one text about INV-1051, an hour ago; what else is due still waits."""
    refuse_all(night, code)
    night.remind(invoices=("INV-1051",))
    assert len(night.texts()) == 1
    night.clock.move(hours=1)


def of_texts(result: RemindResult) -> list[str]:
    return [row.status for row in result.messages if row.message.channel is Channel.SMS]


def of_mails(result: RemindResult) -> set[str]:
    return {row.status for row in result.messages if row.message.channel is Channel.EMAIL}


def told(result: RemindResult) -> list[tuple[str, int]]:
    return [(problem.code, problem.exit_code) for problem in result.problems]


@pytest.mark.parametrize(
    ("code", "words"), [(30034, REFUSED), (30002, "the account is suspended (30002"), (30032, "toll-free")]
)
def test_pull_that_learns_of_it_tells_it_once_with_the_reason(night: Night, code: int, words: str) -> None:
    a_refused_text(night, code)

    learnt, again = pull_inbound(night.services()), pull_inbound(night.services())

    assert [(p.code, p.exit_code) for p in learnt.problems] == [("account_refused", 4)]
    assert words in learnt.problems[0].what
    assert "INV-1051" in learnt.problems[0].what
    assert "nsquilio remind" in learnt.problems[0].next
    assert again.problems == ()


def test_texts_refused_for_one_reason_are_one_problem(night: Night) -> None:
    refuse_all(night)
    night.remind()
    night.clock.move(hours=1)

    problems = pull_inbound(night.services()).problems

    assert [p.code for p in problems] == ["account_refused"]
    assert "and refused them afterwards for the whole account or its sender" in problems[0].what
    assert " more." in problems[0].what


def test_run_keeps_its_texts_planned_and_sends_its_mails(night: Night) -> None:
    a_refused_text(night)

    result = night.remind()

    assert len(night.texts()) == 1
    assert set(of_texts(result)) == {"planned"}
    assert of_mails(result) == {"sent"}
    assert result.stopped is not None
    assert (result.stopped.code, result.stopped.exit_code) == ("account_refused", 4)
    left = len(of_texts(result))
    assert REFUSED in result.stopped.what
    assert result.stopped.what.endswith(
        f"{left} of {len(result.messages)} messages stay planned for the next run."
    )
    assert told(result).count(("account_refused", 4)) == 2  # what was learnt, and what was kept back
    assert "not_sent" not in {code for code, _ in told(result)}
    waiting = night.services().store.runs.waiting()
    held = [row for row in waiting if REFUSED in row.detail]
    assert {row.reason for row in held} == {"not_sent"}
    assert len(held) >= left


def test_run_of_the_next_day_tries_one_text_and_keeps_the_others(night: Night) -> None:
    a_refused_text(night)
    night.clock.move(hours=23)

    result = night.remind()

    assert sorted(set(of_texts(result))) in (["planned", "sent"], ["planned", "scheduled"])
    assert len(night.texts()) == 2
    (tried,) = [row.message for row in result.messages if row.sid and row.message.channel is Channel.SMS]
    assert tried.send_at is None  # its end is soon known
    night.clock.move(minutes=10)
    assert set(of_texts(night.remind())) == {"planned"}  # while nobody knows about the one


def test_all_go_out_again_once_one_is_delivered(night: Night) -> None:
    a_refused_text(night)
    accept_all(night)
    night.clock.move(hours=23)
    first = night.remind()
    night.clock.move(minutes=10)

    second = night.remind()

    assert "planned" in of_texts(first)
    assert set(of_texts(second)) <= {"sent", "scheduled"}
    assert len(of_texts(second)) >= of_texts(first).count("planned") > 0
    assert "account_refused" not in {code for code, _ in told(second)}


def test_person_may_try_one_text_at_once(night: Night) -> None:
    a_refused_text(night)
    accept_all(night)
    kept = night.remind().stopped
    assert kept is not None
    number = kept.next.partition("--invoice ")[2].partition("`")[0]

    tried = night.remind(invoices=(number,))
    night.clock.move(minutes=10)
    after = night.remind()

    assert set(of_texts(tried)) <= {"sent", "scheduled"}
    assert tried.exit_codes == []
    assert "planned" not in of_texts(after)


def test_dry_run_says_which_texts_would_stay_planned(night: Night) -> None:
    a_refused_text(night)

    dry = night.remind(dry_run=True)
    real = night.remind()

    (problem,) = [p for p in dry.problems if p.code == "account_refused"]
    kept, total = of_texts(real).count("planned"), len(real.messages)
    assert problem.what.startswith(
        f"A real run would keep {kept} of {total} messages planned. Twilio refused"
    )
    assert problem.exit_code == 0


def test_refusal_of_some_texts_of_a_run_holds_up_no_others(night: Night) -> None:
    set_number(night.world, "+16175550153", "error:30032")  # by a toll-free number of the pool, say
    first = night.remind(limit=20)
    assert len(of_texts(first)) > 1
    night.clock.move(hours=1)

    result = night.remind()

    assert "planned" not in of_texts(result)


def test_texts_refused_at_once_for_the_whole_account_count_as_planned_for_the_next_run(night: Night) -> None:
    with night.world.change() as db:
        db.execute("UPDATE twilio_number SET service_sid = NULL")

    result = night.remind()

    rejected, left = (
        of_texts(result).count("rejected"),
        len(of_texts(result))
        + len(
            [
                row
                for row in result.messages
                if row.message.channel is Channel.EMAIL and row.status == "planned"
            ]
        ),
    )
    assert rejected > 0
    assert result.stopped is not None
    assert f"{left} of {len(result.messages)} messages stay planned for the next run" in result.stopped.what


class Unpaced(SendLoop):
    def _slot_is_free(self) -> bool:
        return True

    def _take_slot(self) -> None:
        return


def test_refusal_that_is_learnt_during_a_long_run_stops_its_texts(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_all(night)
    services = night.impatient()
    services = replace(services, pace=replace(services.pace, per_second=1 / 60))  # one a batch
    send = services.twilio.send_text

    def sending(*given: Any, **more: Any) -> Any:
        night.clock.move(minutes=6)
        return send(*given, **more)

    services.twilio.send_text = sending  # type: ignore[method-assign]
    monkeypatch.setattr("nsquilio.jobs.batches.SendLoop", Unpaced)

    result = night.remind(services=services)

    assert 0 < len(night.texts()) < len(of_texts(result))
    assert ("account_refused", 4) in told(result)


def test_status_tells_the_reason_and_not_only_the_code(night: Night) -> None:
    a_refused_text(night)
    services = night.services()
    pull_inbound(services)

    (failed,) = status(services.store, services.rules, night.clock(), None, None).failed

    assert failed.error_code == "30034"
    assert failed.detail == ("undelivered: the number is not registered for business texts (A2P 10DLC)")
