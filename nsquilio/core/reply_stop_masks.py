"""What says "stop", "end", "quit", "cancel" or "remove" and does not mean our texts.

A truck stop, the end of the month, an order or a call that is to end, a question about STOP, a STOP sent
by mistake: these words are hidden before `reply_optout` is searched. The notation stands in `reply_rules`.
"""

from __future__ import annotations

from nsquilio.core.reply_rules import table

STOP_MASKS = table(
    """
    # the word in another sense
    visit: [stop/stopping/stops/stopped] by/into/past/through/over/between/round/around/along/near
    visit: [stop/stopping/stops/stopped] before/after <date>/noon/work/lunch/closing/five/close/school
    visit: [stop/stopping/stops/stopped] off !the/these/texting
    visit: [stop/stopping/stops/stopped] at !once/this/my/the
    visit: [stop/stopping/stops/stopped] at the !latest/moment
    visit: [stop/stopping/stops/stopped] at my office/shop/store/house/place/desk/bank/mailbox
    visit: [stop/stopping/stops/stopped] in !sending/texting/this/my/our/contacting
    visit: <2!replied/texted/sent/said/typed/wrote/answered [stop/stopping/stops/stopped] on <date>
    visit: [stop/stopping/stops/stopped] on the way
    visit: [stop] over <date>
    visit: will/going/can/could/to/and ..1 [stop/quit] and/to
        pay/drop/pick/get/see/bring/grab/leave/give/sign/talk/look
    visit: will [stop] <date>
    noun: last/next/first/second/third/final/quick/rest/whistle/port/fuel/gas/door/work/traffic/tour/pump/a/
        emergency/hard [stop/stops] !texting/sending/texts/to
    noun: [stop] sign/signs/lights/light/watch/gap/loss/order/work/payment/valve/button/number/delivery
    end_of: [end/ending] of !texts/texting/these/this/discussion/messages
    end_of: the/our/your/my/week/month/year/dead/front/back/high/low/rear/deep/other/book/far/short/this/
        each/every/quarter/day/fiscal/no/in/either/receiving [end/ends] !of/the/texts/texting/these/this/to
    end_of: the/our/your/my/this/week/month/year/no [end] to
    end_of: [end/ends/ending] up/in/on/date/user/users/product/result/<date>/soon
    end_of: make [ends] meet
    ends: contract/service/lease/job/subscription/season/term/agreement/warranty/coverage/plan/trial ..2
        [end/ends/ending/quit/stop/stops/cancel/canceled]
    he_quit: he/she/who/<name>/bookkeeper/manager/driver/guy/lady/girl/person/assistant/accountant/employee/
        owner/tech/controller/secretary/receptionist/foreman just/also/has/had/recently/suddenly? [quit]
        !@bothering/sending/with/it/this/these
    he_quit: our/my/his/her/their <2!please ..1 [quit] !@bothering/sending/it/this/these/with/the/texting
    he_quit: i/we ..1 [quit] !texting/sending/it/this/these/please/now
    early: [quit] early/claim/smoking/job/my/his/her/working/drinking
    never_stop: i/we never ..1 [stop/quit]
    laugh: can/could/will/would/did/do/does not [stop/quit] !texting/sending/these/this/contacting/the/it/
        you/messaging/<date>/$
    laugh: [stop] the press/presses
    payment: [cancel/stop/end/quit/revoke/unsubscribe/discontinue] ..2 stoppayment
    # something else is to end
    object: [@endword] - >4!@manytexts/text/this/these/contact @notours
    object: [@endword] - >4!@manytexts/text/contact
        the/my/our/your/all/any/this/that/these/those/a/an/all/on/
        with/for/to/from/of/me/us/tomorrow/<date>/<name>/<unknown>/<s> @notours
    object: [@endword] - >5!@manytexts/text/contact the/my/our/your/all/any/this/that/those/on/with/for/to/
        from/of/me/us/tomorrow ..1 @notours
    object: [@endword] - >6!@manytexts/text/contact/these
        the/my/our/your/all/any/this/that/those/on/with/for/
        to/from/of/tomorrow ..2 @notours
    object: [cancel/terminate/end/suspend/stop/discontinue]
        >4!@manytexts/text/contact/it/that/this/these/does/do/did
        ..3 @notours
    object: [cancel/terminate/end/suspend/revoke] >3!@manytexts/text/contact the/my/our/your
        <name>/<unknown>/<num>/<date>
    object: [revoke/suspend/disable/terminate/cancel] <name>/<unknown>/<num>/<doc>
    object: @notours/<name>/<unknown>/they/we/i/order/it was/were/is/are/be/been/got/get/had
        [quit/cancel/terminate/end/stop]
    object: [stop/quit] >5!@number billing/charging/invoicing/delivering/shipping/working/doing/paying/
        buying/
        ordering/serving/talking/playing/adding/taking/putting/making/asking/wasting
    calls: [@endword] >4!@manytexts/text/and/or/texted @call/@email/<s>
    calls: [@endword] >5!@manytexts/text/and/or/texted ..2 @call/@email/robocalls
    calls: [@endword] >7!@manytexts/texted/and/or ..2 @call/@email ..3 text
    object: [stop/quit] >5!@number using !it/this
    calls: @call must/should/have/need/gotta/needs/has ..1 to? [@endword]
    calls: [@endword] ..2 @call/@email and/or/& @email/@call/letters !and/or/text/texting
    sending: [@endword] sending ..3 paper/mail/email/emails/checks/letters/faxes/boxes/product/goods/trucks/
        truck/material/driver/drivers/parts/people/samples/catalogs/catalog/toner/crew/crews/replacements/
        fedex/ups
    sending: [@endword] sending ..4 by/via/in/through/to mail/email/fax/post/<email>/<name>
    sending: [@endword] >5!@manytexts/text ..4 to old/previous/former/other
    others: [@endword] >7!this texting/messaging/contacting/bothering/harassing/text/reminding/sms
        my/our/the ..1
        @other_person
    others: [@endword] >7!this texting/messaging/contacting/bothering/harassing/text/reminding
        @other_person/<name>
    others: [@endword] >7!this texting/messaging/contacting/text my/our/the/his/her
        other/old/previous/husbands/wifes/sons/daughters
    others: [@endword] ..3 texts/messages/reminders/texting to my/our ..1 @other_person/other/old
    others: [@endword] ..3 texts/messages/reminders/texting to @other_person/<name>
    others: [not] text/contact/message/bother/texting my/our/the ..1 @other_person
    others: [not] text/contact/message/bother/texting >3!this/me/us him/her/<name>/<capital>
    # asking about STOP, or quoting it
    about: what/does/if/whether ..4 [stop/unsubscribe/optout/quit/end/cancel] do/does/mean/work/mean
    about: if/when/should/whether i/we/you ..1 reply/text/respond/send/say/type/txt/write/hit/press/answer
        ..2 [stop/unsubscribe/end/quit/cancel/optout]
    about: ^ did/have you/u/yall ..1 [stop/quit/end/cancel] !?/yet
    about: why/how/when did/have/would you/u/yall ..1 [stop/quit]
    about: ^ does/will/would ..1 replying/texting/saying/sending/typing ..1 [stop/unsubscribe/optout] ..2
        [cancel/end/stop]
    about: ^ does/will/would ..1 replying/texting/saying/sending/typing ..1 [stop/unsubscribe/optout]
    about: ^ does/will/would/is/if [stop/unsubscribe/optout] ,,5 [shut/turn/take/switch/get/cut] ..2
        [off/out]
    about: ^ does/will/would/is/if [stop/unsubscribe/optout] ,,8
        [@endword/@drop/take/shut/turn/block/kill/off]
    about: ^ does/will/would/is/if [stop/unsubscribe/optout]
    about: when/if/once/whether i/we/you/people/someone/person ,,4 [stop/unsubscribe/optout] ,,8 ?
    about: if/when/should/once i/we ..2 [unsubscribe/optout/stop/quit/cancel/end] !texting/sending
    about: what happens ..6 [stop/unsubscribe/optout/end/quit/cancel]
    about: ^ do/does/did/will/would/should/can i/we have to ..3 [stop/unsubscribe/end/quit/cancel/optout]
    about: what/why/how does/is/do the/this ..3 [stop/optout] ..2 mean/for/do
    about: what is ..1 [stop] $
    about: when will/does/do ..4 [stop/end] ?
    about: ^ will/would/does/did/if !@dopay/be/have/get/call/look/check/try >9!@manytexts/these/this/you ..4
        [stop/end/quit/cancel]
    about: <4!there/where/any/an/need/want/find [stop/unsubscribe/optout]
        means/meaning/button/option/thing/link/keyword/instruction
    quoted: ^ reply/text/respond/send/txt/type/answer/press/say [stop/unsubscribe/end/quit/cancel/optout]
        to/2/for/and/if ..2 [stop/optout/unsubscribe/end/cancel/quit/removed/remove]
    quoted: ^ reply/text/respond/send/txt/type/answer/press/say [stop/unsubscribe/end/quit/cancel/optout]
        to/2/for ..2 [@texts]
    quoted: reply/text/respond/send/txt/type/answer/press [stop/unsubscribe/end/quit/cancel/optout] to/2/for
        [stop/optout/unsubscribe/end/cancel/quit/removed/remove]
    quoted: reply/text/txt/press <num>/<good>/no/n/out to/2/for ..2
        [stop/optout/unsubscribe/end/cancel/quit/removed/remove]
    quoted: press/hit/dial/push ..3 to/2 ..2 [removed/remove/stop/unsubscribe/optout]
    quoted: says/said/message/text/it to/like reply [stop] >3!but
    about: is it ..1 [stop/unsubscribe/optout] ,,3 to [stop/unsubscribe/optout]
    about: your/the/that [optout/stop/unsubscribe] [message/text/line/language/instructions/notice/wording]
    # it was a mistake, or the contrary is meant
    mistake: [stop/unsubscribe/unsubscribed/optout/optedout/quit/cancel/end/canceled] ..6 by/on/in
        mistake/accident/error/purpose
    mistake: [stop/unsubscribe/unsubscribed/optout/optedout/quit/cancel/end/canceled] ,,6
        accident/mistake/accidental/accidentally/mistakenly/oops
    mistake: cat/dog/kid/toddler/baby/son/daughter/child/grandson/granddaughter/puppy/pocket/nephew/niece
        ,,8
        sent/typed/hit/pressed/replied/texted/pushed/said ..2 [stop/unsubscribe/optout/quit/end/cancel]
    mistake: someone/somebody/@other_person ..6
        sent/typed/hit/pressed/replied/texted/pushed ..2 [stop/unsubscribe/optout/quit/end/cancel] ..1 from/
        on/with my/the/this
    mistake: accidentally/mistakenly/accidently/inadvertently/unintentionally/accident ..5 [stop/
        unsubscribe/unsubscribed/optout/optedout/quit/cancel/end/canceled]
    mistake: did/do not mean/intend/ask/say/text/reply/send/type/request ..6 [stop/unsubscribe/unsubscribed/
        optout/optedout/quit/cancel/end] !sending/texting/texts/getting
    mistake: did/do not mean/intend/want to ..3 [stop/quit/end/cancel/unsubscribe/optout]
    mistake: not ..1 to [unsubscribe/optout/quit] !$
    mistake: not/never ..1 [unsubscribed/optedout/unsubscribe/optout]
    mistake: never ..2 said/meant/asked/texted/sent/wanted/replied ..3
        [stop/unsubscribe/optout/end/quit/cancel]
    mistake: undo/ignore/disregard/reverse/reversing/withdraw/cancel/lift/nevermind/scratch/unsend/rescind
        my/the/that/our/last/previous/a/earlier ..3 [stop/unsubscribe/optout/request/optedout]
    mistake: [cancel/revoke/end/remove/drop] my/the/that/our ..1 [stop/optout/unsubscribe]
    mistake: undo/ignore/disregard/reverse/lift ..1 [stop/unsubscribe/optout]
    mistake: [stop] ..4 to/was/meant ..1 wrong/different/other/another/someone/somebody
    mistake: why/how/when did i/we ..2 [optedout/unsubscribed/unsubscribe/optout/stop]
    mistake: am/have/was/did/is/are i/we/this/my ..2 [optedout/unsubscribed]
    mistake: did/have i/we ..2 [unsubscribe/optout]
    negated: <2!if/you/they/these/it/who/why/texts do/should/please/must not [stop/quit/end/cancel/
        unsubscribe/remove/removed/delete/optout/discontinue/drop/take/turn/kill]
    negated: not [shut/turn/switch/cut/take] ..2 [off/out/down]
    negated: not [take/get/drop/pull/kick/cut] ..2 [off/from/out]
    list: [unsubscribe/unsubscribing/unsubscribed] me/us? from the/your/a/any
        >5!@manytexts/list/lists/service/system/database/everything/all/this/number/text/program
    negated: ^ not [stop/quit/end/cancel/unsubscribe/remove/optout]
    negated: ^ never [stop/quit]
    negated: no need/reason to [stop/unsubscribe/optout/cancel/end] !texting
    negated: please/but not [stop/quit/cancel/unsubscribe/remove]
    negated: rather/would not [stop/unsubscribe/optout]
    list: [unsubscribe/unsubscribed] ..3 from ..4 mailing/mailings/box/bulletin/bulletins/club/promo/promos
        >5!@manytexts
    list: [unsubscribed/optedout] ,,5 renewal/trial/plan/subscription
    list: [unsubscribed/optedout] ..2 plan/service/subscription/trial/program
    again: [@drop/take/get/taken] ..3 [off/from] ..2 [not/blocked/block/stop/optout/suppression/dnc/
        blacklist] ..1
        [text/contact/call/message]? list
    list: [@drop/take/taken/get/pull] me/us ..1 [from/off] ..2
        <date>/pickup/pickups/deliveries/route/runs/rotation/visits/rounds/stops
    mistake: [stop/stopp/unsubscribe] ..3 versehen/irrtum/fehler/erreur/errore/engano/equivocacion/
        vergissing/pomylka
    mistake: [stop/unsubscribe] ,,4 was/meant ..1 for/to a/the/my/another/someone/somebody
    negated: not asking/telling/saying/want/wanting ..1 you ..1 to ..1 [stop/quit/end/cease]
    others: [not] text/contact/message/use ..1 the/that ..1 <num>/other/old/one/others/first/second/house/
        landline
    # leaving another list
    list: [@drop/take/taken/get/pull/unsubscribe/optout/opt/remove] >8!@manytexts/text/reminder/cell/mobile
        ..4
        from/off/of ..4 email/emails/emailing/newsletter/newsletters/call/calling/phone/autopay/autoship/
        paper/paperless/plan/service/hold/credit/cod/catalog/mailers/mailer/mailings/flyer/schedule/route/
        warranty/subscription/account/marketing/autorenewal/renewal/delivery/program/auto/automatic/
        insurance/coverage/order/invoice/bill/invoices/portal/login
    list: [optout/unsubscribe/opt/optedout/unsubscribed] >2!me/us/this of/from/out
        >3!@manytexts/text/these/this/it/them/everything/all/list
            the/your/our/a/any/monthly/annual/<unknown>
    list: [optout/unsubscribe/opt] >4!texts/texting/sms ..2 email/emails/newsletter/newsletters/autopay/
        paperless/paper/autoship/marketing
    list: [from/off/of] >5!texts/texting/sms/messaging/text ..2 email/emails/newsletter/call/calling/phone/
        mailing/mail/catalog/delivery/route/marketing/price ..1 @list
    list: [@drop/take/taken/get/pull] him/her/them/<name> ..3 [from/off]
    list: [@drop/take/taken/get/pull] my/our/the ..3 <name>/<capital>/@other_person ..1 [from/off] >2!keep
    list: [@drop/take/taken/get/pull] ..4 [from/off] ..4 >6!me/mine/us keep me/mine/us
    list: [@drop/take/taken] my/our/the/that/this/his/her <name>/<unknown>/card/cards/old/fee/late/line
    other_things: [@drop/take/taken/pull/get] >7!@texts the/my/our/that/this/those/all/one/line/his/her ..1
        fee/fees/
        tax/freight/charge/charges/interest/card/item/items/discount/surcharge/penalty/shipping/product/
        trash/dumpster/equipment/machine/container/tree/debris/line/address/attachment/invoice/order/block/
        hold/lien/user
    other_things: [@drop/take/taken] >4!@number ..3 from/off/on ..2
        invoice/bill/order/po/statement/total/balance/
        account/quote/amount/line
    own_message: [cancel/delete/undo/ignore/remove/disregard/scratch/drop] ..2
        last/previous/earlier/other/my/
        that message/text/one !to/reminder/notification/alert/subscription/service/alerts/program/enrollment/
        plan
    drop_a_line: [drop] me/us/him/her/them a/an/off
    fault: unsubscribe/[unsubscribe] link/button ..4 not/broken/fails/working/does
    """
)
