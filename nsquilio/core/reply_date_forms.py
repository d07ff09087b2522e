"""The forms in which people name a day: "fri", "the 15th", "3/14", "in two weeks", "end of next month",
"after Easter".

Each form is a function that looks at one place in the words and says what stands there. The grammar is
closed: what fits no form is no date. `reply_dates` puts the forms together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from nsquilio.core import reply_calendar as cal
from nsquilio.core.reply_numbers import ordinal, small_number
from nsquilio.core.reply_words import Word

FARTHEST = timedelta(days=270)  # "the next such day" beyond this is more likely a day that has passed


@dataclass(frozen=True, slots=True)
class Mention:
    """Words from `start` to `end` that name a day. `day` None: no day can be told. `past`: it has been."""

    start: int
    end: int
    day: date | None
    what: str
    past: bool = False
    unsure: bool = False


@dataclass(frozen=True)
class Page:
    """What a form needs to know: the words, the day of the message, which way round 3/4 is, the due date."""

    words: Sequence[Word]
    today: date
    day_first: bool = False
    due: date | None = None
    holidays: cal.Holidays = field(default=())
    canadian: bool = False

    def has(self, at: int, *names: str) -> bool:
        return 0 <= at < len(self.words) and not self.words[at].forms.isdisjoint(names)

    def past(self, at: int, *names: str) -> int:
        """The place after an optional word."""
        return at + 1 if self.has(at, *names) else at

    def run(self, at: int, *names: str) -> bool:
        """Whether these words stand here in a row."""
        return all(self.has(at + i, name) for i, name in enumerate(names))

    def phrase(self, at: int, phrases: dict[str, list[tuple[str, ...]]]) -> tuple[str, ...] | None:
        """The longest of these phrases that stands here; they are kept by first word, longest first."""
        for form in self.words[at].forms if at < len(self.words) else ():
            for phrase in phrases.get(form, ()):
                if self.run(at, *phrase) and not any(
                    word.comma for word in self.words[at + 1 : at + len(phrase)]
                ):
                    return phrase  # "no good, Friday works" names no Good Friday
        return None

    def last(self, at: int) -> bool:
        return at >= len(self.words) or "." in self.words[at].forms


def by_first_word(phrases: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    """Phrases by their first word, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted((tuple(phrase.split()) for phrase in phrases), key=len, reverse=True):
        found.setdefault(phrase[0], []).append(phrase)
    return found


_NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?")
_ISO = re.compile(r"(20\d\d)-(\d{1,2})-(\d{1,2})")
# after "the first" or "the 2nd" these make it no day of the month
_COUNTED = frozenset(
    """
    invoice invoices one ones time times check payment payments thing part parts half installment order
    orders text texts message messages floor ave avenue st street notice reminder shipment person name week
    round bill party line item job load visit delivery year class grade place place's attempt call phone
    number quarter person's place one's
    """.split()
)


def numeric(page: Page, at: int) -> Mention | None:
    """ "3/14", "4-2-26", "30.4.2026", "2026-04-10"."""
    for form in page.words[at].forms:
        if match := _ISO.fullmatch(form):
            return _made(page, at, at + 1, int(match[1]), int(match[2]), int(match[3]))
        if match := _NUMERIC.fullmatch(form):
            return _numeric(page, at, match)
    return None


def _numeric(page: Page, at: int, match: re.Match[str]) -> Mention | None:
    first, mark, second, year = int(match[1]), match[2], int(match[3]), match[4]
    after_day = page.has(
        at - 1, "on", "by", "until", "before", "of", "for", "am", "vom", "bis", *cal.WEEKDAYS
    )
    if match.group() == "10-4":
        return None  # radio for "ok"
    if not year:
        if mark == "." and not (page.day_first and (after_day or page.last(at + 1))):
            return None
        if mark == "-" and not after_day and len(page.words) > 2:
            return None  # "2-3", "10-4": a range, a greeting
        if (
            mark == "/"
            and first == 1
            and second < 5
            and page.has(at + 1, "the", "my", "our", "these", "those")
        ):
            return None  # "1/2 the tile"
        if mark == "/" and page.has(at + 1, "net", "of", "off", "hour", "hours"):
            return None
    day_first = page.day_first or mark == "."
    day, month = (first, second) if day_first else (second, first)
    if month > 12:
        day, month = month, day
    if year:
        return _made(page, at, at + 1, int(year) + (2000 if len(year) == 2 else 0), month, day)
    return day_of_month_in(page, at, at + 1, month, day)


def _made(page: Page, at: int, end: int, year: int, month: int, day: int) -> Mention | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    if abs(found - page.today) > timedelta(days=800):
        return None
    return Mention(at, end, found, "day", past=found < page.today)


