"""Rules for "this phone is not (or no longer) that person's": what stops texts because they reach a stranger.

Beside it stand the many wrong things that are not the number: a wrong amount, a wrong part, a wrong PO
number. The notation stands in `reply_rules`. Other languages stand in `reply_languages`.
"""

from __future__ import annotations

from nsquilio.core.reply_rules import table

# "wrong number of boxes", "the number on the invoice is wrong", "I sent it to the wrong person" are about
# something else.
WRONG_NUMBER_MASKS = table(
    """
    on_the_job: [quit/left] my day job
    others: [not] text/contact/message/call/email/bother/send/use <name>/him/her/@other_person/<num>
    others: [not] text/contact/message/call/email/bother/send/use ..2 [his/her/their]
    signer: [wrong] card/account ..1 on
    figure: looking/look/reading/read at? the/a [wrong] number
    saved: not ..1 [have] ..2 [@number] ..1 saved/stored/programmed/in
    place: [wrong/incorrect] ..1 ship-to/shipto/location/site/branch/warehouse/dock
    new_phone: [old/previous] ..1 phone/number/cell drowned/died/broke/dead/lost/stolen/cracked/is/was/got/
        fell
    new_phone: broke/lost/dropped/drowned ..1 my/the/her/his ..1 [old] @number
    new_phone: <name>/my/our <s>? [new] ..1 @number
    count: [wrong/incorrect] number/numbers of/on/in/listed/printed/shown
    paper: [wrong/incorrect/bad/old] ..2 account/po/invoice/order/part/model/item/serial/check/routing/
        tracking/card/tax/vat/job/reference/street/unit/lot/sku ..2 number/person
    paper: account/po/invoice/order/part/model/item/serial/check/routing/tracking/card/tax/vat/job/sku
        number ..4 [wrong/incorrect/bad/mistaken]
    paper: put/have/has/had/listed/printed/entered/used/wrote/got/show/shows the [wrong/incorrect] number
        ..1 on/in/of
    paper: with/has/have the [wrong] ..1 number on/in
    sent_wrong: sent/delivered/shipped/mailed/emailed/dropped/send ..1 @goods/@invoice/my/our/the/it ..5
        [wrong]
    sent_wrong: <3!you/u/yall/have sent/texted/send/sending/replied/emailed/mailed/paid/delivered/
        shipped/dropped/invoiced/billed/billing/charged/went/meant ..5 [wrong] person/number/company/
        address/guy/thread/customer/one/place/people
    sent_wrong: <3!you/u/yall/have sent/texted/sending/replied/emailed/mailed/paid/delivered/shipped/
        dropped/invoiced/billed/charged/went ..6 [wrong] ..2
        person/number/company/address/guy/thread/customer/one/place
    on_the_list: take/remove/removed/replace/update/delete/change/drop ..3 <name>/her/him ..8 [retired/left/
        quit/gone/resigned/nolonger/died]
    on_the_job: [nolonger] ..1 works/working/on/assigned ..1 on/this/that/to
        job/project/account/order/site/this
    my_slip: [wrong] person/number/chat/thread ,,8 was/is/meant for
    my_slip: oops/whoops ,,2 [wrong] person/number/chat/thread
    my_slip: that/my/last stop/text/reply/message/one ..1 was [meant/intended] ..1 [for/someone] ..1
        [someone/somebody/another/else]
    signer: [wrong] person/guy/company/party/man/lady
        signed/approved/received/ordered/paid/answered/came/got/
        took/picked/authorized/is/was
    dialed: i ..1 dialed/called ..2 [wrong]
    dialed: called/dialed/have/got/my ..3 [wrong] number for/of you/your/yall
    """
)

