"""Questions about bookings of sets: the grid of a base, what a shoot has, how full a base is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.utils.translation import gettext as _
from psycopg.types.range import DateRange

from config import formats
from hubs.models import Base, Set
from hubs.timespan import DaySpan, start_of
from jobs.enums import SET_BOOKING_HELD, SetBookingState, SetPart, ShootState
from jobs.models import BaseDay, SetBooking, Shoot

HALVES = (SetPart.DAY, SetPart.NIGHT)
_OWN_STATES: dict[str, str] = {SetBookingState.BOOKED: "mine", SetBookingState.OFFERED: "offered"}
_HALF_DAY = timedelta(hours=13)  # 05:00 to 18:00, as `services.set_bookings.NIGHTFALL` says


@dataclass(frozen=True)
class Half:
    """One half of a shoot day of one set. `state`: free, taken, mine, offered (to her), waiting (she waits), past.

    `booking` is the asking shoot's own row; `hours` tells what is taken where it is less than the half; `waiting`
    counts the crews on the waiting list.
    """

    day: date
    part: SetPart
    state: str
    booking: SetBooking | None = None
    hours: str = ""
    waiting: int = 0

    @property
    def label(self) -> str:
        return str(self.part.label)

    @property
    def picture(self) -> str:
        """The icon of its state; a free or taken half shows which part of the day it is."""
        icons = {"mine": "check", "offered": "bell", "waiting": "clock"}
        return icons.get(self.state, "sun" if self.part == SetPart.DAY else "moon")

    @property
    def tick(self) -> str:
        return f"{self.day.isoformat()}:{self.part.value}"

    @property
    def word(self) -> str:
        """The state in the reader's words, with the hours where they are fewer than the half."""
        words = {
            "free": _("free"),
            "taken": _("taken"),
            "mine": _("yours"),
            "offered": _("free for you, please confirm"),
            "waiting": _("you are on the waiting list"),
            "past": _("gone by"),
        }
        return f"{words[self.state]}, {self.hours}" if self.hours else words[self.state]


@dataclass(frozen=True)
class Cell:
    """A set on one shoot day."""

    day: date
    halves: tuple[Half, Half]

    @property
    def state(self) -> str:
        """One of "free", "part" and "taken" for the day as a whole; what is hers counts as free to her."""
        open_halves = sum(half.state in ("free", "mine", "offered") for half in self.halves)
        return ("taken", "part", "free")[open_halves]


@dataclass(frozen=True)
class Row:
    """A set through the days; `free` counts its free halves."""

    set: Set
    cells: tuple[Cell, ...]

    @property
    def tick(self) -> str:
        return f"{self.set.pk}:"

    @property
    def free(self) -> int:
        return sum(half.state == "free" for cell in self.cells for half in cell.halves)

    @property
    def free_days(self) -> int:
        """Days on which the whole set is free to her, day and night."""
        return sum(cell.state == "free" for cell in self.cells)


@dataclass(frozen=True)
class Load:
    """How many crews are at a base on a day; `capacity` None where it is not published."""

    day: date
    crews: int
    capacity: int | None
    mine: SetBooking | None = None
    here: bool = False

    @property
    def iso(self) -> str:
        return self.day.isoformat()

    @property
    def full(self) -> bool:
        return self.capacity is not None and self.crews >= self.capacity

    @property
    def left(self) -> int | None:
        return None if self.capacity is None else max(self.capacity - self.crews, 0)

    @property
    def height(self) -> int:
        """Of 100 drawing units; a base without a published capacity is drawn against ten crews."""
        return min(round(100 * self.crews / (self.capacity or 10)), 100)


@dataclass(frozen=True)
class Grid:
    """Sets by days of one base; `alone` are bookings of the base without a set, of the asking shoot."""

    base: Base
    days: tuple[date, ...]
    loads: tuple[Load, ...]
    rows: tuple[Row, ...]

    @property
    def free(self) -> int:
        return sum(row.free for row in self.rows)

    @property
    def full_days(self) -> list[date]:
        """Days on which every place of the base is taken, by others."""
        return [load.day for load in self.loads if load.full and not load.here]

    @property
    def full_words(self) -> str:
        # Translators: between the parts of a list in running text.
        return _(", ").join(formats.day(each) for each in self.full_days)


def grid(base: Base, days: DaySpan, *, today: date, shoot: Shoot | None = None) -> Grid:
    """Return the grid of a base, as `shoot` sees it: others' bookings are "taken", never whose. 3 queries."""
    span = tuple(days)
    sets = list(Set.objects.published().filter(base=base).order_by("kind", "pk"))
    live = [*SET_BOOKING_HELD, SetBookingState.WAITING]
    found = SetBooking.objects.filter(base=base, day__gte=days.start, day__lt=days.end, state__in=live)
    by_cell: dict[tuple[int | None, date], list[SetBooking]] = {}
    for booking in found.order_by("asked_at", "pk"):
        by_cell.setdefault((booking.set_id, booking.day), []).append(booking)
    rows = tuple(
        Row(place, tuple(_cell(day, by_cell.get((place.pk, day), ()), shoot, today) for day in span))
        for place in sets
    )
    return Grid(base, span, _loads(base, span, by_cell, shoot), rows)


