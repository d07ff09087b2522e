"""Rules for wanting no more texts without saying "stop": consent taken back, threats, a phone that is not for
this, another channel, complaints.

Stands beside `reply_optout` (the plain requests); both are searched after `reply_stop_masks`. `COMPLAINT`
is for grumbling that asks for nothing ("why do you keep texting me"): it counts only where the message
neither pays nor disputes, and a person looks. The notation stands in `reply_rules`.
Sources: 47 CFR 64.1200(a)(10): consent may be revoked "in any reasonable manner"; TCPA, Ofcom, ACMA, CNIL.
"""

from __future__ import annotations

from nsquilio.core.reply_rules import table

OBJECTION = table(
    """
    # consent
    consent: not/never/nolonger ..3 consent/consented/agree/agreed/permission/authorize/authorized/
        authorise/authorised/allow/allowed/asked/opted/subscribed/enrolled/signed/registered ..6
        texts/text/texting/messages/sms/contact/contacted/texted/message/messaging/reminders/alerts
    consent: never/not ..1 sign/signed/subscribe/subscribed/asked/ask/enroll/enrolled/register/registered
        up? for/to/in ..2 texts/text/these/this/reminders/messages/sms/notifications/alerts ..1 $
    consent: never/not ..1 sign/signed/subscribe/subscribed/enrolled up? for/to this/it/these/that/any
    consent: not/never/nolonger ..2 consent/consented to? ..1 this/it/these/that/any/$
    consent: not ..2 my/our/any consent/permission/authorization
    consent: not/never/nobody/without ..4 @consent ,,6 @manytexts/text/contact/number/phone/cell/mobile
    consent: not ..1 authorized/permitted/allowed ..1 to ..1 text/contact/message/use
    consent: @revoked ..4 @consent >5!pay/sign/order/purchase/charge/debit/work
    consent: @consent >8!pay/sign/order/purchase/charge/debit/work ,,9
        revoked/withdrawn/denied/rescinded/retracted/void/canceled/terminated/expired
    consent: @revoked ..5 contact/text/message/texting/messaging/sms/texts/messages
    consent: unauthorized/unconsented/nonconsensual ..2 texts/texting/messages/text/sms/contact
    consent: who ..1 said/gave/told/authorized/permitted/allowed ..5 text/message/contact/texting/texts
    consent: what ..1 gives/gave/makes ..3 right/permission/idea ..3 text/message/contact
    consent: object/objecting/oppose/opposed ,,8 @manytexts/contacted/texted/text/@number
    consent: tcpa
    consent: no @consent ..3 text/contact/texts/message/texting/sms
    consent: i/we @revoked $
    consent: never/not ..1 gave/give/given/provided ..2 my/this/our ..1 @number
    consent: @manytexts ,,6 violate/violates/violation/violating/illegal/unlawful
    consent: not/never ..1 interested ..2 being/getting/receiving ..1
        texted/messaged/contacted/pinged/@texts
    consent: not ..1 call ..1 list/registry
    consent: dnc list/registry
    never_agreed: @manytexts/these/texted/texting ,,14 never/not ..1
        agreed/consented/asked/signed/authorized/requested/subscribed/wanted to/for/up
            it/them/these/this/that
    # threats over a further text
    threat: next/another/more/again/single/any text/texts/message/messages/sms/alert/reminder ,,16 @threat
    threat: next/another/more one/time !invoice/bill ..3 get/receive/comes/send/text/getting ,,12 @threat
    threat: one more and/or you/i/we ,,10 @threat/block/blocked
    threat: next time you/u/yall ..1 text/message/send/contact
    threat: if ..4 more/another ..1 text/message/sms/of
    threat: reported/reporting/report ..1 you/yall/u ..3 to ..2 fcc/ftc/acma/ico/ofcom/crtc/spam
    threat: fcc/acma/ofcom/crtc
    threat: keep ..2 up and ,,9 @threat/block/blocked
    threat: next one ..3 goes/will/is ,,5 @threat
    threat: @threat ,,14 one/another/next/any/more/again/keep/single/further ..2
        text/texts/message/messages/sms/texting/these/messaging
    threat: text/message/contact/sms/bother/harass me/us/this/my ,,4 again ,,12 @threat/block/blocked/sorry/
        regret
    threat: if ..2 text/texts/message/send/texting/messages/these ..6 again/more/another/continue/continues/
        persist/persists/keep/not
    threat: if ..3 not/keep ..2 stop/texting/sending/messaging
    threat: @threat ,,12 @manytexts/texting/texted <9!copy/invoice/amount
    threat: @plaintexts/texting/texted ,,14 @threat
    threat: last/final/only/fair ..1 warning ,,12 text/texts/message/messages/sms/texting/number/contact
    threat: text/texts/message/messages/sms/texting ,,12 last/final/only ..1 warning
    threat: have been warned
    threat: harassing/harassment ,,10 @manytexts/number/phone/texted
    threat: @manytexts/texted ,,10 harassing/harassment/harassed
    threat: reported/reporting/complaint/filing ,,8 fcc/ftc/ag/attorney/acma/ico/cfpb/crtc/bbb/office ,,8
        one more
    # a phone that is not for this
    phone: not/never/quit/stop/cease ..2 use/using/utilize/abuse ..3 my/this/our ..3 @number
    phone: stop/quit/cease ..1 using/contacting/messaging/hitting ..3 @number
    phone: personal/private/own/work/company/business/emergency @number ,,10 not ..3
        use/for/business/work/text/here/send/message/want/appropriate/invoices/bills
    phone: @number ..3 not ..2 for/meant/intended ..5 business/billing/bills/work/this/texts/messages/
        invoices/reminders/accounts/account/notices
    phone: @number ..3 not ..2 meant/intended/set/supposed/allowed ..4 texts/messages/text/this/receive
    phone: @number is ..3 only/just/strictly ..2 for !calls/billing/ap/invoices/payables/texts
    phone: @number is ..1 for ..5 only/$ >3!billing/ap/texts/invoices/payables/accounts <9=personal/private/
        family/work
    phone: want/like/need/appreciate ..3 bills/invoices/business/work/this/stuff/things/notices/these ..4
        on/to/at/coming my/this/our/it ..2 @number/$ <6=not/nolonger/never
    phone: not ..2 want/like/need/appreciate ..6 on/to/at my/this/our ..2 @number
    phone: keep/get/stay/kept ,,4 off my/this/our ..2 @number
    phone: out of/off my/our @number
    phone: blowing/blowin/lighting/filling/clogging/tying/hitting/flooding ..1 up? my/our/this/the ..2
        @number ..1 up?
    phone: @manytexts/these ,,8 charge/charges/cost/costs/charged ..3 per/each/every
    phone: pay/charged/pays/charges/charge ..4 per/each/every text/message/sms
    phone: @plaintexts ..1 cost/costs ..1 me/us/money
    phone: not ..1 business ..1 texting/messaging/contacting
    phone: no ..3 texts/messages/texting/sms ..3 on/to ..3 @number
    # off the list, in whatever words
    list: @drop/take/taken/pull/get/have/want/need/keep ..1 my/this/our/the ..3 @number/name ..3
        off/from/out/removed/deleted/taken
    list: @drop my/our/this ..2 @number ..2 from/off/out/in/on/at/$
    list: @drop ..2 @number ..1 from/off
    list: @number/name ..2 to be/get ..2 removed/deleted/taken/dropped/excluded/erased/blocked
    list: asked/asking/want/wanted/need/like/request/requested/trying ..2 to ..1 be/get/come ..1
        off/removed/taken/deleted/excluded/dropped/out !the/by/to
    list: get/getting/be/come off ..1 of? this/your/the/that/of ..3
        @list/texts/text/thing/there/system/these
    list: off ..1 of? there/these $
    list: still ..2 on ..1 this/your/the ..3 list/system/database
    list: @drop me/us/my/our/this ..3 from/off @texts/texting/these/the/your/all/any/this
    list: not ..2 be/remain/stay on ..2 list/system/database/distribution
    list: an off switch
    list: unlist/delist/deregister/unenroll/unregister ..1 me/us/my/this/our
    list: be/been excluded/removed/exempt/exempted ..2 from ..4 @texts/list/correspondence
    # another channel instead of this one
    channel: <2!not/stop/no/of/never/quit @email/call/calling/mail/write/letter/letters/phone/voicemail/fax/
        writing/ring >5!it/text/texts/texting/@doc ,,5 instead !of
    channel: instead of ..1 this/my ..1 @number
    channel: text/texts/send/contact/message/reach/write/texting ,,12 instead of me/us/this/here
    channel: text/send/contact/message/reach/bother/remind ..8 not me/us/this/here !<date>
    channel: i/we only ..1 want/need/accept/use/like/take/do @email/letters/calls/mail
    channel: instead of ..3 text/texts/texting/sms/messages/messaging/these
    channel: rather/better/prefer/easier ..6 than/then ..2 text/texts/texting/sms/messaging/messages/these
    channel: over ..1 text/texts/texting $
    channel: <1!can/could not text/texts/texting/sms/message/messages !before/after/between/until/during/me/
        yet/is/are/
        was/and/my/him/her/received/or/us
    channel: ^^ @filler? only/just >3!invoice/invoices/statement/statements/bills @email ..3 $
    channel: @email only please/from/thanks/and/going/$
    channel: by/via/through/use/using @email only
    channel: @email !list ..3 only $
    channel: by/via/through/in/over @otherway only <6!invoice/invoices/accept/statements/bills/statement
    channel: @otherway ..3 only ..1 way/method/channel/means
    channel: only ..1 way/method/channel/means ..6 @otherway
    channel: use/write/reach/contact/send/@email ,,6 @otherway ,,4 future/forward/henceforth/onwards
        <9!invoice/invoices/statement/statements/bills/copies
    channel: personal/private @number ,,12 @email/office/accounts/<email>/landline/ap
    channel: @email/office/accounts/<email>/landline/ap ,,9 personal/private @number
    channel: rather than ..2 my/this/our ..1 @number
    channel: send/take/direct/point/route ..2 these/them/texts/messages ..1 somewhere/someplace/elsewhere
    channel: <9=email/mail/letter/letters/send/post/text/here/message not to/on/at/via/through/by
        my/this/our ..1 @number !right/at
    channel: @manytexts/texting ,,6 not ..3 form/means/method/way/channel/notice/medium/mode
    channel: @threat ,,8 only/sole ..2 contact/communication/point
    channel: contact/communicate/speak/go/talk ..3 my/our attorney/lawyer/solicitor/counsel ..1
        only/instead/directly/from
    threat: any/one more of these/this/them
    threat: anymore of these/this/them ,,9 @threat/block/report/going
    channel: only >3!invoice/invoices/statement/statements/bill/bills/copies ..4
        by/via/through/use/using/with/contact/contacted/reach
        @email/letter/letters/phone/call/post/writing ..3 $
    channel: only ..2 contact/email/call/mail/write/phone/reach me/us/my/our >6!if/when !the/invoices
    channel: only @email/call/mail/write !invoice/invoices/statements/statement/once/twice/one/two/works/
        got/address/said/me/half/from/account
    channel: @email/contact/reach/communicate me/us ..4 from now on
    channel: all ..3 communication/communications/correspondence/contact/notices ..4
        @email/mail/writing/attorney/lawyer/counsel/letter
    channel: through/via my/our attorney/lawyer/counsel only/from/going/$
    channel: in writing only
    channel: landline/post/letter/letters/writing/paper/fax/phone only please/thanks/$
    channel: ^ @filler? please? switch/change/move/go ..3 to @email/paper/post/letters/letter
        >2!invoice/invoices/statement/statements/bill/bills/billing/copies
    channel: <3!is/was/are not this ..1 @number
    channel: future/all/further/any @manytexts ,,4 to/with <email>/<name>/my/our/the/<num>
        <9=direct/send/route/
        forward/redirect/point/address
    channel: <9=email/mail/letter/letters/send/post and/but not ..1 to? my/this/our ..1 @number
    channel: wrong place/channel/way/medium/method ..1 to/for
    channel: not ..2 read/see/open/use these/texts/texting/@plaintexts ,,12
        letter/letters/post/mail/email/paper/
        call
    channel: switch/move/change/convert/transfer/swap/put/set ..2 me/us/my/our/the/these/this/your ..3
        reminders/texts/messages/notices/alerts/notifications/these/texting ..3 to/over/into/onto/by
        @email/paper/post/letter/letters/mail
    channel: switch/move/change ..4 from text/texts/sms/texting to
    channel: ^ text/texts/texting/sms ..1 no !attached/came/from/yet
    channel: send ..3 letter/letters/email/post instead !of
    channel: @manytexts/texting/text ,,14 rather/prefer ..5 @email/letter/letters/call/post/paper
    channel: rather/prefer ..5 @email/letter/letters/call/post/paper ,,10 these/texts/texting/@manytexts
    channel: @manytexts/texting/text ,,16 @email/paper/letter/letters is/are ..1 enough/plenty/sufficient
    channel: @manytexts/texting ,,10 use/just @email/letter/letters/post ..2 like
    channel: like you used to ..2 $ <9=mail/letters/post/email/letter/paper
    """
)

