"""Whose a message is and which invoice it is about, rule by rule (the samples' README, "Matches")."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nsquilio.core.matching import (
    KnownCustomer,
    KnownInvoice,
    Match,
    Signal,
    Written,
    book_of,
    match_in,
    match_reply,
)

NOW = datetime(2026, 6, 10, 17, 15, tzinfo=UTC)
PHONE = "+15035550131"


def a_customer(
    id: str = "21", name: str = "Cedar Grove Vet", phone: str = "503-555-0131", **more: Any
) -> KnownCustomer:
    return KnownCustomer(
        id, name, more.get("country", "US"), (phone,) if phone else (), more.get("contacts", ())
    )


def an_invoice(id: str, number: str, balance: str = "100.00", **more: Any) -> KnownInvoice:
    return KnownInvoice(
        id=id,
        number=number,
        customer_id=more.get("customer", "21"),
        balance=Decimal(balance),
        total=Decimal(more.get("total", balance)),
        currency=more.get("currency", "USD"),
        due_date=date(2026, 6, 1),
        is_open=more.get("paid_on") is None,
        po=more.get("po"),
        description=more.get("description"),
        paid_on=more.get("paid_on"),
    )


def written(*invoice_ids: str, hours_ago: int = 2, to: str = PHONE) -> Written:
    return Written(NOW - timedelta(hours=hours_ago), to, invoice_ids)


PLATE = an_invoice("301", "INV-2051", "1400.00", po="CG-18", description="X-ray plate")
DRAPES = an_invoice("302", "INV-2060", "212.35", po="CG-21", description="Surgical drapes")


def matched(text: str, *invoices: KnownInvoice, **more: Any) -> Match:
    return match_reply(
        text,
        sender=more.get("sender", PHONE),
        received=NOW,
        customers=more.get("customers", [a_customer()]),
        invoices=invoices or (PLATE, DRAPES),
        history=more.get("history", ()),
        channel=more.get("channel", "sms"),
    )


def test_a_match_says_what_it_rests_on() -> None:
    assert matched("INV-2051 for $1,400", history=[written("302")]) == Match(
        customer_id="21",
        invoice_id="301",
        score=140,
        signals=(Signal("document_number", 100, "INV-2051"), Signal("amount", 40, "USD 1400.00")),
        candidates=(("301", 140), ("302", 15)),
        reason="matched",
    )


def test_a_message_that_tells_nothing_names_the_candidates() -> None:
    assert matched("paid") == Match("21", None, reason="tie")
    assert matched("ok", history=[written("301"), written("302", hours_ago=1)]).invoice_id == "302"


def test_a_message_from_nobody_we_know_is_nobodys() -> None:
    assert matched("INV-2051 paid", sender="+15035550199") == Match(None, None, reason="unknown_sender")


@pytest.mark.parametrize("sender", ["anonymous", "+266696687", "", "22334", "EXAMPLE"])
def test_a_sender_without_a_number_is_nobody(sender: str) -> None:
    history = [written("301", to=sender)] if sender in ("anonymous", "+266696687", "") else []
    assert matched("INV-2051 paid", sender=sender, history=history).customer_id is None


@pytest.mark.parametrize(
    ("column", "country", "sender"),
    [
        ("(503) 555-0131 x4", "US", PHONE),
        ("office 503.555.0199 / cell 503.555.0131", "US", PHONE),
        ("07700 900222", "GB", "+447700900222"),
        ("+44 7700 900222", "US", "+447700900222"),
        ("503 555 0131", "", PHONE),
        ("503 555 0131", "USA", PHONE),
    ],
)
def test_a_phone_column_is_read_in_any_form(column: str, country: str, sender: str) -> None:
    found = matched("2051 ok", sender=sender, customers=[a_customer(phone=column, country=country)])
    assert (found.customer_id, found.invoice_id) == ("21", "301")


def test_a_contacts_phone_is_the_customers() -> None:
    customer = a_customer(phone="", contacts=(("Trish Hall", ("(503) 555-0132",)),))
    assert matched("2051", customers=[customer], sender="+15035550132").invoice_id == "301"


def test_who_was_written_to_is_known_without_a_phone_column() -> None:
    found = matched("ok", customers=[a_customer(phone="")], history=[written("302")])
    assert (found.customer_id, found.invoice_id) == ("21", "302")


def test_what_we_wrote_after_the_message_does_not_count() -> None:
    later = Written(NOW + timedelta(minutes=1), PHONE, ("301",))
    assert matched("ok", history=[written("302"), later]).invoice_id == "302"


def test_a_newest_message_about_two_invoices_names_neither() -> None:
    assert matched("ok", history=[written("301", "302")]).invoice_id is None


def test_the_only_open_invoice_is_meant_when_nothing_else_is_said() -> None:
    paid = an_invoice("303", "INV-2033", "0.00", total="95.00", paid_on=date(2026, 5, 19))
    assert matched("ok", DRAPES, paid).signals == (Signal("only_open", 20, "INV-2060"),)


def test_paid_invoices_are_candidates_for_ninety_days() -> None:
    recent = an_invoice("303", "INV-2033", "0.00", total="95.00", paid_on=date(2026, 3, 12))
    old = an_invoice("304", "INV-2034", "0.00", total="96.00", paid_on=date(2026, 3, 11))
    assert matched("INV-2033 was paid", DRAPES, recent, old).invoice_id == "303"
    assert matched("INV-2034 was paid", DRAPES, recent, old) == Match(
        "21", None, candidates=(("302", 20),), reason="number_unknown"
    )


@pytest.mark.parametrize(
    "text", ["INV-2066 paid", "2066 paid", "invoice 9999", "INV-2052 for $212.35", "#4455 ?"]
)
def test_a_number_that_is_not_theirs_names_no_invoice_whatever_else_fits(text: str) -> None:
    others = an_invoice("311", "INV-2066", "50.00", customer="22")
    found = matched(text, PLATE, DRAPES, others, history=[written("302")])
    assert (found.customer_id, found.invoice_id, found.reason) == ("21", None, "number_unknown")


def test_a_number_that_others_have_too_is_the_senders_own() -> None:
    others = an_invoice("999", "INV-2051", customer="22")
    assert matched("INV-2051 paid", PLATE, DRAPES, others).invoice_id == "301"


def test_signals_against_each_other_name_no_invoice() -> None:
    texts = ["inv 2051 for 212.35", "CG-21, the x-ray plate", "1400 for the drapes", "2051 for CG-21"]
    assert {matched(t, history=[written("302")]).reason for t in texts} == {"signals_disagree"}


def test_several_invoices_are_all_named() -> None:
    for text in ("2051 and 2060 are paid", "1612.35 wired", "1400 + 212.35", "both go out monday"):
        found = matched(text, history=[written("302")])
        assert (found.invoice_id, found.invoice_ids, found.reason) == (
            None,
            ("301", "302"),
            "several_invoices",
        )


@pytest.mark.parametrize(
    ("text", "score", "signals"),
    [
        (
            "2051 for $1,400 and 2060 are paid",
            100,
            (
                Signal("document_number", 100, "INV-2051"),
                Signal("document_number", 100, "INV-2060"),
                Signal("amount", 40, "USD 1400.00"),
            ),
        ),
        ("1400 + 212.35", 40, (Signal("amount", 40, "USD 1400.00"), Signal("amount", 40, "USD 212.35"))),
        ("1612.35 wired", 40, (Signal("sum_of_amounts", 40, "USD 1612.35"),)),
        ("both go out monday", 20, (Signal("all_of_them", 20, "both"),)),
    ],
)
def test_several_invoices_are_as_sure_as_the_least_of_them_and_say_why(
    text: str, score: int, signals: tuple[Signal, ...]
) -> None:
    found = matched(text, history=[written("302")])
    assert (found.invoice_ids, found.score, found.signals) == (("301", "302"), score, signals)


def test_a_tie_in_amount_is_decided_by_what_was_last_written_about() -> None:
    twins = (
        an_invoice("1", "A-11", "250.00"),
        an_invoice("2", "A-12", "250.00"),
        an_invoice("3", "A-13", "9.00"),
    )
    assert matched("250 sent", *twins).reason == "tie"
    assert matched("250 sent", *twins, history=[written("2")]).invoice_id == "2"
    assert matched("250 sent", *twins, history=[written("3")]).invoice_id is None


def test_a_partly_paid_invoice_is_known_by_its_balance_and_its_total() -> None:
    part = an_invoice("305", "INV-2070", "450.00", total="900.00")
    assert (
        matched("450 coming", PLATE, part).invoice_id
        == matched("900 was agreed", PLATE, part).invoice_id
        == "305"
    )


def test_a_currency_rules_out_the_others() -> None:
    pounds, euros = (
        an_invoice("1", "11", "640.00", currency="GBP"),
        an_invoice("2", "12", "640.00", currency="EUR"),
    )
    assert matched("640 EUR sent", pounds, euros).invoice_id == "2"
    assert matched("£640", pounds, euros).invoice_id == "1"
    assert matched("640", pounds, euros).invoice_id is None


def test_a_way_to_pay_is_no_description() -> None:
    cards = an_invoice("306", "INV-2080", description="Card stock")
    assert matched("paid by card", PLATE, cards, history=[written("301")]).invoice_id == "301"
    assert matched("the card stock is damp", PLATE, cards, history=[written("301")]).invoice_id == "306"


def test_a_word_in_another_sense_names_no_other_invoice() -> None:
    washer = an_invoice("307", "INV-2081", description="Pressure washer")
    assert matched("under a lot of pressure here", PLATE, washer, history=[written("301")]).invoice_id is None


BUILDERS, RENTALS = a_customer("41", "Oakline Builders"), a_customer("42", "Oakline Rentals")
SCAFFOLD = an_invoice("501", "S-410", "2500.00", customer="41", description="Scaffold April")
TRENCHER = an_invoice("502", "S-415", "2500.00", customer="42", description="Trencher week 14")
OIL = an_invoice("503", "S-419", "140.00", customer="42", description="Chain oil")


@pytest.mark.parametrize(
    ("text", "customer", "invoice"),
    [
        ("S-415 paid", "42", "502"),
        ("140 paid", "42", "503"),
        ("the trencher broke down", "42", "502"),
        ("Oakline Builders here, it is paid", "41", "501"),
        ("the rentals office will pay", "42", None),
        ("2500 paid", None, None),
        ("ok", None, None),
        ("Oakline Builders about S-415", None, None),
    ],
)
def test_several_customers_on_one_phone_are_told_apart_by_what_is_said(
    text: str, customer: str | None, invoice: str | None
) -> None:
    found = matched(text, SCAFFOLD, TRENCHER, OIL, customers=[BUILDERS, RENTALS])
    assert (found.customer_id, found.invoice_id) == (customer, invoice)


def test_several_customers_on_one_phone_are_told_apart_by_who_was_written_to() -> None:
    both = {"customers": [BUILDERS, RENTALS]}
    assert matched("ok", SCAFFOLD, TRENCHER, OIL, history=[written("501")], **both).invoice_id == "501"
    assert (
        matched("ok", SCAFFOLD, TRENCHER, OIL, history=[written("501"), written("502")], **both).customer_id
        is None
    )


def test_what_told_the_customers_apart_is_kept() -> None:
    found = matched("S-415 paid", SCAFFOLD, TRENCHER, OIL, customers=[BUILDERS, RENTALS])
    assert found.signals == (Signal("customer_number", 0, "42"), Signal("document_number", 100, "S-415"))


def test_a_message_of_one_of_several_customers_shows_the_invoices_of_all() -> None:
    found = matched("ok", SCAFFOLD, TRENCHER, OIL, customers=[BUILDERS, RENTALS])
    assert found.candidates == (("501", 0), ("502", 0), ("503", 0))


LOOK_ALIKES = [
    "check {n} mailed",
    "we sent you check #{n}",
    "call 503-555-{n}",
    "{n} boxes arrived",
    "{n} empty boxes",
    "{n} Main St",
    "{n} NW Alder",
    "moved to {n} Oak",
    "order {n} is late",
    "tracking no. {n}",
    "ref: {n}",
    "acct {n}",
    "PO Box {n}",
    "at {n}",
    "room {n}",
    "${n}",
    "card ending {n}",
    "wire # {n}",
    "{n}%",
    "PO {n}",
    "in {n}",
]


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_digits_of_other_things_are_no_document_number(text: str) -> None:
    found = matched(text.format(n="2051"), history=[written("302")])
    assert found.invoice_id == "302"


@pytest.mark.parametrize(
    "text",
    [
        "bundle 2051",
        "2051 gaskets",
        "2051 whatsit",
        "printer #2051",
        "our badge is 2051",
        "1400 whatsit",
        "fob: 2051",
    ],
)
def test_a_bare_number_among_strange_words_is_no_evidence_by_itself(text: str) -> None:
    assert matched(text, history=[written("302")]).invoice_id in (None, "302")
    assert matched(text).invoice_id is None


WAYS = [
    "INV-2051",
    "inv2051",
    "inv. no 2051",
    "#2051",
    "2051 done",
    "lnv-2O51",
    "invocie 2051",
    "INV - 2051",
    "INV 002051",
    "please check 2051",
    "can you check 2051?",
    "check 881 for 2051",
    "Hello\nINV-2051\nThanks",
]


@pytest.mark.parametrize("text", WAYS)
def test_a_document_number_is_known_in_any_form(text: str) -> None:
    assert matched(text, history=[written("302")]).invoice_id == "301"


def test_letters_and_digits_said_one_by_one_are_a_document_number() -> None:
    for text in (
        "i n v two oh five one",
        "invoice twenty fifty one two hundred",
        "invoice 20 51",
        "number 2 0 5 1",
    ):
        assert matched(text, channel="voicemail", history=[written("302")]).invoice_id == "301"


def test_a_customer_with_many_open_invoices_is_found_by_number_amount_and_words() -> None:
    many = [
        an_invoice(str(n), f"INV-{10000 + n}", f"{n}.37", description=f"Crane {n}") for n in range(1, 2001)
    ]
    book = book_of([a_customer()], many, [])
    for text, wanted in (("10042 paid", "42"), ("1999.37 sent", "1999"), ("the crane", None), ("ok", None)):
        assert match_in(book, text, sender=PHONE, received=NOW).invoice_id == wanted


PIECES = [
    *"INV - 2051 2060 1400 $ # check one oh hundred and , . / é po not CG-18 ending invoice a".split(),
    *("\x00", "\u202e", "😀", "\n", "=cmd()", "<b>"),
]
HOSTILE = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(HOSTILE, st.sampled_from(["sms", "voicemail"]))
def test_no_text_of_a_stranger_breaks_the_matching(text: str, channel: str) -> None:
    found = matched(text, channel=channel, history=[written("302")])
    assert found == matched(text, channel=channel, history=[written("302")])
    assert found.customer_id == "21"
    assert {found.invoice_id, *found.invoice_ids} <= {None, "301", "302"}
    assert found.invoice_id is None or not found.invoice_ids


@pytest.mark.parametrize("piece", ["1 ", "a-1 ", "one two ", "1,111,", "(", "5-", "1.1.", "0 ", "😀", "9"])
def test_endless_messages_are_read_as_far_as_they_can_be_about_something(piece: str) -> None:
    assert matched(piece * 4000).customer_id == "21"
