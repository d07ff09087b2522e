"""Loose readings for texts that no rule knows: words of one kind near each other, in any order.

Used last, and always marked unsure, so that a person looks. Stopping is loose too, because a missed
opt-out is a text to somebody who said no; a promise is not, because it silences the chase: it needs money
and a day in one sentence.
"""

from __future__ import annotations

from nsquilio.core.reply_rules import Table, table

LOOSE_OPT_OUT = table(
    """
    loose: <4!why/when/did/if/will/not/until stop/quit/cease/discontinue/unsubscribe/halt ,,8 @manytexts !?
    loose: <5!did/why/when/if/will/until/have/has/not @manytexts ,,8 stop/quit/cease/unsubscribe/removed
        !?
    loose: <2!if/when no/without/never ,,2 texting/sms
    loose: not !have/has/get ,,2 texting
    loose: not ..2 want/wish/like/need/appreciate/care >6!tone/wording/language/look/sound ,,8 @manytexts !?
    loose: never ..2 wanted/want/ask/asked/need/needed/requested ,,6 @manytexts !?
    loose: @manytexts/texted ,,6 annoying/harassment/harassing/unwanted/unwelcome/unsolicited/inappropriate/
        ridiculous/excessive/constantly/nonstop
    loose: annoying/harassment/harassing/unwanted/unwelcome/unsolicited/constant/nonstop ,,6 @manytexts
    loose: request/requested/demand/wish/asking/begging ..1 to stop $
    loose: honor/honored/respect/respected/ignore/ignored/ignoring/got/received my stop
    loose: stop was sent/texted/replied
    loose: quit it/this/that
    loose: to not ..1 get/receive/be ..3 @manytexts/these/texted
    loose: @manytexts/these ..1 stopped !coming/working/and/so/for
    loose: disable/deactivate/discontinue/silence/mute ..1 this/these/it
    loose: no ..2 use/need/interest/desire/reason ..4 @manytexts
    loose: @drop ,,4 my/our/this ..1 @number
    loose: off/from ..2 texting/sms/text list
    """
)

# Together, anywhere in one message: that it is about texts, and that something is to end.
ABOUT_TEXTS = table(
    """
    about: @plaintexts/texting/texted/bot/robot/automated
    about: text/message !me/us/him/her/them/you/my/when/if/the
    about: my/our/this ..2 @number
    about: your/this/that list/system/database
    """
)

WISH_TO_END = table(
    """
    wish: discontinue/desist/cease please/now/immediately/thanks/it/them/these/$
    wish: <9!why/when/how/did/until/i/we/not/will/after end/stop/quit/kill/halt
        them/these/those/please/now/immediately/$ >2!<date>
    wish: delete/remove/erase/undo/disable it/them/these/those/please/now/immediately/$
    wish: to/being/be/get/been discontinued/ended/ceased/halted/removed/struck/stricken/erased/deleted !from
    wish: need/needs/must/got/gotta/has/have ..1 to/<num> stop/end/quit/cease !by
    wish: not/nolonger ..1 want/need/like/accept/appreciate/welcome them/these/any/$
    wish: not/never ..1 wanted/welcome/accepted/allowed/authorized/appropriate/acceptable/appreciated
    wish: rather/prefer/wish ..1 they/you/it/these/this ..1 did/do/would not
    wish: drop/ditch/scrap/cut/bin/kill/nix/lose/shelve/unplug/mute/stow/can/skip them/these/those/it $
    wish: not send/sending them/those/these/it ..1 to me/us/this
    wish: not do that/this/it/these anymore/again/please
    wish: asked/told/requested/begged ..3 twice/before/repeatedly/already/times
    """
)

# Somebody speaks of texts, says no to something, and wants nothing else that a rule knows.
SPEAKS_OF_TEXTS = table(
    """
    texts: @plaintexts/texting/texted
    texts: <2!in/your/the/that/got/a/last/this/an/by/via text/txt
        !me/us/him/her/them/you/if/when/with/message/from
    """
)

SAYS_NO = table(
    """
    no: not/never/nobody/nolonger/without >5!get/got/getting/receive/received/receiving/see/saw/seen/
        understand/
        answer/answering/answered/ignore/ignoring/ignored/reply/respond/miss/missed/open/load/know/
            recognize/
        forget/hear/through/come/came/coming/problem/only/sure/yet/say/show/mention/work/mean/mind/paid/pay/
        have/check/notice/find/include/read/look/think/drive/exist/match/add/right/correct/valid/open/clear
    no: no ..2 @texts
    no: hate/dislike/pain/annoying/annoyed/nuisance/ridiculous/tired/sick/enough/bothers/bothered/bothering/
        pointless/useless/overkill/unnecessary/invasive/intrusive/unprofessional/inappropriate/creepy/
            excessive/
        privacy/illegal/policy/distracting/disturbing/harassment/absurd/disrespectful/rude/stupid/crazy/
            insane
    no: too many/much/often/frequent/informal/early
    no: rather/prefer/instead ..3 @otherway/write
    no: just/only/simply/please @email/write/mail/letter/ring
    no: quit/cease/block/blocked/stop/halt/end !<date>/of
    """
)

