"""The work she wants: up to five role types in order, found by typing or taken from a list."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hubs.queries import trades
from profiles.services import profiles

from .doors import done, graduates
from .forms import RolesForm
from .requests import GraduateRequest
from .sections import TITLES, onwards, page


@page
@graduates
def roles(request: GraduateRequest) -> HttpResponse:
    """Show her choices; save them. Searching, and taking what was found, save nothing yet."""
    said = request.POST
    if request.method == "POST" and not {"act", "take"} & said.keys():
        form = RolesForm(said)
        save = partial(profiles.set_wanted_roles, profile=request.profile, by=request.user)
        if done(form, lambda: save(role_types=form.chosen)):
            messages.success(request, _("Saved."))
            return redirect(onwards(request, "roles"))
        return _shown(request, form, said, status=400)
    if request.method == "POST":
        return _shown(request, RolesForm(initial=_taken(said)), said)
    ranked = request.profile.wanted.values_list("role_type_id", flat=True)
    initial = {f"choice_{number}": pk for number, pk in enumerate(ranked, start=1)}
    return _shown(request, RolesForm(initial=initial), request.GET)


@require_safe
@graduates
def find(request: GraduateRequest) -> HttpResponse:
    """The role types that fit what is being typed, as buttons of the form."""
    return render(request, "profiles/_roles_found.html", _found(request.GET))


def _shown(request: GraduateRequest, form: RolesForm, said: QueryDict, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "title": TITLES["roles"], "key": "roles"} | _found(said)
    return render(request, "profiles/profile_roles.html", context, status=status)


def _found(said: QueryDict) -> dict:
    typed = said.get("q", "") if "take" not in said else ""
    return {"typed": typed, "found": trades.find_role_types(typed)}


def _taken(said: QueryDict) -> dict[str, str]:
    """What the lists say, with the role type she took in the first that is empty; else in the last."""
    names = RolesForm.choice_names()
    choices = {name: said.get(name, "") for name in names}
    take = said.get("take", "")
    if take.isdecimal() and len(take) < 10 and take not in choices.values():
        choices[next((name for name in names if not choices[name]), names[-1])] = take
    return choices
