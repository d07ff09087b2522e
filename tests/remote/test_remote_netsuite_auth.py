from __future__ import annotations

import re
import threading
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import jwt
import pytest
import responses
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from remote_builders import BASE, NOW, a_key, a_login, clock, no_pause

from nsquilio.errors import BadConfig, BadCredentials, NsquilioError, Refused, Unreachable
from nsquilio.remote.netsuite_auth import TOKEN_PATH, NetSuiteLogin, Tokens, algorithm_of, assertion, load_key
from nsquilio.remote.netsuite_link import NetSuiteLink, base_url_of
from nsquilio.remote.transport import Transport

TOKEN_URL = BASE + TOKEN_PATH
GRANTED = {"access_token": "token-1", "expires_in": "3600", "token_type": "bearer"}
INVALID_LOGIN = {
    "title": "Unauthorized",
    "status": 401,
    "o:errorDetails": [{"detail": "Invalid login attempt.", "o:errorCode": "INVALID_LOGIN"}],
}


class Ticking:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time


def tokens(now: Any = clock, login: NetSuiteLogin | None = None) -> Tokens:
    return Tokens(Transport("NetSuite", BASE, None, now, no_pause()), login or a_login(), now)


def a_link() -> NetSuiteLink:
    return NetSuiteLink(BASE, a_login(), clock, no_pause(), 2)


@pytest.mark.parametrize(
    ("kind", "algorithm"),
    [("P-256", "ES256"), ("P-384", "ES384"), ("P-521", "ES512"), ("RSA-3072", "PS256")],
)
def test_key_decides_the_algorithm_and_signs_a_valid_assertion(kind: str, algorithm: str) -> None:
    signed = assertion(a_login(a_key(kind)), TOKEN_URL, NOW)

    public = load_pem_private_key(a_key(kind).encode(), None).public_key()  # type: ignore[union-attr]
    unchecked = {"verify_exp": False, "verify_iat": False}
    claims = jwt.decode(signed, public, algorithms=[algorithm], audience=TOKEN_URL, options=unchecked)
    jti = claims.pop("jti")
    assert jwt.get_unverified_header(signed) == {"typ": "JWT", "alg": algorithm, "kid": "certificate-1"}
    assert re.fullmatch(r"[0-9a-f-]{36}", jti)
    assert claims == {
        "iss": "client-1",
        "scope": "rest_webservices",
        "aud": TOKEN_URL,
        "iat": int(NOW.timestamp()) - 30,
        "exp": int(NOW.timestamp()) + 300,
    }


@pytest.mark.parametrize(
    ("pem", "why"),
    [
        ("RSA-2048", "is an RSA key of 2048 bits; NetSuite takes 3072 or 4096"),
        ("secp256k1", "is of a kind NetSuite does not take (RSA, P-256, P-384 or P-521)"),
    ],
)
def test_key_that_netsuite_refuses_is_refused_before_it_is_used(pem: str, why: str) -> None:
    with pytest.raises(BadCredentials) as caught:
        algorithm_of(load_key(a_key(pem)))

    assert caught.value.message == f"The stored netsuite.private_key {why}."
    assert "create-certificate" in caught.value.next


@pytest.mark.parametrize(
    ("pem", "why"),
    [
        (a_key(passphrase="secret"), "is protected by a passphrase; nobody can type it at night"),
        ("no key at all", "is not a private key in PEM form"),
        (
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            "is not a private key in PEM form",
        ),
    ],
)
def test_unreadable_key_is_told_in_words(pem: str, why: str) -> None:
    with pytest.raises(BadCredentials) as caught:
        load_key(pem)

    assert caught.value.message == f"The stored netsuite.private_key {why}."


def test_login_shows_no_secret() -> None:
    assert repr(a_login()) == "NetSuiteLogin(certificate_id='certificate-1')"


def test_token_is_asked_for_as_documented_and_kept() -> None:
    with responses.RequestsMock() as served:
        served.post(TOKEN_URL, json=GRANTED)
        source = tokens()
        assert (source.current(), source.current()) == ("token-1", "token-1")
        (call,) = served.calls

    request = call.request
    form = parse_qs(str(request.body))
    assert "Authorization" not in request.headers
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert form.pop("client_assertion")[0].count(".") == 2
    assert form == {
        "grant_type": ["client_credentials"],
        "client_assertion_type": ["urn:ietf:params:oauth:client-assertion-type:jwt-bearer"],
    }


@pytest.mark.parametrize(
    ("expires_in", "minutes"), [("3600", 50), (3600, 50), (60, 0.83), ("soon", 50), (None, 50), (10**9, 50)]
)
def test_token_is_renewed_before_it_expires(expires_in: Any, minutes: float) -> None:
    now = Ticking()
    with responses.RequestsMock() as served:
        served.post(TOKEN_URL, json={**GRANTED, "expires_in": expires_in})
        served.post(TOKEN_URL, json={**GRANTED, "access_token": "token-2"})
        source = tokens(now)
        first = source.current()
        now.time += timedelta(minutes=minutes) - timedelta(seconds=1)
        kept = source.current()
        now.time += timedelta(seconds=2)
        renewed = source.current()

    assert (first, kept, renewed) == ("token-1", "token-1", "token-2")


