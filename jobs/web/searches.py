"""Saved searches: the list, keeping one, changing its name and pace, forgetting it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.errors import Invalid
from jobs.enums import AlertPace
from jobs.models import SavedSearch
from jobs.queries import searches as questions
from jobs.services import searches
from jobs.web import search_words
from jobs.web.doors import found, graduates
from jobs.web.search_forms import RoleFilterForm, SavedSearchForm
from profiles.web.requests import GraduateRequest


@require_safe
@graduates
def search_list(request: GraduateRequest) -> HttpResponse:
    """Her searches, each with its address, how often it is told, and what it found lately."""
    lines = [
        {"saved": saved, "address": urlencode(saved.query)}
        for saved in questions.of(request.profile, now=timezone.now())
    ]
    return render(
        request, "jobs/searches.html", {"tab": "searches", "lines": lines, "paces": AlertPace.choices}
    )


@require_POST
@graduates
def save(request: GraduateRequest) -> HttpResponseRedirect:
    """Keep the search that stands in the form, under a name made of its words."""
    form = RoleFilterForm(request.POST)
    search = form.search()
    searches.save(
        profile=request.profile,
        by=request.user,
        name=search_words.name(search) or request.POST.get("name", ""),
        search=search,
        alert=request.POST.get("alert", AlertPace.DAILY),
        now=timezone.now(),
    )
    messages.success(request, _("The search is kept. New roles that fit it come to you."))
    return redirect("searches:list")


@require_POST
@graduates
def change(request: GraduateRequest, pk: int) -> HttpResponseRedirect:
    """Give a search another name or pace."""
    saved = found(SavedSearch.objects.filter(profile=request.profile).select_related("profile"), pk)
    form = SavedSearchForm(request.POST)
    if not form.is_valid():
        field = next(iter(form.errors))
        raise Invalid("alert_unknown" if field == "alert" else "text_required", field=field)
    searches.change(saved, by=request.user, **form.cleaned_data)
    messages.success(request, _("Changed."))
    return redirect("searches:list")


@require_POST
@graduates
def forget(request: GraduateRequest, pk: int) -> HttpResponseRedirect:
    """Delete a search."""
    saved = found(SavedSearch.objects.filter(profile=request.profile).select_related("profile"), pk)
    searches.forget(saved, by=request.user)
    messages.success(request, _("The search is forgotten."))
    return redirect("searches:list")
