"""Texts: what they name, how long they get, and what strangers cannot put into them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nsquilio.core.model import Customer
from nsquilio.core.rules import StepKind
from nsquilio.core.segments import segments
from nsquilio.core.wording import LONGEST_TEXT, WordingFailed, text_for
from tests.core.wording_builders import ACME, COMPANY, a_step, a_text, an_item, items_numbered

# --- one invoice


def test_text_says_what_the_template_says():
    assert a_text() == "Example SaaS Inc.: invoice INV-1042 for USD 1,250.00 is due 7 Mar 2026."


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

    assert a_text(words, [item]).split("|") == [
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

    found = a_text("{{ company.name }} {{ invoice }}: {{ invoice.po }}{{ invoice.due_date }}.", [bare])

    assert found == "Example SaaS Inc. INV-1042: ."


def test_company_is_named_where_the_template_forgets_it():
    assert a_text("Invoice {{ invoice.number }} is late.") == "Example SaaS Inc.: Invoice INV-1042 is late."
    assert a_text("EXAMPLE SAAS INC. waits for {{ invoice }}.") == "EXAMPLE SAAS INC. waits for INV-1042."


def test_invoice_is_named_where_the_template_forgets_it():
    found = a_text("{{ company.name }}: you owe us {{ total }}.")

    assert found == "Example SaaS Inc.: you owe us USD 1,250.00. (INV-1042)"


def test_lines_of_the_template_stay_and_blanks_go():
    found = a_text("{{ company.name }}:\r\n\n\n\n  {{ invoice.number }}   is late. \n")

    assert found == "Example SaaS Inc.:\n\nINV-1042 is late."


# --- opting out


def test_first_text_to_a_number_says_how_to_opt_out():
    assert a_text("{{ company.name }}: {{ invoice }} is late", first=True) == (
        "Example SaaS Inc.: INV-1042 is late. Reply STOP to opt out."
    )


def test_full_stop_is_not_put_on_the_end_of_a_link():
    found = a_text("{{ company.name }} {{ invoice }}: https://pay.example.com/i", first=True)

    assert found == "Example SaaS Inc. INV-1042: https://pay.example.com/i Reply STOP to opt out."


def test_template_that_says_it_is_left_as_it_is():
    sms = "{{ company.name }}: {{ invoice }} is late. Text STOP to end."

    assert a_text(sms, first=True) == a_text(sms) == "Example SaaS Inc.: INV-1042 is late. Text STOP to end."


def test_customer_called_stop_does_not_replace_the_opt_out():
    found = a_text(
        "{{ customer.name }}, {{ invoice }} is late.", customer=Customer("1", "STOP Signs"), first=True
    )

    assert found == "Example SaaS Inc.: STOP Signs, INV-1042 is late. Reply STOP to opt out."


def test_opt_out_in_a_branch_not_taken_does_not_count():
    sms = "{{ company.name }}: {{ invoice }} is late.{% if count > 5 %} Reply STOP.{% endif %}"

    assert a_text(sms, first=True).endswith("is late. Reply STOP to opt out.")


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

    found = a_text(texts, language=language, first=True)

    assert found == f"Example SaaS Inc.: INV-1042 ({base}). {opt_out}"
    assert segments(found).encoding == "GSM-7"


# --- languages


def test_language_is_chosen_exactly_then_by_its_base_then_by_default():
    texts = {"": "D {{ invoice }}", "fr": "F {{ invoice }}", "fr_ca": "C {{ invoice }}"}

    def chosen(language):
        return a_text(texts, language=language).removeprefix("Example SaaS Inc.: ")[0]

    assert [chosen(each) for each in ("fr_CA", "fr-ca", "fr_BE", "FR", "de", "")] == list("CCFFDD")


def test_default_text_that_is_a_copy_of_a_named_one_speaks_its_language():
    german = "Rechnung {{ invoice }} ist offen."

    found = a_text({"": german, "de": german, "en": "{{ invoice }}"}, language="pl", first=True)

    assert found.endswith("STOP, um keine SMS mehr zu erhalten.")


def test_customer_without_a_text_in_the_language_is_not_addressed_in_two():
    found = a_text({"": "{{ invoice }} is late."}, language="fr", first=True)

    assert found == "Example SaaS Inc.: INV-1042 is late. Reply STOP to opt out."


# --- several invoices


def test_template_of_one_invoice_gets_the_others_appended():
    items = [
        an_item("INV-1", "5", days_past_due=3),
        an_item("INV-2", "1250"),
        an_item("INV-3", "20", currency="EUR"),
    ]

    assert a_text(items=items) == (
        "Example SaaS Inc.: invoice INV-2 for USD 1,250.00 is due 7 Mar 2026. "
        "Also: INV-3 EUR 20.00 due 7 Mar 2026, INV-1 USD 5.00 due 7 Mar 2026. "
        "Total: USD 1,255.00 and EUR 20.00."
    )


def test_others_are_appended_after_a_template_that_forgets_the_first():
    found = a_text("{{ company.name }}: you are late", [an_item("INV-1"), an_item("INV-10")])

    assert found == (
        "Example SaaS Inc.: you are late (INV-1). Also: INV-10 USD 1,250.00 due 7 Mar 2026. "
        "Total: USD 2,500.00."
    )


def test_number_inside_a_longer_number_does_not_name_it():
    found = a_text("{{ company.name }} INV-10 {{ invoice.po }}", [an_item("INV-1")])

    assert found == "Example SaaS Inc. INV-10 (INV-1)"


def test_template_that_gives_the_total_gets_only_the_others_appended():
    found = a_text(
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

    assert a_text(sms, items_numbered(3)) == (
        "Example SaaS Inc.: INV-1000 USD 10.00, INV-1001 USD 10.00, and 1 more, in all USD 30.00."
    )


def test_template_that_counts_gets_the_numbers_in_brackets():
    found = a_text("{{ company.name }}: {{ count }} invoices are open.", items_numbered(3))

    assert found == "Example SaaS Inc.: 3 invoices are open. (INV-1000, INV-1001, INV-1002)"


def test_what_does_not_fit_is_the_least_overdue_and_is_counted():
    found = a_text(items=list(reversed(items_numbered(200))), first=True)

    assert len(found) <= LONGEST_TEXT
    named = [f"INV-{1000 + n}" for n in range(200) if f"INV-{1000 + n}" in found]
    assert named == [f"INV-{1000 + n}" for n in range(len(named))]
    assert found.endswith(f" and {200 - len(named)} more. Total: USD 2,000.00. Reply STOP to opt out.")
    one_more = a_text(items=items_numbered(len(named)), first=True)
    assert len(one_more) > LONGEST_TEXT - 70


def test_template_that_lists_gets_as_many_as_fit():
    line = "{{ i.number }} {{ i.balance }} {{ i.due_date }}; "
    sms = "{{ company.name }} {% for i in invoices %}" + line + "{% endfor %}"

    found = a_text(sms, items_numbered(120))

    shown = found.count("INV-")
    assert len(found) <= LONGEST_TEXT
    assert 30 < shown < 120
    assert found.endswith(f"; And {120 - shown} more. Total: USD 1,200.00.")


def test_paid_invoices_are_listed_with_what_they_were_about():
    paid = [an_item(f"INV-{n}", "0", total=Decimal("99.5"), days_past_due=1) for n in (1, 2)]

    found = a_text("{{ company.name }}: thanks for {{ invoice }}.", paid, kind=StepKind.PAID, days=0)

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
    found = a_text({"": "-", language: "{{ invoice }} " + filler + "."}, items_numbered(4), language=language)

    assert found.endswith(tail)
    assert segments(found).encoding == "GSM-7"


# --- what cannot be worded


def test_text_too_long_for_one_invoice_fails_by_itself():
    with pytest.raises(WordingFailed) as failed:
        a_text("{{ company.name }} {{ invoice }} " + "x" * 1600)

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
        a_text(sms, [an_item(po="x")])

    assert str(failed.value) == message


def test_template_that_grows_without_end_is_stopped():
    nested = "{% for a in w %}" * 6 + "{{ a }}" + "{% endfor %}" * 6

    with pytest.raises(WordingFailed, match="the template makes more than 200,000 characters"):
        a_text("{% set w = 'abcdefghijklmnopqrst' %}" + nested)


def test_step_without_a_text_and_message_without_an_invoice_are_refused():
    with pytest.raises(WordingFailed, match="step late-7 has no text for sms"):
        a_text({})
    with pytest.raises(WordingFailed, match="step late-7 has no invoice to write about"):
        text_for(a_step(), [], ACME, COMPANY, "", False)
