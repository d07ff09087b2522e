"""E-mails: subject, text and page."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nsquilio.core.model import Customer
from nsquilio.core.rules import StepKind
from nsquilio.core.wording import LONGEST_MAIL, Mail, WordingFailed, mail_for
from tests.core.wording_builders import ACME, COMPANY, a_mail, a_step, an_item, items_numbered

TEXT = "Hello {{ customer.name }},\n\n{{ invoice }} for {{ invoice.balance }} is late.\n\n{{ company.name }}"


def mail(texts=None, items=None, *, customer=ACME, language="", **step):
    step = a_step(None, email=texts or a_mail(text=TEXT), **step)
    return mail_for(step, items or [an_item()], customer, COMPANY, language)


class _Words(HTMLParser):
    """The words of a page, cell by cell, and its links."""

    def __init__(self, html):
        super().__init__()
        self.words, self.links = [], []
        self.feed(html)

    def handle_data(self, data):
        if data.strip():
            self.words.append(" ".join(data.split()))

    def handle_starttag(self, tag, attrs):
        assert tag in {"html", "head", "meta", "body", "p", "br", "table", "tr", "th", "td", "a"}, tag
        self.links += [value for name, value in attrs if name == "href"]


def words(html):
    return _Words(html).words


def test_mail_about_one_invoice_says_what_the_template_says_and_shows_it():
    found = mail()

    assert found.subject == "Invoice INV-1042"
    assert found.text == "Hello Acme Corp,\n\nINV-1042 for USD 1,250.00 is late.\n\nExample SaaS Inc."
    assert words(found.html) == [
        "Hello Acme Corp,",
        "INV-1042 for USD 1,250.00 is late.",
        "Example SaaS Inc.",
        *("Invoice", "Due date", "Amount"),
        *("INV-1042", "7 Mar 2026", "USD 1,250.00"),
    ]


def test_mail_about_several_lists_the_others_and_the_total():
    items = [an_item("INV-1", days_past_due=3), an_item("INV-2", "20", currency="EUR")]

    found = mail(items=items)

    assert found.subject == "Invoice INV-2 (and 1 more)"
    assert found.text == (
        "Hello Acme Corp,\n\nINV-2 for EUR 20.00 is late.\n\nExample SaaS Inc.\n\n"
        "Also:\n- INV-1: USD 1,250.00, due 7 Mar 2026\nTotal: EUR 20.00 and USD 1,250.00"
    )
    assert words(found.html)[3:] == [
        *("Invoice", "Due date", "Amount"),
        *("INV-2", "7 Mar 2026", "EUR 20.00"),
        *("INV-1", "7 Mar 2026", "USD 1,250.00"),
        *("Total", "EUR 20.00 and USD 1,250.00"),
    ]


def test_template_that_lists_invoices_is_left_as_it_is():
    texts = a_mail(
        "{{ count }} invoices", "{{ company.name }}:\n{% for i in invoices %}\n- {{ i.number }}\n{% endfor %}"
    )

    found = mail(texts, items_numbered(2))

    assert (found.subject, found.text) == ("2 invoices", "Example SaaS Inc.:\n- INV-1000\n- INV-1001")
    assert words(found.html) == ["Example SaaS Inc.:", "- INV-1000", "- INV-1001"]


def test_template_that_names_no_invoice_gets_them_all_listed():
    texts = a_mail("Your account", "You are late.")

    assert mail(texts).text == (
        "You are late.\n\nInvoice:\n- INV-1042: USD 1,250.00, due 7 Mar 2026\n\nExample SaaS Inc."
    )
    assert mail(a_mail("Hi", "{{ count }} open."), items_numbered(2)).text == (
        "2 open.\n\nInvoice:\n- INV-1000: USD 10.00, due 7 Mar 2026\n- INV-1001: USD 10.00, due 7 Mar 2026\n"
        "Total: USD 20.00\n\nExample SaaS Inc."
    )


def test_payment_link_stands_in_the_table():
    found = mail(items=[an_item(payment_link="https://pay.example.com/i?a=1&b=2"), an_item("INV-2")])

    assert _Words(found.html).links == ["https://pay.example.com/i?a=1&b=2"]


def test_paid_invoice_has_no_payment_link():
    paid = an_item(balance="0", total=Decimal("99.5"), payment_link="https://pay.example.com/i")

    found = mail(items=[paid], kind=StepKind.PAID, days=0)

    assert _Words(found.html).links == []
    assert words(found.html)[-3:] == ["INV-1042", "7 Mar 2026", "USD 99.50"]


def test_strangers_html_is_shown_not_obeyed():
    evil = Customer("1", "<script>alert(1)</script> & <b>Co</b>")

    found = mail(customer=evil, items=[an_item('"><img src=x>')])

    assert words(found.html)[0] == "Hello <script>alert(1)</script> & <b>Co</b>,"
    assert "<script" not in found.html and "<img" not in found.html


def test_own_html_is_filled_with_escaped_words():
    own = a_mail(text=TEXT, html="<p>Hello {{ customer.name }}, {{ invoice.number }}</p>")

    assert mail(own, customer=Customer("1", "A & <B>")).html == "<p>Hello A &amp; &lt;B&gt;, INV-1042</p>"


@pytest.mark.parametrize("end", ["", "</body></html>"])
def test_own_html_of_one_invoice_gets_the_table_at_its_end(end):
    own = a_mail(text=TEXT, html=f"<p>{{{{ invoice.number }}}}</p>{end}")

    found = mail(own, items_numbered(2)).html

    assert words(found) == [
        "INV-1000",
        *("Invoice", "Due date", "Amount"),
        *("INV-1000", "7 Mar 2026", "USD 10.00"),
        *("INV-1001", "7 Mar 2026", "USD 10.00"),
        *("Total", "USD 20.00"),
    ]
    assert found.endswith(end)


def test_own_html_that_lists_is_left_as_it_is():
    own = a_mail(text=TEXT, html="{% for i in invoices %}<p>{{ i.number }}</p>{% endfor %}")

    assert mail(own, items_numbered(2)).html == "<p>INV-1000</p><p>INV-1001</p>"


def test_subject_is_one_short_line():
    texts = a_mail("Hello {{ customer.name }}\r\nBcc: all@example.com " + "x" * 500, TEXT)

    found = mail(texts, items_numbered(3), customer=Customer("1", "A\nTo: b@example.com")).subject

    assert found.startswith("Hello A To: b@example. com Bcc: all@example.com xxx")
    assert len(found) == 150


def test_subject_that_grew_still_says_how_many_more():
    found = mail(a_mail("{{ invoice }} " + "x" * 500, TEXT), items_numbered(3)).subject

    assert found.endswith("xxx... (and 2 more)") and len(found) == 150


def test_language_chooses_texts_and_our_own_words():
    texts = {"": a_mail("E {{ invoice }}", "{{ invoice }}"), "de": a_mail("D {{ invoice }}", "{{ invoice }}")}

    found = mail(texts, items_numbered(2), language="de_AT")

    assert found.subject == "D INV-1000 (und 1 weitere)"
    assert found.text == (
        "INV-1000\n\nAußerdem:\n- INV-1001: USD 10.00, fällig 7 Mar 2026\nGesamt: USD 20.00\n\n"
        "Example SaaS Inc."
    )
    assert words(found.html)[1:4] == ["Rechnung", "Fällig am", "Betrag"]


@pytest.mark.parametrize(
    "texts",
    [
        a_mail(text=TEXT),
        a_mail(text="{% for i in invoices %}{{ i.number }}: {{ i.balance }}\n{% endfor %}"),
        a_mail(text="{{ invoice }}", html="{% for i in invoices %}<p>{{ i.number }}</p>{% endfor %}"),
    ],
)
def test_mail_that_would_be_enormous_says_how_many_more(texts):
    found = mail(texts, items_numbered(9_000))

    assert LONGEST_MAIL * 0.9 < max(len(found.html), len(found.text)) <= LONGEST_MAIL
    for said in (found.text, found.html):
        shown = len(set(re.findall(r"INV-\d+", said)))
        assert f"and {9_000 - shown} more" in said


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (a_mail("  ", TEXT), "the subject of step late-7 is empty"),
        (a_mail("s", "{{ invoice.po }}"), "the mail of step late-7 is empty"),
        (a_mail("s", "{{ invoice }}" + "x" * 150_000), " characters about invoice INV-1042 alone"),
        (a_mail("s", TEXT, "{{ 1 / 0 }}"), "division by zero"),
    ],
)
def test_mail_that_cannot_be_worded_fails_by_itself(texts, message):
    with pytest.raises(WordingFailed) as failed:
        mail(texts)

    assert message in str(failed.value)


def test_step_without_a_mail_is_refused():
    with pytest.raises(WordingFailed, match="step late-7 has no text for email"):
        mail_for(a_step(), [an_item()], ACME, COMPANY, "")


@settings(max_examples=100, deadline=None)
@given(name=st.text(max_size=80), po=st.text(max_size=80), count=st.integers(1, 5))
def test_whatever_strangers_write_the_mail_keeps_its_promises(name, po, count):
    texts = a_mail("{{ customer.name }} {{ invoice.number }}", "Dear {{ customer.name }} {{ invoice.po }}")

    found: Mail = mail(texts, items_numbered(count, po=po), customer=Customer("1", name))

    for said in (found.subject, found.text, found.html):
        hidden = {c for c in said if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")}
        assert hidden <= {"\n"}
    assert "\n" not in found.subject
    for said in (found.text, " ".join(words(found.html))):
        assert "Example SaaS Inc." in said
        assert all(f"INV-{1000 + n}" in said for n in range(count))
