"""What each addition to her profile would gain her, in words: a part of the profile page, and a page by itself."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from config.formats import day as day_words
from config.formats import yuan
from jobs.queries import gains as questions
from jobs.queries.gains import Gain
from jobs.web.doors import graduates
from jobs.web.reasons import Names
from profiles.web.requests import GraduateRequest

LINES = 6

SECTIONS = {
    "role_type": "my_profile_roles",
    "hub": "my_profile_places",
    "rate": "my_profile_places",
    "skill": "my_profile_skills",
    "level": "my_profile_skills",
    "language": "my_profile_languages",
    "nights": "my_availability",
    "days": "my_availability",
    "card": "my_profile_acting",
}
"""The page on which each kind is said."""


@dataclass(frozen=True)
class Line:
    """`plus` more roles, for what `words` say, at the page `url` names."""

    plus: int
    words: str
    url: str


@require_safe
@graduates
def gains(request: GraduateRequest) -> HttpResponse:
    """The best additions, the one that brings most first. Without a script it is a page of its own."""
    counted = questions.gains(profile=request.profile, now=timezone.now())
    names = Names()
    lines = [Line(gain.roles, _words(gain, names), SECTIONS[gain.kind]) for gain in counted.each[:LINES]]
    template = "jobs/_gains.html" if request.htmx else "jobs/gains.html"
    return render(request, template, {"counted": counted, "lines": lines})


def _words(gain: Gain, names: Names) -> str:
    """Say what she would add; the number stands beside it."""
    if gain.kind == "role_type":
        return _("if you also take work as %(name)s") % {"name": names.role_types.get(gain.code, gain.code)}
    if gain.kind == "hub":
        return _("if you add %(name)s") % {"name": names.hubs.get(gain.code, gain.code)}
    if gain.kind == "rate":
        return _("if your lowest day rate is %(rate)s") % {"rate": yuan(int(gain.code))}
    if gain.kind == "skill":
        return _("with the skill %(name)s") % {"name": names.skills.get(gain.code, gain.code)}
    if gain.kind == "level":
        return _("with a higher level in %(name)s") % {"name": names.skills.get(gain.code, gain.code)}
    if gain.kind == "language":
        return _("if you speak %(name)s") % {"name": names.languages.get(gain.code, gain.code)}
    if gain.kind == "nights":
        return _("if you are free for nights, too")
    if gain.kind == "days":
        return _("if you are free on %(day)s, too") % {"day": day_words(date.fromisoformat(gain.code))}
    return _("that ask for an acting card")
