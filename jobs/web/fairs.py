"""Job fairs: the list, a fair with its sign-up, and the file for one's own calendar."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.errors import DomainError
from config.wording import sentence
from hubs.queries import places
from hubs.timespan import SHANGHAI
from jobs.calendars import fair as ics
from jobs.queries import fairs as questions
from jobs.services import fairs
from profiles.web.requests import PersonRequest


def _today(now):
    return now.astimezone(SHANGHAI).date()


@require_safe
def fair_list(request: HttpRequest) -> HttpResponse:
    """Every fair: what comes, what has no dates yet, what is over. Public."""
    found = questions.listed(request.user, today=_today(timezone.now()))
    return render(request, "jobs/fair_list.html", {"fairs": found})


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One fair: when, where, and whether there is a seat. Public; signing up asks for an account."""
    fair = get_object_or_404(places.job_fairs(), slug=slug)
    today = _today(timezone.now())
    context = {
        "fair": fair,
        "seats": questions.seats(fair, request.user),
        "may_sign_up": bool(fair.capacity and fair.days and today < fair.days.lower),
        "over": bool(fair.days and today >= fair.days.upper),
    }
    return render(request, "jobs/fair_detail.html", context)


@require_POST
@login_required
def sign_up(request: PersonRequest, slug: str) -> HttpResponseRedirect:
    """Take a seat."""
    fair = get_object_or_404(places.job_fairs(), slug=slug)
    try:
        seat = fairs.sign_up(fair, by=request.user, now=timezone.now())
    except DomainError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("You are signed up: seat %(number)d.") % {"number": seat.number})
    return redirect("fairs:detail", slug=slug)


@require_POST
@login_required
def give_back(request: PersonRequest, slug: str) -> HttpResponseRedirect:
    """Give the seat to somebody else."""
    fair = get_object_or_404(places.job_fairs(), slug=slug)
    try:
        given = fairs.give_back(fair, by=request.user, now=timezone.now())
    except DomainError as error:
        messages.error(request, sentence(error))
    else:
        if given:
            messages.success(request, _("Your seat is free for somebody else."))
    return redirect("fairs:detail", slug=slug)


@require_safe
def calendar_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The fair as an iCalendar file. Public, as the fair is."""
    fair = get_object_or_404(places.job_fairs(), slug=slug)
    if fair.days is None:
        raise Http404
    response = HttpResponse(ics.build(fair, timezone.now()), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{fair.slug}.ics"'
    return response