LOOSE_WRONG_NUMBER = table(
    """
    loose: <name> ,,3 not/nolonger ,,4 here/works/employed/anymore/longer/company/staff/alive/reachable !on
    loose: <name> ,,3 not/nolonger ,,3 this/my @number
    loose: <name>/he/she ,,3 nolonger/left/moved/retired/died/gone/fired/resigned ,,5 @tie !today/for/early
    loose: <name>/he/she/him/her ,,3 not/never ,,4 works/work/worked/employed/number/cell
        >6!today/now/yet/until/<date>/tomorrow
    loose: <9!bills/bill/invoice/charge/before former/ex/previous/old ,,3 employee/owner/tenant/number/phone
        !owes/owe/paid/did/should/ordered
    loose: not/nobody/nolonger ,,3 <name> ,,3 number/phone/cell/line/here
    """
)

LOOSE: tuple[tuple[str, Table], ...] = (
    (
        "dispute",
        table(
            """
            loose: @not ,,5 ordered/order/delivered/authorized/requested/approved/agreed/owe/responsible/
                ours/satisfied/happy
            loose: @goods/@work/it/they/that/this ,,5 wrong/incorrect/broken/damaged/defective/missing/
                short/leaking/unacceptable/terrible/awful/useless/faulty/ruined/failed/poor
            loose: bogus/fake/fraudulent/nonsense/unfair/outrageous/bs/bull/unjustified/unreasonable/absurd
            loose: broken/damaged/defective/faulty/cracked/leaking/dented/busted/ruined/spoiled/unfinished/
                incomplete
            loose: still ..1 not ..2 fixed/done/working/finished/delivered/here/received/resolved/repaired/
                right/complete
            loose: wrong/incorrect/mistake/error/overcharge/overcharged/overpriced/excessive/ridiculous/
                defective/damaged/refund/warranty/complaint/unacceptable/ripoff/disputed/voided !number
            loose: @invoice/price/amount/charge/charges/rate ,,5
                too/high/higher/more/different/canceled/free/double/twice
            loose: returned !call/your/to
            loose: you/your/yall/ur/he/she/they/guy/rep/tech/salesman/<name> ..3
                said/told/promised/admitted/agreed/quoted/assured/swore ..6 !<date>
            loose: @goods/@work/it/this/they ..4 worse/useless/garbage/crap/junk/trash/joke/mess/disaster
            loose: was/were/is/are ..1 missing
            loose: credit/credits/refund ,,4 owed/due/issued/waiting/return/returned/back/for
            loose: should/supposed not? ,,4 charged/billed/paying/free/less/included
            """
        ),
    ),
    (
        "paid_claim",
        table(
            """
            loose: @paid ,,6 <past>/already/yesterday/ago/last/confirmation/online/portal/card/check/cash/
                autopay
            loose: @money ,,5 <past>/yesterday/ago/cleared/through
            """
        ),
    ),
    (
        "promise",
        table(
            """
            loose: @pay/paying/paid/payment/payments/money/funds/wire/deposit/cash/ach
                <4!not/what/why/when/how/if/due/was/is ,,6 <date> !?
            loose: <date> ,,6 @pay/paying/paid/payment/money/funds/wire/ach
                <4!not/what/why/when/how/if/due/was !?
            loose: it/that/payment/check/money ..1 will/should/gonna ,,4 <date> !?
            loose: @will/going ,,4 @pay/paying/paid
            """
        ),
    ),
    (
        "copy_request",
        table(
            """
            loose: <3!stop/quit/no/not/cancel @sendme/need/want/see/find/have/get/give/got ,,6 invoice/
                invoices/copy/copies/statement/statements/receipt/receipts/pdf/w9/pod/paperwork
            """
        ),
    ),
    (
        "question",
        table(
            """
            loose: @wh/is/are/can/could/do/does/did/will/would/should/may/any ,,9 @invoice/@pay/@money/
                balance/amount/owe/due/fee/fees/discount/tax/total/price/cost/account/card/money/refund/
                credit/deposit/late/paid/portal/charged/quote ,,9 ?
            loose: ^ @wh ,,6 @invoice/@pay/balance/amount/owe/due/fee/fees/discount/tax/total/price/cost/
                card/payment/payments/late/charged
            loose: ^ @wh/whose/is/are/am/can/could/do/does/did/will/would/should/may/have/has/any
                i/we/my/our/this/that/it/there/the/these/me >7!order/delivery/truck/shipment/visit/call
            loose: did/have/has you/u ,,6 credit/payment/check/discount/deposit/invoice/refund/po/form
            loose: ^^ what/whats/how/why/where/when/which is/was/are/do/does/did/much/many/come/to
                >7!order/delivery/truck/shipment/up/you/it
            loose: ^^ is/are/was/were/any there >7!order/delivery/truck/shipment
            loose: ^^ do/does/did/have you/u ..3 have/got/get/take/offer >6!order/delivery/stock
            loose: whose/which/what ..2 @invoice/order/charge/this
            loose: @invoice/balance/amount/fee/fees/discount/tax/total/price/payment/deposit ?
            """
        ),
    ),
    (
        "help",
        table(
            """
            loose: <2!not/stop/no/quit/never call/phone/ring/speak/talk ,,3
                me/us/someone/somebody/anyone/person/human/rep
            loose: help ,,4 me/us/please/?
            loose: returning/return your/ur/a/the/my call/calls/message/voicemail
            """
        ),
    ),
)
