"""The sections that become rules, but `reminders`: contact rules, replies, limits, prices, recipients."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnly
from decimal import Decimal
from typing import Literal, cast

from nsquilio.config import fields
from nsquilio.config.hours import read_hours
from nsquilio.config.section import Section
from nsquilio.config.yaml_source import Scalar, Sequence
from nsquilio.core.rules import ContactRules, Hours, Limits, ReplyRules

# Monday to Saturday, 9 to 20: what is allowed in every region we know the rules of.
DEFAULT_HOURS = Hours((*[(fields.clock("09:00"), fields.clock("20:00"))] * 6, None))


def read_contact(section: Section) -> ContactRules:
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
    for part in (per_customer, section):
        part.done()
    return rules


def read_replies(section: Section) -> ReplyRules:
    promises = section.get("promises", fields.one_of("draft", "accept"), "draft")
    rules = ReplyRules(
        promises=cast('Literal["draft", "accept"]', promises),
        hold_on_dispute_days=section.get("hold_on_dispute_days", fields.whole(0, 366), 5),
        hold_on_paid_claim_days=section.get("hold_on_paid_claim_days", fields.whole(0, 366), 3),
    )
    section.done()
    return rules


def read_limits(section: Section) -> Limits:
    limits = Limits(
        messages_per_run=section.get("messages_per_run", fields.whole(1, 1_000_000), 500),
        cost_per_run=section.get("cost_per_run", fields.decimal, Decimal("25.00")),
        first_run=section.get("first_run", fields.whole(1, 1_000_000), 10),
        times_usual=section.get("times_usual", fields.whole(1, 1000), 3),
    )
    section.done()
    return limits


def read_prices(prices: Section) -> ReadOnly[str, Decimal]:
    found = {}
    for key, node in prices.open_keys():
        price = prices.value(key, node, fields.decimal)
        try:
            found[fields.country(key)] = price or Decimal(0)
        except ValueError as error:
            prices.problem(key, str(error))
    return found


def read_allowed(top: Section, is_production: bool, all_loopback: bool) -> frozenset[str] | None:
    """None: everyone. `any` is for worlds that cannot leave this machine, like the built-in sandbox's."""
    found = top.node("allowed_recipients")
    if found and isinstance(found[1], Scalar) and found[1].text == "any":
        if not all_loopback and not is_production:
            top.problem(
                "allowed_recipients", "any is for profiles whose base URLs are all loopback addresses"
            )
        return None
    allowed = frozenset(top.many("allowed_recipients", fields.recipient))
    if is_production:
        if allowed:
            text = "does not limit production; empty it, or rename the profile to write to these alone"
            top.problem("allowed_recipients", text)
        return None
    entries = found[1].items if found and isinstance(found[1], Sequence) else []
    if not allowed and not all_loopback and not entries:
        text = "this profile is not production, so it needs the numbers and addresses it may write to"
        top.problem("allowed_recipients", text)
    return allowed
