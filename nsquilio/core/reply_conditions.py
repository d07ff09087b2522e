"""Conditions before a promise: "will pay if you resend it", "waive the fee and I'll pay".

What asks something of us decides the kind, because the money hangs on our answer. The notation stands in
`reply_rules`.
"""

from __future__ import annotations

from nsquilio.core.reply_rules import Table, table

CONDITIONS: tuple[tuple[str, Table], ...] = (
    (
        "dispute",
        table(
            """
            fix_then: bring/lower/reduce/change/update/cut ..5 down/to/back ,,9 and/then/& ..1 i/we ..1 will/
                can ..2
                pay/settle
            fix_then: fix/correct/adjust/take/remove/drop/credit/revise/replace/redo/knock/waive ,,7
                and/then/& ..1
                i/we/it/you ..1 will/can ..2 pay/be/settle/get/have/release <3!can/could/any
            """
        ),
    ),
    (
        "copy_request",
        table(
            """
            copy_first: pay/paying/paid/payment/check/settle/release/process/remit/send/handle ,,5
                @onlywhen/if ..6 @doc/resend/resent/paperwork !is/was/by/to/total
            copy_first: pay/paying/payment/check/settle/process/remit/care/it ,,5 @onlywhen/if ..3
                you/u/i/we/someone ..3 resend/send/email/forward/fax/receive/get/have ..1 it/me/us/that/one
                !paid/money/payment
            copy_first: @onlywhen/if ..3 you/u/i/we/someone ..2 resend/send/email/forward/receive/get/have
                ..4 @plaindoc/it/that/copy ,,8 pay/paid/payment/check/settle/process
            copy_first: @onlywhen/if/without ..5 @plaindoc ,,8 pay/paid/payment/check/settle/process/cut
            copy_first: not ..3 pay/process/issue/release/cut/paying/approve ,,4 without ..5 @doc
            copy_first: need/needs ..6 @doc/number ..3 to/before/in/so/for ..4
                pay/process/cut/release/payment/approve/issue
            copy_first: @sendme/need ,,6 @plaindoc/it/copy ,,4 and/then/so/& ..1 i/we ..2
                can/will/going/could/able ..3 pay/settle/process/get/cut/send/take/wire
            copy_first: @sendme ,,3 me/us ,,5 and ..1 i/we ..1 will/can ..2 pay/settle/process
            copy_first: need/want/have/get ..4 copy/w9/pdf/invoice/statement ..1 first
            copy_first: @sendme/need/require/get ,,5 @doc ,,6 and/then/so/& ..1 i/we ..2
                @willing ..3 @dopay/@pay !back/it
            copy_first: @onlywhen/if/assoonas ..4 have/get/see/receive/got/with/send/resend ..5 @doc ..8
                @willing ..3
                pay/@dopay/@doingpay
            copy_first: pay/paying/payment/check/settle/process/remit ,,5 @onlywhen/if ..4
                have/get/see/receive/got/send/resend/with ..4 @doc
            copy_first: need/require/waiting/missing/@sendme ..5 @doc ,,9 not ..3
                pay/release/process/approve/touch/issue/cut
            copy_first: need/require/want ..4 @doc ..3 @onlywhen/to ..3 pay/release/process/approve/touch
            copy_first: not ..3 pay/release/process/approve/issue/cut/touch ,,5 until/without/unless/till ..4
                have/get/see/receive/got/a/the/send ..3 @doc
            """
        ),
    ),
    (
        "question",
        table(
            """
            answer_first: pay/paying/payment/settle/it ,,3 just/but/if/once/assoonas/when/please ..4 tell/
                know/explain/clarify/confirm/advise/link/details/how/where/instructions !paid
            answer_first: pay/settle ,,3 once/when/assoonas/if you/u/someone ..2
                tell/explain/clarify/confirm/answer/send/let ..3 me/us/what/how/where/link/address
            answer_first: @onlywhen ..4 link/portal/bank ..2 works/working/is/details ,,4 pay
            answer_first: ^ @filler? @filler? if i/we ..8 do/does/will/can/is/would/am/are
                i/we/it/there/that/they/you ..3 <5!tell/know
            answer_first: ^ @filler? @filler? what if i/we ..6 !need
            answer_first: will ..1 pay/settle ,,4 how/where ..1 do/can/should/to
            answer_first: if ..2 waive/remove/drop/knock/discount ,,8 pay
            answer_first: pay ,,8 if ..2 you/u ..2 waive/discount/knock
            """
        ),
    ),
)
