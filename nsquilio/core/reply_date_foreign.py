"""Days in Spanish, French, German, Portuguese, Italian, Dutch and Polish: "fin de mes", "nächste Woche",
"en 3 días", "le 15".

Weekdays and months of these languages stand in `reply_calendar`; this module adds the phrases around them.
Letters without accents, as `reply_words` folds them.
"""

from __future__ import annotations

from datetime import date, timedelta

from nsquilio.core import reply_calendar as cal
from nsquilio.core.reply_date_forms import Mention, Page, by_first_word, next_day_numbered

_PHRASES = {
    phrase.strip(): name.strip()
    for line in """
    today = hoy; heute; oggi; hoje; vandaag; aujourd hui; ce soir; heute abend; stasera; vanavond; esta
        tarde; esta noche; hoje a noite; cet apres midi; dzis; dzisiaj; ahorita; sofort
    tomorrow = manana; demain; morgen; domani; amanha; jutro; manana por la manana; demain matin; morgen
        fruh; domani mattina; amanha cedo; amanha de manha; morgenochtend; morgen vroeg; a manana; jutro
        rano; manana mismo; manana temprano
    overnext = pasado manana; apres demain; ubermorgen; overmorgen; dopodomani; depois de amanha;
        pojutrze
    past = ayer; hier; gestern; ieri; ontem; gisteren; wczoraj; anteayer; avant hier; vorgestern;
        anoche; la semana pasada; semana pasada; la semaine derniere; semaine derniere; letzte woche;
        settimana scorsa; la settimana scorsa; semana passada; vorige week; stamattina; ce matin; esta
        manana; heute morgen; heute fruh; hoje de manha; vanmorgen; vanochtend; el mes pasado; le mois
        dernier; letzten monat; mese scorso
    week = esta semana; cette semaine; diese woche; questa settimana; deze week; ende der woche; ende
        dieser woche; fin de la semaine; fin de semaine; final de la semana; finales de semana; fin de esta
        semana; final da semana; fim da semana; eind van de week; einde van de week; eind deze week; einde
        week; w tym tygodniu; do konca tygodnia; in settimana
    nextweek = proxima semana; semana que viene; semana proxima; la semaine prochaine; semaine
        prochaine; nachste woche; kommende woche; nachster woche; kommender woche; ende nachster woche; ende
        kommender woche; prossima settimana; settimana prossima; semana que vem; volgende week; komende
        week; w przyszlym tygodniu; fin de semaine prochaine; fin de la semaine
        prochaine; fin de la proxima semana; eind volgende week; einde volgende week; la semana entrante;
        semana entrante; otra semana
    monthend = fin de mes; fin del mes; final de mes; final del mes; finales de mes; fin du mois; fin de
        ce mois; ende des monats; ende monat; ende dieses monats; monatsende; fine mese; fine del mese; fim
        do mes; final do mes; fim de mes; eind van de maand; einde van de maand; eind deze maand; einde
        maand; koniec miesiaca; do konca miesiaca; este mes; ce mois; diesen monat; questo mese; deze maand;
        ultimo
    nextmonth = proximo mes; mes que viene; mes proximo; mes entrante; mois prochain; nachsten monat;
        nachstem monat; prossimo mese; mese prossimo; mes que vem; volgende maand; w przyszlym miesiacu; fin
        du mois prochain
    nextstart = principios de mes; primero de mes; primeros de mes; debut du mois prochain; anfang
        nachsten monats; inizio mese; comeco do mes
    weekend = fin de semana; el fin de semana; wochenende; fim de semana; fine settimana; este fin de
        semana; ce week end
    fortnight = quincena; la quincena; esta quincena; mitad de mes; mitte des monats; mi mois; meta
        mese; a mediados de mes; mediados de mes; meados do mes
    """.strip().replace("\n        ", " ").splitlines()
    for name, _, phrases in [line.partition("=")]
    for phrase in phrases.split(";")
}  # fmt: skip
_BY_WORD = by_first_word(_PHRASES)
_LEADS = frozenset(
    ("en", "dans", "in", "fra", "em", "over", "binnen", "innerhalb", "za", "entro", "dentro", "sous")
)
_NUMBERS = {
    name: number
    for number, names in enumerate(
        (
            "un una uno une eine einer ein einem um uma een",
            "dos deux zwei due dois duas twee dwa dwie",
            "tres trois drei tre drie trzy",
            "cuatro quatre vier quattro quatro cztery",
            "cinco cinq funf cinque vijf piec",
            "seis six sechs sei zes",
            "siete sept sieben sette sete zeven",
            "ocho huit acht otto oito",
            "nueve neuf neun nove negen",
            "diez dix zehn dieci dez tien",
        ),
        start=1,
    )
    for name in names.split()
} | {"quince": 15, "quinze": 15, "vierzehn": 14, "quindici": 15, "veertien": 14}
_UNITS = {
    unit: days
    for days, units in (
        (1, "dia dias jour jours tag tage tagen giorno giorni dag dagen dni dzien"),
        (7, "semana semanas semaine semaines woche wochen settimana settimane weken tygodnie tydzien"),
        (30, "mes meses mois monat monaten mese mesi maand maanden"),
    )
    for unit in units.split()
}
_ARTICLES = frozenset(("el", "le", "il", "dia", "am", "bis", "zum", "do", "op", "al", "ate"))
_NEXT = frozenset(
    ("proximo", "prochain", "nachsten", "kommenden", "prossimo", "volgende", "viene", "proxima", "vem")
)


