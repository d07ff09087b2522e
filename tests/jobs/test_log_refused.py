"""What NetSuite refuses or fails over: it waits, moves behind or is parked, and holds up no other; and what
`status` says is still to be written.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nsquilio.core.model import Channel
from nsquilio.errors import Refused, Unreachable
from nsquilio.jobs.communications import of_inbound
from nsquilio.jobs.log_replies import LogResult, log_replies
from nsquilio.jobs.remind import Options, remind
from nsquilio.jobs.status import status
from nsquilio.jobs.understand import understand
from nsquilio.sandbox import control, netsuite_fields, outside
from tests.jobs.inbound_builders import Desk

ERIN = "+14155550100"
MARIA = "+16175550153"
BOAT = "+18505550121"
STRANGER = "+13105550199"


def _log(desk: Desk) -> LogResult:
    return log_replies(desk.services)


def _records(desk: Desk) -> set[str]:
    """External ids of what NetSuite has."""
    return {row["externalid"] for row in desk.world.rows("SELECT externalid FROM ns_comm")}


def _invoice(desk: Desk, number: str) -> int:
    return control.find_invoice(desk.world, number)


def _refusing(desk: Desk, monkeypatch: pytest.MonkeyPatch, bad: set[str], **how: Any) -> None:
    put = desk.services.netsuite.put_communication

    def picky(external_id, fields):
        if external_id in bad:
            words = f"NetSuite did not take the communication {external_id}"
            code = how.get("error_code", "")
            raise Refused(
                f"{words} ({how['status']}): {how['reason']}.", status=how["status"], error_code=code
            )
        return put(external_id, fields)

    monkeypatch.setattr(desk.services.netsuite, "put_communication", picky)


def _texts(desk: Desk, count: int, words: str) -> list[str]:
    return [f"nsq-{desk.text(BOAT, f'{words} {n}')}" for n in range(count)]


def test_one_record_that_netsuite_refuses_is_parked_and_holds_up_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = desk.text(BOAT, "first"), desk.text(MARIA, "second")
    desk.pull()
    put = desk.services.netsuite.put_communication

    def picky(external_id, fields):
        if external_id == f"nsq-{bad}":
            raise Refused("NetSuite did not take it (400): USER_ERROR: locked.", status=400)
        return put(external_id, fields)

    monkeypatch.setattr(desk.services.netsuite, "put_communication", picky)
    result = _log(desk)
    assert (result.logged, result.failed, result.exit_codes) == (1, 1, [1])
    assert result.problems[0].what == (
        f"NetSuite refused 1 communication(s) for good; nsq-{bad}:"
        " NetSuite did not take it (400): USER_ERROR: locked."
    )
    assert _records(desk) == {f"nsq-{good}"}
    assert [row.eid for row in desk.store.communications.parked()] == [f"nsq-{bad}"]
    assert _log(desk).exit_codes == []
    monkeypatch.undo()
    desk.advance(days=2)
    assert _log(desk).logged == 1
    assert _records(desk) == {f"nsq-{good}", f"nsq-{bad}"}


def test_without_the_record_type_nothing_is_parked_and_the_run_says_what_to_deploy(desk: Desk) -> None:
    control.hide_table(desk.world, "customrecord_nsq_comm")
    for number in (BOAT, MARIA, ERIN):
        desk.text(number, "hello")
    desk.pull()
    result = _log(desk)
    assert desk.store.communications.counts() == {"waiting": 3, "parked": 0}
    (problem,) = result.problems
    assert (problem.code, problem.exit_code) == ("log_stopped", 4)
    assert "customrecord_nsq_comm must be deployed" in problem.next


def test_a_netsuite_that_does_not_answer_ends_the_run_after_five_and_nothing_is_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(12):
        desk.text(BOAT, f"text {n}")
    desk.pull()

    def down(*_given) -> str:
        raise Unreachable("NetSuite did not answer.", "Run again.", service="NetSuite")

    monkeypatch.setattr(desk.services.netsuite, "put_communication", down)
    result = _log(desk)
    assert result.logged == 0 and 5 <= result.failed <= 9
    assert [(p.code, p.exit_code) for p in result.problems] == [("log_stopped", 4)]
    assert "12 communication(s) wait for the next run" in result.problems[0].what
    monkeypatch.undo()
    assert _log(desk).logged == 12
    assert len(_records(desk)) == 12


@pytest.mark.parametrize("status", [409, 429, 503])
def test_a_busy_netsuite_has_refused_nothing_for_good(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    for n in range(6):
        desk.text(BOAT, f"text {n}")
    desk.pull()

    def busy(*_given) -> str:
        raise Refused("NetSuite did not take it: Concurrent request limit exceeded.", status=status)

    monkeypatch.setattr(desk.services.netsuite, "put_communication", busy)
    (problem,) = _log(desk).problems
    assert (problem.code, problem.exit_code, problem.next) == ("log_stopped", 4, "Run log-replies again.")
    assert desk.store.communications.counts() == {"waiting": 6, "parked": 0}
    monkeypatch.undo()
    assert _log(desk).logged == 6


def test_a_single_failure_waits_for_the_next_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.text(BOAT, "hello")
    desk.pull()

    def down(*_given) -> str:
        raise Unreachable("NetSuite did not answer.", service="NetSuite")

    monkeypatch.setattr(desk.services.netsuite, "put_communication", down)
    assert [(p.code, p.exit_code) for p in _log(desk).problems] == [("log_failed", 4)]


def test_records_that_netsuite_cannot_take_move_behind_the_others_and_are_given_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More of them than failures in a row that end a run: they must not stand in front for ever."""
    bad = set(_texts(desk, 14, "bad"))
    desk.pull()
    _refusing(desk, monkeypatch, bad, status=500, reason="UNEXPECTED_ERROR")
    assert [p.code for p in _log(desk).problems] == ["log_stopped"]
    desk.advance(minutes=1)
    good = set(_texts(desk, 20, "good"))
    desk.pull()
    for _run in range(2):  # nine were tried before; the other five are older than these
        _log(desk)
    assert _records(desk) == good
    for n in range(24):
        good |= set(_texts(desk, 1, f"more {n}"))
        desk.pull()
        result = _log(desk)
        assert result.logged == 1
    assert _records(desk) == good
    assert desk.store.communications.counts() == {"waiting": 0, "parked": 14}
    assert result.exit_codes in ([], [1])
    assert _log(desk).exit_codes == []
    desk.advance(days=2)
    result = _log(desk)
    assert [(p.code, p.exit_code) for p in result.problems] == [("log_parked", 1), ("log_stopped", 4)]
    monkeypatch.undo()
    desk.advance(days=2)
    while _log(desk).logged:
        pass
    assert _records(desk) == good | bad


