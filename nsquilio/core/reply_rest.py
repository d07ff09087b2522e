"""Rules for messages that want nothing about the invoice: seen and thanks, closed for the day, other
business.

`AUTOMATIC` comes before dates are taken for promises ("closed until Jan 2"); `OTHER` before the questions,
because "can you deliver 20 bags on Friday" asks and names a day too. The notation stands in `reply_rules`.
"""

from __future__ import annotations

from nsquilio.core.reply_rules import table

AUTOMATIC = table(
    """
    away: out of ..2 office/town/country/state
    away: ooo
    away: autoreply/autoresponder/auto-reply/autoresponse
    away: auto/automatic/automated reply/response/message
    away: office/we/i/store/shop/company/plant/they/business are/is/be/will/am/were/being ..2 closed/closing
        !on/the/out/that/our/my/account/this
    away: office closed
    away: closed for/until/through/due/today/tomorrow/on/<date>
    away: on ..2 vacation/pto/holiday/leave/maternity/break/sabbatical/honeymoon
    away: <4!go/goes/going/gone/went/put/throw/threw/take/took/make away ..2 until/from/through/for/on/<date>
    away: back in/at ..2 office ..2 <date>/on
    away: return/returning/be/back ..2 to ..2 office/work
    away: driving ..6 do/with/not/right/now/mode/disturb/$
    away: i am/i driving
    away: do not disturb
    away: can not ..3 talk/text/answer/respond/chat ..2 now/right/at/moment/while/i
    away: see your message when/after/once
    away: limited access
    away: no access to
    away: in a meeting
    away: will ..2 respond/reply/get/answer ..4 when/upon ..2 return/back
    away: unable to ..3 answer/respond/reply
    away: <3!your/you/what/are/is office hours !for/?
    away: thanks for ..2 contacting/calling/reaching/texting ..6
    away: this is an/a automated
    """
)

# Somebody else's advertising: before money is read, because it promises plenty.
SPAM = table(
    """
    spam: get/apply/qualify/preapproved/qualified/need ..4 loan/loans/funding/refinance
    spam: cruise/winner/prize/bitcoin/crypto/viagra/casino/lottery/refinance/sweepstakes
    spam: you ..2 won/selected
    spam: congratulations/congrats ..4 won/selected/winner
    spam: click <url>/here/link/below
    spam: reply yes
    spam: extended warranty
    spam: press one/two/three/<num>
    spam: prescription ..5 pickup/ready
    """
)

