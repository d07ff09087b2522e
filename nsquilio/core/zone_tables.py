"""Which time zones a state, province or post code may be in: tables only, no rules.

A state that is split by a zone boundary names every zone in it; a few towns that keep a neighbour's time
without any law behind it are left out. The zones of whole countries are not here: they come from `tzdata`.
"""

from __future__ import annotations

_US = """
AL America/Chicago
AK America/Anchorage America/Adak
AZ America/Phoenix America/Denver
AR America/Chicago
CA America/Los_Angeles
CO America/Denver
CT America/New_York
DE America/New_York
DC America/New_York
FL America/New_York America/Chicago
GA America/New_York
HI Pacific/Honolulu
ID America/Boise America/Los_Angeles
IL America/Chicago
IN America/Indiana/Indianapolis America/Chicago
IA America/Chicago
KS America/Chicago America/Denver
KY America/New_York America/Chicago
LA America/Chicago
ME America/New_York
MD America/New_York
MA America/New_York
MI America/Detroit America/Menominee
MN America/Chicago
MS America/Chicago
MO America/Chicago
MT America/Denver
NE America/Chicago America/Denver
NV America/Los_Angeles America/Denver
NH America/New_York
NJ America/New_York
NM America/Denver
NY America/New_York
NC America/New_York
ND America/Chicago America/Denver
OH America/New_York
OK America/Chicago
OR America/Los_Angeles America/Boise
PA America/New_York
RI America/New_York
SC America/New_York
SD America/Chicago America/Denver
TN America/New_York America/Chicago
TX America/Chicago America/Denver
UT America/Denver
VT America/New_York
VA America/New_York
WA America/Los_Angeles
WV America/New_York
WI America/Chicago
WY America/Denver
PR America/Puerto_Rico
VI America/St_Thomas
GU Pacific/Guam
MP Pacific/Saipan
AS Pacific/Pago_Pago
"""

_CA = """
AB America/Edmonton
BC America/Vancouver America/Edmonton America/Creston America/Dawson_Creek America/Fort_Nelson
MB America/Winnipeg
NB America/Moncton
NL America/St_Johns America/Goose_Bay
NS America/Halifax America/Glace_Bay
NT America/Edmonton America/Inuvik
NU America/Iqaluit America/Rankin_Inlet America/Resolute America/Cambridge_Bay America/Atikokan
ON America/Toronto America/Winnipeg America/Atikokan
PE America/Halifax
QC America/Toronto America/Halifax America/Blanc-Sablon
SK America/Regina America/Swift_Current America/Edmonton
YT America/Whitehorse America/Dawson
"""

_AU = """
ACT Australia/Sydney
NSW Australia/Sydney Australia/Broken_Hill Australia/Lord_Howe
NT Australia/Darwin
QLD Australia/Brisbane Australia/Lindeman
SA Australia/Adelaide
TAS Australia/Hobart
VIC Australia/Melbourne
WA Australia/Perth Australia/Eucla
"""

_MX = """
AGU America/Mexico_City
BCN America/Tijuana
BCS America/Mazatlan
CAM America/Merida
CHH America/Chihuahua America/Ciudad_Juarez America/Ojinaga
CHP America/Mexico_City
CMX America/Mexico_City
COA America/Monterrey America/Matamoros
COL America/Mexico_City
DIF America/Mexico_City
DUR America/Monterrey
GRO America/Mexico_City
GUA America/Mexico_City
HID America/Mexico_City
JAL America/Mexico_City
MEX America/Mexico_City
MIC America/Mexico_City
MOR America/Mexico_City
NAY America/Mazatlan America/Bahia_Banderas
NLE America/Monterrey America/Matamoros
OAX America/Mexico_City
PUE America/Mexico_City
QUE America/Mexico_City
ROO America/Cancun
SIN America/Mazatlan
SLP America/Mexico_City
SON America/Hermosillo
TAB America/Mexico_City
TAM America/Monterrey America/Matamoros
TLA America/Mexico_City
VER America/Mexico_City
YUC America/Merida
ZAC America/Mexico_City
"""

_BR = """
AC America/Rio_Branco
AL America/Maceio
AM America/Manaus America/Eirunepe
AP America/Belem
BA America/Bahia
CE America/Fortaleza
DF America/Sao_Paulo
ES America/Sao_Paulo
GO America/Sao_Paulo
MA America/Fortaleza
MG America/Sao_Paulo
MS America/Campo_Grande
MT America/Cuiaba
PA America/Belem America/Santarem
PB America/Fortaleza
PE America/Recife America/Noronha
PI America/Fortaleza
PR America/Sao_Paulo
RJ America/Sao_Paulo
RN America/Fortaleza
RO America/Porto_Velho
RR America/Boa_Vista
RS America/Sao_Paulo
SC America/Sao_Paulo
SE America/Maceio
SP America/Sao_Paulo
TO America/Araguaina
"""


def _rows(table: str) -> dict[str, tuple[str, ...]]:
    return {line.split()[0]: tuple(line.split()[1:]) for line in table.strip().splitlines()}


BY_SUBDIVISION = {"US": _rows(_US), "CA": _rows(_CA), "AU": _rows(_AU), "MX": _rows(_MX), "BR": _rows(_BR)}
"""Country -> subdivision (ISO 3166-2 without the country) -> zones."""

