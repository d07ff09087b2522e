"""The key pair for NetSuite's machine-to-machine login: made, matched and watched. Stores and sends nothing.

NetSuite takes P-256, P-384, P-521, RSA 3072 and 4096, for two years at most; longer ones it cuts (Oracle's
pages on OAuth 2.0 client credentials).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from nsquilio.errors import BadCredentials

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

Kind = Literal["p256", "rsa3072", "rsa4096"]
VALID_FOR = timedelta(days=730)
WARN_AT_DAYS = (60, 30, 14, 7)


def create_certificate(kind: Kind, common_name: str, now: datetime) -> tuple[str, str]:
    """A new private key (PKCS #8) and a self-signed certificate for it, both as PEM."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from cryptography.x509.oid import NameOID

    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64])])
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    if kind == "p256":
        key, pss = ec.generate_private_key(ec.SECP256R1()), None
    else:
        key = rsa.generate_private_key(65537, int(kind.removeprefix("rsa")))
        # As in Oracle's openssl command: rsa_padding_mode:pss, rsa_pss_saltlen:64.
        pss = padding.PSS(padding.MGF1(hashes.SHA256()), 64)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + VALID_FOR)
        .sign(key, hashes.SHA256(), rsa_padding=pss)
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private.decode("ascii"), certificate.public_bytes(Encoding.PEM).decode("ascii")


def valid_between(certificate_pem: str) -> tuple[datetime, datetime]:
    certificate = _read(certificate_pem)
    return certificate.not_valid_before_utc, certificate.not_valid_after_utc


def days_left(certificate_pem: str, now: datetime) -> int:
    """Whole days until the certificate ends; negative when it has ended."""
    return (valid_between(certificate_pem)[1] - now) // timedelta(days=1)


def key_matches(private_pem: str, certificate_pem: str) -> bool:
    """Whether the certificate was made for this key. `BadCredentials` when one of them cannot be read."""
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    from nsquilio.credentials.shapes import check_private_key

    check_private_key(private_pem)
    key = load_pem_private_key(private_pem.encode(), password=None)
    return key.public_key() == _read(certificate_pem).public_key()


def _read(certificate_pem: str) -> Certificate:
    from cryptography import x509

    try:
        return x509.load_pem_x509_certificate(certificate_pem.encode())
    except ValueError:
        raise BadCredentials(
            "The certificate cannot be read.",
            "Take the whole file, or let `nsquilio credentials create-certificate` make a new one.",
        ) from None
