"""What a customer's text or voicemail transcript means: one kind, the words that decided, a promised day
and sum.

Rules anyone can read: `reply_words` makes words of the text, the tables (`reply_stopping`, `reply_dispute`,
`reply_paid`, `reply_promise`, `reply_asks`, `reply_rest`, `reply_foreign`) say which words mean what, this module
holds their order. Then all the words vote (`reply_votes`): where no rule knows a text, or one was met by words that
clearly mean something else, the majority decides, `unsure`, so that a person looks. Days and sums come from the
grammar alone. Reads no clock or socket; the same text gives the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from unicodedata import normalize

from nsquilio.core import (
    reply_asks,
    reply_copies,
    reply_foreign,
    reply_goods,
    reply_languages,
    reply_loose,
    reply_rest,
)
from nsquilio.core import reply_dispute as dispute
from nsquilio.core import reply_paid as paid
from nsquilio.core import reply_promise as promise
from nsquilio.core.reply_amounts import Sum, find_sums, promised_sum
from nsquilio.core.reply_bare_days import bare_day, day_clause, leads, lone_day
from nsquilio.core.reply_calendar import MONTHS, WEEKDAYS, Holidays
from nsquilio.core.reply_classes import CLASSES
from nsquilio.core.reply_conditions import CONDITIONS
from nsquilio.core.reply_date_forms import Mention
from nsquilio.core.reply_dates import find_dates, promise_day
from nsquilio.core.reply_model import Kind, OpenItem, Reading
from nsquilio.core.reply_numbers import NUMBER_WORDS, ORDINAL_WORDS
from nsquilio.core.reply_optin import OPT_IN, START_KEYWORDS
from nsquilio.core.reply_optout import STOP_KEYWORDS
from nsquilio.core.reply_ordinary import EVERYDAY_WORDS
from nsquilio.core.reply_questions import CLAIMANTS, DAYS, GRIEVANCES, plain_words
from nsquilio.core.reply_quotes import is_reaction, is_silence, own_words
from nsquilio.core.reply_rules import Found, Table, hide, vocabulary
from nsquilio.core.reply_spelling import Spelling, one_edit_apart
from nsquilio.core.reply_stopping import (
    STOPPING_TABLES,
    complaining,
    grumbling,
    reading_of,
    stopping,
)
from nsquilio.core.reply_vocabulary import SHORTHAND
from nsquilio.core.reply_votes import STOPPING
from nsquilio.core.reply_weighing import outvoting
from nsquilio.core.reply_words import Word, read_words, shorten

__all__ = ["Kind", "OpenItem", "Reading", "is_opt_out", "read_reply"]


@dataclass(frozen=True)
class _Text:
    """A message ready for the tables."""

    own: str
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]
    sums: tuple[Sum, ...]
    today: date
    balances: tuple[Decimal, ...]


def read_reply(
    text: str,
    *,
    received: datetime,
    invoices: Sequence[OpenItem] = (),
    channel: str = "sms",
    holidays: Holidays = (),
    sent: str = "",
) -> Reading:
    """What a message says. `received`: aware, in the sender's zone; its day is the day of the message.

    `sent`: our last message to this phone, so that a quote of it is known; `holidays`: no working days,
    for "after the holiday".
    """
    for part in (text, text.rpartition("\n")[2]):  # the line below a quote of ours may be one too
        if is_reaction(part) and not own_words(part).strip() and not _words_above(text, part):
            return Reading(Kind.acknowledgement, _surface(part), "reaction")
    own = own_words(shorten(text), sent)
    if is_silence(own):
        bare = _bare_keyword(text)  # "(STOP)" is no stage direction, ">> STOP <<" no quote
        if bare is not None:
            return replace(bare, keyword=False)
        return Reading(Kind.other, (), "silence", unsure=bool(own.strip()))
    bare = _bare_keyword(own)
    if bare is not None:
        return replace(bare, keyword=bare.keyword and channel == "sms")  # carriers hear no voicemail
    prepared = _prepare(own, received.date(), invoices, holidays)
    return _weighed(_read(prepared), prepared)


def _words_above(text: str, part: str) -> str:
    return own_words(text.removesuffix(part)).strip(" .\n")


def is_opt_out(text: str) -> bool:
    """Whether a text asks that texts to this number end, in any wording."""
    return read_reply(text, received=datetime(2026, 1, 5)).kind is Kind.opt_out


# ---- words, days and sums ----


def _tables() -> list[Table]:
    own = [
        *STOPPING_TABLES,
        dispute.DISPUTE_MASKS,
        dispute.DISPUTE,
        reply_goods.GOODS,
        dispute.DISPUTE_MAYBE,
        paid.PAID_MASKS,
        paid.PAID_ASKED,
        paid.PAID_SURE,
        paid.PAID,
        promise.PROMISE_MASKS,
        promise.PROMISE_SURE,
        promise.PROMISE,
        promise.NOT_BARE,
        reply_copies.COPY_MASKS,
        reply_copies.COPY_REQUEST,
        reply_asks.QUESTION_MASKS,
        reply_asks.QUESTION,
        reply_asks.QUESTION_PLAIN,
        reply_asks.HELP,
        reply_rest.AUTOMATIC,
        reply_rest.OTHER,
        reply_rest.SPAM,
        reply_rest.ACKNOWLEDGEMENT,
        reply_rest.COURTESY,
    ]
    own += [
        *(loose for _, loose in reply_loose.LOOSE),
    ]
    return [*own, *(table for _, table in CONDITIONS), *reply_foreign.FOREIGN_OTHER.values()]


@lru_cache(maxsize=1)
def _spelling() -> Spelling:
    """Every word that is right as it stands: those of the rules, of the dates and numbers, of the
    shorthand."""
    known = vocabulary(_tables()) | NUMBER_WORDS | ORDINAL_WORDS | set(MONTHS) | set(WEEKDAYS)
    known |= {word for words in CLASSES.values() for word in words} | EVERYDAY_WORDS
    known |= {word for phrase in SHORTHAND.values() for word in phrase.split()}
    return Spelling(known)


def words_of(text: str, day: date) -> tuple[Word, ...]:
    """The words of a text from that day as the tables see them, days and sums marked."""
    return _prepare(own_words(shorten(text), ""), day, (), ()).words


def _prepare(own: str, today: date, invoices: Sequence[OpenItem], holidays: Holidays) -> _Text:
    words = read_words(own, _spelling())
    currency = invoices[0].currency.upper() if invoices else "USD"
    due = invoices[0].due_date if len(invoices) == 1 else None
    mentions = find_dates(
        words,
        today,
        day_first=currency not in ("USD", "CAD"),
        due=due,
        holidays=holidays,
        canadian=currency == "CAD",
    )
    taken = {place for mention in mentions for place in range(mention.start, mention.end)}
    sums = find_sums(words, taken, _document_digits(invoices))
    return _Text(
        own,
        _marked(words, mentions, sums),
        mentions,
        sums,
        today,
        tuple(i.balance for i in invoices),
    )


def _document_digits(invoices: Sequence[OpenItem]) -> set[str]:
    digits = {"".join(filter(str.isdigit, item.number)) for item in invoices}
    digits |= {item.number.rpartition("-")[2] for item in invoices}
    balances = {str(int(item.balance)) for item in invoices}
    return {form.lstrip("0") or form for form in digits} | digits - balances


def _marked(words: Sequence[Word], mentions: Sequence[Mention], sums: Sequence[Sum]) -> tuple[Word, ...]:
    marks: dict[int, str] = {}
    for mention in mentions:
        mark = "<soon>" if mention.what == "vague" else "<past>" if mention.past else "<date>"
        marks.update(dict.fromkeys(range(mention.start, mention.end), mark))
    for one in sums:
        marks.update(dict.fromkeys(range(one.start, one.end), "<money>" if one.sure else "<num>"))
    return tuple(
        replace(word, forms=word.forms | {marks[place]}) if place in marks else word
        for place, word in enumerate(words)
    )


# ---- the order of kinds ----


def _read(text: _Text) -> Reading:
    if not any(_content(word) for word in text.words):
        return Reading(Kind.other, (), "silence", unsure=bool(text.own.strip()))
    for look in (
        _stopping,
        _spam,
        _called_off,
        _contested,
        _paying,
        _complaining,
        _asking,
        _elsewhere,
        _grumbling,
        _loosely,
        _lastly,
    ):
        reading = look(text)
        if reading is not None:
            return reading
    return Reading(Kind.other, (), "none", unsure=True)


def _weighed(reading: Reading, text: _Text) -> Reading:
    """The rule's reading, or what all the words together say when they say something else clearly."""
    told = outvoting(reading, text.words)
    if told is None:
        return reading
    said = Reading(told.kind, told.words, "words", stops_texts=told.kind in STOPPING, unsure=True)
    if told.kind is not Kind.promise:
        return said
    day, _unsure = promise_day(text.words, text.mentions, text.today, 0)
    return replace(said, promise_date=day, promise_amount=promised_sum(text.sums, text.words, text.balances))


