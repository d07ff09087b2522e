"""Messages that say what they are not about, months that are names of invoices or days of payment, and bare
amounts beside a name: several of each class, so that no rule fits one sentence only."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from nsquilio.core.matching import KnownCustomer, KnownInvoice, Match, Written, match_reply

NOW = datetime(2026, 8, 24, 15, 0, tzinfo=UTC)
PHONE = "+13125550177"
HARLAN = KnownCustomer("101", "Harlan Electric", "US", ("312-555-0177",), (("April Ruiz", ()),))


def an_invoice(id: str, number: str, balance: str, memo: str, **more: Any) -> KnownInvoice:
    paid_on = more.get("paid_on")
    return KnownInvoice(
        id=id,
        number=number,
        customer_id=more.get("customer", "101"),
        balance=Decimal(0) if paid_on else Decimal(balance),
        total=Decimal(balance),
        currency="USD",
        due_date=date(2026, 8, 5),
        is_open=paid_on is None,
        po=more.get("po"),
        description=memo,
        paid_on=paid_on,
    )


CONDUIT = an_invoice("1001", "INV10421", "2350.00", "Conduit and fittings", po="77812")
PANEL = an_invoice("1002", "INV10436", "880.50", "Panel board 200A", po="77850")
MAY = an_invoice("5001", "INV-88011", "450.00", "Monthly fee May")
JUNE = an_invoice("5002", "INV-88042", "450.00", "Monthly fee June")
JULY = an_invoice("5003", "INV-88107", "450.00", "Monthly fee July")
POOL_JUNE = an_invoice("4002", "5480", "640.00", "Pool maintenance June", paid_on=date(2026, 7, 15))
POOL_JULY = an_invoice("4001", "5512", "640.00", "Pool maintenance July")


def matched(text: str, *invoices: KnownInvoice, about: str | None = None, **more: Any) -> Match:
    return match_reply(
        text,
        sender=PHONE,
        received=NOW,
        customers=more.get("customers", [HARLAN]),
        invoices=invoices,
        history=[Written(datetime(2026, 8, 24, 6, 0, tzinfo=UTC), PHONE, (about,))] if about else [],
        channel=more.get("channel", "sms"),
    )


# ---- what a message is not about ----


@pytest.mark.parametrize(
    "text",
    [
        "not the panel board one, the other one is paid",
        "this is not about the panel board, it is the conduit",
        "we don't owe the panel board, only the conduit",
        "I'm calling about the conduit, not the panel board",
        "the check isn't for the panel board but for the fittings",
        "the conduit was paid rather than the panel board",
        "didn't mean the panel board. the conduit is the one that's paid",
        "nothing to do with the panel board, it's the other invoice",
        "never mind the panel board, the other one is late",
        "i do not mean the panel board, it is the conduit that is short",
        "nicht die Panel board, sondern conduit",
        "pas le panel board, l'autre facture",
        "the panel board is not the one, it's the other one",
        "not panel board, conduit pls",
    ],
)
def test_goods_that_a_message_denies_are_not_what_it_is_about(text: str) -> None:
    assert matched(text, CONDUIT, PANEL, about="1002").invoice_id == "1001"


@pytest.mark.parametrize(
    "text",
    [
        "not the panel board",
        "everything but the panel board is paid",
        "all paid except the panel board",
        "this has nothing to do with the panel board",
        "we have paid all but the panel board",
        "it isn't the panel board",
    ],
)
def test_goods_denied_and_no_other_named_tell_nothing(text: str) -> None:
    assert matched(text, CONDUIT, PANEL, about="1002").invoice_id is None


@pytest.mark.parametrize(
    "text",
    [
        "we did not get the panel board",
        "this is not the panel board we ordered",
        "not happy with the panel board",
        "that's not the right panel board",
        "isn't the panel board paid already?",
        "why not the panel board?",
        "we don't owe the panel board",
        "haven't paid the panel board but will on friday",
        "not only is the panel board late, it came without a door",
        "the panel board did not fit, not the door either",
    ],
)
def test_a_complaint_with_a_not_in_it_is_about_the_goods(text: str) -> None:
    assert matched(text, CONDUIT, PANEL, about="1001").invoice_id == "1002"


@pytest.mark.parametrize(
    "text",
    [
        "Not INV10436 but the other one",
        "not the $880.50 one, the other one",
        "not PO 77850, the other invoice",
        "this isn't about the 880.50, it's about the conduit",
        "we paid $2350, not $880.50",
        "not for PO 77850 but PO 77812",
        "we don't owe 10436, only 10421",
        "the one for 2350 instead of the one for 880.50",
    ],
)
def test_numbers_amounts_and_orders_are_denied_as_goods_are(text: str) -> None:
    assert matched(text, CONDUIT, PANEL, about="1002").invoice_id == "1001"


@pytest.mark.parametrize(
    "text",
    [
        "this should be 800 not 880.50",
        "should be $800, not $880.50",
        "we agreed on 800 rather than 880.50",
        "it was 800 dollars, not 880.50",
        "the total is 800 instead of 880.50",
    ],
)
def test_an_amount_that_is_corrected_tells_its_invoice(text: str) -> None:
    assert matched(text, CONDUIT, PANEL, about="1001").invoice_id == "1002"


def test_a_corrected_order_number_tells_its_invoice() -> None:
    for text in ("PO is 77999 not 77850", "PO should be 77999 not 77850 on the panel board"):
        assert matched(text, CONDUIT, PANEL, about="1001").invoice_id == "1002"


def test_one_thing_that_has_nothing_to_do_with_another_tells_neither() -> None:
    for text in (
        "the fittings have nothing to do with the panel board",
        "conduit has nothing to do with panel",
    ):
        assert matched(text, CONDUIT, PANEL, about="1002").invoice_id is None


def test_the_other_one_of_three_is_none() -> None:
    third = an_invoice("1003", "INV10440", "75.00", "Wire nuts")
    for text in ("not the panel board, the other one", "not 10436, the other one", "all paid except 10436"):
        assert matched(text, CONDUIT, PANEL, third, about="1003").invoice_id is None


def test_goods_of_two_invoices_name_neither() -> None:
    for text in (
        "the conduit came, the panel board did not",
        "check covers conduit, panel board not included",
        "we got the fittings but no panel board",
        "conduit is paid, panel next week",
        "we didn't order the panel board, just conduit",
    ):
        assert matched(text, CONDUIT, PANEL).invoice_id is None


# ---- months ----


@pytest.mark.parametrize(
    "text",
    [
        "the June fee went out yesterday",
        "June monthly fee paid",
        "June's invoice is paid",
        "June was paid",
        "monthly fee june sent",
        "we already paid June",
        "the fee from June is wrong",
        "jun invoice pls",
        "paid for the month of june",
        "not May, June",
        "the July fee is fine, I mean not July but June",
        "can you resend june please",
        "still missing June",
        "need a copy of june",
        "we are disputing June",
        "I thought June was not due yet",
        "was june paid?",
        "did june go out?",
        "June was canceled",
    ],
)
def test_a_month_in_a_memo_tells_its_invoice(text: str) -> None:
    assert matched(text, MAY, JUNE, JULY, about="5003").invoice_id == "5002"


@pytest.mark.parametrize("text", ["will pay June", "June, thanks", "june or so", "June is slow for us"])
def test_a_month_that_may_be_either_names_no_other_invoice(text: str) -> None:
    assert matched(text, MAY, JUNE, JULY, about="5003").invoice_id is None


@pytest.mark.parametrize("text", ["may fee is wrong", "the May one", "May's bill", "for May", "May is paid"])
def test_may_is_a_month_where_a_month_may_stand(text: str) -> None:
    assert matched(text, MAY, JUNE, JULY, about="5003").invoice_id == "5001"


@pytest.mark.parametrize(
    "text",
    [
        "paid in June",
        "will pay in June",
        "the check went out june 3",
        "we pay end of may",
        "payment is scheduled for June",
        "we may pay the fee soon",
        "by june at the latest",
        "paid it in the june check run",
        "it goes out in our june payment run",
        "April here, all good",
        "sent it on 4 june",
    ],
)
def test_a_month_of_payment_tells_no_invoice(text: str) -> None:
    assert matched(text, MAY, JUNE, JULY, about="5003").invoice_id == "5003"


@pytest.mark.parametrize(
    "text", ["June was paid", "the June one is paid", "June's is settled", "paid june already", "for june"]
)
def test_a_month_outweighs_the_only_open_invoice(text: str) -> None:
    assert matched(text, POOL_JUNE, POOL_JULY).invoice_id == "4002"


@pytest.mark.parametrize(
    "text",
    [
        "August was canceled",
        "August was paid",
        "the august one is wrong",
        "May's invoice",
        "pool maintenance for May",
        "paid May",
    ],
)
def test_a_month_that_contradicts_the_memo_names_no_invoice(text: str) -> None:
    assert matched(text, POOL_JUNE, POOL_JULY, about="4001").invoice_id is None


@pytest.mark.parametrize(
    "text", ["paid in June", "will pay in August", "sent june 30", "July is paid", "the july one, by august"]
)
def test_a_month_that_contradicts_nothing_leaves_the_only_open_invoice(text: str) -> None:
    assert matched(text, POOL_JUNE, POOL_JULY).invoice_id == "4001"


def test_a_month_says_nothing_against_a_memo_without_one() -> None:
    assert matched("June was paid", CONDUIT).invoice_id == "1001"
    assert matched("INV-88011 for August", MAY, JUNE).invoice_id == "5001"


# ---- bare amounts ----

SUNRISE = KnownCustomer("201", "Sunrise Bakery", "US", ("312-555-0177",))
SUNSET = KnownCustomer("202", "Sunset Diners", "US", ("312-555-0177",), (("Marta Oyelaran", ()),))
FLOUR = an_invoice("2001", "B-7001", "310.00", "Flour deliveries", customer="201")
OIL = an_invoice("2002", "B-7002", "310.00", "Fryer oil", customer="202")
NAPKINS = an_invoice("2004", "B-7010", "77.40", "Napkins", customer="202")


@pytest.mark.parametrize(
    "text",
    [
        "Sunset: 310 mailed",
        "Sunset 310 mailed",
        "Sunset - 310 pd",
        "Hi from sunset. 310 sent",
        "310 mailed, Sunset",
        "sunset diner 310 wired",
        "sunset diners 310 wired",
        "Diners: 310 pd",
    ],
)
def test_a_bare_amount_beside_the_customers_name_is_an_amount(text: str) -> None:
    found = matched(text, FLOUR, OIL, NAPKINS, customers=[SUNRISE, SUNSET])
    assert (found.customer_id, found.invoice_id) == ("202", "2002")


@pytest.mark.parametrize(
    "text", ["Marta: 310 mailed", "Marta 310 paid", "update: 310 mailed", "AP: 310 wired", "FYI: 310 paid"]
)
def test_a_bare_amount_beside_a_person_or_heading_is_an_amount(text: str) -> None:
    assert matched(text, OIL, NAPKINS, customers=[SUNSET]).invoice_id == "2002"


@pytest.mark.parametrize(
    "text", ["badge: 310", "boxes: 310 sent", "printer: 310", "310 whatsits", "gate 310"]
)
def test_a_bare_number_beside_a_strange_word_stays_doubtful(text: str) -> None:
    assert matched(text, OIL, NAPKINS, customers=[SUNSET]).invoice_id is None


@pytest.mark.parametrize(
    "text", ["2,350 + 880.5", "2350 and 880.5 sent", "880.5 & 2350", "paid 880,5 + 2.350", "2350/880.5 paid"]
)
def test_an_amount_with_one_decimal_is_one_of_several(text: str) -> None:
    assert matched(text, CONDUIT, PANEL, about="1001").invoice_ids == ("1001", "1002")


@pytest.mark.parametrize("text", ["880.5 sent", "paid 880.5", "880,5 wired", "$880.5", "the 880.5 one"])
def test_an_amount_with_one_decimal_is_an_amount(text: str) -> None:
    assert matched(text, CONDUIT, PANEL, about="1001").invoice_id == "1002"


@pytest.mark.parametrize(
    "text", ["waited 880.5 hours", "880.5% of it", "version 880.5", "880.5 boxes", "ref 880.5"]
)
def test_other_things_with_one_decimal_are_no_amount(text: str) -> None:
    assert matched(text, CONDUIT, PANEL, about="1001").invoice_id == "1001"
