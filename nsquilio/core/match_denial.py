"""Which words say what a message is not about: "not the panel board one", "except 2060", "instead of PO 18".

Places only; what stands there is compared with invoices like any other words. A verb behind the "not" makes a
complaint of it ("we did not get the panel board"), and so does what was ordered ("not the board we ordered").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from .match_labels import text_at
from .match_tokens import Token
from .match_words import INVOICE, MONTHS, NUMBER_SIGNS, PO, words_of

Places = frozenset[int]
IsGoods = Callable[[str], bool]
"""Whether a word stands in a memo of the customer's."""

_NO = r"(?:not|don't|dont|didn't|didnt|doesn't|doesnt|won't|wont|haven't|havent|hasn't|hasnt|never|nicht|pas)"
_TALKED = (
    r"(?:mean|means|meant|meaning|talk about|refer to|concern|concerning|related to|connected to"
    r"|to do with|(?:talking|asking|calling|writing|texting|speaking|messaging) (?:about|of|on|for|regarding)"
    r"|referring to)"
)
_EXCEPT = (
    r"except(?: for)?|excluding|excl|apart from|aside from|other than|rather than|instead of|besides|unlike"
    r"|as opposed to|(?:everything|anything|all|everyone) but|but not|(?:nothing|anything) to do with"
    r"|unrelated to|nothing about|never ?mind|forget(?: about)?|außer|ausser|statt|anstatt|sauf|hormis"
    r"|excepté|à part|plutôt que|au lieu de|excepto|salvo|en vez de"
)
_BARE = r"(?<!why )(?<!or )(?<!if )not|nicht|(?<!ai )(?<!avons )(?<!as )(?<!avez )pas|no es"
_CUE = re.compile(
    rf"(?<!\S)(?:{_NO} (?:really )?{_TALKED}|{_EXCEPT}|{_BARE}|no(?= (?:el|la|los|las|por) ))(?!\S)"
)
_IS_NOT = re.compile(r"(?<!\S)([^\W\d_]\S*) (?:isn't|isnt|wasn't|wasnt|aren't|arent|ain't|aint)(?!\S)")
"""With what is denied before it: "isn't the panel board paid?" denies nothing."""
_NOT_OWED = re.compile(
    rf"(?<!\S){_NO} (?:(?:be|been|going to|gonna|to|yet) )*(?:owe|owed|owing|pay|payed|paid|paying|settle"
    r"|settled|settling|dispute|disputed|disputing|question|questioning|contest|contesting)(?: you)?(?!\S)"
)
"""Denied only where what is owed, paid or disputed instead is named."""
_NOT_THE_ONE = re.compile(r"(?<!\S)(?:isn't|isnt|wasn't|wasnt|not) the (?:one|ones)(?!\S)")
_OTHER = re.compile(
    r"(?<!\S)(?:other (?:one|invoice|inv|bill|1)|l'autre(?: facture)?|die andere|la otra)(?!\S)"
)

_OPENERS = words_of("why how and or but because if so then when who ok yes no hi hello hey please")
_LINKS = words_of(
    "about for on over regarding re concerning from with to of toward towards against wegen für um über von "
    "mit pour sur por para sobre de"
)
_THE = words_of(
    "the our your my that this those these der die das den dem le la les el los las l' unser unsere"
)
_HEADS = INVOICE | PO | NUMBER_SIGNS | words_of("one ones payment charge fee bestellung commande")
_ENDS = words_of(
    "not nicht pas is was are were be been being has have had will would can could should might must do does did "
    "isn't isnt wasn't wasnt aren't don't dont didn't doesn't haven't hasn't can't won't paid pay pays paying "
    "payed sent send mailed wired got get came went goes go but only just it its it's that's thats he she they "
    "he's we're already we i i'm im you u who which that what since because so if when as then yes yeah please pls "
    "thanks thx still today tomorrow yesterday either sondern ist sind war mais est sont sino "
    "está fue arrived needs looks"
)
_ORDERED = words_of(
    "ordered order asked requested agreed bought wanted want specified quoted needed need expected signed "
    "discussed promised approved purchased chose picked commandé bestellt pedimos commandée"
)
_PEOPLE = words_of("we i you they he she u that which who it was were our que wir nous")
_INSTEAD = words_of("only just but solely merely sondern seulement mais solo sólo sino")


def denied_places(tokens: Sequence[Token], is_goods: IsGoods) -> Places:
    """The places of everything that is said not to be meant."""
    text, starts = _joined(tokens)
    found: set[int] = set()
    for first, last in _cues(text, starts, tokens):
        if text_at(tokens, first - 1) in ("has", "have", "had") and _is_at(tokens, first - 2, is_goods):
            continue  # "the board has nothing to do with the conduit" may be about either
        found.update(_denied_behind(tokens, last, is_goods, is_bare=last == first + 1))
    for match in _NOT_OWED.finditer(text):
        phrase = _denied_behind(tokens, _place(starts, match.end()), is_goods, is_bare=False)
        if phrase and _names_another(tokens, phrase[-1] + 1, is_goods):
            found.update(phrase)
    for match in _NOT_THE_ONE.finditer(text):
        found.update(_denied_before(tokens, _place(starts, match.start()), is_goods))
    return frozenset(found)


