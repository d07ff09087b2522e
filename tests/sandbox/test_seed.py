"""The small world: the same for the same seed, and with a case for every rule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import phonenumbers
import pytest

from nsquilio.sandbox import control
from nsquilio.sandbox.world import World


def contents(world: World) -> dict[str, list[tuple[object, ...]]]:
    tables = [
        row["name"] for row in world.rows("SELECT name FROM sqlite_master WHERE name LIKE 'ns!_%' ESCAPE '!'")
    ]
    plain = [
        name
        for name in tables
        if world.value("SELECT type FROM sqlite_master WHERE name = ?", (name,)) == "table"
    ]
    return {name: [tuple(row) for row in world.rows(f"SELECT * FROM {name}")] for name in plain}


def numbers_due(world: World, offset: int) -> set[str]:
    day = (world.now().date() + timedelta(days=offset)).isoformat()
    rows = world.rows("SELECT tranid FROM ns_transaction WHERE type = 'CustInvc' AND duedate = ?", (day,))
    return {row["tranid"] for row in rows}


def test_same_seed_makes_the_same_world(tmp_path: Path, seeded: World) -> None:
    again = control.reset(tmp_path / "again.db", seed=1)
    assert contents(again) == contents(seeded)
    again.close()


def test_another_seed_makes_other_ordinary_customers(tmp_path: Path, seeded: World) -> None:
    other = control.reset(tmp_path / "other.db", seed=2)
    name = "SELECT group_concat(altname) FROM ns_customer WHERE id > 200"
    assert other.value(name) != seeded.value(name)
    assert other.value("SELECT tranid FROM ns_transaction WHERE id = 1042") == "INV-1042"
    other.close()


def test_world_stands_relative_to_its_first_day(tmp_path: Path) -> None:
    later = control.reset(tmp_path / "later.db", start=datetime(2027, 7, 1, 9, tzinfo=UTC))
    assert later.value("SELECT duedate FROM ns_transaction WHERE id = 1042") == "2027-07-06"
    assert later.now() - datetime(2027, 7, 1, 9, tzinfo=UTC) < timedelta(seconds=5)
    later.close()


def test_world_is_small_but_whole(seeded: World) -> None:
    assert 40 <= seeded.value("SELECT COUNT(*) FROM ns_customer") <= 60
    assert 60 <= seeded.value("SELECT COUNT(*) FROM ns_transaction WHERE type = 'CustInvc'") <= 80


@pytest.mark.parametrize("offset", [5, 0, -1, -7, -14])
def test_every_usual_step_has_an_invoice_on_its_day(seeded: World, offset: int) -> None:
    assert numbers_due(seeded, offset)


@pytest.mark.parametrize(
    "condition",
    [
        "duedate IS NULL",
        "status = 'B'",
        "status = 'D'",
        "status = 'E'",
        "status = 'V' AND voided = 'T'",
        "status = 'A' AND foreignamountpaid > 0",
        "foreigntotal > 50000 AND currency = 1",
        "foreigntotal < 5",
        "currency = 2",
        "currency = 4",
        "currency = 5 AND foreigntotal = round(foreigntotal)",
        "subsidiary = 2",
        "otherrefnum LIKE '=%'",
        "memo LIKE '%' || char(27) || '%'",
        "email LIKE '%;%'",
    ],
)
def test_there_is_an_invoice_that_is(seeded: World, condition: str) -> None:
    assert seeded.value(f"SELECT COUNT(*) FROM ns_transaction WHERE type = 'CustInvc' AND {condition}")


@pytest.mark.parametrize(
    "condition",
    [
        "isperson = 'T' AND companyname IS NULL",
        "isinactive = 'T'",
        "custentity_sms_opt_out = 'T'",
        "custentity_3805_dunning_paused = 'T'",
        "custentity_comm_channel = 3",
        "mobilephone IS NULL AND phone IS NULL AND email IS NULL",
        "mobilephone IS NULL AND contact IS NOT NULL",
        "mobilephone = 'call Jim'",
        "phone LIKE '%DESK'",
        "email LIKE '%;%'",
        "altname LIKE '=%'",
        "altname LIKE '%' || char(27) || '%'",
        "altname LIKE '%''%'",
        "parent IS NOT NULL",
        "defaultbillingaddress IS NULL",
        "custentity_time_zone IS NOT NULL",
    ],
)
def test_there_is_a_customer_that_is(seeded: World, condition: str) -> None:
    assert seeded.value(f"SELECT COUNT(*) FROM ns_customer WHERE {condition}")


def test_two_customers_share_a_number(seeded: World) -> None:
    rows = seeded.rows("SELECT mobilephone, phone FROM ns_customer WHERE id IN (120, 121)")
    written = {row["mobilephone"] or row["phone"] for row in rows}
    assert len(written) == 2
    assert {phonenumbers.parse(number, "US").national_number for number in written} == {5035550144}


def test_numbers_are_valid_except_those_that_are_meant_not_to_be(seeded: World) -> None:
    rows = seeded.rows(
        "SELECT c.mobilephone, a.country FROM ns_customer c JOIN ns_address a ON a.nkey = "
        "c.defaultbillingaddress"
        " WHERE c.mobilephone IS NOT NULL AND c.mobilephone NOT IN ('call Jim', '07700 900 456')"
    )
    wrong = [
        row["mobilephone"]
        for row in rows
        if not phonenumbers.is_valid_number(phonenumbers.parse(row["mobilephone"], row["country"]))
    ]
    assert (len(rows) > 35, wrong) == (True, [])


def test_money_waits_unapplied(seeded: World) -> None:
    rows = seeded.rows(
        "SELECT entity, type, foreignpaymentamountunused AS left FROM ns_transaction"
        " WHERE foreignpaymentamountunused > 0 ORDER BY entity"
    )
    assert [tuple(row) for row in rows] == [(122, "CustPymt", 1000), (123, "CustCred", 200)]


def test_books_of_every_invoice_add_up(seeded: World) -> None:
    wrong = seeded.rows(
        "SELECT tranid FROM ns_transaction WHERE type = 'CustInvc' AND status IN ('A', 'B')"
        " AND round(foreigntotal - foreignamountpaid - foreignamountunpaid, 4) <> 0"
    )
    assert wrong == []
