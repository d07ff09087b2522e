"""The inbox on a screen and in a spreadsheet: thirty replies at a glance, and nothing that a stranger could run."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

from nsquilio.core.model import Hold, HoldKind, Money
from nsquilio.jobs.inbox import InboxList, InboxReply
from nsquilio.jobs.inbox_entries import Entry, Named
from nsquilio.render.inbox import print_list, print_reply
from nsquilio.render.inbox_rows import COLUMNS, list_object, reply_object, write_csv
from nsquilio.store import InboundRow, PromiseRow, Reading
from tests.render.screens import ESCAPES, NOW, screen, text

ZONE = ZoneInfo("America/New_York")
TODAY = date(2026, 3, 10)
ACME = Named("1042", "INV-1042", Money(Decimal("9400.00"), "USD"), date(2026, 3, 1), 120)


def a_row(kind: str = "dispute", body: str = "We never ordered this", **more: Any) -> InboundRow:
    fields: dict[str, Any] = {
        "sid": "SM12345678",
        "channel": "sms",
        "sender": "+14155550100",
        "recipient": "+15005550006",
        "received_at": NOW - timedelta(hours=3),
        "body": body,
        "media": (),
        "status": "received",
        "details": {},
        "source": "poll",
        "stored_at": NOW,
        "transcript_state": "none",
        "transcript_due_until": None,
        "reading": Reading(kind, f"{kind}.rule", ("never", "ordered")),
        "read_at": NOW,
        "customer_id": "88",
        "invoice_id": "1042",
        "invoice_ids": ("1042",),
        "score": 120,
        "signals": ("document_number: INV-1042",),
        "candidates": ("1042",),
        "matched_at": NOW,
        "inbox": "open",
        "inbox_reason": kind,
        "closed_at": None,
        "closed_by": None,
        "effects_at": NOW,
        "erased": False,
    }
    return InboundRow(**{**fields, **more})


def an_entry(row: InboundRow | None = None, **more: Any) -> Entry:
    entry = Entry("12345", row or a_row(), "Acme Corp", (ACME,), (ACME,), (Money(Decimal("9400.00"), "USD"),))
    return replace(entry, **more)


def a_list(*entries: Entry, **more: Any) -> InboxList:
    return InboxList(NOW, TODAY, entries, **more)


def a_hold(until: date | None = date(2026, 3, 12)) -> Hold:
    return Hold(4, HoldKind.DISPUTE, "disputed", "88", "1042", NOW, until, inbound_sid="SM12345678")


def a_promise(state: str = "draft", promised_on: date | None = date(2026, 3, 13)) -> PromiseRow:
    return PromiseRow(7, "1042", "88", "SM12345678", promised_on, None, None, state, NOW, None, None)


def _listed(*entries: Entry, width: int = 100) -> list[str]:
    return screen(lambda console: print_list(a_list(*entries), ZONE, console, "nsquilio"), width)


def test_an_entry_is_two_lines_what_was_understood_and_the_words() -> None:
    assert _listed(an_entry(holds=(a_hold(),))) == [
        "INBOX 1 reply needs a person   Tue 10 Mar 10:00",
        "DISPUTES 1",
        "  ID     AGE  CUSTOMER   INVOICE           OPEN  DUE     UNDERSTOOD, FOLLOWED",
        "  12345  3 h  Acme Corp  INV-1042  USD 9,400.00  9 late  disputes, held to 12 Mar",
        "         “We never ordered this”  by “never”, “ordered”",
        "Next: nsquilio inbox show ID, assign ID INVOICE, accept ID (a promise), close ID.",
        "",
    ]


def test_thirty_replies_are_at_most_seventy_lines() -> None:
    assert len(_listed(*(an_entry() for _ in range(30)))) <= 70


def test_what_keeps_the_invoice_unclear_stands_with_the_best_candidates() -> None:
    row = a_row(invoice_id=None, invoice_ids=(), inbox_reason="dispute; tie")
    twin = replace(ACME, id="1099")
    lines = _listed(an_entry(row, invoices=(), candidates=(ACME, twin)))
    why = "? several invoices fit equally well: INV-1042 = invoice:1042 (120), INV-1042 = invoice:1099 (120)"
    assert lines[5].strip().startswith(why[:80])
    assert "which?" in lines[3]


def test_a_missed_call_is_called_so() -> None:
    row = a_row("other", "", channel="call", invoice_id=None, invoice_ids=(), inbox_reason="unknown_sender")
    shown = "\n".join(_listed(an_entry(replace(row, reading=Reading("other", "call.missed", ())))))
    assert "missed call" in shown
    assert "no customer has this number" in shown
    assert "not understood" not in shown


def test_promises_say_whether_they_can_be_accepted() -> None:
    said = Reading("promise", "promise.will", ("pay",), promise_date=date(2026, 3, 13))
    row = a_row("promise", "Friday", reading=said)
    late = a_row("promise", "Friday", reading=said, inbox_reason="promise_broken", sid="SM87654321")
    shown = "\n".join(
        _listed(an_entry(row, promises=(a_promise(),)), an_entry(late, promises=(a_promise("broken"),)))
    )
    assert "promises Fri 13 Mar, accept?" in shown and "promises Fri 13 Mar, BROKEN" in shown


def test_an_empty_inbox_says_so() -> None:
    assert _listed() == ["The inbox is empty.", ""]


def test_hostile_words_and_names_stay_words_on_every_screen() -> None:
    entry = an_entry(a_row(body=f"{ESCAPES}\nsecond line", sender=ESCAPES), customer=ESCAPES)
    for width in (30, 60, 100, 200):
        _listed(entry, width=width)
        reply = InboxReply(NOW, TODAY, entry, (NOW, ESCAPES), (a_row(body=ESCAPES),))
        text(lambda console, reply=reply: print_reply(reply, ZONE, console, "nsquilio"), width)


def test_show_tells_the_whole_message_and_the_commands_to_go_on() -> None:
    entry = an_entry(a_row(body="first line\nsecond line"), holds=(a_hold(),), promises=(a_promise(),))
    shown = text(lambda console: print_reply(InboxReply(NOW, TODAY, entry), ZONE, console, "nsquilio"))
    for words in (
        "    first line\n    second line\n",
        "“never”, “ordered”, rule dispute.rule",
        "invoice INV-1042, USD 9,400.00 open, due 2026-03-01 (9 late)",
        "hold 4 (dispute) on INV-1042 until 2026-03-12",
        "promise for 2026-03-13: draft",
        "nsquilio inbox assign 12345 invoice:1042",
        "nsquilio inbox accept 12345",
        "nsquilio hold release 4",
        "nsquilio inbox close 12345",
    ):
        assert words in shown


def test_csv_runs_in_no_spreadsheet_and_has_one_row_for_each_reply() -> None:
    entry = an_entry(a_row(body='=HYPERLINK("http://x")\nnext', sender="+1415"), customer="@evil")
    stream = StringIO()
    write_csv(a_list(entry), stream)
    head, row = list(csv.reader(StringIO(stream.getvalue())))
    told = dict(zip(head, row, strict=True))
    assert head == COLUMNS
    assert (told["body"], told["sender"], told["customer"]) == (
        '\'=HYPERLINK("http://x") ⏎ next',
        "'+1415",
        "'@evil",
    )
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_json_holds_what_was_understood_and_why() -> None:
    listed = list_object(a_list(an_entry(holds=(a_hold(),)), not_asked="NetSuite did not answer."))
    (reply,) = listed["replies"]
    assert (listed["schema"], listed["netsuite_not_asked"]) == (
        "nsquilio.inbox-list.v1",
        "NetSuite did not answer.",
    )
    assert (reply["kind"], reply["rule"], reply["words"]) == ("dispute", "dispute.rule", ["never", "ordered"])
    assert reply["candidates"][0]["score"] == 120
    assert reply["at_stake"] == [{"amount": "9400.00", "currency": "USD"}]
    shown = reply_object(InboxReply(NOW, TODAY, an_entry(), (NOW, "we wrote")))
    assert (shown["schema"], shown["last_text"]["body"]) == ("nsquilio.inbox-show.v1", "we wrote")
    json.dumps([listed, shown])
