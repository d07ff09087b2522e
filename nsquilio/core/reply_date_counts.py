"""Days counted from the message: "today", "tomorrow", "in 2 weeks", "within 10 days", "5 business days".

Looks at one place in the words, as `reply_date_forms` does.
"""

from __future__ import annotations

import re
from datetime import timedelta

from nsquilio.core import reply_calendar as cal
from nsquilio.core.reply_date_forms import Mention, Page, by_first_word, day_of_month, weekday
from nsquilio.core.reply_numbers import small_number

_UNITS = {
    "day": 1,
    "days": 1,
    "week": 7,
    "weeks": 7,
    "fortnight": 14,
    "month": 0,
    "months": 0,
    "hour": -1,
    "hours": -1,
    "minute": -1,
    "minutes": -1,
    "tage": 1,
    "tagen": 1,
    "woche": 7,
    "wochen": 7,
    "dias": 1,
    "semanas": 7,
    "semana": 7,
    "jours": 1,
    "semaine": 7,
    "semaines": 7,
}


def counted(page: Page, at: int) -> Mention | None:
    """ "in 2 weeks", "within 10 days", "5 business days", "a week from friday", "the next 7 days"."""
    start = at
    if page.has(at, "week", "fortnight") and (near_day := _today_like(page, at + 1)) and near_day.day:
        days = 14 if page.has(at, "fortnight") else 7  # "a fortnight today", as the British count
        return Mention(at, at + 2, near_day.day + timedelta(days=days), "counted")
    if (
        page.has(at, "week", "fortnight")
        and page.has(at + 1, "on")
        and (on := weekday(page, at + 2))
        and on.day
    ):
        days = 14 if page.has(at, "fortnight") else 7
        return Mention(at, on.end, on.day + timedelta(days=days), "counted")
    if page.has(at, "a", "per", "each", "every") and page.has(
        at - 1, "<num>", "hundred", "thousand", "dollars", "bucks", "k"
    ):
        return None  # "$100 a month" is a rate
    lead = page.has(
        at, "in", "within", "about", "around", "next", "maximum", "max", "another", "give", "inside", "under"
    )
    while page.has(at, "in", "within", "about", "around", "the", "next", "another", "just", "like",
    "approximately", "roughly", "maybe", "or", "give", "me", "us", "innerhalb", "von", "under"):  # fmt: skip
        at += 1
        if at - start > 4:
            return None
    count, place = _count(page, at)
    if count is None:
        return None
    place = page.past(place, "or") if page.run(place, "or", "so") else place
    place = page.past(place, "so", "more", "full", "short")
    business = page.has(place, "business", "working", "work", "banking", "week")
    unit_at = place + 1 if business and page.has(place + 1, "day", "days") else place
    business = business and unit_at > place
    if unit_at < len(page.words) and page.run(unit_at, "<s>"):
        return None
    unit = (
        next((form for form in page.words[unit_at].forms if form in _UNITS), None)
        if unit_at < len(page.words)
        else None
    )
    if unit is None:
        return None
    return _counted_end(page, start, unit_at + 1, count, unit, business, lead)


def _count(page: Page, at: int) -> tuple[int | None, int]:
    if page.has(at, "a", "an", "one", "eine", "einer", "una", "une"):
        at += 1
        if page.has(at, "couple"):
            return 2, page.past(at + 1, "of")
        return (None, at) if page.has(at, "few") else (1, at)
    if page.has(at, "couple"):
        return 2, page.past(at + 1, "of", "more")
    ranged = (
        next((form for form in page.words[at].forms if re.fullmatch(r"\d{1,2}-\d{1,2}", form)), None)
        if at < len(page.words)
        else None
    )
    if ranged:
        return int(ranged.split("-")[1]), at + 1
    first = small_number(page.words, at)
    if first is None:
        alone = page.has(at - 1, "another") or page.run(at + 1, "from")
        return (1, at) if alone and page.has(at, "week", "fortnight", "month") else (None, at)
    if page.has(first[1], "to", "or") and (second := small_number(page.words, first[1] + 1)):
        return second
    return first


