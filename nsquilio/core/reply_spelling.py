"""How people type: shorthand, contractions written as one word, misspelled key words.

Tables first, so that a person can add a line; then the bounded correction. Never guesses a word that is
not in `KEY_WORDS`, and never touches a word that stands in a rule or in `ORDINARY_WORDS`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from nsquilio.core.reply_ordinary import ORDINARY_WORDS
from nsquilio.core.reply_vocabulary import KEY_WORDS, SHORTHAND

# after an apostrophe: what the ending stands for
ENDINGS: dict[str, str] = {
    "ll": "will",
    "ve": "have",
    "re": "are",
    "m": "am",
    "d": "would",
}
_IS_AFTER = frozenset("it that what who where how when here there he she this everything payment".split())

_WOULD = frozenset("i you he she it we they who that there what how where y'all".split())

# letters of other scripts that look like ours (a STOP written with them passes every keyword list)
LOOKALIKES = str.maketrans(
    "аеорсухтнкмвіѕјԁһԛԝζαοριντκηυχ",
    "aeopcyxthkmbisjdhqwzaopivtknux",
)
LEET = str.maketrans("013457$@", "oieastsa")


def expand(word: str) -> tuple[str, ...]:
    """The words a typed word stands for: "dont" → do not, "we'll" → we will, "inv" → invoice."""
    plain = word.replace("*", "")
    if plain in SHORTHAND:
        return tuple(SHORTHAND[plain].split())
    if "'" not in plain:
        return (plain,)
    joined = plain.replace("'", "")
    if joined in SHORTHAND and not joined.startswith("ill"):
        return tuple(SHORTHAND[joined].split())
    head, _, tail = plain.rpartition("'")
    if tail == "t" and head.endswith("n"):
        return (head[:-1], "not")
    if tail == "d" and head not in _WOULD:
        return (head + ("d" if head.endswith("e") else "ed"),)
    if tail in ENDINGS and head:
        return (head, ENDINGS[tail])
    if tail == "s" and head in _IS_AFTER:
        return (head, "is")
    if tail == "s" and head:
        return (head, "<s>")
    return tuple(part for part in plain.split("'") if part) or (joined,)


def unstretched(word: str) -> tuple[str, ...]:
    """ "stopppp" → stopp, stop; nothing for a word without three letters in a row."""
    twice: list[str] = []
    once: list[str] = []
    for letter in word:
        if len(twice) < 2 or not (letter == twice[-1] == twice[-2]):
            twice.append(letter)
        if not once or letter != once[-1]:
            once.append(letter)
    shorter = "".join(once)
    if len(twice) < len(word):
        return ("".join(twice), shorter)
    return (shorter,) if shorter in KEY_WORDS else ()


def one_edit_apart(a: str, b: str) -> bool:
    """Whether one letter added, dropped, changed or swapped with its neighbour turns `a` into `b`."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    end_a, end_b = len(a), len(b)
    while end_a > start and end_b > start and a[end_a - 1] == b[end_b - 1]:
        end_a, end_b = end_a - 1, end_b - 1
    left, right = a[start:end_a], b[start:end_b]
    return (len(left) <= 1 and len(right) <= 1) or (len(left) == 2 and left == right[::-1])


class Spelling:
    """Mends key words. `known` holds every word that is right as it stands."""

    def __init__(self, known: Iterable[str], keys: Iterable[str] = KEY_WORDS) -> None:
        self.known = frozenset(known) | ORDINARY_WORDS
        self._by_hole: dict[str, list[str]] = defaultdict(list)
        for key in sorted(keys):
            for hole in {key, *_holes(key), *(_double_holes(key) if len(key) >= 9 else ())}:
                self._by_hole[hole].append(key)
        self._mended: dict[str, str | None] = {}

    def mend(self, word: str) -> str | None:
        """The key word that `word` is a misspelling of, or None."""
        if word in self.known or len(word) < 4 or len(word) > 14:
            return None
        if word not in self._mended:
            if len(self._mended) > 20_000:  # strangers choose the words: the memory must not grow with them
                self._mended.clear()
            self._mended[word] = self._search(word)
        return self._mended[word]

    def _search(self, word: str) -> str | None:
        near = self._candidates(word)
        for key in near:
            if one_edit_apart(word, key) and _plausible(word, key):
                return key
        for key in near:  # two slips only in long words, where nothing else lies that close
            if len(key) >= 9 and _edits(word, key) <= 2:
                return key
            if len(key) == 8 and any(one_edit_apart(hole, key) for hole in _near(word)):
                return key
        return None

    def _candidates(self, word: str) -> list[str]:
        holes = {word, *_holes(word)}
        if len(word) >= 7:
            holes |= _double_holes(word)
        found = {key for hole in holes for key in self._by_hole.get(hole, ())}
        return sorted(found, key=lambda key: (key[0] != word[0], key))


def _edits(a: str, b: str) -> int:
    """How many letters must be added, dropped, changed or swapped to turn `a` into `b`."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        row = [i]
        for j, y in enumerate(b, start=1):
            best = min(last[j] + 1, row[-1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]


def _holes(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


def _double_holes(word: str) -> set[str]:
    return {second for first in _holes(word) for second in _holes(first)}


def _near(word: str) -> list[str]:
    swaps = [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)]
    doubles = [word[:i] + word[i] + word[i:] for i in range(len(word))]
    return [*_holes(word), *swaps, *doubles]


def _plausible(word: str, key: str) -> bool:
    """Slips seldom hit the first letter: in short words it must be right, or swapped with the second."""
    same_start = word[0] == key[0] or (word[:2] == key[1::-1])
    return same_start if len(key) < 7 else True
