"""What a visitor sees of keeping one's word: a slot refilled step by step, a crew that owes, a strike with its appeal.

Built through the services with an earlier clock, like the history.
"""

from datetime import date, datetime, timedelta
from random import Random

from hubs.timespan import start_of
from jobs.enums import AppealGround, DeclineReason, OfferState, Right
from jobs.models import Booking, Cancellation, Crew, Offer, Shoot
from jobs.queries.bookings import with_place
from jobs.queries.offers import with_place as offers_with_place
from jobs.services import appeals, bookings, leeway, offers, refills, wages
from profiles.models import Profile, User

from . import history

MINUTES = timedelta(minutes=1)


def write(
    rng: Random, crews: list[Crew], mei: User, bo: User, admin: User, today: date, now: datetime
) -> None:
    """Give Mei's shoot two traces, one crew an arrear of more than 30 days, Bo a strike, and the admin appeals."""
    profile = Profile.objects.select_related("user").get(user=bo)
    _traces(mei, now)
    near = [crew for crew in crews[8:] if crew.is_verified and crew.home_hub_id == profile.home_hub_id]
    if len(near) < 2:
        return
    _owes(rng, near[0], profile, today)
    _strike(rng, near[1], profile, admin, today)
    _queue(rng, near[1], today)


def _traces(mei: User, now: datetime) -> None:
    """Two people give their places back; the first slot needs three tries, the second is being asked for."""
    shoot = Shoot.objects.filter(crew__memberships__user=mei, state="open").order_by("-pk").first()
    if shoot is None:
        return
    held = with_place(Booking.objects.filter(role__shoot=shoot, state="confirmed")).order_by("role", "pk")
    one_a_role = {booking.role_id: booking for booking in held}
    for booking, ago, noes in zip(list(one_a_role.values())[2:4], (540, 95), (2, 1), strict=False):
        at = now - ago * MINUTES
        leeway.grant(booking.role, role_type=True, hub=True, pay=False, by=mei, now=at - 20 * MINUTES)
        bookings.cancel(booking, by=booking.profile.user, now=at, reason="家里有事，来不了")
        refills.refill(booking.role_id, now=at)
        for step in range(noes):
            at += (25 + 40 * step) * MINUTES
            if offer := _asked(booking):
                offers.decline(offer, by=offer.profile.user, now=at, reason=DeclineReason.DAYS)
                refills.refill(booking.role_id, now=at)
        if noes > 1 and (offer := _asked(booking)):
            offers.accept(offer, by=offer.profile.user, now=at + 12 * MINUTES)


def _asked(booking: Booking) -> Offer | None:
    still = Offer.objects.filter(role=booking.role_id, state=OfferState.OPEN, vacancy__isnull=False)
    return offers_with_place(still).order_by("-pk").first()


def _owes(rng: Random, crew: Crew, bo: Profile, today: date) -> None:
    """A shoot that wrapped long ago and was never paid; the crew has its say about one of the wages."""
    people = [bo, *history.graduates(crew, 31)[:3]]
    shoot = history.shot(rng, crew, 31, today - timedelta(days=54), people=people)
    by = crew.memberships.get(right=Right.OWNER).user
    paid = start_of(shoot.days.upper + timedelta(days=3))
    for place, booking in enumerate(history.had_bookings(shoot).order_by("pk")):
        if place == 1:
            wages.mark_paid(booking.wage, by=by, now=paid)
        elif booking.profile_id == bo.pk:
            wages.reply(
                booking.wage, words="平台方回款延后，预计本月二十五日前结清，已与本人沟通。", by=by,
                now=start_of(booking.wage.due_on + timedelta(days=9)),
            )  # fmt: skip


def _strike(rng: Random, crew: Crew, bo: Profile, admin: User, today: date) -> None:
    """Bo once gave a place back ten hours before the call; an admin read his appeal, and it stands."""
    first = today - timedelta(days=24)
    shoot, _by = history.staffed(rng, crew, 33, first, [bo], start_of(first) - timedelta(days=6))
    case = _given_back(shoot, bo, at=start_of(first) - timedelta(hours=7), reason="约了面试")
    appeal = appeals.file(
        case,
        by=bo.user,
        ground=AppealGround.MISTAKE,
        words="我下午就在群里说过可能来不了，制片回了“收到”，我以为已经算提前说了。",
        proof="",
        now=start_of(first) + timedelta(hours=5),
    )
    appeals.uphold(
        appeal,
        by=admin,
        reason="群里说的是“可能”，名额没有退。下次在进组里点一下“退回”，时间就作数。",
        now=start_of(first) + timedelta(days=1, hours=6),
    )


def _queue(rng: Random, crew: Crew, today: date) -> None:
    """Two people of a shoot that runs now say that it was otherwise, and wait for the admin."""
    first = today - timedelta(days=3)
    people = history.graduates(crew, 32)[:3]
    shoot, _by = history.staffed(rng, crew, 30, first, people, start_of(first) - timedelta(days=6))
    said = (
        (AppealGround.TRAFFIC, "傍晚暴雪，当晚的车次全部停运，改签也没有余票。", "停运公告，G8921 次", 7),
        (AppealGround.ILLNESS, "半夜发烧到三十九度，凌晨去了急诊，天一亮就退了名额。", "门诊病历，当日 03:17", 2),
    )  # fmt: skip
    for person, (ground, words, proof, hours) in zip(people, said, strict=False):
        case = _given_back(shoot, person, at=start_of(first) - timedelta(hours=hours), reason=words[:20])
        filed = start_of(first) + timedelta(days=1, hours=hours)
        appeals.file(case, by=person.user, ground=ground, words=words, proof=proof, now=filed)


def _given_back(shoot: Shoot, person: Profile, *, at: datetime, reason: str) -> Cancellation:
    booking = with_place(Booking.objects.filter(role__shoot=shoot, profile=person)).get()
    bookings.cancel(booking, by=person.user, now=at, reason=reason)
    return Cancellation.objects.select_related(
        "booking__profile__user", "booking__role__shoot__crew", "booking__offer"
    ).get(booking=booking)
