"""Rules for "the money has left": paid, mailed, wired, charged to a card.

"Paid" stands in many sentences that claim nothing: will be paid, not paid yet, has this been paid?, when
we get paid. `PAID_MASKS` hide those; `PAID_SURE` is searched before them. The notation stands in
`reply_rules`.
"""

from __future__ import annotations

from nsquilio.core.reply_rules import table

PAID_MASKS = table(
    """
    future: @modal/to/gets/get/getting/be/lets ..2 be? ..1 [@paid/sent/mailed/taken/handled/out/cut/made/
        charged/processed/released/issued/submitted]
    future: will/would/can/could/going/to/gets/get/getting/must/should/shall/might/may ..3 [@paid/sent/
        mailed/processed/cut/put/taken/handled/released/issued]
    future: have it/this/that/them/you ..1 [@paid/mailed/cut/sent]
    future: being [@paid/sent/mailed/cut/processed]
    future: get/getting/gets ..3 [@paid/mailed/cut/handled/taken/sent/processed/settled/issued/sorted/wired]
        <3!already/you/should/did/yesterday
    future: will/going/to/can/could/gonna ..3 [put/cut/drop/sent/hit/cleared/let]
    future: [@paid/sent] tomorrow/soon/shortly/next
    future: will ,,6 be [@paid/sent/mailed/made/processed/issued]
    not_yet: <4!if not/never/hardly/nobody/forgot/without/nor/un ..3 [@paid/sent/mailed/cleared/wired/made/
        went/processed/gone/out/posted/received/issued/charged/cashed/deposited]
    not_yet: not ..1 [@paid] yet
    not_yet: [unpaid]
    asked: ^ has/have/was/is/are/were/did/does/do/had/will/when/who/how/why/what/which >1!not this/it/that/
        we/they/i/he/she/the/my/our/invoice/inv/someone/anyone/you/any/<doc>/<num>/your/his/her/these/those/
        <name>/much/ever ..5 [@paid/sent/mailed/received/cashed/posted/cleared/taken/settled/pay/charged/
        issued]
    asked: ^ am/are i/we ..3 [@paid/paid/caught]
    handed: [gave/handed/sent/passed] ..2 it/this/that ..2 to @ap/my/our/me
    handed: [gave/handed/passed] me/us
    stop: stop was [@sent]
    visit: [paid/pay] ..3 visit/attention/respects/dues
    asked: [paid] parking/lot/time/leave/holiday/vacation/intern/ad/ads/version
    asked: <1!stopped/stop/came/went/swung/dropped if/whether/when/once/until/unless/after/before/since/how/
        where/by ..4 [@paid/sent/mailed/cleared/settled/cut] !yesterday/already/last/<past>
    asked: need/want/send/get/a/stamped/marked/your/the/any [paid]
        receipt/invoice/invoices/copy/stamp/statement/in
    asked: [paid] by ..1 you/insurance/someone
    asked: you/u/yall/they/he/she/boss/client/customer/customers/clients ..2
        [paid/sent/mailed/charged/settled/posted] us/me/him/our
    asked: what/how/which/who/where/why ..4 [@paid/sent]
    asked: you/u/yall/they/someone ..2 [sent/mailed/emailed/submitted/posted/issued] ..3
        @invoice/me/us/the/this/it/these/two/bills/copy
    asked: <1!i/we/he/she check/let/make/find/see ..2 if/that/whether ..3 [@paid/sent/mailed]
    other_sent: [@sent] ..4 to/over/onto @ap/the/my/our/your/his/her/<name>/head/corporate
        !lockbox/bank/po/address/office/box/mailbox/account/portal
    other_sent: [@sent] ..3 back/stop/text/email/emails/message/invoice/invoices/copy/bill/wrong/order/po/
        form/w9/pics/pictures/photos/photo/request/you/parts/driver/dispute/ticket/quote
        !payment/check/<money>/the/a/money/it/wire
    other_sent: [@sent] ..3 email/emails/message/order/po/form/pics/photos/request/dispute/ticket/credit/
        letter/notice/paperwork
    other_sent: [charged] us/me ..2 twice/double/for/wrong/too/more/extra
    other_sent: [cleared] up/it/out/by
    other_sent: [settled] into
    other_sent: [released] from/to
    other_sent: [wire/transfer] fraud/me
    other_sent: [paid] too/attention/vacation/leave/holiday/off/time/extra/for !already
    future: @doingpay/goes/going ..5 in ..1 [mail/post]
    future: will/be/get/getting/all/both/us/to/gets/am/are/not <9!were/was/already [caught] up
        !already/now/last/yesterday
    future: by ..3 [caught] up
    future: on/en its/the/route? [way] to ..1 be/being/getting/approval
    future: will/should/going/gonna/to ..4 be on ..1 [way]
    promised: said/thought/told/promised/approved/scheduled ..3 will ..2 be [@paid/sent]
    future: @doingpay/@will/@willing ..5 [through/thru/via/on/by] ..3 portal/billpay/autopay/zelle/venmo/
        card/bank
    terms: terms/policy/vendors/we ..2 are/get/is [paid] ..4 <date>/monthly/weekly/end/on/every
    terms: [paid] ..2 in/on <date> run/batch/cycle
    terms: are [paid] ..2 <date>
    future: @will ..3 [knock/knocked] ..2 out
    future: <3!was/were/been/got/we/i/already [paid] by/before <date>
    """
)

