"""Time zones a recipient may be in: from a number, an address, or a column somebody filled by hand.

Names are IANA's. The lists of countries and zones come from the `tzdata` package, which also feeds
`zoneinfo`; nothing is guessed: what no table knows gives no zone, and a recipient without any waits for a
person (`time_zone_unknown`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from nsquilio.core.zone_tables import BY_POSTAL_PREFIX, BY_SUBDIVISION, SPOKEN, SUBDIVISION_NAMES

_LONGEST_NAME = 80
_SPEAKS_SO = frozenset({"US", "CA"})
_SPOKEN_ZONE = re.compile(
    r"(?:\((?:GMT|UTC)[+-]\d{1,2}:?\d{0,2}\) )?(?P<name>[a-z]+)"
    r"(?: (?:standard |daylight )?time)?(?: \(us & canada\))?",
    re.IGNORECASE,
)


def recipient_zones(
    number_zones: Iterable[str],
    *,
    country: str,
    subdivision: str = "",
    postal_code: str = "",
    time_zone: str = "",
    company_country: str = "",
) -> tuple[str, ...]:
    """Every zone the recipient may be in, sorted; empty when nobody knows, also when `time_zone` is
    unreadable.

    `time_zone`, filled by a person, decides alone. Otherwise the zones of the number and those of the billing
    address together (contact-rules.md, section 6, steps 1 to 3). An address that tells no more than a country
    with several zones says nothing against a number of that country, so then the number decides: all zones of
    its area code. `company_country` stands in for the country of an address that names a state or post code
    but no country.
    """
    if time_zone.strip():
        return zones_named(time_zone, country.strip().upper() or company_country.strip().upper() or "US")
    numbers = set(number_zones)
    nation = country.strip().upper() or (
        company_country.strip().upper() if subdivision or postal_code else ""
    )
    exact = _exact_zones(nation, subdivision, postal_code)
    if exact:
        return tuple(sorted(numbers | exact))
    whole = set(country_zones(nation))
    return tuple(sorted(numbers if numbers and numbers <= whole else numbers | whole))


def address_zones(country: str, subdivision: str = "", postal_code: str = "") -> tuple[str, ...]:
    """Every zone the address may be in: those of its state and post code, else those of its whole country."""
    nation = country.strip().upper()
    return tuple(sorted(_exact_zones(nation, subdivision, postal_code) or country_zones(nation)))


def _exact_zones(country: str, subdivision: str, postal_code: str) -> set[str]:
    """Zones of the state and of the post code; both, when the two disagree."""
    by_code = BY_SUBDIVISION.get(country, {})
    codes = (subdivision_code(country, subdivision), _postal_subdivision(country, postal_code))
    return {zone for code in codes for zone in by_code.get(code, ())}


@lru_cache(maxsize=4_096)
def subdivision_code(country: str, text: str) -> str:
    """ "California", "ca", "US-CA" -> "CA"; what no table knows comes back trimmed and upper-case."""
    words = " ".join(text.split())[:_LONGEST_NAME]
    nation = country.strip().upper()
    named = SUBDIVISION_NAMES.get(nation, {}).get(words.casefold())
    return named or words.upper().removeprefix(f"{nation}-")


def _postal_subdivision(country: str, postal_code: str) -> str:
    prefixes = BY_POSTAL_PREFIX.get(country)
    code = re.sub(r"\s", "", postal_code).upper()
    if not prefixes or not code:
        return ""
    if country == "US":
        # Spreadsheets drop the leading zero of New England's codes.
        code = code.partition("-")[0].zfill(5)
        return prefixes.get(code[:3], "") if re.fullmatch(r"\d{5}|\d{9}", code) else ""
    return prefixes.get(code[:1], "")


@lru_cache(maxsize=4_096)
def zones_named(text: str, country: str = "US") -> tuple[str, ...]:
    """The zones a person meant: an IANA name in any case, in North America also "(GMT-05:00) Eastern Time" or
    "PST".

    More than one where a word means several; empty when it means none. Bare offsets ("GMT-5") mean none: they
    know no summer time. `country` is where the recipient or the company is: "CST" is something else in China.
    """
    words = " ".join(text.split())[:_LONGEST_NAME]
    if country in _SPEAKS_SO:
        match = _SPOKEN_ZONE.fullmatch(words)
        if match and match["name"].casefold() in SPOKEN:
            return SPOKEN[match["name"].casefold()]
    exact = _iana_names().get(words.replace(" ", "_").casefold())
    return (exact,) if exact else ()


@lru_cache(maxsize=1)
def _iana_names() -> dict[str, str]:
    """Lower case -> name; only places and UTC, none of the fixed offsets under Etc."""
    names = _tzdata("zones").split()
    return {n.casefold(): n for n in names if ("/" in n and not n.startswith("Etc/")) or n in ("UTC", "GMT")}


def country_zones(country: str) -> tuple[str, ...]:
    """All zones of a country by its ISO 3166 code; empty for one that does not exist."""
    return _zones_by_country().get(country.strip().upper(), ())


@lru_cache(maxsize=1)
def _zones_by_country() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for line in _tzdata("zoneinfo/zone.tab").splitlines():
        if line and not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            found.setdefault(country, []).append(zone)
    return {country: tuple(zones) for country, zones in found.items()}


def _tzdata(name: str) -> str:
    from importlib import resources  # 5 ms that no other command needs

    return resources.files("tzdata").joinpath(name).read_text(encoding="utf-8")
