"""Words that are right as they stand: the mending of misspelled words and the search for names leave them
alone.

Tables only.
"""

from __future__ import annotations

# Real words within reach of a key word: they are never "mended".
ORDINARY_WORDS = frozenset(
    """

    step steps shop shops top tops stops store stock stole stone story test tests tested testing
    next tent tents tex tax taxes taxed texas taxi text texted older odder border orders ordering
    mount amounts pain said laid raid maid pair plaid aid cheek chick thick checks checked checking
    cheeks wring wrung strong prong lumber numbers numb umber lists lost last lit lisp gist mist
    wist fist again gain against a grain removed remote removes remover removal cancels cancer
    cancellation canceling massage massages passage messaged contacts contract contracts contacted
    contractor context invoiced invoicing receiver receives receiving receipts statements duplicated
    duplicates disputes disputed charger charge charges changed change changes mauled nailed failed
    sailed emailed railed hailed mail mails mailing laying saying playing praying buying paving
    pavement pay pays payer pleased lease pleasure thank tanks thanked thanking works worked works
    subscribed subscriber subscribes unsubscribed phones phoned photo stopping office officer
    offices offer closed close person personal persons parson prison never ever lever fever
    correctly corrected correction correcting incorrectly return returning returns deliver
    deliveries delivering ordered credits credited edit discounts discounted alert addresses
    addressed promised promises portals mortal total totals listed business busy companies company's
    reminds remind reminded sender send sends sent spending ending tending lending mending bending
    vending weekends weekend someone's today's monday's friday's accountants accounts account
    question's questions questioned transfers forwards forwarding numbered signature signatures
    damage damages dame received reviewed relieved believed pleas sunny fridays mondays tuesdays
    wednesdays thursdays saturdays sundays oder bitte texte nummer numero checar cancela cancelar
    cancelen canceled lista liste listo listen posten messagen contacto contatto contactez contacter
    contatto kontakt messaggi message messages personne persona persone persoon stopt stoppen stoppt
    stoppe stopped stopper quiet quite suit exit unit number's textes supprimer remover removeer
    rong older ordre orden payment's balanced balances wright
    """.split()
)

# Words of everyday that stand in no rule: they are neither names nor misspellings.
EVERYDAY_WORDS = frozenset(
    """

    the a an and or but so if then than that this these those to of in on at by for from with about
    into over under up down out off as is are was were be been being am do does did done have has
    had having will would can could should may might must shall i me my mine we us our ours you your
    yours he him his she her hers it its they them their who whom whose which what when where why
    how all any both each few many more most much other some such no nor not only own same too very
    just also now here there again once ever never always often still yet already soon later today
    yesterday good bad great nice fine happy sad sorry sure able ready busy free full empty new old
    young big small long short high low first last next right left early late real true false same
    different easy hard hot cold warm home house office store shop car truck van road street city
    town state country world day night morning afternoon evening week month year time hour minute
    second man woman men women child people family friend friends boy girl mom dad wife husband son
    daughter boss team staff crew guy guys folks company business job work project plan price cost
    money cash bank card check bill pay paid sale sales buy sell bought sold need want like love
    hate think know see look find give take get got make made say said tell told ask asked call
    called come came go went gone put let help try keep kept start begin end stop open close run
    move live stay leave turn show hear play read write work talk speak sit stand lose meet bring
    happen hold set follow change lead understand watch wait serve send build fall cut kill reach
    remain raise pass require report decide pull return explain hope develop carry break receive
    agree support hit eat cover catch draw choose cause point available aware home happy interested
    satisfied responsible certain comfortable familiar afraid allowed supposed available paying
    going coming trying getting doing making taking saying talking working waiting looking asking
    anything something nothing everything someone anyone everyone nobody somebody anybody everybody
    because since while during until although though unless however therefore maybe perhaps probably
    really quite pretty almost enough rather well back away together apart around behind below
    between beyond inside outside through toward upon within without another else even less least
    little lot lots part piece side thing things way ways word words water food air fire phone
    number text message email mail letter paper page book list name address door window room floor
    wall table chair summer winter spring fall christmas holiday weekend monday tuesday wednesday
    thursday friday saturday sunday january february march april june july august september october
    november december mr mrs ms dr sir madam hi hello hey bye yes no ok okay please thanks thank
    welcome cool wow oh ah ha haha lol omg wtf btw fyi imo tbh smh idk nvm ugh meh um uh hmm gas oil
    lunch dinner breakfast coffee beer party game school church hospital doctor lawyer police
    government tax rent loan credit debt budget account report meeting event trip flight hotel
    vacation weather rain snow sun wind storm hurt sick ill dead alive tired hungry crazy funny
    weird strange serious important special possible impossible accounting finance department
    manager supervisor director president owner partner customer client vendor supplier driver tech
    technician contractor landlord tenant neighbor mile miles north south east west center main
    street joke kidding guess assume believe wonder imagine remember forget realize notice mention
    discuss review handle manage responsible charge charging billing invoice statement order
    delivery shipment package product item service quality signal reception wifi internet cable power
    electricity coverage stock parking elevator record records mailbox receptionist kitchen garage
    basement roof ceiling floor heat heater engine battery tire tires fuel gate fence yard field crop
    cattle horse dog cat bird tree grass garden lawn pool beach lake river mountain bridge tower
    building apartment condo office desk computer laptop printer scanner screen keyboard button
    switch wire tool tools hammer drill paint brush ladder bucket hose valve filter belt motor fan
    clerk cashier nurse teacher student driver pilot farmer cook chef waiter plumber electrician
    carpenter painter roofer welder mechanic dentist pastor priest judge officer soldier marine
    restaurant bakery salon clinic library church chapel hotel motel museum theater stadium airport
    station warehouse factory plant mill mine depot terminal dock yard lot pharmacy laundry
    parents mother father uncle aunt cousin nephew niece grandma grandpa baby kids toddler teenager
    birthday wedding funeral party holiday season spring winter clue idea reason excuse luck trouble
    problem issue worries hurry rush doubt chance choice option difference surprise secret joke
    """.split()
)
