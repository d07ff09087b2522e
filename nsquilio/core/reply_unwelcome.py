"""Rules for a phone that is to be left in peace, though nobody says "stop texting": how to make them go away,
what the phone is for, what its buzzing did.

`UNWELCOME` asks; `NOISE` only grumbles: it counts where the message neither pays nor disputes, and a person
looks. Both are searched after `reply_stop_masks`, like the tables of `reply_objection`. The notation stands in
`reply_rules`.
"""

from __future__ import annotations

from nsquilio.core.reply_rules import table

UNWELCOME = table(
    """
    # how to be rid of them: a button, a trick, a setting
    way_out: @wh/button/trick/way/option/setting/anything ..5 press/click/tap/hit/push/do/hold/dial/change/
        set/
        fix/turn/trick/make/makes/type/send ,,9 not ..2 come/coming/show/showing/pop/arrive/appear/buzz/ring/
        ding/
        bother/bothering
        >6!order/delivery/truck/driver/late/due/invoice/bill/overdue
    way_out: @wh/way/trick/button/option/possible/rather/whats ..8 not/without ..1
        get/getting/receive/receiving/see/seeing/have/having
        these/them/this/it/any/anymore/texts/texting/messages/@plaintexts
        >4!@notours/late/fee/charged/penalty/interest/order/invoice/bill
    way_out: make/making/get/getting/have ..2 @plaintexts/texting ..3
        go/going/goes/stop/stopping/disappear/vanish/quit/end/away/gone/off
    way_out: make/making these/them/those/em/your/the ..1 go/disappear/vanish away/$/please/from
        >3!charges/fees/late/balance
    way_out: not ..2 know/figure/understand/sure/remember/see ..2 how/where/what ..4
        block/silence/mute/turn/shut/rid/stop/end/cancel/disable ..3 @plaintexts/these/them/this/it/those
        >3!order/delivery/charge/autopay/@call
    way_out: rid of ..2 @plaintexts/texting/these
    way_out: see/hear/get/receive the/your last of ..2 @plaintexts/these/them
    way_out: @wh/button/trick/way/option/setting/key ..5
        press/presses/click/tap/hit/push/do/hold/dial/change/set/fix/turn/make/makes/making/type ..2
        so/to/that/and? ..1 these/this/it/they/them/those ..1
        go/goes/gone/stop/stops/quit/quits/end/ends/cease !by/the/my/our/for
        >5!@notours/fee/late/charge
    way_out: <2!light/kill/on/the off switch ..3 !not/broken/is
    # asked for, and still they come
    asked: ^ optedout/unsubscribed ,,14 again/still/keep/keeps/yet/another/back
        >4!@invoice/billed/billing/charged/charging/charge/@notours
    asked: i/we ..2 optedout/unsubscribed ,,14 again/still/keep/keeps/yet/another/back
        >4!@invoice/billed/billing/charged/charging/charge/@notours
    last: last ..1 text/message/sms/reminder/txt i/we ..2 want/need/wanna/expect/hope/wish/better
    last: better/should/had ..2 be ..1 the last ..1 text/message/sms/txt/one ..1 i/we ..1 get/see/receive
    asked: replied/texted/typed/sent/said/wrote/answered/pressed/hit/tried/did stop/unsubscribe/quit/optout
        ,,12
        again/still/another/keep/keeps/coming/nothing/anyway/nevertheless/yet/fix >3!<date>
    asked: replied/texted/typed/sent/said/wrote/answered stop/unsubscribe/optout ,,3
        twice/before/already/<past>/<date>/times/monday/tuesday/wednesday/thursday/friday/saturday/sunday
    asked: stop/unsubscribe/optout ..2 not/never ..1 work/working/worked/help/helped/do/did/take
    way_out: just as soon ..3 not ..1 get/getting/receive/have/be
    way_out: prohibit/prohibits/forbid/forbids/ban/bans/disallow/disallows/against/not ..3
        text/texts/texting/sms communication/communications/messaging/messages/contact/correspondence/billing
    way_out: policy/policies ,,4 prohibit/prohibits/forbid/forbids/ban/bans/against/no/not ..3 text/texts/
        texting/sms
    way_out: @drop/take me/us of ..3 @list/texts/texting/system/thing/group
    way_out: @plaintexts/texting is/are ..1 too much/many/often/frequent
    way_out: cancel/end/stop/close/terminate ..2 text/sms/texting
        subscription/service/enrollment/program/alerts/plan/feature/notifications
    way_out: <3!not prefer/rather/like ..3 @otherway/@call to/over/than ..1 texts/text/sms/texting/texted/
        messages
    way_out: how ..4 block ..1 you/yall/this/these/them/texts
    way_out: not/never ..1 sign/signed/ask/asked/subscribe/subscribed/register ..1 4 this/these/it/texts/any
    way_out: asked/told/called/emailed/wrote ,,8 to ..1 end/stop/quit/cease/halt this/these/it/them/texts/
        texting
        $/last/before/already/weeks/days/months/<past>/twice/times
    way_out: no need to ..1 remind/text/message/notify/nag/ping me/us/$
        >6!@paid/paying/pay/@sent/will/already/check/payment/got
    keyword: ^^ @filler? go? pound/eat/kick sand/rocks/dirt $$
    keyword: ^^ @filler? drop dead $$
    way_out: keep it/this/these/everything/things ..1 to/on/by/via @email/writing/paper
    way_out: <4!send/invoice/bill/copy keep my/our/the @number out
    way_out: find/use/try/choose another/different/other way/channel/method/means ..1 to ..1
        reach/contact/tell/remind/bill
    way_out: right person ,,4 wrong way/channel/method/place
    way_out: hard pass on ..3 @plaintexts/texting
    way_out: turn/shut/switch that/this/the ..1 feature/thing/stuff/nonsense off
    way_out: nothing/none ..2 by/via/over/through/in text/texts/texting/sms
    way_out: forbid ..2 it/this/you/texts/texting/further/any
    way_out: no/any reason to ..1 keep/continue? ..1 texting/messaging/sending
    way_out: like/want/wish/need ..2 @plaintexts/texting ..2 discontinued/removed/canceled/off/gone/
        terminated/over
    way_out: not ..3 want/need ..4 anymore/any more at all
    # nothing on this phone
    no_phone: quit/stop/cease using it/this ..1 for/to
    no_phone: not/never ..1 text/message/contact the ..2 <s> phone/cell/number/line ..1 again/anymore/$
    no_phone: <4!see/saw/got/get/find/found/have/had/received/there/show/shows/is/change/changed nothing/none
        >2!shows/came/comes/coming/opens/loads/works/appears/happens/is/was ..1
        on/to/at/via/through/over my/this/our ..2 @number
    no_phone: keep/leave ..2 my/this/our/her/his ..2 @number ..1 out/free/clear/clean/private
        !to/on
    no_phone: <6!invoice/bill/copy/order not/never ..1 put/drop/leave/post/push ..3 on/to my/this/our ..2
        @number
    no_phone: nothing on/at/to/via my/this/our ..1 @number please/thanks/$
    no_phone: ^ not on/to my/our/this ..1 @number please/thanks/$
    no_phone: my/our @number is not $
    no_phone: @email ..3 fine/ok/good/works ,,3 my/our/this ..1 @number is not
    no_phone: quit/stop/cease @bothering ..1 my/our/this ..1 @number
    keyword: ^^ @filler? unenroll/deregister/unlist/delist/disenroll/unregister/offboard @filler? $$
    no_phone: not/never/nolonger ..1 write/message/text/contact/ping to? it/this/here/that ..1
        anymore/again/more/any/ever
    no_phone: not/never/nolonger ..1 write/send/text to it/this/here/that ..1 @number? anymore/again/more/
        any/ever
    no_phone: nolonger ..1 write/text/message/send/ping/contact ..1
        me/us/this/here/it/anything >4!invoice/goods/trucks/paper
    no_phone: not/never ..1 write/text/message/ping this/my/our ..2 @number ..1 anymore/again/more/any/ever/$
    no_phone: @number ..1 is/are ..2 just/only/strictly/solely? for ..4 family/kids/kid/wife/husband/children/
        emergencies/emergency/patients/personal/private/grandkids/grandchildren/friends/church/school/
        ,,7 not/only/$/bills/bill/invoices/business >3!texts/ap/billing
    no_phone: @number ..1 is/are ..1 just/only/strictly/solely/reserved/kept/meant for
        >3!calls/billing/ap/invoices/payables/texts/deliveries/orders
        ..4 family/kids/kid/wife/husband/children/emergencies/emergency/patients/personal/private/grandkids/
        grandchildren/friends/school/church/play/games/work
    no_phone: it is ..2 @other_person/<name> <s>? ..1 @number ,,6 not ..2 text/message/send/write/use
    no_phone: not/never/nolonger ok/okay/fine/welcome/allowed/alright/free to ..1
        text/message/ping/contact me/us/this/my/here
    no_phone: you/u may/must/can not ..1 text/message/ping me/us/this/my/here
    no_phone: rather/prefer ..4 not ..1 on/by/via/over/through ..2 @number/text/texts/texting/sms
    """
)

