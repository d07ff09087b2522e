"""Which days a reply names, and which of them is the day by which money is promised.

Counts from the day of the message in the sender's zone. Answers None rather than a guess: a false promise
date silences the chase.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from nsquilio.core import reply_calendar as cal
from nsquilio.core import reply_date_counts as counts
from nsquilio.core import reply_date_foreign as abroad
from nsquilio.core import reply_date_forms as forms
from nsquilio.core import reply_date_holidays as holidays_named
from nsquilio.core import reply_date_periods as periods
from nsquilio.core.reply_date_forms import Mention, Page
from nsquilio.core.reply_numbers import NUMBER_WORDS, ORDINAL_WORDS
from nsquilio.core.reply_words import Word

# The longest match wins; of equals, the form that stands first.
_FORMS = (
    forms.numeric,
    holidays_named.holiday,
    forms.month_and_day,
    periods.period,
    periods.due_date,
    counts.counted,
    counts.near,
    forms.weekday,
    forms.day_of_month,
    periods.vague,
    abroad.foreign,
)
# Words that a day can begin with; most words of a text are none, and no form needs to look at them.
_MAY_BEGIN = (
    frozenset(cal.MONTHS)
    | frozenset(cal.WEEKDAYS)
    | NUMBER_WORDS
    | ORDINAL_WORDS
    | counts.FIRST_WORDS
    | periods.FIRST_WORDS
    | holidays_named.FIRST_WORDS
    | abroad.FIRST_WORDS
    | frozenset(
        ("<num>", "the", "this", "next", "last", "coming", "following", "past", "den", "dem", "am", "zum")
    )
)
_JOINERS = frozenset(("on", "the", "of", "by", "at", "in"))
_PAST_BEFORE = frozenset(("since", "dated", "last", "from", "past", "was", "were", "been"))
_SAID = frozenset("said told promised supposed thought missed originally hoped forgot was were".split())
_MEANT = frozenset("said meant mean".split())
_RUNS = frozenset("one run batch cycle round".split())
_CORRECTED = frozenset("wait scratch meant actually correction rather oops whoops nope".split())
_NOT = frozenset(("no", "not", "never", "cannot", "unable", "closed"))
_TURNS = frozenset(("then", "but", "so"))  # "if not today then Friday"
_WORKS = frozenset("good work working possible happen happening doable option going gonna".split())
_AWAY = frozenset(
    "at away out off gone closed vacation trip hospital travelling traveling camping holiday leave".split()
)
_REST = frozenset("rest balance remainder other remaining".split())
_UNTIL = frozenset(("until", "before", "till", "by", "later", "than"))


def find_dates(
    words: Sequence[Word],
    today: date,
    *,
    day_first: bool = False,
    due: date | None = None,
    holidays: cal.Holidays = (),
    canadian: bool = False,
) -> tuple[Mention, ...]:
    """Every day that the words name, in order, none overlapping."""
    page = Page(words, today, day_first, due, holidays, canadian)
    found: list[Mention] = []
    at = 0
    while at < len(words):
        mention = _longest(page, at) or _day_after(page, at, found)
        if mention is None:
            at += 1
            continue
        found.append(forms.moved(page, mention) if not found or mention.start > found[-1].end else mention)
        at = mention.end
    return tuple(_joined(page, found))


def _longest(page: Page, at: int) -> Mention | None:
    if page.words[at].forms.isdisjoint(_MAY_BEGIN):
        return None
    best: Mention | None = None
    for form in _FORMS:
        mention = form(page, at)
        if mention is not None and (best is None or mention.end > best.end):
            best = mention
    return best


def _day_after(page: Page, at: int, found: list[Mention]) -> Mention | None:
    """ "he's back on the 9th and pays it the next day": counted from the day named before."""
    told = found[-1].day if found else None
    start = page.past(at, "the")
    ends = (
        page.run(start, "day", "after")
        or page.run(start, "next", "day")
        or page.run(start, "following", "day")
    )
    if told is None or not ends:
        return None
    return Mention(at, start + 2, told + timedelta(days=1), "day")


def _joined(page: Page, found: list[Mention]) -> list[Mention]:
    """Neighbours that name one day together: "Tuesday the 24th", "next week on Friday", "EOD Friday"."""
    out: list[Mention] = []
    for mention in found:
        if out and _touch(page, out[-1], mention):
            both = _both(page, out[-1], mention)
            if both is not None:
                out[-1] = replace(both, start=out[-1].start, end=mention.end)
                continue
        out.append(mention)
    return out


def _touch(page: Page, left: Mention, right: Mention) -> bool:
    between = page.words[left.end : right.start]
    return len(between) <= 2 and all(not word.forms.isdisjoint(_JOINERS) for word in between)


def _both(page: Page, left: Mention, right: Mention) -> Mention | None:
    if left.past or right.past:  # "end of day yesterday"
        return replace(left, day=None, past=True) if left.what in ("eod", "today") else None
    if left.what == "vague":
        return right
    if right.what == "vague":
        return left
    if left.day is None or right.day is None:
        return None
    kinds = (left.what, right.what)
    if kinds == ("weekday", "day"):
        return replace(right, unsure=right.day.weekday() != left.day.weekday())
    if kinds == ("day", "weekday"):
        return left
    if "eod" in kinds:
        return right if left.what == "eod" else left
    if kinds == ("weekday", "after"):  # "the Tuesday after Labor Day"
        return replace(right, day=cal.next_weekday(right.day - timedelta(days=1), left.day.weekday()))
    if kinds == ("weekday", "before"):
        return replace(right, day=right.day - timedelta(days=(right.day.weekday() - left.day.weekday()) % 7))
    if kinds == ("period", "weekday"):
        monday = left.day - timedelta(days=left.day.weekday())
        return replace(right, day=monday + timedelta(days=right.day.weekday()))
    if kinds == ("tomorrow", "weekday") or kinds == ("today", "weekday") or kinds == ("tomorrow", "day"):
        return left
    if kinds == ("weekday", "tomorrow") or kinds == ("weekday", "today"):
        return right
    return None


def promise_day(
    words: Sequence[Word], mentions: Sequence[Mention], today: date, anchor: int | None = None
) -> tuple[date | None, bool]:
    """The day by which money is promised, and whether a person should look.

    `anchor`: the place of the word that made it a promise. Of several days the first that is neither past
    nor denied counts, days after the anchor before those in front of it.
    """
    coming = [m for m in mentions if not _gone(words, m, today)]
    told = [m for m in coming if m.day is not None]
    if not told:
        return None, any(m.unsure for m in coming)
    if _next_of_them(words) and len(told) > 1:  # "we run checks the 1st and the 15th, you're in the next"
        soonest = min(told, key=lambda m: m.day or date.max)
        return soonest.day, soonest.unsure
    told = [m for m in told if not _taken_back(words, m, told)]
    told = [m for m, after in zip(told, [*told[1:], None], strict=True) if not _from_between(words, m, after)]
    if anchor is not None and not words[anchor].forms.isdisjoint(_REST):
        anchor = None  # "1200 on the 15th and the rest on the 30th": the first part counts
    best = min(told, key=lambda m: (_denied(words, m), _beside(words, m), _behind(m, anchor), m.start))
    if best.day is None or best.day < today:
        return None, True
    if _denied(words, best):
        return None, True
    return best.day, best.unsure


def _next_of_them(words: Sequence[Word]) -> bool:
    return any("next" in word.forms and not after.forms.isdisjoint(_RUNS) for word, after in pairwise(words))


def _taken_back(words: Sequence[Word], mention: Mention, told: Sequence[Mention]) -> bool:
    """ "wednesday, no wait, thursday": the first is taken back by what stands between the two."""
    after = next((m for m in told if m.start >= mention.end), None)
    if after is None or after.start - mention.end > 7:
        return False
    between = words[mention.end : after.start]
    return any(not word.forms.isdisjoint(_CORRECTED) for word in between)


def _from_between(words: Sequence[Word], mention: Mention, after: Mention | None) -> bool:
    """ "between the 10th and the 15th": the first of the two is not the day by which."""
    opens = mention.start > 0 and not words[mention.start - 1].forms.isdisjoint(("between",))
    return opens and after is not None and after.start - mention.end <= 2


def _behind(mention: Mention, anchor: int | None) -> bool:
    return anchor is not None and mention.end <= anchor


def _gone(words: Sequence[Word], mention: Mention, today: date) -> bool:
    """Whether the day has been: said so, or named after "since" or "dated"."""
    if mention.past or (mention.day is not None and mention.day < today):
        return True
    before = words[mention.start - 1].forms if mention.start else frozenset()
    return not before.isdisjoint(_PAST_BEFORE)


def _beside(words: Sequence[Word], mention: Mention) -> bool:
    return _supposed(words, mention) or _away_until(words, mention)


def _away_until(words: Sequence[Word], mention: Mention) -> bool:
    """ "I'm at my sister's till Sunday, so it'll be Tuesday": the end of an absence, where another day is named."""
    first = mention.start if _is_until(words[mention.start]) else mention.start - 1
    if first < 1 or not _is_until(words[first]):
        return False
    before = words[max(first - 5, 0) : first]
    return any(not word.forms.isdisjoint(_AWAY) for word in before)


def _is_until(word: Word) -> bool:
    return not word.forms.isdisjoint(("until", "till", "through"))


def _supposed(words: Sequence[Word], mention: Mention) -> bool:
    """ "if you don't have it by Wednesday, call": no day of ours, where another is named."""
    for place in range(mention.start - 1, max(mention.start - 9, -1), -1):
        if "." in words[place].forms or words[place + 1].comma:
            return False
        if "if" in words[place].forms:
            return True
    return False


def _refused_after(words: Sequence[Word], at: int) -> bool:
    """ "Wednesday is no good", "friday won't work"."""
    for place in range(at, min(at + 3, len(words) - 1)):
        if "." in words[place].forms or words[place].comma:
            return False
        if not words[place].forms.isdisjoint(_NOT) and not words[place + 1].forms.isdisjoint(_WORKS):
            return True
    return False


def _set_right(words: Sequence[Word], mention: Mention) -> bool:
    """ "I said the 12th, not the 2nd": what was said is meant."""
    after = words[mention.end] if mention.end < len(words) else None
    if after is None or after.forms.isdisjoint(("not",)):
        return False
    before = words[max(mention.start - 4, 0) : mention.start]
    said = next((place for place, word in enumerate(before) if not word.forms.isdisjoint(_MEANT)), None)
    return said is not None and (said == 0 or before[said - 1].forms.isdisjoint(("you", "they", "it")))


def _denied(words: Sequence[Word], mention: Mention) -> bool:
    """ "not friday", "can't do friday", "I said friday": named, but not meant; "not until friday" is
    meant."""
    near: list[Word] = []
    alone = words[mention.start].comma
    for place in () if alone else range(mention.start - 1, max(mention.start - 5, -1), -1):
        if "." in words[place].forms or not words[place].forms.isdisjoint(_TURNS):
            break
        near.append(words[place])
        if words[place].comma:
            break
    if _refused_after(words, mention.end):
        return True
    if _set_right(words, mention):
        return False
    heard = frozenset(form for word in near for form in word.forms)
    own = frozenset(form for word in words[mention.start : mention.end] for form in word.forms)
    if heard & _SAID or {"instead", "of"} <= heard:
        return True
    if "wait" in heard:
        return False  # "no wait, thursday"
    return bool(heard & _NOT) and not (heard | own) & _UNTIL
