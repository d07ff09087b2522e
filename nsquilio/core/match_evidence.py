"""What a message says for each invoice of one customer: its numbers, amounts, PO numbers and words.

Evidence only: what follows from it is decided in `matching`. Nothing here looks at who wrote, or when.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from .match_amounts import NONE, Ids, amount_ids, ids_of, rounded_ids, settled_ids, sum_ids
from .match_denial import says_the_other, without
from .match_description import Description, denied, described, hints
from .match_ledger import Book, KnownInvoice, Ledger, known_prefix
from .match_mentions import Mention
from .match_months import months_named
from .match_numbers import all_digits, folded, groups_of, shape_of, without_zeros
from .match_tokens import Token
from .match_words import INVOICE, PAST
from .spoken_numbers import TENS, UNITS, readings


@dataclass(frozen=True, slots=True)
class Evidence:
    """Sets of invoice ids, one for each thing that was said.

    `blocked`: a number that is another customer's or is called an invoice and exists nowhere. `negated`: "not
    2051". `sum_of`: the invoices whose balances make the amount. `rounded`: whose balance it nearly is.
    `settled`: the paid invoices that were about that much. `doubtful`: what a number fits that stands among
    strange words. `is_split`: goods are named that no one memo has together. `months`: those said of an
    invoice, whether a memo has them or not. `is_other`: "the other one".
    """

    numbers: tuple[Ids, ...] = ()
    negated: Ids = NONE
    blocked: bool = False
    amounts: tuple[Ids, ...] = ()
    rounded: Ids = NONE
    sum_of: Ids = NONE
    settled: Ids = NONE
    pos: tuple[Ids, ...] = ()
    doubtful: Ids = NONE
    words: tuple[tuple[str, int], ...] = ()
    is_split: bool = False
    hints: Ids = NONE
    months: frozenset[int] = frozenset()
    is_other: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """One customer's side of a message.

    `name_words`: of everybody who has the sender's phone. People sign with them, so they describe no goods.
    `people`: first names among this customer's contacts. `denied`: places of what the message is not about.
    `currencies`: named apart from any amount ("wired in canadian").
    """

    ledger: Ledger
    book: Book
    name_words: frozenset[str]
    people: frozenset[str]
    tokens: Sequence[Token]
    denied: frozenset[int]
    currencies: frozenset[str] = NONE


def evidence_of(facts: Facts, mentions: Sequence[Mention]) -> Evidence:
    said = _Said()
    single = _without_joined(facts, mentions)
    said.beside = _beside_a_strangers(facts, single)
    for mention in single:
        _take(said, facts, mention)
    _take_denied_values(said, facts)
    affirmed = without(facts.tokens, facts.denied)
    not_goods = denied(facts.tokens, facts.denied, facts.ledger)
    goods = described(
        affirmed,
        facts.ledger,
        facts.name_words,
        facts.people,
        is_contrast=bool(months_named(facts.tokens, facts.denied)),
    )
    return Evidence(
        numbers=tuple(said.numbers),
        negated=frozenset(said.negated) | not_goods,
        blocked=said.blocked,
        amounts=tuple(said.amounts),
        rounded=frozenset(said.rounded),
        sum_of=NONE if said.amounts else frozenset(said.sums),
        settled=frozenset(said.settled),
        pos=tuple(said.pos),
        doubtful=frozenset(said.doubtful),
        words=tuple(sorted(goods.scores.items())),
        is_split=_is_split(goods, not_goods | said.negated),
        hints=hints(affirmed, facts.ledger, facts.name_words, facts.people),
        months=goods.months,
        is_other=says_the_other(facts.tokens, facts.denied),
    )


def _is_split(goods: Description, negated: Set[str]) -> bool:
    own = [words for i, words in goods.own.items() if i not in negated]
    return bool(own) and frozenset().union(*own) not in own


class _Said:
    """Gathered while the mentions are read, in order."""

    def __init__(self) -> None:
        self.numbers: list[Ids] = []
        self.beside: frozenset[int] = frozenset()
        self.negated: set[str] = set()
        self.denied_values: list[tuple[Mention, Ids, Ids]] = []
        self.fits_nothing = False
        self.blocked = False
        self.amounts: list[Ids] = []
        self.rounded: set[str] = set()
        self.sums: set[str] = set()
        self.settled: set[str] = set()
        self.pos: list[Ids] = []
        self.doubtful: set[str] = set()


def _without_joined(facts: Facts, mentions: Sequence[Mention]) -> list[Mention]:
    """Numbers side by side are one number if that is ours, else themselves."""
    joined = [m for m in mentions if m.span > 1 and _number_ids(facts, m)]
    taken = {m.at + n for m in joined for n in range(m.span)}
    single = [m for m in mentions if m.span == 1 and m.at not in taken]
    return sorted([*joined, *single], key=lambda m: m.at)


def _beside_a_strangers(facts: Facts, mentions: Sequence[Mention]) -> frozenset[int]:
    """Places right beside a number of three digits or more that is none of ours: "5550 1101" is a phone.

    "2026 124" may be all of a number of ours.
    """
    numbers = {
        m.at: m for m in mentions if m.span == 1 and not m.is_money and any(len(d) >= 3 for d in m.digits)
    }
    found = set()
    for at, first in numbers.items():
        second = numbers.get(at + 1)
        if second is None or any(a + b in facts.ledger.digits for a in first.digits for b in second.digits):
            continue
        strange = [not (_number_ids(facts, m) or _po_ids(facts, m)) for m in (first, second)]
        found |= {at} if strange[1] else set()
        found |= {at + 1} if strange[0] else set()
    return frozenset(found)


def _take(said: _Said, facts: Facts, mention: Mention) -> None:
    numbers = _number_ids(facts, mention) or _short_in_list(said, facts, mention)
    pos = _po_ids(facts, mention)
    amounts = amount_ids(facts.ledger, mention, facts.currencies)
    if not (numbers or pos or amounts) and _may_end_a_number(mention):
        numbers = ids_of(i for digits in mention.digits for i in _ending_in(facts, digits, told=False))
    if mention.is_negated:
        said.negated |= numbers
        if not numbers:
            said.denied_values.append((mention, pos, amounts))
        return
    is_beside = mention.at in said.beside and mention.span == 1 and mention.label in ("", "strange")
    if (is_beside or _is_doubtful(mention)) and (numbers or pos or amounts):
        said.doubtful |= numbers | pos | amounts
        return
    for found, where in ((numbers, said.numbers), (pos, said.pos), (amounts, said.amounts)):
        if found:
            where.append(found)
    if not numbers and mention.words and mention.label == "invoice":
        rest = _leading_number(facts, mention)
        if rest:
            said.numbers.append(rest)
            return
    if not numbers and _is_past(facts):
        settled = settled_ids(facts.ledger, mention, facts.currencies)
        if mention.is_money and not amounts and settled:
            said.amounts.append(settled)
            return
        said.settled |= settled
    if mention.may_pay and not amounts and not numbers:
        said.rounded |= rounded_ids(facts.ledger, mention)
        said.sums |= sum_ids(facts.ledger, mention)
    if not (numbers or pos or amounts):
        said.fits_nothing = said.fits_nothing or mention.may_pay or mention.label == "po"
        said.blocked = said.blocked or _blocks(facts, mention)


def _take_denied_values(said: _Said, facts: Facts) -> None:
    """ "Should be 800, not 880.50" is about the 880.50; "not the 880.50 one" is not."""
    is_correction = said.fits_nothing and not (said.amounts or says_the_other(facts.tokens, facts.denied))
    for mention, pos, amounts in said.denied_values:
        is_called_one = any(_text(facts, mention.at + n) in INVOICE | {"one", "ones"} for n in (1, 2))
        if not is_correction or is_called_one:
            said.negated |= pos | amounts
            continue
        for found, where in ((pos, said.pos), (amounts, said.amounts)):
            if found:
                where.append(found)


def _text(facts: Facts, at: int) -> str:
    return facts.tokens[at].text if at < len(facts.tokens) else ""


def _is_past(facts: Facts) -> bool:
    """Somebody says that he paid: what was paid may be meant."""
    return any(t.text in PAST for t in facts.tokens)


def _is_doubtful(mention: Mention) -> bool:
    """A bare number among words that say nothing about it."""
    is_bare = mention.label in ("", "strange") and not (mention.code or mention.letters)
    return is_bare and not (_is_sure(mention) or mention.is_money)


def _is_sure(mention: Mention) -> bool:
    """Long numbers, those with zeros in front and those with cents count nothing: any word may follow."""
    tells = any(len(d) >= 6 or (d[0] == "0" and len(d) >= 3) for d in mention.digits) or any(
        v != v.to_integral_value() for v in mention.values
    )
    return mention.is_sure or (mention.is_led and tells and mention.label != "strange")


def _may_end_a_number(mention: Mention) -> bool:
    """ "3325 is paid" for 7003325: three digits at least, and no round sum, which is rather a part payment."""
    is_plain = mention.may_name and _is_sure(mention) and not (mention.is_grouped or mention.is_money)
    return is_plain and all(len(d) >= 3 and int(d) % 50 for d in mention.digits)


# ---- document numbers ----


def _number_ids(facts: Facts, mention: Mention) -> Ids:
    if mention.code:
        return _code_ids(facts, mention)
    if not mention.may_name:
        return NONE
    return ids_of(i for digits in mention.digits for i in _with_digits(facts, mention, digits))


def _code_ids(facts: Facts, mention: Mention) -> Ids:
    key = "".join(groups_of(mention.code))
    if key in facts.ledger.codes:
        is_other = mention.label in ("other", "order", "amount") and key.isdigit()
        return NONE if is_other else ids_of(facts.ledger.codes[key])
    if mention.label == "invoice" and key.isdigit():
        return ids_of(facts.ledger.digits.get(key, ()))
    return _with_swapped_letters(facts, key)


def _with_swapped_letters(facts: Facts, key: str) -> Ids:
    """ "DM-5531" for MD-5531, if DM-5531 is nobody's."""
    letters = key.rstrip("0123456789")
    swapped = [p for p in facts.ledger.prefixes if p != letters and sorted(p) == sorted(letters)]
    if len(swapped) != 1 or not letters.isalpha() or key in facts.book.owners:
        return NONE
    return ids_of(facts.ledger.codes.get(swapped[0] + key[len(letters) :], ()))


