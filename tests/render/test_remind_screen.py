"""The plan as the AR desk sees it: at 100 and 80 columns, without colour, masked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from nsquilio.core.model import Channel, Message, Money, Reason
from nsquilio.jobs.results import MessageRow, RemindResult
from nsquilio.render.remind_screen import print_remind
from tests.core.builders import TODAY, some_rules
from tests.render.screens import ESCAPES, NOW, a_decision, a_mail, a_message, a_reminder, a_result, screen


def shown(result: RemindResult, width: int = 100, **more: Any) -> list[str]:
    full = more.pop("full", False)
    return screen(lambda console: print_remind(result, some_rules(**more), console, full=full), width)


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def test_plan_is_read_in_a_minute() -> None:
    late = a_reminder("INV-7", days_past_due=7, step="late-7", balance=Money(Decimal("3100"), "EUR"))
    result = a_result(
        a_message(send_at=NOW + timedelta(hours=3)),
        a_message(
            late,
            to="+4915112345771",
            customer="Bolt GmbH",
            step="late-7",
            segments=2,
            estimated_cost=Decimal("0.21"),
            zones=("Europe/Berlin",),
            customer_id="9",
        ),
        a_mail(
            a_reminder("INV-8", balance=Money(Decimal("9050"), "GBP")), customer="Cato Ltd", customer_id="10"
        ),
        usual=("2026-03-02", 5),
        usual_today=4,
        payments_until=NOW - timedelta(hours=2, minutes=50),
    )

    assert shown(result) == [
        "DRY RUN - nothing is sent.   As of Tue 2026-03-10 10:00 America/New_York",
        "Plan 7f3a9c   NetSuite read 10:00:04, newest payment there Tue 03-10 07:10 (2 h 50 min ago)",
        "",
        "SEND 2 texts, 1 e-mail to 3 customers",
        "  CUSTOMER  TO                CH    STEP     INV OLDEST         AMOUNT THERE     SEG  COST",
        "  Acme Corp +1*****0100       sms   upcoming   1 due in 5 USD 9,400.00 Tue 10:00   1 0.008",
        "  Cato Ltd  a***@cato.example email upcoming   1 due in 5 GBP 9,050.00 07:00       -     -",
        "  Bolt GmbH +49*****5771      sms   late-7     1 7 late   EUR 3,100.00 15:00       2 0.210",
        "WAIT 0",
        "HOLD 0",
        "SKIP 0",
        "",
        "Invoices read 3 = in messages 3 + wait 0 + hold 0 + skip 0     Customers 1",
        "By currency  EUR 3,100.00 | GBP 9,050.00 | USD 9,400.00",
        "Cost about USD 0.22 of cap 25",
        "Usual for a Tuesday: 4. This run: 3. Busiest day of the last five weeks: 5 on 2026-03-02.",
        "Why one row: nsquilio why INVOICE-OR-CUSTOMER",
        "",
    ]


def test_at_80_columns_the_number_and_the_segments_go() -> None:
    head = shown(a_result(a_message(send_at=NOW, customer="Müller Maschinenbau GmbH")), 80)[4]

    assert head.split() == ["CUSTOMER", "CH", "STEP", "INV", "OLDEST", "AMOUNT", "THERE", "COST"]


def test_at_80_columns_a_full_list_keeps_the_number() -> None:
    lines = shown(a_result(a_message()), 80, full=True)

    assert "+14155550100" in lines[5]


def test_numbers_and_addresses_are_masked_unless_asked_for() -> None:
    result = a_result(a_message(), a_mail(to="jo@acme.example"))

    masked, full = "\n".join(shown(result)), "\n".join(shown(result, full=True))

    assert "4155550100" not in masked
    assert "jo@acme" not in masked
    assert "+14155550100" in full
    assert "jo@acme.example" in full


def test_largest_amounts_come_first() -> None:
    small, large = (
        a_message(a_reminder(f"INV-{n}", balance=usd(n)), customer=f"Of {n}") for n in ("5", "900")
    )

    assert [line.split()[1] for line in shown(a_result(small, large))[5:7]] == ["900", "5"]


def test_message_in_two_currencies_shows_each_and_adds_nothing() -> None:
    both = a_message(a_reminder(balance=usd("10")), a_reminder("INV-2", balance=Money(Decimal(7), "EUR")))

    lines = shown(a_result(both))

    assert "EUR 7.00" in lines[5]
    assert lines[6].strip() == "USD 10.00"
    assert "By currency  EUR 7.00 | USD 10.00" in lines


@pytest.mark.parametrize(
    ("prices", "words"),
    [
        ((None,), "Cost unknown: nobody tells the price of 1 text (cap 25)"),
        (
            (Decimal("0.008"), None, None),
            "Cost about USD 0.01 of cap 25, without 2 texts whose price nobody tells",
        ),
        ((), "Cost about USD 0.00 of cap 25"),
    ],
)
def test_unknown_costs_are_said_not_guessed(prices: tuple[Decimal | None, ...], words: str) -> None:
    texts = [a_message(estimated_cost=price) for price in prices]

    assert words in shown(a_result(*texts))


def test_text_without_a_price_shows_a_question_mark() -> None:
    assert shown(a_result(a_message(estimated_cost=None)))[5].endswith(" ?")


def test_waits_and_holds_are_named_with_what_to_do() -> None:
    waits = a_decision(
        "INV-1", Reason.PER_NUMBER_LIMIT, detail="1 text already", not_before=NOW + timedelta(days=1)
    )
    held = a_decision("INV-2", Reason.ABOVE_LARGEST_BALANCE, detail="USD 61,000.00 is above USD 50,000.00")

    lines = shown(a_result(decisions=(waits, held)))

    assert lines[4:9] == [
        "WAIT 1    per number limit 1",
        "  Acme Corp INV-1 USD 9,400.00 1 text already; not before Wed 03-11 10:00 EDT",
        "HOLD 1    above largest balance 1",
        "  Acme Corp INV-2 USD 9,400.00 USD 61,000.00 is above USD 50,000.00",
        "  Above largest balance: let it through once: nsquilio hold release INVOICE",
    ]


def test_skips_are_counted_by_reason() -> None:
    skips = [a_decision(f"INV-{n}", Reason.NOT_DUE) for n in range(3)] + [
        a_decision("INV-9", Reason.NO_CONTACT)
    ]

    assert "SKIP 4    not due 3, no contact 1" in shown(a_result(decisions=tuple(skips)))


def test_only_thirty_messages_are_shown_and_the_rest_counted() -> None:
    many = [a_message(customer=f"Customer {n}") for n in range(33)]

    lines = shown(a_result(*many))

    assert "  and 3 more; --full shows them" in lines
    assert not any("more;" in line for line in shown(a_result(*many), full=True))


def test_full_list_has_every_invoice_by_reason() -> None:
    result = a_result(
        a_message(),
        decisions=(a_decision(), a_decision("INV-9", Reason.NO_CONTACT, detail="no phone number")),
    )

    lines = shown(result, full=True)

    assert lines[-5:] == [
        "SEND due window 1",
        "  INV-1042 Acme Corp due in 5 USD 9,400.00 upcoming due in 5 days",
        "SKIP no contact 1",
        "  INV-9 Acme Corp due in 5 USD 9,400.00 upcoming no phone number",
        "",
    ]


def test_a_real_run_shows_what_became_of_each_message() -> None:
    result = a_result(a_message(), a_mail(), dry_run=False)
    rows = (replace(result.messages[0], status="scheduled"), replace(result.messages[1], status="rejected"))

    lines = shown(replace(result, messages=rows))

    assert lines[0].startswith("DONE.")
    assert lines[3] == "MESSAGES 1 text, 1 e-mail to 1 customer"
    assert sorted(line.split()[-1] for line in lines[5:7]) == ["rejected", "scheduled"]


def test_letter_that_makes_texts_dearer_is_named() -> None:
    lines = shown(a_result(a_message(breaker="ü", customer="Müller")))

    assert "Note: 'ü' makes 1 text UCS-2, 70 letters a segment: Müller" in lines


def test_saved_plan_and_what_dropped_out_of_it_are_told() -> None:
    lines = shown(a_result(a_message(), plan_file="/tmp/p.json", not_in_plan=("INV-3",)))

    assert "Not sent, because it is no longer due as planned: INV-3" in lines
    assert "Send it: nsquilio remind --plan /tmp/p.json" in lines


@pytest.mark.parametrize("width", [40, 80, 100])
@pytest.mark.parametrize("full", [True, False])
def test_hostile_names_neither_break_the_table_nor_reach_the_terminal(width: int, full: bool) -> None:
    hostile = {"customer": ESCAPES * 3, "document_number": ESCAPES, "detail": ESCAPES}
    message: Message = a_message(
        a_reminder(document_number=ESCAPES), customer=ESCAPES, to=ESCAPES, channel=Channel.SMS
    )
    decisions = tuple(
        a_decision("INV-1", reason, **hostile)
        for reason in (Reason.DUE_WINDOW, Reason.HOLIDAY, Reason.DISPUTE)
    )

    lines = shown(a_result(message, decisions=decisions, not_in_plan=(ESCAPES,)), width, full=full)

    assert len(lines) > 10


def test_arrival_on_another_day_names_the_day() -> None:
    result = a_result(a_message(local_day=TODAY, zones=("Asia/Tokyo",)))

    assert " Tue 23:00 " not in shown(result)[5]
    assert isinstance(result.messages[0], MessageRow)
    assert "Wed 00:00" in shown(replace(result, as_of=NOW + timedelta(hours=1)))[5]


def test_commands_on_the_screen_are_those_of_the_profile_that_was_asked_for() -> None:
    held = a_decision("INV-2", Reason.ABOVE_LARGEST_BALANCE, detail="USD 61,000.00 is above USD 50,000.00")
    result = a_result(decisions=(held,), plan_file="plan.json")

    lines = screen(
        lambda console: print_remind(
            result, some_rules(), console, full=False, command="nsquilio --config /etc/ar.yaml"
        )
    )

    assert [line.strip() for line in lines if "nsquilio" in line] == [
        "Above largest balance: let it through once: nsquilio --config /etc/ar.yaml hold release INVOICE",
        "Send it: nsquilio --config /etc/ar.yaml remind --plan plan.json",
        "Why one row: nsquilio --config /etc/ar.yaml why INVOICE-OR-CUSTOMER",
    ]
