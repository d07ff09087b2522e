"""Rules for "what you sent or did was not right": goods missing, broken, refused; work unfinished.

A dispute like those of `reply_dispute`, whose masks hold here too. The notation stands in `reply_rules`.
"""

from __future__ import annotations

from nsquilio.core.reply_rules import table

GOODS = table(
    """
    # goods and work
    goods: never/not ..2 >4!invoice/invoices/bill/bills/statement/statements/receipt/receipts/copy/text/
        texts/email/message/call/one/what/why/who receive/received/get/got/getting/came/arrived/arrive/
        deliver/delivered/show/showed/come/saw/had/shipped/ship/seen/pickup ..5
        @goods/all/everything/up/anything/nothing !yet
    goods: never/not ..2 delivered/arrived/arrive/shipped/showed/installed/finished/completed/performed/
        picked/serviced/installed/came
    goods: @goods/it/they/tech/guy/crew/driver/technician/work/job/product/material/nothing ..3 never/not
        ..2 delivered/arrived/arrive/shipped/came/come/showed/show/finished/done/complete/completed/work/
        works/working/installed/fit/turn/performed/performed/here/received/run/started/passed/pass/ready/
        good/acceptable/right
    goods: not what we/i ordered/order/wanted
    goods: not as described/ordered/agreed/promised/expected
    goods: still ..3 waiting/missing/broken/leaking/leaks/damaged/owed/short/delivered/working/finished/have
        ..5
    goods: still ..1 waiting ..2 on/for ..6 @goods/credit/refund/you/fix/repair/replacement/parts/part/tech/
        installation/install/@work
    goods: @goods/it/they/this/unit/these/those/some/two/one/half/<num> ..4 @broken
    goods: @goods ,,8 @broken
    goods: @broken @goods/item/items/condition/unit/units/and/upon/when/in
    goods: came/arrived/delivered/received/shipped/got ..4 @broken/wrong/late/short/incomplete/opened
    goods: @goods/items/order/they/some/one/two/half ..3 missing/short/incomplete/backordered/wrong
    goods: @goods/they were/was/is/are ..2 bad/late/off/spoiled/poor
    goods: missing ..3 @goods/from/item/items/<num>
    goods: short/shorted ..3 <num>/@goods/us/me/shipped/shipment/on/one/two/three/several/a
    goods: return/returned/returning/rejected/refused/sending/sent/shipped/ship/send ..5 back
        !to/email/call/pics/a/text
    goods: returned/rejected/refused/returning ..4 @goods/those/them/it/everything/that/all/these/this/half/
        some/two/one
    goods: sent/shipped/delivered/gave/got/received/brought/installed/sold ..3 wrong ..2 !invoice/check
    goods: not satisfied/happy/pleased/content/impressed/acceptable !to
    goods: unhappy/dissatisfied/disappointed/unsatisfied
    goods: @badwork ..1 job/work/service/quality/product/install/workmanship/installation/repair
    goods: service/work/job/quality/product/install/workmanship/installation/repair ..2 was/is/were ..2
        @badwork/not/incomplete/terrible/awful/never/crap/garbage
    goods: quality ..1 issue/issues/problem/problems/complaint
    goods: warranty ..4 cover/covers/covered/claim/under
    goods: under warranty
    goods: not ..2 work/works/working/function/fit/hold/last right/properly/anymore/at/correctly/as/$
    goods: <1!i/we/he/she do/does/did not work !here/there/for/with/at/in/today
    goods: @goods/it/unit/system/thing/roof/sink/pump/heater/ac/furnace/toilet/machine ..2 still ..1
        leaks/leaking/broken/not/does/is
    goods: not ..1 finish/finished/complete/completed/done/started ..3
        job/work/project/yet/it/installation/yard/the ..1
    goods: job/work/project/install/installation/repair ..3 not ..2 done/finished/complete/completed/right/
        correctly/properly/started
    goods: unfinished/incomplete/half-done
    goods: @goods ..2 was/were/came ..2 empty/late/old/opened/used
    goods: stopped/quit/stops/died working/running/after
    goods: you/u/yall/they/he/crew/guys/tech/driver/guy/team/company ..2 not/never ..1 finish/finished/
        complete/completed/show/showed/come/came/deliver/delivered/fix/fixed/do/did/clean/cleaned/install/
        installed/repair/repaired/honor/honored/credit/return/provide/provided/bring/brought/replace/
        replaced/pickup/ship/shipped
    goods: mess/dent/dents/stain/stains/damage/damages/damaging
    goods: half/partially/partly/halfway done/finished/complete/completed
    goods: no ..1 show !up
    goods: not ..1 show/showed ..1 up
    goods: no proof
    goods: he/tech/guy/they/crew was/were ..2 here ..1 only/<num>/for/one/half/less
    goods: had/were/was only <num>/one/two/three/half
    # what was not done, or not right
    failed: it/they ..1 quit/died/failed/broke/leaked/leaks/leaking/cracked/burned/snapped !using/by
    failed: @goods/unit/system/thing/compressor/motor/heater/ac/roof/engine/battery/printer/pump/
        concrete ..3
        quit/died/failed/broke/leaked/leaks/leaking/burned/burnt/blew/cracked/split/snapped/warped/peeled
        !by/coming/texting/two/over/over/between
    failed: quit/stopped cooling/heating/working/running/printing/pumping/draining/charging/holding
    failed: died/failed/broke/leaked ..2 after/in/within/again/already
    failed: not ..2 seeing/getting/see/get ..2 dime/penny/cent/nickel
    failed: returned to sender
    void: a/the/our/my credit ..1 please/back/now
    failed: been/is/was/got ..1 rejected/refused !call
    failed: @goods ..5 split/leaked/died/warped/chipped/snapped/melted/thawed/stale/dirty/stained/soaked/
        shattered/bent/scuffed/peeling/failing/jammed/spoilt
    failed: same ..1 problem/issue/leak/fault/noise ..2 again/back/still/as
    failed: still not ..3 fixed/done/working/finished/right/delivered/here/complete/received/repaired/came/
        come
    failed: had/have/having to ..3 redo/hire/repaint/reorder/replace/fix/call ..6
        else/it/ourselves/myself/again/them/work
    failed: not/never ..2 come/came/been back/out/by ..4 to/and/finish/fix
    goods: @goods/truck/trucks/driver/courier/guy/van never ..1 stopped/came/showed/arrived/made/pulled/
        turned/reached
    double: charged/billed/invoiced/debited ..2 twice/two/three/double/<num> times/$
    double: charged/billed/invoiced/debited twice
    owe: @owe you/u? ..1 zip/squat/zilch/nada/0/none
    ended: billing/charges/rental/rent/charge/meter/it/that/service/lease ..1 should/shoulda ..1 have/of? ..1
        ended/stopped/quit/ceased
    bank: chargeback/chargebacks
    bank: opened/filed/filing/opening/started ..2 dispute/claim ..2 with/over
    bank: <2!there/is no way ..1 >4!can/pay/could/will/able i/we/it/that/this/those
    failed: so/was/were no delivery/service/work $
    failed: no delivery/pickup/service happened/occurred/made/came
    failed: nobody/noone/none ..2 showed/came/delivered/turned/ever/installed/fixed/finished
    failed: @work/@goods ..5 not ..2 up to/what/as/to/meet/acceptable/pass/passed/good/correct
    failed: refused/rejected/turned/sent ..2 at/away/back/by ..3 dock/door/receiving/delivery/gate/$
    failed: @goods/that/it/this/they was/were/got/been ..1 refused/rejected/returned/turned
    failed: sent/shipped/took/brought/picked/return/returned/returning ..3 back/returned !to/ok/my
        >5!call/check/text/signed/form/forms/email
    failed: no/zero ..1 delivery/signature/goods/service/pod ..2 ever/was/on/here/received/for
    failed: wrong thing/stuff/color/size/part/item/product/model/gauge/length/grade/tile/paint
    failed: until/till/before/unless/once/when ..2 you/u/yall/someone/he/she/they/it ..2
        come/fix/fixes/fixed/finish/finishes/correct/corrects/redo/replace/sort/repair/repaired ..6
        pay/paid/cent/dime/
        penny
    failed: not/nothing/nobody ..4 pay/paying/paid/cent/dime/penny/money ..5
        until/till/before/unless ..3 you/u/yall/someone/he/she/they/it/<name> ..2
        come/fix/fixes/fixed/finish/finishes/correct/redo/replace/sort/repair
    failed: needs/need ..1 fixing/correcting/sorting/fixed/corrected/redoing/redone
    failed: done/did/installed/built/painted/wired/cut/made/fixed/repaired/put ..3
        wrong/incorrectly/poorly/badly/backwards/halfway/crooked/improperly
    failed: @onlywhen ..2 you/u/yall ..2 send/deliver/finish/ship/complete/bring >5!@doc ..4
        <8=pay/settle/payment/paid
    failed: the/this/your/that ..2 died/leaked/cracked/broke/failed/warped/peeled/rusted/shorted/overheated/
        leaning/
        sagging/crooked/collapsed
    failed: backordered/backorder
    failed: back ordered/order
    failed: <6=installed/sold/fixed/delivered/built/sent/put/repaired/replaced/shipped/made not ..2
        close/open/start/turn/fit/drain/heat/cool/hold/flush/spin/lock/latch/charge/run/fire/stick/match/
        align/seal/work
    failed: installed/fixed/repaired/replaced/serviced ..3 not ..2
        close/open/start/turn/fit/drain/heat/cool/hold/flush/spin/lock/latch/charge/run/fire/stick/align/
        seal/work
    failed: service/services/work/job ..2 not/never ..1 rendered/provided/performed/done/completed/carried/
        requested
    failed: the/that/this/these ..2 was/were ..1
        empty/broken/damaged/unfinished/filthy/dead/defective/expired/spoiled/rotten/scratched/bent
    failed: worse/uglier/dirtier than ..2 before/when/it
    failed: leak/leaks/problem/issue/noise/smell/mold/pests/bugs/ants/mice/weeds/stain/error ..1 came/come/
        is/are back
    """
)
