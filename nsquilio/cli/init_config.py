"""The configuration that `init` writes: a commented file out of a few answers. Asks nothing and writes
nothing.

Whatever is not in it has the value that config.example.yaml shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nsquilio.cli.init_steps import steps_lines

EXAMPLE = "config.example.yaml explains every other key; a line left out has the value shown there."


@dataclass(frozen=True, slots=True)
class Answers:
    """`sender`: a Messaging Service's SID or a number. `mail_from` "": texts alone. `steps`: as typed,
    checked.

    `base_url`: a test server on this machine in the place of all services. `state_directory`, `key_file`
    None:
    the usual place; a key from systemd.
    """

    profile: str
    company: str
    contact: str
    time_zone: str
    country: str
    currency: str
    account: str
    twilio_account: str
    sender: str
    mail_from: str
    steps: tuple[str, ...]
    allowed: tuple[str, ...]
    store: str
    backend: str | None = None
    key_file: Path | None = None
    command: tuple[str, ...] = ()
    state_directory: Path | None = None
    ping_url: str | None = None
    base_url: str | None = None


def config_text(answers: Answers) -> str:
    parts = (
        _head(answers),
        _netsuite(answers),
        _services(answers),
        _reminders(answers),
        _brakes(answers),
        _place(answers),
    )
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def quoted(text: str) -> str:
    """A double-quoted scalar: JSON's are YAML's, too."""
    return json.dumps(text, ensure_ascii=False)


def _noted(setting: str, note: str) -> str:
    return f"{setting:<35} # {note}"


def _head(answers: Answers) -> Iterator[str]:
    yield (
        "# nsquilio's configuration, written by `nsquilio init`. It holds no secrets: `nsquilio "
        "credentials` keeps those."
    )
    yield f"# {EXAMPLE}"
    yield "# After a change: nsquilio doctor"
    yield ""
    if answers.profile == "production":
        yield _noted("profile: production", "writes to customers; any other name to allowed_recipients alone")
    else:
        yield _noted(f"profile: {answers.profile}", "not production: writes to allowed_recipients alone")
        yield f"allowed_recipients: [{', '.join(map(quoted, answers.allowed))}]"
    yield ""
    yield "company:"
    yield _noted(f"  name: {quoted(answers.company)}", "stands in every message")
    yield _noted(f"  time_zone: {answers.time_zone}", "decides which day it is")
    yield _noted(f"  country: {answers.country}", "for phones and holidays where nothing else tells")
    yield _noted(f"  currency: {answers.currency}", "for accounts with one currency")
    yield _noted(f"  contact: {quoted(answers.contact)}", "offered in messages to whoever has a question")


def _netsuite(answers: Answers) -> Iterator[str]:
    yield "netsuite:"
    yield _noted(f"  account: {answers.account}", "as Setup > Company > Company Information shows it")
    if answers.base_url:
        yield _noted(f"  base_url: {answers.base_url}", "a test server; remove the line for the real service")
    yield _noted("  concurrency: 2", "requests at once; other integrations share the account's few")
    yield _noted("  customer:", "columns of the customer, tried in order; contact.X, invoice.X likewise")
    yield "    mobile: [mobilephone, phone, altphone]"
    yield "    email: [invoice.email, email, contact.email]"
    yield "    name: [companyname, altname, entityid]"
    yield "    # Looked for under these names; a name written here must exist in NetSuite, or nothing is sent."
    yield _noted("    # channel: custentity_comm_channel", "what the customer prefers: SMS, Email or None")
    yield _noted("    # sms_opt_out: custentity_sms_opt_out", "checkbox: no texts to this customer")
    yield "  invoice: {po: otherrefnum, description: memo}"
    yield _noted("  log: {to: custom_record}", "write each message to NetSuite; or nothing")


def _services(answers: Answers) -> Iterator[str]:
    yield "twilio:"
    yield f"  account_sid: {answers.twilio_account}"
    if answers.sender.startswith("MG"):
        yield _noted(
            f"  messaging_service_sid: {answers.sender}", "schedules texts for the recipient's morning"
        )
    else:
        yield _noted(f"  from_number: {quoted(answers.sender)}", "a Messaging Service could schedule texts")
    if answers.base_url:
        yield _noted(f"  base_url: {answers.base_url}", "a test server; remove the line for the real service")
    yield _noted("  messages_per_second: 1", "as fast as your sender may")
    if not answers.mail_from:
        yield ""
        yield _noted("# email:", "this section, and `email:` in each step, send mail, too")
        return
    yield ""
    yield "email:"
    yield "  sendgrid:"
    sender = f"email: {quoted(answers.mail_from)}, name: {quoted(answers.company)}"
    yield _noted(f"    from: {{{sender}}}", "a verified sender")
    yield _noted(f"    reply_to: {quoted(answers.mail_from)}", "the mailbox your team reads")
    if answers.base_url:
        yield _noted(
            f"    base_url: {answers.base_url}", "a test server; remove the line for the real service"
        )


def _reminders(answers: Answers) -> Iterator[str]:
    before = max((-int(step) for step in answers.steps if step.startswith("-")), default=0)
    yield "reminders:"
    yield _noted(f"  look_ahead_days: {max(7, before)}", "how far before its due date an invoice is read")
    yield _noted("  smallest_balance: 5.00", "less is skipped")
    yield _noted("  largest_balance: 50000.00", "more is held until a person releases it")
    yield _noted("  steps:", "ids stand in the records: do not change them later")
    yield from steps_lines(answers.steps, with_mail=bool(answers.mail_from))


def _brakes(answers: Answers) -> Iterator[str]:
    yield "contact_rules:"
    yield _noted('  hours: {mon-fri: "09:00-20:00", sat: "09:00-20:00", sun: none}', "the recipient's time")
    yield "  per_customer: {contacts: 2, days: 7}"
    yield ""
    yield _noted("limits:", "more than this stops a run before its first message")
    yield "  messages_per_run: 500"
    yield _noted("  cost_per_run: 25.00", "US dollars")
    yield _noted("  first_run: 10", "messages of the very first live run")


def _place(answers: Answers) -> Iterator[str]:
    yield "credentials:"
    yield from _credentials(answers)
    if answers.state_directory:
        yield ""
        yield f"state: {{directory: {quoted(str(answers.state_directory))}}}"
    yield ""
    if answers.ping_url:
        yield f"monitoring: {{ping_url: {quoted(answers.ping_url)}}}"
    else:
        yield _noted("monitoring: {ping_url: }", "told of start, success and failure: https://hc-ping.com/…")


def _credentials(answers: Answers) -> Iterator[str]:
    if answers.store == "os":
        yield _noted("  store: os", "the system's keyring; `doctor --as-cron` tells whether cron can read it")
        yield f"  backend: {answers.backend}"
    elif answers.store == "command":
        yield _noted("  store: command", "a program that prints one credential")
        yield f"  command: [{', '.join(map(quoted, answers.command))}]"
    else:
        yield _noted("  store: file", "an encrypted file in the state directory")
        if answers.key_file:
            yield _noted(
                f"  key_file: {quoted(str(answers.key_file))}", "keep it out of backups of the state"
            )
        else:
            yield _noted("  key_file:", "empty: systemd gives the key to the unit; else NSQUILIO_KEY")
