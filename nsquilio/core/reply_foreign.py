"""Paying, disputing and asking in Spanish, French, German, Portuguese, Italian, Dutch and Polish.

Letters stand here without accents, as `reply_words` folds them ("réglé" is regle). What a bilingual clerk
types without thinking; whoever writes more is read by a person. The end of texts stands in `reply_languages`.
"""

from __future__ import annotations

from nsquilio.core.reply_rules import table

# The shortest answers of other kinds: what a bilingual clerk types without thinking.
FOREIGN_OTHER = {
    "paid_claim": table(
        """
        es: ya ..3 pague/pagado/pagamos/pagada/pago/pagaron/deposite/transferi/transferimos
        es: <2!no/cuando pague/pagado/pagada/transferi/deposite ..3 ayer/ya/hoy/semana/factura/$
        es: <2!no esta/fue/hemos/he/ha pagado/pagada
        fr: <2!pas/ne deja ..2 paye/payee/regle/reglee/vire/envoye
        fr: <2!ne/pas paiement ..2 effectue/envoye/fait
        fr: <2!pas virement ..2 effectue/fait/envoye
        fr: ai/avons/ete ..1 paye/regle/payee/reglee/vire
        fr: ^^ paye/payee/regle/reglee $
        de: <3!nicht/wird/werden/noch bezahlt/uberwiesen/beglichen/gezahlt/angewiesen !werden
        pt: ja ..2 paguei/pago/pagamos/paga/transferi
        pt: <2!nao paguei/transferi
        it: <2!non gia ..2 pagato/pagata/saldato/saldata
        it: <2!non ho/abbiamo/stata/stato ..1 pagato/pagata/saldato/bonificato
        nl: <2!niet/wordt al/is/heb/hebben ..3 betaald/overgemaakt/voldaan
        nl: ^^ betaald $
        """
    ),
    "promise": table(
        """
        es: pagaremos/pagare
        es: <2!no voy/vamos a ..1 pagar/pagarlo/pagarla/transferir
        es: le/les/se ..1 pago/pagamos/deposito ..2 <date>
        fr: payerai/payerons/paierai/paierons/reglerai/reglerons
        fr: <2!ne vais/allons ..1 payer/regler
        fr: paiement ..2 <date>
        de: <3!nicht/wie/wo zahle/zahlen/uberweise/uberweisen/bezahle/bezahlen/uberwiesen ..5 <date>
        de: werde/werden ..5 zahlen/bezahlen/uberweisen/begleichen
        de: wird ..4 bezahlt/uberwiesen/beglichen/angewiesen/gezahlt
        de: zahlung ..4 <date>/folgt/kommt
        pt: pagarei/pagaremos
        pt: vou/vamos ..2 pagar/transferir
        it: pagheremo/paghero/salderemo/saldero
        it: paghiamo/pago ..3 <date>
        nl: zal/zullen/gaan/ga ..4 betalen/overmaken
        nl: betaal/betalen/overmaken ..3 <date>
        nl: wordt ..4 betaald/overgemaakt
        """
    ),
    "dispute": table(
        """
        es: monto/importe/cantidad/precio/factura ..3 incorrecto/equivocado/incorrecta/equivocada/mal/
            errado/duplicada
        es: no debo/debemos ..3
        es: nunca ..2 recibimos/pedimos/ordenamos/recibi/pedi/llego
        es: no ..2 recibimos/pedimos/recibi/pedi/llego ..3 mercancia/pedido/producto/productos/material
        fr: montant/prix/facture ..3 incorrect/incorrecte/faux/fausse/errone/erronee
        fr: pas commande ..3
        fr: pas ..2 recu ..2 marchandise/commande/livraison/colis
        fr: jamais commande
        fr: conteste/contestons
        de: falscher/falsche ..1 betrag/rechnung/preis/menge/lieferung
        de: betrag/rechnung/preis ..3 falsch/nicht/stimmt/fehlerhaft
        de: nicht bestellt/geliefert/erhalten !sms
        de: nie ..2 bestellt/erhalten/bekommen
        de: reklamation/reklamieren/widersprechen/widerspruch
        de: ware ..4 defekt/beschadigt/nicht/kaputt/mangelhaft
        pt: valor/fatura ..3 errado/incorreto/errada/incorreta
        pt: nao devo/devemos ..2
        it: importo/fattura/prezzo ..3 sbagliato/sbagliata/errato/errata
        it: non ..2 ordinato/ricevuto ..3 merce/nulla/niente/$
        nl: bedrag/factuur/prijs ..3 fout/onjuist/klopt/verkeerd
        nl: niet besteld/geleverd
        """
    ),
    "copy_request": table(
        """
        es: enviar/envie/envien/mandar/mande/manden/reenviar/reenvie/necesito/necesitamos/copia/mandarme/
            enviarme ..5 factura/facturas/recibo/copia/estado
        fr: envoyer/renvoyer/renvoyez/envoyez/besoin/recevoir/copie/transmettre ..5
            facture/factures/recu/copie/releve/duplicata
        de: rechnung/rechnungskopie/kopie/rechnungen/kontoauszug ..5 senden/schicken/zusenden/zuschicken/
            nochmal/erneut/zukommen/mailen
        de: senden/schicken/brauche/brauchen/benotige/benotigen ..5 rechnung/kopie/rechnungskopie/rechnungen
        pt: enviar/envie/mandar/mande/reenviar/preciso/precisamos ..5 fatura/nota/boleto/recibo/copia
        it: inviare/mandare/inviarmi/mandarmi/rimandare/inviate/serve/bisogno ..5 fattura/copia/ricevuta
        nl: factuur ..5 sturen/opsturen/mailen/toesturen/nogmaals/opnieuw
        nl: stuur/sturen/mail ..5 factuur/kopie
        """
    ),
    "question": table(
        """
        es: como/donde/cuanto/cuando ..4 pagar/pago/debo/debemos/vence
        fr: comment/ou/combien/quand ..4 payer/regler/dois/devons/devoir
        de: wie/wo/wieviel/wann/wohin ..5 zahlen/bezahlen/uberweisen/schulde/schulden/fallig/zahle
        pt: como/onde/quanto/quando ..4 pagar/pago/devo/devemos
        it: come/dove/quanto/quando ..4 pagare/pago/devo/dobbiamo
        nl: hoe/waar/hoeveel/wanneer ..4 betalen/betaal/schuldig
        """
    ),
    "help": table(
        """
        es: quien es/eres/habla/escribe
        es: ayuda $
        es: llame/llamen/llamenme/llameme ..2
        fr: qui est/etes ..3
        fr: aide $
        fr: appelez/rappelez ..2
        de: wer ..1 ist/sind/schreibt ..2
        de: hilfe $
        de: rufen ..3 an
        pt: quem e/fala ..2
        pt: ajuda $
        it: chi e/siete/parla/scrive ..2
        it: aiuto $
        nl: wie is/bent ..2
        nl: bel ..1 mij/me ..2
        """
    ),
    "acknowledgement": table(
        """
        es: gracias/recibido/entendido/enterado
        fr: merci/recu/entendu/accord
        de: danke/verstanden/erhalten/dankeschon
        pt: obrigado/obrigada/recebido/entendido
        it: grazie/ricevuto/capito
        nl: dank/bedankt/ontvangen/begrepen/dankjewel/dankuwel
        """
    ),
}
