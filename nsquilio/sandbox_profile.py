"""The sandbox as a profile of its own: configuration, throwaway credentials, state and world in one directory.

`--sandbox` starts the sandbox's server in this process on a free loopback port for one command; `sandbox serve` keeps it
up for other programs. Nothing here is used by a real profile.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nsquilio.errors import DiskFailed

if TYPE_CHECKING:
    from nsquilio.config import Settings
    from nsquilio.config.build import CheckTemplates
    from nsquilio.sandbox.world import World

Clock = Callable[[], datetime]

_CONFIG = """\
# The sandbox's configuration; edit the steps and texts to see what they do. `nsquilio sandbox reset --config` renews it.
profile: sandbox
company:
  name: Example SaaS Inc.
  time_zone: America/New_York
  country: US
  currency: USD
  contact: "+1 415 555 0100"
netsuite:
  account: {account}
  base_url: {url}
  customer:
    mobile: [mobilephone, phone, altphone]
    email: [invoice.email, email, contact.email]
    name: [companyname, altname, entityid]
    channel: custentity_comm_channel
    channel_values: {{sms: [SMS, Text], email: [Email], none: [None]}}
    sms_opt_out: custentity_sms_opt_out
    excluded: [custentity_3805_dunning_paused]
  invoice: {{po: otherrefnum, description: memo}}
twilio:
  account_sid: {account_sid}
  messaging_service_sid: {messaging_service_sid}
  base_url: {url}
  messages_per_second: 0
email:
  sendgrid: {{from: {{email: ar@example.com, name: Example AR}}, reply_to: ar@example.com, base_url: {url}}}
reminders:
  look_ahead_days: 7
  smallest_balance: 5.00
  largest_balance: 50000.00
  steps:
    - id: upcoming
      days_before_due: 5
      channels: [preferred]
      sms: "{{{{ company.name }}}}: invoice {{{{ invoice.number }}}} for {{{{ invoice.balance }}}} is due {{{{ invoice.due_date }}}}. Questions? {{{{ company.contact }}}}"
      email:
        subject: "Invoice {{{{ invoice.number }}}} is due {{{{ invoice.due_date }}}}"
        text: "Dear {{{{ customer.name }}}},\\n\\ninvoice {{{{ invoice.number }}}} for {{{{ invoice.balance }}}} is due on {{{{ invoice.due_date }}}}.\\n\\nQuestions? {{{{ company.contact }}}}\\n{{{{ company.name }}}}"
    - id: late-1
      days_after_due: 1
      channels: [preferred]
      sms: "{{{{ company.name }}}}: invoice {{{{ invoice.number }}}} for {{{{ invoice.balance }}}} was due {{{{ invoice.due_date }}}}. Already paid? Just tell us. {{{{ company.contact }}}}"
      email:
        subject: "Invoice {{{{ invoice.number }}}} was due {{{{ invoice.due_date }}}}"
        text: "Dear {{{{ customer.name }}}},\\n\\ninvoice {{{{ invoice.number }}}} for {{{{ invoice.balance }}}} was due on {{{{ invoice.due_date }}}}. If you have paid, please tell us.\\n\\nQuestions? {{{{ company.contact }}}}\\n{{{{ company.name }}}}"
    - id: late-7
      days_after_due: 7
      channels: [preferred]
      sms: "{{{{ company.name }}}}: {{{{ count }}}} overdue invoice(s), {{{{ total }}}} in all: {{% for i in invoices %}}{{{{ i.number }}}}{{% if not loop.last %}}, {{% endif %}}{{% endfor %}}. When can we expect payment? {{{{ company.contact }}}}"
      email:
        subject: "Overdue: {{{{ total }}}}"
        text: "Dear {{{{ customer.name }}}},\\n\\nplease let us know when we can expect {{{{ total }}}}.\\n\\nQuestions? {{{{ company.contact }}}}\\n{{{{ company.name }}}}"
    - id: late-14
      days_after_due: 14
      channels: [preferred]
      sms: "{{{{ company.name }}}}: {{{{ total }}}} is still open, the oldest invoice {{{{ invoice.number }}}} since {{{{ invoice.due_date }}}}. Please call us: {{{{ company.contact }}}}"
      email:
        subject: "Please call us about {{{{ total }}}}"
        text: "Dear {{{{ customer.name }}}},\\n\\n{{{{ total }}}} is still open. Please call us at {{{{ company.contact }}}}.\\n\\n{{{{ company.name }}}}"
    - id: thanks
      on: paid
      channels: [preferred]
      sms: "{{{{ company.name }}}}: thank you, invoice {{{{ invoice.number }}}} is paid."
      email: {{subject: "Thank you for your payment", text: "Thank you: invoice {{{{ invoice.number }}}} is paid.\\n\\n{{{{ company.name }}}}"}}
