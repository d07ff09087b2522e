"""One reader per kind of scalar: the written characters in, the value or a `ValueError` in plain words out.

The words say what is wrong and what would be right; where it stands in the file is added by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import time
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo, available_timezones

from nsquilio.config.codes import COUNTRIES, COUNTRY_SLIPS, CURRENCIES
from nsquilio.config.problems import shown
from nsquilio.core.rules import END_OF_DAY

Reader = Callable[[str], "_Value"]
_Value = TypeVar("_Value")

_YES, _NO = {"true", "yes", "on"}, {"false", "no", "off"}


def nearest(word: str, right: Iterable[str]) -> str:
    """ "; did you mean 'x'?" or nothing, to be put behind a sentence."""
    from difflib import get_close_matches  # only a wrong file pays for it

    close = get_close_matches(word, list(right), n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else ""


def text(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty")
    if any((ord(letter) < 32 and letter not in "\n\t") or letter == "\x7f" for letter in value):
        raise ValueError("holds control characters")
    return value


def line(value: str) -> str:
    """A text of one line; line breaks in names and subjects would reach mail headers and logs."""
    if "\n" in value.strip() or "\t" in value:
        raise ValueError("must be one line without tabs")
    return text(value.strip())


def boolean(value: str) -> bool:
    lower = value.lower()
    if lower not in _YES | _NO:
        raise ValueError(f"{shown(value)} is neither true nor false")
    return lower in _YES


def whole(low: int, high: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        if not re.fullmatch(r"-?(0|[1-9][0-9]{0,11})", value):
            raise ValueError(f"{shown(value)} is not a whole number; write digits alone, like {low}")
        if not low <= int(value) <= high:
            raise ValueError(f"{value} is not between {low} and {high}")
        return int(value)

    return read


def decimal(value: str) -> Decimal:
    """An amount that is not negative, in plain digits."""
    if not re.fullmatch(r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?", value):
        hint = "without a currency or thousands separators" if re.search(r"[0-9]", value) else "in digits"
        raise ValueError(f"{shown(value)} is not an amount; write it {hint}, like 1250.00")
    return Decimal(value)


def rate(value: str) -> float:
    """Messages per second: at most 100, the most Twilio gives any sender; 0 means no limit of ours."""
    number = decimal(value)
    if number > 1000:
        raise ValueError(f"{value} is more than any sender may send; 0 means without a limit of ours")
    return float(number)


def one_of(*choices: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in choices:
            near = nearest(value.lower(), choices) or f"; it is one of {', '.join(choices)}"
            raise ValueError(f"{shown(value)} is not known here{near}")
        return value

    return read


def form(pattern: str, words: str) -> Callable[[str], str]:
    """A value that fully matches `pattern`; `words` say what it must be."""
    compiled = re.compile(pattern)

    def read(value: str) -> str:
        if not compiled.fullmatch(value):
            raise ValueError(f"{shown(value)} is not {words}")
        return value

    return read


def sid(prefix: str, name: str) -> Callable[[str], str]:
    """A Twilio SID: two letters and 32 hex digits (twilio-oai patterns)."""

    def read(value: str) -> str:
        if re.fullmatch(prefix + "[0-9a-fA-F]{32}", value):
            return value
        if re.fullmatch("[A-Z]{2}[0-9a-fA-F]{32}", value):
            raise ValueError(f"{shown(value)} begins with {value[:2]}; {name} begins with {prefix}")
        raise ValueError(f"{shown(value)} is not {name}: {prefix} and 32 hex digits")

    return read


def phone(value: str) -> str:
    """E.164, blanks and brackets taken out. Only the form: whether the number exists is asked elsewhere."""
    bare = re.sub(r"[\s().-]", "", value)
    if re.fullmatch(r"\+[1-9][0-9]{6,14}", bare):
        return bare
    hint = "begin with + and the country code" if not value.startswith("+") else "7 to 15 digits after the +"
    raise ValueError(
        f"{shown(value)} is not a phone number in international form ({hint}), like +14155550100"
    )


def sender_number(value: str) -> str:
    """A phone number, or a short code (5 or 6 digits). Alphanumeric senders cannot receive STOP."""
    return value if re.fullmatch(r"[1-9][0-9]{4,5}", value) else phone(value)


def email(value: str) -> str:
    if len(value) > 254 or not re.fullmatch(
        r"[^\s@<>(),;:\"\\]{1,64}@[^\s@<>(),;:\"\\]+\.[^\s@.<>(),;:\"\\]+", value
    ):
        raise ValueError(f"{shown(value)} is not an e-mail address, like ar@example.com")
    return value


def recipient(value: str) -> str:
    """A phone number (E.164) or an e-mail address (lower case)."""
    return email(value).lower() if "@" in value else phone(value)


def country(value: str) -> str:
    if value in COUNTRIES:
        return value
    right = COUNTRY_SLIPS.get(value.upper(), value.upper())
    near = f"; did you mean {right!r}?" if right in COUNTRIES else ", like US or DE"
    raise ValueError(f"{shown(value)} is not an ISO 3166 country code of two capital letters{near}")


def currency(value: str) -> str:
    if value in CURRENCIES:
        return value
    near = nearest(value.upper(), CURRENCIES) if len(value) == 3 else ", like USD"
    raise ValueError(f"{shown(value)} is not an ISO 4217 currency code of three capital letters{near}")


@lru_cache(maxsize=64)
def time_zone(value: str) -> str:
    """An IANA name of a place, or UTC. EST knows no daylight saving, and "right/…" counts leap seconds."""
    known = value == "UTC" or ("/" in value and not value.startswith(("posix/", "right/")))
    try:
        if known and ZoneInfo(value):
            return value
    except (KeyError, OSError, ValueError):  # not found, a directory, a path out of the tree
        pass
    raise ValueError(f"{shown(value)} is not an IANA time zone{_near_zone(value)}")


def _near_zone(value: str) -> str:
    from difflib import get_close_matches

    written = value.strip().replace(" ", "_").lower()
    zones = [zone for zone in sorted(available_timezones()) if "/" in zone]
    named = [zone for zone in zones if zone.lower().endswith("/" + written)]
    if named:
        return f"; did you mean {named[0]!r}?"
    lower = {zone.lower(): zone for zone in zones}
    close = get_close_matches(written, lower, n=1, cutoff=0.8)
    return f"; did you mean {lower[close[0]]!r}?" if close else ", like America/New_York"


def clock(value: str) -> time:
    """A time of day, 24 hours; 24:00 is the end of the day."""
    if value == "24:00":
        return END_OF_DAY
    match = re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", value)
    if not match:
        raise ValueError(f"{shown(value)} is not a time of day, like 09:00 or 20:30")
    return time(int(match[1]), int(match[2]))


def address_range(value: str) -> str:
    """An IP address or network."""
    from ipaddress import ip_network

    try:
        return str(ip_network(value, strict=False))
    except ValueError:
        raise ValueError(f"{shown(value)} is not an IP address or network, like 203.0.113.0/24") from None
