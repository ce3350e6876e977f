"""How old a person is on a day. The law counts whole years, at the place where she works."""

from datetime import date, datetime

from hubs.timespan import SHANGHAI

WORKING_AGE = 16
"""Nobody may introduce work to a person under 16."""

FULL_AGE = 18
"""People of 16 and 17 may work, but not at night and not in danger."""


def age_on(birth_date: date, day: date) -> int:
    """Return the whole years between `birth_date` and `day`.

    Somebody born on 29 February has her birthday on 1 March where a year has no 29th: the later of the
    two readings, so that nobody is let in a day too soon.
    """
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def today_at(now: datetime) -> date:
    """Return the calendar day of an aware moment in Asia/Shanghai, where birthdays begin at midnight."""
    return now.astimezone(SHANGHAI).date()
