"""Bare numbers that count people, name an hour or a phone, and speak of no invoice; and beside each the sibling
that does."""

from __future__ import annotations

from datetime import date

import pytest

from tests.core.test_match_forms import an_invoice, matched

TAVERN = [
    an_invoice("a", "BK-240", "96.00", "Keg deposit", po="4500331"),
    an_invoice("b", "BK-915", "42.00", "Glass hire", po="4500712"),
    an_invoice("c", "T-0915", "1310.00", "Cellar cooling"),
    an_invoice("d", "BK-0240", "77.10", "Montage Schild"),
]
YEARLY = [
    an_invoice("a", "B/2026/88", "186.40", "Sourdough"),
    an_invoice("b", "B/2026/93", "92.20", "Brioche"),
    an_invoice("z", "B/2026/99", "10.00", customer="2"),
]
PAID = [
    an_invoice("a", "Q1", "415.00", "Lenses"),
    an_invoice("b", "Q2", "230.00", "Monitor", paid_on=date(2026, 7, 20)),
]


@pytest.mark.parametrize(
    "text",
    [
        "there's 96 guests of honour sunday, kitchen is chaos",
        "got 96 for the christening sunday and two chefs off sick",
        "squad of 42 travelling friday so might be slow to answer",
        "table of 42 tonight",
        "the head count was 240",
        "page count on that is 240",
        "coach leaves 0915",
        "be there 0915",
        "we open 0915 tomorrow",
        "site visit from 0915 ok?",
        "try the depot 5550 0240",
        "fax is 5550 0240",
        "0240 5550 after six",
        "our landline is now 31 555 0240",
        "best number for me is five five five, oh two, four oh",
        "new mobile: 555 0240",
        "shift ends 0240",
        "it's 240 already gotta run",
        "240 is too many",
        "240 left in the freezer",
        "only 240 turned up",
    ],
)
def test_a_number_of_something_else_is_no_invoice(text: str) -> None:
    assert matched(text, TAVERN).invoice_id is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("96 hits your bank friday", "a"),
        ("42 lands tomorrow", "b"),
        ("0915 paid", "c"),
        ("96 is too much", "a"),
        ("96 left to pay", "a"),
        ("it's 96 that we dispute", "a"),
        ("0915 will be paid tomorrow", "c"),
        ("96 for the christening invoice, sent sunday", "a"),
        ("KB-915 approved", "b"),
        ("po 4500712 never got closed out", "b"),
        ("kb915 done", "b"),
        ("the po ending 331 got released", "a"),
        ("PO ending in 712 is with the boss", "b"),
    ],
)
def test_its_sibling_that_is_said_of_an_invoice_names_it(text: str, wanted: str) -> None:
    assert matched(text, TAVERN).invoice_id == wanted


def test_a_sign_belongs_to_the_digits_behind_it() -> None:
    rows = [an_invoice("a", "7016", "1320.00"), an_invoice("b", "7031", "176.00")]
    assert matched("7016 $1320 approved", rows).invoice_id == "a"
    assert matched("7016 $176 approved", rows).invoice_id is None
    assert matched("176$ approved", rows).invoice_id == "b"


def test_a_currency_may_stand_before_the_amount() -> None:
    rows = [an_invoice("a", "Q1", "500.00", currency="CAD"), an_invoice("b", "Q2", "500.00", currency="USD")]
    assert matched("the canadian 500 is paid", rows).invoice_id == "a"


def test_an_adverb_of_a_memo_describes_no_goods() -> None:
    rows = [an_invoice("a", "Q1", "5.00", "Haul out and paint"), an_invoice("b", "Q2", "6.00", "Slip rental")]
    assert matched("cant log out of the portal", rows).invoice_id is None
    assert matched("the haul out was late", rows).invoice_id == "a"


def test_letters_swapped_into_somebody_elses_number_name_nothing() -> None:
    others = [an_invoice("a", "BK-240", "96.00"), an_invoice("b", "BK-915", "42.00")]
    assert (
        matched("KB-240 paid", [*others, an_invoice("x", "KB-240", "5.00", customer="2")]).invoice_id is None
    )


@pytest.mark.parametrize("text", ["b/26/93 was short 2 trays", "B26-93 ok", "B 26/93 paid"])
def test_a_short_year_stands_for_the_year(text: str) -> None:
    assert matched(text, YEARLY).invoice_id == "b"


def test_a_short_year_of_somebody_else_stays_theirs() -> None:
    assert matched("b/26/99 paid", YEARLY).invoice_id is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("$230? thats been paid ages ago", "b"),
        ("we sent $230 back in july", "b"),
        ("$230 coming friday", "a"),
    ],
)
def test_money_that_was_paid_is_the_paid_invoice(text: str, wanted: str) -> None:
    assert matched(text, PAID).invoice_id == wanted


def test_a_weekday_describes_no_goods() -> None:
    assert matched("geht Montag raus", TAVERN).invoice_id is None
    assert matched("die Montage war schlecht", TAVERN).invoice_id == "d"


def test_a_said_number_may_go_on_with_a_verb() -> None:
    heard = "it's about B K nine fifteen's been done"
    assert matched(heard, TAVERN, channel="voicemail").invoice_id == "b"


def test_a_compound_said_by_itself_is_a_number() -> None:
    rows = [an_invoice("a", "R1", "5.00", po="EA-31"), an_invoice("b", "R2", "6.00", po="EA-33")]
    said = "es geht um die Bestellung E A dreiunddreißig"
    assert matched(said, rows, channel="voicemail").invoice_id == "b"
