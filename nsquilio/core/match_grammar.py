"""Words that are no names of things, in the languages of our customers: they may stand beside any number.

A number is doubtful beside a word that may name a thing ("bundle 2051"). Pronouns, auxiliaries, prepositions
and adverbs name nothing, and neither do verbs where their form shows them ("2051 gesorteerd", "1099 okayed").
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .match_words import words_of

_LITTLE_WORDS = words_of(
    # German
    "hab habs grad gerade eben halt "
    "ich du er sie es wir ihr mich dich uns euch ihm ihn ihnen mir dir das dies diese dieser dieses dieser "
    "der die dem den des ein eine einen einem einer mein meine unser unsere unserer euer eure kein keine "
    "bin bist ist sind seid war waren wird werden wurde wurden würde habe hast hat haben hatte hatten kann "
    "können könnte muss müssen soll sollen sollte darf will wollen möchte möchten und oder aber denn weil "
    "dass wenn ob als wie auf aus bei mit nach seit von vom zu zum zur für ohne gegen um über unter vor "
    "durch in im an am ab bis heute morgen gestern übermorgen bald gleich sofort jetzt noch schon nicht "
    "nichts nie auch nur doch mal bitte danke leider wohl bereits erst wieder hier da dort so sehr raus "
    "rein hin weg was wer wo wann warum wieso welche "
    # Dutch
    "ik jij je hij zij wij we jullie hen haar hun deze dit dat die het een de onze ons mijn jouw is zijn "
    "ben was waren word wordt worden werd heb hebt heeft hebben had hadden kan kunnen moet moeten mag zal "
    "zullen zou zouden wil willen en of maar want omdat als hoe op uit bij met naar sinds voor zonder "
    "tegen om over onder door aan af tot in te ten vandaag morgen gisteren overmorgen straks zo meteen nu "
    "nog net weg al niet niets nooit ook alleen toch eens graag helaas wel reeds weer terug hier daar er zeer "
    "mee klaar wat wie waar wanneer waarom welke bedankt dank "
    # French
    "je tu il elle on nous vous ils elles moi toi lui leur leurs me te se ce cet cette ces ceci cela ça "
    "ca le la les un une des du de mon ma mes notre nos votre vos son sa ses est sont sera seront était "
    "étaient serait suis sommes êtes ai as a avons avez ont avait avaient aura auront va vais allons vont "
    "peut peux pouvez doit dois devons fait faut et ou mais car donc parce que qui quoi si comme à au aux "
    "en dans par pour sans sur sous avec avant après depuis chez vers entre contre hier demain aujourd'hui "
    "bientôt maintenant déjà encore toujours jamais pas plus ne non oui aussi seulement bien mal trop très "
    "ici là y merci svp stp où quand pourquoi comment combien quelle quel "
    # Spanish
    "yo tú él ella usted nosotros ustedes ellos ellas me te se nos lo la le los las les un una unos unas "
    "el este esta esto ese esa eso estos estas mi mis su sus nuestro nuestra es son era eran fue fueron "
    "será está están estaba soy somos he has ha hemos han había habrá voy va vamos puede puedo podemos "
    "debe debo hay tengo tiene tenemos y o pero porque que si como de del al a en con por para sin sobre "
    "entre hasta desde hacia contra hoy mañana ayer pronto ahora luego ya aún todavía siempre nunca no sí "
    "también solo sólo bien mal muy más menos aquí ahí allí gracias dónde cuándo cuánto cuál quién qué "
    # Italian
    "io tu lui lei noi voi loro mi ti ci vi si lo la li le gli il i un uno una questo questa quello quella "
    "mio mia nostro nostra vostro vostra suo sua è sono era erano sarà saranno verrà verranno viene "
    "vengono siamo ho hai ha abbiamo "
    "avete hanno aveva va vado andiamo vanno può posso possiamo deve devo dobbiamo fa e ed o ma perché che "
    "se come di del della dei delle dello al alla ai alle in nel nella con per da dal dalla senza su sul "
    "sulla tra fra fino oggi domani ieri presto adesso ora poi già ancora sempre mai non sì anche solo "
    "bene male molto più meno qui lì grazie dove quando quanto quale chi cosa "
    # Portuguese
    "eu ele ela nós eles elas me te se nos o a os as um uma uns umas este esta isto esse essa isso meu "
    "minha nosso nossa seu sua é são era eram foi foram será está estão sou somos tenho tem temos vou vai "
    "vamos vão pode posso podemos deve há e ou mas porque que se como de do da dos das ao à no na nos nas "
    "em com por pelo pela para sem sobre entre até desde hoje amanhã ontem logo agora depois já ainda "
    "sempre nunca não sim também só bem mal muito mais aqui aí obrigado obrigada onde quando quanto qual "
    # English, as it is written in texts
    "had having shes hes theyre youre were we're you're they're i've we've they've you've i'd we'd who'd "
    "who's that'll it'll there's there theres let's lets wanna gotta gonna kinda sorta basically actually "
    "still yet anyhow anyways meanwhile twice thrice whenever wherever whoever among beyond behind beside "
    "beneath below above onto upon amid via cuz cos coz tho thru altho although unless whereas whether "
    "aswell ngl imho iirc afaik brb ttyl fwiw oops whoops duh haha hahaha lmk idk omg smh gr8 ta cheers "
    "arvo avo g'day ain't y'all yall both neither none nobody somebody someone everybody"
)
"""Closed classes: whoever writes may put them before or behind any number."""

_VERBS = words_of(
    # German: present and infinitive of what is said of bills
    "geht gehen ging kommt kommen kam zahle zahlt zahlen bezahle bezahlt bezahlen überweise überweist "
    "überweisen begleiche begleicht begleichen fehlt fehlen stimmt stimmen passt passen verstehe versteht "
    "verstehen liegt liegen steht stehen läuft laufen folgt folgen gehört gehören finde findet finden sehe "
    "sieht brauche braucht brauchen schicke schickt schicken sende sendet senden klappt dauert bleibt "
    "prüfe prüft prüfen kläre klärt klären bekommen bekomme bekam erledige erledigt erhalten raus offen "
    "fällig falsch richtig doppelt okay ok versandt verbucht verschickt bearbeitet beglichen angewiesen "
    "freigegeben ausstehend "
    # Dutch
    "gaat gaan ging komt komen kwam betaal betaalt betalen voldoe klopt kloppen mist ligt liggen staat "
    "staan loopt lopen volgt volgen hoort zie ziet zien vind stuur stuurt sturen krijg krijgt kregen maak "
    "maakt maken blijft lukt wacht open fout juist dubbel verkeerd "
    "betaald voldaan verwerkt verstuurd verzonden verrekend ontvangen overgemaakt goedgekeurd "
    # French
    "paie paye payons payez payer règle réglons régler vire virons virer partira arrive arrivera "
    "manque manquait reste restait attend attends attendons envoie envoyons envoyer reçois voit vois "
    "comprends suit passe passera passée partie dû due dues fausse faux erreur correcte "
    # Spanish and Portuguese
    "pago paga pagan pagamos pagar pagué pague pagaré deposité deposite deposito depositamos transferí "
    "transferi transfiero transferimos mandé mande mando mandamos envié envie envío salió llega llegó "
    "falta faltan queda quedó veo vemos espero esperamos entra liquidé liquide liquido liquidamos paguei "
    "pagarei transferiu mandei enviei segue sai chega mal duplicada incorrecta correcta pendiente "
    "payés payées virés virées réglés réglées envoyés envoyées versés versées transférés déposés pagados "
    "pagadas "
    "enviados enviadas depositados transferidos transferidas saldati pagati pagate inviati "
    # Italian
    "pago paga pagano paghiamo pagare pagherò salda saldo saldiamo saldare saldiamola partirà arriva "
    "arriverà manca mancano resta vedo vediamo invio inviamo mandiamo bonifico segue aspetto aspettiamo "
    "sbagliata corretta "
    # English
    "handles handled sitting seems taken shown written withdrawn forgotten"
)
"""Verbs and judgements whose form does not show what they are."""

_ELIDED = re.compile(r"(?:c|d|j|l|m|n|qu|s|t|un|dell|nell|all|dall|sull|quest)'[^\W\d_]+")
_CONTRACTED = re.compile(r"[^\W\d_]+'(?:s|d|ll|ve|re|m|t)")
_PARTICIPLES = re.compile(
    r"[^\W\d_]{2,}(?!e)[^\W\d_]ed"  # sorted
    r"|(?:ab|an|auf|aus|ein|nach|vor|weiter|zurück|goed|af|door|in|op|over|terug|uit)?ge[^\W\d_]{3,}[td]"
    r"|[^\W\d_]{3,}(?:iert|eerd)"  # storniert, gesorteerd
    r"|[^\W\d_]{3,}[éí](?:e|es)?|[^\W\d_]{3,}(?:ad|id|at|it|ut)[oa]"  # réglée, pagado, saldata
)
_ADVERBS = re.compile(r"[^\W\d_]{3,}(?:ly|mente|ellement|ivement|amment|emment)")
_NOUNS = words_of(
    "attended visited enrolled registered participated subscribed voted joined showed turned hundred "
    "kindred sacred naked wicked gewicht gesicht gericht gebiet gerüst gerät geschäft gedicht gebäud "
    "gestalt gehalt geduld geweld gebied gezicht geluid family assembly supply reply belly trolley butterfly "
    "anomaly monopoly café cliché purée résumé canapé lycée marché côté tomato potato strata sonata pescado "
    "mercado helado soldado teclado tejado ganado lado entrada camada salada armada fachada soldato gelato "
    "piatto mercato candidato comunicado certificado certificato contrato pedido partida bebida comida medida "
    "salida vestido sonido líquido marido estado tablado"
)
"""Things whose names look like such verbs, and what a crowd does ("361 attended")."""


def _without_accents(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


_KNOWN = _LITTLE_WORDS | _VERBS | {_without_accents(word) for word in _LITTLE_WORDS | _VERBS}
"""On a phone the accents are often left out."""


def is_verb(word: str) -> bool:
    return word in _VERBS


def may_lead(word: str) -> bool:
    """Whether a word may stand before a document number. "Shipped 2051" may tell how many, "okayed 2051" not."""
    return names_nothing(word) and (not word.endswith("ed") or word in _KEPT_BOOKS or _is_payment_verb(word))


_KEPT_BOOKS = words_of(
    "sorted okayed authorised authorized finalised finalized actioned queried flagged logged booked verified "
    "validated confirmed accepted coded expensed greenlighted rejected challenged contested misplaced actioned "
    "signed oked processed reconciled allocated matched cancelled canceled reissued raised remitted "
    "rushed escalated "
)


@lru_cache(maxsize=16_384)
def names_nothing(word: str) -> bool:
    """Whether a word may stand behind a document number, and is neither a thing nor done by as many people."""
    return (
        is_little_word(word)
        or bool(_ELIDED.fullmatch(word) or _CONTRACTED.fullmatch(word))
        or (len(word) >= 4 and word not in _NOUNS and bool(_PARTICIPLES.fullmatch(word)))
        or (len(word) >= 6 and word not in _NOUNS and bool(_ADVERBS.fullmatch(word)))
        or _is_payment_verb(word)
    )


def is_little_word(word: str) -> bool:
    """A word that is known to name nothing, whatever its ending ("straks" and "pagamos" are no plurals)."""
    return word in _KNOWN


def _is_payment_verb(word: str) -> bool:
    """What becomes of a way to pay: "venmod", "zelle'd", "ach'd", "paypaled"."""
    return any(word.startswith(way) and word[len(way) :] in ("d", "ed", "'d", "'ed", "d'") for way in _WAYS)


_WAYS = words_of(
    "venmo zelle paypal ach wire cashapp bacs eft bpay etransfer revolut interac bizum twint ideal"
)
