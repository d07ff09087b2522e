"""What a number counts or names, by the words behind and around it: days, boxes, a house, an hour, money."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from .match_grammar import is_little_word, is_verb, may_lead, names_nothing
from .match_labels import is_word_at, text_at
from .match_stems import stem
from .match_tokens import Token
from .match_words import (
    AFTER_A_NUMBER,
    AFTER_A_YEAR,
    AMOUNT_WORDS,
    BEFORE_A_DAY,
    BEFORE_A_NUMBER,
    BEFORE_A_YEAR,
    CENTS,
    COMPASS,
    CURRENCY_WORDS,
    DOCUMENTS,
    FILLERS,
    INVOICE,
    LIST_WORDS,
    MONEY_WORDS,
    MONTHS,
    MOVES,
    NEGATIONS,
    NOT_PLURAL,
    NUMBER_SIGNS,
    ORDERS,
    PAST,
    PAYMENT_THINGS,
    PERHAPS_CURRENCIES,
    PO,
    STREETS,
    STREETS_AFTER_A_NAME,
    THINGS_WITH_NUMBERS,
    UNITS,
)


def currency_beside(tokens: Sequence[Token], at: int) -> tuple[frozenset[str], frozenset[str]]:
    """The currency that a word beside an amount names, and the one that it may name: "$318 canadian", "318 us"."""
    word, before = text_at(tokens, at + 1), text_at(tokens, at - 1)
    named = CURRENCY_WORDS.get(word) or CURRENCY_WORDS.get(before, frozenset())  # "the canadian 500"
    return named, PERHAPS_CURRENCIES.get(word, frozenset())


def currencies_named(tokens: Sequence[Token]) -> frozenset[str]:
    """Those that a message names apart from any amount, "in us funds" too."""
    named = [CURRENCY_WORDS[t.text] for t in tokens if t.text in CURRENCY_WORDS]
    for at in range(len(tokens)):
        if text_at(tokens, at + 1) in ("funds", "dollars", "account", "$"):
            named.append(PERHAPS_CURRENCIES.get(text_at(tokens, at), frozenset()))
    return frozenset().union(*named)


def is_phone(tokens: Sequence[Token], at: int) -> bool:
    """ "Ring the workshop on 5550 0899": digits behind "on" or "under" and a call; "my number is 312, 555, 0177"."""
    while at and (tokens[at].kind == "number" or text_at(tokens, at) in _BETWEEN_GROUPS):
        at -= 1
    if _has_phone(tokens, at):
        return True
    if text_at(tokens, at) not in _ON:
        return False
    return any(
        text_at(tokens, before) in _CALLS and text_at(tokens, before - 1) not in _A_CALL
        for before in range(max(0, at - 6), at)
    )


def _has_phone(tokens: Sequence[Token], at: int) -> bool:
    """Whether the words up to `at` announce the number of a phone: "our landline changes to", "best number is"."""
    if text_at(tokens, at) not in _BECOMES:
        return False
    for before in range(max(0, at - 4), at):
        if text_at(tokens, before) in _PHONES:
            return True
        if text_at(tokens, before) == "number" and text_at(tokens, before - 1) in _WHOSE_NUMBER:
            return True
    return False


_BETWEEN_GROUPS = frozenset(", - . ( ) /".split())
_BECOMES = frozenset("is to its it's now : = ist est es".split())
_PHONES = frozenset("landline cell cellphone mobile phone telephone fax whatsapp handy".split())
_WHOSE_NUMBER = frozenset("best my new other direct contact his her their our callback work home".split())
_ON = frozenset("on at under via unter auf au sur al en op".split())
_A_CALL = frozenset("your the a this that his her my our last".split())
_CALLS = frozenset(
    "call ring phone dial reach text whatsapp contact "
    "anrufen ruf rufen erreichen erreichbar appelez appeler rappelez joindre llame llamar llámame bel bellen "
    "chiamare chiami chiamate".split()
)


def money_after(
    tokens: Sequence[Token], at: int, token: Token
) -> tuple[tuple[Decimal, ...], frozenset[str]] | None:
    """Said amounts: "two hundred twelve dollars and thirty five cents", "two grand"."""
    unit = text_at(tokens, at + 1)
    if unit in ("grand", "k"):
        return tuple(v * 1000 for v in token.values), frozenset()
    if unit in CURRENCY_WORDS:
        return with_cents(tokens, at + 2, token.values), CURRENCY_WORDS[unit]
    if unit in PERHAPS_CURRENCIES and text_at(tokens, at + 2) in ("dollars", "funds", "bucks"):
        return token.values, PERHAPS_CURRENCIES[unit]
    if unit in MONEY_WORDS:
        return with_cents(tokens, at + 2, token.values), MONEY_WORDS[unit]
    return None


def with_cents(tokens: Sequence[Token], at: int, whole: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    if text_at(tokens, at) in ("and", "und"):
        at += 1
    if 0 <= at < len(tokens) and tokens[at].kind == "number" and text_at(tokens, at + 1) in CENTS | {""}:
        cents = [v for v in tokens[at].values if v < 100]
        return tuple(v + c / 100 for v in whole for c in cents) or whole
    return whole


def is_none_of_ours(tokens: Sequence[Token], at: int, token: Token) -> bool:
    return (
        _is_date(tokens, at, token)
        or _is_year(tokens, at, token)
        or is_count(tokens, at)
        or _is_address(tokens, at)
        or _is_time_or_place(tokens, at)
        or is_group_of(tokens, at)
        or _is_explained(tokens, at)
        or _is_said_of_a_count(tokens, at)
        or _is_enough(tokens, at)
        or _is_hour(tokens, at, token)
        or text_at(tokens, at + 1) in CENTS | {"%", "percent"}
    )


def _is_explained(tokens: Sequence[Token], at: int) -> bool:
    """ "2051 is my pin", "2051 is the gate code"."""
    words = [text_at(tokens, at + n) for n in range(1, 5)]
    is_said = words[0] in ("is", "was", "ist", "est", "es") and words[1] in (
        "my",
        "our",
        "the",
        "your",
        "a",
        "his",
        "her",
    )
    return is_said and bool(_IDENTIFIED & set(words[2:])) and not INVOICE & set(words[2:])


_IDENTIFIED = frozenset(
    "pin code otp id password passcode suite apt apartment room gate badge extension ext account acct zip postcode "
    "check cheque confirmation tracking ref reference license licence plate meter serial sku model locker phone".split()
)


def _is_said_of_a_count(tokens: Sequence[Token], at: int) -> bool:
    """ "Word count on that was 3341", "the headcount is 42", "a party of 42"."""
    before = text_at(tokens, at - 1)
    if before == "of":
        return text_at(tokens, at - 2) in _CROWDS
    if before not in ("is", "was", "were", "of", "at", "war", "ist"):
        return False
    return any(text_at(tokens, at - n).endswith(("count", "counts", "tally", "zahl")) for n in range(2, 6))


_CROWDS = frozenset(
    "party parties group groups team teams crew table tables class crowd couple pair set sets batch pack load loads "
    "number maximum minimum average count headcount lot gang staff fleet stack pile bunch box".split()
)


def _is_enough(tokens: Sequence[Token], at: int) -> bool:
    """ "415 is too many", "415 left in stock", "only 415 came"; "too much" is said of money."""
    behind = [text_at(tokens, at + n) for n in range(1, 4)]
    is_kept = behind[0] in ("left", "in") and bool(_STORES & set(behind[1:]))
    is_few = text_at(tokens, at - 1) == "only" and behind[0] in ("came", "turned", "showed", "arrived")
    return is_kept or is_few or (behind[0] in _BE_OR_TOO and bool(_ENOUGH & set(behind)))


_BE_OR_TOO = frozenset("is was too were are a".split())
_ENOUGH = frozenset("many plenty enough lot lots few".split())
_STORES = frozenset("stock box boxes van truck yard warehouse shed store freezer fridge".split())


def _is_hour(tokens: Sequence[Token], at: int, token: Token) -> bool:
    """ "Be there 0915", "open from 0730 tomorrow", "shift ends 415": an hour as it is written in timetables."""
    hours = [d for d in token.digits if len(d) in (3, 4) and int(d[:-2]) < 24 and d[-2:] in _MINUTES]
    if not hours:
        return False
    before, after = text_at(tokens, at - 1), text_at(tokens, at + 1)
    if before in _ENDS or (before in ("its", "it's") and after in ("now", "already", "here")):
        return True
    is_written_so = len(hours[0]) == 4 and hours[0][0] in "012"
    return is_written_so and any(text_at(tokens, at - n) in _COMES for n in range(1, 4))


_ENDS = frozenset("ends closes opens starts finishes til till until".split())
_MINUTES = frozenset(f"{minute:02d}" for minute in range(0, 60, 5))
_COMES = frozenset(
    "there here arrive arriving arrives arrival come coming comes meet meeting open opens opening starts start "
    "starting appointment appt pickup pick collect collecting collection delivery deliver drop visit visiting "
    "eta site shift leave leaving land landing depart departs flight see".split()
)


def _is_date(tokens: Sequence[Token], at: int, token: Token) -> bool:
    day = token.values[0] <= 31
    before, after = text_at(tokens, at - 1), text_at(tokens, at + 1)
    if before == "the":
        before = text_at(tokens, at - 2)
    beside_month = before in MONTHS or (after in MONTHS and after not in ("may", "march", "mar"))
    follows_month = after in ("may", "march", "mar") and before not in BEFORE_A_NUMBER - BEFORE_A_DAY
    return day and (before in BEFORE_A_DAY or beside_month or follows_month)


def _is_year(tokens: Sequence[Token], at: int, token: Token) -> bool:
    if not any(d.isdigit() and len(d) == 4 and "1950" <= d <= "2099" for d in token.digits):
        return False
    return (
        text_at(tokens, at - 1) in BEFORE_A_YEAR
        or text_at(tokens, at - 1) in MONTHS
        or text_at(tokens, at + 1) in AFTER_A_YEAR
    )


def is_count(tokens: Sequence[Token], at: int) -> bool:
    """Followed by a unit or a plural, or by one word and a plural ("34 empty boxes")."""
    following = text_at(tokens, at + 1)
    if text_at(tokens, at - 1) in ("qty", "quantity", "x", "another", "all", "these", "those", "both"):
        return text_at(tokens, at - 1) in ("qty", "quantity", "x") or _is_plural(following)
    if not is_word_at(tokens, at + 1):
        return False
    is_end = not text_at(tokens, at + 2)
    if following in _VERB_OR_THINGS and (is_end or text_at(tokens, at - 1) in _HAVE):
        return True
    if following in UNITS or _is_plural(following):
        return True
    unknown = following not in _FOLLOWS_OR_INVOICE and not is_little_word(following)
    return unknown and is_word_at(tokens, at + 2) and _is_plural(text_at(tokens, at + 2))


_HAVE = frozenset("have had has having got getting need needed want wanted sold ordered served".split())
_VERB_OR_THINGS = frozenset("covers checks posts works shows stays stops helps stands sales totals".split())
""" "2051 covers it", but "we had 42 covers"."""


def _is_plural(word: str) -> bool:
    if word in UNITS:
        return True
    is_form = len(word) > 3 and word.endswith("s") and not word.endswith(("'s", "ss", "us", "is"))
    return is_form and word not in NOT_PLURAL and not is_little_word(word)


def _is_address(tokens: Sequence[Token], at: int) -> bool:
    before = text_at(tokens, at - 1)
    if (
        before in STREETS
        or before.endswith(("strasse", "straße"))
        or (before == "." and _is_street(tokens, at - 2))
    ):
        return True
    if before in ("to", "at") and text_at(tokens, at - 2) in MOVES:
        return True
    following = text_at(tokens, at + 1)
    if following in THINGS_WITH_NUMBERS or (following in COMPASS and not _is_over(tokens, at + 2)):
        return True
    return any(_ends_street(tokens, at + n, n) for n in range(1, _name_end(tokens, at)))


def _is_street(tokens: Sequence[Token], at: int) -> bool:
    return text_at(tokens, at) in STREETS or text_at(tokens, at).endswith("str")


def _name_end(tokens: Sequence[Token], at: int) -> int:
    """How far a street's name may reach: four words, none of them one that goes on with a sentence."""
    for n in range(1, 6):
        text = text_at(tokens, at + n)
        if _is_over(tokens, at + n) or text in _GOES_ON or is_verb(text):
            return n
    return 6


