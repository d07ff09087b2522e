"""Rules for wanting texts: START, "put me back on", "don't stop", and the STOP that was a mistake.

The notation stands in `reply_rules`. Other languages stand in `reply_languages`.
"""

from __future__ import annotations

from nsquilio.core.reply_rules import table

# START lifts only opt-outs that were made with a keyword; Twilio takes a lone YES too.
START_KEYWORDS = frozenset("start unstop yes optin subscribe resubscribe".split())

OPT_IN = table(
    """
    keyword: ^^ @filler? @filler? start/unstop/optin/subscribe/resubscribe/unsub @filler? @filler? $$
    keyword: ^^ yes !? $$
    keyword: ^^ @filler? resume/restart/reactivate @filler? $$
    again: get/receive/have/getting ..3 @texts again/back
    keyword: unstop
    undo: stop/unsubscribe ,,4 was/meant ..1 for/to a/the/my/another/someone/somebody
    again: <2!not add/put <num>/number/phone/him/her/wife/husband/partner ..3 to/on the/your ..1 text/texts/
        reminders
    again: still ..1 want/need/like/use them/these/@texts <3!not
    again: want/like/need to keep getting/receiving/having <3!not
    again: leave the/these/them ..1 @texts? on !my
    again: off/from ..2 not/blocked/block/stop/optout/suppression/dnc/blacklist ..1 text/contact/call/
        message? list
    again: <2!if not take/drop/get/pull/kick/remove/delete/cut me/us/this ..1 off/from/out
    again: not drop/remove/delete/unsubscribe/cancel me/us !the/a
    again: rely/depend/count on ..1 these/@texts/them
    again: <3!not/stop/never/no/quit/cease/why send ..3 @texts/them ..2 to/on/at my/this/our ..1 @number/text
        >4!@email/not
    again: prefer/rather ..1 a/the text/sms/txt !is/over
    keyword: optin !to/for !email/paperless/autopay
    keyword: opt me/us/this/back/my ..3 in
    keyword: optedin ..2 texts/again/back
    keyword: resubscribe !newsletter
    subscribe: <2!not subscribe ..2 me/us/this/to
    again: resume/restart/reactivate/reinstate/continue/renew/reenable/unpause/reinstall/unblock/restore ..4
        @texts/texting/sending/these/them/me/us/my/number
    again: <2!not start/begin/enable/activate ..5 @manytexts/text/alerts !them
    again: start/begin ..1 sending/texting me/us/again
    again: start again/over? please/thanks/$
    again: start ..2 up? again
    again: <2!not text/texting/message/messaging/contact me/us ..3 again
    again: <2!not text/texting/message/messaging me/us reminders/updates/alerts/notices/anytime
    again: enroll/reenroll me/us
    again: sign/signed/enroll/register/add/put/include/signing/adding me/us ..5 text/texts/texting/sms/
        reminders/messages/list/alerts/notifications
    again: sign/enroll/register/add/put/include me/us/my/this ..4 back !of
    again: add/put/include/enroll/register my/this/our ..2 @number ..4 texts/text/list/sms/texting/reminders
    again: turn/switch ..4 @texts/these/them/it ..2 on
    again: <2!off turn/switch ..4 on ..4 @texts
    again: want/like/love/wish/prefer/need/wanna !off/out <4!not ..4 get/receive/have/getting/receiving/be ..4
        @manytexts ..4 $
    again: <3!not want/like/prefer ..2 the/your/these/my texts/reminders/messages/alerts back/again
    again: <3!not/nolonger want/like/prefer/appreciate !off/out/no/none ..3 @manytexts
        !?/discontinued/stopped/off/gone/ended/canceled/removed/to
    again: <3!not want ..2 text/texts/reminders/messages again/back/too
    again: keep/continue/keeping ..2 texting/sending/messaging/reminding
        me/us/these/the/them/reminders/texts/it/$ <4!stop/not/why
    again: <3!not/need/i/we keep !getting/receiving/seeing/having ..3 texts/reminders/messages/sms/alerts ..2
        coming/on/going
    again: get me/us back on ..4 @texts/list
    again: back on ..4 @texts/texting
    ok: ok/okay/fine/free/welcome/alright/allowed/happy to text/message/texting/sms/receive ..2
        me/us/this/here/texts/reminders
    ok: you/u can/may ..1 text/message/sms/texting me/us/this/here/my/at/reminders
    ok: you/u can/may ..2 text/message/contact me/us/this ..3 again/anytime
    ok: text/texts/texting/sms is/are ok/fine/good/great/welcome/best/preferred/better/helpful/works/alright
    ok: text/texts/texting/sms works/work ..2 best/better/fine/great/for/good/$
    ok: changed my mind ,,6 @texts
    ok: text ..1 only please? $
    ok: ^^ @filler? text me @filler? $
    ok: ahead ..1 and text/message me/us
    ok: happy to ..2 receive/get ..3 @texts
    ok: i/we consent/agree to ..3 @texts
    undo: undo/ignore/disregard/reverse/cancel/lift/nevermind/revoke/forget/withdraw/remove/rescind ..4
        stop/unsubscribe/optout/optedout
    undo: take ..1 it/that back ,,6 @texts/texting/sending
    undo: stop/unsubscribe/optout/optedout/unsubscribed/quit/end ,,6
        mistake/accident/error/accidentally/accidental/oops/wrong
    undo: accidentally/mistakenly/accidently/inadvertently/accident/mistake ..6 stop/unsubscribe/optout/
        optedout/unsubscribed/unsubscribing/quit
    undo: did/do not mean/intend/want ..6 stop/unsubscribe/optout/optedout/unsubscribed
    undo: not ..1 to/want stop/unsubscribe/optout
    undo: never ..3 stop/unsubscribe/optout/optedout/unsubscribed
    undo: wrong thread/chat ,,8 stop
    undo: not stop/unsubscribe/remove/quit/optout/cancel/end ..3 @texts/me/us/texting/sending
    undo: not remove/unsubscribe/delete me/us/my/this
    back: why ..3 stopped/not/stop ..3 getting/receiving/sending/texting ..2 @texts/me
    """
)

