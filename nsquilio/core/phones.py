"""Phone numbers: what can be texted, where it may be, and when two spellings are one number.

Columns in NetSuite are free text ("949-541-0123 x9", "cell 415.555.0100 / 0101"), so everything here takes
raw text. `parse_phone` answers for sending and is strict; `canonical` and `numbers_in` answer for comparing
and take any number that is possible at all, because who wrote to us has a phone whatever our tables think.

Never looks anything up outside `phonenumbers`, never imports its geocoder or carrier (480 ms, 100 MB), and
imports the rest only when the first number is read, for the sake of commands that need none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_LONGEST_TEXT = 200
"""A column holds one or two numbers; the rest of a novel in it is not worth the matcher's time."""

_CACHED = 65_536

_SEPARATORS = str.maketrans("", "", " \t\u00a0\u202f().-/·–\u2010\u2011")
_NANP = re.compile(r"(?:\+?1)?([2-9]\d{2}[2-9]\d{6})")
_PLUS_NANP = re.compile(r"\+1([2-9]\d{2}[2-9]\d{6})")
_NANP_COUNTRIES = frozenset({"US", "CA", "PR", "VI", "GU", "AS", "MP"})
_NO_LETTERS = re.compile(r"[+\d\s().\-/\u00a0\u202f\u2010\u2011–]+")
_VANITY = re.compile(r"(?:\+?1[\s.-]*)?\(?\d{3}\)?[\s.-]*(?:\d{3}[\s.-]*[A-Za-z]{4}|[A-Za-z]{7})")
_CHANNEL = re.compile(r"^(?:whatsapp|rcs|messenger|sms|tel):", re.IGNORECASE)

_NO_CALLER = frozenset(
    {"anonymous", "restricted", "blocked", "unknown", "unavailable", "private"}
    # What carriers send for those words: the same letters typed on a keypad.
    | {"+266696687", "+7378742833", "+17378742833", "+2562533", "+8656696", "+86282452253"}
)