_NAMES = {
    "US": """AL Alabama;AK Alaska;AZ Arizona;AR Arkansas;CA California;CO Colorado;CT Connecticut;DE Delaware;
    DC District of Columbia;FL Florida;GA Georgia;HI Hawaii;ID Idaho;IL Illinois;IN Indiana;IA Iowa;KS Kansas;
    KY Kentucky;LA Louisiana;ME Maine;MD Maryland;MA Massachusetts;MI Michigan;MN Minnesota;MS Mississippi;
    MO Missouri;MT Montana;NE Nebraska;NV Nevada;NH New Hampshire;NJ New Jersey;NM New Mexico;NY New York;
    NC North Carolina;ND North Dakota;OH Ohio;OK Oklahoma;OR Oregon;PA Pennsylvania;RI Rhode Island;
    SC South Carolina;SD South Dakota;TN Tennessee;TX Texas;UT Utah;VT Vermont;VA Virginia;WA Washington;
    WV West Virginia;WI Wisconsin;WY Wyoming;PR Puerto Rico;VI Virgin Islands;GU Guam""",
    "CA": """AB Alberta;BC British Columbia;MB Manitoba;NB New Brunswick;NL Newfoundland and Labrador;
    NL Newfoundland;NS Nova Scotia;NT Northwest Territories;NU Nunavut;ON Ontario;PE Prince Edward Island;
    QC Quebec;QC Québec;SK Saskatchewan;YT Yukon;YT Yukon Territory""",
    "AU": """ACT Australian Capital Territory;NSW New South Wales;NT Northern Territory;QLD Queensland;
    SA South Australia;TAS Tasmania;VIC Victoria;WA Western Australia""",
}


def _codes_by_name(table: str) -> dict[str, str]:
    pairs = (entry.strip().partition(" ") for entry in table.replace("\n", " ").split(";"))
    return {name.strip().casefold(): code for code, _, name in pairs}


SUBDIVISION_NAMES = {country: _codes_by_name(table) for country, table in _NAMES.items()}
"""Country -> name in lower case -> code: NetSuite's state column holds either."""

_ZIP_RANGES = """
005 005 NY|006 007 PR|008 008 VI|009 009 PR|010 027 MA|028 029 RI|030 038 NH|039 049 ME|050 054 VT|055 055 MA
056 059 VT|060 069 CT|070 089 NJ|100 149 NY|150 196 PA|197 199 DE|200 200 DC|201 201 VA|202 205 DC|206 219 MD
220 246 VA|247 268 WV|270 289 NC|290 299 SC|300 319 GA|320 339 FL|341 342 FL|344 344 FL|346 347 FL|349 349 FL
350 369 AL|370 385 TN|386 397 MS|398 399 GA|400 427 KY|430 459 OH|460 479 IN|480 499 MI|500 528 IA|530 549 WI
550 567 MN|569 569 DC|570 577 SD|580 588 ND|590 599 MT|600 629 IL|630 658 MO|660 679 KS|680 693 NE|700 714 LA
716 729 AR|730 732 OK|733 733 TX|734 749 OK|750 799 TX|800 816 CO|820 831 WY|832 838 ID|840 847 UT|850 865 AZ
870 884 NM|885 885 TX|889 898 NV|900 961 CA|967 968 HI|969 969 GU|970 979 OR|980 994 WA|995 999 AK
"""


def _by_prefix(ranges: str) -> dict[str, str]:
    entries = (entry.split() for entry in ranges.replace("\n", "|").split("|") if entry.strip())
    return {f"{n:03d}": state for first, last, state in entries for n in range(int(first), int(last) + 1)}


BY_POSTAL_PREFIX = {
    "US": _by_prefix(_ZIP_RANGES),
    "CA": {
        letter: province
        for letters, province in (
            ("A", "NL"),
            ("B", "NS"),
            ("C", "PE"),
            ("E", "NB"),
            ("GHJ", "QC"),
            ("KLMNP", "ON"),
            ("R", "MB"),
            ("S", "SK"),
            ("T", "AB"),
            ("V", "BC"),
            ("Y", "YT"),
        )
        for letter in letters
    },
    "AU": {
        "0": "NT",
        "1": "NSW",
        "2": "NSW",
        "3": "VIC",
        "4": "QLD",
        "5": "SA",
        "6": "WA",
        "7": "TAS",
        "8": "VIC",
        "9": "QLD",
    },
}
"""Country -> first characters of the post code -> subdivision. Canada's X is two territories and left out."""

SPOKEN = {
    "eastern": ("America/New_York",),
    "central": ("America/Chicago",),
    "mountain": ("America/Denver",),
    "pacific": ("America/Los_Angeles",),
    "arizona": ("America/Phoenix",),
    "alaska": ("America/Anchorage",),
    "hawaii": ("Pacific/Honolulu",),
    "et": ("America/New_York",),
    "est": ("America/New_York",),
    "edt": ("America/New_York",),
    "ct": ("America/Chicago",),
    "cst": ("America/Chicago",),
    "cdt": ("America/Chicago",),
    "mt": ("America/Denver",),
    "mst": ("America/Denver", "America/Phoenix"),
    "mdt": ("America/Denver",),
    "pt": ("America/Los_Angeles",),
    "pst": ("America/Los_Angeles",),
    "pdt": ("America/Los_Angeles",),
    "akst": ("America/Anchorage",),
    "hst": ("Pacific/Honolulu",),
}
"""What people write into a time-zone column instead of an IANA name. IANA's own "EST" and "MST" have no
summer time, which is not what anyone means by them.
"""
