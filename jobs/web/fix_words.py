"""What one tap would change so that a near miss becomes a match: the words before, on the button, and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.formats import day, yuan
from jobs.web.reasons import Names


@dataclass(frozen=True)
class Fix:
    """`needs` says what is missing, `button` what a tap does; `key` is the same for roles that the same tap opens."""

    barrier: str
    needs: str
    button: str
    key: tuple


def offered(barrier: Mapping[str, Any], names: Names) -> Fix | None:
    """Return the fix of a barrier, or None where a tap cannot help."""
    facts = barrier.get("facts") or {}
    match barrier["barrier"]:
        case "not_free":
            return _free(facts)
        case "hub_not_wanted":
            hub = {"hub": names.hubs.get(facts["hub"], facts["hub"])}
            return Fix(
                "hub_not_wanted",
                _("It is in %(hub)s, which is not on your list.") % hub,
                _("Add %(hub)s to my hubs") % hub,
                ("hub", facts["hub"]),
            )
        case "rate_floor":
            pay = {"pay": yuan(facts["offered"]), "gap": yuan(facts["floor"] - facts["offered"])}
            return Fix(
                "rate_floor",
                _("It pays %(pay)s a day, %(gap)s below your lowest rate.") % pay,
                _("Lower my rate to %(pay)s") % pay,
                ("rate", facts["offered"]),
            )
        case "wrong_role_type":
            role = {"role": names.role_types.get(facts["role_type"], facts["role_type"])}
            return Fix(
                "wrong_role_type",
                _("%(role)s is not among the work you look for.") % role,
                _("Add %(role)s to my work") % role,
                ("trade", facts["role_type"]),
            )
    return None


def _free(facts: Mapping[str, Any]) -> Fix:
    iso = sorted({*facts.get("days", ()), *facts.get("nights", ())})
    days = [date.fromisoformat(each) for each in iso]
    only_nights = not facts.get("days")
    said = {"count": len(days), "days": _(", ").join(day(each) for each in days[:2]), "day": day(days[0])}
    if only_nights:
        needs = ngettext(
            "Needs %(count)d more night free: %(days)s",
            "Needs %(count)d more nights free: %(days)s",
            len(days),
        )
    else:
        needs = ngettext(
            "Needs %(count)d more day free: %(days)s", "Needs %(count)d more days free: %(days)s", len(days)
        )
    more = " …" if len(days) > 2 else ""
    if len(days) == 1:
        button = _("Mark %(day)s as free") % said
    else:
        button = ngettext("Mark %(count)d day as free", "Mark these %(count)d days as free", len(days)) % said
    return Fix("not_free", needs % said + more, button, ("free", *iso))


def done(barrier: str, before: Mapping[str, Any], names: Names) -> str:
    """Return what a tap has changed, in words."""
    match dict(before):
        case {"days": dict(days)}:
            first = day(date.fromisoformat(min(days)))
            if len(days) == 1:
                return _("%(first)s is now marked as free.") % {"first": first}
            return _("%(count)d days from %(first)s on are now marked as free.") % {
                "count": len(days),
                "first": first,
            }
        case {"hub": hub}:
            return _("%(hub)s is now among your hubs.") % {"hub": names.hubs.get(hub, hub)}
        case {"floor": floor}:
            return _("Your lowest rate is lower now; it was %(pay)s.") % {"pay": yuan(floor)}
        case {"trade": code}:
            return _("%(role)s is now among the work you look for.") % {
                "role": names.role_types.get(code, code)
            }
    return ""