def test_what_failed_while_others_passed_is_given_up_also_when_it_waits_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NetSuite answers itself, with a code of its own; a page of a proxy would say nothing about a record."""
    bad = set(_texts(desk, 6, "bad"))
    good = set(_texts(desk, 3, "good"))
    desk.pull()
    with monkeypatch.context() as patched:
        _refusing(desk, patched, bad, status=500, reason="UNEXPECTED_ERROR", error_code="UNEXPECTED_ERROR")
        while not good <= _records(desk):
            _log(desk)
        good |= set(
            _texts(desk, 1, "one more")
        )  # so that each of the others has failed while this one passed
        desk.pull()
        _log(desk)
        with monkeypatch.context() as down:
            _refusing(desk, down, bad, status=502, reason="<html>")
            for _run in range(8):
                _log(desk)
        assert desk.store.communications.counts() == {"waiting": 6, "parked": 0}
        for _run in range(6):
            _log(desk)
        assert desk.store.communications.counts() == {"waiting": 0, "parked": 6}
        assert _log(desk).exit_codes == []
    desk.advance(days=2)
    assert _log(desk).logged == 6


def test_an_outage_gives_up_no_record(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = set(_texts(desk, 7, "text"))
    desk.pull()
    with monkeypatch.context() as patched:
        _refusing(desk, patched, bad, status=503, reason="<html>")
        for _run in range(12):
            assert [p.code for p in _log(desk).problems] == ["log_stopped"]
    assert desk.store.communications.counts() == {"waiting": 7, "parked": 0}
    good = set(_texts(desk, 1, "later"))
    desk.pull()
    one = {min(bad)}
    _refusing(desk, monkeypatch, one, status=503, reason="<html>")
    assert [p.code for p in _log(desk).problems] == ["log_failed"]
    assert _records(desk) == (bad | good) - one


@pytest.mark.parametrize(
    "reason",
    [
        "INVALID_CONTENT: Unknown field 'custrecord_nsq_comm_kind'",
        "INVALID_CONTENT: Invalid property name 'custrecord_nsq_comm_kind': at custrecord_nsq_comm_kind",
        "INVALID_REQUEST: Record type 'customrecord_nsq_comm' does not exist",
    ],
)
def test_a_field_that_is_not_deployed_stops_the_run_and_parks_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    every = set(_texts(desk, 2, "text"))
    desk.pull()
    _refusing(desk, monkeypatch, every, status=400, reason=reason)
    result = _log(desk)
    (problem,) = result.problems
    assert (problem.code, problem.exit_code) == ("log_stopped", 4)
    assert "customrecord_nsq_comm must be deployed" in problem.next
    assert desk.store.communications.counts() == {"waiting": 2, "parked": 0}
    monkeypatch.undo()
    assert _log(desk).logged == 2


def test_an_old_record_type_in_netsuite_stops_the_run_and_parks_nothing(desk: Desk) -> None:
    control.hide_column(desk.world, "customrecord_nsq_comm", "custrecord_nsq_comm_kind")
    _texts(desk, 6, "text")
    desk.pull()
    (problem,) = _log(desk).problems
    assert (problem.code, problem.exit_code) == ("log_stopped", 4)
    assert desk.store.communications.counts() == {"waiting": 6, "parked": 0}


def test_one_refusal_of_all_that_were_tried_concerns_no_record(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In whatever words. What was tried moves behind, so that it is known next time whether others pass."""
    bad = set(_texts(desk, 5, "bad"))
    desk.pull()
    _refusing(desk, monkeypatch, bad, status=400, reason="USER_ERROR: A script refused it")
    result = _log(desk)
    (problem,) = result.problems
    assert (problem.code, problem.exit_code, result.logged) == ("log_stopped", 4, 0)
    assert "5 communication(s) wait for the next run" in problem.what
    assert "customrecord_nsq_comm must be deployed" in problem.next
    assert desk.store.communications.counts() == {"waiting": 5, "parked": 0}
    desk.advance(minutes=1)
    _texts(desk, 12, "good")
    desk.pull()
    result = _log(desk)
    assert (result.logged, [p.code for p in result.problems]) == (12, ["log_parked"])
    assert desk.store.communications.counts() == {"waiting": 0, "parked": 5}
    desk.advance(days=2)
    assert [p.code for p in _log(desk).problems] == ["log_parked"]  # others did pass
    assert desk.store.communications.counts() == {"waiting": 0, "parked": 5}


