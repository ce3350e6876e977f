"""Words for where a person stands with a role, and for what a single requirement of it costs."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.formats import count
from jobs import policies
from jobs.queries.standing import Chosen, Standing, Without
from jobs.web import barrier_words, reasons
from profiles.models import Profile

AHEAD_NAMED = 2
"""Reasons named why one person came before another."""


@dataclass(frozen=True)
class Fix:
    """One requirement taken away: what it is called, what it would bring, and how it is eased.

    `skill` is the code of a must that one tap makes a wish; `form`: the role's form changes it.
    """

    name: str
    eligible: int
    without: int
    skill: str = ""
    form: bool = False


@dataclass(frozen=True)
class Rival:
    """Somebody who was chosen, and why before the person who was asked about."""

    profile: Profile
    percent: int
    why: str


@dataclass(frozen=True)
class Answer:
    """Where one person stands, in a sentence, with her reasons and those who were chosen."""

    profile: Profile
    words: str
    fit: reasons.Fit
    status: str
    rivals: list[Rival]


def fixes(found: list[Without], names: reasons.Names) -> list[Fix]:
    """Put words on what each requirement costs."""
    out = []
    for each in found:
        if not each.can_be_eased:
            continue
        name = (
            _("the skill “%(skill)s”") % {"skill": names.skills.get(each.code, each.code)}
            if each.code
            else _requirement(each.barrier)
        )
        form = each.barrier in ("rate_floor", "night_minor")
        out.append(Fix(name, each.eligible, each.without, each.code, form))
    return out


REQUIREMENTS = {
    "hub_not_wanted": gettext_lazy("work in this hub"),
    "rate_floor": gettext_lazy("this pay"),
    "language": gettext_lazy("the language"),
    "not_free": gettext_lazy("all of these days"),
    "night_minor": gettext_lazy("night work"),
    "hazard_minor": gettext_lazy("dangerous work"),
    "character_age": gettext_lazy("the character’s age"),
    "character_sex": gettext_lazy("the character’s sex"),
    "height": gettext_lazy("the height"),
    "appearance": gettext_lazy("being ready for the camera"),
    "booked": gettext_lazy("no other booking on these days"),
    "travel": gettext_lazy("travel days before and after"),
    "rest": gettext_lazy("rest after a night shoot"),
}
"""Read after "without": the requirement behind a barrier."""


def _requirement(code: str) -> str:
    return str(REQUIREMENTS.get(code) or barrier_words.label(code))


def answers(found: list[Standing], names: reasons.Names) -> list[Answer]:
    """Put words on where people stand."""
    return [
        Answer(
            profile=each.pair.profile,
            words=_sentence(each),
            fit=_fit(each, names),
            status=each.status,
            rivals=[_rival(rival, each) for rival in each.instead],
        )
        for each in found
    ]


def _fit(standing: Standing, names: reasons.Names) -> reasons.Fit:
    """Her reasons; of what stands against her only what a crew may know of a named person."""
    pair = standing.pair
    told = [each for each in pair.barriers if each["barrier"] in policies.NAMED_TO_CREWS]
    return reasons.fit(
        type(pair)(pair.role, pair.profile, pair.score, pair.contributions, told), names, to_her=False
    )


def _sentence(standing: Standing) -> str:
    if standing.status == "chosen":
        return _("Proposed for this role.")
    if standing.status == "standby":
        return _("Stands by at place %(place)s: asked by herself when somebody declines.") % {
            "place": count(standing.place)
        }
    if standing.status == "elsewhere":
        if standing.elsewhere:
            return _("Fits, and is proposed for another role of this shoot on the same days: %(role)s.") % {
                "role": standing.elsewhere[0].role_type.name
            }
        return _("Fits, and is proposed for another shoot on the same days.")
    if standing.status == "not_eligible":
        told = any(each["barrier"] in policies.NAMED_TO_CREWS for each in standing.pair.barriers)
        return _("Cannot take this role:") if told else _("Cannot take this role, for a reason of her own.")
    return _("Fits, but others fit better.")


def _rival(rival: Chosen, standing: Standing) -> Rival:
    ahead = sorted(((amount, rule) for rule, amount in rival.ahead.items() if amount > 0), reverse=True)
    if not ahead:
        why = _("the same points; the lot decided")
    else:
        why = _("ahead by %(reasons)s") % {
            "reasons": _(", ").join(
                f"{reasons.POINTS[rule]} +{amount}" for amount, rule in ahead[:AHEAD_NAMED]
            )
        }
    percent = reasons.percent(rival.score, standing.pair.contributions)
    return Rival(rival.profile, percent, why)