WRONG_NUMBER = table(
    """
    phone: @number/phone ..4 reassigned/recycled
    phone: this ..1 @number was ..1 my ..2 boss/dad/mom/father/mother/husband/wife/brother/sister/son/
        daughter/late/uncle/
        coworker/employee/ex
    not_me: my @other_person <s> ..1 @firm ,,2 not ..1 mine/me/my
    gone: ^ got/was fired/canned/terminated/laid
    gone: @firm was/got/been/is ..1 sold !out
    else: think/guess/believe ..1 this/these/it ..2 meant/intended for ..3
    gone: i was ..1 just? the/a/an/their ..1 intern/temp/trainee/apprentice/nanny/babysitter
    gone: i was >3!not/never ..1 just? ..1 the/a/an/their/his ..2
        intern/temp/bookkeeper/employee/contractor/manager/accountant/assistant/secretary/controller/worker/
        clerk/
        apprentice/trainee/helper/nanny ,,8
        ago/years/last/before/back/then/until/ended/there/once
    gone: ^ used to ..1 do/keep/handle/run/manage/own ..3 @firm/books >9!now/still/today
    gone: i used to ..1 do/keep/handle/run/manage/own ..3
        books/billing/accounts/bookkeeping/ap/payables/bills/@firm >9!now/still/today
    child: <2!call/reach/text/use/try/email to/on/at/have/got/reached/texting my ..2
        boy/girl/son/daughter/kid/child/mother/mom/mum/grandma/grandpa/grandson/granddaughter/father/dad <s>
        ..1
        @number !is/instead/from
    phone: i/we have the/his/her/this/that ..1 phone/cell/line/mobile now/since/$
    phone: new/different owner/user/person/tenant/holder ..1 of/has/with/on ..1 @number
    phone: this is ..2 my ..1 personal/private/own @number now
    phone: gave/given/put/listed/wrote/entered/has ..1 you? my/our/this ..1 @number ..2 by
        mistake/accident/error
    wrong_number: ^ wrong no/nr/nbr/num/numb $
    wrong_number: <8!invoice/amount/total/po/account/bill/price one/two/a/single ..1 digit/digits/number
        off/away/different
    place: get/getting calls/texts/messages for ..1 that/another/the/other/<name>
    phone: new ..1 phone/number ,,6 whoever/before/previous !@number
    phone: new ..1 phone/number ,,6 old/last/other owner/person/guy/customer/user/tenant/holder/people/one
    phone: new ..1 phone/number ,,3 who/they/somebody/someone/he/she ..1 had
    phone: whoever had/owned/used ..3 @number/before/it
    place: you have reached/called/texted ..1 a/an/the/our ..5 not ..1 a/an/the
    place: this/you is/have/called/reached/texted/got ..4 @place ,,4 not/no/wrong/nobody
    place: this is ..1 a/an/the/our ..2 @place/@place ,,3 not a/an/the/your !invoice/bill/charge/po
    wrong_number: ^ wrong <name> !on/is/was
    not_me: ^ no/nope/nah not <name>
    not_me: me/us confused/mixed ..1 with/for
    no_one: who the heck/hell/fuck/devil is <name>/<capital>/<unknown>
    gone: @other_person/<name>/he/she used to ..2 own/run/work/have
    not_me: not customers/clients ..1 of/here/$
    gone: not been with ..4 for/since/in !you/us
    not_me: i am ..1 the/a/his/her/their/just ..1 babysitter/nanny/roommate/caregiver/nurse/neighbor/
        neighbour/
        tenant/housekeeper/grandson/granddaughter
    phone: bought/inherited/took ..6 phone/line/number ,,6 not them/him/her
    not_me: person/guy/man/lady/woman/one you ..2 want/need/seek ..2 is my/another/the/not
    not_me: looking/searching for my @other_person
    not_me: @other_person had/used/owned this ..1 @number
    not_me: texted/texting/messaging/bothering ..1 stranger/strangers
    gone: they/he/she let me go
    gone: reach/want/need/looking/for/seeking ..1 nolonger ..1 works/with/here/employed/work
    gone: i am nolonger the/a/your/their ..2 contact/person/owner/manager/bookkeeper/accountant/buyer/
        officer
    not_me: ^ this is <name>/<capital>/<unknown> ..2 not <name>/<capital>
    not_me: think you ..1 want/need ..1 my @other_person
    no_one: no clue/idea who/whose <name>/<unknown>/that/he/she/it ..1 is
    not_me: i am ..1 a/an ..2 student/nurse/teacher/kid/retiree/minor/pensioner
    not_me: ^ this ..1 line/number/phone/is ,,6 not the shop/store/office/business/company/restaurant/@place
    gone: i/we closed/dissolved/shut/folded ..1 that/the/my/our ..2
        business/company/shop/partnership/firm/store
        !for/until/today/on/early
    gone: ^ sold the/my/our/that ..1 company/business/shop/store/practice
    gone: talk/ask/contact/speak/call ..3 new owner/owners
    gone: partnership/company/business/firm ..3 dissolved
    gone: ^ not ..1 employed ..2 there/here/anymore/by
    place: not a/an @place >1!customer/job/account
    place: we/i are/am a/an ,,3 office/clinic/shop/practice/agency/firm/team/family ,,1 not
        !paying/responsible/liable/happy/able/ready/closed/open
    phone: @number ..3 is mine
    phone: is mine now
    phone: @number ..2 now/is mine
    phone: prior/previous/former/last/old owner/user/holder/person gone/had/moved/left/sold/passed/of
    stranger: not know you/u or/nor/and
    stranger: not ..1 have/had/do ..1 any/no business/dealings/account/contract with
    gone: ^^ @filler? left/quit that/the/this job/company/place/firm/position
    child: text/texting/texted/messaging/contacting/bothering/sending ..6 <num>/teen/my/a/an ..3
        year/yr/yo/kid/teenager/toddler/child/minor/grandma/grandmother/student/schoolkid
    child: i am ..1 <num> ..1 year/years/yr/yrs ..1 old
    child: got/have/reached a/an ..1 kid/teenager/child/minor/student/grandma here
    not_me: not whoever
    no_one: nobody/none here ..2 has/have/owns/runs/ordered ..2 business/company/account/shop/store/@place
    child: i am ..2 a kid/teenager/student/minor/child/schoolkid
    child: ^^ i am <num> $$
    wrong_number: wrong/incorrect/mistaken/bad number/numbers !of/on/in
    wrong_number: wrong/incorrect ..1 phone/cell/mobile !of
    wrong_number: wrong person/guy/gal/lady/girl/dude/man/woman/people/party/contact/house/family/recipient/
        individual/fella/human !email/name/address/info/on
    wrong_number: the/a/totally/very/completely/your wrong person/guy/gal/lady/girl/dude/man/woman/people/
        party/contact/house/family/recipient/individual/fella/chick !email/name/address/info/on
    wrong_number: have/got/reached/texting/contacting/calling/dialed/reach/text/texted/contacted ..3 wrong
        ..2 person/guy/gal/lady/people/party/contact/number/one/place/company/recipient/business/man/woman/
        individual/residence/info/<name>
    wrong_number: number is wrong $
    wrong_number: not the right number/person/guy/party/contact/phone/recipient
    wrong_number: not the correct number/person/party/contact/phone/recipient
    wrong_number: not the person/one/guy/party/individual you/your/u ..2
        looking/trying/want/need/think/after/seeking/wanted
    wrong_number: not who you/u ..2 think/looking/want/trying/after
    wrong_number: mistaken/wrong/incorrect number/identity
    wrong_number: misdialed/misdirected
    # not that person
    not_me: i am not <name>/<unknown> !with/about
    not_me: i am not a/an/the/your ..2 customer/client/owner/<name>
    not_me: this/it/that is/was not ..1 <name> <s>? !invoice/bill/order/job/account/paying/fault/problem/
        price/check/po
    not_me: <2!if/that this/it is not <unknown> <s>? phone/number/cell/line/$
    not_me: ^ not <name>/<unknown> >6!partner/wife/husband/his/her/same/sister/brother ,,1 $
    not_me: ^ not <name> ..1 anymore/here/sorry/phone/number/cell
    not_me: am/are/is not him/her/them/he/she $
    not_me: no <name> $
    gone: ^ nolonger with/at/employed/working
    gone: ^^ <name>/he/she retired/resigned/left $
    phone: new ..1 owner
    phone: @number ..3 given/assigned/reassigned ..1 to ..1 me/us/someone
    phone: used to be/belong ..3 number/phone/line/his/hers
    phone: this is my ..1 @number now/since/not/and/for !call/text
    not_me: <name>/<unknown> <s> ..1 old/former/previous @number
    phone: this is a/an home/house/residential/private @number
    stranger: never ..1 did/do/done/had ..2 business
    gone: i quit/left/resigned ..1 <name>/<capital>
    gone: not ..1 with/at <name>/<unknown>/<capital> ..1 anymore/any
    wrong_number: wrong department/dept/employee/extension/ext
    wrong_number: ^ wrong text/message/recipient $
    not_me: am/is/are not the/a/an/his/her/their ..4 anymore/any
    not_me: not ..4 their/his/her ..3 anymore
    no_one: nobody/none ..2 knows/know !how/what/why/about/where/when/which/if/this/whether
    else: try another/different/other number/phone/person
    else: who are you ..1 looking/trying/wanting/calling
    stranger: must be ..1 mistake ,,6 account/you/customer
    stranger: have no account !number
    phone: @number ..2 nolonger
    no_one: not have ..1 a/any <name>/<unknown> ..1 here/working/at/on/$
    wrong_number: wrong digits
    not_me: not this/that person
    not_me: not know him/her
    phone: phone/number ..2 given/assigned ..1 to
    gone: he/she/they/<name> sold the/my/our/that/his/her/their ..2
        business/company/shop/store/restaurant/practice
    not_me: person/one you ..2 want/need/looking ..4 not
    gone: nolonger in business
    not_me: @number is not <name>/<unknown>/his/her/their
    not_me: old/outdated/previous number/info/contact/phone for
    gone: <name>/he/she is gone !for/today/until/home/this/fishing/to/on
    not_me: i/we am/are not <capital>/<name> !sure/about
    not_me: not that ..1 company/business/person/guy/firm
    not_me: not the number for/of
    not_me: i/we am/are not with that/this/the/<name>/<unknown> ..1 company/business/firm/anymore/$
    not_me: this is not ..3 phone/number/cell/line/house/residence/mobile ..1 anymore/$
    not_me: not ..2 <name>/<unknown>/his/her/their <s>? phone/number/cell/mobile/line
    not_me: not ..2 name/person/company/number/phone you ..3 for/think/want
    not_me: ^ not me !paying/but/who/that <9!cover/pay/should/pays/owes/fault/responsible/blame
    not_me: that/this/it is not me $ <4!why/signed/paid
    not_me: it/that/this is not me @polite
    not_me: not me ..2 wrong/number/person
    not_me: this is not <name> !right
    no_one: no <name>/<unknown> here/at/in/on/with
    no_one: nobody/no/not ..1 here/person/anybody/anyone ..2 named/called/name
    no_one: nobody/not/no ..4 by/with/of/goes that/this/the name
    no_one: nobody ..2 named/called <name>/<unknown>
    no_one: there is no/not ..2 <name>/<unknown>/one/person ..2 here/at/by/named/living/working/in
    no_one: no such person/name/company/customer/business
    no_one: not know/knows any/a/an/this/that ..1 <name>/<unknown>
    no_one: not know <name> !where/if/when/how
    no_one: not know any/no/a/anyone/anybody/nobody/who ..2 named/called/<name>/name
    no_one: not know ..2 who <name>/<unknown>/that ..2 is/are/looking/want/trying/talking
    no_one: never met <name>/<unknown>/him/her/this
    no_one: never heard of <name>/<unknown>/him/her/this/that/them/such/any/the
    no_one: who is <name> !from/with/and/at/in
    # gone
    gone: <name>/<unknown>/he/she/they/who/i/we/person/guy/lady/him/her/mr/mrs/ms ..2 nolonger ..1 work/
        works/working/employed/with/here/at/employee/associated/affiliated/own/owns/uses/lives/
        live/manage/run/runs/involved/part/there !on
    gone: nolonger ..1 employed/an
    gone: <name>/<unknown>/he/she/i/person/guy/lady/they/mr/mrs/ms ..1 do/does/did not
        work/live/own/manage/run !<date>/weekends/mornings/late/nights/from
            >5!unit/machine/truck/equipment/trailer/copier/car/boat ..5 anymore/any
    gone: do/does not work ..3 here/there/for/with/at
    gone: do/does not ..1 live/stay here/there/at
    gone: is/am/are not ..2 with/at/employed/working/here/there/in ..5 anymore/any
    gone: has/have/had not ..1 worked/lived/been ..5 since/years/months/here/there
    gone: <name>/<unknown>/he/she/i/person/guy ..2 left the/this/that/our/my ..1 company/business/firm/
        organization/job/position/team/practice
    gone: <name>/<unknown>/he/she/i ..2 left <name>/<unknown> ..3 ago/last/in/back/years/year/month/$
    gone: <name>/<unknown>/he/she/i ..2 left here/there/us/in ..4 year/years/month/months/ago/january/
        february/march/april/may/june/july/august/september/october/november/december/week/weeks
    gone: i/<name>/he/she ..1 quit/left/resigned/changed/switched/leaving ..2
        job/jobs/position/company/there
    gone: <name>/he/she/i ..2 retired/resigned
    gone: i/he/she/<name> was/got/were been? let/laid go/off
    gone: i/he/she/<name> was/got/were fired/terminated
    gone: <name>/<unknown>/he/she/husband/wife/owner/father/mother/dad/mom/brother/person/who ..3
        passed/died/deceased/dead away?
    gone: <name>/he/she moved ..1 away/out/overseas/on/to
    gone: <name>/he/she/they <s>?/is/are/was? ..1 not ..2 at/on this @number
    phone: this is my/our ..1 @number now
    gone: i/we <2!not sold the/my/our/that ..2 @firm/house/place !truck/van/unit
    gone: ^ sold the/my/our/that ..2 @firm
    gone: handed/gave/passed/turned/signed the/my/our/that ..2 @firm ..1 over/on/to/off
    gone: i/we closed/shut ..2 the/my/our ..1 business/company/shop/store !for/until/today/on
    gone: i used to ..3 work/own/be/have
    gone: not own >4!unit/machine/truck/equipment/trailer/copier/car/boat ..4 anymore/any
    gone: former/ex employee/owner/employer/job
    gone: not/nolonger ..1 associated/affiliated/connected/involved with
    gone: nothing to do with
    # the phone changed hands
    phone: this/the ..2 @number ..3 reassigned/recycled/transferred/changed/disconnected
    phone: just/recently/only got/bought/received ..1 this/new/the/my ..1 @number
    phone: got/bought this ..1 @number
    phone: had/have/has/having this/my ..2 @number for/since/now/over/about/like/almost
    phone: new/different owner/user/person ..1 of/has/with/on/here this? ..2 @number/here
    phone: this/the ..2 @number ..1 belong/belongs ..1 to
    phone: this/the ..2 @number do/does/did not ..1 belong
    phone: not belong to
    phone: not/nolonger ..2 have/has/use/own this/that/the !other/old/first/second ..1 @number
    phone: nolonger ..3 @number
    phone: not ..1 @number anymore
    phone: gave/given up ..2 @number
    phone: <name>/he/she/they ..1 changed/switched ..2 @number
    no_one: no idea who <name>/<unknown>/that/he/she ..1 is
    phone: changed his/her/their ..1 @number
    gone: they moved out/away
    gone: never ..1 worked/lived/been ..2 there/for/at
    phone: he/she/they/<name> ..2 has/have/got a new/different ..1 @number
    phone: this is >3!<name>/<capital>/my/our ..3 new/different/someone/somebody ..1
        number/person/phone/else/elses ..1 !here/for
    phone: this is someone/somebody else
    phone: this is ..2 private ..1 residence/person/individual/home/citizen/house
    phone: this is ..1 residence/home/private/personal number/phone/residence/line/cell ..1 not
    phone: private residence
    phone: not ..2 a/the business !phone/day
    phone: new phone ..2 not/wrong
    phone: number ..2 out of service
    # meant for somebody else
    else: text/texting/reach/contact/meant/for/looking/want/texted/to/contacting/be/send/belongs/belong/
        think/call/have ..3 someone/somebody/another/different/other else/elses/person/<name>
    else: not ..2 meant/intended for me/us/this
    else: meant/intended for ..1 someone/somebody/another/other/a/the/<name>/my ..1
        else/person/old/previous/former/owner/tenant/<name>
    else: ^ this/that/it is not for me/us ..1 $
    else: must be ..2 for/looking someone/somebody/for
    else: looking for <name>/<unknown> ..5 not/wrong/nolonger
    else: confused/mixed/mistaken ..2 me/up with/for someone/somebody/another
    stranger: not ..1 have/has/had/hold an/any/a ..1 account/accounts/relationship with ..1
        you/yall/them/this/your/that
    stranger: not ..1 have/has/had/got an/any/a ..1 invoice/invoices/bill/order/orders with ..1
        anyone/anybody/you/yall/them/this
    stranger: no/not/without ..2 connection/relation/relationship/affiliation/association/ties ..1 to/with
    stranger: never had ..2 account/accounts/business with
    stranger: never done ..1 business with
    stranger: not do/done ..1 business with you
    stranger: not ..1 a/your/their/an customer/client/patient/tenant
    stranger: not ..1 your customer/client
    stranger: not my/our company/business/employer !policy/check/name/fault/<s>/po/invoice/order/bill
    stranger: not own/have/run/operate a/any ..1 business/company/store/shop/restaurant !in/at/on/by/near/
        there/out
    stranger: not ..1 know/recognize this ..1 company/business/person !charge
    # asks who we are as often as it sends us away: replies.py looks at the rest of the message
    unknown_sender: not know what ..1 company/business/person/outfit this/you
    unknown_sender: not know you/u $
    unknown_sender: not know ..2 who you ..2 are
    unknown_sender: never heard of you/this/them ..2 wrong/$
    """
)

