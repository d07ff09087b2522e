"""Rules for "the money will come": a will, a plan, a day, a request to pay on a day, and the conditions
before it.

`PROMISE_MASKS` hide paying that nobody promises (how do I pay, if we pay early, not paying).
`PROMISE_SURE` is searched in the whole text first. A condition that asks something of us decides the kind:
`CONDITIONS`. Dates and amounts are read in `reply_dates` and `reply_amounts`. The notation stands in
`reply_rules`.
"""

from __future__ import annotations

from nsquilio.core.reply_rules import table

PROMISE_MASKS = table(
    """
    asked: how/where/what/which/who/why ..1 do/can/should/could/would/to/else/is/are/if/does/am/did/have/
        happens/other/way/ways/name/address ..4 [@pay/paying/payment/send/mail/make/check/money/wire/
        transfer]
    asked: am/are/is/will/would i/we ..1 gonna/going/get/be ..2 [get/be/cut/paid/charged/put/settled]
    asked: when ..1 do/can/should/is/are/does/did/must/was ..4
        [@pay/paying/payment/send/mail/make/check/paid/money]
    asked: how [@pay/paying] $
    asked: how to [@pay/send/mail/make]
    asked: if/whether/suppose <2!ok/okay/fine/alright/cool/possible/acceptable/good/wondering/see/know/
        works/right/problem/mind/even i/we/you/it/they/he/she ..2 [@pay/paying/paid/send/mail/make]
    asked: wondering/possible/possibly/ask/asking/curious/know/see if ..2 i/we ..3
        [@pay/make/split/paying/send] >7!<date>
    asked: what/how/which ..5 [get/pay/paid]
    asked: best/easiest/good/right way/method/place ..4 [get/pay/paid]
    asked: <2!ok/okay/fine/alright/cool/possible/acceptable/good/wondering/see/know/works/ask/right/mind if
        ..3 [@pay/paying/payment]
    asked: can/could/may/would/do/does/did/should/must/shall i/we/it/you/u/yall/this/they ..5 [@pay/paying/
        paid/send/mail/make/settle/split/wire/transfer/put/drop/bring/set/do/give/get/payment/payments/run/
        use/forward/email]
    asked: somebody/someone/anybody/anyone could/can/would/please ..1
        [send/mail/email/drop/get/forward/resend/bring]
    asked: can/could/will/would/please you/u/yall/someone ..3 [@dopay]
    stop: stop/quit/no/cancel ..1 [sending/mailing/paying/bringing]
    asked: ^ is/are/was/were/did/has/have/when/do/does/any ..3 [payment/check/money/payments/wire]
    asked: am/are/is i/we able to ..2 [@pay/make]
    asked: way/option/ability/possible/like/want/love/prefer/trying/try/easier/best/wish/how/easiest to ..2
        [@pay/make] >6!<date>
    asked: way/option/options/place/address/spot/want/wanna/wanted/where/how/link to ..2 [@dopay] >6!<date>
    asked: trouble/problem/problems/hard/difficult/issues/unable/tried/trying ..3 [@pay/paying/make/process]
    asked: help/way/option/method/methods/options/for/to/of/about/a/accept/set/setup/online/on
        [paying/payment/payments] plan/plans/method/methods/options/option/terms/link/portal/address/info/
        information/details/arrangement/schedule/page/site/system/instructions
    asked: [payment/payments] plan/plans/method/methods/options/option/terms/link/portal/address/info/
        information/details/page/site/system/instructions/arrangement/arrangements/history/due
    not: not/never/refuse/refusing/unable/cannot/nobody/nor/hard/stop/stopped ..3
        [@pay/paying/send/mail/make/settle/cut]
    not: you/u/yall/they/he/she/client/clients/customer/customers/someone/boss/insurance
        >2!will/is/are/going/should/gonna ..1 [pay/pays/paying/owe/send/wire]
    not: when/once/until/after/before/assoonas/if ..3 client/customer/customers/they/insurance/bank/loan/he/
        she/you ..3 [pay/pays/paying]
    not: already/just/been/was/were/am/tried ..1 [paying] !now/today/tomorrow/<date>
    not: [pay/paying] attention/for/phone/extra/more/too/twice/stub/scale/grade/cut/raise/rate/dispute
        !it/this/that/these !all
    not: to ..1 [pay] attention/more/extra/twice
    not: [settle] down/in/for
    not: <3!can/will/could/to/gonna/would [clear] up/it/that/as/about/on/now/the
    not: <2!send/mail/cut/a/the/your/our/my/sending/mailing/cutting/issue/write/get/have [check/checks] on/
        with/into/in/if/it/that/my/your/our/out/back/again/this/their
    not: [check] the/their/engine !will/is/should/going/goes/for
    not: [check] to see/make/if
    not: [bring/bringing] ..1 it/this/that/them ..2 up/to
    not: no/not need/reason to [send/mail/pay]
    not: [pay/paying] ..1 you/u/us/them/a ..1 visit/call/compliment
    not: before/without/until/after [paying/payment]
    not: let/will/to/can/and/please/could/you/need/going/must/gonna/us/double [check/checking]
        !to/for/you/out/number/on <2!send/mail/cut
    not: [wire/ach/zelle/venmo/transfer] instructions/info/details/information/number/fee/me/fraud
    not: [transfer] me/to !your/you/<date>
    asked: where ..7 [drop/pay/send/mail/leave/paying/bring]
    asked: [mailing/sending/billing/paying] address
    asked: rather/prefer/switch/switching ..2 [do/pay/use/send/mail]
    """
)

