"""What a Twilio key may do and whether texts can leave: asked of the account, one request for each thing.

Never asks for the account itself: a Standard key gets 401 there while everything we need works
(facts/twilio.md,
section 0). Sends no text and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nsquilio.errors import BadCredentials, Refused
from nsquilio.remote.transport import Answer, Http, Now, Transport, clean
from nsquilio.remote.twilio import _basic as basic_login
from nsquilio.remote.twilio_errors import error_of
from nsquilio.remote.twilio_sending import refusal_in

if TYPE_CHECKING:
    from collections.abc import Iterable

_RECENT = 100
_HOSTS = ("api", "messaging", "intelligence", "pricing")


@dataclass(frozen=True, slots=True)
class ServiceSeen:
    """A Messaging Service. `registered`: for business texts in the US (A2P 10DLC); None: Twilio does not say.

    `others`: how many short codes and alphanumeric senders it has; asked only where there is no number.
    """

    name: str
    numbers: tuple[str, ...]
    others: int
    registered: bool | None


class TwilioAccess:
    """`username` and `password` as for `Twilio`; `urls`: "api", "messaging" … to scheme and host."""

    def __init__(
        self,
        account_sid: str,
        username: str,
        password: str,
        now: Now,
        *,
        urls: Mapping[str, str],
        http: Http | None = None,
    ) -> None:
        self.uses_api_key = username != account_sid
        self._account = f"/2010-04-01/Accounts/{quote(account_sid, safe='')}"
        login = basic_login(username, password)
        self._hosts = {host: Transport("Twilio", urls[host], login, now, http) for host in _HOSTS}

    def close(self) -> None:
        for transport in self._hosts.values():
            transport.close()

    @property
    def skew(self) -> timedelta | None:
        """Twilio's clock minus ours, as last seen."""
        return self._hosts["api"].skew

    def failures(self) -> dict[str, int]:
        """Error codes among the newest messages. Raises `BadCredentials` when the login fails."""
        answer = self._ask("api", f"{self._account}/Messages.json", {"PageSize": str(_RECENT)})
        if not answer.ok:
            raise _refusal(answer, "list messages")
        counts: dict[str, int] = {}
        for row in _rows(answer, "messages"):
            code = row.get("error_code")
            if code:
                counts[str(code)] = counts.get(str(code), 0) + 1
        return counts

    def refusal_to_list(self, resource: str) -> str | None:
        """Why the key may not list `Calls`, `Recordings` …; None: it may."""
        return self._no("api", f"{self._account}/{resource}.json", {"PageSize": "1"})

    def refusal_to_read_services(self) -> str | None:
        return self._no("messaging", "/v1/Services", {"PageSize": "1"})

    def refusal_to_read_transcripts(self) -> str | None:
        return self._no("intelligence", "/v2/Transcripts", {"PageSize": "1"})

    def refusal_to_read_prices(self, country: str) -> str | None:
        return self._no("pricing", f"/v1/Messaging/Countries/{quote(country, safe='')}", {})

    def service(self, sid: str) -> ServiceSeen | None:
        """None: this account has no such Messaging Service. Raises when the key may not look."""
        path = f"/v1/Services/{quote(sid, safe='')}"
        answer = self._ask("messaging", path, {})
        if answer.status == 404:
            return None
        if not answer.ok:
            raise _refusal(answer, "read the Messaging Service")
        fields = answer.fields()
        numbers = self._senders(f"{path}/PhoneNumbers", "phone_numbers")
        others = 0 if numbers else self._others(path)
        registered = fields.get("us_app_to_person_registered")
        return ServiceSeen(
            clean(fields.get("friendly_name") or sid, 60),
            tuple(str(row.get("phone_number") or "") for row in numbers),
            others,
            registered if isinstance(registered, bool) else None,
        )

    def owns(self, number: str) -> bool:
        """Whether the number is one of the account's. A short code has a list of its own."""
        resource, field, key = "IncomingPhoneNumbers", "PhoneNumber", "incoming_phone_numbers"
        if not number.startswith("+"):
            resource, field, key = "SMS/ShortCodes", "ShortCode", "short_codes"
        answer = self._ask("api", f"{self._account}/{resource}.json", {field: number, "PageSize": "50"})
        if not answer.ok:
            raise _refusal(answer, "list the account's numbers")
        name = "phone_number" if number.startswith("+") else "short_code"
        return any(row.get(name) == number for row in _rows(answer, key))

    def _others(self, path: str) -> int:
        short_codes = self._senders(f"{path}/ShortCodes", "short_codes")
        return len(short_codes) + len(self._senders(f"{path}/AlphaSenders", "alpha_senders"))

    def _senders(self, path: str, key: str) -> list[dict[str, Any]]:
        answer = self._ask("messaging", path, {"PageSize": "50"})
        if answer.status == 404:
            return []
        if not answer.ok:
            raise _refusal(answer, "list the Messaging Service's senders")
        return list(_rows(answer, key))

    def _no(self, host: str, path: str, params: Mapping[str, str]) -> str | None:
        answer = self._ask(host, path, params)
        if answer.ok:
            return None
        code, words = refusal_in(answer.fields())
        said = f"{answer.status}, {words or answer.said()}"
        return f"{said} ({code})" if code else said

    def _ask(self, host: str, path: str, params: Mapping[str, str]) -> Answer:
        return self._hosts[host].read("GET", path, params=params)


def _rows(answer: Answer, key: str) -> Iterable[dict[str, Any]]:
    rows = answer.fields().get(key)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _refusal(answer: Answer, what: str) -> BadCredentials | Refused:
    code, words = refusal_in(answer.fields())
    error = error_of(code)
    said = f"Twilio refused to {what} ({code or answer.status}): {words or answer.said()}"
    if answer.status == 401:
        return BadCredentials(f"{said}.", "", code="twilio_login_refused")
    return Refused(f"{said}.", error.advice, service="Twilio", status=answer.status, error_code=code)