def day_of_month_in(page: Page, at: int, end: int, month: int, day: int) -> Mention | None:
    """The next such day of a named month; a day just gone by stays in the past."""
    years = (page.today.year, page.today.year + 1)
    days = [found for year in years if (found := _safe(year, month, day)) is not None]
    if not days:
        return None
    coming = [found for found in days if found >= page.today]
    before = [
        found for found in (days[0], _safe(page.today.year - 1, month, day)) if found and found < page.today
    ]
    if coming and coming[0] - page.today <= FARTHEST:
        return Mention(at, end, coming[0], "day")
    return Mention(at, end, before[0] if before else None, "day", past=True)


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_at(page: Page, at: int) -> int | None:
    if at >= len(page.words):
        return None
    return next((cal.MONTHS[form] for form in page.words[at].forms if form in cal.MONTHS), None)


def _day_number(page: Page, at: int) -> tuple[int, int] | None:
    found = ordinal(page.words, at) or small_number(page.words, at)
    return found if found and 1 <= found[0] <= 31 else None


def month_and_day(page: Page, at: int) -> Mention | None:
    """ "April 3", "apr 3rd", "april the third", "3 April", "the 3rd of april 2026"."""
    month = _month_at(page, at)
    if month is not None:
        number = _day_number(page, page.past(at + 1, "the"))
        if number and not page.has(number[1], "of", "cases", "boxes", "days", "weeks", "percent"):
            return _with_year(page, at, number[1], month, number[0])
        return None
    number = _day_number(page, page.past(at, "the", "den", "dem"))
    if number is None:
        return None
    month = _month_at(page, page.past(number[1], "of", "de", "von"))
    if month is None:
        return None
    return _with_year(page, at, page.past(number[1], "of", "de", "von") + 1, month, number[0])


def _with_year(page: Page, at: int, end: int, month: int, day: int) -> Mention | None:
    for form in page.words[end].forms if end < len(page.words) else ():
        if re.fullmatch(r"20[2-4]\d", form):
            return _made(page, at, end + 1, int(form), month, day)
    return day_of_month_in(page, at, end, month, day)


def day_of_month(page: Page, at: int) -> Mention | None:
    """ "the 15th", "15th", "the twenty third", "the 15th of next month", "the 5"."""
    place = page.past(at, "the", "am", "zum")
    number = ordinal(page.words, place)
    if number is None:
        return _bare_number(page, at, place)
    if not 1 <= number[0] <= 31:
        return None
    spelled = "<num>" not in page.words[place].forms
    if spelled and place == at and not page.has(at - 1, "on", "by", "until", "before", "next"):
        return None  # "first", "second" and "third" alone are not days
    return _finish_day(page, at, number[0], number[1])


def _finish_day(page: Page, at: int, number: int, end: int) -> Mention | None:
    if page.has(end, "of") or page.has(end, "next", "this"):
        place = page.past(end, "of")
        place_the = page.past(place, "the")
        if page.run(place, "next", "month"):
            return _in_month(at, place + 2, cal.add_months(page.today.replace(day=1), 1), number)
        if page.run(place_the, "following", "month"):
            return _in_month(at, place_the + 2, cal.add_months(page.today.replace(day=1), 1), number)
        if page.run(place, "this", "month") or page.run(place, "the", "month") or page.run(place, "month"):
            return Mention(
                at, page.past(place, "this", "the") + 1, next_day_numbered(page.today, number), "day"
            )
        if page.run(place, "each", "month") or page.run(place, "every", "month"):
            return Mention(at, place + 2, next_day_numbered(page.today, number), "day")
        if page.has(end, "of"):
            return None
    if page.has(end, *_COUNTED) and not page.has(end + 1, "run", "batch", "cycle"):
        return None
    return Mention(at, end, next_day_numbered(page.today, number), "day")


def _bare_number(page: Page, at: int, place: int) -> Mention | None:
    """ "the 5" and "by the 20": a number without an ending counts only after "the", with nothing counted
    after it."""
    led = page.has(at, "the") or (page.day_first and place > at)  # "am 25." is a day, "I am 12" none
    number = small_number(page.words, place) if led else None
    if number is None or not 1 <= number[0] <= 31 or "<num>" not in page.words[place].forms:
        return None
    if not (
        page.last(number[1])
        or page.words[number[1]].comma
        or page.has(number[1], "and", "or", "for", "if", "at")
    ):
        return None
    return Mention(at, number[1], next_day_numbered(page.today, number[0]), "day")


