"""What is wrong with templates, told before anything is sent."""

from __future__ import annotations

import pytest

from nsquilio.core.rules import StepKind
from nsquilio.core.template_check import template_problems
from tests.core.wording_builders import COMPANY, ONE_INVOICE, a_mail, a_step

ALL_NAMES = "there are company, count, customer, invoice, invoices, step, total"


def problems(sms=ONE_INVOICE, email=None, **step):
    return template_problems(a_step(sms, email=email, **step), COMPANY)


@pytest.mark.parametrize("kind", list(StepKind))
def test_good_templates_have_no_problems(kind):
    listing = (
        "{% for i in invoices %}{{ i.number }} {{ i.balance }} {% endfor %}{{ total }} {{ count }} {{ step }}"
    )
    branches = "{% if invoice.po %}PO {{ invoice.po }}{% else %}{{ invoice.number }}{% endif %}"
    texts = {"": ONE_INVOICE, "de": listing, "fr": branches, "es": "Company and STOP are added."}

    assert problems(texts, a_mail(text=listing, html="<p>{{ customer.name|upper }}</p>"), kind=kind) == []


@pytest.mark.parametrize(
    ("sms", "problem"),
    [
        ("{{ invoce.number }}", "sms: 'invoce' is not known; did you mean 'invoice'?"),
        ("{{ invoice.numbr }}", "sms: 'invoice.numbr' is not known; did you mean 'invoice.number'?"),
        (
            "{{ zzz }}",
            f"sms: 'zzz' is not known; {ALL_NAMES}",
        ),
        (
            "{{ invoice }}{% if count > 99 %}{{ company.fax }}{% endif %}",
            "sms: 'company.fax' is not known; there are company.name, company.contact",
        ),
        ("Hi\n{{ invoice.number }", "sms: line 2: unexpected '}'"),
        (
            "{% if count %}",
            "sms: line 1: Unexpected end of template. Jinja was looking for the following tags: ",
        ),
        ("{{ invoice|colour }}", "sms: line 1: No filter named 'colour'."),
        (
            "{% for i in invoices %}{{ i.nr }}{% endfor %}",
            "sms: with one invoice: invoice has no attribute 'nr'",
        ),
        ("{{ 1 / (count - 3) }}", "sms: with several invoices: division by zero"),
        (
            "{{ [][0].x if not invoice.po else invoice }}",
            "sms: with one invoice without PO number, description and payment link: ",
        ),
        ("{{ invoice.po if count > 5 }}", "sms: with one invoice: the text of step late-7 is empty"),
        ("x" * 1700, "sms: with one invoice: 1,7"),
        ("é" * 2049, "sms: 4,098 bytes, 4,096 at most: shorten it"),
        (
            ONE_INVOICE + " https://bit.ly/x",
            "sms: carriers filter links of bit.ly: write the whole address",
        ),
        (
            ONE_INVOICE + " TinyURL.com/x",
            "sms: carriers filter links of TinyURL.com: write the whole address",
        ),
    ],
)
def test_each_problem_names_the_channel_and_what_to_do(sms, problem):
    found = problems(sms)

    assert len(found) == 1 and found[0].startswith(problem), found


def test_language_is_named():
    assert problems({"": ONE_INVOICE, "de": "{{ rechnung }}"}) == [
        f"sms (de): 'rechnung' is not known; {ALL_NAMES}"
    ]


def test_default_text_that_is_a_copy_is_told_once_under_its_name():
    wrong = "{{ invoice.numbr }}"

    assert problems({"": wrong, "en": wrong}) == [
        "sms (en): 'invoice.numbr' is not known; did you mean 'invoice.number'?"
    ]


def test_each_part_of_a_mail_is_named_and_all_problems_are_told_at_once():
    assert problems("{{ a }}", a_mail("{{ invoice.nmber }}", "{{ cont }}", "{% x %}")) == [
        f"sms: 'a' is not known; {ALL_NAMES}",
        "email.subject: 'invoice.nmber' is not known; did you mean 'invoice.number'?",
        "email.text: 'cont' is not known; did you mean 'count'?",
        "email.html: line 1: Encountered unknown tag 'x'.",
    ]


