"""The call sheet of a shoot day: a page that prints on two sheets, and the form that makes a new version."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from config.drawing import qr
from config.errors import Conflict, DomainError, NotAllowed
from config.wording import sentence
from hubs.timespan import DaySpan
from jobs import policies
from jobs.models import Shoot
from jobs.queries import call_sheets as questions
from jobs.services import call_sheets
from jobs.web.forms import CallSheetForm
from profiles.web.requests import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sheet(request: PersonRequest, pk: int, day: date) -> HttpResponse:
    """Who is where at what time. The crew and everybody booked may read it; POST publishes a new version."""
    shoot = Shoot.objects.select_related("crew", "base__hub").filter(pk=pk).first()
    if shoot is None or not policies.may_see_call_sheet(request.user, shoot):
        raise Http404
    if not shoot.days.lower <= day < shoot.days.upper:
        raise Http404
    may_edit = policies.may_edit_shoot(request.user, shoot)
    form = None
    if request.method == "POST":
        if not may_edit:
            raise NotAllowed("not_yours")
        form = CallSheetForm(request.POST, shoot=shoot)
        if form.is_valid() and _publish(request, shoot, day, form):
            return redirect("shoots:call_sheet", pk=pk, day=day)
    found = questions.sheet(shoot, day)
    receipt = None
    if request.method == "GET" and found.call_sheet is not None:
        receipt = call_sheets.see(found.call_sheet, by=request.user, now=timezone.now())
    if form is None and may_edit:
        form = CallSheetForm(shoot=shoot, initial=_values(shoot, found))
    context = {
        "shoot": shoot,
        "day": day,
        "days": list(DaySpan(shoot.days.lower, shoot.days.upper)),
        "sheet": found,
        "form": form,
        "receipt": receipt,
        "qr": qr(request.build_absolute_uri(request.path)),
    }
    return render(
        request, "jobs/call_sheet.html", context, status=400 if form is not None and form.errors else 200
    )


@require_POST
@login_required
def confirm(request: PersonRequest, pk: int, day: date) -> HttpResponseRedirect:
    """She has read the newest version and will be there."""
    shoot = Shoot.objects.select_related("crew").filter(pk=pk).first()
    if shoot is None or not policies.may_see_call_sheet(request.user, shoot):
        raise Http404
    newest = questions.newest(shoot, day)
    if newest is None:
        messages.info(request, sentence(Conflict("no_call_sheet")))
    else:
        call_sheets.confirm(newest, by=request.user, now=timezone.now())
        messages.success(request, _("Confirmed. The crew sees that you will be there."))
    return redirect("shoots:call_sheet", pk=pk, day=day)


def _publish(request: PersonRequest, shoot: Shoot, day: date, form: CallSheetForm) -> bool:
    try:
        made = call_sheets.publish(
            shoot=shoot, day=day, by=request.user, now=timezone.now(), **form.cleaned_data
        )
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, sentence(error))
        return False
    messages.success(request, _("Version %(version)d is published.") % {"version": made.version})
    return True


def _values(shoot: Shoot, found) -> dict:
    newest = found.call_sheet
    if newest is None:
        return {"general_call": shoot.call_time}
    return {
        "general_call": newest.general_call,
        "sets": newest.sets.all(),
        "weather": newest.weather,
        "note": newest.note,
    }
