"""Texts: what they name, how long they get, and what strangers cannot put into them."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nsquilio.core.model import Customer
from nsquilio.core.rules import Company, StepKind
from nsquilio.core.segments import segments
from nsquilio.core.wording import LONGEST_TEXT, WordingFailed, text_for
from tests.core.wording_builders import ACME, COMPANY, ONE_INVOICE, a_step, an_item, items_numbered


def text(sms=ONE_INVOICE, items=None, *, customer=ACME, company=COMPANY, language="", first=False, **step):
    return text_for(a_step(sms, **step), items or [an_item()], customer, company, language, first)


# --- one invoice


def test_text_says_what_the_template_says():
    assert text() == "Example SaaS Inc.: invoice INV-1042 for USD 1,250.00 is due 7 Mar 2026."


def test_every_name_is_plain_words():
    words = (
        "{{ company.name }}|{{ company.contact }}|{{ customer.name }}|{{ step }}|{{ count }}|{{ total }}|"
        "{{ invoice.number }}|{{ invoice.balance }}|{{ invoice.total }}|{{ invoice.due_date }}|"
        "{{ invoice.days_past_due }}|{{ invoice.days_until_due }}|{{ invoice.po }}|{{ invoice.description }}|"
        "{{ invoice.payment_link }}|{{ invoice }}|{{ invoices }}|{{ customer }}|{{ company }}"
    )
    item = an_item(
        balance="1250",
        currency="JPY",
        total=Decimal("2000.4"),
        po="PO-7",
        description="March services",
        payment_link="https://pay.example.com/i?id=1",
    )

    assert text(words, [item]).split("|") == [
        "Example SaaS Inc.",
        "+1 415 555 0100",
        "Acme Corp",
        "late-7",
        "1",
        "JPY 1,250",
        "INV-1042",
        "JPY 1,250",
        "JPY 2,000",
        "7 Mar 2026",
        "7",
        "-7",
        "PO-7",
        "March services",
        "https://pay.example.com/i?id=1",
        "INV-1042",
        "[INV-1042]",
        "Acme Corp",
        "Example SaaS Inc.",
    ]


def test_what_is_empty_is_an_empty_word():
    bare = an_item(due_date=None)

    found = text("{{ company.name }} {{ invoice }}: {{ invoice.po }}{{ invoice.due_date }}.", [bare])

    assert found == "Example SaaS Inc. INV-1042: ."


def test_company_is_named_where_the_template_forgets_it():
    assert text("Invoice {{ invoice.number }} is late.") == "Example SaaS Inc.: Invoice INV-1042 is late."
    assert text("EXAMPLE SAAS INC. waits for {{ invoice }}.") == "EXAMPLE SAAS INC. waits for INV-1042."


def test_invoice_is_named_where_the_template_forgets_it():
    found = text("{{ company.name }}: you owe us {{ total }}.")

    assert found == "Example SaaS Inc.: you owe us USD 1,250.00. (INV-1042)"


def test_lines_of_the_template_stay_and_blanks_go():
    found = text("{{ company.name }}:\r\n\n\n\n  {{ invoice.number }}   is late. \n")

    assert found == "Example SaaS Inc.:\n\nINV-1042 is late."


# --- opting out


def test_first_text_to_a_number_says_how_to_opt_out():
    assert text("{{ company.name }}: {{ invoice }} is late", first=True) == (
        "Example SaaS Inc.: INV-1042 is late. Reply STOP to opt out."
    )


def test_full_stop_is_not_put_on_the_end_of_a_link():
    found = text("{{ company.name }} {{ invoice }}: https://pay.example.com/i", first=True)

    assert found == "Example SaaS Inc. INV-1042: https://pay.example.com/i Reply STOP to opt out."


def test_template_that_says_it_is_left_as_it_is():
    sms = "{{ company.name }}: {{ invoice }} is late. Text STOP to end."

    assert text(sms, first=True) == text(sms) == "Example SaaS Inc.: INV-1042 is late. Text STOP to end."


def test_customer_called_stop_does_not_replace_the_opt_out():
    found = text(
        "{{ customer.name }}, {{ invoice }} is late.", customer=Customer("1", "STOP Signs"), first=True
    )

    assert found == "Example SaaS Inc.: STOP Signs, INV-1042 is late. Reply STOP to opt out."


def test_opt_out_in_a_branch_not_taken_does_not_count():
    sms = "{{ company.name }}: {{ invoice }} is late.{% if count > 5 %} Reply STOP.{% endif %}"

    assert text(sms, first=True).endswith("is late. Reply STOP to opt out.")


@pytest.mark.parametrize(
    ("language", "opt_out"),
    [
        ("es", "Responda STOP para darse de baja."),
        ("fr_CA", "Répondez STOP pour vous désabonner."),
        ("de", "Antworten Sie STOP, um keine SMS mehr zu erhalten."),
        ("pt-BR", "Responda STOP para cancelar."),
        ("it", "Rispondi STOP per non ricevere altri SMS."),
        ("nl", "Antwoord STOP om u af te melden."),
        ("xx", "Reply STOP to opt out."),
    ],
)
def test_opt_out_is_in_the_language_of_the_template(language, opt_out):
    base = language[:2]
    texts = {"": "{{ invoice }} is late.", base: f"{{{{ invoice }}}} ({base})."}

    found = text(texts, language=language, first=True)

    assert found == f"Example SaaS Inc.: INV-1042 ({base}). {opt_out}"
    assert segments(found).encoding == "GSM-7"


# --- languages


def test_language_is_chosen_exactly_then_by_its_base_then_by_default():
    texts = {"": "D {{ invoice }}", "fr": "F {{ invoice }}", "fr_ca": "C {{ invoice }}"}

    def chosen(language):
        return text(texts, language=language).removeprefix("Example SaaS Inc.: ")[0]

    assert [chosen(each) for each in ("fr_CA", "fr-ca", "fr_BE", "FR", "de", "")] == list("CCFFDD")


def test_default_text_that_is_a_copy_of_a_named_one_speaks_its_language():
    german = "Rechnung {{ invoice }} ist offen."

    found = text({"": german, "de": german, "en": "{{ invoice }}"}, language="pl", first=True)

    assert found.endswith("STOP, um keine SMS mehr zu erhalten.")


def test_customer_without_a_text_in_the_language_is_not_addressed_in_two():
    found = text({"": "{{ invoice }} is late."}, language="fr", first=True)

    assert found == "Example SaaS Inc.: INV-1042 is late. Reply STOP to opt out."


# --- several invoices


def test_template_of_one_invoice_gets_the_others_appended():
    items = [
        an_item("INV-1", "5", days_past_due=3),
        an_item("INV-2", "1250"),
        an_item("INV-3", "20", currency="EUR"),
    ]

    assert text(items=items) == (
        "Example SaaS Inc.: invoice INV-2 for USD 1,250.00 is due 7 Mar 2026. "
        "Also: INV-3 EUR 20.00 due 7 Mar 2026, INV-1 USD 5.00 due 7 Mar 2026. "
        "Total: USD 1,255.00 and EUR 20.00."
    )


def test_others_are_appended_after_a_template_that_forgets_the_first():
    found = text("{{ company.name }}: you are late", [an_item("INV-1"), an_item("INV-10")])

    assert found == (
        "Example SaaS Inc.: you are late (INV-1). Also: INV-10 USD 1,250.00 due 7 Mar 2026. "
        "Total: USD 2,500.00."
    )


def test_number_inside_a_longer_number_does_not_name_it():
    found = text("{{ company.name }} INV-10 {{ invoice.po }}", [an_item("INV-1")])

    assert found == "Example SaaS Inc. INV-10 (INV-1)"


def test_template_that_gives_the_total_gets_only_the_others_appended():
    found = text(
        "{{ company.name }}: {{ invoice }}, in all {{ total }}.", [an_item("INV-1"), an_item("INV-2")]
    )

    assert found == (
        "Example SaaS Inc.: INV-1, in all USD 2,500.00. Also: INV-2 USD 1,250.00 due 7 Mar 2026."
    )


def test_template_that_lists_invoices_is_left_as_it_is():
    sms = (
        "{{ company.name }}: {% for i in invoices[:2] %}{{ i.number }} {{ i.balance }}, {% endfor %}"
        "{% if count > 2 %}and {{ count - 2 }} more, {% endif %}in all {{ total }}."
    )

    assert text(sms, items_numbered(3)) == (
        "Example SaaS Inc.: INV-1000 USD 10.00, INV-1001 USD 10.00, and 1 more, in all USD 30.00."
    )


def test_template_that_counts_gets_the_numbers_in_brackets():
    found = text("{{ company.name }}: {{ count }} invoices are open.", items_numbered(3))

    assert found == "Example SaaS Inc.: 3 invoices are open. (INV-1000, INV-1001, INV-1002)"


def test_what_does_not_fit_is_the_least_overdue_and_is_counted():
    found = text(items=list(reversed(items_numbered(200))), first=True)

    assert len(found) <= LONGEST_TEXT
    named = [f"INV-{1000 + n}" for n in range(200) if f"INV-{1000 + n}" in found]
    assert named == [f"INV-{1000 + n}" for n in range(len(named))]
    assert found.endswith(f" and {200 - len(named)} more. Total: USD 2,000.00. Reply STOP to opt out.")
    one_more = text(items=items_numbered(len(named)), first=True)
    assert len(one_more) > LONGEST_TEXT - 70


def test_template_that_lists_gets_as_many_as_fit():
    line = "{{ i.number }} {{ i.balance }} {{ i.due_date }}; "
    sms = "{{ company.name }} {% for i in invoices %}" + line + "{% endfor %}"

    found = text(sms, items_numbered(120))

    shown = found.count("INV-")
    assert len(found) <= LONGEST_TEXT
    assert 30 < shown < 120
    assert found.endswith(f"; And {120 - shown} more. Total: USD 1,200.00.")


def test_paid_invoices_are_listed_with_what_they_were_about():
    paid = [an_item(f"INV-{n}", "0", total=Decimal("99.5"), days_past_due=1) for n in (1, 2)]

    found = text("{{ company.name }}: thanks for {{ invoice }}.", paid, kind=StepKind.PAID, days=0)

    assert found == "Example SaaS Inc.: thanks for INV-1. Also: INV-2 USD 99.50. Total: USD 199.00."


@pytest.mark.parametrize(
    ("language", "tail"),
    [
        ("es", "También: INV-1001 USD 10.00 vencimiento 7 Mar 2026 y otras 2. Total: USD 40.00."),
        ("fr", "Aussi: INV-1001 USD 10.00 échéance 7 Mar 2026 et 2 autres. Total: USD 40.00."),
        ("de", "Außerdem: INV-1001 USD 10.00 fällig 7 Mar 2026 und 2 weitere. Gesamt: USD 40.00."),
        ("pt", "Também: INV-1001 USD 10.00 vencimento 7 Mar 2026 e mais 2. Total: USD 40.00."),
        ("it", "Inoltre: INV-1001 USD 10.00 scadenza 7 Mar 2026 e altre 2. Totale: USD 40.00."),
        ("nl", "Ook: INV-1001 USD 10.00 vervaldatum 7 Mar 2026 en nog 2. Totaal: USD 40.00."),
    ],
)
def test_our_own_words_are_in_the_language_of_the_template_and_cheap(language, tail):
    filler = "x" * 1480
    found = text({"": "-", language: "{{ invoice }} " + filler + "."}, items_numbered(4), language=language)

    assert found.endswith(tail)
    assert segments(found).encoding == "GSM-7"


# --- what cannot be worded


def test_text_too_long_for_one_invoice_fails_by_itself():
    with pytest.raises(WordingFailed) as failed:
        text("{{ company.name }} {{ invoice }} " + "x" * 1600)

    assert str(failed.value) == (
        "1,627 characters about invoice INV-1042 alone, 1,600 at most: shorten the template of step late-7"
    )


@pytest.mark.parametrize(
    ("sms", "message"),
    [
        ("{{ invoice.po + 1 }}", 'can only concatenate str (not "int") to str'),
        ("{{ 1 / (count - 1) }}", "division by zero"),
        ("{% for i in invoices %}{{ i.colour }}{% endfor %}", "invoice has no attribute 'colour'"),
        ("{{ '%999999999s' % 'a' }}", "'%' is only for small calculations with numbers"),
        ("{{ 'a' * 999999999 }}", "'*' is only for small calculations with numbers"),
        ("{{ 2 ** count }}", "'**' is only for small calculations with numbers"),
        ("{{ 'a'.ljust(999999999) }}", "'ljust' cannot be called in a template"),
        ("{{ '{:>99999999}'.format('a') }}", "'format' cannot be called in a template"),
        ("{{ ''.__class__ }}", "access to attribute '__class__' of 'str' object is unsafe."),
        ("{% for i in range(9) %}{% endfor %}", "'range' is undefined"),
        ("{% for a in 'x' * 9 %}{% endfor %}", "'*' is only for small calculations with numbers"),
        ("{% include 'other' %}", "no loader for this environment specified"),
        ("  ", "the text of step late-7 is empty"),
        ("{{ }", "line 1: unexpected '}'"),
    ],
)
def test_template_that_fails_says_why(sms, message):
    with pytest.raises(WordingFailed) as failed:
        text(sms, [an_item(po="x")])

    assert str(failed.value) == message


def test_template_that_grows_without_end_is_stopped():
    nested = "{% for a in w %}" * 6 + "{{ a }}" + "{% endfor %}" * 6

    with pytest.raises(WordingFailed, match="the template makes more than 200,000 characters"):
        text("{% set w = 'abcdefghijklmnopqrst' %}" + nested)


def test_step_without_a_text_and_message_without_an_invoice_are_refused():
    with pytest.raises(WordingFailed, match="step late-7 has no text for sms"):
        text({})
    with pytest.raises(WordingFailed, match="step late-7 has no invoice to write about"):
        text_for(a_step(), [], ACME, COMPANY, "", False)


# --- strangers' text


def named(name):
    found = text("Hi {{ customer.name }}: {{ invoice }}", customer=Customer("1", name))
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
    ["javascript:alert(1)", "https://a b", "https://a\nb", "ftp://x", "http://é.example", "https://"],
)
def test_payment_link_is_a_web_address_or_nothing(address):
    assert text("{{ invoice }}[{{ invoice.payment_link }}]", [an_item(payment_link=address)]).endswith(
        "INV-1042[]"
    )


# --- encoding


def test_typographic_characters_are_folded_where_that_keeps_gsm():
    sms = "“{{ company.name }}”\u00a0– it’s {{ invoice }}…"

    assert text(sms) == '"Example SaaS Inc." - it\'s INV-1042...'


def test_they_stay_where_the_text_is_unicode_anyway():
    assert text("{{ company.name }}: “{{ invoice }}” 请付款。") == "Example SaaS Inc.: “INV-1042” 请付款。"


def test_emoji_count_twice():
    sms = "{{ company.name }} {{ invoice }} " + "😀" * 790

    with pytest.raises(WordingFailed, match="1,607 characters"):
        text(sms)


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
    check(text(sms, items, customer=Customer("1", name), first=True), items)


@settings(max_examples=100, deadline=None)
@given(
    name=st.text(GSM, max_size=80),
    items=lists_of_items(st.text(GSM, max_size=80)),
    sms=st.sampled_from(TEMPLATES),
)
def test_text_of_gsm_words_is_gsm(name, items, sms):
    found = text(sms, items, customer=Customer("1", name), first=True)

    check(found, items)
    assert segments(found).encoding == "GSM-7"


def test_company_with_a_typographic_name_is_named_once():
    joe = Company("Joe’s Diner", "America/New_York", "US", "USD", "")

    assert text("{{ company.name }}: {{ invoice }}", company=joe) == "Joe's Diner: INV-1042"
