"""Inbound messages: once each, read, matched, closed; and what each page costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from nsquilio.store import InboundRow, MatchSeen, Reading, Store
from tests.store.builders import NOW, an_inbound

LATER = NOW + timedelta(hours=1)
PROMISE = Reading(
    "promise", "pay-by-day", ("pay", "friday"), date(2026, 3, 6), Decimal("100"), "USD", unsure=True
)


def test_message_comes_back_as_it_arrived(store: Store) -> None:
    seen = an_inbound(
        media=("https://api.example/x",), status="received", details={"NumMedia": "1"}, reading=PROMISE
    )
    assert store.inbound.store_page([seen], LATER, "poll") == (("SM01",), 0)
    assert store.inbound.stored("SM01") == InboundRow(
        sid="SM01",
        channel="sms",
        sender="+14155550100",
        recipient="+14155550199",
        received_at=NOW,
        body="When can I pay INV-1042?",
        media=("https://api.example/x",),
        status="received",
        details={"NumMedia": "1"},
        source="poll",
        stored_at=LATER,
        transcript_state="none",
        transcript_due_until=None,
        reading=PROMISE,
        read_at=LATER,
        customer_id=None,
        invoice_id=None,
        invoice_ids=(),
        score=None,
        signals=(),
        candidates=(),
        matched_at=None,
        inbox=None,
        inbox_reason=None,
        closed_at=None,
        closed_by=None,
        effects_at=LATER,
        erased=False,
    )


def test_same_sid_is_one_message_whether_it_comes_again_by_polling_or_by_spool(store: Store) -> None:
    page = [an_inbound("SM01"), an_inbound("SM02"), an_inbound("SM01")]
    assert store.inbound.store_page(page, NOW, "poll") == (("SM01", "SM02"), 1)
    assert store.inbound.store_page([an_inbound("SM02", body="other"), an_inbound("SM03")], NOW, "spool") == (
        ("SM03",),
        1,
    )
    row = store.inbound.stored("SM02")
    assert row is not None
    assert (row.body, row.source) == ("When can I pay INV-1042?", "poll")


def test_page_is_one_event_with_all_its_sids(store: Store) -> None:
    store.inbound.store_page([an_inbound(f"SM{n}") for n in range(50)], NOW, "poll")
    (event,) = store.trail.events()
    assert len(event.read()["commitments"]) == 50
    assert "+14155550100" not in event.details + event.ids + event.commitments
    assert store.inbound.store_page([an_inbound("SM1")], NOW, "poll") == ((), 1)
    assert store.trail.head()[0] == 1


def test_empty_page_writes_nothing(store: Store) -> None:
    assert store.inbound.store_page([], NOW, "poll") == ((), 0)
    assert store.trail.head()[0] == 0


def test_message_is_unread_until_it_is_read(store: Store) -> None:
    store.inbound.store_page([an_inbound("SM02"), an_inbound("SM01")], NOW, "poll")
    assert [row.sid for row in store.inbound.unread()] == ["SM01", "SM02"]
    assert [row.sid for row in store.inbound.unread(1)] == ["SM01"]
    store.inbound.record_readings({"SM01": PROMISE}, LATER, effects_pending=True)
    assert [row.sid for row in store.inbound.unread()] == ["SM02"]
    (pending,) = store.inbound.without_effects()
    assert (pending.sid, pending.reading, pending.read_at) == ("SM01", PROMISE, LATER)
    store.inbound.mark_effects(["SM01"], LATER)
    assert store.inbound.without_effects() == ()


def test_match_is_kept_with_score_and_signals(store: Store) -> None:
    store.inbound.store_page([an_inbound("SM01"), an_inbound("SM02")], NOW, "poll")
    match = MatchSeen("SM01", "88", "1042", ("1042", "7"), 9, ("number", "document number"), ("88", "89"))
    unsure = MatchSeen("SM02", None, inbox_reason="two customers have this number")
    store.inbound.record_matches([match, unsure], LATER)
    assert store.inbound.unmatched() == ()
    row = store.inbound.stored("SM01")
    assert row is not None
    assert (row.customer_id, row.invoice_id, row.invoice_ids, row.score, row.signals, row.candidates) == (
        "88",
        "1042",
        ("1042", "7"),
        9,
        ("number", "document number"),
        ("88", "89"),
    )
    assert [(row.sid, row.inbox_reason) for row in store.inbound.open_inbox()] == [
        ("SM02", "two customers have this number")
    ]


def test_inbox_is_opened_assigned_and_closed_by_a_person(store: Store) -> None:
    store.inbound.store_page([an_inbound()], NOW, "poll")
    store.inbound.open_in_inbox("SM01", "dispute", NOW)
    assert store.inbound.assign("SM01", "88", "1042", "ar", LATER)
    assert [row.invoice_id for row in store.inbound.open_inbox()] == ["1042"]
    assert store.inbound.close("SM01", "ar", LATER)
    assert not store.inbound.close("SM01", "ar", LATER)
    assert not store.inbound.close("SM99", "ar", LATER)
    assert not store.inbound.assign("SM99", "88", "1042", "ar", LATER)
    row = store.inbound.stored("SM01")
    assert row is not None
    assert (row.inbox, row.closed_at, row.closed_by, row.signals) == (
        "closed",
        LATER,
        "ar",
        ("assigned by ar",),
    )
    assert [event.type for event in store.trail.events(refs=["inbound:SM01"])] == [
        "inbound.opened",
        "inbound.assigned",
        "inbound.closed",
    ]


def test_voicemail_is_read_when_its_transcript_has_come(store: Store) -> None:
    due = NOW + timedelta(hours=6)
    calls = [an_inbound(f"RE{n}", channel="voicemail", body="", transcript_due_until=due) for n in (1, 2)]
    store.inbound.store_page(calls, NOW, "poll")
    assert store.inbound.unread() == ()
    assert [(row.sid, row.transcript_due_until) for row in store.inbound.awaited_transcripts()] == [
        ("RE1", due),
        ("RE2", due),
    ]
    store.inbound.set_transcript("RE1", "I have paid", LATER)
    store.inbound.set_transcript("RE2", None, LATER)
    assert store.inbound.awaited_transcripts() == ()
    assert [(row.sid, row.body, row.transcript_state) for row in store.inbound.unread()] == [
        ("RE1", "I have paid", "done"),
        ("RE2", "", "never"),
    ]
    store.inbound.record_readings({"RE1": Reading("paid_claim")}, LATER, effects_pending=False)
    assert store.verify().ok


def test_call_that_turns_out_otherwise_is_told_and_checks_out(store: Store) -> None:
    store.inbound.store_page([an_inbound("CA1", channel="call", body="", status="answered")], NOW, "poll")
    store.inbound.set_status("CA1", "missed", LATER)
    row = store.inbound.stored("CA1")
    assert row is not None
    assert row.status == "missed"
    assert [event.type for event in store.trail.events(refs=["inbound:CA1"])] == ["inbound.status"]
    assert store.verify().ok


def test_received_and_sent_by_find_messages_again(store: Store) -> None:
    other = an_inbound("SM02", sender="+14155550101", received_at=LATER)
    store.inbound.store_page([an_inbound(), other], NOW, "poll")
    assert [row.sid for row in store.inbound.received(NOW)] == ["SM01", "SM02"]
    assert [row.sid for row in store.inbound.received(NOW, LATER)] == ["SM01"]
    assert [row.sid for row in store.inbound.sent_by("+14155550101")] == ["SM02"]
    assert set(store.inbound.by_sids(["SM01", "SM02", "SM03"])) == {"SM01", "SM02"}


def test_what_changed_after_an_event_is_what_netsuite_does_not_know(store: Store) -> None:
    store.inbound.store_page([an_inbound("SM01"), an_inbound("SM02")], NOW, "poll")
    seq = store.trail.head()[0]
    store.inbound.record_matches([MatchSeen("SM02", "88")], LATER)
    assert [row.sid for row in store.inbound.changed_after(0)] == ["SM01", "SM02"]
    assert [row.sid for row in store.inbound.changed_after(seq)] == ["SM02"]


@pytest.mark.parametrize("body", ["\x00\x1b]0;x\x07", "=cmd|'/c calc'!A0", "\U0001f600" * 500, "\ud83d"])
def test_hostile_text_is_kept_and_checks_out(store: Store, body: str) -> None:
    hostile = an_inbound(body=body, sender=body, details={body: [body, {"a": None}]}, media=(body,))
    store.inbound.store_page([hostile, replace(hostile, sid="SM02")], NOW, "poll")
    row = store.inbound.stored("SM01")
    assert row is not None
    assert row.body == body.encode("utf-8", "replace").decode()
    assert store.verify().ok