def test_many_threads_share_one_token() -> None:
    with responses.RequestsMock() as served:
        served.post(TOKEN_URL, json=GRANTED)
        source, seen = tokens(), []
        threads = [threading.Thread(target=lambda: seen.append(source.current())) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        asked = len(served.calls)

    assert (seen, asked) == (["token-1"] * 8, 1)


def test_token_refused_to_several_threads_is_renewed_once() -> None:
    with responses.RequestsMock() as served:
        served.post(TOKEN_URL, json=GRANTED)
        served.post(TOKEN_URL, json={**GRANTED, "access_token": "token-2"})
        source = tokens()
        first = source.current()
        source.renew(first)
        source.renew(first)
        asked = len(served.calls)

    assert (source.current(), asked) == ("token-2", 2)


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (401, {"error": "invalid_client"}, "invalid_client"),
        (
            400,
            {"error": "invalid_grant", "error_description": "Invalid JWT token"},
            "invalid_grant: Invalid JWT token",
        ),
        (401, INVALID_LOGIN, "INVALID_LOGIN: Invalid login attempt"),
        (403, {"x": 1}, "403"),
    ],
)
def test_refused_login_names_the_page_where_the_reason_stands(status: int, body: Any, words: str) -> None:
    with responses.RequestsMock() as served:
        served.post(TOKEN_URL, json=body, status=status)
        with pytest.raises(BadCredentials) as caught:
            tokens().current()

    assert caught.value.message == f"NetSuite refused the login: {words}."
    for word in ("View Login Audit Trail", "InvalidSignature", "EntityOrRoleDisabled", "ScopeMismatched"):
        assert word in caught.value.next


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (
            {"body": "<html>upkeep</html>", "status": 503},
            Unreachable,
            "answered 503 with something unreadable: a web page: upkeep.",
        ),
        (
            {"body": "<html>sign in</html>", "status": 200},
            Unreachable,
            "answered 200 with something unreadable",
        ),
        ({"body": "<html>no</html>", "status": 401}, Unreachable, "answered 401 with something unreadable"),
        ({"json": {"token": "secret"}}, Unreachable, "answered the login with no token that can be used."),
        ({"json": {"error": "server_error"}, "status": 500}, Refused, "gave no token (500): server_error"),
    ],
)
def test_answer_without_a_token_is_told_in_words(
    answer: dict[str, Any], kind: type[NsquilioError], words: str
) -> None:
    with responses.RequestsMock() as served:
        served.post(TOKEN_URL, **answer)
        with pytest.raises(kind, match=re.escape(words)):
            tokens().current()


def test_failed_login_is_tried_again_at_the_next_request() -> None:
    with responses.RequestsMock() as served:
        served.post(TOKEN_URL, json={"error": "invalid_client"}, status=401)
        served.post(TOKEN_URL, json=GRANTED)
        source = tokens()
        with pytest.raises(BadCredentials):
            source.current()

        assert source.current() == "token-1"


@pytest.mark.parametrize("ask", ["read", "once"])
def test_expired_token_is_renewed_once_and_the_request_repeated(ask: str) -> None:
    with responses.RequestsMock() as served:
        served.post(TOKEN_URL, json=GRANTED)
        served.get(f"{BASE}/x", json=INVALID_LOGIN, status=401)
        served.post(TOKEN_URL, json={**GRANTED, "access_token": "token-2"})
        served.get(f"{BASE}/x", json={"ok": "yes"})
        answer = getattr(a_link(), ask)("GET", "/x")
        bearers = [c.request.headers["Authorization"] for c in served.calls if c.request.url == f"{BASE}/x"]

    assert answer.fields() == {"ok": "yes"}
    assert bearers == ["Bearer token-1", "Bearer token-2"]


def test_refusal_with_a_fresh_token_is_a_matter_of_the_login() -> None:
    with responses.RequestsMock() as served:
        served.post(TOKEN_URL, json=GRANTED)
        served.get(f"{BASE}/x", json=INVALID_LOGIN, status=401)
        with pytest.raises(BadCredentials) as caught:
            a_link().read("GET", "/x")
        asked = len(served.calls)

    assert asked == 4
    assert caught.value.message == (
        "NetSuite refused a request right after the login: INVALID_LOGIN: Invalid login attempt."
    )
    assert "Log in using OAuth 2.0 Access Tokens" in caught.value.next
    assert "netsuite.concurrency" in caught.value.next


def test_clock_is_known_from_the_login_alone() -> None:
    with responses.RequestsMock() as served:
        served.post(TOKEN_URL, json=GRANTED, headers={"Date": "Mon, 02 Mar 2026 13:59:00 GMT"})
        link = a_link()
        assert link.skew is None
        link.log_in()

    assert link.skew == timedelta(minutes=-1)


@pytest.mark.parametrize(
    ("account", "host"),
    [
        ("1234567", "1234567"),
        ("1234567_SB1", "1234567-sb1"),
        ("TSTDRV123", "tstdrv123"),
        ("1234567_RP", "1234567-rp"),
    ],
)
def test_host_follows_from_the_account(account: str, host: str) -> None:
    assert base_url_of(account) == f"https://{host}.suitetalk.api.netsuite.com"


@pytest.mark.parametrize("account", ["", "1234567.evil.example/", "a@b", "1_SB1_2", "12 34", "1234567\n"])
def test_account_that_would_lead_elsewhere_is_refused(account: str) -> None:
    with pytest.raises(BadConfig, match="can't be a NetSuite account id") as caught:
        base_url_of(account)

    assert "1234567_SB1" in caught.value.next
