"""NetSuite's token endpoint: checks the signed assertion in full and gives out opaque access tokens.

Source: facts/netsuite.md section 1. Why a login failed is told by `login_audit` alone, as the real
service tells it on its Login Audit Trail page alone.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from re import Match
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.x509.oid import NameOID

from nsquilio.sandbox.exchange import Reply, Request, Routes
from nsquilio.sandbox.refusals import netsuite_error
from nsquilio.sandbox.world import World

TABLES = """
CREATE TABLE IF NOT EXISTS ns_certificate (
    certificate_id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL,
    pem TEXT NOT NULL,
    active TEXT NOT NULL DEFAULT 'T'
);
CREATE TABLE IF NOT EXISTS ns_token (
    token TEXT PRIMARY KEY,
    client_id TEXT NOT NULL,
    expires_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS ns_login_audit (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    client_id TEXT NOT NULL,
    detail TEXT NOT NULL
);
"""

_PATH = "/services/rest/auth/oauth2/v1/token"
_BEARER_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_SCOPES = {"restlets", "rest_webservices", "suite_analytics"}
_LIFETIME_S = 3600
_SKEW_S = 60
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "256": hashes.SHA256(),
    "384": hashes.SHA384(),
    "512": hashes.SHA512(),
}
_CURVES = {"256": "secp256r1", "384": "secp384r1", "512": "secp521r1"}


class _NoToken(Exception):
    """`error`: OAuth's word; `detail`: the Login Audit Trail's."""

    def __init__(self, error: str, detail: str = "") -> None:
        self.error, self.detail = error, detail


def register_certificate(world: World, pem: str, client_id: str, certificate_id: str) -> None:
    """As the administrator does under "OAuth 2.0 Client Credentials (M2M) Setup"."""
    x509.load_pem_x509_certificate(pem.encode())
    with world.change() as db:
        db.execute(
            "INSERT OR REPLACE INTO ns_certificate (certificate_id, client_id, pem) VALUES (?, ?, ?)",
            (certificate_id, client_id, pem),
        )


def throwaway_credentials(world: World) -> dict[str, str]:
    """A new P-256 key with its certificate registered; the names are those of the credentials store."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sandbox")])
    start = world.now() - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=730))
        .sign(key, hashes.SHA256())
    )
    client_id, certificate_id = secrets.token_hex(32), secrets.token_urlsafe(32)
    pem = certificate.public_bytes(serialization.Encoding.PEM).decode()
    register_certificate(world, pem, client_id, certificate_id)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return {
        "netsuite.client_id": client_id,
        "netsuite.certificate_id": certificate_id,
        "netsuite.private_key": private.decode(),
    }


def deactivate(world: World, client_id: str) -> None:
    """The administrator switched the role or the integration off: tokens are refused from now on."""
    with world.change() as db:
        db.execute("UPDATE ns_certificate SET active = 'F' WHERE client_id = ?", (client_id,))
        db.execute("DELETE FROM ns_token WHERE client_id = ?", (client_id,))


def login_audit(world: World) -> list[dict[str, str]]:
    """The Login Audit Trail, oldest first: at, client_id, detail."""
    return [dict(row) for row in world.rows("SELECT at, client_id, detail FROM ns_login_audit ORDER BY seq")]


def unauthorized(world: World, request: Request) -> Reply | None:
    """The 401 for a request without a token that is good now; None when it may go on."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    client = expires = None
    if kind.casefold() == "bearer":
        row = world.row("SELECT client_id, expires_at FROM ns_token WHERE token = ?", (token.strip(),))
        client, expires = (row["client_id"], row["expires_at"]) if row else (None, None)
    if world.setting("role_without_login", False):
        # A role without "Log in using OAuth 2.0 Access Tokens" gets a token, and cannot use it (facts 1.7).
        _audit(world, client or "", "EntityOrRoleDisabled")
        return netsuite_error(401, realm=world.setting("account", ""))
    if expires is not None and world.now() < datetime.fromisoformat(expires):
        return None
    _audit(world, client or "", "AccessTokenExpired" if expires else "TokenRejected")
    return netsuite_error(401, realm=world.setting("account", ""))


def forbidden(world: World, what: str) -> Reply | None:
    """The 403 of a role without the permission; `what`: suiteql, or a record type."""
    return netsuite_error(403) if what in world.setting("forbidden", ()) else None


def _audit(world: World, client_id: str, detail: str) -> None:
    with world.change() as db:
        db.execute(
            "INSERT INTO ns_login_audit (at, client_id, detail) VALUES (?, ?, ?)",
            (world.now().isoformat(), client_id, detail),
        )


def _token(world: World, request: Request, match: Match[str]) -> Reply:
    try:
        claims = _checked_claims(world, request)
    except _NoToken as refused:
        if refused.detail:
            _audit(world, "", refused.detail)
        return _refused(world, refused.error)
    token = secrets.token_urlsafe(48)
    with world.change() as db:
        expires = world.now() + timedelta(seconds=_LIFETIME_S)
        db.execute("INSERT INTO ns_token VALUES (?, ?, ?)", (token, claims["iss"], expires.isoformat()))
    # The lifetime has been seen as a string, too (facts 1.1).
    return Reply.of_json(
        200,
        {"access_token": token, "expires_in": str(_LIFETIME_S), "token_type": "Bearer"},
        Cache_Control="no-store",
    )


def _refused(world: World, error: str) -> Reply:
    if error == "invalid_client":
        realm = world.setting("account", "")
        return Reply.of_json(401, {"error": error}, WWW_Authenticate=f'Basic realm="{realm}"')
    return Reply.of_json(400, {"error": error})


def _checked_claims(world: World, request: Request) -> dict[str, Any]:
    """The assertion's claims once everything about the request holds; raises _NoToken."""
    header, claims, signed, signature = _parts(_assertion(request))
    row = world.row(
        "SELECT pem, client_id, active FROM ns_certificate WHERE certificate_id = ?",
        (str(header.get("kid")),),
    )
    if row is None or row["client_id"] != claims.get("iss"):
        raise _NoToken("invalid_client", "InvalidIntegration")
    certificate = x509.load_pem_x509_certificate(row["pem"].encode())
    _check_signature(certificate.public_key(), str(header.get("alg")), signed, signature)
    now = world.now()
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        raise _NoToken("invalid_grant", "InvalidSignature")
    if row["active"] != "T":
        raise _NoToken("invalid_grant", "EntityOrRoleDisabled")
    _check_claims(world, request, claims, now.timestamp())
    return claims


