"""`audit verify`: every edit, deletion and addition by another program is named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from nsquilio.core.model import Channel, HoldKind, Outcome
from nsquilio.store import MatchSeen, Reading, StatusSeen, Store
from tests.store.builders import NOW, a_message, a_reminder, a_state, an_inbound, an_outcome, edit, sent

KEY = "1042:late-7:preferred"
OTHER = "7:late-7:preferred"


def a_busy_week(store: Store) -> None:
    """One of everything that the trail speaks of."""
    run = store.runs.begin("remind", NOW, live=True, actor="cron")
    sent(store, a_message(), a_message(OTHER, reminders=(a_reminder(OTHER),)))
    store.messages.update_statuses([StatusSeen(f"SM-{KEY}", "delivered", NOW, final=True)], NOW)
    store.messages.commit_intents([a_message("8:a:sms", reminders=(a_reminder("8:a:sms"),))], NOW)
    store.messages.record_outcomes([an_outcome("8:a:sms", Outcome.REJECTED)])
    store.messages.commit_intents([a_message("8:a:sms", reminders=(a_reminder("8:a:sms"),))], NOW)
    page = [an_inbound("SM01"), an_inbound("SM02", reading=Reading("question")), an_inbound("SM03")]
    store.inbound.store_page(page, NOW, "poll")
    store.inbound.record_matches([MatchSeen("SM01", "88", "1042", ("1042",), 9)], NOW)
    store.blocks.opt_out("+14155550100", Channel.SMS, "keyword", "SM01", NOW)
    store.blocks.add_hold(HoldKind.PERSON, "call first", NOW, invoice_id="1042")
    store.runs.finish(run, NOW, 0, {})


TAMPERING: dict[str, tuple[str, str, str]] = {
    "text of a message": (
        "UPDATE messages SET body = 'Pay to another account' WHERE key = '1042:late-7:preferred'",
        "changed",
        "the row of message:1042:late-7:preferred was changed: recipient or text (event 2)",
    ),
    "recipient of a message": (
        "UPDATE messages SET recipient = '+14155550199' WHERE key = '7:late-7:preferred'",
        "changed",
        "the row of message:7:late-7:preferred was changed: recipient or text (event 3)",
    ),
    "outcome of a message": (
        "UPDATE messages SET outcome = 'unknown' WHERE key = '7:late-7:preferred'",
        "changed",
        "the row of message:7:late-7:preferred was changed: its outcome or other columns (event 5)",
    ),
    "day of a message": (
        "UPDATE messages SET local_day = '2026-01-01' WHERE key = '1042:late-7:preferred'",
        "changed",
        "the row of message:1042:late-7:preferred was changed: its outcome or other columns (event 6)",
    ),
    "message put back to how it was": (
        "UPDATE messages SET event_seq = 4 WHERE key = '1042:late-7:preferred'",
        "changed",
        "the row of message:1042:late-7:preferred was changed: it is older than its last event (event 6)",
    ),
    "message pointing at an event that never was": (
        "UPDATE messages SET event_seq = 900 WHERE key = '1042:late-7:preferred'",
        "inserted",
        "no event describes the row of message:1042:late-7:preferred",
    ),
    "deleted message": (
        "DELETE FROM messages WHERE key = '1042:late-7:preferred'",
        "missing",
        "the row of message:1042:late-7:preferred is gone (event 2)",
    ),
    "slipped-in message": (
        "INSERT INTO messages (key, attempt, newest, run_id, channel, recipient_tag, customer_id, step,"
        " language, segments, encoding, local_day, zones, outcome, intent_at, salt, event_seq)"
        " SELECT 'false:x:sms', 1, 1, run_id, channel, recipient_tag, customer_id, step, language,"
        " segments, encoding,"
        " local_day, zones,"
        " 'intent', intent_at, salt, event_seq FROM messages LIMIT 1",
        "inserted",
        "no event describes the row of message:false:x:sms",
    ),
    "balance that a customer was told": (
        "UPDATE reminders SET balance = '1.00' WHERE key = '7:late-7:preferred'",
        "changed",
        "the row of message:7:late-7:preferred was changed: its reminders (event 3)",
    ),
    "deleted reminder": (
        "DELETE FROM reminders WHERE key = '7:late-7:preferred'",
        "changed",
        "the row of message:7:late-7:preferred was changed: its reminders (event 3)",
    ),
    "freed reminder key": (
        "UPDATE reminders SET live = 0 WHERE key = '7:late-7:preferred'",
        "changed",
        "reminder 7:late-7:preferred was freed or taken by hand",
    ),
    "text of a reply": (
        "UPDATE inbound SET body = 'all fine' WHERE sid = 'SM03'",
        "changed",
        "the row of inbound:SM03 was changed: sender, text or time (event 10)",
    ),
    "match of a reply": (
        "UPDATE inbound SET invoice_id = '7' WHERE sid = 'SM01'",
        "changed",
        "the row of inbound:SM01 was changed: its reading or match (event 11)",
    ),
    "match taken back": (
        "UPDATE inbound SET state_seq = NULL WHERE sid = 'SM01'",
        "changed",
        "the row of inbound:SM01 was changed: it is older than its last event (event 11)",
    ),
    "reading of a reply": (
        "UPDATE inbound SET kind = 'acknowledgement' WHERE sid = 'SM02'",
        "changed",
        "the row of inbound:SM02 was changed: its reading (event 10)",
    ),
    "deleted reply": (
        "DELETE FROM inbound WHERE sid = 'SM02'",
        "missing",
        "the row of inbound:SM02 is gone (event 10)",
    ),
    "slipped-in reply": (
        "INSERT INTO inbound (sid, channel, sender_tag, recipient, received_at, media, status, source,"
        " stored_at, event_seq, salt, transcript_state) SELECT 'SMfalse', channel, sender_tag, recipient,"
        " received_at, media, status, source, stored_at, event_seq, salt, transcript_state FROM inbound"
        " LIMIT 1",
        "inserted",
        "no event describes the row of inbound:SMfalse",
    ),
    "opt-out taken back": (
        "UPDATE optouts SET active = 0, ended_at = since",
        "changed",
        "optout 1 does not stand as the trail says",
    ),
    "deleted opt-out": ("DELETE FROM optouts", "changed", "optout 1 does not stand as the trail says"),
    "hold ended by hand": (
        "UPDATE holds SET ended_at = since",
        "changed",
        "hold 1 does not stand as the trail says",
    ),
    "address of an opt-out": (
        "UPDATE personal SET fields = '{}' WHERE subject = 'optout:1'",
        "changed",
        "the row of optout:1 was changed: its personal data (event 12)",
    ),
    "personal data deleted": (
        "DELETE FROM personal WHERE subject = 'hold:1'",
        "missing",
        "the personal data of hold:1 is gone (event 13)",
    ),
    "personal data erased outside": (
        "UPDATE personal SET fields = NULL, salt = NULL, erased = 1 WHERE subject = 'hold:1'",
        "changed",
        "the personal data of hold:1 is gone, but no event says that it was erased",
    ),
    "message erased outside": (
        "UPDATE messages SET recipient = NULL, customer = NULL, subject = NULL, body = NULL, salt = NULL,"
        " erased = 1 WHERE key = '7:late-7:preferred'",
        "changed",
        "the personal data of message:7:late-7:preferred is gone, but no event says that it was erased",
    ),
}


def test_what_was_written_by_us_checks_out(store: Store) -> None:
    a_busy_week(store)
    found = store.verify(store.trail.head())
    assert (found.ok, found.events, found.head) == (True, 14, store.trail.head())


@pytest.mark.parametrize("name", TAMPERING)
def test_tampering_is_named(tmp_path: Path, name: str) -> None:
    statement, why, detail = TAMPERING[name]
    with a_state(tmp_path) as store:
        a_busy_week(store)
    edit(tmp_path, "PRAGMA foreign_keys = OFF", statement)
    with a_state(tmp_path) as store:
        found = store.verify()
    assert not found.ok
    assert (why, detail) in [(each.why, each.detail) for each in found.breaks]


def without_triggers(folder: Path, *statements: str) -> None:
    """What an attacker with some patience does: the triggers come back as they were."""
    path = folder / "state" / "state.db"
    connection = sqlite3.connect(path, isolation_level=None)
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for _, sql in triggers:
        connection.execute(sql)
    connection.close()


@pytest.mark.parametrize(
    ("statement", "seq", "why"),
    [
        ("UPDATE events SET details = '{}' WHERE seq = 3", 3, "changed"),
        ("UPDATE events SET at = '2026-01-01T00:00:00.000000Z' WHERE seq = 5", 5, "changed"),
        ("UPDATE events SET details = 'no json' WHERE seq = 3", 3, "changed"),
        ("DELETE FROM events WHERE seq = 4", 4, "missing"),
        ("DELETE FROM events WHERE seq = 1", 1, "missing"),
    ],
)
def test_edited_and_deleted_events_are_named(tmp_path: Path, statement: str, seq: int, why: str) -> None:
    with a_state(tmp_path) as store:
        a_busy_week(store)
    without_triggers(tmp_path, "DELETE FROM event_refs", statement)
    with a_state(tmp_path) as store:
        found = store.verify()
    assert found.first_bad is not None
    assert (found.first_bad.seq, found.first_bad.why) == (seq, why)


def test_cut_trail_is_found_by_the_rows_and_by_a_kept_head(tmp_path: Path) -> None:
    with a_state(tmp_path) as store:
        sent(store, a_message())
        head = store.trail.head()
    without_triggers(tmp_path, "DELETE FROM event_refs", "DELETE FROM events WHERE seq = 2")
    with a_state(tmp_path) as store:
        assert [each.detail for each in store.verify().breaks] == [
            f"no event describes the row of message:{KEY}"
        ]
        found = store.verify(head)
    assert ("truncated", 2) in [(each.why, each.seq) for each in found.breaks]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET actor = 'x'",
        "DELETE FROM events",
        "INSERT INTO events SELECT 99, at, run_id, actor, type, ids, details, commitments, prev, hash"
        " FROM events",
    ],
)
def test_file_itself_refuses_to_change_the_trail(tmp_path: Path, statement: str) -> None:
    with a_state(tmp_path) as store:
        store.runs.begin("remind", NOW, live=True, actor="cron")
    with pytest.raises(sqlite3.IntegrityError, match="audit trail"):
        edit(tmp_path, statement)


def test_file_itself_refuses_a_second_live_row_for_a_key(tmp_path: Path) -> None:
    """The guarantee of "never twice" does not depend on the program being right."""
    with a_state(tmp_path) as store:
        sent(store, a_message())
    copy = (
        "INSERT INTO reminders (message_id, key, invoice_id, document_number, customer_id, step, slot,"
        " occurrence, due_date, days_past_due, balance, currency, written_at, live)"
        " SELECT message_id, key, invoice_id,"
        " document_number, customer_id, step, slot, occurrence, due_date, days_past_due, balance, currency,"
        " written_at, 1 FROM reminders"
    )
    with pytest.raises(sqlite3.IntegrityError, match=r"UNIQUE constraint failed: reminders\.key"):
        edit(tmp_path, copy)


def test_events_of_a_longer_trail_are_all_followed(store: Store) -> None:
    for number in range(30):
        keys = [f"{number * 40 + each}:a:sms" for each in range(40)]
        store.messages.commit_intents([a_message(key, reminders=(a_reminder(key),)) for key in keys], NOW)
    found = store.verify()
    assert (found.ok, found.events) == (True, 1200)


def test_events_are_found_by_time_and_by_what_they_are_about(store: Store) -> None:
    from datetime import timedelta

    later = NOW + timedelta(days=1)
    store.blocks.add_hold(HoldKind.PERSON, "x", NOW, invoice_id="1042", customer_id="88")
    store.blocks.add_hold(HoldKind.PERSON, "y", later, invoice_id="7")
    sent(store, a_message(), at=later)
    of: Callable[..., list[int]] = lambda **wanted: [event.seq for event in store.trail.events(**wanted)]  # noqa: E731
    assert of() == [1, 2, 3, 4]
    assert of(since=later) == [2, 3, 4]
    assert of(until=later) == [1]
    assert of(since=later + timedelta(days=1)) == []
    assert of(refs=["customer:88"]) == [1]
    assert of(refs=["invoice:7", f"message:{KEY}"]) == [2, 3, 4]
    assert of(refs=[]) == []
    assert store.trail.last_event_at() == later
