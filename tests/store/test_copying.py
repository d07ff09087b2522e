"""A dry run's copy: it sees everything, changes nothing on disk, makes nothing and locks nobody out."""

from __future__ import annotations

from pathlib import Path

import pytest

from nsquilio.core.model import Channel, HoldKind, Outcome
from nsquilio.errors import NsquilioError
from nsquilio.store import KeyTaken, MatchSeen, Reading, StatusSeen
from tests.store.builders import (
    NOW,
    a_copy,
    a_message,
    a_reminder,
    a_state,
    an_inbound,
    an_outcome,
    sent,
    sent_total,
    state_path,
)

KEY = "1042:late-7:preferred"


def test_copy_of_nothing_is_empty_and_makes_nothing(tmp_path: Path) -> None:
    with a_copy(tmp_path) as copy:
        assert copy.path is None
        sent(copy, a_message())
        assert sent_total(copy) == 1
    assert list(tmp_path.iterdir()) == []


def test_copy_sees_the_file_and_leaves_every_byte_of_it_alone(tmp_path: Path) -> None:
    with a_state(tmp_path) as store:
        sent(store, a_message())
        store.inbound.store_page([an_inbound("SM01")], NOW, "poll")
        store.blocks.add_hold(HoldKind.PERSON, "call first", NOW, invoice_id="1042")
    before = state_path(tmp_path).read_bytes()
    with a_copy(tmp_path) as copy:
        with pytest.raises(KeyTaken):
            copy.messages.commit_intents([a_message()], NOW)
        copy.messages.update_statuses([StatusSeen(f"SM-{KEY}", "delivered", NOW, final=True)], NOW)
        assert copy.inbound.store_page([an_inbound("SM01"), an_inbound("SM02")], NOW, "poll") == (
            ("SM02",),
            1,
        )
        copy.inbound.record_readings({"SM01": Reading("opt_out")}, NOW, effects_pending=False)
        copy.inbound.record_matches([MatchSeen("SM01", "88")], NOW)
        copy.blocks.opt_out("+14155550100", Channel.SMS, "keyword", "SM01", NOW)
        copy.blocks.release_holds([1], "ar", NOW)
        copy.runs.set_cursor("messages", "x")
        stored = copy.messages.stored(KEY)
        assert stored is not None
        assert (stored.status, stored.final) == ("delivered", True)
        assert [row.sid for row in copy.inbound.unread()] == ["SM02"]
        assert "+14155550100" in copy.blocks.opted_out()
        assert copy.blocks.holds() == ()
    assert state_path(tmp_path).read_bytes() == before
    assert [each.name for each in state_path(tmp_path).parent.iterdir()] == ["state.db"]


def test_row_is_changed_again_and_again_in_a_copy(tmp_path: Path) -> None:
    with a_state(tmp_path) as store:
        store.messages.commit_intents([a_message()], NOW)
    with a_copy(tmp_path) as copy:
        for outcome in (Outcome.UNKNOWN, Outcome.SENT, Outcome.REJECTED):
            copy.messages.record_outcomes([an_outcome(outcome=outcome)])
            assert [m.outcome for m in copy.messages.changed_after(0)] == [outcome]
        copy.messages.commit_intents([a_message()], NOW)
        assert len(copy.messages.changed_after(0)) == 2


def test_run_can_write_while_a_dry_run_is_open(tmp_path: Path) -> None:
    a_state(tmp_path).close()
    with a_copy(tmp_path) as copy, a_state(tmp_path, busy_timeout_s=0.05) as store:
        copy.runs.begin("remind", NOW, live=False, actor="ar")
        copy.messages.key_states([KEY])
        sent(store, a_message())
        assert copy.messages.key_states([KEY])[KEY].outcome is Outcome.SENT
        sent(store, a_message("7:a:sms", reminders=(a_reminder("7:a:sms"),)))


def test_dry_run_begins_while_a_run_is_writing(tmp_path: Path) -> None:
    with a_state(tmp_path) as store, store.transaction():
        store.messages.commit_intents([a_message()], NOW)
        with a_copy(tmp_path, busy_timeout_s=0.05) as copy:
            assert copy.messages.key_states([KEY]) == {}


def test_transaction_of_a_copy_that_fails_is_undone(tmp_path: Path) -> None:
    with a_state(tmp_path) as store:
        store.messages.commit_intents([a_message()], NOW)
    with a_copy(tmp_path) as copy:
        with pytest.raises(ValueError, match="stop"), copy.transaction():
            copy.messages.record_outcomes([an_outcome()])
            raise ValueError("stop")
        assert copy.messages.key_states([KEY])[KEY].outcome is Outcome.INTENT


def test_copy_cannot_be_verified_and_says_so(tmp_path: Path) -> None:
    a_state(tmp_path).close()
    with a_copy(tmp_path) as copy, pytest.raises(NsquilioError, match="open the state file itself"):
        copy.verify()


def test_copy_can_be_taken_of_a_path_with_odd_letters(tmp_path: Path) -> None:
    folder = tmp_path / "a b?c#d%20é'\""
    folder.mkdir()
    with a_state(folder) as store:
        sent(store, a_message())
    with a_copy(folder) as copy:
        assert sent_total(copy) == 1
