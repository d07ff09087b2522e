"""The inbox: the order of the morning list, what an entry tells, and what assign, accept and close do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nsquilio.core.model import Money
from nsquilio.errors import Unreachable, WrongUsage
from nsquilio.jobs.inbox import list_inbox, show_reply
from nsquilio.jobs.inbox_decisions import accept, assign, close
from nsquilio.jobs.inbox_ids import short_ids
from nsquilio.jobs.log_replies import log_replies
from nsquilio.jobs.remind import Options, remind
from nsquilio.jobs.understand import understand
from nsquilio.sandbox import control
from nsquilio.store import InboundSeen
from tests.jobs.inbound_builders import Desk

ERIN = "+14155550100"  # Acme's mobile: INV-1042, 1057 and 1058 are open
MARIA = "+16175550153"  # INV-1051 and INV-1066, both over 275.00
BOAT = "+18505550121"  # INV-1052 alone
TALLY = "+18505550122"  # INV-1053 alone
STRANGER = "+13105550199"


def _say(desk: Desk, number: str, words: str) -> str:
    sid = desk.text(number, words)
    desk.pull()
    understand(desk.services)
    return sid


def _holds(desk: Desk) -> list[tuple[str, str | None, date | None]]:
    return [(str(h.kind), h.invoice_id, h.until) for h in desk.store.blocks.holds()]


def _open(desk: Desk) -> dict[str, str | None]:
    return {row.sid: row.inbox_reason for row in desk.store.inbound.open_inbox()}


def _invoice(desk: Desk, number: str) -> str:
    return str(control.find_invoice(desk.world, number))


def test_the_list_begins_with_what_can_do_harm_and_within_a_kind_with_the_largest_sum(desk: Desk) -> None:
    said = {
        desk.text(BOAT, "Can you send me a copy of the invoice?"): "question",
        desk.text(TALLY, "We will pay on Friday"): "promise",
        desk.text(MARIA, "the goods never arrived, not paying"): "small dispute",
        desk.text(ERIN, "I dispute INV-1042, we never ordered this"): "large dispute",
        desk.text(STRANGER, "wrong number"): "wrong number",
    }
    desk.pull()
    understand(desk.services)
    order = [said[entry.row.sid] for entry in list_inbox(desk.services).entries]
    assert order == ["wrong number", "large dispute", "small dispute", "promise", "question"]


def test_an_entry_names_the_customer_the_invoice_and_what_is_open(desk: Desk) -> None:
    sid = _say(desk, BOAT, "We will pay INV-1052 on Friday")
    (entry,) = list_inbox(desk.services).entries
    assert (entry.row.sid, entry.customer, [one.number for one in entry.invoices]) == (
        sid,
        "Pensacola Boat Works",
        ["INV-1052"],
    )
    assert entry.at_stake == (Money(Decimal(3150), "USD"),)
    assert [(one.number, one.score) for one in entry.candidates] == [("INV-1052", 120)]


def test_without_netsuite_the_list_shows_what_is_known_and_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sid = _say(desk, BOAT, "We will pay INV-1052 on Friday")

    def down(*_given: object) -> None:
        raise Unreachable("NetSuite did not answer.", service="NetSuite")

    monkeypatch.setattr(desk.services.netsuite, "customers_by_phone", down)
    result = list_inbox(desk.services)
    assert ([entry.row.sid for entry in result.entries], result.not_asked) == (
        [sid],
        "NetSuite did not answer.",
    )


def test_listing_and_showing_change_nothing(desk: Desk) -> None:
    sid = _say(desk, BOAT, "We will pay INV-1052 on Friday")
    head = desk.store.trail.head()
    list_inbox(desk.services)
    show_reply(desk.services, sid)
    assert desk.store.trail.head() == head


def test_show_tells_what_we_last_wrote_and_what_was_said_before(desk: Desk) -> None:
    remind(desk.services, Options(invoices=("INV-1052",)))
    desk.advance(hours=2)  # it was scheduled for the opening
    first = _say(desk, BOAT, "ok thanks")
    desk.advance(minutes=5)
    second = _say(desk, BOAT, "We will pay INV-1052 on Friday")
    result = show_reply(desk.services, second)
    assert [row.sid for row in result.before] == [first]
    assert result.last_text is not None and "INV-1052" in result.last_text[1]


def test_ids_are_as_short_as_they_can_be_and_any_start_names_a_reply(desk: Desk) -> None:
    assert short_ids(["SM12345aa", "SM12345ab"]) == {"SM12345aa": "SM12345aa", "SM12345ab": "SM12345ab"}
    assert short_ids(["SM12345aa", "SM99345ab"]) == {"SM12345aa": "12345", "SM99345ab": "99345"}
    sid = _say(desk, BOAT, "We will pay INV-1052 on Friday")
    for typed in (sid, sid[2:7], sid[2:8].upper(), sid[:9]):
        assert show_reply(desk.services, typed).entry.row.sid == sid


@pytest.mark.parametrize(
    ("typed", "message"),
    [("12", "'12' is too short to name a reply."), ("zzzzz", "No reply has the ID 'zzzzz'.")],
)
def test_an_id_that_names_nothing_says_so(desk: Desk, typed: str, message: str) -> None:
    with pytest.raises(WrongUsage, match=message):
        show_reply(desk.services, typed)


def test_an_id_that_several_replies_begin_with_lists_them(desk: Desk) -> None:
    seen = [InboundSeen(f"SMabcd{n}", "sms", BOAT, "+15005550006", desk.now(), "hm") for n in (1, 2)]
    desk.store.inbound.store_page(seen, desk.now(), "poll")
    with pytest.raises(WrongUsage, match="'abcd' fits several replies"):
        show_reply(desk.services, "abcd")


def test_assigning_moves_a_hold_from_the_customer_to_the_invoice(desk: Desk) -> None:
    sid = _say(desk, ERIN, "We never ordered this, the charge is wrong and we dispute it")
    assert _holds(desk) == [("dispute", None, date(2026, 3, 7))]
    assign(desk.services, sid, "INV-1057")
    assert _holds(desk) == [("dispute", _invoice(desk, "INV-1057"), date(2026, 3, 7))]
    assert _open(desk) == {sid: "dispute"}
    assert desk.store.inbound.stored(sid).invoice_id == _invoice(desk, "INV-1057")


def test_assigning_again_leaves_one_hold(desk: Desk) -> None:
    sid = _say(desk, ERIN, "We never ordered this, the charge is wrong and we dispute it")
    for number in ("INV-1057", "INV-1058", "INV-1058"):
        assign(desk.services, sid, number)
    assert _holds(desk) == [("dispute", _invoice(desk, "INV-1058"), date(2026, 3, 7))]


def test_a_hold_that_a_person_released_is_not_set_again_by_assigning(desk: Desk) -> None:
    sid = _say(desk, ERIN, "We never ordered this, the charge is wrong and we dispute it")
    desk.store.blocks.release_holds([1], "ann", desk.now())
    assign(desk.services, sid, "INV-1057")
    assert _holds(desk) == []


def test_a_dispute_of_an_unknown_sender_holds_once_it_is_assigned(desk: Desk) -> None:
    sid = _say(desk, STRANGER, "We never ordered this, the charge is wrong and we dispute it")
    assert _holds(desk) == []
    assign(desk.services, sid, "INV-1052")
    assert _holds(desk) == [("dispute", _invoice(desk, "INV-1052"), date(2026, 3, 7))]
    assert _open(desk) == {sid: "dispute"}


def test_assigning_moves_a_promise_and_its_hold(desk: Desk) -> None:
    sid = _say(desk, ERIN, "We will pay on Friday")
    accept(desk.services, sid)
    assign(desk.services, sid, "INV-1057")
    states = [(p.invoice_id, p.state) for p in desk.store.blocks.promises()]
    assert states == [(None, "cancelled"), (_invoice(desk, "INV-1057"), "accepted")]
    assert _holds(desk) == [("promise", _invoice(desk, "INV-1057"), date(2026, 3, 7))]


def test_a_promise_of_an_unknown_sender_becomes_a_draft_once_it_is_assigned(desk: Desk) -> None:
    sid = _say(desk, STRANGER, "We will pay on Friday")
    with pytest.raises(WrongUsage, match="cannot be accepted: nobody knows whose it is") as refused:
        accept(desk.services, sid)
    assert "inbox assign" in refused.value.next
    assign(desk.services, sid, "INV-1052")
    states = [(p.invoice_id, p.state) for p in desk.store.blocks.promises()]
    assert states == [(_invoice(desk, "INV-1052"), "draft")]


def test_a_reply_that_lacked_only_its_invoice_is_closed_by_assigning(desk: Desk) -> None:
    sid = _say(desk, STRANGER, "ok thanks")
    assert _open(desk) == {sid: "unknown_sender"}
    done = assign(desk.services, sid, "INV-1052")
    assert (_open(desk), "It is closed in the inbox." in done.words) == ({}, True)


def test_an_assigned_reply_is_one_record_in_netsuite_and_stands_on_the_invoice(desk: Desk) -> None:
    sid = _say(desk, ERIN, "We never ordered this, the charge is wrong and we dispute it")
    log_replies(desk.services)
    assign(desk.services, sid, "INV-1057")
    assert [(one.eid, one.state) for one in desk.store.communications.about(sid)] == [
        (f"nsq-{sid}", "waiting")
    ]
    log_replies(desk.services)
    logged = [(one.eid, one.state, one.invoice_id) for one in desk.store.communications.about(sid)]
    assert logged == [(f"nsq-{sid}", "written", _invoice(desk, "INV-1057"))]


def test_what_a_person_assigned_is_not_matched_again(desk: Desk) -> None:
    sid = _say(desk, ERIN, "We never ordered this, the charge is wrong and we dispute it")
    assign(desk.services, sid, "INV-1057")
    understand(desk.services)
    assert desk.store.inbound.stored(sid).invoice_id == _invoice(desk, "INV-1057")


def test_assigning_to_a_customer_is_refused(desk: Desk) -> None:
    sid = _say(desk, ERIN, "We will pay on Friday")
    with pytest.raises(WrongUsage, match="No invoice in NetSuite fits '"):
        assign(desk.services, sid, "Acme Corp")


def test_accepting_holds_the_invoice_until_the_day_is_over_and_closes_the_reply(desk: Desk) -> None:
    sid = _say(desk, BOAT, "We will pay INV-1052 on Friday")
    accept(desk.services, sid)
    assert _holds(desk) == [("promise", _invoice(desk, "INV-1052"), date(2026, 3, 7))]
    assert _open(desk) == {}
    with pytest.raises(WrongUsage, match="is accepted already"):
        accept(desk.services, sid)


def test_accepting_takes_back_a_text_that_was_scheduled(desk: Desk) -> None:
    remind(desk.services, Options(invoices=("INV-1052",)))
    scheduled = [message.invoice_ids for message in desk.store.messages.scheduled()]
    assert scheduled == [(_invoice(desk, "INV-1052"),)]
    sid = _say(desk, BOAT, "We will pay INV-1052 on Friday")
    done = accept(desk.services, sid)
    assert (desk.store.messages.scheduled(), done.problems) == ((), ())
    assert done.words.endswith("1 scheduled text(s) canceled.")


@pytest.mark.parametrize(
    ("words", "message"),
    [("We'll pay it soon", "names no day"), ("ok thanks", "holds no promise")],
)
def test_what_cannot_be_accepted_says_why(desk: Desk, words: str, message: str) -> None:
    sid = _say(desk, BOAT, words)
    with pytest.raises(WrongUsage, match=message):
        accept(desk.services, sid)


def test_a_promise_whose_day_is_over_cannot_be_accepted(desk: Desk) -> None:
    sid = _say(desk, BOAT, "We will pay INV-1052 on Friday")
    desk.advance(days=6)
    with pytest.raises(WrongUsage, match="was for 2026-03-06, which is over"):
        accept(desk.services, sid)


def test_a_customer_wide_promise_that_is_accepted_still_asks_for_its_invoice(desk: Desk) -> None:
    sid = _say(desk, ERIN, "We will pay on Friday")
    done = accept(desk.services, sid)
    assert _holds(desk) == [("promise", None, date(2026, 3, 7))]
    assert _open(desk) == {sid: "tie"}
    assert "stays in the inbox" in done.words


def test_closing_keeps_the_hold_and_says_how_to_end_it(desk: Desk) -> None:
    sid = _say(desk, BOAT, "I dispute INV-1052")
    words = close(desk.store, sid[2:8], "ann", desk.now()).words
    assert words == f"{sid} is closed. Hold 1 goes on until 2026-03-07: hold release 1."
    assert (len(_holds(desk)), _open(desk)) == (1, {})
    again = close(desk.store, sid, "ann", desk.now())
    assert again.words == f"{sid} is not open in the inbox (closed by ann)."


def test_a_reply_given_to_another_customers_invoice_says_so(desk: Desk) -> None:
    sid = _say(desk, BOAT, "will pay friday")

    crossed = assign(desk.services, sid, "INV-1053")
    back = assign(desk.services, sid, "INV-1053")

    assert "That invoice is customer" in crossed.words
    assert "That invoice is customer" not in back.words