SHAPES = [
    ("INVALID_KEY_OR_REF", "Invalid {name} reference key {id}.", True),
    ("INVALID_CONTENT", "Invalid value for the resource or sub-resource field.", True),
    ("USER_ERROR", "Invalid Field Value {id} for the following field: {name}", False),
]


def _answering_bad_references_with(
    monkeypatch: pytest.MonkeyPatch, code: str, words: str, with_path: bool
) -> None:
    """Over HTTP, in the shapes that NetSuite has for them."""
    reference = netsuite_fields._reference

    def picky(world, name, column, value):
        try:
            return reference(world, name, column, value)
        except netsuite_fields.Refused as refused:
            told = words.format(name=name, id=value["id"])
            raise netsuite_fields.Refused(400, code, told, name if with_path else "") from refused

    monkeypatch.setattr(netsuite_fields, "_reference", picky)


@pytest.mark.parametrize(("code", "words", "with_path"), SHAPES)
def test_whatever_netsuite_calls_a_deleted_invoice_its_messages_are_logged_without_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, code: str, words: str, with_path: bool
) -> None:
    """More of them than end a run that is refused everything."""
    every = set(_texts(desk, 7, "We already paid INV-1052, the 1st part of"))
    desk.pull()
    understand(desk.services)
    control.delete_invoice(desk.world, "INV-1052")
    _answering_bad_references_with(monkeypatch, code, words, with_path)
    result = _log(desk)
    assert (result.logged, result.failed, result.problems) == (7, 0, ())
    assert {(item.customer_id, item.invoice_id) for item in result.items} == {("104", None)}
    rows = desk.world.rows(
        "SELECT externalid, custrecord_nsq_comm_customer, custrecord_nsq_comm_invoice FROM ns_comm"
    )
    assert {tuple(row) for row in rows} == {(eid, 104, None) for eid in every}
    assert _log(desk).logged == 0


