"""A crew asks to be let in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.errors import DomainError, NotAllowed
from config.wording import sentence
from jobs.services import crews
from jobs.web.doors import managers
from jobs.web.forms import CrewForm
from profiles.web.requests import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
@managers
def apply(request: PersonRequest) -> HttpResponse:
    """The form, and after it the wait: an admin checks the company before anything can be published."""
    if not request.user.is_manager:
        raise NotAllowed("managers_only")
    form = CrewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            crew = crews.apply(**form.cleaned_data, by=request.user, now=timezone.now())
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, sentence(error))
        else:
            messages.success(
                request, _("%(crew)s is being checked. You can prepare shoots now.") % {"crew": crew.name}
            )
            return redirect("shoots:list")
    return render(request, "jobs/crew_apply.html", {"form": form}, status=400 if form.errors else 200)
