"""The token endpoint takes a right assertion and nothing else (facts/netsuite.md 1)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import jwt
import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from nsquilio.sandbox import control, netsuite_token
from nsquilio.sandbox.server import Server, serve
from nsquilio.sandbox.world import World
from tests.sandbox.netsuite_side import NetSuiteClient, ask_for_token, assertion, logged_in

REAL_URL = "https://tstdrv1234567.suitetalk.api.netsuite.com/services/rest/auth/oauth2/v1/token"


@pytest.fixture
def served(seeded: World) -> Iterator[Server]:
    running = serve(seeded).start()
    yield running
    running.stop()


@pytest.fixture
def known(seeded: World) -> dict[str, str]:
    return netsuite_token.throwaway_credentials(seeded)


@pytest.fixture(scope="module")
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 3072)


def registered(world: World, key: Any, client_id: str = "client", **dates: Any) -> dict[str, str]:
    """A certificate for this key, registered as the administrator would."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    start = dates.get("start", world.now() - timedelta(days=1))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(dates.get("end", start + timedelta(days=700)))
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM).decode()
    netsuite_token.register_certificate(world, pem, client_id, "cert")
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return {
        "netsuite.client_id": client_id,
        "netsuite.certificate_id": "cert",
        "netsuite.private_key": private.decode(),
    }


def test_good_assertion_gets_a_token_that_works(seeded: World, served: Server, known: dict[str, str]) -> None:
    answer = ask_for_token(served.base_url, assertion(served.base_url, known, seeded))
    assert answer.status_code == 200
    assert {name: answer.json()[name] for name in ("expires_in", "token_type")} == {
        "expires_in": "3600",
        "token_type": "Bearer",
    }
    client = NetSuiteClient(served.base_url, answer.json()["access_token"])
    assert client.request("GET", "/services/rest/system/v1/serverTime").json()["serverTime"].endswith("Z")


@pytest.mark.parametrize("alg", ["PS256", "PS384", "PS512"])
def test_rsa_keys_sign_with_pss(seeded: World, served: Server, rsa_key: Any, alg: str) -> None:
    known = registered(seeded, rsa_key)
    assert (
        ask_for_token(served.base_url, assertion(served.base_url, known, seeded, alg=alg)).status_code == 200
    )


@pytest.mark.parametrize(
    ("curve", "alg"), [(ec.SECP256R1(), "ES256"), (ec.SECP384R1(), "ES384"), (ec.SECP521R1(), "ES512")]
)
def test_ec_keys_sign_with_their_curves_algorithm(
    seeded: World, served: Server, curve: ec.EllipticCurve, alg: str
) -> None:
    known = registered(seeded, ec.generate_private_key(curve))
    assert (
        ask_for_token(served.base_url, assertion(served.base_url, known, seeded, alg=alg)).status_code == 200
    )


def test_rs256_is_refused(seeded: World, served: Server, rsa_key: Any) -> None:
    known = registered(seeded, rsa_key)
    answer = ask_for_token(served.base_url, assertion(served.base_url, known, seeded, alg="RS256"))
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="TSTDRV1234567"'


@pytest.mark.parametrize(
    ("changes", "status", "error", "audited"),
    [
        ({"kid": "another"}, 401, "invalid_client", "InvalidIntegration"),
        ({"iss": "another"}, 401, "invalid_client", "InvalidIntegration"),
        ({"aud": "https://elsewhere.example/token"}, 400, "invalid_grant", "TokenRejected"),
        ({"scope": "everything"}, 400, "invalid_scope", "ScopeMismatched"),
        ({"scope": "restlets"}, 400, "unauthorized_client", "ScopeMismatched"),
        ({"iat": "now"}, 400, "invalid_request", None),
    ],
)
def test_wrong_claim_is_refused_and_the_audit_trail_knows_why(
    seeded: World,
    served: Server,
    known: dict[str, str],
    changes: dict[str, Any],
    status: int,
    error: str,
    audited: str | None,
) -> None:
    answer = ask_for_token(served.base_url, assertion(served.base_url, known, seeded, **changes))
    assert (answer.status_code, answer.json()) == (status, {"error": error})
    trail = [entry["detail"] for entry in netsuite_token.login_audit(seeded)]
    assert trail == ([audited] if audited else [])


@pytest.mark.parametrize(
    ("issued", "expires"),
    [(-400, -100), (0, 3700), (600, 900), (0, 3_600_000)],
    ids=["expired", "too long", "in the future", "milliseconds"],
)
def test_assertion_is_judged_by_the_worlds_clock(
    seeded: World, served: Server, known: dict[str, str], issued: int, expires: int
) -> None:
    now = int(seeded.now().timestamp())
    signed = assertion(served.base_url, known, seeded, iat=now + issued, exp=now + expires)
    answer = ask_for_token(served.base_url, signed)
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})


