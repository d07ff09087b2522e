"""Where the file is looked for, and files that are none or not YAML."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from config_builders import a_config, load, problems

from nsquilio.config import find_config, load_config
from nsquilio.config.problems import shown
from nsquilio.errors import BadConfig


def written(file: Path, content: str | bytes = "") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def failure(file: Path) -> tuple[str, str]:
    with pytest.raises(BadConfig) as caught:
        load_config(file, {}, Path("/nowhere"), Path("/"))
    assert caught.value.exit_code == 3
    return caught.value.message, caught.value.next


def test_option_wins_over_variable_over_folder_over_home(tmp_path: Path) -> None:
    home, cwd = tmp_path / "home", tmp_path / "cwd"
    in_home = written(home / ".config/nsquilio/config.yaml")
    assert find_config(None, {}, home, cwd) == in_home
    in_cwd = written(cwd / "config.yaml")
    assert find_config(None, {"NSQUILIO_CONFIG": ""}, home, cwd) == in_cwd
    named = written(tmp_path / "named.yaml")
    assert find_config(None, {"NSQUILIO_CONFIG": str(named)}, home, cwd) == named
    assert find_config(None, {"NSQUILIO_CONFIG": "~/.config/nsquilio/config.yaml"}, home, cwd) == in_home
    optional = written(cwd / "other.yaml")
    assert find_config(Path("other.yaml"), {"NSQUILIO_CONFIG": str(named)}, home, cwd) == optional


def test_no_configuration_names_the_places_that_were_searched(tmp_path: Path) -> None:
    with pytest.raises(BadConfig) as caught:
        load_config(None, {}, tmp_path / "home", tmp_path / "cwd")
    assert caught.value.message == (
        f"There is no configuration: neither {tmp_path}/cwd/config.yaml nor "
        f"{tmp_path}/home/.config/nsquilio/config.yaml exists."
    )
    assert caught.value.next.startswith("Run `nsquilio init` to write one")


def test_named_file_that_is_not_there_is_an_error_and_not_skipped(tmp_path: Path) -> None:
    written(tmp_path / "config.yaml", a_config())
    for path, env, origin in (
        (Path("no.yaml"), {}, "--config"),
        (None, {"NSQUILIO_CONFIG": "no.yaml"}, "NSQUILIO_CONFIG"),
    ):
        with pytest.raises(BadConfig) as caught:
            load_config(path, env, tmp_path, tmp_path)
        text = f"There is no configuration at {tmp_path}/no.yaml, which {origin} names."
        assert (caught.value.message, caught.value.next) == (text, f"Correct {origin}.")


def test_a_directory_a_pipe_and_a_giant_are_no_configuration(tmp_path: Path) -> None:
    assert failure(tmp_path) == (f"{tmp_path} is not an ordinary file.", "Name the YAML file itself.")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert failure(pipe)[0] == f"{pipe} is not an ordinary file."
    giant = written(tmp_path / "giant", b"a" * 1_000_001)
    assert failure(giant) == (
        f"{giant} is larger than 1 MB, so it is no configuration.",
        "Name the YAML file itself.",
    )


def test_file_that_may_not_be_read_says_who_must_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path / "config.yaml")

    def refuse(*_arguments: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert failure(file) == (
        f"{file} cannot be read: Permission denied.",
        "Make it readable for the user who runs nsquilio (under cron: the crontab's owner).",
    )


def test_other_encodings_are_named_with_their_line(tmp_path: Path) -> None:
    file = written(tmp_path / "config.yaml", b"a: 1\nb: caf\xe9\n")
    assert failure(file) == (f"{file}:2: this is not UTF-8 text.", f"Save {file} as UTF-8.")


def test_a_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    assert load(tmp_path, "\ufeff" + a_config()).profile == "production"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1: holds no settings"),
        ("# nothing\n", "1: holds no settings"),
        ("- a\n", "1: must be a mapping of keys to values"),
        ("a: [1\nb: 2\n", "2: not valid YAML: did not find expected ',' or ']'"),
        (
            "a: b: c\n",
            "1: not valid YAML: mapping values are not allowed in this context (quote texts that hold a "
            "colon)",
        ),
        (
            "a:\n\tb: 1\n",
            "2: not valid YAML: found character that cannot start any token (indent with spaces, and quote "
            "texts that begin with a special character)",
        ),
        ("a: \x07\n", "1: not valid YAML: unacceptable character #x0007: control characters are not allowed"),
        ("a: 1\n---\nb: 1\n", "2: a second document begins here; one file holds one configuration"),
        (
            "a: !!python/object/apply:os.system [x]\n",
            "1: tags like 'tag:yaml.org,2002:python/object/apply:os.system' are not read; write the value "
            "alone",
        ),
        ("a: *x\n", "1: nothing above has the anchor 'x'"),
        ("? [a]\n: b\n", "1: a key must be a word; is a quote or a colon missing?"),
        ("[" * 5000, "1: nested more than 20 levels deep"),
    ],
)
def test_what_is_not_yaml_is_one_clear_problem(tmp_path: Path, text: str, expected: str) -> None:
    assert problems(tmp_path, text) == [expected]


def test_a_value_may_be_named_and_used_again(tmp_path: Path) -> None:
    text = a_config(contact_rules="contact_rules: {hours: &day {mon: '9:00-20:00'}, email_hours: *day}")
    contact = load(tmp_path, text).rules.contact
    assert contact.hours == contact.email_hours


def test_a_file_that_holds_itself_is_read_to_an_end(tmp_path: Path) -> None:
    found = problems(tmp_path, a_config(more="contact_rules: &a {hours: *a}"))
    assert found[0].startswith("9: contact_rules.hours.hours: ")


def test_file_that_others_may_change_is_a_warning(tmp_path: Path) -> None:
    file = written(tmp_path / "config.yaml", a_config())
    file.chmod(0o666)
    assert load_config(file, {}, tmp_path, tmp_path).warnings == (
        f"{file} can be changed by everyone; run 'chmod go-w {file}'.",
    )
    file.chmod(0o664)
    assert load_config(file, {}, tmp_path, tmp_path).warnings == (
        f"{file} can be changed by its group; run 'chmod go-w {file}'.",
    )
    file.chmod(0o644)
    assert load_config(file, {}, tmp_path, tmp_path).warnings == ()


def test_file_of_another_user_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path / "config.yaml", a_config())
    file.chmod(0o600)
    os.chown(file, 12345, -1) if os.geteuid() == 0 else monkeypatch.setattr(os, "geteuid", lambda: 54321)
    assert load_config(file, {}, tmp_path, tmp_path).warnings == (
        f"{file} belongs to another user, who can change what nsquilio sends.",
    )


def test_secrets_that_stand_in_the_file_are_never_repeated(tmp_path: Path) -> None:
    canaries = [
        "SG." + "canary0123456789canary." + "x" * 43,
        "c0ffee" * 5 + "c0",
        "Bearer canary",
        "a1B2" * 16,
        "-----BEGIN PRIVATE KEY-----canary",
    ]
    for canary in canaries:
        text = a_config(
            netsuite=f"netsuite: {{account: '{canary}', concurrency: '{canary}', subsidiary: ['{canary}']}}",
            contact_rules=f"contact_rules: {{hours: {{'{canary}': '{canary}'}}}}",
            twilio=f"twilio: {{account_sid: '{canary}', messaging_service_sid: '{canary}', '{canary}': 1}}",
            http=f"http: {{proxy: 'http://{canary}@p:1'}}",
        )
        with pytest.raises(BadConfig) as caught:
            load(tmp_path, text)
        assert canary not in caught.value.message + caught.value.next


def test_values_are_shown_harmless_and_short() -> None:
    assert shown("\x1b[2J\u202e") == "'\\x1b[2J\\u202e'"
    assert shown("long words " * 20) == repr(("long words " * 20)[:59] + "…")
