"""Words for the engine's codes: why a person fits, why she does not, in the reader's language.

The engine speaks codes and facts; a test walks its rules and fails for a code without words here.
Two readers are spoken to: the graduate herself ("you"), and the crew, who must not learn her private figures
(her lowest rate, the names of other crews).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from config.formats import yuan
from hubs.models import Hub, Language, RoleType, Skill
from jobs.matching.problem import Weights
from jobs.models import Match
from jobs.queries.matching import Pair
from jobs.web import barrier_words

RELIABLE_FROM, UNRELIABLE_BELOW = 160, 100
SENTENCE_AT_MOST = 3


POINTS = {
    "skills": gettext_lazy("skills"),
    "experience": gettext_lazy("experience"),
    "reliability": gettext_lazy("reliability"),
    "proximity": gettext_lazy("a short way"),
    "primary": gettext_lazy("wants this work most"),
    "continuity": gettext_lazy("knows the crew or the hub"),
    "first_job": gettext_lazy("a first job"),
    "headroom": gettext_lazy("pay above what is asked"),
    "marked": gettext_lazy("the crew’s own marks"),
    "starred": gettext_lazy("likes this crew or work"),
}
"""The soft rules as headings of a sum."""


@dataclass(frozen=True)
class Reason:
    """A line of the list: `kind` is "plus", "minus" or "barrier", `weight` the points it gave."""

    kind: str
    words: str
    weight: int = 0


@dataclass(frozen=True)
class Fit:
    """How a person and a role fit: `score` from 0 to 100, or the barriers that stand between them.

    `points` are the engine's, `parts` what they are made of.
    """

    score: int
    points: int = 0
    parts: list[tuple[Any, int]] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    barriers: list[Reason] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """The strongest reasons in one breath."""
        best = sorted((r for r in self.reasons if r.kind == "plus"), key=lambda r: -r.weight)
        # Translators: between the parts of a list in running text.
        return _(", ").join(reason.words for reason in best[:SENTENCE_AT_MOST])


class Names:
    """Names of curated rows by code, read once a page: four queries at most, however many reasons there are."""

    @cached_property
    def hubs(self) -> dict:
        return {hub.slug: hub.name for hub in Hub.objects.only("slug", "name_zh", "name_en")}

    @cached_property
    def skills(self) -> dict:
        return {skill.code: skill.name for skill in Skill.objects.all()}

    @cached_property
    def role_types(self) -> dict:
        return {role_type.code: role_type.name for role_type in RoleType.objects.all()}

    @cached_property
    def languages(self) -> dict:
        return {language.code: language.name for language in Language.objects.all()}


USUAL = Weights()


def fit(pair: Pair | Match, names: Names, *, to_her: bool) -> Fit:
    """Put words on a pair of the engine, fresh (with barriers) or kept as a match."""
    said = (contribution(each, names, to_her=to_her) for each in pair.contributions)
    return Fit(
        score=percent(pair.score, pair.contributions),
        points=pair.score,
        parts=[(POINTS[each["rule"]], each["amount"]) for each in pair.contributions if each["amount"]],
        reasons=[reason for reason in said if reason is not None],
        barriers=[
            Reason(
                "barrier",
                barrier_words.sentence(each["barrier"], each.get("facts") or {}, names, to_her=to_her),
            )
            for each in getattr(pair, "barriers", ())
        ],
    )


def percent(score: int, contributions: Iterable[Mapping]) -> int:
    """Return a score of the engine as a share, 0 to 100, of what a newcomer can reach on this very role.

    The engine's 1100 points are for somebody no market has: a veteran of this crew with every skill at the top. A role
    that names no skill cannot give points for any, and half of the points for experience take four shoots.
    """
    asks_skills = any(
        each["rule"] == "skills" and (each.get("facts") or {}).get("levels") for each in contributions
    )
    return max(0, min(100, round(100 * score / _within_reach(asks_skills))))


def _within_reach(asks_skills: bool) -> int:
    w = USUAL
    first_steps = max(w.first_job, w.experience // 2)
    return (
        (w.skills if asks_skills else 0) + first_steps + w.reliability + w.near_home + w.primary + w.headroom
    )


def contribution(given: Mapping, names: Names, *, to_her: bool) -> Reason | None:
    """Return the words of one soft rule, or None where it has nothing to say. Raises KeyError for an unknown rule."""
    words = CONTRIBUTIONS[given["rule"]]
    said = words(given["amount"], given.get("facts") or {}, names, to_her)
    return None if said is None else Reason(said[0], said[1], given["amount"])


Said = tuple[str, str] | None


def _skills(amount: int, facts: Mapping, names: Names, to_her: bool) -> Said:
    levels = facts.get("levels", {})
    held = [names.skills.get(code, code) for code, level in levels.items() if level]
    if not levels:
        return None
    if not held:
        return "minus", _("none of the skills it names yet")
    return "plus", _("can do: %(skills)s") % {"skills": _(", ").join(held)}


def _experience(amount: int, facts: Mapping, names: Names, to_her: bool) -> Said:
    count = facts.get("credits", 0)
    if not count:
        return None
    return "plus", ngettext("%(count)d shoot worked", "%(count)d shoots worked", count) % {"count": count}


def _reliability(amount: int, facts: Mapping, names: Names, to_her: bool) -> Said:
    level = facts.get("reliability", 0)
    if level >= RELIABLE_FROM:
        return "plus", _("keeps bookings")
    if level < UNRELIABLE_BELOW:
        return "minus", _("has missed bookings")
    return None


def _proximity(amount: int, facts: Mapping, names: Names, to_her: bool) -> Said:
    home, hub, days = facts.get("home"), facts.get("hub"), facts.get("travel_days")
    if home is None:
        return None
    if home == hub:
        return "plus", _("lives in %(hub)s") % {"hub": names.hubs.get(home, home)}
    place = names.hubs.get(home, home)
    if days is not None and days <= 1:
        return "plus", _("comes from %(hub)s, a day's travel at most") % {"hub": place}
    return "minus", ngettext(
        "comes from %(hub)s, %(days)d day of travel", "comes from %(hub)s, %(days)d days of travel", days or 0
    ) % {"hub": place, "days": days or 0}


def _primary(amount: int, facts: Mapping, names: Names, to_her: bool) -> Said:
    if not amount:
        return None
    if to_her:
        return "plus", _("the work you want most")
    return "plus", _("wants this work most")


def _continuity(amount: int, facts: Mapping, names: Names, to_her: bool) -> Said:
    if not amount:
        return None
    if amount >= USUAL.same_company:
        return "plus", _("has worked with this crew")
    hub = facts.get("last_hub")
    return "plus", _("was on a shoot in %(hub)s just now") % {"hub": names.hubs.get(hub, hub)}


def _first_job(amount: int, facts: Mapping, names: Names, to_her: bool) -> Said:
    return ("plus", _("a first job, and first-timers are welcome")) if amount else None


def _headroom(amount: int, facts: Mapping, names: Names, to_her: bool) -> Said:
    floor, offered = facts.get("floor", 0), facts.get("offered", 0)
    if not amount or not floor or offered <= floor:
        return None
    if to_her:
        return "plus", _("%(yuan)s a day above your lowest rate") % {"yuan": yuan(offered - floor)}
    return "plus", _("the pay is above what she asks")


def _marked(amount: int, facts: Mapping, names: Names, to_her: bool) -> Said:
    if not amount or (to_her and amount < 0):  # what a crew holds against her stays with the crew
        return None
    if amount < 0:
        return "minus", _("your crew was not content with her")
    if to_her:
        return "plus", _("this crew would have you again")
    return "plus", _("your crew would have her again")


def _starred(amount: int, facts: Mapping, names: Names, to_her: bool) -> Said:
    if not amount:
        return None
    if facts.get("crew"):
        return "plus", _("a crew you have starred") if to_her else _("has starred your crew")
    return "plus", _("work you have starred") if to_her else _("has starred this kind of work")


CONTRIBUTIONS = {
    "skills": _skills,
    "experience": _experience,
    "reliability": _reliability,
    "proximity": _proximity,
    "primary": _primary,
    "continuity": _continuity,
    "first_job": _first_job,
    "headroom": _headroom,
    "marked": _marked,
    "starred": _starred,
}
