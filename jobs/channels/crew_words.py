"""The words of notices about a crew itself, as (title, text, path); see `words`."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from jobs.enums import CrewState, Right


def decided(facts: dict[str, Any]) -> tuple[str, str, str]:
    """An admin has checked the crew."""
    crew = {"crew": facts["name"], "reason": facts["reason"]}
    path = reverse("crews:members", args=[facts["crew"]])
    if facts["state"] == CrewState.VERIFIED:
        return (
            _("%(crew)s is verified") % crew,
            _("The company is checked. You can publish shoots now; your drafts are where you left them."),
            reverse("shoots:list"),
        )
    if facts["state"] == CrewState.REFUSED:
        return (
            _("%(crew)s could not be verified") % crew,
            _("%(reason)s You can mend the application and send it again.")
            % {"reason": _ended(crew["reason"])},
            reverse("crews:mend", args=[facts["crew"]]),
        )
    return (
        _("%(crew)s is suspended") % crew,
        _("%(reason)s Bookings that stand go on; nothing new can be published.")
        % {"reason": _ended(crew["reason"])},
        path,
    )


def right(facts: dict[str, Any]) -> tuple[str, str, str]:
    """An owner has changed or taken a member's right."""
    terms = {"crew": facts["name"], "by": facts["by"]}
    if not facts["right"]:
        return (
            _("You are no longer in %(crew)s") % terms,
            _("%(by)s has taken you off the crew. Its shoots are not shown to you any more.") % terms,
            reverse("shoots:list"),
        )
    terms["right"] = Right(facts["right"]).label
    return (
        _("%(crew)s: you are %(right)s now") % terms,
        _("%(by)s has changed what you may see and do there.") % terms,
        reverse("crews:members", args=[facts["crew"]]),
    )


def _ended(words: str) -> str:
    return words if words.endswith(("。", ".", "!", "！", "?", "？")) else words + _(".")
