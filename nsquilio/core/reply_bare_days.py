"""Days that answer a reminder without a verb: "Friday", "Sorry, swamped. By the 15th", "mon or tues, depends
on my card".

A clause that names a day and nothing else is a promise; what else the message says does not matter, as long
as it is not what the day is about. Decides no day: `reply_dates` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from nsquilio.core.reply_date_forms import Mention
from nsquilio.core.reply_words import Word

# What may stand around the day in its clause.
_AROUND = frozenset(
    """
    by on at the of will be it is should probably hopefully maybe likely latest for sure definitely
    please
    thanks ok yes sorry hi hello i we can do around about approximately sometime or and either until
    earliest morning afternoon evening noon possible that works work good how what does would if so ill
    shoot let say no not later than before after in to prolly perhaps most mayb sir maam hey well worst
    best tops max absolute am pm this there have got you <soon> <date> <num> <money> <good> ? , guys
    fine us me my our make usd dollars bucks then yep yeah sooner least some time very next real really
    week looks like more over during within sounds between promise promised swear guaranteed
    guarantee definately cannot night early mid thing couple few days with a check payment half rest
    first gonna going try trying hoping aiming shooting around also case looking thinking figure plan
    planning target targeting eta realistically realistic soonest man mate boss bud buddy dude bro
    brother
    hun dear love cheers alright right but just only certainly absolutely surely expect expecting
    expected
    again always usual same as agreed noted copy yup ya yea aye surely afraid apologies because earliest
    final deadline day date closer nearer roughly circa safe safely bet now already promised still
    folks everyone all say said says tell told put down mark pencil me us wait hang tight bear hold
    stay patient appreciate patience understand understood thank today tomorrow from currently yours
    inside allow at au plus tard spatestens bis hasta para el le il la por a mas tardar entro uiterlijk
    voor
    do maximo seguro sicher sin falta environ circa vers hacia sobre le la vor op den dem zum pour oui
    si ja
    sans faute senza fallo zonder ganz pewnie seguramente garantiert promis promesso sicuro tarde
    figure em them instead without fail anytime joke kidding doubt cap lie though somewhere near close gotta
    """.split()
)
# Who is quoted: "our AP says 5 business days".
_SPEAKERS = frozenset(
    """
    ap accounting accounts bookkeeper accountant billing finance manager boss wife husband partner
    controller
    payables owner department cfo corporate treasurer he she they <name> bank
    """.split()
)
_SAYS = frozenset("says said say thinks told tells reckons promised figures".split())
# What may begin the rest of the sentence after the day: a reason or a condition.
_AFTER = frozenset(
    """
    when once if as after because since cause depending depends waiting unless assuming provided pending
    assoonas for due thanks sorry please that hopefully latest at soonest earliest mate man cheers ta ok
    maam sir though tho then unless barring only which before
    """.split()
)
# What has days of its own: where one of these stands, a day need not be ours.
_TOPICS = frozenset(
    """
    ? order orders ordered ordering delivery deliver delivered deliveries truck trucks driver load loads
    pallet pallets shipment ship shipping shipped pickup appointment appointments install installation
    service tech technician visit meeting meet meetings call calls calling called text texts email emails
    closed close closes closing open opens vacation holiday pto leave out away back sale event party bbq
    birthday happy merry church game vote voting election webinar conference lunch dinner trip flight
    weather
    rain snow driving hospital surgery funeral wedding baby look looking check review forward ask talk
    discuss see send started since dated due overdue expires deadline starts start begins begin job
    project
    schedule reschedule crew quote bid estimate class school show tickets renew renewal trial license
    training interview inspection shift hired hiring quit retired died born moved moving move picked
    stop text message invoice statement need want cancel canceled tell told deliver parts warehouse stock
    season please end keep crew answer update response info details know let hear back bring year fiscal
    late samples contract cleaning route number changing change changed new address plans
    lieferung pedido entrega livraison commande
    bestelling consegna ordine encomenda what who why how where when
    """.split()
)
_FEASTS = ("holiday", "weekend", "month")
# One of these must stand beside a lone day: the one who pays, what is paid, or a plea.
_CUES = frozenset(
    """
    i we it that them will gonna can payday paycheck paid money cash funds check checks deposit draw sorry
    promise nothing none chill patient patience count good straight square squared caught behind tight broke
    short yours worry <money>
    """.split()
)
_MEASURE = frozenset(("for", "not", "every", "per"))
_WAIT = frozenset("few couple more".split())
_HOURS = frozenset("minute minutes hour hours now".split())
_SO = frozenset("so then but".split())
_EDGE = "."


def bare_day(words: Sequence[Word], mentions: Sequence[Mention]) -> Mention | None:
    """The day that is the whole message."""
    told = [m for m in mentions if not m.past]
    if not told or len(words) > 14 or not all(_around(word) for word in words):
        return None
    return told[0]


def day_clause(words: Sequence[Word], mentions: Sequence[Mention]) -> Mention | None:
    """The first day that is a clause of its own."""
    for mention in mentions:
        named = (mention.day is not None and not _is_hours(words, mention)) or _is_wait(words, mention)
        denied = mention.start > 0 and "not" in words[mention.start - 1].forms
        if named and not denied and not mention.past and _opens(words, mention) and _closes(words, mention):
            return mention
    return None


def lone_day(words: Sequence[Word], mentions: Sequence[Mention], today: date) -> Mention | None:
    """A day to come in a message that speaks of nothing else that has days, and asks nothing."""
    if any(not word.forms.isdisjoint(_TOPICS) for word in words):
        return None
    if all(word.forms.isdisjoint(_CUES) for word in words):
        return None
    strange = sum("<unknown>" in word.forms for word in words)
    if strange * 4 > len(words):
        return None
    coming = (m for m in mentions if m.day is not None and m.day > today and not m.past)
    return next(
        (m for m in coming if m.what not in _FEASTS and _closes(words, m) and not _measured(words, m)), None
    )


def _measured(words: Sequence[Word], mention: Mention) -> bool:
    """ "for 1 day, not a week" tells how long, not when."""
    often = any(form.endswith("days") for word in words[mention.start : mention.end] for form in word.forms)
    measured = mention.start > 0 and not words[mention.start - 1].forms.isdisjoint(_MEASURE)
    return measured or (often and mention.what == "weekday")


def _is_wait(words: Sequence[Word], mention: Mention) -> bool:
    """ "a few more days" promises; "asap" alone may belong to what is asked of us."""
    return any(not word.forms.isdisjoint(_WAIT) for word in words[mention.start : mention.end])


def _is_hours(words: Sequence[Word], mention: Mention) -> bool:
    """ "10 min max" is how long a call takes, "right now" how things are."""
    return any(not word.forms.isdisjoint(_HOURS) for word in words[mention.start : mention.end])


def leads(words: Sequence[Word], mention: Mention) -> bool:
    """Whether the message begins with the day: "after the 4th, everybody is on vacation"."""
    return mention.start <= 2 and all(_around(word) for word in words[: mention.start])


def _around(word: Word) -> bool:
    return not word.forms.isdisjoint(_AROUND)


def _opens(words: Sequence[Word], mention: Mention) -> bool:
    """Whether nothing of weight stands between the start of the clause and the day."""
    place = mention.start
    while place > 0:
        if words[place].comma or _EDGE in words[place - 1].forms:
            return True
        if place < mention.start and not words[place].forms.isdisjoint(_SO):
            return True
        if not _around(words[place - 1]):
            return not words[place - 1].forms.isdisjoint(_SAYS | _SPEAKERS) and _is_said(words, place - 1)
        if not words[place - 1].forms.isdisjoint(_SAYS) and _is_said(words, place - 1):
            return True
        place -= 1
    return True


def _is_said(words: Sequence[Word], place: int) -> bool:
    said = not words[place].forms.isdisjoint(_SAYS)
    return said and place > 0 and not words[place - 1].forms.isdisjoint(_SPEAKERS)


def _closes(words: Sequence[Word], mention: Mention) -> bool:
    """Whether the clause ends with the day, or goes on with a reason or a condition."""
    place = mention.end
    while place < len(words):
        word = words[place]
        if word.comma or _EDGE in word.forms or not word.forms.isdisjoint(_AFTER):
            return True
        if not _around(word):
            return False
        place += 1
    return True
