"""Opt-outs, opt-ins and wrong numbers in Spanish, French, German, Portuguese, Italian and Dutch.

Letters stand here without accents, as `reply_words` folds them ("arrêt" is arret, "não" is nao). A
language is added by adding lines; words that mean something else in English must not stand alone.
"""

from __future__ import annotations

from nsquilio.core.reply_rules import table

# "No me llamen más, mejor mensajes" ends calls; "ni llamadas ni mensajes" ends both.
FOREIGN_STOP_MASKS = table(
    """
    again: [<x.unsubscribe>/<x.stop>/baja] ,,6 erreur/error/versehen/errore/engano/equivocacion/sbaglio/
        vergissing/pomylka
    again: [<x.want>] ..1 seguir/continuar/continuer/continuare
    again: <x.get>/<x.send>/bekommen/recibiendo ..1 wieder/weiterhin/nuevamente [<x.stop>]
    calls: [<x.no>] >3!<x.text>/<x.send>/texts/text/ni/y/oder/und/ou/et/o/e/en/of ..3 [mas/mehr/meer/plus/
        mais/piu]
        ..2 <x.call>
    calls: [<x.no>] >3!ni/y/oder/und/ou/et/o/e/of <3!<x.text>/<x.send> ..3 <x.call> ..1
        [mas/mehr/meer/plus/mais/piu]
    calls: [<x.no>] >4!<x.text>/ni/y/oder/und/ou/et/o/e/of <3!<x.text>/<x.send> ..4 <x.call>
    calls: [<x.stop>] >5!<x.text>/ni/y/oder/und/ou/et/o/e/of ..3 <x.call>
    calls: <x.call> ..2 [<x.no>] >5!<x.text>/ni/y/oder/und/ou/et/o/e/of/escrib/schreiben ..1 [mehr/meer/mas/
        plus]
    calls: <x.call> ..2 [<x.no>] >5!<x.text>/<x.send>/ni/y/oder/und/ou/et/o/e/of
    """
)

