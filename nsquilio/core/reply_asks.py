"""Rules for what a message wants from us: a document, an answer, a person. And for what wants nothing:
thanks, closed.

The notation stands in `reply_rules`; the order among the kinds in `replies`.
"""

from __future__ import annotations

from nsquilio.core.reply_rules import table

COPY_MASKS = table(
    """
    not_doc: copy that
    not_doc: [invoice/bill/copy/statement] was/is/were/wrong
    not_doc: another [copy/order] of message
    forwarded: will/to/going/am/i/we/can/just ..1 [forward/send/email/give/share/submit/forwarding/sending]
        ..4 to/over ..2 @ap/<name>
    ours: do/should/would/does i/we ..1 [send/email/mail/fax]
    ours: did/have/has/when ..2 [send/email/mail/resend/provide]
    ours: stop/quit/no/not ..2 [send/sending/mailing/emailing/mail/email]
    credit: [issue/give/get/need/want/send] ..2 credit !memo/note
    bank: bank/banking/wire/payment/ach/remit/remittance/routing/account/contact
        [details/info/information/form/confirmation]
    future: [send/mail/email] my/our/the [invoices/bills/statements] to ..2 new/other/accountant/address
    ours: still [get/receive]
    send_future: @sendme/send/email ..2 future/all/new/our/upcoming/next [invoices/invoice/bills/statements]
    send_future: @sendme/send/email ..2 [invoices/bills/statements] ..2 to <email>/new/a/the/our
    """
)

COPY_REQUEST = table(
    """
    send: @sendme ..5 @plaindoc/receipt/w9/copy/pod/proof/paperwork !to/number/@ap/is
    send: ^ @filler? @filler? @sendme ..3 @doc !link/to
    send: can/could/will/would/please you? ..1 text ..3 @plaindoc/it/copy
    send: never/not ..1 got/received/seen/gotten/receive/get one
    send: ^ @sendme me/us what/whatever
    send: @sendme ..3 me/us/over ..5 @doc !link/number
    send: @sendme ..5 @doc ..4 to <email>/me/us/ap/accounting/our/my/fax/<num>
    send: resend !payment/check/wire/money
    send: @sendme ..1 it/that/this/them/one ..1 again/over/back/please/once !@ap
    send: ^ @sendme it/them $
    send: @plaindoc ..2 you/u/yall ..2 can/could/would/to send/email/share/forward
    send: but/just not/no ..2 @plaindoc
    send: @need ..2 to? see ..3 @plaindoc
    send: no @plaindoc no payment/money/pay
    send: @sendme it to me/us/<email>/my/our/ap/accounting
    send: please/pls ..1 send/resend/forward $
    send: ^ @sendme again
    send: can/could/will/would you ..1 send $
    send: email it/that/them !is
    send: send ..2 another ..1 one/copy/invoice
    send: not ..4 have/see/find/got/receive/received/get/locate/getting/seen/gotten/recieve/show ..4
        @plaindoc/statement/receipt !number/for ..2
    send: never ..3 got/received/receive/saw/get/sent/seen/had/given/gotten ..3 @plaindoc
    send: not/never ..2 sent/send/emailed/mailed ..3 @plaindoc
    send: no/without ..1 @plaindoc !number/yet/due ..3 !is
    send: no copy/record of
    send: lost/misplaced/deleted/missing/threw/find/locate ..3 @plaindoc
    send: @need ..2 @doc !number/date/help !to
    send: @need ..5 @plaindoc !number/date/total/amount/is/was !to
    send: @need ..4 copy/copies/duplicate/pdf/w9/receipt/statement/pod/proof/itemized/backup/documentation/
        paperwork/certificate/breakdown
    send: can/could/may/would/do ..2 i/we/you/u ..5 have/get/see/provide/send/resend/shoot/email/pull/give/
        attach/share/forward/furnish/trouble ..5 @doc !number/link/date
    send: i/we ..2 like/love/appreciate/want ..5 copy/copies/pdf/receipt/statement/w9/itemized/invoice/
        detailed/duplicate/proof/pod/backup
    send: ^ @filler? @plaindoc please/pls/again/? $
    send: ^^ @filler? a? copy? of? the? my? @plaindoc @filler? $$
    send: ^^ @filler? <doc>/invoice <num>? please/? $$
    send: ^^ @filler? invoice/pdf/w9/statement/receipt/copy/pod/bill @filler? $$
    send: @doc copy please
    send: copy/copies/pdf/duplicate/picture/photo/scan of ..4 @doc/order/it
    send: copy of
    send: copy please
    send: copies please
    send: statement ..3 please
    send: statement of ..1 account
    send: proof of delivery
    send: can/could/would/please/pls ..2 resend/re-send/reprint/reissue/forward
    send: attachment/pdf/file/link/email ..5 not/blank/empty/corrupt/broken ..3
        open/opens/load/there/come/attached/work/blank/email/resend
    send: where is ..2 @plaindoc
    send: where is/are ..1 my/our/the ..1 @plaindoc
    send: have/got/is/do ..4 copy/copies/w9/receipt/pdf ..5 send/share/could/me/us
    send: need/want/like ..4 see ..3 @plaindoc
    send: fax/mail/email ..2 me/us/it/over ..2 @doc/copy
    send: provide ..3 @doc
    send: please provide
    send: itemized/detailed ..1 @invoice/copy/list/receipt/breakdown
    send: w9
    """
)