# Grumbling: no request in it, and yet the wish is plain to a reasonable person.
COMPLAINT = table(
    """
    complaint: why ..5 keep/still/always/constantly ..3 text/texting/messaging/sending/message/bothering
    complaint: why ..1 are/you ..2 texting/messaging me/us !about
    complaint: you/u/yall/guys/people/they ..2 keep/always/constantly ..2
        text/texting/messaging/spamming/bugging/pestering/bothering/reminding !the/about
    complaint: quit/stop ..2 keep texting
    complaint: <2!not still ..1 getting/receiving/get ..3 @manytexts/these/this/them
        >9!paid/pay/autopay/settled
    complaint: keep ..1 getting/receiving ..4 @plaintexts/these/them >9!paid/pay/autopay/settled
    complaint: tired/sick/fed/annoyed/done/over/irritated ..3 of/with/by/up ..4 @manytexts
    complaint: tired/sick/fed/annoyed/done/irritated ..2 of/with/by/up these/this/it/them $
    complaint: @plaintexts/these ..2 are/is/keep ..2 killing/driving/waking/bugging/bothering/distracting/
        interrupting/disturbing/stressing/messing
    complaint: @plaintexts/these ..2 are/is ..2 annoying/excessive/ridiculous/unnecessary/unwelcome/
        intrusive/inappropriate/unprofessional/disruptive/distracting/nuisance/nonstop/constant/obnoxious/
        rude/insulting/disrespectful/impersonal/tacky/unprofessional/offensive/creepy/lazy/shady/tiresome/
        invasive
    complaint: too/so many ..2 texts/messages/reminders/notifications/alerts/of
    complaint: <num> ..4 day/hour/week/times ,,6 too much/many/often
    complaint: chill/calm/cool/relax/easy ..2 with/on ..2 @manytexts/texting
    complaint: @plaintexts/texting is/are ..1 too
    complaint: @plaintexts ,,5 not ..2 me/us any/no good/use
    complaint: @plaintexts ,,5 no use/good/help
    complaint: @plaintexts/these ,,8 not acceptable/ok/okay/cool/appropriate/right !to
    complaint: every/each time you ..1 text
    complaint: how many stops
    complaint: this is ..1 harassment
    complaint: you/u/your/are/is harassing/hounding me/us
    complaint: wasting/eating/using/burning ..2 my ..1 minutes/data/time/battery
    complaint: how many ..1 times ,,8 stop/tell/ask/unsubscribe
    complaint: how many ..1 @manytexts/times ..2 you/u/must/do ..4 text/send/remind
    complaint: again with ..2 @manytexts/texting/these
    """
)
