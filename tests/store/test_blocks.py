"""Opt-outs, unreachable addresses, holds, promises."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from nsquilio.core.model import Channel, Hold, HoldKind
from nsquilio.store import PromiseRow, Store
from tests.store.builders import NOW

NUMBER = "+14155550100"
LATER = NOW + timedelta(days=1)


def opt_out(store: Store, kind: str = "keyword", address: str = NUMBER) -> bool:
    return store.blocks.opt_out(address, Channel.SMS, kind, "SM01", NOW, customer_ids=["88", "7"])


def test_opt_out_is_new_once(store: Store) -> None:
    assert opt_out(store)
    assert not opt_out(store)
    assert dict(store.blocks.opted_out()) == {NUMBER: "keyword: SM01"}
    (row,) = store.blocks.opt_outs()
    assert (row.address, row.kind, row.since, row.active, row.customer_ids) == (
        NUMBER,
        "keyword",
        NOW,
        True,
        ("7", "88"),
    )


def test_start_lifts_a_keyword_opt_out_only(store: Store) -> None:
    opt_out(store)
    opt_out(store, "person")
    assert store.blocks.opt_in(NUMBER, Channel.SMS, "SM02", LATER)
    assert dict(store.blocks.opted_out()) == {NUMBER: "person: SM01"}
    assert not store.blocks.opt_in(NUMBER, Channel.SMS, "SM03", LATER)
    assert store.blocks.opt_in(
        NUMBER, Channel.SMS, "asked on the phone", LATER, keyword_only=False, actor="ar"
    )
    assert NUMBER not in store.blocks.opted_out()
    ended = [(row.kind, row.ended_at, row.ended_source) for row in store.blocks.opt_outs(active_only=False)]
    assert ended == [("keyword", LATER, "SM02"), ("person", LATER, "asked on the phone")]


def test_number_can_opt_out_again(store: Store) -> None:
    opt_out(store)
    store.blocks.opt_in(NUMBER, Channel.SMS, "SM02", LATER)
    assert opt_out(store)
    assert NUMBER in store.blocks.opted_out()


def test_opt_out_survives_the_erasure_of_its_number(store: Store) -> None:
    opt_out(store)
    store.erase_address(NUMBER, "ar", LATER)
    blocked = store.blocks.opted_out()
    assert NUMBER in blocked
    assert blocked[NUMBER] == "keyword: erased"
    assert list(blocked) == []
    assert "+14155550101" not in blocked
    with pytest.raises(KeyError):
        blocked["+14155550101"]


def test_erased_opt_out_survives_being_joined_with_others(store: Store) -> None:
    opt_out(store)
    opt_out(store, address="+14155550102")
    store.erase_address(NUMBER, "ar", LATER)
    joined = {"+14155550103": "customer 88"} | store.blocks.opted_out()
    assert {NUMBER, "+14155550102", "+14155550103"} <= {
        each for each in (NUMBER, "+14155550102", "+14155550103", "+14155550104") if each in joined
    }
    assert len(joined) == 2


def test_erased_number_that_opts_out_again_is_not_new(store: Store) -> None:
    opt_out(store)
    store.erase_address(NUMBER, "ar", LATER)
    assert not opt_out(store)
    assert store.blocks.opt_in(NUMBER, Channel.SMS, "SM09", LATER)
    assert NUMBER not in store.blocks.opted_out()


def test_mail_address_is_one_address_however_it_is_written(store: Store) -> None:
    store.blocks.opt_out("AP@Acme.example", Channel.EMAIL, "unsubscribe", "SendGrid", NOW)
    assert not store.blocks.opt_out("ap@acme.example ", Channel.EMAIL, "unsubscribe", "SendGrid", NOW)


def test_undeliverable_address_is_counted_and_can_be_forgiven(store: Store) -> None:
    store.blocks.add_undeliverable(NUMBER, Channel.SMS, "landline", NOW, "30006")
    store.blocks.add_undeliverable(NUMBER, Channel.SMS, "unknown number", LATER, "30003")
    assert dict(store.blocks.undeliverable()) == {NUMBER: "unknown number"}
    (row,) = store.blocks.undeliverable_rows()
    assert (row.error_code, row.since, row.last_at, row.count) == ("30003", NOW, LATER, 2)
    assert store.blocks.forgive_undeliverable(NUMBER, Channel.SMS, LATER)
    assert not store.blocks.forgive_undeliverable(NUMBER, Channel.SMS, LATER)
    assert len(store.blocks.undeliverable()) == 0


def test_hold_is_in_force_until_its_day_comes(store: Store) -> None:
    number = store.blocks.add_hold(
        HoldKind.DISPUTE,
        "says wrong amount",
        NOW,
        invoice_id="1042",
        until=date(2026, 3, 7),
        inbound_sid="SM01",
    )
    hold = Hold(number, HoldKind.DISPUTE, "says wrong amount", None, "1042", NOW, date(2026, 3, 7))
    assert store.blocks.holds(date(2026, 3, 6)) == (hold,)
    assert store.blocks.holds(date(2026, 3, 7)) == ()
    assert store.blocks.holds() == (hold,)


def test_hold_that_ran_out_ends_once(store: Store) -> None:
    store.blocks.add_hold(HoldKind.PROMISE, "promised", NOW, customer_id="88", until=date(2026, 3, 7))
    store.blocks.add_hold(HoldKind.PERSON, "for ever", NOW, invoice_id="7")
    assert store.blocks.expire_holds(date(2026, 3, 6), LATER) == ()
    (ended,) = store.blocks.expire_holds(date(2026, 3, 7), LATER)
    assert (ended.reason, ended.ended_at) == ("promised", LATER)
    assert store.blocks.expire_holds(date(2026, 3, 8), LATER) == ()
    assert store.blocks.holds_ended_since(NOW) == (ended,)
    assert store.blocks.holds_ended_since(LATER + timedelta(days=1)) == ()


def test_released_hold_stays_in_what_the_decision_sees_for_a_while(store: Store) -> None:
    number = store.blocks.add_hold(HoldKind.PERSON, "call first", NOW, invoice_id="1042", actor="ar")
    other = store.blocks.add_hold(HoldKind.PERSON, "court", NOW, customer_id="7", actor="ar")
    assert store.blocks.release_holds([number, 99], "ar", LATER) == 1
    assert store.blocks.release_holds([number], "ar", LATER) == 0
    assert [(hold.id, hold.ended_at) for hold in store.blocks.holds_for_decision(LATER)] == [
        (other, None),
        (number, LATER),
    ]
    assert [hold.id for hold in store.blocks.holds_for_decision(LATER + timedelta(days=500))] == [other]


def test_promise_is_a_draft_until_a_person_decides(store: Store) -> None:
    number = store.blocks.add_promise(
        NOW,
        invoice_id="1042",
        customer_id="88",
        inbound_sid="SM01",
        promised_on=date(2026, 3, 6),
        amount=Decimal("100.50"),
        currency="USD",
    )
    draft = PromiseRow(
        number, "1042", "88", "SM01", date(2026, 3, 6), Decimal("100.50"), "USD", "draft", NOW, None, None
    )
    assert store.blocks.promises() == (draft,)
    assert store.blocks.decide_promise(number, "accepted", "ar", LATER)
    assert not store.blocks.decide_promise(number, "accepted", "ar", LATER)
    assert not store.blocks.decide_promise(99, "accepted", "ar", LATER)
    assert [(row.state, row.decided_at, row.decided_by) for row in store.blocks.promises(["accepted"])] == [
        ("accepted", LATER, "ar")
    ]
    assert store.blocks.promises(["draft"]) == ()
