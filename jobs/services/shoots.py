"""Making, publishing, cancelling and wrapping a shoot."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from psycopg.types.range import DateRange

from config.errors import Conflict, Invalid, NotAllowed
from hubs.models import Base, Language, Set
from hubs.timespan import shoot_day_of
from jobs import policies
from jobs.enums import ApplicationState, BookingState, OfferState, RunState, ShootState
from jobs.models import Application, Booking, Crew, CrewTemplate, MatchRun, Offer, Role, Shoot
from jobs.queries import arrears, plans
from jobs.queries.plans import Scale
from jobs.services import (
    bookings,
    locks,
    log,
    moderation,
    offers,
    passports,
    pieces,
    roles,
    searches,
    set_bookings,
    states,
    wages,
)
from profiles.models import Credit, User
from profiles.services.text import clean_line

SHORTEST, LONGEST = 5, 10
FARTHEST = timedelta(days=366)


def create(
    *,
    crew: Crew,
    by: User,
    title: str,
    genre: str,
    base: Base,
    first_day: date,
    last_day: date,
    now: datetime,
    template: CrewTemplate | None = None,
    synopsis: str = "",
    call_time: time | None = None,
    meals: bool = True,
    lodging: bool = True,
    insurance: bool = True,
    hours_per_day: int = 10,
    settle_within_days: int = 7,
    scale: Scale | None = None,
    sets: Iterable[Set] = (),
    overseas: Iterable[Language] = (),
    **passport: Any,
) -> Shoot:
    """Make a draft of 5 to 10 days, both ends counted; with a template, its roles at the given scale (the crew alone).

    `passport` are the columns of `queries.drafts.PASSPORT`. Raise NotAllowed("not_yours") for anyone but owner and
    manager; Invalid "shoot_days" for another length, "shoot_past" for days gone by, "shoot_too_far" for more than a
    year ahead, what `clean_line` says of the title, and what `passports.clean` says.
    """
    if not policies.may_run_crew(by, crew):
        raise NotAllowed("not_yours")
    check_days(first_day, last_day, now=now)
    title = clean_line(title, field="title", longest=120, required=True)
    if not 1 <= hours_per_day <= 12:
        raise Invalid("hours_per_day", field="hours_per_day")
    said = passports.clean(passport, on=first_day)
    with locks.act():
        shoot = Shoot.objects.create(
            crew=crew,
            title=title,
            genre=genre,
            synopsis=synopsis.strip(),
            base=base,
            days=DateRange(first_day, last_day + timedelta(days=1)),
            call_time=call_time or time(8, 0),
            meals=meals,
            lodging=lodging,
            insurance=insurance,
            hours_per_day=hours_per_day,
            settle_within_days=settle_within_days,
            **said,
        )
        shoot.sets.set([each for each in sets if each.base_id == base.pk])
        shoot.overseas.set(overseas)
        plan = plans.plan(template, scale or Scale(), shoot.days) if template else None
        made = roles.add_planned(shoot, plan) if plan else 0
        log.write("shoot_created", shoot, by=by, now=now, crew=crew.pk, roles=made)
    return shoot


def check_days(first_day: date, last_day: date, *, now: datetime) -> None:
    """Raise Invalid "shoot_days" (not 5 to 10), "shoot_past" or "shoot_too_far" for days, both ends counted."""
    if not SHORTEST <= (last_day - first_day).days + 1 <= LONGEST:
        raise Invalid("shoot_days", field="last_day")
    today = shoot_day_of(now)
    if first_day < today:
        raise Invalid("shoot_past", field="first_day")
    if first_day > today + FARTHEST:
        raise Invalid("shoot_too_far", field="first_day")


def publish(shoot: Shoot, *, by: User, now: datetime) -> Shoot:
    """Open a draft for staffing. Raise NotAllowed, or Conflict by its reason."""
    _refuse_others(shoot, by)
    if not shoot.crew.is_verified:
        raise Conflict("crew_not_verified")
    if not arrears.may_list(shoot.crew, shoot_day_of(now)):
        raise Conflict("crew_owes")
    if not shoot.roles.exists():
        raise Conflict("no_roles")
    if shoot.days.lower < shoot_day_of(now):
        raise Conflict("shoot_past")
    with locks.act():
        pieces.refuse_below_floor(shoot, now=now)
        states.move(shoot, ShootState.OPEN, published_at=now)
        log.write("shoot_published", shoot, by=by, now=now)
        moderation.guard_shoot(shoot, now=now)
        searches.ask_for_shoot(shoot, now=now)
    return shoot


def cancel(shoot: Shoot, *, by: User, now: datetime, reason: str = "") -> Shoot:
    """Call a shoot off: open offers are withdrawn, bookings cancelled, everyone is told."""
    _refuse_others(shoot, by)
    with locks.act():
        _lock_all(shoot)
        states.move(shoot, ShootState.CANCELLED)
        states.move_all(MatchRun.objects.filter(shoot=shoot), RunState.CANCELLED, ended_at=now)
        for offer in Offer.objects.filter(role__shoot=shoot, state__in=[OfferState.DRAFTED, OfferState.OPEN]):
            offers.close(offer, OfferState.WITHDRAWN, by=by, now=now, cause="shoot_cancelled", refill=False)
        for booking in Booking.objects.filter(role__shoot=shoot, state=BookingState.CONFIRMED):
            bookings.release(booking, by=by, now=now, reason=reason, refill=False)
        states.move_all(Application.objects.filter(role__shoot=shoot), ApplicationState.CLOSED)
        set_bookings.release_all(shoot, by=by, now=now)
        log.write("shoot_cancelled", shoot, by=by, now=now)
    return shoot


def wrap(shoot: Shoot, *, by: User, now: datetime) -> Shoot:
    """End a shoot: its bookings are served, and each becomes a credit with this booking as its proof.

    Raise NotAllowed, or Conflict("shoot_not_over") before the last shoot day: a credit is for days that were served.
    """
    _refuse_others(shoot, by)
    if shoot_day_of(now) < shoot.days.upper - timedelta(days=1):
        raise Conflict("shoot_not_over")
    with locks.act():
        _lock_all(shoot)
        states.move(shoot, ShootState.WRAPPED)
        for offer in Offer.objects.filter(role__shoot=shoot, state__in=[OfferState.DRAFTED, OfferState.OPEN]):
            offers.close(offer, OfferState.WITHDRAWN, by=by, now=now, cause="shoot_wrapped", refill=False)
        served = list(
            Booking.objects.filter(role__shoot=shoot, state=BookingState.CONFIRMED).select_related(
                "role", "profile"
            )
        )
        states.move_all(Booking.objects.filter(pk__in=[b.pk for b in served]), BookingState.SERVED)
        Credit.objects.bulk_create([_credit(booking, shoot) for booking in served], ignore_conflicts=True)
        wages.owe(shoot, served, now=now)
        states.move_all(Application.objects.filter(role__shoot=shoot), ApplicationState.CLOSED)
        log.write("shoot_wrapped", shoot, by=by, now=now, served=len(served))
    return shoot


def _credit(booking: Booking, shoot: Shoot) -> Credit:
    return Credit(
        profile=booking.profile,
        title=shoot.title,
        role_type_id=booking.role.role_type_id,
        year=booking.days.lower.year,
        crew_name=shoot.crew.name,
        days_served=(booking.days.upper - booking.days.lower).days,
        reference=f"booking:{booking.pk}",
    )


def _lock_all(shoot: Shoot) -> None:
    """Lock everyone with a live tie to the shoot, then its roles: nobody can accept or be asked meanwhile."""
    live = Q(state__in=[OfferState.DRAFTED, OfferState.OPEN, OfferState.ACCEPTED])
    locks.people(Offer.objects.filter(live, role__shoot=shoot).values_list("profile_id", flat=True))
    list(
        Role.objects.select_for_update(no_key=True)
        .filter(shoot=shoot)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _refuse_others(shoot: Shoot, by: User) -> None:
    if not policies.may_edit_shoot(by, shoot):
        raise NotAllowed("not_yours")
