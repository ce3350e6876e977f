"""Skills: those of the work she wants and those she has stand there; any other is found by typing."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hubs.models import Skill
from hubs.queries import trades
from profiles.services import profiles

from .doors import done, graduates
from .forms import SkillsForm
from .requests import GraduateRequest
from .sections import TITLES, page

MOST_CARRIED = 60


@page
@graduates
def skills(request: GraduateRequest) -> HttpResponse:
    """Show her skills; save them. The search button keeps what is marked and saves nothing yet."""
    searching = request.POST.get("act") == "search"
    said = request.POST if request.method == "POST" else request.GET
    levels = {} if request.method == "POST" else _levels_of(request)
    form = _form(request, said, bound=request.method == "POST" and not searching, levels=levels)
    status = 200
    if form.is_bound:
        if done(form, lambda: _save(request, form)):
            messages.success(request, _("Saved."))
            return redirect("my_profile")
        status = 400
    return render(request, "profiles/profile_skills.html", _context(form, said), status=status)


@require_safe
@graduates
def find(request: GraduateRequest) -> HttpResponse:
    """The skills that fit what is being typed, and those marked in an earlier search."""
    form = _form(request, request.GET, bound=False, levels={})
    return render(request, "profiles/_skills_found.html", _context(form, request.GET))


def _context(form: SkillsForm, said: QueryDict) -> dict:
    return {
        "form": form,
        "title": TITLES["skills"],
        "key": "skills",
        "typed": said.get("q", ""),
        "all": said.get("all"),
    }


def _save(request: GraduateRequest, form: SkillsForm) -> None:
    profiles.set_skills(profile=request.profile, by=request.user, levels=form.levels)


def _levels_of(request: GraduateRequest) -> dict[int, int]:
    return dict(request.profile.skill_levels.values_list("skill_id", "level"))


def _form(request: GraduateRequest, said: QueryDict, *, bound: bool, levels: Mapping[int, int]) -> SkillsForm:
    """A form of the skills near her, those marked on the page, and those she looks for."""
    every = {row.pk: row for row in Skill.objects.all()}
    typical = request.profile.wanted_roles.values_list("typical_skills", flat=True)
    hers = levels or _levels_of(request)
    near = [every[pk] for pk in every if pk in {*hers, *typical}]
    marked = [pk for pk in _marked(said) if pk in every and every[pk] not in near]
    found = every.values() if said.get("all") else trades.find_skills(said.get("q", ""))
    more = list(dict.fromkeys([*(every[pk] for pk in marked), *(row for row in found if row not in near)]))
    initial = {f"skill_{pk}": level for pk, level in levels.items()} | {
        f"skill_{pk}": said.get(f"skill_{pk}") for pk in _marked(said)
    }
    return SkillsForm(said if bound else None, initial=initial, near=near, more=more)


def _marked(said: QueryDict) -> list[int]:
    """The skills of the page at which a level is marked."""
    names = [name for name, value in said.items() if name.startswith("skill_") and value]
    return [int(name[6:]) for name in names if name[6:].isdecimal() and len(name) < 16][:MOST_CARRIED]
