from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nsquilio.core.drafts import quick
from nsquilio.core.model import Customer, Invoice, Payment
from nsquilio.errors import BadConfig
from nsquilio.remote.netsuite_columns import Columns, split_name
from nsquilio.remote.netsuite_customers import CustomerReader
from nsquilio.remote.netsuite_queries import Shape
from nsquilio.remote.netsuite_rows import Balance, InvoiceReader, Moments, first_addresses

CURRENCIES = {"1": "USD", "2": "EUR"}
COLUMNS = Columns(
    po="otherrefnum",
    description="memo",
    payment_link="custbody_link",
    email=("invoice.email", "email", "contact.email"),
    excluded=("custentity_paused", "invoice.custbody_paused"),
    mobile=("contact.mobilephone", "mobilephone", "phone"),
    name=("companyname", "contact.entityid", "entityid"),
    channel="custentity_channel",
    channel_values={"text message": "sms", "3": "none", "post": "none", "mail": "email"},
    sms_opt_out="custentity_no_sms",
    time_zone="custentity_zone",
    language="language",
)
SHAPE = Shape(
    void="voided",
    has_currency=True,
    address="entityaddress",
    customer=frozenset(
        "contact mobilephone phone altphone homephone email companyname entityid custentity_channel"
        " custentity_no_sms custentity_zone custentity_paused language".split()
    ),
    contact=frozenset({"mobilephone", "email", "entityid"}),
    transaction=frozenset({"email", "custbody_paused", "otherrefnum", "memo", "custbody_link"}),
)


def a_reader(columns: Columns = COLUMNS, zone: str = "America/New_York") -> InvoiceReader:
    return InvoiceReader(columns, CURRENCIES, "USD", ZoneInfo(zone))


def a_row(**changes: Any) -> dict[str, Any]:
    row = {
        "links": [],
        "id": "1042",
        "tranid": "INV-1042",
        "entity": "88",
        "unpaid": "940.5",
        "total": "1000.00",
        "duedate": "2026-03-07",
        "issued": "2026-02-05",
        "currency": "1",
    }
    return {name: value for name, value in {**row, **changes}.items() if value is not ...}


def an_invoice(**changes: Any) -> Invoice:
    known: dict[str, Any] = {
        "id": "1042",
        "number": "INV-1042",
        "customer_id": "88",
        "due_date": date(2026, 3, 7),
        "balance": Decimal("940.5"),
        "total": Decimal("1000.00"),
        "currency": "USD",
        "issued": date(2026, 2, 5),
    }
    return Invoice(**{**known, **changes})


def test_row_becomes_an_invoice() -> None:
    assert a_reader().read([a_row()]) == [an_invoice()]


def test_optional_columns_are_read_where_they_are_filled() -> None:
    row = a_row(
        otherrefnum="PO-1",
        memo="Licences",
        custbody_link="https://pay.example/1",
        email="a@x.example; b@x.example",
        custbody_paused="T",
        created="2026-02-05 12:00:00",
        modified="2026-07-01 23:30:15",
        currency="2",
    )

    assert a_reader().read([row]) == [
        an_invoice(
            po="PO-1",
            description="Licences",
            payment_link="https://pay.example/1",
            emails=("a@x.example", "b@x.example"),
            excluded=True,
            created_at=datetime(2026, 2, 5, 17, tzinfo=UTC),
            modified_at=datetime(2026, 7, 2, 3, 30, 15, tzinfo=UTC),
            currency="EUR",
        )
    ]


@pytest.mark.parametrize(
    ("status", "void", "expected"),
    [("CustInvc:A", "F", "A"), ("CustInvc:B", "F", "B"), ("D", ..., "D"), ("CustInvc:A", "T", "V")],
)
def test_status_is_the_letter_alone(status: str, void: Any, expected: str) -> None:
    row = a_row(status=status, void=void, closed="2026-02-20")

    assert a_reader().read([row]) == [an_invoice(status=expected, paid_on=date(2026, 2, 20))]


def test_invoice_without_a_due_date_is_no_problem() -> None:
    assert a_reader().read([a_row(duedate=...)]) == [an_invoice(due_date=None)]


def test_account_with_one_currency_counts_in_the_companys() -> None:
    reader = InvoiceReader(Columns(), {}, "NOK", UTC)

    assert reader.read([a_row(currency=...)]) == [an_invoice(currency="NOK")]


