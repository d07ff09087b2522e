"""The checks that ask Twilio and SendGrid: the login, each right of the key, the sender, the scopes. Sends
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from nsquilio.errors import BadCredentials, NsquilioError, Refused
from nsquilio.jobs.checkup import CheckResult, Level, Subject, failed, failure, not_checked, ok, warning
from nsquilio.remote.twilio_access import ServiceSeen, TwilioAccess
from nsquilio.remote.twilio_errors import ErrorClass, error_of

_LOGIN_FIX = (
    "Set them again from the Twilio console (Account > API keys & tokens): nsquilio credentials set "
    "twilio.api_key_sid and "
    "twilio.api_key_secret, a Standard key of the account in twilio.account_sid (not test credentials, not "
    "a key of "
    "another account or region)."
)
_TOLL_FREE = ("+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888")

# Without these scopes nothing is lost for good: addresses that bounce, and mails of unknown outcome, stay
# unknown.
_WISHED_SCOPES = ("suppression.read", "messages.read")


def login_row(client: TwilioAccess) -> CheckResult:
    """Lists messages: a Standard key may not read the account itself, so that proves nothing."""
    name = "Twilio login"
    try:
        failures = client.failures()
    except BadCredentials as problem:
        return failure(name, problem.message, problem.next or _LOGIN_FIX)
    except NsquilioError as problem:
        if isinstance(problem, Refused) and problem.status == 404:
            return failure(
                name, problem.message, "twilio.account_sid is not the account of this key; correct it."
            )
        return failed(name, problem)
    settings = (ErrorClass.ACCOUNT, ErrorClass.COUNTRY)
    account = [code for code in failures if error_of(code).kind in settings]
    kind = "the API key" if client.uses_api_key else "the auth token"
    if account:
        worst = max(account, key=failures.__getitem__)
        saw = (
            f"{kind} works, but {failures[worst]} of the newest messages failed with {worst}: "
            f"{error_of(worst).meaning}"
        )
        return warning(name, saw, error_of(worst).advice)
    return ok(name, f"{kind} works and may list messages")


def right_rows(subject: Subject, client: TwilioAccess) -> Iterator[CheckResult]:
    """A row for each thing the key must be allowed; a Restricted key may lack any of them."""
    asked: list[tuple[str, str, Callable[[], str | None]]] = [
        ("Twilio calls", "missed calls would not be seen", lambda: client.refusal_to_list("Calls")),
        ("Twilio recordings", "voicemail would not be seen", lambda: client.refusal_to_list("Recordings")),
        (
            "Twilio transcriptions",
            "voicemail would stay without its text",
            lambda: client.refusal_to_list("Transcriptions"),
        ),
        (
            "Twilio numbers",
            "the account's own numbers cannot be told",
            lambda: client.refusal_to_list("IncomingPhoneNumbers"),
        ),
    ]
    if "intelligence" in subject.voicemail:
        asked.append(
            (
                "Twilio transcripts",
                "voicemail would stay without its text",
                client.refusal_to_read_transcripts,
            )
        )
    if not subject.rules.price_per_segment:
        country = subject.rules.company.country
        asked.append(
            (
                "Twilio prices",
                "costs could not be told before sending",
                lambda: client.refusal_to_read_prices(country),
            )
        )
    for name, loss, refusal in asked:
        yield _right_row(name, loss, refusal)


def _right_row(name: str, loss: str, refusal: Callable[[], str | None]) -> CheckResult:
    try:
        said = refusal()
    except NsquilioError as problem:
        return failed(name, problem)
    if said is None:
        return ok(name, "may be read")
    fix = "Give the key this right in the Twilio console, or use a Standard key."
    if name == "Twilio prices":
        fix = "Give the key the right to read prices, or set twilio.price_per_segment."
    return warning(name, f"the key may not read them ({said}): {loss}", fix)


def sender_row(subject: Subject, client: TwilioAccess) -> CheckResult:
    name = "sender"
    try:
        if subject.messaging_service_sid:
            return _service_row(
                name, subject.messaging_service_sid, client.service(subject.messaging_service_sid)
            )
        return _number_row(name, subject.from_number or "", client)
    except (BadCredentials, Refused) as problem:
        return warning(name, problem.message, "Give the key the right to read it, to have it checked.")
    except NsquilioError as problem:
        return failed(name, problem)


def _service_row(name: str, sid: str, service: ServiceSeen | None) -> CheckResult:
    if service is None:
        return failure(
            name,
            f"this account has no Messaging Service {sid}",
            "Copy the SID from Messaging > Services of the same account as twilio.account_sid.",
        )
    if not service.numbers and not service.others:
        return failure(
            name,
            f"the Messaging Service {service.name} has no sender, so every text is refused (21704)",
            "Add a number to it: Messaging > Services > the service > Sender Pool.",
        )
    local = [number for number in service.numbers if _needs_registration(number)]
    senders = ", ".join(service.numbers[:5]) or f"{service.others} short codes or names"
    saw = f"Messaging Service {service.name}: {senders}"
    if local and service.registered is False:
        return failure(
            name,
            f"{saw}; not registered for business texts in the US (A2P 10DLC), so carriers refuse them "
            "(30034)",
            "Register brand and campaign, and link the campaign to the service: Messaging > Regulatory "
            "Compliance. It takes days.",
        )
    return ok(name, saw)


def _needs_registration(number: str) -> bool:
    """Ten-digit US numbers; toll-free ones are verified instead, and other countries have other rules."""
    return number.startswith("+1") and not number.startswith(_TOLL_FREE)


def _number_row(name: str, number: str, client: TwilioAccess) -> CheckResult:
    if not client.owns(number):
        return failure(
            name,
            f"{number} is not a number of this Twilio account, so every text is refused (21606)",
            "Set twilio.from_number to one of Phone Numbers > Active numbers, or use a Messaging Service.",
        )
    if _needs_registration(number):
        return warning(
            name,
            f"{number} is the account's; whether it is registered for business texts (A2P 10DLC) cannot be "
            "seen",
            "Put it into a Messaging Service with a registered campaign and name that: texts can then be "
            "scheduled, too.",
        )
    return ok(name, f"{number} is the account's")


def twilio_rows(subject: Subject) -> tuple[list[CheckResult], timedelta | None]:
    """All rows, and Twilio's clock minus ours."""
    try:
        client = subject.twilio()
    except NsquilioError as problem:
        return [failed("Twilio login", problem), not_checked("sender", "there is no login")], None
    rows = [login_row(client)]
    if rows[0].level is Level.FAILURE:
        return [*rows, not_checked("sender", "the login failed")], client.skew
    rows += right_rows(subject, client)
    rows.append(sender_row(subject, client))
    return rows, client.skew


def sendgrid_row(subject: Subject) -> CheckResult:
    name = "SendGrid key"
    try:
        client = subject.sendgrid()
        if client is None:
            return ok(name, "no mail is set up (email.sendgrid)")
        scopes = client.scopes()
    except BadCredentials as problem:
        return failure(name, problem.message, problem.next)
    except NsquilioError as problem:
        return failed(name, problem)
    if "mail.send" not in scopes:
        return failure(
            name,
            "the key lacks the scope mail.send, so every mail is refused",
            "Settings > API Keys > the key > Edit: Mail Send full access. Then nothing else need change.",
        )
    lost = [
        scope
        for scope in _WISHED_SCOPES
        if not any(had == scope or had.startswith(f"{scope}.") for had in scopes)
    ]
    if lost:
        saw = f"may send, but lacks {', '.join(lost)}: bounces and unsubscribes would not be seen"
        return warning(
            name, saw, "Add read access to Suppressions and Email Activity (where the plan has it)."
        )
    return ok(name, "may send, and read bounces and unsubscribes")
