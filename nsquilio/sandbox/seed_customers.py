"""The customers of the small world: invented people and companies, with all that is messy in real ones.

Every number is one nobody has or one kept free for stories; 07700 900xxx parses and is not valid, on purpose.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Address:
    line: str
    city: str
    state: str | None
    zip: str
    country: str = "US"


@dataclass(frozen=True)
class Contact:
    first: str
    last: str
    mobile: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class Customer:
    """`more`: further columns of the customer. `contacts[0]` is the primary contact."""

    id: int
    name: str
    address: Address | None
    mobile: str | None = None
    phone: str | None = None
    altphone: str | None = None
    homephone: str | None = None
    email: str | None = None
    currency: str = "USD"
    channel: str | None = None  # SMS, Email or None, as the custom list shows it
    person: bool = False
    subsidiary: int = 1
    contacts: tuple[Contact, ...] = ()
    more: dict[str, str | int] = field(default_factory=dict)


_NEW_YORK = Address("350 Broome St", "New York", "NY", "10013")
_LONDON = Address("12 Tooley St", "London", None, "SE1 2TF", "GB")

CUSTOMERS = (
    Customer(
        88,
        "Acme Corp",
        Address("1 Market St", "San Francisco", "CA", "94105"),
        mobile="(415) 555-0100",
        phone="415.555.0101 x9",
        email="ap@acme.example;billing@acme.example",
        channel="SMS",
        contacts=(Contact("Erin", "Vance", phone="415-555-0102", email="erin@acme.example"),),
    ),
    Customer(
        101,
        "Bright Harbor Dental",
        _NEW_YORK,
        phone="(212) 555-0142 x9",
        email="office@brightharbor.example",
    ),
    Customer(
        102,
        "Maria O'Brien",
        Address("77 Hanover St", "Boston", "MA", "02113"),
        mobile="617-555-0153",
        homephone="617.555.0154",
        email="maria@obrien.example",
        person=True,
    ),
    Customer(
        103,
        "Kona Coffee Traders",
        Address("75 Alii Dr", "Kailua-Kona", "HI", "96740"),
        mobile="808 555 0117",
        email="aloha@kona.example",
        channel="SMS",
    ),
    Customer(
        104,
        "Pensacola Boat Works",
        Address("600 S Palafox St", "Pensacola", "FL", "32502"),
        mobile="850-555-0121",
        email="dock@boatworks.example",
    ),
    Customer(
        105,
        "Tallahassee Legal Group",
        Address("200 W College Ave", "Tallahassee", "FL", "32301"),
        mobile="850.555.0122",
        email="books@tlg.example",
    ),
    Customer(
        106,
        "Thames & Sons Ltd",
        _LONDON,
        mobile="07911 123456",
        phone="+44 20 7946 0958",
        email="accounts@thames.example",
        currency="GBP",
        subsidiary=2,
    ),
    Customer(
        107,
        "Old Mill Bakery",
        Address("3 Mill Lane", "Leeds", None, "LS1 4DY", "GB"),
        mobile="07700 900 456",
        phone="+44 7700 900123",
        email="flour@oldmill.example",
        currency="GBP",
        subsidiary=2,
    ),
    Customer(
        108,
        "Müller Maschinenbau GmbH",
        Address("Hauptstraße 5", "Stuttgart", "BW", "70173", "DE"),
        mobile="+49 1512 3456789",
        email="buchhaltung@mueller.example",
        currency="EUR",
        subsidiary=2,
        more={"language": "de_DE"},
    ),
    Customer(
        109,
        "Outback Solar Pty",
        Address("9 Pitt St", "Sydney", "NSW", "2000", "AU"),
        mobile="+61 412 345 678",
        email="sun@outback.example",
    ),
    Customer(
        110,
        "Maple Leaf Print",
        Address("20 Queen St W", "Toronto", "ON", "M5H 3R3", "CA"),
        mobile="+1 416 555 0134",
        email="ink@mapleleaf.example",
        channel="SMS",
    ),
    Customer(
        111,
        "Tokyo Denki KK",
        Address("1-1 Marunouchi", "Chiyoda", "Tokyo", "100-0005", "JP"),
        mobile="+81 90-1234-5678",
        email="keiri@denki.example",
        currency="JPY",
        channel="Email",
    ),
    Customer(
        112,
        "Lotus Garden Restaurant",
        Address("88 Grant Ave", "San Francisco", "CA", "94108"),
        mobile="call Jim",
        phone="n/a",
        altphone="415 555 0161",
        email="lotus@garden.example",
    ),
    Customer(
        113,
        "Corner Desk Rentals",
        Address("5 Howard St", "San Francisco", "CA", "94105"),
        phone="(415) 555-DESK",
        email="hello@cornerdesk.example",
    ),
    Customer(
        114,
        "Paperless LLC",
        Address("10 Pearl St", "Boulder", "CO", "80302"),
        email="green@paperless.example",
        channel="Email",
    ),
    Customer(
        115,
        "Silent Partner Inc",
        _NEW_YORK,
        mobile="212-555-0115",
        email="quiet@silent.example",
        channel="None",
    ),
    Customer(116, "No Reply Logistics", Address("2 Dock Rd", "Newark", "NJ", "07114")),
    Customer(
        117,
        "Stopford Textiles",
        _NEW_YORK,
        mobile="646 555 0117",
        email="thread@stopford.example",
        more={"custentity_sms_opt_out": "T"},
    ),
    Customer(
        118,
        "Paused Plumbing",
        Address("14 Elm St", "Hartford", "CT", "06103"),
        mobile="860 555 0118",
        email="pipes@paused.example",
        more={"custentity_3805_dunning_paused": "T"},
    ),
    Customer(
        119,
        "Gone Fishing Ltd",
        Address("1 Pier Rd", "Portland", "ME", "04101"),
        mobile="207 555 0119",
        email="bait@gone.example",
        more={"isinactive": "T"},
    ),
    Customer(
        120,
        "Twin Peaks Lodge",
        Address("500 Timber Rd", "Bend", "OR", "97701"),
        mobile="(503) 555-0144",
        email="lodge@twin.example",
    ),
    Customer(
        121,
        "Twin Peaks Spa",
        Address("502 Timber Rd", "Bend", "OR", "97701"),
        phone="1-503-555-0144",
        email="spa@twin.example",
    ),
    Customer(
        122,
        "Cash Ahead Inc",
        Address("40 State St", "Albany", "NY", "12207"),
        mobile="518 555 0122",
        email="early@cashahead.example",
    ),
    Customer(
        123,
        "Credit Where Due",
        Address("9 Bank St", "Philadelphia", "PA", "19106"),
        mobile="215 555 0123",
        email="memo@credit.example",
    ),
    Customer(
        124,
        "Big Spender Corp",
        Address("1 Wacker Dr", "Chicago", "IL", "60606"),
        mobile="312 555 0124",
        email="cfo@bigspender.example",
    ),
    Customer(
        125,
        "Penny Wise Stationers",
        Address("6 Cent St", "Baltimore", "MD", "21201"),
        mobile="410 555 0125",
        email="pens@penny.example",
    ),
    Customer(
        126,
        "Evil \x1b[31mRed\x1b[0m [bold]Corp[/bold] {{ 7*7 }}",
        _NEW_YORK,
        mobile="212 555 0126",
        email="<script>@evil.example",
    ),
    Customer(
        127,
        '=HYPERLINK("http://evil.example","Pay")',
        _NEW_YORK,
        mobile="212 555 0127",
        email="sum@evil.example",
    ),
    Customer(
        128,
        "Robert'); DROP TABLE invoices;--",
        Address("4 Grid Pl", "Denver", "CO", "80202"),
        mobile="(720) 555-0128",
        email="bobby@tables.example",
        person=True,
    ),
    Customer(
        129,
        "Café ☕ Ωmega 🚀",
        Address("7 Canyon Rd", "Phoenix", "AZ", "85004"),
        mobile="602-555-0129",
        email="olá@omega.example",
    ),
    Customer(
        130,
        "Anchorage Air Freight",
        Address("1 Airport Way", "Anchorage", "AK", "99502"),
        mobile="907 555 0130",
        email="cargo@anchorage.example",
        channel="SMS",
    ),
    Customer(
        131,
        "Deep Dish Delivery",
        Address("233 S Wacker Dr", "Chicago", "IL", "60606"),
        mobile="312-555-0131",
        email="crust@deepdish.example",
    ),
    Customer(
        132, "Robin Calloway", _NEW_YORK, mobile="602.555.0132", email="robin@calloway.example", person=True
    ),
    Customer(
        133,
        "Two Timers Watch Repair",
        Address("8 Clock Sq", "Atlanta", "GA", "30303"),
        contacts=(
            Contact("Tia", "Mers", mobile="404 555 0133", email="tia@twotimers.example"),
            Contact("Tom", "Mers", phone="(404) 555-0134"),
        ),
    ),
    Customer(
        134,
        "Isla Verde Rum",
        Address("12 Calle Loíza", "San Juan", "PR", "00911"),
        mobile="787 555 0134",
        email="ron@islaverde.example",
        more={"language": "es_ES"},
    ),
    Customer(
        135,
        "Speedway Signs",
        Address("4790 W 16th St", "Indianapolis", "IN", "46222"),
        mobile="317 555 0135",
        email="signs@speedway.example",
    ),
    Customer(
        136,
        "Parent Holdings",
        Address("100 Congress Ave", "Austin", "TX", "78701"),
        phone="512 555 0136",
        email="hq@parent.example",
    ),
    Customer(
        137,
        "Parent Holdings West",
        Address("10 Mesa St", "El Paso", "TX", "79901"),
        mobile="915 555 0137",
        email="west@parent.example",
        more={"parent": 136},
    ),
    Customer(
        138,
        "Euro Foods SARL",
        Address("5 Rue de Rivoli", "Paris", None, "75001", "FR"),
        mobile="+33 6 12 34 56 78",
        email="compta@eurofoods.example",
        currency="EUR",
        subsidiary=2,
        more={"language": "fr_FR"},
    ),
    Customer(
        139,
        "Nomad Outfitters",
        _NEW_YORK,
        mobile="917-555-0139",
        email="camp@nomad.example",
        more={"custentity_time_zone": "America/Denver"},
    ),
    Customer(140, "Toll Free Support Co", None, phone="+1 800 555 0140", email="help@tollfree.example"),
)