@pytest.mark.parametrize(("code", "words", "with_path"), SHAPES)
def test_a_record_whose_invoice_and_customer_are_gone_is_told_one_by_one_and_logged(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, code: str, words: str, with_path: bool
) -> None:
    (eid,) = _texts(desk, 1, "We already paid INV-1052")
    desk.pull()
    understand(desk.services)
    gone = {"invoice": "999999", "customer": "999998"}
    monkeypatch.setattr(
        "nsquilio.jobs.log_replies.of_inbound",
        lambda row, existing: [replace(r, fields={**r.fields, **gone}) for r in of_inbound(row, existing)],
    )
    _answering_bad_references_with(monkeypatch, code, words, with_path)
    result = _log(desk)
    assert (result.logged, result.unmatched, result.problems) == (1, 1, ())
    assert [(item.customer_id, item.invoice_id) for item in result.items] == [(None, None)]
    assert _records(desk) == {eid}


@pytest.mark.parametrize(("code", "words", "with_path"), SHAPES)
def test_a_change_to_an_invoice_that_is_gone_keeps_the_rest_of_the_change(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, code: str, words: str, with_path: bool
) -> None:
    (eid,) = _texts(desk, 1, "hello")
    desk.pull()
    _log(desk)
    desk.store.inbound.assign(eid.removeprefix("nsq-"), "104", "999999", "ann", desk.now())
    _answering_bad_references_with(monkeypatch, code, words, with_path)
    result = _log(desk)
    assert (result.logged, [item.invoice_id for item in result.items]) == (1, [None])
    (row,) = desk.world.rows("SELECT custrecord_nsq_comm_details AS details FROM ns_comm")
    assert "assigned by ann" in row["details"]


def test_an_invoice_field_that_is_not_deployed_is_no_deleted_invoice(desk: Desk) -> None:
    control.hide_column(desk.world, "customrecord_nsq_comm", "custrecord_nsq_comm_invoice")
    _texts(desk, 2, "We already paid INV-1052")
    desk.pull()
    (problem,) = _log(desk).problems
    assert (problem.code, problem.exit_code) == ("log_stopped", 4)
    assert (desk.store.communications.counts(), _records(desk)) == ({"waiting": 2, "parked": 0}, set())


def _not_logged(desk: Desk, **given: bool) -> int:
    with desk.app.store_copy() as copy:
        return status(copy, desk.services.rules, desk.now(), None, None, **given).unlogged


def test_status_counts_what_logging_would_still_write(desk: Desk) -> None:
    assert _not_logged(desk) == 0
    remind(desk.services, Options())
    desk.store.blocks.opt_out(BOAT, Channel.SMS, "person", "by phone, Ann", desk.now())
    desk.text(STRANGER, "Who is this?")
    desk.text(MARIA, "hello")
    desk.pull()
    waiting = _not_logged(desk)
    assert waiting == _log(desk).logged > 10
    assert _not_logged(desk) == 0


def test_status_counts_each_invoice_of_a_reply_and_each_record_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sid = desk.text(ERIN, "We dispute INV-1057 and INV-1058")
    desk.pull()
    with monkeypatch.context() as patched:
        _refusing(desk, patched, {f"nsq-{sid}-{_invoice(desk, 'INV-1057')}"}, status=503, reason="<html>")
        assert _log(desk).logged == 1
    assert _not_logged(desk) == 1
    desk.store.inbound.set_status(sid, "received", desk.now())  # changed again while one of them waits
    assert _not_logged(desk) == 1
    _log(desk)
    desk.store.inbound.set_status(sid, "read", desk.now())
    assert _not_logged(desk) == 2 == _log(desk).logged


def test_status_counts_nothing_that_netsuite_is_not_told(desk: Desk) -> None:
    sid = desk.text(ERIN, "We dispute INV-1057 and INV-1058")
    outside.call(desk.world, BOAT, None, voicemail_text="We mailed the check.")
    desk.pull()
    _log(desk)
    desk.store.inbound.close(sid, "ann", desk.now())
    assert _not_logged(desk) == 0  # neither the closed entry nor the voicemail that waits for its words
    desk.advance(minutes=5)
    desk.pull()
    assert _not_logged(desk) == 1
    assert _not_logged(desk, is_logged=False) == 0