def _content(word: Word) -> bool:
    return "." not in word.forms and bool(word.forms - {""})


def _stopping(text: _Text) -> Reading | None:
    return stopping(text.words, text.own)


def _complaining(text: _Text) -> Reading | None:
    return complaining(text.words)


def _grumbling(text: _Text) -> Reading | None:
    return grumbling(text.words)


def _spam(text: _Text) -> Reading | None:
    found = reply_rest.SPAM.first(text.words)
    return _reading(Kind.other, text, found) if found is not None else None


def _called_off(text: _Text) -> Reading | None:
    """In other languages one verb calls off a delivery and an invoice; the first disputes nothing."""
    found = _foreign("other", text)
    return _reading(Kind.other, text, found) if found is not None else None


def _contested(text: _Text) -> Reading | None:
    words = plain_words(hide(dispute.DISPUTE_MASKS, text.words), GRIEVANCES)
    found = dispute.DISPUTE.first(words) or reply_goods.GOODS.first(words) or _foreign("dispute", text)
    return _reading(Kind.dispute, text, found) if found is not None else None


def _paying(text: _Text) -> Reading | None:
    claim = (
        paid.PAID_SURE.first(hide(paid.PAID_ASKED, text.words))
        or _unmasked(paid.PAID_MASKS, paid.PAID, plain_words(text.words, CLAIMANTS, by_mark=False))
        or _foreign("paid_claim", text)
    )
    if claim is not None:
        return _reading(Kind.paid_claim, text, claim)
    for kind, table in CONDITIONS:
        met = table.first(text.words)
        if met is not None:
            return _reading(Kind(kind), text, met)
    told = plain_words(text.words, DAYS)
    plan = _first(promise.PROMISE_SURE, text.words) or _unmasked(promise.PROMISE_MASKS, promise.PROMISE, told)
    plan = plan or _foreign("promise", text)
    if plan is not None:
        return _promised(text, plan)
    return None


