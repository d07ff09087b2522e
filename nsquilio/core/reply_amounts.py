"""Sums of money in a reply: "$500", "2k", "1.250,00 EUR", "twenty five hundred dollars", "can do 300".

A bare number is a sum only where nothing says it is something else: an invoice, check or phone number, a
count, a time, a year. "Half" and "the rest" are no sums. Never computes one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from nsquilio.core.reply_numbers import spoken_number
from nsquilio.core.reply_words import Word

_CENT = Decimal("0.01")
_LARGEST = Decimal(100_000_000)
_CURRENCIES = frozenset(
    """
    usd eur gbp cad aud us dollar dollars buck bucks euro euros quid pound pounds pesos chf nzd inr mxn
    sek dkk nok
    """.split()
)
_GRAND = frozenset(("k", "grand", "thousand"))
# before a bare number: what it counts or names instead
_NAMING = frozenset(
    """
    invoice invoices inv number po order ref reference ticket line unit suite apt floor room gate code pin
    zip ext job project account check ck at call text phone cell fax net since in bill statement check's
    confirmation conf route hwy ending ends visa amex mastercard acct model item sku lot page section step
    top over section version until
    """.split()
)
# after a bare number: what it counts
_COUNTED = frozenset(
    """
    boxes box cases case units unit pallets pallet items item pieces bags hours hour hrs days day weeks
    week months month years minutes times time percent % invoices payments installments people guys trucks
    yards tons gallons feet ft lbs miles am pm oclock parts of copies checks st street ave avenue rd road
    ln lane dr drive blvd users seats licenses business working orders th nd more
    """.split()
)
_DENIED = frozenset(("owe", "owed", "not", "instead", "balance", "than", "was", "were", "limit", "due"))
_NO_MORE_THAN = (frozenset(("no", "not")), frozenset(("more", "over")), frozenset(("than",)))
_PLAIN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?")
_COMMA = re.compile(r"\d{1,3}(?:[.']\d{3})+(?:,\d{1,2})?|\d+,\d{1,2}")


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum at words `start` to `end`. `sure`: a currency says so. `readings`: the likeliest first."""

    start: int
    end: int
    readings: tuple[Decimal, ...]
    sure: bool


def find_sums(
    words: Sequence[Word], taken: Collection[int], document_numbers: Collection[str] = ()
) -> tuple[Sum, ...]:
    """Every sum in the words. `taken`: places that a date has; `document_numbers`: digits that name an
    invoice."""
    found: list[Sum] = []
    at = 0
    while at < len(words):
        one = None if at in taken else (_digits(words, at, document_numbers) or _spoken(words, at, taken))
        if one is None:
            at += 1
        else:
            found.append(one)
            at = one.end
    return tuple(found)


def promised_sum(
    sums: Sequence[Sum], words: Sequence[Word], balances: Collection[Decimal] = ()
) -> Decimal | None:
    """The sum that is promised: the first that no word denies; of two readings the one that is a balance."""
    meant = [one for one in sums if not _denied(words, one)]
    if not meant:
        return None
    best = next((one for one in meant if one.sure), meant[0])
    return next((reading for reading in best.readings if reading in balances), best.readings[0])


def parse_sum(text: str) -> Decimal | None:
    """The value of digits with separators of either side of the ocean; None for what is no sum."""
    text = text.strip("$€£ ")
    thousand = text.endswith("k")
    text = text.removesuffix("k")
    if _PLAIN.fullmatch(text):
        plain = text.replace(",", "")
    elif _COMMA.fullmatch(text):
        plain = re.sub(r"[.']", "", text).replace(",", ".")
    else:
        return None
    try:
        value = Decimal(plain) * (1000 if thousand else 1)
    except InvalidOperation:
        return None
    return value.quantize(_CENT) if 0 < value < _LARGEST else None


def _digits(words: Sequence[Word], at: int, document_numbers: Collection[str]) -> Sum | None:
    if "<num>" not in words[at].forms:
        return None
    form = next(form for form in words[at].forms if form != "<num>")
    value = parse_sum(form)
    if value is None:
        return None
    end = at + 1
    if end < len(words) and not words[end].forms.isdisjoint(_GRAND):
        value, end = (value * 1000).quantize(_CENT), end + 1
        return Sum(at, end, (value,), True)
    signed = form[0] in "$€£" or form[-1] in "$€£"
    named = _near(words, end, _CURRENCIES) or (
        at > 0 and not words[at - 1].forms.isdisjoint(_CURRENCIES - {"us"})
    )
    if signed or named:
        end = end + 1 if _near(words, end, _CURRENCIES) else end
        return Sum(at, end, (value,), True)
    if form.endswith("k"):
        return Sum(at, end, (value,), True)
    return Sum(at, end, (value,), False) if _bare_sum(words, at, form, value, document_numbers) else None


def _bare_sum(
    words: Sequence[Word], at: int, form: str, value: Decimal, document_numbers: Collection[str]
) -> bool:
    """Whether a number without a currency may be a sum."""
    if form in document_numbers or value < 10 or re.search(r"[/:-]", form):
        return False
    if not form.isdigit():
        return bool(re.fullmatch(r"[\d.,']+", form))
    if form[0] == "0" or len(form) > 6 or (len(form) == 4 and form[:2] == "20" and int(form) < 2050):
        return False
    before = words[at - 1].forms if at else frozenset()
    after = words[at + 1].forms if at + 1 < len(words) else frozenset()
    if any("stoppayment" in word.forms for word in words[max(at - 2, 0) : at]):
        return False  # "a stop payment on 4471" names the check
    return (
        before.isdisjoint(_NAMING) and after.isdisjoint(_COUNTED - {"of"}) and "<num>" not in before | after
    )


def _spoken(words: Sequence[Word], at: int, taken: Collection[int]) -> Sum | None:
    found = spoken_number(words, at)
    if found is None:
        return None
    values, end = found
    if any(place in taken for place in range(at, end)):
        return None
    readings = tuple(Decimal(value) if value > 0 else Decimal(-value) / 100 for value in values)
    named = _near(words, end, _CURRENCIES)
    if named:
        end += 1
        cents = spoken_number(words, end + 1) if _near(words, end, frozenset(("and",))) else None
        if cents and _near(words, cents[1], frozenset(("cents", "cent"))):
            readings, end = tuple(r + Decimal(cents[0][0]) / 100 for r in readings), cents[1] + 1
    multiplied = any(not word.forms.isdisjoint(("hundred", "thousand", "grand")) for word in words[at:end])
    before = words[at - 1].forms if at else frozenset()
    if not named and (
        readings[0] < 100
        or not before.isdisjoint(_NAMING)
        or _near(words, end, _COUNTED)
        or _near(words, end, frozenset(("oh",)))
    ):
        return None
    return Sum(at, end, tuple(r.quantize(_CENT) for r in readings if r > 0), named or multiplied)


def _near(words: Sequence[Word], at: int, names: frozenset[str]) -> bool:
    return at < len(words) and not words[at].forms.isdisjoint(names)


def _denied(words: Sequence[Word], one: Sum) -> bool:
    before = words[max(one.start - 2, 0) : one.start]
    most = words[max(one.start - 3, 0) : one.start]
    if len(most) == 3 and all(not w.forms.isdisjoint(n) for w, n in zip(most, _NO_MORE_THAN, strict=True)):
        return False
    return any(not word.forms.isdisjoint(_DENIED) for word in before)
