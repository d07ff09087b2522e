"""Numbers, amounts and goods in the forms that people give them: other registers, other languages, spaces and
slips; and beside each the near misses that must name nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from nsquilio.core.matching import KnownCustomer, KnownInvoice, Match, Written, match_reply

NOW = datetime(2026, 8, 24, 15, 0, tzinfo=UTC)
PHONE = "+13125550177"
HARLAN = KnownCustomer("1", "Harlan Electric", "US", ("312-555-0177",))


def an_invoice(id: str, number: str, balance: str, memo: str = "", **more: Any) -> KnownInvoice:
    paid_on = more.get("paid_on")
    return KnownInvoice(
        id=id,
        number=number,
        customer_id=more.get("customer", "1"),
        balance=Decimal(0) if paid_on else Decimal(balance),
        total=Decimal(more.get("total", balance)),
        currency=more.get("currency", "USD"),
        due_date=date(2026, 8, 5),
        is_open=paid_on is None,
        po=more.get("po"),
        description=memo or None,
        paid_on=paid_on,
    )


def matched(text: str, invoices: list[KnownInvoice], **more: Any) -> Match:
    about = more.get("about")
    return match_reply(
        text,
        sender=PHONE,
        received=NOW,
        customers=more.get("customers", [HARLAN, KnownCustomer("2", "Other Co", "US", ("312-555-0999",))]),
        invoices=invoices,
        history=[Written(datetime(2026, 8, 24, 6, 0, tzinfo=UTC), PHONE, (about,))] if about else [],
        channel=more.get("channel", "sms"),
    )


SHOP = [
    an_invoice("a", "INV-20417", "1250.00", "Switchgear cabinet", po="70331"),
    an_invoice("b", "INV-20438", "386.20", "Cable tray", po="70350"),
    an_invoice("c", "INV-20455", "1250.00", "Conduit bends", po="70377", currency="CAD"),
    an_invoice("x", "INV-20499", "50.00", customer="2"),
]
YEARS = [
    an_invoice("a", "2026-118", "540.00", "Mowing north lot"),
    an_invoice("b", "2026-131", "540.00", "Mowing south lot"),
    an_invoice("c", "2026-145", "75.50", "Hedge trim"),
]
RUNNING = [
    an_invoice("a", "8005512", "300.00", "Toner"),
    an_invoice("b", "8005527", "420.00", "Drum unit"),
    an_invoice("c", "8005539", "88.00", "Paper trays"),
]
PARTS = [
    an_invoice("a", "K-711", "900.00", "Roof repair phase 1"),
    an_invoice("b", "K-724", "900.00", "Roof repair phase 2"),
    an_invoice("c", "K-733", "240.00", "Gutter guard 40 ft"),
    an_invoice("d", "K-739", "240.00", "Gutter guard 60 ft"),
]
GOODS = [
    an_invoice("a", "T1", "100.00", "Door cards"),
    an_invoice("b", "T2", "200.00", "Water filter set"),
    an_invoice("c", "T3", "300.00", "Labels small", po="Nguyen house"),
    an_invoice("d", "T4", "310.00", "Labels large", po="Ortega house"),
    an_invoice("e", "T5", "320.00", "Pallet Dover-Calais"),
    an_invoice("f", "T6", "330.00", "Pallet Dover-Ostend"),
]
PADDED = [
    an_invoice("a", "SI/26/0042", "864.00", "Rioja"),
    an_invoice("b", "SI/26/0047", "312.50", "Prosecco"),
    an_invoice("x", "SI/26/0055", "9.00", customer="2"),
]
PARTLY = [
    an_invoice("a", "88-1404", "275.00", "Jackets", total="825.00"),
    an_invoice("b", "88-1411", "140.00", "Vests"),
    an_invoice("c", "88-1399", "275.00", "Caps embroidered", paid_on=date(2026, 7, 1)),
]

# ---- the words around a number ----


@pytest.mark.parametrize(
    "text",
    [
        "20438 sorted",
        "20438 okayed",
        "20438 approved and released",
        "20438 has been verified",
        "okayed 20438",
        "20438 gets handled today",
        "20438 venmo'd",
        "20438 bal is off",
        "we had 20438 checked",
        "20438 wird morgen überwiesen",
        "20438 bezahle ich montag",
        "20438 wurde storniert",
        "20438 verstehe ich nicht",
        "la 20438 sale mañana",
        "ya pague la 20438",
        "20438 gaat vandaag weg",
        "20438 staat klaar",
        "ik heb 20438 net overgemaakt",
        "20438 verrà pagata domani",
        "la 20438 la salda mia moglie",
        "on a payé 20438 hier",
        "20438 c'était réglé non?",
        "paguei a 20438 ontem",
        "20438 taken care of",
        "boss signed 20438",
        "20438 legit?",
        "20438 super late sorry",
        "20438 dupes #20438",
        "docket 20438 is done",
        "doc# 20438",
    ],
)
def test_a_bare_number_is_known_beside_words_that_name_nothing(text: str) -> None:
    assert matched(text, SHOP, about="a").invoice_id == "b"


@pytest.mark.parametrize(
    "text",
    [
        "bundle 20438",
        "20438 whatsit",
        "20438 damaged boxes",
        "20438 sorted bolts",
        "we shipped 20438 today",
        "we've had 20438 covers booked",
        "20438 covers",
        "20438 attended",
        "van 20438",
        "our van: 20438",
        "locker 20438",
        "20438 is my pin",
        "20438 is the gate code",
        "20438 Calle Mayor Ave",
        "ticket 20438 resolved",
        "tenant 20438 moved",
        "delivery docket 20438",
    ],
)
def test_a_bare_number_stays_doubtful_beside_a_thing_or_a_count(text: str) -> None:
    assert matched(text, SHOP).invoice_id is None


def test_a_long_number_may_stand_before_any_word() -> None:
    for text in ("8005527 gedoe", "8005527 kaput lol", "8005527 nada"):
        assert matched(text, RUNNING, about="a").invoice_id == "b"
    for text in ("8005527 sheets", "scanner 8005527 gedoe", "tracking 8005527"):
        assert matched(text, RUNNING).invoice_id is None


# ---- parts of numbers, spaces and slips ----


@pytest.mark.parametrize(
    ("invoices", "text", "wanted"),
    [
        (SHOP, "20 438 paid", "b"),
        (SHOP, "#20 438 gets paid", "b"),
        (SHOP, "I N V 20 438", "b"),
        (SHOP, "lNV-2O438 paid", "b"),
        (SHOP, "INV-2o4l7 paid", "a"),
        (SHOP, "imv 20438 pd", "b"),
        (SHOP, "ivn 20438", "b"),
        (YEARS, "2026/131 geht heute raus", "b"),
        (YEARS, "2026/131 lots mowed", "b"),
        (YEARS, "die 131 ist raus", "b"),
        (YEARS, "145 réglée", "c"),
        (YEARS, "26-131 paid", "b"),
        (YEARS, "26/145 klaar", "c"),
        (RUNNING, "5527 is wrong", "b"),
        (RUNNING, "527 paid", "b"),
        (RUNNING, "8005 527 paid", "b"),
        (PADDED, "0047 geht raus", "b"),
        (PARTLY, "88 1411 paid", "b"),
        (PARTLY, "88/1411 klaar", "b"),
    ],
)
def test_part_of_a_number_or_one_with_spaces_and_slips_is_known(
    invoices: list[KnownInvoice], text: str, wanted: str
) -> None:
    found = matched(text, invoices, about=next(i.id for i in invoices if i.id != wanted))
    assert found.invoice_id == wanted


@pytest.mark.parametrize(
    ("invoices", "text"),
    [
        (SHOP, "inb 99999 paid"),
        (SHOP, "20 438 boxes"),
        (SHOP, "20499 is paid"),
        (YEARS, "131 lots mowed"),
        (YEARS, "131 Elm St"),
        (RUNNING, "5527 sheets"),
        (RUNNING, "500 paid"),
        (RUNNING, "invoice 8005572"),
    ],
)
def test_near_misses_of_such_numbers_name_nothing(invoices: list[KnownInvoice], text: str) -> None:
    assert matched(text, invoices).invoice_id is None


def test_a_padded_number_that_is_nobodys_of_theirs_outweighs_the_last_written() -> None:
    assert matched("0055 nothing to do with us", PADDED, about="a").reason == "number_unknown"
    assert matched("0930 works", PADDED, about="a").invoice_id == "a"


@pytest.mark.parametrize(
    "text",
    [
        "invoice two oh four three eight",
        "invoice two double oh three eight, no, two oh four three eight",
        "i n v two zero four three eight yeah we paid that",
        "Rechnung zwei null vier drei acht",
        "zwei null vier achtunddreißig",
        "facture deux zéro quatre trois huit",
        "la factura dos cero cuatro tres ocho",
        "fattura due zero quattro tre otto",
        "factuur twee nul vier drie acht",
        "Rechnung zwei null vierhundertachtunddreißig",
        "factuur twee nul vierhonderdachtendertig",
        "facture vingt mille quatre cent trente-huit",
        "fatura dois zero quatro três oito",
    ],
)
def test_digits_said_in_any_language_are_a_number(text: str) -> None:
    if "no," in text:
        assert matched(text, SHOP, channel="voicemail").invoice_id is None
    else:
        assert matched(text, SHOP, channel="voicemail", about="a").invoice_id == "b"


def test_one_double_oh_begins_with_a_one() -> None:
    round_ = [an_invoice("a", "100234", "10.00"), an_invoice("b", "100241", "20.00")]
    for text in ("it's one double oh two three four", "one double zero two thirty four"):
        assert matched(text, round_, channel="voicemail", about="b").invoice_id == "a"
    assert matched("the one double booked", round_, channel="voicemail", about="b").invoice_id == "b"


@pytest.mark.parametrize(
    "text",
    ["un deux", "due on the one", "that is due sei", "drei vier Tage", "call me at zwei null vier drei acht"],
)
def test_a_few_foreign_number_words_are_no_document_number(text: str) -> None:
    assert matched(text, SHOP, channel="voicemail").invoice_id is None


@pytest.mark.parametrize(
    "text",
    [
        "Ring the yard on 20438",
        "you can reach Bob on 5550 0438",
        "please call us back on 20438",
        "text me on 20 438",
    ],
)
def test_digits_to_call_are_no_document_number(text: str) -> None:
    tails = [*SHOP, an_invoice("d", "R-0438", "5.00")]
    assert matched(text, tails).invoice_id is None


def test_a_call_that_was_about_a_number_hides_nothing() -> None:
    for text in ("thanks for your call, 20438 is paid", "got your text re 20438", "call me about 20438"):
        assert matched(text, SHOP).invoice_id == "b"


# ---- orders, amounts, currencies ----


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("order 70350 came short", "b"),
        ("70350 order came short", "b"),
        ("job 70331 is done", "a"),
        ("job #70350 pls reissue", "b"),
        ("Auftrag 70377 fehlt noch", "c"),
        ("pedido 70350 llegó mal", "b"),
        ("order 20438 came short", None),
        ("order 99 came short", None),
        ("project 70399", None),
    ],
)
def test_a_po_number_may_be_called_an_order_or_a_job(text: str, wanted: str | None) -> None:
    assert matched(text, SHOP).invoice_id == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1250 canadian sent", "c"),
        ("$1250 CAD", "c"),
        ("$1,250 american", "a"),
        ("1250 US wired", "a"),
        ("1250 us dollars", "a"),
        ("1,250 in canadian funds", "c"),
        ("1250 wired in cad", "c"),
        ("1250 sent", None),
        ("they owe us 1250", None),
        ("$386.20 canadian", None),
        ("386.2 zelled", "b"),
        ("386,2 bezahlt", "b"),
        ("386.2 hours", None),
        ("ya deposite los 386,20", "b"),
    ],
)
def test_a_currency_in_words_tells_equal_amounts_apart(text: str, wanted: str | None) -> None:
    assert matched(text, SHOP).invoice_id == wanted


def test_an_amount_cut_short_is_no_reason_for_another_invoice() -> None:
    odd = [an_invoice("a", "8812", "2200.00"), an_invoice("b", "8830", "310.75")]
    assert matched("310.7 paid", odd).invoice_id == "b"
    assert matched("310.7 paid", odd, about="a").invoice_id is None


def test_what_was_paid_is_meant_where_the_words_say_so() -> None:
    assert matched("we paid you 275 for the caps in july", PARTLY).invoice_id == "c"
    assert matched("only had 275 left with you", PARTLY).invoice_id == "a"
    assert matched("we paid 275", PARTLY).invoice_id == "a"
    assert matched("275 for the vests", PARTLY).invoice_id is None


# ---- goods ----


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("phase 2 leaks", "b"),
        ("the 2nd phase leaks", "b"),
        ("second phase leaks", "b"),
        ("phase II is not done", "b"),
        ("the 60 foot gutter fell", "d"),
        ("the 60 footer fell", "d"),
        ("40' gutter guard never came", "c"),
        ("60ft one", "d"),
        ("phase one is fine", "a"),
        ("phase 3 not started", None),
        ("pay in 40 days", None),
        ("Phase 1 done, phase 2 not", None),
    ],
)
def test_a_word_with_a_number_tells_parts_and_sizes_apart(text: str, wanted: str | None) -> None:
    assert matched(text, PARTS).invoice_id == wanted


def test_a_part_said_in_a_voicemail_is_the_part() -> None:
    assert matched("phase two leaks", PARTS, channel="voicemail", about="a").invoice_id == "b"
    assert matched("phase one leaks", PARTS, channel="voicemail", about="b").invoice_id == "a"
    assert matched("the phase one", PARTS, channel="voicemail", about="b").invoice_id in (None, "b")


def test_a_part_that_is_not_the_memos_is_not_the_only_open_one() -> None:
    assert matched("phase 2 leaks", PARTS[:1]).invoice_id is None
    assert matched("K-711 phase 2 leaks", PARTS[:1]).invoice_id == "a"
    assert matched("phase 1 leaks", PARTS[:1]).invoice_id == "a"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("door cards look great", "a"),
        ("cards look great", "a"),
        ("the water tastes fine now", "b"),
        ("the small ones are fine", "c"),
        ("the large invoice is short", "d"),
        ("Nguyen house is on hold", "c"),
        ("Ortega job on hold", "d"),
        ("PO Nguyen", "c"),
        ("the Calais pallet came wet", "e"),
        ("pallet for Ostend is missing", "f"),
        ("door cards came bent", "a"),
        ("cards arrived cracked", "a"),
        ("the order arrived today", None),
        ("paid by card", None),
        ("cards were declined", None),
        ("the balance looks wrong", None),
        ("this is Ortega", None),
        ("labels are bad", None),
        ("the Dover pallets", None),
        ("the last one is paid", None),
    ],
)
def test_everyday_words_tell_goods_only_where_they_name_them(text: str, wanted: str | None) -> None:
    assert matched(text, GOODS).invoice_id == wanted


def test_two_everyday_words_in_a_row_are_a_name() -> None:
    phones = [
        an_invoice("a", "1239", "330.00", "Firewall renewal"),
        an_invoice("b", "1248", "594.00", "Phone system support"),
    ]
    assert matched("we'll pay the phone support one", phones, about="a").invoice_id == "b"
    assert matched("phone payment coming", phones, about="a").invoice_id == "a"


def test_goods_tell_customers_with_one_phone_apart() -> None:
    shared = [
        KnownCustomer("1", "Gold Cafe", "US", ("312-555-0177",)),
        KnownCustomer("2", "Gold Motel", "US", ("312-555-0177",)),
    ]
    goods = [
        an_invoice("a", "60", "88.00", "Menu inserts"),
        an_invoice("b", "64", "88.00", "Room key cards", customer="2"),
    ]
    found = matched("key cards dont open anything", goods, customers=shared)
    assert (found.customer_id, found.invoice_id) == ("2", "b")


def test_a_verb_in_the_plural_is_no_count_of_things() -> None:
    french = [
        an_invoice("a", "FA26-1107", "640.00", "Entretien août", currency="EUR"),
        an_invoice("b", "FA26-1119", "640.00", "Entretien septembre", currency="EUR"),
        an_invoice("c", "FA26-1123", "82.40", "Terreau", currency="EUR"),
    ]
    assert matched("640 virés ce matin", french, about="c").invoice_id is None
    assert matched("82,40 envoyés", french, about="a").invoice_id == "c"
    assert matched("septembre est payé", french, about="c").invoice_id == "b"
    assert matched("onze cent dix-neuf est payée", french, channel="voicemail", about="c").invoice_id == "b"


def test_a_quarter_of_payment_is_no_part() -> None:
    hosting = [an_invoice("a", "771", "150.00", "Hosting Q3"), an_invoice("b", "785", "150.00", "Hosting Q4")]
    assert matched("Q4 hosting is too high", hosting, about="a").invoice_id == "b"
    assert matched("our q1 budget is tight", hosting[:1]).invoice_id == "a"
