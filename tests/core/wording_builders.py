"""Invoices, steps and a company with defaults, for tests of what customers read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from nsquilio.core.model import Customer, Invoice
from nsquilio.core.rules import Company, MailText, Step, StepKind
from nsquilio.core.wording import TextItem, text_for

COMPANY = Company("Example SaaS Inc.", "America/New_York", "US", "USD", "+1 415 555 0100")
ACME = Customer(id="88", name="Acme Corp")
ONE_INVOICE = (
    "{{ company.name }}: invoice {{ invoice.number }} for {{ invoice.balance }} "
    "is due {{ invoice.due_date }}."
)


def an_item(number="INV-1042", balance="1250", *, currency="USD", days_past_due=7, **more):
    amount = Decimal(balance)
    values = {"due_date": date(2026, 3, 7), "balance": amount, "total": amount, **more}
    return TextItem(
        Invoice(id=number, number=number, customer_id="88", currency=currency, **values), days_past_due
    )


def items_numbered(count, **values):
    return [an_item(f"INV-{1000 + n}", "10", days_past_due=count - n, **values) for n in range(count)]


def a_step(sms=ONE_INVOICE, *, email=None, kind=StepKind.AFTER, days=7):
    texts = sms if isinstance(sms, dict) else {"": sms} if sms else {}
    mails = email if isinstance(email, dict) else {"": email} if email else {}
    return Step("late-7", kind, days, ("preferred",), None, texts, mails)


def a_mail(subject="Invoice {{ invoice.number }}", text="Hello {{ customer.name }}, pay it.", html=None):
    return MailText(subject, text, html)


def a_text(sms=ONE_INVOICE, items=None, *, customer=ACME, company=COMPANY, language="", first=False, **step):
    return text_for(a_step(sms, **step), items or [an_item()], customer, company, language, first)