def _assertion(request: Request) -> str:
    fields = request.form()
    names = [name for name, _ in fields]
    given = dict(fields)
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise _NoToken("invalid_request")
    if len(set(names)) != len(names) or not given.get("grant_type"):
        raise _NoToken("invalid_request")
    if given["grant_type"] != "client_credentials":
        raise _NoToken("unsupported_grant_type")
    if given.get("client_assertion_type") != _BEARER_ASSERTION or not given.get("client_assertion"):
        raise _NoToken("invalid_request")
    return given["client_assertion"]


def _parts(assertion: str) -> tuple[dict[str, Any], dict[str, Any], bytes, bytes]:
    """Header, claims, the bytes that were signed, the signature."""
    pieces = assertion.split(".")
    if len(pieces) != 3 or not all(re.fullmatch(r"[A-Za-z0-9_-]+", piece) for piece in pieces):
        raise _NoToken("invalid_request")
    try:
        raw = [base64.urlsafe_b64decode(piece + "=" * (-len(piece) % 4)) for piece in pieces]
        header, claims = json.loads(raw[0]), json.loads(raw[1])
    except (ValueError, binascii.Error) as error:
        raise _NoToken("invalid_request") from error
    if not isinstance(header, dict) or not isinstance(claims, dict) or header.get("typ", "JWT") != "JWT":
        raise _NoToken("invalid_request")
    return header, claims, f"{pieces[0]}.{pieces[1]}".encode(), raw[2]


def _check_signature(key: Any, algorithm: str, signed: bytes, signature: bytes) -> None:
    """PS256 to PS512 and ES256 to ES512 only: RS256 has been refused since March 2025 (facts 1.3)."""
    family, bits = algorithm[:2], algorithm[2:]
    if bits not in _HASHES or family not in ("PS", "ES"):
        raise _NoToken("invalid_client", "InvalidSignature")
    try:
        if family == "PS" and isinstance(key, rsa.RSAPublicKey):
            pss = padding.PSS(padding.MGF1(_HASHES[bits]), _HASHES[bits].digest_size)
            return key.verify(signature, signed, pss, _HASHES[bits])
        if family == "ES" and isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name == _CURVES[bits]:
            return key.verify(_der(signature, key.key_size), signed, ec.ECDSA(_HASHES[bits]))
    except InvalidSignature as error:
        raise _NoToken("invalid_grant", "InvalidSignature") from error
    raise _NoToken("invalid_client", "InvalidSignature")


def _der(signature: bytes, key_size: int) -> bytes:
    """JWT's r||s as the DER that the library wants; a DER signature in a JWT is wrong."""
    size = (key_size + 7) // 8
    if len(signature) != 2 * size:
        raise InvalidSignature
    r, s = int.from_bytes(signature[:size]), int.from_bytes(signature[size:])
    return utils.encode_dss_signature(r, s)


def _check_claims(world: World, request: Request, claims: Mapping[str, Any], now: float) -> None:
    issued, expires = _seconds(claims, "iat"), _seconds(claims, "exp")
    if expires - issued > 3600 or expires <= now or issued > now + _SKEW_S:
        raise _NoToken("invalid_grant", "TokenRejected")
    if claims.get("aud") not in (request.base_url + _PATH, real_token_url(world)):
        raise _NoToken("invalid_grant", "TokenRejected")
    scope = claims.get("scope")
    words = scope if isinstance(scope, list) else re.split(r"\s*,\s*", str(scope or ""))
    if not set(map(str, words)) <= _SCOPES:
        raise _NoToken("invalid_scope", "ScopeMismatched")
    if "rest_webservices" not in words:
        raise _NoToken("unauthorized_client", "ScopeMismatched")


def _seconds(claims: Mapping[str, Any], name: str) -> float:
    value = claims.get(name)
    if not isinstance(value, int | float):
        raise _NoToken("invalid_request")
    return value


def real_token_url(world: World) -> str:
    """Where this account's token endpoint would be; good as `aud`, too."""
    host = str(world.setting("account", "")).lower().replace("_", "-")
    return f"https://{host}.suitetalk.api.netsuite.com{_PATH}"


def _server_time(world: World, request: Request, match: Match[str]) -> Reply:
    refused = unauthorized(world, request)
    if refused is not None:
        return refused
    moment = world.now().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Reply.of_json(200, {"serverTime": moment})


ROUTES: Routes = (
    ("POST", re.compile(re.escape(_PATH)), _token),
    ("GET", re.compile(r"/services/rest/system/v1/serverTime"), _server_time),
)
