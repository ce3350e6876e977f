"""Holding a slot out: the rows that an offer brings with it. Called with person and role locked; see `locks`."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import F

from config.errors import Conflict
from hubs.timespan import DaySpan, shoot_day_of, start_of
from jobs.enums import (
    OFFER_LIVE,
    ApplicationState,
    MatchState,
    NoticeKind,
    OfferState,
    ShootState,
    VacancyCause,
    Widening,
    WorkKind,
)
from jobs.models import Application, Crew, Hold, Match, Offer, Role, UnitOffer, Vacancy
from jobs.queries import arrears, bindings, schedule
from jobs.queries.offers import held_out
from jobs.services import log, notices, pieces, resting, states, temperament
from jobs.services.later import Ask, enqueue_all
from jobs.services.notices import Message
from profiles.models import Profile, User

SHORTEST_WINDOW = timedelta(minutes=30)


def window(*, first_day_starts: datetime, now: datetime) -> timedelta:
    """Return how long an offer stands: the house's window, shrinking to a tenth of the time left before the shoot.

    Never under half an hour (or the house's window, where that is shorter), never past the start of the first day.
    """
    house = timedelta(seconds=settings.OFFER_WINDOW_SECONDS)
    left = first_day_starts - now
    return min(max(left / 10, min(SHORTEST_WINDOW, house)), house, max(left, timedelta(0)))


def free_slots(role: Role) -> int:
    """Return the places neither booked nor held out; the role must be locked."""
    out = Role.objects.filter(pk=role.pk).aggregate(out=held_out("offers"))["out"]
    return role.headcount - role.filled - out


def refuse_closed(role: Role, now: datetime) -> None:
    """Raise Conflict where nobody can be asked: "shoot_not_open", "crew_not_verified", "role_held", "role_below_floor" or
    "role_started".
    """
    if role.shoot.state != ShootState.OPEN:
        raise Conflict("shoot_not_open")
    if not role.shoot.crew.is_verified:
        raise Conflict("crew_not_verified")
    if Hold.objects.filter(role=role).exists():
        raise Conflict("role_held")
    pieces.refuse_held_by_floor(role, now=now)
    if start_of(role.days.lower) <= now:
        raise Conflict("role_started")


def refuse_owing(crew: Crew, now: datetime) -> None:
    """Raise Conflict("crew_owes") while a wage of the crew's people is 30 days overdue: nobody new is brought in.

    What stands goes on: bookings, offers that are out, and the refill of a place that came free, so that nobody who
    is booked works beside a hole. Paying ends it at once.
    """
    if not arrears.may_list(crew, shoot_day_of(now)):
        raise Conflict("crew_owes")


def refuse_taken(role: Role, profile: Profile) -> None:
    """Raise Conflict for a person who is not to be had: asked already, booked then, without rest, or asked elsewhere."""
    around = schedule.around(profile.pk, role)
    if around.asked:
        raise Conflict("offer_live")
    if not profile.listed:
        raise Conflict("not_listed")
    if around.booked:
        if schedule.clash(profile.pk, role):
            # The crew learns that she is taken, not by whom.
            raise Conflict("person_taken")
        resting.refuse_offer(role, profile)
    if around.rivals:
        raise Conflict("asked_elsewhere")


def refuse_bound(role: Role, profile: Profile) -> None:
    """Raise Conflict("moves_with_unit") for one of a unit that comes together or not at all.

    Where somebody of it is on this shoot already, the others may follow one by one.
    """
    for each in bindings.bound([profile.pk]):
        on_shoot = Offer.objects.filter(role__shoot=role.shoot_id, state__in=OFFER_LIVE)
        if not on_shoot.filter(profile__in=each.people).exclude(profile=profile).exists():
            raise Conflict("moves_with_unit", unit=each.unit.name)


def make(
    role: Role,
    profile: Profile,
    *,
    by: User | None,
    now: datetime,
    match: Match | None,
    refill: bool,
    open_for: timedelta | None = None,
    unit_offer: UnitOffer | None = None,
    vacancy: Vacancy | None = None,
    widened: str = "",
) -> Offer:
    """Write an open offer with its deadline, its notice, its log entry and the work that follows it.

    `vacancy` is the slot that came free, `widened` what the refill stretched to find this person.
    """
    application = Application.objects.filter(
        role=role, profile=profile, state__in=[ApplicationState.SENT, ApplicationState.OFFERED]
    ).first()
    expires_at = now + (open_for or window(first_day_starts=start_of(role.days.lower), now=now))
    offer = Offer.objects.create(
        role=role,
        profile=profile,
        match=match,
        application=application,
        unit_offer=unit_offer,
        state=OfferState.OPEN,
        day_rate=rate(role, widened),
        piece_yuan=price(role, widened),
        vacancy=vacancy,
        widened=widened,
        first_day=vacancy.first_day if vacancy else None,
        sent_at=now,
        expires_at=expires_at,
        refill=refill,
    )
    if application is not None:
        states.try_move(application, ApplicationState.OFFERED)
    if match is not None and match.state == MatchState.STANDBY:
        states.try_move(match, MatchState.CHOSEN)
    log.write("offer_sent", offer, by=by, now=now, role=role.pk, profile=profile.pk, refill=refill)
    notices.write_all(
        [Message(profile.user_id, NoticeKind.OFFER_RECEIVED, f"offer:{offer.pk}:received", facts_of(offer))],
        now=now,
    )
    enqueue_all(_later(offer, profile, expires_at, now), now=now)
    return offer


def rate(role: Role, widened: str = "") -> int:
    """Return what an offer pays a day, in yuan: the role's rate, or a tenth more where the crew allowed that."""
    return -(-role.day_rate * 11 // 10) if widened == Widening.PAY else role.day_rate


def price(role: Role, widened: str = "") -> int | None:
    """Return what an offer pays for a unit, in yuan, as `rate` does for a day; None where the work is paid by the day."""
    if role.piece_yuan is None:
        return None
    return -(-role.piece_yuan * 11 // 10) if widened == Widening.PAY else role.piece_yuan


def facts_of(offer: Offer) -> dict:
    """Return what a notice says of an offer, in both languages: values as they were promised, no contacts.

    Reads `role.role_type`, `role.shoot.crew` and `role.shoot.base.hub`.
    """
    role, shoot, days = offer.role, offer.role.shoot, DaySpan.of(offer.days)
    return {
        "offer": offer.pk,
        "role": role.pk,
        "shoot": shoot.pk,
        "title": shoot.title,
        "crew": shoot.crew.name,
        "role_zh": role.role_type.name_zh,
        "role_en": role.role_type.name_en,
        "base_zh": f"{shoot.base.hub.name_zh} · {shoot.base.name_zh}",
        "base_en": f"{shoot.base.name_en}, {shoot.base.hub.name_en}",
        "remote": role.remote,
        "first_day": days.start.isoformat(),
        "last_day": days.last.isoformat(),
        "day_rate": offer.day_rate,
        "meals": shoot.meals,
        "lodging": shoot.lodging,
        "expires_at": offer.expires_at.isoformat() if offer.expires_at else None,
    }


def _later(offer: Offer, profile: Profile, expires_at: datetime, now: datetime) -> list[Ask]:
    asks = [Ask(WorkKind.EXPIRE_OFFER, offer.pk, f"offer:{offer.pk}:expire", expires_at)]
    if settings.DEMO_MARKET and profile.simulated:
        temper = temperament.of(offer.pk, refill=offer.refill)
        if temper.mood is not temperament.Mood.SILENT:
            asks.append(
                Ask(WorkKind.SIMULATE_ANSWER, offer.pk, f"offer:{offer.pk}:simulate", now + temper.delay)
            )
    return asks


def ask_refill(
    role: Role,
    *,
    key: str,
    now: datetime,
    cause: VacancyCause = VacancyCause.TAKEN,
    after: Offer | None = None,
    first_day: date | None = None,
) -> None:
    """Open a vacancy for a slot that came free, and ask for the next person; once per `key`.

    An offer that was itself sent for a vacancy goes on with that one. `first_day`: only the days from then on are left.
    """
    before = after.vacancy_id if after is not None else None
    if before is None or not Vacancy.objects.filter(pk=before, closed_at__isnull=True).exists():
        Vacancy.objects.bulk_create(
            [Vacancy(role_id=role.pk, key=key, cause=cause, after=after, first_day=first_day, opened_at=now)],
            ignore_conflicts=True,
        )
    enqueue_all([Ask(WorkKind.REFILL_ROLE, role.pk, f"refill:{key}", now)], now=now)


def ask_settle(offer: Offer, *, now: datetime) -> None:
    """Let the worker decide the offer to a unit that this one belongs to; after each answer, and once per answer.

    A step of its own: deciding locks all its people, and the one who answers holds her own lock already.
    """
    if offer.unit_offer_id:
        key = f"unit-offer:{offer.unit_offer_id}:{offer.pk}:{offer.state}"
        enqueue_all([Ask(WorkKind.SETTLE_UNIT, offer.unit_offer_id, key, now)], now=now)


def take_slot(role_id: int) -> bool:
    """Count one more booking on a role, where a place is left: compare-and-set, the row stays locked by us."""
    return bool(Role.objects.filter(pk=role_id, filled__lt=F("headcount")).update(filled=F("filled") + 1))


def give_slot_back(role_id: int) -> None:
    Role.objects.filter(pk=role_id, filled__gt=0).update(filled=F("filled") - 1)