# Somebody is gone, and the one who writes has taken over: the phone is the right one.
SUCCESSOR = table(
    """
    successor: i/we <2!not am/are/was ..2 replacement/successor/new/replacing/taking/covering
        !number/owner/phone
    successor: mine/this is ..2 right/correct/fine/current
    successor: this ..1 phone/number/cell stays
    successor: i/we/me >3!not/never/nolonger/used ..2 do/handle/took/take/taken/run/manage/pay/process/
        handling/
        doing/got/have ..4
        now/over/ap/payables/bills/books/bookkeeping/accounts/invoices
    successor: i/we ..1 are/am >2!nolonger/not ..2 contact/one/person ..2 now/for/who/that
    successor: <2!not send/text/email/forward/contact/call/direct/everything/all ..6 to/through me/us !again
    successor: use/call/text/try this ..1 one/number/<num>
    successor: use <num>
    successor: new number is
    successor: keep/add me/us/mine
    successor: right/correct/same/good number/person/phone/contact/one <3!not/isnt
    successor: <3!not this is ..2 right/correct/same/still
    successor: my/our/the new/replacement ..1 bookkeeper/accountant/ap/office/manager/contact/person/
        controller
    successor: reach/contact/ask/talk/email/text/speak ..2 me/us !again
    """
)
