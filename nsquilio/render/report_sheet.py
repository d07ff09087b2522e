"""One table of the report as typed values, and how they are rounded: once, for whatever writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal

from nsquilio.core.money_words import minor_digits
from nsquilio.render.report_words import SHEET_RULES
from nsquilio.render.safe import one_line

Kind = Literal["text", "count", "number", "amount", "date", "moment"]
Value = str | int | Decimal | date | datetime | None
Row = tuple[Value, ...]

_ROOMY = Context(prec=60, rounding=ROUND_HALF_UP)
TENTH = Decimal("0.1")
_FINE = Decimal("0.00001")


@dataclass(frozen=True, slots=True)
class Sheet:
    """`name`: of the file and the worksheet. `columns`: titles with kinds. `rows`: may be called again.

    `in_html`: the page leaves out the rows behind its figures; CSV and XLSX have them.
    """

    name: str
    title: str
    columns: tuple[tuple[str, Kind], ...]
    rows: Callable[[], Iterable[Row]]
    in_html: bool = True

    @property
    def rule(self) -> str:
        return SHEET_RULES.get(self.name, "")


def rounded(value: Decimal, unit: Decimal) -> Decimal:
    return value.quantize(unit, context=_ROOMY)


def amount(value: Decimal, currency: str) -> Decimal:
    """With the digits of the currency."""
    return rounded(value, Decimal(1).scaleb(-minor_digits(currency)))


def cost(value: Decimal) -> Decimal:
    """Twilio's prices have five digits; at least two are shown."""
    plain = rounded(value, _FINE).normalize()
    exponent = plain.as_tuple().exponent
    return rounded(plain, Decimal("0.01")) if not isinstance(exponent, int) or exponent > -2 else plain


def clean(text: str, longest: int = 32_000) -> str:
    """`one_line`, and at once for the plain short texts that nearly all cells hold.

    Looking at every letter was 40 % of the time of a large report.
    """
    if len(text) <= longest and text.isascii() and text.isprintable():
        return text
    return one_line(text, longest)
