"""The tree of the file to `Settings`: the remaining sections, and what cannot be true of several together."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as ReadOnly
from decimal import Decimal
from pathlib import Path
from typing import Literal, cast

from nsquilio.config import fields, places
from nsquilio.config.hours import read_hours
from nsquilio.config.problems import Problems
from nsquilio.config.section import Known, Section
from nsquilio.config.services import (
    path_reader,
    read_credentials,
    read_http,
    read_netsuite,
    read_sendgrid,
    read_twilio,
)
from nsquilio.config.settings import Settings
from nsquilio.config.steps import read_reminders
from nsquilio.config.yaml_source import Mapping, Scalar
from nsquilio.core.rules import Company, ContactRules, Hours, Limits, ReplyRules, Rules, Step

# facts/contact-rules.md §2: the intersection of what the regions allow.
DEFAULT_HOURS = Hours((*[(fields.clock("09:00"), fields.clock("20:00"))] * 6, None))
PRODUCTION = "production"
SANDBOX = "sandbox"

# Judges the templates of one step: what is wrong with them, in words; nothing: all well.
CheckTemplates = Callable[[Step, Company], list[str]]


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
    sections = {key: top.sub(key) for key in ("netsuite", "twilio", "email", "state", "monitoring")}
    netsuite, twilio = read_netsuite(sections["netsuite"]), read_twilio(sections["twilio"])
    sendgrid = read_sendgrid(sections["email"])
    in_use = [netsuite.url, *twilio.urls.values(), *([sendgrid.url] if sendgrid else [])]
    all_loopback = not any(url.endswith((".netsuite.com", ".twilio.com", ".sendgrid.com")) for url in in_use)
    check_step = (lambda step: check_templates(step, company)) if check_templates else (lambda step: [])
    rules = Rules(
        profile=profile,
        company=company,
        reminders=read_reminders(top.sub("reminders"), sendgrid is not None, check_step),
        contact=_read_contact(top.sub("contact_rules")),
        replies=_read_replies(top.sub("replies")),
        limits=_read_limits(top.sub("limits")),
        allowed_recipients=_read_allowed(top, profile, all_loopback),
        price_per_segment=_read_prices(sections["twilio"].sub("price_per_segment")),
        messaging_service=twilio.messaging_service_sid is not None,
        email=sendgrid is not None,
    )
    default_state = home / ".local" / "state" / "nsquilio" / profile
    directory = sections["state"].maybe("directory", path_reader(file.parent, home))
    settings = Settings(
        file=file,
        rules=rules,
        netsuite=netsuite,
        twilio=twilio,
        sendgrid=sendgrid,
        credentials=read_credentials(top.sub("credentials"), file.parent, home),
        http=read_http(top.sub("http"), file.parent, home),
        state_directory=directory or default_state,
        retention_years=top.get("retention_years", fields.whole(1, 100), 5),
        ping_url=sections["monitoring"].maybe("ping_url", places.ping_url),
        all_loopback=all_loopback,
        warnings=(),
    )
    _check_profile(top, settings, own_state=directory is not None)
    for section in (*sections.values(), top):
        section.done()
    return settings


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


def _read_contact(section: Section) -> ContactRules:
    per_customer = section.sub("per_customer")
    rules = ContactRules(
        hours=read_hours(section, "hours", DEFAULT_HOURS),
        email_hours=read_hours(section, "email_hours", None),
        holidays=section.get("holidays", fields.boolean, True),
        per_number_per_day=section.get("per_number_per_day", fields.whole(1, 100), 1),
        customer_contacts=per_customer.get("contacts", fields.whole(1, 1000), 2),
        customer_days=per_customer.get("days", fields.whole(1, 366), 7),
        schedule_ahead=section.get("schedule_ahead", fields.boolean, True),
    )
    for key, hours in (("hours", rules.hours), ("email_hours", rules.email_hours)):
        if hours and not any(hours.by_weekday):
            section.problem(key, "is closed on every day, so nothing could ever be sent")
    for part in (per_customer, section):
        part.done()
    return rules


def _read_replies(section: Section) -> ReplyRules:
    promises = section.get("promises", fields.one_of("draft", "accept"), "draft")
    rules = ReplyRules(
        promises=cast('Literal["draft", "accept"]', promises),
        hold_on_dispute_days=section.get("hold_on_dispute_days", fields.whole(0, 366), 5),
        hold_on_paid_claim_days=section.get("hold_on_paid_claim_days", fields.whole(0, 366), 3),
    )
    section.done()
    return rules


def _read_limits(section: Section) -> Limits:
    limits = Limits(
        messages_per_run=section.get("messages_per_run", fields.whole(1, 1_000_000), 500),
        cost_per_run=section.get("cost_per_run", fields.decimal, Decimal("25.00")),
        first_run=section.get("first_run", fields.whole(1, 1_000_000), 10),
        times_usual=section.get("times_usual", fields.whole(1, 1000), 3),
    )
    section.done()
    return limits


def _read_prices(prices: Section) -> ReadOnly[str, Decimal]:
    found = {}
    for key, node in prices.open_keys():
        price = prices.value(key, node, fields.decimal)
        try:
            found[fields.country(key)] = price or Decimal(0)
        except ValueError as error:
            prices.problem(key, str(error))
    return found


def _read_allowed(top: Section, profile: str, all_loopback: bool) -> frozenset[str] | None:
    """None: everyone. `any` is for worlds that cannot leave this machine, like the built-in sandbox's."""
    found = top.node("allowed_recipients")
    if found and isinstance(found[1], Scalar) and found[1].text == "any":
        if not all_loopback and profile != PRODUCTION:
            top.problem(
                "allowed_recipients", "any is for profiles whose base URLs are all loopback addresses"
            )
        return None
    allowed = frozenset(top.many("allowed_recipients", fields.recipient))
    if profile == PRODUCTION:
        if allowed:
            text = "does not limit production; empty it, or rename the profile to write to these alone"
            top.problem("allowed_recipients", text)
        return None
    if not allowed and not all_loopback and not _written_wrong(found):
        text = f"profile {profile!r} is not production, so it needs the numbers and addresses it may write to"
        top.problem("allowed_recipients", text)
    return allowed


def _written_wrong(found: object) -> bool:
    """A list whose entries all failed has its problems already."""
    return isinstance(found, tuple) and bool(getattr(found[1], "items", None))


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