OTHER = table(
    """
    channel: stop/quit ..2 calling/emailing/phoning/faxing/mailing
    channel: no ..2 calls/emails/robocalls
    channel: ^ @filler? not email/call/phone/ring/mail/fax !until/about/back/yet/it
    order: text/call me? when ..5 out/away/close/here/there/ready/coming/done <4!not
    channel: stop/quit/end/cease ..4 calls/robocalls/robocall
    channel: delete/remove/drop/erase ..4 card/visa/amex/mastercard/bank/account ..4 file
    channel: fax/email/mailing/shipping/office ..1 number/address ..5 is ..1 wrong/incorrect/old/outdated
    cancel: not/nolonger ..2 be? renewing/renew
    cancel: stop/quit >4!@bothering/@texts/billing/charging/invoicing delivering/mowing/plowing/cleaning/
        servicing/shipping/
        coming/bringing/picking/dropping/watering/mailing/spraying/hauling ..6
    cancel: close/closing our/my/the ..1 account/acct/plan
    channel: stop/no/cancel/discontinue ..3 paper/mail ..3
    channel: <2!invoice/not email/mail/text/use/update/new/send/change/our/my ..4
        email/address/number/phone/contact/cell ..2 is/to/at <email>/<num>/now
    channel: update/change/correct/new/moved ..4 address/email/contact/phone/number/contacts/info !invoice/who
    channel: our/my new ..3 address/email/contact/cell/number/phone ..2 is
    channel: send/email ..2 future/all/new/upcoming/next ..2 invoices/invoice/bills/statements/reminders
    channel: @sendme ..2 invoices/bills/statements ..3 to <email>
    channel: <3!can/could/please/would text/call/contact/use ..2 my/our/the/his/her
        other/new/work/office/wifes/husbands ..2
        number/phone/cell/line/<num>
    channel: i/we ..1 prefer ..1 email/emails/calls/phone
    cancel: <2!you/not/did/do/does cancel/canceling/skip/hold/reschedule/postpone/stop/reroute/delay/move/
        push ..4 order/orders/delivery/deliveries/shipment/appointment/service/services/subscription/visit/
        pickup/meeting/booking/reservation/plan/membership/trip/account/autopay/renewal/seats/contract/call/
        job/autoship/work/party
    cancel: stop/cancel/put ..3 stoppayment/payment/check !until
    cancel: stoppayment
    channel: take/remove/put/add/opt me/us ..3 off/from/on/out ..5 call/email/autoship/auto/autopay/paper/
        paperless/mailing/newsletter
    order: @need/like/want/can/could/would/please ..4 order/reorder !number
    order: place/placing/put/putting ..3 order
    order: @need/want/like/please/could/can ..3 add/order/buy/rent/get/send/bring/deliver/ship/schedule/
        book/quote ..4 cases/boxes/bags/pallets/units/seats/users/yards/tons/gallons/more/another/new/
        delivery/appointment/estimate/quote/fence/service/truck/load/pickup/licenses/rolls/sets/packs/toner/
        bales/loads/<num>
    order: can/could/do/will you/u/guys ..2 deliver/ship/install/come/quote/bid/fix/repair/do/make/build/
        bring/haul/fit/service/squeeze
    order: schedule/book/reschedule ..5 service/appointment/delivery/pickup/visit/call/tech/install/
        estimate/meeting/crew/truck
    order: what time ..3 open/close/deliver/arrive/coming/here
    order: when ..3 order/delivery/truck/driver/package/shipment/parts/tech ..4
        ship/arrive/come/coming/here/ready/leave/be
    order: <2!not/where/our/on add/adding ..3 seats/users/seat/user/license/licenses/line/lines/location
    order: quote/estimate/bid for/on/me
    order: @need/like/take ..2 <num>/two/three/four/five/six/ten/few/couple/another/more ..1
        loads/load/boxes/cases/yards/bags/pallets/tons/rolls/sheets/gallons/buckets/units/bales/sacks of
    order: hiring/job opening
    # not for us, or about something else
    astray: meant/intended/supposed ..2 for/to ..4 wife/husband/someone/somebody/my/him/her/mom/dad/other/
        another/
        different/<name>/else
    astray: <8!stop wrong thread/chat/window/group/convo/conversation/tab >6!stop
    astray: butt/pocket dial/dialed/text/texted
    astray: ignore/disregard ..2 last/previous/that ..1 text/message/one/$ <4!stop
    astray: autocorrect/autocorrected
    order: <2!not add/put/chuck/throw/stick/include/toss/sling/pop ..6 to/on/with/onto/in ..3
        order/truck/delivery/load/run/shipment
    order: more/another/extra/additional/same <num>? ..3
        bags/cases/boxes/pallets/rolls/yards/tons/loads/units/
        gallons/sheets/bundles/packs ..6 order/truck/delivery/<date>/tomorrow/please/$
    order: in stock
    order: do/does/did/are/can/could you/u/guys/yall ..4
        have/carry/sell/stock/got/get/rent/offer/do/make/install
        >9!@invoice/payment/card/fee/discount/credit/balance/account/pay/check/zelle/amex/portal/link/my/
        our/this
        ..6 ?
    order: price/quote/estimate/bid ..2 on/for ..5 <num>/new/another/job/@goods
    order: quote/estimate/bid ?
    order: when ..1 will/is/are/does/do/can/should/could/you/u ..4 come/deliver/coming/arriving/delivering/
        start/install/pickup/ship !to/check/out
    order: where is ..2 driver/truck/tech/delivery/order/guy/crew/package
    order: deliver/delivery/pickup/dropoff/install ..4 instead/at/before/by/to/around/between ..3
        <date>/dock/gate/door/side/back
    order: gate code
    order: running ..1 late
    cancel: <3!so/was/were/had/got/with/been/still/is/means no/hold/stop/pause/skip ..2 deliveries/delivery/
        shipments/
        shipping/orders/service/ship/deliver/pickup !happened/came/arrived/made/was/ever/occurred
    cancel: cancel/canceling/postpone/reschedule/skip/move/push/scrap the/my/our/that/this/a/his ..3
        >5!@invoice/payment/check/charge/fee/@texts for/on/this/until/next/till ..1 <date>/week/month/time
    cancel: discontinue/stop/end/terminate/quit/cease/cancel/drop/suspend/pause/quitting/stopping/ending/
        discontinuing/dropping/
        canceling >7!@invoice/payment/check/
        charge/fee/
        @texts/@bothering/sending/charging/billing the/my/our ..3
        after/at/from/with/starting/effective/until/in/by ..3 <date>
    cancel: turn/shut/switch/take/pull/get/disable/deactivate/kill/remove/stop/drop/suspend/cancel ..4
        autopay/autodraft/autobill/billpay/directdebit <4!not/if
    cancel: not ..2 ship/deliver/send/bring ..5 until/till/this/rest/anymore/order/week/yet
    cancel: end/ending/terminate/terminating/discontinue/drop/downgrade/cancel/pause/cancelling/canceling ..4
        contract/agreement/service/plan/subscription/account/membership/renewal/lease/maintenance/seats/rental
    cancel: unsubscribe/unsubscribed from ..3 newsletter/email/emails/plan/marketing/blog/promo
    cancel: cancel/stop/end/change/switch ..3 debit/autopay/billpay/dd
    channel: @sendme/mail/email/bill/post/direct ..4 invoices/bills/statements/everything/it ..3 to/at ..4
        instead/now/<email>/address/office <4!will/need/copy
    channel: take/remove/drop ..3 address/email/name/contact/location/warehouse ..3 off/from
    channel: moved/moving/relocated/relocating ..3 to/from/offices/office/last/<date>
    channel: new ..1 address/email/number/contact/manager/bookkeeper/owner ..3 is/for/at
    channel: not ..2 text/contact/call/email <name>/him/her/my/our
    channel: if you call/need ..4 use/call/<num>
    channel: copy/cc/add/include ..3 on/to ..3 emails/email/invoices/statements/future
    spam: vote/election/ballot/polls/candidate/donate/campaign/petition ..6
    spam: % off
    spam: sale ends
    spam: % ..1 financing/interest/apr
    spam: we/i can ..2 get/help/offer ..3 funding/financing/leads/website/seo/ranking/customers
    spam: your package/parcel/account ..3 held/locked/suspended/delivery
    spam: hiring/apply ..2 now/today/link
    spam: gift card
    chat: happy/merry ..1 birthday/holidays/new/thanksgiving/easter/christmas/friday/monday/anniversary/
        mothers/
        fathers/weekend/newyear/memorial/labor/hanukkah/eid/diwali
    chat: how ..1 are/is/r you/u/your/things/everyone
    chat: congrats/congratulations
    chat: who won
    chat: testing testing/one/1/is/123/mic
    chat: is this thing on
    astray: ^ @filler? cancel/scratch/nevermind/ignore/disregard/forget that/it/this? ,,2 i/we? ..1 found/
        got/have/see ..2
        it/@plaindoc
    astray: ^ @filler? nevermind
    astray: ^ @filler? never mind !the/about
    chat: see ..1 you/ya ..2 at/there/<date>/tomorrow
    chat: come/coming to ..2 bbq/party/open/barbecue/cookout/event/wedding
    order: can/could someone/somebody/anyone/you ..2 come/stop/look/fix/check/service/inspect ..6
        >7!@invoice/balance/charge/amount/account/payment/this
    order: openings/opening/availability/slot/slots ..6
    cancel: can/could/please/would/need you? ..2 move/push/switch/change/bump/reschedule ..4
        appointment/delivery/pickup/visit/service/order/install/crew/slot
    order: drop the/a/our ..3 off ..3
    order: is/are ..2 shop/store/yard/warehouse/counter/showroom ..2 open
    order: got/any ..2 more of ..4
    order: need/want ..2 price/quote/bid on/for ..3
    """
)

