"""The example that ships: it loads as it stands, and it is complete."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from config_builders import AC, MG, a_config, load

from nsquilio.config import build as building
from nsquilio.config import load_config
from nsquilio.config.problems import Problems
from nsquilio.config.yaml_source import Mapping, parse
from nsquilio.core.rules import StepKind
from nsquilio.core.template_check import template_problems

EXAMPLE = Path(__file__).parents[2] / "config.example.yaml"


def every_known_key(monkeypatch: pytest.MonkeyPatch, text: str) -> set[str]:
    seen: list[building.Known] = []

    class Remembered(building.Known):
        def __init__(self, problems: Problems) -> None:
            super().__init__(problems)
            seen.append(self)

    monkeypatch.setattr(building, "Known", Remembered)
    problems = Problems(EXAMPLE)
    root = parse(text, problems)
    assert isinstance(root, Mapping)
    building.build(root, problems, EXAMPLE, Path("/home/x"), None)
    return set(seen[0].keys)


def test_example_loads_as_it_stands_and_without_a_warning() -> None:
    settings = load_config(EXAMPLE, {}, Path("/home/x"), Path("/"))
    assert [warning for warning in settings.warnings if "reminders" in warning or "hours" in warning] == []
    assert [(step.id, step.kind, step.days) for step in settings.rules.reminders.steps] == [
        ("upcoming", StepKind.BEFORE, 5),
        ("late-1", StepKind.AFTER, 1),
        ("late-7", StepKind.AFTER, 7),
        ("late-14", StepKind.AFTER, 14),
        ("thanks", StepKind.PAID, 0),
    ]


def test_example_texts_can_be_worded() -> None:
    load_config(EXAMPLE, {}, Path("/home/x"), Path("/"), check_templates=template_problems)


def test_example_shows_every_key_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    mentioned = set(re.findall(r"[a-z_]+", text))
    keys = every_known_key(monkeypatch, text)
    assert {key for key in keys if key.rpartition(".")[2] not in mentioned} == {
        "reminders.steps[].email.html",
    }
    assert len(keys) > 90


def test_every_line_of_the_example_that_is_a_default_says_the_default(tmp_path: Path) -> None:
    shortest = load(tmp_path, a_config())
    example = load_config(EXAMPLE, {}, tmp_path / "home", tmp_path)
    assert example.rules.contact == shortest.rules.contact
    assert example.rules.replies == shortest.rules.replies
    assert example.rules.limits == shortest.rules.limits
    assert example.rules.reminders.smallest_balance == shortest.rules.reminders.smallest_balance
    assert example.rules.reminders.largest_balance == shortest.rules.reminders.largest_balance
    assert example.rules.reminders.look_ahead_days == shortest.rules.reminders.look_ahead_days
    assert example.netsuite.customer == shortest.netsuite.customer
    assert example.netsuite.invoice == shortest.netsuite.invoice
    assert (example.credentials, example.http) == (shortest.credentials, shortest.http)
    assert (example.retention_years, example.ping_url) == (5, None)
    assert example.state_directory == tmp_path / "home/.local/state/nsquilio/production"


def test_only_columns_the_file_names_must_be_in_netsuite(tmp_path: Path) -> None:
    named = "netsuite: {account: 0123456, customer: {sms_opt_out: custentity_sms_opt_out}}"
    assert load(tmp_path, a_config()).netsuite.customer.presumed == {
        "custentity_comm_channel",
        "custentity_sms_opt_out",
    }
    assert load(tmp_path, a_config(netsuite=named)).netsuite.customer.presumed == {"custentity_comm_channel"}


def test_words_of_the_specification_have_their_defaults(tmp_path: Path) -> None:
    settings = load(tmp_path, a_config())
    assert settings.twilio.account_sid == AC
    assert settings.twilio.messaging_service_sid == MG
    assert (settings.twilio.messages_per_second, settings.twilio.requests_in_flight) == (1.0, 4)
    assert settings.twilio.voicemail == ("recordings",)
    assert settings.twilio.urls["api"] == "https://api.twilio.com"
    assert settings.netsuite.url == "https://0123456.suitetalk.api.netsuite.com"
    assert (settings.netsuite.concurrency, settings.netsuite.log_to) == (2, "custom_record")
    assert settings.sendgrid is not None
    assert settings.sendgrid.url == "https://api.sendgrid.com"
    assert not settings.all_loopback


def test_importing_the_configuration_loads_no_yaml_and_nothing_heavy() -> None:
    code = "import sys, nsquilio.config; print(*sys.modules)"
    root = EXAMPLE.parent
    printed = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    heavy = {"yaml", "requests", "jinja2", "phonenumbers", "holidays", "keyring", "cryptography", "sqlite3"}
    assert heavy & set(printed.stdout.split()) == set()
