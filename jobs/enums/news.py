"""What is told and what is left for later: kinds of notices, ways out of the house, kinds of later work."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
    LIKENESS_ASKED = "likeness_asked", _("a crew asks for your likeness")
    ROLE_BELOW_FLOOR = "role_below_floor", _("a role pays less than the floor")
    LIKENESS_ANSWERED = "likeness_answered", _("an answer about a likeness")
    VILLAGE_CALL = "village_call", _("the call for tomorrow")
    VILLAGE_NEWS = "village_news", _("news for somebody of the village")
    HOURS_DISPUTED = "hours_disputed", _("an objection to hours")
    HOURS_ANSWERED = "hours_answered", _("an answer about hours")


class Channel(models.TextChoices):
    """How a notice may leave the house. On the page it stands in any case."""

    MAIL = "mail", _("e-mail")
    SMS = "sms", _("text message")


class AlertPace(models.TextChoices):
    """How soon a person hears of what fits a saved search."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    NEVER = "never", _("never")


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
    REVIEW_FLOORS = "review_floors", _("hold roles against the floors of piecework")
    LAPSE_SET = "lapse_set", _("pass on a set nobody confirmed")
    SIMULATE_ANSWER = "simulate_answer", _("answer for a simulated graduate")
