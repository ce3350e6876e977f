"""States and moves of crews, shoots, offers, bookings, runs and what comes of them.

A move that is not in a table is refused by `jobs.services.states.move`, the only door of change.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CrewState(models.TextChoices):
    APPLIED = "applied", _("being checked")
    VERIFIED = "verified", _("verified")
    REFUSED = "refused", _("refused")
    SUSPENDED = "suspended", _("suspended")


CREW_MOVES = {
    CrewState.APPLIED: {CrewState.VERIFIED, CrewState.REFUSED},
    CrewState.VERIFIED: {CrewState.SUSPENDED},
    CrewState.REFUSED: {CrewState.APPLIED, CrewState.VERIFIED},
    CrewState.SUSPENDED: {CrewState.VERIFIED},
}


class Right(models.TextChoices):
    OWNER = "owner", _("owner")
    MANAGER = "manager", _("manager")
    HEAD = "head", _("department head")
    VIEWER = "viewer", _("viewer")


class ShootState(models.TextChoices):
    DRAFT = "draft", _("draft")
    OPEN = "open", _("staffing")
    WRAPPED = "wrapped", _("wrapped")
    CANCELLED = "cancelled", _("cancelled")


SHOOT_MOVES = {
    ShootState.DRAFT: {ShootState.OPEN, ShootState.CANCELLED},
    ShootState.OPEN: {ShootState.WRAPPED, ShootState.CANCELLED},
    ShootState.WRAPPED: set(),
    ShootState.CANCELLED: set(),
}


class OfferState(models.TextChoices):
    DRAFTED = "drafted", _("proposed")
    OPEN = "open", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = "withdrawn", _("withdrawn")


OFFER_MOVES = {
    OfferState.DRAFTED: {OfferState.OPEN, OfferState.WITHDRAWN},
    OfferState.OPEN: {OfferState.ACCEPTED, OfferState.DECLINED, OfferState.EXPIRED, OfferState.WITHDRAWN},
    OfferState.ACCEPTED: set(),
    OfferState.DECLINED: set(),
    OfferState.EXPIRED: set(),
    OfferState.WITHDRAWN: set(),
}


OFFER_LIVE = (OfferState.DRAFTED, OfferState.OPEN, OfferState.ACCEPTED)


class BookingState(models.TextChoices):
    CONFIRMED = "confirmed", _("booked")
    CANCELLED = "cancelled", _("cancelled")
    SERVED = "served", _("served")


BOOKING_MOVES = {
    BookingState.CONFIRMED: {BookingState.CANCELLED, BookingState.SERVED},
    BookingState.CANCELLED: set(),
    BookingState.SERVED: set(),
}


class ApplicationState(models.TextChoices):
    SENT = "sent", _("sent")
    OFFERED = "offered", _("offered a place")
    WITHDRAWN = "withdrawn", _("withdrawn")
    CLOSED = "closed", _("closed")


APPLICATION_MOVES = {
    ApplicationState.SENT: {ApplicationState.OFFERED, ApplicationState.WITHDRAWN, ApplicationState.CLOSED},
    ApplicationState.OFFERED: {ApplicationState.CLOSED},
    ApplicationState.WITHDRAWN: set(),
    ApplicationState.CLOSED: set(),
}


class RunState(models.TextChoices):
    WAITING = "waiting", _("waiting for a worker")
    RUNNING = "running", _("running")
    PUBLISHED = "published", _("ready")
    QUARANTINED = "quarantined", _("withheld: failed its check")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class MarketScope(models.TextChoices):
    HUB = "hub", _("one hub")
    NATION = "nation", _("the whole country")


RUN_MOVES = {
    RunState.WAITING: {RunState.RUNNING, RunState.CANCELLED, RunState.FAILED},
    RunState.RUNNING: {RunState.PUBLISHED, RunState.QUARANTINED, RunState.FAILED, RunState.CANCELLED},
    RunState.PUBLISHED: set(),
    RunState.QUARANTINED: set(),
    RunState.FAILED: set(),
    RunState.CANCELLED: set(),
}


class MatchState(models.TextChoices):
    CHOSEN = "chosen", _("proposed")
    STANDBY = "standby", _("standby")
    STRUCK = "struck", _("struck")


MATCH_MOVES = {
    MatchState.CHOSEN: {MatchState.STRUCK},
    MatchState.STANDBY: {MatchState.STRUCK, MatchState.CHOSEN},
    MatchState.STRUCK: set(),
}


class UnitKeep(models.TextChoices):
    """How people who move together want to be kept; the values are the engine's."""

    ALL = "all", _("all of us")
    AT_LEAST = "at_least", _("a part of us")
    SPLIT = "split", _("we may be split")


