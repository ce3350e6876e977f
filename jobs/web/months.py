"""A month as a table of weeks, with what is booked on each day."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jobs.models import Booking

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Day:
    """A cell of the table. `booking` is the one that takes this shoot day, if any."""

    day: date
    outside: bool
    today: bool
    booking: Booking | None


def parse(text: str, today: date) -> date:
    """Return the first day of the month written as 2026-12; of the current one for anything else."""
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return month if FIRST_YEAR <= month.year <= LAST_YEAR else today.replace(day=1)


def shifted(month: date, by: int) -> date:
    """Return the first day of the month `by` months on."""
    number = month.year * 12 + month.month - 1 + by
    return date(number // 12, number % 12 + 1, 1)


def weeks(month: date, bookings: Iterable[Booking], today: date) -> list[list[Day]]:
    """Return the weeks of a month from Monday on, with the days of its neighbours that fill them."""
    held = list(bookings)
    return [
        [
            Day(
                day=day,
                outside=day.month != month.month,
                today=day == today,
                booking=next((b for b in held if b.days.lower <= day < b.days.upper), None),
            )
            for day in week
        ]
        for week in Calendar(firstweekday=0).monthdatescalendar(month.year, month.month)
    ]
