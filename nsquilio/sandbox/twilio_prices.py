"""What a text costs in this world, by country; round figures in the order of the real ones, in USD."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Country:
    iso: str
    name: str
    dials: str  # the beginning of its numbers
    outbound: str
    inbound: str


COUNTRIES = tuple(
    Country(*row)
    for row in (
        ("AU", "Australia", "+61", "0.0515", "0.0075"),
        ("BR", "Brazil", "+55", "0.0617", "0.0075"),
        ("CA", "Canada", "+1", "0.0075", "0.0075"),
        ("DE", "Germany", "+49", "0.1125", "0.0075"),
        ("ES", "Spain", "+34", "0.0826", "0.0075"),
        ("FR", "France", "+33", "0.0798", "0.0075"),
        ("GB", "United Kingdom", "+44", "0.0524", "0.0075"),
        ("IE", "Ireland", "+353", "0.0800", "0.0075"),
        ("IN", "India", "+91", "0.0832", "0.0075"),
        ("JP", "Japan", "+81", "0.0890", "0.0075"),
        ("MX", "Mexico", "+52", "0.0707", "0.0075"),
        ("NL", "Netherlands", "+31", "0.1098", "0.0075"),
        ("NZ", "New Zealand", "+64", "0.1050", "0.0075"),
        ("SG", "Singapore", "+65", "0.0518", "0.0075"),
        ("US", "United States", "+1", "0.0075", "0.0075"),
    )
)
_ELSEWHERE = "0.1000"


def charge(number: str, segments: int, *, inbound: bool = False) -> str:
    """A message's `price`: negative, five decimals. Prices within a calling code are the same here."""
    country = max(
        (country for country in COUNTRIES if number.startswith(country.dials)),
        key=lambda country: len(country.dials),
        default=None,
    )
    prices = (country.outbound, country.inbound) if country else (_ELSEWHERE, _ELSEWHERE)
    return f"-{Decimal(prices[inbound]) * segments:.5f}"
