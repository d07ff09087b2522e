"""The tree of the file to `Settings`: the remaining sections, and what cannot be true of several together."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from nsquilio.config import fields, places
from nsquilio.config.problems import Problems
from nsquilio.config.rule_sections import read_allowed, read_contact, read_limits, read_prices, read_replies
from nsquilio.config.section import Known, Section
from nsquilio.config.services import (
    path_reader,
    read_credentials,
    read_http,
    read_netsuite,
    read_sendgrid,
    read_twilio,
)
from nsquilio.config.settings import NetSuite, SendGrid, Settings, Twilio
from nsquilio.config.steps import read_reminders
from nsquilio.config.yaml_source import Mapping
from nsquilio.core.rules import Company, Rules, Step

PRODUCTION = "production"
SANDBOX = "sandbox"

# Judges the templates of one step: what is wrong with them, in words; nothing: all well. The third argument is
# what no column of the invoice fills, such as "payment_link".
CheckTemplates = Callable[[Step, Company, frozenset[str]], list[str]]


def build(
    root: Mapping, problems: Problems, file: Path, home: Path, check_templates: CheckTemplates | None
) -> Settings:
    """Settings with stand-ins where `problems` were found; the caller raises those."""
    known = Known(problems)
    settings = _build(Section(root, "", known), file, home, check_templates)
    known.report()
    return settings


def _build(top: Section, file: Path, home: Path, check_templates: CheckTemplates | None) -> Settings:
    profile = top.get("profile", _profile, PRODUCTION)
    company = _read_company(top.sub("company"))
    twilio_section, mail, state, monitoring = (top.sub(k) for k in ("twilio", "email", "state", "monitoring"))
    netsuite, twilio = read_netsuite(top.sub("netsuite")), read_twilio(twilio_section)
    sendgrid = read_sendgrid(mail)
    all_loopback = all(map(places.is_loopback_url, _urls_in_use(netsuite, twilio, sendgrid)))
    judge = check_templates or (lambda *_: [])
    unset = netsuite.invoice.unset
    rules = Rules(
        profile=profile,
        company=company,
        reminders=read_reminders(
            top.sub("reminders"), sendgrid is not None, lambda step: judge(step, company, unset)
        ),
        contact=read_contact(top.sub("contact_rules")),
        replies=read_replies(top.sub("replies")),
        limits=read_limits(top.sub("limits")),
        allowed_recipients=read_allowed(top, profile == PRODUCTION, all_loopback),
        price_per_segment=read_prices(twilio_section.sub("price_per_segment")),
        messaging_service=twilio.messaging_service_sid is not None,
        email=sendgrid is not None,
    )
    directory = state.maybe("directory", path_reader(file.parent, home))
    settings = Settings(
        file=file,
        rules=rules,
        netsuite=netsuite,
        twilio=twilio,
        sendgrid=sendgrid,
        credentials=read_credentials(top.sub("credentials"), file.parent, home),
        http=read_http(top.sub("http"), file.parent, home),
        state_directory=directory or home / ".local" / "state" / "nsquilio" / profile,
        retention_years=top.get("retention_years", fields.whole(1, 100), 5),
        ping_url=monitoring.maybe("ping_url", places.ping_url),
        all_loopback=all_loopback,
        warnings=(),
    )
    _check_profile(top, settings, own_state=directory is not None)
    for section in (twilio_section, mail, state, monitoring, top):
        section.done()
    return settings


def _urls_in_use(netsuite: NetSuite, twilio: Twilio, sendgrid: SendGrid | None) -> list[str]:
    return [netsuite.url, *twilio.urls.values(), *([sendgrid.url] if sendgrid else [])]


def _profile(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,39}", value):
        near = fields.nearest(value.lower(), [PRODUCTION]) or ", like production or staging"
        raise ValueError(f"{value!r:.50} is not a profile name of small letters, digits, '-' and '_'{near}")
    return value


def _read_company(section: Section) -> Company:
    company = Company(
        name=section.need("name", fields.line, ""),
        time_zone=section.need("time_zone", fields.time_zone, "UTC"),
        country=section.need("country", fields.country, "US"),
        currency=section.need("currency", fields.currency, "USD"),
        contact=section.need("contact", fields.line, ""),
    )
    section.done()
    return company


def _check_profile(top: Section, settings: Settings, own_state: bool) -> None:
    """A NetSuite sandbox is never "production" (spec section 9); the built-in sandbox keeps its place."""
    account = settings.netsuite.account
    if settings.profile == PRODUCTION and places.is_sandbox_account(account):
        text = (
            f"{account} is a NetSuite sandbox, so the profile must not be named production; call it staging"
        )
        top.problem("profile", text)
    if settings.profile == SANDBOX and not settings.all_loopback and not own_state:
        text = "sandbox is the built-in sandbox's place among the states; choose another name, like staging"
        top.problem("profile", text)


def rule_warnings(settings: Settings) -> tuple[str, ...]:
    """What is allowed but probably not meant."""
    rules, credentials = settings.rules, settings.credentials
    found = []
    if not rules.reminders.steps:
        found.append("reminders.steps is empty, so nobody will be reminded.")
    if rules.contact.hours is None:
        found.append("contact_rules.hours is any, so texts may arrive at night.")
    if credentials.key_file and credentials.key_file.parent == settings.state_directory:
        found.append(
            "credentials.key_file is in the state directory, so a copy of that opens the credentials."
        )
    return tuple(found)
