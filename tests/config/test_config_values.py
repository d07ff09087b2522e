"""Each key reads its own kind of value, as it is written; all else is an error that says what is right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from decimal import Decimal
from pathlib import Path

import pytest
from config_builders import AC, MG, a_config, load, problems, steps

from nsquilio.core.rules import END_OF_DAY, BalanceLimits, Hours, MailText, StepKind, text_for

DAY = (time(9), time(20))


def test_scalars_are_read_as_they_are_written(tmp_path: Path) -> None:
    text = a_config(
        twilio=f"twilio: {{account_sid: {AC}, from_number: +15551234567, inbound_numbers: [+15551234567]}}",
        more="contact_rules: {hours: {mon: 9:00-20:00}, holidays: NO}",
    )
    settings = load(tmp_path, text)
    assert settings.rules.company.country == "NO"
    assert settings.netsuite.account == "0123456"
    assert settings.twilio.from_number == "+15551234567"
    assert settings.twilio.inbound_numbers == ("+15551234567",)
    assert settings.rules.contact.hours == Hours((DAY, None, None, None, None, None, None))
    assert settings.rules.contact.holidays is False


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ('{mon-fri: "09:00-20:00"}', [DAY] * 5 + [None] * 2),
        (
            '{"mon,wed-thu": "09:00-20:00", sun: any}',
            [DAY, None, DAY, DAY, None, None, (time(0), END_OF_DAY)],
        ),
        ('{sat-mon: "9:00-20:00"}', [DAY, None, None, None, None, DAY, DAY]),
        ('{Monday: "08:30-24:00", sun: none}', [(time(8, 30), END_OF_DAY)] + [None] * 6),
    ],
)
def test_hours_take_days_ranges_lists_and_midnight(tmp_path: Path, written: str, days: list[object]) -> None:
    settings = load(tmp_path, a_config(more=f"contact_rules: {{hours: {written}}}"))
    assert settings.rules.contact.hours == Hours(tuple(days))  # type: ignore[arg-type]


def test_any_hour_is_none(tmp_path: Path) -> None:
    settings = load(tmp_path, a_config(more="contact_rules: {hours: any, email_hours: any}"))
    assert (settings.rules.contact.hours, settings.rules.contact.email_hours) == (None, None)
    assert "contact_rules.hours is any, so texts may arrive at night." in settings.warnings


@pytest.mark.parametrize(
    ("written", "limits"),
    [
        ("5.00", BalanceLimits(Decimal("5.00"), {})),
        ("none", BalanceLimits(None, {})),
        ("{USD: 5, JPY: 500}", BalanceLimits(None, {"USD": Decimal(5), "JPY": Decimal(500)})),
    ],
)
def test_balances_are_one_amount_or_one_by_currency(
    tmp_path: Path, written: str, limits: BalanceLimits
) -> None:
    text = steps("{id: a, days_after_due: 1, sms: x, channels: [sms]}") + f"  smallest_balance: {written}"
    assert load(tmp_path, a_config(reminders=text)).rules.reminders.smallest_balance == limits


def test_balance_of_a_currency_that_is_not_listed_has_no_limit() -> None:
    limits = BalanceLimits(None, {"USD": Decimal(5)})
    assert (limits.for_currency("USD"), limits.for_currency("EUR")) == (Decimal(5), None)


def test_texts_may_be_given_by_language_and_the_first_serves_everybody_else(tmp_path: Path) -> None:
    written = "{id: a, on: paid, sms: {NO: Takk, fr-CA: Merci}, email: {en: {subject: S, text: T}}}"
    step = load(tmp_path, a_config(reminders=steps(written))).rules.reminders.steps[0]
    assert step.sms == {"": "Takk", "no": "Takk", "fr_ca": "Merci"}
    assert step.email == {"": MailText("S", "T"), "en": MailText("S", "T")}
    assert (text_for(step.sms, "fr_CA"), text_for(step.sms, "no-NO"), text_for(step.sms, "")) == (
        "Merci",
        "Takk",
        "Takk",
    )
    assert text_for({}, "en") is None


def test_a_default_text_may_be_named(tmp_path: Path) -> None:
    step = "{id: a, on: created, channels: [sms], sms: {fr: Bonjour, default: Hello}}"
    loaded = load(tmp_path, a_config(reminders=steps(step))).rules.reminders.steps[0]
    assert loaded.sms == {"fr": "Bonjour", "": "Hello"}
    assert loaded.kind is StepKind.CREATED


def test_days_of_a_step_count_from_the_due_date(tmp_path: Path) -> None:
    written = steps(
        "{id: a, days_before_due: 5, channels: [sms], sms: x}",
        "{id: b, days_after_due: 0, channels: [sms], sms: x, good_for_days: 3}",
        "{id: c, on: changed, channels: [sms], sms: x}",
    )
    found = load(tmp_path, a_config(reminders=written)).rules.reminders.steps
    assert [(step.due_offset, step.good_for_days) for step in found] == [(-5, None), (0, 3), (None, None)]


def test_empty_means_none_where_a_value_may_be_absent(tmp_path: Path) -> None:
    text = a_config(netsuite="netsuite: {account: 1234567, customer: {channel: , sms_opt_out: , excluded: }}")
    customer = load(tmp_path, text).netsuite.customer
    assert (customer.channel, customer.sms_opt_out, customer.excluded) == (None, None, ())


def test_channel_values_are_compared_in_small_letters(tmp_path: Path) -> None:
    text = a_config(
        netsuite="netsuite: {account: 1234567, customer: {channel_values: {sms: [Handy], none: [Keine]}}}"
    )
    assert load(tmp_path, text).netsuite.customer.channel_values == {
        "handy": "sms",
        "email": "email",
        "keine": "none",
    }


def test_paths_are_of_the_configuration_or_of_the_home(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("x")
    more = (
        "credentials: {store: file, file: kept/c.enc, key_file: ~/key}\n"
        "http: {ca_file: ca.pem, proxy: http://proxy.example.com:3128}\nstate: {directory: /var/lib/x}\n"
        "monitoring: {ping_url: https://hc-ping.com/abc}"
    )
    settings = load(tmp_path, a_config(more=more))
    assert settings.credentials.file == tmp_path / "kept/c.enc"
    assert settings.credentials.key_file == tmp_path / "home/key"
    assert (settings.http.ca_file, settings.http.proxy) == (
        tmp_path / "ca.pem",
        "http://proxy.example.com:3128",
    )
    assert (settings.state_directory, settings.ping_url) == (Path("/var/lib/x"), "https://hc-ping.com/abc")


def test_account_is_written_in_capitals_and_makes_the_host(tmp_path: Path) -> None:
    text = a_config(
        profile="profile: staging",
        netsuite="netsuite: {account: 1234567_sb1}",
        more="allowed_recipients: [a@b.no]",
    )
    netsuite = load(tmp_path, text).netsuite
    assert (netsuite.account, netsuite.url) == (
        "1234567_SB1",
        "https://1234567-sb1.suitetalk.api.netsuite.com",
    )


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8080", "http://localhost", "https://[::1]:9/mock/netsuite"]
)
def test_base_url_of_this_machine_stands_for_all_hosts(tmp_path: Path, url: str) -> None:
    twilio = f"twilio: {{account_sid: {AC}, messaging_service_sid: {MG}, base_url: '{url}/'}}"
    settings = load(tmp_path, a_config(twilio=twilio))
    assert set(settings.twilio.urls.values()) == {url}
    assert not settings.all_loopback


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1.evil.example",
        "http://evil.example",
        "http://127.0.0.1@evil.example",
        "http://127.0.0.1:80@evil.example",
        "http://evil.example#127.0.0.1",
        "http://127.0.0.1\\@evil.example",
        "http://127.0.0.300",
        "http://0.0.0.0",
        "http://2130706433",
        "http://127.0.0.1:99999",
        "http://127.0.0.1/../x",
        "http://127.0.0.1/?x",
        "ftp://127.0.0.1",
        "//127.0.0.1",
        "http://localhost.evil.example",
    ],
)
def test_base_url_elsewhere_is_refused(tmp_path: Path, url: str) -> None:
    found = problems(tmp_path, a_config(netsuite=f"netsuite: {{account: 1, base_url: '{url}'}}"))
    assert len(found) == 1
    assert found[0].startswith("3: netsuite.base_url: ")
    assert found[0].endswith(
        " is not a loopback address, like http://127.0.0.1:8080; leave it empty for the real service"
    )


def wrong_values() -> Iterator[tuple[str, list[str]]]:
    """Pairs from wrong_values.txt: the lines behind ">" are written, the others are the problems expected."""
    table = Path(__file__).with_name("wrong_values.txt").read_text(encoding="utf-8")
    for block in table.strip().split("\n\n"):
        lines = block.splitlines()
        written = "\n".join(line[2:] for line in lines if line.startswith("> "))
        yield written, [line for line in lines if not line.startswith("> ")]


@pytest.mark.parametrize(("written", "expected"), list(wrong_values()))
def test_wrong_values_are_named_with_what_is_right(tmp_path: Path, written: str, expected: list[str]) -> None:
    section = written.partition(":")[0]
    assert [
        line.partition(": ")[2] for line in problems(tmp_path, a_config(**{section: written}))
    ] == expected


def test_certificates_that_are_not_there_are_named(tmp_path: Path) -> None:
    assert problems(tmp_path, a_config(http="http: {ca_file: no.pem}")) == [
        f"9: http.ca_file: there is no file {tmp_path / 'no.pem'}"
    ]


def test_recipients_are_numbers_or_addresses(tmp_path: Path) -> None:
    text = a_config(profile="profile: test", more="allowed_recipients: ['+1 (415) 555-0100', Me@Example.com]")
    assert load(tmp_path, text).rules.allowed_recipients == {"+14155550100", "me@example.com"}
