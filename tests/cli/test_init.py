"""`init` writes a configuration that loads, never over another, with the store that works here under cron."""

from __future__ import annotations

import io
import os
import stat
import subprocess
import sys
import types
from pathlib import Path

import pytest

from nsquilio.__main__ import main
from nsquilio.config import Settings, load_config
from tests.credentials.credential_builders import a_keyring

ACCOUNT_SID = "AC" + "0" * 32
SERVICE = "MG" + "0" * 32
OPTIONS = {
    "--company": "Example SaaS Inc.",
    "--contact": "+1 415 555 0100",
    "--account": "1234567",
    "--twilio-account": ACCOUNT_SID,
    "--sender": SERVICE,
    "--time-zone": "America/New_York",
    "--store": "file",
}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def config_of(home: Path) -> Path:
    return home / ".config" / "nsquilio" / "config.yaml"


def init(*more: str, without: tuple[str, ...] = (), **changed: str) -> int:
    options = {**OPTIONS, **{f"--{name.replace('_', '-')}": value for name, value in changed.items()}}
    return main(["init", *(f"{n}={v}" for n, v in options.items() if n not in without), *more])


def loaded(home: Path) -> Settings:
    return load_config(None, {}, home, home)


def test_written_configuration_loads(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init(mail_from="ar@example.com") == 0
    settings = loaded(home)
    assert (settings.profile, settings.netsuite.account, settings.twilio.messaging_service_sid) == (
        "production",
        "1234567",
        SERVICE,
    )
    assert [step.id for step in settings.rules.reminders.steps] == [
        "upcoming-5",
        "late-1",
        "late-7",
        "late-14",
        "thanks",
    ]
    assert settings.warnings == ()
    company = settings.rules.company
    assert (company.country, company.currency, company.time_zone) == ("US", "USD", "America/New_York")
    out = capsys.readouterr().out
    assert out.startswith(f"Wrote {config_of(home)}.\n")


def test_next_three_commands_are_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    init()
    assert [line.strip().partition("  ")[0] for line in capsys.readouterr().out.splitlines()[-3:]] == [
        "nsquilio credentials create-certificate",
        "nsquilio credentials set",
        "nsquilio doctor",
    ]


def test_files_are_private(home: Path) -> None:
    init()
    assert stat.S_IMODE(config_of(home).stat().st_mode) == 0o600
    assert stat.S_IMODE(config_of(home).parent.stat().st_mode) == 0o700


def test_nothing_is_ever_overwritten(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config_of(home).parent.mkdir(parents=True)
    config_of(home).write_text("mine")
    assert init() == 3
    assert config_of(home).read_text() == "mine"
    assert capsys.readouterr().err.startswith(
        f"nsquilio: There is a configuration at {config_of(home)} already, and it is never overwritten."
    )


def test_dangling_link_is_not_written_through(home: Path) -> None:
    config_of(home).parent.mkdir(parents=True)
    config_of(home).symlink_to(home / "elsewhere")
    assert init() == 3
    assert not (home / "elsewhere").exists()


def test_another_place_is_kept_in_the_commands(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = home / "my config.yaml"
    options = [f"{name}={value}" for name, value in OPTIONS.items()]
    assert main(["--config", str(other), "init", *options]) == 0
    assert f"nsquilio --config '{other}' doctor" in capsys.readouterr().out


def test_awkward_names_are_written_so_that_they_load(home: Path) -> None:
    name = "Éx\\ample: #1 {{ 'S' }} \"aaS\" % - [x]"
    assert init(company=name, contact="NO") == 0
    assert (loaded(home).rules.company.name, loaded(home).rules.company.contact) == (name, "NO")


@pytest.mark.parametrize(
    ("sender", "mail", "steps"),
    [(SERVICE, "", "-30,0,3,created"), ("+14155550100", "a@example.com", "changed,paid"), ("12345", "", "5")],
)
def test_every_combination_loads(home: Path, sender: str, mail: str, steps: str) -> None:
    assert init(sender=sender, mail_from=mail, steps=steps) == 0
    settings = loaded(home)
    assert (settings.sendgrid is not None) == bool(mail)
    assert (settings.twilio.from_number or settings.twilio.messaging_service_sid) == sender
    from nsquilio.core.template_check import template_problems

    for step in settings.rules.reminders.steps:
        assert template_problems(step, settings.rules.company) == []


def test_netsuite_sandbox_becomes_a_test_profile(home: Path) -> None:
    assert init("--allow=+14155550123,me@example.com", account="1234567_sb1") == 0
    settings = loaded(home)
    assert settings.profile == "staging"
    assert settings.rules.allowed_recipients == {"+14155550123", "me@example.com"}


def test_missing_answers_are_all_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init(without=("--company", "--sender", "--time-zone")) == 2
    assert capsys.readouterr().err == (
        "nsquilio: There is no terminal to ask at, and these are missing: --company, --time-zone, --sender.\n"
        "  Next: Give them as options; `nsquilio init --help` explains each.\n"
    )
    assert not config_of(home).exists()


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("account", "1234567-sb1", "--account: '1234567-sb1' is how the account stands in host names"),
        ("account", "x/y", "--account: 'x/y' is not an account id"),
        ("twilio_account", "SK" + "0" * 32, "begins with SK; an account SID begins with AC"),
        ("sender", "AC" + "0" * 32, "a Messaging Service SID begins with MG"),
        ("sender", "0301234", "is not a phone number in international form"),
        ("time_zone", "EST", "--time-zone: 'EST' is not an IANA time zone"),
        ("country", "UK", "did you mean 'GB'?"),
        ("currency", "US", "is not an ISO 4217 currency code"),
        ("steps", "5,soon", "--steps: 'soon' is no step; write days from the due date and events"),
        ("steps", "5,5", "--steps: a step is named twice."),
        ("steps", ",", "--steps: there is no step;"),
        ("steps", "-400", "no step can be more than 365 days before the due date"),
        ("profile", "sandbox", "sandbox is the built-in sandbox's own"),
        ("profile", "My Test", "is not a profile's name"),
        ("mail_from", "nobody", "--mail-from: 'nobody' is not an e-mail address"),
        ("base_url", "https://example.com", "is not a loopback address"),
        ("ping_url", "ftp://x", "is not a web address"),
        ("credential_command", "pass show x", "the command must hold {name}"),
    ],
)
def test_wrong_option_is_named(
    home: Path, capsys: pytest.CaptureFixture[str], option: str, value: str, words: str
) -> None:
    assert init(**{option: value}) == 2
    assert words in capsys.readouterr().err
    assert not config_of(home).exists()


def test_sandbox_account_is_not_called_production(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init(account="1234567_SB1", profile="production") == 2
    assert "must not be called production" in capsys.readouterr().err


def test_test_profile_needs_recipients(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init(profile="trial") == 2
    assert "missing: --allow." in capsys.readouterr().err
    assert init("--allow=,", profile="trial") == 2
    assert "there is no recipient" in capsys.readouterr().err


def test_sandbox_needs_no_init(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--sandbox", "init"]) == 2
    assert "The sandbox has a configuration of its own." in capsys.readouterr().err


# --- the conversation ---


def converse(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{answer}\n" for answer in answers)))


def test_short_conversation_asks_again_after_a_wrong_answer(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    converse(
        monkeypatch,
        "Example SaaS Inc.",
        "",
        "+1 415 555 0100",
        "Berlin",
        "Europe/Berlin",
        "",
        "",
        "1234567-sb1",
        "1234567",
        "",
        ACCOUNT_SID,
        SERVICE,
        "",
        "",
        "",
    )
    assert main(["init"]) == 0
    settings = loaded(home)
    company = settings.rules.company
    assert (company.time_zone, company.country, company.currency) == ("Europe/Berlin", "DE", "EUR")
    err = capsys.readouterr().err
    assert "An answer is needed." in err
    assert "did you mean 'Europe/Berlin'?" in err
    assert "write '1234567_SB1'" in err
    assert "Keep secrets in (os, file) [file]: " in err


def test_conversation_that_ends_early_writes_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    converse(monkeypatch, "Example SaaS Inc.")
    assert main(["init"]) == 130
    assert "No more answers came; nothing was written." in capsys.readouterr().err
    assert not config_of(home).exists()


# --- where secrets go ---


def test_file_store_where_the_keyring_does_not_answer_under_cron(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(without=("--store",)) == 0
    settings = loaded(home)
    assert settings.credentials.store == "file"
    assert settings.credentials.key_file == config_of(home).parent / "production.key"
    assert "Jobs of cron could not read the keyring here: The keyring" in capsys.readouterr().out


def test_keyring_that_answers_as_cron_would_ask_is_chosen(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in a_keyring(home).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("nsquilio.credentials.os_store.default_backend", lambda: "fake_keyring.Keyring")
    monkeypatch.setattr("nsquilio.credentials.os_store.CRON_VARIABLES", ("HOME", "PATH", "PYTHONPATH"))
    monkeypatch.setattr("nsquilio.cli.as_cron._SHARED", ("PYTHONPATH",))
    assert init(without=("--store",)) == 0
    assert (loaded(home).credentials.store, loaded(home).credentials.backend) == (
        "os",
        "fake_keyring.Keyring",
    )


def test_keyring_by_choice_comes_with_a_warning(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert init(store="os") == 0
    assert loaded(home).credentials.store == "os"
    assert "Jobs of cron could not read the keyring here:" in capsys.readouterr().out


def test_command_store_is_written_as_arguments(home: Path) -> None:
    assert init(credential_command="pass show 'my nsquilio/{name}'") == 0
    assert loaded(home).credentials.command == ("pass", "show", "my nsquilio/{name}")


# --- other files ---


def test_units_are_hardened_and_make_up_for_missed_times(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    init()
    assert main(["init", "--systemd", str(home / "units")]) == 0
    units = {path.name: path.read_text() for path in (home / "units").iterdir()}
    assert sorted(units) == [
        "nsquilio-failed@.service",
        "nsquilio-inbound.service",
        "nsquilio-inbound.timer",
        "nsquilio-log.service",
        "nsquilio-log.timer",
        "nsquilio-remind.service",
        "nsquilio-remind.timer",
        "nsquilio-report.service",
        "nsquilio-report.timer",
    ]
    service, timer = units["nsquilio-remind.service"], units["nsquilio-remind.timer"]
    for line in (
        "Type=oneshot",
        "OnFailure=nsquilio-failed@%n.service",
        "ProtectSystem=strict",
        "NoNewPrivileges=yes",
        "UMask=0077",
        "SuccessExitStatus=5",
        f"ReadWritePaths={home}/.local/state/nsquilio/production",
        "# LoadCredentialEncrypted=nsquilio.key:/etc/credstore.encrypted/nsquilio.key",
    ):
        assert line in service.splitlines()
    assert f"--config {config_of(home)} remind" in service
    assert "Persistent=true" in timer.splitlines()
    assert "Wrote 9 units to" in capsys.readouterr().out


def test_fresh_units_get_a_sealed_key_and_a_state_directory(home: Path) -> None:
    assert init("--systemd", str(home / "units")) == 0
    settings = loaded(home)
    assert (settings.credentials.key_file, settings.state_directory) == (
        None,
        Path("/var/lib/nsquilio/production"),
    )
    service = (home / "units" / "nsquilio-remind.service").read_text().splitlines()
    for line in (
        "LoadCredentialEncrypted=nsquilio.key:/etc/credstore.encrypted/nsquilio.key",
        "StateDirectory=nsquilio/production",
        "StateDirectoryMode=0700",
    ):
        assert line in service
    assert any("systemd-creds encrypt --name=nsquilio.key" in line for line in service)


def test_units_are_never_overwritten(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    init()
    (home / "units").mkdir()
    (home / "units" / "nsquilio-log.timer").write_text("mine")
    assert main(["init", "--systemd", str(home / "units")]) == 2
    assert "holds nsquilio-log.timer already" in capsys.readouterr().err
    assert [path.name for path in (home / "units").iterdir()] == ["nsquilio-log.timer"]


def test_place_that_cannot_be_written_is_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    init()
    (home / "file").write_text("")
    assert main(["init", "--systemd", str(home / "file" / "units")]) == 4
    assert "The units could not be written to" in capsys.readouterr().err


@pytest.mark.skipif(not os.path.exists("/usr/bin/systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_has_no_complaint(home: Path) -> None:
    init()
    main(["init", "--systemd", str(home / "units")])
    units = [str(path) for path in sorted((home / "units").iterdir()) if "@" not in path.name]
    ended = subprocess.run(
        ["/usr/bin/systemd-analyze", "verify", *units],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    complaints = [line for line in ended.stderr.splitlines() if "nsquilio-failed@" not in line]
    assert (ended.returncode, complaints) == (0, [])


def test_times_of_units_avoid_changes_of_summer_time() -> None:
    from nsquilio.cli.systemd_units import _JOBS

    hours = [hour for job in _JOBS for time in job.when for hour in time.split()[-1].split(":")[0].split(",")]
    assert all(hour == "*" or 4 <= int(hour) < 24 for hour in hours)


def test_netsuite_project_is_written_beside_a_configuration(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = types.ModuleType("nsquilio.netsuite_project")
    project.write_project = lambda folder: folder.mkdir()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "nsquilio.netsuite_project", project)
    init()
    before = config_of(home).read_bytes()
    assert main(["init", "--netsuite-project", str(home / "project")]) == 0
    assert (home / "project").is_dir()
    assert config_of(home).read_bytes() == before
    assert capsys.readouterr().out.endswith(
        f"Wrote the NetSuite project to {home / 'project'}; its README says how to deploy it.\n"
    )


def test_netsuite_project_needs_no_configuration(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--netsuite-project", str(home / "project")]) == 0
    assert (home / "project" / "README.md").is_file()
    assert not config_of(home).exists()
    assert capsys.readouterr().out == (
        f"Wrote the NetSuite project to {home / 'project'}; its README says how to deploy it.\n"
    )


def test_configuration_in_this_folder_counts(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    init()
    (home / "work").mkdir()
    config_of(home).rename(home / "work" / "config.yaml")
    monkeypatch.chdir(home / "work")
    assert main(["init", "--systemd", str(home / "units")]) == 0
    assert init() == 3
    assert f"There is a configuration at {home}/work/config.yaml already" in capsys.readouterr().err
