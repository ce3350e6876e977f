"""What a graduate's work comes to: what is next, days and hours served, money owed and had."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Sum

from hubs.timespan import shoot_day_of
from jobs.enums import BookingState
from jobs.models import Booking, CallSheet, SheetReceipt, Wage, WorkedDay
from jobs.queries.bookings import with_place
from jobs.queries.her_calls import HerCall, her_calls
from profiles.models import User

STANDING = (BookingState.CONFIRMED, BookingState.SERVED)

NIGHT_RUNS_ON = timedelta(hours=6)
"""How long after 05:00 a person may still end the shoot day she is on: a night shoot does not look at the clock."""

LONGEST_DAY = timedelta(hours=24)
"""What the table of days takes at most."""


@dataclass(frozen=True)
class Today:
    """A booking on the shoot day of now, with what she has done about it. `sheet` is the newest version, if any.

    `past` where the day was over at 05:00 and she is still on it.
    `call` is her own on that sheet, or None where there is no sheet; `off` where it leaves her the day free.
    """

    booking: Booking
    day: date
    number: int
    worked: WorkedDay | None
    sheet: CallSheet | None
    receipt: SheetReceipt | None
    call: datetime | None
    off: bool
    past: bool


@dataclass(frozen=True)
class Totals:
    """Sums over all served bookings. Money in whole yuan; `hours` counts days with both times noted."""

    shoots: int
    days: int
    hours: timedelta
    due: int
    overdue: int
    received: int


def running_on(now: datetime) -> QuerySet[WorkedDay]:
    """Days that were over at 05:00, a few hours ago, while the person was on set: until 11:00, or until she
    checks in for the new day.
    """
    day, before = shoot_day_of(now), shoot_day_of(now - NIGHT_RUNS_ON)
    if day == before:
        return WorkedDay.objects.none()
    begun_anew = WorkedDay.objects.filter(booking=OuterRef("booking"), day=day)
    return WorkedDay.objects.filter(
        ~Exists(begun_anew), day=before, checked_out_at__isnull=True, checked_in_at__gte=now - LONGEST_DAY
    )


def today(user: User, now: datetime) -> list[Today]:
    """Her bookings of the shoot day that `now` belongs to: one, as a rule; before them a day that runs on.

    At most 5 queries.
    """
    day = shoot_day_of(now)
    late = running_on(now)
    held = list(
        with_place(
            Booking.objects.filter(
                Q(days__contains=day) | Q(pk__in=late.values("booking")),
                profile__user=user,
                state__in=STANDING,
            )
        )
    )
    if not held:
        return []
    by_pk = {booking.pk: booking for booking in held}
    rows = WorkedDay.objects.filter(Q(day=day) | Q(pk__in=late.values("pk")), booking__in=held)
    worked = {(each.booking_id, each.day): each for each in rows}
    calls = her_calls(held)
    pairs = [(by_pk[pk], each) for pk, each in worked if each != day]
    pairs += [(booking, day) for booking in held if booking.days.lower <= day < booking.days.upper]
    return [
        _today(booking, each, worked.get((booking.pk, each)), calls.get((booking.pk, each)), past=each != day)
        for booking, each in pairs
    ]


def _today(booking: Booking, day: date, worked: WorkedDay | None, call: HerCall | None, past: bool) -> Today:
    return Today(
        booking=booking,
        day=day,
        number=(day - booking.role.shoot.days.lower).days + 1,
        worked=worked,
        sheet=call.sheet if call else None,
        receipt=call.receipt if call else None,
        call=call.stint.call if call else None,
        off=call.off if call else False,
        past=past,
    )


def upcoming(user: User, now: datetime) -> QuerySet[Booking]:
    """Confirmed bookings that begin after today, the next one first."""
    day = shoot_day_of(now)
    return with_place(
        Booking.objects.filter(profile__user=user, state=BookingState.CONFIRMED, days__startswith__gt=day)
    ).order_by("days", "pk")


def unwrapped(user: User, now: datetime) -> QuerySet[Booking]:
    """Confirmed bookings whose days are over on a shoot that is not wrapped, the newest first."""
    day = shoot_day_of(now)
    return with_place(
        Booking.objects.filter(profile__user=user, state=BookingState.CONFIRMED, days__endswith__lte=day)
    ).order_by("-days", "-pk")


def served(user: User) -> QuerySet[Booking]:
    """Bookings of wrapped shoots, the newest first, each with `days_on_set` and `time_on_set` as noted."""
    length = ExpressionWrapper(
        F("worked_days__checked_out_at") - F("worked_days__checked_in_at"), output_field=DurationField()
    )
    return (
        with_place(Booking.objects.filter(profile__user=user, state=BookingState.SERVED))
        .select_related("wage")
        .annotate(days_on_set=Count("worked_days"), time_on_set=Sum(length))
        .order_by("-days", "-pk")
    )


def wages(user: User) -> QuerySet[Wage]:
    """Everything ever owed to her: what is open first, the longest due on top; then what she has, newest first."""
    return (
        Wage.objects.filter(booking__profile__user=user)
        .select_related("booking__role__role_type", "booking__role__shoot__crew")
        .order_by(F("received_at").desc(nulls_first=True), "due_on", "pk")
    )


def totals(user: User, now: datetime) -> Totals:
    """Her sums. Three queries, whatever she has served."""
    day = shoot_day_of(now)
    spans = Booking.objects.filter(profile__user=user, state=BookingState.SERVED).values_list(
        "days", flat=True
    )
    lengths = [(span.upper - span.lower).days for span in spans]
    hours = WorkedDay.objects.filter(booking__profile__user=user, checked_out_at__isnull=False).aggregate(
        all=Sum(F("checked_out_at") - F("checked_in_at"), output_field=DurationField())
    )["all"]
    open_wage = Q(received_at__isnull=True)
    money = Wage.objects.filter(booking__profile__user=user).aggregate(
        due=Sum("amount", filter=open_wage, default=0),
        overdue=Sum("amount", filter=open_wage & Q(due_on__lt=day), default=0),
        received=Sum("amount", filter=Q(received_at__isnull=False), default=0),
    )
    return Totals(shoots=len(lengths), days=sum(lengths), hours=hours or timedelta(0), **money)
