"""The JSON of `remind`: whole, readable by any reader, whatever stands in it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest

from nsquilio.core.model import Money, Reason
from nsquilio.jobs.results import Problem, RemindResult
from nsquilio.render.remind import write_json
from tests.render.screens import ESCAPES, NOW, a_decision, a_mail, a_message, a_result


def shown(result: RemindResult) -> dict[str, Any]:
    stream = StringIO()
    write_json(result, stream)
    text = stream.getvalue()
    assert text.isascii()
    assert text.endswith("}\n")
    assert text.count("\n") == 1
    found: dict[str, Any] = json.loads(text)
    return found


def test_a_decision_has_every_key_of_the_specification() -> None:
    found = shown(a_result(decisions=(a_decision(message_keys=("88:upcoming:1",), not_before=NOW),)))
    assert found["decisions"] == [
        {
            "invoice_id": "1042",
            "document_number": "INV-1042",
            "customer_id": "88",
            "customer": "Acme Corp",
            "due_date": "2026-03-15",
            "days_past_due": -5,
            "open_balance": {"amount": "9400.00", "currency": "USD"},
            "step": "upcoming",
            "action": "send",
            "reason": "due_window",
            "detail": "due in 5 days",
            "not_before": "2026-03-10T14:00:00Z",
            "message_keys": ["88:upcoming:1"],
        }
    ]


def test_what_is_missing_is_null() -> None:
    bare = a_decision(
        reason=Reason.NO_DUE_DATE, due_date=None, days_past_due=None, step=None, detail="", message_keys=()
    )
    (found,) = shown(a_result(decisions=(bare,)))["decisions"]
    empty = {name for name, value in found.items() if value is None}
    assert empty == {"due_date", "days_past_due", "step", "not_before"}
    assert found["message_keys"] == []


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        ("9400", "USD", "9400.00"),
        ("9400.5", "USD", "9400.50"),
        ("-0.05", "USD", "-0.05"),
        ("1E+3", "USD", "1000.00"),
        ("1.25E+5", "USD", "125000.00"),
        ("0E-10", "USD", "0.00"),
        ("12.345", "KWD", "12.345"),
        ("12.34", "KWD", "12.340"),
        ("1250", "JPY", "1250"),
        ("1250.00", "JPY", "1250"),
    ],
)
def test_amounts_have_the_digits_of_their_currency(amount: str, currency: str, written: str) -> None:
    one = a_decision(open_balance=Money(Decimal(amount), currency))
    (found,) = shown(a_result(decisions=(one,)))["decisions"]
    assert found["open_balance"] == {"amount": written, "currency": currency}


def test_hostile_texts_come_out_as_they_went_in() -> None:
    hostile = ESCAPES + '"\\},{\n\u2028\U0001f600'
    one = a_decision(
        customer=hostile,
        document_number=hostile,
        detail=hostile,
        step=hostile,
        message_keys=(hostile, "b"),
        open_balance=Money(Decimal(1), hostile),
    )
    (found,) = shown(a_result(decisions=(one,)))["decisions"]
    assert [found[name] for name in ("customer", "document_number", "detail", "step")] == [hostile] * 4
    assert found["message_keys"] == [hostile, "b"]
    assert found["open_balance"]["currency"] == hostile


def test_every_row_of_a_long_run_is_there_once_and_in_order() -> None:
    rows = tuple(
        a_decision(f"INV-{n}", due_date=date(2026, 3, 1) + timedelta(n), days_past_due=n)
        for n in range(1_234)
    )
    messages = [a_message(key=f"88:upcoming:{n}") for n in range(777)]
    found = shown(a_result(*messages, decisions=rows))
    assert [row["invoice_id"] for row in found["decisions"]] == [str(n) for n in range(1_234)]
    assert [row["days_past_due"] for row in found["decisions"]] == list(range(1_234))
    assert [row["message_key"] for row in found["messages"]] == [m.key for m in messages]


def test_head_and_tail_stand_around_the_rows() -> None:
    problem = Problem("fits_nothing", "No invoice", "Look again", 0)
    found = shown(a_result(a_message(), a_mail(), problems=(problem,), not_in_plan=("INV-7",)))
    assert list(found) == [
        "schema",
        "run_id",
        "as_of",
        "dry_run",
        "plan_hash",
        "plan_file",
        "totals",
        "decisions",
        "messages",
        "not_in_plan",
        "problems",
        "audit_head",
    ]
    assert found["totals"]["fetched"] == 2
    assert found["not_in_plan"] == ["INV-7"]
    assert found["problems"] == [
        {"code": "fits_nothing", "message": "No invoice", "next": "Look again", "exit_code": 0}
    ]


def test_a_run_that_read_nothing_is_an_object_too() -> None:
    found = shown(a_result())
    assert (found["decisions"], found["messages"]) == ([], [])