# "Was this already paid?" asks; "wasn't this already paid?" tells.
PAID_ASKED = table(
    """
    asked: ^ was/is/has/have/did/are/were this/it/that/the/we/they/invoice/my/our/bill/i/<doc> ..4
        [already/@paid/sent]
    """
)

# Searched on the whole text: the words around "paid" make these sure, whatever a mask would say.
PAID_SURE = table(
    """
    paid.sure: should/must/ought ..1 already be/have ..1 @paid/there/sent/mailed
    paid.sure: should/must have ..1 already? been? @paid/cleared/posted/gone/received/gotten/arrived
        !on/in/by/within/soon/<date>
    paid.sure: should/must have it/that/payment/check/our/the ..3 already/now
    paid.sure: should be @paid already/now/up/in
    paid.sure: did/have not we/i ..2 already? pay/paid/send/settle/mail ..3
    paid.sure: was/is/were not this/that/it/these ..3 already? paid/settled/taken
    paid.sure: should/must be there/here already
    paid.sure: should/must be there/here by now
    paid.sure: you/u should/must ..1 have/got >6!<date>/soon/by ..1 it/our/the/my/payment/check ..1
        check/payment/money/$
    paid.sure: @money ..2 in your account/bank/hands/box/mailbox
    paid.sure: thought/think/believe/assumed/pretty/sure/positive/certain/guessing/swear/know/remember/
        recall ..4 @paid/sent/mailed ..4 !by
    paid.sure: i/we did pay/send/mail/settle
    paid.sure: is/was/were ..1 on autopay
    paid.sure: <4!if/when/once/not/until @moneyin was/were ..1 released/sent/wired/mailed/transferred/issued/
        remitted/
        deposited
    paid.sure: did/have/has not you/u ..1 get/receive/got/received/see/gotten ..3 @money
    paid.sure: did not my/our/the/he/she/anyone/someone/<name> ..2 pay/send/mail
    paid.sure: did/have you ..2 not? ..1 get/receive/got/received/see/getting ..2 @money !link/instructions/
        details/request/reminder/terms/plan/option/stub
    paid.sure: did/have you ..2 not? ..1 get/receive/got/received ..4 we/i ..1 @sent/paid/gave
    paid.sure: already ..2 @paid !receipt
    paid.sure: <3!not/once/when/if/until/after @paid ..4 already
    paid.sure: <2!not/never/when/once/if/until/after @paid ..4 yesterday/ago
    paid.sure: showing/show/shows/marked/shown ..4 as? ..1 paid
    paid.sure: paid ..1 receipt/confirmation ..2 attached/number
    paid.sure: attached proof/receipt/confirmation
    paid.sure: proof/confirmation ..1 attached
    """
)

