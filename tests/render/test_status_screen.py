"""The morning screen, from a state file with something of everything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from nsquilio.core.model import Channel, Outcome, Reason
from nsquilio.jobs.status import StatusResult, status
from nsquilio.render.status import print_status, status_object
from nsquilio.store import MatchSeen, Reading, StatusSeen, Store
from tests.core.builders import some_rules
from tests.render.screens import ESCAPES, a_decision, screen
from tests.store.builders import NOW, a_message, a_reminder, a_state, an_inbound, an_outcome

TODAY = date(2026, 3, 2)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with a_state(tmp_path) as opened:
        yield opened


def seen(store: Store, days_left: int | None = None) -> StatusResult:
    end = NOW + timedelta(days=days_left) if days_left is not None else None
    return status(store, some_rules(), NOW, None, end)


def shown(store: Store, width: int = 100, days_left: int | None = None) -> list[str]:
    return screen(lambda console: print_status(seen(store, days_left), some_rules(), console), width)


def a_night(store: Store, exit_code: int = 0, error: dict[str, str] | None = None, **counts: int) -> None:
    run_id = store.runs.begin("remind", NOW - timedelta(hours=6), live=True, actor="cron")
    store.runs.finish(run_id, NOW - timedelta(hours=5), exit_code, counts, error=error)


def section(lines: list[str], title: str) -> list[str]:
    """The lines of one section with its heading."""
    begin = next(n for n, line in enumerate(lines) if line.startswith(title))
    return lines[begin : lines.index("", begin)]


def a_promise(store: Store, day: date, state: str, sid: str) -> None:
    number = store.blocks.add_promise(
        NOW,
        invoice_id="1042",
        customer_id="88",
        inbound_sid=sid,
        promised_on=day,
        amount=Decimal(500),
        currency="USD",
    )
    store.blocks.decide_promise(number, state, "jo", NOW)


def test_new_profile_says_that_nothing_ran_and_nothing_needs_a_person(store: Store) -> None:
    assert shown(store)[:3] == [
        "production   Mon 2026-03-02 09:00 America/New_York",
        "Last remind: never, nothing has been sent from here.",
        "Nothing needs a person.",
    ]


def test_last_nights_run_stands_first(store: Store) -> None:
    a_night(store, fetched=54, messages=4, sent=3, scheduled=1, wait=1, hold=5, skip=41, send=7)

    assert shown(store)[1] == (
        "Last remind Mon 03-02 03:00: ended well. invoices read 54, messages 4, sent 3, scheduled 1, wait 1,"
    )
    assert shown(store)[2] == "  hold 5, skip 41"


def test_failed_run_tells_why_and_what_next(store: Store) -> None:
    a_night(store, 4, {"code": "unreachable", "message": "NetSuite did not answer.", "next": "Run again."})

    assert shown(store)[1:4] == [
        "Last remind Mon 03-02 03:00: stopped: a service or the disk failed. -",
        "  NetSuite did not answer.",
        "  Next: Run again.",
    ]
    assert "To look at: the last run" in shown(store)


def test_run_that_found_something_out_is_not_followed_by_all_is_well(store: Store) -> None:
    a_night(store, 1, fetched=3, skip=3)

    assert shown(store)[2] == "To look at: the last run"

    store.past.note("rebuilt", "The state file was lost.", NOW)

    assert shown(store)[2] == "To look at: the last run, the notes below"
    assert "Note: 2026-03-02 14:00 UTC: The state file was lost." in shown(store)


def test_text_that_did_not_arrive_tells_why_in_words(store: Store) -> None:
    store.messages.commit_intents([a_message()], NOW)
    store.messages.record_outcomes([an_outcome()])
    seen_later = StatusSeen(
        "SM-1042:late-7:preferred", "undelivered", NOW, "30034", final=True, failed_for_good=True
    )
    store.messages.update_statuses([seen_later], NOW)

    row = section(shown(store, 130), "FAILED")[2]

    assert row.endswith("30034 undelivered: the number is not registered for business texts (A2P 10DLC)")


def test_unknown_outcome_shows_the_key_to_resolve_it_by(store: Store) -> None:
    store.messages.commit_intents([a_message()], NOW)
    store.messages.record_outcomes([an_outcome(outcome=Outcome.UNKNOWN, detail="Twilio answered 500")])

    for width in (80, 100):
        rows = section(shown(store, width), "UNKNOWN OUTCOME")
        assert "1042:late-7:preferred" in rows[2]
        assert "resolve MESSAGE-KEY --sent" in " ".join(rows)


def test_failed_messages_show_their_code(store: Store) -> None:
    store.messages.commit_intents([a_message()], NOW)
    store.messages.record_outcomes(
        [an_outcome(outcome=Outcome.REJECTED, error_code="21211", detail="not a phone number")]
    )

    assert section(shown(store), "FAILED")[1:] == [
        "  AT              CUSTOMER  TO          INVOICES CODE  WHY",
        "  Mon 03-02 09:00 Acme Corp +1*****0100 INV-1042 21211 not a phone number",
    ]
    assert "To look at: failed 1" in shown(store)


def test_promises_due_today_and_broken_ones_name_customer_invoice_and_amount(store: Store) -> None:
    store.messages.commit_intents([a_message(reminders=(a_reminder(),))], NOW)
    store.messages.record_outcomes([an_outcome()])
    a_promise(store, TODAY, "accepted", "SM1")
    a_promise(store, TODAY - timedelta(days=4), "broken", "SM2")
    a_promise(store, TODAY + timedelta(days=9), "accepted", "SM3")

    lines = shown(store)

    assert section(lines, "PROMISES DUE TODAY")[2] == "  2026-03-02 Acme Corp INV-1042 USD 500.00 accepted"
    assert section(lines, "BROKEN PROMISES")[2] == "  2026-02-26 Acme Corp INV-1042 USD 500.00 broken"
    assert "SM3" not in "\n".join(lines)
    assert status_object(seen(store))["promises_due"][0]["document_number"] == "INV-1042"


def test_inbox_shows_who_wrote_what_without_the_number(store: Store) -> None:
    store.inbound.store_page([an_inbound(reading=Reading("question"))], NOW, "poll")
    store.inbound.record_matches([MatchSeen("SM01", None, inbox_reason="no_customer")], NOW)

    rows = section(shown(store), "INBOX")

    assert rows[2].split()[3:] == "+1*****0100 question no customer When can I pay INV-1042?".split()


def test_missed_call_in_the_inbox_is_called_a_call(store: Store) -> None:
    call = an_inbound(channel="call", body="", status="missed", reading=Reading("other"))
    store.inbound.store_page([call], NOW, "poll")
    store.inbound.record_matches([MatchSeen("SM01", None, inbox_reason="unknown_sender")], NOW)

    assert section(shown(store), "INBOX")[2].split()[3:] == "+1*****0100 call unknown sender".split()


def test_waiting_invoices_and_dead_numbers_are_listed(store: Store) -> None:
    waits = a_decision(
        reason=Reason.PER_NUMBER_LIMIT, detail="1 text already", not_before=NOW + timedelta(hours=20)
    )
    store.runs.replace_waiting([waits], "run", NOW)
    store.blocks.add_undeliverable("+14155550100", Channel.SMS, "30005: unknown", NOW, "30005")

    lines = shown(store)

    assert section(lines, "WAITING OR HELD")[2] == (
        "  INV-1042 Acme Corp upcoming Tue 03-03 05:00 per number limit: 1 text already"
    )
    assert (
        section(lines, "NUMBERS AND ADDRESSES")[2]
        == "  +1*****0100       sms Mon 03-02 09:00     1 30005: unknown"
    )


@pytest.mark.parametrize(("days", "words"), [(31, "31 days left"), (-2, "ran out 2 days ago")])
def test_certificate_days_are_told(store: Store, days: int, words: str) -> None:
    assert f"NetSuite certificate: {words}" in shown(store, days_left=days)


def test_only_ten_rows_of_a_section_are_shown_and_the_rest_counted(store: Store) -> None:
    store.runs.replace_waiting([a_decision(f"INV-{n}", Reason.HOLIDAY) for n in range(14)], "run", NOW)

    assert "  and 4 more; --format json shows them" in shown(store)
    assert len(status_object(seen(store))["waiting"]) == 14


@pytest.mark.parametrize("width", [40, 80, 100])
def test_hostile_words_reach_no_terminal(store: Store, width: int) -> None:
    a_night(store, 4, {"message": ESCAPES, "next": ESCAPES})
    store.messages.commit_intents(
        [a_message(customer=ESCAPES, reminders=(a_reminder(document_number=ESCAPES),))], NOW
    )
    store.messages.record_outcomes([an_outcome(outcome=Outcome.UNKNOWN, detail=ESCAPES)])
    store.inbound.store_page([an_inbound(body=ESCAPES, sender=ESCAPES)], NOW, "poll")
    store.inbound.open_in_inbox("SM01", ESCAPES, NOW)
    store.runs.replace_waiting(
        [a_decision(ESCAPES, Reason.DISPUTE, customer=ESCAPES, detail=ESCAPES)], "r", NOW
    )

    assert shown(store, width)


def test_inbox_and_unknown_outcomes_name_commands_for_the_profile_that_was_asked_for(store: Store) -> None:
    store.messages.commit_intents([a_message()], NOW)
    store.messages.record_outcomes([an_outcome(outcome=Outcome.UNKNOWN, detail="Twilio answered 500")])
    store.inbound.store_page([an_inbound(reading=Reading("question"))], NOW, "poll")
    store.inbound.record_matches([MatchSeen("SM01", None, inbox_reason="no_customer")], NOW)

    lines = screen(lambda console: print_status(seen(store), some_rules(), console, "nsquilio --sandbox"))

    assert [line.strip() for line in lines if "nsquilio" in line] == [
        "Look for it at Twilio or SendGrid, then: nsquilio --sandbox resolve MESSAGE-KEY --sent or --resend",
        "INBOX: nsquilio --sandbox inbox list (1)",
    ]
