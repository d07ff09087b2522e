"""Words of other languages by what they mean, in every ending: "manden", "mandarme", "envíenos" are all to send.

Spanish, French, German, Portuguese, Italian, Dutch and Polish in some depth; of Swedish, Danish, Norwegian,
Finnish, Czech, Romanian, Hungarian, Turkish, Indonesian, Vietnamese, Tagalog and Haitian Creole what is said
to end texts. Letters stand as `reply_words` folds them, without accents. A word carries the marks of all the
classes it fits (`<x.send>`), and `reply_languages` says which marks together mean what; a mark alone means
nothing, so a class may hold a word that is another one in English ("plus", "no", "will").
"""

from __future__ import annotations

import re
from functools import lru_cache

_ES = "(?:a|e|as|es|an|en|ad|ar|ir|er|is|eis|ais|ando|iendo)?(?:me|nos|le|les|melo|lo|la|los|las)?"
_FR = "(?:e|es|er|ez|ons|ent|ant)?"
_DE = "(?:e|en|t|et|st|te|ten)?"
_IT = "(?:a|e|i|o|ate|ete|ite|are|ere|ire|ar|er|ir|ino|iamo|ano|ono|ando|endo)?(?:mi|ci|mene|lo|la|li|le)?"
_PT = "(?:a|e|am|em|ar|er|ir|ando|endo|arem|ei)?(?:me|nos)?"
_PL = "[a-z]{0,6}"

