"""The floor under an hour of piecework: what holds where, its history, and the form that sets another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.errors import DomainError
from config.wording import sentence
from hubs.timespan import shoot_day_of
from jobs.queries import floors as questions
from jobs.services import floors
from jobs.web.doors import admins
from jobs.web.remote_forms import FloorForm
from profiles.web.requests import PersonRequest

LINES = 60


@require_http_methods(["GET", "HEAD", "POST"])
@admins
def floor_list(request: PersonRequest) -> HttpResponse:
    """Floors that hold today, every one ever set, and a form. For admins."""
    now = timezone.now()
    today = shoot_day_of(now)
    form = FloorForm(request.POST if request.method == "POST" else None, initial={"from_day": today})
    if request.method == "POST" and form.is_valid():
        try:
            floors.set_floor(**form.cleaned_data, by=request.user, now=now)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, sentence(error))
        else:
            messages.success(request, _("Set. From its first day on, nothing that pays less is on the list."))
            return redirect("hour_floors")
    context = {
        "form": form,
        "standing": questions.standing(today),
        "history": questions.history()[:LINES],
        "today": today,
    }
    return render(request, "jobs/floors.html", context, status=400 if form.errors else 200)
