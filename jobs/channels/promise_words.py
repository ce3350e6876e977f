"""The words of notices about keeping one's word, as (title, text, path). Facts are those of `words`, made readable."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config import formats
from jobs.enums import AppealGround, AppealState, GivenUp, Side

Said = tuple[str, str, str]


def confirm_asked(facts: Any) -> Said:
    """She is asked once more whether she comes."""
    terms = facts.terms() | {"until": facts.until}
    title = (
        _("Still waiting for your word: %(title)s") if facts.get("again") else _("Are you coming? %(title)s")
    )
    return (
        title % terms,
        _(
            "%(role)s, %(days)s, %(base)s. One tap confirms it. Without your word by %(until)s the place goes to "
            "the next person."
        )
        % terms,
        reverse("bookings:confirm", args=[facts["booking"]]),
    )


def strike(facts: Any) -> Said:
    """A booking ended late by her doing."""
    count = ngettext("%(count)d strike", "%(count)d strikes", facts["strikes"]) % {"count": facts["strikes"]}
    why = {
        GivenUp.NO_SHOW: _("The crew notes that you did not come."),
        GivenUp.UNCONFIRMED: _("You did not confirm in time, so the place went to the next person."),
    }.get(facts["how"], _("You gave the place back shortly before the first call."))
    return (
        _("%(strikes)s: %(title)s") % {"strikes": count, "title": facts["title"]},
        _("%(why)s It counts for 180 days. If it was otherwise, say so within five days: an admin decides.")
        % {"why": why},
        reverse("my_strikes"),
    )


def appeal_filed(facts: Any) -> Said:
    """For admins: somebody says that it was otherwise."""
    ground = dict(AppealGround.choices).get(facts["ground"], "")
    return (
        _("Appeal: %(title)s") % facts,
        _("Ground: %(ground)s. What it is about does not count until you decide.") % {"ground": ground},
        reverse("appeals:detail", args=[facts["appeal"]]),
    )


def appeal_decided(facts: Any) -> Said:
    """The admin has decided, with a reason."""
    path = reverse("my_strikes")
    if facts["side"] == Side.CREW:
        path = reverse("shoots:wages", args=[facts["shoot"]])
    if facts["outcome"] == AppealState.OVERTURNED:
        title, text = (
            _("Your appeal was granted: %(title)s"),
            _("It is taken back and counts no more. %(reason)s"),
        )
    else:
        title, text = _("Your appeal was turned down: %(title)s"), _("It stands. %(reason)s")
    return title % facts, text % {"reason": facts["decision"]}, path


def wage_overdue(facts: Any) -> Said:
    """A wage has reached a stage of being overdue; told to the crew, to her, and at last to admins."""
    terms = {
        "amount": formats.yuan(facts["amount"]), "days": facts["days"], "person": facts["person"],
        "title": facts["title"], "crew": facts["crew"],
    }  # fmt: skip
    if facts["to"] == "crew":
        text = (
            _("Your crew can publish nothing new until this is paid. You can answer beside it on your record.")
            if facts["days"] >= 30
            else _("It is shown on your crew's public record. You can answer beside it; after 30 days your crew "
                   "can publish nothing new.")
        )  # fmt: skip
        return (
            _("%(amount)s to %(person)s is %(days)s days overdue: %(title)s") % terms,
            text,
            reverse("shoots:wages", args=[facts["shoot"]]),
        )
    if facts["to"] == "graduate":
        return (
            _("%(crew)s owes you %(amount)s for %(days)s days now") % terms,
            _("It is shown on the crew's public record. Your evidence pack is ready: everything in one PDF."),
            reverse("my_pay"),
        )
    return (
        _("%(crew)s: %(amount)s is %(days)s days overdue") % terms,
        _("The crew can publish nothing new until it is paid."),
        reverse("crews:record", args=[facts["crew_id"]]),
    )


def wage_denied(facts: Any) -> Said:
    """She says that what the crew calls paid has not arrived."""
    terms = {"amount": formats.yuan(facts["amount"]), "person": facts["person"], "title": facts["title"]}
    return (
        _("%(person)s has not received %(amount)s: %(title)s") % terms,
        _("Look at the transfer and mark it again when it is on its way. Until then it counts as open."),
        reverse("shoots:wages", args=[facts["shoot"]]),
    )


def refill_stuck(facts: Any) -> Said:
    """The refill has nobody left to ask."""
    terms = {"role": facts.role, "title": facts["title"]}
    text = _("We look again every hour.")
    if facts.get("may_widen"):
        text = _(
            "We look again every hour. You can allow a neighbouring trade, the next hub or 10 % more pay."
        )
    return (
        _("Nobody left to ask: %(role)s, %(title)s") % terms,
        text,
        reverse("shoots:vacancies", args=[facts["shoot"]]),
    )


def offer_withdrawn(facts: Any) -> Said:
    """An offer was taken back, or somebody was faster."""
    reasons = {
        "booked_elsewhere": _(
            "You have accepted another shoot on these days, so this offer went to the next person."
        ),
        "faster": _(
            "The place was held out to three people at once because the shoot is so near, and another said yes "
            "first. It does not count against you; the page has three places like it."
        ),
        "shoot_cancelled": _("The shoot was called off."),
        "unit_not_met": _(
            "Too few of your unit accepted in time, so all its places were released. It counts against nobody."
        ),
        "shoot_wrapped": _("The shoot has ended."),
    }
    return (
        _("Offer withdrawn: %(role)s, %(title)s") % facts.terms(),
        reasons.get(facts.get("cause", ""), _("The crew has taken this offer back. Nothing was booked.")),
        reverse("offers:detail", args=[facts["offer"]]),
    )


def booking_cancelled(facts: Any) -> Said:
    """A booking ended; told to the crew where it was not their doing, and to her always: her own no is on paper."""
    terms = facts.terms() | {"person": facts["person"]}
    title = _("Booking cancelled: %(role)s, %(title)s") % terms
    to_crew = {
        "graduate": _("%(person)s has given the place back. It is being offered to the next person."),
        "unconfirmed": _(
            "%(person)s has not confirmed in time. The place is being offered to the next person."
        ),
    }
    if facts["by"] in to_crew and facts.get("to") != "graduate":
        return (title, to_crew[facts["by"]] % terms, reverse("shoots:vacancies", args=[facts["shoot"]]))
    to_her = {
        "graduate": _("You have given your place for %(days)s back. These days are free again."),
        "unconfirmed": _("You did not confirm in time, so your place for %(days)s went to the next person."),
        "no_show": _("%(crew)s notes that you did not come, and has filled your place."),
    }
    text = to_her.get(
        facts["by"], _("%(crew)s has cancelled your booking for %(days)s. These days are free again.")
    )
    return (title, text % terms, reverse("my_calendar"))


def wage_paid(facts: Any) -> Said:
    """The crew says it has paid."""
    terms = {"crew": facts["crew"], "amount": formats.yuan(facts["amount"]), "title": facts["title"]}
    return (
        _("%(crew)s says it has paid you %(amount)s") % terms,
        _("For “%(title)s”. Look at your account, then note whether the money has arrived.") % terms,
        reverse("my_pay"),
    )


def hours_disputed(facts: Any) -> Said:
    """She says that her hours of a day were others than those noted."""
    return (
        _("%(person)s objects to her hours: %(title)s") % facts,
        _("%(day)s: she says %(came)s to %(left)s. Take it over, or say why not; both stand in the evidence.")
        % _hours(facts),
        reverse("shoots:wages", args=[facts["shoot"]]) + "#hours",
    )


def hours_answered(facts: Any) -> Said:
    """The crew has taken her hours over, or says why not."""
    if facts["taken_over"]:
        text = _("%(day)s counts from %(came)s to %(left)s now.") % _hours(facts)
    else:
        text = _("What was noted stands: %(answer)s Both words are in your evidence pack.") % facts
    return _("Your hours: %(title)s") % facts, text, reverse("my_hours")


def _hours(facts: Any) -> dict[str, str]:
    return {
        "day": formats.day(date.fromisoformat(facts["day"])),
        "came": facts["came"],
        "left": facts["left"],
    }
