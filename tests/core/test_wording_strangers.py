"""Texts: what strangers cannot put into them, which letters they cost, and that this holds whatever comes."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nsquilio.core.model import Customer
from nsquilio.core.rules import Company
from nsquilio.core.segments import segments
from nsquilio.core.wording import LONGEST_TEXT, WordingFailed
from tests.core.wording_builders import ONE_INVOICE, a_text, an_item


def named(name):
    found = a_text("Hi {{ customer.name }}: {{ invoice }}", customer=Customer("1", name))
    return found.removeprefix("Example SaaS Inc.: Hi ").removesuffix(": INV-1042")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Acme\r\nReply YES to win", "Acme Reply YES to win"),
        ("Acme\x00\x1b[31m\x7f\u0085", "Acme[31m"),
        ("\u202eevil\u2066 \u200bname\ufeff", "evil name"),
        ("Cafe\u0301 Ltd", "Café Ltd"),
        ("Win at https://evil.example/x now", "Win at now"),
        ("Win at HTTPS://evil.example", "Win at"),
        ("www.evil.example", ""),
        ("see evil.example/x?y", "see"),
        ("see hthttp://a b://evil", "see"),
        ("see evil.example", "see evil. example"),
        ("see evil\u3002example/x", "see"),
        ("see https:\u2215\u2215evil.example", "see"),
        ("日本。株式会社", "日本. 株式会社"),
        ("see ｅｖｉｌ．example／x", "see"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("{{ company.contact }} {% raw %}", "{{ company. contact }} {% raw %}"),
        ("J.Smith & Sons", "J. Smith & Sons"),
        ("Acme, Inc. v1.2", "Acme, Inc. v1.2"),
        ("A/B Corp.", "A/B Corp."),
        ("x" * 500, "x" * 57 + "..."),
        ("", ""),
    ],
)
def test_name_of_a_customer_is_one_clean_line_without_links(name, shown):
    assert named(name) == shown


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "https://a b",
        "https://a\nb",
        "ftp://x",
        "http://é.example",
        "https://",
        "https://a/`",
    ],
)
def test_payment_link_is_a_web_address_or_nothing(address):
    assert a_text("{{ invoice }}[{{ invoice.payment_link }}]", [an_item(payment_link=address)]).endswith(
        "INV-1042[]"
    )


# --- encoding


def test_typographic_characters_are_folded_where_that_keeps_gsm():
    sms = "“{{ company.name }}”\u00a0– it’s {{ invoice }}…"

    assert a_text(sms) == '"Example SaaS Inc." - it\'s INV-1042...'


def test_they_stay_where_the_text_is_unicode_anyway():
    assert a_text("{{ company.name }}: “{{ invoice }}” 请付款。") == "Example SaaS Inc.: “INV-1042” 请付款。"


def test_emoji_count_twice():
    sms = "{{ company.name }} {{ invoice }} " + "😀" * 790

    with pytest.raises(WordingFailed, match="1,607 characters"):
        a_text(sms)


# --- whatever comes

GSM = (
    "".join(chr(n) for n in range(32, 127) if chr(n) not in "`{}%")
    + "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¡ÄÖÑÜ§¿äöñüà€"
)
TEMPLATES = [
    ONE_INVOICE,
    "{{ customer.name }}: {{ invoice.po }} {{ invoice.description }} {{ invoice.total }}",
    "{% for i in invoices %}{{ i.number }} {{ i.po }}\n{% endfor %}",
    "{{ count }} open, {{ total }}. Reply STOP to opt out.",
    "“{{ invoice.payment_link }}”",
]
anything = st.text(max_size=120)


def lists_of_items(words):
    return st.lists(
        st.builds(
            an_item,
            st.from_regex(r"[A-Z]{1,6}-[0-9]{1,8}", fullmatch=True),
            st.decimals(0, 10**9, places=2).map(str),
            currency=st.sampled_from(["USD", "EUR", "JPY", "KWD"]),
            days_past_due=st.integers(-30, 400),
            po=st.none() | words,
            description=st.none() | words,
            payment_link=st.none() | words,
            due_date=st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
        ),
        min_size=1,
        max_size=60,
        unique_by=lambda item: item.invoice.number,
    )


def check(found, items):
    assert len(found.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    hidden = {c for c in found if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")}
    assert hidden <= {"\n"}
    assert "example saas inc." in found.casefold()
    unnamed = [item.invoice.number for item in items if item.invoice.number not in found]
    assert not unnamed or f"and {len(unnamed)} more" in found.lower() or f"{len(items)} open" in found
    assert "STOP" in found


@settings(max_examples=150, deadline=None)
@given(name=anything, items=lists_of_items(anything), sms=st.sampled_from(TEMPLATES))
def test_whatever_strangers_write_the_text_keeps_its_promises(name, items, sms):
    check(a_text(sms, items, customer=Customer("1", name), first=True), items)


@settings(max_examples=100, deadline=None)
@given(
    name=st.text(GSM, max_size=80),
    items=lists_of_items(st.text(GSM, max_size=80)),
    sms=st.sampled_from(TEMPLATES),
)
def test_text_of_gsm_words_is_gsm(name, items, sms):
    found = a_text(sms, items, customer=Customer("1", name), first=True)

    check(found, items)
    assert segments(found).encoding == "GSM-7"


def test_company_with_a_typographic_name_is_named_once():
    joe = Company("Joe’s Diner", "America/New_York", "US", "USD", "")

    assert a_text("{{ company.name }}: {{ invoice }}", company=joe) == "Joe's Diner: INV-1042"
