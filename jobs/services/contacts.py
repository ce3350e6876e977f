"""Opening the contacts of a person who is booked: each look is a row that she can read."""

from datetime import datetime

from config.errors import Gone, NotAllowed
from jobs import policies
from jobs.enums import BookingState
from jobs.models import Booking, ContactView
from jobs.services import log
from jobs.services.locks import act
from profiles.models import Profile, User


def open_for(booking: Booking, *, by: User, now: datetime) -> Profile:
    """Return the profile whose contacts `by` may read, and note who looked. Her own look is not noted.

    Raise NotAllowed("not_yours") for whoever does not run the crew, Gone("contacts_closed") after the booking's end.
    """
    if booking.profile.user_id == by.pk:
        return booking.profile
    if not policies.may_edit_shoot(by, booking.role.shoot):
        raise NotAllowed("not_yours")
    with act():
        # Asked under the lock: a booking that is cancelled in this second shows nothing any more.
        standing = Booking.objects.select_for_update(no_key=True).filter(
            pk=booking.pk, state__in=[BookingState.CONFIRMED, BookingState.SERVED]
        )
        if not standing.exists():
            raise Gone("contacts_closed")
        ContactView.objects.create(
            profile=booking.profile, booking=booking, crew=booking.role.shoot.crew, by=by, at=now
        )
        log.write("contact_opened", booking, by=by, now=now)
    return booking.profile
