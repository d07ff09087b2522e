"""What `doctor` and `credentials test` examine, out of the opened configuration. Checks nothing itself."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from nsquilio.app import App, actor, columns_of, home
from nsquilio.cli.as_cron import PATH, cron_environment, run_as_cron
from nsquilio.errors import BadConfig
from nsquilio.jobs.checkup import Subject


def subject_of(app: App, *, sandbox: bool = False, following: bool = False) -> Subject:
    """`following`: with the certificate that waits to be promoted."""
    settings = app.settings
    return Subject(
        rules=app.rules,
        clock=app.clock,
        config_file=settings.file,
        config_warnings=settings.warnings,
        command_for_cron="" if sandbox else _command_for_cron(app),
        netsuite_account=settings.netsuite.account,
        netsuite_url=settings.netsuite.url,
        columns=columns_of(settings),
        writes_to_netsuite=settings.netsuite.log_to == "custom_record",
        messaging_service_sid=settings.twilio.messaging_service_sid,
        from_number=settings.twilio.from_number,
        voicemail=settings.twilio.voicemail,
        ping_url=settings.ping_url,
        retention_years=settings.retention_years,
        state_directory=settings.state_directory,
        following=following,
        needed=lambda: needed_credentials(app),
        credentials=app.credentials,
        netsuite=lambda: app.netsuite(following=following),
        twilio=app.twilio_access,
        sendgrid=app.sendgrid,
        state=app.store_copy,
        read_as_cron=_reader_as_cron(app),
        start_as_cron=_start_as_cron,
    )


def needed_credentials(app: App) -> tuple[str, ...]:
    """What this configuration needs. An auth token alone will do for Twilio, an API key is better."""
    found = ["netsuite.client_id", "netsuite.certificate_id", "netsuite.private_key"]
    if _has_token_alone(app):
        found.append("twilio.auth_token")
    else:
        found += ["twilio.api_key_sid", "twilio.api_key_secret"]
    if app.settings.sendgrid is not None:
        found.append("sendgrid.api_key")
    return tuple(found)


def _has_token_alone(app: App) -> bool:
    store = app.credentials()
    return store.find("twilio.api_key_sid") is None and store.find("twilio.auth_token") is not None


def program() -> str:
    """This program by its full path, for a crontab; its bare name where cron finds it."""
    if shutil.which("nsquilio", path=PATH):
        return "nsquilio"
    beside = Path(sys.executable).with_name("nsquilio")
    found = str(beside) if beside.exists() else shutil.which("nsquilio")
    return found or f"{sys.executable} -m nsquilio"


def _command_for_cron(app: App) -> str:
    """How the crontab must call it: with the configuration, unless cron would find it by itself."""
    from nsquilio.config.load import find_config

    file = app.settings.file.absolute()
    try:
        found = find_config(None, {}, home(), home())
    except BadConfig:
        found = None
    return program() if found == file else f"{program()} --config {file}"


def _reader_as_cron(app: App) -> Callable[[], None]:
    def read() -> None:
        from nsquilio.credentials import open_store

        settings = app.settings
        surroundings = cron_environment(os.environ, home(), actor())
        store = open_store(settings.credentials, settings.profile, settings.state_directory, surroundings)
        store.find("netsuite.client_id")

    return read


def _start_as_cron() -> str | None:
    ended = run_as_cron(["--version"], home(), actor(), limit_s=20)
    if ended.code == 0 and ended.printed.startswith("nsquilio "):
        return None
    lines = ended.problems.strip().splitlines() or ["no reason was given"]
    return f"a job of cron could not start the program: {lines[-1]}"