# Texts are welcome: what is to stop in such a message is something else. "stop calling, texts are fine"
KEEP = table(
    """
    fine: <3!not @plaintexts/texting/text ..1 is/are/was ..2 ok/okay/alright/how/fine/good/great/plenty/
        useful/helpful/
        handy/best/better/perfect/welcome/nice/preferred/enough/appreciated >3!if/when/but/until/for/with
        <3!no/never/nor/not
    fine: <3!not @plaintexts/texting/text is/are ..1 no/not ..1 trouble/problem/bother/issue
    fine: <3!not/if @plaintexts/text/texting to/on/at/like ..4 is/are ..2
        fine/ok/okay/good/great/best/welcome
    keep: keep/leave them/it/these coming/on/going !?
    fine: <3!<x.no> <x.text>/sms ..2 <x.is>/esta/estan/sind/sunt ..2 <x.fine> <4!not/<x.no> !if
    fine: texting/texts me/us is ..2 ok/okay/alright/fine/good/great/best
    fine: only ..1 read/check/see/answer ..1 texts/text
    fine: no problem with ..2 @plaintexts/texting
    fine: <4!not like/love/appreciate/enjoy the/your/these/getting ..1 @plaintexts/texting
        >4!stopped/stop/to/
        if/instead/discontinued/removed/canceled/ended/end/off/gone/over
    keep: <3!you/u/yall/not/why/they/people/guys/to/if/i/we keep/continue/leave ..3 @plaintexts/texting ..2
        coming/on/going/please/$ <3!stop/quit
    keep: <3!you/u/yall/not/why/they/people/guys/to/if keep texting !and/then
    keep: text/texting/texts ..1 not/over @call/@email/phone/voice
    keep: texting/texts only
    fine: good/best/fine/ok/great/perfect for ..1 texts/texting/text
    fine: text/texts ,,6 instead of ..2 @call/@email/mail
    keep: not/stop/quit @email/@call/mail >1!or/and/nor ,,1 text/texts ..2 $
    keep: not take/remove/drop/delete/unsubscribe/cut me/us
    keep: not the/these/your @plaintexts !are/is/,
    keep: text/texting/texts ..1 instead !of/email/call
    keep: <2!not/never/if/you/u just/please/rather/only text me/us/here ..1 instead/here/$ !again
    keep: prefer/rather/like ..3 text/texts/texting/sms ..1 over/to/instead/please/$
        <4!not/no/than/over/from/of/to
        <5=i/we/would
    """
)
