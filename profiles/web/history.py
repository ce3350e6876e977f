"""Education and credits: a list, a form below it, and a button to remove a line."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from config.errors import Conflict
from config.wording import sentence
from profiles.services import history

from .doors import done, graduates, today
from .forms import CreditForm, EducationForm
from .requests import GraduateRequest
from .sections import TITLES, page


@page
@graduates
def education(request: GraduateRequest) -> HttpResponse:
    form = EducationForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if done(form, lambda: _add_education(request, form)):
            messages.success(request, _("Added."))
            return redirect("my_profile_education")
        status = 400
    context = {
        "form": form,
        "title": TITLES["education"],
        "lines": request.profile.educations.select_related("institution"),
    }
    return render(request, "profiles/profile_education.html", context, status=status)


def _add_education(request: GraduateRequest, form: EducationForm) -> None:
    history.add_education(profile=request.profile, by=request.user, today=today(), **form.cleaned_data)


@require_POST
@graduates
def remove_education(request: GraduateRequest, pk: int) -> HttpResponse:
    line = get_object_or_404(request.profile.educations.select_related("profile"), pk=pk)
    history.remove_education(profile=request.profile, by=request.user, education=line)
    messages.success(request, _("Removed."))
    return redirect("my_profile_education")


@page
@graduates
def credits(request: GraduateRequest) -> HttpResponse:
    form = CreditForm(request.POST or None)
    status = 200
    if request.method == "POST":
        if done(form, lambda: _add_credit(request, form)):
            messages.success(request, _("Added."))
            return redirect("my_profile_credits")
        status = 400
    context = {
        "form": form,
        "title": TITLES["credits"],
        "lines": request.profile.credits.select_related("role_type"),
    }
    return render(request, "profiles/profile_credits.html", context, status=status)


def _add_credit(request: GraduateRequest, form: CreditForm) -> None:
    said = form.cleaned_data | {"days_served": form.cleaned_data["days_served"] or 0}
    history.add_credit(profile=request.profile, by=request.user, today=today(), **said)


@require_POST
@graduates
def remove_credit(request: GraduateRequest, pk: int) -> HttpResponse:
    line = get_object_or_404(request.profile.credits.select_related("profile"), pk=pk)
    try:
        history.remove_credit(profile=request.profile, by=request.user, credit=line)
    except Conflict as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("Removed."))
    return redirect("my_profile_credits")
