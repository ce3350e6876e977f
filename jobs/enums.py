"""States with their tables of allowed moves, and the other closed lists of words.

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


class NoticeKind(models.TextChoices):
    OFFER_RECEIVED = "offer_received", _("an offer")
    OFFER_WITHDRAWN = "offer_withdrawn", _("an offer was withdrawn")
    OFFER_EXPIRED = "offer_expired", _("an offer has expired")
    BOOKING_CONFIRMED = "booking_confirmed", _("you are booked")
    BOOKING_CANCELLED = "booking_cancelled", _("a booking was cancelled")
    MATCH_READY = "match_ready", _("a match is ready")
    OFFER_ANSWERED = "offer_answered", _("an answer to an offer")
    CREW_FULL = "crew_full", _("a crew is complete")
    APPLICATION_RECEIVED = "application_received", _("an application")
    WAGE_PAID = "wage_paid", _("a crew says it has paid")
    SEARCH_FOUND = "search_found", _("new roles for a saved search")
    CALL_SHEET = "call_sheet", _("a call sheet")
    EXPORT_READY = "export_ready", _("a copy of my data is ready")
    LEAVING = "leaving", _("an account will be deleted")
    SET_FREE = "set_free", _("a set or a base has come free")
    CREW_DECIDED = "crew_decided", _("the check of a crew")
    CREW_RIGHT = "crew_right", _("a right in a crew")
    UNIT_CHANGED = "unit_changed", _("news of a unit")
    UNIT_SETTLED = "unit_settled", _("an offer to a unit is decided")
    CREW_MESSAGE = "crew_message", _("a message from a crew")
    APPLICATION_CLOSED = "application_closed", _("an answer to an application")
    CONFIRM_ASKED = "confirm_asked", _("confirm that you are coming")
    STRIKE = "strike", _("a strike")
    APPEAL_FILED = "appeal_filed", _("an appeal")
    APPEAL_DECIDED = "appeal_decided", _("an appeal is decided")
    WAGE_OVERDUE = "wage_overdue", _("a wage is overdue")
    WAGE_DENIED = "wage_denied", _("money has not arrived")
    REFILL_STUCK = "refill_stuck", _("nobody left to ask")
    CASE_DECIDED = "case_decided", _("a report is decided")


class Channel(models.TextChoices):
    """How a notice may leave the house. On the page it stands in any case."""

    MAIL = "mail", _("e-mail")
    SMS = "sms", _("text message")


class AlertPace(models.TextChoices):
    """How soon a person hears of what fits a saved search."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    NEVER = "never", _("never")


class ChainAim(models.TextChoices):
    """What a chain of shoots is planned for; the values are the engine's."""

    SCORE = "score", _("best fit")
    DAYS = "days", _("most paid days")
    PAY = "pay", _("most yuan")


class NoticeState(models.TextChoices):
    PENDING = "pending", _("waiting")
    SENDING = "sending", _("on its way")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")


class WorkKind(models.TextChoices):
    RUN_MATCH = "run_match", _("solve a match run")
    CLEAR_MARKET = "clear_market", _("match a whole hub")
    EXPIRE_OFFER = "expire_offer", _("expire an offer")
    REFILL_ROLE = "refill_role", _("refill a role")
    TEND_BOOKING = "tend_booking", _("ask whether a booking holds")
    TEND_WAGE = "tend_wage", _("watch a wage that is due")
    SETTLE_UNIT = "settle_unit", _("decide an offer to a unit")
    DELIVER_NOTICE = "deliver_notice", _("deliver a notice")
    DELIVER_DIGEST = "deliver_digest", _("deliver several notices as one")
    INVITE_MEMBER = "invite_member", _("invite a member to a crew")
    EXPORT_DATA = "export_data", _("put a person's data together")
    ERASE_PERSON = "erase_person", _("delete an account")
    SEARCH_SHOOT = "search_shoot", _("hold a new shoot against saved searches")
    SEARCH_ROLE = "search_role", _("hold a changed role against saved searches")
    TELL_SEARCH = "tell_search", _("tell what a saved search has found")
    LAPSE_SET = "lapse_set", _("pass on a set nobody confirmed")
    SIMULATE_ANSWER = "simulate_answer", _("answer for a simulated graduate")


class RestRule(models.TextChoices):
    """Rules of rest; the values are those of `jobs.matching.rest`."""

    TURNAROUND = "turnaround", _("less than 10 hours of rest")
    LONG_DAY = "long_day", _("more than 12 hours")
    SIXTH_DAY = "sixth_day", _("sixth day in a row")
    NIGHTS = "nights", _("nights in a row")
    MINOR_NIGHT = "minor_night", _("a night under the age of 18")


class Genre(models.TextChoices):
    MODERN = "modern", _("modern romance")
    COSTUME = "costume", _("costume drama")
    SUSPENSE = "suspense", _("suspense")
    FAMILY = "family", _("family")
    COMEDY = "comedy", _("comedy")
    FANTASY = "fantasy", _("fantasy")
    RURAL = "rural", _("rural life")


class FilingState(models.TextChoices):
    NOT_SHOWN = "not_shown", _("not shown")
    PENDING = "pending", _("pending")
    FILED = "filed", _("filed")


class FilingTier(models.TextChoices):
    """The three tiers of filing, by the cost of the production; see `jobs.queries.filing`."""

    KEY = "key", _("key title")
    ORDINARY = "ordinary", _("ordinary title")
    OTHER = "other", _("other title")


class MadeWith(models.TextChoices):
    LIVE = "live", _("live action")
    AI = "ai", _("AI-assisted")


class PlusTag(models.TextChoices):
    """The fields of the regulator's programme "Micro Drama Plus"."""

    TOURISM = "tourism", _("tourism")
    HERITAGE = "heritage", _("intangible heritage")
    LAW = "law", _("legal education")


class Rights(models.TextChoices):
    ORIGINAL = "original", _("original script")
    LICENSED = "licensed", _("licensed adaptation")
    COMMISSIONED = "commissioned", _("commissioned work")


class FillMode(models.TextChoices):
    """How the places of a role are filled."""

    ENGINE = "engine", _("the engine proposes")
    INVITE = "invite", _("by name")
    APPLICATIONS = "applications", _("from applications")


class ContractKind(models.TextChoices):
    SERVICE = "service", _("service agreement")
    LABOUR = "labour", _("labour contract")
    PART_TIME = "part_time", _("part-time employment")
    INTERN = "intern", _("internship agreement")


class AddOn(models.TextChoices):
    """What is paid beside the day rate; the columns of a role are these names with `_pay`."""

    OVERTIME = "overtime", _("overtime, an hour")
    NIGHT = "night", _("night")
    RAIN = "rain", _("rain, a day")
    LINES = "lines", _("spoken lines, a day")
    SHAVED_HEAD = "shaved_head", _("shaved head, once")
    TRANSPORT = "transport", _("transport, a day")


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