FOREIGN_OPT_OUT = table(
    """
    # one word, or one word and a courtesy
    keyword: ^^ @foreign_polite? stop/stopp/arret/arrete/arretez/arreter/baja/alto/pare/parar/parem/paren/
        para/sair/fin/basta/cancelar/cancele/cancela/cancella/annuler/abmelden/abbestellen/afmelden/
        uitschrijven/desabonnement/desabonner/desinscription/desinscrire/desinscrivez/desuscribir/
        desuscribirme/desuscribanme/descadastrar/disiscrivimi/disiscrivetemi/disiscrizione/disdire/disdetta/
        remover/removerme/eliminar/quitar/quitarme/salir/stoppen/ophouden/aufhoren/schluss/ende/einde/ferma/
        fermare/fermate/fermatevi/smettete/smettetela/smettila/cancelarme/darme/resilier/supprimer/cessez/
        cesser/opzeggen/kundigen/austragen/loschen/verwijderen/verwijder/detener/detenganse/detengan/
        suspender/chega @foreign_polite? @foreign_polite? @foreign_polite? @foreign_polite? $$
    keyword: no/non/nao mas/mais/piu $
    keyword: ya no mas
    keyword: stop >3!<x.bill>/<x.call> sms/svp/aub/bitte/porfavor/alstublieft/merci/gracias/danke/por/met/
        mit/mensajes/messages/
        nachrichten/berichten/mensagens/messaggi/aux/les/los/de/dei
    keyword: stop i/a/ai/agli/alle ..1 <x.text>/sms
    keyword: ya basta
    keyword: basta ..2 messaggi/mensajes/sms/ya/cosi/de/con/con
    keyword: plus/pas de sms/messages/message/textos/texto/rappels
    keyword: arret ..2 sms/messages/textos
    keyword: ^ @foreign_polite/quiero/quero/voglio/veux/wil/mochte? @foreign_polite? @foreign_keyword
        >3!<x.bill>/<x.call>/<date>/<num>/<name>/<unknown> ..2 $$
    near: @foreign_delete ,,4 @foreign_number
    near: @foreign_number ,,3 @foreign_delete
    # any of them: no or stop beside a word for texts that is not English
    near: stop/stopp sms/messages/rappels $
    near: <2!do/did/have/i/we/get @foreign_no >6!@foreign_got ,,6 @foreign_texts
        !yet/from/received/came/about/?
    near: no/ya mas/quiero/more >4!@foreign_got ,,4 mensaje/mensajes/texto/textos/recordatorios/sms/
        mensagens/messaggi/
        nachrichten/berichten
    near: no ..2 >3!@foreign_got mensajes/textos/recordatorios/nachrichten/berichten/mensagens/messaggi
        >4!@foreign_got
    near: <3!@foreign_got ne/n/pas/plus/veux >4!@foreign_got ,,6 sms/textos/messages/rappels !?
    near: mensaje/mensajes/textos/nachrichten/nachricht/berichten/mensagens/messaggi/sms >5!@foreign_got ,,4
        no/nao/nicht/
        niet/non/geen/stoppen/basta/abbestellen/aufhoren/cancelar/parar !yet/from
    # any of them, by what the words mean
    channel: <x.mail>/<x.call>/@email ,,6 <x.no> ..1 aufs/auf/sul/sur/en/al/no/op/na/por/par/per <x.number>/
        mi/mon/mijn/mein
    channel: por/par/per/via/pelo texto/sms/messages/mensaje/mensajes/messaggio ..1 no/non/nao/nein/nicht/
        niet $
    not_send: <x.no> <5!<x.call>/not <x.send> ,,3 >5!<x.bill>/<x.wrong>
    not_send: <x.no> ..2 <x.send> >6!<x.bill>/<x.call>
    not_send: <x.send> ..5 nicht/nichts/keine/keinen/kein/niet/geen/inte/ikke/inga/ingen/non/pas/plus ..2
        mehr/
        meer/mer/mere/<x.text>/langer/flere/fler/piu
    no_text: <5!ai/ho/he/hab/habe/haben/heb/hebben/avons/abbiamo/hemos/nie/mam/tenho/temos/recibi/recu/por
        <x.no> >3!@foreign_got ..3 <x.text> !@texts >4!@foreign_got/erhalten/bekommen/recu/gekregen/
            ontvangen/<x.wrong>/<x.bill>
    no_text: <x.no> ..1 <x.more>/<x.want> ..3 <x.text>/texts/txt/text/txts
    no_text: no ya? mas/more ..1 texts/txt/text/txts/sms/mensajes
    no_text: <x.no> ..2 <x.want> ..3 <x.get>/<x.text>/<x.send> >5!<x.bill>
    no_text: <x.want> ..3 <x.no> ..3 <x.get>/<x.text>/<x.send> >5!<x.bill>
    no_text: <x.text> ..3 <x.no> ..1 <x.more>/<x.want>/bitte/graag/prosze
    stop_text: <x.stop> >5!<x.bill>/<x.call> ,,5 <x.text>/<x.send> >4!<x.bill>/<x.call>
    stop_text: como/comment/wie/como/come/hoe/jak ,,4 cancelo/cancelar/annuler/abbestellen/kundigen/annullo/
        annullare/disattivare/annuleren/opzeggen/anulowac/arreter/desactivo ,,4 <x.text>
    remove: bajenme/bajarme ..3 <x.list>
    stop_text: <x.stop> de ..1 <x.get>
    no_text: <x.no> ..1 <x.want> ser/etre/essere/per/via/por/par
    stop_text: marre de ..1 messages/message
    stop_text: marre/harto/harta/hartos/cansado/cansada/stufo/stufa/satt/genug/zat/genoeg/bol/assez/dosc ..3
        <x.text>
    stop_text: ^ <x.stop> ..2 das/dies/dit/dat/esto/eso/ceci/cela/ca/isso/questo/to please/bitte/$
    stop_text: nada/rien ..1 de ..1 <x.text>
    keyword: ya estuvo
    stop_text: <x.text> ,,4 <x.stop> >3!<x.bill>/<x.call>
    stop_text: <x.send> ,,4 auf/aufhoren/aufzuhoren/einstellen/stoppen/op/ophouden
    remove: <x.remove> >5!<x.bill> ,,5 <x.number>/<x.list>/<x.text>
    remove: <x.number>/<x.text> ,,5 <x.remove> >3!<x.bill>
    remove: <x.unsubscribe> >4!<x.bill>
    remove: aus ..3 <x.list>
    peace: <x.let> ,,6 en/in/i/med/alleen ..1 <x.peace>/tranquil/ruhe
    peace: <x.peace> ..1 <x.let>
    peace: lache/lachez/fichez/foutez ..1 moi/nous
    peace: la paix $
    object: <x.object> ,,9 <x.number>/<x.text>/<x.send>/<x.consent> <5!<x.bill>
    object: <x.no> ..3 <x.consent> ,,9 <x.number>/<x.text>/<x.send>
    object: <x.consent> ,,6 <x.object>
    use: <x.no> ..2 <x.use> ..3 <x.number>
    use: <x.number> ,,4 <x.no> ..2 <x.use>
    use: <x.number> ,,6 <x.no> ..2 <x.text>/<x.bill>/cobrar/cobros/trabajo/travail/arbeit/praca
    channel: ^ <x.only> ..2 <x.mail> ..3 $$
    channel: <x.only> <x.mail> >4!<x.bill>
    channel: <x.mail> ..1 <x.only> svp/merci/bitte/gracias/grazie/aub/$ <5!<x.bill>
    channel: <x.mail> ..1 statt/anstatt/invece/instead/zamiast/ipv/enstallet
        <x.text>/<x.number>/sms/di/de/por/van
    channel: statt/anstatt/invece/zamiast/ipv ..2 <x.text>
    channel: en ..1 lugar/vez de ..2 <x.text>/<x.send>
    channel: au lieu ..3 <x.text>/<x.send>
    channel: em vez de ..2 <x.text>
    channel: <x.no> ..2 por/par/per/via/pelo/przez <x.text>/sms/celular/telefono/telefone
    # Vietnamese, Tagalog, Haitian Creole, Turkish and others of which only this is known
    more: dung/ngung/khong ..2 nhan tin
    more: dung/ngung/huy ..2 gui ..2 tin
    more: khong muon nhan
    more: xoa so
    more: huwag/wag/tigil/itigil/tigilan/ayaw/ayoko ,,4 text/texts/magtext/itext/mensahe/message/send
    more: tama na
    more: tanggalin/alisin/burahin ..4 number/numero
    more: pa voye/ekri/rele ..3
    more: sispann ..2 voye/ekri
    more: mesaj ..2 atmayin/gondermeyin/istemiyorum/yollamayin/atmayiniz
    more: numarami/numaramizi ..1 silin/siliniz/cikarin
    more: nu ..2 mai ..2 trimiteti/trimiteti/scrieti/contactati/vreau
    more: ne ..1 kuldjenek/kuldjenek/irjanak/irjon/kuldjon
    more: jangan/berhenti ..1 kirim/hubungi/mengirim
    more: ala/alkaa ..1 laheta/lahettako
    more: slutt/sluta/stop/stopp/hold ..2 a/att/at/med/op ..2 <x.send>/<x.text>/texta/smsa
    more: ta bort ..2 <x.number>/mig/mitt
    # Spanish
    es: no ..3 mandes/manden/mande/envies/envien/envie/escriban/escribas/escriba/contacten/contacte/
        contactes/molesten/moleste/molestes/texteen/textees/textear/textee/mensajeen/llamen ..4
        mas/mensajes/textos/sms/me/nunca/porfavor/favor/$
    es: no me ..2 escriban/manden/mande/envie/envien/escriba/escribas/texteen/mandes/envies/molesten/
        moleste/contacten
    es: ya no ..2 escriban/manden/envien/escriba/mande/envie >4!<x.bill>
    es: ya no ..1 quiero/queremos/deseo/deseamos ..2 recibir/mensajes/textos/sms/mas/que/nada/esto/estos
    es: ya no quiero/queremos/deseo/deseamos $
    es: no quiero/queremos/deseo/deseamos ..3 mensajes/mensaje/textos/sms/recibir/recordatorios/nada
    es: no quiero/queremos mas $
    es: deje/dejen/deja/dejar/paren/pare/para/parar/paran ..2 de ..1 mandar/mandarme/enviar/enviarme/
        escribir/escribirme/textear/textearme/molestar/molestarme/mensajes/mandarnos/enviarnos/contactarme/
        acosarme
    es: dar/darme/darnos/denme/dame/deme/dese ..1 de baja
    es: de baja
    es: cancelar/cancelen/cancele/cancela/anular/suspender/suspendan/eliminar/detener/detengan ..3 mensajes/
        suscripcion/sms/textos/mensaje/recordatorios/notificaciones/avisos
    es: quitar/quiten/quite/quitenme/quiteme/quitame/eliminen/elimine/elimina/eliminenme/elimineme/
        eliminame/elimineme/borren/borre/borra/borrenme/saquen/saque/saquenme/saqueme/remuevan/remueva/
        sacame/borrame ..3 numero/lista/mi/me/telefono
    es: quitenme/quiteme/quitame/eliminenme/elimineme/eliminame/borrenme/borrame/saquenme/saqueme/sacame $
    es: sin mensajes/textos/sms
    es: no mas mensajes/textos/sms/mensaje/por
    es: no autorizo/autorice ..4 mensajes/textos/sms
    es: dejenme/dejeme/dejame/dejennos en paz
    es: alto ..2 mensajes/sms/textos
    # French
    fr: ne/n ..2 envoyez/envoyer/envoie/contactez/contacter/ecrivez/ecrire/textez/texter/derangez ..3
        plus/pas/messages/sms
    fr: ne/n ..1 veux/voulons/souhaite/souhaitons/desire/voudrais ..1 plus/pas ..2
        recevoir/sms/messages/textos/de/etre/vos
    fr: je/nous ..1 veux/voulons/souhaite/souhaitons plus ..2 recevoir/sms/messages/de/vos
    fr: en veux/voulons plus
    fr: veux plus ..2 sms/messages/de
    fr: plus ..2 sms/messages/textos/message/rappels svp/merci/$
    fr: arret/arretez/arreter/arrete/arretes/cessez/cesser/stop ..3 envoyer/ecrire/sms/messages/textos/
        texter/contacter/deranger/svp/harceler/message/rappels/envoi/vos
    fr: me/nous ..1 desabonner/desinscrire/desabonnez/desinscrivez/retirer/supprimer/enlever
    fr: desabonnez/desinscrivez/desabonner/desinscrire/desabonnement/desinscription/desabonne/desinscris
    fr: retirez/retirer/supprimez/supprimer/enlevez/enlever/effacez/effacer/rayez ..4
        numero/liste/moi/coordonnees/portable/telephone
    fr: laissez moi/nous ..1 tranquille/tranquilles
    fr: fichez moi la paix
    fr: foutez moi la paix
    # German
    de: keine/keinen/kein/nie ..2 sms/nachrichten/nachricht/texte/mitteilungen/erinnerungen/textnachrichten/
        whatsapp/werbung/meldungen ..2 mehr/bitte/senden/schicken/schreiben/empfangen/erhalten/bekommen/$
    de: bitte keine ..2 sms/nachrichten/texte/mehr/erinnerungen/weiteren
    de: keine weiteren/weitere ..1 sms/nachrichten/texte/mitteilungen/erinnerungen
    de: nicht mehr ..3 schreiben/kontaktieren/anschreiben/texten/senden/schicken/belastigen/smsen/simsen
    de: schreiben/schreibt/schreib/kontaktieren/schicken/senden/schickt/sendet ..2 sie? ..3
        nicht/nichts/keine mehr
    de: schreiben/schreibt/kontaktieren/schicken/senden ..4 keine ..2 sms/nachrichten
    de: horen/hor/hort ..2 auf
    de: aufhoren ..3 schreiben/sms/nachrichten/senden/$
    de: abmelden/abbestellen/austragen/abbestelle/abmeldung/abgemeldet/abbestellt/abmelde
    de: melden/meldet/melde ..4 ab $
    de: aus ..2 verteiler/liste/datenbank/system
    de: loschen/losche/loscht/entfernen/entferne/streichen/entfernt/streicht ..4
        nummer/liste/daten/mich/handynummer/kontakt/telefonnummer
    de: meine/diese/die nummer ..2 loschen/entfernen/streichen/rausnehmen
    de: mochte/will/mochten/wollen/wunsche/wunschen keine/nicht ..3
        mehr/sms/nachrichten/erhalten/bekommen/empfangen
    de: mochte/will/mochten/wollen ..3 nicht mehr ..3 kontaktiert/angeschrieben/erhalten/bekommen/schreiben
    near: will/mochte/wil/mochten ..3 nicht/niet mehr/meer
    de: lassen/lass/lasst ..1 mich/uns ..1 in ruhe
    de: in ruhe lassen
    de: einstellen ..2 $ <5=sms/nachrichten/texte
    de: stoppen/stopp/stoppt ..3 sms/nachrichten/texte/erinnerungen
    de: widerrufe/widerruf ..4 einwilligung/zustimmung
    de: nur ..2 per email/mail/post/brief
    de: lieber/statt/bitte ..2 email/mail/brief ..3 statt/nicht/keine ..1 sms
    # Portuguese
    pt: nao ..3 quero/queremos/desejo/desejamos ..4 mensagens/mensagem/sms/receber/torpedos
    pt: nao ..3 mande/mandem/envie/enviem/escreva/escrevam/mandar/enviar/contate/perturbe ..4
        mensagens/mensagem/sms/mais/nada/$
    pt: pare/parem/para/parar/pararem/deixe/deixem ..2 de ..2 mandar/enviar/escrever/mensagens/incomodar/
        perturbar/sms/encher/contatar
    pt: me ..1 tire/tirem/remova/removam/retire/retirem/descadastre/exclua
    pt: tire/tirem/remova/removam/retire/retirem/exclua/apague ..4 numero/lista/me/celular/telefone/contato
    pt: cancelar/cancele/cancelem ..3 mensagens/sms/inscricao/assinatura/recebimento/envio
    pt: chega de mensagens/sms
    pt: sem ..1 mensagens/sms
    pt: nao mais
    pt: me deixe/deixem ..1 em paz
    pt: descadastrar/descadastre
    # Italian
    it: non ..3 voglio/vogliamo/desidero/desideriamo/vorrei ..4 messaggi/sms/ricevere/essere
    it: non ..3 mandate/mandatemi/mandare/inviate/inviatemi/inviare/scrivete/scrivetemi/scrivere/scrivermi/
        mandi/invii/contattate/contattatemi/contattarmi/disturbate ..4 messaggi/sms/piu/$
    it: smettete/smettetela/smetta/smettere/smettila/finitela/piantatela ..2 di ..1 mandare/mandarmi/
        inviare/inviarmi/scrivere/scrivermi/messaggi/disturbare/disturbarmi
    it: smettetela/finitela/smettila/piantatela $
    it: cancellami/cancellatemi/cancellate/cancelli/cancellare/toglietemi/togliete/toglimi/togliere/
        rimuovetemi/rimuovete/rimuovere/rimuovimi/eliminate/eliminatemi/eliminare/elimina/cancella ..4
        numero/lista/me/mio/elenco/messaggi/contatto/sms
    it: cancellatemi/cancellami/rimuovetemi/rimuovimi/toglietemi/toglimi/eliminatemi
    it: disiscrivimi/disiscrivetemi/disiscrivere/disiscrivermi
    it: niente ..1 messaggi/sms
    it: basta ..3 messaggi/sms/scrivere/scrivermi
    it: nessun ..2 messaggio/sms
    it: lasciatemi/lasciami in pace
    # Dutch
    nl: geen ..2 sms/berichten/bericht/smsjes/smsen/berichtjes/herinneringen/texts/smsberichten ..3
        meer/aub/ontvangen/sturen/alstublieft/$
    nl: stop/stoppen/ophouden met
    nl: niet meer ..2 sms'en/smsen/sturen/berichten/contacteren/benaderen/texten/sms/appen
    nl: wil/willen/wens/wensen geen/niet ..3 sms/berichten/meer/ontvangen
    nl: afmelden/uitschrijven/afmelding/uitschrijving/opzeggen
    nl: meld/schrijf ..4 af/uit $
    nl: verwijder/verwijderen/wis/wissen/haal/schrap ..4 nummer/lijst/mij/gegevens/telefoonnummer/bestand
    nl: laat ..1 mij/me/ons met rust
    nl: ophouden ..2 met/$
    nl: hou/houd ..2 op
    nl: alleen/liever ..2 email/mail ..2 geen/$
    """
)