ACKNOWLEDGEMENT = table(
    """
    seen: i/we ..1 know !a/any/who/what/you/how/him/her/this/that/<name>
    ok: this/that/it ..1 is ..2 right/correct/good number/phone/person/contact/line/cell
    ok: number/phone/contact ..1 is right/correct/good/fine !?
    ok: have/got/reached the right/correct number/person/contact
    ok: ^ right/correct number/person
    seen: found ..1 it/@plaindoc
    seen: aware !of/that <2!not
    seen: aware of it/this/that/the <2!not
    look: one/a/just/gimme sec/second/minute/moment
    pass: copying/cc/ccing/cc'ing ..3
    pass: <3=i/will/going/gonna talk/speak/chat to/with ..3 @ap/<name>
    seen: i get it/this/that !to
    seen: got/saw/see/seen/received/read/reading ..2 it/this/that/message/text/reminder/notice/msg/messages/
        texts/invoice/bill/statement !to/yet/wrong
    seen: thanks for
    look: <4!you/u/can/someone/somebody look/looking/review/reviewing/check/checking/dig/digging/
        investigate/investigating/research/researching/verifying ..2 into/at/on/it/this/that/over/with/now/
        and/your/what/up/to/for/see
    pass: @ap has/have/got it/this/that
    look: bring ..1 it/this/that ..2 up
    look: mention ..3 to/it
    look: will/let/going/gonna/am/i ..2 look/check/review/see/verify/investigate/ask/find/research/confirm/dig
    look: working on !your
    look: on it !<s>/is/<date>
    look: ^ checking/looking/reviewing/verifying/forwarding $
    look: will get to it/this/that
    look: get back ..1 to/with
    look: follow/following up
    look: let me ..2 check/see/look/ask/find/verify/talk/review/confirm
    look: let you/u know
    look: touch base
    look: get/getting ..2 with ..4
    look: on my/our/the list/radar/desk/todo/agenda
    pass: <2=i/we/will/going/gonna forward/pass/relay/route/send/share/give/hand/shoot ..4 to/on/along/over
        ..4 @ap/<name>/<unknown>/it/<email>/the/my/our/right
    pass: pass/passing/passed ..2 on/along/over
    pass: <3!stop/quit/not forwarded/forwarding/passed/passing/relayed/relaying/routed/sent/sending/shared/
        gave/giving/handed ..4 to/on/along/over ..4 @ap/<name>/<unknown>/it/<email>/the/my/our/right
    pass: forward/forwarded/forwarding/passed/passing/relayed ..4
    pass: let/tell/told/remind/reminded/ask/asked/asking/notify/notified/telling/letting/inform/informed/
        ping/pinged/emailed/cc'd/talk/speak/discuss/talking/checking/check/consult ..4
        @ap/<name>/<unknown>/him/her/them/know
    pass: @ap/<name>/he/she ..3 will/is ..3 handle/look/review/check/take/get/be/call/reply/respond
    pass: will/going ..2 mention
    look: <3!not/you/u will/ill/going/gonna ..2 look/check/dig/see/ask/find/verify/review/confirm/research/
        raise/chase
    look: chase/chasing/follow/chased ..2 up/it/this/them ..3
    look: looking/checking/digging/reviewing/researching/investigating ..2 this/it/that/into/on/with/now
    look: put ..3 on ..2 desk/pile/table
    pass: put ..2 in front of
    pass: @ap ..3 aware/informed/notified/copied/knows/handles/handling/looking/copied
    pass: not my ..2 department/area/desk/call/job
    pass: cc/ccd/looped/looping/loop/tagged/tagging ..3
    """
)