class UnitOfferState(models.TextChoices):
    OPEN = "open", _("waiting for answers")
    KEPT = "kept", _("together")
    RELEASED = "released", _("released")


UNIT_OFFER_MOVES = {
    UnitOfferState.OPEN: {UnitOfferState.KEPT, UnitOfferState.RELEASED},
    UnitOfferState.KEPT: set(),
    UnitOfferState.RELEASED: set(),
}


class DeclineReason(models.TextChoices):
    """Why an offer was declined: said by a tap, counted in the market room. Her own words would outlive her account."""

    PAY = "pay", _("the pay")
    DAYS = "days", _("the days")
    PLACE = "place", _("the way there")
    ELSEWHERE = "elsewhere", _("other work")
    HOURS = "hours", _("hours or nights")
    PERSON = "person", _("a private reason")


class VacancyCause(models.TextChoices):
    """What freed a slot that was held out or booked."""

    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("no answer in time")
    WITHDRAWN = "withdrawn", _("taken back by the crew")
    ELSEWHERE = "elsewhere", _("booked elsewhere")
    GIVEN_BACK = "given_back", _("given back")
    CANCELLED = "cancelled", _("cancelled by the crew")
    UNCONFIRMED = "unconfirmed", _("not confirmed in time")
    NO_SHOW = "no_show", _("did not show up")
    TAKEN = "taken", _("not to be had any more")


class VacancyEnd(models.TextChoices):
    FILLED = "filled", _("filled")
    BY_HAND = "by_hand", _("filled by hand")
    OVER = "over", _("over")


class Widening(models.TextChoices):
    """What the refill widens when nobody fits as it stands, in this order, and only where it was allowed before."""

    ROLE_TYPE = "role_type", _("neighbouring role type")
    HUB = "hub", _("next hub")
    PAY = "pay", _("10 % more pay")


class GivenUp(models.TextChoices):
    """How a booking ended before its work was done."""

    CANCELLED = "cancelled", _("cancelled")
    UNCONFIRMED = "unconfirmed", _("not confirmed in time")
    NO_SHOW = "no_show", _("did not show up")


class Side(models.TextChoices):
    GRADUATE = "graduate", _("graduate")
    CREW = "crew", _("crew")


class AppealGround(models.TextChoices):
    WEATHER = "weather", _("severe weather")
    PERMIT = "permit", _("a permit was refused or withdrawn")
    ILLNESS = "illness", _("illness or accident")
    TRAFFIC = "traffic", _("trains or roads were closed")
    MISTAKE = "mistake", _("it did not happen like that")


class AppealState(models.TextChoices):
    WAITING = "waiting", _("waiting for a decision")
    UPHELD = "upheld", _("it stands")
    OVERTURNED = "overturned", _("taken back")


APPEAL_MOVES = {
    AppealState.WAITING: {AppealState.UPHELD, AppealState.OVERTURNED},
    AppealState.UPHELD: set(),
    AppealState.OVERTURNED: set(),
}


class WageKind(models.TextChoices):
    PAY = "pay", _("work done")
    CANCELLATION = "cancellation", _("a late cancellation")


class ChainAim(models.TextChoices):
    """What a chain of shoots is planned for; the values are the engine's."""

    SCORE = "score", _("best fit")
    DAYS = "days", _("most paid days")
    PAY = "pay", _("most yuan")