# A day that is asked about, not named: "is this for January?"
NOT_BARE = table(
    """
    about: is/was/are this/that/it ..2 for/from
    """
)

PROMISE_SURE = table(
    """
    day_asked: can/could/may/would/should i/we ..1 <3!how/where/what/when/why !stop/waive/skip/avoid/get ..6
        >6!visit/half/part/parts/now/split/two/if/stop/waive @pay/send/make/settle/mail/bring/drop/do/wire
        ..6 <date>
        !or
    day_asked: can/could/may/would/should i/we ..1 get ..2 @payobj/you/paid/caught/squared ..4 <date>
    day_asked: ok/okay/fine/alright/cool/possible/acceptable/good/wondering/see/know/right/mind/work/works
        if i/we ..4 @pay/send/make/settle/paid/mail/paying ..6 <date>
    day_asked: wondering/possible/see/ask if/to ..4 pay/paying >5!half/part/split/two/installments ..5 <date>
    day_asked: is/would/will/does <date> ..3 ok/okay/fine/alright/good/work/acceptable/soon/possible/
        suffice/works/do
    day_asked: is/would it ..3 ok/okay/fine/possible/alright ..4 @pay/payment/paid/send ..4 <date>
    day_asked: would/will/is/does ..2 payment/check/paying ..3 <date> ..3
        ok/okay/fine/alright/work/good/acceptable
    day_asked: <date> ..2 ok/okay/fine/alright/work/works/good/acceptable/soon ..2 ?
    not_before: not ..3 @pay/have/send/get/make/be/money/paid/paying/mail ..6 until/before/till <date>
    not_before: not !in/back/here/there/available/around/home/open/working/free ..2 until <date>
    not_before: not/no ..5 money/funds/cash/able ..4 until <date>
    not_before: give/gimme/allow/grant/spare me/us ..4 <date>/<soon>
    not_before: give/gimme/allow me/us ..2 until/til/a/few/some/couple/another/to ..2
        <date>/days/time/weeks/week
    not_before: need until <date>
    not_before: hold/wait/patient ..3 until <date>
    not_before: need ..3 few/couple/more/extra ..2 days/weeks/week/day
    not_before: <6!can/could/may/possible/any/chance/ask/allow/would/took/promised/job/order few/couple/
        several of?
        more/extra/additional days/weeks/week !of
    meant: i/we/it/that ..1 said/meant/mean ..2 <date> ..1 not ..1 <date>
    meant: i/we ..1 said/meant/mean ..2 not ..1 <date> ..1 <date> <6!you/invoice
    parts: <money>/<num>/half/some/part ..2 <date> ,,6 rest/balance/remainder/other !?
    not_before: need ..1 <date> $
    not_before: can/could/will/would not ..4 until/before/till <date>
    yet: not/have ..1 paid/pay/sent ..1 yet ,,8 <date>/will/going
    yet: not/have ..1 paid/sent ..2 but ,,6 will
    day_asked: how/hows/is/does/would/will ..1 <date> ..2 sound/work/look/suit/good/ok/okay/fine/do
    day_asked: <date> sound/work/ok/okay/good/cool ..2 ?
    day_asked: can/could you/u/yall ..2 run/charge/debit/use/draft/hit ..3 card/account/visa/amex ..4 <date>
    """
)

