"""A client of NetSuite made for these tests alone, with PyJWT: independent of ours and of the sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import jwt
import requests

from nsquilio.sandbox.netsuite_token import throwaway_credentials
from nsquilio.sandbox.server import serve
from nsquilio.sandbox.world import World

TOKEN_PATH = "/services/rest/auth/oauth2/v1/token"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
COMM = "/services/rest/record/v1/customrecord_nsq_comm"


def assertion(base_url: str, known: dict[str, str], world: World, **changes: Any) -> str:
    """A good assertion, but for `changes` to claims; `alg` and `kid` change the header, `key` signs."""
    now = int(world.now().timestamp())
    claims: dict[str, Any] = {
        "iss": known["netsuite.client_id"],
        "scope": "rest_webservices",
        "aud": base_url + TOKEN_PATH,
        "iat": now,
        "exp": now + 300,
    }
    header = {"kid": changes.pop("kid", known["netsuite.certificate_id"])}
    algorithm = changes.pop("alg", "ES256")
    key = changes.pop("key", known["netsuite.private_key"])
    claims.update(changes)
    return jwt.encode(claims, key, algorithm=algorithm, headers=header)


def ask_for_token(base_url: str, signed: str, **fields: str) -> requests.Response:
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": signed,
        **fields,
    }
    return requests.post(base_url + TOKEN_PATH, data=form, timeout=10)


class NetSuiteClient:
    def __init__(self, base_url: str, token: str) -> None:
        self.base_url = base_url
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Authorization"] = f"Bearer {token}"

    def request(self, method: str, path: str, **given: Any) -> requests.Response:
        return self.session.request(method, self.base_url + path, timeout=10, **given)

    def query(self, q: str, *params: str, limit: int = 1000, offset: int = 0) -> requests.Response:
        body = {"q": q, "params": list(params)} if params else {"q": q}
        path = f"/services/rest/query/v1/suiteql?limit={limit}&offset={offset}"
        return self.request("POST", path, json=body, headers={"Prefer": "transient"})

    def rows(self, q: str, *params: str, **page: int) -> list[dict[str, Any]]:
        """The rows of one page without their links."""
        answer = self.query(q, *params, **page)
        assert answer.status_code == 200, answer.text
        return [{k: v for k, v in row.items() if k != "links"} for row in answer.json()["items"]]

    def complaint(self, q: str, *params: str, **page: int) -> str:
        """The text of the 400 that the query gets."""
        answer = self.query(q, *params, **page)
        assert answer.status_code == 400, answer.text
        return str(answer.json()["o:errorDetails"][0]["detail"])

    def put(self, external_id: str, fields: dict[str, Any]) -> requests.Response:
        headers = {"X-NetSuite-PropertyNameValidation": "Error"}
        return self.request("PUT", f"{COMM}/eid:{external_id}", json=fields, headers=headers)


@contextmanager
def logged_in(world: World) -> Iterator[NetSuiteClient]:
    """Serves the world and logs in."""
    known = throwaway_credentials(world)
    served = serve(world).start()
    try:
        answer = ask_for_token(served.base_url, assertion(served.base_url, known, world))
        assert answer.status_code == 200, answer.text
        client = NetSuiteClient(served.base_url, answer.json()["access_token"])
        yield client
        client.session.close()
    finally:
        served.stop()


def a_communication(**changes: Any) -> dict[str, Any]:
    """What nsquilio writes, but for `changes`, whose names leave out the fields' common beginning."""
    fields = {
        "invoice": {"id": "1042"},
        "customer": {"id": "88"},
        "direction": "outbound",
        "channel": "sms",
        "from": "+15005550006",
        "to": "+14155550100",
        "body": "Example SaaS Inc.: invoice INV-1042 …",
        "status": "delivered",
        "time": "2026-03-02T14:03:11Z",
        "kind": "upcoming",
        "sid": "SM0123",
        "key": "1042:upcoming:preferred",
        "details": "{}",
        **changes,
    }
    named = {f"custrecord_nsq_comm_{name}": value for name, value in fields.items()}
    return {"name": "SMS out INV-1042", **named}