def _is_over(tokens: Sequence[Token], at: int) -> bool:
    """Neither a word nor an ordinal ("3rd Ave")."""
    return not is_word_at(tokens, at) and not text_at(tokens, at).endswith(("st", "nd", "rd", "th"))


def _ends_street(tokens: Sequence[Token], at: int, words: int) -> bool:
    text = text_at(tokens, at)
    return (
        text in STREETS
        or (words > 1 and text in STREETS_AFTER_A_NAME)
        or text.endswith(("strasse", "straße"))
    )


def _is_time_or_place(tokens: Sequence[Token], at: int) -> bool:
    """ "at 2051": half past eight, a house, an extension; but "look at 2051"."""
    looked = text_at(tokens, at - 2) in ("look", "looking", "looked", "glance")
    return text_at(tokens, at - 1) in ("at", "@", "around") and not looked


def is_sure(tokens: Sequence[Token], first: int, last: int, names: frozenset[str] = frozenset()) -> bool:
    """Whether the words around a number are such as stand around an invoice's number or amount.

    Others may be anything ("bundle 2051", "2051 whatsits"): there the number is no evidence by itself. `names`:
    stems of what people sign with ("Sunset: 310 mailed").
    """
    after = last + 1
    while after < len(tokens) and text_at(tokens, after) in FILLERS:
        after += 1
    follows = _fits(tokens, after, _FOLLOWS) or names_nothing(text_at(tokens, after))
    return follows and is_led(tokens, first, names)


