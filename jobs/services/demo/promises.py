"""What a visitor sees of keeping one's word: a slot refilled step by step, a crew that owes, a strike with its appeal.

Built through the services with an earlier clock, like the history.
"""

from datetime import date, datetime, timedelta
from random import Random

from hubs.timespan import start_of
from jobs.enums import AppealGround, OfferState, Right
from jobs.models import Booking, Crew, Offer, Shoot
from jobs.queries.bookings import with_place
from jobs.queries.offers import with_place as offers_with_place
from jobs.services import appeals, bookings, leeway, offers, refills, wages
from profiles.models import Profile, User

from . import history

MINUTES = timedelta(minutes=1)


def write(rng: Random, crews: list[Crew], mei: User, bo: User, today: date, now: datetime) -> None:
    """Give Mei's shoot two traces, one crew an arrear of more than 30 days, and Bo a strike he appeals against."""
    profile = Profile.objects.select_related("user").get(user=bo)
    _traces(mei, now)
    near = [crew for crew in crews[8:] if crew.is_verified and crew.home_hub_id == profile.home_hub_id]
    if len(near) < 2:
        return
    _owes(rng, near[0], profile, today)
    _strike(rng, near[1], profile, today)


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
                offers.decline(offer, by=offer.profile.user, now=at, reason="档期冲突")
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


def _strike(rng: Random, crew: Crew, bo: Profile, today: date) -> None:
    """Bo gave a place back ten hours before the call, because no train ran; his appeal waits for an admin."""
    first = today - timedelta(days=7)
    then = start_of(first) - timedelta(days=6)
    shoot, _by = history.staffed(rng, crew, 32, first, [bo], then)
    booking = with_place(Booking.objects.filter(role__shoot=shoot, profile=bo)).get()
    gone = bookings.cancel(
        booking, by=bo.user, now=start_of(first) - timedelta(hours=7), reason="火车停运，赶不到"
    )
    appeals.file(
        gone.cancellation,
        by=bo.user,
        ground=AppealGround.TRAFFIC,
        words="前一天傍晚暴雪，郑州东站发往许昌方向的车次全部停运。我八点多接到通知后马上打电话给制片，改签也没有余票。",
        proof="郑州局集团公司停运公告，G8921 次",
        now=start_of(first) + timedelta(hours=5),
    )
