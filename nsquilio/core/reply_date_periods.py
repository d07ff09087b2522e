"""Stretches of time as people name them: "next week", "end of April", "mid May", "the weekend", "after
Labor Day".

A stretch stands for the day by which money is promised: a week for its Friday, a month for its last day,
the weekend for its Sunday, the middle of a month for the 15th, its start for the 1st (the labelled
samples' rules).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from nsquilio.core import reply_calendar as cal
from nsquilio.core.reply_date_forms import Mention, Page, by_first_word, day_of_month, month_and_day, numeric

_FRIDAY = timedelta(days=4)
_ORDER = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": -1,
    "final": -1,
}
_SUREST_AFTER = (
    "in",
    "by",
    "end",
    "of",
    "early",
    "mid",
    "late",
    "until",
    "beginning",
    "start",
    "middle",
    "next",
    "this",
    "sometime",
    "before",
    "after",
    "for",
    "during",
    "around",
    "maybe",
    "probably",
)


def period(page: Page, at: int) -> Mention | None:
    """The stretch named at this place."""
    for form in (_part_of, _week_of, _weeks_of_month, _weekend, _plain, _month_alone):
        found = form(page, at)
        if found is not None:
            return found
    return None


def this_friday(page: Page) -> date:
    """The Friday that ends this week; on a weekend the one to come."""
    friday = cal.week_start(page.today) + _FRIDAY
    return friday if friday >= page.today else friday + timedelta(days=7)


def next_friday(page: Page) -> date:
    return cal.week_start(page.today) + timedelta(days=11)


_PARTS = {
    "end": "end",
    "ends": "end",
    "close": "end",
    "late": "end",
    "later": "end",
    "ende": "end",
    "fin": "end",
    "latter": "end",
    "early": "early",
    "beginning": "start",
    "start": "start",
    "anfang": "start",
    "begin": "start",
    "top": "start",
    "mid": "middle",
    "middle": "middle",
    "midway": "middle",
    "mitte": "middle",
    "halfway": "middle",
    "first": "first",
    "1st": "first",
    "last": "last",
}


def _part_of(page: Page, at: int) -> Mention | None:
    """ "end of next week", "mid april", "early next week", "first of the month", "last day of may"."""
    start = at
    at = page.past(at, "the", "very")
    part = (
        next((_PARTS[form] for form in page.words[at].forms if form in _PARTS), None)
        if at < len(page.words)
        else None
    )
    if part is None:
        return None
    place = at + 1
    if part in ("first", "last"):
        place = page.past(place, "part", "day", "half", "business", "working")
        place = page.past(place, "day")
        if not page.has(place, "of", "in"):
            return None
    working = part == "last" and page.has(at + 1, "working", "business", "weekday")
    place = page.past(place, "part", "half", "portion")
    place = page.past(place, "of", "in", "by", "into", "on", "to")
    found = _whole(page, start, place, "end" if part == "last" else part)
    if working and found is not None and found.day is not None and found.day.weekday() > 4:
        return replace(found, day=cal.working_day_before(found.day))
    return found


def _whole(page: Page, start: int, place: int, part: str) -> Mention | None:
    """The stretch after "end of", "early" and the like."""
    which = "next" if page.has(place, "next", "following") or page.run(place, "the", "following") else "this"
    named = page.has(place, "next", "following", "this", "the", "current", "that")
    place = page.past(place, "the")
    place = page.past(place, "next", "following", "this", "current", "that")
    if page.has(place, "week", "workweek"):
        return _week(page, start, place + 1, part, which)
    if page.has(place, "month"):
        return _month(page, start, place + 1, part, _month_meant(page, part, which))
    if page.has(place, "year") and part in ("end", "first", "start"):
        year = page.today.year + (1 if which == "next" else 0)
        day = date(year, 12, 31) if part == "end" else date(page.today.year + 1, 1, 1)
        return Mention(start, place + 1, day, "period")
    if page.has(place, "quarter"):
        return Mention(start, place + 1, _quarter_end(page.today), "period") if part == "end" else None
    month = _named_month(page, place)
    if month is not None and not named:
        return _month(page, start, place + 1, part, month)
    return None


def _month_meant(page: Page, part: str, which: str) -> date:
    """The month that "the month" means: its start or middle may already have passed."""
    first = page.today.replace(day=1)
    gone = (part in ("start", "early", "first") and page.today.day > 1) or (
        part == "middle" and page.today.day > 15
    )
    return cal.add_months(first, 1) if which == "next" or gone else first


def _week(page: Page, start: int, end: int, part: str, which: str) -> Mention | None:
    friday = next_friday(page) if which == "next" else this_friday(page)
    monday = friday - _FRIDAY
    if part == "first":
        monday = monday if which == "next" else cal.next_weekday(page.today, 0)
        return Mention(start, end, monday, "period")
    days = {"end": 4, "early": 1, "start": 0, "middle": 2}
    day = monday + timedelta(days=days[part])
    if part == "start" and which == "this":
        day = cal.next_weekday(page.today, 0)
    return Mention(start, end, max(day, page.today), "period")


def _month(page: Page, start: int, end: int, part: str, first: date) -> Mention | None:
    days = {"end": cal.month_end(first), "middle": first.replace(day=15)}
    day = days.get(part, first)
    if day < page.today:
        return Mention(start, end, None, "period", unsure=True)
    return Mention(start, end, day, "period")


def _named_month(page: Page, at: int) -> date | None:
    """The first day of the next month of that name, this month included."""
    if not 0 <= at < len(page.words):
        return None
    number = next((cal.MONTHS[form] for form in page.words[at].forms if form in cal.MONTHS), None)
    if number is None:
        return None
    year = page.today.year + (1 if number < page.today.month else 0)
    return date(year, number, 1)


def _quarter_end(today: date) -> date:
    return cal.month_end(date(today.year, (today.month - 1) // 3 * 3 + 3, 1))


def _week_of(page: Page, at: int) -> Mention | None:
    """ "week of the 23rd", "the week after next", "this week", "next week", "in the next week or two"."""
    place = page.past(at, "the")
    if page.run(place, "week", "after", "next"):
        return Mention(at, place + 3, next_friday(page) + timedelta(days=7), "period")
    if page.run(place, "week", "of"):
        for form in (month_and_day, numeric, day_of_month):
            found = form(page, place + 2) if place + 2 < len(page.words) else None
            if found and found.day:
                return Mention(at, found.end, cal.week_start(found.day) + _FRIDAY, "period")
    if page.run(place, "week", "following"):
        return Mention(at, place + 2, next_friday(page), "period")
    return None


def _weeks_of_month(page: Page, at: int) -> Mention | None:
    """ "first week of April", "last friday of the month": a Friday, or the weekday that is named."""
    place = page.past(at, "the")
    order = (
        next((_ORDER[form] for form in page.words[place].forms if form in _ORDER), None)
        if place < len(page.words)
        else None
    )
    if order is None:
        return None
    weekday = (
        next((cal.WEEKDAYS[form] for form in page.words[place + 1].forms if form in cal.WEEKDAYS), None)
        if place + 1 < len(page.words)
        else None
    )
    if weekday is None and not page.has(place + 1, "week"):
        return None
    where = page.past(place + 2, "of", "in")
    month = _named_month(page, where)
    end = where + 1
    the = page.past(where, "the")
    if month is None and page.has(the, "newyear"):
        month, end = date(page.today.year + (1 if page.today.month > 1 else 0), 1, 1), the + 1
    if month is None:
        if page.run(where, "next", "month"):
            month, end = cal.add_months(page.today.replace(day=1), 1), where + 2
        elif page.has(the, "month") or page.run(where, "this", "month"):
            month, end = page.today.replace(day=1), page.past(the, "this") + 1
        else:
            return None
    day = cal.nth_weekday(month.year, month.month, 4 if weekday is None else weekday, order)
    if day <= page.today and page.has(end - 1, "month"):
        month = cal.add_months(month, 1)
        day = cal.nth_weekday(month.year, month.month, 4 if weekday is None else weekday, order)
    return Mention(at, end, day, "period") if day >= page.today else None


def _weekend(page: Page, at: int) -> Mention | None:
    place = page.past(at, "this", "the", "next", "coming", "following", "last", "long")
    place = page.past(place, "coming", "long")
    if not page.has(place, "weekend", "wochenende"):
        return None
    if page.has(at, "last"):
        return Mention(at, place + 1, None, "weekend", past=True)
    sunday = cal.week_start(page.today) + timedelta(days=6)
    if page.has(at, "next", "following"):
        sunday += timedelta(days=7)
    long = page.has(place - 1, "long") and page.has(at - 1, "after")
    return Mention(at, place + 1, sunday + timedelta(days=1 if long else 0), "weekend")


def _plain(page: Page, at: int) -> Mention | None:
    """ "this week", "next month", "eow", "month end", "this quarter"."""
    if page.has(at, "eow"):
        return Mention(at, at + 1, this_friday(page), "period")
    if page.has(at, "eom"):
        return Mention(at, at + 1, cal.month_end(page.today), "period")
    if page.has(at, "eoy"):
        return Mention(at, at + 1, date(page.today.year, 12, 31), "period")
    if page.run(at, "month", "end") or page.run(at, "months", "end"):
        return Mention(at, at + 2, cal.month_end(page.today), "period")
    if page.run(at, "year", "end") or page.run(at, "years", "end"):
        return Mention(at, at + 2, date(page.today.year, 12, 31), "period")
    if page.run(at, "quarter", "end"):
        return Mention(at, at + 2, _quarter_end(page.today), "period")
    place = page.past(at, "within", "during", "inside")
    if page.run(place, "the", "week") and place > at:
        return Mention(at, place + 2, this_friday(page), "period")
    if page.run(place, "the", "month") and place > at:
        return Mention(at, place + 2, cal.month_end(page.today), "period")
    if page.has(at, "midweek"):
        return Mention(at, at + 1, max(cal.week_start(page.today) + timedelta(days=2), page.today), "period")
    if page.has(at, "last") and page.has(at + 1, "week", "month", "year"):
        return Mention(at, at + 2, None, "period", past=True)
    after_next = page.has(at, "next", "following", "nachste", "proxima", "prochaine", "kommende")
    if after_next and page.has(at + 1, "week", "woche"):
        return Mention(at, at + 2, next_friday(page), "period")
    if page.has(at, "this", "diese") and page.has(at + 1, "week", "woche"):
        return Mention(at, at + 2, this_friday(page), "period")
    if after_next and page.has(at + 1, "month"):
        return Mention(at, at + 2, cal.month_end(cal.add_months(page.today.replace(day=1), 1)), "period")
    if page.has(at, "this") and page.has(at + 1, "month"):
        return Mention(at, at + 2, cal.month_end(page.today), "period")
    if page.has(at, "this") and page.has(at + 1, "quarter"):
        return Mention(at, at + 2, _quarter_end(page.today), "period")
    return None


def _month_alone(page: Page, at: int) -> Mention | None:
    """ "in June", "june": the last day of it. "May" and short names count only after a word like "in"."""
    month = _named_month(page, at)
    if month is None:
        return None
    surest = page.has(at - 1, *_SUREST_AFTER)
    short = page.has(at, "may", "march", "mar", "sep", "dec", "jan", "jun", "mai", "marz", "mars", "mei")
    alone = page.last(at + 1) and at <= 2
    if page.has(at - 1, "last", "since", "from"):
        return Mention(at, at + 1, None, "period", past=True)
    if (
        not (surest or alone)
        or (short and not surest)
        or page.has(at + 1, "invoice", "bill", "statement", "order", "i", "we")
    ):
        return None
    return Mention(at, at + 1, cal.month_end(month), "month")


def due_date(page: Page, at: int) -> Mention | None:
    """ "the due date", "when due", "when it is due": that of the only invoice."""
    start = at
    at = page.past(at, "the", "its", "our", "your")
    if page.run(at, "due", "date"):
        return Mention(start, at + 2, page.due, "due", unsure=page.due is None)
    if page.has(at, "when", "once"):
        place = page.past(
            page.past(page.past(at + 1, "it", "this", "invoice"), "is", "becomes", "comes"), "comes"
        )
        if page.has(place, "due") and not page.has(place + 1, "?"):
            return Mention(start, place + 1, page.due, "due", unsure=page.due is None)
    return None


_VAGUE = by_first_word(
    """
    soon; asap; assoonas; shortly; eventually; a few days; few days; couple few days; some day; in a
    bit; in a few days; in a few weeks; in a few; before long; in due course; a few weeks; few
    weeks; when i can; when we can; when possible; sometime; at some point; in no time; at the
    earliest; as fast as; one of these days; in the near future; down the road
    """.split(";")
)


def vague(page: Page, at: int) -> Mention | None:
    """ "soon" and its kin: money will come, but no day can be told."""
    phrase = page.phrase(at, _VAGUE)
    return None if phrase is None else Mention(at, at + len(phrase), None, "vague")


FIRST_WORDS = (
    frozenset(_PARTS)
    | frozenset(_ORDER)
    | frozenset(_VAGUE)
    | frozenset(
        """
        the very week this next coming following last long weekend wochenende eow eom eoy month months year
        years quarter within during inside midweek nachste proxima prochaine kommende diese its our your due
        when once
        """.split()
    )
)