def _counted_end(
    page: Page, start: int, end: int, count: int, unit: str, business: bool, lead: bool
) -> Mention | None:
    if page.has(start - 1, "since"):
        return Mention(start, end, None, "counted", past=True)
    if page.has(end, "ago", "late", "overdue", "old", "past", "behind", "back", "early", "notice"):
        return Mention(start, end + 1, None, "counted", past=True)
    if (
        page.has(start - 1, "past", "last", "every", "per", "net", "for", "every", "each", "than", "over")
        and not lead
    ):
        return None
    base, end, told = page.today, end, lead
    if page.has(end, "from", "after"):
        place = page.past(end + 1, "the", "this")
        from_day = weekday(page, place) or day_of_month(page, end + 1) or _today_like(page, place)
        if from_day and from_day.day:
            base, end, told = from_day.day, from_day.end, True
        elif page.has(end + 1, "invoice", "delivery", "receipt", "date", "the"):
            return None
    if page.has(end, "out") and page.last(end + 1):  # "15 days out"
        end, told = end + 1, True
    told = (
        told
        or page.last(end)
        or page.words[end].comma
        or page.has(end, "tops", "max", "at", "and", "please", "thanks", "to", "out")
    )
    if not told:
        return None
    if _UNITS[unit] < 0:
        hours = count if "hour" in unit else 0
        return Mention(start, end, page.today + timedelta(days=min((hours + 12) // 24, 30)), "today")
    if unit in ("month", "months"):
        day = cal.add_months(base, min(count, 24))
    elif business:
        day = cal.add_weekdays(base, count)
    else:
        day = base + timedelta(days=min(count, 400) * _UNITS[unit])
    return Mention(start, end, day, "counted")


def _today_like(page: Page, at: int) -> Mention | None:
    if page.has(at, "today", "now"):
        return Mention(at, at + 1, page.today, "today")
    if page.has(at, "tomorrow"):
        return Mention(at, at + 1, page.today + timedelta(days=1), "tomorrow")
    return None


def near(page: Page, at: int) -> Mention | None:
    """ "today", "tonight", "end of day", "right now", "tomorrow", "first thing in the morning"."""
    if page.has(at, "yesterday"):
        return Mention(at, at + 1, None, "today", past=True)
    if page.run(at, "day", "after", "tomorrow"):
        return Mention(at, at + 3, page.today + timedelta(days=2), "tomorrow")
    if page.run(at, "first", "thing", "in", "the", "morning"):
        return Mention(at, at + 5, page.today + timedelta(days=1), "tomorrow")
    if page.run(at, "in", "the", "morning") or page.run(at, "in", "the", "am"):
        return Mention(at, at + 3, page.today + timedelta(days=1), "tomorrow")
    if page.has(at, "tomorrow", "morgen", "manana", "demain", "domani", "amanha"):
        end = page.past(at + 1, "morning", "afternoon", "evening", "night")
        return Mention(at, end, page.today + timedelta(days=1), "tomorrow")
    if page.has(
        at, "tonight", "today", "eod", "cob", "heute", "hoy", "oggi", "hoje", "vandaag", "immediately"
    ):
        return Mention(at, at + 1, page.today, "eod" if page.has(at, "eod", "cob") else "today")
    if page.run(at, "last", "night"):
        return Mention(at, at + 2, None, "today", past=True)
    phrase = page.phrase(at, _SAME_DAY)
    if phrase in _THIS_MINUTE and not _pays(page, at):
        return None  # "things are slow right now"
    if phrase is not None:
        return Mention(at, at + len(phrase), page.today, "eod" if phrase[0] in ("end", "close") else "today")
    if page.has(at, "now") and page.has(
        at - 1,
        "pay",
        "paying",
        "it",
        "this",
        "payment",
        "half",
        "<num>",
        "hundred",
        "thousand",
        "dollars",
        "bucks",
        "some",
        "part",
    ):
        return Mention(at, at + 1, page.today, "today")
    return None


_THIS_MINUTE = (("right", "now"), ("as", "we", "speak"))


def _pays(page: Page, at: int) -> bool:
    if at == 0 or page.words[at].comma or page.last(at - 1):
        return True
    hard = page.has(at - 1, *_HARD_TIMES)
    return not hard and any(page.has(place, *_PAYS) for place in range(max(at - 4, 0), at))


_HARD_TIMES = ("short", "slow", "tight", "broke", "bad", "hard", "tough", "busy", "rough", "low", "swamped")
_PAYS = (
    "pay paying paid it this that payment sending send wiring mailing online card doing do submitting "
    "submit processing transferring transfer cutting one them half some check money yours <money>"
).split()

_SAME_DAY = by_first_word(
    """
    end of the business day; end of business day; end of the work day; end of the day; end of day;
    end of business; end of today; end of the night; close of business; close of the day; close of
    day; this morning; this afternoon; this evening; this very day; right now; right away; as we
    speak; later on today; within the hour; at lunch
    """.split(";")
)

FIRST_WORDS = frozenset(_SAME_DAY) | frozenset(
    """
    in within about around next maximum max another give inside under the just like approximately
    roughly maybe or me us innerhalb von a an one eine einer una une couple few week fortnight month
    yesterday day first tomorrow morgen manana demain domani amanha tonight today eod cob heute hoy
    oggi hoje vandaag immediately now
    """.split()
)
