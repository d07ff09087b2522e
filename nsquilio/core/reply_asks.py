"""Rules for what a message wants from us: an answer, a person. Documents stand in `reply_copies`.

The notation stands in `reply_rules`; the order among the kinds in `replies`.
"""

from __future__ import annotations

from nsquilio.core.reply_rules import table

QUESTION_MASKS = table(
    """
    other_things: [pay/paid/paying] ..3 visit/attention
    other_things: when/where/what ..3 [order/delivery/truck/shipment/driver/package/parts/appointment/tech]
    skip: [drop] the/my/our/it ..3 off
    """
)

QUESTION = table(
    """
    amount: how much
    amount: what/whats ..3 balance/total/amount/payoff/due/figure !wrong
    amount: @owe ..4 ?
    amount: how many days/invoices/payments/bills
    amount: what/how much ..2 do/are/is i/we/it/my/our/due/the ..2 @owe/due/total/left/outstanding
    amount: do/does/would/will/should/did i/we ..3 @owe
    amount: do/does/must/should/did/will i/we ..2 to? pay ..4 !<date>
    amount: is/does/do ..5 include/includes/included/including/before/after/with ..2
        tax/shipping/deposit/freight/vat/fees/discount
    amount: is/are/was/does/did ..3 amount/total/balance/price/discount/deposit/credit/fee ..5 ?
    amount: balance ?
    amount: amount/balance/total due
    amount: ^^ @filler? balance @filler? $$
    how: how/where/what/which ..2 do/can/should/could/would/to/else/is/are/if/does/am/way/ways/other/
        address/email/account/bank/best/easiest/name ..4 @pay/paying/payment/payments/send/mail/make/check/
        wire/remit/submit
    how: best/easiest/good/right ..1 way/place/method ..5 @pay/paid/send/payment
    how: wondering/possible/possibly/ask/asking ..3 i/we ..4 pay/make/split/paying/payments/send
    how: do/does you/u/yall/guys ..2 have ..4 card/zelle/venmo/portal/paypal/website/app/plan/online/link/
        cashapp/lockbox/autopay
    how: pay how/where/online
    how: ^ can/could/may i/we ..1 set ..2 payments/payment
    amount: what is ..2 owed/due/interest/fee/rate/charge/cost
    how: @money/cash/card/cards/amex/visa ok/okay/fine/accepted ?
    how: ^ is/are ..3 @money/cash/card/amex ok/okay/fine/accepted
    how: do/can/will/would/could/are not? you/u/yall/guys ..3 take/accept/taking/accepting/allow/offer/split/
        extend/wait/hold/waive ..5 !order/appointments/delivery
    how: how to @pay/send/mail/make
    how: where ..1 to ..1 @pay/send/mail
    how: where ..3 send/mail/remit/pay
    how: who/whom ..4 check/payment/checks/payable ..3 out/to/payable
    how: who do i/we ..2 pay/make
    how: what name ..3 check
    how: can/could/may/would/might i/we ..5 @pay/paying/make/put/split/use/send/mail/wire/do/break/spread/
        settle/drop/set
    how: <2!not possible/able/ok/way ..3 to ..1 @pay/split/make/set
    how: payment/pay ..1 plan/plans/arrangement/arrangements/options/option/portal/link/methods/
        installments/method
    how: link ..3 pay/payment/portal/again/please/?
    how: pay/payment ..2 link
    how: link ?
    how: installments/installment
    how: two/three/2/3/multiple/separate payments/installments/parts
    how: partial payment/payments
    how: @sendme/need/what/have/give ..5 bank/banking/wire/ach/routing/mailing/remit/payment/remittance/
        zelle/venmo ..1 details/info/information/instructions/address/number/account/link/coordinates
    how: what/whats ..3 mailing/remit/remittance/billing/payment/your
        address/email/bank/zelle/venmo/routing/iban
    how: routing/iban/swift/bic
    how: mailing/remit/remittance address
    how: card over/by ..1 phone
    how: @pay/paying by/with/via/using ..2 card/credit/check/phone/zelle/venmo/ach/cash/paypal/wire ?
    how: trouble/problem/problems/issue/issues/unable/tried ..4
        pay/paying/portal/payment/log/login/website/card
    how: portal/website/site/link/page ..4 not ..2 work/working/load/let/accept/down/open
    how: like/want/love/wish/ready ..2 pay/make ..6 card/phone/online/ach/zelle/over/credit/payment
    how: help ..3 pay/paying/payment
    waiver: @ask ..4 waive/drop/forgive/reduce/remove/knock/lower/discount/credit ..4 fee/fees/interest/
        charge/charges/penalty/late/off/it/<num>/something
    waiver: waive/waived/waiver/forgive
    waiver: any/is there ..1 chance/way/possibility/wiggle ..8
    waiver: <2!what/no late fee/fees/charge/penalty
    waiver: early ..2 discount
    waiver: discount ..4 if/for/available/still/pay/paying/early/?
    waiver: would/will/could you ..2 take/accept/settle ..3 <num>/<money>/less/partial
    waiver: <num>/<money> ..2 settle
    waiver: <2!dialed/wrong/want/ext extension/extensions !<num>/at
    waiver: extend/extended
    how: is/are there ..3 fee/fees/surcharge/charge/cost
    waiver: more/extra/additional/little/bit/longer ..1 time !to? !sending/pass
    waiver: more time
    waiver: penalty/penalties
    when: when/what ..2 is/was/are/were/date/day/do/does/did ..4 due/date/sent/dated/send/invoice/deadline/
        late/pay/payment/bill
    when: due date
    when: due when
    when: when ..2 you ..2 need/want/expect
    when: is/was/when ..2 due ..4 ?
    when: how long ..4
    when: deadline ?
    when: too late ..4 ?
    which: what/which/whats/who/where/why ..5 @invoice/job/order/po/project/charge/charges/location/site/
        property/unit/month/date/location
    which: what/whats ..2 is/was ..4 for
    which: what/whats ..1 this/that/it ..2 for/cover/include
    which: for what
    which: text/tell/give me/us the ..2 total/amount/balance/figure/address/payoff/due !of
    which: not ..1 sure/know/clear which/what ..1 one/ones/of/bill/invoice
    hours: your ..1 hours/office/address for/to ..2 drop/dropping/pay/paying/bring/bringing ..4
    hours: office hours ..6 ?
    which: what/which is/was ..2 @invoice/charge/<doc>/<num>/<money>/amount/bill/balance
    which: what ..2 cover/include/covers/covered/included/includes
    which: <1!what is/was/are this/that/it ..3 for/same/from/about/one/regarding/related/on ..5 ?
    which: ^ is/was this/that/it ..3 same/one/final/last/all/everything/@invoice/charge/amount/total
    which: is this/that/it ..1 for
    which: which ..2 is/was ..1 this/that/it
    which: did you/u/yall ..2 get/receive/see/got ..4 email/message/voicemail/po/order/form/w9/note/letter/
        fax/request/dispute
    which: account/routing/po/reference/customer ..1 number ?
    which: is/was/are >2!you/u/yall/store/office/shop/guys ..5 open/outstanding/past/current/overdue/due/
        unpaid
    which: is/was/are >2!you/u/yall/store/office/shop/guys ..5 valid/correct/right/mine/ours/late ..4 ?
    which: ^ @filler? is/was/are >2!you/u/yall/store/office/shop/guys ..5 valid/correct/right/mine/ours/late
        !day
    which: ^ has/have/was/is/did/does/were/had ..5 paid/received/approved/approve/posted/sent/cleared/
        applied/settled/processed/get/receive ..8 ?
    which: ^ has/have/was/is/did this/that/it/invoice/the/<doc>/someone/anyone/we/i/you ..3 paid/pay/
        received/approve/approved/posted/applied/settled/sent/closed
    which: did <name>/anyone/someone/he/she/<unknown>/anybody ..2 approve/pay/order/sign/send/get
    which: po/job/order ..1 number ..2 ?
    which: what/whats ..3 po/job/reference/purchase/invoice ..1 number
    which: why ..4 @invoice/high/charge/charged/fee/late/more/much/billed/higher/different/due/owe/<money>
    which: why ..2 is/are/was/did ..4 ?
    which: have/got/had/with a/some/few/quick/couple/question/questions ..1 question/questions !mark
    which: question/questions about/on/regarding/re/for
    which: quick question
    which: can/could you ..2 explain/clarify/confirm/tell/verify/check/look/break/advise/let ..6 !call
    which: explain/clarify/breakdown
    which: please ..1 confirm/clarify/verify/advise/explain
    which: do you ..3 have ..6 file/card/address/po/number/payment/record/info ?
    which: what did/do/does/have/was i/we/he/she/they/it/you ..2
        buy/order/get/purchase/do/bought/ordered/include
    which: will i/we ..2 still
    which: ^ does/do/will/would ..2 my/our/the/this/it/that/late/fees/bill ..4 stop/end/include/mean/get/go/
        apply/count/increase/affect/cover/change ..4
    which: if i/we ..8 ?
    which: what happens/if
    which: what/how about ..3 @invoice/balance/fee/discount
    which: wondering/curious/wanted/trying/want/like ..3
        if/how/what/about/why/when/find/know/figure/ask/understand ..6 pay/payment/@invoice/balance/amount/
        due/fee/charge/owe/for/is/cost
    which: still ..1 owe/due/open/outstanding/unpaid ..2 ?
    stop_meaning: what/how ..3 stop/unsubscribe/optout ..2 do/does/mean/work/means/for/$
    stop_meaning: does/do stop ..3 do/mean/work/means
    stop_meaning: ^ does/will/would ..1 stop/unsubscribe/optout !by/in/over/at/until/off/and
    stop_meaning: ^ does/will/would/what/how/if ..3 reply/replying/texting/text/say/saying/send/sending/
        type/typing/i ..1 stop/unsubscribe/optout
    stop_meaning: when/does/do/will ..4 @manytexts ..2 stop/end !?/by
    when: when does/do/will/did ..5 end/start/go/expire/renew/begin
    stop_meaning: if ..3 text/reply/send/say/type/respond ..1 stop
    stop_meaning: what happens
    stop_meaning: why ..2 texts/messages/reminders stop/stopped
    late_fee: will/would there ..1 be ..3 fee/penalty/charge/interest
    # more time, in parts, a way to pay
    more_time: can/could/may/possible/chance/able/any/way/need/needing/like/want ..5 get/have/take/allow/give/
        grant/of/for ..4 more/extra/another/additional/few/couple/longer/<num>/two/three ..2
        days/weeks/week/month/months/time <5!will/pay !sending/to
    more_time: another ..1 week/month/two/few/couple/days/weeks/fortnight ..3 on/to/for/before/? !will/pay
    more_time: <date> more <3!pay/need
    more_time: push/move/extend/stretch/defer/delay ..4 due/date/deadline/payment/out/back ..5 ?/<date>/$
        !order/delivery
    more_time: grace period
    more_time: how long ..3 we/i/have/got/before
    more_time: latest ..3 i/we can ..2 pay
    parts: can/could/may/possible/ok/okay/able ..7 parts/installments/payments/chunks/monthly/weekly/twice/
        half/
        split/partial/thirds/halves ..3 >5!<date> <4!will
    parts: payment/pay ..2 plan/arrangement/schedule
    way: you/u/guys/yall/ya ..2 got/have/use/do/on/accept/take ..3
        zelle/venmo/paypal/cashapp/portal/website/app/link/ach/autopay/square/stripe/card/cards/amex/visa/
        checks ..3 ?
    way: other/another/different/easier/better way ..2 to ..2 @pay/do/make/send
    way: remit/remittance/mailing/payment/remit-to/billing ..2 address ..8 ?
    way: sort/account/routing/iban/swift/bank/bsb/bic/abn ..1 code/number/details/info/coordinates
    way: who ..3 payable/check/cheque/payment ..2 to/out
    way: what/which/whats ..3 account/address/number/name/bank/email/link/site/website ..6
        pay/payment/send/check/deposit/transfer/payments/remit
    way: portal/website/site/link/page/card/payment/system ..6
        down/broken/spins/error/errors/frozen/failing/failed/
        rejected/declined/timing/loading/expired/stuck/crashing !order
    way: link ..5 not ..2 work/working/load/open/loading
    way: forgot/reset/lost ..3 password/login/username/pin
    way: is/are ..3 still ..2 box/address/same/account
    cut_off: am/are i/we gonna/going ..2 get/be ..2 cut/shut/charged/suspended/penalized/disconnected/
        collections/sent
    cut_off: will/would this/it/that/we/i/you/they ..3 hurt/affect/go/report/send/cut/shut/suspend/stop/hold
        ..3
        credit/collections/off/us/service/score/deliveries
    applied: do/does/did/was/were/has/have/is/are/know ..6 payment/deposit/credit/check/wire/refund/discount
        ..6
        applied/posted/reflected/received/cleared/credited/included/show/posting/come/post/get/go/land/through
        <3!i/should !yet/will <4!not
    applied: before/after/with/without/include/including/minus/less/plus ..3
        credit/credits/deposit/tax/discount/freight/shipping/memo/gst/vat
        <9=is/does/what/how/amount/total/whats
    applied: is/are/does ..5 amount/balance/total/that/this/it/figure/number/<num>/<money> ..4
        before/after/with/without/include/including
    ask: would/could/can/want/like/wanted/calling/wondering/question/know ..2 to ..1
        ask/know/see/find/understand/figure/check ..1 whether/if/what/when/how/why/where/which/about/out ..9
        @invoice/amount/interest/balance/charge/fee/due/date/total/pay/payment/discount/this/address
    ask: not ..1 figure/sure/understand/tell/see/know ..3 what/which/why/how/when/where/whether ..6
        @invoice/amount/due/date/charge/fee/balance/total/pay
    ask: interest/fee/fees/penalty/penalties/charge ..3 be ..1 forgiven/waived/dropped/removed/reduced/lifted
    ask: could/can/would/will you/u/someone ..2 let me/us know ..6
    ask: tell/remind/show/explain ..1 me/us ..2 what/how/when/which/why/where
    ask: leave/give/send/tell/get me/us ..4
        details/address/amount/total/balance/link/info/instructions/wire/routing/bank/iban ..3
        !order/tracking <2!not
    ask: is/are this/that/it/these/those ..1 the ..3 one/same/invoice/bill/job/balance ..6
    ask: is/are/was that/this/it/the ..5 same/different/separate/included/per/plus/net/still/even
    ask: which/what ..1 one/ones/invoice/invoices/job/location/store/property/unit/account/site/po ..4 ?
    ask: ^ @filler? @filler? whats/what/which/how/when/where/who/why ..8
        pay/paid/owe/due/balance/@invoice/amount/total/fee/charge/for/payment/deadline/terms/late
        >7!order/delivery/truck/shipment/tech
    ask: does/is/will/can stop ..6 texts/alerts/everything/just/else/emails/invoices
    stop_meaning: does/will/is/would/if stop ..2 shut/turn/cancel/end/kill/block/opt
    fees: is/are/was/were there ..4 fee/fees/surcharge/charge/discount/penalty/interest ..4
    fees: discount/cheaper ..4 if/for ..3 pay/early/cash/now/today/check
    fees: can/could/how/may ..3 optout/opt out? of ..3 fee/surcharge/charge/insurance
    when_try: when ..3 try/charge/debit/take/run/draft/collect ..4
    cost: cost/price/charge/run ..4 ? <4=how/what/whats
    way: to whom/who ..6
    way: ^ @filler? you/u/yall/guys take/accept/do/use/have ..5
        apple/google/pay/card/cards/cash/checks/zelle/venmo/paypal/amex/visa/crypto/ach/bitcoin/debit/credit
    way: addressed/payable/made to/out
    fees: do/does/is/would/will ..3 charge/fee/charged ..4 card/cards/credit/amex/visa
    way: number/line ..4 to pay
    waiver: anything/something you/u/yall can/could do ..2 on/about/with/for
    which: @invoice/order/charge/balance from which/what ..3
    ask: wondering/curious/know/asking/question ..2 if/whether you ..3
        take/accept/offer/allow/do/have/charge ..5
    """
)