@pytest.mark.parametrize(
    ("broken", "changes", "problem"),
    [
        ({"tranid": ...}, {"number": "1042"}, "it has no document number"),
        ({"tranid": ""}, {"number": "1042"}, "it has no document number"),
        ({"tranid": None}, {"number": "1042"}, "it has no document number"),
        ({"entity": ...}, {"customer_id": ""}, "it has no customer"),
        ({"unpaid": ...}, {"balance": Decimal(0)}, "it has no open balance"),
        ({"total": ...}, {"total": Decimal(0)}, "it has no total"),
        ({"unpaid": "12,50"}, {"balance": Decimal(0)}, "open balance '12,50' can't be read"),
        ({"unpaid": "NaN"}, {"balance": Decimal(0)}, "open balance 'NaN' can't be read"),
        ({"unpaid": "Infinity"}, {"balance": Decimal(0)}, "open balance 'Infinity' can't be read"),
        ({"unpaid": "1E+40"}, {"balance": Decimal(0)}, "open balance '1E+40' can't be read"),
        ({"total": "x" * 99}, {"total": Decimal(0)}, "total '" + "x" * 39 + "…' can't be read"),
        ({"duedate": "3/7/2026"}, {"due_date": None}, "due date '3/7/2026' can't be read"),
        ({"duedate": "2026-02-30"}, {"due_date": None}, "due date '2026-02-30' can't be read"),
        ({"duedate": "20260307"}, {"due_date": None}, "due date '20260307' can't be read"),
        ({"duedate": ["x"]}, {"due_date": None}, "due date \"['x']\" can't be read"),
        ({"currency": "9"}, {"currency": ""}, "its currency '9' is not known"),
        ({"currency": ...}, {"currency": ""}, "its currency 'None' is not known"),
        ({"issued": "yesterday"}, {}, "its columns can't be read"),
        ({"created": "noon"}, {}, "its columns can't be read"),
        ({"unpaid": True, "total": {}}, {"total": Decimal(0), "balance": Decimal(0)}, None),
    ],
)
def test_row_that_cannot_be_understood_is_kept_and_says_why(
    broken: dict[str, Any], changes: dict[str, Any], problem: str | None
) -> None:
    (invoice,) = a_reader().read([a_row(**broken)])

    assert invoice.problem if problem is None else invoice.problem == problem
    assert invoice == an_invoice(issued=None, **changes, problem=invoice.problem)


def test_broken_row_does_no_harm_to_its_neighbours() -> None:
    read = a_reader().read([a_row(id="1"), a_row(id="2", unpaid="x"), a_row(id="3")])

    assert [(invoice.id, invoice.problem is None) for invoice in read] == [
        ("1", True),
        ("2", False),
        ("3", True),
    ]


def test_words_of_a_broken_row_are_made_harmless() -> None:
    (invoice,) = a_reader().read([a_row(tranid="\x1b]0;x\x07INV", unpaid="\x1b[31m")])

    assert (invoice.number, invoice.problem) == ("]0;x INV", "open balance '[31m' can't be read")


@pytest.mark.parametrize("kind", [Invoice, Customer])
def test_what_is_made_quickly_is_the_real_value(kind: type[Any]) -> None:
    made = quick(kind)(*range(len(fields(kind))))

    assert type(made) is kind
    assert made == kind(*range(len(fields(kind))))
    with pytest.raises(AttributeError):
        made.id = "2"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-08 01:59:59", datetime(2026, 3, 8, 6, 59, 59, tzinfo=UTC)),
        ("2026-03-08 03:00:00", datetime(2026, 3, 8, 7, tzinfo=UTC)),
        ("2026-11-01 01:30:00", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("2026-11-01 02:00:00", datetime(2026, 11, 1, 7, tzinfo=UTC)),
        ("", None),
        (None, None),
    ],
)
def test_moment_is_read_in_the_sessions_zone(text: str | None, moment: datetime | None) -> None:
    assert Moments(ZoneInfo("America/New_York"))(text) == moment


def test_balances_leave_out_what_cannot_be_understood() -> None:
    rows = [
        a_row(id="1", status="CustInvc:A", void="F"),
        a_row(id="2", status="CustInvc:B", void="F", unpaid="0"),
        a_row(id="3", status="CustInvc:A", unpaid="much"),
        a_row(id="4", status="CustInvc:A", total="Infinity"),
    ]

    assert list(a_reader().balances(rows)) == [
        Balance("1", "A", Decimal("940.5"), Decimal("1000.00"), "USD", date(2026, 3, 7)),
        Balance("2", "B", Decimal(0), Decimal("1000.00"), "USD", date(2026, 3, 7)),
    ]


def test_unapplied_cash_adds_up_by_customer_and_currency() -> None:
    cash: dict[str, dict[str, Decimal]] = {}
    rows = [
        {"id": "1", "entity": "88", "unused": "10.50", "currency": "1"},
        {"id": "2", "entity": "88", "unused": "2", "currency": "1"},
        {"id": "3", "entity": "88", "unused": "7", "currency": "2"},
        {"id": "4", "entity": "89", "unused": "some", "currency": "1"},
        {"id": "5", "unused": "1", "currency": "1"},
    ]

    a_reader().unapplied(rows, cash)

    assert cash == {"88": {"USD": Decimal("12.50"), "EUR": Decimal(7)}}


def test_payments_tell_their_kinds_and_count_once() -> None:
    def link(payment: str, kind: str, amount: str, **changes: Any) -> dict[str, Any]:
        return {"invoice_id": "1", "payment_id": payment, "type": kind, "amount": amount, **changes}

    rows = [
        link("10", "CustPymt", "100", paid_on="2026-02-01"),
        link("10", "CustPymt", "-50.25", paid_on="2026-02-01"),
        link("11", "CustCred", "5"),
        link("12", "Journal", "6"),
        link("13", "DepAppl", "7"),
        link("14", "CustPymt", "unknown"),
        {"type": "CustPymt"},
    ]

    assert a_reader().payments(rows) == [
        Payment("1", "10", "payment", date(2026, 2, 1), Decimal("150.25")),
        Payment("1", "11", "credit", None, Decimal(5)),
        Payment("1", "12", "write_off", None, Decimal(6)),
        Payment("1", "13", "payment", None, Decimal(7)),
    ]


