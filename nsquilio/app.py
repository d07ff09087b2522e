"""Opens what one run needs: configuration, credentials, state file and clients, each when first asked for.

Holds no rule and shows nothing. Everything opened is closed together at the end of the block.
"""

from __future__ import annotations

import os
import pwd
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from nsquilio.errors import BadCredentials, NotReady

if TYPE_CHECKING:
    from nsquilio.config import Settings
    from nsquilio.config.build import CheckTemplates
    from nsquilio.core.rules import Rules
    from nsquilio.credentials import CredentialStore
    from nsquilio.jobs.services import Services
    from nsquilio.remote.netsuite import NetSuite
    from nsquilio.remote.netsuite_columns import Columns
    from nsquilio.remote.ping import Pings
    from nsquilio.remote.sendgrid import SendGrid
    from nsquilio.remote.transport import Http
    from nsquilio.remote.twilio import Twilio
    from nsquilio.remote.twilio_access import TwilioAccess
    from nsquilio.store import Store

Clock = Callable[[], datetime]


class _Closable(Protocol):
    def close(self) -> None: ...


Opened = TypeVar("Opened", bound=_Closable)


class App:
    """One run's opened things; made by `App.open`."""

    def __init__(self, settings: Settings, clock: Clock, stack: ExitStack) -> None:
        self.settings = settings
        self.clock = clock
        self._stack = stack
        self._credentials: CredentialStore | None = None

    @staticmethod
    @contextmanager
    def open(
        config: Path | None, *, sandbox: bool, clock: Clock, checks_texts: bool = False
    ) -> Iterator[App]:
        """`checks_texts`: renders every template once, too; loads a template engine."""
        check = _template_problems() if checks_texts else None
        with ExitStack() as stack:
            if sandbox:
                from nsquilio.sandbox_profile import opened_sandbox

                given = clock if os.environ.get("NSQUILIO_NOW") else None
                settings, clock = stack.enter_context(opened_sandbox(home(), os.environ, given, check))
            else:
                settings = read_settings(config, check)
                _refuse_foreign_now(settings)
            yield App(settings, clock, stack)

    @property
    def rules(self) -> Rules:
        return self.settings.rules

    @property
    def directory(self) -> Path:
        return self.settings.state_directory

    def store(self, *, for_sending: bool = False) -> Store:
        """The state file, made when there is none yet. `for_sending`: refuses a disk that is nearly full."""
        from nsquilio.store import open_state

        return self._closing(
            open_state(
                self.directory,
                profile=self.settings.profile,
                netsuite_account=self.settings.netsuite.account,
                twilio_account=self.settings.twilio.account_sid,
                now=self.clock(),
                for_sending=for_sending,
            )
        )

    def store_copy(self) -> Store:
        """The state in memory: nothing on disk is locked, made or changed."""
        from nsquilio.store import open_copy

        return self._closing(
            open_copy(
                self.directory,
                profile=self.settings.profile,
                netsuite_account=self.settings.netsuite.account,
                twilio_account=self.settings.twilio.account_sid,
                now=self.clock(),
            )
        )

    def lock(self, command: str, *, is_silent: bool = True) -> None:
        """Holds the run lock until the end of this run. `is_silent`: a young other run is no news."""
        from nsquilio.errors import AlreadyRunning
        from nsquilio.lock import run_lock

        try:
            self._stack.enter_context(run_lock(self.directory, command, self.clock()))
        except AlreadyRunning as problem:
            problem.silent = problem.silent and is_silent
            raise

    def credentials(self) -> CredentialStore:
        """One store for the whole run: each new one would ask the keyring again."""
        from nsquilio.credentials import open_store

        if self._credentials is None:
            settings = self.settings
            environment = {**os.environ}
            os.environ.pop("NSQUILIO_KEY", None)  # no child process needs it
            self._credentials = open_store(
                settings.credentials, settings.profile, settings.state_directory, environment
            )
        return self._credentials

    def record_credential_change(self, name: str, what: str, place: str) -> None:
        """A credential change is an audit event, without the value of course."""
        details = {"name": name, "what": what, "place": place}
        self.store().trail.append("credential.changed", self.clock(), details=details, actor=actor())

    def certificate_end(self) -> datetime | None:
        """When the NetSuite certificate runs out; None when none is kept here."""
        from nsquilio.credentials.rotation import read_certificate

        pem = read_certificate(self.directory)
        if pem is None:
            return None
        from nsquilio.credentials.certificate import valid_between

        return valid_between(pem)[1]

    def netsuite(self, *, following: bool = False) -> NetSuite:
        """`following`: with the certificate that waits to be promoted."""
        from nsquilio.remote.netsuite import NetSuite
        from nsquilio.remote.netsuite_auth import NetSuiteLogin

        settings, secrets = self.settings.netsuite, self.credentials()
        slot = ".next" if following else ""
        login = NetSuiteLogin(
            client_id=secrets.get("netsuite.client_id"),
            certificate_id=secrets.get(f"netsuite.certificate_id{slot}"),
            private_key_pem=secrets.get(f"netsuite.private_key{slot}"),
        )
        client = NetSuite(
            settings.url,
            login,
            columns_of(self.settings),
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

    def twilio_access(self) -> TwilioAccess:
        """For checks of the account; `twilio` is for the work."""
        from nsquilio.remote.twilio_access import TwilioAccess

        settings = self.settings.twilio
        username, password = self._twilio_login()
        return self._closing(
            TwilioAccess(
                settings.account_sid, username, password, self.clock, urls=settings.urls, http=self._http()
            )
        )

    def pings(self) -> Pings:
        """For the monitoring service; they do nothing where none is configured."""
        from nsquilio.remote.ping import Pings

        return Pings(self.settings.ping_url, self._http() if self.settings.ping_url else None)

    def _twilio_login(self) -> tuple[str, str]:
        """The API key where one is set, else the auth token (spec section 5)."""
        secrets = self.credentials()
        key, failed = _sought(secrets, "twilio.api_key_sid")
        if key is not None:
            return key, secrets.get("twilio.api_key_secret")
        token, _ = _sought(secrets, "twilio.auth_token")
        if token is None:
            raise failed or BadCredentials(
                f"Neither twilio.api_key_sid nor twilio.auth_token is set in {secrets.place}.",
                "Run: nsquilio credentials set twilio.api_key_sid, and then twilio.api_key_secret.",
            )
        return self.settings.twilio.account_sid, token

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

    def _closing(self, opened: Opened) -> Opened:
        self._stack.callback(opened.close)
        return opened

    def services(
        self,
        *,
        dry_run: bool = False,
        sends: bool = False,
        asked_to_stop: Callable[[], str | None] | None = None,
    ) -> Services:
        """What a job works with; a dry run works on a copy of the state. `sends`: it writes to customers."""
        from nsquilio.jobs.sending import Pace
        from nsquilio.jobs.services import Services

        twilio = self.settings.twilio
        return Services(
            store=self.store_copy() if dry_run else self.store(for_sending=sends),
            netsuite=self.netsuite(),
            twilio=self.twilio(),
            sendgrid=self.sendgrid(),
            rules=self.rules,
            clock=self.clock,
            directory=self.directory,
            netsuite_account=self.settings.netsuite.account,
            dry_run=dry_run,
            pace=Pace(twilio.messages_per_second, twilio.requests_in_flight),
            actor=actor(),
            netsuite_in_flight=self.settings.netsuite.concurrency,
            log_to=self.settings.netsuite.log_to,
            voicemail=twilio.voicemail,
            inbound_numbers=twilio.inbound_numbers,
            asked_to_stop=asked_to_stop or (lambda: None),
        )


def actor() -> str:
    """The operating system's user, for the audit trail."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid {os.getuid()}"


def _sought(secrets: CredentialStore, name: str) -> tuple[str | None, BadCredentials | None]:
    """What is stored, or what went wrong: most commands end with an error for what they do not have."""
    try:
        return secrets.find(name), None
    except BadCredentials as problem:
        return None, problem


def columns_of(settings: Settings) -> Columns:
    """The client's columns as the administrator named them."""
    from nsquilio.remote.netsuite_columns import Columns

    customer, invoice = settings.netsuite.customer, settings.netsuite.invoice
    return Columns(
        mobile=customer.mobile,
        email=customer.email,
        name=customer.name,
        channel=customer.channel,
        channel_values=customer.channel_values,
        sms_opt_out=customer.sms_opt_out,
        excluded=customer.excluded,
        time_zone=customer.time_zone,
        language=customer.language,
        po=invoice.po,
        description=invoice.description,
        payment_link=invoice.payment_link,
        subsidiary=settings.netsuite.subsidiary,
        presumed=customer.presumed,
        channels=settings.rules.channels,
    )


def read_settings(config: Path | None, check_texts: CheckTemplates | None = None) -> Settings:
    from nsquilio.config import load_config

    return load_config(config, os.environ, home(), _here(), check_templates=check_texts)


def _template_problems() -> CheckTemplates:
    from nsquilio.core.template_check import template_problems

    return template_problems


def home() -> Path:
    """The user's home, also without HOME (cron and `env -i`)."""
    try:
        if os.environ.get("HOME") == "":  # which Path.home() takes for the root directory
            return Path(pwd.getpwuid(os.getuid()).pw_dir)
        return Path.home()
    except (RuntimeError, KeyError):
        raise NotReady(
            "This user has no home directory, and HOME is not set.",
            "Set HOME in the crontab or unit.",
            code="no_home",
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
