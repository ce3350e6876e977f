"""Who speaks for which village: admins appoint, and end an office."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.errors import DomainError
from config.wording import sentence
from jobs.services import coordinators
from jobs.web.doors import admins, found
from jobs.web.village_forms import AppointForm, RetireForm
from profiles.queries import villages as questions
from profiles.web.requests import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
@admins
def village_list(request: PersonRequest) -> HttpResponse:
    """Every coordinator, in office and retired, and the form that appoints one."""
    form = AppointForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            coordinators.appoint(**form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, sentence(error))
        else:
            messages.success(request, _("Appointed. A code to this address or number opens the desk."))
            return redirect("villages")
    context = {"form": form, "offices": questions.coordinators()}
    return render(request, "jobs/villages.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@admins
def retire(request: PersonRequest, pk: int) -> HttpResponse:
    """End an office; its people go to another coordinator of the hub."""
    office = found(questions.coordinators().filter(retired_at__isnull=True), pk)
    form = RetireForm(request.POST if request.method == "POST" else None, office=office)
    if request.method == "POST" and form.is_valid():
        successor = form.cleaned_data["successor"]
        try:
            coordinators.retire(office, successor=successor, by=request.user, now=timezone.now())
        except DomainError as error:
            form.add_error("successor", sentence(error))
        else:
            messages.success(request, _("The office has ended, and everybody of the village is told."))
            return redirect("villages")
    context = {"form": form, "office": office}
    return render(request, "jobs/village_retire.html", context, status=400 if form.errors else 200)