def _asking(text: _Text) -> Reading | None:
    automatic = _first(reply_rest.AUTOMATIC, text.words)
    whole = _bare_day(text)
    if automatic is None and whole is not None:
        return _promised(text, whole)
    clause = _day_clause(text)
    if clause is not None and automatic is not None:
        if leads(text.words, clause) and automatic.start >= clause.end:
            return _promised(text, clause)
        clause = None
    order = (
        (Kind.other, automatic),
        (Kind.copy_request, _unmasked(reply_copies.COPY_MASKS, reply_copies.COPY_REQUEST, text.words)),
        (Kind.question, _unmasked(reply_asks.QUESTION_MASKS, reply_asks.QUESTION, text.words)),
        (Kind.other, _first(reply_rest.OTHER, text.words)),
        (Kind.dispute, _unmasked(dispute.DISPUTE_MASKS, dispute.DISPUTE_MAYBE, text.words)),
        (
            Kind.opt_in,
            _first(OPT_IN, text.words) or _first(reply_languages.FOREIGN_OPT_IN, text.words),
        ),
        (Kind.help, _first(reply_asks.HELP, text.words)),
    )
    for kind, found in order:
        if kind is Kind.opt_in and found is None and clause is not None:
            return _promised(text, clause)
        if found is not None:
            return _reading(kind, text, found)
    return None


