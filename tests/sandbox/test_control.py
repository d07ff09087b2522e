"""What people and tests do to a world, seen through SuiteQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from nsquilio.errors import WrongUsage
from nsquilio.sandbox import control
from nsquilio.sandbox.world import World
from tests.sandbox.netsuite_side import NetSuiteClient, logged_in


@pytest.fixture
def netsuite(seeded: World) -> Iterator[NetSuiteClient]:
    with logged_in(seeded) as client:
        yield client


def invoice(netsuite: NetSuiteClient, number: str) -> dict[str, Any]:
    (row,) = netsuite.rows(
        "SELECT status, foreignamountunpaid AS owed, foreignamountpaid AS paid, "
        "TO_CHAR(closedate,'YYYY-MM-DD') AS closed,"
        " TO_CHAR(lastmodifieddate,'YYYY-MM-DD') AS changed FROM transaction WHERE tranid = ?",
        number,
    )
    return row


def links(netsuite: NetSuiteClient, number: str) -> list[dict[str, Any]]:
    return netsuite.rows(
        "SELECT p.type, l.foreignamount AS amount, l.linktype, TO_CHAR(p.trandate,'YYYY-MM-DD') AS paid_on"
        " FROM nexttransactionlinelink l JOIN transaction p ON p.id = l.nextdoc"
        " JOIN transaction t ON t.id = l.previousdoc WHERE t.tranid = ? ORDER BY p.id",
        number,
    )


def test_paid_invoice_is_closed_and_linked(seeded: World, netsuite: NetSuiteClient) -> None:
    payment = control.pay(seeded, "INV-1042")
    assert invoice(netsuite, "INV-1042") == {
        "status": "B",
        "owed": "0",
        "paid": "9400",
        "closed": "2026-03-02",
        "changed": "2026-03-02",
    }
    assert links(netsuite, "INV-1042") == [
        {"type": "CustPymt", "amount": "9400", "linktype": "Payment", "paid_on": "2026-03-02"}
    ]
    rows = netsuite.rows(
        "SELECT foreignpaymentamountunused AS rest, foreignpaymentamountused AS used FROM "
        "transaction WHERE id = ?",
        payment,
    )
    assert rows == [{"rest": "0", "used": "9400"}]


def test_part_payment_leaves_the_rest_open(seeded: World, netsuite: NetSuiteClient) -> None:
    control.pay(seeded, "INV-1055", Decimal("21.09"), on=date(2026, 3, 1))
    row = invoice(netsuite, "INV-1055")
    assert (row["status"], row["owed"], row["paid"]) == ("A", "4300", "21.09")
    assert links(netsuite, "INV-1055")[0]["paid_on"] == "2026-03-01"


@pytest.mark.parametrize(("how", "kind"), [("credit", "CustCred"), ("writeoff", "Journal")])
def test_invoice_can_be_settled_without_money(
    seeded: World, netsuite: NetSuiteClient, how: str, kind: str
) -> None:
    control.pay(seeded, "INV-1051", how=how)
    assert [link["type"] for link in links(netsuite, "INV-1051")] == [kind]


def test_unapplied_money_leaves_the_invoice_open(seeded: World, netsuite: NetSuiteClient) -> None:
    payment = control.pay(seeded, "INV-1051", unapplied=True)
    assert invoice(netsuite, "INV-1051")["status"] == "A"
    control.apply(seeded, payment, "INV-1051", Decimal(275))
    assert invoice(netsuite, "INV-1051")["status"] == "B"


def test_received_money_stands_on_the_customer(seeded: World, netsuite: NetSuiteClient) -> None:
    control.receive(seeded, "Acme Corp", Decimal("123.45"))
    rows = netsuite.rows(
        "SELECT SUM(foreignpaymentamountunused) AS cash FROM transaction WHERE entity = '88' AND "
        "type = 'CustPymt'"
    )
    assert rows == [{"cash": "123.45"}]


def test_bounced_payment_opens_the_invoice_again(seeded: World, netsuite: NetSuiteClient) -> None:
    payment = control.pay(seeded, "INV-1042")
    control.take_back(seeded, payment)
    row = invoice(netsuite, "INV-1042")
    assert (row["status"], row["owed"], "closed" in row) == ("A", "9400", False)
    assert links(netsuite, "INV-1042") == []


def test_account_may_not_touch_the_invoice_when_a_payment_is_applied(
    seeded: World, netsuite: NetSuiteClient
) -> None:
    seeded.set_setting("payment_touches_invoice", False)
    control.pay(seeded, "INV-1042")
    assert invoice(netsuite, "INV-1042")["changed"] == "2026-02-05"


def test_new_invoice_is_there_with_its_lines(seeded: World, netsuite: NetSuiteClient) -> None:
    made = control.new_invoice(
        seeded, "Thames & Sons Ltd", Decimal("19.90"), date(2026, 4, 1), po="PO-9", memo="Quills"
    )
    rows = netsuite.rows(
        "SELECT t.tranid, t.foreigntotal, cur.symbol, tl.subsidiary, t.otherrefnum, t.memo FROM transaction t"
        " JOIN transactionline tl ON tl.transaction = t.id AND tl.mainline = 'T'"
        " JOIN currency cur ON cur.id = t.currency WHERE t.id = ?",
        made,
    )
    assert rows == [
        {
            "tranid": f"INV-{made}",
            "foreigntotal": "19.9",
            "symbol": "GBP",
            "subsidiary": "2",
            "otherrefnum": "PO-9",
            "memo": "Quills",
        }
    ]


def test_changed_total_moves_what_is_open(seeded: World, netsuite: NetSuiteClient) -> None:
    control.pay(seeded, "INV-1042", Decimal(400))
    control.change_invoice(seeded, "INV-1042", foreigntotal=Decimal(10000), duedate=date(2026, 3, 9))
    assert invoice(netsuite, "INV-1042")["owed"] == "9600"


def test_voided_invoice_is_not_open(seeded: World, netsuite: NetSuiteClient) -> None:
    control.void_invoice(seeded, "INV-1042")
    row = invoice(netsuite, "INV-1042")
    assert (row["status"], row["owed"]) == ("V", "0")


def test_deleted_invoice_leaves_only_its_name(seeded: World, netsuite: NetSuiteClient) -> None:
    control.delete_invoice(seeded, "INV-1042")
    assert netsuite.rows("SELECT id FROM transaction WHERE id = 1042") == []
    assert netsuite.rows("SELECT transaction FROM transactionline WHERE transaction = 1042") == []
    assert netsuite.rows("SELECT name, type FROM deletedrecord WHERE recordid = 1042") == [
        {"name": "Invoice #INV-1042", "type": "TRANSACTION"}
    ]


def test_customer_can_be_changed(seeded: World, netsuite: NetSuiteClient) -> None:
    control.change_customer(seeded, "Acme Corp", mobilephone="(415) 555-0199", custentity_sms_opt_out="T")
    rows = netsuite.rows("SELECT mobilephone, custentity_sms_opt_out AS o FROM customer WHERE id = 88")
    assert rows == [{"mobilephone": "(415) 555-0199", "o": "T"}]


@pytest.mark.parametrize("target", ["INV-1042", "inv-1042", "1042", "invoice:1042"])
def test_invoice_is_found_by_number_and_id(seeded: World, target: str) -> None:
    assert control.find_invoice(seeded, target) == 1042


@pytest.mark.parametrize("target", ["acme corp", "C00088", "88", "customer:88"])
def test_customer_is_found_by_name_and_id(seeded: World, target: str) -> None:
    assert control.find_customer(seeded, target) == 88


def test_number_of_two_invoices_is_refused_with_both(seeded: World) -> None:
    with pytest.raises(WrongUsage, match="has 2 invoices called 'INV-1062'") as refused:
        control.pay(seeded, "INV-1062")
    assert refused.value.next == "Take one of invoice:1062, invoice:1099."


def test_unknown_invoice_is_refused(seeded: World) -> None:
    with pytest.raises(WrongUsage, match="has no invoice 'INV-9'"):
        control.pay(seeded, "INV-9")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"amount": Decimal(0)}, "0 is no amount to pay."),
        ({"amount": Decimal(-5)}, "-5 is no amount to pay."),
        ({"amount": Decimal("NaN")}, "NaN is no amount to pay."),
        ({"amount": Decimal("sNaN")}, "sNaN is no amount to pay."),
        ({"amount": Decimal("Infinity")}, "Infinity is no amount to pay."),
        ({"amount": Decimal("-Infinity"), "unapplied": True}, "-Infinity is no amount to pay."),
        ({"amount": Decimal("1e30"), "unapplied": True}, "1E+30 is no amount to pay."),
        ({"amount": Decimal("1e-30")}, "1E-30 is no amount to pay."),
        ({"amount": Decimal("1e999999")}, "1E+999999 is no amount to pay."),
        ({"amount": Decimal(9401)}, "INV-1042 has only 9400 open, less than 9401."),
        ({"how": "barter"}, "An invoice can't be settled by 'barter'."),
    ],
)
def test_wrong_payment_is_refused(seeded: World, given: dict[str, Any], said: str) -> None:
    with pytest.raises(WrongUsage) as refused:
        control.pay(seeded, "INV-1042", **given)
    assert refused.value.message == said


def test_paid_invoice_can_not_be_paid_again(seeded: World) -> None:
    control.pay(seeded, "INV-1042")
    with pytest.raises(WrongUsage, match="Nothing is open on INV-1042"):
        control.pay(seeded, "INV-1042")


def test_unknown_column_is_refused(seeded: World) -> None:
    with pytest.raises(WrongUsage, match="customer has no column 'shoe_size'"):
        control.change_customer(seeded, "88", shoe_size="44")


def test_unknown_table_is_refused(seeded: World) -> None:
    with pytest.raises(WrongUsage, match="no table 'shoes'"):
        control.hide_rows(seeded, "shoes")


def test_everything_is_done_while_another_process_serves(seeded: World, netsuite: NetSuiteClient) -> None:
    other = control.open_world(seeded.path)
    control.pay(other, "INV-1042")
    control.advance(other, timedelta(minutes=10))
    control.set_fault(other, "netsuite-500")
    other.close()
    assert netsuite.query("SELECT id FROM currency").status_code == 500
    assert invoice(netsuite, "INV-1042")["status"] == "B"


def test_fill_adds_reachable_invoices_of_reachable_customers(seeded: World, netsuite: NetSuiteClient) -> None:
    control.fill(seeded, invoices=500, customers=100)
    control.fill(seeded, invoices=10, customers=10)
    rows = netsuite.rows(
        "SELECT COUNT(*) AS n, COUNT(DISTINCT c.mobilephone) AS numbers, MIN(t.duedate) AS first,"
        " MAX(t.duedate) AS last, COUNT(DISTINCT ea.nkey) AS addresses FROM transaction t"
        " JOIN transactionline tl ON tl.transaction = t.id AND tl.mainline = 'T'"
        " JOIN customer c ON c.id = t.entity JOIN entityaddress ea ON ea.nkey = c.defaultbillingaddress"
        " WHERE t.tranid LIKE 'FIL-%' AND t.status = 'A' AND t.id < 1000500"
    )
    assert rows == [
        {"n": "500", "numbers": "100", "first": "2/11/2026", "last": "3/7/2026", "addresses": "100"}
    ]
    assert netsuite.rows("SELECT COUNT(*) AS n FROM transaction WHERE tranid LIKE 'FIL-%'") == [{"n": "510"}]
