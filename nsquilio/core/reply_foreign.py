"""Paying, disputing and asking in Spanish, French, German, Portuguese, Italian, Dutch and Polish.

Letters stand here without accents, as `reply_words` folds them ("réglé" is regle). What a bilingual clerk
types without thinking; whoever writes more is read by a person. The end of texts stands in
`reply_languages`, the days in `reply_date_foreign`.
"""

from __future__ import annotations

from nsquilio.core.reply_rules import table

LANGUAGES = frozenset("es fr de pt it nl pl near when_abroad calls_abroad deliver leave_contract".split())
"""The names of rules that read another language."""

FOREIGN_OTHER = {
    "paid_claim": table(
        """
        # what has gone, whatever the language: the word for money beside a word for done
        near: <5!no/non/pas/nicht/nao/niet/nie/wird/sera/moet/muss/doit/debe/deve/wanneer/wann/quand/cuando/
            quando pago/pagos/transferencia/deposito/cheque/virement/
            paiement/reglement/uberweisung/zahlung/betrag/geld/bonifico/pagamento/saldo/betaling/overboeking/
            przelew/pix/ted/boleto/mandat/rechnung/factura/facture/fattura/factuur/fatura/faktura/todo/tout
            >4!geht/gehen/wird/werden/sera/seront/sara/verra/zal/wordt/bedzie/parte/part/sale/va/vai/muss/
            debe ..4
            hecho/hecha/realizado/realizada/enviado/enviada/mandado/depositado/parti/partie/fait/faite/
            effectue/effectuee/envoye/envoyee/passe/raus/erledigt/getatigt/ausgefuhrt/fatto/
            effettuato/
            eseguito/eseguita/partito/inviato/inviata/feito/efetuado/gedaan/verricht/verstuurd/uitgevoerd/
            poszedl/zrobiony/wyslany/zaplacona/oplacona/bezahlt/uberwiesen/beglichen/payee/payees/reglee/
            reglees/
            regle/pagata/pagada/pagadas/pagato/saldata/betaald/voldaan/overgemaakt/paga/pagas/liquidada/
            liquidado/encaisse/debite/abgebucht/afgeschreven/addebitato/quitado
        es: ya ..3 pague/pagado/pagamos/pagada/pago/pagaron/deposite/transferi/transferimos/hice/hicimos/
            liquide/liquidamos/mande/mandamos/deposito/quedo
        es: <2!no/cuando pague/pagado/pagada/transferi/deposite ..3 ayer/ya/hoy/semana/factura/<past>/$
        es: <2!no esta/fue/hemos/he/ha/habia pagado/pagada/depositado/transferido/enviado/liquidado
        es: <2!no se pago/deposito/transfirio/mando
        es: <2!no di/dimos/entregue/entregamos/deje/dejamos ..3 efectivo/cheque/dinero/pago
        es: <2!no hice/hicimos/hizo ..2 pago/deposito/transferencia
        es: <2!no pagamos/depositamos/transferimos ..2 ayer/<past>/la/en !cuanto/breve/semana/unos/dos/tres/
            cuando
        fr: <2!pas deja ..2 paye/payee/regle/reglee/vire/envoye/fait
        fr: <2!ne/pas ai/avons/ete/avez/a ..1 paye/regle/payee/reglee/vire/solde
        fr: ^^ paye/payee/regle/reglee/vire ..4 $
        fr: <3!pas/ne/quand/on/je/nous/vous paye/payee/regle/reglee/vire par/hier/le/la/en/ce/depuis/<past>
        fr: parti/partie/poste ..2 hier/<past>/ce/depuis
        de: <8!bis/nicht/wird/werden/noch/nie bezahlt/uberwiesen/beglichen/gezahlt/angewiesen/eingezahlt
            !werden
        de: geld/uberweisung/zahlung ist/wurde ..2 raus/weg/unterwegs/erfolgt
        pt: ja ..2 paguei/pago/pagamos/paga/transferi/depositei/fiz/enviei/quitei
        pt: <2!nao paguei/transferi/depositei/quitei
        pt: <2!nao foi/esta pago/paga/quitado/quitada
        it: <2!non gia ..2 pagato/pagata/saldato/saldata/fatto/bonificato/versato
        it: <2!non ho/abbiamo/stata/stato/ha/hanno ..1 pagato/pagata/saldato/bonificato/versato/saldata
        nl: <2!niet/wordt al/is/heb/hebben/zijn ..3 betaald/overgemaakt/voldaan/overgeboekt
        nl: ^^ betaald $
        nl: geld is ..1 overgemaakt/weg
        pl: zaplacone/zaplacilem/zaplacilam/zaplacilismy/oplacone/oplacilismy/przelalem/przelalam
        pl: przelew wyszedl/poszedl/zrobiony/wyslany
        """
    ),
    "promise": table(
        """
        # "pago en cuanto pueda": when there is money
        when_abroad: <3!no/non/pas/nicht/nao/niet/nie pago/pagamos/pagare/pagaremos/pagaria/deposito/
            depositamos/
            transfiero/mando/
            liquido/paie/paye/payons/paierai/payerai/paiera/payera/paierons/payerons/regle/reglons/reglera/
            vire/zahle/
            zahlen/bezahle/bezahlen/uberweise/uberweisen/pagherei/paghero/pagheremo/paghiamo/saldo/saldiamo/
            bonifico/
            pagarei/pagaremos/transfiro/betaal/betalen/maak/zaplace/zaplacimy ..4
            cuanto/apenas/cuando/des/quand/lorsque/aussitot/sobald/wenn/sowie/appena/quando/assim/logo/zodra/
            wanneer/jak/gdy/
            kiedy ..3 <1!en !es/est/e/ist/is
        when_abroad: <3!no/nicht/niet cuanto/apenas/des/sobald/appena/zodra/lorsque/aussitot ,,9 liquido/
            liquidamos/
            pago/pagamos/
            depositamos/deposito/transfiero/paie/paye/payons/regle/reglons/vire/zahle/zahlen/uberweise/
            uberweisen/bezahlen/
            paghiamo/saldiamo/saldo/betaal/betalen
        when_abroad: sobald/wenn ,,6 kriegen/bekommen/erhalten/kriegt/bekommt sie/ihr/du ..2 geld/zahlung/
            uberweisung
        when_abroad: <3!no/nicht/niet cuando/apenas/quand/lorsque/sobald/wenn/appena/quando/zodra/assim ..4
            cobre/cobremos/pueda/podamos/paguen/peux/peut/pourrai/pourra/kann/konnen/geht/posso/possiamo/
            puder/pudermos/
            kan/kunnen/bezahlt/pagano/entre/llegue/caiga ..3 pago/pagamos/pagare/paie/paye/regle/zahle/
            zahlen/uberweise/
            paghiamo/pago/betaal/betalen/le/les/vous/ich/wir
        # the word for money or paying beside a day
        near: <4!no/non/pas/nicht/nao/niet/nie/combien/quando/cuando/wann/quand/cuanto/como
            pago/pagos/transferencia/deposito/cheque/virement/paiement/reglement/uberweisung/zahlung/geld/
            bonifico/pagamento/saldo/betaling/overboeking/przelew/pix/ted/zahllauf/betaalronde/platnosc/
            pieniadze ..7 <date> !?
        near: <date> ..6 geld/dinero/argent/soldi/dinheiro/pieniadze/pago/pagamos/deposito/depositamos/
            transferencia/virement/paiement/reglement/
            uberweisung/zahlung/bonifico/pagamento/betaling/przelew/pix/pagar/payer/zahlen/bezahlen/pagare/
            betalen/zaplacic/saldo/uberweise/uberweisen/zahle/bezahle/mando/mandamos/transfiero/envio/regle/
            reglons/vire/virons/paie/paye/paghiamo/transfiro/betaal/maak/zaplace/zaplacimy/przelewam/
            depositare/cubro/liquido/liquidamos/begleichen/saldiamo/saldiamo
            <4!no/non/pas/nicht/nao/niet/nie/combien/quand/wann
        near: <5!no/non/pas/nicht/nao/niet/nie/como/comment/wie/come/hoe/donde/ou/wo
            pago/pagamos/mando/mandamos/envio/enviamos/transfiero/transferimos/deposito/depositamos/hago/
            hacemos/cubro/liquido/liquidamos/paie/paye/payons/paient/regle/reglons/vire/virons/envoie/
            envoyons/uberweise/uberweisen/zahle/zahlen/bezahle/bezahlen/begleiche/begleichen/schicke/
            schicken/transfiro/transferimos/faco/fazemos/paghiamo/pago/saldo/saldiamo/bonifico/bonifichiamo/
            verso/versiamo/faccio/facciamo/betaal/betalen/maak/maken/zaplace/zaplacimy/przeleje/przelejemy/
            przelewam/ureguluje/pagar/payer/regler/pagare/depositar/transferir ..6 <date>
        es: <1!da/di/a/per/come/posso/potete/possiamo/devo/dove/quando/quanto pagaremos/pagare/
            depositaremos/transferiremos/transferire/depositare/mandaremos/liquidaremos <4!no
        es: <2!no voy/vamos/va a ..3 pagar/pagarlo/pagarla/transferir/depositar/mandar/hacer/liquidar/enviar
        es: le/les/se ..1 pago/pagamos/deposito/depositamos/transfiero/mando/liquido ..4
            <date>/<num>/<money>/cuando/pronto
        es: queda/quedara/estara pagado/pagada/depositado/liquidado ..4
        es: pago/pagamos/pagaremos ..2 cuando/pronto/luego/despues/mas
        es: cuando ..2 cobre/cobremos/paguen/paga/caiga
        fr: payerai/payerons/paierai/paierons/reglerai/reglerons/virerai/virerons/enverrai/enverrons <4!ne
        fr: <2!ne vais/allons/va/vont ..3 payer/regler/virer/envoyer/faire
        fr: <2!ne sera/serez/serons/seront ..2 paye/payes/regle/reglee/payee/vire/fait/effectue/credite
        fr: paiement/reglement/virement/cheque ..3 prevu/prevue/programme/suit/suivra/arrive/part/partira/
            cours/valide
        de: werde/werden/wird ..6 zahlen/bezahlen/uberweisen/begleichen/uberwiesen/bezahlt/beglichen/
            angewiesen/gezahlt/erledigt/erledigen/veranlassen/uberweise <5!nicht/nichts
        de: uberweisung/zahlung/geld/betrag ..4 folgt/kommt/raus/unterwegs/veranlasst/angewiesen
        de: zahle/zahlen/uberweise/uberweisen/bezahle ..2 sobald/wenn/bald/demnachst <2!nicht
        pt: <2!nao pagarei/pagaremos/transferirei/transferiremos
        pt: <2!nao vou/vamos/vai ..3 pagar/transferir/depositar/fazer/mandar/quitar/acertar
        it: <2!non pagheremo/paghero/salderemo/saldero/bonifichero/faremo/provvederemo/provvedo
        it: bonifico in arrivo/partenza
        it: <2!non sara/verra ..1 pagato/pagata/saldata/saldato
        nl: <2!niet zal/zullen/gaan/ga ..5 betalen/overmaken/voldoen
        nl: wordt ..4 betaald/overgemaakt/voldaan
        nl: staat ..5 rekening
        nl: betaling volgt/komt
        pl: <2!nie zaplace/zaplacimy/przeleje/przelejemy/ureguluje/uregulujemy/oplace
        pl: <2!nie bedzie ..2 zaplacone/przelew/oplacone
        """
    ),
    "dispute": table(
        """
        es: no ..1 fue/es/era ..1 lo que ..3
        es: quedo/quedaron/hicieron/hecho/hecha ..1 mal
        es: mal hecho/hecha/hechos/instalado/facturado/cobrado
        pt: nao ..1 reconheco/reconhecemos/concordo/concordamos/autorizei
        pt: nao foi ..2 combinado
        it: non ..1 e ..1 quello/quella ..4
        fr: pas ..2 ce ..1 que/qui ..3
        near: mauvais/mauvaise/faux/fausse/falscher/falsche/falschen/falsches/verkeerde/verkeerd/errado/
            errada/sbagliato/
            sbagliata/zla/bledna montant/prix/facture/quantite/produit/article/betrag/preis/menge/rechnung/
            ware/bedrag/
            factuur/prijs/valor/preco/importo/prezzo/kwota
        fr: prix/montant/facture ..2 mauvais/mauvaise
        fr: pas ..2 bon/bonne/bons montant/prix/facture/compte/produit/taille
        es: monto/importe/cantidad/precio/factura/cobro/cuenta/total ..3 incorrecto/equivocado/incorrecta/
            equivocada/mal/errado/duplicada/duplicado/alto/caro/repetida/repetido
        es: no debo/debemos/adeudamos/debia ..3
        es: <8!reenviar/enviar/mandar/factura/copia nunca ..3 recibimos/pedimos/ordenamos/recibi/pedi/llego/
            solicitamos/autorizamos/trajeron/vinieron/
            entregaron >5!factura/copia/recibo
        es: no ..3 recibimos/pedimos/recibi/pedi/entregaron/trajeron/autorizamos/autorice/ordenamos/
            terminaron/instalaron/arreglaron/funciona/sirve/corresponde/coincide/vinieron
            >4!factura/copia/recibo
        es: no llego ..3 mercancia/pedido/producto/productos/material/nada/todo/completo
        es: llego/llegaron/vino/vinieron ..3 roto/rota/rotos/rotas/danado/danada/danados/mal/incompleto/
            incompleta/
            tarde/quebrado/defectuoso/defectuosa/equivocado
        es: falta/faltan/faltaron/falto ..2 <num>/cajas/piezas/mercancia/producto/material/credito/dos/tres/
            una
        es: devolvimos/devolvi/regresamos/rechazamos/devuelto/devuelta
        es: no/tampoco ..3 vamos/voy/va a ..1 pagar
        es: no ..2 pago/pagamos/pagaremos/pagare !hasta/antes/puedo
        es: cobraron/cobrando/cobran/cobro/facturaron/cobrar ..3 dos/doble/mas/demas/extra/veces
        es: dos veces
        es: cancelen/cancelar/cancele/anulen/anular/anule ..2 factura/cargo/cobro/pedido
        es: dejen/deje ..2 cobrar/cobrarnos/cobrarme/facturar/facturarnos
        es: cancelamos/cancele/cancelado/cancelada ..4 pedido/servicio/orden/contrato/enero/febrero/marzo
        es: no es nuestra/nuestro/mia/mio
        es: reclamo/disputa/nota de ..1 credito
        es: precio ..2 acordado/acordamos/era
        fr: commande/livraison/contrat ..3 annule/annulee/annulees
        fr: supprimer/supprimez ..2 facture
        es: pedido/orden/servicio ..2 cancelado/cancelada/cancelo
        fr: montant/prix/facture/quantite ..4 incorrect/incorrecte/faux/fausse/errone/erronee/eleve/elevee/
            double/doublon/correspond/conforme
        fr: pas ..3 commande/livre/livres/livree/conforme/accord/termine/repare/correspond/fonctionne ..3
        fr: pas ..2 recu ..2 marchandise/commande/livraison/colis
        fr: jamais ..1 commande/recu/livre/demande
        fr: conteste/contestons/litige/reclamation
        fr: casse/cassee/casses/cassees/abime/abimee/endommage/endommagee/defectueux/defectueuse/incomplete/
            incomplet
        fr: manque/manquait/manquent ..3 <num>/cartons/pieces/produits/deux/trois/un/une
        fr: facture/factures ..3 deux/double fois/$
        fr: deux fois
        fr: trop cher/eleve/percu
        fr: annuler/annulez/annulee/annule ..3 facture/commande
        fr: retourne/renvoye/rendu ..3 marchandise/commande/materiel/colis
        fr: ne ..1 paierai/payerai/paierons/payerons/paie/paye/payons ..1 pas
        fr: erreur ..2 facture/montant/prix/quantite
        fr: note de credit
        fr: un avoir
        de: falscher/falsche/falschen ..1 betrag/rechnung/preis/menge/lieferung/ware/artikel
        de: betrag/rechnung/preis/menge/summe ..4 falsch/nicht/stimmt/fehlerhaft/hoch/doppelt/zuviel
        de: stimmt ..3 nicht/nichts
        de: nicht/nie/niemals ..2 bestellt/geliefert/erhalten/bekommen/beauftragt/angekommen/vollstandig !sms
        de: reklamation/reklamieren/widersprechen/widerspruch/beanstanden/bemangeln ..1
            !nutzung/verwendung/der
        de: defekt/beschadigt/kaputt/mangelhaft/fehlerhaft/unvollstandig
        de: fehlt/fehlen/fehlten ..3 <num>/noch/stuck/kartons/teile
        de: doppelt ..2 berechnet/abgerechnet/bezahlt/rechnung
        de: storniert/stornieren/stornierung/storno
        de: zahlen/zahle/bezahlen/bezahle/zahlung ..3 nicht/nichts/erst !heute/morgen/<date>
        de: gutschrift ..3
        de: zuruckgeschickt/zuruckgesendet/retourniert
        pt: valor/fatura/preco/nota/cobranca ..3 errado/incorreto/errada/incorreta/duplicada/alto
        pt: nao devo/devemos/pedimos/pedi/recebemos/recebi/encomendamos/autorizamos ..2 !fatura/boleto/nota
        pt: nunca ..2 pedimos/recebemos/encomendamos/recebi/autorizei
        pt: veio/vieram/chegou/chegaram ..2 quebrado/quebrada/quebrados/errado/errada/faltando/danificado/
            incompleto/estragado
        pt: faltando/faltou/faltaram ..2 <num>/caixas/pecas/itens
        pt: nao ..2 vamos/vou ..1 pagar
        pt: cobraram/cobrado/cobrada ..3 duas/dobro/mais/vezes
        pt: devolvemos/devolvi/devolvido
        pt: cancelar/cancelem/cancele/cancelamos ..2 fatura/pedido/nota/cobranca
        it: importo/fattura/prezzo/totale/quantita ..4
            sbagliato/sbagliata/errato/errata/corretto/corretta/doppia/
            alto/doppio <3!non/corretto
        it: importo/fattura/prezzo ..2 non ..2 corretto/corretta/giusto/torna/corrisponde
        it: non/mai ..2 ordinato/ricevuto/autorizzato/richiesto ..3 merce/nulla/niente/questo/questa/$
        it: merce/materiale/prodotto/pezzi/ordine ..5 indietro/rotta/rotto/rotti/danneggiata/danneggiato/
            difettosa/
            difettoso/mancante/mancano/incompleta/restituita/sbagliata/arrivata
        it: non ..2 paghiamo/pago/paghero/pagheremo/dobbiamo/devo
        it: annullare/annullate/annullata ..2 fattura/ordine
        it: mancano ..3
        it: nota di credito
        it: contesto/contestiamo/contestazione/reclamo
        nl: bedrag/factuur/prijs/rekening ..4 fout/onjuist/klopt/verkeerd/hoog/dubbel
        nl: klopt ..1 niet/niks/geen
        nl: niet/nooit ..2 besteld/geleverd/ontvangen/afgesproken
        nl: kapot/beschadigd/stuk/defect/onvolledig
        nl: geannuleerd/annuleren
        nl: betalen/betaal ..3 niet/niks
        nl: creditnota/creditfactuur
        nl: dubbel ..2 gefactureerd/berekend/factuur
        nl: ontbreken/ontbreekt/retour
        pl: nie ..2 zamawialismy/zamawialem/dostalismy/dotarl/dotarlo/zgadza/zaplacimy/zaplace/dostarczono
        pl: reklamacja/reklamujemy/uszkodzony/uszkodzone/uszkodzona/brakuje/pomylka
        pl: towaru nie ma
        pl: za co ..2 placic
        pl: bledna/bledne/zla/zly ..1 faktura/kwota/cena
        """
    ),
    "copy_request": table(
        """
        es: enviar/envie/envien/mandar/mande/manden/reenviar/reenvie/reenvien/necesito/necesitamos/copia/
            mandarme/enviarme/mandeme/mandenme/envieme/envienme/enviarnos/mandarnos/reenviarme/pasame/paseme/
            pasar/ocupo/mandame/enviame/reenviarla ..5 factura/facturas/recibo/copia/comprobante/remision/
            pedimento
        es: estado de cuenta
        es: factura/recibo/copia/comprobante ..5 enviar/envie/mandar/mande/reenviar/reenvie/enviarla/mandarla/
            otra/reenvien/manden
        es: no ..3 encuentro/tengo/tenemos/llego/recibimos/recibi/encontramos ..2 factura/copia/recibo
        fr: envoyer/renvoyer/renvoyez/envoyez/besoin/recevoir/copie/transmettre/transmettez/avoir ..6
            facture/factures/recu/copie/releve/duplicata/bon/justificatif/livraison/devis
        fr: facture ..5 renvoyer/renvoyez/envoyer/nouveau/copie
        fr: pas ..3 recu/trouve/retrouve/avons ..2 facture
        de: rechnung/rechnungskopie/kopie/rechnungen/kontoauszug/lieferschein/beleg ..6 senden/schicken/
            zusenden/zuschicken/nochmal/erneut/zukommen/mailen/nochmals/schickt/sendet/bekommen/haben/fehlt/
            finde/finden/gefunden
        de: senden/schicken/brauche/brauchen/benotige/benotigen/schickt/schick/finde/finden/hatte/hatten ..6
            rechnung/kopie/rechnungskopie/rechnungen/lieferschein/beleg/kontoauszug
        pt: enviar/envie/enviem/mandar/mande/mandem/reenviar/preciso/precisamos/manda/reenvia/segunda ..5
            fatura/nota/boleto/recibo/copia/comprovante/via
        it: inviare/mandare/inviarmi/mandarmi/rimandare/inviate/serve/bisogno/mandate/mandatemi/inviatemi/
            rimandarmi/avere/rinviare/rinviarmi ..6 fattura/copia/ricevuta/estratto/bolla/ddt
        it: rigira/rigirare/girami/gira/girare/rimanda/rigirarmi ..3 fattura/copia/ricevuta
        it: non ..3 ricevuto/trovo/arrivata ..2 fattura
        nl: factuur/kopie/pakbon ..6 sturen/opsturen/mailen/toesturen/nogmaals/opnieuw/krijgen/ontvangen
        nl: stuur/sturen/mail/mis/zoek ..5 factuur/kopie/pakbon
        pl: faktura/fakture/faktury/kopie/kopia ..4 przyslac/wyslac/poprosze/prosze/ponownie
        pl: prosze/poprosze/przeslac/wyslac/przyslac ..4 fakture/faktury/kopie
        """
    ),
    "question": table(
        """
        es: como/donde/cuanto/cuando/cual/que/a ..5 pagar/pago/debo/debemos/vence/saldo/cuenta/deposito/monto
        es: puede/pueden/podrian/podria ..3 quitar/perdonar/descontar/bajar/condonar ..3 recargo/interes/
            intereses/cargo/
            mora/multa
        es: puedo/podemos/puede/podria/podriamos/pueden/podrian ..5 pagar/pagos/pagarlo/partes/plazo/esperar/
            dividir/abonar/extension/prorroga/plazos/tarjeta/efectivo/zelle
        es: aceptan/acepta/toman/tienen/hay ..4 tarjeta/tarjetas/zelle/efectivo/cheque/cheques/plan/descuento/
            paypal/recargo
        es: de que es/son ..3
        es: por que ..5 factura/cobro/cobran/cargo/monto/cobraron
        es: factura/esto ..2 de que
        fr: comment/ou/combien/quand/quel/quelle/quels ..5
            payer/regler/dois/devons/devoir/facture/montant/compte/
            solde/rib/iban/adresse/echeance/chantier/reglement/correspond/doit
        fr: peut/peux/puis/pouvons/pourrait/pourrions/possible/pourrais ..5
            payer/regler/fois/delai/echeancier/carte/
            report/cheque/virement
        fr: pour quel/quelle/quoi ..4
        fr: quel/quelle ..2 facture/chantier/montant/solde
        fr: pourquoi ..6 facture/montant/frais/$
        fr: acceptez ..4
        fr: rib/iban
        fr: delai ..5
        de: wie/wo/wieviel/wann/wohin/welche/welches/welchem/wofur/warum/was/hoch ..6
            zahlen/bezahlen/uberweisen/
            schulde/schulden/fallig/zahle/rechnung/konto/betrag/iban/offen/auftrag
        de: kann/konnen/konnte/konnten/darf/durfen/ginge/geht ..5
            zahlen/bezahlen/raten/lastschrift/karte/paypal/
            aufschub/spater/ratenzahlung/uberweisen
        de: iban/kontonummer/bankverbindung/skonto/ratenzahlung/aufschub/mahngebuhr/mahngebuhren
        pt: como/onde/quanto/quando/qual ..4 pagar/pago/devo/devemos/valor/conta/saldo/pix/vencimento/chave
        pt: posso/podemos/pode/podem/da ..4 pagar/parcelar/parcela/parcelas/cartao/dividir/esperar/prazo
        pt: aceitam/aceita/tem ..3 cartao/pix/desconto/boleto
        pt: chave pix
        it: come/dove/quanto/quando/quale/che/cosa ..5 pagare/pago/devo/dobbiamo/fattura/importo/conto/iban/
            scadenza/manca/saldo/riferisce
        it: posso/possiamo/potete/potremmo/potrei/possibile ..4 pagare/rate/rata/dilazione/aspettare/carta/
            rateizzare/contanti
        it: iban/dilazione/rateizzare
        it: accettate ..3
        nl: hoe/waar/hoeveel/wanneer/welke/welk/waarvoor/waarom/wat ..5
            betalen/betaal/schuldig/factuur/bedrag/
            rekening/rekeningnummer/openstaat
        nl: kan/kunnen/mag/mogen ..5 betalen/termijnen/uitstel/pinnen/ideal/creditcard
        nl: rekeningnr/rekeningnummer/betalingsregeling/uitstel
        pl: czy ..4 zaplacic/karta/raty/ratach/gotowka/przelewem
        pl: ile ..4
        pl: jaki/jakie/jaka/ktora ..3 konto/numer/kwota/faktura
        pl: numer konta
        near: se ..1 rispondo/respondo stop
        """
    ),
    "help": table(
        """
        es: quien es/eres/habla/escribe/son/me
        es: de quien es ..3
        es: ayuda/ayudarme/ayudeme/ayudenme
        es: <3!no llame/llamen/llamenme/llameme/llamame/marqueme/hableme ..2
        es: hablar/hable con ..4
        es: <3!no llamarme/llamarnos/marcarme/hablarme/marcarnos
        fr: qui est/etes/es ..3
        fr: est qui
        fr: vous etes qui
        fr: aide $
        fr: <3!ne/pas/plus/n appelez/rappelez/appeler/rappeler ..2
        fr: parler a/avec ..3
        de: wer ..1 ist/sind/schreibt/seid ..2
        de: hilfe
        de: rufen/rufe/ruft >5!nicht/nie/keine ..4 an/zuruck
        de: sprechen ..3
        de: ruckruf
        pt: quem e/fala/esta ..2
        pt: ajuda
        pt: <3!nao ligue/liguem/ligar/falar ..3
        it: chi e/siete/parla/scrive/sei ..2
        it: aiuto
        it: <2!non chiamatemi/chiamate/richiamate/chiamare/richiamatemi/parlare ..3
        nl: wie is/bent/zijn ..2
        nl: bel/bellen ..2 mij/me/ons/terug !niet/niet
        nl: hulp
        nl: spreken ..2
        pl: kto to ..3
        pl: prosze ..2 zadzwonic/telefon/kontakt
        """
    ),
    "acknowledgement": table(
        """
        es: gracias/recibido/entendido/enterado/enterados/vale/perfecto/claro
        es: de acuerdo
        es: lo/la reviso/revisamos/checo/vemos/veo/paso
        fr: merci/recu/entendu/accord/note
        fr: je transmets/transfere/regarde/verifie
        de: danke/verstanden/erhalten/dankeschon
        de: alles klar
        de: gebe/leite/geben/leiten ..5 weiter
        de: schaue/prufe/prufen/klare/kummere ..4
        pt: obrigado/obrigada/recebido/entendido/valeu/beleza
        pt: vou verificar/ver
        it: grazie/ricevuto/capito/perfetto
        it: controllo/verifico/verifichiamo/inoltro
        nl: dank/bedankt/ontvangen/begrepen/dankjewel/dankuwel/prima/oke
        nl: stuur/geef ..3 door
        pl: dziekuje/dzieki/rozumiem/przekaze/sprawdze
        """
    ),
    "other": table(
        """
        # calls that are to end, deliveries and contracts called off: an invoice called off is disputed
        calls_abroad: <x.no> >3!<x.text>/<x.send>/ni/oder/und ..4 <x.call>
        calls_abroad: <x.call> ..2 nicht/niet/plus/pas ..1 mehr/meer/$
        calls_abroad: <x.stop>/<x.no> ..3 courrier/courriers/papier/newsletter/correo/cartas/briefe/post/posta
            >4!<x.text>/<x.number>
        deliver: mover/cambiar/posponer/reagendar/reprogramar/aplazar/deplacer/decaler/spostare/verschieben/
            verzetten/adiar
            ..3 cita/entrega/visita/livraison/rendez/consegna/appuntamento/lieferung/termin/levering/afspraak
        deliver: cancelen/cancelar/cancele/cancela/anulen/anular/anule/suspendan/suspender/annulez/annuler/
            reportez/
            reporter/annullate/annullare/sospendete/cancelem/adiar/stornieren/storniert/absagen/annuleren/
            annuleer/
            odwolac/odwolajcie ..4 entrega/entregas/livraison/livraisons/consegna/lieferung/levering/
            entregue/dostawe/
            servicio/service/cita/visita/contrato/contrat/contratto/vertrag/abo/abonnement/plan
        deliver: lieferung/liefertermin/termin/levering/abo/vertrag/wartungsvertrag/abonnement/contract/
            contrat/contrato/
            contratto/abbonamento/dostawe ..6 stornieren/storniert/absagen/verschieben/kundigen/annuleren/
            opzeggen/
            stopzetten/resilier/cancelar/disdire/odwolac/verzetten
        leave_contract: kundige/kundigen/kundigung/resilie/resilier/resiliez/resiliation/disdico/disdire/
            disdetta/opzeggen/opzegging/
            rescindir/rescindo/wypowiadam >6!<x.text> ..4 abo/<x.bill>
        """
    ),
}