def next_day_numbered(today: date, number: int) -> date | None:
    """The next day of that number after today, in a month that has one."""
    month = today.replace(day=1)
    for _ in range(4):
        day = _safe(month.year, month.month, number)
        if day is not None and day > today:
            return day
        month = cal.add_months(month, 1)
    return None


def _in_month(at: int, end: int, month: date, number: int) -> Mention | None:
    day = _safe(month.year, month.month, number)
    return Mention(at, end, day, "day") if day else None


_SHORT_WORDS = frozenset(("sat", "sun", "wed", "sun", "mar"))


def weekday(page: Page, at: int) -> Mention | None:
    """ "fri", "next friday", "this coming monday", "friday next week", "friday after next", "last friday"."""
    place = page.past(
        at, "this", "the", "coming", "following", "next", "last", "past", "nachsten", "kommenden"
    )
    place = page.past(place, "coming", "following", "upcoming", "past")
    number = _weekday_at(page, place)
    if number is None:
        return None
    end = place + 1
    first = _next_of(page, number)
    if page.has(at, "last", "past") or page.has(place - 1, "past"):
        return Mention(at, end, None, "weekday", past=True)
    if page.run(end, "after", "next"):
        return Mention(at, end + 2, cal.next_weekday(page.today, number) + timedelta(days=7), "weekday")
    if page.run(end, "next", "week") or page.run(end, "of", "next", "week"):
        end = page.past(end, "of") + 2
        return Mention(at, end, _of_next_week(page, number), "weekday")
    if page.run(end, "this", "week"):
        return Mention(at, end + 2, first, "weekday")
    if page.has(end, "week") and not page.has(end + 1, "of"):
        return Mention(at, end + 1, first + timedelta(days=7), "weekday")
    if page.has(at, "next"):
        return Mention(at, end, _of_next_week(page, number), "weekday")
    return Mention(at, end, first, "weekday", past=page.has(end, "past"))


def _weekday_at(page: Page, at: int) -> int | None:
    if not 0 <= at < len(page.words):
        return None
    for form in page.words[at].forms:
        if form in cal.WEEKDAYS:
            if form in ("sat", "sun") and not _day_like(page, at):
                return None
            if form in ("mar", "mer", "dom", "sab", "lun"):
                return None
            return cal.WEEKDAYS[form]
    return None


def _day_like(page: Page, at: int) -> bool:
    """Whether "sat" or "sun" is a day here and no verb or star."""
    before = page.has(
        at - 1, "on", "by", "this", "next", "or", "and", "until", "pay", "payment", "before", "coming"
    )
    after = page.has(at + 1, "morning", "afternoon", "evening", "or", "at", "night", "latest", "for")
    opens = at == 0 or page.last(at - 1)
    alone = opens and at + 1 < len(page.words) and page.words[at + 1].comma  # "sat, i'll bring cash"
    verb = page.has(at - 1, "i", "he", "she", "we", "they", "have", "had", "has", "just", "it")
    return (
        before
        or after
        or alone
        or (page.last(at + 1) and (not verb or page.has(at - 2, "mail", "pay", "send")))
    )


def _next_of(page: Page, number: int) -> date:
    return cal.next_weekday(page.today, number)


def _of_next_week(page: Page, number: int) -> date:
    return cal.week_start(page.today) + timedelta(days=7 + number)


def moved(page: Page, mention: Mention) -> Mention:
    """A mention with "after" or "before" in front of it."""
    before = mention.start - 1
    if mention.day is None or not page.has(before, "after", "before", "following", "past"):
        return mention
    if page.has(before, "after", "following", "past"):
        start = before - 1 if page.has(before - 1, "right", "day", "shortly", "soon", "just") else before
        start = before - 2 if page.run(before - 2, "the", "day") else start
        if page.has(before - 1, "day"):
            return replace(mention, start=start, day=mention.day + timedelta(days=1))
        return replace(
            mention, start=start, day=cal.next_working_day(mention.day, page.holidays), what="after"
        )
    if page.run(before - 2, "on", "or"):
        return replace(mention, start=before - 2)
    if any(page.has(place, "not", "never", "cannot") for place in range(max(before - 5, 0), before)):
        return replace(mention, start=before)  # "can't pay before the 10th" promises the 10th
    if mention.what == "holiday":
        return replace(
            mention, start=before, day=cal.working_day_before(mention.day, page.holidays), what="before"
        )
    if mention.what == "weekend":
        return replace(mention, start=before, day=mention.day - timedelta(days=2))
    if mention.what in ("weekday", "day") and mention.day > page.today + timedelta(days=1):
        return replace(mention, start=before, day=mention.day - timedelta(days=1))
    return replace(mention, start=before)
