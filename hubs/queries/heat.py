"""A month as a sheet of squares, a week a row: the more goes on, the darker the square.

`templates/hubs/_heat.html` draws it; the numbers stand in the squares, so colour is never the only sign.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from hubs.timespan import DaySpan

WEEKS, PITCH, SIDE, HEAD = 5, 50, 48, 24
"""Rows; and in drawing units the distance between squares, the side of one, the height of the line of weekdays."""

DEPTHS = 4


@dataclass(frozen=True)
class Square:
    """One day; `count` None = outside the span. `depth` runs from 0 (nothing) to 4. `capacity` None = not published."""

    day: date
    count: int | None
    depth: int
    x: int
    y: int
    capacity: int | None = None

    @property
    def middle(self) -> int:
        return self.x + SIDE // 2

    @property
    def day_y(self) -> int:
        return self.y + 17

    @property
    def count_y(self) -> int:
        return self.y + 38


@dataclass(frozen=True)
class Sheet:
    """Squares in reading order, the first days of the columns for their names, and what stands out."""

    squares: tuple[Square, ...]
    columns: tuple[Square, ...]
    busiest: Square | None
    height: int

    @property
    def days(self) -> tuple[Square, ...]:
        return tuple(square for square in self.squares if square.count is not None)


def month(counts: Mapping[date, int], first: date, *, capacity: int | None = None) -> Sheet:
    """Return five weeks from the Monday before `first`; days before it are empty squares."""
    monday = first - timedelta(days=first.weekday())
    most = capacity or max(counts.values(), default=0)
    squares = []
    for place in range(WEEKS * 7):
        day = monday + timedelta(days=place)
        count = counts.get(day, 0) if day >= first else None
        x, y = place % 7 * PITCH + 1, place // 7 * PITCH + HEAD + 1
        squares.append(Square(day, count, _depth(count or 0, most), x, y, capacity))
    busiest = max(
        (s for s in squares if s.count), key=lambda s: (s.count or 0, -s.day.toordinal()), default=None
    )
    return Sheet(tuple(squares), tuple(squares[:7]), busiest, WEEKS * PITCH + HEAD)


def span(first: date) -> DaySpan:
    """Return the days that `month` shows from `first` on."""
    return DaySpan(first, first - timedelta(days=first.weekday()) + timedelta(weeks=WEEKS))


def _depth(count: int, most: int) -> int:
    if not count:
        return 0
    return min(1 + (count * DEPTHS - 1) // max(most, 1), DEPTHS) if most > 1 else 2
