"""Days by name and count: weekdays, ends of weeks and months, working days, holidays that people name.

Pure arithmetic on dates. A week runs from Monday to Sunday; a working day is no weekend day and, where a
caller gives holidays, none of those.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Collection
from datetime import date, timedelta

Holidays = Callable[[date], bool] | Collection[date]

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero gennaio janeiro januari",
            "february feb febr februar febrero febbraio fevereiro februari",
            "march mar marzo mars marz maart",
            "april apr abril avril aprile",
            "may mai mayo maio maggio mei",
            "june jun juni junio juin giugno junho",
            "july jul juli julio juillet luglio julho",
            "august aug agosto aout augustus",
            "september sep sept septiembre septembre settembre setembro",
            "october oct oktober octubre octobre ottobre outubro okt",
            "november nov noviembre novembre novembro",
            "december dec dezember diciembre decembre dicembre dezembro dez",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon mondays montag lunes lundi lunedi maandag poniedzialek",
            "tuesday tue tues tuesdays dienstag martes mardi martedi dinsdag teusday wtorek terca",
            "wednesday wed weds wednesdays mittwoch miercoles mercredi mercoledi woensdag wensday sroda srode quarta",
            "thursday thu thur thurs thursdays donnerstag jueves jeudi giovedi donderdag thrusday czwartek quinta",
            "friday fri fridays freitag viernes vendredi venerdi vrijdag piatek sexta",
            "saturday sat saturdays samstag sabado samedi sabato zaterdag sobota sobote",
            "sunday sun sundays sonntag domingo dimanche domenica zondag niedziela niedziele",
        )
    )
    for name in names.split()
}


def month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """The same day so many months on; the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def next_weekday(after: date, weekday: int) -> date:
    """The next such weekday after a day."""
    return after + timedelta(days=(weekday - after.weekday() - 1) % 7 + 1)


def week_start(day: date) -> date:
    return day - timedelta(days=day.weekday())


def is_working_day(day: date, holidays: Holidays = ()) -> bool:
    known = holidays(day) if callable(holidays) else day in holidays
    return day.weekday() < 5 and not known


def next_working_day(after: date, holidays: Holidays = ()) -> date:
    day = after + timedelta(days=1)
    for _ in range(30):  # no calendar closes for a month; a wrong one must not hang us
        if is_working_day(day, holidays):
            break
        day += timedelta(days=1)
    return day


def working_day_before(day: date, holidays: Holidays = ()) -> date:
    found = day - timedelta(days=1)
    for _ in range(30):
        if is_working_day(found, holidays):
            break
        found -= timedelta(days=1)
    return found


def add_weekdays(day: date, count: int) -> date:
    """So many business days on; weekends are skipped, holidays are not (the samples' rule)."""
    for _ in range(min(count, 400)):
        day = next_working_day(day)
    return day


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th such weekday of a month; n = -1 is the last."""
    if n < 0:
        last = month_end(date(year, month, 1))
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _named(name: str, year: int) -> date | None:
    fixed = {
        "newyear": (1, 1),
        "newyearseve": (12, 31),
        "valentines": (2, 14),
        "stpatricks": (3, 17),
        "juneteenth": (6, 19),
        "july4": (7, 4),
        "halloween": (10, 31),
        "veterans": (11, 11),
        "christmas": (12, 25),
        "christmaseve": (12, 24),
        "boxing": (12, 26),
        "canadaday": (7, 1),
        "allsaints": (11, 1),
        "anzac": (4, 25),
        "australiaday": (1, 26),
        "cinco": (5, 5),
        "taxday": (4, 15),
        "groundhog": (2, 2),
    }
    counted = {
        "mlk": (1, 0, 3),
        "presidents": (2, 0, 3),
        "memorial": (5, 0, -1),
        "labor": (9, 0, 1),
        "columbus": (10, 0, 2),
        "mothers": (5, 6, 2),
        "fathers": (6, 6, 3),
        "thanksgiving": (11, 3, 4),
        "thanksgiving_ca": (10, 0, 2),
        "earlymay": (5, 0, 1),
        "summerbank": (8, 0, -1),
    }
    moving = {"goodfriday": -2, "easter": 0, "eastermonday": 1, "whitmonday": 50, "ascension": 39}
    if name == "victoria":  # the Monday before May 25
        return next_weekday(date(year, 5, 17), 0)
    if name == "election":  # the Tuesday after the first Monday of November
        return nth_weekday(year, 11, 0, 1) + timedelta(days=1)
    if name in fixed:
        return date(year, *fixed[name])
    if name in counted:
        return nth_weekday(year, *counted[name])
    return easter(year) + timedelta(days=moving[name]) if name in moving else None


def holiday(name: str, today: date) -> date | None:
    """The next day of that name, today included."""
    for year in (today.year, today.year + 1):
        day = _named(name, year)
        if day is not None and day >= today:
            return day
    return None
