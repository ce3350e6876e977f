"""An offer from sending to its end. Each act is one transaction: person's lock, role, offer, in this order.

`now` is the door's clock. Two who press in the same second, or a press against the deadline, are decided by a
conditional UPDATE on the offer's row: it counts one row for exactly one of them.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError
from psycopg import errors as pg

from config.errors import Conflict, Gone, Invalid, NotAllowed
from hubs.timespan import shoot_day_of
from jobs import policies
from jobs.enums import (
    ApplicationState,
    CrewState,
    DeclineReason,
    MatchState,
    NoticeKind,
    OfferState,
    RunState,
    ShootState,
    VacancyCause,
    VacancyEnd,
)
from jobs.models import Application, Booking, Match, MatchRun, Offer, Role, Shoot, Vacancy, on_the_list
from jobs.queries import schedule
from jobs.queries.offers import somebody_faster, with_place
from jobs.services import confirmations, full_crews, locks, log, notices, sending, states, unit_offers
from jobs.services.notices import Message, to_managers
from profiles.models import Profile, User

ONE_A_VACANCY = "offer_accepted_once_a_vacancy"
CAUSES = {"booked_elsewhere": VacancyCause.ELSEWHERE}
"""Why a slot came free, where the state of its offer does not say it."""


def send_all(run: MatchRun, *, by: User, now: datetime) -> int:
    """Send the proposals of a published run, role by role in one transaction each; return how many offers went out.

    A person who was taken meanwhile is skipped and the next standby asked; a role that is held back or has begun
    is left, and does not hold up the others. Pressing twice sends nothing twice.
    Raise NotAllowed, Conflict("run_not_ready" / "shoot_not_open" / "crew_owes").
    """
    shoot = run.shoot
    if not policies.may_edit_shoot(by, shoot):
        raise NotAllowed("not_yours")
    if run.state != RunState.PUBLISHED:
        raise Conflict("run_not_ready")
    if not Shoot.objects.filter(pk=shoot.pk, state=ShootState.OPEN).exists():
        raise Conflict("shoot_not_open")
    sending.refuse_owing(shoot.crew, now)
    return unit_offers.offer_proposed(run, by=by, now=now) + sum(
        _send_role(run, role_id, by, now)
        for role_id in shoot.roles.filter(on_the_list(), days__startswith__gt=shoot_day_of(now))
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _send_role(run: MatchRun, role_id: int, by: User, now: datetime) -> int:
    with locks.act():
        chosen = list(
            Match.objects.filter(run=run, role_id=role_id, state=MatchState.CHOSEN)
            .select_related("profile__user")
            .order_by("rank", "pk")
        )
        locks.people(match.profile_id for match in chosen)
        role = locks.role(role_id)
        sending.refuse_closed(role, now)
        free, sent = sending.free_slots(role), 0
        for match in chosen:
            if sent >= free:
                break
            if Offer.objects.filter(role=role, profile_id=match.profile_id).exists():
                continue
            try:
                sending.refuse_bound(role, match.profile)
                sending.refuse_taken(role, match.profile)
            except Conflict:
                sending.ask_refill(role, key=f"run:{run.pk}:{role.pk}:{match.profile_id}", now=now)
                continue
            sending.make(role, match.profile, by=by, now=now, match=match, refill=False)
            sent += 1
    return sent


def send(
    role: Role,
    profile: Profile,
    *,
    by: User | None,
    now: datetime,
    match: Match | None = None,
    refill: bool = False,
    open_for: timedelta | None = None,
) -> Offer:
    """Hold one slot out to one person. `by` None is the house itself, refilling; `open_for` None is the usual window.

    Raise NotAllowed, or Conflict with "shoot_not_open", "role_started", "role_full", "offer_live", "not_listed",
    "person_taken", "asked_elsewhere", "moves_with_unit" or "crew_owes".
    """
    if by is not None and not policies.may_edit_role(by, role):
        raise NotAllowed("not_yours")
    if by is not None:
        sending.refuse_owing(role.shoot.crew, now)
    with locks.act():
        locks.people([profile.pk])
        role = locks.role(role.pk)
        sending.refuse_closed(role, now)
        if sending.free_slots(role) < 1:
            raise Conflict("role_full")
        sending.refuse_bound(role, profile)
        sending.refuse_taken(role, profile)
        return sending.make(role, profile, by=by, now=now, match=match, refill=refill, open_for=open_for)


def accept(offer: Offer, *, by: User, now: datetime) -> Booking:
    """Say yes: one transaction from the offer to the booking, or nothing at all.

    Raise NotAllowed("not_yours"), Gone("offer_expired"), or Conflict with "offer_not_open", "role_full", "double_booked",
    "travel_too_short", "no_rest", "role_off_the_list" or "shoot_not_open"; Busy when a lock cannot be had in 3 s.
    """
    if not policies.may_answer_offer(by, offer):
        raise NotAllowed("not_yours")
    try:
        with locks.act():
            return _accept(offer.pk, offer.profile_id, by, now)
    except IntegrityError as error:
        cause = error.__cause__
        if isinstance(cause, pg.Error) and cause.diag.constraint_name == ONE_A_VACANCY:
            raise Conflict("somebody_faster") from error
        # Whoever wrote a booking without the person's lock is met by the constraint: the same answer, a moment later.
        if not isinstance(cause, pg.ExclusionViolation):
            raise
        role = Role.objects.select_related("shoot__base__hub").get(pk=offer.role_id)
        if clash := schedule.clash(offer.profile_id, role):
            raise Conflict(clash.code, **clash.facts) from error
        raise


def _accept(offer_id: int, profile_id: int, by: User, now: datetime) -> Booking:
    # A look before the locks, so that the many who come too late do not stand in line for it. It decides nothing.
    seen = Offer.objects.select_related("role").get(pk=offer_id)
    _refuse_ended(seen, now)
    if not seen.role.open_slots:
        raise Conflict("role_full")
    locks.people([profile_id])
    offer = with_place(Offer.objects).get(pk=offer_id)
    _refuse_ended(offer, now)
    role = offer.role
    role.days = offer.days  # where somebody did not show, the rest of the role's days is what is promised
    if clash := schedule.clash(profile_id, role):
        raise Conflict(clash.code, **clash.facts)
    if not sending.take_slot(role.pk):
        raise Conflict("role_full")
    # Asked again now that the role is ours: the shoot may have been called off while we waited for it, or a case held it.
    seen_now = Role.objects.values_list("shoot__state", "shoot__crew__state", "hold").get(pk=role.pk)
    if seen_now[0] != ShootState.OPEN:
        raise Conflict("shoot_not_open")
    if seen_now[1:] != (CrewState.VERIFIED, None):
        raise Conflict("role_off_the_list")
    if not states.try_move(offer, OfferState.ACCEPTED, only_where={"expires_at__gt": now}, answered_at=now):
        offer.refresh_from_db(fields=["state", "expires_at"])
        _refuse_ended(offer, now)
        raise Conflict("offer_not_open")
    booking = Booking.objects.create(
        offer=offer,
        role=role,
        profile_id=profile_id,
        days=offer.days,
        day_rate=offer.day_rate,
        confirmed_at=now,
    )
    log.write("offer_accepted", offer, by=by, now=now, booking=booking.pk)
    facts = sending.facts_of(offer) | {"booking": booking.pk, "answer": "accepted"}
    notices.write_all(
        [
            Message(by.pk, NoticeKind.BOOKING_CONFIRMED, f"booking:{booking.pk}:confirmed", facts),
            *to_managers(
                role.shoot, NoticeKind.OFFER_ANSWERED, f"offer:{offer.pk}:answered", facts | _name(offer)
            ),
        ],
        now=now,
    )
    _close_application(offer)
    _withdraw_rivals(offer, now)
    _close_vacancy(offer, now)
    confirmations.plan(booking, role, now=now)
    full_crews.tell(offer, now=now)
    sending.ask_settle(offer, now=now)
    return booking


def decline(offer: Offer, *, by: User, now: datetime, reason: str = "") -> Offer:
    """Say no; the next person is asked. `reason`: a DeclineReason, or "" where she would rather not say.

    Raise NotAllowed, Gone("offer_expired"), Conflict("offer_not_open") or Invalid("unknown_reason").
    """
    if not policies.may_answer_offer(by, offer):
        raise NotAllowed("not_yours")
    if reason and reason not in DeclineReason.values:
        raise Invalid("unknown_reason", field="reason")
    with locks.act():
        locks.people([offer.profile_id])
        offer = with_place(Offer.objects).get(pk=offer.pk)
        _refuse_ended(offer, now)
        if not close(offer, OfferState.DECLINED, by=by, now=now, cause=reason):
            raise Conflict("offer_not_open")
        facts = sending.facts_of(offer) | {"answer": "declined"} | _name(offer)
        notices.write_all(
            to_managers(offer.role.shoot, NoticeKind.OFFER_ANSWERED, f"offer:{offer.pk}:answered", facts),
            now=now,
        )
    return offer


def withdraw(offer: Offer, *, by: User, now: datetime) -> Offer:
    """Take an open offer back; she is told and the next person is asked. NotAllowed, Conflict("offer_not_open")."""
    if not policies.may_withdraw_offer(by, offer):
        raise NotAllowed("not_yours")
    with locks.act():
        locks.people([offer.profile_id])
        offer = with_place(Offer.objects).get(pk=offer.pk)
        if not close(offer, OfferState.WITHDRAWN, by=by, now=now, cause="crew"):
            raise Conflict("offer_not_open")
    return offer


def expire(offer_id: int, *, now: datetime) -> bool:
    """End an offer whose deadline has passed; say whether it was still open. Harmless at any other time."""
    with locks.act():
        offer = with_place(Offer.objects).filter(pk=offer_id).first()
        if offer is None or offer.state != OfferState.OPEN:
            return False
        locks.people([offer.profile_id])
        return close(
            offer, OfferState.EXPIRED, by=None, now=now, cause="deadline", only_where={"expires_at__lte": now}
        )


def close(
    offer: Offer,
    to: OfferState,
    *,
    by: User | None,
    now: datetime,
    cause: str,
    refill: bool = True,
    only_where: dict | None = None,
) -> bool:
    """End an offer without a booking, with log entry, notice and refill; False where it had ended already.

    The person's lock is held by the caller, or the offer's row decides alone (a shoot called off).
    """
    was_seen = offer.state == OfferState.OPEN
    if not states.try_move(offer, to, only_where=only_where, answered_at=now):
        return False
    log.write(f"offer_{to}", offer, by=by, now=now, cause=cause)
    kind = {
        OfferState.WITHDRAWN: NoticeKind.OFFER_WITHDRAWN,
        OfferState.EXPIRED: NoticeKind.OFFER_EXPIRED,
    }.get(to)
    if kind is not None and was_seen:
        facts = sending.facts_of(offer) | {"cause": cause}
        key = f"offer:{offer.pk}:{to}"
        notices.write_all([Message(offer.profile.user_id, kind, key, facts)], now=now)
    _close_application(offer)
    sending.ask_settle(offer, now=now)
    if refill and was_seen:
        why = CAUSES.get(cause) or VacancyCause(to)
        sending.ask_refill(offer.role, key=f"offer:{offer.pk}", now=now, cause=why, after=offer)
    return True


def _refuse_ended(offer: Offer, now: datetime) -> None:
    ran_out = offer.state == OfferState.OPEN and offer.expires_at and offer.expires_at <= now
    if ran_out or offer.state == OfferState.EXPIRED:
        raise Gone("offer_expired")
    if offer.state == OfferState.WITHDRAWN and somebody_faster(offer):
        raise Conflict("somebody_faster")
    if offer.state != OfferState.OPEN:
        raise Conflict("offer_not_open")


def _close_vacancy(offer: Offer, now: datetime) -> None:
    """The first who says yes has the place; the others who were asked at the same time are told at once."""
    if offer.vacancy_id is None:
        return
    asked_too = Offer.objects.filter(vacancy=offer.vacancy_id, state=OfferState.OPEN)
    for other in with_place(asked_too).order_by("pk"):
        close(other, OfferState.WITHDRAWN, by=None, now=now, cause="faster", refill=False)
    open_still = Vacancy.objects.filter(pk=offer.vacancy_id, closed_at__isnull=True)
    open_still.update(closed_at=now, end=VacancyEnd.FILLED, stuck_at=None)


def _withdraw_rivals(offer: Offer, now: datetime) -> None:
    """Her other open offers on these days cannot be kept any more: they go to the next person at once."""
    for rival in with_place(schedule.rival_offers(offer.profile_id, offer.role)).order_by("pk"):
        close(rival, OfferState.WITHDRAWN, by=None, now=now, cause="booked_elsewhere")


def _close_application(offer: Offer) -> None:
    if offer.application_id:
        states.move_all(Application.objects.filter(pk=offer.application_id), ApplicationState.CLOSED)


def _name(offer: Offer) -> dict:
    return {"person": offer.profile.user.name, "profile": offer.profile_id}
