"""What goes on at a place right now: open places, shoots on set, crews at a base.

This floor does not know what a shoot is. Whoever does tells of it here when the house starts (`tell`), and the pages of
hubs and bases ask all who told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hubs.models import Base
from hubs.timespan import DaySpan

Counts = dict[date, int]


@dataclass(frozen=True)
class Source:
    """Open places by hub slug on a day; shoots of a hub and crews at a base by day, days without one left out."""

    open_slots: Callable[[date], dict[str, int]]
    shoots: Callable[[int, DaySpan], Counts]
    crews: Callable[[Base, DaySpan], Counts]


_sources: list[Source] = []


def tell(source: Source) -> None:
    """Be asked from now on."""
    if source not in _sources:
        _sources.append(source)


def open_slots(today: date) -> dict[str, int]:
    """Return the open places of each hub that has any, by slug."""
    return _summed(source.open_slots(today) for source in _sources)


def shoots(hub_id: int, days: DaySpan) -> Counts:
    """Return how many shoots are on set in a hub, by day."""
    return _summed(source.shoots(hub_id, days) for source in _sources)


def crews(base: Base, days: DaySpan) -> Counts:
    """Return how many crews are at a base, by day."""
    return _summed(source.crews(base, days) for source in _sources)


def _summed(tables) -> dict:
    total: dict = {}
    for table in tables:
        for key, count in table.items():
            total[key] = total.get(key, 0) + count
    return total
