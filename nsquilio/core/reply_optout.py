"""Rules for the end of texts: every reasonable way to ask for it in English.

`reply_stop_masks` hides what stops something else; these rules are searched in what is left. The notation
stands in `reply_rules`. A missed opt-out is a text to somebody who said no; a false one is a customer who
hears nothing: both are counted, the first weighs more.
Sources: 47 CFR 64.1200(a)(10) (any reasonable wording); Twilio's and the carriers' keyword lists.
"""

from __future__ import annotations

from nsquilio.core.reply_rules import table

# A whole message that carriers act on themselves: START lifts only opt-outs that were made with one of these.
STOP_KEYWORDS = frozenset(
    "stop stopall unsubscribe cancel end quit revoke optout arret baja alto pare parar sair fin stopp".split()
)

OPT_OUT = table(
    """
    # the keyword, dressed up
    keyword: ^^ @polite? @polite? @polite? @key/cancel/end @polite? @polite? @polite? $$
    keyword: ^ please? just? stop/unsubscribe/optout/stopall please? it/this/that/now/already/please/
        immediately/thanks/right/texting/text/here? now? $
    keyword: ^ please/kindly/just/pls/ok/and/but/so stop/quit/unsubscribe/optout $
    keyword: please/just/yeah/must/should/thanks stop please/now/thanks/bye/$$
    keyword: please stop $
    keyword: please stop please/thanks/bye/already/now/immediately/this/it/doing/all
    keyword: stop stop
    keyword: stop/please/ok/and/just no more $
    keyword: stop please
    keyword: stop this/it/that/these now/please/already/nonsense/immediately/right/at/$
    keyword: ^ quit it/this/that please? now? $
    keyword: stop at once
    keyword: ^^ @filler? stop all $$
    keyword: ^^ stop now/immediately/already/or
    keyword: stop means stop
    keyword: unsubscribe
    keyword: unsubscribing
    keyword: optout
    keyword: opt me/us/this/my/our ..3 out/off/ouut/oit
    keyword: ^^ remove please? $$
    keyword: stopall
    unsubscribed: ^^ @filler? unsubscribed @filler? $$
    unsubscribed: i/we ..3 unsubscribed/optedout
    said_stop: said/say/replied/texted/sent/typed/wrote/responded/answered/told/asked/saying ..2 stop $
    said_stop: said/say/replied/texted/sent/typed/wrote/responded ..1 stop ..3 times/twice/before/already/
        yesterday/now/weeks/days/last/multiple/several/ago/and/but/week/month
    said_stop: <2!not/never asked/told/tell/ask/telling/asking/begging/warned you/u/yall/them/your ..4
        stop/quit/end/cease !<ing>/work/the/our/my/a/his/her
    said_stop: i/we want/need/would/demand/insist/request/require ..3 you ..3 stop/quit/cease/end
    stop_it: can/could/will/would/may you/u/yall/we/guys/i ..3 stop/quit/end/cancel/unsubscribe $
    stop_it: can/could/will/would you/u/yall/we/guys/i ..3 stop/end/cancel/kill/halt it/this/these/them/that
        ..1 $
    stop_it: you/u/yall can/may/could/should/must/need/have/better to? ..2 stop/quit now/please/it/this/$
    stop_it: you/u/guys/yall ..2 stop $
    stop_it: make/get/making ..3 stop/end/quit/cease
    stop_it: how ..5 stop/end/cancel/halt/quit/kill/disable/block/turn/unsubscribe/prevent/escape
        this/these/them/it/that/getting/receiving/the/your/off
    stop_it: how ..5 stop/unsubscribe/optout/cancel $
    stop_it: how ..4 get/getting/be/am off/out/removed/rid >5!@notours/lease/credit/hold/cod/plan/route
    stop_it: time to stop !by
    stop_it: needs/need/has/have/must/better/got ..1 to/be stop/end/cease/quit !by/the/our/my/for/and/<ing>
    stop_it: this/it/these/they must/should/can ..1 stop/end/cease
    # stop … texts
    texts.stop: stop/quit/cease/halt/discontinue/terminate/disable/suspend/kill/end/stopping/unsubscribe/
        deactivate/silence ..4 @manytexts
    texts.stop: cancel/revoke/canceling ..3 @manytexts
    texts.stop: stop/quit/cease/end/cancel/no @det? @det? text/txt !me/us/my/when/the/at/on/in/attached
    texts.stop: stop/quit/cease/discontinue ..2 @bothering
    texts.stop: stop/quit/cease/discontinue/cancel ..1 sending ..4 here $
    texts.stop: stop/quit/cease/discontinue/cancel ..1 sending
        >5!bill/bills/invoice/invoices/statement/statements ..3 me/us/these/this/it/that/them/stuff/
        things/any/more/anything/all/such/crap/junk/notices/updates
    texts.stop: stop/quit/cease sending $
    texts.stop: stop/quit/cease ..4 sending/sent/send ..4 to my/this/our @number
    texts.stop: stop/quit/cease/halt/end/terminate ..3 communication/communications/communicating/contact/
        correspondence/outreach/contacts/communicate
    texts.stop: cease and desist
    texts.stop: stop/quit/cease/end/cancel with the/these/all/your
    texts.stop: stop/quit ..1 blowing/lighting/hitting/filling/clogging ..3 phone/up/inbox/cell
    texts.stop: stop/end/quit/cease ..2 getting/receiving ..3 @texts/these/this/them
    texts.stop: @manytexts/these/they/this/those ..3 to/must/should/need/needs ..1 stop/end/cease/quit/halt
        !<ing>
    texts.stop: can/could/will/would/should/may the/these/your/all/those/this ..2 @manytexts/these/this ..2
        stop/end/cease/be
    texts.stop: <5!did/why/when/if/will/after/until/have/has @manytexts/these ,,6 stop/end/cease/quit !?/by
    texts.stop: put/bring ..1 an/a end/stop to >3!one/bill/invoice/balance/matter/debt/order/service
    texts.stop: turn/shut/switch off ..3 @texts/these/them/this/notification
    texts.stop: turn/shut/switch/turned/switched/shutting/turning ..5 @texts/these/them/this/it ..1 off
    texts.stop: getting/get/receiving/receive/sending ..4 @texts/these/this ..5 stop/end/cease $
    texts.stop: stop/quit ..1 blowing ..4 up
    texts.stop: rid of ..2 @number/me/us
    texts.stop: ^^ @filler? turn/shut/switch ..1 it/this/these/them? off please? $$
    texts.stop: if/wish/appreciate/glad ..4 you/u/yall ..2 stopped/quit/ceased ..2
        @bothering/sending/this/it
    texts.stop: save/skip/ditch/hold/lay/ease/pause/mute/silence/drop/cut/nix/kill ..3 @manytexts
    texts.stop: without/over/done/hate/tired ..4 @manytexts !from
    texts.stop: @manytexts ..1 stops/ends !by/at/in
    texts.stop: text ..4 not me
    no_text: not ..1 bother ..2 texting/messaging/text
    remove: have/get/want/need ..4 @number/name/this/me ..2 removed/deleted
    remove: @number/name ..2 should/must/needs/need/to ..2 removed/deleted/off/out
    remove: unenroll/disenroll/deregister/deactivate/unregister me/us/this/my
    remove: @drop/exclude/omit my/our/this ..1 @number
    channel: call/calls/phone/voice/letters only $
    channel: <1!can/could not ..1 text/texts/texting $
    texts.stop: stop/quit/cease >6!bill/bills/invoice/invoices/statement/statements <ing> me/us
    texts.stop: stop/quit/cease <ing> my/this/our ..1 @number
    texts.stop: stop/quit/cease <ing> this/these please/now/$
    texts.stop: stop/quit/cease/end/cancel ..2 notices/spam/pings/nonsense
    texts.stop: ^^ @filler? @filler? end/cancel/discontinue/terminate this/these/it/them now? please?
        thanks? $$
    no_text: not/no ..2 @call/@email/phone ,,1 or/nor/and/text ..1 @manytexts/text
    no_text: ^^ @filler? not wanted/want this?/these?/it?/any?/them? anymore? please? thanks? $$
    no_text: can not ..1 have/receive/get/accept/take ..2 @manytexts
    leave: leave me/us out
    leave: ^ lay/get off $
    leave: ^^ @filler? scram/shoo/begone/vamoose $$
    leave: ^^ beat it $$
    leave: take a hike
    remove: please remove $
    remove: @drop/take/get ..4 @number ..1 off/out
    leave: you/u are ..1 bothering/spamming/annoying/pestering/bugging me/us
    no_text: no ..1 business/work/automated/more/further/marketing @texts
    no_text: not/never ..1 text/message/contact my/this/our ..2 @number
    no_text: not disturb list
    no_text: @manytexts ..1 not accepted/read/monitored/checked
    channel: text ..5 not my/this ..1 @number
    channel: only use ..2 email
    leave: out of my/our phone
    leave: bother someone/somebody/anyone else
    keyword: ^^ stop <unknown>/<num>/<doc> $$
    no_text: not ..1 @call ,,1 text or/nor/and
    texts.stop: stop/quit/cancel/end ..2 reminder/notification/alert >5!@paid/@sent
    texts.stop: none of these/this/them/your ..2 anymore/please/texts
    texts.stop: one more text/message ,,8 attorney/lawyer/report/reporting/sue/police/block/fcc/complaint
    texts.stop: rid of ..2 @texts/these/this
    texts.stop: @drop/take/remove ..2 @texts/texting/notifications from/off ..2 my/our/this/phone/number
    # do not text
    no_text: not/never ..1 text/message/contact/sms/texting/messaging/contacting/txt >6!phone/call/calls/
        calling/and/email/until/before/after/about/back/my/our/your/if
        me/us/here/this/again/anymore/at/further/number
    no_text: not/never ..1 text/message/sms/texting/messaging/txt me/us/here/this/again/anymore/at/number
    no_text: ^ please/pls/and/also not text/message/texting
    no_text: not/never/without text/texting/message/messaging $
    no_text: not ..1 contact me/us/this ..2 again/anymore/ever/$
    no_text: not ..1 contact/bother/disturb/harass/remind/ping/bug/text me/us/this/my ..2
        at/on/by/via/with/through/about this/my/our/text/texts/sms/number/it
    no_text: not/never ..1 bother/disturb/harass/bug/spam/annoy/pester/ping/remind/nag me/us/this ,,4
        again/anymore/please/ever/$
    no_text: not/never contact list
    no_text: not text list
    no_text: suppression/blocked/block/opt-out/optout/stop list
    no_text: no text/texts/texting/sms/message ..1 list
    no_text: not ..1 send/sending/sent ..4 @manytexts/anymore/anything
    no_text: not ..1 send/sending >6!mail/fax/paper/email/<email>/driver/truck/goods me/us/any/these/this
        ..1 these/more/any/this/stuff/things/anything/again/please/anymore/text/it/$
    no_text: not ..1 send/sending @texts/text ..2 to/$/anymore/please
    no_text: <1!does/did not/never ..1 use ..2 this/my ..3 @number
    no_text: personal/private/own ..1 @number ,,4 not ..2 use/business/work
    no_text: not/nolonger ..2 want/need/wish/like/care/desire/wanted/appreciate/request/require/interested
        >5!tone/wording/language/look/sound ..6 @manytexts/text !to/me
    no_text: not/nolonger ..2 want/need/wish/like/wanted/appreciate ..3 these/them/this $
    no_text: nolonger ..2 want/wish/need ..4 get/receive/be/hear ..3 these/this/them/texted/contacted/from/$
    no_text: not ..2 want/wish/like/need ..4 get/receive/be/hear/getting ..3
        these/them/texted/contacted/messaged/bothered/from/anymore
    no_text: should/must/may/can/do/to/does not ..2 receive/get/be/getting ..3 @manytexts/texted/messaged
    no_text: prefer/like/want/rather/wish/love not ..2 get/receive/be/getting/being/have ..3 @texts/text/
        these/them/contacted/texted/messaged/bothered/this/anymore
    no_text: prefer/like/want/rather/appreciate ..2 not text/texting/texts/message/contact
    no_text: not/nolonger ..2 accept/allow/permit/use/do/like/read/check/answer/monitor/respond/appreciate
        ..3 @manytexts/text !me/it/you
    no_text: no more @texts/contact/notices/please/thanks/spam/smses
    no_text: no more of these/this/them/your/that/it/those
    no_text: no more ..2 @texts
    no_text: @manytexts ..1 not ..1 wanted/needed/welcome/required/desired/necessary/requested
    no_text: no further @texts/contact/communication/communications/text/messages
    no_text: ^ no more $
    no_text: ^ please? no/zero/0/not @texts/texting !attached/in/with/there/link/here/yet/from/received/
        came/was/about/no/or
    no_text: no @manytexts please/on/to/this/$
    no_text: no texts/texting/text/sms/txt !yet/from/received/or/attached/came/come/coming/arrived/through/
        in/is/are/was/were >3!po/invoice
    no_text: refrain from ..4 @texts/contacting/sending/text
    no_text: not/nor ..3 by/via/through/with/over text/texts/sms/texting/message
    no_text: not ok/okay/acceptable/appropriate ..2 text/texting/sms
    no_text: texting/texts/messages/text is/are/was not ..2 ok/okay/acceptable/appropriate/allowed/welcome/
        appreciated/wanted/permitted/needed/necessary/authorized/appreciate
    no_text: no need ..4 text/texting/message/messaging/texts/reminders/messages/contact
    no_text: not need/have to ..2 text/remind/message/keep texting/reminding/messaging/sending/me/us/$
    no_text: would/do you mind not texting/messaging/sending/contacting/reminding
    no_text: if you/yall/i ..2 text/message/contact/send/texting ..4 again
    no_text: unwanted/unsolicited/unwelcome ..1 @texts
    no_text: sick/tired/fed/done/over ..2 of/up/with ..4 @texts/texting
    no_text: enough ..4 @texts/texting
    no_text: too many ..2 texts/messages/reminders ..4 stop/please/enough/remove
    # go away
    leave: leave/let me/us ..2 alone/be/peace !clear/honest/frank/sure/the/straight
    leave: leave my/our/this ..1 @number ..1 alone/be/peace
    leave: leave us all alone
    leave: ^^ @filler? go away
    leave: <5!will/does/would/do/it/this go away $
    leave: <1!email/emails/letter/letters/they/mail/it/things/bills/invoices/i/we/always/messages get lost
    leave: f/fuck/eff/piss/kiss/buzz/bug/naff/sod/fck/fuk/frig/screw/bugger/back off
    leave: fu off
    leave: lose/forget/burn/trash/dump my/this/our/the ..2 @number
    leave: lose/forget/delete/erase my/this/our/the/that @number
    leave: knock it/that/this off
    leave: cut it/that/this/the ..1 out
    leave: give it/this ..1 a rest
    leave: give ..2 texts/texting/messages/reminders ..1 rest/break
    leave: stfu
    leave: ^ shut up
    leave: ^ enough already/now !for/to/of/money/time/been/has/is/was
    leave: ^ enough of/with >4!@notours/late/invoice this/these/the/your/already
    leave: ^^ @filler? enough please? already? $$
    leave: that is enough $
    leave: had/have enough $
    leave: had/have enough of ..2 @manytexts/these/this/it/you $
    leave: ^^ @filler? @filler? not interested @filler? $$
    leave: i/we am/are not interested $
    leave: will/am/are/be/going/have/had ..1 block/blocking/blocked you/this/your/the/u
        !card/payment/account
    leave: ^ blocking/blocked you/this/u
    leave: ^ blocked $
    leave: ^^ @filler? this is harassment $$
    leave: harassment ..3 stop/report/lawyer/attorney
    leave: reported/reporting/report ..3 spam/junk
    leave: do not contact !@other_person/<name>/us/me/my/our/the/them/him/her/your
    leave: no contact please/$
    # remove me
    remove: @drop/remove/dropped/unlist me/us/myself >2!as
        !a/an/the/your/copy/some/one/right/
        back/through/up/to/and/there/in/down/over/with/seriously/for/that/this/paid/my/more/out/by/set
    remove: @drop/take/taken/pull/get/scratch/kick/cross ..3 off/from/out ..4 @list/texts/text/texting/sms/
        messaging/messages/reminders/notifications/alerts/thing/thread/group/chain/blast/contacts/contact/
        program/everything/directory
    remove: @drop/take/taken/pull/scratch ..1 me/us/this/my/our/mine ..3 @number ..2
        off/from/out/please/$/now/immediately/thanks
    remove: @drop/scratch/take/purge ..1 my/this/our ..2 @number
    remove: @drop/taken ..1 the @number
    remove: @drop/take ..2 me/us/our/my/this ..4 off/from/out your/the/this/ur/ya/that/any/all
    remove: take/taken/get/getting/pulled me/us off !the/work/guard/hold/as
    remove: to be ..1 removed/deleted $
    remove: be/been/get/getting ..1 removed/taken/deleted/dropped from/off/out
    remove: want ..1 off/out ..3 @list/@manytexts/these/this/thing
    remove: want out $
    remove: @drop/take ..1 my/our/this name ..1 off/from/$
    remove: @drop ,,9 from/off ..3 texts/texting/messaging/messages/sms/automated/reminder ..2
        system/list/program/service/database/$
    remove: want/need/get ..1 it/them/me/mine ..2 out/off/gone/removed/deleted please/of/now/$
        !<date>/to/the/work
    remove: @drop number please/$/now/thanks
    remove: can/could/may/might i/we/this ..2 be/get removed/taken/dropped/excluded/deleted
    remove: unlist/delist/deregister/unenroll/unregister/disenroll ,,8 @texts/texting
    remove: not ..6 on ..1 this/your/the/that ..2 list
    remove: out/off of? your/this/ur/the/that ..2 @list/texts/thread/chain/group/texting/chat/blast
    remove: off ..1 of? your/this/ur/the/that/these/those ..2 @list/texts/thread/texting !price
    remove: put/add ..5 not ..2 text/contact/message ..2 list
    remove: not ..1 text/contact ..1 list
    remove: @drop/remove my/our/this/all ..1 contact/details/info/information/data ..3 from/$
    remove: unlist/delist/deregister/unenroll/unregister ..3 me/us/this/number
    remove: exclude/excluded ..2 me/us/this/my
    # verbs and idioms of ending, with texts beside them
    texts.end: @quitverb ..1 !me/us/a/him with? ..3 @plaintexts/texting/messaging
    texts.end: drop/lose/can/cut/scratch/save/spare/hold/cancel/remove/delete/erase/undo/pull !me/us/a/him
        the/these/those/your/all/any/with ..2 @plaintexts/texting/messaging
    texts.end: knock/lay/leave/cut/call/shut/turn/switch/back/ease/toggle ..1 off ..1 with? ..4
        @plaintexts/texting/messaging/my/me
    texts.end: cut/leave/pack/jack/give/shut/wind/power/wrap ..1 out/in/over/down/up ..1 with? ..4
        @plaintexts/texting/messaging
    texts.end: hold off ..2 on/with/sending ..3 @plaintexts/texting
    texts.end: @phrasal ..4 @plaintexts/texting/these/them/those ..2 off/out/in/over/down !the/a/my/our
    texts.end: leave/lay/knock/give off/over/up ..1 @bothering/sending/me/us/my/this/these
    texts.end: knock/bang ..4 on the head
    texts.end: chill/calm/cool/ease/easy/relax ..2 with/on ..2 @manytexts/texting
    texts.end: put/stick/hit/slam/pump/bring/call/pull/need/want/see/draw ..4
        end/stop/halt/lid/brakes/sock/plug/kibosh/
        line/close/stopper to/on/in/under this/these/it/them/the/your/all/that ..2
        @plaintexts/texting/messaging/nonsense/$
    texts.end: @plaintexts/these/this/it/they/texting ..6 come/brought/put/bring/draw to/at an/a end/halt/
        stop/close
    texts.end: @plaintexts/texting ,,4 to/should/must/can/could/need/will/that ..2
        stop/end/cease/quit/desist
    texts.end: like/want/wish/love/need/glad/grateful/appreciate ..2 @plaintexts/them/these/it/this/those
        ..1
        to/would/could/stopped/ended/ceased ..1 stop/end/cease/quit/go/halted/stopped/$ !<ing>
    texts.end: bin/ditch/axe/scrap/trash/nix/kill ..2 text/texting/sms ..2 ones/one/reminders/thing/stuff/
        $ !on
    texts.end: desist from/$/please/now/immediately
    texts.end: ^^ @polite? @polite? @polite? desist
    texts.end: not ..2 do/doing ..2 text/texts/texting/sms ..1 thing/stuff/$
    texts.end: ^ do one with/$
    texts.end: hop it $
    texts.end: sling your hook
    texts.end: jog on
    texts.end: piss/sod/bugger/naff/shove off
    texts.end: give ..1 over please?/with/$
    texts.end: pack/leave/wrap/shut it/this in/out/up/off/down please?/with/will/now/mate/would/$
    texts.end: pack it in
    texts.end: leave it out
    texts.end: hate/despise/loathe/detest/dislike ..3 @texts
    texts.end: not/no ..1 fan of ..3 @texts
    texts.end: shut/turn/take/switch ..2 off/down/out for this/my/our ..1 @number
    texts.end: not have it/these/this/them/my/the ..2 going/ringing/buzzing/dinging/beeping/pinging/blowing
    texts.end: not ..2 texted/messaged/contacted/pinged ..2 again/anymore/$
    texts.end: no more ..4 @number
    texts.end: not ..1 get/receive/see/want another ..1 one/text/message/of/sms $
    texts.end: better/let/make/should ..2 be ..1 the last ..1 one/text/message/reminder
    texts.end: ^^ last one please $
    texts.end: to nolonger ..1 receive/get/receiving/getting ..2 these/@texts/$
    texts.end: keep/continue texting/sending/messaging and/then/if
    texts.end: another/one/more text/message/sms and/then
    texts.end: if i/we ..1 wanted ..2 @texts
    texts.end: nobody ..2 asked/wanted/requested/signed ..2 for/up ..1 these/this/texts $
    keyword: <8!why/when/how/does/did/if/until/what <1!never/to/not/a/the/we/i/they/he/she/it/will/would/
        did/does/next/last/bus/truck/this/that/put/make
        stop/unsubscribe $
    keyword: stop/quit stop/quit/end/unsubscribe/cancel
    keyword: ^^ @polite? junk/spam/scam/harassment @polite? $$
    keyword: what/which ..4 type/send/text/reply/say/press/call/dial ..3 to stop/end/unsubscribe/turn
    leave: ^^ @filler? number blocked
    leave: ^ block/blocked/blocking and report/reported/reporting
    remove: cross/scratch/bump/turn/kick/strike/cut me/us/my off/out
    remove: ^ leave this/the/your ..1 group/chat/list/thread
    texts.end: ^ mute/silence/unplug me/us/this/it/these please/$
    texts.end: shove/stick/stuff it/them !in/on/to
    texts.end: ^^ stop before/or/else
    texts.end: ^ removal request/requested $
    texts.end: my/our removal please/from/$
    texts.end: request/requesting/process ..2 removal please/from/$
    texts.end: no further notices
    no_text: not/quit/stop ..1 send/sending >5!check/checks ..4 to/on my/this/our ..1 @number
    no_text: appreciate/prefer/like/rather/love not being/getting/be/receiving
        texted/messaged/contacted/pinged/
        @texts
    no_text: ^^ @filler? can/could you please? not $$
    keyword: and stop/unsubscribe $
    texts.end: give ..2 @plaintexts/texting ..1 a? miss/rest/break
    texts.end: @plaintexts/these ..1 can/could/may/should/must/need go/stop/end/disappear/cease !to/by/into
    texts.end: <6=if/wish/rather/prefer/obliged/glad/appreciate @plaintexts/these/they/this ..1
        ceased/stopped/ended/halted
    texts.end: @quitverb/drop/remove ..2 off the? these/those/them/your @texts
    no_text: not/never !have/own ..3 this/my/our ..1 @number ..1 again/anymore/ever
    no_text: not/never/dare >3!forget/hesitate/mind/need/able/afraid/bother/problem ..2
        text/message/sms/texting
        me/us/this !if/when/about
    no_text: text/sms/message me/us/this ..1 again and/or
    no_text: ^^ @filler? optedout $$
    keyword: ^^ exit/off $$
    keyword: ^^ exit/off please $$
    keyword: ^^ @filler? leave list $$
    leave: ^ enough $
    leave: out of my/our inbox/phone/messages/life/texts
    texts.end: bot/bots/robot/robots/computer/autobot/automation ,,5
        stop/quit/shut/knock/chill/cease/end/off
    texts.end: tell/get/have ..2 bot/robot/computer ..3 to
    texts.end: no thanks to/on/for ..3 @texts
    texts.end: not/nolonger ..2 want/wish/need/like/care to receive/get/have $
    texts.end: not ..1 wanting/needing/wishing ..3 @plaintexts/these/them/any
    texts.end: @texts ..1 not ..1 accepted/allowed/monitored/checked/supported/received/delivered/authorized
    texts.end: @manytexts off please/$/now/thanks
    texts.end: enough is enough
    no_text: <6=way/want/like/rather/prefer/can/could/how/please not ..2 get/getting/receive/receiving
        ..2
        these/them/@plaintexts
    texts.end: @plaintexts/texting ..4 should/supposed/were/meant ..3 end/ended/stop/stopped/cease/ceased
    texts.end: put a sock
    texts.end: zip it
    texts.end: take/get the hint
    texts.end: sling/chuck/throw/toss ..1 my/this/our @number ..2 bin/trash/away/out/garbage
    texts.end: <5!order/delivery/service/machine/power/water shut/turn/switch them/these/it/em off
    texts.end: shut/turn/switch off them/these
    texts.end: shut/turn/switch off please/$
    texts.end: discontinue/cease/halt/desist/refrain ..1 that/this/the/such ..1
        practice/practise/conduct/activity/nonsense/behavior/behaviour/harassment
    texts.end: discontinue/cease/halt/terminate/end ..1 using/use/sending/these/those !of/<date>
    texts.end: @plaintexts/texting/text ,,16 stop/quit/end/cease/discontinue/halt those/these/them/it/that/
        this !@notours/invoice
    texts.end: @plaintexts/texting ,,16 not ..1 want/need/like/wish ..1 them/these/it/those/any/that
    texts.end: not ..1 want/need/like/wish ..1 them/these/those ,,10 @plaintexts/texting
    texts.end: @plaintexts/texting ,,5 not ..1 something/what/anything ..2 want/need/like/wish/asked
    texts.end: @plaintexts/texting ..3 not ..2 want/wanted/needed/welcome/appreciated/acceptable/
        appropriate/
        necessary/convenient/suitable/required/requested/desired/allowed/permitted
    texts.end: @plaintexts/texting do/does not ..2 work ..1 for/here
    texts.end: no/nolonger ..2 text/texts/texting/sms/messages/reminders ..2 please/thanks/anymore
    texts.end: not/nolonger ..2 do/doing/use/accept/take/read texts/texting/sms/messaging
    texts.end: <3!got/get/received/saw/see/have/had/there/came/is/are/why no ..2 texts/sms/texting/alerts/
        notifications/reminders/msgs >4!yet/from/received/came/about/or/here/today/so/since/?/were/was
    texts.end: no ..1 messages please/thanks/to/on/$ !access/yet <3!got/get/received/saw/have/there
    texts.end: <2!not wish/want/like/request/ask/need ..2 be/get/stay excluded/removed/exempt/dropped/left
        ..8
        @texts/correspondence/list
    texts.end: not ..1 get/be/receive ..2 notified/reminded/texted/messaged/contacted/pinged ..2 by/via/on/
        with/at/$ !email/mail
    texts.end: not ..1 wish/want/like/need/care ..2 to ..1 be/get notified/reminded/texted/messaged/pinged
    # the keyword with a name, a reason or an excuse around it
    keyword: <9!if/is/does/do/will/would/what/whether/se/si/wenn/quand/cuando/ob/versehen/accident/als/
        quando/
        accidentally/mistake/kid <STOP> >9!?/mistake/accident/oops/versehen/ignore/disregard
    keyword: ^^ @polite? @polite? stop/unsubscribe/optout/quit/stopall !@notours/the/my/our/by/in/at
        <name>/<capital>/from/regards/sincerely/sent/this/name/yours/cheers/ta/mate/buddy/pal/dude/bro
    keyword: your/ur/the stop/unsubscribe/optout ..1 do/does/did/is/are not ..1 work/working/function/take
    keyword: stop/unsubscribe/optout do/does/did/is not ..1 work/working/function/take
    keyword: there/where/any/an/need/want/find/see ..3 unsubscribe/optout ..1 option/link/button/way/$
    keyword: texted/sent/typed/replied/tried/said/text ..1 stop/unsubscribe ..4
        error/supposed/but/still/nothing/
        and/failed
    keyword: i meant/mean/said/say stop/unsubscribe/quit $
    keyword: say/saying/said/just/ok/so/calling stop ok/stop/$ !<date>
    keyword: not know how to reply/answer/respond/text/send ,,12 stop
    keyword: ^^ @filler? spam/harassment @filler? $$
    keyword: pressed/hit/clicked/entered/pushed/punched ..1 stop/unsubscribe ..3 still/but/and/again
    keyword: reply/text stop but ,,10 not
    keyword: ^^ reply/text/send/type/say @key $
    keyword: ^^ @filler? @filler? end/discontinue/cease/terminate/cancel this/these/it/them now? please? $
    keyword: tell/telling/told/ask/asked/tells/says ..3 stop/quit ..1 $
    keyword: <num>/last/second/third/umpteenth/final ..2 time ,,6 stop/asked/asking/told/remove/request
        >9!invoice/copy/statement/credit
    # harsh words that only a reader who wants it to end writes
    harsh: die ..1 spammer/scammer
    harsh: spam/spammers/spammer ..2 stop/off/remove/away
    """
)
