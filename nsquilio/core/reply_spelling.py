"""How people type: shorthand, contractions written as one word, misspelled key words.

Tables first, so that a person can add a line; then the bounded correction. Never guesses a word that is not in
`KEY_WORDS`, and never touches a word that stands in a rule or in `ORDINARY_WORDS`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

# shorthand → the words it stands for
SHORTHAND: dict[str, str] = {
    line.split("=")[0].strip(): line.split("=")[1].strip()
    for line in """
    u = you
    ur = your
    urs = yours
    yr = your
    ya = you
    yall = you
    r = are
    n = and
    y = why
    pls = please
    plz = please
    plse = please
    plss = please
    pleas = please
    ples = please
    thx = thanks
    thnx = thanks
    thanx = thanks
    tks = thanks
    tnx = thanks
    ty = thanks
    tysm = thanks
    thks = thanks
    thankyou = thanks
    txt = text
    txts = texts
    txting = texting
    txtd = texted
    txted = texted
    textin = texting
    txtin = texting
    msg = message
    msgs = messages
    mssg = message
    msging = messaging
    notif = notification
    notifs = notifications
    tmrw = tomorrow
    tomm = tomorrow
    tmrow = tomorrow
    tomorow = tomorrow
    np = no problem
    tmr = tomorrow
    tmw = tomorrow
    tmmrw = tomorrow
    tomoro = tomorrow
    tomo = tomorrow
    2moro = tomorrow
    2morrow = tomorrow
    2mrw = tomorrow
    2morro = tomorrow
    2day = today
    tday = today
    2nite = tonight
    2night = tonight
    tonite = tonight
    nite = night
    wknd = weekend
    wkend = weekend
    wk = week
    wks = weeks
    mo = month
    mos = months
    mth = month
    mnth = month
    hr = hour
    hrs = hours
    min = minute
    mins = minutes
    biz = business
    acct = account
    accts = accounts
    acctg = accounting
    inv = invoice
    invs = invoices
    invoce = invoice
    pymt = payment
    pymts = payments
    pmt = payment
    pmts = payments
    pmnt = payment
    pymnt = payment
    pd = paid
    payd = paid
    payed = paid
    piad = paid
    paide = paid
    ck = check
    chk = check
    chq = check
    cheq = check
    cheque = check
    cheques = checks
    chex = checks
    amt = amount
    bal = balance
    rcvd = received
    recd = received
    rec'd = received
    recieved = received
    recieve = receive
    reciept = receipt
    reciepts = receipts
    addr = address
    fwd = forward
    fwded = forwarded
    fwding = forwarding
    ppl = people
    b4 = before
    bc = because
    cuz = because
    coz = because
    sry = sorry
    srry = sorry
    soz = sorry
    rn = right now
    idk = i do not know
    iirc = i think
    imo = i think
    dunno = do not know
    gonna = going to
    gona = going to
    gunna = going to
    fixin = going
    imma = i will
    ima = i will
    wanna = want to
    gotta = got to
    lemme = let me
    gimme = give me
    dis = this
    dat = that
    da = the
    tha = the
    dese = these
    dem = them
    ppwk = paperwork
    stmt = statement
    stmnt = statement
    qty = quantity
    nr = number
    nbr = number
    num = number
    nmbr = number
    wrng = wrong
    rong = wrong
    nummber = number
    pic = picture
    pics = pictures
    w = with
    abt = about
    bout = about
    til = until
    till = until
    thru = through
    cud = could
    shud = should
    wud = would
    wld = would
    cld = could
    shld = should
    becuz = because
    dept = department
    mgr = manager
    appt = appointment
    del = delivery
    dlvry = delivery
    rep = representative
    cs = cases
    k = ok
    kk = ok
    okay = ok
    okey = ok
    okie = ok
    oki = ok
    okk = ok
    mins = minutes
    prolly = probably
    prob = probably
    probs = probably
    prbly = probably
    def = definitely
    hopefuly = hopefully
    aint = is not
    cannot = can not
    cant = can not
    wont = will not
    dont = do not
    dnt = do not
    doont = do not
    donot = do not
    donut = do not
    didnt = did not
    doesnt = does not
    dosent = does not
    dosnt = does not
    isnt = is not
    arent = are not
    wasnt = was not
    werent = were not
    havent = have not
    hasnt = has not
    hadnt = had not
    couldnt = could not
    shouldnt = should not
    wouldnt = would not
    mustnt = must not
    neednt = need not
    im = i am
    ive = i have
    ill = i will
    youre = you are
    youve = you have
    youll = you will
    theyre = they are
    theyve = they have
    theyll = they will
    weve = we have
    its = it is
    itll = it will
    thats = that is
    thatll = that will
    theres = there is
    heres = here is
    whats = what is
    whos = who is
    wheres = where is
    hows = how is
    whens = when is
    hes = he is
    shes = she is
    lets = let us
    unsub = unsubscribe
    unsubs = unsubscribe
    unsubbed = unsubscribed
    unsubscibe = unsubscribe
    unsuscribe = unsubscribe
    unscribe = unsubscribe
    unsubribe = unsubscribe
    unsubcribe = unsubscribe
    stahp = stop
    stawp = stop
    stpo = stop
    stopp = stop
    sotp = stop
    stp = stop
    stopit = stop it
    stoptexting = stop texting
    stoptext = stop text
    stoptexts = stop texts
    qiut = quit
    qut = quit
    otp = opt
    opr = opt
    cancle = cancel
    cancell = cancel
    cxl = cancel
    cncl = cancel
    cancelled = canceled
    cancelling = canceling
    reoccuring = recurring
    dup = duplicate
    dupe = duplicate
    kontakt = contact
    sms'en = smsen
    """.strip().splitlines()
}

# after an apostrophe: what the ending stands for
ENDINGS: dict[str, str] = {
    "ll": "will",
    "ve": "have",
    "re": "are",
    "m": "am",
    "d": "would",
}
_IS_AFTER = frozenset("it that what who where how when here there he she this everything payment".split())

_WOULD = frozenset("i you he she it we they who that there what how where y'all".split())

# First names that are no other word, so that they are known as names in small letters and in transcripts too.
NAMES = frozenset(
    """
    aaron abby adam adrian aisha alan albert alejandro alex alexis alice alicia alison allen amanda amber amir amy ana
    andrea andrew andy angela angie anita ann anna anne annie anthony antonio arthur ashley ashok barbara barry beatriz
    becky ben benjamin bernadette bernard beth betty beverly bev bob bobby bonnie brad bradley brandon brenda brent brian
    bruce bryan caleb carl carla carlos carmen carol caroline carrie catherine cathy cecilia chad charles charlie cheryl
    chris christina christine christopher cindy claire clara claudia colin connie corey craig cristina curtis cynthia dan
    dana daniel danielle danny darlene darren dave david dawn deb debbie deborah debra delia denise dennis derek derrick
    diana diane diego dmitri dolores donald donna doris dorothy doug douglas duane dylan eddie edgar eduardo edward
    eileen elaine elena eli elizabeth ellen emily emma enrique eric erica erik erin ernest esther ethan eugene eva evan
    fatima felicia felix fernando fiona frances francisco fred gabriel gail gary george gerald gina gladys glenn gloria
    gordon greg gregory gwen hannah harold harry heather hector heidi helen henry holly howard ian ibrahim ingrid irene
    isaac isabel ivan jackie jacob jaime jake james jamie jan jane janet janice jared jasmine jason javier jay jeff
    jeffrey jen jenna jennifer jenny jeremy jerome jerry jesse jessica jill jim jimmy joan joann joanne joe joel john
    johnny jon jonathan jordan jorge jose joseph josh joshua joyce juan juanita judith judy julia julie julio justin
    karen karl kate katherine kathleen kathy katie kayla keith kelly ken kenneth kenny kevin kim kimberly kristen kurt
    kyle larry laura lauren laurie lawrence lena leo leon leonard leslie linda lisa liz lloyd lois lorraine louis louise
    lucas lucia lucy luis luke lydia lynn maggie manuel marcia marco marcos marcus margaret maria marie marilyn mario
    marion marlene marsha martha martin marvin mary matt matthew maureen maurice megan melanie melissa michael michelle
    miguel mike mildred mitch mohammed monica monique nancy natalie nate nathan neil nicholas nick nicole nina nora norm
    norma norman olga olivia omar oscar pablo pamela patricia patrick patty paul paula pauline pedro pete peter phil
    philip phillip phyllis priya rachel rafael ralph ramon randy raul raymond rebecca regina rhonda ricardo richard rick
    ricky rita robert roberta roberto robin rodney roger roland ron ronald ronda ronnie rosa rosemary roy ruben russell
    ruth ryan sabrina sally sam samantha samuel sandra sandy sarah scott sean sergio seth shane shannon sharon shaun
    sheila shelly sherry shirley simon sofia sonia sophia stacy stan stanley stephanie stephen steve steven stuart susan
    suzanne sylvia tamara tammy tanya tara ted teresa terri terry theresa thomas tiffany tim timothy tina todd tom tommy
    toni tony tonya tracy travis trevor tricia trina trish tyler valerie vanessa vera vernon veronica vicki vicky victor
    victoria vincent virginia vivian wade walter wanda warren wayne wendy wesley willie wilma yolanda yvette yvonne
    zachary zoe
    """.split()
)

# letters of other scripts that look like ours (a STOP written with them passes every keyword list)
LOOKALIKES = str.maketrans(
    "аеорсухтнкмвіѕјԁһԛԝζαοριντκηυχ",
    "aeopcyxthkmbisjdhqwzaopivtknux",
)
LEET = str.maketrans("013457$@", "oieastsa")

# Words worth mending. Short ones are mended by `SHORTHAND` alone, because too much lies one letter away from them.
KEY_WORDS = frozenset(
    """
    stop stopped unsubscribe cancel remove delete texts texting text message messages messaging reminder reminders sending
    contact wrong number person invoice invoices payment payments paying paid mailed tomorrow tonight today
    monday tuesday wednesday thursday friday saturday sunday weekend january february april august september october
    november december please received receive receipt statement duplicate dispute disputing charged overcharged
    amount balance already yesterday delivered delivery ordered resend thanks again longer anymore company
    check transfer transferred forward forwarded accounting accountant correct incorrect damaged never returned
    quantity attached business subscribe resubscribe question portal office anyone number someone phone list
    notifications alerts address signature promise canceled harassment harassing order credit discount
    """.split()
)

# Real words within reach of a key word: they are never "mended".
ORDINARY_WORDS = frozenset(
    """
    step steps shop shops top tops stops store stock stole stone story test tests tested
    testing next tent tents tex tax taxes taxed texas taxi text texted older odder border orders ordering mount amounts
    pain said laid raid maid pair plaid aid cheek chick thick checks checked checking cheeks wring wrung strong prong
    lumber numbers numb umber lists lost last lit lisp gist mist wist fist again gain against a grain removed remote
    removes remover removal cancels cancer cancellation canceling massage massages passage messaged contacts contract
    contracts contacted contractor context invoiced invoicing receiver receives receiving receipts statements duplicated
    duplicates disputes disputed charger charge charges changed change changes mauled nailed failed sailed emailed railed
    hailed mail mails mailing laying saying playing praying buying paving pavement pay pays payer pleased lease pleasure
    thank tanks thanked thanking works worked works subscribed subscriber subscribes unsubscribed phones phoned photo
    stopping office officer offices offer closed close person personal persons parson prison never ever lever fever
    correctly corrected correction correcting incorrectly return returning returns deliver deliveries delivering ordered
    credits credited edit discounts discounted alert addresses addressed promised promises portals mortal total totals
    listed business busy companies company's reminds remind reminded sender send sends sent spending ending tending
    lending mending bending vending weekends weekend someone's today's monday's friday's accountants accounts account
    question's questions questioned transfers forwards forwarding numbered signature signatures damage damages dame
    received reviewed relieved believed pleas sunny fridays mondays tuesdays wednesdays thursdays saturdays sundays
    oder bitte texte nummer numero checar cancela cancelar cancelen canceled lista liste listo listen posten messagen
    contacto contatto contactez contacter contatto kontakt messaggi message messages personne persona persone persoon
    stopt stoppen stoppt stoppe stopped stopper quiet quite suit exit unit number's textes supprimer remover removeer
    rong older ordre orden payment's balanced balances wright
    """.split()
)


def expand(word: str) -> tuple[str, ...]:
    """The words a typed word stands for: "dont" → do not, "we'll" → we will, "inv" → invoice."""
    plain = word.replace("*", "")
    if plain in SHORTHAND:
        return tuple(SHORTHAND[plain].split())
    if "'" not in plain:
        return (plain,)
    joined = plain.replace("'", "")
    if joined in SHORTHAND and not joined.startswith("ill"):
        return tuple(SHORTHAND[joined].split())
    head, _, tail = plain.rpartition("'")
    if tail == "t" and head.endswith("n"):
        return (head[:-1], "not")
    if tail == "d" and head not in _WOULD:
        return (head + ("d" if head.endswith("e") else "ed"),)
    if tail in ENDINGS and head:
        return (head, ENDINGS[tail])
    if tail == "s" and head in _IS_AFTER:
        return (head, "is")
    if tail == "s" and head:
        return (head, "<s>")
    return tuple(part for part in plain.split("'") if part) or (joined,)


def unstretched(word: str) -> tuple[str, ...]:
    """ "stopppp" → stopp, stop; nothing for a word without three letters in a row."""
    twice, once = [], []
    for letter in word:
        if len(twice) < 2 or not (letter == twice[-1] == twice[-2]):
            twice.append(letter)
        if not once or letter != once[-1]:
            once.append(letter)
    shorter = "".join(once)
    if len(twice) < len(word):
        return ("".join(twice), shorter)
    return (shorter,) if shorter in KEY_WORDS else ()


def one_edit_apart(a: str, b: str) -> bool:
    """Whether one letter added, dropped, changed or swapped with its neighbour turns `a` into `b`."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    end_a, end_b = len(a), len(b)
    while end_a > start and end_b > start and a[end_a - 1] == b[end_b - 1]:
        end_a, end_b = end_a - 1, end_b - 1
    left, right = a[start:end_a], b[start:end_b]
    return len(left) <= 1 and len(right) <= 1 or (len(left) == 2 and left == right[::-1])


