"""Turns what a person typed or said into words that rules can be written over.

Folds letters (case, accents, full width, look-alikes, zero width), takes shorthand and contractions apart,
mends misspelled key words, drops the "uh" of a transcript, marks where sentences end. Every word remembers
where it stands in the text, so that an answer can show the very words. Decides nothing about meaning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from nsquilio.core.reply_spelling import LEET, LOOKALIKES, Spelling, expand, unstretched
from nsquilio.core.reply_stems import marks
from nsquilio.core.reply_vocabulary import KEY_WORDS, NAMES

MAX_LENGTH = 4_000  # a transcript of ten minutes; of anything longer the start and the end are read


@dataclass(frozen=True, slots=True)
class Word:
    """`forms`: every reading of the word, folded. `comma`: a comma, colon or dash stands before it."""

    surface: str
    start: int
    end: int
    forms: frozenset[str]
    comma: bool = False

    @property
    def plain(self) -> str:
        return (
            min(self.forms, key=lambda form: (form.startswith("<"), form))
            if len(self.forms) > 1
            else self.only
        )

    @property
    def only(self) -> str:
        return next(iter(self.forms))


END = frozenset({"."})
ASK = frozenset({"?", "."})

_TOKEN = re.compile(
    r"""
    (?P<email> [\w.+-]+@[\w-]+(?:\.[\w-]+)+ )
  | (?P<url>   (?:https?://|www\.)\S+ | \b[a-z0-9-]+\.(?:com|net|ly|org|co)/\S* )
  | (?P<doc>   \b(?!(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|w)-?\d)
               (?:[a-z]{1,4}-?\d{3,}(?:-\d+)*|[a-z]{1,4}-\d{4}-\d+)\b )
  | (?P<number> \d{1,2}\.(?=\s(?:januar|februar|marz|april|mai|juni|juli|august|september|oktober|november|dez))
              | (?:[$€£]\s?)?\d+(?:[.,'/:-]\d+)*(?:\s?[€£%$](?!\d))?
                (?:(?:st|nd|rd|th|k|am|pm|a\.m\.|p\.m\.)\b)? )
  | (?P<word>  [$]?[^\W_]*[^\W\d_][^\W_]*(?:['*$@]+[^\W_]+)* )
  | (?P<end>   [.!;\n]+ | \?[?!.]* )
  | (?P<comma> [,:()"|_]+ | (?<!\S)-+(?!\S) )
  | (?P<other> \S )
    """,
    re.VERBOSE,
)
_MIXED = re.compile(r"(?<!\w)(?:2m[ao]r+\w*|2m[rw]\w*|2day|2n\w+|5t[o0]p\w*|4ward\w*)", re.IGNORECASE)

# A full stop after these ends no sentence.
_ABBREVIATIONS = frozenset(
    """
    inv no nr approx mon tue tues wed weds thu thur thurs fri sat sun jan feb mar apr jun jul aug sep sept
    oct nov dec dr mr mrs ms st acct attn dept ext vs etc co inc amt pls bitte ste ave
    """.split()
)
_PICTURES = {
    "🛑": "stop",
    "⛔": "stop",
    "🚫": "stop",
    "#": "number",
    "№": "number",
    "&": "and",
    "+": "and",
    "@": "at",
    "½": "half",
}
_GOOD = frozenset("👍👌🙏✅✔☑🙂😊😀😁🤝💯❤♥🎉🫡😃😄👏🙌🤙☺😉💪🆗🤗😎😇🥰😍")
_SPOKEN_FILLERS = frozenset("uh um er erm uhh umm uhm mhm hmm hm ah eh ehm mm".split())
_NUMBER_WORDS = frozenset(
    """one two three four five six seven eight nine ten oh zero eleven twelve twenty thirty forty fifty
    sixty seventy
    eighty ninety""".split()
)

# neighbours that are one word
_COMPOUNDS = {
    tuple(line.split("=")[0].split()): line.split("=")[1].strip()
    for line in """
    e mail = email
    e mails = emails
    e mailed = emailed
    e mailing = emailing
    opt out = optout
    opting out = optout
    opts out = optout
    opted out = optedout
    opt in = optin
    opting in = optin
    opted in = optedin
    re enroll = enroll
    re subscribe = resubscribe
    re send = resend
    re sent = resent
    un sub = unsubscribe
    un subscribe = unsubscribe
    no one = nobody
    any more = anymore
    any body = anybody
    any one = anyone
    some one = someone
    some body = somebody
    thank you = thanks
    thank u = thanks
    many thanks = thanks
    w 9 = w9
    w nine = w9
    w ix = w9
    text message = texts
    text messages = texts
    text msgs = texts
    text alerts = texts
    text alert = texts
    text reminders = texts
    text reminder = texts
    text notifications = texts
    sms reminders = texts
    sms messages = texts
    sms notifications = texts
    sms alerts = texts
    week end = weekend
    new years = newyear
    new year = newyear
    new year <s> = newyear
    stop payment = stoppayment
    stop payments = stoppayment
    truck stop = truckstop
    bus stop = busstop
    pit stop = pitstop
    one stop = onestop
    non stop = nonstop
    full stop = fullstop
    purchase order = po
    p o = po
    a p = ap
    a r = ar
    a c h = ach
    c o b = cob
    e o d = eod
    e o m = eom
    e o w = eow
    p o d = pod
    over charged = overcharged
    over charge = overcharged
    over billed = overbilled
    over paid = overpaid
    double billed = doublebilled
    double charged = doublebilled
    double bill = doublebilled
    double charge = doublebilled
    pick up = pickup
    cell phone = cell
    mobile phone = cell
    cellphone = cell
    phone number = number
    phone call = call
    phone calls = calls
    no longer = nolonger
    a lot = alot
    as soon as = assoonas
    all right = alright
    auto pay = autopay
    auto reply = autoreply
    automatic reply = autoreply
    bill pay = billpay
    money order = check
    money orders = checks
    lock box = lockbox
    """.strip().splitlines()
}
_LONGEST = max(map(len, _COMPOUNDS))


def read_words(text: str, spelling: Spelling) -> tuple[Word, ...]:
    """The words of a text in order; "." and "?" stand as words of their own where a sentence ends."""
    folded, places = _fold(text)
    raw = _split(folded, places, text)
    joined = _calm(_merge(_letters_joined(raw, spelling)))
    words = [_with_meaning(_with_ending(_with_spelling(word, spelling))) for word in joined]
    return tuple(words if text.isupper() else map(_with_shout, words))


def shorten(text: str) -> str:
    """A text within MAX_LENGTH: the middle of a longer one is left out."""
    if len(text) <= MAX_LENGTH:
        return text
    half = MAX_LENGTH // 2
    return text[:half] + "\n" + text[-half:]


def _fold(text: str) -> tuple[str, list[int] | None]:
    """The text as rules see it, and for each of its letters the place in the text (None: the same place)."""
    if text.isascii():
        return text.lower(), None
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        folded = char.lower() if char.isascii() else _fold_letter(char)
        letters.append(folded)
        places.extend([place] * len(folded))
    places.append(len(text))
    return "".join(letters), places


_QUOTES = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "ʼ": "'",
        "`": "'",
        "´": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": ",",
        "−": "-",
        "‐": "-",
        "‑": "-",
        "ß": "ss",
        "ø": "o",
        "æ": "ae",
        "¿": " ",
        "¡": " ",
        "ı": "i",
        "đ": "d",
        "ł": "l",
        "œ": "oe",
        "…": ",",
        "·": " ",
        "•": ",",
    }
)


def _fold_letter(char: str) -> str:
    if char in _PICTURES or char in _GOOD:
        return char
    mapped = char.lower().translate(_QUOTES)
    folded = unicodedata.normalize("NFKD", mapped).lower().translate(LOOKALIKES)
    kept = "".join(c for c in folded if unicodedata.category(c) not in ("Mn", "Me", "Cf", "Sk"))
    return kept.translate(_QUOTES)


def _split(folded: str, places: list[int] | None, text: str) -> list[Word]:
    words: list[Word] = []
    comma, at = False, 0
    while match := _TOKEN.search(folded, at):
        at = match.end()
        if match.lastgroup in ("number", "other") and (mixed := _MIXED.match(folded, match.start())):
            group, value, at = "word", mixed.group(), mixed.end()
        else:
            group, value = match.lastgroup or "other", match.group()
        start = match.start() if places is None else places[match.start()]
        end = at if places is None else places[at - 1] + 1
        if group == "end":
            if _ends_sentence(words, value):
                words.append(Word(text[start:end], start, end, ASK if "?" in value else END))
            comma = comma or value.startswith("..")
        elif group == "comma":
            comma = True
        else:
            words.extend(_words_of(group, value, text, start, end, comma))
            comma = False
    return words


def _ends_sentence(words: list[Word], value: str) -> bool:
    if not words:
        return "?" in value
    if value == "." and not {"."} & words[-1].forms:
        last = words[-1].only
        return last not in _ABBREVIATIONS and (len(last) > 1 or not last.isalpha())
    return "." not in words[-1].forms or "?" in value


def _words_of(group: str, value: str, text: str, start: int, end: int, comma: bool) -> list[Word]:
    surface = text[start:end]
    if group in ("email", "url", "doc"):
        return [Word(surface, start, end, frozenset({f"<{group}>", value}), comma)]
    if group == "number":
        return [Word(surface, start, end, frozenset({value.replace(" ", "").rstrip("."), "<num>"}), comma)]
    if group == "other":
        shown = _PICTURES.get(value) or ("<good>" if value in _GOOD else "")
        return [Word(surface, start, end, frozenset({shown}), comma)] if shown else []
    parts = expand(value)
    first = Word(surface, start, end, frozenset({parts[0], value} if len(parts) == 1 else {parts[0]}), comma)
    return [first, *(Word(surface, start, end, _further(part)) for part in parts[1:])]


def _further(part: str) -> frozenset[str]:
    """ "Mike's" is Mike is, or what is Mike's: both are kept."""
    return frozenset((part, "is")) if part == "<s>" else frozenset((part,))


def _letters_joined(words: list[Word], spelling: Spelling) -> list[Word]:
    """ "s t o p" and "S.T.O.P" as one word, where the letters make a word that a rule knows."""
    out: list[Word] = []
    i = 0
    while i < len(words):
        j = i
        while j < len(words) and len(words[j].only) == 1 and words[j].only.isalpha():
            j += 1
        joined = "".join(word.only for word in words[i:j])
        if i + 1 < len(words) and _split_word(words[i], words[i + 1], spelling):
            both = words[i].only + words[i + 1].only
            surface = words[i].surface + " " + words[i + 1].surface
            out.append(Word(surface, words[i].start, words[i + 1].end, frozenset({both}), words[i].comma))
            i += 2
        elif j - i >= 3 and joined in spelling.known:
            surface = " ".join(word.surface for word in words[i:j])
            out.append(Word(surface, words[i].start, words[j - 1].end, frozenset({joined}), words[i].comma))
            i = j
        else:
            out.append(words[i])
            i += 1
    return out


def _split_word(left: Word, right: Word, spelling: Spelling) -> bool:
    """ "sto p", "unsub scribe", "un subscibe": two pieces that are no words, and one word together."""
    if right.comma or len(left.forms) > 1 or len(right.forms) > 1:
        return False
    a, b = left.only, right.only
    pieces = a.isalpha() and b.isalpha() and not (a in spelling.known and b in spelling.known)
    is_word = a + b in KEY_WORDS or (a == "un" and spelling.mend(a + b) == "unsubscribe")
    return pieces and len(a + b) >= 4 and is_word and (len(a) > 1 or len(b) > 1)


def _merge(words: list[Word]) -> list[Word]:
    out: list[Word] = []
    i = 0
    while i < len(words):
        for length in range(min(_LONGEST, len(words) - i), 1, -1):
            run = words[i : i + length]
            name = _COMPOUNDS.get(tuple(_expanded(word) for word in run))
            if name and not any(word.comma for word in run[1:]):
                surface = " ".join(dict.fromkeys(word.surface for word in run))
                out.append(Word(surface, run[0].start, run[-1].end, frozenset({name}), run[0].comma))
                i += length
                break
        else:
            out.append(words[i])
            i += 1
    return out


def _expanded(word: Word) -> str:
    if len(word.forms) == 1:
        return word.only
    return next((form for form in word.forms if form in _FIRSTS), word.plain)


_FIRSTS = frozenset(part for parts in _COMPOUNDS for part in parts)


def _calm(words: list[Word]) -> Iterable[Word]:
    """Without "uh" and "um", and a word said twice in a row ("the the", "I'll I'll") said once."""
    kept: list[Word] = []
    for word in words:
        if word.forms <= _SPOKEN_FILLERS:
            continue
        if kept and kept[-1].forms == word.forms and not _may_repeat(word):
            continue
        if (
            len(kept) > 2
            and kept[-2].forms == word.forms
            and kept[-1].forms == kept[-3].forms
            and not _may_repeat(word)
        ):
            kept.pop()
            continue
        kept.append(word)
    return kept


def _may_repeat(word: Word) -> bool:
    return "<num>" in word.forms or bool(word.forms & _NUMBER_WORDS) or "." in word.forms


def _with_ending(word: Word) -> Word:
    """Marks "-ing", so that a rule can say "stop …ing me" whatever it is that we do."""
    doing = any(len(form) > 5 and form.endswith("ing") for form in word.forms)
    return replace(word, forms=word.forms | {"<ing>"}) if doing else word


def _with_meaning(word: Word) -> Word:
    """Marks what the word means in other languages."""
    found: frozenset[str] = frozenset().union(*map(marks, word.forms))
    return replace(word, forms=word.forms | found) if found else word


_SHOUTED = frozenset(("STOP", "UNSUBSCRIBE", "QUIT", "STOPALL", "OPTOUT", "UNSUB"))


def _with_shout(word: Word) -> Word:
    """Marks the carrier's keyword in capitals amid small letters: whoever writes "I said STOP" means it."""
    return replace(word, forms=word.forms | {"<STOP>"}) if word.surface in _SHOUTED else word


def _capital(word: Word) -> bool:
    return word.surface[:1].isupper() and not word.surface.isupper()


def _with_spelling(word: Word, spelling: Spelling) -> Word:
    if len(word.forms) > 1 or word.only[0] in "<.?":
        return word
    form = word.only
    if form in NAMES:
        return Word(word.surface, word.start, word.end, frozenset({form, "<name>"}), word.comma)
    if form in spelling.known or form == "":
        # "we're not Coil Works": a word of everyday in the middle of a sentence with a capital may be a name
        return replace(word, forms=word.forms | {"<capital>"}) if word.start and _capital(word) else word
    forms = {form}
    for shorter in unstretched(form):
        forms.update(expand(shorter) if shorter in spelling.known or len(expand(shorter)) == 1 else ())
    if any(char.isdigit() or char in "$@" for char in form):
        forms.add(form.translate(LEET))
    for reading in tuple(forms):
        mended = spelling.mend(reading)
        if mended:
            forms.add(mended)
    if not forms & spelling.known:
        forms.add("<name>" if _capital(word) else "<unknown>")
    return Word(word.surface, word.start, word.end, frozenset(forms), word.comma)