def _loads(base: Base, days: Sequence[date], by_cell: dict, shoot: Shoot | None) -> tuple[Load, ...]:
    places = BaseDay.objects.filter(base=base, day__gte=days[0], day__lte=days[-1])
    crews: dict[date, int] = {}
    here: set[date] = set()
    for day, shoot_id in places.values_list("day", "shoot_id"):
        crews[day] = crews.get(day, 0) + 1
        if shoot is not None and shoot_id == shoot.pk:
            here.add(day)
    own = {
        day: booking
        for (set_id, day), bookings in by_cell.items()
        if set_id is None
        for booking in bookings
        if shoot is not None and booking.shoot_id == shoot.pk
    }
    return tuple(
        Load(day, crews.get(day, 0), base.daily_crew_capacity, own.get(day), day in here) for day in days
    )


def _cell(day: date, bookings: Iterable[SetBooking], shoot: Shoot | None, today: date) -> Cell:
    first, second = (_half(day, part, list(bookings), shoot, today) for part in HALVES)
    return Cell(day, (first, second))


def _half(day: date, part: SetPart, bookings: list[SetBooking], shoot: Shoot | None, today: date) -> Half:
    dawn = start_of(day)
    middle, end = dawn + _HALF_DAY, dawn + timedelta(days=1)
    first, last = (dawn, middle) if part == SetPart.DAY else (middle, end)
    here = [b for b in bookings if b.during.lower < last and b.during.upper > first]
    own = next((b for b in here if shoot is not None and b.shoot_id == shoot.pk), None)
    held = next((b for b in here if b.state in SET_BOOKING_HELD), None)
    waiting = sum(b.state == SetBookingState.WAITING for b in here)
    hours = held.clock if held is not None and held.part == SetPart.HOURS else ""
    if own is not None:
        state = _OWN_STATES.get(own.state, "waiting")
    elif held is not None:
        state = "taken"
    else:
        state = "past" if day < today else "free"
    return Half(day, part, state, own, hours, waiting)


def of_shoot(shoot: Shoot) -> list[SetBooking]:
    """Return what a shoot has, is offered and waits for, day by day. One query."""
    live = [*SET_BOOKING_HELD, SetBookingState.WAITING]
    found = SetBooking.objects.filter(shoot=shoot, state__in=live).select_related("set", "base")
    return list(found.order_by("day", "during", "pk"))


def booked_sets(shoot: Shoot, day: date) -> list[SetBooking]:
    """Return the confirmed bookings of sets of a shoot on a shoot day, in the order of their hours. One query.

    Each row has `set` (with its name), `during`, `part` and `with_makeup_room`; the base alone is left out.
    """
    booked = SetBooking.objects.filter(shoot=shoot, day=day, state=SetBookingState.BOOKED, set__isnull=False)
    return list(booked.select_related("set", "base").order_by("during", "pk"))


def crews_by_day(base: Base, days: DaySpan) -> dict[date, int]:
    """Return how many crews have a place at the base; days without one are left out. One query."""
    places = BaseDay.objects.filter(base=base, day__gte=days.start, day__lt=days.end)
    return dict(places.values_list("day").annotate(crews=Count("pk")).order_by("day"))


def shoots_by_day(hub_id: int, days: DaySpan) -> dict[date, int]:
    """Return how many published shoots are on set in a hub; days without one are left out. One query."""
    shoots = Shoot.objects.filter(
        base__hub=hub_id,
        state__in=[ShootState.OPEN, ShootState.WRAPPED],
        days__overlap=DateRange(days.start, days.end),
    )
    counts: dict[date, int] = {}
    for span in shoots.values_list("days", flat=True):
        for day in DaySpan(max(span.lower, days.start), min(span.upper, days.end)):
            counts[day] = counts.get(day, 0) + 1
    return counts


def place_in_line(booking: SetBooking) -> int:
    """Return how many wait before this row for the same set and hours, plus one."""
    before = SetBooking.objects.filter(
        base=booking.base_id,
        set=booking.set_id,
        state=SetBookingState.WAITING,
        during__overlap=booking.during,
        asked_at__lte=booking.asked_at,
    ).exclude(pk=booking.pk)
    return sum((b.asked_at, b.pk) < (booking.asked_at, booking.pk) for b in before.only("asked_at")) + 1