def _elsewhere(text: _Text) -> Reading | None:
    """The same wishes in other languages; questions by their form alone."""
    for kind in (Kind.copy_request, Kind.question, Kind.help):
        found = _foreign(kind.value, text)
        if found is None and kind is Kind.question:
            found = reply_asks.QUESTION_PLAIN.first(text.words)
        if found is not None:
            return _reading(kind, text, found)
    return None


def _lastly(text: _Text) -> Reading | None:
    """Who looks into it; a day that nothing else explains; thanks and regrets."""
    seen = reply_rest.ACKNOWLEDGEMENT.first(text.words)
    if seen is not None:
        return _reading(Kind.acknowledgement, text, seen)
    day = lone_day(text.words, text.mentions, text.today)
    if day is not None:
        return replace(_promised(text, day), unsure=True)
    found = reply_rest.COURTESY.first(text.words) or _foreign("acknowledgement", text)
    return _reading(Kind.acknowledgement, text, found) if found is not None else None


def _loosely(text: _Text) -> Reading | None:
    words = hide(promise.PROMISE_MASKS, hide(paid.PAID_MASKS, text.words))
    for name, loose in reply_loose.LOOSE:
        found = loose.first(words if name in ("promise", "paid_claim") else text.words)
        if found is not None:
            kind = Kind(name)
            reading = _promised(text, found) if kind is Kind.promise else _reading(kind, text, found)
            return replace(reading, unsure=True)
    return None


def _foreign(kind: str, text: _Text) -> Found | None:
    return reply_foreign.FOREIGN_OTHER[kind].first(text.words)


def _first(table: Table, words: Sequence[Word]) -> Found | None:
    return table.first(words)


def _unmasked(masks: Table, table: Table, words: Sequence[Word]) -> Found | None:
    """The first rule met once the masks have hidden the words that mean something else."""
    return table.first(hide(masks, words))


# ---- promises ----


def _bare_day(text: _Text) -> Mention | None:
    """The day, where the message is a day and nothing else."""
    asked = promise.NOT_BARE.first(text.words) is not None
    return None if asked else bare_day(text.words, text.mentions)


def _day_clause(text: _Text) -> Mention | None:
    """The day, where one of its clauses is: "Sorry, we were swamped. By the 15th." """
    asked = promise.NOT_BARE.first(text.words) is not None
    return None if asked else day_clause(text.words, text.mentions)


def _promised(text: _Text, found: Found | Mention) -> Reading:
    anchor = found.start
    day, unsure = promise_day(text.words, text.mentions, text.today, anchor)
    amount = promised_sum(text.sums, text.words, text.balances)
    if isinstance(found, Mention):
        words = tuple(dict.fromkeys(word.surface for word in text.words[found.start : found.end]))
        return Reading(Kind.promise, words, "promise.bare_day", day, amount, unsure=unsure)
    return replace(
        _reading(Kind.promise, text, found), promise_date=day, promise_amount=amount, unsure=unsure
    )


# ---- answers ----


def _reading(kind: Kind, text: _Text, found: Found) -> Reading:
    return reading_of(kind, text.words, found)


def _surface(text: str) -> tuple[str, ...]:
    return tuple(text.split()[:2])


def _bare_keyword(text: str) -> Reading | None:
    """A message that is one carrier keyword and nothing else, whatever its case and punctuation."""
    if "?" in text:
        return None
    folded = normalize("NFKD", text).lower()  # "ARRÊT" is a keyword too
    word = "".join(char for char in folded if char.isalnum() or char.isspace()).strip()
    joined = word.replace(" ", "") if word in ("opt out", "stop all", "opt in") else word
    if joined in STOP_KEYWORDS:
        return Reading(Kind.opt_out, (text.strip(),), "opt_out.keyword", stops_texts=True, keyword=True)
    if joined in START_KEYWORDS:
        return Reading(Kind.opt_in, (text.strip(),), "opt_in.keyword", keyword=True)
    if one_edit_apart(word.replace(" ", ""), "optout"):  # "opt ouf"; longer words are mended like any other
        return Reading(Kind.opt_out, (text.strip(),), "opt_out.misspelt", stops_texts=True)
    return None
