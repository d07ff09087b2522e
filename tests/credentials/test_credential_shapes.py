"""Mix-ups are found before a credential is kept, and no message repeats what was typed."""

from __future__ import annotations

import pytest
from credential_builders import NOW, bitcoin_curve, edwards, p256, pem, public, rsa_key, with_passphrase
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from nsquilio.credentials.certificate import create_certificate
from nsquilio.credentials.shapes import accepted, check_shape, normal
from nsquilio.errors import BadCredentials

AC, SK, MG = "AC" + "a" * 32, "SK" + "b" * 32, "MG" + "c" * 32
SENDGRID = "SG." + "d" * 22 + "." + "e" * 43


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("twilio.api_key_sid", SK),
        ("twilio.api_key_secret", "A1b2" * 8),
        ("twilio.auth_token", "0f" * 16),
        ("sendgrid.api_key", SENDGRID),
        ("netsuite.client_id", "ab12" * 16),
        ("netsuite.certificate_id", "Xy_-1" * 8),
        ("netsuite.certificate_id.next", "Xy_-1" * 8),
        ("netsuite.event_secret", "any word"[:3]),
    ],
)
def test_right_shapes_are_kept_as_they_are(name: str, value: str) -> None:
    assert accepted(name, value) == value


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("twilio.auth_token", "", "twilio.auth_token is empty."),
        (
            "twilio.api_key_sid",
            AC,
            "That is an account SID, which stands in the configuration as twilio.account_sid, "
            "not twilio.api_key_sid.",
        ),
        (
            "twilio.api_key_sid",
            "SK12",
            "twilio.api_key_sid begins with SK and has 32 hexadecimal digits after it.",
        ),
        (
            "twilio.api_key_secret",
            SK,
            "That is an API key SID, which is twilio.api_key_sid, not twilio.api_key_secret.",
        ),
        (
            "twilio.auth_token",
            MG,
            "That is a Messaging Service SID, which stands in the configuration, not twilio.auth_token.",
        ),
        (
            "netsuite.client_id",
            SENDGRID,
            "That is a SendGrid key, which is sendgrid.api_key, not netsuite.client_id.",
        ),
        ("sendgrid.api_key", "SGx", "sendgrid.api_key begins with SG. (with the dot)."),
        (
            "sendgrid.api_key",
            SK,
            "That is an API key SID, which is twilio.api_key_sid, not sendgrid.api_key.",
        ),
        (
            "twilio.auth_token",
            "two words",
            "twilio.auth_token holds blanks or other characters that no credential has; copy it again.",
        ),
        (
            "netsuite.certificate_id",
            "abc\u200bdef",
            "netsuite.certificate_id holds blanks or other characters that no credential has; copy it again.",
        ),
        (
            "netsuite.client_id",
            "-----BEGIN PRIVATE KEY-----\nx",
            "That is a PEM block, not netsuite.client_id; the private key is netsuite.private_key.",
        ),
        (
            "netsuite.private_key",
            "MIIEv",
            "That is no PEM: a private key begins with -----BEGIN PRIVATE KEY-----; let `nsquilio "
            "credentials create-certificate` make one.",
        ),
        (
            "netsuite.private_key.next",
            create_certificate("p256", "x", NOW)[1],
            "That is a certificate; the private key begins with -----BEGIN PRIVATE KEY-----.",
        ),
        (
            "netsuite.private_key",
            public(ec.generate_private_key(ec.SECP256R1())),
            "That is a public key; the private key begins with -----BEGIN PRIVATE KEY-----.",
        ),
        (
            "netsuite.private_key",
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
            "The private key cannot be read. Copy it whole, or let `nsquilio credentials create-certificate` "
            "make one.",
        ),
        (
            "netsuite.private_key",
            with_passphrase(),
            "The private key is encrypted with a passphrase. Decrypt it with 'openssl pkey -in KEY.pem -out "
            "PLAIN.pem', set PLAIN.pem and remove that file.",
        ),
        (
            "netsuite.private_key",
            rsa_key(2048),
            "The RSA key has 2048 bits, and NetSuite takes 3072 or 4096. Make a new one, or let `nsquilio "
            "credentials create-certificate` make one.",
        ),
        (
            "netsuite.private_key",
            bitcoin_curve(),
            "The key's curve is secp256k1, and NetSuite takes P-256, P-384 and P-521. Make a new one, or let "
            "`nsquilio credentials create-certificate` make one.",
        ),
        (
            "netsuite.private_key",
            edwards(),
            "The private key is neither RSA nor an elliptic curve NetSuite takes. Let `nsquilio credentials "
            "create-certificate` make one.",
        ),
    ],
)
def test_wrong_shapes_are_told_what_they_are(name: str, value: str, expected: str) -> None:
    assert check_shape(name, normal(name, value)) == expected
    with pytest.raises(BadCredentials) as caught:
        accepted(name, value)
    assert caught.value.message == expected
    assert caught.value.next == "Nothing was changed; set it again with the right value."
    assert not value or value not in caught.value.message


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1(), ec.SECP521R1()])
def test_curves_that_netsuite_takes_are_accepted(curve: ec.EllipticCurve) -> None:
    key = pem(ec.generate_private_key(curve))
    assert accepted("netsuite.private_key", key) == key.strip()


def test_what_copying_adds_is_taken_off() -> None:
    assert accepted("twilio.auth_token", "\ufeff " + "0f" * 16 + "\r\n") == "0f" * 16
    key = p256()
    for copied in (key.replace("\n", "\r\n"), key.strip().replace("\n", "\\n"), "\n\n" + key + "\n"):
        assert accepted("netsuite.private_key", copied) == key.strip()
        load_pem_private_key(accepted("netsuite.private_key", copied).encode(), None)
