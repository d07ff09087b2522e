"""The answers of `init`, from options and questions, and the credential store that works here under cron."""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from nsquilio.cli.init_config import Answers, config_text
from nsquilio.cli.init_questions import Conversation, country_of, currency_of, optional, zone_here
from nsquilio.cli.init_steps import USUAL, read_steps
from nsquilio.config import fields, places
from nsquilio.config.load import load_config
from nsquilio.errors import BadConfig, BadCredentials

UNIT_STATE = Path("/var/lib/nsquilio")


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed as options; None: not given. `for_systemd`: units are written, too."""

    company: str | None = None
    contact: str | None = None
    account: str | None = None
    twilio_account: str | None = None
    sender: str | None = None
    mail_from: str | None = None
    time_zone: str | None = None
    country: str | None = None
    currency: str | None = None
    steps: str | None = None
    profile: str | None = None
    allow: tuple[str, ...] = ()
    store: str | None = None
    credential_command: str | None = None
    ping_url: str | None = None
    base_url: str | None = None
    for_systemd: bool = False


def answers_from(given: Given, ask: Conversation, file: Path, home: Path) -> tuple[Answers, str]:
    """The answers, and why the secrets are kept where they are. Raises `WrongUsage` with what is missing."""
    company = ask.answer("--company", "Company, as customers know it", given.company, fields.line)
    contact = ask.answer(
        "--contact", "Number or address for customers' questions", given.contact, fields.line
    )
    zone = ask.answer(
        "--time-zone", "Time zone of the company", given.time_zone, fields.time_zone, _zone(ask)
    )
    country = ask.answer(
        "--country", "Country (two letters)", given.country, fields.country, country_of(zone or "") or "US"
    )
    currency = ask.answer(
        "--currency", "Currency", given.currency, fields.currency, currency_of(country or "")
    )
    account = ask.answer(
        "--account", "NetSuite account id (1234567 or 1234567_SB1)", given.account, places.account_id
    )
    usual = "staging" if places.is_sandbox_account(account or "") else "production"
    profile = ask.answer("--profile", "Profile", given.profile, _profile(account or ""), usual)
    twilio = ask.answer("--twilio-account", "Twilio account SID (AC…)", given.twilio_account, _account_sid)
    sender = ask.answer(
        "--sender", "Messaging Service SID (MG…) or sender number (+1…)", given.sender, _sender
    )
    mail = ask.answer(
        "--mail-from", "Send mail with SendGrid from", given.mail_from, optional(fields.email), ""
    )
    steps = ask.answer("--steps", "Steps: days from the due date, and events", given.steps, read_steps, USUAL)
    allowed = _allowed(given, ask, profile or "production")
    ask.refuse_missing()
    answers = Answers(
        profile=profile or "",
        company=company or "",
        contact=contact or "",
        time_zone=zone or "",
        country=country or "",
        currency=currency or "",
        account=account or "",
        twilio_account=twilio or "",
        sender=sender or "",
        mail_from=mail or "",
        steps=steps or (),
        allowed=allowed,
        store="file",
        ping_url=ask.answer("--ping-url", "", given.ping_url, places.ping_url) if given.ping_url else None,
        base_url=ask.answer("--base-url", "", given.base_url, places.loopback_url)
        if given.base_url
        else None,
        state_directory=UNIT_STATE / (profile or "") if given.for_systemd else None,
    )
    return _with_store(answers, given, ask, file, home)


def _zone(ask: Conversation) -> str | None:
    return zone_here() if ask.is_terminal else None


def _account_sid(text: str) -> str:
    return fields.sid("AC", "an account SID")(text)


def _sender(text: str) -> str:
    if text[:2].isalpha():
        return fields.sid("MG", "a Messaging Service SID")(text)
    return fields.sender_number(text)


def _profile(account: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        name = fields.form(r"[a-z][a-z0-9-]{0,39}", "a profile's name: small letters, digits and '-'")(text)
        if name == "production" and places.is_sandbox_account(account):
            raise ValueError(f"{account} is a NetSuite sandbox, so the profile must not be called production")
        if name == "sandbox":
            raise ValueError("sandbox is the built-in sandbox's own; take another name, like staging")
        return name

    return read


def _allowed(given: Given, ask: Conversation, profile: str) -> tuple[str, ...]:
    if profile == "production":
        return ()
    text = ",".join(given.allow) or None
    question = f"{profile} is a test profile. Whom may it write to (numbers and addresses, with commas)"
    return ask.answer("--allow", question, text, _recipients) or ()


def _recipients(text: str) -> tuple[str, ...]:
    found = tuple(fields.recipient(part.strip()) for part in text.split(",") if part.strip())
    if not found:
        raise ValueError("there is no recipient; write numbers like +14155550100 and addresses")
    return found


def _with_store(
    answers: Answers, given: Given, ask: Conversation, file: Path, home: Path
) -> tuple[Answers, str]:
    """The system's keyring where it answers as cron would ask it; else the encrypted file."""
    if given.credential_command is not None or given.store == "command":
        command = ask.answer(
            "--credential-command", "Command that prints {name}", given.credential_command, _command
        )
        ask.refuse_missing()
        return replace(answers, store="command", command=command or ()), ""
    refusal = None if given.store == "file" else _keyring_refusal(answers, home)
    why = f"Jobs of cron could not read the keyring here: {refusal}" if refusal else ""
    if why and ask.is_terminal:
        ask.say(why)
    proposed = given.store or ("file" if refusal else "os")
    kind = given.store or ask.answer("--store", "Keep secrets in (os, file)", None, _store_kind, proposed)
    if kind == "os":
        from nsquilio.credentials.os_store import default_backend

        return replace(answers, store="os", backend=default_backend()), why
    return replace(answers, store="file", key_file=_key_file(answers, given, file)), why


def _key_file(answers: Answers, given: Given, file: Path) -> Path | None:
    """Beside the configuration, outside the state directory; None where systemd gives the key."""
    return None if given.for_systemd else file.parent / f"{answers.profile}.key"


def _store_kind(text: str) -> str:
    return fields.one_of("os", "file")(text)


def _command(text: str) -> tuple[str, ...]:
    words = tuple(shlex.split(text))
    if not words or not any("{name}" in word for word in words):
        raise ValueError("the command must hold {name}, like: pass show nsquilio/{name}")
    return words


def _keyring_refusal(answers: Answers, home: Path) -> str | None:
    """Why a job of cron could not use the system's keyring; None: it could."""
    from nsquilio.app import actor
    from nsquilio.cli.as_cron import cron_environment
    from nsquilio.credentials.os_store import OsStore, default_backend

    surroundings = cron_environment(os.environ, home, actor())
    store = OsStore(default_backend(), answers.profile, home / ".local" / "state" / "nsquilio", surroundings)
    try:
        store.probe(as_cron=True)
    except BadCredentials as problem:
        return problem.message
    return None


def checked_text(answers: Answers, file: Path, home: Path) -> str:
    """The file's text, once it has been loaded: what `init` writes always works."""
    text = config_text(answers)
    with tempfile.TemporaryDirectory(prefix="nsquilio-") as folder:
        draft = Path(folder) / file.name
        draft.write_text(text, encoding="utf-8")
        try:
            load_config(draft, {}, home, home)
        except BadConfig as problem:
            raise BadConfig(problem.message.replace(str(draft), str(file)), problem.next) from None
    return text