# The sound of it, and what it spoiled. Machines of ours beep as well.
NOISE = table(
    """
    noise: <6!machine/alarm/panel/unit/detector/system/equipment/compressor/freezer/truck/pump/printer
        @noise ..3 wakes/woke/waking/wake/drives/driving/scares/scared/bothers/bothering/disturbs/disturbing/
        upsets/annoys/annoying/interrupts/spooks ..4
        me/us/baby/babies/kid/kids/wife/husband/everyone/everybody/dog/dogs/cat/patients/class/customers/
        house/
        family/mom/mother/neighbors/him/her/sleep/dinner
    noise: @number >6!alarm/panel ..2 @noise/off/up/lit/lights ,,16 you/yall/yours/again/anymore/because
        <9!call/called/calls/deal/order/alarm/panel/paid/check !paid/ordered/order/billed/sent
        >5!ordered/order/billed/charged/delivered/invoice
    noise: @number ..2 went/goes/going/keeps/kept/lit/blew/was ..1 off/up/@noise ,,10
        during/church/funeral/recital/meeting/dinner/night/midnight/sleep/asleep/class/wedding/surgery/
        morning/
        hours/day/time/minutes/movie/court/mass/service/lunch/baby/times
    noise: woke/wakes/waking/wake ..1 me/us/baby/kids/wife/husband/everyone/everybody/house/dog/him/her ..2
        up/at/<num>/with/again/every ,,10
        not/again/never/stop/you/please/$
    noise: @noise ..2 at ..2 midnight/night/am/dawn/<num>/dinner
        <9!machine/alarm/panel/unit/detector/system/equipment/compressor/freezer/truck/pump/printer
        ,,8 never/not/again/stop/please/you
    noise: you/yall ..1 people/lot/folks/guys ..1 again ,,9 never/not/again/stop/enough/off/@noise
    noise: @number/@noise ,,20 <2!happens/happen/ordering/order/buying never/not ..1 again please/$/ok
        >5!order/buy/business/deliver/delivery
        <9!alarm/panel/machine/delivery/order/service
    noise: you people/lot/folks ,,3 never again $
    noise: asleep/sleeping/napping/nap/bedtime ,,8 <2!happens never/not/no ..1 again/more please/$/ok
    """
)