def _with_digits(facts: Facts, mention: Mention, digits: str) -> list[KnownInvoice]:
    ledger, plain = facts.ledger, without_zeros(digits)
    if mention.letters:
        lettered = _with_letters(ledger, mention.letters, digits)
        if lettered:
            return lettered
    is_said_so = mention.label in ("invoice", "hash") or _is_sure(mention)
    found: list[KnownInvoice] = []
    if is_said_so or len(plain) >= 3:
        found = ledger.digits.get(digits) or ledger.digits.get(plain) or []
    if not found and (is_said_so or len(plain) >= 4):
        found = ledger.tails.get(plain, [])
    if not found and (mention.is_ending or mention.label == "invoice"):
        found = _ending_in(facts, digits, told=mention.is_ending)
    return found


def _with_letters(ledger: Ledger, letters: str, digits: str) -> list[KnownInvoice]:
    """ "i n v thirty fifty one": the letters may have begun earlier ("a" in "paid a nine eight nine")."""
    for start in range(len(letters)):
        for key in (letters[start:] + digits, letters[start:] + without_zeros(digits)):
            if key in ledger.codes:
                return ledger.codes[key]
    return []


def _ending_in(facts: Facts, digits: str, *, told: bool) -> list[KnownInvoice]:
    """The one candidate that ends so. Untold, only if all candidates begin alike, so that nobody says it."""
    if len(digits) < (2 if told else 3):
        return []
    wholes = facts.ledger.wholes
    fits = [whole for whole in wholes if whole.endswith(digits) and len(whole) > len(digits)]
    if len(fits) != 1:
        return []
    head = fits[0][: -len(digits)]
    is_common = len(wholes) > 1 and all(whole.startswith(head) for whole in wholes)
    return wholes[fits[0]] if told or is_common else []