# A question by its form alone: asked after the calls for help, which have the same form.
QUESTION_PLAIN = table(
    """
    plain: how come
    plain: what gives
    plain: how/where/when/what/who/which do/can/should/would/did/must/may i/we ..6
        >6!order/deliver/delivery/pickup/talk/call/speak/contact/reach
    plain: if ..1 i/we ..7 do/does/will/can/is/would/am/are i/we/it/there/that/you ..8
    plain: do/does/can/will/would/am/are i/we still ..5
    plain: r/are/is/do u/you/yall/guys ..1 still >6!open/deliver/coming/hiring/delivering/there ..5
    plain: ^ @filler? @filler? which/what/whats/wheres/hows ..3
        do/does/is/are/was/did/should/can/could/will/would/i/we/the/my/our
        >8!order/delivery/deliver/truck/shipment/weather/open/hiring/game/you/u/time/team/appointment/tech
    plain: ^ @filler? @filler? when/where/how ..1 do/does/is/are/was/did/should/can/could/will/would
        >8!order/delivery/deliver/truck/shipment/weather/open/hiring/game/you/u/time/team/appointment/tech
    plain: can/could/would/will you/u/yall/someone ..1
        combine/split/apply/hold/wait/verify/check/confirm/explain/clarify/accept/reduce/lower/allow/
        consider ..2
    """
)

