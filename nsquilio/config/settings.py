"""The configuration as frozen values, by section of the file. Holds no secret and reads nothing.

What the decision needs stands in `nsquilio.core.rules`, because core may not import this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal

from nsquilio.core.rules import Rules


@dataclass(frozen=True, slots=True)
class CustomerColumns:
    """SuiteQL column names, lower case; "contact.x" and "invoice.x" stand on those records. None: none.

    `channel_values`: what the channel column holds, lower case, to what it means ("sms", "email", "none").
    `presumed`: defaults that the file does not name, so an account need not have them.
    """

    mobile: tuple[str, ...]
    email: tuple[str, ...]
    name: tuple[str, ...]
    channel: str | None
    channel_values: Mapping[str, str]
    sms_opt_out: str | None
    excluded: tuple[str, ...]
    time_zone: str | None
    language: str | None
    presumed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class InvoiceColumns:
    po: str | None
    description: str | None
    payment_link: str | None

    @property
    def unset(self) -> frozenset[str]:
        """What no column is named for: templates find it empty for every invoice."""
        return frozenset(each.name for each in fields(self) if getattr(self, each.name) is None)


@dataclass(frozen=True, slots=True)
class NetSuite:
    """`url`: scheme and host, no slash at the end. `event_addresses`: networks; empty: from anywhere."""

    account: str
    url: str
    subsidiary: int | None
    concurrency: int
    customer: CustomerColumns
    invoice: InvoiceColumns
    event_addresses: tuple[str, ...]
    log_to: Literal["custom_record", "nothing"]


@dataclass(frozen=True, slots=True)
class Twilio:
    """`urls`: "api", "messaging", "intelligence" and "pricing" to scheme and host."""

    account_sid: str
    messaging_service_sid: str | None
    from_number: str | None
    urls: Mapping[str, str]
    inbound_numbers: tuple[str, ...]
    voicemail: tuple[str, ...]
    messages_per_second: float
    requests_in_flight: int


@dataclass(frozen=True, slots=True)
class SendGrid:
    url: str
    from_email: str
    from_name: str
    reply_to: str | None


@dataclass(frozen=True, slots=True)
class CredentialSettings:
    """`backend` None: the operating system's own. `file` None: in the state directory. Paths are absolute."""

    store: Literal["os", "file", "command"]
    backend: str | None
    file: Path | None
    key_file: Path | None
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Http:
    proxy: str | None
    ca_file: Path | None


@dataclass(frozen=True, slots=True)
class Settings:
    """`warnings`: what is allowed but unwise, in sentences. `all_loopback`: no URL leaves this machine."""

    file: Path
    rules: Rules
    netsuite: NetSuite
    twilio: Twilio
    sendgrid: SendGrid | None
    credentials: CredentialSettings
    http: Http
    state_directory: Path
    retention_years: int
    ping_url: str | None
    all_loopback: bool
    warnings: tuple[str, ...]

    @property
    def profile(self) -> str:
        return self.rules.profile