def foreign(page: Page, at: int) -> Mention | None:
    """The day named at this place."""
    return _phrase(page, at) or _counted(page, at) or _numbered(page, at)


def _phrase(page: Page, at: int) -> Mention | None:
    phrase = page.phrase(at, _BY_WORD)
    if phrase is None:
        return None
    end, name = at + len(phrase), _PHRASES[" ".join(phrase)]
    if name == "past":
        return Mention(at, end, None, "today", past=True)
    what = {"today": "today", "tomorrow": "tomorrow", "overnext": "tomorrow", "weekend": "weekend"}
    return Mention(at, end, _day(name, page.today), what.get(name, "period"))


def _day(name: str, today: date) -> date:
    friday = cal.week_start(today) + timedelta(days=4)
    following = cal.add_months(today.replace(day=1), 1)
    days = {
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "overnext": today + timedelta(days=2),
        "week": friday if friday >= today else friday + timedelta(days=7),
        "nextweek": cal.week_start(today) + timedelta(days=11),
        "monthend": cal.month_end(today),
        "nextmonth": cal.month_end(following),
        "nextstart": following,
        "weekend": cal.week_start(today) + timedelta(days=6),
        "fortnight": today.replace(day=15) if today.day < 15 else cal.month_end(today),
    }
    return days[name]


def _counted(page: Page, at: int) -> Mention | None:
    """ "en 3 dias", "dans deux semaines", "binnen een week"."""
    if not page.has(at, *_LEADS):
        return None
    place = page.past(at + 1, "de", "von", "los", "las", "les")
    number = _number(page, place)
    if number is None or place + 1 >= len(page.words):
        return None
    unit = next((_UNITS[form] for form in page.words[place + 1].forms if form in _UNITS), None)
    if unit is None or not 0 < number <= 90:
        return None
    day = cal.add_months(page.today, number) if unit == 30 else page.today + timedelta(days=number * unit)
    return Mention(at, place + 2, day, "counted")


def _number(page: Page, at: int) -> int | None:
    for form in page.words[at].forms if at < len(page.words) else ():
        if form.isascii() and form.isdigit() and len(form) <= 2:
            return int(form)
        if form in _NUMBERS:
            return _NUMBERS[form]
    return None


def _numbered(page: Page, at: int) -> Mention | None:
    """ "el 15", "le 25", "bis zum 15.": an article and a number with nothing counted after it."""
    if not page.has(at, *_ARTICLES) or not page.has(at + 1, "<num>"):
        return None
    number = _number(page, at + 1)
    if number is None or not 1 <= number <= 31 or not _free(page, at + 2):
        return None
    return Mention(at, at + 2, next_day_numbered(page.today, number), "day")


def _free(page: Page, at: int) -> bool:
    if page.last(at) or page.words[at].comma:
        return True
    return not page.has(at, "<num>", "eur", "euro", "euros", "por", "percent", "h", "uhr", "heures", *_UNITS)


FIRST_WORDS = frozenset(_BY_WORD) | _LEADS | _ARTICLES
