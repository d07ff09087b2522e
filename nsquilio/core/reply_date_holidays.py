"""Holidays as days to pay by: "after Labor Day", "by xmas", "before the holidays".

The holidays people name in a reply, wherever they live; those on which no text is sent are another matter
(`contact_hours`).
"""

from __future__ import annotations

from datetime import date, timedelta

from nsquilio.core import reply_calendar as cal
from nsquilio.core.reply_date_forms import Mention, Page, by_first_word

_HOLIDAYS = {
    tuple(line.split("=")[0].split()): line.split("=")[1].strip()
    for line in """
    newyear day = newyear
    newyear eve = newyearseve
    newyear <s> eve = newyearseve
    newyear <s> day = newyear
    newyear <s> = newyear
    newyear = newyear
    the newyear = newyear
    mlk day = mlk
    martin luther king day = mlk
    presidents day = presidents
    president <s> day = presidents
    valentines day = valentines
    valentines = valentines
    st patricks day = stpatricks
    good friday = goodfriday
    easter monday = eastermonday
    easter = easter
    ostern = easter
    memorial day = memorial
    juneteenth = juneteenth
    july 4th = july4
    july fourth = july4
    4th of july = july4
    fourth of july = july4
    the 4th of july = july4
    independence day = july4
    canada day = canadaday
    labor day = labor
    labour day = labor
    columbus day = columbus
    halloween = halloween
    veterans day = veterans
    veteran <s> day = veterans
    thanksgiving = thanksgiving
    turkey day = thanksgiving
    black friday = blackfriday
    christmas eve = christmaseve
    christmas day = christmas
    christmas = christmas
    xmas eve = christmaseve
    xmas day = christmas
    xmas = christmas
    weihnachten = christmas
    boxing day = boxing
    anzac day = anzac
    anzac = anzac
    australia day = australiaday
    victoria day = victoria
    family day = presidents
    cinco de mayo = cinco
    tax day = taxday
    st paddys day = stpatricks
    patricks day = stpatricks
    groundhog day = groundhog
    election day = election
    bank holiday = bank
    bank holiday monday = bank
    the bank holiday = bank
    whit monday = whitmonday
    ascension day = ascension
    pfingsten = whitmonday
    paques = easter
    pascua = easter
    pasqua = easter
    pasen = easter
    noel = christmas
    navidad = christmas
    natale = christmas
    natal = christmas
    kerst = christmas
    hogmanay = newyearseve
    the fourth of july = july4
    semana santa = easter
    mothers day = mothers
    mother <s> day = mothers
    fathers day = fathers
    the holidays = holidays
    holidays = holidays
    the holiday = theholiday
    holiday weekend = theholiday
    the holiday weekend = theholiday
    """.strip().splitlines()
}

_HOLIDAY_PHRASES = by_first_word(" ".join(names) for names in _HOLIDAYS)


def holiday(page: Page, at: int) -> Mention | None:
    """A holiday by name; "the holidays" are the days from Christmas to New Year."""
    names = page.phrase(at, _HOLIDAY_PHRASES)
    return None if names is None else _holiday(page, at, at + len(names), _HOLIDAYS[names])


def _holiday(page: Page, at: int, end: int, name: str) -> Mention | None:
    if name == "blackfriday":
        thursday = cal.holiday("thanksgiving", page.today)
        return Mention(at, end, thursday + timedelta(days=1), "day") if thursday else None
    if name == "holidays":
        name = "christmas" if page.has(at - 1, "before", "by") else "newyear"
        if page.today.month not in (11, 12) and page.today > date(page.today.year, 1, 2):
            return Mention(at, end, None, "holiday", unsure=True)
    if name == "theholiday":
        return _nearest_holiday(page, at, end)
    if name == "bank":
        named = [cal.holiday(one, page.today) for one in _BANK_HOLIDAYS]
        return Mention(at, end, min(day for day in named if day is not None), "holiday")
    if name == "thanksgiving" and page.canadian:
        name = "thanksgiving_ca"
    day = cal.holiday(name, page.today)
    return Mention(at, end, day, "holiday") if day and day - page.today < timedelta(days=300) else None


_BANK_HOLIDAYS = ("eastermonday", "earlymay", "memorial", "summerbank", "boxing", "newyear")


def _nearest_holiday(page: Page, at: int, end: int) -> Mention | None:
    names = (
        "newyear",
        "mlk",
        "presidents",
        "easter",
        "memorial",
        "juneteenth",
        "july4",
        "labor",
        "thanksgiving",
        "christmas",
    )
    coming = [
        day for name in names if (day := cal.holiday(name, page.today)) and (day - page.today).days <= 14
    ]
    return Mention(at, end, min(coming, default=None), "holiday", unsure=not coming)


FIRST_WORDS = frozenset(_HOLIDAY_PHRASES)