FOREIGN_OPT_IN = table(
    """
    again: <3!<x.no> seguir/continuar/continuer/continuare/continuo/weiterhin/blijven/sigan/continuez/
        continuate ..2
        <x.get>/<x.send>/recibiendo/recebendo/ricevendo/recevoir/mandando/enviando ..3
    again: <x.text>/sms/erinnerungen ..2 weiterhin/wieder/opnieuw/weer <4!<x.no>
    again: weiterhin/wieder/weer/opnieuw ..2 <x.text>/sms/bekommen/erhalten/ontvangen <5!<x.no>/nie
    again: remettez/remettre/reinscrivez/reabonnez moi/nous ..3
    again: erreur/error/versehen/errore/engano/equivocacion/sbaglio/vergissing ,,9
        <x.text>/<x.get>/remettez/sms <5!<x.bill>
    es: <3!no/ya quiero/queremos/deseo ..2 recibir ..4 mensajes/sms/textos/recordatorios
    es: reanudar/reactivar/reanuden/reactiven/activar/activen ..4 mensajes/sms/textos
    es: vuelvan/vuelva/volver a ..1 mandar/mandarme/enviar/enviarme/escribir/escribirme
    es: suscribirme/suscribanme/altas
    es: si ..2 manden/mandenme/envienme/enviar ..2 mensajes/sms
    fr: reprendre/reprenez/reactiver/reactivez/recommencer/recommencez ..4 sms/messages/envoi/envois
    fr: <3!ne/plus/pas veux/voudrais/souhaite/voulons ..3 recevoir ..4 sms/messages >6!plus
    fr: me reabonner/reinscrire/reinscrivez/reabonnez
    de: wieder ..3 sms/nachrichten/texte/anmelden/schreiben/senden/schicken/erinnerungen ..2 >1!loschen
    de: sms/nachrichten wieder ..3
    de: mochte/will ..3 wieder ..3 nachrichten/sms/erhalten/bekommen
    de: anmelden $
    pt: <3!nao quero/queremos ..3 receber ..4 mensagens/sms
    pt: voltar a ..1 receber/enviar/mandar
    pt: reativar/reative/retomar ..3 mensagens/sms
    it: <3!non voglio/vogliamo/vorrei ..2 ricevere ..4 messaggi/sms
    it: riprendere/riprendete/riattivate/riattivare ..4 messaggi/sms/invio
    it: iscrivermi/iscrivetemi
    nl: weer ..3 sms/berichten/ontvangen/aanmelden/sturen
    nl: wil/willen ..3 wel/weer ..3 sms/berichten
    nl: opnieuw ..3 aanmelden/sms/berichten/sturen
    """
)

