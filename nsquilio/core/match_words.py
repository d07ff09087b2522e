"""The words that tell what a number in a message is: an invoice, a check, a street, a count of boxes.

Tables only, in the languages of our customers. A word belongs here for what it does to the number beside it,
never because of one sentence it stood in.
"""

from __future__ import annotations


def words_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


INVOICE = words_of(
    "invoice invoices inv invs invoicing bill bills facture factures rechnung rechnungen rechnungsnr "
    "rechnungsnummer rg rgnr factura facturas fattura fatture factuur facturen factuurnummer factuurnr "
    "fra fatura "
    "faturas faktura"
)
DOCUMENTS = words_of(
    "docket dockets document documents doc docs beleg belegnr belegnummer dokument documento comprobante pièce"
)
"""What an invoice may be called too; nothing is amiss if no invoice has the number."""
PO = words_of("po pos p.o p.o. bestellung bestellnr bestellnummer commande")
"""Purchase order; "po box" is told apart by the word that follows."""

ORDERS = words_of(
    "order orders job jobs project projects contract auftrag aufträge auftragsnummer auftragsnr pedido pedidos "
    "ordine ordini opdracht bestelling projekt projet chantier"
)
"""What a PO number may be said of: "order 40071 was replaced"."""

NUMBER_SIGNS = words_of(
    "# no no. nr nr. num num. nbr number numbers numero número numéro nummer n° nº nos hash"
)
BETWEEN_LABEL_AND_NUMBER = words_of("is was are the our your my um uh er erm : - ( = ist")
ABBREVIATIONS = words_of(
    "inv invs no nr num nbr ref conf acct ext tel po p o chk ck apt ste rm bldg fac fact rg"
)
"""Words after which a full stop ends nothing."""

OTHER_THINGS = words_of(
    "check checks cheque cheques chk chq ck cks ref refs reference references conf "
    "confirmation tracking track fedex ups usps dhl pro bol awb waybill acct account accounts card cards "
    "visa mastercard amex ext extension x suite ste apt apartment unit flat room rm floor fl box zip "
    "zipcode postcode plz route rte hwy highway exit gate dock door bay truck trailer load ticket tickets "
    "case claim quote quotes estimate proposal item items part parts sku model "
    "serial sn version pin code otp id ein vat tax abn receipt receipts transaction transactions txn "
    "trace batch page line week weeks wk day days phase step section chapter year fy store location site "
    "lot building bldg house flight seat table channel option dept department employee member customer "
    "client vendor supplier policy permit license licence badge plate vin dispatch delivery deliveries "
    "shipment asn rma return cm memo statement qty quantity size age level grade class team phone cell "
    "mobile tel fax telephone call text ring dial reach whatsapp scheck konto lieferschein "
    "kundennummer kundennr kunde sendung paket telefon handy colis suivi chèque guia cuenta "
    "bestätigung referenz zimmer interstate mile marker password passcode meter reading odometer mileage "
    "aisle bin shelf row slot pallet carton bundle container crew session group round game revision rev "
    "attachment exhibit appendix paragraph clause slip booking reservation auth authorization approval "
    "authorisation net lane tank pump machine engine asset tag barcode upc isbn episode volume vol grid "
    "zone district precinct trk aged cpu"
)
PAYMENT_THINGS = words_of("wire ach eft deposit transfer zelle venmo paypal")
"""What follows is an amount ("wire 1400"), unless a sign says that it is their number ("wire # 2051")."""
AMOUNT_WORDS = words_of(
    "total amount balance bal amt sum price cost value totals totaling totalling betrag summe montant"
)
ASKING = words_of("please pls plz can could will would ll gonna lets let's double kindly to")
"""Before "check" or "order" these make it something to do, not a thing with a number."""
ASKED = words_of("you u we i they someone anybody somebody")
VERB_OR_THING = words_of("check order text call return track ring")

