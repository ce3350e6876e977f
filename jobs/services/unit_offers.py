"""Asking for a shoot, and being asked, as one: what a unit applies for and what is held out to it."""

from collections.abc import Iterable
from datetime import datetime

from config.errors import Conflict, NotAllowed
from hubs.timespan import start_of
from jobs import policies
from jobs.enums import ApplicationState, NoticeKind, ShootState, UnitOfferState
from jobs.models import Application, MatchRun, Role, Shoot, Unit, UnitOffer
from jobs.queries import bindings
from jobs.queries import units as questions
from jobs.queries.bindings import Bound
from jobs.queries.units import Seat
from jobs.services import locks, log, notices, sending, states
from profiles.models import Profile, User


def offer(unit: Unit, shoot: Shoot, *, by: User, now: datetime) -> UnitOffer:
    """Hold places of a shoot out to a unit: all of them are asked at once, and it stands or falls with its term.

    Raise NotAllowed, or Conflict with "unit_no_seats", "unit_not_together", "shoot_not_open", "role_started",
    "role_full", "unit_offer_open", "crew_owes".
    """
    if not policies.may_edit_shoot(by, shoot):
        raise NotAllowed("not_yours")
    sending.refuse_owing(shoot.crew, now)
    whole = bindings.bound_unit(unit)
    if whole is None:
        raise Conflict("unit_no_seats")
    seats = questions.seats_on(whole, shoot, now)
    if len(seats) < whole.needed:
        raise Conflict("unit_no_seats")
    with locks.act():
        return _offer(whole, shoot, seats, by, now)


def offer_proposed(run: MatchRun, *, by: User, now: datetime) -> int:
    """Send a run's proposals to units, each as one; a unit that cannot be asked as a whole is left. Return the offers."""
    sent = 0
    for whole in bindings.bound(questions.proposed_people(run)):
        seats = questions.proposed_seats(whole, run)
        if len(seats) < whole.needed:
            continue
        try:
            with locks.act():
                sent += _offer(whole, run.shoot, seats, by, now).offers.count()
        except Conflict:
            continue
    return sent


def _offer(whole: Bound, shoot: Shoot, seats: list[Seat], by: User, now: datetime) -> UnitOffer:
    locks.people(seat.profile_id for seat in seats)
    roles = {role_id: locks.role(role_id) for role_id in sorted({seat.role_id for seat in seats})}
    for role_id, role in roles.items():
        sending.refuse_closed(role, now)
        if sending.free_slots(role) < sum(seat.role_id == role_id for seat in seats):
            raise Conflict("role_full")
    if UnitOffer.objects.filter(unit=whole.unit, shoot=shoot, state=UnitOfferState.OPEN).exists():
        raise Conflict("unit_offer_open")
    people = Profile.objects.select_related("user").in_bulk([seat.profile_id for seat in seats])
    for seat in seats:
        try:
            sending.refuse_taken(roles[seat.role_id], people[seat.profile_id])
        except Conflict as refusal:
            raise Conflict("unit_not_together", person=people[seat.profile_id].user.name) from refusal
    first_day = min(start_of(role.days.lower) for role in roles.values())
    open_for = sending.window(first_day_starts=first_day, now=now)
    group = UnitOffer.objects.create(
        unit=whole.unit,
        shoot=shoot,
        needed=min(whole.needed, len(seats)),
        sent_at=now,
        expires_at=now + open_for,
    )
    log.write(
        "unit_offer_sent", group, by=by, now=now, shoot=shoot.pk, people=len(seats), needed=group.needed
    )
    for seat in seats:
        sending.make(
            roles[seat.role_id],
            people[seat.profile_id],
            by=by,
            now=now,
            match=seat.match,
            refill=False,
            open_for=open_for,
            unit_offer=group,
        )
    return group


def apply(unit: Unit, shoot: Shoot, *, by: User, now: datetime, message: str = "") -> list[Application]:
    """Ask for places on a shoot for all of a unit: each for the role that fits her best beside the others.

    Raise NotAllowed("not_yours") for who did not found it, Conflict("shoot_not_open" / "unit_too_small" /
    "unit_no_seats" / "already_applied").
    """
    if unit.founder is None or unit.founder.user_id != by.pk:
        raise NotAllowed("not_yours")
    if shoot.state != ShootState.OPEN:
        raise Conflict("shoot_not_open")
    whole = bindings.bound_unit(unit)
    if whole is None:
        raise Conflict("unit_too_small")
    seats = questions.fitting(whole, shoot, now)
    if len(seats) < whole.needed:
        raise Conflict("unit_no_seats")
    with locks.act():
        locks.people(seat.profile_id for seat in seats)
        return _ask_for(whole, shoot, seats, by, now, message)


def _ask_for(
    whole: Bound, shoot: Shoot, seats: Iterable[Seat], by: User, now: datetime, message: str
) -> list[Application]:
    live = Application.objects.filter(
        role__shoot=shoot,
        profile__in=whole.people,
        state__in=[ApplicationState.SENT, ApplicationState.OFFERED],
    )
    if live.exists():
        raise Conflict("already_applied")
    made = Application.objects.bulk_create(
        Application(
            role_id=seat.role_id,
            profile_id=seat.profile_id,
            unit=whole.unit,
            message=message.strip()[:300],
            sent_at=now,
        )
        for seat in seats
    )
    log.write("unit_applied", whole.unit, by=by, now=now, shoot=shoot.pk, people=len(made))
    role = Role.objects.select_related("role_type").get(pk=made[0].role_id)
    facts = {
        "application": made[0].pk, "role": role.pk, "shoot": shoot.pk, "title": shoot.title,
        "role_zh": role.role_type.name_zh, "role_en": role.role_type.name_en, "person": whole.unit.name,
        "unit": whole.unit.pk, "people": len(made),
    }  # fmt: skip
    key = f"application:{made[0].pk}:received"
    notices.write_all(notices.to_managers(shoot, NoticeKind.APPLICATION_RECEIVED, key, facts), now=now)
    told = {
        "unit": whole.unit.pk,
        "name": whole.unit.name,
        "what": "applied",
        "person": by.name,
        "title": shoot.title,
    }
    users = Profile.objects.filter(pk__in=[each.profile_id for each in made]).exclude(user=by)
    notices.write_all(
        [
            notices.Message(user_id, NoticeKind.UNIT_CHANGED, f"{key}:member:{user_id}", told)
            for user_id in users.values_list("user_id", flat=True)
        ],
        now=now,
    )
    return made


def take_back(unit: Unit, shoot: Shoot, *, by: User, now: datetime) -> int:
    """Take back what the unit asked for on a shoot; any member may. Return how many. Raise NotAllowed("not_yours")."""
    if not questions.visible(by).filter(pk=unit.pk).exists():
        raise NotAllowed("not_yours")
    with locks.act():
        waiting = Application.objects.filter(unit=unit, role__shoot=shoot)
        taken = states.move_all(waiting, ApplicationState.WITHDRAWN)
        log.write("unit_application_withdrawn", unit, by=by, now=now, shoot=shoot.pk)
    return taken
