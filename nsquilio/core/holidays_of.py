"""Public holidays of the places a recipient belongs to, from the `holidays` package.

Public holidays only: no bank, school, government or optional days. The package is imported when the first
holiday is asked for (it costs ten times a bare start of Python); a country it does not know has none.
"""

from __future__ import annotations

import warnings
from datetime import date
from functools import lru_cache

from nsquilio.core.zones import subdivision_code

Places = tuple[tuple[str, str], ...]
"""(country, subdivision) pairs, sorted; the subdivision may be ""."""


@lru_cache(maxsize=4_096)
def holiday_places(
    *, number_country: str = "", country: str = "", subdivision: str = "", company_country: str = ""
) -> Places:
    """Where the recipient's holidays count: in the number's country and at the address; else the company's
    country.

    `number_country` is `Phone.region`, so it may be "001" or "", which is no country.
    """
    address = country.strip().upper() or (company_country.strip().upper() if subdivision else "")
    found = {(address, subdivision_code(address, subdivision)), (number_country.strip().upper(), "")}
    places = {(nation, state) for nation, state in found if len(nation) == 2}
    if not places and company_country:
        places = {(company_country.strip().upper(), "")}
    return tuple(sorted(places))


@lru_cache(maxsize=65_536)
def holiday_name(day: date, places: Places) -> str | None:
    """The holiday on that day in any of the places, with its country ("Memorial Day, US"); None on other
    days.
    """
    for country, subdivision in places:
        # A state may drop a national holiday; who is not sure where the recipient is keeps both.
        for code in dict.fromkeys(("", subdivision)):
            name = _holidays(country, code, day.year).get(day)
            if name:
                return f"{name}, {country}" + (f"-{code}" if code else "")
    return None


@lru_cache(maxsize=4_096)
def _holidays(country: str, subdivision: str, year: int) -> dict[date, str]:
    import holidays

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns about translations and retired codes on standard error
        for language in ("en_US", None):
            try:
                found = holidays.country_holidays(
                    country, subdiv=subdivision or None, years=year, language=language
                )
            except (NotImplementedError, ValueError):
                continue
            return dict(found.items())
    return {}
