"""OAuth 2.0 client credentials with a certificate: the signed assertion and the token it is exchanged for.

The only machine login that can still be set up after NetSuite 2027.1 (facts/netsuite.md, sections 0 and 1).
The token lives in memory alone. The private key is parsed only when a token is needed: an RSA key costs 130
to 250 ms, because its primes are checked. Neither key nor token stands in any message.
"""

from __future__ import annotations

import threading
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from nsquilio.errors import BadCredentials, NsquilioError, Unreachable
from nsquilio.remote.netsuite_errors import LOGIN_AUDIT_TRAIL, reason_in, refused
from nsquilio.remote.transport import Answer, Now, Transport

if TYPE_CHECKING:
    from requests import PreparedRequest

TOKEN_PATH = "/services/rest/auth/oauth2/v1/token"  # noqa: S105 - a path, not a secret
_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_SCOPE = "rest_webservices"
"""A single string is valid under every reading of the documents; lists are read in different ways."""

_CURVES = {"secp256r1": "ES256", "secp384r1": "ES384", "secp521r1": "ES512"}
_SMALLEST_RSA = 3072
_LONGEST_USE = timedelta(minutes=50)  # of the 60 that NetSuite grants


@dataclass(frozen=True, slots=True)
class NetSuiteLogin:
    """`private_key_pem`: without a passphrase. `certificate_id`: as the M2M set-up page shows it."""

    client_id: str
    certificate_id: str
    private_key_pem: str

    def __repr__(self) -> str:
        return f"NetSuiteLogin(certificate_id={self.certificate_id!r})"


def algorithm_of(key: Any) -> str:
    """The one algorithm NetSuite accepts for this key (facts/netsuite.md, 1.2 to 1.4)."""
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    if isinstance(key, EllipticCurvePrivateKey) and key.curve.name in _CURVES:
        return _CURVES[key.curve.name]
    if isinstance(key, RSAPrivateKey) and key.key_size >= _SMALLEST_RSA:
        return "PS256"
    if isinstance(key, RSAPrivateKey):
        raise _bad_key(f"is an RSA key of {key.key_size} bits; NetSuite takes 3072 or 4096")
    raise _bad_key("is of a kind NetSuite does not take (RSA, P-256, P-384 or P-521)")


def load_key(pem: str) -> Any:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        return load_pem_private_key(pem.encode(), password=None)
    except TypeError:
        raise _bad_key("is protected by a passphrase; nobody can type it at night") from None
    except (ValueError, UnsupportedAlgorithm):
        raise _bad_key("is not a private key in PEM form") from None


def _bad_key(why: str) -> BadCredentials:
    return BadCredentials(
        f"The stored netsuite.private_key {why}.",
        "Make a new pair with `nsquilio credentials create-certificate` and upload its certificate.",
    )


def assertion(login: NetSuiteLogin, audience: str, now: datetime) -> str:
    """The signed JWT, valid for five minutes, dated back half a minute for clocks that differ a little."""
    import jwt

    key = load_key(login.private_key_pem)
    claims = {
        "iss": login.client_id,
        "scope": _SCOPE,
        "aud": audience,
        "iat": int(now.timestamp()) - 30,
        "exp": int(now.timestamp()) + 300,
        "jti": str(uuid.uuid4()),
    }
    return jwt.encode(claims, key, algorithm=algorithm_of(key), headers={"kid": login.certificate_id})


class Tokens:
    """The current token: fetched when first needed, renewed after 50 minutes or when it was refused."""

    def __init__(self, transport: Transport, login: NetSuiteLogin, now: Now) -> None:
        self._transport = transport  # without an authorisation of its own
        self._login = login
        self._now = now
        self._lock = threading.Lock()
        self._token = ""
        self._use_until: datetime | None = None

    def authorise(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self.current()}"
        return request

    def current(self) -> str:
        with self._lock:
            if self._use_until is None or self._now() >= self._use_until:
                self._fetch()
            return self._token

    def renew(self, refused_token: str) -> None:
        """Fetches a new token, unless another thread has done so since `refused_token` was used."""
        with self._lock:
            if self._token == refused_token:
                self._fetch()

    def _fetch(self) -> None:
        self._use_until = None
        now = self._now()
        audience = self._transport.base_url + TOKEN_PATH
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": _ASSERTION_TYPE,
            "client_assertion": assertion(self._login, audience, now),
        }
        answer = self._transport.read("POST", TOKEN_PATH, form=form)
        fields = answer.fields()
        token = fields.get("access_token")
        if not answer.ok or not isinstance(token, str) or not token.isascii():
            raise self._refusal(answer)
        self._token = token
        self._use_until = now + _lifetime(fields.get("expires_in"))

    def _refusal(self, answer: Answer) -> NsquilioError:
        if answer.status in (400, 401, 403) and answer.fields():
            return BadCredentials(
                f"NetSuite refused the login: {reason_in(answer) or answer.status}.",
                f"{LOGIN_AUDIT_TRAIL} Then check the client id, the certificate id, that the certificate is "
                "not expired and belongs to this account, and that its role may log in using OAuth 2.0.",
            )
        if not answer.fields():
            return self._transport.unreadable(answer)
        if answer.ok:  # its words may hold a token after all, so they are not shown
            return Unreachable(
                "NetSuite answered the login with no token that can be used.",
                "Run again.",
                service="NetSuite",
            )
        return refused(answer, "gave no token")


def _lifetime(expires_in: object) -> timedelta:
    """NetSuite says 3600, sometimes as text; five sixths of it are used."""
    try:
        granted = timedelta(seconds=int(str(expires_in)))
    except ValueError:
        granted = timedelta(hours=1)
    return min(granted * 5 / 6, _LONGEST_USE)