def is_of_something_else(tokens: Sequence[Token], *known: Collection[str]) -> bool:
    """Whether a message speaks of neither money nor papers, and mostly in words that we do not know.

    "We've got 331 coming on saturday, mad busy": there a bare number is anything. `known`: stems of the customer's
    names and goods.
    """
    texts = {t.text for t in tokens if t.kind == "word"}
    if texts & _OF_MONEY_OR_PAPERS:
        return False
    strange = (
        text for text in texts if len(text) > 1 and text not in _VOCABULARY and not names_nothing(text)
    )
    return sum(not any(stem(text) in words for words in known) for text in strange) > 1


def is_led(tokens: Sequence[Token], first: int, names: frozenset[str] = frozenset()) -> bool:
    """Whether the words in front of a number are such; those behind it may be any."""
    before, after = first - 1, first + 1
    while before >= 0 and text_at(tokens, before) in FILLERS:
        before -= 1
    if _is_signed(tokens, before, names) or _is_headed(tokens, before, after):
        return True
    if text_at(tokens, before) in (":", "(", "is", "was", "are", "ist", "est", "es", "è") and not _fits(
        tokens, before - 1, _SAID_OF
    ):
        return False  # "badge: 2051", "our printer is 2051"
    return _fits(tokens, before, BEFORE_A_NUMBER) or may_lead(text_at(tokens, before))


