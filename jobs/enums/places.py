"""Sets and base days that a shoot takes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SetPart(models.TextChoices):
    """The part of a shoot day for which a set is taken. Day and night meet at 18:00; a whole day is both."""

    DAY = "day", _("day")
    NIGHT = "night", _("night")
    BOTH = "both", _("day and night")
    HOURS = "hours", _("by the hour")


class SetBookingState(models.TextChoices):
    WAITING = "waiting", _("on the waiting list")
    OFFERED = "offered", _("free for you, please confirm")
    BOOKED = "booked", _("booked")
    RELEASED = "released", _("given back")
    LAPSED = "lapsed", _("not confirmed in time")


SET_BOOKING_MOVES = {
    SetBookingState.WAITING: {SetBookingState.OFFERED, SetBookingState.RELEASED},
    SetBookingState.OFFERED: {SetBookingState.BOOKED, SetBookingState.RELEASED, SetBookingState.LAPSED},
    SetBookingState.BOOKED: {SetBookingState.RELEASED},
    SetBookingState.RELEASED: set(),
    SetBookingState.LAPSED: set(),
}


SET_BOOKING_HELD = (SetBookingState.OFFERED, SetBookingState.BOOKED)