PROMISE = table(
    """
    # will, can, going to
    will: @will/can/able/plan/planning/intend/intending/hoping/hope/expect/trying/aim/aiming/promise ..5
        @pay/paying !for/attention
    will: need/have/want/ready/like to ..2 @pay
    will: will/can/could/gonna/to/shall/should ..2 wire/transfer/zelle/venmo/ach/paypal it/you/u/the/this/
        that/<money>/<num>/payment/funds/money/<date>/over !number
    will: could/should/would/may/might/must ..4 @pay/paying
    will: will/going/gonna/can/could/should/shall/to/would/able/might/hope/hoping/plan/planning/trying ..5
        send/mail/bring/drop/cut/issue/write/run/release/process/submit/initiate/schedule/put/make/deliver/
        overnight/give/do/get/fedex/push/remit/set/approve/have/write/leave/transfer/venmo/zelle ..6
        @money/<money> !link/details/info/instructions/stub/plan/address/and/from/options !when/if
    will: will/going/gonna/can/could/should/shall/able/to ..4 send/mail/wire/transfer/remit/settle/clear/
        resolve/cover/square/overnight/pay/handle/complete/finish it/that/this/them/you/off/up/everything/
        everybody/all/out/over/in/balance/invoice/account/these/both/the ..2 !to/know/copy/back/an/email/for
        !@ap !invoice/info
    will: will/going/gonna/can/could/should/to/able ..3 send/mail/wire/transfer/remit/bring/drop/clear/
        resolve/cover/handle/do/settle/pay/put/process >6!call/copy/invoice/email/text/statement/back ..7
        <date> !with/call
    will: will/going/gonna/can/could/should/to/able ..3 get/have/give >6!call/copy/invoice/email/text/
        statement/back/w9/report/answer/more it/that/this/those/you/u/paid/payment/money/them/something/
        check/caught/everything/funds/both/one/<money> ..6 <date>
    will: will/going/gonna/can/could/should/to/able ..4 get/have ..4 paid/settled/taken/mailed/squared/
        cleared/cut/handled/processed/sent/sorted !back !know
    will: will/going/gonna/should/can/could/able ..3 get/have
        it/that/this/payment/check/something/money/them ..3 over/out/off/up/to/in
    will: will/going/gonna/should/to/can/able/hope/hoping ..4 get/have/bring/send/mail/give ..3 it/that/
        this/money/something/them/payment/check/you/u/<money>/one/balance/rest ..4 to/for/over/out/in/off/up
        ..2 you/u/ya/yall/yours/mail/there
    will: you/u/ya will/should/gonna/going/can/shall ..3 have/get/receive/see/be/expect ..3 it/payment/
        check/money/paid/that/this/funds/something/ach/wire/them/<money>/<date>/your
        !invoice/email/call/copy/an
    will: you/u ..2 get/have paid/it/payment/money/check/funds/your ..6 <date>
    will: you ..1 will ..2 get/be paid
    will: get/getting you/u/yall/this/that/it/them/these/both/everything/invoice/<doc>/bill ..1
        paid/settled/squared/taken/handled/paid/cleared/current
    will: it/this/that/they/all/bill/invoice/<doc>/<num>/these/payment/check/one/those/everything/both/
        balance/funds/money/ach/wire/you ..3 will/should/going/gonna/to/shall ..3 be ..3 @paid/sent/there/
        in/mailed/made/done/taken/handled/out/processed/issued/released/posted/cut/coming/resolved/caught/
        current/deposited/delivered/submitted/initiated/with !to !stock/office/back
    will: will/gonna/going/to ..2 catch/catching ..2 up
    will: to be paid/processed/settled/mailed/sent/cut
    will: will/should ..3 be ..2 @paid/sent/mailed/made/processed/issued/released/cut/settled/taken/handled
        !to
    will: gets/getting paid/cut/mailed/processed/released !by
    will: getting ..3 paid/settled/taken/handled/mailed/out
    will: take/taking/taken care of ..6 <date>
    will: will/going/gonna/can/to/shall ..3 take/taking care of
    will: will/going/gonna/to ..2 handle/resolve/settle/square/clear/address/fix ..2
        this/it/that/up/balance/account ..4 <date>
    will: will/can/could/gonna/shall/would do ..4 <date>/<money>
    will: can/could/able/would ..2 do <money>/<num>
    will: will/would/can/could/should/going ..4 stop/come/swing/drop/drive/run/be/stopping/coming/by ..4
        by/in/over/off/at/there ..5 pay/check/payment/money/cash/card/settle/checkbook/cheque
    will: stop/swing/stopping/swinging/coming/come/drop/dropping/stops ..2 by/in/off/over/at ..6
        pay/check/payment/money/cash/card/settle/cheque/checkbook
    will: stop/swing/come/drop/dropping/stopping/coming/stops by/in/off/over/at ..5 <date> ..5
        pay/check/payment/money/cash/card/settle
    will: bring/bringing/dropping/drop ..4 check/payment/money/cash/cheque/<money>/it/that ..4
        <date>/by/off/over
    will: call/calling ..4 with ..2 card/payment/credit
    will: put ..6 on ..3 card/visa/amex/account ..3 <date>
    # in progress, at a day
    paying: paying !attention/for/by/customer/with/at/on/online/twice/too/more !via !portal
    paying: paying ..5 <date>/it/this/you/today/now/soon/off/all/that/these/them/full/<money>/<num>/balance
    paying: sending/mailing/wiring/remitting/transferring/overnighting/cutting/issuing/bringing/dropping/
        submitting/releasing/processing/zelling ..5 @money/<money>/<date>/out/it/shortly/soon !to
        !invoice/ap
    paying: working on ..1 getting/paying/it/this/payment/that ..2 paid/you/settled/payment
    paying: trying to get ..4 paid/you/settled/caught
    paying: doing it/this/that ..2 <date>/now
    paying: setting/set up ..2 payment/ach/wire/autopay ..4 <date>/now/soon
    paying: @money ..2 set/scheduled/setup ..1 up? ..1 for/on/to ..5
    paying: going/goes/go/heading/goin out ..3 <date>
    paying: scheduled/slated/setup ..1 for/on <date>
    paying: set for <date>
    paying: working on ..2 funds/money/cash/funding
    paying: ^ in process/progress $
    paying: make ..1 it/this/that ..1 right/good/current
    paying: best to pay
    paying: set/scheduled/slated/due/ready/queued to ..1 go/be/hit/post/pay/clear/mail/process/settle ..3
        out/paid/<date>/through/via/sent
    paying: <2!more/some/extra/any/need/little/enough list/plan/plans/time/ready/about/due/set/planning to
        ..1 pay
    paying: assoonas/when/once/after ..4 funds/money/cash/deposit/financing/funding ..4 available/come/
        comes/in/clear/clears/cleared/here/arrives/arrive/hits/hit/ready/received/funded/goes
    paying: waiting/wait on/for ..4 deposit/draw/funding/funds/loan/cash/money/check/signature/approval ,,6
        pay/paid/payment
    paying: scheduled ..2 @money/for/to ..5 <date>/pay/go/be
    paying: @money ..4 scheduled/pending/processing/processed/process/queued/approved/coming/forthcoming/
        underway/queue/works/works
    paying: @money ..3 is/are/will/being/should/going/goes/coming/to ..2 going/go/goes/coming/come/out/
        leave/leaving/hit/arrive/be/clear/get/land/follow/post/process/sent/made/ready/processed/set/
        prepared/today/tomorrow/next/by/cut/mailed/in/issued/released/signed/deposited
    paying: @money ..3 goes/going/coming/hits/leaves/posts/clears/arriving/leaving
    paying: @money >5!due/was/did/of/is/are/date/terms ..4 <date> !was
    paying: @money for/of ..2 <money>/<num> ..5 <date>
    paying: being processed/paid/cut/mailed
    paying: in process/queue/line/works/the for/to/of ..2 payment/be/pay/paid/process
    paying: in ..2 queue/process ..3 paid/payment/pay
    paying: in ..5 check/pay/payment/payable run/batch/cycle
    paying: check/pay/payment run is/on/goes/will/next/<date>
    paying: next/<date>/this <s>? ..1 check/pay/payment run/batch/cycle
    paying: in/on ..1 <date> <s>? check/pay/payment/ach run/batch/cycle
    paying: approved ..2 payment
    paying: approved to pay
    paying: cleared/released/submitted for payment
    paying: list/batch/run/queue/schedule to be paid
    paying: @i ..1 run/cut/do/pay/print/process/write/issue ..3
        checks/bills/payments/invoices/payables/vendors/it/this ..4 <date>/every/weekly
    paying: pay ..4 @i ..2 <date>
    # a plain plan
    pay_day: pay/wire/settle/remit/zelle/venmo ..6 <date>/soon/shortly/asap/eventually !is
    pay_day: <date> ,,4 pay/wire/settle/remit/payment/check/paying !link/is/was/due
    pay_day: send/mail/drop/bring ..5 @money/<money>/it ..4 <date>
    pay_day: send/mail/bring >4!invoice/invoices/bill/statement/statements/receipt/copy/copies/w9/report/
        email/text/the/that ..3 <date>
    pay_day: get/got you ..2 <date>
    pay_day: <2!do/does/did/can/could/if/when/would you ..2 have/get/see ..3 <date>
    pay_day: have/get it ..3 to ..1 you
    pay_day: get paid ..4 <date>
    pay_day: expect ..5 payment/it/check/funds/money/wire/ach/<date>
    pay_day: <2!will/i/going/to look/watch for ..4 payment/it/check/<date>
    pay_day: payment/money/funds/check/cash ..4 soon/shortly/asap/forthcoming/coming/tomorrow/today
    pay_day: money/payment/funds/check is coming
    pay_day: <money> ..4 <date>
    pay_day: it/that/payment/this will/gonna ..2 be <date>
    pay_day: will/gonna be <date>
    pay_day: i/we promise
    pay_day: promise ..4 pay/payment/<date>
    pay_day: good for it
    pay_day: will settle/pay
    pay_day: settle up
    pay_day: fully? intend ..1 to ..1 pay
    pay_day: pay you/u/yall/ya/this/it/them/that ..4
        soon/asap/when/once/shortly/back/then/assoonas/<date>/later
    pay_day: pay when/once/assoonas/soon/asap/shortly/later/eventually/after
    pay_day: <money>/half/<num> now/today/tonight/down
    pay_day: half ..1 <date>
    pay_day: rest/balance/remainder ..3 <date>
    pay_day: once/when/assoonas/after/until ..2 get/gets/am/are/getting paid
    pay_day: once/when/assoonas/after ..6 pays/paid/pay us/me ..4 pay/will/you
    pay_day: pay ..5 weekly/monthly/week/month/starting
    pay_day: start/starting/begin ..2 paying/payments ..4 <date>
    plan: ^ @will pay
    # who does it, to what, when
    frame: @willing ..4 @dopay/get/have/give/cover/fix !to ..3 @payobj ..6 <date>/<soon> <6!not/cannot/never/
        why/how
    frame: @willing ..3 @dopay ..2 <date> <6!not/cannot/never/why/how/when/copy/invoice/closed
        >4!order/call/meeting/look/check/delivery/visit/back
    frame: @will be <date>
    frame: @doingpay ..3 @payobj ..6 <date>/<soon> <5!not/cannot/never/why/how/stop/problem/trouble
    frame: @doingpay ..2 <date>/<soon> <4!not/stop/why/how/visit/look !delivery/call/meeting
    frame: <date> ..1 it/that/you/u/i/we/they/he/she/payment/yours/everything will/should/going
        >5!closed/off/out/away/back/order/deliver/call/look/check/talk/meeting/gone/busy/working
    frame: <date> is when
    frame: <date> is/are/works/be/looks ..1
        payday/doable/realistic/earliest/soonest/target/goal/best/possible/plan
    frame: <date> ..2 when ..2 i/we/he/she/they/@ap/<name>
        do/pay/run/cut/process/mail/print/write/sign/release/pays/runs/cuts/does/signs/writes/get
    frame: @will ..2 @dopay it/them/that/this/yours/one ..2 then/when/assoonas/once/after/soon/day
    frame: <date> ..2 i/we/he/she/they can/could ..2 @dopay >4!delivery/order/pickup/call
    frame: you/u/yall/guys can/may/could ..2 charge/debit/run/draft/take/collect/draw/hit ..6 <date>
    frame: good/ok/fine/ready/clear to ..1 charge/debit/run/draft/take/collect/draw/hit ..4 <date>
    frame: charge/debit/run/hit/draft my/our/the ..2 card/account/visa/amex ..3 <date>
    frame: <num>/<money>/half/rest ..1 goes/going/comes/leaves/coming ..2 <date>
    frame: figure/say/call/count/bank ..2 <date> ..3 for/on you
    frame: allow ..1 <date> ..4 reach/clear/process/arrive/post/show/get
    frame: @willing ..1 be @doingpay
    frame: @willing ..2 be ..2 @doingpay ..2 @payobj/<date>
    frame: @will ..3 be ..3 in/with/at/to/on ..1 your/you/yours/yalls ..2
        account/bank/hands/mailbox/office/desk/door/<date>/tomorrow
    frame: @will ..2 be ..1 caught up
    frame: @will/get/getting ..3 caught up
    frame: @will/get/getting/be/all/both/us caught up ..3 <date>/soon/shortly
    frame: @will ..2 be ..1 coming/going/heading/headed/leaving/hitting/landing/arriving ..3
        you/your/out/through/<date>/over
    frame: @will make ..2 right/good/current/whole/payment
    frame: @will get ..1 there
    frame: get/getting/gettin to it/this/that/you/yours/them ..2 <date>/<soon>/when/soon/asap/as
    frame: good for it/the/every
    frame: not ..1 forgotten ..1 you/about/it ,,8 will/coming/soon/<date>
    # slots, lists and runs
    slot: slotted/slated/slotting/earmarked/pencilled/penciled/queued/scheduled/booked/lined/planned/
        penned/diarised/calendared/booking/allocated/targeted/targeting/down ..2 for/on/in/to ..4 <date>
    slot: put/putting/mark/marking/pencil/add/stick/have/got me/us/you/yours/it/this/that ..1 down ..2 <date>
    slot: put/putting/got/have/has/add/added/adding/stuck/sticking/throw/slot/slotting
        you/yours/it/this/that/invoice ..2 in/on/into/for ..4 <date>/@paytimes/list/schedule/queue
    slot: <date> <s>? ..1 @paytimes/stack/pile/bunch/mail/mailing/payables !of/a/late
    slot: next/our/this/the ..2 check/ach/pay/payment/payables/eft/wire/ap/bacs @paytimes
    slot: @doingpay ..2 checks/bills/payables/invoices/vendors ..3 <date>
    slot: next/first/top/high/up on ..2 list/stack/pile/line/queue
    pay_day: all/full/total ..1 <num>/<money> ..2 <date>
    slot: next/first in line
    slot: <3!not/never @onlywhen ..1 it/that/they/loan/grant/draw/money/funds ..2 does/do/is/in/comes/hits/
        lands/clears/
        arrives/hit/land ,,2 you/u/yours/yall ..3 first/next/paid/get/top !charged
    slot: you/u/yours/yall ..2 first/next ,,3 @onlywhen
    frame: take/pull/run/charge/put/draw ..2 <money>/<num> ..1 off/from/on/out of? my/our/the ..2 card/
        account/bank/visa/amex
        ..2 <date>
    slot: top of the ..1 list/pile/stack/heap
    slot: yours/you/u/yall/guys ..2 in/on ..2 next/that/this/it ..1 one/batch/run/cycle
    slot: yours/you ..3 <date> batch/run/cycle/one
    slot: at/to/on/toward ..1 top of ..3 list/pile/stack/queue
    slot: sign/signs/signing/run/runs/cut/cuts/print/prints/write/writes/do/does ..2
        checks/payables/bills/payments/payroll/ap/cheques ..4 <date>/mondays/fridays/weekly
    slot: in/on/into/for/with/part ..3 <date> ..2 checks/payables/payments/disbursement/disbursements/batch/
        mailing/ach/eft/bacs/run
    slot: pay ..3 by/within/in/at/on ..2 terms/cycle
    slot: scheduled ..3 billpay/bank/portal/system/payment ..4 <date>
    slot: payment/check/ach/wire/eft date is/of/will/set ..3 <date>
    # only when our own money comes
    hangs: assoonas/when/once/after/until/till ..5 @income ..2 is/are/am ..1 in/here/back/good
    hangs: assoonas/when/once/after/until/till/pending/depends/soon ..5 @income ..4 @comesin
        <8!not/stop/order/ship/deliver >6!fixed/corrected/delivered
    hangs: waiting/wait/awaiting on/for ..4 @income ..5 to/before/then/so/and/, ..3 @pay/pays/paid/pay/fund/
        clear/close/release/come/hit/you/cut
    hangs: waiting/wait on ..3 draw/funding/closing/settlement/loan/deposit/retainage/retention/payment/funds
    hangs: soon/minute/moment/second/day/week/instant as? ..1 i/we/they/he/it/@income ..2 get/gets/have/am/
        are/comes/clears/hits/pays/close/closes
        >6!order/chance/look/back/call/minute
    hangs: then ..1 you/yours/yall guys?
    # putting money somewhere
    puts: putting/sticking/slapping/throwing/popping/chucking/dropping/running/sending/charging/firing/
        bunging/
        whacking/slinging/shooting/pinging/banging ..5
        card/amex/visa/mastercard/credit/post/mail/fedex/ups/@moneyin/mailbox/box/over/through/across
        !link/info/details
    puts: @willing ..3 put/stick/slap/throw/pop/chuck/drop/run/charge/bung/whack/sling/shoot ..5
        card/amex/visa/mastercard/post/mail/fedex/ups/mailbox/through/across/over ..2
        >4!copy/order/dispute/email
    puts: @moneyin ..3 headed/heading/coming/going/on/en your/way/to/out/route ..2 <date>/soon/you
    puts: logging/going/hopping/jumping/getting on/in/into/online ..3 to pay
    puts: hold/hang tight/on ..3 till/until/for <date>
    puts: hold/hang/wait/bear/sit ..3 out/off/on/tight/with ..2 me/us/it? ..1 until/till/to <date>
    puts: do/doing/did it/that/this <date>
    puts: take/taking ..2 care of ..3 it/this/that/them ..4 <date>/when/soon
    puts: @will ..1 square/sort/see/fix you/u/yall/us ..1 up/out/right/away/off
    puts: money/payment/check/funds is/are coming
    puts: bringing/dropping/swinging/stopping ..3 by/off/over/in/it/check/payment/cash ..3 <date>
    puts: transferring/send/sending/paying <money> ..6
    frame: nothing/not/none ..3 until/till/before/til ..1 <date>
    frame: next/my/our/the ..1 payday/paycheck is/comes/on ..3 <date>
    frame: count on ..3 <date>
    frame: every/each ..1 penny/cent/dime
    frame: you/u/yall/yourself will ..1 be/get first/next/paid/money/it
    frame: @will get ..3 money/paid/payment/check/penny
    frame: little/bit/some more? time/while ..4 but ..6 get/pay/will
    frame: intend/intending/intention/committed/commit ..3 pay/paying/settle
    frame: should/will be ..1 good/square/able/clear/current/set/flush ..2 <date>
    frame: my word
    frame: on my honor/mother/life
    frame: make ..1 good on
    frame: good/make good on it/this/that
    frame: @will true up ..2
    frame: @will ..2 @dopay/get yours
    frame: just/only need/needs/waiting ..3 signature/signed/approval/approved/stamp
    frame: ^ it/payment/check/money/yours is coming !to/back/off/along/from/apart
    frame: coming ..2 your way
    frame: @will ..2 hand/give/bring/leave/drop/get ..2 cash/check/money/payment/cheque
    frame: <date> is/are my/our/the ..2 draw/payday/check/paycheck/deposit/pension/rent/closing/run/payment
    frame: when i/we ..1 get/are/am/return back? ..2 <date>
    frame: on its/it's/the? <s>? way ..1 soon/shortly/tomorrow
    frame: on it is? <s>? way ..1 soon/shortly/tomorrow
    frame: let me ..1 get/pay/send/wire/settle ..2 @payobj/you/up ..5 <date>
    slot: ap/payables/ach/our run/runs/cycle ..2 <date>
    frame: my/our/the ..2 check/paycheck/draw/pension/deposit/refund/commission/payday/bonus is/comes/hits/
        lands/
        should ..3 <date>
    frame: @will ..2 get/hop/jump/log/go/be ..1 on/in/onto/into/to ..3 portal/site/website/online/computer/
        bank
    frame: knock ..1 out ..3
    slot: @doingpay it/this/that/yours/you? ..1 through/thru/in for <date>
    slot: goes/going/went through/thru/in for <date>
    """
)
