"""What each number in a message may be: a document number, an amount, a PO number, or none of ours.

A number is read by the words around it ("check 2051", "2051 boxes", "at 2051 Oak St", "PO 2051", "inv 2051").
Only then is it compared with anything: whether an invoice 2051 exists must not change how the words are read.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .match_context import (
    currency_beside,
    fits_before,
    is_count,
    is_led,
    is_none_of_ours,
    is_of_something_else,
    is_phone,
    is_sure,
    money_after,
    with_cents,
)
from .match_labels import Label, before_number, text_at
from .match_tokens import Token
from .match_words import FILLERS, LIST_WORDS, NUMBER_SIGNS, ORDERS, PO

_MOST_MENTIONS = 40
"""Somebody who lists more needs a person to read it."""


@dataclass(frozen=True, slots=True)
class Mention:
    """`digits`, `values`: readings. `code`: letters and digits, or parted digits. `letters`: said before it.

    `is_sure`: no strange words around it; else it is evidence only together with other. `is_led`: none in front
    of it. `perhaps_currencies`: "2180 us", which may be a pronoun. `span`: how many numbers side by side it
    joins ("20 51"); they stand for themselves only if the joined one is none.
    """

    at: int
    label: Label = ""
    digits: tuple[str, ...] = ()
    values: tuple[Decimal, ...] = ()
    currencies: frozenset[str] = frozenset()
    perhaps_currencies: frozenset[str] = frozenset()
    code: str = ""
    letters: str = ""
    may_name: bool = False
    may_pay: bool = False
    is_money: bool = False
    is_sure: bool = False
    is_led: bool = False
    is_grouped: bool = False
    is_ending: bool = False
    is_negated: bool = False
    continues: bool = False
    span: int = 1
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hearing:
    """How a message is to be read. `prefixes`: letters in front of the document numbers we know.

    `spoken`: a transcript. `names`: stems of what people sign with. `denied`: places of what it is not about.
    `goods`: stems of the customer's memos.
    """

    prefixes: frozenset[str]
    spoken: bool = False
    names: frozenset[str] = frozenset()
    denied: frozenset[int] = frozenset()
    goods: Collection[str] = ()


def mentions_of(tokens: Sequence[Token], hearing: Hearing) -> tuple[Mention, ...]:
    found: list[Mention] = []
    for at, token in enumerate(tokens):
        if token.kind not in ("number", "money", "code"):
            continue
        if len(found) == _MOST_MENTIONS:
            break
        mention = _mention(tokens, at, hearing, found[-1] if found else None)
        if mention is not None:
            found.append(mention)
    return (*found, *_joined(tokens, found, hearing.spoken))


def _mention(tokens: Sequence[Token], at: int, hearing: Hearing, last: Mention | None) -> Mention | None:
    token = tokens[at]
    if token.kind == "money":
        values = with_cents(tokens, at + 1, token.values) if token.currencies else token.values
        is_negated = at in hearing.denied
        named, perhaps = currency_beside(tokens, at)
        return Mention(
            at,
            values=values,
            currencies=(token.currencies & named or token.currencies or named) if named else token.currencies,
            perhaps_currencies=perhaps,
            may_pay=True,
            is_money=True,
            is_negated=is_negated,
        )
    before = before_number(tokens, at, hearing.prefixes)
    if before.label == "hash" and not fits_before(tokens, before.start):
        before = replace(before, label="strange")
    continues = last is not None and not before.label and _is_list(tokens, last.at, at)
    if continues and last is not None:
        before = replace(before, label=last.label)
    mention = Mention(
        at,
        label=before.label,
        letters=before.letters,
        is_ending=before.is_ending,
        is_negated=at in hearing.denied or (last is not None and continues and last.is_negated),
        continues=continues,
        is_sure=last is not None and continues and (last.is_sure or bool(last.code)),
        words=token.parts,
    )
    if token.kind == "code":
        return replace(mention, code=token.text, may_name=before.label not in ("other", "amount"))
    return _number_mention(tokens, token, mention, hearing)


def _number_mention(tokens: Sequence[Token], token: Token, mention: Mention, hearing: Hearing) -> Mention:
    at = mention.at
    read = replace(mention, digits=token.digits, values=token.values, is_grouped=token.grouped)
    if read.label == "other" or (not read.label and is_phone(tokens, at)):
        return replace(read, label="other")
    money = money_after(tokens, at, token)
    if money is not None:
        return replace(read, values=money[0], currencies=money[1], label="", may_pay=True, is_money=True)
    currencies, perhaps = currency_beside(tokens, at)
    if currencies and not read.label:
        return replace(read, currencies=currencies, may_pay=True, is_money=True)
    read = replace(read, perhaps_currencies=perhaps)
    if not read.label and text_at(tokens, at + 1) in ORDERS | PO:
        read = replace(read, label="order")
    if read.label in ("po", "order"):
        return read
    if read.label == "amount":
        return replace(read, may_pay=not is_none_of_ours(tokens, at, token), is_sure=True)
    if read.label in ("invoice", "hash") and not (read.continues and is_count(tokens, at)):
        named = read.label == "invoice" and token.grouped
        return replace(read, may_name=True, may_pay=named, is_sure=True)
    if token.is_known:
        return replace(read, may_name=read.label != "strange", is_sure=True)
    if is_none_of_ours(tokens, at, token):
        return replace(read, label="other")
    sure = is_sure(tokens, at, at, hearing.names) or read.label == "said" or read.is_ending or read.is_sure
    sure = sure and read.label != "strange"
    led = is_led(tokens, at, hearing.names)
    may_name = (
        (hearing.spoken or not token.grouped) and bool(token.digits) and text_at(tokens, at + 1) != "of"
    )
    if sure and _may_count(read) and is_of_something_else(tokens, hearing.names, hearing.goods):
        sure = led = False
    return replace(read, may_name=may_name, may_pay=True, is_sure=sure, is_led=led)


def _may_count(mention: Mention) -> bool:
    """A bare number that could be one of people or things: neither long nor with cents, nor one of a list."""
    is_bare = not (mention.label or mention.is_ending or mention.continues)
    return is_bare and all(len(d) < 5 for d in mention.digits) and all(v == int(v) for v in mention.values)


# ---- lists and pieces ----


def _is_list(tokens: Sequence[Token], first: int, second: int) -> bool:
    """Nothing but list words between two numbers: the second is what the first is."""
    between = [t.text for t in tokens[first + 1 : second]]
    allowed = LIST_WORDS | FILLERS | NUMBER_SIGNS | {"(", ")", ".", "-"}
    return len(between) <= 4 and all(text in allowed for text in between)


def _joined(tokens: Sequence[Token], found: Sequence[Mention], spoken: bool) -> list[Mention]:
    """Numbers side by side that may be one ("20 51"), in transcripts and behind the word invoice."""
    joined = []
    for index, first in enumerate(found):
        run = _adjacent(tokens, found, index)
        if len(run) < 2 or first.label in ("other", "po", "order"):
            continue
        if not (spoken or first.label == "invoice" or _is_spaced(tokens, run)):
            continue
        if index and found[index - 1].at == first.at - 1 and found[index - 1].digits:
            continue
        whole = replace(first, digits=("".join(m.digits[0] for m in run),), values=(), words=())
        sure = first.label in ("invoice", "hash") or is_sure(tokens, first.at, run[-1].at)
        joined.append(replace(whole, may_name=True, may_pay=False, is_sure=sure, span=len(run)))
    return joined


def _is_spaced(tokens: Sequence[Token], run: Sequence[Mention]) -> bool:
    """ "100 234": typed in groups of two or three, five digits at least; four may be "20 51 boxes"."""
    groups = [m.digits[0] for m in run]
    is_typed = not any(tokens[m.at].spoken or tokens[m.at].is_known for m in run)
    return is_typed and all(len(g) in (2, 3) for g in groups) and sum(map(len, groups)) >= 5


def _adjacent(tokens: Sequence[Token], found: Sequence[Mention], index: int) -> list[Mention]:
    run = [found[index]]
    for mention in found[index + 1 :]:
        if mention.at != run[-1].at + 1 or not mention.digits or mention.is_money:
            break
        run.append(mention)
    return run if run[0].digits and not run[0].is_money and len(run) <= 12 else run[:1]
