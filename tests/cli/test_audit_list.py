"""`audit list` and `audit show` as typed: the conversation as one reads it, and one message in full."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from nsquilio.core.model import Channel
from tests.cli.admin_side import Setup
from tests.cli.audit_side import KEY, a_conversation, state_of
from tests.store.builders import NOW


@pytest.fixture
def trail(setup: Setup) -> Setup:
    with state_of(setup) as store:
        a_conversation(store)
    return setup


def entries(setup: Setup, *options: str) -> list[dict[str, Any]]:
    return list(setup.json("audit", "list", *options)["entries"])


def story(setup: Setup, *options: str) -> list[tuple[str, str, str]]:
    """When, channel and kind of each entry."""
    return [(e["at"][11:16], e["channel"], e["kind"]) for e in entries(setup, *options)]


ACME = [
    ("14:00", "sms", "late-7"),
    ("14:05", "sms", "promise"),
    ("14:08", "hold", "hold 1 on the invoice (person)"),
    ("14:08", "promise", "promise 1: to pay USD 9,400.00 by 2026-03-02"),
    ("14:09", "promise", "promise 1 accepted"),
    ("14:10", "hold", "hold 1 ended"),
    ("14:11", "optout", "no more texts (keyword)"),
]


@pytest.mark.parametrize(
    "options",
    [
        ("--customer", "Acme Corp"),
        ("--customer", "acme corp"),
        ("--customer", "88"),
        ("--customer", "customer:88"),
        ("--customer", "Acme", "--since", "2026-03-02", "--until", "2026-03-02"),
        ("--invoice", "INV-1042"),
        ("--invoice", "inv-1042"),
        ("--invoice", "1042"),
        ("--invoice", "invoice:1042"),
        ("--customer", "88", "--invoice", "1042", "--number", "+14155550100"),
    ],
)
def test_conversation_of_a_customer_or_invoice_stands_in_time_order(
    trail: Setup, options: tuple[str, ...]
) -> None:
    assert story(trail, *options) == ACME


def test_conversation_with_a_number(trail: Setup) -> None:
    told = story(trail, "--number", "415-555-0100")
    assert [entry for entry in told if entry[1] != "hold" and entry[1] != "promise"] == [
        ACME[0],
        ACME[1],
        ACME[-1],
    ]


def test_failures_and_cancellations_are_told_where_they_happened(trail: Setup) -> None:
    assert story(trail, "--customer", "99") == [
        ("14:01", "sms", "late-7"),
        ("14:02", "status", "not delivered: undelivered"),
    ]
    assert story(trail, "--customer", "77") == [
        ("14:02", "sms", "late-7"),
        ("14:04", "status", "canceled before it left: paid"),
    ]


def test_entry_as_json_holds_all_that_is_known(trail: Setup) -> None:
    assert entries(trail, "--customer", "88")[0] == {
        "at": "2026-03-02T14:00:00Z",
        "direction": "out",
        "channel": "sms",
        "kind": "late-7",
        "party": "+14155550100",
        "customer_id": "88",
        "customer": "Acme Corp",
        "invoice_ids": ["1042"],
        "document_numbers": ["INV-1042"],
        "status": "delivered",
        "error_code": None,
        "sid": f"SM-{KEY}",
        "message_key": KEY,
        "actor": None,
        "words": "Example SaaS Inc.: invoice INV-1042 is due.",
    }


def test_list_without_narrowing_holds_everything_between_two_times(trail: Setup) -> None:
    assert len(entries(trail)) == 12
    narrowed = ("--since", "2026-03-02T14:05+00:00", "--until", "2026-03-02T14:08+00:00")
    assert [entry["sid"] for entry in entries(trail, *narrowed)] == ["SM01", "SM02"]
    assert entries(trail, "--until", "2026-03-01") == []
    assert entries(trail, "--since", "2026-03-03") == []


def test_days_are_the_companys(trail: Setup) -> None:
    with state_of(trail) as store:
        late = NOW.replace(day=3, hour=4)  # still the second of March in New York
        store.blocks.opt_out("+14155550142", Channel.SMS, "person", "a call", late)
    assert [entry["kind"] for entry in entries(trail, "--since", "2026-03-03")] == []
    assert entries(trail, "--until", "2026-03-02")[-1]["kind"] == "no more texts (person)"


def test_screen_reads_as_a_conversation_with_masked_numbers(trail: Setup) -> None:
    assert trail.run("audit", "list", "--customer", "88") == 0
    lines = trail.out.splitlines()
    assert lines[0] == "Acme Corp (customer:88)"
    assert lines[1].startswith("Pays: ")
    assert lines[2].startswith("Answers: ")
    assert lines[4:10] == [
        "2026-03-02 09:00  →  text to +1*****0100   late-7   INV-1042   delivered",
        "    Example SaaS Inc.: invoice INV-1042 is due.",
        f"    SM-{KEY}",
        "2026-03-02 09:05  ←  text from +1*****0100   promise   INV-1042   received",
        "    When can I pay INV-1042?",
        "    SM01",
    ]
    assert "2026-03-02 09:08  *  hold 1 on the invoice (person)   INV-1042   by ann" in lines
    assert lines[-1].startswith("Audit head ")


def test_conversation_is_shown_when_netsuite_cannot_be_asked(trail: Setup) -> None:
    (trail.state / "credentials.enc").unlink()
    assert trail.run("audit", "list", "--customer", "88") == 0
    assert "Payment pattern: not read. " in trail.out
    assert "Example SaaS Inc.: invoice INV-1042 is due." in trail.out
    told = trail.json("audit", "list", "--customer", "88")
    assert told["pattern"] is None
    assert told["pattern_not_asked"]


def test_payment_pattern_opens_the_list_of_a_customer_alone(trail: Setup) -> None:
    assert trail.json("audit", "list", "--customer", "88")["pattern"]["customer_id"] == "88"
    assert trail.json("audit", "list", "--invoice", "1042")["pattern"]["customer_id"] == "88"
    assert trail.json("audit", "list")["pattern"] is None


def test_csv_has_a_row_per_entry_and_runs_no_formula(trail: Setup) -> None:
    assert trail.run("audit", "list", "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(trail.out)))
    assert len(rows) == 12
    by_sid = {row["sid"]: row for row in rows if row["direction"] == "in"}
    assert by_sid["SM02"]["words"] == '\'=HYPERLINK("http://evil.example")\\u001b[31m'
    assert by_sid["SM02"]["party"] == "'+14155550177"
    assert "\x1b" not in trail.out


def test_hostile_words_reach_no_terminal(trail: Setup) -> None:
    assert trail.run("audit", "list") == 0
    assert '=HYPERLINK("http://evil.example")\\u001b[31m' in trail.out
    assert "\x1b" not in trail.out


def test_empty_list_says_so(setup: Setup) -> None:
    assert setup.run("audit", "list", "--since", "2026-03-02") == 0
    assert setup.out.startswith("Nothing was written or heard in that time, as far as this state file knows.")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--customer", "Optics"), "'Optics' fits 2 customers.\n  Next: Say which: customer:"),
        (("--customer", "Nobody"), "The state file knows no customer 'Nobody'"),
        (("--customer", " "), "The state file knows no customer ' '"),
        (("--invoice", "INV-9"), "The state file knows no invoice 'INV-9'"),
        (("--number", "anonymous"), "'anonymous' is neither a phone number nor an e-mail address."),
        (("--since", "soon"), "'soon' is neither a date nor a time."),
        (("--since", "2026-03-02", "--until", "2026-03-01"), "--since is not before --until."),
    ],
)
def test_impossible_list_is_refused(trail: Setup, options: tuple[str, ...], words: str) -> None:
    assert trail.run("audit", "list", *options) == 2
    assert words in trail.err


@pytest.mark.parametrize("name", [KEY, f"SM-{KEY}"])
def test_message_is_shown_by_its_sid_and_by_its_keys(trail: Setup, name: str) -> None:
    told = trail.json("audit", "show", name)
    (message,) = told["messages"]
    assert (message["body"], message["to"]) == ("Example SaaS Inc.: invoice INV-1042 is due.", "+14155550100")
    assert (message["outcome"], message["delivery_status"]) == ("sent", "delivered")
    assert [event["type"] for event in told["events"]] == [
        "message.intent",
        "message.outcome",
        "message.status",
    ]
    assert trail.run("audit", "show", name) == 0
    assert f"Message {KEY}" in trail.out
    assert "  to         +14155550100 (sms)" in trail.out
    assert "  invoice    INV-1042, USD 9,400.00 open, 1042:late-7:preferred" in trail.out


def test_message_is_shown_by_the_key_of_one_of_its_reminders(trail: Setup) -> None:
    assert trail.json("audit", "show", "7:late-7:preferred")["messages"][0]["message_key"] == "beta"


def test_reply_is_shown_with_its_reading_match_and_events(trail: Setup) -> None:
    told = trail.json("audit", "show", "SM01")
    (reply,) = told["replies"]
    assert (reply["from"], reply["kind"], reply["invoice_ids"]) == ("+14155550100", "promise", ["1042"])
    assert [event["type"] for event in told["events"]] == [
        "inbound.stored",
        "inbound.matched",
        "promise.made",
    ]
    assert trail.run("audit", "show", "SM01") == 0
    assert trail.out.startswith("Text SM01\n  from       +14155550100\n")
    assert "  read as    promise (pay)" in trail.out


def test_hostile_reply_is_shown_harmless(trail: Setup) -> None:
    assert trail.run("audit", "show", "SM02") == 0
    assert "\\u001b[31m" in trail.out
    assert "\x1b" not in trail.out


def test_event_is_shown_by_its_number(trail: Setup) -> None:
    told = trail.json("audit", "show", "2")
    assert [event["seq"] for event in told["events"]] == [2]
    assert trail.run("audit", "show", "9999") == 2
    assert "There is no event 9999.\n  Next: The trail has events 1 to " in trail.err
    assert trail.run("audit", "show", "9" * 30) == 2


@pytest.mark.parametrize("name", ["nothing", "", "SM-unknown"])
def test_unknown_name_is_refused(trail: Setup, name: str) -> None:
    assert trail.run("audit", "show", name) == 2
    assert f"The state file knows no message, reply or reminder key {name!r}." in trail.err
