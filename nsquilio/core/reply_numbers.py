"""Numbers as they are said: "fifteen", "twenty third", "twenty five hundred", "seven fifty".

Only English: transcripts come in it. Knows nothing of dates or money; `reply_dates` and `reply_amounts` do.
"""

from __future__ import annotations

from collections.abc import Sequence

from nsquilio.core.reply_words import Word

_ONES = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen
        eighteen nineteen""".split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_TENS["fourty"] = 40
_MULTIPLES = {"hundred": 100, "thousand": 1000, "grand": 1000}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
        fourteenth fifteenth
        sixteenth seventeenth eighteenth nineteenth twentieth""".split(),
        start=1,
    )
} | {"thirtieth": 30, "twelveth": 12, "nineth": 9}

NUMBER_WORDS = frozenset(_ONES) | frozenset(_TENS) | frozenset(_MULTIPLES)
ORDINAL_WORDS = frozenset(_ORDINALS)


def _value(word: Word, table: dict[str, int]) -> int | None:
    return next((table[form] for form in word.forms if form in table), None)


def small_number(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """A count below a hundred in digits or words at this place: its value and the place after it."""
    if at >= len(words):
        return None
    digits = next((form for form in words[at].forms if form.isascii() and form.isdigit()), None)
    if digits is not None:
        return (int(digits), at + 1) if len(digits) <= 3 else None
    tens = _value(words[at], _TENS)
    if tens is not None:
        ones = _value(words[at + 1], _ONES) if at + 1 < len(words) else None
        return (tens + ones, at + 2) if ones is not None and 0 < ones < 10 else (tens, at + 1)
    ones = _value(words[at], _ONES)
    return None if ones is None else (ones, at + 1)


def ordinal(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """ "15th", "fifteenth" or "twenty third" at this place: its value and the place after it."""
    if at >= len(words):
        return None
    for form in words[at].forms:
        if (
            len(form) > 2
            and form[-2:] in ("st", "nd", "rd", "th")
            and form[:-2].isascii()
            and form[:-2].isdigit()
        ):
            return int(form[:-2]), at + 1
    plain = _value(words[at], _ORDINALS)
    if plain is not None:
        return plain, at + 1
    tens = _value(words[at], _TENS)
    if tens is not None and at + 1 < len(words):
        ones = _value(words[at + 1], _ORDINALS)
        if ones is not None and ones < 10:
            return tens + ones, at + 2
    return None


def spoken_number(words: Sequence[Word], at: int) -> tuple[tuple[int, ...], int] | None:
    """A number in words, its readings with the likeliest first, and the place after it.

    "twenty five hundred" is 2500; "seven fifty" is 750, and -750 stands for the other reading, 7.50.
    """
    parts, end = _parts(words, at)
    if not parts or (len(parts) >= 3 and all(0 <= part < 10 for part in parts)):
        return None  # single digits in a row are a phone or check number
    total, group, joined = 0, 0, False
    for part in parts:
        if part == -100:
            group = (group or 1) * 100
        elif part == -1000:
            total, group = total + (group or 1) * 1000, 0
        elif 0 < group < 100 and part >= 10:
            group, joined = group * 100 + part, True
        elif group and group % 100 == 0 and part < 100:
            group += part
        elif group == 0:
            group = part
        else:
            return None
    value = total + group
    return ((value, -value) if joined and total == 0 else (value,)), end


def _parts(words: Sequence[Word], at: int) -> tuple[list[int], int]:
    """Units below a hundred as they are; "hundred" as -100, "thousand" as -1000; and where they end."""
    parts: list[int] = []
    place = at
    if _is(words, at, "a") and _is(words, at + 1, *_MULTIPLES):
        place += 1
    elif _is(words, at, "couple"):
        parts, place = [2], at + (2 if _is(words, at + 1, "of") else 1)
        if not _is(words, place, *_MULTIPLES):
            return [], at
    while place < len(words):
        multiple = _value(words[place], _MULTIPLES)
        after_and = place + 1 if parts and _is(words, place, "and") else place
        unit = None if _has_digits(words, after_and) and parts else small_number(words, after_and)
        if multiple is not None:
            parts.append(-multiple)
            place += 1
        elif unit is not None and not (after_and > place and parts[-1] >= 0):
            parts.append(unit[0])
            place = unit[1]
        else:
            break
    spelled = any(not _has_digits(words, i) for i in range(at, place))
    return (parts, place) if spelled else ([], at)


def _is(words: Sequence[Word], at: int, *names: str) -> bool:
    return 0 <= at < len(words) and not words[at].forms.isdisjoint(names)


def _has_digits(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and "<num>" in words[at].forms
