"""Words that mean the same to the rules for replies, by class. A rule names a class as `@name`.

To teach the program a new word, add it to its class here; to teach it a new turn of phrase, add a rule.
"""

from __future__ import annotations

import re

_LINES = """
not = not never
i = i we
us = me us
your = your ur you
who = i we he she they
det = the these those your any all my our this that of
be = is are was were be been being am
will = will shall going would gonna
modal = will shall going would should can could may might must to

stop = stop quit cease halt discontinue terminate disable deactivate suspend kill stopping ceasing quitting
key = stop quit unsubscribe revoke optout stopall remove stopp cease discontinue halt desist
endword = stop quit end cease halt discontinue terminate cancel unsubscribe revoke suspend disable stopping
    ending canceling kill
texts = texts text texting message messages messaging sms reminder reminders notification notifications
    alert alerts spam smsen mms txt
manytexts = texts texting messages messaging sms reminders notifications alerts spam message txts smses
    pings
    texties mms
plaintexts = texts texting messages messaging sms reminders notifications alerts txts smses pings notices
    nudges beeps buzzes dings blasts robotexts mms
bothering = texting messaging contacting bothering harassing bugging pestering spamming annoying hounding
    badgering reminding nagging pinging bombarding sms smsing messagin blowing harrassing hassling pinging
    buzzing disturbing flooding messing stalking robotexting notifying poking nudging mithering chasing
quitverb = stop stopping quit quitting cease ceasing halt halting discontinue discontinuing terminate
    terminating disable disabling deactivate suspend kill killing end ending desist ditch bin axe ax scrap
    nix chuck dump trash shelve skip mute silence pause block eliminate abolish curb nuke zap stem prevent
    unsubscribe withhold abandon forgo retire squash scrub
phrasal = knock lay leave cut pack call shut turn switch back hold give wrap wind ease sod jack toggle
particle = off out in over down up away
noise = buzz buzzes buzzed buzzing ding dings dinged dinging ping pings pinged pinging beep beeps beeped beeping
    chime chimes chimed chiming rings rang ringing vibrate vibrates vibrated vibrating chirp chirps chirping
    bleep bleeps bleeping jingle jingling ringtone racket
consent = consent consents consented permission authorization authorisation approval opt-in
revoked = revoke revokes revoked revoking withdraw withdraws withdrawn withdrawing withdrew rescind rescinds
    rescinded rescinding retract retracts retracted pulling deny denied denies
threat = attorney attorneys lawyer lawyers solicitor solicitors counsel esq fcc ftc acma ico ofcom crtc cfpb
    bbb ag tcpa complaint complaints complain report reporting reported sue suing lawsuit court legal
    police cops authorities regulator ombudsman commission sheriff litigation suit damages fines attorney's
    lawyer's comreg cnil claims suits barrister
firm = business company shop store restaurant practice firm farm bakery cafe diner garage salon bar pub deli gym
    franchise agency clinic studio hotel motel market nursery brewery florist laundromat dealership dairy ranch
    barbershop pharmacy butchery winery vineyard marina campground gallery bookstore pizzeria grill
place = church school hospital house home residence clinic daycare restaurant library farm salon preschool
    synagogue mosque temple hotel bakery nursery museum household apartment condo dorm university college
    kindergarten barbershop pharmacy laundromat
these = these this those that it them
number = number phone cell mobile line cellphone numbers phones digits telephone handset iphone
tie = here there work works working worked employed employee number phone cell company business job staff
    firm practice
list = list lists system database records file files distribution
drop = suppress suppressed blacklist remove removed removing struck stricken delete deleted erase erased
    drop scratch strike scrub purge wipe wiped exclude
    excluded omit clear delist delisted unlist expunge block bar ban unlink detach discard withdraw bin
    eliminate ditch lose kick

polite = please thanks thank you ok now sorry sir maam madam hi hello hey yes yeah no just immediately asap
    already kindly today folks guys everyone bye and but right so then oh lol well alright good
    bro bruh dude mate man buddy pal girl omg jeez geez ffs god lord christ wtf seriously ugh mister guys
        people
    gents ladies friend chief cheers ta argh hell damn lads team omfg smh
filler = please thanks ok hi hello hey sir maam sorry guys all there good morning afternoon evening yes yeah
    well bye and so just

other_person = wife husband son daughter mom mother dad father kid kids employee employees staff guys crew
    workers worker boss partner him her them assistant secretary receptionist driver drivers foreman tenant
    tenants customer customers clients son's boyfriend girlfriend brother sister coworker neighbor grandson
        granddaughter grandma grandpa
    father's mother's landlord roommate ex stepdad stepmom uncle aunt cousin nephew niece
otherway = email emails mail post letter letters phone call calls paper fax writing landline courier portal
    courriel
call = call calls calling phoning called ring ringing voicemail voicemails robocalls robocall
email = email emails emailing emailed mail mailed mailing
notours = order orders delivery deliveries deliver service services subscription subscriptions appointment
    appointments contract plan plans account accounts membership autopay check checks payment payments job
    jobs work works project shipment shipments shipping shipped meeting invoice invoices charge charges bill
    bills trip lease policy card cards access visit visits pickup production maintenance newsletter
    newsletters paper fax faxes autoship trash truck trucks driver construction roof billing charging claim
    warranty booking reservation insurance permit line lines item items license software seats seat internet
    rental repair repairs website domain hosting tax taxes interest fee fees machine water power leak
    leaking bleeding smoking drinking making loading unloading work working season coverage relationship
    business session employment tenancy po quote request rma returns return portal login renewal
    trial tickets ticket route bin dumpster supply power rent

invoice = invoice invoices bill bills inv statement statements charge charges <doc>
doc = packing invoice invoices bill bills statement statements receipt receipts copy copies pdf w9 w-9 pod
    paperwork
    document documents documentation docs backup certificate coi slip slips form contract agreement
    timesheet timesheets breakdown itemization remittance picture photo proof pic confirmation signoff bol
    worksheet report details detail inv credit memo ticket tickets certificates letter scan screenshot
    duplicate waiver waivers lien bol timesheets agreement backup ddt photos pics
plaindoc = invoice invoices bill bills statement statements receipt receipts copy copies pdf w9 pod
    paperwork inv pdfs
money = payment payments check checks money wire ach transfer funds cash remittance eft deposit zelle venmo
    paypal bacs sepa draft cashapp wires
transfer = ach wire zelle venmo paypal transfer eft bacs sepa cashapp interac
pay = pay settle remit pays prepay repay
paying = paying settling remitting wiring transferring
handle = handle resolve cover square fix? complete finish finalize
paid = paid settled remitted wired transferred prepaid zelled venmoed overnighted cleared payed venmo'd
    paypaled zelle'd
sent = sent mailed wired reissued remitted transferred overnighted posted issued fedexed couriered expressed
    dispatched submitted released initiated processed deposited
willing = will shall going gonna can could able plan planning plans intend intending hope hoping aim aiming
    expect expecting expects try trying tries should might need want ready about fixing set due look looking
    promise would ought
dopay = pay settle remit send mail wire transfer zelle venmo paypal cashapp cut issue write run release
    process submit initiate schedule put make deliver overnight drop bring post chuck sling pop stick throw
    shoot push clear square knock whack slide shift sort handle do fund finalize authorize approve
    print hand lodge action fedex courier bang bung ping fire square finish resend
    reissue
doingpay = paying settling remitting sending mailing wiring transferring cutting issuing writing running
    releasing processing submitting initiating scheduling putting making delivering overnighting dropping
    bringing posting chucking slinging popping sticking throwing shooting pushing clearing squaring knocking
    whacking sliding sorting handling covering doing funding finalizing authorizing approving printing
    handing lodging actioning resending reissuing redoing getting firing catching zelling venmoing
sure_doing = paying settling remitting wiring transferring
payobj = it this that them these those both everything half rest remainder balance payment payments money
    check checks funds wire transfer ach eft bacs cash one yours something some part full chunk batch ones
    <money> remittance deposit cheque amount total lot bacs zelle draft
moneyin = warrant fedwire payment payments money check checks funds wire transfer ach eft bacs cash
    remittance deposit draft
    zelle venmo cheque sepa draft cashapp interac paypal billpay
comesin = come comes coming came clear clears cleared clearing hit hits hitting land lands landed arrive
    arrives arrived pay pays paid paying fund funds funded funding close closes closed release released
    releases settle settles settled available drop drops sold sell sells approved process processed
    goes through lands post posts
income = draw draws loan loans settlement retainage retention retentions insurance refund tax taxes closing
    sale escrow grant
    client clients customer customers owner gc bank payroll check checks job project house deal funds
    funding
    money deposit deposits financing claim cash contractor card cards government state county district
    receivables factoring investor investors backer rent rents tenants season crop
    harvest commission bonus paycheck pay payday wages adjuster cheque
    retainer advance tourists summer milk cattle cow grain sales medicare reimbursement
paytimes = run batch cycle round
gaveout = gave handed dropped delivered left brought took
past = yesterday ago already last earlier
soon = soon asap shortly eventually assoonas
condition = if once when whenever until unless after provided assuming pending assoonas before without upon
onlywhen = until unless once when after if assoonas before without upon pending

goods = goods merch delivery deliveries order orders product products item items parts part boxes box cases
    case pallets pallet shipment shipments merchandise material materials units unit cartons supplies stuff
    package packages load loads pieces bags equipment pumps machine machines tiles tile chairs tables door
    doors windows toner paper filters filter batteries gloves lumber pipe pipes cable cables blades fittings
    tile board boards drywall shingle shingles carpet countertop countertops glass brick paver pavers beams beam
    shirts uniforms bricks lights fixtures panels hoses valves lids cups rolls drums crates bottles cabinets
    half rest bolts screws sheets reams tires
work = work job service services repair install installation project cleaning delivery labor hours training
    visit maintenance inspection treatment
broken = broken damaged defective faulty cracked busted leaking smashed dented rusted expired spoiled rotten
    broke malfunctioning bent ruined torn scratched crushed unusable wet moldy dead
wrong = wrong incorrect inaccurate off mistaken
badwork = bad poor terrible awful horrible lousy shoddy sloppy unacceptable unsatisfactory
fixed = fix fixed correct corrected resolve resolved repair repaired finish finished complete completed
    replace replaced redo redone adjust adjusted credit credited credits refund refunded deliver delivered
    delivery arrive arrives arrived missing leak leaks replacement replacements revised revise remove
    removed reverse reversed satisfied inspected
owe = owe owed owes owing

sendme = send resend email emailed mail forward fax provide share sending give get issue upload attach scan
    re-send shoot supply furnish
need = need needs want wants require requires needing
see = got see seen received saw
ask = can could may would will
wh = what when where which who why how
dayword = monday tuesday wednesday thursday friday saturday sunday
ap = ap accounting accounts bookkeeper bookkeeping accountant billing finance office manager boss wife
    husband partner controller payables owner team department cfo him her them someone corporate
    headquarters hq treasurer clerk admin purchasing supervisor colleague secretary assistant guy person gal
    lady staff
tell = tell telling ask asking let letting inform notify talk talking speak check
foreign_texts = mensaje mensajes texto textos recordatorio recordatorios notificaciones avisos rappel
    rappels nachricht nachrichten textnachrichten erinnerung erinnerungen mitteilungen mensagem mensagens
    torpedos lembretes messaggio messaggi promemoria notifiche bericht berichten berichtjes smsjes smsen
    herinneringen smsberichten
foreign_no = ningun ningunos ninguno nunca jamas sin basta deje dejen dejar parar paren pare parad cancelar
    cancelen quitar eliminar alto aucun jamais cesser cessez arret arreter arretez arretes arrete assez
    keine keinen kein keinerlei aufhoren stoppen stoppt abbestellen abmelden einstellen beenden schluss
    unterlassen nie nao sem chega parem pararem nunca nenhum nenhuma remover cancelem non niente nessun
    smettere smettete smettetela smettila basta senza fermare interrompere cancellare disattivare geen niet
    nooit stop stoppen ophouden zonder afmelden beeindigen verwijderen uitschrijven desactivar suspender
foreign_delete = loschen losche loscht entfernen entferne streichen detruisez effacez effacer supprimez
    supprimer enlevez retirez retirer borrar borren borre borra eliminar eliminen elimine elimina quitar
    quiten quite quita saquen tirar tire tirem remover remova removam apagar apague excluir exclua
    cancellare cancellate cancella togliere togliete togli rimuovere rimuovete rimuovi eliminate verwijder
    verwijderen wis wissen haal schrap
foreign_number = numero nummer telefono telefone celular movil handynummer telefonnummer telefoonnummer
    telephone portable lista liste lijst elenco verteiler
foreign_keyword = arret arretez arreter baja pare parar parem paren parenle parale sair salir cancelar
    cancele cancelen cancella cancellami annuler abmelden abbestellen afmelden uitschrijven desabonnement
    desabonner desinscription desinscrire desuscribir desuscribirme descadastrar disiscrivimi disiscrizione
    disdire eliminarme quitarme loschen aufhoren austragen ophouden smettete smettetela smettila resilier
    cessez opzeggen verwijder detener detengan desistir
foreign_got = llego llega llegaron recibi recibimos recibido entiendo entendi entendemos abre veo vi vimos
    recu recue
    compris comprends ricevuto capito capisco arrivato gesehen verstehe verstanden angekommen recebi
    recebemos
    chegou ontvangen gekregen begrijp snap dostalem dostalam otrzymalem otrzymalam rozumiem widzialem wiem
foreign_polite = por favor porfavor svp bitte aub alstublieft please gracias merci danke grazie obrigado ya
    no mas piacere per dank vous plait sil il s te prego faz u me jetzt ahora
"""


def _read(text: str) -> dict[str, frozenset[str]]:
    classes: dict[str, frozenset[str]] = {}
    for entry in re.split(r"\n(?! )", _LINES.strip()):  # an indented line goes on with the class above it
        name, _, words = entry.partition("=")
        classes[name.strip()] = frozenset(words.split())
    return classes


CLASSES = _read(_LINES)