class Spelling:
    """Mends key words. `known` holds every word that is right as it stands."""

    def __init__(self, known: Iterable[str], keys: Iterable[str] = KEY_WORDS) -> None:
        self.known = frozenset(known) | ORDINARY_WORDS
        self._by_hole: dict[str, list[str]] = defaultdict(list)
        for key in sorted(keys):
            for hole in {key, *_holes(key)}:
                self._by_hole[hole].append(key)
        self._mended: dict[str, str | None] = {}

    def mend(self, word: str) -> str | None:
        """The key word that `word` is a misspelling of, or None."""
        if word in self.known or len(word) < 4 or len(word) > 14:
            return None
        if word not in self._mended:
            if len(self._mended) > 20_000:  # strangers choose the words: the memory must not grow with them
                self._mended.clear()
            self._mended[word] = self._search(word)
        return self._mended[word]

    def _search(self, word: str) -> str | None:
        near = self._candidates(word)
        for key in near:
            if one_edit_apart(word, key) and _plausible(word, key):
                return key
        for key in near:  # two slips only in long words, where nothing else lies that close
            if len(key) >= 8 and any(one_edit_apart(hole, key) for hole in _near(word)):
                return key
        return None

    def _candidates(self, word: str) -> list[str]:
        holes = {word, *_holes(word)}
        if len(word) >= 7:
            holes |= {second for first in tuple(holes) for second in _holes(first)}
        found = {key for hole in holes for key in self._by_hole.get(hole, ())}
        return sorted(found, key=lambda key: (key[0] != word[0], key))


def _holes(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


def _near(word: str) -> list[str]:
    swaps = [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)]
    doubles = [word[:i] + word[i] + word[i:] for i in range(len(word))]
    return [*_holes(word), *swaps, *doubles]


def _plausible(word: str, key: str) -> bool:
    """Slips seldom hit the first letter: in short words it must be right, or swapped with the second."""
    same_start = word[0] == key[0] or (word[:2] == key[1::-1])
    return same_start if len(key) < 7 else True
