"""Where requests may go: the NetSuite account and the hosts that follow from it, loopback addresses, proxies.

A credential must reach no host but its own, so a `base_url` is a loopback address or an error.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nsquilio.config.problems import shown

if TYPE_CHECKING:
    from urllib.parse import SplitResult

TWILIO_HOSTS = ("api", "messaging", "intelligence", "pricing")

# Written out instead of parsed: a parser accepts user names, backslashes, numeric hosts and other disguises.
_LOOPBACK = re.compile(
    r"(?P<scheme>https?)://(?P<host>localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?P<port>:\d{1,5})?"
    r"(?P<path>(?:/[A-Za-z0-9_-]+)*)/?"
)
_SANDBOX = re.compile(r"(TSTDRV[0-9A-Z_]*|[0-9A-Z]+_(SB|RP)[0-9]*)")


def account_id(value: str) -> str:
    """NetSuite's account id in capitals, like 1234567 or 1234567_SB1.

    Letters, digits and one underscore only: anything else would send the signed assertion to another host.
    """
    if re.fullmatch(r"[A-Za-z0-9]{1,32}(_[A-Za-z0-9]{1,16})?", value):
        return value.upper()
    if re.fullmatch(r"[A-Za-z0-9]{1,32}-[A-Za-z0-9]{1,16}", value):
        right = value.upper().replace("-", "_")
        raise ValueError(f"{shown(value)} is how the account stands in host names; write {right!r}")
    raise ValueError(
        f"{shown(value)} is not an account id, like 1234567 or 1234567_SB1; "
        "NetSuite shows it under Setup > Company > Company Information"
    )


def is_sandbox_account(account: str) -> bool:
    """A sandbox, release preview or test drive account, by the form of its id."""
    return _SANDBOX.fullmatch(account) is not None


def netsuite_url(account: str) -> str:
    """`1234567_SB1` lives at 1234567-sb1.suitetalk.api.netsuite.com."""
    return f"https://{account.lower().replace('_', '-')}.suitetalk.api.netsuite.com"


def loopback_url(value: str) -> str:
    """An http address of this machine, without a slash at its end."""
    match = _LOOPBACK.fullmatch(value)
    if (
        not match
        or not _is_loopback(match["host"])
        or int((match["port"] or ":1")[1:]) not in range(1, 65536)
    ):
        raise ValueError(
            f"{_without_password(value)} is not a loopback address, like http://127.0.0.1:8080; "
            "leave it empty for the real service"
        )
    return value.rstrip("/")


def is_loopback_url(url: str) -> bool:
    match = _LOOPBACK.fullmatch(url)
    return match is not None and _is_loopback(match["host"])


def _without_password(value: str) -> str:
    return "(an address with a user name)" if "@" in value else shown(value)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    from ipaddress import ip_address  # only tests and sandboxes pay for it

    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def proxy_url(value: str) -> str:
    parts = _web_address(value, "http://proxy.example.com:3128")
    if parts.path not in ("", "/") or parts.query:
        raise ValueError(
            f"{shown(value)} has more than a host and a port, like http://proxy.example.com:3128"
        )
    return value.rstrip("/")


def ping_url(value: str) -> str:
    _web_address(value, "https://hc-ping.com/your-check")
    return value


def _web_address(value: str, example: str) -> SplitResult:
    from urllib.parse import urlsplit

    # Never shows a value with an "@": what stands before it may be a password.
    if "@" in value:
        raise ValueError(f"must not hold a user name or password; write it like {example}")
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not value.isascii() or re.search(r"[\s\\#<>\"]", value):
        raise ValueError(f"{shown(value)} is not a web address, like {example}")
    return parts