PAID = table(
    """
    paid: @paid !to/receipt/vacation/time/attention/off/us/too/for
    paid: paid for it/this/that/already/everything/all/the/these
    paid: paid off
    paid: prepaid/overpaid
    paid: @paid to ..2 your/you/account/bank/the
    paid: taken care of !by/once/when/after/if
    paid: took care of
    paid: @who/ap/office/wife/husband/accounting ..1 handled/resolved/took ..2 this/that/it/care
    paid: been/is/was/all/already ..2 taken/handled/settled/resolved/sorted/squared ..1
        care/already/up/last/yesterday/on/away/$
    paid: already ..2 handled/settled/resolved/sorted/covered/done
    sent: @money ..4 @sent/cleared/gone/made/posted/cashed/cut !to/back/from
    sent: @money ..3 went/gone ..1 out/through/thru/over/yesterday/today/last/in/via/to/this
    sent: @money ..2 left !to
    sent: @money ..3 is/are/was/been/has/already/should ..2 in/on/be/its ..1 the/its/it/is? ..1
        mail/way/transit/post
    sent: <6!will/going/to/can/should/would/be in the mail !<date>/today/tomorrow/by/tonight
    sent: on ..1 way !to/in/back/home
    sent: en route
    sent: @money ..3 in transit/route
    sent: @money ..2 cleared/posted/hit/processed/cashed ..3
    sent: cleared ..3 bank/account/our/my/the/last/on/yesterday/already/<date>/$
    sent: it/that/this/they/all/everything/bank/payment ..2 cleared/posted !up
    sent: @sent ..4 @money !link/request/instructions/info/details/reminder/stub/terms/form
    sent: @sent ..2 <money>/<num> !boxes/cases/back/parts/pallets/emails/days/weeks/times
    sent: @who/just/already/it/ap/office/wife/husband/accounting/bank/we/bookkeeper/they ..2 mailed/wired/
        remitted/transferred/overnighted/zelled/venmoed/deposited !the/a/you !parts/form
    sent: mailed/wired/remitted/transferred/overnighted/deposited !back/stop/in/to
    sent: mailed/wired/remitted/transferred/overnighted/deposited ..1
        in/it/that/this/on/<date>/yesterday/last/out/today/this/to !form
    sent: <2!they/you/yall @sent it/that/this/them/in/out/over/off/today/yesterday/this/last/via/through/by/
        online/monday/tuesday/wednesday/thursday/friday/already/thru/with !back
    sent: ^^ @filler? just? @sent @filler? $$
    sent: just/already/i/we venmoed/zelled/paypaled/wired you/u/it/yall
    sent: ^ venmoed/zelled/paypaled/wired you/u/it/yall
    sent: just @sent ..1 it/that/this/over/out/you/u/$
    sent: already ..1 @sent $
    sent: <3!will/going/to/can/gets/supposed/should/would it/that/this/one/check/payment/wire/ach/money/they
        ..2 went ..1 out/through/thru/today/yesterday/last/this/over
    sent: went ..1 out/through/thru ..3 yesterday/today/last/this/on/already/via/by/days/week/<date>
    sent: <3!will/going/to/can/could/gonna put/put/dropped/popped/stuck/threw/cut ..5
        mail/mailbox/post/fedex/ups/lockbox/bank ..2 !tomorrow/<date>
    sent: <4!will/going/to/can/could/gonna/<date> put/cut/wrote/issued/ran/dropped/gave/brought/handed ..4
        check/payment/cheque/checks ..6 yesterday/last/ago/already/today/this/on/monday/tuesday/wednesday/
        thursday/friday/saturday/sunday/off/at/by/to/<date>
    sent: wrote/handed/gave/dropped/brought/delivered/left ..3 @money/cash/it ..5 !tomorrow
    sent: @gaveout ..3 check/payment/cash/money/checks
    sent: @gaveout your/the/ur driver/guy/tech/rep/office/girl/receptionist/carrier/salesman/clerk ..2
        check/cash/payment/money/it/<money>/card/the
    sent: paid your/the/ur driver/guy/tech/rep/office
    sent: wrote you/u/the ..1 check
    sent: @who ..1 made ..3 payment/payments/transfer/deposit
    sent: made ..3 payment/payments/transfer/deposit
    sent: payment/transfer/deposit/payments ..2 was/has/were/been ..2 made/sent/submitted/completed/
        complete/successful/processed/received/confirmed/initiated
    sent: payment/paid/transaction/confirmation ..1 confirmation/complete/completed/successful/number/sent/
        submitted/posted/confirmed
    sent: @money ..2 sent/submitted/completed/done/posted/remitted/initiated/released/issued/delivered
    sent: remittance ..2 sent/attached/emailed/advice
    sent: @sent ..2 via/thru/through/by/with ..3 @money/portal/fedex/ups/mail/usps/overnight/check/autopay/
        app/bank/faster/chase/online/card
    sent: you already have/got ..3 check/payment/money/it
    sent: you/yall/u/they/someone/bank ..2 cashed/deposited/received/charged/ran/took ..5
        check/payment/card/money/account/cash/it !twice/details/number/info/wrong
    sent: cashed/deposited ..3 check/it/payment/them
    sent: charged/ran/debited/hit/drafted ..2 my/our/the ..1 card/account/bank/amex/visa !twice/double/without
    sent: came/taken/drawn/gone/pulled/deducted/debited/withdrawn/drafted ..2 out/from ..3 of? ..2
        account/bank/checking/card
    sent: came/taken/went/pulled out ..1 <past>/yesterday/already/last
    sent: <3!will/going/would debited/drafted ..4
    sent: autopay ..5 went/ran/paid/out/yesterday/processed/took/already/came/last
    sent: <5!will/going/to/can/could/should/mail/send/sending check/ck <num> ..1
        was/cleared/covers/covered/went/sent/mailed/dated
    sent: bank ..4 sent/paid/shows/cleared/processed/confirms/confirmed/says/mailed
    sent: shows/showing/says/show ..4 paid/cleared/processed/through/posted/sent
    sent: through/thru ..2 portal/billpay/autopay/zelle/venmo ..3 yesterday/last/today/already/this/<date>
    sent: check/ck/wire/ach/ref/confirmation/conf ..1 number <num> ..4
        cleared/sent/mailed/went/cashed/dated/was/issued/posted
    sent: <5!will/going/to/can/could/should/mail/send/sending/mailing/cutting/issue check/ck number <num>
        !will/going/is/should/tomorrow/<date>/for
    sent: have ..1 confirmation ..1 number
    sent: did/has/have ..1 @money/it ..2 not ..3 arrive/arrived/come/clear/reach/reached/get/gotten/post/
        posted
    sent: been/was/were ..1 @sent $
    sent: put/dropped/left/stuck/slid ..2 it/that/them/check/payment/cash ..4
        box/slot/mail/mailbox/lockbox
    paid: paid/squared/settled/caught up
    paid: was/were/been/got/has ..1 handled/covered/resolved/sorted/squared ..4
        <past>/ago/already/last/yesterday/weeks/back/online/by/in
    sent: gave/given/read ..4 card/number ..4 phone/<date>/<past>/<name>/over/last/yesterday/to
    sent: card/account/amex/visa/mastercard/bank ..4 charged/debited/billed/run/hit ..3 !twice
    sent: hit/clicked/pressed submit/pay/send
    paid: paying ..3 <past>/yesterday/ago
    paid: caught up ..2 now/already/$
    paid: <2!will/should/to you have/got ..3 money/payment/check !number
    paid: zero/0 balance
    paid: my/our/we/i/the ..2 balance is/was zero/0/<num>
    paid: do/did it ..2 <date>/yesterday ..1 already
    paid: ^^ @filler? done @filler? @filler? $$
    paid: did it ..2 yesterday/already/online/last/today/just
    # it has been taken, it has gone: the day that stands there has been
    gone: @moneyin/that/it/this/one/they/autopay/debit/invoice/all/everything ..4 went/gone/left ..1
        out/through/thru/over/off/in/by/via/yesterday/today/last/this/on/to/from/<date>/across ..3
        <5!will/going/to/should/can/when/if/once/has/until/after/not/as
    gone: @moneyin ..1 went/left/landed/posted/cleared/hit/processed ..3 <date>/yesterday/today/already/$
        <4!when/once/if/after/until/assoonas/not/as
    gone: autopay/debit/dd/billpay/system/portal/bank/processor/stripe/square/paypal/zelle/venmo ..1
        grabbed/got/took/caught/pulled/picked/collected/ran/drafted/paid/went/swept/hit/charged/shows/says/
        confirms/confirmed/processed/sent/debited
        >4!twice/double/error/wrong/failed/declined
    gone: shows/says/showing/show/shown/marked/saying/say/listed ..3
        completed/complete/processed/cleared/delivered/settled/paid/successful/received/posted/accepted/
        approved
        <8!not/you/your/dispute
    gone: transaction/charge/transfer/payment ..2 went/gone ..1 through/thru/out
    gone: i/we/he/she/they/<name>/just/already/wife/husband did/done it/this/that/them ..2
        yesterday/already/online/
        last/today/just/this/on/<date>/earlier/ago
    gone: put/charged/ran ..4 card/amex/visa/mastercard/account ..4
        <past>/yesterday/last/ago/already/earlier/morning
        <3!will/can/not/you
    gone: check your mailbox/lockbox/bank/account/dropbox/slot/mail/post
    gone: left/dropped/slid ..3 envelope/check/cash/payment/cheque ..6 <3!will/not
    gone: ^ @filler? went/gone/left by/via/through/out/over/off ..4
    gone: warrant ..4 issued/mailed/sent/cleared
    gone: @moneyin ..2 went there/here/to/out/yesterday
    gone: just did/done it/this/that/so
    gone: i/we/he/she/they/<name>/wife/husband just did it/that/this
    gone: ^^ @filler? just did it/this/that
    gone: sorted/squared/settled/handled/knocked/cleared ..3
        yesterday/already/ago/last/earlier/<past>/morning/weeks/$ <5!not/get/be/will/to/when/if/until/once/
        gets/getting/is/after
    gone: gave you/u/yall/your ..3 <money>/<num>/@moneyin/cash/check
    gone: your/the/ur driver/guy/rep/salesman/courier/fella/lad/collector/tech/person/man/girl ..2
        picked/collected/took/has/got/grabbed ..2 @moneyin/it/up/money/check
    gone: picked/collected/grabbed up? ..2 check/payment/cash/cheque/money
    gone: in the post/mail ..1 since/yesterday/last/already/now/<past>
    gone: been ..1 in ..1 mail/post
    gone: on ..1 its/the way ..1 since/already/now
    gone: gone through/thru/out ..3
    gone: receipt/confirmation/transaction/reference/trace/conf/tracking ..2 number <num>/<doc>/<unknown>
        <5!send/need/what/give
    gone: receipt number
    gone: money ..2 left ..2 account/bank/our/my
    gone: left/out my/our/of account/bank
    gone: @moneyin is/are in/with/at your/you/ur
    gone: already with you/your
    gone: you ..2 should/have/must ..2 have/had/got ..2 it/payment/money/check ..2 now/already/since
    gone: taken/debited/drawn/collected/pulled/swept by/from/out ..3 direct/dd/autopay/account/card/bank/you
    gone: paid/settled/sent/done/cleared/transferred/wired ..4 in full/cash/person/store
    gone: @moneyin ..3 delivered/signed/collected/received/arrived/accepted ..3
        <date>/yesterday/by/last/already/<past> <5!will/not/when/once/if/be
    gone: we/i have ..2 cleared/settled/squared ..3 account/balance/bill/invoice/it/this/that
    gone: proof of payment attached
    gone: ^^ @filler? @filler? sorted/done/settled/cleared/squared @filler? @filler? mate? $$
    gone: done and dusted
    gone: slid/slipped/shoved/stuck/pushed/popped ..4 under/through/in ..2 door/slot/doors/mailslot
    gone: @money ..1 is? already ..1 out/gone/on/over !of
    gone: ^ @filler? venmoed/zelled/paypaled ..3 @invoice/it/you
    gone: i/we venmoed/zelled/paypaled ..3 @invoice/it/you
    gone: ^ done ,,2 done? by/via/with/through/on/in? @transfer/online/portal/autopay
    gone: ^ done and done ,,3
    gone: ^ done ,,1 @moneyin/check ..1 sent/mailed/out/posted
    gone: done deal
    gone: @moneyin ..1 this morning
    gone: @moneyin ..1 <past>/yesterday
    gone: already ..1 got/handled/covered/did/caught/hit/knocked this/that/it/one
    gone: covered/included ..2 with/by/in the/our/my ..1 last/previous/february/january/other/<past> ..2
        payment/check/wire/one <3!not/be/is
    gone: proof/evidence of ..1 payment <3!send/need/want
    gone: @who ..3 gave/handed/paid ..3 money/cash/check ..2 to
    paid: been/was/is/all paid <4!not/never/has/when/if/until/will
    gone: @moneyin ..2 been/already ..2 send/pay/transfer/paid/sent
    gone: already/have/has ..1 send/pay/transfer ..2 @moneyin/it/this
    gone: done ..1 already/yesterday/last
    gone: should be sitting/showing/there/in ..2
    gone: on/in/with our/my/the last/previous/prior ..1 check/payment/wire/ach/cheque !was/is
    gone: just did ..2 zelle/venmo/ach/wire/transfer/payment/paypal/cashapp
    paid: that/it/this/invoice/<doc>/<num> ..2 was paid ..3 on/by/with/via
    sent: <3!will/going/to/can/not @gaveout ..6 envelope/cash/check/cheque/money
    sent: already/just/i/we ..1 @sent you/u/yall/them ..3 @moneyin/check/cheque !link/request/instructions
    """
)
