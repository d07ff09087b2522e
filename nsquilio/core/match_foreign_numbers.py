"""Numbers said digit by digit, or two digits at a time, in German, Dutch, French, Spanish, Italian and Portuguese.

They are turned into the English words that `spoken_numbers` reads. One such word alone is often something else
("un", "due", "sei", "once"), so that only a run of them in one language is a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

_BELOW_TWENTY = {
    "de": "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
    "sechzehn siebzehn achtzehn neunzehn",
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve",
    "it": "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici "
    "sedici diciassette diciotto diciannove",
    "pt": "zero um dois três quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis "
    "dezessete dezoito dezenove",
}
_TENS = {
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "fr": "vingt trente quarante cinquante soixante septante huitante nonante",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "pt": "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
}
_MORE = {
    "de": {"zwo": "two", "ein": "one", "dreissig": "thirty", "doppel": "double"},
    "nl": {"één": "one", "dubbel": "double"},
    "fr": {"zero": "zero", "une": "one", "double": "double"},
    "es": {"doble": "double", "dieciseis": "sixteen"},
    "it": {"doppio": "double"},
    "pt": {
        "meia": "six",
        "duas": "two",
        "uma": "one",
        "tres": "three",
        "catorze": "fourteen",
        "dezasseis": "sixteen",
    },
}
_LINKS = frozenset(("-", "y", "e", "et"))
_FEWEST = 3


def _words_of(language: str) -> dict[str, tuple[str, ...]]:
    below = zip(_BELOW_TWENTY[language].split(), _ENGLISH, strict=True)
    tens = zip(_TENS[language].split(), _ENGLISH_TENS, strict=True)
    known: dict[str, tuple[str, ...]] = {
        word: (english,) for word, english in (*below, *tens, *_MORE[language].items())
    }
    known |= dict(_compounds(language, known))
    return known | dict(_hundreds(language, known))


def _compounds(language: str, known: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """ "einundvierzig", "eenenveertig", "ventuno", "veintidós"; French and Portuguese write them apart."""
    units = [(w, e[0]) for w, e in known.items() if e[0] in _ENGLISH[1:10]]
    for ten, english in [(w, e[0]) for w, e in known.items() if e[0] in _ENGLISH_TENS]:
        for unit, digit in units:
            if language in ("de", "nl"):
                links = ("und",) if language == "de" else ("en", "ën")
                yield from ((unit + link + ten, (english, digit)) for link in links)
            elif language == "it":
                yield (ten[:-1] if unit[0] in "uo" else ten) + unit, (english, digit)
            elif language == "es" and ten == "veinte":
                yield from (("veinti" + form, (english, digit)) for form in {unit, *_accented(unit)})


def _hundreds(language: str, known: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """ "elfhundertneunzehn" and "vierhonderdnegentien" are one word; "onze cent dix-neuf" is not."""
    yield from ((word, (english,)) for word, english in _MULTIPLES.get(language, {}).items())
    if language not in ("de", "nl"):
        return
    hundred = "hundert" if language == "de" else "honderd"
    below = dict(known)
    for before, many in [(w, e) for w, e in below.items() if e[0] not in _ENGLISH_TENS]:
        yield before + hundred, (*many, "hundred")
        yield from (
            (before + hundred + rest, (*many, "hundred", *english)) for rest, english in below.items()
        )


def _joined_in_french(english: Sequence[str]) -> Iterator[str]:
    """ "Dix-neuf" is nineteen, "soixante-douze" seventy-two, "quatre-vingt-dix" ninety."""
    left = list(english)
    while left:
        two = tuple(left[:2])
        if two in _FRENCH:
            left[:2] = _FRENCH[two]
        elif two[0] in ("sixty", "eighty") and two[1:] and two[1] in _ENGLISH[10:]:
            more = _ENGLISH.index(two[1]) - 10
            left[:2] = ["seventy" if two[0] == "sixty" else "ninety", *([_ENGLISH[more]] if more else [])]
            yield from left
            return
        else:
            yield left.pop(0)


_FRENCH = {
    ("ten", "seven"): ["seventeen"],
    ("ten", "eight"): ["eighteen"],
    ("ten", "nine"): ["nineteen"],
    ("four", "twenty"): ["eighty"],
}
_MULTIPLES = {
    "fr": {"cent": "hundred", "cents": "hundred", "mille": "thousand"},
    "es": {"mil": "thousand"},
    "it": {"mila": "thousand", "cento": "hundred"},
    "pt": {"mil": "thousand"},
}


def _accented(unit: str) -> tuple[str, ...]:
    return {"dos": ("dós",), "tres": ("trés",), "seis": ("séis",)}.get(unit, ())


@lru_cache(maxsize=1)
def _languages() -> tuple[dict[str, tuple[str, ...]], ...]:
    return tuple(_words_of(language) for language in _BELOW_TWENTY)


@lru_cache(maxsize=1)
def _starts() -> frozenset[str]:
    return frozenset().union(*_languages())


def foreign_run(words: Sequence[str], at: int) -> tuple[int, tuple[str, ...]]:
    """Where the run of number words that begins here ends, and its words in English; `at` itself if there is none."""
    if words[at] not in _starts():
        return at, ()
    runs = [_run(words, at, language) for language in _languages()]
    end, english = max(runs, key=lambda run: (len(run[1]), run[0]))
    is_compound = end == at + 1 and len(english) > 1  # "dreiunddreißig" is nothing else
    return (end, english) if len(english) >= _FEWEST or is_compound else (at, ())


def _run(
    words: Sequence[str], at: int, language: Mapping[str, tuple[str, ...]]
) -> tuple[int, tuple[str, ...]]:
    found: list[str] = []
    end = at
    while end < len(words):
        if words[end] in language:
            found += language[words[end]]
            end += 1
        elif words[end] in _LINKS and end + 1 < len(words) and words[end + 1] in language and end > at:
            end += 1
        else:
            break
    is_english = all(word in _ENGLISH or word in _ENGLISH_TENS for word in words[at:end])
    if is_english:
        return at, ()
    return end, tuple(_joined_in_french(found) if "soixante" in language else found)