def _short_in_list(said: _Said, facts: Facts, mention: Mention) -> Ids:
    """ "104233, 241 and 257": the later ones leave out what they have in common with the first."""
    if not mention.continues or not said.numbers or not mention.digits or len(said.numbers[0]) != 1:
        return NONE
    first = all_digits(facts.ledger.candidates[next(iter(said.numbers[0]))].number)
    short = mention.digits[0]
    if not 2 <= len(short) < len(first):
        return NONE
    return ids_of(facts.ledger.wholes.get(first[: -len(short)] + short, ()))


def _leading_number(facts: Facts, mention: Mention) -> Ids:
    """ "invoice twenty fifty one two hundred": the number, and an amount right after it."""
    words = mention.words
    for length in range(len(words) - 2, 1, -1):
        if words[length - 1] in TENS and words[length] in UNITS:
            continue  # "twenty sixty six" is no "twenty sixty"
        for reading in readings(mention.words[:length]):
            found = ids_of(facts.ledger.digits.get(reading.digits, ()))
            if found:
                return found
    return NONE


# ---- numbers that are nobody's, or somebody else's ----


def _blocks(facts: Facts, mention: Mention) -> bool:
    if mention.label in ("other", "amount", "po", "order") or mention.is_money or mention.is_ending:
        return False
    if mention.code:
        return _code_blocks(facts, mention)
    if not mention.may_name:
        return False
    longest = max((len(without_zeros(d)) for d in mention.digits), default=0)
    if mention.label == "invoice":
        return not mention.continues or longest >= 3
    if mention.label == "hash" and longest >= 3:
        return True
    if any(mention.letters.endswith(p) for p in facts.ledger.prefixes if len(p) > 1):
        return True
    if (
        facts.tokens[mention.at + 1].text in INVOICE - {"bills", "invoices"}
        if _has_next(facts, mention)
        else False
    ):
        return longest >= 3
    if longest >= 3 and _is_somebody_elses(facts, mention):
        return True
    if _is_sure(mention) and any(_is_padded_tail(facts, d) for d in mention.digits):
        return True
    return longest >= 4 and _is_near_miss(facts, mention)


