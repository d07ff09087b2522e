"""What cannot be true of several keys together, and keys that do not exist."""

from __future__ import annotations

from pathlib import Path

import pytest
from config_builders import AC, MG, a_config, load, problems, steps

from nsquilio.core.rules import Company, Step
from nsquilio.core.template_check import template_problems

LOOPBACK = {
    "netsuite": "netsuite: {account: 1234567, base_url: 'http://127.0.0.1:1'}",
    "twilio": f"twilio: {{account_sid: {AC}, messaging_service_sid: {MG}, base_url: 'http://127.0.0.1:1'}}",
    "email": "email: {sendgrid: {from: {email: ar@example.com}, base_url: 'http://127.0.0.1:1'}}",
}
ONE = "{id: a, days_after_due: 1, sms: x, channels: [sms]}"


def test_all_problems_are_shown_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = """
profile: production
company:
  name: Acme
  nam: Acme
  time_zone: UTC
  country: NO
  currency: NOK
netsuite:
  account: 1234567
  from_number: +15551234567
twilio:
  account_sid: AC11111111111111111111111111111111
  from_number: +15551234567
  auth_token: 0123456789abcdef0123456789abcdef
reminders:
  steps:
    - id: a
      days_after_due: 1
      smss: x
  steps: []
colour: red
"""
    assert problems(tmp_path, text) == [
        "3: company.contact: is missing",
        "5: company.nam: unknown key; did you mean 'name'?",
        "11: netsuite.from_number: unknown key; did you mean 'twilio.from_number'?",
        "15: twilio.auth_token: unknown key; secrets do not belong in this file, "
        "use `nsquilio credentials set NAME`",
        "18: reminders.steps[0].sms: is missing, and the step may use sms (channels: preferred)",
        "20: reminders.steps[0].smss: unknown key; did you mean 'sms'?",
        "21: reminders.steps: stands here a second time, first on line 17; keep one of them",
        "22: colour: unknown key; the keys here are profile, company, twilio, email, state, monitoring, "
        "netsuite, reminders, contact_rules, replies, limits, allowed_recipients, credentials, http, "
        "retention_years",
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "{id: a b, days_after_due: 1, sms: x, channels: [sms]}",
            [".id: 'a b' is not a step id: up to 40 letters, digits, '-' and '_', no blanks"],
        ),
        (
            "{id: a, sms: x, channels: [sms]}",
            [": a step needs one of days_before_due, days_after_due and on"],
        ),
        (
            "{id: a, days_after_due: 1, on: paid, sms: x, channels: [sms]}",
            [": a step needs one of days_before_due, days_after_due and on; it has days_after_due and on"],
        ),
        (
            "{id: a, days_before_due: 9, sms: x, channels: [sms]}",
            [".days_before_due: 9 is more than look_ahead_days (7), so its invoices would be read too late"],
        ),
        (
            "{id: a, days_before_due: 0, sms: x, channels: [sms]}",
            [".days_before_due: 0 is the due date itself; write days_after_due: 0"],
        ),
        (
            "{id: a, on: payed, sms: x, channels: [sms]}",
            [".on: 'payed' is not known here; did you mean 'paid'?"],
        ),
        (
            "{id: a, days_after_due: 1, sms: x}",
            [".email: is missing, and the step may use email (channels: preferred)"],
        ),
        (
            "{id: a, days_after_due: 1, channels: [sms, email], email: {subject: S, text: T}}",
            [".sms: is missing, and the step may use sms (channels: sms, email)"],
        ),
        (
            "{id: a, days_after_due: 1, sms: x, channels: [preferred, sms], email: {subject: S, text: T}}",
            [".channels: preferred stands alone: it is the customer's choice of one channel"],
        ),
        (
            "{id: a, days_after_due: 1, sms: x, channels: [sms, sms]}",
            [".channels: sms is named twice"],
        ),
        (
            "{id: a, days_after_due: 1, sms: x, channels: []}",
            [".channels: names no channel; it is preferred, sms, email, or sms and email"],
        ),
        (
            "{id: a, days_after_due: 1, sms: x, channels: sms}",
            [
                ".channels: must be a list, like [sms]",
                ".channels: names no channel; it is preferred, sms, email, or sms and email",
            ],
        ),
        (
            '{id: a, days_after_due: 1, sms: x, email: {subjet: S, text: "", subject: "a\\nBcc: b"}}',
            [
                ".email.subject: must be one line without tabs",
                ".email.text: is empty",
                ".email.subjet: unknown key; did you mean 'subject'?",
            ],
        ),
        (
            "{id: a, days_after_due: 1, sms: x, email: Hello}",
            [".email: must be {subject: …, text: …}, or that for each language"],
        ),
        (
            "{id: a, days_after_due: 1, sms: {english: x, en: [y]}, email: {klingon: {subject: S, text: T}}}",
            [
                ".sms.english: 'english' is not a language, like en, de or fr_CA",
                ".sms.en: must be one value, not a list",
                ".email.klingon: 'klingon' is not a language, like en, de or fr_CA",
            ],
        ),
        ("late", [": must be a mapping of keys to values"]),
    ],
)
def test_impossible_steps_are_named(tmp_path: Path, written: str, expected: list[str]) -> None:
    found = problems(tmp_path, a_config(reminders=steps(written)))
    assert [line.removeprefix("8: reminders.steps[0]") for line in found] == expected


