"""Values of the core with defaults, so that a test names only what it is about.

Today is Tuesday 10 March 2026, 14:00 UTC: 10:00 in New York, where company and customers are.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from nsquilio.core.decide import make_plan
from nsquilio.core.inputs import Inputs, Narrowing
from nsquilio.core.model import (
    Blocks,
    Channel,
    Customer,
    Decision,
    History,
    Hold,
    HoldKind,
    Invoice,
    KeyState,
    Outcome,
    Payment,
    Plan,
)
from nsquilio.core.rules import (
    BalanceLimits,
    Company,
    ContactRules,
    Hours,
    Limits,
    MailText,
    ReminderRules,
    ReplyRules,
    Rules,
    Step,
    StepKind,
)

NOW = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)
NUMBER = "+12125550123"

DAY = (time(9), time(20))
WEEK = Hours((DAY, DAY, DAY, DAY, DAY, DAY, None))


def due_in(days: int) -> date:
    """Negative: that many days ago."""
    return TODAY + timedelta(days=days)


def a_step(id: str = "upcoming", kind: StepKind = StepKind.BEFORE, days: int = 5, **more: Any) -> Step:
    words = "{{ company.name }}: invoice {{ invoice.number }} for {{ invoice.balance }} is due {{ invoice.due_date }}."
    fields: dict[str, Any] = {
        "channels": ("preferred",),
        "good_for_days": None,
        "sms": {"": words},
        "email": {"": MailText("Invoice {{ invoice.number }}", words)},
        **more,
    }
    return Step(id=id, kind=kind, days=days, **fields)


STEPS = (
    a_step("upcoming", StepKind.BEFORE, 5),
    a_step("late-1", StepKind.AFTER, 1),
    a_step("late-7", StepKind.AFTER, 7),
)


def some_rules(*steps: Step, **more: Any) -> Rules:
    """`more`: fields of any of the parts."""

    def of(kind: type, **defaults: Any) -> Any:
        return kind(**{**defaults, **{name: more.pop(name) for name in list(more) if name in defaults}})

    rules = Rules(
        company=of(
            Company,
            name="Example SaaS Inc.",
            time_zone="America/New_York",
            country="US",
            currency="USD",
            contact="+1 415 555 0100",
        ),
        reminders=of(
            ReminderRules,
            look_ahead_days=7,
            smallest_balance=BalanceLimits(Decimal(5), {}),
            largest_balance=BalanceLimits(Decimal(50000), {}),
            fallback_to_email=True,
            steps=steps or STEPS,
        ),
        contact=of(
            ContactRules,
            hours=WEEK,
            email_hours=None,
            holidays=True,
            per_number_per_day=1,
            customer_contacts=2,
            customer_days=7,
            schedule_ahead=True,
        ),
        replies=of(ReplyRules, promises="draft", hold_on_dispute_days=5, hold_on_paid_claim_days=3),
        limits=of(Limits, messages_per_run=500, cost_per_run=Decimal(25), first_run=10, times_usual=3),
        profile="production",
        allowed_recipients=None,
        price_per_segment={"US": Decimal("0.0083")},
        messaging_service=True,
        email=True,
    )
    return replace(rules, **more)


IN_FIVE_DAYS = due_in(5)


def an_invoice(id: str = "1042", due: date | None = IN_FIVE_DAYS, **more: Any) -> Invoice:
    fields: dict[str, Any] = {
        "number": f"INV-{id}",
        "customer_id": "88",
        "balance": Decimal("1250.00"),
        "total": Decimal("1250.00"),
        "currency": "USD",
        **more,
    }
    return Invoice(id=id, due_date=due, **fields)


def a_customer(id: str = "88", **more: Any) -> Customer:
    fields: dict[str, Any] = {
        "name": "Acme Corp",
        "mobiles": ("(212) 555-0123",),
        "emails": ("ap@acme.example",),
        "country": "US",
        "subdivision": "NY",
        **more,
    }
    return Customer(id=id, **fields)


def a_hold(kind: HoldKind = HoldKind.PERSON, *, of_customer: bool = False, **more: Any) -> Hold:
    fields: dict[str, Any] = {
        "id": 1,
        "reason": "asked by Jo",
        "since": NOW - timedelta(days=30),
        "actor": "jo",
        **more,
    }
    return Hold(kind=kind, customer_id="88", invoice_id=None if of_customer else "1042", **fields)


def a_payment(kind: str = "payment", paid_on: date = TODAY, **more: Any) -> Payment:
    fields: dict[str, Any] = {
        "invoice_id": "1042",
        "payment_id": "5561",
        "amount": Decimal(1250),
        "created_at": NOW - timedelta(hours=1),
        **more,
    }
    return Payment(kind=kind, paid_on=paid_on, **fields)


def sent(outcome: Outcome = Outcome.SENT, **more: Any) -> KeyState:
    return KeyState(outcome, at=NOW - timedelta(days=1), **more)


def texted_for_good(failed: bool = True) -> KeyState:
    return sent(failed_for_good=failed, channel=Channel.SMS)


def plan(
    *invoices: Invoice,
    customers: tuple[Customer, ...] = (),
    rules: Rules | None = None,
    now: datetime = NOW,
    history: History | None = None,
    blocks: Blocks | None = None,
    narrowing: Narrowing | None = None,
) -> Plan:
    known = {customer.id: customer for customer in customers or (a_customer(),)}
    inputs = Inputs(
        customers=known,
        rules=rules or some_rules(),
        now=now,
        history=history or History(),
        blocks=blocks or Blocks(),
        narrowing=narrowing or Narrowing(),
        prices=(rules or some_rules()).price_per_segment,
    )
    return make_plan(invoices, inputs)


def decide_one(invoice: Invoice | None = None, customer: Customer | None = None, **more: Any) -> Decision:
    """The decision for one invoice of one customer."""
    made = plan(invoice or an_invoice(), customers=(customer or a_customer(),), **more)
    return made.decisions[0]
