"""Erasing people: their data goes from every byte of the file, the trail stays valid, blocks stay."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from nsquilio.core.model import Channel, HoldKind, KeyState, Outcome
from nsquilio.errors import WrongUsage
from nsquilio.store import KeyTaken, Reading, Store
from nsquilio.store.conversation import messages_to
from tests.store.builders import (
    NOW,
    a_message,
    a_reminder,
    a_state,
    an_inbound,
    an_outcome,
    sent,
    state_path,
)

NUMBER = "+14155550100"
KEY = "1042:late-7:preferred"
LATER = NOW + timedelta(days=400)
READ = Reading("question")


def a_person(store: Store) -> None:
    sent(store, a_message(body="Dear Mr Unforgettable", customer="Unforgettable Ltd"))
    replies = [
        an_inbound("SM01", body="STOP, Unforgettable", reading=READ, details={"FromCity": "UNFORGETTABLE"})
    ]
    store.inbound.store_page(replies, NOW, "poll")
    store.blocks.opt_out(NUMBER, Channel.SMS, "keyword", "Unforgettable", NOW)
    store.blocks.add_undeliverable(NUMBER, Channel.SMS, "landline", NOW)
    store.blocks.add_hold(HoldKind.DISPUTE, "Unforgettable says", NOW, invoice_id="1042", inbound_sid="SM01")


def test_erased_number_stands_in_no_byte_of_the_file(tmp_path: Path) -> None:
    with a_state(tmp_path) as store:
        a_person(store)
        assert b"+14155550100" in state_path(tmp_path).read_bytes()
        erased = store.erase_address(NUMBER, "ar", LATER)
    assert (erased.messages, erased.inbound, erased.others, erased.kept) == (1, 1, 2, ())
    content = state_path(tmp_path).read_bytes().lower()
    assert b"4155550100" not in content
    assert b"unforgettable" not in content


def test_mail_to_several_is_erased_and_found_by_each_of_its_addresses(tmp_path: Path) -> None:
    both = a_message(channel=Channel.EMAIL, to="ap@beta.example, boss@beta.example", subject="Unforgettable")
    with a_state(tmp_path) as store:
        sent(store, both)
        assert len(messages_to(store, "boss@beta.example")) == len(messages_to(store, "ap@beta.example")) == 1
        assert messages_to(store, "beta.example") == messages_to(store, "p@beta.example") == ()
        assert store.erase_address("p@beta.example", "ar", LATER).messages == 0
        assert store.erase_address("boss@beta.example", "ar", LATER).messages == 1
        assert store.verify().ok
    content = state_path(tmp_path).read_bytes().lower()
    assert b"beta.example" not in content
    assert b"unforgettable" not in content


def test_trail_checks_out_after_erasing(store: Store) -> None:
    a_person(store)
    head = store.trail.head()
    store.erase_address(NUMBER, "ar", LATER)
    assert store.verify(head).ok
    (event,) = [event for event in store.trail.events() if event.type == "erased"]
    assert event.actor == "ar"
    assert set(event.read()["ids"]["subjects"]) == {f"message:{KEY}", "inbound:SM01", "optout:1", "hold:1"}


def test_erased_reminder_is_still_never_sent_twice(store: Store) -> None:
    a_person(store)
    store.erase_address(NUMBER, "ar", LATER)
    assert store.messages.key_states([KEY]) == {KEY: KeyState(Outcome.SENT, at=NOW)}
    with pytest.raises(KeyTaken):
        store.messages.commit_intents([a_message()], LATER)
    assert store.messages.texted([NUMBER]) == {NUMBER}
    assert store.messages.contacts(date(2026, 3, 1))[0].recipient == ""
    stored = store.messages.stored(KEY)
    assert stored is not None
    assert (stored.erased, stored.to, stored.body, stored.customer) == (True, "", "", "")
    assert NUMBER in store.blocks.undeliverable()
    assert [hold.reason for hold in store.blocks.holds()] == ["erased"]


def test_erasing_twice_finds_nothing_more(store: Store) -> None:
    a_person(store)
    store.erase_address(NUMBER, "ar", LATER)
    again = store.erase_address(NUMBER, "ar", LATER)
    assert (again.messages, again.inbound, again.others) == (0, 0, 0)


def test_what_is_still_under_way_is_kept_and_named(store: Store) -> None:
    store.messages.commit_intents([a_message()], NOW)
    store.messages.record_outcomes([an_outcome(outcome=Outcome.UNKNOWN)])
    store.inbound.store_page([an_inbound(reading=READ)], NOW, "poll")
    store.inbound.open_in_inbox("SM01", "dispute", NOW)
    erased = store.erase_address(NUMBER, "ar", LATER)
    assert erased.kept == (f"message:{KEY}", "inbound:SM01")
    store.inbound.close("SM01", "ar", LATER)
    assert store.erase_address(NUMBER, "ar", LATER).inbound == 1
    assert store.verify().ok


def test_other_peoples_data_stays(store: Store) -> None:
    a_person(store)
    other = a_message("7:a:sms", reminders=(a_reminder("7:a:sms"),), to="+14155550107")
    sent(store, other)
    store.erase_address(NUMBER, "ar", LATER)
    stored = store.messages.stored("7:a:sms")
    assert stored is not None
    assert stored.to == "+14155550107"


def test_erasing_before_a_day_takes_the_old_and_leaves_the_new(store: Store) -> None:
    a_person(store)
    recent = LATER - timedelta(days=1)
    sent(store, a_message("7:a:sms", reminders=(a_reminder("7:a:sms"),)), at=recent)
    store.inbound.store_page([an_inbound("SM09", received_at=recent, reading=READ)], recent, "poll")
    erased = store.erase_before(LATER - timedelta(days=30), "ar", LATER)
    assert (erased.messages, erased.inbound) == (1, 1)
    assert [message.erased for message in store.messages.by_sids([f"SM-{KEY}", "SM-7:a:sms"]).values()] == [
        True,
        False,
    ]
    assert dict(store.blocks.opted_out()) == {NUMBER: "keyword: Unforgettable"}, "an opt-out in force is kept"
    assert store.verify().ok


def test_more_than_one_events_worth_is_erased(store: Store) -> None:
    page = [an_inbound(f"SM{n}", reading=READ) for n in range(2500)]
    store.inbound.store_page(page, NOW, "poll")
    assert store.erase_before(LATER, "ar", LATER).inbound == 2500
    assert [event.type for event in store.trail.events()].count("erased") == 3
    assert store.verify().ok


def test_backup_is_whole_private_and_opens(tmp_path: Path) -> None:
    with a_state(tmp_path) as store:
        a_person(store)
        target = store.backup(tmp_path / "copy.db")
        assert target.stat().st_mode & 0o777 == 0o600
    folder = tmp_path / "other" / "state"
    folder.mkdir(mode=0o700, parents=True)
    target.rename(folder / "state.db")
    with a_state(tmp_path / "other") as restored:
        assert restored.messages.key_states([KEY])[KEY].outcome is Outcome.SENT
        assert restored.verify().ok


def test_backup_overwrites_nothing(tmp_path: Path) -> None:
    target = tmp_path / "precious.txt"
    target.write_text("precious")
    with a_state(tmp_path) as store, pytest.raises(WrongUsage, match="exists already; a backup overwrites"):
        store.backup(target)
    assert target.read_text() == "precious"


def test_backup_into_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    from nsquilio.errors import DiskFailed

    with (
        a_state(tmp_path) as store,
        pytest.raises(DiskFailed, match="cannot be made: No such file or directory"),
    ):
        store.backup(tmp_path / "nowhere" / "copy.db")


def test_erasing_names_the_backups_that_still_hold_the_data(tmp_path: Path) -> None:
    with a_state(tmp_path) as store:
        a_person(store)
        copies = tmp_path / "state" / "backups"
        copies.mkdir(mode=0o700)
        copy = store.backup(copies / "state-schema1-20260302T140000Z.db")
        assert store.erase_address(NUMBER, "ar", LATER).copies == (copy,)