UNITS = words_of(
    "pc pcs piece unit box pack case pallet crate bag roll ft feet foot sq sqft inch in. cm mm m km mile "
    "mi lb kg g oz ton tonne gal gallon l liter litre hr hour min minute sec second day week wk month mo "
    "year yr yo people men women person guys gloves percent pct degrees copy item x times stück stk tage "
    "tag stunden std wochen monate meter jours jour heures semaines mois pièces dias horas cajas each ea "
    "dozen watt kw gb mb night guest lbs kgs gals yds yd pkgs pkg hrs mins secs pts qts sf lf cf sqm kms "
    "rpm psi volt volts amp amps kwh btu degree"
)
NOT_PLURAL = words_of(
    "is was has does this thanks thx yes plus its as us pls always needs looks seems goes gets comes says "
    "shows less minus towards besides unless across perhaps status process access appears remains "
    "includes covers makes stays works reads totals equals sounds owes wants gives invoices bills his hits lands "
    "hers ours theirs yours dollars bucks pounds euros cents clears arrives posts ist das bis dies alles "
    "pas nous vous dans sans mais est sales versus vs wages stands belongs means keeps stops feels helps "
    "checks"
)
AFTER_A_NUMBER = words_of(
    "is was are were be been has had have will would can could should shall may might must do does did "
    "done paid pay pays payed paying sent send sending went go goes going gone came come comes coming "
    "mailed posted cleared clears approved ok okay k received recd got get resend please pls plz thanks "
    "thx ty thank today tomorrow yesterday tonight monday tuesday wednesday thursday friday saturday "
    "sunday mon tue tues wed thu thurs fri sat sun soon now already still again too also and or & but not "
    "never isn't isnt wasn't wasnt yet by on for from to at in with via as if when because since we i you "
    "they it he she this that these those the a an my our your looks seems needs remains settled due "
    "overdue late wrong correct incorrect right short missing disputed duplicate twice only just asap "
    "attached invoice invoices inv bill bills number amount total balance payment wired transferred "
    "scheduled queued issued good fine unpaid outstanding canceled cancelled void next last early later "
    "first final instead then than ist sind wurde wurden bezahlt überwiesen stimmt fehlt folgt kommt und "
    "oder nicht schon bitte danke est sont payée payé payées réglée réglé virée viré reçu reçue et ou pas "
    "svp merci pagada pagado está fue y no gracias went's didn't doesn't hasn't haven't won't can't what "
    "why where who how which gets fully both all arrived hasnt im ill pdf copy copies w w/ per though tho "
    "rn lol lmao urgently second question questions issue issues problem havent wont dont doesnt aint "
    "partially half entirely completely getting being fixed corrected revised updated rcvd entered "
    "processed processing pending hold held rejected returned credited credit refunded refund discount "
    "over under out up off about after before until till til through thru towards toward against without "
    "within today's even exactly flat max total's plus minus net gross incl including deposit check "
    "cheque wire ach cash card transfer zelle one ones well ready ahead sure yep yes yeah nope sir maam "
    "hello hi hey cheers regards best love ur u r n closes closed confirmed accepted agreed acknowledged "
    "noted here there says said show mistake error erroneous bounced resent re-sent refused shipped "
    "delivered charged billed owed owing left remaining roughly approx ish whatever whichever nothing "
    "everything something anything anyway double paperwork hit hits lands landed pymt paymt pmt super legit "
    "weird odd strange unclear confusing crazy insane ridiculous outrageous "
    "excessive steep accurate valid invalid bogus unknown unfamiliar urgent pricey expensive high low "
    "tmrw tmr bal amt tom tonite morning "
    "afternoon evening week month end eod noon mid kindly possibly probably maybe hopefully eventually "
    "shortly forthwith immediately anymore tbh imo fyi btw bro dude guys everyone folks team ma'am mate "
    "made didnt cant keeps keep kept gave give given stays stay stuck sits sitting lists listed includes "
    "covers covered sale pd rec'd pmt'd xferred sched"
)
BEFORE_A_NUMBER = words_of(
    "for about re regarding and or & pay paid paying resend with got need needs only just not meant mean "
    "on of the that's thats is was see send sent received have has approve approved approving dispute "
    "disputing settle settled settling cover covers covering clear cleared clearing concerning your our "
    "my from und für wegen zu et pour por para y to handle did do done missing missed check about: per "
    "both apply applied cancel void pls please disputes release releasing schedule scheduling shift hold "
    "holding stop review reviewing reviewed processed processing process find found finding lost show "
    "shows shown mail mailed mailing wire wired wiring remit remitted remitting post posted posting "
    "closing closed close receiving receive resending resent sending forward forwarded owe owed owing due "
    "status copy pdf question questions issue issues problem problems payment payments paymt pmt pymt "
    "credit yes no ok okay hi hello hey thanks thank sorry ya yeah yep sure this that those these it it's "
    "its does when where why what who how whats what's where's wheres which if because but so then now "
    "also still even without against toward towards in off either instead getting gets wants want seen "
    "saw look looking match matches pull pulled open opened print printed scan scanned email emailed "
    "total totals amount balance sum roughly approx approximately another remaining full exactly like "
    "over under upto least most think thought said say says agreed charged charge billed bill invoiced "
    "invoice overcharged u you them him her us me we i he she they bc cuz since being been be are were "
    "will would could should can cannot can't cant may might must don't dont didn't didnt haven't havent "
    "hasn't hasnt isn't isnt wasn't wasnt won't wont hereby transfer transferred transferring deposit "
    "deposited ach zelle cash drop dropped bring bringing give giving gave a an than first second last "
    "next maybe probably hopefully already left until dropping fix fixed correct corrected revise revised "
    "update updated change changed reissue cut cutting ran run running put putting down up out w w/ via "
    "at around payed dash hyphen minus disputed dupes duplicates vs versus replaces supersedes voided "
    "canceled cancelled cancelling canceling questioned "
    "rejecting rejected returning returned refund refunding splitting adding added entering entered pd"
)
MONTHS = {
    name: n
    for n, names in enumerate(
        (
            "january jan januar janvier enero gennaio",
            "february feb februar février fevrier febrero",
            "march mar märz maerz mars marzo",
            "april apr avril abril aprile",
            "may mai mayo maggio",
            "june jun juni juin junio giugno",
            "july jul juli juillet julio luglio",
            "august aug août aout agosto",
            "september sep sept septembre septiembre",
            "october oct oktober okt octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre decembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
BEFORE_A_DAY = words_of(
    "on by before after until till til thru through around am bis vom le el dem den since"
)
BEFORE_A_YEAR = words_of(
    "in since from year during until till til through thru early late mid spring summer fall autumn "
    "winter fy fiscal back q1 q2 q3 q4 calendar seit im jahr depuis en desde before after last of"
)
AFTER_A_YEAR = words_of("season tax taxes year prices budget catalog catalogue rates pricing vintage")

THINGS_WITH_NUMBERS = words_of(
    "building bldg house location store suite room apartment truck trailer series season model edition "
    "sheet exit"
)
"""What stands behind its number as well: "the 2051 building"."""
MOVES = words_of(
    "moved move moving relocated relocating located live lives are office address ship shipped ships "
    "deliver delivered deliveries drive drove come came go"
)
"""Before "to" or "at" and a number these lead to a house."""

STREETS = words_of(
    "st street ave avenue rd road blvd boulevard ln lane pkwy parkway terrace ter highway hwy freeway "
    "expressway crescent close row alley mews strasse straße str rue chemin calle avenida via weg platz "
    "allee quai"
)
STREETS_AFTER_A_NAME = words_of(
    "way place court drive square circle dr ct pl sq cir close row via run trail park hill"
)
"""Streets too, but not right after the number: "1042 way too late", "1042 close?"."""

COMPASS = words_of("n s e w ne nw se sw north south east west")

SIGN_CURRENCIES = {
    "$": words_of("USD CAD AUD NZD SGD HKD MXN"),
    "us$": words_of("USD"),
    "ca$": words_of("CAD"),
    "c$": words_of("CAD"),
    "au$": words_of("AUD"),
    "a$": words_of("AUD"),
    "nz$": words_of("NZD"),
    "£": words_of("GBP"),
    "€": words_of("EUR"),
    "¥": words_of("JPY CNY"),
}
MONEY_WORDS = {
    **dict.fromkeys(words_of("dollar dollars bucks buck"), SIGN_CURRENCIES["$"]),
    **dict.fromkeys(words_of("rand rands"), words_of("ZAR")),
    **dict.fromkeys(words_of("pound pounds quid sterling"), words_of("GBP")),
    **dict.fromkeys(words_of("euro euros"), words_of("EUR")),
    **{
        code.lower(): words_of(code)
        for code in words_of("USD EUR GBP CAD AUD NZD CHF SEK NOK DKK JPY MXN SGD INR ZAR")
    },
}
CURRENCY_WORDS = {
    **dict.fromkeys(words_of("american amerikanisch américain"), words_of("USD")),
    **dict.fromkeys(words_of("canadian cdn loonies canadien canadiens"), words_of("CAD")),
    **dict.fromkeys(words_of("australian aussie"), words_of("AUD")),
    **dict.fromkeys(words_of("kiwi"), words_of("NZD")),
    **dict.fromkeys(words_of("swiss schweizer suisses"), words_of("CHF")),
    **dict.fromkeys(words_of("pesos mexican mexicanos"), words_of("MXN")),
    **dict.fromkeys(words_of("sterling quid"), words_of("GBP")),
    **dict.fromkeys(words_of("euro euros"), words_of("EUR")),
    **{word: codes for word, codes in MONEY_WORDS.items() if len(codes) == 1 and len(word) == 3},
}
"""Words that name one currency, wherever they stand: "318 wired in canadian"."""
PERHAPS_CURRENCIES = {
    "us": words_of("USD"),
    "ca": words_of("CAD"),
    "au": words_of("AUD"),
    "nz": words_of("NZD"),
}
"""Behind an amount these may be a currency, or a pronoun."""
CENTS = words_of("cent cents pence p centimes")

FILLERS = words_of("um uh er erm uhm hm hmm like so well okay the ah eh")
LIST_WORDS = words_of("as well and und et y & plus + , / ; also e or oder ou then sowie")
NEGATIONS = words_of("not nicht pas isn't isnt wasn't wasnt instead rather than except statt")
PAST = words_of(
    "paid payed sent cleared settled went mailed wired already was did done posted transferred bezahlt "
    "überwiesen payé payée réglé réglée viré pagado pagada cashed pd"
)
