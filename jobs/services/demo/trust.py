"""What a visitor sees of trust: proved numbers, consents, and who of the crews looked at Bo's contacts."""

from datetime import datetime, timedelta

from jobs.enums import Right
from jobs.models import Booking, ContactView, Membership
from profiles.models import User
from profiles.services import accounts, consents


def write(people: list[User], *, now: datetime) -> None:
    """Prove the numbers of the people one can sign in as, note what they agreed to, and let crews have looked."""
    for user in people:
        if user.mobile:
            accounts.set_mobile(user=user, mobile=user.mobile, proved=True)
        consents.give_at_sign_up(user=user, now=now - timedelta(days=40))
        for booking in Booking.objects.filter(profile__user=user).select_related("role__shoot"):
            _looked(booking, now)


def _looked(booking: Booking, now: datetime) -> None:
    """The owner of the crew opened the contacts two days before the first day, as owners do."""
    owner = Membership.objects.filter(crew=booking.role.shoot.crew_id, right=Right.OWNER).first()
    when = datetime.combine(booking.days.lower, datetime.min.time(), tzinfo=now.tzinfo) - timedelta(hours=34)
    if owner is not None:
        ContactView.objects.create(
            profile_id=booking.profile_id,
            booking=booking,
            crew_id=booking.role.shoot.crew_id,
            by_id=owner.user_id,
            at=min(when, now),
        )