def test_no_two_steps_share_an_id_or_a_day(tmp_path: Path) -> None:
    text = steps(ONE, "{id: A, days_after_due: 2, sms: x, channels: [sms]}", ONE.replace("id: a", "id: b"))
    assert problems(tmp_path, a_config(reminders=text)) == [
        "9: reminders.steps[1].id: 'A' is the id of the step on line 8 too",
        "10: reminders.steps[2]: step 'b' begins on the same day as 'a'; only one could be sent",
    ]


def test_reminders_need_steps_but_may_have_none_on_purpose(tmp_path: Path) -> None:
    assert problems(tmp_path, a_config(reminders="")) == [
        "1: reminders: needs steps: a list of at least one reminder step"
    ]
    settings = load(tmp_path, a_config(reminders="reminders: {steps: []}"))
    assert settings.warnings == ("reminders.steps is empty, so nobody will be reminded.",)


def test_smallest_balance_above_the_largest_is_an_error(tmp_path: Path) -> None:
    text = steps(ONE) + "  smallest_balance: {USD: 9, EUR: 1}\n  largest_balance: {USD: 8, EUR: 2}"
    assert problems(tmp_path, a_config(reminders=text)) == [
        "9: reminders.smallest_balance: 9 USD is above largest_balance 8 USD; no invoice would ever be sent"
    ]


def test_without_a_mail_service_preferred_means_a_text_and_email_is_an_error(tmp_path: Path) -> None:
    only_sms = "{id: a, days_after_due: 1, sms: x}"
    settings = load(tmp_path, a_config(email="", reminders=steps(only_sms)))
    assert (settings.sendgrid, settings.rules.email) == (None, False)
    mail = "{id: a, days_after_due: 1, channels: [email], email: {subject: S, text: T}}"
    assert problems(tmp_path, a_config(email="", reminders=steps(mail))) == [
        "7: reminders.steps[0].channels: e-mail needs a mail service; fill in email.sendgrid"
    ]


@pytest.mark.parametrize(
    ("sender", "expected"),
    [
        (
            f", messaging_service_sid: {MG}, from_number: +15551234567",
            ".from_number: leave it out: messaging_service_sid chooses the sender already",
        ),
        ("", ": needs a sender: messaging_service_sid or from_number"),
        (
            ", messaging_service_sid: ",
            ".messaging_service_sid: has no value, and texts need a sender: messaging_service_sid or "
            "from_number",
        ),
    ],
)
def test_texts_need_exactly_one_sender(tmp_path: Path, sender: str, expected: str) -> None:
    found = problems(tmp_path, a_config(twilio=f"twilio: {{account_sid: {AC}{sender}}}"))
    assert found == [f"4: twilio{expected}"]


def test_netsuite_sandbox_is_never_production(tmp_path: Path) -> None:
    for account in ("1234567_SB1", "1234567_RP", "TSTDRV123", "tstdrv123_x"):
        assert problems(tmp_path, a_config(netsuite=f"netsuite: {{account: {account}}}")) == [
            f"1: profile: {account.upper()} is a NetSuite sandbox, so the profile must not be named "
            "production; call it staging"
        ]


def test_built_in_sandbox_keeps_its_place_among_the_states(tmp_path: Path) -> None:
    mine = {"profile": "profile: sandbox", "allowed_recipients": "allowed_recipients: [a@b.no]"}
    assert problems(tmp_path, a_config(**mine)) == [
        "1: profile: sandbox is the built-in sandbox's place among the states; choose another name, "
        "like staging"
    ]
    assert load(tmp_path, a_config(**mine, **LOOPBACK)).profile == "sandbox"
    assert load(tmp_path, a_config(**mine, state="state: {directory: x}")).state_directory == tmp_path / "x"


@pytest.mark.parametrize("written", ["", "allowed_recipients: []", "allowed_recipients:"])
def test_every_profile_but_production_says_whom_it_may_write_to(tmp_path: Path, written: str) -> None:
    line = 9 if written else 1
    text = a_config(profile="profile: staging", allowed_recipients=written)
    assert problems(tmp_path, text) == [
        f"{line}: allowed_recipients: this profile is not production, so it needs the numbers and addresses "
        "it may write to"
    ]


def test_wrong_recipients_are_named_and_not_called_missing(tmp_path: Path) -> None:
    text = a_config(profile="profile: staging", allowed_recipients="allowed_recipients: [5551234]")
    assert problems(tmp_path, text) == [
        "9: allowed_recipients[0]: '5551234' is not a phone number in international form (begin with + and "
        "the country code), like +14155550100"
    ]


