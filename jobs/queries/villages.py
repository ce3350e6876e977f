"""A coordinator's day: who is called when and where, what waits for an answer, and what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from psycopg.types.range import DateRange

from hubs.timespan import shoot_day_of
from jobs.enums import BookingState, NoticeKind, NoticeState, OfferState
from jobs.models import (
    Booking,
    Confirmation,
    ExtrasCall,
    Notice,
    Offer,
    Wage,
    WorkedDay,
    moment_of,
)
from jobs.queries import arrears, rest
from jobs.queries.bookings import with_place as bookings_with_place
from jobs.queries.her_calls import her_calls
from jobs.queries.offers import with_place as offers_with_place
from jobs.queries.wages import with_place as wages_with_place
from profiles import policies
from profiles.models import Availability, Coordinator, Profile, User, Villager

STANDING = (BookingState.CONFIRMED, BookingState.SERVED)
COMING_DAYS = 7
"""Days of calls a desk shows, today among them."""

FREE_DAYS = 14
"""Coming days in which somebody who is free on none counts as missing her days."""

DAY = timedelta(days=1)
FAR = date(9000, 1, 1)
"""Nobody is called after this; a day later than the calendar's last would be no day."""


@dataclass(frozen=True)
class Call:
    """One person on one day: when and where. `text` is the state of the call's text message, "" before it was written.

    `meeting` is the extras' meeting point, or the transport of the sheet; `on_sheet` whether a call sheet stands.
    """

    booking: Booking
    day: date
    call: datetime
    off: bool
    meeting: str
    note: str
    on_sheet: bool
    text: str = ""

    @property
    def name(self) -> str:
        return self.booking.profile.user.name


@dataclass(frozen=True)
class Person:
    """A line of the coordinator's list. `free_days` counts the coming fourteen days she is marked free on."""

    villager: Villager
    next_day: date | None
    open_offers: int
    free_days: int

    @property
    def gaps(self) -> list[str]:
        """What is missing, by name: "days", "card"."""
        missing = [] if self.free_days else ["days"]
        return missing if self.villager.code_hash else [*missing, "card"]


@dataclass(frozen=True)
class Desk:
    """All a coordinator's first page shows. `days` are the days of calls that anybody is called on, in order."""

    office: Coordinator
    offers: list[Offer]
    to_confirm: list[Confirmation]
    wages: list[Wage]
    days: list["CallDay"]
    people: list[Person]
    taken_over: int


@dataclass(frozen=True)
class CallDay:
    day: date
    calls: list[Call] = field(default_factory=list)

    @property
    def called(self) -> list[Call]:
        return [each for each in self.calls if not each.off]

    @property
    def untold(self) -> int:
        """How many have not been texted yet."""
        return sum(not each.text for each in self.called)


def calls_on(profiles: Iterable[Profile | int] | QuerySet, first: date, last: date) -> list[CallDay]:
    """Return the calls of these people from `first` to `last`, day by day, the earliest first. Seven queries."""
    if last > FAR:
        return []
    span = DateRange(first, last + DAY)
    held = list(
        bookings_with_place(
            Booking.objects.filter(profile__in=profiles, state__in=STANDING, days__overlap=span)
        )
        .select_related("profile__villager")
        .order_by("days", "pk")
    )
    if not held:
        return []
    sheets = her_calls(held)
    meeting = {
        (each.shoot_id, each.day): each
        for each in ExtrasCall.objects.filter(
            shoot__in={booking.role.shoot_id for booking in held}, day__range=(first, last)
        )
    }
    texts = _texts(held, first, last)
    days: dict[date, list[Call]] = {}
    for booking in held:
        day = max(booking.days.lower, first)
        while day < booking.days.upper and day <= last:
            extras = meeting.get((booking.role.shoot_id, day)) if booking.role.category == "extras" else None
            made = _call(
                booking, day, sheets.get((booking.pk, day)), extras, texts.get((booking.pk, day), "")
            )
            days.setdefault(day, []).append(made)
            day += DAY
    return [
        CallDay(day, sorted(found, key=lambda each: (each.off, each.call, each.name, each.booking.pk)))
        for day, found in sorted(days.items())
    ]


def _call(booking: Booking, day: date, hers, extras: ExtrasCall | None, text: str) -> Call:
    starts = hers.stint.call if hers else rest.planned(booking.role, day).call
    if extras is not None:
        # Extras are called before the crew, and to a place of their own; of two times the earlier one is safe.
        starts = min(starts, moment_of(day, extras.call))
    meeting = (extras.meeting_point if extras else "") or (hers.sheet.transport if hers else "")
    return Call(
        booking=booking,
        day=day,
        call=starts,
        off=hers.off if hers else False,
        meeting=meeting,
        note=hers.note if hers else "",
        on_sheet=hers is not None,
        text=text,
    )


