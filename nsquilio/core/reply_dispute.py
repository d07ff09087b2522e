"""Rules for "we do not owe this, or not so": amount, goods, work, duplicates, cancellations, PO, terms.

A condition that only we can meet ("will pay when the leak is fixed") is a dispute too. The notation stands in
`reply_rules`.
"""

from __future__ import annotations

from nsquilio.core.reply_rules import table

# Words that look like a complaint and are none: "no problem", "is something wrong with my phone", "no
# issues".
DISPUTE_MASKS = table(
    """
    fine: tax/irs/insurance/travel [refund]
    asked: ^ is/are/does/do/how/what/whats/which/if/whether/hows ..9
        [credit/credits/deposit/discount/without/included/off/refund/high/missing] !back
    portal: link/website/portal/page/site/email/app/login/phone/computer/printer/attachment/file/pdf/
        unsubscribe
        ..6 [broken/wrong/error/not/down/incorrect]
    shipping: not/no/hold/stop/pause/delay ..2 ship/shipping/deliver/deliveries/shipments/orders/truck/send
        ..8
        [rest/fixed/goods/delivery/more/deliver/ship]
    stock: no more of the [order/item/items/goods/parts]
    fine: can/could [not] ..1 match/figure/find/read/open/see/locate/understand
    fine: not stop [paying]
    income: when/once/after/assoonas/until/wen ..3 [refund/credit/insurance/settlement/claim] ..2
        comes/hits/arrives/clears/gets/lands/in/pays/come
    asked: ^ can/could/may/would/should i/we/it ..5 [split/half/off/only/just/wait/interest]
    asked: ^ any chance/way ..6 [drop/off/interest/fee/take/knock/waive/less]
    fix: @will ..1 [fix/correct/resolve/adjust/update] ..2 on my/our
    corrected: need ..2 [corrected/revised/updated] ..1 w9/copy/coi/form/certificate
    hold: put us/me/you/account/them [on] hold
    asked: ^ did [not] my/our/the/he/she/anyone/someone/<name> ..2 pay/send/mail
    money: @money [not/never] ..2 arrive/arrived/come/came/reach/reached/clear/cleared/post/posted/get/
        gotten/there
    asked: ^^ did/have/was/is/were/has/are [not] we/i/this/that/it/they
    asked: did/have/was/has [not] we/i ..2 pay/paid/send/sent/settle/mail
    not_before: [not] ..4 @pay/paying/send/have/get/make/do ..5 until/before/till <date>
    without: not ..3 [pay/process/release] ..3 without
    copy: [never/not] ..2 got/get/received/receive/seen it/this/anything ,,6 resend/send/email/forward
    copy: copy of ..3 [canceled/cancelled]
    fine: no/not/any/without/never/your/my [problem/problems/issue/issues/worries/dispute/complaints/
        complaint]
    fine: not ..3 [dispute/disputing/disputed/damaged/broken/wrong/problem/problems/issue/issues]
    fine: what is [wrong]
    contact: fax/phone/cell/email/mailing/mobile number/address ..6 [wrong/incorrect]
    fine: [wrong/incorrect] number/person/guy/phone/party/contact !of/on/in
    fine: is/are/was/anything/something there ..2 [problem/issue/problems/issues/mistake] ?
    fine: if ..4 [wrong/problem/problems/issue/issues/mistake/error]
    fine: [issue/issued] a/an/the/payment/check/checks/you
    fine: [right] now/away/after/before/on/back/over/here/there
    fine: [off] <date>/today/tomorrow/work/until/for/on/the
    fine: [short] on/term/staffed/handed/answer/notice/version/while/time
    fine: [return/returned/returning/returns] your/my/ur/the/you/a call/calls/message/voicemail/call
    asked: ^ did/have/can/could you ..2 [apply/issue/give/process/applied/issued/credit]
    fine: [return/returning] to/from !sender/you/the
    fine: [credit] card/cards/union/line/limit/app/application/hold/terms/check/score
    fine: [returned] your/my/from
    fine: [quality] inn
    card: card/account/visa/amex/bank/debit was/got/been/is ..1 [charged/billed]
    fine: [wrong/incorrect/bad/old] ..1 email/contact
    paid: [included/covered] ..2 in/with/by ..2 @moneyin/last/previous
    """
)

