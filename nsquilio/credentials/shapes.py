"""Whether a credential looks like what its name says, before it is kept: most set-up failures are mix-ups.

Says what is wrong and never repeats a character of the value. Talks to no service.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from nsquilio.credentials.names import NEXT
from nsquilio.errors import BadCredentials

_MADE = "let `nsquilio credentials create-certificate` make one"


def normal(name: str, value: str) -> str:
    """`value` without what copying adds: blanks around it, a byte order mark, `\\n` written out in a PEM."""
    bare = value.lstrip("\ufeff").strip()
    if _slot(name) != "netsuite.private_key":
        return bare
    if bare.startswith("-----BEGIN") and "\n" not in bare:
        bare = bare.replace("\\n", "\n")
    return bare.replace("\r\n", "\n").replace("\r", "\n")


def check_shape(name: str, value: str) -> str | None:
    """What is wrong with `value` as credential `name`, in a sentence; None: nothing."""
    if not value:
        return f"{name} is empty."
    if _slot(name) == "netsuite.private_key":
        return _private_key_problem(value)
    if "-----BEGIN" in value:
        return f"That is a PEM block, not {name}; the private key is netsuite.private_key."
    if not value.isascii() or any(letter.isspace() or not letter.isprintable() for letter in value):
        return f"{name} holds blanks or other characters that no credential has; copy it again."
    return _CHECKS.get(_slot(name), _no_other)(name, value)


def accepted(name: str, value: str) -> str:
    """What to keep of a `value` that somebody typed or piped; `BadCredentials` when it cannot be `name`."""
    kept = normal(name, value)
    problem = check_shape(name, kept)
    if problem:
        raise BadCredentials(problem, "Nothing was changed; set it again with the right value.")
    return kept


def _slot(name: str) -> str:
    return name.removesuffix(NEXT)


def _looks_like(value: str) -> str | None:
    """What a value is by its form, if that is certain."""
    if re.fullmatch("AC[0-9a-fA-F]{32}", value):
        return "an account SID, which stands in the configuration as twilio.account_sid"
    if re.fullmatch("SK[0-9a-fA-F]{32}", value):
        return "an API key SID, which is twilio.api_key_sid"
    if re.fullmatch("MG[0-9a-fA-F]{32}", value):
        return "a Messaging Service SID, which stands in the configuration"
    return "a SendGrid key, which is sendgrid.api_key" if value.startswith("SG.") else None


def _no_other(name: str, value: str) -> str | None:
    other = _looks_like(value)
    return f"That is {other}, not {name}." if other else None


def _api_key_sid(name: str, value: str) -> str | None:
    if re.fullmatch("SK[0-9a-fA-F]{32}", value):
        return None
    return _no_other(name, value) or f"{name} begins with SK and has 32 hexadecimal digits after it."


def _sendgrid_key(name: str, value: str) -> str | None:
    return (
        None
        if value.startswith("SG.")
        else _no_other(name, value) or f"{name} begins with SG. (with the dot)."
    )


_CHECKS: dict[str, Callable[[str, str], str | None]] = {
    "twilio.api_key_sid": _api_key_sid,
    "sendgrid.api_key": _sendgrid_key,
}


def _private_key_problem(value: str) -> str | None:
    header = re.search(r"-----BEGIN ([A-Z0-9 ]+)-----", value)
    if not header:
        return f"That is no PEM: a private key begins with -----BEGIN PRIVATE KEY-----; {_MADE}."
    if "PRIVATE KEY" not in header[1]:
        return f"That is a {header[1].lower()}; the private key begins with -----BEGIN PRIVATE KEY-----."
    try:
        check_private_key(value)
    except BadCredentials as error:
        return f"{error.message} {error.next}"
    return None


def check_private_key(pem: str) -> None:
    """NetSuite takes P-256, P-384, P-521 and RSA of 3072 or 4096 bits; else `BadCredentials`."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except TypeError:
        raise BadCredentials(
            "The private key is encrypted with a passphrase.",
            "Decrypt it with 'openssl pkey -in KEY.pem -out PLAIN.pem', set PLAIN.pem and remove that file.",
        ) from None
    except (ValueError, UnsupportedAlgorithm):
        raise BadCredentials("The private key cannot be read.", f"Copy it whole, or {_MADE}.") from None
    if isinstance(key, rsa.RSAPrivateKey):
        if key.key_size < 3072:
            text = f"The RSA key has {key.key_size} bits, and NetSuite takes 3072 or 4096."
            raise BadCredentials(text, f"Make a new one, or {_MADE}.")
        return
    if isinstance(key, ec.EllipticCurvePrivateKey):
        if key.curve.name not in ("secp256r1", "secp384r1", "secp521r1"):
            text = f"The key's curve is {key.curve.name}, and NetSuite takes P-256, P-384 and P-521."
            raise BadCredentials(text, f"Make a new one, or {_MADE}.")
        return
    made = f"{_MADE[0].upper()}{_MADE[1:]}."
    raise BadCredentials("The private key is neither RSA nor an elliptic curve NetSuite takes.", made)
