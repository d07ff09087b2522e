"""Credentials that a command prints, of which one may be missing: most commands end with an error then."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cli.admin_side import Setup


def test_command_that_has_no_api_key_leads_to_the_auth_token(setup: Setup, tmp_path: Path) -> None:
    _printed_by_cat(setup, tmp_path, without=("twilio.api_key_sid", "twilio.api_key_secret"))
    (tmp_path / "twilio.auth_token").write_text(setup.world.setting("twilio.auth_token"))

    assert setup.row("Twilio login")[:2] == ("ok", "the auth token works and may list messages")


def test_command_that_has_neither_says_which_failed(setup: Setup, tmp_path: Path) -> None:
    _printed_by_cat(
        setup, tmp_path, without=("twilio.api_key_sid", "twilio.api_key_secret", "twilio.auth_token")
    )

    assert setup.row("Twilio login")[1].startswith(
        "credentials.command failed for twilio.api_key_sid: cat ended"
    )


def _printed_by_cat(setup: Setup, folder: Path, *, without: tuple[str, ...]) -> None:
    store = setup.store()
    for row in store.listing():
        value = store.find(row.name)
        if value and row.name not in without:
            (folder / row.name).write_text(value)
    section = f'credentials: {{store: command, command: [cat, "{folder}/{{name}}"]}}\n'
    text, count = re.subn(r"(?m)^credentials:.*\n(?:[ #].*\n)*", lambda _: section, setup.config.read_text())
    assert count == 1
    setup.config.write_text(text)