# What stands beside anything: asked last, because "sorry" and "thanks" decide nothing.
COURTESY = table(
    """
    thanks: thanks/thankful/appreciate/appreciated/cheers/grateful
    ok: ^ good/nice/great/perfect/cool/fine/awesome/excellent/super/wonderful/lovely/sweet very? thanks/to/
        then/got/will/i/we/sounds/deal/enough/know/job/stuff/$
    ok: ^ ok/k/kk/sure/alright/yep/yup/yeah/ya/yea/aight/bet/roger/gotcha/copy/done/understood/noted/seen/
        received/acknowledged/agreed/right/absolutely/certainly/definitely/true/10-4/indeed/alrighty/
        understand/affirmative/welcome/kool/okey/okie
    ok: <good>
    ok: no need to reply/respond/answer/worry/rush
    ok: sounds good/great/fine/perfect
    ok: no problem/worries/prob/problemo
    ok: all good
    ok: copy that
    ok: roger that
    ok: noted/understood/acknowledged/received/gotcha
    ok: will do
    ok: you ..1 got it
    ok: 10-4
    sorry: sorry/apologies/apologize/oops/whoops/forgot/forgotten/apology/pardon/bad
    sorry: slipped my/our/the
    bye: bye/goodbye/goodnight
    bye: have a ..2 day/one/weekend/evening/night/week/holiday
    bye: you too
    bye: same to you
    bye: god bless
    ok: no worries/wuckas/wuckers/dramas/probs/stress/bother
    ok: ta/cheers/copy/rightio/righto/ack/10-4/gotchu/fosho/bet/aye/grand/lovely/super
    ok: received/noted/understood/acknowledged
    ok: ^^ @filler? yes/yep/yup/yeah/sure/fine/right @filler? @filler? $$
    ok: much appreciated
    ok: appreciate it/you/that/the
    ok: message/text received
    """
)