DISPUTE = table(
    """
    # we do not owe it
    not_owed: not ..4 @owe !how/what/any/you/if/$
    not_owed: not @owe you/this/that/it/them/anything/any/a/money/nothing/what/$
    not_owed: ^ not us/ours/mine $
    not_owed: @owe you/u? nothing/zero/zilch/nada
    not_owed: not ..2 responsible/liable for
    not_owed: <2!why/did not our/my/mine/ours/us ..1 invoice/bill/charge/account/order/job/debt/
        responsibility/problem/fault/property/po/shipment/purchase/ticket
    not_owed: <2!why not ours/mine !to
    billed_on: <6!email/newsletter cancel/canceled/ended/quit/stopped/unsubscribed/terminated/discontinued/
        left/closed/dropped
        >9!@texts/texting ,,14 keep/keeps/still/continue/kept/why ..3
        bill/billing/billed/charge/charging/charged/invoicing/invoice/invoiced/bills/charges
    not_owed: not our/my ..1 location/address/site/store/branch/warehouse/building/unit/truck
    not_owed: not ..1 have/own/run/operate a/any ..1
        location/store/shop/warehouse/branch/site/building/office/plant/unit/account in/at/on/by
    not_owed: belongs/belong/billed/goes/for to? ..1 another/different/other/someone ..1
        company/customer/account/else/location/department
    not_owed: not ..3 the ones/one who ..1 @owe/ordered
    not_owed: you/u/y'all/they @owe us/me
    not_owed: not ..1 a/our/your/my/any legitimate/valid/real bill/invoice/charge/debt/customer
    not_owed: bogus/fraudulent/fake/phony ..3 @invoice/claim
    not_owed: do/does not recognize/recognise/know ..2 charge/charges/invoice/order/debt/purchase/bill
    # not paying
    refuse: <3!if/sorry/why not/refuse/refusing/nor ..2 @pay/paying ..4 >5!<date>/yet/today/tonight/
        online/by/with/until/right/now/now $
    refuse: not/nolonger ..1 paying !yet/<date>/online/until/by/with/attention/today/right/now/late/close
    refuse: not ..2 pay/paying/be this/that/it/for/you/one/a/these/any/until/anything ..6 !<date>/yet
    refuse: not/refuse/refusing/cannot ..3 pay/paying/release/settle/approve/process/send ..5 @onlywhen ..8
        @fixed !invoice/copy/w9
    refuse: refuse/refusing/refused/decline/declining ..2 pay/accept/to/delivery/shipment/payment
    refuse: i/we refuse/decline
    refuse: not ..1 approve/approved/approving ..2 this/invoice/payment/charges/charge/bill/work
    refuse: withholding/withhold/withheld ..2 payment/pay/payments
    refuse: <2!not not a/one dime/penny/cent/red
    refuse: payment ..3 on hold
    refuse: put/placed/putting/on ..3 hold !music !for
    # only when something of ours is put right
    fix_first: pay/paying/paid/payment/settle/check/release/money ,,6 @onlywhen ..7 @fixed
        !invoice/copy/w9/<date>
    fix_first: pay/paying/paid/payment/settle/check/money ,,6 @onlywhen ..5 @goods ..2 show/shows/turns/
        arrive/arrives/arrived/come/comes/here/in/delivered/received/returned/shipped
    fix_first: pay/paying/paid/payment/settle/check/money ,,6 @onlywhen ..5 @work/it/everything/this/unit
        ..3 done/right/works/working/ready/finished/complete/acceptable/passes
    fix_first: <1!i/we @onlywhen/need/please/can/could ..3 >4!come you/u/yall/someone/it/this/they ..3
        fix/fixed/correct/
        corrected/adjust/adjusted/credit/replace/replaced/refund/redo/resolve/resolved/reverse/revise
    fix_first: @onlywhen ..4 is/are/gets/get/has/have/been ..1 fixed/corrected/resolved/finished/complete/
        completed/repaired/replaced/adjusted/delivered/credited/refunded/working
    fix_first: need/want/expect/waiting/requested/require/demand/deserve/awaiting/asked ..4 credit/credits/
        refund/discount/replacement/replacements/adjustment/correction/cm !card/app/cards/application
    fix_first: needs/need ..2 to? be? ..1 fixed/corrected/adjusted/redone/revised/credited/refunded/
        replaced/reversed/rebilled/reissued/fix/correcting/adjusting
    fix_first: waiting ..5 you/yall/repair/replacement/replacements/parts/rest/fix/technician/tech/missing/
        balance/remaining ..4
    fix_first: fix/correct/adjust/revise/amend/rebill/redo/update ..3
        invoice/bill/charge/price/amount/total/po/it/this ..4 !email/address
    fix_first: issue/give/apply/provide/process/post/want/owe/deserve ..3
        credit/refund/discount/reimbursement !card/app/application/if/for
    fix_first: money back
    # the sum
    amount: @wrong/off ..1 amount/price/prices/pricing/total/balance/rate/figure/quantity/invoice/bill/
        charge/math/sum/cost/discount/tax/freight/percentage/charges/count/fee/totals
    amount: amount/price/prices/pricing/total/balance/rate/figure/invoice/bill/math/quantity/charge/charges/
        cost/tax/freight/hours/vat/number/numbers/po/qty/sum/fee/totals/count/statement/terms/markup/
        discount ..5 is/are/was/seem/seems/look/looks ..2 @wrong/off/high/higher/inflated/excessive/
        different/double/doubled/inaccurate/ridiculous/outrageous/missing
    amount: amount/price/prices/pricing/total/balance/rate/invoice/bill/charge/charges/quantity/math/hours/
        number/this/that/it/statement/these/numbers/something/po/terms/vat/tax ..3 not ..2 right/correct/
        accurate/match/matches/add/agree/ok/valid/reflect/same/fair/reconcile/reflecting
    amount: this/that/it/these/they/invoice/bill is/are/seems/looks/must/be ..1 be? @wrong !number/person/now
    amount: this/that/it/bill/invoice is ..2 mistake/error/incorrect/duplicate/joke
    amount: something/thing/somethings <s>? ..2 @wrong/off/fishy
    amount: wrong ..1 item/items/part/parts/size/sizes/color/product/order/model/address/customer/company/
        quantity/unit/date/po/tax/terms/entity/location/material/one/ones/stuff
    amount: error/errors/mistake/mistakes/discrepancy/discrepancies/typo ..4
        on/in/with/of/this/invoice/bill/here
    amount: has/have/had/having/contains/full/with ..2
        error/errors/mistakes/discrepancy/discrepancies/mistake !you
    amount: already ..2 billed/charged/invoiced ..2 for/this/us/me
    amount: leak/problem/issue/damage/mess/noise/smell/error ..2 still
    amount: there is/are/was ..2 error/errors/mistake/discrepancy/discrepancies/issue/issues/problem/
        problems/mistakes
    amount: issue/issues/problem/problems/dispute/concern/concerns/trouble ..1 with ..4 @invoice/order/
        @goods/work/job/amount/price/product/this/it/unit/pricing/service/charges/quality/delivery
    amount: not add up
    amount: overcharged/overbilled/overcharging/overcharge/overbilling/overpriced/doublebilled/
        miscalculated/mischarged/misbilled/overpaid/padded
    amount: not ..1 correct/accurate/fair/acceptable/legit/valid
    amount: not ..1 right !now/away/number/person/contact/after/time/there/here
    amount: not ..1 think ..4 right/correct/fair/accurate/ours/mine/valid
    amount: credit/refund is due/owed
    terms: terms ..1 say/says/state/states/were/call
    unordered: ^^ @filler? canceled @filler? $$
    unordered: not ..1 use/used this/that/it/these/service ..1 $
    goods: only ..1 got/received/have ..1 half/part/some/<num>
    unordered: no more/further charges/bills/billing/invoices !by/in
    amount: remove/delete/drop/reverse ..2 line/item
    goods: never/not ,,7 goods
    goods: where is/are ..3 rest/missing/remaining/credit/refund/replacement
    goods: @broken ..2 our/my
    not_owed: belong/belongs to ..2 another/other/different/someone/somebody
    unordered: should/supposed ..2 have been ..1 canceled/voided/refunded/removed/corrected/fixed/reversed
    fix_first: pay/paying/paid/payment/settle ,,6 @onlywhen ..3 you/u/yall ..2
        send/deliver/ship/bring/install/finish/replace/return ..4 @goods/@work/right/correct/it/rest
    amount: seem/seems/looks/way/pretty/really/very/awfully/kinda/bit high/steep/expensive/off/excessive
    amount: <2!not/see/if per/under/against our/the/my ..1 terms/contract/agreement
    amount: nonprofit
    amount: never/not ..1 told/informed/notified/warned/disclosed/mentioned
    amount: credit/refund/discount ..2 was/were/is ..2 supposed/promised/never/meant
    amount: too high/much/expensive/many !to/trouble/of
    amount: billed/charged/charge/charging/billing/invoiced/paid ..4 twice/double !<date>
    amount: billed/charged/charge/charging/bill/billing/invoiced ..3 too/for ..1
        much/something/stuff/things/more/wrong/<num>
    amount: why am/are/is/were/was/do/did i/we/you/this/it ..3
        billed/charged/billing/charging/invoiced/bill/charge/being
    amount: duplicate ..1 @invoice/charge/billing/order/of
    amount: duplicate !copy/check/email/emails/contact/text/texts/message/messages/reminders
    amount: same ..3 twice
    amount: @invoice/this/that/it is ..1 a duplicate/dup
    amount: should/supposed/ought ..2 be >3!<date> ..2 <money>/<num>/less/lower/free/half/zero/nothing/
        credited/under/
        covered/net/included/no/waived
    amount: should/supposed not ..2 be ..2 charged/billed/here/on/paying/owe/taxed/included/invoiced
    amount: should/supposed to? have ..1 be/been ..2 <money>/<num>/less/free/credited/included/billed/
        charged/net/cheaper/deducted/taken/removed/waived/covered/net
    amount: agreed ..3 <num>/<money>/price/amount/to/on/rate/upon
    amount: agreement was/is/for/said
    amount: quoted/quote/estimate/bid/estimated/contract/po/proposal/agreement ..2
        was/is/said/says/price/states/at/shows/of ..2 <num>/<money>/less/lower/different/only/half
    amount: quoted/estimated ..2 <num>/<money>
    amount: told ..3 <num>/<money>/free/would ..3 !<date>
    amount: <num>/<money> ..2 not <num>/<money>
    amount: you/u/they/yall/guys ..1 charged/billed/invoiced/bill/charge/billing/charging ..1 us/me/for
        !last/yesterday/already
    amount: was/were/be ..2 free/included/covered/waived/complimentary/prepaid !to/of/today/tomorrow
    amount: instead of <num>/<money>/<unknown>
    amount: not what ..2 agreed/ordered/quoted/discussed/signed/told/requested/said/asked/talked/wanted/
        promised
    amount: more than ..3 agreed/quoted/quote/estimate/ordered/usual/expected/contract/we/told
    amount: discount/credit/deposit/rebate/return/payment/coupon ..4 not ..2 applied/taken/reflected/
        included/there/shown/showing/deducted/given/on/credited/honored/received
    amount: not/never ..3 apply/applied/honor/include/reflect/give/credit/take/see/get/deduct/receive ..4
        discount/credit/deposit/rebate/return/returns/refund
    amount: credit/discount/deposit ..2 was/is/were never/missing ..2
    amount: discount/credit ..1 missing
    amount: credit/refund due/owed/for/back/us/me/coming/outstanding !card/union
    amount: take/remove/deduct/knock/get ..6 off ..2 bill/invoice/total/balance/price/statement
    amount: take/remove/knock/get ..2 freight/tax/shipping/charge/charges/fee/line/item/items/delivery ..3 off
    amount: take/remove/deduct/drop/reverse/waive the ..2 freight/tax/shipping/delivery/restocking/fuel
    amount: exempt
    amount: refund me/us
    amount: overcharge/overcharged/overbilled/overcharging
    amount: cheated/ripped/scammed/scamming/gouging/robbed/ripoff
    amount: we/i ..1 only ..1 got/had/received/ordered/used/authorized/approved/requested/agreed/
        bought/asked/purchased/took
    amount: only ..1 received/got/delivered/came/arrived/sent/shipped ..3 <num>
    amount: got/received/have <num> of ..1 <num>
    amount: <num> of ..1 <num> ..3 missing/arrived/received/came/broken/damaged/delivered
    # twice, never ordered, canceled
    unordered: never/not ..3 order/ordered/request/requested/authorize/authorized/authorise/authorised/ask/
        asked/approve/approved/sign/signed/agree/agreed/bought/buy/purchase/purchased/wanted/want
        !copy/from/how
    unordered: nobody/noone/none ..4 ordered/authorized/approved/requested/signed/order
    unordered: who ordered/authorized/approved/signed this
    unordered: @goods/it/that/this/they was/were/is/been/got ..3 canceled/voided
    unordered: canceled/cancel/canceling/void/voided/delete/withdraw/write/rescind ..3
        invoice/bill/charge/charges/<doc>/inv/debt/fee !copy
    unordered: canceled ..2 this/that/the/our/my ..1 order/job/service/contract/subscription/po/account/
        work/plan/membership ..5 ago/already/last/in/back/before/<date>/so/why/never/and/because/yesterday
    unordered: @who/us ..1 canceled ..3 it/this/that/these/them/order/orders/service/contract/job/account/
        subscription/everything/in/last/back/months/weeks/<date>/<past>/$
    unordered: remove/reverse/delete/drop/cancel ..2 charge/charges
    unordered: @invoice/order/bill/charge was/is/were/got/been ..2
        voided/canceled/credited/withdrawn/reversed/closed/refunded
    unordered: closed ..2 account
    unordered: you/u/they/yall/guys/crew/guy ..1 quit/left/bailed/stopped/walked ..2
        halfway/early/before/without/midway/unfinished/working/mid
    unordered: canceled orders/order/service/job/account/work/subscription/shipment/contract
    unordered: order/job/service/contract/subscription/po/work/project/booking ..3
        canceled/terminated/cancelled
    unordered: contract/service/agreement/lease/subscription/plan ..2
        ended/expired/over/terminated/stopped/ran
    unordered: stop/quit/stopped billing/charging/invoicing
    unordered: stop ..2 charging/billing ..2 me/us/for
    unordered: billed/bill/charged/invoiced ..5 wrong/not/another/different/instead
    unordered: bill/billed/invoice/charge/charged/charging ..2 for ..3 nothing/not/never/someone
    unordered: not ..2 use/used/using/have/had/get ..3 service/services/account/your/subscription ..2
        since/anymore/in/for/after
    # against it, in so many words
    formal: dispute/disputing/disputed/contest/contesting/challenge/challenging/disputes !pay
    formal: disagree/disagreement/object/objecting
    formal: see you in court
    formal: sue you/u/yall
    formal: small claims
    formal: @wrong ..1 terms
    formal: scam ,,3 owe/not/nothing
    # terms and papers
    terms: terms are/is/were/of ..2 net/<num>
    terms: we/i/our/have/has/on/got ..3 net ..1 <num> ..1 terms/not/$
    terms: net ..1 <num> not ..2 net
    terms: net ..1 <num> terms
    terms: due net
    terms: <num> ..1 day/days terms
    terms: have/on/has/got ..3 terms
    terms: not ..1 due ..1 until/yet/till/for/<date>/$ !date
    terms: not ..1 late/overdue/past/delinquent
    terms: is not even due
    terms: po/purchase ..1 number ..3 @wrong/missing/not
    terms: po ..4 @wrong/missing/not/different/mismatch/expired/closed/says/said/only
    terms: no ..1 po !box
    terms: @wrong/missing/different ..1 po
    terms: needs/need/require/requires/without ..2 po/purchase ..2 on/number !$
    terms: vat/tax ..4 not/wrong/should
    terms: billed/invoiced/addressed to ..1 wrong
    terms: bill/billed/invoice/send/invoiced/charge ..3 parent/insurance/landlord/other/contractor/general
        company/instead/one/contractor
    terms: @wrong company/customer/entity/account/location/store
    # one figure against another, and what is on there twice
    against: <num>/<money> ..6 but/yet/only/vs/versus/instead/not/while/whereas ,,4
        got/received/ordered/came/delivered/turned/showed/used/had/was/were/worked/counted/arrived/here/see
        ..3
        <num>/<money>/half
    against: ordered/order/asked/requested/wanted/needed ..4 <num> ,,3 <num>/got/received/sent/billed/turned/
        showed/came/arrived
    against: ordered/order/asked/requested/wanted ..5 but/not/and/yet ..1 got/received/you/they/sent/shipped
        >6!order/paid/will/pay
    against: got/have/has/had us/me down for
    against: invoiced/billed/charged/bill/charging/billing/charge ..5
        but/when/instead/although/though/even/yet ,,6
        got/received/only/never/not/ordered/quoted/agreed/delivered/was/said/should/half/told/used/came
    against: put/charged/billed/added/included/got/have/has/counted/invoiced/listed/show/shows/appears ..5
        twice/duplicated/doubled !<date>
    against: two/2/both/three ..2 invoices/bills/charges ..6 same
    against: same job/invoice/order/service/charge/work/thing/one/bill/visit/load as
    against: already ..1 invoiced/billed/charged ..4
    against: overstated/inflated/overbilled/overinvoiced/overstating
    against: over/under ..1 by ..1 <num>/<money>
    against: <num>/<money> too much/many/high
    against: <num>/few/couple ..2 short/light/shy/missing !term
    against: short by/on/delivered/delivery/one/two/<num>
    against: we/i/us only/just ..1 got/received/ordered/used/needed/wanted/took/picked ..2 <num>/half/once/
        one/two
    against: only ..3 came/showed/was/were/here/there/worked/sent ..4 once/<num>/one/two/half/twice
    against: balance/statement/account/ledger/books/system ..6 zero/nil/nothing/0/clear !?
    against: we/i/our/books/records/system show/shows/have/has ..3
        zero/nil/different/less/lower/credit/otherwise
    against: should/ought ..2 only ..2 be/have
    against: rate/price/quote/quoted/agreed/contract/po ..4 each ,,4 billed/charged/invoiced/have
    against: says/said/shows/reads/is/at <num>/<money> ..2 each ..1 you
    against: @wrong/different/higher/old ..1 rate/price/pricing/tier/code/quote/figure/entity/project
    # whose it is
    whose: @invoice/fee/charge/that/this/it/cost/one is ..2 on you/your/u/yall/them
    whose: your/ur/you ..1 mistake/fault/error/problem/screwup/mixup/issue/responsibility !?
    whose: not ..1 our/my ..1 fault/mistake/error/doing/problem/responsibility/debt/cost/bill
    whose: landlord/tenant/tenants/owner/insurance/contractor/gc/buyer/seller/client/parent/franchise/
        warranty ..2
        responsible/responsibility/bill/problem/covers/covered/cover/cost
    whose: bill/invoice/charge the ..2 owner/owners/landlord/tenant/insurance/gc/contractor/client/buyer/
        seller/company/parent/other
    whose: bill/invoice/charge them/him/her/someone/whoever !to/at
    whose: sold ..5 business/company/store/shop/property/account/building/house/truck/unit
    whose: still/already/actually/all you? owe me/us/my/our
    whose: @invoice/this/that/it/charge is/was ..3 someone/somebody/different/another ..1
        else/customer/company/account/location
    whose: @invoice/po/order/charge/that/it/this ..2 not/never/no ..1 valid/ours/mine/authorized/approved/
        legit/signed/issued/belong
    whose: authority/authorization/permission ..4 order/buy/sign/charge
    whose: not/nobody/never ..3 signed/sign/approved/authorized ..2 off/for/on/that/this/it/work
    whose: closed/expired/exceeded/canceled/dead ..1 po/job/project/account
    whose: over/exceeds/exceeded/above ..3 po/quote/estimate/budget/bid/approved/agreed
    # please take it away
    void: void/reverse/credit/scrap/rescind/zero/withdraw ..2 it/this/that/<num>/<doc>/invoice/them/charge/fee
        >3!order/delivery/appointment/service/subscription/call/payment/check/text/number/card/booking/from/
        off
    void: <2!will/can/could remove/delete/strike/drop/take ..3 charge/charges/line/fee/surcharge ..2
        <3!any/chance/possible/can/could !off
    void: cancel/canceling <num>/<doc>
    void: cancel number/invoice/inv/bill <num>
    void: needs/need/should/must/has ..2 go/come ..1 away/off !my/the/this
    void: needs/need/should/must/has ..2 be ..1 removed/voided/scrapped/canceled/reversed
    void: <3!will/want/can/could write/take/leave ..4 off ..2 @invoice/statement/balance/books/total
    void: take/drop/remove/knock/strip/pull/back the/that/second/my/our ..2
        freight/tax/vat/shipping/surcharge/restocking/fuel/trip/markup
    void: tax/vat/freight/surcharge/restocking/trip/delivery ..2
        should/supposed/must ..1 not ..1 be/have
    void: <1!my/our/the/use credit/refund us/me/our/it/for/the !card/card's
    void: issue/need/want/expect/expecting/owed/owe/get/due ..3 credit/refund !card/app/check/application/line
    void: where is/are ..2 credit/refund/rebate
    void: canceled/cancelled ..1 this/that/it/these/them ..5 <4!did/have/has/was/you/if/can
    void: we/i had? canceled
    void: agreed/promised/told/said/discussed/per ,,8
        free/waived/waive/void/credit/credited/discount/discounted/
        comped/included/complimentary/knocked
    void: exempt/501c3/501/nonprofit/resale
    void: charged/billed/charging/taxed/invoiced us/me ..4 tax/vat/freight/fee/delivery/interest/labor/for/
        sales/shipping/again/extra/late
    void: no ..1 late fee/fees/charge/charges
        <3!is/there/if ,,4 agreed/was/were/supposed/told/said/per/and/we
    refuse: ^ no way ..3 pay/paying
    refuse: refuse/refusing/refused to
    refuse: not ..1 pay/paying ..3 late/fee/interest/full/twice/that/double/penny/dime/until/till/unless
    terms: not ..1 due ..2 until/till/yet/for/<date>
    terms: late fee/fees/charge ..5 not/wrong/ridiculous/unfair/why
    formal: lawyer/attorney/lawsuit ..3 will/contact/letter/you/hear <2=my/our/from/to/with/the
    formal: this/it/that/you ..2 is/are ..2 fraud/fraudulent/scam/theft/robbery/stealing
    formal: reject/rejecting/refute/querying/questioning ..3 @invoice/amount/this/balance/it
    refuse: payment/payments/invoice/check/funds ..3 withheld/frozen/stopped/suspended/held
    void: already ..1 credited/refunded/returned/canceled/voided/cancelled/reversed/adjusted
    terms: not/no/never ..3 po !number/box ..2
    whose: not ..1 have/issue/issued/cut/see ..2 po
    void: no charge for/on/if
    void: said/told/promised/quoted/agreed ..5 no charge/cost/fee
    void: supposed/should/ought to? ..1 have? ..1 come/been/be/get/taken off
    void: charged/billed/charging ..2 tax/vat/freight/delivery/shipping/labor/interest and/but/again/when/on
    whose: talk/speak/take ..3 our/my/the insurance/landlord/gc/contractor
    whose: @invoice/this/that/it/cost is covered
    amount: double ..3 charge/bill/billed/charged/invoice/price/amount/what/quoted/than/estimate/billing/
        charges
    void: <3!can/could/possible/chance take/knock/strip off the/that/my/our ..3
        fee/charge/surcharge/tax/freight/line/item/rush/delivery
    void: no charge replacement/callback/warranty/repair/visit/item/job
    against: <money>/<num> for ..2 that/this/what/it ?
    against: not as quoted/agreed/described/promised/ordered/discussed/estimated/advertised
    whose: belongs/belong ..1 to ..3 company/location/branch/entity/store/tenant/owner/division/franchise/
        account
    refuse: ^ not/nothing/no until/till/unless >4!<date> ..5 is/are/gets/get/has/have/you/someone/they/he/she
    refuse: not ..4 paying/pay ..5 until/till/unless ..2 you/yall/someone/he/she/they/it ..1
        do/does/did/has/have/is
    void: not/never ..2 bill/charge/billing/charging us/me/for
    void: not/never ..1 invoice us/me
    void: revoked/withdrew/rescinded/withdrawn ..3 order/po/authorization/contract/approval/request
    void: asked/told/requested/was ..8 removed/credited/fixed/corrected/adjusted/reversed/waived ,,4
        still/again/but/never
    void: still ..2 on there/here/it/my/the
    against: not what is/was/we/i/you/he/she/it ..1 <2!sure/know/understand
    against: for <num> ..1 not ..1 a/an/<num>/<date>
    whose: his/her/their/its/technician/driver's/tech ..1 fault/mistake/error/screwup
    """
)

