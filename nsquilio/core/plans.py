"""A plan in a file: the messages a run would send, their hash, and whose plan it is.

Reading refuses anything edited, cut or made for another profile; sending decides again and takes only what the plan
holds word for word.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from nsquilio.core.chain import canonical
from nsquilio.core.keys import hash_of_lines, plan_hash, plan_line
from nsquilio.core.model import Decision, Message, Plan, Reason
from nsquilio.errors import NotReady

SCHEMA = "nsquilio.plan.v1"


@dataclass(frozen=True, slots=True)
class Wording:
    """What makes a message the same one: to whom, in which words, for which reminders."""

    channel: str
    to: str
    subject: str | None
    body: str
    html: str | None
    reminder_keys: tuple[str, ...]


def wording_of(message: Message) -> Wording:
    keys = tuple(sorted(reminder.key for reminder in message.reminders))
    return Wording(message.channel, message.to, message.subject, message.body, message.html, keys)


@dataclass(frozen=True, slots=True)
class PlanFile:
    """`names`: of each wording, the document numbers, for saying what is no longer sent."""

    hash: str
    made_at: str
    names: Mapping[Wording, str]


def plan_text(messages: Iterable[Message], profile: str, account: str, now: datetime) -> str:
    """The file's text, one object."""
    kept = tuple(messages)
    body = {
        "schema": SCHEMA,
        "profile": profile,
        "account": account,
        "made_at": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "plan_hash": plan_hash(kept),
        "messages": [_row(message) for message in kept],
    }
    return json.dumps({**body, "seal": _seal(body)}, ensure_ascii=True, indent=1) + "\n"


def _seal(body: Mapping[str, Any]) -> str:
    """Over everything else in the file: what it says beside the messages is believed, too."""
    return sha256(
        canonical({name: value for name, value in body.items() if name != "seal"}).encode()
    ).hexdigest()


def _row(message: Message) -> dict[str, Any]:
    said = wording_of(message)
    return {
        "channel": said.channel,
        "to": said.to,
        "subject": said.subject,
        "body": said.body,
        "html": said.html,
        "reminder_keys": list(said.reminder_keys),
        "document_numbers": [reminder.document_number for reminder in message.reminders],
    }


def read_plan(text: str, source: str, profile: str, account: str) -> PlanFile:
    """`source`: the file's name, for messages. Raises `NotReady` for a file that is not an untouched plan of ours."""
    again = "Make a new one with `nsquilio remind --dry-run --save-plan FILE`."
    try:
        found = json.loads(text)
    except ValueError:
        raise NotReady(
            f"{source} is not a whole plan file: it is cut off or not JSON.", again, code="bad_plan"
        ) from None
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise NotReady(f"{source} is not a plan file of nsquilio.", again, code="bad_plan")
    if (found.get("profile"), found.get("account")) != (profile, account):
        whose = f"profile {found.get('profile')!r}, account {found.get('account')!r}"
        raise NotReady(
            f"{source} is a plan of {whose}, not of {profile!r}, {account!r}.", again, code="bad_plan"
        )
    try:
        names = {_wording(row): ", ".join(map(str, row["document_numbers"])) for row in found["messages"]}
        stated, actual = found["plan_hash"], _hash(names)
        is_whole = stated == actual and found.get("seal") == _seal(found)
    except (KeyError, TypeError, AttributeError, ValueError):
        raise NotReady(f"{source} has lost a part of a message.", again, code="bad_plan") from None
    if not is_whole:
        raise NotReady(
            f"{source} was edited: it does not fit its hash {str(stated)[:12]}.",
            again,
            code="bad_plan",
        )
    return PlanFile(actual, str(found.get("made_at", "")), names)


def _wording(row: Mapping[str, Any]) -> Wording:
    keys = tuple(str(key) for key in row["reminder_keys"])
    return Wording(row["channel"], row["to"], row["subject"], row["body"], row["html"], keys)


def _hash(wordings: Iterable[Wording]) -> str:
    return hash_of_lines(
        plan_line(w.channel, w.to, w.subject, w.body, w.html, w.reminder_keys) for w in wordings
    )


def only_planned(plan: Plan, file: PlanFile) -> tuple[Plan, tuple[str, ...]]:
    """The messages the file holds word for word; the second value names those of it that are no longer due."""
    kept = tuple(message for message in plan.messages if wording_of(message) in file.names)
    keys = {message.key for message in kept}
    found = {wording_of(message) for message in kept}
    decisions = tuple(_left_out(decision, keys) for decision in plan.decisions)
    missing = tuple(names for wording, names in file.names.items() if wording not in found)
    return Plan(decisions, kept), missing


def _left_out(decision: Decision, kept: set[str]) -> Decision:
    if not decision.message_keys or kept & set(decision.message_keys):
        return decision
    return replace(
        decision, reason=Reason.FILTERED, detail="not in the plan file", message_keys=(), not_before=None
    )
