"""Words without their endings, and those that every message about a payment has: "card", "order", "April"."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from .match_words import MONTHS, words_of

STOP = words_of(
    "the a an and or of for to in on at by with from is was are were be it its this that these those we "
    "you they i our your my their his her not no yes ok all any both per as if so do did done has have "
    "had will would can could und oder der die das ein eine für von mit im am ist le la les un une des du "
    "de et ou pour par el los las y con inc llc ltd co corp gmbh sarl sa ag plc company"
)
GENERIC = words_of(
    "air pressure safety security power light heat fire water general main heavy quick fast emergency "
    "standard premium basic regular special normal extra public private local mobile digital video red "
    "blue green black white gold silver top high low long short deep head hand foot face eye heart deal "
    "track ground spot key test card check cheque wire cash bank account deposit payment pay credit debit "
    "transfer balance fee charge mail post phone call email text message online portal statement receipt "
    "copy invoice bill month monthly week weekly year yearly annual quarter quarterly day daily date time "
    "spring summer autumn fall winter office home house store business customer client order part unit "
    "piece item good set box pack bag kit case new old final first second third last next small large big "
    "full half total price cost rate hour number line list note report support help change plan people "
    "team person thing stuff service delivery delivered shipping shipment freight supply work job project "
    "contract sale sales po tax late due open close start stop end left right back front print system "
    "product material use user return refund discount holiday weekend morning evening lieferung "
    "bestellung monat woche jahr livraison commande mois semaine out off up down over under around "
    "party side way place site name money"
)
"""Words of messages about payments; a memo that shares one of them is not meant by it."""


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Without accents and a plural: "chairs" and "chair", "Gerüst" and "gerust" are one."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    if len(plain) > 4 and plain.endswith("ies"):
        return plain[:-3] + "y"
    if len(plain) > 4 and plain.endswith(("ses", "xes", "ches", "shes", "zes")):
        return plain[:-2]
    if len(plain) > 3 and plain.endswith("s") and not plain.endswith(("ss", "us", "is")):
        return plain[:-1]
    return plain


WEEKDAYS = words_of(
    "monday tuesday wednesday thursday friday saturday sunday "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo "
    "lunedi martedi mercoledi giovedi venerdi sabato domenica"
)
MONTH_STEMS = {stem(name): month for name, month in MONTHS.items()}
PAYING = words_of(
    "card check cheque wire cash bank account deposit payment pay credit debit transfer balance phone "
    "call email text message mail online portal copy invoice bill order date day week month number"
)


def is_generic(word: str) -> bool:
    return word in GENERIC or word in MONTH_STEMS or len(word) < 3


def is_paying(word: str) -> bool:
    """A word of payments, singular or plural."""
    return word in PAYING