# Signs of a dispute that yield to a claim, a promise, a wish or a question in the same message.
DISPUTE_MAYBE = table(
    """
    amount: have/has/had/got ..2 credit/credits ..1 $/on/from/of/for/account
    amount: has/have/had/having/got a/an/some/issues/problems/issue/problem ..1
        issue/issues/problem/problems/concern/concerns !?
    amount: not match/matching/matches/agree/reconcile/tie/line/jive/jibe/add
    amount: forgot/missing/missed/left/without ..3 discount/credit/deposit/rebate/refund !card
    amount: no tax
    amount: refund !policy
    amount: credit memo/note
    amount: send/issue/need/get/resend ..3 corrected/revised/correct/amended/right/proper
        invoice/bill/one/version
    formal: lawyer/attorney/lawsuit/suing/legal !holiday
    formal: bbb/fraud/fraudulent/scamming
    goods: botched/screwed/messed ..2 up
    goods: never/not ..2 receive/received/get/got/came/arrived/arrive/deliver/delivered/come/saw/had/shipped/
        ship/seen ..3 it/this/these/them/that/through !yet
    unordered: quit/stopped/ended/terminated ..1 using/service/contract/services/subscription
        !my/this/address/number
    whose: not ..2 recognize/remember/recall ..4 @invoice/order/charge/job/purchase
    whose: nolonger ..2 have/use/using/own/operate/rent/need ..4
        service/account/equipment/services/contract/building/
        store/unit/machine
    failed: you/u/yall/they/he/she/tech/guy/guys/crew/someone/somebody was/were/are/is? ..1 supposed to
        !be/get/have
    whose: account/business/store/location/shop ..2 was/is/been closed/sold/dissolved
    whose: no ..1 contract/agreement/account/relationship/record/order/business ..1 with/from/for you/this/u
    """
)