def test_mail_is_rendered_too():
    assert problems(email=a_mail("{{ 1 / 0 }}", "{{ invoice }}")) == [
        "email: with one invoice: division by zero"
    ]


def test_link_shortener_in_a_mail_is_nobodys_business():
    assert problems(email=a_mail("s", "{{ invoice }} https://bit.ly/x")) == []


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("{{ invoice.number.upper }}", "'upper' needs () behind it"),
        ("{{ invoice.number.format }}", "'format' needs () behind it"),
        ("{{ self }}", "what is written there is no text"),
        ("{{ none }}", "what is written there is no text"),
        ("{{ loop }}", "'loop'"),
    ],
)
def test_what_is_no_text_is_refused(written: str, words: str) -> None:
    (problem,) = problems(f"{written} {{{{ company.name }}}} {{{{ invoice.number }}}}")
    assert words in problem


def test_a_list_of_invoices_and_numbers_are_text() -> None:
    assert (
        problems("{{ invoices }} {{ count }} {{ count / 2 }} {{ invoice.number.lower() }} {{ count > 1 }}")
        == []
    )


UNSET = frozenset({"payment_link", "po"})
ALWAYS_EMPTY = (
    "sms: {0} is empty for every invoice, for netsuite.invoice.{0} names no column: name one, or ask first: "
    "{{% if invoice.{0} %}}…{{% endif %}}"
)


@pytest.mark.parametrize(
    "written",
    [
        "pay at {{ invoice.payment_link }} now",
        "pay at {{ invoice['payment_link'] }} now",
        "{{ invoice.payment_link|default('our site') }}",  # empty is not undefined
        "{% for i in invoices %}{{ i.payment_link }} {% endfor %}",
        "{{ invoices[0].payment_link }}",
        "{% if invoice.description %}{{ invoice.payment_link }}{% endif %}",
        "{{ company.contact and invoice.payment_link }}",
    ],
)
def test_word_that_no_column_fills_is_refused(written: str) -> None:
    step = a_step(f"{{{{ company.name }}}} {{{{ invoice.number }}}} {written}")

    assert template_problems(step, COMPANY, UNSET) == [ALWAYS_EMPTY.format("payment_link")]
    assert template_problems(step, COMPANY) == []


@pytest.mark.parametrize(
    "written",
    [
        "{% if invoice.payment_link %}pay at {{ invoice.payment_link }}{% endif %}",
        "{% if not invoice.payment_link %}call us{% else %}pay at {{ invoice.payment_link }}{% endif %}",
        "{% if count > 1 %}{% elif invoice.po %}PO {{ invoice.po }}{% endif %}",
        "{{ 'PO ' ~ invoice.po if invoice.po }}",
        "{{ invoice.payment_link or company.contact }}",
        "{{ invoice.po and 'PO ' ~ invoice.po }}",
        "{{ invoice.payment_link|default(company.contact, true) }}",
        "{{ invoice.payment_link|d(company.contact, boolean=true) }}",
        "{% for i in invoices if i.payment_link %}{{ i.payment_link }} {% endfor %}",
        "{% set link = invoice.payment_link %}{% if link %}{{ link }}{% endif %}",
        "{{ invoice.description }}",
    ],
)
def test_word_that_is_written_only_where_there_is_one_may_have_no_column(written: str) -> None:
    step = a_step(f"{{{{ company.name }}}} {{{{ invoice.number }}}} {written}")

    assert template_problems(step, COMPANY, UNSET) == []


def test_mails_are_asked_for_words_without_a_column_too() -> None:
    mail = a_mail("{{ invoice.po }}", "{{ invoice }}", "<p>{{ invoice.po }}</p>")
    found = template_problems(a_step(email=mail), COMPANY, UNSET)

    assert [words.partition(" is empty")[0] for words in found] == ["email.subject: po", "email.html: po"]
