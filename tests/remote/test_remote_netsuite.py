"""The whole client against the sandbox's NetSuite, which was written from the same documents by others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import responses
from remote_builders import BASE, COLUMNS, NOW, a_login, clock, netsuite_of, no_pause

from nsquilio.core.model import Customer, Invoice, Payment
from nsquilio.errors import BadConfig, Refused, ServiceFailed, WrongUsage
from nsquilio.remote.netsuite import NetSuite
from nsquilio.remote.netsuite_account import zone_named
from nsquilio.remote.netsuite_auth import TOKEN_PATH
from nsquilio.remote.netsuite_columns import Columns
from nsquilio.remote.netsuite_customers import Person
from nsquilio.remote.netsuite_errors import is_refused_for_good
from nsquilio.remote.netsuite_records import Communication
from nsquilio.sandbox import control
from nsquilio.sandbox.server import Server
from nsquilio.sandbox.world import World

TODAY = date(2026, 3, 2)


def open_ones(client: NetSuite, **given: Any) -> dict[str, Invoice]:
    pages = client.open_invoices(TODAY - timedelta(days=90), TODAY + timedelta(days=30), **given)
    return {invoice.number: invoice for page in pages for invoice in page}


def requests_of(world: World) -> list[str]:
    return [row["path"].rpartition("/")[2] for row in world.history()]


def an_acme(**changes: Any) -> Customer:
    known: dict[str, Any] = {
        "id": "88",
        "name": "Acme Corp",
        "mobiles": ("(415) 555-0100", "415.555.0101 x9"),
        "emails": ("ap@acme.example", "billing@acme.example"),
        "channel": "sms",
        "country": "US",
        "subdivision": "CA",
        "postal_code": "94105",
        "all_phones": ("(415) 555-0100", "415.555.0101 x9"),
    }
    return Customer(**{**known, **changes})


def the(customers: Iterator[Customer]) -> dict[str, Customer]:
    return {customer.id: customer for customer in customers}


def test_open_invoice_is_read_with_its_columns(netsuite: NetSuite) -> None:
    assert open_ones(netsuite)["INV-1042"] == Invoice(
        id="1042",
        number="INV-1042",
        customer_id="88",
        due_date=date(2026, 3, 7),
        balance=Decimal(9400),
        total=Decimal(9400),
        currency="USD",
        po="PO-7781",
        description="March licences",
    )


def test_moments_are_read_when_asked_for(netsuite: NetSuite) -> None:
    created = datetime(2026, 2, 5, 20, tzinfo=UTC)

    invoice = open_ones(netsuite, moments=True)["INV-1042"]

    assert (invoice.created_at, invoice.modified_at) == (created, created)


def test_open_invoices_due_in_the_span_or_without_a_date_are_read(world: World, netsuite: NetSuite) -> None:
    first, last = TODAY - timedelta(days=10), TODAY + timedelta(days=5)
    rows = world.rows("SELECT tranid, duedate, status, voided FROM ns_transaction WHERE type = 'CustInvc'")
    expected = {
        row["tranid"]
        for row in rows
        if row["status"] == "A" and row["voided"] == "F"
        if not row["duedate"] or first.isoformat() <= row["duedate"] <= last.isoformat()
    }

    found = {i.number for page in netsuite.open_invoices(first, last) for i in page}

    assert found == expected
    assert {row["status"] for row in rows} > {"A"}


def test_other_subsidiaries_invoices_are_not_read(world: World, server: Server) -> None:
    clients = [netsuite_of(world, server.base_url, replace(COLUMNS, subsidiary=n)) for n in (None, 1, 2, 99)]

    everything, first, second, none = ({*open_ones(client)} for client in clients)

    for client in clients:
        client.close()
    assert (first | second, first & second, none) == (everything, set(), set())
    assert first and second


def test_requests_do_not_grow_with_the_number_of_customers(world: World, netsuite: NetSuite) -> None:
    invoices = open_ones(netsuite)
    customers = list(netsuite.customers(invoice.customer_id for invoice in invoices.values()))

    assert len(customers) > 40
    assert len(requests_of(world)) <= 11


def test_what_is_known_of_the_account_is_asked_once(world: World, netsuite: NetSuite) -> None:
    open_ones(netsuite)
    before = len(requests_of(world))
    open_ones(netsuite)

    assert len(requests_of(world)) - before == 2


def test_customer_is_read_with_channel_phones_addresses_and_place(netsuite: NetSuite) -> None:
    assert the(netsuite.customers(["88", "nobody", "999999"])) == {"88": an_acme()}


def test_cash_not_applied_stands_on_the_customer(world: World, netsuite: NetSuite) -> None:
    control.receive(world, "customer:88", Decimal("12.50"))
    control.receive(world, "customer:88", Decimal("7.50"), "credit")

    assert netsuite.unapplied_for(["88", "101"]) == {"88": {"USD": Decimal(20)}}
    assert netsuite.unapplied()["88"] == {"USD": Decimal(20)}
    assert the(netsuite.customers(["88"]))["88"].unapplied == {"USD": Decimal(20)}


def test_many_customers_cost_one_question_for_their_cash(world: World, netsuite: NetSuite) -> None:
    open_ones(netsuite)
    before = len(requests_of(world))

    the(netsuite.customers(map(str, range(1, 2001))))

    assert len(requests_of(world)) - before == 3


def test_boxes_of_customers_without_invoices_count_too(world: World, netsuite: NetSuite) -> None:
    assert netsuite.opted_out_numbers() == {"+16465550117": "the opt-out box of Stopford Textiles is ticked"}

    netsuite.update_customer("88", {"custentity_sms_opt_out": True})

    assert set(netsuite.opted_out_numbers()) == {"+16465550117", "+14155550100", "+14155550101"}


def test_without_such_a_box_nobody_is_asked_about(world: World, server: Server) -> None:
    client = netsuite_of(world, server.base_url, Columns())

    assert client.opted_out_numbers() == {}
    assert requests_of(world) == []
    client.close()


def test_balance_is_what_it_is_now(world: World, netsuite: NetSuite) -> None:
    control.pay(world, "INV-1042", Decimal("400"))

    balances = netsuite.balances(["1042", "1043", "424242"])

    assert {id_: (b.status, b.unpaid, b.due_date) for id_, b in balances.items()} == {
        "1042": ("A", Decimal(9000), date(2026, 3, 7)),
        "1043": ("A", Decimal("310.5"), date(2026, 3, 7)),
    }


def test_paid_invoice_tells_its_day_and_payment(world: World, netsuite: NetSuite) -> None:
    control.pay(world, "INV-1042")

    (invoice,) = netsuite.invoices_by_id(["1042"])
    (payment,) = netsuite.payments_of(["1042"])

    assert (invoice.status, invoice.balance, invoice.paid_on) == ("B", Decimal(0), TODAY)
    assert invoice.issued == date(2026, 2, 5)
    assert payment == Payment("1042", payment.payment_id, "payment", TODAY, Decimal(9400))
    assert payment in netsuite.payments_since(world.now() - timedelta(minutes=1))
    assert netsuite.payments_since(world.now() + timedelta(minutes=1)) == []
    (with_moments,) = netsuite.payments_of(["1042"], moments=True)
    applied_at = invoice.modified_at
    assert applied_at is not None
    assert with_moments == replace(payment, created_at=applied_at, modified_at=applied_at)


def test_invoice_is_found_by_its_number(netsuite: NetSuite) -> None:
    assert [i.id for i in netsuite.invoices_by_number(["INV-1042", "INV-1042", "o'none"])] == ["1042"]


def test_change_since_a_moment_is_seen_in_the_sessions_zone(world: World, netsuite: NetSuite) -> None:
    before = world.now()
    control.advance(world, timedelta(hours=2))
    control.change_invoice(world, "INV-1042", duedate="2026-03-30")

    changed = [i for page in netsuite.modified_since(before + timedelta(hours=1)) for i in page]

    assert [(i.number, i.due_date) for i in changed] == [("INV-1042", date(2026, 3, 30))]
    assert [list(page) for page in netsuite.modified_since(before + timedelta(hours=3))] in ([], [[]])


def test_recent_invoices_are_open_or_paid_lately(world: World, netsuite: NetSuite) -> None:
    control.pay(world, "INV-1042")

    since = {i.number: i.status for i in netsuite.recent_invoices(["88"], TODAY)}
    later = {i.number for i in netsuite.recent_invoices(["88"], TODAY + timedelta(days=1))}

    assert since["INV-1042"] == "B"
    assert "INV-1042" not in later
    assert later <= set(since)


@pytest.mark.parametrize("params_supported", [True, False])
def test_name_with_an_apostrophe_is_found(world: World, netsuite: NetSuite, params_supported: bool) -> None:
    world.set_setting("params_supported", params_supported)

    assert [c.id for c in netsuite.customers_named("maria o'brien ")] == ["102"]
    assert netsuite.customers_named("x' OR '1'='1") == []


def test_account_without_parameters_reads_the_same(world: World, server: Server) -> None:
    with_params = netsuite_of(world, server.base_url)
    expected = (open_ones(with_params), the(with_params.customers(["88", "102"])))
    world.set_setting("params_supported", False)
    without = netsuite_of(world, server.base_url)

    assert (open_ones(without), the(without.customers(["88", "102"]))) == expected
    with_params.close()
    without.close()


@pytest.mark.parametrize(
    ("hidden", "change"),
    [
        ("customer.altphone", {}),
        ("customer.mobilephone", {"mobiles": ("415.555.0101 x9",), "all_phones": ("415.555.0101 x9",)}),
        ("customer.custentity_3805_dunning_paused", {}),
        ("customer.language", {}),
        ("contact.email", {}),
    ],
)
def test_missing_column_is_done_without(
    world: World, server: Server, hidden: str, change: dict[str, Any]
) -> None:
    world.set_setting("hidden_columns", [hidden])
    client = netsuite_of(world, server.base_url)

    assert the(client.customers(["88"])) == {"88": an_acme(**change)}
    client.close()


def test_missing_columns_are_named(world: World, server: Server) -> None:
    world.set_setting("hidden_columns", ["customer.language", "transaction.memo", "contact.email"])
    client = netsuite_of(world, server.base_url)

    assert client.account.missing() == ("contact.email", "language", "invoice.memo")
    assert open_ones(client)["INV-1042"].description is None
    assert client.probe_columns("customer", ["language", "phone"]) == {"phone"}
    client.close()


@pytest.mark.parametrize(
    "column", ["custentity_sms_opt_out", "custentity_comm_channel", "custentity_time_zone"]
)
def test_missing_column_that_protects_customers_stops_everything(
    world: World, server: Server, column: str
) -> None:
    world.set_setting("hidden_columns", [f"customer.{column}"])
    client = netsuite_of(world, server.base_url)

    with pytest.raises(BadConfig) as caught:
        open_ones(client)

    client.close()
    assert caught.value.message == (
        f"NetSuite has no column {column} that this login may read; it was meant to keep customers from "
        "being written to."
    )
    assert "netsuite.customer" in caught.value.next


@pytest.mark.parametrize(
    ("tables", "change"),
    [
        (["contact"], {}),
        (["entityaddress"], {}),
        (
            ["entityaddress", "customeraddressbookentityaddress"],
            {"country": "", "subdivision": "", "postal_code": ""},
        ),
    ],
)
def test_missing_table_is_done_without(
    world: World, server: Server, tables: list[str], change: dict[str, Any]
) -> None:
    world.set_setting("hidden_tables", tables)
    client = netsuite_of(world, server.base_url)

    assert the(client.customers(["88"])) == {"88": an_acme(**change)}
    client.close()


def test_account_with_one_currency_counts_in_the_companys(world: World, server: Server) -> None:
    control.single_currency(world)
    client = netsuite_of(world, server.base_url, currency="NOK")

    assert {invoice.currency for invoice in open_ones(client).values()} == {"NOK"}
    assert client.unapplied().keys() == {"122", "123"}
    client.close()


def test_hidden_currencies_stop_an_account_that_has_several(world: World, server: Server) -> None:
    control.hide_table(world, "currency")
    client = netsuite_of(world, server.base_url)

    with pytest.raises(BadConfig, match="does not show this login the account's currencies") as caught:
        open_ones(client)

    client.close()
    assert caught.value.next == "Give the role the permission Lists > Currency (View)."


def test_hidden_currencies_do_no_harm_where_there_is_only_one(world: World, server: Server) -> None:
    control.hide_table(world, "currency")
    with world.change() as db:
        db.execute("UPDATE ns_transaction SET currency = 1")
    client = netsuite_of(world, server.base_url)

    assert open_ones(client)["INV-1042"].currency == "USD"
    client.close()


@pytest.mark.parametrize("void", ["voided", "void"])
def test_either_column_tells_what_is_void(world: World, server: Server, void: str) -> None:
    world.set_setting("hidden_columns", [f"transaction.{void}"])
    client = netsuite_of(world, server.base_url)

    assert len(open_ones(client)) > 40
    assert {b.status for b in client.balances(["1042"]).values()} == {"A"}
    client.close()


def test_hidden_transactions_are_told_in_netsuites_words(world: World, server: Server) -> None:
    world.set_setting("hidden_tables", ["transaction"])
    client = netsuite_of(world, server.base_url)

    with pytest.raises(Refused, match="Record 'transaction' was not found"):
        open_ones(client)
    client.close()


def test_login_that_sees_no_rows_counts_none(world: World, server: Server) -> None:
    world.set_setting("empty_tables", ["customer"])
    client = netsuite_of(world, server.base_url)

    assert (client.count("customer"), client.count("transaction", "t.type = 'CustInvc'") > 40) == (0, True)
    client.close()


@pytest.mark.parametrize(
    "fault", ["netsuite-429", "netsuite-500", "netsuite-html", "token-expired", "token-down"]
)
def test_passing_failure_is_waited_out(world: World, netsuite: NetSuite, fault: str) -> None:
    control.set_fault(world, fault)

    assert the(netsuite.customers(["88"])) == {"88": an_acme()}


def test_clock_and_zone_are_told(world: World, netsuite: NetSuite) -> None:
    netsuite.log_in()

    assert abs(netsuite.server_time() - world.now()) < timedelta(seconds=5)
    assert netsuite.session_zone() == ZoneInfo("America/Los_Angeles")
    assert netsuite.skew is not None
    assert abs(netsuite.skew) < timedelta(seconds=2)


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("Europe/Berlin", 1),
        ("-08:00", -8),
        ("+05:45", 5.75),
        ("Etc/Nowhere", None),
        ("", None),
        ("../x", None),
    ],
)
def test_session_zone_is_a_name_or_an_offset(text: str, offset: float | None) -> None:
    zone = zone_named(text)

    assert (zone.utcoffset(datetime(2026, 1, 1)) if zone else None) == (
        None if offset is None else timedelta(hours=offset)
    )


def test_unreadable_clock_of_the_service_is_told() -> None:
    client = NetSuite(BASE, a_login(), Columns(), clock, http=no_pause())
    with responses.RequestsMock() as served:
        served.post(BASE + TOKEN_PATH, json={"access_token": "t", "expires_in": 3600})
        served.get(f"{BASE}/services/rest/system/v1/serverTime", json={"serverTime": "noon"})
        served.get(f"{BASE}/services/rest/system/v1/serverTime", json={"error": "no"}, status=404)
        with pytest.raises(ServiceFailed, match="told a time that can't be read"):
            client.server_time()
        with pytest.raises(Refused, match="did not tell its time"):
            client.server_time()


def fields_of(**changes: Any) -> dict[str, Any]:
    known = {
        "invoice": "1042",
        "customer": "88",
        "direction": "outbound",
        "channel": "sms",
        "from": "+14155550180",
        "to": "+14155550100",
        "body": "Please pay.",
        "status": "sent",
        "time": NOW,
        "kind": "reminder",
        "sid": "SM1",
        "key": "1042:late-7:preferred",
        "details": "{}",
    }
    return {**known, **changes}


def a_communication(**changes: Any) -> Communication:
    known: dict[str, Any] = {
        "id": "1",
        "external_id": "nsq-SM1",
        "invoice_id": "1042",
        "customer_id": "88",
        "direction": "outbound",
        "channel": "sms",
        "sender": "+14155550180",
        "to": "+14155550100",
        "status": "sent",
        "time": NOW,
        "kind": "reminder",
        "sid": "SM1",
        "key": "1042:late-7:preferred",
        "details": "{}",
    }
    return Communication(**{**known, **changes})


def logged(client: NetSuite, since: datetime | None = None) -> list[Communication]:
    return [one for page in client.communications(since) for one in page]


def test_communication_written_twice_stands_once(netsuite: NetSuite) -> None:
    first = netsuite.put_communication("nsq-SM1", fields_of())
    second = netsuite.put_communication("nsq-SM1", fields_of(status="delivered"))

    assert (first, second) == ("1", "1")
    assert logged(netsuite) == [a_communication(status="delivered")]


@pytest.mark.parametrize(
    "fault", ["netsuite-500-after-write", "netsuite-reset-after-write", "netsuite-429", "token-expired"]
)
def test_communication_whose_answer_was_lost_is_written_again_and_stands_once(
    world: World, netsuite: NetSuite, fault: str
) -> None:
    control.set_fault(world, fault)

    netsuite.put_communication("nsq-SM1", fields_of())

    assert len(logged(netsuite)) == 1


def test_empty_fields_are_left_out_and_long_ones_cut(world: World, netsuite: NetSuite) -> None:
    addresses = ", ".join(f"someone{n}@example.com" for n in range(30))

    netsuite.put_communication(
        "nsq-X", fields_of(invoice=None, kind="", to=addresses, body="\ud800" + "x" * 2000)
    )

    (found,) = logged(netsuite)
    assert found == a_communication(
        id=found.id, external_id="nsq-X", invoice_id="", kind="", to=addresses[:300]
    )
    assert world.value("SELECT custrecord_nsq_comm_body FROM ns_comm") == "?" + "x" * 2000


def test_field_of_a_communication_can_be_changed_and_emptied(netsuite: NetSuite) -> None:
    netsuite.put_communication("nsq-SM1", fields_of())

    netsuite.patch_communication("nsq-SM1", {"invoice": None, "kind": "dispute"})

    assert logged(netsuite) == [a_communication(invoice_id="", kind="dispute")]


def test_communications_since_a_moment_are_listed(world: World, netsuite: NetSuite) -> None:
    netsuite.put_communication("nsq-SM1", fields_of())
    control.advance(world, timedelta(hours=3))
    netsuite.put_communication("nsq-SM2", fields_of(sid="SM2"))

    since = [one.external_id for one in logged(netsuite, world.now() - timedelta(hours=1))]

    assert since == ["nsq-SM2"]


def test_communication_about_an_invoice_that_is_gone_is_refused_for_good(netsuite: NetSuite) -> None:
    with pytest.raises(Refused) as caught:
        netsuite.put_communication("nsq-SM1", fields_of(invoice="424242"))

    assert caught.value.message.startswith(
        "NetSuite did not take the communication nsq-SM1 (400): INVALID_KEY"
    )
    assert is_refused_for_good(caught.value)


def test_service_that_is_down_has_refused_nothing_for_good() -> None:
    assert not is_refused_for_good(Refused("x", status=503))
    assert not is_refused_for_good(ServiceFailed("x"))


def test_change_of_what_is_not_there_is_told(netsuite: NetSuite) -> None:
    with pytest.raises(Refused, match="did not change the communication nsq-none"):
        netsuite.patch_communication("nsq-none", {"kind": "x"})
    with pytest.raises(Refused, match="did not change customer 424242"):
        netsuite.update_customer("424242", {"custentity_sms_opt_out": True})


@pytest.mark.parametrize("external_id", ["", "a|b", "a/b", "é", "x" * 201])
def test_external_id_that_netsuite_would_misread_is_refused(netsuite: NetSuite, external_id: str) -> None:
    with pytest.raises(WrongUsage, match="can't be an external id in NetSuite") as caught:
        netsuite.put_communication(external_id, fields_of())

    assert caught.value.next == "Letters, digits, _ and - alone."


def test_customer_is_changed_by_number_alone(netsuite: NetSuite) -> None:
    with pytest.raises(WrongUsage, match="can't be the id of a customer") as caught:
        netsuite.update_customer("88/../1", {})

    assert caught.value.next == "It is a number."


def test_record_that_two_writers_create_at_once_is_written_again() -> None:
    client = NetSuite(BASE, a_login(), Columns(), clock, http=no_pause())
    path = f"{BASE}/services/rest/record/v1/customrecord_nsq_comm/eid:nsq-SM1"
    exists = {"o:errorDetails": [{"detail": "This record already exists.", "o:errorCode": "USER_ERROR"}]}
    with responses.RequestsMock() as served:
        served.post(BASE + TOKEN_PATH, json={"access_token": "t", "expires_in": 3600})
        served.put(path, json=exists, status=400)
        served.put(path, status=204, headers={"Location": "/record/v1/customrecord_nsq_comm/7"})

        assert client.put_communication("nsq-SM1", {"kind": "x"}) == "7"


ERIN = Person(id="9001", customer_id="88", name="Erin Vance", phones=("415-555-0102",))


@pytest.mark.parametrize("padding", [0, 150])  # beyond a hundred numbers all phones are read instead
def test_owner_of_a_number_is_found_in_every_column_and_by_contact(netsuite: NetSuite, padding: int) -> None:
    others = [f"+1303777{n:04d}" for n in range(padding)]
    wanted = ["+14155550100", "+14155550101", "+14155550102", "+16465550117", "+19995550100", "12345"]

    found = netsuite.customers_by_phone(wanted + others)

    assert {number: [(o.customer.id, o.people) for o in owners] for number, owners in found.items()} == {
        "+14155550100": [("88", (ERIN,))],
        "+14155550101": [("88", (ERIN,))],
        "+14155550102": [("88", (ERIN,))],
        "+16465550117": [("117", ())],
    }


def test_nobody_has_an_unknown_number(netsuite: NetSuite) -> None:
    assert netsuite.customers_by_phone(["+13037770000"]) == {}
    assert netsuite.customers_by_phone([]) == {}


def test_shared_number_has_all_of_its_owners(world: World, netsuite: NetSuite) -> None:
    with world.change() as db:
        db.execute("UPDATE ns_customer SET altphone = 'office 4155550100 / 212 555 9999' WHERE id = 101")

    (owners,) = netsuite.customers_by_phone(["+14155550100"]).values()

    assert {owner.customer.id for owner in owners} == {"88", "101"}


def test_contacts_are_listed_by_customer(netsuite: NetSuite) -> None:
    assert netsuite.people_of(["88", "101"]).get("88") == (ERIN,)