def _has_next(facts: Facts, mention: Mention) -> bool:
    return mention.at + 1 < len(facts.tokens)


def _code_blocks(facts: Facts, mention: Mention) -> bool:
    key = "".join(groups_of(mention.code))
    if key in facts.ledger.po_codes:
        return False
    owners = facts.book.owners.get(key, NONE) | facts.book.owners.get(folded(key), NONE)
    if owners and not key.isdigit():
        return True
    if key in facts.ledger.codes or known_prefix(mention.code, facts.ledger.prefixes):
        return True
    if mention.label in ("invoice", "hash"):
        return mention.code[0].isdigit() or bool(owners)
    return key.isdigit() and shape_of(mention.code) in facts.ledger.shapes


def _is_somebody_elses(facts: Facts, mention: Mention) -> bool:
    """Another customer's number, or one of the sender's own that is too old to be meant."""
    return not mention.is_grouped and any(
        d in facts.book.owners or without_zeros(d) in facts.book.owners for d in mention.digits
    )


def _is_padded_tail(facts: Facts, digits: str) -> bool:
    """ "0055" where numbers are "SI/26/0042": nobody writes an amount so. Not the hour: "0930"."""
    is_hour = digits[2:] in ("00", "15", "30", "45") and "06" <= digits[:2] <= "23"
    width = len(digits)
    return (
        digits[0] == "0"
        and width >= 3
        and not (width == 4 and is_hour)
        and any(len(shape) > 1 and shape[-1] == (width, True) for shape in facts.ledger.shapes)
    )


def _is_near_miss(facts: Facts, mention: Mention) -> bool:
    """As long as a number of theirs and beginning like it, not round: rather a slip than a part payment."""
    beginnings = facts.ledger.beginnings
    return not mention.is_grouped and any(
        (len(d), d[: len(d) // 2]) in beginnings and int(d) % 50 for d in mention.digits
    )


# ---- PO numbers ----


def _po_ending_in(ledger: Ledger, endings: Sequence[str]) -> Ids:
    """ "The PO ending 2010"; only if one PO ends so."""
    fits = [whole for whole in ledger.po_digits if whole.endswith(tuple(endings))]
    return ids_of(ledger.po_digits[fits[0]]) if len(fits) == 1 else NONE


def _po_ids(facts: Facts, mention: Mention) -> Ids:
    ledger = facts.ledger
    if mention.code:
        return ids_of(ledger.po_codes.get("".join(groups_of(mention.code)), ()))
    if mention.letters:
        found = [i for d in mention.digits for i in ledger.po_codes.get(mention.letters + d, ())]
        if found:
            return ids_of(found)
    named = [
        i for d in mention.digits for i in ledger.po_digits.get(without_zeros(d), ledger.po_digits.get(d, ()))
    ]
    if mention.label == "po" and mention.is_ending and not named:
        return _po_ending_in(ledger, mention.digits)
    if mention.label == "po" or (mention.label == "order" and max(map(len, mention.digits)) >= 3):
        return ids_of(named)
    if not mention.may_name or mention.label in ("invoice", "said"):
        return NONE
    return ids_of(named) if max(len(without_zeros(d)) for d in mention.digits) >= 4 else NONE