def call_key(booking_id: int, day: date) -> str:
    """The key of a call's text message: a person is called once a day, however often the task comes by."""
    return f"village:{booking_id}:{day.isoformat()}"


def _texts(held: list[Booking], first: date, last: date) -> dict[tuple[int, date], str]:
    keys = {}
    for booking in held:
        day = max(booking.days.lower, first)
        while day < booking.days.upper and day <= last:
            keys[call_key(booking.pk, day)] = (booking.pk, day)
            day += DAY
    rows = Notice.objects.filter(kind=NoticeKind.VILLAGE_CALL, key__in=keys).values_list(
        "key", "state", "texted_at"
    )
    return {
        keys[key]: "texted" if texted else "failed" if state == NoticeState.FAILED else "waiting"
        for key, state, texted in rows
    }


def visible_profiles(user: policies.Person) -> QuerySet:
    """Ids of the profiles a coordinator speaks for."""
    return policies.visible_villagers(user).values("profile")


def open_offers(user: User) -> QuerySet[Offer]:
    """Offers to her people that wait for an answer, the one that ends first on top."""
    rows = Offer.objects.filter(profile__in=visible_profiles(user), state=OfferState.OPEN)
    return offers_with_place(rows).select_related("profile__villager").order_by("expires_at", "pk")


def to_confirm(user: User, *, now: datetime) -> QuerySet[Confirmation]:
    """Who has to say by when whether she comes."""
    return (
        Confirmation.objects.filter(
            booking__profile__in=visible_profiles(user),
            booking__state=BookingState.CONFIRMED,
            confirmed_at__isnull=True,
            missed_at__isnull=True,
            due_at__gt=now,
        )
        .select_related(
            "booking__profile__user",
            "booking__profile__villager",
            "booking__role__role_type",
            "booking__role__shoot__base__hub",
            "booking__role__shoot__crew",
        )
        .order_by("due_at", "pk")
    )


def open_wages(user: User, *, today: date) -> QuerySet[Wage]:
    """Pay that a crew calls paid and nobody has answered, and what is overdue."""
    said_paid = Q(paid_at__isnull=False, denied_at__isnull=True)
    late = Q(pk__in=arrears.overdue(today).values("pk"))
    rows = Wage.objects.filter(
        said_paid | late, booking__profile__in=visible_profiles(user), received_at__isnull=True
    )
    return wages_with_place(rows).select_related("booking__profile__villager").order_by("due_on", "pk")


def listed(user: policies.Person) -> QuerySet[Villager]:
    """Her people by name, each with the number of `offers` that wait for an answer."""
    return (
        policies.visible_villagers(user)
        .select_related("profile__user", "coordinator")
        .annotate(
            offers=Count("profile__offers", filter=Q(profile__offers__state=OfferState.OPEN), distinct=True)
        )
        .order_by("profile__user__name", "pk")
    )


def people(villagers: list[Any], *, today: date) -> list[Person]:
    """Return for each of `listed` people what is next and what is missing. Two queries."""
    ids = [each.profile_id for each in villagers]
    coming: dict[int, date] = {}
    for profile_id, days in (
        Booking.objects.filter(profile__in=ids, state=BookingState.CONFIRMED, days__endswith__gt=today)
        .order_by("-days")
        .values_list("profile_id", "days")
    ):
        coming[profile_id] = max(days.lower, today)
    free: dict[int, int] = dict.fromkeys(ids, 0)
    for profile_id, days in Availability.objects.filter(
        profile__in=ids, days__overlap=DateRange(today, today + FREE_DAYS * DAY)
    ).values_list("profile_id", "days"):
        free[profile_id] += (min(days.upper, today + FREE_DAYS * DAY) - max(days.lower, today)).days
    return [
        Person(each, coming.get(each.profile_id), each.offers, free[each.profile_id]) for each in villagers
    ]


def desk(office: Coordinator, *, now: datetime) -> Desk:
    """Return the first page of a coordinator, in a fixed number of queries."""
    user, today = office.user, shoot_day_of(now)
    return Desk(
        office=office,
        offers=list(open_offers(user)),
        to_confirm=list(to_confirm(user, now=now)),
        wages=list(open_wages(user, today=today)),
        days=calls_on(visible_profiles(user), today, today + (COMING_DAYS - 1) * DAY),
        people=people(list(listed(user)), today=today),
        taken_over=Villager.objects.filter(coordinator=office, taken_over_at__isnull=False).count(),
    )


def hours(user: User, *, since: date) -> list[WorkedDay]:
    """Her noted days since then, the newest first: from when to when, and where."""
    rows = WorkedDay.objects.filter(booking__profile__user=user, day__gte=since)
    return list(
        rows.select_related("booking__role__shoot", "booking__role__role_type").order_by("-day", "-pk")
    )
