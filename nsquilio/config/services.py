"""The sections about the services: `netsuite`, `twilio`, `email`, `credentials`, `http`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal, cast

from nsquilio.config import fields, places
from nsquilio.config.problems import shown
from nsquilio.config.section import Section
from nsquilio.config.settings import (
    CredentialSettings,
    CustomerColumns,
    Http,
    InvoiceColumns,
    NetSuite,
    SendGrid,
    Twilio,
)

_BACKEND_WORDS = "the full name of a keyring class, like keyring.backends.SecretService.Keyring"
_PRESUMED = {"channel": "custentity_comm_channel", "sms_opt_out": "custentity_sms_opt_out"}
# NetSuite puts these before the names of custom fields by the kind of record that they are on.
_OF_TRANSACTIONS, _OF_CUSTOMERS = "custbody", "custentity"
_NAME = r"[A-Za-z][A-Za-z0-9_]{0,59}"


def _column(value: str) -> str:
    """A column of the customer, or of its contact; it goes into SuiteQL as it stands."""
    name = _any_form(value)
    if name.startswith("invoice.") or _is_of_invoice(name):
        raise ValueError(
            f"{shown(value)} is a column of the invoice, and here one of the customer or contact.X is read"
        )
    return name


def _column_or_invoices(value: str) -> str:
    """A column of the customer, of its contact or of the invoice; looked for on the wrong one it would be done
    without in silence, as columns are that an account lacks.
    """
    name = _any_form(value)
    bare = name.rpartition(".")[2]
    if _is_of_invoice(name) and not name.startswith("invoice."):
        raise ValueError(f"{shown(value)} is a column of the invoice; write invoice.{bare}")
    if name.startswith("invoice.") and bare.startswith(_OF_CUSTOMERS):
        raise ValueError(f"{shown(value)} is a column of the customer; write {bare}")
    return name


def _any_form(value: str) -> str:
    words = "a column, like mobilephone, contact.email or custentity_language"
    return fields.form(rf"((contact|invoice)\.)?{_NAME}", words)(value).lower()


def _is_of_invoice(name: str) -> bool:
    return name.rpartition(".")[2].startswith(_OF_TRANSACTIONS)


def _invoice_column(value: str) -> str:
    name = fields.form(_NAME, "a column of the invoice, like otherrefnum")(value).lower()
    if name.startswith(_OF_CUSTOMERS):
        raise ValueError(f"{shown(value)} is a column of the customer, and here one of the invoice is read")
    return name


def read_netsuite(section: Section) -> NetSuite:
    account = section.need("account", places.account_id, "")
    base_url = section.maybe("base_url", places.loopback_url)
    events, log = section.sub("events"), section.sub("log")
    settings = NetSuite(
        account=account,
        url=base_url or places.netsuite_url(account),
        subsidiary=section.maybe("subsidiary", fields.whole(1, 10**9)),
        concurrency=section.get("concurrency", fields.whole(1, 50), 2),
        customer=_read_customer(section.sub("customer")),
        invoice=_read_invoice(section.sub("invoice")),
        event_addresses=events.many("addresses", fields.address_range),
        log_to=cast(
            'Literal["custom_record", "nothing"]',
            log.get("to", fields.one_of("custom_record", "nothing"), "custom_record"),
        ),
    )
    for part in (events, log, section):
        part.done()
    return settings


def _read_customer(section: Section) -> CustomerColumns:
    columns = CustomerColumns(
        mobile=section.many("mobile", _column, ("mobilephone", "phone", "altphone")),
        email=section.many("email", _column_or_invoices, ("invoice.email", "email", "contact.email")),
        name=section.many("name", _column, ("companyname", "altname", "entityid")),
        channel=section.maybe("channel", _column, _PRESUMED["channel"]),
        channel_values=_read_channel_values(section.sub("channel_values")),
        sms_opt_out=section.maybe("sms_opt_out", _column, _PRESUMED["sms_opt_out"]),
        excluded=section.many("excluded", _column_or_invoices, ("custentity_3805_dunning_paused",)),
        time_zone=section.maybe("time_zone", _column),
        language=section.maybe("language", _column),
        presumed=frozenset(name for key, name in _PRESUMED.items() if not section.has(key)),
    )
    if section.has("name") and not columns.name:
        section.problem("name", "needs at least one column")
    section.done()
    return columns


def _read_channel_values(section: Section) -> dict[str, str]:
    meaning: dict[str, str] = {}
    for channel, default in (("sms", ("SMS", "Text")), ("email", ("Email",)), ("none", ("None",))):
        for value in section.many(channel, fields.line, default):
            if meaning.setdefault(value.lower(), channel) != channel:
                section.problem(channel, f"{value!r} stands for {meaning[value.lower()]} already")
    section.done()
    return meaning


def _read_invoice(section: Section) -> InvoiceColumns:
    columns = InvoiceColumns(
        po=section.maybe("po", _invoice_column, "otherrefnum"),
        description=section.maybe("description", _invoice_column, "memo"),
        payment_link=section.maybe("payment_link", _invoice_column),
    )
    section.done()
    return columns


def read_twilio(section: Section) -> Twilio:
    """All of the section but its prices, which are rules and are read there."""
    base_url = section.maybe("base_url", places.loopback_url)
    service = section.maybe("messaging_service_sid", fields.sid("MG", "a Messaging Service SID"))
    number = section.maybe("from_number", fields.sender_number)
    _check_sender(section, service, number)
    return Twilio(
        account_sid=section.need("account_sid", fields.sid("AC", "an account SID"), ""),
        messaging_service_sid=service,
        from_number=number,
        urls={host: base_url or f"https://{host}.twilio.com" for host in places.TWILIO_HOSTS},
        inbound_numbers=section.many("inbound_numbers", fields.sender_number),
        voicemail=section.many("voicemail", fields.one_of("recordings", "intelligence"), ("recordings",)),
        messages_per_second=section.get("messages_per_second", fields.rate, 1.0),
        requests_in_flight=section.get("requests_in_flight", fields.whole(1, 64), 4),
    )


def _check_sender(section: Section, service: str | None, number: str | None) -> None:
    if service and number:
        section.problem("from_number", "leave it out: messaging_service_sid chooses the sender already")
    elif not section.has("messaging_service_sid") and not section.has("from_number"):
        section.problem("", "needs a sender: messaging_service_sid or from_number")
    elif not service and not number:
        key = "messaging_service_sid" if section.has("messaging_service_sid") else "from_number"
        if section.node(key) is None:
            section.problem(
                key, "has no value, and texts need a sender: messaging_service_sid or from_number"
            )


def read_sendgrid(section: Section) -> SendGrid | None:
    """None: no mail is configured, because `email.sendgrid` is not there or empty."""
    if section.node("sendgrid") is None:
        return None
    mail = section.sub("sendgrid")
    sender = mail.sub("from")
    settings = SendGrid(
        url=mail.maybe("base_url", places.loopback_url) or "https://api.sendgrid.com",
        from_email=sender.need("email", fields.email, ""),
        from_name=sender.get("name", fields.line, ""),
        reply_to=mail.maybe("reply_to", fields.email),
    )
    for part in (sender, mail):
        part.done()
    return settings


def read_http(section: Section, folder: Path, home: Path) -> Http:
    ca_file = section.maybe("ca_file", path_reader(folder, home))
    if ca_file and not os.path.isfile(ca_file):
        section.problem("ca_file", f"there is no file {ca_file}")
    settings = Http(section.maybe("proxy", places.proxy_url), ca_file)
    section.done()
    return settings


def path_reader(folder: Path, home: Path) -> Callable[[str], Path]:
    """Paths are relative to the configuration file; ~ is the home directory."""

    def read(value: str) -> Path:
        written = fields.line(value)
        if written == "~" or written.startswith("~/"):
            return home / written[2:]
        return folder / written

    return read


def read_credentials(section: Section, folder: Path, home: Path) -> CredentialSettings:
    path = path_reader(folder, home)
    settings = CredentialSettings(
        store=cast(
            'Literal["os", "file", "command"]',
            section.get("store", fields.one_of("os", "file", "command"), "os"),
        ),
        backend=section.maybe("backend", fields.form(rf"({_NAME}\.)+{_NAME}", _BACKEND_WORDS)),
        file=section.maybe("file", path),
        key_file=section.maybe("key_file", path),
        command=section.many("command", fields.line),
    )
    _check_store(section, settings)
    section.done()
    return settings


def _check_store(section: Section, settings: CredentialSettings) -> None:
    written = {
        "backend": ("os", settings.backend),
        "file": ("file", settings.file),
        "key_file": ("file", settings.key_file),
        "command": ("command", settings.command),
    }
    for key, (store, value) in written.items():
        if value and settings.store != store:
            section.problem(key, f"belongs to store: {store}, but the store is {settings.store}")
    if settings.store != "command":
        return
    if not settings.command:
        section.problem("command", 'store: command needs one, like [pass, show, "nsquilio/{name}"]')
    elif not any("{name}" in argument for argument in settings.command):
        section.problem("command", "needs {name} in one argument, or every credential would be the same")