def a_customer(**row: Any) -> Customer:
    (customer,) = CustomerReader(COLUMNS, SHAPE).read([{"id": "88", "links": [], **row}], {})
    return customer


def test_bare_customer_has_a_name_that_finds_him() -> None:
    assert a_customer() == Customer("88", "customer 88")


def test_columns_of_a_customer_are_tried_in_their_order() -> None:
    customer = a_customer(
        entityid="C88",
        ct_0="Erin",  # contact columns are numbered in the order of all configured ones
        ct_1="erin@x.example",
        ct_2="Erin Vance",
        mobilephone="415.555.0100 ",
        phone="212-555-0100",
        altphone="555",
        email="",
        country="US",
        state="CA",
        zip="94105",
        isinactive="T",
        custentity_no_sms="T",
        custentity_paused="T",
        language="fr_FR",
    )

    assert customer == Customer(
        "88",
        "Erin Vance",
        mobiles=("Erin", "415.555.0100 ", "212-555-0100"),
        emails=("erin@x.example",),
        inactive=True,
        excluded_by="custentity_paused",
        sms_opt_out=True,
        language="fr_FR",
        country="US",
        subdivision="CA",
        postal_code="94105",
        all_phones=("Erin", "415.555.0100 ", "212-555-0100", "555"),
    )


def test_word_that_no_channel_was_given_is_kept_beside_the_caution() -> None:
    row = {"custentity_channel": "9", "shown_0": "Carrier pigeon"}
    found = a_customer(**row)
    assert (found.channel, found.channel_said) == ("none", "Carrier pigeon")
    assert a_customer(custentity_channel="3", shown_0="Fax").channel_said == ""


@pytest.mark.parametrize(
    ("row", "channel"),
    [
        ({}, ""),
        ({"custentity_channel": "1", "shown_0": "Text  Message"}, "sms"),
        ({"custentity_channel": "EMAIL", "shown_0": "EMAIL"}, "email"),
        ({"custentity_channel": "3", "shown_0": "Fax"}, "none"),
        ({"custentity_channel": "9", "shown_0": "Carrier pigeon"}, "none"),
        ({"custentity_channel": "mail"}, "email"),
    ],
)
def test_preferred_channel_is_what_its_text_was_given_to_mean(row: dict[str, str], channel: str) -> None:
    assert a_customer(**row).channel == channel


@pytest.mark.parametrize(
    ("row", "zone"),
    [
        ({}, ""),
        ({"custentity_zone": "America/Denver", "shown_1": "Mountain"}, "America/Denver"),
        ({"custentity_zone": "5", "shown_1": "(GMT-07:00) Mountain Time"}, "(GMT-07:00) Mountain Time"),
        ({"custentity_zone": "Eastern"}, "Eastern"),
    ],
)
def test_time_zone_is_the_stored_name_or_what_people_see(row: dict[str, str], zone: str) -> None:
    assert a_customer(**row).time_zone == zone


def test_customer_carries_the_cash_not_applied() -> None:
    cash = {"88": {"USD": Decimal(5)}}

    (customer,) = CustomerReader(Columns(), SHAPE).read([{"id": 88}, {"links": []}], cash)

    assert customer == Customer("88", "customer 88", unapplied={"USD": Decimal(5)})


@pytest.mark.parametrize(
    ("texts", "addresses"),
    [
        (["a@x.example"], ("a@x.example",)),
        (["", None, "a@x.example"], ("a@x.example",)),
        (["none", "a@x.example", "b@x.example"], ("a@x.example",)),
        (
            ["a@x.example; b@x.example,a@x.example\nc@x.example"],
            ("a@x.example", "b@x.example", "c@x.example"),
        ),
        (["Erin <erin@x.example>"], ("erin@x.example",)),
        (["a@b", "@x.example", "a@@x.example"], ()),
        ([12], ()),
    ],
)
def test_first_column_with_an_address_gives_all_of_its_addresses(
    texts: list[object], addresses: tuple[str, ...]
) -> None:
    assert first_addresses(texts) == addresses


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("email", ("customer", "email")),
        ("contact.email", ("contact", "email")),
        ("invoice.custbody_x", ("invoice", "custbody_x")),
    ],
)
def test_prefix_tells_where_a_column_stands(name: str, place: tuple[str, str]) -> None:
    assert split_name(name) == place


@pytest.mark.parametrize("name", ["a b", "x; DROP", "other.x", "a.b.c", "Email", "1a", "é"])
def test_name_that_could_be_more_than_a_column_is_refused(name: str) -> None:
    with pytest.raises(BadConfig, match="can't be a column of NetSuite") as caught:
        Columns(mobile=(name,))

    assert "small letters" in caught.value.next