_STEMS: dict[str, str] = {
    "text": r"""
        mensaj\w{0,6} | textos? | recordatorios? | notificacion\w* | avisos? | textit\w+ | textitos
        | rappels? | relances? | notifs? | texto | (?:text|kurz|sprach)?nachricht(?:en)?
        | (?:zahlungs)?erinnerung(?:en)? | mitteilung(?:en)? | benachrichtigung(?:en)? | mahnung(?:en)?
        | meldung(?:en)? | mensage(?:m|ns) | mensajinh\w+ | msgs? | torpedos? | lembretes? | notificac\w+
        | avisos | cobrancas? | messagg\w+ | promemoria | notific(?:a|he) | sollecit\w+ | avvis[oi]
        | (?:tekst|sms)?bericht(?:en|je|jes)? | (?:betalings)?herinnering(?:en)? | meldingen | appjes?
        | (?:sms|esemes)[a-z']{0,6} | wiadomosc\w* | powiadomie\w* | przypomnie\w* | meddeland\w*
        | paminnels\w* | besked\w* | pamindels\w* | tekstmelding\w* | melding\w* | pamelding\w*
        | (?:teksti)?viest\w* | mesaj\w* | zprav\w* | upomink\w* | uzenet\w* | pesan | mensahe | paalala
        """,
    "send": rf"""
        (?:mand|envi|contact|molest|fastidi|textee?|mensaje|hostig|acos|avis|notifiqu|remit)(?:a|e|as
        |es|an|en|ad|ar|is|eis|ais|ando)(?:me|nos|le|les|melo|lo|la|los|las)?
        | escrib(?:a|an|as|e|en|ir|iendo)(?:me|nos|le)? | escribais
        | (?:envoy|renvoy|contact|harcel|derang|text|spamm|relanc|embet|importun|sollicit|emmerd){_FR}
        | envoie[sz]? | envoi | ecri(?:re|vez|s|t|ve)
        | (?:schreib|schick|send|kontaktier|belastig|text|anschreib|anschrieb|zuschick|zusend|versend
        |sims|stor|nerv){_DE} | anzuschreiben | zuzusenden | zusenden
        | (?:mand|envi|contat|contact|perturb|incomod|avis|notific|import){_PT} | mandand\w+
        | escrev(?:a|am|e|er|endo)
        | (?:mand|invi|contatt|disturb|scriv|stress|tempest|tormentat|romp|molest){_IT}
        | scriver(?:mi|ci|e) | inviarmi | mandarmi | stur(?:en|t)? | verstur\w+ | zend(?:en|t)?
        | toestur\w+ | toezend\w+ | benader\w* | contacte\w+ | lastig\w* | schrijv\w+ | stuurt?
        | app(?:en|t)
        | (?:wysyl|przesyl|przysyl|wysl|przysl|pis|pisz|napis|kontaktow|kontaktuj|nekac|nekaj|dreczc
        |smsow|niepoko){_PL} | skick\w+ | skriv\w* | sand(?:a|er)? | kontakt\w+ | sende[rst]? | sms[ae]?
        | texta | laheta\w* | lahettak\w* | trimit\w+ | scriet\w* | contactat\w* | kuld\w+ | irj\w+
        | irjon | gonder\w* | atma\w* | yazma\w* | kirim\w* | nhan | gui | magtext | itext | magpadala
        | magsend | voye | ekri | posilej\w* | neposilej\w* | nepis\w* | nekontaktuj\w*
        """,
    "no": r"""
        no | non | nao | ne | n | nicht | nichts | niet | niets | nie | ikke | inte | ej | ingen | inga
        | inget | ingenting | intet | kein\w{0,3} | keinerlei | geen | ningun[oa]?s? | nunca | jamais
        | jamas | nessun[oa]? | niente | mai | nenhum\w? | zadn\w+ | pas | plus | aucun\w? | nooit
        | niemals | aldrig | aldri | khong | dung | ngung | huwag | wag | ayaw | ayoko | nu | nem | ala
        | alkaa | alka | tidak | jangan | pa | istemiyor\w+ | sin | sem | senza | sans | ohne | zonder
        | bez | utan | uten | uden | sis | nincs
        """,
    "more": r"""
        mas | mais | piu | plus | mehr | meer | wiecej | mer | mere | flere | fler | mai | nua | weiter\w*
        | na | anko | daha | tobb\w* | lagi
        """,
    "stop": r"""
        dejo | baj(?:en|ar)me | dej(?:e|en|ad|a|ar|arse|emos|enme)(?:n?se)?
        | par(?:e|en|ar|enle|ale|enlo|en?se|ad) | deten(?:er|ga|gan|ganse)\w* | ces(?:e|en|ar) | basta
        | bastan? | alto | suspend(?:er|a|an) | interrump\w+ | acaben | arret\w{0,4} | cess\w{1,4}
        | stoppe?[rztns]? | stopper | fin | suspendez | suspendre | aufhor\w* | aufzuhoren | hor(?:t|en)?
        | stopp\w* | einstell\w* | einzustellen | unterlass\w* | beend\w+ | schluss | absehen | abstellen
        | sein\s?lassen | par(?:e|em|ar|a|arem) | cheg(?:a|ou) | encerr\w+ | interromp\w+
        | deix(?:e|em|ar|a) | smett\w+ | finite\w+ | finiscila | piant\w+ | ferma\w* | cessat\w+
        | cessar\w+ | sospend\w+ | stop(?:pen|t)? | ophouden | houd(?:en|t)? | hou | beeindig\w*
        | staak\w* | staken | kappen | przesta\w+ | zaprzesta\w+ | konie[ac]\w* | skoncz\w+ | dosc
        | wstrzym\w+ | slut(?:a|t|te)? | avslut\w+ | lopet\w+ | stans\w* | opri\w+ | incet\w+ | prestan\w*
        | hagyj\w+ | durdur\w* | birak\w* | berhenti | hentikan | ngung | dung | thoi | ngat | itigil\w*
        | tigil\w* | tama | ihinto | sispann | kanpe | rete
        """,
    "remove": rf"""
        (?:borr|elimin|quit|saqu|saca|remuev|remov|retir|exclu[iy]|suprim){_ES} | desuscri\w+
        | desapunt\w+ | dese?n?roll?\w* | baja | supprim\w+ | effac\w+ | enlev\w+ | desinscri\w+
        | desabonn\w+ | retir\w{{1,4}} | ray(?:er|ez) | oter | otez | suppression | (?:ge)?losch\w*
        | entfern\w* | streich\w* | austrag\w* | auszutragen | abmeld\w* | abbestell\w* | abzumelden
        | rausnehm\w* | raus | herausnehm\w* | ausgetragen | nehm\w* | remoc\w+ | tir(?:e|em|ar|a)
        | apag\w+ | exclu\w+ | descadastr\w+ | delet\w+ | retir\w+ | desinscrev\w+
        | cancell(?:a|i|are|ate|ami|atemi|armi|arci|azione) | rimo(?:ss|z)\w+ | rimuov\w+ | togl\w+
        | elimin\w+ | disiscri\w+ | disdic\w+ | levat\w+ | depenn\w+ | verwijder\w* | wis(?:sen|t)?
        | schrap\w* | uitschrij\w* | afmeld\w* | haal | halen | uit te schrijven | schrijf | usun\w*
        | usuw\w* | wypis\w* | skasow\w* | wykresl\w* | wyrejestr\w* | avregistrer\w* | avanmal\w*
        | slett\w* | fjern\w* | slet\w* | frameld\w* | ta | bort | sterg\w* | elimina\w* | dezabon\w*
        | vymaz\w* | odhlas\w* | smaz\w+ | poista\w* | torol\w* | leirat\w* | silin | hapus | xoa | huy
        | tanggal\w* | alisin | burahin | retire
        """,
    "unsubscribe": r"""
        desuscri\w+ | desinscri\w+ | desabonn\w+ | desabone\w* | abmeld\w* | abbestell\w* | abzumelden
        | descadastr\w+ | disiscri\w+ | uitschrij\w* | afmeld\w* | wypis(?:z\w*|ac|uje|anie|ujcie)
        | avregistrer\w* | avanmal\w* | frameld\w* | dezabon\w* | odhlas\w* | leirat\w*
        """,
    "number": r"""
        numer(?:o|u|em|a)? | nummer | num | nr | telefon\w* | tel | telephone | movil | celular\w*
        | cellulaires? | celu | portable | mobile | mobil\w* | gsm
        | (?:handy|telefon|mobil|ruf|privat)nummer | handy | telemovel | telefone | cellulare
        | telefoon\w* | telefoonnummer | komork\w+ | number | phone | cell | cislo | numar\w* | numara\w*
        | szam\w* | nomor | numerot\w* | nimewo | cep
        """,
    "list": r"""
        list[aeyi]? | listado | lijst | mailinglijst | verteiler | elenc\w+ | base | bases | datenbank\w*
        | kartei | cadastro | registro\w? | registre | sistema | systeme | system\w* | rubrica | baz[ay]
        | bestand\w* | archivio | database | fichiers? | datos | donnees | dados | dati | kontakt[eao]\w*
        | contatti | contacts? | contactos? | contatos? | register\w*
        """,
    "peace": r"""
        tranquil\w* | paz | paix | ruhe | pace | rust | spokoj\w* | fred | ro | rahaa | beke\w*
        """,
    "let": r"""
        laiss\w* | dej\w+ | lass\w{0,2} | lasci\w* | laat | laten | daj\w* | zostaw\w* | lat | la
        | deix\w+ | fich\w+ | fout\w+
        """,
    "want": r"""
        quier\w+ | quer(?:o|emos|ia|er) | dese\w+ | gustaria | souhait\w* | veux | voul\w+ | voudr\w+
        | desir\w+ | mocht\w+ | will | wollen | wunsch\w* | wil | willen | wens\w* | vogli\w+ | desider\w*
        | vorre\w+ | chc\w+ | zycz\w* | vill | onsk\w* | oensk\w* | vil | gusto | muon | ayaw | kailangan
        | interess\w+ | interes\w+ | brauch\w+ | necesit\w+ | precis\w+ | besoin | bisogno | potrzebuj\w*
        | aimer\w+ | vreau | vrem | akar\w* | halua\w* | chci | chceme | nechc\w+ | vle
        """,
    "get": r"""
        recib(?:ir|irlos|a|amos|o|iendo) | recev\w+ | erhalten | bekommen | empfangen | kriegen
        | receb(?:er|a|endo) | ricever\w* | riceva | ontvang(?:en|t) | krijg\w+ | otrzymyw\w+ | dostaw\w+
        | fa | motta | modtage | nhan | primesc | primi | matanggap | resevwa | etre
        """,
    "only": r"""
        solo | solamente | unicamente | seulement | uniquement | exclusivement | nur | ausschliesslich
        | somente | apenas | soltanto | esclusivamente | alleen | uitsluitend | tylko | wylacznie | bara
        | endast | kun | bare | lieber | plutot | mejor | meglio | liever | raczej | chi | doar | enkel
        | besser | prefer\w+ | prefier\w+ | preferib\w+ | melhor | wole
        """,
    "mail": r"""
        emails? | mail\w* | mails | correos? | courriels? | courrier | post | brief\w* | cartas?
        | lettres? | lettera | posta | poczt\w+ | mejl\w* | epost | postal | electronico | eletronico
        | correio | e-?mail\w* | papier | papel | carta
        """,
    "object": r"""
        oposicion | opongo | oponemos | oppose\w* | opposons | opposition | widersprech\w* | widerspruch
        | widerruf\w* | bezwaar | sprzeciw\w* | rezygn\w* | wycof\w* | cofam | revoc\w+ | revoqu\w+
        | revog\w+ | ritir\w+ | retir(?:o|amos) | intrek\w* | trek | renunci\w+ | resili\w+ | opposizione
        | oppong\w+ | oponho | untersag\w+ | verbiet\w+ | verbitt\w* | prohib\w+ | interdi\w+
        | interdis\w* | vietat\w* | diffid\w+ | proib\w+ | zabrani\w+ | zakaz\w+ | exij\w+ | exig\w+
        """,
    "consent": r"""
        consent\w* | autori[zscs]\w* | einwillig\w* | zustimm\w* | zugestimmt | eingewilligt | permis\w+
        | permes\w+ | erlaub\w* | toestemming\w* | zgod\w* | zgadza\w* | samtyck\w* | samtykk\w*
        | consinti\w* | pedi | pedido | demande | gevraagd | chiesto | bestellt
        """,
    "use": r"""
        us(?:en?|ar|ando|es|ate|are|em|o) | utili[czs]\w* | verwend\w* | nutz\w* | benutz\w* | gebruik\w*
        | uzyw\w* | anvand\w* | bruk\w* | brug\w*
        """,
    "bill": r"""
        factur\w+ | facture\w* | rechnung\w* | fatura\w* | boletos? | fattur\w+ | factuur\w* | facturen
        | faktur\w* | rachun\w* | recibos? | bestellung\w* | lieferung\w* | pedidos? | entreg\w+ | orden
        | commande\w* | livraison\w* | ordin\w+ | consegn\w+ | encomenda\w* | bestelling\w* | levering\w*
        | zamowien\w* | dostaw[aey] | vertrag\w* | wartungs\w* | contrat\w+ | servicio\w* | service\w*
        | contract\w* | umow\w* | merce | mercanc\w+ | mercadoria | marchandise\w* | ware\w* | material\w*
        | camion\w* | chofer\w* | paquete\w* | colis | cheque\w* | pago\w* | paiement\w* | zahlung(?:en)?
        | pagament\w+ | betaling\w* | copia\w* | copie\w* | kopie\w* | estado | releve\w* | duplicat\w*
        | frais | kosten | gebuhr\w* | renta | locat\w+ | miete | abbonament\w+ | abonnement\w* | abono
        | newsletter\w* | leasing | kontoauszug\w* | recargo\w* | juros | interes(?:es)? | costi | spese
        """,
    "call": r"""
        llam\w+ | appel\w* | anruf\w* | anzurufen | angerufen | rufen | ligar | ligue\w* | ligando
        | ligacoes | chiam\w+ | telefonar\w* | telefonat\w+ | bel(?:len|t)? | gebeld | dzwoni\w*
        | dzwonc\w* | telefoner | ringa | ringe
        """,
    "fine": r"""
        prima | bien | ok | okay | gut | goed | bem | bene | dobrze | fine | perfect\w* | super | best
        | genial | parfait | perfetto | ottimo | bra | fint | gern\w* | besser | meglio | mejor | mieux
        | melhor | liever | lepiej
        """,
    "wrong": r"""
        equivoc\w+ | incorrect\w* | erron\w+ | mauvais\w* | faux | fausse | erreur | falsch\w*
        | errad[oa]s? | errat[oa]s? | err(?:ou|aste|ei) | sbagli\w+ | verkeerd\w* | fout\w{0,2} | zl[aye]
        | bledn\w+ | niewlasciw\w* | pomyl\w* | pomylk\w* | fel | felakti\w+ | forkert\w* | feil
        | vaara\w* | gresit\w* | spatn\w+ | rossz | teves | yanlis | salah | sai | nham | mali\w*
        | enganad\w* | enganou | engano | vergist | verwahlt | vertan | geirrt | irrtum | falschen?
        | trompe[zrs]?
        """,
    "person": r"""
        person\w* | destinat\w+ | contact\w* | osob\w+ | persoon | empfanger | ansprechpartner
        """,
    "here": r"""
        aqui | aca | ici | hier | qui | tutaj | tu | her | har
        """,
    "work": r"""
        trabaj(?:a|o|an|aba|e) | travail(?:le|lent|lait) | arbeit\w* | trabalh\w* | lavor\w*
        | werk[te]?\w* | prac\w+ | jobb\w* | viv[eoi]\w* | habite\w* | wohn\w* | abit[ao]\w* | woon\w*
        | mieszka\w* | mora
        """,
    "know": r"""
        conozc\w+ | conoc\w+ | connai\w+ | kenn\w* | conhec\w+ | conosc\w+ | ken | kennen | zna[mj]?\w*
        | kjenner | kanner | kender
        """,
    "is": r"""
        es | est | ist | sind | e | sou | sono | ben | bin | suis | sommes | somos | soy | jest\w* | to
        | is | er | ar | bestem | sun?t | estan | esta | som | sao | siamo | zijn
        """,
}

_CLASSES = {
    f"<x.{name}>": re.compile("(?:" + "".join(part for part in stems.split()) + ")")
    for name, stems in _STEMS.items()
}


# English words that fit by chance, or that English and another language share: the English rules read them.
_ENGLISH = frozenset(
    """
    cancellation cancelled delete quit quite remover removes remove retired retire tire tires wist haul stopped
    stopping stopper stops contact contacted contacts disturb nerve send sender sending store stores text msg
    msgs ken mailbox final finite ta final sand sander tops note paper parent parents message messages hold
    import imports avoid contractor contractors quota interest interested interests system systems saga
    sacks raw ray rate tempest stress mandate mandated delta deleted deletes elimination contest haul
    """.split()
)
_LONGEST = 24  # no word of ours is longer; whoever pastes a long one is not searched


@lru_cache(maxsize=20_000)
def marks(word: str) -> frozenset[str]:
    """The classes a folded word fits."""
    if word in _ENGLISH or len(word) > _LONGEST:
        return frozenset()
    return frozenset(mark for mark, pattern in _CLASSES.items() if pattern.fullmatch(word))
