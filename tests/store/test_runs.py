"""Runs, cursors, what waits, what was released once."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from nsquilio.core.model import Decision, Money, Reason
from nsquilio.store import Store
from tests.store.builders import NOW

LATER = NOW + timedelta(days=1)


def a_decision(invoice_id: str = "1042", reason: Reason = Reason.CONTACT_HOURS, **changes: Any) -> Decision:
    facts: dict[str, Any] = {
        "document_number": f"INV-{invoice_id}",
        "customer_id": "88",
        "customer": "Acme Corp",
        "due_date": date(2026, 3, 1),
        "days_past_due": 1,
        "open_balance": Money(Decimal("10"), "USD"),
        "step": "late-7",
    }
    return Decision(invoice_id=invoice_id, reason=reason, **{**facts, **changes})


def test_run_is_kept_with_its_end(store: Store) -> None:
    run = store.runs.begin("remind", NOW, live=True, actor="cron")
    assert re.fullmatch(r"20260302T140000Z-[0-9a-f]{8}", run)
    begun = store.runs.last("remind")
    assert begun is not None
    assert (begun.finished_at, begun.exit_code, begun.live, begun.actor) == (None, None, True, "cron")
    error = {"code": "refused", "message": "no", "next": "wait"}
    store.runs.finish(run, LATER, 4, {"fetched": 54}, error)
    ended = store.runs.last("remind")
    assert ended is not None
    assert (ended.id, ended.finished_at, ended.exit_code, ended.counts, ended.error) == (
        run,
        LATER,
        4,
        {"fetched": 54},
        error,
    )
    assert store.runs.last("pull-inbound") is None
    assert store.runs.last("remind", live=False) is None


def test_runs_have_different_ids_within_one_second(store: Store) -> None:
    runs = [store.runs.begin("remind", NOW, live=True, actor="cron") for _ in range(5)]
    assert len(set(runs)) == 5
    assert store.runs.run_seq() == 5
    assert [run.id for run in store.runs.recent(2)] == [runs[4], runs[3]]


def test_previous_invoice_count_is_of_the_last_live_run_that_went_well(store: Store) -> None:
    assert store.runs.previous_invoice_count() is None
    for exit_code, fetched in ((0, 54), (1, 50), (4, 0)):
        run = store.runs.begin("remind", NOW, live=True, actor="cron")
        store.runs.finish(run, NOW, exit_code, {"fetched": fetched})
    assert store.runs.previous_invoice_count() == 50


def test_first_run_is_kept_from_the_first_time_on(store: Store) -> None:
    assert store.runs.first_run() is None
    store.runs.mark_first_run(NOW)
    store.runs.mark_first_run(LATER)
    assert store.runs.first_run() == NOW


def test_cursor_is_replaced(store: Store) -> None:
    assert store.runs.cursor("messages") is None
    store.runs.set_cursor("messages", "a")
    store.runs.set_cursor("messages", "b")
    assert store.runs.cursor("messages") == "b"


def test_prices_are_forgotten_when_they_are_old(store: Store) -> None:
    store.runs.keep_price("US", Decimal("0.0079"), NOW)
    store.runs.keep_price("DE", Decimal("0.1"), NOW - timedelta(days=8))
    store.runs.keep_price("US", Decimal("0.0083"), LATER)
    assert store.runs.prices(since=NOW - timedelta(days=7)) == {"US": Decimal("0.0083")}


def test_what_waits_or_is_held_stands_in_waiting_with_the_day_it_began(store: Store) -> None:
    store.runs.replace_waiting(
        [a_decision(), a_decision("7", Reason.DISPUTE), a_decision("8", Reason.NOT_DUE)], "r1", NOW
    )
    again = a_decision(reason=Reason.PER_NUMBER_LIMIT, not_before=LATER, detail="one a day")
    assert store.runs.replace_waiting([again, a_decision("7", Reason.DUE_WINDOW)], "r2", LATER) == ()
    (row,) = store.runs.waiting()
    assert (
        row.invoice_id,
        row.reason,
        row.detail,
        row.since,
        row.last_seen_at,
        row.not_before,
        row.run_id,
    ) == (
        "1042",
        "per_number_limit",
        "one a day",
        NOW,
        LATER,
        LATER,
        "r2",
    )


def test_what_waited_until_too_late_is_kept_as_expired(store: Store) -> None:
    store.runs.replace_waiting([a_decision()], "r1", NOW)
    store.runs.replace_waiting([a_decision(reason=Reason.EXPIRED)], "r2", LATER)
    assert store.runs.waiting() == ()
    (row,) = store.runs.expired(NOW)
    assert (row.invoice_id, row.since, row.expired_at) == ("1042", NOW, LATER)
    store.runs.replace_waiting([a_decision(reason=Reason.EXPIRED)], "r3", LATER + timedelta(days=1))
    assert [each.expired_at for each in store.runs.expired(NOW)] == [LATER]
    assert store.runs.expired(LATER + timedelta(hours=1)) == ()


def test_what_waits_again_after_it_expired_begins_anew(store: Store) -> None:
    store.runs.replace_waiting([a_decision()], "r1", NOW)
    store.runs.replace_waiting([a_decision(reason=Reason.EXPIRED)], "r2", NOW)
    store.runs.replace_waiting([a_decision(step="late-14")], "r3", LATER)
    (row,) = store.runs.waiting()
    assert (row.step, row.since) == ("late-14", LATER)
    assert store.runs.expired(NOW) == ()


def test_waiting_invoice_that_is_no_longer_read_is_told_and_dropped(store: Store) -> None:
    store.runs.replace_waiting([a_decision()], "r1", NOW)
    (gone,) = store.runs.replace_waiting([a_decision("7")], "r2", LATER)
    assert (gone.invoice_id, gone.document_number, gone.since) == ("1042", "INV-1042", NOW)
    assert [row.invoice_id for row in store.runs.waiting()] == ["7"]


def test_narrowed_run_leaves_what_it_did_not_look_at(store: Store) -> None:
    store.runs.replace_waiting([a_decision(), a_decision("7")], "r1", NOW)
    store.runs.replace_waiting(
        [a_decision(reason=Reason.FILTERED), a_decision("7", Reason.PAID)], "r2", LATER
    )
    assert [row.invoice_id for row in store.runs.waiting()] == ["1042"]


def test_release_lets_through_once(store: Store) -> None:
    assert store.runs.release("1042", "ar", NOW)
    assert not store.runs.release("1042", "ar", NOW)
    assert store.runs.released() == {"1042"}
    store.runs.use_release(["1042", "7"], LATER)
    store.runs.use_release(["1042"], LATER)
    assert store.runs.released() == frozenset()
    assert store.runs.release("1042", "ar", LATER)
    assert [event.type for event in store.trail.events()] == [
        "invoice.released",
        "invoice.release_used",
        "invoice.released",
    ]


def test_named_invoices_are_read_until_they_are_forgotten(store: Store) -> None:
    store.runs.name_invoices(["1042", "7"], "event-1", NOW)
    store.runs.name_invoices(["7"], "event-2", LATER)
    assert store.runs.named_invoices() == {"1042", "7"}
    store.runs.forget_named(["7"])
    assert store.runs.named_invoices() == {"1042"}
