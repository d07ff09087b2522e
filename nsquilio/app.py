"""Opens what one run needs: configuration, credentials, state file and clients, each when first asked for.

Holds no rule and shows nothing. Everything opened is closed together at the end of the block.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nsquilio.errors import NotReady

if TYPE_CHECKING:
    from nsquilio.config import Settings
    from nsquilio.core.rules import Rules
    from nsquilio.credentials import CredentialStore
    from nsquilio.remote.netsuite import NetSuite
    from nsquilio.remote.sendgrid import SendGrid
    from nsquilio.remote.transport import Http
    from nsquilio.remote.twilio import Twilio
    from nsquilio.store import Store

Clock = Callable[[], datetime]


class App:
    """One run's opened things; made by `App.open`."""

    def __init__(self, settings: Settings, clock: Clock, stack: ExitStack) -> None:
        self.settings = settings
        self.clock = clock
        self._stack = stack

    @staticmethod
    @contextmanager
    def open(config: Path | None, *, sandbox: bool, clock: Clock) -> Iterator[App]:
        with ExitStack() as stack:
            if sandbox:
                from nsquilio.sandbox_profile import opened_sandbox

                settings, clock = stack.enter_context(opened_sandbox(_home(), os.environ))
            else:
                settings = read_settings(config)
                _refuse_foreign_now(settings)
            yield App(settings, clock, stack)

    @property
    def rules(self) -> Rules:
        return self.settings.rules

    @property
    def directory(self) -> Path:
        return self.settings.state_directory

    def store(self) -> Store:
        """The state file, made when there is none yet."""
        from nsquilio.store import open_state

        return self._closing(open_state(self.directory, **self._identity()))

    def store_copy(self) -> Store:
        """The state in memory: nothing on disk is locked, made or changed."""
        from nsquilio.store import open_copy

        return self._closing(open_copy(self.directory, **self._identity()))

    def lock(self, command: str) -> None:
        """Holds the run lock until the end of this run."""
        from nsquilio.lock import run_lock

        self._stack.enter_context(run_lock(self.directory, command, self.clock()))

    def credentials(self) -> CredentialStore:
        from nsquilio.credentials import open_store

        settings = self.settings
        return open_store(settings.credentials, settings.profile, settings.state_directory, os.environ)

    def netsuite(self) -> NetSuite:
        from nsquilio.remote.netsuite import NetSuite
        from nsquilio.remote.netsuite_auth import NetSuiteLogin
        from nsquilio.remote.netsuite_columns import Columns

        settings, secrets = self.settings.netsuite, self.credentials()
        login = NetSuiteLogin(
            client_id=secrets.get("netsuite.client_id"),
            certificate_id=secrets.get("netsuite.certificate_id"),
            private_key_pem=secrets.get("netsuite.private_key"),
        )
        client = NetSuite(
            settings.url,
            login,
            Columns.of(settings),
            self.clock,
            country=self.rules.company.country,
            currency=self.rules.company.currency,
            concurrency=settings.concurrency,
            http=self._http(),
        )
        return self._closing(client)

    def twilio(self) -> Twilio:
        from nsquilio.remote.twilio import Twilio

        settings = self.settings.twilio
        username, password = self._twilio_login()
        client = Twilio(
            settings.account_sid,
            username,
            password,
            self.clock,
            urls=settings.urls,
            messaging_service_sid=settings.messaging_service_sid,
            from_number=settings.from_number,
            http=self._http(),
        )
        return self._closing(client)

    def _twilio_login(self) -> tuple[str, str]:
        """The API key where one is set, else the auth token (spec section 5)."""
        secrets = self.credentials()
        if secrets.has("twilio.api_key_sid"):
            return secrets.get("twilio.api_key_sid"), secrets.get("twilio.api_key_secret")
        return self.settings.twilio.account_sid, secrets.get("twilio.auth_token")

    def sendgrid(self) -> SendGrid | None:
        """None where no e-mail is set up."""
        from nsquilio.remote.sendgrid import SendGrid

        settings = self.settings.sendgrid
        if settings is None:
            return None
        client = SendGrid(
            settings.url,
            self.credentials().get("sendgrid.api_key"),
            self.clock,
            from_email=settings.from_email,
            from_name=settings.from_name,
            reply_to=settings.reply_to,
            http=self._http(),
        )
        return self._closing(client)

    def _http(self) -> Http:
        from nsquilio.remote.transport import Http

        ca_file = self.settings.http.ca_file
        return Http(ca_file=str(ca_file) if ca_file else None, proxy=self.settings.http.proxy)

    def _identity(self) -> dict[str, object]:
        return {
            "profile": self.settings.profile,
            "netsuite_account": self.settings.netsuite.account,
            "twilio_account": self.settings.twilio.account_sid,
            "now": self.clock(),
        }

    def _closing(self, opened):  # type: ignore[no-untyped-def]
        self._stack.callback(opened.close)
        return opened


def read_settings(config: Path | None) -> Settings:
    from nsquilio.config import load_config
    from nsquilio.core.wording import template_problems

    return load_config(config, os.environ, _home(), _here(), check_templates=template_problems)


def _home() -> Path:
    """The user's home, also without HOME (cron and `env -i`)."""
    try:
        return Path.home()
    except RuntimeError:
        raise NotReady(
            "This user has no home directory, and HOME is not set.", "Set HOME in the crontab or unit.", code="no_home"
        ) from None


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError:
        return Path("/")


def _refuse_foreign_now(settings: Settings) -> None:
    """NSQUILIO_NOW could send texts at any hour, so it works with loopback services only (spec section 13)."""
    if os.environ.get("NSQUILIO_NOW") and not settings.all_loopback:
        raise NotReady(
            "NSQUILIO_NOW is set, but this profile talks to real services.",
            "Unset NSQUILIO_NOW; it is for tests against loopback addresses alone.",
            code="now_not_allowed",
        )
