"""Months that name an invoice ("the June fee", "June was paid"), told from months that date a payment.

"Paid in June", "june 3", "end of June" and "scheduled for June" say when; they name no invoice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import lru_cache

from .match_labels import text_at
from .match_tokens import Token
from .match_words import INVOICE, MONTHS, words_of

_WORD = re.compile(r"[^\W\d_]+")
_WHEN = words_of(
    "in by before until till til through thru since during around after on early mid late next end beginning "
    "start this last coming im bis seit vor nach ende anfang mitte en fin début desde hasta mi"
)
"""Before a month these make it a time."""
_FOR = words_of("for für pour para")
_BILLS = INVOICE | words_of(
    "one ones payment statement fee fees charge charges rent dues installment instalment retainer subscription "
    "premium billing amount balance service rechnung"
)
_RUNS = words_of("run runs batch cycle round date day schedule")
"""Behind "June payment" these make it a time again."""
_SCHEDULED = words_of(
    "schedule scheduled scheduling set planned plan planning slated due booked promised queued lined waiting "
    "wait until available ready back"
)
_PAY = words_of(
    "paid pay paying payed owe owed covered cover covering settled settle cleared missed disputing dispute "
    "bezahlt payé pagado regarding re mean meant"
)
_WANTED = words_of(
    "resend re-send send email forward need want missing dispute disputing got get received find see have "
    "missed "
)
_PIECES = words_of("copy copies pdf part rest half portion remainder scan")
_SOON = words_of("will ll gonna i'll we'll they'll you'll")
_ASKED_ABOUT = words_of(
    "calling asking question questions texting writing issue problem is it's its reminder text message"
)
_LATER = _SOON | words_of("to can could would should might may shall")
_IS = words_of(
    "is was are were has been isn't wasn't hasn't isnt wasnt hasnt should already got went still ist "
    "wurde war est sont était es fue è "
)
_STATES = words_of(
    "paid payed settled sent mailed cleared covered done due overdue late missing wrong incorrect short high "
    "open outstanding unpaid billed charged disputed ok okay fine good out not never still already been gone "
    "too in wired posted handled taken bezahlt double twice canceled cancelled voided void credited refunded "
    "bezahlt überwiesen offen payé réglé viré pagado pagada pagato pagata waived supposed included "
    "approved rejected returned lost ours correct more less "
)
_ASKS = words_of("is was has did does hasn't isn't wasn't didn't")
_GOES = words_of("go get clear been come")
_SAYS = words_of(
    "thought think says said see show shows showing hope believe sure told if because since so why when "
    "and but "
    "also the yes yeah ok that"
)
_SETTLED = words_of("paid payed settled cleared covered mailed wired sent done posted bezahlt")
_OBJECTS = words_of("it the that this them you us our your an a all both me him her")
_SUBJECTS = words_of("we i you they it he she u who that which this these and")
_AFTER_MAY = words_of("be have not need want also still i we you they it")
_LIST = words_of("and & , / + or und et y plus")


@lru_cache(maxsize=65_536)
def months_of(memo: str) -> frozenset[int]:
    """The months that a memo names."""
    return frozenset(MONTHS[w] for w in _WORD.findall(memo.casefold()) if w in MONTHS)


def month_at(tokens: Sequence[Token], at: int) -> int | None:
    """Which month stands there; "june's" and "junes" too."""
    if not 0 <= at < len(tokens) or tokens[at].kind != "word":
        return None
    word = tokens[at].text.removesuffix("'s")
    return MONTHS.get(word) or (MONTHS.get(word[:-1]) if len(word) > 4 and word.endswith("s") else None)


def months_meant(
    tokens: Sequence[Token], goods: Set[str], telling: Set[str], people: Set[str], *, is_contrast: bool
) -> frozenset[int]:
    """The months that stand for an invoice.

    `goods`: words of the message that memos have; `telling`: those that tell without a month. `people`: names
    of the customer's people ("June paid it"). `is_contrast`: other months were denied ("not May, June").
    """
    reading = _Months(tokens, goods, telling, people, is_contrast)
    places = [at for at in range(len(tokens)) if month_at(tokens, at)]
    meant = {at for at in places if reading.is_meant(at)}
    for at in (*places, *reversed(places)):  # "May and June are paid"
        is_beside = any(text_at(tokens, at + step) in _LIST and at + 2 * step in meant for step in (-1, 1))
        if is_beside and not reading.is_day(at):
            meant.add(at)
    return frozenset(month for at in meant if (month := month_at(tokens, at)))


def months_perhaps(tokens: Sequence[Token], people: Set[str]) -> frozenset[int]:
    """The months that nothing makes a time: too little to name an invoice, enough to doubt another."""
    reading = _Months(tokens, frozenset(), frozenset(), people, is_contrast=False)
    places = (at for at in range(len(tokens)) if month_at(tokens, at))
    open_ = (at for at in places if not (reading.is_time(at) or reading.is_other_word(at)))
    return frozenset(month for at in open_ if (month := month_at(tokens, at)))


def months_named(tokens: Sequence[Token], places: Set[int]) -> frozenset[int]:
    """The months among some words that are known to speak of invoices."""
    return frozenset(month for at in places if (month := month_at(tokens, at)))


class _Months:
    """One message, and what its words are to the customer's memos."""

    def __init__(
        self,
        tokens: Sequence[Token],
        goods: Set[str],
        telling: Set[str],
        people: Set[str],
        is_contrast: bool,
    ) -> None:
        self.tokens, self.goods, self.telling, self.people = tokens, goods, telling, people
        self.is_contrast = is_contrast

    def text(self, at: int) -> str:
        return text_at(self.tokens, at)

    def is_over(self, at: int) -> bool:
        return not 0 <= at < len(self.tokens) or (
            self.tokens[at].kind == "mark" and self.text(at) not in ("-", "'")
        )

    def is_day(self, at: int) -> bool:
        """ "june 3", "3rd of june", "June 5th"."""
        return any(self._counts_days(at + n) for n in (1, -1)) or (
            self.text(at - 1) == "of" and self._counts_days(at - 2)
        )

    def _counts_days(self, at: int) -> bool:
        if not 0 <= at < len(self.tokens):
            return False
        token = self.tokens[at]
        is_day = bool(token.values) and token.kind == "number" and token.values[0] <= 31
        return is_day or (token.kind == "skip" and token.text[:1].isdigit() and token.text[-2:].isalpha())

    def is_time(self, at: int) -> bool:
        """When something is or was to be, whatever stands around it."""
        before, following = self.text(at - 1), self.text(at + 1)
        if self.is_day(at):
            return True
        if self.tokens[at].text.endswith("'s"):
            return following == "end"
        return (
            before in _WHEN
            or (before == "of" and self.text(at - 2) in _WHEN)
            or (before in _FOR and any(self.text(at - n) in _SCHEDULED for n in range(2, 6)))
            or following in _RUNS
            or self.text(at + 2) in _RUNS
        )

    def is_other_word(self, at: int) -> bool:
        """ "We may charge"; June, who paid it."""
        word, before = self.text(at), self.text(at - 1)
        return word in self.people or (
            word in ("may", "march", "mar") and (before in _SUBJECTS or self.text(at + 1) in _AFTER_MAY)
        )

    def is_meant(self, at: int) -> bool:
        if self.is_time(at):
            return False
        return (
            self.tokens[at].text.endswith("'s")
            or self._names_a_bill(at)
            or self._is_for(at)
            or self._follows_goods(at)
            or self._is_subject(at)
            or self._is_object(at)
            or (self.is_contrast and self.is_over(at + 1))
        )

    def _names_a_bill(self, at: int) -> bool:
        """ "June fee", "the may one"; but "we may charge"."""
        following = self.text(at + 1)
        return not self.is_other_word(at) and (following in _BILLS or following in self.goods)

    def _is_for(self, at: int) -> bool:
        before, earlier = self.text(at - 1), self.text(at - 2)
        if before in _FOR:
            return True
        if before == "of" and earlier in ("month", "monat", "mois", "mes"):
            return self.text(at - 3) not in _WHEN and self.text(at - 4) not in _WHEN
        return before in ("from", "of") and (earlier in _BILLS | _PIECES or earlier in self.goods)

    def _follows_goods(self, at: int) -> bool:
        beside = {self.text(at + n) for n in (-2, -1, 1, 2)}
        return self.text(at - 1) in self.goods or bool(beside & self.telling)

    def _is_subject(self, at: int) -> bool:
        """ "June was paid", "june paid already"; but "June paid it", "June is out today"."""
        before = self.text(at - 1)
        following, after = self.text(at + 1), self.text(at + 2)
        if self.text(at) in self.people:
            return False
        if before in _ASKS:
            return following in _STATES | _GOES and after not in _OBJECTS
        if not (self.is_over(at - 1) or before in _SAYS):
            return False
        if following in _IS:
            return after in _STATES or any(self.text(at + n) in _SETTLED for n in (2, 3, 4))
        return following in _SETTLED | {"due", "overdue", "missing"} and after not in _OBJECTS

    def _is_object(self, at: int) -> bool:
        """ "we paid June", "pay June on Friday"; but "will pay June", which may be when."""
        is_about = self.text(at - 1) == "about" and self.text(at - 2) in _ASKED_ABOUT
        if self.text(at) in self.people:
            return False
        if self.text(at - 1) in _WANTED or is_about:
            return not any(self.text(at - n) in _SOON for n in range(2, 5))
        if self.text(at - 1) not in _PAY:
            return False
        if any(self.text(at - n) in _LATER for n in range(2, 5)):
            return self.text(at + 1) in ("on", "by", "with", "tomorrow", "today", "next", "this")
        return self.is_over(at + 1) or self.tokens[at + 1].kind in ("word", "skip")
