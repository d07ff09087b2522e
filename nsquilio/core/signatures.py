"""Whether a captured request really comes from Twilio or from the customer's own NetSuite script.

Twilio signs with the auth token (facts/twilio.md, section 8). NetSuite has no webhooks of its own: the
script that posts an event signs the body with a secret we share, or carries the secret in the URL
(facts/netsuite.md, section 6).

Every comparison takes the same time whatever is wrong, and an absent secret or signature never matches.
Nothing here tells replays apart: that is done by message SID, since neither signature covers a time.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import ipaddress
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import parse_qsl, unquote, urlsplit

Params = Mapping[str, str | Sequence[str]]

_TWILIO_HEADER = "x-twilio-signature"
_NETSUITE_HEADER = "x-nsq-signature"
_DEFAULT_PORTS = {"https": 443, "http": 80}
_DIGESTS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}


def is_signed_by_twilio(
    url: str,
    headers: Mapping[str, str],
    *,
    tokens: Iterable[str],
    params: Params | None = None,
    body: bytes | None = None,
) -> bool:
    """`url`: as configured at Twilio, query undecoded. `params`: of a form; or `body`: raw, of anything else.

    `tokens`: the auth token, and the secondary one while it is being rotated. A JSON body must be covered by
    `bodySHA256` in the URL: without it anybody could change the body.
    """
    given = _header(headers, _TWILIO_HEADER)
    if not given or not _body_is_covered(url, params, body):
        return False
    spellings = _with_and_without_port(url)
    expected = [
        twilio_signature(spelling, params or {}, token) for token in tokens if token for spelling in spellings
    ]
    return _any_equal(given, expected)


def twilio_signature(url: str, params: Params, token: str) -> str:
    """Names and values sorted by code point, repeated values once, nothing between them."""
    text = url + "".join(name + value for name in sorted(params) for value in _values(params[name]))
    return base64.b64encode(hmac.digest(token.encode(), text.encode(), "sha1")).decode()


def _values(value: str | Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else sorted(set(value))


def _body_is_covered(url: str, params: Params | None, body: bytes | None) -> bool:
    if params or not body:
        return True
    stated = [value for name, value in _query(url) if name == "bodySHA256"]
    return len(stated) == 1 and _equal(stated[0].lower(), hashlib.sha256(body).hexdigest())


def _query(url: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(url).query, keep_blank_values=True)
    except ValueError:
        return []


def _with_and_without_port(url: str) -> tuple[str, ...]:
    """The signer is inconsistent about ports. Users and passwords in the URL are kept."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return (url,)
    user, at, host = parts.netloc.rpartition("@")
    bare = host.rpartition(":")[0] if port is not None else host
    default = port or _DEFAULT_PORTS.get(parts.scheme)
    hosts = [bare] if default is None else [bare, f"{bare}:{default}"]
    return (url, *(_with_host(url, parts.netloc, user + at + h) for h in hosts))


def _with_host(url: str, old: str, new: str) -> str:
    """Replaced in the text, not rebuilt: rebuilding drops an empty query and changes the signed text."""
    return url.replace(f"//{old}", f"//{new}", 1)


def is_signed_by_netsuite(headers: Mapping[str, str], body: bytes, *, secrets: Iterable[str]) -> bool:
    """`X-NSQ-Signature: sha256=<hex or base64>` over the raw body, or `sha1=`.

    Several secrets, because NetSuite takes up to an hour to use a new one.
    """
    method, _, stated = _header(headers, _NETSUITE_HEADER).partition("=")
    given = _digest(stated.strip())
    name = method.strip().lower()
    if name not in _DIGESTS or given is None:
        return False
    expected = [hmac.digest(secret.encode(), body, name) for secret in secrets if secret]
    return sum(hmac.compare_digest(given, digest) for digest in expected) > 0


def _digest(text: str) -> bytes | None:
    """40 or 64 hexadecimal digits, else base64: neither can be taken for the other."""
    try:
        if len(text) in (40, 64):
            return bytes.fromhex(text)
        return base64.b64decode(text, validate=True) or None
    except (ValueError, binascii.Error):
        return None


def carries_secret(url: str, *, secrets: Iterable[str]) -> bool:
    """Whether a whole path segment or query value of the URL is one of the secrets."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return False
    places = [*(unquote(segment) for segment in path.split("/")), *(value for _, value in _query(url))]
    wanted = [secret for secret in secrets if secret]
    return sum(_any_equal(place, wanted) for place in places if place) > 0


def is_allowed_address(address: str, allowed: Sequence[str]) -> bool:
    """`allowed`: addresses and networks (CIDR); empty: everybody. An unreadable address is never allowed."""
    if not allowed:
        return True
    try:
        sender = ipaddress.ip_address(address.strip().strip("[]"))
    except ValueError:
        return False
    mapped = getattr(sender, "ipv4_mapped", None)
    return any(_within(mapped or sender, network) for network in allowed)


def _within(sender: ipaddress.IPv4Address | ipaddress.IPv6Address, network: str) -> bool:
    try:
        return sender in ipaddress.ip_network(network.strip(), strict=False)
    except ValueError:
        return False


def _header(headers: Mapping[str, str], name: str) -> str:
    return next((value.strip() for key, value in headers.items() if key.lower() == name), "")


def _equal(a: str, b: str) -> bool:
    return hmac.compare_digest(a.encode("utf-8", "surrogatepass"), b.encode("utf-8", "surrogatepass"))


def _any_equal(given: str, expected: Sequence[str]) -> bool:
    """Counted, not `any`: looking at all of them takes the same time whichever fits."""
    return sum(_equal(given, one) for one in expected) > 0
