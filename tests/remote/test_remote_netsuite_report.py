"""What NetSuite tells for the report, asked of the sandbox."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from nsquilio.remote.netsuite import NetSuite
from nsquilio.remote.netsuite_report import newest_payment, payments_from, receivables, settled_since
from nsquilio.sandbox import control
from tests.jobs.night import Night, open_night

FEBRUARY = date(2026, 2, 1), date(2026, 2, 28)


@pytest.fixture
def night(tmp_path: Path):  # type: ignore[no-untyped-def]
    with open_night(tmp_path) as opened:
        yield opened


def netsuite(night: Night) -> NetSuite:
    return night.services(dry_run=True).netsuite


def numbers(night: Night) -> set[str]:
    pages = receivables(netsuite(night), *FEBRUARY, "USD")
    return {invoice.number for page in pages for invoice in page}


def test_invoices_open_issued_due_or_closed_since_the_month_began_are_read(night: Night) -> None:
    control.new_invoice(
        night.world, "Acme Corp", Decimal(5), date(2026, 2, 9), number="DUE", entered=date(2025, 12, 1)
    )
    control.pay(night.world, "DUE", on=date(2025, 12, 9))
    control.new_invoice(
        night.world, "Acme Corp", Decimal(5), date(2026, 5, 1), number="LATER", entered=date(2026, 3, 1)
    )

    found = numbers(night)

    assert {"INV-1042", "DUE"} <= found
    assert "LATER" not in found


def test_voided_invoices_are_nobodys_receivable(night: Night) -> None:
    control.void_invoice(night.world, "INV-1042")

    assert "INV-1042" not in numbers(night)


def test_payments_of_many_weeks_are_each_read_once(night: Night) -> None:
    for week in range(9):
        number = f"WEEK-{week}"
        day = date(2026, 1, 1) + timedelta(weeks=week)
        control.new_invoice(night.world, "Acme Corp", Decimal(7), day, number=number, entered=day)
        control.pay(night.world, number, on=day)
    control.new_invoice(
        night.world, "Acme Corp", Decimal(7), date(2026, 3, 1), number="AHEAD", entered=date(2026, 3, 1)
    )
    control.pay(night.world, "AHEAD", on=date(2026, 3, 9))

    found = list(payments_from(netsuite(night), date(2026, 1, 1), date(2026, 3, 2), "USD"))

    ours = [payment for payment in found if payment.amount == 7]
    assert len(ours) == len({payment.payment_id for payment in ours}) == 10


def test_settled_invoices_close_on_the_day_of_their_last_payment(night: Night) -> None:
    control.new_invoice(
        night.world, "Acme Corp", Decimal(9), date(2026, 2, 1), number="TWICE", entered=date(2026, 1, 1)
    )
    control.pay(night.world, "TWICE", Decimal(4), on=date(2026, 2, 5))
    control.pay(night.world, "TWICE", Decimal(5), on=date(2026, 2, 11))
    control.pay(night.world, "INV-1042", Decimal(5))

    found = [each for page in settled_since(netsuite(night), date(2026, 2, 4)) for each in page]

    assert [(each.due, each.closed) for each in found if each.closed.day == 11] == [
        (date(2026, 2, 1), date(2026, 2, 11))
    ]
    assert "1042" not in {each.invoice_id for each in found}


def test_newest_payment_is_told_with_its_time(night: Night) -> None:
    before = newest_payment(netsuite(night))
    night.clock.move(hours=3)
    control.pay(night.world, "INV-1042", on=date(2026, 1, 1))

    assert before is not None and before < night.clock.now
    assert newest_payment(netsuite(night)) == night.clock.now


def test_account_without_currencies_has_the_companys(night: Night) -> None:
    control.single_currency(night.world)

    pages = receivables(netsuite(night), *FEBRUARY, "EUR")

    assert {invoice.currency for page in pages for invoice in page} == {"EUR"}
