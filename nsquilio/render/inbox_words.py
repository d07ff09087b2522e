"""How the inbox says what was understood: kinds, reasons, effects, ages, in the fewest words that tell it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from nsquilio.core.model import Money
from nsquilio.core.money_words import money_words, total_words
from nsquilio.jobs.inbox_entries import Entry, Named, Urgency
from nsquilio.render.reasons import plain

HEADINGS = {
    Urgency.STOPS: "NO MORE TEXTS, WRONG NUMBERS",
    Urgency.DISPUTE: "DISPUTES",
    Urgency.PROMISE: "PROMISES",
    Urgency.PAID: "SAY THEY PAID",
    Urgency.QUESTION: "QUESTIONS",
    Urgency.REST: "THE REST",
}
UNCLEAR = {
    "unknown_sender": "no customer has this number",
    "several_customers": "several customers have this number",
    "number_unknown": "names an invoice number that we do not know",
    "several_invoices": "is about several invoices",
    "signals_disagree": "what it says fits different invoices",
    "tie": "several invoices fit equally well",
    "nothing_tells": "nothing tells the invoice",
}
_CAME_BACK = {
    "promise_broken": "BROKEN",
    "paid_claim_unconfirmed": "UNCONFIRMED",
}
_MOST_WORDS = 4
_KINDS = {
    "opt_out": "no more texts",
    "opt_in": "wants texts again",
    "paid_claim": "says paid",
    "promise": "promises",
    "dispute": "disputes",
    "wrong_number": "wrong number",
    "copy_request": "wants a copy",
    "help": "asks for help",
}


def understood(entry: Entry) -> str:
    """`promises Fri 6 Mar USD 500.00`."""
    said = entry.row.reading
    if said is None:
        return "not read yet"
    kind = _KINDS.get(said.kind, plain(said.kind)) if said.kind != "other" else _other(entry)
    unsure = [] if not said.unsure else ["(unsure)"]
    return " ".join([kind, *_promised(entry), *unsure])


def because(entry: Entry) -> str:
    """The words that decided."""
    said = entry.row.reading
    return ", ".join(f"“{word}”" for word in said.words[:_MOST_WORDS]) if said else ""


def _other(entry: Entry) -> str:
    if entry.row.channel == "call":
        return "missed call"
    if entry.row.channel == "voicemail" and not entry.row.body:
        return "voicemail without words: listen to it"
    return "not understood"


def _promised(entry: Entry) -> list[str]:
    said = entry.row.reading
    if said is None or said.kind != "promise":
        return []
    amount = said.promise_amount
    money = [money_words(Money(amount, said.promise_currency or ""))] if amount is not None else []
    return [short_day(said.promise_date) if said.promise_date else "some day", *money]


def came_back(entry: Entry) -> list[str]:
    """Why it is here again."""
    return [_CAME_BACK[reason] for reason in entry.reasons if reason in _CAME_BACK]


def effects(entry: Entry, today: date) -> list[str]:
    """What followed, and what waits for a person."""
    found = came_back(entry)
    if entry.row.reading is not None and entry.row.reading.stops_texts:
        found.append("stopped")
    if entry.kind in ("dispute", "paid_claim") and not entry.holds and not found:
        found.append("not held")
    found += [f"held to {_day(hold.until)}" if hold.until else "held" for hold in entry.holds[:1]]
    days = [promise.promised_on for promise in entry.promises if promise.state == "draft"]
    if any(promised is not None and promised >= today for promised in days):
        found.append("accept?")
    elif days and days[0] is not None:
        found.append("its day is over")
    return found


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"


def why_unclear(entry: Entry) -> str:
    """Which invoice it is about is for a person to say; "" when that is clear."""
    return "; ".join(UNCLEAR[reason] for reason in entry.reasons if reason in UNCLEAR)


def about(entry: Entry) -> str:
    if not entry.invoices:
        return "which?" if why_unclear(entry) else "none"
    more = f" +{len(entry.invoices) - 1}" if len(entry.invoices) > 1 else ""
    return f"{entry.invoices[0].number}{more}"


def stake(amounts: Iterable[Money]) -> str:
    return total_words(amounts, "and")


def candidates(found: Sequence[Named]) -> str:
    """`INV-7 (40), INV-9 (40)`; document numbers are not unique, so those that repeat come with their id."""
    numbers = [one.number for one in found]
    names = [
        one.number if numbers.count(one.number) == 1 else f"{one.number} = invoice:{one.id}" for one in found
    ]
    scores = [f" ({one.score})" if one.score is not None else "" for one in found]
    return ", ".join(f"{name}{score}" for name, score in zip(names, scores, strict=True))


def short_day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def lateness(days: int | None) -> str:
    """`12 late`, `in 5`, `today`."""
    if days is None:
        return ""
    return f"{days} late" if days > 0 else f"in {-days}" if days < 0 else "today"


def age(since: datetime, now: datetime) -> str:
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} d"
