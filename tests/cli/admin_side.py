"""A set-up as an administrator makes it, against a served world of its own: configuration, credentials,
commands.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nsquilio.__main__ import main
from nsquilio.config import Settings, load_config
from nsquilio.credentials import open_store
from nsquilio.sandbox import control
from nsquilio.sandbox.netsuite_token import register_certificate
from nsquilio.sandbox.server import serve
from nsquilio.sandbox.twilio_access import credentials
from nsquilio.sandbox.world import World

CLIENT_ID = "b9f1c9a0client"
CERTIFICATE_ID = "certificate-one"


@dataclass
class Setup:
    """`run` is the command line with this configuration; `out` and `err` of the last one are kept."""

    world: World
    base_url: str
    config: Path
    capture: pytest.CaptureFixture[str] | None = None
    out: str = ""
    err: str = ""

    def run(self, *arguments: str) -> int:
        if self.capture is None:
            return main(["--quiet", "--config", str(self.config), *arguments])
        self.capture.readouterr()
        code = main(["--config", str(self.config), *arguments])
        self.out, self.err = self.capture.readouterr()
        return code

    def json(self, *arguments: str) -> dict[str, Any]:
        self.run(*arguments, "--format", "json")
        return dict(json.loads(self.out))

    def rows(self, *arguments: str) -> dict[str, dict[str, Any]]:
        """The rows of `doctor` or another check-up by name."""
        answer = self.json(*(arguments or ("doctor",)))
        return {row["name"]: row for row in answer["checks"]}

    def row(self, name: str, *arguments: str) -> tuple[str, str, str]:
        """Level, what was seen, fix."""
        found = self.rows(*arguments)[name]
        return found["level"], found["saw"], found["fix"] or ""

    def replace(self, old: str, new: str) -> None:
        text = self.config.read_text()
        assert old in text
        self.config.write_text(text.replace(old, new))

    def set(self, name: str, value: str) -> None:
        self.store().set(name, value, self.world.now())

    @property
    def settings(self) -> Settings:
        home = self.config.parents[2]
        return load_config(self.config, {}, home, home)

    def store(self) -> Any:
        settings = self.settings
        return open_store(settings.credentials, settings.profile, settings.state_directory, {})

    @property
    def state(self) -> Path:
        return self.settings.state_directory


@dataclass
class Golden:
    """A set-up that works, made once; `restored` brings it back as it was, in a few milliseconds."""

    world: World
    base_url: str
    home: Path

    def __post_init__(self) -> None:
        self._files = self.home.with_name("golden")
        shutil.copytree(self.home, self._files)
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self.world.db.backup(self._database)

    @property
    def config(self) -> Path:
        return self.home / ".config" / "nsquilio" / "config.yaml"

    def restored(self) -> None:
        with self.world.lock:
            self._database.backup(self.world.db)
        shutil.rmtree(self.home)
        shutil.copytree(self._files, self.home)


@contextmanager
def a_golden_setup(folder: Path, store: str = "file") -> Iterator[Golden]:
    """`init` has been run and every credential set; the world knows the certificate."""
    world = control.reset(folder / "world.db")
    server = serve(world).start()
    home = folder / "home"
    home.mkdir()
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("HOME", str(home))
            patch.setenv("NSQUILIO_NOW", world.now().isoformat())
            _set_up(Setup(world, server.base_url, home / ".config" / "nsquilio" / "config.yaml"))
        yield Golden(world, server.base_url, home)
    finally:
        server.stop()
        world.close()


def _set_up(setup: Setup) -> None:
    known = credentials(setup.world)
    assert setup.run("init", *init_options(known, setup.base_url)) == 0
    for name in ("twilio.api_key_sid", "twilio.api_key_secret", "sendgrid.api_key"):
        setup.set(name, known[name])
    assert setup.run("credentials", "create-certificate") == 0
    setup.set("netsuite.client_id", CLIENT_ID)
    setup.set("netsuite.certificate_id", CERTIFICATE_ID)
    upload(setup, setup.state / "netsuite-certificate.pem", CERTIFICATE_ID)


def upload(setup: Setup, certificate: Path, certificate_id: str) -> None:
    """What the administrator does in NetSuite."""
    register_certificate(setup.world, certificate.read_text(), CLIENT_ID, certificate_id)


def init_options(known: dict[str, str], base_url: str) -> list[str]:
    options = {
        "--company": "Example SaaS Inc.",
        "--contact": "+1 415 555 0100",
        "--account": "TSTDRV1234567",
        "--profile": "trial",
        "--allow": "+14155550123",
        "--twilio-account": known["account_sid"],
        "--sender": known["messaging_service_sid"],
        "--mail-from": "ar@example.com",
        "--time-zone": "America/New_York",
        "--store": "file",
        "--base-url": base_url,
    }
    return [part for name, value in options.items() for part in (name, value)]
