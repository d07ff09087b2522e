"""Rules for wanting a document: an invoice, a statement, a receipt, a W-9, a proof of delivery.

The notation stands in `reply_rules`; the order among the kinds in `replies`.
"""

from __future__ import annotations

from nsquilio.core.reply_rules import table

COPY_MASKS = table(
    """
    not_doc: copy that
    not_doc: email/mail is/works ..2 for ..1 [invoices/bills/statements]
    not_doc: stop/quit/cease mailing/sending/printing ..2 [@plaindoc]
    not_doc: <3!can/not/have/never found/have ..1 the/it/that/this? [@plaindoc] here/$ <4!not/if/until/once/
        when/can/do
    not_doc: cancel/nevermind/scratch/ignore/disregard ..2 that/it/this? ,,3 have/found/got ..2 [@plaindoc]
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
    ours: ^ does/is/are/was ..9 [emailed/mailed/invoices/invoice/statement/statements/receipt]
    """
)

COPY_REQUEST = table(
    """
    send: @sendme ..5 @plaindoc/receipt/w9/copy/pod/proof/paperwork !to/number/@ap/is
    send: ^ @filler? @filler? @sendme ..3 @doc !link/to
    send: can/could/will/would/please you? ..1 text ..3 @plaindoc/it/copy
    send: one more time please/?/$
    send: spam/junk ,,6 again/once/more/resend/another
    send: not ..2 see/find/locate/have/got it ,,8 @sendme/fire/ping/bounce/kick/zap ..3 again/over/back
    send: fire/ping/bounce/kick/zap/shoot it/that/one ..1 over/back ..1 again/please
    send: get me/us a/an/another ..1 another/new/one/copy !order/load/quote
    send: lost ..2 paperwork/invoice/bill/it ,,8 another/again/new/copy
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
    more: another/replacement/fresh/second/duplicate/electronic/legible/clear/clean/readable ..1
        copy/one/scan/pdf
        !payment/check/order
    more: lost/misplaced/spilled/shredded/trashed/deleted/tossed/soaked/ruined ..3 it/mine/ours/@plaindoc
        <4!you/u/your !order/package
    more: reprint/reissue/re-email
    more: where ..2 i/we ..2 download/find/get/print/see/pull ..3 these/it/this/copy/them/@plaindoc
    more: @doc for ..3 <num>/<doc>/invoice/<date>/job/records/file/auditors/auditor/audit/taxes ..6 ?
    more: auditor/auditors/cpa/accountant/bookkeeper/tax/broker/insurance/lender/lawyer/attorney/bank ..3
        need/needs/want/wants/require/requires/wanting/asking ..5 @doc/receipts
    more: ^ @filler? my/the/a/any/signed? @plaindoc/timesheets/timesheet/backup/waiver/pod/coi/bol please? ?
    more: print/send/get/run/make/shoot ..2 me/us ..2 new/another/fresh/clean/cleaner ..1 one/copy/invoice
    more: itemized/detailed/signed/corrected one
    more: have/got ..2 @doc for ..4 ?
    more: @sendme/pass/ping/whack/pop/shoot/flick/chuck/drop/kick/get ..3 @plaindoc ..3
        over/across/through/again/
        to <4!will/ill/i/we/stop/no/to
    more: missing/without ..2 @plaindoc ..5 send/resend/forward/please
    more: never/not ..2 had/got/received/seen/came/come/see/have ..2 it/this/one/anything/mail/that ,,8
        @sendme/resend/copy/forward/email <2!send
    more: @sendme/resend/copy/forward/email ,,10 never/not ..2 had/got/received/seen/came/come/see/have ..2
        it/this/one/anything/through/arrived
    more: not/cannot ..2 read/open/see/view/find ..3 @plaindoc/attachment/scan/it/writing ,,6
        send/resend/another/copy/clearer/forward
    more: @need ..3 signed/stamped/certified/corrected/updated/revised/current ..2
        @doc/bol/po/form/letter/waiver/estimate/coi/order !payment
    more: signed ..2 @doc/bol/pod
    more: lien waiver/waivers
    more: vendor/supplier ..1 form/forms/packet
    more: itemization/breakdown/backup/timesheets/timesheet/tickets ..3 for/of/on/please/that/?
    more: can/could/will/would you/u/someone ..2 mail/email/fax/send/forward it/that/this/one ..2
        to/me/us/over/again/please/?
    more: somebody/someone ..1 could/can/would ..1 mail/email/send/fax/drop it/one/that
    more: paper/hard/mailed copy
    more: @sendme/need/want ..4 list/summary/history of ..4 invoices/charges/payments/account/open/unpaid
    more: receipt ..5 please/send/records/need/email/for <2!yesterday
    more: paid ..3 need/send/want/get ..2 receipt
    more: <3!will/i/we/can/ill/going/gonna/to/not/stop/he/she fax/email/mail/forward/resend it/that/one/them
        ..2 to ..1
        <num>/<email>/me/us/my/our/the
    more: @sendme ..3 signed/executed/approved ..1 proposal/contract/agreement/change/work/order
    more: @sendme/need ..2 proposal
    more: can/could/may i/we ..1 get/have it/that/this/one ..2 email/writing/pdf/paper/print/emailed/mailed
    more: @sendme me/us the/that/my ..2 one/ones
    """
)