def test_on_this_machine_alone_nobody_is_allowed_until_somebody_is_named(tmp_path: Path) -> None:
    staging = {"profile": "profile: staging", **LOOPBACK}
    settings = load(tmp_path, a_config(**staging))
    assert (settings.all_loopback, settings.rules.allowed_recipients) == (True, frozenset())
    anybody = load(tmp_path, a_config(**staging, allowed_recipients="allowed_recipients: any"))
    assert anybody.rules.allowed_recipients is None


def test_anybody_is_for_this_machine_alone(tmp_path: Path) -> None:
    text = a_config(profile="profile: staging", allowed_recipients="allowed_recipients: any")
    assert problems(tmp_path, text) == [
        "9: allowed_recipients: any is for profiles whose base URLs are all loopback addresses"
    ]


def test_a_list_that_production_would_ignore_is_an_error(tmp_path: Path) -> None:
    assert load(tmp_path, a_config()).rules.allowed_recipients is None
    assert problems(tmp_path, a_config(allowed_recipients="allowed_recipients: [a@b.no]")) == [
        "9: allowed_recipients: does not limit production; empty it, or rename the profile to write to these "
        "alone"
    ]


def test_a_key_beside_the_encrypted_file_is_a_warning(tmp_path: Path) -> None:
    text = a_config(credentials="credentials: {store: file, key_file: s/key}", state="state: {directory: s}")
    assert load(tmp_path, text).warnings == (
        "credentials.key_file is in the state directory, so a copy of that opens the credentials.",
    )


def test_templates_are_judged_by_whoever_knows_them(tmp_path: Path) -> None:
    def judge(step: Step, company: Company, unset: frozenset[str]) -> list[str]:
        return [f"sms: {company.name} is in trouble", "something else"] if step.id == "late" else []

    assert problems(tmp_path, a_config(), check_templates=judge) == [
        "8: reminders.steps[0].sms: Acme is in trouble",
        "8: reminders.steps[0]: something else",
    ]


@pytest.mark.parametrize(
    ("invoice", "unset"),
    [
        ("", {"payment_link"}),
        ("{po: , description: , payment_link: custbody_link}", {"po", "description"}),
    ],
)
def test_templates_are_judged_by_the_columns_that_fill_them(
    tmp_path: Path, invoice: str, unset: set[str]
) -> None:
    judged = []
    netsuite = f"netsuite: {{account: 0123456{invoice and f', invoice: {invoice}'}}}"
    load(tmp_path, a_config(netsuite=netsuite), check_templates=lambda *given: judged.append(given[2]) or [])

    assert judged == [unset]


def test_text_with_a_payment_link_that_no_column_holds_does_not_load(tmp_path: Path) -> None:
    text = steps(
        '{id: a, days_after_due: 1, channels: [sms], sms: "pay {{ invoice }} at {{ invoice.payment_link }}"}'
    )
    assert problems(tmp_path, a_config(reminders=text), check_templates=template_problems) == [
        "8: reminders.steps[0].sms: payment_link is empty for every invoice, for netsuite.invoice.payment_link "
        "names no column: name one, or ask first: {% if invoice.payment_link %}…{% endif %}"
    ]


def test_template_problems_stand_on_the_line_of_their_text(tmp_path: Path) -> None:
    text = """reminders:
  steps:
    - id: a
      days_after_due: 1
      sms:
        en: Pay
        fr-CA: Payez
      email:
        subject: S
        text: T
"""
    found = ["sms (fr_ca): no such name", "sms: too long", "email.subject: not\nthis", "email: at all"]
    assert problems(tmp_path, a_config(reminders=text), check_templates=lambda *_: found) == [
        "10: reminders.steps[0].sms: too long",
        "12: reminders.steps[0].sms.fr-CA: no such name",
        "13: reminders.steps[0].email: at all",
        "14: reminders.steps[0].email.subject: not this",
    ]


def test_templates_of_a_step_with_problems_are_not_judged(tmp_path: Path) -> None:
    written = steps("{id: a b, days_after_due: 1, sms: x, channels: [sms]}")
    found = problems(tmp_path, a_config(reminders=written), check_templates=lambda *_: ["no"])
    assert [line for line in found if line.endswith(": no")] == []


@pytest.mark.parametrize(
    ("channels", "mail", "reached"),
    [
        ("[preferred]", True, {"sms", "email"}),
        ("[preferred]", False, {"sms"}),
        ("[sms]", True, {"sms"}),
        ("[email]", True, {"email"}),
        ("[sms, email]", True, {"sms", "email"}),
    ],
)
def test_channels_are_those_that_the_steps_may_use(
    tmp_path: Path, channels: str, mail: bool, reached: set[str]
) -> None:
    step = f"{{id: a, days_after_due: 1, channels: {channels}, sms: x, email: {{subject: S, text: T}}}}"
    settings = load(tmp_path, a_config(reminders=steps(step), **({} if mail else {"email": ""})))

    assert settings.rules.channels == reached
