"""A small valid configuration whose sections can be replaced, and what loading it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from nsquilio.config import Settings, load_config
from nsquilio.errors import BadConfig

AC, MG, SK = "AC" + "1" * 32, "MG" + "2" * 32, "SK" + "3" * 32

SECTIONS = {
    "profile": "profile: production",
    "company": (
        "company: {name: Acme, time_zone: Europe/Oslo, country: NO, currency: NOK, contact: +47 22 00 00 00}"
    ),
    "netsuite": "netsuite: {account: 0123456}",
    "twilio": f"twilio: {{account_sid: {AC}, messaging_service_sid: {MG}}}",
    "email": "email: {sendgrid: {from: {email: ar@example.com, name: Acme AR}}}",
    "reminders": (
        "reminders:\n  steps:\n    - {id: late, days_after_due: 7, sms: Pay, email: {subject: S, text: T}}"
    ),
}


def a_config(**sections: str) -> str:
    """The YAML text; a section given as "" is left out."""
    return "\n".join(text for text in (SECTIONS | sections).values() if text) + "\n"


def steps(*written: str) -> str:
    return "reminders:\n  steps:\n" + "".join(f"    - {step}\n" for step in written)


def load(folder: Path, text: str, **options: object) -> Settings:
    file = folder / "config.yaml"
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    return load_config(file, {}, folder / "home", folder, **options)  # type: ignore[arg-type]


def problems(folder: Path, text: str, **options: object) -> list[str]:
    """The problems, each from its line number on: `3: company.name: is missing`."""
    with pytest.raises(BadConfig) as caught:
        load(folder, text, **options)
    start = f"  {folder / 'config.yaml'}:"
    return [line.removeprefix(start) for line in caught.value.message.splitlines()[1:]]
