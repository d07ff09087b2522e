"""Money and days as people read them: `USD 1,250.00`, `7 Mar 2026`. The same in every language and every
channel.

Own formatting because a locale's (`1.250,50 €`, `3/7/2026`) is ambiguous, and because its non-breaking spaces
turn a text into UCS-2 and double its price.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from nsquilio.core.model import Money

# ISO 4217, the currencies whose minor unit is not two digits.
_NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"
_DIGITS = {
    **dict.fromkeys(_NO_DIGITS.split(), 0),
    **dict.fromkeys(_THREE_DIGITS.split(), 3),
    "CLF": 4,
    "UYW": 4,
}
_UNITS = {digits: Decimal(1).scaleb(-digits) for digits in (0, 2, 3, 4)}
_ROOMY = Context(prec=100, rounding=ROUND_HALF_UP)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@lru_cache(maxsize=256)
def minor_digits(currency: str) -> int:
    """Digits after the point: 2, but 0 for JPY and 3 for KWD."""
    return _DIGITS.get(currency.upper(), 2)


def money_words(money: Money) -> str:
    """`USD 1,250.00`, `JPY 1,250`. More digits than the currency has are rounded half up."""
    unit = _UNITS[minor_digits(money.currency)]
    return f"{money.currency} {money.amount.quantize(unit, context=_ROOMY):,f}"


def day_words(day: date) -> str:
    """`7 Mar 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def total_words(amounts: Iterable[Money], and_word: str = "and") -> str:
    """Sums by currency, in the order in which the currencies appear: `USD 1,250.00 and EUR 20.00`."""
    sums: dict[str, Decimal] = {}
    for money in amounts:
        sums[money.currency] = sums.get(money.currency, Decimal()) + money.amount
    parts = [money_words(Money(amount, currency)) for currency, amount in sums.items()]
    return ", ".join(parts[:-1]) + f" {and_word} " + parts[-1] if len(parts) > 1 else "".join(parts)