allowed_recipients: any
limits: {{first_run: 100}}
credentials: {{store: file, file: {directory}/credentials.enc, key_file: {directory}/credentials.key}}
state: {{directory: {directory}/state}}
"""


def sandbox_directory(home: Path, environment: Mapping[str, str]) -> Path:
    given = environment.get("NSQUILIO_SANDBOX", "")
    return Path(given).expanduser() if given else home / ".local" / "state" / "nsquilio" / "sandbox"


@contextmanager
def opened_sandbox(
    home: Path,
    environment: Mapping[str, str],
    clock: Clock | None,
    check_texts: CheckTemplates | None = None,
) -> Iterator[tuple[Settings, Clock]]:
    """Serves the world for the length of the block. `clock`: from NSQUILIO_NOW, which then sets the world's."""
    from nsquilio.sandbox.server import serve

    directory = sandbox_directory(home, environment)
    world = open_sandbox_world(directory)
    if clock is not None:
        world.set_clock(clock())
    server = serve(world)
    server.start()
    try:
        yield settings_for(directory, world, server.base_url, "running.yaml", check_texts), world.now
    finally:
        server.stop()
        world.close()


def open_sandbox_world(directory: Path) -> World:
    """The world, made from the seed when it is new, with credentials that fit it."""
    from nsquilio.sandbox import control

    path = directory / "world.db"
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        return control.open_world(path) if path.exists() else reset_sandbox(directory)
    except OSError as problem:
        raise DiskFailed(
            f"The sandbox cannot be kept in {directory}: {problem.strerror}.",
            "Name another place with NSQUILIO_SANDBOX.",
            service="disk",
        ) from None


def reset_sandbox(directory: Path, seed: int = 1, start: datetime | None = None) -> World:
    """A new world, new credentials and no state; the configuration is kept, for it may have been edited."""
    import shutil

    from nsquilio.sandbox import control

    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.rmtree(directory / "state", ignore_errors=True)
    for name in ("credentials.enc", "credentials.key"):
        (directory / name).unlink(missing_ok=True)
    world = control.reset(directory / "world.db", seed, start)
    _name_new_accounts(directory / "config.yaml", world)
    return world


def _name_new_accounts(path: Path, world: World) -> None:
    """Each world has accounts of its own; a kept configuration that named the old ones would find none."""
    from nsquilio.sandbox.twilio_access import credentials

    if not path.exists():
        return
    known, text = credentials(world), path.read_text(encoding="utf-8")
    for name in ("account_sid", "messaging_service_sid"):
        text = re.sub(rf"^(\s+{name}:\s*)(?:AC|MG)[0-9a-f]{{32}}\b", rf"\g<1>{known[name]}", text, flags=re.M)
    _write(path, text)


def settings_for(
    directory: Path,
    world: World,
    url: str,
    name: str = "served.yaml",
    check_texts: CheckTemplates | None = None,
) -> Settings:
    """The sandbox's settings with the server's present address, as file `name`. Writes what is missing."""
    from nsquilio.config import load_config

    path = directory / "config.yaml"
    served = directory / name
    if not path.exists():
        _write(path, config_text(directory, world, "http://127.0.0.1:9"))
    # The port is another one at each command, the rest of the file may have been edited.
    _write(served, path.read_text(encoding="utf-8").replace("http://127.0.0.1:9", url))
    settings = load_config(served, {}, directory, directory, check_templates=check_texts, shown_as=path)
    _give_credentials(settings, world)
    return settings


def config_text(directory: Path, world: World, url: str) -> str:
    from nsquilio.sandbox.twilio_access import credentials

    known = credentials(world)
    return _CONFIG.format(
        account=world.setting("account"),
        account_sid=known["account_sid"],
        messaging_service_sid=known["messaging_service_sid"],
        directory=directory,
        url=url,
    )


def _write(path: Path, text: str) -> None:
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def _give_credentials(settings: Settings, world: World) -> None:
    """Throwaway secrets into the profile's store, once per world."""
    from nsquilio.credentials import NAMES, open_store

    store = open_store(settings.credentials, settings.profile, settings.state_directory, {})
    if store.find("netsuite.client_id") is not None:
        return
    from nsquilio.sandbox.netsuite_token import throwaway_credentials
    from nsquilio.sandbox.twilio_access import credentials

    for name, value in {**throwaway_credentials(world), **credentials(world)}.items():
        if name in NAMES:
            store.set(name, value, world.now())
