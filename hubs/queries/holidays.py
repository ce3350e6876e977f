"""China's public holidays, and the weekend days worked in exchange for them."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays

_EXCHANGED = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Special:
    """A day that is not what its weekday says: off with a `name` in both languages, or worked (`works`)."""

    name_zh: str
    name_en: str
    works: bool = False


WORKED = Special("调休上班", "make-up workday", works=True)


@lru_cache(maxsize=8)
def of_year(year: int) -> dict[date, Special]:
    """Return the special days of a year. Years the State Council has not arranged yet have the lawful days only.

    A day off in exchange for a worked weekend names that weekend day: the worked days are read from there.
    """
    years = [year - 1, year, year + 1]  # a day worked in January may stand under the year before
    chinese = holidays.country_holidays("CN", years=years, language="zh_CN")
    english = holidays.country_holidays("CN", years=years, language="en_US")
    found: dict[date, Special] = {}
    for day, name in chinese.items():
        if worked := _EXCHANGED.search(name):
            swapped = date.fromisoformat(worked.group())
            if swapped.year == year:
                found[swapped] = WORKED
            if day.year == year:
                found[day] = Special("调休放假", "day off in exchange")
        elif day.year == year:
            found[day] = Special(_short(name), _short(english.get(day) or name))
    return found


def special(day: date) -> Special | None:
    """Say what is special about a day, or None."""
    return of_year(day.year).get(day)


def _short(name: str) -> str:
    """Without what stands in brackets ("observed"), and the first of several names."""
    return re.split(r"[（(;；]", name)[0].strip()
