"""Opt-outs by hand. They belong to the number or address, so they hold for every customer record that has it."""

from __future__ import annotations

from nsquilio.core.model import Channel
from nsquilio.core.phones import parse_phone
from nsquilio.errors import WrongUsage
from nsquilio.jobs.cancel import cancel
from nsquilio.jobs.results import Done
from nsquilio.jobs.services import Services


def address_of(text: str, country: str) -> tuple[str, Channel]:
    """The E.164 number or lower-case address that a person typed."""
    plain = text.strip()
    if "@" in plain:
        return plain.lower(), Channel.EMAIL
    phone = parse_phone(plain, country=country)
    if phone is None:
        raise WrongUsage(
            f"{text!r} is neither a number that can be texted nor an e-mail address.",
            "Write it as +14155550100.",
        )
    return phone.e164, Channel.SMS


def add_optout(services: Services, text: str, source: str) -> Done:
    address, channel = address_of(text, services.rules.company.country)
    if not source.strip():
        raise WrongUsage("An opt-out needs its source.", "Say how we know: --source 'phone call of 3 March'.")
    new = services.store.blocks.opt_out(
        address, channel, "person", source.strip(), services.clock(), actor=services.actor
    )
    words = f"{address} is opted out{'' if new else ' already'}."
    scheduled = [m for m in services.store.messages.scheduled() if m.to == address]
    facts: dict[str, object] = {"address": address, "channel": str(channel), "is_new": new}
    if not scheduled:
        return Done(words, {**facts, "canceled": []})
    result = cancel(scheduled, "opted out", services)
    words += f" {len(result.keys)} scheduled text(s) canceled."
    return Done(words, {**facts, "canceled": list(result.keys)}, result.problems)


def remove_optout(services: Services, text: str, source: str) -> Done:
    address, channel = address_of(text, services.rules.company.country)
    ended = services.store.blocks.opt_in(
        address, channel, source.strip(), services.clock(), keyword_only=False, actor=services.actor
    )
    facts = {"address": address, "channel": str(channel), "removed": ended}
    if not ended:
        return Done(f"{address} was not opted out.", facts)
    at_twilio = " If Twilio blocks it too (21610), only a text with START from that phone lifts that."
    words = f"{address} may be written to again.{at_twilio if channel is Channel.SMS else ''}"
    return Done(words, facts)