@dataclass(frozen=True, slots=True)
class Phone:
    """`region`: ISO 3166 code, or 001. `zones`: every time zone the number may be in, empty when unknown."""

    e164: str
    region: str
    zones: tuple[str, ...]
    is_toll_free: bool


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the numbering plan knows of a number, or of every number of its block."""

    region: str
    zones: tuple[str, ...]
    is_textable: bool
    is_toll_free: bool


def parse_phone(text: str, *, country: str) -> Phone | None:
    """The first number in the text that a text message can reach; None when there is none.

    Landlines where they can be told from mobiles (not in +1), toll-free, premium, personal (+1 500) and
    short numbers are no destinations (contact-rules.md, section 6, step 5; Twilio's 21614, 21635).
    """
    for e164, kind in _valid_numbers(text[:_LONGEST_TEXT], country.upper()):
        if kind.is_textable:
            return _phone(e164, kind)
    return None


def read_phone(text: str, *, country: str) -> Phone | None:
    """The first valid number of any kind, toll-free too: for saying why it is no destination."""
    found = _valid_numbers(text[:_LONGEST_TEXT], country.upper())
    return _phone(*found[0]) if found else None


def _phone(e164: str, kind: _Kind) -> Phone:
    return Phone(e164, kind.region, kind.zones, kind.is_toll_free)


@lru_cache(maxsize=_CACHED)
def _valid_numbers(text: str, country: str) -> tuple[tuple[str, _Kind], ...]:
    ten = _ten_digits(text, country)
    numbers = (f"+1{ten}",) if ten else _spelled_numbers(text, country)
    found = ((number, _kind_of(number)) for number in numbers)
    return tuple((number, kind) for number, kind in found if kind is not None)


def _ten_digits(text: str, country: str) -> str | None:
    """The ten digits of a plainly written +1 number; such texts need no parser (measured: 14 of 50 µs)."""
    plain = text.translate(_SEPARATORS)
    if not plain.isascii():
        return None
    match = (_NANP if country in _NANP_COUNTRIES else _PLUS_NANP).fullmatch(plain)
    return match[1] if match else None


def _kind_of(e164: str) -> _Kind | None:
    """None for a number that nobody can have."""
    if _PLUS_NANP.fullmatch(e164):
        kind = _kind_of_nanp_block(e164[2:6])
        if kind and kind.region in ("US", "CA"):
            return kind
    return _looked_up(e164)


@lru_cache(maxsize=8_192)
def _kind_of_nanp_block(first_four: str) -> _Kind | None:
    """In the US and Canada the plan looks no further (the islands' does); a test compares both ways."""
    return _looked_up(f"+1{first_four}550100")


@lru_cache(maxsize=_CACHED)
def _looked_up(e164: str) -> _Kind | None:
    import phonenumbers as plan

    try:
        number = plan.parse(e164)
    except plan.NumberParseException:
        return None
    kind = plan.number_type(number)
    if kind == plan.PhoneNumberType.UNKNOWN:
        return None
    textable = kind in (plan.PhoneNumberType.MOBILE, plan.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    region = plan.region_code_for_number(number) or "001"
    return _Kind(region, _zones(e164, number), textable, kind == plan.PhoneNumberType.TOLL_FREE)


def zones_of_number(e164: str) -> tuple[str, ...]:
    """All zones the number may be in, sorted; empty when nobody knows.

    A +1 number gets every zone of its area code, not only those of its exchange: mobiles are ported and
    moved within it, and 25 area codes span several offsets (contact-rules.md, section 6, steps 3 and 4).
    """
    kind = _kind_of(e164) if re.fullmatch(r"\+[0-9]{5,15}", e164) else None
    return kind.zones if kind else ()


def _zones(e164: str, number: Any) -> tuple[str, ...]:
    from phonenumbers import timezone

    if e164.startswith("+1") and e164[2:5] in _area_code_zones():
        return _area_code_zones()[e164[2:5]]
    return tuple(sorted({*timezone.time_zones_for_number(number)} - {"Etc/Unknown"}))


@lru_cache(maxsize=1)
def _area_code_zones() -> dict[str, tuple[str, ...]]:
    """Area code to zones: the union over all longer prefixes in the table."""
    from phonenumbers.tzdata import TIMEZONE_DATA

    found: dict[str, set[str]] = {}
    for prefix, zones in TIMEZONE_DATA.items():
        if prefix.startswith("1") and len(prefix) >= 4:
            found.setdefault(prefix[1:4], set()).update(zones)
    return {code: tuple(sorted(zones - {"Etc/Unknown"})) for code, zones in found.items()}


def canonical(text: str, *, country: str) -> str:
    """For comparing senders: E.164 where the text is one possible number, else the text itself, cleaned.

    Short codes, alphanumeric senders and "anonymous" are kept apart from numbers: they get no plus.
    """
    if (
        _PLUS_NANP.fullmatch(text) and text not in _NO_CALLER
    ):  # as Twilio writes them, a hundred thousand times
        return text
    address = _CHANNEL.sub("", text.strip()[:_LONGEST_TEXT])
    return _numbers(address, country.upper())[0] if _is_number(address, country) else _cleaned(address)


def _is_number(address: str, country: str) -> bool:
    return not is_anonymous(address) and bool(_numbers(address, country.upper()))


def _cleaned(address: str) -> str:
    digits = address.translate(_SEPARATORS)
    return digits if digits.isdigit() else " ".join(address.casefold().split())


def numbers_in(text: str, *, country: str) -> tuple[str, ...]:
    """Every possible number in the text as E.164: one column may hold two of them."""
    return _numbers(text.strip()[:_LONGEST_TEXT], country.upper())


@lru_cache(maxsize=_CACHED)
def _numbers(text: str, country: str) -> tuple[str, ...]:
    ten = _ten_digits(text, country)
    if ten:
        return (f"+1{ten}",)
    digits = text.translate(_SEPARATORS)
    is_short_code = digits.isdigit() and len(digits) <= 6
    return () if is_short_code else _spelled_numbers(text, country)


def _spelled_numbers(text: str, country: str) -> tuple[str, ...]:
    """Numbers of a possible length as people write them."""
    import phonenumbers as plan

    region = country if country in plan.SUPPORTED_REGIONS else None
    if _NO_LETTERS.fullmatch(text) or (region in _NANP_COUNTRIES and _VANITY.fullmatch(text)):
        alone = _read_alone(text, region)
        if alone:
            return (alone,)
    found = plan.PhoneNumberMatcher(text, region, leniency=plan.Leniency.POSSIBLE, max_tries=20)
    return tuple(dict.fromkeys(_e164(match.number) for match in found if _is_whole(match.number)))


def _read_alone(text: str, region: str | None) -> str | None:
    import phonenumbers as plan

    try:
        number = plan.parse(text, region)
    except plan.NumberParseException:
        return None
    return _e164(number) if _is_whole(number) else None


def _is_whole(number: Any) -> bool:
    """Of a possible length, and not only within its town (555-0131)."""
    import phonenumbers as plan

    return bool(plan.is_possible_number_with_reason(number) == plan.ValidationResult.IS_POSSIBLE)


def _e164(number: Any) -> str:
    import phonenumbers as plan

    return str(plan.format_number(number, plan.PhoneNumberFormat.E164))


def is_anonymous(address: str) -> bool:
    """Whether the caller hid the number: such senders are never the same person."""
    return address.strip().casefold() in _NO_CALLER or not address.strip()


def masked(address: str) -> str:
    """For logs and reports: enough to recognise one's own customer, too little to write to him."""
    name, at, host = address.rpartition("@")
    if at:
        return f"{name[:1]}***@{host}"
    digits = re.sub(r"\D", "", address)
    if len(digits) < 7:
        return "***"
    code = "1" if digits.startswith("1") else digits[:2]
    return f"+{code}*****{digits[-4:]}" if address.strip().startswith("+") else f"*****{digits[-4:]}"
