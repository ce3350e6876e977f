"""Days that are promised: shown on the page of free days, and locked there.

This floor does not know what a booking is. Whoever keeps promises of a person's days tells of them here when the house
starts (`tell`); the page asks all who told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hubs.timespan import DaySpan


@dataclass(frozen=True)
class Taken:
    """A promise: its days, its name, and the page that shows it as (name of the address, id)."""

    days: DaySpan
    title: str
    page: tuple[str, int]


Source = Callable[[int, DaySpan], list[Taken]]

_sources: list[Source] = []


def tell(source: Source) -> None:
    """Be asked from now on, for a profile's id and a span of days."""
    if source not in _sources:
        _sources.append(source)


def by_day(profile_id: int, *, within: DaySpan) -> dict[date, Taken]:
    """Return the promise that takes each day of `within`; days that nobody took are not in it."""
    return {
        day: taken
        for source in _sources
        for taken in source(profile_id, within)
        if (cut := taken.days.intersection(within))
        for day in cut
    }
