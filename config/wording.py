"""The words for each refusal code. Facts are filled in here, at the door, in the reader's language."""

from django.utils.translation import gettext as _

from config.errors import DomainError


def sentence(error: DomainError) -> str:
    """Return what happened and what to do next, for a code of the house; facts fill the gaps."""
    words = _sentences().get(error.code)
    if words is None:
        return _("That could not be done (%(code)s).") % {"code": error.code}
    return words % error.facts if error.facts else words


def _sentences() -> dict[str, str]:
    return {
        "offer_expired": _("This offer ended at its deadline. Nothing was booked; the place went to the next person."),
        "offer_not_open": _("This offer has already been answered or was withdrawn. Nothing was changed."),
        "role_full": _("All places of this role are taken by now."),
        "double_booked": _("Those days are already booked: %(title)s, %(days)s. Give that shoot back first."),
        "travel_too_short": _("Between this shoot and %(title)s there is not enough time to travel."),
        "not_free": _("You are not marked as free on all of these days."),
        "offer_live": _("This person already holds an offer for this role."),
        "shoot_not_open": _("This shoot is not open for that. Publish it first, or look at its state."),
        "run_in_progress": _("A match for this shoot is running already. Its progress is shown on the shoot."),
        "move_not_allowed": _("From “%(state)s” this step is not possible. Reload the page to see where it stands."),
        "busy": _("Many people are pressing at once. Please try again in a moment; nothing was lost."),
        "not_yours": _("That belongs to somebody else."),
        "too_young": _("Jinzu is for people of 16 and over. Nothing you typed was kept."),
        "shoot_days": _("A shoot has 5 to 10 shoot days. Change the first or the last day."),
        "overlapping_days": _("These days overlap with days you have already entered."),
        "crew_not_verified": _("This crew is still being checked. You can prepare a shoot; publishing opens when the check is done."),
        "already_applied": _("You have applied for this role already."),
    }