HELP = table(
    """
    keyword: ^^ @filler? @filler? help/info/information/hlp/assistance/agent/representative/human/operator
        @filler? @filler? $$
    who: who/whos ..1 is/are/r/am ..1 this/that/u/you/it/texting/calling/messaging/i ..2 !in/paying/going
    who: this who
    who: who this/dis/dat/is/texting
    who: who ..2 am i ..2 talking/speaking/texting/dealing
    who: who ..1 you
    who: who sent/is sending ..1 this
    who: what ..1 is this/that ?/$/about/regarding/all/number/text/message/in
    who: what is ..1 this ..1 about/regarding/concerning/reference/all
    who: what company/business/number is/are ..1 this/you
    who: what/which company/business !name
    who: what are/r ..1 you/u ..1 talking/texting/referring/about
    who: where ..1 you/u/this ..2 from/calling/texting/get
    who: do ..1 i/we know ..1 you/u/this
    who: not ..1 recognize/recognise/know ..3 number/you/who/this/what
    who: not ..2 know/understand/get/sure/remember ..2 what/who ..3
        is/this/are/about/for/means/talking/regarding
    who: no idea/clue what/who/why ..2
    who: never heard of ..1 you
    who: is this ..3 real/legit/scam/spam/legitimate/bot/person/automated/robot/human/phishing/fake/computer
    who: are you ..2 real/legit/bot/human/robot/person/computer/automated/scam/scammer
    who: how ..2 you ..1 get ..2 number
    who: new phone
    who: is this ..2 <name>/company/billing/office/accounting ?
    who: why ..2 you ..2 texting/contacting/messaging
    who: what do/did you ..1 want/need
    who: your name
    who: not ..1 understand/get ..1 this/the/your text/message $
    who: to whom ..2 am/are i/we
    who: shows no name
    call: <2!not/stop/will/to/going/that/he/she/can/i/my/our/this/the/nothing call/phone/ring me/us/my/our/
        the/back/<name>/please/
        office/him/her/tomorrow/asap/<num> !when/with/out/if !i
    call: please/pls/can/could/have/need/want/someone/somebody/anyone/would/you ..5 call/phone/ring
        <1!my/our/this/the/a ..3
        me/us/back/our/my/office/him/her/the/<num>/please !you/and
    call: give ..4 call/ring/buzz/shout
    call: <2!will/stop/not/no call/calls/callback ..1 back/please/asap/needed/requested/me/us !you
    call: ^ call me
    call: please/pls/just call $
    call: ^^ number ?
    call: get/have/want/need/like a ..1 call/callback
    call: let us talk/discuss/chat/speak
    call: talk/speak/discuss ..4 phone
    call: what/whats ..2 your/ur ..1 number
    call: phone/contact/your ..1 number ?
    call: <3!not/will/going/gonna talk/speak/speaking to/with ..4 someone/somebody/person/human/manager/you/
        rep/representative/supervisor/billing/accounting/department/anyone/people/live/<name>
    call: contact/reach me/us !by/via/through
    call: <3!will/going/gonna/to/let talk/speak to/with a/an/the/some/someone/somebody/your/you ..3
    call: real/live/actual person/human
    call: <2!not need/want/like/get/give/gimme/prefer/rather ..3 human/person/representative/agent/operator/
        somebody
        !who/that/to
    call: is/are there ..3 someone/somebody/person/anyone/number ..3 talk/speak/call/reach/help
    call: number/phone ..4 call/reach/contact
    call: who ..3 talk/speak/call/contact/reach
    call: ^^ @filler? more? info/information/details please? ?/$$
    call: calling ..1 back
    call: manager/supervisor/someone/somebody/rep ..3 call/contact/reach
    call: have/get ..4 call/contact/reach me/us/my/back
    call: can/could we ..2 talk/speak/discuss/chat
    call: can/could/would/please you? ..1 call/phone/ring my/our/the ..2
    call: <2!not/stop/no call/contact/reach ..1 me/us ..5 about/re/regarding/this/<num>/at/when/back
    call: need/want ..2 call/talk/speak/meeting
    call: @need ..2 help/assistance
    call: can/could/would/please ..2 you ..1 help
    call: help me/us ..2 !find/pay
    call: help with
    call: customer service/support
    call: get/put/connect/transfer me ..2 supervisor/manager/someone/somebody/human/person/rep/owner/boss/
        on/through
    call: need/want/like/rather/prefer ..3 speak/talk/discuss/chat ..4
    call: <3!not/stop/no/will/quit/never call/phone/ring ..1 me/us/back ..4
    call: call/phone/ring ..2 explain/discuss/about
    call: give ..2 bell/tinkle/buzz/ring/shout/call/dingle
    call: best/what/which ..2 number ..3 reach/call
    call: someone/somebody/anybody/anyone ..2 to ..1 call/talk/speak/help
    who: what/who is this about/for/regarding/from
    who: <8=is/this/real/looks legit/scam/phishing/fake/hoax ..6 or/?/is/this
    who: who/whos/whom ..3 texting/messaging/contacting/sending
    who: explain ..2 what/who/why ..2 this/you/it
    call: human/representative
    call: live/real person
    who: identify yourself/yourselves
    call: in touch with me/us
    call: have/get/ask/tell <name>/someone/somebody/him/her ..3 call/contact/reach/touch/ring/phone
    """
)