def says_the_other(tokens: Sequence[Token], denied: Places) -> bool:
    """ "the other one", unless that is denied too."""
    text, starts = _joined(tokens)
    return any(not denied & {_place(starts, m.start())} for m in _OTHER.finditer(text))


def without(tokens: Sequence[Token], places: Places) -> tuple[Token, ...]:
    """The same places, with nothing to read at some."""
    return tuple(Token("mark", "¬") if at in places else token for at, token in enumerate(tokens))


def _joined(tokens: Sequence[Token]) -> tuple[str, list[int]]:
    """The message with one space between tokens, and where each token starts."""
    starts = list(accumulate((len(t.text) + 1 for t in tokens), initial=0))
    return " ".join(t.text for t in tokens), starts


def _place(starts: Sequence[int], offset: int) -> int:
    return bisect_left(starts, offset)


def _cues(text: str, starts: Sequence[int], tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """First place of each denying word or phrase, and the place behind it."""
    for match in _CUE.finditer(text):
        yield _place(starts, match.start()), _place(starts, match.end())
    for match in _IS_NOT.finditer(text):
        if match[1] not in _OPENERS:
            end = _place(starts, match.end())
            yield end - 1, end


def _denied_behind(tokens: Sequence[Token], at: int, is_goods: IsGoods, *, is_bare: bool) -> range:
    first = _first_named(tokens, at, is_goods)
    if first is None:
        return range(0)
    end = _phrase_end(tokens, first, is_goods)
    is_linked = any(text_at(tokens, n) in _LINKS for n in range(at, first))
    if text_at(tokens, end) == "either" or (is_bare and not is_linked and _is_what_was_ordered(tokens, end)):
        return range(0)
    return range(first, end)


def _first_named(tokens: Sequence[Token], at: int, is_goods: IsGoods) -> int | None:
    """Where something that may be ours begins, with nothing but links and articles before it.

    "not the right board", "not happy with the board" and "not a board" speak of it.
    """
    while at < len(tokens) and text_at(tokens, at) in _LINKS | _THE:
        at += 1
    return at if at < len(tokens) and _may_be_ours(tokens[at], is_goods) else None


def _may_be_ours(token: Token, is_goods: IsGoods) -> bool:
    if token.kind in ("number", "money", "code") or token.text in _HEADS:
        return True
    word = token.text.removesuffix("'s")
    return token.kind == "word" and (word in MONTHS or is_goods(word))


def _is_at(tokens: Sequence[Token], at: int, is_goods: IsGoods) -> bool:
    return at >= 0 and _may_be_ours(tokens[at], is_goods)


def _phrase_end(tokens: Sequence[Token], at: int, is_goods: IsGoods) -> int:
    end = at + 1
    while end < len(tokens):
        text, before = tokens[end].text, tokens[end - 1].text
        if text in ("and", "&", "or", "nor", "oder", "ou", "und", "et", "y", "o"):
            if _first_named(tokens, end + 1, is_goods) is None or (
                text not in ("or", "nor", "oder", "ou") and text_at(tokens, end + 1) in _THE
            ):
                break
        elif (
            (text in _LINKS and tokens[end - 1].kind in ("number", "money", "code"))
            or text in _ENDS
            or (text in _THE | {"other"} and before not in _LINKS | {"or", "nor"})
            or (
                tokens[end].kind == "mark"
                and text not in ("-", "#", "/")
                and not _is_abbreviation(text, before)
            )
        ):
            break
        end += 1
    return end


def _is_abbreviation(text: str, before: str) -> bool:
    return text == "." and before in ("inv", "no", "nr", "po", "p", "o")


def _is_what_was_ordered(tokens: Sequence[Token], end: int) -> bool:
    """ "(not the board) we ordered", "that you quoted"."""
    following = [text_at(tokens, end + n) for n in range(4)]
    return following[0] in _PEOPLE and any(text in _ORDERED for text in following[1:])


def _names_another(tokens: Sequence[Token], at: int, is_goods: IsGoods) -> bool:
    """Whether ", only the conduit" follows."""
    while text_at(tokens, at) in (",", ";", "-", ".", "and"):
        at += 1
    if text_at(tokens, at) not in _INSTEAD:
        return False
    while text_at(tokens, at) in _INSTEAD:
        at += 1
    return _first_named(tokens, at, is_goods) is not None


def _denied_before(tokens: Sequence[Token], at: int, is_goods: IsGoods) -> range:
    """ "the panel board (is not the one)", unless it goes on with "we ordered"."""
    if text_at(tokens, at - 1) in ("is", "was", "are", "were"):
        at -= 1
    first = at
    while first and _may_be_ours(tokens[first - 1], is_goods):
        first -= 1
    end = next((n for n in range(at, len(tokens)) if text_at(tokens, n) in ("one", "ones")), at) + 1
    return range(0) if _is_what_was_ordered(tokens, end) else range(first, at)
