"""A state file with a million messages must slow nothing: no question walks through a large table.

Counted by SQLite's own plan for every statement, on the file and on a dry run's copy. Figures stand in
the benchmarks.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from datetime import UTC, date
from pathlib import Path

import pytest

from nsquilio.core.model import Outcome
from nsquilio.store import CommunicationWanted, MatchSeen, Reading, StatusSeen, Store
from tests.store.builders import (
    NOW,
    a_copy,
    a_message,
    a_reminder,
    a_state,
    an_inbound,
    an_outcome,
    sent,
)

KEY = "1042:late-7:preferred"
ON_FILE = re.compile(
    r"SCAN (messages|reminders|inbound|events|event_refs|personal|communications|runs|m|r)\b(.*)"
)
IN_COPY = re.compile(r"SCAN d\b(.*)|MATERIALIZE")
# Indexes of the few rows that are open; walking through one of these is what it is for.
FEW = re.compile("_(not_final|cancel_wanted|failed|to_do|without_effects|inbox|awaited|waiting|parked)$")


def plans(store: Store) -> dict[str, list[str]]:
    """Each statement that the work of a few nights makes, with SQLite's plan."""
    found: dict[str, list[str]] = {}
    database = store._database
    execute = database._execute

    def spy(sql: str, parameters: Mapping[str, object]) -> sqlite3.Cursor:
        if sql not in found and sql.split()[0] in ("SELECT", "WITH", "UPDATE", "DELETE"):
            explained = database.connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
            found[sql] = [row[3] for row in explained]
        return execute(sql, parameters)

    database._execute = spy  # type: ignore[method-assign]
    a_few_nights(store)
    return found


def a_few_nights(store: Store) -> None:
    run = store.runs.begin("remind", NOW, live=True, actor="cron")
    messages, inbound, known = store.messages, store.inbound, store.communications
    sent(store, a_message("7:a:sms", reminders=(a_reminder("7:a:sms"),)))
    messages.commit_intents([a_message("8:a:sms", reminders=(a_reminder("8:a:sms"),))], NOW)
    messages.record_outcomes([an_outcome("8:a:sms", Outcome.REJECTED)])
    messages.commit_intents([a_message("8:a:sms", reminders=(a_reminder("8:a:sms"),))], NOW)
    messages.looked("8:a:sms", NOW)
    messages.settle_by_hand("8:a:sms", was_sent=False, actor="ar", now=NOW)
    messages.update_statuses([StatusSeen("SM-7:a:sms", "delivered", NOW, final=True)], NOW)
    messages.mark_cancel_wanted(["7:a:sms"], "paid", NOW)
    messages.key_states([KEY])
    messages.told(["7"])
    messages.contacts(date(2026, 3, 1))
    messages.texted(["+1"])
    messages.texts_to(["+1"], NOW)
    messages.written(["7"])
    messages.written(since=NOW)
    messages.last_written_to(["+1"])
    messages.busiest_day(NOW, UTC)
    messages.open_outcomes()
    messages.stored(KEY)
    messages.by_sids(["SM1"])
    messages.scheduled(NOW)
    messages.cancel_wanted()
    messages.not_final(NOW)
    messages.failures(NOW)
    messages.changed_after(5)
    inbound.store_page([an_inbound("SM1"), an_inbound("SM2")], NOW, "poll")
    inbound.record_readings({"SM1": Reading("question")}, NOW, effects_pending=True)
    inbound.mark_effects(["SM1"], NOW)
    inbound.record_matches([MatchSeen("SM1", "88", inbox_reason="dispute")], NOW)
    inbound.close("SM1", "ar", NOW)
    inbound.unread()
    inbound.unmatched(5)
    inbound.without_effects()
    inbound.open_inbox()
    inbound.awaited_transcripts()
    inbound.received(NOW)
    inbound.sent_by("+1")
    inbound.changed_after(5)
    known.want([CommunicationWanted("nsq-1", "message", KEY, "f")], NOW)
    known.mark_written([(known.waiting(1)[0], "1")], NOW)
    known.park("nsq-1", "no", NOW)
    known.parked()
    known.retry(NOW)
    known.counts()
    known.to_look_at(0)
    known.about(KEY)
    store.runs.recent(3)
    store.runs.previous_invoice_count()
    store.runs.finish(run, NOW, 0, {})
    list(store.trail.events(refs=["invoice:7"]))
    list(store.trail.events(since=NOW))


def walks(plan: list[str], pattern: re.Pattern[str]) -> list[str]:
    return [step for step in plan if pattern.match(step) and not FEW.search(step)]


def walks_by_outcome(sql: str, plan: list[str]) -> bool:
    """The index of outcomes holds nearly every message under 'sent': for that word it is no index at all."""
    return "'sent'" in sql and any("messages_by_outcome" in step for step in plan)


def stops_early(sql: str) -> bool:
    return "LIMIT" in sql


@pytest.mark.parametrize("where", ["file", "copy"])
def test_no_question_walks_through_a_large_table(tmp_path: Path, where: str) -> None:
    with a_state(tmp_path) as store:
        sent(store, a_message())
        if where == "file":
            found = plans(store)
    if where == "copy":
        with a_copy(tmp_path) as copy:
            found = plans(copy)
    assert len(found) > 60
    pattern = ON_FILE if where == "file" else IN_COPY
    walking = {sql: walks(plan, pattern) for sql, plan in found.items() if not stops_early(sql)}
    assert {sql: plan for sql, plan in walking.items() if plan} == {}
    assert [sql for sql, plan in found.items() if walks_by_outcome(sql, plan)] == []


def test_number_of_statements_does_not_grow_with_what_is_asked(store: Store) -> None:
    """100 intents and outcomes, statuses and inbound messages cost hardly more statements than one."""

    def statements(count: int, start: int) -> int:
        counted: list[str] = []
        keys = [f"{start + number}:a:sms" for number in range(count)]
        store._database.connection.set_trace_callback(counted.append)
        store.messages.commit_intents([a_message(key, reminders=(a_reminder(key),)) for key in keys], NOW)
        store.messages.key_states(keys)
        store.messages.texted([f"+1415555{number:04d}" for number in range(count)])
        store.inbound.store_page([an_inbound(f"SM{key}") for key in keys], NOW, "poll")
        store._database.connection.set_trace_callback(None)
        return len([sql for sql in counted if sql.startswith(("SELECT", "BEGIN", "COMMIT", "SAVEPOINT"))])

    assert statements(100, 1000) - statements(1, 1) <= 6


def test_intents_and_outcomes_of_a_batch_share_one_sync_of_the_disk(store: Store) -> None:
    counted: list[str] = []
    keys = [f"{number}:a:sms" for number in range(16)]
    store.messages.commit_intents([a_message(key, reminders=(a_reminder(key),)) for key in keys], NOW)
    store._database.connection.set_trace_callback(counted.append)
    with store.transaction():
        store.messages.record_outcomes([an_outcome(key) for key in keys])
        following = [f"{number}:b:sms" for number in range(16)]
        store.messages.commit_intents(
            [a_message(key, reminders=(a_reminder(key),)) for key in following], NOW
        )
    store._database.connection.set_trace_callback(None)
    assert [sql for sql in counted if sql.startswith(("BEGIN", "COMMIT"))] == ["BEGIN IMMEDIATE", "COMMIT"]
