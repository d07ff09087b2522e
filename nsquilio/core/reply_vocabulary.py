"""Words as people type them: shorthand, first names, and the key words worth mending (what lies too near to
them stands in `reply_ordinary`).

Tables only. A line more teaches the program a new way to write a word.
"""

from __future__ import annotations

# shorthand → the words it stands for
SHORTHAND: dict[str, str] = {
    short: line.split("=")[1].strip()
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
    dnt dnot donnot dunt = do not
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
    nxt = next
    wen = when
    wat = what
    wht = what
    wut = what
    xfer = transfer
    xfr = transfer
    trf = transfer
    recpt = receipt
    arvo = afternoon
    sposed = supposed
    supposably = supposed
    shortlly = shortly
    chqs = checks
    pymnts = payments
    chks = checks
    mgmt = management
    pmnts = payments
    doin = doing
    payin = paying
    comin = coming
    waitin = waiting
    tryin = trying
    puttin = putting
    workin = working
    goin = going
    cuttin = cutting
    mailin = mailing
    runnin = running
    droppin = dropping
    bringin = bringing
    makin = making
    takin = taking
    lookin = looking
    askin = asking
    hopin = hoping
    plannin = planning
    wirin = wiring
    settlin = settling
    nothin = nothing
    somethin = something
    anythin = anything
    nuthin = nothing
    billin = billing
    chargin = charging
    yday = yesterday
    bday = birthday
    hlep hepl ehlp helpp hellp halp heelp = help
    venmod venmo'd cashapped cashapp'd = venmoed
    zelle'd = zelled
    paypal'd paypald paypalled = paypaled
    ach'd achd ached etransferred bacs'd = wired
    spk = speak
    vd = van de
    yest = yesterday
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
    em = them
    tke = take
    ths = this
    lst = list
    frm = from
    rmv = remove
    rmove = remove
    remov = remove
    dlt = delete
    delet = delete
    fone = phone
    fones = phones
    cel = cell
    celly = cell
    mssgs = messages
    msgz = messages
    txtz = texts
    textz = texts
    notifys = notifications
    atty = attorney
    attys = attorneys
    harrass = harass
    harrassing = harassing
    harrassment = harassment
    blowin = blowing
    sendin = sending
    gettin = getting
    botherin = bothering
    buggin = bugging
    callin = calling
    spammin = spamming
    quitit = quit it
    stopthis = stop this
    stoptxt = stop texts
    stopmsg = stop message
    stoptexts = stop texts
    nomore = no more
    takeoff = take off
    notext = no text
    outta = out of
    notexts = no texts
    donttext = do not text
    unsubcribing = unsubscribing
    sms'en = smsen
    """.strip().splitlines()
    for short in line.split("=")[0].split()
}

# First names that are no other word, so that they are known as names in small letters and in transcripts too.
NAMES = frozenset(
    """

    aaron abby adam adrian aisha alan albert alejandro alex alexis alice alicia alison allen amanda
    amber amir amy ana andrea andrew andy angela angie anita ann anna anne annie anthony antonio
    arthur ashley ashok barbara barry beatriz becky ben benjamin bernadette bernard beth betty
    beverly bev bob bobby bonnie brad bradley brandon brenda brent brian bruce bryan caleb carl
    carla carlos carmen carol caroline carrie catherine cathy cecilia chad charles charlie cheryl
    chris christina christine christopher cindy claire clara claudia colin connie corey craig
    cristina curtis cynthia dan dana daniel danielle danny darlene darren dave david dawn deb debbie
    deborah debra delia denise dennis derek derrick diana diane diego dmitri dolores donald donna
    doris dorothy doug douglas duane dylan eddie edgar eduardo edward eileen elaine elena eli
    elizabeth ellen emily emma enrique eric erica erik erin ernest esther ethan eugene eva evan
    fatima felicia felix fernando fiona frances francisco fred gabriel gail gary george gerald gina
    gladys glenn gloria gordon greg gregory gwen hannah harold harry heather hector heidi helen
    henry holly howard ian ibrahim ingrid irene isaac isabel ivan jackie jacob jaime jake james
    jamie jan jane janet janice jared jasmine jason javier jay jeff jeffrey jen jenna jennifer jenny
    jeremy jerome jerry jesse jessica jill jim jimmy joan joann joanne joe joel john johnny jon
    jonathan jordan jorge jose joseph josh joshua joyce juan juanita judith judy julia julie julio
    justin karen karl kate katherine kathleen kathy katie kayla keith kelly ken kenneth kenny kevin
    kim kimberly kristen kurt kyle larry laura lauren laurie lawrence lena leo leon leonard leslie
    linda lisa liz lloyd lois lorraine louis louise lucas lucia lucy luis luke lydia lynn maggie
    manuel marcia marco marcos marcus margaret maria marie marilyn mario marion marlene marsha
    martha martin marvin mary matt matthew maureen maurice megan melanie melissa michael michelle
    miguel mike mildred mitch mohammed monica monique nancy natalie nate nathan neil nicholas nick
    nicole nina nora norm norma norman olga olivia omar oscar pablo pamela patricia patrick patty
    paul paula pauline pedro pete peter phil philip phillip phyllis priya rachel rafael ralph ramon
    randy raul raymond rebecca regina rhonda ricardo richard rick ricky rita robert roberta roberto
    robin rodney roger roland ron ronald ronda ronnie rosa rosemary roy ruben russell ruth ryan
    sabrina sally sam samantha samuel sandra sandy sarah scott sean sergio seth shane shannon sharon
    shaun sheila shelly sherry shirley simon sofia sonia sophia stacy stan stanley stephanie stephen
    steve steven stuart susan suzanne sylvia tamara tammy tanya tara ted teresa terri terry theresa
    thomas tiffany tim timothy tina todd tom tommy toni tony tonya tracy travis trevor tricia trina
    trish tyler valerie vanessa vera vernon veronica vicki vicky victor victoria vincent virginia
    vivian wade walter wanda warren wayne wendy wesley willie wilma yolanda yvette yvonne zachary
    zoe
    """.split()
)

# Words worth mending. Short ones are mended by `SHORTHAND` alone, because too much lies one letter away
# from them.
KEY_WORDS = frozenset(
    """

    stop stopped unsubscribe cancel remove delete texts texting text message messages messaging
    reminder reminders sending contact wrong number person invoice invoices payment payments paying
    paid mailed tomorrow tonight today monday tuesday wednesday thursday friday saturday sunday
    weekend january february april august september october november december please received
    receive receipt statement duplicate dispute disputing charged overcharged amount balance already
    yesterday delivered delivery ordered resend thanks again longer anymore company check transfer
    transferred forward forwarded accounting accountant correct incorrect damaged never returned
    quantity attached business subscribe resubscribe question portal office anyone number someone
    phone list notifications alerts address signature promise canceled harassment harassing order
    credit discount
    """.split()
)