FOREIGN_WRONG_NUMBER = table(
    """
    # any of them, by what the words mean
    wrong: <x.wrong> ..2 <x.number>/<x.person> >3!<x.bill>/cuenta/compte/konto/orden/po
    wrong: <x.number> >4!<x.bill>/cuenta/compte/konto/orden/po ..3 <x.wrong>
    wrong: <x.number> ..1 mal/malo $
    wrong: <x.is> <x.no> ..3 <x.number> >3!<x.bill>
    wrong: <x.no> <x.is> ..3 <x.number> >3!<x.bill>
    wrong: <x.number> ..1 <x.no> ..1 <x.is> >3!<x.bill>
    wrong: vous/sie/se/si/haben/avez/faites ..2 erreur/geirrt/vertan/sbaglia/sbagliato/verwahlt
    wrong: pomylka/irrtum/verwahlt
    gone: <x.no> ..2 <x.work> ..2 <x.here>/chez/w/bij/bei/con/da/na
    gone: <x.work> ..1 <x.no> ..1 <x.more>/langer ..1 <x.here>/chez/bij/bei/fur/voor
    gone: <x.no> ..1 <x.more> ..2 <x.work>
    not_me: <x.no> ..1 <x.know> ..2 <name>/<capital>/<x.person>/nikogo/essa/esta/este/$
    not_me: <x.know> ..2 <x.no> ..3 <name>/<capital>
    not_me: soy/sou/sono/suis/bin/ben/jestem ..1 <x.no> ..2
        <name>/<capital>/herr/frau/pan/pani/meneer/mevrouw/
        monsieur/madame
    not_me: <x.no> ..1 soy/sou/sono/suis/bin/ben/jestem ..2 <name>/<capital>/pan/pani/monsieur/madame
    not_me: <x.here> ..3 <x.no> ..3 <name>/<capital>/herr/frau
    not_me: <x.no> ..3 <x.here> ..2 <name>/<capital>
    others: forkert/feil/fel ..1 nummer
    others: maling/mali ..2 number/numero
    others: hindi ako si
    others: nham/sai so
    others: yanlis ..1 numara
    others: vaara numero
    others: spatne/rossz/teves ..1 cislo/szam
    others: numar gresit
    others: salah nomor
    others: move nimewo
    es: numero/telefono ..1 equivocado/incorrecto/erroneo
    es: equivocado/equivocada ..2 numero/$
    es: se equivoco/equivocaron/equivoca/equivocan ..3
    es: no soy <name>/<capital>/el/la/esa !responsable/encargado
    es: no es ..3 numero/telefono/celular
    es: no conozco ..2 <name>/<unknown>/nadie/esa/ese
    es: aqui no ..2 vive/trabaja/hay/esta
    es: ya no ..1 trabaja/trabajo/vive/vivo
    es: no ..2 trabaja/trabajo aqui/ahi/alli
    es: persona equivocada
    fr: mauvais/faux/mauvaise numero/personne
    fr: trompez/trompe/tromper/trompes ..3 numero/personne
    fr: erreur de numero/destinataire/personne
    fr: pas ..3 bon/bonne numero/personne
    fr: suis pas <name>/<capital>/monsieur/madame/la/le
    fr: connais pas ..2 <name>/<unknown>/personne/cette
    others: <x.number> ..1 era/etait/gehorte/apparteneva/pertencia de/a/meinem/meiner/al/ao ..3
    fr: ne travaille/travaillent plus ..3
    fr: travaille plus ici/la/chez/dans
    fr: numero ..3 incorrect/errone
    fr: vous ..2 trompez
    fr: pas moi $
    de: falsche/falschen/falscher nummer/telefonnummer/person/handynummer/ansprechpartner/anschluss
    de: falsch verbunden
    de: bin nicht ..2 <name>/<capital>/herr/frau
    de: kenne keinen/keine/niemanden/nicht ..3
    de: arbeite/arbeitet/arbeiten nicht mehr
    de: arbeite/arbeitet/arbeiten ..3 nicht mehr
    de: nicht ..2 nummer von
    de: hier ..2 kein/keine/keinen <name>/<unknown>/herr/frau
    de: nummer ..2 gehort ..3 nicht/jetzt/mir
    de: nummer ..2 falsch
    de: da haben sie sich ..2 vertan/geirrt
    de: irrtum/verwahlt
    pt: numero/telefone ..1 errado/incorreto
    pt: nao sou <name>/<capital>/o/a
    pt: nao conheco ..3
    pt: nao e ..3 numero/telefone
    pt: nao trabalho/trabalha mais ..3
    pt: pessoa errada
    it: numero/persona ..1 sbagliato/sbagliata/errato/errata
    it: sbagliato ..1 numero/persona
    it: non sono <name>/<capital>/il/la/io
    it: non conosco ..2
    it: non lavora/lavoro piu
    it: non e ..3 numero/telefono
    nl: verkeerd/verkeerde/fout/foute nummer/persoon/telefoonnummer/contact
    nl: nummer ..2 verkeerd/fout
    nl: ben niet ..1 <name>/<capital>/meneer/mevrouw
    nl: ken geen/niemand/die/deze/niet ..2
    nl: werk/werkt hier/daar/er niet meer
    nl: werk/werkt niet meer
    nl: niet ..3 nummer van
    """
)