def test_scope_may_be_a_list_and_audience_the_accounts_own_url(
    seeded: World, served: Server, known: dict[str, str]
) -> None:
    signed = assertion(served.base_url, known, seeded, scope=["restlets", "rest_webservices"], aud=REAL_URL)
    assert ask_for_token(served.base_url, signed).status_code == 200


def test_signature_of_another_key_is_refused(seeded: World, served: Server, known: dict[str, str]) -> None:
    stranger = ec.generate_private_key(ec.SECP256R1())
    answer = ask_for_token(served.base_url, assertion(served.base_url, known, seeded, key=stranger))
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})


def test_algorithm_must_fit_the_certificate(
    seeded: World, served: Server, known: dict[str, str], rsa_key: Any
) -> None:
    answer = ask_for_token(
        served.base_url, assertion(served.base_url, known, seeded, alg="PS256", key=rsa_key)
    )
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


def test_der_signature_is_refused(seeded: World, served: Server, known: dict[str, str]) -> None:
    """A frequent mistake: ECDSA as libraries give it, instead of r||s."""
    signed = assertion(served.base_url, known, seeded)
    head, body, _ = signed.split(".")
    key = serialization.load_pem_private_key(known["netsuite.private_key"].encode(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    der = key.sign(f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256()))
    answer = ask_for_token(served.base_url, f"{head}.{body}.{jwt.utils.base64url_encode(der).decode()}")
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})


@pytest.mark.parametrize("days", [-800, 2])
def test_certificate_outside_its_dates_is_refused(seeded: World, served: Server, days: int) -> None:
    start = seeded.now() + timedelta(days=days)
    known = registered(seeded, ec.generate_private_key(ec.SECP256R1()), start=start)
    answer = ask_for_token(served.base_url, assertion(served.base_url, known, seeded))
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_grant"})


def test_switched_off_role_gets_no_token_and_its_tokens_die(seeded: World) -> None:
    with logged_in(seeded) as client:
        (row,) = seeded.rows("SELECT client_id FROM ns_certificate")
        netsuite_token.deactivate(seeded, row["client_id"])
        answer = client.request("GET", "/services/rest/system/v1/serverTime")
    assert answer.status_code == 401
    assert netsuite_token.login_audit(seeded)[-1]["detail"] == "TokenRejected"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": ""}, "invalid_request"),
        ({"client_assertion_type": "jwt"}, "invalid_request"),
        ({"client_assertion": "not.a.token!"}, "invalid_request"),
        ({"client_assertion": "a.b"}, "invalid_request"),
        ({"client_assertion": "YQ.YQ.YQ"}, "invalid_request"),
    ],
)
def test_malformed_request_is_refused(
    seeded: World, served: Server, known: dict[str, str], fields: dict[str, str], error: str
) -> None:
    answer = ask_for_token(served.base_url, assertion(served.base_url, known, seeded), **fields)
    assert (answer.status_code, answer.json()) == (400, {"error": error})


def test_repeated_parameter_is_refused(seeded: World, served: Server) -> None:
    url = served.base_url + "/services/rest/auth/oauth2/v1/token"
    form = [("grant_type", "client_credentials")] * 2
    answer = requests.post(url, data=form, timeout=10)
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})


def test_token_request_must_be_a_form(seeded: World, served: Server) -> None:
    url = served.base_url + "/services/rest/auth/oauth2/v1/token"
    answer = requests.post(url, json={"grant_type": "client_credentials"}, timeout=10)
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})


def test_token_expires_after_an_hour_of_the_worlds_time(seeded: World) -> None:
    with logged_in(seeded) as client:
        path = "/services/rest/system/v1/serverTime"
        control.advance(seeded, timedelta(minutes=59))
        assert client.request("GET", path).status_code == 200
        control.advance(seeded, timedelta(minutes=2))
        refused = client.request("GET", path)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == (
        'Bearer realm="TSTDRV1234567", error="invalid_token", error_description="Invalid login attempt."'
    )
    assert refused.json()["o:errorDetails"][0]["o:errorCode"] == "INVALID_LOGIN"
    assert netsuite_token.login_audit(seeded)[-1]["detail"] == "AccessTokenExpired"


def test_assertion_is_no_token(seeded: World, served: Server, known: dict[str, str]) -> None:
    client = NetSuiteClient(served.base_url, assertion(served.base_url, known, seeded))
    assert client.request("GET", "/services/rest/system/v1/serverTime").status_code == 401


def test_request_without_authorization_gets_401(served: Server) -> None:
    answer = requests.get(served.base_url + "/services/rest/system/v1/serverTime", timeout=10)
    assert answer.status_code == 401


def test_history_never_holds_an_assertion(seeded: World) -> None:
    with logged_in(seeded):
        pass
    assert "client_assertion=..." in seeded.history()[0]["body"]


def test_throwaway_credentials_take_milliseconds(seeded: World) -> None:
    """They are made in front of a person who only wanted to try a command."""
    start = time.perf_counter()
    netsuite_token.throwaway_credentials(seeded)
    assert time.perf_counter() - start < 1
