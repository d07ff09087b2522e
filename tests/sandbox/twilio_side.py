"""Ways into the sandbox's Twilio and SendGrid for tests: the official library, and plain requests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from nsquilio.sandbox.server import Server
from nsquilio.sandbox.twilio_access import credentials
from nsquilio.sandbox.world import World
from tests.sandbox.openapi import FOLDER, check_request, check_response

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CUSTOMER = "+14155550123"


def hold_the_clock(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The world's clock stands at noon and moves only when told to: no test waits or hurries."""
    world.set_clock(NOON)
    shown = "SELECT world_time FROM clock"
    monkeypatch.setattr(World, "now", lambda held: datetime.fromisoformat(held.value(shown)))


class _ToTheSandbox(TwilioHttpClient):
    """Every host of Twilio is the sandbox; paths stay."""

    def __init__(self, base_url: str) -> None:
        super().__init__(timeout=10)
        self.base_url = base_url

    def request(self, method: str, url: str, *args: Any, **named: Any) -> Any:
        real = urlsplit(url)
        query = f"?{real.query}" if real.query else ""
        return super().request(method, self.base_url + real.path + query, *args, **named)


def official_client(server: Server) -> Client:
    keys = credentials(server.world)
    return Client(
        keys["twilio.api_key_sid"],
        keys["twilio.api_key_secret"],
        keys["account_sid"],
        http_client=_ToTheSandbox(server.base_url),
    )


class Api:
    """Plain requests with the right credentials; all are checked against the OpenAPI files."""

    def __init__(self, server: Server, user: tuple[str, str] | None = None) -> None:
        self.keys = credentials(server.world)
        self.base_url = server.base_url
        self.account = f"/2010-04-01/Accounts/{self.keys['account_sid']}"
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.auth = user or (self.keys["twilio.api_key_sid"], self.keys["twilio.api_key_secret"])

    def get(self, path: str, checked: bool = True, **query: Any) -> requests.Response:
        params = {name.replace("_after", ">").replace("_before", "<"): value for name, value in query.items()}
        return self._ask("GET", path, checked, params=params)

    def post(self, path: str, checked: bool = True, **form: Any) -> requests.Response:
        return self._ask("POST", path, checked, data=form)

    def delete(self, path: str) -> requests.Response:
        return self._ask("DELETE", path, True)

    def send(self, checked: bool = True, **form: Any) -> requests.Response:
        """Through the Messaging Service, unless a sender is given."""
        sender = {} if "From" in form else {"MessagingServiceSid": self.keys["messaging_service_sid"]}
        given = {"To": CUSTOMER, "Body": "Invoice INV-1042 is due", **sender, **form}
        fields = {name: value for name, value in given.items() if value is not None}
        return self.post(f"{self.account}/Messages.json", checked, **fields)

    def message(self, sid: str) -> dict[str, Any]:
        found: dict[str, Any] = self.get(f"{self.account}/Messages/{sid}.json").json()
        return found

    def messages(self, **query: Any) -> list[dict[str, Any]]:
        """Every page."""
        found: list[dict[str, Any]] = []
        response = self.get(f"{self.account}/Messages.json", **query)
        while True:
            page = response.json()
            found.extend(page["messages"])
            if not page["next_page_uri"]:
                return found
            response = self.session.get(self.base_url + page["next_page_uri"])

    def _ask(self, method: str, path: str, checked: bool, **named: Any) -> requests.Response:
        response = self.session.request(method, self.base_url + path, timeout=10, **named)
        if checked and FOLDER.is_dir():
            check_request(method, path, query=named.get("params", ()), form=named.get("data", ()))
            body = response.json() if response.content else None
            check_response(method, path, response.status_code, body)
        return response