QUESTION_MASKS = table(
    """
    other_things: [pay/paid/paying] ..3 visit/attention
    other_things: when/where/what ..3 [order/delivery/truck/shipment/driver/package/parts/appointment/tech]
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
    how: do/can/will/would/could/are you/u/yall/guys ..3 take/accept/taking/accepting/allow/offer/split/
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
    waiver: extension/extensions/extend/extended
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
    which: what/which is/was ..2 @invoice/charge/<doc>/<num>/<money>/amount/bill/balance
    which: what ..2 cover/include/covers/covered/included/includes
    which: <1!what is/was/are this/that/it ..3 for/same/from/about/one/regarding/related/on ..5 ?
    which: ^ is/was this/that/it ..3 same/one/final/last/all/everything/@invoice/charge/amount/total
    which: is this/that/it ..1 for
    which: which ..2 is/was ..1 this/that/it
    which: did you/u/yall ..2 get/receive/see/got ..4 email/message/voicemail/po/order/form/w9/note/letter/
        fax/request/dispute
    which: account/routing/po/reference/customer ..1 number ?
    which: is/was/are ..5 open/outstanding/past/current/overdue/due/valid/correct/right/mine/ours/unpaid/
        late !day
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
    which: wondering/curious/wanted/trying/calling/want/like ..3
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
    call: <2!not/stop/will/to/going/that/he/she/can/i call/phone/ring me/us/my/our/the/back/<name>/please/
        office/him/her/tomorrow/asap/<num> !when/with/out/if !i
    call: please/pls/can/could/have/need/want/someone/somebody/anyone/would/you ..5 call/phone/ring ..3
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
    call: is/are there ..3 someone/somebody/person/anyone/number ..3 talk/speak/call/reach/help
    call: number/phone ..4 call/reach/contact
    call: who ..3 talk/speak/call/contact/reach
    call: returning/return your/ur/a/the/my call/calls/message/voicemail
    call: calling ..1 back
    call: manager/supervisor/someone/somebody/rep ..3 call/contact/reach
    call: have/get ..4 call/contact/reach me/us/my/back
    call: can/could we ..2 talk/speak/discuss/chat
    call: <2!not/stop/no call/contact/reach ..1 me/us ..5 about/re/regarding/this/<num>/at/when/back
    call: need/want ..2 call/talk/speak/meeting
    call: @need ..2 help/assistance
    call: can/could/would/please ..2 you ..1 help
    call: help me/us ..2 !find/pay
    call: help with
    call: customer service/support
    """
)
