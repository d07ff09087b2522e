"""What NetSuite should hold: wanted, written, refused, wanted again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from nsquilio.store import CommunicationRow, CommunicationWanted, Store
from tests.store.builders import NOW

LATER = NOW + timedelta(hours=1)
WANTED = CommunicationWanted("nsq-SM01", "message", "1042:late-7:preferred", "f1", "s1", "1042", "88")


def test_wanted_record_waits_until_it_is_written(store: Store) -> None:
    assert store.communications.want([WANTED], NOW) == 1
    row = CommunicationRow(
        "nsq-SM01",
        "message",
        "1042:late-7:preferred",
        "1042",
        "88",
        "waiting",
        "f1",
        "s1",
        0,
        None,
        NOW,
        None,
        None,
    )
    assert store.communications.waiting() == (row,)
    store.communications.mark_written([(row, "501")], LATER)
    assert store.communications.waiting() == ()
    assert store.communications.about(WANTED.ref) == (
        replace(row, state="written", written_at=LATER, netsuite_id="501", written_fields="f1"),
    )


def test_record_that_says_the_same_is_not_written_again(store: Store) -> None:
    store.communications.want([WANTED], NOW)
    store.communications.mark_written([(store.communications.waiting()[0], "501")], NOW)
    assert store.communications.want([WANTED], LATER) == 0
    assert store.communications.want([replace(WANTED, status_hash="s2")], LATER) == 1
    (row,) = store.communications.waiting()
    assert (row.status_hash, row.changed_at, row.netsuite_id) == ("s2", LATER, "501")


def test_record_that_changed_while_it_was_being_written_still_waits(store: Store) -> None:
    store.communications.want([WANTED], NOW)
    (row,) = store.communications.waiting()
    store.communications.want([replace(WANTED, status_hash="s2")], NOW)
    store.communications.mark_written([(row, "501")], LATER)
    assert [each.status_hash for each in store.communications.waiting()] == ["s2"]


def _queue(store: Store) -> list[tuple[str, int, str | None]]:
    return [(row.eid, row.attempts, row.last_error) for row in store.communications.waiting()]


def test_failure_is_counted_and_moves_behind_the_others(store: Store) -> None:
    store.communications.want([WANTED], NOW)
    store.communications.mark_failed("nsq-SM01", "timeout from +14155550100", NOW)
    store.communications.want([replace(WANTED, eid="nsq-SM02")], LATER)
    assert _queue(store) == [("nsq-SM02", 0, None), ("nsq-SM01", 1, "timeout from [address]")]
    assert [row.eid for row in store.communications.waiting(1)] == ["nsq-SM02"]


def test_failure_that_met_everybody_moves_behind_and_is_not_counted(store: Store) -> None:
    store.communications.want([WANTED], NOW)
    store.communications.mark_failed("nsq-SM01", "down", NOW, counts=False)
    store.communications.want([replace(WANTED, eid="nsq-SM02")], LATER)
    assert _queue(store) == [("nsq-SM02", 0, None), ("nsq-SM01", 0, "down")]


def test_refused_record_is_parked_and_waits_again_on_request(store: Store) -> None:
    store.communications.want([WANTED, replace(WANTED, eid="nsq-SM02")], NOW)
    for eid in ("nsq-SM01", "nsq-SM02"):
        store.communications.park(eid, "Invalid field value", LATER)
    assert store.communications.counts() == {"waiting": 0, "parked": 2}
    assert [(row.eid, row.last_error) for row in store.communications.parked()] == [
        ("nsq-SM01", "Invalid field value"),
        ("nsq-SM02", "Invalid field value"),
    ]
    assert store.communications.retry(LATER, ["nsq-SM01", "nsq-unknown"]) == 1
    assert store.communications.retry(LATER) == 1
    assert store.communications.retry(LATER) == 0
    assert store.communications.counts() == {"waiting": 2, "parked": 0}


def test_parked_record_that_should_say_something_else_is_tried_again(store: Store) -> None:
    store.communications.want([WANTED], NOW)
    store.communications.park("nsq-SM01", "Invalid field value", NOW)
    assert store.communications.want([WANTED], LATER) == 0
    assert store.communications.want([replace(WANTED, fields_hash="f2")], LATER) == 1
    assert store.communications.counts() == {"waiting": 1, "parked": 0}


# --- written by another state file ---

REPLY = CommunicationWanted("nsq-SM02", "inbound", "SM02", "", invoice_id="1045", customer_id="88")
DECIDED = replace(REPLY, fields_hash="f1", status_hash="s1")


def test_adopted_record_is_written_only_once_something_else_is_decided(store: Store) -> None:
    assert store.communications.adopt([(REPLY, "501")], NOW) == 1
    assert [row.eid for row in store.communications.adopted(["SM02", "SM03"])["SM02"]] == ["nsq-SM02"]
    assert (store.communications.waiting(), store.communications.want([DECIDED], LATER)) == ((), 0)
    (row,) = store.communications.about("SM02")
    assert (row.state, row.written_fields, row.netsuite_id) == ("written", "f1", "501")
    assert store.communications.adopted(["SM02"]) == {}
    assert store.communications.want([replace(DECIDED, fields_hash="f2", invoice_id="1043")], LATER) == 1
    assert store.verify().ok


def test_decision_before_anybody_looked_at_an_adopted_record_is_written(store: Store) -> None:
    store.communications.adopt([(REPLY, "501")], NOW)
    assert store.communications.want([replace(DECIDED, invoice_id="1043")], LATER) == 1
    (row,) = store.communications.waiting()
    assert (row.written_fields, row.invoice_id, row.netsuite_id) == ("", "1043", "501")


def test_record_that_the_file_knows_is_not_adopted(store: Store) -> None:
    store.communications.want([DECIDED], NOW)
    assert store.communications.adopt([(REPLY, "501")], LATER) == 0
    assert [row.fields_hash for row in store.communications.waiting()] == ["f1"]