def _is_signed(tokens: Sequence[Token], at: int, names: frozenset[str]) -> bool:
    return stem(text_at(tokens, at - 1 if text_at(tokens, at) == ":" else at)) in names


def _is_headed(tokens: Sequence[Token], before: int, after: int) -> bool:
    """ "AP: 310 wired": one word for a heading, and the verb of a payment; but "boxes: 310 sent"."""
    is_heading = before == 1 and text_at(tokens, 1) == ":" and not _is_plural(text_at(tokens, 0))
    return is_heading and text_at(tokens, after) in _PAYS


_PAYS = frozenset("paid payed mailed wired sent transferred remitted posted deposited cleared".split())


_OF_MONEY_OR_PAPERS = (
    INVOICE
    | DOCUMENTS
    | AMOUNT_WORDS
    | PAYMENT_THINGS
    | PAST
    | CURRENCY_WORDS.keys()
    | MONEY_WORDS.keys()
    | frozenset(
        "funds money pay paying pays payment payments paymt pmt approve approved approving settle settling clear "
        "resend resent "
        "reissue statement receipt quote quoted account accounts acct charge charged billed owe owed owing due overdue "
        "dispute disputed card cash check cheque bank short wrong less rest credit refund duplicate po order job "
        "file autopay giro amex visa books records ledger schedule scheduled steep about regarding re concerning "
        "zahlen bezahlen zahlung pagar pago payer paiement pagamento betalen betaald resto".split()
    )
)
_VOCABULARY = (
    BEFORE_A_NUMBER
    | AFTER_A_NUMBER
    | FILLERS
    | LIST_WORDS
    | NUMBER_SIGNS
    | NEGATIONS
    | ORDERS
    | PO
    | MONTHS.keys()
)
_FOLLOWS = AFTER_A_NUMBER | NOT_PLURAL
_FOLLOWS_OR_INVOICE = AFTER_A_NUMBER | INVOICE
_GOES_ON = AFTER_A_NUMBER - {"last"}
_SAID_OF = BEFORE_A_NUMBER | AFTER_A_NUMBER | INVOICE | AMOUNT_WORDS


def fits_before(tokens: Sequence[Token], at: int) -> bool:
    """Whether what stands there may go before a number sign: "paid #2051", not "printer #2051"."""
    return _fits(tokens, at, _SAID_OF)


def _fits(tokens: Sequence[Token], at: int, words: frozenset[str]) -> bool:
    if not 0 <= at < len(tokens) or text_at(tokens, at) in words or text_at(tokens, at) in LIST_WORDS:
        return True
    return not is_word_at(tokens, at) and text_at(tokens, at) != "#"


def is_group_of(tokens: Sequence[Token], at: int) -> bool:
    """ "19 of us", "8 of the boxes": people and things, no part of an amount."""
    if text_at(tokens, at + 1) != "of":
        return False
    of_what = text_at(tokens, at + 2)
    if of_what in ("the", "our", "your", "my"):
        return _is_plural(text_at(tokens, at + 3))
    return of_what in ("us", "them", "you", "those", "these", "which", "whom") or _is_plural(of_what)
